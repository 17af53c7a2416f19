//! A digest in, text for a reader out.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::several::{Lines, Several};
use super::voices::{self, support};
use crate::cite::{Citation, Digest, Item, Note, Source};
use crate::language::{is_southeast_asian, is_unspaced};
use crate::model::Markup;
use crate::rank::PART_DIGITS;
use crate::read::{ALSO_IN, COPIED_IN, SECTION_HEADING, SET_ASIDE};

/// How text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextStyle {
    /// Wrap at this many columns; `None` leaves each sentence on one line.
    pub width: Option<usize>,
    /// Set sources off by colour.
    pub color: bool,
}

/// Sources stand under their sentence, so far to the right.
pub(super) const INDENT: &str = "    ";

/// So many further places are shown; the JSON has all of them.
pub(super) const MOST_ALSO_IN: usize = 8;

/// Text is not wrapped narrower than this many columns: paths would fall apart.
const NARROWEST: usize = 20;

/// A digest for each section, below its heading; behind them what else there is.
pub(super) fn write_sections(several: &Several<'_>, style: TextStyle, out: &mut impl Write) -> io::Result<()> {
    let heading = if style.color { Style::new().bold() } else { Style::new() };
    let [open, close] = SECTION_HEADING;
    if let Some(front) = &several.front {
        writeln!(out, "{heading}{open}{}{close}{heading:#}", front.title)?;
        for line in [&front.made_by].into_iter().chain(&front.lines).flat_map(|line| wrap(line, style.width, "")) {
            writeln!(out, "{line}")?;
        }
        front.glance.iter().try_for_each(|glance| lines(glance, style, out))?;
    }
    for (index, section) in several.sections.iter().enumerate() {
        let before = if index > 0 || several.front.is_some() { "\n" } else { "" };
        if let Some(part) = &section.part {
            writeln!(out, "{before}{heading}{part}{heading:#}\n{}", "-".repeat(part.chars().count()))?;
        }
        writeln!(out, "{before}{heading}{open}{}{close}{heading:#}", section.heading)?;
        if let Some(size) = &section.size {
            writeln!(out, "{size}")?;
        }
        writeln!(out)?;
        let named = if several.front.is_some() { Named::ByOutlet } else { Named::ByPath };
        write_naming(section.digest, named, style, out)?;
    }
    if let Some(more) = &several.more {
        writeln!(out, "\n{}:", more.heading)?;
        for line in more.titles.iter().chain(&more.rest).flat_map(|title| wrap(title, style.width, "")) {
            writeln!(out, "{line}")?;
        }
    }
    several.end.iter().try_for_each(|end| lines(end, style, out))
}

/// Lines with dashes below a heading.
fn lines(of: &Lines, style: TextStyle, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n{}:", of.heading)?;
    let dashed = |line: &String| format!("- {line}");
    for line in of.lines.iter().map(dashed) {
        for line in wrap(&line, style.width, "") {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// How a source is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// By where it is.
    ByPath,
    /// By its outlet in front of that: who reads the news wants to know who says so.
    ByOutlet,
}

impl Named {
    /// `Harbour Post, `, or nothing.
    pub fn outlet(self, source: &Source) -> String {
        let outlet = source.metadata.outlet().filter(|_| self == Self::ByOutlet).map(plain);
        outlet.filter(|outlet| !outlet.is_empty()).map(|outlet| format!("{outlet}, ")).unwrap_or_default()
    }
}

/// Each sentence as a paragraph, its sources on the line below.
pub(super) fn write(digest: &Digest, style: TextStyle, out: &mut impl Write) -> io::Result<()> {
    write_naming(digest, Named::ByPath, style, out)
}

fn write_naming(digest: &Digest, named: Named, style: TextStyle, out: &mut impl Write) -> io::Result<()> {
    let sources = if style.color { AnsiColor::Cyan.on_default() } else { Style::new() };
    for (index, item) in digest.items.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let markup = digest.sources[item.citation.article.index()].markup;
        for line in wrap(&shown(&item.quote, markup), style.width, "") {
            writeln!(out, "{line}")?;
        }
        let sources_of_item = source_line(digest, item, |citation, notes| {
            let source = &digest.sources[citation.article.index()];
            named.outlet(source) + &place(digest, citation, notes)
        });
        for line in wrap(&sources_of_item, style.width, INDENT) {
            // The indent stays outside of the colour, so that no terminal underlines or fills it.
            writeln!(out, "{INDENT}{sources}{}{sources:#}", line.trim_start())?;
        }
        for line in explained(item).iter().flat_map(|parts| wrap(parts, style.width, INDENT)) {
            writeln!(out, "{INDENT}{}", line.trim_start())?;
        }
    }
    // In an edition the line of the story says how many voices there are.
    if let Some(voices) = voices::line(digest).filter(|_| !digest.items.is_empty() && named == Named::ByPath) {
        writeln!(out)?;
        for line in wrap(&voices, style.width, INDENT) {
            writeln!(out, "{INDENT}{sources}{}{sources:#}", line.trim_start())?;
        }
    }
    if let Some(dropped) = digest.dropped.as_ref().filter(|dropped| !dropped.is_empty()) {
        writeln!(out, "\n{SET_ASIDE}")?;
        for part in dropped {
            let place = format!("{}:{}", plain_path(&digest.sources[part.article.index()].path), part.line);
            let (kind, reason) = (plain(&part.kind), plain(&part.reason));
            writeln!(out, "{sources}{place}{sources:#}: {kind} ({reason}): \"{}\"", excerpt(&part.text))?;
        }
    }
    Ok(())
}

/// `wire.txt:4 (2031-03-04)`
fn place(digest: &Digest, citation: &Citation, notes: &[Note]) -> String {
    let path = &digest.sources[citation.article.index()].path;
    let days: String = notes.iter().map(|Note::Published(moment)| format!(" ({})", moment.date)).collect();
    format!("{}:{}{days}", plain_path(path), citation.lines.first)
}

/// `wire.txt:4; also in post.txt:2, times.txt:7; copied in news.txt:5`, each place as `place` writes it. Notes are those of
/// the quote itself.
pub(super) fn source_line(digest: &Digest, item: &Item, place: impl Fn(&Citation, &[Note]) -> String) -> String {
    let mut line = place(&item.citation, &item.notes);
    for (also_in, opening) in support(digest, item).iter().zip([ALSO_IN, COPIED_IN]) {
        for (index, also) in also_in.iter().take(MOST_ALSO_IN).enumerate() {
            line.push_str(if index == 0 { opening } else { ", " });
            line.push_str(&place(&also.citation, &[]));
        }
        if also_in.len() > MOST_ALSO_IN {
            line.push_str(&format!(" and {} more", also_in.len() - MOST_ALSO_IN));
        }
    }
    line
}

/// `score 0.252100 = first 0.097200 + near the top 0.162900 - nearest 0.008000`: the parts of a score in the order in which
/// they are added up, without those that add nothing. `None` where they are not kept.
pub(super) fn explained(item: &Item) -> Option<String> {
    if item.parts.is_empty() {
        return None;
    }
    let mut line = format!("score {:.PART_DIGITS$} =", item.score);
    for (index, part) in item.parts.iter().filter(|part| part.value != 0.0).enumerate() {
        let sign = match (index, part.value < 0.0) {
            (0, false) => "",
            (0, true) => " -",
            (_, false) => " +",
            (_, true) => " -",
        };
        line.push_str(&format!("{sign} {} {:.PART_DIGITS$}", plain(&part.name), part.value.abs()));
    }
    Some(line)
}

pub(super) fn wrap<'t>(text: &'t str, width: Option<usize>, indent: &'static str) -> Vec<Cow<'t, str>> {
    match width {
        Some(width) => {
            let options = textwrap::Options::new(width.max(NARROWEST))
                .initial_indent(indent)
                .subsequent_indent(indent)
                // Scripts without spaces break anywhere; paths stay whole.
                .break_words(indent.is_empty())
                .word_splitter(textwrap::WordSplitter::NoHyphenation)
                .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
            textwrap::wrap(text, options)
        }
        None => vec![Cow::Borrowed(text)],
    }
}

/// A text on one line, without anything that a terminal would obey: white space becomes single spaces, control and
/// bidirectional formatting characters go. Between characters of scripts without spaces a line end was put by a wrapper
/// and becomes nothing.
///
/// ```
/// assert_eq!(epitome::render::plain("hard\nwrapped \u{1b}[31mred\u{202e}"), "hard wrapped [31mred");
/// assert_eq!(epitome::render::plain("渡轮撞上了\n东码头。"), "渡轮撞上了东码头。");
/// ```
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_whitespace()) {
        let (gap, behind) = rest.split_at(start);
        let (word, behind) = behind.split_at(behind.find(char::is_whitespace).unwrap_or(behind.len()));
        rest = behind;
        let mut kept = word.chars().filter(|&c| !is_unsafe(c)).peekable();
        if let (Some(before), Some(first)) = (plain.chars().next_back(), kept.peek())
            && !(gap.contains('\n') && is_unbroken(before, *first))
        {
            plain.push(' ');
        }
        plain.extend(kept);
    }
    plain
}

/// Whether no space stands between two characters: both are of Thai or one of its neighbours, or one is of Chinese or Japanese
/// and the other is, too, or is a mark or a digit.
fn is_unbroken(before: char, behind: char) -> bool {
    // Beside the letters, the marks that are as wide as they are.
    let wide = |c: char| matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF65}');
    let chinese = |c: char| wide(c) || (is_unspaced(c) && !is_southeast_asian(c));
    let fits = |c: char| chinese(c) || !c.is_alphabetic();
    (is_southeast_asian(before) && is_southeast_asian(behind))
        || (chinese(before) && fits(behind))
        || (fits(before) && chinese(behind))
}

/// So many characters of a text are enough to recognise it by.
const EXCERPT_CHARS: usize = 80;

/// The beginning of a text as [`plain`] gives it, with an ellipsis if there is more.
pub fn excerpt(text: &str) -> String {
    let plain = plain(text);
    match plain.char_indices().nth(EXCERPT_CHARS) {
        Some((end, _)) => format!("{}…", &plain[..end]),
        None => plain,
    }
}

/// A path as it was given, but for what a terminal would obey, and line ends.
pub fn plain_path(path: &str) -> String {
    path.chars().filter(|&c| !is_unsafe(c)).collect()
}

/// A quote as a reader sees it: on one line, and without Markdown's marks where the source is Markdown.
pub(super) fn shown(quote: &str, markup: Markup) -> String {
    if markup != Markup::Markdown {
        return plain(quote);
    }
    let mut text = String::with_capacity(quote.len());
    let mut images = 0_usize;
    for event in Parser::new(quote) {
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            _ if images > 0 => {}
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::InlineHtml(_) => text.push(' '),
            _ => {}
        }
    }
    // A quote that is no paragraph by itself, a number with a full stop say, is shown as it stands.
    if text.is_empty() { plain(quote) } else { plain(&text) }
}

/// Characters that change what a terminal does, or the order in which it shows others (Unicode Standard Annex 9), that end
/// a line, or that nobody sees: with those a text can say one thing to a reader and another to a program. The joiners of
/// letters and of emoji, U+200C and U+200D, are not among them: scripts need them.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_spaces_wrap_at_the_width_of_their_characters() {
        let lines = wrap("星期二早上，一艘载有一百八十七人的渡轮撞上了埃拉港的东码头。", Some(24), "");
        assert!(lines.len() > 2, "{lines:?}");
        assert!(lines.iter().all(|line| textwrap::core::display_width(line) <= 24), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), "星期二早上，一艘载有一百八十七人的渡轮撞上了埃拉港的东码头。");
    }
}

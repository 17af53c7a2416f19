//! A digest in, text for a reader out.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::cite::{Citation, Digest, Item};

/// How text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextStyle {
    /// Wrap at this many columns; `None` leaves each sentence on one line.
    pub width: Option<usize>,
    /// Set sources off by colour.
    pub color: bool,
}

/// Sources stand under their sentence, so far to the right.
const INDENT: &str = "    ";

/// Text is not wrapped narrower than this many columns: paths would fall apart.
const NARROWEST: usize = 20;

/// Each sentence as a paragraph, its sources on the line below.
pub(super) fn write(digest: &Digest, style: TextStyle, out: &mut impl Write) -> io::Result<()> {
    let sources = if style.color { AnsiColor::Cyan.on_default() } else { Style::new() };
    for (index, item) in digest.items.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        for line in wrap(&plain(&item.quote), style.width, "") {
            writeln!(out, "{line}")?;
        }
        for line in wrap(&source_line(digest, item), style.width, INDENT) {
            // The indent stays outside of the colour, so that no terminal underlines or fills it.
            writeln!(out, "{INDENT}{sources}{}{sources:#}", line.trim_start())?;
        }
    }
    Ok(())
}

/// `wire.txt:4; also in post.txt:2, times.txt:7`
fn source_line(digest: &Digest, item: &Item) -> String {
    let place = |citation: &Citation| {
        let path = &digest.sources[citation.article.index()].path;
        format!("{}:{}", plain(path), citation.lines.first)
    };
    let mut line = place(&item.citation);
    for (index, also) in item.also_in.iter().enumerate() {
        line.push_str(if index == 0 { "; also in " } else { ", " });
        line.push_str(&place(&also.citation));
    }
    line
}

fn wrap<'t>(text: &'t str, width: Option<usize>, indent: &'static str) -> Vec<Cow<'t, str>> {
    match width {
        Some(width) => {
            let options = textwrap::Options::new(width.max(NARROWEST))
                .initial_indent(indent)
                .subsequent_indent(indent)
                .break_words(false)
                .word_splitter(textwrap::WordSplitter::NoHyphenation)
                .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
            textwrap::wrap(text, options)
        }
        None => vec![Cow::Borrowed(text)],
    }
}

/// A text on one line, without anything that a terminal would obey: white space becomes single spaces, control and
/// bidirectional formatting characters go.
///
/// ```
/// assert_eq!(epitome::render::plain("hard\nwrapped \u{1b}[31mred\u{202e}"), "hard wrapped [31mred");
/// ```
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.extend(word.chars().filter(|&c| !is_unsafe(c)));
    }
    plain
}

/// Characters that change what a terminal does or the order in which it shows others (Unicode Standard Annex 9).
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

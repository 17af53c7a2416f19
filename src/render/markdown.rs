//! A digest in, CommonMark with footnotes and YAML front matter out.
//!
//! Source text is data: whatever Markdown or HTML would read something into is escaped, so that a parser gives the quote
//! back as it is shown in text, and nothing else. Beyond CommonMark that holds for the marks of common dialects:
//! tables, strike-through, footnotes, mathematics, attributes, templates, citations, and links that are known by `www.` or
//! `://`. One thing no mark prevents: GitHub makes links of mail addresses after all marks are resolved.

use std::io::{self, Write};

use super::several::{Front, Lines, Several};
use super::text::{excerpt, explained, plain, plain_path, shown, source_line};
use super::voices::has_copies;
use crate::cite::{Citation, Digest, Note, Source};
use crate::date::Moment;
use crate::read::{GENERATOR_KEY, sha256};
use crate::segment::count_words;

/// Front matter, the headline if there is one, a paragraph with a footnote for each quote, what was set aside if that was
/// asked for, and the footnotes.
pub(super) fn write(digest: &Digest, out: &mut impl Write) -> io::Result<()> {
    front_matter(&[digest], out)?;
    title(digest, "#", out)?;
    body(digest, "#", 1, out)
}

/// Front matter for all, and a digest for each section below its heading; behind them what else there is. Footnotes are
/// numbered throughout.
pub(super) fn write_sections(several: &Several<'_>, out: &mut impl Write) -> io::Result<()> {
    let digests: Vec<&Digest> = several.sections.iter().map(|section| section.digest).collect();
    let Some(front) = &several.front else {
        front_matter(&digests, out)?;
        return write_parts(several, "#", out);
    };
    front_matter_of_edition(&digests, front, out)?;
    writeln!(out, "\n# {}", escaped(&front.title))?;
    front.lines.iter().try_for_each(|line| writeln!(out, "\n{}", escaped(line)))?;
    front.glance.iter().try_for_each(|glance| lines(glance, out))?;
    write_parts(several, "###", out)?;
    several.end.iter().try_for_each(|end| lines(end, out))
}

/// A list below a heading.
fn lines(of: &Lines, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n## {}\n", escaped(&of.heading))?;
    of.lines.iter().try_for_each(|line| writeln!(out, "- {}", escaped(line)))
}

/// A digest for each section below its heading, and what else there is.
fn write_parts(several: &Several<'_>, level: &str, out: &mut impl Write) -> io::Result<()> {
    let mut first = 1;
    for section in &several.sections {
        if let Some(part) = &section.part {
            writeln!(out, "\n## {}", escaped(part))?;
        }
        writeln!(out, "\n{level} {}", escaped(&section.heading))?;
        if let Some(size) = &section.size {
            writeln!(out, "\n{}", escaped(size))?;
        }
        if section.size.is_none() {
            title(section.digest, &format!("{level}#"), out)?;
        }
        body(section.digest, &format!("{level}#"), first, out)?;
        first += section.digest.items.len();
    }
    if let Some(more) = &several.more {
        let level = if several.front.is_some() { "##" } else { "#" };
        writeln!(out, "\n{level} {}\n", escaped(&more.heading))?;
        for line in more.titles.iter().chain(&more.rest) {
            writeln!(out, "- {}", escaped(line))?;
        }
    }
    Ok(())
}

/// The headline that a digest has, if it has one.
fn title(digest: &Digest, level: &str, out: &mut impl Write) -> io::Result<()> {
    match digest.title.as_deref().map(plain).filter(|title| !title.is_empty()) {
        Some(title) => writeln!(out, "\n{level} {}", escaped(&title)),
        None => Ok(()),
    }
}

/// A digest with headings of a level, its footnotes numbered from `first` on.
fn body(digest: &Digest, level: &str, first: usize, out: &mut impl Write) -> io::Result<()> {
    for (number, item) in (first..).zip(&digest.items) {
        let markup = digest.sources[item.citation.article.index()].markup;
        writeln!(out, "\n{}[^{number}]", escaped(&shown(&item.quote, markup)))?;
    }
    if let Some(dropped) = digest.dropped.as_ref().filter(|dropped| !dropped.is_empty()) {
        writeln!(out, "\n{level}# Set aside\n")?;
        for part in dropped {
            let path = escaped(&plain_path(&digest.sources[part.article.index()].path));
            let (kind, reason) = (escaped(&plain(&part.kind)), escaped(&plain(&part.reason)));
            writeln!(out, "- {path}:{}: {kind}, {reason}: \"{}\"", part.line, escaped(&excerpt(&part.text)))?;
        }
    }
    for (number, item) in (first..).zip(&digest.items) {
        let places = source_line(digest, item, |citation, notes| place(digest, citation, notes));
        // On the line of the places: a paragraph of its own would be code for parsers without footnotes.
        let parts = explained(item).map(|parts| format!("; {}", escaped(&parts))).unwrap_or_default();
        writeln!(out, "\n[^{number}]: {places}{parts}")?;
    }
    Ok(())
}

/// What an edition is and what it was made from, between two lines of hyphens.
fn front_matter_of_edition(digests: &[&Digest], front: &Front, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "---\ntitle: {}", yaml(&front.title))?;
    for (key, value) in &front.facts {
        writeln!(out, "{key}: {}", yaml(value))?;
    }
    let version = concat!("epitome ", env!("CARGO_PKG_VERSION"));
    writeln!(out, "{GENERATOR_KEY}{}", yaml(version))?;
    let sources = digests.iter().flat_map(|digest| &digest.sources);
    writeln!(out, "input_sha256: {}\n---", yaml(&input_hash(sources)))
}

/// What the file is and what it was made from, between two lines of hyphens. Of several digests the languages are a list, and
/// none gives the title.
fn front_matter(digests: &[&Digest], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "---")?;
    if let [Digest { title: Some(title), .. }] = digests {
        writeln!(out, "title: {}", yaml(title))?;
    }
    let sources = || digests.iter().flat_map(|digest| &digest.sources);
    let published = sources().filter_map(|source| source.metadata.published.as_ref());
    if let Some(newest) = published.map(|fact| fact.value.date).max() {
        writeln!(out, "date: {}", yaml(&newest.to_string()))?;
    }
    let mut languages: Vec<String> = Vec::new();
    for language in digests.iter().filter_map(|digest| digest.language).map(|language| yaml(language.code())) {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    match languages.as_slice() {
        [] => {}
        [language] => writeln!(out, "lang: {language}")?,
        languages => writeln!(out, "lang: [{}]", languages.join(", "))?,
    }
    writeln!(out, "{GENERATOR_KEY}{}", yaml(&format!("epitome {}", digests[0].version)))?;
    let quotes = digests.iter().flat_map(|digest| &digest.items);
    writeln!(out, "words: {}", quotes.map(|item| count_words(&item.quote)).sum::<usize>())?;
    writeln!(out, "articles: {}", sources().count())?;
    if digests.iter().any(|digest| has_copies(digest)) {
        writeln!(out, "voices: {}", digests.iter().map(|digest| digest.voices.len()).sum::<usize>())?;
    }
    writeln!(out, "input_sha256: {}", yaml(&input_hash(sources())))?;
    writeln!(out, "---")
}

/// SHA-256 over the hashes of the sources, one a line: `jq -r '.sources[].sha256' digest.json | sha256sum`.
fn input_hash<'d>(sources: impl Iterator<Item = &'d Source>) -> String {
    let hashes: String = sources.map(|source| format!("{}\n", source.sha256)).collect();
    sha256(hashes.as_bytes())
}

/// `wire.txt:4 (Harbour Post, 2031-03-04)`
fn place(digest: &Digest, citation: &Citation, notes: &[Note]) -> String {
    let source = &digest.sources[citation.article.index()];
    let path = escaped(&plain_path(&source.path));
    let publisher = source.metadata.publisher.as_ref().map(|fact| escaped(&plain(&fact.value)));
    let publisher = publisher.filter(|name| !name.is_empty());
    // The day that a note gives is the day of its article, too.
    let noted = notes.iter().map(|Note::Published(moment)| *moment).next();
    let published: Option<Moment> = noted.or(source.metadata.published.as_ref().map(|fact| fact.value));
    let known: Vec<String> = publisher.into_iter().chain(published.map(|moment| moment.date.to_string())).collect();
    let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
    format!("{path}:{}{known}", citation.lines.first)
}

/// A text as a YAML string in double quotes, on one line.
fn yaml(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in plain(text).chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            // The only characters that are left and YAML 1.2 calls unprintable.
            '\u{fffe}' | '\u{ffff}' => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A text on one line in which Markdown finds nothing but text. Fit for the beginning of a line, too.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    // As long as nothing but digits was seen, a full stop makes an item of a list.
    let mut digits_only = true;
    for (at, c) in text.char_indices() {
        let (before, behind) = (&text[..at], &text[at + c.len_utf8()..]);
        // Four spaces in front, as only a path can have them, make code.
        if at == 0 && c == ' ' {
            escaped.push_str("&#32;");
            continue;
        }
        let marks = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '&' | '|' | '~' | '!' | '$' | '^'
            | '{' | '}' | '=' | '@' => true,
            '-' | '+' => at == 0,
            '.' => (digits_only && at > 0) || ends_in(before, "www"),
            ':' => at == 0 || behind.starts_with('/') || ends_in(before, "mailto") || ends_in(before, "xmpp"),
            _ => false,
        };
        digits_only &= c.is_ascii_digit();
        if marks {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn ends_in(text: &str, word: &str) -> bool {
    let start = text.len().saturating_sub(word.len());
    text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_would_read_something_into_is_escaped() {
        let cases = [
            ("The *pier* is_closed.", r"The \*pier\* is\_closed."),
            ("1. April was cold.", r"1\. April was cold."),
            ("1.5 and 2.5", r"1\.5 and 2.5"),
            ("- or not", r"\- or not"),
            ("a - b + c", "a - b + c"),
            ("Fire!", r"Fire\!"),
            ("See www.ella.example: <b>", r"See www\.ella.example: \<b\>"),
            ("https://ella.example", r"https\://ella.example"),
            ("wire.txt", "wire.txt"),
            ("[^1]: a", r"\[\^1\]: a"),
        ];
        for (text, expected) in cases {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn values_of_front_matter_stay_inside_their_quotes() {
        assert_eq!(yaml("\"Pier\"\n---\nx: \\1"), r#""\"Pier\" --- x: \\1""#);
    }
}

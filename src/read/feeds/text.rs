//! What a feed writes for a title or a name in, one line of plain text out; and how much of a text can be seen.

use std::borrow::Cow;

use super::entities::{known, next_reference};

/// How the characters of a text are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As they stand.
    Text,
    /// As HTML: Atom's `html`, and all texts of RSS, which does not say how it means them.
    Html,
}

/// The names of HTML's elements, old ones too. Of other names in brackets it is not known whether they are markup:
/// `Vec<T>`.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont", "bdi",
    "bdo", "bgsound", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite",
    "code", "col", "colgroup", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em", "embed",
    "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend",
    "li", "link", "main", "map", "mark", "marquee", "math", "menu", "meta", "meter", "nav", "nobr", "noframes",
    "noscript", "object", "ol", "optgroup", "option", "output", "p", "param", "picture", "pre", "progress", "q", "rp",
    "rt", "ruby", "s", "samp", "script", "section", "select", "small", "source", "span", "strike", "strong", "style",
    "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time",
    "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr",
];

/// Elements that do not part words.
#[rustfmt::skip]
const INSIDE_OF_WORDS: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
];

/// Elements whose content is not shown.
const HIDDEN: &[&str] = &["script", "style", "template"];

/// Elements that have neither content nor an end tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

pub(super) fn is_void(name: &str) -> bool {
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}

/// A title or a name as one line of text: without markup, its references resolved, white space made one space.
pub(super) fn line(text: &str, form: Form) -> String {
    let shown = match form {
        Form::Text => Cow::Borrowed(text),
        Form::Html => visible(text),
    };
    let words = shown.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A text of several lines: within a line all white space is one space, and blank lines in a row are one.
pub(super) fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut tidy = String::with_capacity(text.len());
    let mut is_apart = false;
    for written in text.split('\n') {
        let words = line(written, Form::Text);
        if words.is_empty() {
            is_apart = true;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if is_apart { "\n\n" } else { "\n" });
        }
        is_apart = false;
        tidy.push_str(&words);
    }
    tidy
}

/// Whether a text is HTML and not plain: it has a tag of a known element, or a reference.
pub(super) fn is_html(text: &str) -> bool {
    let has_reference = next_reference(text).is_some_and(|(_, name, _)| known(&name[1..name.len() - 1]).is_some());
    has_reference || has_tag(text)
}

/// Whether a text has a tag of a known element.
pub(super) fn has_tag(text: &str) -> bool {
    Tags::of(text).next().is_some()
}

/// The text of HTML that can be seen, roughly: for titles and for measuring, not for reading.
pub(super) fn visible(html: &str) -> Cow<'_, str> {
    if !html.contains(['<', '&']) {
        return Cow::Borrowed(html);
    }
    let mut shown = String::with_capacity(html.len());
    let mut tags = Tags::of(html);
    let mut end = 0;
    while let Some(tag) = tags.next() {
        push_resolved(&mut shown, &html[end..tag.start]);
        if !INSIDE_OF_WORDS.contains(&tag.name.as_str()) {
            shown.push(' ');
        }
        if HIDDEN.contains(&tag.name.as_str()) && !tag.closes {
            tags.at = html.len() - behind_end_tag(&html[tag.end..], &tag.name).len();
        }
        end = tags.at;
    }
    // Of a comment that is cut off nothing is shown.
    push_resolved(&mut shown, html[end..].split("<!--").next().unwrap_or_default());
    Cow::Owned(shown)
}

/// A tag of a known element, or a comment, in a text.
struct Tag {
    start: usize,
    end: usize,
    /// In lower case; none for a comment.
    name: String,
    closes: bool,
}

/// Behind so many tags whose quotes swallow the rest of the text, quotes mean nothing any more, so that no text is read
/// through for each of its tags.
const MOST_UNCLOSED: usize = 16;

/// The tags of known elements, and the comments, of a text, one after another. What none of them can end behind is found
/// once, so that no text is read through for each of its brackets.
struct Tags<'t> {
    text: &'t str,
    /// Where the next one is looked for.
    at: usize,
    /// Where the last `>` and the last `-->` stand.
    last_bracket: Option<usize>,
    last_comment_end: Option<usize>,
    unclosed: usize,
}

impl<'t> Tags<'t> {
    fn of(text: &'t str) -> Self {
        let (last_bracket, last_comment_end) = (text.rfind('>'), text.rfind("-->"));
        Self { text, at: 0, last_bracket, last_comment_end, unclosed: 0 }
    }

    fn next(&mut self) -> Option<Tag> {
        let (text, begun) = (self.text, self.at);
        let last = self.last_bracket.filter(|last| begun < *last)?;
        for (offset, _) in text[begun..last].match_indices('<') {
            let start = begun + offset;
            let inside = &text[start + 1..];
            let closes = inside.starts_with('/');
            let (length, name) = if inside.starts_with("!--") || is_declaration(inside) {
                (self.end_of_comment(start + 1)?, String::new())
            } else if let Some(name) = name_of_element(inside.trim_start_matches('/')) {
                (self.end_of_tag(inside)?, name)
            } else {
                continue;
            };
            self.at = start + 1 + length;
            return Some(Tag { start, end: self.at, name, closes });
        }
        None
    }

    /// The length of a comment or a declaration. A comment that is not closed ends with its tag, lest it swallow the rest.
    fn end_of_comment(&self, start: usize) -> Option<usize> {
        let inside = &self.text[start..];
        let is_closed = inside.starts_with("!--") && self.last_comment_end.is_some_and(|end| start < end);
        let close = if is_closed { "-->" } else { ">" };
        inside.find(close).map(|length| length + close.len())
    }

    /// Where a tag ends, behind its bracket; one within quotes is none unless the quotes are not closed.
    fn end_of_tag(&mut self, inside: &str) -> Option<usize> {
        let mut quote = None;
        for (at, byte) in inside.bytes().enumerate().take_while(|_| self.unclosed < MOST_UNCLOSED) {
            match (quote, byte) {
                (None, b'>') => return Some(at + 1),
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), byte) if open == byte => quote = None,
                _ => {}
            }
        }
        self.unclosed += 1;
        inside.find('>').map(|at| at + 1)
    }
}

/// The name that a tag begins with, in lower case, if it is that of an element.
fn name_of_element(letters: &str) -> Option<String> {
    let length = letters.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = letters[..length].to_ascii_lowercase();
    let is_whole = letters[length..].starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    (is_whole && ELEMENTS.contains(&name.as_str())).then_some(name)
}

/// Whether a `<` before this opens what HTML has no use for: `<!DOCTYPE`, `<![endif]`, `<?xml`.
fn is_declaration(inside: &str) -> bool {
    let behind = inside.strip_prefix(['!', '?']);
    behind.is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '['))
}

/// What follows the end tag of a hidden element.
fn behind_end_tag<'t>(rest: &'t str, name: &str) -> &'t str {
    let end = rest.match_indices("</").find(|(at, _)| {
        let tag = &rest.as_bytes()[at + 2..];
        tag.len() >= name.len() && tag[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    });
    end.and_then(|(at, _)| rest[at..].find('>').map(|length| &rest[at + length + 1..])).unwrap_or("")
}

fn push_resolved(shown: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, reference, behind)) = next_reference(rest) {
        shown.push_str(before);
        match known(&reference[1..reference.len() - 1]) {
            Some(character) => shown.push_str(&character),
            None => shown.push_str(reference),
        }
        rest = behind;
    }
    shown.push_str(rest);
}

/// Appends text to HTML.
pub(super) fn push_escaped(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&amp;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn a_title_loses_its_markup_and_keeps_its_words() {
        let cases = [
            ("Ferry <b>hits</b> pier", "Ferry hits pier"),
            ("Fish &amp; chips&nbsp;again", "Fish & chips again"),
            ("Rates &lt; 3 % &#8212; for now", "Rates < 3 % — for now"),
            ("Why Vec<T> grows", "Why Vec<T> grows"),
            ("3 < 5 and 7 > 5", "3 < 5 and 7 > 5"),
            ("Ferry<br/>hits\r\n\tpier", "Ferry hits pier"),
            ("un<em>believ</em>able", "unbelievable"),
            ("A<script>alert('b>')</script>C<!-- D > E -->F", "A C F"),
            ("<a title=\"3 > 2\" href='x'>Three</a>", "Three"),
            ("<a title=\"open>Three</a>", "Three"),
            ("<img alt=\"cat<br>dog\" src='x'>Three", "Three"),
            ("<!DOCTYPE html><p>Three", "Three"),
            ("Three<!-- of > four", "Three four"),
            ("A<!-- b -->C<!-- d > E", "A C E"),
            ("Three<!--", "Three"),
            ("AT&T and &unknown; stay", "AT&T and &unknown; stay"),
        ];
        for (written, shown) in cases {
            assert_eq!(line(written, Form::Html), shown);
        }
        assert_eq!(line("a <b> c &amp; d", Form::Text), "a <b> c &amp; d");
    }

    #[test]
    fn a_plain_text_keeps_its_lines_and_paragraphs() {
        let written = "\r\n  One\tand\u{a0}two \r\nthree\r\n \r\n\r\nFour.\u{7}\r\n";
        assert_eq!(lines(written), "One and two\nthree\n\nFour.");
    }

    #[test]
    fn a_text_is_html_if_it_has_a_tag_or_a_reference() {
        for html in ["a<br>b", "a &amp; b", "<p>a", "</div> a > b"] {
            assert!(is_html(html), "{html}");
        }
        for text in ["a & b", "a < b > c", "AT&T; b", "Vec<T>", "<p"] {
            assert!(!is_html(text), "{text}");
        }
    }

    #[test]
    fn comments_and_quotes_that_are_not_closed_take_no_longer_than_others() {
        /// A reader that goes to the end for each of them takes minutes.
        const LONGEST: Duration = Duration::from_secs(10);
        let begun = Instant::now();
        for piece in ["<!-- >", "<a x\">\"", "<a '>'\">\"", "<script>", "<a <"] {
            for (before, behind) in [("", ""), ("-->", ">"), ("", "-->")] {
                let text = format!("{before}{}{behind}", piece.repeat(100_000));
                let _ = visible(&text);
            }
        }
        assert!(begun.elapsed() < LONGEST, "{:?}", begun.elapsed());
    }
}

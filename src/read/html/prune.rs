//! A page in, the same page without what no reader of text needs out.
//!
//! Most bytes of a page are scripts, styles and addresses of pictures. Finding their ends is much faster than parsing them,
//! so they go first, with what could make parsing costly: an element with a million attributes. What is left is parsed to
//! the same tree, less the contents of scripts and styles, comments, and attributes that are only of use to a browser.
//!
//! It walks the page as a tokenizer does (WHATWG HTML Standard, section 13.2.5), as far as is needed to tell tags from texts
//! and attributes from each other.

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter};

/// An element keeps so many attributes. Those with the most that were seen on pages of news have 40.
pub(super) const MOST_ATTRIBUTES: usize = 128;

/// Elements whose contents are text even if there are tags in them, and whether that text is of use.
const RAW: [(&str, bool); 8] = [
    ("script", false),
    ("style", false),
    ("iframe", false),
    ("noembed", false),
    ("noframes", false),
    ("textarea", true),
    ("title", true),
    ("xmp", true),
];

/// Leaves out of a page what is of no use.
pub(super) fn pruned(page: &str) -> String {
    let mut pruning = Pruning { page, at: 0, kept: String::with_capacity(page.len() / 2), in_drawing: 0 };
    while pruning.at < page.len() {
        pruning.text();
        pruning.markup();
    }
    pruning.kept
}

struct Pruning<'a> {
    page: &'a str,
    at: usize,
    kept: String,
    /// How many `<svg>` are open: in them other rules hold.
    in_drawing: usize,
}

/// A start or end tag as it was read.
struct Tag {
    name: std::ops::Range<usize>,
    is_end: bool,
    closes_itself: bool,
    /// A script that holds data.
    is_data: bool,
}

impl Pruning<'_> {
    /// The byte so far ahead; 0 behind the end, where the page has no markup either.
    fn byte(&self, ahead: usize) -> u8 {
        self.page.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    /// Keeps all up to the next `<`.
    fn text(&mut self) {
        let rest = &self.page[self.at..];
        let text = memchr(b'<', rest.as_bytes()).map_or(rest, |end| &rest[..end]);
        self.kept.push_str(text);
        self.at += text.len();
    }

    /// What begins with `<`.
    fn markup(&mut self) {
        match (self.byte(1), self.byte(2)) {
            (b'!', b'-') if self.byte(3) == b'-' => self.comment(),
            (b'!', b'D' | b'd') => {
                let start = self.at;
                self.skip_behind(b'>');
                self.kept.push_str(&self.page[start..self.at]);
            }
            (b'!' | b'?', _) => self.skip_behind(b'>'),
            (b'/', next) if next.is_ascii_alphabetic() => self.element(),
            _ if self.at + 2 >= self.page.len() && matches!(self.byte(1), 0 | b'/') => self.at = self.page.len(),
            (b'/', _) => self.skip_behind(b'>'),
            (next, _) if next.is_ascii_alphabetic() => self.element(),
            _ => {
                self.kept.push('<');
                self.at += 1;
            }
        }
    }

    fn skip_behind(&mut self, end: u8) {
        let found = memchr(end, &self.page.as_bytes()[self.at..]);
        self.at = found.map_or(self.page.len(), |length| self.at + length + 1);
    }

    fn comment(&mut self) {
        self.at += "<!--".len();
        let rest = &self.page.as_bytes()[self.at..];
        let closed_at_once = [&b">"[..], b"->"].into_iter().find(|end| rest.starts_with(end)).map(<[u8]>::len);
        let is_end = |at: &usize| rest[..*at].ends_with(b"--") || rest[..*at].ends_with(b"--!");
        let end = closed_at_once.or_else(|| memchr_iter(b'>', rest).find(is_end).map(|at| at + 1));
        self.at = end.map_or(self.page.len(), |end| self.at + end);
    }

    /// A tag, and what follows it if that is no markup.
    fn element(&mut self) {
        let start = self.kept.len();
        let Some(tag) = self.tag() else {
            // It does not end, and so is none.
            self.kept.truncate(start);
            self.at = self.page.len();
            return;
        };
        let name = &self.page.as_bytes()[tag.name.clone()];
        if name.eq_ignore_ascii_case(b"svg") && !tag.closes_itself {
            self.in_drawing = if tag.is_end { self.in_drawing.saturating_sub(1) } else { self.in_drawing + 1 };
        }
        let is_raw = !tag.is_end && !(tag.closes_itself && self.in_drawing > 0);
        let raw = RAW.iter().find(|(raw, _)| is_raw && name.eq_ignore_ascii_case(raw.as_bytes()));
        if let Some((name, is_of_use)) = raw {
            self.raw(name, *is_of_use || tag.is_data);
        }
    }

    /// Reads a tag and keeps the attributes that are of use; `None` if the page ends in it.
    fn tag(&mut self) -> Option<Tag> {
        let is_end = self.byte(1) == b'/';
        let start = self.at;
        self.at += if is_end { 2 } else { 1 };
        let name = self.at..self.end_of(|byte| is_space(byte) || matches!(byte, b'/' | b'>'));
        self.at = name.end;
        self.kept.push_str(&self.page[start..name.end]);
        let mut tag = Tag { name, is_end, closes_itself: false, is_data: false };
        let mut attributes = 0;
        loop {
            self.at = self.end_of(|byte| !is_space(byte));
            match self.byte(0) {
                b'>' => break,
                b'/' => {
                    tag.closes_itself = self.byte(1) == b'>';
                    self.at += 1;
                }
                _ if self.at >= self.page.len() => return None,
                _ => {
                    let (name, attribute) = self.attribute()?;
                    let (name, attribute) = (&self.page[name], &self.page[attribute]);
                    tag.is_data |= name.eq_ignore_ascii_case("type") && attribute.contains("json");
                    if !is_end && attributes < MOST_ATTRIBUTES && is_of_use(name) {
                        attributes += 1;
                        self.kept.push(' ');
                        self.kept.push_str(attribute);
                    }
                }
            }
        }
        self.at += 1;
        self.kept.push_str(if tag.closes_itself { " />" } else { ">" });
        Some(tag)
    }

    /// Reads an attribute: its name, and all of it. `None` if the page ends in it.
    fn attribute(&mut self) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
        let start = self.at;
        self.at += 1;
        self.at = self.end_of(|byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
        let name = start..self.at;
        let before_value = self.at;
        self.at = self.end_of(|byte| !is_space(byte));
        if self.byte(0) != b'=' {
            self.at = before_value;
            return Some((name.clone(), name));
        }
        self.at += 1;
        self.at = self.end_of(|byte| !is_space(byte));
        match self.byte(0) {
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                let length = memchr(quote, &self.page.as_bytes()[self.at..])?;
                self.at += length + 1;
            }
            b'>' => {}
            _ => self.at = self.end_of(|byte| is_space(byte) || byte == b'>'),
        }
        Some((name, start..self.at))
    }

    /// Where the next byte of a kind is, or the page ends.
    fn end_of(&self, is_end: impl Fn(u8) -> bool) -> usize {
        let rest = &self.page.as_bytes()[self.at.min(self.page.len())..];
        self.page.len() - rest.len() + rest.iter().position(|byte| is_end(*byte)).unwrap_or(rest.len())
    }

    /// The contents of an element that end with its end tag alone.
    fn raw(&mut self, name: &str, is_of_use: bool) {
        let rest = &self.page[self.at..];
        let end = Finder::new("</").find_iter(rest.as_bytes()).find(|at| {
            let behind = &rest.as_bytes()[at + 2..];
            behind.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
                && behind.get(name.len()).is_none_or(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'))
        });
        let end = end.unwrap_or(rest.len());
        if is_of_use {
            self.kept.push_str(&rest[..end]);
        }
        self.at += end;
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

/// Attributes that tell something of texts, or of the article.
const OF_USE: [&str; 23] = [
    "class",
    "id",
    "style",
    "hidden",
    "aria-hidden",
    "role",
    "itemprop",
    "itemscope",
    "itemtype",
    "href",
    "rel",
    "content",
    "value",
    "name",
    "property",
    "type",
    "lang",
    "xml:lang",
    "datetime",
    "pubdate",
    "title",
    "charset",
    "http-equiv",
];

fn is_of_use(name: &str) -> bool {
    OF_USE.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_styles_comments_and_pictures_go() {
        let page = "<p class=a onclick='x>y' data-x=1>Fog<!-- a > b --> lifts.<script>if (a<b) '</p>'</script>\
                    <style>p{}</style><img src=a.png srcset=\"b 2x\"></p>";
        assert_eq!(pruned(page), "<p class=a>Fog lifts.<script></script><style></style><img></p>");
    }

    #[test]
    fn data_in_scripts_stay() {
        let page = "<script type=\"application/ld+json\">{\"a\":\"</p>\"}</script>";
        assert_eq!(pruned(page), page);
    }

    #[test]
    fn what_only_looks_like_markup_is_text() {
        for text in ["3 < 4 and 5 > 4", "a <3 b", "<title>The <b> tag</title>", "<textarea><script></textarea>"] {
            assert_eq!(pruned(text), text);
        }
    }

    #[test]
    fn what_begins_and_does_not_end_is_left_out() {
        let cases = [
            ("Fog.<!-- lifts", "Fog."),
            ("Fog.<p class=\"a", "Fog."),
            ("Fog.<p class", "Fog."),
            ("Fog.<script>lifts", "Fog.<script>"),
            ("Fog.<", "Fog."),
            ("Fog.</", "Fog."),
            ("Fog.<!", "Fog."),
        ];
        for (page, kept) in cases {
            assert_eq!(pruned(page), kept, "{page}");
        }
    }

    #[test]
    fn an_end_of_a_quote_is_looked_for_before_the_end_of_a_tag() {
        assert_eq!(pruned("<a title='x>y' href = \"/z\" b>Fog</a >"), "<a title='x>y' href = \"/z\">Fog</a>");
        assert_eq!(pruned("<p id=a/>Fog"), "<p id=a/>Fog");
        assert_eq!(pruned("<br/>Fog"), "<br />Fog");
    }

    #[test]
    fn no_element_has_more_attributes_than_are_kept() {
        let page = format!("<p {}>Fog", "id=a ".repeat(1000));
        assert_eq!(pruned(&page).matches("id=a").count(), MOST_ATTRIBUTES);
    }
}

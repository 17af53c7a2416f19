//! An element in, what its name, its classes and its links say of what stands in it out.

use crate::model::head;
use crate::read::html::tree::Element;

/// So many bytes of an attribute are looked at.
const LONGEST_VALUE: usize = 2000;

/// How many elements a mark of date or byline is believed to speak for what stands in them.
const MARK_REACH: u8 = 3;

/// What the elements are like that a text stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// They are no part of the article: navigation, related articles, comments.
    pub aside: bool,
    /// Something near is named after dates, and so many elements away at most.
    pub date: u8,
    /// Something near is named after writers.
    pub writer: u8,
    /// It is said outright: `rel="author"`, `itemprop="author"`.
    pub is_writer: bool,
    /// It is a link to the first page of the site, or has one.
    pub leads_home: bool,
}

impl Marks {
    /// The marks of an element in another one, and whether it is aside by itself.
    pub fn of(element: &Element, outer: Self, in_article: bool) -> (Self, bool) {
        let mut marks = Marks {
            date: outer.date.saturating_sub(1),
            writer: outer.writer.saturating_sub(1),
            aside: outer.aside,
            is_writer: false,
            leads_home: outer.leads_home || leads_home(element),
        };
        let mut is_aside = match element.name() {
            "nav" | "dialog" | "form" => true,
            "aside" | "footer" => !in_article,
            _ => false,
        };
        for name in ["class", "id", "itemprop", "rel"] {
            let Some(value) = element.attribute(name) else { continue };
            for word in class_words(head(value, LONGEST_VALUE)) {
                match class_word(word) {
                    Some(Named::Date) => marks.date = MARK_REACH,
                    Some(Named::Writer) => marks.writer = MARK_REACH,
                    Some(Named::Aside) => is_aside = true,
                    None => {}
                }
            }
        }
        (marks, is_aside)
    }

    /// Adds what another text of the same line is marked as.
    pub fn join(&mut self, other: Self) {
        self.date = self.date.max(other.date);
        self.writer = self.writer.max(other.writer);
    }

    pub fn date(self) -> bool {
        self.date > 0
    }

    pub fn writer(self) -> bool {
        self.writer > 0
    }

    /// Whether the element itself is named after writers.
    pub fn is_named_after_writers(self) -> bool {
        self.writer == MARK_REACH
    }
}

/// Whether an element is a link to what a site says of a writer.
pub(super) fn leads_to_writer(element: &Element) -> bool {
    const PLACES: &[&str] = &[
        "author",
        "autor",
        "auteur",
        "profile",
        "people",
        "person",
        "staff",
        "contributor",
        "writer",
        "journalist",
        "/by/",
        "team",
        "user",
    ];
    let link = element.attribute("href").filter(|_| element.name() == "a");
    link.is_some_and(|link| PLACES.iter().any(|place| head(link, LONGEST_VALUE).contains(place)))
}

/// Whether an element is a link to the first page of its site.
pub(super) fn leads_home(element: &Element) -> bool {
    let Some(link) = element.attribute("href").filter(|_| element.name() == "a") else { return false };
    let link = link.trim();
    let path = link.split_once("://").map_or(link, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
    matches!(path, "/" | "./" | "../" | "/index.html" | "/index.php")
}

/// Elements that stand in a line.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "svg"
            | "time"
            | "u"
            | "var"
            | "wbr"
            | "meta"
            | "script"
            | "style"
            | "link"
            | "data"
            | "use"
            | "path"
    )
}

/// Elements that may stand within a word.
pub(super) fn joins(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr" | "b" | "em" | "font" | "i" | "mark" | "s" | "small" | "strong" | "sub" | "sup" | "u" | "wbr"
    )
}

pub(super) fn is_never_shown(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "svg"
            | "select"
            | "textarea"
            | "iframe"
            | "object"
            | "button"
    )
}

/// What a word of a class or id stands for.
enum Named {
    Date,
    Writer,
    Aside,
}

fn class_word(word: &str) -> Option<Named> {
    const LONGEST: usize = 16;
    let mut small = [0; LONGEST];
    let small = small.get_mut(..word.len())?;
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    match &*small {
        b"date" | b"dates" | b"time" | b"datetime" | b"timestamp" | b"published" | b"publish" | b"posted"
        | b"pubdate" | b"dateline" | b"fecha" | b"datum" => Some(Named::Date),
        b"author" | b"authors" | b"byline" | b"bylines" | b"autor" | b"auteur" | b"writer" => Some(Named::Writer),
        b"related" | b"recommended" | b"recommendations" | b"recirc" | b"mostread" | b"popular" | b"trending"
        | b"latest" | b"recent" | b"comment" | b"comments" | b"respond" | b"disqus" | b"sidebar" | b"footer"
        | b"nav" | b"navbar" | b"menu" | b"newsletter" | b"cookie" | b"cookies" | b"copyright" | b"promo" => {
            Some(Named::Aside)
        }
        _ => None,
    }
}

/// The words of classes: `postDate` and `post_date` have two.
fn class_words(classes: &str) -> impl Iterator<Item = &str> {
    classes.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(|class| {
        let mut rest = class;
        std::iter::from_fn(move || {
            let bytes = rest.as_bytes();
            if bytes.is_empty() {
                return None;
            }
            let hump = |at: &usize| bytes[*at].is_ascii_uppercase() && !bytes[at - 1].is_ascii_uppercase();
            let end = (1..bytes.len()).find(hump).unwrap_or(bytes.len());
            let (word, behind) = rest.split_at(end);
            rest = behind;
            Some(word)
        })
    })
}

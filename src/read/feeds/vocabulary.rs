//! A name and its namespace in, what a feed means by it out.
//!
//! RSS has no namespace, or one of a dozen; Atom has two and the drafts of its first year. Prefixes are whatever the
//! feed declares; where it forgot to, or declares what nobody knows, the usual prefixes mean what they usually do.

/// The language of a feed: whose elements those without a namespace are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Dialect {
    #[default]
    Unknown,
    /// RSS of all versions, RDF among them.
    Rss,
    Atom,
    /// The Channel Definition Format.
    Cdf,
}

impl Dialect {
    /// The dialect of a document with this root.
    pub fn of_root(root: Name<'_>) -> Self {
        match root.local.to_ascii_lowercase().as_str() {
            "rss" | "rdf" => Self::Rss,
            // RSS 1.1 has the channel as its root, as CDF has.
            "channel" if root.vocabulary == Vocabulary::Rss => Self::Rss,
            "channel" => Self::Cdf,
            "feed" if root.vocabulary != Vocabulary::Rss => Self::Atom,
            // Much else has entries.
            "entry" if root.vocabulary == Vocabulary::Atom => Self::Atom,
            _ => Self::Unknown,
        }
    }

    pub fn is_unknown(self) -> bool {
        self == Self::Unknown
    }

    /// The vocabulary of its own elements.
    pub fn vocabulary(self) -> Vocabulary {
        match self {
            Self::Rss | Self::Cdf => Vocabulary::Rss,
            Self::Atom => Vocabulary::Atom,
            Self::Unknown => Vocabulary::Other,
        }
    }
}

/// Where the meaning of a name is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    Rss,
    Atom,
    DublinCore,
    /// `content:encoded`.
    Content,
    Itunes,
    /// Of pictures and films, whose titles are seldom those of entries.
    Media,
    Xhtml,
    Other,
}

/// Addresses of vocabularies in lower case, without the scheme and `/` and `#` at their end.
#[rustfmt::skip]
const ADDRESSES: &[(&str, Vocabulary)] = &[
    ("www.w3.org/2005/atom", Vocabulary::Atom),
    ("purl.org/atom/ns", Vocabulary::Atom),
    ("purl.org/atom/app", Vocabulary::Atom),
    ("purl.org/echo", Vocabulary::Atom),
    ("purl.org/pie", Vocabulary::Atom),
    ("example.com/necho", Vocabulary::Atom),
    ("example.com/newformat", Vocabulary::Atom),
    ("purl.org/rss/1.0", Vocabulary::Rss),
    ("purl.org/net/rss1.1", Vocabulary::Rss),
    ("my.netscape.com/rdf/simple/0.9", Vocabulary::Rss),
    ("channel.netscape.com/rdf/simple/0.9", Vocabulary::Rss),
    ("my.netscape.com/publish/formats/rss-0.91.dtd", Vocabulary::Rss),
    ("backend.userland.com/rss", Vocabulary::Rss),
    ("backend.userland.com/rss2", Vocabulary::Rss),
    ("backend.userland.com/rss2.1", Vocabulary::Rss),
    ("blogs.law.harvard.edu/tech/rss", Vocabulary::Rss),
    ("www.rssboard.org/rss-specification", Vocabulary::Rss),
    ("purl.org/dc/elements/1.0", Vocabulary::DublinCore),
    ("purl.org/dc/elements/1.1", Vocabulary::DublinCore),
    ("purl.org/dc/terms", Vocabulary::DublinCore),
    ("purl.org/rss/1.0/modules/content", Vocabulary::Content),
    ("www.itunes.com/dtds/podcast-1.0.dtd", Vocabulary::Itunes),
    ("example.com/dtds/podcast-1.0.dtd", Vocabulary::Itunes),
    ("search.yahoo.com/mrss", Vocabulary::Media),
    ("www.w3.org/1999/xhtml", Vocabulary::Xhtml),
];

/// What prefixes mean where nothing that is known was declared.
const PREFIXES: &[(&str, Vocabulary)] = &[
    ("atom", Vocabulary::Atom),
    ("atom10", Vocabulary::Atom),
    ("a10", Vocabulary::Atom),
    ("rss", Vocabulary::Rss),
    ("dc", Vocabulary::DublinCore),
    ("dcterms", Vocabulary::DublinCore),
    ("content", Vocabulary::Content),
    ("itunes", Vocabulary::Itunes),
    ("media", Vocabulary::Media),
    ("xhtml", Vocabulary::Xhtml),
];

impl Vocabulary {
    /// The vocabulary at an address; none of those that are known is [`Vocabulary::Other`].
    pub fn of(address: &str) -> Self {
        let address = address.trim().to_ascii_lowercase();
        let address = address.trim_start_matches("http://").trim_start_matches("https://").trim_end_matches(['/', '#']);
        ADDRESSES.iter().find(|(known, _)| *known == address).map_or(Self::Other, |(_, vocabulary)| *vocabulary)
    }

    /// The vocabulary of a name with this prefix, for which that was declared.
    pub fn resolved(declared: Option<Self>, prefix: &str, dialect: Dialect) -> Self {
        match declared {
            Some(known) if known != Self::Other => known,
            _ if prefix.is_empty() => dialect.vocabulary(),
            _ => PREFIXES.iter().find(|(known, _)| *known == prefix).map_or(Self::Other, |(_, vocabulary)| *vocabulary),
        }
    }
}

/// The name of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'t> {
    pub vocabulary: Vocabulary,
    /// Without its prefix.
    pub local: &'t str,
}

impl Name<'_> {
    /// Whether the element is what feeds are made of.
    pub fn is_entry(self) -> bool {
        let own = matches!(self.vocabulary, Vocabulary::Rss | Vocabulary::Atom);
        own && (self.local.eq_ignore_ascii_case("item") || self.local.eq_ignore_ascii_case("entry"))
    }

    /// Whether the element holds what a feed says of itself.
    pub fn is_feed(self) -> bool {
        ["rss", "rdf", "channel", "feed"].iter().any(|known| self.local.eq_ignore_ascii_case(known))
    }

    /// What an element of a feed or an entry says of it, and how far that is to be preferred: the lowest rank first.
    pub fn field(self) -> Option<(Field, Rank)> {
        let local = self.local.to_ascii_lowercase();
        Some(match (self.vocabulary, local.as_str()) {
            (Vocabulary::Rss | Vocabulary::Atom, local) => (own_field(local)?, 0),
            (Vocabulary::DublinCore, "title") => (Field::Title, 1),
            (Vocabulary::DublinCore, "creator" | "author") => (Field::Author, 0),
            (Vocabulary::DublinCore, "publisher") => (Field::Publisher, 1),
            (Vocabulary::DublinCore, "language") => (Field::Language, 1),
            (Vocabulary::DublinCore, "description" | "abstract") => (Field::Summary, 1),
            (Vocabulary::DublinCore, "issued") => (Field::Published, 1),
            (Vocabulary::DublinCore, "date") => (Field::Published, 2),
            (Vocabulary::DublinCore, "created") => (Field::Published, 3),
            (Vocabulary::DublinCore, "modified") => (Field::Updated, 1),
            (Vocabulary::Content, "encoded") => (Field::Content, 0),
            (Vocabulary::Xhtml, "body" | "div") => (Field::Content, 1),
            (Vocabulary::Itunes, "title") => (Field::Title, 2),
            (Vocabulary::Media, "title") => (Field::Title, 3),
            (Vocabulary::Itunes, "author") => (Field::Author, 1),
            (Vocabulary::Itunes, "summary") => (Field::Summary, 2),
            (Vocabulary::Itunes, "subtitle") => (Field::Summary, 3),
            _ => return None,
        })
    }
}

/// How far one of several statements of the same is to be preferred: the lowest first.
pub(super) type Rank = u8;

/// What an element says of a feed or an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Link,
    Id,
    Published,
    Updated,
    Author,
    /// The name of a person, in what says who wrote it.
    Name,
    Publisher,
    /// The feed that an entry was taken over from.
    Source,
    Language,
    Content,
    Summary,
}

/// What an element of RSS, Atom or CDF says. Their names do not contradict each other, and feeds of one of them borrow
/// those of another.
fn own_field(local: &str) -> Option<Field> {
    Some(match local {
        "title" => Field::Title,
        "link" => Field::Link,
        "guid" | "id" => Field::Id,
        "pubdate" | "published" | "issued" | "created" => Field::Published,
        "updated" | "modified" => Field::Updated,
        "author" => Field::Author,
        "source" => Field::Source,
        "language" => Field::Language,
        "content" | "body" | "fullitem" => Field::Content,
        "description" | "summary" | "abstract" => Field::Summary,
        _ => return None,
    })
}

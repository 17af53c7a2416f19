//! An element in, what its name, its classes and its other attributes hint at out.
//!
//! Those who build pages name their elements for style sheets and scripts: `article-body`, `relatedPosts`, `share-bar`. The
//! words they use are much the same from site to site and from language to language. What each word is worth is not
//! decided here: the model has learnt it ([`super::model`]), with how far above a block the element stands.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::tree::Element;

/// How many hints there are.
pub(super) const HINTS: usize = WORDS.len() + ELEMENTS.len() + OTHERS.len();

/// A set of hints: bit `i` stands for the `i`th name of [`names`].
pub(super) type Hints = u128;

/// What words of classes, ids and roles hint at: a name and the words that stand for it. A word counts at the beginning
/// of a part of a class (`comments-list`, `commentList`), and at its end if it has [`LEAST_AT_END`] letters
/// (`articlebody`).
const WORDS: [(&str, &[&str]); 52] = [
    ("article", &["article", "artikel", "articulo"]),
    ("body", &["body", "richtext", "rte", "wysiwyg", "prose", "markdown"]),
    ("content", &["content", "contenido", "inhalt", "contenu"]),
    ("text", &["text", "texto", "paragraph", "copy"]),
    ("entry", &["entry", "hentry"]),
    ("post", &["post"]),
    ("story", &["story", "news", "noticia", "nota"]),
    ("main", &["main", "primary", "single"]),
    ("title", &["title", "headline", "titulo", "titre", "heading"]),
    (
        "deck",
        &[
            "deck",
            "dek",
            "subtitle",
            "subhead",
            "standfirst",
            "excerpt",
            "lead",
            "lede",
            "intro",
            "chapo",
            "summary",
            "teaser",
        ],
    ),
    ("author", &["author", "byline", "bio", "writer", "contributor", "autor"]),
    ("date", &["date", "time", "published", "timestamp", "fecha"]),
    ("meta", &["meta", "info", "details"]),
    ("caption", &["caption", "credit", "legend", "cutline"]),
    ("image", &["image", "img", "photo", "picture", "figure", "media", "thumb"]),
    ("gallery", &["gallery", "slide", "carousel", "slider", "lightbox", "swiper"]),
    ("video", &["video", "player", "audio", "podcast"]),
    ("share", &["share", "sharing", "social", "follow", "facebook", "twitter", "whatsapp", "compart"]),
    ("comment", &["comment", "disqus", "discussion", "replies", "reply", "respond", "kommentar", "coment"]),
    (
        "related",
        &["related", "recirc", "recommend", "readmore", "more", "also", "similar", "further", "relacion", "next"],
    ),
    ("popular", &["popular", "trending", "latest", "recent", "mostread", "top"]),
    ("promo", &["promo", "offer", "banner", "cta", "callout", "partner", "upsell", "marketing"]),
    ("card", &["card", "tile", "item"]),
    ("ad", &["ad", "ads", "advert", "sponsor", "dfp", "gpt", "outbrain", "taboola", "adsense"]),
    ("newsletter", &["newsletter", "subscri", "signup", "mailing", "email", "optin", "mail"]),
    ("nav", &["nav", "menu", "breadcrumb", "crumb", "pagination", "pager", "skip", "sitemap"]),
    ("foot", &["foot", "bottom", "copyright", "legal", "colophon"]),
    ("head", &["head", "mast", "topbar", "logo", "hero"]),
    ("side", &["side", "aside", "rail", "widget", "sticky", "right"]),
    ("cookie", &["cookie", "consent", "gdpr", "privacy", "onetrust"]),
    ("popup", &["modal", "popup", "overlay", "dialog", "tooltip", "paywall", "drawer", "toast", "alert"]),
    ("tag", &["tag", "tags", "topic", "categor", "keyword", "kicker", "eyebrow", "badge", "label"]),
    ("list", &["list", "grid", "feed", "archive", "collection", "row"]),
    ("product", &["product", "price", "shop", "buy", "cart", "deal", "affiliate"]),
    ("form", &["form", "search", "login", "register", "input", "wpforms"]),
    ("toc", &["toc", "jump", "anchor", "index", "tableofcontents"]),
    ("quote", &["quote", "pull", "pullquote", "blockquote"]),
    ("box", &["box", "inset", "factbox", "infobox", "highlight", "panel", "well"]),
    ("faq", &["faq", "accordion", "question", "answer", "collaps", "toggle", "tab", "expand"]),
    ("rating", &["rating", "review", "vote", "poll", "score", "star"]),
    ("button", &["btn", "button", "link", "action", "tool", "util", "print"]),
    ("hidden", &["hidden", "hide", "sr", "visually", "screen", "offscreen", "invisible", "visuallyhidden", "noprint"]),
    ("notice", &["disclaim", "disclosure", "notice", "note", "correction", "editor"]),
    ("embed", &["embed", "tweet", "instagram", "iframe", "oembed"]),
    ("source", &["reference", "footnote", "citation", "cite", "source", "bibliograph", "endnote"]),
    ("key", &["key", "takeaway", "tldr", "glance", "bullet"]),
    ("profile", &["profile", "staff", "team", "about", "avatar", "person", "user"]),
    ("live", &["live", "ticker", "liveblog", "blog"]),
    ("region", &["wrap", "container", "module", "component", "section", "block", "layout", "col", "column", "inner"]),
    ("event", &["event", "donat", "member", "join", "contact", "location", "address", "phone"]),
    ("dropcap", &["dropcap", "first", "drop"]),
    ("table", &["table", "chart", "graph", "figcaption"]),
];

/// Elements whose names hint at something themselves.
const ELEMENTS: [&str; 20] = [
    "<article>",
    "<main>",
    "<aside>",
    "<nav>",
    "<header>",
    "<footer>",
    "<section>",
    "<figure>",
    "<figcaption>",
    "<form>",
    "<ul>",
    "<ol>",
    "<li>",
    "<table>",
    "<blockquote>",
    "<a>",
    "<details>",
    "<noscript>",
    "<button>",
    "<label>",
];

/// What other attributes hint at.
const OTHERS: [&str; 4] = ["itemprop=articleBody", "not shown", "aria-hidden", "role beside the text"];

const ARTICLE_BODY: usize = WORDS.len() + ELEMENTS.len();
const NOT_SHOWN: usize = ARTICLE_BODY + 1;
const ARIA_HIDDEN: usize = ARTICLE_BODY + 2;
const BESIDE: usize = ARTICLE_BODY + 3;

/// Elements, and attributes of them, whose text is never main text: of such blocks on the pages that the model was trained
/// on less than one in twenty was, and mostly by mistake of those who marked it.
const BESIDE_TEXT: [&str; 8] =
    ["<nav>", "<aside>", "<footer>", "<figcaption>", "<button>", "<noscript>", "aria-hidden", "role beside the text"];

/// The hints of what is never main text.
pub(super) static NEVER: LazyLock<Hints> = LazyLock::new(|| {
    names().enumerate().map(|(at, name)| Hints::from(BESIDE_TEXT.contains(&name)) << at).fold(0, |all, one| all | one)
});

/// The hint of a text to a picture: it counts if it is that of the block's own element, or of the one around that.
pub(super) static CAPTION: LazyLock<usize> =
    LazyLock::new(|| names().position(|name| name == "caption").expect("there is such a hint"));

/// A word of so many letters counts at the end of a part of a class, too: shorter ones end words of other meaning
/// (`thread`, `download`).
const LEAST_AT_END: usize = 4;

/// Words that count as a whole part alone, since many others begin with them.
const WHOLE: [&str; 17] = [
    "ad", "ads", "top", "also", "more", "tag", "tags", "sr", "col", "rte", "tab", "star", "post", "mail", "key",
    "next", "right",
];

/// Values of `role` for what stands beside the text of a page.
const ROLES_BESIDE: [&str; 9] =
    ["navigation", "complementary", "contentinfo", "banner", "dialog", "alertdialog", "search", "menu", "tablist"];

/// The names of all hints, in the order of their bits.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let words = WORDS.iter().map(|(name, _)| *name);
    words.chain(ELEMENTS).chain(OTHERS)
}

/// What an element hints at.
pub(super) fn of(element: &Element, known: &mut Known) -> Hints {
    let name = element.name();
    let at = ELEMENTS.iter().position(|known| &known[1..known.len() - 1] == name);
    let mut hints = at.map_or(0, |at| 1 << (WORDS.len() + at));
    for (attribute, value) in element.attributes() {
        match &**attribute {
            "class" | "id" => hints |= known.words(value),
            "hidden" => hints |= 1 << NOT_SHOWN,
            "style" if hides(value) => hints |= 1 << NOT_SHOWN,
            "aria-hidden" if value.eq_ignore_ascii_case("true") => hints |= 1 << ARIA_HIDDEN,
            "itemprop" if value.eq_ignore_ascii_case("articleBody") => hints |= 1 << ARTICLE_BODY,
            "role" if ROLES_BESIDE.contains(&value) => hints |= 1 << BESIDE,
            _ => {}
        }
    }
    hints
}

/// Whether a style keeps an element from being shown.
fn hides(style: &str) -> bool {
    let declares = |declaration: &str, property: &str, value: &str| {
        declaration.split_once(':').is_some_and(|(name, said)| {
            name.trim().eq_ignore_ascii_case(property)
                && said.trim().get(..value.len()).is_some_and(|said| said.eq_ignore_ascii_case(value))
        })
    };
    style.split(';').any(|it| declares(it, "display", "none") || declares(it, "visibility", "hidden"))
}

/// The hints of values that were met: most elements of a page share theirs with others.
#[derive(Default)]
pub(super) struct Known(FxHashMap<String, Hints>);

impl Known {
    fn words(&mut self, value: &str) -> Hints {
        if let Some(hints) = self.0.get(value) {
            return *hints;
        }
        let hints = parts(value).map(|part| hints_of_part(&part.to_ascii_lowercase())).fold(0, |all, one| all | one);
        self.0.insert(value.to_owned(), hints);
        hints
    }
}

/// The parts of a class or id: `article-body`, `articleBody`, `article__body2` have two each.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    let bytes = value.as_bytes();
    let is_border = move |at: usize| {
        !bytes[at].is_ascii_alphabetic()
            || (bytes[at].is_ascii_uppercase() && at > 0 && bytes[at - 1].is_ascii_lowercase())
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        let start = at;
        if start == bytes.len() {
            return None;
        }
        at += 1;
        while at < bytes.len() && !is_border(at) {
            at += 1;
        }
        Some(&value[start..at])
    })
}

/// What each word hints at, and whether it counts as a whole part alone.
static MEANINGS: LazyLock<FxHashMap<&str, (Hints, bool)>> = LazyLock::new(|| {
    let mut meanings = FxHashMap::default();
    for (at, (_, words)) in WORDS.iter().enumerate() {
        for word in *words {
            meanings.entry(*word).or_insert((0, WHOLE.contains(word))).0 |= 1 << at;
        }
    }
    meanings
});

/// The longest of the words, in letters.
static LONGEST: LazyLock<usize> = LazyLock::new(|| MEANINGS.keys().map(|word| word.len()).max().unwrap_or(0));

/// What a part in small letters hints at: the sum of all words that it begins or ends with.
fn hints_of_part(part: &str) -> Hints {
    let meaning = |word: &str| match MEANINGS.get(word) {
        Some((hints, is_whole)) if !is_whole || word.len() == part.len() => *hints,
        _ => 0,
    };
    let mut hints = 0;
    for length in 2..=part.len().min(*LONGEST) {
        hints |= meaning(&part[..length]);
        if length >= LEAST_AT_END {
            hints |= meaning(&part[part.len() - length..]);
        }
    }
    hints
}

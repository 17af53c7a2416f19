//! A digest in, one page of HTML out that needs nothing else: no script, no picture, no style sheet of another file.
//!
//! Source text is data. What is markup and what is text is told by types: markup is written in this module, so that it is
//! known when the program is compiled (`&'static str`), and whatever else comes is escaped. A policy in the head forbids
//! all that such a page could load or run, for the case that a mistake was made here all the same.
//!
//! The number behind a quote leads to its source: to the quoted words on the page that the publisher calls the article's
//! own (a text fragment, `#:~:text=`), or, where no such address of the web is known, to the list of sources below.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::several::{Front, Lines, Several};
use super::text::{MOST_ALSO_IN, excerpt, explained, is_unsafe, plain, plain_path, shown};
use super::voices::{counts, kin, support};
use crate::cite::{Citation, Digest, Item, Note, Source};
use crate::language::Language;
use crate::model::ArticleId;
use crate::read::HTML_GENERATOR;

/// How the page looks: on screens that are light or dark, narrow or wide, and on paper. Text has a contrast of at least
/// 7 to 1 to its ground, and links are underlined.
const STYLE: &str = "
:root { color-scheme: light dark; --ground: #fff; --text: #1a1a1a; --quiet: #555; --link: #0a4d94; --line: #ccc }
@media (prefers-color-scheme: dark) {
  :root { --ground: #121212; --text: #e8e8e8; --quiet: #b0b0b0; --link: #9cc3ff; --line: #444 }
}
body { margin: 0; background: var(--ground); color: var(--text); font: 1.125rem/1.6 Georgia, serif }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
h1 { font-size: 1.6rem; line-height: 1.25 }
h2, summary { font-size: 1.1rem; font-weight: bold }
a { color: var(--link) }
a.ref { font-size: .8em; text-decoration: none; padding: .3em .1em }
a.ref:hover, a.ref:focus { text-decoration: underline }
.quiet, li { font: .9rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
.quiet { color: var(--quiet) }
li { margin-bottom: .5rem }
section, details { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: .5rem }
summary { padding: .5rem 0; cursor: pointer }
:target { outline: 2px solid var(--link); outline-offset: .2rem }
@media print {
  :root { --ground: #fff; --text: #000; --quiet: #333; --link: #000; --line: #999 }
  body { font-size: 11pt }
  main { max-width: none; padding: 0 }
  p, li { break-inside: avoid }
  li a[href]::after { content: ' <' attr(href) '>' }
}
";

/// SHA-256 of the style in Base64: the policy allows this one and no other.
const STYLE_SHA256: &str = "g9ptgphdJLDdDaByBElR2MuYBgcVRkukds5QqJl18oI=";

/// An address that is longer than this is none that a publisher gives.
const LONGEST_ADDRESS: usize = 2_000;

/// Writes the page.
pub(super) fn write(digest: &Digest, out: &mut impl Write) -> io::Result<()> {
    let mut page = Page::default();
    let title = digest.title.as_deref().map(plain).filter(|title| !title.is_empty());
    head(digest.language, &digest.version, title.as_deref(), &mut page);
    page.markup("<body>\n<main>\n");
    match &title {
        Some(title) => page.element("<h1 dir=\"auto\">", title, "</h1>\n"),
        None => page.markup("<h1 lang=\"en\">Digest</h1>\n"),
    }
    body(digest, 1, &mut page);
    page.markup("</main>\n</body>\n</html>\n");
    out.write_all(page.html.as_bytes())
}

/// Writes a page with a digest for each section below its heading, and behind them what else there is. Sources are numbered
/// throughout.
pub(super) fn write_sections(several: &Several<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut page = Page::default();
    let version = several.sections.first().map_or("", |section| section.digest.version.as_str());
    let front = several.front.as_ref();
    let version = front.map_or(version, |_| env!("CARGO_PKG_VERSION"));
    head(None, version, front.map(|front| front.title.as_str()), &mut page);
    page.markup("<body>\n<main>\n");
    match front {
        Some(front) => top(front, &mut page),
        None => page.markup("<h1 lang=\"en\">Digest</h1>\n"),
    }
    let mut first = 1;
    for section in &several.sections {
        if let Some(part) = &section.part {
            page.element("<h2 lang=\"\" dir=\"auto\">", part, "</h2>\n");
        }
        page.markup("<article");
        page.attribute("lang", section.digest.language.as_ref().map_or("", Language::code));
        match &section.size {
            // The title of a story is in its own language, the name of a language in English.
            Some(size) => {
                match front {
                    Some(_) => page.element(">\n<h3 dir=\"auto\">", &section.heading, "</h3>\n"),
                    None => page.element(">\n<h2 dir=\"auto\">", &section.heading, "</h2>\n"),
                }
                page.element("<p class=\"quiet\" lang=\"en\">", size, "</p>\n");
            }
            None => page.element(">\n<h2 lang=\"en\">", &section.heading, "</h2>\n"),
        }
        first += body(section.digest, first, &mut page);
        page.markup("</article>\n");
    }
    if let Some(more) = &several.more {
        page.element("<section lang=\"en\">\n<h2>", &more.heading, "</h2>\n<ul>\n");
        more.titles.iter().for_each(|title| page.element("<li lang=\"\" dir=\"auto\">", title, "</li>\n"));
        more.rest.iter().for_each(|rest| page.element("<li>", rest, "</li>\n"));
        page.markup("</ul>\n</section>\n");
    }
    if let Some(end) = &several.end {
        page.markup("<section lang=\"en\">\n");
        lines(end, &mut page);
        page.markup("</section>\n");
    }
    page.markup("</main>\n</body>\n</html>\n");
    out.write_all(page.html.as_bytes())
}

/// The top of an edition.
fn top(front: &Front, page: &mut Page) {
    page.element("<h1 dir=\"auto\">", &front.title, "</h1>\n");
    front.lines.iter().for_each(|line| page.element("<p class=\"quiet\" lang=\"en\">", line, "</p>\n"));
    if let Some(glance) = &front.glance {
        page.markup("<section lang=\"en\">\n");
        lines(glance, page);
        page.markup("</section>\n");
    }
}

/// A list below a heading.
fn lines(of: &Lines, page: &mut Page) {
    page.element("<h2>", &of.heading, "</h2>\n<ul>\n");
    of.lines.iter().for_each(|line| page.element("<li lang=\"\" dir=\"auto\">", line, "</li>\n"));
    page.markup("</ul>\n");
}

/// The quotes and what belongs to them, the sources numbered from `first` on. Gives how many sources these are.
fn body(digest: &Digest, first: usize, page: &mut Page) -> usize {
    let numbers = Numbers::of(digest, first);
    for item in &digest.items {
        quote(digest, item, &numbers, page);
    }
    set_aside(digest, page);
    sources(digest, &numbers, page);
    numbers.order.len()
}

fn head(language: Option<Language>, version: &str, title: Option<&str>, page: &mut Page) {
    page.markup("<!doctype html>\n<html");
    // An empty language says that it is not known.
    page.attribute("lang", language.as_ref().map_or("", Language::code));
    page.markup(">\n<head>\n<meta charset=\"utf-8\">\n");
    page.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
    page.markup(STYLE_SHA256);
    page.markup("'; base-uri 'none'; form-action 'none'\">\n");
    page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.markup("<meta name=\"referrer\" content=\"no-referrer\">\n");
    page.markup(HTML_GENERATOR);
    page.text(&plain(version));
    page.markup("\">\n");
    page.element("<title>", title.unwrap_or("Digest"), "</title>\n");
    page.markup("<style>");
    page.markup(STYLE);
    page.markup("</style>\n</head>\n");
}

/// A quote, the numbers of its sources behind it.
fn quote(digest: &Digest, item: &Item, numbers: &Numbers, page: &mut Page) {
    let source = &digest.sources[item.citation.article.index()];
    page.markup("<p dir=\"auto\"");
    if let Some(language) = source.language.filter(|own| Some(*own) != digest.language) {
        page.attribute("lang", language.code());
    }
    page.element(">", &shown(&item.quote, source.markup), "");
    for Note::Published(moment) in &item.notes {
        page.element(" <span class=\"quiet\" lang=\"en\">(", &moment.date.to_string(), ")</span>");
    }
    reference(digest, &item.citation, &shown(&item.quote, source.markup), numbers, page);
    for (also_in, opening) in
        support(digest, item).iter().zip(["", " <span class=\"quiet\" lang=\"en\">copied in</span>"])
    {
        if !also_in.is_empty() {
            page.markup(opening);
        }
        for also in also_in.iter().take(MOST_ALSO_IN) {
            let markup = digest.sources[also.citation.article.index()].markup;
            reference(digest, &also.citation, &shown(&also.quote, markup), numbers, page);
        }
        if also_in.len() > MOST_ALSO_IN {
            let more = also_in.len() - MOST_ALSO_IN;
            page.element(" <span class=\"quiet\" lang=\"en\">and ", &more.to_string(), " more</span>");
        }
    }
    page.markup("</p>\n");
    if let Some(parts) = explained(item) {
        page.element("<p class=\"quiet\" lang=\"en\">", &parts, "</p>\n");
    }
}

/// `[3]`, which is read out as `source 3, Harbour Post`.
fn reference(digest: &Digest, citation: &Citation, quote: &str, numbers: &Numbers, page: &mut Page) {
    let number = numbers.number(citation.article).to_string();
    let source = &digest.sources[citation.article.index()];
    page.markup(" <a class=\"ref\" lang=\"en\"");
    let name = format!("source {number}, {}", outlet(source));
    page.attribute("aria-label", &name);
    match address(source) {
        Some(address) => page.link_out(&with_text(address, quote)),
        None => page.attribute("href", &format!("#source-{number}")),
    }
    page.element(">[", &number, "]</a>");
}

/// What was set aside, folded up.
fn set_aside(digest: &Digest, page: &mut Page) {
    let Some(dropped) = digest.dropped.as_ref().filter(|dropped| !dropped.is_empty()) else { return };
    page.markup("<details lang=\"en\">\n<summary>Set aside</summary>\n<ul>\n");
    for part in dropped {
        let source = &digest.sources[part.article.index()];
        page.markup("<li>");
        page.text(&format!("{}:{}: ", plain_path(&source.path), part.line));
        page.text(&format!("{} ({}): ", plain(&part.kind), plain(&part.reason)));
        page.markup("<q dir=\"auto\"");
        page.attribute("lang", source.language.as_ref().map_or("", Language::code));
        page.element(">", &excerpt(&part.text), "</q></li>\n");
    }
    page.markup("</ul>\n</details>\n");
}

/// The sources that are quoted, in the order of their numbers: headline, outlet, day, file.
fn sources(digest: &Digest, numbers: &Numbers, page: &mut Page) {
    page.markup("<section lang=\"en\">\n<h2>Sources</h2>\n<ol");
    if numbers.first > 1 {
        page.attribute("start", &numbers.first.to_string());
    }
    page.markup(">\n");
    for (index, article) in numbers.order.iter().enumerate() {
        let source = &digest.sources[article.index()];
        page.markup("<li");
        page.attribute("id", &format!("source-{}", numbers.first + index));
        page.markup(">");
        headline(source, page);
        let published = source.metadata.published.as_ref();
        let publisher = source.metadata.publisher.as_ref().map(|fact| plain(&fact.value));
        for known in publisher.into_iter().chain(published.map(|fact| fact.value.date.to_string())) {
            if !known.is_empty() {
                page.element(", <bdi>", &known, "</bdi>");
            }
        }
        page.element(" <span class=\"quiet\"><bdi>", &plain_path(&source.path), "</bdi></span>");
        // A copy is told from the source of its voice that is numbered first.
        if let Some((kin, elder)) = kin(digest, *article, &numbers.order[..index]) {
            page.text(&format!(", {} [{}]", kin.of(), numbers.number(elder)));
        }
        page.markup("</li>\n");
    }
    page.markup("</ol>\n<p class=\"quiet\">Every sentence is quoted word for word, of ");
    page.text(&counts(digest));
    page.markup(".</p>\n</section>\n");
}

/// The headline of a source, which leads to it where its address is known.
fn headline(source: &Source, page: &mut Page) {
    let title = source.metadata.title.as_ref().map(|fact| plain(&fact.value)).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| outlet(source));
    let address = address(source);
    if let Some(address) = address {
        page.markup("<a");
        page.link_out(address);
        page.markup(">");
    }
    page.markup("<bdi");
    page.attribute("lang", source.language.as_ref().map_or("", Language::code));
    page.element(">", &title, "</bdi>");
    if address.is_some() {
        page.markup("</a>");
    }
}

/// Who published a source, or the file where that is not known.
fn outlet(source: &Source) -> String {
    let publisher = source.metadata.publisher.as_ref().map(|fact| plain(&fact.value));
    publisher.filter(|name| !name.is_empty()).unwrap_or_else(|| plain_path(&source.path))
}

/// The numbers of the sources that are quoted, in the order in which they are.
struct Numbers {
    first: usize,
    order: Vec<ArticleId>,
    /// The number of each article of the digest; 0 where it is not quoted.
    of_article: Vec<usize>,
}

impl Numbers {
    fn of(digest: &Digest, first: usize) -> Self {
        let mut numbers = Self { first, order: Vec::new(), of_article: vec![0; digest.sources.len()] };
        for item in &digest.items {
            let support = support(digest, item);
            let also = support.iter().flat_map(|also_in| also_in.iter().take(MOST_ALSO_IN));
            for article in std::iter::once(item.citation.article).chain(also.map(|also| also.citation.article)) {
                if numbers.number(article) == 0 {
                    numbers.order.push(article);
                    numbers.of_article[article.index()] = first + numbers.order.len() - 1;
                }
            }
        }
        numbers
    }

    fn number(&self, article: ArticleId) -> usize {
        self.of_article[article.index()]
    }
}

/// The address of a source, if it is one of the web that leads where it seems to lead.
fn address(source: &Source) -> Option<&str> {
    let address = source.metadata.url.as_ref()?.value.as_str();
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let host = address[scheme.len()..].split(['/', '?', '#']).next().unwrap_or_default();
    // In front of an `@` could stand the name of another host.
    let is_plain = host.starts_with(char::is_alphanumeric) && !host.contains(['@', '%', '\\']);
    let is_odd = |c: char| {
        c.is_whitespace() || is_unsafe(c) || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    (is_plain && address.len() <= LONGEST_ADDRESS && !address.contains(is_odd)).then_some(address)
}

/// A quote of more words than this is found by its first and its last words.
const LONGEST_IN_FULL: usize = 12;

/// By so many at each end; and by so many characters where words are not parted by spaces.
const WORDS_AT_ENDS: usize = 5;
const CHARS_AT_ENDS: usize = 24;

/// A word has no more characters than this, mostly.
const CHARS_A_WORD: usize = 12;

/// An address that leads to the words on the page (URL Fragment Text Directives, a draft of the WICG).
fn with_text(address: &str, quote: &str) -> String {
    let words: Vec<&str> = quote.split(' ').collect();
    let chars: Vec<char> = quote.chars().collect();
    let text = if words.len() > LONGEST_IN_FULL {
        let (first, last) = (&words[..WORDS_AT_ENDS], &words[words.len() - WORDS_AT_ENDS..]);
        format!("{},{}", encoded(&first.join(" ")), encoded(&last.join(" ")))
    } else if chars.len() > LONGEST_IN_FULL * CHARS_A_WORD {
        let (first, last) = (&chars[..CHARS_AT_ENDS], &chars[chars.len() - CHARS_AT_ENDS..]);
        format!("{},{}", encoded(&String::from_iter(first)), encoded(&String::from_iter(last)))
    } else {
        encoded(quote)
    };
    if text.len() > LONGEST_ADDRESS {
        return address.to_owned();
    }
    let mark = if address.contains('#') { "" } else { "#" };
    format!("{address}{mark}:~:text={text}")
}

/// Per cent for all but letters and digits: hyphens, commas and ampersands have a meaning in text fragments.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("writing to a string cannot fail");
        }
    }
    encoded
}

/// The page so far.
#[derive(Default)]
struct Page {
    html: String,
}

impl Page {
    /// Markup of this module.
    fn markup(&mut self, markup: &'static str) {
        self.html.push_str(markup);
    }

    /// Any text, between tags or in the quotes of an attribute.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                '\'' => self.html.push_str("&#39;"),
                _ => self.html.push(c),
            }
        }
    }

    fn element(&mut self, start: &'static str, text: &str, end: &'static str) {
        self.markup(start);
        self.text(text);
        self.markup(end);
    }

    fn attribute(&mut self, name: &'static str, value: &str) {
        self.markup(" ");
        self.markup(name);
        self.element("=\"", value, "\"");
    }

    /// Where a link leads out of the page. The other page learns nothing of this one.
    fn link_out(&mut self, address: &str) {
        self.attribute("href", address);
        self.markup(" rel=\"noopener noreferrer nofollow\"");
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let digits = |group: &[u8]| {
            let bits = group.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
            let digit = move |at: usize| char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize]);
            (0..4).map(move |at| if at > group.len() { '=' } else { digit(at) }).collect::<String>()
        };
        bytes.chunks(3).map(digits).collect()
    }

    #[test]
    fn the_policy_allows_the_style_that_is_there() {
        assert_eq!(base64(b"Ferry!!"), "RmVycnkhIQ==");
        assert_eq!(base64(&Sha256::digest(STYLE)), STYLE_SHA256);
    }

    #[test]
    fn a_link_leads_to_the_words_on_the_page() {
        let long = "The ferry Alda Brim hit the east pier of Port Ella on Tuesday, and 14 were hurt.";
        let ends = "The%20ferry%20Alda%20Brim%20hit,Tuesday%2C%20and%2014%20were%20hurt%2E";
        for (address, quote, expected) in [
            ("https://ella.example/a", "Two, at most.", "https://ella.example/a#:~:text=Two%2C%20at%20most%2E"),
            ("https://ella.example/a#b", "It broke-down", "https://ella.example/a#b:~:text=It%20broke%2Ddown"),
            ("http://x.example/", long, &format!("http://x.example/#:~:text={ends}")),
        ] {
            assert_eq!(with_text(address, quote), expected);
        }
        assert!(with_text("http://x.example/", &"渡轮撞上码头".repeat(40)).len() < 600);
    }
}

//! What holds of every digest and every inspection.

use std::path::{Component, Path};
use std::sync::LazyLock;

use epitome::cite::{Citation, Digest, Source};
use epitome::inspect::Inspection;
use epitome::model::Origin;
use epitome::render::{Format, TextStyle, from_json, plain, render, render_inspection, to_json};
use epitome::segment::count_words;
use epitome::select::cost;
use epitome::verify::{Finding, verify};
use epitome::{Budget, Cluster};
use tempfile::TempDir;

use super::markdown::parsed;

/// A folder with nothing in it.
static NOWHERE: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a temporary folder"));

/// No more is said than was asked for.
pub fn assert_budget(cluster: &Cluster, digest: &Digest) {
    let budget = digest.options.budget;
    let spent: usize = digest.items.iter().map(|item| cost(&item.quote, budget)).sum();
    match budget {
        Budget::Words(limit) | Budget::Sentences(limit) | Budget::Chars(limit) => {
            assert!(spent <= limit, "{spent} of {limit}");
        }
        Budget::Percent(percent) => {
            let prose =
                cluster.articles.iter().flat_map(|article| article.prose().map(|block| block.span().of(&article.text)));
            let all: usize = prose.map(count_words).sum();
            assert!(spent * 100 <= all * percent as usize, "{spent} of {percent} % of {all}");
        }
    }
}

/// Every quote, and every part that was set aside, is the slice of its article that its citation names.
pub fn assert_quotes(cluster: &Cluster, digest: &Digest) {
    for (quote, citation) in quotes(digest) {
        let text = &cluster[citation.article].text;
        assert_eq!(citation.span.of(text), quote);
        assert_eq!(quote, quote.trim(), "a quote has white space at its ends");
        assert_eq!(citation.chars.start, text[..citation.span.start].chars().count());
        assert_eq!(citation.chars.len(), quote.chars().count());
        assert!(text[..citation.span.start].ends_with(&citation.prefix));
        assert!(text[citation.span.end..].starts_with(&citation.suffix));
    }
    for part in digest.dropped.iter().flatten() {
        assert_eq!(part.span.of(&cluster[part.article].text), part.text);
    }
}

fn quotes(digest: &Digest) -> impl Iterator<Item = (&String, &Citation)> {
    digest.items.iter().flat_map(|item| {
        let also_in = item.also_in.iter().map(|also| (&also.quote, &also.citation));
        std::iter::once((&item.quote, &item.citation)).chain(also_in)
    })
}

/// A digest of texts in memory: all its quotes hold, and it can be written and read.
pub fn assert_digest(digest: &Digest) {
    let report = verify(digest, NOWHERE.path());
    assert!(report.holds(true), "{:?}", report.differences().collect::<Vec<_>>());
    assert_written(digest);
}

/// A digest that anybody may have made: it can be held against its sources, and nothing is found of one that is not there.
pub fn assert_forged_digest(digest: &Digest) {
    assert_written(digest);
    if digest.sources.iter().any(leads_away) {
        return;
    }
    let report = verify(digest, NOWHERE.path());
    for (check, (_, citation)) in report.checks.iter().zip(quotes(digest)) {
        let source = &digest.sources[citation.article.index()];
        let is_kept = source.origin == Origin::Stream && source.text.is_some();
        let is_found = !matches!(check.finding, Finding::SourceMissing | Finding::NotText { .. });
        assert_eq!(is_found, is_kept, "{:?} in {source:?}", check.finding);
    }
}

/// Whether a source lies outside of the folder that a digest is checked in: it would be read, as its digest says.
fn leads_away(source: &Source) -> bool {
    let leads_away =
        |path: &str| Path::new(path).components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir));
    [Some(source.path.as_str()), source.file.as_deref(), source.kept.as_deref()].into_iter().flatten().any(leads_away)
}

/// JSON gives the same digest and the same bytes back; text, HTML and Markdown say what is quoted, and nothing that a terminal or
/// a parser of Markdown would obey.
fn assert_written(digest: &Digest) {
    let json = to_json(digest);
    assert_shows_nothing_to_obey(&json);
    let back = from_json(&json, "").expect("what was written is a digest");
    assert_eq!(&back, digest, "what was written is not what is read");
    assert_eq!(to_json(&back), json);
    for width in [None, Some(0), Some(30)] {
        let text = written(digest, Format::Text(TextStyle { width, color: false }));
        assert_shows_nothing_to_obey(&text);
        let colored = written(digest, Format::Text(TextStyle { width, color: true }));
        assert_eq!(colored.replace("\u{1b}[36m", "").replace("\u{1b}[0m", ""), text, "colour changes what is said");
    }
    let html = written(digest, Format::Html);
    assert_shows_nothing_to_obey(&html);
    assert_is_our_markup(&html);
    let markdown = written(digest, Format::Markdown);
    assert_shows_nothing_to_obey(&markdown);
    let parsed = parsed(&markdown);
    let counts = (digest.items.len(), digest.items.len(), digest.dropped.iter().flatten().count());
    assert_eq!(parsed.headline.unwrap_or_default(), digest.title.as_deref().map(plain).unwrap_or_default());
    assert_eq!((parsed.quotes.len(), parsed.footnotes, parsed.set_aside), counts, "{markdown}");
}

/// Elements that a digest in HTML has behind its style sheet.
const ELEMENTS: [&str; 18] = [
    "style", "head", "body", "main", "html", "h1", "h2", "p", "a", "span", "section", "ol", "ul", "li", "details",
    "summary", "q", "bdi",
];

/// A page has no element that is not ours, and leads to the web or to itself alone.
fn assert_is_our_markup(html: &str) {
    let body = html.find("</style>").expect("a page has a style sheet");
    for tag in html[body..].split('<').skip(1) {
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        assert!(ELEMENTS.contains(&name), "<{tag}");
    }
    for address in html[body..].split(" href=\"").skip(1) {
        let address = address.to_ascii_lowercase();
        assert!(["#", "http://", "https://"].iter().any(|start| address.starts_with(start)), "{address}");
    }
}

fn written(digest: &Digest, format: Format) -> String {
    let mut written = Vec::new();
    render(digest, format, &mut written).expect("memory can be written");
    String::from_utf8(written).expect("what is written is UTF-8")
}

/// An inspection can be written for people and for programs.
pub fn assert_inspection(inspection: &Inspection) {
    let mut shown = Vec::new();
    render_inspection(inspection, false, &mut shown).expect("memory can be written");
    assert_shows_nothing_to_obey(&String::from_utf8(shown).expect("what is written is UTF-8"));
    let json = to_json(inspection);
    assert_shows_nothing_to_obey(&json);
    let back: Inspection = serde_json::from_str(&json).expect("what was written is an inspection");
    assert_eq!(&back, inspection, "what was written is not what is read");
}

/// No control character but line ends, none that ends a line or changes the order in which others are shown, and none that
/// nobody sees but the joiners that scripts need.
fn assert_shows_nothing_to_obey(text: &str) {
    let is_unseen = |c: char| match c {
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => true,
        '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' => true,
        _ => matches!(c, '\u{e0000}'..='\u{e007f}'),
    };
    let found = text.chars().find(|&c| (c.is_control() && c != '\n') || is_unseen(c));
    assert_eq!(found, None, "a character that a terminal obeys, or nobody sees, in {text:?}");
}

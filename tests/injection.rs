//! Other people's text is data, whatever it would like to be: in a terminal, in HTML and in JSON. Markdown is in `laws`.

use std::cell::RefCell;

use epitome::cite::{Digest, Dropped, Item};
use epitome::inspect::inspect;
use epitome::model::{Fact, Found, Span};
use epitome::read::{self, Markup, ReadOptions, Reading};
use epitome::render::{Format, TextStyle, from_json, plain, plain_path, render, render_inspection, to_json};
use epitome::{Language, Options, Summarizer};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use proptest::prelude::*;

/// What would be more than text somewhere.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</p>",
    "</title>",
    "</style>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<",
    ">",
    "\"",
    "'",
    "\" onclick=\"alert(1)",
    "&",
    "&lt;",
    "&#60;",
    "&amp",
    "javascript:alert(1)",
    "https://x.example/",
    "\u{1b}[31m",
    "\u{1b}]8;;https://x.example\u{7}",
    "\u{9b}2J",
    "\u{7f}",
    "\r",
    "\u{8}",
    "\0",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{200e}",
    "\u{61c}",
    "\u{200b}",
    "\u{2060}",
    "\u{feff}",
    "\u{ad}",
    "\u{e0041}\u{e007f}",
    "\u{fffe}",
    "\n",
    "\n\n",
    "    ",
    "The pier",
    "closed",
    "Ä",
    "渡轮",
    "🏴\u{e0067}\u{e007f}",
    " ",
    " ",
];

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(HOSTILE), 0..12).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 1 => any::<String>()]
}

fn address() -> impl Strategy<Value = String> {
    prop_oneof![
        hostile(),
        Just("https://ella.example/a?b=c&d=\u{e9}#e".to_owned()),
        hostile().prop_map(|tail| format!("https://ella.example/{tail}")),
        prop::sample::select(
            &[
                "javascript:alert(1)",
                "JavaScript:alert(1)//https://",
                "data:text/html,<script>",
                "//x.example/",
                "https:alert",
                "https://",
                "https://ella.example@x.example/",
                "https://ella.example\\@x.example/",
                "https:// x",
                "vbscript:x",
                "file:///etc/passwd",
                " https://x.example/",
            ][..]
        )
        .prop_map(str::to_owned),
    ]
}

/// A digest of such texts.
fn forged(quotes: &[String], title: &str, path: &str, publisher: &str, url: &str, markup: Markup) -> Digest {
    let text = "The ferry Alda Brim hit the east pier of Port Ella on Tuesday, and 14 people were hurt.";
    let options = ReadOptions { language: Some(Language::ENGLISH), ..ReadOptions::default() };
    let article = read::article("a.txt", text.to_owned(), Markup::Plain, &options);
    let cluster = Reading::of(vec![article], Vec::new()).into_cluster();
    let mut digest = Summarizer::new(&Options::default()).expect("valid").summarize(&cluster);
    let model = digest.items.remove(0);
    digest.items = quotes.iter().map(|quote| Item { quote: quote.clone(), ..model.clone() }).collect();
    digest.title = Some(title.to_owned());
    let aside = |text: &String| Dropped {
        article: model.citation.article,
        span: Span::default(),
        line: 1,
        kind: text.clone(),
        reason: text.clone(),
        text: text.clone(),
    };
    digest.dropped = Some(quotes.iter().map(aside).collect());
    let fact = |value: &str| Some(Fact { value: value.to_owned(), found: Found::Meta, span: Span::default() });
    let source = &mut digest.sources[0];
    (source.path, source.markup) = (path.to_owned(), markup);
    let known = &mut source.metadata;
    (known.publisher, known.title, known.url) = (fact(publisher), fact(title), fact(url));
    digest
}

fn shown(digest: &Digest, format: Format) -> String {
    let mut shown = Vec::new();
    render(digest, format, &mut shown).expect("memory");
    String::from_utf8(shown).expect("UTF-8")
}

/// What nothing that is shown may hold, and what JSON may hold as an escape alone.
fn is_obeyed_or_unseen(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// What a parser of HTML finds in a page.
#[derive(Default)]
struct Parsed {
    tags: RefCell<Vec<Tag>>,
    /// The text of each paragraph, up to what stands in other elements in it.
    paragraphs: RefCell<Vec<String>>,
    others: RefCell<Vec<String>>,
}

impl TokenSink for Parsed {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => {
                let result = match (&*tag.name, tag.kind) {
                    ("style", TagKind::StartTag) => TokenSinkResult::RawData(RawKind::Rawtext),
                    ("title", TagKind::StartTag) => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                };
                if &*tag.name == "p" && tag.kind == TagKind::StartTag {
                    self.paragraphs.borrow_mut().push(String::new());
                }
                self.tags.borrow_mut().push(tag);
                return result;
            }
            Token::CharacterTokens(text) => {
                let in_paragraph =
                    self.tags.borrow().last().is_some_and(|tag| &*tag.name == "p" && tag.kind == TagKind::StartTag);
                if in_paragraph {
                    self.paragraphs.borrow_mut().last_mut().expect("begun").push_str(&text);
                }
            }
            Token::DoctypeToken(_) | Token::EOFToken => {}
            other => self.others.borrow_mut().push(format!("{other:?}")),
        }
        TokenSinkResult::Continue
    }
}

fn parsed(html: &str) -> Parsed {
    let tokenizer = Tokenizer::new(Parsed::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_terminal_gets_text_and_line_ends_alone(quotes in prop::collection::vec(hostile(), 1..4), title in hostile(), path in hostile(), publisher in hostile(), width in prop::option::of(1_usize..120)) {
        let digest = forged(&quotes, &title, &path, &publisher, "", Markup::Plain);
        let text = shown(&digest, Format::Text(TextStyle { width, color: false }));
        prop_assert!(!text.contains(is_obeyed_or_unseen), "{text:?}");
        prop_assert!(!plain(&title).contains(|c| is_obeyed_or_unseen(c) || c == '\n'));
        prop_assert!(!plain_path(&path).contains(|c| is_obeyed_or_unseen(c) || c == '\n'));
        let article = read::article(path, quotes.join("\n\n"), Markup::Plain, &ReadOptions::default());
        let mut inspected = Vec::new();
        render_inspection(&inspect(Reading::of(vec![article], Vec::new())), false, &mut inspected).expect("memory");
        let inspected = String::from_utf8(inspected).expect("UTF-8");
        prop_assert!(!inspected.contains(is_obeyed_or_unseen), "{inspected:?}");
    }

    #[test]
    fn json_holds_every_text_and_shows_none_that_a_terminal_obeys(quotes in prop::collection::vec(hostile().prop_filter("a quote", |quote| !quote.is_empty()), 1..4), title in hostile(), path in hostile(), publisher in hostile(), url in address()) {
        let digest = forged(&quotes, &title, &path, &publisher, &url, Markup::Html);
        let json = to_json(&digest);
        prop_assert!(!json.contains(is_obeyed_or_unseen), "{json:?}");
        prop_assert_eq!(from_json(&json, "test").expect("a digest"), digest);
    }

    #[test]
    fn html_has_the_elements_of_a_digest_and_no_other(quotes in prop::collection::vec(hostile(), 1..4), title in hostile(), path in hostile(), publisher in hostile(), url in address()) {
        let digest = forged(&quotes, &title, &path, &publisher, &url, Markup::Plain);
        let html = shown(&digest, Format::Html);
        let found = parsed(&html);
        let count = |name: &str| {
            let tags = found.tags.borrow();
            tags.iter().filter(|tag| &*tag.name == name && tag.kind == TagKind::StartTag).count()
        };
        prop_assert!(found.others.borrow().is_empty(), "{:?} in {html}", found.others.borrow());
        let expected = [("h1", 1), ("p", quotes.len() + 1), ("q", quotes.len()), ("title", 1), ("style", 1), ("meta", 5), ("details", 1)];
        for (name, expected) in expected {
            prop_assert_eq!(count(name), expected, "{} in {}", name, html);
        }
        let all = ["html", "head", "body", "main", "h2", "section", "summary", "ul", "ol", "li", "a", "span", "bdi"];
        for tag in found.tags.borrow().iter() {
            let known = all.contains(&&*tag.name) || expected.iter().any(|(name, _)| *name == &*tag.name);
            prop_assert!(known, "{:?} in {html}", tag.name);
            for attribute in &tag.attrs {
                let (name, value) = (&*attribute.name.local, &*attribute.value);
                let is_known = ["lang", "dir", "class", "href", "rel", "id", "aria-label", "name", "content", "charset", "http-equiv"].contains(&name);
                prop_assert!(is_known, "{name}={value} in {html}");
                let leads_out = value.starts_with("https://") || value.starts_with("http://");
                prop_assert!(name != "href" || leads_out || value.starts_with("#source-"), "{value}");
                let host = value.split('/').nth(2).unwrap_or_default();
                prop_assert!(name != "href" || !leads_out || !host.contains(['@', '\\', '%']), "{value}");
            }
        }
        let shown: Vec<String> = found.paragraphs.borrow().iter().take(quotes.len()).map(|text| text.trim_end().to_owned()).collect();
        let expected: Vec<String> = quotes.iter().map(|quote| plain(quote)).collect();
        prop_assert_eq!(shown, expected, "{}", html);
        prop_assert!(!html.contains(is_obeyed_or_unseen), "{html:?}");
        prop_assert!(read::looks_like_digest(&html));
    }
}

#[test]
fn a_page_says_where_its_quotes_are_from_in_every_way() {
    let quotes = ["The ferry hit the pier.".to_owned()];
    let digest =
        forged(&quotes, "Ferry & pier", "wire.html", "Harbour Post", "https://ella.example/a?b&c", Markup::Html);
    let html = shown(&digest, Format::Html);
    let expected = [
        "<html lang=\"en\">",
        "<h1 dir=\"auto\">Ferry &amp; pier</h1>",
        "<p dir=\"auto\">The ferry hit the pier. <a class=\"ref\" lang=\"en\" aria-label=\"source 1, Harbour Post\" \
         href=\"https://ella.example/a?b&amp;c#:~:text=The%20ferry%20hit%20the%20pier%2E\" \
         rel=\"noopener noreferrer nofollow\">[1]</a></p>",
        "<li id=\"source-1\"><a href=\"https://ella.example/a?b&amp;c\" rel=\"noopener noreferrer nofollow\">",
        "default-src 'none'",
    ];
    for expected in expected {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    let unknown = shown(&forged(&quotes, "", "wire.txt", "", "javascript:alert(1)", Markup::Plain), Format::Html);
    assert!(unknown.contains("aria-label=\"source 1, wire.txt\" href=\"#source-1\">[1]</a>"), "{unknown}");
    assert!(unknown.contains("<h1 lang=\"en\">Digest</h1>") && !unknown.contains("javascript"), "{unknown}");
}

//! An article's text in, its language out.

use whatlang::{Detector, Info};

use crate::language::Language;
use crate::model::Article;

/// So many bytes of an article are looked at first. Detection by trigrams costs more than all the rest of the
/// pipeline on whole articles, and is as sure on a paragraph of this length.
const SAMPLE: usize = 600;

/// So many are looked at where the first were not enough to be sure.
const LONGER_SAMPLE: usize = 4_000;

/// Languages that detection takes for each other. An article is not set aside for being in the other one of a group.
const NEAR: &[&[&str]] = &[&["da", "no"], &["bs", "hr", "sr"], &["id", "ms"]];

/// The language of an article, where it can be told reliably.
pub(super) fn detect(article: &Article) -> Option<Language> {
    [SAMPLE, LONGER_SAMPLE].into_iter().find_map(|length| {
        let info = ask(&sample(article, length))?;
        info.is_reliable().then(|| language(&info))
    })
}

/// The likeliest language of several articles together, sure or not.
pub(super) fn guess(articles: &[Article]) -> Option<Language> {
    let text: String = articles.iter().map(|article| sample(article, SAMPLE)).collect();
    ask(&text).map(|info| language(&info))
}

/// Whether two languages are the same, or so close that detection takes one for the other.
pub(super) fn near(a: Language, b: Language) -> bool {
    a == b || NEAR.iter().any(|group| group.contains(&a.code()) && group.contains(&b.code()))
}

fn ask(text: &str) -> Option<Info> {
    Detector::new().detect(text)
}

fn language(info: &Info) -> Language {
    info.lang().code().parse().expect("every code of the detector is three letters")
}

/// The first `length` bytes or so of an article's prose; of all its text where it has no prose.
fn sample(article: &Article, length: usize) -> String {
    let mut text = String::with_capacity(length + 1);
    for block in article.prose() {
        push_up_to(&mut text, block.span.of(&article.text), length);
        text.push('\n');
        if text.len() >= length {
            break;
        }
    }
    if text.is_empty() {
        push_up_to(&mut text, &article.text, length);
    }
    text
}

fn push_up_to(text: &mut String, more: &str, length: usize) {
    let mut end = more.len().min(length.saturating_sub(text.len()));
    while !more.is_char_boundary(end) {
        end -= 1;
    }
    text.push_str(&more[..end]);
}

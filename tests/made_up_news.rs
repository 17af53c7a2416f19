//! The made-up news that speed is measured on are what they are meant to be.

use std::collections::HashSet;

use epitome::Language;
use epitome::model::{BlockKind, Cue};
use epitome::read::sha256;
use epitome::segment::sentences;
use epitome::vectorize::vectorize;

#[path = "../benches/news/mod.rs"]
mod news;

use news::Story;

/// SHA-256 of the articles of `Story::usual(1)`, one behind the other. To be recorded anew, together with all counts and
/// times, where the generator is changed on purpose.
const USUAL: &str = "a8b8fedc69d038d6926e6e0edf2ca9bb9ef55d975936715879574ec6bf26f192";

fn usual(seed: u64) -> Vec<String> {
    Story::usual(seed).texts().collect()
}

/// Holds the mean of what is counted in ten usual stories against what it should be.
fn within(what: &str, range: std::ops::RangeInclusive<usize>, count: impl Fn(&[String]) -> usize) {
    let counts: Vec<usize> = (1..=10).map(|seed| count(&usual(seed))).collect();
    let mean = counts.iter().sum::<usize>() / counts.len();
    assert!(range.contains(&mean), "{mean} {what}, of {counts:?}");
}

#[test]
fn the_bytes_are_the_same_everywhere() {
    assert_eq!(sha256(usual(1).concat().as_bytes()), USUAL);
    // Any article can be written by itself.
    assert_eq!(Story { articles: 40, ..Story::usual(1) }.text(7), usual(1)[7]);
    assert_ne!(usual(2), usual(1));
}

#[test]
fn a_usual_story_has_the_size_that_speed_is_stated_for() {
    within("bytes", 36_500..=37_500, |texts| texts.iter().map(String::len).sum());
    within("words", 5_500..=6_300, |texts| texts.iter().map(|text| text.split_whitespace().count()).sum());
    within("sentences", 250..=280, |texts| sentences(&news::read(texts.to_vec())).len());
    within("terms", 1_200..=1_500, |texts| vectorize(&sentences(&news::read(texts.to_vec()))).0.width());
    within("entries of rows", 2_900..=3_500, |texts| vectorize(&sentences(&news::read(texts.to_vec()))).0.nonzeros());
}

#[test]
fn two_fifths_of_the_words_are_function_words_and_the_language_is_english() {
    let stop_words: HashSet<&str> = stop_words::lookup("en").expect("English is known").iter().copied().collect();
    within("% of function words", 38..=44, |texts| {
        let text = texts.concat().to_lowercase();
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|w| !w.is_empty()).collect();
        words.iter().filter(|word| stop_words.contains(*word)).count() * 100 / words.len()
    });
    for article in &news::read(usual(1)).articles {
        assert_eq!(article.language, Some(Language::ENGLISH), "{}", article.text);
    }
}

#[test]
fn three_of_ten_articles_are_copies_of_the_first() {
    let texts = usual(1);
    // Runs of four words.
    let runs = |text: &str| -> HashSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<&str>>().windows(4).map(|words| words.join(" ")).collect()
    };
    let wire = runs(&texts[0]);
    for (article, text) in texts.iter().enumerate().skip(1) {
        let own = runs(text);
        let shared = own.iter().filter(|run| wire.contains(*run)).count() * 100 / own.len();
        let expected = if Story::is_copy(article) { 50..=95 } else { 3..=35 };
        assert!(expected.contains(&shared), "{shared} % of article {article} stand in the first");
    }
}

#[test]
fn pages_have_what_pages_have() {
    let texts: Vec<String> = (1..=20).flat_map(usual).collect();
    let cluster = news::read(texts.clone());
    let blocks = || cluster.articles.iter().flat_map(|article| &article.blocks);
    for kind in [
        BlockKind::Prose,
        BlockKind::Headline,
        BlockKind::Label,
        BlockKind::Deck,
        BlockKind::Dateline,
        BlockKind::Byline,
        BlockKind::Caption,
        BlockKind::Teaser,
        BlockKind::Subscription,
        BlockKind::Notice,
        BlockKind::Navigation,
    ] {
        assert!(blocks().any(|block| block.kind == kind), "no {}", kind.name());
    }
    assert!(blocks().any(|block| block.kind == BlockKind::Dateline && block.cue == Cue::Place));
    let known = |of: fn(&epitome::model::Metadata) -> bool| {
        cluster.articles.iter().filter(|article| of(&article.metadata)).count() * 10 > cluster.articles.len() * 9
    };
    assert!(known(|metadata| metadata.title.is_some()));
    assert!(known(|metadata| metadata.byline.is_some()));
    assert!(known(|metadata| metadata.published.is_some() || metadata.updated.is_some()));
    for mark in
        ["“", "\"", " — ", "é", "ö", "Mr. ", "U.S. ", "Inc. ", "a.m.", " percent ", "But ", " However, ", " She "]
    {
        assert!(texts.iter().any(|text| text.contains(mark)), "no {mark:?}");
    }
}

#[test]
fn the_vocabulary_grows_with_the_root_of_the_text() {
    let words = |articles: usize| {
        let texts: Vec<String> = Story { articles, ..Story::usual(1) }.texts().collect();
        let words = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        words.filter(|word| !word.starts_with(char::is_uppercase)).collect::<HashSet<&str>>().len() as f64
    };
    let exponent = (words(2_000) / words(200)).log10();
    assert!((0.45..0.7).contains(&exponent), "{exponent}");
}

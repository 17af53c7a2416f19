//! Digests that are about what was asked.

use std::path::PathBuf;

use epitome::read::{self, Markup, ReadOptions, Reading, article};
use epitome::render::to_json;
use epitome::{Budget, Cluster, Digest, Options, Summarizer, Told};

fn cluster(corpus: &str) -> Cluster {
    let articles = PathBuf::from(format!("corpora/{corpus}/articles"));
    read::read(&[articles], &ReadOptions::default()).expect("the corpora ship with the project").into_cluster()
}

fn options(about: Option<&str>, words: usize) -> Options {
    Options { about: about.map(str::to_owned), budget: Budget::Words(words), explain: true, ..Options::default() }
}

fn digest(cluster: &Cluster, about: Option<&str>, words: usize) -> Digest {
    Summarizer::new(&options(about, words)).expect("valid options").summarize(cluster)
}

fn quotes(digest: &Digest) -> Vec<&str> {
    digest.items.iter().map(|item| item.quote.as_str()).collect()
}

#[test]
fn a_digest_has_what_was_asked_for_and_one_sentence_without_at_most() {
    for (corpus, about, stem) in [("ferry", "lights", "light"), ("dam", "villages", "village")] {
        let cluster = cluster(corpus);
        let about = digest(&cluster, Some(about), 100);
        let without = quotes(&about).iter().filter(|quote| !quote.to_lowercase().contains(stem)).count();
        assert!(without <= 1 && without < about.items.len(), "{corpus}: {:#?}", quotes(&about));
        assert!(about.about.expect("something was asked").sentences > 0);
    }
}

#[test]
fn words_that_no_sentence_has_are_named_and_change_nothing() {
    let cluster = cluster("ferry");
    let usual = digest(&cluster, None, 100);
    let zebras = digest(&cluster, Some("\"zebras\" of the windmill"), 100);
    assert_eq!(zebras.items, usual.items);
    let asked = zebras.about.expect("something was asked");
    assert_eq!((asked.sentences, asked.missing), (0, vec!["zebras".to_owned(), "windmill".to_owned()]));
    let stop_words = digest(&cluster, Some("the of and"), 100);
    assert_eq!(stop_words.items, usual.items);
    assert_eq!(usual.about, None);
    assert!(!to_json(&usual).contains("about"));
}

#[test]
fn the_parts_of_a_score_add_up_to_it() {
    let cluster = cluster("wildfire");
    let mut told = Told::new();
    digest(&cluster, None, 40).items.iter().for_each(|item| told.add_told(&item.quote, cluster.language));
    let digest = Summarizer::new(&options(Some("firefighters homes"), 150)).unwrap().summarize_new(&cluster, &told);
    assert!(digest.items.len() > 2);
    for item in &digest.items {
        let sum = item.parts.iter().fold(0.0, |sum, part| sum + part.value);
        assert_eq!(sum.to_bits(), item.score.to_bits(), "{}", item.quote);
        for name in ["about", "answered", "told before"] {
            assert!(item.parts.iter().any(|part| part.name == name), "{name}");
        }
    }
}

#[test]
fn what_was_told_about_it_is_not_told_again() {
    let cluster = cluster("dam");
    let first = digest(&cluster, Some("villages"), 60);
    let mut told = Told::new();
    first.items.iter().for_each(|item| told.add_told(&item.quote, cluster.language));
    let second = Summarizer::new(&options(Some("villages"), 60)).unwrap().summarize_new(&cluster, &told);
    assert!(!second.items.is_empty());
    assert!(second.items.iter().all(|item| !quotes(&first).contains(&item.quote.as_str())));
}

#[test]
fn a_question_without_a_word_is_refused() {
    for about in ["", "  ", "…", "🌊🌊", "\"\""] {
        let error = Summarizer::new(&options(Some(about), 60)).unwrap_err();
        assert_eq!(error.place, "about");
    }
}

#[test]
fn whatever_is_asked_nothing_breaks() {
    let cluster = cluster("hotline");
    let long: String = (0..10_000).map(|number| format!("harbour{number} call ")).collect();
    for about in ["渡輪 撞", "۱۲ نفر", "a\u{0}b", "\u{202e}hotline", "12 twelve", &long, &"hotline ".repeat(10_000)]
    {
        let digest = digest(&cluster, Some(about), 60);
        assert!(!digest.items.is_empty(), "{about:.40}");
    }
    let nothing =
        Reading::of(vec![article("x", "FERRY".to_owned(), Markup::Plain, &ReadOptions::default())], Vec::new());
    assert!(digest(&nothing.into_cluster(), Some("ferry"), 60).items.is_empty());
}

//! Digests for somebody who was told something before.

use std::path::PathBuf;

use epitome::read::{self, Markup, ReadOptions, Reading, article};
use epitome::render::{from_json, to_json};
use epitome::select::Outcome;
use epitome::{Article, Cluster, Digest, Options, Summarizer, Told};

const CORPORA: [&str; 8] = ["dam", "ferry", "hotline", "merger", "musee", "tunnel", "verdict", "wildfire"];

fn cluster(corpus: &str) -> Cluster {
    let articles = PathBuf::from(format!("corpora/{corpus}/articles"));
    read::read(&[articles], &ReadOptions::default()).expect("the corpora ship with the project").into_cluster()
}

fn summarizer() -> Summarizer {
    Summarizer::new(&Options::default()).expect("valid options")
}

/// The digest of a cluster as it is read back from its JSON.
fn kept(cluster: &Cluster) -> Digest {
    let mut digest = summarizer().summarize(cluster);
    digest.keep_known(cluster);
    from_json(&to_json(&digest), "").expect("a digest")
}

fn with(mut cluster: Cluster, text: &str) -> Cluster {
    let options = ReadOptions { language: cluster.language, ..ReadOptions::default() };
    cluster.articles.push(article("later.txt", text.to_owned(), Markup::Plain, &options));
    cluster
}

fn quotes(digest: &Digest) -> Vec<&str> {
    digest.items.iter().map(|item| item.quote.as_str()).collect()
}

fn of(texts: &[&str]) -> Cluster {
    let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
    let read = |(at, text): (usize, &&str)| article(format!("{at}.txt"), text.to_string(), Markup::Plain, &options);
    let articles: Vec<Article> = texts.iter().enumerate().map(read).collect();
    Reading::of(articles, Vec::new()).into_cluster()
}

/// What is new in `text` to somebody who was told `told`.
fn new_to(told: &[&str], text: &str) -> Vec<String> {
    let mut known = Told::new();
    told.iter().for_each(|told| known.add_told(told, "en".parse().ok()));
    let digest = summarizer().summarize_new(&of(&[text]), &known);
    digest.items.into_iter().map(|item| item.quote).collect()
}

#[test]
fn what_was_read_once_has_nothing_new() {
    for corpus in CORPORA {
        let cluster = cluster(corpus);
        let digest = summarizer().summarize_new(&cluster, &Told::of_digests([&kept(&cluster)]));
        assert_eq!((digest.outcome, quotes(&digest)), (Outcome::NothingNew, vec![]), "{corpus}");
        let passed_over = digest.passed_over.expect("all was passed over");
        assert!(passed_over.told > 0 && passed_over.known > passed_over.told, "{corpus}: {passed_over:?}");
        // Articles that were read and not told are known, too, by the files alone.
        let old = summarizer().summarize(&cluster);
        let digest = summarizer().summarize_new(&cluster, &Told::of_digests([&old]));
        assert_eq!(digest.outcome, Outcome::NothingNew, "{corpus}");
    }
}

#[test]
fn one_new_fact_is_one_sentence() {
    let facts = [
        ("dam", "Kessel’s mayor resigned on Friday over letters that were never answered."),
        ("ferry", "Divers found a bent propeller blade below the pier on Friday morning."),
        ("wildfire", "Insurers put the loss of timber at 31 million crowns on Friday."),
    ];
    for (corpus, fact) in facts {
        let old = cluster(corpus);
        let told = Told::of_digests([&kept(&old)]);
        // The later article goes on with a sentence of an earlier one.
        let repeated = kept(&old).items[0].quote.clone();
        let new = with(old, &format!("{fact} {repeated}\n"));
        assert_eq!(quotes(&summarizer().summarize_new(&new, &told)), [fact], "{corpus}");
    }
}

#[test]
fn a_sentence_is_told_once_whatever_its_quotation_marks() {
    let told = "“The harbour of Port Ella is closed,” the harbour master said on Monday.";
    assert_eq!(
        new_to(&[told], "\"The  harbour of Port Ella is closed,\" the harbour\nmaster said on Monday."),
        [""; 0]
    );
}

#[test]
fn what_was_told_in_other_words_is_told() {
    let told = ["The ferry Alda Brim hit the east pier of Port Ella on Monday, and 12 people were hurt, police said."];
    assert_eq!(new_to(&told, "Police said the ferry had hit the east pier, hurting twelve people."), [""; 0]);
    let other = "Engineers will inspect the steering gear of the vessel on Wednesday.";
    assert_eq!(new_to(&told, other), [other]);
}

#[test]
fn a_changed_number_and_a_changed_name_are_news() {
    let told = ["The ferry Alda Brim hit the east pier of Port Ella on Monday, and 12 people were hurt, police said."];
    let number = "The ferry Alda Brim hit the east pier of Port Ella on Monday, and 14 people were hurt, police said.";
    assert_eq!(new_to(&told, number), [number]);
    let word = "The ferry hit the east pier of Port Ella on Monday and fourteen people were hurt, police said.";
    assert_eq!(new_to(&told, word), [word]);
    let name = "The ferry hit the east pier of Port Ella on Monday, and people were hurt, Mayor Holm said.";
    assert_eq!(new_to(&told, name), [name]);
}

#[test]
fn a_later_edition_of_an_article_tells_the_number_that_has_changed() {
    let first = "The ferry Alda Brim hit the east pier of Port Ella on Monday, and 12 people were hurt, police said. \
                 The harbour was closed for the night, and passengers slept in the hall of the school. \
                 Tugs pulled the ferry off the pier before midnight while the wind was still rising.";
    let second = first.replace("12 people", "19 people");
    let mut told = Told::new();
    let both = of(&[first, &second]);
    told.add_known(&both.articles[0]);
    told.add_told(first.split_inclusive(". ").next().unwrap().trim(), both.language);
    let digest = summarizer().summarize_new(&both, &told);
    assert_eq!(
        quotes(&digest),
        ["The ferry Alda Brim hit the east pier of Port Ella on Monday, and 19 people were hurt, police said."]
    );
}

#[test]
fn with_nothing_told_a_digest_is_as_it_always_was() {
    let cluster = cluster("ferry");
    let usual = summarizer().summarize(&cluster);
    assert_eq!(summarizer().summarize_new(&cluster, &Told::new()), usual);
    let mut told = Told::new();
    told.add_told("Zebras graze quietly behind distant windmills.", "en".parse().ok());
    assert_eq!(summarizer().summarize_new(&cluster, &told), usual);
}

#[test]
fn a_pronoun_brings_its_name_along_if_that_was_not_told() {
    let name = "Harbour master Ida Lund left Port Ella on Sunday for a meeting in the capital.";
    let news = "She resigned there on Thursday after reading the report on the missing lights.";
    let cluster = of(&[&format!("{name} {news} Nobody knows yet where the report will be printed and sold.")]);
    let mut known = Told::new();
    known.add_known(&of(&[name]).articles[0]);
    let digest = summarizer().summarize_new(&cluster, &known);
    let quotes_known = quotes(&digest);
    if let Some(at) = quotes_known.iter().position(|quote| *quote == news) {
        assert_eq!(quotes_known[at - 1], name);
    }
    let mut told = Told::new();
    told.add_told(name, "en".parse().ok());
    let digest = summarizer().summarize_new(&cluster, &told);
    assert!(!quotes(&digest).contains(&name));
    assert!(!quotes(&digest).contains(&news), "who she is would not be known");
}

#[test]
fn whatever_was_told_nothing_breaks() {
    let odd = ["", " ", "…", "🌊🌊", "the of and", "渡輪撞上碼頭。", "۱۲ نفر زخمی شدند.", "12", "“”", "\u{202e}x"];
    let mut told = Told::new();
    odd.iter().for_each(|text| told.add_told(text, None));
    told.add_told(&"word ".repeat(10_000), "en".parse().ok());
    for corpus in ["ferry", "musee"] {
        let digest = summarizer().summarize_new(&cluster(corpus), &told);
        assert!(!digest.items.is_empty(), "{corpus}");
    }
    for text in odd {
        let digest = summarizer().summarize_new(&of(&[text]), &told);
        assert!(digest.items.is_empty(), "{text}: {:?}", quotes(&digest));
    }
}

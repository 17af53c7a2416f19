//! The made-up news that speed is measured on are what they are meant to be.

use std::collections::{HashMap, HashSet};

use epitome::Language;
use epitome::model::{BlockKind, Cue};
use epitome::read::{Line, ReadOptions, article_of_line, sha256};
use epitome::segment::sentences;
use epitome::vectorize::vectorize;

#[path = "../benches/news/mod.rs"]
mod news;

use news::day::Article;
use news::{Day, Story};

/// SHA-256 of the articles of `Story::usual(1)`, one behind the other. To be recorded anew, together with all counts
/// and times, where the generator is changed on purpose.
const USUAL: &str = "a8b8fedc69d038d6926e6e0edf2ca9bb9ef55d975936715879574ec6bf26f192";

/// The same of the lines of `Day::new(1, 400)`.
const DAY: &str = "cc33fabb638cbcf51db6052284023d784ed2cd9e3f110cbaa59ab69c1ca3a47d";

fn usual(seed: u64) -> Vec<String> {
    Story::usual(seed).texts().collect()
}

/// How many of a hundred runs of four words in a text stand in another.
fn shared(text: &str, other: &str) -> usize {
    let runs = |text: &str| -> HashSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<&str>>().windows(4).map(|words| words.join(" ")).collect()
    };
    let (own, others) = (runs(text), runs(other));
    own.iter().filter(|run| others.contains(*run)).count() * 100 / own.len()
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
    for (article, text) in texts.iter().enumerate().skip(1) {
        let shared = shared(text, &texts[0]);
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

/// The articles of a day, story by story.
fn by_story(articles: &[Article]) -> HashMap<usize, Vec<&Article>> {
    let mut stories: HashMap<usize, Vec<&Article>> = HashMap::new();
    articles.iter().for_each(|article| stories.entry(article.story).or_default().push(article));
    stories
}

#[test]
fn a_day_is_the_same_everywhere_and_any_article_of_it_can_be_written_by_itself() {
    let day = Day::new(1, 400);
    let articles: Vec<Article> = day.articles().collect();
    let lines: String = articles.iter().map(|article| article.to_json().to_string() + "\n").collect();
    assert_eq!(sha256(lines.as_bytes()), DAY);
    for number in [399, 0, 123] {
        assert_eq!(Day::new(1, 400).article(number), articles[number]);
    }
    let other = Day::new(2, 400).article(0);
    assert!(articles.iter().all(|article| article.text != other.text));
    for few in 0..20 {
        assert_eq!(Day::new(1, few).articles().count(), few);
    }
}

#[test]
fn half_of_a_day_is_alone_and_the_sizes_of_stories_follow_a_power_law() {
    let articles: Vec<Article> = Day::new(1, 10_000).articles().collect();
    let sizes: Vec<usize> = by_story(&articles).values().map(Vec::len).collect();
    assert_eq!(sizes.iter().max(), Some(&74));
    let of_at_least = |size| sizes.iter().filter(|other| **other >= size).count();
    assert_eq!([2, 4, 8, 16].map(of_at_least), [1_400, 350, 87, 21]);
    assert!((4_800..5_200).contains(&sizes.iter().filter(|size| **size == 1).count()));
    // They do not stand side by side.
    let neighbours = articles.windows(2).filter(|pair| pair[0].story == pair[1].story).count();
    assert!(neighbours < 30, "{neighbours} pairs of neighbours");
}

#[test]
fn a_third_of_the_articles_in_stories_are_copies_whole_or_cut() {
    let articles: Vec<Article> = Day::new(1, 5_000).articles().collect();
    let stories = by_story(&articles);
    let (mut copies, mut all, mut cut) = (0, 0, 0);
    for story in stories.values().filter(|story| story.len() > 1) {
        all += story.len();
        let (copied, own): (Vec<&Article>, Vec<&Article>) = story.iter().partition(|article| article.is_copy);
        for article in &copied {
            copies += 1;
            let source = own.iter().max_by_key(|source| shared(&article.text, &source.text)).expect("it has a source");
            assert!(shared(&article.text, &source.text) >= 30, "{} and {}", article.text, source.text);
            cut += usize::from(article.text.len() * 4 < source.text.len() * 3);
        }
        for (article, other) in own.iter().zip(own.iter().skip(1)) {
            assert!(shared(&article.text, &other.text) <= 45, "{} and {}", article.text, other.text);
        }
    }
    assert!((30..=36).contains(&(copies * 100 / all)), "{copies} of {all}");
    assert!((20..=45).contains(&(cut * 100 / copies)), "{cut} of {copies}");
}

#[test]
fn a_day_has_outlets_of_many_names_and_dates_of_two_days() {
    let articles: Vec<Article> = Day::new(1, 5_000).articles().collect();
    let bytes = articles.iter().map(|article| article.text.len()).sum::<usize>() / articles.len();
    assert!((1_800..2_200).contains(&bytes), "{bytes} bytes");
    let outlets: HashSet<&str> = articles.iter().map(|article| article.publisher.as_str()).collect();
    assert!(outlets.len() > 500, "{} outlets", outlets.len());
    let dates: Vec<_> = articles.iter().filter_map(|article| article.date).collect();
    assert!((100..200).contains(&(articles.len() - dates.len())), "{} dates", dates.len());
    let (first, last) = (dates.iter().min().expect("dates"), dates.iter().max().expect("dates"));
    assert_eq!((first.date().day(), last.date().day()), (4, 5));
    let hours: HashSet<i8> = dates.iter().map(|date| date.hour()).collect();
    assert_eq!(hours.len(), 24);
}

#[test]
fn the_issues_of_a_series_differ_in_nothing_but_numbers() {
    let articles: Vec<Article> = Day::new(1, 1_200).articles().collect();
    let mut issues: Vec<&Article> = articles.iter().filter(|article| article.title.contains(" price today")).collect();
    assert_eq!(issues.len(), 24);
    assert!(issues.iter().all(|issue| articles.iter().filter(|other| other.story == issue.story).count() == 1));
    issues.sort_by_key(|issue| issue.story);
    for series in issues.chunks(12) {
        for pair in series.windows(2) {
            assert_ne!(pair[0].text, pair[1].text);
            assert!(shared(&pair[0].text, &pair[1].text) > 80, "{} and {}", pair[0].text, pair[1].text);
        }
    }
}

#[test]
fn a_line_of_a_day_is_read_as_an_article() {
    let mut same_titles = 0;
    for article in Day::new(1, 100).articles() {
        let line = article.to_json().to_string();
        let read = article_of_line(&Line::of("day.jsonl", 1, line), &ReadOptions::default()).expect("an article");
        let title = read.metadata.title.map(|title| title.value);
        same_titles += usize::from(title == Some(article.title));
        assert_eq!(read.metadata.publisher.map(|publisher| publisher.value), Some(article.publisher));
        let published = read.metadata.published.map(|published| published.value);
        assert_eq!(published.and_then(|moment| moment.time).is_some(), article.date.is_some(), "{}", article.id);
    }
    // Lines that are broken look like headlines now and then.
    assert!(same_titles >= 95, "{same_titles} titles");
}

//! Voices from outside: what counts as one, and that what is copied changes nothing.

use epitome::model::{ArticleId, Family};
use epitome::rank::Story;
use epitome::read::{Markup, ReadOptions, Reading, article};
use epitome::render::{Format, TextStyle, render};
use epitome::segment::sentences;
use epitome::voices::Why;
use epitome::{Budget, Cluster, Digest, Options, Summarizer};

const WIRE: &str = "PORT ELLA (Nordwire) — The passenger ferry Alda Brim struck the east pier of Port Ella in thick fog on Tuesday morning, and 14 people were hurt.

The ship was coming in from the outer islands with 187 passengers when its engines failed to answer, the harbour office of Port Ella reported.

Two of the injured were flown to the hospital in Norhaven with broken bones, and the others were treated on the quay.

Divers found a tear of nine metres above the waterline, and the owner of the ferry has taken it out of service until the end of the month.

The pier was built in 1931 and had been strengthened after a storm six years ago, but its last inspection was overdue by four months.

Investigators of the maritime board will read out the recorder of the bridge this week and question the captain, who has commanded the ship since 2019.
";

const POST: &str = "Fourteen passengers were injured when a ferry rammed a pier at Port Ella on Tuesday, in what the mayor described as the worst accident in the harbour for decades.

Witnesses on the market square heard a bang like thunder shortly after eight o'clock and saw planks flying over the quay wall.

Nurses from a nearby clinic ran to the landing stage with blankets, and a bakery handed out tea to shivering travellers.

The Alda Brim serves three islands and carries schoolchildren on most mornings, yet schools were closed for a holiday that day.

Fishermen complained that the fog signal had been silent since Sunday, a claim that the town could not confirm.

A replacement boat will run twice a day from Thursday, the ferry company announced, and tickets already bought stay valid.
";

const TIMES: &str = "The state prosecutor opened an inquiry on Wednesday into the collision of the ferry Alda Brim with a pier that left 14 people hurt.

At the centre of the questions stands a steering system that the yard replaced last winter and that crews had criticised twice in writing.

An engineer who worked on the refit told this paper that alarms were switched off during trials because they sounded too often.

The maritime board declined to comment on the letters, and the yard pointed out that the ship had passed its tests in January.

Lawyers for three of the injured passengers want the operator to publish the maintenance log before the end of the week.

Parliament will debate the safety of older ferries in its next session, after two near misses on the same route last year.
";

/// The text of an article in which some paragraphs are left out, with something in front.
fn cut(text: &str, left_out: &[usize], before: &str) -> String {
    let paragraphs = text.split("\n\n").enumerate().filter(|(at, _)| !left_out.contains(at)).map(|(_, text)| text);
    let rest = paragraphs.collect::<Vec<_>>().join("\n\n");
    format!("{before}{rest}")
}

fn cluster(texts: &[&str]) -> Cluster {
    let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
    let articles = (0..).zip(texts).map(|(at, text)| {
        let name = format!("{at:03}.txt");
        article(name, text.to_string(), Markup::Plain, &options)
    });
    Reading::of(articles.collect(), Vec::new()).into_cluster()
}

fn digest(texts: &[&str], words: usize) -> Digest {
    let options = Options { budget: Budget::Words(words), ..Options::default() };
    Summarizer::new(&options).expect("options that work").summarize(&cluster(texts))
}

fn voices(digest: &Digest) -> Vec<Vec<u32>> {
    digest.voices.iter().map(|voice| voice.articles.iter().map(|article| article.0).collect()).collect()
}

fn quotes(digest: &Digest) -> Vec<(&str, u32)> {
    digest.items.iter().map(|item| (item.quote.as_str(), item.citation.article.0)).collect()
}

#[test]
fn retellings_are_voices_of_their_own_and_copies_are_not() {
    let digest = digest(&[WIRE, POST, TIMES, &cut(WIRE, &[2, 4], "Accidents on the water are rare here.\n\n")], 100);
    assert_eq!(voices(&digest), [vec![0, 3], vec![1], vec![2]]);
    let [join] = &digest.voices[0].joined_by[..] else { panic!("{:?}", digest.voices) };
    assert_eq!(join.articles, [ArticleId(0), ArticleId(3)]);
    assert!(matches!(join.why, Why::Shared { containment } if containment > 0.8), "{join:?}");
}

#[test]
fn two_reporters_who_quote_one_statement_are_two_voices() {
    let statement = "“The pier was closed at once, nobody is in danger, and all of us in the harbour office wish those who were hurt a \
        quick recovery; we will publish what we know as soon as the maritime board allows it, and until then we ask for some \
        patience from everybody who depends on the ferry,” the harbour office said.\n\n";
    let digest = digest(&[&format!("{statement}{POST}"), &format!("{statement}{TIMES}")], 100);
    assert_eq!(voices(&digest), [[0], [1]]);
}

#[test]
fn a_notice_below_two_articles_makes_no_copies_of_them() {
    let notice = "Anybody who needs to talk can call the free line at any hour, day or night, and speak to trained listeners who keep \
        every word to themselves. The service is open to callers of all ages in four languages, and calls never show up on a bill.\n";
    let digest =
        digest(&[&format!("{WIRE}\n{notice}"), &format!("{POST}\n{notice}"), &format!("{TIMES}\n{notice}")], 100);
    assert_eq!(digest.voices.len(), 3, "{:?}", digest.voices);
}

#[test]
fn articles_of_one_publisher_are_one_voice_and_families_can_be_named() {
    let by = |outlet: &str, text: &str| format!("---\npublisher: {outlet}\n---\n\n{text}");
    let texts = [by("The Harbour Post", WIRE), by("harbourpost.com", POST), by("Ella Times", TIMES)];
    let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
    let articles = texts.map(|text| article("x", text, Markup::Markdown, &options));
    let cluster = Reading::of(articles.to_vec(), Vec::new()).into_cluster();
    let digest = |families: Vec<Family>| {
        let options = Options { families, ..Options::default() };
        Summarizer::new(&options).expect("options that work").summarize(&cluster)
    };
    assert_eq!(voices(&digest(Vec::new())), [vec![0, 1], vec![2]]);
    let names = ["Harbour Post", "ella times"].map(str::to_owned).to_vec();
    let family = Family { name: "Brim Media".to_owned(), members: names };
    let found = digest(vec![family]);
    assert_eq!(voices(&found), [[0, 1, 2]]);
    assert!(found.voices[0].joined_by.iter().all(|join| join.why == Why::Publisher));
    let nameless =
        Options { families: vec![Family { name: " ".to_owned(), members: Vec::new() }], ..Options::default() };
    assert!(Summarizer::new(&nameless).is_err());
}

#[test]
fn an_agency_that_both_credit_joins_what_shares_a_fifth() {
    // Two paragraphs of six, and the rest retold.
    let retold = "Port Ella, a town of nine thousand, had a frightening start of the day after its holiday.

The ship was coming in from the outer islands with 187 passengers when its engines failed to answer, the harbour office of Port Ella reported.

Nobody could say when boats would land there again, and several hotels offered rooms to those who could not travel home before the weekend.

An old captain in the crowd shook his head at the sight and talked of the winter of the great ice, when two steamers sank within a week.
";
    let credited = format!("{retold}\n(Reporting by Ada Holm for Nordwire)\n");
    assert_eq!(digest(&[WIRE, retold], 100).voices.len(), 2);
    let digest = digest(&[WIRE, &credited], 100);
    assert_eq!(digest.voices.len(), 1, "{:?}", digest.voices);
    assert!(matches!(digest.voices[0].joined_by[0].why, Why::Credit { .. }), "{:?}", digest.voices);
}

/// Forty reprints, whole or cut.
fn reprints() -> Vec<String> {
    (0..40).map(|at| cut(WIRE, &[1 + at % 5, 2 + at % 3][..at % 3], "")).collect()
}

#[test]
fn forty_reprints_of_an_article_change_neither_counts_nor_quotes() {
    let reprints = reprints();
    let alone = [WIRE, POST, TIMES];
    let with_reprints: Vec<&str> = alone.into_iter().chain(reprints.iter().map(String::as_str)).collect();
    let (before, after) = (cluster(&alone), cluster(&with_reprints));
    let (before, after) = (Story::new(sentences(&before)), Story::new(sentences(&after)));
    assert_eq!((before.voices.len(), after.voices.len()), (3, 3));
    assert_eq!(after.first_said().count(), before.first_said().count());
    for id in before.sentences.ids() {
        let weights = |story: &Story<'_>| story.matrix.row(id).map(|(_, weight)| weight).collect::<Vec<_>>();
        for (one, other) in weights(&before).iter().zip(weights(&after)) {
            assert!((one - other).abs() < 1e-12, "{one} {other}");
        }
    }
    for words in [50, 100, 200] {
        let (before, after) = (digest(&alone, words), digest(&with_reprints, words));
        assert_eq!(quotes(&before), quotes(&after));
    }
}

#[test]
fn whole_reprints_change_no_score_at_all() {
    let alone = [WIRE, POST, TIMES];
    let with_reprints = [WIRE, POST, TIMES, WIRE, WIRE, WIRE, &cut(WIRE, &[5], ""), &cut(WIRE, &[3, 4], "")];
    for words in [50, 100, 200] {
        let (before, after) = (digest(&alone, words), digest(&with_reprints, words));
        let scores = |digest: &Digest| digest.items.iter().map(|item| item.score).collect::<Vec<_>>();
        assert_eq!(quotes(&before), quotes(&after));
        for (one, other) in scores(&before).iter().zip(scores(&after)) {
            assert!((one - other).abs() < 1e-9, "{one} {other}");
        }
    }
}

#[test]
fn the_order_of_articles_changes_names_and_nothing_else() {
    let copy = cut(WIRE, &[2, 4], "");
    let texts = [WIRE, POST, TIMES, &copy];
    let expected = digest(&texts, 100);
    for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        let shuffled = digest(&order.map(|at| texts[at]), 100);
        let in_place = |article: u32| order[article as usize] as u32;
        let mut named: Vec<(&str, u32)> =
            quotes(&shuffled).into_iter().map(|(quote, at)| (quote, in_place(at))).collect();
        let mut as_before = quotes(&expected);
        named.sort_unstable();
        as_before.sort_unstable();
        assert_eq!(named, as_before);
        let mut groups: Vec<Vec<u32>> = voices(&shuffled);
        groups.iter_mut().for_each(|group| group.iter_mut().for_each(|article| *article = in_place(*article)));
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort_unstable();
        assert_eq!(groups, voices(&expected));
    }
}

#[test]
fn a_sentence_that_another_voice_takes_over_has_no_second_vote() {
    let taken = "Two of the injured were flown to the hospital in Norhaven with broken bones, and the others were treated on the quay.";
    let borrowing = format!("{POST}\n{taken}\n");
    let texts = [WIRE, &borrowing, TIMES];
    let cluster = cluster(&texts);
    let story = Story::new(sentences(&cluster));
    assert_eq!(story.voices.len(), 3);
    let said: Vec<_> = story.sentences.ids().filter(|id| story.sentences.text(*id) == taken).collect();
    assert_eq!(said.len(), 2);
    let repeated: Vec<_> = said.iter().filter_map(|id| story.voices.repeated(*id)).collect();
    assert_eq!(repeated.len(), 1);
    assert!(said.contains(&repeated[0]));
}

#[test]
fn a_digest_of_copies_is_the_same_at_any_number_of_threads() {
    let reprints = reprints();
    let texts: Vec<&str> = [WIRE, POST, TIMES].into_iter().chain(reprints.iter().map(String::as_str)).collect();
    let at = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be had");
        pool.install(|| epitome::render::to_json(&digest(&texts, 100)))
    };
    let one = at(1);
    assert!([2, 8].iter().all(|threads| at(*threads) == one));
}

#[test]
fn readers_are_told_how_many_voices_there_are_and_what_is_a_copy() {
    let copy = cut(WIRE, &[4], "");
    let told = digest(&[WIRE, &copy, POST, TIMES], 100);
    let written = |format| {
        let mut out = Vec::new();
        render(&told, format, &mut out).expect("memory");
        String::from_utf8(out).expect("UTF-8")
    };
    let text = written(Format::Text(TextStyle::default()));
    assert!(text.ends_with("\n\n    4 articles, 3 voices: 001.txt (same text as 000.txt)\n"), "{text}");
    assert!(text.contains("; copied in 001.txt:"), "{text}");
    assert!(written(Format::Markdown).contains("\nvoices: 3\n"));
    let html = written(Format::Html);
    assert!(html.contains("4 articles, 3 voices") && html.contains(", same text as ["), "{html}");
    let apart = digest(&[WIRE, POST, TIMES], 100);
    let mut out = Vec::new();
    render(&apart, Format::Text(TextStyle::default()), &mut out).expect("memory");
    assert!(!String::from_utf8(out).expect("UTF-8").contains("voices"));
}

#[test]
fn a_digest_of_before_voices_can_still_be_read_and_one_with_wrong_voices_cannot() {
    let json = epitome::render::to_json(&digest(&[WIRE, POST], 50));
    let mut value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    value.as_object_mut().expect("an object").remove("voices");
    let old = epitome::render::from_json(&value.to_string(), "old").expect("an old digest");
    assert!(old.voices.is_empty());
    value["voices"] = serde_json::json!([{"articles": [0]}, {"articles": [7]}]);
    assert!(epitome::render::from_json(&value.to_string(), "wrong").is_err());
}

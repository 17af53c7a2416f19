//! Laws that hold for any text: no panic, spans that fit, quotes that stand in their source, budgets that are kept.

use epitome::cite::{Digest, Dropped, Item};
use epitome::model::{Article, Fact, Found, Origin, SentenceId, Span, TextRankOptions};
use epitome::rank::{Agreement, Story, rank, relevance, teleport, textrank};
use epitome::read::{self, Markup, ReadOptions, Reading};
use epitome::render::{Format, TextStyle, from_json, plain, render, to_json};
use epitome::segment::{Splitter, count_words, sentences, words};
use epitome::select::{cost, repeats, select};
use epitome::verify::verify;
use epitome::{Budget, Cluster, Options, Summarizer};
use proptest::prelude::*;

#[path = "fuzz/laws/markdown.rs"]
mod markdown;
use markdown::parsed;

/// Pieces that texts of news are made of, and some that they should not be.
const PIECES: &[&str] = &[
    "The ferry",
    "the pier",
    "hit",
    "on Tuesday",
    "Gen. Holm",
    "J. R. Halvard",
    "U.S.",
    "said",
    "14",
    "3.5",
    "No. 5",
    "p.m.",
    "a.m.",
    "he",
    "She",
    "But",
    "However,",
    "“It is over.",
    "Go home,”",
    "\"",
    "”",
    "“",
    "«",
    "»",
    "'",
    "’s",
    "(",
    ")",
    "[",
    "Photo:",
    "By",
    "—",
    "–",
    "…",
    "...",
    "?",
    "!",
    ".",
    ". ",
    ",",
    ";",
    ":",
    "•",
    "- ",
    "# ",
    "* ",
    "**",
    "`",
    "|",
    "> ",
    "---",
    "www.x.example",
    "a@b.example",
    "said.The",
    "渡轮",
    "撞上码头。",
    "เรือชนท่าเรือ",
    "पोत टकराया।",
    "Die Fähre",
    "stößt",
    "В. Ленин",
    "г.",
    "¿Qué?",
    "e\u{301}",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}[31m",
    "« Non. »",
    "‘It’s over.’",
    "``No.''",
    ". . .",
    "[3]",
    "1.",
    "2.",
    "a)",
    "5 p.m.",
    "iPhone",
    "\0",
    "\u{a0}",
    "\u{2028}",
    "👩‍👩‍👧",
    "ﬁ",
    "İ",
    "ß",
    "date 2031-03-04",
    "PORT ELLA (Nordwire) —",
    "2031-03-04",
    "harbour",
    "closed",
    "mayor",
    "injured",
    "and",
    "of",
    "in",
];

const SEPARATORS: &[&str] = &[" ", " ", " ", " ", " ", " ", "", "\n", "\r\n", "\n\n", "\t", ". ", ". ", ".\n\n"];

/// A text of up to `longest` pieces.
fn text(longest: usize) -> impl Strategy<Value = String> {
    let piece = (0..PIECES.len(), 0..SEPARATORS.len());
    prop::collection::vec(piece, 0..longest)
        .prop_map(|pieces| pieces.iter().flat_map(|&(piece, space)| [PIECES[piece], SEPARATORS[space]]).collect())
}

/// News of `1..=most` articles: whole sentences from a small stock, so that articles agree, with random text between.
fn news(most: usize) -> impl Strategy<Value = Vec<String>> {
    let sentence = prop_oneof![
        3 => (0..STOCK.len()).prop_map(|index| STOCK[index].to_owned()),
        1 => text(12),
    ];
    let article = prop::collection::vec((sentence, prop_oneof![Just(" "), Just("\n\n")]), 0..12)
        .prop_map(|parts| parts.into_iter().flat_map(|(sentence, space)| [sentence, space.to_owned()]).collect());
    prop::collection::vec(article, 1..=most)
}

const STOCK: &[&str] = &[
    "A commuter ferry hit the east pier of Port Ella on Tuesday morning, the harbour authority said.",
    "Fourteen people were hurt when a commuter ferry hit the pier of Port Ella on Tuesday.",
    "The harbour authority closed the east pier until Friday at the earliest.",
    "He said the pier would be closed until Friday.",
    "But the union had warned of the fault two years ago.",
    "The union said that the steering had failed in October 2029, too.",
    "Investigators are looking at the steering hydraulics, a spokesman said on Wednesday.",
    "“We are looking at the steering,” Dr. Ines Kallor said on Wednesday.",
    "Sund Line carries about 2,300 passengers a day between the two towns.",
    "The mayor asked Sund Line for a full account of what was done after 2029.",
    "Eighteen buses carry commuters between the two towns for the time being.",
    "Who knew of the fault before the ferry left on Tuesday?",
    "Die Fähre fährt seit 2017 zwischen den beiden Städten, sagte die Reederei am 5. März.",
];

fn markup() -> impl Strategy<Value = Markup> {
    prop_oneof![Just(Markup::Plain), Just(Markup::Markdown)]
}

fn budget() -> impl Strategy<Value = Budget> {
    prop_oneof![
        (1_usize..150).prop_map(Budget::Words),
        (1_usize..8).prop_map(Budget::Sentences),
        (1_usize..900).prop_map(Budget::Chars),
        (1_u32..=100).prop_map(Budget::Percent),
    ]
}

fn cluster(texts: &[String], markup: Markup, language: Option<&str>) -> Cluster {
    let options =
        ReadOptions { language: language.map(|code| code.parse().expect("a code")), ..ReadOptions::default() };
    let read = |(index, text): (usize, &String)| read::article(format!("{index}.txt"), text.clone(), markup, &options);
    Reading::of(texts.iter().enumerate().map(read).collect(), Vec::new()).into_cluster()
}

fn digest(cluster: &Cluster, budget: Budget) -> Digest {
    Summarizer::new(&Options { budget, ..Options::default() }).expect("every budget here is valid").summarize(cluster)
}

/// Pieces that mean something in Markdown or HTML.
const MARKS: &[&str] = &[
    "*",
    "**",
    "_",
    "__",
    "`",
    "```",
    "~~",
    "~",
    "[",
    "]",
    "(",
    ")",
    "](",
    "[^1]",
    "[^1]:",
    "[x]: /y",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<https://x.example>",
    "https://x.example",
    "www.x.example",
    "mailto:a@b.example",
    "&amp;",
    "&#35;",
    "&",
    "#",
    "# ",
    "## x",
    "!",
    "![",
    "|",
    "|-|",
    "---",
    "***",
    "===",
    "- ",
    "+ ",
    "* ",
    "1.",
    "1. ",
    "7)",
    "> ",
    ">",
    "    ",
    "\t",
    "\\",
    "\\*",
    "  \n",
    "\n",
    "\n\n",
    "\r",
    "$",
    "$$x$$",
    "{#id}",
    "^",
    ":",
    ": x",
    "\"",
    "'",
    ": \"",
    "%",
    "\u{202e}",
    "\u{1b}",
    "\u{2028}",
    "\u{85}",
    "\u{feff}",
    "\u{fffe}",
    "The pier",
    "closed",
    "said.",
    "Ä",
    "渡轮",
    "é",
    " ",
    " ",
    " ",
    "9",
];

/// Text that would like to be something else.
fn marked() -> impl Strategy<Value = String> {
    let marks = prop::collection::vec(0..MARKS.len(), 0..14);
    let marks = marks.prop_map(|pieces| pieces.into_iter().map(|piece| MARKS[piece]).collect());
    prop_oneof![4 => marks, 1 => any::<String>()]
}

/// A digest with these quotes, as if they stood in one article.
fn forged(quotes: &[String], title: &str, path: &str, publisher: &str, markup: Markup) -> Digest {
    let mut digest = digest(&cluster(&[STOCK[0].to_owned()], markup, Some("en")), Budget::Words(100));
    let model = digest.items.remove(0);
    digest.items = quotes.iter().map(|quote| Item { quote: quote.clone(), ..model.clone() }).collect();
    digest.title = Some(title.to_owned());
    digest.sources[0].path = path.to_owned();
    let aside = |text: &String| Dropped {
        article: model.citation.article,
        span: Span::default(),
        line: 1,
        kind: "caption".to_owned(),
        reason: "ends in a credit".to_owned(),
        text: text.clone(),
    };
    digest.dropped = Some(quotes.iter().map(aside).collect());
    let fact = Fact { value: publisher.to_owned(), found: Found::Notice, span: Span::default() };
    digest.sources[0].metadata.publisher = Some(fact);
    digest
}

fn assert_blocks_fit(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        assert!(block.span().start >= end, "blocks overlap or go back: {:?}", article.blocks);
        let slice = block.span().of(&article.text);
        assert_eq!(slice, slice.trim(), "a block has white space at its ends");
        assert!(!slice.is_empty(), "a block is empty");
        end = block.span().end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blocks_fit_the_text(text in text(60), markup in markup()) {
        let article = read::article("x", text, markup, &ReadOptions::default());
        assert_blocks_fit(&article);
    }

    #[test]
    fn sentences_hold_all_of_a_block_but_white_space(text in text(60), code in prop::sample::select(vec!["en", "de", "el", "fr", "hy", "ru", "zh", "th", "qaa"])) {
        let mut end = 0;
        Splitter::new(code.parse().ok()).split(&text, |span| {
            assert!(text[end..span.start].trim().is_empty(), "lost {:?}", &text[end..span.start]);
            let sentence = span.of(&text);
            assert_eq!(sentence, sentence.trim());
            assert!(!sentence.is_empty());
            end = span.end;
        });
        prop_assert!(text[end..].trim().is_empty(), "lost {:?}", &text[end..]);
    }

    #[test]
    fn between_the_blocks_of_a_plain_text_there_is_white_space_alone(text in text(60)) {
        let article = read::article("x", text.clone(), Markup::Plain, &ReadOptions::default());
        let mut whole = String::new();
        let mut end = 0;
        for block in &article.blocks {
            let between = &text[end..block.span().start];
            prop_assert!(between.chars().all(|c| c.is_whitespace() || c == '\u{feff}'), "{between:?}");
            whole.push_str(between);
            whole.push_str(block.span().of(&text));
            end = block.span().end;
        }
        whole.push_str(&text[end..]);
        prop_assert_eq!(whole, text);
    }

    #[test]
    fn the_blocks_of_an_article_do_not_depend_on_the_order_of_files(texts in news(6), shuffle in any::<u64>()) {
        let read = |(index, text): (usize, &String)| read::article(format!("{index}"), text.clone(), Markup::Plain, &ReadOptions::default());
        let articles: Vec<Article> = texts.iter().enumerate().map(read).collect();
        let mut shuffled = articles.clone();
        shuffled.sort_by_key(|article| article.source.bytes().fold(shuffle, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)));
        let mut again = Reading::of(shuffled, Vec::new()).articles;
        again.sort_by_key(|article| article.source.parse::<usize>().unwrap());
        prop_assert_eq!(Reading::of(articles, Vec::new()).articles, again);
    }

    #[test]
    fn what_leans_on_the_sentence_before_stands_behind_it(texts in news(5), words in 20_usize..120) {
        let cluster = cluster(&texts, Markup::Plain, Some("en"));
        let story = Story::new(sentences(&cluster));
        let objections = epitome::select::objections(&story);
        let selection = select(&story, &rank(&story, &Options::default()), &Options { budget: Budget::Words(words), ..Options::default() });
        if selection.outcome == epitome::select::Outcome::Chosen {
            let picks: Vec<SentenceId> = selection.picks.iter().map(|pick| pick.sentence).collect();
            for (index, pick) in picks.iter().enumerate() {
                use epitome::select::Objection;
                match objections[pick.index()] {
                    None | Some(Objection::Slight | Objection::Name | Objection::Definite) => {}
                    Some(Objection::Pronoun | Objection::Connective) => {
                        prop_assert!(index > 0 && picks[index - 1].index() + 1 == pick.index(), "{:?}", story.sentences.text(*pick));
                    }
                    Some(other) => prop_assert!(false, "{other:?}: {:?}", story.sentences.text(*pick)),
                }
            }
        }
    }

    #[test]
    fn words_are_in_order_and_hold_no_white_space(text in text(60)) {
        let mut start = 0;
        words(&text, |span| {
            assert!(span.start >= start, "words go back");
            assert!(!span.of(&text).is_empty() && !span.of(&text).contains(char::is_whitespace));
            start = span.start;
        });
    }

    #[test]
    fn scores_are_the_sums_of_their_parts_and_picks_do_not_repeat_each_other(texts in news(5), budget in budget()) {
        let cluster = cluster(&texts, Markup::Plain, Some("en"));
        let options = Options { budget, explain: true, ..Options::default() };
        let story = Story::new(sentences(&cluster));
        let ranking = rank(&story, &options);
        let parts = ranking.parts.as_ref().expect("parts were asked for");
        for (score, parts) in ranking.scores.iter().zip(parts.rows()) {
            prop_assert_eq!(*score, parts.iter().sum::<f64>());
            prop_assert!(score.is_finite());
        }
        // The thresholds by the book, from the rows themselves.
        let idf = story.matrix.idf();
        let shared = |a: SentenceId, b: SentenceId| {
            let (mut cosine, mut mass) = (0.0, 0.0);
            for (term, weight) in story.matrix.row(a) {
                if let Some((_, other)) = story.matrix.row(b).find(|(known, _)| *known == term) {
                    cosine += weight * other;
                    mass += idf[term.index()];
                }
            }
            let of = |id: SentenceId| story.matrix.terms(id).iter().map(|term| idf[term.index()]).sum::<f64>();
            (cosine, mass / of(a).min(of(b)))
        };
        let picks: Vec<SentenceId> = select(&story, &ranking, &options).picks.iter().map(|pick| pick.sentence).collect();
        for (index, a) in picks.iter().enumerate() {
            for b in &picks[index + 1..] {
                let (cosine, containment) = shared(*a, *b);
                let told = options.redundancy;
                prop_assert!(cosine < told.cosine && containment < told.containment, "{cosine} {containment}");
                prop_assert!(!repeats(&story, *a, *b, &told));
            }
        }
    }

    #[test]
    fn a_digest_keeps_its_budget_and_every_quote_stands_in_its_source(texts in news(5), markup in markup(), budget in budget(), detected: bool) {
        let cluster = cluster(&texts, markup, (!detected).then_some("en"));
        let digest = digest(&cluster, budget);
        let spent: usize = digest.items.iter().map(|item| cost(&item.quote, budget)).sum();
        match budget {
            Budget::Words(limit) | Budget::Sentences(limit) | Budget::Chars(limit) => prop_assert!(spent <= limit),
            Budget::Percent(percent) => {
                let prose = cluster.articles.iter().flat_map(|article| article.prose().map(|block| block.span().of(&article.text)));
                let all: usize = prose.map(count_words).sum();
                prop_assert!(spent * 100 <= all * percent as usize, "{spent} of {all}");
            }
        }
        for item in &digest.items {
            let places = item.also_in.iter().map(|also| (&also.quote, &also.citation));
            for (quote, citation) in std::iter::once((&item.quote, &item.citation)).chain(places) {
                let text = &cluster[citation.article].text;
                prop_assert_eq!(citation.span.of(text), quote);
                prop_assert_eq!(quote.trim(), quote);
                let before = text[..citation.span.start].chars().count();
                prop_assert_eq!(citation.chars.start, before);
                prop_assert_eq!(citation.chars.len(), quote.chars().count());
                prop_assert!(text[..citation.span.start].ends_with(&citation.prefix));
                prop_assert!(text[citation.span.end..].starts_with(&citation.suffix));
            }
        }
        let report = verify(&digest, std::path::Path::new(""));
        prop_assert!(report.holds(true), "{report:?}");
    }

    #[test]
    fn json_gives_the_same_digest_and_the_same_bytes_back(texts in news(4), budget in budget()) {
        let digest = digest(&cluster(&texts, Markup::Plain, None), budget);
        let json = to_json(&digest);
        let back = from_json(&json, "test").expect("what was written is a digest");
        prop_assert_eq!(&back, &digest);
        prop_assert_eq!(to_json(&back), json);
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_shown(texts in news(4), width in prop::option::of(1_usize..120)) {
        let digest = digest(&cluster(&texts, Markup::Plain, None), Budget::Sentences(5));
        let mut shown = Vec::new();
        render(&digest, Format::Text(TextStyle { width, color: false }), &mut shown).expect("memory");
        let shown = String::from_utf8(shown).expect("UTF-8");
        let obeyed = |c: char| (c.is_control() && c != '\n') || matches!(u32::from(c), 0x202a..=0x202e);
        prop_assert!(!shown.contains(obeyed), "{:?}", shown);
    }

    #[test]
    fn markdown_gives_back_each_quote_as_text_and_nothing_else(quotes in prop::collection::vec(marked(), 1..5), title in marked(), path in marked(), publisher in marked(), markup in markup()) {
        let digest = forged(&quotes, &title, &path, &publisher, markup);
        let shown = |format| {
            let mut shown = Vec::new();
            render(&digest, format, &mut shown).expect("memory");
            String::from_utf8(shown).expect("UTF-8")
        };
        let text = shown(Format::Text(TextStyle::default()));
        let expected: Vec<&str> = text.lines().step_by(3).take(quotes.len()).collect();
        let markdown = shown(Format::Markdown);
        let parsed = parsed(&markdown);
        prop_assert_eq!(&parsed.quotes, &expected, "{}", markdown);
        prop_assert_eq!((parsed.footnotes, parsed.set_aside), (quotes.len(), quotes.len()), "{}", markdown);
        let title = plain(&title);
        prop_assert_eq!(parsed.headline, (!title.is_empty()).then_some(title), "{}", markdown);
        prop_assert!(read::looks_like_digest(&markdown), "{}", markdown);
    }

    #[test]
    fn any_bytes_are_text_or_named(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        match read::decode(bytes.clone()) {
            Ok(decoded) => {
                let again = read::decode_as(bytes.clone(), decoded.origin, decoded.encoding).expect("decoded once");
                prop_assert_eq!(&again, &decoded.text);
                if decoded.origin == Origin::File {
                    prop_assert_eq!(decoded.text.into_bytes(), bytes);
                }
            }
            Err((what, way_out)) => prop_assert!(!what.is_empty() && !way_out.is_empty()),
        }
    }

    #[test]
    fn damage_to_utf8_never_makes_it_another_encoding(text in text(60), damage in prop::collection::vec((any::<prop::sample::Index>(), 0x80_u8..0xc0), 1..3)) {
        let whole = "“Zoë” «Ü» ";
        let mut bytes = format!("{whole}{text}").replace('\0', "").into_bytes();
        for (at, byte) in damage {
            let at = whole.len().max(at.index(bytes.len() + 1));
            bytes.insert(at, byte);
        }
        let decoded = read::decode(bytes).map(|decoded| decoded.encoding);
        prop_assert_eq!(decoded.unwrap_or("UTF-8"), "UTF-8");
    }

    #[test]
    fn any_text_is_a_digest_or_refused(json in text(20)) {
        prop_assert!(from_json(&json, "test").is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_implicit_graph_ranks_as_the_explicit_one(texts in news(5)) {
        let cluster = cluster(&texts, Markup::Plain, Some("en"));
        let story = Story::new(sentences(&cluster));
        let options = TextRankOptions { tolerance: 1e-13, max_rounds: 2_000, ..TextRankOptions::default() };
        let graph = Agreement::between(story.sentences.ranges(), &story.matrix);
        let start = teleport(&story, &relevance(&story, &graph), &options);
        let scores = textrank(&graph, start.clone(), &options).scores;
        // One row a sentence, one edge a pair of sentences of different articles.
        let ids: Vec<SentenceId> = story.sentences.ids().collect();
        let alone = story.sentences.articles_with_sentences() < 2;
        let edge = |a: SentenceId, b: SentenceId| {
            let joined = story.sentences.get(a).article != story.sentences.get(b).article || (alone && a != b);
            if joined { story.matrix.cosine(a, b) } else { 0.0 }
        };
        let degrees: Vec<f64> = ids.iter().map(|a| ids.iter().map(|b| edge(*a, *b)).sum()).collect();
        let mut expected: Vec<f64> = start.to_vec();
        for _ in 0..400 {
            let dangling: f64 = (0..ids.len()).filter(|i| degrees[*i] < 1e-12).map(|i| expected[i]).sum();
            expected = (0..ids.len())
                .map(|i| {
                    let votes = (0..ids.len()).filter(|j| degrees[*j] >= 1e-12);
                    let votes: f64 = votes.map(|j| expected[j] * edge(ids[j], ids[i]) / degrees[j]).sum();
                    start[i] * (1.0 - options.damping + options.damping * dangling) + options.damping * votes
                })
                .collect();
        }
        for (score, other) in scores.iter().zip(&expected) {
            prop_assert!((score - other).abs() < 1e-9, "{scores} against {expected:?}");
        }
        prop_assert!(scores.is_empty() || (scores.sum() - 1.0).abs() < 1e-9, "{}", scores.sum());
    }

    #[test]
    fn neither_the_order_of_arguments_nor_the_number_of_threads_changes_a_byte(texts in news(6), shuffle in any::<u64>(), budget in budget()) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut paths: Vec<std::path::PathBuf> = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            let path = folder.path().join(format!("{index}.txt"));
            std::fs::write(&path, text).expect("a file");
            paths.push(path);
        }
        let run = |paths: &[std::path::PathBuf], threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| {
                let cluster = read::read(paths, &ReadOptions::default()).expect("paths were given").into_cluster();
                to_json(&digest(&cluster, budget))
            })
        };
        let once = run(&paths, 1);
        let turn = shuffle as usize % paths.len();
        paths.rotate_left(turn);
        paths.reverse();
        prop_assert_eq!(&run(&paths, 2), &once);
        prop_assert_eq!(&run(&paths, 8), &once);
    }
}

/// What a program that reads a text over and over would be slow at, and a text is made of when it is broken.
const TIRING: &[&str] = &[
    ".",
    "\"",
    "'",
    "“",
    "‘",
    "(",
    "[",
    "`",
    "! ",
    "? x ",
    ". . . ",
    "... ",
    "\".",
    "x.",
    "x.”",
    "1. ",
    "1. a 2. b ",
    "a. ",
    "• ",
    "\n",
    "\n\n",
    "\n- ",
    "[1]",
    ".[1]",
    "A. ",
    "No. ",
    "p.m. X ",
    "-.",
    "。」",
    "ก ",
    "« ",
    ". ...",
];

#[test]
fn a_long_row_of_marks_takes_no_longer_than_a_text_of_its_length() {
    /// A quadratic walk over so many bytes takes minutes, a linear one milliseconds.
    const BYTES: usize = 400_000;
    let splitter = Splitter::new("en".parse().ok());
    for piece in TIRING {
        let row = piece.repeat(BYTES / piece.len());
        for text in [row.clone(), format!("“{row}”"), format!("1. {row} 2. x"), format!("«{row} »")] {
            let begun = std::time::Instant::now();
            splitter.split(&text, |_| {});
            assert!(begun.elapsed().as_secs() < 5, "{piece:?} takes {:?}", begun.elapsed());
        }
    }
}

#[path = "../benches/news/mod.rs"]
mod made_up_news;

#[test]
fn the_number_of_threads_changes_no_byte() {
    let cluster = made_up_news::cluster(150, 7);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| to_json(&digest(&cluster, Budget::Words(200))))
    };
    let one = with(1);
    assert_eq!(one, with(2));
    assert_eq!(one, with(8));
}

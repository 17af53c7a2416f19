//! ROUGE and its stemmer held against what Google's `rouge-score` 0.1.2 gives. The pairs are other people's text and do not
//! ship with the project: where they are not there, these checks say that they are skipped.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use epitome::bench::rouge::{Measure, References, RougeTokens, Score, Tokenizer, porter};
use serde::Deserialize;

/// What `rouge-score` gives: for each measure precision, recall and F1.
type Expected = BTreeMap<Measure, [f64; 3]>;

#[derive(Deserialize)]
struct Pair {
    target: String,
    prediction: String,
    nostem: Expected,
    stem: Expected,
}

fn recorded(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/rouge").join(name);
    if !path.is_file() {
        // Past the test runner, which keeps what a test that passes prints to itself.
        let _ = writeln!(std::io::stderr(), "skipped: {} is not there", path.display());
        return None;
    }
    Some(std::fs::read_to_string(path).expect("a text that is there"))
}

fn bits(score: Score) -> [u64; 3] {
    [score.precision, score.recall, score.f1].map(f64::to_bits)
}

#[test]
fn every_recorded_pair_has_the_recorded_scores_to_the_bit() {
    let Some(lines) = recorded("rouge_score_gold.jsonl") else { return };
    let pairs: Vec<Pair> = lines.lines().map(|line| serde_json::from_str(line).expect("a pair")).collect();
    assert_eq!(pairs.len(), 2_616);
    for stemming in [false, true] {
        // One tokenizer for all, as in a run over a corpus.
        let mut tokenizer = Tokenizer::new(RougeTokens::Google { stemming });
        for (number, pair) in pairs.iter().enumerate() {
            let references = References::new(&[tokenizer.summary(&pair.target)]);
            let summary = tokenizer.summary(&pair.prediction);
            let expected = if stemming { &pair.stem } else { &pair.nostem };
            assert_eq!(expected.len(), Measure::ALL.len());
            for (measure, numbers) in expected {
                let score = references.score(&summary, *measure);
                assert_eq!(
                    bits(score),
                    numbers.map(f64::to_bits),
                    "pair {number}, {measure}, stemming {stemming}: {score:?}, not {numbers:?}"
                );
            }
        }
    }
}

#[test]
fn every_recorded_word_has_the_recorded_stem() {
    let Some(lines) = recorded("porter_nltk_gold.tsv") else { return };
    let words: Vec<[&str; 3]> = lines.lines().map(columns).collect();
    assert_eq!(words.len(), 31_886);
    let mut tokenizer = Tokenizer::new(RougeTokens::Google { stemming: true });
    let (mut numbers, mut tokens) = (BTreeMap::new(), BTreeMap::new());
    for [word, stem, token] in words {
        assert_eq!(porter::stem(word), stem, "{word}");
        // Words have one number exactly where they have one token.
        let number = tokenizer.summary(word).tokens().to_vec();
        assert_eq!(*numbers.entry(token).or_insert(number.clone()), number, "{word}");
        assert_eq!(*tokens.entry(number).or_insert(token), token, "{word}");
    }
}

fn columns(line: &str) -> [&str; 3] {
    let columns: Vec<&str> = line.split('\t').collect();
    columns.try_into().expect("a word, its stem and its token")
}

//! The stories of a folder in, what is recorded of them beside their articles out, and how that differs from today.
//!
//! `expected.json` in the folder of a story has its statistics and the scores of the systems at 100 words, so that a change
//! that makes digests better or worse is seen before it is released, and so that a reader can check a published number.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::rouge::{Measure, RougeTokens};
use super::run::{Bench, Outcome, Size};
use super::summary::Limit;
use crate::error::{Error, ErrorKind};
use crate::read::unreadable;

/// The name of the file.
pub const FILE: &str = "expected.json";

/// The length of the summaries whose scores are recorded.
pub const LIMIT: Limit = Limit::Words(100);

/// The measures that are recorded.
const MEASURES: [Measure; 3] = [Measure::R1, Measure::R2, Measure::L];

/// Scores are recorded in parts of so many: a tenth of a thousandth says more than any reader can use.
const PARTS: f64 = 10_000.0;

/// What is recorded of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Expected {
    /// The limit of the summaries, which were cut there.
    pub limit: Limit,
    /// What texts were compared by: Google's tokens, stemmed, for a story in English, Unicode's for any other.
    pub tokens: RougeTokens,
    /// How much text there is.
    pub size: Size,
    /// F1 of each system by each measure, in [0, 1], rounded to four places.
    pub systems: BTreeMap<String, BTreeMap<Measure, f64>>,
}

impl Expected {
    /// What there is to record of a story today.
    pub fn of(bench: &Bench, outcome: &Outcome) -> Self {
        let rounded = |score: f64| (score * PARTS).round() / PARTS;
        let scores = bench.entrants.iter().zip(&outcome.marks).map(|(entrant, mark)| {
            let by_measure =
                Measure::ALL.into_iter().zip(mark.scores).filter(|(measure, _)| MEASURES.contains(measure));
            (entrant.name.clone(), by_measure.map(|(measure, score)| (measure, rounded(score.f1))).collect())
        });
        Self { limit: bench.limit, tokens: outcome.tokens, size: outcome.size, systems: scores.collect() }
    }

    /// Where the file of a story is.
    pub fn path(outcome: &Outcome) -> PathBuf {
        Path::new(&outcome.place).join(FILE)
    }

    /// Reads what is recorded.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Missing`] where nothing is recorded, [`ErrorKind::NotACluster`] where it cannot be understood.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let shown = path.to_string_lossy().into_owned();
        let way_out = "record it with epitome bench --record";
        let bytes =
            fs::read(path).map_err(|error| Error { way_out: way_out.to_owned(), ..unreadable(&shown, &error) })?;
        serde_json::from_slice(&bytes).map_err(|error| {
            Error::new(
                ErrorKind::NotACluster,
                shown,
                format!("not what a story is expected to score ({error})"),
                way_out,
            )
        })
    }

    /// What is another today, in words for people: `epitome rougeL: 0.31, recorded 0.32`.
    pub fn differences(&self, today: &Self) -> Vec<String> {
        let mut differences = Vec::new();
        if self.limit != today.limit {
            differences.push(format!("limit: {:?}, recorded {:?}", today.limit, self.limit));
        }
        if self.tokens != today.tokens {
            differences.push(format!("tokens: {}, recorded {}", today.tokens, self.tokens));
        }
        let sizes = today.size.named().into_iter().zip(self.size.named()).filter(|(today, recorded)| today != recorded);
        differences.extend(sizes.map(|((name, today), (_, recorded))| format!("{name}: {today}, recorded {recorded}")));
        for (system, scores) in &today.systems {
            let Some(recorded) = self.systems.get(system) else {
                differences.push(format!("{system}: not recorded"));
                continue;
            };
            for (measure, score) in scores {
                if recorded.get(measure) != Some(score) {
                    let known = recorded.get(measure).map_or_else(|| "nothing".to_owned(), ToString::to_string);
                    differences.push(format!("{system} {}: {score}, recorded {known}", measure.name()));
                }
            }
        }
        let gone = self.systems.keys().filter(|name| !today.systems.contains_key(*name));
        differences.extend(gone.map(|name| format!("{name}: recorded, and no system now")));
        differences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_is_named_with_both_values() {
        let scores = |score: f64| BTreeMap::from([(Measure::R1, score)]);
        let recorded = Expected {
            limit: LIMIT,
            tokens: RougeTokens::Unicode,
            size: Size { words: 7, ..Size::default() },
            systems: BTreeMap::from([("a".to_owned(), scores(0.5)), ("old".to_owned(), scores(0.5))]),
        };
        let today = Expected {
            size: Size { words: 8, ..Size::default() },
            systems: BTreeMap::from([("a".to_owned(), scores(0.25)), ("new".to_owned(), scores(0.5))]),
            ..recorded.clone()
        };
        let expected = [
            "words: 8, recorded 7",
            "a rouge1: 0.25, recorded 0.5",
            "new: not recorded",
            "old: recorded, and no system now",
        ];
        assert_eq!(recorded.differences(&today), expected);
        assert!(recorded.differences(&recorded).is_empty());
    }
}

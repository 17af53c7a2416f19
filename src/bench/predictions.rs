//! Lines of JSON in, the summaries that somebody wrote of a corpus out, and back.
//!
//! `{"id", "summary"}` a line; with `system` where a file holds those of several, with `corpus` where it holds those of
//! several corpora.

use std::path::Path;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// A summary of a story, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prediction {
    /// The name of the story in its corpus.
    #[serde(deserialize_with = "crate::read::name_or_number")]
    pub id: String,
    /// The name of the corpus, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corpus: Option<String>,
    /// The name of the system, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The text, a sentence a line.
    pub summary: String,
}

/// The summaries that one system wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Predictions {
    /// By story, then by corpus: `None` fits any.
    summaries: FxHashMap<String, Vec<(Option<String>, String)>>,
}

impl Predictions {
    /// Reads the lines of a file. Where they name systems, those of `system` are taken. Broken lines, and second summaries
    /// of a story, come back beside the rest.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NoInput`] where there is no summary by that system.
    pub fn parse(bytes: &[u8], path: &Path, system: &str) -> Result<(Self, Vec<Error>), Error> {
        let shown = path.to_string_lossy();
        let (mut predictions, mut broken, mut others) = (Self::default(), Vec::new(), Vec::new());
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if line.trim_ascii().is_empty() {
                continue;
            }
            let refuse = |what: String| {
                let place = format!("{shown}:{}", index + 1);
                Error::new(ErrorKind::NotACluster, place, what, "mend the line or leave it out")
            };
            match serde_json::from_slice::<Prediction>(line) {
                Err(error) => broken.push(refuse(format!("no {{\"id\", \"summary\"}} in JSON ({error})"))),
                Ok(prediction) => match prediction.system {
                    Some(other) if other != system => others.push(other),
                    _ => {
                        let known = predictions.summaries.entry(prediction.id).or_default();
                        if known.iter().any(|(corpus, _)| *corpus == prediction.corpus) {
                            broken.push(refuse("a second summary of one story".to_owned()));
                        } else {
                            known.push((prediction.corpus, prediction.summary));
                        }
                    }
                },
            }
        }
        if predictions.summaries.is_empty() {
            others.sort_unstable();
            others.dedup();
            let (what, way_out) = if others.is_empty() {
                ("no summary in it".to_owned(), "write {\"id\", \"summary\"}, one a line".to_owned())
            } else {
                (format!("no summary by {system} in it"), format!("it has {}", others.join(", ")))
            };
            return Err(Error::new(ErrorKind::NoInput, shown, what, way_out));
        }
        Ok((predictions, broken))
    }

    /// The summary of a story of a corpus, if there is one.
    pub fn of(&self, corpus: &str, story: &str) -> Option<&str> {
        let known = self.summaries.get(story)?;
        let own = known.iter().find(|(of, _)| of.as_deref() == Some(corpus));
        own.or_else(|| known.iter().find(|(of, _)| of.is_none())).map(|(_, summary)| summary.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(lines: &str, system: &str) -> Result<(Predictions, Vec<Error>), Error> {
        Predictions::parse(lines.as_bytes(), Path::new("p.jsonl"), system)
    }

    #[test]
    fn summaries_are_found_by_story_and_corpus() {
        let lines = "{\"id\": 1, \"summary\": \"a\"}\n{\"id\": \"1\", \"corpus\": \"x\", \"summary\": \"b\"}\n";
        let (predictions, broken) = parse(lines, "peer").unwrap();
        assert_eq!((predictions.of("x", "1"), predictions.of("y", "1")), (Some("b"), Some("a")));
        assert_eq!((predictions.of("x", "2"), broken.len()), (None, 0));
    }

    #[test]
    fn where_systems_are_named_one_of_them_is_taken() {
        let lines = "{\"id\": \"1\", \"system\": \"a\", \"summary\": \"x\"}\n{\"id\": \"1\", \"system\": \"b\", \"summary\": \"y\"}";
        assert_eq!(parse(lines, "b").unwrap().0.of("c", "1"), Some("y"));
        assert_eq!(parse(lines, "c").unwrap_err().to_string(), "p.jsonl: no summary by c in it; it has a, b");
    }

    #[test]
    fn broken_lines_and_second_summaries_are_named() {
        let lines = "{\"id\": \"1\", \"summary\": \"x\"}\n\n{\"id\": \"1\"}\n{\"id\": \"1\", \"summary\": \"y\"}";
        let (predictions, broken) = parse(lines, "b").unwrap();
        assert_eq!(predictions.of("c", "1"), Some("x"));
        let places: Vec<&str> = broken.iter().map(|error| error.place.as_str()).collect();
        assert_eq!(places, ["p.jsonl:3", "p.jsonl:4"]);
    }
}

//! Lines of JSON in, the summaries that somebody wrote of a corpus out, and back.
//!
//! `{"id", "summary"}` a line; with `system` where a file holds those of several, with `corpus` where it holds those of
//! several corpora.

use std::collections::BTreeSet;
use std::path::Path;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::corpus::Names;
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
#[derive(Clone, Debug, Default)]
pub struct Predictions {
    /// By story, then by corpus: `None` fits any.
    summaries: FxHashMap<String, Vec<(Option<String>, String)>>,
    /// Those of a story that the file had a summary of already. They are for the next stories of that name.
    repeats: Vec<Repeat>,
}

/// A further summary of a name.
#[derive(Clone, Debug)]
struct Repeat {
    corpus: Option<String>,
    name: String,
    /// The name of the story that it is for.
    apart: String,
    /// That there is none.
    error: Error,
}

impl Predictions {
    /// Reads the lines of a file: those of `system`, and where none is asked for, those of `name`, or of the only system
    /// that the file names. Lines that name no system are anybody's, unless one is asked for. Summaries of one name are
    /// told apart as the stories of a corpus are. Broken lines come back beside the rest.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NoInput`] where there is no summary by that system.
    pub fn parse(bytes: &[u8], path: &Path, name: &str, system: Option<&str>) -> Result<(Self, Vec<Error>), Error> {
        let shown = path.to_string_lossy();
        let (mut lines, mut broken) = (Vec::new(), Vec::new());
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
                Err(error) => {
                    broken.push(refuse(format!("no {{\"id\", \"summary\"}} in JSON ({})", crate::read::told(&error))));
                }
                Ok(prediction) => lines.push((prediction, refuse("a second summary of one story".to_owned()))),
            }
        }
        let known: BTreeSet<String> = lines.iter().filter_map(|(prediction, _)| prediction.system.clone()).collect();
        let wanted = match system {
            Some(system) => Some(system),
            None if known.contains(name) => Some(name),
            None => known.first().filter(|_| known.len() == 1).map(String::as_str),
        };
        let is_wanted = |of: Option<&str>| if of.is_none() { system.is_none() } else { of == wanted };
        lines.retain(|(prediction, _)| is_wanted(prediction.system.as_deref()));
        if lines.is_empty() {
            let by = system.unwrap_or(name);
            let names = Vec::from_iter(known).join(", ");
            let (what, way_out) = match names.is_empty() {
                true if system.is_none() => {
                    ("no summary in it".to_owned(), "write {\"id\", \"summary\"}, one a line".to_owned())
                }
                true => (format!("no summary by {by} in it"), format!("it names no system; give {name}={shown}")),
                false => {
                    let way_out = format!("name one as in {name}={shown}:SYSTEM");
                    (format!("no summary by {by} in it; it has {names}"), way_out)
                }
            };
            return Err(Error::new(ErrorKind::NoInput, shown, what, way_out));
        }
        Ok((Self::of_lines(lines), broken))
    }

    /// Files the summaries by the stories that they are of; each comes with what is wrong if there is no such story.
    fn of_lines(lines: Vec<(Prediction, Error)>) -> Self {
        let mut predictions = Self::default();
        let mut names: FxHashMap<Option<String>, Names> = FxHashMap::default();
        for (Prediction { id, corpus, summary, .. }, error) in lines {
            let apart = names.entry(corpus.clone()).or_default().apart(id.clone());
            if apart != id {
                predictions.repeats.push(Repeat { corpus: corpus.clone(), name: id, apart: apart.clone(), error });
            }
            predictions.summaries.entry(apart).or_default().push((corpus, summary));
        }
        predictions
    }

    /// The further summaries of a story of which there is just one. `is_story` says whether there is a story of a name in
    /// a corpus, or in any.
    pub fn without_story(&self, is_story: impl Fn(Option<&str>, &str) -> bool) -> impl Iterator<Item = &Error> {
        let without = move |repeat: &&Repeat| {
            let corpus = repeat.corpus.as_deref();
            is_story(corpus, &repeat.name) && !is_story(corpus, &repeat.apart)
        };
        self.repeats.iter().filter(without).map(|repeat| &repeat.error)
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

    fn parse(lines: &str, name: &str, system: Option<&str>) -> Result<(Predictions, Vec<Error>), Error> {
        Predictions::parse(lines.as_bytes(), Path::new("p.jsonl"), name, system)
    }

    #[test]
    fn summaries_are_found_by_story_and_corpus() {
        let lines = "{\"id\": 1, \"summary\": \"a\"}\n{\"id\": \"1\", \"corpus\": \"x\", \"summary\": \"b\"}\n";
        let (predictions, broken) = parse(lines, "peer", None).unwrap();
        assert_eq!((predictions.of("x", "1"), predictions.of("y", "1")), (Some("b"), Some("a")));
        assert_eq!((predictions.of("x", "2"), broken.len()), (None, 0));
    }

    #[test]
    fn where_systems_are_named_one_of_them_is_taken() {
        let lines = "{\"id\": \"1\", \"system\": \"a\", \"summary\": \"x\"}\n{\"id\": \"1\", \"system\": \"b\", \"summary\": \"y\"}";
        let of = |name, system| parse(lines, name, system).unwrap().0.of("c", "1").map(str::to_owned);
        assert_eq!(of("b", None).as_deref(), Some("y"));
        assert_eq!(of("old", Some("b")).as_deref(), Some("y"));
        assert_eq!(of("b", Some("a")).as_deref(), Some("x"));
        let refused = |name, system| parse(lines, name, system).unwrap_err().to_string();
        let way_out = "; it has a, b; name one as in c=p.jsonl:SYSTEM";
        assert_eq!(refused("c", None), format!("p.jsonl: no summary by c in it{way_out}"));
        assert_eq!(refused("c", Some("d")), format!("p.jsonl: no summary by d in it{way_out}"));
    }

    #[test]
    fn the_only_system_of_a_file_is_taken_under_any_name() {
        let lines = "{\"id\": \"1\", \"system\": \"a\", \"summary\": \"x\"}\n{\"id\": \"2\", \"summary\": \"y\"}";
        let (predictions, _) = parse(lines, "old", None).unwrap();
        assert_eq!((predictions.of("c", "1"), predictions.of("c", "2")), (Some("x"), Some("y")));
        let (predictions, _) = parse(lines, "old", Some("a")).unwrap();
        assert_eq!((predictions.of("c", "1"), predictions.of("c", "2")), (Some("x"), None));
    }

    #[test]
    fn broken_lines_are_named_and_second_summaries_are_for_the_next_story_of_that_name() {
        let lines = "{\"id\": \"1\", \"summary\": \"x\"}\n\n{\"id\": \"1\"}\n{\"id\": \"1\", \"summary\": \"y\"}";
        let (predictions, broken) = parse(lines, "b", None).unwrap();
        assert_eq!((predictions.of("c", "1"), predictions.of("c", "1-2")), (Some("x"), Some("y")));
        assert_eq!(broken.iter().map(|error| error.place.as_str()).collect::<Vec<_>>(), ["p.jsonl:3"]);
        let without: Vec<&Error> = predictions.without_story(|_, name| name == "1").collect();
        assert_eq!(without[0].to_string(), "p.jsonl:4: a second summary of one story; mend the line or leave it out");
        assert_eq!(predictions.without_story(|_, _| true).count(), 0);
    }
}

//! Lines of JSON in, what somebody predicted of a corpus out, and back.
//!
//! A [`Prediction`] is the summary of a story, `{"id", "summary"}` a line; a [`Placing`] the story of an article, `{"id",
//! "story"}`. Either has `system` where a file holds those of several, and `corpus` where it holds those of several corpora.

use std::collections::BTreeSet;
use std::path::Path;

use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
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

/// The story that an article is said to be in, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placing {
    /// The name of the article in its corpus.
    #[serde(deserialize_with = "crate::read::name_or_number")]
    pub id: String,
    /// The name of the corpus, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corpus: Option<String>,
    /// The name of the system, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The name of the story: the articles of one story have the same.
    #[serde(deserialize_with = "crate::read::name_or_number")]
    pub story: String,
}

/// A line of a file of predictions, whatever is predicted.
pub trait Predicted: DeserializeOwned {
    /// The fields that it has to have.
    const FIELDS: &'static str;
    /// What is predicted.
    const WHAT: &'static str;
    /// Of what.
    const OF: &'static str;

    /// What it says.
    fn said(self) -> Said;
}

/// What a line says, whatever it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The name of what it is about.
    pub id: String,
    /// The corpus that this is in; `None` fits any.
    pub corpus: Option<String>,
    /// Who says it; `None` is anybody.
    pub system: Option<String>,
    /// What is said: a summary, or the name of a story.
    pub text: String,
}

impl Predicted for Prediction {
    const FIELDS: &'static str = "{\"id\", \"summary\"}";
    const WHAT: &'static str = "summary";
    const OF: &'static str = "story";

    fn said(self) -> Said {
        Said { id: self.id, corpus: self.corpus, system: self.system, text: self.summary }
    }
}

impl Predicted for Placing {
    const FIELDS: &'static str = "{\"id\", \"story\"}";
    const WHAT: &'static str = "story";
    const OF: &'static str = "article";

    fn said(self) -> Said {
        Said { id: self.id, corpus: self.corpus, system: self.system, text: self.story }
    }
}

/// What one system predicted: summaries of stories, or stories of articles.
#[derive(Clone, Debug, Default)]
pub struct Predictions {
    /// What is said, by the name of what it is about, then by corpus: `None` fits any.
    said: FxHashMap<String, Vec<(Option<String>, String)>>,
    /// What is said of a name that the file had already. It is for the next ones of that name.
    repeats: Vec<Repeat>,
}

/// Something further that is said of a name.
#[derive(Clone, Debug)]
struct Repeat {
    corpus: Option<String>,
    name: String,
    /// The name of what it is for.
    apart: String,
    /// That there is none.
    error: Error,
}

impl Predictions {
    /// Reads the lines of a file: those of `system`, and where none is asked for, those of `name`, or of the only system
    /// that the file names. Lines that name no system are anybody's, unless one is asked for. What is said of one name is
    /// told apart as the stories of a corpus are. Broken lines come back beside the rest.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NoInput`] where nothing is predicted by that system.
    pub fn parse<P: Predicted>(
        bytes: &[u8],
        path: &Path,
        name: &str,
        system: Option<&str>,
    ) -> Result<(Self, Vec<Error>), Error> {
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
            match serde_json::from_slice::<P>(line) {
                Err(error) => {
                    broken.push(refuse(format!("no {} in JSON ({})", P::FIELDS, crate::read::told(&error))));
                }
                Ok(line) => lines.push((line.said(), refuse(format!("a second {} of one {}", P::WHAT, P::OF)))),
            }
        }
        let known: BTreeSet<String> = lines.iter().filter_map(|(said, _)| said.system.clone()).collect();
        let wanted = match system {
            Some(system) => Some(system),
            None if known.contains(name) => Some(name),
            None => known.first().filter(|_| known.len() == 1).map(String::as_str),
        };
        let is_wanted = |of: Option<&str>| if of.is_none() { system.is_none() } else { of == wanted };
        lines.retain(|(said, _)| is_wanted(said.system.as_deref()));
        if lines.is_empty() {
            let by = system.unwrap_or(name);
            let names = Vec::from_iter(known).join(", ");
            let (what, way_out) = match names.is_empty() {
                true if system.is_none() => {
                    (format!("no {} in it", P::WHAT), format!("write {}, one a line", P::FIELDS))
                }
                true => (format!("no {} by {by} in it", P::WHAT), format!("it names no system; give {name}={shown}")),
                false => {
                    let way_out = format!("name one as in {name}={shown}:SYSTEM");
                    (format!("no {} by {by} in it; it has {names}", P::WHAT), way_out)
                }
            };
            return Err(Error::new(ErrorKind::NoInput, shown, what, way_out));
        }
        Ok((Self::of_lines(lines), broken))
    }

    /// Files what is said by the names that it is said of; each comes with what is wrong if there is none of that name.
    fn of_lines(lines: Vec<(Said, Error)>) -> Self {
        let mut predictions = Self::default();
        let mut names: FxHashMap<Option<String>, Names> = FxHashMap::default();
        for (Said { id, corpus, text, .. }, error) in lines {
            let apart = names.entry(corpus.clone()).or_default().apart(id.clone());
            if apart != id {
                predictions.repeats.push(Repeat { corpus: corpus.clone(), name: id, apart: apart.clone(), error });
            }
            predictions.said.entry(apart).or_default().push((corpus, text));
        }
        predictions
    }

    /// What is further said of something of which there is just one. `is_there` says whether there is something of a name
    /// in a corpus, or in any.
    pub fn left_over(&self, is_there: impl Fn(Option<&str>, &str) -> bool) -> impl Iterator<Item = &Error> {
        let without = move |repeat: &&Repeat| {
            let corpus = repeat.corpus.as_deref();
            is_there(corpus, &repeat.name) && !is_there(corpus, &repeat.apart)
        };
        self.repeats.iter().filter(without).map(|repeat| &repeat.error)
    }

    /// What is said of a name in a corpus, if anything is: the summary of a story, or the story of an article.
    pub fn of(&self, corpus: &str, name: &str) -> Option<&str> {
        let known = self.said.get(name)?;
        let own = known.iter().find(|(of, _)| of.as_deref() == Some(corpus));
        own.or_else(|| known.iter().find(|(of, _)| of.is_none())).map(|(_, text)| text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(lines: &str, name: &str, system: Option<&str>) -> Result<(Predictions, Vec<Error>), Error> {
        Predictions::parse::<Prediction>(lines.as_bytes(), Path::new("p.jsonl"), name, system)
    }

    #[test]
    fn summaries_are_found_by_story_and_corpus() {
        let lines = "{\"id\": 1, \"summary\": \"a\"}\n{\"id\": \"1\", \"corpus\": \"x\", \"summary\": \"b\"}\n";
        let (predictions, broken) = parse(lines, "peer", None).unwrap();
        assert_eq!((predictions.of("x", "1"), predictions.of("y", "1")), (Some("b"), Some("a")));
        assert_eq!((predictions.of("x", "2"), broken.len()), (None, 0));
    }

    #[test]
    fn the_stories_of_articles_are_read_in_the_same_way() {
        let lines = b"{\"id\": 1, \"story\": 7}\n{\"id\": \"2\", \"summary\": \"x\"}\n{\"id\": 1, \"story\": \"b\"}";
        let (placings, broken) = Predictions::parse::<Placing>(lines, Path::new("p.jsonl"), "peer", None).unwrap();
        assert_eq!(
            (placings.of("c", "1"), placings.of("c", "1-2"), placings.of("c", "2")),
            (Some("7"), Some("b"), None)
        );
        assert!(broken[0].to_string().starts_with("p.jsonl:2: no {\"id\", \"story\"} in JSON (missing field"));
        let left_over: Vec<String> = placings.left_over(|_, name| name == "1").map(ToString::to_string).collect();
        assert_eq!(left_over, ["p.jsonl:3: a second story of one article; mend the line or leave it out"]);
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
        let without: Vec<&Error> = predictions.left_over(|_, name| name == "1").collect();
        assert_eq!(without[0].to_string(), "p.jsonl:4: a second summary of one story; mend the line or leave it out");
        assert_eq!(predictions.left_over(|_, _| true).count(), 0);
    }
}

//! The table of what makes a sentence worth quoting.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind};

/// A linear model of which sentences people would put into a digest: a coefficient for each named feature of a sentence,
/// and for each way in which a sentence relates to those already chosen.
///
/// Short digests want other sentences than long ones, so each coefficient has two values, one for digests of
/// `short_words` and one for digests of `long_words`; between the two lengths it changes with the logarithm of the length,
/// beyond them it stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prior {
    /// The length in words that the coefficients' `short` is for.
    pub short_words: f64,
    /// The length in words that their `long` is for.
    pub long_words: f64,
    /// How much each feature of a sentence counts.
    pub sentence: Vec<Coefficient>,
    /// How much it counts how a sentence relates to those chosen before it.
    pub chosen: Vec<Coefficient>,
    /// How the table was made: the command, the data, and how good its digests were. For people.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub made: Value,
}

/// The relations that may only count for a sentence, and those that may only count against it; the others are the same
/// whatever is chosen. Choosing relies on that: what a sentence was worth beside fewer chosen ones is a bound for what it
/// is worth beside more, but for those that count for it.
const COUNT_FOR: [&str; 1] = ["beside"];
const COUNT_AGAINST: [&str; 4] = ["nearest", "told words", "told phrases", "told opening"];

/// The fields of the JSON.
const FIELDS: [&str; 5] = ["short_words", "long_words", "sentence", "chosen", "made"];

/// How much one feature counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coefficient {
    /// The name of the feature.
    pub name: String,
    /// For a short digest.
    pub short: f64,
    /// For a long one.
    pub long: f64,
}

impl Prior {
    /// Reads a table from its JSON, as `epitome train` writes it. Whether its numbers can be used is left to
    /// [`check`](Self::check).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Usage`] with the first field that is missing, not known or not what it should be.
    pub fn parse(json: &str) -> Result<Self, Error> {
        let value: Value = serde_json::from_str(json)
            .map_err(|error| not_a_prior(format!("not JSON (line {}, column {})", error.line(), error.column())))?;
        let Value::Object(fields) = &value else {
            return Err(not_a_prior("no object in braces".to_owned()));
        };
        let all = "the prior";
        known_fields(fields, &FIELDS, all)?;
        Ok(Self {
            short_words: number(fields, "short_words", all)?,
            long_words: number(fields, "long_words", all)?,
            sentence: table(fields, "sentence")?,
            chosen: table(fields, "chosen")?,
            made: fields.get("made").cloned().unwrap_or_default(),
        })
    }

    /// Whether a coefficient of a relation to what is chosen has the sign that it must not have.
    pub fn has_wrong_sign(relation: &str, coefficient: f64) -> bool {
        (Self::counts_for(relation) && coefficient < 0.0) || (Self::counts_against(relation) && coefficient > 0.0)
    }

    /// Whether a relation to what is chosen may only count for a sentence.
    pub fn counts_for(relation: &str) -> bool {
        COUNT_FOR.contains(&relation)
    }

    /// Whether it may only count against one: the more is chosen that it is told by, the less a sentence is worth.
    pub fn counts_against(relation: &str) -> bool {
        COUNT_AGAINST.contains(&relation)
    }

    /// How far a digest of so many words is on the way from short to long, in [0, 1].
    pub fn length(&self, words: f64) -> f64 {
        let span = libm::log(self.long_words / self.short_words);
        (libm::log(words.max(1.0) / self.short_words) / span).clamp(0.0, 1.0)
    }

    /// The coefficient of a feature for a digest of so many words; zero for a feature that the table does not have.
    pub fn of(table: &[Coefficient], name: &str, length: f64) -> f64 {
        let found = table.iter().find(|coefficient| coefficient.name == name);
        found.map_or(0.0, |coefficient| coefficient.short + length * (coefficient.long - coefficient.short))
    }

    /// The names of the corpora that it was fitted on, as far as [`made`](Self::made) tells.
    pub fn fitted_on(&self) -> impl Iterator<Item = &str> {
        let corpora = self.made["corpora"].as_array();
        corpora.into_iter().flatten().filter_map(|corpus| corpus["corpus"].as_str())
    }

    /// Checks that every number can be reckoned with, that every name is one of `sentence` or `chosen` and stands there
    /// once, and that every coefficient of `chosen` has a sign that it may have.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Usage`] with the first name or number that cannot work.
    pub fn check(&self, sentence: &[&str], chosen: &[&str]) -> Result<(), Error> {
        let usage = |what: String, way_out: &str| Err(Error::new(ErrorKind::Usage, "prior", what, way_out));
        let lengths_work = self.short_words >= 1.0 && self.long_words > self.short_words && self.long_words.is_finite();
        if !lengths_work {
            return usage("short_words and long_words are no span of lengths".into(), "give 1 ≤ short < long");
        }
        for (table, known) in [(&self.sentence, sentence), (&self.chosen, chosen)] {
            for (at, Coefficient { name, short, long }) in table.iter().enumerate() {
                if !known.contains(&name.as_str()) {
                    return usage(
                        format!("there is no feature “{name}”"),
                        "known are the names that epitome train writes",
                    );
                }
                if table[..at].iter().any(|before| before.name == *name) {
                    return usage(format!("“{name}” stands there twice"), "leave one of them out");
                }
                if short.abs() > LARGEST || long.abs() > LARGEST || short.is_nan() || long.is_nan() {
                    return usage(format!("the coefficient of “{name}” is out of range"), "give -1000 to 1000");
                }
            }
        }
        for Coefficient { name, short, long } in &self.chosen {
            if let Some(wrong) = [*short, *long].into_iter().find(|number| Self::has_wrong_sign(name, *number)) {
                let (way, way_out) = match Self::counts_for(name) {
                    true => ("for", "give 0 or more"),
                    false => ("against", "give 0 or less"),
                };
                let what = format!("“{name}” may only count {way} a sentence, and {wrong} does the opposite");
                return usage(what, way_out);
            }
        }
        Ok(())
    }
}

fn not_a_prior(what: String) -> Error {
    Error::new(ErrorKind::Usage, "prior", what, "give a file that epitome train wrote")
}

/// Refuses fields that are not known: a name that is mistyped would otherwise count nothing without a word.
fn known_fields(fields: &Map<String, Value>, known: &[&str], of: &str) -> Result<(), Error> {
    match fields.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(not_a_prior(format!("{of} has a field “{name}” that is not known"))),
        None => Ok(()),
    }
}

fn number(fields: &Map<String, Value>, name: &str, of: &str) -> Result<f64, Error> {
    let number = fields.get(name).ok_or_else(|| not_a_prior(format!("{of} has no “{name}”")))?;
    number.as_f64().ok_or_else(|| not_a_prior(format!("“{name}” of {of} is no number")))
}

fn table(fields: &Map<String, Value>, name: &str) -> Result<Vec<Coefficient>, Error> {
    let list = fields.get(name).ok_or_else(|| not_a_prior(format!("the prior has no “{name}”")))?;
    let list = list.as_array().ok_or_else(|| not_a_prior(format!("“{name}” is no list")))?;
    list.iter().enumerate().map(|(at, value)| coefficient(value, &format!("number {} of “{name}”", at + 1))).collect()
}

fn coefficient(value: &Value, place: &str) -> Result<Coefficient, Error> {
    let fields = value.as_object().ok_or_else(|| not_a_prior(format!("{place} is no object in braces")))?;
    known_fields(fields, &["name", "short", "long"], place)?;
    let name = fields.get("name").and_then(Value::as_str);
    let name = name.ok_or_else(|| not_a_prior(format!("{place} has no “name” that is a text")))?;
    Ok(Coefficient {
        name: name.to_owned(),
        short: number(fields, "short", place)?,
        long: number(fields, "long", place)?,
    })
}

/// A larger coefficient says nothing that this one does not.
const LARGEST: f64 = 1e3;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A prior of one feature and two relations.
    fn prior() -> Value {
        json!({
            "short_words": 30.0,
            "long_words": 230.0,
            "sentence": [{"name": "first", "short": 0.1, "long": -0.1}],
            "chosen": [{"name": "nearest", "short": -0.1, "long": 0.0}, {"name": "beside", "short": 0.1, "long": 0.0}],
        })
    }

    /// What is said of it with `value` at the place of a pointer.
    fn said(pointer: &str, value: Value) -> String {
        let mut changed = prior();
        match changed.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => changed[pointer] = value,
        }
        let read = Prior::parse(&changed.to_string());
        let checked = read.and_then(|prior| prior.check(&["first"], &["nearest", "beside"]));
        checked.map_or_else(|error| error.to_string(), |()| "nothing".to_owned())
    }

    #[test]
    fn what_was_written_is_read() {
        let read = Prior::parse(&prior().to_string()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), prior());
        assert_eq!(read.check(&["first"], &["nearest", "beside"]), Ok(()));
    }

    #[test]
    fn what_is_no_prior_is_refused_in_words_for_people() {
        let way_out = "; give a file that epitome train wrote";
        for (pointer, value, message) in [
            ("", json!([]), "prior: no object in braces"),
            ("shortwords", json!(1), "prior: the prior has a field “shortwords” that is not known"),
            ("/short_words", json!("x"), "prior: “short_words” of the prior is no number"),
            ("/sentence", json!({}), "prior: “sentence” is no list"),
            ("/chosen/1", json!(5), "prior: number 2 of “chosen” is no object in braces"),
            ("/chosen/0", json!({"name": "nearest", "long": 0}), "prior: number 1 of “chosen” has no “short”"),
        ] {
            assert_eq!(said(pointer, value), format!("{message}{way_out}"));
        }
        let broken = Prior::parse("{\n").unwrap_err().to_string();
        assert_eq!(broken, format!("prior: not JSON (line 2, column 0){way_out}"));
    }

    #[test]
    fn a_name_that_stands_there_twice_is_refused() {
        let twice = said("/chosen/1/name", json!("nearest"));
        assert_eq!(twice, "prior: “nearest” stands there twice; leave one of them out");
    }

    #[test]
    fn a_sign_that_choosing_cannot_rely_on_is_refused() {
        assert_eq!(
            said("/chosen/0/long", json!(0.5)),
            "prior: “nearest” may only count against a sentence, and 0.5 does the opposite; give 0 or less"
        );
        assert_eq!(
            said("/chosen/1/short", json!(-0.5)),
            "prior: “beside” may only count for a sentence, and -0.5 does the opposite; give 0 or more"
        );
    }
}

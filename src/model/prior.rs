//! The table of what makes a sentence worth quoting.

use serde::{Deserialize, Serialize};

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
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub made: serde_json::Value,
}

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

    /// Checks that every number can be reckoned with and that every name is one of `sentence` or `chosen`.
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
            for Coefficient { name, short, long } in table {
                if !known.contains(&name.as_str()) {
                    return usage(
                        format!("there is no feature “{name}”"),
                        "known are the names that epitome train writes",
                    );
                }
                if short.abs() > LARGEST || long.abs() > LARGEST || short.is_nan() || long.is_nan() {
                    return usage(format!("the coefficient of “{name}” is out of range"), "give -1000 to 1000");
                }
            }
        }
        Ok(())
    }
}

/// A larger coefficient says nothing that this one does not.
const LARGEST: f64 = 1e3;

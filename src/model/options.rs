//! What decides what a digest says.

use serde::{Deserialize, Serialize};

use super::Prior;
use crate::error::{Error, ErrorKind};
use crate::language::Language;

/// How long a digest may be: a hard upper bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// White-space separated words, as in the length limits of the literature; in scripts without spaces those
    /// of the segmenter ([`count_words`](crate::segment::count_words)).
    Words(usize),
    /// Sentences.
    Sentences(usize),
    /// Characters (Unicode scalar values) of the quotes as they are shown, without what is put between them.
    Chars(usize),
    /// Hundredths of the words of all sentences that could be quoted.
    Percent(u32),
}

impl Default for Budget {
    /// A hundred words: half a minute of reading, and a usual length in the literature (DUC 2004, TAC 2008).
    fn default() -> Self {
        Self::Words(100)
    }
}

/// Everything that decides what a digest says. Kept in the digest, so that it can be made again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// How long the digest may be.
    pub budget: Budget,
    /// The language that the articles were read in, for the record; `None` if it was detected for each. It acts where
    /// articles are read, see [`ReadOptions`](crate::read::ReadOptions).
    pub language: Option<Language>,
    /// The iteration of TextRank.
    pub textrank: TextRankOptions,
    /// What makes a sentence worth quoting; `None` is the [prior that ships](crate::rank::shipped).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prior: Option<Prior>,
    /// What the digest is to be about: words, of which a sentence has some or none. Synonyms are not known. Where no sentence has
    /// any, the digest is as without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// When two sentences say the same.
    pub redundancy: RedundancyOptions,
    /// Which sentences may be quoted.
    pub guards: Guards,
    /// Outlets that speak with one voice; every other one speaks for itself. One that several families have is of the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub families: Vec<Family>,
    /// Whether the digest keeps, beside each quote, the parts that its score is made of.
    #[serde(skip_serializing_if = "is_off")]
    pub explain: bool,
}

fn is_off(option: &bool) -> bool {
    !option
}

/// Outlets that speak with one voice: the sites of one publishing house, a paper and its Sunday edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// The name of the family; an outlet of that name belongs to it.
    pub name: String,
    /// The names of its outlets, or their hosts.
    pub members: Vec<String>,
}

/// Which sentences may be quoted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guards {
    /// Those that can be understood alone, or behind what they lean on.
    #[default]
    On,
    /// All, as most extractive summarisers do: to measure what the guards change.
    Off,
}

/// The parameters of TextRank (Mihalcea and Tarau, 2004), a personalised PageRank on sentences.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextRankOptions {
    /// The share of a score that comes from similar sentences; the rest is the teleport. In [0, 1).
    pub damping: f64,
    /// How much more the first sentence of an article is visited by a teleport than a sentence far down, minus one.
    pub lead_weight: f64,
    /// After how many sentences that advantage has fallen to 1/e.
    pub lead_decay: f64,
    /// The iteration has converged when no more than this much of the total score of 1 would move in one more step.
    pub tolerance: f64,
    /// The iteration ends after so many rounds, converged or not.
    pub max_rounds: usize,
}

impl Default for TextRankOptions {
    /// Damping as in Brin and Page (1998). Over weights of 5 to 40, decays of 1.5 to 6 sentences and a damping of .6 and
    /// .85, ROUGE-2 moved between 14.6 and 15.2 on Multi-News (220 words) and between 13.8 and 14.5 on AllSides (50
    /// words), about the noise of the sets; these values stand amid that. With this tolerance the summaries of
    /// the four corpora of [`evaluation`](crate::docs::evaluation) are the same as with one of 1e-9 (`epitome bench`); with 1e-2
    /// seven of the 279 of Multi-News are others.
    fn default() -> Self {
        Self { damping: 0.85, lead_weight: 10.0, lead_decay: 3.0, tolerance: 3e-3, max_rounds: 200 }
    }
}

/// When a sentence repeats another. All thresholds are shares in [0, 1].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RedundancyOptions {
    /// Two sentences with at least this cosine of their TF-IDF rows are never both chosen.
    pub cosine: f64,
    /// A sentence is never chosen when another that is chosen holds at least this share of it, or it of the other.
    /// The share is weighted by IDF.
    pub containment: f64,
    /// For two sentences that open their articles, `cosine` and `containment` are multiplied by this.
    pub openers: f64,
    /// A sentence is never chosen when all that is chosen together holds at least this share of it.
    pub told: f64,
    /// A sentence of another article that holds at least this share of a quote is cited beside it.
    pub echo: f64,
}

impl Default for RedundancyOptions {
    /// Found on English news, by reading: on ROUGE-2 other thresholds (cosine .35 to .8, containment .45 to .7) have hardly
    /// any effect at 220 words of Multi-News. Lower ones for openers cost .2 points at 50 words of AllSides, and remove the
    /// commonest repetition that a reader notices: the event told twice.
    fn default() -> Self {
        Self { cosine: 0.5, containment: 0.6, openers: 0.6, told: 0.9, echo: 0.5 }
    }
}

/// Larger parameters of the ranking say nothing that this one does not, and sums of them could overflow.
const LARGEST_PARAMETER: f64 = 1e6;

impl Options {
    /// Checks every value, so that nothing behind it has to.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Usage`] with the name of the first option that cannot work.
    pub fn check(&self) -> Result<(), Error> {
        let usage = |place: &str, what: String, way_out: &str| Err(Error::new(ErrorKind::Usage, place, what, way_out));
        match self.budget {
            Budget::Words(0) | Budget::Sentences(0) | Budget::Chars(0) | Budget::Percent(0) => {
                return usage("budget", "0 leaves room for nothing".into(), "give at least 1");
            }
            Budget::Percent(percent) if percent > 100 => {
                return usage("budget", format!("{percent} is no percentage"), "give 1 to 100");
            }
            _ => {}
        }
        if let Some(about) = &self.about
            && !about.contains(char::is_alphanumeric)
        {
            return usage("about", format!("{about:?} has no word"), "say in words what it is to be about");
        }
        let rank = &self.textrank;
        if !(0.0..1.0).contains(&rank.damping) {
            return usage("damping", format!("{} is out of range", rank.damping), "give 0 or more and less than 1");
        }
        if rank.max_rounds == 0 {
            return usage("max_rounds", "0 rounds rank nothing".into(), "give at least 1");
        }
        let not_negative =
            [("lead_weight", rank.lead_weight), ("lead_decay", rank.lead_decay), ("tolerance", rank.tolerance)];
        for (place, value) in not_negative {
            if !(0.0..=LARGEST_PARAMETER).contains(&value) {
                return usage(place, format!("{value} is out of range"), "give 0 to a million");
            }
        }
        let nameless = |name: &String| !name.contains(char::is_alphanumeric);
        let mut names = self.families.iter().flat_map(|family| family.members.iter().chain([&family.name]));
        if let Some(name) = names.find(|name| nameless(name)) {
            return usage(
                "families",
                format!("{name:?} is no name of an outlet"),
                "give names with a letter or a digit",
            );
        }
        let RedundancyOptions { cosine, containment, openers, told, echo } = self.redundancy;
        let shares =
            [("cosine", cosine), ("containment", containment), ("openers", openers), ("told", told), ("echo", echo)];
        for (place, value) in shares {
            if !(value > 0.0 && value <= 1.0) {
                return usage(place, format!("{value} is out of range"), "give more than 0 and at most 1");
            }
        }
        Ok(())
    }
}

//! A rank in, an invented word out.
//!
//! The word is the rank spelt in syllables, the least significant first: frequent words are short, rare ones long. What
//! stands at its end depends on the kind of word, so that the stemmer has the work that it has in English.

use super::dice::Dice;

const ONSETS: [&str; 24] = [
    "b", "k", "l", "m", "n", "r", "s", "t", "v", "d", "p", "gr", "st", "br", "h", "f", "w", "j", "g", "ch", "pl", "tr",
    "sh", "c",
];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
const SYLLABLES: usize = ONSETS.len() * VOWELS.len();

/// A syllable of every so many has an accent instead.
const ACCENTED: usize = 157;

/// A kind of word: how it ends, and how it is inflected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Noun,
    Nouns,
    Verb,
    Verbed,
    Verbing,
    Adjective,
    Adverb,
}

const NOUN_ENDS: [&str; 10] = ["n", "r", "ment", "t", "ck", "l", "tion", "d", "nce", "k"];
const VERB_ENDS: [&str; 6] = ["nt", "ck", "d", "mp", "l", "sh"];
const ADJECTIVE_ENDS: [&str; 7] = ["l", "nal", "ve", "rous", "st", "nt", "c"];

impl Kind {
    /// Kinds that share a root: an inflected form has the rank of its root.
    fn root(self) -> usize {
        match self {
            Self::Noun | Self::Nouns => 0,
            Self::Verb | Self::Verbed | Self::Verbing => 1,
            Self::Adjective | Self::Adverb => 2,
        }
    }

    fn ends(self) -> &'static [&'static str] {
        [&NOUN_ENDS[..], &VERB_ENDS[..], &ADJECTIVE_ENDS[..]][self.root()]
    }

    fn inflection(self) -> &'static str {
        match self {
            Self::Noun | Self::Verb | Self::Adjective => "",
            Self::Nouns => "s",
            Self::Verbed => "ed",
            Self::Verbing => "ing",
            Self::Adverb => "ly",
        }
    }
}

/// Writes the word of a kind and a rank.
pub fn push_word(text: &mut String, kind: Kind, rank: usize) {
    // Words of the same rank and different kinds begin differently.
    push_syllables(text, rank + 29 * kind.root());
    let ends = kind.ends();
    text.push_str(ends[rank % ends.len()]);
    text.push_str(kind.inflection());
}

/// Writes a number in syllables, the least significant first; the fewest that there can be.
pub fn push_syllables(text: &mut String, mut number: usize) {
    loop {
        let syllable = number % SYLLABLES;
        text.push_str(ONSETS[syllable % ONSETS.len()]);
        text.push_str(if number % ACCENTED == ACCENTED - 1 { "é" } else { VOWELS[syllable / ONSETS.len()] });
        number /= SYLLABLES;
        if number == 0 {
            break;
        }
        number -= 1;
    }
}

/// How the words of texts are spread.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// The first octave of the language's words, of a kind.
    pub common: usize,
    /// Of 100 words so many are of the topic; the others are as likely in any story.
    pub topical: usize,
    /// The first octave of the words of a topic, of a kind: the fewer, the more often an article says the same ones.
    pub of_topic: usize,
}

/// What a story is about: words that it has more often than other stories.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    /// The seed of the story, whose words are its own.
    pub story: u64,
    /// The seed of its kind (fires, verdicts, matches), whose words it shares with others of the kind.
    pub kind: u64,
    pub spread: Spread,
}

/// The first octave of the words that topics are made of.
const WORDS: usize = 160;

/// How many words of a kind a topic has at most.
const MOST_TOPIC_WORDS: usize = 400;

impl Topic {
    /// The topic of a story that is of no kind.
    pub fn of(story: u64) -> Self {
        Self { story, kind: story, spread: Spread { common: WORDS, topical: 10, of_topic: 12 } }
    }

    /// The rank of a word that a story on this topic would have.
    pub fn rank(self, dice: &mut Dice, kind: Kind) -> usize {
        if dice.chance(100 - self.spread.topical) {
            return dice.rank(self.spread.common);
        }
        let word = dice.rank(self.spread.of_topic) % MOST_TOPIC_WORDS;
        // Every other word is the kind's.
        let whose = if word.is_multiple_of(2) { self.kind } else { self.story };
        Dice::of(&[whose, kind.root() as u64, word as u64]).rank(WORDS)
    }
}

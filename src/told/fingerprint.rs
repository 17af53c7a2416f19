//! A sentence in, a number that knows it again out.

use std::fmt::{self, Write};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::hashing::spread_word;
use crate::marks::{closes, opens};
use crate::model::{Article, Cluster};
use crate::segment::sentences;

/// The words of a sentence as one number: the same for two that differ in white space, quotation marks or case alone.
///
/// Of a million known sentences, one in a million others has the number of one of them by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// So many bits of a number of 64 are kept, and written in so many digits.
    const BITS: u32 = 40;
    const DIGITS: usize = (Self::BITS / 4) as usize;

    /// The fingerprint of a sentence.
    pub fn of(sentence: &str) -> Self {
        let mut words = String::with_capacity(sentence.len());
        for word in sentence.split_whitespace() {
            let start = words.len();
            let letters = word.chars().filter(|c| !is_quotation_mark(*c)).flat_map(char::to_lowercase);
            words.extend(letters);
            if words.len() > start {
                words.push(' ');
            }
        }
        Self(spread_word(&words) >> (u64::BITS - Self::BITS))
    }
}

/// Whether a character is a mark of quotation, or an apostrophe: both are typeset in many ways.
fn is_quotation_mark(c: char) -> bool {
    (opens(c) || closes(c)) && !matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '（' | '）' | '【' | '】')
}

/// The fingerprints of an article's sentences, in their order. In JSON one text: ten hexadecimal digits a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprints(Vec<Fingerprint>);

impl Fingerprints {
    /// Those of the sentences of an article's running text.
    pub fn of(article: &Article) -> Self {
        let cluster = Cluster { articles: vec![article.clone()], ..Cluster::default() };
        let sentences = sentences(&cluster);
        Self(sentences.ids().map(|id| Fingerprint::of(sentences.text(id))).collect())
    }

    /// Those of some sentences.
    pub fn of_sentences<'s>(sentences: impl IntoIterator<Item = &'s str>) -> Self {
        Self(sentences.into_iter().map(Fingerprint::of).collect())
    }

    /// Each of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Fingerprint> + '_ {
        self.0.iter().copied()
    }
}

impl fmt::Display for Fingerprints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|Fingerprint(number)| write!(f, "{number:0digits$x}", digits = Fingerprint::DIGITS))
    }
}

impl Serialize for Fingerprints {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut digits = String::with_capacity(self.0.len() * Fingerprint::DIGITS);
        write!(digits, "{self}").expect("writing to a string cannot fail");
        serializer.serialize_str(&digits)
    }
}

impl<'de> Deserialize<'de> for Fingerprints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        let refuse = || de::Error::custom("\"known\" is no list of fingerprints, ten hexadecimal digits each");
        if digits.len() % Fingerprint::DIGITS > 0 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refuse());
        }
        let of = |at: usize| u64::from_str_radix(&digits[at..at + Fingerprint::DIGITS], 16).map(Fingerprint);
        let all: Result<_, _> = (0..digits.len()).step_by(Fingerprint::DIGITS).map(of).collect();
        all.map(Self).map_err(|_| refuse())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_quotation_marks_and_case_change_nothing() {
        let words = Fingerprint::of("“We won’t wait,” Holm said.");
        for same in ["\"We won't  wait,\" Holm\nsaid.", "«WE WONT WAIT,» HOLM SAID. ", "We won't wait, \" Holm said."]
        {
            assert_eq!(Fingerprint::of(same), words, "{same}");
        }
        for other in ["We will wait, Holm said.", "We won’t wait, Holm said", "Wewon’t wait, Holm said.", ""] {
            assert_ne!(Fingerprint::of(other), words, "{other}");
        }
    }

    #[test]
    fn fingerprints_are_read_as_they_are_written() {
        let some = Fingerprints(["The ferry sank.", "", "渡輪撞上碼頭。"].map(Fingerprint::of).to_vec());
        let json = serde_json::to_string(&some).unwrap();
        assert_eq!(json.len(), 2 + 3 * Fingerprint::DIGITS);
        assert_eq!(serde_json::from_str::<Fingerprints>(&json).unwrap(), some);
        for broken in ["\"123\"", "\"+123456789\"", "\"12345678ß\"", "7"] {
            assert!(serde_json::from_str::<Fingerprints>(broken).is_err(), "{broken}");
        }
    }
}

//! A lower-case word of English in, its stem out: Porter 2 (Porter, 2001), as Snowball has it.
//!
//! The crate that stems other languages goes through a word by a machine made for any algorithm, which costs as much as to
//! look up a hundred words, and a text that comes first to a thread has a thousand words that nobody has met. Here the
//! steps are written out over the letters of ASCII. What they find is what that crate finds, as the tests make sure.

use std::borrow::Cow;

/// The stem of a word; `None` for one that has other characters than small letters of ASCII, an apostrophe for one.
pub(super) fn stem(word: &str) -> Option<Cow<'_, str>> {
    const SHORTEST: usize = 3;
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    if word.len() < SHORTEST {
        return Some(word.into());
    }
    if word.len() <= LONGEST_EXCEPTION
        && let Some((_, stem)) = EXCEPTIONS.iter().find(|(exception, _)| *exception == word)
    {
        return Some((*stem).into());
    }
    let mut word = Word::new(word);
    word.singular();
    if !UNCHANGED_SINGULARS.iter().any(|unchanged| unchanged.as_bytes() == word.letters) {
        word.without_participle();
        word.with_i_for_y();
        word.simpler();
        word.simpler_still();
        word.without_derivation();
        word.without_last_letter();
    }
    Some(word.into_text().into())
}

/// What is its own stem when a plural has lost its `-s`, and would not be by the rules.
const UNCHANGED_SINGULARS: [&str; 8] =
    ["succeed", "proceed", "exceed", "canning", "inning", "earring", "herring", "outing"];

/// Words with stems that the rules would not find.
const EXCEPTIONS: [(&str, &str); 18] = [
    ("andes", "andes"),
    ("atlas", "atlas"),
    ("bias", "bias"),
    ("cosmos", "cosmos"),
    ("howe", "howe"),
    ("news", "news"),
    ("sky", "sky"),
    ("skis", "ski"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("idly", "idl"),
    ("gently", "gentl"),
    ("ugly", "ugli"),
    ("early", "earli"),
    ("only", "onli"),
    ("singly", "singl"),
];

const LONGEST_EXCEPTION: usize = 6;

/// Beginnings behind which R1 begins, whatever their letters.
const BEGINNINGS: [&str; 3] = ["gener", "commun", "arsen"];

/// What step 2 puts for the longest of these endings that a word has, in R1.
const STEP_2: [(&str, &str); 22] = [
    ("ational", "ate"),
    ("fulness", "ful"),
    ("iveness", "ive"),
    ("ization", "ize"),
    ("ousness", "ous"),
    ("biliti", "ble"),
    ("lessli", "less"),
    ("tional", "tion"),
    ("alism", "al"),
    ("aliti", "al"),
    ("ation", "ate"),
    ("entli", "ent"),
    ("fulli", "ful"),
    ("iviti", "ive"),
    ("ousli", "ous"),
    ("abli", "able"),
    ("alli", "al"),
    ("anci", "ance"),
    ("ator", "ate"),
    ("enci", "ence"),
    ("izer", "ize"),
    ("bli", "ble"),
];

/// The same for step 3.
const STEP_3: [(&str, &str); 9] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("alize", "al"),
    ("ative", ""),
    ("icate", "ic"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ness", ""),
    ("ful", ""),
];

/// What step 4 takes away in R2, `-ion` only behind `s` or `t`.
const STEP_4: [(&str, &str); 18] = [
    ("ement", ""),
    ("able", ""),
    ("ance", ""),
    ("ence", ""),
    ("ible", ""),
    ("ment", ""),
    ("ant", ""),
    ("ate", ""),
    ("ent", ""),
    ("ion", ""),
    ("ism", ""),
    ("iti", ""),
    ("ive", ""),
    ("ize", ""),
    ("ous", ""),
    ("al", ""),
    ("er", ""),
    ("ic", ""),
];

/// A `y` that is a consonant: at the beginning or behind a vowel.
const CONSONANT_Y: u8 = b'Y';

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// A word on the way to its stem.
struct Word {
    letters: Vec<u8>,
    /// Where the regions begin that endings are taken away in: behind the first consonant that follows a vowel, and again.
    r1: usize,
    r2: usize,
}

impl Word {
    fn new(word: &str) -> Self {
        let mut letters = Vec::from(word);
        let mut behind_vowel = true;
        for letter in &mut letters {
            if *letter == b'y' && behind_vowel {
                *letter = CONSONANT_Y;
            }
            behind_vowel = is_vowel(*letter);
        }
        let region = |from: usize| {
            let vowel = letters[from..].iter().position(|letter| is_vowel(*letter));
            let consonant = |vowel| letters[from + vowel..].iter().position(|letter| !is_vowel(*letter));
            vowel.and_then(|vowel| Some(from + vowel + consonant(vowel)? + 1)).unwrap_or(letters.len())
        };
        let beginning = BEGINNINGS.iter().find(|beginning| word.starts_with(**beginning));
        let r1 = beginning.map_or_else(|| region(0), |beginning| beginning.len());
        let r2 = region(r1);
        Self { letters, r1, r2 }
    }

    fn into_text(mut self) -> String {
        self.letters.make_ascii_lowercase();
        String::from_utf8(self.letters).expect("letters of ASCII are text")
    }

    fn ends_with(&self, ending: &str) -> bool {
        self.letters.ends_with(ending.as_bytes())
    }

    /// Puts something else for as many letters at the end.
    fn replace(&mut self, ending: usize, by: &str) {
        self.letters.truncate(self.letters.len() - ending);
        self.letters.extend_from_slice(by.as_bytes());
    }

    /// The first entry of a table whose ending the word has, with where that begins; none where its region is too short for
    /// any.
    fn ending(
        &self,
        table: &[(&'static str, &'static str)],
        region: usize,
    ) -> Option<(usize, &'static str, &'static str)> {
        const SHORTEST: usize = 2;
        if self.letters.len() < region + SHORTEST {
            return None;
        }
        let last = self.letters.last();
        let mut likely = table.iter().filter(|(ending, _)| ending.as_bytes().last() == last);
        likely
            .find(|(ending, _)| self.ends_with(ending))
            .map(|(ending, by)| (self.letters.len() - ending.len(), *ending, *by))
    }

    /// Step 1a: plurals.
    fn singular(&mut self) {
        match *self.letters.as_slice() {
            [.., b's', b's', b'e', b's'] => self.replace(2, ""),
            [_, _, .., b'i', b'e', b'd' | b's'] => self.replace(2, ""),
            [.., b'i', b'e', b'd' | b's'] => self.replace(1, ""),
            [.., b's' | b'u', b's'] => {}
            [ref noun @ .., _, b's'] if noun.iter().any(|letter| is_vowel(*letter)) => self.replace(1, ""),
            _ => {}
        }
    }

    /// Step 1b: `-ed` and `-ing`.
    fn without_participle(&mut self) {
        if !matches!(self.letters.last(), Some(b'd' | b'g' | b'y')) {
            return;
        }
        if let Some(ending) = ["eedly", "eed"].into_iter().find(|ending| self.ends_with(ending)) {
            if self.letters.len() - ending.len() >= self.r1 {
                self.replace(ending.len(), "ee");
            }
            return;
        }
        let Some(ending) = ["ingly", "edly", "ing", "ed"].into_iter().find(|ending| self.ends_with(ending)) else {
            return;
        };
        let verb = &self.letters[..self.letters.len() - ending.len()];
        if !verb.iter().any(|letter| is_vowel(*letter)) {
            return;
        }
        self.replace(ending.len(), "");
        match *self.letters.as_slice() {
            [.., b'a', b't'] | [.., b'b', b'l'] | [.., b'i', b'z'] => self.replace(0, "e"),
            [.., a, b] if a == b && b"bdfgmnprt".contains(&b) => self.replace(1, ""),
            _ if self.letters.len() == self.r1 && ends_short(&self.letters) => self.replace(0, "e"),
            _ => {}
        }
    }

    /// Step 1c: `-y` behind a consonant that is not the first letter.
    fn with_i_for_y(&mut self) {
        if let [_, .., before, b'y' | CONSONANT_Y] = *self.letters.as_slice()
            && !is_vowel(before)
        {
            self.replace(1, "i");
        }
    }

    /// Step 2.
    fn simpler(&mut self) {
        if let Some((start, ending, by)) = self.ending(&STEP_2, self.r1) {
            if start >= self.r1 {
                self.replace(ending.len(), by);
            }
            return;
        }
        let length = self.letters.len();
        match *self.letters.as_slice() {
            [.., b'l', b'o', b'g', b'i'] if length - 3 >= self.r1 => self.replace(1, ""),
            [.., before, b'l', b'i'] if length - 2 >= self.r1 && b"cdeghkmnrt".contains(&before) => self.replace(2, ""),
            _ => {}
        }
    }

    /// Step 3.
    fn simpler_still(&mut self) {
        if let Some((start, ending, by)) = self.ending(&STEP_3, self.r1)
            && start >= self.r1
            && (ending != "ative" || start >= self.r2)
        {
            self.replace(ending.len(), by);
        }
    }

    /// Step 4.
    fn without_derivation(&mut self) {
        if let Some((start, ending, by)) = self.ending(&STEP_4, self.r2)
            && start >= self.r2
            && (ending != "ion" || matches!(self.letters[..start], [.., b's' | b't']))
        {
            self.replace(ending.len(), by);
        }
    }

    /// Step 5.
    fn without_last_letter(&mut self) {
        let Some((last, rest)) = self.letters.split_last() else { return };
        let (in_r1, in_r2) = (rest.len() >= self.r1, rest.len() >= self.r2);
        let goes = match last {
            b'e' => in_r2 || (in_r1 && !ends_short(rest)),
            b'l' => in_r2 && rest.ends_with(b"l"),
            _ => false,
        };
        if goes {
            self.replace(1, "");
        }
    }
}

/// Whether letters end in a short syllable: a vowel between consonants, the last of them none of `w`, `x` and `y`, or a vowel and
/// a consonant that are all there is.
fn ends_short(letters: &[u8]) -> bool {
    match *letters {
        [vowel, consonant] => is_vowel(vowel) && !is_vowel(consonant),
        [.., first, vowel, last] => {
            let may_be_last = !is_vowel(last) && !matches!(last, b'w' | b'x' | CONSONANT_Y);
            !is_vowel(first) && is_vowel(vowel) && may_be_last
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_stemmers::{Algorithm, Stemmer};

    /// Asserts that these words have the stems that the crate for all languages finds; returns how many they are.
    fn stemmed_alike(words: impl IntoIterator<Item = String>) -> usize {
        let stemmer = Stemmer::create(Algorithm::English);
        let words = words.into_iter().inspect(|word| assert_eq!(stem(word), Some(stemmer.stem(word)), "{word}"));
        words.count()
    }

    fn letters() -> impl Iterator<Item = char> + Clone {
        'a'..='z'
    }

    #[test]
    fn stems_are_those_of_snowball_behind_any_beginning() {
        // They put the ending before, across and behind the regions of the algorithm.
        let beginnings = ["", "t", "y", "ab", "str", "oy", "gener", "arsen", "hesit", "poly"];
        let endings = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])));
        let words = endings.flat_map(|ending| {
            let ending = String::from_iter(ending);
            let with = move |suffix| beginnings.map(|beginning| format!("{beginning}{ending}{suffix}"));
            ["", "s", "ed", "ing"].map(with).into_iter().flatten()
        });
        assert!(stemmed_alike(words) > 200_000);
    }

    #[test]
    fn stems_are_those_of_snowball_whatever_endings_follow_each_other() {
        let beginnings = ["", "b", "ye", "stri", "abol", "communi", "hesita"];
        let tables = || STEP_2.iter().chain(&STEP_3).chain(&STEP_4).flat_map(|(ending, by)| [*ending, *by]);
        let others =
            ["y", "e", "l", "ll", "ogi", "logy", "ly", "ily", "eed", "eedly", "edly", "ingly", "ied", "ies", "sses"];
        let endings = || tables().chain(others);
        let last = ["", "s", "ed", "ing", "ly", "y"];
        let words = beginnings.into_iter().flat_map(|beginning| {
            endings().flat_map(move |first| {
                endings().flat_map(move |second| last.map(|last| format!("{beginning}{first}{second}{last}")))
            })
        });
        assert!(stemmed_alike(words) > 200_000);
    }

    #[test]
    fn the_exceptions_of_the_algorithm_are_exceptions() {
        assert_eq!(EXCEPTIONS.iter().map(|(word, _)| word.len()).max(), Some(LONGEST_EXCEPTION));
        let listed = UNCHANGED_SINGULARS.iter().chain(EXCEPTIONS.iter().map(|(word, _)| word));
        let words = listed.flat_map(|word| ["", "s", "ed"].map(|ending| format!("{word}{ending}")));
        assert_eq!(stemmed_alike(words), 3 * 26);
        stemmed_alike(["arsenal", "communal", "generals", "a", "by", "yyy", "ayy", "sayyid"].map(String::from));
    }

    #[test]
    fn common_words_lose_their_endings() {
        for (word, expected) in [
            ("harbour", "harbour"),
            ("ferries", "ferri"),
            ("hopping", "hop"),
            ("hoping", "hope"),
            ("agreement", "agreement"),
        ] {
            assert_eq!(stem(word).as_deref(), Some(expected));
        }
        for word in ["don't", "3.5", "fähre", "Pier"] {
            assert_eq!(stem(word), None, "{word}");
        }
        assert_eq!(stem("").as_deref(), Some(""));
    }
}

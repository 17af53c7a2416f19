//! An English word in, its stem out: Porter's algorithm as the Natural Language Toolkit runs it.
//!
//! The stemmer of the library's own languages is another one (Snowball). This one is here because published ROUGE scores
//! were computed with it, and a measure is only comparable when its stems are the same.
//!
//! It differs from the algorithm as published where Porter later changed it himself, and where the Toolkit departs from
//! both: a few irregular words; words of two letters are left alone; `dies` and `died` become `die`, not `di`; a final
//! `y` becomes `i` after a consonant that is not the first letter (`enjoy` stays); a vowel and a consonant alone count
//! as a short syllable (`eking` → `eke`); `-alli` is undone before the other endings of its step (`rationalli` →
//! `rational` → `ration`); endings `-bli`, `-fulli` and `-logi`.
//!
//! Porter, M. F. (1980). An algorithm for suffix stripping. *Program* 14(3), 130–137.

/// Words whose stem no rule gives, and words that a rule would join with another word (`news` with `new`).
const IRREGULAR: [(&str, &str); 16] = [
    ("sky", "sky"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("news", "news"),
    ("inning", "inning"),
    ("innings", "inning"),
    ("outing", "outing"),
    ("outings", "outing"),
    ("canning", "canning"),
    ("cannings", "canning"),
    ("howe", "howe"),
    ("proceed", "proceed"),
    ("exceed", "exceed"),
    ("succeed", "succeed"),
];

/// Words up to this length are their own stem.
const TOO_SHORT: usize = 2;

/// An ending and what stands in its place.
type Rule = (&'static str, &'static str);

const PLURALS: [Rule; 4] = [("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")];

const DOUBLE_SUFFIXES: [Rule; 21] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("bli", "ble"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
    ("fulli", "ful"),
    ("ogi", "og"),
];

const ADJECTIVE_SUFFIXES: [Rule; 7] =
    [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

const LAST_SUFFIXES: [Rule; 19] = [
    ("al", ""),
    ("ance", ""),
    ("ence", ""),
    ("er", ""),
    ("ic", ""),
    ("able", ""),
    ("ible", ""),
    ("ant", ""),
    ("ement", ""),
    ("ment", ""),
    ("ent", ""),
    ("ion", ""),
    ("ou", ""),
    ("ism", ""),
    ("ate", ""),
    ("iti", ""),
    ("ous", ""),
    ("ive", ""),
    ("ize", ""),
];

/// The stem of an English word in lower case. A word with other characters than ASCII is given back as it is.
///
/// ```
/// use epitome::bench::rouge::porter::stem;
///
/// assert_eq!(stem("relational"), "relat");
/// assert_eq!(stem("ferries"), "ferri");
/// ```
pub fn stem(word: &str) -> String {
    if let Some((_, stem)) = IRREGULAR.iter().find(|(irregular, _)| *irregular == word) {
        return (*stem).to_owned();
    }
    if word.len() <= TOO_SHORT || !word.is_ascii() {
        return word.to_owned();
    }
    let mut word = word.to_owned();
    strip_plural(&mut word);
    strip_ed_and_ing(&mut word);
    turn_y_to_i(&mut word);
    shorten_double_suffix(&mut word);
    rewrite(&mut word, &ADJECTIVE_SUFFIXES, |stem, _| measure(stem) > 0);
    rewrite(&mut word, &LAST_SUFFIXES, |stem, suffix| {
        measure(stem) > 1 && (suffix != "ion" || stem.ends_with(['s', 't']))
    });
    tidy_end(&mut word);
    word
}

/// Step 1a: `caresses` → `caress`, `ties` → `tie`, `cats` → `cat`.
fn strip_plural(word: &mut String) {
    if word.len() == 4 && word.ends_with("ies") {
        word.pop();
    } else {
        rewrite(word, &PLURALS, |_, _| true);
    }
}

/// Step 1b: `agreed` → `agree`, `plastered` → `plaster`, `hopping` → `hop`, `filing` → `file`.
fn strip_ed_and_ing(word: &mut String) {
    if word.ends_with("ied") {
        word.truncate(word.len() - if word.len() == 4 { 1 } else { 2 });
        return;
    }
    if let Some(stem) = word.strip_suffix("eed") {
        if measure(stem) > 0 {
            word.pop();
        }
        return;
    }
    let stripped = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing"));
    if let Some(stem) = stripped.filter(|stem| has_vowel(stem)) {
        word.truncate(stem.len());
        mend_end(word);
    }
}

/// Gives a stem back what `-ed` or `-ing` took: `conflat` → `conflate`, `hopp` → `hop`, `fil` → `file`.
fn mend_end(word: &mut String) {
    if ["at", "bl", "iz"].iter().any(|end| word.ends_with(end)) {
        word.push('e');
    } else if ends_in_double_consonant(word) {
        if !word.ends_with(['l', 's', 'z']) {
            word.pop();
        }
    } else if measure(word) == 1 && ends_in_short_syllable(word) {
        word.push('e');
    }
}

/// Step 1c: `happy` → `happi`, but `by` and `enjoy` stay.
fn turn_y_to_i(word: &mut String) {
    if word.strip_suffix('y').is_some_and(|stem| stem.len() > 1 && ends_in_consonant(stem)) {
        word.pop();
        word.push('i');
    }
}

/// Step 2: `conditional` → `condition`, `archaeologi` → `archaeolog`, `formalli` → `formal`.
fn shorten_double_suffix(word: &mut String) {
    if word.strip_suffix("alli").is_some_and(|stem| measure(stem) > 0) {
        word.truncate(word.len() - "li".len());
    }
    if !word.ends_with("alli") {
        rewrite(word, &DOUBLE_SUFFIXES, |stem, suffix| measure(stem) > 0 && (suffix != "ogi" || stem.ends_with('l')));
    }
}

/// Step 5: `probate` → `probat`, `controll` → `control`.
fn tidy_end(word: &mut String) {
    if let Some(stem) = word.strip_suffix('e') {
        let syllables = measure(stem);
        if syllables > 1 || (syllables == 1 && !ends_in_short_syllable(stem)) {
            word.pop();
        }
    }
    if word.ends_with("ll") && measure(&word[..word.len() - 1]) > 1 {
        word.pop();
    }
}

/// Applies the first rule whose ending the word has, if the condition holds for what stands before the ending. The rules
/// behind it are not tried, whether it holds or not.
fn rewrite(word: &mut String, rules: &[Rule], condition: impl Fn(&str, &str) -> bool) {
    let Some((suffix, replacement)) = rules.iter().find(|(suffix, _)| word.ends_with(suffix)) else { return };
    let stem = &word[..word.len() - suffix.len()];
    if condition(stem, suffix) {
        word.truncate(stem.len());
        word.push_str(replacement);
    }
}

/// For each letter whether it is a consonant: not a, e, i, o, u, and not a y behind a consonant.
fn consonants(word: &str) -> impl Iterator<Item = bool> + '_ {
    word.bytes().scan(false, |after_consonant, letter| {
        let consonant = match letter {
            b'a' | b'e' | b'i' | b'o' | b'u' => false,
            b'y' => !*after_consonant,
            _ => true,
        };
        *after_consonant = consonant;
        Some(consonant)
    })
}

/// Porter's measure `m`: how often a consonant follows a vowel. `tree` 0, `trouble` 1, `private` 2.
fn measure(word: &str) -> usize {
    let mut after_vowel = false;
    let ends = consonants(word).filter(|consonant| std::mem::replace(&mut after_vowel, !consonant) && *consonant);
    ends.count()
}

fn has_vowel(word: &str) -> bool {
    consonants(word).any(|consonant| !consonant)
}

fn ends_in_consonant(word: &str) -> bool {
    consonants(word).last() == Some(true)
}

fn ends_in_double_consonant(word: &str) -> bool {
    let end = &word.as_bytes()[word.len().saturating_sub(2)..];
    end.len() == 2 && end[0] == end[1] && ends_in_consonant(word)
}

/// Whether a word ends in consonant, vowel, consonant, the last not being w, x or y; or is a vowel and a consonant.
fn ends_in_short_syllable(word: &str) -> bool {
    let kinds: Vec<bool> = consonants(word).collect();
    match *kinds.as_slice() {
        [first, last] => !first && last,
        [.., before, vowel, last] => before && !vowel && last && !word.ends_with(['w', 'x', 'y']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consonant_after_a_vowel_counts_towards_the_measure() {
        let words = [("tr", 0), ("tree", 0), ("y", 0), ("by", 0), ("trouble", 1), ("oats", 1), ("oaten", 2), ("", 0)];
        for (word, expected) in words {
            assert_eq!(measure(word), expected, "{word}");
        }
    }

    #[test]
    fn y_is_a_vowel_behind_a_consonant_only() {
        assert_eq!(consonants("syzygy").collect::<Vec<_>>(), [true, false, true, false, true, false]);
        assert_eq!(consonants("toy").collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(consonants("yyy").collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn the_examples_of_the_paper_come_out_as_in_the_paper() {
        let examples = [
            ("caresses", "caress"),
            ("agreed", "agre"),
            ("plastered", "plaster"),
            ("bled", "bled"),
            ("motoring", "motor"),
            ("sing", "sing"),
            ("conflated", "conflat"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("failing", "fail"),
            ("filing", "file"),
            ("happy", "happi"),
            ("conditional", "condit"),
            ("rational", "ration"),
            ("hopefulness", "hope"),
            ("triplicate", "triplic"),
            ("goodness", "good"),
            ("replacement", "replac"),
            ("adoption", "adopt"),
            ("probate", "probat"),
            ("rate", "rate"),
            ("cease", "ceas"),
            ("controlling", "control"),
            ("roll", "roll"),
        ];
        for (word, expected) in examples {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn short_words_and_irregular_words_have_their_own_stems() {
        let words = [
            ("is", "is"),
            ("dies", "die"),
            ("died", "die"),
            ("cried", "cri"),
            ("skies", "sky"),
            ("news", "news"),
            ("enjoy", "enjoy"),
            ("eking", "eke"),
            ("rationally", "ration"),
        ];
        for (word, expected) in words {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn words_of_other_alphabets_stay_whole() {
        assert_eq!(stem("ärgerlicheed"), "ärgerlicheed");
    }
}

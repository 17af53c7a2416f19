//! A lower-case word of English in, its stem out where it can be told at a glance.
//!
//! To ask the stemmer costs as much as to look up a hundred words, and a text that comes first to a thread has a thousand
//! words that nobody has met. Every third of them ends in nothing that any step of Porter 2 takes away or changes, and of
//! every eighth no more than `-s`, `-ed` or `-ing` goes. The rules here are sure of those and leave all else to the stemmer.

/// The stem of a word, the same that Porter 2 finds; `None` for a word that only Porter 2 can tell it of.
pub(super) fn stem_at_a_glance(word: &str) -> Option<&str> {
    let letters = word.as_bytes();
    if !letters.iter().all(u8::is_ascii_lowercase) || EXCEPTIONS.contains(&word) {
        return None;
    }
    let kept = match letters {
        _ if is_stem(letters) => letters,
        [verb @ .., b'e', b'd'] | [verb @ .., b'i', b'n', b'g'] if is_stem(verb) && ends_firmly(verb) => verb,
        [noun @ .., last, b's'] if !matches!(last, b's' | b'u') && has_vowel(noun) => {
            let singular = &letters[..noun.len() + 1];
            is_stem(singular).then_some(singular)?
        }
        _ => return None,
    };
    Some(&word[..kept.len()])
}

/// What would be a plural or a participle but for a list of Porter 2.
const EXCEPTIONS: [&str; 5] = ["atlas", "bias", "cosmos", "news", "outing"];

/// Whether three letters or more end in nothing that any step of Porter 2 takes away or changes.
fn is_stem(letters: &[u8]) -> bool {
    match letters {
        // `-ness`, `-ous`, and plurals.
        [.., b'e', b's', b's'] | [.., b'o', b'u', b's'] => false,
        [.., _, b's' | b'u', b's'] => true,
        // `-y` behind a consonant becomes `-i`.
        [.., _, b'a' | b'e' | b'o' | b'u', b'y'] => true,
        // `-ed`, `-ing`; `-al`, `-ful`, `-ll`; `-ism`; `-ion`; `-er`, `-ator`; `-ic`; `-ant`, `-ent`.
        [.., b'e', b'd'] | [.., b'i', b'n', b'g'] => false,
        [.., b'a' | b'l', b'l'] | [.., b'f', b'u', b'l'] => false,
        [.., b'i', b's', b'm'] | [.., b'i', b'o', b'n'] => false,
        [.., b'e', b'r'] | [.., b't', b'o', b'r'] => false,
        [.., b'i', b'c'] | [.., b'a' | b'e', b'n', b't'] => false,
        [.., _, _, last] => !matches!(last, b'e' | b'i' | b's' | b'y'),
        _ => false,
    }
}

/// Whether Porter 2 changes nothing where it takes `-ed` or `-ing` away: neither an `-e` comes back (`rat-ed`, `hop-ing`)
/// nor does a letter that stands twice go (`hopp-ing`).
fn ends_firmly(verb: &[u8]) -> bool {
    let [.., third, second, last] = *verb else { return false };
    let firm = match (second, last) {
        (b'a', b't') | (b'b', b'l') | (b'i', b'z') | (_, b'y') | (b'y', _) => false,
        _ if is_vowel(last) || second == last => false,
        _ => !is_vowel(second) || is_vowel(third),
    };
    firm && has_vowel(verb)
}

fn has_vowel(letters: &[u8]) -> bool {
    letters.iter().copied().any(is_vowel)
}

/// Whether a letter is a vowel wherever it stands, as `y` is not.
fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_stemmers::{Algorithm, Stemmer};

    /// How many of these words have a stem at a glance; each must be that of the stemmer.
    fn told(words: impl IntoIterator<Item = String>) -> usize {
        let stemmer = Stemmer::create(Algorithm::English);
        let told = words.into_iter().filter(|word| {
            let stem = stem_at_a_glance(word);
            if let Some(stem) = stem {
                assert_eq!(stemmer.stem(word), stem, "{word}");
            }
            stem.is_some()
        });
        told.count()
    }

    fn letters() -> impl Iterator<Item = char> + Clone {
        'a'..='z'
    }

    #[test]
    fn what_is_told_at_a_glance_is_what_the_stemmer_says_behind_any_beginning() {
        // They put the ending before, across and behind the regions of the algorithm.
        let beginnings = ["", "t", "y", "ab", "str", "oy", "gener", "arsen", "hesit", "poly"];
        let endings = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])));
        let words = endings.flat_map(|ending| {
            let ending = String::from_iter(ending);
            let with = move |suffix| beginnings.map(|beginning| format!("{beginning}{ending}{suffix}"));
            ["", "s", "ed", "ing"].map(with).into_iter().flatten()
        });
        assert!(told(words) > 200_000);
    }

    #[test]
    fn what_is_told_at_a_glance_is_what_the_stemmer_says_of_made_up_words() {
        let onsets = ["", "b", "str", "y", "qu", "th"];
        let rhymes = ["a", "ee", "oy", "um", "ent", "ol", "iz", "ick", "ous", "yl"];
        let endings = ["", "s", "es", "ed", "ing", "er", "ly", "ness", "ment", "ation", "ful", "ism", "less", "able"];
        let syllables = || onsets.into_iter().flat_map(|onset| rhymes.map(|rhyme| format!("{onset}{rhyme}")));
        let words = syllables().flat_map(|first| {
            syllables().flat_map(move |second| endings.map(|ending| format!("{first}{second}{ending}")))
        });
        assert!(told(words) > 5_000);
    }

    #[test]
    fn the_exceptions_of_the_algorithm_stay_exceptions() {
        let listed = "andes atlas bias cosmos dying early gently howe idly lying news only singly skies skis sky tying ugly \
                      succeed proceed exceed canning inning earring herring outing arsenal communal generals";
        told(listed.split(' ').map(String::from));
        assert_eq!(stem_at_a_glance("outing"), None);
    }

    #[test]
    fn common_words_are_told_and_others_left_to_the_stemmer() {
        for (word, stem) in
            [("harbour", "harbour"), ("ports", "port"), ("delays", "delay"), ("docked", "dock"), ("loading", "load")]
        {
            assert_eq!(stem_at_a_glance(word), Some(stem));
        }
        for word in ["ferries", "hopping", "hoping", "rated", "agreement", "it", "don't", "3.5", "fähre", ""] {
            assert_eq!(stem_at_a_glance(word), None, "{word}");
        }
    }
}

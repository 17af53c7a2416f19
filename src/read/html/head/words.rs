//! Texts in, the same texts for comparing out: what is a headline on the page may be written otherwise in its head.

use crate::language::is_unspaced;
use crate::model::head;
use crate::read::html::tree::Tree;

/// A headline, a name or a label is compared by so many bytes at most.
const LONGEST_COMPARED: usize = 400;

/// The words of a text in small letters, without marks. A character of a script without spaces is a word.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in head(text, LONGEST_COMPARED).chars() {
        if is_unspaced(c) {
            words.extend([std::mem::take(&mut word), c.to_string()]);
        } else if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’' | '‘' | '\u{AD}' | '\u{200B}') {
            words.push(std::mem::take(&mut word));
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// The letters and digits of a name, run together: `The Harbour Post` and `theharbourpost` are one.
pub(super) fn letters(text: &str) -> String {
    words(text).concat()
}

/// Which share of the words of the shorter text the other one has. Long words count for more: `the` tells nothing.
pub(super) fn overlap(one: &[String], other: &[String]) -> f64 {
    let weight = |words: &mut dyn Iterator<Item = &String>| words.map(|word| word.len()).sum::<usize>() as f64;
    let (shorter, longer) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let all = weight(&mut shorter.iter());
    let shared = weight(&mut shorter.iter().filter(|word| longer.contains(word)));
    if all > 0.0 { shared / all } else { 0.0 }
}

/// A text without markup, with its entities resolved and single blanks: heads of pages and their data are often escaped
/// twice.
pub(super) fn plain(text: &str) -> String {
    let text = head(text, LONGEST_VALUE);
    if text.contains(['&', '<']) {
        let tree = Tree::parse(text, &crate::model::Limits::default());
        return single_blanks(&tree.text_of(super::super::tree::NodeId::DOCUMENT));
    }
    single_blanks(text)
}

/// Headlines and names are shorter, in bytes.
const LONGEST_VALUE: usize = 2000;

/// A text in one line: each run of white space and control characters is a blank, and characters without width are
/// none.
pub(super) fn single_blanks(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        let is_blank = c.is_whitespace() || c.is_control();
        if is_blank && !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        } else if !is_blank && !matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}') {
            line.push(c);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_and_marks() {
        assert_eq!(words("The Mayor’s “Ferry” – and 3 piers"), ["the", "mayors", "ferry", "and", "3", "piers"]);
        assert_eq!(words("渡船 12 艘"), ["渡", "船", "12", "艘"]);
        assert_eq!(letters("The Harbour-Post"), "theharbourpost");
    }

    #[test]
    fn the_shorter_text_is_the_measure_of_what_is_shared() {
        let share = |one: &str, other: &str| overlap(&words(one), &words(other));
        assert_eq!(share("Ferry hits pier", "Ferry hits pier at Port Ella"), 1.0);
        assert_eq!(share("Ferry hits pier, twice", "Pier and ferry"), 9.0 / 12.0);
        assert_eq!(share("", "Ferry"), 0.0);
    }

    #[test]
    fn markup_and_entities_are_resolved_and_blanks_are_single() {
        assert_eq!(plain("Fish &amp; chips:\n <em>ten</em> &#8217;til late"), "Fish & chips: ten ’til late");
        assert_eq!(single_blanks(" a\u{A0}\tb\u{200B}c\0 "), "a bc");
    }
}

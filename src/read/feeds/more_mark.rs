//! The text of an excerpt in, the same without the mark that there is more out: `The ferry hit the pier.…`
//!
//! A sentence that ends in an ellipsis was cut off and is not quoted. Programs that make excerpts put one behind whole
//! sentences as well, and so make the last of them one that nobody said. The mark is theirs, not the author's.

use crate::read::blocks::Stretch;

/// What programs put behind an excerpt.
const MORE_MARKS: &[&str] = &["[…]", "[...]", "(…)", "(...)", "…", "..."];

/// What a sentence ends in, before its closing quotes and brackets.
const STOPS: &[char] = &['.', '!', '?', '。', '！', '？', '।', '؟', '۔'];

const CLOSING: &[char] = &['"', '\'', '”', '’', '“', '»', '›', ')', ']', '」', '』'];

/// A word before a full stop that has no more letters may be an initial or an abbreviation: `Dr.`, `J.`, `Mt.`
const LONGEST_OPEN_WORD: usize = 2;

/// Takes the mark off the end of a text, where a sentence ends before it.
pub(in crate::read) fn without_more_mark(text: &mut String, stretches: &mut Vec<Stretch>) {
    let Some(before) = MORE_MARKS.iter().find_map(|mark| text.trim_end().strip_suffix(mark)).map(str::trim_end) else {
        return;
    };
    if !is_whole(before) {
        return;
    }
    text.truncate(before.len());
    // The mark may have been a paragraph of its own.
    stretches.retain(|stretch| stretch.span.start < text.len());
    if let Some(last) = stretches.last_mut() {
        last.span.end = last.span.end.min(text.len());
    }
}

/// Whether a text ends as a sentence does, and not perhaps in the middle of one: behind an abbreviation, or other dots.
fn is_whole(text: &str) -> bool {
    let end = text.trim_end_matches(CLOSING);
    let Some(sentence) = end.strip_suffix(STOPS) else { return false };
    if !end.ends_with('.') {
        return true;
    }
    let word = sentence.rsplit(char::is_whitespace).next().unwrap_or_default();
    let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
    letters > LONGEST_OPEN_WORD && !word.contains('.') && !word.ends_with('…')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    fn tidy(text: &str) -> (String, Vec<(usize, usize)>) {
        let mut text = text.to_owned();
        let mut start = 0;
        let mut stretches = Vec::new();
        for paragraph in text.split("\n\n") {
            stretches.push(Stretch::plain(Span::new(start, start + paragraph.len())));
            start += paragraph.len() + 2;
        }
        without_more_mark(&mut text, &mut stretches);
        (text, stretches.iter().map(|stretch| (stretch.span.start, stretch.span.end)).collect())
    }

    #[test]
    fn a_whole_sentence_loses_the_mark_that_there_is_more() {
        for mark in ["…", "...", " […]", " [...]", " (...)", "\n\n[…]"] {
            let (text, stretches) = tidy(&format!("Two.\n\nThe ferry hit the pier.{mark}"));
            assert_eq!(
                (text.as_str(), stretches),
                ("Two.\n\nThe ferry hit the pier.", vec![(0, 4), (6, 29)]),
                "{mark}"
            );
        }
        assert_eq!(tidy("“Is it safe?” …").0, "“Is it safe?”");
        assert_eq!(tidy("渡轮撞上了码头。…").0, "渡轮撞上了码头。");
    }

    #[test]
    fn a_sentence_that_was_cut_off_keeps_it() {
        for cut in [
            "The ferry hit…",
            "The ferry hit [...]",
            "It was seen by Dr.…",
            "It left the U.S.…",
            "Well..... ",
            "…",
            "",
            "[…]",
        ] {
            assert_eq!(tidy(cut).0, cut);
        }
    }
}

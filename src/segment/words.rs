//! A sentence in, its words out.

use unicode_segmentation::UnicodeSegmentation;

use crate::language::is_unspaced;
use crate::model::Span;

/// Calls `each` with the span of every word of `text`, in order.
///
/// A word is a run of letters and digits, with an apostrophe between letters (`don't`), a dot or comma between digits
/// (`55,000`, `3.5`), and dots between single letters (`U.S`). A hyphen parts words. Text with other characters than
/// ASCII is parted by the word boundaries of Unicode Standard Annex 29, and what that leaves joined by a dot is parted
/// again, so that `said.The` is two words. In scripts without spaces, words are the overlapping pairs of neighbouring
/// characters (bigrams), as is usual in retrieval.
///
/// ```
/// let text = "Gen. Holm's 55,000 e-mails";
/// let mut words = Vec::new();
/// epitome::segment::words(text, |span| words.push(span.of(text)));
/// assert_eq!(words, ["Gen", "Holm's", "55,000", "e", "mails"]);
/// ```
pub fn words(text: &str, mut each: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii() {
            at = foreign_words(text, at, &mut each);
        } else if bytes[at].is_ascii_alphanumeric() {
            let end = ascii_word(bytes, at);
            if bytes.get(end).is_some_and(|byte| !byte.is_ascii()) {
                at = foreign_words(text, at, &mut each);
            } else {
                each(Span::new(at, end));
                at = end;
            }
        } else {
            at += 1;
        }
    }
}

/// The end of the word that begins at `start`, as far as it is ASCII.
fn ascii_word(bytes: &[u8], start: usize) -> usize {
    let mut end = start + 1;
    loop {
        while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let Some([before, mark, after]) = bytes.get(end - 1..end + 2) else {
            return end;
        };
        if !goes_on(*before, *mark, *after, is_letter_alone(bytes, end - 1, start)) {
            return end;
        }
        end += 2;
    }
}

/// Whether a mark between two characters belongs to the word that they are in.
fn goes_on(before: u8, mark: u8, after: u8, letter_alone: bool) -> bool {
    match mark {
        b'\'' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
        b'.' => (before.is_ascii_digit() && after.is_ascii_digit()) || (letter_alone && after.is_ascii_alphabetic()),
        b',' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

/// Whether the letter at `at` is the whole word so far, or stands behind a dot.
fn is_letter_alone(bytes: &[u8], at: usize, start: usize) -> bool {
    bytes[at].is_ascii_alphabetic() && (at == start || bytes[at - 1] == b'.')
}

/// The words of the run between white space that `start` stands in; returns where the run ends.
fn foreign_words(text: &str, start: usize, each: &mut impl FnMut(Span)) -> usize {
    let run = text[start..].split(char::is_whitespace).next().unwrap_or_default();
    if run.is_empty() {
        // A white space character outside of ASCII.
        return start + text[start..].chars().next().map_or(1, char::len_utf8);
    }
    // The previous character of a script without spaces, and whether it has been part of a pair.
    let mut open: Option<(Span, bool)> = None;
    for (offset, word) in run.unicode_word_indices() {
        let span = Span::new(start + offset, start + offset + word.len());
        if word.chars().next().is_some_and(is_unspaced) {
            match open {
                Some((previous, _)) if previous.end == span.start => {
                    each(Span::new(previous.start, span.end));
                    open = Some((span, true));
                }
                _ => {
                    flush(&mut open, each);
                    open = Some((span, false));
                }
            }
        } else {
            flush(&mut open, each);
            part_at_dots(text, span, each);
        }
    }
    flush(&mut open, each);
    start + run.len()
}

/// A character that found no neighbour is a word by itself.
fn flush(open: &mut Option<(Span, bool)>, each: &mut impl FnMut(Span)) {
    if let Some((span, false)) = open.take() {
        each(span);
    }
}

/// Annex 29 joins letters over a dot; only single letters are meant to be.
fn part_at_dots(text: &str, span: Span, each: &mut impl FnMut(Span)) {
    let word = span.of(text);
    let long_parts = word.contains('.')
        && word.split('.').any(|part| part.chars().count() > 1 && !part.starts_with(|c: char| c.is_numeric()));
    if !long_parts {
        return each(span);
    }
    let mut start = span.start;
    for part in word.split('.') {
        if !part.is_empty() {
            each(Span::new(start, start + part.len()));
        }
        start += part.len() + 1;
    }
}

/// How many words a reader counts: runs between white space, as in the length limits of the literature; in scripts without spaces the words of Unicode Standard Annex 29.
///
/// ```
/// assert_eq!(epitome::segment::count_words("The U.S. and 55,000 — soldiers"), 6);
/// assert_eq!(epitome::segment::count_words("渡轮撞上码头"), 6);
/// ```
pub fn count_words(text: &str) -> usize {
    if text.is_ascii() {
        return text.split_ascii_whitespace().count();
    }
    text.split_whitespace()
        .map(|run| if run.chars().any(is_unspaced) { run.unicode_words().count().max(1) } else { 1 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<&str> {
        let mut list = Vec::new();
        words(text, |span| list.push(span.of(text)));
        list
    }

    #[test]
    fn marks_join_or_part_words_as_readers_expect() {
        assert_eq!(
            list("U.S. officials, at 3.5 kn, don't re-open."),
            ["U.S", "officials", "at", "3.5", "kn", "don't", "re", "open"]
        );
        assert_eq!(list("he said.The end"), ["he", "said", "The", "end"]);
        assert_eq!(list("the 'quoted' word's"), ["the", "quoted", "word's"]);
    }

    #[test]
    fn both_lanes_find_the_same_words() {
        let ascii = "Gen. Holm's U.S. e-mails, 55,000 of them, said.The 3.5 kn";
        let with_accent = format!("{ascii} é");
        let mut expected = list(ascii);
        expected.push("é");
        assert_eq!(list(&with_accent), expected);
        assert_eq!(list("Ukraine’s U.S.–Russia said.Éd"), ["Ukraine’s", "U.S", "Russia", "said", "Éd"]);
    }

    #[test]
    fn scripts_without_spaces_give_pairs_of_characters() {
        assert_eq!(list("渡轮撞上"), ["渡轮", "轮撞", "撞上"]);
        assert_eq!(list("码"), ["码"]);
        assert_eq!(list("2031年3月"), ["2031", "年", "3", "月"]);
    }
}

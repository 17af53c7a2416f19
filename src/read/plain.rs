//! Plain text in, classified blocks out.
//!
//! Blank lines part blocks, and so do line ends, unless the lines were hard-wrapped: then they join.

use super::blocks::{Stretch, classify};
use super::captions::credit;
use super::shape::{ends_like_a_sentence, is_list_item};
use crate::model::{Block, Span};

/// A line longer than this many characters was not wrapped at a column.
const LONGEST_WRAP: usize = 120;

/// A text is hard-wrapped when at least this share of its line ends stand where the next word would not have fitted.
const WRAPPED_SHARE: f64 = 0.7;

/// A line shorter than this many characters was not wrapped: it is a counter, a name, an entry of a menu.
const SHORTEST_WRAPPED: usize = 24;

/// One line end alone proves nothing: the first of two lines may just be the longer one.
const FEWEST_WRAPPED: f64 = 2.0;

/// In wrapped text a sentence seldom happens to end with the line; where more than this share of the lines end one,
/// lines are paragraphs.
const FINISHED_SHARE: f64 = 0.5;

/// Parts a plain text into blocks.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let paragraphs = paragraphs(text);
    let width = wrap_width(text, &paragraphs);
    let mut stretches: Vec<Stretch> = Vec::new();
    for lines in &paragraphs {
        let mut open: Option<Span> = None;
        for (index, line) in lines.iter().enumerate() {
            let joined = open.filter(|_| index > 0 && joins(text, lines[index - 1], *line, width));
            open = match joined {
                Some(span) => Some(Span::new(span.start, line.end)),
                None => {
                    stretches.extend(open.map(Stretch::plain));
                    Some(*line)
                }
            };
        }
        stretches.extend(open.map(Stretch::plain));
    }
    classify(text, &stretches)
}

/// Runs of lines between blank lines. Lines come without white space at their ends. They end where Unicode Standard
/// Annex 14 has a mandatory break: at LF, CR, CRLF, form feed, vertical tab, NEL, and the line and paragraph separators.
fn paragraphs(text: &str) -> Vec<Vec<Span>> {
    let mut paragraphs = Vec::new();
    let mut lines = Vec::new();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut end = start;
    for line in text[start..].split_inclusive(is_line_end) {
        let begin = end;
        end += line.len();
        let span = Span::new(begin, end).trimmed(text);
        // The second half of a CRLF is no line of its own.
        let half = line == "\n" && text[..begin].ends_with('\r');
        lines.extend(at_gaps(text, span));
        // A new page or paragraph begins as behind a blank line.
        let parts = span.is_empty() || line.ends_with(['\u{c}', '\u{2029}']);
        if parts && !half && !lines.is_empty() {
            paragraphs.push(std::mem::take(&mut lines));
        }
    }
    if !lines.is_empty() {
        paragraphs.push(lines);
    }
    paragraphs
}

/// Parts a long line where several spaces stand for the line ends that it lost: around captions, credits and headings.
/// Where sentences are parted by two spaces, as typists do, they are no sign.
fn at_gaps(text: &str, line: Span) -> Vec<Span> {
    const LONG: usize = 300;
    const FEWEST_STOPS_A_GAP: usize = 3;
    let slice = line.of(text);
    if slice.len() < LONG || !slice.contains("  ") {
        return if line.is_empty() { Vec::new() } else { vec![line] };
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in slice.match_indices("  ").filter(|(at, _)| !slice[..*at].ends_with(' ')) {
        parts.push(Span::new(line.start + start, line.start + at).trimmed(text));
        start = at;
    }
    parts.push(Span::new(line.start + start, line.end).trimmed(text));
    let stops = slice.matches(". ").count();
    let gaps = parts.len() - 1;
    if gaps * FEWEST_STOPS_A_GAP > stops {
        vec![line]
    } else {
        parts.into_iter().filter(|part| !part.is_empty()).collect()
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The column at which the text was hard-wrapped, if it was.
///
/// A greedy wrapper ends a line where the next word would have gone over the column, so in wrapped text nearly every
/// line end inside a paragraph stands where `line + space + next word` is longer than the longest line.
fn wrap_width(text: &str, paragraphs: &[Vec<Span>]) -> Option<usize> {
    let inner = || paragraphs.iter().filter(|lines| lines.len() > 1);
    let width = inner().flatten().map(|line| columns(line.of(text))).max()?;
    if width > LONGEST_WRAP {
        return None;
    }
    let pairs = || inner().flat_map(|lines| lines.windows(2));
    let count = pairs().count() as f64;
    let full = pairs().filter(|pair| would_overflow(text, pair[0], pair[1], width)).count() as f64;
    let finished = pairs().filter(|pair| pair[0].of(text).ends_with(['.', '!', '?', '”', '"', '»'])).count() as f64;
    (count >= FEWEST_WRAPPED && full >= WRAPPED_SHARE * count && finished <= FINISHED_SHARE * count).then_some(width)
}

fn would_overflow(text: &str, line: Span, next: Span, width: usize) -> bool {
    let first_word = next.of(text).split_whitespace().next().unwrap_or_default();
    columns(line.of(text)) + 1 + columns(first_word) > width
}

/// Whether a line end is one that a wrapper put there.
fn joins(text: &str, line: Span, next: Span, width: Option<usize>) -> bool {
    let next_text = next.of(text);
    let line_text = line.of(text);
    // A list item begins anew, and behind a picture's credit nothing of the caption follows.
    let overflows = width.is_some_and(|width| would_overflow(text, line, next, width));
    // `on` / `14. Juni`: a number at the start of a wrapped line belongs to the line above, if that goes on.
    let goes_on = overflows && next_text.starts_with(|c: char| c.is_ascii_digit()) && !ends_like_a_sentence(line_text);
    if (is_list_item(next_text) && !goes_on) || credit(line_text).is_some() {
        return false;
    }
    if overflows {
        return true;
    }
    // Outside of wrapped text only a line that is visibly unfinished goes on in the next.
    let unfinished = line_text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '–' | '—'));
    unfinished && columns(line_text) >= SHORTEST_WRAPPED && next_text.starts_with(|c: char| c.is_lowercase())
}

fn columns(line: &str) -> usize {
    line.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;

    fn texts(text: &str) -> Vec<(BlockKind, &str)> {
        blocks(text).iter().map(|block| (block.kind, block.span.of(text))).collect()
    }

    #[test]
    fn a_line_is_a_block_where_lines_are_not_wrapped() {
        let text = "The ferry hit the pier on Tuesday morning, the mayor said.\nShe closed the harbour for a week.";
        assert_eq!(texts(text).len(), 2);
    }

    #[test]
    fn hard_wrapped_lines_join_and_keep_their_bytes() {
        let text = "The ferry hit the pier on Tuesday while\r\nit was docking, the mayor of the town\r\nsaid in the \
                    evening. Twelve people were\r\nhurt.\r\n\r\nThe harbour is closed until the end of\r\nthe week, \
                    she added.";
        let blocks = texts(text);
        assert_eq!(blocks.len(), 2, "{blocks:?}");
        assert!(blocks[0].1.contains("while\r\nit was docking"));
        assert!(blocks[0].1.ends_with("hurt."));
    }

    #[test]
    fn gaps_in_a_long_line_part_it_unless_they_part_sentences() {
        let sentence = "The ferry hit the pier on Tuesday while it was docking, the mayor of the town said. ";
        let line = format!("{}  - The pier at night. Photo: A. Holm  {}", sentence.repeat(3), sentence.repeat(3));
        assert_eq!(texts(&line).len(), 3);
        assert_eq!(texts(&sentence.replace(". ", ".  ").repeat(6)).len(), 1);
    }

    #[test]
    fn line_ends_of_three_kinds_part_lines_and_a_byte_order_mark_belongs_to_none() {
        let text = "\u{feff}One is here.\r\nTwo is here.\rThree is here.\n\r\nFour is here.";
        let lines: Vec<&str> = texts(text).iter().map(|(_, line)| *line).collect();
        assert_eq!(lines, ["One is here.", "Two is here.", "Three is here.", "Four is here."]);
    }
}

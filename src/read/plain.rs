//! Plain text in, classified blocks out.
//!
//! Blank lines part blocks, and so do line ends, unless the lines were hard-wrapped: then they join.

use memchr::{memchr, memchr3};

use super::blocks::Stretch;
#[cfg(test)]
use super::blocks::classify;
use super::captions::credit;
use super::cues::has_gap;
use super::shape::{ends_like_a_sentence, is_list_item};
use crate::language::{is_southeast_asian, is_unspaced};
#[cfg(test)]
use crate::model::Block;
use crate::model::{Article, Span};

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
#[cfg(test)]
pub(super) fn blocks(text: &str) -> Vec<Block> {
    classify(text, &stretches(text)).0
}

/// The paragraphs of an article's text, whatever they are.
pub(crate) fn paragraphs(article: &Article) -> Vec<Span> {
    stretches(&article.text).into_iter().map(|stretch| stretch.span).collect()
}

/// Parts a plain text into what may be blocks.
pub(super) fn stretches(text: &str) -> Vec<Stretch> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut stretches: Vec<Stretch> = Vec::with_capacity(lines.len());
    let mut above: Option<Span> = None;
    for Line { span, begins_paragraph } in lines {
        let joined = above.filter(|above| !begins_paragraph && joins(text, *above, span, width));
        match (joined, stretches.last_mut()) {
            (Some(_), Some(open)) => open.span.end = span.end,
            _ => stretches.push(Stretch::plain(span)),
        }
        above = Some(span);
    }
    stretches
}

/// A line without the white space at its ends, and whether a blank line or the like stands above it.
#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
    begins_paragraph: bool,
}

/// The lines of a text that are not blank. They end where Unicode Standard Annex 14 has a mandatory break: at LF, CR, CRLF,
/// form feed, vertical tab, NEL, and the line and paragraph separators.
fn lines(text: &str) -> Vec<Line> {
    /// A line of news has so many bytes or more, mostly.
    const BYTES_A_LINE: usize = 64;
    let mut lines: Vec<Line> = Vec::with_capacity(text.len() / BYTES_A_LINE);
    let only_line_feeds = has_only_line_feeds(text);
    let mut begins_paragraph = true;
    let mut end = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while end < text.len() {
        let begin = end;
        end = if only_line_feeds {
            memchr(b'\n', &text.as_bytes()[begin..]).map_or(text.len(), |length| begin + length + 1)
        } else {
            line_end(text, begin)
        };
        let line = &text[begin..end];
        let span = Span::new(begin, begin + line.trim_end_matches('\n').len()).trimmed(text);
        // The second half of a CRLF is no line of its own.
        let half = line == "\n" && text[..begin].ends_with('\r');
        at_gaps(text, span, |span| {
            lines.push(Line { span, begins_paragraph });
            begins_paragraph = false;
        });
        // A new page or paragraph begins as behind a blank line.
        let parts = span.is_empty() || line.ends_with(['\u{c}', '\u{2029}']);
        begins_paragraph |= parts && !half;
    }
    lines
}

/// Whether all line ends are sure to be line feeds: no other control character occurs that ends lines, nor the last two
/// bytes of another line end.
fn has_only_line_feeds(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = || bytes[..bytes.len().saturating_sub(1)].iter().zip(bytes.get(1..).unwrap_or_default());
    // Without branches, so that many bytes are looked at in one step.
    let other = |found, (&first, &second): (&u8, &u8)| {
        found | ((first == 0xC2) & (second == 0x85)) | ((first == 0x80) & (second & 0xFE == 0xA8))
    };
    memchr3(b'\r', b'\x0B', b'\x0C', bytes).is_none() && !pairs().fold(false, other)
}

/// Where the line that begins at a byte ends, its line end included.
fn line_end(text: &str, begin: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = begin;
    while let Some(length) = bytes[at..].iter().position(|byte| MAY_END_LINES[usize::from(*byte)]) {
        at += length;
        match bytes[at..] {
            [0xC2, 0x85, ..] => return at + 2,
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => return at + 3,
            [0xC2 | 0xE2, ..] => at += 1,
            _ => return at + 1,
        }
    }
    bytes.len()
}

/// The bytes with which a line end may begin.
static MAY_END_LINES: [bool; 256] = {
    let mut may = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        may[byte] = matches!(byte as u8, b'\n' | b'\r' | b'\x0B' | b'\x0C' | 0xC2 | 0xE2);
        byte += 1;
    }
    may
};

/// Parts a long line where several spaces stand for the line ends that it lost: around captions, credits and headings.
/// Where sentences are parted by two spaces, as typists do, they are no sign.
fn at_gaps(text: &str, line: Span, mut part: impl FnMut(Span)) {
    const LONG: usize = 300;
    const FEWEST_STOPS_A_GAP: usize = 3;
    let slice = line.of(text);
    if slice.len() < LONG || !has_gap(slice.as_bytes()) {
        if !line.is_empty() {
            part(line);
        }
        return;
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
        part(line);
    } else {
        parts.into_iter().filter(|span| !span.is_empty()).for_each(part);
    }
}

/// The column at which the text was hard-wrapped, if it was.
///
/// A greedy wrapper ends a line where the next word would have gone over the column, so in wrapped text nearly every
/// line end inside a paragraph stands where `line + space + next word` is longer than the longest line.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let pairs = || lines.windows(2).filter(|pair| !pair[1].begins_paragraph).map(|pair| (pair[0].span, pair[1].span));
    let mut width = 0;
    for (line, next) in pairs() {
        width = width.max(columns(line.of(text))).max(columns(next.of(text)));
        if width > LONGEST_WRAP {
            return None;
        }
    }
    let count = pairs().count() as f64;
    let full = pairs().filter(|(line, next)| would_overflow(text, *line, *next, width)).count() as f64;
    let finished = pairs().filter(|(line, _)| line.of(text).ends_with(FINISHING)).count() as f64;
    (count >= FEWEST_WRAPPED && full >= WRAPPED_SHARE * count && finished <= FINISHED_SHARE * count).then_some(width)
}

/// What sentences end in.
const FINISHING: [char; 10] = ['.', '!', '?', '”', '"', '»', '。', '！', '？', '」'];

fn would_overflow(text: &str, line: Span, next: Span, width: usize) -> bool {
    let next = next.of(text);
    let room = match next.chars().next() {
        // Thai has long phrases of short words.
        Some(c) if is_southeast_asian(c) => THAI_WORD,
        // Any character can begin a line, but for marks that close: these and what is before them go to the next.
        Some(c) if is_unspaced(c) => TWO_WIDE,
        _ => 1 + columns(next.split_whitespace().next().unwrap_or_default()),
    };
    columns(line.of(text)) + room > width
}

/// The columns of two characters that are twice as wide as a letter.
const TWO_WIDE: usize = 4;

/// The columns of a word of Thai, mostly.
const THAI_WORD: usize = 12;

/// Whether a line end is one that a wrapper put there.
fn joins(text: &str, line: Span, next: Span, width: Option<usize>) -> bool {
    let next_text = next.of(text);
    let line_text = line.of(text);
    // A list item begins anew, and behind a picture's credit nothing of the caption follows.
    let overflows = width.is_some_and(|width| would_overflow(text, line, next, width));
    let unfinished = || {
        let ends = line_text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '–' | '—'));
        ends && columns(line_text) >= SHORTEST_WRAPPED && next_text.starts_with(|c: char| c.is_lowercase())
    };
    // Outside of wrapped text only a line that is visibly unfinished goes on in the next.
    if !overflows && !unfinished() {
        return false;
    }
    // `on` / `14. Juni`: a number at the start of a wrapped line belongs to the line above, if that goes on.
    let goes_on = overflows && next_text.starts_with(|c: char| c.is_ascii_digit()) && !ends_like_a_sentence(line_text);
    (goes_on || !is_list_item(next_text)) && credit(line_text).is_none()
}

/// How many columns a line takes. Characters of Chinese and Japanese, and their marks, take two.
fn columns(line: &str) -> usize {
    /// The first byte of these characters is this one or a higher one.
    const FIRST_OF_WIDE: u8 = 0xE3;
    if line.is_ascii() {
        return line.len();
    }
    let count = line.chars().count();
    let may_be_wide = line.bytes().filter(|byte| *byte >= FIRST_OF_WIDE).count() > 0;
    let is_wide = |c: &char| matches!(c, '\u{3000}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF60}');
    if may_be_wide { count + line.chars().filter(is_wide).count() } else { count }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;

    fn texts(text: &str) -> Vec<(BlockKind, &str)> {
        blocks(text).iter().map(|block| (block.kind, block.span().of(text))).collect()
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
    fn chinese_lines_are_paragraphs_unless_they_were_wrapped() {
        let text = "渡轮撞上埃拉港码头\n三月四日上午，一艘渡轮撞上了埃拉港的东码头，十二人受伤。\n港务局关闭了码头。\n\
                    市长说，事故原因正在调查之中。";
        assert_eq!(texts(text).len(), 4);
        let text = "三月四日上午，一艘载有一百八十七人的渡轮撞上了\n埃拉港的东码头，十二人受伤。港务局局长在下午的记\n\
                    者会上说，码头将关闭到周末，事故原因正在调查之\n中。";
        assert_eq!(texts(text).len(), 1);
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

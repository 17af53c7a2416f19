//! A text in, the marks of its list items out: `1. … 2. …`, `a) … b) …`, `• … • …`.

use super::landmarks::{COLON, LINE_END, Landmark};
use crate::model::Span;

/// The next item of a list begins within so many bytes; what is farther off is no list.
const LONGEST_ITEM: usize = 1_000;

/// A text whose lines all have at most so many bytes, without any stop, is a column of labels and not wrapped prose.
const LONGEST_LABEL: usize = 40;

/// Marks that open an item wherever they stand in a list.
const BULLETS: &[char] = &['•', '‣', '⁃', '▪', '◦', '●', '■', '►', '▶', '✓', '➤', '○'];

/// The shape of an item's mark; the items of one list share it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A bullet.
    Bullet(char),
    /// A dash or asterisk, which is a bullet only at the start of a line.
    Dash(char),
    /// A number and what stands behind it: `.`, `)` or `.)`.
    Number(&'static str),
    /// A small letter and what stands behind it.
    Letter(&'static str),
}

/// An item's mark: `2.` has the value 2, `b)` too; a bullet has none.
struct Marker {
    shape: Shape,
    value: Option<u32>,
    span: Span,
}

/// A list as far as it is known.
struct List {
    shape: Shape,
    next: Option<u32>,
    last: Span,
    items: usize,
}

/// Where items of lists begin: the spans of their marks, in order.
///
/// A list begins at the start of the text or of a line or behind a colon, counts from one without a gap and has two
/// items at least; so the number of a year, a score, an ordinal and an initial are no items.
pub(super) fn list_items(text: &str, landmarks: &[Landmark]) -> Vec<Span> {
    let mut items = Vec::new();
    let anchors = landmarks.iter().filter(|landmark| landmark.kind & (LINE_END | COLON) != 0);
    let first =
        std::iter::once(0).chain(anchors.map(|anchor| anchor.at + 1)).find_map(|behind| first_item(text, behind));
    let Some(first) = first else { return items };
    let mut list: Option<List> = None;
    let bytes = text.as_bytes();
    for at in first..bytes.len() {
        if !may_begin_item(bytes, at) {
            continue;
        }
        // The number behind a bullet is no mark of its own.
        let inside = list.as_ref().is_some_and(|list| at < list.last.end);
        let Some(mark) = marker(text, at).filter(|_| !inside) else { continue };
        match &mut list {
            Some(known) if known.goes_on_with(&mark, line_begins(text, at)) => {
                if known.items == 1 {
                    items.push(known.last);
                }
                items.push(mark.span);
                *known = List { next: mark.value.map(|n| n + 1), last: mark.span, items: known.items + 1, ..*known };
            }
            _ if mark.value.is_none_or(|value| value == 1) && list_begins(text, at) => {
                list = Some(List { shape: mark.shape, next: mark.value.map(|n| n + 1), last: mark.span, items: 1 });
            }
            _ => {}
        }
    }
    items
}

/// Where the first item of a list stands, if one begins at `from`, behind spaces.
fn first_item(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let at = from + bytes[from..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let counted = || marker(text, at).is_some_and(|mark| mark.value.is_none_or(|value| value == 1));
    (may_begin_item(bytes, at) && counted() && list_begins(text, at)).then_some(at)
}

/// Whether a word begins here that could be the mark of an item.
fn may_begin_item(bytes: &[u8], at: usize) -> bool {
    (at == 0 || bytes[at - 1].is_ascii_whitespace()) && begins_marker(&bytes[at..])
}

/// Whether every line is a label of its own: several short lines without a stop in the whole text.
pub(super) fn is_column_of_labels(text: &str) -> bool {
    text.trim().contains('\n')
        && text.lines().all(|line| line.len() <= LONGEST_LABEL && !line.contains(|c| crate::marks::stop(c).is_some()))
}

impl List {
    fn goes_on_with(&self, mark: &Marker, line_begins: bool) -> bool {
        let placed = line_begins || !matches!(mark.shape, Shape::Dash(_));
        let near = mark.span.start - self.last.end <= LONGEST_ITEM;
        self.shape == mark.shape && self.next == mark.value && near && placed
    }
}

/// Whether an item's mark could begin with these bytes: looks at two of them, because it is asked at every word.
fn begins_marker(bytes: &[u8]) -> bool {
    match bytes {
        [b'0'..=b'9' | b'-' | b'*', ..] => true,
        [b'a'..=b'z', b'.' | b')', ..] => true,
        [first, ..] => !first.is_ascii(),
        [] => false,
    }
}

/// The mark of an item that begins at `at`.
fn marker(text: &str, at: usize) -> Option<Marker> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let found = |shape, value, length: usize| Some(Marker { shape, value, span: Span::new(at, at + length) });
    if BULLETS.contains(&first) {
        // A bullet may stand before a number: `• 9. Item`.
        let inner = at + first.len_utf8();
        let inner = inner + (text[inner..].len() - text[inner..].trim_start_matches(' ').len());
        let end = number(&text[inner..]).map_or(at + first.len_utf8(), |(_, _, length)| inner + length);
        return found(Shape::Bullet(first), None, end - at);
    }
    if matches!(first, '-' | '*' | '–') {
        return rest[first.len_utf8()..]
            .starts_with(' ')
            .then_some(())
            .and_then(|()| found(Shape::Dash(first), None, first.len_utf8()));
    }
    if first.is_ascii_lowercase() {
        let tail = tail(&rest[1..])?;
        return found(Shape::Letter(tail), Some(u32::from(first) - u32::from('a') + 1), 1 + tail.len());
    }
    let (value, tail, length) = number(rest)?;
    found(Shape::Number(tail), Some(value), length)
}

/// The number of one to three digits with its tail at the start of `rest`: its value, the tail and the length of both.
fn number(rest: &str) -> Option<(u32, &'static str, usize)> {
    let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let value = rest[..digits].parse().ok().filter(|_| digits <= 3)?;
    let tail = tail(&rest[digits..])?;
    Some((value, tail, digits + tail.len()))
}

/// What stands behind the number or letter of an item, if white space follows.
fn tail(rest: &str) -> Option<&'static str> {
    let tail = [".)", ".", ")"].into_iter().find(|tail| rest.starts_with(tail))?;
    rest[tail.len()..].starts_with(char::is_whitespace).then_some(tail)
}

/// Whether a list can begin at `at`: at the start of the text or of a line, or behind a colon.
fn list_begins(text: &str, at: usize) -> bool {
    line_begins(text, at) || text[..at].trim_end_matches(' ').ends_with(':')
}

fn line_begins(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with('\n')
}

#[cfg(test)]
mod tests {
    use super::super::landmarks::landmarks;
    use super::*;

    fn marks(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        landmarks(text, &mut found);
        list_items(text, &found).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn items_count_from_one_without_a_gap() {
        assert_eq!(marks("1. Close the pier 2. Call the crew 3. Wait"), ["1.", "2.", "3."]);
        assert_eq!(marks("He asked for two things: a) a crane b) a crew"), ["a)", "b)"]);
        assert_eq!(marks("• 9. The pier • 10. The crane"), ["• 9.", "• 10."]);
        assert_eq!(marks("Closed:\n- the pier\n- the road"), ["-", "-"]);
    }

    #[test]
    fn numbers_that_belong_to_a_sentence_are_no_items() {
        for text in [
            "Am 1. Mai und am 2. Mai ruht die Arbeit: alle feiern.",
            "1. The ferry hit the pier in 2031. No one fell.",
            "The result: 3. Nothing else.",
            "It was No. 1. No. 2. came later: nobody knows.",
            "He went by boat - the ferry - to the pier:\nit was closed.",
        ] {
            assert!(marks(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn short_lines_without_a_stop_are_labels() {
        assert!(is_column_of_labels("Weather\nSport\nThe harbour today"));
        assert!(!is_column_of_labels("The ferry\nhit the pier."));
        assert!(!is_column_of_labels("The ferry hit the pier"));
    }
}

//! A paragraph in, what stands in quotation marks in it out.

use memchr::memmem;

use crate::bits::{BLOCK, bits};
use crate::marks::{closes_quotation, opens_quotation};
use crate::model::{Span, tail};

/// What a paragraph has in the words of somebody else: its quotations, in single marks too, and the messages that are set into
/// it, in order, without overlaps.
pub(crate) fn words_of_others(text: &str) -> Vec<Span> {
    let mut spans = quotations(text);
    // Hardly any paragraph has a message in it.
    let messages = if memchr::memchr(b'@', text.as_bytes()).is_some() { tweets(text) } else { Vec::new() };
    let single = single_quotations(text);
    if messages.is_empty() && single.is_empty() {
        return spans;
    }
    // A message is told with the byte before it and the first of the dash behind it, which may be parts of characters.
    spans.extend(messages.into_iter().filter_map(|message| {
        let start = (message.start..message.end).find(|at| text.is_char_boundary(*at))?;
        Some(Span::new(start, message.end.saturating_sub(1).max(start)))
    }));
    spans.extend(single);
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// Quotations in single marks, as in Britain: `‘The pier is closed,’ she said`. What is an apostrophe elsewhere opens behind white
/// space and closes behind a comma or a stop; single words in such marks are none of somebody's statements.
fn single_quotations(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    let mut open = None;
    // The straight mark, and the last bytes of ‘ and ’.
    for last in memchr::memchr3_iter(b'\'', 0x98, 0x99, bytes) {
        let start = if bytes[last] == b'\'' { last } else { last.saturating_sub(2) };
        if start < last && bytes[start..last] != [0xE2, 0x80] {
            continue;
        }
        let (before, behind) = (start.checked_sub(1).map(|at| bytes[at]), bytes.get(last + 1));
        let is_white = |byte: Option<u8>| byte.is_none_or(|byte| byte.is_ascii_whitespace());
        if is_white(before) && !is_white(behind.copied()) {
            open = Some(start);
        } else if matches!(before, Some(b',' | b'.' | b'!' | b'?')) && is_white(behind.copied()) {
            spans.extend(open.take().map(|open| Span::new(open, last + 1)));
        }
    }
    spans
}

/// Messages that are set into an article, up to the name of who sent them: `The pier is closed. — Ada Holm (@aholm)`.
pub(crate) fn tweets(text: &str) -> Vec<Span> {
    /// A message is at most so long, in bytes.
    const LONGEST: usize = 320;
    const LONGEST_NAME: usize = 60;
    let signed = memmem::find_iter(text.as_bytes(), "(@").filter_map(|at| {
        let near = tail(&text[..at], LONGEST_NAME);
        near.rfind('—').map(|dash| at - near.len() + dash)
    });
    let begin = |dash: usize| {
        let near = tail(&text[..dash], LONGEST);
        let start = dash - near.len();
        // A message does not reach over the paragraph that it stands in.
        near.trim_end().rfind('\n').map_or(start, |end| start + end)
    };
    signed.map(|dash| Span::new(begin(dash).saturating_sub(1), dash + 1)).collect()
}

/// The quotations of a paragraph, from the opening mark to the closing one or, where that is in a later paragraph, to the
/// end: but only where the mark opens the paragraph, since elsewhere its other half was forgotten. A straight mark that
/// looks like an opening one behind another tells the same.
pub(crate) fn quotations(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, mark) in quotation_marks(text) {
        let end = at + mark.len_utf8();
        let before = || text[..at].chars().next_back();
        let behind = || text[end..].chars().next();
        let opens_anew =
            || mark == '"' && before().is_some_and(char::is_whitespace) && behind().is_some_and(char::is_alphanumeric);
        match open {
            Some((_, '"')) if opens_anew() => open = Some((at, mark)),
            Some((start, opener)) if closes_quotation(opener, mark) => {
                spans.push(Span::new(start, end));
                open = None;
            }
            Some(_) => {}
            None if opens_quotation(mark, before(), behind()) => open = Some((at, mark)),
            None => {}
        }
    }
    spans.extend(
        open.filter(|(start, _)| text[..*start].trim().is_empty()).map(|(start, _)| Span::new(start, text.len())),
    );
    spans
}

/// The marks of quotation in a text, in order, each with where it begins.
pub(crate) fn quotation_marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    // The last bytes of “ ” „ « » 「 」 『 』, in comparisons without branches.
    let may_end_mark = |byte: u8| {
        (byte == b'"')
            | (byte.wrapping_sub(0x9C) <= 2)
            | (byte == 0xAB)
            | (byte == 0xBB)
            | (byte.wrapping_sub(0x8C) <= 3)
    };
    let (mut block, mut left) = (0, bits(bytes, 0, may_end_mark));
    std::iter::from_fn(move || {
        loop {
            while left == 0 {
                block += BLOCK;
                if block >= bytes.len() {
                    return None;
                }
                left = bits(bytes, block, may_end_mark);
            }
            let last = block + left.trailing_zeros() as usize;
            left &= left - 1;
            let mark = match bytes[last.saturating_sub(2)..=last] {
                [.., b'"'] => '"',
                [.., 0xC2, 0xAB] => '«',
                [.., 0xC2, 0xBB] => '»',
                [0xE2, 0x80, 0x9C] => '“',
                [0xE2, 0x80, 0x9D] => '”',
                [0xE2, 0x80, 0x9E] => '„',
                [0xE3, 0x80, 0x8C] => '「',
                [0xE3, 0x80, 0x8D] => '」',
                [0xE3, 0x80, 0x8E] => '『',
                [0xE3, 0x80, 0x8F] => '』',
                _ => continue,
            };
            return Some((last + 1 - mark.len_utf8(), mark));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_quotation_are_found_where_they_stand() {
        let text = "»✓„The «é“ “pier” ë\" 「世」『界』";
        let expected: Vec<(usize, char)> =
            text.char_indices().filter(|(_, c)| "\"“”„«»「」『』".contains(*c)).collect();
        assert_eq!(quotation_marks(text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_quotation_goes_from_mark_to_mark_or_to_the_end_of_a_paragraph_that_it_opens() {
        let quoted = |text: &'static str| quotations(text).into_iter().map(|span| span.of(text)).collect::<Vec<_>>();
        assert_eq!(quoted("The “east pier” is «closed», she said."), ["“east pier”", "«closed»"]);
        assert_eq!(quoted("“The pier is closed. Nobody may go there."), ["“The pier is closed. Nobody may go there."]);
        assert_eq!(quoted("The “pier is closed."), [""; 0]);
        assert_eq!(quoted("The “pier”. Closed! — Ada Holm (@aholm) March 4"), ["“pier”"]);
        assert_eq!(quoted("Er sagte: „Die Pier ist zu.“ Dann ging er."), ["„Die Pier ist zu.“"]);
    }

    #[test]
    fn a_statement_in_single_marks_is_a_quotation_and_an_apostrophe_is_none() {
        let quoted =
            |text: &'static str| single_quotations(text).into_iter().map(|span| span.of(text)).collect::<Vec<_>>();
        assert_eq!(
            quoted("‘The pier’s closed,’ she said. ‘Nobody may go.’"),
            ["‘The pier’s closed,’", "‘Nobody may go.’"]
        );
        assert_eq!(quoted("'The pier's closed!' she said."), ["'The pier's closed!'"]);
        assert_eq!(quoted("The crews’ boats, built in the ’90s, didn't sail."), [""; 0]);
        assert_eq!(quoted("’"), [""; 0]);
    }

    #[test]
    fn a_message_that_is_set_into_a_paragraph_is_in_the_words_of_others() {
        let of_others =
            |text: &'static str| words_of_others(text).into_iter().map(|span| span.of(text)).collect::<Vec<_>>();
        assert_eq!(
            of_others("The “pier” is closed until Friday! — Ada Holm (@aholm) March 4"),
            ["The “pier” is closed until Friday! "]
        );
        assert_eq!(of_others("The “pier” is closed."), ["“pier”"]);
    }
}

//! The landmarks of a text in, its quotations out.

use super::landmarks::{LINE_END, Landmark, QUOTE};
use crate::marks::{closes_quotation, opens_quotation};
use crate::model::Span;

/// Puts the quotations of a text, without overlaps, from opening to closing mark, into `spans`.
///
/// A straight quotation mark opens or closes by what stands around it, so that one that is missing or too much spoils
/// its neighbours only. No quotation goes on behind a blank line: the next paragraph opens its own.
pub(super) fn quotations(text: &str, landmarks: &[Landmark], spans: &mut Vec<Span>) {
    spans.clear();
    let mut open: Option<(usize, char)> = None;
    for &Landmark { at, kind } in landmarks.iter().filter(|landmark| landmark.kind & (QUOTE | LINE_END) != 0) {
        let mark = Mark::at(text, at);
        if kind == LINE_END {
            open = open.filter(|_| mark.behind != Some('\n') && mark.behind != Some('\r'));
        } else if let Some((start, _)) = open.filter(|&(_, opener)| mark.closes(opener)) {
            spans.push(Span::new(start, at + mark.mark.len_utf8()));
            open = None;
        } else if mark.opens(open.map(|(_, opener)| opener)) {
            open = Some((at, mark.mark));
        }
    }
}

/// A mark with its neighbours.
struct Mark {
    mark: char,
    before: Option<char>,
    behind: Option<char>,
}

impl Mark {
    fn at(text: &str, at: usize) -> Self {
        let mut rest = text[at..].chars();
        let mark = rest.next().expect("a character begins at every boundary");
        Self { mark, before: text[..at].chars().next_back(), behind: rest.next() }
    }

    /// Whether the mark closes what `opener` opened.
    fn closes(&self, opener: char) -> bool {
        match (opener, self.mark) {
            ('"', '"') => !self.inside_word() && (self.free_behind() || !self.free_before()),
            // ``…'' of newswire: the first mark of two.
            ('`', '\'') => self.behind == Some('\''),
            // An apostrophe stands behind a letter; what closes a quotation stands behind a stop or comma.
            ('\'', '\'') | ('‘', '’') => {
                self.before.is_some_and(|c| matches!(c, '.' | ',' | '!' | '?' | '…'))
                    && self.behind.is_none_or(|c| !c.is_alphanumeric())
            }
            _ => closes_quotation(opener, self.mark),
        }
    }

    /// Whether the mark opens a quotation while that of `open` is open: the same mark once more means that the first
    /// never closed, and a single mark opens nothing inside double ones.
    fn opens(&self, open: Option<char>) -> bool {
        let single = open.is_none_or(|opener| matches!(opener, '\'' | '‘'));
        match self.mark {
            '"' if self.inside_word() => false,
            '"' if open == Some('"') => self.free_before() && !self.free_behind(),
            '"' => single && (self.free_before() || !self.free_behind()),
            '`' => (single || open == Some('`')) && self.behind == Some('`') && self.before != Some('`'),
            '\'' | '‘' => single && self.free_before() && self.behind.is_some_and(char::is_alphanumeric),
            mark => (single || open == Some(mark)) && opens_quotation(mark, self.before, self.behind),
        }
    }

    fn inside_word(&self) -> bool {
        self.before.is_some_and(char::is_alphanumeric) && self.behind.is_some_and(char::is_alphanumeric)
    }

    fn free_before(&self) -> bool {
        self.before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '-' | '–' | '—' | ':'))
    }

    fn free_behind(&self) -> bool {
        self.behind.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']'))
    }
}

#[cfg(test)]
mod tests {
    use super::super::landmarks::landmarks;
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        let (mut marks, mut spans) = (Vec::new(), Vec::new());
        landmarks(text, &mut marks);
        quotations(text, &marks, &mut spans);
        spans.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn straight_marks_open_before_a_word_and_close_behind_one() {
        assert_eq!(quoted("He said \"no\" and \"yes\"."), ["\"no\"", "\"yes\""]);
        assert_eq!(quoted("A 12\" gun, \"the big one\", broke."), ["\"the big one\""]);
        assert_eq!(quoted("\"It is over. He left. \"We go,\" she said."), ["\"We go,\""]);
        assert_eq!(quoted("They \"can\"t go\" now"), ["\"can\"t go\""]);
    }

    #[test]
    fn an_apostrophe_closes_nothing() {
        assert_eq!(quoted("‘It’s the crews’ pier,’ he said."), ["‘It’s the crews’ pier,’"]);
        assert_eq!(quoted("She said, 'It's done.' Then it rained."), ["'It's done.'"]);
        assert!(quoted("the crews' pier of the '20s").is_empty());
    }

    #[test]
    fn no_quotation_goes_on_behind_a_blank_line() {
        assert_eq!(quoted("“It is over.\n\n“Go home,” he said."), ["“Go home,”"]);
    }
}

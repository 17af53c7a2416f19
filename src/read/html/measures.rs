//! A block of a page in, what its text looks like out.

use super::blocks::{Block, Page};
use super::cues::Cues;

/// What the text of a block looks like.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measures {
    pub words: usize,
    /// Ends of sentences.
    pub stops: usize,
    pub commas: usize,
    pub ends_in_stop: bool,
    pub ends_in_colon: bool,
    pub begins_small: bool,
    pub begins_with_digit: bool,
    /// Words that begin with a capital letter.
    pub capitalised: usize,
    /// Words of two or more letters in capitals.
    pub all_capitals: usize,
    pub digits: usize,
    /// Bars, arrows, bullets and the like.
    pub marks: usize,
    pub quotes: usize,
    pub cues: Cues,
}

/// Languages write without spaces in these letters: so many of them count as a word.
const LETTERS_A_WORD: usize = 2;

impl Measures {
    /// Measures a block.
    pub fn of(page: &Page, block: &Block) -> Self {
        let text = page.text_of(block);
        let mut it = Self::default();
        let mut unspaced = 0;
        for c in text.chars() {
            match c {
                '.' | '!' | '?' | '。' | '！' | '？' | '।' => it.stops += 1,
                ',' | '，' | '、' | '،' => it.commas += 1,
                '0'..='9' => it.digits += 1,
                '|' | '»' | '›' | '→' | '•' | '·' | '©' | '®' | '>' | '<' | '/' | '#' | '@' | '+' => {
                    it.marks += 1
                }
                '"' | '“' | '”' | '«' | '„' => it.quotes += 1,
                '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => unspaced += 1,
                _ => {}
            }
        }
        for word in text.split(' ') {
            it.words += 1;
            let mut letters = word.chars().filter(|c| c.is_alphabetic());
            if letters.next().is_some_and(char::is_uppercase) {
                it.capitalised += 1;
                it.all_capitals += usize::from(letters.next().is_some_and(char::is_uppercase));
            }
        }
        it.words += unspaced / LETTERS_A_WORD;
        let end = text.trim_end_matches(['"', '”', '»', '’', '\'', ')', ']']);
        it.ends_in_stop = end.ends_with(['.', '!', '?', '…', '。', '！', '？', '।']);
        it.ends_in_colon = end.ends_with([':', '：']);
        it.begins_small = text.chars().next().is_some_and(char::is_lowercase);
        it.begins_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
        it.cues = Cues::of(text);
        it
    }
}

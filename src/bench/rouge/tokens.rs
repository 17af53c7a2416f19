//! A text in, the numbers of its tokens out.

use std::fmt;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::porter;
use crate::language::is_unspaced;

/// Google's `rouge-score` stems tokens that are longer than this, and leaves the others as they are.
const NOT_STEMMED: usize = 3;

/// What counts as a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "tokens", rename_all = "kebab-case")]
pub enum RougeTokens {
    /// The tokens of Google's `rouge-score`, for English: of the text in lower case, runs of `a` to `z` and `0` to `9`.
    /// Any other character parts tokens: `don't` is two, `é` is none, `café` is `caf`.
    Google {
        /// Whether tokens longer than three characters are cut to their [stem](porter::stem).
        stemming: bool,
    },
    /// For any language: of the text in lower case and composed form (NFC), runs of letters, marks and numerals, not
    /// stemmed. A mark needs a letter or numeral before it. In scripts that put no spaces between words (Han, kana, Thai,
    /// Lao, Khmer, Burmese, Tibetan) each letter with the marks on it is a token of its own. Soft hyphens, joiners and
    /// variation selectors are passed over, since they do not change what a word is.
    Unicode,
}

impl fmt::Display for RougeTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Google { stemming: true } => "tokens of a-z and 0-9, Porter's stems",
            Self::Google { stemming: false } => "tokens of a-z and 0-9, no stemming",
            Self::Unicode => "tokens of Unicode letters, marks and numerals, no stemming",
        })
    }
}

impl RougeTokens {
    /// Calls `each` with every token of `text`, in order, before stemming.
    fn each(self, text: &str, each: impl FnMut(&str)) {
        match self {
            Self::Google { .. } => each_ascii(text, each),
            Self::Unicode => each_unicode(text, each),
        }
    }
}

/// The runs of `a` to `z` and `0` to `9`. Lower-casing comes first, as there, and may turn a character that is not ASCII
/// into one that is: the Kelvin sign is a `k`, and `İ` an `i` with a dot that parts tokens.
fn each_ascii(text: &str, mut each: impl FnMut(&str)) {
    let mut token = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            token.push(c);
        } else {
            finish(&mut token, &mut each);
        }
    }
    finish(&mut token, &mut each);
}

fn each_unicode(text: &str, mut each: impl FnMut(&str)) {
    let mut token = String::new();
    // Composed after lower-casing: the small letter of a composed capital may be in parts.
    let lower = text.to_lowercase();
    for c in lower.chars().filter(|c| !is_passed_over(*c)).nfc() {
        if is_combining_mark(c) {
            if !token.is_empty() {
                token.push(c);
            }
        } else if c.is_alphanumeric() {
            if is_unspaced(c) || token.starts_with(is_unspaced) {
                finish(&mut token, &mut each);
            }
            token.push(c);
        } else {
            finish(&mut token, &mut each);
        }
    }
    finish(&mut token, &mut each);
}

/// Hands over a token, if there is one, and begins the next.
fn finish(token: &mut String, each: &mut impl FnMut(&str)) {
    if !token.is_empty() {
        each(token);
        token.clear();
    }
}

/// Whether a character is invisible and says nothing of where words end: soft hyphen, joiners, variation selectors.
fn is_passed_over(c: char) -> bool {
    matches!(u32::from(c), 0x00AD | 0x200C | 0x200D | 0x2060 | 0xFE00..=0xFE0F | 0xE0100..=0xE01EF)
}

/// Which token of a [`Tokenizer`]: a stem where there is stemming, otherwise a word as it stands in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub u32);

/// A text as the tokens of its sentences.
///
/// Its numbers are those of the [`Tokenizer`] that made it: texts of different tokenizers cannot be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    tokens: Vec<TokenId>,
    /// How many tokens there are up to the end of each sentence that has any.
    ends: Vec<usize>,
}

impl Summary {
    /// The sentences of all parts, in that order.
    pub fn of<'s>(parts: impl IntoIterator<Item = &'s Self>) -> Self {
        let mut summary = Self::default();
        parts.into_iter().for_each(|part| summary.append(part));
        summary
    }

    /// Adds the sentences of another text behind the last one.
    pub fn append(&mut self, other: &Self) {
        let before = self.tokens.len();
        self.tokens.extend_from_slice(&other.tokens);
        self.ends.extend(other.ends.iter().map(|end| before + end));
    }

    /// All tokens, in order.
    pub fn tokens(&self) -> &[TokenId] {
        &self.tokens
    }

    /// The tokens of each sentence that has any.
    pub fn sentences(&self) -> impl Iterator<Item = &[TokenId]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.tokens[start..*end])
    }

    /// Ends the sentence that the last tokens belong to.
    fn end_sentence(&mut self) {
        if self.tokens.len() > self.ends.last().copied().unwrap_or_default() {
            self.ends.push(self.tokens.len());
        }
    }
}

/// Gives tokens their numbers: one for all texts that are to be compared with each other.
#[derive(Clone, Debug)]
pub struct Tokenizer {
    tokens: RougeTokens,
    /// Tokens as they stand in a text. Words with the same stem share a number.
    as_written: FxHashMap<Box<str>, TokenId>,
    /// Stems; empty without stemming.
    stems: FxHashMap<Box<str>, TokenId>,
    numbered: u32,
}

impl Tokenizer {
    /// A tokenizer that has not seen a token yet.
    pub fn new(tokens: RougeTokens) -> Self {
        Self { tokens, as_written: FxHashMap::default(), stems: FxHashMap::default(), numbered: 0 }
    }

    /// The tokens of a text in which each line is a sentence.
    ///
    /// # Panics
    ///
    /// Panics at the 2³²nd different token.
    pub fn summary(&mut self, text: &str) -> Summary {
        let mut summary = Summary::default();
        for line in text.split('\n') {
            self.add(line, &mut summary);
        }
        summary
    }

    /// The tokens of one sentence, which may be hard-wrapped: a line break does not end it.
    ///
    /// # Panics
    ///
    /// Panics at the 2³²nd different token.
    pub fn sentence(&mut self, text: &str) -> Summary {
        let mut summary = Summary::default();
        self.add(text, &mut summary);
        summary
    }

    fn add(&mut self, sentence: &str, summary: &mut Summary) {
        self.tokens.each(sentence, |token| summary.tokens.push(self.number(token)));
        summary.end_sentence();
    }

    fn number(&mut self, token: &str) -> TokenId {
        if let Some(id) = self.as_written.get(token) {
            return *id;
        }
        let id = if let RougeTokens::Google { stemming: true } = self.tokens {
            let stem = if token.len() > NOT_STEMMED { porter::stem(token) } else { token.to_owned() };
            *self.stems.entry(stem.into()).or_insert_with(|| next(&mut self.numbered))
        } else {
            next(&mut self.numbered)
        };
        self.as_written.insert(token.into(), id);
        id
    }
}

/// The next number.
fn next(numbered: &mut u32) -> TokenId {
    let id = TokenId(*numbered);
    *numbered = numbered.checked_add(1).expect("fewer than 2^32 different tokens");
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(kind: RougeTokens, text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        kind.each(text, |token| tokens.push(token.to_owned()));
        tokens
    }

    fn google(text: &str) -> Vec<String> {
        tokens(RougeTokens::Google { stemming: false }, text)
    }

    fn unicode(text: &str) -> Vec<String> {
        tokens(RougeTokens::Unicode, text)
    }

    #[test]
    fn google_tokens_are_ascii_letters_and_digits_of_the_lower_case_text() {
        assert_eq!(google("Don't pay $3.5m, Café_7!"), ["don", "t", "pay", "3", "5m", "caf", "7"]);
        assert_eq!(google("日本語 – …"), Vec::<String>::new());
    }

    #[test]
    fn characters_that_lower_to_ascii_are_tokens_of_google() {
        assert_eq!(google("5\u{212A}m"), ["5km"]);
        assert_eq!(google("\u{0130}zmir"), ["i", "zmir"]);
    }

    #[test]
    fn words_of_one_stem_share_a_number_only_with_stemming() {
        let text = "ferries ferry";
        let stemmed = Tokenizer::new(RougeTokens::Google { stemming: true }).summary(text);
        let written = Tokenizer::new(RougeTokens::Google { stemming: false }).summary(text);
        assert_eq!(stemmed.tokens(), [TokenId(0), TokenId(0)]);
        assert_eq!(written.tokens(), [TokenId(0), TokenId(1)]);
    }

    #[test]
    fn tokens_of_three_characters_are_not_stemmed() {
        let summary = Tokenizer::new(RougeTokens::Google { stemming: true }).summary("gas ga gases");
        // "gases" has the stem "gase", "gas" would have "ga".
        assert_eq!(summary.tokens(), [TokenId(0), TokenId(1), TokenId(2)]);
    }

    #[test]
    fn lines_without_tokens_are_no_sentences() {
        let summary = Tokenizer::new(RougeTokens::Unicode).summary("\none two\n\n--\nthree\n");
        assert_eq!(summary.sentences().collect::<Vec<_>>(), [&[TokenId(0), TokenId(1)][..], &[TokenId(2)]]);
    }

    #[test]
    fn a_line_break_does_not_end_a_sentence_that_is_known_to_be_one() {
        let mut tokenizer = Tokenizer::new(RougeTokens::Unicode);
        assert_eq!(tokenizer.sentence("one\ntwo").sentences().count(), 1);
        assert_eq!(tokenizer.summary("one\ntwo").sentences().count(), 2);
    }

    #[test]
    fn a_summary_of_its_sentences_is_the_summary() {
        let mut tokenizer = Tokenizer::new(RougeTokens::Google { stemming: true });
        let parts = [tokenizer.sentence("One two."), tokenizer.sentence("Three")];
        assert_eq!(Summary::of(&parts), tokenizer.summary("One two.\nThree"));
    }

    #[test]
    fn unicode_tokens_are_the_same_however_letters_are_composed() {
        assert_eq!(unicode("Việt Nam's"), ["việt", "nam", "s"]);
        assert_eq!(unicode("Vie\u{0323}\u{0302}t"), unicode("VI\u{1EC6}T"));
        assert_eq!(unicode("J\u{030C}"), unicode("\u{01F0}"));
    }

    #[test]
    fn marks_stay_with_their_letters_and_do_not_stand_alone() {
        assert_eq!(unicode("हिन्दी में ३"), ["हिन्दी", "में", "३"]);
        assert_eq!(unicode("\u{0301} \u{2764}\u{FE0F} a\u{00AD}b"), ["ab"]);
    }

    #[test]
    fn scripts_without_spaces_have_one_token_a_letter() {
        assert_eq!(unicode("東京タワーは2024年"), ["東", "京", "タ", "ワ", "ー", "は", "2024", "年"]);
        assert_eq!(unicode("ที่นี่"), ["ที่", "นี่"]);
        assert_eq!(unicode("서울 시장"), ["서울", "시장"]);
    }

    #[test]
    fn settings_read_as_they_are_written_and_say_what_they_are() {
        for kind in [RougeTokens::Google { stemming: true }, RougeTokens::Unicode] {
            let json = serde_json::to_string(&kind).expect("plain data");
            assert_eq!(serde_json::from_str::<RougeTokens>(&json).expect("the same data"), kind);
        }
        assert_eq!(RougeTokens::Google { stemming: false }.to_string(), "tokens of a-z and 0-9, no stemming");
    }
}

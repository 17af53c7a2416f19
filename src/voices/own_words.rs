//! An article in, its running text without what stands in quotation marks out.
//!
//! Two reporters who quote one statement share its words and nothing else.

use super::credit::Sender;
use super::families::Families;
use super::print::{Print, Printer};
use crate::hashing::{mixed, spread_word};
use crate::model::Article;
use crate::quotations::words_of_others;
use crate::segment::words;

impl Printer {
    /// The print of an article by itself: the codes of its words are hashes of their spelling in small letters, so that the
    /// prints of any articles can be held against each other.
    pub fn article(&mut self, article: &Article, families: &Families) -> Print {
        for block in article.prose() {
            let text = block.span().of(&article.text);
            let mut start = 0;
            for quotation in words_of_others(text) {
                words(&text[start..quotation.start], |word| self.word(code(word.of(&text[start..]))));
                self.gap();
                start = quotation.end;
            }
            words(&text[start..], |word| self.word(code(word.of(&text[start..]))));
        }
        self.finish(Sender::of(article, families))
    }
}

/// A word as a number, whatever its capitals.
fn code(word: &str) -> u64 {
    if !word.is_ascii() {
        return spread_word(&word.to_lowercase());
    }
    // The bit of small letters is set in digits and in the marks within words, too.
    word.bytes().fold(0, |hash, byte| mixed(hash, u64::from(byte | 0x20)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Markup, ReadOptions, article};
    use crate::voices::Keep;

    fn print(text: &str) -> Print {
        let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
        let article = article("x", text.to_owned(), Markup::Plain, &options);
        Printer::new(Keep::ALL).article(&article, &Families::default())
    }

    #[test]
    fn what_is_quoted_leaves_no_print() {
        let said = print(
            "The mayor of Port Ella said on Tuesday that “nobody may go to the east pier for now” and went home.",
        );
        let other =
            print("A speaker for the town told reporters: “nobody may go to the east pier for now”, as was expected.");
        assert_eq!(said.shingles().len(), 5, "nine words in front of the quotation");
        assert!(said.shingles().iter().all(|shingle| !other.shingles().contains(shingle)));
        let spelled = print("THE MAYOR of port Ella said on Tuesday that “no” and went home.");
        assert_eq!(said.shingles(), spelled.shingles());
    }

    #[test]
    fn words_are_told_apart_by_more_than_their_capitals() {
        assert_eq!(code("Élan"), code("élan"));
        assert_eq!(code("U.S"), code("u.s"));
        assert_ne!(code("pier"), code("piers"));
        assert_ne!(code("55,000"), code("55.000"));
    }
}

//! Words in, stems and terms out.

use std::cell::RefCell;
use std::rc::Rc;

use super::Sieve;
use super::memory::{Guess, Known, Memory, Spelled};
use crate::language::Language;
use crate::model::{Span, StemId, TermId};

/// A word of a text: what it is counted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its stem, stop words included.
    pub stem: StemId,
    /// Its term; a stop word is none.
    pub term: Option<TermId>,
}

/// Gives every word of a story its stem and its term, numbered in the order in which they are first met.
///
/// A word is looked into once in the life of a thread (see `memory`), so a vocabulary stays on the thread that made it.
/// Words of different languages that share a stem share a term. A stop word that is also the stem of another word is
/// that word's term, too, but no term where it stands as itself.
pub struct Vocabulary {
    memory: Rc<RefCell<Memory>>,
    numbers: IdTables,
    /// The language of the words that were met last.
    language: Option<Language>,
    /// The stems in their order, as indices of the memory.
    stems: Vec<u32>,
    /// For each term its stem, terms in their order.
    terms: Vec<StemId>,
    spellings: Sieve,
    /// The words of the text at hand: found first, then looked up, so that each loop stays small.
    spans: Vec<Span>,
    guesses: Vec<Guess>,
}

impl Vocabulary {
    /// An empty vocabulary.
    pub fn new() -> Self {
        let memory = Memory::of_thread();
        if is_idle(&memory) {
            memory.borrow_mut().tidy();
        }
        Self {
            memory,
            numbers: IdTables::take(),
            language: None,
            stems: Vec::new(),
            terms: Vec::new(),
            spellings: Sieve::default(),
            spans: Vec::new(),
            guesses: Vec::new(),
        }
    }

    /// Has this thread forget all words, unless a vocabulary still needs them.
    pub(super) fn forget() {
        let memory = Memory::of_thread();
        if is_idle(&memory) {
            memory.take();
            IDLE.take();
        }
    }

    /// How many terms there are.
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// How many stems there are, those of stop words included.
    pub fn stems(&self) -> usize {
        self.stems.len()
    }

    /// Calls `each` with every word of `text`, in order.
    #[inline]
    pub fn words_of(&mut self, language: Option<Language>, text: &str, mut each: impl FnMut(Word)) {
        self.words_at(language, text, |_, word| each(word));
    }

    /// The same, with where each word stands in `text`.
    #[inline]
    pub fn words_at(&mut self, language: Option<Language>, text: &str, mut each: impl FnMut(Span, Word)) {
        self.spans.clear();
        crate::segment::words(text, |span| self.spans.push(span));
        if self.language != language {
            // A spelling is another word in another language.
            self.language = language;
            self.numbers.words.renew();
        }
        let Self { memory, numbers, stems, terms, spellings, spans, guesses, .. } = self;
        let mut memory = memory.borrow_mut();
        let mut memory = memory.language(language);
        guesses.clear();
        guesses.extend(spans.iter().map(|span| memory.guess(text, *span)));
        for (span, guess) in spans.iter().zip(guesses) {
            let spelling = memory.spelling(*guess, text, *span);
            let word = numbers.words.of(spelling);
            if word.stem == Ids::NONE {
                spellings.add(text, *span);
                let known = memory.know(spelling, text, *span);
                (word.stem, word.term) = numbers.stems.assign(known, stems, terms);
            }
            each(*span, Word { stem: StemId(word.stem), term: (word.term != Ids::NONE).then_some(TermId(word.term)) });
        }
    }

    /// For each stem, in the order of their ids, a key that is the same in every vocabulary: [`stem_key`].
    pub fn stem_keys(&self) -> Vec<u64> {
        let memory = self.memory.borrow();
        self.stems.iter().map(|stem| memory.spelled(*stem as usize).key()).collect()
    }

    /// The same for each term.
    pub fn term_keys(&self) -> Vec<u64> {
        let memory = self.memory.borrow();
        let key = |stem: &StemId| memory.spelled(self.stems[stem.index()] as usize).key();
        self.terms.iter().map(key).collect()
    }

    /// The spellings that begin with a small letter; how the stems are spelled, if `with_stems`, in the order of their ids; and
    /// for each term its stem: what is needed to number them anew among those of other texts.
    pub(super) fn into_parts(mut self, with_stems: bool) -> (Sieve, Vec<Spelled>, Vec<StemId>) {
        let memory = self.memory.borrow();
        let wanted = if with_stems { self.stems.as_slice() } else { &[] };
        let stems = wanted.iter().map(|stem| memory.spelled(*stem as usize)).collect();
        (std::mem::take(&mut self.spellings), stems, std::mem::take(&mut self.terms))
    }
}

/// Whether nobody but the thread and the caller has its memory: another vocabulary would lose its numbers.
fn is_idle(memory: &Rc<RefCell<Memory>>) -> bool {
    const THREAD_AND_CALLER: usize = 2;
    Rc::strong_count(memory) <= THREAD_AND_CALLER
}

impl Drop for Vocabulary {
    fn drop(&mut self) {
        std::mem::take(&mut self.numbers).give_back();
    }
}

/// The numbers that a stem, or a word, has in a story.
#[derive(Clone, Copy)]
struct Ids {
    /// Which story it has them in.
    story: u32,
    stem: u32,
    term: u32,
}

impl Ids {
    /// Not numbered yet.
    const NONE: u32 = u32::MAX;
}

/// For each spelling of a thread's memory a number in the story at hand. To clear them for the next story would cost more
/// than a short story does, so each says which story it is of.
#[derive(Default)]
struct IdTable {
    story: u32,
    of: Vec<Ids>,
}

/// The numbers of stems, and for each spelling what it is as a word: most words of a story were met in it before.
#[derive(Default)]
struct IdTables {
    stems: IdTable,
    /// In the language at hand.
    words: IdTable,
}

thread_local! {
    /// The numbers that are not in use.
    static IDLE: RefCell<IdTables> = RefCell::default();
}

impl IdTables {
    fn take() -> Self {
        let mut numbers = IDLE.take();
        numbers.stems.renew();
        numbers.words.renew();
        numbers
    }

    fn give_back(self) {
        // While a thread ends there may be nowhere to put them, and nobody who would want them.
        _ = IDLE.try_with(|idle| idle.replace(self));
    }
}

impl IdTable {
    /// Makes all numbers those of another story.
    fn renew(&mut self) {
        self.story = self.story.wrapping_add(1);
        if self.story == 0 {
            self.of.clear();
            self.story = 1;
        }
    }

    /// The numbers of a spelling.
    #[inline]
    fn of(&mut self, spelling: usize) -> &mut Ids {
        if self.of.len() <= spelling {
            self.grow(spelling);
        }
        let number = &mut self.of[spelling];
        if number.story != self.story {
            *number = Ids { story: self.story, stem: Ids::NONE, term: Ids::NONE };
        }
        number
    }

    /// The stem and the term of a word that was not met yet; `stems` and `terms` are those that have numbers.
    fn assign(&mut self, word: Known, stems: &mut Vec<u32>, terms: &mut Vec<StemId>) -> (u32, u32) {
        let number = self.of(word.stem());
        if number.stem == Ids::NONE {
            number.stem = stems.len() as u32;
            stems.push(word.stem() as u32);
        }
        if word.is_stop_word() {
            return (number.stem, Ids::NONE);
        }
        if number.term == Ids::NONE {
            number.term = terms.len() as u32;
            terms.push(StemId(number.stem));
        }
        (number.stem, number.term)
    }

    /// Makes room for a spelling, and for as many again.
    #[cold]
    fn grow(&mut self, spelling: usize) {
        self.of.resize(2 * (spelling + 1), Ids { story: 0, stem: Ids::NONE, term: Ids::NONE });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(vocabulary: &mut Vocabulary, code: &str, text: &str) -> Vec<u32> {
        let mut terms = Vec::new();
        vocabulary.words_of(code.parse().ok(), text, |word| terms.extend(word.term.map(|term| term.0)));
        terms
    }

    #[test]
    fn spellings_of_one_stem_are_one_term_and_stop_words_are_none() {
        let mut vocabulary = Vocabulary::new();
        assert_eq!(terms(&mut vocabulary, "en", "The agreement and the Agreements; they AGREEMENT"), [0, 0, 0]);
        assert_eq!((vocabulary.terms(), vocabulary.stems()), (1, 4));
    }

    #[test]
    fn an_acronym_is_no_stop_word_and_is_one_term_with_and_without_dots() {
        let mut vocabulary = Vocabulary::new();
        assert_eq!(terms(&mut vocabulary, "en", "the WHO, who told U.S. and US"), [0, 1, 2, 2]);
    }

    #[test]
    fn a_spelling_is_another_word_in_another_language() {
        let mut vocabulary = Vocabulary::new();
        assert_eq!(terms(&mut vocabulary, "en", "die pier"), [0, 1]);
        assert_eq!(terms(&mut vocabulary, "de", "die pier"), [1]);
        assert_eq!(terms(&mut vocabulary, "en", "die pier"), [0, 1]);
    }

    #[test]
    fn a_stop_word_that_is_the_stem_of_another_word_is_no_term_as_itself() {
        let mut vocabulary = Vocabulary::new();
        assert_eq!(terms(&mut vocabulary, "en", "over overs over overs"), [0, 0]);
        assert_eq!(vocabulary.stems(), 1);
    }

    #[test]
    fn either_apostrophe_makes_the_same_word() {
        let mut vocabulary = Vocabulary::new();
        assert_eq!(terms(&mut vocabulary, "en", "Norland's Norland’s Norland don’t"), [0, 0, 0]);
    }
}

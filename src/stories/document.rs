//! An article in, what a story needs to know of it out: how often it says which terms, and in which part.

use std::ops::Range;

use rayon::prelude::*;

use super::form::{Form, FormReader};
use super::sparse::Entry;
use crate::language::Language;
use crate::model::{Article, StemId};
use crate::stretches::stretches;
use crate::vectorize::Vocabulary;

/// The parts of an article that are compared, each by a cosine of its own (Miranda et al., *Multilingual Clustering of
/// Streaming News*, 2018).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// All of it, its headline twice over: what stands there says most.
    Body,
    /// The headline.
    Title,
    /// The headline and the first [`LEAD_WORDS`] words: what happened, before what is known from earlier days.
    Lead,
    /// Who, where and how many: capitalised words inside sentences, runs of them, and numbers.
    Names,
}

/// How many [`Field`]s there are.
pub const FIELDS: usize = 4;

impl Field {
    /// All fields, in their order.
    pub const ALL: [Self; FIELDS] = [Self::Body, Self::Title, Self::Lead, Self::Names];
}

/// The beginning of an article has so many words: about three sentences.
pub const LEAD_WORDS: usize = 120;

/// The words of a headline count so often in the body.
const TITLE_COUNTS: u32 = 2;

/// What a story needs to know of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// For each field the terms, by keys that are the same for all documents, with how often each is said; by rising key.
    pub counts: [Vec<Entry<u64, u32>>; FIELDS],
    /// The rest.
    pub facts: Facts,
}

/// What a story needs to know of an article beside its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Its language, if it is known.
    pub language: Option<Language>,
    /// The day that it was published on, counted from 1970: only whole days, since half of what is read has no time.
    pub day: Option<i32>,
    /// Whether it has a headline.
    pub titled: bool,
    /// Whether it has running text.
    pub bodied: bool,
    /// What it looks like without what changes from one use of a template to the next.
    pub form: Form,
}

/// An article that is turned into a document has about so many bytes at least; parts of less are not worth a thread.
const BYTES_A_PART: usize = 1 << 18;

/// The documents of articles, in their order. Articles are worked on in parallel.
pub fn documents(articles: &[Article]) -> Vec<Document> {
    let parts = stretches(articles.iter().map(|article| article.bytes() + 1), BYTES_A_PART);
    let of_part = |part: &Range<usize>| documents_of_part(&articles[part.clone()]);
    match &parts[..] {
        [all] => of_part(all),
        parts => parts.par_iter().map(of_part).collect::<Vec<_>>().into_iter().flatten().collect(),
    }
}

/// The documents of some articles, with one vocabulary.
fn documents_of_part(articles: &[Article]) -> Vec<Document> {
    let mut reader = Reader::new();
    let said: Vec<Said> = articles.iter().map(|article| reader.read(article)).collect();
    let keys = reader.vocabulary.stem_keys();
    articles.iter().zip(said).map(|(article, said)| said.document(article, &keys)).collect()
}

/// What an article says, in the numbers of a vocabulary.
#[derive(Default)]
struct Said {
    fields: [Vec<StemId>; FIELDS],
    /// Words of a name, the later one behind the earlier one.
    runs: Vec<[StemId; 2]>,
    bodied: bool,
    form: Form,
}

/// Reads one article after the other.
struct Reader {
    vocabulary: Vocabulary,
    form: FormReader,
}

impl Reader {
    fn new() -> Self {
        Self { vocabulary: Vocabulary::new(), form: FormReader::default() }
    }

    fn read(&mut self, article: &Article) -> Said {
        let mut said = Said::default();
        let title = article.title().unwrap_or_default();
        self.title(title, article.language, &mut said);
        let mut words = 0;
        for block in article.prose() {
            let text = block.span().of(&article.text);
            self.paragraph(text, article.language, &mut words, &mut said);
        }
        said.bodied = words > 0;
        if !said.bodied {
            // A headline alone: its words are all there is, and its capitals are those of a headline.
            let title = said.fields[Field::Title as usize].clone();
            said.fields[Field::Names as usize] = title;
        }
        said.form = self.form.finish();
        said
    }

    fn title(&mut self, title: &str, language: Option<Language>, said: &mut Said) {
        let Self { vocabulary, form } = self;
        vocabulary.words_at(language, title, |span, word| {
            form.title_word(span.of(title));
            if word.term.is_some() {
                said.fields[Field::Title as usize].push(word.stem);
            }
        });
    }

    /// Reads a paragraph, before which so many `words` of running text stand.
    fn paragraph(&mut self, text: &str, language: Option<Language>, words: &mut usize, said: &mut Said) {
        let Self { vocabulary, form } = self;
        // The word of a name that ends where the next one may go on.
        let mut name: Option<(usize, StemId)> = None;
        vocabulary.words_at(language, text, |span, word| {
            *words += 1;
            let spelled = span.of(text);
            let particular = is_number(spelled) || (starts_with_capital(spelled) && !opens_sentence(text, span.start));
            form.word(spelled, particular);
            if word.term.is_none() {
                return;
            }
            let [body, _, lead, names] = &mut said.fields;
            body.push(word.stem);
            if *words <= LEAD_WORDS {
                lead.push(word.stem);
            }
            if particular {
                names.push(word.stem);
                if let Some((_, before)) = name.filter(|(end, _)| text[*end..span.start].trim().is_empty()) {
                    said.runs.push([before, word.stem]);
                }
                name = Some((span.end, word.stem));
            }
        });
        form.end_paragraph();
    }
}

impl Said {
    /// The document, with keys instead of numbers.
    fn document(self, article: &Article, keys: &[u64]) -> Document {
        let key = |stem: &StemId| keys[stem.index()];
        let [body, title, lead, names] = &self.fields;
        let titles = || title.iter().map(key);
        let runs = self.runs.iter().map(|run| run.iter().map(key).fold(RUN, |run, key| run.rotate_left(21) ^ key));
        let counts = [
            counted(body.iter().map(|stem| (key(stem), 1)).chain(titles().map(|key| (key, TITLE_COUNTS)))),
            counted(titles().map(|key| (key, 1))),
            counted(lead.iter().map(key).chain(titles()).map(|key| (key, 1))),
            counted(names.iter().map(key).chain(runs).map(|key| (key, 1))),
        ];
        let facts = Facts {
            language: article.language,
            day: article.metadata.day().map(|moment| days_since_1970(moment.date)),
            titled: !title.is_empty(),
            bodied: self.bodied,
            form: self.form,
        };
        Document { counts, facts }
    }
}

/// What tells the key of two words of a name from that of one word.
const RUN: u64 = 0x5D1F_0A3C_96B7_E248;

/// The sum of the counts of each key, by rising key.
fn counted(keys: impl Iterator<Item = (u64, u32)>) -> Vec<Entry<u64, u32>> {
    let mut entries: Vec<Entry<u64, u32>> = keys.map(|(term, value)| Entry { term, value }).collect();
    entries.sort_unstable_by_key(|entry| entry.term);
    entries.dedup_by(|entry, kept| {
        let same = entry.term == kept.term;
        if same {
            kept.value += entry.value;
        }
        same
    });
    entries
}

/// So many days behind the first one of 1970.
pub(super) fn days_since_1970(date: jiff::civil::Date) -> i32 {
    const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);
    date.since(EPOCH).map_or(0, |span| span.get_days())
}

/// Whether a word is a number, or begins as one: `14`, `55,000`, `12th`.
fn is_number(word: &str) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

fn starts_with_capital(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
        _ => word.chars().next().is_some_and(char::is_uppercase),
    }
}

/// Whether a word begins a sentence or a quotation, where its capital says nothing.
fn opens_sentence(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches([' ', '\n', '\t', '\u{a0}', '(', '[']);
    match before.chars().next_back() {
        None => true,
        Some(mark) => matches!(mark, '.' | '!' | '?' | ':' | '"' | '“' | '”' | '‘' | '„' | '«' | '»' | '…' | '—'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Markup, ReadOptions, article};
    use crate::vectorize::stem_key;

    fn document(text: &str) -> Document {
        let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
        documents(&[article("x", text.to_owned(), Markup::Markdown, &options)]).remove(0)
    }

    fn count(document: &Document, field: Field, stem: &str) -> u32 {
        let entries = &document.counts[field as usize];
        entries.iter().find(|entry| entry.term == stem_key(stem)).map_or(0, |entry| entry.value)
    }

    const STORY: &str = "# Ferry hits pier\n\nThe ferry Alda Brim hit the east pier of Port Ella on Tuesday, \
                         and 14 people were hurt. The mayor closed the harbour.\n";

    #[test]
    fn the_headline_counts_three_times_where_the_text_says_the_same_word() {
        let document = document(STORY);
        assert!(document.facts.titled && document.facts.bodied);
        assert_eq!(count(&document, Field::Title, "ferri"), 1);
        assert_eq!(count(&document, Field::Body, "ferri"), 3);
        assert_eq!(count(&document, Field::Lead, "ferri"), 2);
        assert_eq!(count(&document, Field::Body, "mayor"), 1);
        assert_eq!(count(&document, Field::Body, "the"), 0, "stop words are no terms");
    }

    #[test]
    fn names_are_capitals_inside_sentences_and_numbers() {
        let document = document(STORY);
        for name in ["alda", "brim", "port", "ella", "14"] {
            assert_eq!(count(&document, Field::Names, name), 1, "{name}");
        }
        for word in ["ferri", "mayor", "pier"] {
            assert_eq!(count(&document, Field::Names, word), 0, "{word}");
        }
    }

    #[test]
    fn what_an_article_becomes_does_not_depend_on_those_beside_it() {
        let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
        let read = |text: &str| article("x", text.to_owned(), Markup::Markdown, &options);
        let both = documents(&[read("Another one.\n\nHolm said nothing of Dam 7."), read(STORY)]);
        assert_eq!(both[1], document(STORY));
    }
}

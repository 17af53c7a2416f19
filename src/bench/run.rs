//! A corpus and those who enter in, what each of their summaries is worth out.
//!
//! Stories are worked on side by side, each by one thread, so that the times that are measured are those of one thread,
//! and no score depends on how many there are.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::corpus::{Corpus, Entry, Item};
use super::memory;
use super::predictions::Predictions;
use super::repetition::{Repetition, Repetitions};
use super::rouge::{self, Measure, References, RougeTokens, Score, Tokenizer};
use super::summary::{Limit, Summary};
use super::systems::{Room, System, oracle};
use crate::crew::Crew;
use crate::error::Error;
use crate::language::Language;
use crate::model::SentenceId;
use crate::rank::Story;
use crate::read::ReadOptions;
use crate::segment::{count_words, sentences};
use crate::select::violations;

/// A batch has so many stories: few enough that an interruption is soon heeded and that they fit into memory.
const BATCH_STORIES: usize = 64;

/// Who enters, and under what name.
pub struct Entrant {
    /// The name in tables.
    pub name: String,
    /// What its summaries are made by.
    pub by: Author,
    /// Whether its summaries keep to whole sentences.
    pub whole: bool,
    /// The names of the corpora that it was fitted on.
    pub fitted_on: Vec<String>,
}

/// What makes summaries.
pub enum Author {
    /// A method that sees the articles.
    System(Box<dyn System>),
    /// A choice that sees the references, too: what choosing sentences could reach.
    Ceiling,
    /// Somebody else, whose summaries are there already.
    Given(Predictions),
}

/// Which tokens texts are compared by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenChoice {
    /// Those of Google for stories in English, Unicode's for others.
    #[default]
    ByLanguage,
    /// Those of Google.
    Google,
    /// Unicode's.
    Unicode,
}

impl TokenChoice {
    /// The tokens for a story in a language.
    pub fn of(self, language: Option<Language>, stemming: bool) -> RougeTokens {
        let english = language == Some(Language::ENGLISH);
        match self {
            Self::ByLanguage if english => RougeTokens::Google { stemming },
            Self::Google => RougeTokens::Google { stemming },
            Self::ByLanguage | Self::Unicode => RougeTokens::Unicode,
        }
    }
}

/// What a comparison is made with.
pub struct Bench {
    /// How long summaries are.
    pub limit: Limit,
    /// Whether most entrants keep to whole sentences, for the record: each entrant says for itself.
    pub whole: bool,
    /// Which tokens texts are compared by.
    pub tokens: TokenChoice,
    /// Whether Google's tokens are stemmed.
    pub stemming: bool,
    /// The language of all articles, if it is not to be detected.
    pub language: Option<Language>,
    /// Who enters, in the order of the table.
    pub entrants: Vec<Entrant>,
    /// How many stories are worked on at the same time; at least 1.
    pub threads: usize,
    /// Whether the texts of the summaries are kept.
    pub keep_summaries: bool,
}

/// What there is of one story.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name in the corpus.
    pub id: String,
    /// Where it stands: `path:line`, or the path of its folder.
    pub place: String,
    /// What its texts were compared by.
    pub tokens: RougeTokens,
    /// How much text there was.
    pub size: Size,
    /// How long it took to read the articles, to find their sentences and to weigh their words: what every system that
    /// sees the articles begins with.
    pub preparing: Duration,
    /// What each entrant did, in their order.
    pub marks: Vec<Mark>,
}

/// How much text a story, or a corpus, has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Articles with running text.
    pub articles: usize,
    /// Their sentences.
    pub sentences: usize,
    /// The words of these sentences.
    pub words: usize,
    /// References.
    pub references: usize,
    /// Their words.
    pub reference_words: usize,
    /// Bytes of text that were read, running text or not.
    pub bytes: usize,
}

impl Size {
    /// The sizes together.
    pub fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.sentences += other.sentences;
        self.words += other.words;
        self.references += other.references;
        self.reference_words += other.reference_words;
        self.bytes += other.bytes;
    }

    /// The numbers with their names.
    pub fn named(self) -> [(&'static str, usize); 6] {
        let Self { articles, sentences, words, references, reference_words, bytes } = self;
        [
            ("articles", articles),
            ("sentences", sentences),
            ("words", words),
            ("references", references),
            ("reference_words", reference_words),
            ("bytes", bytes),
        ]
    }
}

/// What an entrant did with a story.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    /// A score by each of [`Measure::ALL`].
    pub scores: [Score; Measure::ALL.len()],
    /// How much its sentences repeat each other.
    pub repetition: Repetition,
    /// The share of the articles that it quotes; `None` where its sentences are not known.
    pub sources: Option<f64>,
    /// Whether a sentence of it cannot stand there; `None` where its sentences are not known.
    pub violates: Option<bool>,
    /// How much of the limit it uses.
    pub fill: f64,
    /// How long choosing took, without what all have in common.
    pub choosing: Duration,
    /// Whether there was no summary.
    pub missing: bool,
    /// The text as it was scored, if it was to be kept.
    pub summary: Option<String>,
}

/// What came of a corpus.
#[derive(Debug)]
pub struct Run {
    /// What the corpus is called.
    pub corpus: String,
    /// Its path as given.
    pub path: String,
    /// The stories, in the order of the corpus.
    pub outcomes: Vec<Outcome>,
    /// The lines, folders and files of folders that were left out.
    pub left_out: Vec<Error>,
    /// Whether it ended before the end of the corpus.
    pub interrupted: bool,
    /// How long it took.
    pub time: Duration,
    /// The most memory of the process meanwhile, in bytes.
    pub peak_memory: Option<u64>,
}

/// What is told while a corpus is being worked on.
#[derive(Clone, Copy, Debug)]
pub enum Event<'e> {
    /// A line, a folder or a file of it was left out.
    LeftOut(&'e Error),
    /// Stories of a corpus had the name of an earlier one and were given others. Told once, at the end.
    Renamed {
        /// What the corpus is called.
        corpus: &'e str,
        /// How many stories.
        stories: usize,
        /// The new name of the first of them.
        first: &'e str,
    },
    /// Work of another kind begins: where a corpus is gone through several times.
    Begun(&'e str),
    /// So many stories are done.
    Done {
        /// How many.
        stories: usize,
        /// What share of the corpus that is, where that is known.
        share: Option<f64>,
    },
}

/// A story that was read, and where and how.
struct Read {
    item: Item,
    place: String,
    time: Duration,
}

impl Bench {
    /// Works through a corpus. Ends early, with what is done, when `stop` becomes true.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unreadable`](crate::error::ErrorKind::Unreadable) where a file breaks off;
    /// [`ErrorKind::Usage`](crate::error::ErrorKind::Usage) where no thread can be had.
    pub fn run(&self, mut corpus: Corpus, stop: &AtomicBool, tell: &mut dyn FnMut(Event<'_>)) -> Result<Run, Error> {
        let start = Instant::now();
        memory::reset_peak();
        let crew = Crew::new(self.threads)?;
        let (mut outcomes, mut left_out): (Vec<Outcome>, Vec<Error>) = (Vec::new(), Vec::new());
        let mut renamed = Vec::new();
        let mut interrupted = false;
        while !interrupted {
            if stop.load(Ordering::Relaxed) {
                interrupted = !corpus.is_at_end();
                break;
            }
            let before = corpus.share_read(outcomes.len()).unwrap_or(0.0);
            let batch = corpus.next_batch(BATCH_STORIES)?;
            if batch.is_empty() {
                break;
            }
            let read = crew.work(&batch, stop, |_, entry| self.read(entry), |_| {});
            interrupted = read.len() < batch.len();
            let (mut stories, first) = (Vec::with_capacity(read.len()), left_out.len());
            for result in read {
                match result {
                    Ok(mut read) => {
                        if corpus.tell_apart(&mut read.item) {
                            renamed.push(read.item.id.clone());
                        }
                        left_out.append(&mut read.item.left_out);
                        stories.push(read);
                    }
                    Err(error) => left_out.push(error),
                }
            }
            corpus.allow(batch.len() - stories.len());
            let known = outcomes.len();
            // The batch is read, and a part of it is done.
            let share = |done: usize| {
                let after = corpus.share_read(known + stories.len())?;
                Some(before + (after - before) * done as f64 / stories.len() as f64)
            };
            let judge = |_, read: &Read| self.judge(read, &corpus.name);
            let heard = |done| tell(Event::Done { stories: known + done, share: share(done) });
            let judged = crew.work(&stories, stop, judge, heard);
            interrupted |= judged.len() < stories.len();
            outcomes.extend(judged);
            left_out[first..].iter().for_each(|error| tell(Event::LeftOut(error)));
        }
        if let Some(first) = renamed.first() {
            tell(Event::Renamed { corpus: &corpus.name, stories: renamed.len(), first });
        }
        Ok(Run {
            corpus: corpus.name,
            path: corpus.path,
            outcomes,
            left_out,
            interrupted,
            time: start.elapsed(),
            peak_memory: memory::peak(),
        })
    }

    fn read(&self, entry: &Entry) -> Result<Read, Error> {
        let start = Instant::now();
        let item = entry.read(&ReadOptions { language: self.language, ..ReadOptions::default() })?;
        Ok(Read { item, place: entry.place(), time: start.elapsed() })
    }

    /// Has every entrant summarise a story.
    fn judge(&self, read: &Read, corpus: &str) -> Outcome {
        let start = Instant::now();
        let item = &read.item;
        let story = Story::new(sentences(&item.cluster));
        let preparing = read.time + start.elapsed();
        let tokens = self.tokens.of(item.language, self.stemming);
        let mut jury = Jury::new(item, tokens);
        let summaries: Vec<Made> =
            self.entrants.iter().map(|entrant| self.make(entrant, item, &story, corpus, &mut jury)).collect();
        let marks = self.mark(item, &story, &mut jury, summaries);
        let (id, place) = (item.id.clone(), read.place.clone());
        Outcome { size: size(item, &story), id, place, tokens, preparing, marks }
    }

    /// Has an entrant summarise a story.
    fn make(&self, entrant: &Entrant, item: &Item, story: &Story<'_>, corpus: &str, jury: &mut Jury) -> Made {
        let room = Room { budget: self.limit.budget(), whole: entrant.whole };
        let start = Instant::now();
        let chosen = match &entrant.by {
            Author::System(system) => system.choose(story, &room),
            Author::Ceiling => jury.would_choose(story, &room),
            Author::Given(predictions) => {
                let given = predictions.of(corpus, &item.id);
                let summary = Summary::of_text(given.unwrap_or_default(), self.limit);
                let missing = summary.text.is_empty();
                return Made { text: summary.text, ids: None, choosing: Duration::ZERO, missing };
            }
        };
        let choosing = start.elapsed();
        let texts = chosen.iter().map(|id| story.sentences.text(*id));
        let summary = Summary::of(texts, self.limit, entrant.whole);
        let ids = summary.used.iter().map(|at| chosen[*at]).collect();
        Made { missing: summary.text.is_empty(), text: summary.text, ids: Some(ids), choosing }
    }

    fn mark(&self, item: &Item, story: &Story<'_>, jury: &mut Jury, summaries: Vec<Made>) -> Vec<Mark> {
        let repetitions = Repetitions::new(item.language);
        let digests: Vec<Vec<SentenceId>> = summaries.iter().map(|made| made.ids.clone().unwrap_or_default()).collect();
        let violated = violations(story, &digests);
        let marks = summaries.into_iter().zip(violated).map(|(made, violated)| Mark {
            scores: jury.scores(&made.text),
            repetition: repetitions.of(&made.text),
            sources: made.ids.as_deref().map(|ids| share_of_sources(story, ids)),
            violates: made.ids.is_some().then_some(!violated.is_empty()),
            fill: self.limit.length(&made.text) as f64 / self.limit.most() as f64,
            choosing: made.choosing,
            missing: made.missing,
            summary: self.keep_summaries.then_some(made.text),
        });
        marks.collect()
    }
}

/// A summary that was made.
struct Made {
    text: String,
    /// Its sentences, where they are known.
    ids: Option<Vec<SentenceId>>,
    choosing: Duration,
    missing: bool,
}

/// What people wrote of a story, and the tokens by which summaries are held against it.
struct Jury {
    tokenizer: Tokenizer,
    references: References,
}

impl Jury {
    fn new(item: &Item, tokens: RougeTokens) -> Self {
        let mut tokenizer = Tokenizer::new(tokens);
        let references: Vec<rouge::Summary> = item.references.iter().map(|text| tokenizer.summary(text)).collect();
        Self { references: References::new(&references), tokenizer }
    }

    fn scores(&mut self, summary: &str) -> [Score; Measure::ALL.len()] {
        let summary = self.tokenizer.summary(summary);
        Measure::ALL.map(|measure| self.references.score(&summary, measure))
    }

    /// What would be chosen by who knows the references: greedily the best mean of ROUGE-1 and ROUGE-2.
    fn would_choose(&mut self, story: &Story<'_>, room: &Room) -> Vec<SentenceId> {
        let sentences: Vec<rouge::Summary> =
            story.sentences.ids().map(|id| self.tokenizer.sentence(story.sentences.text(id))).collect();
        oracle(story, room, |ids| {
            let summary = rouge::Summary::of(ids.iter().map(|id| &sentences[id.index()]));
            let f1 = |measure| self.references.score(&summary, measure).f1;
            (f1(Measure::R1) + f1(Measure::R2)) / 2.0
        })
    }
}

fn share_of_sources(story: &Story<'_>, ids: &[SentenceId]) -> f64 {
    let quoted: FxHashSet<_> = ids.iter().map(|id| story.sentences.get(*id).article).collect();
    quoted.len() as f64 / story.sentences.articles_with_sentences().max(1) as f64
}

fn size(item: &Item, story: &Story<'_>) -> Size {
    Size {
        articles: item.cluster.articles.len(),
        sentences: story.sentences.len(),
        words: story.sentences.ids().map(|id| count_words(story.sentences.text(id))).sum(),
        references: item.references.len(),
        reference_words: item.references.iter().map(|text| count_words(text)).sum(),
        bytes: item.bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of a corpus of three stories, on one thread, that is stopped when so many are done.
    fn stopped_after(count: usize) -> Run {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.jsonl");
        let line =
            r#"{"id": "a", "documents": ["The ferry hit the pier on Tuesday, the mayor said."], "references": "A."}"#;
        std::fs::write(&path, format!("{line}\n{line}\n{line}\n")).unwrap();
        let bench = Bench {
            limit: Limit::default(),
            whole: false,
            tokens: TokenChoice::default(),
            stemming: true,
            language: None,
            entrants: vec![],
            threads: 1,
            keep_summaries: false,
        };
        let stop = AtomicBool::new(false);
        let mut heard = |event: Event<'_>| {
            if let Event::Done { stories, .. } = event {
                stop.fetch_or(stories == count, Ordering::Relaxed);
            }
        };
        bench.run(Corpus::open(&path, None).unwrap(), &stop, &mut heard).unwrap()
    }

    #[test]
    fn a_corpus_that_is_done_when_it_is_stopped_was_not_interrupted() {
        let run = stopped_after(3);
        assert_eq!((run.outcomes.len(), run.interrupted), (3, false));
        let ids: Vec<&str> = run.outcomes.iter().map(|outcome| outcome.id.as_str()).collect();
        assert_eq!(ids, ["a", "a-2", "a-3"]);
    }

    #[test]
    fn tokens_are_those_of_the_language() {
        let german = "de".parse().ok();
        assert_eq!(TokenChoice::ByLanguage.of(Some(Language::ENGLISH), true), RougeTokens::Google { stemming: true });
        assert_eq!(TokenChoice::ByLanguage.of(german, true), RougeTokens::Unicode);
        assert_eq!(TokenChoice::Google.of(german, false), RougeTokens::Google { stemming: false });
    }
}

//! A sentence in, the things that it takes as known out.
//!
//! `The report was late` puzzles where no report was told of. A noun with a definite article leans on an earlier sentence
//! if the article brought it up there in another way (`a report`, `Holm's report`); what is definite from the first, as
//! `the government`, does not, unless every story has another one, as of `the company`. What is told behind the noun
//! (`the report of the harbour office`) explains it.

use std::sync::OnceLock;

use super::lookup::{Packed, Table};
use super::tokens::{Marks, Tokens, is_capital, is_small};

/// Definite articles at the start of a sentence, in the languages whose articles are no other language's small words.
const ARTICLES: &[&str] = &["The", "Le", "La", "Les", "El", "Los", "Las", "Il", "Lo", "Gli", "Het"];

/// Prepositions at the start of a sentence, in front of an article.
#[rustfmt::skip]
const PREPOSITIONS: &[&str] = &[
    "Of", "In", "On", "At", "During", "After", "Before", "Under", "From", "By", "With", "Throughout", "Despite", "Inside", "Outside", "Following", "Since", "Through", "Among", "Between", "Per",
    "Dans", "Sur", "Après", "Avant", "Selon", "Lors", "En", "Tras", "Según", "Dopo", "Secondo",
];

/// The same inside of one, and words that make a noun definite as they do.
const DEFINITE: &[&str] =
    &["the", "le", "la", "les", "el", "los", "las", "il", "lo", "gli", "het", "du", "des", "del", "al", "au", "aux"];

/// Words behind a noun that go on to say which one it is.
#[rustfmt::skip]
const EXPLAINING: &[&str] = &[
    "of", "who", "that", "which", "where", "whose", "from", "in", "for", "behind", "at", "between", "against", "about", "with", "near", "by", "on", "to", "into", "de", "du", "des", "d'un",
    "d'une", "qui", "que", "dont", "où", "en", "à", "au", "pour", "del", "di", "dei", "che", "da", "do", "dos", "van", "voor", "met", "under", "over", "across", "outside", "inside", "aboard",
];

/// Nouns for what every story has another one of, in the singular: without an earlier sentence nobody knows which is meant.
#[rustfmt::skip]
const KINDS: &[&str] = &[
    "man", "utility", "summit", "affair", "intention", "woman", "boy", "girl", "suspect", "victim", "couple", "pair", "duo", "trio", "group", "company", "firm",
    "agency", "organization", "organisation", "organizer", "author", "study", "report", "survey", "statement",
    "letter", "video", "footage", "clip", "post", "tweet", "tape", "recording", "document", "lawsuit", "complaint",
    "bill", "measure", "ruling", "decision", "move", "plan", "deal", "agreement", "announcement", "proposal",
    "incident", "project", "site", "app", "device", "book", "film", "movie", "show", "song", "article", "column",
    "newspaper", "airline", "teenager", "teen", "student", "teacher", "officer", "driver", "passenger", "owner",
    "employee", "worker", "nurse", "doctor", "researcher", "scientist", "expert", "singer", "actor", "actress",
    "player", "coach", "team", "club", "speaker", "attacker", "gunman", "shooter", "defendant", "plaintiff",
    "witness", "child", "baby", "mother", "father", "husband", "wife", "son", "daughter", "brother", "sister",
    "family", "dog", "cat", "animal", "vehicle", "car", "truck", "plane", "aircraft", "ship", "boat", "vessel",
    "building", "house", "store", "hotel", "restaurant", "school", "church", "airport", "station", "facility",
    "picture", "photo", "image", "map", "email", "e-mail", "message", "phone", "call", "conversation", "interview",
    "meeting", "trip", "visit", "event", "ceremony", "exhibit", "campaign", "program", "programme", "policy", "rule",
    "order", "change", "shift", "increase", "decrease", "figure", "number", "result", "finding", "theory", "claim",
    "allegation", "charge", "comment", "remark", "question", "answer", "idea", "concept", "practice", "process",
    "system", "method", "technique", "technology", "product", "item", "object", "substance", "drug", "chemical",
    "disease", "condition", "injury", "wound", "weapon", "gun", "bullet", "bomb", "body", "money", "fund", "payment",
    "price", "cost", "lawmaker", "senator", "congressman", "congresswoman", "spokesman", "spokeswoman",
    "spokesperson", "official", "executive", "founder", "billionaire", "businessman", "duchess", "duke", "share",
    "position", "former", "latter", "new", "implication", "reason", "goal", "aim", "problem", "point", "fact",
    "truth", "catch", "purpose", "difference", "theme", "response", "reaction", "ban", "audio", "transcript", "memo",
    "note", "warning", "ad", "commercial", "website", "account", "page", "list", "two", "three", "four", "other",
    "trick", "key", "irony", "envelope", "box", "package", "bag", "notice", "sign", "scene", "blaze", "blast",
    "timing", "delay", "feature", "option", "version", "model", "data", "analysi", "research", "paper", "estimate",
    "award", "prize", "title", "record", "episode", "serie", "tour", "concert", "crowd", "audience", "protest",
    "rally", "march", "speech", "address", "debate", "hearing", "session", "panel", "board", "committee",
    "commission", "discovery", "attempt", "effort", "case", "verdict", "sentence", "settlement", "test", "experiment",
    "trial", "vote", "poll",
];

fn is_kind(noun: &str) -> bool {
    static SET: OnceLock<Table<()>> = OnceLock::new();
    SET.get_or_init(|| Table::of(KINDS)).has(noun)
}

fn explains(word: &str) -> bool {
    static SET: OnceLock<Table<()>> = OnceLock::new();
    SET.get_or_init(|| Table::of(EXPLAINING)).has(word)
}

/// A noun that a sentence has behind a definite article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Definite<'t> {
    /// The noun, without a plural's s.
    pub noun: &'t str,
    /// Whether every story has another one.
    pub kind: bool,
    /// Whether the sentence opens with it, or with a preposition and it.
    pub opens: bool,
    /// Whether it stands right behind the article; if not, it may be a verb.
    pub first: bool,
}

/// The nouns that a sentence has as known. What stands behind a definite article may be an adjective, so the next word is
/// given, too.
pub(super) fn definites(sentence: &str) -> Vec<Definite<'_>> {
    let start = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut found = Vec::new();
    let mut tokens = Tokens::of(start);
    let Some(first) = tokens.next() else { return found };
    if ARTICLES.contains(&first.raw(start)) {
        nouns_behind(&start[first.end..], true, &mut found);
    }
    let mut is_second = true;
    for token in tokens {
        let opens = || is_second && PREPOSITIONS.contains(&first.raw(start));
        let word = token.raw(start);
        if word.len() <= LONGEST_DEFINITE && DEFINITE.contains(&word) {
            nouns_behind(&start[token.end..], opens(), &mut found);
        }
        is_second = false;
    }
    found
}

/// The words behind an article that may be the noun, unless what follows says which one it is.
fn nouns_behind<'t>(behind: &'t str, opens: bool, found: &mut Vec<Definite<'t>>) {
    const MOST_WORDS: usize = 2;
    let from = found.len();
    let mut tokens = Tokens::of(behind).peekable();
    for index in 0..MOST_WORDS {
        let Some(token) = tokens.next() else { break };
        let (word, bare) = (token.raw(behind), token.bare(behind));
        if !is_small(bare) {
            break;
        }
        let next = tokens.peek().map(|next| next.bare(behind));
        let ends = !token.has_no_mark_behind();
        let named = next.is_some_and(is_capital);
        // `The report, which` and `The report of` say which; so does a name behind it.
        let aside = opens
            && next.is_some()
            && ends
            && word.ends_with([',', '—', '–', '('])
            && found.len() == from
            && index == 0
            && !named;
        if aside || (!ends && (named || next.is_some_and(explains))) {
            // An adjective in front of a noun that is explained is no noun itself.
            found.truncate(from);
            return;
        }
        let noun = singular(super::names::possessor(bare));
        found.push(Definite { noun, kind: is_kind(noun), opens, first: index == 0 });
        if ends {
            return;
        }
    }
}

/// The longest of [`DEFINITE`], in bytes.
const LONGEST_DEFINITE: usize = 3;

/// A word without the s of a plural.
fn singular(word: &str) -> &str {
    const SHORTEST: usize = 4;
    match word.strip_suffix('s') {
        Some(stem) if stem.len() >= SHORTEST - 1 && !stem.ends_with('s') => stem,
        _ => word,
    }
}

/// How an article first mentions a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// In which of its sentences, counted from 0.
    pub sentence: usize,
    /// Whether it is definite there already.
    pub definite: bool,
    /// Whether it is brought up there as something new: `a report`, `Holm's report`, `two reports`.
    pub introduced: bool,
}

/// Words in front of a noun that is new.
#[rustfmt::skip]
const INDEFINITE: &[&str] = &[
    "a", "an", "one", "two", "three", "four", "five", "six", "several", "some", "many", "another", "his", "her", "its", "their", "no", "any", "A", "An", "Two", "Three", "Several", "Some",
    "un", "une", "deux", "trois", "plusieurs", "son", "sa", "ses", "leur", "leurs", "uno", "una", "unos", "unas", "dos", "su", "sus", "um", "uma", "een", "Un", "Une",
];

impl Mention {
    /// The mention of a noun behind two words.
    fn behind(before: [&str; 2], sentence: usize) -> Self {
        let [further, previous] = before.map(Determiner::of);
        let is = |determiner| further == Some(determiner) || previous == Some(determiner);
        let possessive = || before[1].ends_with("'s") || before[1].ends_with("’s");
        Self { sentence, definite: is(Determiner::Definite), introduced: is(Determiner::Indefinite) || possessive() }
    }
}

/// How a sentence, the one of its article with the given number, first mentions a noun, if it does.
pub(super) fn mention(noun: &str, number: usize, sentence: &str) -> Option<Mention> {
    let mut found = None;
    let mut before = ["", ""];
    nouns(sentence, |word, raw| {
        if word == noun && found.is_none() {
            found = Some(Mention::behind(before, number));
        }
        before = [before[1], raw];
    });
    found
}

/// Calls `each` with every noun of a sentence, as often as it stands there, and how it is mentioned.
pub(super) fn mentions<'t>(number: usize, sentence: &'t str, mut each: impl FnMut(&'t str, Mention)) {
    let mut before = ["", ""];
    nouns(sentence, |noun, raw| {
        each(noun, Mention::behind(before, number));
        before = [before[1], raw];
    });
}

/// What a word in front of a noun makes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Determiner {
    #[default]
    Definite,
    Indefinite,
}

impl Determiner {
    fn of(word: &str) -> Option<Self> {
        static TABLE: OnceLock<Table<Determiner>> = OnceLock::new();
        let table = TABLE.get_or_init(|| {
            let mut table = Table::new();
            ARTICLES.iter().chain(DEFINITE).for_each(|word| *table.entry(word) = Self::Definite);
            INDEFINITE.iter().for_each(|word| *table.entry(word) = Self::Indefinite);
            table
        });
        table.get(Packed::new(word)?).copied()
    }
}

/// Calls `each` with every word of a sentence, as it is looked up and as it stands.
pub(super) fn nouns<'t>(sentence: &'t str, mut each: impl FnMut(&'t str, &'t str)) {
    bare_words(sentence, |bare| each(singular(super::names::possessor(bare)), bare));
}

/// Calls `each` with every word of a sentence without the marks around it; a dash or a slash parts words.
pub(super) fn bare_words<'t>(sentence: &'t str, mut each: impl FnMut(&'t str)) {
    let mut word = |bare: &'t str| {
        if !bare.is_empty() {
            each(bare);
        }
    };
    for token in Tokens::of(sentence) {
        if token.marks.any(Marks::PART) {
            for part in token.raw(sentence).split(['—', '/']) {
                word(part.trim_matches(|c: char| !c.is_alphanumeric()));
            }
        } else {
            word(token.bare(sentence));
        }
    }
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::*;

    #[test]
    fn a_determiner_is_definite_or_not() {
        for word in ARTICLES.iter().chain(DEFINITE) {
            assert!(!INDEFINITE.contains(word), "{word}");
        }
        assert!(DEFINITE.iter().all(|word| word.len() <= LONGEST_DEFINITE));
    }

    fn nouns_of(sentence: &str) -> Vec<&str> {
        definites(sentence).iter().map(|definite| definite.noun).collect()
    }

    #[test]
    fn a_noun_that_is_explained_behind_it_is_known() {
        assert_eq!(nouns_of("The report was late."), ["report", "was"]);
        assert_eq!(nouns_of("The old reports were late."), ["old", "report"]);
        assert_eq!(nouns_of("On the call, Holm said so."), ["call"]);
        assert_eq!(nouns_of("Holm read the report."), ["report"]);
        for explained in [
            "The report of the Office was late.",
            "The report, which was late, is here.",
            "The Harbour Office was late.",
            "A report was late.",
        ] {
            assert_eq!(nouns_of(explained), [] as [&str; 0], "{explained}");
        }
    }

    #[test]
    fn kinds_are_as_nouns_are_looked_up_and_stand_once() {
        let mut seen = FxHashSet::default();
        for kind in KINDS {
            assert_eq!(singular(crate::select::names::possessor(kind)), *kind);
            assert!(seen.insert(kind), "{kind} stands twice");
        }
    }

    #[test]
    fn the_first_mention_shows_whether_a_noun_was_brought_up() {
        let first = "A report said so to the mayor.";
        assert_eq!(mention("report", 0, first), Some(Mention { sentence: 0, definite: false, introduced: true }));
        assert_eq!(mention("mayor", 0, first), Some(Mention { sentence: 0, definite: true, introduced: false }));
        assert_eq!(mention("mayor", 1, "The report was late."), None);
    }
}

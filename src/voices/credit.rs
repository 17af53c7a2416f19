//! An article in, whom it says that it is from out: its publisher, and the agencies and writers that it credits.

use super::families::{Families, key};
use crate::model::{Article, Block, BlockKind};

/// Whom an article says that it is from, as keys that are the same for the same name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// Its publisher, or the family of that.
    pub publisher: Option<u64>,
    /// The agencies and writers that it credits, its publisher among them: the agency itself publishes, too. Rising.
    pub credits: Box<[u64]>,
}

impl Sender {
    /// What an article says in its dateline, its byline, the lines that it closes with, and beside its text.
    ///
    /// `X contributed to this report` is no credit: the text is somebody else's.
    pub fn of(article: &Article, families: &Families) -> Self {
        let metadata = &article.metadata;
        let publisher = metadata.outlet().and_then(|outlet| families.publisher(outlet));
        let mut credits: Vec<u64> = publisher.into_iter().collect();
        each_name(article, |name| credits.extend(credited(name)));
        credits.sort_unstable();
        credits.dedup();
        Self { publisher, credits: credits.into() }
    }

    /// The first of those that both credit.
    pub(super) fn common_credit(&self, other: &Self) -> Option<u64> {
        self.credits.iter().copied().find(|credit| other.credits.binary_search(credit).is_ok())
    }
}

/// The name that two articles credit both, as the first of them writes it.
pub(crate) fn common_name(first: &Article, second: &Article) -> Option<String> {
    let publisher = |article: &Article| article.metadata.publisher.as_ref().map(|fact| fact.value.clone());
    let mut others: Vec<u64> = publisher(second).and_then(|name| credited(&name)).into_iter().collect();
    each_name(second, |name| others.extend(credited(name)));
    let mut common = publisher(first).filter(|name| credited(name).is_some_and(|key| others.contains(&key)));
    each_name(first, |name| {
        if common.is_none() && credited(name).is_some_and(|key| others.contains(&key)) {
            common = Some(name.trim().to_owned());
        }
    });
    common
}

/// Calls `each` with every name that an article credits, its publisher aside.
fn each_name(article: &Article, mut each: impl FnMut(&str)) {
    let metadata = &article.metadata;
    for fact in [&metadata.agency, &metadata.byline].into_iter().flatten() {
        parts(&fact.value).for_each(&mut each);
    }
    let text_of = |block: &Block| block.span().of(&article.text).trim();
    for byline in article.blocks.iter().filter(|block| block.kind == BlockKind::Byline) {
        // The name of the writer, with `By` before it, is in the metadata.
        parts(text_of(byline)).skip(1).for_each(&mut each);
    }
    let closing = article.blocks.iter().rev().filter(|block| may_credit(block)).take(CLOSING_LINES);
    for line in closing.map(text_of) {
        if let Some(name) = closing_credit(line) {
            parts(name).for_each(&mut each);
        }
    }
}

/// So many blocks at the end of an article may say whose text it is.
const CLOSING_LINES: usize = 3;

/// A line that says whose text it is has at most so many bytes.
const LONGEST_LINE: usize = 240;

/// A name has at most so many words.
const MOST_WORDS: usize = 5;

fn may_credit(block: &Block) -> bool {
    use BlockKind::{Byline, Dateline, Label, ListItem, Notice, Prose};
    matches!(block.kind, Byline | Dateline | Label | ListItem | Notice | Prose)
}

/// The names of a line: `Ada Holm and Bo Lind, Nordwire` are three.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    let marks = |c: char| matches!(c, ',' | ';' | '|' | '•' | '·' | '/' | '(' | ')' | '–' | '—' | '&');
    line.split(marks).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" for "))
}

/// What stands behind the names of agencies and writers, and is nobody's name by itself.
const OFFICES: &[&str] = &[
    "staff",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "editor",
    "newsroom",
    "desk",
    "agencies",
    "agenturen",
    "news",
    "redaktion",
    "report",
    "wire",
    "service",
    "services",
];

/// Names of agencies that are written in two ways.
const ALIASES: &[(&str, &str)] = &[
    ("ap", "Associated Press"),
    ("afp", "Agence France-Presse"),
    ("dpa", "Deutsche Presse-Agentur"),
    ("pa", "Press Association"),
    ("upi", "United Press International"),
    ("aap", "Australian Associated Press"),
    ("ttxvn", "Thông tấn xã Việt Nam"),
];

/// The key of a name that is credited; `None` where it is none: an office, an address, a date, a sentence.
fn credited(name: &str) -> Option<u64> {
    let name = name.trim().trim_end_matches('.');
    let words_of = str::split_whitespace;
    if name.contains('@') || !name.contains(char::is_alphabetic) || words_of(name).count() > MOST_WORDS {
        return None;
    }
    // A day: `March 4`, `2031`.
    if name.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let is_office = |word: &str| OFFICES.iter().any(|office| word.eq_ignore_ascii_case(office));
    let mut bare = name;
    while let Some(office) = words_of(bare).next_back().filter(|word| is_office(word)) {
        bare = bare[..bare.len() - office.len()].trim_end();
    }
    let alias = ALIASES.iter().find(|(short, _)| bare.eq_ignore_ascii_case(short));
    key(alias.map_or(bare, |(_, long)| long))
}

/// Whom a line below an article says that the text is from: `Reporting by Ada Holm for Nordwire; editing by Bo Lind`,
/// `© 2031 Nordwire. All rights reserved.`, `Source: Nordwire`, or a paragraph that ends in `(Nordwire)`.
fn closing_credit(line: &str) -> Option<&str> {
    if let Some(inner) = line.strip_suffix(')') {
        let open = inner.rfind('(')?;
        if !inner[open..].contains(' ') {
            return Some(&inner[open + 1..]);
        }
    }
    if line.len() > LONGEST_LINE {
        return None;
    }
    let opened = |opener: &str| line.get(..opener.len()).is_some_and(|head| head.eq_ignore_ascii_case(opener));
    let behind = |openers: &[&str]| openers.iter().find(|opener| opened(opener)).map(|opener| &line[opener.len()..]);
    if let Some(holder) = behind(&["©", "(c)", "copyright", "Source:", "Quelle:", "— ", "– "]) {
        let year_or_mark = |c: char| !c.is_alphabetic() || c == '©';
        let holder = holder.trim_start_matches(year_or_mark);
        let holder = holder.strip_prefix("c)").unwrap_or(holder).trim_start_matches(year_or_mark);
        return holder.split(['.', ';', ',']).next();
    }
    let reporters = behind(&["Reporting by", "(Reporting by", "Report by", "Written by"])?;
    let reporters = reporters.split([';', '.', ')']).next()?;
    reporters.rsplit_once(" for ").map(|(_, agency)| agency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Markup, ReadOptions, article};

    fn sender(text: &str) -> Sender {
        let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
        Sender::of(&article("x", text.to_owned(), Markup::Plain, &options), &Families::default())
    }

    const BODY: &str = "The ferry Alda Brim hit the east pier of Port Ella on Tuesday and 14 people were hurt, police said.\n\n\
        The mayor closed the harbour for the rest of the week and asked fishermen to stay at home.\n\n";

    #[test]
    fn an_agency_is_credited_in_dateline_byline_or_below_the_text() {
        let nordwire = key("Nordwire").unwrap();
        let credits = |head: &str, foot: &str| sender(&format!("{head}{BODY}{foot}")).credits.contains(&nordwire);
        assert!(credits("Ferry hits pier\n\nPORT ELLA (Nordwire) — ", ""));
        assert!(credits("Ferry hits pier\n\nBy Ada Holm, Nordwire\n\n", ""));
        assert!(credits("Ferry hits pier\n\n", "Reporting by Ada Holm for Nordwire; editing by Bo Lind.\n"));
        assert!(credits("Ferry hits pier\n\n", "(Reporting by Ada Holm and Bo Lind for Nordwire)\n"));
        assert!(credits("Ferry hits pier\n\n", "© 2031 Nordwire. All rights reserved.\n"));
        assert!(credits("Ferry hits pier\n\n", "(c) Nordwire\n"));
        assert!(credits("Ferry hits pier\n\n", "Source: Nordwire\n"));
        assert!(credits("Ferry hits pier\n\n", "The inquiry begins on Friday morning. (Nordwire)\n"));
        assert!(!credits("Ferry hits pier\n\n", "Nordwire contributed to this report.\n"));
        let article = |foot: &str| {
            article("x", format!("Ferry hits pier\n\n{BODY}{foot}"), Markup::Plain, &ReadOptions::default())
        };
        let names = [article("(c) Nordwire\n"), article("Reporting by Ada Holm for NORDWIRE.\n"), article("")];
        assert_eq!(common_name(&names[0], &names[1]).as_deref(), Some("Nordwire"));
        assert_eq!(common_name(&names[0], &names[2]), None);
        assert!(!credits("Ferry hits pier\n\n", "Nordwire was first to tell of the collision on Tuesday.\n"));
    }

    #[test]
    fn offices_and_dates_are_nobody_s_name() {
        for name in ["Staff", "staff writer", "News desk", "March 4", "ada@holm.example", "", "2031"] {
            assert_eq!(credited(name), None, "{name}");
        }
        assert_eq!(credited("Nordwire staff"), credited("Nordwire"));
        assert_eq!(credited("Nordwire\u{85}staff\u{3000}writer"), credited("Nordwire"));
        assert_eq!(credited("AP"), credited("The Associated Press"));
    }
}

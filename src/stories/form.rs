//! The words of an article in, its form out: what is left of it without names, numbers and dates.
//!
//! Some articles are made by filling the blanks of a template: the price of gold today, the weather in a town, the numbers
//! drawn last night, day 12 of a trial. Two of them share nearly all of their words and are different news; two copies of a
//! report share as many and are the same. What tells them apart is what stands in the blanks.

use crate::hashing::{mixed, spread, spread_lower_case};
use crate::sorted::common;

/// What an article looks like without what changes from one use of a template to the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// The shingles with the smallest hashes, each run of particulars being one blank; rising.
    shingles: Box<[u32]>,
    /// What stands in the blanks: names, numbers, dates; rising.
    particulars: Box<[u32]>,
    /// The numbers among them; rising.
    numbers: Box<[u32]>,
    /// The headline with blanks for numbers and dates.
    title: u64,
    /// What stands in the blanks of the headline.
    title_blanks: u64,
    /// Whether the headline counts on: `day 12`, `part 3`.
    counts_on: bool,
}

/// So many words side by side make a shingle.
const SHINGLE: usize = 4;

// The figures below are choices: in the corpora that groupings are measured on there is hardly a template.

/// So many shingles are kept: a sketch by which the share of common ones is told of any two articles, short ones too (Broder,
/// *On the Resemblance and Containment of Documents*, 1997).
const SKETCH: usize = 64;

/// At least this share of all shingles of two articles that were made from one template are common to both...
const SAME_FORM: f64 = 0.45;

/// ...and less than this share of the particulars, or of the numbers, of the one that has fewer: names of whom is asked each
/// time stay the same.
const OTHER_BLANKS: f64 = 0.5;

/// With fewer shingles an article has no form.
const FEWEST_SHINGLES: usize = 6;

/// With fewer blanks it is no template.
const FEWEST_BLANKS: usize = 2;

impl Form {
    /// Whether two articles were made from one template, and say different things in it.
    pub fn is_other_use(&self, other: &Self) -> bool {
        self.fills_other_blanks(other) || self.has_other_number(other)
    }

    /// Whether their texts are the same but for names, numbers and dates.
    fn fills_other_blanks(&self, other: &Self) -> bool {
        let differ = |a: &[u32], b: &[u32]| {
            let fewer = a.len().min(b.len());
            fewer >= FEWEST_BLANKS && (common(a, b) as f64) < OTHER_BLANKS * fewer as f64
        };
        (differ(&self.particulars, &other.particulars) || differ(&self.numbers, &other.numbers))
            && self.shingles.len().min(other.shingles.len()) >= FEWEST_SHINGLES
            && resemblance(&self.shingles, &other.shingles) >= SAME_FORM
    }

    /// Whether their headlines are the same but for a number that counts on, or a date.
    fn has_other_number(&self, other: &Self) -> bool {
        self.counts_on && other.counts_on && self.title == other.title && self.title_blanks != other.title_blanks
    }
}

/// The share of common elements of two sets, told by the smallest of each.
fn resemblance(a: &[u32], b: &[u32]) -> f64 {
    let (mut at, mut other, mut all, mut both) = (0, 0, 0, 0);
    while all < SKETCH {
        match (a.get(at), b.get(other)) {
            (Some(x), Some(y)) => {
                both += usize::from(x == y);
                at += usize::from(x <= y);
                other += usize::from(y <= x);
            }
            // Behind the end of a full sketch nothing is known.
            (Some(_), None) if b.len() < SKETCH => at += 1,
            (None, Some(_)) if a.len() < SKETCH => other += 1,
            _ => break,
        }
        all += 1;
    }
    both as f64 / all.max(1) as f64
}

/// Words in, a [`Form`] out; then the words of the next article.
#[derive(Debug, Default)]
pub(super) struct FormReader {
    shingles: Vec<u32>,
    particulars: Vec<u32>,
    numbers: Vec<u32>,
    /// The last words, each a blank or not.
    window: [u64; SHINGLE],
    filled: usize,
    title: Title,
}

#[derive(Debug, Default)]
struct Title {
    form: u64,
    blanks: u64,
    counts_on: bool,
    /// Whether the word before was one after which a number counts on.
    after_counter: bool,
}

/// Stands for names, numbers and dates, however many in a row.
const BLANK: u64 = 1;

impl FormReader {
    /// Takes in the next word of the text; `particular` is a name or a number.
    pub fn word(&mut self, word: &str, particular: bool) {
        let key = spread_lower_case(word);
        let mut code = key | 2;
        if particular {
            self.particulars.push((key >> u32::BITS) as u32);
            if word.starts_with(|c: char| c.is_ascii_digit()) {
                self.numbers.push((key >> u32::BITS) as u32);
            }
            if self.filled > 0 && self.window[SHINGLE - 1] == BLANK {
                return;
            }
            code = BLANK;
        }
        self.window.rotate_left(1);
        self.window[SHINGLE - 1] = code;
        self.filled += 1;
        if self.filled >= SHINGLE {
            let hash = self.window.iter().fold(0, |hash, code| mixed(hash, *code));
            let hash = (spread(hash ^ hash >> u32::BITS) >> u32::BITS) as u32;
            self.shingles.push(hash);
        }
    }

    /// Ends a paragraph.
    pub fn end_paragraph(&mut self) {
        self.filled = 0;
    }

    /// Takes in the next word of the headline.
    pub fn title_word(&mut self, word: &str) {
        let key = spread_lower_case(word);
        let lower = word.to_lowercase();
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        let is_day = DAYS.contains(&lower.as_str());
        let title = &mut self.title;
        if is_number || is_day {
            title.form = mixed(title.form, BLANK);
            title.blanks = mixed(title.blanks, key);
        } else {
            title.form = mixed(title.form, key | 2);
        }
        title.counts_on |= is_day || (is_number && title.after_counter) || SERIES.contains(&lower.as_str());
        title.after_counter = COUNTERS.contains(&lower.as_str());
    }

    /// Ends the article.
    pub fn finish(&mut self) -> Form {
        let smallest = |numbers: &mut Vec<u32>, most: usize| {
            numbers.sort_unstable();
            numbers.dedup();
            numbers.truncate(most);
            Box::from(numbers.as_slice())
        };
        let form = Form {
            shingles: smallest(&mut self.shingles, SKETCH),
            particulars: smallest(&mut self.particulars, usize::MAX),
            numbers: smallest(&mut self.numbers, usize::MAX),
            title: self.title.form,
            title_blanks: self.title.blanks,
            counts_on: self.title.counts_on,
        };
        *self = Self::default();
        form
    }
}

/// Words after which a number in a headline counts on.
const COUNTERS: &[&str] = &[
    "day", "week", "part", "episode", "chapter", "round", "no", "number", "issue", "volume", "vol", "season",
    "edition", "matchday", "game", "stage", "puzzle", "tag", "teil", "folge", "jour", "partie", "día", "parte", "dag",
    "giorno",
];

/// Words of headlines that come every day with another number.
const SERIES: &[&str] = &[
    "price",
    "prices",
    "rate",
    "rates",
    "weather",
    "forecast",
    "temperature",
    "horoscope",
    "lottery",
    "lotto",
    "jackpot",
    "fixtures",
    "standings",
    "obituaries",
    "today's",
    "daily",
    "wetter",
    "horoskop",
    "kurs",
    "météo",
    "tiempo",
];

/// Words of a headline that are a part of a date.
const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The form of a text; words with a capital or a digit are particulars.
    fn form(title: &str, text: &str) -> Form {
        let mut reader = FormReader::default();
        title.split(' ').for_each(|word| reader.title_word(word));
        let particular = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        text.split(' ').for_each(|word| reader.word(word, particular(word)));
        reader.finish()
    }

    fn prices(gold: &str, silver: &str, town: &str) -> Form {
        let text = format!(
            "an ounce of gold costs {gold} crowns in {town} and silver costs {silver} crowns an ounce this morning \
             dealers say that prices follow the markets abroad and that buyers should ask for a receipt and compare \
             what several shops ask before they decide since fees for working the metal differ from one shop to the \
             next and are seldom written on the tag so that the weight alone does not say what a ring is worth to \
             those who sell it again after some years in a drawer at home or who leave it to their children {town}"
        );
        form("gold price today", &text)
    }

    #[test]
    fn two_uses_of_a_template_are_told_from_two_copies() {
        let monday = prices("1,204", "17.2", "Ella");
        assert!(monday.is_other_use(&prices("1,311", "19.4", "Lenn")));
        assert!(!monday.is_other_use(&prices("1,204", "17.2", "Ella")));
        assert!(!monday.is_other_use(&prices("1,204", "17.2", "Lenn")), "two of three blanks are the same");
    }

    #[test]
    fn names_that_are_in_every_use_do_not_hide_that_the_figures_are_others() {
        let report = |gold: &str, change: &str| {
            let text = format!(
                "the price of gold rose to {gold} on the market of Lenn the Lenn Association of Dealers said Ada Holm its \
                 chairman said that an ounce cost {change} more than the day before"
            );
            form("gold closes higher", &text)
        };
        assert!(report("1,204", "12").is_other_use(&report("1,311", "107")));
        assert!(!report("1,204", "12").is_other_use(&report("1,204", "12")));
        assert!(!report("1,204", "12").is_other_use(&form("", "the mayor of Lenn said that 14 and 15 are too many")));
    }

    #[test]
    fn the_same_headline_with_another_price_is_another_day() {
        let headline = |title| form(title, "");
        assert!(headline("Gold price today 1,923 dollars").is_other_use(&headline("Gold price today 1,931 dollars")));
        assert!(!headline("Gold price today 1,923 dollars").is_other_use(&headline("Gold price today 1,923 dollars")));
    }

    #[test]
    fn a_headline_that_counts_on_is_another_day() {
        let day = |title| form(title, "nothing");
        assert!(day("Holm trial day 12").is_other_use(&day("Holm trial day 13")));
        assert!(!day("Holm trial day 12").is_other_use(&day("Holm trial day 12")));
        assert!(day("What to watch on Monday").is_other_use(&day("What to watch on Tuesday")));
        assert!(!day("Quake kills 12").is_other_use(&day("Quake kills 14")), "a toll that rises is the same story");
        assert!(!day("Quake kills 12").is_other_use(&day("Flood kills 12")));
    }
}

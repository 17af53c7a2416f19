//! A seed in, the articles of a story out, as they look when they are copied from pages.

use std::fmt::Write;

use jiff::civil::{Date, date};

use super::dice::Dice;
use super::people::{Outlet, Person, agency};
use super::sentence::{DATELINE_END, Reporter, Setting, capitalise};
use super::words::Kind;

/// Articles of a day. The first of them is an agency's.
pub const ARTICLES_A_DAY: usize = 10;

/// Which articles of a day are copies of the agency's.
const COPIES: [usize; 3] = [2, 5, 8];

/// What is told on a day: so many facts at most.
const FACTS_OF_A_DAY: usize = 60;

/// Of 100 words that are retold, so many become others: in an article of one's own, and in a copy.
const SLIPS: usize = 25;
const SLIPS_OF_A_COPY: usize = 1;

/// Of 100 sentences a copy leaves out so many.
const LEFT_OUT_OF_A_COPY: usize = 8;

/// A line of a text whose lines were broken has at most so many bytes.
const LINE: usize = 72;

/// Half the bytes of a sentence: an article is as often longer than it should be as it is shorter.
const HALF_A_SENTENCE: usize = 70;

const FIRST_DAY: Date = date(2031, 3, 4);

/// What dice are for, so that no two purposes have the same.
mod purpose {
    pub const PAGE: u64 = 1;
    pub const BODY: u64 = 2;
    pub const OWN: u64 = 3;
    pub const FACT: u64 = 4;
    pub const BACKGROUND: u64 = 5;
    pub const SLIPS: u64 = 6;
    pub const HEADLINE: u64 = 7;
}

/// A story in articles: ten a day, for as many days as it takes.
#[derive(Clone, Copy, Debug)]
pub struct Story {
    /// Stories of different seeds have different words, people and places.
    pub seed: u64,
    /// How many articles it has.
    pub articles: usize,
    /// How many bytes an article has, the last sentence more or less.
    pub bytes: usize,
}

impl Story {
    /// How long an article is, in bytes, where nothing else is said.
    pub const ARTICLE: usize = 3_700;

    /// The story that speed is measured on: 10 articles, 37 kB, about 260 sentences and 6,000 words.
    pub fn usual(seed: u64) -> Self {
        Self { seed, articles: 10, bytes: Self::ARTICLE }
    }

    /// A story of about so many sentences: 26 an article.
    pub fn of_sentences(seed: u64, sentences: usize) -> Self {
        Self { seed, articles: sentences.div_ceil(26), bytes: Self::ARTICLE }
    }

    /// Its articles, one after the other.
    pub fn texts(self) -> impl Iterator<Item = String> {
        (0..self.articles).map(move |article| self.text(article))
    }

    /// Whether an article is a copy of the agency's report of its day.
    pub fn is_copy(article: usize) -> bool {
        COPIES.contains(&(article % ARTICLES_A_DAY))
    }

    /// The text of an article.
    pub fn text(self, article: usize) -> String {
        let day = article / ARTICLES_A_DAY;
        let setting = Setting::of(self.seed, day);
        let mut page = Page {
            story: self,
            article,
            day,
            outlet: &Outlet::of(self.seed as usize % 1_000 + article),
            setting: &setting,
            dice: Dice::of(&[self.seed, purpose::PAGE, article as u64]),
            text: String::with_capacity(self.bytes + 400),
        };
        page.head();
        let closing = page.closing();
        page.body(self.bytes.saturating_sub(closing.len()));
        page.text.push_str(&closing);
        page.text
    }
}

/// An article on its page.
struct Page<'s> {
    story: Story,
    article: usize,
    day: usize,
    outlet: &'s Outlet,
    setting: &'s Setting,
    dice: Dice,
    text: String,
}

impl Page<'_> {
    /// What stands above the text: menu, headline, byline, date, picture.
    fn head(&mut self) {
        if self.outlet.number.is_multiple_of(2) {
            self.text.push_str("Home | News | Business | Sport | Weather\n\n");
        }
        self.headline();
        if self.dice.chance(30) {
            self.line_about(&[Kind::Adjective, Kind::Nouns, Kind::Verbed, Kind::Adjective, Kind::Nouns], " and the ");
            self.text.push_str(".\n\n");
        }
        let writer = self.writer();
        let _ = match self.dice.below(3) {
            0 => writeln!(self.text, "By {writer}, {} staff", self.outlet.name),
            1 => writeln!(self.text, "By {writer}"),
            _ => writeln!(self.text, "{writer}, Correspondent"),
        };
        let today = self.today();
        let (hour, minute) = (1 + self.dice.below(11), self.dice.below(60));
        let _ = match self.dice.below(3) {
            0 => writeln!(self.text, "{}, {hour}:{minute:02} a.m.\n", today.strftime("%B %-d, %Y")),
            1 => writeln!(self.text, "Updated {}\n", today.strftime("%-d %B %Y")),
            _ => writeln!(self.text, "Published: {}\n", today.strftime("%Y-%m-%d")),
        };
        if self.dice.chance(60) {
            self.caption();
        }
    }

    fn today(&self) -> Date {
        FIRST_DAY.saturating_add(jiff::Span::new().days(i64::try_from(self.day).expect("fewer days than fit")))
    }

    fn writer(&mut self) -> String {
        Person::of(0, self.dice.below(400)).full_name()
    }

    /// Words about the story's topic, of these kinds, with `between` before the third of them.
    fn line_about(&mut self, kinds: &[Kind], between: &str) {
        let start = self.text.len();
        let slips = Dice::of(&[self.story.seed, purpose::HEADLINE, self.article as u64]);
        let mut reporter = Reporter::new(self.setting, self.outlet, slips, SLIPS);
        let mut told = Dice::of(&[self.story.seed, purpose::HEADLINE, self.day as u64]);
        for (place, kind) in kinds.iter().enumerate() {
            self.text.push_str(match place {
                0 => "",
                2 => between,
                _ => " ",
            });
            reporter.word(&mut self.text, &mut told, *kind);
        }
        capitalise(&mut self.text, start);
    }

    fn headline(&mut self) {
        let start = self.text.len();
        let _ = write!(self.text, "{} ", self.setting.places[0]);
        self.line_about(&[Kind::Noun, Kind::Verbed, Kind::Adjective, Kind::Nouns, Kind::Noun], " by ");
        if self.outlet.number % 3 == 1 {
            // Every Word Has a Capital.
            let starts: Vec<usize> = self.text[start..].match_indices(' ').map(|(at, _)| start + at + 1).collect();
            starts.into_iter().for_each(|at| self.text[at..=at].make_ascii_uppercase());
        }
        self.text.push_str("\n\n");
    }

    fn caption(&mut self) {
        let today = self.today().strftime("%A, %B %-d, %Y");
        let _ = write!(self.text, "The ");
        self.line_about(&[Kind::Adjective, Kind::Noun, Kind::Noun], " of the ");
        let (photographer, place) = (self.writer(), &self.setting.places[1]);
        let _ = writeln!(self.text, " near {place} on {today}. (Photo: {photographer} / {})\n", agency(&mut self.dice));
    }

    /// Running text up to so many bytes of the page.
    fn body(&mut self, bytes: usize) {
        let copied = Story::is_copy(self.article);
        let from = if copied { self.article - self.article % ARTICLES_A_DAY } else { self.article };
        let seed = self.story.seed;
        let mut body = Dice::of(&[seed, purpose::BODY, from as u64]);
        let slips = Dice::of(&[seed, purpose::SLIPS, self.article as u64]);
        let slipping = if copied { SLIPS_OF_A_COPY } else { SLIPS };
        let mut reporter = Reporter::new(self.setting, self.outlet, slips, slipping);

        let is_wire = from.is_multiple_of(ARTICLES_A_DAY);
        let place = self.setting.places[0].to_uppercase();
        let mut agencies = Dice::of(&[seed, self.day as u64]);
        let start = self.text.len();
        if is_wire {
            let _ = write!(self.text, "{place} ({}){DATELINE_END}", agency(&mut agencies));
        } else if self.dice.chance(50) {
            let _ = write!(self.text, "{place}, {}{DATELINE_END}", self.today().strftime("%B %-d"));
        }
        // Which facts of the day were told, a bit a fact: none is told twice.
        let mut known = 1_u64;
        let mut position = 0;
        loop {
            let mut told = match body.weighted(&[36, 10, 54]) {
                _ if position == 0 => Dice::of(&[seed, purpose::FACT, self.day as u64, 0]),
                0 => {
                    let mut fact = body.rank(2) % FACTS_OF_A_DAY;
                    while known & (1 << fact) != 0 {
                        fact = (fact + 1) % FACTS_OF_A_DAY;
                    }
                    known |= 1 << fact;
                    Dice::of(&[seed, purpose::FACT, self.day as u64, fact as u64])
                }
                1 => Dice::of(&[seed, purpose::BACKGROUND, body.rank(16) as u64]),
                _ => Dice::of(&[seed, purpose::OWN, from as u64, position]),
            };
            let ends_paragraph = body.chance(45);
            if !copied || position == 0 || !reporter.leaves_out(LEFT_OUT_OF_A_COPY) {
                reporter.sentence(&mut self.text, &mut told);
                self.text.push_str(if ends_paragraph { "\n\n" } else { " " });
            }
            position += 1;
            if self.text.len() + HALF_A_SENTENCE >= bytes {
                break;
            }
            if position == 12 && self.outlet.number.is_multiple_of(4) && ends_paragraph {
                self.line_about(&[Kind::Adjective, Kind::Nouns], "");
                self.text.push_str("\n\n");
            }
        }
        self.text.truncate(self.text.trim_end().len());
        if self.outlet.breaks_lines() {
            let broken = break_lines(&self.text[start..]);
            self.text.truncate(start);
            self.text.push_str(&broken);
        }
        self.text.push_str("\n\n");
    }

    /// What stands below the text: a link, credits, a newsletter, rights.
    fn closing(&mut self) -> String {
        let above = std::mem::take(&mut self.text);
        if self.dice.chance(40) {
            self.text.push_str("Read more: ");
            self.line_about(&[Kind::Nouns, Kind::Verbed, Kind::Noun], " the ");
            self.text.push_str("\n\n");
        }
        let (writer, editor) = (self.writer(), self.writer());
        if self.dice.chance(40) {
            let _ = writeln!(self.text, "(Reporting by {writer}; editing by {editor})\n");
        }
        if self.outlet.number % 3 < 2 {
            let name = &self.outlet.name;
            let _ = writeln!(self.text, "Get the latest news of the {name} delivered to your inbox every morning.\n");
            self.text.push_str("Sign up\n\n");
        }
        let _ = writeln!(self.text, "© 2031 {}. All rights reserved.", self.outlet.name);
        std::mem::replace(&mut self.text, above)
    }
}

/// Breaks the lines of paragraphs at spaces, none longer than [`LINE`] where a space allows it.
fn break_lines(text: &str) -> String {
    let mut broken = String::with_capacity(text.len());
    let mut column = 0;
    for word in text.split_inclusive([' ', '\n']) {
        let length = word.trim_end().len();
        if column > 0 && column + length > LINE {
            broken.truncate(broken.trim_end_matches(' ').len());
            broken.push('\n');
            column = 0;
        }
        broken.push_str(word);
        column = if word.ends_with('\n') { 0 } else { column + word.len() };
    }
    broken
}

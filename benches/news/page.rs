//! An article in, its page out: what stands above the text, the text, what stands below it.

use std::fmt::Write;

use jiff::civil::Date;

use super::dice::Dice;
use super::people::{Outlet, Person, agency};
use super::sentence::{DATELINE_END, Reporter, Setting, capitalise};
use super::words::Kind;

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

/// What a page is to be: which article of which story, and whose.
pub struct Assignment<'s> {
    /// The seed of the story.
    pub story: u64,
    /// The day of the story, which decides the facts.
    pub day: usize,
    pub article: usize,
    /// The article that it is a copy of.
    pub copied: Option<usize>,
    /// Whether its text is an agency's.
    pub is_wire: bool,
    /// What a dateline says.
    pub date: Option<Date>,
    pub outlet: &'s Outlet,
    pub setting: &'s Setting,
}

/// An article on its page.
pub struct Page<'s> {
    of: Assignment<'s>,
    dice: Dice,
    pub text: String,
}

impl<'s> Page<'s> {
    /// A page for so many bytes, with nothing on it.
    pub fn new(of: Assignment<'s>, bytes: usize) -> Self {
        let dice = Dice::of(&[of.story, purpose::PAGE, of.article as u64]);
        Self { of, dice, text: String::with_capacity(bytes + 400) }
    }

    /// What stands above the text: menu, headline, byline, date, picture.
    pub fn head(&mut self, today: Date) {
        if self.of.outlet.number.is_multiple_of(2) {
            self.text.push_str("Home | News | Business | Sport | Weather\n\n");
        }
        self.headline();
        if self.dice.chance(30) {
            self.line_about(&[Kind::Adjective, Kind::Nouns, Kind::Verbed, Kind::Adjective, Kind::Nouns], " and the ");
            self.text.push_str(".\n\n");
        }
        let writer = self.writer();
        let _ = match self.dice.below(3) {
            0 => writeln!(self.text, "By {writer}, {} staff", self.of.outlet.name),
            1 => writeln!(self.text, "By {writer}"),
            _ => writeln!(self.text, "{writer}, Correspondent"),
        };
        let (hour, minute) = (1 + self.dice.below(11), self.dice.below(60));
        let _ = match self.dice.below(3) {
            0 => writeln!(self.text, "{}, {hour}:{minute:02} a.m.\n", today.strftime("%B %-d, %Y")),
            1 => writeln!(self.text, "Updated {}\n", today.strftime("%-d %B %Y")),
            _ => writeln!(self.text, "Published: {}\n", today.strftime("%Y-%m-%d")),
        };
        if self.dice.chance(60) {
            self.caption(today);
        }
    }

    fn writer(&mut self) -> String {
        Person::of(0, self.dice.below(400)).full_name()
    }

    /// Words about the story's topic, of these kinds, with `between` before the third of them.
    fn line_about(&mut self, kinds: &[Kind], between: &str) {
        let start = self.text.len();
        let Assignment { story, day, article, .. } = self.of;
        let slips = Dice::of(&[story, purpose::HEADLINE, article as u64]);
        let mut reporter = Reporter::new(self.of.setting, self.of.outlet, slips, SLIPS);
        let mut told = Dice::of(&[story, purpose::HEADLINE, day as u64]);
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

    pub fn headline(&mut self) {
        let start = self.text.len();
        let _ = write!(self.text, "{} ", self.of.setting.places[0]);
        self.line_about(&[Kind::Noun, Kind::Verbed, Kind::Adjective, Kind::Nouns, Kind::Noun], " by ");
        if self.of.outlet.number % 3 == 1 {
            // Every Word Has a Capital.
            let starts: Vec<usize> = self.text[start..].match_indices(' ').map(|(at, _)| start + at + 1).collect();
            starts.into_iter().for_each(|at| self.text[at..=at].make_ascii_uppercase());
        }
        self.text.push_str("\n\n");
    }

    fn caption(&mut self, today: Date) {
        let today = today.strftime("%A, %B %-d, %Y");
        let _ = write!(self.text, "The ");
        self.line_about(&[Kind::Adjective, Kind::Noun, Kind::Noun], " of the ");
        let (photographer, place) = (self.writer(), &self.of.setting.places[1]);
        let _ = writeln!(self.text, " near {place} on {today}. (Photo: {photographer} / {})\n", agency(&mut self.dice));
    }

    fn dateline(&mut self) {
        let place = self.of.setting.places[0].to_uppercase();
        let _ = match self.of.date {
            _ if self.of.is_wire => {
                let agency = agency(&mut Dice::of(&[self.of.story, self.of.day as u64]));
                write!(self.text, "{place} ({agency}){DATELINE_END}")
            }
            Some(date) if self.dice.chance(50) => {
                write!(self.text, "{place}, {}{DATELINE_END}", date.strftime("%B %-d"))
            }
            _ => Ok(()),
        };
    }

    /// Running text up to so many bytes of the page.
    pub fn body(&mut self, bytes: usize) {
        let (seed, day) = (self.of.story, self.of.day as u64);
        let is_copy = self.of.copied.is_some();
        let from = self.of.copied.unwrap_or(self.of.article) as u64;
        let mut body = Dice::of(&[seed, purpose::BODY, from]);
        let slips = Dice::of(&[seed, purpose::SLIPS, self.of.article as u64]);
        let slipping = if is_copy { SLIPS_OF_A_COPY } else { SLIPS };
        let mut reporter = Reporter::new(self.of.setting, self.of.outlet, slips, slipping);

        let start = self.text.len();
        self.dateline();
        // Which facts of the day were told, a bit a fact: none is told twice.
        let mut known = 1_u64;
        let mut position = 0;
        loop {
            let mut told = match body.weighted(&[36, 10, 54]) {
                _ if position == 0 => Dice::of(&[seed, purpose::FACT, day, 0]),
                0 => {
                    let mut fact = body.rank(2) % FACTS_OF_A_DAY;
                    while known & (1 << fact) != 0 {
                        fact = (fact + 1) % FACTS_OF_A_DAY;
                    }
                    known |= 1 << fact;
                    Dice::of(&[seed, purpose::FACT, day, fact as u64])
                }
                1 => Dice::of(&[seed, purpose::BACKGROUND, body.rank(16) as u64]),
                _ => Dice::of(&[seed, purpose::OWN, from, position]),
            };
            let ends_paragraph = body.chance(45);
            if !is_copy || position == 0 || !reporter.leaves_out(LEFT_OUT_OF_A_COPY) {
                reporter.sentence(&mut self.text, &mut told);
                self.text.push_str(if ends_paragraph { "\n\n" } else { " " });
            }
            position += 1;
            if self.text.len() + HALF_A_SENTENCE >= bytes {
                break;
            }
            if position == 12 && self.of.outlet.number.is_multiple_of(4) && ends_paragraph {
                self.line_about(&[Kind::Adjective, Kind::Nouns], "");
                self.text.push_str("\n\n");
            }
        }
        self.text.truncate(self.text.trim_end().len());
        if self.of.outlet.breaks_lines() {
            let broken = break_lines(&self.text[start..]);
            self.text.truncate(start);
            self.text.push_str(&broken);
        }
        self.text.push_str("\n\n");
    }

    /// What stands below the text: a link, credits, a newsletter, rights.
    pub fn closing(&mut self) -> String {
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
        if self.of.outlet.number % 3 < 2 {
            let name = &self.of.outlet.name;
            let _ = writeln!(self.text, "Get the latest news of the {name} delivered to your inbox every morning.\n");
            self.text.push_str("Sign up\n\n");
        }
        let _ = writeln!(self.text, "© 2031 {}. All rights reserved.", self.of.outlet.name);
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

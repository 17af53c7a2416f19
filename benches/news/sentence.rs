//! Dice in, a sentence as news have it out.
//!
//! What is told is decided by the dice that are given: the same dice tell the same fact. How it is told, which words slip
//! in retelling, and whether somebody is named in full is the reporter's own.

use std::fmt::Write;

use super::dice::Dice;
use super::people::{Outlet, Person, place};
use super::words::{Kind, Topic, push_word};

/// People of a day's report, the first few of them the same on all days of a story.
const PEOPLE: usize = 16;
const PEOPLE_OF_ALL_DAYS: usize = 6;

/// Places of a day's report.
const PLACES: usize = 8;

pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 6] = ["January", "March", "May", "August", "October", "December"];
const PREPOSITIONS: [&str; 14] =
    ["in", "of", "at", "for", "with", "on", "from", "after", "by", "before", "during", "near", "against", "under"];
const SMALL_NUMBERS: [&str; 8] = ["two", "three", "four", "five", "six", "eight", "nine", "twelve"];
const CONNECTIVES: [&str; 10] = [
    "But ",
    "However, ",
    "Meanwhile, ",
    "In addition, ",
    "And ",
    "Still, ",
    "As a result, ",
    "Earlier, ",
    "For example, ",
    "That is why ",
];
const VERBS: [(&str, Kind); 6] = [
    ("", Kind::Verbed),
    ("had ", Kind::Verbed),
    ("would have ", Kind::Verbed),
    ("has been ", Kind::Verbing),
    ("is ", Kind::Verbing),
    ("did not ", Kind::Verb),
];
const VERB_WEIGHTS: [usize; 6] = [37, 23, 14, 9, 11, 6];

/// Of 100 nouns so many have an adjective.
const ADJECTIVES: usize = 28;

const SUBORDINATORS: [&str; 6] = [", while ", ", and ", " after ", " because ", ", although ", " before "];
const ATTRIBUTIONS: [&str; 5] = [" said", " told reporters", " said", " added", " says"];
const QUOTED: [(&str, Kind); 6] = [
    ("We have ", Kind::Verbed),
    ("It was ", Kind::Verbing),
    ("They are not ", Kind::Verbing),
    ("I will ", Kind::Verb),
    ("You can ", Kind::Verb),
    ("There is no ", Kind::Verbing),
];

/// What stands between a dateline and the text.
pub const DATELINE_END: &str = " — ";

/// Who and what a day of a story is about.
pub struct Setting {
    topic: Topic,
    cast: Vec<Person>,
    pub places: Vec<String>,
}

impl Setting {
    /// The setting of a day of the story on a topic.
    pub fn of(topic: Topic, day: usize) -> Self {
        // Every third name is one of the kind's: courts and stadiums, judges and players.
        let whose = |number: usize| if number % 3 == 2 { topic.kind } else { topic.story };
        let number = |person| if person < PEOPLE_OF_ALL_DAYS { person } else { day * PEOPLE + person };
        Self {
            topic,
            cast: (0..PEOPLE).map(|person| Person::of(whose(person), number(person))).collect(),
            places: (0..PLACES).map(|number| place(whose(number), number)).collect(),
        }
    }
}

/// Who writes an article.
pub struct Reporter<'s> {
    setting: &'s Setting,
    outlet: &'s Outlet,
    slips: Dice,
    /// So many of a hundred words are others than those that were told.
    slipping: usize,
    /// Who was named in full, a bit a person.
    introduced: u32,
    last_speaker: Option<usize>,
}

impl<'s> Reporter<'s> {
    /// A reporter who has not begun. `slips` decide what becomes other than it was told, in `slipping` of 100 words.
    pub fn new(setting: &'s Setting, outlet: &'s Outlet, slips: Dice, slipping: usize) -> Self {
        Self { setting, outlet, slips, slipping, introduced: 0, last_speaker: None }
    }

    /// Whether a sentence is left out in retelling.
    pub fn leaves_out(&mut self, percent: usize) -> bool {
        self.slips.chance(percent)
    }

    /// Writes a sentence, without a space behind it.
    pub fn sentence(&mut self, text: &mut String, told: &mut Dice) {
        let start = text.len();
        // A paragraph opens with a sentence that stands by itself.
        let follows = text.ends_with(' ') && !text.ends_with(DATELINE_END);
        let connective = told.one_of(&CONNECTIVES);
        match told.below(100) {
            0..8 if follows => text.push_str(connective),
            8..16 if follows => return self.leaning(text, told),
            _ => {}
        }
        match told.weighted(&[35, 17, 17, 6, 8, 17]) {
            0 => self.clause(text, told),
            1 => {
                self.clause(text, told);
                mark(text, ", ");
                self.speaker(text, told);
                text.push_str(told.one_of(&ATTRIBUTIONS));
            }
            2 => return self.quotation(text, told, start),
            3 => {
                text.push_str("According to the ");
                self.word(text, told, Kind::Noun);
                let _ = write!(text, " of {}, ", self.place(told));
                self.clause(text, told);
            }
            4 => self.count(text, told),
            _ => {
                self.clause(text, told);
                mark(text, told.one_of(&SUBORDINATORS));
                self.clause(text, told);
            }
        }
        mark(text, ".");
        capitalise(text, start);
    }

    /// A sentence that leans on the one before: `She said …`, `It was …`.
    fn leaning(&mut self, text: &mut String, told: &mut Dice) {
        let (says, it) = (told.chance(60), told.one_of(&["It", "They", "This"]));
        text.push_str(match self.last_speaker {
            Some(speaker) if self.setting.cast[speaker].is_woman => "She",
            Some(_) => "He",
            None => it,
        });
        if self.last_speaker.is_some() && says {
            text.push_str(" said that ");
            self.clause(text, told);
        } else {
            text.push_str(" had ");
            self.word(text, told, Kind::Verbed);
            text.push(' ');
            self.thing(text, told);
            self.circumstances(text, told);
        }
        mark(text, ".");
    }

    /// `“We have … ,” the mayor said. “It was … .”`, or `The mayor said: “…”`
    fn quotation(&mut self, text: &mut String, told: &mut Dice, start: usize) {
        let (open, close) = self.outlet.quotation_marks();
        if told.chance(30) {
            self.speaker(text, told);
            text.push_str(" said: ");
            capitalise(text, start);
            self.quoted(text, told, open, &format!(".{close}"));
            return;
        }
        self.quoted(text, told, open, &format!(",{close} "));
        self.speaker(text, told);
        text.push_str(told.one_of(&ATTRIBUTIONS));
        text.push('.');
        if told.chance(35) {
            text.push(' ');
            self.quoted(text, told, open, &format!(".{close}"));
        }
    }

    fn quoted(&mut self, text: &mut String, told: &mut Dice, open: &str, close: &str) {
        text.push_str(open);
        let start = text.len();
        if told.chance(50) {
            let (who, form) = QUOTED[told.below(QUOTED.len())];
            text.push_str(who);
            self.word(text, told, form);
            text.push(' ');
            self.thing(text, told);
            self.circumstances(text, told);
        } else {
            self.clause(text, told);
        }
        capitalise(text, start);
        mark(text, close);
    }

    /// `Some 1,250 … were … in Port Ella, 12.5 percent more than in March.`
    fn count(&mut self, text: &mut String, told: &mut Dice) {
        text.push_str(told.one_of(&["some ", "at least ", "about ", "more than ", "approx. ", ""]));
        self.number(text, told);
        text.push(' ');
        self.word(text, told, Kind::Nouns);
        text.push_str(" were ");
        self.word(text, told, Kind::Verbed);
        let _ = write!(text, " in {}, ", self.place(told));
        let month = told.one_of(&MONTHS);
        let _ = write!(text, "{}.{} percent more than in {month}", 2 + told.below(40), told.below(10));
        self.circumstances(text, told);
    }

    fn clause(&mut self, text: &mut String, told: &mut Dice) {
        self.thing(text, told);
        if told.chance(5) {
            mark(text, " — ");
            self.word(text, told, Kind::Verbed);
            text.push_str(" by ");
            self.thing(text, told);
            mark(text, " — ");
        } else {
            text.push(' ');
        }
        let (auxiliaries, form) = VERBS[told.weighted(&VERB_WEIGHTS)];
        text.push_str(auxiliaries);
        if told.chance(10) {
            self.word(text, told, Kind::Adverb);
            text.push(' ');
        }
        self.word(text, told, form);
        text.push(' ');
        self.thing(text, told);
        self.circumstances(text, told);
    }

    /// Up to three phrases with a preposition: `in the harbour on Tuesday`.
    fn circumstances(&mut self, text: &mut String, told: &mut Dice) {
        for _ in 0..told.weighted(&[6, 29, 42, 23]) {
            match told.weighted(&[80, 8, 5, 3, 4]) {
                0 => {
                    let _ = write!(text, " {} ", told.one_of(&PREPOSITIONS));
                    self.thing(text, told);
                }
                1 => {
                    let _ = write!(text, " on {}", told.one_of(&WEEKDAYS));
                }
                2 => {
                    let _ = write!(text, " in {} 20{}", told.one_of(&MONTHS), 20 + told.below(12));
                }
                3 => {
                    let _ = write!(text, " at {}:{:02} a.m. local time", 1 + told.below(11), told.below(60));
                }
                _ => {
                    text.push_str(" (");
                    self.number(text, told);
                    text.push(' ');
                    self.word(text, told, Kind::Nouns);
                    text.push(')');
                }
            }
        }
    }

    /// A phrase around a noun or a name, and what it did, perhaps: `the … that had …`.
    fn thing(&mut self, text: &mut String, told: &mut Dice) {
        self.named(text, told);
        if told.chance(7) && !text.ends_with(',') {
            text.push_str(told.one_of(&[" that had ", " which was not ", " that they have "]));
            self.word(text, told, Kind::Verbed);
            text.push_str(told.one_of(&[" it", " them", " there", ""]));
        }
    }

    fn named(&mut self, text: &mut String, told: &mut Dice) {
        match told.weighted(&[34, 14, 14, 7, 9, 5, 8, 7, 5, 4, 2, 2, 5]) {
            0 => self.described(text, told, "the ", Kind::Noun),
            1 => self.described(text, told, "a ", Kind::Noun),
            2 => {
                self.described(text, told, "the ", Kind::Noun);
                self.described(text, told, " of ", Kind::Nouns);
            }
            3 => {
                self.number(text, told);
                self.described(text, told, " ", Kind::Nouns);
            }
            4 => self.described(text, told, "", Kind::Nouns),
            5 => text.push_str(self.place(told)),
            6 => {
                self.speaker(text, told);
            }
            7 => {
                let whose = told.one_of(&["its ", "their ", "his ", "her "]);
                self.described(text, told, whose, Kind::Noun);
            }
            8 => {
                let _ = write!(text, "the {} ", self.place(told));
                self.word(text, told, Kind::Noun);
            }
            9 => {
                self.described(text, told, "the ", Kind::Noun);
                text.push(' ');
                self.word(text, told, Kind::Nouns);
            }
            10 => self.described(text, told, "the U.S. ", Kind::Noun),
            11 => {
                let start = text.len();
                self.word(text, told, Kind::Noun);
                capitalise(text, start);
                text.push_str(" Inc. ");
                self.word(text, told, Kind::Nouns);
            }
            _ => text.push_str(told.one_of(&["it", "all of them", "some of these", "what they have"])),
        }
    }

    /// An article or the like, an adjective perhaps, and a noun.
    fn described(&mut self, text: &mut String, told: &mut Dice, before: &str, noun: Kind) {
        text.push_str(before);
        if told.chance(ADJECTIVES) {
            self.word(text, told, Kind::Adjective);
            text.push(' ');
        }
        self.word(text, told, noun);
    }

    fn number(&mut self, text: &mut String, told: &mut Dice) {
        let form = told.weighted(&[35, 30, 25, 10]);
        let (large, small) = (told.below(90), told.below(900));
        // A number is what sources differ in.
        let small = if self.slips.chance(self.slipping) { self.slips.below(900) } else { small };
        let _ = match form {
            0 => write!(text, "{}", SMALL_NUMBERS[small % SMALL_NUMBERS.len()]),
            1 => write!(text, "{}", 13 + small),
            2 => write!(text, "{},{:03}", 1 + large, small),
            _ => write!(text, "{}.{} million", 1 + large, small % 10),
        };
    }

    fn place(&self, told: &mut Dice) -> &'s str {
        &self.setting.places[told.rank(1) % PLACES]
    }

    /// Names somebody: in full the first time, by the surname from then on.
    fn speaker(&mut self, text: &mut String, told: &mut Dice) {
        let number = told.rank(1) % PEOPLE;
        let person = &self.setting.cast[number];
        self.last_speaker = Some(number);
        if self.introduced & (1 << number) != 0 {
            if self.outlet.is_polite() {
                text.push_str(if person.is_woman { "Ms. " } else { "Mr. " });
            }
            text.push_str(&person.surname);
            return;
        }
        self.introduced |= 1 << number;
        if number.is_multiple_of(2) {
            let _ = write!(text, "{} {} {}", person.title, person.given, person.surname);
        } else {
            let _ = write!(text, "{} {}, a ", person.given, person.surname);
            push_word(text, Kind::Noun, person.trade);
            let _ = write!(text, " of {},", self.setting.places[person.home % PLACES]);
        }
    }

    /// Writes the word that was told, or another where the reporter slips.
    pub fn word(&mut self, text: &mut String, told: &mut Dice, kind: Kind) {
        let mut rank = self.setting.topic.rank(told, kind);
        if self.slips.chance(self.slipping) {
            rank = self.setting.topic.rank(&mut self.slips, kind);
        }
        push_word(text, kind, rank);
    }
}

/// Writes a mark, in place of the comma behind what was said of a person: `Alda Brelund, a clerk of Port Ella,`.
fn mark(text: &mut String, mark: &str) {
    if text.ends_with(',') && !mark.starts_with(' ') {
        text.pop();
    }
    text.push_str(mark);
}

/// Makes the first letter from `start` on a capital.
pub fn capitalise(text: &mut str, start: usize) {
    if let Some(letter) = text[start..].find(|c: char| c.is_alphanumeric()) {
        let first = text[start + letter..].chars().next().map_or(0, char::len_utf8);
        // Invented words begin with an ASCII letter, and names have their capital.
        text[start + letter..start + letter + first].make_ascii_uppercase();
    }
}

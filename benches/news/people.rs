//! Numbers in, invented people, places and outlets out.

use super::dice::Dice;
use super::words::push_syllables;

const GIVEN: [&str; 16] = [
    "Alda", "Bram", "Cass", "Dorel", "Élin", "Fenna", "Göran", "Hesk", "Ilvy", "Jorun", "Kestrel", "Liv", "Mattis",
    "Nadja", "Orla", "Pell",
];

/// Which of those is a woman's name.
const WOMEN: [bool; 16] =
    [true, false, true, false, true, true, false, false, true, true, false, true, false, true, true, false];

const SURNAME_ENDS: [&str; 8] = ["rsen", "ck", "lund", "m", "ndt", "ski", "ström", "well"];
const PLACE_STARTS: [&str; 6] = ["Port ", "", "Lake ", "North ", "", "Saint "];
const PLACE_ENDS: [&str; 6] = ["ville", "rstad", "nby", "mouth", "lla", "ndorf"];
const TITLES: [&str; 10] =
    ["Mayor", "Prof.", "Gen.", "Minister", "Dr.", "Chief Inspector", "Senator", "Judge", "Capt.", "Secretary"];

/// Agencies, whose reports outlets copy.
const AGENCIES: [&str; 3] = ["Nordwire", "Meridian Wire", "Osterpress"];

const MASTHEADS: [&str; 10] =
    ["Courier", "Ledger", "Lantern", "Observer", "Dispatch", "Mercury", "Gazette", "Herald", "Standard", "Post"];

/// How many outlets report on a story.
const OUTLETS: usize = 60;

/// What people do is one of so many nouns.
const MOST_TRADES: usize = 500;

/// Somebody that a story tells of.
pub struct Person {
    pub title: &'static str,
    pub given: &'static str,
    pub surname: String,
    pub is_woman: bool,
    /// The rank of the noun for what they do.
    pub trade: usize,
    /// The number of the place where they live.
    pub home: usize,
}

impl Person {
    /// The person of a number in a story.
    pub fn of(story: u64, number: usize) -> Self {
        let mut dice = Dice::of(&[story, 0x9E0, number as u64]);
        let given = dice.below(GIVEN.len());
        let mut surname = String::new();
        push_capitalised(&mut surname, 200 + dice.below(40_000));
        surname.push_str(dice.one_of(&SURNAME_ENDS));
        Self {
            title: dice.one_of(&TITLES),
            given: GIVEN[given],
            surname,
            is_woman: WOMEN[given],
            trade: dice.below(MOST_TRADES),
            home: dice.below(MOST_TRADES),
        }
    }

    /// `Alda Brelund`.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given, self.surname)
    }
}

/// The place of a number in a story: `Port Grestad`.
pub fn place(story: u64, number: usize) -> String {
    let mut dice = Dice::of(&[story, 0x71A, number as u64]);
    let mut place = dice.one_of(&PLACE_STARTS).to_owned();
    push_capitalised(&mut place, 80 + dice.below(6_000));
    place.push_str(dice.one_of(&PLACE_ENDS));
    place
}

/// The agency that reports first on a day of a story.
pub fn agency(dice: &mut Dice) -> &'static str {
    dice.one_of(&AGENCIES)
}

/// An outlet, and what it does its own way.
pub struct Outlet {
    pub number: usize,
    pub name: String,
}

impl Outlet {
    /// One of the outlets that report on a story; each comes again after all the others.
    pub fn of(number: usize) -> Self {
        Self::any(number % OUTLETS)
    }

    /// The outlet of a number, without a last one.
    pub fn any(number: usize) -> Self {
        let masthead = MASTHEADS[number % MASTHEADS.len()];
        Self { number, name: format!("{} {masthead}", place(0, number)) }
    }

    /// “Curly” quotation marks or "straight" ones.
    pub fn quotation_marks(&self) -> (&'static str, &'static str) {
        if self.number.is_multiple_of(3) { ("\"", "\"") } else { ("“", "”") }
    }

    /// Whether people are called `Mr.` and `Ms.`.
    pub fn is_polite(&self) -> bool {
        self.number % 5 == 2
    }

    /// Whether its texts have come with their lines broken.
    pub fn breaks_lines(&self) -> bool {
        self.number % 10 == 7
    }
}

fn push_capitalised(text: &mut String, number: usize) {
    let start = text.len();
    push_syllables(text, number);
    // A first syllable begins with an ASCII letter.
    text[start..start + 1].make_ascii_uppercase();
}

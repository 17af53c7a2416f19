//! A seed in, the issues of a series out: `Gold price today`, the same text with other numbers every few hours.

use std::fmt::Write;

use jiff::civil::DateTime;

use super::SHORT_ARTICLE;
use super::dice::Dice;
use super::people::Outlet;
use super::sentence::{Reporter, Setting, capitalise};
use super::words::{Kind, Topic, push_word};

/// Sentences between the lines that have the numbers of the issue.
const SENTENCES_A_LINE: u64 = 4;

/// What is traded is one of so many nouns.
const GOODS: usize = 300;

/// What dice are for, other than sentences.
mod purpose {
    pub const GOOD: u64 = u64::MAX;
    pub const PRICE: u64 = u64::MAX - 1;
}

/// A price that is followed through the day.
pub struct Series<'s> {
    /// What decides the text.
    pub seed: u64,
    pub outlet: &'s Outlet,
}

impl Series<'_> {
    /// Issues that a series has.
    pub const ISSUES: u32 = 12;

    /// Headline and text of an issue.
    pub fn issue(&self, issue: u32, time: DateTime) -> (String, String) {
        let good = self.good();
        let price = money(self.price(issue + 1));
        let mut title = format!("{good} price today, {}: {price}", time.strftime("%B %-d, %-I:%M %p"));
        capitalise(&mut title, 0);

        let setting = Setting::of(Topic::of(self.seed), 0);
        let mut reporter = Reporter::new(&setting, self.outlet, Dice::of(&[]), 0);
        let mut text = String::with_capacity(SHORT_ARTICLE + 400);
        for position in 0.. {
            if position % SENTENCES_A_LINE == 0 {
                self.line(&mut text, position / SENTENCES_A_LINE, issue, time);
            }
            reporter.sentence(&mut text, &mut Dice::of(&[self.seed, position]));
            if text.len() >= SHORT_ARTICLE {
                break;
            }
            text.push_str(if (position + 1) % SENTENCES_A_LINE == 0 { "\n\n" } else { " " });
        }
        (title, text)
    }

    /// A line with the numbers of the issue, as a paragraph.
    fn line(&self, text: &mut String, line: u64, issue: u32, time: DateTime) {
        let (before, price) = (self.price(issue), self.price(issue + 1));
        let _ = match line {
            0 => {
                let change = if price < before { "down" } else { "up" };
                let when = time.strftime("%A, %B %-d, at %-I:%M %p");
                let (good, price, difference) = (self.good(), money(price), money(price.abs_diff(before)));
                write!(text, "The {good} stood at {price} on {when}, {change} by {difference}.\n\n")
            }
            hundreds => write!(text, "A buyer of {hundreds}00 paid {}.\n\n", money(price * 100 * hundreds)),
        };
    }

    /// What is traded.
    fn good(&self) -> String {
        let mut good = String::new();
        push_word(&mut good, Kind::Noun, Dice::of(&[self.seed, purpose::GOOD]).below(GOODS));
        good
    }

    /// The price before an issue, in hundredths.
    fn price(&self, issue: u32) -> u64 {
        let mean = 1_000 + Dice::of(&[self.seed, purpose::PRICE]).below(200_000);
        let change = Dice::of(&[self.seed, purpose::PRICE, u64::from(issue)]).below(mean / 20);
        (mean + change) as u64
    }
}

/// `1,254.30`
fn money(hundredths: u64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    if whole < 1_000 {
        format!("{whole}.{rest:02}")
    } else {
        format!("{},{:03}.{rest:02}", whole / 1_000, whole % 1_000)
    }
}

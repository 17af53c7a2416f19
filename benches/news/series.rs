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

/// A price is followed through the day.
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
        let mut good = String::new();
        push_word(&mut good, Kind::Noun, Dice::of(&[self.seed, purpose::GOOD]).below(GOODS));
        let (before, price) = (self.price(issue), self.price(issue + 1));
        let mut title = format!("{good} price today, {}: {}", time.strftime("%B %-d, %-I:%M %p"), money(price));
        capitalise(&mut title, 0);

        let setting = Setting::of(Topic::of(self.seed), 0);
        let mut reporter = Reporter::new(&setting, self.outlet, Dice::of(&[]), 0);
        let mut text = String::with_capacity(SHORT_ARTICLE + 400);
        for position in 0.. {
            match position / SENTENCES_A_LINE {
                _ if position % SENTENCES_A_LINE > 0 => {}
                0 => {
                    let change = if price < before { "down" } else { "up" };
                    let when = time.strftime("%A, %B %-d, at %-I:%M %p");
                    let (price, difference) = (money(price), money(price.abs_diff(before)));
                    let _ = write!(text, "The {good} stood at {price} on {when}, {change} by {difference}.\n\n");
                }
                hundreds => {
                    let _ = write!(text, "\n\nA buyer of {hundreds}00 paid {}.\n\n", money(price * 100 * hundreds));
                }
            }
            reporter.sentence(&mut text, &mut Dice::of(&[self.seed, position]));
            if text.len() >= SHORT_ARTICLE {
                break;
            }
            text.push(' ');
        }
        (title, text)
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

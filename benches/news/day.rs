//! A seed in, a day of news out: the articles of many stories, mixed, as outlets, agencies and feeds bring them.
//!
//! Half of the articles are alone. The others belong to stories whose sizes follow a power law: the r-th largest has
//! √(c/r) articles, so that the largest has 236 of 100,000. Most articles of a story are written in words of their own
//! and share some facts, people, places and rare words; a third are copies of an earlier report, often an agency's,
//! whole or cut.
//!
//! What a grouper might trip over is there: stories of one kind (fires, verdicts, matches) share words and names,
//! outlets write the same lines below all of their articles, a surname or a place comes up in several stories, some
//! articles have no date, and a few are issues of a series, `Gold price today`, with the same text and other numbers
//! every few hours. Each issue is a story by itself.

use jiff::ToSpan;
use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::SHORT_ARTICLE;
use super::dice::Dice;
use super::page::{Assignment, Page};
use super::people::Outlet;
use super::sentence::Setting;
use super::series::Series;
use super::story::FIRST_DAY;
use super::words::{Spread, Topic};

/// Of 100 articles so many are what c in √(c/r) is: then half of all articles are in stories of two or more.
const SIZES: usize = 56;

/// Of 100 articles so many are issues of series.
const ISSUES: usize = 2;

/// Of 100 articles of a story, other than the reports that are copied, so many are copies; of 100 copies so many are
/// cut.
const COPIES: usize = 46;
const CUT: usize = 40;

/// There is a new report to copy after so many articles of a story.
const ARTICLES_A_REPORT: usize = 10;

/// Of 100 articles so many have no date.
const UNDATED: usize = 3;

/// Kinds of stories.
const KINDS: usize = 40;

/// How words are spread: found by trial, so that stories of one kind are no longer as unlike as any two. On days of 6,000
/// articles the TF-IDF cosine of two articles of a story that are no copies is about .37 (median), that of an article
/// and the likest one of another story about .15, that of any two .02.
const SPREAD: Spread = Spread { common: 12, topical: 45, of_topic: 1 };

/// Of 100 stories so many are first reported by an agency.
const AGENCY: usize = 60;

/// The first octave of outlets: how many of them write a seventh of all articles.
const LARGE_OUTLETS: usize = 20;

/// Minutes from the first article to the last, and from the beginning of the first story to that of the last.
const MINUTES: usize = 48 * 60;
const MINUTES_OF_BEGINNINGS: usize = 36 * 60;

/// The first octave of minutes from the beginning of a story to an article, and from a report to its copy.
const MINUTES_TO_WRITE: usize = 30;
const MINUTES_TO_COPY: usize = 10;

/// What dice are for, other than those of pages.
mod purpose {
    pub const ORDER: u64 = 0x101;
    pub const STORY: u64 = 0x102;
    pub const BEGINNING: u64 = 0x103;
    pub const LENGTH: u64 = 0x104;
    pub const ARTICLE: u64 = 0x105;
    pub const IS_COPY: u64 = 0x106;
}

/// An article of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub id: String,
    pub title: String,
    pub text: String,
    /// When it was published, to the minute.
    pub date: Option<DateTime>,
    pub publisher: String,
    /// The number of its story.
    pub story: usize,
    /// Whether it is a copy of another one.
    pub is_copy: bool,
}

impl Article {
    /// What a line of JSON Lines has of it. Its story is called `cluster`, as in corpora of stories.
    pub fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "title": self.title,
            "text": self.text,
            "date": self.date.map(|date| date.strftime("%Y-%m-%dT%H:%MZ").to_string()),
            "lang": "en",
            "publisher": self.publisher,
            "cluster": format!("story-{}", self.story),
        })
    }
}

/// What stands in a place of the heap.
#[derive(Clone, Copy, Debug)]
enum Slot {
    /// An article of a story.
    Report { story: u32, member: u32 },
    /// An issue of a series.
    Issue { series: u32, issue: u32 },
}

/// A day of news: eight bytes an article, from which any article can be written by itself.
#[derive(Clone, Debug)]
pub struct Day {
    seed: u64,
    slots: Vec<Slot>,
    /// How many stories there are without the issues of series.
    stories: usize,
}

impl Day {
    /// The day of a seed with so many articles.
    pub fn new(seed: u64, articles: usize) -> Self {
        let c = articles * SIZES / 100;
        let issues = articles * ISSUES / 100;
        let large = (1..).map(|rank| (c / rank).isqrt()).take_while(|size| *size > 1);
        let mut slots = Vec::with_capacity(articles);
        let mut stories = 0;
        for size in large.chain(std::iter::repeat(1)) {
            let room = articles - issues - slots.len();
            if room == 0 {
                break;
            }
            slots.extend((0..size.min(room) as u32).map(|member| Slot::Report { story: stories, member }));
            stories += 1;
        }
        let issue = |number| Slot::Issue { series: number / Series::ISSUES, issue: number % Series::ISSUES };
        slots.extend((0..issues as u32).map(issue));
        let mut order = Dice::of(&[seed, purpose::ORDER]);
        for place in (1..slots.len()).rev() {
            slots.swap(place, order.below(place + 1));
        }
        Self { seed, slots, stories: stories as usize }
    }

    /// Its articles, in no order.
    pub fn articles(&self) -> impl Iterator<Item = Article> {
        (0..self.slots.len()).map(|number| self.article(number))
    }

    /// The article of a number.
    pub fn article(&self, number: usize) -> Article {
        let article = match self.slots[number] {
            Slot::Report { story, member } => self.report(story as usize, member as usize),
            Slot::Issue { series, issue } => self.issue(series, issue),
        };
        Article { id: format!("{number:06}"), ..article }
    }

    /// The seed of a story: those of another day are others.
    fn seed_of(&self, story: usize) -> u64 {
        (self.seed << 32) | story as u64
    }

    fn report(&self, story: usize, member: usize) -> Article {
        let seed = self.seed_of(story);
        let wire = member - member % ARTICLES_A_REPORT;
        let copied =
            (member > wire && Dice::of(&[seed, purpose::IS_COPY, member as u64]).chance(COPIES)).then_some(wire);
        let mut dice = Dice::of(&[seed, purpose::ARTICLE, member as u64]);
        let outlet = Outlet::any(dice.rank(LARGE_OUTLETS));
        let date = (!dice.chance(UNDATED)).then(|| time(minute(seed, member, copied)));
        let mut about = Dice::of(&[seed, purpose::STORY]);
        let topic = Topic { story: seed, kind: about.below(KINDS) as u64, spread: SPREAD };
        let is_agency = about.chance(AGENCY);
        let source = copied.unwrap_or(member) as u64;
        let mut bytes = SHORT_ARTICLE / 2 + Dice::of(&[seed, purpose::LENGTH, source]).below(SHORT_ARTICLE);
        if copied.is_some() && dice.chance(CUT) {
            bytes = bytes * (40 + dice.below(40)) / 100;
        }
        let assignment = Assignment {
            story: seed,
            day: 0,
            article: member,
            copied,
            is_wire: is_agency && copied.unwrap_or(member) == wire,
            date: date.map(DateTime::date),
            outlet: &outlet,
            setting: &Setting::of(topic, 0),
        };
        let mut page = Page::new(assignment, bytes);
        page.headline();
        let title = std::mem::take(&mut page.text).trim_end().to_owned();
        let closing = page.closing();
        page.body(bytes.saturating_sub(closing.len()));
        page.text.push_str(&closing);
        Article {
            id: String::new(),
            title,
            text: page.text,
            date,
            publisher: outlet.name.clone(),
            story,
            is_copy: copied.is_some(),
        }
    }

    fn issue(&self, series: u32, issue: u32) -> Article {
        let first = self.stories + (series * Series::ISSUES) as usize;
        let seed = self.seed_of(first);
        let mut dice = Dice::of(&[seed, purpose::ARTICLE]);
        let outlet = Outlet::any(dice.rank(LARGE_OUTLETS));
        let between = MINUTES / Series::ISSUES as usize;
        let time = time(issue as usize * between + dice.below(between));
        let (title, text) = Series { seed, outlet: &outlet }.issue(issue, time);
        let dated = !Dice::of(&[seed, purpose::ARTICLE, u64::from(issue)]).chance(UNDATED);
        Article {
            id: String::new(),
            title,
            text,
            date: dated.then_some(time),
            publisher: outlet.name.clone(),
            story: first + issue as usize,
            is_copy: false,
        }
    }
}

/// The minute of the day at which an article of a story is published, a copy after what it is a copy of.
fn minute(story: u64, member: usize, copied: Option<usize>) -> usize {
    let mut dice = Dice::of(&[story, purpose::BEGINNING, member as u64]);
    let (begun, delay) = match copied {
        Some(copied) => (minute(story, copied, None), 1 + dice.rank(MINUTES_TO_COPY)),
        None if member == 0 => return dice.below(MINUTES_OF_BEGINNINGS),
        None => (minute(story, 0, None), 1 + dice.rank(MINUTES_TO_WRITE)),
    };
    begun + delay % (MINUTES - begun)
}

fn time(minute: usize) -> DateTime {
    FIRST_DAY.at(0, 0, 0, 0) + (minute as i64).minutes()
}

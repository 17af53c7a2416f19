//! A seed in, the articles of a story out, as they look when they are copied from pages.

use jiff::civil::{Date, date};

use super::page::{Assignment, Page};
use super::people::Outlet;
use super::sentence::Setting;
use super::words::Topic;

/// Articles of a day. The first of them is an agency's.
pub const ARTICLES_A_DAY: usize = 10;

/// Which articles of a day are copies of the agency's.
const COPIES: [usize; 3] = [2, 5, 8];

/// When everything begins.
pub const FIRST_DAY: Date = date(2031, 3, 4);

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
        let wire = article - article % ARTICLES_A_DAY;
        let copied = Self::is_copy(article).then_some(wire);
        let today = FIRST_DAY.saturating_add(jiff::Span::new().days(i64::try_from(day).expect("fewer days than fit")));
        let assignment = Assignment {
            story: self.seed,
            day,
            article,
            copied,
            is_wire: copied.unwrap_or(article) == wire,
            date: Some(today),
            outlet: &Outlet::of(self.seed as usize % 1_000 + article),
            setting: &Setting::of(Topic::of(self.seed), day),
        };
        let mut page = Page::new(assignment, self.bytes);
        page.head(today);
        let closing = page.closing();
        page.body(self.bytes.saturating_sub(closing.len()));
        page.text.push_str(&closing);
        page.text
    }
}

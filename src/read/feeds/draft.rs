//! What elements say of a feed or an entry in, one by one; the entry out.

use super::capture::Capture;
use super::dates::moment;
use super::extent::{Called, extent};
use super::links::{resolve, split_scheme};
use super::vocabulary::{Field, Rank};
use super::{Content, Entry, Publisher, Text};
use crate::date::Moment;
use crate::language::Language;

/// The best of several values: that of the lowest rank, and of those the first.
#[derive(Clone, Debug)]
pub(super) struct Best<T>(Option<(Rank, T)>);

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Best<T> {
    pub fn offer(&mut self, rank: Rank, value: Option<T>) {
        if let Some(value) = value
            && self.0.as_ref().is_none_or(|(best, _)| rank < *best)
        {
            self.0 = Some((rank, value));
        }
    }

    pub fn take(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }

    pub fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }
}

/// A feed or an entry of which not all was read yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub title: Best<String>,
    pub url: Best<String>,
    id: Best<String>,
    pub published: Best<Moment>,
    pub updated: Best<Moment>,
    authors: Vec<String>,
    /// Whom to name if nobody wrote it: whose show it is.
    pub stand_in: Option<String>,
    pub publisher: Best<String>,
    pub language: Best<Language>,
    pub content: Best<(Text, Called)>,
}

/// The rank of the address of an entry's page.
pub(super) const LINK: Rank = 0;

/// The rank of an id that is said to be an address.
const PERMALINK: Rank = 1;

/// The rank of the address of the entry in another format than HTML.
pub(super) const OTHER_FORMAT: Rank = 2;

/// The rank of an id that looks like an address.
const ADDRESS_LIKE: Rank = 3;

/// Content has ranks before this one; from here on come descriptions and summaries.
pub(super) const FIRST_SUMMARY: Rank = 8;

/// So many writers are named at most: who has more is a list of something else.
const MOST_AUTHORS: usize = 100;

/// A longer name, in bytes, is none.
const LONGEST_NAME: usize = 1000;

/// What a feed says for all of its entries is copied to each of them, unless it is longer, in bytes: an entry takes
/// seven, and the memory for what is read must not be more than some hundred times the feed. All names of those who
/// write for it are taken together.
const LONGEST_INHERITED: usize = 1000;

/// A longer id, in bytes, is none that is kept.
const LONGEST_ID: usize = 2_000;

/// The longest tag of a language that a reader has to take (BCP 47, section 4.4.1).
const LONGEST_LANGUAGE: usize = 35;

impl Draft {
    pub fn add_author(&mut self, name: String) {
        let is_name = !name.is_empty() && name.len() <= LONGEST_NAME;
        if is_name && self.authors.len() < MOST_AUTHORS && !self.authors.contains(&name) {
            self.authors.push(name);
        }
    }

    /// Takes the language that is said: its code, with or without a region.
    pub fn says_language(&mut self, code: Option<&str>) {
        let code = code.filter(|code| code.len() <= LONGEST_LANGUAGE);
        self.language.offer(0, code.and_then(|code| code.parse().ok()));
    }

    /// Takes the text of one of its elements; addresses in it are relative to the base.
    pub fn takes(&mut self, capture: &Capture<'_>, base: Option<&str>) {
        let rank = capture.rank;
        match capture.field {
            Field::Title => self.title.offer(rank, capture.line()),
            Field::Link => self.url.offer(LINK, capture.line().map(|link| resolve(base, &link))),
            Field::Id => self.identify(capture.line(), capture.is_permalink, base),
            Field::Published => self.published.offer(rank, moment(capture.raw())),
            Field::Updated => self.updated.offer(rank, moment(capture.raw())),
            Field::Publisher | Field::Source => self.publisher.offer(rank, capture.line()),
            Field::Language => self.says_language(capture.line().as_deref()),
            Field::Content | Field::Summary => {
                self.says_language(capture.language);
                let first = if capture.field == Field::Content { 0 } else { FIRST_SUMMARY };
                self.content.offer(first + rank, capture.content());
            }
            Field::Author | Field::Name => {}
        }
    }

    /// Takes an id, which is an address as well if that is said, or if it looks like one and the contrary is not said.
    pub fn identify(&mut self, id: Option<String>, is_permalink: Option<bool>, base: Option<&str>) {
        let Some(id) = id else { return };
        self.id.offer(0, Some(id.clone()).filter(|id| id.len() <= LONGEST_ID));
        match is_permalink {
            Some(true) => self.url.offer(PERMALINK, Some(resolve(base, &id))),
            None if is_web_address(&id) => self.url.offer(ADDRESS_LIKE, Some(id)),
            _ => {}
        }
    }

    /// The entry, with what the feed says for all of them.
    pub fn entry(mut self, feed: &Self) -> Entry {
        self.authors.extend(self.stand_in.take().filter(|_| self.authors.is_empty()));
        if self.authors.is_empty() && feed.authors.iter().map(String::len).sum::<usize>() <= LONGEST_INHERITED {
            self.authors.clone_from(&feed.authors);
        }
        let own = self.publisher.take().map(|name| Publisher { name, of_feed: false });
        let of_feed = || feed.publisher.get().or(feed.title.get()).filter(|name| name.len() <= LONGEST_INHERITED);
        let base = feed.url.get().map(String::as_str).filter(|url| url.len() <= LONGEST_INHERITED);
        Entry {
            title: self.title.take(),
            id: self.id.take(),
            url: self.url.take().map(|url| resolve(base, &url)),
            published: self.published.take(),
            updated: self.updated.take(),
            authors: self.authors,
            publisher: own.or_else(|| of_feed().map(|name| Publisher { name: name.clone(), of_feed: true })),
            language: self.language.take().or(feed.language.get().copied()),
            content: self.content.take().map(|(text, called)| Content { extent: extent(&text, called), text }),
        }
    }
}

/// Whether an id can be followed as an address.
fn is_web_address(id: &str) -> bool {
    split_scheme(id).is_some_and(|(scheme, rest)| {
        rest.starts_with("//") && (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
    })
}

//! Prints in, one after the other, which earlier ones each is a copy of out.
//!
//! One pass over an inverted index of shingles: an article is held against those alone that share some with it, and all that
//! it shares with each is counted at once. A shingle that stands in many articles is filed for the first few: copies of one
//! text find each other through those, and stock phrases and notices stay cheap. So the work grows as the text does.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::print::{Print, SHINGLE};

/// Why two articles are one voice.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// Of the shingles of the shorter one at least [`SHARED`] stand in the other.
    Shared {
        /// The share, in [0, 1].
        containment: f64,
    },
    /// They have at least [`RUN`] words in a row in common, and at least [`SHARED_BESIDE_RUN`] of the shingles of the shorter one
    /// stand in the other.
    CommonRun {
        /// How many.
        words: u32,
    },
    /// Beside the longest run that they have in common at least [`SCATTERED`] of the shingles of the shorter one stand in the
    /// other, in [`FEWEST_RUNS`] places or more: one text was worded anew here and there.
    Scattered {
        /// The share of all shingles, in [0, 1].
        containment: f64,
    },
    /// They credit the same agency or writer, and at least [`SHARED_BESIDE_CREDIT`] of the shingles of the shorter one stand
    /// in the other.
    Credit {
        /// The share, in [0, 1].
        containment: f64,
    },
    /// They are from the same publisher.
    Publisher,
}

/// From this containment, `|A ∩ B| / min(|A|, |B|)`, on two articles are copies.
pub const SHARED: f64 = 0.5;

/// The same for what is left without the longest common run, if that stands in several places: what two texts of their own
/// have in common is one notice or one borrowed paragraph, and what is left of a text that was worded anew is all over it.
pub const SCATTERED: f64 = 0.12;

/// So many runs of common words are several places.
pub const FEWEST_RUNS: u32 = 3;

/// The same where both credit the same agency.
pub const SHARED_BESIDE_CREDIT: f64 = 0.2;

/// From so many common words in a row on two articles share a text: nobody finds them twice.
pub const RUN: u32 = 40;

/// And from this containment on they are copies. What shares less than that, in the clusters of AllSides and Multi-News, has a
/// paragraph of a statement or of a report in common, in a text of its own.
pub const SHARED_BESIDE_RUN: f64 = 0.3;

/// Copies share at least so many shingles: what two short texts have in common may be a formula.
const FEWEST_SHARED: u32 = 12;

/// Two articles that have nothing in common but their last words, up to so many, have a notice in common.
const LONGEST_NOTICE: u32 = 80;

/// Beside a notice an article has more of its own than this share.
const MOST_NOTICE: f64 = 0.6;

/// Beyond a notice two articles may share so many shingles by chance.
const CHANCE: u32 = 8;

/// From so many shingles on two articles that are no copies may have a sentence in common.
const FEWEST_REUSED: u32 = 4;

/// For so many articles at most a shingle is filed.
const MOST_HOLDERS: usize = 8;

/// An earlier article that another one is a copy of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CopyOf {
    /// Its number, in the order in which prints were added.
    pub article: usize,
    /// Why.
    pub why: Why,
}

/// Two articles that end in the same words and share nothing else: a notice, unless these are about what the articles are
/// about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Notice {
    /// The earlier one first.
    pub articles: [usize; 2],
    /// How many words they end in, without quotations.
    pub words: u32,
    /// Why they are one voice if it is no notice.
    pub why: Why,
}

/// Prints that were added, by their shingles.
#[derive(Clone, Debug, Default)]
pub struct Prints {
    prints: Vec<Print>,
    /// For each print how many different shingles it has.
    distinct: Vec<u32>,
    /// Articles that would be copies if what they share were no notice.
    notices: Vec<Notice>,
    /// For each print whether it shares some words in a row with one that it is no copy of.
    shares: Vec<bool>,
    /// For each print how it meets the one at hand; all at rest while there is none.
    meetings: Vec<Meeting>,
    index: Index,
}

impl Prints {
    /// Nothing added yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing added yet, with room for so many shingles.
    pub(super) fn with_room_for(shingles: usize) -> Self {
        Self { index: Index::with_room_for(shingles), ..Self::default() }
    }

    /// How many were added.
    pub fn len(&self) -> usize {
        self.prints.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.prints.is_empty()
    }

    /// The prints that were added, in their order.
    pub fn prints(&self) -> &[Print] {
        &self.prints
    }

    /// Adds the print of an article, whose number is how many were added before; tells which of those it is a copy of, rising.
    ///
    /// Publishers are not looked at: in a heap of mixed articles those of one publisher are about different things.
    pub fn add(&mut self, print: Print) -> Vec<CopyOf> {
        let own = self.prints.len();
        let (distinct, met) = self.meet(&print);
        let (mut copies, mut shares) = (Vec::new(), false);
        for other in met {
            let meeting = std::mem::take(&mut self.meetings[other as usize]);
            let mut why = self.why(&print, distinct, other as usize, &meeting);
            if meeting.is_notice(&print, &self.prints[other as usize]) {
                let words = meeting.longest.words();
                self.notices.extend(why.take().map(|why| Notice { articles: [other as usize, own], words, why }));
            }
            if why.is_none() && meeting.shared * print.one_of() >= FEWEST_REUSED {
                self.shares[other as usize] = true;
                shares = true;
            }
            copies.extend(why.map(|why| CopyOf { article: other as usize, why }));
        }
        copies.sort_unstable_by_key(|copy| copy.article);
        self.prints.push(print);
        self.shares.push(shares);
        self.distinct.push(distinct);
        self.meetings.push(Meeting::default());
        copies
    }

    /// For each print whether it shares some words in a row with one that it is no copy of.
    pub(super) fn shares(&self) -> &[bool] {
        &self.shares
    }

    /// Articles that end alike and share nothing else.
    pub(super) fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Files the shingles of a print and notes how each earlier one meets it; tells how many different ones it has, and which
    /// earlier ones it met.
    fn meet(&mut self, print: &Print) -> (u32, Vec<u32>) {
        let own = u32::try_from(self.prints.len()).expect("fewer than 2^32 articles");
        let mut met = Vec::new();
        // The number of a shingle among the different ones.
        let mut number = 0;
        for (at, shingle) in print.shingles().iter().enumerate() {
            let Self { prints, meetings, index, .. } = self;
            let place = print.place(at);
            let is_new = index.file(*shingle, Holder { article: own, number, at: at as u32 }, |holder| {
                let meeting = &mut meetings[holder.article as usize];
                if meeting.shared == 0 {
                    met.push(holder.article);
                }
                let other = prints[holder.article as usize].place(holder.at as usize);
                meeting.share([number, holder.number], [place, other]);
            });
            number += u32::from(is_new);
        }
        (number, met)
    }

    /// Why a print is a copy of an earlier one that it met so, if it is.
    fn why(&self, print: &Print, distinct: u32, other: usize, meeting: &Meeting) -> Option<Why> {
        let shorter = distinct.min(self.distinct[other]);
        let containment = f64::from(meeting.shared) / f64::from(shorter.max(1));
        let other = &self.prints[other];
        let is_enough = meeting.shared * print.one_of() >= FEWEST_SHARED;
        if !is_enough {
            return None;
        }
        if containment >= SHARED {
            return Some(Why::Shared { containment });
        }
        // Where not all shingles are kept, a run begins and ends a little before and behind those that are.
        let words = meeting.longest.words() + 2 * (print.one_of() - 1);
        if words >= RUN && containment >= SHARED_BESIDE_RUN {
            return Some(Why::CommonRun { words });
        }
        let scattered = f64::from(meeting.shared - meeting.longest.shingles) / f64::from(shorter.max(1));
        if scattered >= SCATTERED && meeting.runs >= FEWEST_RUNS {
            return Some(Why::Scattered { containment });
        }
        let credited = || print.sender().common_credit(other.sender()).is_some();
        (containment >= SHARED_BESIDE_CREDIT && credited()).then_some(Why::Credit { containment })
    }
}

/// What the print at hand and an earlier one share.
#[derive(Clone, Copy, Debug, Default)]
struct Meeting {
    /// How many shingles.
    shared: u32,
    /// In how many runs.
    runs: u32,
    /// The run of common words that the last of them is in.
    run: Run,
    /// The longest run so far.
    longest: Run,
}

/// Common words in a row: shingles that follow each other in both texts, at the same distance.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    /// The numbers of the last shingle, in the own text and in the other.
    numbers: [u32; 2],
    /// Where that begins.
    places: [u16; 2],
    /// How many words lie between the beginning of the run and that of its last shingle.
    length: u32,
    /// How many shingles there are.
    shingles: u32,
}

impl Run {
    /// How many words it has; none while it has no shingle.
    fn words(&self) -> u32 {
        if self.shingles > 0 { self.length + SHINGLE as u32 } else { 0 }
    }
}

impl Meeting {
    /// Notes one more shingle: its numbers among those of each text, and where it begins there.
    #[inline]
    fn share(&mut self, numbers: [u32; 2], places: [u16; 2]) {
        self.shared += 1;
        let distance = |which: usize| places[which].wrapping_sub(self.run.places[which]);
        let follows = (0..2).all(|which| numbers[which] == self.run.numbers[which] + 1) && distance(0) == distance(1);
        self.run = if follows && self.run.shingles > 0 {
            let (length, shingles) = (self.run.length + u32::from(distance(0)), self.run.shingles + 1);
            Run { numbers, places, length, shingles }
        } else {
            self.runs += 1;
            Run { numbers, places, length: 0, shingles: 1 }
        };
        if self.run.length >= self.longest.length {
            self.longest = self.run;
        }
    }

    /// Whether two articles share nothing but how they end: a notice of rights, a telephone number for help, what an outlet says
    /// of itself. A copy that is cut or has a new beginning shares more than that.
    fn is_notice(&self, own: &Print, other: &Print) -> bool {
        let words = self.longest.words();
        let reaches_the_end = |print: &Print, place: u16| {
            let left = print.words().wrapping_sub(place.wrapping_add(SHINGLE as u16));
            // Of shingles that are not all kept, the last one that is may stand a little before the end.
            u32::from(left) <= 4 * (print.one_of() - 1)
        };
        let fits = |print: &Print| f64::from(words) <= MOST_NOTICE * f64::from(print.words());
        words <= LONGEST_NOTICE
            && (self.shared - self.longest.shingles) * own.one_of() <= CHANCE
            && [(own, 0), (other, 1)]
                .iter()
                .all(|(print, which)| fits(print) && reaches_the_end(print, self.longest.places[*which]))
    }
}

/// An article that has a shingle.
#[derive(Clone, Copy, Debug)]
struct Holder {
    article: u32,
    /// The number of the shingle among the different ones of the article.
    number: u32,
    /// Its number among all.
    at: u32,
}

/// For each shingle its first few holders: a hash table with open addressing, three quarters full at most.
#[derive(Clone, Debug, Default)]
struct Index {
    /// For each slot the last filed entry of a shingle, counted from one; 0 where there is none. A power of two of them.
    slots: Vec<u32>,
    entries: Vec<Entry>,
    /// How many slots are taken.
    taken: usize,
    /// For each shingle that is not filed any more the last article that had it.
    crowded: FxHashMap<u32, u32>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    shingle: u32,
    holder: Holder,
    /// The entry of the same shingle that was filed before, counted from one; 0 where there is none.
    before: u32,
}

impl Index {
    fn with_room_for(shingles: usize) -> Self {
        let slots = (shingles + shingles / 3 + 1).next_power_of_two();
        Self { slots: vec![0; slots], entries: Vec::with_capacity(shingles), taken: 0, crowded: FxHashMap::default() }
    }

    /// Files a shingle of the article at hand, after `each` was called with every earlier holder; tells whether it is the
    /// first time that the article has it.
    #[inline]
    fn file(&mut self, shingle: u32, holder: Holder, mut each: impl FnMut(Holder)) -> bool {
        if 4 * (self.taken + 1) > 3 * self.slots.len() {
            self.grow();
        }
        let slot = self.slot(shingle);
        let last = self.slots[slot];
        if !self.crowded.is_empty() && last != 0 && self.crowded.get(&shingle) == Some(&holder.article) {
            return false;
        }
        let (mut next, mut holders) = (last, 0);
        while next != 0 {
            let entry = self.entries[next as usize - 1];
            if entry.holder.article == holder.article {
                return false;
            }
            each(entry.holder);
            holders += 1;
            next = entry.before;
        }
        if holders == MOST_HOLDERS {
            self.crowded.insert(shingle, holder.article);
        } else {
            self.entries.push(Entry { shingle, holder, before: last });
            self.slots[slot] = u32::try_from(self.entries.len()).expect("fewer than 2^32 shingles");
            self.taken += usize::from(last == 0);
        }
        true
    }

    /// The slot of a shingle, or the free one that it would get.
    #[inline]
    fn slot(&self, shingle: u32) -> usize {
        let last = self.slots.len() - 1;
        let mut slot = (crate::hashing::spread(shingle.into()) >> u32::BITS) as usize & last;
        loop {
            match self.slots[slot] {
                0 => return slot,
                entry if self.entries[entry as usize - 1].shingle == shingle => return slot,
                _ => slot = (slot + 1) & last,
            }
        }
    }

    #[cold]
    fn grow(&mut self) {
        const FEWEST_SLOTS: usize = 1 << 10;
        self.slots = vec![0; (2 * self.slots.len()).max(FEWEST_SLOTS)];
        // Later entries of a shingle take the place of earlier ones, to which they lead.
        for at in 0..self.entries.len() {
            let slot = self.slot(self.entries[at].shingle);
            self.slots[slot] = at as u32 + 1;
        }
    }
}

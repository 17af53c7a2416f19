//! Two groups of articles in, what speaks for and against their being one story out, as numbers.

use std::sync::Arc;

use super::document::FIELDS;
use super::join::Kind;
use super::sparse::Sparse;

/// The names of the [`Evidence`], in its order.
pub const EVIDENCE: [&str; 12] = [
    "body",
    "title",
    "lead",
    "names",
    "untitled",
    "same day",
    "near in time",
    "undated",
    "far in time",
    "days",
    "closest of either",
    "closest of both",
];

/// What speaks for and against two groups of articles being one story.
///
/// | | |
/// |---|---|
/// | `body`, `title`, `lead`, `names` | mean cosine of an article of the one with an article of the other, in [0, 1] |
/// | `untitled` | the share of pairs of which one has no headline, so that `title` says nothing |
/// | `same day` | 1 if no day lies between the groups |
/// | `near in time` | `exp(−days² / 2σ²)` of the days between the groups, σ = [`SIGMA`]; 0 if a date is missing |
/// | `undated` | the share of pairs of which one has no date |
/// | `far in time` | 1 if more than [`FAR`] days lie between the groups |
/// | `days` | `ln(1 + days)` |
/// | `closest of either`, `closest of both` | how the mean cosine of the bodies compares with that of either group and its closest third one: `c / (c + other)`, for the larger and the smaller other |
///
/// The last two make the rest comparable: on a subject that is in the news every day articles on different events are as close
/// as those on one event elsewhere (Zelnik-Manor and Perona, *Self-Tuning Spectral Clustering*, 2004). They compare
/// groups and not articles, so that a story of many articles does not compete with itself.
pub type Evidence = [f64; EVIDENCE.len()];

/// The standard deviation of the nearness in time, in days. With 3, as others have it for stories that go on for weeks, pair F1
/// of the dated articles of AllSides was .829 instead of .842.
pub const SIGMA: f64 = 1.5;

/// So many days between two groups are many.
pub const FAR: u32 = 3;

/// What is compared of a group of articles.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    /// For each field the sum of the articles' vectors, of which each has length one.
    pub sums: Arc<[Sparse; FIELDS]>,
    /// How many articles there are, copies counted once.
    pub size: u32,
    /// How many of them have a headline.
    pub titled: u32,
    /// How many of them have a text.
    pub bodied: u32,
    /// How many of them have a date.
    pub dated: u32,
    /// The first and the last day, if any.
    pub days: Option<[i32; 2]>,
}

impl Profile {
    /// Adds the articles of another group.
    pub fn add(&mut self, other: &Self) {
        let sums = Arc::make_mut(&mut self.sums);
        sums.iter_mut().zip(other.sums.iter()).for_each(|(sum, others)| sum.add(others));
        self.size += other.size;
        self.titled += other.titled;
        self.bodied += other.bodied;
        self.dated += other.dated;
        self.days = match (self.days, other.days) {
            (Some([first, last]), Some([from, to])) => Some([first.min(from), last.max(to)]),
            (days, others) => days.or(others),
        };
    }

    /// How many days lie between two groups; `None` where one has no date.
    pub fn days_between(&self, other: &Self) -> Option<u32> {
        let ([first, last], [from, to]) = (self.days?, other.days?);
        Some((from.saturating_sub(last)).max(first.saturating_sub(to)).max(0).unsigned_abs())
    }

    /// The mean cosine over all pairs of articles, in one field.
    pub fn mean_cosine(&self, other: &Self, field: usize) -> f64 {
        let pairs = f64::from(self.size) * f64::from(other.size);
        if pairs == 0.0 { 0.0 } else { self.sums[field].dot(&other.sums[field]) / pairs }
    }

    /// The share of pairs of which both have something that so many of either have.
    fn share(&self, other: &Self, count: impl Fn(&Self) -> u32) -> f64 {
        f64::from(count(self)) / f64::from(self.size.max(1)) * f64::from(count(other)) / f64::from(other.size.max(1))
    }

    /// What more than half of the pairs have to compare, in a heap that is of few days or not.
    pub fn kind(&self, other: &Self, of_few_days: bool) -> Kind {
        if self.share(other, |profile| profile.bodied) <= 0.5 {
            Kind::Headlines
        } else if self.share(other, |profile| profile.dated) > 0.5 {
            if of_few_days { Kind::Day } else { Kind::Archive }
        } else {
            Kind::Undated
        }
    }

    /// What speaks for and against two groups being one; `others` are the mean cosines of the bodies of each and the closest
    /// third group.
    pub fn evidence(&self, other: &Self, others: [f64; 2]) -> Evidence {
        self.weighed(other, std::array::from_fn(|field| self.mean_cosine(other, field)), others)
    }

    /// What speaks for and against an article belonging to the others of a group that it is in, of which there are `rest`.
    pub fn evidence_within(&self, group: &Self, rest: u32, others: [f64; 2]) -> Evidence {
        let cosine = |field: usize| {
            let own = self.sums[field].dot(&self.sums[field]);
            (self.sums[field].dot(&group.sums[field]) - own).max(0.0) / f64::from(rest)
        };
        self.weighed(group, std::array::from_fn(cosine), others)
    }

    fn weighed(&self, other: &Self, cosines: [f64; FIELDS], others: [f64; 2]) -> Evidence {
        let [body, title, lead, names] = cosines;
        let days = self.days_between(other).map(f64::from);
        let near = days.map_or(0.0, |days| libm::exp(-days * days / (2.0 * SIGMA * SIGMA)));
        let beside = |other: f64| body / (body + other + NOTHING_CLOSE);
        [
            body,
            title,
            lead,
            names,
            1.0 - self.share(other, |profile| profile.titled),
            f64::from(u8::from(days == Some(0.0))),
            near,
            1.0 - self.share(other, |profile| profile.dated),
            f64::from(u8::from(days.is_some_and(|days| days > f64::from(FAR)))),
            days.map_or(0.0, libm::log1p),
            beside(others[0].max(others[1])),
            beside(others[0].min(others[1])),
        ]
    }
}

/// So close is any article of the same language to some other: in a heap of two nothing else is there to compare with.
const NOTHING_CLOSE: f64 = 0.05;

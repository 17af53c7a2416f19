//! The terms of a group in, the groups that may be the same story out: an inverted index over the heaviest terms of each
//! article.
//!
//! Articles on one story share at least one of the words that make them special. Words that thousands of articles have say
//! little and would cost most, so the rarest are looked up first, and no more once enough articles were seen.

use super::sparse::Sparse;

/// So many of the heaviest terms of an article are filed, and as many of a group are looked up. With 48, B³ F1 was the same to
/// .002.
const PROBES: usize = 24;

/// No more terms are looked up once so many filed articles were seen...
const MOST_SEEN: usize = 12_000;

/// ...and of each term only so many of those that were filed last: what bounds the time for an article, however large the heap
/// is, and however large a story.
const MOST_OF_A_TERM: usize = 2_000;

/// So many groups at most are looked at closely.
pub(super) const CANDIDATES: usize = 24;

/// Articles by their heaviest terms.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// For each term the articles that have it among their heaviest.
    filed: Vec<Vec<Filed>>,
}

#[derive(Clone, Copy, Debug)]
struct Filed {
    article: u32,
    weight: f32,
}

/// Sums that are at rest between two look-ups, so that none has to be cleared.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Index {
    /// Files an article under its heaviest terms.
    pub fn file(&mut self, article: u32, body: &Sparse) {
        for entry in body.heaviest(PROBES) {
            let term = entry.term as usize;
            if self.filed.len() <= term {
                self.filed.resize_with(term + 1, Vec::new);
            }
            self.filed[term].push(Filed { article, weight: entry.value });
        }
    }

    /// The groups that share most of the heaviest terms of `body`, the closest first. `group` tells which group a filed article
    /// is in now, and how many articles that has; `None` passes over it.
    pub fn closest(
        &self,
        body: &Sparse,
        tally: &mut Tally,
        groups: usize,
        group: impl Fn(u32) -> Option<(u32, u32)>,
    ) -> Vec<u32> {
        let mut probes = body.heaviest(PROBES);
        let filed = |term: u32| self.filed.get(term as usize).map_or(&[][..], Vec::as_slice);
        probes.sort_by_key(|probe| filed(probe.term).len());
        tally.sums.resize(groups, 0.0);
        let mut seen = 0;
        for probe in &probes {
            if seen > MOST_SEEN {
                break;
            }
            let holders = filed(probe.term);
            let holders = &holders[holders.len().saturating_sub(MOST_OF_A_TERM)..];
            seen += holders.len();
            for holder in holders {
                let Some((group, size)) = group(holder.article) else { continue };
                let sum = &mut tally.sums[group as usize];
                if *sum == 0.0 {
                    tally.touched.push(group);
                }
                *sum += probe.value * holder.weight / size as f32;
            }
        }
        let mut closest: Vec<(f32, u32)> =
            tally.touched.drain(..).map(|group| (std::mem::take(&mut tally.sums[group as usize]), group)).collect();
        let by_sum = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if closest.len() > CANDIDATES {
            closest.select_nth_unstable_by(CANDIDATES, by_sum);
            closest.truncate(CANDIDATES);
        }
        closest.sort_unstable_by(by_sum);
        closest.into_iter().map(|(_, group)| group).collect()
    }
}

//! Picks in, the same picks in reading order out.

use crate::model::SentenceId;
use crate::rank::{Ranking, Story};

/// Opens with the best pick that opens an article, or stands nearest to an opening; then as far down as each pick stands
/// in its own article. Sentences of one article keep its order.
///
/// Where a sentence stands is measured as a share of its article, so that the end of a short article comes after the
/// middle of a long one.
pub(super) fn reading_order(story: &Story<'_>, ranking: &Ranking, mut picks: Vec<SentenceId>) -> Vec<SentenceId> {
    let position = |id: &SentenceId| story.sentences.get(*id).position;
    let depth = |id: &SentenceId| {
        let sentence = story.sentences.get(*id);
        f64::from(sentence.position) / story.sentences.range(sentence.article).len() as f64
    };
    picks.sort_by(|a, b| depth(a).total_cmp(&depth(b)).then(a.cmp(b)));
    let opener = (0..picks.len()).min_by(|&a, &b| {
        let (a, b) = (&picks[a], &picks[b]);
        position(a).cmp(&position(b)).then(ranking.score(*b).total_cmp(&ranking.score(*a))).then(a.cmp(b))
    });
    if let Some(opener) = opener {
        picks[..=opener].rotate_right(1);
    }
    picks
}

//! Many sentences in, what is made of each out, on all threads.

use rayon::prelude::*;

use crate::model::SentenceId;

/// Fewer sentences than this are not worth waking a second thread.
const SENTENCES_A_TASK: usize = 4_096;

/// What `of` makes of some sentences, in their order. It is given part after part of them, in parallel where they are many.
pub(super) fn part_by_part<T: Send>(
    sentences: &[SentenceId],
    of: impl Fn(&[SentenceId]) -> Vec<T> + Send + Sync,
) -> Vec<T> {
    if sentences.len() < SENTENCES_A_TASK {
        of(sentences)
    } else {
        sentences.par_chunks(SENTENCES_A_TASK).flat_map_iter(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stay_in_order() {
        for count in [0, 1, SENTENCES_A_TASK - 1, SENTENCES_A_TASK, 3 * SENTENCES_A_TASK + 7] {
            let ids: Vec<SentenceId> = (0..count).map(SentenceId::from).collect();
            let odd = |ids: &[SentenceId]| ids.iter().copied().filter(|id| id.index() % 2 == 1).collect();
            let all: Vec<SentenceId> = part_by_part(&ids, odd);
            assert_eq!(all, (1..count).step_by(2).map(SentenceId::from).collect::<Vec<_>>());
        }
    }
}

//! Digests that anybody chose in, the sentences of them that a guard speaks against out.

use super::context::{Context, Need, follows_directly};
use super::guard::Objection;
use crate::model::{Guards, SentenceId};
use crate::rank::Story;

/// For each digest of a story, its sentences in reading order, those that mislead or puzzle a reader there: what cannot
/// stand alone and does not stand behind what it leans on.
///
/// Several digests are judged at once, since they have sentences in common.
pub fn violations(story: &Story<'_>, digests: &[Vec<SentenceId>]) -> Vec<Vec<SentenceId>> {
    if digests.iter().all(Vec::is_empty) {
        return vec![Vec::new(); digests.len()];
    }
    let context = Context::new(story, Guards::On);
    let of = |digest: &Vec<SentenceId>| {
        let at = (0..digest.len()).filter(|at| violates(story, &context, digest, *at));
        at.map(|at| digest[at]).collect()
    };
    digests.iter().map(of).collect()
}

/// Whether the sentence at a place of a digest puzzles its reader there.
fn violates<'c>(story: &Story<'c>, context: &Context<'_, 'c>, digest: &[SentenceId], at: usize) -> bool {
    let id = digest[at];
    let previous = at.checked_sub(1).map(|before| digest[before]);
    let is_there = |need: &Need<'c>| match need {
        Need::Before(before) => {
            let between = |other: &&SentenceId| **other > *before && **other < id;
            digest[..at].iter().rev().find(|other| !between(other)) == Some(before)
        }
        Need::Any { .. } => digest[..at].iter().any(|other| context.explains(*other, need)),
    };
    match context.objection(id) {
        None => false,
        Some(Objection::Slight) => {
            let goes_on = previous.is_some_and(|previous| previous.index() + 1 == id.index());
            story.sentences.get(id).position > 0 && !(goes_on && follows_directly(story, id))
        }
        // These need a sentence before them, and have none where a heading or a picture stands between.
        Some(objection) if objection.leans_on_the_one_before() && context.before(id).is_none() => true,
        Some(objection) => !objection.can_be_mended() || !context.judged(id).needs.iter().all(is_there),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Markup, ReadOptions, Reading, article};
    use crate::segment::sentences;

    #[test]
    fn what_leans_on_a_sentence_is_violated_where_that_is_not_in_front() {
        let text = "Captain Anna Holm steered the ferry into the east pier of the harbour on Tuesday morning. \
                    She had been on duty for fourteen hours without a break, the harbour authority said. \
                    Who will pay for the damage? \
                    Divers went down to the pier at first light on Wednesday to look for cracks.";
        let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
        let articles = vec![article("a", text.to_owned(), Markup::Plain, &options)];
        let cluster = Reading::of(articles, Vec::new()).into_cluster();
        let story = Story::new(sentences(&cluster));
        let digest = |ids: &[usize]| ids.iter().copied().map(SentenceId::from).collect::<Vec<_>>();
        let digests = [&[0, 1, 3][..], &[1], &[0, 3, 1], &[0, 2], &[]].map(digest);
        let expected = [&[][..], &[1], &[1], &[2], &[]].map(digest);
        assert_eq!(violations(&story, &digests), expected);
    }
}

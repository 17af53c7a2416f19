//! A story in, the sentences that its articles begin with out.
//!
//! News is written with the most important first, so the beginning of an article is a summary of it, and one that is
//! hard to beat: see Nenkova, *Automatic Text Summarization of Newswire: Lessons Learned from the Document Understanding
//! Conference* (2005).

use super::{Room, System};
use crate::model::SentenceId;
use crate::rank::Story;

/// The first sentence of each article, in the order of articles; then the second of each; and so on.
pub struct Lead;

impl System for Lead {
    fn name(&self) -> &'static str {
        "lead"
    }

    fn choose(&self, story: &Story<'_>, room: &Room) -> Vec<SentenceId> {
        let mut ids: Vec<SentenceId> = story.sentences.ids().collect();
        ids.sort_by_key(|id| (story.sentences.get(*id).position, *id));
        room.fill(story, ids)
    }
}

/// The first article from its top; where it ends, the second one from its top; and so on.
pub struct LeadFirst;

impl System for LeadFirst {
    fn name(&self) -> &'static str {
        "lead-first"
    }

    fn choose(&self, story: &Story<'_>, room: &Room) -> Vec<SentenceId> {
        room.fill(story, story.sentences.ids())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{cluster, numbers, sentences_of_room, story};

    #[test]
    fn lead_goes_round_the_articles_and_lead_first_down_the_first() {
        let cluster = cluster(&[
            "Aba bebe cici dodo efe. Bebe cici hihi jojo keke. Zaza zeze zizi zozo zuzu.",
            "Gogo hihi jojo keke lolo.",
            "Mama nono papa quqo roro. Sese titi uvu wewe xaxa.",
        ]);
        let story = story(&cluster);
        let room = sentences_of_room(5);
        assert_eq!(numbers(Lead.choose(&story, &room)), [0, 3, 4, 1, 5]);
        assert_eq!(numbers(LeadFirst.choose(&story, &room)), [0, 1, 2, 3, 4]);
    }
}

//! Epitome itself.

use super::{Room, System};
use crate::model::{Options, SentenceId};
use crate::rank::{Story, rank};
use crate::select::{End, select_ending};

/// The summariser of this crate, with one set of options; their budget is that of the room.
#[derive(Clone, Debug, Default)]
pub struct Epitome {
    /// What decides what a digest says.
    pub options: Options,
}

impl System for Epitome {
    fn name(&self) -> &'static str {
        "epitome"
    }

    /// The digest of the story; where the last sentence may be cut, it is chosen for that.
    fn choose(&self, story: &Story<'_>, room: &Room) -> Vec<SentenceId> {
        let options = Options { budget: room.budget, ..self.options.clone() };
        let end = if room.whole { End::Whole } else { End::Cut };
        let digest = select_ending(story, &rank(story, &options), &options, end);
        digest.picks.iter().map(|pick| pick.sentence).collect()
    }
}

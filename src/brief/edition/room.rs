//! A story in, whether the edition has a place for it out.

use rustc_hash::FxHashMap;

use super::ranking::Ranked;
use crate::brief::config::Config;

/// Of stories that one article tells, one outlet has at most a share of one in so many of an edition: a fast outlet must not
/// crowd out the others.
const OUTLET_SHARE: usize = 4;

/// Whether a story has a place in the edition.
pub(super) enum Place {
    Free,
    /// If nobody else wants it.
    Later,
    Full,
}

/// The places of an edition that are left.
pub(super) struct Room<'c> {
    config: &'c Config,
    left: usize,
    /// For each section.
    left_in: Vec<usize>,
    /// How many stories that one article tells each outlet has.
    alone: FxHashMap<String, usize>,
}

impl<'c> Room<'c> {
    pub fn new(config: &'c Config) -> Self {
        let left = config.edition.stories;
        let left_in = config.sections.iter().map(|section| section.stories.unwrap_or(left)).collect();
        Self { config, left, left_in, alone: FxHashMap::default() }
    }

    pub fn is_full(&self, section: usize) -> bool {
        self.left == 0 || self.left_in[section] == 0
    }

    pub fn has(&self, of: &Ranked<'_>) -> Place {
        let most = (self.config.edition.stories / OUTLET_SHARE).max(1);
        if self.is_full(of.section) {
            Place::Full
        } else if of.story.alone && outlet(of).is_some_and(|outlet| self.alone.get(outlet).is_some_and(|n| *n >= most))
        {
            Place::Later
        } else {
            Place::Free
        }
    }

    pub fn take(&mut self, of: &Ranked<'_>) {
        self.left -= 1;
        self.left_in[of.section] -= 1;
        if of.story.alone
            && let Some(outlet) = outlet(of)
        {
            *self.alone.entry(outlet.to_owned()).or_default() += 1;
        }
    }
}

fn outlet<'s>(of: &Ranked<'s>) -> Option<&'s str> {
    of.story.outlets.first().map(String::as_str)
}

//! What the user knows better: which articles belong together, and which do not.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Splits and merges that win over all evidence. Articles are named by their ids or by where they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Overrides {
    /// Lists of articles that are of one story.
    pub together: Vec<Vec<String>>,
    /// Lists of articles of which no two are of one story. Where an article is asked to be both, it is apart.
    pub apart: Vec<Vec<String>>,
}

/// The same for articles that have numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Resolved {
    pub together: Vec<[u32; 2]>,
    pub apart: Vec<Vec<u32>>,
    /// Names that are of no article.
    pub unknown: Vec<String>,
}

impl Overrides {
    /// Puts numbers for names.
    pub(super) fn resolve(&self, numbers: &FxHashMap<&str, u32>) -> Resolved {
        let mut resolved = Resolved::default();
        let mut known = |names: &[String]| -> Vec<u32> {
            let (found, unknown): (Vec<_>, Vec<_>) =
                names.iter().map(|name| (name, numbers.get(name.as_str()))).partition(|(_, number)| number.is_some());
            resolved.unknown.extend(unknown.into_iter().map(|(name, _)| name.clone()));
            found.into_iter().filter_map(|(_, number)| number.copied()).collect()
        };
        for list in &self.together {
            let articles = known(list);
            resolved.together.extend(articles.windows(2).map(|pair| [pair[0], pair[1]]));
        }
        for list in &self.apart {
            resolved.apart.push(known(list));
        }
        resolved
    }
}

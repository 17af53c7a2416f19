//! Names in, those who enter out.

use super::run::{Author, Entrant};
use super::systems::{Epitome, baselines};
use crate::model::Options;
use crate::rank::prior_of;

/// Ours, then the baselines in the order of their list, then the ceiling.
///
/// Ours has the options that are given. It enters twice: as all others do, and the other way round, so that what whole
/// sentences cost can be seen.
pub fn entrants(seed: u64, whole: bool, options: &Options) -> Vec<Entrant> {
    let other = if whole { "epitome-cut" } else { "epitome-whole" };
    let ours = [("epitome", whole), (other, !whole)].map(|(name, whole)| Entrant {
        name: name.to_owned(),
        by: Author::System(Box::new(Epitome { options: options.clone() })),
        whole,
        fitted_on: prior_of(options).fitted_on().map(str::to_owned).collect(),
    });
    let baselines = baselines(seed).into_iter().map(|system| Entrant {
        name: system.name().to_owned(),
        by: Author::System(system),
        whole,
        fitted_on: Vec::new(),
    });
    let ceiling = Entrant { name: "oracle".to_owned(), by: Author::Ceiling, whole, fitted_on: Vec::new() };
    ours.into_iter().chain(baselines).chain([ceiling]).collect()
}

/// Those whose names are listed, in the order of the list; `name_of` says what one is called.
///
/// # Errors
///
/// The first name that nobody has, and the names that there are.
pub fn named<E>(
    mut all: Vec<E>,
    names: &[String],
    name_of: impl Fn(&E) -> &str,
) -> Result<Vec<E>, (String, Vec<String>)> {
    let known: Vec<String> = all.iter().map(|entrant| name_of(entrant).to_owned()).collect();
    let mut chosen: Vec<E> = Vec::new();
    for name in names {
        match all.iter().position(|entrant| name_of(entrant) == *name) {
            Some(at) => chosen.push(all.remove(at)),
            // Named twice, it enters once.
            None if known.contains(name) => {}
            None => return Err((name.clone(), known)),
        }
    }
    Ok(chosen)
}

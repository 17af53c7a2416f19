//! Options in, a [`Summarizer`] out; a cluster in, a digest out.

use crate::cite::{Digest, cite};
use crate::error::Error;
use crate::model::{Cluster, Options};
use crate::rank::{FEATURES, RELATIONS, Story, rank};
use crate::segment::sentences;
use crate::select::select;
use crate::voices::Families;

/// Makes digests with one set of options, which were checked once.
#[derive(Clone, Debug)]
pub struct Summarizer {
    options: Options,
    families: Families,
}

impl Summarizer {
    /// Checks the options.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Usage`](crate::error::ErrorKind::Usage) with the name of the first option that cannot work.
    pub fn new(options: &Options) -> Result<Self, Error> {
        options.check()?;
        if let Some(prior) = &options.prior {
            prior.check(&FEATURES, &RELATIONS)?;
        }
        Ok(Self { options: options.clone(), families: Families::new(&options.families) })
    }

    /// The options.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Makes the digest of a story. Cannot fail: where nothing can be quoted the digest has no items, and its
    /// [`outcome`](Digest::outcome) says why.
    ///
    /// The result is the same at any number of threads.
    pub fn summarize(&self, cluster: &Cluster) -> Digest {
        let story = Story::with_families(sentences(cluster), &self.families);
        let ranking = rank(&story, &self.options);
        let selection = select(&story, &ranking, &self.options);
        cite(&story, &ranking, &selection, &self.options)
    }
}

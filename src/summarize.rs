//! Options in, a [`Summarizer`] out; a cluster in, a digest out.

use crate::cite::{Digest, cite};
use crate::error::Error;
use crate::model::{Cluster, Options};
use crate::rank::{FEATURES, RELATIONS, Story, rank};
use crate::segment::sentences;
use crate::select::select_new;
use crate::told::Told;
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
        self.summarize_new(cluster, &Told::new())
    }

    /// Makes the digest of a story for somebody who was told something before, without what is no news to him.
    ///
    /// * What was told in the same words is never told again. White space, quotation marks and case are no difference.
    /// * What stood, in the same words, in an article that was read before is no news, told or not.
    /// * What one sentence that was told holds by 60 per cent, weighted by IDF, or all that overlap with it together by 90, is
    ///   told; unless it has a number or a name that none of those has. `Twelve` and `12` are one number.
    /// * A sentence that leans on another brings that one along if it was not told in these words, or stands without it
    ///   where the guards allow it, or is left out.
    ///
    /// If nothing is left, the outcome is [`NothingNew`](crate::select::Outcome::NothingNew).
    pub fn summarize_new(&self, cluster: &Cluster, told: &Told) -> Digest {
        let story = Story::with_families(sentences(cluster), &self.families);
        let ranking = rank(&story, &self.options);
        let selection = select_new(&story, &ranking, &self.options, told);
        cite(&story, &ranking, &selection, &self.options)
    }
}

//! Plain data that several stages share. Knows nothing of the stages.
//!
//! * `ids`: typed indices and [`Span`].
//! * `block`: what a stretch of an article is, and what gave it away.
//! * `metadata`: what an article says about itself, and where.
//! * `article`: [`Article`] and [`Cluster`].
//! * `limits`: [`Limits`], how much is read at most.
//! * `prior`: [`Prior`], the table of what makes a sentence worth quoting.
//! * `options`: [`Options`], checked once.

mod article;
mod block;
mod ids;
mod limits;
mod metadata;
mod options;
mod prior;

pub use article::{Article, Cluster, LeftOut, Markup, Origin, UTF_8};
pub use block::{Block, BlockKind, Cue};
pub use ids::{ArticleId, SentenceId, Span, StemId, TermId};
pub(crate) use ids::{head, tail};
pub use limits::{Bound, Limits};
pub use metadata::{Extent, Fact, Found, Metadata};
pub use options::{Budget, Family, Guards, Options, RedundancyOptions, TextRankOptions};
pub use prior::{Coefficient, Prior};

//! Epitome reads many articles about one story and gives back a short digest in which every sentence is a verbatim
//! quotation with an exact citation.
//!
//! It is an extractive multi-document summariser: it writes nothing of its own. The same articles and options give the
//! same digest, byte for byte, at any number of threads. It needs no network, no language model and no
//! GPU.
//!
//! ```
//! use epitome::read::{self, Markup, ReadOptions, Reading};
//! use epitome::{Options, Summarizer};
//!
//! let texts = [
//!     ("wire.txt", "The ferry Alda Brim hit the east pier of Port Ella on Tuesday and 14 people were hurt."),
//!     ("post.txt", "Fourteen were hurt when the Alda Brim hit the pier of Port Ella. The mayor closed the harbour."),
//! ];
//! let articles = texts
//!     .map(|(source, text)| read::article(source, text.to_owned(), Markup::Plain, &ReadOptions::default()))
//!     .to_vec();
//! let cluster = Reading::of(articles, Vec::new()).into_cluster();
//! let digest = Summarizer::new(&Options::default())?.summarize(&cluster);
//! for item in &digest.items {
//!     println!("{} [{}]", item.quote, digest.sources[item.citation.article.index()].path);
//! }
//! assert!(!digest.items.is_empty());
//! # Ok::<(), epitome::Error>(())
//! ```
//!
//! # The stages
//!
//! Data flows one way, and the modules stand in that order:
//!
//! | stage | in | out |
//! |---|---|---|
//! | [`read`] | texts, pages, feeds, mail | [`Article`]s with classified blocks and a language, one [`Cluster`] |
//! | [`segment`] | blocks of running text | [`Sentences`](segment::Sentences) and words as byte spans |
//! | [`vectorize`] | sentences | a [`TermMatrix`](vectorize::TermMatrix) of TF-IDF rows |
//! | [`voices`] | sentences, word for word | [`Voices`](voices::Voices): which articles are copies of one text |
//! | [`rank`] | rows | a [`Ranking`](rank::Ranking) by TextRank over the graph of agreement between articles |
//! | [`select`] | a ranking | [`Pick`](select::Pick)s that fit the budget, stand alone and do not repeat each other |
//! | [`cite`] | picks | a [`Digest`]: quotes, citations, sources with their hashes |
//! | [`render`] | a digest | text, Markdown, HTML or JSON |
//!
//! A heap of mixed articles is parted into [`stories`] first. [`Summarizer`] runs all stages; [`stream`] has it run over
//! stories of which each is a line, however many; [`verify`] holds a digest against its sources; [`told`] knows what a reader was told
//! before; [`inspect`] tells what
//! became of each part of what was read. How a piece of text walks through the stages is told in [`docs::architecture`],
//! what is read in [`docs::inputs`], what the files mean that are written in [`docs::formats`], how good digests and
//! groupings are in [`docs::evaluation`].
//!
//! # What it does not do
//!
//! It does not rewrite, shorten or join sentences, and it does not know whether what the articles say is true. It runs no
//! scripts, and it reads files that are there, each within [`Limits`](model::Limits); only the daily briefing (`brief`)
//! fetches, and only what its configuration names.

mod bits;
mod crew;
pub mod date;
pub mod error;
mod hashing;
pub mod language;
mod marks;
pub mod model;
mod quotations;
mod sorted;
mod stop_words;
mod stretches;
mod union_find;
#[cfg(any(feature = "cli", feature = "brief"))]
mod whole_file;

pub mod read;
pub mod segment;
pub mod vectorize;
pub mod voices;

pub mod stories;

pub mod rank;
pub mod select;

pub mod cite;
pub mod render;

pub mod inspect;
pub mod stream;
pub mod summarize;
pub mod told;
pub mod verify;

#[cfg(feature = "brief")]
pub mod brief;

pub mod bench;

#[cfg(feature = "cli")]
pub mod cli;

pub mod docs;

pub use cite::Digest;
pub use error::{Error, ErrorKind};
pub use language::Language;
pub use model::{Article, Budget, Cluster, Options};
pub use summarize::Summarizer;
pub use told::Told;

//! Picks in, a digest out in which every sentence can be checked against its source.
//!
//! A [`Citation`] says where a quote stands, in bytes, characters and lines, with the text around it (the selectors of
//! the W3C Web Annotation Data Model, 2017); a [`Source`] carries the SHA-256 of the bytes that were read. Together they
//! let [`verify`](crate::verify) tell whether a digest still holds.

mod citing;
mod digest;
mod places;

pub use citing::cite;
pub use digest::{AlsoIn, Asked, Citation, Digest, Dropped, Item, JoinedBy, Lines, Note, SCHEMA, Source, Voice};
pub use places::Places;

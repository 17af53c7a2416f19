//! What is new and what was told in, an edition without repeats out.
//!
//! * `standing` tells of each article whether it is of the window, too old, too early, or of no date that can be trusted.
//! * `bundle` is everything that an edition is made from, so that it can be made again to the byte.
//! * `ranking` groups the articles of a bundle into stories and puts those in order; `room` has the places for them.
//! * `compose` digests them one after the other: what a digest told is told to the next one as well.
//! * `paper` is what comes out; its serde form is the JSON format.
//! * `forms` writes it as text, Markdown, HTML, JSON and the plain HTML of a mail.

mod bundle;
mod compose;
mod forms;
mod paper;
mod ranking;
mod room;
mod standing;

pub use bundle::{Bundle, Counts, Entry, Sentence};
pub use compose::{Composed, compose};
pub use forms::{forms, mail_html, subject, summary, text};
pub use paper::{
    Edition, Headline, Line, SCHEMA, SourceReport, SourceState, Status, StorySection, ToldStory, Window, digests_of,
};
pub(super) use ranking::is_muted;
pub use standing::{Clock, Dating, Sorted, sort};

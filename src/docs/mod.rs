//! Longer reading: how the parts work together, how good digests are and what makes them so, and what the files mean.

#[doc = include_str!("architecture.md")]
pub mod architecture {}

#[doc = include_str!("evaluation.md")]
pub mod evaluation {}

#[doc = include_str!("inputs.md")]
pub mod inputs {}

#[doc = include_str!("formats.md")]
pub mod formats {}

#[doc = include_str!("briefing.md")]
pub mod briefing {}

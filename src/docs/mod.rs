//! Longer reading: how the parts work together, and what the files mean.

#[doc = include_str!("architecture.md")]
pub mod architecture {}

#[doc = include_str!("formats.md")]
pub mod formats {}

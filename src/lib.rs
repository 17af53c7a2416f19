//! scaffolding
pub mod error;
pub mod language;
pub mod model;
pub mod read;
pub mod segment;
pub mod vectorize;
pub mod rank;
pub mod select;
pub mod cite;
pub mod summarize;

pub mod render;
pub mod verify;
#[cfg(feature="cli")] pub mod cli;

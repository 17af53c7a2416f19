//! A digest, or several below headings, in, text, Markdown, HTML or JSON out; an inspection, or the stories of a heap, in, text or
//! JSON out.
//!
//! Other people's text is data. What a terminal would obey (control characters, reordering of text) and what nobody sees is
//! taken out of what is shown. What Markdown or HTML would obey is escaped there. JSON holds quotes byte for byte, since
//! `verify` looks for them in their sources; what would be taken out elsewhere is written as escapes there.

mod html;
mod inspection;
mod json;
mod markdown;
mod several;
mod stories;
mod text;
mod voices;

use std::io::{self, Write};

pub use inspection::render_inspection;
pub use json::{from_json, to_json, to_json_line};
#[cfg(feature = "brief")]
pub(crate) use several::{Front, Lines, More, Section, Several, render_several};
pub use several::{StoryDigest, render_each_language, render_story_digests};
#[cfg(feature = "brief")]
pub(crate) use stories::counted;
pub use stories::render_stories;
pub use text::{TextStyle, excerpt, plain, plain_path};

use crate::cite::Digest;

/// How a digest is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For reading, in a terminal or in a file.
    Text(TextStyle),
    /// For notes, wikis and websites: CommonMark with front matter and footnotes.
    Markdown,
    /// For browsers and for mail: one page that needs nothing else.
    Html,
    /// For programs, and for [`verify`](crate::verify).
    Json,
}

/// Writes a digest.
///
/// # Errors
///
/// Those of `out`.
pub fn render(digest: &Digest, format: Format, mut out: impl Write) -> io::Result<()> {
    match format {
        Format::Text(style) => text::write(digest, style, &mut out),
        Format::Markdown => markdown::write(digest, &mut out),
        Format::Html => html::write(digest, &mut out),
        Format::Json => out.write_all(to_json(digest).as_bytes()),
    }
}

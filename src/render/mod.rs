//! A digest in, text, Markdown, HTML or JSON out; an inspection in, text or JSON out.
//!
//! Other people's text is data. What a terminal would obey (control characters, reordering of text) and what nobody sees is
//! taken out of what is shown. What Markdown or HTML would obey is escaped there. JSON holds quotes byte for byte, since
//! `verify` looks for them in their sources; what would be taken out elsewhere is written as escapes there.

mod html;
mod inspection;
mod json;
mod markdown;
mod text;
mod voices;

use std::io::{self, Write};

pub use inspection::render_inspection;
pub use json::{from_json, to_json, to_json_line};
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

/// Writes a digest for each language, the name of the language above each; in JSON one a line.
///
/// # Errors
///
/// Those of `out`.
pub fn render_each_language(digests: &[Digest], format: Format, mut out: impl Write) -> io::Result<()> {
    match format {
        Format::Text(style) => text::write_each_language(digests, style, &mut out),
        Format::Markdown => markdown::write_each_language(digests, &mut out),
        Format::Html => html::write_each_language(digests, &mut out),
        Format::Json => digests.iter().try_for_each(|digest| out.write_all(to_json_line(digest).as_bytes())),
    }
}

/// The name of the language that a digest is in, as a heading.
fn language_of(digest: &Digest) -> String {
    digest.language.map_or_else(|| "Language not known".to_owned(), |language| language.title())
}

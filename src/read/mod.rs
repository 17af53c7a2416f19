//! Paths in, articles with classified blocks and a language out.
//!
//! 1. [`find`] turns files and folders into a list of files, in an order that does not depend on the order of the
//!    arguments, each file once.
//! 2. `decode` turns bytes into text, in whatever encoding they are, or says what they are instead. The text is never
//!    altered after that: the byte-order mark of a UTF-8 file stays, because cited bytes must match the file.
//! 3. `plain` and `markdown` part the text into stretches; `blocks` says what each of them is and what gave it away, by
//!    its shape (`shape`, `captions`, `cues`), by what is glued to it (`glued`) and by its neighbours (`neighbours`). One
//!    pass over a stretch (`facts`) shows which of their rules can hold at all. Only what is running text is ever quoted. `outlets` sets aside what recurs in several articles of one outlet.
//!    `phrases` looks for many phrases at once. Lines of Chinese, Japanese and Thai have rules of their own (`unspaced`).
//! 4. `language` decides in which language the article is; `metadata` reads what it says about itself, with `dates`.
//!
//! `unpack` unpacks files that are packed, `mail` takes articles out of messages. `records` reads articles that do not come
//! as files, but many to a line of JSON, with what people wrote of them; `lines` reads such lines one by one.
//!
//! One bad file never spoils the rest: it comes back in [`Reading::skipped`] with the reason.

mod assemble;
mod blocks;
mod captions;
mod carrier;
mod cues;
mod dates;
mod decode;
#[cfg(feature = "feeds")]
mod entries;
mod extract;
mod facts;
#[cfg(feature = "feeds")]
mod feeds;
mod find;
mod glued;
#[cfg(feature = "html")]
mod html;
mod item;
mod kind;
mod language;
mod lines;
mod load;
#[cfg(feature = "mail")]
mod mail;
mod markdown;
#[cfg(feature = "mail")]
mod messages;
mod metadata;
mod neighbours;
mod outlets;
mod own;
mod phrases;
mod plain;
mod reading;
mod records;
mod shape;
mod unpack;
mod unspaced;

pub use assemble::{article, articles, sha256};
pub(crate) use dates::is_month;
pub(crate) use dates::is_weekday_or_month;
pub use decode::{Decoded, decode, decode_as};
#[cfg(feature = "brief")]
pub(crate) use feeds::resolve;
#[cfg(feature = "cli")]
pub(crate) use find::is_read_in_folders;
pub use find::{Found, STANDARD_INPUT, find, refuse_device, unreadable};
pub use item::article_of_line;
pub use lines::{Line, Lines, lines, standard_input_begins_like_articles};
pub(crate) use load::texts_of;
pub(crate) use metadata::names_relative_day;
pub(crate) use own::{
    ALSO_IN, ARTICLES, COPIED_IN, GENERATOR_KEY, HTML_GENERATOR, INSPECTED_BY, MORE_STORIES, SECTION_HEADING,
    SET_ASIDE, STORIES, VOICES,
};
#[cfg(feature = "brief")]
pub(crate) use own::{EDITION, EDITION_BY};
pub use own::{looks_like_digest, looks_like_inspection, looks_like_stories};
pub(crate) use plain::paragraphs;
pub(crate) use reading::unfit;
pub use reading::{ReadOptions, Reading, from_bytes, read};
pub use records::{Document, Record, RecordId};
pub(crate) use records::{
    id as known_id, known, language as known_language, moment, name_or_number, object_of_line, told,
};
pub(crate) use shape::is_page_line;

pub use crate::model::Markup;

//! Digests in, one text with a heading above each out: a digest for each language, or for each story.

use std::io::{self, Write};

use serde::Serialize;

use super::stories::{called, counted, size};
use super::{Format, html, markdown, text, to_json_line};
use crate::cite::Digest;
use crate::read::MORE_STORIES;
use crate::stories::Story;

/// The digest of a story. Its serde form is a line of what `epitome digest --stories --format json` writes, see
/// [`formats`](crate::docs::formats).
#[derive(Clone, Debug, PartialEq)]
pub struct StoryDigest<'s> {
    /// The story.
    pub story: &'s Story,
    /// The digest of its articles.
    pub digest: Digest,
}

impl Serialize for StoryDigest<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Named<'s> {
            id: &'s str,
            title: Option<&'s str>,
        }
        #[derive(Serialize)]
        struct Line<'s> {
            story: Named<'s>,
            #[serde(flatten)]
            digest: &'s Digest,
        }
        let story = Named { id: &self.story.id, title: self.story.title.as_deref() };
        Line { story, digest: &self.digest }.serialize(serializer)
    }
}

/// Digests below headings, and what there is besides.
#[derive(Default)]
pub(crate) struct Several<'d> {
    /// What stands on top, in an edition of a briefing.
    pub front: Option<Front>,
    pub sections: Vec<Section<'d>>,
    pub more: Option<More>,
    /// What stands at the end, in an edition: a heading, and lines below it.
    pub end: Option<Lines>,
}

/// The top of an edition. All of it is fit to be shown.
pub(crate) struct Front {
    pub title: String,
    /// The name of the edition and what made it: what a text is known again by.
    pub made_by: String,
    /// What it is of.
    pub lines: Vec<String>,
    /// What matters most.
    pub glance: Option<Lines>,
    /// What is said of the whole in front matter: keys with their values.
    pub facts: Vec<(&'static str, String)>,
}

/// Lines below a heading, fit to be shown.
pub(crate) struct Lines {
    pub heading: String,
    pub lines: Vec<String>,
}

/// A digest below a heading.
pub(crate) struct Section<'d> {
    /// The part of an edition that begins with it.
    pub part: Option<String>,
    /// Fit to be shown: without what a terminal would obey.
    pub heading: String,
    /// Of a story, how many articles, voices and outlets it has.
    pub size: Option<String>,
    pub digest: &'d Digest,
}

/// What is there and was not digested.
pub(crate) struct More {
    pub heading: String,
    /// Titles of stories, fit to be shown.
    pub titles: Vec<String>,
    /// How many more there are than are named.
    pub rest: Option<String>,
}

/// So many stories that were not digested are named.
const MOST_NAMED: usize = 30;

/// Writes a digest for each language, the name of the language above each; in JSON one a line.
///
/// # Errors
///
/// Those of `out`.
pub fn render_each_language(digests: &[Digest], format: Format, out: impl Write) -> io::Result<()> {
    let section = |digest| Section { part: None, heading: language_of(digest), size: None, digest };
    let several = Several { sections: digests.iter().map(section).collect(), ..Several::default() };
    write(&several, digests, format, out)
}

/// Writes a digest for each story, its title above each, and behind them the titles of `more` stories, those of several
/// articles in front; in JSON a digest a line, and nothing else.
///
/// # Errors
///
/// Those of `out`.
pub fn render_story_digests(
    digests: &[StoryDigest<'_>],
    more: &[&Story],
    format: Format,
    out: impl Write,
) -> io::Result<()> {
    let sections = digests.iter().map(|of| {
        let (heading, size) = (called(of.story), Some(size(of.story)));
        Section { part: None, heading, size, digest: &of.digest }
    });
    let several = Several { sections: sections.collect(), more: More::of(more), ..Several::default() };
    write(&several, digests, format, out)
}

fn write(several: &Several<'_>, lines: &[impl Serialize], format: Format, mut out: impl Write) -> io::Result<()> {
    match format {
        Format::Text(style) => text::write_sections(several, style, &mut out),
        Format::Markdown => markdown::write_sections(several, &mut out),
        Format::Html => html::write_sections(several, &mut out),
        Format::Json => lines.iter().try_for_each(|line| out.write_all(to_json_line(line).as_bytes())),
    }
}

impl More {
    fn of(stories: &[&Story]) -> Option<Self> {
        if stories.is_empty() {
            return None;
        }
        let (alone, several): (Vec<&Story>, Vec<&Story>) = stories.iter().copied().partition(|story| story.alone);
        let named: Vec<&Story> = several.iter().chain(&alone).copied().take(MOST_NAMED).collect();
        let stories_left = several.len().saturating_sub(named.len());
        let alone_left = stories.len() - named.len() - stories_left;
        Some(Self {
            heading: counted(stories.len(), MORE_STORIES),
            titles: named.into_iter().map(called).collect(),
            rest: rest(stories_left, alone_left),
        })
    }
}

/// Writes what stands in several sections for readers. In JSON it is what it was made from.
///
/// # Errors
///
/// Those of `out`.
#[cfg(feature = "brief")]
pub(crate) fn render_several(
    several: &Several<'_>,
    whole: &impl Serialize,
    format: Format,
    mut out: impl Write,
) -> io::Result<()> {
    match format {
        Format::Json => out.write_all(super::to_json(whole).as_bytes()),
        format => write(several, &[] as &[Digest], format, out),
    }
}

/// `and 3 more stories, and 20 more articles that stand alone`
fn rest(stories: usize, alone: usize) -> Option<String> {
    const ALONE: [&str; 2] = ["more article that stands alone", "more articles that stand alone"];
    let told = [(stories, MORE_STORIES), (alone, ALONE)].into_iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told.map(|(count, things)| format!("and {}", counted(count, things))).collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// The name of the language that a digest is in, as a heading.
fn language_of(digest: &Digest) -> String {
    digest.language.map_or_else(|| "Language not known".to_owned(), |language| language.title())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_counted() {
        assert_eq!(rest(0, 0), None);
        assert_eq!(rest(0, 1).unwrap(), "and 1 more article that stands alone");
        assert_eq!(rest(2, 20).unwrap(), "and 2 more stories, and 20 more articles that stand alone");
        assert_eq!(rest(1, 0).unwrap(), "and 1 more story");
    }
}

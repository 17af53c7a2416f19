//! An inspection in, text for a reader out.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::text::{excerpt, plain, plain_path};
use crate::cite::Places;
use crate::inspect::{InspectedArticle, InspectedBlock, InspectedSentence, Inspection};
use crate::model::{BlockKind, Extent, Fact, Found, Metadata, Origin, Span, UTF_8};
use crate::read::INSPECTED_BY;

/// What stands under an article stands so far to the right.
const INDENT: &str = "    ";

/// Numbers of lines are set flush right in so many columns.
const NUMBER_WIDTH: usize = 6;

/// Writes an inspection for a reader: each article with its facts, then its blocks and sentences by their lines.
///
/// # Errors
///
/// Those of `out`.
pub fn render_inspection(inspection: &Inspection, color: bool, mut out: impl Write) -> io::Result<()> {
    let sources = if color { AnsiColor::Cyan.on_default() } else { Style::new() };
    let (read, left_out) = (inspection.articles.len(), inspection.left_out.len());
    let articles = if read == 1 { "article" } else { "articles" };
    writeln!(out, "{INSPECTED_BY}{}: {read} {articles}, {left_out} left out", plain(&inspection.version))?;
    for article in &inspection.articles {
        writeln!(out, "\n{sources}{}{sources:#}", plain_path(&article.source))?;
        facts(article, &mut out)?;
        for block in &article.blocks {
            parts(article, block, &mut out)?;
        }
    }
    if left_out > 0 {
        writeln!(out, "\nLeft out:")?;
    }
    for left_out in &inspection.left_out {
        writeln!(out, "{INDENT}{}: {}", plain_path(&left_out.source), plain(&left_out.reason))?;
    }
    Ok(())
}

/// Where an article comes from, and what it says about itself.
fn facts(article: &InspectedArticle, out: &mut impl Write) -> io::Result<()> {
    let origin = match article.origin {
        Origin::File => "file",
        Origin::DecodedFile => "decoded file",
        Origin::Extracted => "taken out of a file",
        Origin::Stream => "stream",
    };
    let language = article.language.map_or("a language that could not be told".to_owned(), |own| own.title());
    let is_damaged = article.origin == Origin::DecodedFile && article.encoding == UTF_8;
    let damage = if is_damaged { " with broken bytes" } else { "" };
    writeln!(out, "{INDENT}{origin} in {}{damage}, in {language}", plain(&article.encoding))?;
    if let Some(reason) = &article.unfit {
        writeln!(out, "{INDENT}not for a digest of these articles: {}", plain(reason))?;
    }
    if let Some(extent) = article.metadata.extent {
        let told = match extent {
            Extent::Full => "the whole article, as the feed says",
            Extent::Excerpt => "an excerpt of the article",
        };
        writeln!(out, "{INDENT}{told}")?;
    }
    for (name, value, found, start) in known(&article.metadata) {
        let in_text = found.is_in_text().then(|| line_of(article, start)).flatten();
        let line = in_text.map(|line| format!(", line {line}")).unwrap_or_default();
        writeln!(out, "{INDENT}{name}: {} ({}{line})", plain(&value), found.place())?;
    }
    Ok(())
}

/// What is known of an article: the name of each fact, its value, and where it stands.
fn known(metadata: &Metadata) -> impl Iterator<Item = (&'static str, String, Found, usize)> {
    fn known<T: ToString>(name: &'static str, fact: Option<&Fact<T>>) -> Option<(&'static str, String, Found, usize)> {
        fact.map(|fact| (name, fact.value.to_string(), fact.found, fact.span.start))
    }
    let facts = [
        known("title", metadata.title.as_ref()),
        known("publisher", metadata.publisher.as_ref()),
        known("byline", metadata.byline.as_ref()),
        known("place", metadata.place.as_ref()),
        known("agency", metadata.agency.as_ref()),
        known("published", metadata.published.as_ref()),
        known("updated", metadata.updated.as_ref()),
        known("shown", metadata.shown.as_ref()),
        known("event", metadata.event.as_ref()),
        known("url", metadata.url.as_ref()),
        known("id", metadata.id.as_ref()),
    ];
    facts.into_iter().flatten()
}

/// The line that a byte of an article stands on.
fn line_of(article: &InspectedArticle, at: usize) -> Option<usize> {
    let block = article.blocks.iter().find(|block| (block.span.start..=block.span.end).contains(&at))?;
    let inside = at - block.span.start;
    let is_place = block.text.is_char_boundary(inside);
    // An inspection that was read from a file may say anything.
    let before = block.lines.first.saturating_sub(1);
    is_place.then(|| before.saturating_add(Places::new(&block.text).lines(Span::new(inside, inside)).first))
}

/// A block: running text by its sentences, anything else with what gave it away.
fn parts(article: &InspectedArticle, block: &InspectedBlock, out: &mut impl Write) -> io::Result<()> {
    let line = block.lines.first;
    if block.kind != BlockKind::Prose {
        let (kind, reason) = (block.kind.name(), block.cue.reason());
        return writeln!(out, "{line:>NUMBER_WIDTH$}  {kind} ({reason}): {}", excerpt(&block.text));
    }
    writeln!(out, "{line:>NUMBER_WIDTH$}  {}", block.kind.name())?;
    let inside =
        |sentence: &&InspectedSentence| block.span.start <= sentence.span.start && sentence.span.end <= block.span.end;
    for sentence in article.sentences.iter().filter(inside) {
        let start = sentence.span.start - block.span.start;
        let end = sentence.span.end.saturating_sub(block.span.start);
        let text = excerpt(block.text.get(start..end).unwrap_or_default());
        let line = sentence.lines.first;
        match sentence.objection {
            None => writeln!(out, "{line:>NUMBER_WIDTH$}    {text}")?,
            Some(objection) => {
                // What leans on another sentence can be quoted behind it.
                let verdict = if objection.can_be_mended() { "not quotable alone" } else { "not quotable" };
                writeln!(out, "{line:>NUMBER_WIDTH$}    {verdict} ({}): {text}", objection.reason())?;
            }
        }
    }
    Ok(())
}

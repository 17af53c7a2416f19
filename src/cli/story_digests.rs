//! `epitome digest --stories`: a heap of mixed articles in, a digest for each of the first stories on standard output.

use std::path::{Path, PathBuf};

use super::arguments::DigestArguments;
use super::digest::{digest, keep_sources, leave_out_what_is_not_new, rendered_as};
use super::exit::Exit;
use super::since::{has_nothing_new, nothing_new};
use super::stories::{Heap, grouping, no_story};
use super::{Messages, output};
use crate::error::Error;
use crate::model::{Cluster, LeftOut};
use crate::read::Reading;
use crate::render::{StoryDigest, plain, render_story_digests};
use crate::stories::{Grouped, Story};
use crate::summarize::Summarizer;
use crate::told::Told;

/// Runs it.
pub(super) fn run(
    arguments: &DigestArguments,
    paths: &[PathBuf],
    output: Option<&Path>,
    summarizer: &Summarizer,
    told: &Told,
    messages: &Messages,
) -> Result<Exit, Error> {
    let heap = Heap {
        input: &arguments.input,
        paths,
        output,
        overrides: arguments.overrides.as_deref(),
        options: grouping(arguments.across_languages, &summarizer.options().families),
    };
    let grouped = match heap.group(messages)? {
        Ok(grouped) => grouped,
        Err(exit) => return Ok(exit),
    };
    let Made { mut digests, more, errors } = make(&grouped, arguments, summarizer, told, messages);
    let complete = errors.is_empty() && digests.iter().all(|of| of.digest.left_out.is_empty());
    // A story without a digest is left out, unless no story has one.
    if digests.is_empty() {
        return Err(errors.into_iter().next().unwrap_or_else(|| no_story(&grouped)));
    }
    errors.iter().for_each(|error| messages.error(&error.to_string()));
    let left_out = &grouped.stories.left_out;
    tell_left_out(&mut digests[0].digest.left_out, left_out);
    if let Some(folder) = &arguments.keep_sources {
        digests.iter_mut().try_for_each(|of| keep_sources(&mut of.digest.sources, folder))?;
    }
    let without_news = digests.iter().filter(|of| has_nothing_new(&of.digest)).count();
    if without_news == digests.len() {
        messages.note(&nothing_new(arguments));
    } else if without_news > 0 {
        let stories = if without_news == 1 { "1 story".to_owned() } else { format!("{without_news} stories") };
        messages.note(&format!("{} in {stories}", nothing_new(arguments)));
    }
    let mut bytes = Vec::new();
    let format = rendered_as(arguments.format.unwrap_or_default(), output);
    leave_out_what_is_not_new(&mut digests, format, |of| &of.digest);
    render_story_digests(&digests, &more, format, &mut bytes).expect("writing to memory cannot fail");
    output::write(&bytes, output)?;
    Ok(if complete && left_out.is_empty() { Exit::Done } else { Exit::LeftOut })
}

/// What became of the stories.
struct Made<'g> {
    digests: Vec<StoryDigest<'g>>,
    /// The stories that have no digest.
    more: Vec<&'g Story>,
    /// Why stories have none that should have.
    errors: Vec<Error>,
}

/// Digests the first stories of several articles.
fn make<'g>(
    grouped: &'g Grouped,
    arguments: &DigestArguments,
    summarizer: &Summarizer,
    told: &Told,
    messages: &Messages,
) -> Made<'g> {
    let mut made = Made { digests: Vec::new(), more: Vec::new(), errors: Vec::new() };
    let mut without_text = 0;
    for (story, members) in grouped.stories.stories.iter().zip(&grouped.members) {
        if story.alone || made.digests.len() >= arguments.top() {
            made.more.push(story);
            continue;
        }
        let place = plain(story.title.as_deref().unwrap_or(&story.id));
        let Some(cluster) = cluster(grouped, members) else {
            without_text += 1;
            messages.detail(&format!("{place}: headlines alone, nothing to digest"));
            made.more.push(story);
            continue;
        };
        for left_out in &cluster.left_out {
            messages.error(&format!("{}: {}", left_out.source, left_out.reason));
        }
        match digest(&cluster, summarizer, told, &place, arguments, messages) {
            Ok(digest) => made.digests.push(StoryDigest { story, digest }),
            Err(error) => {
                made.more.push(story);
                made.errors.push(error);
            }
        }
    }
    if without_text > 0 {
        let stories = if without_text == 1 { "story" } else { "stories" };
        messages.note(&format!("passed over: {without_text} {stories} of headlines without text"));
    }
    made
}

/// The articles of a story that have text, in the language of most; `None` where there are none.
fn cluster(grouped: &Grouped, members: &[usize]) -> Option<Cluster> {
    let articles = members.iter().map(|number| &grouped.articles[*number]);
    let with_text: Vec<_> = articles.filter(|article| article.prose().next().is_some()).cloned().collect();
    // What recurs in several articles of one outlet was set aside when all were read.
    (!with_text.is_empty()).then(|| Reading { articles: with_text, skipped: Vec::new() }.into_cluster())
}

/// What could not be read is in no story: the first digest says so.
fn tell_left_out(told: &mut Vec<LeftOut>, left_out: &[LeftOut]) {
    told.extend_from_slice(left_out);
    told.sort_by(|a, b| a.source.as_bytes().cmp(b.source.as_bytes()));
}

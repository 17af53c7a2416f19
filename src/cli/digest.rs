//! `epitome digest`: paths in, a digest on standard output. `jsonl` is the same for a story a line.

use std::fs;
use std::path::{Path, PathBuf};

use super::arguments::{DigestArguments, DigestFormat};
use super::exit::Exit;
use super::since::{has_nothing_new, nothing_new};
use super::{Messages, counted, input, jsonl, output, since, story_digests};
use crate::cite::{Asked, Digest, Source};
use crate::error::{Error, ErrorKind};
use crate::inspect::dropped;
use crate::model::{Budget, Cluster, Options, UTF_8};
use crate::render::{Format, render, render_each_language};
use crate::segment::Lexicon;
use crate::select::{Outcome, PassedOver};
use crate::summarize::Summarizer;
use crate::told::Told;

/// Runs the subcommand.
pub(super) fn run(arguments: &DigestArguments, messages: &Messages) -> Result<Exit, Error> {
    let prior = arguments.prior.as_deref().map(input::prior).transpose()?;
    let (budget, language) = (arguments.budget.budget(), arguments.input.lang);
    let families = input::families(arguments.families.as_deref())?;
    let (about, explain) = (arguments.about.clone(), arguments.explain);
    let options = Options { budget, language, prior, families, about, explain, ..Options::default() };
    let summarizer = Summarizer::new(&options)?;
    let told = since::told(arguments)?;
    if arguments.jsonl {
        return jsonl::run(arguments, summarizer, told, messages);
    }
    let format = arguments.format.unwrap_or_default();
    let Some(paths) = input::paths(&arguments.input)? else {
        return Ok(input::help("digest"));
    };
    let output = output::target(arguments.output.as_deref());
    refuse_to_keep_among_inputs(arguments, format, &paths)?;
    if arguments.stories {
        return story_digests::run(arguments, &paths, output, &summarizer, &told, messages);
    }
    input::refuse_to_overwrite(output, &paths, &arguments.input)?;
    let reading = input::articles(&arguments.input, &paths, output)?;
    let without_result = input::exit_without_result(&reading);
    let clusters = if arguments.each_language { reading.into_clusters() } else { vec![reading.into_cluster()] };
    for left_out in clusters.iter().flat_map(|cluster| &cluster.left_out) {
        messages.error(&format!("{}: {}", left_out.source, left_out.reason));
    }
    if clusters.iter().all(|cluster| cluster.articles.is_empty()) {
        return Ok(without_result);
    }
    let several = clusters.len() > 1;
    let (mut digests, mut errors) = (Vec::new(), Vec::new());
    for cluster in &clusters {
        let place = match cluster.language.filter(|_| several) {
            Some(language) => format!("digest in {}", language.title()),
            None => String::new(),
        };
        match digest(cluster, &summarizer, &told, &place, arguments, messages) {
            Ok(digest) => digests.push(digest),
            Err(error) => errors.push(error),
        }
    }
    // A language without a digest is left out, unless no language has one.
    let mut errors = errors.into_iter().peekable();
    if let Some(error) = errors.next_if(|_| digests.is_empty()) {
        return Err(error);
    }
    let complete = errors.peek().is_none() && digests.iter().all(|digest| digest.left_out.is_empty());
    errors.for_each(|error| messages.error(&error.to_string()));
    if let Some(folder) = &arguments.keep_sources {
        digests.iter_mut().try_for_each(|digest| keep_sources(&mut digest.sources, folder))?;
    }
    if digests.iter().all(has_nothing_new) {
        messages.note(&nothing_new(arguments));
    }
    let mut bytes = Vec::new();
    let format = rendered_as(format, output);
    leave_out_what_is_not_new(&mut digests, format, |digest| digest);
    let rendered = match &digests[..] {
        [] => Ok(()),
        [digest] if !arguments.each_language => render(digest, format, &mut bytes),
        digests => render_each_language(digests, format, &mut bytes),
    };
    rendered.expect("writing to memory cannot fail");
    output::write(&bytes, output)?;
    Ok(if complete { Exit::Done } else { Exit::LeftOut })
}

/// Who reads is not shown what has nothing new. In JSON it is kept, so that a later digest knows what was read.
pub(super) fn leave_out_what_is_not_new<T>(digests: &mut Vec<T>, format: Format, of: impl Fn(&T) -> &Digest) {
    if format != Format::Json {
        digests.retain(|digest| !has_nothing_new(of(digest)));
    }
}

/// The digest of a story. `place` says which one, if there are several.
pub(super) fn digest(
    cluster: &Cluster,
    summarizer: &Summarizer,
    told: &Told,
    place: &str,
    arguments: &DigestArguments,
    messages: &Messages,
) -> Result<Digest, Error> {
    note_encodings(cluster, messages);
    note_languages(cluster, messages);
    let mut digest = summarizer.summarize_new(cluster, told);
    if arguments.format == Some(DigestFormat::Json) {
        digest.keep_known(cluster);
    }
    check_outcome(&digest, if place.is_empty() { "digest" } else { place })?;
    describe(&digest, place, messages);
    if arguments.show_dropped {
        digest.dropped = Some(dropped(cluster, &digest));
    }
    Ok(digest)
}

/// Kept texts belong to a digest in JSON, and not where the next run would take them for articles.
fn refuse_to_keep_among_inputs(
    arguments: &DigestArguments,
    format: DigestFormat,
    paths: &[PathBuf],
) -> Result<(), Error> {
    let Some(folder) = &arguments.keep_sources else { return Ok(()) };
    let refuse = |what: &str, way_out: &str| {
        Err(Error::new(ErrorKind::Usage, format!("--keep-sources {}", folder.to_string_lossy()), what, way_out))
    };
    if format != DigestFormat::Json {
        return refuse("only a digest in JSON refers to what is kept", "add --format json");
    }
    if folder.exists() && !folder.is_dir() {
        return refuse("not a folder", "give a folder, or a name that is free");
    }
    if input::is_inside_input(folder, paths) {
        return refuse(
            "inside a folder that is read",
            "keep them elsewhere, or in a folder whose name begins with a dot",
        );
    }
    Ok(())
}

/// Says what was read in another encoding than UTF-8, and what was broken.
fn note_encodings(cluster: &Cluster, messages: &Messages) {
    for article in &cluster.articles {
        let broken = article.broken_places();
        if broken > 0 {
            let places = counted(broken, "place");
            messages.note(&format!("{}: broken UTF-8; {places} shown as \u{fffd}", article.source));
        } else if article.encoding != UTF_8 {
            messages.detail(&format!("{}: read as {}", article.source, article.encoding));
        }
    }
}

/// Says where a language has no stemmer or no stop words, so that a mistyped code does not go unnoticed.
fn note_languages(cluster: &Cluster, messages: &Messages) {
    let Some(language) = cluster.language else {
        messages.note("the language could not be told; name it with --lang");
        return;
    };
    let lexicon = Lexicon::new(Some(language));
    let lacking = match (lexicon.has_stemmer(), lexicon.has_stop_words()) {
        (false, false) => "neither a stemmer nor stop words",
        (false, true) => "no stemmer",
        (true, false) => "no stop words",
        (true, true) => return,
    };
    let text = format!("{} has {lacking} here; words are compared as they stand", language.name());
    // Where the language was chosen by the program, that is the program's own business.
    if lexicon.has_stop_words() { messages.detail(&text) } else { messages.note(&text) }
}

/// An empty digest is no result: says why it is empty.
fn check_outcome(digest: &Digest, place: &str) -> Result<(), Error> {
    let unit = |count: usize| match digest.options.budget {
        Budget::Chars(_) => counted(count, "character"),
        Budget::Sentences(_) => counted(count, "sentence"),
        Budget::Words(_) | Budget::Percent(_) => counted(count, "word"),
    };
    match digest.outcome {
        Outcome::Chosen | Outcome::Lead | Outcome::All | Outcome::Beginning | Outcome::NothingNew => Ok(()),
        Outcome::NothingFits { shortest } => Err(Error::new(
            ErrorKind::NothingFits,
            place,
            format!("the shortest quotable sentence has {}", unit(shortest)),
            "allow more",
        )),
        Outcome::NothingQuotable => Err(Error::new(
            ErrorKind::NothingQuotable,
            place,
            "no whole sentence in it: all are questions, fragments or half quotations, or belong to the page",
            "give more of the article, or other articles",
        )),
        Outcome::NoProse => Err(Error::new(ErrorKind::NothingQuotable, place, "no running text", "give articles")),
    }
}

/// What a reader should know about how the digest came about. `place` says which one, if there are several.
fn describe(digest: &Digest, place: &str, messages: &Messages) {
    let said = |text: &str| if place.is_empty() { text.to_owned() } else { format!("{place}: {text}") };
    let outcome = match digest.outcome {
        Outcome::Lead => "the input is hardly longer than the digest may be, so this is its beginning",
        Outcome::Beginning => {
            "no sentence can stand alone, so this is the beginning of the first article, as it stands"
        }
        Outcome::All => "the input is no longer than the digest may be, so this is all of it",
        _ => "",
    };
    if !outcome.is_empty() {
        messages.note(&said(outcome));
    }
    if let Some(text) = describe_asked(digest) {
        messages.note(&said(&text));
    }
    if let Some(PassedOver { told, known }) = digest.passed_over {
        messages.detail(&said(&format!(
            "passed over as no news: {told} told before, {} known",
            counted(known, "sentence")
        )));
    }
    let convergence = digest.convergence;
    if !convergence.converged {
        messages.note(&said(&format!("the ranking had not come to rest after {} rounds", convergence.rounds)));
    }
    let words: usize = digest.items.iter().map(|item| crate::segment::count_words(&item.quote)).sum();
    messages.detail(&said(&format!(
        "{}, {}, from {}; ranked in {}",
        counted(digest.items.len(), "sentence"),
        counted(words, "word"),
        counted(digest.sources.len(), "article"),
        counted(convergence.rounds, "round")
    )));
}

/// What of that which was asked about is in no sentence.
fn describe_asked(digest: &Digest) -> Option<String> {
    /// So many words are named.
    const MOST_NAMED: usize = 10;
    let Asked { sentences, missing } = digest.about.as_ref()?;
    let named = missing.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = missing.len().saturating_sub(MOST_NAMED);
    let words = if more > 0 { format!("{named} and {more} more") } else { named };
    match (sentences, missing.is_empty()) {
        (0, true) => Some("--about has stop words alone, so the digest is as without it".to_owned()),
        (0, false) => Some(format!("no sentence has: {words}; the digest is as without --about")),
        (_, false) => Some(format!("no sentence has: {words}")),
        (_, true) => None,
    }
}

/// Moves the texts that the JSON would hold into files named by their hashes.
pub(super) fn keep_sources(sources: &mut [Source], folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder)
        .map_err(|error| Error::new(ErrorKind::Unwritable, folder.to_string_lossy(), error.to_string(), ""))?;
    for source in sources {
        if let Some(text) = source.text.take() {
            // Of several articles in one file each has a text of its own.
            let hash = source.text_sha256.as_ref().unwrap_or(&source.sha256);
            let path = folder.join(format!("{hash}.txt"));
            output::write(text.as_bytes(), Some(&path))?;
            source.kept = Some(path.to_string_lossy().into_owned());
        }
    }
    Ok(())
}

/// The form that was asked for; text for the place that it goes to.
pub(super) fn rendered_as(format: DigestFormat, output: Option<&Path>) -> Format {
    match format {
        DigestFormat::Json => Format::Json,
        DigestFormat::Markdown => Format::Markdown,
        DigestFormat::Html => Format::Html,
        DigestFormat::Text => Format::Text(output::text_style(output)),
    }
}

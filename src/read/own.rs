//! A text in, whether this program wrote it out: what lies among the articles that it was made from, and is none of them.

use std::path::Path;

use super::STANDARD_INPUT;
use super::carrier::PART;

/// What stands in the front matter of a digest in Markdown in front of `"epitome 0.1.0"`.
pub(crate) const GENERATOR_KEY: &str = "generator: ";

/// What stands in text around the name of a language or the title of a story, above its digest.
pub(crate) const SECTION_HEADING: [&str; 2] = ["== ", " =="];

/// What stands in text, behind a number, above the titles of stories that were not digested.
pub(crate) const MORE_STORIES: [&str; 2] = ["more story", "more stories"];

/// What stands in the head of a digest in HTML in front of the version.
pub(crate) const HTML_GENERATOR: &str = "<meta name=\"generator\" content=\"epitome ";

/// What stands in a digest in text between a place and others that say the same, in voices of their own and in copies.
pub(crate) const ALSO_IN: &str = "; also in ";
pub(crate) const COPIED_IN: &str = "; copied in ";

/// What stands in a digest in text above the parts that were set aside.
pub(crate) const SET_ASIDE: &str = "Set aside:";

/// What stands in an edition of a briefing in text on the line below its title, in front of a version.
pub(crate) const EDITION_BY: &str = " by epitome ";

/// What stands on that line in front of the name of the edition.
pub(crate) const EDITION: &str = "edition ";

/// What an inspection in text begins with.
pub(crate) const INSPECTED_BY: &str = "Inspected by epitome ";

/// What is counted in text: `7 articles, 2 stories`, with which a heap begins, and `5 articles, 3 voices`, with which a digest
/// ends; in the singular and in the plural.
pub(crate) const ARTICLES: [&str; 2] = ["article", "articles"];
pub(crate) const STORIES: [&str; 2] = ["story", "stories"];
pub(crate) const VOICES: [&str; 2] = ["voice", "voices"];

/// Whether a text is what `epitome stories` writes, for readers or in JSON.
pub fn looks_like_stories(text: &str) -> bool {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    if first == "{" {
        let begins = |line: Option<&str>, field: &str| line.is_some_and(|line| line.starts_with(field));
        return begins(lines.next(), "  \"schema\": ")
            && begins(lines.next(), "  \"version\": ")
            && begins(lines.next(), "  \"stories\": [");
    }
    let mut parts = first.splitn(3, ", ");
    let rest_is_blank = lines.next().is_none_or(str::is_empty);
    rest_is_blank
        && parts.next().is_some_and(|part| is_count(part, ARTICLES))
        && parts.next().is_some_and(|part| is_count(part, STORIES))
        && parts.next().is_none_or(|part| part.ends_with(" alone"))
}

/// Whether a text is a number and one of two things.
fn is_count(text: &str, things: [&str; 2]) -> bool {
    text.split_once(' ').is_some_and(|(number, thing)| is_number(number) && things.contains(&thing))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is what `epitome inspect` writes for readers.
pub fn looks_like_inspection(text: &str) -> bool {
    text.starts_with(INSPECTED_BY)
}

/// Whether a text is a digest in one of the forms for readers. Such a file may lie among the articles that it was made
/// from, and is none of them.
///
/// The text form has sentences, each with its sources on an indented line below, and a blank line between, every source
/// a file that is there or standard input; below them may stand what was set aside. There may be a digest for each language
/// or story, its name above it. The Markdown form says in its front matter what made it, the HTML form in
/// its head.
pub fn looks_like_digest(text: &str) -> bool {
    is_edition_in_text(text)
        || is_digest_in_markdown(text)
        || is_digest_in_html(text)
        || is_digest_in_text(text)
        || is_digest_in_sections(text)
}

/// Whether below headings there are digests, and behind the last what was not digested.
fn is_digest_in_sections(text: &str) -> bool {
    let [open, close] = SECTION_HEADING;
    let between = format!("\n\n{open}");
    let Some(rest) = text.strip_prefix(open) else { return false };
    let mut sections: Vec<&str> = rest.split(&*between).collect();
    if let Some(last) = sections.last_mut() {
        let is_more = |line: &str| line.strip_suffix(':').is_some_and(|line| is_count(line, MORE_STORIES));
        let blanks = last.match_indices("\n\n");
        let more = blanks.map(|(at, _)| at).find(|at| last[at + 2..].lines().next().is_some_and(is_more));
        *last = &last[..more.unwrap_or(last.len())];
    }
    sections.iter().all(|section| {
        let Some((head, digest)) = section.split_once("\n\n") else { return false };
        let heading = head.lines().next().unwrap_or_default();
        heading.ends_with(close) && head.lines().count() <= 2 && is_digest_in_text(digest)
    })
}

/// Whether a text begins as an edition of a briefing does.
fn is_edition_in_text(text: &str) -> bool {
    let [open, close] = SECTION_HEADING;
    let mut lines = text.lines();
    let is_heading = lines.next().is_some_and(|line| line.starts_with(open) && line.ends_with(close));
    is_heading && lines.next().is_some_and(|line| line.starts_with(EDITION) && line.contains(EDITION_BY))
}

fn is_digest_in_html(text: &str) -> bool {
    // The generator stands on one of the first lines.
    const HEAD: usize = 12;
    text.starts_with("<!doctype html>\n") && text.lines().take(HEAD).any(|line| line.starts_with(HTML_GENERATOR))
}

fn is_digest_in_markdown(text: &str) -> bool {
    let mut lines = text.lines();
    let is_ours =
        |line: &str| line.strip_prefix(GENERATOR_KEY).is_some_and(|made_by| made_by.starts_with("\"epitome "));
    lines.next() == Some("---") && lines.take_while(|line| *line != "---").any(is_ours)
}

fn is_digest_in_text(text: &str) -> bool {
    let is_source = |line: &str| {
        let first = |line: &'_ str| [ALSO_IN, COPIED_IN].iter().filter_map(|mark| line.find(mark)).min();
        let place = line.strip_prefix("    ").map(|line| &line[..first(line).unwrap_or(line.len())]);
        // The day of the article may stand behind the line: `wire.txt:4 (2031-03-04)`.
        let place =
            place.map(|place| place.strip_suffix(')').and_then(|p| p.rsplit_once(" (")).map_or(place, |(p, _)| p));
        let number = place.and_then(|place| place.rsplit_once(':'));
        number.is_some_and(|(path, line)| {
            // A verse has the form of a source, too: `John 3:16`.
            is_number(line) && (path == STANDARD_INPUT || is_file(path))
        })
    };
    let is_set_aside = |line: &&str| line.ends_with('"') && line.contains("): \"");
    // Nearly all texts are told by their second line, which is no source.
    if !text.lines().nth(1).is_some_and(is_source) {
        return false;
    }
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().position(|line| *line == SET_ASIDE).unwrap_or(lines.len());
    end > 0
        && lines.iter().skip(end + 1).all(is_set_aside)
        && lines[..end].chunks(3).all(|lines| match lines {
            [voices] | [voices, ""] if is_line_of_voices(voices) => true,
            [quote, source] | [quote, source, ""] => !quote.starts_with(' ') && is_source(source),
            _ => false,
        })
}

/// Whether a line says how many voices the articles have: `    6 articles, 5 voices: b.txt (same text as a.txt)`.
fn is_line_of_voices(line: &str) -> bool {
    let counts = line
        .strip_prefix("    ")
        .and_then(|line| line.split_once(": "))
        .and_then(|(counts, _)| counts.split_once(", "));
    counts.is_some_and(|(articles, voices)| is_count(articles, ARTICLES) && is_count(voices, VOICES))
}

/// Whether a file is there under a name that may go on with a part of it.
fn is_file(path: &str) -> bool {
    Path::new(path).is_file() || path.rsplit_once(PART).is_some_and(|(file, _)| Path::new(file).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_told_from_an_article() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().display();
        assert!(looks_like_digest(&format!(
            "It hit.\n    {path}:4; also in b.txt:2\n\nIt broke.\n    standard input:7\n"
        )));
        let copied = format!(
            "It hit.\n    {path}:4; copied in b.txt:2\n\n    2 articles, 1 voice: b.txt (same text as {path})\n"
        );
        assert!(looks_like_digest(&copied));
        assert!(!looks_like_digest(&copied.replace("1 voice:", "1 opinion:")));
        let set_aside =
            format!("It hit.\n    {path}:4\n\nSet aside:\n{path}:1: headline (a name by itself): \"Hit\"\n");
        assert!(looks_like_digest(&set_aside));
        assert!(!looks_like_digest(&format!("{set_aside}And more was said.\n")));
        assert!(!looks_like_digest("Set aside:\n"));
        let of_two = format!("== English ==\n\nIt hit.\n    {path}:4\n\n== German ==\n\nEs brach.\n    {path}:1\n");
        assert!(looks_like_digest(&of_two));
        assert!(!looks_like_digest("== English ==\n\nIt hit.\nIt broke.\n"));
        let of_stories = format!(
            "== Ferry == pier ==\n3 articles, 2 voices\n\nIt hit.\n    {path}:4\n\n== Dam ==\n2 articles, 2 voices\n\n\
             It broke.\n    {path}:1\n\n2 more stories:\nOne\nTwo\n"
        );
        assert!(looks_like_digest(&of_stories));
        assert!(!looks_like_digest(&of_stories.replace("2 more stories:", "And 2 more stories:")));
        assert!(!looks_like_digest(&format!("It hit.\n    {path}:4\nIt broke.\n")));
        assert!(!looks_like_digest("The sermon was about love.\n    John 3:16\n"));
        assert!(!looks_like_digest("The ferry hit.\n\nIt broke.\n"));
        assert!(!looks_like_digest(""));
        assert!(looks_like_digest(&format!("It hit.\n    {path}#3:4\n")), "of the third part of a file");
        assert!(looks_like_digest("---\ntitle: \"x\"\ngenerator: \"epitome 0.1.0\"\n---\n"));
        assert!(!looks_like_digest("---\ntitle: \"x\"\n---\ngenerator: \"epitome 0.1.0\"\n"));
        assert!(!looks_like_digest("generator: \"epitome 0.1.0\"\n"));
        assert!(looks_like_digest(&format!("<!doctype html>\n<html lang=\"en\">\n<head>\n{HTML_GENERATOR}0.1.0\">\n")));
        assert!(!looks_like_digest("<!doctype html>\n<html lang=\"en\">\n<head>\n<title>epitome</title>\n"));
    }

    #[test]
    fn stories_are_told_from_an_article() {
        for stories in [
            "1 article, 1 story, one article alone\n\nAlone:\n    a.txt\n",
            "7 articles, 2 stories\n\nFerry hits pier\n",
            "7 articles, 4 stories, 2 of them one article alone\n\n",
            "{\n  \"schema\": 1,\n  \"version\": \"0.1.0\",\n  \"stories\": []\n}\n",
        ] {
            assert!(looks_like_stories(stories), "{stories}");
        }
        for article in [
            "",
            "7 articles, 2 stories\nwere stolen from the library.\n",
            "7 articles, 2 stories, and a poem were found\n\nThe library said so.\n",
            "Seven articles, 2 stories\n\n",
            "{\n  \"schema\": 1,\n  \"version\": \"0.1.0\",\n  \"options\": {}\n}\n",
        ] {
            assert!(!looks_like_stories(article), "{article}");
        }
    }
}

//! An [`Edition`] in, what its readers see out: text, Markdown, a page, JSON, and the plain HTML of a mail.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::paper::{Edition, Headline, Line, SourceReport, SourceState, Status, ToldStory};
use super::standing::Dating;
use crate::brief::config::Form;
use crate::cite::{Digest, Item, Source};
use crate::read::{ARTICLES, EDITION, EDITION_BY, MORE_STORIES, STORIES, VOICES};
use crate::render::{
    Format, Front, Lines, More, Section, Several, TextStyle, counted, plain, plain_path, render_several,
};

/// Above the first lines.
const GLANCE: &str = "At a glance";

/// Above the status block.
const STATUS: &str = "How this edition came about";

/// A title is shown up to so many characters. The longest of a newspaper has some two hundred.
const LONGEST_TITLE: usize = 300;

/// Outlets are named up to here, then counted.
const MOST_OUTLETS: usize = 4;

/// The edition in each form.
pub fn forms(edition: &Edition) -> BTreeMap<Form, Vec<u8>> {
    let several = several(edition);
    let formats = [
        (Form::Text, Format::Text(TextStyle::default())),
        (Form::Markdown, Format::Markdown),
        (Form::Html, Format::Html),
        (Form::Json, Format::Json),
    ];
    let written = formats.map(|(form, format)| {
        let mut bytes = Vec::new();
        render_several(&several, edition, format, &mut bytes).expect("writing to memory cannot fail");
        (form, bytes)
    });
    written.into_iter().collect()
}

/// The edition as text for a terminal.
pub fn text(edition: &Edition, style: TextStyle) -> Vec<u8> {
    let mut bytes = Vec::new();
    render_several(&several(edition), edition, Format::Text(style), &mut bytes).expect("writing to memory cannot fail");
    bytes
}

/// The title of an edition: that of the briefing, and the day.
pub fn subject(edition: &Edition) -> String {
    let until = zoned(edition.window.until, &edition.zone);
    format!("{}, {}", plain(&edition.title), until.strftime("%A %-d %B %Y"))
}

/// What is in an edition, in a few lines of plain text.
pub fn summary(edition: &Edition) -> String {
    let lines: Vec<String> = edition.glance.iter().map(glance_line).collect();
    if lines.is_empty() { made_from(edition) } else { lines.join("\n") }
}

fn glance_line(line: &Line) -> String {
    let size = articles_and_voices(line.articles, line.voices);
    format!("{} ({size}{})", shown_title(&line.title), dating(line.dating))
}

fn several(edition: &Edition) -> Several<'_> {
    let mut sections = Vec::new();
    let today = day(edition);
    // One section needs no name.
    let is_parted = edition.sections.len() > 1;
    for of in &edition.sections {
        for (index, story) in of.stories.iter().enumerate() {
            sections.push(Section {
                part: (is_parted && index == 0).then(|| plain(&of.name)),
                heading: shown_title(&story.title),
                size: Some(size(story, today)),
                digest: &story.digest,
            });
        }
    }
    Several { front: Some(front(edition)), sections, more: more(edition), end: Some(end(edition)) }
}

/// The day of an edition on the clocks of its zone.
fn day(edition: &Edition) -> Date {
    zoned(edition.window.until, &edition.zone).date()
}

fn front(edition: &Edition) -> Front {
    let until = zoned(edition.window.until, &edition.zone);
    let glance: Vec<String> = edition.glance.iter().map(glance_line).collect();
    let facts = vec![
        ("date", until.strftime("%Y-%m-%d").to_string()),
        ("edition", edition.id.clone()),
        ("briefing", edition.briefing.clone()),
        ("window_from", edition.window.from.to_string()),
        ("window_until", edition.window.until.to_string()),
        ("zone", edition.zone.clone()),
    ];
    Front {
        title: subject(edition),
        made_by: format!("{EDITION}{}{EDITION_BY}{}", edition.id, plain(&edition.version)),
        lines: vec![window(edition)],
        glance: (!glance.is_empty()).then(|| Lines { heading: GLANCE.to_owned(), lines: glance }),
        facts,
    }
}

/// `new from Tuesday 4 March 06:30 to Wednesday 5 March 06:30 (Europe/Berlin)`
fn window(edition: &Edition) -> String {
    let at = |moment: Timestamp| zoned(moment, &edition.zone).strftime("%A %-d %B %Y, %H:%M").to_string();
    let said = format!("new from {} to {} ({})", at(edition.window.from), at(edition.window.until), edition.zone);
    if edition.window.reached_back {
        return format!("{said}; nothing is newer, so this first edition reaches back");
    }
    said
}

/// A moment on the clocks of a zone; of Coordinated Universal Time where it is none.
fn zoned(moment: Timestamp, zone: &str) -> Zoned {
    moment.to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC))
}

/// A title as it is shown: in one line, and not longer than anybody reads.
fn shown_title(title: &str) -> String {
    let shown = plain(title);
    let mut shown = if shown.is_empty() { plain_path(title) } else { shown };
    if let Some((end, _)) = shown.char_indices().nth(LONGEST_TITLE) {
        shown.truncate(end);
        shown.push('…');
    }
    shown
}

/// `5 articles, 3 voices: Harbour Post, Ella Times; 4 to 5 March 2031`
fn size(story: &ToldStory, today: Date) -> String {
    let mut said = articles_and_voices(story.articles, story.voices);
    // One more than the most is named: "and 1 more" is no shorter.
    let most = if story.outlets.len() == MOST_OUTLETS + 1 { MOST_OUTLETS + 1 } else { MOST_OUTLETS };
    let named: Vec<String> = story.outlets.iter().take(most).map(|outlet| plain(outlet)).collect();
    if !named.is_empty() {
        let more = story.outlets.len().saturating_sub(named.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        said = format!("{said}: {}{more}", named.join(", "));
    }
    said.push_str(dating(story.dating));
    if let (Some(first), Some(last)) = (story.first, story.last) {
        let days = if first.date == last.date { String::new() } else { format!("{} to ", first.date) };
        // The day of the edition stands on top of it.
        if first.date != last.date || last.date != today {
            said.push_str(&format!("; {days}{}", last.date));
        }
    }
    if story.excerpts {
        said.push_str("; from excerpts alone");
    }
    if story.told_before > 0 {
        said.push_str("; goes on from an earlier edition");
    }
    said
}

fn dating(dating: Dating) -> &'static str {
    match dating {
        Dating::Undated => "; undated",
        Dating::Ahead => "; dated ahead of the clock",
        Dating::Dated => "",
    }
}

fn articles_and_voices(articles: usize, voices: usize) -> String {
    let voices = if articles == voices { String::new() } else { format!(", {}", counted(voices, VOICES)) };
    format!("{}{voices}", counted(articles, ARTICLES))
}

fn more(edition: &Edition) -> Option<More> {
    let title = |headline: &Headline| {
        let articles = (headline.articles > 1).then(|| counted(headline.articles, ARTICLES));
        let said: Vec<String> = articles.into_iter().chain(headline.outlet.as_deref().map(plain)).collect();
        let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) };
        format!("{}{said}", shown_title(&headline.title))
    };
    let count = edition.more.len() + edition.more_unnamed;
    (count > 0).then(|| More {
        heading: counted(count, MORE_STORIES),
        titles: edition.more.iter().map(title).collect(),
        rest: (edition.more_unnamed > 0).then(|| format!("and {}", counted(edition.more_unnamed, MORE_STORIES))),
    })
}

fn end(edition: &Edition) -> Lines {
    let status = &edition.status;
    let mut lines = vec![made_from(edition)];
    lines.extend(sources(&status.sources));
    let counts = [
        (status.undated, ["undated article, not counted as of today", "undated articles, not counted as of today"]),
        (status.ahead, ["article dated ahead of the clock", "articles dated ahead of the clock"]),
        (status.older, ["older article passed over", "older articles passed over"]),
        (status.muted, ["article of a muted outlet", "articles of muted outlets"]),
        (status.nothing_new, ["story with nothing new", "stories with nothing new"]),
    ];
    lines.extend(counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(count, what)));
    lines.extend(left_out(status));
    Lines { heading: STATUS.to_owned(), lines }
}

fn made_from(edition: &Edition) -> String {
    let told = counted(edition.stories().count(), STORIES);
    let articles = counted(edition.status.articles, ["new article", "new articles"]);
    format!("{told} told of {}, from {articles}", edition.status.stories)
}

/// How many were read, and those that failed or have something to say one by one.
fn sources(reports: &[SourceReport]) -> Vec<String> {
    const STATES: [(SourceState, &str); 4] = [
        (SourceState::Read, "read"),
        (SourceState::Unchanged, "unchanged"),
        (SourceState::NotAsked, "not asked"),
        (SourceState::Failed, "failed"),
    ];
    let count = |state: SourceState| reports.iter().filter(|report| report.state == state).count();
    let counts: Vec<String> = STATES
        .into_iter()
        .map(|(state, said)| (count(state), said))
        .filter(|(count, _)| *count > 0)
        .map(|(count, said)| format!("{count} {said}"))
        .collect();
    let summary = format!("{}: {}", counted(reports.len(), ["source", "sources"]), counts.join(", "));
    let notable = reports.iter().filter(|report| report.state == SourceState::Failed || !report.notes.is_empty());
    let told = notable.map(|report| {
        let notes: String = report.notes.iter().map(|note| format!("; {}", plain(note))).collect();
        format!("{}: {}{notes}", plain_path(&report.source), plain(&report.outcome))
    });
    std::iter::once(summary).chain(told).collect()
}

fn left_out(status: &Status) -> Vec<String> {
    let told = status
        .left_out
        .iter()
        .map(|left_out| format!("left out: {}: {}", plain_path(&left_out.source), plain(&left_out.reason)));
    let more = (status.left_out_unnamed > 0).then(|| format!("left out: {} more", status.left_out_unnamed));
    told.chain(more).collect()
}

/// The HTML part of a mail: headings, paragraphs, lists and links, and nothing that a mail program would load or hide.
pub fn mail_html(edition: &Edition) -> String {
    let mut html = Mail::default();
    let front = front(edition);
    html.raw("<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"></head>\n<body>\n");
    html.element("h1", &front.title);
    front.lines.iter().for_each(|line| html.element("p", line));
    front.glance.iter().for_each(|glance| html.list(glance));
    let is_parted = edition.sections.len() > 1;
    for section in &edition.sections {
        if is_parted {
            html.element("h2", &plain(&section.name));
        }
        section.stories.iter().for_each(|story| html.story(story, day(edition)));
    }
    if let Some(more) = more(edition) {
        let lines = more.titles.into_iter().chain(more.rest).collect();
        html.list(&Lines { heading: more.heading, lines });
    }
    html.list(&end(edition));
    html.raw("</body>\n</html>\n");
    html.0
}

#[derive(Default)]
struct Mail(String);

impl Mail {
    fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                '\'' => self.raw("&#39;"),
                c => self.0.push(c),
            }
        }
    }

    fn element(&mut self, name: &'static str, text: &str) {
        self.0.push('<');
        self.raw(name);
        self.raw(" dir=\"auto\">");
        self.text(text);
        self.raw("</");
        self.raw(name);
        self.raw(">\n");
    }

    fn list(&mut self, of: &Lines) {
        self.element("h2", &of.heading);
        self.raw("<ul>\n");
        of.lines.iter().for_each(|line| self.element("li", line));
        self.raw("</ul>\n");
    }

    fn story(&mut self, story: &ToldStory, today: Date) {
        self.element("h3", &shown_title(&story.title));
        self.element("p", &size(story, today));
        for item in &story.digest.items {
            self.quote(&story.digest, item);
        }
    }

    /// A quote, with its outlet as a link to the article where it has an address of the web.
    fn quote(&mut self, digest: &Digest, item: &Item) {
        let source = &digest.sources[item.citation.article.index()];
        self.raw("<p dir=\"auto\">");
        self.text(&plain(&item.quote));
        self.raw(" [");
        match address(source) {
            Some(address) => {
                self.raw("<a href=\"");
                self.text(address);
                self.raw("\">");
                self.text(&named(source));
                self.raw("</a>");
            }
            None => self.text(&named(source)),
        }
        self.raw("]</p>\n");
    }
}

fn named(source: &Source) -> String {
    source.metadata.outlet().map_or_else(|| plain_path(&source.path), plain)
}

fn address(source: &Source) -> Option<&str> {
    let address = source.metadata.url.as_ref()?.value.as_str();
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    (is_web && !address.chars().any(|c| c.is_whitespace() || c.is_control())).then_some(address)
}

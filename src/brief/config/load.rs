//! The text of a configuration in, the checked configuration out, or all that is wrong with it.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use jiff::tz::{self, TimeZone};
use toml::de::DeTable;

use super::findings::{Findings, Value, Whence, Wrong};
use super::places::{Surroundings, is_read_with};
use super::settings::*;
use super::table::{At, Table, shown, text as text_of};
use super::{address, delivery, sections, units};
use crate::brief::schedule::Rule;
use crate::error::{Error, ErrorKind};
use crate::model::{Bound, Budget, Limits};

/// A configuration that was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The configuration.
    pub config: Config,
    /// Each value in effect with where it came from, in the order of the file's parts, for `brief show`.
    pub values: Vec<Value>,
    /// What is odd and does no harm: a feed that is listed twice.
    pub warnings: Vec<String>,
}

/// A configuration of thousands of feeds has some hundred kilobytes.
const LARGEST: u64 = 4 << 20;

impl Config {
    /// Reads a configuration and the lists of feeds that it names.
    ///
    /// # Errors
    ///
    /// All that is wrong, in the order of the lines, so that a person mends it in one go; only where the file is no TOML
    /// nothing else is looked at. Each names the line and column, the key, what is wrong and what would be right, and
    /// none has a value in it that may be a secret.
    pub fn load(path: &Path) -> Result<Loaded, Vec<Error>> {
        let place = path.display().to_string();
        let text = read(path, &place).map_err(|error| vec![error])?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let base = std::path::absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        parse(&text, &place, &base.unwrap_or_else(|_| folder.to_owned()), &Surroundings::of_this_machine())
    }
}

fn read(path: &Path, place: &str) -> Result<String, Error> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => {
            Error::new(ErrorKind::Missing, place, "there is no such file", "`epitome brief init` writes one")
        }
        _ => Error::new(ErrorKind::Unreadable, place, format!("cannot be read: {error}"), ""),
    };
    if fs::metadata(path).map_err(unreadable)?.len() > LARGEST {
        return Err(Error::new(ErrorKind::OverLimit, place, "too large for a configuration", "put feeds into OPML"));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].split(|byte| *byte == b'\n').count();
        Error::new(ErrorKind::NotText, format!("{place}:{line}"), "is not UTF-8", "save the file as UTF-8")
    })
}

/// Reads the text of a configuration, whose relative paths are meant from `base`.
pub(super) fn parse(text: &str, place: &str, base: &Path, around: &Surroundings) -> Result<Loaded, Vec<Error>> {
    let mut found = Findings::new(place, text);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        // Never the error as it is displayed: it shows the line, which may have a password in it.
        found.wrong(
            error.span().map_or(0, |span| span.start),
            error.message(),
            "see https://toml.io for how it is written",
        );
    }
    if found.has_errors() {
        return Err(found.into_errors());
    }
    let config = config(Table::new("", 0, Some(document.get_ref())), &mut Reading { base, around, found: &mut found });
    if found.has_errors() {
        return Err(found.into_errors());
    }
    Ok(Loaded { config, values: found.values, warnings: found.warnings })
}

/// What is needed all the way down.
pub(super) struct Reading<'r, 't> {
    base: &'r Path,
    around: &'r Surroundings,
    pub found: &'r mut Findings<'t>,
}

impl Reading<'_, '_> {
    /// The path that a key has.
    pub fn path(&mut self, table: &mut Table<'_>, key: &'static str) -> Option<At<PathBuf>> {
        let (base, around) = (self.base, self.around);
        table.parsed(key, self.found, |text| around.path(text, base))
    }

    /// The paths that a key has.
    pub fn paths(&mut self, table: &mut Table<'_>, key: &'static str) -> Vec<At<PathBuf>> {
        let (base, around) = (self.base, self.around);
        table.list(key, self.found, |text| around.path(text, base))
    }
}

/// Reads the whole file. What is wrong is taken down, and stands for something harmless until the end.
fn config(mut top: Table<'_>, reading: &mut Reading<'_, '_>) -> Config {
    let found = &mut *reading.found;
    let id = top.parsed("id", found, name);
    if !top.has("id") {
        top.missing("id", "write one on top that never changes: id = \"morning\"", found);
    }
    let id = id.map_or_else(String::new, |id| id.value);
    let title = top.text("title", found).map(|title| title.value);
    let title = title.unwrap_or_else(|| by_default("title", DEFAULT_TITLE, Whence::Default, found));
    let zone = zone(&mut top, reading);
    let calendar = calendar(&mut top, reading.found);
    let mut table = top.table("edition", reading.found);
    let edition = edition(&mut table, reading.found);
    table.finish(reading.found);
    let sections = sections::sections(&mut top, reading);
    let sources = sections::sources(&mut top, reading.found);
    let channels = delivery::channels(&mut top, &sections, reading);
    let fetch = fetch(&mut top, reading.found);
    let limits = limits(&mut top, reading.found);
    let storage = storage(&mut top, &id, &sections, reading);
    top.finish(reading.found);
    Config { id, title, zone, calendar, edition, sections, sources, channels, fetch, limits, storage }
}

/// What an edition is called that has no other name.
const DEFAULT_TITLE: &str = "Briefing";

fn by_default(key: &str, value: &str, from: Whence, found: &mut Findings<'_>) -> String {
    found.value(key.to_owned(), toml::Value::from(value).to_string(), from);
    value.to_owned()
}

/// A name that is safe in file names and message headers everywhere.
pub(super) fn name(text: &str) -> Result<String, Wrong> {
    const LONGEST: usize = 64;
    let is_safe = text.len() <= LONGEST && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let right = format!("it becomes part of file names: letters a to z, digits, - and _, up to {LONGEST}");
    is_safe.then(|| text.to_owned()).ok_or_else(|| Wrong::new(format!("`{}` is no name", shown(text)), right))
}

fn zone(top: &mut Table<'_>, reading: &mut Reading<'_, '_>) -> String {
    let zone = top.parsed("zone", reading.found, known_zone);
    if let Some(zone) = zone {
        return zone.value;
    }
    match &reading.around.zone {
        Some(zone) => by_default("zone", zone, Whence::System, reading.found),
        None => by_default("zone", "UTC", Whence::Default, reading.found),
    }
}

fn known_zone(text: &str) -> Result<String, Wrong> {
    let is_known = text.is_ascii() && !text.starts_with(['/', '.']);
    if let Some(name) =
        is_known.then(|| TimeZone::get(text).ok()).flatten().and_then(|zone| zone.iana_name().map(str::to_owned))
    {
        return Ok(name);
    }
    let what = format!("no zone `{}` is known", shown(text));
    if text.starts_with(['+', '-']) || text.contains(':') {
        return Err(Wrong::new(
            what,
            "an offset does not say when clocks change; write the IANA name, like Europe/Berlin",
        ));
    }
    let names: Vec<String> = tz::db().available().map(|name| name.to_string()).collect();
    let city = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    let wanted = city(text).replace(' ', "_");
    let same_city = names.iter().find(|name| name.contains('/') && city(name).eq_ignore_ascii_case(&wanted));
    let near = same_city.map(String::as_str).or_else(|| units::nearest(text, names.iter().map(String::as_str)));
    Err(match near {
        Some(near) => Wrong::new(what, format!("did you mean {near}?")),
        None => Wrong::new(what, "write the IANA name, like Europe/Berlin"),
    })
}

/// Each hour and each day is tried alone, so that an error stands where the mistake does.
fn calendar(top: &mut Table<'_>, found: &mut Findings<'_>) -> Calendar {
    let whole = |what: String, right: &str| Wrong::new(what, right);
    let hours = top.list("hour", found, |hour| {
        let rule = Rule::parse(&[hour.to_owned()], &[], None);
        rule.map(|_| hour.to_owned()).map_err(|what| whole(what, "write it like \"06:30\""))
    });
    let days = top.list("days", found, |day| {
        let rule = Rule::parse(&[DEFAULT_HOUR.to_owned()], &[day.to_owned()], None);
        rule.map(|_| day.to_owned()).map_err(|what| whole(what, "write it like \"mon\""))
    });
    let cron = top.parsed("cron", found, |cron| {
        let rule = Rule::parse(&[], &[], Some(cron));
        rule.map(|_| cron.to_owned())
            .map_err(|what| whole(what, "write minute, hour, day, month, weekday: \"30 6 * * mon-fri\""))
    });
    if let Some(cron) = cron {
        if top.has("hour") || top.has("days") {
            let wrong = Wrong::new("it says by itself at which hours of which days", "keep it, or `hour` and `days`");
            top.wrong("cron", cron.span.start, wrong, found);
        }
        return Calendar { hours: Vec::new(), days: Vec::new(), cron: Some(cron.value) };
    }
    let plain = |list: Vec<At<String>>| list.into_iter().map(|at| at.value).collect::<Vec<_>>();
    let mut hours = plain(hours);
    if hours.is_empty() && !top.has("cron") {
        match top.take("hour") {
            None => hours.push(by_default("hour", DEFAULT_HOUR, Whence::Default, found)),
            Some(written) if written.get_ref().as_array().is_some_and(|list| list.is_empty()) => {
                top.wrong("hour", written.span().start, Wrong::new("it is empty", "write it like \"06:30\""), found);
            }
            Some(_) => {}
        }
    }
    Calendar { hours, days: plain(days), cron: None }
}

fn edition(table: &mut Table<'_>, found: &mut Findings<'_>) -> Edition {
    let budget = budget(table, found);
    if budget.is_none() {
        found.value(table.path("words"), "60".to_owned(), Whence::Default);
    }
    Edition {
        stories: table.count("stories", STORIES, DEFAULT_STORIES as u64, found) as usize,
        budget: budget.unwrap_or(DEFAULT_BUDGET),
        glance: table.count("glance", 0..=20, DEFAULT_GLANCE as u64, found) as usize,
        more: table.count("more", 0..=10_000, DEFAULT_MORE as u64, found) as usize,
        remember: u32::try_from(table.count("remember", 1..=3650, DEFAULT_REMEMBER.into(), found))
            .unwrap_or(DEFAULT_REMEMBER),
        first_window: table.span("first_window", HOUR..=HOUR * 24 * 366, DEFAULT_FIRST_WINDOW, found),
        about: table.text("about", found).map(|about| about.value),
        across_languages: table.flag("across_languages", found),
    }
}

const HOUR: Duration = Duration::from_secs(60 * 60);

/// So many stories may be asked for.
pub(super) const STORIES: std::ops::RangeInclusive<u64> = 1..=1000;

/// How long digests may be, if the table says; only one of its units may be used.
pub(super) fn budget(table: &mut Table<'_>, found: &mut Findings<'_>) -> Option<Budget> {
    const MOST: u64 = 100_000;
    let words = table.count_if_any("words", 1..=MOST, found).map(|n| ("words", Budget::Words(n as usize)));
    let sentences =
        table.count_if_any("sentences", 1..=MOST, found).map(|n| ("sentences", Budget::Sentences(n as usize)));
    let chars = table.count_if_any("chars", 1..=MOST, found).map(|n| ("chars", Budget::Chars(n as usize)));
    let given: Vec<(&'static str, Budget)> = [words, sentences, chars].into_iter().flatten().collect();
    if let [(first, _), (second, _), ..] = given[..] {
        let at = table.take(second).map_or(table.at, |written| written.span().start);
        let wrong = Wrong::new(format!("`{first}` says already how long a digest may be"), "keep one of them");
        table.wrong(second, at, wrong, found);
    }
    given.first().map(|(_, budget)| *budget)
}

fn fetch(top: &mut Table<'_>, found: &mut Findings<'_>) -> Fetch {
    let mut table = top.table("fetch", found);
    let fetch = Fetch {
        contact: table.parsed("contact", found, address::contact).map(|contact| contact.value),
        timeout: table.span("timeout", Duration::from_millis(1)..=HOUR, DEFAULT_TIMEOUT, found),
        max_size: table.size("max_size", DEFAULT_MAX_SIZE, found),
        gap: table.span("gap", Duration::ZERO..=HOUR, DEFAULT_GAP, found),
        every: table.span("every", Duration::ZERO..=HOUR * 24 * 7, DEFAULT_EVERY, found),
        parallel: table.count("parallel", 1..=64, DEFAULT_PARALLEL as u64, found) as usize,
        local_network: table.flag("local_network", found),
        pages: table.flag("pages", found),
    };
    if fetch.every < DEFAULT_EVERY {
        let at = table.take("every").map_or(table.at, |written| written.span().start);
        found.warn(at, "`fetch.every` is less than an hour; publishers may block who asks so often");
    }
    table.finish(found);
    fetch
}

fn limits(top: &mut Table<'_>, found: &mut Findings<'_>) -> Vec<Bound> {
    let mut table = top.table("limits", found);
    let mut limits = Vec::new();
    for name in Limits::names() {
        let Some(written) = table.take(name) else { continue };
        let value = written.get_ref().as_integer().map(ToString::to_string);
        let value = value.map_or_else(|| text_of(written).map(str::to_owned), Ok);
        let bound = value.and_then(|value| {
            format!("{name}={value}")
                .parse::<Bound>()
                .map_err(|right| Wrong::new(format!("`{}` is none", shown(&value)), right))
        });
        match bound {
            Ok(bound) => {
                found.value(table.path(name), bound.value().to_string(), found.whence(&written.span()));
                limits.push(bound);
            }
            Err(wrong) => table.wrong(name, written.span().start, wrong, found),
        }
    }
    table.finish(found);
    limits
}

fn storage(top: &mut Table<'_>, id: &str, sections: &[Section], reading: &mut Reading<'_, '_>) -> Storage {
    let mut table = top.table("storage", reading.found);
    let written = reading.path(&mut table, "state").map(|path| path.value);
    let state = match (written, reading.around.state(id)) {
        (Some(path), _) => path,
        (None, Some((path, from))) => {
            by_default(&table.path("state"), &path.to_string_lossy(), from, reading.found);
            path
        }
        (None, None) => {
            if !table.has("state") {
                table.missing("state", "no home folder is known; write a folder for it", reading.found);
            }
            PathBuf::new()
        }
    };
    let read = sections.iter().flat_map(|section| &section.folders).find(|folder| is_read_with(&state, folder));
    if let Some(folder) = read.filter(|_| !state.as_os_str().is_empty()) {
        let what = format!("it lies in {}, which is read", folder.display());
        let at = table.where_is("state").unwrap_or(table.at);
        table.wrong("state", at, Wrong::new(what, "choose a folder outside"), reading.found);
    }
    table.finish(reading.found);
    Storage { state }
}

//! A table of TOML in, its values out, each checked where it stands.
//!
//! `serde` stops at the first error and does not know what a key was meant to be. Here every key that is asked for is
//! remembered, so that the rest can be held against them: each is unknown, and most are a known one misspelt.

use std::ops::{Range, RangeInclusive};
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::findings::{Findings, Whence, Wrong};
use super::units;

/// A table that is being read.
pub(super) struct Table<'a> {
    /// The name for messages and values: empty for the top, `edition`, `section[2]`.
    pub name: String,
    /// The byte where it begins.
    pub at: usize,
    entries: Option<&'a DeTable<'a>>,
    known: Vec<&'static str>,
}

/// A value with where it stands.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub value: T,
    pub span: Range<usize>,
}

/// A value as it was parsed.
pub(super) type Written<'a> = Spanned<DeValue<'a>>;

impl<'a> Table<'a> {
    pub fn new(name: impl Into<String>, at: usize, entries: Option<&'a DeTable<'a>>) -> Self {
        Self { name: name.into(), at, entries, known: Vec::new() }
    }

    /// A table in this one, written `[key]`; where it is not there, it is empty.
    pub fn table(&mut self, key: &'static str, found: &mut Findings<'_>) -> Table<'a> {
        let Some(written) = self.take(key) else { return Table::new(key, 0, None) };
        match written.get_ref() {
            DeValue::Table(entries) => return Table::new(key, written.span().start, Some(entries)),
            DeValue::Array(_) => {
                let what = format!("`{key}` stands more than once, or in double brackets");
                found.wrong(written.span().start, what, format!("write it once, as [{key}]"));
            }
            _ => found.wrong(
                written.span().start,
                format!("`{key}` is no table"),
                format!("write [{key}] above its keys"),
            ),
        }
        Table::new(key, written.span().start, None)
    }

    /// The tables in this one that are written `[[key]]`, in order.
    pub fn tables(&mut self, key: &'static str, found: &mut Findings<'_>) -> Vec<Table<'a>> {
        let Some(written) = self.take(key) else { return Vec::new() };
        let right = format!("write [[{key}]], with two brackets, above the keys of each");
        let DeValue::Array(elements) = written.get_ref() else {
            found.wrong(written.span().start, format!("`{key}` is no list of tables"), right);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (i, element) in elements.iter().enumerate() {
            match element.get_ref() {
                DeValue::Table(entries) => {
                    tables.push(Table::new(format!("{key}[{}]", i + 1), element.span().start, Some(entries)));
                }
                _ => found.wrong(element.span().start, format!("`{key}` is no list of tables"), right.clone()),
            }
        }
        tables
    }

    /// Whether a key is there; it counts as known from now on.
    pub fn has(&mut self, key: &'static str) -> bool {
        self.take(key).is_some()
    }

    /// The value of a key as it was parsed; the key is known from now on.
    pub fn take(&mut self, key: &'static str) -> Option<&'a Written<'a>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.entries?.get(key)
    }

    /// A text that has something in it, made into something else; `None` where it is not there or wrong.
    pub fn parsed<T>(
        &mut self,
        key: &'static str,
        found: &mut Findings<'_>,
        parse: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Option<At<T>> {
        let written = self.take(key)?;
        let value = text(written).and_then(parse);
        let value = self.accept(key, written, value, found)?;
        found.value(self.path(key), spelled(written), found.whence(&written.span()));
        Some(At { value, span: written.span() })
    }

    /// A text that has something in it.
    pub fn text(&mut self, key: &'static str, found: &mut Findings<'_>) -> Option<At<String>> {
        self.parsed(key, found, |text| Ok(text.to_owned()))
    }

    /// A text or a list of texts, each made into something else. What is wrong is named and left out.
    pub fn list<T>(
        &mut self,
        key: &'static str,
        found: &mut Findings<'_>,
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Vec<At<T>> {
        let Some(written) = self.take(key) else { return Vec::new() };
        let elements = match written.get_ref() {
            DeValue::Array(elements) => elements.as_ref(),
            _ => std::slice::from_ref(written),
        };
        let mut list = Vec::new();
        for element in elements {
            let value = text(element).and_then(&parse);
            if let Some(value) = self.accept(key, element, value, found) {
                list.push(At { value, span: element.span() });
            }
        }
        found.value(self.path(key), spelled(written), found.whence(&written.span()));
        list
    }

    /// A whole number within a range, if it is there.
    pub fn count_if_any(
        &mut self,
        key: &'static str,
        range: RangeInclusive<u64>,
        found: &mut Findings<'_>,
    ) -> Option<u64> {
        let written = self.take(key)?;
        let value = whole(written).and_then(|number| within(number, &range));
        let value = self.accept(key, written, value, found)?;
        found.value(self.path(key), value.to_string(), found.whence(&written.span()));
        Some(value)
    }

    /// A whole number within a range, or the default.
    pub fn count(
        &mut self,
        key: &'static str,
        range: RangeInclusive<u64>,
        default: u64,
        found: &mut Findings<'_>,
    ) -> u64 {
        let absent = self.is_absent(key);
        self.count_if_any(key, range, found).unwrap_or_else(|| self.defaulted(key, absent, default, &default, found))
    }

    /// A number above zero and at most `most`, if there is one.
    pub fn weight(&mut self, key: &'static str, most: f64, found: &mut Findings<'_>) -> Option<f64> {
        let written = self.take(key)?;
        let value = match written.get_ref() {
            DeValue::Float(number) => number.as_str().replace('_', "").parse::<f64>().ok(),
            DeValue::Integer(number) => number.as_str().replace('_', "").parse::<f64>().ok(),
            _ => None,
        };
        let value = value.filter(|value| *value > 0.0 && *value <= most);
        let wrong =
            || Wrong::new(format!("{} is no weight", brief(written)), format!("write a number above 0, up to {most}"));
        let value = self.accept(key, written, value.ok_or_else(wrong), found)?;
        found.value(self.path(key), value.to_string(), found.whence(&written.span()));
        Some(value)
    }

    /// `true` or `false`; the default is `false`.
    pub fn flag(&mut self, key: &'static str, found: &mut Findings<'_>) -> bool {
        let Some(written) = self.take(key) else { return self.defaulted(key, true, false, &false, found) };
        let wrong = || {
            Wrong::new(format!("{} is neither true nor false", brief(written)), "write true or false, without quotes")
        };
        let value = written.get_ref().as_bool().ok_or_else(wrong);
        let Some(value) = self.accept(key, written, value, found) else { return false };
        found.value(self.path(key), value.to_string(), found.whence(&written.span()));
        value
    }

    /// A time span like `"20s"` within a range, or the default.
    pub fn span(
        &mut self,
        key: &'static str,
        range: RangeInclusive<Duration>,
        default: Duration,
        found: &mut Findings<'_>,
    ) -> Duration {
        let absent = self.is_absent(key);
        let read = self.parsed(key, found, |text| {
            let value = units::span(text)?;
            let [from, to] = [range.start(), range.end()].map(|end| units::spell(*end));
            let wrong = || Wrong::new(format!("`{text}` is out of range"), format!("from {from} to {to}"));
            range.contains(&value).then_some(value).ok_or_else(wrong)
        });
        let shown = format!("\"{}\"", units::spell(default));
        read.map_or_else(|| self.defaulted(key, absent, default, &shown, found), |read| read.value)
    }

    /// A size in bytes like `"8M"`, or the default.
    pub fn size(&mut self, key: &'static str, default: u64, found: &mut Findings<'_>) -> u64 {
        let Some(written) = self.take(key) else { return self.defaulted(key, true, default, &default, found) };
        let value = match written.get_ref() {
            DeValue::Integer(_) => whole(written),
            _ => text(written).and_then(units::size),
        };
        let value = value.and_then(|value| within(value, &(1..=u64::MAX)));
        let Some(value) = self.accept(key, written, value, found) else { return default };
        found.value(self.path(key), spelled(written), found.whence(&written.span()));
        value
    }

    /// Names each key that nobody asked for, with the nearest one that is known.
    pub fn finish(self, found: &mut Findings<'_>) {
        self.check_unknown(found, |_| None);
    }

    /// Names each key that nobody asked for so far, some of them with a better word.
    pub fn check_unknown(&self, found: &mut Findings<'_>, word: impl Fn(&str) -> Option<Wrong>) {
        for (key, _) in self.entries.into_iter().flatten() {
            let (at, key) = (key.span().start, key.get_ref().as_ref());
            if self.known.contains(&key) {
                continue;
            }
            let wrong = word(key).unwrap_or_else(|| self.unknown(key));
            found.wrong(at, wrong.what, wrong.right);
        }
    }

    /// The byte where the value of a key stands, if it is there.
    pub fn where_is(&self, key: &str) -> Option<usize> {
        Some(self.entries?.get(key)?.span().start)
    }

    fn unknown(&self, key: &str) -> Wrong {
        let what = format!("unknown key `{}`", shown(key));
        if !self.name.is_empty() && TOP.contains(&key) {
            return Wrong::new(what, format!("`{key}` belongs to the top of the file, above the first [table]"));
        }
        if let Some(near) = units::nearest(key, self.known.iter().copied()) {
            return Wrong::new(what, format!("did you mean `{near}`?"));
        }
        Wrong::new(what, format!("known here are {}", self.known.join(", ")))
    }

    /// The key with the tables it stands in.
    pub fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    /// Takes down what is wrong with the value of a key.
    pub fn wrong(&self, key: &str, at: usize, wrong: Wrong, found: &mut Findings<'_>) {
        found.wrong(at, format!("`{}`: {}", self.path(key), wrong.what), wrong.right);
    }

    /// Takes down that a key is not there.
    pub fn missing(&self, key: &str, right: impl Into<String>, found: &mut Findings<'_>) {
        found.wrong(self.at, format!("`{}` is missing", self.path(key)), right);
    }

    fn accept<T>(
        &self,
        key: &str,
        written: &Written<'_>,
        value: Result<T, Wrong>,
        found: &mut Findings<'_>,
    ) -> Option<T> {
        value.map_err(|wrong| self.wrong(key, written.span().start, wrong, found)).ok()
    }

    fn is_absent(&mut self, key: &'static str) -> bool {
        self.take(key).is_none()
    }

    /// The default, taken down where nothing was written, not where it stands in for something wrong.
    fn defaulted<T>(&self, key: &str, absent: bool, value: T, shown: &dyn ToString, found: &mut Findings<'_>) -> T {
        if absent {
            found.value(self.path(key), shown.to_string(), Whence::Default);
        }
        value
    }
}

/// The keys on top of the file. Behind a table's head they would belong to the table, the commonest slip in TOML.
const TOP: [&str; 6] = ["id", "title", "zone", "hour", "days", "cron"];

/// The text of a value, if it is one and has something in it.
pub(super) fn text<'w>(written: &'w Written<'_>) -> Result<&'w str, Wrong> {
    match written.get_ref() {
        DeValue::String(text) if text.trim().is_empty() => {
            Err(Wrong::new("it is empty", "write something, or leave the key out"))
        }
        DeValue::String(text) if text.chars().any(char::is_control) => {
            Err(Wrong::new("it has a line break or another control character in it", "write it in one line"))
        }
        DeValue::String(text) => Ok(text.trim()),
        _ => Err(Wrong::new(format!("{} is no text", brief(written)), "write it in quotes")),
    }
}

fn whole(written: &Written<'_>) -> Result<u64, Wrong> {
    let number = match written.get_ref() {
        DeValue::Integer(number) => u64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok(),
        _ => None,
    };
    let right = match written.get_ref() {
        DeValue::String(text) if text.trim().parse::<u64>().is_ok() => "write it without quotes",
        _ => "write one like 12",
    };
    number.ok_or_else(|| Wrong::new(format!("{} is no whole number", brief(written)), right))
}

fn within(number: u64, range: &RangeInclusive<u64>) -> Result<u64, Wrong> {
    let (from, to) = (range.start(), range.end());
    let right = if *to == u64::MAX { format!("{from} or more") } else { format!("from {from} to {to}") };
    range.contains(&number).then_some(number).ok_or_else(|| Wrong::new(format!("{number} is out of range"), right))
}

/// A value in a message.
fn brief(written: &Written<'_>) -> String {
    match written.get_ref() {
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
        _ => format!("`{}`", shown(&spelled(written))),
    }
}

/// A value as it is written in TOML.
fn spelled(written: &Written<'_>) -> String {
    match written.get_ref() {
        DeValue::String(text) => toml::Value::String(text.to_string()).to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(elements) => format!("[{}]", elements.iter().map(spelled).collect::<Vec<_>>().join(", ")),
        DeValue::Table(entries) => {
            let entry = |(key, value): (&Spanned<_>, &Written<'_>)| format!("{key} = {}", spelled(value));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

/// So much of something that was written as a message can take.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let short: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

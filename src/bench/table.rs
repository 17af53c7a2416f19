//! A report in, tables for reading out, no wider than 100 columns.
//!
//! Above each table stands what its numbers are: a ROUGE score without its tokens, its limit and its variant of L cannot be
//! compared with any other.

use std::fmt::Write;

use super::report::{Kind, Report, Row, Settings, Table};
use super::rouge::Measure;
use super::run::TokenChoice;
use super::significance::Comparison;
use super::summary::Limit;
use crate::render::plain_path;

/// The measures of the first table, unless all are asked for.
const SHOWN: [Measure; 4] = [Measure::R1, Measure::R2, Measure::L, Measure::Lsum];

/// The measures by which systems are held against each other.
const COMPARED: [Measure; 2] = [Measure::R1, Measure::R2];

/// A name is cut to so many columns, so that all six measures stand beside it.
const WIDEST_NAME: usize = 22;

/// Two names that are held against each other, together.
const WIDEST_PAIR: usize = 30;

/// Writes the tables. Of the measures the usual ones are shown, and of the comparisons those with the first system, or
/// `all` of them.
pub fn tables(report: &Report, all: bool) -> String {
    let mut text = String::new();
    for (index, table) in report.corpora.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        text.push_str(&of_corpus(&report.settings, &report.version, table, all));
    }
    text
}

fn of_corpus(settings: &Settings, version: &str, table: &Table, all: bool) -> String {
    let mut lines = heading(settings, version, table);
    let name = |row: &Row| format!("{}{}", cut(&row.name), if row.kind == Kind::Ceiling { " *" } else { "" });
    let shown = if all { &Measure::ALL[..] } else { &SHOWN };
    let heads = shown.iter().flat_map(|measure| [head(*measure), ""]);
    let mut scores = Grid::new(&std::iter::once("").chain(heads).collect::<Vec<&str>>());
    for row in &table.systems {
        let cells = shown.iter().flat_map(|measure| {
            let f1 = row.rouge[measure].f1;
            let half = f1.low.zip(f1.high).map(|(low, high)| format!("±{:.2}", 50.0 * (high - low)));
            [points(f1.mean), half.unwrap_or_else(|| "±–".to_owned())]
        });
        scores.add(std::iter::once(name(row)).chain(cells).collect());
    }
    lines.push(String::new());
    lines.extend(scores.lines());
    if table.systems.iter().any(|row| row.kind == Kind::Ceiling) {
        lines.push("* sees the references: what choosing sentences could reach, and no competitor".to_owned());
    }
    let trained: Vec<String> = table.systems.iter().filter(|row| row.trained_on).map(|row| cut(&row.name)).collect();
    if !trained.is_empty() {
        let (its, it, looks) = if trained.len() == 1 { ("its", "it", "is") } else { ("their", "they", "are") };
        lines.push(format!("{}: {its} prior was fitted on this corpus, so {it} may look a little", trained.join(", ")));
        lines.push(format!("better here than {it} {looks}; epitome train … --predictions has cross-validated digests"));
    }
    for row in table.systems.iter().filter(|row| row.missing > 0) {
        lines.push(format!(
            "{}: no summary of {} of the {} stories; they score 0",
            cut(&row.name),
            row.missing,
            table.clusters
        ));
    }
    lines.push(String::new());
    lines.extend(beside(table, name));
    lines.push(String::new());
    lines.extend(comparisons(table, all));
    lines.join("\n") + "\n"
}

fn heading(settings: &Settings, version: &str, table: &Table) -> Vec<String> {
    let size = table.size;
    let mut lines = vec![format!(
        "{}: {}{}, {}, {}, {}",
        plain_path(&table.corpus),
        counted(table.clusters, "story", "stories"),
        if table.interrupted { " (ended early)" } else { "" },
        counted(size.articles, "article", "articles"),
        counted(size.words, "word", "words"),
        counted(size.references, "reference", "references"),
    )];
    let (unit, most) = match settings.limit {
        Limit::Words(most) => ("words", most),
        Limit::Bytes(most) => ("bytes", most),
    };
    let named = |ending: &str| table.systems.iter().any(|row| row.name.ends_with(ending));
    let ending = match (settings.whole, named("-whole"), named("-cut")) {
        (false, true, _) => "cut there, but for those named -whole",
        (false, false, _) => "cut there",
        (true, _, true) => "in whole sentences, but for those named -cut",
        (true, _, false) => "in whole sentences",
    };
    let given = table.systems.iter().any(|row| row.kind == Kind::Given);
    let ending = if settings.whole && given { format!("{ending}; given ones cut there") } else { ending.to_owned() };
    lines.push(format!("summaries: at most {most} {unit}, {ending}"));
    for used in &table.tokens {
        let stories = if settings.tokens == TokenChoice::ByLanguage || table.tokens.len() > 1 {
            format!(" ({})", counted(used.clusters, "story", "stories"))
        } else {
            String::new()
        };
        lines.push(format!("ROUGE F1 in points: {}{stories}", used.tokens));
    }
    lines.push("R-L: whole texts; R-Lsum: union over lines, so a reference on one line is one sentence".to_owned());
    lines.push("several references: mean".to_owned());
    let bootstrap = settings.bootstrap;
    lines.push(format!(
        "±: half the 95 % interval, bootstrap over stories, {} draws, seed {}; epitome {version}",
        grouped(bootstrap.draws),
        bootstrap.seed
    ));
    lines
}

/// The second table: what ROUGE does not see.
fn beside(table: &Table, name: impl Fn(&Row) -> String) -> Vec<String> {
    let mut grid = Grid::new(&["", "overlap", "highest", "sources", "guards", "length", "ms", "MB/s"]);
    for row in &table.systems {
        let share =
            |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", 100.0 * share));
        let speed = table.measured.systems.get(&row.name);
        grid.add(vec![
            name(row),
            share(Some(row.repetition.mean)),
            share(Some(row.repetition.highest)),
            share(row.sources),
            share(row.violations),
            share(Some(row.fill)),
            speed.map_or_else(|| "–".to_owned(), |speed| format!("{:.2}", speed.choosing_ms)),
            speed.map_or_else(|| "–".to_owned(), |speed| format!("{:.2}", speed.megabytes_per_second)),
        ]);
    }
    let mut lines = grid.lines();
    lines.push(
        "overlap: share of the word pairs of a sentence that another one of the summary has; mean and highest"
            .to_owned(),
    );
    lines.push(
        "sources: share of the articles quoted; guards: summaries with a sentence that cannot stand there".to_owned(),
    );
    let measured = &table.measured;
    let memory = measured.peak_memory_bytes.map_or_else(
        || "peak memory not known on this system".to_owned(),
        |bytes| format!("peak memory of the whole run {:.0} MB", bytes as f64 / 1e6),
    );
    lines.push(format!(
        "ms: choosing, a story on one thread; preparing a story is {:.2} ms more, which MB/s counts too",
        measured.preparing_ms
    ));
    lines.push(format!("{memory}, {:.1} s with {}", measured.seconds, counted(measured.threads, "thread", "threads")));
    lines
}

/// The third table: the first system against the others, or all against all.
fn comparisons(table: &Table, all: bool) -> Vec<String> {
    let first = table.systems.first().map_or("", |row| row.name.as_str());
    let shown: Vec<_> = table.comparisons.iter().filter(|pair| all || pair.systems[0] == first).collect();
    if shown.is_empty() {
        return Vec::new();
    }
    let mut grid = Grid::new(&["difference", "R-1", "95 %", "p", "R-2", "95 %", "p"]);
    for pair in shown {
        let cells = COMPARED.iter().flat_map(|measure| {
            let Some(Comparison { difference, low, high, p }) = pair.rouge.get(measure).copied() else {
                return ["–", "–", "–"].map(str::to_owned);
            };
            [signed(difference), format!("{} to {}", signed(low), signed(high)), chance(p)]
        });
        grid.add(std::iter::once(against(&pair.systems)).chain(cells).collect());
    }
    let mut lines = grid.lines();
    lines.push("p: paired bootstrap over stories, two-sided".to_owned());
    lines
}

/// The head of the column of a measure.
fn head(measure: Measure) -> &'static str {
    match measure {
        Measure::R1 => "R-1",
        Measure::R2 => "R-2",
        Measure::R3 => "R-3",
        Measure::R4 => "R-4",
        Measure::L => "R-L",
        Measure::Lsum => "R-Lsum",
    }
}

/// A p-value.
pub(super) fn chance(p: f64) -> String {
    if p < 0.001 { "<.001".to_owned() } else { format!("{p:.3}").trim_start_matches('0').to_owned() }
}

pub(super) fn points(score: f64) -> String {
    format!("{:.2}", 100.0 * score)
}

pub(super) fn signed(score: f64) -> String {
    let points = 100.0 * score;
    // No difference has no sign.
    if points.abs() < 0.005 { "0.00".to_owned() } else { format!("{points:+.2}").replace('-', "−") }
}

pub(super) fn cut(name: &str) -> String {
    plain_path(name).chars().take(WIDEST_NAME).collect()
}

/// Two names in a column that leaves room for the numbers.
pub(super) fn against(systems: &[String; 2]) -> String {
    let [a, b] = systems.each_ref().map(|name| cut(name));
    let length = a.chars().count() + b.chars().count();
    let short = |name: &str| -> String {
        name.chars().take(if length > WIDEST_PAIR { WIDEST_PAIR / 2 } else { WIDEST_NAME }).collect()
    };
    format!("{} − {}", short(&a), short(&b))
}

pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// `12,345`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Cells in columns: the first flush left, the others flush right.
pub(super) struct Grid {
    rows: Vec<Vec<String>>,
}

impl Grid {
    pub fn new(heads: &[&str]) -> Self {
        Self { rows: vec![heads.iter().map(|head| (*head).to_owned()).collect()] }
    }

    pub fn add(&mut self, row: Vec<String>) {
        debug_assert_eq!(row.len(), self.rows[0].len());
        self.rows.push(row);
    }

    pub fn lines(&self) -> Vec<String> {
        let width = |column: usize| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.rows[0].len()).map(width).collect();
        let line = |row: &Vec<String>| {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let (width, gap) = (*width, if cell.starts_with('±') || column == 0 { " " } else { "  " });
                match column {
                    0 => write!(line, "{cell:<width$}"),
                    _ => write!(line, "{gap}{cell:>width$}"),
                }
                .expect("writing to a string cannot fail");
            }
            line.trim_end().to_owned()
        };
        self.rows.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other() {
        let mut grid = Grid::new(&["", "R-1", ""]);
        grid.add(vec!["lead".to_owned(), "9.00".to_owned(), "±1.00".to_owned()]);
        grid.add(vec!["centroid".to_owned(), "10.00".to_owned(), "±0.50".to_owned()]);
        assert_eq!(grid.lines(), ["            R-1", "lead       9.00 ±1.00", "centroid  10.00 ±0.50"]);
    }

    #[test]
    fn numbers_are_written_for_readers() {
        assert_eq!([grouped(7), grouped(1_000), grouped(1_234_567)], ["7", "1,000", "1,234,567"]);
        assert_eq!([signed(0.0123), signed(-0.0123), signed(-0.000_01)], ["+1.23", "−1.23", "0.00"]);
    }
}

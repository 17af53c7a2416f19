//! A report in, tables for reading out, no wider than 100 columns.

use super::measures::Measure;
use super::report::{Kind, Settings, StoryReport, StoryRow, StoryTable};
use crate::bench::significance::{Comparison, Interval};
use crate::bench::table::{Grid, against, chance, counted, cut, grouped, points, signed};
use crate::render::plain_path;

/// The measures of the first table, and their heads; those with an interval beside them are by which systems are compared.
const SHOWN: [(Measure, &str, bool); 7] = [
    (Measure::BCubedPrecision, "B³ P", false),
    (Measure::BCubedRecall, "R", false),
    (Measure::BCubedF1, "F1", true),
    (Measure::PairPrecision, "pair P", false),
    (Measure::PairRecall, "R", false),
    (Measure::PairF1, "F1", true),
    (Measure::AdjustedRand, "Rand", true),
];

/// The measures by which systems are held against each other.
const COMPARED: [(Measure, &str); 2] = [(Measure::BCubedF1, "B³ F1"), (Measure::PairF1, "pair F1")];

/// Writes the tables.
pub fn tables(report: &StoryReport) -> String {
    let of_corpus = |table: &StoryTable| of_corpus(&report.settings, &report.version, table);
    report.corpora.iter().map(of_corpus).collect::<Vec<String>>().join("\n")
}

fn of_corpus(settings: &Settings, version: &str, table: &StoryTable) -> String {
    let mut lines = heading(settings, version, table);
    lines.push(String::new());
    lines.extend(scores(table));
    lines.push(String::new());
    lines.extend(beside(table));
    lines.push(String::new());
    lines.extend(comparisons(table));
    lines.join("\n") + "\n"
}

fn heading(settings: &Settings, version: &str, table: &StoryTable) -> Vec<String> {
    let passed_over = match table.undated_left_out {
        0 => String::new(),
        undated => format!(", {} undated passed over", grouped(undated)),
    };
    let bootstrap = settings.bootstrap;
    vec![
        format!(
            "{}: {} in {}, {} of one article{}",
            plain_path(&table.corpus),
            counted(table.articles, "article", "articles"),
            counted(table.stories, "story", "stories"),
            grouped(table.alone),
            if table.interrupted { " (ended early)" } else { "" },
        ),
        format!(
            "{} dated{passed_over}; the baselines compare dated articles at most {} apart",
            grouped(table.dated),
            counted(settings.window_days as usize, "day", "days"),
        ),
        "B³ and pairs of articles: precision, recall and F1 in points; Rand: adjusted Rand index × 100".to_owned(),
        format!(
            "±: half the 95 % interval, bootstrap over stories, {} draws, seed {}; epitome {version}",
            grouped(bootstrap.draws),
            bootstrap.seed
        ),
    ]
}

fn name(row: &StoryRow) -> String {
    format!("{}{}", cut(&row.name), if row.kind == Kind::BestThreshold { " *" } else { "" })
}

/// The first table: how good the groups are.
fn scores(table: &StoryTable) -> Vec<String> {
    let heads =
        SHOWN.iter().flat_map(|(_, head, with_interval)| [*head].into_iter().chain(with_interval.then_some("")));
    let mut grid = Grid::new(&std::iter::once("").chain(heads).collect::<Vec<&str>>());
    for row in &table.systems {
        let cells = SHOWN.iter().flat_map(|(measure, _, with_interval)| {
            let Interval { mean, low, high } = row.scores[measure];
            let half = low.zip(high).map(|(low, high)| format!("±{:.2}", 50.0 * (high - low)));
            [points(mean)].into_iter().chain(with_interval.then(|| half.unwrap_or_else(|| "±–".to_owned())))
        });
        grid.add(std::iter::once(name(row)).chain(cells).collect());
    }
    let mut lines = grid.lines();
    if table.systems.iter().any(|row| row.kind == Kind::BestThreshold) {
        lines.push(
            "* at the threshold with the highest B³ F1 on this very corpus: kinder than any that could be".to_owned(),
        );
        lines.push("chosen without knowing its stories".to_owned());
    }
    for row in table.systems.iter().filter(|row| row.missing > 0) {
        let (missing, all) = (grouped(row.missing), grouped(table.articles));
        lines.push(format!("{}: no story for {missing} of the {all} articles; each is one by itself", cut(&row.name)));
    }
    lines
}

/// The second table: how many groups there are, and what they cost.
fn beside(table: &StoryTable) -> Vec<String> {
    let mut grid = Grid::new(&["", "stories", "of one article", "threshold", "s"]);
    for row in &table.systems {
        let seconds = table.measured.systems.get(&row.name);
        grid.add(vec![
            name(row),
            grouped(row.stories),
            grouped(row.alone),
            row.threshold.map_or_else(|| "–".to_owned(), |threshold| format!("{threshold:.3}")),
            seconds.map_or_else(|| "–".to_owned(), |seconds| format!("{seconds:.2}")),
        ]);
    }
    let mut lines = grid.lines();
    let measured = &table.measured;
    let memory = measured.peak_memory_bytes.map_or_else(
        || "peak memory not known on this system".to_owned(),
        |bytes| format!("peak memory of the whole run {:.0} MB", bytes as f64 / 1e6),
    );
    lines.push(format!("{memory}, {:.1} s with {}", measured.seconds, counted(measured.threads, "thread", "threads")));
    lines
}

/// The third table: the first system against the others.
fn comparisons(table: &StoryTable) -> Vec<String> {
    if table.comparisons.is_empty() {
        return Vec::new();
    }
    let heads = COMPARED.iter().flat_map(|(_, head)| [*head, "95 %", "p"]);
    let mut grid = Grid::new(&std::iter::once("difference").chain(heads).collect::<Vec<&str>>());
    for pair in &table.comparisons {
        let cells = COMPARED.iter().flat_map(|(measure, _)| {
            let Comparison { difference, low, high, p } = pair.scores[measure];
            [signed(difference), format!("{} to {}", signed(low), signed(high)), chance(p)]
        });
        grid.add(std::iter::once(against(&pair.systems)).chain(cells).collect());
    }
    let mut lines = grid.lines();
    lines.push("p: paired bootstrap over stories, two-sided".to_owned());
    lines
}

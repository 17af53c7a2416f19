//! `epitome brief show`: a configuration in, each value in effect and where it came from out.

use std::path::Path;

use serde::Serialize;

use super::Briefing;
use super::arguments::ShowArguments;
use crate::cli::arguments::ReportFormat;
use crate::cli::exit::Exit;
use crate::cli::{Messages, output};
use crate::error::Error;
use crate::render::{plain_path, to_json};

/// Its serde form is what `--format json` prints.
#[derive(Serialize)]
struct Shown<'s> {
    file: String,
    values: Vec<ShownValue<'s>>,
}

#[derive(Serialize)]
struct ShownValue<'s> {
    key: &'s str,
    value: &'s str,
    from: String,
}

/// Runs it.
pub(super) fn run(config: Option<&Path>, arguments: &ShowArguments, messages: &Messages) -> Result<Exit, Error> {
    let briefing = Briefing::open(config, messages)?;
    briefing.loaded.warnings.iter().for_each(|warning| messages.note(warning));
    let values = &briefing.loaded.values;
    let file = briefing.path.to_string_lossy().into_owned();
    let written = match arguments.format {
        ReportFormat::Json => {
            let values = values
                .iter()
                .map(|of| ShownValue { key: &of.key, value: &of.value, from: of.from.to_string() })
                .collect();
            to_json(&Shown { file, values })
        }
        ReportFormat::Text => {
            let width =
                values.iter().map(|of| of.key.len() + of.value.len() + 3).filter(|width| *width <= WIDEST).max();
            let width = width.unwrap_or_default();
            let line = |of: &crate::brief::config::Value| {
                let said = format!("{} = {}", of.key, of.value);
                plain_path(&format!("{said:width$}  # {}", of.from)) + "\n"
            };
            let lines: String = values.iter().map(line).collect();
            format!("# {}\n{lines}", plain_path(&file))
        }
    };
    output::write(written.as_bytes(), None)?;
    Ok(Exit::Done)
}

/// Where a value came from stands in one column, but for values that are longer than this.
const WIDEST: usize = 60;

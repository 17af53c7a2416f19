//! `epitome inspect`: paths in, what was read on standard output.

use super::arguments::{InspectArguments, ReportFormat};
use super::exit::Exit;
use super::{Messages, input, output};
use crate::error::Error;
use crate::inspect::inspect;
use crate::render::{render_inspection, to_json};

/// Runs the subcommand.
pub(super) fn run(arguments: &InspectArguments, messages: &Messages) -> Result<Exit, Error> {
    let Some(paths) = input::paths(&arguments.input)? else {
        return Ok(input::help("inspect"));
    };
    let output = output::target(arguments.output.as_deref());
    input::refuse_to_overwrite(output, &paths, &arguments.input)?;
    let reading = input::articles(&arguments.input, &paths, output)?;
    for error in &reading.skipped {
        messages.error(&error.to_string());
    }
    if reading.articles.is_empty() {
        return Ok(input::exit_without_result(&reading));
    }
    let inspection = inspect(reading);
    let written = match arguments.format {
        ReportFormat::Json => to_json(&inspection).into_bytes(),
        ReportFormat::Text => {
            let mut bytes = Vec::new();
            render_inspection(&inspection, output::text_style(output).color, &mut bytes)
                .expect("writing to memory cannot fail");
            bytes
        }
    };
    output::write(&written, output)?;
    Ok(if inspection.left_out.is_empty() { Exit::Done } else { Exit::LeftOut })
}

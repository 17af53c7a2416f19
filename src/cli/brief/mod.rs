//! `epitome brief`: a configuration in, an edition, a report or a look into the archive out.

mod archive;
mod arguments;
mod check;
mod init;
mod moment;
mod run;
mod schedule;
mod show;

use std::fs;
use std::path::{Path, PathBuf};

use super::Messages;
use super::exit::Exit;
use crate::brief::config::{self, Config, Loaded};
use crate::brief::ledger::Ledger;
use crate::error::{Error, ErrorKind};

pub(super) use arguments::BriefArguments;
use arguments::BriefCommand;

/// Runs the subcommand.
pub(super) fn run(arguments: &BriefArguments, messages: &Messages) -> Result<Exit, Error> {
    let config = arguments.config.as_deref();
    match &arguments.command {
        BriefCommand::Init => init::run(config, messages),
        BriefCommand::Check(check) => check::run(config, check, messages),
        BriefCommand::Show(show) => show::run(config, show, messages),
        BriefCommand::Run(run) => run::run(config, run, messages),
        BriefCommand::Schedule(schedule) => schedule::run(config, schedule, messages),
        BriefCommand::Archive(archive) => archive::run(config, archive, messages),
        BriefCommand::Replay(replay) => archive::replay(config, replay, messages),
    }
}

/// A configuration, and where it is.
struct Briefing {
    path: PathBuf,
    loaded: Loaded,
}

impl Briefing {
    /// Finds and reads it. All that is wrong with it is said but for the last thing, which is the error.
    fn open(config: Option<&Path>, messages: &Messages) -> Result<Self, Error> {
        let path = config::find(config)?;
        let loaded = Config::load(&path).map_err(|mut errors| {
            let last = errors.pop();
            errors.iter().for_each(|error| messages.error(&error.to_string()));
            last.unwrap_or_else(|| Error::new(ErrorKind::Fault, path.to_string_lossy(), "refused without a reason", ""))
        })?;
        Ok(Self { path, loaded })
    }

    fn config(&self) -> &Config {
        &self.loaded.config
    }

    /// The folder that paths of the configuration are relative to.
    fn root(&self) -> PathBuf {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())
    }

    fn ledger_path(&self) -> PathBuf {
        self.config().storage.state.join("ledger.sqlite")
    }

    /// Where the moment of the last run is noted.
    fn last_run_path(&self) -> PathBuf {
        self.config().storage.state.join("last-run")
    }

    /// Opens the ledger for a run, and makes its folder.
    fn ledger(&self) -> Result<Ledger, Error> {
        self.make_state()?;
        Ledger::open(&self.ledger_path())
    }

    fn make_state(&self) -> Result<(), Error> {
        let folder = &self.config().storage.state;
        fs::create_dir_all(folder).map_err(|error| {
            let way_out = "give another folder as `state` in [storage]";
            Error::new(ErrorKind::Unwritable, folder.to_string_lossy(), format!("cannot be made ({error})"), way_out)
        })
    }

    /// Opens the ledger to look into it.
    fn archive(&self) -> Result<Ledger, Error> {
        let path = self.ledger_path();
        if !path.exists() {
            let way_out = "`epitome brief run` makes one";
            return Err(Error::new(ErrorKind::NoInput, &self.config().title, "there is no edition yet", way_out));
        }
        Ledger::open_read_only(&path)
    }
}

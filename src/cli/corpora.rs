//! What the subcommands that read corpora have in common: what is told, how they are interrupted, and what they must not
//! write over.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

use super::exit::Exit;
use super::{Messages, counted, output};
use crate::bench::corpus;
use crate::bench::run::Event;
use crate::error::{Error, ErrorKind};

/// What was left out so far.
#[derive(Default)]
pub(super) struct Trouble {
    pub any: bool,
    /// Whether something was there and could not be used.
    beside_missing: bool,
}

impl Trouble {
    /// Says what was left out.
    pub fn name(&mut self, error: &Error, messages: &Messages) {
        messages.error(&error.to_string());
        self.any = true;
        self.beside_missing |= error.kind != ErrorKind::Missing;
    }

    /// How to end if nothing is left.
    pub fn exit_without_result(&self) -> Exit {
        if self.any && !self.beside_missing { Exit::Usage } else { Exit::Failed }
    }
}

/// An interruption by the user.
#[derive(Clone, Default)]
pub(super) struct Interruption {
    stop: Arc<AtomicBool>,
    seen: Arc<OnceLock<Instant>>,
    /// What an end at once must not leave behind.
    unfinished: Arc<OnceLock<PathBuf>>,
}

/// After an interruption, what can still be done in this time is done.
const PATIENCE: Duration = Duration::from_secs(1);

impl Interruption {
    /// Listens for Ctrl-C; the second time the program ends at once.
    pub fn listen() -> Result<Self, Error> {
        let interruption = Self::default();
        let heard = interruption.clone();
        let handler = move || {
            if heard.stop.swap(true, Ordering::Relaxed) {
                heard.unfinished.get().map(fs::remove_file);
                std::process::exit(Exit::Interrupted as i32);
            }
        };
        ctrlc::set_handler(handler)
            .map_err(|error| Error::new(ErrorKind::Usage, "Ctrl-C", format!("cannot be listened for ({error})"), ""))?;
        Ok(interruption)
    }

    /// Becomes true with the interruption.
    pub fn flag(&self) -> &Arc<AtomicBool> {
        &self.stop
    }

    /// Where a result stands until it is finished: it goes when the program ends at once.
    pub fn would_leave(&self, unfinished: &Path) {
        // A second result is none of the subcommands' business.
        let _ = self.unfinished.set(unfinished.to_owned());
    }

    pub fn has_come(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether it was noticed so long ago that what is not done is to be left.
    pub fn is_overdue(&self) -> bool {
        self.has_come() && self.seen.get_or_init(Instant::now).elapsed() > PATIENCE
    }
}

/// A result must not replace what it is made from: a corpus, another file that is read, or a file in the folder of a
/// story; nor another result.
pub(super) fn refuse_to_overwrite(read: &[&Path], outputs: &[Option<&Path>]) -> Result<(), Error> {
    let read: Vec<PathBuf> = read.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let is_read = |target: &Path| {
        let in_story = |folder: &PathBuf| folder.is_dir() && corpus::is_in_story(target, folder);
        target.is_file() && read.iter().any(|read| read == target || in_story(read))
            || output::is_standard_input(target)
    };
    let refuse =
        |path: &Path, what: &str| Err(Error::new(ErrorKind::Usage, path.to_string_lossy(), what, "give another file"));
    let mut targets = Vec::new();
    for path in outputs.iter().flatten().filter(|path| **path != Path::new("-")) {
        if fs::canonicalize(path).is_ok_and(|target| is_read(&target)) {
            return refuse(path, "would be written over");
        }
        let target = real(path);
        if targets.contains(&target) {
            return refuse(path, "would be written twice");
        }
        // A device can be written to as often as one likes.
        if target.is_file() || !target.exists() {
            targets.push(target);
        }
    }
    Ok(())
}

/// The one name of a file that may not be there yet.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = absolute.parent().and_then(|folder| fs::canonicalize(folder).ok());
        match (folder, absolute.file_name()) {
            (Some(folder), Some(name)) => folder.join(name),
            _ => absolute,
        }
    })
}

/// The parts that progress is counted in.
const STEPS: u64 = 1000;

/// How often what shows that something is at work moves.
const TICK: Duration = Duration::from_millis(100);

/// A bar with the time that is left, where standard error is a terminal.
pub(super) struct Progress {
    bar: ProgressBar,
    quiet: bool,
}

impl Progress {
    pub fn new(messages: &Messages) -> Self {
        Self { bar: ProgressBar::hidden(), quiet: messages.quiet }
    }

    /// Nothing, where the result comes out on the same terminal as it is made.
    pub fn none() -> Self {
        Self { bar: ProgressBar::hidden(), quiet: true }
    }

    /// Begins anew, with the name of what is being done.
    pub fn begin(&mut self, what: &str) {
        self.end();
        if self.quiet {
            return;
        }
        // Hidden by itself where standard error is no terminal. How much is left is not known before a story is done.
        let bar = ProgressBar::new(STEPS).with_style(style("{prefix} {spinner}"));
        self.bar = bar.with_prefix(crate::render::plain_path(what));
        self.bar.enable_steady_tick(TICK);
    }

    /// Says what comes of it; `trouble` hears what is left out.
    pub fn hear(&mut self, event: Event<'_>, trouble: &mut Trouble, messages: &Messages) {
        match event {
            Event::LeftOut(error) => self.bar.suspend(|| trouble.name(error, messages)),
            Event::Renamed { corpus, stories, first } => {
                let text = if stories == 1 {
                    format!("{corpus}: 1 story has the id of an earlier one; it is called {first}")
                } else {
                    format!(
                        "{corpus}: {stories} stories have the id of an earlier one; they are called {first} and so on"
                    )
                };
                self.bar.suspend(|| messages.note(&text));
            }
            Event::Begun(what) => {
                self.bar.suspend(|| messages.detail(what));
                self.begin(what);
            }
            Event::Done { stories, share } => self.show(stories, share.filter(|share| *share > 0.0)),
        }
    }

    /// Lets something be said without the bar in it.
    pub fn suspend(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }

    /// Shows how much is done, and, if it is known what share of all that is, how long the rest takes at this pace.
    pub fn show(&self, stories: usize, share: Option<f64>) {
        if self.bar.is_hidden() {
            return;
        }
        let done = counted(stories, "cluster");
        let Some(share) = share else {
            self.bar.set_style(style("{prefix} {spinner} {msg}"));
            self.bar.set_message(done);
            return;
        };
        let left = self.bar.elapsed().mul_f64((1.0 - share).max(0.0) / share);
        self.bar.set_message(format!("{done}, {} left", HumanDuration(left)));
        self.bar.set_style(style("{prefix}: {bar:30} {percent} %, {msg}"));
        self.bar.set_position((share * STEPS as f64) as u64);
    }

    /// Takes it off the screen.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("a template without mistakes")
}

//! Runs at the same time, runs that are ended early, and the run after them.

use std::fs;
use std::process::{Child, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};

use crate::desk::{Desk, FETCH, FILES, FOLDER, feeds, item, rss};
use crate::http::{Reply, Server};
use crate::outside::{DAM, FERRY, ended, says, stderr};

/// A feed that is not answered before the test wants it to be.
struct Gate {
    server: Server,
    asked: Receiver<()>,
    open: Sender<()>,
}

impl Gate {
    fn new() -> Self {
        let (ask, asked) = mpsc::channel();
        let (open, opened) = mpsc::channel();
        let both = Mutex::new((ask, opened));
        let server = Server::start(move |_| {
            let both = both.lock().unwrap();
            let _ = both.0.send(());
            // When the test has ended nobody opens it any more.
            let _ = both.1.recv();
            Reply::ok(rss(&[item("dam", DAM)]))
        });
        Self { server, asked, open }
    }

    /// A briefing that reads this feed and a folder.
    fn desk(&self) -> Desk {
        let desk =
            Desk::new(&[FETCH, "timeout = '60s'\n", FOLDER, &feeds("Web", &[self.server.url("/news.xml")]), FILES]);
        desk.article("ferry", FERRY);
        desk
    }

    /// Begins a run, and comes back when it waits for the feed.
    fn begin(&self, desk: &Desk) -> Child {
        let child = desk.command(&["run"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        self.asked.recv().unwrap();
        child
    }
}

#[test]
fn a_second_run_at_the_same_time_leaves_the_first_one_alone() {
    let gate = Gate::new();
    let desk = gate.desk();
    let first = gate.begin(&desk);
    let second = desk.run(&[]);
    says(&second, 5, &format!("another run is at work (process {}, since ", first.id()));
    assert_eq!(stderr(&second).lines().count(), 1, "{}", stderr(&second));
    // Looking on is no run.
    ended(&desk.brief(&["check", "--offline"]), 0);
    ended(&desk.run(&["--dry-run", "--offline"]), 0);
    gate.open.send(()).unwrap();
    says(&first.wait_with_output().unwrap(), 0, "");
    assert_eq!(desk.latest().stories().count(), 2);
    gate.open.send(()).unwrap();
    desk.runs_well(&[]);
}

#[test]
fn a_lock_that_a_dead_run_left_is_no_obstacle() {
    let gate = Gate::new();
    let desk = gate.desk();
    let mut first = gate.begin(&desk);
    first.kill().unwrap();
    first.wait().unwrap();
    let lock = desk.ledger().with_file_name("lock");
    assert!(fs::read_to_string(&lock).unwrap().starts_with(&format!("{} ", first.id())));
    gate.open.send(()).unwrap();
    gate.open.send(()).unwrap();
    desk.runs_well(&[]);
    assert_eq!(desk.latest().stories().count(), 2, "what was read before it was killed is not lost");
}

#[cfg(unix)]
#[test]
fn after_an_interruption_the_next_run_goes_on() {
    let gate = Gate::new();
    let desk = gate.desk();
    let first = gate.begin(&desk);
    interrupt(&first);
    let output = first.wait_with_output().unwrap();
    says(&output, 130, "interrupted; the next run goes on from here");
    assert!(!desk.path("editions").exists());
    gate.open.send(()).unwrap();
    gate.open.send(()).unwrap();
    desk.runs_well(&[]);
    assert_eq!(desk.latest().stories().count(), 2);
}

#[test]
fn a_ledger_that_is_none_is_left_as_it_is() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article("ferry", FERRY);
    fs::create_dir_all(desk.ledger().parent().unwrap()).unwrap();
    fs::write(desk.ledger(), "my notes").unwrap();
    says(&desk.run(&[]), 1, "no ledger, and left as it is");
    assert_eq!(fs::read(desk.ledger()).unwrap(), b"my notes");
    says(&desk.brief(&["check"]), 1, "1 trouble");
}

#[cfg(unix)]
#[test]
fn who_stays_makes_the_first_edition_at_once_and_goes_when_told() {
    use std::io::{BufRead, BufReader};
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article("ferry", FERRY);
    let mut child = desk.command(&["run", "--loop", "--verbose"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.starts_with("epitome: files: ")), "it ended without an edition");
    assert_eq!(desk.latest().stories().count(), 1);
    says(&desk.run(&[]), 5, "another run is at work");
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
}

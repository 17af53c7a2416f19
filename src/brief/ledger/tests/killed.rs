//! A process that is killed while it writes: this program, started again with one of its own tests.

use std::env;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rusqlite::TransactionBehavior;

use super::*;

/// Tells a test that it is the process to be killed, and where its ledger is.
const PATH: &str = "EPITOME_TEST_LEDGER";

/// Starts the test of this name as a process of its own, with a ledger to write to.
fn start(test: &str, path: &Path) -> (Child, impl BufRead) {
    let module = module_path!().split_once("::").unwrap().1;
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", &format!("{module}::{test}"), "--nocapture", "--test-threads=1"])
        .env(PATH, path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    (child, output)
}

/// Reads until this line comes.
fn read_until(output: &mut impl BufRead, wanted: &str) {
    let mut line = String::new();
    while line.trim() != wanted {
        line.clear();
        assert_ne!(output.read_line(&mut line).unwrap(), 0, "it ended without a word");
    }
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn writes_and_never_ends() {
    let Some(path) = env::var_os(PATH) else { return };
    let mut ledger = Ledger::open(Path::new(&path)).unwrap();
    // So little memory for pages that most of the transaction is in the log before it is committed.
    ledger.connection.pragma_update(None, "cache_size", 10).unwrap();
    let writing = ledger.connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    for number in 0..5000 {
        writing.execute("INSERT INTO feed VALUES (?1, ?2)", [number.to_string(), "x".repeat(500)]).unwrap();
    }
    writing.execute("DELETE FROM unsettled", []).unwrap();
    println!("\nwritten");
    // Until it is killed, or the one that would kill it is gone.
    let _ = std::io::stdin().read(&mut [0]);
}

#[test]
fn a_transaction_that_was_killed_has_not_happened() {
    if env::var_os(PATH).is_some() {
        return;
    }
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.channel("mail", minute(0)).unwrap();
    ledger.take_in(&[item(FEED, "1", "Nine.")], Some((FEED, "{}")), &[], minute(0)).unwrap();
    let before = (ledger.unsettled("mail").unwrap(), ledger.feed_states().unwrap());
    drop(ledger);

    let (child, mut output) = start("writes_and_never_ends", &path);
    read_until(&mut output, "written");
    assert!(path.with_extension("db-wal").metadata().unwrap().len() > 1_000_000, "it wrote a good deal");
    kill(child);
    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!((ledger.unsettled("mail").unwrap(), ledger.feed_states().unwrap()), before);
    ledger.check().unwrap();
    ledger.take_in(&[item(FEED, "1", "Ten.")], Some((FEED, "{}")), &[], minute(1)).unwrap();
}

/// Morning after morning: takes in, makes an edition, delivers it; says so after each step.
#[test]
fn runs_and_never_ends() {
    let Some(path) = env::var_os(PATH) else { return };
    let mut ledger = Ledger::open(Path::new(&path)).unwrap();
    ledger.channel("mail", minute(0)).unwrap();
    println!();
    for day in 1.. {
        let id = day.to_string();
        ledger.take_in(&[item(FEED, &id, &id)], Some((FEED, &id)), &[], minute(day)).unwrap();
        println!("{day} taken in");
        let considered = revisions(&ledger.unsettled("mail").unwrap());
        ledger.put_edition(&edition(&id, day, &considered, &[&id]), &["mail".to_owned()]).unwrap();
        println!("{day} made");
        ledger.mark_sending(&id, "mail", minute(day)).unwrap();
        ledger.mark_delivered(&id, "mail", minute(day), "").unwrap();
        println!("{day} delivered");
    }
}

#[test]
fn whenever_it_is_killed_what_it_said_is_so_and_nothing_is_half_done() {
    if env::var_os(PATH).is_some() {
        return;
    }
    for said in ["1 taken in", "1 made", "2 delivered", "7 taken in", "9 made", "30 delivered"] {
        let (_folder, path) = place();
        let (child, mut output) = start("runs_and_never_ends", &path);
        read_until(&mut output, said);
        kill(child);
        let ledger = Ledger::open(&path).unwrap();
        ledger.check().unwrap();

        // The state of the feed says how many were taken in, and they are all there: delivered, or to be considered.
        let taken_in: usize = ledger.feed_states().unwrap()[FEED].parse().unwrap();
        let told = ledger.told("mail", Timestamp::UNIX_EPOCH, Timestamp::MAX).unwrap().len();
        let open = ledger.unsettled("mail").unwrap().len();
        assert_eq!(told + open, taken_in, "{said}");
        let delivered = ledger.last_delivered("mail").unwrap().map_or(0, |(id, _)| id.parse().unwrap());
        assert_eq!(told, delivered, "{said}");
        let made = ledger.editions(1, None).unwrap().first().map_or(0, |edition| edition.id.parse().unwrap());
        assert_eq!(ledger.pending().unwrap().len(), made - delivered, "{said}");

        let day: usize = said.split_once(' ').unwrap().0.parse().unwrap();
        assert!(taken_in >= day, "{said}");
        assert!(!said.ends_with("made") || made >= day, "{said}");
        assert!(!said.ends_with("delivered") || delivered >= day, "{said}");
    }
}

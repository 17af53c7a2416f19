//! What is opened, what is refused, and what happens when there is no room or no permission.

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use super::*;
use crate::brief::ledger::migrate::{MIGRATIONS, migrate, version};
use crate::error::{Error, ErrorKind};

/// The SHA-256 of the first migration. A migration that was published is never changed: there are ledgers that it made.
const VERSION_1: &str = "d56697bd9fae0c7530f4a4cdeb40bcd1a948273fdacd64264c9a1e477645cbc4";

/// What an epitome of version 1 wrote, in its own words.
const WRITTEN_BY_VERSION_1: &str = "
    INSERT INTO channel (name, since) VALUES ('mail', 1930368600000000);
    INSERT INTO article (id, first_seen) VALUES (1, 1930368600000000);
    INSERT INTO article_key VALUES (x'00112233445566778899aabbccddeeff', 1);
    INSERT INTO revision VALUES (1, 1, 1, 1930368600000000, 'https://example.org/feed', 'Islands', 'Ferries', '', NULL,
        NULL, 'abc', 0);
    INSERT INTO record VALUES (1, x'789c030000000001');
    INSERT INTO sighting VALUES (1, 'https://example.org/feed', 'abc', NULL, NULL);
    INSERT INTO unsettled VALUES ('mail', 1, 1);
    INSERT INTO feed VALUES ('https://example.org/feed', '{}');
    INSERT INTO edition VALUES (1, 'e1', 1930368600000000, 1930368600000000, 1930368600000000, 'UTC', 'Morning', 'def');
    INSERT INTO bundle VALUES (1, x'789c030000000001');
    INSERT INTO story VALUES (1, 1, 1, 'Islands', 's', 'Ferries', 1, 1, 'Nine ferries were cancelled.');
    INSERT INTO sentence VALUES (1, 0, 's', 'Nine ferries were cancelled.', 'fed', 'The Example', 'en');
    INSERT INTO delivery VALUES (1, 'mail', 'delivered', 1, 1930368600000000, NULL, NULL);
";

/// A ledger as an epitome of version 1 left it.
fn version_1(path: &Path) {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(MIGRATIONS[0]).unwrap();
    connection.execute_batch(WRITTEN_BY_VERSION_1).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
}

fn refused(path: &Path) -> Error {
    let before = fs::read(path).ok();
    let error = Ledger::open(path).unwrap_err();
    assert_eq!(Ledger::open_read_only(path).unwrap_err().kind, error.kind);
    assert_eq!(fs::read(path).ok(), before, "left as it is");
    assert!(error.place.ends_with("ledger.db"), "{error}");
    error
}

#[test]
fn the_first_migration_is_what_it_was() {
    assert_eq!(crate::read::sha256(MIGRATIONS[0].as_bytes()), VERSION_1);
}

#[test]
fn what_version_1_wrote_is_read() {
    let (_folder, path) = place();
    version_1(&path);
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.unsettled("mail").unwrap()[0].title, "Ferries");
    assert_eq!(ledger.told("mail", Timestamp::UNIX_EPOCH).unwrap()[0].sha256, "fed");
    assert_eq!(ledger.edition("e1").unwrap().unwrap().stories.len(), 1);
    assert_eq!(ledger.search("ferries", 9).unwrap().len(), 1);
}

#[test]
fn a_later_version_keeps_everything_and_a_migration_that_fails_has_not_happened() {
    let (_folder, path) = place();
    version_1(&path);
    let before = Ledger::open(&path).unwrap().unsettled("mail").unwrap();
    let mut connection = Connection::open(&path).unwrap();

    let broken = [MIGRATIONS[0], "ALTER TABLE feed ADD COLUMN note TEXT; INSERT INTO nowhere VALUES (1);"];
    assert!(migrate(&mut connection, &broken, "ledger").is_err());
    assert_eq!(version(&connection).unwrap(), 1);
    assert!(connection.prepare("SELECT note FROM feed").is_err());

    let longer = [MIGRATIONS[0], "ALTER TABLE feed ADD COLUMN note TEXT;", "CREATE INDEX f ON feed (note);"];
    migrate(&mut connection, &longer, "ledger").unwrap();
    assert_eq!(version(&connection).unwrap(), 3);
    connection.prepare("SELECT note FROM feed").unwrap();
    let ledger = Ledger { connection, place: "ledger".to_owned() };
    assert_eq!(ledger.unsettled("mail").unwrap(), before);

    let newer = refused(&path);
    assert!(newer.what.starts_with("made by a newer epitome (version 3"), "{newer}");
}

#[test]
fn an_empty_file_is_a_ledger_whose_making_was_interrupted() {
    let (_folder, path) = place();
    fs::write(&path, "").unwrap();
    assert_eq!(Ledger::open_read_only(&path).unwrap_err().kind, ErrorKind::Missing);
    Ledger::open(&path).unwrap();
    Ledger::open_read_only(&path).unwrap();
}

#[test]
fn who_only_looks_finds_what_was_there_before_a_writer_was_killed() {
    let (folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.channel("mail", minute(0)).unwrap();
    // As it is while a ledger is made, and on file systems without shared memory.
    ledger.connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(())).unwrap();
    // The journal counts from its first byte on, not only when it is on the disk.
    ledger.connection.pragma_update(None, "synchronous", "OFF").unwrap();
    let writing = ledger.connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    writing.execute("INSERT INTO feed VALUES ('https://example.org/feed', '{}')", []).unwrap();
    let killed = folder.path().join("killed.db");
    fs::copy(&path, &killed).unwrap();
    fs::copy(folder.path().join("ledger.db-journal"), folder.path().join("killed.db-journal")).unwrap();

    let found = Ledger::open_read_only(&killed).unwrap();
    assert_eq!((found.channels().unwrap().len(), found.feed_states().unwrap().len()), (1, 0));
}

#[test]
fn what_is_no_ledger_is_refused_and_left_as_it_is() {
    let (folder, path) = place();
    assert_eq!(Ledger::open_read_only(&path).unwrap_err().kind, ErrorKind::Missing);
    assert!(!path.exists(), "looking makes nothing");
    for bytes in [&b"a letter to my aunt"[..], b"x", &[0; 5000], b"SQLite format 3\0and then a letter"] {
        fs::write(&path, bytes).unwrap();
        assert_eq!(refused(&path).kind, ErrorKind::Unreadable);
    }
    fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE letter (text)").unwrap();
    assert!(refused(&path).what.contains("another program"));
    assert!(Ledger::open(folder.path()).unwrap_err().what.contains("a folder"));
}

#[test]
fn a_damaged_ledger_is_refused_with_a_way_out() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.channel("mail", minute(0)).unwrap();
    let items: Vec<_> = (0..200).map(|number| item(FEED, &number.to_string(), &format!("Text {number}."))).collect();
    ledger.take_in(&items, None, &[], minute(0)).unwrap();
    ledger.check().unwrap();
    drop(ledger);
    let whole = fs::read(&path).unwrap();

    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let cut = refused(&path);
    assert_eq!((cut.what.as_str(), cut.kind), ("the ledger is damaged", ErrorKind::Unreadable));
    assert!(cut.way_out.contains(".recover"));

    let mut schema = whole.clone();
    schema[100..2000].fill(0xAA);
    fs::write(&path, &schema).unwrap();
    assert_eq!(refused(&path).what, "the ledger is damaged");

    // Behind its first pages: that is found when it is read.
    let mut behind = whole.clone();
    behind[whole.len() / 2..].fill(0xAA);
    fs::write(&path, &behind).unwrap();
    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.check().unwrap_err().what, "the ledger is damaged");
    assert_eq!(ledger.unsettled("mail").unwrap_err().what, "the ledger is damaged");
    assert!(ledger.take_in(&items, None, &[], minute(1)).is_err());
}

#[test]
fn a_ledger_that_nobody_may_write_says_so() {
    let (_folder, mut ledger) = ledger();
    ledger.connection.pragma_update(None, "query_only", true).unwrap();
    let error = ledger.take_in(&[item(FEED, "1", "Nine.")], None, &[], minute(0)).unwrap_err();
    assert_eq!((error.kind, error.what.as_str()), (ErrorKind::Unwritable, "the ledger may only be read"));
    assert!(Ledger::open(Path::new("/no/such/folder/ledger.db")).is_err());
}

#[cfg(unix)]
#[test]
fn a_ledger_in_a_folder_that_may_only_be_read_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = place();
    drop(Ledger::open(&path).unwrap());
    let permit = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    permit(0o555);
    // The administrator may write everywhere.
    if fs::write(folder.path().join("probe"), "").is_err() {
        assert_eq!(Ledger::open(&path).unwrap_err().kind, ErrorKind::Unwritable);
        assert_eq!(Ledger::open(&folder.path().join("new.db")).unwrap_err().kind, ErrorKind::Unwritable);
    }
    permit(0o755);
}

#[test]
fn a_full_disk_undoes_the_step_and_loses_nothing() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    ledger.take_in(&[item(FEED, "1", "Nine.")], Some((FEED, "first")), &[], minute(0)).unwrap();
    let before = ledger.unsettled("mail").unwrap();
    let pages: i64 = ledger.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let limit = |ledger: &Ledger, pages: i64| {
        ledger.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
    };
    limit(&ledger, pages + 4);

    let many: Vec<_> = (0..500).map(|number| item(FEED, &number.to_string(), &format!("Text {number}."))).collect();
    let error = ledger.take_in(&many, Some((FEED, "second")), &[], minute(1)).unwrap_err();
    assert_eq!(
        (error.kind, error.what.as_str()),
        (ErrorKind::Unwritable, "no room left; nothing of this step was kept")
    );
    let large =
        EditionRow { bundle: (0..200_000_u32).flat_map(u32::to_le_bytes).collect(), ..edition("e1", 2, &[], &[]) };
    assert_eq!(ledger.put_edition(&large, &["mail".to_owned()]).unwrap_err().kind, ErrorKind::Unwritable);
    assert_eq!(ledger.unsettled("mail").unwrap(), before);
    assert_eq!(ledger.feed_states().unwrap()[FEED], "first");
    assert!(!ledger.has_edition("e1").unwrap() && ledger.pending().unwrap().is_empty());
    ledger.check().unwrap();

    limit(&ledger, 1_000_000);
    ledger.take_in(&many, Some((FEED, "second")), &[], minute(2)).unwrap();
    ledger.put_edition(&large, &["mail".to_owned()]).unwrap();
    assert_eq!(ledger.unsettled("mail").unwrap().len(), 500);
}

#[test]
fn a_second_writer_says_that_another_one_writes_and_readers_read_on() {
    let (_folder, path) = place();
    let mut one = Ledger::open(&path).unwrap();
    one.channel("mail", minute(0)).unwrap();
    let writing = one.connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    writing.execute("INSERT INTO feed VALUES ('https://example.org/feed', '{}')", []).unwrap();

    let mut other = Ledger::open_patiently(&path, Duration::ZERO).unwrap();
    let error = other.take_in(&[item(FEED, "1", "Nine.")], None, &[], minute(1)).unwrap_err();
    assert_eq!((error.kind, error.what.as_str()), (ErrorKind::Unwritable, "another process is writing to the ledger"));
    assert!(other.feed_states().unwrap().is_empty());
    assert_eq!(Ledger::open_read_only(&path).unwrap().channels().unwrap().len(), 1);
    assert!(Ledger::open_read_only(&path).unwrap().channel("atom", minute(2)).is_err(), "for reading only");

    writing.commit().unwrap();
    other.take_in(&[item(FEED, "1", "Nine.")], None, &[], minute(1)).unwrap();
    assert_eq!(other.feed_states().unwrap().len(), 1);
}

#[test]
fn a_second_writer_waits_for_the_first_one() {
    let (_folder, path) = place();
    let mut one = Ledger::open(&path).unwrap();
    let writing = one.connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    writing.execute("INSERT INTO feed VALUES ('https://example.org/feed', 'first')", []).unwrap();
    let (ready, wait) = mpsc::channel();
    let second = thread::spawn(move || {
        let mut other = Ledger::open(&path).unwrap();
        ready.send(()).unwrap();
        other.take_in(&[], Some((FEED, "second")), &[], minute(1)).unwrap();
    });
    wait.recv().unwrap();
    writing.commit().unwrap();
    second.join().unwrap();
    assert_eq!(one.feed_states().unwrap()[FEED], "second");
}

#[test]
fn two_processes_that_make_a_ledger_at_once_make_one() {
    let (_folder, path) = place();
    thread::scope(|scope| {
        for number in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let mut ledger = Ledger::open(path).unwrap();
                ledger.take_in(&[item(FEED, &number.to_string(), "Nine.")], None, &[], minute(number)).unwrap();
            });
        }
    });
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(version(&ledger.connection).unwrap(), MIGRATIONS.len());
    let articles: i64 = ledger.connection.query_row("SELECT count(*) FROM article", [], |row| row.get(0)).unwrap();
    assert_eq!(articles, 4);
}

#[test]
fn a_copy_has_everything_and_what_is_written_there_is_not_in_the_ledger() {
    let (folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    ledger.take_in(&[item(FEED, "1", "Nine.")], Some((FEED, "first")), &[], minute(0)).unwrap();
    let before = ledger.unsettled("mail").unwrap();
    let path = folder.path().join("it's a copy.db");
    ledger.copy_to(&path).unwrap();

    let mut copy = Ledger::open(&path).unwrap();
    assert_eq!(
        (copy.unsettled("mail").unwrap(), &copy.feed_states().unwrap()[FEED]),
        (before.clone(), &"first".into())
    );
    deliver(&mut copy, "e1", "mail", 1, &revisions(&before), &["Nine."]);
    assert!(copy.unsettled("mail").unwrap().is_empty());
    assert_eq!(copy.search("nothing", 9).unwrap(), []);
    assert!(!ledger.has_edition("e1").unwrap());
    assert_eq!(ledger.unsettled("mail").unwrap(), before);
}

#[test]
fn a_copy_is_never_written_over_something() {
    let (folder, ledger) = ledger();
    let path = folder.path().join("letter");
    for bytes in ["a letter to my aunt", ""] {
        fs::write(&path, bytes).unwrap();
        assert_eq!(ledger.copy_to(&path).unwrap_err().kind, ErrorKind::Unwritable);
        assert_eq!(fs::read_to_string(&path).unwrap(), bytes);
    }
    let nowhere = folder.path().join("no folder").join("copy.db");
    let error = ledger.copy_to(&nowhere).unwrap_err();
    assert_eq!((error.kind, error.place.as_str()), (ErrorKind::Unwritable, nowhere.to_str().unwrap()));
}

//! The configuration: what is wrong with it, what is in effect, when editions are due.

use std::fs;

use crate::desk::{Desk, FETCH, FILES, FOLDER, Web, feeds, item, unchanged};
use crate::http::Reply;
use crate::outside::{FERRY, ended, says, stderr, stdout};
use crate::smtp::{self, Manners};

#[test]
fn an_unknown_key_is_refused_with_the_nearest_one() {
    let desk = Desk::new(&["titel = 'Morning'", FOLDER, FILES, "[edition]\nwrods = 60"]);
    for command in [&["run"][..], &["check"], &["show"], &["schedule"], &["archive", "list"], &["replay"]] {
        let output = desk.brief(command);
        says(&output, 2, "briefing.toml:3:1: unknown key `titel`; did you mean `title`?");
        assert!(stderr(&output).contains("`wrods`; did you mean `words`?"), "{}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
    assert!(!desk.path("state").exists());
}

#[test]
fn without_a_configuration_it_says_how_to_get_one() {
    let desk = Desk::empty();
    says(&desk.run(&[]), 2, "`epitome brief init`");
    says(&desk.run(&["--config", "missing.toml"]), 2, "missing.toml");
    ended(&desk.brief(&["init"]), 0);
    let written = desk.read("briefing.toml");
    says(&desk.brief(&["init"]), 2, "briefing.toml: is there already and stays as it is");
    assert_eq!(desk.read("briefing.toml"), written);
    // The one of the user, for who is anywhere.
    fs::create_dir_all(desk.path("config/epitome")).unwrap();
    fs::rename(desk.path("briefing.toml"), desk.path("config/epitome/briefing.toml")).unwrap();
    fs::create_dir(desk.path("config/epitome/articles")).unwrap();
    desk.runs_well(&[]);
}

#[test]
fn a_check_of_what_works_says_so_and_changes_nothing() {
    let (web, url) = Web::of_feed("/news.xml", &[item("ferry", FERRY)]);
    let post = smtp::Server::start(Manners::default());
    let mail = mail_to(post.port);
    let desk = Desk::new(&[FETCH, FOLDER, &feeds("Web", std::slice::from_ref(&url)), FILES, &mail]);
    let before = desk.files();
    let output = desk.brief(&["check"]);
    let said = ended(&output, 0);
    for good in
        ["a configuration without mistakes", "schedule: next due ", "1 article", "editions can be made", "reached"]
    {
        assert!(stdout(&output).contains(good), "{good:?} is not said: {said}");
    }
    assert!(!stdout(&output).contains("FAILED"), "{said}");
    unchanged(&before, &desk.files());
    assert!(!post.told().was_told("MAIL"));
    // What is asked in a check is not remembered: the first run has everything.
    desk.runs_well(&["--no-send"]);
    assert_eq!(web.server.asked().len(), 2);
    assert!(web.server.asked().iter().all(|asked| asked.header("if-none-match").is_none()));
}

#[test]
fn a_check_names_all_that_fails() {
    let web = Web::start();
    web.gives("/page.xml", Reply::ok("<!doctype html><html><body><p>Welcome to Brim.</p></body></html>"));
    let urls = [web.server.url_at(1, "/missing.xml"), web.server.url_at(2, "/page.xml")];
    let post = smtp::Server::start(Manners { answers: vec![("greeting", "554 go away")], ..Manners::default() });
    let files = "[[channel]]\nname = 'files'\nto = 'folder'\npath = 'briefing.toml/editions'\n";
    let section = "[[section]]\nname = 'News'\nfolders = ['missing']\n";
    let desk = Desk::new(&[FETCH, section, &feeds("Web", &urls), files, &mail_to(post.port)]);
    let before = desk.files();
    let output = desk.brief(&["check"]);
    let said = ended(&output, 1);
    let failed = stdout(&output).lines().filter(|line| line.starts_with("FAILED")).collect::<Vec<_>>();
    assert_eq!(failed.len(), 5, "{said}");
    for (line, part) in
        failed.iter().zip(["missing", "(404, not found)", "not a feed, but a web page", "files: ", "post: "])
    {
        assert!(line.contains(part), "{part:?} is not in {line:?}");
    }
    assert!(stderr(&output).contains("5 troubles"), "{said}");
    unchanged(&before, &desk.files());
    // Without the network, what is on this machine is looked at all the same.
    let asked = web.server.connections();
    let output = desk.brief(&["check", "--offline"]);
    assert!(stderr(&output).contains("2 troubles"), "{}", ended(&output, 1));
    assert_eq!(web.server.connections(), asked);
}

#[test]
fn a_check_says_of_the_ledger_what_a_run_would_meet() {
    let desk = Desk::new(&[FOLDER, FILES]);
    let folder = desk.ledger().parent().unwrap().to_owned();
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    fs::write(&folder, "").unwrap();
    says(&desk.run(&[]), 1, "briefing-test");
    let output = desk.brief(&["check"]);
    let said = ended(&output, 1);
    assert!(stdout(&output).contains("FAILED ledger: ") && said.contains("not a folder"), "{said}");
    // An empty ledger is one whose making was interrupted.
    fs::remove_file(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    fs::write(desk.ledger(), "").unwrap();
    let output = desk.brief(&["check"]);
    let said = ended(&output, 0);
    assert!(stdout(&output).contains("will be made by the first run"), "{said}");
    desk.runs_well(&[]);
}

fn mail_to(port: u16) -> String {
    format!(
        "[[channel]]\nname = 'post'\nto = 'mail'\nhost = '127.0.0.1'\nport = {port}\ntls = 'none'\n\
         from = 'briefing@example.org'\nrecipients = 'ada@example.org'\n"
    )
}

#[test]
fn what_is_in_effect_is_shown_with_where_it_came_from() {
    let desk = Desk::new(&["hour = '05:45'", FOLDER, FILES]);
    let output = desk.brief(&["show"]);
    ended(&output, 0);
    let line = |key: &str| {
        let mut lines = stdout(&output).lines();
        lines.find(|line| line.starts_with(&format!("{key} ="))).unwrap_or_else(|| panic!("{key}: {}", stdout(&output)))
    };
    assert!(line("hour").contains("05:45") && line("hour").contains("line 3"), "{}", line("hour"));
    assert!(
        line("edition.words").contains("60") && line("edition.words").contains("default"),
        "{}",
        line("edition.words")
    );
    assert!(line("storage.state").contains("environment"), "{}", line("storage.state"));
    let output = desk.brief(&["show", "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(shown["values"].as_array().unwrap().iter().any(|value| value["key"] == "edition.words"));
}

#[test]
fn a_schedule_is_printed_for_systemd_for_cron_and_for_people() {
    let desk = Desk::new(&["hour = '05:45'\ndays = ['mon-fri']", FOLDER, FILES]);
    let printed = |option: &[&str]| {
        let output = desk.brief(&[&["schedule"], option].concat());
        ended(&output, 0);
        stdout(&output).to_owned()
    };
    let systemd = printed(&["--systemd"]);
    for part in [
        "OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 5:45:00 UTC",
        "Persistent=true",
        "Type=oneshot",
        "ExecStart=",
        "brief run",
    ] {
        assert!(systemd.contains(part), "{part:?} is not in {systemd}");
    }
    let config = desk.path("briefing.toml").canonicalize().unwrap();
    let cron = printed(&["--cron"]);
    assert!(cron.lines().any(|line| line.starts_with("45 5 * * ")), "{cron}");
    for of in [&systemd, &cron] {
        assert!(of.contains(config.to_str().unwrap()), "{of}");
    }
    assert_eq!(printed(&[]).lines().filter(|line| line.ends_with("05:45 UTC")).count(), 5);
}

//! What a reader of messages sees, and that what `brief init` writes works.

use std::fs;
use std::path::{Path, PathBuf};

use super::load::{Loaded, parse};
use super::places::Surroundings;
use super::{Config, Target, Whence, new_id, template};
use crate::model::Budget;

fn ada() -> Surroundings {
    Surroundings { home: Some(PathBuf::from("/home/ada")), zone: Some("Europe/Oslo".to_owned()), ..Default::default() }
}

fn load(text: &str) -> Result<Loaded, String> {
    parse(text, "briefing.toml", Path::new("/srv/news"), &ada())
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// The least that works, with something more on top and at the end.
fn with(top: &str, end: &str) -> String {
    format!(
        "id = \"b\"\n{top}\n[[section]]\nname = \"News\"\nfolders = [\"articles\"]\n\
         [[channel]]\nname = \"files\"\nto = \"folder\"\npath = \"editions\"\n{end}\n"
    )
}

fn channel(fields: &str) -> String {
    with("", &format!("[[channel]]\nname = \"second\"\n{fields}"))
}

const MAIL: &str =
    "to = \"mail\"\nhost = \"smtp.example.org\"\nfrom = \"ada@example.org\"\nrecipients = \"bob@example.org\"\n";

#[test]
fn the_least_that_works_has_defaults_for_the_rest() {
    let Loaded { config, values, warnings } = load(&with("", "")).unwrap();
    assert_eq!((config.zone.as_str(), config.calendar.hours.as_slice()), ("Europe/Oslo", &["06:30".to_owned()][..]));
    assert_eq!(config.edition, super::Edition::default());
    assert_eq!(config.fetch, super::Fetch::default());
    assert_eq!(config.sections[0].folders, [Path::new("/srv/news/articles")]);
    assert_eq!(config.storage.state, Path::new("/home/ada/.local/state/epitome/b"));
    assert!(config.rule().is_ok() && warnings.is_empty());
    let from = |key: &str| values.iter().find(|value| value.key == key).map(|value| (value.value.as_str(), value.from));
    assert_eq!(from("id"), Some(("\"b\"", Whence::File { line: 1 })));
    assert_eq!(from("zone"), Some(("\"Europe/Oslo\"", Whence::System)));
    assert_eq!(from("edition.stories"), Some(("12", Whence::Default)));
    assert_eq!(from("section[1].folders"), Some(("[\"articles\"]", Whence::File { line: 5 })));
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_what_would_be_right() {
    let top = |line: &str| with(line, "");
    let end = |lines: &str| with("", lines);
    let mut otherwise = Vec::new();
    for (text, message) in [
        (top("titel = 'x'"), "briefing.toml:2:1: unknown key `titel`; did you mean `title`?"),
        (end("[edition]\nwrods = 60"), "briefing.toml:11:1: unknown key `wrods`; did you mean `words`?"),
        (
            end("[edition]\nzone = 'UTC'"),
            "11:1: unknown key `zone`; `zone` belongs to the top of the file, above the first [table]",
        ),
        (end("[fetch]\ncolour = 1"), "unknown key `colour`; known here are contact, timeout, "),
        (top("zone = 'Berlin'"), "briefing.toml:2:8: `zone`: no zone `Berlin` is known; did you mean Europe/Berlin?"),
        (top("zone = 'Europe/Berlni'"), "did you mean Europe/Berlin?"),
        (top("zone = '+02:00'"), "an offset does not say when clocks change"),
        (top("hour = '25:00'"), "briefing.toml:2:8: `hour`: "),
        (top("hour = ['06:30', '6.30']"), "briefing.toml:2:18: `hour`: "),
        (top("hour = []"), "`hour`: it is empty"),
        (top("days = ['mon', 'moon']"), "briefing.toml:2:16: `days`: "),
        (top("cron = '99 * * * *'"), "briefing.toml:2:8: `cron`: "),
        (top("hour = '06:30'\ncron = '30 6 * * *'"), "`cron`: it says by itself at which hours"),
        (top("hour = 6"), "`hour`: `6` is no text; write it in quotes"),
        (top("title = ''"), "`title`: it is empty"),
        (end("[edition]\nstories = '5'"), "`edition.stories`: `\"5\"` is no whole number; write it without quotes"),
        (end("[edition]\nstories = 0"), "`edition.stories`: 0 is out of range; from 1 to 1000"),
        (end("[edition]\nstories = -1"), "`-1` is no whole number"),
        (
            end("[edition]\nwords = 60\nchars = 9"),
            "12:9: `edition.chars`: `words` says already how long a digest may be",
        ),
        (end("[edition]\nfirst_window = '1 day'"), "`1 day` is no time span; write a whole number and its unit"),
        (end("[edition]\nfirst_window = '5m'"), "`5m` is out of range; from 1h to 366d"),
        (end("[edition]\nacross_languages = 'yes'"), "is neither true nor false; write true or false"),
        (end("[[edition]]\nstories = 1"), "write it once, as [edition]"),
        (end("[source]\noutlet = 'x'"), "`source` is no list of tables; write [[source]], with two brackets"),
        (
            end("[[source]]\noutlet = 'x'\nweight = 0"),
            "`source[1].weight`: `0` is no weight; write a number above 0, up to 10",
        ),
        (end("[[source]]\noutlet = 'x'\nweight = nan"), "`nan` is no weight"),
        (
            end("[[source]]\noutlet = 'x'\nmute = true\n[[source]]\noutlet = 'X'\nmute = true"),
            "`X` has a [[source]] already",
        ),
        (end("[[source]]\nmute = true"), "briefing.toml:10:1: `source[1].outlet` is missing"),
        (end("[[section]]\nname = 'B'"), "`section[2]` has nothing to read; give it folders"),
        (end("[[section]]\nname = 'News'\nfolders = 'x'"), "there is another section `News`"),
        (
            end("[[section]]\nname = 'B'\nfolders = 'x'\nlanguage = 'germna'"),
            "language 'germna': not known; did you mean german?",
        ),
        (end("[[section]]\nname = 'B'\nfeeds = ['example.org/a']"), "`example.org/a` has no https:// before it"),
        (end("[[section]]\nname = 'B'\nfeeds = [{ uri = 'x' }]"), "unknown key `uri`; did you mean `url`?"),
        (
            end("[[section]]\nname = 'B'\nfeeds = 'https://ada:heron@example.org/'"),
            "the address has a login in it; leave out",
        ),
        (end("[[section]]\nname = 'B'\nopml = 'no.opml'"), "no.opml: there is no such list of feeds"),
        (end("[limits]\nfile_size = '1M'"), "unknown key `file_size`; did you mean `file-size`?"),
        (end("[limits]\nfile-size = '1X'"), "`limits.file-size`: `1X` is none; the value is a whole number"),
        (end("[fetch]\ncontact = 'ada@example.org'"), "write mailto:ada@example.org"),
        (channel("to = 'foldr'\npath = 'x'"), "`foldr` is no way to deliver; did you mean \"folder\"?"),
        (channel("to = 'ada@example.org'"), "for mail, write to = \"mail\" and the addresses into `recipients`"),
        (channel("to = 'stdout'\nform = 'htm'"), "`htm` is no form of an edition; did you mean \"html\"?"),
        (
            channel("to = 'stdout'\nhost = 'x'"),
            "`host` says nothing to a channel with to = \"stdout\"; leave it out; it is for mail",
        ),
        (channel("to = 'folder'"), "`channel[2].path` is missing"),
        (channel("to = 'folder'\npath = './editions'"), "channel `files` writes there already"),
        (channel("to = 'folder'\npath = 'x/../editions/'"), "channel `files` writes there already"),
        (channel("to = 'folder'\npath = 'x/../articles/out'"), "which is read: editions would be taken for articles"),
        (
            end(
                "[[section]]\nname = 'B'\nfolders = 'articles/../'\n[[channel]]\nname = 'c'\nto = 'folder'\npath = 'd'",
            ),
            "which is read: editions would be",
        ),
        (
            end("[storage]\nstate = 'x/../articles/state'"),
            "`storage.state`: it lies in /srv/news/articles, which is read",
        ),
        (channel("to = 'folder'\npath = 'articles/out'"), "which is read: editions would be taken for articles"),
        (with("", "[[channel]]\nname = 'Files'\nto = 'stdout'"), "there is another channel `Files`"),
        (with("", "[[channel]]\nname = '../x'\nto = 'stdout'"), "`../x` is no name; it becomes part of file names"),
        (channel("to = 'mail'"), "`channel[2].host` is missing"),
        (channel(&format!("{MAIL}password = 'heron'")), "`password`: a password never stands in the configuration"),
        (channel(&format!("{MAIL}user = 'ada'")), "`channel[2].user`: it has no password; add password_file"),
        (channel(&format!("{MAIL}password_file = 'p'")), "`channel[2].user` is missing for this password"),
        (channel(&format!("{MAIL}user = 'ada'\npassword_command = 'pass heron'")), "no shell runs it"),
        (channel(&format!("{MAIL}tls = 'none'")), "mail to another machine would go unencrypted"),
        (channel(&MAIL.replace("bob@", "bob at ")), "`bob at example.org` is no mail address"),
        (channel(&MAIL.replace(".org\"\nfrom", ".org:465\"\nfrom")), "the port goes into `port`"),
        ("id = 'b'".to_owned(), "no section says what is to be read; write at least one [[section]]"),
        (String::new(), "`id` is missing; write one on top that never changes"),
        (top("id = 'c'"), "briefing.toml:2:1: duplicate key"),
        (top("title = \"heron"), "briefing.toml:2:"),
    ] {
        let said = load(&text).expect_err(&text);
        assert!(!said.contains("heron"), "{said}");
        if !said.contains(message) {
            otherwise.push(format!("{text}\nsays\n{said}\nand not\n{message}"));
        }
    }
    assert!(otherwise.is_empty(), "{}", otherwise.join("\n\n"));
}

#[test]
fn all_that_is_wrong_is_said_at_once_in_the_order_of_the_lines() {
    let text = with("zone = 'Mars'\nhour = 'noon'", "[edition]\nstories = 0\nwrods = 1\n[fetch]\ntimeout = 20");
    let said = load(&text).unwrap_err();
    let lines: Vec<usize> = said.lines().map(|line| line.split(':').nth(1).unwrap().parse().unwrap()).collect();
    assert_eq!(lines, [2, 3, 12, 13, 15], "{said}");
    let many = (0..200).map(|i| format!("q{i} = 1\n")).collect::<String>();
    assert!(load(&with(&many, "")).unwrap_err().ends_with("150 more errors; mend these first"));
}

#[test]
fn no_text_is_read_with_a_panic_or_without_end() {
    for text in [
        "[".repeat(50_000),
        "a.".repeat(50_000),
        format!("x = {}", "[".repeat(50_000)),
        "\u{feff}id = 1".to_owned(),
        "\0".to_owned(),
    ] {
        assert!(load(&text).is_err());
    }
}

#[test]
fn a_feed_of_two_sections_is_read_in_the_first() {
    let text = with(
        "",
        "[[section]]\nname = 'A'\nfeeds = ['https://example.org']\n[[section]]\nname = 'B'\nfeeds = ['HTTPS://example.org/', 'https://example.net']",
    );
    let Loaded { config, warnings, .. } = load(&text).unwrap();
    let feeds: Vec<usize> = config.sections.iter().map(|section| section.feeds.len()).collect();
    assert_eq!(feeds, [0, 1, 1]);
    assert_eq!(warnings, ["briefing.toml:15:10: HTTPS://example.org/ is in section `A` already and is read there"]);
}

#[test]
fn a_source_without_a_weight_leaves_that_to_its_feed() {
    let sources = "[[source]]\noutlet = 'x'\nfamily = 'y'\n[[source]]\noutlet = 'z'\nweight = 2";
    let config = load(&with("", sources)).unwrap().config;
    assert_eq!(config.sources.iter().map(|source| source.weight).collect::<Vec<_>>(), [None, Some(2.0)]);
}

#[test]
fn mail_may_go_unencrypted_to_this_machine_however_its_name_is_written() {
    let mail = format!("{MAIL}tls = 'none'").replace("smtp.example.org", "Localhost");
    assert!(load(&channel(&mail)).is_ok());
}

#[test]
fn the_same_configuration_is_the_same_bytes_without_a_secret_and_reads_back() {
    let mail = format!("{MAIL}user = 'ada'\npassword_command = ['printf', 'heron']\n[limits]\nfile-size = '64M'");
    let text = channel(&mail);
    let [one, two] = [load(&text).unwrap(), load(&text).unwrap()];
    let json = serde_json::to_string(&one.config).unwrap();
    assert_eq!(json, serde_json::to_string(&two.config).unwrap());
    assert!(json.contains("\"password\":{\"command\":\"printf\"}") && json.contains("file-size=67108864"), "{json}");
    assert!(!format!("{json} {one:?}").contains("heron"));
    let back: Config = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::to_string(&back).unwrap(), json);
    assert_eq!(back.limits().file_size, 64 << 20);
}

#[test]
fn the_template_works_as_it_is() {
    let loaded = load(&template("briefing-1", "Europe/Berlin")).unwrap();
    let config = loaded.config;
    assert_eq!((config.id.as_str(), config.zone.as_str()), ("briefing-1", "Europe/Berlin"));
    assert_eq!(config.sections[0].folders, [Path::new("/srv/news/articles")]);
    assert!(
        matches!(&config.channels[0].to, Target::Folder { path, forms } if path == Path::new("/srv/news/editions") && forms.len() == 4)
    );
    assert_eq!(config.edition.budget, Budget::Words(60));
    assert!(loaded.warnings.is_empty());
}

/// What may not stand beside an option that is uncommented.
const INSTEAD: [(&str, &[&str]); 3] = [("cron", &["hour"]), ("sentences", &["words"]), ("chars", &["words"])];

#[test]
fn each_option_of_the_template_works_when_it_is_uncommented() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("feeds.opml"), "<opml><body><outline xmlUrl='https://example.org/x'/></body></opml>")
        .unwrap();
    let template = template("briefing-1", "Europe/Berlin");
    let lines: Vec<&str> = template.lines().collect();
    let is_option =
        |line: &str| line.starts_with('#') && line[1..].starts_with(|c: char| c.is_alphabetic() || c == '[');
    let mut tried = 0;
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| is_option(line)) {
        // A table is uncommented with its keys; they do not go alone.
        let block = (0..=i).rev().take_while(|j| is_option(lines[*j])).find(|j| lines[*j].starts_with("#["));
        if block.is_some_and(|block| block != i) {
            continue;
        }
        let end = if block.is_some() {
            (i..lines.len()).find(|j| !is_option(lines[*j])).unwrap_or(lines.len())
        } else {
            i + 1
        };
        let instead: &[&str] =
            INSTEAD.iter().find(|(key, _)| line[1..].starts_with(key)).map_or(&[], |(_, keys)| *keys);
        let keep = |line: &&str| !instead.iter().any(|key| line.starts_with(&format!("{key} = ")));
        let text: Vec<&str> = (0..lines.len())
            .map(|j| if (i..end).contains(&j) { &lines[j][1..] } else { lines[j] })
            .filter(keep)
            .collect();
        let loaded = parse(&text.join("\n"), "briefing.toml", folder.path(), &ada());
        assert!(loaded.is_ok(), "{line}: {}", loaded.unwrap_err()[0]);
        tried += end - i;
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn a_new_name_is_of_its_moment_and_process() {
    let now = jiff::Timestamp::UNIX_EPOCH;
    assert_eq!(new_id(now, 7), new_id(now, 7));
    assert_ne!(new_id(now, 7), new_id(now, 8));
    assert!(super::load::name(&new_id(now, 7)).is_ok());
}

#[test]
fn a_file_is_loaded_with_paths_from_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("briefing.toml");
    fs::write(&path, with("zone = 'UTC'", "[storage]\nstate = 's'")).unwrap();
    let config = Config::load(&path).unwrap().config;
    assert_eq!(config.storage.state, folder.path().join("s"));
    fs::write(&path, b"id = 'b'\n\xff").unwrap();
    assert!(Config::load(&path).unwrap_err()[0].to_string().contains("briefing.toml:2: is not UTF-8"));
    assert!(
        Config::load(&folder.path().join("none")).unwrap_err()[0]
            .to_string()
            .contains("`epitome brief init` writes one")
    );
}

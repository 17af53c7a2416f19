use std::fs;
#[cfg(unix)]
use std::path::PathBuf;

use mail_parser::{MessageParser, MimeHeaders};

use super::*;
use crate::brief::config::Tls;
use crate::brief::secret::SecretSource;
use server::{Manners, Server, Told};

#[path = "../../../tests/outside/smtp.rs"]
mod server;

const PASSWORD: &str = "a very secret pass";

fn parcel() -> Parcel {
    let forms = [
        (Form::Text, "Morgenblick\n\n.hidden dot\nThe east pier stays closed. – Ein Satz mit Umlaut: Fähre.\n"),
        (Form::Markdown, "# Morgenblick\n"),
        (Form::Html, "<!DOCTYPE html><title>Morgenblick</title>"),
        (Form::Json, "{}\n"),
    ];
    Parcel {
        briefing: "briefing-0a1b2c3d".to_owned(),
        title: "Morgenblick".to_owned(),
        edition: "2026-11-26T0630".to_owned(),
        subject: "Fähre trifft Pier, and two more".to_owned(),
        summary: "The east pier stays closed.".to_owned(),
        made: "2026-11-26T05:30:00Z".parse().unwrap(),
        zone: "Europe/Berlin".to_owned(),
        forms: forms.into_iter().map(|(form, text)| (form, text.as_bytes().to_vec())).collect(),
        mail_html: "<html><head><style>p{}</style></head><body><p>Die Fähre &amp; der Pier.</p></body></html>"
            .to_owned(),
        previous: Some("2026-11-25T0630".to_owned()),
        language: Some("de".to_owned()),
    }
}

fn channel(to: Target) -> Channel {
    Channel { name: "morning".to_owned(), to }
}

fn mail(port: u16) -> Mail {
    Mail {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        user: None,
        password: None,
        from: "Morgen, Blick <press@example.org>".to_owned(),
        to: vec!["Anna Ö. <anna@example.net>".to_owned(), "ben@example.net".to_owned()],
        unsubscribe: None,
        timeout: 5,
    }
}

fn with_login(port: u16, folder: &Path) -> Mail {
    let file = folder.join("password");
    fs::write(&file, format!("{PASSWORD}\n")).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    Mail { user: Some("press".to_owned()), password: Some(SecretSource::File(file)), ..mail(port) }
}

/// Sends the edition to a server with such manners.
fn send(manners: Manners, change: impl FnOnce(Mail) -> Mail) -> (Delivery, Told) {
    let server = Server::start(manners);
    let delivery = deliver(&channel(Target::Mail(change(mail(server.port)))), &parcel(), &[]);
    (delivery, server.told())
}

#[track_caller]
fn failed(delivery: Delivery) -> String {
    match delivery {
        Delivery::Failed(error) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn uncertain(delivery: Delivery) -> String {
    match delivery {
        Delivery::Uncertain(error) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn done(delivery: Delivery) -> String {
    match delivery {
        Delivery::Done { receipt } => receipt,
        other => panic!("{other:?}"),
    }
}

fn answers(command: &'static str, answer: &'static str) -> Manners {
    Manners { answers: vec![(command, answer)], ..Manners::default() }
}

mod by_mail {
    use super::*;

    #[test]
    fn a_message_has_both_parts_and_the_headers_of_a_list() {
        let (delivery, told) = send(Manners::default(), |mail| mail);
        assert_eq!(done(delivery), "250 2.0.0 queued as 4711");
        assert_eq!(told.commands[1], "MAIL FROM:<press@example.org>");
        assert_eq!(told.commands[2..4], ["RCPT TO:<anna@example.net>", "RCPT TO:<ben@example.net>"]);
        assert_eq!(told.commands.last().unwrap(), "QUIT");

        let bytes = told.message();
        assert!(bytes.is_ascii());
        assert!(
            bytes.split(|&byte| byte == b'\n').all(|line| line.len() <= 200 && line.last().is_none_or(|&c| c == b'\r'))
        );
        let message = MessageParser::new().parse(&bytes).unwrap();
        assert_eq!(message.subject(), Some("Fähre trifft Pier, and two more"));
        assert_eq!(message.date().unwrap().to_rfc3339(), "2026-11-26T05:30:00Z");
        let from = message.from().unwrap().first().unwrap();
        assert_eq!((from.name(), from.address()), (Some("Morgen, Blick"), Some("press@example.org")));
        let to: Vec<_> = message.to().unwrap().iter().map(|to| (to.name(), to.address())).collect();
        assert_eq!(to, [(Some("Anna Ö."), Some("anna@example.net")), (None, Some("ben@example.net"))]);
        assert!(message.bcc().is_none());
        assert_eq!(message.message_id(), Some("2026-11-26T0630.morning.briefing-0a1b2c3d@example.org"));
        let yesterday = "2026-11-25T0630.morning.briefing-0a1b2c3d@example.org";
        assert_eq!(message.references().as_text(), Some(yesterday));
        assert_eq!(message.in_reply_to().as_text(), Some(yesterday));

        let raw = String::from_utf8(bytes.clone()).unwrap();
        for line in [
            "List-ID: <briefing-0a1b2c3d.localhost>\r\n",
            "List-Unsubscribe: <mailto:press@example.org?subject=unsubscribe%20briefing-0a1b2c3d>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Language: de\r\n",
        ] {
            assert!(raw.contains(line), "{line}\n{raw}");
        }
        let content = message.content_type().unwrap();
        assert_eq!((content.ctype(), content.subtype()), ("multipart", Some("alternative")));
        assert_eq!((message.text_body_count(), message.html_body_count()), (1, 1));
        let text = message.body_text(0).unwrap().replace("\r\n", "\n");
        assert_eq!(text.trim_end().as_bytes(), parcel().forms[&Form::Text].trim_ascii_end());
        assert_eq!(message.body_html(0).unwrap().trim_end(), parcel().mail_html);
    }

    #[test]
    fn lines_that_begin_with_a_dot_arrive_with_it() {
        let mut plain = parcel();
        plain.forms.insert(Form::Text, b"one\n.\n..two\nthree\n".to_vec());
        let server = Server::start(Manners::default());
        done(deliver(&channel(Target::Mail(mail(server.port))), &plain, &[]));
        let told = server.told();
        assert!(told.wire.windows(9).any(|bytes| bytes == b"\r\n..\r\n..."), "not stuffed");
        let message = told.message();
        let text = MessageParser::new().parse(&message).unwrap().body_text(0).unwrap().into_owned();
        assert_eq!(text.trim_end(), "one\r\n.\r\n..two\r\nthree");
    }

    #[test]
    fn a_message_that_is_sent_twice_is_the_same_to_the_byte() {
        let first = send(Manners { hangs_up_at: Some("."), ..Manners::default() }, |mail| mail);
        assert!(uncertain(first.0).contains("so that it may have arrived or not"));
        let second = send(Manners::default(), |mail| mail);
        done(second.0);
        assert!(first.1.whole);
        assert_eq!(first.1.message(), second.1.message());
    }

    #[test]
    fn a_refusal_at_any_step_is_a_failure_that_tells_the_words_of_the_server() {
        for (command, answer, says) in [
            ("MAIL", "451 4.3.0 come back later", "refused the sender for now: 451 4.3.0 come back later"),
            ("MAIL", "550 5.7.1 not you", "refused the sender for good: 550 5.7.1 not you"),
            ("RCPT", "450 4.2.1 greylisted", "refused the recipient anna@example.net for now: 450"),
            ("RCPT TO:<ben", "550 5.1.1 no such user", "refused the recipient ben@example.net for good: 550"),
            ("DATA", "452 4.3.1 no room", "refused a message for now: 452"),
            ("DATA", "554 5.5.1 no", "refused a message for good: 554"),
            (".", "451 4.3.0 scanner is away", "refused the message for now: 451"),
            (".", "554 5.7.1 spam", "refused the message for good: 554 5.7.1 spam"),
        ] {
            let (delivery, told) = send(answers(command, answer), |mail| mail);
            let error = failed(delivery);
            assert!(error.contains(says), "{command} {answer}: {error}");
            assert_eq!(told.whole, command == ".", "{command}");
            assert_eq!(told.commands.last().unwrap(), "QUIT", "{command} {answer}");
        }
    }

    #[test]
    fn a_connection_lost_before_the_end_of_the_message_is_a_failure() {
        for at in ["greeting", "EHLO", "MAIL", "RCPT", "DATA"] {
            let (delivery, told) = send(Manners { hangs_up_at: Some(at), ..Manners::default() }, |mail| mail);
            let error = failed(delivery);
            assert!(error.contains("closed the connection") || error.contains("connection failed"), "{at}: {error}");
            assert!(told.wire.is_empty(), "{at}");
        }
    }

    #[test]
    fn a_connection_lost_within_a_long_message_is_a_failure() {
        let mut long = parcel();
        // More than what the system takes in before anybody reads it.
        long.forms.insert(Form::Text, "It is long. ".repeat(2 << 20).into_bytes());
        let server = Server::start(Manners { hangs_up_at: Some("body"), ..Manners::default() });
        let delivery = deliver(&channel(Target::Mail(mail(server.port))), &long, &[]);
        assert!(failed(delivery).contains("the connection failed (the message"));
        assert!(!server.told().whole);
    }

    #[test]
    fn silence_is_waited_for_as_long_as_a_step_may_take() {
        for (at, certain) in [("greeting", true), ("MAIL", true), (".", false)] {
            let server = Server::start(Manners { silent_at: Some(at), ..Manners::default() });
            let mail = mail(server.port);
            let message = message::of(&parcel(), "morning", &message::Post::of(&mail)).unwrap();
            let delivery = smtp::send(&mail, &message, Duration::from_millis(50));
            let error = if certain { failed(delivery) } else { uncertain(delivery) };
            assert!(error.contains("timed out"), "{at}: {error}");
        }
    }

    #[test]
    fn an_answer_that_makes_no_sense_after_the_message_leaves_it_uncertain() {
        for answer in ["354 go on", "what?", "999 9"] {
            let (delivery, _) = send(answers(".", answer), |mail| mail);
            uncertain(delivery);
        }
    }

    #[test]
    fn a_login_is_given_where_the_server_asks_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let offers = Manners { offers: vec!["AUTH PLAIN LOGIN"], ..Manners::default() };
        let (delivery, told) = send(offers, |mail| with_login(mail.port, folder.path()));
        done(delivery);
        let plain = "AHByZXNzAGEgdmVyeSBzZWNyZXQgcGFzcw==";
        assert_eq!(told.commands[1], format!("AUTH PLAIN {plain}"));
    }

    #[test]
    fn no_error_shows_the_password_even_if_the_server_repeats_it() {
        let folder = tempfile::tempdir().unwrap();
        for answer in [
            "535 5.7.8 wrong",
            "535 5.7.8 not a very secret pass",
            "535 5.7.8 AHByZXNzAGEgdmVyeSBzZWNyZXQgcGFzcw== is wrong",
            "454 YSB2ZXJ5IHNlY3JldCBwYXNz",
        ] {
            let manners = Manners { offers: vec!["AUTH PLAIN"], ..answers("AUTH", answer) };
            let (delivery, told) = send(manners, |mail| with_login(mail.port, folder.path()));
            let shown = format!("{delivery:?}");
            let error = failed(delivery);
            assert!(error.contains("refused the login"), "{error}");
            for secret in [PASSWORD, "cGFzcw", "YSB2ZXJ5", "AHByZXNz"] {
                assert!(!shown.contains(secret), "{shown}");
            }
            assert!(!told.was_told("MAIL"));
        }
    }

    #[test]
    fn a_password_goes_to_no_other_machine_unencrypted() {
        let folder = tempfile::tempdir().unwrap();
        let mail = Mail { host: "mail.example.org".to_owned(), ..with_login(25, folder.path()) };
        assert!(failed(deliver(&channel(Target::Mail(mail)), &parcel(), &[])).contains("unencrypted"));
    }

    #[test]
    fn nothing_is_sent_where_starttls_is_wanted_and_not_offered() {
        let (delivery, told) = send(Manners::default(), |mail| Mail { tls: Tls::Starttls, ..mail });
        assert!(failed(delivery).contains("offers no STARTTLS"));
        assert_eq!(told.commands.len(), 2, "{told:?}");
        assert!(told.was_told("EHLO") && told.was_told("QUIT"));
    }

    #[test]
    fn a_server_that_speaks_no_tls_is_told_as_that() {
        let (delivery, _) = send(Manners::default(), |mail| Mail { tls: Tls::Tls, ..mail });
        assert!(failed(delivery).contains("speaks no TLS there"));
        let offers = Manners { offers: vec!["STARTTLS"], ..Manners::default() };
        let (delivery, told) = send(offers, |mail| Mail { tls: Tls::Starttls, ..mail });
        failed(delivery);
        assert!(!told.was_told("MAIL"));
    }

    #[test]
    fn a_title_or_a_name_brings_no_header_of_its_own() {
        let mut sly = parcel();
        sly.subject = "News\r\nBcc: eve@example.net\r\n\r\n=?utf-8?q?Evil?= \u{202e}\u{1b}[2J".to_owned();
        sly.edition = "x>\r\nEvil: 1".to_owned();
        let server = Server::start(Manners::default());
        done(deliver(&channel(Target::Mail(mail(server.port))), &sly, &[]));
        let bytes = server.told().message();
        let message = MessageParser::new().parse(&bytes).unwrap();
        assert_eq!(message.subject(), Some("News Bcc: eve@example.net = ?utf-8?q?Evil?= [2J"));
        assert!(message.bcc().is_none() && message.header("Evil").is_none());
    }

    #[test]
    fn addresses_that_are_none_are_refused_before_anything_is_sent() {
        for to in ["", "nobody", "a@example.org, b@example.org", "a@example.org\r\nDATA", "A <a@example.org> b"] {
            let mail = Mail { to: vec![to.to_owned()], ..mail(1) };
            let error = failed(deliver(&channel(Target::Mail(mail.clone())), &parcel(), &[]));
            assert!(error.contains("not an address of the mail"), "{error}");
            assert!(check(&Target::Mail(mail)).is_err());
        }
        for way in ["ftp://example.org", "https://example.org/>\r\nX: 1", "mailto:a b"] {
            let mail = Mail { unsubscribe: Some(way.to_owned()), ..mail(1) };
            assert!(failed(deliver(&channel(Target::Mail(mail)), &parcel(), &[])).contains("unsubscribe"));
        }
    }

    #[test]
    fn a_check_logs_in_and_sends_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(Manners { offers: vec!["AUTH LOGIN PLAIN"], ..Manners::default() });
        let found = check(&Target::Mail(with_login(server.port, folder.path()))).unwrap();
        assert!(found.ends_with("reached, not encrypted, login accepted"), "{found}");
        let told = server.told();
        assert!(told.was_told("AUTH") && told.was_told("QUIT"));
        assert!(!told.was_told("MAIL") && !told.was_told("DATA"));
    }

    #[test]
    fn a_server_that_is_not_there_is_a_failure() {
        let port = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        assert!(failed(deliver(&channel(Target::Mail(mail(port))), &parcel(), &[])).contains("refused the connection"));
    }
}

mod by_file {
    use super::*;

    fn folder(path: &Path) -> Channel {
        channel(Target::Folder { path: path.to_owned(), forms: vec![Form::Text, Form::Json] })
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_is_made_and_gets_each_form_and_a_link_to_the_latest() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("new/editions");
        let receipt = done(deliver(&folder(&path), &parcel(), &[]));
        assert!(receipt.ends_with("2026-11-26T0630.json"), "{receipt}");
        assert_eq!(names(&path), ["2026-11-26T0630.json", "2026-11-26T0630.txt", "latest.json", "latest.txt"]);
        assert_eq!(fs::read(path.join("latest.txt")).unwrap(), parcel().forms[&Form::Text]);
        #[cfg(unix)]
        assert_eq!(fs::read_link(path.join("latest.txt")).unwrap(), PathBuf::from("2026-11-26T0630.txt"));

        let tomorrow = Parcel { edition: "2026-11-27T0630".to_owned(), ..parcel() };
        done(deliver(&folder(&path), &tomorrow, &[]));
        assert_eq!(names(&path).len(), 6);
        #[cfg(unix)]
        assert_eq!(fs::read_link(path.join("latest.txt")).unwrap(), PathBuf::from("2026-11-27T0630.txt"));
    }

    #[test]
    fn the_same_edition_again_is_done_and_changes_nothing() {
        let place = tempfile::tempdir().unwrap();
        let first = deliver(&folder(place.path()), &parcel(), &[]);
        let before = names(place.path());
        assert_eq!(deliver(&folder(place.path()), &parcel(), &[]), first);
        assert_eq!(names(place.path()), before);
    }

    #[test]
    fn a_file_of_somebody_else_stays() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("2026-11-26T0630.txt");
        fs::write(&file, "mine").unwrap();
        let error = failed(deliver(&folder(place.path()), &parcel(), &[]));
        assert!(error.contains("is there already, with other content"), "{error}");
        assert_eq!(fs::read(&file).unwrap(), b"mine");
        assert_eq!(names(place.path()), ["2026-11-26T0630.txt"]);
    }

    #[test]
    fn what_a_killed_run_left_unfinished_is_swept_away_and_what_others_write_is_not() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join(".epitome-briefing-0a1b2c3d-Xy12Zq"), "torn").unwrap();
        fs::write(place.path().join(".epitome-briefing-99999999-Xy12Zq"), "of another run").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("x", place.path().join(".epitome-briefing-0a1b2c3d-link")).unwrap();
        done(deliver(&folder(place.path()), &parcel(), &[]));
        let hidden: Vec<_> = names(place.path()).into_iter().filter(|name| name.starts_with('.')).collect();
        assert_eq!(hidden, [".epitome-briefing-99999999-Xy12Zq"]);
    }

    #[test]
    fn a_file_in_the_way_of_a_folder_and_a_folder_in_the_way_of_a_file_are_errors() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("file");
        fs::write(&file, "").unwrap();
        failed(deliver(&folder(&file), &parcel(), &[]));
        failed(deliver(&folder(&file.join("below")), &parcel(), &[]));
        assert!(check(&Target::Folder { path: file, forms: vec![Form::Text] }).is_err());
        let target = Target::File { path: place.path().to_owned(), form: Form::Text };
        assert!(check(&target).unwrap_err().to_string().contains("a folder"));
        assert!(failed(deliver(&channel(target), &parcel(), &[])).contains("a folder"));
        let nowhere = Target::File { path: place.path().join("no/where.txt"), form: Form::Text };
        assert!(check(&nowhere).unwrap_err().to_string().contains("make the folder first"));
        assert!(failed(deliver(&channel(nowhere), &parcel(), &[])).contains("make the folder first"));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_may_not_be_written_to_is_an_error() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        fs::set_permissions(place.path(), fs::Permissions::from_mode(0o555)).unwrap();
        // The administrator may write everywhere.
        if fs::write(place.path().join("probe"), "").is_err() {
            assert!(failed(deliver(&folder(place.path()), &parcel(), &[])).contains("not allowed to write it"));
            assert!(check(&folder(place.path()).to).is_err());
        }
    }

    #[test]
    fn a_file_is_replaced_and_keeps_its_permissions() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("today.md");
        fs::write(&path, "yesterday").unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
        let target = Target::File { path: path.clone(), form: Form::Markdown };
        done(deliver(&channel(target), &parcel(), &[]));
        assert_eq!(fs::read(&path).unwrap(), parcel().forms[&Form::Markdown]);
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o640);
        assert_eq!(names(place.path()), ["today.md"]);
    }

    #[test]
    fn a_check_leaves_nothing_behind() {
        let place = tempfile::tempdir().unwrap();
        let new = place.path().join("a/b");
        assert!(check(&Target::Folder { path: new, forms: vec![Form::Text] }).unwrap().ends_with("can be made"));
        assert!(check(&folder(place.path()).to).unwrap().ends_with("can be written"));
        assert!(check(&Target::File { path: place.path().join("x"), form: Form::Text }).is_ok());
        assert!(names(place.path()).is_empty());
    }

    #[test]
    fn an_eml_is_the_message_that_would_be_sent() {
        let place = tempfile::tempdir().unwrap();
        let Mail { from, to, .. } = mail(0);
        let target = channel(Target::Eml { path: place.path().to_owned(), from, to });
        done(deliver(&target, &parcel(), &[]));
        done(deliver(&target, &parcel(), &[]));
        assert_eq!(names(place.path()), ["2026-11-26T0630.eml"]);
        let (_, told) = send(Manners::default(), |mail| mail);
        let file = fs::read(place.path().join("2026-11-26T0630.eml")).unwrap();
        assert_eq!(file.trim_ascii_end(), told.message().trim_ascii_end());
    }

    #[test]
    fn a_reader_that_closes_the_pipe_has_seen_enough() {
        struct Closed(io::ErrorKind);
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        assert!(print(b"news", &mut Closed(io::ErrorKind::BrokenPipe)).is_ok());
        let error = print(b"news", &mut Closed(io::ErrorKind::StorageFull)).unwrap_err();
        assert!(error.to_string().starts_with("standard output: the disk is full"), "{error}");
    }
}

mod by_feed {
    use super::*;

    fn entry(edition: &str, made: &str) -> AtomEntry {
        AtomEntry { edition: edition.to_owned(), made: made.parse().unwrap(), ..AtomEntry::from(&parcel()) }
    }

    /// The texts of all elements of a name, with the check that the feed is well-formed.
    fn texts(feed: &str, name: &str) -> Vec<String> {
        let mut reader = quick_xml::Reader::from_str(feed);
        let mut texts = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(tag) if tag.name().as_ref() == name => {
                    let inside = reader.read_text(tag.name()).unwrap().into_inner();
                    texts.push(quick_xml::escape::unescape(&inside).unwrap().into_owned());
                }
                quick_xml::events::Event::Eof => return texts,
                _ => {}
            }
        }
    }

    #[test]
    fn a_feed_has_the_newest_first_and_no_more_than_wanted() {
        let earlier = [
            entry("2026-11-24T0630", "2026-11-24T05:30:00Z"),
            entry("2026-11-25T0630", "2026-11-25T05:30:00Z"),
            entry("2026-11-26T0630", "2026-11-26T05:30:00Z"),
        ];
        let feed = atom::feed(&parcel(), &earlier, Some("https://example.org/feed.xml?a=1&b=2"), 2);
        assert_eq!(texts(&feed, "published"), ["2026-11-26T06:30:00+01:00", "2026-11-25T06:30:00+01:00"]);
        assert_eq!(texts(&feed, "updated")[0], "2026-11-26T06:30:00+01:00");
        assert_eq!(texts(&feed, "content")[0], "<p>Die Fähre &amp; der Pier.</p>");
        assert!(feed.contains("href=\"https://example.org/feed.xml?a=1&amp;b=2\""));
        assert!(feed.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">"));
        assert_eq!(atom::feed(&parcel(), &earlier, None, 0).matches("<entry>").count(), 1);
    }

    #[test]
    fn ids_are_permanent_and_differ() {
        let feed = atom::feed(&parcel(), &[entry("2026-11-25T0630", "2026-11-25T05:30:00Z")], None, 10);
        // If these change, every reader's program shows every edition again.
        assert_eq!(
            texts(&feed, "id"),
            [
                "urn:uuid:809bc2ce-941e-8b1f-b249-1baf1e3c0f57",
                "urn:uuid:667f0f3e-1cf2-802e-986f-e4e88a46b1f7",
                "urn:uuid:2669021d-a8b5-829d-b9db-16a31c531331",
            ]
        );
    }

    #[test]
    fn what_xml_or_a_reader_would_obey_is_taken_out_or_escaped() {
        let mut sly = parcel();
        sly.subject = "</title>\u{1}\u{202e} ]]> & <b>".to_owned();
        sly.mail_html = "<p>a\u{0}\u{b}b\u{2066}\u{fffe}</p>\n<p>c</p>".to_owned();
        let feed = atom::feed(&sly, &[], None, 10);
        assert_eq!(texts(&feed, "title")[1], "</title> ]]> & <b>");
        assert_eq!(texts(&feed, "content"), ["<p>ab</p>\n<p>c</p>"]);
    }

    #[test]
    fn the_file_of_a_feed_is_replaced_by_each_edition() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("feed.xml");
        let target = channel(Target::Atom { path: path.clone(), url: None, entries: 5 });
        done(deliver(&target, &parcel(), &[]));
        done(deliver(&target, &parcel(), &[entry("2026-11-25T0630", "2026-11-25T05:30:00Z")]));
        assert_eq!(texts(&fs::read_to_string(path).unwrap(), "published").len(), 2);
    }
}

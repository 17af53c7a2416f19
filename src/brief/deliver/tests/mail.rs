use std::fs;

use mail_parser::{MessageParser, MimeHeaders};

use std::time::Duration;

use lettre::transport::smtp::client::Certificate;

use super::server::{CERTIFICATE, Encrypted};
use super::*;
use crate::brief::deliver::smtp::Terms;
use crate::brief::secret::SecretSource;

const PASSWORD: &str = "a very secret pass";

fn with_login(port: u16, folder: &Path) -> Mail {
    let file = folder.join("password");
    fs::write(&file, format!("{PASSWORD}\n")).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    Mail { user: Some("press".to_owned()), password: Some(SecretSource::File(file)), ..mail(port) }
}

#[track_caller]
fn uncertain(delivery: Delivery) -> String {
    match delivery {
        Delivery::Uncertain(error) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

fn answers(command: &'static str, answer: &'static str) -> Manners {
    Manners { answers: vec![(command, answer)], ..Manners::default() }
}

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
        assert_eq!(error.contains("out of recipients"), says.contains("for good"), "{error}");
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
        let delivery = smtp::send(&mail, &message, &Terms { timeout: Duration::from_millis(50), ..Terms::default() });
        let error = if certain { failed(delivery) } else { uncertain(delivery) };
        assert!(error.contains("timed out"), "{at}: {error}");
    }
}

#[test]
fn an_answer_without_an_end_is_not_listened_to() {
    let pace = Duration::from_millis(10);
    for (words, pace, says) in [
        ("250-wait\r\n", pace, "timed out"),
        ("250-wait", pace, "timed out"),
        ("250-wait\r\n", Duration::ZERO, "answered without an end"),
        ("250-wait and wait and wait", Duration::ZERO, "answered without an end"),
    ] {
        for at in ["greeting", "EHLO", "MAIL", "."] {
            let words = if at == "greeting" { "220-wait" } else { words };
            let server = Server::start(Manners { endless_at: Some((at, words, pace)), ..Manners::default() });
            let mail = mail(server.port);
            let message = message::of(&parcel(), "morning", &message::Post::of(&mail)).unwrap();
            let timeout = Duration::from_millis(400);
            let began = std::time::Instant::now();
            let delivery = smtp::send(&mail, &message, &Terms { timeout, ..Terms::default() });
            let error = if at == "." { uncertain(delivery) } else { failed(delivery) };
            assert!(error.contains(says), "{at} {words:?}: {error}");
            let patience = Duration::from_secs(15);
            assert!(began.elapsed() < patience, "{at} {words:?}: {:?}, on a machine that may be busy", began.elapsed());
        }
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
fn no_receipt_shows_the_password_either() {
    let folder = tempfile::tempdir().unwrap();
    let manners = Manners { offers: vec!["AUTH PLAIN"], ..answers(".", "250 queued for a very secret pass") };
    let (delivery, _) = send(manners, |mail| with_login(mail.port, folder.path()));
    let receipt = done(delivery);
    assert!(!receipt.contains(PASSWORD) && !receipt.is_empty(), "{receipt}");
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

/// Both ways to speak TLS, each with a server that does.
fn both_ways() -> [(Tls, Manners); 2] {
    [
        (Tls::Tls, Manners { tls: Encrypted::Always, ..Manners::default() }),
        (Tls::Starttls, Manners { tls: Encrypted::WhenAsked, offers: vec!["STARTTLS"], ..Manners::default() }),
    ]
}

#[test]
fn a_message_goes_encrypted_to_a_server_that_proves_who_it_is() {
    let folder = tempfile::tempdir().unwrap();
    for (tls, manners) in both_ways() {
        let offers = [manners.offers, vec!["AUTH PLAIN"]].concat();
        let server = Server::start(Manners { offers, ..manners });
        let mail = Mail { host: "localhost".to_owned(), tls, ..with_login(server.port, folder.path()) };
        let message = message::of(&parcel(), "morning", &message::Post::of(&mail)).unwrap();
        let authorities = vec![Certificate::from_pem(CERTIFICATE).unwrap()];
        let terms = Terms { authorities, ..Terms::of(&mail) };
        assert_eq!(done(smtp::send(&mail, &message, &terms)), "250 2.0.0 queued as 4711");
        let told = server.told();
        assert!(told.whole && told.was_told("AUTH") && told.commands.last().unwrap() == "QUIT", "{told:?}");
        assert_eq!(told.was_told("STARTTLS"), tls == Tls::Starttls);

        let found = smtp::check(&mail, &terms).unwrap();
        assert!(found.ends_with("reached, encrypted, login accepted"), "{found}");

        // It is vouched for, but by another name.
        let elsewhere = Mail { host: "127.0.0.1".to_owned(), ..mail };
        let error = failed(smtp::send(&elsewhere, &message, &terms));
        assert!(error.contains("its certificate is not trusted"), "{error}");
    }
}

#[test]
fn a_server_that_only_vouches_for_itself_is_sent_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (tls, manners) in both_ways() {
        let server = Server::start(manners);
        let mail = Mail { host: "localhost".to_owned(), tls, ..with_login(server.port, folder.path()) };
        let error = failed(deliver(&channel(Target::Mail(mail)), &parcel(), &[]));
        assert!(error.contains("its certificate is not trusted"), "{error}");
        assert!(error.contains("an authority known to Mozilla"), "{error}");
        let told = server.told();
        assert!(!told.was_told("AUTH") && !told.was_told("MAIL") && told.wire.is_empty(), "{told:?}");
    }
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

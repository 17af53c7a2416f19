//! Mail: what a server is given, and what becomes of an edition that it does not take.

use mail_parser::{HeaderName, Message, MessageParser};

use crate::desk::{Desk, FOLDER, edition, quotes};
use crate::outside::{DAM, FERRY, ended, says, stdout};
use crate::smtp::{Manners, Server, Told};

const PASSWORD: &str = "open-sesame-4711";

/// A channel to a mail server, with more keys.
fn mail(server: &Server, keys: &str) -> String {
    mail_at(server.port, keys)
}

/// A channel to a mail server at a port of this machine.
fn mail_at(port: u16, keys: &str) -> String {
    format!(
        "[[channel]]\nname = 'post'\nto = 'mail'\nhost = '127.0.0.1'\nport = {port}\ntls = 'none'\n\
         from = 'Briefing <briefing@example.org>'\nrecipients = ['Ada <ada@example.org>', 'bob@example.net']\n{keys}\n"
    )
}

/// A briefing of one article that goes by mail.
fn desk(server: &Server) -> Desk {
    let desk = Desk::new(&[FOLDER, &mail(server, "")]);
    desk.article("ferry", FERRY);
    desk
}

fn message(told: &Told) -> Vec<u8> {
    assert!(told.whole, "{told:?}");
    told.message()
}

fn parsed(message: &[u8]) -> Message<'_> {
    MessageParser::default().parse(message).unwrap()
}

fn header<'m>(message: &'m Message<'_>, name: &str) -> &'m str {
    message.header_raw(name.to_owned()).unwrap_or_else(|| panic!("no {name}")).trim()
}

fn delivered(desk: &Desk) -> String {
    stdout(&desk.brief(&["archive", "list"])).to_owned()
}

#[test]
fn an_edition_arrives_as_a_message_that_tells_it_twice() {
    let server = Server::start(Manners::default());
    let desk = desk(&server);
    desk.runs_well(&[]);
    let told = server.told();
    for command in
        ["MAIL FROM:<briefing@example.org>", "RCPT TO:<ada@example.org>", "RCPT TO:<bob@example.net>", "QUIT"]
    {
        assert!(told.was_told(command), "{command}: {:?}", told.commands);
    }
    let raw = message(&told);
    let first = parsed(&raw);
    assert!(first.subject().unwrap().starts_with("Briefing, "), "{:?}", first.subject());
    assert_eq!(header(&first, "Auto-Submitted"), "auto-generated");
    assert!(header(&first, "List-ID").contains("briefing-test"));
    assert!(header(&first, "List-Unsubscribe").starts_with("<mailto:briefing@example.org"));
    assert!(first.header_raw(HeaderName::InReplyTo).is_none());
    assert!(first.content_type_is("multipart", "alternative"));
    assert_eq!((first.text_body_count(), first.html_body_count()), (1, 1));
    let shown = edition_of(&desk);
    for quote in quotes(&shown) {
        for part in [first.body_text(0).unwrap(), first.body_html(0).unwrap()] {
            let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(part.contains(&quote), "{quote:?} is not in {part}");
        }
    }
    // The next one answers it.
    desk.article("dam", DAM);
    desk.runs_well(&[]);
    let raw = message(&server.told());
    let second = parsed(&raw);
    let id = format!("<{}>", first.message_id().unwrap());
    assert_eq!((header(&second, "In-Reply-To"), header(&second, "References")), (id.as_str(), id.as_str()));
    assert_ne!(second.message_id(), first.message_id());
}

/// The newest edition as the archive has it.
fn edition_of(desk: &Desk) -> epitome::brief::edition::Edition {
    ended(&desk.brief(&["archive", "show", "--format", "json", "-o", "shown.json"]), 0);
    edition(&desk.path("shown.json"))
}

trait Kind {
    fn content_type_is(&self, kind: &str, subtype: &str) -> bool;
}

impl Kind for Message<'_> {
    fn content_type_is(&self, kind: &str, subtype: &str) -> bool {
        use mail_parser::MimeHeaders;
        self.content_type().is_some_and(|of| of.ctype() == kind && of.subtype() == Some(subtype))
    }
}

#[test]
fn an_edition_that_is_refused_is_told_by_the_next_run() {
    let refusing = Server::start(Manners { answers: vec![("RCPT", "550 5.1.1 nobody here")], ..Manners::default() });
    let desk = desk(&refusing);
    says(&desk.run(&[]), 4, "was not delivered; the next run tries again: ");
    assert!(!refusing.told().was_told("DATA"));
    assert!(delivered(&desk).ends_with("post: pending\n"), "{}", delivered(&desk));
    let made = desk.brief(&["archive", "show", "--format", "json"]).stdout;

    // What is new by then waits for its turn: the edition is the same.
    desk.article("dam", DAM);
    says(&desk.run(&[]), 4, "550 5.1.1 nobody here");
    assert_eq!(delivered(&desk).lines().count(), 1, "{}", delivered(&desk));

    let server = Server::start(Manners::default());
    desk.configure(&[FOLDER, &mail(&server, "")]);
    desk.runs_well(&[]);
    let text = |told: &Told| parsed(&message(told)).body_text(0).unwrap().into_owned();
    let (first, second) = (text(&server.told()), text(&server.told()));
    assert!(first.contains("187 people") && !first.contains("spillway"), "{first}");
    assert!(second.contains("spillway") && !second.contains("187 people"), "{second}");
    let list = delivered(&desk);
    assert_eq!(list.matches("post: delivered").count(), 2, "{list}");
    let id = list.lines().last().unwrap().split(' ').next().unwrap();
    assert_eq!(desk.brief(&["archive", "show", id, "--format", "json"]).stdout, made);
}

#[test]
fn a_message_that_may_have_arrived_is_sent_again_as_the_same_and_told_once() {
    let dropping = Server::start(Manners { hangs_up_at: Some("."), ..Manners::default() });
    let desk = desk(&dropping);
    let output = desk.run(&[]);
    says(&output, 4, "may not have been delivered; it is sent again, as the same message");
    says(&output, 4, "so that it may have arrived or not");
    assert!(delivered(&desk).ends_with("post: uncertain\n"), "{}", delivered(&desk));
    let server = Server::start(Manners::default());
    desk.configure(&[FOLDER, &mail(&server, "")]);
    desk.runs_well(&[]);
    assert_eq!(message(&server.told()), message(&dropping.told()));
    assert!(delivered(&desk).ends_with("post: delivered\n"));
    says(&desk.run(&["--verbose"]), 0, "nothing new since");
    assert_eq!(delivered(&desk).lines().count(), 1);
}

#[test]
fn a_message_that_broke_off_did_not_arrive() {
    let dropping = Server::start(Manners { hangs_up_at: Some("DATA"), ..Manners::default() });
    let desk = desk(&dropping);
    says(&desk.run(&[]), 4, "was not delivered; the next run tries again");
    assert!(delivered(&desk).ends_with("post: pending\n"));
}

#[cfg(unix)]
#[test]
fn a_password_is_given_to_the_server_and_to_nobody_else() {
    use std::os::unix::fs::PermissionsExt;
    let set_mode = |desk: &Desk, mode: u32| {
        std::fs::set_permissions(desk.path("password"), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let refusing = Server::start(Manners {
        answers: vec![("AUTH", "535 5.7.8 open-sesame-4711 is wrong")],
        offers: vec!["AUTH PLAIN LOGIN"],
        ..Manners::default()
    });
    let desk = desk(&refusing);
    let login = "user = 'ada'\npassword_file = 'password'";
    desk.configure(&[FOLDER, &mail(&refusing, login)]);
    desk.write("password", &format!("{PASSWORD}\n"));
    set_mode(&desk, 0o644);
    says(&desk.run(&[]), 4, "chmod 600");
    set_mode(&desk, 0o600);
    for command in [&["run"][..], &["run", "--verbose"], &["show"], &["check"], &["archive", "list"]] {
        let output = desk.brief(command);
        let said = format!("{}{}", stdout(&output), crate::outside::stderr(&output));
        assert!(!said.contains(PASSWORD), "{command:?}: {said}");
    }
    says(&desk.run(&[]), 4, "refused the login for good: 535");
    let server = Server::start(Manners { offers: vec!["AUTH PLAIN LOGIN"], ..Manners::default() });
    desk.configure(&[FOLDER, &mail(&server, login)]);
    desk.runs_well(&[]);
    assert!(server.told().was_told("AUTH "));
    ended(&desk.brief(&["archive", "show", "--format", "json", "-o", "shown.json"]), 0);
    for (path, bytes) in desk.files().into_iter().filter(|(path, _)| !path.ends_with("password")) {
        assert!(!bytes.windows(PASSWORD.len()).any(|bytes| bytes == PASSWORD.as_bytes()), "{}", path.display());
    }
}

#[test]
fn a_server_that_is_not_there_is_tried_again() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let desk = Desk::new(&[FOLDER, &mail_at(closed, "")]);
    desk.article("ferry", FERRY);
    says(&desk.run(&[]), 4, "refused the connection");
    let server = Server::start(Manners::default());
    desk.configure(&[FOLDER, &mail(&server, "")]);
    let output = desk.run(&["--verbose"]);
    says(&output, 0, "was not delivered to post; trying again");
    assert!(server.told().whole);
}

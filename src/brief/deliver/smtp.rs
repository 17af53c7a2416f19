//! A message in, what the mail server said to it out (RFC 5321).
//!
//! The commands are given one by one, not by lettre's transport, to know how far it came. Until the end of the message is sent,
//! whatever goes wrong means that the server does not have it. After that only its answer can tell: a refusal is one, and
//! a lost connection leaves it open.

use std::cell::Cell;
use std::error::Error as _;
use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use lettre::message::Message;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters, TlsParametersBuilder};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Noop, Quit, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::{Response, Severity};

use crate::brief::config::{Mail, Tls, is_this_machine};
use crate::brief::deliver::Delivery;
use crate::brief::deliver::relay::{Excess, Relay};
use crate::brief::secret::Secret;
use crate::error::{Error, ErrorKind};
use crate::render::plain;

/// A message is sent in pieces of so many bytes, so that a connection lost within it is seen within it.
const PIECE: usize = 16 << 10;

/// So many characters of what a server says are told: most say it in a line, with an address for more.
const WORDS_CHARS: usize = 300;

/// How servers are dealt with.
#[derive(Default)]
pub(super) struct Terms {
    /// No step may take longer.
    pub(super) timeout: Duration,
    /// Who may vouch for a server, besides those that Mozilla trusts.
    pub(super) authorities: Vec<Certificate>,
}

impl Terms {
    /// What the configuration says. Without any time there is no talk.
    pub(super) fn of(mail: &Mail) -> Self {
        Self { timeout: Duration::from_secs(mail.timeout.max(1)), ..Self::default() }
    }
}

/// Sends a message to all its recipients, or to none.
pub(super) fn send(mail: &Mail, message: &Message, terms: &Terms) -> Delivery {
    let mut session =
        match Session::open(mail, terms).and_then(|mut session| session.announce(message).map(|()| session)) {
            Ok(session) => session,
            Err(error) => return Delivery::Failed(error),
        };
    let delivery = session.transfer(&message.formatted());
    session.close();
    delivery
}

/// Reaches a server and logs in, and sends nothing.
pub(super) fn check(mail: &Mail, terms: &Terms) -> Result<String, Error> {
    let mut session = Session::open(mail, terms)?;
    let reply = session.connection.command(Noop);
    reply.map_err(|error| session.told("answering", &error))?;
    session.close();
    let secured = if session.connection.is_encrypted() { "encrypted" } else { "not encrypted" };
    let login = mail.user.as_ref().map_or("without login", |_| "login accepted");
    Ok(format!("{}: reached, {secured}, {login}", session.place))
}

/// Who logs in, with what.
struct Login {
    user: String,
    password: Secret,
}

impl Login {
    /// How the password goes over the line: as it is, as an answer to `AUTH LOGIN`, and within `AUTH PLAIN` (RFC 4616).
    fn sent(&self) -> [String; 3] {
        let password = self.password.reveal();
        let plain = format!("\0{}\0{password}", self.user);
        [password.to_owned(), BASE64.encode(password), BASE64.encode(plain)]
    }
}

/// A connection that is ready to take messages.
struct Session<'a> {
    connection: SmtpConnection,
    mail: &'a Mail,
    login: Option<Login>,
    place: String,
    relay: Relay,
}

impl<'a> Session<'a> {
    /// Connects, secures the connection and logs in, as the configuration says; with less than that, it sends nothing.
    fn open(mail: &'a Mail, terms: &Terms) -> Result<Self, Error> {
        let place = format!("mail server {}:{}", mail.host, mail.port);
        let login = login(mail, &place)?;
        let trusting = TlsParameters::builder(mail.host.clone());
        let trusting = terms.authorities.iter().cloned().fold(trusting, TlsParametersBuilder::add_root_certificate);
        let parameters = trusting.build().map_err(|error| {
            Error::new(ErrorKind::Usage, &place, format!("cannot be spoken to securely ({error})"), "check host")
        })?;
        let us = ClientId::default();
        let wrapper = (mail.tls == Tls::Tls).then_some(&parameters);
        let relay = Relay::to(&mail.host, mail.port, terms.timeout)
            .map_err(|cause| broken(&place, mail, "connecting", &cause))?;
        let connection = SmtpConnection::connect(relay.address(), Some(terms.timeout), &us, wrapper, None)
            .map_err(|error| told(&place, mail, login.as_ref(), &relay, "connecting", &error))?;
        let mut session = Self { connection, mail, login, place, relay };
        if mail.tls == Tls::Starttls {
            session.secure(&parameters, &us)?;
        }
        session.log_in()?;
        Ok(session)
    }

    fn secure(&mut self, parameters: &TlsParameters, us: &ClientId) -> Result<(), Error> {
        if !self.connection.can_starttls() {
            self.close();
            return Err(Error::new(
                ErrorKind::Unwritable,
                &self.place,
                "offers no STARTTLS, so that nothing was sent",
                "check port and tls: 465 is for tls = \"tls\", 587 for \"starttls\"",
            ));
        }
        self.connection.starttls(parameters, us).map_err(|error| self.told("securing the connection", &error))
    }

    fn log_in(&mut self) -> Result<(), Error> {
        let Some(login) = &self.login else { return Ok(()) };
        let credentials = Credentials::new(login.user.clone(), login.password.reveal().to_owned());
        self.connection.auth(DEFAULT_MECHANISMS, &credentials).map(drop).map_err(|error| {
            let mut error = self.told("the login", &error);
            if error.way_out.is_empty() {
                error.way_out =
                    "check user and password; some providers want a password made for this program".to_owned();
            }
            error
        })
    }

    /// Says whom the message is from and to, until the server waits for it.
    fn announce(&mut self, message: &Message) -> Result<(), Error> {
        let envelope = message.envelope();
        let mut parameters = Vec::new();
        if envelope.to().iter().chain(envelope.from()).any(|address| !address.to_string().is_ascii()) {
            if !self.connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                let what = "takes only addresses in ASCII (it offers no SMTPUTF8)";
                return Err(Error::new(
                    ErrorKind::Unwritable,
                    &self.place,
                    what,
                    "use other addresses or another server",
                ));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let from = self.connection.command(MailFrom::new(envelope.from().cloned(), parameters));
        self.expect("the sender", from, Severity::PositiveCompletion)?;
        for to in envelope.to() {
            let reply = self.connection.command(Rcpt::new(to.clone(), Vec::new()));
            self.expect(&format!("the recipient {to}"), reply, Severity::PositiveCompletion)?;
        }
        let data = self.connection.command(Data);
        self.expect("a message", data, Severity::PositiveIntermediate)
    }

    /// Sends the message itself.
    fn transfer(&mut self, message: &[u8]) -> Delivery {
        let all_sent = Cell::new(false);
        let end = std::iter::once_with(|| {
            all_sent.set(true);
            &[][..]
        });
        // The end of the message is sent when the pieces are at an end; from then on the server may have it.
        match self.connection.message_iter(message.chunks(PIECE).chain(end)) {
            Ok(reply) if reply.code().severity == Severity::PositiveCompletion => {
                Delivery::Done { receipt: without(self.login.as_ref(), &words(&reply)) }
            }
            Ok(reply) => Delivery::Uncertain(self.unexpected("the message", &reply)),
            Err(error) if error.status().is_some() || !all_sent.get() => {
                Delivery::Failed(self.refused("the message", &error))
            }
            Err(error) => {
                let mut error = self.told("after the end of the message", &error);
                error.what.push_str(", so that it may have arrived or not");
                error.way_out = "it will be sent again with the same Message-ID".to_owned();
                Delivery::Uncertain(error)
            }
        }
    }

    fn expect(&mut self, what: &str, reply: Result<Response, SmtpError>, severity: Severity) -> Result<(), Error> {
        let error = match reply {
            Ok(reply) if reply.code().severity == severity => return Ok(()),
            Ok(reply) => self.unexpected(what, &reply),
            Err(error) => self.refused(what, &error),
        };
        self.close();
        Err(error)
    }

    /// Takes leave; whatever comes of that changes nothing.
    fn close(&mut self) {
        if !self.connection.has_broken() {
            let _ = self.connection.command(Quit);
        }
    }

    fn unexpected(&self, what: &str, reply: &Response) -> Error {
        let words = without(self.login.as_ref(), &words(reply));
        let what = format!("answered {} to {what}, which is not an answer to that: {words}", reply.code());
        Error::new(ErrorKind::Unwritable, &self.place, what, "")
    }

    /// What went wrong with a message. What is refused for good will be the next time too, until somebody acts.
    fn refused(&self, what: &str, error: &SmtpError) -> Error {
        let mut told = self.told(what, error);
        if error.is_permanent() {
            told.way_out =
                "take the address out of recipients, or the channel out of the configuration: what waits for \
                            it is given up then"
                    .to_owned();
        }
        told
    }

    fn told(&self, what: &str, error: &SmtpError) -> Error {
        told(&self.place, self.mail, self.login.as_ref(), &self.relay, what, error)
    }
}

/// Reads the password, if there is one to send. It never goes over a network unencrypted.
fn login(mail: &Mail, place: &str) -> Result<Option<Login>, Error> {
    let usage = |what: &str, way_out: &str| Err(Error::new(ErrorKind::Usage, place, what, way_out));
    match (&mail.user, &mail.password) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) if mail.tls == Tls::None && !is_this_machine(&mail.host) => usage(
            "a password would go over the network unencrypted, so that nothing was sent",
            "set tls to \"tls\" or \"starttls\"",
        ),
        (Some(user), Some(source)) => source.read().map(|password| Some(Login { user: user.clone(), password })),
        (Some(_), None) => usage("has a user without a password", "give password_file or password_command"),
        (None, Some(_)) => usage("has a password without a user", "give user"),
    }
}

/// What went wrong, for people: what the server said, or what became of the connection.
fn told(place: &str, mail: &Mail, login: Option<&Login>, relay: &Relay, what: &str, error: &SmtpError) -> Error {
    let say = |said: String, way_out: &str| Error::new(ErrorKind::Unwritable, place, said, way_out);
    if let Some(code) = error.status() {
        let words = error.source().map(ToString::to_string).unwrap_or_default();
        let lasting = if error.is_transient() { "for now" } else { "for good" };
        return say(format!("refused {what} {lasting}: {code} {}", without(login, &words)), "");
    }
    match (relay.excess(), cause(error)) {
        (Some(Excess::Time), _) => broken(place, mail, what, &io::ErrorKind::TimedOut.into()),
        (Some(Excess::Length), _) => say(format!("answered without an end ({what})"), "check host and port"),
        (None, Some(cause)) => broken(place, mail, what, cause),
        // lettre's word for a connection that ended within an answer, or instead of one.
        (None, None) if error.is_response() && error.to_string().contains("incomplete") => {
            say(format!("closed the connection ({what})"), "")
        }
        (None, None) => say(format!("could not be spoken to ({what}: {})", without(login, &error.to_string())), ""),
    }
}

/// What became of a connection, for people.
fn broken(place: &str, mail: &Mail, what: &str, cause: &io::Error) -> Error {
    let say = |said: String, way_out: &str| Error::new(ErrorKind::Unwritable, place, said, way_out);
    match cause.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
            say(format!("timed out ({what})"), "try again later, or set a longer timeout")
        }
        // What rustls finds wrong comes as invalid data.
        io::ErrorKind::InvalidData if cause.to_string().contains("certificate") => say(
            format!("its certificate is not trusted ({cause})"),
            "host must be the name in the certificate, and an authority known to Mozilla must have signed it",
        ),
        io::ErrorKind::InvalidData if mail.tls != Tls::None => say(
            format!("speaks no TLS there ({cause})"),
            "check port and tls: 465 is for tls = \"tls\", 587 for \"starttls\"",
        ),
        io::ErrorKind::ConnectionRefused => say("refused the connection".to_owned(), "check host and port"),
        _ => say(format!("the connection failed ({what}: {cause})"), ""),
    }
}

/// The trouble of the system that an error goes back to.
fn cause(error: &SmtpError) -> Option<&io::Error> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(cause) = error.downcast_ref::<io::Error>() {
            return Some(cause);
        }
        source = error.source();
    }
    None
}

fn words(reply: &Response) -> String {
    format!("{} {}", reply.code(), reply.message().collect::<Vec<_>>().join(" "))
}

/// The words of a server, cut and cleaned; nothing of them if they repeat the password, plain or as it was sent.
fn without(login: Option<&Login>, words: &str) -> String {
    let repeats = login.is_some_and(|login| login.sent().iter().any(|form| words.contains(form)));
    if repeats { "(its words are left out: they repeat the password)".to_owned() } else { cut(words) }
}

fn cut(words: &str) -> String {
    plain(words).chars().take(WORDS_CHARS).collect()
}

//! A mail server on this machine that does what a test wants of it, and keeps what it was told.
#![allow(dead_code)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// No read of a server takes longer, so that a test that goes wrong ends.
const PATIENCE: Duration = Duration::from_secs(10);

/// The certificate of `localhost`, which nobody but itself has signed, and its key.
pub const CERTIFICATE: &[u8] = include_bytes!("localhost.pem");

/// How a server behaves. By default it takes everything from everybody.
#[derive(Clone, Debug, Default)]
pub struct Manners {
    /// The commands that are answered with something else, by how they begin: `MAIL`, `RCPT`, `DATA`, `AUTH`; the end of a
    /// message is `.`.
    pub answers: Vec<(&'static str, &'static str)>,
    /// The command at which it hangs up without an answer; `body` is within a message.
    pub hangs_up_at: Option<&'static str>,
    /// The command at which it says nothing more and waits until the client goes; `greeting` is the beginning.
    pub silent_at: Option<&'static str>,
    /// The command at which it says the same over and over, what that is, and how long it waits in between.
    pub endless_at: Option<(&'static str, &'static str, Duration)>,
    /// What it offers, as lines of the answer to `EHLO`.
    pub offers: Vec<&'static str>,
    /// From when on it speaks TLS, as `localhost`.
    pub tls: Encrypted,
}

/// When a connection is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encrypted {
    #[default]
    Never,
    /// From its first byte on.
    Always,
    /// After the command `STARTTLS` (RFC 3207).
    WhenAsked,
}

/// What a server was told in one connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The commands, as they came.
    pub commands: Vec<String>,
    /// What was sent as a message, with the dots that protect its lines, without the last one.
    pub wire: Vec<u8>,
    /// Whether the message came to its end.
    pub whole: bool,
}

impl Told {
    /// The message as the client meant it (RFC 5321, 4.5.2).
    pub fn message(&self) -> Vec<u8> {
        let lines = self.wire.split_inclusive(|&byte| byte == b'\n');
        lines.flat_map(|line| line.strip_prefix(b".").unwrap_or(line)).copied().collect()
    }

    /// Whether a command began so.
    pub fn was_told(&self, command: &str) -> bool {
        self.commands.iter().any(|told| told.starts_with(command))
    }
}

/// A server.
pub struct Server {
    pub port: u16,
    told: Receiver<Told>,
}

impl Server {
    /// Starts a server, which serves one connection after the other until the test is over.
    pub fn start(manners: Manners) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                if tell.send(serve(stream.unwrap(), &manners)).is_err() {
                    return;
                }
            }
        });
        Self { port, told }
    }

    /// What it was told in the next connection, once that has ended.
    #[track_caller]
    pub fn told(&self) -> Told {
        self.told.recv_timeout(PATIENCE).expect("nobody came, or did not go")
    }
}

/// What comes after a command.
enum Next {
    Goes,
    Ends,
}

fn serve(stream: TcpStream, manners: &Manners) -> Told {
    let mut told = Told::default();
    // A client that goes at any moment is what some tests are about.
    let _ = serve_to_the_end(stream, manners, &mut told);
    told
}

fn serve_to_the_end(stream: TcpStream, manners: &Manners, told: &mut Told) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    if manners.tls == Encrypted::Always {
        let mut lines = encrypted(stream);
        return greet(manners, &mut lines).and_then(|next| talk(next, manners, told, &mut lines)).map(drop);
    }
    let mut lines = BufReader::new(stream);
    let next = greet(manners, &mut lines)?;
    match talk(next, manners, told, &mut lines)? {
        Ended::Here => Ok(()),
        Ended::AtStarttls => talk(Next::Goes, manners, told, &mut encrypted(lines.into_inner())).map(drop),
    }
}

fn encrypted(stream: TcpStream) -> BufReader<StreamOwned<ServerConnection, TcpStream>> {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).unwrap();
    let key = PrivateKeyDer::from_pem_slice(CERTIFICATE).unwrap();
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    BufReader::new(StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), stream))
}

fn greet(manners: &Manners, lines: &mut BufReader<impl Read + Write>) -> std::io::Result<Next> {
    meet("greeting", "220 mail.example.org ready", manners, lines)
}

/// How a talk ended.
enum Ended {
    Here,
    /// It goes on encrypted.
    AtStarttls,
}

fn talk(
    first: Next,
    manners: &Manners,
    told: &mut Told,
    lines: &mut BufReader<impl Read + Write>,
) -> std::io::Result<Ended> {
    if let Next::Ends = first {
        return Ok(Ended::Here);
    }
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        let command = std::mem::take(&mut line).trim_end().to_owned();
        told.commands.push(command.clone());
        if let Next::Ends = meet(&command, &usual(&command, manners), manners, lines)? {
            return Ok(Ended::Here);
        }
        if command == "STARTTLS" && manners.tls == Encrypted::WhenAsked {
            return Ok(Ended::AtStarttls);
        }
        let takes_message = !manners.answers.iter().any(|(begin, _)| *begin == "DATA");
        if command == "DATA" && takes_message && !receive(manners, told, lines)? {
            return Ok(Ended::Here);
        }
        if told.whole
            && command == "DATA"
            && let Next::Ends = meet(".", "250 2.0.0 queued as 4711", manners, lines)?
        {
            return Ok(Ended::Here);
        }
        if command == "QUIT" {
            return Ok(Ended::Here);
        }
    }
    Ok(Ended::Here)
}

/// Answers a command as the manners have it.
fn meet(
    command: &str,
    usual: &str,
    manners: &Manners,
    lines: &mut BufReader<impl Read + Write>,
) -> std::io::Result<Next> {
    let is = |at: &&str| command.starts_with(*at);
    if manners.hangs_up_at.as_ref().is_some_and(is) {
        return Ok(Next::Ends);
    }
    if manners.silent_at.as_ref().is_some_and(is) {
        std::io::copy(lines, &mut std::io::sink())?;
        return Ok(Next::Ends);
    }
    if let Some((_, words, pace)) = manners.endless_at.filter(|(at, ..)| is(at)) {
        loop {
            lines.get_mut().write_all(words.as_bytes())?;
            thread::sleep(pace);
        }
    }
    let answer = manners.answers.iter().find(|(begin, _)| is(begin)).map_or(usual, |(_, answer)| answer);
    lines.get_mut().write_all(format!("{answer}\r\n").as_bytes())?;
    Ok(Next::Goes)
}

fn usual(command: &str, manners: &Manners) -> String {
    match command.split(' ').next().unwrap_or_default() {
        "EHLO" => {
            let offers = manners.offers.iter().map(|offer| format!("250-{offer}\r\n"));
            format!("250-mail.example.org\r\n{}250 8BITMIME", offers.collect::<String>())
        }
        "AUTH" => "235 2.7.0 welcome".to_owned(),
        "DATA" => "354 go on".to_owned(),
        "QUIT" => "221 2.0.0 bye".to_owned(),
        _ => "250 2.1.0 fine".to_owned(),
    }
}

/// Takes a message in, and tells whether the talk goes on.
fn receive(manners: &Manners, told: &mut Told, lines: &mut impl BufRead) -> std::io::Result<bool> {
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        if line == b".\r\n" {
            told.whole = true;
            return Ok(true);
        }
        told.wire.append(&mut line);
        if manners.hangs_up_at == Some("body") {
            return Ok(false);
        }
    }
    Ok(false)
}

//! A server in, an address on this machine out, where the same server answers and can neither hold a run up nor fill its
//! memory.
//!
//! lettre limits how long one read takes, not how long an answer does, and looks at the length of a line only when it has all
//! of it: a server that says a word now and then would be listened to for hours, and a line without an end would be kept until
//! memory is full. lettre takes no connection but its own. So it is given one to a relay, which counts, and hangs up.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// No answer of a server is longer, be it a chain of certificates: servers say a few lines. lettre reads an answer from its
/// beginning again with each line, so that one of many short lines must not be much longer either.
const MOST_ANSWERED: usize = 32 << 10;

/// So many bytes are passed on at once.
const PIECE: usize = 4 << 10;

/// What a server was hung up on for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Excess {
    /// A step was not over in time.
    Time,
    /// An answer was longer than any should be.
    Length,
}

/// A connection that is passed on. It ends with either side.
pub(super) struct Relay {
    address: SocketAddr,
    step: Arc<Mutex<Step>>,
}

impl Relay {
    /// Connects to a server. No step in the talk, what the client sends and what is answered to it, may take longer than
    /// `timeout`.
    pub(super) fn to(host: &str, port: u16, timeout: Duration) -> io::Result<Self> {
        let server = connect(host, port, timeout)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let relay = Self { address: listener.local_addr()?, step: Arc::new(Mutex::new(Step::new(timeout))) };
        let step = relay.step.clone();
        thread::Builder::new().name("relay".to_owned()).spawn(move || {
            let Ok((client, _)) = listener.accept() else { return };
            drop(listener);
            // A connection that cannot be kept is ended by both halves; what the client sees of that it tells.
            let _ = pass_on(&client, &server, &step);
        })?;
        Ok(relay)
    }

    /// Where the server can be reached, once.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it was hung up on for, if it was.
    pub(super) fn excess(&self) -> Option<Excess> {
        now(&self.step).excess
    }
}

/// A step of the talk: from what the client sent last to the end of the answer.
struct Step {
    timeout: Duration,
    began: Instant,
    answered: usize,
    excess: Option<Excess>,
}

impl Step {
    fn new(timeout: Duration) -> Self {
        Self { timeout, began: Instant::now(), answered: 0, excess: None }
    }

    fn begin(&mut self) {
        (self.began, self.answered) = (Instant::now(), 0);
    }

    /// How long it may go on, if it may.
    fn left(&mut self) -> Option<Duration> {
        let left = self.timeout.saturating_sub(self.began.elapsed());
        if left.is_zero() {
            self.excess.get_or_insert(Excess::Time);
        }
        self.excess.is_none().then_some(left)
    }

    fn answer(&mut self, bytes: usize) {
        self.answered = self.answered.saturating_add(bytes);
        if self.answered > MOST_ANSWERED {
            self.excess.get_or_insert(Excess::Length);
        }
    }
}

fn now(step: &Mutex<Step>) -> MutexGuard<'_, Step> {
    step.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(host: &str, port: u16, timeout: Duration) -> io::Result<TcpStream> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "no host of that name");
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, timeout) {
            Ok(server) => return Ok(server),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Passes on both ways until one side has ended or the server has gone too far.
fn pass_on(client: &TcpStream, server: &TcpStream, step: &Mutex<Step>) -> io::Result<()> {
    let hang_up = || [client, server].iter().for_each(|side| drop(side.shutdown(Shutdown::Both)));
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    // A client that does not read its answers has gone; it has no other reason.
    client.set_write_timeout(Some(now(step).timeout))?;
    now(step).begin();
    thread::scope(|scope| {
        scope.spawn(|| {
            let _ = send(client, server, step);
            hang_up();
        });
        let answered = answer(server, client, step);
        hang_up();
        answered
    })
}

/// Passes on what the client says. Each piece is a step of its own.
fn send(mut client: &TcpStream, mut server: &TcpStream, step: &Mutex<Step>) -> io::Result<()> {
    let mut piece = [0; PIECE];
    loop {
        let length = client.read(&mut piece)?;
        if length == 0 {
            return Ok(());
        }
        now(step).begin();
        let mut rest = &piece[..length];
        while !rest.is_empty() {
            let Some(left) = now(step).left() else { return Ok(()) };
            server.set_write_timeout(Some(left))?;
            match server.write(rest) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(sent) => rest = &rest[sent..],
                Err(error) if goes_on(&error) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Passes on what the server answers, while it answers as it should.
fn answer(mut server: &TcpStream, mut client: &TcpStream, step: &Mutex<Step>) -> io::Result<()> {
    let mut piece = [0; PIECE];
    loop {
        let Some(left) = now(step).left() else { return Ok(()) };
        server.set_read_timeout(Some(left))?;
        match server.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(length) => {
                now(step).answer(length);
                client.write_all(&piece[..length])?;
            }
            Err(error) if goes_on(&error) => {}
            Err(error) => return Err(error),
        }
    }
}

/// Whether an error is only that it is time to look at the clock.
fn goes_on(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

//! A web server on the loopback network, for tests of what asks servers: it answers as it is told, badly too, and keeps
//! what it was asked. It waits for nobody but its clients.
#![allow(dead_code)]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which connection it came by, counted from 1 in the order in which they were opened.
    pub connection: usize,
    /// The path and the query.
    pub path: String,
    /// Names in lower case, values verbatim.
    pub headers: HashMap<String, String>,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(&name.to_ascii_lowercase()).map(String::as_str)
    }
}

/// What is sent back.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    way: Way,
}

/// How the body is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// With its length.
    Whole,
    /// So many bytes of it, with the length of all, and then the end of the connection.
    Cut(usize),
    /// So many bytes of it, with the length of all, and then nothing until the client leaves.
    Stuck(usize),
    /// In chunks, the last of them with an end or without.
    Chunks { ended: bool },
    /// Until the end of the connection, without a length.
    UntilClosed,
    /// Its first bytes again and again until the client leaves.
    Endless,
    /// Not even a status line, until the client leaves.
    Silent,
    /// The body is all that is sent, in place of a status line too.
    Raw,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), way: Way::Whole }
    }

    pub fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, body)
    }

    pub fn status(status: u16) -> Self {
        Self::new(status, "")
    }

    pub fn redirect(status: u16, to: impl Into<String>) -> Self {
        Self::status(status).header("Location", to)
    }

    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    fn by(mut self, way: Way) -> Self {
        self.way = way;
        self
    }

    pub fn cut(self, after: usize) -> Self {
        self.by(Way::Cut(after))
    }

    pub fn stuck(self, after: usize) -> Self {
        self.by(Way::Stuck(after))
    }

    pub fn in_chunks(self) -> Self {
        self.by(Way::Chunks { ended: true })
    }

    pub fn in_chunks_without_end(self) -> Self {
        self.by(Way::Chunks { ended: false })
    }

    pub fn until_closed(self) -> Self {
        self.by(Way::UntilClosed)
    }

    pub fn endless(self) -> Self {
        self.by(Way::Endless)
    }

    pub fn silent() -> Self {
        Self::status(200).by(Way::Silent)
    }

    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::ok(bytes).by(Way::Raw)
    }

    fn head(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} x\r\n", self.status);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        match self.way {
            Way::Whole | Way::Cut(_) | Way::Stuck(_) if self.status != 304 => {
                head += &format!("Content-Length: {}\r\n", self.body.len());
            }
            Way::Chunks { .. } => head += "Transfer-Encoding: chunked\r\n",
            _ => {}
        }
        (head + "\r\n").into_bytes()
    }

    /// Sends it; true if the connection can be used again.
    fn send(&self, stream: &mut TcpStream) -> std::io::Result<bool> {
        match self.way {
            Way::Silent => return wait_until_left(stream),
            Way::Raw => return stream.write_all(&self.body).map(|()| false),
            _ => stream.write_all(&self.head())?,
        }
        match self.way {
            Way::Whole => stream.write_all(&self.body).map(|()| true),
            Way::Cut(after) => stream.write_all(&self.body[..after]).map(|()| false),
            Way::Stuck(after) => {
                stream.write_all(&self.body[..after])?;
                wait_until_left(stream)
            }
            Way::Chunks { ended } => {
                for chunk in self.body.chunks(100) {
                    stream.write_all(format!("{:x}\r\n", chunk.len()).as_bytes())?;
                    stream.write_all(chunk)?;
                    stream.write_all(b"\r\n")?;
                }
                stream.write_all(if ended { b"0\r\n\r\n" } else { b"64\r\n" }).map(|()| ended)
            }
            Way::Endless => loop {
                stream.write_all(&self.body)?;
            },
            Way::UntilClosed | Way::Silent | Way::Raw => stream.write_all(&self.body).map(|()| false),
        }
    }
}

fn wait_until_left(stream: &mut TcpStream) -> std::io::Result<bool> {
    while stream.read(&mut [0; 64])? > 0 {}
    Ok(false)
}

/// What the server remembers.
#[derive(Default)]
struct Memory {
    asked: Vec<Asked>,
    streams: Vec<TcpStream>,
    /// By the name in the `Host` field: how many requests are being answered, and the most that ever were.
    busy: HashMap<String, (usize, usize)>,
}

/// A server that listens at a port of every loopback address until it is dropped.
pub struct Server {
    pub port: u16,
    memory: Arc<Mutex<Memory>>,
    ended: Arc<AtomicBool>,
}

impl Server {
    pub fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (memory, ended) = (Arc::<Mutex<Memory>>::default(), Arc::<AtomicBool>::default());
        let (answer, kept, is_over) = (Arc::new(answer), memory.clone(), ended.clone());
        thread::spawn(move || {
            for stream in listener.incoming().take_while(|_| !is_over.load(Ordering::SeqCst)).flatten() {
                let connection = {
                    let mut memory = kept.lock().unwrap();
                    memory.streams.push(stream.try_clone().unwrap());
                    memory.streams.len()
                };
                let (answer, kept) = (answer.clone(), kept.clone());
                thread::spawn(move || serve(stream, connection, &*answer, &kept));
            }
        });
        Self { port, memory, ended }
    }

    /// The address of a path at 127.0.0.1.
    pub fn url(&self, path: &str) -> String {
        self.url_at(1, path)
    }

    /// The same at another loopback address: another host for a client.
    pub fn url_at(&self, host: u8, path: &str) -> String {
        format!("http://127.0.0.{host}:{}{path}", self.port)
    }

    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// All requests, in the order in which they arrived.
    pub fn asked(&self) -> Vec<Asked> {
        self.memory.lock().unwrap().asked.clone()
    }

    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }

    /// How many connections were opened.
    pub fn connections(&self) -> usize {
        self.memory.lock().unwrap().streams.len()
    }

    /// The most requests that one host had to answer at the same time.
    pub fn most_at_once(&self) -> usize {
        self.memory.lock().unwrap().busy.values().map(|busy| busy.1).max().unwrap_or(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address());
        for stream in &self.memory.lock().unwrap().streams {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn serve(mut stream: TcpStream, connection: usize, answer: &dyn Fn(&Asked) -> Reply, memory: &Mutex<Memory>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some(asked) = read_request(&mut reader, connection) {
        let host = asked.header("host").unwrap_or_default().to_owned();
        {
            let mut memory = memory.lock().unwrap();
            memory.asked.push(asked.clone());
            let busy = memory.busy.entry(host.clone()).or_default();
            *busy = (busy.0 + 1, busy.1.max(busy.0 + 1));
        }
        let reply = answer(&asked);
        // Before it is sent: the next request may come as soon as the client has all of it.
        memory.lock().unwrap().busy.entry(host).or_default().0 -= 1;
        if !reply.send(&mut stream).unwrap_or(false) {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

fn read_request(reader: &mut impl BufRead, connection: usize) -> Option<Asked> {
    let mut lines = reader.lines();
    let path = lines.next()?.ok()?.split(' ').nth(1)?.to_owned();
    let mut headers = HashMap::new();
    for line in lines {
        let line = line.ok()?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Some(Asked { connection, path, headers })
}

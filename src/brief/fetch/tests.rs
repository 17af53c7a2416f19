//! Feeds fetched from a server on the loopback network that answers well and badly, checked by what it was asked.

#[path = "../../../tests/outside/http.rs"]
mod http;

use std::collections::BTreeMap;
use std::io::Write;
use std::net::TcpListener;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;

use flate2::Compression;
use flate2::write::GzEncoder;

use self::http::{Asked, Reply, Server};
use super::*;

const FEED: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour news</title><ttl>120</ttl>\
                    <item><title>Ferry hits pier</title></item></channel></rss>";
const DATE: &str = "Tue, 04 Mar 2031 06:00:00 GMT";

fn now() -> Timestamp {
    "2031-03-04T06:30:00Z".parse().unwrap()
}

/// Without gaps, and patient: the machine may be busy.
fn options() -> FetchOptions {
    FetchOptions { gap: Duration::ZERO, timeout: Duration::from_secs(30), ..FetchOptions::default() }
}

/// So short that what never comes is not waited for.
fn impatient() -> FetchOptions {
    FetchOptions { timeout: Duration::from_millis(50), ..options() }
}

fn request(url: String) -> Request {
    Request { url, state: FeedState::default() }
}

fn fetch_all(requests: Vec<Request>, options: &FetchOptions) -> Vec<Fetched> {
    let mut all = Vec::new();
    fetch(requests, options, now(), &AtomicBool::new(false), |fetched| all.push(fetched));
    all
}

fn fetch_one(request: Request, options: &FetchOptions) -> Fetched {
    let mut all = fetch_all(vec![request], options);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// What comes of a feed that is answered so.
fn outcome_of(reply: Reply, options: &FetchOptions) -> Outcome {
    let server = Server::start(move |_| reply.clone());
    let fetched = fetch_one(request(server.url("/feed")), options);
    assert_eq!(fetched.body.is_some(), matches!(fetched.outcome, Outcome::Fetched { .. }));
    fetched.outcome
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn fetched() -> Outcome {
    Outcome::Fetched { bytes: FEED.len() }
}

fn wait(fetched: &Fetched) -> i64 {
    fetched.state.not_before.unwrap().duration_since(now()).as_mins()
}

#[test]
fn a_feed_is_fetched_once_and_then_only_if_it_has_changed() {
    let server = Server::start(|asked: &Asked| match asked.header("if-none-match") {
        Some("W/\"a, b\"") => Reply::status(304).header("ETag", "W/\"a, b\""),
        _ => Reply::ok(FEED).header("ETag", "W/\"a, b\"").header("Last-Modified", "Tue, 4 march 2031"),
    });
    let options = FetchOptions { user_agent: user_agent(Some("mailto:ann@example.org\r\nX: y")), ..options() };
    let first = fetch_one(request(server.url("/feed?a=1")), &options);
    assert_eq!((first.outcome.clone(), first.body.as_deref()), (fetched(), Some(FEED.as_bytes())));
    assert_eq!((wait(&first), first.state.failures, first.state.last_success), (120, 0, Some(now())));

    let early = fetch_one(Request { url: first.url.clone(), state: first.state.clone() }, &options);
    assert_eq!(early.outcome, Outcome::NotDue { until: first.state.not_before.unwrap() });
    assert_eq!(early.state, first.state);

    let due = FeedState { not_before: Some(now()), ..first.state };
    let second = fetch_one(Request { url: first.url, state: due.clone() }, &options);
    assert_eq!((second.outcome, second.body), (Outcome::Unchanged, None));
    assert_eq!((second.state.etag, second.state.last_modified), (due.etag, due.last_modified));

    let asked = server.asked();
    assert_eq!(server.paths(), ["/feed?a=1", "/feed?a=1"]);
    assert_eq!((asked[0].header("if-none-match"), asked[0].header("if-modified-since")), (None, None));
    assert_eq!(asked[1].header("if-none-match"), Some("W/\"a, b\""));
    assert_eq!(asked[1].header("if-modified-since"), Some("Tue, 4 march 2031"));
    let agent = format!("epitome/{} (+mailto:ann@example.orgX: y)", env!("CARGO_PKG_VERSION"));
    assert_eq!(asked[0].header("user-agent"), Some(agent.as_str()));
    assert_eq!(asked[0].header("accept-encoding"), Some("gzip"));
}

#[test]
fn a_feed_with_the_same_bytes_is_unchanged_though_its_server_does_not_say_so() {
    let server = Server::start(|_| Reply::ok(FEED));
    let first = fetch_one(request(server.url("/")), &options());
    let due = FeedState { not_before: None, ..first.state };
    let second = fetch_one(Request { url: first.url, state: due }, &options());
    assert_eq!((second.outcome, second.body), (Outcome::Unchanged, None));
}

#[test]
fn a_304_to_an_unconditional_request_is_no_answer() {
    assert_eq!(outcome_of(Reply::status(304), &options()), Outcome::Refused { status: 304 });
}

#[test]
fn an_address_that_has_moved_for_good_is_remembered_unless_a_part_of_the_way_is_for_now() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/old" => Reply::redirect(301, "older?x=1#top"),
        "/older?x=1" => Reply::redirect(308, "//127.0.0.1:PORT/feed".replace("PORT", &asked.headers["host"][10..])),
        "/now" => Reply::redirect(302, "/feed"),
        "/mixed" => Reply::redirect(301, "/seven"),
        "/seven" => Reply::redirect(307, "/feed"),
        "/page" => Reply::redirect(301, "/login"),
        "/login" => Reply::ok("<!doctype html><p>Sign in"),
        _ => Reply::ok(FEED),
    });
    let moved = fetch_one(request(server.url("/old")), &options());
    assert_eq!(moved.outcome, fetched());
    assert_eq!(moved.state.moved_to, Some(server.url("/feed")));
    assert_eq!(moved.notes, [format!("moved for good to {}", server.url("/feed"))]);
    for path in ["/now", "/mixed", "/feed"] {
        let fetched_there = fetch_one(request(server.url(path)), &options());
        assert_eq!((fetched_there.outcome, fetched_there.state.moved_to), (fetched(), None), "{path}");
    }
    let page = fetch_one(request(server.url("/page")), &options());
    assert_eq!((page.outcome, page.state.moved_to), (Outcome::NotAFeed { what: "a web page".to_owned() }, None));

    let due = FeedState { not_before: None, body_sha256: None, ..moved.state };
    let asked_before = server.asked().len();
    assert_eq!(fetch_one(Request { url: moved.url, state: due }, &options()).outcome, fetched());
    assert_eq!(server.paths()[asked_before..], ["/feed"]);
}

#[test]
fn a_move_that_was_a_mistake_is_forgotten() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/gone" => Reply::status(410),
        _ => Reply::ok(FEED),
    });
    let state = FeedState { moved_to: Some(server.url("/gone")), ..FeedState::default() };
    let lost = fetch_one(Request { url: server.url("/feed"), state }, &options());
    assert_eq!((lost.outcome, lost.state.moved_to, lost.state.gone), (Outcome::Gone, None, false));
}

#[test]
fn redirects_without_an_end_are_left_and_none_goes_to_another_kind_of_address() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/a" => Reply::redirect(302, "/b"),
        "/b" => Reply::redirect(302, "/a"),
        "/file" => Reply::redirect(301, "file:///etc/hosts"),
        "/lost" => Reply::status(301),
        _ => Reply::redirect(301, format!("{}x", asked.path)),
    });
    let outcome = |path: &str| fetch_one(request(server.url(path)), &options()).outcome;
    assert_eq!(outcome("/a"), Outcome::TooManyRedirects);
    assert_eq!(server.asked().len(), 6);
    assert_eq!(outcome("/x"), Outcome::TooManyRedirects);
    assert!(matches!(outcome("/file"), Outcome::BadAddress { .. }));
    assert_eq!(outcome("/lost"), Outcome::Refused { status: 301 });
}

#[test]
fn no_redirect_leads_into_the_local_network() {
    let inside = Server::start(|_| Reply::ok(FEED));
    let to = inside.url("/feed");
    let outside = Server::start(move |_| Reply::redirect(302, to.clone()));
    assert_eq!(fetch_one(request(outside.url("/feed")), &options()).outcome, Outcome::LocalNetwork);
    assert_eq!(inside.connections(), 0);
    let open = FetchOptions { local_network: true, ..options() };
    assert_eq!(fetch_one(request(outside.url("/feed")), &open).outcome, fetched());
}

#[test]
fn no_name_leads_into_the_local_network_either() {
    let server = Server::start(|_| Reply::ok(FEED));
    let (address, asked) = (server.address(), Arc::new(Mutex::new(Vec::new())));
    let names = asked.clone();
    let lookup: Lookup = Arc::new(move |name, _| {
        names.lock().unwrap().push(name.to_owned());
        if name.starts_with("no.") { Ok(Vec::new()) } else { Ok(vec![address]) }
    });
    let options = FetchOptions { lookup: Some(lookup), ..options() };
    let outcome = |host: &str| fetch_one(request(format!("http://{host}:{}/", address.port())), &options).outcome;
    assert_eq!(outcome("feeds.example.org"), Outcome::LocalNetwork);
    assert_eq!(outcome("no.example.org"), Outcome::NameNotFound);
    assert_eq!(server.connections(), 0);
    assert_eq!(outcome("nas.local"), fetched());
    assert_eq!(*asked.lock().unwrap(), ["feeds.example.org", "no.example.org", "nas.local"]);
}

#[test]
fn what_is_gone_for_good_is_not_asked_for_again() {
    let server = Server::start(|_| Reply::status(410));
    let gone = fetch_one(request(server.url("/feed")), &options());
    assert_eq!((gone.outcome.clone(), gone.state.gone), (Outcome::Gone, true));
    assert!(gone.outcome.to_string().contains("take it out"));
    let again = fetch_one(Request { url: gone.url, state: gone.state.clone() }, &options());
    assert_eq!((again.outcome, again.state), (Outcome::Disabled, gone.state));
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_server_that_wants_rest_gets_it_for_all_of_its_feeds() {
    let in_hours = |value: &'static str| {
        let server = Server::start(move |_| Reply::status(429).header("Retry-After", value));
        let all = fetch_all(vec![request(server.url("/1")), request(server.url("/2"))], &options());
        assert_eq!(server.paths(), ["/1"]);
        assert_eq!(all[1].notes.len(), 1);
        for fetched in &all {
            assert_eq!(fetched.outcome, Outcome::RateLimited { until: fetched.state.not_before.unwrap() });
        }
        assert_eq!(wait(&all[0]), wait(&all[1]), "{value}");
        wait(&all[0]) / 60
    };
    assert_eq!(in_hours("18000"), 5);
    assert_eq!(in_hours("Tue, 04 Mar 2031 09:30:00 GMT"), 3);
    assert_eq!(in_hours("soon"), 1);
}

#[test]
fn a_feed_that_fails_is_asked_for_less_and_less_until_it_does_not() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/503" => Reply::status(503).header("Retry-After", "36000"),
        "/404" => Reply::status(404),
        "/fine" => Reply::ok(FEED).header("Cache-Control", "max-age=10800"),
        _ => Reply::status(500),
    });
    let failed = fetch_one(request(server.url("/500")), &options());
    assert_eq!(
        (failed.outcome, failed.state.failures, wait(&fetch_one(request(server.url("/500")), &options()))),
        (Outcome::ServerError { status: 500 }, 1, 60)
    );
    let again = FeedState { not_before: None, ..failed.state };
    let again = fetch_one(Request { url: failed.url, state: again }, &options());
    assert_eq!((again.state.failures, wait(&again), again.state.last_success), (2, 120, None));
    let busy = fetch_one(request(server.url("/503")), &options());
    assert_eq!((busy.outcome.clone(), wait(&busy)), (Outcome::ServerError { status: 503 }, 600));
    assert_eq!(fetch_one(request(server.url("/404")), &options()).outcome, Outcome::Refused { status: 404 });
    let state = FeedState { failures: 7, ..FeedState::default() };
    let fine = fetch_one(Request { url: server.url("/fine"), state }, &options());
    assert_eq!((fine.state.failures, wait(&fine)), (0, 180));
}

#[test]
fn a_body_that_breaks_off_is_not_taken_for_whole() {
    let big = format!("{FEED}{}", " ".repeat(50_000));
    assert_eq!(outcome_of(Reply::ok(&*big).cut(30_000), &options()), Outcome::CutOff);
    assert_eq!(outcome_of(Reply::ok(FEED).in_chunks_without_end(), &options()), Outcome::CutOff);
    let packed = gzip(big.as_bytes());
    let half = Reply::ok(&packed[..packed.len() / 2]).header("Content-Encoding", "gzip");
    assert_eq!(outcome_of(half.clone(), &options()), Outcome::CutOff);
    assert_eq!(outcome_of(half.until_closed(), &options()), Outcome::CutOff);
    assert_eq!(outcome_of(Reply::ok(&packed[..packed.len() / 2]), &options()), Outcome::CutOff);
    assert_eq!(outcome_of(Reply::raw(""), &options()), Outcome::CutOff);
    assert_eq!(outcome_of(Reply::raw("HTTP/1.1 200 OK\r\nContent-Le"), &options()), Outcome::CutOff);
}

#[test]
fn a_body_comes_whole_however_it_is_sent() {
    assert_eq!(outcome_of(Reply::ok(FEED).in_chunks(), &options()), fetched());
    assert_eq!(outcome_of(Reply::ok(FEED).until_closed(), &options()), fetched());
    let packed = gzip(FEED.as_bytes());
    assert_eq!(outcome_of(Reply::ok(&*packed).header("Content-Encoding", "gzip"), &options()), fetched());
    assert_eq!(outcome_of(Reply::ok(&*packed).header("Content-Encoding", "gzip").in_chunks(), &options()), fetched());
    // A file that is packed, and sent as it is.
    assert_eq!(outcome_of(Reply::ok(&*packed).header("Content-Type", "application/gzip"), &options()), fetched());
    let twice = Reply::ok(gzip(&packed)).header("Content-Encoding", "gzip");
    assert_eq!(outcome_of(twice, &options()), fetched());
}

#[test]
fn what_cannot_be_read_is_damaged() {
    let is_damaged = |reply: Reply| matches!(outcome_of(reply, &options()), Outcome::Damaged { .. });
    assert!(is_damaged(Reply::ok(FEED).header("Content-Encoding", "gzip")));
    assert!(is_damaged(Reply::ok(FEED).header("Content-Encoding", "br")));
    assert!(is_damaged(Reply::raw("SSH-2.0-x\r\n\r\n")));
    assert!(is_damaged(Reply::ok("").header("X", "x".repeat(100_000))));
    let mut bent = gzip(FEED.as_bytes());
    let last = bent.len() - 6;
    bent[last] ^= 1;
    assert!(is_damaged(Reply::ok(&*bent).header("Content-Encoding", "gzip")));
    assert!(is_damaged(Reply::ok(bent)));
}

#[test]
fn what_is_too_large_is_left_packed_or_not() {
    let options = FetchOptions { max_size: 10_000, ..options() };
    let too_large = Outcome::TooLarge { limit: 10_000 };
    let big = format!("{FEED}{}", " ".repeat(20_000_000));
    let bomb = gzip(big.as_bytes());
    assert!(bomb.len() > 10_000 && gzip(&bomb).len() < 10_000);
    let small_bomb = gzip(&big.as_bytes()[..5_000_000]);
    assert!(small_bomb.len() < 10_000);
    assert_eq!(outcome_of(Reply::ok(&*big), &options), too_large);
    assert_eq!(outcome_of(Reply::ok(FEED).endless(), &options), too_large);
    assert_eq!(outcome_of(Reply::ok(&*small_bomb), &options), too_large);
    assert_eq!(outcome_of(Reply::ok(&*small_bomb).header("Content-Encoding", "gzip"), &options), too_large);
    assert_eq!(outcome_of(Reply::ok(gzip(&bomb)).header("Content-Encoding", "gzip"), &options), too_large);
    assert_eq!(outcome_of(Reply::ok(&big[..10_000]), &options), Outcome::Fetched { bytes: 10_000 });
    assert_eq!(outcome_of(Reply::ok(&big[..10_001]), &options), too_large);
}

#[test]
fn what_a_server_calls_it_does_not_make_it_a_feed_or_none() {
    let called = |kind: &str, body: &[u8]| outcome_of(Reply::ok(body).header("Content-Type", kind), &options());
    assert_eq!(called("text/html", FEED.as_bytes()), fetched());
    assert_eq!(called("text/plain; charset=utf-8", FEED.as_bytes()), fetched());
    assert_eq!(called("image/png", FEED.as_bytes()), fetched());
    let not_a_feed = |what: &str| Outcome::NotAFeed { what: what.to_owned() };
    assert_eq!(called("application/rss+xml", b"<!DOCTYPE html><title>x"), not_a_feed("a web page"));
    assert_eq!(called("application/rss+xml", b"\x89PNG\r\n\x1a\n"), not_a_feed("an image"));
    assert_eq!(called("application/rss+xml", b""), not_a_feed("an empty answer"));
    assert_eq!(called("text/xml", b"Not yet."), not_a_feed("text without a feed in it"));
}

#[test]
fn what_never_comes_is_not_waited_for() {
    assert_eq!(outcome_of(Reply::silent(), &impatient()), Outcome::TimedOut);
    assert_eq!(outcome_of(Reply::ok(FEED).stuck(50), &impatient()), Outcome::TimedOut);
    // Nobody listens any more where somebody did.
    let port = TcpListener::bind("127.0.0.9:0").unwrap().local_addr().unwrap().port();
    let closed = fetch_one(request(format!("http://127.0.0.9:{port}/")), &options());
    assert_eq!(closed.outcome, Outcome::ConnectionFailed);
}

#[test]
fn a_host_that_is_silent_twice_is_not_waited_for_again() {
    let server = Server::start(|_| Reply::silent());
    let all = fetch_all((0..9).map(|n| request(server.url(&format!("/{n}")))).collect(), &impatient());
    assert!(all.iter().all(|fetched| fetched.outcome == Outcome::TimedOut && fetched.state.failures == 1));
    assert!(server.connections() <= 2);
    assert_eq!(all.iter().filter(|fetched| !fetched.notes.is_empty()).count(), 7);
}

#[test]
fn a_host_is_asked_in_order_by_one_connection_and_hosts_side_by_side() {
    let server = Server::start(|_| Reply::ok(FEED));
    let url = |n: usize| server.url_at(1 + (n % 3) as u8, &format!("/{n}"));
    let all = fetch_all((0..30).map(|n| request(url(n))).collect(), &options());
    assert!(all.iter().all(|one| one.outcome == fetched()));
    assert_eq!((server.most_at_once(), server.connections()), (1, 3));
    let mut by_host = BTreeMap::<String, Vec<usize>>::new();
    for asked in server.asked() {
        by_host.entry(asked.headers["host"].clone()).or_default().push(asked.path[1..].parse().unwrap());
    }
    assert!(by_host.values().all(|paths| paths.len() == 10 && paths.is_sorted()));
}

#[test]
fn a_password_goes_to_its_server_and_into_no_message() {
    let other = Server::start(|_| Reply::ok(FEED));
    let to = other.url("/feed");
    let server = Server::start(move |asked: &Asked| match asked.path.as_str() {
        "/feed" => Reply::redirect(301, "/other"),
        "/other" => Reply::redirect(301, to.clone()),
        _ => Reply::status(404),
    });
    let with_password = |path: &str| server.url(path).replace("http://", "http://ann:s3cret@");
    let open = FetchOptions { local_network: true, ..options() };
    let moved = fetch_one(request(with_password("/feed")), &open);
    assert_eq!(moved.outcome, fetched());
    let passwords: Vec<Option<String>> =
        server.asked().iter().map(|asked| asked.header("authorization").map(str::to_owned)).collect();
    assert_eq!(passwords, [Some("Basic YW5uOnMzY3JldA==".to_owned()), Some("Basic YW5uOnMzY3JldA==".to_owned())]);
    assert_eq!(other.asked()[0].header("authorization"), None);
    let lost = fetch_one(request(with_password("/none")), &open);
    for told in [moved, lost] {
        let said = format!("{} {:?} {:?} {}", told.outcome, told.notes, told.state, without_credentials(&told.url));
        assert!(!said.contains("s3cret") && !said.contains("YW5u"), "{said}");
    }
}

#[test]
fn offline_means_that_no_name_is_looked_up_and_no_connection_opened() {
    let server = Server::start(|_| Reply::ok(FEED));
    let looked_up = Arc::new(AtomicUsize::new(0));
    let counter = looked_up.clone();
    let lookup: Lookup = Arc::new(move |_, _| {
        counter.fetch_add(1, Ordering::SeqCst);
        Ok(Vec::new())
    });
    let options = FetchOptions { offline: true, lookup: Some(lookup), ..options() };
    let urls = [server.url("/feed"), "https://example.org/feed".to_owned()];
    let all = fetch_all(urls.clone().map(request).to_vec(), &options);
    assert!(all.iter().all(|fetched| fetched.outcome == Outcome::Offline && fetched.state == FeedState::default()));
    fetch_pages(urls.to_vec(), &options, now(), &AtomicBool::new(false), |page| {
        assert_eq!(page.outcome, Outcome::Offline)
    });
    assert_eq!((server.connections(), looked_up.load(Ordering::SeqCst)), (0, 0));
}

#[test]
fn what_is_called_off_ends_soon_and_leaves_everything_as_it_was() {
    let stop = Arc::new(AtomicBool::new(false));
    let called_off = stop.clone();
    let server = Server::start(move |asked: &Asked| match asked.path.as_str() {
        "/0" => Reply::ok(FEED),
        _ => {
            called_off.store(true, Ordering::Relaxed);
            Reply::ok(FEED).stuck(10)
        }
    });
    let began = Instant::now();
    let mut outcomes = BTreeMap::new();
    let requests = (0..5).map(|n| request(server.url(&format!("/{n}")))).collect();
    fetch(requests, &options(), now(), &stop, |fetched| {
        assert!(fetched.outcome != Outcome::Interrupted || fetched.state == FeedState::default());
        outcomes.insert(fetched.url, fetched.outcome);
    });
    let outcomes: Vec<Outcome> = outcomes.into_values().collect();
    assert_eq!(outcomes[0], fetched());
    assert_eq!(outcomes[1..], vec![Outcome::Interrupted; 4]);
    assert!(began.elapsed() < options().timeout);
}

#[test]
fn a_page_is_fetched_where_its_server_allows_it() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/robots.txt" if asked.headers["host"].starts_with("127.0.0.2") => Reply::status(503),
        "/robots.txt" if asked.headers["host"].starts_with("127.0.0.3") => Reply::status(404),
        "/robots.txt" => Reply::ok("User-agent: *\nDisallow: /\n\nUser-agent: epitome\nDisallow: /paid"),
        "/news/image" => Reply::ok("\x7f\0\0"),
        "/news/sent" => Reply::redirect(302, "/paid/1"),
        _ => Reply::ok("<!doctype html><p>The ferry hit the pier."),
    });
    let open = FetchOptions { local_network: true, ..options() };
    let mut outcomes = BTreeMap::new();
    let pages = [(1, "/news/1"), (1, "/paid/1"), (1, "/news/image"), (2, "/news/1"), (3, "/news/1")];
    let urls = pages.map(|(host, path)| server.url_at(host, path)).to_vec();
    fetch_pages(urls.clone(), &open, now(), &AtomicBool::new(false), |page| {
        outcomes.insert(page.url, page.outcome);
    });
    let of = |number: usize| outcomes[&urls[number]].clone();
    assert!(matches!(of(0), Outcome::Fetched { .. }) && matches!(of(4), Outcome::Fetched { .. }), "{outcomes:?}");
    assert_eq!((of(1), of(3)), (Outcome::Robots, Outcome::Robots));
    assert_eq!(of(2), Outcome::NotAPage { what: "no text".to_owned() });
    assert_eq!(server.paths().iter().filter(|path| *path == "/robots.txt").count(), 3);
    assert!(!server.paths().contains(&"/paid/1".to_owned()));
}

#[test]
fn a_page_leads_only_where_the_rules_of_the_host_there_allow_it() {
    let server = Server::start(|asked: &Asked| {
        let (_, port) = asked.headers["host"].split_once(':').unwrap();
        match asked.path.as_str() {
            "/robots.txt" => Reply::ok("User-agent: *\nDisallow: /paid"),
            "/inside" => Reply::redirect(301, "/paid/1"),
            "/astray" => Reply::redirect(302, "/inside"),
            "/outside" => Reply::redirect(302, format!("http://127.0.0.2:{port}/paid/2")),
            "/open" => Reply::redirect(302, format!("http://127.0.0.3:{port}/free")),
            _ => Reply::ok("<!doctype html><p>The ferry hit the pier."),
        }
    });
    let open = FetchOptions { local_network: true, ..options() };
    let mut outcomes = BTreeMap::new();
    let urls = ["/inside", "/astray", "/outside", "/open"].map(|path| server.url(path)).to_vec();
    fetch_pages(urls.clone(), &open, now(), &AtomicBool::new(false), |page| {
        outcomes.insert(page.url, page.outcome);
    });
    for forbidden in &urls[..3] {
        assert_eq!(outcomes[forbidden], Outcome::Robots, "{forbidden}");
    }
    assert!(matches!(outcomes[&urls[3]], Outcome::Fetched { .. }), "{outcomes:?}");
    let asked: Vec<String> =
        server.asked().iter().map(|asked| format!("{}{}", &asked.headers["host"][..9], asked.path)).collect();
    let expected = [
        "127.0.0.1/robots.txt",
        "127.0.0.1/inside",
        "127.0.0.1/astray",
        "127.0.0.1/inside",
        "127.0.0.1/outside",
        "127.0.0.2/robots.txt",
        "127.0.0.1/open",
        "127.0.0.3/robots.txt",
        "127.0.0.3/free",
    ];
    assert_eq!(asked, expected, "nothing is asked that is forbidden, and no rules twice");
}

#[test]
fn a_page_in_the_local_network_is_not_asked_for() {
    let server = Server::start(|_| Reply::ok("<!doctype html>"));
    fetch_pages(vec![server.url("/admin")], &options(), now(), &AtomicBool::new(false), |page| {
        assert_eq!(page.outcome, Outcome::LocalNetwork);
    });
    assert_eq!(server.connections(), 0);
}

#[test]
fn addresses_that_cannot_be_asked_are_told_from_those_that_do_not_answer() {
    let outcome = |url: &str| fetch_one(request(url.to_owned()), &options()).outcome;
    for url in ["", "example.org/feed", "ftp://example.org/", "http://", "https://ann:x@/"] {
        assert!(matches!(outcome(url), Outcome::BadAddress { .. }), "{url}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let without_tls = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        io::copy(&mut stream, &mut io::sink())
    });
    assert_eq!(outcome(&format!("https://{without_tls}/")), Outcome::TlsFailed);
}

#[test]
fn two_hundred_hosts_are_asked_in_no_time() {
    let entry = "<item><title>Ferry hits pier</title><description>The ferry hit the pier.</description></item>";
    let feed = format!("<rss version=\"2.0\"><channel>{}</channel></rss>", entry.repeat(10));
    let bytes = feed.len();
    let server = Server::start(move |_| Reply::ok(&*feed).header("Last-Modified", DATE));
    let began = Instant::now();
    let all = fetch_all((1..=200).map(|host| request(server.url_at(host, "/feed"))).collect(), &options());
    assert!(all.iter().all(|fetched| fetched.outcome == Outcome::Fetched { bytes }));
    assert_eq!(all.len(), 200);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}, on a machine that may be busy", began.elapsed());
    println!("200 feeds in {:?}", began.elapsed());
}

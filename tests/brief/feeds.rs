//! Feeds of servers that behave well and badly: what comes of each, and that one spoils nothing for the others.

use std::io::Write;
use std::net::TcpListener;

use jiff::Timestamp;

use crate::desk::{Desk, FETCH, FILES, FOLDER, Item, Web, an_hour_ago, feeds, item, outcome, rss};
use crate::http::Reply;
use crate::outside::{DAM, FERRY, PIER, ended, says, stderr, stdout};

const FAIR: &str = "The spring fair of Brim opens on Friday with nine boats from abroad.";

#[test]
fn a_feed_that_has_not_changed_is_asked_by_what_its_server_said_of_it() {
    let web = Web::start();
    let etag = "W/\"a, b \\ c\"";
    let changed = "Tue, 4 Mar 2031 06:30:00 GMT";
    let reply = || Reply::ok(rss(&[item("ferry", FERRY)])).header("ETag", etag).header("Last-Modified", changed);
    web.gives("/news.xml", reply());
    let url = web.server.url("/news.xml");
    let desk = Desk::of_feeds(std::slice::from_ref(&url));
    desk.runs_well(&[]);
    assert!(outcome(&desk.latest(), &url).starts_with("fetched, "));
    web.gives("/news.xml", Reply::status(304));
    says(&desk.run(&["--verbose"]), 0, "nothing new since");
    let asked = web.server.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0].header("if-none-match"), None);
    assert_eq!((asked[1].header("if-none-match"), asked[1].header("if-modified-since")), (Some(etag), Some(changed)));
    assert!(asked[1].header("user-agent").unwrap().starts_with("epitome/"));
}

#[test]
fn a_feed_is_asked_no_oftener_than_it_may_be() {
    let (web, url) = Web::of_feed("/news.xml", &[item("ferry", FERRY)]);
    let desk = Desk::new(&["[fetch]\nlocal_network = true\n", &feeds("News", std::slice::from_ref(&url)), FILES]);
    desk.runs_well(&[]);
    says(&desk.run(&["--verbose"]), 0, "not asked again before");
    assert_eq!(web.server.asked().len(), 1);
}

#[test]
fn a_feed_that_has_moved_for_good_is_asked_where_it_is() {
    let web = Web::start();
    let (old, new) = (web.server.url_at(1, "/old.xml"), web.server.url_at(2, "/new.xml"));
    web.gives("/old.xml", Reply::redirect(301, &new));
    web.gives("/new.xml", Reply::ok(rss(&[item("ferry", FERRY)])));
    let desk = Desk::of_feeds(std::slice::from_ref(&old));
    desk.runs_well(&[]);
    assert!(outcome(&desk.latest(), &old).ends_with(&format!("; moved for good to {new}")));
    assert!(desk.read("editions/latest.txt").contains("moved for good to"));
    web.gives("/new.xml", Reply::ok(rss(&[item("dam", DAM)])));
    desk.runs_well(&[]);
    assert_eq!(web.server.paths(), ["/old.xml", "/new.xml", "/new.xml"]);
    assert!(desk.told().iter().all(|quote| DAM.contains(quote)));
}

#[test]
fn a_feed_that_is_gone_for_good_is_said_to_be_and_not_asked_again() {
    let (web, good) = Web::of_feed("/news.xml", &[item("ferry", FERRY)]);
    web.gives("/gone.xml", Reply::status(410));
    let gone = web.server.url_at(2, "/gone.xml");
    let desk = Desk::of_feeds(&[good, gone.clone()]);
    says(&desk.run(&[]), 3, &format!("{gone}: gone for good (410)"));
    assert!(outcome(&desk.latest(), &gone).starts_with("gone for good (410)"));
    web.gives("/news.xml", Reply::ok(rss(&[item("dam", DAM)])));
    desk.runs_well(&[]);
    assert!(outcome(&desk.latest(), &gone).starts_with("gone for good the last time"));
    assert!(desk.read("editions/latest.txt").contains(&gone), "its reader is told again");
    assert_eq!(web.server.paths().iter().filter(|path| *path == "/gone.xml").count(), 1);
}

#[test]
fn a_feed_that_wants_to_rest_is_left_alone() {
    let (web, good) = Web::of_feed("/news.xml", &[item("ferry", FERRY)]);
    web.gives("/busy.xml", Reply::status(429).header("Retry-After", "7200"));
    let busy = web.server.url_at(2, "/busy.xml");
    let desk = Desk::of_feeds(&[good, busy.clone()]);
    let before = Timestamp::now();
    says(&desk.run(&[]), 3, &format!("{busy}: asked too often (429); not asked again before "));
    let said = outcome(&desk.latest(), &busy);
    let minute = said.rsplit("before ").next().unwrap().trim_end_matches(" UTC");
    let until: Timestamp = format!("{minute}:00Z").parse().unwrap();
    let rest = until.duration_since(before).as_mins();
    assert!((118..=121).contains(&rest), "{said}, {rest} minutes");
    web.gives("/news.xml", Reply::ok(rss(&[item("dam", DAM)])));
    says(&desk.run(&[]), 3, &format!("{busy}: failed the last time; not asked again before "));
    assert!(outcome(&desk.latest(), &busy).contains("not asked again before "));
    assert_eq!(web.server.paths().iter().filter(|path| *path == "/busy.xml").count(), 1);
}

/// A page of nothing, packed: a thousand times as long as it looks.
fn bomb() -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&vec![b' '; 4 << 20]).unwrap();
    packer.finish().unwrap()
}

#[test]
fn each_bad_feed_has_its_outcome_and_the_good_one_its_articles() {
    let web = Web::start();
    let feed = rss(&[item("dam", DAM)]);
    let page = "<!doctype html><html><body><p>Welcome to Brim.</p></body></html>";
    let circle = web.server.url_at(9, "/circle");
    let cases = [
        ("/silent", Reply::silent(), "took too long"),
        ("/stuck", Reply::ok(feed.clone()).stuck(200), "took too long"),
        ("/cut", Reply::ok(feed.clone()).cut(200), "broke off"),
        ("/bomb", Reply::ok(bomb()).header("Content-Encoding", "gzip"), "larger than 65536 bytes"),
        ("/broken", Reply::ok("What is here was never packed.").header("Content-Encoding", "gzip"), "damaged"),
        ("/page", Reply::ok(page).header("Content-Type", "application/rss+xml"), "not a feed, but a web page"),
        ("/words", Reply::ok("Nothing today."), "not a feed, but text"),
        ("/circle", Reply::redirect(302, circle), "without an end"),
        ("/missing", Reply::status(404), "refused (404, not found)"),
        ("/down", Reply::status(503), "503"),
        ("/garbage", Reply::raw("\0\0\0"), ""),
    ];
    let mut urls = Vec::new();
    for (host, (path, reply, _)) in (2..).zip(&cases) {
        web.gives(path, reply.clone());
        urls.push(web.server.url_at(host, path));
    }
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    urls.push(format!("http://127.0.0.14:{closed}/news.xml"));
    let good = web.server.url("/news.xml");
    web.gives("/news.xml", Reply::ok(rss(&[item("ferry", FERRY)])));
    let all = [&urls[..], std::slice::from_ref(&good)].concat();
    let desk = Desk::new(&[FETCH, "max_size = '64K'\ntimeout = '1500ms'\n", &feeds("News", &all), FILES]);
    let output = desk.run(&[]);
    let said = ended(&output, 3);
    let edition = desk.latest();
    let expected = cases.iter().map(|(_, _, expected)| *expected).chain(["the host takes no connection"]);
    for (url, expected) in urls.iter().zip(expected) {
        let outcome = outcome(&edition, url);
        assert!(outcome.contains(expected), "{url}: {outcome:?}");
        assert!(stderr(&output).contains(&format!("epitome: {url}: {outcome}\n")), "{url}: {said}");
        assert!(desk.read("editions/latest.txt").contains(url.as_str()), "{url}");
    }
    assert_eq!(stderr(&output).lines().count(), urls.len(), "{said}");
    assert!(outcome(&edition, &good).starts_with("fetched, "));
    let told = desk.told();
    assert!(!told.is_empty() && told.iter().all(|quote| FERRY.contains(quote)), "{told:?}");
}

#[test]
fn where_nothing_could_be_read_there_is_no_edition_and_no_peace() {
    let web = Web::start();
    let urls = [web.server.url_at(1, "/missing.xml"), web.server.url_at(2, "/missing.xml")];
    let desk = Desk::of_feeds(&urls);
    let output = desk.run(&[]);
    says(&output, 1, "no source could be read");
    assert_eq!(stderr(&output).lines().count(), 3, "{}", stderr(&output));
    assert_eq!(desk.editions("editions"), [""; 0]);
    web.gives("/missing.xml", Reply::ok(rss(&[item("ferry", FERRY)])));
    desk.runs_well(&[]);
    assert!(!desk.told().is_empty());
}

#[test]
fn offline_no_connection_is_opened() {
    let (web, url) = Web::of_feed("/news.xml", &[item("ferry", FERRY)]);
    let desk = Desk::new(&[FETCH, FOLDER, &feeds("Web", std::slice::from_ref(&url)), FILES]);
    desk.article("dam", DAM);
    desk.runs_well(&["--offline"]);
    assert_eq!(web.server.connections(), 0);
    assert_eq!(outcome(&desk.latest(), &url), "not asked: offline");
    assert!(desk.told().iter().all(|quote| DAM.contains(quote)));
    // What a feed says now was not there at another time.
    desk.runs_well(&["--as-of", "2099-03-05"]);
    assert_eq!(web.server.connections(), 0);
}

#[test]
fn an_article_of_two_feeds_is_one() {
    let web = Web::start();
    let urls = ["/first.xml", "/second.xml"].map(|path| web.server.url(path));
    for path in ["/first.xml", "/second.xml"] {
        web.gives(path, Reply::ok(rss(&[item("ferry", FERRY)])));
    }
    let desk = Desk::of_feeds(&urls);
    desk.runs_well(&[]);
    let edition = desk.latest();
    assert_eq!((edition.status.articles, edition.stories().next().unwrap().articles), (1, 1));
    desk.runs_well(&[]);
    assert_eq!(desk.editions("editions").len(), 1);
}

#[test]
fn a_changed_text_of_the_same_guid_is_told_by_its_new_sentence() {
    let (web, url) = Web::of_feed("/news.xml", &[item("ferry", FERRY)]);
    let desk = Desk::of_feeds(&[url]);
    desk.runs_well(&[]);
    let fact = "The harbour authority reopened the east pier on Thursday after divers had looked at it.";
    web.gives("/news.xml", Reply::ok(rss(&[item("ferry", &format!("{FERRY} {fact}"))])));
    desk.runs_well(&[]);
    assert_eq!(desk.told(), [fact]);
    // The same items in a feed with other bytes are no news.
    web.gives("/news.xml", Reply::ok(rss(&[item("ferry", &format!("{FERRY} {fact}"))]) + "<!-- later -->"));
    says(&desk.run(&["--verbose"]), 0, "nothing new since");
    assert_eq!(desk.editions("editions").len(), 2);
}

#[test]
fn an_item_without_a_date_is_told_behind_those_of_today() {
    let undated = Item { published: None, ..item("fair", FAIR) };
    let (_web, url) = Web::of_feed("/news.xml", &[undated, item("ferry", FERRY), item("pier", PIER)]);
    let desk = Desk::of_feeds(&[url]);
    desk.runs_well(&[]);
    let edition = desk.latest();
    assert_eq!(edition.status.undated, 1);
    assert_eq!(edition.stories().last().unwrap().title, "On fair");
    assert!(desk.read("editions/latest.txt").contains("; undated"), "{}", desk.read("editions/latest.txt"));
    assert!(desk.told().contains(&FAIR.to_owned()));
}

#[test]
fn an_item_that_is_older_than_the_window_is_passed_over() {
    let old = Item { published: Some("2001-03-05T06:30:00Z".parse().unwrap()), ..item("fair", FAIR) };
    let (_web, url) = Web::of_feed("/news.xml", &[old, item("ferry", FERRY)]);
    let desk = Desk::of_feeds(&[url]);
    desk.runs_well(&[]);
    assert_eq!(desk.latest().status.older, 1);
    assert!(!desk.told().contains(&FAIR.to_owned()));
}

#[test]
fn a_login_in_an_address_is_refused_and_printed_nowhere() {
    let desk = Desk::of_feeds(&["https://ada:open-sesame@example.org/news.xml".to_owned()]);
    let output = desk.run(&[]);
    says(&output, 2, "the address has a login in it");
    assert!(!ended(&output, 2).contains("sesame"));

    // One that a server sends its reader to is not kept, either.
    let web = Web::start();
    let inner = format!("http://ada:open-sesame@127.0.0.2:{}/inner.xml", web.server.port);
    web.gives("/news.xml", Reply::redirect(301, inner));
    web.gives("/inner.xml", Reply::ok(rss(&[item("ferry", FERRY)])));
    desk.configure(&[FETCH, &feeds("News", &[web.server.url("/news.xml")]), FILES]);
    let output = desk.run(&["--verbose"]);
    assert!(!ended(&output, 0).contains("sesame"));
    for (path, bytes) in desk.files() {
        let has = bytes.windows(6).any(|bytes| bytes == b"sesame");
        assert!(!has, "{}", path.display());
    }
}

#[test]
fn what_a_dry_run_fetches_is_fetched_again() {
    let web = Web::start();
    web.gives("/news.xml", Reply::ok(rss(&[item("ferry", FERRY)])).header("ETag", "\"a\""));
    let desk = Desk::of_feeds(&[web.server.url("/news.xml")]);
    let dry = desk.run(&["--dry-run"]);
    says(&dry, 0, "");
    assert!(stdout(&dry).contains("187 people") && !desk.path("state").exists());
    desk.runs_well(&[]);
    let asked: Vec<bool> = web.server.asked().iter().map(|asked| asked.header("if-none-match").is_some()).collect();
    assert_eq!(asked, [false, false]);
    assert!(desk.read("editions/latest.txt").contains("187 people"));
}

/// A feed with the beginning of an article, which is whole at its own address.
fn excerpt(web: &Web, link: &str) -> String {
    let feed = format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Example Wire</title><item>\
         <guid isPermaLink=\"false\">dam</guid><title>Spillway of the Kessel dam opened</title><link>{link}</link>\
         <pubDate>{}</pubDate><description>Engineers opened the spillway of the Kessel dam on Monday…</description>\
         </item></channel></rss>\n",
        an_hour_ago().strftime("%a, %d %b %Y %H:%M:%S +0000")
    );
    web.gives("/news.xml", Reply::ok(feed));
    let paragraphs = DAM.replace(". ", ".</p><p>");
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><title>Spillway of the Kessel dam opened</title></head>\
         <body><article><h1>Spillway of the Kessel dam opened</h1><p>{paragraphs}</p></article></body></html>"
    );
    web.gives("/dam.html", Reply::ok(page).header("Content-Type", "text/html"));
    web.server.url("/news.xml")
}

#[test]
fn the_page_of_an_excerpt_is_fetched_only_where_that_is_wanted_and_allowed() {
    for (keys, robots, is_whole) in [
        ("", "", false),
        ("pages = true\n", "User-agent: *\nDisallow: /private\n", true),
        ("pages = true\n", "User-agent: epitome\nDisallow: /\n", false),
    ] {
        let web = Web::start();
        web.gives("/robots.txt", Reply::ok(robots));
        let url = excerpt(&web, &web.server.url("/dam.html"));
        let desk = Desk::new(&[FETCH, keys, &feeds("News", &[url]), FILES]);
        desk.runs_well(&[]);
        let paths = web.server.paths();
        assert_eq!(paths.contains(&"/dam.html".to_owned()), is_whole, "{paths:?}");
        assert_eq!(paths.contains(&"/robots.txt".to_owned()), !keys.is_empty(), "{paths:?}");
        let told = desk.told().join(" ");
        assert_eq!(told.contains("6,300 people"), is_whole, "{told}");
        // Half a sentence is no quote: without its page the article is named.
        let edition = desk.latest();
        assert_eq!((edition.stories().count(), edition.more.len()), if is_whole { (1, 0) } else { (0, 1) });
    }
}

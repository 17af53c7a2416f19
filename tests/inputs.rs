//! Every format that articles come in, read by the program: from files, from standard input, and beside broken ones.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

mod outside;
use outside::{DAM, FERRY, PIER, command, ended, epitome, says, stderr, stdout, with_input};

/// A page as browsers save it, with what pages have around an article.
fn page(title: &str, text: &str) -> String {
    let paragraphs: String = text.split_inclusive(". ").map(|part| format!("<p>{part}</p>\n")).collect();
    format!(
        r#"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Anna Holm">
<meta property="article:published_time" content="2031-03-04T12:30:00+01:00">
<link rel="canonical" href="https://post.example/ferry"><style>p {{ margin: 0 }}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li><li><a href="/tides">Tides</a></li></ul></nav>
<div id="cookie-banner"><p>We use cookies to make this site work for you. <button>Accept all</button></p></div>
<main><article><h1>{title}</h1><p class="byline">By Anna Holm</p>
{paragraphs}
<figure><img src="pier.jpg"><figcaption>The east pier seen from the harbour wall. Photo: A. Holm</figcaption></figure>
<p>The harbour office will answer questions of travellers at its desk until the evening, it said in a statement.</p>
</article>
<aside class="related"><h2>Read more</h2><ul><li><a href="/a">Storm closes the coast road</a></li></ul></aside></main>
<script>let it = "never be read";</script>
<footer><p>© 2031 Harbour Post. All rights reserved. <a href="/imprint">Imprint</a></p></footer></body></html>
"#
    )
}

fn rss(entries: &[(&str, &str)]) -> String {
    let items: String = entries
        .iter()
        .enumerate()
        .map(|(number, (title, text))| {
            format!(
                "<item><title>{title}</title><link>https://wire.example/{number}</link>\
                 <guid isPermaLink=\"false\">w{number}</guid><pubDate>Tue, 04 Mar 2031 09:14:00 GMT</pubDate>\
                 <content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>\n"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Coast Wire</title>\
         <link>https://wire.example/</link><description>News of the coast</description>\n{items}</channel></rss>\n"
    )
}

fn atom(title: &str, text: &str) -> String {
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Tides</title><id>urn:tides</id>\
         <updated>2031-03-04T10:00:00Z</updated><entry><title>{title}</title><id>urn:tides:1</id>\
         <link href=\"https://tides.example/1\"/><updated>2031-03-04T10:00:00Z</updated>\
         <content type=\"html\">&lt;p&gt;{text}&lt;/p&gt;</content></entry></feed>"
    )
}

fn json_feed(title: &str, text: &str) -> String {
    let item = json!({"id": "1", "title": title, "content_text": text, "date_published": "2031-03-04T08:00:00Z"});
    json!({"version": "https://jsonfeed.org/version/1.1", "title": "Pier Log", "items": [item]}).to_string()
}

fn mail(subject: &str, text: &str) -> String {
    format!(
        "Received: from mx.example by post.example; Tue, 4 Mar 2031 11:02:03 +0100\r\n\
         From: \"Port Ella Letter\" <letter@ella.example>\r\nTo: reader@post.example\r\n\
         Subject: {subject}\r\nDate: Tue, 4 Mar 2031 11:02:00 +0100\r\nMessage-ID: <1@ella.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// One file of each format, and what its articles are called in it.
fn formats() -> Vec<(&'static str, Vec<u8>)> {
    let line = |id: &str, text: &str| json!({"id": id, "title": "Ferry", "text": text}).to_string();
    vec![
        ("a.txt", format!("Ferry hits pier\n\n{FERRY}\n").into_bytes()),
        ("b.md", format!("---\ntitle: Ferry hits pier\n---\n\n{PIER}\n").into_bytes()),
        ("c.html", page("Ferry hits the east pier", FERRY).into_bytes()),
        ("d.rss", rss(&[("Ferry hits pier", PIER), ("A dam opens", DAM)]).into_bytes()),
        ("e.atom", atom("Ferry and pier", FERRY).into_bytes()),
        ("f.json", json_feed("Ferry and pier", PIER).into_bytes()),
        ("g.jsonl", format!("{}\n{}\n", line("one", FERRY), line("two", PIER)).into_bytes()),
        ("h.eml", mail("Ferry hits pier", FERRY).into_bytes()),
        ("i.txt.gz", gzip(PIER.as_bytes())),
        ("j.html.gz", gzip(page("Ferry hits a pier", PIER).as_bytes())),
    ]
}

/// All of them in a folder, and two that are broken.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("news")).unwrap();
    for (name, bytes) in formats() {
        fs::write(folder.path().join("news").join(name), bytes).unwrap();
    }
    let whole = gzip(FERRY.repeat(20).as_bytes());
    fs::write(folder.path().join("news/broken.txt.gz"), &whole[..whole.len() / 2]).unwrap();
    fs::write(folder.path().join("news/picture.html"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    folder
}

fn json_of(output: &std::process::Output) -> Value {
    serde_json::from_str(stdout(output)).unwrap_or_else(|error| panic!("{error}: {}", stdout(output)))
}

fn paths(digest: &Value) -> Vec<&str> {
    digest["sources"].as_array().unwrap().iter().map(|source| source["path"].as_str().unwrap()).collect()
}

#[test]
fn a_folder_of_all_formats_gives_a_digest_and_the_broken_ones_are_named() {
    let folder = folder();
    let run = epitome(folder.path(), &["digest", "news", "--words", "60", "--format", "json", "-o", "digest.json"]);
    let told = ended(&run, 3);
    assert!(stderr(&run).contains("news/broken.txt.gz: gzip data that break off"), "{told}");
    assert!(stderr(&run).contains("news/picture.html: not text (PNG image)"), "{told}");
    let digest: Value = serde_json::from_slice(&fs::read(folder.path().join("digest.json")).unwrap()).unwrap();
    let expected = [
        "news/a.txt",
        "news/b.md",
        "news/c.html",
        "news/d.rss#1",
        "news/d.rss#2",
        "news/e.atom#1",
        "news/f.json#1",
        "news/g.jsonl#one",
        "news/g.jsonl#two",
        "news/h.eml",
        "news/i.txt.gz",
        "news/j.html.gz",
    ];
    assert_eq!(paths(&digest), expected);
    assert!(!digest["items"].as_array().unwrap().is_empty());
    let verified = epitome(folder.path(), &["verify", "digest.json"]);
    ended(&verified, 0);
    // In the form for readers, a digest that lies among its articles is known again.
    ended(&epitome(folder.path(), &["digest", "news", "-o", "news/digest.txt"]), 3);
    let again = epitome(folder.path(), &["digest", "news"]);
    assert!(stderr(&again).contains("news/digest.txt: a digest that epitome wrote"), "{}", stderr(&again));
}

#[test]
fn standard_input_may_be_any_format() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in formats() {
        let run = with_input(folder.path(), &["digest", "-", "--sentences", "1", "--format", "json"], &bytes);
        // The feed has an article about something else, which is no reason to leave it out.
        let told = ended(&run, 0);
        let digest = json_of(&run);
        assert!(paths(&digest)[0].starts_with("standard input"), "{name}: {told}");
        assert_eq!(digest["items"].as_array().unwrap().len(), 1, "{name}: {told}");
        fs::write(folder.path().join("d.json"), &run.stdout).unwrap();
        ended(&epitome(folder.path(), &["verify", "d.json"]), 0);
    }
}

#[test]
fn only_the_article_of_a_page_is_read_and_its_head_is_believed() {
    let folder = folder();
    let run = epitome(folder.path(), &["inspect", "news/c.html", "--format", "json"]);
    ended(&run, 0);
    let inspection = json_of(&run);
    let article = &inspection["articles"][0];
    let text: String = article["blocks"].as_array().unwrap().iter().map(|b| b["text"].as_str().unwrap()).collect();
    assert!(text.contains("187 people on board") && text.contains("questions of travellers"), "{text}");
    for outside in ["cookies", "Sport", "Storm closes", "never be read", "All rights", "seen from the harbour", "Anna"]
    {
        assert!(!text.contains(outside), "{outside}: {text}");
    }
    let fact = |name: &str| (article["metadata"][name]["value"].clone(), article["metadata"][name]["found"].clone());
    assert_eq!(fact("title").0, "Ferry hits the east pier");
    assert_eq!(fact("publisher"), (json!("Harbour Post"), json!("open_graph")));
    assert_eq!(fact("byline"), (json!("Anna Holm"), json!("meta")));
    assert_eq!(fact("published"), (json!("2031-03-04T12:30+01:00"), json!("open_graph")));
    assert_eq!(fact("url"), (json!("https://post.example/ferry"), json!("link")));
    assert_eq!(article["origin"], "extracted");
    assert_eq!(article["markup"], "html");
}

#[test]
fn entries_of_a_feed_are_articles_with_what_the_feed_says_of_them() {
    let folder = folder();
    let run = epitome(folder.path(), &["inspect", "news/d.rss", "news/f.json", "--format", "json"]);
    ended(&run, 0);
    let inspection = json_of(&run);
    let articles = inspection["articles"].as_array().unwrap();
    assert_eq!(articles.len(), 3);
    let metadata = &articles[0]["metadata"];
    assert_eq!(
        metadata["title"],
        json!({"value": "Ferry hits pier", "found": "entry", "span": {"start": 0, "end": 0}})
    );
    assert_eq!(metadata["publisher"]["value"], "Coast Wire");
    assert_eq!(metadata["publisher"]["found"], "feed");
    assert_eq!(metadata["published"]["value"], "2031-03-04T09:14+00:00");
    assert_eq!(metadata["url"]["value"], "https://wire.example/0");
    assert_eq!(metadata["extent"], "full");
}

#[test]
fn a_source_that_changed_or_went_is_told_by_verify() {
    let folder = folder();
    let digest = ["digest", "news/c.html", "news/d.rss", "--words", "40", "--format", "json", "-o", "digest.json"];
    ended(&epitome(folder.path(), &digest), 0);
    let page = folder.path().join("news/c.html");
    let text = fs::read_to_string(&page).unwrap();
    // Something else on the page changes: the quotes still hold.
    fs::write(&page, text.replace("All rights reserved", "No rights reserved")).unwrap();
    says(&epitome(folder.path(), &["verify", "digest.json"]), 0, "news/c.html: changed since");
    ended(&epitome(folder.path(), &["verify", "digest.json", "--strict"]), 6);
    // A word of the article changes.
    fs::write(&page, text.replace("187", "188").replace("Fourteen", "Fifteen").replace("sister", "other")).unwrap();
    let feed = folder.path().join("news/d.rss");
    let rss = fs::read_to_string(&feed).unwrap();
    fs::write(&feed, rss.replace("Fourteen", "Fifteen").replace("6,300", "6,400")).unwrap();
    let run = epitome(folder.path(), &["verify", "digest.json"]);
    let told = ended(&run, 6);
    assert!(stdout(&run).contains("absent"), "{told}");
    fs::remove_file(&page).unwrap();
    fs::remove_file(&feed).unwrap();
    let run = epitome(folder.path(), &["verify", "digest.json"]);
    ended(&run, 6);
    let told = stdout(&run).to_lowercase();
    assert!(told.contains("source missing"), "{told}");
}

#[test]
fn words_that_somebody_put_into_a_digest_do_not_stand_in_the_page() {
    let folder = folder();
    let digest = ["digest", "news/c.html", "--words", "40", "--format", "json", "-o", "digest.json"];
    ended(&epitome(folder.path(), &digest), 0);
    let path = folder.path().join("digest.json");
    let mut forged: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let quote = forged["items"][0]["quote"].as_str().unwrap().to_owned();
    let told = quote.replace("the", "xxx");
    assert_ne!(quote, told);
    let text = forged["sources"][0]["text"].as_str().unwrap().replace(&quote, &told);
    forged["items"][0]["quote"] = told.into();
    forged["sources"][0]["text"] = text.clone().into();
    forged["sources"][0]["text_sha256"] = epitome::read::sha256(text.as_bytes()).into();
    fs::write(&path, forged.to_string()).unwrap();
    let run = epitome(folder.path(), &["verify", "digest.json"]);
    ended(&run, 6);
    assert!(stdout(&run).contains("sentence 1, news/c.html"), "{}", stdout(&run));
}

#[test]
fn texts_are_kept_beside_the_digest_and_checked_there() {
    let folder = folder();
    let arguments =
        ["digest", "news/d.rss", "--words", "60", "--format", "json", "--keep-sources", "kept", "-o", "d.json"];
    ended(&epitome(folder.path(), &arguments), 0);
    assert_eq!(fs::read_dir(folder.path().join("kept")).unwrap().count(), 2, "each article has a text of its own");
    ended(&epitome(folder.path(), &["verify", "d.json", "--strict"]), 0);
}

#[test]
fn each_limit_is_kept_and_named() {
    let folder = folder();
    let digest = |limit: &str, path: &str| epitome(folder.path(), &["digest", "--max", limit, path]);
    says(&digest("file-size=100", "news/a.txt"), 1, "news/a.txt: over the limit file-size=100; leave it out, or raise");
    says(&digest("unpacked-size=100", "news/i.txt.gz"), 1, "unpacked-size=100");
    says(&digest("nesting=3", "news/d.rss"), 1, "nesting=3");
    says(&digest("articles=1", "news/d.rss"), 1, "news/d.rss: over the limit articles=1");
    says(&digest("articles=1", "news/g.jsonl"), 1, "news/g.jsonl: over the limit articles=1");
    says(&digest("files=1", "news"), 3, "files=1");
    says(&digest("files=0", "news"), 2, "the value is a whole number above 0");
    says(&digest("size=1", "news"), 2, "no such limit; there are file-size, ");
    let bomb = format!(
        "<!DOCTYPE rss [<!ENTITY a \"{}\"><!ENTITY b \"{}\"><!ENTITY c \"{}\">]>\n<rss version=\"2.0\"><channel><item>\
         <title>x</title><description>&c;</description></item></channel></rss>",
        "ha ".repeat(1000),
        "&a;".repeat(1000),
        "&b;".repeat(1000)
    );
    fs::write(folder.path().join("bomb.rss"), bomb).unwrap();
    says(&digest("files=9", "bomb.rss"), 1, "entities=1048576");
    ended(&digest("entities=10", "news/a.txt"), 0);
}

/// A line of JSON Lines as `inspect` writes it.
fn inspected(folder: &Path, input: &str, arguments: &[&str], code: i32) -> Vec<Value> {
    fs::write(folder.join("in.jsonl"), input).unwrap();
    let run = epitome(folder, &[&["inspect", "in.jsonl", "--format", "json"], arguments].concat());
    ended(&run, code);
    stdout(&run).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn inspect_writes_a_line_for_each_line_of_json_lines() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Dr. Holm saw the ferry hit the pier on Tuesday. It was 7.15 a.m. “Nobody slept,” she said.";
    let input = [
        json!({"id": 7, "text": text, "lang": "en", "title": "Ferry hits pier", "date": "2031-03-04"}).to_string(),
        json!({"id": "p", "html": page("Ferry hits the east pier", FERRY)}).to_string(),
        "{\"id\": \"broken\", \"text\": 5}".to_owned(),
    ];
    let lines = inspected(folder.path(), &input.join("\n"), &[], 3);
    assert_eq!(lines.len(), 3);
    assert_eq!(
        (&lines[0]["id"], &lines[0]["title"], &lines[0]["date"]),
        (&json!(7), &json!("Ferry hits pier"), &json!("2031-03-04"))
    );
    let sentences = |line: &Value| -> Vec<String> {
        let text = line["text"].as_str().unwrap().to_owned();
        let span = |span: &Value| span[0].as_u64().unwrap() as usize..span[1].as_u64().unwrap() as usize;
        line["sentences"].as_array().unwrap().iter().map(|sentence| text[span(sentence)].to_owned()).collect()
    };
    assert_eq!(lines[0]["text"], text);
    assert_eq!(
        sentences(&lines[0]),
        ["Dr. Holm saw the ferry hit the pier on Tuesday.", "It was 7.15 a.m.", "“Nobody slept,” she said."]
    );
    assert_eq!((&lines[1]["title"], &lines[1]["date"]), (&json!("Ferry hits the east pier"), &json!("2031-03-04")));
    assert_eq!(sentences(&lines[1]).len(), 4, "{}", lines[1]);
    assert_eq!(lines[1]["blocks"][0]["kind"], "prose");
    assert!(lines[2]["error"].as_str().unwrap().starts_with("not an article in JSON"));
    // The same bytes from standard input, packed, and on one thread.
    let whole =
        |arguments: &[&str]| epitome(folder.path(), &[&["inspect", "--format", "json"], arguments].concat()).stdout;
    fs::write(folder.path().join("in.jsonl.gz"), gzip(&fs::read(folder.path().join("in.jsonl")).unwrap())).unwrap();
    let named = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace("in.jsonl.gz", "in.jsonl");
    assert_eq!(named(whole(&["in.jsonl.gz", "--threads", "1"])), named(whole(&["in.jsonl"])));
    let piped = with_input(folder.path(), &["inspect", "-", "--format", "json"], input.join("\n").as_bytes());
    assert_eq!(stdout(&piped).replace("standard input", "in.jsonl"), named(whole(&["in.jsonl"])));
}

#[cfg(unix)]
#[test]
fn neither_a_loop_of_links_nor_a_pipe_in_a_folder_holds_anybody_up() {
    let folder = folder();
    let news = folder.path().join("news");
    std::os::unix::fs::symlink(&news, news.join("loop")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", news.join("out.txt")).unwrap();
    nix::unistd::mkfifo(&news.join("pipe.txt"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    let run = command(folder.path(), &["digest", "news"]).output().unwrap();
    let told = ended(&run, 3);
    assert!(told.contains("news/out.txt: a symbolic link to what is not in the folder"), "{told}");
    assert!(told.contains("news/pipe.txt: neither a file nor a folder"), "{told}");
}

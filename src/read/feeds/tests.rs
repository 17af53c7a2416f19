//! Whole feeds, of every kind and broken in every way.

use std::time::{Duration, Instant};

use super::*;

fn read(feed: &str) -> Feed {
    entries(feed.as_bytes(), &Limits::default()).unwrap_or_else(|(what, _)| panic!("{what}: {feed}"))
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.title.as_deref().unwrap_or("")).collect()
}

fn refused(feed: &str, limits: &Limits) -> String {
    entries(feed.as_bytes(), limits).unwrap_err().0
}

const RSS: &str = r#"<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:c="http://purl.org/rss/1.0/modules/content/">
<channel><title>Harbour Post</title><link>https://harbour.example/</link><language>en-gb</language>
<image><title>Logo</title><link>https://harbour.example/logo</link></image>
<item>
  <title>Ferry &lt;b&gt;hits&lt;/b&gt; pier &amp;amp; quay</title><link>/ferry</link>
  <guid isPermaLink="false">post-17</guid>
  <pubDate>Tue, 04 Mar 2031 07:15:30 GMT</pubDate>
  <dc:creator>Liv Halvard</dc:creator>
  <source url="https://wire.example/rss">Norland Wire</source>
  <description>Short.</description>
  <c:encoded><![CDATA[<p>The ferry hit the pier.</p>]]></c:encoded>
</item>
<item><description>Fourteen people were hurt, the port authority said, and one of them [...]</description></item>
</channel></rss>"#;

#[test]
fn an_item_of_rss_becomes_an_entry() {
    let feed = read(RSS);
    assert_eq!(feed.damaged, None);
    let entry = &feed.entries[0];
    assert_eq!(entry.language.map(|language| language.code().to_owned()).as_deref(), Some("en"));
    assert_eq!(entry.title.as_deref(), Some("Ferry hits pier & quay"));
    assert_eq!(entry.url.as_deref(), Some("https://harbour.example/ferry"));
    assert_eq!(entry.published.map(|day| day.to_string()).as_deref(), Some("2031-03-04T07:15+00:00"));
    assert_eq!(entry.authors, ["Liv Halvard"]);
    assert_eq!(entry.publisher, Some(Publisher { name: "Norland Wire".to_owned(), of_feed: false }));
    let html = Text::Html("<p>The ferry hit the pier.</p>".to_owned());
    assert_eq!(entry.content, Some(Content { text: html, extent: Extent::Full }));
    let second = &feed.entries[1];
    assert_eq!(second.publisher, Some(Publisher { name: "Harbour Post".to_owned(), of_feed: true }));
    assert!(matches!(second.content, Some(Content { text: Text::Plain(_), extent: Extent::Excerpt })));
}

#[test]
fn an_entry_of_atom_says_how_its_texts_are_meant() {
    let feed = read(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://harbour.example/a/">
        <title type="html">Hafen&amp;shy;post</title><author><name>Redaktion</name></author>
        <entry><title>Why Vec&lt;b&gt; grows</title><link rel="alternate" href="../ferry"/><link rel="edit" href="x"/>
          <id>tag:harbour.example,2031:17</id><issued>2031-03-03</issued><updated>2031-03-04T07:15:30Z</updated>
          <summary>Short.</summary>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">3 &lt; 5<br/><b class="x">bold</b></div></content>
        </entry>
        <entry xml:lang="fr"><title type="html">&lt;i&gt;Deux&lt;/i&gt;</title><author><name>Liv</name><email>l@x.example</email></author>
          <source><title>Norland Wire</title><id>w</id></source><content type="text/plain" mode="base64">RmVycnk=</content></entry>
        <entry><summary>Only a summary.</summary><content src="film.mp4" type="video/mp4"/></entry></feed>"#,
    );
    let [first, second, third] = &feed.entries[..] else { panic!("{feed:?}") };
    assert_eq!(first.title.as_deref(), Some("Why Vec<b> grows"));
    assert_eq!(first.url.as_deref(), Some("https://harbour.example/ferry"));
    assert_eq!(first.authors, ["Redaktion"]);
    assert_eq!(first.published.map(|day| day.to_string()).as_deref(), Some("2031-03-03"));
    let html = "<div xmlns=\"http://www.w3.org/1999/xhtml\">3 &lt; 5<br><b class=\"x\">bold</b></div>";
    assert_eq!(first.content.as_ref().map(|content| &content.text), Some(&Text::Html(html.to_owned())));
    assert_eq!((second.title.as_deref(), &second.authors[..]), (Some("Deux"), &["Liv".to_owned()][..]));
    assert_eq!(second.language.map(|language| language.code().to_owned()).as_deref(), Some("fr"));
    assert_eq!(second.publisher.as_ref().map(|publisher| publisher.name.as_str()), Some("Norland Wire"));
    assert_eq!(second.content.as_ref().map(|content| &content.text), Some(&Text::Plain("Ferry".to_owned())));
    assert_eq!(third.content.as_ref().map(|content| content.extent), Some(Extent::Excerpt));
}

#[test]
fn rdf_cdf_and_their_kin_are_read() {
    let rdf = read(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <channel rdf:about="x"><title>Harbour Post</title><items><rdf:Seq><rdf:li resource="a"/></rdf:Seq></items></channel>
        <image><title>Logo</title></image>
        <item rdf:about="https://harbour.example/ferry"><title>Ferry</title><dc:date>2031-03-04</dc:date></item></rdf:RDF>"#,
    );
    assert_eq!(titles(&rdf), ["Ferry"]);
    assert_eq!(rdf.entries[0].url.as_deref(), Some("https://harbour.example/ferry"));
    assert_eq!(rdf.entries[0].published.map(|day| day.to_string()).as_deref(), Some("2031-03-04"));
    let cdf = read(
        r#"<CHANNEL HREF="https://harbour.example/"><TITLE>Harbour Post</TITLE>
        <ITEM HREF="ferry" LASTMOD="2031-03-04T07:15"><TITLE>Ferry</TITLE><ABSTRACT>It hit.</ABSTRACT></ITEM></CHANNEL>"#,
    );
    assert_eq!((titles(&cdf), cdf.entries[0].url.as_deref()), (vec!["Ferry"], Some("https://harbour.example/ferry")));
    assert!(cdf.entries[0].updated.is_some());
    let own_prefix = read(
        r#"<r:rss xmlns:r="https://made-up.example/"><r:channel><r:item><r:title>Ferry</r:title></r:item></r:channel></r:rss>"#,
    );
    assert_eq!(titles(&own_prefix), ["Ferry"]);
    let media = read(
        r#"<rss><channel><item xmlns:m="http://search.yahoo.com/mrss/"><m:content><m:title>Caption</m:title>
        <m:description>A ferry</m:description></m:content></item></channel></rss>"#,
    );
    assert_eq!((titles(&media), &media.entries[0].content), (vec![""], &None));
}

#[test]
fn json_feeds_are_read() {
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post", "language": "en",
        "home_page_url": "https://harbour.example/", "authors": [{"name": "Desk"}], "items": [
        {"id": 17, "url": "ferry", "title": "Ferry", "content_html": "<p>It hit.</p>", "date_published": "2031-03-04T07:15:00Z"},
        {"id": "18", "content_text": "One.\r\n\r\nTwo.", "author": {"name": "Liv"}}, {"id": "19", "summary": "Short"#;
    let feed = read(json);
    assert_eq!(titles(&feed), ["Ferry", ""]);
    assert_eq!(feed.entries[0].url.as_deref(), Some("https://harbour.example/ferry"));
    assert_eq!(
        (&feed.entries[0].authors[..], &feed.entries[1].authors[..]),
        (&["Desk".to_owned()][..], &["Liv".to_owned()][..])
    );
    let text = Text::Plain("One.\n\nTwo.".to_owned());
    assert_eq!(feed.entries[1].content, Some(Content { text, extent: Extent::Full }));
    assert!(feed.damaged.unwrap().starts_with("broken JSON"));
    let deep = format!(r#"{{"version":"https://jsonfeed.org/version/1","items":{}"#, "[".repeat(999));
    assert!(refused(&deep, &Limits::default()).contains("over the limit nesting="));
    assert!(refused(r#"{"id": 1}"#, &Limits::default()).contains("not a feed"));
}

#[test]
fn a_broken_feed_gives_the_entries_before_and_behind_the_break() {
    let whole = |middle: &str| {
        format!(
            "<rss><channel><item><title>One</title></item>{middle}<item><title>Three</title></item></channel></rss>"
        )
    };
    let breaks = [
        "<item><title>Two<item>",
        "<item><title>Two</item>",
        "<item><title>Two</title><description>open <b>bold</description>",
        "<item><title>Two</title><description><![CDATA[never closed</description></item>",
        "<item><title>Two</title><!-- never closed </item>",
        "<item><title>Two</title><link href=\"never closed></item>",
        "<item><title>Two</title></b></i></item>",
        "<item><title>Two</title><![if IE]><?php echo 1></item>",
    ];
    for broken in breaks {
        let feed = read(&whole(broken));
        assert!(feed.damaged.is_some(), "{broken}");
        let found = titles(&feed);
        assert_eq!((found[0], *found.last().unwrap()), ("One", "Three"), "{broken}: {feed:?}");
        assert!(found.contains(&"Two"), "{broken}: {feed:?}");
    }
    // Nothing is lost by these.
    for sloppy in ["<item><title>Two &nbsp;&copy AT&T</title></item>", "<item><title>2 < 3 & 4 > 3</title></item>"] {
        let feed = read(&whole(sloppy));
        assert_eq!((feed.entries.len(), feed.damaged), (3, None), "{sloppy}");
    }
}

#[test]
fn a_feed_that_was_cut_off_anywhere_is_read_up_to_there() {
    let mut most = 0;
    for (end, _) in RSS.char_indices() {
        let Ok(feed) = entries(&RSS.as_bytes()[..end], &Limits::default()) else { continue };
        assert!(feed.damaged.is_some(), "{end}");
        assert!(feed.entries.len() >= most, "{end}");
        most = feed.entries.len();
    }
    assert_eq!(most, 2);
}

#[test]
fn entities_are_expanded_within_their_limit_and_never_fetched() {
    let feed = read(
        r#"<!DOCTYPE rss [<!ENTITY port "Port &town;"><!ENTITY town 'Ella'><!ENTITY me "a&me;"><!ENTITY % p SYSTEM "p.ent">
        <!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY amp "x">]>
        <rss><channel><item><title>&port;&file; &me; &eacute;&#x2014;&#8217;&#151;&amp;amp;</title></item></channel></rss>"#,
    );
    assert_eq!(titles(&feed), ["Port Ella a é—’—&"]);
    let mut laughs = String::from("<!DOCTYPE rss [<!ENTITY a0 \"ha\">");
    let mut empty = String::from("<!DOCTYPE rss [<!ENTITY a0 \"\">");
    for level in 1..30 {
        let inner = format!("&a{};", level - 1).repeat(10);
        for bomb in [&mut laughs, &mut empty] {
            bomb.push_str(&format!("<!ENTITY a{level} \"{inner}\">"));
        }
    }
    for bomb in [laughs, empty] {
        let feed = format!("{bomb}]><rss><channel><item><title>&a29;</title></item></channel></rss>");
        assert!(refused(&feed, &Limits::default()).contains("over the limit entities="));
    }
}

#[test]
fn a_feed_over_a_limit_is_refused_by_its_name() {
    let deep = format!("<rss><channel><item><description>{}", "<b>".repeat(600));
    assert!(refused(&deep, &Limits::default()).contains("over the limit nesting=512"));
    let many = format!("<rss><channel>{}", "<item/>".repeat(11));
    let limits = Limits { articles: 10, ..Limits::default() };
    assert!(refused(&many, &limits).contains("over the limit articles=10"));
    assert_eq!(read(&many).entries.len(), 11);
}

#[test]
fn what_a_feed_says_at_length_is_not_copied_to_its_entries() {
    let read_with = |length: usize| {
        let writers: String =
            (10..20).map(|n| format!("<author><name>{n}{}</name></author>", "x".repeat(length))).collect();
        let long = "y".repeat(10 * length);
        let head = format!("<title>{long}</title>{writers}<link href='http://{long}.example/'/>");
        read(&format!("<feed xmlns='http://www.w3.org/2005/Atom'>{head}<entry><link href='a'/></entry></feed>"))
    };
    let short = &read_with(90).entries[0];
    assert_eq!(short.authors.len(), 10);
    assert!(short.publisher.is_some() && short.url.as_ref().unwrap().ends_with(".example/a"));
    let long = &read_with(110).entries[0];
    assert_eq!((&long.authors[..], &long.publisher, long.url.as_deref()), (&[][..], &None, Some("a")));
}

#[test]
fn a_base_that_is_too_long_is_none() {
    let url = |length: usize| {
        let base = format!("http://harbour.example/{}/", "b".repeat(length));
        let feed = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://ella.example/'>\
             <entry xml:base='{base}'><link xml:base='c/' href='a'/></entry></feed>"
        );
        (base + "c/a", read(&feed).entries[0].url.clone().unwrap())
    };
    let (expected, found) = url(2000);
    assert_eq!(found, expected);
    assert_eq!(url(2100).1, "a");
}

#[test]
fn hostile_feeds_take_no_longer_than_others_of_their_length() {
    /// A reader that begins again at every byte takes hours for them.
    const LONGEST: Duration = Duration::from_secs(60);
    let begun = Instant::now();
    for piece in [
        "<",
        "</",
        "<!",
        "<!--",
        "<![CDATA[",
        "<?",
        "<a ",
        "<a '",
        "<a \"'",
        "&",
        "&a",
        "&amp;",
        "<!DOCTYPE",
        "<!DOCTYPE [",
        "</a>",
        "<item>",
        "<a b=c",
        "]]>",
        "\u{feff}<",
        "<item><title>&lt;a &quot;",
        "<title>&lt;!--",
        "&lt;script>",
        "<a/>",
    ] {
        for start in ["<rss><channel>", "<rss><channel><item><title>", "<feed><entry><content type='xhtml'>"] {
            for end in ["", ">", "\">'>;-->"] {
                let feed = format!("{start}{}{end}", piece.repeat(100_000 / piece.len()));
                let _ = entries(feed.as_bytes(), &Limits::default());
            }
        }
    }
    let prefixes: String = (0..20_000).map(|number| format!(" xmlns:p{number}='a'")).collect();
    let writers: String = (0..50_000).map(|number| format!("<author>Writer {number}</author>")).collect();
    let title = "Long ".repeat(100_000);
    for feed in [
        format!("<rss{prefixes}><channel>{}", "<q:a/>".repeat(50_000)),
        format!("<rss><channel><item>{writers}"),
        format!(
            "<rss><channel><title>{title}</title><link>http://{title}</link>{}",
            "<item><link>a</link></item>".repeat(20_000)
        ),
        format!("<rss>{}", format!("<a xml:base='{}/'>", "b".repeat(2000)).repeat(500)),
    ] {
        let _ = entries(feed.as_bytes(), &Limits::default());
    }
    assert!(begun.elapsed() < LONGEST, "{:?}", begun.elapsed());
}

#[test]
fn feeds_are_told_from_what_looks_similar() {
    for feed in [
        RSS,
        "\u{feff}<!-- made by hand --><?xml version='1.0'?><!DOCTYPE rss><rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<a:feed xmlns:a='http://purl.org/atom/ns#'>",
        "<rdf:RDF xmlns='http://purl.org/rss/1.0/'>",
        "<CHANNEL HREF='x'>",
        "{\n \"title\": \"Post\", \"version\": \"https://jsonfeed.org/version/1\"",
    ] {
        assert!(looks_like_feed(feed.as_bytes()), "{feed}");
    }
    for other in [
        "",
        "The rss feed <rss> is closed.",
        "<!DOCTYPE html><html><head>",
        "<opml version='2.0'><head>",
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>",
        "<rdf:RDF xmlns:foaf='http://xmlns.com/foaf/0.1/'>",
        "<entry key='x'>",
        "{\"version\": \"1.0\"}",
        "{\"id\": 1, \"text\": \"The <rss> feed.\"}",
    ] {
        assert!(!looks_like_feed(other.as_bytes()), "{other}");
    }
}

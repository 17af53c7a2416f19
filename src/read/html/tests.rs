//! Whole invented pages, of the kinds that newspapers have had over the years.

use super::*;
use crate::model::BlockKind;

const HEADLINE: &str = "Ferry strikes pier in Port Ella, fourteen hurt";

/// The article, as it was printed.
const ARTICLE: [&str; 7] = [
    "A ferry with 212 passengers struck the eastern pier of Port Ella early on Tuesday, and fourteen people were hurt, two of \
     them badly, the harbour office said.",
    "The Marigold had come from Norhaven and was about to moor when its steering failed, according to the captain, who told \
     investigators that he had called for a tug four minutes before.",
    "“We felt a push and then everybody was on the floor,” said Tomas Reel, a teacher who was on his way to school.",
    "The pier will stay closed until Friday at least. Boats to the islands leave from the fish market instead, and tickets \
     that were bought for the old berth remain valid.",
    "Mayor Liv Halvard promised an inquiry.",
    "It is the third accident at the pier in two years. In March a freighter had damaged the same wall, and the repair of \
     1.4 million crowns was finished only last month, the town's accounts show.",
    "The two who were badly hurt are out of danger, the hospital said in the evening.",
];

fn paragraphs(open: &str, close: &str) -> String {
    ARTICLE.iter().map(|paragraph| format!("{open}{paragraph}{close}\n")).collect()
}

fn text(html: &str) -> String {
    page(html, &Limits::default()).unwrap().text
}

fn teasers(count: usize) -> String {
    let names =
        ["Rain floods the lower town", "Council votes on the tram", "Harbour fees to rise", "School wins at chess"];
    let teaser = |at: usize| format!("<li><a href=/{at}>{} again in {at}</a></li>", names[at % names.len()]);
    (0..count).map(teaser).collect()
}

const MENU: &str = "<nav><ul><li><a href=/>Home</a><li><a href=/n>News</a><li><a href=/s>Sport</a><li><a href=/w>Weather</a>\
                    </ul></nav>";

#[test]
fn a_page_with_all_that_pages_have_gives_its_article_alone() {
    let body = paragraphs("<p>", "</p>");
    let (above, below) = body.split_at(body.find("<p>The pier will").unwrap());
    let html = format!(
        "<!DOCTYPE html><html><head><title>{HEADLINE} | The Ella Courier</title></head><body><header><a href=/>The Ella \
         Courier</a>{MENU}</header><main><article><h1>{HEADLINE}</h1><div class=byline>By <a href=/a>Ana Kovel</a></div>\
         <time datetime=2031-03-04>4 March 2031</time><div class=share><a href=#>Facebook</a> <a href=#>Twitter</a></div>\
         <figure><img src=a.jpg><figcaption>The Marigold at the pier on Tuesday. Photo: Ida Marlo</figcaption></figure>\
         <div class=article-body>{above}<aside class=related><h3>Read more</h3><ul>{}</ul></aside>{below}</div>\
         <div class=newsletter><form><p>Get the news of the day in your mail box every morning.</p><input type=email>\
         <button>Sign up</button></form></div></article><section class=comments><h2>Comments (2)</h2><div class=comment>\
         <b>Olaf</b><p>I have said for years that this pier is too short for the new boats, and nobody listens.</p></div>\
         <div class=comment><b>Mia</b><p>My brother was on board, he is fine, thank you to all who helped there.</p></div>\
         </section></main><aside><h2>Most read</h2><ul>{}</ul></aside><footer><p>© 2031 The Ella Courier. All rights \
         reserved. Reproduction without our permission is not allowed.</p></footer></body></html>",
        teasers(3),
        teasers(10),
    );
    assert_eq!(text(&html), ARTICLE.join("\n\n"));
}

#[test]
fn a_page_made_of_tables_with_line_breaks_for_paragraphs_gives_its_article() {
    let menu = "<tr><td><font size=1><a href=/>Home</a> | <a href=/n>News</a> | <a href=/s>Sport</a></font></td></tr>";
    let html = format!(
        "<html><head><title>{HEADLINE}</title></head><body><table width=100%>{menu}</table><table><tr><td width=150>{}</td>\
         <td><font size=5><b>{HEADLINE}</b></font><br><font size=1>By Ana Kovel</font><br><br>{}</td><td><b>Weather</b><br>\
         Fog, 7 degrees</td></tr></table><center><font size=1>Copyright 2003 The Ella Courier</font></center></body></html>",
        teasers(12).replace("<li>", "").replace("</li>", "<br>"),
        paragraphs("", "<br><br>"),
    );
    assert_eq!(text(&html), ARTICLE.join("\n\n"));
}

#[test]
fn a_page_whose_elements_say_nothing_gives_its_article() {
    let html = format!(
        "<title>{HEADLINE}</title><div><div><a href=/>Courier</a></div><div><a href=/n>News</a> <a href=/s>Sport</a></div>\
         <div><div><h1>{HEADLINE}</h1><div>{}</div></div><div><div>More</div>{}</div></div><div>Imprint - Contact</div></div>",
        paragraphs("<p>", "</p>"),
        teasers(15).replace("<li>", "<div>").replace("</li>", "</div>"),
    );
    assert_eq!(text(&html), ARTICLE.join("\n\n"));
}

#[test]
fn an_article_that_only_data_have_is_read_from_them() {
    let body = ARTICLE.join("\\n");
    let html = format!(
        "<title>{HEADLINE}</title><script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{body}\"}}\
         </script>{MENU}<div id=app></div>"
    );
    assert_eq!(text(&html), ARTICLE.join("\n\n"));
}

#[test]
fn the_text_of_another_article_is_not_read_from_data() {
    let other = format!(
        "{{\"@type\":\"NewsArticle\",\"headline\":\"Baker wins prize\",\"articleBody\":\"{}\"}}",
        "The baker of the upper town has won the prize for the best loaf of the year. ".repeat(100)
    );
    let html = format!(
        "<title>{HEADLINE}</title><script type=application/ld+json>{other}</script><body><h1>{HEADLINE}</h1>{}</body>",
        paragraphs("<p>", "</p>"),
    );
    assert_eq!(text(&html), ARTICLE.join("\n\n"));
}

#[test]
fn words_of_neighbouring_inline_elements_are_neither_glued_nor_torn() {
    let html =
        "<p>The <b>Mari</b>gold\n<i>struck</i>\tthe&nbsp;pier<sup>1</sup> of <a href=/p>Port</a> <a href=/e>Ella</a>.";
    let (text, _) = fragment(html, &Limits::default()).unwrap();
    assert_eq!(text, "The Marigold struck the pier1 of Port Ella.");
}

#[test]
fn the_sign_by_which_a_heading_is_linked_to_is_no_text() {
    for sign in ["#", "¶", " § ", "<span>🔗</span>"] {
        for html in [
            format!("<h2>What is known<a href=#known>{sign}</a></h2><p>Fog lay on the harbour.</p>"),
            format!("<h2><a href=#known>{sign}</a> What is known</h2><p>Fog lay on the harbour.</p>"),
        ] {
            let (text, _) = fragment(&html, &Limits::default()).unwrap();
            assert_eq!(text, "What is known\n\nFog lay on the harbour.", "{html}");
        }
    }
}

#[test]
fn what_is_struck_out_is_no_text_unless_all_is() {
    for name in ["s", "del", "strike"] {
        let html = format!("<p>Two <{name}>people</{name}> tugs came to the harbour.</p>");
        assert_eq!(fragment(&html, &Limits::default()).unwrap().0, "Two tugs came to the harbour.");
        let html = format!("<p>Fog <{name}>lay on the harbour.</p><p>Two tugs came.</p>");
        assert_eq!(fragment(&html, &Limits::default()).unwrap().0, "Fog lay on the harbour.\n\nTwo tugs came.");
    }
}

#[test]
fn a_first_letter_in_an_element_of_its_own_belongs_to_its_word() {
    for (html, expected) in [
        ("<p><span class=cap>D</span>uring the night fog lay.</p>", "During the night fog lay."),
        ("<div class=cap>D</div><p>uring the night fog lay.</p>", "During the night fog lay."),
        ("<div class=cap>I</div><p>t was foggy.</p>", "It was foggy."),
        ("<p>D</p><p>The night was foggy.</p>", "D\n\nThe night was foggy."),
        ("<p>A</p><p>small boat lay there.</p>", "A\n\nsmall boat lay there."),
    ] {
        let (text, stretches) = fragment(html, &Limits::default()).unwrap();
        assert_eq!(text, expected);
        assert_eq!(stretches.len(), expected.split("\n\n").count());
    }
}

#[test]
fn headings_items_and_code_are_told_apart() {
    let html = "<h2>What is known</h2><p>Fog lay on the harbour.</p><ul><li>Two tugs came.</li></ul><pre>x = 1</pre>";
    let (text, stretches) = fragment(html, &Limits::default()).unwrap();
    let kinds: Vec<_> = stretches.iter().map(|it| (it.span.of(&text), it.known.map(|(kind, _)| kind))).collect();
    let expected = [
        ("What is known", Some(BlockKind::Label)),
        ("Fog lay on the harbour.", None),
        ("Two tugs came.", Some(BlockKind::ListItem)),
        ("x = 1", Some(BlockKind::Markup)),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn a_fragment_loses_captions_and_the_links_at_its_end() {
    let html = "<figure><img><figcaption>The pier</figcaption></figure><p>Fog lay on the harbour.</p>\
                <p><a href=/a>Continue reading</a></p><p>The post <a href=/a>Fog lay on the harbour</a> came \
                first in <a href=/>The Ella Courier</a></p>";
    assert_eq!(fragment(html, &Limits::default()).unwrap().0, "Fog lay on the harbour.");
}

#[test]
fn a_fragment_of_links_stays() {
    let html = "<p><a href=/a>Fog lay on the harbour</a></p>";
    assert_eq!(fragment(html, &Limits::default()).unwrap().0, "Fog lay on the harbour");
    assert_eq!(fragment("<img src=a.png>", &Limits::default()).unwrap().0, "");
}

#[test]
fn what_has_no_text_is_refused() {
    for html in ["", "<html></html>", "<script>let a = '<p>Fog</p>';</script>", "<img src=a.png>"] {
        assert!(page(html, &Limits::default()).is_err(), "{html}");
    }
}

#[test]
fn a_text_has_no_control_characters_and_no_blanks_at_borders() {
    let html =
        "<p>\u{1}Fog\u{7}lay \u{ad}\u{200b}on\r\nthe\u{b} har\u{ad}bour. </p><p> \u{a0} </p><p>\tTwo tugs came.</p>";
    let (text, stretches) = fragment(html, &Limits::default()).unwrap();
    assert_eq!(text, "Fog lay on the harbour.\n\nTwo tugs came.");
    assert_eq!(stretches.len(), 2);
}

/// Pages that took other readers minutes, or their stack.
#[test]
fn hostile_pages_take_no_longer_than_others_of_their_size() {
    let many = 20_000;
    let numbered = |of: &dyn Fn(usize) -> String| (0..many).map(of).collect::<String>();
    let pages = [
        "<div>".repeat(many),
        "<b>".repeat(many),
        "<p>".repeat(many),
        "<table>".repeat(many),
        "<a href=x>".repeat(many),
        "<svg>".repeat(many),
        "<ul><li>".repeat(many),
        "<!--".repeat(many),
        "<script>".repeat(many),
        "<template>".repeat(many),
        "</p>".repeat(many),
        "<p>a".repeat(many),
        "<br>a.".repeat(many),
        "<".repeat(many),
        "&".repeat(many),
        "\0".repeat(many),
        format!("<p {}>Fog", numbered(&|at| format!("a{at}=b "))),
        format!("<p class='{}'>Fog", numbered(&|at| format!("a{at} "))),
        numbered(&|at| format!("<p class=a{at}>a")),
        numbered(&|at| format!("<font size={at}><p>a</p>")),
        format!("<p title='{}", "a ".repeat(many)),
        format!("{}{}", "<b><i>".repeat(200), "</b><p>a".repeat(many)),
    ];
    for html in pages {
        let _ = page(&html, &Limits::default());
        let _ = fragment(&html, &Limits::default());
    }
}

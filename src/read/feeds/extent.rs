//! The content of an entry in, whether it is the whole article out.
//!
//! RSS has one element for both, `<description>`. What people put into it is told by its length and its end.

use super::Text;
use super::text::{is_html, visible};
use crate::model::Extent;

/// What stands alone and is no summary by its name is the article from so many characters on. Summaries of news have
/// some two hundred, seldom more than five; articles seldom less than a thousand.
const SHORTEST_ARTICLE: usize = 800;

/// From so many characters on it is the article if it has several paragraphs: a summary has one.
const SHORTEST_OF_PARAGRAPHS: usize = 400;

/// A text that ends in one of these was cut off, in lower case.
const CUT_OFF: &[&str] = &["...", "…", "[...]", "[…]", "(...)", "(…)", "[more]", "(more)"];

/// Words of a link to the rest, at the end of a text that was cut off, in lower case.
#[rustfmt::skip]
const READ_ON: &[&str] = &[
    "read more", "read the full story", "read the full article", "read full article", "read the rest", "full story",
    "continue reading", "keep reading", "more »", "more…", "more...", "weiterlesen", "mehr lesen", "zum artikel",
    "lire la suite", "lire plus", "en savoir plus", "leer más", "seguir leyendo", "leggi tutto", "continua a leggere",
    "leia mais", "lees meer", "lees verder", "läs mer", "les mer", "læs mere", "czytaj więcej", "читать далее",
];

/// Such words stand within so many characters of the end: a title or an arrow may follow them.
const READ_ON_WITHIN: usize = 100;

/// How a text was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Called {
    /// `content`, `content:encoded`.
    Content,
    /// `description`: either.
    Description,
    /// `summary` of Atom and JSON Feed.
    Summary,
}

/// Whether a text is the whole article.
///
/// 1. What ends in an ellipsis or in the words of a link to the rest is an excerpt, whatever it is called.
/// 2. Content is the article, and a summary is none.
/// 3. A description is the article if it is as long as one: [`SHORTEST_ARTICLE`] characters, or
///    [`SHORTEST_OF_PARAGRAPHS`] in several paragraphs.
pub(super) fn extent(text: &Text, called: Called) -> Extent {
    let (shown, written) = match text {
        Text::Html(html) => (visible(html), html),
        Text::Plain(text) => (text.as_str().into(), text),
    };
    let shown = shown.trim_end();
    let whole = match called {
        _ if is_cut_off(shown) => false,
        Called::Content => true,
        Called::Summary => false,
        Called::Description => {
            let length = shown.split_whitespace().map(|word| word.chars().count() + 1).sum::<usize>();
            length >= SHORTEST_ARTICLE || (length >= SHORTEST_OF_PARAGRAPHS && has_paragraphs(written))
        }
    };
    if whole { Extent::Full } else { Extent::Excerpt }
}

fn is_cut_off(shown: &str) -> bool {
    let start = shown.char_indices().rev().nth(READ_ON_WITHIN).map_or(0, |(at, _)| at);
    let end = shown[start..].to_lowercase();
    let end = end.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '»' | '›' | '→' | '>'));
    // An article of one line, `Read more books`, is not the end of a text.
    CUT_OFF.iter().any(|mark| end.ends_with(mark)) || (start > 0 && READ_ON.iter().any(|words| end.contains(words)))
}

fn has_paragraphs(written: &str) -> bool {
    let paragraphs = if is_html(written) {
        let lower = written.to_ascii_lowercase();
        lower.matches("<p>").count() + lower.matches("<p ").count() + lower.matches("<br").count() / 2
    } else {
        written.split("\n\n").filter(|part| !part.trim().is_empty()).count()
    };
    paragraphs >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> Text {
        Text::Html(text.to_owned())
    }

    #[test]
    fn content_is_the_article_unless_it_is_cut_off() {
        let sentence = "The ferry hit the eastern pier on Tuesday and fourteen people were hurt. ".repeat(3);
        assert_eq!(extent(&html(&sentence), Called::Content), Extent::Full);
        for end in ["[&#8230;]", "and […]", "and ...", "<a href='/f'>Read more</a>", "<p>Continue reading Ferry →</p>"]
        {
            let text = html(&format!("{sentence}{end}"));
            assert_eq!(extent(&text, Called::Content), Extent::Excerpt, "{end}");
        }
    }

    #[test]
    fn a_description_is_the_article_if_it_is_as_long_as_one() {
        let sentence = "The ferry hit the eastern pier on Tuesday and fourteen people were hurt. ";
        let cases = [(1, Extent::Excerpt), (6, Extent::Excerpt), (12, Extent::Full)];
        for (times, expected) in cases {
            assert_eq!(extent(&html(&sentence.repeat(times)), Called::Description), expected, "{times}");
        }
        let paragraphs = format!("<p>{}</p>", sentence.trim()).repeat(6);
        assert_eq!(extent(&html(&paragraphs), Called::Description), Extent::Full);
        assert_eq!(extent(&html(&paragraphs), Called::Summary), Extent::Excerpt);
    }
}

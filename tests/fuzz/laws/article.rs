//! What holds of every article.

use epitome::inspect::LineParts;
use epitome::model::{ArticleId, Fact, Markup, Metadata, SentenceId};
use epitome::segment::sentences;
use epitome::{Article, Cluster};

/// Blocks are in order, apart, trimmed and not empty; facts stand where they say; what was taken out of a page, a feed or a
/// message is plain text.
pub fn assert_article(article: &Article) {
    let spans = article.blocks.iter().map(|block| (block.span().start, block.span().end));
    assert_apart(&article.text, spans);
    assert_facts(&article.text, &article.metadata);
    if matches!(article.markup, Markup::Html | Markup::Feed | Markup::Mail) {
        let control = article.text.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(control, None, "a control character in what was taken out: {:?}", article.text);
    }
}

/// The same of an article of JSON Lines as it is inspected.
pub fn assert_line(parts: &LineParts) {
    assert_apart(&parts.text, parts.blocks.iter().map(|block| (block.span.start, block.span.end)));
    assert_apart(&parts.text, parts.sentences.iter().copied());
    assert_facts(&parts.text, &parts.metadata);
}

/// Stretches of a text are in order, apart, trimmed and not empty.
fn assert_apart(text: &str, spans: impl Iterator<Item = (usize, usize)>) {
    let mut last = 0;
    for (start, end) in spans {
        assert!(start >= last && end > start, "{start}..{end} behind ..{last} overlaps, goes back or is empty");
        let slice = &text[start..end];
        assert_eq!(slice, slice.trim(), "white space at the ends");
        last = end;
    }
}

fn assert_facts(text: &str, facts: &Metadata) {
    fn assert_fact<T>(text: &str, fact: &Option<Fact<T>>) {
        if let Some(Fact { found, span, .. }) = fact {
            let slice = text.get(span.start..span.end);
            let slice = slice.unwrap_or_else(|| panic!("a fact ({found:?}) outside of the text"));
            assert!(found.is_in_text() || slice.is_empty(), "a fact ({found:?}) from beside the text stands in it");
        }
    }
    for fact in [&facts.title, &facts.publisher, &facts.byline, &facts.place, &facts.agency, &facts.url] {
        assert_fact(text, fact);
    }
    for fact in [&facts.published, &facts.updated, &facts.shown, &facts.event] {
        assert_fact(text, fact);
    }
}

/// The sentences of each article lie in its blocks of running text, in order and trimmed, and hold all of them but white
/// space.
pub fn assert_sentences(cluster: &Cluster) {
    let sentences = sentences(cluster);
    for (index, article) in cluster.articles.iter().enumerate() {
        let mut spans =
            sentences.range(ArticleId::from(index)).map(|at| sentences.get(SentenceId::from(at)).span).peekable();
        for block in article.prose().map(|block| block.span()) {
            let mut end = block.start;
            while let Some(span) = spans.next_if(|span| span.start < block.end) {
                assert!(article.text[end..span.start].trim().is_empty(), "a sentence begins too late");
                let text = span.of(&article.text);
                assert!(!text.is_empty() && text == text.trim(), "not trimmed: {text:?}");
                end = span.end;
            }
            assert!(article.text[end..block.end].trim().is_empty(), "the sentences end too early");
        }
        assert_eq!(spans.next(), None, "a sentence outside of running text");
    }
}

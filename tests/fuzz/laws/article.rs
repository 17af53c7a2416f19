//! What holds of every article.

use epitome::model::{ArticleId, Fact, Origin, SentenceId};
use epitome::segment::sentences;
use epitome::{Article, Cluster};

/// Blocks are in order, apart, trimmed and not empty; facts stand where they say; what was taken out of a page, a feed or a
/// message is plain text.
pub fn assert_article(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        let span = block.span();
        assert!(span.start >= end && span.end > span.start, "blocks overlap or go back: {:?}", article.blocks);
        let text = span.of(&article.text);
        assert_eq!(text, text.trim(), "a block has white space at its ends");
        end = span.end;
    }
    assert_facts(article);
    if article.origin == Origin::Extracted {
        let control = article.text.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(control, None, "a control character in extracted text");
    }
}

fn assert_facts(article: &Article) {
    fn assert_fact<T>(article: &Article, fact: &Option<Fact<T>>) {
        if let Some(Fact { found, span, .. }) = fact {
            let text = article.text.get(span.start..span.end);
            let text = text.unwrap_or_else(|| panic!("a fact ({found:?}) outside of the text"));
            assert!(found.is_in_text() || text.is_empty(), "a fact from beside the text stands in it");
        }
    }
    let facts = &article.metadata;
    for fact in [&facts.title, &facts.publisher, &facts.byline, &facts.place, &facts.agency, &facts.url] {
        assert_fact(article, fact);
    }
    for fact in [&facts.published, &facts.updated, &facts.event] {
        assert_fact(article, fact);
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

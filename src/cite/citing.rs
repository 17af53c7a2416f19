//! Picks in, a [`Digest`] out.

use super::digest::{AlsoIn, Citation, Convergence, Digest, Item, Lines, SCHEMA, Source};
use crate::model::{Article, ArticleId, Cluster, Options, Origin, SentenceId, Span};
use crate::rank::{Ranking, Story};
use crate::select::Selection;

/// So many characters around a quote are kept, as is usual for a `TextQuoteSelector`.
const CONTEXT_CHARS: usize = 32;

/// Writes down where each pick and each of its echoes stands.
pub fn cite(story: &Story<'_>, ranking: &Ranking, selection: &Selection, options: &Options) -> Digest {
    let cluster = story.sentences.cluster();
    let mut counts = Counts::default();
    let mut place = |id: SentenceId| {
        let sentence = story.sentences.get(id);
        citation(&cluster[sentence.article], sentence.article, sentence.span, &mut counts)
    };
    let items: Vec<Item> = selection
        .picks
        .iter()
        .map(|pick| Item {
            quote: story.sentences.text(pick.sentence).to_owned(),
            score: ranking.score(pick.sentence),
            citation: place(pick.sentence),
            also_in: pick
                .echoes
                .iter()
                .map(|echo| AlsoIn { quote: story.sentences.text(*echo).to_owned(), citation: place(*echo) })
                .collect(),
        })
        .collect();
    let opening = items.first().map(|item| &cluster[item.citation.article]);
    let title = opening.into_iter().chain(&cluster.articles).find_map(|article| article.title.clone());
    Digest {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        options: options.clone(),
        outcome: selection.outcome,
        convergence: Convergence { rounds: ranking.rounds, converged: ranking.converged },
        title,
        language: cluster.language,
        items,
        sources: sources(cluster),
        left_out: cluster.left_out.clone(),
    }
}

fn sources(cluster: &Cluster) -> Vec<Source> {
    let source = |article: &Article| Source {
        path: article.source.clone(),
        origin: article.origin,
        sha256: article.sha256.clone(),
        title: article.title.clone(),
        language: article.language,
        text: (article.origin != Origin::File).then(|| article.text.clone()),
        kept: None,
    };
    cluster.articles.iter().map(source).collect()
}

fn citation(article: &Article, id: ArticleId, span: Span, counts: &mut Counts) -> Citation {
    let text = &article.text;
    let (line, chars) = counts.before(id, text, span.start);
    let quote = span.of(text);
    let before = &text[..span.start];
    let prefix_start = before.char_indices().rev().nth(CONTEXT_CHARS - 1).map_or(0, |(at, _)| at);
    let behind = &text[span.end..];
    let suffix_end = behind.char_indices().nth(CONTEXT_CHARS).map_or(behind.len(), |(at, _)| at);
    Citation {
        article: id,
        span,
        chars: Span::new(chars, chars + quote.chars().count()),
        lines: Lines { first: line + 1, last: line + 1 + line_ends(quote) },
        prefix: before[prefix_start..].to_owned(),
        suffix: behind[..suffix_end].to_owned(),
    }
}

/// Counts lines and characters of the articles, each stretch of a text only once as long as places are asked for in
/// rising order.
#[derive(Default)]
struct Counts {
    /// For each article: the byte counted up to, and the line ends and characters before it.
    known: std::collections::HashMap<ArticleId, (usize, usize, usize)>,
}

impl Counts {
    /// How many line ends and characters stand before a byte of an article's text.
    fn before(&mut self, id: ArticleId, text: &str, byte: usize) -> (usize, usize) {
        let entry = self.known.entry(id).or_default();
        if byte < entry.0 {
            *entry = (0, 0, 0);
        }
        let stretch = &text[entry.0..byte];
        // No stretch ends between a CR and its LF: quotes begin with no white space.
        *entry = (byte, entry.1 + line_ends(stretch), entry.2 + stretch.chars().count());
        (entry.1, entry.2)
    }
}

/// Line ends as editors count them: LF, CRLF, or CR alone.
fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |(at, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    bytes.iter().enumerate().filter(|&end| ends(end)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Markup, ReadOptions, article};

    #[test]
    fn a_citation_counts_bytes_characters_and_lines() {
        let text = "Erste Zeile.\r\nDie Fähre stößt an.\nDer Pier\nbricht dort.\n";
        let article = article("x", text.to_owned(), Markup::Plain, &ReadOptions::default());
        let start = text.find("Der").unwrap();
        let span = Span::new(start, text.len() - 1);
        let citation = citation(&article, ArticleId(0), span, &mut Counts::default());
        assert_eq!(citation.span, Span::new(37, 58));
        assert_eq!(citation.chars, Span::new(34, 55));
        assert_eq!(citation.lines, Lines { first: 3, last: 4 });
        assert!(citation.prefix.ends_with("stößt an.\n"));
        assert_eq!(citation.prefix.chars().count(), 32);
        assert_eq!(citation.suffix, "\n");
    }
}

//! Articles in, the same articles out with what recurs in several of one outlet set aside.
//!
//! A menu, a newsletter box or a slogan is the same in every article of an outlet, and the article is not. Copies of one
//! article have all in common and prove nothing.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::model::{Article, Block, BlockKind, Cue};

/// Two articles are of one outlet if they have so many lines in common that are not text.
const COMMON_LINES: usize = 3;

/// Two articles that have more than this share of the shorter one's paragraphs in common are copies.
const COPY_SHARE: f64 = 0.25;

/// Sets aside every paragraph that stands word for word in two articles of one outlet that are no copies of each other.
///
/// The result does not depend on the order of the articles.
pub(super) fn set_aside_recurring(articles: &mut [Article]) {
    let lines: Vec<Lines> = articles.iter().map(Lines::of).collect();
    // By their bytes, so that it is the same few articles that stand for many whatever their order.
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by(|&a, &b| {
        articles[a].sha256.cmp(&articles[b].sha256).then(articles[a].source.cmp(&articles[b].source))
    });
    let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for index in order {
        for line in &lines[index].all {
            holders.entry(*line).or_default().push(index);
        }
    }
    holders.retain(|_, holders| holders.len() > 1);
    // How many lines of either sort two articles have in common. Lines that nearly all have tell as much as others, but
    // a line of so many articles would make too many pairs: the first articles stand for the rest.
    let mut common: FxHashMap<(usize, usize), (usize, usize)> = FxHashMap::default();
    for (line, holders) in &holders {
        let holders = &holders[..holders.len().min(MOST_HOLDERS)];
        for (at, &a) in holders.iter().enumerate() {
            for &b in &holders[at + 1..] {
                let pair = common.entry((a.min(b), a.max(b))).or_default();
                if lines[a].text.contains(line) && lines[b].text.contains(line) {
                    pair.1 += 1;
                } else {
                    pair.0 += 1;
                }
            }
        }
    }
    let of_one_outlet = |a: usize, b: usize| {
        let (furniture, text) = common.get(&(a.min(b), a.max(b))).copied().unwrap_or_default();
        let shorter = lines[a].text.len().min(lines[b].text.len());
        let same = match (publisher(&articles[a]), publisher(&articles[b])) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        };
        (furniture >= COMMON_LINES || same) && text as f64 <= COPY_SHARE * shorter as f64
    };
    let mut recurring: FxHashSet<u64> = FxHashSet::default();
    for (line, holders) in &holders {
        let holders = &holders[..holders.len().min(MOST_HOLDERS)];
        let pair = holders.iter().enumerate().any(|(at, &a)| holders[at + 1..].iter().any(|&b| of_one_outlet(a, b)));
        if pair {
            recurring.insert(*line);
        }
    }
    for article in articles {
        let text = &article.text;
        for block in article.blocks.iter_mut().filter(|block| block.kind == BlockKind::Prose) {
            if recurring.contains(&line(text, block)) {
                (block.kind, block.cue) = (BlockKind::Navigation, Cue::Recurs);
            }
        }
    }
}

/// So many articles that hold a line are compared with each other.
const MOST_HOLDERS: usize = 12;

fn publisher(article: &Article) -> Option<&str> {
    article.metadata.publisher.as_ref().map(|fact| fact.value.as_str())
}

/// The lines of an article, each once, and those of them that are text.
struct Lines {
    all: FxHashSet<u64>,
    text: FxHashSet<u64>,
}

impl Lines {
    fn of(article: &Article) -> Self {
        let lines = |prose: bool| {
            let blocks = article.blocks.iter().filter(move |block| !prose || block.kind == BlockKind::Prose);
            blocks.map(|block| line(&article.text, block)).collect()
        };
        Self { all: lines(false), text: lines(true) }
    }
}

/// A block's words as one number.
fn line(text: &str, block: &Block) -> u64 {
    let mut hasher = FxHasher::default();
    for word in block.span.of(text).split_whitespace() {
        word.hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Markup, ReadOptions, Reading, article};

    const BOX: &str = "Our journalism needs readers like you, so think of the harbour and of us today.";

    /// An article of one outlet: its menu, a sentence of its own, and the box that all its articles have.
    fn page(name: &str, own: &str) -> Article {
        let days = ["Monday", "Tuesday", "Wednesday", "Thursday"];
        let more: Vec<String> =
            days.iter().map(|day| format!("On {day} the council heard what {name} had to say.")).collect();
        let menu = "Harbour and coast | Town\n\nWeather for the islands\n\nLetters to the harbour";
        let text = format!("{menu}\n\n{own}\n\n{}\n\n{BOX}\n", more.join("\n\n"));
        article(name, text, Markup::Plain, &ReadOptions::default())
    }

    fn kind_of_box(articles: Vec<Article>) -> Vec<(BlockKind, Cue)> {
        let last = |article: &Article| article.blocks.last().map(|block| (block.kind, block.cue)).unwrap();
        Reading::of(articles, Vec::new()).articles.iter().map(last).collect()
    }

    #[test]
    fn a_paragraph_that_recurs_in_two_articles_of_an_outlet_is_set_aside() {
        let first = page("a", "The ferry hit the east pier of Port Ella on Tuesday, the mayor of the town said.");
        let second = page("b", "Council voted for new roofs on three schools after four hours of debate on Monday.");
        assert_eq!(kind_of_box(vec![first.clone(), second]), [(BlockKind::Navigation, Cue::Recurs); 2]);
        assert_eq!(kind_of_box(vec![first.clone()]), [(BlockKind::Prose, Cue::Sentences)]);
        // The same article twice proves nothing.
        assert_eq!(kind_of_box(vec![first.clone(), first]), [(BlockKind::Prose, Cue::Sentences); 2]);
    }

    #[test]
    fn what_articles_of_different_outlets_have_in_common_stays() {
        let other = article(
            "c",
            format!("Divers went down to the pier at first light on Wednesday.\n\n{BOX}\n"),
            Markup::Plain,
            &ReadOptions::default(),
        );
        let first = page("a", "The ferry hit the east pier of Port Ella on Tuesday, the mayor of the town said.");
        assert_eq!(kind_of_box(vec![first, other]), [(BlockKind::Prose, Cue::Sentences); 2]);
    }
}

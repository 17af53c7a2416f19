//! Articles in, the same articles out with what recurs in several of one outlet set aside.
//!
//! A menu, a newsletter box or a slogan is the same in every article of an outlet, and the article is not. Copies of one
//! article have all in common and prove nothing.

use std::hash::Hasher;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::model::{Article, Block, BlockKind, Cue};
use crate::stretches::FEWEST_BYTES_FOR_THREADS;

/// Two articles are of one outlet if they have so many lines in common that are not text.
const COMMON_LINES: usize = 3;

/// Two articles that have more than this share of the shorter one's paragraphs in common are copies.
const COPY_SHARE: f64 = 0.25;

/// Sets aside every paragraph that stands word for word in two articles of one outlet that are no copies of each other.
///
/// The result does not depend on the order of the articles.
pub(super) fn set_aside_recurring(articles: &mut [Article]) {
    let is_large = articles.iter().map(Article::bytes).sum::<usize>() >= FEWEST_BYTES_FOR_THREADS;
    let all_lines = Lines::of(articles, is_large);
    let repeated = all_lines.repeated(is_large);
    if repeated.is_empty() {
        return;
    }
    // By their bytes, so that it is the same few articles that stand for many whatever their order.
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_unstable_by(|&a, &b| {
        let name = |at: usize| (&articles[at].sha256, &articles[at].source, at);
        name(a).cmp(&name(b))
    });
    let mut lines: Vec<Line> = Vec::new();
    for (rank, &index) in (0..).zip(&order) {
        let hashes_and_blocks = all_lines.of_article(index).iter().zip(&articles[index].blocks);
        let line = |(hash, block): (&u64, &Block)| Line { hash: *hash, rank, other: !is_text(block) };
        lines.extend(hashes_and_blocks.filter(|(hash, _)| repeated.contains(hash)).map(line));
    }
    // Of the same lines of one article those that are text come first, and are kept.
    lines.sort_unstable();
    lines.dedup_by_key(|line| (line.hash, line.rank));
    let recur = || lines.chunk_by(|a, b| a.hash == b.hash).filter(|holders| holders.len() > 1);
    // How many lines of either sort two articles have in common. Lines that nearly all have tell as much as others, but
    // a line of so many articles would make too many pairs: the first articles stand for the rest.
    let mut common: FxHashMap<(u32, u32), InCommon> = FxHashMap::default();
    for (a, b) in recur().flat_map(pairs) {
        let pair = common.entry((a.rank, b.rank)).or_default();
        if a.other || b.other {
            pair.furniture += 1;
        } else {
            pair.text += 1;
        }
    }
    let texts: Vec<usize> =
        order.iter().map(|&index| distinct_texts(all_lines.of_article(index), &articles[index].blocks)).collect();
    let of_one_outlet = |(a, b): (Line, Line)| {
        let InCommon { furniture, text } = common.get(&(a.rank, b.rank)).copied().unwrap_or_default();
        let [a, b] = [a, b].map(|line| line.rank as usize);
        let same = match (publisher(&articles[order[a]]), publisher(&articles[order[b]])) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        };
        (furniture as usize >= COMMON_LINES || same) && {
            let shorter = texts[a].min(texts[b]);
            f64::from(text) <= COPY_SHARE * shorter as f64
        }
    };
    let recurring: FxHashSet<u64> =
        recur().filter(|holders| pairs(holders).any(of_one_outlet)).map(|holders| holders[0].hash).collect();
    if recurring.is_empty() {
        return;
    }
    for (index, article) in articles.iter_mut().enumerate() {
        for (block, hash) in article.blocks.iter_mut().zip(all_lines.of_article(index)) {
            if is_text(block) && recurring.contains(hash) {
                (block.kind, block.cue) = (BlockKind::Navigation, Cue::Recurs);
            }
        }
    }
}

/// So many articles that hold a line are compared with each other.
const MOST_HOLDERS: usize = 12;

/// A line of an article: its words as a number, the rank of the article, and whether it is other than running text there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    hash: u64,
    rank: u32,
    other: bool,
}

/// The words of each block of all articles, as numbers.
struct Lines {
    hashes: Vec<u64>,
    /// Where the blocks of each article begin, and where the last ends.
    starts: Vec<usize>,
}

impl Lines {
    fn of(articles: &[Article], is_large: bool) -> Self {
        let mut starts = Vec::with_capacity(articles.len() + 1);
        starts.push(0);
        starts.extend(articles.iter().scan(0, |end, article| {
            *end += article.blocks.len();
            Some(*end)
        }));
        let mut hashes = vec![0; starts[articles.len()]];
        let fill = |(hashes, Article { text, blocks, .. }): (&mut [u64], &Article)| {
            hashes.iter_mut().zip(blocks).for_each(|(place, block)| *place = hash(block.span().of(text)));
        };
        let mut rest = hashes.as_mut_slice();
        let places = articles.iter().map(|article| rest.split_off_mut(..article.blocks.len()).unwrap_or_default());
        let places = places.zip(articles);
        if is_large {
            places.collect::<Vec<_>>().into_par_iter().for_each(fill);
        } else {
            places.for_each(fill);
        }
        Self { hashes, starts }
    }

    fn of_article(&self, index: usize) -> &[u64] {
        &self.hashes[self.starts[index]..self.starts[index + 1]]
    }

    /// Those that stand more than once in any articles: most lines do not, and are done with.
    fn repeated(&self, is_large: bool) -> FxHashSet<u64> {
        let mut hashes = self.hashes.clone();
        if is_large {
            hashes.par_sort_unstable();
        } else {
            hashes.sort_unstable();
        }
        hashes.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).map(|same| same[0]).collect()
    }
}

/// How many different lines of an article are text.
fn distinct_texts(hashes: &[u64], blocks: &[Block]) -> usize {
    let is_text = |(hash, block): (&u64, &Block)| is_text(block).then_some(*hash);
    let mut texts: Vec<u64> = hashes.iter().zip(blocks).filter_map(is_text).collect();
    texts.sort_unstable();
    texts.dedup();
    texts.len()
}

/// How many lines two articles have in common.
#[derive(Clone, Copy, Debug, Default)]
struct InCommon {
    furniture: u32,
    text: u32,
}

/// Every two of the first holders of a line.
fn pairs(holders: &[Line]) -> impl Iterator<Item = (Line, Line)> {
    let holders = &holders[..holders.len().min(MOST_HOLDERS)];
    holders.iter().enumerate().flat_map(move |(at, &a)| holders[at + 1..].iter().map(move |&b| (a, b)))
}

fn publisher(article: &Article) -> Option<&str> {
    article.metadata.publisher.as_ref().map(|fact| fact.value.as_str())
}

fn is_text(block: &Block) -> bool {
    block.kind == BlockKind::Prose
}

/// The words of a block as one number, whatever white space is between them.
fn hash(line: &str) -> u64 {
    let mut hasher = FxHasher::default();
    if has_single_spaces(line) {
        hasher.write(line.as_bytes());
    } else {
        let words: Vec<&str> = line.split_whitespace().collect();
        hasher.write(words.join(" ").as_bytes());
    }
    hasher.finish()
}

/// Whether a line is sure to have no other white space than one blank between two words.
fn has_single_spaces(line: &str) -> bool {
    let bytes = line.as_bytes();
    let is_blank = |byte: Option<&u8>| byte == Some(&b' ');
    if is_blank(bytes.first()) || is_blank(bytes.last()) {
        return false;
    }
    // Without branches, so that many bytes are looked at in one step.
    let other = bytes.iter().fold(false, |other, byte| other | (*byte < b' '));
    !other && !may_have_other_spaces(bytes)
}

/// Whether a line may have two blanks in a row, or white space beyond ASCII: U+0085 and U+00A0 by their two bytes, the
/// others, from U+1680 to U+3000, by the last two of three.
fn may_have_other_spaces(bytes: &[u8]) -> bool {
    let (firsts, seconds) = (&bytes[..bytes.len().saturating_sub(1)], bytes.get(1..).unwrap_or_default());
    firsts.iter().zip(seconds).fold(false, |found, (&first, &second)| {
        let double = (first == b' ') & (second == b' ');
        let latin = (first == 0xC2) & ((second == 0x85) | (second == 0xA0));
        // U+2000 to U+200A, U+2028, U+2029, U+202F, U+3000, and some that are none.
        let general = (first == 0x80) & ((second & 0xF0 == 0x80) | (second & 0xF8 == 0xA8));
        // U+1680 and U+205F.
        let rare = (first == 0x9A) & (second == 0x80) | (first == 0x81) & (second == 0x9F);
        found | double | latin | general | rare
    })
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
    fn all_white_space_beyond_ascii_is_seen() {
        for c in ('\u{80}'..='\u{ffff}').filter(|c| c.is_whitespace()) {
            assert!(!has_single_spaces(&format!("the{c}pier")), "{c:?}");
            assert_eq!(hash(&format!("the{c}pier")), hash("the pier"));
        }
        assert!(has_single_spaces("“Göran’s pier” — the old one…"));
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

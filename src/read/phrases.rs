//! Phrases in; those of them that a text has out, all looked for in one pass.

/// Phrases that are looked for at once, each with what it stands for.
pub(super) struct Phrases<V> {
    /// The phrases behind their first two bytes, those of one [`slot`] beside each other.
    entries: Vec<([u8; 2], &'static str, V)>,
    /// Where the phrases of each slot begin; behind the last one, their number.
    starts: [u16; SLOTS + 1],
}

const SLOTS: usize = 1 << 10;

/// Two bytes by the lower halves of their ranges: letters are far apart there.
fn slot(pair: [u8; 2]) -> usize {
    usize::from(pair[0] & 0x1F) << 5 | usize::from(pair[1] & 0x1F)
}

impl<V: Copy> Phrases<V> {
    /// Takes phrases of at least two bytes.
    pub fn of(phrases: impl IntoIterator<Item = (&'static str, V)>) -> Self {
        let first_two = |phrase: &str| *phrase.as_bytes().first_chunk().expect("a phrase has two bytes or more");
        let mut entries: Vec<_> =
            phrases.into_iter().map(|(phrase, value)| (first_two(phrase), phrase, value)).collect();
        entries.sort_by_key(|entry| slot(entry.0));
        let start = |slot_: usize| entries.partition_point(|entry| slot(entry.0) < slot_);
        let starts = std::array::from_fn(|slot| u16::try_from(start(slot)).expect("fewer phrases than 2^16"));
        Self { entries, starts }
    }

    /// The phrases that stand in a text: where, which, and what they stand for.
    pub fn matches<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, &'static str, V)> + 't {
        let bytes = text.as_bytes();
        let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default()).map(|(first, second)| [*first, *second]);
        let possible = |pair| &self.entries[self.starts[slot(pair)].into()..self.starts[slot(pair) + 1].into()];
        let begun = pairs.enumerate().filter(move |(_, pair)| self.starts[slot(*pair)] != self.starts[slot(*pair) + 1]);
        begun.flat_map(move |(at, pair)| {
            let same = possible(pair).iter().filter(move |entry| entry.0 == pair);
            let found = same.filter(move |entry| bytes[at..].starts_with(entry.1.as_bytes()));
            found.map(move |(_, phrase, value)| (at, *phrase, *value))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_where_searching_for_each_finds_them() {
        let words = ["pier", "pi", "the pier", " an", "é", "était", "pierpier", "à la", ", left,"];
        let phrases = Phrases::of(words.into_iter().enumerate().map(|(index, word)| (word, index)));
        for text in ["", "p", "the pierpier and the pi", "Il était à la pier, left, an", "piépi an"] {
            let mut found: Vec<(usize, usize)> = phrases.matches(text).map(|(at, _, index)| (index, at)).collect();
            found.sort_unstable();
            let every = |(index, word): (usize, &&'static str)| {
                let places = (0..text.len()).filter(|at| text.as_bytes()[*at..].starts_with(word.as_bytes()));
                places.map(|at| (index, at)).collect::<Vec<_>>()
            };
            assert_eq!(found, words.iter().enumerate().flat_map(every).collect::<Vec<_>>(), "{text}");
        }
    }
}

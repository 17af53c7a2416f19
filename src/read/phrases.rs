//! Phrases in; those of them that a text has out, all looked for in one pass.

/// Phrases that are looked for at once, each with what it stands for.
pub(super) struct Phrases<V> {
    /// The phrases behind their first two bytes, in the order of these.
    entries: Vec<([u8; 2], &'static str, V)>,
    /// One bit for every two bytes that a phrase may begin with, see [`slot`].
    begins: [u64; 1 << (SLOT_BITS - 6)],
}

const SLOT_BITS: u32 = 10;

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
        entries.sort_by_key(|entry| entry.0);
        let mut begins = [0; 1 << (SLOT_BITS - 6)];
        for (pair, _, _) in &entries {
            begins[slot(*pair) >> 6] |= 1 << (slot(*pair) & 63);
        }
        Self { entries, begins }
    }

    /// The phrases that stand in a text: where, which, and what they stand for.
    pub fn matches<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, &'static str, V)> + 't {
        let bytes = text.as_bytes();
        let begins = |slot: usize| self.begins[slot >> 6] >> (slot & 63) & 1 != 0;
        let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default()).map(|(first, second)| [*first, *second]);
        pairs.enumerate().filter(move |(_, pair)| begins(slot(*pair))).flat_map(move |(at, pair)| {
            let first = self.entries.partition_point(|entry| entry.0 < pair);
            let alike = self.entries[first..].iter().take_while(move |entry| entry.0 == pair);
            let found = alike.filter(move |(_, phrase, _)| bytes[at..].starts_with(phrase.as_bytes()));
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

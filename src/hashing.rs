//! Keys in, numbers that are spread over all 64 bits out: for the hash tables and filters of this crate, and for the build
//! script that makes one of them. Nothing here is for keys that somebody chooses to collide.

/// 2⁶⁴ divided by the golden ratio (Knuth, The Art of Computer Programming, volume 3, section 6.4).
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A key, its bits spread upwards: the highest of the result are the best.
#[inline]
pub(crate) const fn spread(key: u64) -> u64 {
    key.wrapping_mul(GOLDEN)
}

/// The same of a key of 16 bytes.
#[inline]
pub(crate) const fn spread_wide(key: u128) -> u64 {
    spread(key as u64 ^ ((key >> u64::BITS) as u64).rotate_left(23))
}

/// One more key of a sequence, into the number of those before it.
#[inline]
pub(crate) const fn mixed(before: u64, key: u64) -> u64 {
    spread(before.rotate_left(23) ^ key)
}

/// A word, whatever its capitals: what [`spread_word`] gives for it in small letters.
pub(crate) fn spread_lower_case(word: &str) -> u64 {
    /// Words in letters of ASCII are hardly ever longer.
    const LONGEST: usize = 64;
    let mut lower = [0; LONGEST];
    match lower.get_mut(..word.len()) {
        Some(lower) if word.is_ascii() => {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            spread_bytes(lower)
        }
        _ => spread_word(&word.to_lowercase()),
    }
}

/// The same of a word as it is spelled.
pub(crate) fn spread_word(word: &str) -> u64 {
    spread_bytes(word.as_bytes())
}

fn spread_bytes(bytes: &[u8]) -> u64 {
    let (eights, rest) = bytes.as_chunks();
    let rest = rest.iter().fold(0, |rest, byte| rest << 8 | u64::from(*byte));
    let numbers = eights.iter().map(|eight| u64::from_le_bytes(*eight)).chain([rest]);
    numbers.fold(0, mixed)
}

//! A word in, a number that says where it stands in the table out: for the table's maker and for its reader.

/// The number of a word. What counts is in its lowest bits.
pub(super) fn of(word: &str) -> u64 {
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut number = 0_u64;
    let mut add = |eight: u64| number = (number.rotate_left(23) ^ eight).wrapping_mul(SPREAD);
    let mut chunks = word.as_bytes().chunks_exact(8);
    for eight in &mut chunks {
        add(u64::from_le_bytes(eight.try_into().expect("eight bytes are eight bytes")));
    }
    add(chunks.remainder().iter().fold(0, |rest, byte| rest << 8 | u64::from(*byte)));
    number >> 32
}

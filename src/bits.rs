//! Bytes in, one bit for each of them out: whether it is of a class. Most of a text is passed over a block at a time.

/// So many bytes make the bits of one word.
pub(crate) const BLOCK: usize = u64::BITS as usize;

/// Which of the [`BLOCK`] bytes from `start` on are of a class, the first in the lowest bit. Behind the end none is.
///
/// The class is asked of sixteen bytes at once if it is made of comparisons without branches.
#[inline]
pub(crate) fn bits(bytes: &[u8], start: usize, class: impl Fn(u8) -> bool) -> u64 {
    let rest = &bytes[start..];
    if let Some(block) = rest.first_chunk() {
        return bits_of_block(block, class);
    }
    let mut padded = [0; BLOCK];
    padded[..rest.len()].copy_from_slice(rest);
    bits_of_block(&padded, class) & !(u64::MAX << rest.len())
}

/// Calls `each` with where every run of bytes of a class begins and ends.
#[inline]
pub(crate) fn runs(bytes: &[u8], class: impl Fn(u8) -> bool, mut each: impl FnMut(usize, usize)) {
    // Where the run began that goes on in the next block.
    let mut open = None;
    let mut inside = 0;
    // One byte behind the text is looked at, too: there a run ends that reaches as far.
    for block in (0..bytes.len() + 1).step_by(BLOCK) {
        let bits = bits(bytes, block, &class);
        let before = bits << 1 | inside;
        inside = bits >> (BLOCK - 1);
        let (mut starts, mut ends) = (bits & !before, before & !bits);
        while ends != 0 {
            let start = open.take().unwrap_or_else(|| pop(&mut starts, block));
            each(start, pop(&mut ends, block));
        }
        if starts != 0 {
            open = Some(pop(&mut starts, block));
        }
    }
}

/// Takes the lowest bit out; returns where its byte stands.
#[inline]
fn pop(bits: &mut u64, block: usize) -> usize {
    let at = block + bits.trailing_zeros() as usize;
    *bits &= *bits - 1;
    at
}

#[inline]
fn bits_of_block(block: &[u8; BLOCK], class: impl Fn(u8) -> bool) -> u64 {
    /// Brings the lowest bit of the n-th byte to the n-th bit of the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut flags = [0; BLOCK];
    for (flag, &byte) in flags.iter_mut().zip(block) {
        *flag = u8::from(class(byte));
    }
    let (eights, _) = flags.as_chunks();
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_found_across_blocks() {
        let text = ["a".repeat(130), ".".repeat(61), "b.c..d".repeat(30), "e".repeat(64)].join(".");
        for start in 0..text.len() {
            let text = &text[start..];
            let mut found = Vec::new();
            runs(text.as_bytes(), |byte| byte != b'.', |start, end| found.push(&text[start..end]));
            assert_eq!(found, text.split('.').filter(|run| !run.is_empty()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn each_byte_has_its_bit() {
        let text = "a.b..c...".repeat(20);
        for start in 0..text.len() {
            let bits = bits(text.as_bytes(), start, |byte| byte == b'.');
            for offset in 0..BLOCK {
                let expected = text.as_bytes().get(start + offset) == Some(&b'.');
                assert_eq!(bits >> offset & 1 == 1, expected, "{start} + {offset}");
            }
        }
        assert_eq!(bits(b"ab", 0, |byte| byte == 0), 0);
    }
}

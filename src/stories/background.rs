//! A term in, the share of everyday news that says it out.
//!
//! `background.tsv` was counted once: for each English stem, in how many of 7,000 news articles of two decades and two
//! kinds of outlets (newspapers and broadcasters of 2017, a newswire of 1987) it stands, in thousandths; stems under two
//! thousandths are left out, and so are names, told by their capitals, that are not in both kinds of outlets: those are of
//! a time. Articles of other languages have no such table: for them every term counts as rare, until the
//! heap itself says otherwise.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::vectorize::stem_key;

static TABLE: OnceLock<FxHashMap<u64, f32>> = OnceLock::new();

/// The share of everyday news that says a term, in [0, 1]; 0 where it is rare or not known.
pub(super) fn share(term: u64) -> f64 {
    TABLE.get_or_init(read).get(&term).copied().map_or(0.0, f64::from)
}

fn read() -> FxHashMap<u64, f32> {
    let lines = include_str!("background.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (stem, thousandths) = line.split_once('\t')?;
            Some((stem_key(stem), thousandths.parse::<f32>().ok()? / 1_000.0))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_stems_are_known_and_names_are_not() {
        assert!(share(stem_key("year")) > 0.2);
        assert!(share(stem_key("minist")) > 0.01);
        assert_eq!(share(stem_key("brimella")), 0.0);
    }

    #[test]
    fn every_line_is_a_stem_and_a_share() {
        let lines = include_str!("background.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(lines, read().len());
        assert!(read().values().all(|share| (0.002..=1.0).contains(share)));
    }
}

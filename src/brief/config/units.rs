//! Words of a configuration in, sizes, time spans and the nearest known word out.

use std::time::Duration;

use super::findings::Wrong;

const SECOND: u64 = 1000;

/// Units of time in milliseconds, the largest first.
const UNITS: [(&str, u64); 5] =
    [("d", 24 * 60 * 60 * SECOND), ("h", 60 * 60 * SECOND), ("m", 60 * SECOND), ("s", SECOND), ("ms", 1)];

/// A time span: `20s`, `90m`, `24h`, `7d`, `500ms`.
pub(super) fn span(text: &str) -> Result<Duration, Wrong> {
    let (digits, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let unit = unit.trim();
    let length = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, length)| *length);
    let span = digits.parse::<u64>().ok().zip(length).and_then(|(number, length)| number.checked_mul(length));
    let wrong = || {
        Wrong::new(
            format!("`{text}` is no time span"),
            "write a whole number and its unit: \"20s\", \"90m\", \"24h\", \"7d\"",
        )
    };
    span.map(Duration::from_millis).ok_or_else(wrong)
}

/// A time span in its largest whole unit.
pub(super) fn spell(span: Duration) -> String {
    let length = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
    // A day is said in hours.
    let unit = UNITS.iter().find(|(name, unit)| length.is_multiple_of(*unit) && (*name != "d" || length > *unit));
    unit.map_or_else(|| format!("{length}ms"), |(name, unit)| format!("{}{name}", length / unit))
}

/// A size in bytes: `8M`, with `K`, `M` or `G` for 2¹⁰, 2²⁰ or 2³⁰.
pub(super) fn size(text: &str) -> Result<u64, Wrong> {
    let (digits, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let shift = match unit.trim() {
        "" => Some(0),
        "k" | "K" => Some(10),
        "m" | "M" => Some(20),
        "g" | "G" => Some(30),
        _ => None,
    };
    let size = digits.parse::<u64>().ok().zip(shift).and_then(|(number, shift)| number.checked_mul(1 << shift));
    size.ok_or_else(|| {
        Wrong::new(format!("`{text}` is no size"), "write a whole number with K, M or G behind it: \"8M\"")
    })
}

/// Words that differ by more letters than this are different words.
const MOST_TYPOS: usize = 2;

/// The known word that was probably meant, if any is near.
pub(super) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    // What nobody would write by mistake is not compared: it takes the product of both lengths.
    const LONGEST: usize = 64;
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase().replace('-', "_");
    let typos = |known: &str| strsim::osa_distance(&word, &known.to_lowercase().replace('-', "_"));
    // Of a word of four letters, two are half of it.
    let most = MOST_TYPOS.min((word.chars().count() / 3).max(1));
    let is_begun = |known: &str| word.len() > 3 && known.starts_with(&word);
    let near = known.map(|known| (typos(known), known)).filter(|(typos, known)| *typos <= most || is_begun(known));
    near.min().map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_span_is_a_number_and_its_unit_and_is_written_so() {
        for text in ["20s", "90m", "24h", "7d", "500ms", "1s"] {
            assert_eq!(spell(span(text).unwrap()), text);
        }
        assert_eq!(span("90 s").unwrap(), Duration::from_secs(90));
        for wrong in ["", "20", "s", "1.5h", "-1s", "1 week", "99999999999999999999d", "9999999999999999d"] {
            assert!(span(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_size_is_a_number_with_or_without_its_unit() {
        assert_eq!((size("8M").unwrap(), size("1024").unwrap(), size("2 k").unwrap()), (8 << 20, 1024, 2048));
        for wrong in ["", "M", "8MB", "1.5M", "99999999999G"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_nearest_word_is_one_with_hardly_another_letter() {
        let known = || ["words", "sentences", "chars", "hour", "days", "to", "password_file"].into_iter();
        for (word, meant) in [
            ("wrods", "words"),
            ("Words", "words"),
            ("sentance", "sentences"),
            ("hours", "hour"),
            ("password-file", "password_file"),
        ] {
            assert_eq!(nearest(word, known()), Some(meant), "{word}");
        }
        for other in ["colour", "xy", "", "percent"] {
            assert_eq!(nearest(other, known()), None, "{other}");
        }
    }
}

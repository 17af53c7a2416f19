//! A language's code and names: `de`, `deu` and `german` are one [`Language`].
//!
//! Knows nothing of stemmers, stop words or detection; those stand where they are used and are looked up by
//! [`Language::code`].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, ErrorKind};

/// A language, identified by its ISO 639-1 code where it has one and by its ISO 639-3 code where not.
///
/// Parsed from either code or from the English name, in any case. A well-formed code that is in no table is accepted
/// as it stands: text in it is compared without stemming and without stop words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language {
    /// Two or three ASCII lower-case letters, padded with a zero byte.
    code: [u8; 3],
}

impl Language {
    /// English.
    pub const ENGLISH: Self = Self { code: *b"en\0" };

    /// The shortest ISO 639 code: `en`, `de`, `ceb`.
    pub fn code(&self) -> &str {
        let length = if self.code[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.code[..length]).expect("a code is ASCII by construction")
    }

    /// The English name in lower case, or the code where no name is known.
    pub fn name(&self) -> &str {
        NAMED.iter().find(|(code, _, _)| *code == self.code()).map_or(self.code(), |(_, _, name)| name)
    }

    /// The name with a capital, as it stands in a sentence: `English`.
    pub fn title(&self) -> String {
        let mut letters = self.name().chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    fn from_letters(letters: &str) -> Self {
        let mut code = [0; 3];
        code[..letters.len()].copy_from_slice(letters.as_bytes());
        Self { code }
    }
}

impl FromStr for Language {
    type Err = Error;

    /// Reads an ISO 639-1 code, an ISO 639-3 code or an English name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Usage`] when the text is neither a name that is known nor two or three letters; the message names
    /// the nearest name.
    fn from_str(text: &str) -> Result<Self, Error> {
        let wanted = text.trim().to_lowercase();
        // `en-GB` and `pt_BR` are the language with a region; the region changes nothing here.
        let primary = match wanted.split_once(['-', '_']) {
            Some((code, _)) if matches!(code.len(), 2 | 3) => code,
            _ => &wanted,
        };
        let known = NAMED.iter().find(|(two, three, name)| [*two, *three, *name].contains(&primary));
        if let Some((code, _, _)) = known {
            return Ok(Self::from_letters(code));
        }
        if let Some((_, code)) = ALIASES.iter().find(|(alias, _)| *alias == primary) {
            return Ok(Self::from_letters(code));
        }
        if (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase()) {
            return Ok(Self::from_letters(primary));
        }
        let nearest = NAMED
            .iter()
            .map(|(_, _, name)| (edit_distance(name, &wanted), *name))
            .min()
            .filter(|(distance, _)| *distance <= 2);
        let way_out = match nearest {
            Some((_, name)) => format!("did you mean {name}?"),
            None => "give a code (en, deu) or an English name (german)".to_owned(),
        };
        Err(Error::new(ErrorKind::Usage, format!("language '{text}'"), "not known", way_out))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Whether a character belongs to a script that puts no spaces between words: Han, kana, Thai, Lao, Khmer, Burmese,
/// Tibetan. Hangul is not one of them.
pub fn is_unspaced(c: char) -> bool {
    is_southeast_asian(c)
        || matches!(
            u32::from(c),
            0x0F00..=0x0FFF        // Tibetan
            | 0x3005..=0x3007      // ideographic iteration mark and zero
            | 0x3041..=0x30FF      // Hiragana, Katakana
            | 0x31F0..=0x31FF      // Katakana, phonetic extensions
            | 0x3400..=0x4DBF      // Han, extension A
            | 0x4E00..=0x9FFF      // Han
            | 0xF900..=0xFAFF      // Han, compatibility
            | 0xFF66..=0xFF9F      // Katakana, half width
            | 0x20000..=0x323AF    // Han, extensions B to H
        )
}

/// Whether a text may have such characters, by its bytes: letters with accents, and the marks of quotations, have others.
pub(crate) fn may_be_unspaced(text: &str) -> bool {
    // Without a way out halfway, so that many bytes are looked at in one step.
    text.bytes().fold(false, |may, byte| may | ((byte & 0xFE) == 0xE0) | (byte >= 0xE3))
}

/// Whether a character is Thai, Lao, Khmer or Burmese: scripts that part phrases by spaces, and mostly use no stops.
pub fn is_southeast_asian(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0xA9E0..=0xA9FF | 0xAA60..=0xAA7F)
}

/// Levenshtein distance in characters, for "did you mean".
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// Other codes and names in use: ISO 639-2/B codes, variants that share a stemmer and a stop-word list, endonyms.
const ALIASES: &[(&str, &str)] = &[
    ("alb", "sq"),
    ("arm", "hy"),
    ("baq", "eu"),
    ("bokmal", "no"),
    ("burmese", "my"),
    ("castilian", "es"),
    ("chi", "zh"),
    ("cmn", "zh"),
    ("cze", "cs"),
    ("deutsch", "de"),
    ("dut", "nl"),
    ("espanol", "es"),
    ("farsi", "fa"),
    ("flemish", "nl"),
    ("fre", "fr"),
    ("ger", "de"),
    ("gre", "el"),
    ("ice", "is"),
    ("mac", "mk"),
    ("mandarin", "zh"),
    ("may", "ms"),
    ("nb", "no"),
    ("nn", "no"),
    ("nno", "no"),
    ("nob", "no"),
    ("per", "fa"),
    ("pes", "fa"),
    ("rum", "ro"),
    ("slo", "sk"),
    ("slovene", "sl"),
    ("tib", "bo"),
    ("wel", "cy"),
    ("zsm", "ms"),
];

/// ISO 639-1 code, ISO 639-3 code and English name of the languages that have a two-letter code.
#[rustfmt::skip]
const NAMED: &[(&str, &str, &str)] = &[
    ("aa", "aar", "afar"), ("ab", "abk", "abkhazian"), ("af", "afr", "afrikaans"), ("ak", "aka", "akan"),
    ("am", "amh", "amharic"), ("an", "arg", "aragonese"), ("ar", "ara", "arabic"), ("as", "asm", "assamese"),
    ("av", "ava", "avaric"), ("ay", "aym", "aymara"), ("az", "aze", "azerbaijani"), ("ba", "bak", "bashkir"),
    ("be", "bel", "belarusian"), ("bg", "bul", "bulgarian"), ("bi", "bis", "bislama"), ("bm", "bam", "bambara"),
    ("bn", "ben", "bengali"), ("bo", "bod", "tibetan"), ("br", "bre", "breton"), ("bs", "bos", "bosnian"),
    ("ca", "cat", "catalan"), ("ce", "che", "chechen"), ("ch", "cha", "chamorro"), ("co", "cos", "corsican"),
    ("cr", "cre", "cree"), ("cs", "ces", "czech"), ("cv", "chv", "chuvash"), ("cy", "cym", "welsh"),
    ("da", "dan", "danish"), ("de", "deu", "german"), ("dv", "div", "dhivehi"), ("dz", "dzo", "dzongkha"),
    ("ee", "ewe", "ewe"), ("el", "ell", "greek"), ("en", "eng", "english"), ("eo", "epo", "esperanto"),
    ("es", "spa", "spanish"), ("et", "est", "estonian"), ("eu", "eus", "basque"), ("fa", "fas", "persian"),
    ("ff", "ful", "fulah"), ("fi", "fin", "finnish"), ("fj", "fij", "fijian"), ("fo", "fao", "faroese"),
    ("fr", "fra", "french"), ("fy", "fry", "western frisian"), ("ga", "gle", "irish"), ("gd", "gla", "scottish gaelic"),
    ("gl", "glg", "galician"), ("gn", "grn", "guarani"), ("gu", "guj", "gujarati"), ("gv", "glv", "manx"),
    ("ha", "hau", "hausa"), ("he", "heb", "hebrew"), ("hi", "hin", "hindi"), ("hr", "hrv", "croatian"),
    ("ht", "hat", "haitian"), ("hu", "hun", "hungarian"), ("hy", "hye", "armenian"), ("id", "ind", "indonesian"),
    ("ig", "ibo", "igbo"), ("is", "isl", "icelandic"), ("it", "ita", "italian"), ("iu", "iku", "inuktitut"),
    ("ja", "jpn", "japanese"), ("jv", "jav", "javanese"), ("ka", "kat", "georgian"), ("kg", "kon", "kongo"),
    ("ki", "kik", "kikuyu"), ("kk", "kaz", "kazakh"), ("kl", "kal", "kalaallisut"), ("km", "khm", "khmer"),
    ("kn", "kan", "kannada"), ("ko", "kor", "korean"), ("ks", "kas", "kashmiri"), ("ku", "kur", "kurdish"),
    ("kv", "kom", "komi"), ("kw", "cor", "cornish"), ("ky", "kir", "kyrgyz"), ("la", "lat", "latin"),
    ("lb", "ltz", "luxembourgish"), ("lg", "lug", "ganda"), ("li", "lim", "limburgish"), ("ln", "lin", "lingala"),
    ("lo", "lao", "lao"), ("lt", "lit", "lithuanian"), ("lv", "lav", "latvian"), ("mg", "mlg", "malagasy"),
    ("mi", "mri", "maori"), ("mk", "mkd", "macedonian"), ("ml", "mal", "malayalam"), ("mn", "mon", "mongolian"),
    ("mr", "mar", "marathi"), ("ms", "msa", "malay"), ("mt", "mlt", "maltese"), ("my", "mya", "burmese"),
    ("ne", "nep", "nepali"), ("nl", "nld", "dutch"), ("no", "nor", "norwegian"), ("nv", "nav", "navajo"),
    ("ny", "nya", "chichewa"), ("oc", "oci", "occitan"), ("om", "orm", "oromo"), ("or", "ori", "oriya"),
    ("os", "oss", "ossetian"), ("pa", "pan", "punjabi"), ("pl", "pol", "polish"), ("ps", "pus", "pashto"),
    ("pt", "por", "portuguese"), ("qu", "que", "quechua"), ("rm", "roh", "romansh"), ("rn", "run", "rundi"),
    ("ro", "ron", "romanian"), ("ru", "rus", "russian"), ("rw", "kin", "kinyarwanda"), ("sa", "san", "sanskrit"),
    ("sc", "srd", "sardinian"), ("sd", "snd", "sindhi"), ("se", "sme", "northern sami"), ("sg", "sag", "sango"),
    ("si", "sin", "sinhala"), ("sk", "slk", "slovak"), ("sl", "slv", "slovenian"), ("sm", "smo", "samoan"),
    ("sn", "sna", "shona"), ("so", "som", "somali"), ("sq", "sqi", "albanian"), ("sr", "srp", "serbian"),
    ("ss", "ssw", "swati"), ("st", "sot", "sotho"), ("su", "sun", "sundanese"), ("sv", "swe", "swedish"),
    ("sw", "swa", "swahili"), ("ta", "tam", "tamil"), ("te", "tel", "telugu"), ("tg", "tgk", "tajik"),
    ("th", "tha", "thai"), ("ti", "tir", "tigrinya"), ("tk", "tuk", "turkmen"), ("tl", "tgl", "tagalog"),
    ("tn", "tsn", "tswana"), ("to", "ton", "tongan"), ("tr", "tur", "turkish"), ("ts", "tso", "tsonga"),
    ("tt", "tat", "tatar"), ("ty", "tah", "tahitian"), ("ug", "uig", "uyghur"), ("uk", "ukr", "ukrainian"),
    ("ur", "urd", "urdu"), ("uz", "uzb", "uzbek"), ("ve", "ven", "venda"), ("vi", "vie", "vietnamese"),
    ("wa", "wln", "walloon"), ("wo", "wol", "wolof"), ("xh", "xho", "xhosa"), ("yi", "yid", "yiddish"),
    ("yo", "yor", "yoruba"), ("za", "zha", "zhuang"), ("zh", "zho", "chinese"), ("zu", "zul", "zulu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_a_script_without_spaces_is_known_by_its_first_byte() {
        for c in ('\u{80}'..=char::MAX).filter(|c| is_unspaced(*c)) {
            assert!(may_be_unspaced(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
        assert!(!may_be_unspaced("“Fähre” – Übergröße, Άλφα, паром…"));
    }

    #[test]
    fn codes_and_names_in_any_case_are_one_language() {
        for text in ["de", "deu", "ger", "German", "DEUTSCH", "de-AT", " german "] {
            assert_eq!(text.parse::<Language>().unwrap().code(), "de", "{text}");
        }
        assert_eq!("nb".parse::<Language>().unwrap().name(), "norwegian");
    }

    #[test]
    fn a_code_in_no_table_is_taken_as_it_stands() {
        assert_eq!("ceb".parse::<Language>().unwrap().code(), "ceb");
    }

    #[test]
    fn a_misspelt_name_is_refused_with_the_nearest_one() {
        let error = "germna".parse::<Language>().unwrap_err();
        assert_eq!(error.kind, ErrorKind::Usage);
        assert_eq!(error.to_string(), "language 'germna': not known; did you mean german?");
        assert!("klingonese".parse::<Language>().unwrap_err().to_string().contains("give a code"));
    }

    #[test]
    fn every_code_in_the_table_is_its_own_language() {
        for (two, three, name) in NAMED {
            for text in [two, three, name] {
                assert_eq!(text.parse::<Language>().unwrap().code(), *two, "{text}");
            }
        }
    }
}

//! A line in, whether it is the text to a picture out.

use std::sync::LazyLock;

use memchr::{memchr, memchr2};

use super::cues::{Opening, Table};
use super::dates;
use super::facts::{Facts, cue, cues_of_word, mark, phrase_cues};
use super::phrases::Phrases;
use crate::marks::closes;
use crate::model::{Cue, head};

/// Words that name the maker of a picture, in lower case, as they stand in a credit.
#[rustfmt::skip]
const CREDIT_WORDS: &[&str] = &[
    "photo", "photos", "photograph", "picture", "image", "images", "getty", "courtesy", "handout", "illustration", "screenshot", "graphic", "credit:", "photo credit",
    "shutterstock", "wire/", "/wire", "pool/", "via ap", "reuters/", "afp/", "epa/", "/afp", "/reuters", "/epa", "associated press)",
    "foto", "bild:", "imagen", "фото", "写真", "图片", "cortesía", "archive)", "archiv)", "archives)",
];

/// How a credit without brackets begins, in lower case.
#[rustfmt::skip]
const BARE_CREDITS: &[&str] = &[
    "photo:", "photos:", "photo :", "nguồn:", "ảnh:", "photograph:", "photo by ", "photos by ", "foto:", "fotos:", "picture:", "pictures:", "image:", "image credit", "bild:", "bilder:", "crédit photo",
    "crédit :", "crédits :", "credit:", "photo credit", "photo courtesy", "illustration:", "grafik:", "graphic:", "screenshot:", "file photo by",
];

/// The nouns of [`BARE_CREDITS`]: each entry has one of them as a word.
#[rustfmt::skip]
pub(super) const CREDIT_NOUNS: &[&str] = &[
    "photo", "photos", "photograph", "nguồn", "ảnh", "foto", "fotos", "picture", "pictures", "image", "bild", "bilder", "crédit", "crédits", "credit", "illustration", "grafik",
    "graphic", "screenshot",
];

/// How a line opens that says what a picture shows or who made it, in lower case.
#[rustfmt::skip]
pub(super) const OPENERS: &[&str] = &[
    "photo:", "photo :", "buy photo", "photos:", "photo by", "photos by", "photo/", "image:", "image ", "picture:", "pictured:", "pictured above", "pictured is",
    "file photo", "credit:", "photograph:", "photograph by", "caption:", "foto:", "foto ", "bild:", "photo credit", "crédit photo", "crédit :", "légende",
    "image credit", "video:", "illustration:", "graphic:", "file -", "file —", "file –", "[photo", "(photo", "in this photo", "in this image", "in this file photo",
    "in this handout", "in this undated", "this image", "this photo", "this picture", "this undated", "this handout", "symbolbild", "archivbild", "from left:", "from right:", "a view of ", "archivfoto", "getty images",
    "screenshot", "screen shot", "screengrab", "infographic", "photo d'illustration", "hide caption", "view of ",
];

/// A bracket longer than this, in bytes, is no picture credit.
const LONGEST_CREDIT: usize = 100;

/// A credit without brackets has at most so many words.
const LONGEST_BARE_CREDIT: usize = 9;

/// A caption has at most so many words.
const CAPTION_WORDS: usize = 70;

/// What shows that a line is a caption or a credit by itself, if anything does.
pub(super) fn caption(slice: &str, facts: &Facts, opening: &Opening<'_>) -> Option<Cue> {
    if facts.words > CAPTION_WORDS {
        return None;
    }
    let opens = opening.begins(Table::Caption, |opener| !is_told(slice, opener));
    if opens || (slice.starts_with('[') && slice.ends_with(']')) {
        return Some(Cue::Words);
    }
    credit_by(slice, facts).map(|_| Cue::Credit)
}

/// Whether a line that opens like a caption goes on like a report: `This photo was taken …, police said.`
fn is_told(slice: &str, opener: &str) -> bool {
    !opener.ends_with(':') && [" said", " told ", " says"].iter().any(|verb| slice.contains(verb))
}

/// Where the credit of a picture at the end of a line begins, in bytes: `(Photo: A. Holm)`, `[Picture by A. Holm]`,
/// `Photo: Nordwire/A. Holm`.
pub(super) fn credit(slice: &str) -> Option<usize> {
    credit_if(slice, true)
}

/// The same where the facts of the line, or of one that it is a part of, are known.
pub(super) fn credit_by(slice: &str, facts: &Facts) -> Option<usize> {
    credit_if(slice, facts.may_have(cue::CREDIT))
}

/// A line without what stands behind a credit.
fn credited(slice: &str) -> &str {
    slice.trim_end_matches(['.', ' ', '"', '”', '*', '_'])
}

/// Whether a [plain](super::facts::is_plain) line with these cues of phrases may end in a credit.
pub(super) fn may_end_in_credit(slice: &str, phrases: u16) -> bool {
    credited(slice).ends_with([')', ']']) || phrases & cue::CREDIT != 0 || memchr(b':', slice.as_bytes()).is_some()
}

fn credit_if(slice: &str, may_be_bare: bool) -> Option<usize> {
    let end = credited(slice);
    if let Some(start) = bracket_at_end(end) {
        let lower = end[start..].to_lowercase();
        if lower.len() <= LONGEST_CREDIT && (is_maker(&end[start + 1..end.len() - 1]) || has_credit_word(&lower)) {
            return Some(start);
        }
    }
    if may_be_bare { bare_credit(end) } else { None }
}

/// A name and who it works for, as in `(Ada Holm/The Harbour Post)`.
fn is_maker(bracket: &str) -> bool {
    const MOST_WORDS: usize = 5;
    let Some((name, outlet)) = bracket.split_once('/') else { return false };
    let is_name = |part: &str, fewest: usize| {
        let count = part.split_whitespace().count();
        (fewest..=MOST_WORDS).contains(&count)
            && part.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
            && !part.contains(|c: char| c.is_ascii_digit())
    };
    is_name(name, 2) && is_name(outlet, 1) && !name.ends_with(' ')
}

/// Whether a text in lower case has one of [`CREDIT_WORDS`], be it a part of a word where the entry begins or ends in a mark.
fn has_credit_word(text: &str) -> bool {
    static WORDS: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(CREDIT_WORDS.iter().map(|word| (*word, ()))));
    WORDS.matches(text).any(|(at, word, ())| {
        let open = !word.starts_with(char::is_alphabetic) || !text[..at].ends_with(char::is_alphabetic);
        let closed = !word.ends_with(char::is_alphabetic) || !text[at + word.len()..].starts_with(char::is_alphabetic);
        open && closed
    })
}

fn bracket_at_end(end: &str) -> Option<usize> {
    match end.chars().next_back()? {
        ')' => end.rfind('('),
        ']' => end.rfind('['),
        _ => None,
    }
}

/// What a credit without brackets has where it has no colon.
pub(super) const BARE_CREDIT_PARTS: [&str; 5] = ["hoto by ", "hotos by ", "ourtesy", "hoto credit", "mage credit"];

fn bare_credit(slice: &str) -> Option<usize> {
    static PARTS: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(BARE_CREDIT_PARTS.map(|part| (part, ()))));
    let worded = || phrase_cues(slice.as_bytes()) & cue::CREDIT != 0 && PARTS.matches(slice).next().is_some();
    if memchr(b':', slice.as_bytes()).is_none() && !worded() {
        return None;
    }
    // In ASCII alone bytes stay where they are in lower case; an accented capital in a credit's words is not looked for.
    let lower = slice.to_ascii_lowercase();
    let begins = |at: &usize| {
        let may_begin = matches!(lower.as_bytes()[*at], b'b' | b'c' | b'f' | b'g' | b'i' | b'n' | b'p' | b's' | 0xE1);
        may_begin && lower.is_char_boundary(*at) && BARE_CREDITS.iter().any(|opener| lower[*at..].starts_with(opener))
    };
    let start = (0..lower.len()).rev().find(begins)?;
    let parted = slice[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let few = slice[start..].split_whitespace().count() <= LONGEST_BARE_CREDIT;
    (parted && few).then_some(start)
}

/// Where running text goes on behind a caption with its credit in the same line, in bytes.
pub(super) fn behind_credit(line: &str, facts: &Facts) -> Option<usize> {
    /// A caption with its credit is at most so long, in bytes.
    const WITHIN: usize = 800;
    if !facts.has(mark::BRACKET) {
        return None;
    }
    let slice = head(line, WITHIN);
    let mut from = 0;
    while let Some(at) = memchr2(b')', b']', &slice.as_bytes()[from..]).map(|at| from + at) {
        let end = at + 1;
        let behind = slice[end..].trim_start();
        let goes_on = behind.len() < slice[end..].len()
            && behind.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '„' | '«'));
        if goes_on && slice[..end].split_whitespace().count() > CAPTION_WORDS {
            return None;
        }
        if goes_on && bracket_at_end(&slice[..end]).is_some() && credit_by(&slice[..end], facts).is_some() {
            return Some(slice.len() - behind.len());
        }
        from = end;
    }
    None
}

/// Verbs in the present tense that tell what a picture shows.
#[rustfmt::skip]
pub(super) const SCENE_VERBS: &[&str] = &[
    "leaves", "leave", "arrives", "arrive", "walks", "walk", "speaks", "speak", "attends", "attend", "poses", "pose", "stands", "stand", "sits", "sit", "looks",
    "holds", "hold", "watches", "watch", "waves", "wave", "gestures", "listens", "listen", "delivers", "addresses", "carries", "carry", "gather", "march",
    "cleans", "clean", "inspects", "inspect", "prepares", "examines", "rises", "burns", "hangs", "lies", "smiles", "smile", "reacts", "react", "greets", "greet",
    "embrace", "embraces", "hug", "hugs", "rides", "ride", "shakes", "shake", "enters", "enter",
    "fills", "billows", "patrol", "patrols", "demonstrate", "mourn", "mourns", "pray", "prays", "cheer", "cheers", "celebrate", "celebrates",
    "announces", "answers", "testifies", "appears", "boards", "crosses", "searches", "ushers", "escorts", "escort", "plays", "performs", "drive", "drives", "takes", "take", "participates", "participate", "visits", "meets", "exits", "departs", "tours", "welcomes", "kisses", "salutes", "raises", "makes", "rakes", "leads", "fly", "flies", "pours", "climb", "climbs", "battle", "battles", "douse", "douses", "unload", "unloads",
];

/// Words that say on which side of a picture somebody is: only captions do.
pub(super) const SIDES: &[&str] = &[
    ", left,",
    ", center,",
    ", centre,",
    "(left)",
    "(center)",
    "(centre)",
    ", second from left",
    "from left to right",
    ", from left,",
    "is joined by",
    "are joined by",
];

/// Words that say where in a picture somebody is.
#[rustfmt::skip]
pub(super) const POSITIONS: &[&str] = &[
    ", second from", "from left", "from right", "left to right",
    ", pictured", "(pictured", "pictured here", "is pictured", "are pictured", "is seen", "are seen", "not pictured", "not in the picture", "in this file", "seen here", "seen from",
    "file photo", "foreground", "background.", " shown here", "is shown", "are shown", " (links)", " (rechts)", " à gauche", " à droite", " an archive", "in an undated",
];

/// Past tense and reporting verbs: what tells instead of showing.
const TOLD: &[&str] = &[
    " according to ",
    " said",
    " told ",
    " says",
    " was ",
    " were ",
    " had ",
    " has ",
    " have ",
    " will ",
    " would ",
    " could ",
    " might ",
];

/// How much of a scene one sentence by itself is, in points; at [`IS_SCENE`] it is a caption.
///
/// Captions of agencies are in the present tense and end in a full date, with the weekday and the year; running text of
/// news is in the past tense and gives the weekday alone.
pub(super) fn scene(slice: &str, facts: &Facts, beside_furniture: bool) -> u32 {
    if facts.words < FEWEST_SCENE_WORDS {
        return 0;
    }
    let signs = Signs::of(&slice.to_lowercase());
    let position = if facts.may_have(cue::POSITION) && signs.position { 2 } else { 0 };
    // What is told is not shown, whatever it has of a scene.
    if signs.told {
        return position;
    }
    let verb = facts.may_have(cue::SCENE_VERB) && has_scene_verb(slice);
    let dated = facts.has(mark::YEAR) && dates::full_date(slice);
    let weekday = facts.may_have(cue::WEEKDAY) && dates::weekdays(slice).next().is_some();
    let side = facts.may_have(cue::SIDE) && signs.side;
    let points = [
        (verb, 2),
        (dated && weekday, 3),
        (dated && !weekday, 1),
        (!dated && weekday && verb, 1),
        (beside_furniture && verb, 1),
        (side, 3),
    ];
    position + points.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum::<u32>()
}

/// Which signs of a scene, and against one, the words of a sentence have.
#[derive(Default)]
struct Signs {
    side: bool,
    position: bool,
    told: bool,
}

impl Signs {
    fn of(lower: &str) -> Self {
        type Note = fn(&mut Signs);
        static PHRASES: LazyLock<Phrases<Note>> = LazyLock::new(|| {
            let lists: [(&'static [&'static str], Note); 3] = [
                (SIDES, |signs| signs.side = true),
                (POSITIONS, |signs| signs.position = true),
                (TOLD, |signs| signs.told = true),
            ];
            Phrases::of(lists.into_iter().flat_map(|(phrases, note)| phrases.iter().map(move |phrase| (*phrase, note))))
        });
        let mut signs = Self::default();
        PHRASES.matches(lower).for_each(|(_, _, note)| note(&mut signs));
        signs
    }
}

/// Whether one of the first words is the verb of a scene. A verb in the past tense in front of it tells, and the other is a
/// noun then; `who leads the inquiry` is an aside.
fn has_scene_verb(slice: &str) -> bool {
    const OBJECTS: &[&str] = &["that", "the", "a", "an", "to", "it", "her", "his", "their", "its"];
    fn bare(word: &str) -> &str {
        if word.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            return word;
        }
        word.trim_end_matches(closes).trim_end_matches([',', ';'])
    }
    let words = || slice.split_whitespace().map(bare);
    let is_verb = |word: &str| cues_of_word(word) & cue::SCENE_VERB != 0 && SCENE_VERBS.contains(&word);
    let aside = |before: &str| matches!(before, "who" | "which" | "that" | "to");
    let mut first = None;
    let mut before = None;
    for word in words().take(1 + SCENE_VERB_WITHIN) {
        let follows = before.is_some_and(|before| word.ends_with("ed") || (is_verb(word) && !aside(before)));
        if follows {
            first = Some(word);
            break;
        }
        before = Some(word);
    }
    let told = || {
        let mut past = false;
        words().any(|word| std::mem::replace(&mut past, word.ends_with("ed")) && OBJECTS.contains(&word))
    };
    first.is_some_and(|word| !word.ends_with("ed")) && !told()
}

/// A scene has a subject, a verb and a place.
const FEWEST_SCENE_WORDS: usize = 5;

/// So many points make a caption.
pub(super) const IS_SCENE: u32 = 3;

/// The verb of a scene stands among so many words: behind the name and the office of a person.
const SCENE_VERB_WITHIN: usize = 14;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_stands_in_brackets_or_behind_a_colon() {
        let cases = [
            ("The ferry at the pier. (Photo: Nordwire/A. Holm)", Some(23)),
            ("The ferry at the pier. Photo: Nordwire/A. Holm", Some(23)),
            ("Die Fähre an der Mole. Foto: Holm/NW", Some(24)),
            ("The ferry hit the pier (built in 1931).", None),
            ("The ferry at the pier. (Ada Holm/The Harbour Post)", Some(23)),
            ("The bank lost money on loans (mostly consumer credit).", None),
            ("\u{212b}—Foto: \u{130}", Some(6)),
            ("She showed a photo of the pier to the court on Tuesday.", None),
        ];
        for (line, start) in cases {
            assert_eq!(credit(line), start, "{line}");
        }
    }

    #[test]
    fn every_credit_without_brackets_has_one_of_the_nouns() {
        for opener in BARE_CREDITS {
            assert!(credit(&format!("The pier. {opener} Holm: A.")).is_some(), "{opener}");
            let noun = opener.split(|c: char| !c.is_alphabetic()).any(|word| CREDIT_NOUNS.contains(&word));
            assert!(noun, "{opener}");
        }
    }

    #[test]
    fn a_scene_is_in_the_present_tense_or_dated_in_full() {
        let scenes = [
            "Mayor Liv Holm leaves the town hall of Port Ella on Tuesday.",
            "Divers, left, at the pier of Port Ella, Norland, Wednesday, March 12, 2031.",
        ];
        for line in scenes {
            assert!(scene(line, &Facts::of(line), false) >= IS_SCENE, "{line}");
        }
        let told = [
            "The ferry hit the pier on Tuesday, the mayor said.",
            "The pier was built on March 12, 1931.",
            "Senator Liv Holm (R) said on Tuesday that she would veto the bill.",
            "Mayor Askel (R) voted for the pier on Tuesday.",
            "The town works on a plan for the pier.",
            "Dr. Ines Kallor, who leads the inquiry, confirmed on Wednesday that the pier was old.",
        ];
        for line in told {
            assert!(scene(line, &Facts::of(line), false) < IS_SCENE, "{line}");
        }
    }

    #[test]
    fn running_text_goes_on_behind_a_caption_in_the_same_line() {
        let line = "The ferry at the pier. (Photo: A. Holm) The mayor closed the harbour.";
        assert_eq!(&line[behind_credit(line, &Facts::of(line)).unwrap()..], "The mayor closed the harbour.");
        let line = "The ferry (a boat) The mayor closed the harbour.";
        assert_eq!(behind_credit(line, &Facts::of(line)), None);
    }
}

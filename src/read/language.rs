//! An article's text in, its language out.
//!
//! The commonest languages give themselves away by their stop words: in running text more than a third of the words are
//! some. A short sample is enough for most articles; a longer one is taken where that is not clear. Languages that have a
//! script for themselves are told by it, and so are Chinese, simplified or not, and Japanese. Where that says nothing either
//! a detector by trigrams is asked, which costs as much as all the rest of reading.

use std::sync::LazyLock;

use whatlang::{Detector, Info};

use crate::language::{Language, is_unspaced};
use crate::marks::is_alphanumeric;
use crate::model::{Article, head};
use crate::stop_words::{Languages, languages_with};

/// So many bytes of an article are looked at first: about fifty words.
const SHORT_SAMPLE: usize = 300;

/// So many where these were not enough to be sure.
const SAMPLE: usize = 600;

/// And so many where these were not either.
const LONGER_SAMPLE: usize = 4_000;

/// Languages that are told by their stop words, by code. Near relatives are left to the detector.
const BY_STOP_WORDS: [&str; 8] = ["en", "de", "fr", "es", "it", "pt", "nl", "ru"];

/// A text is in a language if at least this share of its words are stop words of it. With this and the next threshold
/// none of 4,764 short texts in 12 languages (Parallel Universal Dependencies, two or three sentences each) is taken for
/// another language, by the stop words or by the detector behind them.
const LEAST_SHARE: f64 = 0.3;

/// And at least so many times the share of the next language.
const LEAST_LEAD: f64 = 1.5;

/// Fewer words than this prove nothing.
const FEWEST_WORDS: usize = 20;

/// Languages that detection takes for each other. An article is not set aside for being in the other one of a group.
const NEAR: &[&[&str]] = &[&["da", "no"], &["bs", "hr", "sr"], &["id", "ms"]];

/// The language of an article, where it can be told reliably.
pub(super) fn detect(article: &Article) -> Option<Language> {
    let by_stop_words = |length: usize| by_stop_words(pieces(article, length));
    let by_script = || by_script(pieces(article, LONGER_SAMPLE));
    [SHORT_SAMPLE, SAMPLE, LONGER_SAMPLE].into_iter().find_map(by_stop_words).or_else(by_script).or_else(|| {
        let reliable = |text: &str| ask(text).filter(Info::is_reliable).map(|info| language(&info));
        reliable(&sample(article, SAMPLE)).or_else(|| reliable(&sample(article, LONGER_SAMPLE)))
    })
}

/// The language that enough words of a text are stop words of, if one stands out. The text comes in pieces of whole words.
fn by_stop_words<'t>(pieces: impl Iterator<Item = &'t str>) -> Option<Language> {
    static TOLD: LazyLock<[(Language, Languages); BY_STOP_WORDS.len()]> = LazyLock::new(|| {
        let parsed = |code: &str| code.parse().expect("a code in the table is a language");
        BY_STOP_WORDS.map(|code| (parsed(code), Languages::of(code)))
    });
    let told = *TOLD;
    let any = told.iter().fold(Languages::NONE, |any, (_, bits)| any.or(*bits));
    let mut counts = [0_usize; Languages::MOST];
    let mut words = 0;
    for piece in pieces {
        each_word(piece, |word| {
            words += 1;
            // Most words are of one language or none.
            languages_of(word).and(any).bits().for_each(|bit| counts[bit] += 1);
        });
    }
    let counts = told.map(|(_, language)| language.bits().map(|bit| counts[bit]).sum::<usize>());
    let best = (0..counts.len()).max_by_key(|at| counts[*at])?;
    let next = (0..counts.len()).filter(|at| *at != best).map(|at| counts[at]).max().unwrap_or(0);
    let sure = words >= FEWEST_WORDS
        && counts[best] as f64 >= LEAST_SHARE * words as f64
        && counts[best] as f64 >= LEAST_LEAD * next as f64;
    sure.then_some(told[best].0)
}

/// A text is Japanese and not Chinese if at least this share of its characters are kana. In prose a half is; where headings
/// and names of Japan stand in Chinese text, or a Chinese text quotes some, fewer are.
const LEAST_KANA: f64 = 0.1;

/// A character of these scripts tells as much as so many letters.
const LETTERS_A_CHARACTER: usize = 3;

/// The language of a script that no other language of news is written in, if most of a text is.
fn by_script<'t>(pieces: impl Iterator<Item = &'t str>) -> Option<Language> {
    const SCRIPTS: [(&str, [char; 2]); 6] = [
        ("ko", ['\u{AC00}', '\u{D7A3}']),
        ("th", ['\u{0E00}', '\u{0E7F}']),
        ("lo", ['\u{0E80}', '\u{0EFF}']),
        ("my", ['\u{1000}', '\u{109F}']),
        ("km", ['\u{1780}', '\u{17FF}']),
        ("bo", ['\u{0F00}', '\u{0FFF}']),
    ];
    let (mut of_script, mut han, mut kana, mut letters) = ([0_usize; SCRIPTS.len()], 0_usize, 0_usize, 0_usize);
    for c in pieces.flat_map(str::chars).filter(|c| c.is_alphabetic()) {
        match c {
            // Not the mark of length, nor the dot between names.
            '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{FF66}'..='\u{FF9D}' => kana += 1,
            _ if c < '\u{0E00}' => letters += 1,
            _ => match SCRIPTS.iter().position(|(_, [first, last])| (*first..=*last).contains(&c)) {
                Some(script) => of_script[script] += 1,
                None if is_unspaced(c) => han += 1,
                None => letters += 1,
            },
        }
    }
    let japanese = kana as f64 >= LEAST_KANA * (han + kana) as f64;
    let scripts = SCRIPTS.iter().map(|(code, _)| *code).zip(of_script);
    let counts = || scripts.clone().chain([(if japanese { "ja" } else { "zh" }, han + kana)]);
    let (code, most) = counts().max_by_key(|(_, count)| *count)?;
    let others = counts().map(|(_, count)| count).sum::<usize>() - most + letters / LETTERS_A_CHARACTER;
    (most > 0 && most > others).then(|| code.parse().expect("a code in the table is a language"))
}

/// The languages that have a word as a stop word as it stands, or in lower case if it has a capital.
fn languages_of(word: &str) -> Languages {
    let languages = languages_with(word);
    if !languages.is_empty() || word.starts_with(|c: char| c.is_ascii_lowercase() || !c.is_uppercase()) {
        return languages;
    }
    let mut lower = [0; LONGEST_IN_PLACE];
    match lower.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        Some(lower) => {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            languages_with(std::str::from_utf8(lower).expect("a word of ASCII letters"))
        }
        None => languages_with(&word.to_lowercase()),
    }
}

/// Longer words than this are put into lower case elsewhere than on the stack.
const LONGEST_IN_PLACE: usize = 24;

/// Calls `found` with every run of letters and digits.
fn each_word<'t>(text: &'t str, mut found: impl FnMut(&'t str)) {
    let mut at = 0;
    while at < text.len() {
        let end = word_end(text, at);
        if end > at {
            found(&text[at..end]);
        }
        // What follows a word parts it from the next.
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
}

/// Where the letters and digits end that a text has from a byte on.
fn word_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        match text[at..].chars().next() {
            Some(c) if !c.is_ascii() && is_alphanumeric(c) => at += c.len_utf8(),
            _ => return at,
        }
    }
}

/// The likeliest language of several articles together, sure or not.
pub(super) fn guess(articles: &[&Article]) -> Option<Language> {
    let text: String = articles.iter().map(|article| sample(article, SAMPLE)).collect();
    ask(&text).map(|info| language(&info))
}

/// Whether two languages are the same, or so close that detection takes one for the other.
pub(super) fn near(a: Language, b: Language) -> bool {
    a == b || NEAR.iter().any(|group| group.contains(&a.code()) && group.contains(&b.code()))
}

fn ask(text: &str) -> Option<Info> {
    Detector::new().detect(text)
}

fn language(info: &Info) -> Language {
    info.lang().code().parse().expect("every code of the detector is three letters")
}

/// The first `length` bytes or so of an article's prose; of all its text where it has no prose.
fn sample(article: &Article, length: usize) -> String {
    let mut text = String::with_capacity(length + 1);
    for piece in pieces(article, length) {
        text.push_str(piece);
        text.push('\n');
    }
    if article.prose().next().is_none() {
        text.pop();
    }
    text
}

/// The same in pieces, each of one block. A line end between them counts as a byte.
fn pieces(article: &Article, length: usize) -> impl Iterator<Item = &str> {
    let mut taken = 0;
    let prose = article.prose().map_while(move |block| {
        let piece = (taken < length).then(|| head(block.span().of(&article.text), length - taken))?;
        taken += piece.len() + 1;
        Some(piece)
    });
    let all = article.prose().next().is_none().then(|| head(&article.text, length));
    prose.chain(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        for text in ["", "a", "“It’s 20th,” he—said… ", "Fähre 3½ \u{2028}渡轮。", "..."] {
            let mut words = Vec::new();
            each_word(text, |word| words.push(word));
            let expected: Vec<&str> =
                text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            assert_eq!(words, expected);
        }
    }

    #[test]
    fn a_capital_hides_no_stop_word() {
        assert!(!languages_of("the").is_empty());
        assert_eq!(languages_of("The"), languages_of("the"));
        assert_eq!(languages_of("Über"), languages_of("über"));
        assert!(languages_of("Harbour").is_empty());
    }

    #[test]
    fn scripts_of_one_language_tell_it() {
        let cases = [
            ("zh", "新华社埃拉港3月4日电，渡轮“Alda Brim”号撞上了东码头。"),
            ("zh", "渡輪星期二早上撞上了港口的碼頭，十二人受傷。"),
            ("zh", "日本品牌“お茶の里”在埃拉港开设了第一家分店，市长出席了开业仪式并发表讲话。"),
            ("ja", "四日午前、エラ港で旅客船衝突、十二人負傷。東埠頭閉鎖、原因調査中。"),
            ("ko", "화요일 아침 여객선이 엘라 항구의 동쪽 부두에 충돌해 12명이 다쳤다."),
            ("th", "เรือเฟอร์รี่ชนท่าเรือตะวันออกของเมืองเอลลา"),
            ("lo", "ເຮືອຂ້າມຟາກຕຳທ່າເຮືອ"),
            ("km", "កប៉ាល់បុកផែ"),
            ("my", "သင်္ဘောတိုက်မိသည်"),
            ("", "Fähren heißen auf Chinesisch 渡轮, sagte der Hafenmeister."),
            ("", "Το πλοίο χτύπησε την προβλήτα."),
            ("", "2031, 12:30"),
        ];
        for (code, text) in cases {
            let told = by_script(std::iter::once(text));
            assert_eq!(told.as_ref().map_or("", Language::code), code, "{text}");
        }
    }

    #[test]
    fn common_languages_are_told_by_their_stop_words_and_others_are_left() {
        let cases = [
            (
                "en",
                "The harbour was closed on Tuesday after the ferry had struck the pier, and those who were on board had to wait for more than an hour.",
            ),
            (
                "de",
                "Der Hafen wurde am Dienstag geschlossen, nachdem die Fähre gegen die Mole gefahren war, und wer an Bord war, musste mehr als eine Stunde auf das Ende warten.",
            ),
            (
                "fr",
                "Le port a été fermé mardi après que le bac a heurté la jetée, et ceux qui étaient à bord ont dû attendre plus d'une heure dans le froid de la nuit.",
            ),
            (
                "",
                "Hamnen stängdes i tisdags sedan färjan hade kört på piren, och de som var ombord fick vänta i mer än en timme.",
            ),
            ("", "渡轮星期二早上撞上了港口的码头，十二人受伤。"),
            ("", "The harbour was closed."),
        ];
        for (code, text) in cases {
            let told = by_stop_words(std::iter::once(text));
            assert_eq!(told.as_ref().map_or("", Language::code), code, "{text}");
        }
    }
}

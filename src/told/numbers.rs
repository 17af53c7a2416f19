//! A sentence in, the numbers that it gives out: `12`, `twelve` and `Twelve` are one.

use crate::language::Language;

/// A number, whatever it was written as: its digits, with a point before its fraction.
pub(crate) type Number = String;

/// The numbers of a sentence, each once, in digits and in words of its language.
pub(crate) fn numbers(text: &str, language: Option<Language>) -> Vec<Number> {
    let words = words_of(language);
    let mut numbers: Vec<Number> = Vec::new();
    // Tens that a one may follow: `twenty-one`, and where they end.
    let mut tens: Option<(u32, usize)> = None;
    crate::segment::words(text, |span| {
        let word = span.of(text);
        let before = tens.take();
        if let Some(digits) = digits_of(word) {
            numbers.push(digits);
            return;
        }
        for part in word.split('-').filter(|_| !words.is_empty()) {
            let joins = |(_, end): &(u32, usize)| {
                text.get(*end..span.start).is_some_and(|between| matches!(between.trim(), "" | "-"))
            };
            let ten = tens.take().or(before.filter(joins));
            let one = || (ten.is_some() && ONES.contains(&part.to_lowercase().as_str())).then_some(1);
            let Some(value) = value_of(part, words).or_else(one) else { continue };
            match ten {
                Some((ten, _)) if value < 10 => {
                    numbers.pop();
                    numbers.push((ten + value).to_string());
                }
                _ => numbers.push(value.to_string()),
            }
            tens = (20..100).contains(&value).then_some((value, span.end));
        }
    });
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The digits of a word that begins with one, without the marks that group them and without what stands behind them: `1,200`
/// and `1.200` are 1200, `12th` is 12, `4.5` is 4.5.
fn digits_of(word: &str) -> Option<Number> {
    let value = |c: char| c.to_digit(10).or_else(|| wide_digit(c));
    word.chars().next().and_then(value)?;
    let mut digits = String::new();
    let parts = word.split([',', '.', '’', '\'', '\u{a0}', '\u{202f}', '，', '．']);
    for part in parts {
        let own: String = part.chars().map_while(value).filter_map(|digit| char::from_digit(digit, 10)).collect();
        if own.is_empty() {
            break;
        }
        // A group has three digits; what has others is a fraction.
        if !digits.is_empty() && own.len() != 3 {
            digits.push('.');
        }
        digits.push_str(&own);
    }
    Some(digits)
}

/// The value of a digit that is as wide as a character of Chinese, or of another script.
fn wide_digit(c: char) -> Option<u32> {
    const ZEROS: [char; 5] = ['０', '٠', '۰', '०', '০'];
    ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10))
}

/// Numbers in words of a language: each word with its value.
type Words = &'static [(&'static str, u32)];

fn value_of(word: &str, words: Words) -> Option<u32> {
    let lower = word.to_lowercase();
    words.iter().find(|(known, _)| *known == lower).map(|(_, value)| *value)
}

/// One, where it follows a ten: by itself it is an article in most languages.
const ONES: [&str; 8] = ["one", "un", "uno", "um", "een", "één", "ett", "en"];

/// The numbers that news write in words. `One` is an article in most languages, and left out.
fn words_of(language: Option<Language>) -> Words {
    match language.as_ref().map(Language::code) {
        Some("en") => ENGLISH,
        Some("de") => GERMAN,
        Some("fr") => FRENCH,
        Some("es") => SPANISH,
        Some("it") => ITALIAN,
        Some("pt") => PORTUGUESE,
        Some("nl") => DUTCH,
        Some("sv" | "da" | "nb" | "no") => SCANDINAVIAN,
        _ => &[],
    }
}

#[rustfmt::skip]
const ENGLISH: Words = &[
    ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11), ("twelve", 12), ("dozen", 12),
    ("thirteen", 13), ("fourteen", 14), ("fifteen", 15), ("sixteen", 16), ("seventeen", 17), ("eighteen", 18), ("nineteen", 19), ("twenty", 20), ("thirty", 30),
    ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90), ("hundred", 100), ("thousand", 1000), ("million", 1_000_000),
];

#[rustfmt::skip]
const GERMAN: Words = &[
    ("zwei", 2), ("drei", 3), ("vier", 4), ("fünf", 5), ("sechs", 6), ("sieben", 7), ("acht", 8), ("neun", 9), ("zehn", 10), ("elf", 11), ("zwölf", 12), ("dreizehn", 13),
    ("vierzehn", 14), ("fünfzehn", 15), ("sechzehn", 16), ("siebzehn", 17), ("achtzehn", 18), ("neunzehn", 19), ("zwanzig", 20), ("dreißig", 30), ("vierzig", 40),
    ("fünfzig", 50), ("sechzig", 60), ("siebzig", 70), ("achtzig", 80), ("neunzig", 90), ("hundert", 100), ("tausend", 1000),
];

#[rustfmt::skip]
const FRENCH: Words = &[
    ("deux", 2), ("trois", 3), ("quatre", 4), ("cinq", 5), ("six", 6), ("sept", 7), ("huit", 8), ("neuf", 9), ("dix", 10), ("onze", 11), ("douze", 12), ("treize", 13),
    ("quatorze", 14), ("quinze", 15), ("seize", 16), ("vingt", 20), ("trente", 30), ("quarante", 40), ("cinquante", 50), ("soixante", 60), ("cent", 100), ("mille", 1000),
];

#[rustfmt::skip]
const SPANISH: Words = &[
    ("dos", 2), ("tres", 3), ("cuatro", 4), ("cinco", 5), ("seis", 6), ("siete", 7), ("ocho", 8), ("nueve", 9), ("diez", 10), ("once", 11), ("doce", 12), ("trece", 13),
    ("catorce", 14), ("quince", 15), ("dieciséis", 16), ("diecisiete", 17), ("dieciocho", 18), ("diecinueve", 19), ("veinte", 20), ("treinta", 30), ("cuarenta", 40),
    ("cincuenta", 50), ("sesenta", 60), ("setenta", 70), ("ochenta", 80), ("noventa", 90), ("cien", 100), ("mil", 1000),
];

#[rustfmt::skip]
const ITALIAN: Words = &[
    ("due", 2), ("tre", 3), ("quattro", 4), ("cinque", 5), ("sei", 6), ("sette", 7), ("otto", 8), ("nove", 9), ("dieci", 10), ("undici", 11), ("dodici", 12), ("tredici", 13),
    ("quattordici", 14), ("quindici", 15), ("sedici", 16), ("diciassette", 17), ("diciotto", 18), ("diciannove", 19), ("venti", 20), ("trenta", 30), ("quaranta", 40),
    ("cinquanta", 50), ("cento", 100), ("mille", 1000),
];

#[rustfmt::skip]
const PORTUGUESE: Words = &[
    ("dois", 2), ("duas", 2), ("três", 3), ("quatro", 4), ("cinco", 5), ("seis", 6), ("sete", 7), ("oito", 8), ("nove", 9), ("dez", 10), ("onze", 11), ("doze", 12),
    ("treze", 13), ("catorze", 14), ("quatorze", 14), ("quinze", 15), ("dezesseis", 16), ("dezasseis", 16), ("dezessete", 17), ("dezoito", 18), ("dezenove", 19),
    ("vinte", 20), ("trinta", 30), ("quarenta", 40), ("cinquenta", 50), ("cem", 100), ("mil", 1000),
];

#[rustfmt::skip]
const DUTCH: Words = &[
    ("twee", 2), ("drie", 3), ("vier", 4), ("vijf", 5), ("zes", 6), ("zeven", 7), ("acht", 8), ("negen", 9), ("tien", 10), ("elf", 11), ("twaalf", 12), ("dertien", 13),
    ("veertien", 14), ("vijftien", 15), ("zestien", 16), ("zeventien", 17), ("achttien", 18), ("negentien", 19), ("twintig", 20), ("dertig", 30), ("veertig", 40),
    ("vijftig", 50), ("honderd", 100), ("duizend", 1000),
];

#[rustfmt::skip]
const SCANDINAVIAN: Words = &[
    ("två", 2), ("to", 2), ("tre", 3), ("fyra", 4), ("fire", 4), ("fem", 5), ("sex", 6), ("seks", 6), ("sju", 7), ("syv", 7), ("åtta", 8), ("åtte", 8), ("otte", 8),
    ("nio", 9), ("ni", 9), ("tio", 10), ("ti", 10), ("elva", 11), ("elleve", 11), ("tolv", 12), ("tretton", 13), ("tretten", 13), ("fjorton", 14), ("fjorten", 14),
    ("femton", 15), ("femten", 15), ("sexton", 16), ("sjutton", 17), ("arton", 18), ("nitton", 19), ("tjugo", 20), ("tyve", 20), ("trettio", 30), ("fyrtio", 40),
    ("femtio", 50), ("hundra", 100), ("tusen", 1000),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str, text: &str) -> Vec<Number> {
        numbers(text, code.parse().ok())
    }

    #[test]
    fn digits_and_words_are_one_number() {
        assert_eq!(of("en", "Twelve were hurt."), of("en", "12 hurt"));
        assert_eq!(of("en", "twenty-one of twenty one"), ["21"]);
        assert_eq!(of("en", "Forty of 1,200, and 1200 of 4.5 million"), ["1000000", "1200", "4.5", "40"]);
        assert_eq!(of("de", "Zwölf von 1.200 Menschen, am 12."), ["12", "1200"]);
        assert_eq!(of("zh", "１２人受傷"), ["12"]);
        assert_eq!(of("xx", "twelve"), [] as [&str; 0]);
        assert_eq!(of("en", "the 12th, a-, - , 12-year-old"), ["12"]);
    }
}

//! A line in, the dates in it out: `2031-03-04`, `March 4, 2031`, `4. März 2031`, `le 4 mars 2031 à 18 h 30`.
//!
//! A date has a year. `03/04/2031` could be two days and is none; `13/04/2031` is one.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::Offset;

use super::facts::{cue, cues_of_word};
use super::unspaced;
use crate::date::Moment;
use crate::model::Span;

/// The names of the months and their short forms, in lower case and without a full stop, in the languages that news are
/// read in most.
#[rustfmt::skip]
pub(super) const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "jänner", "jän", "janvier", "janv", "enero", "ene", "gennaio", "gen", "janeiro", "januari", "stycznia", "января", "янв"],
    &["february", "feb", "februar", "feber", "février", "févr", "fév", "febrero", "febbraio", "fevereiro", "fev", "februari", "lutego", "февраля", "фев"],
    &["march", "mar", "märz", "mär", "mrz", "mars", "marzo", "março", "maart", "mrt", "marts", "marca", "марта", "мар"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwietnia", "апреля", "апр"],
    &["may", "mai", "mayo", "maggio", "mag", "maio", "mei", "maj", "maja", "мая", "май"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "czerwca", "июня", "июн"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "lipca", "июля", "июл"],
    &["august", "aug", "août", "aout", "agosto", "ago", "augustus", "augusti", "sierpnia", "августа", "авг"],
    &["september", "sept", "sep", "septembre", "septiembre", "settembre", "set", "setembro", "września", "сентября", "сен"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "października", "октября", "окт"],
    &["november", "nov", "novembre", "noviembre", "novembro", "listopada", "ноября", "ноя"],
    &["december", "dec", "dezember", "dez", "décembre", "déc", "diciembre", "dic", "dicembre", "dezembro", "desember", "des", "grudnia", "декабря", "дек"],
];

/// The names of the days of the week and their short forms, in lower case, Monday first.
#[rustfmt::skip]
pub(super) const WEEKDAYS: [&[&str]; 7] = [
    &["monday", "mon", "montag", "montagabend", "montagmorgen", "montagnachmittag", "montagnacht", "lundi", "lunes", "lunedì", "segunda-feira", "maandag", "måndag", "mandag", "понедельник", "poniedziałek"],
    &["tuesday", "tue", "tues", "dienstag", "dienstagabend", "dienstagmorgen", "dienstagnachmittag", "dienstagnacht", "mardi", "martes", "martedì", "terça-feira", "dinsdag", "tisdag", "tirsdag", "вторник", "wtorek"],
    &["wednesday", "wed", "mittwoch", "mittwochabend", "mittwochmorgen", "mittwochnachmittag", "mittwochnacht", "mercredi", "miércoles", "mercoledì", "quarta-feira", "woensdag", "onsdag", "среду", "środę"],
    &["thursday", "thu", "thur", "thurs", "donnerstag", "donnerstagabend", "donnerstagmorgen", "donnerstagnachmittag", "donnerstagnacht", "jeudi", "jueves", "giovedì", "quinta-feira", "donderdag", "torsdag", "четверг", "czwartek"],
    &["friday", "fri", "freitag", "freitagabend", "freitagmorgen", "freitagnachmittag", "freitagnacht", "vendredi", "viernes", "venerdì", "sexta-feira", "vrijdag", "fredag", "пятницу", "piątek"],
    &["saturday", "sat", "samstag", "samstagabend", "samstagmorgen", "sonnabend", "samedi", "sábado", "sabato", "zaterdag", "lördag", "lørdag", "субботу", "sobotę"],
    &["sunday", "sun", "sonntag", "sonntagabend", "sonntagmorgen", "dimanche", "domingo", "domenica", "zondag", "söndag", "søndag", "воскресенье", "niedzielę"],
];

/// Abbreviations of zones and how many minutes they are ahead of Coordinated Universal Time. Those that stand for several
/// zones are left out.
#[rustfmt::skip]
pub(super) const ZONES: &[(&str, i32)] = &[
    ("UTC", 0), ("GMT", 0), ("Z", 0), ("WET", 0), ("BST", 60), ("WEST", 60), ("CET", 60), ("MEZ", 60), ("CEST", 120), ("MESZ", 120), ("SAST", 120), ("EET", 120),
    ("EEST", 180), ("MSK", 180), ("PKT", 300), ("HKT", 480), ("SGT", 480), ("AWST", 480), ("JST", 540), ("KST", 540), ("AEST", 600), ("AEDT", 660), ("NZST", 720),
    ("NZDT", 780), ("EST", -300), ("EDT", -240), ("CDT", -300), ("MST", -420), ("MDT", -360), ("PST", -480), ("PDT", -420), ("BRT", -180), ("ART", -180),
];

/// News have years of four digits from this one on; other numbers of four digits are none.
const FIRST_YEAR: i16 = 1800;

/// And up to this one.
const LAST_YEAR: i16 = 2199;

/// A time belongs to a date if it stands so many bytes from it at most.
const TIME_WITHIN: usize = 28;

/// A piece of a line: a number, a word, or a mark.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece<'t> {
    Number(&'t str),
    Word(&'t str),
    Mark(char),
}

#[derive(Clone, Copy, Debug)]
struct Token<'t> {
    span: Span,
    piece: Piece<'t>,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    /// A token and the blank behind it have so many bytes or more, mostly.
    const BYTES_A_TOKEN: usize = 3;
    let bytes = text.as_bytes();
    let mut tokens: Vec<Token<'_>> = Vec::with_capacity(text.len() / BYTES_A_TOKEN);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let piece = if byte.is_ascii_digit() {
            at += bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            Piece::Number(&text[start..at])
        } else if byte.is_ascii_alphabetic() {
            at = end_of_letters(text, at);
            Piece::Word(&text[start..at])
        } else {
            let c = text[at..].chars().next().expect("a character begins here");
            if c.is_alphabetic() {
                at = end_of_letters(text, at);
                Piece::Word(&text[start..at])
            } else {
                at += c.len_utf8();
                if c.is_whitespace() {
                    continue;
                }
                Piece::Mark(c)
            }
        };
        tokens.push(Token { span: Span::new(start, at), piece });
    }
    tokens
}

/// Where the letters end that a text has from a byte on.
fn end_of_letters(text: &str, from: usize) -> usize {
    let end = text.as_bytes()[from..].iter().position(|byte| !byte.is_ascii_alphabetic());
    let Some(end) = end.map(|length| from + length) else { return text.len() };
    // Nearly all words are ASCII.
    if text.as_bytes()[end].is_ascii() {
        return end;
    }
    text[end..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |length| end + length)
}

/// A date that was found in a line, with the time that stands beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Dated {
    pub span: Span,
    pub moment: Moment,
}

/// What the first of two numbers is that could both be the month: `03/04/2031`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateOrder {
    /// The day, as in all languages but English.
    DayFirst,
    /// The day or the month: in English both are written, so such a date is none.
    Unknown,
}

/// All dates in a line, in order.
pub(super) fn dates(line: &str) -> Vec<Dated> {
    dates_in_order(line, DateOrder::Unknown)
}

/// All dates in a line, where it is known which number is the day.
pub(super) fn dates_in_order(line: &str, order: DateOrder) -> Vec<Dated> {
    let found = if has_year_and_day(line) { dates_by_tokens(line, order) } else { Vec::new() };
    if !found.is_empty() || line.is_ascii() {
        return found;
    }
    unspaced::dates(line).into_iter().map(|(span, moment)| Dated { span, moment }).collect()
}

fn dates_by_tokens(line: &str, order: DateOrder) -> Vec<Dated> {
    let tokens = tokens(line);
    let mut found: Vec<Dated> = Vec::new();
    let (mut index, mut free) = (0, 0);
    while index < tokens.len() {
        match date(&tokens[index..], order) {
            Some((date, length)) => {
                let span = Span::new(tokens[index].span.start, tokens[index + length - 1].span.end);
                // A time that another date took is not in front of this one.
                let taken = found.last().map_or(0, |dated| dated.span.end);
                while free < index && tokens[free].span.start < taken {
                    free += 1;
                }
                let (span, moment) = with_time(&tokens[free..], index - free, length, span, date);
                found.push(Dated { span, moment });
                index += length;
            }
            None => index += 1,
        }
    }
    found
}

/// Whether a line has what no date is without: a year, which is four digits or more in a row, and the day near it.
fn has_year_and_day(line: &str) -> bool {
    const DIGITS: usize = 4;
    /// A day in front of its year, as in `20 September 2031`, is not further away, in bytes.
    const IN_FRONT: usize = 48;
    /// A day behind its year, as in `2031. december 4.`, is not.
    const BEHIND: usize = 24;
    let bytes = line.as_bytes();
    // Of four digits in a row one stands at every fourth byte.
    (DIGITS - 1..bytes.len()).step_by(DIGITS).any(|at| {
        if !bytes[at].is_ascii_digit() {
            return false;
        }
        let is_digit = |byte: &&u8| byte.is_ascii_digit();
        let start = at - bytes[..at].iter().rev().take_while(is_digit).count();
        let end = at + bytes[at..].iter().take_while(is_digit).count();
        let front = &bytes[start.saturating_sub(IN_FRONT)..start];
        let behind = &bytes[end..bytes.len().min(end + BEHIND)];
        end - start >= DIGITS && front.iter().chain(behind).any(u8::is_ascii_digit)
    })
}

/// The date that a line opens with, if it does. A word such as `Published` may stand in front.
pub(super) fn date_at_start(line: &str) -> Option<Dated> {
    const WORDS_IN_FRONT: usize = 4;
    let head = crate::model::head(line, LONGEST_DATE_IN_FRONT);
    if !has_year_and_day(head) || !may_open_with_a_date(line) {
        return None;
    }
    let first = *dates(head).first()?;
    let front = &line[..first.span.start];
    let short = front.split_whitespace().count() <= WORDS_IN_FRONT;
    let words = front.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let mut known = words.map(|word| {
        let lower = word.to_lowercase();
        DATE_WORDS.contains(&lower.as_str()) || weekday(word).is_some()
    });
    (short && known.all(|known| known)).then_some(first)
}

/// Whether the first word of a line allows for a date behind or in it.
fn may_open_with_a_date(line: &str) -> bool {
    let word = &line[..line.bytes().take_while(u8::is_ascii_alphabetic).count()];
    let unsure = word.is_empty() || line.as_bytes().get(word.len()).is_some_and(|byte| !byte.is_ascii());
    unsure
        || cues_of_word(word) & (cue::WEEKDAY | cue::MONTH) != 0
        || DATE_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// So many bytes of a line are looked at for a date in front.
const LONGEST_DATE_IN_FRONT: usize = 120;

/// Words in front of a date of publication or update, in lower case.
#[rustfmt::skip]
const DATE_WORDS: &[&str] = &[
    "date", "published", "updated", "posted", "last", "modified", "on", "at", "first", "publié", "le", "mis", "mise", "à", "jour", "stand", "aktualisiert", "veröffentlicht",
    "am", "vom", "zuletzt", "publicado", "actualizado", "el", "pubblicato", "aggiornato", "il", "datum", "erstellt", "created", "issued", "filed", "uhr", "um", "p", "m", "a",
];

/// Whether a line holds a date with a year.
pub(super) fn full_date(line: &str) -> bool {
    !dates(line).is_empty()
}

/// The weekdays that a line names in full, with where.
pub(super) fn weekdays(line: &str) -> impl Iterator<Item = (Span, Weekday)> + '_ {
    const SHORTEST_FULL_NAME: usize = 5;
    words(line).filter_map(|(span, word)| {
        // `mardi` is Tuesday, `Mar` is none; English short forms need their full stop to be told from other words.
        let day = if word.len() < SHORTEST_FULL_NAME { None } else { weekday(word) };
        day.filter(|_| word.chars().count() >= SHORTEST_FULL_NAME).map(|day| (span, day))
    })
}

/// The words of a line, hyphens inside them included, with where they stand.
pub(super) fn words(line: &str) -> impl Iterator<Item = (Span, &str)> + '_ {
    let inside = |c: char| c.is_alphabetic() || c == '-';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + line[at..].find(char::is_alphabetic)?;
        let letters = line[start..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let end = match line.as_bytes().get(start + letters) {
            // Nearly all words are ASCII letters with a space or a mark behind them.
            Some(byte) if byte.is_ascii() && *byte != b'-' => start + letters,
            _ => line[start..].find(|c: char| !inside(c)).map_or(line.len(), |length| start + length),
        };
        at = end;
        Some((Span::new(start, end), &line[start..end]))
    })
}

/// Whether a word is the name of a month, or short for one.
pub(crate) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// Whether a word names a day of the week or a month.
pub(crate) fn is_weekday_or_month(word: &str) -> bool {
    weekday(word).is_some() || month(word).is_some()
}

fn weekday(word: &str) -> Option<Weekday> {
    if cues_of_word(word) & cue::WEEKDAY == 0 {
        return None;
    }
    let lower = word.to_lowercase();
    let index = WEEKDAYS.iter().position(|names| names.contains(&lower.as_str()))?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}

fn month(word: &str) -> Option<i8> {
    if cues_of_word(word) & cue::MONTH == 0 {
        return None;
    }
    let lower = word.to_lowercase();
    let index = MONTHS.iter().position(|names| names.contains(&lower.as_str()))?;
    i8::try_from(index + 1).ok()
}

/// The date that a row of tokens begins with, and how many of them it takes.
fn date(tokens: &[Token<'_>], order: DateOrder) -> Option<(Date, usize)> {
    match tokens.first()?.piece {
        Piece::Number(_) => numeric(tokens, order)
            .or_else(|| day_first(tokens))
            .or_else(|| year_first(tokens))
            .or_else(|| characters(tokens)),
        Piece::Word(_) => month_first(tokens),
        Piece::Mark(_) => None,
    }
}

/// `2031-03-04`, `04.03.2031`, `13/04/2031`.
fn numeric(tokens: &[Token<'_>], order: DateOrder) -> Option<(Date, usize)> {
    let [first, mark, second, other, third, ..] = tokens else { return None };
    let (Piece::Number(a), Piece::Mark(sign), Piece::Number(b), Piece::Mark(same), Piece::Number(c)) =
        (first.piece, mark.piece, second.piece, other.piece, third.piece)
    else {
        return None;
    };
    if sign != same || !matches!(sign, '-' | '.' | '/') || second.span.end != other.span.start {
        return None;
    }
    let number = |text: &str| text.parse::<i16>().ok();
    let (a_value, b_value, c_value) = (number(a)?, number(b)?, number(c)?);
    let date = if a.len() == 4 {
        valid(a_value, b_value, c_value)
    } else if c.len() == 4 && sign == '.' {
        valid(c_value, b_value, a_value)
    } else if c.len() == 4 {
        // Day first or month first: only where one of them cannot be a month, or both are the same.
        match (valid(c_value, b_value, a_value), valid(c_value, a_value, b_value)) {
            (Some(day_first), Some(other)) if day_first != other => (order == DateOrder::DayFirst).then_some(day_first),
            (one, other) => one.or(other),
        }
    } else {
        None
    };
    date.map(|date| (date, 5))
}

/// `4 March 2031`, `4. März 2031`, `1er mars 2031`, `4 de marzo de 2031`, `04-MAR-2031`.
fn day_first(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let Piece::Number(day) = tokens.first()?.piece else { return None };
    let mut at = 1;
    let skip = |at: &mut usize, words: &[&str], marks: &[char]| {
        while tokens.get(*at).is_some_and(|token| match token.piece {
            Piece::Word(word) => words.contains(&word.to_lowercase().as_str()),
            Piece::Mark(mark) => marks.contains(&mark),
            Piece::Number(_) => false,
        }) {
            *at += 1;
        }
    };
    skip(&mut at, &["er", "st", "nd", "rd", "th", "de", "of"], &['.', '-', 'º']);
    let Piece::Word(name) = tokens.get(at)?.piece else { return None };
    let month = month(name)?;
    at += 1;
    skip(&mut at, &["de", "del"], &['.', ',', '-']);
    let year = year(tokens.get(at)?)?;
    Some((valid(year, month.into(), day.parse().ok()?)?, at + 1))
}

/// `March 4, 2031`, `Mar. 4th 2031`.
fn month_first(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let Piece::Word(name) = tokens.first()?.piece else { return None };
    let mut at = 1;
    if matches!(tokens.get(at)?.piece, Piece::Mark('.')) {
        at += 1;
    }
    let Piece::Number(day) = tokens.get(at)?.piece else { return None };
    let month = month(name)?;
    at += 1;
    while tokens
        .get(at)
        .is_some_and(|token| matches!(token.piece, Piece::Mark(',') | Piece::Word("st" | "nd" | "rd" | "th")))
    {
        at += 1;
    }
    let year = year(tokens.get(at)?)?;
    Some((valid(year, month.into(), day.parse().ok()?)?, at + 1))
}

/// `2031 Mar 4`, `2031. december 4.`
fn year_first(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let year = year(tokens.first()?)?;
    let stop =
        |at: usize| usize::from(tokens.get(at).is_some_and(|token| matches!(token.piece, Piece::Mark('.' | '-'))));
    let name = 1 + stop(1);
    let Piece::Word(word) = tokens.get(name)?.piece else { return None };
    let day = name + 1 + stop(name + 1);
    let Piece::Number(digits) = tokens.get(day)?.piece else { return None };
    Some((valid(year, month(word)?.into(), digits.parse().ok().filter(|_| digits.len() <= 2)?)?, day + 1))
}

/// `2031年3月4日`.
fn characters(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let [y, nen, m, gatsu, d, nichi, ..] = tokens else { return None };
    let (Piece::Number(year), Piece::Number(month), Piece::Number(day)) = (y.piece, m.piece, d.piece) else {
        return None;
    };
    let marked = [(nen, "年"), (gatsu, "月"), (nichi, "日")]
        .iter()
        .all(|(token, sign)| matches!(token.piece, Piece::Word(word) if word.starts_with(sign)));
    let date = valid(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    // Text may follow the last sign without a space: the day's number is the end that is surely the date's.
    marked.then_some((date, 5))
}

fn year(token: &Token<'_>) -> Option<i16> {
    match token.piece {
        Piece::Number(digits) if digits.len() == 4 => digits.parse().ok(),
        _ => None,
    }
}

fn valid(year: i16, month: i16, day: i16) -> Option<Date> {
    let in_range = (FIRST_YEAR..=LAST_YEAR).contains(&year);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().filter(|_| in_range)
}

/// A date with the time that stands behind it, or in front of it.
fn with_time(tokens: &[Token<'_>], index: usize, length: usize, span: Span, date: Date) -> (Span, Moment) {
    let behind = (index + length..tokens.len()).take_while(|at| tokens[*at].span.start <= span.end + TIME_WITHIN);
    for at in behind {
        // The next date has its own time.
        if self::date(&tokens[at..], DateOrder::DayFirst).is_some() {
            break;
        }
        if let Some((time, offset, taken)) = time(&tokens[at..]) {
            let end = tokens[at + taken - 1].span.end;
            return (Span::new(span.start, end), Moment { date, time: Some(time), offset });
        }
    }
    let front = (0..index).rev().take_while(|at| tokens[*at].span.end + TIME_WITHIN >= span.start);
    for at in front {
        if let Some((time, offset, taken)) = time(&tokens[at..index]) {
            let free = tokens[at + taken..index].iter().all(|token| !matches!(token.piece, Piece::Number(_)));
            // `15 p.m.` of `3:15 p.m.` is no time of its own.
            let whole = at < 2
                || !matches!((tokens[at - 2].piece, tokens[at - 1].piece), (Piece::Number(_), Piece::Mark(':' | '.')));
            if free && whole {
                return (Span::new(tokens[at].span.start, span.end), Moment { date, time: Some(time), offset });
            }
        }
    }
    (span, Moment::day(date))
}

/// The time that a row of tokens begins with: `07:15`, `7.15 p.m. CET`, `18 h 30`, `17.30 Uhr`, `07:15:00+01:00`, `7 p.m.`
fn time(tokens: &[Token<'_>]) -> Option<(Time, Option<Offset>, usize)> {
    let Piece::Number(hour) = tokens.first()?.piece else { return None };
    let mut hour: i8 = hour.parse().ok().filter(|_| hour.len() <= 2)?;
    let mut minute = 0;
    let mut at = 1;
    let minutes = |at: usize| match (tokens.get(at).map(|t| t.piece), tokens.get(at + 1).map(|t| t.piece)) {
        (Some(Piece::Mark(':' | '.') | Piece::Word("h" | "H")), Some(Piece::Number(minute))) if minute.len() == 2 => {
            minute.parse::<i8>().ok()
        }
        _ => None,
    };
    let with_minutes = minutes(at);
    if let Some(value) = with_minutes {
        minute = value;
        at += 2;
        if minutes(at).is_some() && matches!(tokens[at].piece, Piece::Mark(':')) {
            at += 2;
        }
    }
    let word = |at: usize| match tokens.get(at).map(|token| token.piece) {
        Some(Piece::Word(word)) => word.to_lowercase(),
        _ => String::new(),
    };
    let half = match word(at).as_str() {
        "am" | "pm" => Some((word(at) == "pm", 1)),
        half @ ("a" | "p") if word(at + 2) == "m" => Some((
            half == "p",
            if matches!(tokens.get(at + 3).map(|t| t.piece), Some(Piece::Mark('.'))) { 4 } else { 3 },
        )),
        _ => None,
    };
    if let Some((afternoon, taken)) = half {
        at += taken;
        hour = hour % 12 + if afternoon { 12 } else { 0 };
    } else if matches!(word(at).as_str(), "uhr" | "h") {
        at += 1;
    } else if with_minutes.is_none() {
        return None;
    }
    let time = Time::new(hour, minute, 0, 0).ok()?;
    let (offset, taken) = zone(&tokens[at..]);
    Some((time, offset, at + taken))
}

/// The zone that a row of tokens begins with: `CET`, `+01:00`, `-0500`.
fn zone(tokens: &[Token<'_>]) -> (Option<Offset>, usize) {
    let minutes = |minutes: i32| Offset::from_seconds(minutes * 60).ok();
    match tokens {
        [Token { piece: Piece::Word(name), .. }, ..] => match ZONES.iter().find(|(zone, _)| zone == name) {
            Some((_, ahead)) => (minutes(*ahead), 1),
            None => (None, 0),
        },
        [
            Token { piece: Piece::Mark(sign @ ('+' | '-' | '−')), .. },
            Token { piece: Piece::Number(hours), .. },
            Token { piece: Piece::Mark(':'), .. },
            Token { piece: Piece::Number(rest), .. },
            ..,
        ] if hours.len() == 2 && rest.len() == 2 => {
            let ahead = hours.parse::<i32>().unwrap_or(0) * 60 + rest.parse::<i32>().unwrap_or(0);
            (minutes(if *sign == '+' { ahead } else { -ahead }), 4)
        }
        [
            Token { piece: Piece::Mark(sign @ ('+' | '-' | '−')), .. },
            Token { piece: Piece::Number(digits), .. },
            ..,
        ] if digits.len() == 4 => {
            let number: i32 = digits.parse().unwrap_or(0);
            let ahead = number / 100 * 60 + number % 100;
            (minutes(if *sign == '+' { ahead } else { -ahead }), 2)
        }
        _ => (None, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_of_many_outlets() {
        let cases = [
            ("2031-03-04", "2031-03-04"),
            ("2031-03-04T07:15:30+01:00", "2031-03-04T07:15+01:00"),
            ("Published March 4, 2031 at 2:10 p.m.", "2031-03-04T14:10"),
            ("Tue 4 Mar 2031 07.15 CET", "2031-03-04T07:15+01:00"),
            ("Updated 3:15 p.m. GMT, 4 March 2031", "2031-03-04T15:15+00:00"),
            ("Di, 04.03.2031, 07:15 Uhr", "2031-03-04T07:15"),
            ("Stand: 4. März 2031, 18.20 Uhr MEZ", "2031-03-04T18:20+01:00"),
            ("Publié le 1er mars 2031 à 18 h 30", "2031-03-01T18:30"),
            ("le 4 mars 2031 à 07h15", "2031-03-04T07:15"),
            ("4 de marzo de 2031", "2031-03-04"),
            ("26-FEB-2031 15:01:01.79", "2031-02-26T15:01"),
            ("13/04/2031", "2031-04-13"),
            ("04/13/2031", "2031-04-13"),
            ("Sept. 3, 2031", "2031-09-03"),
            ("2031 Mar 4", "2031-03-04"),
            ("2031. december 4.", "2031-12-04"),
            ("2031年3月4日", "2031-03-04"),
            ("4 марта 2031 г.", "2031-03-04"),
            ("12 a.m. on 4th March 2031", "2031-03-04T00:00"),
        ];
        for (line, expected) in cases {
            let found: Vec<String> = dates(line).iter().map(|dated| dated.moment.to_string()).collect();
            assert_eq!(found, [expected], "{line}");
        }
    }

    #[test]
    fn what_could_be_two_days_or_is_none_is_no_date() {
        for line in
            ["03/04/2031", "31 February 2031", "It fell by 3.5 to 12.7 in 2031", "On March 4 he left", "1.2.3", ""]
        {
            assert_eq!(dates(line), [], "{line}");
        }
    }

    #[test]
    fn two_dates_keep_their_own_times() {
        let line = "Published 4 March 2031 07:15 | Updated 5 March 2031 09:30";
        let found: Vec<String> = dates(line).iter().map(|dated| dated.moment.to_string()).collect();
        assert_eq!(found, ["2031-03-04T07:15", "2031-03-05T09:30"]);
    }

    #[test]
    fn a_line_may_open_with_a_date() {
        assert!(date_at_start("date 2031-03-04 Harbour Post / region").is_some());
        assert!(date_at_start("Published Tuesday, March 4, 2031 in the town").is_some());
        assert!(date_at_start("The ferry hit the pier on March 4, 2031.").is_none());
    }

    #[test]
    fn weekdays_are_found_by_their_full_names() {
        let days: Vec<Weekday> =
            weekdays("Am Dienstag und Mittwochabend, not on mon or sat.").map(|(_, day)| day).collect();
        assert_eq!(days, [Weekday::Tuesday, Weekday::Wednesday]);
    }
}

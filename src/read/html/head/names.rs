//! The names of writers and outlets as pages give them in, the same names for people out.

use super::page::{Page, Shown};
use super::words::{letters, single_blanks, words};
use crate::model::head;
use crate::read::cues::{OFFICES, folded};
use crate::read::dates::dates;

/// How a line opens that names a writer, in small letters.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "written by", "authored by", "posted by", "published by", "recipe by", "interview by", "story by", "words by", "text by", "article by", "author:", "authors:", "author", "byline:", "by:", "by", "von", "autor:", "autorin:", "ein artikel von", "par", "auteur :", "auteur:",
    "publié par", "écrit par", "por", "escrito por", "di", "a cura di", "door", "av", "af", "tekst:", "text:", "автор:", "autor", "作者：", "作者:", "文/", "記者",
];

/// What ends the name in a line.
const ENDS: &[char] = &['|', '•', '·', '(', '—', '–', '\u{2022}', '⋅', '∙', '→', '●'];

/// A name of a person or a desk has so many words at most.
const MOST_WORDS: usize = 7;

/// A byline further from the headline than this, in bytes, is another article's.
const NEAR: usize = 1500;

/// And so much above the headline.
const NEAR_ABOVE: usize = 400;

/// The opener of a byline and what follows it: `By Anna Holm`.
pub(super) fn byline_opener(line: &str) -> Option<&str> {
    /// More bytes than openers have.
    const WITHIN: usize = 24;
    let opening = folded(head(line, WITHIN));
    // Folding may change lengths; openers that are longer in one form are not looked for.
    let opener = OPENERS.iter().find(|opener| opening.starts_with(**opener) && line.is_char_boundary(opener.len()))?;
    let behind = &line[opener.len()..];
    let parted = opener.ends_with([':', '：', '/']) || behind.starts_with([' ', ':', '\u{A0}']);
    let name = behind.trim_start_matches([':', ' ', '\u{A0}']);
    (parted && name.starts_with(|c: char| c.is_uppercase() || !c.is_ascii())).then_some(name)
}

/// Several names as one byline: parted by commas, each once, without what is none.
pub(super) fn byline<'n>(names: impl IntoIterator<Item = &'n str>, sites: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut known: Vec<String> = Vec::new();
    let mut byline: Vec<String> = Vec::new();
    for name in names {
        for part in parts(name) {
            let key = letters(&part);
            if !key.is_empty() && !known.contains(&key) && is_name(&part) {
                known.push(key);
                byline.push(part);
            }
        }
    }
    // The outlet is no writer beside persons, and neither is the login of one of them.
    if byline.len() > 1 {
        byline.retain(|name| !sites(name));
    }
    if byline.iter().any(|name| !is_login(name)) {
        byline.retain(|name| !is_login(name));
    }
    (!byline.is_empty()).then(|| byline.join(", "))
}

/// The names in a text: `By Anna Holm and Ben Ito`.
fn parts(text: &str) -> Vec<String> {
    let text = single_blanks(text);
    let mut text = text.as_str();
    while let Some(behind) = byline_opener(text) {
        text = behind;
    }
    let text = text.split(ENDS).next().unwrap_or_default();
    // `Anna Holm on March 4, 2031`, `Anna Holm - Reporter`.
    let text = [
        " - ",
        " on ",
        " for ",
        " in ",
        " at ",
        " Updated",
        " Published",
        " Sponsored",
        ". Reviewed",
        " Reviewed",
        " Posted",
        " View ",
        "[email",
    ]
    .into_iter()
    .fold(text, |text, end| text.split(end).next().unwrap_or_default());
    let text = dates(text).first().map_or(text, |dated| &text[..dated.span.start]);
    let mut joined = text.replace(';', ",");
    for and in [" and ", " und ", " et ", " & "] {
        joined = joined.replace(and, ", ");
    }
    let parts = joined.split(',').map(|part| {
        part.trim()
            .trim_start_matches("and ")
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '/' | '|'))
    });
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether a name is the one by which a writer enters the site: `anna.holm`.
pub(super) fn is_login(name: &str) -> bool {
    let is_small = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.contains('.') && name.split('.').all(is_small)
}

/// Whether a part of a byline is a name, and not an address, an account or an office.
fn is_name(part: &str) -> bool {
    const NOBODY: &[&str] = &[
        "admin",
        "administrator",
        "author",
        "authors",
        "webmaster",
        "user",
        "root",
        "editor",
        "posted",
        "share",
        "null",
        "none",
        "undefined",
        "unknown",
        "anonymous",
        "byline",
        "written",
        "by",
        "follow",
        "contributor",
        "guest",
        "superuser",
        "wpadmin",
    ];
    let own = words(part);
    let is_office = |word: &String| OFFICES.contains(&word.as_str());
    let is_address = part.contains("://")
        || part.contains('@')
        || part.starts_with("www.")
        || part.contains("{{")
        || part.contains('_');
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let is_role = own.len() > 1
        && own.last().is_some_and(|word| {
            is_office(word)
                && !matches!(
                    word.as_str(),
                    "desk" | "newsroom" | "bureau" | "staff" | "redaktion" | "rédaction" | "agencies"
                )
        });
    !own.is_empty()
        && own.len() <= MOST_WORDS
        && !is_address
        && !is_role
        && digits < 4
        && !(own.len() == 1 && (NOBODY.contains(&own[0].as_str()) || is_office(&own[0])))
}

/// The writers that the page shows near its headline: what is marked as one first, then lines that open like a byline.
pub(super) fn shown_writers(page: &Page, headline: usize) -> Vec<String> {
    let is_near =
        |shown: &&Shown| !shown.marks.aside && shown.at + NEAR_ABOVE >= headline && shown.at <= headline + NEAR;
    let is_short = |text: &str| text.len() <= LONGEST && !text.is_empty();
    /// So many bytes have the names of a few writers.
    const LONGEST: usize = 120;
    let marked: Vec<&Shown> =
        page.writers.iter().filter(|writer| writer.marks.is_writer && is_short(&writer.text)).filter(is_near).collect();
    if let Some(first) = marked.first() {
        // Several writers stand side by side; the same name may be shown again below.
        const BESIDE: usize = 200;
        return marked
            .iter()
            .take_while(|writer| writer.at <= first.at + BESIDE)
            .map(|writer| writer.text.clone())
            .collect();
    }
    let line =
        page.lines.iter().filter(is_near).find(|line| is_short(&line.text) && byline_opener(&line.text).is_some());
    if let Some(line) = line {
        return vec![line.text.clone()];
    }
    let named = page
        .writers
        .iter()
        .filter(is_near)
        .find(|writer| is_short(&writer.text) && (2..=MOST_WORDS).contains(&words(&writer.text).len()));
    named.map(|writer| vec![writer.text.clone()]).unwrap_or_default()
}

/// The name of an outlet as people say it, if it is one.
pub(super) fn outlet(name: &str) -> Option<String> {
    const LONGEST: usize = 80;
    let name = single_blanks(name);
    let is_address = name.contains("://") || name.starts_with(['@', '/', '#']) || name.contains("{{");
    (!is_address && name.len() <= LONGEST && name.chars().any(char::is_alphabetic)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Option<String> {
        byline(names.iter().copied(), &|name| name == "The Harbour Post")
    }

    #[test]
    fn bylines_are_names_parted_by_commas() {
        let cases: &[(&[&str], &str)] = &[
            (&["By Anna Holm and Ben Ito"], "Anna Holm, Ben Ito"),
            (&["Anna Holm", "Ben Ito", "anna holm"], "Anna Holm, Ben Ito"),
            (&["Von Anna Holm"], "Anna Holm"),
            (&["Written by: Anna Holm | March 4, 2031"], "Anna Holm"),
            (&["Anna Holm on March 4, 2031"], "Anna Holm"),
            (&["Anna Holm, Staff Reporter"], "Anna Holm"),
            (&["Anna Holm", "The Harbour Post"], "Anna Holm"),
            (&["The Harbour Post"], "The Harbour Post"),
            (&["anna.holm", "Ben Ito"], "Ben Ito"),
        ];
        for (names, expected) in cases {
            assert_eq!(of(names).as_deref(), Some(*expected), "{names:?}");
        }
    }

    #[test]
    fn addresses_accounts_and_offices_are_no_writers() {
        for name in [
            "https://harbourpost.example/anna",
            "anna@harbourpost.example",
            "@anna",
            "admin",
            "Reporter",
            "",
            "{{author}}",
        ] {
            assert_eq!(of(&[name]), None, "{name}");
        }
    }

    #[test]
    fn an_outlet_is_a_name_and_no_address() {
        assert_eq!(outlet(" The  Harbour Post ").as_deref(), Some("The Harbour Post"));
        for name in ["https://harbourpost.example", "@harbourpost", "", "123"] {
            assert_eq!(outlet(name), None, "{name}");
        }
    }
}

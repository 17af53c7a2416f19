//! Words that give a line of a page away, a table a purpose.
//!
//! A new language is a few more entries. All are in lower case, with straight apostrophes, and are looked for in lines in
//! that form ([`folded`]).

use std::cell::OnceCell;
use std::sync::OnceLock;

use super::captions::OPENERS as CAPTION_OPENERS;
use super::shape::DATE_OPENERS;
use crate::model::{BlockKind, head};

/// Words of one purpose: how its lines open.
pub(super) struct Openers {
    pub kind: BlockKind,
    pub words: &'static [&'static str],
}

/// How lines open that belong to the page and not to the article. Looked through in this order.
#[rustfmt::skip]
pub(super) static OPENERS: &[Openers] = &[
    Openers { kind: BlockKind::Rating, words: &[
        "average rating", "how useful", "rate this", "click on a star", "no votes", "vote count", "was this article",
        "was this story", "is this article helpful", "did you find this", "poll:", "note moyenne", "cet article vous",
        "notez cet article", "donnez votre avis", "sondage", "bewerten sie", "wie hilfreich", "durchschnittliche bewertung",
        "war dieser artikel", "fanden sie diesen", "umfrage:",
    ] },
    Openers { kind: BlockKind::Subscription, words: &[
        "sign up", "subscribe", "get the latest", "get our", "get the ", "join our", "follow us", "follow @", "support our",
        "donate", "download the app", "download our app", "newsletter", "enter your e-mail", "enter your email",
        "your e-mail", "your email", "get alerts", "already a subscriber", "become a member", "start your free",
        "want more news", "stay informed", "never miss", "this article is for subscribers", "abonnez-vous", "s'abonner",
        "inscrivez-vous", "recevez ", "votre adresse", "déjà abonné", "réservé aux abonnés", "article réservé", "jetzt abonnieren", "abonnieren sie", "melden sie sich",
        "jetzt anmelden", "ihre e-mail", "suscríbete", "suscríbase", "regístrate", "abbonati", "iscriviti", "assine",
        "подпишитесь", "подписывайтесь",
    ] },
    Openers { kind: BlockKind::Notice, words: &[
        "all rights reserved", "copyright", "©", "(c) ", "correction:", "correction,", "correction ", "correction (", "corrections:", "editor's note",
        "eds:", "clarification:", "this story has been", "this article was", "this article has", "this story was",
        "this article originally", "this is a developing story", "a previous version", "an earlier version", "disclaimer",
        "our standards", "forward-looking", "about the author", "media contact", "press contact", "contact:", "note to editors",
        "editor in charge", "rectificatif", "correctif", "correction apportée", "note de la rédaction", "ndlr", "erratum", "korrektur", "anmerkung der redaktion",
        "hinweis der redaktion", "anm. d. red", "in einer früheren", "in einer ersten fassung", "alle rechte vorbehalten", "tous droits réservés",
        "reproduction interdite", "todos los derechos", "this report has been", "the views expressed", "opinions expressed",
        "developing story", "more to come", "update:", "updated:", "updates:", "this breaking news",
    ] },
    Openers { kind: BlockKind::Teaser, words: &[
        "read more", "read also", "also read", "read next", "read the full", "read:", "see also", "related:", "related stories", "related articles",
        "related topics", "more on ", "more from", "more:", "more stories", "recommended", "most read", "most popular", "trending", "latest news",
        "previous article", "next article", "previous story", "next story", "previous:", "next:", "you may also like", "you might also like",
        "you may be interested", "don't miss", "also on ", "also:", "watch ", "watch:", "up next", "in case you missed", "top stories",
        "editors' picks", "editor's picks", "in this series", "from our archive", "lire aussi", "à lire", "voir aussi", "sur le même sujet", "à voir",
        "lesen sie", "mehr zum thema", "mehr dazu", "mehr aus", "siehe auch", "auch interessant", "das könnte sie", "zum thema", "meistgelesen",
        "lea también", "ver también", "te puede interesar", "leggi anche", "leia também", "читайте также", "lees ook", "läs också", "læs også", "les også",
        "artikel lesen", "les plus lus", "dans la même rubrique", "article précédent", "article suivant", "vorheriger artikel", "nächster artikel",
    ] },
    Openers { kind: BlockKind::Navigation, words: &[
        "advertisement", "advertising", "sponsored", "promoted", "continue reading", "scroll for", "scroll down", "share this", "share on", "share:", "click here", "click on",
        "click to", "tap here", "log in", "sign in", "skip to", "back to top", "listen to this", "listen ", "cookies", "we use cookies", "this site uses",
        "we and our partners", "by continuing", "accept all", "copy link", "leave a comment", "join the conversation", "comments", "show comments", "view comments",
        "download transcript", "partager", "imprimer", "publicité", "nous utilisons", "ce site utilise", "temps de lecture", "écouter", "voir les commentaires",
        "anzeige", "werbung", "teilen", "drucken", "merken", "wir verwenden", "diese website", "zum seitenanfang", "artikel anhören", "kommentare", "lesezeit", "loading",
        "follow live", "jump to", "reading time", "estimated read", "commentaires", "home |", "menu |", "sections |",
    ] },
];

/// Words about the page itself, and what a short paragraph is that has them.
#[rustfmt::skip]
pub(super) const FURNITURE: &[(BlockKind, &[&str])] = &[
    (BlockKind::Rating, &["star to", "vote count", "votes so far", "rate this article", "out of 5 stars", "find this article"]),
    (BlockKind::Subscription, &[
        "breaking news emails", "breaking news alerts", "news alerts", "as an interest", "stay up to date", "stay on top of", "delivered to your", "delivered weekday", "our newsletter", "your inbox", "our app", "sign up", "subscribe", "whatsapp channel", "push notification", "unsubscribe",
        "morning letter", "daily briefing to", "notre newsletter", "notre lettre", "votre boîte", "unseren newsletter", "unser newsletter", "ihr postfach",
        "in ihr e-mail", "digital subscription",
    ]),
    (BlockKind::Notice, &[
        "this article", "this story", "all rights reserved", "terms of use", "terms of service", "alle rechte vorbehalten", "tous droits réservés", "cet article",
        "dieser artikel", "dieser text", "this post", "may not be published, broadcast", "without permission",
    ]),
    (BlockKind::Navigation, &["this page", "our website", "cookies", "this site", "privacy policy", "enable javascript", "turn on javascript", "requires javascript", "buy photo", "second to continue", "seconds to continue", "pic.twitter.com", "click here", "please click", "hide caption", "to subscribe,", "to advertise", "adblock", "ad blocker"]),
];

/// Words of a page that are glued in front of a line when its text is copied. As they stand, in any of these spellings.
#[rustfmt::skip]
pub(super) static GLUED_IN_FRONT: &[&str] = &[
    "CLOSE", "Buy Photo", "BUY PHOTO", "Buy Photos", "FERMER", "Fermer", "SCHLIESSEN", "SCHLIEẞEN", "Schließen", "Foto kaufen", "Acheter la photo", "Enlarge this image",
    "Enlarge", "Hide caption", "hide caption", "toggle caption", "Play Video", "PLAY VIDEO", "Story highlights", "ADVERTISEMENT", "Advertisement", "ANZEIGE",
    "Media playback is unsupported on your device", "Skip Ad", "SHARE THIS", "Story Continued Below",
];

/// How a line opens that says who wrote what follows.
#[rustfmt::skip]
pub(super) const BYLINE_OPENERS: &[&str] = &[
    "by ", "by: ", "von ", "par ", "por ", "di ", "av ", "af ", "door ", "written by", "story by", "text by", "texte :", "texte:", "text:", "author:", "reporter:", "exclusive by", "analysis by",
    "words by", "propos recueillis par", "aufgezeichnet von", "автор:",
];

/// How the line of credits below an article opens.
#[rustfmt::skip]
pub(super) const CREDIT_LINES: &[&str] = &[
    "reporting by", "additional reporting", "editing by", "(reporting by", "(editing by", "compiled by", "with reporting by", "text supplied by",
    "with files from", "with additional reporting", "this report contains material from", "mit material von", "mit agenturen", "avec agence", "avec l'agence", "writing by",
];

/// What writers are called in a line with their names above an article.
#[rustfmt::skip]
pub(super) static OFFICES: &[&str] = &[
    "reporter", "reporters", "correspondent", "editor", "columnist", "staff", "newsroom", "bureau", "desk", "rédaction", "envoyé", "envoyée", "correspondant", "correspondante",
    "redaktion", "korrespondent", "korrespondentin", "redakteur", "redakteurin", "reporterin", "reportage", "agencies", "agenturen",
];

/// What is said of a writer below an article.
#[rustfmt::skip]
pub(super) const WRITERS: &[&str] = &[
    " is a reporter", " is a staff writer", " is a correspondent", " is a freelance", " is a journalist", " is the paper's", " is an editor", " writes about ",
    " covers ", " has covered ", "can be reached at", "contributed to this report", "contributed reporting", "contributed to this story", "reach her at", "reach him at", "on twitter at", " est journaliste",
    " couvre ", " ist redakteur", " ist reporter", " berichtet seit", " schreibt über", " schreibt für", " suit ",
];

/// A line in the form that the tables are in: lower case, straight apostrophes, single spaces.
pub(super) fn folded(line: &str) -> String {
    if is_of_ascii_with_single_blanks(line.as_bytes()) {
        return line.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(line.len());
    // What goes over as it is: up to a character beyond ASCII, and to white space that is no blank or not the first.
    let mut copied = 0;
    let mut space = false;
    for (at, &byte) in line.as_bytes().iter().enumerate() {
        let is_space = matches!(byte, b'\t'..=b'\r' | b' ');
        if byte.is_ascii() && !(is_space && (space || byte != b' ')) {
            space = is_space;
            continue;
        }
        if at < copied {
            continue;
        }
        folded.push_str(&line[copied..at]);
        let c = line[at..].chars().next().expect("a character begins here");
        copied = at + c.len_utf8();
        match c {
            '’' => folded.push('\''),
            _ if c.is_whitespace() => {
                if !space {
                    folded.push(' ');
                }
            }
            '“' | '”' | '–' | '—' => folded.push(c),
            _ => folded.extend(c.to_lowercase()),
        }
        space = c.is_whitespace();
    }
    folded.push_str(&line[copied..]);
    folded.make_ascii_lowercase();
    folded
}

/// Whether a line has neither a character beyond ASCII nor a control character, such as a tab, nor two blanks in a row.
pub(super) fn is_of_ascii_with_single_blanks(line: &[u8]) -> bool {
    // Without branches, so that many bytes are looked at in one step.
    let other = line.iter().fold(false, |other, &byte| other | (byte < b' ') | !byte.is_ascii());
    !other && !has_gap(line)
}

/// Whether two blanks stand side by side.
pub(super) fn has_gap(bytes: &[u8]) -> bool {
    // Without branches, as above.
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    pairs.fold(false, |found, (first, second)| found | ((*first == b' ') & (*second == b' ')))
}

/// So many bytes of a line are compared with how lines open.
const OPENING_BYTES: usize = 48;

/// The beginning of a line as the tables have it, without the marks of Markdown, bullets and arrows.
pub(super) fn opening(line: &str) -> String {
    folded(unfolded_opening(line))
}

fn unfolded_opening(line: &str) -> &str {
    let marks = |c: char| {
        c.is_whitespace() || matches!(c, '*' | '_' | '#' | '>' | '»' | '→' | '▶' | '►' | '|' | '[' | '+' | '☆' | '★')
    };
    // Nearly all lines open with a word.
    let bare =
        if line.starts_with(|c: char| c.is_ascii_alphanumeric()) { line } else { line.trim_start_matches(marks) };
    head(bare, OPENING_BYTES)
}

/// Whether an [`opening`] begins with an entry, as whole words.
fn opens_with(opening: &str, entry: &str) -> bool {
    opening
        .strip_prefix(entry)
        .is_some_and(|rest| !entry.ends_with(char::is_alphanumeric) || !rest.starts_with(|c: char| c.is_alphanumeric()))
}

/// Whether a line may begin with an entry, as far as they can be compared byte by byte: up to a character beyond ASCII
/// and to white space other than one blank.
fn may_open_with(line: &str, entry: &str) -> bool {
    let mut bytes = line.bytes().peekable();
    for known in entry.bytes() {
        match bytes.next() {
            None => return false,
            Some(b' ') if known == b' ' => {
                if bytes.peek().is_none_or(|next| !next.is_ascii_graphic()) {
                    return true;
                }
            }
            Some(byte) if matches!(byte, b' '..=b'~') => {
                if byte.to_ascii_lowercase() != known {
                    return false;
                }
            }
            Some(_) => return true,
        }
    }
    true
}

/// What lines open with the entries of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// Lines of the page: [`OPENERS`].
    Page(BlockKind),
    /// Captions, and credits of pictures.
    Caption,
    /// Lines that name a writer: [`BYLINE_OPENERS`].
    Byline,
    /// Lines that name all who worked on an article: [`CREDIT_LINES`].
    Credits,
    /// Lines of dates.
    Dates,
}

/// How a line opens, held against all tables at once.
pub(super) struct Opening<'t> {
    line: &'t str,
    /// The same folded, once it is asked for.
    folded: OnceCell<String>,
    /// The entries that share their first three bytes with the line, in the order of the tables; none if it opens with none
    /// of them for sure.
    candidates: &'static [Entry],
}

/// The first three bytes of an entry, its table and the entry itself.
type Entry = (u32, Table, &'static str);

impl<'t> Opening<'t> {
    pub fn of(line: &'t str) -> Self {
        let line = unfolded_opening(line);
        let entries = entries();
        let is_plain = |byte: &u8| matches!(byte, b' '..=b'~');
        let key = match line.as_bytes() {
            [first @ .., _] if first.len() >= 3 && first[..3].iter().all(is_plain) && first[1..3] != *b"  " => {
                first_bytes(&[0, 1, 2].map(|at| first[at].to_ascii_lowercase()))
            }
            // The quotation mark that most quotes in English open with; no entry does.
            [0xE2, 0x80, 0x9C, ..] => first_bytes(&[0xE2, 0x80]),
            _ => first_bytes(folded(line).as_bytes()),
        };
        let start = entries.partition_point(|entry| entry.0 < key);
        let length = entries[start..].iter().take_while(|entry| entry.0 == key).count();
        let alike = &entries[start..start + length];
        let possible = alike.iter().any(|entry| may_open_with(line, entry.2));
        Self { line, folded: OnceCell::new(), candidates: if possible { alike } else { &[] } }
    }

    /// Whether the line may open with an entry of any table.
    pub fn may_be_known(&self) -> bool {
        !self.candidates.is_empty()
    }

    /// The table of the first entry of the wanted tables that the line opens with, as whole words.
    pub fn find(&self, wanted: impl Fn(Table) -> bool) -> Option<Table> {
        self.entries(wanted).find(|(opening, entry)| opens_with(opening, entry.2)).map(|(_, entry)| entry.1)
    }

    /// Whether the line opens with an entry of a table, as whole words.
    pub fn is_of(&self, table: Table) -> bool {
        self.find(|other| other == table).is_some()
    }

    /// Whether the line opens with an entry of a table for which `holds`, be it the beginning of a longer word.
    pub fn begins(&self, table: Table, holds: impl Fn(&str) -> bool) -> bool {
        self.entries(|other| other == table).any(|(opening, entry)| opening.starts_with(entry.2) && holds(entry.2))
    }

    fn entries(&self, wanted: impl Fn(Table) -> bool) -> impl Iterator<Item = (&str, &'static Entry)> {
        let possible = |entry: &&Entry| may_open_with(self.line, entry.2);
        self.candidates
            .iter()
            .filter(move |entry| wanted(entry.1))
            .filter(possible)
            .map(|entry| (self.folded.get_or_init(|| folded(self.line)).as_str(), entry))
    }
}

/// The entries of all tables by their first bytes; those with the same first bytes in the order of the tables.
fn entries() -> &'static [Entry] {
    static ENTRIES: OnceLock<Vec<Entry>> = OnceLock::new();
    ENTRIES.get_or_init(|| {
        let page = OPENERS.iter().map(|openers| (Table::Page(openers.kind), openers.words));
        let others = [
            (Table::Caption, CAPTION_OPENERS),
            (Table::Byline, BYLINE_OPENERS),
            (Table::Credits, CREDIT_LINES),
            (Table::Dates, DATE_OPENERS),
        ];
        let words = page.chain(others).flat_map(|(table, words)| words.iter().map(move |word| (table, *word)));
        let mut entries: Vec<Entry> = words.map(|(table, word)| (first_bytes(word.as_bytes()), table, word)).collect();
        entries.sort_by_key(|entry| entry.0);
        entries
    })
}

/// The first three bytes of a folded text as a number; the first two where it begins beyond ASCII, because an entry may
/// be no longer.
fn first_bytes(text: &[u8]) -> u32 {
    let count = if text.first().is_some_and(|byte| !byte.is_ascii()) { 2 } else { 3 };
    text.iter().take(count).fold(0, |key, byte| key << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_as_lines_are_folded() {
        let openers = OPENERS.iter().flat_map(|openers| openers.words);
        let furniture = FURNITURE.iter().flat_map(|(_, words)| words.iter());
        for entry in openers.chain(furniture).chain(BYLINE_OPENERS).chain(CREDIT_LINES).chain(WRITERS) {
            assert_eq!(folded(entry), **entry);
        }
    }

    #[test]
    fn lines_of_ascii_are_folded_as_all_others() {
        let lines =
            ["", " ", "The  Pier", " By A. Holm ", "HARBOUR\tPOST", "A\u{1}B \u{7f}C", "It's “He’s”—He", "a \n b"];
        for line in lines {
            // What is beyond ASCII behind it keeps a line off the fast path.
            let slow = folded(&format!("{line}é"));
            assert_eq!(Some(folded(line).as_str()), slow.strip_suffix('é'), "{line:?}");
        }
        assert_eq!(folded(" The  Old\u{a0}Pier’s\n“End” "), " the old pier's “end” ");
    }

    #[test]
    fn an_entry_is_whole_words() {
        assert!(opens_with(&opening("**Menu** | Sport"), "menu"));
        assert!(!opens_with(&opening("Printed in 2031"), "print"));
    }

    #[test]
    fn an_opening_is_found_in_the_index_as_in_the_tables() {
        let entries: Vec<&str> = entries().iter().map(|entry| entry.2).collect();
        for entry in &entries {
            for line in
                [entry.to_uppercase(), format!("** {entry} pier"), entry.replace(' ', " \n"), format!("{entry}x")]
            {
                let opening = opening(&line);
                let expected = entries.iter().find(|entry| opens_with(&opening, entry)).is_some();
                assert_eq!(Opening::of(&line).find(|_| true).is_some(), expected, "{line}");
            }
        }
        assert_eq!(Opening::of("The views expressed here").find(|_| true), Some(Table::Page(BlockKind::Notice)));
        assert_eq!(Opening::of("© 2031").find(|_| true), Some(Table::Page(BlockKind::Notice)));
        assert_eq!(Opening::of("The ferry").find(|_| true), None);
        assert_eq!(Opening::of("").find(|_| true), None);
    }
}

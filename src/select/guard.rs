//! A sentence in, what speaks against quoting it alone out.

use std::borrow::Cow;
use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use super::fragments::{is_fragment, is_glued, lacks_subject_or_verb};
use super::leaning::{
    Opening, adds_to_the_subject, ends_in_a_pronouns_words, follows_subordinator, has_aside, is_inverted,
    is_timed_by_another, leans_inside, opens_with_pointer, opens_with_pronoun, person_without_name, points_back_inside,
    says_of_others,
};
use super::openers::Openers;
use super::tokens::{Marks, Token, Words};
use super::vocabulary::{Known, Roles, Vocabulary};
use crate::language::{Language, is_unspaced};
use crate::marks::{asks, closes_or_parts, closes_quotation, opens_quotation};
use crate::quotations::quotation_marks;
use crate::read::is_page_line;
use crate::segment::Lexicon;

/// Why a sentence cannot stand alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Objection {
    /// It is cut off, or no sentence at all: too short, no capital at the start, no stop at the end, a line of capitals.
    Fragment,
    /// It opens or closes a quotation whose other half stands elsewhere.
    HalfQuotation,
    /// Who says it stands elsewhere: it tells of its writer, or goes on with what somebody says.
    NoSpeaker,
    /// It is all quotation, and who said it stands before it.
    Quotation,
    /// It opens with a word for something that was said before.
    Pronoun,
    /// It opens with a word that connects to what was said before.
    Connective,
    /// It names somebody whom an earlier sentence of its article introduces.
    Name,
    /// It opens with a thing as known that an earlier sentence of its article brings up.
    Definite,
    /// It asks instead of telling.
    Question,
    /// It belongs to the page rather than to the article: a call to read more or to subscribe.
    Furniture,
    /// It is so short that it says little by itself. No hindrance for the sentence that opens an article.
    Slight,
}

impl Objection {
    /// Whether the sentence can be quoted all the same behind the one that it leans on.
    pub fn can_be_mended(self) -> bool {
        self.leans_on_the_one_before() || matches!(self, Self::Name | Self::Definite)
    }

    /// Whether the sentence leans on the one before it in its article, or on what that one leans on, and on no other.
    pub fn leans_on_the_one_before(self) -> bool {
        matches!(self, Self::Pronoun | Self::Connective | Self::Quotation)
    }

    /// Whether it is no whole sentence of an article that tells something, wherever it stands.
    pub fn is_no_sentence(self) -> bool {
        matches!(self, Self::Fragment | Self::HalfQuotation | Self::Question | Self::Furniture)
    }

    /// The reason for people: `opens with a word for something said before`.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Fragment => "cut off, or no sentence",
            Self::HalfQuotation => "half a quotation",
            Self::NoSpeaker => "who says it stands elsewhere",
            Self::Quotation => "all quotation, and who says it stands before it",
            Self::Pronoun => "a word in it stands for something said before",
            Self::Connective => "connects to what was said before",
            Self::Name => "names somebody who is introduced elsewhere",
            Self::Definite => "opens with a thing that is told of elsewhere",
            Self::Question => "asks instead of telling",
            Self::Furniture => "belongs to the page",
            Self::Slight => "too short to say much",
        }
    }
}

/// A sentence with fewer words than this seldom says much by itself: `The board would not say.` From 5 to 10 it changes
/// ROUGE-2 by at most 0.15 points; what it changes is what a reader stumbles over.
pub(super) const SLIGHT_WORDS: usize = 8;

/// What speaks against quoting a sentence of `language` alone, if anything does; `lexicon` is that language's.
///
/// A sentence that `opens` its article has nothing before it to lean on: what points out of others points forward there
/// (`In her last week as mayor, Ada Holm …`), or to what every reader knows (`Another storm …`). A bare *He* or *But* at its
/// very start is no such thing; it leans on a picture or on a headline.
///
/// The tables know thirteen languages; in the others only the shape of the sentence is judged.
pub fn objection(text: &str, language: Option<Language>, lexicon: &Lexicon, opens: bool) -> Option<Objection> {
    thread_local! {
        static NOTES: RefCell<Notes> = RefCell::default();
    }
    NOTES.with_borrow_mut(|notes| judge(text, language, lexicon, opens, notes))
}

/// What is found out about a sentence, kept from one to the next for its memory.
#[derive(Default)]
struct Notes {
    tokens: Vec<Token>,
    roles: Vec<Roles>,
    opening: String,
    attribution: String,
    lower: String,
}

fn judge(
    text: &str,
    language: Option<Language>,
    lexicon: &Lexicon,
    opens: bool,
    notes: &mut Notes,
) -> Option<Objection> {
    let end = text.trim_end_matches(closes_or_parts);
    if end.ends_with(asks) {
        return Some(Objection::Question);
    }
    let words = Words::read(text, &mut notes.tokens);
    let Words { marks, .. } = words;
    if is_fragment(words, end) {
        return Some(Objection::Fragment);
    }
    let Some(outside) = (if marks.any(Marks::QUOTATION) { outside_quotations(text) } else { Some(text.into()) }) else {
        return Some(Objection::HalfQuotation);
    };
    if !outside.contains(char::is_alphabetic) {
        return Some(Objection::Quotation);
    }
    let code = language.as_ref().map_or("", Language::code);
    let vocabulary = Vocabulary::of(code);
    let openers = vocabulary.openers;
    let whole = Opening::of(words, vocabulary, &mut notes.opening);
    if whole.calls() || is_page_line(text) || links_elsewhere(words, end, code) || shows_a_picture(words) {
        return Some(Objection::Furniture);
    }
    if is_glued(words, code, lexicon, &mut notes.lower) || lacks_subject_or_verb(words, code) {
        return Some(Objection::Fragment);
    }
    let count = words.count();
    let (words, attribution) = match &outside {
        Cow::Borrowed(_) => (words, None),
        // The attribution behind a quotation has an opener of its own: `“…,” he said`.
        Cow::Owned(outside) => {
            let words = Words::read(outside, &mut notes.tokens);
            (words, Some(Opening::of(words, vocabulary, &mut notes.attribution)))
        }
    };
    let attribution = attribution.as_ref();
    let outside = vocabulary.classify(words, &mut notes.roles);
    // What cannot be mended by another sentence is told first.
    if tells_of_its_writer(&outside) || is_unattributed(text, words.text, code) {
        return Some(Objection::NoSpeaker);
    }
    let fresh = opens && whole.is_fresh();
    if (whole.connects() && !fresh) || attribution.is_some_and(Opening::connects) {
        return Some(Objection::Connective);
    }
    let points_back = |opening| opens_with_pronoun(opening, openers, words.text);
    let forward = || fresh || (opens && opens_with_pointer(&whole, openers));
    if (opens_with_pronoun(&whole, openers, text) && !forward()) || attribution.is_some_and(points_back) {
        return Some(Objection::Pronoun);
    }
    if person_without_name(&outside, vocabulary, lexicon, opens)
        || is_inverted(words, code)
        || ends_in_a_pronouns_words(text, &outside)
        || points_back_inside(&outside, openers)
        || says_of_others(&outside)
    {
        return Some(Objection::Pronoun);
    }
    if !opens && leans_on_what_was_said(&outside, &whole, attribution, openers) {
        return Some(Objection::Connective);
    }
    (count < SLIGHT_WORDS && !(marks.any(Marks::UNSPACED) && text.contains(is_unspaced))).then_some(Objection::Slight)
}

/// Whether a sentence ends in a link: `The files have been published online here.`
fn links_elsewhere(words: Words<'_>, end: &str, code: &str) -> bool {
    const LINKING: &[&str] =
        &["found", "read", "online", "available", "watch", "see", "seen", "click", "published", "view", "viewed"];
    if code != "en" || !end.trim_end_matches('.').ends_with(" here") {
        return false;
    }
    words.raws().rev().skip(1).take(2).any(|word| LINKING.contains(&word.to_lowercase().as_str()))
}

/// Whether a sentence belongs to a picture: `A patient is prepared for a scan in a file photo.`
fn shows_a_picture(words: Words<'_>) -> bool {
    const PICTURED: &[&str] = &[
        "file photo",
        "(pictured",
        "(left)",
        "(right)",
        "pictured above",
        "pictured below",
        "photo above",
        "photo below",
        "(ảnh)",
        "ảnh:",
        "(phải)",
        "(trái)",
        "(nguồn",
    ];
    let bytes = words.text.as_bytes();
    let begins = |at: usize, with: &[u8]| {
        // Most differ in the second letter.
        bytes.get(at..at + with.len()).is_some_and(|b| b[1] | 0x20 == with[1] && b.eq_ignore_ascii_case(with))
    };
    // Words that one of the phrases ends in, or the part of a word that one begins with.
    let in_words = || {
        words.tokens.iter().any(|token| match bytes[token.start] | 0x20 {
            b'a' => begins(token.start, b"above"),
            b'b' => begins(token.start, b"below"),
            b'p' => begins(token.start, b"photo"),
            _ => false,
        })
    };
    let in_brackets = || {
        let behind = |at: usize| [b"pi", b"le", b"ri", b"ph", b"tr", b"ng"].iter().any(|start| begins(at, *start));
        let opening = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'(').map(|(at, _)| at + 1);
        opening.into_iter().any(|at| behind(at) || bytes.get(at).is_some_and(|byte| !byte.is_ascii()))
    };
    let labelled = !words.marks.is_ascii() && words.marks.any(Marks::COLON);
    let may_be = labelled || in_words() || (words.marks.any(Marks::BRACKET) && in_brackets());
    may_be && {
        let lower = words.text.to_lowercase();
        PICTURED.iter().any(|phrase| lower.contains(phrase))
    }
}

/// Whether a word inside of a sentence ties it to the one before: `Holm also said`, `A year later, …`.
fn leans_on_what_was_said(
    outside: &Known<'_>,
    opening: &Opening<'_>,
    attribution: Option<&Opening<'_>>,
    openers: &Openers,
) -> bool {
    // Without a quotation the opening is made of words of `outside`.
    let inside = attribution.is_some() || outside.all.any(Roles::INNER);
    has_aside(outside.words, openers)
        || is_timed_by_another(outside)
        || (inside && leans_inside(opening, openers))
        || adds_to_the_subject(outside, openers)
        || attribution.is_some_and(|opening| leans_inside(opening, openers))
        || follows_subordinator(opening, openers)
}

/// The text without what stands in quotation marks; `None` where a quotation opens or closes only.
pub(super) fn outside_quotations(text: &str) -> Option<Cow<'_, str>> {
    let mut outside = String::new();
    let mut open: Option<char> = None;
    // Where what stands outside begins.
    let mut from = 0;
    let mut marked = false;
    for (at, mark) in quotation_marks(text) {
        marked = true;
        let behind = at + mark.len_utf8();
        match open {
            Some(opener) if closes_quotation(opener, mark) => {
                open = None;
                from = behind;
            }
            Some('“') if mark == '“' => return None,
            Some(_) => {}
            None if opens_quotation(mark, text[..at].chars().next_back(), text[behind..].chars().next()) => {
                outside.push_str(&text[from..at]);
                open = Some(mark);
            }
            None => return None,
        }
    }
    if !marked {
        return Some(Cow::Borrowed(text));
    }
    outside.push_str(&text[from..]);
    open.is_none().then_some(Cow::Owned(outside))
}

/// Whether a sentence tells what somebody said without naming who: in German the mood of the verb shows it.
fn is_unattributed(text: &str, outside: &str, code: &str) -> bool {
    /// Verbs in the mood of indirect speech whose forms are no other's.
    const REPORTED: &[&str] = &[
        "sei", "seien", "habe", "könne", "müsse", "werde", "wolle", "solle", "dürfe", "wisse", "gebe", "gehe", "komme",
        "brauche", "lasse", "stehe",
    ];
    const LONGEST_REPORTED: usize = 8;
    /// Words that say who said it.
    #[rustfmt::skip]
    const ATTRIBUTED: &[&str] = &[
        "sagte", "sagten", "sagt", "sagen", "erklärte", "erklärten", "teilte", "teilten", "laut", "zufolge", "hieß", "heißt", "berichtete", "berichteten", "betonte", "so", "nach", "meinte",
        "behauptete", "behaupten", "behauptet", "kritisierte", "forderte", "warnte", "räumte", "erwiderte", "dass", "ob", "damit", "erklärt", "betont", "warf", "wirft", "fügte", "kündigte", "schrieb", "gab", "gesagt",
        "mitgeteilt", "versicherte", "bestätigte", "bestätigten", "bezeichnete", "sprach", "hofft", "hoffte", "glaubt", "glaubte", "vermutet", "vermutete", "als", "wenn", "erzählte", "rief", "ergänzte",
    ];
    if code != "de" || outside.len() < text.len() {
        return false;
    }
    let words = || text.split(|c: char| !c.is_alphabetic());
    let is_in = |list: &[&str], word: &str| list.contains(&word.to_lowercase().as_str());
    // Those verbs are short and end in `e` or `n`, or are `sei`.
    let may_be = |word: &str| word.len() <= LONGEST_REPORTED && word.ends_with(['e', 'E', 'n', 'N', 'i', 'I']);
    words().any(|word| may_be(word) && is_in(REPORTED, word)) && !words().any(|word| is_in(ATTRIBUTED, word))
}

/// Whether the writer speaks of themselves or to the reader: in a digest nobody knows who that is. `World War I` is a
/// numeral, the US a country and Us Weekly a name; one *your* or *our* far behind the subject is everybody's: `a study of the
/// link between our bellies and our belongings`.
fn tells_of_its_writer(outside: &Known<'_>) -> bool {
    const NEAR_THE_SUBJECT: usize = 5;
    if !outside.all.any(Roles::WRITER) {
        return false;
    }
    outside.roles.iter().enumerate().filter(|(_, roles)| roles.any(Roles::WRITER)).any(|(at, roles)| {
        let bare = outside.words.bare(at);
        let capital_before = || at > 0 && outside.roles[at - 1].any(Roles::CAPITAL);
        let initial = || outside.words.raw(at).is_some_and(|word| word.ends_with("I."));
        // World War I, I. Lewis, Us Weekly.
        let name = (bare == "I" && (capital_before() || initial())) || (bare == "Us" && at > 0);
        let country = bare == "US";
        let everybodys = at >= NEAR_THE_SUBJECT && roles.any(Roles::EVERYBODY);
        !name && !country && !everybodys
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(code: &str, text: &str) -> Option<Objection> {
        let language = code.parse().ok();
        objection(text, language, &Lexicon::new(language), false)
    }

    #[test]
    fn sentences_that_lean_on_another_are_kept_out() {
        use Objection::*;
        let cases = [
            (Pronoun, "He closed the harbour on Tuesday."),
            (Pronoun, "This marks the first closure since 2021."),
            (Pronoun, "In one such incident in 2021 the pier was hit."),
            (Pronoun, "“The pier is closed,” he said on Tuesday."),
            (Pronoun, "The last time he gave a figure, he said 46 were hurt."),
            (Pronoun, "In a statement on Tuesday, she called it a disaster."),
            (Pronoun, "From this they learned that the pier was old."),
            (Pronoun, "For its part, the company said nothing about the pier."),
            (NoSpeaker, "As a sailor, I did not believe in the old pier."),
            (NoSpeaker, "Let's say the pier was closed on Tuesday by the town."),
            (NoSpeaker, "Mayor Holm, you are not welcome at the old pier any more."),
            (Pronoun, "The mayor had no answers for those questions of the council."),
            (Pronoun, "The British government says they will be allowed to stay."),
            (Connective, "Now the mayor wants to close the pier of Port Ella, too."),
            (Furniture, "A patient is prepared for a scan in a file photo."),
            (Furniture, "The files of the council have been published online here."),
            (Fragment, "King Features, was directed by a designer from Port Ella."),
            (Connective, "The mayor also closed the harbour of the town."),
            (Connective, "If it does not rain, the harbour of the town will stay closed."),
            (Connective, "A little over a year later the pier of Port Ella was closed."),
            (Pronoun, "The pier is old, but that doesn't matter to the mayor."),
            (Fragment, "LIVE BLOG Mayor Holm speaks to the council of Port Ella."),
            (Fragment, "More information: The pier is closed until Friday."),
            (Fragment, "Briefed them on the state of the pier in Port Ella."),
            (Fragment, "Just an hour or two a week for the pier."),
            (Connective, "Boats and rafts of the town also will be allowed there."),
            (Fragment, "New pier for Port Ella The town council voted for it on Tuesday."),
            (Fragment, "The mayor faces a vote on the pier MORE and the harbour today."),
            (Furniture, "Subscribe to the Harbour Post for more on the old pier."),
            (Fragment, "Photo: Anna Holm of the Harbour Post took this on Tuesday."),
            (Connective, "But the harbour was closed on Tuesday."),
            (Connective, "In addition, the pier was closed on Tuesday."),
            (HalfQuotation, "“The pier is closed for the rest of the week."),
            (HalfQuotation, "The pier is closed,\" the mayor said on Tuesday."),
            (Quotation, "“The pier is closed for the rest of the week.”"),
            (Question, "Who closed the pier on Tuesday morning?"),
            (Furniture, "Read more about the pier and the harbour here."),
            (Fragment, "Closed on Tuesday."),
            (Slight, "The board would not say."),
            (Fragment, "and the pier was closed on Tuesday."),
            (Fragment, "The mayor closed the pier on Tuesday, saying:"),
            (Fragment, "The mayor closed the pier on Tuesday and..."),
            (Fragment, "2031-03-04 Harbour Post The pier was closed on Tuesday."),
            (Fragment, "THE PIER IS CLOSED UNTIL FRIDAY."),
        ];
        for (expected, text) in cases {
            assert_eq!(says("en", text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_opens_an_article_leans_on_nothing_unless_it_begins_with_a_pronoun_or_connective() {
        let says = |text: &str| {
            let language = "en".parse().ok();
            objection(text, language, &Lexicon::new(language), true)
        };
        for text in [
            "In her last week as mayor, Ada Holm closed the pier of Port Ella.",
            "With its long piers, Port Ella draws more visitors every year.",
            "Another storm could hit Port Ella on Tuesday, forecasters warned.",
            "Port Ella closed its harbour again on Tuesday after a second storm.",
        ] {
            assert_eq!(says(text), None, "{text}");
        }
        let cases = [
            (Objection::Pronoun, "He closed the harbour of Port Ella on Tuesday."),
            (Objection::Pronoun, "Last week he’s got another storm in Port Ella behind him."),
            (Objection::Pronoun, "It was his last week at the harbour of the town."),
            (Objection::Pronoun, "“The pier is closed to everybody,” he said on Tuesday."),
            (Objection::Connective, "But the harbour of the town was closed on Tuesday."),
            (Objection::Pronoun, "After her last week at work, she closed the pier."),
        ];
        for (expected, text) in cases {
            assert_eq!(says(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn sentences_that_stand_alone_are_let_through() {
        let cases = [
            "The ferry hit the east pier on Tuesday.",
            "This week the harbour stays closed, the mayor said.",
            "In this week's council the mayor spoke of the pier.",
            "The pier was built after World War I by the town.",
            "“I close the harbour today,” Mayor Liv Holm said.",
            "“We close the harbour today,” Mayor Holm said.",
            "Holm said she had closed the harbour on Tuesday.",
            "The mayor said she had closed the whole harbour.",
            "Sund Line — which owns the ferry — said so on Tuesday.",
            "The mayor thanked those who had come to the pier this week.",
            "The US closed its embassy in Port Ella on Tuesday morning.",
            "Officials of the town say they will close the pier on Tuesday.",
            "It is unclear whether the pier of Port Ella will open again.",
            "It was about 7:30 a.m. on Tuesday when the ferry hit the pier.",
            "The mayor wants to punish those responsible and help those injured.",
            "The mayor thanked Captain I. Lewis Brandt on Tuesday morning.",
            "The band played Gone With the Wind in Port Ella on Tuesday.",
            "Both-sided printing was invented in Port Ella in 1931.",
            "55,000 people live in Port Ella and Hesterby.",
        ];
        for text in cases {
            assert_eq!(says("en", text), None, "{text}");
        }
        assert_eq!(says("zh", "渡轮星期二早上撞上了港口的码头。"), None);
        assert_eq!(says("zh", "（渡轮星期二早上撞上了港口的码头。）"), None);
        assert_eq!(says("zh", "他还说，许多人星期二早上失踪了。"), Some(Objection::Pronoun));
        assert_eq!(says("sv", "”Vi stänger hamnen på tisdag”, sade borgmästare Holm i går."), None);
        assert_eq!(says("de", "»Wir schließen den Hafen am Dienstag«, sagte Bürgermeisterin Holm."), None);
        assert_eq!(says("de", "Die Bürgermeisterin schloss am Dienstag den Hafen der Stadt."), None);
        assert_eq!(
            says("fr", "« Le port est fermé depuis mardi », a-t-elle dit à la presse."),
            Some(Objection::Pronoun)
        );
        assert_eq!(says("de", "Danach wurde der Hafen am Dienstag geschlossen."), Some(Objection::Pronoun));
    }
}

//! Articles in, voices out: articles that are copies of one text, whole or in large part, or from one publisher, count once.
//!
//! Five reprints of one agency's report are one voice, whatever else is around them; a project that measured its own counts
//! found that a third of what it had called corroborated was one publisher. Articles are held against each other by their
//! [shingles](SHINGLE), five words side by side, without what stands in quotation marks, since two reporters may quote one
//! statement, and without headlines, which change while bodies are copied. Two are one voice if
//!
//! * at least half of the shingles of the shorter one stand in the other (containment; Broder, 1997),
//! * or they have forty words in a row in common, and three tenths of the shorter one stands in the other,
//! * or twelve hundredths of the shorter one stand in the other beside the longest run that both have, in several places,
//! * or both credit the same agency or writer, and a fifth of the shorter one stands in the other,
//! * or they are from one publisher, or one [`Family`](crate::model::Family) of publishers, and about one story.
//!
//! A retelling in words of its own is a voice of its own. What two articles have in common at their end and nowhere else is a
//! notice and joins nothing, unless it has the words of the story.
//!
//! What is kept of an article is a [`Print`]. [`Prints`] tells of one print after the other which earlier ones it is a copy of,
//! [`group`] parts the articles of a story into voices, [`copies`] a heap of mixed articles into copies. [`Voices`] has beside
//! the voices of a story which of its sentences were said before, and have no say of their own.

mod credit;
mod families;
mod groups;
mod own_words;
mod print;
mod prints;
mod repeats;
mod story;

pub use credit::Sender;
pub(crate) use credit::common_name;
pub use families::Families;
pub use groups::{Groups, Join, copies, group};
pub use print::{Keep, Print, Printer, SHINGLE};
pub use prints::{CopyOf, FEWEST_RUNS, Prints, RUN, SCATTERED, SHARED, SHARED_BESIDE_CREDIT, SHARED_BESIDE_RUN, Why};
pub use story::Voices;

#[cfg(test)]
mod tests {
    use super::*;

    /// A print of words that are their own codes.
    fn print(words: impl IntoIterator<Item = u64>) -> Print {
        sent(words, Sender::default())
    }

    fn sent(words: impl IntoIterator<Item = u64>, sender: Sender) -> Print {
        let mut printer = Printer::new(Keep::ALL);
        words.into_iter().for_each(|word| printer.word(word));
        printer.finish(sender)
    }

    fn crediting(credit: u64) -> Sender {
        Sender { publisher: None, credits: [credit].into() }
    }

    /// Words that stand nowhere else.
    fn own(number: u64, count: u64) -> std::ops::Range<u64> {
        let start = (number + 1) << 32;
        start..start + count
    }

    fn why(prints: [Print; 2]) -> Option<Why> {
        let groups = group(prints);
        groups.joins().first().map(|join| join.why)
    }

    #[test]
    fn half_of_the_shorter_text_makes_a_copy_and_less_does_not() {
        let original = || print(0..200);
        assert_eq!(why([original(), print(0..200)]), Some(Why::Shared { containment: 1.0 }));
        // Every tenth word is another one: half of the shingles are the same, never forty words in a row.
        let slips =
            |every| print((0..200).map(move |word| if word % every == every - 1 { 1_000 + word } else { word }));
        assert!(matches!(why([original(), slips(12)]), Some(Why::Shared { containment }) if containment > 0.55));
        assert!(matches!(why([original(), slips(7)]), Some(Why::Scattered { containment }) if containment < 0.4));
        assert_eq!(why([original(), slips(5)]), None);
    }

    #[test]
    fn a_copy_that_is_cut_or_has_more_around_it_is_a_copy() {
        let original = || print(0..200);
        assert!(matches!(why([original(), print(0..60)]), Some(Why::Shared { .. })));
        assert!(matches!(why([original(), print(own(0, 100).chain(40..180))]), Some(Why::Shared { .. })));
        assert!(matches!(
            why([original(), print(own(0, 300).chain(40..110).chain(own(1, 9)))]),
            Some(Why::CommonRun { words: 70 })
        ));
        assert_eq!(why([original(), print(own(0, 300).chain(40..70).chain(own(1, 9)))]), None);
    }

    #[test]
    fn a_credit_of_the_same_agency_joins_what_shares_a_fifth() {
        let rewritten = || own(0, 100).chain(40..75).chain(own(1, 9));
        assert_eq!(why([print(0..200), print(rewritten())]), None);
        let credited = [sent(0..200, crediting(7)), sent(rewritten(), crediting(7))];
        assert!(matches!(why(credited), Some(Why::Credit { containment }) if containment < 0.3));
        assert_eq!(why([sent(0..200, crediting(7)), sent(rewritten(), crediting(8))]), None);
        assert_eq!(why([sent(0..200, crediting(7)), sent(own(0, 200), crediting(7))]), None);
    }

    #[test]
    fn a_publisher_joins_what_it_says_in_a_story_and_not_in_a_heap() {
        let sender = || Sender { publisher: Some(3), credits: [3].into() };
        let prints = || [sent(0..100, sender()), print(own(0, 100)), sent(own(1, 100), sender())];
        let groups = group(prints());
        assert_eq!(groups.firsts(), [0, 1, 0]);
        assert_eq!(groups.joins(), [Join { articles: [0, 2], why: Why::Publisher }]);
        assert_eq!(copies(prints()).len(), 3);
    }

    #[test]
    fn a_notice_that_both_end_with_joins_nothing() {
        let with_notice = |number| print(own(number, 100).chain(0..50));
        assert_eq!(why([with_notice(0), with_notice(1)]), None);
        // A longer end, and one that is not all they share, are the text itself.
        assert!(why([print(own(0, 150).chain(0..100)), print(own(1, 150).chain(0..100))]).is_some());
        let cut = |number| print((500..520).chain(own(number, 100)).chain(0..50));
        assert!(why([cut(0), cut(1)]).is_some());
    }

    #[test]
    fn very_short_texts_are_copies_only_of_the_same_text() {
        assert_eq!(why([print(0..9), print(own(0, 10).chain(0..9))]), None);
        assert_eq!(why([print(0..30), print(own(0, 100).chain(0..10))]), None);
        assert!(why([print(0..30), print(0..30)]).is_some());
        assert_eq!(why([print([]), print([])]), None);
    }

    #[test]
    fn copies_of_copies_are_one_group_however_many_there_are() {
        // A chain, of which each has the last two thirds of the one before.
        let chain = (0..60).map(|link| print(link * 30..link * 30 + 90));
        let groups = copies(chain);
        assert_eq!((groups.articles(), groups.len()), (60, 1));
        // Forty reprints among others.
        let mixed = (0..80).map(|number| if number % 2 == 0 { print(0..300) } else { print(own(number, 300)) });
        let groups = copies(mixed);
        assert_eq!(groups.len(), 41);
        let firsts = groups.firsts();
        assert!((0..80).all(|number| firsts[number] == if number % 2 == 0 { 0 } else { number }));
    }

    #[test]
    fn an_article_that_was_added_tells_what_it_is_a_copy_of() {
        let mut prints = Prints::new();
        assert!(prints.add(print(0..100)).is_empty());
        assert!(prints.add(print(own(0, 100))).is_empty());
        let found = prints.add(print((0..100).chain(own(0, 100))));
        let whole = Why::Shared { containment: 1.0 };
        assert_eq!(found, [0, 1].map(|article| CopyOf { article, why: whole }));
    }

    #[test]
    fn copies_are_found_in_a_heap_among_formulas_and_notices() {
        // A third are copies, ten of a text, half end with one notice, and all say formulas of six words.
        // SplitMix64: formulas must not follow each other alike in two texts.
        let mixed = |number: u64| {
            let number = (number ^ number >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let number = (number ^ number >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
            number ^ number >> 31
        };
        let article = |number: u64| {
            let text = if number.is_multiple_of(3) { number - number % 30 } else { number };
            let formula = move |at: u64| (1 << 20) + mixed(text * 64 + at) % 500 * 8;
            let formulas = (0..20).flat_map(move |at| formula(at)..formula(at) + 6);
            own(text, 230).chain(formulas).chain(if number.is_multiple_of(2) { 0..50 } else { 0..0 })
        };
        let mut printer = Printer::new(Keep::QUARTER);
        let prints = (0..30_000).map(|number| {
            article(number).for_each(|word| printer.word(word));
            printer.finish(Sender::default())
        });
        let groups = copies(prints);
        assert_eq!((groups.articles(), groups.len()), (30_000, 21_000));
    }
}

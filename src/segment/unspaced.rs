//! A run of text in a script without spaces in, its words out.
//!
//! With the feature `unspaced` the segmenter of ICU4X finds them, by dictionaries of Chinese and Japanese (one for both),
//! Thai, Lao, Khmer and Burmese: at each place the longest word that a dictionary has. Without it, pairs of neighbouring
//! characters stand for words, as is usual in retrieval, and the words that readers count are those of Unicode Standard
//! Annex 29: nearly every character.
//!
//! Of the segmenters that were measured (one core, news sentences) this is the only one for all of these scripts, and
//! costs nothing before it is asked: its data are part of the program as they are.
//!
//! | | program grows by | to start | Chinese | Japanese | Thai | |
//! |---|---|---|---|---|---|---|
//! | `icu_segmenter` 2.4, dictionaries | 3.1 MB | 0.01 ms | 36 MB/s | 37 MB/s | 70 MB/s | |
//! | `icu_segmenter` 2.4, neural models (LSTM) | 0.4 MB | 0.01 ms | – | – | 0.1 MB/s | no Chinese or Japanese |
//! | `jieba-rs` 0.11 | 3.2 MB | 342 ms | 153 MB/s | – | – | words of Chinese are better: by their likelihood |
//! | `charabia` 0.10, Chinese, Thai, Khmer | 5.7 MB | 620 ms | 3 MB/s | – | 32 MB/s | `jieba-rs` and others |
//! | `lindera` 6.2 | | | | | | fetches its dictionaries from the network when it is built |
//!
//! What the longest word gets wrong it gets wrong alike in all articles, so that they are still compared by it.

use crate::model::Span;

/// Calls `each` with the words of a run without white space by which texts are compared. Numbers and words of other
/// scripts in it are words of their own.
pub(super) fn unspaced_words(text: &str, run: Span, each: &mut impl FnMut(Span)) {
    #[cfg(feature = "unspaced")]
    dictionary::words(run.of(text)).for_each(|word| each(word.shifted(run.start)));
    #[cfg(not(feature = "unspaced"))]
    pairs::each(run.of(text), |word| each(word.shifted(run.start)));
}

/// The words of a run that a reader counts.
pub(crate) fn counted_words(run: &str) -> impl Iterator<Item = Span> + '_ {
    #[cfg(feature = "unspaced")]
    let words = dictionary::words(run);
    #[cfg(not(feature = "unspaced"))]
    let words = pairs::annex_29(run);
    words
}

#[cfg(feature = "unspaced")]
mod dictionary {
    use icu_segmenter::WordSegmenter;
    use icu_segmenter::options::WordBreakInvariantOptions;

    use crate::model::Span;

    /// What is between two boundaries and has letters or digits.
    pub fn words(run: &str) -> impl Iterator<Item = Span> + '_ {
        let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
        let mut start = 0;
        // The first boundary is the beginning of the run.
        segmenter.segment_str(run).iter_with_word_type().filter_map(move |(end, kind)| {
            let span = Span::new(std::mem::replace(&mut start, end), end);
            (kind.is_word_like() && !span.is_empty()).then_some(span)
        })
    }
}

#[cfg(not(feature = "unspaced"))]
mod pairs {
    use unicode_segmentation::UnicodeSegmentation;

    use crate::language::is_unspaced;
    use crate::model::Span;

    pub fn annex_29(run: &str) -> impl Iterator<Item = Span> + '_ {
        run.unicode_word_indices().map(|(start, word)| Span::new(start, start + word.len()))
    }

    /// Calls `each` with every pair of neighbouring characters of scripts without spaces, and with every other word.
    pub fn each(run: &str, mut each: impl FnMut(Span)) {
        // The previous character of a script without spaces, and whether it has been part of a pair.
        let mut open: Option<(Span, bool)> = None;
        for span in annex_29(run) {
            if !span.of(run).starts_with(is_unspaced) {
                flush(&mut open, &mut each);
                each(span);
                continue;
            }
            match open {
                Some((previous, _)) if previous.end == span.start => {
                    each(Span::new(previous.start, span.end));
                    open = Some((span, true));
                }
                _ => {
                    flush(&mut open, &mut each);
                    open = Some((span, false));
                }
            }
        }
        flush(&mut open, &mut each);
    }

    /// A character that found no neighbour is a word by itself.
    fn flush(open: &mut Option<(Span, bool)>, each: &mut impl FnMut(Span)) {
        if let Some((span, false)) = open.take() {
            each(span);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::segment::{count_words, words};

    fn list(text: &str) -> Vec<&str> {
        let mut list = Vec::new();
        words(text, |span| list.push(span.of(text)));
        list
    }

    #[test]
    #[cfg(feature = "unspaced")]
    fn words_of_each_script_are_found_by_dictionaries() {
        assert_eq!(list("渡轮撞上了东码头，十二人受伤。"), ["渡轮", "撞上", "了", "东", "码头", "十二", "人", "受伤"]);
        assert_eq!(list("フェリーが東埠頭に衝突した。"), ["フェリー", "が", "東", "埠頭", "に", "衝突", "した"]);
        assert_eq!(list("เรือเฟอร์รี่ชนท่าเรือ"), ["เรือ", "เฟอร์รี่", "ชน", "ท่าเรือ"]);
        assert_eq!(list("ປະເທດລາວ"), ["ປະເທດ", "ລາວ"]);
        assert_eq!(list("ប្រទេសកម្ពុជា"), ["ប្រទេស", "កម្ពុជា"]);
        assert_eq!(list("မီးလောင်မှု"), ["မီးလောင်", "မှု"]);
    }

    #[test]
    #[cfg(feature = "unspaced")]
    fn readers_count_the_same_words() {
        assert_eq!(count_words("渡轮撞上了东码头。"), 5);
        assert_eq!(count_words("เรือเฟอร์รี่ 187 ลำ"), 4);
        assert_eq!(count_words("。"), 1);
    }

    #[test]
    #[cfg(not(feature = "unspaced"))]
    fn pairs_of_characters_stand_for_words() {
        assert_eq!(list("渡轮撞上"), ["渡轮", "轮撞", "撞上"]);
        assert_eq!(list("码"), ["码"]);
        assert_eq!(count_words("渡轮撞上码头"), 6);
    }

    #[test]
    fn names_and_numbers_of_other_scripts_are_words_of_their_own() {
        assert_eq!(list("2031年3月"), ["2031", "年", "3", "月"]);
        assert_eq!(list("Holm的3.5米"), ["Holm", "的", "3.5", "米"]);
    }
}

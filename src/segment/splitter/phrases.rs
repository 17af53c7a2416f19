//! Two phrases of Thai or Lao with a space between in, whether a sentence ends there out.
//!
//! Both scripts write no stops: a space parts phrases, and some of them are sentences. It is taken for the end of one
//! where the phrases before it are long enough for a sentence and what follows opens like one, or where they are as long
//! as two and nothing on either side says that the sentence goes on.

/// A sentence has at least so many bytes: about sixty letters.
pub(super) const SENTENCE_BYTES: usize = 180;

/// So many are enough for two sentences.
const TWO_SENTENCES_BYTES: usize = 2 * SENTENCE_BYTES;

/// A given name has at most so many bytes with the title in front of it.
const LONGEST_TITLED_NAME: usize = 60;

/// Words and phrases that sentences of news open with: what binds them to the one before, titles of persons, and who else
/// acts in them.
const OPENERS: &[&str] = &[
    "ทั้งนี้",
    "อย่างไรก็ตาม",
    "อย่างไรก็ดี",
    "นอกจากนี้",
    "นอกจากนั้น",
    "ขณะที่",
    "ขณะนี้",
    "ขณะเดียวกัน",
    "ในขณะ",
    "ด้าน",
    "ส่วน",
    "ต่อมา",
    "เบื้องต้น",
    "ล่าสุด",
    "สำหรับ",
    "ก่อนหน้านี้",
    "หลังจาก",
    "หลังเกิดเหตุ",
    "จากการ",
    "ดังนั้น",
    "นาย",
    "นาง",
    "ผู้ว่า",
    "ผู้อำนวยการ",
    "ผู้สื่อข่าว",
    "ผู้สืบสวน",
    "เจ้าหน้าที่",
    "ตำรวจ",
    "โฆษก",
    "บริษัท",
    "รัฐบาล",
    "ທ່ານ",
    "ນອກຈາກ",
    "ແຕ່ເຖິງຢ່າງໃດ",
];

/// What goes on with the sentence before it: conjunctions, prepositions, times, verbs of saying behind a name, things counted.
const GOING_ON: &[&str] = &[
    "และ",
    "หรือ",
    "ที่",
    "ซึ่ง",
    "ว่า",
    "เพื่อ",
    "เพราะ",
    "เนื่องจาก",
    "จน",
    "โดย",
    "รวม",
    "พร้อม",
    "ตลอดจน",
    "แต่",
    "ก่อน",
    "ให้",
    "ใน",
    "จาก",
    "ของ",
    "กับ",
    "ถึง",
    "เป็น",
    "คือ",
    "ได้แก่",
    "เช่น",
    "ทำให้",
    "ส่งผล",
    "คน",
    "บาท",
    "ราย",
    "เมตร",
    "กล่าว",
    "ระบุ",
    "เปิดเผย",
    "ชี้แจง",
    "เมื่อ",
    "ๆ",
    "ฯ",
    "ແລະ",
    "ຫຼື",
    "ທີ່",
    "ຊຶ່ງ",
    "ວ່າ",
    "ເພື່ອ",
    "ກັບ",
    "ໃນ",
];

/// Behind these more must follow.
const UNFINISHED: &[&str] = &[
    "ว่า",
    "และ",
    "หรือ",
    "ที่",
    "ซึ่ง",
    "คือ",
    "ได้แก่",
    "เช่น",
    "ของ",
    "ใน",
    "โดย",
    "กับ",
    "ให้",
    "ประมาณ",
    "ราว",
    "วัน",
    "ເມື່ອວັນ",
    "ວ່າ",
    "ແລະ",
    "ທີ່",
];

/// Titles that stand before a given name, which a space parts from the name of the family.
const TITLES: &[&str] = &["นาย", "นาง", "ดร.", "ร.ต.", "พ.ต.", "พล.ต.", "ทันตแพทย์", "แพทย์หญิง", "ທ່ານ"];

/// Whether a sentence ends at the space between what stands `before` since it began and what stands `behind`.
pub(super) fn sentence_ends(before: &str, behind: &str) -> bool {
    let behind = behind.trim_start();
    let open = UNFINISHED.iter().any(|word| before.ends_with(word)) || ends_in_given_name(before);
    if before.len() < SENTENCE_BYTES || open {
        return false;
    }
    let opens = OPENERS.iter().any(|word| behind.starts_with(word));
    opens || (before.len() >= TWO_SENTENCES_BYTES && !GOING_ON.iter().any(|word| behind.starts_with(word)))
}

/// Whether the last phrase is a title and a given name.
fn ends_in_given_name(before: &str) -> bool {
    let phrase = before.rsplit(' ').next().unwrap_or_default();
    phrase.len() <= LONGEST_TITLED_NAME && TITLES.iter().any(|title| phrase.starts_with(title))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A phrase of 90 letters.
    const PHRASE: &str = "เรือเฟอร์รี่ที่บรรทุกผู้โดยสารหนึ่งร้อยแปดสิบเจ็ดคนชนท่าเรือตะวันออกของเมืองเอลลาเมื่อเช้าวันอังคาร";

    #[test]
    fn a_sentence_ends_before_a_phrase_that_opens_one() {
        assert!(sentence_ends(PHRASE, " ทั้งนี้ ท่าเรือถูกปิด"));
        assert!(!sentence_ends(PHRASE, " ท่าเรือถูกปิด"));
        assert!(!sentence_ends("เรือชนท่าเรือ", " ทั้งนี้ ท่าเรือถูกปิด"));
    }

    #[test]
    fn what_is_as_long_as_two_sentences_ends_unless_it_goes_on() {
        let two = format!("{PHRASE} {PHRASE}");
        assert!(sentence_ends(&two, " ท่าเรือถูกปิด"));
        assert!(!sentence_ends(&two, " และท่าเรือถูกปิด"));
        assert!(!sentence_ends(&format!("{two}กล่าวว่า"), " ท่าเรือถูกปิด"));
    }

    #[test]
    fn a_given_name_is_not_parted_from_the_name_of_the_family() {
        assert!(!sentence_ends(&format!("{PHRASE} {PHRASE} นายสมชาย"), " ใจดี"));
    }
}

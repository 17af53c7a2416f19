//! Bytes in, text out, or what the bytes are instead of text.
//!
//! UTF-8 is never altered. Everything else becomes UTF-8 here and is kept by whoever must check quotes later:
//! [`decode`] decides once what a file is, [`decode_as`] repeats that decision by the name that was written down.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::model::Origin;

/// A source's text and how it came out of the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text. For UTF-8 it is the bytes themselves, a byte-order mark included.
    pub text: String,
    /// [`Origin::File`] if the text is the bytes themselves, [`Origin::DecodedFile`] if not.
    pub origin: Origin,
    /// The encoding of the bytes, by its name in the WHATWG Encoding Standard.
    pub encoding: &'static str,
}

/// Why bytes are not text: what they are, and what to do.
pub type Refusal = (String, &'static str);

/// First bytes of files that are sometimes given in place of text.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "PNG image", LEAVE_OUT),
    (b"\xff\xd8\xff", "JPEG image", LEAVE_OUT),
    (b"GIF8", "GIF image", LEAVE_OUT),
    (b"RIFF", "WebP image, sound or film", LEAVE_OUT),
    (b"%PDF-", "PDF document", "convert it to text first, for instance with pdftotext"),
    (b"PK\x03\x04", "ZIP archive: DOCX, ODT and EPUB are such", "save the document as plain text"),
    (b"\xd0\xcf\x11\xe0", "old Office document", "save the document as plain text"),
    (b"{\\rtf", "RTF document", "save the document as plain text"),
    (b"\x1f\x8b", "gzip data", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "zstd data", "unpack it first"),
    (b"BZh", "bzip2 data", "unpack it first"),
    (b"\xfd7zXZ", "xz data", "unpack it first"),
    (b"\x7fELF", "program", LEAVE_OUT),
    (b"SQLite format 3", "SQLite database", LEAVE_OUT),
    (b"OggS", "sound or film", LEAVE_OUT),
    (b"ID3", "sound", LEAVE_OUT),
];

const LEAVE_OUT: &str = "leave it out or convert it";

const CONVERT: &str = "convert it to UTF-8 first, for instance with iconv";

/// A mark of UTF-16, little end first. UTF-8 never begins so.
const LITTLE_END_MARK: &[u8] = b"\xff\xfe";

/// A mark of UTF-16, big end first.
const BIG_END_MARK: &[u8] = b"\xfe\xff";

/// Without a mark, zero bytes tell UTF-16: at least this share of the pairs have one in the same half, as Latin letters,
/// spaces and line ends do.
const LEAST_ZEROS: f64 = 0.5;

/// And at most this share have one in the other half, where only one character in 256 has.
const MOST_OTHER_ZEROS: f64 = 0.02;

/// Fewer pairs than this prove nothing.
const FEWEST_PAIRS: usize = 8;

/// Text has control characters and characters of private use by accident only: at most this share of all. Of random
/// bytes one in eight is a control character.
const MOST_UNREADABLE: f64 = 0.01;

/// At most this share of the characters of damaged UTF-8 may be broken for the rest to be worth reading.
const MOST_BROKEN: f64 = 0.01;

/// So many are accepted however short the text is.
const ACCEPTED_ANYWAY: usize = 2;

/// Decodes text in any encoding of the web.
///
/// 1. UTF-8, with or without a byte-order mark, is taken as it stands.
/// 2. UTF-16 is known by its byte-order mark, or by its zero bytes if they leave no doubt.
/// 3. UTF-8 with a few broken bytes, a character that was cut off or a stray byte of another encoding, is taken for what
///    it is: each broken place becomes U+FFFD. Another encoding would take every other character for several.
/// 4. For what is left the detector of a web browser is asked (`chardetng`).
///
/// # Errors
///
/// What the bytes are instead, and the way out. What comes out of 2 to 4 must look like text.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, Refusal> {
    // Some signatures are letters that a text may begin with; only what is not text otherwise is held against those.
    let signature = SIGNATURES.iter().find(|(first, _, _)| bytes.starts_with(first));
    if let Some((first, what, way_out)) = signature {
        let could_be_text = first.iter().all(u8::is_ascii_alphanumeric);
        if !could_be_text || bytes.contains(&0) || std::str::from_utf8(&bytes).is_err() {
            return Err((format!("not text ({what})"), way_out));
        }
    }
    if let Some(encoding) = utf16(&bytes) {
        return other(encoding, &bytes);
    }
    if bytes.contains(&0) {
        return Err(("not text (binary data)".to_owned(), LEAVE_OUT));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, origin: Origin::File, encoding: UTF_8.name() }),
        Err(error) if is_damaged_utf8(error.as_bytes()) => damaged(error.as_bytes()),
        Err(error) => other(detect(error.as_bytes()), error.as_bytes()),
    }
}

/// Decodes a web page: as any text, but that a page that is not UTF-8 says itself what it is in.
///
/// # Errors
///
/// Those of [`decode`].
pub(super) fn decode_page(mut bytes: Vec<u8>) -> Result<Decoded, Refusal> {
    // A stray zero is nothing to a browser.
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    if zeros > 0 && utf16(&bytes).is_none() && (zeros as f64) < MOST_UNREADABLE * bytes.len() as f64 {
        bytes.retain(|byte| *byte != 0);
    }
    let is_other = utf16(&bytes).is_none() && std::str::from_utf8(&bytes).is_err() && !is_damaged_utf8(&bytes);
    match declared(&bytes).filter(|encoding| is_other && *encoding != UTF_8) {
        Some(encoding) => {
            let (text, _) = encoding.decode_with_bom_removal(&bytes);
            readable(text.into_owned(), encoding)
        }
        None => decode(bytes),
    }
}

/// The encoding that a page names in its head.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    /// The standard has browsers look at the first 1024 bytes; pages are not that strict.
    const LOOKED_AT: usize = 4096;
    const NAME: &[u8] = b"charset=";
    let head = bytes[..bytes.len().min(LOOKED_AT)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, NAME)? + NAME.len();
    let label = head[at..].trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)));
    Encoding::for_label(&label[..end.unwrap_or(label.len())])
}

/// Decodes a file as it was decoded before: by the origin and the encoding that were written down then, without
/// guessing anew.
///
/// # Errors
///
/// What is wrong with the bytes, or with the name, and the way out.
pub fn decode_as(bytes: Vec<u8>, origin: Origin, encoding: &str) -> Result<String, Refusal> {
    // Before encodings were written down, a file that was decoded was one of UTF-16.
    let marked = utf16_by_mark(&bytes).filter(|_| origin == Origin::DecodedFile);
    let Some(encoding) = marked.or_else(|| Encoding::for_label_no_replacement(encoding.as_bytes())) else {
        return Err((
            format!("in an encoding that is not known ({})", encoding.escape_debug()),
            "make the digest again",
        ));
    };
    if encoding != UTF_8 {
        return strictly(encoding, &bytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) if origin == Origin::DecodedFile => Ok(String::from_utf8_lossy(error.as_bytes()).into_owned()),
        Err(error) => {
            let place = error.utf8_error().valid_up_to();
            let byte = error.as_bytes()[place];
            Err((format!("not UTF-8 (byte 0x{byte:02X} at offset {place})"), CONVERT))
        }
    }
}

/// What a file is that begins like this, if it cannot be UTF-8, and the way out. Told by its first bytes alone.
pub(super) fn other_than_utf8(beginning: &[u8]) -> Option<Refusal> {
    let signature = SIGNATURES.iter().find(|(first, _, _)| beginning.starts_with(first));
    let packed = signature.map(|(_, what, way_out)| (format!("not text ({what})"), *way_out));
    packed.or_else(|| utf16(beginning).map(|encoding| (format!("not UTF-8 ({})", encoding.name()), CONVERT)))
}

/// Which UTF-16 bytes are, if any.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    utf16_by_mark(bytes).or_else(|| utf16_by_zeros(bytes))
}

fn utf16_by_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        _ if bytes.starts_with(LITTLE_END_MARK) => Some(UTF_16LE),
        _ if bytes.starts_with(BIG_END_MARK) => Some(UTF_16BE),
        _ => None,
    }
}

fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.len() / 2;
    if pairs < FEWEST_PAIRS || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros =
        |half: usize| bytes.iter().skip(half).step_by(2).filter(|byte| **byte == 0).count() as f64 / pairs as f64;
    match (zeros(0), zeros(1)) {
        (first, second) if second >= LEAST_ZEROS && first <= MOST_OTHER_ZEROS => Some(UTF_16LE),
        (first, second) if first >= LEAST_ZEROS && second <= MOST_OTHER_ZEROS => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes that are not UTF-8 are so by damage only: no fewer characters of several bytes are whole than broken. In
/// other encodings bytes above 0x7F follow each other by other rules, and few pairs happen to be whole.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken, mut cut) = (0, 0, false);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
        // Two bytes of three or four, and then the end: nothing else ends so.
        cut = chunk.invalid().len() > 1;
    }
    (whole > 0 && whole >= broken) || (broken == 1 && cut)
}

/// Damaged UTF-8 with U+FFFD in place of what is broken.
fn damaged(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let text = String::from_utf8_lossy(bytes).into_owned();
    if is_too_many(broken, &text, MOST_BROKEN) {
        return Err((format!("not text (UTF-8 that is broken in {broken} places)"), "get an undamaged copy"));
    }
    readable(text, UTF_8)
}

/// What a web browser would take the bytes for.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Not told that this is the end: a last character that was cut must not speak against its encoding.
    detector.feed(bytes, false);
    detector.guess(None, Utf8Detection::Deny)
}

/// The text of bytes in another encoding than UTF-8.
fn other(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, Refusal> {
    readable(strictly(encoding, bytes)?, encoding)
}

/// The text of bytes in an encoding, without its byte-order mark, if every byte belongs to it.
fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Refusal> {
    let text = encoding.decode_with_bom_removal(bytes);
    match text {
        (text, false) => Ok(text.into_owned()),
        (_, true) => Err((format!("not text (broken {})", encoding.name()), CONVERT)),
    }
}

/// A decoded text, if it can be read.
fn readable(text: String, encoding: &'static Encoding) -> Result<Decoded, Refusal> {
    if text.contains('\0') {
        return Err(("not text (binary data)".to_owned(), LEAVE_OUT));
    }
    let unreadable = text.chars().filter(|&c| is_unreadable(c)).count();
    if is_too_many(unreadable, &text, MOST_UNREADABLE) {
        let what = format!("not text ({unreadable} control characters and the like if read as {})", encoding.name());
        return Err((what, CONVERT));
    }
    Ok(Decoded { text, origin: Origin::DecodedFile, encoding: encoding.name() })
}

fn is_too_many(count: usize, text: &str, share: f64) -> bool {
    count > ACCEPTED_ANYWAY && count as f64 > share * text.chars().count() as f64
}

/// Characters that no writer puts into a text: control characters but for white space, and those of private use.
fn is_unreadable(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fdd0}'..='\u{fdef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A paragraph in a language, and an encoding that it was once written in.
    const WRITTEN: &[(&str, &str)] = &[
        ("windows-1252", "“The pier – all of it – stays closed…”, Mayor Liv Halvard’s office said on Tuesday."),
        ("windows-1252", "Die Fähre stieß am Dienstag gegen die Mole; »großer Schaden«, sagte die Bürgermeisterin."),
        (
            "windows-1252",
            "Le bac a heurté la jetée mardi à l’aube, où quatorze passagers ont été blessés, selon le maire.",
        ),
        ("windows-1251", "Паром ударился о причал во вторник утром, пострадали четырнадцать человек, сообщили власти."),
        ("windows-1250", "Trajekt narazil v úterý ráno do mola a čtrnáct lidí bylo zraněno, řekla starostka města."),
        ("Shift_JIS", "火曜日の朝、フェリーが東の桟橋に衝突し、十四人がけがをしたと港湾当局が発表した。"),
        ("EUC-KR", "화요일 아침 여객선이 동쪽 부두에 부딪혀 열네 명이 다쳤다고 항만청이 밝혔다."),
        ("GBK", "星期二早上，一艘渡轮撞上了东码头，十四人受伤，港务局说。码头将关闭到星期五。"),
        ("Big5", "星期二早上，一艘渡輪撞上了東碼頭，十四人受傷，港務局說。碼頭將關閉到星期五。"),
        ("windows-874", "เรือเฟอร์รี่ชนท่าเรือด้านตะวันออกเมื่อเช้าวันอังคาร มีผู้บาดเจ็บสิบสี่คน เจ้าหน้าที่กล่าว"),
        ("windows-1253", "Το πλοίο χτύπησε την προβλήτα το πρωί της Τρίτης και δεκατέσσερις άνθρωποι τραυματίστηκαν."),
        ("KOI8-U", "Паром ударился о причал во вторник утром, пострадали четырнадцать человек, сообщили власти."),
    ];

    fn encoded(name: &str, text: &str) -> Vec<u8> {
        let (bytes, _, lost) = Encoding::for_label(name.as_bytes()).unwrap().encode(text);
        assert!(!lost, "{text} cannot be written in {name}");
        bytes.into_owned()
    }

    fn little_end_first(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn the_byte_order_mark_of_utf8_stays_because_cited_bytes_must_match_the_file() {
        let decoded = decode(b"\xef\xbb\xbfAbc.".to_vec()).unwrap();
        assert_eq!(decoded.text.len(), 7);
        assert_eq!((decoded.origin, decoded.encoding), (Origin::File, "UTF-8"));
    }

    #[test]
    fn utf16_of_either_order_is_decoded() {
        for (bytes, encoding) in [(b"\xff\xfeA\0\xe4\0", "UTF-16LE"), (b"\xfe\xff\0A\0\xe4", "UTF-16BE")] {
            let decoded = decode(bytes.to_vec()).unwrap();
            assert_eq!(decoded.text, "Aä");
            assert_eq!((decoded.origin, decoded.encoding), (Origin::DecodedFile, encoding));
        }
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_zero_bytes() {
        let text = "The pier – all of it – is closed.";
        let mut bytes = little_end_first(text);
        let decoded = decode(bytes.clone()).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, "UTF-16LE"));
        for pair in bytes.chunks_exact_mut(2) {
            pair.swap(0, 1);
        }
        assert_eq!(decode(bytes).unwrap().encoding, "UTF-16BE");
        let numbers: Vec<u8> = (0..400_u32).flat_map(u32::to_le_bytes).collect();
        assert!(decode(numbers).unwrap_err().0.contains("binary data"));
    }

    #[test]
    fn other_encodings_are_detected_named_and_decoded_again_by_name() {
        for (name, text) in WRITTEN {
            let bytes = encoded(name, &text.repeat(3));
            let decoded = decode(bytes.clone()).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
            assert_eq!((decoded.encoding, decoded.text.as_str()), (*name, text.repeat(3).as_str()));
            assert_eq!(decoded.origin, Origin::DecodedFile);
            assert_eq!(decode_as(bytes, decoded.origin, decoded.encoding).unwrap(), decoded.text);
        }
    }

    #[test]
    fn utf8_with_a_few_broken_bytes_keeps_its_other_characters() {
        let whole = "“The pier’s steering failed”, Zoë Halvard said. ".repeat(9);
        let mut stray = whole.clone().into_bytes();
        stray[40] = 0xa0;
        let cut = [whole.as_bytes(), b"\xe2\x80"].concat();
        for bytes in [stray, cut, b"All ASCII but for a cut \xe2\x80".to_vec()] {
            let decoded = decode(bytes.clone()).unwrap();
            assert_eq!((decoded.origin, decoded.encoding), (Origin::DecodedFile, "UTF-8"));
            assert_eq!(decoded.text.matches('\u{fffd}').count(), 1, "{}", decoded.text);
            assert_eq!(decode_as(bytes, decoded.origin, "UTF-8").unwrap(), decoded.text);
        }
        let shredded = "«Ça»\u{e9}"
            .repeat(30)
            .into_bytes()
            .iter()
            .enumerate()
            .filter(|(at, _)| at % 9 > 0)
            .map(|(_, b)| *b)
            .collect();
        let (what, _) = decode(shredded).unwrap_err();
        assert!(what.contains("broken in"), "{what}");
    }

    #[test]
    fn a_name_that_was_written_down_is_taken_at_its_word() {
        let bytes = b"caf\xe9".to_vec();
        assert_eq!(decode_as(bytes.clone(), Origin::DecodedFile, "windows-1251").unwrap(), "cafй");
        assert!(decode_as(bytes.clone(), Origin::File, "UTF-8").unwrap_err().0.contains("byte 0xE9 at offset 3"));
        for forged in ["", "klingon\u{1b}", "replacement"] {
            let (what, _) = decode_as(bytes.clone(), Origin::DecodedFile, forged).unwrap_err();
            assert!(what.contains("not known") && !what.contains('\u{1b}'), "{what}");
        }
        // As digests had it before encodings were written down.
        let utf16 = [LITTLE_END_MARK, &little_end_first("Café.")].concat();
        assert_eq!(decode_as(utf16, Origin::DecodedFile, "UTF-8").unwrap(), "Café.");
    }

    #[test]
    fn a_text_may_begin_with_the_letters_of_a_signature() {
        assert!(decode(b"ID3 tags were broken on Tuesday.".to_vec()).is_ok());
        assert!(decode(b"ID3\x04\0\0".to_vec()).unwrap_err().0.contains("sound"));
    }

    #[test]
    fn what_is_not_text_is_named() {
        let noise: Vec<u8> = (1..=255_u8).cycle().map(|byte| byte.wrapping_mul(89).max(1)).take(900).collect();
        let cases: [(&[u8], &str); 7] = [
            (b"\x89PNG\r\n\x1a\n....", "PNG image"),
            (b"%PDF-1.7", "PDF document"),
            (b"a\0b", "binary data"),
            (b"\xff\xfeA", "broken UTF-16"),
            (b"\xff\xfe\x00\xd8", "broken UTF-16"),
            (b"\xff\xfea\0\0\0", "binary data"),
            (&noise, "control characters"),
        ];
        for (bytes, what) in cases {
            let (said, _) = decode(bytes.to_vec()).unwrap_err();
            assert!(said.contains(what), "{said}");
        }
    }
}

//! A feed's bytes in, its text out: by the mark of their order, by what the XML declaration says, or by what they look
//! like.
//!
//! A declaration is believed unless the bytes contradict it. Many feeds declare an encoding that they were in before
//! some program made UTF-8 of them.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::read::decode::{Refusal, decode};

/// A feed's text, and what was wrong with its bytes.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: String,
    pub damage: Option<String>,
}

/// A declaration stands this near to the beginning, in bytes. A comment may stand in front of it.
const DECLARED_WITHIN: usize = 4096;

/// `<?xml` in EBCDIC.
const EBCDIC: &[u8] = b"\x4c\x6f\xa7\x94\x93";

/// What a text in several bytes a character begins with, and what it is in then. UTF-32 first: its mark begins like
/// that of UTF-16.
const BEGINNINGS: &[(&[u8], Wide)] = &[
    (b"\x00\x00\xfe\xff", Wide::Utf32BigEnd),
    (b"\xff\xfe\x00\x00", Wide::Utf32LittleEnd),
    (b"\x00\x00\x00<", Wide::Utf32BigEnd),
    (b"<\x00\x00\x00", Wide::Utf32LittleEnd),
    (b"\xfe\xff", Wide::Utf16(UTF_16BE)),
    (b"\xff\xfe", Wide::Utf16(UTF_16LE)),
    (b"\x00<\x00", Wide::Utf16(UTF_16BE)),
    (b"<\x00", Wide::Utf16(UTF_16LE)),
];

#[derive(Clone, Copy)]
enum Wide {
    Utf32BigEnd,
    Utf32LittleEnd,
    Utf16(&'static Encoding),
}

/// The text of a feed, without a byte-order mark.
///
/// # Errors
///
/// What the bytes are instead of text, and the way out.
pub(super) fn text(bytes: &[u8]) -> Result<Decoded, Refusal> {
    if bytes.starts_with(EBCDIC) {
        return Err(("in EBCDIC, which is not read".to_owned(), "convert it to UTF-8 first, for instance with iconv"));
    }
    let wide = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
    let text = match wide {
        Some((_, Wide::Utf32BigEnd)) => Ok(utf32(bytes, u32::from_be_bytes)),
        Some((_, Wide::Utf32LittleEnd)) => Ok(utf32(bytes, u32::from_le_bytes)),
        Some((_, Wide::Utf16(encoding))) => Ok(lossy(encoding, bytes)),
        None => Err(()),
    };
    let mut decoded = text.or_else(|()| narrow(bytes))?;
    let marks = decoded.text.len() - decoded.text.trim_start_matches('\u{feff}').len();
    decoded.text.drain(..marks);
    Ok(decoded)
}

/// The text of bytes in which markup is ASCII.
fn narrow(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let declared = declared(bytes).filter(|encoding| ![UTF_8, UTF_16BE, UTF_16LE].contains(encoding));
    if let Some(encoding) = declared.filter(|encoding| believes(encoding, bytes, is_utf8)) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        if !broken {
            return Ok(Decoded { text: text.into_owned(), damage: None });
        }
        if !is_utf8 {
            // What the bytes look like is a guess; what they are said to be is better, but for some that are broken.
            return Ok(decode(bytes.to_vec())
                .map_or_else(|_| lossy(encoding, bytes), |decoded| Decoded { text: decoded.text, damage: None }));
        }
    }
    let decoded = decode(bytes.to_vec());
    Ok(decoded.map_or_else(|_| lossy(UTF_8, bytes), |decoded| Decoded { text: decoded.text, damage: None }))
}

/// Whether a declared encoding is meant. Bytes above 0x7F that happen to be UTF-8 are UTF-8 where a character is one
/// byte otherwise; where it is two, they may well happen to be.
fn believes(encoding: &'static Encoding, bytes: &[u8], is_utf8: bool) -> bool {
    !is_utf8 || bytes.is_ascii() || !encoding.is_single_byte()
}

/// What the XML declaration says.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]);
    let (_, rest) = start.split_once("<?xml ")?;
    let (declaration, _) = rest.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (label, _) = value[1..].split_once(quote)?;
    Encoding::for_label_no_replacement(label.as_bytes())
}

/// A text with U+FFFD in place of what is broken, which is damage.
fn lossy(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    Decoded { text: text.replace('\0', "\u{fffd}"), damage: broken_if(broken || text.contains('\0'), encoding.name()) }
}

fn broken_if(broken: bool, name: &str) -> Option<String> {
    broken.then(|| format!("some of its bytes are no {name}"))
}

fn utf32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> Decoded {
    let units = bytes.chunks_exact(4).map(|unit| number([unit[0], unit[1], unit[2], unit[3]]));
    let text: String = units.map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    let broken = !bytes.len().is_multiple_of(4) || text.contains(char::REPLACEMENT_CHARACTER);
    Decoded { text, damage: broken_if(broken, "UTF-32") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = "<?xml version='1.0' encoding='{}'?><rss><channel><title>Fähre</title></channel></rss>";

    fn read(bytes: &[u8]) -> String {
        let decoded = text(bytes).unwrap();
        assert_eq!(decoded.damage, None);
        decoded.text
    }

    #[test]
    fn the_order_of_bytes_is_told_with_a_mark_and_without() {
        let big: Vec<u8> = FEED.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let little: Vec<u8> = FEED.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let wide_big: Vec<u8> = FEED.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        let wide_little: Vec<u8> = FEED.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let marks: [(&[u8], &[u8]); 5] = [
            (b"\xfe\xff", &big),
            (b"\xff\xfe", &little),
            (b"\0\0\xfe\xff", &wide_big),
            (b"\xff\xfe\0\0", &wide_little),
            (b"\xef\xbb\xbf", FEED.as_bytes()),
        ];
        for (mark, bytes) in marks {
            assert_eq!(read(&[mark, bytes].concat()), FEED);
            assert_eq!(read(bytes), FEED);
        }
    }

    #[test]
    fn a_declared_encoding_is_believed_unless_the_bytes_contradict_it() {
        let declaring = |name: &str| FEED.replace("{}", name);
        let latin = declaring("iso-8859-1");
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&latin);
        assert_eq!(read(&bytes), latin);
        // Declared as Latin-1, but made UTF-8 since.
        assert_eq!(read(latin.as_bytes()), latin);
        // Declared as UTF-8, but is not.
        let wrong = declaring("utf-8");
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&wrong);
        assert!(read(&bytes).contains("F\u{e4}hre"));
        let korean = declaring("euc-kr").replace("Fähre", "페리");
        let (bytes, _, _) = encoding_rs::EUC_KR.encode(&korean);
        assert_eq!(read(&bytes), korean);
    }

    #[test]
    fn broken_bytes_are_damage_and_ebcdic_is_refused() {
        let decoded = text(b"<rss>a\0b</rss>").unwrap();
        assert!(decoded.damage.is_some() && decoded.text.ends_with("</rss>"));
        assert!(text(b"\x4c\x6f\xa7\x94\x93\x40").unwrap_err().0.contains("EBCDIC"));
    }
}

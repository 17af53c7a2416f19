//! Bytes in, text out, or what the bytes are instead of text.

use crate::model::Origin;

/// A source's text and how it came out of the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text. For UTF-8 it is the bytes themselves, a byte-order mark included.
    pub text: String,
    /// [`Origin::File`] for UTF-8, [`Origin::DecodedFile`] for UTF-16.
    pub origin: Origin,
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

/// Decodes UTF-8, with or without a byte-order mark, and UTF-16 with one.
///
/// # Errors
///
/// What the bytes are instead, and the way out.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, Refusal> {
    // Some signatures are letters that a text may begin with; only what is not text otherwise is held against those.
    let signature = SIGNATURES.iter().find(|(first, _, _)| bytes.starts_with(first));
    if let Some((first, what, way_out)) = signature {
        let could_be_text = first.iter().all(u8::is_ascii_alphanumeric);
        if !could_be_text || bytes.contains(&0) || std::str::from_utf8(&bytes).is_err() {
            return Err((format!("not text ({what})"), way_out));
        }
    }
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => return decode_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return decode_utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    if bytes.contains(&0) {
        return Err(("not text (binary data, or UTF-16 without a byte-order mark)".to_owned(), LEAVE_OUT));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, origin: Origin::File }),
        Err(error) => {
            let place = error.utf8_error().valid_up_to();
            let byte = error.as_bytes()[place];
            Err((
                format!("not UTF-8 (byte 0x{byte:02X} at offset {place})"),
                "convert it first, for instance with iconv -f WINDOWS-1252 -t UTF-8",
            ))
        }
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Decoded, Refusal> {
    let broken = || ("not text (broken UTF-16)".to_owned(), LEAVE_OUT);
    if !bytes.len().is_multiple_of(2) {
        return Err(broken());
    }
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text = char::decode_utf16(units).collect::<Result<String, _>>().map_err(|_| broken())?;
    if text.contains('\0') {
        return Err(("not text (binary data)".to_owned(), LEAVE_OUT));
    }
    Ok(Decoded { text, origin: Origin::DecodedFile })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_byte_order_mark_of_utf8_stays_because_cited_bytes_must_match_the_file() {
        let decoded = decode(b"\xef\xbb\xbfAbc.".to_vec()).unwrap();
        assert_eq!(decoded.text.len(), 7);
        assert_eq!(decoded.origin, Origin::File);
    }

    #[test]
    fn utf16_of_either_order_is_decoded() {
        for bytes in [b"\xff\xfeA\0\xe4\0".to_vec(), b"\xfe\xff\0A\0\xe4".to_vec()] {
            let decoded = decode(bytes).unwrap();
            assert_eq!(decoded.text, "Aä");
            assert_eq!(decoded.origin, Origin::DecodedFile);
        }
    }

    #[test]
    fn a_text_may_begin_with_the_letters_of_a_signature() {
        assert!(decode(b"ID3 tags were broken on Tuesday.".to_vec()).is_ok());
        assert!(decode(b"ID3\x04\0\0".to_vec()).unwrap_err().0.contains("sound"));
    }

    #[test]
    fn what_is_not_text_is_named() {
        let cases: [(&[u8], &str); 6] = [
            (b"\x89PNG\r\n\x1a\n....", "PNG image"),
            (b"%PDF-1.7", "PDF document"),
            (b"caf\xe9", "byte 0xE9 at offset 3"),
            (b"a\0b", "binary data"),
            (b"\xff\xfeA", "broken UTF-16"),
            (b"\xff\xfe\x00\xd8", "broken UTF-16"),
        ];
        for (bytes, what) in cases {
            let (said, _) = decode(bytes.to_vec()).unwrap_err();
            assert!(said.contains(what), "{said}");
        }
    }
}

//! Bytes in, fewer bytes out, and back; and the other small conversions between Rust and SQLite.

use std::error::Error as StdError;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// The fastest degree that still finds repetitions: text becomes half its size. The next ones take twice the time for a
/// tenth less, and taking in is what a reader waits for.
const DEGREE: u32 = 1;

/// Bytes that are kept compressed (zlib, RFC 1950, whose checksum tells damage).
pub(super) struct Packed(pub Vec<u8>);

/// Makes bytes smaller.
pub(super) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2 + 16), Compression::new(DEGREE));
    // Writing into memory cannot fail.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default()
}

impl FromSql for Packed {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let mut bytes = Vec::new();
        ZlibDecoder::new(value.as_blob()?).read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(Self(bytes))
    }
}

impl Packed {
    /// The bytes as text.
    pub fn text(self) -> rusqlite::Result<String> {
        String::from_utf8(self.0)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Blob, Box::new(error)))
    }
}

/// A moment, as microseconds since 1970.
pub(super) struct At(pub Timestamp);

impl ToSql for At {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_microsecond().into())
    }
}

impl FromSql for At {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Timestamp::from_microsecond(value.as_i64()?).map(Self).map_err(unreadable)
    }
}

fn unreadable(error: impl StdError + Send + Sync + 'static) -> FromSqlError {
    FromSqlError::Other(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        for bytes in [&b""[..], b"a", &b"the same again and again, ".repeat(10_000)] {
            let packed = pack(bytes);
            assert_eq!(Packed::column_result(ValueRef::Blob(&packed)).unwrap().0, bytes);
        }
    }

    #[test]
    fn packed_bytes_that_are_damaged_are_not_taken_for_whole() {
        let mut packed = pack(&b"nine ferries were cancelled on Sunday".repeat(20));
        let middle = packed.len() / 2;
        packed[middle] ^= 0xFF;
        assert!(Packed::column_result(ValueRef::Blob(&packed)).is_err());
        assert!(Packed::column_result(ValueRef::Blob(&packed[..middle])).is_err());
    }
}

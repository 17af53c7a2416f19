//! Packed bytes in, what they were packed from out: gzip (RFC 1952) and Zstandard (RFC 8878).
//!
//! What a file is decides its beginning, never its name, and what is not packed comes back as it is. [`unpack`] unpacks a
//! file in memory, at most [`Limits::unpacked_size`] of it; [`reader`] unpacks as it is read, so that lines can be had one
//! by one out of a file of any size.
//!
//! Both formats are streams of independent parts, members or frames, that are read one after another: `cat a.gz b.gz` is a
//! gzip file, and parallel packers write many frames, with skippable ones among them. Each part has a checksum behind it,
//! so that damage is known only when the part has been unpacked. Where the data break off, or are damaged, all that came
//! out before is still there: of a stream of lines the first ones are good, of an article a part is not.
//!
//! Decoders in Rust alone were chosen over zlib and libzstd: they need no compiler of C, and unpack 150 MB of news a second
//! (gzip) and 80 MB (Zstandard), where a digest of them takes longer than that.

use std::io::{self, BufRead};

use super::decode::Refusal;
use crate::model::Limits;

/// What came out of a file.
#[derive(Debug)]
pub(super) struct Unpacked {
    /// All of it, or all before the break. Of a file that is not packed its own bytes.
    pub bytes: Vec<u8>,
    /// Whether anything was packed.
    pub was_packed: bool,
    /// What is wrong with the packed data, where not all could be unpacked.
    pub broken: Option<Refusal>,
}

/// Unpacks a file, and what comes out again where it is packed, too.
///
/// Memory: what comes out, up to the limit and no more, and a window of Zstandard. Nothing is allocated because a header
/// says how much will come.
///
/// # Errors
///
/// What is over [`Limits::unpacked_size`] or packed in too many layers. Damage is no error, but [`Unpacked::broken`].
pub(super) fn unpack(bytes: Vec<u8>, limits: &Limits) -> Result<Unpacked, Refusal> {
    imp::unpack(bytes, limits)
}

/// The same as a stream, however long it is: it needs a window of memory, and no limit holds for all of it. Where the data
/// break off or are damaged, reading ends in an error behind all that came out before.
///
/// # Errors
///
/// Those of reading the beginning.
pub(super) fn reader(input: impl BufRead + Send + 'static) -> io::Result<Reader> {
    imp::reader(Box::new(input))
}

/// What is read, unpacked on the way where need be.
pub(super) struct Reader {
    /// What comes out.
    pub input: Box<dyn BufRead + Send>,
    /// Whether anything was packed.
    pub is_packed: bool,
}

#[cfg(not(feature = "packed"))]
mod imp {
    //! Nothing is unpacked: whoever decodes the bytes says what they are.

    use super::*;

    pub fn unpack(bytes: Vec<u8>, _: &Limits) -> Result<Unpacked, Refusal> {
        Ok(Unpacked { bytes, was_packed: false, broken: None })
    }

    pub fn reader(input: Box<dyn BufRead + Send>) -> io::Result<Reader> {
        Ok(Reader { input, is_packed: false })
    }
}

#[cfg(feature = "packed")]
mod imp {
    use std::error::Error;
    use std::io::{BufReader, Cursor, ErrorKind, Read};

    use flate2::bufread::GzDecoder;
    use ruzstd::decoding::errors::{FrameDecoderError, FrameHeaderError, ReadFrameHeaderError};
    use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

    use super::*;

    /// A packed file in a packed file is a slip that happens, and three are no accident any more. A file that unpacks to
    /// itself exists, and must end somewhere.
    const MOST_LAYERS: usize = 3;

    /// So many first bytes tell whether anything is packed, and how.
    const SIGNATURE: usize = 4;

    /// The largest window that `zstd` packs with unless it is told to take a larger one and then to unpack with it, too.
    const LARGEST_WINDOW: u64 = 128 << 20;

    /// The end of a frame: a last block, raw, of no bytes, and room for a checksum.
    const LAST_BLOCK: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

    const DAMAGED: &str = "get an undamaged copy";

    /// A way to pack.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Packing {
        Gzip,
        Zstandard,
    }

    impl Packing {
        /// How bytes are packed that begin like this. No text begins so.
        fn of(beginning: &[u8]) -> Option<Self> {
            match beginning {
                // Deflate is the only method that there ever was.
                [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
                [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstandard),
                _ if is_skippable(beginning) => Some(Self::Zstandard),
                _ => None,
            }
        }

        fn name(self) -> &'static str {
            match self {
                Self::Gzip => "gzip",
                Self::Zstandard => "zstd",
            }
        }

        fn reader<'r>(self, input: impl BufRead + Send + 'r) -> Box<dyn Read + Send + 'r> {
            match self {
                Self::Gzip => Box::new(Members { member: None, input: Some(input), has_begun: false }),
                Self::Zstandard => Box::new(Frames::of(input)),
            }
        }

        /// What is said of data that cannot be read on.
        fn broken(self, is_at_end: bool) -> io::Error {
            let name = self.name();
            if is_at_end {
                io::Error::new(ErrorKind::UnexpectedEof, format!("{name} data that break off"))
            } else {
                io::Error::new(ErrorKind::InvalidData, format!("damaged {name} data"))
            }
        }
    }

    /// Whether a frame begins here that has no data, but something that only its writer knows.
    fn is_skippable(beginning: &[u8]) -> bool {
        matches!(beginning, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
    }

    /// How many bytes may come out, whatever the limit: a block has its place in 32 bits.
    pub fn most(limits: &Limits) -> u64 {
        limits.unpacked_size.min(u64::from(u32::MAX))
    }

    pub fn unpack(mut bytes: Vec<u8>, limits: &Limits) -> Result<Unpacked, Refusal> {
        let mut layers = 0;
        while let Some(packing) = Packing::of(&bytes) {
            layers += 1;
            if layers > MOST_LAYERS {
                return Err((too_many_layers(), "unpack it first"));
            }
            let most = most(limits);
            let mut out = Vec::new();
            let read = packing.reader(&*bytes).take(most + 1).read_to_end(&mut out);
            if out.len() as u64 > most {
                return Err((Limits::exceeded("unpacked-size", most), Limits::WAY_OUT));
            }
            bytes = out;
            if let Err(error) = read {
                return Ok(Unpacked { bytes, was_packed: true, broken: Some((error.to_string(), DAMAGED)) });
            }
        }
        Ok(Unpacked { bytes, was_packed: layers > 0, broken: None })
    }

    pub fn reader(mut input: Box<dyn BufRead + Send>) -> io::Result<Reader> {
        for layers in 0..=MOST_LAYERS {
            let beginning;
            (beginning, input) = peeked(input)?;
            match Packing::of(&beginning) {
                Some(packing) => input = Box::new(BufReader::new(packing.reader(input))),
                None => return Ok(Reader { input, is_packed: layers > 0 }),
            }
        }
        Err(io::Error::new(ErrorKind::InvalidData, too_many_layers()))
    }

    fn too_many_layers() -> String {
        format!("packed more than {MOST_LAYERS} times over")
    }

    /// Whether more bytes behind these few could make a signature.
    fn may_begin_packed(start: &[u8]) -> bool {
        let begins = |signature: &[u8]| start.iter().zip(signature).all(|(byte, known)| byte == known);
        let skippable = matches!(start[0], 0x50..=0x5f) && start[1..].iter().zip([0x2a, 0x4d]).all(|(a, b)| *a == b);
        begins(&[0x1f, 0x8b, 8]) || begins(&[0x28, 0xb5, 0x2f]) || skippable
    }

    /// The first bytes of what is read, and all of it.
    fn peeked(mut input: Box<dyn BufRead + Send>) -> io::Result<(Vec<u8>, Box<dyn BufRead + Send>)> {
        let buffered = input.fill_buf()?;
        // Nobody is waited for who has written a line of text and no more.
        if buffered.len() >= SIGNATURE || buffered.is_empty() || !may_begin_packed(buffered) {
            return Ok((buffered.to_vec(), input));
        }
        // A pipe may give a byte at a time.
        let mut beginning = Vec::new();
        input.by_ref().take(SIGNATURE as u64).read_to_end(&mut beginning)?;
        Ok((beginning.clone(), Box::new(Cursor::new(beginning).chain(input))))
    }

    /// The members of a gzip file, one after another.
    struct Members<R> {
        member: Option<GzDecoder<R>>,
        /// What follows, between two members.
        input: Option<R>,
        /// Whether there was a member.
        has_begun: bool,
    }

    impl<R: BufRead> Members<R> {
        /// Opens the next member, unless there is none.
        fn open_next(&mut self) -> io::Result<bool> {
            let Some(mut input) = self.input.take() else { return Ok(false) };
            // Tapes, and programs that write whole blocks, fill up with zeros.
            while self.has_begun && input.fill_buf()?.first() == Some(&0) {
                input.consume(1);
            }
            let next = input.fill_buf()?;
            if next.is_empty() {
                return Ok(false);
            }
            if self.has_begun && next[0] != 0x1f {
                return Err(io::Error::new(ErrorKind::InvalidData, "gzip data with something else behind them"));
            }
            self.has_begun = true;
            self.member = Some(GzDecoder::new(input));
            Ok(true)
        }

        /// Says what is wrong with the data, or with reading them.
        fn broken(member: &mut GzDecoder<R>, error: io::Error) -> io::Error {
            match error.kind() {
                ErrorKind::UnexpectedEof | ErrorKind::InvalidInput | ErrorKind::InvalidData => {
                    let is_at_end = member.get_mut().fill_buf().is_ok_and(<[u8]>::is_empty);
                    Packing::Gzip.broken(is_at_end && error.kind() == ErrorKind::UnexpectedEof)
                }
                _ => error,
            }
        }
    }

    impl<R: BufRead> Read for Members<R> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            loop {
                let Some(mut member) = self.member.take() else {
                    if self.open_next()? {
                        continue;
                    }
                    return Ok(0);
                };
                match member.read(buffer) {
                    Ok(0) if !buffer.is_empty() => self.input = Some(member.into_inner()),
                    Err(error) if error.kind() != ErrorKind::Interrupted => {
                        return Err(Self::broken(&mut member, error));
                    }
                    read => {
                        self.member = Some(member);
                        return read;
                    }
                }
            }
        }
    }

    /// The frames of a Zstandard file, one after another.
    struct Frames<R> {
        input: R,
        decoder: FrameDecoder,
        is_in_frame: bool,
        /// Why the frame ended before its end, told when all of it has been read.
        broken: Option<io::Error>,
    }

    impl<R: BufRead> Frames<R> {
        fn of(input: R) -> Self {
            let mut decoder = FrameDecoder::new();
            decoder.set_max_window_size(LARGEST_WINDOW);
            Self { input, decoder, is_in_frame: false, broken: None }
        }

        /// Opens the next frame with data, unless there is none.
        fn open_next(&mut self) -> io::Result<bool> {
            while !self.input.fill_buf()?.is_empty() {
                match self.decoder.reset(&mut self.input) {
                    Ok(()) => {
                        self.is_in_frame = true;
                        return Ok(true);
                    }
                    Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                        length, ..
                    })) => {
                        let length = u64::from(length);
                        if io::copy(&mut self.input.by_ref().take(length), &mut io::sink())? < length {
                            return Err(Packing::Zstandard.broken(true));
                        }
                    }
                    Err(error) => return Err(self.why(error)),
                }
            }
            Ok(false)
        }

        /// Unpacks a block. Where that fails, the frame ends there: the decoder gives what it holds back for later blocks
        /// to refer to only at the end of a frame.
        fn next_block(&mut self) {
            if let Err(error) = self.decoder.decode_blocks(&mut self.input, BlockDecodingStrategy::UptoBlocks(1)) {
                self.broken = Some(self.why(error));
                let ended = self.decoder.decode_blocks(LAST_BLOCK, BlockDecodingStrategy::UptoBlocks(1));
                self.is_in_frame = ended.is_ok();
            }
        }

        /// The error of a frame whose data are not those of its checksum.
        fn check(&self) -> Option<io::Error> {
            let told = self.decoder.get_checksum_from_data()?;
            (self.decoder.get_calculated_checksum() != Some(told)).then(|| Packing::Zstandard.broken(false))
        }

        /// Says what is wrong with the data, or with reading them.
        fn why(&mut self, error: FrameDecoderError) -> io::Error {
            match error {
                FrameDecoderError::DictNotProvided { .. } => {
                    return io::Error::new(ErrorKind::InvalidData, "zstd data that need a dictionary");
                }
                FrameDecoderError::WindowSizeTooBig { .. }
                | FrameDecoderError::FailedToInitialize(FrameHeaderError::WindowTooBig { .. }) => {
                    let most = LARGEST_WINDOW >> 20;
                    let what = format!("zstd data that need a window of more than {most} MiB");
                    return io::Error::new(ErrorKind::InvalidData, what);
                }
                _ => {}
            }
            let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
            while let Some(this) = cause {
                if let Some(error) = this.downcast_ref::<io::Error>().filter(|error| error.raw_os_error().is_some()) {
                    return io::Error::new(error.kind(), error.to_string());
                }
                cause = this.source();
            }
            let is_at_end = self.input.fill_buf().is_ok_and(<[u8]>::is_empty);
            Packing::Zstandard.broken(is_at_end)
        }
    }

    impl<R: BufRead> Read for Frames<R> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if buffer.is_empty() {
                return Ok(0);
            }
            loop {
                if self.is_in_frame && self.decoder.can_collect() > 0 {
                    return self.decoder.read(buffer);
                }
                if self.is_in_frame && !self.decoder.is_finished() {
                    self.next_block();
                    continue;
                }
                if let Some(error) = self.broken.take() {
                    self.is_in_frame = false;
                    return Err(error);
                }
                if std::mem::take(&mut self.is_in_frame)
                    && let Some(error) = self.check()
                {
                    return Err(error);
                }
                if !self.open_next()? {
                    return Ok(0);
                }
            }
        }
    }
}

#[cfg(all(test, feature = "packed"))]
mod tests {
    use std::io::{BufReader, Cursor, Read, Write};

    use flate2::{Compression, write::GzEncoder};
    use proptest::prelude::*;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    fn lines(count: usize) -> Vec<u8> {
        let line = |n: usize| format!("{{\"id\": {n}, \"text\": \"Ferry {}.\"}}\n", n * 7919 % 1000).into_bytes();
        (0..count).flat_map(line).collect()
    }

    fn whole(bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        let unpacked = unpack(bytes, &Limits::default())?;
        unpacked.broken.map_or(Ok(unpacked.bytes), Err)
    }

    /// What a stream gives, and how it ends.
    fn streamed(bytes: Vec<u8>) -> (Vec<u8>, Option<String>) {
        let mut out = Vec::new();
        let read =
            reader(BufReader::with_capacity(3, Cursor::new(bytes))).and_then(|mut r| r.input.read_to_end(&mut out));
        (out, read.err().map(|error| error.to_string()))
    }

    #[test]
    fn what_is_not_packed_is_not_touched() {
        for bytes in [&b""[..], b"\x1f", b"(x", b"The ferry hit the pier.", b"\x1f\x8b", b"P*M"] {
            let given = bytes.to_vec();
            let place = given.as_ptr();
            let back = whole(given).unwrap();
            assert_eq!((&*back, back.as_ptr()), (bytes, place));
            assert_eq!(streamed(bytes.to_vec()), (bytes.to_vec(), None));
        }
    }

    #[test]
    fn members_and_frames_are_read_one_after_another() {
        let (first, second) = (lines(5000), lines(3));
        let joined = [&*first, &second].concat();
        let skippable = b"\x5a\x2a\x4d\x18\x05\0\0\0hello";
        for packed in [
            [gzip(&first), gzip(b""), gzip(&second), vec![0; 600]].concat(),
            [zstd(&first), skippable.to_vec(), zstd(b""), zstd(&second)].concat(),
            [skippable.to_vec(), zstd(&joined), skippable.to_vec()].concat(),
            gzip(&zstd(&gzip(&joined))),
        ] {
            assert_eq!(whole(packed.clone()).unwrap(), joined);
            assert_eq!(streamed(packed), (joined.clone(), None));
        }
    }

    #[test]
    fn a_bomb_is_refused_at_the_limit() {
        let limits = Limits { unpacked_size: 1000, ..Limits::default() };
        let zeros = vec![0; 50_000_000];
        for packed in [gzip(&zeros), zstd(&zeros), gzip(&zstd(&zeros))] {
            let (what, way_out) = unpack(packed, &limits).unwrap_err();
            assert_eq!(what, "over the limit unpacked-size=1000");
            assert!(way_out.contains("--max"));
        }
        assert_eq!(unpack(gzip(&zeros[..1000]), &limits).unwrap().bytes.len(), 1000);
        for (limit, most) in [(1000, 1000), (1 << 32, (1 << 32) - 1), (u64::MAX, (1 << 32) - 1)] {
            assert_eq!(imp::most(&Limits { unpacked_size: limit, ..limits }), most);
        }
        // A frame that says that it needs 1 TiB, and one of 2 GiB.
        for descriptor in [0xf8, 0xa8] {
            let (what, _) = whole([b"\x28\xb5\x2f\xfd\0", &[descriptor][..], b"\x01\0\0"].concat()).unwrap_err();
            assert_eq!(what, "zstd data that need a window of more than 128 MiB");
        }
    }

    #[test]
    fn layers_come_to_an_end() {
        let mut packed = b"The ferry hit the pier.".to_vec();
        for _ in 0..3 {
            packed = gzip(&packed);
        }
        assert_eq!(whole(packed.clone()).unwrap(), b"The ferry hit the pier.");
        let (what, _) = whole(zstd(&packed)).unwrap_err();
        assert_eq!(what, "packed more than 3 times over");
        assert_eq!(streamed(zstd(&packed)), (Vec::new(), Some(what)));
    }

    #[test]
    fn what_came_out_before_a_break_is_kept_and_the_break_is_named() {
        let text = lines(40_000);
        for (name, packed) in [("gzip", gzip(&text)), ("zstd", zstd(&text))] {
            for length in [packed.len() - 1, packed.len() * 9 / 10] {
                let unpacked = unpack(packed[..length].to_vec(), &Limits::default()).unwrap();
                assert_eq!(unpacked.broken.unwrap().0, format!("{name} data that break off"));
                assert!(unpacked.bytes.len() > text.len() / 2, "{name}: {}", unpacked.bytes.len());
                assert!(text.starts_with(&unpacked.bytes));
                let (out, error) = streamed(packed[..length].to_vec());
                assert_eq!(error.unwrap(), format!("{name} data that break off"));
                assert_eq!(out, unpacked.bytes);
            }
            let mut damaged = packed;
            let end = damaged.len() - 6;
            damaged[end] ^= 1;
            assert_eq!(whole(damaged).unwrap_err().0, format!("damaged {name} data"));
        }
        let behind = [gzip(b"a"), b"b".to_vec()].concat();
        assert_eq!(whole(behind).unwrap_err().0, "gzip data with something else behind them");
    }

    proptest! {
        #[test]
        fn damage_is_no_panic_and_ends(text in "[a-e ]{0,300}", at: prop::sample::Index, to: u8, cut: prop::sample::Index) {
            for mut packed in [gzip(text.as_bytes()), [zstd(text.as_bytes()), zstd(b"end")].concat()] {
                let at = at.index(packed.len());
                packed[at] = to;
                packed.truncate(cut.index(packed.len()) + 1);
                let limits = Limits { unpacked_size: 1 << 20, ..Limits::default() };
                if let Ok(Unpacked { bytes, broken, .. }) = unpack(packed.clone(), &limits) {
                    let (out, error) = streamed(packed);
                    prop_assert_eq!(error.is_some(), broken.is_some());
                    // Read bit by bit, a damaged block of gzip may give less, or more, before the damage shows.
                    prop_assert!(bytes.starts_with(&out) || out.starts_with(&bytes));
                    prop_assert!(out.len() == bytes.len() || error.is_some());
                }
            }
        }
    }
}

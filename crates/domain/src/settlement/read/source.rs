//! Bytes that can be read twice, unpacked and turned into UTF-8 on the way (SET-04, SET-06, quality-bars S5).

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder, Encoding};
use flate2::read::MultiGzDecoder;

/// A file's bytes, from the start each time: once to learn how it is written, once to read it.
pub trait Source {
    /// Opens the bytes at their start.
    fn open(&self) -> io::Result<Box<dyn Read + '_>>;
}

impl Source for &[u8] {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(io::Cursor::new(*self)))
    }
}

impl Source for Vec<u8> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(io::Cursor::new(self.as_slice())))
    }
}

/// How far a packed file may be unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of output, 2 GiB unless told otherwise.
    pub unpacked_bytes: u64,
    /// Bytes out per byte in, looked at once `ratio_after_bytes` came out. Real settlements pack about 11 : 1.
    pub ratio: u64,
    /// When the ratio is looked at first.
    pub ratio_after_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            unpacked_bytes: 2 << 30,
            ratio: 100,
            ratio_after_bytes: 8 << 20,
        }
    }
}

/// The message inside the `io::Error` of a packed file that unpacks to more than it may.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than it may")]
pub struct Bomb;

/// Opens a source, unpacking gzip by its first bytes.
pub(super) fn unpacked<'a>(source: &'a dyn Source, limits: Limits) -> io::Result<Box<dyn Read + 'a>> {
    let mut input = source.open()?;
    let mut start = Vec::with_capacity(2);
    input.by_ref().take(2).read_to_end(&mut start)?;
    let packed = start == [0x1f, 0x8b];
    let whole = io::Cursor::new(start).chain(input);
    if !packed {
        return Ok(Box::new(whole));
    }
    let taken = Rc::new(Cell::new(0));
    let counted = Counted {
        input: whole,
        taken: Rc::clone(&taken),
    };
    Ok(Box::new(Guarded {
        output: MultiGzDecoder::new(counted),
        taken,
        given: 0,
        limits,
    }))
}

struct Counted<R> {
    input: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(into)?;
        self.taken.set(self.taken.get() + count as u64);
        Ok(count)
    }
}

struct Guarded<R> {
    output: R,
    taken: Rc<Cell<u64>>,
    given: u64,
    limits: Limits,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.output.read(into)?;
        self.given += count as u64;
        let suspicious = self.given > self.limits.ratio_after_bytes
            && self.given > self.taken.get().saturating_mul(self.limits.ratio);
        if suspicious || self.given > self.limits.unpacked_bytes {
            return Err(io::Error::other(Bomb));
        }
        Ok(count)
    }
}

/// Turns any encoding into UTF-8 on the way.
pub(super) struct Transcoded<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_start: usize,
    raw_end: usize,
    ended: bool,
    /// The decoder has said its last; it must not be asked again.
    finished: bool,
}

impl<R: Read> Transcoded<R> {
    pub(super) fn new(input: R, from: &'static Encoding) -> Self {
        Self {
            input,
            decoder: from.new_decoder_with_bom_removal(),
            raw: vec![0; 64 << 10],
            raw_start: 0,
            raw_end: 0,
            ended: false,
            finished: false,
        }
    }
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !self.finished && !into.is_empty() {
            if self.raw_start == self.raw_end && !self.ended {
                (self.raw_start, self.raw_end) = (0, self.input.read(&mut self.raw)?);
                self.ended = self.raw_end == 0;
            }
            let raw = self.raw.get(self.raw_start..self.raw_end).unwrap_or_default();
            let (result, taken, given, _) = self.decoder.decode_to_utf8(raw, into, self.ended);
            self.raw_start += taken;
            self.finished = self.ended && result == CoderResult::InputEmpty;
            if given > 0 {
                return Ok(given);
            }
        }
        Ok(0)
    }
}

//! From a document's bytes to its text: gunzip by hand, then the character set (amazon-sp-api.md §7.3).

use std::io::{self, Read};

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, WINDOWS_1252};
use flate2::read::MultiGzDecoder;

use crate::marketplaces::Region;
use crate::reports::Raw;

/// How much a compressed document may grow (quality-bars S5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// Output below which no ratio is looked at.
    pub free: u64,
    /// Highest output per input beyond that. Real settlements have about 11, a bomb has 1,030.
    pub ratio: u64,
    /// Most output in all.
    pub most: u64,
}

impl Default for Guard {
    fn default() -> Self {
        Self {
            free: 8 << 20,
            ratio: 100,
            most: 2 << 30,
        }
    }
}

/// A gzip reader that stops at a bomb. Memory stays constant.
pub struct Gunzip<R> {
    inner: MultiGzDecoder<Counted<R>>,
    guard: Guard,
    given: u64,
}

struct Counted<R> {
    inner: R,
    taken: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.taken += count as u64;
        Ok(count)
    }
}

impl<R: Read> Gunzip<R> {
    /// Reads compressed bytes under the default guard.
    pub fn new(compressed: R) -> Self {
        Self::guarded(compressed, Guard::default())
    }

    /// Reads compressed bytes under a guard.
    pub fn guarded(compressed: R, guard: Guard) -> Self {
        Self {
            inner: MultiGzDecoder::new(Counted {
                inner: compressed,
                taken: 0,
            }),
            guard,
            given: 0,
        }
    }
}

impl<R: Read> Read for Gunzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.given += count as u64;
        let taken = self.inner.get_ref().taken.max(1);
        if self.given > self.guard.most || (self.given > self.guard.free && self.given / taken > self.guard.ratio) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the compressed document grows without end",
            ));
        }
        Ok(count)
    }
}

/// A document as text, and how it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The character set, by its WHATWG name.
    pub encoding: &'static str,
    /// Whether some byte had no meaning in it and was replaced: to be flagged, never a failure.
    pub replaced: bool,
}

impl Raw {
    /// Whether the document is whole; nothing is kept in memory.
    pub fn check(&self) -> io::Result<()> {
        if self.gzip {
            io::copy(&mut Gunzip::new(self.bytes.as_slice()), &mut io::sink())?;
        }
        Ok(())
    }

    /// The plain bytes. A torn download is an error, not a shorter document.
    pub fn plain(&self) -> io::Result<Vec<u8>> {
        if !self.gzip {
            return Ok(self.bytes.clone());
        }
        let mut plain = Vec::new();
        Gunzip::new(self.bytes.as_slice()).read_to_end(&mut plain)?;
        Ok(plain)
    }
}

/// Decodes by, in this order: the stated character set, a byte order mark, strict UTF-8, the region's habit.
pub fn decode(plain: &[u8], content_type: Option<&str>, region: Region) -> Decoded {
    let stated = content_type
        .and_then(charset)
        .and_then(|name| Encoding::for_label(java_name(&name).as_bytes()));
    let marked = Encoding::for_bom(plain).map(|(encoding, _)| encoding);
    let habit = if region == Region::Fe { SHIFT_JIS } else { WINDOWS_1252 };
    let valid_utf8 = std::str::from_utf8(plain).is_ok();
    let encoding = stated.or(marked).unwrap_or(if valid_utf8 { UTF_8 } else { habit });
    let (text, used, replaced) = encoding.decode(plain);
    Decoded {
        text: text.into_owned(),
        encoding: used.name(),
        replaced,
    }
}

fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    })
}

/// Amazon writes some character sets by their Java names.
fn java_name(name: &str) -> &str {
    match name {
        "cp1252" => "windows-1252",
        "ms932" | "windows-31j" | "sjis" | "cp932" => "shift_jis",
        other => other,
    }
}

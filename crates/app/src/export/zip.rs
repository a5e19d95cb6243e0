//! A zip file while it is written (APPNOTE.TXT 4.3): parts are compressed as they come, and nothing is read back.

use std::io::{self, Write};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// Sizes and sum follow their part, and names are UTF-8.
const FLAGS: u16 = 0x0808;
/// Deflate, as version 2.0 of the format has it.
const METHOD: u16 = 8;
const VERSION: u16 = 20;
/// The first of January 1980: a file of the same rows is the same file.
const DAY: u16 = 0x0021;

/// A zip file.
pub(super) struct Zip<W: Write> {
    out: Counted<W>,
    parts: Vec<Part>,
    open: Option<Open>,
}

struct Part {
    name: String,
    begins: u32,
    sum: u32,
    packed: u32,
    whole: u32,
}

/// A part while it is written: what is compressed goes on as soon as there is some of it.
struct Open {
    name: String,
    begins: u32,
    sum: Crc,
    packing: DeflateEncoder<Vec<u8>>,
    packed: u64,
}

struct Counted<W> {
    out: W,
    at: u64,
}

impl<W: Write> Counted<W> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }
}

impl<W: Write> Zip<W> {
    pub(super) fn new(out: W) -> Self {
        Self {
            out: Counted { out, at: 0 },
            parts: Vec::new(),
            open: None,
        }
    }

    /// Begins a part.
    pub(super) fn begin(&mut self, name: &str) -> io::Result<()> {
        let begins = small(self.out.at)?;
        let mut head = Vec::new();
        head.extend(0x0403_4b50_u32.to_le_bytes());
        head.extend(VERSION.to_le_bytes());
        put_common(&mut head, 0, 0, 0);
        put_name(&mut head, name)?;
        head.extend(0_u16.to_le_bytes());
        head.extend(name.as_bytes());
        self.out.put(&head)?;
        self.open = Some(Open {
            name: name.to_owned(),
            begins,
            sum: Crc::new(),
            packing: DeflateEncoder::new(Vec::new(), Compression::default()),
            packed: 0,
        });
        Ok(())
    }

    /// Writes more of the part.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(open) = &mut self.open else {
            return Err(io::Error::other("no part was begun"));
        };
        open.sum.update(bytes);
        open.packing.write_all(bytes)?;
        let ready = std::mem::take(open.packing.get_mut());
        open.packed += ready.len() as u64;
        self.out.put(&ready)
    }

    /// Ends the part.
    pub(super) fn end(&mut self) -> io::Result<()> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let whole = open.packing.total_in();
        let rest = open.packing.finish()?;
        self.out.put(&rest)?;
        let part = Part {
            name: open.name,
            begins: open.begins,
            sum: open.sum.sum(),
            packed: small(open.packed + rest.len() as u64)?,
            whole: small(whole)?,
        };
        let mut foot = Vec::new();
        foot.extend(0x0807_4b50_u32.to_le_bytes());
        for number in [part.sum, part.packed, part.whole] {
            foot.extend(number.to_le_bytes());
        }
        self.parts.push(part);
        self.out.put(&foot)
    }

    /// Writes the directory.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.end()?;
        let begins = small(self.out.at)?;
        let mut directory = Vec::new();
        for part in &self.parts {
            directory.extend(0x0201_4b50_u32.to_le_bytes());
            directory.extend(VERSION.to_le_bytes());
            directory.extend(VERSION.to_le_bytes());
            put_common(&mut directory, part.sum, part.packed, part.whole);
            put_name(&mut directory, &part.name)?;
            // No extra field, no remark, one disk, no attributes.
            directory.extend([0; 12]);
            directory.extend(part.begins.to_le_bytes());
            directory.extend(part.name.as_bytes());
        }
        let count = u16::try_from(self.parts.len()).map_err(io::Error::other)?;
        let size = small(directory.len() as u64)?;
        directory.extend(0x0605_4b50_u32.to_le_bytes());
        directory.extend([0; 4]);
        directory.extend(count.to_le_bytes());
        directory.extend(count.to_le_bytes());
        directory.extend(size.to_le_bytes());
        directory.extend(begins.to_le_bytes());
        directory.extend([0; 2]);
        self.out.put(&directory)?;
        self.out.out.flush()
    }
}

/// What stands in front of a part and in the directory alike.
fn put_common(to: &mut Vec<u8>, sum: u32, packed: u32, whole: u32) {
    for short in [FLAGS, METHOD, 0, DAY] {
        to.extend(short.to_le_bytes());
    }
    for number in [sum, packed, whole] {
        to.extend(number.to_le_bytes());
    }
}

fn put_name(to: &mut Vec<u8>, name: &str) -> io::Result<()> {
    let length = u16::try_from(name.len()).map_err(io::Error::other)?;
    to.extend(length.to_le_bytes());
    Ok(())
}

/// A place or a size: four gigabytes are more than a spreadsheet opens.
fn small(number: u64) -> io::Result<u32> {
    u32::try_from(number).map_err(|_| io::Error::new(io::ErrorKind::FileTooLarge, "more than four gigabytes"))
}

//! Rows and cells of a delimited text, without a copy per cell.
//!
//! Written here rather than taken from a CSV library because three facts matter that those hide: the physical line
//! number, whether the last line was finished, and whether a row was shorter than the titles.

use std::io::{self, Read};

/// A line longer than this is no settlement.
const LONGEST_LINE: usize = 1 << 20;

/// How cells are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Between cells: a tab, or what a spreadsheet put in its place.
    pub delimiter: u8,
    /// Cells may stand in quotes. Off for Amazon's own files: a quote in a SKU is a quote.
    pub quoted: bool,
}

impl Dialect {
    /// By the line with the titles.
    pub(super) fn of(titles: &str) -> Self {
        let delimiter = [b'\t', b';', b',']
            .into_iter()
            .find(|mark| titles.as_bytes().contains(mark))
            .unwrap_or(b'\t');
        Self {
            delimiter,
            quoted: delimiter != b'\t' || titles.starts_with('"'),
        }
    }
}

/// Lines of a text, one after the other.
pub(super) struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    number: u64,
    taken: u64,
    terminator: Option<u8>,
}

/// One line without its end.
pub(super) struct TextLine<'a> {
    pub number: u64,
    pub text: &'a [u8],
    /// Whether the line ends as a line; the last one may not.
    pub finished: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            buffer: vec![0; 64 << 10],
            start: 0,
            end: 0,
            ended: false,
            number: 0,
            taken: 0,
            terminator: None,
        }
    }

    /// Bytes handed out so far.
    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    /// The next line, or nothing at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<TextLine<'_>>> {
        let mut looked_at = self.start;
        let (end, finished) = loop {
            let fresh = self.buffer.get(looked_at..self.end).unwrap_or_default();
            if self.terminator.is_none() {
                self.terminator = terminator(fresh);
            }
            if let Some(at) = memchr::memchr(self.terminator.unwrap_or(b'\n'), fresh) {
                break (looked_at + at, true);
            }
            if self.ended {
                break (self.end, false);
            }
            looked_at = self.end - self.start;
            self.fill()?;
        };
        if self.start == end && !finished {
            return Ok(None);
        }
        let from = self.start;
        self.start = if finished { end + 1 } else { end };
        self.number += 1;
        self.taken += (self.start - from) as u64;
        let text = self.buffer.get(from..end).unwrap_or_default();
        Ok(Some(TextLine {
            number: self.number,
            text: text.strip_suffix(b"\r").unwrap_or(text),
            finished,
        }))
    }

    /// Moves what is left to the front and reads more behind it.
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end == self.buffer.len() {
            if self.end >= LONGEST_LINE {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "a line of more than a megabyte",
                ));
            }
            self.buffer.resize(self.end * 2, 0);
        }
        let count = loop {
            match self.input.read(self.buffer.get_mut(self.end..).unwrap_or_default()) {
                Err(again) if again.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.ended = count == 0;
        self.end += count;
        Ok(())
    }
}

/// Line feed, unless the first lines end in a lone carriage return, as old spreadsheets wrote.
fn terminator(bytes: &[u8]) -> Option<u8> {
    let at = memchr::memchr2(b'\n', b'\r', bytes)?;
    match bytes.get(at..) {
        Some([b'\r', b'\n', ..] | [b'\n', ..]) => Some(b'\n'),
        Some([b'\r', _, ..]) => Some(b'\r'),
        _ => None,
    }
}

/// Where the cells of a line are.
#[derive(Default)]
pub(super) struct Cells {
    spans: Vec<(u32, u32)>,
    unquoted: String,
}

/// The cells of one row.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    text: &'a str,
    spans: &'a [(u32, u32)],
}

impl Cells {
    /// Splits a line. The row borrows both the line and this.
    pub(super) fn split<'a>(&'a mut self, text: &'a str, dialect: Dialect) -> Row<'a> {
        self.spans.clear();
        if dialect.quoted && text.contains('"') {
            self.split_quoted(text, dialect.delimiter);
            return Row {
                text: &self.unquoted,
                spans: &self.spans,
            };
        }
        self.split_plain(text.as_bytes(), dialect.delimiter);
        Row {
            text,
            spans: &self.spans,
        }
    }

    /// Eight bytes at a time: cells are short, most are empty, so that delimiters stand too close for a search per cell.
    fn split_plain(&mut self, text: &[u8], delimiter: u8) {
        const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
        let pattern = u64::from_le_bytes([delimiter; 8]);
        let (words, rest) = text.as_chunks::<8>();
        let mut from = 0;
        for (place, word) in words.iter().enumerate() {
            let differs = u64::from_le_bytes(*word) ^ pattern;
            // The high bit of each byte that is the delimiter.
            let mut hits = !(((differs & LOW) + LOW) | differs | LOW);
            while hits != 0 {
                let at = place * 8 + (hits.trailing_zeros() / 8) as usize;
                self.spans.push(span(from, at));
                from = at + 1;
                hits &= hits - 1;
            }
        }
        for (place, byte) in rest.iter().enumerate() {
            if *byte == delimiter {
                let at = words.len() * 8 + place;
                self.spans.push(span(from, at));
                from = at + 1;
            }
        }
        self.spans.push(span(from, text.len()));
    }

    fn split_quoted(&mut self, text: &str, delimiter: u8) {
        self.unquoted.clear();
        let (mut from, mut inside) = (0, false);
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if inside && letters.peek() == Some(&'"') => {
                    letters.next();
                    self.unquoted.push('"');
                }
                '"' => inside = !inside,
                other if !inside && other == char::from(delimiter) => {
                    self.spans.push(span(from, self.unquoted.len()));
                    from = self.unquoted.len();
                }
                other => self.unquoted.push(other),
            }
        }
        self.spans.push(span(from, self.unquoted.len()));
    }
}

/// Lines are at most a megabyte, so their offsets fit.
#[allow(clippy::cast_possible_truncation, reason = "bounded by LONGEST_LINE")]
fn span(from: usize, to: usize) -> (u32, u32) {
    (from as u32, to as u32)
}

impl<'a> Row<'a> {
    /// Cells in the row.
    pub(super) fn count(&self) -> usize {
        self.spans.len()
    }

    /// A cell without outer spaces; what a short row lacks is empty.
    pub(super) fn cell(&self, index: usize) -> &'a str {
        // Most cells of a settlement are empty.
        let Some(&(from, to)) = self.spans.get(index).filter(|(from, to)| from < to) else {
            return "";
        };
        let cell = self.text.get(from as usize..to as usize).unwrap_or_default();
        // Spaces are rare; letters beyond ASCII may be spaces too.
        match cell.as_bytes() {
            [] => "",
            [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => cell,
            _ => cell.trim(),
        }
    }

    /// No cell holds anything.
    pub(super) fn is_blank(&self) -> bool {
        (0..self.count()).all(|index| self.cell(index).is_empty())
    }
}

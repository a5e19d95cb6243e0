//! Which encoding a file is written in (SET-06): looked for in all its bytes, because the first odd letter may come late.

use std::io::{self, Read};

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Reads to the end and decides. Plain ASCII counts as UTF-8.
pub(crate) fn detect(mut input: impl Read) -> io::Result<&'static Encoding> {
    let mut block = vec![0; 64 << 10];
    let mut clues = Clues::default();
    let mut first = true;
    loop {
        let mut count = input.read(&mut block)?;
        // The first bytes tell most, and may come one by one.
        while first && (1..4).contains(&count) {
            match input.read(block.get_mut(count..).unwrap_or_default())? {
                0 => break,
                more => count += more,
            }
        }
        let bytes = block.get(..count).unwrap_or_default();
        if bytes.is_empty() {
            return Ok(clues.verdict());
        }
        if first {
            if let Some(wide) = by_first_bytes(bytes) {
                return Ok(wide);
            }
            first = false;
        }
        clues.take(bytes);
    }
}

/// A byte order mark, or the zero bytes that ASCII has in UTF-16.
fn by_first_bytes(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [first, 0, second, 0, ..] if first.is_ascii() && second.is_ascii() => Some(UTF_16LE),
        [0, first, 0, second, ..] if first.is_ascii() && second.is_ascii() => Some(UTF_16BE),
        _ => None,
    }
}

#[derive(Default)]
struct Clues {
    /// The end of a block that may be the start of a UTF-8 letter.
    rest: Vec<u8>,
    not_utf_8: bool,
    /// A Shift_JIS letter's first byte, waiting for its second.
    lead: Option<u8>,
    not_shift_jis: bool,
    pairs: u64,
    /// Pairs that are kana or Japanese punctuation: every Japanese text has some.
    kana: u64,
    yen: bool,
}

impl Clues {
    fn take(&mut self, bytes: &[u8]) {
        self.yen |= !self.yen && memchr::memmem::find(bytes, b"JPY").is_some();
        if bytes.is_ascii() && self.rest.is_empty() && self.lead.is_none() {
            return;
        }
        self.take_utf_8(bytes);
        self.take_shift_jis(bytes);
    }

    fn take_utf_8(&mut self, bytes: &[u8]) {
        if self.not_utf_8 {
            return;
        }
        let mut joined = std::mem::take(&mut self.rest);
        joined.extend_from_slice(bytes);
        if let Err(wrong) = std::str::from_utf8(&joined) {
            self.not_utf_8 = wrong.error_len().is_some();
            self.rest = joined.split_off(wrong.valid_up_to());
            self.rest.truncate(4);
        }
    }

    fn take_shift_jis(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            match self.lead.take() {
                Some(lead) => {
                    self.not_shift_jis |= !matches!(byte, 0x40..=0x7e | 0x80..=0xfc);
                    self.pairs += 1;
                    self.kana += u64::from(matches!(lead, 0x81..=0x83));
                }
                None => match byte {
                    0x81..=0x9f | 0xe0..=0xfc => self.lead = Some(byte),
                    0x80 | 0xa0 | 0xfd..=0xff => self.not_shift_jis = true,
                    _ => {}
                },
            }
        }
    }

    fn verdict(&self) -> &'static Encoding {
        if !self.not_utf_8 && self.rest.is_empty() {
            return UTF_8;
        }
        let japanese = self.yen || (self.pairs > 0 && self.kana * 5 >= self.pairs);
        if !self.not_shift_jis && self.lead.is_none() && japanese {
            SHIFT_JIS
        } else {
            WINDOWS_1252
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> &'static str {
        detect(bytes).unwrap().name()
    }

    #[test]
    fn set_06_encodings_are_told_apart() {
        assert_eq!(of(b"plain"), "UTF-8");
        assert_eq!(of("\u{feff}Tasse à café".as_bytes()), "UTF-8");
        assert_eq!(of(&WINDOWS_1252.encode("l’étui à café, façon crème").0), "windows-1252");
        assert_eq!(of(&SHIFT_JIS.encode("青いマグカップ、大きい").0), "Shift_JIS");
        assert_eq!(of(&SHIFT_JIS.encode("JPY 東京").0), "Shift_JIS");
        assert_eq!(of(b"\xff\xfes\0e\0"), "UTF-16LE");
    }

    #[test]
    fn set_06_a_letter_cut_at_a_block_is_still_a_letter() {
        let mut text = "a".repeat((64 << 10) - 1);
        text.push('é');
        assert_eq!(of(text.as_bytes()), "UTF-8");
    }
}

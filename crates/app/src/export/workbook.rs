//! A list as a workbook for Excel (Office Open XML, ECMA-376): texts are texts, whatever they begin with, and numbers are
//! numbers (quality-bars S5).
//!
//! The parts that a list needs are few, and written here: an amount goes into its cell digit by digit, as the exact
//! decimal that it is. Rows are compressed as they come, so that a settlement of any size can be exported; what is more
//! than a sheet takes goes on in the next one.

use std::fmt::Write as _;
use std::io::{self, Write};

use domain::Text;

use super::Cell;
use super::sheet::{is_formula, said};
use super::zip::Zip;
use crate::words::Catalogue;

/// Rows of a sheet with its titles; Excel takes 1,048,576.
const ROWS: u32 = 1_000_000;
/// Letters that a cell takes.
const LETTERS: usize = 32_767;
/// Digits behind the point that an amount may have.
const MOST_DIGITS: usize = 4;

/// The looks of cells, by their places in [`STYLES`]: titles, texts that begin like a formula, whole numbers, and
/// amounts with one to four digits behind the point after them.
const TITLE: usize = 1;
const QUOTED: usize = 2;
const WHOLE: usize = 3;

const STYLES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="4">"#,
    r##"<numFmt numFmtId="165" formatCode="#,##0.0"/><numFmt numFmtId="166" formatCode="#,##0.00"/>"##,
    r##"<numFmt numFmtId="167" formatCode="#,##0.000"/><numFmt numFmtId="168" formatCode="#,##0.0000"/></numFmts>"##,
    r#"<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>"#,
    r#"<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>"#,
    r#"<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>"#,
    r#"</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"#,
    r#"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">"#,
    r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#,
    r#"<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>"#,
    r#"<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="167" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="168" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>"#,
);
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// A workbook while it is written.
pub(super) struct Book<'a> {
    zip: Zip<&'a mut dyn Write>,
    words: &'a Catalogue,
    name: String,
    titles: Vec<String>,
    sheets: u32,
    row: u32,
    text: String,
}

impl<'a> Book<'a> {
    /// An empty one with a name for its sheet and the titles of its columns.
    pub(super) fn new(name: &str, columns: &[&str], words: &'a Catalogue, out: &'a mut dyn Write) -> io::Result<Self> {
        let title = |column: &&str| words.say(&Text::new(format!("export-{}", column.replace('_', "-"))));
        let mut book = Self {
            zip: Zip::new(out),
            words,
            name: name.to_owned(),
            titles: columns.iter().map(title).collect(),
            sheets: 0,
            row: 0,
            text: String::new(),
        };
        book.next_sheet()?;
        Ok(book)
    }

    fn next_sheet(&mut self) -> io::Result<()> {
        if self.sheets > 0 {
            self.end_sheet()?;
        }
        self.sheets += 1;
        self.row = 0;
        self.zip.begin(&format!("xl/worksheets/sheet{}.xml", self.sheets))?;
        let mut head = format!(
            r#"{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="{}" width="18" customWidth="1"/></cols><sheetData>"#,
            self.titles.len()
        );
        head.push_str(r#"<row r="1">"#);
        for title in &self.titles {
            put_text(&mut head, title, TITLE);
        }
        head.push_str("</row>");
        self.row = 1;
        self.zip.write(head.as_bytes())
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        self.zip.write(b"</sheetData></worksheet>")?;
        self.zip.end()
    }

    /// One more row.
    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        if self.row >= ROWS {
            self.next_sheet()?;
        }
        self.row += 1;
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        let _ = write!(text, r#"<row r="{}">"#, self.row);
        for cell in cells {
            put(&mut text, cell, self.words);
        }
        text.push_str("</row>");
        self.zip.write(text.as_bytes())?;
        self.text = text;
        Ok(())
    }

    /// Writes what holds the sheets together.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.end_sheet()?;
        let (mut kinds, mut names, mut parts) = (String::new(), String::new(), String::new());
        for number in 1..=self.sheets {
            let name = match number {
                1 => self.name.clone(),
                more => format!("{} {more}", self.name),
            };
            let _ = write!(
                kinds,
                r#"<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{KIND}.worksheet+xml"/>"#
            );
            let _ = write!(names, r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#);
            let _ = write!(
                parts,
                r#"<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
            );
        }
        let styles = self.sheets + 1;
        for (part, text) in [
            (
                "[Content_Types].xml",
                format!(
                    r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>{kinds}</Types>"#
                ),
            ),
            (
                "_rels/.rels",
                format!(
                    r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
                ),
            ),
            (
                "xl/workbook.xml",
                format!(r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>"#),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{parts}<Relationship Id="rId{styles}" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>"#
                ),
            ),
            ("xl/styles.xml", STYLES.to_owned()),
        ] {
            self.zip.begin(part)?;
            self.zip.write(text.as_bytes())?;
            self.zip.end()?;
        }
        self.zip.finish()
    }
}

fn put(row: &mut String, cell: &Cell, words: &Catalogue) {
    match cell {
        Cell::Nothing => row.push_str("<c/>"),
        Cell::Text(text) => put_plain(row, text),
        Cell::Word(key, message) => put_plain(row, &said(words, key, message)),
        Cell::Count(count) => put_number(row, &count.to_string()),
        Cell::Amount(amount) => put_number(row, amount),
    }
}

fn put_plain(row: &mut String, text: &str) {
    put_text(row, text, if is_formula(text) { QUOTED } else { 0 });
}

/// A text in the cell itself: a spreadsheet never reads it as anything else.
fn put_text(row: &mut String, text: &str, look: usize) {
    let _ = write!(row, r#"<c t="inlineStr" s="{look}"><is><t xml:space="preserve">"#);
    for letter in text.chars().take(LETTERS) {
        match letter {
            '&' => row.push_str("&amp;"),
            '<' => row.push_str("&lt;"),
            '>' => row.push_str("&gt;"),
            // XML has no place for other control letters.
            letter if letter.is_control() && !matches!(letter, '\t' | '\n' | '\r') => (),
            letter => row.push(letter),
        }
    }
    row.push_str("</t></is></c>");
}

/// A number digit by digit; what is none stays a text.
fn put_number(row: &mut String, number: &str) {
    let plain = number.strip_prefix('-').unwrap_or(number);
    let (whole, digits) = plain.split_once('.').unwrap_or((plain, ""));
    let is_number = !whole.is_empty() && whole.chars().chain(digits.chars()).all(|digit| digit.is_ascii_digit());
    if is_number {
        let look = WHOLE + digits.len().min(MOST_DIGITS);
        let _ = write!(row, r#"<c s="{look}"><v>{number}</v></c>"#);
    } else {
        put_plain(row, number);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Read as _;

    use super::*;
    use crate::words::Language;

    /// The parts of a file by their names, read the way any reader of zip files does: from its directory at the end.
    fn parts(file: &[u8]) -> BTreeMap<String, String> {
        let short = |at: usize| usize::from(u16::from_le_bytes([file[at], file[at + 1]]));
        let long = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
        let end = file.len() - 22;
        assert_eq!(long(end), 0x0605_4b50);
        let mut at = long(end + 16) as usize;
        let mut found = BTreeMap::new();
        for _ in 0..short(end + 10) {
            assert_eq!(long(at), 0x0201_4b50);
            let name = std::str::from_utf8(&file[at + 46..at + 46 + short(at + 28)]).unwrap();
            let begins = long(at + 42) as usize;
            assert_eq!(long(begins), 0x0403_4b50);
            let data = begins + 30 + short(begins + 26) + short(begins + 28);
            let packed = &file[data..data + long(at + 20) as usize];
            let mut text = String::new();
            flate2::read::DeflateDecoder::new(packed)
                .read_to_string(&mut text)
                .unwrap();
            let mut sum = flate2::Crc::new();
            sum.update(text.as_bytes());
            assert_eq!(
                (sum.sum(), text.len()),
                (long(at + 16), long(at + 24) as usize),
                "{name}"
            );
            found.insert(name.to_owned(), text);
            at += 46 + short(at + 28) + short(at + 30) + short(at + 32);
        }
        found
    }

    fn written(rows: &[Vec<Cell>]) -> BTreeMap<String, String> {
        let words = Catalogue::load(Language::English);
        let mut file: Vec<u8> = Vec::new();
        let mut book = Book::new("lines", &["amount", "sku"], &words, &mut file).unwrap();
        for row in rows {
            book.row(row).unwrap();
        }
        book.finish().unwrap();
        parts(&file)
    }

    #[test]
    fn s5_texts_stay_texts_and_amounts_are_numbers_to_the_last_digit() {
        let parts = written(&[
            vec![
                Cell::Amount("-12.40".into()),
                Cell::Text("=HYPERLINK(\"http://x\",\"<y>\")".into()),
            ],
            vec![
                Cell::Amount("9007199254740993.0001".into()),
                Cell::Text("LAMP & BULB".into()),
            ],
            vec![Cell::Count(3), Cell::Nothing],
        ]);
        let sheet = &parts["xl/worksheets/sheet1.xml"];
        assert!(sheet.contains(r#"<c s="5"><v>-12.40</v></c>"#), "{sheet}");
        assert!(
            sheet.contains("<v>9007199254740993.0001</v>"),
            "no binary fraction comes near it"
        );
        assert!(sheet.contains(r#"s="2"><is><t xml:space="preserve">=HYPERLINK("http://x","&lt;y&gt;")</t>"#));
        assert!(sheet.contains("LAMP &amp; BULB") && sheet.contains(r#"<c s="3"><v>3</v></c><c/>"#));
        assert!(!sheet.contains("<f>"), "there is no formula in it");
        assert!(sheet.contains(">Amount<") && sheet.contains(">SKU<"), "{sheet}");
    }

    #[test]
    fn a_workbook_has_the_parts_that_readers_look_for() {
        let parts = written(&[]);
        let names: Vec<&str> = parts.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "[Content_Types].xml",
                "_rels/.rels",
                "xl/_rels/workbook.xml.rels",
                "xl/styles.xml",
                "xl/workbook.xml",
                "xl/worksheets/sheet1.xml"
            ]
        );
        assert!(parts["xl/workbook.xml"].contains(r#"<sheet name="lines""#));
    }
}

//! Rows of a comma-separated table (RFC 4180) that no spreadsheet takes for anything but what they are.

use domain::Text;

use super::Cell;
use crate::words::Catalogue;

/// One row with its line end. `texts` prepares the cells that are text; numbers stay numbers.
pub(super) fn row(cells: &[Cell], words: &Catalogue, texts: fn(&str) -> String) -> String {
    let cells = cells.iter().map(|one| match one {
        Cell::Text(text) => cell(&texts(text)),
        Cell::Amount(amount) => cell(amount),
        Cell::Count(count) => count.to_string(),
        Cell::Word(key, message) => cell(&texts(&said(words, key, message))),
        Cell::Nothing => String::new(),
    });
    let mut row = cells.collect::<Vec<_>>().join(",");
    row.push_str("\r\n");
    row
}

/// The word in the reader's language; one that the catalogue does not have stays as it is.
pub(super) fn said(words: &Catalogue, key: &str, message: &str) -> String {
    let id = format!("{message}{}", key.replace('_', "-"));
    let said = words.say(&Text::new(id.as_str()));
    if said == id { key.to_owned() } else { said }
}

/// In quotes where the text would break the row.
pub(super) fn cell(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// Text that a spreadsheet would run as a formula gets an apostrophe in front (quality-bars S5).
pub(super) fn guarded(text: &str) -> String {
    if is_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Whether a spreadsheet would run the text.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn s5_no_text_becomes_a_formula_and_numbers_stay_numbers() {
        let words = Catalogue::load(Language::English);
        let cells = [
            Cell::Text("=HYPERLINK(\"http://x\",\"y\")".to_owned()),
            Cell::Text("+1".to_owned()),
            Cell::Text("-LAMP".to_owned()),
            Cell::Text("@SUM(A1)".to_owned()),
            Cell::Text("\t=1".to_owned()),
            Cell::Amount("-12.40".to_owned()),
            Cell::Count(3),
            Cell::Word("needs_you".to_owned(), "state-"),
            Cell::Nothing,
        ];
        assert_eq!(
            row(&cells, &words, guarded),
            "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",'+1,'-LAMP,'@SUM(A1),'\t=1,-12.40,3,Needs you,\r\n"
        );
        assert_eq!(
            row(&cells[1..3], &words, str::to_owned),
            "+1,-LAMP\r\n",
            "the raw form changes nothing"
        );
    }
}

//! Bank statements as files, and the transfers found in them (SET-53).
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use chrono::NaiveDate;
use domain::bank::matching::{Deposit, Found, Taken, find};
use domain::bank::{Ask, Chosen, Columns, DayMonth, Entry, MOST_BYTES, Reading, Refusal, Wrong, read};
use domain::{Currency, Money};

fn read_as(text: &str, chosen: &Chosen) -> Result<Reading, Refusal> {
    read(&text.as_bytes(), chosen)
}

fn euros() -> Chosen {
    Chosen {
        currency: Some(Currency::EUR),
        ..Chosen::default()
    }
}

/// `line date amount currency said`.
fn told(reading: &Reading) -> Vec<String> {
    assert_eq!(reading.asks, [], "nothing is asked: {reading:?}");
    let entry = |one: &Entry| format!("{} {} {} {}", one.line, one.date, one.amount, one.said);
    reading.entries.iter().map(|one| entry(one).trim().to_owned()).collect()
}

#[test]
fn set_53_tables_of_all_kinds_of_banks_come_to_the_same_entries() {
    let cases = [
        // Plain English, with a currency column.
        "Date,Description,Amount,Currency\n2026-10-19,AMAZON PAYMENTS,85.00,EUR\n2026-10-20,Rent,\"-1,200.50\",EUR\n",
        // German: a head of the bank's own, semicolons, commas, days with points, and a balance at the foot.
        "Kontoauszug;DE00 1234\nZeitraum;Oktober\n\nBuchungstag;Verwendungszweck;Betrag (EUR)\n19.10.2026;AMAZON PAYMENTS;85,00\n20.10.26;Rent;-1.200,50\nKontostand;;5.000,00\n",
        // French: two columns of amounts, the outgoing one with its own minus, no-break spaces between thousands.
        "Date;Libellé;Débit euros;Crédit euros\n",
        // What a spreadsheet leaves: a line for Excel, tabs, cells as formulas of text.
        "sep=\t\nDate\tDetails\tAmount\n=\"2026-10-19\"\tAMAZON PAYMENTS\t\"=\"\"85.00\"\"\"\n2026-10-20\tRent\t-€1,200.50\n",
        // A word tells what came in.
        "Transaction Date|Narrative|Debit/Credit|Transaction Amount\n19 Oct 2026|AMAZON PAYMENTS|Credit|85.00\n20 Oct 2026|Rent|Debit|1,200.50\n",
        // Paid in and out, as in Britain; day first by the second row.
        "Date,Payee,Paid out,Paid in\n19/10/2026,AMAZON PAYMENTS,,85.00\n20/10/2026,Rent,1200.50,\n",
    ];
    for case in cases.iter().filter(|case| !case.contains("Débit euros")) {
        let reading = read_as(case, &euros()).unwrap();
        let amounts: Vec<String> = told(&reading)
            .iter()
            .map(|one| one.split_once(' ').unwrap().1.to_owned())
            .collect();
        assert_eq!(
            amounts,
            ["2026-10-19 85.00 EUR AMAZON PAYMENTS", "2026-10-20 -1200.50 EUR Rent"],
            "{case}"
        );
    }
    let french = "Date;Libellé;Montant débit;Montant crédit\n19/10/2026;AMAZON;;85,00\n20/10/2026;Loyer;-1 200,50;\n";
    assert_eq!(
        told(&read_as(french, &euros()).unwrap()),
        ["2 2026-10-19 85.00 EUR AMAZON", "3 2026-10-20 -1200.50 EUR Loyer"]
    );
    let latin = encoding_rs::WINDOWS_1252.encode(french).0.into_owned();
    assert_eq!(told(&read(&latin, &euros()).unwrap()).len(), 2);
    let german = read_as(cases[1], &Chosen::default()).unwrap();
    assert_eq!((german.left_out, german.entries[0].line), (1, 5));
}

#[test]
fn set_53_what_a_table_does_not_tell_is_asked_and_never_guessed() {
    let reading = read_as("Date,Amount\n03/04/2026,85.00\n04/04/2026,12.00\n", &Chosen::default()).unwrap();
    assert_eq!(reading.asks, [Ask::Order, Ask::Currency]);
    assert_eq!(reading.entries, []);
    let chosen = Chosen {
        order: Some(DayMonth::MonthFirst),
        ..euros()
    };
    let reading = read_as("Date,Amount\n03/04/2026,85.00\n04/04/2026,12.00\n", &chosen).unwrap();
    assert_eq!(told(&reading), ["2 2026-03-04 85.00 EUR", "3 2026-04-04 12.00 EUR"]);
    // Titles that nobody has seen, and none at all: the columns are chosen.
    for (text, first) in [
        ("Wann,Was,Wieviel\n2026-10-19,x,85.00\n", 2),
        ("2026-10-19,x,85.00\n2026-10-20,y,1\n", 1),
    ] {
        let reading = read_as(text, &euros()).unwrap();
        assert_eq!(reading.asks, [Ask::Columns]);
        assert_eq!(reading.table[2].sample, "85.00");
        let chosen = Chosen {
            columns: Some(Columns {
                date: Some(0),
                amount: Some(2),
                ..Columns::default()
            }),
            ..euros()
        };
        let reading = read_as(text, &chosen).unwrap();
        assert_eq!(told(&reading)[0], format!("{first} 2026-10-19 85.00 EUR"));
    }
    let gone = Chosen {
        columns: Some(Columns {
            date: Some(9),
            ..Columns::default()
        }),
        ..euros()
    };
    assert_eq!(
        read_as("Date,Amount\n2026-10-19,1\n", &gone).unwrap_err().wrong,
        Wrong::ColumnGone
    );
}

#[test]
fn set_53_a_bad_file_is_refused_whole_with_line_field_and_cause() {
    let refused = |text: &str| {
        let refusal = read_as(text, &euros()).unwrap_err();
        (refusal.line, refusal.field.clone().unwrap_or_default(), refusal.wrong)
    };
    let cell = |text: &str| text.to_owned();
    for (text, wanted) in [
        ("", (None, "", Wrong::Empty)),
        ("just some words\nand more\n", (None, "", Wrong::NotAStatement)),
        ("Date,Amount\n", (None, "", Wrong::NoEntries)),
        (
            "Date,Amount\n2026-10-19,1.5\n2026-10-20,much\n",
            (Some(3), "Amount", Wrong::NotAnAmount(cell("much"))),
        ),
        (
            "Date,Amount\n2026-10-19,1.5\n2026-10-20,1.234.5\n",
            (Some(3), "Amount", Wrong::NotAnAmount(cell("1.234.5"))),
        ),
        (
            "Date,Amount\n2026-10-19,1.555\n2026-10-19,1.5\n",
            (Some(2), "Amount", Wrong::TooFine(cell("1.555"))),
        ),
        (
            "Date,Amount\n2026-10-19,1.5\n2026-13-20,2\n",
            (Some(3), "Date", Wrong::NotADate(cell("2026-13-20"))),
        ),
        (
            "Date,Amount,Currency\n2026-10-19,1.5,EUR\n2026-10-20,1.5,EUROS\n",
            (Some(3), "Currency", Wrong::NotACurrency(cell("EUROS"))),
        ),
        (
            "Date,Amount,D/C\n2026-10-19,1.5,maybe\n",
            (Some(2), "D/C", Wrong::NotASide(cell("maybe"))),
        ),
        (
            "Date,Credit,Debit\n2026-10-19,1.5,2\n",
            (Some(2), "Debit", Wrong::BothSides),
        ),
        ("<OFX><BANKTRANLIST><STMTTRN><TRNAMT>1", (None, "", Wrong::CutShort)),
        (
            "<OFX><CURDEF>EUR\n<STMTTRN>\n<TRNAMT>1\n</STMTTRN></OFX>",
            (Some(2), "DTPOSTED", Wrong::FieldMissing),
        ),
        (
            "<OFX><CURDEF>EUR\n<STMTTRN><DTPOSTED>20261019\n<TRNAMT>1,000.00\n</STMTTRN></OFX>",
            (Some(3), "TRNAMT", Wrong::NotAnAmount(cell("1,000.00"))),
        ),
        (
            "<OFX><CURDEF>EUR\n<STMTTRN><DTPOSTED>20261319\n<TRNAMT>1\n</STMTTRN></OFX>",
            (Some(2), "DTPOSTED", Wrong::NotADate(cell("20261319"))),
        ),
    ] {
        let (line, field, wrong) = wanted;
        assert_eq!(refused(text), (line, field.to_owned(), wrong), "{text}");
    }
    let open = format!("Date,Amount\n2026-10-19,\"1.5\n{}", "2026-10-20,2\n".repeat(40));
    assert_eq!(refused(&open).2, Wrong::OpenQuote);
    let whole = |bytes: Vec<u8>| read(&bytes, &euros()).unwrap_err().wrong;
    assert_eq!(whole(b"PK\x03\x04 a workbook".to_vec()), Wrong::NotText);
    assert_eq!(whole(b"%PDF-1.7".to_vec()), Wrong::NotText);
    assert_eq!(
        whole(vec![b'a'; usize::try_from(MOST_BYTES).unwrap() + 1]),
        Wrong::TooLarge
    );
    // A refusal names the file, too.
    let refusal = read_as("Date,Amount\n2026-10-19,much\n", &euros())
        .unwrap_err()
        .text("october.csv");
    assert_eq!(refusal.id, "bank-file-not-an-amount");
    let names: Vec<&str> = refusal.args.keys().map(String::as_str).collect();
    assert_eq!(names, ["cell", "field", "file", "line"]);
}

const SGML: &str = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX>\n<BANKMSGSRSV1><STMTTRNRS><STMTRS>\n<CURDEF>EUR\n<BANKACCTFROM>\n<BANKID>30004\n<ACCTID>00012345678\n</BANKACCTFROM>\n<BANKTRANLIST>\n<DTSTART>20261001\n<STMTTRN>\n<TRNTYPE>CREDIT\n<DTPOSTED>20261019120000.000[+1:CET]\n<TRNAMT>85.00\n<FITID>1\n<NAME>AMAZON &amp; CO\n<MEMO>\n</STMTTRN>\n<STMTTRN>\n<TRNTYPE>DEBIT\n<DTPOSTED>20261020\n<TRNAMT>-1200,50\n<FITID>2\n<NAME>Rent\n</STMTTRN>\n</BANKTRANLIST>\n</STMTRS></STMTTRNRS></BANKMSGSRSV1>\n</OFX>\n";

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<?OFX OFXHEADER="200" VERSION="220"?>
<!-- made by a bank -->
<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR</CURDEF>
<CCACCTFROM><ACCTID>4111111111111111</ACCTID></CCACCTFROM><BANKTRANLIST>
<STMTTRN><DTPOSTED>20261019</DTPOSTED><TRNAMT>85.00</TRNAMT><NAME><![CDATA[AMAZON & CO]]></NAME></STMTTRN>
<STMTTRN><DTPOSTED>20261020</DTPOSTED><TRNAMT>-1200.50</TRNAMT><NAME>Rent</NAME>
<ORIGCURRENCY><CURRATE>1.1</CURRATE><CURSYM>USD</CURSYM></ORIGCURRENCY></STMTTRN>
<STMTTRN><DTPOSTED>20261021</DTPOSTED><TRNAMT>10</TRNAMT><NAME>Dollars</NAME>
<CURRENCY><CURRATE>1.1</CURRATE><CURSYM>USD</CURSYM></CURRENCY></STMTTRN>
</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>"#;

#[test]
fn set_53_ofx_of_both_kinds_is_read_and_account_numbers_are_passed_over() {
    let sgml = read_as(SGML, &Chosen::default()).unwrap();
    assert_eq!(
        told(&sgml),
        ["16 2026-10-19 85.00 EUR AMAZON & CO", "24 2026-10-20 -1200.50 EUR Rent"]
    );
    let xml = read_as(XML, &Chosen::default()).unwrap();
    assert_eq!(
        told(&xml),
        [
            "6 2026-10-19 85.00 EUR AMAZON & CO",
            "7 2026-10-20 -1200.50 EUR Rent",
            "9 2026-10-21 10.00 USD Dollars"
        ]
    );
    for reading in [sgml, xml] {
        let kept = format!("{reading:?}");
        assert!(!kept.contains("12345678") && !kept.contains("411111"), "{kept}");
    }
    // Cut anywhere before its end, it is no statement and panics nowhere.
    for (at, _) in XML.char_indices().chain(SGML.char_indices()) {
        for text in [XML, SGML] {
            if let Some(part) = text.get(..at)
                && at + 6 < text.trim_end().len()
            {
                let _ = read_as(part, &Chosen::default());
            }
        }
    }
    assert_eq!(
        read_as(&SGML[..SGML.len() - 10], &Chosen::default()).unwrap_err().wrong,
        Wrong::CutShort
    );
}

fn on(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, day).unwrap()
}

fn deposit(settlement: &str, amount: &str, currency: Currency, day: u32) -> Deposit {
    Deposit {
        settlement: settlement.to_owned(),
        transfer: Money::new(amount.parse().unwrap(), currency),
        first: Some(on(1)),
        day: on(day),
    }
}

fn entry(line: u64, amount: &str, currency: Currency, day: u32) -> Entry {
    Entry {
        line,
        date: on(day),
        amount: Money::new(amount.parse().unwrap(), currency),
        said: String::new(),
    }
}

fn in_words(found: &Found<'_>) -> String {
    match found {
        Found::One(entry) => format!("one {}", entry.line),
        Found::Several(entries) => format!("several {:?}", entries.iter().map(|one| one.line).collect::<Vec<_>>()),
        Found::Shared(entry, other) => format!("shared {} {other}", entry.line),
        Found::OtherDay(entry) => format!("other day {}", entry.line),
        Found::WentOut(entry) => format!("went out {}", entry.line),
        Found::OtherCurrency(currency) => format!("other currency {currency}"),
        Found::Nothing => "nothing".to_owned(),
    }
}

#[test]
fn set_53_only_what_is_one_on_either_side_is_proposed_and_all_else_has_its_reason() {
    use Currency as C;
    let deposits = [
        deposit("1", "85.00", C::EUR, 16),
        deposit("2", "40.00", C::EUR, 16),
        deposit("3", "50.00", C::EUR, 16),
        deposit("4", "50.00", C::EUR, 18),
        deposit("5", "60.00", C::EUR, 2),
        deposit("6", "70.00", C::EUR, 16),
        deposit("7", "85.00", C::GBP, 16),
        deposit("8", "90.00", C::EUR, 16),
    ];
    let entries = [
        entry(2, "85.00", C::EUR, 19),
        entry(3, "40.0", C::EUR, 17),
        entry(4, "40.00", C::EUR, 20),
        entry(5, "50.00", C::EUR, 19),
        entry(6, "60.00", C::EUR, 30),
        entry(7, "-70.00", C::EUR, 19),
        entry(8, "89.99", C::EUR, 16),
    ];
    let found = |entries: &[Entry], taken: &[Taken]| -> Vec<String> {
        find(&deposits, entries, taken).iter().map(in_words).collect()
    };
    assert_eq!(
        found(&entries, &[]),
        [
            "one 2",
            "several [3, 4]",
            "shared 5 4",
            "shared 5 3",
            "other day 6",
            "went out 7",
            "other currency EUR",
            "nothing"
        ]
    );
    // An entry that stands for an earlier settlement already is no other's, be its day the statement's or about it.
    let taken = |amount: &str, day: u32| Taken {
        settlement: "0".to_owned(),
        received: Money::new(amount.parse().unwrap(), C::EUR),
        date: on(day),
    };
    let after = found(&entries, &[taken("40.00", 17), taken("85.00", 18)]);
    assert_eq!(after[..2], ["shared 2 0", "one 4"]);
    assert_eq!(found(&[], &[])[0], "nothing");
}

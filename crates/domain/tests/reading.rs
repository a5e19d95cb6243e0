//! Settlement files of every style, and what is said about the ones that are wrong (SET-05..09, CMN-10).
#![allow(
    clippy::unwrap_used,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "helpers of tests are tests"
)]

use std::io::Write;

use domain::settlement::read::{
    DayMonth, Gap, Layout, Limits, Nothing, Options, Reading, Sink, Stop, Warning, Wrong, read,
};
use domain::settlement::{Line, Posted};

const TITLES: [&str; 24] = [
    "settlement-id",
    "settlement-start-date",
    "settlement-end-date",
    "deposit-date",
    "total-amount",
    "currency",
    "transaction-type",
    "order-id",
    "merchant-order-id",
    "adjustment-id",
    "shipment-id",
    "marketplace-name",
    "amount-type",
    "amount-description",
    "amount",
    "fulfillment-id",
    "posted-date",
    "posted-date-time",
    "order-item-code",
    "merchant-order-item-id",
    "merchant-adjustment-item-id",
    "sku",
    "quantity-purchased",
    "promotion-id",
];

/// A file of rows, each told as `title=value` pairs.
fn file(rows: &[&[(&str, &str)]]) -> String {
    file_in_order(&TITLES, rows)
}

fn file_in_order(titles: &[&str], rows: &[&[(&str, &str)]]) -> String {
    let mut text = titles.join("\t");
    for row in rows {
        text.push('\n');
        let cell = |title: &&str| row.iter().find(|(own, _)| own == title).map_or("", |(_, value)| value);
        text.push_str(&titles.iter().map(cell).collect::<Vec<_>>().join("\t"));
    }
    text.push('\n');
    text
}

fn head<'a>(id: &'a str, total: &'a str, currency: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("settlement-id", id),
        ("settlement-start-date", "2026-10-01 00:00:00 UTC"),
        ("settlement-end-date", "2026-10-15 00:00:00 UTC"),
        ("deposit-date", "2026-10-16 00:00:00 UTC"),
        ("total-amount", total),
        ("currency", currency),
    ]
}

fn line<'a>(id: &'a str, description: &'a str, amount: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("settlement-id", id),
        ("transaction-type", "Order"),
        ("order-id", "111-1"),
        ("marketplace-name", "Amazon.com"),
        ("amount-type", "ItemPrice"),
        ("amount-description", description),
        ("amount", amount),
        ("posted-date-time", "2026-10-02 01:02:03 UTC"),
        ("sku", "MUG"),
    ]
}

fn good() -> String {
    file(&[
        &head("7", "17.00", "USD"),
        &line("7", "Principal", "20.00"),
        &line("7", "Shipping", "-3.00"),
    ])
}

fn check(bytes: impl AsRef<[u8]>) -> Reading {
    read(&bytes.as_ref().to_vec(), &Options::default(), &mut Nothing)
}

fn lines(bytes: impl AsRef<[u8]>) -> Vec<Line> {
    let mut lines: Vec<(String, Line)> = Vec::new();
    let reading = read(&bytes.as_ref().to_vec(), &Options::default(), &mut lines);
    assert_eq!(reading.refusals, []);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The only thing wrong: its line, column, code and kind.
fn wrong(bytes: impl AsRef<[u8]>) -> (Option<u64>, Option<String>, &'static str, Wrong) {
    let reading = check(bytes);
    assert!(!reading.is_proved());
    let [refusal] = &reading.refusals[..] else {
        panic!("{:?}", reading.refusals)
    };
    assert!(!refusal.to_string().is_empty());
    (
        refusal.line,
        refusal.column.clone(),
        refusal.code(),
        refusal.wrong.clone(),
    )
}

fn sums(reading: &Reading) -> Vec<String> {
    reading
        .settlements
        .iter()
        .map(|one| format!("{} {} {}", one.header.id, one.text(one.sum), one.balanced))
        .collect()
}

#[test]
fn set_05_titles_match_loosely_and_new_columns_are_kept() {
    let loose = good()
        .replace("settlement-id", "\u{feff}Settlement ID")
        .replace("amount-type", "AMOUNT_TYPE");
    assert!(check(&loose).is_proved());
    let more = good()
        .lines()
        .map(|row| format!("{row}\tnew"))
        .collect::<Vec<_>>()
        .join("\n")
        .replacen("\tnew", "\tnew-column", 1);
    assert_eq!(lines(&more)[0].extra, [("new-column".to_owned(), "new".to_owned())]);
    assert_eq!(check(&more).warnings, [Warning::ExtraColumns("new-column".to_owned())]);
}

#[test]
fn set_05_a_missing_optional_column_is_allowed_a_mandatory_one_is_named() {
    let rows: [&[(&str, &str)]; 2] = [&head("7", "20.00", "USD"), &line("7", "Principal", "20.00")];
    let few: Vec<&str> = TITLES
        .iter()
        .copied()
        .filter(|title| *title != "sku" && *title != "promotion-id")
        .collect();
    assert!(check(file_in_order(&few, &rows)).is_proved());
    let missing: Vec<&str> = TITLES
        .iter()
        .copied()
        .filter(|title| *title != "amount-description")
        .collect();
    let (line, column, code, what) = wrong(file_in_order(&missing, &rows));
    assert_eq!(
        (line, column.as_deref(), code, what),
        (
            Some(1),
            Some("amount-description"),
            "SCHEMA_CHANGED",
            Wrong::ColumnMissing
        )
    );
}

#[test]
fn set_06_every_encoding_reads_the_same() {
    let text = good().replace("MUG", "青いマグカップ");
    let bytes = encoding_rs::SHIFT_JIS.encode(&text).0.into_owned();
    assert_eq!(check(&bytes).encoding, "Shift_JIS");
    assert_eq!(lines(&bytes)[0].sku, "青いマグカップ");
    let text = good().replace("MUG", "Thé à l’étui");
    let bytes = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
    assert_eq!(check(&bytes).encoding, "windows-1252");
    assert_eq!(lines(&bytes)[0].sku, "Thé à l’étui");
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(check(&wide).encoding, "UTF-16LE");
    assert_eq!(lines(&wide)[0].sku, "Thé à l’étui");
    assert_eq!(lines(&wide[2..])[0].sku, "Thé à l’étui", "without a mark at the start");
    let forced = Options {
        encoding: Some(encoding_rs::WINDOWS_1252),
        ..Options::default()
    };
    assert_eq!(
        read(&good().into_bytes(), &forced, &mut Nothing).encoding,
        "windows-1252"
    );
}

#[test]
fn set_06_the_decimal_mark_is_the_files_not_the_cells() {
    // `1.234` alone could be either; another cell of the file tells.
    let german = file(&[
        &head("7", "1.239,50", "EUR"),
        &line("7", "Principal", "1.234"),
        &line("7", "Shipping", "5,5"),
    ]);
    assert_eq!(sums(&check(&german)), ["7 1239.50 true"]);
    assert!(check(&german).decimal_comma);
    let late = file(&[
        &head("7", "1.234", "EUR"),
        &line("7", "Principal", "1.233"),
        &line("7", "Shipping", "0,50"),
        &line("7", "Tax", "0,50"),
    ]);
    assert_eq!(sums(&check(&late)), ["7 1234.00 true"]);
    let yen = file(&[&head("7", "1,234", "JPY"), &line("7", "Principal", "1,234")]);
    assert_eq!(sums(&check(&yen)), ["7 1234 true"]);
    let mixed = file(&[
        &head("7", "25.00", "EUR"),
        &line("7", "Principal", "20.00"),
        &line("7", "Shipping", "5,00"),
    ]);
    let (line, column, code, what) = wrong(mixed);
    assert_eq!(
        (line, column.as_deref(), code, what),
        (Some(4), Some("amount"), "PARSE", Wrong::NotAnAmount("5,00".into()))
    );
}

#[test]
fn set_06_parentheses_and_thousands_of_re_saved_files() {
    let text = file(&[
        &head("7", "\"1,229.00\"", "USD"),
        &line("7", "Principal", "1,234.00"),
        &line("7", "Shipping", "(5.00)"),
    ]);
    assert_eq!(sums(&check(text)), ["7 1229.00 true"]);
}

#[test]
fn cmn_10_day_and_month_are_decided_by_the_whole_file() {
    let with =
        |start: &'static str, end: &'static str, first: &'static str, second: &'static str, market: &'static str| {
            let mut summary = head("7", "3.00", "USD");
            (summary[1].1, summary[2].1, summary[3].1) = (start, end, end);
            let (mut one, mut two) = (line("7", "Principal", "1.00"), line("7", "Shipping", "2.00"));
            (one[7].1, two[7].1, one[3].1, two[3].1) = (first, second, market, market);
            let mut read_lines: Vec<(String, Line)> = Vec::new();
            let reading = read(
                &file(&[&summary, &one, &two]).into_bytes(),
                &Options::default(),
                &mut read_lines,
            );
            let days: Vec<String> = read_lines
                .iter()
                .filter_map(|(_, line)| line.posted)
                .map(Posted::iso)
                .collect();
            (days, reading)
        };
    // A value above 12 further down decides for the first row too.
    let (days, _) = with("01/10/2026", "15/10/2026", "03/10/2026", "13/10/2026", "Amazon.de");
    assert_eq!(days, ["2026-10-03", "2026-10-13"]);
    // The period decides: 3 October is in it, 10 March is not.
    let (days, reading) = with("10/01/2026", "10/12/2026", "10/03/2026", "10/04/2026", "Amazon.de");
    assert_eq!(days, ["2026-10-03", "2026-10-04"]);
    assert_eq!(reading.warnings, []);
    // Nothing but the marketplace is left, and that is said.
    let (days, reading) = with("10/10/2026", "10/10/2026", "10/10/2026", "10/10/2026", "Amazon.com");
    assert_eq!(days, ["2026-10-10", "2026-10-10"]);
    assert_eq!(reading.warnings, [Warning::OrderOfDayAndMonthAssumed]);
    let (_, reading) = with("10/10/2026", "10/10/2026", "10/10/2026", "10/10/2026", "");
    assert!(
        matches!(reading.refusals[0].wrong, Wrong::AmbiguousDate(_)),
        "without any clue a person is asked"
    );
    let told = Options {
        order: Some(DayMonth::DayFirst),
        ..Options::default()
    };
    let text = good().replace("2026-10-02 01:02:03 UTC", "03/04/2026");
    let mut read_lines: Vec<(String, Line)> = Vec::new();
    assert!(read(&text.into_bytes(), &told, &mut read_lines).is_proved());
    assert_eq!(read_lines[0].1.posted.map(Posted::iso).as_deref(), Some("2026-04-03"));
}

#[test]
fn t3_set_07_identical_rows_are_kept() {
    let twice = line("7", "Principal", "10.00");
    let text = file(&[&head("7", "20.00", "USD"), &twice, &twice]);
    let lines = lines(text);
    assert_eq!(
        lines
            .iter()
            .map(|line| (line.number, line.ten_thousandths))
            .collect::<Vec<_>>(),
        [(3, 100_000), (4, 100_000)]
    );
}

#[test]
fn set_08_concatenated_settlements_are_split_by_id() {
    let second = file(&[&head("8", "5.00", "USD"), &line("8", "Principal", "5.00")]);
    let second_rows: Vec<&str> = second.lines().skip(1).collect();
    let both = format!("{}{}\n", good(), second_rows.join("\n"));
    assert_eq!(sums(&check(both)), ["7 17.00 true", "8 5.00 true"]);
    let one_wrong = format!(
        "{}{}\n",
        good(),
        second_rows.join("\n").replace("5.00\tUSD", "6.00\tUSD")
    );
    let reading = check(one_wrong);
    assert_eq!(sums(&reading), ["7 17.00 true", "8 5.00 false"]);
    assert_eq!((reading.refusals.len(), reading.refusals[0].line), (1, Some(5)));
}

#[test]
fn t1_set_08_files_joined_with_their_titles_are_split_too() {
    let second = file(&[&head("8", "5.00", "USD"), &line("8", "Principal", "5.00")]);
    let joined = format!("{}\u{feff}{second}", good());
    assert_eq!(sums(&check(joined)), ["7 17.00 true", "8 5.00 true"]);
    let others: Vec<&str> = TITLES.iter().copied().filter(|title| *title != "sku").collect();
    let of_another_shape = file_in_order(&others, &[&head("8", "5.00", "USD"), &line("8", "Principal", "5.00")]);
    let (line, _, code, what) = wrong(format!("{}{of_another_shape}", good()));
    assert_eq!((line, code, what), (Some(5), "SCHEMA_CHANGED", Wrong::TitlesChanged));
}

#[test]
fn a_payout_row_and_a_repeated_total_row_are_no_part_of_the_sum() {
    let mut payout = line("7", "To your account", "-17.00");
    (payout[1].1, payout[4].1) = ("Transfer", "Transfer");
    let with_payout = file(&[
        &head("7", "17.00", "USD"),
        &line("7", "Principal", "20.00"),
        &line("7", "Shipping", "-3.00"),
        &payout,
        &head("7", "17.00", "USD"),
    ]);
    let reading = check(&with_payout);
    assert_eq!(sums(&reading), ["7 17.00 true"]);
    assert_eq!(
        (reading.settlements[0].lines, &reading.warnings[..]),
        (2, &[Warning::Payout(5)][..])
    );
    assert_eq!(lines(&with_payout).len(), 2, "nothing of it is kept");
    // A reserve of the same size is a part of the sum like any other.
    let reserve = with_payout.replace("To your account", "Current Reserve Amount");
    assert!(!check(reserve).is_proved());
}

#[test]
fn set_08_a_cut_file_is_never_proved() {
    let whole = good();
    let mut cut = 0;
    for end in whole.find('\n').unwrap() + 2..whole.len() - 1 {
        let reading = check(&whole.as_bytes()[..end]);
        // Only trailing empty cells of the last row may be missing without being noticed as a wrong sum.
        assert!(!reading.is_proved() || whole[end..].trim().is_empty(), "cut at {end}");
        cut += 1;
    }
    assert!(cut > 100);
    let (line, column, code, what) = wrong(&whole[..whole.len() - 40]);
    assert_eq!(
        (line, code, what),
        (Some(4), "SETTLEMENT_INCONSISTENT", Wrong::CutShort)
    );
    assert!(column.is_some());
}

#[test]
fn set_09_a_wrong_sum_is_named_with_the_missing_amount() {
    let (line, column, code, what) = wrong(good().replace("17.00", "16.98"));
    assert_eq!(
        (line, column.as_deref(), code),
        (Some(2), Some("total-amount"), "SETTLEMENT_INCONSISTENT")
    );
    let wanted = Wrong::DoesNotAddUp(Box::new(Gap {
        settlement: "7".into(),
        declared: "16.98".into(),
        sum: "17.00".into(),
        difference: "0.02".into(),
    }));
    assert_eq!(what, wanted);
    assert_eq!(
        check(good().replace("17.00", "16.98")).settlements[0]
            .difference()
            .unwrap()
            .to_string(),
        "0.02"
    );
}

#[test]
fn set_09_a_file_without_a_total_cannot_be_verified() {
    let (line, _, code, what) = wrong(good().replace("\t17.00\t", "\t\t"));
    assert_eq!(
        (line, code, what),
        (
            Some(2),
            "SETTLEMENT_INCONSISTENT",
            Wrong::NoTotal { settlement: "7".into() }
        )
    );
    assert_eq!(
        check(good().replace("\t17.00\t", "\t\t")).settlements[0]
            .header
            .declared_total,
        None
    );
}

#[test]
fn the_summary_row_is_known_by_its_total_not_by_an_empty_type() {
    // A fee row with an empty transaction type is a row like any other (amazon-sp-api.md §8.1).
    let mut fee = line("7", "FBA fee", "-3.00");
    fee[1].1 = "";
    let text = file(&[&head("7", "17.00", "USD"), &line("7", "Principal", "20.00"), &fee]);
    let reading = check(text);
    assert_eq!(
        (sums(&reading), reading.settlements[0].rows),
        (vec!["7 17.00 true".to_owned()], 2)
    );
}

#[test]
fn rows_of_every_shape() {
    let crlf = good().replace('\n', "\r\n");
    assert!(check(&crlf).is_proved());
    let old_mac = good().replace('\n', "\r");
    assert!(check(&old_mac).is_proved());
    let blank = good().replace('\n', "\n\n") + "\t\t\t\n";
    assert!(check(&blank).is_proved());
    let trimmed: String = good().lines().map(|row| format!("{}\n", row.trim_end())).collect();
    assert!(check(&trimmed).is_proved());
    assert_eq!(check(&trimmed).warnings, [Warning::ShortRows(3)]);
    let no_last_end = good();
    assert!(
        check(no_last_end.trim_end_matches('\n')).is_proved(),
        "a finished row without a line end is whole"
    );
}

#[test]
fn a_quote_in_a_tab_file_is_a_quote() {
    let text = good().replace("MUG", "5\" \"pipe");
    assert_eq!(lines(text)[0].sku, "5\" \"pipe");
}

#[test]
fn re_saved_with_commas_and_quotes() {
    let quoted = |row: &str| {
        row.split('\t')
            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
            .collect::<Vec<_>>()
            .join(",")
    };
    let text: String = good()
        .replace("MUG", "a, \"b\"")
        .lines()
        .map(|row| quoted(row) + "\r\n")
        .collect();
    let reading = check(&text);
    assert!(reading.is_proved());
    assert_eq!(reading.warnings, [Warning::Resaved]);
    assert_eq!(lines(&text)[0].sku, "a, \"b\"");
    let semicolons = file(&[&head("7", "5,50", "EUR"), &line("7", "Principal", "5,50")]).replace('\t', ";");
    assert_eq!(sums(&check(semicolons)), ["7 5.50 true"]);
}

#[test]
fn what_is_not_a_settlement_is_named() {
    assert_eq!(wrong("").3, Wrong::Empty);
    assert_eq!(wrong("hello\nworld\n").3, Wrong::NotASettlement);
    assert_eq!(wrong("order-id\tsku\n1\t2\n").3, Wrong::NotASettlement);
    assert_eq!(wrong("<?xml version=\"1.0\"?><AmazonEnvelope/>").3, Wrong::Xml);
    assert_eq!(wrong("<!DOCTYPE html><html></html>").3, Wrong::NotASettlement);
    assert_eq!(wrong(b"PK\x03\x04rest\n").3, Wrong::Spreadsheet);
    assert_eq!(wrong(good().lines().next().unwrap()).3, Wrong::NoRows);
    assert_eq!(wrong(vec![b'x'; 3 << 20]).3, Wrong::NotASettlement);
}

#[test]
fn cmn_10_every_bad_cell_names_its_line_and_column() {
    for (from, to, line, column) in [
        ("20.00", "twenty", 3, "amount"),
        ("20.00", "", 3, "amount"),
        ("20.00", "20.000000000001", 3, "amount"),
        ("\t17.00\t", "\t17.0.0\t", 2, "total-amount"),
        ("2026-10-16 00:00:00", "2026-10-46 00:00:00", 2, "deposit-date"),
        ("2026-10-02 01:02:03 UTC", "yesterday", 3, "posted-date-time"),
        ("USD", "US$", 2, "currency"),
    ] {
        let reading = check(good().replacen(from, to, 1));
        let first = &reading.refusals[0];
        assert_eq!(
            (first.line, first.column.as_deref(), first.code()),
            (Some(line), Some(column), "PARSE"),
            "{from} → {to}"
        );
        assert!(!reading.settlements.iter().any(|settlement| settlement.balanced));
    }
    let mut other = line("7", "Shipping", "-3.00");
    other.push(("currency", "EUR"));
    let text = file(&[&head("7", "17.00", "USD"), &line("7", "Principal", "20.00"), &other]);
    assert!(matches!(wrong(text).3, Wrong::TwoCurrencies { .. }));
}

#[test]
fn set_03_each_amount_of_a_v1_row_is_a_line() {
    let titles = [
        "settlement-id",
        "total-amount",
        "currency",
        "transaction-type",
        "order-id",
        "posted-date",
        "price-type",
        "price-amount",
        "item-related-fee-type",
        "item-related-fee-amount",
        "other-fee-amount",
        "other-fee-reason-description",
        "other-amount",
    ];
    let text = file_in_order(
        &titles,
        &[
            &[("settlement-id", "9"), ("total-amount", "10.50"), ("currency", "CAD")],
            &[
                ("settlement-id", "9"),
                ("transaction-type", "Order"),
                ("order-id", "701-1"),
                ("price-type", "Principal"),
                ("price-amount", "12.00"),
                ("item-related-fee-type", "Commission"),
                ("item-related-fee-amount", "-1.80"),
                ("posted-date", "2025-08-18T02:48:54+00:00"),
            ],
            &[
                ("settlement-id", "9"),
                ("transaction-type", "ServiceFee"),
                ("other-fee-amount", "-0.70"),
                ("other-fee-reason-description", "TaxAmount"),
                ("other-amount", "1.00   "),
            ],
            &[
                ("settlement-id", "9"),
                ("transaction-type", "Order"),
                ("order-id", "701-1"),
            ],
        ],
    );
    let reading = check(&text);
    assert_eq!(reading.layout, Some(Layout::V1));
    assert_eq!(
        (
            sums(&reading),
            reading.settlements[0].rows,
            reading.settlements[0].lines
        ),
        (vec!["9 10.50 true".to_owned()], 3, 4)
    );
    let told: Vec<String> = lines(&text)
        .iter()
        .map(|line| {
            format!(
                "{}.{} {}|{}|{} {}",
                line.number,
                line.part,
                line.transaction_type,
                line.amount_type,
                line.amount_description,
                line.amount()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "3.0 Order|ItemPrice|Principal 12",
            "3.1 Order|ItemFees|Commission -1.8",
            "4.2 ServiceFee|OtherFee|TaxAmount -0.7",
            "4.3 ServiceFee|other-transaction| 1"
        ]
    );
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

#[test]
fn set_04_gzip_is_read_as_it_is() {
    let bytes = packed(good().as_bytes());
    assert!(check(&bytes).is_proved());
    assert_eq!(wrong(&bytes[..bytes.len() - 12]).3, Wrong::BadGzip);
}

#[test]
fn s5_a_packed_file_may_not_unpack_without_end() {
    let bomb = packed(&vec![b'0'; 32 << 20]);
    assert_eq!(wrong(&bomb).3, Wrong::Bomb);
    let small = Options {
        limits: Limits {
            unpacked_bytes: 100,
            ..Limits::default()
        },
        ..Options::default()
    };
    let reading = read(&packed(good().as_bytes()), &small, &mut Nothing);
    assert_eq!(reading.refusals[0].wrong, Wrong::Bomb);
}

#[test]
fn a_taker_that_stops_is_never_told_that_the_file_is_proved() {
    struct AfterOne(u32);
    impl Sink for AfterOne {
        fn line(&mut self, _: &str, _: &Line<&str>) -> Result<(), Stop> {
            self.0 += 1;
            if self.0 > 1 { Err(Stop) } else { Ok(()) }
        }
    }
    let reading = read(&good().into_bytes(), &Options::default(), &mut AfterOne(0));
    assert_eq!(
        reading.refusals.last().map(|refusal| refusal.wrong.clone()),
        Some(Wrong::Stopped)
    );
    assert!(!reading.settlements[0].balanced);
}

//! The published sample files, read where they are (decision 17): each proves to the cent.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::path::PathBuf;

use domain::settlement::read::{Layout, Nothing, Options, Reading, read};

fn sample(name: &str) -> Option<Vec<u8>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference");
    let root = std::env::var_os("PASSERELLE_REFERENCE").map_or_else(|| PathBuf::from(default), PathBuf::from);
    std::fs::read(root.join("samples/settlements").join(name)).ok()
}

fn check(name: &str, layout: Layout, comma: bool, currency: &str, total: &str, rows: u64) -> Option<Reading> {
    let Some(bytes) = sample(name) else {
        println!("skipped: {name} is not here");
        return None;
    };
    let reading = read(
        &bytes,
        &Options {
            by_order: true,
            ..Options::default()
        },
        &mut Nothing,
    );
    assert_eq!(reading.refusals, [], "{name}");
    let [settlement] = &reading.settlements[..] else {
        panic!("{name}: one settlement expected")
    };
    assert!(settlement.balanced);
    assert_eq!(reading.layout, Some(layout));
    assert_eq!(reading.decimal_comma, comma);
    assert_eq!(settlement.header.currency.code(), currency);
    assert_eq!(settlement.text(settlement.sum), total);
    assert_eq!(settlement.rows, rows);
    let parts = settlement.by_type.iter().map(|total| total.total).sum();
    assert_eq!(settlement.sum, parts, "the kinds add up to the whole");
    assert_eq!(
        settlement.sum,
        settlement.by_marketplace.iter().map(|total| total.total).sum()
    );
    Some(reading)
}

#[test]
fn set_03_a_real_negative_v1_file_proves() {
    let Some(reading) = check("50011020300.txt", Layout::V1, false, "CAD", "-321.69", 3) else {
        return;
    };
    let settlement = &reading.settlements[0];
    assert_eq!(settlement.header.id, "23874396421");
    assert_eq!(settlement.lines, 3);
    assert_eq!(settlement.header.start.unwrap().iso(), "2025-06-05T22:07:18Z");
}

#[test]
fn set_03_a_real_v1_file_with_several_amounts_in_a_row_proves() {
    let Some(reading) = check("50034020328.txt", Layout::V1, false, "CAD", "1016.08", 189) else {
        return;
    };
    let settlement = &reading.settlements[0];
    // Three rows hold an advertising charge and its tax; a row without any amount is no line.
    let by = |amount_type: &str, description: &str| {
        let found = settlement
            .by_type
            .iter()
            .find(|total| total.triple[1] == amount_type && total.triple[2] == description);
        found.map(|total| (total.lines, settlement.text(total.total)))
    };
    assert_eq!(by("OtherFee", "TaxAmount").map(|(lines, _)| lines), Some(3));
    assert_eq!(
        by("ShipmentFees", "FBA transportation fee"),
        Some((1, "-7.88".to_owned()))
    );
    assert_eq!(by("ItemPrice", "Principal").map(|(lines, _)| lines), Some(39));
    assert_eq!(settlement.lines, 153);
}

#[test]
fn set_06_german_marks_and_dates_prove() {
    check("25625364862.txt", Layout::V2, true, "EUR", "302.65", 48);
    check("25624439742.txt", Layout::V2, true, "EUR", "1488.60", 241);
}

#[test]
fn set_09_reserve_lines_are_part_of_the_sum() {
    check("28471003921.txt", Layout::V2, false, "USD", "582.89", 23);
}

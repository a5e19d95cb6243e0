//! `settlement check` on files of every kind that a seller may have: proved to the cent.

use std::path::PathBuf;

use serde_json::json;

use crate::layouts::{V1, V2, balanced, check, packed, proved};
use crate::program::passerelle;

#[test]
#[allow(clippy::too_many_lines, reason = "one row for each kind of file")]
fn t2_set_06_one_settlement_in_every_dress_is_the_same_settlement() {
    let folder = tempfile::tempdir().unwrap();
    let plain = balanced("8", &V2);
    let whole = proved(folder.path(), "plain.txt", &plain);
    assert_eq!(
        (&whole["declared_total"], &whole["sum_of_lines"]),
        (&json!("17.00"), &json!("17.00"))
    );
    assert_eq!(
        (&whole["rows"], &whole["lines"], &whole["layout"]),
        (&json!(4), &json!(4), &json!("v2"))
    );
    let wide = |big: bool| {
        let units = ["\u{feff}", plain.as_str()].concat();
        let bytes: Vec<u8> = units
            .encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect();
        bytes
    };
    let quoted = |row: &str, between: &str| {
        let cells: Vec<String> = row.split('\t').map(|cell| ["\"", cell, "\""].concat()).collect();
        cells.join(between)
    };
    let cp1252 = encoding_rs::WINDOWS_1252
        .encode(&plain.replace("MUG", "Théière à l’étui"))
        .0
        .into_owned();
    let shift_jis = encoding_rs::SHIFT_JIS
        .encode(
            &plain
                .replace("MUG", "青いマグカップ")
                .replace("17.00\tUSD", "17.00\tJPY"),
        )
        .0
        .into_owned();
    let wardrobe: Vec<(&str, Vec<u8>)> = vec![
        ("bom.txt", ["\u{feff}", plain.as_str()].concat().into_bytes()),
        ("utf16le.txt", wide(false)),
        ("utf16be.txt", wide(true)),
        ("utf16-without-mark.txt", wide(false).split_off(2)),
        ("cp1252.txt", cp1252),
        ("shift-jis.txt", shift_jis),
        ("crlf.txt", plain.replace('\n', "\r\n").into_bytes()),
        ("cr.txt", plain.replace('\n', "\r").into_bytes()),
        ("no-last-line-end.txt", plain.trim_end_matches('\n').as_bytes().to_vec()),
        ("blank-lines.txt", plain.replace('\n', "\n\n").into_bytes()),
        (
            "quote-in-a-sku.txt",
            plain.replace("MUG", "1\" pipe, \"blue").into_bytes(),
        ),
        ("gzip.txt.gz", packed(plain.as_bytes())),
        (
            "gzip-in-two-members.gz",
            [packed(&plain.as_bytes()[..700]), packed(&plain.as_bytes()[700..])].concat(),
        ),
        (
            "re-saved-with-commas.csv",
            plain
                .lines()
                .map(|row| quoted(row, ",") + "\r\n")
                .collect::<String>()
                .into_bytes(),
        ),
        (
            "re-saved-with-semicolons.csv",
            plain
                .lines()
                .map(|row| quoted(row, ";") + "\r\n")
                .collect::<String>()
                .into_bytes(),
        ),
        (
            "re-saved-with-quotes-and-tabs.txt",
            plain
                .lines()
                .map(|row| quoted(row, "\t") + "\r\n")
                .collect::<String>()
                .into_bytes(),
        ),
        (
            "loud-titles.txt",
            plain
                .replacen("settlement-id", "Settlement ID", 1)
                .replacen("amount-type", "AMOUNT_TYPE", 1)
                .into_bytes(),
        ),
        ("german.txt", plain.replace(".00", ",00").into_bytes()),
        (
            "american.txt",
            plain
                .replace("-5.00", "(5.00)")
                .replace("17.00", "\"17.00\"")
                .into_bytes(),
        ),
    ];
    for (name, bytes) in wardrobe {
        let found = proved(folder.path(), name, &bytes);
        for same in [
            "declared_total",
            "sum_of_lines",
            "rows",
            "lines",
            "by_order",
            "by_marketplace",
            "start",
            "settlement_id",
        ] {
            assert_eq!(found[same], whole[same], "{same} of {name}");
        }
    }
    let german = proved(folder.path(), "german.txt", plain.replace(".00", ",00"));
    assert_eq!(german["decimal_comma"], true);
}

#[test]
fn set_03_v1_with_decimal_commas_and_a_negative_deposit() {
    let folder = tempfile::tempdir().unwrap();
    let found = proved(folder.path(), "v1.txt", balanced("9", &V1));
    assert_eq!(
        (&found["layout"], &found["declared_total"], &found["decimal_comma"]),
        (&json!("v1"), &json!("-1204.50"), &json!(true))
    );
    assert_eq!((&found["rows"], &found["lines"]), (&json!(3), &json!(6)));
    let kinds: Vec<String> = found["by_type"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| {
            [
                kind["amount_type"].as_str().unwrap(),
                " ",
                kind["total"].as_str().unwrap(),
            ]
            .concat()
        })
        .collect();
    for wanted in [
        "ItemPrice 40.00",
        "ItemFees -6.00",
        "ShipmentFees -2.50",
        "Promotion -1.00",
        "MiscFee -1.00",
        "OtherFee -1234.00",
    ] {
        assert!(kinds.iter().any(|kind| kind == wanted), "{wanted} in {kinds:?}");
    }
}

#[test]
fn blank_marketplaces_repeated_totals_payouts_and_joined_files() {
    let folder = tempfile::tempdir().unwrap();
    let plain = balanced("8", &V2);
    let found = proved(folder.path(), "blank-marketplaces.txt", plain.replace("Amazon.com", ""));
    assert_eq!(
        found["by_marketplace"],
        json!([{"name": "", "lines": 4, "total": "17.00"}])
    );
    let summary = plain.lines().nth(1).unwrap();
    let again = proved(
        folder.path(),
        "repeated-total.txt",
        [plain.as_str(), summary, "\n"].concat(),
    );
    assert_eq!(again["rows"], 4);
    let payout = "8\t\t\t\t\t\tTransfer\t\t\t\t\t\tother-transaction\tTransfer to bank\t-17.00\t\t\t2026-10-17 01:02:03 UTC\t\t\t\t\t\t\n";
    let paid = proved(folder.path(), "payout.txt", [plain.as_str(), payout].concat());
    assert_eq!((&paid["sum_of_lines"], &paid["lines"]), (&json!("17.00"), &json!(4)));
    assert!(
        paid["warnings"].to_string().contains('7'),
        "the line is named: {}",
        paid["warnings"]
    );
    let joined = check(
        folder.path(),
        "joined.txt",
        [plain.as_str(), &balanced("9", &V2)].concat().as_bytes(),
    );
    assert_eq!(joined.code, 0, "{}", joined.out);
    assert_eq!(joined.json()["settlements"].as_array().unwrap().len(), 2, "T1");
    let on_each_row: String = plain
        .lines()
        .enumerate()
        .filter(|(index, _)| *index != 1)
        .map(|(index, row)| {
            if index == 0 {
                row.to_owned() + "\n"
            } else {
                row.replacen("\t\t\t\t\t\t", "\t\t\t\t17.00\tUSD\t", 1) + "\n"
            }
        })
        .collect();
    assert_eq!(
        proved(folder.path(), "total-on-each-row.txt", on_each_row)["declared_total"],
        "17.00"
    );
}

/// The published samples, read where they are (decision 17).
#[test]
fn the_published_samples_prove_through_the_program() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference");
    let root = std::env::var_os("PASSERELLE_REFERENCE").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let samples = root.join("samples/settlements");
    let wanted = [
        ("50011020300.txt", "v1", "-321.69", "CAD"),
        ("50034020328.txt", "v1", "1016.08", "CAD"),
        ("25625364862.txt", "v2", "302.65", "EUR"),
        ("25624439742.txt", "v2", "1488.60", "EUR"),
        ("28471003921.txt", "v2", "582.89", "USD"),
    ];
    if !samples.is_dir() {
        println!("skipped: no samples at {}", samples.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<String> = wanted
        .iter()
        .map(|(name, ..)| samples.join(name).to_str().unwrap().to_owned())
        .collect();
    let mut words = vec!["settlement", "check", "--json"];
    words.extend(files.iter().map(String::as_str));
    let ran = passerelle(folder.path(), &words);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let document = ran.json();
    for ((name, layout, total, currency), found) in wanted.iter().zip(document["settlements"].as_array().unwrap()) {
        assert_eq!(
            [
                &found["layout"],
                &found["sum_of_lines"],
                &found["declared_total"],
                &found["currency"]
            ],
            [&json!(layout), &json!(total), &json!(total), &json!(currency)],
            "{name}"
        );
    }
    words.splice(1..3, ["import"]);
    words.extend(["--demo", "--quiet"]);
    let imported = passerelle(folder.path(), &words);
    assert!(matches!(imported.code, 0 | 1), "{imported:?}");
    let listed = passerelle(folder.path(), &["export", "settlements", "--demo", "--format", "json"]).json();
    let ids: Vec<&str> = listed["settlements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["settlement_id"].as_str().unwrap())
        .collect();
    for found in document["settlements"].as_array().unwrap() {
        assert!(ids.contains(&found["settlement_id"].as_str().unwrap()), "{ids:?}");
    }
}

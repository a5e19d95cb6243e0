//! `settlement check` on files that are cut, unbalanced or something else: refused with line and cure.

use crate::layouts::{V1, V2, balanced, packed, refused};
use crate::program::passerelle;

#[test]
#[allow(clippy::too_many_lines, reason = "one row for each kind of file")]
fn set_08_set_09_what_is_wrong_is_named_with_line_and_cure() {
    let folder = tempfile::tempdir().unwrap();
    let plain = balanced("8", &V2);
    let without = |title: &str| {
        let at = plain
            .lines()
            .next()
            .unwrap()
            .split('\t')
            .position(|own| own == title)
            .unwrap();
        let rows = plain.lines().map(|row| {
            let cells: Vec<&str> = row
                .split('\t')
                .enumerate()
                .filter(|(index, _)| *index != at)
                .map(|(_, cell)| cell)
                .collect();
            cells.join("\t") + "\n"
        });
        rows.collect::<String>()
    };
    let gzip = packed(plain.as_bytes());
    let bomb = packed(&vec![b'0'; 32 << 20]);
    let inconsistent = "SETTLEMENT_INCONSISTENT";
    let cases: Vec<(&str, Vec<u8>, &str, Option<u64>)> = vec![
        (
            "cut.txt",
            plain.as_bytes()[..plain.len() - 60].to_vec(),
            inconsistent,
            Some(6),
        ),
        (
            "cut-between-lines.txt",
            plain
                .lines()
                .take(5)
                .map(|row| row.to_owned() + "\n")
                .collect::<String>()
                .into(),
            inconsistent,
            Some(2),
        ),
        (
            "unbalanced.txt",
            plain.replace("-3.00", "-3.01").into(),
            inconsistent,
            Some(2),
        ),
        (
            "no-total.txt",
            plain.replace("\t17.00\t", "\t\t").into(),
            inconsistent,
            Some(2),
        ),
        (
            "two-totals.txt",
            [
                plain.as_str(),
                plain.lines().nth(1).unwrap().replace("17.00", "18.00").as_str(),
                "\n",
            ]
            .concat()
            .into(),
            inconsistent,
            Some(7),
        ),
        (
            "titles-only.txt",
            [plain.lines().next().unwrap(), "\n"].concat().into(),
            inconsistent,
            Some(1),
        ),
        (
            "without-amount.txt",
            without("amount").into(),
            "SCHEMA_CHANGED",
            Some(1),
        ),
        (
            "without-amount-type.txt",
            without("amount-type").into(),
            "SCHEMA_CHANGED",
            Some(1),
        ),
        (
            "joined-with-v1.txt",
            [plain.as_str(), &balanced("9", &V1)].concat().into(),
            "SCHEMA_CHANGED",
            Some(7),
        ),
        (
            "orders.txt",
            b"amazon-order-id\tpurchase-date\n1\t2\n".to_vec(),
            "UNSUPPORTED",
            Some(1),
        ),
        (
            "prose.txt",
            b"Dear seller,\nhere is your money.\n".to_vec(),
            "UNSUPPORTED",
            Some(1),
        ),
        (
            "page.html",
            b"<!DOCTYPE html><html><body>Sign in</body></html>".to_vec(),
            "UNSUPPORTED",
            Some(1),
        ),
        (
            "report.xml",
            b"<?xml version=\"1.0\"?><AmazonEnvelope/>".to_vec(),
            "UNSUPPORTED",
            Some(1),
        ),
        (
            "book.xlsx",
            b"PK\x03\x04\x14\0\x06\0rest of it".to_vec(),
            "UNSUPPORTED",
            None,
        ),
        ("empty.txt", Vec::new(), "PARSE", None),
        ("cut.txt.gz", gzip[..gzip.len() - 20].to_vec(), "PARSE", None),
        ("bomb.gz", bomb, "UNSUPPORTED", None),
        (
            "words-for-money.txt",
            plain.replacen("20.00", "twenty", 1).into(),
            "PARSE",
            Some(3),
        ),
        (
            "floats.txt",
            plain.replacen("20.00", "19.999999999999998", 1).into(),
            "PARSE",
            Some(3),
        ),
        (
            "tab-in-a-sku.txt",
            plain.replacen("MUG", "MUG\tblue", 1).into(),
            "PARSE",
            Some(3),
        ),
        (
            "two-currencies.txt",
            plain.replacen("8\t\t\t\t\t\tOrder", "8\t\t\t\t\tEUR\tOrder", 1).into(),
            "PARSE",
            Some(3),
        ),
        (
            "no-id.txt",
            plain
                .replacen("\n8\t\t\t\t\t\tServiceFee", "\n\t\t\t\t\t\tServiceFee", 1)
                .into(),
            "PARSE",
            Some(5),
        ),
    ];
    for (name, bytes, code, line) in cases {
        let (found, at, message) = refused(folder.path(), name, &bytes);
        assert_eq!((found.as_str(), at), (code, line), "{name}: {message}");
    }
    let (_, _, message) = refused(folder.path(), "unbalanced.txt", plain.replace("-3.00", "-3.01"));
    assert!(
        message.contains("0.01") && message.contains("16.99"),
        "the missing amount: {message}"
    );
}

#[test]
fn what_cannot_be_opened_ends_with_2_and_the_others_are_still_told() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.txt");
    std::fs::write(&good, balanced("8", &V2)).unwrap();
    for missing in ["no-such-file.txt", folder.path().to_str().unwrap()] {
        let ran = passerelle(
            folder.path(),
            &["settlement", "check", good.to_str().unwrap(), missing, "--json"],
        );
        assert_eq!(ran.code, 2, "{ran:?}");
        let document = ran.json();
        assert_eq!(document["settlements"][0]["balanced"], true);
        assert_eq!(document["errors"][0]["file"], missing);
    }
    let french = passerelle(
        folder.path(),
        &["settlement", "check", good.to_str().unwrap(), "--lang", "fr"],
    );
    assert!(
        french.code == 0 && french.out.contains("somme de 4 montants"),
        "{french:?}"
    );
}

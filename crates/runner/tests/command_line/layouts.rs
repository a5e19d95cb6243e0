//! The two layouts of settlement files, as rows that add up, and what the program says about a file.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::program::{Ran, passerelle};

/// A layout with the titles that its rows fill.
pub struct Layout {
    titles: &'static str,
    rows: &'static [&'static str],
}

pub const V2: Layout = Layout {
    titles: "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\t\
             order-id\tmerchant-order-id\tadjustment-id\tshipment-id\tmarketplace-name\tamount-type\tamount-description\tamount\t\
             fulfillment-id\tposted-date\tposted-date-time\torder-item-code\tmerchant-order-item-id\t\
             merchant-adjustment-item-id\tsku\tquantity-purchased\tpromotion-id",
    rows: &[
        "ID\t2026-10-01 07:00:00 UTC\t2026-10-15 07:00:00 UTC\t2026-10-17 07:00:00 UTC\t17.00\tUSD\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t",
        "ID\t\t\t\t\t\tOrder\t111-0000001-0000001\t\t\tS1\tAmazon.com\tItemPrice\tPrincipal\t20.00\tAFN\t2026-10-02\t2026-10-02 01:02:03 UTC\t1\t\t\tMUG\t1\t",
        "ID\t\t\t\t\t\tOrder\t111-0000001-0000001\t\t\tS1\tAmazon.com\tItemFees\tCommission\t-3.00\tAFN\t2026-10-02\t2026-10-02 01:02:03 UTC\t1\t\t\tMUG\t\t",
        "ID\t\t\t\t\t\tServiceFee\t\t\t\t\t\tCost of Advertising\tTransactionTotalAmount\t-5.00\t\t2026-10-03\t2026-10-03 01:02:03 UTC\t\t\t\t\t\t",
        "ID\t\t\t\t\t\tother-transaction\t\t\t\t\t\tother-transaction\tPrevious Reserve Amount Balance\t5.00\t\t2026-10-03\t2026-10-03 01:02:03 UTC\t\t\t\t\t\t",
    ],
};

pub const V1: Layout = Layout {
    titles: "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\t\
             order-id\tmerchant-order-id\tadjustment-id\tshipment-id\tmarketplace-name\tshipment-fee-type\tshipment-fee-amount\t\
             order-fee-type\torder-fee-amount\tfulfillment-id\tposted-date\torder-item-code\tmerchant-order-item-id\t\
             merchant-adjustment-item-id\tsku\tquantity-purchased\tprice-type\tprice-amount\titem-related-fee-type\t\
             item-related-fee-amount\tmisc-fee-amount\tother-fee-amount\tother-fee-reason-description\tpromotion-id\t\
             promotion-type\tpromotion-amount\tdirect-payment-type\tdirect-payment-amount\tother-amount",
    rows: &[
        "ID\t2025-06-05T22:07:18+00:00\t2025-06-19T22:07:18+00:00\t2025-06-21T22:07:18+00:00\t-1.204,50\tEUR\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t",
        "ID\t\t\t\t\t\tOrder\t302-0000001-0000001\t\t\tS1\tAmazon.de\tFBA transportation fee\t-2,50\t\t\tAFN\t2025-06-06T08:00:00+00:00\t1\t\t\tTASSE\t2\tPrincipal\t40,00\tCommission\t-6,00\t\t\t\tP1\tShipping\t-1,00\t\t\t",
        "ID\t\t\t\t\t\tInbound Transportation Fee\t\t\t\t\t\t\t\t\t\t\t2025-06-07T08:00:00+00:00\t\t\t\t\t\t\t\t\t\t\t-1.234,00\tFee\t\t\t\t\t\t",
        "ID\t\t\t\t\t\tAdjustment\t\t\t\t\t\t\t\t\t\t\t2025-06-07T08:00:00+00:00\t\t\t\t\t\t\t\t\t\t-1,00\t\t\t\t\t\t\t\t",
    ],
};

/// A file that adds up.
pub fn balanced(id: &str, layout: &Layout) -> String {
    let mut text = layout.titles.to_owned();
    for row in layout.rows {
        text.push('\n');
        text.push_str(&row.replacen("ID", id, 1));
    }
    text.push('\n');
    text
}

pub fn check(folder: &Path, name: &str, bytes: &[u8]) -> Ran {
    let file = folder.join(name);
    std::fs::write(&file, bytes).unwrap();
    let before: Vec<PathBuf> = names(folder);
    let ran = passerelle(
        &folder.join("workspace"),
        &["settlement", "check", file.to_str().unwrap(), "--json", "--lang", "en"],
    );
    assert_eq!(
        names(folder),
        before,
        "{name}: nothing is written, not even a workspace"
    );
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
    ran
}

pub fn names(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    names
}

/// Proved: what it says about its one settlement.
pub fn proved(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> Value {
    let ran = check(folder, name, bytes.as_ref());
    assert_eq!(ran.code, 0, "{name}: {}", ran.out);
    let document = ran.json();
    assert_eq!(document["errors"], json!([]), "{name}");
    let settlements = document["settlements"].as_array().unwrap();
    assert!(!settlements.is_empty());
    for settlement in settlements {
        assert_eq!(settlement["balanced"], true, "{name}");
        assert_eq!(settlement["difference"].as_str().unwrap().trim_matches(['0', '.']), "");
    }
    settlements[0].clone()
}

/// Refused: exit 1, and the first error, which names the file and says what to do.
pub fn refused(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> (String, Option<u64>, String) {
    let ran = check(folder, name, bytes.as_ref());
    assert_eq!(ran.code, 1, "{name}: {}{}", ran.out, ran.err);
    let document = ran.json();
    for settlement in document["settlements"].as_array().unwrap() {
        assert_eq!(settlement["balanced"], false, "{name}");
    }
    let first = &document["errors"][0];
    assert!(first["file"].as_str().unwrap().ends_with(name));
    let message = first["message"].as_str().unwrap().to_owned();
    assert!(
        !message.starts_with("settlement-file-"),
        "a sentence is missing: {message}"
    );
    assert!(
        message.matches(". ").count() + message.matches(": ").count() > 0,
        "cause and cure: {message}"
    );
    (
        first["code"].as_str().unwrap().to_owned(),
        first["line"].as_u64(),
        message,
    )
}

pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

//! The published sample files, from their bytes to balanced journals. Without the files the tests say `skipped`.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use common::{choices, invoice, planned, with};
use domain::settlement::classify::{Category, UserRow, Vocabulary};
use domain::settlement::group::Kind;
use domain::settlement::marketplace::{Attribution, Known};
use domain::settlement::plan::{Found, Input, To};
use domain::settlement::read::{Options, read};
use domain::settlement::{Group, Side, group};
use rust_decimal::Decimal;

fn sample(name: &str) -> Option<Vec<u8>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference");
    let root = std::env::var_os("PASSERELLE_REFERENCE").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let bytes = std::fs::read(root.join("samples/settlements").join(name)).ok();
    if bytes.is_none() {
        println!("skipped: {name} is not here");
    }
    bytes
}

/// Every order of the file with one bill of what its buyer paid, or, where only a refund is told, of what he got back.
fn billed(groups: &[Group]) -> BTreeMap<String, Found> {
    let mut paid: BTreeMap<String, (Decimal, Decimal)> = BTreeMap::new();
    for group in groups.iter().filter(|group| group.order.is_some()) {
        let buyers = |known: &&domain::settlement::group::Known| {
            matches!(known.category.side(), Side::Customer | Side::Withheld)
        };
        let amount: Decimal = group.lines.iter().filter(buyers).map(|known| known.line.amount()).sum();
        let (sold, back) = paid.entry(group.order.clone().unwrap()).or_default();
        match group.kind {
            Kind::Payment => *sold += amount,
            _ => *back -= amount,
        }
    }
    let bill = |(order, (sold, back)): (String, (Decimal, Decimal))| {
        let open = sold.max(Decimal::ZERO);
        let bill = invoice(&order, &open.max(back).to_string(), &open.to_string());
        (order, with(vec![bill]))
    };
    paid.into_iter().map(bill).collect()
}

fn booked(name: &str, zone: &str, marketplace: &str) {
    let Some(bytes) = sample(name) else { return };
    let mut lines = Vec::new();
    let reading = read(&bytes, &Options::default(), &mut lines);
    let header = reading.settlements[0].header.clone();
    let lines: Vec<_> = lines.into_iter().map(|(_, line)| line).collect();
    let count = lines.len();
    // The account sells on one marketplace with this currency, as its participations say.
    let around = Known {
        account: vec![marketplace.into()],
        ..Known::default()
    };
    let attribution = Attribution::new(&header, &lines, &around);
    // A micro deposit moves between balances: the seller has said once where to.
    let said = UserRow {
        pattern: ["Micro Deposit".into(), "other-transaction".into(), String::new()],
        category: Category::BalanceMovement,
        account: Some("acct.in_transit".into()),
    };
    let mut vocabulary = Vocabulary::new(vec![said]);
    let groups = group(&header, lines, &mut vocabulary, &attribution, zone.parse().unwrap());
    let known = || groups.iter().flat_map(|group| &group.lines);
    let unmapped: BTreeSet<String> = known()
        .filter(|known| known.category == Category::Unmapped)
        .map(|known| {
            format!(
                "{} | {} | {}",
                known.line.transaction_type, known.line.amount_type, known.line.amount_description
            )
        })
        .collect();
    assert_eq!(unmapped, BTreeSet::new(), "{name}: every kind is known");
    let nowhere = known().filter(|known| known.marketplace.is_none() && known.category.side() != Side::Balance);
    assert_eq!(nowhere.count(), 0, "{name}: every line is attributed");

    let mut found = billed(&groups);
    for bill in found.values_mut().flat_map(|found| &mut found.documents) {
        bill.currency = header.currency;
    }
    let input = Input {
        found,
        groups,
        choices: choices(zone),
        settlement: header.clone(),
    };
    let plan = planned(&input);
    assert_eq!(plan.held, [], "{name}");
    assert!(plan.variance.is_zero(), "{name}: {:#?}", plan.variance_lines);
    assert_eq!(plan.deposit.amount, header.declared_total.unwrap(), "{name}");
    assert_eq!(plan.destinations.len(), count, "{name}: each line is somewhere");
    assert!(plan.destinations.iter().all(|one| one.to != To::Variance), "{name}");
    let journals = plan.journals_to_post();
    assert!(!journals.is_empty() && journals.len() == plan.journals.len(), "{name}");
    let credits: Decimal = journals
        .iter()
        .flat_map(|journal| journal.lines())
        .map(|line| line.credit)
        .sum();
    assert!(credits.is_zero(), "{name}");
    assert!(
        journals
            .iter()
            .flat_map(|journal| journal.lines())
            .all(|line| line.account.is_some()),
        "{name}: every line has an account"
    );
}

#[test]
fn set_46_the_canadian_samples_are_attributed_and_journalled() {
    booked("50011020300.txt", "America/Los_Angeles", "A2EUQ1WTGCTBG2");
    booked("50034020328.txt", "America/Los_Angeles", "A2EUQ1WTGCTBG2");
}

#[test]
fn set_46_the_german_samples_are_attributed_and_journalled() {
    booked("25625364862.txt", "Europe/Berlin", "A1PA6795UKMFR9");
    booked("25624439742.txt", "Europe/Berlin", "A1PA6795UKMFR9");
}

#[test]
fn set_46_the_american_sample_is_attributed_and_journalled() {
    booked("28471003921.txt", "America/Los_Angeles", "ATVPDKIKX0DER");
}

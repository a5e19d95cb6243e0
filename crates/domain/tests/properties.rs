//! What is true of every settlement, whatever stands in it.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use std::collections::BTreeSet;

use common::{Story, invoice, planned, with};
use domain::settlement::plan::{Found, Input, SumBy, Summing};
use domain::settlement::read::{Nothing, Options, read};
use domain::settlement::waterfall::waterfall;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// One row of a settlement in few choices.
#[derive(Debug, Clone)]
struct Row {
    kind: usize,
    order: u8,
    cents: i64,
    day: u8,
}

const KINDS: &[&str] = &[
    "Order | # | ItemPrice | Principal",
    "Order | # | ItemPrice | Tax",
    "Order | # | ItemWithheldTax | MarketplaceFacilitatorTax-Principal",
    "Order | # | Promotion | Principal",
    "Order | # | ItemFees | Commission",
    "Refund | # | ItemPrice | Principal",
    "Refund | # | ItemPrice | Tax",
    "Refund | # | ItemFees | RefundCommission",
    "Chargeback Refund | # | ItemPrice | Goodwill",
    "other-transaction | | other-transaction | Storage Fee",
    "other-transaction | | other-transaction | Current Reserve Amount",
    "other-transaction | | other-transaction | Payable to Amazon",
    "other-transaction | | FBA Inventory Reimbursement | WAREHOUSE_LOST",
    "other-transaction | | other-transaction | Something new",
    "Liquidations | | ItemPrice | Principal",
];

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..KINDS.len(), 0..6_u8, -50_000..50_000_i64, 1..28_u8).prop_map(|(kind, order, cents, day)| Row {
        kind,
        order,
        cents,
        day,
    });
    proptest::collection::vec(row, 1..40)
}

/// What NetSuite has for each order: nothing, an order, an invoice that fits or not, one from before go-live.
fn found() -> impl Strategy<Value = Vec<(u8, i64)>> {
    proptest::collection::vec((0..6_u8, 0..50_000_i64), 6)
}

fn story(rows: &[Row]) -> Story {
    let total: i64 = rows.iter().map(|row| row.cents).sum();
    let text: Vec<String> = rows
        .iter()
        .map(|row| {
            let kind = KINDS[row.kind].replace('#', &format!("9-{}", row.order));
            let amount = Decimal::new(row.cents, 2);
            // Days of two months, so that journals are split.
            let month = if row.day % 2 == 0 { 9 } else { 10 };
            format!(
                "{kind} | {amount} | sku=S{} | posted=2026-{month:02}-{:02} 12:00:00 UTC",
                row.order, row.day
            )
        })
        .collect();
    let total = Box::leak(Decimal::new(total, 2).to_string().into_boxed_str());
    Story::us("5", total, &text.join("\n"))
}

fn input(rows: &[Row], found: &[(u8, i64)]) -> Input {
    let mut input = story(rows).input(vec![]);
    for (order, (kind, cents)) in found.iter().enumerate() {
        let total = Decimal::new(*cents, 2).to_string();
        let known = match kind {
            0 => Found::default(),
            1 => common::ordered(true),
            2 => common::ordered(false),
            3 => Found {
                before_go_live: true,
                ..Found::default()
            },
            4 => with(vec![invoice(&format!("i{order}"), &total, &total)]),
            _ => with(vec![invoice(&format!("i{order}"), &total, "0")]),
        };
        input.found.insert(format!("9-{order}"), known);
    }
    input
}

/// A plan is not cheap without optimisation: `PROPTEST_CASES=10000` asks for more.
fn plans() -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: asked.cases.max(400),
        ..asked
    }
}

proptest! {
    #![proptest_config(plans())]

    /// SET-56, SET-48: `planned` checks that the variance is named to the cent and that each journal balances.
    #[test]
    fn set_56_every_cent_is_somewhere(rows in rows(), found in found(), combine: bool, split: bool, on_invoice: bool) {
        let mut input = input(&rows, &found);
        input.choices.combine_same_account = combine;
        input.choices.split_months = split;
        if on_invoice {
            input.choices.tax = domain::settlement::plan::TaxMode::OnInvoice;
        }
        let plan = planned(&input);
        prop_assert_eq!(plan.outcomes.len(), input.groups.len());
        for journal in plan.journals_to_post() {
            prop_assert!(!journal.lines().is_empty());
        }
        // Planning again changes nothing.
        prop_assert_eq!(&plan, &planned(&input));
        // Accepting the variance opens the journal as soon as nothing else holds it.
        input.choices.accepted_variance = Some(plan.variance.amount);
        let accepted = planned(&input);
        prop_assert!(accepted.held.iter().all(|held| held.code != "VARIANCE"));
        prop_assert!(accepted.journals.iter().all(|draft| draft.balanced.is_some()));
    }

    /// SET-62: as totals too every cent is somewhere, and every line in one place.
    #[test]
    fn set_62_totals_balance_for_any_settlement(rows in rows(), found in found(), split: bool, on_invoice: bool, by in 0..4_usize) {
        let mut input = input(&rows, &found);
        input.choices.split_months = split;
        let ways = [SumBy::None, SumBy::Country, SumBy::ProductType, SumBy::SkuPrefix];
        input.choices.summing = Some(Summing { by: ways[by], prefix: 2, kinds: std::collections::BTreeMap::new() });
        if on_invoice {
            input.choices.tax = domain::settlement::plan::TaxMode::OnInvoice;
        }
        let plan = planned(&input);
        let places: BTreeSet<(u64, u8)> = plan.destinations.iter().map(|one| (one.number, one.part)).collect();
        prop_assert_eq!((places.len(), plan.destinations.len()), (rows.len(), rows.len()));
        // What nobody billed leaves no question about its order behind.
        let orders = plan.outcomes.iter().zip(&input.groups).filter(|(_, group)| {
            let found = group.order.as_ref().and_then(|order| input.found.get(order));
            group.order.is_some() && found.is_none_or(|found| found.documents.is_empty())
        });
        for (outcome, group) in orders {
            prop_assert!(outcome.code.as_deref().is_none_or(|code| code == "LINE_UNMAPPED"), "{:?} {:?}", outcome, group);
        }
    }

    #[test]
    fn set_20_each_line_is_in_exactly_one_group(rows in rows()) {
        let (_, groups) = story(&rows).groups();
        let numbers: Vec<u64> = groups.iter().flat_map(|group| group.lines.iter().map(|known| known.line.number)).collect();
        let once: BTreeSet<u64> = numbers.iter().copied().collect();
        prop_assert_eq!((numbers.len(), once.len()), (rows.len(), rows.len()));
        let net: Decimal = groups.iter().map(domain::settlement::Group::net).sum();
        prop_assert_eq!(net, Decimal::new(rows.iter().map(|row| row.cents).sum(), 2));
        prop_assert_eq!(waterfall(&groups).last().map(|bar| bar.to), Some(net));
    }

    #[test]
    fn set_05_any_order_of_columns_reads_the_same(rows in rows(), seed in any::<u64>()) {
        let text = story(&rows).text();
        let width = text.lines().next().unwrap().split('\t').count();
        let mut order: Vec<usize> = (0..width).collect();
        let mut state = seed | 1;
        for last in (1..width).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(last, usize::try_from(state >> 33).unwrap() % (last + 1));
        }
        let moved: Vec<String> = text
            .lines()
            .map(|row| {
                let cells: Vec<&str> = row.split('\t').collect();
                order.iter().map(|place| cells[*place]).collect::<Vec<_>>().join("\t")
            })
            .collect();
        let options = Options { by_order: true, ..Options::default() };
        let first = read(&text.into_bytes(), &options, &mut Nothing);
        let second = read(&moved.join("\n").into_bytes(), &options, &mut Nothing);
        prop_assert_eq!(&first.settlements, &second.settlements);
        prop_assert_eq!(first.refusals, second.refusals);
        // The parts add up to the whole.
        let proof = &first.settlements[0];
        prop_assert_eq!(proof.sum, proof.by_type.iter().map(|total| total.total).sum::<Decimal>());
        prop_assert_eq!(proof.lines, proof.by_marketplace.iter().map(|total| total.lines).sum::<u64>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Whatever the bytes are, reading ends with a verdict.
    #[test]
    fn any_bytes_end_in_a_verdict(bytes in proptest::collection::vec(any::<u8>(), 0..300), titled: bool) {
        let mut file = if titled { b"settlement-id\ttransaction-type\tamount-type\tamount-description\tamount\n".to_vec() } else { Vec::new() };
        file.extend(bytes);
        let reading = read(&file, &Options::default(), &mut Nothing);
        prop_assert!(!reading.is_proved(), "no total, no proof");
        prop_assert!(!reading.refusals.is_empty());
    }
}

//! The chain of settlements (SET-10): what is missing is named, and nothing depends on the order of arrival.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use common::{Story, amount};
use domain::Currency;
use domain::settlement::Posted;
use domain::settlement::chain::{Break, Finding, Link, findings};
use rust_decimal::Decimal;

fn link(settlement: &str, start: &str, end: &str) -> Link {
    Link {
        account: "na:A1".into(),
        settlement: settlement.into(),
        currency: Currency::USD,
        start: Posted::At(format!("2026-{start}:00Z").parse().unwrap()),
        end: Posted::At(format!("2026-{end}:00Z").parse().unwrap()),
        total: Decimal::ZERO,
        reserve_held: Decimal::ZERO,
        reserve_released: Decimal::ZERO,
        debt: Decimal::ZERO,
    }
}

fn three() -> Vec<Link> {
    vec![
        link("1", "10-01T07:00", "10-15T07:00"),
        link("2", "10-15T07:00", "10-29T07:00"),
        link("3", "10-29T07:00", "11-12T07:00"),
    ]
}

/// `settlement kind code off`.
fn told(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|one| {
            let off = one.off.map_or(String::new(), |off| format!(" {off}"));
            format!(
                "{} {:?} {}{off}",
                one.settlement,
                one.kind,
                one.code.as_deref().unwrap_or("-")
            )
        })
        .collect()
}

#[test]
fn set_10_t26_a_missing_period_is_named_and_closes_itself_when_its_file_arrives() {
    let all = three();
    let known = vec![all[0].clone(), all[2].clone()];
    let found = findings(&known);
    assert_eq!(told(&found), ["3 Gap SETTLEMENT_INCOMPLETE_CHAIN"]);
    assert_eq!(
        (
            found[0].from.as_str(),
            found[0].until.as_str(),
            found[0].previous.as_str()
        ),
        ("2026-10-15T07:00:00Z", "2026-10-29T07:00:00Z", "1")
    );
    // Whatever came first, the findings are the same; with the missing file there are none.
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for order in orders {
        let arrived: Vec<Link> = order.iter().map(|place| all[*place].clone()).collect();
        assert_eq!(findings(&arrived), []);
    }
    assert_eq!(findings(&[known[1].clone(), known[0].clone()]), found);
}

#[test]
fn set_10_the_first_known_settlement_and_other_chains_are_not_judged() {
    assert_eq!(findings(&three()[1..]), []);
    let mut euros = link("8", "12-01T07:00", "12-15T07:00");
    euros.currency = Currency::EUR;
    let mut other = link("9", "12-01T07:00", "12-15T07:00");
    other.account = "eu:A1".into();
    let mut all = three();
    all.extend([euros, other]);
    assert_eq!(findings(&all), []);
}

#[test]
fn set_10_a_second_between_two_periods_is_none_and_days_are_compared_as_days() {
    let mut next = link("2", "10-15T07:00", "10-29T07:00");
    let late = |seconds: i64| {
        let start: chrono::DateTime<chrono::Utc> = "2026-10-15T07:00:00Z".parse().unwrap();
        Posted::At(start + chrono::Duration::seconds(seconds))
    };
    let mut kinds = Vec::new();
    for seconds in [-2, -1, 0, 1, 2] {
        next.start = late(seconds);
        kinds.push(
            findings(&[three()[0].clone(), next.clone()])
                .first()
                .map(|one| one.kind),
        );
    }
    assert_eq!(kinds, [Some(Break::Overlap), None, None, None, Some(Break::Gap)]);
    let on = |day: &str| Posted::On(day.parse().unwrap());
    let mut first = three()[0].clone();
    first.end = on("2026-10-14");
    let mut kinds = Vec::new();
    for day in ["2026-10-12", "2026-10-13", "2026-10-14", "2026-10-15", "2026-10-16"] {
        next.start = on(day);
        kinds.push(findings(&[first.clone(), next.clone()]).first().map(|one| one.kind));
    }
    assert_eq!(kinds, [Some(Break::Overlap), None, None, None, Some(Break::Gap)]);
}

#[test]
fn set_10_the_reserve_and_the_debt_come_back_as_they_were_left() {
    let mut chain = three();
    (chain[0].reserve_held, chain[1].reserve_released) = (amount("-6.00"), amount("6.00"));
    (chain[1].total, chain[2].debt) = (amount("-35.00"), amount("-35.00"));
    assert_eq!(findings(&chain), []);
    chain[1].reserve_released = amount("5.00");
    chain[2].debt = Decimal::ZERO;
    let found = findings(&chain);
    assert_eq!(told(&found), ["2 Reserve - -1.00 USD", "3 Debt - 35.00 USD"]);
    // While a file is missing in between, its amounts are not judged.
    let apart = [chain[0].clone(), chain[2].clone()];
    assert_eq!(told(&findings(&apart)), ["3 Gap SETTLEMENT_INCOMPLETE_CHAIN"]);
    // Money to the seller is no debt.
    chain[1].total = amount("35.00");
    assert_eq!(told(&findings(&chain)), ["2 Reserve - -1.00 USD"]);
}

#[test]
fn set_10_a_settlement_is_linked_by_what_its_file_says() {
    let rows = "other-transaction | | other-transaction | Previous Reserve Amount Balance | 10.00
        other-transaction | | other-transaction | Payable to Amazon | -35.00
        other-transaction | | other-transaction | Successful charge | 35.00
        other-transaction | | other-transaction | Current Reserve Amount | -6.00
        other-transaction | | other-transaction | Subscription Fee | -39.99";
    let (header, groups) = Story::us("5", "-35.99", rows).groups();
    let link = Link::of("na:A1", &header, &groups).unwrap();
    assert_eq!(
        (link.reserve_released, link.reserve_held, link.debt, link.total),
        (amount("10.00"), amount("-6.00"), amount("-35.00"), amount("-35.99"))
    );
    assert_eq!(link.start.iso(), "2026-10-01T07:00:00Z");
    let mut without = header;
    without.start = None;
    assert_eq!(
        Link::of("na:A1", &without, &groups),
        None,
        "what has no period is in no chain"
    );
}

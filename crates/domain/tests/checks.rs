//! The checks that earn money, each by its name (flows.md §17.4).
#![allow(clippy::unwrap_used, reason = "a test")]

use chrono::NaiveDate;
use domain::checks::{At, Check, Checks, Finding, Shipped};
use domain::settlement::classify::Vocabulary;
use domain::settlement::{Line, Posted};
use domain::{Currency, Money};

const SETTLEMENT: &str = "90042";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn euros(text: &str) -> Money {
    Money::new(text.parse().unwrap(), Currency::EUR)
}

/// Lines in short: `2026-10-01 Order 028-1 LAMP AFN ItemPrice Principal 20.00`, `×2` after it for units, `adj=7`, `in=X` for
/// the marketplace; `-` stands for nothing and `_` for a space.
fn line(number: u64, text: &str) -> Line<String> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let word = |index: usize| {
        let word = parts[index].replace('_', " ");
        if word == "-" { String::new() } else { word }
    };
    let after = |name: &str| parts.iter().find_map(|part| part.strip_prefix(name));
    let amount: rust_decimal::Decimal = parts[7].parse().unwrap();
    Line {
        number,
        ten_thousandths: domain::money::ten_thousandths(amount).unwrap(),
        transaction_type: word(1),
        amount_type: word(5),
        amount_description: word(6),
        order_id: word(2),
        order_item_code: word(2),
        sku: word(3),
        fulfillment_id: word(4),
        adjustment_id: after("adj=").unwrap_or_default().to_owned(),
        marketplace_name: after("in=").unwrap_or("Amazon.de").replace('-', ""),
        quantity: after("×").map(|units| units.parse().unwrap()),
        posted: Some(Posted::On(day(parts[0]))),
        ..Line::default()
    }
}

fn found(lines: &[&str], shipped: &[Shipped], today: &str) -> Vec<Finding> {
    let mut vocabulary = Vocabulary::default();
    let mut checks = Checks::default();
    let at = At {
        settlement: SETTLEMENT,
        currency: Currency::EUR,
        day: day("2026-10-16"),
    };
    for (number, text) in (2..).zip(lines) {
        let line = line(number, text);
        let category = vocabulary.line(&line).category;
        checks.take(at, &line, category);
    }
    checks.findings(shipped, day(today))
}

fn told(findings: &[Finding]) -> Vec<String> {
    let one = |one: &Finding| {
        format!(
            "{} {} by {:?}",
            one.check.key(),
            one.amount,
            one.deadline.map(|day| day.to_string())
        )
    };
    findings.iter().map(one).collect()
}

const SALE: [&str; 2] = [
    "2026-10-01 Order 028-1 LAMP AFN ItemPrice Principal 20.00 ×2",
    "2026-10-01 Order 028-1 LAMP AFN ItemFees Commission -3.00",
];

#[test]
fn check_refund_commission_is_the_part_of_the_fee_that_a_refund_did_not_bring_back() {
    let refund = "2026-10-10 Refund 028-1 LAMP AFN ItemPrice Principal -10.00 adj=7";
    let kept = found(&[SALE[0], SALE[1], refund], &[], "2026-10-20");
    assert_eq!(told(&kept), ["refund_commission 1.50 EUR by None"]);
    assert_eq!(kept[0].key, "refund_commission/028-1/028-1/7");
    assert_eq!(kept[0].order.as_deref(), Some("028-1"));
    let back = "2026-10-10 Refund 028-1 LAMP AFN ItemFees Commission 1.50 adj=7";
    assert_eq!(found(&[SALE[0], SALE[1], refund, back], &[], "2026-10-20"), []);
    // What the sale paid is not here, so nobody can say what is missing.
    assert_eq!(found(&[refund], &[], "2026-10-20"), []);
}

#[test]
fn check_not_returned_is_due_from_the_sixtieth_to_the_hundred_and_twentieth_day() {
    let refund = "2026-10-01 Refund 028-1 LAMP AFN ItemPrice Principal -20.00 adj=7";
    let on = |today: &str, more: &[&str]| {
        let lines: Vec<&str> = [refund].iter().chain(more).copied().collect();
        told(&found(&lines, &[], today))
    };
    assert_eq!(on("2026-11-29", &[]), Vec::<String>::new());
    let due = ["not_returned 20.00 EUR by Some(\"2027-01-29\")"];
    assert_eq!(on("2026-11-30", &[]), due);
    assert_eq!(on("2027-01-29", &[]), due);
    assert_eq!(on("2027-01-30", &[]), Vec::<String>::new());
    let paid = "2026-11-20 other-transaction 028-1 LAMP AFN FBA_Inventory_Reimbursement CUSTOMER_RETURN 18.00";
    assert_eq!(on("2026-12-01", &[paid]), Vec::<String>::new());
    let returned = "2026-10-09 Order 028-1 LAMP AFN ItemFees FBACustomerReturnPerUnitFee -2.00";
    assert_eq!(on("2026-12-01", &[returned]), Vec::<String>::new());
    let own = "2026-10-01 Refund 028-1 LAMP MFN ItemPrice Principal -20.00 adj=7";
    assert_eq!(
        found(&[own], &[], "2026-12-01"),
        [],
        "the seller knows of his own returns"
    );
}

#[test]
fn check_reimbursement_taken_has_sixty_days_and_ends_when_amazon_pays_again() {
    let paid = "2026-09-01 other-transaction - LAMP - FBA_Inventory_Reimbursement WAREHOUSE_LOST 12.00";
    let taken = "2026-10-01 other-transaction - LAMP - FBA_Inventory_Reimbursement REVERSAL_REIMBURSEMENT -12.00";
    let due = ["reimbursement_taken 12.00 EUR by Some(\"2026-11-30\")"];
    assert_eq!(told(&found(&[paid, taken], &[], "2026-11-30")), due);
    assert_eq!(found(&[paid, taken], &[], "2026-12-01"), []);
    let again = "2026-10-20 other-transaction - LAMP - FBA_Inventory_Reimbursement WAREHOUSE_LOST 12.00";
    assert_eq!(found(&[paid, taken, again], &[], "2026-11-01"), []);
    let other = "2026-10-20 other-transaction - BULB - FBA_Inventory_Reimbursement WAREHOUSE_LOST 12.00";
    assert_eq!(
        told(&found(&[taken, other], &[], "2026-11-01")),
        due,
        "another SKU pays for none of it"
    );
}

/// Sales of one unit each, a day apart, with what each paid for its fulfilment and of how much commission on 20.00.
fn sales(fees: &[(&str, &str)]) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, (fulfilment, commission)) in (1..).zip(fees) {
        let on = day("2026-09-30") + chrono::Duration::days(number);
        for fee in [
            "ItemPrice Principal 20.00 ×1".to_owned(),
            format!("ItemFees FBAPerUnitFulfillmentFee -{fulfilment}"),
            format!("ItemFees Commission -{commission}"),
        ] {
            lines.push(format!("{on} Order 028-{number} LAMP AFN {fee}"));
        }
    }
    lines
}

#[test]
fn check_fee_change_is_a_rise_by_more_than_a_tenth_against_the_sku_s_own_history() {
    let risen = |fees: &[(&str, &str)]| {
        let lines = sales(fees);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        found(&lines, &[], "2026-10-20")
    };
    let usual = ("3.00", "3.00");
    let findings = risen(&[usual, usual, usual, ("3.50", "3.00"), ("3.50", "3.00")]);
    assert_eq!(
        told(&findings),
        ["fee_change 1.00 EUR by None"],
        "two units at 0.50 more"
    );
    assert_eq!(findings[0].on, day("2026-10-04"));
    assert_eq!(findings[0].evidence.args["before"], euros("3.00").into());
    assert_eq!(findings[0].evidence.args["now"], euros("3.50").into());
    assert_eq!(
        risen(&[usual, usual, usual, ("3.30", "3.00")]),
        [],
        "a tenth is not more than a tenth"
    );
    assert_eq!(risen(&[usual, usual, ("3.50", "3.00")]), [], "two sales are no history");
    assert_eq!(
        risen(&[usual, usual, usual, ("2.00", "3.00")]),
        [],
        "nobody asks for a lower fee back"
    );
    let referral = risen(&[usual, usual, usual, ("3.00", "3.60")]);
    assert_eq!(told(&referral), ["fee_change 0.60 EUR by None"]);
    assert_eq!(referral[0].evidence.args["now"], "18".into());
}

#[test]
fn check_fee_change_is_no_rise_where_only_the_order_differs() {
    let sale = |number: u32, rows: &[&str]| {
        let on = format!("2026-10-0{number} Order 028-{number} LAMP AFN");
        let all = rows.iter().chain(&["ItemFees Commission -3.60"]);
        all.map(|row| format!("{on} {row}")).collect::<Vec<String>>()
    };
    let goods = ["ItemPrice Principal 20.00 ×1"];
    let shipped = [goods[0], "ItemPrice Shipping 4.00"];
    let with_tax_inside = ["ItemPrice Principal 23.80 ×1"];
    let with_tax_beside = [goods[0], "ItemPrice Tax 3.80"];
    for (usual, last) in [(&shipped[..], &goods[..]), (&with_tax_inside[..], &with_tax_beside[..])] {
        let lines = (1..=3).flat_map(|number| sale(number, usual)).chain(sale(4, last));
        let lines: Vec<String> = lines.collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert_eq!(found(&lines, &[], "2026-10-20"), [], "{usual:?}");
    }
}

#[test]
fn check_duplicate_charge_is_a_fee_that_stands_more_often_than_its_price() {
    let twice = found(&[SALE[0], SALE[1], SALE[1]], &[], "2026-10-20");
    assert_eq!(told(&twice), ["duplicate_charge 3.00 EUR by None"]);
    let two_parcels = [SALE[0], SALE[1], SALE[0], SALE[1]];
    assert_eq!(found(&two_parcels, &[], "2026-10-20"), [], "each price brings its fee");
}

#[test]
fn check_duplicate_charge_is_a_second_subscription_in_a_month() {
    let fee = |on: &str| format!("{on} other-transaction - - - other-transaction Subscription_Fee -39.00 in=-");
    let (first, second, next) = (fee("2026-10-01"), fee("2026-10-28"), fee("2026-11-01"));
    let lines = [SALE[0], first.as_str(), second.as_str(), next.as_str()];
    let findings = found(&lines, &[], "2026-11-20");
    assert_eq!(told(&findings), ["duplicate_charge 39.00 EUR by None"]);
    assert_eq!(findings[0].on, day("2026-10-28"));
}

#[test]
fn check_never_settled_is_told_of_orders_that_the_settlements_should_have_shown() {
    let order = |on: &str| Shipped {
        order: "028-9".into(),
        marketplace: "A1PA6795UKMFR9".into(),
        total: euros("29.90"),
        on: day(on),
    };
    let told_of = |on: &str, today: &str| {
        let lines = [SALE[0], "2026-11-20 Order 028-2 LAMP AFN ItemPrice Principal 5.00"];
        told(&found(&lines, &[order(on)], today))
    };
    assert_eq!(told_of("2026-10-05", "2026-11-25"), ["never_settled 29.90 EUR by None"]);
    assert_eq!(
        told_of("2026-10-05", "2026-11-19"),
        Vec::<String>::new(),
        "Amazon has 45 days"
    );
    assert_eq!(
        told_of("2026-09-01", "2026-11-25"),
        Vec::<String>::new(),
        "before the first settlement"
    );
    assert_eq!(
        told_of("2026-11-10", "2027-01-25"),
        Vec::<String>::new(),
        "the next settlement is not here yet"
    );
}

#[test]
fn check_unused_marketplace_is_storage_where_nothing_is_sold() {
    let storage =
        |place: &str| format!("2026-10-05 other-transaction - - - other-transaction Storage_Fee -4.10 in={place}");
    let (here, there) = (storage("Amazon.de"), storage("Amazon.se"));
    let findings = found(&[SALE[0], &here, &there], &[], "2026-10-20");
    assert_eq!(told(&findings), ["unused_marketplace 4.10 EUR by None"]);
    assert_eq!(findings[0].marketplace, "Amazon.se");
    let unnamed = storage("-");
    assert_eq!(
        found(&[SALE[0], &unnamed], &[], "2026-10-20"),
        [],
        "somewhere in that currency"
    );
    assert_eq!(
        told(&found(&[&unnamed], &[], "2026-10-20")),
        ["unused_marketplace 4.10 EUR by None"]
    );
}

#[test]
fn every_check_is_found_again_by_its_name() {
    for check in Check::ALL {
        assert_eq!(Check::named(check.key()), Some(check));
    }
    assert_eq!(Check::named("anything"), None);
}

//! Settlements posted as totals (flows.md §10.14).
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use std::collections::BTreeMap;

use common::{Story, amount, invoice, journal_text, planned, postings_text, with};
use domain::Currency;
use domain::settlement::plan::{Cost, Input, Plan, Status, SumBy, Summing};
use rust_decimal::Decimal;

/// E1 of the specification (§10.15), with the units that were sold.
fn e1() -> Input {
    let rows = "Order | 111-1 | ItemPrice | Principal | 20.00 | sku=LAMP-RED | qty=1
        Order | 111-1 | ItemPrice | Shipping | 4.00 | sku=LAMP-RED
        Order | 111-1 | Promotion | Shipping | -4.00 | sku=LAMP-RED
        Order | 111-1 | Promotion | Principal | -2.00 | sku=LAMP-RED
        Order | 111-1 | ItemPrice | Tax | 1.60 | sku=LAMP-RED
        Order | 111-1 | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | -1.60 | sku=LAMP-RED
        Order | 111-1 | ItemFees | Commission | -2.70 | sku=LAMP-RED
        Order | 111-1 | ItemFees | FBAPerUnitFulfillmentFee | -3.50 | sku=LAMP-RED
        Order | 111-3 | ItemPrice | Principal | 100.00 | sku=CANDLE-FIG | qty=2
        Order | 111-3 | ItemPrice | Tax | 8.00 | sku=CANDLE-FIG
        Order | 111-3 | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | -8.00 | sku=CANDLE-FIG
        Order | 111-3 | ItemFees | Commission | -15.00 | sku=CANDLE-FIG
        Refund | 111-2 | ItemPrice | Principal | -30.00 | sku=LAMP-BLUE
        Refund | 111-2 | ItemPrice | Tax | -2.40 | sku=LAMP-BLUE
        Refund | 111-2 | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | 2.40 | sku=LAMP-BLUE
        Refund | 111-2 | ItemFees | Commission | 4.50 | sku=LAMP-BLUE
        Refund | 111-2 | ItemFees | RefundCommission | -0.90 | sku=LAMP-BLUE
        other-transaction | | other-transaction | Storage Fee | -5.00 | marketplace=Amazon.com
        other-transaction | | other-transaction | Subscription Fee | -39.99 | marketplace=Amazon.com
        ServiceFee | | Cost of Advertising | TransactionTotalAmount | -12.00 | marketplace=Amazon.com
        other-transaction | | FBA Inventory Reimbursement | WAREHOUSE_DAMAGE | 8.00 | marketplace=Amazon.com
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 10.00
        other-transaction | | other-transaction | Current Reserve Amount | -6.00";
    let mut input = Story::us("90001", "25.41", rows).input(vec![]);
    input.choices.summing = Some(by(SumBy::Country));
    input
}

fn by(by: SumBy) -> Summing {
    Summing {
        by,
        prefix: 4,
        kinds: BTreeMap::from([("LAMP-RED".to_owned(), "Lamps".to_owned())]),
    }
}

/// What stands on an account, by memo.
fn on(plan: &Plan, account: &str) -> Vec<String> {
    let lines = plan.journals.iter().flat_map(|draft| &draft.lines);
    let of = lines.filter(|line| line.account.as_deref() == Some(account));
    of.map(|line| format!("{} {:.2}", line.memo, line.credit)).collect()
}

#[test]
fn set_62_e1_as_totals_is_one_journal_without_payments() {
    let plan = planned(&e1());
    assert_eq!(plan.held, []);
    assert_eq!(postings_text(&plan), Vec::<String>::new());
    assert_eq!(
        journal_text(&plan),
        "2026-10-16 AZN-JE-90001\n  debit bank 25.41\n  debit promotions 6.00\n  debit referral_fees 13.20\n  \
         debit fulfilment_fees 3.50\n  debit refunds 30.00\n  debit refund_fees 0.90\n  debit storage 5.00\n  \
         debit subscription 39.99\n  debit advertising 12.00\n  credit sales 120.00\n  credit shipping_income 4.00\n  \
         credit reimbursements 8.00\n  credit reserve 4.00\n"
    );
    let orders = plan.outcomes.iter().filter(|outcome| !outcome.customer.is_zero());
    assert!(orders.clone().count() == 3 && orders.clone().all(|outcome| outcome.status == Status::InJournal));
}

#[test]
fn set_63_sales_are_drawn_together_as_the_seller_wants() {
    let sales = |how| {
        let mut input = e1();
        input.choices.summing = Some(by(how));
        on(&planned(&input), "sales")
    };
    assert_eq!(sales(SumBy::Country), ["principal · US 120.00"]);
    assert_eq!(sales(SumBy::None), ["principal 120.00"]);
    assert_eq!(
        sales(SumBy::ProductType),
        ["principal · Lamps 20.00", "principal 100.00"]
    );
    assert_eq!(
        sales(SumBy::SkuPrefix),
        ["principal · LAMP 20.00", "principal · CAND 100.00"]
    );
}

#[test]
fn set_62_refunds_stand_by_what_they_give_back() {
    let rows = "Order | 1-1 | ItemPrice | Principal | 50.00 | sku=A | qty=1
        Refund | 1-2 | ItemPrice | Principal | -20.00 | sku=A
        Refund | 1-2 | ItemPrice | Shipping | -3.00 | sku=A
        Refund | 1-2 | Promotion | Principal | 2.00 | sku=A
        Refund | 1-2 | ItemPrice | RestockingFee | 1.00 | sku=A";
    let mut input = Story::us("7", "30.00", rows).input(vec![]);
    input.choices.summing = Some(by(SumBy::Country));
    assert_eq!(
        on(&planned(&input), "refunds"),
        [
            "refund-principal · US -20.00",
            "refund-shipping · US -3.00",
            "refund-promotion · US 2.00",
            "refund-restocking-fee · US 1.00"
        ]
    );
}

/// Tax that nobody withholds is the seller's own and stands on its liability; what Amazon remits cancels out.
#[test]
fn set_63_the_seller_s_tax_is_a_line_of_its_own() {
    let rows = "Order | 1-1 | ItemPrice | Principal | 50.00 | sku=A | qty=1
        Order | 1-1 | ItemPrice | Tax | 9.50 | sku=A
        Order | 1-2 | ItemPrice | Principal | 10.00 | sku=A | qty=1
        Order | 1-2 | ItemPrice | Tax | 0.80 | sku=A
        Order | 1-2 | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | -0.80 | sku=A";
    let mut input = Story::us("8", "69.50", rows).input(vec![]);
    input.choices.summing = Some(by(SumBy::Country));
    let plan = planned(&input);
    assert_eq!(on(&plan, "tax_collected"), ["tax 9.50"]);
    assert_eq!(on(&plan, "sales_tax_facilitated"), Vec::<String>::new());
}

/// CMN-35: an order that was billed before the totals began is paid, and its sale not counted again.
#[test]
fn cmn_35_set_62_an_order_that_has_an_invoice_is_paid_and_not_summed() {
    let mut input = e1();
    let found = with(vec![invoice("i3", "100.00", "100.00")]);
    input.found.insert("111-3".to_owned(), found);
    let plan = planned(&input);
    assert_eq!(
        postings_text(&plan),
        ["payment AZN-PY-90001-111-3 2026-10-05 100.00 USD on i3 100.00"]
    );
    assert_eq!(on(&plan, "sales"), ["principal · US 20.00"]);
    assert_eq!(on(&plan, "clearing"), ["order-money 100.00"]);
}

#[test]
fn set_63_the_cost_of_what_was_sold_is_a_journal_beside_it() {
    let mut input = e1();
    let rows = "Order | 1-1 | ItemPrice | Principal | 60.00 | sku=A | qty=3
        Order | 1-2 | ItemPrice | Principal | 10.00 | sku=B | qty=1
        Refund | 1-3 | ItemPrice | Principal | -20.00 | sku=A
        Refund | 1-4 | ItemPrice | Principal | -7.50 | sku=A";
    let summing = input.choices.summing.take();
    input = Story::us("9", "42.50", rows).input(vec![]);
    input.choices.summing = summing;
    let cost = |of: &[(&str, &str)]| Cost {
        currency: Currency::EUR,
        of_unit: of.iter().map(|(sku, cost)| ((*sku).to_owned(), amount(cost))).collect(),
    };
    input.choices.cost = Some(cost(&[("A", "4.333"), ("B", "2")]));
    let plan = planned(&input);
    let text = journal_text(&plan);
    // Three of A sold and one back by its price; 7.50 is no whole unit. 2 × 4.333 + 1 × 2.
    assert!(
        text.ends_with("2026-10-16 AZN-JE-9-COGS\n  debit cogs 10.67\n  credit inventory 10.67\n"),
        "{text}"
    );
    let last = plan.journals.last().unwrap();
    assert_eq!((last.currency, last.memo.ends_with("· COGS")), (Currency::EUR, true));
    input.choices.cost = Some(cost(&[("A", "4.333")]));
    let held: Vec<(String, String)> = planned(&input)
        .held
        .iter()
        .map(|held| (held.code.clone(), held.reason.id.clone()))
        .collect();
    assert_eq!(held, [("ITEM_NOT_FOUND".to_owned(), "settlement-held-cost".to_owned())]);
    assert_eq!(
        plan.journals
            .iter()
            .flat_map(|draft| &draft.lines)
            .map(|line| line.credit)
            .sum::<Decimal>(),
        Decimal::ZERO
    );
}

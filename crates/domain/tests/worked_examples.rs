//! The worked examples of flows.md §10.15, from the text of a settlement file to the cent of its journal.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use common::{Story, amount, choices, day, invoice, journal_text, ordered, planned, postings_text, sold, with};
use domain::Currency;
use domain::settlement::plan::{Cause, DocumentKind, Found, Status, TaxMode};

const E1: &str = "
    Order | 111-001 | ItemPrice | Principal | 20.00 | item=1 | sku=A
    Order | 111-001 | ItemPrice | Shipping | 4.00 | item=1 | sku=A
    Order | 111-001 | Promotion | Shipping | -4.00 | item=1 | sku=A
    Order | 111-001 | Promotion | Principal | -2.00 | item=1 | sku=A
    Order | 111-001 | ItemPrice | Tax | 1.60 | item=1 | sku=A
    Order | 111-001 | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | -1.60 | item=1 | sku=A
    Order | 111-001 | ItemFees | Commission | -2.70 | item=1 | sku=A
    Order | 111-001 | ItemFees | FBAPerUnitFulfillmentFee | -3.50 | item=1 | sku=A
    Order | 111-003 | ItemPrice | Principal | 100.00 | item=3 | sku=B
    Order | 111-003 | ItemPrice | Tax | 8.00 | item=3 | sku=B
    Order | 111-003 | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | -8.00 | item=3 | sku=B
    Order | 111-003 | ItemFees | Commission | -15.00 | item=3 | sku=B
    Refund | 111-002 | ItemPrice | Principal | -30.00 | item=2 | sku=C | adjustment=R1
    Refund | 111-002 | ItemPrice | Tax | -2.40 | item=2 | sku=C | adjustment=R1
    Refund | 111-002 | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | 2.40 | item=2 | sku=C | adjustment=R1
    Refund | 111-002 | ItemFees | Commission | 4.50 | item=2 | sku=C | adjustment=R1
    Refund | 111-002 | ItemFees | RefundCommission | -0.90 | item=2 | sku=C | adjustment=R1
    other-transaction | | other-transaction | Storage Fee | -5.00
    other-transaction | | other-transaction | Subscription Fee | -39.99
    ServiceFee | | Cost of Advertising | TransactionTotalAmount | -12.00
    other-transaction | | FBA Inventory Reimbursement | WAREHOUSE_DAMAGE | 8.00
    other-transaction | | other-transaction | Previous Reserve Amount Balance | 10.00
    other-transaction | | other-transaction | Current Reserve Amount | -6.00
";

fn e1_found() -> Vec<(&'static str, Found)> {
    let mut refunded = invoice("12", "30.00", "0.00");
    refunded.lines = vec![sold("C", "1", "30.00")];
    vec![
        ("111-001", with(vec![invoice("11", "18.00", "18.00")])),
        ("111-003", with(vec![invoice("13", "100.00", "100.00")])),
        ("111-002", with(vec![refunded])),
    ]
}

#[test]
fn e1_order_mode_with_tax_excluded() {
    let plan = Story::us("90001", "25.41", E1).plan(e1_found());
    assert_eq!(
        postings_text(&plan),
        [
            "payment AZN-PY-90001-111-001 2026-10-05 18.00 USD on 11 18.00",
            "payment AZN-PY-90001-111-003 2026-10-05 100.00 USD on 13 100.00",
            "refund CreditMemo { external_id: ExternalId(\"AZN-CM-90001-111-002-1\"), refund: ExternalId(\"AZN-RF-90001-111-002-1\") } \
             30.00 USD: 1 × Units { sku: \"C\", item: \"item-C\" } 30.00",
        ]
    );
    assert_eq!(
        journal_text(&plan),
        "2026-10-16 AZN-JE-90001\n  debit bank 25.41\n  debit referral_fees 13.20\n  debit fulfilment_fees 3.50\n  \
         debit refund_fees 0.90\n  debit storage 5.00\n  debit subscription 39.99\n  debit advertising 12.00\n  \
         credit reimbursements 8.00\n  credit reserve 4.00\n  credit clearing 88.00\n"
    );
    let journals = plan.journals_to_post();
    assert_eq!(journals[0].total().to_string(), "100.00 USD");
    assert!(plan.variance.is_zero());
    assert_eq!(plan.held, []);
}

#[test]
fn e1_gross_lines_when_lines_are_not_combined() {
    let mut input = Story::us("90001", "25.41", E1).input(e1_found());
    input.choices.combine_same_account = false;
    let plan = planned(&input);
    let text = journal_text(&plan);
    assert!(
        text.contains("credit reserve 10.00") && text.contains("debit reserve 6.00"),
        "{text}"
    );
    assert_eq!(plan.journals_to_post()[0].total().to_string(), "106.00 USD");
}

#[test]
fn e2_a_waiting_order_is_the_whole_variance() {
    let mut found = e1_found();
    found[1].1 = ordered(true);
    let plan = Story::us("90001", "25.41", E1).plan(found);
    assert_eq!(plan.reconciled.to_string(), "-74.59 USD");
    assert_eq!(plan.variance.to_string(), "-100.00 USD");
    assert_eq!(plan.variance_lines.len(), 1);
    assert_eq!(plan.variance_lines[0].cause, Cause::WaitingOrder);
    assert_eq!(plan.variance_lines[0].order.as_deref(), Some("111-003"));
    assert!(plan.journals_to_post().is_empty(), "the journal is not offered");
    assert_eq!(plan.held[0].code, "VARIANCE");
    // Billed and paid: nothing is left.
    assert!(Story::us("90001", "25.41", E1).plan(e1_found()).variance.is_zero());
}

#[test]
fn e3_a_negative_settlement_and_its_successor() {
    let first = Story::us(
        "90002",
        "-35.00",
        "Order | 222-1 | ItemPrice | Principal | 40.00
         Order | 222-1 | ItemFees | Commission | -6.00
         ServiceFee | | Cost of Advertising | TransactionTotalAmount | -69.00",
    );
    let plan = first.plan(vec![("222-1", with(vec![invoice("21", "40.00", "40.00")]))]);
    assert_eq!(
        journal_text(&plan),
        "2026-10-16 AZN-JE-90002\n  debit referral_fees 6.00\n  debit advertising 69.00\n  credit due_to_amazon 35.00\n  \
         credit clearing 40.00\n"
    );
    let second = Story::us(
        "90003",
        "42.50",
        "other-transaction | | other-transaction | Payable to Amazon | -35.00
         other-transaction | | other-transaction | Successful charge | 35.00
         Order | 222-2 | ItemPrice | Principal | 50.00
         Order | 222-2 | ItemFees | Commission | -7.50",
    );
    let plan = second.plan(vec![("222-2", with(vec![invoice("22", "50.00", "50.00")]))]);
    assert_eq!(
        journal_text(&plan),
        "2026-10-16 AZN-JE-90003\n  debit bank 42.50\n  debit referral_fees 7.50\n  debit due_to_amazon 35.00\n  \
         credit charge_card 35.00\n  credit clearing 50.00\n"
    );
    assert_eq!(plan.journals_to_post()[0].total().to_string(), "85.00 USD");
}

#[test]
fn e4_a_period_over_the_end_of_a_month_makes_two_journals() {
    let mut story = Story::us(
        "90004",
        "100.00",
        "Order | 333-1 | ItemPrice | Principal | 75.00 | posted=2026-09-28 12:00:00 UTC
         Order | 333-1 | ItemFees | Commission | -15.00 | posted=2026-09-28 12:00:00 UTC
         Order | 333-2 | ItemPrice | Principal | 50.00 | posted=2026-10-02 12:00:00 UTC
         Order | 333-2 | ItemFees | Commission | -10.00 | posted=2026-10-02 12:00:00 UTC",
    );
    (story.start, story.end, story.deposit) = (
        "2026-09-24 12:00:00 UTC",
        "2026-10-07 12:00:00 UTC",
        "2026-10-09 20:00:00 UTC",
    );
    let found = || {
        vec![
            ("333-1", with(vec![invoice("31", "75.00", "75.00")])),
            ("333-2", with(vec![invoice("32", "50.00", "50.00")])),
        ]
    };
    let plan = story.plan(found());
    assert_eq!(
        journal_text(&plan),
        "2026-09-30 AZN-JE-90004-202609\n  debit referral_fees 15.00\n  debit carried_forward 60.00\n  credit clearing 75.00\n\
         2026-10-09 AZN-JE-90004-202610\n  debit bank 100.00\n  debit referral_fees 10.00\n  credit clearing 50.00\n  \
         credit carried_forward 60.00\n"
    );
    assert!(
        postings_text(&plan)[0].contains("2026-09-28 75.00"),
        "payments are dated with their rows"
    );

    let mut whole = story.input(found());
    whole.choices.split_months = false;
    let plan = planned(&whole);
    assert_eq!(plan.journals.len(), 1);
    assert!(
        postings_text(&plan)[0].contains("2026-10-09 75.00"),
        "payments are dated with the deposit"
    );
}

#[test]
fn e4_an_order_at_23_30_pacific_belongs_to_its_own_month() {
    let mut story = Story::us(
        "90014",
        "10.00",
        "Order | 333-3 | ItemPrice | Principal | 10.00 | posted=2026-11-01 06:30:00 UTC",
    );
    story.deposit = "2026-11-03 20:00:00 UTC";
    let plan = story.plan(vec![("333-3", with(vec![invoice("33", "10.00", "10.00")]))]);
    assert_eq!(
        plan.journals[0].date,
        day("2026-10-31"),
        "CMN-09: the UTC date is already in November"
    );
}

#[test]
fn e5_tax_on_the_invoice_is_paid_with_it() {
    let story = Story::us(
        "90005",
        "17.00",
        "Order | 444-1 | ItemPrice | Principal | 20.00
         Order | 444-1 | ItemPrice | Tax | 1.60
         Order | 444-1 | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | -1.60
         Order | 444-1 | ItemFees | Commission | -3.00",
    );
    let mut document = invoice("41", "21.60", "21.60");
    document.tax_included = true;
    // The setting says otherwise today; the invoice remembers (SET-14).
    let plan = story.plan(vec![("444-1", with(vec![document]))]);
    assert_eq!(
        postings_text(&plan),
        ["payment AZN-PY-90005-444-1 2026-10-05 21.60 USD on 41 21.60"]
    );
    assert_eq!(
        journal_text(&plan),
        "2026-10-16 AZN-JE-90005\n  debit bank 17.00\n  debit sales_tax_facilitated 1.60\n  debit referral_fees 3.00\n  \
         credit clearing 21.60\n"
    );
    // Not billed yet: the setting decides what the order waits with.
    let mut waiting = story.input(vec![("444-1", ordered(true))]);
    waiting.choices.tax = TaxMode::OnInvoice;
    assert_eq!(planned(&waiting).variance.to_string(), "-21.60 USD");
}

#[test]
fn e6_two_shipments_of_one_invoice_in_two_settlements() {
    let first = Story::us(
        "90061",
        "60.00",
        "Order | 555-1 | ItemPrice | Principal | 60.00 | shipment=S1",
    );
    let plan = first.plan(vec![("555-1", with(vec![invoice("51", "90.00", "90.00")]))]);
    assert_eq!(
        postings_text(&plan),
        ["payment AZN-PY-90061-555-1 2026-10-05 60.00 USD on 51 60.00"]
    );
    assert_eq!(plan.outcomes[0].status, Status::Applied);
    assert!(plan.variance.is_zero());

    let second = Story::us(
        "90062",
        "30.00",
        "Order | 555-1 | ItemPrice | Principal | 30.00 | shipment=S2",
    );
    let mut paid = invoice("52", "60.00", "0.00");
    (paid.kind, paid.external_id) = (DocumentKind::Payment, Some("AZN-PY-90061-555-1".to_owned()));
    let plan = second.plan(vec![("555-1", with(vec![invoice("51", "90.00", "30.00"), paid]))]);
    assert_eq!(
        postings_text(&plan),
        ["payment AZN-PY-90062-555-1 2026-10-05 30.00 USD on 51 30.00"]
    );
    assert!(plan.variance.is_zero());
}

#[test]
fn e7_a_partial_refund_is_units_when_the_money_says_so() {
    let refund = |principal: &str| {
        let rows = format!(
            "Refund | 666-1 | ItemPrice | Principal | -{principal} | item=9 | sku=M | adjustment=R
             other-transaction | | other-transaction | Previous Reserve Amount Balance | {principal}"
        );
        let mut paid = invoice("61", "40.00", "0.00");
        paid.lines = vec![sold("M", "2", "20.00")];
        let plan = Story::us("90007", "0.00", &rows).plan(vec![("666-1", with(vec![paid]))]);
        postings_text(&plan)[0].split_once("USD: ").unwrap().1.to_owned()
    };
    assert_eq!(refund("20.00"), "1 × Units { sku: \"M\", item: \"item-M\" } 20.00");
    assert_eq!(refund("7.50"), "1 × AmountOnly { sku: \"M\" } 7.50");
}

#[test]
fn e8_a_refund_in_the_settlement_of_its_payment() {
    let story = Story::us(
        "90008",
        "0.00",
        "Refund | 777-1 | ItemPrice | Principal | -25.00 | adjustment=R | sku=N
         Order | 777-1 | ItemPrice | Principal | 25.00 | sku=N",
    );
    let mut open = invoice("71", "25.00", "25.00");
    open.lines = vec![sold("N", "1", "25.00")];
    let plan = story.plan(vec![("777-1", with(vec![open]))]);
    let texts = postings_text(&plan);
    assert_eq!(texts.len(), 2);
    assert!(
        texts
            .iter()
            .any(|text| text == "payment AZN-PY-90008-777-1 2026-10-05 25.00 USD on 71 25.00"),
        "{texts:?}"
    );
    assert!(plan.variance.is_zero());
    assert_eq!(plan.journals, [], "clearing is zero and nothing else moved");
}

#[test]
fn e9_yen_have_no_decimals() {
    let mut story = Story::us(
        "90009",
        "1234",
        "Order | 250-1 | ItemPrice | Principal | 1235 | marketplace=Amazon.co.jp
         Order | 250-1 | ItemFees | Commission | -1 | marketplace=Amazon.co.jp",
    );
    (story.currency, story.zone) = ("JPY", "Asia/Tokyo");
    let mut document = invoice("91", "1234", "1234");
    document.currency = Currency::JPY;
    let plan = story.plan(vec![("250-1", with(vec![document]))]);
    assert_eq!(plan.deposit.to_string(), "1234 JPY");
    assert!(
        journal_text(&plan).contains("credit rounding 1.00"),
        "the tolerance is 1: {}",
        journal_text(&plan)
    );
    assert!(plan.variance.is_zero());
}

#[test]
fn e10_a_report_without_any_marketplace_is_placed_by_its_currency() {
    let mut story = Story::us(
        "90010",
        "-179.92",
        "other-transaction | | other-transaction | Payable to Amazon | -54.49
         other-transaction | | other-transaction | Subscription Fee | -125.43",
    );
    story.currency = "MXN";
    let mut input = story.input(vec![]);
    assert_eq!(input.groups[1].marketplace.as_deref(), Some("A1AM78C64UM0Y8"));
    let combined = planned(&input);
    assert_eq!(
        journal_text(&combined),
        "2026-10-16 AZN-JE-90010\n  debit subscription 125.43\n  credit due_to_amazon 125.43\n"
    );
    input.choices.combine_same_account = false;
    assert_eq!(
        journal_text(&planned(&input)),
        "2026-10-16 AZN-JE-90010\n  debit subscription 125.43\n  debit due_to_amazon 54.49\n  credit due_to_amazon 179.92\n"
    );
}

#[test]
fn set_58_an_accepted_variance_is_booked() {
    let mut found = e1_found();
    found[1].1 = ordered(true);
    let mut input = Story::us("90001", "25.41", E1).input(found);
    input.choices.accepted_variance = Some(amount("-100.00"));
    let plan = planned(&input);
    assert_eq!(plan.held, []);
    assert!(
        journal_text(&plan).contains("credit variance 100.00"),
        "{}",
        journal_text(&plan)
    );
    assert_eq!(plan.journals_to_post().len(), 1);
    assert_eq!(input.choices.time_zone, choices("America/Los_Angeles").time_zone);
}

//! The rules of flows.md §10 beyond the worked examples, each by its id.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use common::{Story, amount, day, invoice, journal_text, ordered, planned, postings_text, sold, with};
use domain::Currency;
use domain::settlement::classify::{Category, UserRow, Vocabulary};
use domain::settlement::plan::{AtAmazon, Cause, DocumentKind, Found, FoundDocument, Plan, Posting, Status, Tab};
use domain::settlement::summary::summary;
use domain::settlement::waterfall::{Bar, waterfall};
use rust_decimal::Decimal;

/// One order of 20.00 and what NetSuite has for it.
fn paid(found: Found) -> Plan {
    Story::us("1", "20.00", "Order | 1-1 | ItemPrice | Principal | 20.00 | sku=A").plan(vec![("1-1", found)])
}

/// One refund of 20.00, and a reserve that keeps the settlement at zero.
fn refunded(rows: &str, found: Found) -> Plan {
    Story::us("1", "0.00", rows).plan(vec![("1-1", found)])
}

const REFUND: &str = "Refund | 1-1 | ItemPrice | Principal | -20.00 | sku=A | adjustment=R1
    other-transaction | | other-transaction | Previous Reserve Amount Balance | 20.00";

/// `status code posted variance`.
fn told(plan: &Plan) -> String {
    let outcome = &plan.outcomes[0];
    format!(
        "{:?} {} {:.2} {}",
        outcome.status,
        outcome.code.as_deref().unwrap_or("-"),
        outcome.posted,
        plan.variance
    )
}

fn document(kind: DocumentKind, id: &str, total: &str) -> FoundDocument {
    FoundDocument {
        kind,
        open: Decimal::ZERO,
        ..invoice(id, total, "0")
    }
}

#[test]
fn set_11_spelling_case_and_new_names() {
    let mut vocabulary = Vocabulary::default();
    let mut is = |a: &str, b: &str, c: &str| vocabulary.triple(a, b, c).category;
    assert_eq!(is("ORDER", "itemprice", " Principal "), Category::Principal);
    assert_eq!(
        is("Order", "ItemFees", "MarketplaceFacilitatorVAT-Principal"),
        Category::WithheldTax
    );
    assert_eq!(
        is("FBAFees", "FBA Inventory Storage Fee", "Base fee"),
        Category::Storage
    );
    assert_eq!(is("FBAFees", "Some Brand-New Fee", "Tax on fee"), Category::OtherFee);
    assert_eq!(
        is("Other-Transaction", "other-transaction", "StorageRenewalBilling"),
        Category::LongTermStorage
    );
    assert_eq!(
        is("other-transaction", "other-transaction", "Something nobody has seen"),
        Category::Unmapped
    );
    // V1 names the kind in the transaction type.
    assert_eq!(is("Subscription Fee", "other-transaction", ""), Category::Subscription);
    assert_eq!(
        is("Payable to Amazon", "other-transaction", ""),
        Category::PayableToAmazon
    );
}

#[test]
fn set_11_the_sellers_rows_come_first() {
    let own = UserRow {
        pattern: ["*".into(), "*".into(), "Commission".into()],
        category: Category::OtherFee,
        account: Some("acct.mine".into()),
    };
    let found = Vocabulary::new(vec![own]).triple("Order", "ItemFees", "commission");
    assert_eq!(
        (found.category, found.account.as_str()),
        (Category::OtherFee, "acct.mine")
    );
}

#[test]
fn set_12_an_unmapped_kind_stops_the_journal_and_nothing_else() {
    let story = Story::us(
        "1",
        "15.00",
        "Order | 1-1 | ItemPrice | Principal | 20.00
         other-transaction | | other-transaction | Mystery | -3.00
         other-transaction | | other-transaction | Mystery | -2.00",
    );
    let mut input = story.input(vec![("1-1", with(vec![invoice("11", "20.00", "20.00")]))]);
    let plan = planned(&input);
    assert_eq!(postings_text(&plan).len(), 1, "the payment goes on");
    let asked: Vec<String> = plan
        .held
        .iter()
        .map(|held| format!("{} {}", held.code, held.at_stake.unwrap()))
        .collect();
    assert_eq!(asked, ["LINE_UNMAPPED -5.00 USD", "VARIANCE 5.00 USD"]);
    assert!(plan.journals_to_post().is_empty());
    input.choices.unmapped_to_other_fees = true;
    let plan = planned(&input);
    assert!(
        plan.held.is_empty() && journal_text(&plan).contains("debit other_fees 5.00"),
        "{}",
        journal_text(&plan)
    );
}

#[test]
fn set_14_what_is_withheld_without_being_collected_is_the_liability() {
    let rows = "Order | 1-1 | ItemPrice | Principal | 20.00 | item=1
        Order | 1-1 | ItemPrice | Tax | 1.60 | item=1
        Order | 1-1 | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | -1.70 | item=1";
    let plan = Story::us("1", "19.90", rows).plan(vec![("1-1", with(vec![invoice("11", "20.00", "20.00")]))]);
    assert!(plan.variance.is_zero());
    assert!(
        journal_text(&plan).contains("debit sales_tax_facilitated 0.10"),
        "{}",
        journal_text(&plan)
    );
    // Tax that the seller owes stays with the buyer's money.
    let rows = "Order | 1-1 | ItemPrice | Principal | 20.00 | item=1
        Order | 1-1 | ItemPrice | Tax | 4.00 | item=1";
    let plan = Story::us("1", "24.00", rows).plan(vec![("1-1", with(vec![invoice("11", "24.00", "24.00")]))]);
    assert!(postings_text(&plan)[0].contains("24.00 USD on 11 24.00"));
}

#[test]
fn set_24_the_same_shipment_then_the_exact_amount_then_the_oldest() {
    let chosen = |documents: Vec<FoundDocument>| {
        let rows = "Order | 1-1 | ItemPrice | Principal | 20.00 | shipment=S2";
        let plan = Story::us("1", "20.00", rows).plan(vec![("1-1", with(documents))]);
        postings_text(&plan)[0].split_once("on ").unwrap().1.to_owned()
    };
    let mut old = invoice("1", "30.00", "30.00");
    old.date = day("2026-01-01");
    let exact = invoice("2", "20.00", "20.00");
    let mut shipped = invoice("3", "25.00", "25.00");
    shipped.shipment = Some("S2".into());
    assert_eq!(chosen(vec![old.clone(), exact.clone(), shipped]), "3 20.00");
    assert_eq!(chosen(vec![old.clone(), exact]), "2 20.00");
    assert_eq!(chosen(vec![invoice("4", "30.00", "30.00"), old]), "1 20.00");
    assert_eq!(
        chosen(vec![invoice("5", "15.00", "15.00"), invoice("6", "15.00", "15.00")]),
        "5 15.00, 6 5.00"
    );
}

/// An order of which each shipment has an invoice (ORD-06).
fn apart() -> Vec<FoundDocument> {
    let of = |id: &str, shipment: &str, total: &str| {
        let mut one = invoice(id, total, total);
        one.shipment = Some(shipment.into());
        one
    };
    let (mut one, mut other) = (of("1", "S1", "10.00"), of("2", "S2", "50.00"));
    one.lines = vec![sold("A", "1", "10.00")];
    other.lines = vec![sold("A", "2", "10.00"), sold("B", "1", "30.00")];
    vec![one, other]
}

#[test]
fn set_24_each_shipment_pays_its_own_invoice() {
    let rows = "Order | 1-1 | ItemPrice | Principal | 50.00 | shipment=S2
        Order | 1-1 | ItemPrice | Principal | 10.01 | shipment=S1";
    let plan = Story::us("1", "60.01", rows).plan(vec![("1-1", with(apart()))]);
    let on: Vec<String> = postings_text(&plan)
        .iter()
        .map(|text| text.split_once("on ").unwrap().1.to_owned())
        .collect();
    assert_eq!(on, ["2 50.00", "1 10.00"], "the cent is rounding");
    let alone = "Order | 1-1 | ItemPrice | Principal | 10.01 | shipment=S1";
    let plan = Story::us("1", "10.01", alone).plan(vec![("1-1", with(apart()))]);
    assert!(
        postings_text(&plan)[0].ends_with("on 1 10.00"),
        "not a cent of it goes on another shipment's invoice: {:?}",
        postings_text(&plan)
    );
    let exact = "Order | 1-1 | ItemPrice | Principal | 10.00 | shipment=S1";
    let plan = Story::us("1", "10.00", exact).plan(vec![("1-1", with(apart()))]);
    assert_eq!(
        plan.outcomes[0].reason.id, "settlement-reason-exact",
        "the other shipment is not this payment's"
    );
}

#[test]
fn set_29_set_33_a_refund_finds_its_goods_on_whichever_invoice_of_the_order() {
    let text = |rows: &str| {
        let mut documents = apart();
        for one in &mut documents {
            one.open = Decimal::ZERO;
        }
        let plan = refunded(rows, with(documents));
        let text = postings_text(&plan)[0].split_once("USD: ").unwrap().1.to_owned();
        (told(&plan), text)
    };
    let rows = |amount: &str, sku: &str| {
        format!(
            "Refund | 1-1 | ItemPrice | Principal | -{amount} | sku={sku} | adjustment=R1
            other-transaction | | other-transaction | Previous Reserve Amount Balance | {amount}"
        )
    };
    let all = "3 × Units { sku: \"A\", item: \"item-A\" } 30.00";
    assert_eq!(
        text(&rows("30.00", "A")),
        ("Applied - -30.00 0.00 USD".into(), all.into())
    );
    let b = "1 × Units { sku: \"B\", item: \"item-B\" } 30.00";
    assert_eq!(
        text(&rows("30.00", "B")),
        ("Applied - -30.00 0.00 USD".into(), b.into())
    );
}

#[test]
fn set_25_the_table_of_outcomes() {
    assert_eq!(
        told(&paid(with(vec![invoice("11", "20.00", "20.00")]))),
        "Applied - 20.00 0.00 USD"
    );
    assert_eq!(
        told(&paid(with(vec![invoice("11", "50.00", "50.00")]))),
        "Applied - 20.00 0.00 USD"
    );
    assert_eq!(
        told(&paid(with(vec![invoice("11", "19.98", "19.98")]))),
        "Applied - 19.98 0.00 USD"
    );
    assert_eq!(
        told(&paid(with(vec![invoice("11", "19.97", "19.97")]))),
        "PartlyApplied OVERPAYMENT 19.97 -0.03 USD"
    );
    assert_eq!(
        told(&paid(with(vec![invoice("11", "20.00", "0.00")]))),
        "NeedsYou INVOICE_ALREADY_PAID 0.00 -20.00 USD"
    );
    assert_eq!(told(&paid(ordered(true))), "Waiting INVOICE_NOT_FOUND 0.00 -20.00 USD");
    assert_eq!(told(&paid(Found::default())), "Waiting SO_NOT_FOUND 0.00 -20.00 USD");
    let mut euro = invoice("11", "20.00", "20.00");
    euro.currency = Currency::EUR;
    assert_eq!(
        told(&paid(with(vec![euro]))),
        "NeedsYou CURRENCY_MISMATCH 0.00 -20.00 USD"
    );
    let mut inactive = invoice("11", "20.00", "20.00");
    inactive.customer_inactive = true;
    assert_eq!(
        told(&paid(with(vec![inactive]))),
        "NeedsYou CUSTOMER_INACTIVE 0.00 -20.00 USD"
    );
    assert_eq!(
        told(&paid(with(vec![document(DocumentKind::CashSale, "11", "20.00")]))),
        "Applied - 20.00 0.00 USD"
    );
    assert_eq!(
        told(&paid(with(vec![document(DocumentKind::CashSale, "11", "19.00")]))),
        "NeedsYou VARIANCE 19.00 -1.00 USD"
    );
}

#[test]
fn set_25_an_overpayment_may_stay_as_the_customers_credit() {
    let story = Story::us("1", "20.00", "Order | 1-1 | ItemPrice | Principal | 20.00");
    let mut input = story.input(vec![("1-1", with(vec![invoice("11", "15.00", "15.00")]))]);
    input.choices.keep_unapplied = true;
    let plan = planned(&input);
    assert_eq!(told(&plan), "Applied - 20.00 0.00 USD");
    assert_eq!(
        postings_text(&plan),
        ["payment AZN-PY-1-1-1 2026-10-05 20.00 USD on 11 15.00"]
    );
}

#[test]
fn set_25_a_payment_made_before_is_found_and_one_made_by_hand_is_linked() {
    let mut own = document(DocumentKind::Payment, "90", "20.00");
    own.external_id = Some("AZN-PY-1-1-1".into());
    let plan = paid(with(vec![invoice("11", "20.00", "0.00"), own.clone()]));
    assert_eq!(told(&plan), "Applied - 20.00 0.00 USD");
    assert!(plan.journals[0].lines.iter().any(|line| line.key == "acct.clearing"));
    own.total = amount("18.00");
    let edited = paid(with(vec![invoice("11", "20.00", "2.00"), own]));
    assert_eq!(
        (told(&edited).as_str(), edited.variance_lines[0].cause),
        ("PartlyApplied NETSUITE_EDITED 18.00 -2.00 USD", Cause::Edited)
    );

    let by_hand = document(DocumentKind::Payment, "91", "20.00");
    let plan = paid(with(vec![invoice("11", "20.00", "0.00"), by_hand.clone()]));
    assert_eq!(
        (told(&plan).as_str(), plan.outcomes[0].postings.len()),
        ("Applied - 20.00 0.00 USD", 0)
    );
    // The payment of another settlement is not this one's.
    let mut other = by_hand;
    other.external_id = Some("AZN-PY-0-1-1".into());
    assert!(
        told(&paid(with(vec![invoice("11", "20.00", "0.00"), other]))).starts_with("NeedsYou INVOICE_ALREADY_PAID")
    );
}

#[test]
fn set_25_orders_without_the_buyers_money_have_nothing_to_post() {
    let rows = "Order | S01-1 | ItemFees | FBAPerUnitFulfillmentFee | -3.64 | marketplace=Non-Amazon US
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 3.64";
    let plan = Story::us("1", "0.00", rows).plan(vec![]);
    assert_eq!(told(&plan), "NothingToPost - 0.00 0.00 USD");
    assert!(journal_text(&plan).contains("debit fulfilment_fees 3.64"));
}

#[test]
fn set_28_a_refund_of_a_cash_sale_is_a_cash_refund() {
    let plan = refunded(REFUND, with(vec![document(DocumentKind::CashSale, "11", "20.00")]));
    assert!(
        postings_text(&plan)[0].starts_with("refund CashRefund"),
        "{:?}",
        postings_text(&plan)
    );
    assert!(plan.variance.is_zero());
}

#[test]
fn set_29_lines_are_matched_by_code_then_sku_then_the_only_one() {
    let lines = |lines: Vec<domain::settlement::plan::FoundLine>, rows: &str| {
        let mut bought = invoice("11", "60.00", "0.00");
        bought.lines = lines;
        let plan = refunded(rows, with(vec![bought]));
        (
            told(&plan),
            postings_text(&plan)
                .first()
                .map(|text| text.split_once("USD: ").unwrap().1.to_owned()),
        )
    };
    // The code differs from the order's: the SKU decides (T8).
    let mut coded = sold("A", "1", "20.00");
    coded.order_item_code = Some("999".into());
    let (_, text) = lines(vec![coded, sold("B", "1", "40.00")], REFUND);
    assert_eq!(text.unwrap(), "1 × Units { sku: \"A\", item: \"item-A\" } 20.00");
    // The same SKU twice at two prices: the one whose price fits.
    let (_, text) = lines(vec![sold("A", "1", "15.00"), sold("A", "1", "20.00")], REFUND);
    assert_eq!(text.unwrap(), "1 × Units { sku: \"A\", item: \"item-A\" } 20.00");
    // A part of either: only a person can tell.
    let (told, text) = lines(vec![sold("A", "1", "25.00"), sold("A", "1", "35.00")], REFUND);
    assert_eq!(
        (told.as_str(), text),
        ("NeedsYou REFUND_LINE_UNMATCHED 0.00 20.00 USD", None)
    );
    // An unknown SKU on an order with one line.
    let (_, text) = lines(vec![sold("Z", "3", "10.00")], REFUND);
    assert_eq!(text.unwrap(), "2 × Units { sku: \"Z\", item: \"item-Z\" } 20.00");
}

#[test]
fn set_30_shipping_promotion_and_restocking_have_their_own_lines() {
    let rows = "Refund | 1-1 | ItemPrice | Principal | -20.00 | sku=A | adjustment=R1
        Refund | 1-1 | ItemPrice | Shipping | -4.00 | sku=A | adjustment=R1
        Refund | 1-1 | Promotion | Shipping | 1.00 | sku=A | adjustment=R1
        Refund | 1-1 | ItemPrice | RestockingFee | 2.00 | sku=A | adjustment=R1
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 21.00";
    let mut bought = invoice("11", "30.00", "0.00");
    bought.lines = vec![sold("A", "1", "20.00")];
    let text = postings_text(&refunded(rows, with(vec![bought])))[0]
        .split_once("} ")
        .unwrap()
        .1
        .to_owned();
    assert_eq!(
        text,
        "21.00 USD: 1 × Units { sku: \"A\", item: \"item-A\" } 20.00; 1 × Shipping 4.00; 1 × ShippingPromotion -1.00; 1 × Restocking -2.00"
    );
}

/// T11.
#[test]
fn t11_set_32_a_refund_of_tax_alone() {
    let rows = "Refund | 1-1 | ItemPrice | Tax | -2.00 | adjustment=R1
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 2.00";
    let text = postings_text(&refunded(rows, with(vec![invoice("11", "30.00", "0.00")])));
    assert!(text[0].ends_with("1 × Tax 2.00"), "{text:?}");
    let netted = "Refund | 1-1 | ItemPrice | Tax | -2.00 | adjustment=R1
        Refund | 1-1 | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | 2.00 | adjustment=R1";
    assert_eq!(
        told(&refunded(netted, with(vec![invoice("11", "30.00", "0.00")]))),
        "NothingToPost - 0.00 0.00 USD"
    );
}

/// T10, T12: a goodwill refund larger than the price.
#[test]
fn set_33_more_than_the_invoice_was_for() {
    let plan = refunded(REFUND, with(vec![invoice("11", "15.00", "0.00")]));
    assert_eq!(told(&plan), "Applied REFUND_EXCEEDS_INVOICE -20.00 0.00 USD");
    let texts = postings_text(&plan);
    assert!(
        texts[0].contains("AZN-CM-1-1-1-1") && texts[0].contains("15.00 USD"),
        "{texts:?}"
    );
    assert!(
        texts[1].contains("AZN-CM-1-1-1-X-1") && texts[1].contains("5.00 USD"),
        "{texts:?}"
    );
    // What an earlier credit memo gave back is not there any more.
    let before = document(DocumentKind::CreditMemo, "70", "15.00");
    let plan = refunded(REFUND, with(vec![invoice("11", "30.00", "0.00"), before]));
    assert!(postings_text(&plan)[0].contains("15.00 USD"));
}

/// A posting may stop between the records of one refund: what is there is found, and only the rest is written.
#[test]
fn set_33_a_posting_that_stopped_within_a_refund_goes_on_with_what_is_missing() {
    let record = |kind, name: &str, total: &str| {
        let mut record = document(kind, name, total);
        record.external_id = Some(name.into());
        record
    };
    let memo = || record(DocumentKind::CreditMemo, "AZN-CM-1-1-1-1", "15.00");
    let beyond = || record(DocumentKind::CreditMemo, "AZN-CM-1-1-1-X-1", "5.00");
    let paid_out = || record(DocumentKind::CustomerRefund, "AZN-RF-1-1-1-1", "15.00");
    let now = |there: Vec<FoundDocument>| {
        let bought = invoice("11", "15.00", "0.00");
        refunded(REFUND, with([vec![bought], there].concat()))
    };
    let new = |plan: &Plan| -> Vec<(String, bool, bool)> {
        let postings = plan.outcomes[0].postings.iter();
        let refunds = postings.filter_map(|posting| match posting {
            Posting::Refund(refund) => Some(refund),
            Posting::Payment(_) | Posting::Reversal(_) => None,
        });
        refunds
            .map(|one| (one.amount.to_string(), one.exists.is_some(), one.paid_out))
            .collect()
    };
    let of = |amount: &str, exists, paid| (format!("{amount} USD"), exists, paid);
    // The credit memo alone: its refund and the part beyond the invoice are still to be written.
    let first = now(vec![memo()]);
    assert_eq!(told(&first), "Applied - -20.00 0.00 USD");
    assert_eq!(new(&first), [of("15.00", true, false), of("5.00", false, false)]);
    let second = now(vec![memo(), paid_out()]);
    assert_eq!(new(&second), [of("15.00", true, true), of("5.00", false, false)]);
    // The part beyond came first.
    let other = now(vec![beyond()]);
    assert_eq!(told(&other), "Applied - -20.00 0.00 USD");
    assert_eq!(new(&other), [of("5.00", true, false), of("15.00", false, false)]);
    // A credit memo that somebody made smaller leaves room on the invoice: that is a question.
    let mut smaller = memo();
    smaller.total = amount("12.00");
    assert!(told(&now(vec![smaller])).contains("NETSUITE_EDITED"));
}

#[test]
fn set_34_two_refunds_of_one_order_are_two_events() {
    let rows = "Refund | 1-1 | ItemPrice | Principal | -5.00 | sku=A | posted=2026-10-05 12:00:00 UTC
        Refund | 1-1 | ItemPrice | Principal | -7.00 | sku=A | posted=2026-10-06 12:00:00 UTC
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 12.00";
    let texts = postings_text(&refunded(rows, with(vec![invoice("11", "20.00", "0.00")])));
    assert!(
        texts[0].contains("AZN-CM-1-1-1-1") && texts[1].contains("AZN-CM-1-1-1-2"),
        "{texts:?}"
    );
}

#[test]
fn r7_a_refund_across_two_settlements_is_counted_once_in_each() {
    let mut first = document(DocumentKind::CreditMemo, "70", "20.00");
    first.external_id = Some("AZN-CM-1-1-1-1".into());
    // The same settlement again: found, not written twice.
    let again = refunded(REFUND, with(vec![invoice("11", "40.00", "0.00"), first.clone()]));
    assert_eq!(told(&again), "Applied - -20.00 0.00 USD");
    // The next settlement gives back the other half, under its own name.
    let next = Story::us("2", "0.00", REFUND).plan(vec![("1-1", with(vec![invoice("11", "40.00", "0.00"), first]))]);
    assert!(
        postings_text(&next)[0].contains("AZN-CM-2-1-1-1"),
        "{:?}",
        postings_text(&next)
    );
    assert_eq!(told(&next), "Applied - -20.00 0.00 USD");
}

#[test]
fn set_35_a_refund_without_an_invoice() {
    assert_eq!(
        told(&refunded(REFUND, ordered(true))),
        "Waiting INVOICE_NOT_FOUND 0.00 20.00 USD"
    );
    // One that Amazon knows is imported and billed first; nothing is concluded before Amazon was asked.
    for amazon in [AtAmazon::Known, AtAmazon::NotAsked] {
        let waiting = refunded(
            REFUND,
            Found {
                amazon,
                ..Found::default()
            },
        );
        assert_eq!(told(&waiting), "Waiting SO_NOT_FOUND 0.00 20.00 USD");
    }
    let mut euro = invoice("11", "20.00", "0.00");
    euro.currency = Currency::EUR;
    assert_eq!(
        told(&refunded(REFUND, with(vec![euro]))),
        "NeedsYou CURRENCY_MISMATCH 0.00 20.00 USD"
    );
    let nowhere = Found {
        amazon: AtAmazon::Unknown,
        ..Found::default()
    };
    let unknown = refunded(REFUND, nowhere.clone());
    assert_eq!(told(&unknown), "InJournal - -20.00 0.00 USD");
    assert!(journal_text(&unknown).contains("debit pre_golive 20.00"));
    let mut alone = Story::us("1", "0.00", REFUND).input(vec![("1-1", nowhere)]);
    alone.choices.standalone_refunds = true;
    assert!(postings_text(&planned(&alone))[0].contains("AmountOnly"));
    // Charged and given back, never shipped: nothing to post, and nothing left in clearing.
    let both = "Order | 1-1 | ItemPrice | Principal | 20.00
        Refund | 1-1 | ItemPrice | Principal | -20.00 | adjustment=R1";
    let plan = refunded(both, ordered(false));
    assert_eq!(
        (told(&plan).as_str(), plan.journals.len()),
        ("NothingToPost - 20.00 0.00 USD", 0)
    );
}

#[test]
fn t13_set_37_a_reversed_refund_stands_in_the_journal() {
    let rows = "A-to-z Guarantee Refund | 1-1 | ItemPrice | Principal | 20.00 | adjustment=R1";
    let plan = Story::us("1", "20.00", rows).plan(vec![("1-1", with(vec![invoice("11", "20.00", "0.00")]))]);
    assert_eq!(told(&plan), "InJournal - 20.00 0.00 USD");
    assert!(journal_text(&plan).contains("credit refund_reversals 20.00"));
}

#[test]
fn t19_set_38_orders_from_before_go_live_need_no_record() {
    let found = Found {
        before_go_live: true,
        ..Found::default()
    };
    let plan = paid(found);
    assert_eq!(told(&plan), "PreGoLive - 20.00 0.00 USD");
    assert!(journal_text(&plan).contains("credit pre_golive 20.00"));
}

#[test]
fn ord_08_nothing_is_paid_or_given_back_on_an_invoice_whose_total_a_person_must_settle() {
    let mut found = with(vec![invoice("11", "20.00", "20.00")]);
    found.mismatched = true;
    let plan = paid(found.clone());
    assert_eq!(told(&plan), "Waiting TOTAL_MISMATCH 0.00 -20.00 USD");
    assert_eq!(plan.outcomes[0].reason.id, "settlement-reason-total-differs");
    assert_eq!(
        plan.variance_lines.iter().map(|line| line.cause).collect::<Vec<_>>(),
        [Cause::WaitingOrder]
    );
    let back = refunded(REFUND, found);
    assert_eq!(told(&back), "Waiting TOTAL_MISMATCH 0.00 20.00 USD");
}

#[test]
fn set_46_nothing_is_offered_while_the_file_does_not_add_up() {
    let story = Story::us("1", "20.00", "Order | 1-1 | ItemPrice | Principal | 20.00");
    let mut input = story.input(vec![("1-1", with(vec![invoice("11", "20.00", "20.00")]))]);
    input.settlement.declared_total = Some(amount("19.50"));
    let plan = planned(&input);
    assert_eq!(plan.held[0].code, "SETTLEMENT_INCONSISTENT");
    assert_eq!(
        (plan.variance_lines[0].cause, plan.variance.to_string()),
        (Cause::IntegrityGap, "0.50 USD".to_owned())
    );
    assert!(plan.journals_to_post().is_empty());
}

#[test]
fn set_56_a_group_that_a_person_left_out_is_named() {
    let story = Story::us("1", "20.00", "Order | 1-1 | ItemPrice | Principal | 20.00");
    let mut input = story.input(vec![("1-1", with(vec![invoice("11", "20.00", "20.00")]))]);
    input.choices.excluded.insert(input.groups[0].id.clone());
    let plan = planned(&input);
    assert_eq!(
        (told(&plan).as_str(), plan.variance_lines[0].cause),
        ("Excluded - 0.00 -20.00 USD", Cause::Excluded)
    );
}

#[test]
fn set_59_a_second_posting_has_names_of_its_own() {
    let story = Story::us("1", "20.00", "Order | 1-1 | ItemPrice | Principal | 20.00");
    let mut input = story.input(vec![("1-1", with(vec![invoice("11", "20.00", "20.00")]))]);
    input.choices.revision = 2;
    let plan = planned(&input);
    assert!(postings_text(&plan)[0].contains("AZN-PY-1-1-1-R2"));
    assert_eq!(plan.journals[0].external_id.as_str(), "AZN-JE-1-R2");
}

#[test]
fn t14_a_settlement_of_zero_has_no_transfer() {
    let rows = "Order | 1-1 | ItemPrice | Principal | 20.00
        other-transaction | | other-transaction | Current Reserve Amount | -20.00";
    let plan = Story::us("1", "0.00", rows).plan(vec![("1-1", with(vec![invoice("11", "20.00", "20.00")]))]);
    assert_eq!(
        journal_text(&plan),
        "2026-10-16 AZN-JE-1\n  debit reserve 20.00\n  credit clearing 20.00\n"
    );
}

#[test]
fn t17_two_marketplaces_in_one_report_keep_their_dimensions() {
    let rows = "Order | 1-1 | ItemFees | Commission | -1.00 | marketplace=Amazon.de
        Order | 1-2 | ItemFees | Commission | -2.00 | marketplace=Amazon.fr
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 3.00";
    let mut story = Story::us("1", "0.00", rows);
    (story.currency, story.zone) = ("EUR", "Europe/Berlin");
    let plan = story.plan(vec![]);
    let lines = plan.journals[0].lines.iter().filter(|line| line.what == "referral-fee");
    assert_eq!(
        lines
            .map(|line| line.marketplace.as_deref().unwrap())
            .collect::<Vec<_>>(),
        ["A1PA6795UKMFR9", "A13V1IB3VIYZZH"]
    );
}

#[test]
fn set_43_the_waterfall_ends_at_the_deposit() {
    let story = Story::us(
        "1",
        "11.00",
        "Order | 1-1 | ItemPrice | Principal | 20.00
         Order | 1-1 | ItemPrice | Tax | 1.60
         Order | 1-1 | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | -1.60
         Order | 1-1 | ItemFees | Commission | -3.00
         Refund | 1-2 | ItemPrice | Principal | -5.00 | adjustment=R
         other-transaction | | other-transaction | Current Reserve Amount | -1.00",
    );
    let nowhere = Found {
        amazon: AtAmazon::Unknown,
        ..Found::default()
    };
    let paid = with(vec![invoice("11", "20.00", "20.00")]);
    let input = story.input(vec![("1-1", paid), ("1-2", nowhere)]);
    let bars = waterfall(&input.groups);
    assert_eq!(bars.last().unwrap().to, amount("11.00"));
    let ids: Vec<&str> = bars.iter().map(|standing| standing.bar.id()).collect();
    assert_eq!(
        ids,
        [
            "product_sales",
            "tax_collected",
            "tax_kept",
            "refunds",
            "referral_fees",
            "reserve_held"
        ]
    );
    assert!(
        bars.windows(2)
            .all(|pair| pair[0].to == pair[1].from && pair[0].bar < pair[1].bar)
    );
    assert_eq!(Bar::ALL.len(), 15);

    let numbers = summary(&input.groups, &planned(&input));
    assert_eq!(
        (numbers.orders, numbers.orders_posted),
        (amount("20.00"), amount("20.00"))
    );
    assert_eq!(
        (numbers.refunds, numbers.lines, numbers.groups),
        (amount("-5.00"), 6, 3)
    );
    assert_eq!(numbers.tabs[&Tab::Reserve], (1, amount("-1.00")));
    assert_eq!(planned(&input).outcomes[1].status, Status::InJournal);
}

/// T21: a payment that a person entered is linked only by the money's own place: from clearing the journal takes it with
/// the rest, from a bank it takes it there, and clearing is zero either way (SET-25, SET-48).
#[test]
fn t21_set_25_money_that_a_person_put_into_a_bank_is_taken_from_there() {
    let paid_into = |account: Option<&str>| {
        let mut by_hand = document(DocumentKind::Payment, "91", "20.00");
        by_hand.account = account.map(str::to_owned);
        paid(with(vec![invoice("11", "20.00", "0.00"), by_hand]))
    };
    let in_clearing = paid_into(Some("clearing"));
    assert_eq!(told(&in_clearing), "Applied - 20.00 0.00 USD");
    assert!(journal_text(&in_clearing).contains("credit clearing 20.00"));
    assert_eq!(in_clearing.in_clearing.iter().collect::<Vec<_>>(), ["91"]);
    let in_a_bank = paid_into(Some("110"));
    assert_eq!(told(&in_a_bank), "Applied - 20.00 0.00 USD");
    let text = journal_text(&in_a_bank);
    assert!(
        text.contains("credit 110 20.00") && !text.contains("clearing"),
        "{text}"
    );
    assert!(in_a_bank.in_clearing.is_empty() && in_a_bank.held.is_empty());
}

#[test]
fn t20_bil_09_a_cash_sale_that_took_its_money_elsewhere_does_not_touch_clearing() {
    let sold_into = |account: &str| {
        let mut sale = document(DocumentKind::CashSale, "11", "20.00");
        sale.account = Some(account.to_owned());
        paid(with(vec![sale]))
    };
    let usual = sold_into("clearing");
    assert!(journal_text(&usual).contains("credit clearing 20.00"));
    assert!(usual.in_clearing.contains("11"), "SET-48: the check counts it");
    let elsewhere = sold_into("110");
    assert!(
        journal_text(&elsewhere).contains("credit 110 20.00"),
        "{}",
        journal_text(&elsewhere)
    );
    assert!(elsewhere.in_clearing.is_empty());
}

/// Two shipments of one order, each a cash sale: each settlement group finds its own.
#[test]
fn t20_set_25_each_group_finds_a_cash_sale_of_its_own() {
    let rows = "Order | 1-1 | ItemPrice | Principal | 20.00 | shipment=S1
        Order | 1-1 | ItemPrice | Principal | 20.00 | shipment=S2";
    let sales = ["11", "12"].map(|id| document(DocumentKind::CashSale, id, "20.00"));
    let plan = Story::us("1", "40.00", rows).plan(vec![("1-1", with(sales.to_vec()))]);
    assert!(plan.variance.is_zero());
    assert_eq!(plan.in_clearing.iter().collect::<Vec<_>>(), ["11", "12"]);
}

#[test]
fn set_25_an_invoice_that_a_person_paid_in_part_is_not_an_overpayment() {
    let with_part = |part: &str| {
        let by_hand = document(DocumentKind::Payment, "91", part);
        paid(with(vec![invoice("11", "20.00", "15.00"), by_hand]))
    };
    let fits = with_part("5.00");
    assert_eq!(told(&fits), "Applied - 20.00 0.00 USD");
    assert_eq!(fits.outcomes[0].reason.id, "settlement-reason-part-by-hand");
    assert!(
        postings_text(&fits)[0].ends_with("15.00 USD on 11 15.00"),
        "{:?}",
        postings_text(&fits)
    );
    let other = with_part("4.00");
    assert_eq!(told(&other), "PartlyApplied INVOICE_ALREADY_PAID 15.00 -5.00 USD");
    assert_eq!(other.variance_lines[0].cause, Cause::PaidElsewhere);
    // The same after the payment was posted.
    let mut own = document(DocumentKind::Payment, "90", "15.00");
    own.external_id = Some("AZN-PY-1-1-1".into());
    let by_hand = document(DocumentKind::Payment, "91", "5.00");
    let again = paid(with(vec![invoice("11", "20.00", "0.00"), own, by_hand]));
    assert_eq!(told(&again), "Applied - 20.00 0.00 USD");
}

/// T10: what earlier settlements gave back is not there any more, by the money and by the unit.
#[test]
fn t10_set_30_set_33_refunds_of_several_settlements_share_one_invoice() {
    let credit = |name: &str, total: &str, lines| {
        let mut memo = document(DocumentKind::CreditMemo, "70", total);
        memo.external_id = Some(name.into());
        memo.lines = lines;
        memo
    };
    let bought = || {
        let mut bought = invoice("11", "40.00", "0.00");
        bought.lines = vec![sold("A", "2", "20.00")];
        bought
    };
    let now = |earlier: FoundDocument| refunded(REFUND, with(vec![bought(), earlier]));
    let unit = "1 × Units { sku: \"A\", item: \"item-A\" } 20.00";
    let one_left = now(credit("AZN-CM-0-1-1-1", "20.00", vec![sold("A", "1", "20.00")]));
    assert_eq!(told(&one_left), "Applied - -20.00 0.00 USD");
    assert!(
        postings_text(&one_left)[0].ends_with(unit),
        "{:?}",
        postings_text(&one_left)
    );
    // Both units went back, at less than their price: the money still fits, units do not.
    let none_left = now(credit("AZN-CM-0-1-1-1", "20.00", vec![sold("A", "2", "20.00")]));
    assert!(postings_text(&none_left)[0].ends_with("1 × AmountOnly { sku: \"A\" } 20.00"));
    let too_much = now(credit("AZN-CM-0-1-1-1", "25.00", vec![]));
    assert_eq!(told(&too_much), "Applied REFUND_EXCEEDS_INVOICE -20.00 0.00 USD");
    let texts = postings_text(&too_much);
    assert!(
        texts[0].contains("AZN-CM-1-1-1-1") && texts[0].contains("15.00 USD"),
        "{texts:?}"
    );
    assert!(
        texts[1].contains("AZN-CM-1-1-1-X-1") && texts[1].contains("5.00 USD"),
        "{texts:?}"
    );
    // What an earlier refund gave beyond the invoice takes nothing of it.
    let beside = now(credit("AZN-CM-0-1-1-X-1", "25.00", vec![]));
    assert_eq!(told(&beside), "Applied - -20.00 0.00 USD");
    // Twice in one settlement: the second unit, then nothing by the unit.
    let rows = "Refund | 1-1 | ItemPrice | Principal | -20.00 | sku=A | adjustment=R1
        Refund | 1-1 | ItemPrice | Principal | -20.00 | sku=A | adjustment=R2
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 40.00";
    let mut single = bought();
    single.lines = vec![sold("A", "1", "20.00")];
    let texts = postings_text(&refunded(rows, with(vec![single])));
    assert!(texts[0].ends_with(unit) && texts[1].contains("AmountOnly"), "{texts:?}");
}

/// T8: the way in which the line was found is said, and where none can be told the choices are named.
#[test]
fn t8_set_29_the_reason_says_how_the_line_was_found() {
    let reason = |lines: Vec<domain::settlement::plan::FoundLine>, rows: &str| {
        let mut bought = invoice("11", "60.00", "0.00");
        bought.lines = lines;
        refunded(rows, with(vec![bought])).outcomes[0].reason.clone()
    };
    let coded = |sku: &str, code: &str| domain::settlement::plan::FoundLine {
        order_item_code: Some(code.into()),
        ..sold(sku, "1", "20.00")
    };
    let by_code = REFUND.replace("sku=A", "sku=A | item=77");
    // The code is surer than the SKU.
    assert_eq!(
        reason(vec![coded("A", "1"), coded("B", "77")], &by_code).id,
        "settlement-reason-refund"
    );
    assert_eq!(
        reason(vec![coded("A", "1"), coded("B", "2")], &by_code).id,
        "settlement-reason-refund-by-sku"
    );
    assert_eq!(
        reason(vec![coded("Z", "1")], &by_code).id,
        "settlement-reason-refund-by-only-line"
    );
    assert_eq!(
        reason(vec![coded("Y", "1"), coded("Z", "2")], &by_code).id,
        "settlement-reason-refund-by-amount"
    );
    let open = reason(vec![sold("A", "1", "25.00"), sold("A", "1", "35.00")], REFUND);
    let prices = open.args.iter().find(|(name, _)| name.as_str() == "prices");
    assert!(format!("{prices:?}").contains("25.00 USD, 35.00 USD"), "{open:?}");
}

#[test]
fn set_14_tax_at_source_is_never_paired_with_what_buyers_paid() {
    let rows = "Order | 1-1 | ItemPrice | Principal | 20.00 | item=1
        Order | 1-1 | ItemPrice | Tax | 3.60 | item=1
        Order | 1-1 | ItemTCS | TCS-IGST | -0.20 | item=1
        Order | 1-1 | ItemFees | TDS (Section 194-O) | -0.10 | item=1";
    let plan = Story::us("1", "23.30", rows).plan(vec![("1-1", with(vec![invoice("11", "23.60", "23.60")]))]);
    assert_eq!(
        told(&plan),
        "Applied - 23.60 0.00 USD",
        "the buyer paid his tax in full"
    );
    let text = journal_text(&plan);
    assert!(
        text.contains("debit tax_at_source 0.30") && !text.contains("facilitated"),
        "{text}"
    );
}

/// T22: a record that was posted and is gone, or was changed, is named as such, and nothing is planned anew behind the
/// seller's back (SET-44).
#[test]
fn t22_set_44_what_was_deleted_in_netsuite_after_posting_is_named() {
    let mut found = with(vec![invoice("11", "20.00", "20.00")]);
    found.written.insert("AZN-PY-1-1-1".into());
    let plan = paid(found.clone());
    assert_eq!(told(&plan), "NeedsYou NETSUITE_EDITED 0.00 -20.00 USD");
    assert_eq!(
        (plan.variance_lines[0].cause, postings_text(&plan).len()),
        (Cause::Edited, 0)
    );
    // Taken back by the seller himself, it was not written any more.
    found.written.clear();
    assert_eq!(told(&paid(found)), "Applied - 20.00 0.00 USD");

    let mut bought = with(vec![invoice("11", "20.00", "0.00")]);
    bought.written = ["AZN-CM-1-1-1-1", "AZN-RF-1-1-1-1"].map(str::to_owned).into();
    assert_eq!(
        told(&refunded(REFUND, bought.clone())),
        "NeedsYou NETSUITE_EDITED 0.00 20.00 USD"
    );
    // The credit memo stands, its refund is gone: the money never left clearing.
    let mut memo = document(DocumentKind::CreditMemo, "70", "20.00");
    memo.external_id = Some("AZN-CM-1-1-1-1".into());
    bought.documents.push(memo);
    let half = refunded(REFUND, bought.clone());
    assert_eq!(told(&half), "PartlyApplied NETSUITE_EDITED 0.00 20.00 USD");
    assert_eq!(half.outcomes[0].document.as_deref(), Some("AZN-RF-1-1-1-1"));
    let mut refund = document(DocumentKind::CustomerRefund, "71", "20.00");
    refund.external_id = Some("AZN-RF-1-1-1-1".into());
    bought.documents.push(refund);
    assert_eq!(told(&refunded(REFUND, bought)), "Applied - -20.00 0.00 USD");
}

#[test]
fn set_26_set_39_records_are_dated_with_their_rows_or_with_the_deposit() {
    let rows = "Order | 1-1 | ItemPrice | Principal | 20.00
        Refund | 1-1 | ItemPrice | Principal | -5.00 | adjustment=R1 | posted=2026-10-06 12:00:00 UTC";
    let mut input = Story::us("1", "15.00", rows).input(vec![("1-1", with(vec![invoice("11", "20.00", "20.00")]))]);
    let dates = |input: &domain::settlement::plan::Input| {
        let plan = planned(input);
        let postings = plan.outcomes.iter().flat_map(|outcome| &outcome.postings);
        let dates = postings.map(|posting| match posting {
            domain::settlement::plan::Posting::Payment(payment) => (payment.date.to_string(), payment.memo.clone()),
            domain::settlement::plan::Posting::Refund(refund) => (refund.date.to_string(), refund.memo.clone()),
            domain::settlement::plan::Posting::Reversal(reversal) => (reversal.date.to_string(), reversal.memo.clone()),
        });
        dates.collect::<Vec<_>>()
    };
    let of = |date: &str, memo: &str| (date.to_owned(), memo.to_owned());
    let memos = ["Amazon settlement 1", "Refund · Amazon settlement 1"];
    assert_eq!(dates(&input), [of("2026-10-05", memos[0]), of("2026-10-06", memos[1])]);
    input.choices.split_months = false;
    assert_eq!(dates(&input), [of("2026-10-16", memos[0]), of("2026-10-16", memos[1])]);
}

#[test]
fn set_36_the_fees_of_a_refund_stand_in_their_own_accounts() {
    let rows = "Refund | 1-1 | ItemPrice | Principal | -20.00 | adjustment=R1
        Refund | 1-1 | ItemFees | Commission | 3.00 | adjustment=R1
        Refund | 1-1 | ItemFees | RefundCommission | -0.60 | adjustment=R1
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 17.60";
    let plan = refunded(rows, with(vec![invoice("11", "20.00", "0.00")]));
    let text = journal_text(&plan);
    assert!(
        text.contains("credit referral_fees 3.00") && text.contains("debit refund_fees 0.60"),
        "{text}"
    );
    assert!(plan.variance.is_zero());
}

#[test]
fn set_40_journal_lines_are_as_fine_as_the_seller_wants() {
    use domain::settlement::plan::Detail;
    let rows = "Order | 1-1 | ItemPrice | Principal | 20.00 | sku=A
        Order | 1-1 | ItemFees | FixedClosingFee | -1.00 | sku=A
        Order | 1-1 | ItemFees | ShippingChargeback | -0.50 | sku=A
        Order | 1-1 | ItemFees | FixedClosingFee | -0.25 | sku=B";
    let mut input = Story::us("1", "18.25", rows).input(vec![("1-1", with(vec![invoice("11", "20.00", "20.00")]))]);
    // Lines of one account are netted into one by default (SET-49), which would hide the detail.
    input.choices.combine_same_account = false;
    let mut fees = |detail: Detail| {
        input.choices.detail = detail;
        let plan = planned(&input);
        let lines = plan.journals[0]
            .lines
            .iter()
            .filter(|line| line.key == "acct.selling_fees");
        lines.map(|line| format!("{:.2}", -line.credit)).collect::<Vec<_>>()
    };
    assert_eq!(fees(Detail::Category), ["1.75"]);
    assert_eq!(fees(Detail::Description), ["1.25", "0.50"]);
    assert_eq!(fees(Detail::Sku), ["1.50", "0.25"]);
}

/// SET-21: every group has one of the named states.
#[test]
fn set_21_each_group_has_its_amounts_and_one_of_the_states() {
    let rows = "Order | 1-1 | ItemPrice | Principal | 20.00 | sku=A
        Order | 1-1 | ItemPrice | Tax | 1.60 | sku=A
        Order | 1-1 | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | -1.60 | sku=A
        Order | 1-1 | ItemFees | Commission | -3.00 | sku=A
        Order | 2-2 | ItemPrice | Principal | 10.00 | sku=B
        Order | 3-3 | ItemPrice | Principal | 9.00 | sku=C
        other-transaction | | other-transaction | Subscription Fee | -6.00";
    let found = vec![
        ("1-1", with(vec![invoice("11", "20.00", "20.00")])),
        ("2-2", ordered(true)),
        ("3-3", with(vec![invoice("13", "9.00", "0.00")])),
    ];
    let plan = Story::us("1", "30.00", rows).plan(found);
    let states: Vec<Status> = plan.outcomes.iter().map(|outcome| outcome.status).collect();
    assert_eq!(
        states,
        [Status::Applied, Status::Waiting, Status::NeedsYou, Status::InJournal]
    );
    let customers: Vec<String> = plan
        .outcomes
        .iter()
        .map(|outcome| format!("{:.2}", outcome.customer))
        .collect();
    assert_eq!(customers, ["20.00", "10.00", "9.00", "0.00"]);
    assert_eq!(plan.outcomes[0].document.as_deref(), Some("INV-11"));
}

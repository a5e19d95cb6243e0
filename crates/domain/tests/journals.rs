//! The rules of the journal (flows.md §10.11): its head, its lines, its months, marketplaces and parts.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Story, amount, choices, day, invoice, journal_text, planned, with};
use domain::settlement::plan::bank::{self, NotBanked, Receipt, Stands};
use domain::settlement::plan::{Dimensions, Input, JournalDraft, Plan};
use domain::{Currency, ExternalId, Money};
use rust_decimal::Decimal;

const DE: &str = "A1PA6795UKMFR9";
const FR: &str = "A13V1IB3VIYZZH";

fn euros(id: &'static str, total: &'static str, rows: &str) -> Story {
    Story {
        currency: "EUR",
        marketplace: "Amazon.de",
        zone: "Europe/Berlin",
        ..Story::us(id, total, rows)
    }
}

/// Two marketplaces in one report: Germany nets 80.00 and 5.00 of reserve, France −20.00.
fn two_marketplaces() -> Input {
    let rows = "Order | 1-1 | ItemPrice | Principal | 100.00
        Order | 1-1 | ItemFees | Commission | -15.00
        Order | 1-2 | ItemFees | Commission | -3.00 | marketplace=Amazon.fr
        Refund | 1-2 | ItemPrice | Principal | -17.00 | marketplace=Amazon.fr | adjustment=R
        other-transaction | | other-transaction | Subscription Fee | -5.00 | marketplace=Amazon.de
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 5.00";
    let bill = |id: &str, total: &str, open: &str| {
        let mut bill = invoice(id, total, open);
        bill.currency = Currency::EUR;
        with(vec![bill])
    };
    let mut input = euros("70", "65.00", rows).input(vec![
        ("1-1", bill("11", "100.00", "100.00")),
        ("1-2", bill("12", "17.00", "0.00")),
    ]);
    let filed = |department: &str, class: &str, location: &str| Dimensions {
        department: Some(department.into()),
        class: Some(class.into()),
        location: Some(location.into()),
    };
    input.choices.journal.dimensions = BTreeMap::from([
        (DE.to_owned(), filed("1", "2", "3")),
        (FR.to_owned(), filed("4", "5", "6")),
    ]);
    input
}

fn balanced(plan: &Plan) -> &[JournalDraft] {
    assert_eq!(plan.held, []);
    for draft in &plan.journals {
        assert!(draft.balanced.is_some(), "{draft:#?}");
        assert_eq!(
            draft.lines.iter().map(|line| line.credit).sum::<Decimal>(),
            Decimal::ZERO
        );
    }
    &plan.journals
}

fn on(drafts: &[JournalDraft], key: &str) -> Decimal {
    let lines = drafts.iter().flat_map(|draft| &draft.lines);
    lines.filter(|line| line.key == key).map(|line| line.credit).sum()
}

const SEVERAL: &str = "Order | 1-1 | ItemPrice | Principal | 20.00
    Order | 1-2 | ItemPrice | Principal | 30.00
    Order | 1-1 | ItemFees | Commission | -2.00
    Refund | 1-3 | ItemPrice | Principal | -10.00 | adjustment=R
    Refund | 1-3 | ItemFees | Commission | 1.00 | adjustment=R
    other-transaction | | other-transaction | Previous Reserve Amount Balance | 9.00
    other-transaction | | other-transaction | Current Reserve Amount | -4.00";

fn several() -> Input {
    Story::us("60", "44.00", SEVERAL).input(vec![
        ("1-1", with(vec![invoice("11", "20.00", "20.00")])),
        ("1-2", with(vec![invoice("12", "30.00", "30.00")])),
        ("1-3", with(vec![invoice("13", "10.00", "0.00")])),
    ])
}

#[test]
fn set_49_lines_of_one_account_are_one_net_line_or_stand_gross() {
    let mut input = several();
    assert_eq!(
        journal_text(&planned(&input)),
        "2026-10-16 AZN-JE-60\n  debit bank 44.00\n  debit referral_fees 1.00\n  credit reserve 5.00\n  credit clearing 40.00\n",
        "one line for each account"
    );
    input.choices.combine_same_account = false;
    assert_eq!(
        journal_text(&planned(&input)),
        "2026-10-16 AZN-JE-60\n  debit bank 44.00\n  debit referral_fees 1.00\n  debit reserve 4.00\n  credit reserve 9.00\n  \
         credit clearing 40.00\n"
    );
    // Two customers, or two departments, are two lines of one account.
    let mut apart = two_marketplaces();
    let clearing = |input: &Input| {
        let plan = planned(input);
        let lines = plan.journals[0].lines.iter().filter(|line| line.key == "acct.clearing");
        lines.map(|line| line.credit).collect::<Vec<_>>()
    };
    assert_eq!(clearing(&apart), [amount("-17.00"), amount("100.00")]);
    apart.choices.journal.dimensions.clear();
    assert_eq!(clearing(&apart), [amount("83.00")]);
    apart.choices.journal.entities = BTreeMap::from([(DE.to_owned(), "88".to_owned())]);
    assert_eq!(clearing(&apart), [amount("-17.00"), amount("100.00")]);
}

#[test]
fn set_50_the_head_says_the_deposits_day_the_currency_and_the_period() {
    let plan = planned(&several());
    let draft = &plan.journals[0];
    assert_eq!((draft.date, draft.currency), (day("2026-10-16"), Currency::USD));
    assert_eq!(draft.memo, "Amazon settlement 60 2026-10-01–2026-10-15");
    let memos: Vec<&str> = draft.lines.iter().map(|line| line.memo.as_str()).collect();
    assert_eq!(
        memos,
        ["transfer", "referral-fee · Amazon.com", "reserve", "order-money"]
    );
}

#[test]
fn set_50_a_customer_for_each_marketplace_stands_on_its_lines() {
    let mut input = two_marketplaces();
    input.choices.journal.entities =
        BTreeMap::from([(DE.to_owned(), "88".to_owned()), (FR.to_owned(), "89".to_owned())]);
    let plan = planned(&input);
    let named: Vec<(&str, Option<&str>)> = balanced(&plan)[0]
        .lines
        .iter()
        .map(|line| (line.what.as_str(), line.entity.as_deref()))
        .collect();
    assert_eq!(
        named,
        [
            ("transfer", None),
            ("referral-fee", Some("88")),
            ("referral-fee", Some("89")),
            ("subscription", Some("88")),
            ("order-money", Some("89")),
            ("reserve", None),
            ("order-money", Some("88")),
        ]
    );
}

#[test]
fn set_51_what_is_carried_forward_comes_back_in_the_last_month() {
    let mut story = Story::us(
        "61",
        "60.00",
        "Order | 1-1 | ItemPrice | Principal | 75.00 | posted=2026-08-28 12:00:00 UTC
         Order | 1-2 | ItemFees | Commission | -15.00 | posted=2026-09-28 12:00:00 UTC
         other-transaction | | other-transaction | Subscription Fee | -40.00 | posted=2026-09-28 12:00:00 UTC
         other-transaction | | FBA Inventory Reimbursement | WAREHOUSE_LOST | 40.00 | posted=2026-10-02 12:00:00 UTC",
    );
    story.deposit = "2026-10-09 20:00:00 UTC";
    let plan = story.plan(vec![("1-1", with(vec![invoice("11", "75.00", "75.00")]))]);
    let drafts = balanced(&plan);
    let carried: Vec<(String, Decimal)> = drafts
        .iter()
        .map(|draft| {
            (
                draft.date.to_string(),
                on(std::slice::from_ref(draft), "acct.carried_forward"),
            )
        })
        .collect();
    assert_eq!(
        carried,
        [
            ("2026-08-31".to_owned(), amount("-75.00")),
            ("2026-09-30".to_owned(), amount("55.00")),
            ("2026-10-09".to_owned(), amount("20.00")),
        ]
    );
    assert_eq!(on(drafts, "acct.carried_forward"), Decimal::ZERO);
    assert_eq!(on(drafts, "acct.bank"), amount("-60.00"));
}

#[test]
fn set_54_t17_lines_carry_the_dimensions_of_their_marketplace() {
    let plan = planned(&two_marketplaces());
    let [draft] = balanced(&plan) else {
        panic!("one journal")
    };
    let filed: Vec<String> = draft
        .lines
        .iter()
        .map(|line| {
            let Dimensions {
                department,
                class,
                location,
            } = &line.dimensions;
            let filed = [department, class, location].map(|one| one.clone().unwrap_or_default());
            format!("{} {:.2} {}", line.what, line.credit, filed.join("/"))
        })
        .collect();
    assert_eq!(
        filed,
        [
            "transfer -65.00 1/2/3",
            "referral-fee -15.00 1/2/3",
            "referral-fee -3.00 4/5/6",
            "subscription -5.00 1/2/3",
            "order-money -17.00 4/5/6",
            "reserve 5.00 1/2/3",
            "order-money 100.00 1/2/3",
        ],
        "what belongs to no marketplace is filed with the one that has the most lines"
    );
}

#[test]
fn set_54_one_journal_for_each_marketplace_shares_the_transfer_by_net() {
    let mut input = two_marketplaces();
    let whole = planned(&input);
    input.choices.journal.per_marketplace = true;
    let plan = planned(&input);
    assert_eq!(
        journal_text(&plan),
        "2026-10-16 AZN-JE-70-DE\n  debit bank 85.00\n  debit referral_fees 15.00\n  debit subscription 5.00\n  \
         credit reserve 5.00\n  credit clearing 100.00\n\
         2026-10-16 AZN-JE-70-FR\n  debit referral_fees 3.00\n  debit clearing 17.00\n  credit bank 20.00\n"
    );
    let drafts = balanced(&plan);
    assert!(drafts[1].memo.ends_with(" · FR"), "{}", drafts[1].memo);
    for key in ["acct.bank", "acct.clearing", "acct.reserve", "acct.referral_fees"] {
        assert_eq!(on(drafts, key), on(&whole.journals, key), "{key}");
    }
    // Months and marketplaces together: each piece balances and has its own name.
    let mut story = euros(
        "71",
        "9.00",
        "Order | 1-1 | ItemFees | Commission | -1.00 | posted=2026-09-05 12:00:00 UTC
         Order | 1-2 | ItemFees | Commission | -2.00 | marketplace=Amazon.fr | posted=2026-10-05 12:00:00 UTC
         other-transaction | | other-transaction | Previous Reserve Amount Balance | 12.00 | posted=2026-10-05 12:00:00 UTC",
    );
    story.start = "2026-09-01 07:00:00 UTC";
    let mut input = story.input(vec![]);
    input.choices.journal.per_marketplace = true;
    let plan = planned(&input);
    let names: Vec<&str> = balanced(&plan).iter().map(|draft| draft.external_id.as_str()).collect();
    assert_eq!(
        names,
        ["AZN-JE-71-DE-202609", "AZN-JE-71-DE-202610", "AZN-JE-71-FR-202610"]
    );
    assert_eq!(on(&plan.journals, "acct.carried_forward"), Decimal::ZERO);
    // One marketplace alone keeps the plain name.
    let mut one = several();
    one.choices.journal.per_marketplace = true;
    assert_eq!(planned(&one).journals[0].external_id.as_str(), "AZN-JE-60");
}

#[test]
fn set_55_the_class_of_the_item_wins_over_the_marketplaces() {
    let rows = "Order | 1-1 | ItemFees | Commission | -1.00 | sku=RED
        Order | 1-1 | ItemFees | Commission | -2.00 | sku=BLUE
        Order | 1-1 | ItemFees | Commission | -4.00 | sku=PLAIN
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 7.00";
    let mut input = euros("72", "0.00", rows).input(vec![]);
    let class = |class: &str| Some(class.to_owned());
    let market = Dimensions {
        class: class("9"),
        ..Dimensions::default()
    };
    input.choices.journal.dimensions = BTreeMap::from([(DE.to_owned(), market)]);
    input.choices.journal.classes = BTreeMap::from([("RED".into(), "7".into()), ("BLUE".into(), "8".into())]);
    let plan = planned(&input);
    let fees = balanced(&plan)[0]
        .lines
        .iter()
        .filter(|line| line.key == "acct.referral_fees");
    let classes: Vec<(Option<String>, Decimal)> =
        fees.map(|line| (line.dimensions.class.clone(), line.credit)).collect();
    assert_eq!(
        classes,
        [
            (class("7"), amount("-1.00")),
            (class("8"), amount("-2.00")),
            (class("9"), amount("-4.00"))
        ],
        "two brands in one order are two lines"
    );
}

/// T30: fees alone, one line for each SKU, more than one journal may hold.
#[test]
fn cmn_38_t30_a_long_journal_is_parted_and_each_part_balances() {
    let skus = 1_203;
    let row = |sku: usize| {
        format!(
            "ServiceFee | | Cost of Advertising | TransactionTotalAmount | -0.01 | sku=S{sku:04} | marketplace=Amazon.com"
        )
    };
    let mut rows: Vec<String> = (0..skus).map(row).collect();
    rows.push("other-transaction | | other-transaction | Previous Reserve Amount Balance | 12.03".to_owned());
    let rows = rows.join("\n");
    let mut input = Story::us("73", "0.00", &rows).input(vec![]);
    input.choices.detail = domain::settlement::plan::Detail::Sku;
    let plan = planned(&input);
    let drafts = balanced(&plan);
    let names: Vec<&str> = drafts.iter().map(|draft| draft.external_id.as_str()).collect();
    assert_eq!(names, ["AZN-JE-73-P1", "AZN-JE-73-P2", "AZN-JE-73-P3"]);
    assert!(
        drafts.iter().all(|draft| draft.lines.len() <= 500),
        "NetSuite's pages can edit each"
    );
    assert_eq!(plan.journals_to_post().len(), 3);
    assert_eq!(
        on(drafts, "acct.carried_forward"),
        Decimal::ZERO,
        "the parts balance each other"
    );
    assert_eq!(on(drafts, "acct.advertising"), amount("-12.03"));
    let memos: BTreeSet<&str> = drafts
        .iter()
        .flat_map(|draft| &draft.lines)
        .map(|line| line.memo.as_str())
        .collect();
    assert!(memos.len() > skus, "each SKU keeps its line");
    // Exactly as many as fit stay one journal.
    input.choices.journal.most_lines = skus + 1;
    assert_eq!(planned(&input).journals[0].external_id.as_str(), "AZN-JE-73");
    input.choices.journal.most_lines = skus;
    assert_eq!(planned(&input).journals.len(), 2);
    // By month too: the parts of a month carry its name.
    input.choices.revision = 2;
    assert_eq!(planned(&input).journals[0].external_id.as_str(), "AZN-JE-73-P1-R2");
}

fn banked(received: &str, fee: &str, rate: &str) -> Result<String, NotBanked> {
    let dollars = |text: &str| Money::new(amount(text), Currency::USD);
    let receipt = Receipt {
        received: dollars(received),
        fee: dollars(fee),
        date: day("2026-10-20"),
        rate: amount(rate),
    };
    let mut accounts = choices("UTC").accounts;
    accounts.by_key.insert("acct.bank_fees".into(), "bank_fees".into());
    let (name, transfer) = (
        ExternalId::bank_journal("74"),
        Money::new(amount("1000.00"), Currency::EUR),
    );
    let journal = bank::journal(name, "74", transfer, Stands::InTransit, receipt, &accounts)?.unwrap();
    assert_eq!(
        journal.lines().iter().map(|line| line.credit).sum::<Decimal>(),
        Decimal::ZERO
    );
    let lines: Vec<String> = journal
        .lines()
        .iter()
        .map(|line| format!("{} {:.2}", line.key.trim_start_matches("acct."), line.credit))
        .collect();
    Ok(format!(
        "{} {} {}: {}",
        journal.external_id(),
        journal.date(),
        journal.currency(),
        lines.join(", ")
    ))
}

/// T25: the transfer waits in transit, in the settlement's currency; the bank's journal brings it home in its own.
#[test]
fn set_53_t25_a_bank_in_another_currency_gets_a_journal_of_its_own() {
    let mut input = several();
    input.choices.bank_in_transit = true;
    assert!(journal_text(&planned(&input)).contains("debit in_transit 44.00"));
    assert_eq!(
        banked("1080.00", "5.00", "1.1").unwrap(),
        "AZN-JE-74-B 2026-10-20 USD: bank -1080.00, bank_fees -5.00, exchange_difference -15.00, in_transit 1100.00"
    );
    assert_eq!(
        banked("1110.00", "0", "1.1").unwrap(),
        "AZN-JE-74-B 2026-10-20 USD: bank -1110.00, exchange_difference 10.00, in_transit 1100.00",
        "a gain is a credit, and a bank that takes nothing has no line"
    );
    assert_eq!(
        banked("1100.01", "0", "1.1000095").unwrap(),
        "AZN-JE-74-B 2026-10-20 USD: bank -1100.01, in_transit 1100.01",
        "CMN-07: rounded once, half away from zero"
    );
    assert_eq!(banked("0", "5.00", "1.1"), Err(NotBanked::NotPositive));
    assert_eq!(banked("1080.00", "5.00", "0"), Err(NotBanked::NotPositive));
    let entered = |stands, transfer: Money, received: &str, currency| {
        let received = Money::new(amount(received), currency);
        Receipt::entered(transfer, stands, received, Decimal::ZERO, day("2026-10-20"))
    };
    let euros = Money::new(amount("100.00"), Currency::EUR);
    let told = entered(Stands::OnBank, euros, "90.00", Currency::USD);
    assert_eq!(told, Err(NotBanked::OtherCurrency), "it would be on the bank twice");
    let owed = Money::new(amount("-1.00"), Currency::USD);
    let told = entered(Stands::OnBank, owed, "1.00", Currency::USD);
    assert_eq!(told, Err(NotBanked::NothingTransferred));
}

/// In one currency what is missing is the bank's fee: nothing can be won on the way.
#[test]
fn set_53_a_bank_in_the_same_currency_takes_its_fee_and_nothing_else() {
    let euros = |text: &str| Money::new(amount(text), Currency::EUR);
    let transfer = euros("100.00");
    let lines = |stands, received: &str| {
        let receipt = Receipt::entered(transfer, stands, euros(received), Decimal::ZERO, day("2026-10-20"))?;
        let mut accounts = choices("UTC").accounts;
        accounts.by_key.insert("acct.bank_fees".into(), "bank_fees".into());
        let name = ExternalId::bank_journal("74");
        let journal = bank::journal(name, "74", transfer, stands, receipt, &accounts)?;
        let line = |line: &domain::settlement::plan::JournalLine| format!("{} {:.2}", line.key, line.credit);
        let lines = journal.map(|journal| journal.lines().iter().map(line).collect::<Vec<_>>().join(", "));
        Ok::<_, NotBanked>(lines)
    };
    assert_eq!(lines(Stands::OnBank, "100.00"), Ok(None), "it is where it belongs");
    assert_eq!(
        lines(Stands::OnBank, "98.50").unwrap().unwrap(),
        "acct.bank_fees -1.50, acct.bank 1.50"
    );
    assert_eq!(
        lines(Stands::InTransit, "98.50").unwrap().unwrap(),
        "acct.bank -98.50, acct.bank_fees -1.50, acct.in_transit 100.00"
    );
    assert_eq!(
        lines(Stands::InTransit, "100.00").unwrap().unwrap(),
        "acct.bank -100.00, acct.in_transit 100.00"
    );
    assert_eq!(lines(Stands::OnBank, "100.01"), Err(NotBanked::DoesNotAddUp));
    assert_eq!(lines(Stands::OnBank, "0"), Err(NotBanked::NotPositive));
}

/// What stands on bills: `AZN-VB-… 2026-10-16 23.50: referral_fees 15.00 …`.
fn bills(plan: &Plan) -> Vec<String> {
    let bill = |bill: &domain::settlement::plan::FeeBill| {
        let line = |line: &domain::settlement::plan::FeeLine| {
            format!("{} {:.2}", line.key.trim_start_matches("acct."), line.amount)
        };
        let lines: Vec<String> = bill.lines.iter().map(line).collect();
        let name = bill.external_id.as_str();
        format!("{name} {} {:.2}: {}", bill.date, bill.amount.amount, lines.join(", "))
    };
    plan.bills.iter().map(bill).collect()
}

/// SET-41: fees leave the journal for a bill that clearing pays; what Amazon gives back stays where it was.
#[test]
fn set_41_fees_become_a_bill_that_clearing_pays() {
    let rows = "Order | 1-1 | ItemPrice | Principal | 100.00
        Order | 1-1 | ItemFees | Commission | -15.00
        Refund | 1-2 | ItemFees | Commission | 4.50
        other-transaction | | other-transaction | Storage Fee | -5.00 | marketplace=Amazon.com
        other-transaction | | FBA Inventory Reimbursement | WAREHOUSE_LOST | 8.00 | marketplace=Amazon.com";
    let found = || vec![("1-1", with(vec![invoice("i1", "100.00", "100.00")]))];
    let mut input = Story::us("41", "92.50", rows).input(found());
    input.choices.vendor_bill = true;
    let plan = planned(&input);
    assert_eq!(
        bills(&plan),
        ["AZN-VB-41 2026-10-16 15.50: referral_fees 10.50, storage 5.00"]
    );
    assert_eq!(plan.bills[0].payment.as_str(), "AZN-VP-41");
    assert_eq!(
        journal_text(&plan),
        "2026-10-16 AZN-JE-41\n  debit bank 92.50\n  credit reimbursements 8.00\n  credit clearing 84.50\n"
    );
    // More credit than cost is no bill.
    let rows = "Order | 1-1 | ItemPrice | Principal | 100.00
        Refund | 1-2 | ItemFees | Commission | 4.50";
    let mut input = Story::us("42", "104.50", rows).input(found());
    input.choices.vendor_bill = true;
    let plan = planned(&input);
    assert_eq!(bills(&plan), Vec::<String>::new());
    assert!(journal_text(&plan).contains("credit referral_fees 4.50"));
}

#[test]
fn set_41_set_51_each_month_has_its_bill_and_its_clearing_is_zero() {
    let rows = "Order | 1-1 | ItemPrice | Principal | 75.00 | posted=2026-09-28 12:00:00 UTC
        Order | 1-1 | ItemFees | Commission | -15.00 | posted=2026-09-28 12:00:00 UTC
        Order | 1-2 | ItemPrice | Principal | 50.00 | posted=2026-10-03 12:00:00 UTC
        Order | 1-2 | ItemFees | Commission | -10.00 | posted=2026-10-03 12:00:00 UTC";
    let found = vec![
        ("1-1", with(vec![invoice("i1", "75.00", "75.00")])),
        ("1-2", with(vec![invoice("i2", "50.00", "50.00")])),
    ];
    let mut input = Story::us("43", "100.00", rows).input(found);
    input.choices.vendor_bill = true;
    let plan = planned(&input);
    assert_eq!(
        bills(&plan),
        [
            "AZN-VB-43-202609 2026-09-30 15.00: referral_fees 15.00",
            "AZN-VB-43-202610 2026-10-16 10.00: referral_fees 10.00"
        ]
    );
    assert_eq!(
        journal_text(&plan),
        "2026-09-30 AZN-JE-43-202609\n  debit carried_forward 60.00\n  credit clearing 60.00\n\
         2026-10-16 AZN-JE-43-202610\n  debit bank 100.00\n  credit clearing 40.00\n  credit carried_forward 60.00\n"
    );
}

//! What the settlement flows decide, each test named by the rule or example of flows.md §10 that it proves.

use std::collections::BTreeMap;

use domain::settlement::Line;
use domain::settlement::classify::Vocabulary;
use domain::settlement::group::Kind;
use domain::settlement::marketplace::{Attribution, Known as Around};
use domain::settlement::plan::{Found, plan};
use domain::settlement::{group, plan::Cause};
use rust_decimal::Decimal;
use serde_json::Value;

use super::gather::Settled;
use super::journals::{self, Journals};
use super::orders::{Answer, Asked, Orders};
use super::payments::Payments;
use super::posting::{ToPost, of_kind};
use super::refunds::Refunds;
use super::sample;
use super::summaries::Summaries;
use super::summary;
use crate::flow::{Decision, Flow, Instead, LocalWrite, Problem, Remedy, Step, Write};
use crate::orders::seen::ClosedPeriod;
use crate::rules::{Channel, Rules};

const US: &str = "ATVPDKIKX0DER";

fn rules() -> Rules {
    let mut rules = Rules::new(sample::noon());
    for (key, value) in [
        ("acct.clearing", "221"),
        ("refund.amount_item", "amount"),
        ("orders.shipping_item", "shipping"),
        ("subsidiary", "1"),
    ] {
        rules.options.set("", key, value);
    }
    rules
}

/// Rows of `transaction | amount-type | amount-description | order | amount`.
fn told(rows: &str, found: &[(&str, &str, &str)]) -> Settled {
    let mut settled = sample::settled();
    let mut lines = Vec::new();
    for (number, row) in (3..).zip(rows.lines().map(str::trim).filter(|row| !row.is_empty())) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let amount: Decimal = cells[4].parse().unwrap();
        let units = domain::money::ten_thousandths(amount).unwrap();
        lines.push(sample::line(number, cells[0], cells[1], cells[2], cells[3], units));
    }
    let total: Decimal = lines.iter().map(Line::amount).sum();
    settled.stored.header.declared_total = Some(total);
    settled.input.settlement = settled.stored.header.clone();
    let around = Around {
        account: vec![US.into()],
        ..Around::default()
    };
    let attribution = Attribution::new(&settled.input.settlement, &lines, &around);
    let zone = chrono_tz::America::Los_Angeles;
    settled.input.groups = group(
        &settled.input.settlement,
        lines.clone(),
        &mut Vocabulary::default(),
        &attribution,
        zone,
    );
    let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    settled.input.found = found
        .iter()
        .map(|(order, total, open)| ((*order).to_owned(), sample::invoice(order, cents(total), cents(open))))
        .collect();
    again(settled)
}

fn again(mut settled: Settled) -> Settled {
    settled.plan = plan(&settled.input);
    settled
}

/// E1 of flows.md §10.15.
fn e1() -> Settled {
    let rows = "
        Order | ItemPrice | Principal | 111-0000000-0000001 | 20.00
        Order | ItemPrice | Shipping | 111-0000000-0000001 | 4.00
        Order | Promotion | Shipping | 111-0000000-0000001 | -4.00
        Order | Promotion | Principal | 111-0000000-0000001 | -2.00
        Order | ItemPrice | Tax | 111-0000000-0000001 | 1.60
        Order | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | 111-0000000-0000001 | -1.60
        Order | ItemFees | Commission | 111-0000000-0000001 | -2.70
        Order | ItemFees | FBAPerUnitFulfillmentFee | 111-0000000-0000001 | -3.50
        Order | ItemPrice | Principal | 111-0000000-0000003 | 100.00
        Order | ItemPrice | Tax | 111-0000000-0000003 | 8.00
        Order | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | 111-0000000-0000003 | -8.00
        Order | ItemFees | Commission | 111-0000000-0000003 | -15.00
        Refund | ItemPrice | Principal | 111-0000000-0000002 | -30.00
        Refund | ItemPrice | Tax | 111-0000000-0000002 | -2.40
        Refund | ItemWithheldTax | MarketplaceFacilitatorTax-Principal | 111-0000000-0000002 | 2.40
        Refund | ItemFees | Commission | 111-0000000-0000002 | 4.50
        Refund | ItemFees | RefundCommission | 111-0000000-0000002 | -0.90
        other-transaction | other-transaction | Storage Fee | | -5.00
        other-transaction | other-transaction | Subscription Fee | | -39.99
        ServiceFee | Cost of Advertising | TransactionTotalAmount | | -12.00
        other-transaction | FBA Inventory Reimbursement | WAREHOUSE_DAMAGE | | 8.00
        other-transaction | other-transaction | Previous Reserve Amount Balance | | 10.00
        other-transaction | other-transaction | Current Reserve Amount | | -6.00";
    told(
        rows,
        &[
            ("111-0000000-0000001", "18.00", "18.00"),
            ("111-0000000-0000002", "30.00", "0.00"),
            ("111-0000000-0000003", "100.00", "100.00"),
        ],
    )
}

fn only(settled: &Settled, kind: Kind) -> Vec<ToPost> {
    of_kind(settled, kind)
}

fn body(step: &Step) -> &Value {
    match &step.write {
        Write::NetSuite(netsuite::Write::Create { body, .. }) => body,
        other => panic!("not a create: {other:?}"),
    }
}

fn causes(decision: Decision) -> Vec<String> {
    match decision {
        Err(Instead::Ask { problems }) => problems.into_iter().map(|problem| problem.cause).collect(),
        other => panic!("it should ask: {other:?}"),
    }
}

fn number(value: &Value) -> Decimal {
    value.to_string().parse().unwrap()
}

#[test]
fn e1_set_27_invoices_are_paid_with_what_the_buyer_paid() {
    let steps: Vec<Step> = only(&e1(), Kind::Payment)
        .iter()
        .flat_map(|seen| Payments::decide(seen, &rules()).unwrap())
        .collect();
    let told: Vec<String> = steps
        .iter()
        .map(|step| {
            let body = body(step);
            let apply = &body["apply"]["items"][0];
            format!(
                "{} {} on {} of {}",
                step.name,
                number(&body["payment"]),
                apply["doc"]["id"],
                number(&apply["amount"])
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "AZN-PY-90001-111-0000000-0000001 18 on \"71800\" of 18",
            "AZN-PY-90001-111-0000000-0000003 100 on \"710000\" of 100",
        ]
    );
    assert!(
        steps.iter().all(|step| step.hold.as_deref() == Some("90001")),
        "nothing leaves before it is approved"
    );
    assert_eq!(body(&steps[0])["account"]["id"], "221", "into clearing");
}

#[test]
fn e1_set_28_a_refund_is_a_credit_memo_paid_out_of_clearing() {
    let seen = only(&e1(), Kind::Refund);
    let steps = Refunds::decide(&seen[0], &rules()).unwrap();
    let names: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "AZN-CM-90001-111-0000000-0000002-1",
            "AZN-RF-90001-111-0000000-0000002-1"
        ]
    );
    let memo = body(&steps[0]);
    assert_eq!(
        memo["item"]["items"][0]["item"]["id"], "amount",
        "SET-31: no stock comes back by itself"
    );
    assert_eq!(number(&memo["item"]["items"][0]["amount"]), Decimal::from(30));
    let refund = body(&steps[1]);
    assert_eq!(
        steps[1].needs.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["AZN-CM-90001-111-0000000-0000002-1"]
    );
    assert_eq!(
        refund["apply"]["items"][0]["doc"]["$named"],
        "AZN-CM-90001-111-0000000-0000002-1"
    );
    assert_eq!(
        (
            refund["account"]["id"].as_str(),
            number(&refund["apply"]["items"][0]["amount"])
        ),
        (Some("221"), Decimal::from(30))
    );
}

#[test]
fn set_31_goods_come_back_into_stock_only_by_choice() {
    let mut rules = rules();
    rules.options.set("", "refund.stock", "restock");
    let steps = Refunds::decide(&only(&e1(), Kind::Refund)[0], &rules).unwrap();
    assert_eq!(body(&steps[0])["item"]["items"][0]["item"]["id"], "501");
}

#[test]
fn e1_set_47_the_journal_goes_last_and_balances() {
    let mut settled = e1();
    choose_accounts(&mut settled);
    let steps = Journals::decide(&journals::of(&settled), &rules()).unwrap();
    let [step] = steps.as_slice() else {
        panic!("one journal: {steps:?}")
    };
    assert_eq!(step.name, "AZN-JE-90001");
    let needs: Vec<String> = step.needs.iter().map(ToString::to_string).collect();
    assert_eq!(
        needs,
        [
            "AZN-PY-90001-111-0000000-0000001",
            "AZN-PY-90001-111-0000000-0000003",
            "AZN-CM-90001-111-0000000-0000002-1",
            "AZN-RF-90001-111-0000000-0000002-1",
        ]
    );
    let body = body(step);
    let (mut debits, mut credits) = (BTreeMap::new(), BTreeMap::new());
    for line in body["line"]["items"].as_array().unwrap() {
        let account = line["account"]["id"].as_str().unwrap().to_owned();
        match line.get("debit") {
            Some(debit) => debits.insert(account, number(debit).to_string()),
            None => credits.insert(account, number(&line["credit"]).to_string()),
        };
    }
    let as_text = |side: &BTreeMap<String, String>| {
        side.iter()
            .map(|(account, amount)| format!("{account} {amount}"))
            .collect::<Vec<_>>()
    };
    let expected_debits = [
        "acct.advertising 12",
        "acct.bank 25.41",
        "acct.fulfilment_fees 3.5",
        "acct.referral_fees 13.2",
        "acct.refund_fees 0.9",
        "acct.storage 5",
        "acct.subscription 39.99",
    ];
    assert_eq!(as_text(&normal(debits)), expected_debits);
    assert_eq!(
        as_text(&normal(credits)),
        ["221 88", "acct.reimbursements 8", "acct.reserve 4"]
    );
    assert_eq!(
        (body["tranDate"].as_str(), body["approved"].as_bool()),
        (Some("2026-10-16"), Some(true))
    );
}

fn normal(side: BTreeMap<String, String>) -> BTreeMap<String, String> {
    side.into_iter()
        .map(|(account, amount)| (account, amount.parse::<Decimal>().unwrap().normalize().to_string()))
        .collect()
}

/// Every account stands under its own key, clearing under 221.
fn choose_accounts(settled: &mut Settled) {
    let keys = domain::settlement::Category::ALL
        .iter()
        .map(|category| category.account());
    let keys = keys
        .chain(["acct.bank", "acct.due_to_amazon", "acct.variance", "acct.rounding"])
        .filter(|key| !key.is_empty());
    settled.input.choices.accounts.by_key = keys.map(|key| (key.to_owned(), key.to_owned())).collect();
    settled
        .input
        .choices
        .accounts
        .by_key
        .insert("acct.clearing".into(), "221".into());
    settled.plan = plan(&settled.input);
}

#[test]
fn e1_set_43_the_summary_says_that_the_books_agree() {
    let mut settled = e1();
    choose_accounts(&mut settled);
    let summary = summary::of(&settled);
    assert_eq!(summary.amazon_says.to_string(), "25.41 USD");
    assert_eq!(
        (summary.netsuite_has.to_string(), summary.difference.to_string()),
        ("25.41 USD".into(), "0.00 USD".into())
    );
    assert!(summary.accounts_ready && summary.tax_ready && summary.orders_ready && summary.why_not.is_empty());
    let will: Vec<String> = summary
        .will_write
        .iter()
        .map(|(what, count)| format!("{what} {count}"))
        .collect();
    assert_eq!(will, ["payments 2", "credit_memos 1", "refunds 1", "journals 1"]);
    let bars: Decimal = summary.bars.iter().map(|bar| bar.amount).sum();
    assert_eq!(bars, summary.amazon_says.amount, "the waterfall ends at the deposit");
}

#[test]
fn e2_an_order_that_is_not_billed_makes_the_journal_wait() {
    let mut settled = e1();
    choose_accounts(&mut settled);
    let sales_order = domain::settlement::plan::FoundSalesOrder {
        id: "4711".into(),
        shipped: true,
        closed: false,
    };
    let found = Found {
        sales_order: Some(sales_order),
        ..Found::default()
    };
    settled.input.found.insert("111-0000000-0000003".into(), found);
    let settled = again(settled);
    let summary = summary::of(&settled);
    assert_eq!(summary.difference.to_string(), "100.00 USD");
    assert_eq!(
        summary.unexplained.iter().map(|part| part.cause).collect::<Vec<_>>(),
        [Cause::WaitingOrder]
    );
    assert!(!summary.orders_ready && !summary.why_not.is_empty());
    assert!(matches!(
        Journals::decide(&journals::of(&settled), &rules()),
        Err(Instead::Wait { .. })
    ));
    let payments = only(&settled, Kind::Payment);
    assert!(matches!(
        Payments::decide(&payments[1], &rules()),
        Err(Instead::Wait { .. })
    ));
    assert!(
        Payments::decide(&payments[0], &rules()).is_ok(),
        "CMN-19: the others go on"
    );
}

#[test]
fn t7_set_12_an_unmapped_kind_of_line_holds_the_journal_and_asks_once() {
    let rows = "
        Order | ItemPrice | Principal | 111-0000000-0000001 | 18.00
        Mystery | Glitter Fee | Base fee | | -1.00
        Mystery | Glitter Fee | Base fee | | -2.00";
    let mut settled = told(rows, &[("111-0000000-0000001", "18.00", "18.00")]);
    choose_accounts(&mut settled);
    let decision = Journals::decide(&journals::of(&settled), &rules());
    let Err(Instead::Ask { problems }) = decision else {
        panic!("it asks: {decision:?}")
    };
    let unmapped: Vec<_> = problems
        .iter()
        .filter(|problem| problem.code == "LINE_UNMAPPED")
        .collect();
    assert_eq!(unmapped.len(), 1, "one question for one kind");
    let triple = ["Mystery", "Glitter Fee", "Base fee"].map(str::to_owned);
    assert!(
        unmapped[0].remedies.contains(&Remedy::MapLine { triple }),
        "{unmapped:?}"
    );
    assert!(
        Payments::decide(&only(&settled, Kind::Payment)[0], &rules()).is_ok(),
        "payments are not held by it"
    );
}

#[test]
fn t4_set_09_a_file_that_does_not_add_up_is_never_journalled() {
    let mut settled = e1();
    choose_accounts(&mut settled);
    settled.input.settlement.declared_total = Some("25.43".parse().unwrap());
    let settled = again(settled);
    assert!(
        causes(Journals::decide(&journals::of(&settled), &rules()))
            .contains(&"SETTLEMENT_INCONSISTENT:90001".to_owned())
    );
}

#[test]
fn an_account_that_is_missing_is_asked_for_by_name() {
    let mut settled = e1();
    choose_accounts(&mut settled);
    settled.input.choices.accounts.by_key.remove("acct.storage");
    let settled = again(settled);
    assert_eq!(
        causes(Journals::decide(&journals::of(&settled), &rules())),
        [format!("ACCOUNT_MISSING:acct.storage:{US}")]
    );
    assert!(!summary::of(&settled).accounts_ready);
}

#[test]
fn cmn_34_a_closed_period_holds_postings_or_moves_them() {
    let mut seen = only(&e1(), Kind::Payment).remove(0);
    seen.closed = Some(ClosedPeriod {
        name: "Oct 2026".into(),
        first_open: "2026-11-01".parse().ok(),
    });
    assert_eq!(causes(Payments::decide(&seen, &rules())), ["PERIOD_CLOSED:Oct 2026"]);
    let mut rules = rules();
    rules.options.set("", "closed_period", "first_open");
    let steps = Payments::decide(&seen, &rules).unwrap();
    assert_eq!(body(&steps[0])["tranDate"], "2026-11-01");
}

#[test]
fn set_46_automatic_posting_waits_for_nobody() {
    let mut rules = rules();
    rules.options.set("", "je.mode", "auto");
    let steps = Payments::decide(&only(&e1(), Kind::Payment)[0], &rules).unwrap();
    assert_eq!(
        steps[0].hold.as_deref(),
        Some("90001"),
        "the app approves it as a whole (SET-46)"
    );
}

#[test]
fn a_clearing_account_that_nobody_chose_is_asked_for() {
    let mut settled = e1();
    settled.input.choices.accounts.by_key.remove("acct.clearing");
    let settled = again(settled);
    let mut rules = rules();
    rules.options.set("", "acct.clearing", "");
    let asked = causes(Payments::decide(&only(&settled, Kind::Payment)[0], &rules));
    assert_eq!(asked, [format!("OPTION_MISSING:acct.clearing:{US}")]);
}

#[test]
fn running_twice_changes_nothing_what_is_posted_is_left_alone() {
    let mut settled = e1();
    choose_accounts(&mut settled);
    let first = Payments::decide(&only(&settled, Kind::Payment)[0], &rules()).unwrap();
    let paid = settled.input.found.get_mut("111-0000000-0000001").unwrap();
    let mut payment = paid.documents[0].clone();
    payment.kind = domain::settlement::plan::DocumentKind::Payment;
    payment.id = "9001".into();
    payment.external_id = Some(first[0].name.clone());
    payment.open = Decimal::ZERO;
    paid.documents[0].open = Decimal::ZERO;
    paid.documents.push(payment);
    let settled = again(settled);
    assert!(matches!(
        Payments::decide(&only(&settled, Kind::Payment)[0], &rules()),
        Err(Instead::Skip { .. })
    ));
    let journal = Journals::decide(&journals::of(&settled), &rules()).unwrap();
    assert_eq!(
        journal[0].needs.len(),
        4,
        "the journal leans on the same records as before"
    );
    let mut posted = journals::of(&settled);
    posted.posted = vec![("AZN-JE-90001".into(), "JE1042".into())];
    assert!(matches!(Journals::decide(&posted, &rules()), Err(Instead::Skip { .. })));
}

/// What can be written now, and what is asked beside it.
fn partly(decision: Decision) -> (Vec<Step>, Vec<Problem>) {
    match decision {
        Err(Instead::Partly { steps, problems }) => (steps, problems),
        other => panic!("a part can be written and a part is asked about: {other:?}"),
    }
}

fn names(steps: &[Step]) -> Vec<&str> {
    steps.iter().map(|step| step.name.as_str()).collect()
}

const ONE: &str = "111-0000000-0000001";

/// SET-37: what the plan may post to can be chosen, so that no settlement waits for an account that nobody can name.
#[test]
fn set_37_every_account_that_a_plan_names_can_be_chosen() {
    let of_lines = domain::settlement::Category::ALL
        .iter()
        .map(|category| category.account());
    let of_the_plan = [
        "acct.bank",
        "acct.in_transit",
        "acct.clearing",
        "acct.due_to_amazon",
        "acct.carried_forward",
        "acct.variance",
        "acct.rounding",
        "acct.pre_golive",
        "acct.refund_reversals",
    ];
    let keys = of_lines.chain(of_the_plan).filter(|key| !key.is_empty());
    let unknown: Vec<&str> = keys.filter(|key| crate::rules::choice(key).is_none()).collect();
    assert_eq!(unknown, Vec::<&str>::new());
}

/// T13: an A-to-z claim and a chargeback are given back under their own reason, on an item of their own where one is chosen;
/// a claim that Amazon takes back stands in the journal, in the account for it.
#[test]
fn t13_set_37_claims_chargebacks_and_their_reversal() {
    let rows = |transaction: &str, amount: &str| {
        let row = format!("{transaction} | ItemPrice | Principal | {ONE} | {amount}");
        let mut settled = told(&row, &[(ONE, "18.00", "0.00")]);
        choose_accounts(&mut settled);
        settled
            .input
            .choices
            .accounts
            .by_key
            .insert("acct.refund_reversals".into(), "4150".into());
        again(settled)
    };
    let mut rules = rules();
    rules.options.set("", "refund.atoz_item", "claims");
    let item = |transaction: &str| {
        let steps = Refunds::decide(&only(&rows(transaction, "-18.00"), Kind::Refund)[0], &rules).unwrap();
        let body = body(&steps[0]);
        let item = body["item"]["items"][0]["item"]["id"].as_str().unwrap().to_owned();
        (item, body["memo"].as_str().unwrap().to_owned())
    };
    let memo = |reason: &str| format!("{reason} · Amazon settlement 90001");
    let claim = "A-to-z Guarantee Refund";
    assert_eq!(item(claim), ("claims".into(), memo(claim)));
    assert_eq!(item("Chargeback Refund"), ("amount".into(), memo("Chargeback Refund")));

    let taken_back = rows(claim, "18.00");
    let seen = &only(&taken_back, Kind::Refund)[0];
    assert!(matches!(Refunds::decide(seen, &rules), Err(Instead::Skip { .. })));
    let steps = Journals::decide(&journals::of(&taken_back), &rules).unwrap();
    let lines = body(&steps[0])["line"]["items"].as_array().unwrap();
    let credit = lines.iter().find(|line| line["account"]["id"] == "4150").unwrap();
    assert_eq!(number(&credit["credit"]), Decimal::from(18));
}

#[test]
fn set_25_an_overpayment_is_asked_about_and_what_is_open_is_paid() {
    let row = format!("Order | ItemPrice | Principal | {ONE} | 18.00");
    let settled = told(&row, &[(ONE, "15.00", "15.00")]);
    let seen = &only(&settled, Kind::Payment)[0];
    let (steps, problems) = partly(Payments::decide(seen, &rules()));
    assert_eq!(number(&body(&steps[0])["payment"]), Decimal::from(15));
    assert_eq!(problems[0].code, "OVERPAYMENT");
    let keep = Remedy::SetOption {
        option: "payment.keep_unapplied".into(),
        marketplace: Some(US.into()),
    };
    assert_eq!(problems[0].remedies, [keep, Remedy::Retry, Remedy::Exclude]);
    // Once that part is in the books the question stays.
    let mut posted = seen.clone();
    if let domain::settlement::plan::Posting::Payment(payment) = &mut posted.outcome.postings[0] {
        payment.exists = Some("9001".into());
    }
    assert_eq!(
        causes(Payments::decide(&posted, &rules())),
        [format!("OVERPAYMENT:{ONE}")]
    );
}

/// T10: what goes beyond the invoice is given back by a credit memo of its own, and somebody is told.
#[test]
fn t10_set_33_a_refund_beyond_the_invoice_is_written_and_flagged() {
    let row = format!("Refund | ItemPrice | Principal | {ONE} | -18.00");
    let settled = told(&row, &[(ONE, "15.00", "0.00")]);
    let (steps, problems) = partly(Refunds::decide(&only(&settled, Kind::Refund)[0], &rules()));
    assert_eq!(
        names(&steps),
        [
            "AZN-CM-90001-111-0000000-0000001-1",
            "AZN-RF-90001-111-0000000-0000001-1",
            "AZN-CM-90001-111-0000000-0000001-X-1",
            "AZN-RF-90001-111-0000000-0000001-X-1",
        ]
    );
    let totals: Vec<Decimal> = steps
        .iter()
        .filter(|step| step.name.starts_with("AZN-RF-"))
        .map(|step| number(&body(step)["apply"]["items"][0]["amount"]))
        .collect();
    assert_eq!(totals, [Decimal::from(15), Decimal::from(3)]);
    assert_eq!(problems[0].code, "REFUND_EXCEEDS_INVOICE");
}

/// T9: the refund comes before the payment, in an earlier settlement. It is paid out of clearing in full, so that each
/// settlement's clearing is zero by itself (SET-48), and the invoice stays open for its payment.
#[test]
fn t9_set_28_a_refund_before_its_payment_is_paid_out_by_itself() {
    let row = format!("Refund | ItemPrice | Principal | {ONE} | -18.00");
    let mut settled = told(&row, &[(ONE, "18.00", "18.00")]);
    choose_accounts(&mut settled);
    let steps = Refunds::decide(&only(&settled, Kind::Refund)[0], &rules()).unwrap();
    assert_eq!(
        body(&steps[0])["apply"],
        Value::Null,
        "the credit memo is not put on the open invoice"
    );
    assert_eq!(
        number(&body(&steps[1])["apply"]["items"][0]["amount"]),
        Decimal::from(18)
    );
    let journal = Journals::decide(&journals::of(&settled), &rules()).unwrap();
    let lines = body(&journal[0])["line"]["items"].as_array().unwrap();
    let clearing = lines.iter().find(|line| line["account"]["id"] == "221").unwrap();
    assert_eq!(
        number(&clearing["debit"]),
        Decimal::from(18),
        "what was paid out of clearing comes back into it"
    );
}

#[test]
fn set_30_a_promotion_on_shipping_is_taken_back_where_it_was_given() {
    let rows = format!(
        "Refund | ItemPrice | Principal | {ONE} | -18.00
        Refund | ItemPrice | Shipping | {ONE} | -4.00
        Refund | Promotion | Shipping | {ONE} | 4.00"
    );
    let mut rules = rules();
    rules.options.set("", "orders.shipping_discount_item", "shipping-off");
    let settled = told(&rows, &[(ONE, "18.00", "0.00")]);
    let steps = Refunds::decide(&only(&settled, Kind::Refund)[0], &rules).unwrap();
    let items = body(&steps[0])["item"]["items"].as_array().unwrap();
    let told: Vec<String> = items
        .iter()
        .map(|line| {
            format!(
                "{} {}",
                line["item"]["id"].as_str().unwrap(),
                number(&line["amount"]).normalize()
            )
        })
        .collect();
    assert_eq!(told, ["amount 18", "shipping 4", "shipping-off -4"]);
}

/// T22: a record of a posting that somebody deleted is asked about by its own name, and can be made again.
#[test]
fn t22_set_44_a_deleted_payment_can_be_made_again() {
    let mut settled = e1();
    choose_accounts(&mut settled);
    let name = format!("AZN-PY-90001-{ONE}");
    let found = settled.input.found.get_mut(ONE).unwrap();
    found.written.insert(name.clone());
    let settled = again(settled);
    let decision = Payments::decide(&only(&settled, Kind::Payment)[0], &rules());
    let Err(Instead::Ask { problems }) = decision else {
        panic!("it asks: {decision:?}")
    };
    assert_eq!(problems[0].code, "NETSUITE_EDITED");
    let again = Remedy::MakeAgain { step: name };
    assert_eq!(problems[0].remedies, [again, Remedy::Retry, Remedy::Exclude]);
    let summary = summary::of(&settled);
    assert_eq!(
        (summary.difference.to_string(), summary.unexplained[0].cause),
        ("18.00 USD".into(), Cause::Edited)
    );
    assert!(summary::is_edited(&serde_json::to_value(&summary).unwrap()));
    assert!(!summary::is_edited(&serde_json::to_value(summary::of(&e1())).unwrap()));
}

#[test]
fn t22_set_44_a_deleted_journal_can_be_made_again() {
    let mut settled = e1();
    choose_accounts(&mut settled);
    assert!(Summaries::decide(&summary::of(&settled), &rules()).is_ok());
    settled.journals_gone = vec!["AZN-JE-90001".into()];
    let summary = summary::of(&settled);
    assert!(summary::is_edited(&serde_json::to_value(&summary).unwrap()));
    let (steps, problems) = partly(Summaries::decide(&summary, &rules()));
    assert_eq!(names(&steps), ["SUMMARY-90001"], "it is summed up all the same");
    let again = Remedy::MakeAgain {
        step: "AZN-JE-90001".into(),
    };
    assert_eq!(
        (problems[0].code.as_str(), &problems[0].remedies[0]),
        ("NETSUITE_EDITED", &again)
    );
}

/// SET-56, SET-58: what a person left out is in nothing that is written, and once he accepts the difference that it makes the
/// settlement can be posted.
#[test]
fn set_56_a_group_that_was_left_out_is_left_out_of_everything() {
    let mut settled = e1();
    choose_accounts(&mut settled);
    let group = settled
        .input
        .groups
        .iter()
        .find(|group| group.order.as_deref() == Some("111-0000000-0000003"));
    let id = group.unwrap().id.clone();
    settled.input.choices.excluded.insert(id);
    let settled = again(settled);
    let left_out = "AZN-PY-90001-111-0000000-0000003";
    assert!(matches!(
        Payments::decide(&only(&settled, Kind::Payment)[1], &rules()),
        Err(Instead::Skip { .. })
    ));
    let journal = journals::of(&settled);
    assert!(journal.leans_on.iter().all(|name| name.as_str() != left_out));
    assert_eq!(causes(Journals::decide(&journal, &rules())), ["VARIANCE:90001"]);
    // All of its rows: 100.00 less the commission of 15.00.
    let mut accepted = settled;
    accepted.input.choices.accepted_variance = Some(accepted.plan.variance.amount);
    assert_eq!(accepted.plan.variance.to_string(), "-85.00 USD");
    let accepted = again(accepted);
    let steps = Journals::decide(&journals::of(&accepted), &rules()).unwrap();
    let summary = summary::of(&accepted);
    assert!(summary.why_not.is_empty(), "{:?}", summary.why_not);
    let will: Vec<String> = summary
        .will_write
        .iter()
        .map(|(what, count)| format!("{what} {count}"))
        .collect();
    assert_eq!(will, ["payments 1", "credit_memos 1", "refunds 1", "journals 1"]);
    assert_eq!(steps[0].needs.len(), 3);
}

/// T19: an order that nobody here knows is asked for at Amazon once; what the answer means is decided by its day.
#[test]
fn t19_set_38_an_order_that_nobody_knows_is_brought_in_or_known_to_be_older() {
    let mut rules = rules();
    let profile = sample::settled().profile.unwrap();
    rules.marketplaces.insert(US.into(), profile);
    let answered = |placed: &str, marketplace: &str| {
        let answer = Answer {
            placed: placed.parse().unwrap(),
            marketplace: Some(marketplace.into()),
            channel: Channel::Fba,
        };
        let asked = Asked {
            order: ONE.into(),
            settlement: "90001".into(),
            answer: Some(answer),
        };
        Orders::decide(&asked, &rules)
    };
    let steps = answered("2026-01-01T09:00:00Z", US).unwrap();
    assert!(matches!(
        &steps[0].write,
        Write::Local(LocalWrite::LookAtOrder { order_id, channel: Channel::Fba }) if order_id == ONE
    ));
    // The last evening of the year in Los Angeles.
    let Err(Instead::Skip { reason }) = answered("2026-01-01T07:00:00Z", US) else {
        panic!("bought before go-live")
    };
    assert_eq!(reason.id, "reason-settled-order-before-go-live");
    let unknown = Asked {
        order: ONE.into(),
        settlement: "90001".into(),
        answer: None,
    };
    let Err(Instead::Skip { reason }) = Orders::decide(&unknown, &rules) else {
        panic!("Amazon does not know it")
    };
    assert_eq!(reason.id, "reason-order-unknown-to-amazon");
}

/// SET-26: the first line of a customer's writes the payment for all of them, whichever of them is looked at.
#[test]
fn set_26_one_decision_writes_the_payment_of_a_customer_s_orders() {
    let mut settled = e1();
    choose_accounts(&mut settled);
    settled.input.choices.per_customer = Some(500);
    let settled = again(settled);
    let seen = only(&settled, Kind::Payment);
    let steps = Payments::decide(&seen[0], &rules()).unwrap();
    assert_eq!(names(&steps), ["AZN-PY-90001-CUST-88-202610"]);
    let paid = body(&steps[0]);
    let applied: Vec<String> = paid["apply"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["doc"]["id"].as_str().unwrap(), number(&one["amount"])))
        .collect();
    assert_eq!(applied, ["71800 18", "710000 100"]);
    assert_eq!(number(&paid["payment"]), Decimal::from(118));
    assert!(matches!(
        Payments::decide(&seen[1], &rules()),
        Err(Instead::Skip { reason }) if reason.id == "reason-paid-together"
    ));
    let evidence = serde_json::to_value(&seen[0]).unwrap();
    let orders = super::together::orders_of(&evidence);
    assert_eq!(
        orders.values().copied().collect::<Vec<_>>(),
        [Decimal::from(18), Decimal::from(100)]
    );
    let summary = summary::of(&settled);
    assert_eq!(summary.will_write[0], ("payments".to_owned(), 1));
    let journal = Journals::decide(&journals::of(&settled), &rules()).unwrap();
    assert_eq!(journal[0].needs.len(), 3, "the payment is needed once");
}

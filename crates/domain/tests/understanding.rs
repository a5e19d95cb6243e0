//! What each line is and where it belongs (flows.md §10.3 to 10.6).
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use common::{Story, amount, journal_text, planned};
use domain::finances::{Status, Transaction};
use domain::settlement::classify::{Category, Side, Sign, UserRow, Vocabulary};
use domain::settlement::group::Kind;
use domain::settlement::marketplace::{Attribution, Known, Nameless};
use domain::settlement::plan::Detail;
use domain::settlement::read::{Options, read};
use domain::settlement::summary::summary;
use domain::settlement::{Header, Line, Posted, Refunds, group_as};
use domain::{Currency, Money, settlement};

fn is(triple: [&str; 3]) -> Category {
    let [transaction, amount_type, description] = triple;
    Vocabulary::default()
        .triple(transaction, amount_type, description)
        .category
}

/// Every kind of line that the published list knows; skipped without it.
#[test]
fn set_11_every_word_of_the_published_vocabulary_has_a_category() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference");
    let root = std::env::var_os("PASSERELLE_REFERENCE").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(root.join("sp-api-models/derived/settlement-vocabulary.json")) else {
        println!("skipped: the vocabulary is not here");
        return;
    };
    let list: serde_json::Value = serde_json::from_str(&text).unwrap();
    let rows = list["amount_type_description"].as_array().unwrap();
    let mut kinds = 0;
    let mut unmapped = BTreeSet::new();
    for row in rows {
        // A cell may name several: `RemovalComplete | DisposalComplete`, `ItemTCS / ItemWithheldTax`.
        let words = |column: usize| -> Vec<String> {
            let cell = row[column].as_str().unwrap();
            let one = |word: &str| match word.trim() {
                free if free.starts_with('(') => "Some words that nobody has seen".to_owned(),
                word => word.replace("...", "of October"),
            };
            cell.split(['|', '/']).map(one).collect()
        };
        for transaction in words(0) {
            for amount_type in words(1) {
                for description in words(2) {
                    kinds += 1;
                    if is([&transaction, &amount_type, &description]) == Category::Unmapped {
                        unmapped.insert(format!("{transaction} | {amount_type} | {description}"));
                    }
                }
            }
        }
    }
    assert!(kinds > 100, "the list was read: {kinds}");
    assert_eq!(unmapped, BTreeSet::new());
}

#[test]
fn set_11_the_words_of_the_specifications_own_table() {
    let other = "other-transaction";
    let told = [
        ([other, "Reversal", "Reversal of a charge of 3 May"], Category::OtherFee),
        ([other, other, "Goodwill Concession"], Category::Reimbursement),
        ([other, other, "BuyerRecharge"], Category::Reimbursement),
        (
            [other, other, "Amazon Lending Loan Repayment"],
            Category::BalanceMovement,
        ),
        (["Amazon Lending", other, ""], Category::BalanceMovement),
        ([other, other, "Capital advance"], Category::BalanceMovement),
        ([other, other, "Advance repayment"], Category::BalanceMovement),
        ([other, other, "Loan repayment"], Category::BalanceMovement),
        ([other, other, "Grade and Resell Charge"], Category::LiquidationFee),
        (["Grade and Resell Fees", other, "x"], Category::LiquidationFee),
        (["Liquidations", "other", "Principal"], Category::Liquidation),
        (["Liquidations", "ItemFees", "Brokerage fee"], Category::LiquidationFee),
        ([other, other, "FBA Customer Return Fee"], Category::OtherFee),
        ([other, other, "ReturnPostageBilling_Postage"], Category::Postage),
        ([other, other, "Return postage"], Category::Postage),
        ([other, other, "FBA Long-Term Storage Fee"], Category::LongTermStorage),
        ([other, other, "NonSubscriptionFeeAdj"], Category::OtherFee),
        ([other, other, "Income Tax Charged"], Category::BusinessTax),
        (
            [other, other, "Unsuccessful transfer to your bank account"],
            Category::FailedTransfer,
        ),
        (["Lightning Deal Fee", other, "x"], Category::PromotionCost),
        (
            ["A-to-z Guarantee Refund", "ItemPrice", "Goodwill"],
            Category::CustomerOther,
        ),
    ];
    for (triple, category) in told {
        assert_eq!(is(triple), category, "{triple:?}");
    }
}

/// Balances are neither income nor cost: a loan waits for a person to say once where it goes.
#[test]
fn set_12_a_loan_is_a_balance_that_must_be_mapped_once() {
    let story = Story::us(
        "1",
        "-50.00",
        "other-transaction | | other-transaction | Amazon Lending Repayment | -50.00",
    );
    let plan = planned(&story.input(vec![]));
    assert_eq!(plan.held[0].code, "LINE_UNMAPPED");
    assert!(Category::BalanceMovement.needs_mapping() && Category::BusinessTax.needs_mapping());
    let row = UserRow {
        pattern: ["*".into(), "*".into(), "Amazon Lending*".into()],
        category: Category::BalanceMovement,
        account: Some("acct.loan".into()),
    };
    let found = Vocabulary::new(vec![row]).triple("other-transaction", "other-transaction", "Amazon Lending Repayment");
    assert_eq!(
        (found.category, found.account.as_str()),
        (Category::BalanceMovement, "acct.loan")
    );
}

#[test]
fn set_12_a_person_chooses_among_all_categories_but_the_question_itself() {
    let choices: Vec<Category> = Category::choosable().collect();
    assert_eq!(choices.len(), Category::ALL.len() - 1);
    assert!(!choices.contains(&Category::Unmapped));
    for category in choices {
        assert_eq!(Category::from_key(category.key()), Some(category));
        let has_account = !category.account().is_empty();
        assert!(
            has_account || category.side() == Side::Customer || category.needs_mapping(),
            "{category:?}"
        );
    }
}

#[test]
fn set_13_a_category_says_side_account_order_sign_template_and_whether_lines_are_drawn_together() {
    let told = |category: Category| {
        (
            category.side(),
            category.account(),
            category.is_order_linked(),
            category.usual(Kind::Payment),
            category.usual(Kind::Refund),
            category.aggregatable(),
        )
    };
    let (credit, debit) = (Some(Sign::Credit), Some(Sign::Debit));
    assert_eq!(
        told(Category::Principal),
        (Side::Customer, "", true, credit, debit, true)
    );
    assert_eq!(
        told(Category::ReferralFee),
        (Side::Fee, "acct.referral_fees", true, debit, credit, true)
    );
    assert_eq!(
        told(Category::Reserve),
        (Side::Balance, "acct.reserve", false, None, None, false)
    );
    assert_eq!(Category::Subscription.usual(Kind::Other), debit);
    assert_eq!(
        Category::Storage.usual(Kind::Other),
        None,
        "discounts and reversals are usual"
    );
    assert_eq!(Category::Reserve.template(), "{category}");
    for category in Category::ALL {
        assert!(category.template().starts_with("{category}"), "{category:?}");
        assert_eq!(category.aggregatable(), category.side() != Side::Balance);
    }
}

#[test]
fn set_13_an_unusual_sign_is_a_warning_and_stops_nothing() {
    let story = Story::us(
        "1",
        "4.10",
        "other-transaction | | other-transaction | Subscription Fee | 5.00
         Order | 1-1 | ItemFees | Commission | -1.00
         Refund | 1-2 | ItemFees | RefundCommission | 0.10 | adjustment=R",
    );
    let input = story.input(vec![]);
    let plan = planned(&input);
    assert_eq!((plan.held.len(), plan.journals_to_post().len()), (0, 1));
    let unusual = summary(&input.groups, &plan).unusual;
    assert_eq!(
        unusual,
        BTreeMap::from([
            ("subscription".to_owned(), (1, amount("5.00"))),
            ("refund-administration-fee".to_owned(), (1, amount("0.10"))),
        ])
    );
}

#[test]
fn set_40_lines_are_described_as_finely_as_the_seller_wants() {
    let rows = "Order | 1-1 | ItemFees | Commission | -1.00 | sku=A
        Order | 1-1 | ItemFees | VariableClosingFee | -2.00 | sku=A
        Order | 1-1 | ItemFees | ShippingHB | -4.00 | sku=B
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 7.00";
    let memos = |detail| {
        let mut input = Story::us("1", "0.00", rows).input(vec![]);
        input.choices.detail = detail;
        let plan = planned(&input);
        let fees = plan.journals[0]
            .lines
            .iter()
            .filter(|line| line.credit.is_sign_negative());
        fees.map(|line| format!("{} {:.2}", line.memo, line.credit))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        memos(Detail::Category),
        [
            "referral-fee · Amazon.com -1.00",
            "other-selling-fee · Amazon.com -6.00"
        ]
    );
    assert_eq!(
        memos(Detail::Description),
        [
            "referral-fee · Commission · Amazon.com -1.00",
            "other-selling-fee · VariableClosingFee · Amazon.com -2.00",
            "other-selling-fee · ShippingHB · Amazon.com -4.00"
        ]
    );
    assert_eq!(
        memos(Detail::Sku),
        [
            "referral-fee · A · Amazon.com -1.00",
            "other-selling-fee · A · Amazon.com -2.00",
            "other-selling-fee · B · Amazon.com -4.00"
        ]
    );
}

/// T18: an order from another channel that Amazon shipped costs fees and brings no money.
#[test]
fn mcf_08_set_15_t18_multi_channel_fees_have_an_account_of_their_own() {
    let rows = "Order | S01-1 | ItemFees | FBAPerUnitFulfillmentFee | -3.64 | marketplace=Non-Amazon US
        Order | 1-1 | ItemFees | FBAPerUnitFulfillmentFee | -2.00
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 5.64";
    let mut input = Story::us("1", "0.00", rows).input(vec![]);
    assert_eq!(input.groups[0].marketplace.as_deref(), Some("ATVPDKIKX0DER"));
    assert!(input.groups[0].from_elsewhere);
    let usual = journal_text(&planned(&input));
    assert!(
        usual.contains("debit fulfilment_fees 5.64"),
        "no account of its own is chosen: {usual}"
    );
    input
        .choices
        .accounts
        .by_key
        .insert("acct.mcf_fees".into(), "mcf".into());
    let plan = planned(&input);
    let text = journal_text(&plan);
    assert!(
        text.contains("debit mcf 3.64") && text.contains("debit fulfilment_fees 2.00"),
        "{text}"
    );
    assert_eq!(plan.outcomes[0].status, settlement::plan::Status::NothingToPost);
}

// ---- Which marketplace ----

const US: &str = "ATVPDKIKX0DER";
const DE: &str = "A1PA6795UKMFR9";
const FR: &str = "A13V1IB3VIYZZH";
const ES: &str = "A1RKKUPIHCS9HS";

fn header(currency: Currency) -> Header {
    Header {
        id: "1".into(),
        start: None,
        end: None,
        deposit: None,
        currency,
        declared_total: None,
    }
}

fn line(order: &str, shipment: &str, adjustment: &str, marketplace: &str) -> Line {
    Line {
        order_id: order.into(),
        shipment_id: shipment.into(),
        adjustment_id: adjustment.into(),
        marketplace_name: marketplace.into(),
        ..Line::default()
    }
}

#[test]
fn set_15_the_rows_own_name_wins() {
    let known = Known {
        earlier: BTreeMap::from([("1-1".to_owned(), FR.to_owned())]),
        ..Known::default()
    };
    let lines = [
        line("1-1", "", "", "AMAZON.DE"),
        line("1-1", "", "", "Amazon.es"),
        line("9-9", "", "", "Non-Amazon DE"),
    ];
    let attribution = Attribution::new(&header(Currency::EUR), &lines, &known);
    let found: Vec<Option<String>> = lines.iter().map(|line| attribution.of(line)).collect();
    assert_eq!(found, [DE, ES, DE].map(|id| Some(id.to_owned())));
}

#[test]
fn set_16_a_blank_name_is_found_step_by_step() {
    let known = Known {
        account: vec![DE.into(), FR.into()],
        earlier: BTreeMap::from([("E-1".to_owned(), ES.to_owned()), ("S-9".to_owned(), FR.to_owned())]),
        orders: BTreeMap::from([("E-1".to_owned(), DE.to_owned()), ("O-1".to_owned(), ES.to_owned())]),
        picked: BTreeMap::from([(Currency::EUR, FR.to_owned())]),
        ..Known::default()
    };
    let named = [line("1-1", "S-1", "", "Amazon.de"), line("1-2", "", "R-2", "Amazon.fr")];
    let attribution = Attribution::new(&header(Currency::EUR), &named, &known);
    let of = |blank: Line| attribution.of(&blank);
    let id = |id: &str| Some(id.to_owned());
    // The same order, shipment or refund on a named row of this file.
    assert_eq!(of(line("1-1", "", "", "")), id(DE));
    assert_eq!(of(line("", "S-1", "", "")), id(DE));
    assert_eq!(of(line("", "", "R-2", "")), id(FR));
    // An order that is known, or a shipment of an earlier settlement; this file goes first.
    assert_eq!(of(line("E-1", "", "", "")), id(ES));
    assert_eq!(of(line("", "S-9", "", "")), id(FR));
    assert_eq!(of(line("E-1", "S-1", "", "")), id(DE));
    // What other settlements say goes before what is known of the order, and that before the file's only name.
    assert_eq!(of(line("O-1", "S-9", "", "")), id(FR));
    assert_eq!(of(line("O-1", "", "", "")), id(ES));
    let blank = [
        named[0].clone(),
        line("1-1", "", "", ""),
        line("O-2", "S-8", "", ""),
        line("", "S-7", "A-7", ""),
        line("", "S-1", "A-8", ""),
    ];
    let unplaced = Nameless::of(&blank);
    assert_eq!(
        (unplaced.orders, unplaced.events),
        (vec!["O-2".to_owned()], vec!["A-7".to_owned(), "S-7".to_owned()])
    );
    // Two names, two marketplaces with the currency: what a person picked for it.
    assert_eq!(of(line("", "", "", "")), id(FR));
    // The only name in the file goes before the pick.
    let one = Attribution::new(&header(Currency::EUR), &named[..1], &known);
    assert_eq!(one.of(&line("", "", "", "")), id(DE));
    // Without a name: the account's only marketplace with the currency, also before the pick.
    let us = Known {
        account: vec![US.into(), DE.into()],
        picked: BTreeMap::from([(Currency::USD, FR.to_owned())]),
        ..Known::default()
    };
    let none: [Line; 0] = [];
    assert_eq!(
        Attribution::new(&header(Currency::USD), &none, &us).of(&line("", "", "", "")),
        id(US)
    );
    // Two marketplaces with one currency and no pick: a person is asked.
    let unsure = Known {
        picked: BTreeMap::new(),
        ..known
    };
    assert_eq!(
        Attribution::new(&header(Currency::EUR), &none, &unsure).of(&line("", "", "", "")),
        None
    );
}

/// A charge of 39.00 euros as Finances tells it.
fn told(id: &str, marketplace: &str, sku: Option<&str>) -> Transaction {
    Transaction {
        id: id.into(),
        kind: "ServiceFee".into(),
        status: Status::Released,
        posted: "2026-10-14T20:05:04.214Z".parse().unwrap(),
        total: Money::new("-39.00".parse().unwrap(), Currency::EUR),
        marketplace: Some(marketplace.into()),
        order: None,
        settlement: None,
        group: None,
        twin: None,
        reason: None,
        matures: None,
        goods: sku
            .into_iter()
            .map(|sku| domain::finances::Goods {
                sku: sku.to_owned(),
                units: None,
            })
            .collect(),
        parts: Vec::new(),
    }
}

#[test]
fn set_16_a_transaction_of_the_same_second_amount_and_sku_tells_the_marketplace() {
    let charge = |sku: &str, amount: i64, at: &str| Line {
        posted: Some(Posted::At(at.parse().unwrap())),
        ten_thousandths: amount,
        sku: sku.into(),
        ..Line::default()
    };
    let second = "2026-10-14T20:05:04Z";
    let named = [line("1-1", "", "", "Amazon.de"), line("1-2", "", "", "Amazon.es")];
    let of = |told: Vec<Transaction>, blank: Line| {
        let known = Known {
            account: vec![DE.into(), FR.into()],
            told,
            picked: BTreeMap::from([(Currency::EUR, DE.to_owned())]),
            ..Known::default()
        };
        Attribution::new(&header(Currency::EUR), &named, &known).of(&blank)
    };
    let id = |id: &str| Some(id.to_owned());
    let fr = || vec![told("1", FR, None)];
    assert_eq!(
        of(fr(), charge("", -390_000, second)),
        id(FR),
        "before what a person picked"
    );
    assert_eq!(of(fr(), charge("", 390_000, second)), id(DE), "the sign counts");
    assert_eq!(
        of(fr(), charge("", -390_000, "2026-10-14T20:05:05Z")),
        id(DE),
        "the second counts"
    );
    let both = || vec![told("1", FR, Some("LAMP")), told("2", ES, Some("SHADE"))];
    assert_eq!(
        of(both(), charge("SHADE", -390_000, second)),
        id(ES),
        "the SKU tells two apart"
    );
    assert_eq!(
        of(both(), charge("", -390_000, second)),
        id(DE),
        "two marketplaces are no answer"
    );
    let held = Transaction {
        status: Status::Deferred,
        ..told("1", FR, None)
    };
    assert_eq!(
        of(vec![held], charge("", -390_000, second)),
        id(DE),
        "what is held back is in no settlement"
    );
    let dollars = Transaction {
        total: Money::new("-39.00".parse().unwrap(), Currency::USD),
        ..told("1", FR, None)
    };
    assert_eq!(
        of(vec![dollars], charge("", -390_000, second)),
        id(DE),
        "the currency counts"
    );
    // The only name of the file goes before Finances.
    let known = Known {
        told: fr(),
        ..Known::default()
    };
    let one = Attribution::new(&header(Currency::EUR), &named[..1], &known);
    assert_eq!(one.of(&charge("", -390_000, second)), id(DE));
}

/// T16: a subscription and an opening debt are an ordinary settlement.
#[test]
fn set_17_t16_a_settlement_of_rows_without_orders_passes() {
    let rows = "other-transaction | | other-transaction | Payable to Amazon | -10.00
        other-transaction | | other-transaction | Subscription Fee | -39.99
        ServiceFee | | Cost of Advertising | TransactionTotalAmount | -5.00";
    let mut story = Story::us("1", "-54.99", rows);
    story.currency = "GBP";
    let input = story.input(vec![]);
    let plan = planned(&input);
    assert_eq!(plan.held, [], "nobody is asked");
    assert_eq!(
        journal_text(&plan),
        "2026-10-16 AZN-JE-1\n  debit subscription 39.99\n  debit advertising 5.00\n  credit due_to_amazon 44.99\n"
    );
}

/// T17: one report in euros for two marketplaces; the amounts stay, accounts and dimensions follow the marketplace.
#[test]
fn set_18_t17_attribution_decides_accounts_and_never_amounts() {
    let rows = "Order | 1-1 | ItemFees | Commission | -1.00 | marketplace=Amazon.de
        Order | 1-2 | ItemFees | Commission | -2.00 | marketplace=Amazon.fr
        other-transaction | | other-transaction | Current Reserve Amount | -7.00 | marketplace=Amazon.fr
        other-transaction | | other-transaction | Previous Reserve Amount Balance | 10.00";
    let mut story = Story::us("1", "0.00", rows);
    (story.currency, story.zone) = ("EUR", "Europe/Berlin");
    let mut input = story.input(vec![]);
    let balances: Vec<Option<&str>> = input
        .groups
        .iter()
        .filter(|group| group.kind == Kind::Balance)
        .map(|group| group.marketplace.as_deref())
        .collect();
    assert_eq!(balances, [None, None], "balances need no marketplace");
    let of_france = BTreeMap::from([("acct.referral_fees".to_owned(), "french_fees".to_owned())]);
    input.choices.accounts.by_marketplace = BTreeMap::from([(FR.to_owned(), of_france)]);
    assert_eq!(
        journal_text(&planned(&input)),
        "2026-10-16 AZN-JE-1\n  debit referral_fees 1.00\n  debit french_fees 2.00\n  credit reserve 3.00\n"
    );
}

#[test]
fn set_20_rows_of_an_order_keep_it_and_others_are_one_group_for_each_kind_and_month() {
    let rows = "Order | 1-1 | ItemPrice | Principal | 20.00 | shipment=S1
        Order | 1-1 | ItemFees | Commission | -2.00 | shipment=S1
        Order | 1-1 | ItemPrice | Principal | 5.00 | shipment=S2
        Refund | 1-1 | ItemPrice | Principal | -5.00 | adjustment=R1
        Order_Retrocharge | 1-1 | ItemPrice | Tax | 0.50
        Order_Retrocharge | 1-2 | ItemPrice | Tax | 0.25
        other-transaction | | other-transaction | Storage Fee | -1.00 | posted=2026-09-10 12:00:00 UTC
        other-transaction | | other-transaction | Storage Fee | -1.00 | posted=2026-10-10 12:00:00 UTC
        other-transaction | | other-transaction | Storage Fee | -2.00 | posted=2026-10-11 12:00:00 UTC";
    let (_, groups) = Story::us("1", "14.75", rows).groups();
    let told: Vec<String> = groups
        .iter()
        .map(|group| {
            let [order, event] = [&group.order, &group.event].map(|one| one.as_deref().unwrap_or("-"));
            format!(
                "{} {order} {event} {} {:.2}",
                group.transaction_type,
                group.lines.len(),
                group.net()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "Order 1-1 S1 2 18.00",
            "Order 1-1 S2 1 5.00",
            "Refund 1-1 R1 1 -5.00",
            "Order_Retrocharge 1-1 - 1 0.50",
            "Order_Retrocharge 1-2 - 1 0.25",
            "other-transaction - - 1 -1.00",
            "other-transaction - - 2 -3.00",
        ]
    );
}

/// SET-34: two refunds of one order are two events, unless the seller wants them in one credit memo.
#[test]
fn set_34_refunds_of_one_order_are_one_group_by_choice() {
    let rows = "Refund | 1-1 | ItemPrice | Principal | -5.00 | adjustment=A1
        Refund | 1-1 | ItemPrice | Principal | -7.00 | adjustment=A2
        Chargeback Refund | 1-1 | ItemPrice | Principal | -1.00 | adjustment=A3
        Refund | 1-2 | ItemPrice | Principal | -2.00 | adjustment=A4";
    let story = Story::us("34", "-15.00", rows);
    let groups = |refunds| {
        let mut lines = Vec::new();
        let reading = read(&story.text().into_bytes(), &Options::default(), &mut lines);
        let header = reading.settlements[0].header.clone();
        let lines: Vec<_> = lines.into_iter().map(|(_, line)| line).collect();
        let known = Known::default();
        let attribution = Attribution::new(&header, &lines, &known);
        let zone = chrono_tz::Tz::UTC;
        let all = group_as(
            &header,
            lines.clone(),
            &mut Vocabulary::default(),
            &attribution,
            (zone, refunds),
        );
        all.iter().map(|group| group.net().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(groups(Refunds::ByEvent), ["-5", "-7", "-1", "-2"]);
    assert_eq!(
        groups(Refunds::ByOrder),
        ["-12", "-1", "-2"],
        "a chargeback is another thing"
    );
}

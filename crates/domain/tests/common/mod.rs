//! A settlement told in short rows, read through the real reader, planned, and printed as text.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "each test file uses its part"
)]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::Currency;
use domain::settlement::classify::Vocabulary;
use domain::settlement::marketplace::{Attribution, Known};
use domain::settlement::plan::{
    Accounts, Choices, DocumentKind, Found, FoundDocument, FoundLine, FoundSalesOrder, Input, Plan, Posting,
};
use domain::settlement::read::{Options, read};
use domain::settlement::{Group, Header, group, plan};
use rust_decimal::Decimal;

pub fn amount(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The columns that the stories use.
const TITLES: &str = "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\t\
    transaction-type\torder-id\tadjustment-id\tshipment-id\tmarketplace-name\tamount-type\tamount-description\tamount\t\
    posted-date-time\torder-item-code\tsku\tquantity-purchased";

/// A settlement: its facts, then rows of `transaction | order | amount-type | amount-description | amount` and, after
/// further bars, `name=value` for `posted`, `item`, `sku`, `adjustment`, `shipment`, `marketplace`, `qty`.
pub struct Story {
    pub id: &'static str,
    pub currency: &'static str,
    pub marketplace: &'static str,
    pub zone: &'static str,
    pub start: &'static str,
    pub end: &'static str,
    pub deposit: &'static str,
    pub total: &'static str,
    pub rows: String,
}

impl Story {
    pub fn us(id: &'static str, total: &'static str, rows: &str) -> Self {
        Self {
            id,
            currency: "USD",
            marketplace: "Amazon.com",
            zone: "America/Los_Angeles",
            start: "2026-10-01 07:00:00 UTC",
            end: "2026-10-15 07:00:00 UTC",
            deposit: "2026-10-16 20:00:00 UTC",
            total,
            rows: rows.to_owned(),
        }
    }

    pub fn text(&self) -> String {
        let Self {
            id,
            start,
            end,
            deposit,
            total,
            currency,
            ..
        } = self;
        let mut text = format!(
            "{TITLES}\n{id}\t{start}\t{end}\t{deposit}\t{total}\t{currency}{}\n",
            "\t".repeat(12)
        );
        for row in self.rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let named = |name: &str, usual: &str| {
                let found = cells
                    .iter()
                    .filter_map(|cell| cell.split_once('='))
                    .find(|(own, _)| *own == name);
                found.map_or(usual.to_owned(), |(_, value)| value.to_owned())
            };
            let [transaction, order, amount_type, description, amount, ..] = cells[..] else {
                panic!("short row: {row}")
            };
            let marketplace = named("marketplace", if order.is_empty() { "" } else { self.marketplace });
            let (adjustment, shipment) = (named("adjustment", ""), named("shipment", ""));
            let (posted, item, sku) = (
                named("posted", "2026-10-05 12:00:00 UTC"),
                named("item", ""),
                named("sku", ""),
            );
            text.push_str(&format!(
                "{id}\t\t\t\t\t\t{transaction}\t{order}\t{adjustment}\t{shipment}\t{marketplace}\t{amount_type}\t{description}\t\
                 {amount}\t{posted}\t{item}\t{sku}\t{}\n",
                named("qty", "")
            ));
        }
        text
    }

    /// Read, proved and grouped.
    pub fn groups(&self) -> (Header, Vec<Group>) {
        let mut lines = Vec::new();
        let reading = read(&self.text().into_bytes(), &Options::default(), &mut lines);
        assert_eq!(reading.refusals, [], "the story's rows must add up to its total");
        let header = reading.settlements[0].header.clone();
        let lines: Vec<_> = lines.into_iter().map(|(_, line)| line).collect();
        let known = Known::default();
        let attribution = Attribution::new(&header, &lines, &known);
        let groups = group(
            &header,
            lines.clone(),
            &mut Vocabulary::default(),
            &attribution,
            self.zone.parse().unwrap(),
        );
        (header, groups)
    }

    pub fn input(&self, found: Vec<(&str, Found)>) -> Input {
        let (settlement, groups) = self.groups();
        let found: BTreeMap<String, Found> = found
            .into_iter()
            .map(|(order, found)| (order.to_owned(), found))
            .collect();
        Input {
            settlement,
            groups,
            found,
            choices: choices(self.zone),
        }
    }

    pub fn plan(&self, found: Vec<(&str, Found)>) -> Plan {
        planned(&self.input(found))
    }
}

/// Plans and checks what is true of every plan.
pub fn planned(input: &Input) -> Plan {
    let plan = plan(input);
    let explained: Decimal = plan.variance_lines.iter().map(|line| line.amount.amount).sum();
    assert_eq!(
        plan.variance.amount, explained,
        "SET-56: every cent of the variance is named: {:#?}",
        plan.variance_lines
    );
    assert_eq!(plan.variance.amount, plan.reconciled.amount - plan.deposit.amount);
    let off = |lines: &[domain::settlement::plan::JournalLine]| lines.iter().map(|line| line.credit).sum::<Decimal>();
    for draft in &plan.journals {
        assert_eq!(
            off(&draft.lines),
            Decimal::ZERO,
            "a draft balances, its open difference included"
        );
    }
    plan
}

/// Every account that the plans name, called by its key.
pub fn choices(zone: &str) -> Choices {
    let keys = domain::settlement::Category::ALL
        .iter()
        .map(|category| category.account());
    let others = [
        "acct.bank",
        "acct.in_transit",
        "acct.clearing",
        "acct.due_to_amazon",
        "acct.carried_forward",
        "acct.variance",
        "acct.rounding",
        "acct.pre_golive",
        "acct.refund_reversals",
        "acct.sales",
        "acct.shipping_income",
        "acct.gift_wrap_income",
        "acct.promotions",
        "acct.refunds",
        "acct.tax_collected",
        "acct.cogs",
        "acct.inventory",
    ];
    let by_key = keys
        .chain(others)
        .filter(|key| !key.is_empty())
        .map(|key| (key.to_owned(), key.replace("acct.", "")))
        .collect();
    Choices {
        time_zone: zone.to_owned(),
        accounts: Accounts {
            by_key,
            ..Accounts::default()
        },
        ..Choices::default()
    }
}

pub fn invoice(id: &str, total: &str, open: &str) -> FoundDocument {
    FoundDocument {
        kind: DocumentKind::Invoice,
        id: id.to_owned(),
        number: format!("INV-{id}"),
        external_id: None,
        currency: Currency::USD,
        total: amount(total),
        open: amount(open),
        shipment: None,
        customer: "77".to_owned(),
        customer_inactive: false,
        date: day("2026-10-02"),
        tax_included: false,
        account: None,
        lines: Vec::new(),
    }
}

pub fn sold(sku: &str, quantity: &str, unit_price: &str) -> FoundLine {
    FoundLine {
        order_item_code: None,
        sku: sku.to_owned(),
        item: format!("item-{sku}"),
        quantity: amount(quantity),
        unit_price: amount(unit_price),
    }
}

pub fn with(documents: Vec<FoundDocument>) -> Found {
    Found {
        documents,
        ..Found::default()
    }
}

pub fn ordered(shipped: bool) -> Found {
    let sales_order = Some(FoundSalesOrder {
        id: "900".to_owned(),
        shipped,
        closed: false,
    });
    Found {
        sales_order,
        ..Found::default()
    }
}

/// `date: debit account amount, …; credit account amount, …`, one line per journal line.
pub fn journal_text(plan: &Plan) -> String {
    let mut text = String::new();
    for draft in &plan.journals {
        text.push_str(&format!("{} {}\n", draft.date, draft.external_id));
        for line in &draft.lines {
            let side = if line.debit_side().is_some() { "debit" } else { "credit" };
            let open = if line.open { " OPEN" } else { "" };
            text.push_str(&format!(
                "  {side} {} {:.2}{open}\n",
                line.account.as_deref().unwrap_or(&line.key),
                line.credit.abs()
            ));
        }
    }
    text
}

/// `payment <id> <amount> on <invoice> …` and `refund <id> <amount>: <lines>`.
pub fn postings_text(plan: &Plan) -> Vec<String> {
    let of = |posting: &Posting| match posting {
        Posting::Payment(payment) => {
            let on: Vec<String> = payment
                .applications
                .iter()
                .map(|one| format!("{} {:.2}", one.invoice, one.amount))
                .collect();
            format!(
                "payment {} {} {} on {}",
                payment.external_id,
                payment.date,
                payment.amount,
                on.join(", ")
            )
        }
        Posting::Refund(refund) => {
            let lines: Vec<String> = refund
                .lines
                .iter()
                .map(|line| format!("{} × {:?} {:.2}", line.quantity, line.what, line.amount))
                .collect();
            format!("refund {:?} {}: {}", refund.form, refund.amount, lines.join("; "))
        }
        Posting::Reversal(reversal) => format!(
            "invoice {} paid by {} {} {}",
            reversal.external_id, reversal.payment, reversal.date, reversal.amount
        ),
    };
    plan.outcomes
        .iter()
        .flat_map(|outcome| &outcome.postings)
        .map(of)
        .collect()
}

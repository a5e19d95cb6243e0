//! The lines of a transaction as the ledger and SuiteQL see them: signed, with the account each one posts to.

use rust_decimal::Decimal;

use super::envelope::Outcome;
use super::kind::Kind;
use super::record::Fields as _;
use super::sale::round;
use super::store::{Record, Store};

/// Where a row stands in its transaction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// The whole document: `mainline`.
    Main,
    #[default]
    Line,
    Tax,
    /// What a kit was made of.
    KitComponent,
}

/// One row of `transactionline`, and of `transactionaccountingline` where it names an account.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Row {
    pub id: i64,
    pub role: Role,
    pub item: Option<i64>,
    pub item_type: Option<String>,
    pub quantity: Option<Decimal>,
    pub rate: Option<Decimal>,
    /// In the transaction's currency; debit positive.
    pub foreign: Option<Decimal>,
    /// In the subsidiary's currency; debit positive.
    pub base: Option<Decimal>,
    pub account: Option<i64>,
    pub entity: Option<i64>,
    pub location: Option<i64>,
    pub department: Option<i64>,
    pub class: Option<i64>,
    pub memo: Option<String>,
    pub closed: bool,
    pub shipped: Option<Decimal>,
    pub billed: Option<Decimal>,
    /// The line's custom fields.
    pub custom: Vec<(String, serde_json::Value)>,
}

/// All rows of a transaction. Those that post add up to zero in both currencies.
pub(super) fn rows(store: &Store, record: &Record) -> Outcome<Vec<Row>> {
    let mut rows = match record.kind {
        Kind::JournalEntry => journal(record),
        Kind::CustomerPayment | Kind::CustomerRefund => money(store, record)?,
        Kind::ItemFulfillment => fulfilment(record),
        Kind::VendorBill => owed(store, record)?,
        Kind::VendorPayment => settled(store, record)?,
        _ => sale(store, record)?,
    };
    let entity = record.id_of("entity").or_else(|| record.id_of("customer"));
    let rate = record.decimal("exchangeRate").unwrap_or(Decimal::ONE);
    let mut rest = Decimal::ZERO;
    for row in &mut rows {
        row.entity = row.entity.or(entity);
        row.location = row.location.or_else(|| record.id_of("location"));
        row.department = row.department.or_else(|| record.id_of("department"));
        row.class = row.class.or_else(|| record.id_of("class"));
        row.base = row.foreign.map(|amount| round(amount * rate, 2));
        rest += row.base.unwrap_or_default();
    }
    // Cents that the exchange rate leaves over go to the last line, so that the ledger balances.
    if let Some(base) = rows
        .last_mut()
        .filter(|_| record.kind.posts())
        .and_then(|row| row.base.as_mut())
    {
        *base -= rest;
    }
    Ok(rows)
}

/// Whether the transaction has reached the ledger.
pub(super) fn is_posted(record: &Record) -> bool {
    record.kind.posts() && !(record.kind == Kind::JournalEntry && record.choice_of("status") == Some("A"))
}

fn main_line(record: &Record, account: Option<i64>, foreign: Decimal) -> Row {
    Row {
        role: Role::Main,
        account,
        foreign: Some(foreign),
        memo: record.text("memo").map(str::to_owned),
        ..Row::default()
    }
}

fn sale(store: &Store, record: &Record) -> Outcome<Vec<Row>> {
    // A sale debits receivables or cash and credits income; a return does the opposite.
    let sign = if record.kind.is_return() {
        Decimal::ONE
    } else {
        -Decimal::ONE
    };
    let total = record.decimal("total").unwrap_or_default();
    let mut rows = vec![main_line(record, record.id_of("account"), -sign * total)];
    let mut last = 0;
    for line in record.lines("item") {
        let item = match line.id_of("item") {
            Some(item) => store.load("item", item)?,
            None => None,
        };
        last = last.max(line.whole("line").unwrap_or_default());
        rows.push(Row {
            id: line.whole("line").unwrap_or_default(),
            item: line.id_of("item"),
            item_type: line.choice_of("itemType").map(str::to_owned),
            quantity: line.decimal("quantity").map(|quantity| sign * quantity),
            rate: line.decimal("rate"),
            foreign: Some(sign * line.decimal("amount").unwrap_or_default()),
            account: item.and_then(|item| item.id_of("incomeAccount")),
            location: line.id_of("location").or_else(|| line.id_of("inventorylocation")),
            department: line.id_of("department"),
            class: line.id_of("class"),
            memo: line.text("description").map(str::to_owned),
            closed: line.flag("isClosed") == Some(true),
            shipped: line.decimal("quantityFulfilled"),
            billed: line.decimal("quantityBilled"),
            custom: custom(&line),
            ..Row::default()
        });
    }
    let shipping = record.decimal("shippingCost").unwrap_or_default();
    if !shipping.is_zero() {
        last += 1;
        rows.push(Row {
            id: last,
            item: record.id_of("shipMethod"),
            item_type: Some("ShipItem".to_owned()),
            foreign: Some(sign * shipping),
            account: account_named(store, "shipping_account")?,
            ..Row::default()
        });
    }
    let tax = record.decimal("taxTotal").unwrap_or_default();
    if !tax.is_zero() {
        rows.push(Row {
            id: last + 1,
            role: Role::Tax,
            item_type: Some("TaxItem".to_owned()),
            foreign: Some(sign * tax),
            account: account_named(store, "tax_account")?,
            ..Row::default()
        });
    }
    Ok(rows)
}

fn money(store: &Store, record: &Record) -> Outcome<Vec<Row>> {
    let total = record.decimal("total").unwrap_or_default();
    let received = if record.kind == Kind::CustomerPayment {
        total
    } else {
        -total
    };
    let receivable = match record.id_of("arAcct") {
        Some(account) => Some(account),
        None => account_named(store, "receivable_account")?,
    };
    let other = Row {
        id: 1,
        account: receivable,
        foreign: Some(-received),
        ..Row::default()
    };
    Ok(vec![main_line(record, record.id_of("account"), received), other])
}

/// A vendor's bill: payables are credited, each expense is debited, and so is its tax.
fn owed(store: &Store, record: &Record) -> Outcome<Vec<Row>> {
    let total = record.decimal("total").unwrap_or_default();
    let mut rows = vec![main_line(record, record.id_of("account"), -total)];
    let lines = record.lines("expense");
    rows.extend(lines.iter().map(|line| Row {
        id: line.whole("line").unwrap_or_default(),
        account: line.id_of("account"),
        foreign: line.decimal("amount"),
        department: line.id_of("department"),
        class: line.id_of("class"),
        location: line.id_of("location"),
        memo: line.text("memo").map(str::to_owned),
        custom: custom(line),
        ..Row::default()
    }));
    let tax = record.decimal("taxTotal").unwrap_or_default();
    if !tax.is_zero() {
        rows.push(Row {
            id: i64::try_from(lines.len()).unwrap_or_default() + 1,
            role: Role::Tax,
            item_type: Some("TaxItem".to_owned()),
            foreign: Some(tax),
            account: account_named(store, "tax_account")?,
            ..Row::default()
        });
    }
    Ok(rows)
}

/// What pays a vendor's bill: money leaves its account, and payables are debited.
fn settled(store: &Store, record: &Record) -> Outcome<Vec<Row>> {
    let total = record.decimal("total").unwrap_or_default();
    let payable = match record.id_of("apAcct") {
        Some(account) => Some(account),
        None => account_named(store, "payable_account")?,
    };
    let other = Row {
        id: 1,
        account: payable,
        foreign: Some(total),
        ..Row::default()
    };
    Ok(vec![main_line(record, record.id_of("account"), -total), other])
}

fn journal(record: &Record) -> Vec<Row> {
    let lines = record.lines("line");
    lines
        .iter()
        .enumerate()
        .map(|(position, line)| Row {
            // The first line of a journal is what searches call its main line.
            role: if position == 0 { Role::Main } else { Role::Line },
            id: i64::try_from(position).unwrap_or_default(),
            account: line.id_of("account"),
            foreign: Some(line.decimal("debit").unwrap_or_default() - line.decimal("credit").unwrap_or_default()),
            entity: line.id_of("entity"),
            location: line.id_of("location"),
            department: line.id_of("department"),
            class: line.id_of("class"),
            memo: line.text("memo").or_else(|| record.text("memo")).map(str::to_owned),
            custom: custom(line),
            ..Row::default()
        })
        .collect()
}

fn fulfilment(record: &Record) -> Vec<Row> {
    let mut rows = vec![Row {
        role: Role::Main,
        memo: record.text("memo").map(str::to_owned),
        ..Row::default()
    }];
    for line in record.lines("item") {
        rows.push(Row {
            id: line.whole("line").unwrap_or_default(),
            item: line.id_of("item"),
            item_type: line.choice_of("itemType").map(str::to_owned),
            quantity: line.decimal("quantity").map(|quantity| -quantity),
            location: line.id_of("location").or_else(|| record.id_of("inventoryLocation")),
            memo: line.text("description").map(str::to_owned),
            role: if line.whole("kitMemberOf").is_some() {
                Role::KitComponent
            } else {
                Role::Line
            },
            custom: custom(&line),
            ..Row::default()
        });
    }
    rows
}

fn custom(line: &serde_json::Map<String, serde_json::Value>) -> Vec<(String, serde_json::Value)> {
    line.iter()
        .filter(|(name, _)| name.starts_with("custcol"))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn account_named(store: &Store, setting: &str) -> Outcome<Option<i64>> {
    Ok(store.setting(setting)?.and_then(|id| id.parse().ok()))
}

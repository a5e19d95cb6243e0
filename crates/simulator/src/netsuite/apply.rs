//! Payments, credits and refunds: what is put against what, and how much of each is left.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde_json::json;

use super::envelope::{Outcome, Refused};
use super::kind::Kind;
use super::record::{Fields as _, number, reference};
use super::sale::{precision, round};
use super::store::{Application, Record, Store};

/// What of a credit memo or payment is used: put against invoices, or refunded.
pub(super) fn used(store: &Store, id: i64) -> Outcome<Decimal> {
    let out: Decimal = store.applications_of(id)?.iter().map(|one| one.amount).sum();
    let refunded: Decimal = store.applications_to(id)?.iter().map(|one| one.amount).sum();
    Ok(out + refunded)
}

/// What is still open on a document, leaving out what `except` put against it.
fn open_on(store: &Store, doc: &Record, except: i64) -> Outcome<Decimal> {
    let total = doc.worth();
    let taken: Decimal = store
        .applications_to(doc.id)?
        .iter()
        .filter(|one| one.applying != except)
        .map(|one| one.amount)
        .sum();
    let given: Decimal = store.applications_of(doc.id)?.iter().map(|one| one.amount).sum();
    Ok(total - taken - given)
}

/// Reads the `apply` sublist; each entry must be open, of the same customer and in the same currency.
pub(super) fn entries(store: &Store, record: &Record) -> Outcome<Vec<Application>> {
    let targets: &[Kind] = match record.kind {
        Kind::CustomerRefund => &[Kind::CreditMemo, Kind::CustomerPayment],
        Kind::VendorPayment => &[Kind::VendorBill],
        _ => &[Kind::Invoice],
    };
    let party = record.id_of("customer").or_else(|| record.id_of("entity"));
    let mut entries: Vec<Application> = Vec::new();
    for (position, line) in record.lines("apply").iter().enumerate() {
        let at = format!("apply.items[{position}]");
        if line.flag("apply") == Some(false) || line.decimal("amount").is_some_and(|amount| amount.is_zero()) {
            continue;
        }
        let id = line.id_of("doc").ok_or_else(|| Refused::missing("doc").at(&at))?;
        let doc = store.need("transaction", id)?;
        let same_party = doc.id_of("entity").or_else(|| doc.id_of("customer")) == party;
        let same_currency = doc.id_of("currency") == record.id_of("currency");
        if !targets.contains(&doc.kind) || !same_party || !same_currency || entries.iter().any(|one| one.doc == id) {
            return Err(Refused::invalid_field(&id.to_string(), "doc", &format!("{at}.doc")));
        }
        let open = open_on(store, &doc, record.id)?;
        let amount = round(line.decimal("amount").unwrap_or(open), precision(store, record)?);
        if amount < Decimal::ZERO || amount > open {
            return Err(Refused::user(format!(
                "The amount applied ({amount}) exceeds the amount remaining ({open}) of the transaction {}.",
                doc.name()
            ))
            .at(&format!("{at}.amount")));
        }
        entries.push(Application {
            applying: record.id,
            doc: id,
            amount,
        });
    }
    Ok(entries)
}

/// A payment or a customer refund: header amount, account and list agree.
pub(super) fn money(store: &Store, record: &mut Record) -> Outcome<()> {
    let applied: Decimal = entries(store, record)?.iter().map(|one| one.amount).sum();
    let decimals = precision(store, record)?;
    if record.kind == Kind::CustomerRefund {
        if applied.is_zero() {
            return Err(Refused::user("You must apply this refund to at least one credit or payment.").at("apply"));
        }
        record.put("total", number(applied));
    } else {
        let payment = round(record.decimal("payment").unwrap_or(applied), decimals);
        if payment <= Decimal::ZERO {
            return Err(Refused::missing("Payment Amount").at("payment"));
        }
        if applied > payment {
            return Err(Refused::user(format!(
                "The total amount applied ({applied}) may not exceed the payment amount ({payment})."
            ))
            .at("payment"));
        }
        record.put("payment", number(payment));
        record.put("total", number(payment));
    }
    if record.id_of("account").is_none() {
        if record.kind == Kind::CustomerRefund {
            return Err(Refused::missing("Account").at("account"));
        }
        record.put("undepFunds", json!(true));
        if let Some(account) = store.setting("undeposited_account")?.and_then(|id| id.parse().ok()) {
            record.put("account", reference(account));
        }
    }
    check_account(store, record)?;
    tidy(store, record)
}

/// A bank account is kept in one currency.
pub(super) fn check_account(store: &Store, record: &Record) -> Outcome<()> {
    let Some(id) = record.id_of("account") else {
        return Ok(());
    };
    let account = store.need("account", id)?;
    match (account.id_of("currency"), record.id_of("currency")) {
        (Some(own), Some(given)) if own != given => Err(Refused::invalid_field(&id.to_string(), "account", "account")),
        _ => Ok(()),
    }
}

/// A credit memo may not be put against more than it is worth.
pub(super) fn check_list(store: &Store, record: &mut Record) -> Outcome<()> {
    if let Some(source) = record.id_of("$applyTo") {
        record.remove("$applyTo");
        let open = open_on(store, &store.need("transaction", source)?, record.id)?;
        let amount = open.min(record.decimal("total").unwrap_or_default());
        let entry = json!({ "doc": reference(source), "apply": true, "amount": number(amount) });
        record.put("apply", json!({ "items": [entry] }));
    }
    let applied: Decimal = entries(store, record)?.iter().map(|one| one.amount).sum();
    let refunded: Decimal = store.applications_to(record.id)?.iter().map(|one| one.amount).sum();
    let total = record.decimal("total").unwrap_or_default();
    if applied + refunded > total {
        return Err(Refused::user(format!(
            "The total amount applied ({}) may not exceed the amount of the credit ({total}).",
            applied + refunded
        ))
        .at("apply"));
    }
    tidy(store, record)
}

/// Keeps only what is applied, with the amounts that were filled in.
pub(super) fn tidy(store: &Store, record: &mut Record) -> Outcome<()> {
    let mut lines = Vec::new();
    for entry in entries(store, record)? {
        let doc = store.need("transaction", entry.doc)?;
        let mut line = serde_json::Map::new();
        line.put("doc", reference(entry.doc));
        line.put("apply", json!(true));
        line.put("amount", number(entry.amount));
        line.put("total", number(doc.worth()));
        lines.push(line);
    }
    record.put_lines("apply", lines);
    Ok(())
}

/// Takes the list over into the books and names every document whose standing changes by it.
pub(super) fn take_over(store: &Store, record: &Record) -> Outcome<BTreeSet<i64>> {
    let before = store.applications_of(record.id)?;
    let mut after = Vec::new();
    for line in record.lines("apply") {
        if let (Some(doc), Some(amount)) = (line.id_of("doc"), line.decimal("amount")) {
            after.push(Application {
                applying: record.id,
                doc,
                amount,
            });
        }
    }
    store.apply(record.id, &after)?;
    Ok(before.iter().chain(&after).map(|one| one.doc).collect())
}

//! What a document's standing is: its status letter, and how much of it is open. It follows from other documents.

use rust_decimal::Decimal;
use serde_json::json;

use super::envelope::Outcome;
use super::kind::Kind;
use super::record::{Fields as _, choice, number};
use super::store::{Record, Store};
use super::{apply, sale};

/// Recomputes status, open amounts and quantities done.
pub(super) fn refresh(store: &Store, record: &mut Record) -> Outcome<()> {
    let status = match record.kind {
        Kind::SalesOrder => Some(order(store, record)?.to_owned()),
        Kind::Invoice | Kind::VendorBill => Some(invoice(store, record)?.to_owned()),
        Kind::CreditMemo | Kind::CustomerPayment => Some(credit(store, record)?.to_owned()),
        Kind::CashSale => Some(deposited(record).to_owned()),
        Kind::ItemFulfillment => record.choice_of("shipStatus").map(str::to_owned),
        Kind::JournalEntry if record.flag("approved") == Some(false) => Some("A".to_owned()),
        Kind::JournalEntry => Some("B".to_owned()),
        _ => None,
    };
    if let Some(letter) = status {
        record.put("status", choice(&letter));
    }
    Ok(())
}

fn order(store: &Store, record: &mut Record) -> Outcome<&'static str> {
    let mut lines = record.lines("item");
    for line in &mut lines {
        let (shipped, billed) = (
            sale::quantity_shipped(store, record.id, line)?,
            sale::quantity_done(store, record.id, line, "OrdBill")?,
        );
        line.put("quantityFulfilled", number(shipped));
        line.put("quantityBilled", number(billed));
    }
    record.put_lines("item", lines);
    let mut tracking = Vec::new();
    for made in store.made_from(record.id)? {
        let Some(made) = store.load("transaction", made)? else {
            continue;
        };
        tracking.extend(super::fulfil::parcels(&made).into_iter().map(|parcel| parcel.0));
    }
    let tracking = (!tracking.is_empty()).then(|| tracking.join(" "));
    record.put("linkedTrackingNumbers", json!(tracking));
    sale::order_status(store, record)
}

fn invoice(store: &Store, record: &mut Record) -> Outcome<&'static str> {
    let paid: Decimal = store.applications_to(record.id)?.iter().map(|one| one.amount).sum();
    let open = record.decimal("total").unwrap_or_default() - paid;
    record.put("amountPaid", number(paid));
    record.put("amountRemaining", number(open));
    Ok(if open.is_zero() { "B" } else { "A" })
}

fn credit(store: &Store, record: &mut Record) -> Outcome<&'static str> {
    let used = apply::used(store, record.id)?;
    let total = record.worth();
    record.put("applied", number(used));
    record.put("unapplied", number(total - used));
    Ok(match record.kind {
        Kind::CreditMemo if total == used => "B",
        Kind::CreditMemo => "A",
        _ => deposited(record),
    })
}

/// Cash waits in undeposited funds (`B`) or is in an account (`C`).
fn deposited(record: &Record) -> &'static str {
    if record.flag("undepFunds") == Some(true) {
        "B"
    } else {
        "C"
    }
}

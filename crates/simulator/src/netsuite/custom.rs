//! The custom record types that a setup package brings into the company: two of them, a settlement and the transactions
//! below it. As long as nobody installs it, the company knows no such types (netsuite.md §6.1, §11).

use serde_json::{Value, json};

use super::envelope::{Outcome, Refused};
use super::fields::{Field, Shape};
use super::kind::Kind;
use super::record::{Fields as _, number};
use super::sale::round;
use super::store::{Record, Store};
use super::tables;

/// Letters that a *Free-Form Text* and a *Text Area* hold.
const LINE: usize = 300;
const AREA: usize = 4_000;
/// Letters of a record's name.
const NAME: usize = 83;
/// A currency field keeps cents, in no currency of its own.
const CENTS: u32 = 2;

/// What a custom field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// A text with so many letters at the most.
    Text(usize),
    Day,
    Money,
    /// A record of that space; deleting it empties the field.
    Linked(&'static str),
    /// A record of that type, without which there is none: *Record is Parent*.
    Parent(&'static str),
}

/// One custom field.
pub(super) struct Custom {
    pub id: &'static str,
    label: &'static str,
    pub holds: Holds,
}

const fn c(id: &'static str, label: &'static str, holds: Holds) -> Custom {
    Custom { id, label, holds }
}

use Holds::{Day, Linked, Money, Parent, Text};

const SETTLEMENT: &[Custom] = &[
    c("custrecord_azn_stl_id", "Settlement ID", Text(LINE)),
    c("custrecord_azn_stl_account", "Amazon Account", Text(LINE)),
    c("custrecord_azn_stl_marketplaces", "Marketplaces", Text(LINE)),
    c("custrecord_azn_stl_currency", "Currency", Text(LINE)),
    c("custrecord_azn_stl_start", "Start", Day),
    c("custrecord_azn_stl_end", "End", Day),
    c("custrecord_azn_stl_deposit_date", "Deposit Date", Day),
    c("custrecord_azn_stl_deposit", "Deposit", Money),
    c("custrecord_azn_stl_reserve_before", "Opening Reserve", Money),
    c("custrecord_azn_stl_reserve_after", "Closing Reserve", Money),
    c("custrecord_azn_stl_orders", "Orders", Money),
    c("custrecord_azn_stl_refunds", "Refunds", Money),
    c("custrecord_azn_stl_other", "Other", Money),
    c("custrecord_azn_stl_fees", "Fees", Money),
    c("custrecord_azn_stl_fee_totals", "Fees by Kind", Text(AREA)),
    c("custrecord_azn_stl_reconciled", "Reconciled Total", Money),
    c("custrecord_azn_stl_variance", "Variance", Money),
    c("custrecord_azn_stl_counts", "Transactions by Status", Text(LINE)),
    c("custrecord_azn_stl_state", "Status", Text(LINE)),
    c("custrecord_azn_stl_journal", "Journal", Linked("transaction")),
    c("custrecord_azn_stl_journals", "Journal Numbers", Text(LINE)),
    c("custrecord_azn_stl_file_hash", "File Hash", Text(LINE)),
];

const TRANSACTION: &[Custom] = &[
    c(
        "custrecord_azn_sl_settlement",
        "Amazon Settlement",
        Parent("customrecord_azn_settlement"),
    ),
    c("custrecord_azn_sl_type", "Type", Text(LINE)),
    c("custrecord_azn_sl_description", "Description", Text(LINE)),
    c("custrecord_azn_sl_order", "Amazon Order", Text(LINE)),
    c("custrecord_azn_sl_skus", "SKUs", Text(AREA)),
    c("custrecord_azn_sl_date", "Posted", Day),
    c("custrecord_azn_sl_customer", "Customer Amount", Money),
    c("custrecord_azn_sl_tax", "Tax", Money),
    c("custrecord_azn_sl_fees", "Fees", Money),
    c("custrecord_azn_sl_amount", "Net", Money),
    c("custrecord_azn_sl_state", "Status", Text(LINE)),
    c("custrecord_azn_sl_payment", "Payment", Linked("transaction")),
    c("custrecord_azn_sl_credit_memo", "Credit Memo", Linked("transaction")),
    c("custrecord_azn_sl_refund", "Refund", Linked("transaction")),
    c("custrecord_azn_sl_journal", "Journal", Linked("transaction")),
    c("custrecord_azn_sl_error", "Error", Text(LINE)),
];

/// The types.
pub(super) const KINDS: [Kind; 2] = [Kind::AmazonSettlement, Kind::AmazonTransaction];

/// The custom fields of a type; none of NetSuite's own types has any here.
pub(super) fn of(kind: Kind) -> &'static [Custom] {
    match kind {
        Kind::AmazonSettlement => SETTLEMENT,
        Kind::AmazonTransaction => TRANSACTION,
        _ => &[],
    }
}

/// All properties that a request may name.
pub(super) fn fields(kind: Kind) -> Vec<Field> {
    let field = |name, shape, read_only| Field { name, shape, read_only };
    let mut fields = vec![
        field("externalId", Shape::Text, false),
        field("name", Shape::Text, false),
        field("isInactive", Shape::Flag, false),
        field("id", Shape::Text, true),
        field("refName", Shape::Text, true),
        field("created", Shape::Instant, true),
        field("lastModified", Shape::Instant, true),
    ];
    fields.extend(of(kind).iter().map(|custom| {
        let shape = match custom.holds {
            Text(_) => Shape::Text,
            Day => Shape::Day,
            Money => Shape::Number,
            Linked(space) | Parent(space) => Shape::Ref(space),
        };
        field(custom.id, shape, false)
    }));
    fields
}

/// Whether the company knows a type: one of its own, or one that was installed.
pub(super) fn knows(store: &Store, kind: Kind) -> Outcome<bool> {
    Ok(!KINDS.contains(&kind) || store.setting(INSTALLED)?.is_some())
}

/// The setting under which the package is noted as installed.
const INSTALLED: &str = "package:installed";

/// Installs the package, or takes it away with all of its records.
pub(super) fn switch(store: &Store, on: bool) -> Outcome<()> {
    if on {
        store.set(INSTALLED, "T")?;
        return Ok(tables::custom::create(&store.connection)?);
    }
    store.unset(INSTALLED)?;
    for kind in KINDS {
        let all = "DELETE FROM ns_record WHERE kind = ?1";
        store.connection.execute(all, [kind.name()])?;
    }
    Ok(tables::custom::drop(&store.connection)?)
}

/// What NetSuite fills in and refuses.
pub(super) fn settle(store: &Store, record: &mut Record) -> Outcome<()> {
    for name in ["createdDate", "lastModifiedDate"] {
        let Some(at) = record.remove(name) else { continue };
        let shown = if name == "createdDate" {
            "created"
        } else {
            "lastModified"
        };
        record.put(shown, at);
    }
    record.default("isInactive", json!(false));
    let name = record.text("name").ok_or_else(|| Refused::missing("Name"))?;
    short_enough("name", name, NAME)?;
    for custom in of(record.kind) {
        match custom.holds {
            Text(most) => short_enough(custom.id, record.text(custom.id).unwrap_or_default(), most)?,
            Money => {
                if let Some(amount) = record.decimal(custom.id) {
                    record.put(custom.id, number(round(amount, CENTS)));
                }
            }
            Parent(space) => {
                let parent = record.id_of(custom.id).ok_or_else(|| Refused::missing(custom.label))?;
                store.need(space, parent)?;
            }
            Day | Linked(_) => {}
        }
    }
    Ok(())
}

fn short_enough(field: &str, text: &str, most: usize) -> Outcome<()> {
    if text.chars().count() <= most {
        return Ok(());
    }
    Err(Refused::user(format!(
        "The field {field} contained more than the maximum number ( {most} ) of characters allowed."
    ))
    .at(field))
}

/// Whether transactions stand below a settlement.
pub(super) fn has_children(store: &Store, record: &Record) -> Outcome<bool> {
    if record.kind != Kind::AmazonSettlement {
        return Ok(false);
    }
    let sql = "SELECT COUNT(*) FROM customrecord_azn_settlement_line WHERE custrecord_azn_sl_settlement = ?1";
    let below: i64 = store.connection.query_row(sql, [record.id], |row| row.get(0))?;
    Ok(below > 0)
}

/// A transaction was deleted: what was linked to it is so no more.
pub(super) fn forget(store: &Store, transaction: i64) -> Outcome<()> {
    for kind in KINDS {
        if !knows(store, kind)? {
            continue;
        }
        for id in store.ids(kind)? {
            let mut record = store.need(kind.space(), id)?;
            let links = of(kind).iter().filter(|custom| matches!(custom.holds, Linked(_)));
            let dead: Vec<&str> = links
                .map(|custom| custom.id)
                .filter(|field| record.id_of(field) == Some(transaction))
                .collect();
            if dead.is_empty() {
                continue;
            }
            for field in dead {
                record.put(field, Value::Null);
            }
            store.save(&record)?;
        }
    }
    Ok(())
}

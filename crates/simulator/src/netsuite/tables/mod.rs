//! The tables that SuiteQL shows (netsuite.md §6.1), kept in step with the records.
//!
//! Dates stand as `\u{1}YYYY-MM-DD HH:MM:SS` in the company's zone: the mark tells a date from a text that looks like
//! one, so that a raw date can be cut as NetSuite cuts it. Numbers have numeric affinity; results are formatted exactly.

mod cell;
pub(super) mod custom;
mod documents;
mod items;
mod lists;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use super::envelope::Outcome;
use super::kind::Kind;
use super::movement;
use super::store::{Record, Store};
use cell::{stamp, text};
pub(super) use cell::{stamped, stored_day};
use lists::table_of;

/// Marks a date among the texts.
pub(super) const DATE_MARK: char = '\u{1}';

const TABLES: &str = include_str!("tables.sql");

/// Makes the tables, and a column for each custom field.
pub(super) fn create(connection: &Connection, custom_fields: &[String]) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES)?;
    for field in custom_fields {
        let table = match field.split('_').next() {
            Some("custbody") => "transaction",
            Some("custcol") => "transactionline",
            Some("custentity") => "customer",
            Some("custitem") => "item",
            _ => continue,
        };
        let known: i64 = connection.query_row(
            "SELECT COUNT(*) FROM pragma_table_info(?1) WHERE name = ?2",
            [table, field],
            |row| row.get(0),
        )?;
        if known == 0 {
            connection.execute_batch(&format!("ALTER TABLE \"{table}\" ADD COLUMN \"{field}\" TEXT"))?;
        }
    }
    Ok(())
}

/// Shows the present state of a record.
pub(super) fn show(store: &Store, record: &Record) -> Outcome<()> {
    hide_rows(store, record)?;
    match record.kind {
        kind if kind.is_transaction() => documents::transaction(store, record),
        Kind::Customer => lists::customer(store, record),
        kind if kind.is_item() => items::item(store, record),
        kind if kind.is_custom() => custom::show(store, record),
        _ => lists::list(store, record),
    }
}

/// Takes a record away and remembers that it was there.
pub(super) fn hide(store: &Store, record: &Record) -> Outcome<()> {
    hide_rows(store, record)?;
    let row = [
        ("recordtypeid", text(record.kind.name())),
        ("recordid", Sql::Integer(record.id)),
        ("name", text(&record.name())),
        ("deleteddate", stamp(store, &store.now.to_rfc3339())),
    ];
    insert(store, "deletedrecord", &row)
}

fn hide_rows(store: &Store, record: &Record) -> Outcome<()> {
    let id = [record.id];
    if record.kind.is_transaction() {
        for (table, column) in [
            ("transaction", "id"),
            ("transactionline", "transaction"),
            ("transactionaccountingline", "transaction"),
            ("itemfulfillmentpackage", "itemfulfillment"),
        ] {
            store
                .connection
                .prepare_cached(&format!("DELETE FROM \"{table}\" WHERE \"{column}\" = ?1"))?
                .execute(id)?;
        }
        movement::forget(store, record.id)?;
    } else if record.kind == Kind::Customer {
        store.connection.execute("DELETE FROM customer WHERE id = ?1", id)?;
        store
            .connection
            .execute("DELETE FROM customersubsidiaryrelationship WHERE entity = ?1", id)?;
        let addresses = "DELETE FROM customeraddressbookentityaddress WHERE nkey IN \
                         (SELECT addressbookaddress FROM customeraddressbook WHERE entity = ?1)";
        store.connection.execute(addresses, id)?;
        store
            .connection
            .execute("DELETE FROM customeraddressbook WHERE entity = ?1", id)?;
    } else if let Some(table) = if record.kind.is_item() {
        Some("item")
    } else {
        table_of(record.kind)
    } {
        store
            .connection
            .execute(&format!("DELETE FROM {table} WHERE id = ?1"), id)?;
        if record.kind.is_item() {
            store
                .connection
                .execute("DELETE FROM main.itemprice WHERE item = ?1", id)?;
            store
                .connection
                .execute("DELETE FROM main.pricing WHERE item = ?1", id)?;
            store
                .connection
                .execute("DELETE FROM itemmember WHERE parentitem = ?1", id)?;
        }
    }
    Ok(())
}

/// What `BUILTIN.DF(type)` shows.
pub(super) fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::SalesOrder => "Sales Order",
        Kind::ItemFulfillment => "Item Fulfillment",
        Kind::Invoice => "Invoice",
        Kind::CashSale => "Cash Sale",
        Kind::CustomerPayment => "Payment",
        Kind::CreditMemo => "Credit Memo",
        Kind::CustomerRefund => "Customer Refund",
        Kind::CashRefund => "Cash Refund",
        Kind::JournalEntry => "Journal",
        Kind::VendorBill => "Bill",
        Kind::VendorPayment => "Bill Payment",
        other => other.name(),
    }
}

fn insert(store: &Store, table: &str, columns: &[(&str, Sql)]) -> Outcome<()> {
    let names: Vec<String> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    // A table that the role may not see is shadowed by an empty one of its name.
    let sql = format!("INSERT INTO main.\"{table}\" ({}) VALUES ({marks})", names.join(", "));
    store
        .connection
        .prepare_cached(&sql)?
        .execute(params_from_iter(columns.iter().map(|(_, value)| value.clone())))?;
    Ok(())
}

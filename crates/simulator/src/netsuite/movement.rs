//! Stock: what each document takes from a location or brings back, and what open orders hold back.
//!
//! What is available is worked out at the end of each change of the books, so that goods that leave for an order that
//! held them back do not seem to change it.

use rusqlite::{OptionalExtension as _, params};
use rust_decimal::Decimal;

use super::envelope::Outcome;
use super::kind::Kind;
use super::record::Fields as _;
use super::store::{Record, Store};

pub(super) fn forget(store: &Store, doc: i64) -> Outcome<()> {
    for table in ["ns_movement", "ns_demand"] {
        let mut statement = store
            .connection
            .prepare_cached(&format!("SELECT item, location FROM {table} WHERE doc = ?1"))?;
        let places = statement.query_map([doc], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for place in places {
            store.moved.borrow_mut().insert(place?);
        }
        store
            .connection
            .prepare_cached(&format!("DELETE FROM {table} WHERE doc = ?1"))?
            .execute([doc])?;
    }
    Ok(())
}

/// What an open sales order holds back at the locations of its lines; of a kit, its members.
pub(super) fn hold_back(store: &Store, order: &Record) -> Outcome<()> {
    if order.kind != Kind::SalesOrder || !matches!(order.choice_of("status"), Some("B" | "D" | "E")) {
        return Ok(());
    }
    for line in order.lines("item") {
        let location = line.id_of("location").or_else(|| line.id_of("inventorylocation"));
        let location = location.or_else(|| order.id_of("location"));
        let (Some(item), Some(location)) = (line.id_of("item"), location) else {
            continue;
        };
        if line.flag("isClosed") == Some(true) {
            continue;
        }
        let ordered = line.decimal("quantity").unwrap_or(Decimal::ONE);
        let open = ordered - line.decimal("quantityFulfilled").unwrap_or_default();
        if open > Decimal::ZERO {
            enter(store, "ns_demand", order.id, item, location, open)?;
        }
    }
    Ok(())
}

/// Books the document's movements. A bill of an order moves nothing: its fulfilment did.
pub(super) fn remember(store: &Store, record: &Record) -> Outcome<()> {
    let sign = match record.kind {
        Kind::ItemFulfillment if record.choice_of("shipStatus") == Some("C") => -Decimal::ONE,
        Kind::Invoice | Kind::CashSale if record.id_of("createdFrom").is_none() => -Decimal::ONE,
        Kind::CreditMemo | Kind::CashRefund => Decimal::ONE,
        _ => return Ok(()),
    };
    let header = record.id_of("location").or_else(|| record.id_of("inventoryLocation"));
    for line in record.lines("item") {
        if line.whole("kitMemberOf").is_some() {
            continue;
        }
        let location = line
            .id_of("location")
            .or_else(|| line.id_of("inventorylocation"))
            .or(header);
        let (Some(item), Some(location), Some(quantity)) = (line.id_of("item"), location, line.decimal("quantity"))
        else {
            continue;
        };
        take(store, record.id, item, location, sign * quantity)?;
    }
    Ok(())
}

/// Units come to a location or leave it. A kit has no stock of its own: its members move.
pub(super) fn take(store: &Store, doc: i64, item: i64, location: i64, quantity: Decimal) -> Outcome<()> {
    enter(store, "ns_movement", doc, item, location, quantity)
}

fn enter(store: &Store, table: &str, doc: i64, item: i64, location: i64, quantity: Decimal) -> Outcome<()> {
    let Some(record) = store.load("item", item)? else {
        return Ok(());
    };
    match record.kind {
        Kind::InventoryItem | Kind::AssemblyItem => {
            store
                .connection
                .prepare_cached(&format!("INSERT INTO {table} VALUES (?1, ?2, ?3, ?4)"))?
                .execute(params![doc, item, location, quantity.to_string()])?;
            store.moved.borrow_mut().insert((item, location));
        }
        Kind::KitItem => {
            for (member, each) in members(store, item)? {
                enter(store, table, doc, member, location, quantity * each)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// Works out what is on hand and available wherever something moved.
pub(super) fn balance(store: &Store) -> Outcome<()> {
    let moved = std::mem::take(&mut *store.moved.borrow_mut());
    for (item, location) in moved {
        let there = on_hand(store, item, location)?;
        let held = sum(store, "ns_demand", item, location)?;
        let available = (there - held).max(Decimal::ZERO);
        let before: Option<(String, String)> = store
            .connection
            .prepare_cached("SELECT CAST(available AS TEXT), changed FROM ns_stock WHERE item = ?1 AND location = ?2")?
            .query_row([item, location], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let same = |text: &str| text.parse::<Decimal>().is_ok_and(|known| known == available);
        let changed = match before {
            Some((known, changed)) if same(&known) => changed,
            _ => store.now.to_rfc3339(),
        };
        store
            .connection
            .prepare_cached("INSERT OR REPLACE INTO ns_stock VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute(params![
                item,
                location,
                there.to_string(),
                available.to_string(),
                there.max(Decimal::ZERO).min(held).to_string(),
                (held - there).max(Decimal::ZERO).to_string(),
                changed,
                super::tables::stamped(store, &changed),
            ])?;
    }
    Ok(())
}

/// Shows the times of all changes in the company's zone once more.
pub(super) fn restamp(store: &Store) -> Outcome<()> {
    let mut statement = store
        .connection
        .prepare("SELECT item, location, changed FROM ns_stock")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let rows: Vec<(i64, i64, String)> = rows.collect::<Result<_, _>>()?;
    for (item, location, changed) in rows {
        store
            .connection
            .prepare_cached("UPDATE ns_stock SET shown = ?3 WHERE item = ?1 AND location = ?2")?
            .execute(params![item, location, super::tables::stamped(store, &changed)])?;
    }
    Ok(())
}

/// The components of a kit with their quantities.
pub(super) fn members(store: &Store, kit: i64) -> Outcome<Vec<(i64, Decimal)>> {
    let mut statement = store.connection.prepare_cached(
        "SELECT item, CAST(quantity AS TEXT) FROM itemmember WHERE parentitem = ?1 ORDER BY linenumber",
    )?;
    let rows = statement.query_map([kit], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    let rows: Vec<(i64, String)> = rows.collect::<Result<_, _>>()?;
    Ok(rows
        .into_iter()
        .map(|(item, quantity)| (item, quantity.parse().unwrap_or(Decimal::ONE)))
        .collect())
}

/// Units on hand.
pub(super) fn on_hand(store: &Store, item: i64, location: i64) -> Outcome<Decimal> {
    sum(store, "ns_movement", item, location)
}

fn sum(store: &Store, table: &str, item: i64, location: i64) -> Outcome<Decimal> {
    let sql = format!("SELECT CAST(quantity AS TEXT) FROM {table} WHERE item = ?1 AND location = ?2");
    let mut statement = store.connection.prepare_cached(&sql)?;
    let rows = statement.query_map([item, location], |row| row.get::<_, String>(0))?;
    let mut sum = Decimal::ZERO;
    for row in rows {
        sum += row?.parse::<Decimal>().unwrap_or_default();
    }
    Ok(sum)
}

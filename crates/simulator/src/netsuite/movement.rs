//! Stock: what each document takes from a location or brings back.

use rusqlite::params;
use rust_decimal::Decimal;

use super::envelope::Outcome;
use super::kind::Kind;
use super::record::Fields as _;
use super::store::{Record, Store};

pub(super) fn forget(store: &Store, doc: i64) -> Outcome<()> {
    store
        .connection
        .prepare_cached("DELETE FROM ns_movement WHERE doc = ?1")?
        .execute([doc])?;
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

/// A kit has no stock of its own: its members move.
pub(super) fn take(store: &Store, doc: i64, item: i64, location: i64, quantity: Decimal) -> Outcome<()> {
    let Some(record) = store.load("item", item)? else {
        return Ok(());
    };
    match record.kind {
        Kind::InventoryItem | Kind::AssemblyItem => {
            store
                .connection
                .prepare_cached("INSERT INTO ns_movement VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![doc, item, location, quantity.to_string()])?;
        }
        Kind::KitItem => {
            for (member, each) in members(store, item)? {
                take(store, doc, member, location, quantity * each)?;
            }
        }
        _ => {}
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
    let mut statement = store
        .connection
        .prepare_cached("SELECT CAST(quantity AS TEXT) FROM ns_movement WHERE item = ?1 AND location = ?2")?;
    let rows = statement.query_map([item, location], |row| row.get::<_, String>(0))?;
    let mut sum = Decimal::ZERO;
    for row in rows {
        sum += row?.parse::<Decimal>().unwrap_or_default();
    }
    Ok(sum)
}

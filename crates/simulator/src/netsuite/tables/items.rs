//! Items, what kits are made of, and prices.

use rusqlite::types::Value as Sql;

use super::cell::{custom_fields, decimal, field, flag, json_text, stamp_field, text, whole};
use super::insert;
use crate::netsuite::envelope::Outcome;
use crate::netsuite::item::prices_of;
use crate::netsuite::record::Fields as _;
use crate::netsuite::store::{Record, Store};

/// A matrix item's place among its variations; empty for every other item.
fn matrix_type(record: &Record) -> Sql {
    if record.flag("$matrixParent") == Some(true) {
        return text("PARENT");
    }
    record.id_of("parent").map_or(Sql::Null, |_| text("CHILD"))
}

pub(super) fn item(store: &Store, record: &Record) -> Outcome<()> {
    let mut columns = vec![
        ("id", Sql::Integer(record.id)),
        ("itemid", field(record, "itemId")),
        ("fullname", field(record, "itemId")),
        ("externalid", field(record, "externalId")),
        ("displayname", field(record, "displayName")),
        ("description", field(record, "salesDescription")),
        ("weight", decimal(record.decimal("weight"))),
        ("mpn", field(record, "mpn")),
        ("manufacturer", field(record, "manufacturer")),
        (
            "countryofmanufacture",
            record.choice_of("countryOfManufacture").map_or(Sql::Null, text),
        ),
        ("itemtype", text(record.kind.item_type().unwrap_or_default())),
        ("isinactive", flag(record.flag("isInactive") == Some(true))),
        ("upccode", field(record, "upcCode")),
        ("parent", whole(record.id_of("parent"))),
        ("matrixtype", matrix_type(record)),
        ("incomeaccount", whole(record.id_of("incomeAccount"))),
        ("class", whole(record.id_of("class"))),
        ("averagecost", decimal(record.decimal("averageCost"))),
        ("createddate", stamp_field(store, record, "createdDate")),
        ("lastmodifieddate", stamp_field(store, record, "lastModifiedDate")),
    ];
    let custom = custom_fields(record, "custitem");
    columns.extend(custom.iter().map(|(name, value)| (name.as_str(), json_text(value))));
    insert(store, "item", &columns)?;
    members(store, record)?;
    prices(store, record)
}

/// What a kit or an assembly is made of.
fn members(store: &Store, record: &Record) -> Outcome<()> {
    for (number, line) in (0..).zip(record.lines("member")) {
        let columns = [
            ("parentitem", Sql::Integer(record.id)),
            ("item", whole(line.id_of("item"))),
            ("quantity", decimal(line.decimal("quantity"))),
            ("linenumber", Sql::Integer(number)),
        ];
        insert(store, "itemmember", &columns)?;
    }
    Ok(())
}

/// Prices by level, currency and quantity (`pricing`), and by level in the base currency (`itemprice`). A level without
/// a price in a currency has no row there.
fn prices(store: &Store, record: &Record) -> Outcome<()> {
    for line in prices_of(store, record)? {
        let level = Sql::Integer(line.level);
        let columns = [
            ("item", Sql::Integer(record.id)),
            ("pricelevel", level.clone()),
            ("currency", Sql::Integer(line.currency)),
            ("quantity", decimal(Some(line.from))),
            ("priceqty", Sql::Integer(1)),
            ("unitprice", decimal(Some(line.amount))),
        ];
        insert(store, "pricing", &columns)?;
        if line.is_base && line.from.is_zero() {
            let name = store.need("priceLevel", line.level)?.name();
            let columns = [
                ("item", Sql::Integer(record.id)),
                ("pricelevel", level),
                ("pricelevelname", text(&name)),
                ("price", decimal(Some(line.amount))),
            ];
            insert(store, "itemprice", &columns)?;
        }
    }
    Ok(())
}

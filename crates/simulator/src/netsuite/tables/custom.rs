//! The tables of custom record types: they are there as long as the types are (netsuite.md §6.1).

use rusqlite::Connection;
use rusqlite::types::Value as Sql;

use super::cell::{day, decimal, field, flag, stamp_field, whole};
use super::insert;
use crate::netsuite::custom::{Holds, KINDS, of};
use crate::netsuite::envelope::Outcome;
use crate::netsuite::record::Fields as _;
use crate::netsuite::store::{Record, Store};

pub(in crate::netsuite) fn create(connection: &Connection) -> rusqlite::Result<()> {
    for kind in KINDS {
        let columns = of(kind).iter().map(|custom| {
            let affinity = match custom.holds {
                Holds::Text(_) | Holds::Day => "TEXT",
                Holds::Money => "NUMERIC",
                Holds::Linked(_) | Holds::Parent(_) => "INTEGER",
            };
            format!("{} {affinity}", custom.id)
        });
        let columns: Vec<String> = columns.collect();
        connection.execute_batch(&format!(
            "CREATE TABLE IF NOT EXISTS {} (id INTEGER PRIMARY KEY, name TEXT, externalid TEXT, isinactive TEXT,
               created TEXT, lastmodified TEXT, {})",
            kind.name(),
            columns.join(", ")
        ))?;
    }
    Ok(())
}

pub(in crate::netsuite) fn drop(connection: &Connection) -> rusqlite::Result<()> {
    KINDS
        .into_iter()
        .try_for_each(|kind| connection.execute_batch(&format!("DROP TABLE IF EXISTS {}", kind.name())))
}

pub(super) fn show(store: &Store, record: &Record) -> Outcome<()> {
    let mut columns = vec![
        ("id", Sql::Integer(record.id)),
        ("name", field(record, "name")),
        ("externalid", field(record, "externalId")),
        ("isinactive", flag(record.flag("isInactive") == Some(true))),
        ("created", stamp_field(store, record, "created")),
        ("lastmodified", stamp_field(store, record, "lastModified")),
    ];
    columns.extend(of(record.kind).iter().map(|custom| {
        let value = match custom.holds {
            Holds::Text(_) => field(record, custom.id),
            Holds::Day => day(record, custom.id),
            Holds::Money => decimal(record.decimal(custom.id)),
            Holds::Linked(_) | Holds::Parent(_) => whole(record.id_of(custom.id)),
        };
        (custom.id, value)
    }));
    insert(store, record.kind.name(), &columns)
}

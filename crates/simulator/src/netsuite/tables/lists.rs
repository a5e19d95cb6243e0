//! Customers and the pick lists.

use rusqlite::types::Value as Sql;
use serde_json::{Map, Value};

use super::cell::{custom_fields, day, decimal, field, flag, json_text, stamp_field, text, whole};
use super::insert;
use crate::netsuite::envelope::Outcome;
use crate::netsuite::kind::Kind;
use crate::netsuite::record::Fields as _;
use crate::netsuite::store::{Record, Store};

pub(super) fn customer(store: &Store, record: &Record) -> Outcome<()> {
    let mut columns = vec![
        ("id", Sql::Integer(record.id)),
        ("entityid", field(record, "entityId")),
        ("externalid", field(record, "externalId")),
        ("isperson", flag(record.flag("isPerson") == Some(true))),
        ("firstname", field(record, "firstName")),
        ("lastname", field(record, "lastName")),
        ("companyname", field(record, "companyName")),
        ("email", field(record, "email")),
        ("phone", field(record, "phone")),
        ("currency", whole(record.id_of("currency"))),
        ("isinactive", flag(record.flag("isInactive") == Some(true))),
        ("datecreated", stamp_field(store, record, "createdDate")),
        ("lastmodifieddate", stamp_field(store, record, "lastModifiedDate")),
    ];
    let custom = custom_fields(record, "custentity");
    columns.extend(custom.iter().map(|(name, value)| (name.as_str(), json_text(value))));
    insert(store, "customer", &columns)?;
    if let Some(subsidiary) = record.id_of("subsidiary") {
        let columns = [
            ("id", Sql::Integer(record.id)),
            ("entity", Sql::Integer(record.id)),
            ("subsidiary", Sql::Integer(subsidiary)),
            ("isprimarysub", flag(true)),
        ];
        insert(store, "customersubsidiaryrelationship", &columns)?;
    }
    address_book(store, record)
}

/// A customer's addresses: one row tells whose it is, another what it says.
fn address_book(store: &Store, record: &Record) -> Outcome<()> {
    let told = |fields: &Map<String, Value>, name: &str| fields.text(name).map_or(Sql::Null, text);
    for (position, line) in (1..).zip(record.lines("addressBook")) {
        let key = record.id * 1_000 + position;
        let entry = [
            ("internalid", Sql::Integer(key)),
            ("entity", Sql::Integer(record.id)),
            ("addressbookaddress", Sql::Integer(key)),
            ("label", told(&line, "label")),
            ("defaultbilling", flag(line.flag("defaultBilling") == Some(true))),
            ("defaultshipping", flag(line.flag("defaultShipping") == Some(true))),
        ];
        insert(store, "customeraddressbook", &entry)?;
        let place = line.get("addressBookAddress").and_then(Value::as_object);
        let place = place.cloned().unwrap_or_default();
        let address = [
            ("nkey", Sql::Integer(key)),
            ("addressee", told(&place, "addressee")),
            ("attention", told(&place, "attention")),
            ("addr1", told(&place, "addr1")),
            ("addr2", told(&place, "addr2")),
            ("addr3", told(&place, "addr3")),
            ("city", told(&place, "city")),
            ("state", told(&place, "state")),
            ("zip", told(&place, "zip")),
            ("country", place.choice_of("country").map_or(Sql::Null, text)),
            ("addrphone", told(&place, "addrPhone")),
        ];
        insert(store, "customeraddressbookentityaddress", &address)?;
    }
    Ok(())
}

/// The pick lists: a few columns each.
pub(super) fn list(store: &Store, record: &Record) -> Outcome<()> {
    let Some(table) = table_of(record.kind) else {
        return Ok(());
    };
    let inactive = ("isinactive", flag(record.flag("isInactive") == Some(true)));
    let id = ("id", Sql::Integer(record.id));
    let name = ("name", field(record, "name"));
    let full = ("fullname", field(record, "name"));
    let columns = match record.kind {
        Kind::Account => vec![
            id,
            ("acctnumber", field(record, "acctNumber")),
            ("acctname", field(record, "acctName")),
            (
                "accountsearchdisplayname",
                text(&format!(
                    "{} {}",
                    record.text("acctNumber").unwrap_or_default(),
                    record.name()
                )),
            ),
            ("accountsearchdisplaynamecopy", field(record, "acctName")),
            ("fullname", field(record, "acctName")),
            ("accttype", record.choice_of("acctType").map_or(Sql::Null, text)),
            ("currency", whole(record.id_of("currency"))),
            inactive,
        ],
        Kind::Currency => vec![
            id,
            name,
            ("symbol", field(record, "symbol")),
            ("exchangerate", decimal(record.decimal("exchangeRate"))),
            ("currencyprecision", whole(record.whole("currencyPrecision"))),
            ("isbasecurrency", flag(record.flag("$base") == Some(true))),
            inactive,
        ],
        Kind::Subsidiary => vec![
            id,
            name,
            full,
            ("country", record.choice_of("country").map_or(Sql::Null, text)),
            ("currency", whole(record.id_of("currency"))),
            ("iselimination", flag(false)),
            inactive,
        ],
        Kind::AccountingPeriod => vec![
            id,
            ("periodname", field(record, "periodName")),
            ("startdate", day(record, "startDate")),
            ("enddate", day(record, "endDate")),
            ("closed", flag(record.flag("closed") == Some(true))),
            ("arlocked", flag(record.flag("arLocked") == Some(true))),
            ("aplocked", flag(record.flag("apLocked") == Some(true))),
            ("alllocked", flag(record.flag("allLocked") == Some(true))),
            ("isposting", flag(true)),
            ("isyear", flag(false)),
            ("isquarter", flag(false)),
            ("isadjust", flag(false)),
        ],
        Kind::ShipItem => vec![id, ("itemid", field(record, "name")), inactive],
        Kind::Vendor => vec![
            id,
            ("entityid", field(record, "entityId")),
            ("altname", field(record, "companyName")),
            ("companyname", field(record, "companyName")),
            ("currency", whole(record.id_of("currency"))),
            inactive,
        ],
        Kind::Location | Kind::Department | Kind::Classification => vec![id, name, full, inactive],
        _ => vec![id, name, inactive],
    };
    insert(store, table, &columns)
}

pub(super) fn table_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Account => "account",
        Kind::Currency => "currency",
        Kind::Subsidiary => "subsidiary",
        Kind::Location => "location",
        Kind::Department => "department",
        Kind::Classification => "classification",
        Kind::ShipItem => "shipitem",
        Kind::PaymentMethod => "paymentmethod",
        Kind::AccountingPeriod => "accountingperiod",
        Kind::Term => "term",
        Kind::PriceLevel => "pricelevel",
        Kind::TaxCode => "salestaxitem",
        Kind::Vendor => "vendor",
        kind if kind.is_custom() => kind.name(),
        _ => return None,
    })
}

//! The tables that SuiteQL shows (netsuite.md §6.1), kept in step with the records.
//!
//! Dates stand as `\u{1}YYYY-MM-DD HH:MM:SS` in the company's zone: the mark tells a date from a text that looks like
//! one, so that a raw date can be cut as NetSuite cuts it. Numbers have numeric affinity; results are formatted exactly.

use chrono::{DateTime, Duration};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use rust_decimal::Decimal;
use serde_json::Value;

use super::envelope::Outcome;
use super::kind::Kind;
use super::post::{self, Row};
use super::record::Fields as _;
use super::store::{Record, Store};
use super::{movement, sale};

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
        kind if kind.is_transaction() => transaction(store, record),
        Kind::Customer => customer(store, record),
        kind if kind.is_item() => item(store, record),
        _ => list(store, record),
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
    } else if let Some(table) = if record.kind.is_item() {
        Some("item")
    } else {
        table_of(record.kind)
    } {
        store
            .connection
            .execute(&format!("DELETE FROM {table} WHERE id = ?1"), id)?;
        if record.kind.is_item() {
            store.connection.execute("DELETE FROM itemprice WHERE item = ?1", id)?;
            store.connection.execute("DELETE FROM pricing WHERE item = ?1", id)?;
        }
    }
    Ok(())
}

fn transaction(store: &Store, record: &Record) -> Outcome<()> {
    let rows = post::rows(store, record)?;
    let main = rows.iter().find(|row| row.mainline).cloned().unwrap_or_default();
    let open = record.decimal("amountRemaining");
    let posted = post::is_posted(record);
    let total = if record.kind == Kind::JournalEntry {
        record.decimal("$total")
    } else {
        main.foreign
    };
    let mut columns = vec![
        ("id", Sql::Integer(record.id)),
        ("tranid", field(record, "tranId")),
        (
            "trandisplayname",
            text(&format!("{} #{}", type_name(record.kind), record.name())),
        ),
        ("externalid", field(record, "externalId")),
        ("type", text(record.kind.code().unwrap_or_default())),
        ("recordtype", text(&record.kind.name().to_lowercase())),
        ("status", record.choice_of("status").map_or(Sql::Null, text)),
        ("trandate", day(record, "tranDate")),
        ("entity", whole(main.entity)),
        ("currency", whole(record.id_of("currency"))),
        ("exchangerate", decimal(record.decimal("exchangeRate"))),
        ("foreigntotal", decimal(total)),
        (
            "total",
            decimal(if record.kind == Kind::JournalEntry {
                total
            } else {
                main.base
            }),
        ),
        ("foreignamountpaid", decimal(record.decimal("amountPaid"))),
        ("foreignamountunpaid", decimal(open)),
        ("foreignpaymentamountused", decimal(record.decimal("applied"))),
        ("foreignpaymentamountunused", decimal(record.decimal("unapplied"))),
        ("otherrefnum", field(record, "otherRefNum")),
        ("memo", field(record, "memo")),
        ("email", field(record, "email")),
        ("customform", whole(record.id_of("customForm"))),
        ("shipmethod", whole(record.id_of("shipMethod"))),
        ("paymentmethod", whole(record.id_of("paymentMethod"))),
        ("postingperiod", whole(record.id_of("postingPeriod"))),
        ("posting", flag(posted)),
        ("voided", flag(record.choice_of("status") == Some("V"))),
        ("createddate", stamp_field(store, record, "createdDate")),
        ("lastmodifieddate", stamp_field(store, record, "lastModifiedDate")),
        ("shipdate", day(record, "shipDate")),
        ("actualshipdate", day(record, "shippedDate")),
        ("duedate", day(record, "dueDate")),
        ("reversaldate", day(record, "reversalDate")),
        ("isreversal", flag(record.flag("isReversal") == Some(true))),
        ("source", text("REST Web Services")),
    ];
    let custom: Vec<(String, Value)> = custom_fields(record, "custbody");
    columns.extend(custom.iter().map(|(name, value)| (name.as_str(), json_text(value))));
    insert(store, "transaction", &columns)?;
    for row in &rows {
        line(store, record, row, posted)?;
    }
    movement::remember(store, record)
}

fn line(store: &Store, record: &Record, row: &Row, posted: bool) -> Outcome<()> {
    let backordered = match (row.quantity, row.shipped) {
        (Some(quantity), Some(shipped)) if record.kind == Kind::SalesOrder => Some(-quantity - shipped),
        _ => None,
    };
    let mut columns = vec![
        ("transaction", Sql::Integer(record.id)),
        ("id", Sql::Integer(row.id)),
        ("linesequencenumber", Sql::Integer(row.id)),
        ("uniquekey", Sql::Integer(record.id * 10_000 + row.id)),
        ("item", whole(row.item)),
        ("itemtype", row.item_type.as_deref().map_or(Sql::Null, text)),
        ("quantity", decimal(row.quantity)),
        ("rate", decimal(row.rate)),
        ("foreignamount", decimal(row.foreign)),
        ("netamount", decimal(row.base)),
        ("mainline", flag(row.mainline)),
        ("taxline", flag(row.taxline)),
        ("iscogs", flag(false)),
        ("isclosed", flag(row.closed)),
        ("kitcomponent", flag(row.kit_component)),
        ("entity", whole(row.entity)),
        ("location", whole(row.location)),
        ("department", whole(row.department)),
        ("class", whole(row.class)),
        ("subsidiary", whole(record.id_of("subsidiary"))),
        ("createdfrom", whole(record.id_of("createdFrom"))),
        ("expenseaccount", whole(row.account)),
        ("memo", row.memo.as_deref().map_or(Sql::Null, text)),
        ("quantityshiprecv", decimal(row.shipped)),
        ("quantitybilled", decimal(row.billed)),
        ("quantitybackordered", decimal(backordered)),
    ];
    columns.extend(row.custom.iter().map(|(name, value)| (name.as_str(), json_text(value))));
    insert(store, "transactionline", &columns)?;
    let (Some(account), Some(base), true) = (row.account, row.base, record.kind.posts()) else {
        return Ok(());
    };
    let positive = |amount: Decimal| {
        if amount > Decimal::ZERO {
            decimal(Some(amount))
        } else {
            Sql::Null
        }
    };
    let ledger = [
        ("transaction", Sql::Integer(record.id)),
        ("transactionline", Sql::Integer(row.id)),
        ("accountingbook", Sql::Integer(1)),
        ("account", Sql::Integer(account)),
        ("amount", decimal(Some(base))),
        ("debit", positive(base)),
        ("credit", positive(-base)),
        ("posting", flag(posted)),
    ];
    insert(store, "transactionaccountingline", &ledger)
}

fn customer(store: &Store, record: &Record) -> Outcome<()> {
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
    Ok(())
}

fn item(store: &Store, record: &Record) -> Outcome<()> {
    let mut columns = vec![
        ("id", Sql::Integer(record.id)),
        ("itemid", field(record, "itemId")),
        ("fullname", field(record, "itemId")),
        ("externalid", field(record, "externalId")),
        ("displayname", field(record, "displayName")),
        ("description", field(record, "displayName")),
        ("itemtype", text(record.kind.item_type().unwrap_or_default())),
        ("isinactive", flag(record.flag("isInactive") == Some(true))),
        ("upccode", field(record, "upcCode")),
        ("parent", whole(record.id_of("parent"))),
        ("incomeaccount", whole(record.id_of("incomeAccount"))),
        ("createddate", stamp_field(store, record, "createdDate")),
        ("lastmodifieddate", stamp_field(store, record, "lastModifiedDate")),
    ];
    let custom = custom_fields(record, "custitem");
    columns.extend(custom.iter().map(|(name, value)| (name.as_str(), json_text(value))));
    insert(store, "item", &columns)?;
    let Some(price) = record.decimal("basePrice") else {
        return Ok(());
    };
    let base = [
        ("item", Sql::Integer(record.id)),
        ("pricelevel", Sql::Integer(1)),
        ("pricelevelname", text("Base Price")),
        ("price", decimal(Some(price))),
    ];
    insert(store, "itemprice", &base)?;
    for currency in store.ids(Kind::Currency)? {
        let currency = store.need("currency", currency)?;
        let rate = currency
            .decimal("exchangeRate")
            .filter(|rate| !rate.is_zero())
            .unwrap_or(Decimal::ONE);
        let digits = currency
            .whole("currencyPrecision")
            .and_then(|digits| u32::try_from(digits).ok())
            .unwrap_or(2);
        let columns = [
            ("item", Sql::Integer(record.id)),
            ("pricelevel", Sql::Integer(1)),
            ("currency", Sql::Integer(currency.id)),
            ("quantity", Sql::Integer(0)),
            ("priceqty", Sql::Integer(1)),
            ("unitprice", decimal(Some(sale::round(price / rate, digits)))),
        ];
        insert(store, "pricing", &columns)?;
    }
    Ok(())
}

/// The pick lists: a few columns each.
fn list(store: &Store, record: &Record) -> Outcome<()> {
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
        Kind::Location | Kind::Department | Kind::Classification => vec![id, name, full, inactive],
        _ => vec![id, name, inactive],
    };
    insert(store, table, &columns)
}

fn table_of(kind: Kind) -> Option<&'static str> {
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
        _ => return None,
    })
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
        other => other.name(),
    }
}

fn insert(store: &Store, table: &str, columns: &[(&str, Sql)]) -> Outcome<()> {
    let names: Vec<String> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    let sql = format!("INSERT INTO \"{table}\" ({}) VALUES ({marks})", names.join(", "));
    store
        .connection
        .prepare_cached(&sql)?
        .execute(params_from_iter(columns.iter().map(|(_, value)| value.clone())))?;
    Ok(())
}

fn text(value: &str) -> Sql {
    Sql::Text(value.to_owned())
}

fn flag(on: bool) -> Sql {
    text(if on { "T" } else { "F" })
}

fn whole(value: Option<i64>) -> Sql {
    value.map_or(Sql::Null, Sql::Integer)
}

/// Numeric affinity turns the digits into a number.
fn decimal(value: Option<Decimal>) -> Sql {
    value.map_or(Sql::Null, |value| Sql::Text(value.normalize().to_string()))
}

fn field(record: &Record, name: &str) -> Sql {
    record.text(name).map_or(Sql::Null, text)
}

fn day(record: &Record, name: &str) -> Sql {
    record
        .day(name)
        .map_or(Sql::Null, |day| Sql::Text(format!("{DATE_MARK}{day} 00:00:00")))
}

fn stamp_field(store: &Store, record: &Record, name: &str) -> Sql {
    record.text(name).map_or(Sql::Null, |at| stamp(store, at))
}

/// An instant as the company's clock shows it.
fn stamp(store: &Store, at: &str) -> Sql {
    DateTime::parse_from_rfc3339(at).map_or(Sql::Null, |at| {
        let local = at.naive_utc() + Duration::minutes(i64::from(store.zone_offset_minutes));
        Sql::Text(format!("{DATE_MARK}{}", local.format("%Y-%m-%d %H:%M:%S")))
    })
}

fn custom_fields(record: &Record, prefix: &str) -> Vec<(String, Value)> {
    let own = record.fields.iter().filter(|(name, _)| name.starts_with(prefix));
    own.map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn json_text(value: &Value) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Bool(on) => flag(*on),
        Value::String(one) => text(one),
        Value::Object(object) => object.get("id").and_then(Value::as_str).map_or(Sql::Null, text),
        other => text(&other.to_string()),
    }
}

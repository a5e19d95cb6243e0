//! Transactions, their lines, and what of them reached the ledger.

use rusqlite::types::Value as Sql;
use rust_decimal::Decimal;
use serde_json::Value;

use super::cell::{custom_fields, day, decimal, field, flag, json_text, stamp_field, text, whole};
use super::{insert, type_name};
use crate::netsuite::envelope::Outcome;
use crate::netsuite::fulfil;
use crate::netsuite::kind::Kind;
use crate::netsuite::movement;
use crate::netsuite::post::{self, Role, Row};
use crate::netsuite::record::Fields as _;
use crate::netsuite::store::{Record, Store};

pub(super) fn transaction(store: &Store, record: &Record) -> Outcome<()> {
    let rows = post::rows(store, record)?;
    let main = rows
        .iter()
        .find(|row| row.role == Role::Main)
        .cloned()
        .unwrap_or_default();
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
    for (number, (tracking, description, weight)) in (1..).zip(fulfil::parcels(record)) {
        let package = [
            ("id", Sql::Integer(record.id * 100 + number)),
            ("itemfulfillment", Sql::Integer(record.id)),
            ("packagetrackingnumber", text(&tracking)),
            ("packagedescr", description.as_deref().map_or(Sql::Null, text)),
            ("packageweight", decimal(weight)),
        ];
        insert(store, "itemfulfillmentpackage", &package)?;
    }
    movement::hold_back(store, record)?;
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
        ("mainline", flag(row.role == Role::Main)),
        ("taxline", flag(row.role == Role::Tax)),
        ("iscogs", flag(false)),
        ("isclosed", flag(row.closed)),
        ("kitcomponent", flag(row.role == Role::KitComponent)),
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

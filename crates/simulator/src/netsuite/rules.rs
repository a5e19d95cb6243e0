//! The business rules between a body that is well formed and a record that NetSuite saves.

use chrono::{Duration, NaiveDate};
use rusqlite::OptionalExtension as _;
use rust_decimal::Decimal;
use serde_json::json;

use super::envelope::{Outcome, Refused};
use super::kind::Kind;
use super::record::{Fields as _, choice, instant, number, reference};
use super::store::{Record, Store};
use super::tables::stored_day;
use super::{apply, custom, item, journal, sale, vendor};

/// Fills in what NetSuite fills in, computes what it computes, and refuses what it refuses. The record is not saved yet.
pub(super) fn settle(store: &Store, record: &mut Record, fresh: bool) -> Outcome<()> {
    if fresh {
        record.put("createdDate", instant(store.now));
    }
    record.put("lastModifiedDate", instant(store.now));
    if record.kind == Kind::Customer {
        return customer(store, record, fresh);
    }
    if record.kind.is_custom() {
        return custom::settle(store, record);
    }
    if record.kind.is_item() {
        return item::settle(store, record, fresh);
    }
    if !record.kind.is_transaction() {
        return Ok(());
    }
    record.default("tranDate", json!(today(store).to_string()));
    record.default("tranId", json!(format!("{}{}", record.kind.number_prefix(), record.id)));
    if record.kind == Kind::JournalEntry {
        journal::header(store, record)?;
    } else {
        party(store, record)?;
    }
    period(store, record)?;
    match record.kind {
        Kind::JournalEntry => journal::compute(store, record)?,
        Kind::CustomerPayment | Kind::CustomerRefund => apply::money(store, record)?,
        Kind::VendorBill => vendor::bill(store, record)?,
        Kind::VendorPayment => vendor::payment(store, record)?,
        Kind::ItemFulfillment => super::fulfil::check(store, record)?,
        _ => {
            sale::compute(store, record, fresh)?;
            if record.kind == Kind::SalesOrder {
                let wanted = store.preference("DEFAULTSALESORDERSTATUS")?;
                record.default("orderStatus", choice(if wanted == "A" { "A" } else { "B" }));
            }
            money_account(store, record)?;
        }
    }
    if record.kind == Kind::CreditMemo {
        apply::check_list(store, record)?;
    }
    Ok(())
}

/// The company's calendar day.
pub(super) fn today(store: &Store) -> NaiveDate {
    (store.now + Duration::minutes(i64::from(store.zone_offset_minutes))).date_naive()
}

fn customer(store: &Store, record: &mut Record, fresh: bool) -> Outcome<()> {
    let name = if record.flag("isPerson") == Some(true) {
        let (first, last) = (record.text("firstName"), record.text("lastName"));
        match (first, last) {
            (Some(first), Some(last)) => format!("{first} {last}"),
            (None, _) => return Err(Refused::missing("First Name")),
            (_, None) => return Err(Refused::missing("Last Name")),
        }
    } else {
        record
            .text("companyName")
            .ok_or_else(|| Refused::missing("Company Name"))?
            .to_owned()
    };
    record.default("isPerson", json!(false));
    record.default("isInactive", json!(false));
    record.default("entityId", json!(name));
    if record.id_of("subsidiary").is_none() {
        if store.has("SUBSIDIARIES") {
            return Err(Refused::missing("Subsidiary"));
        }
        if let Some(root) = store.ids(Kind::Subsidiary)?.first() {
            record.put("subsidiary", reference(*root));
        }
    }
    if record.id_of("currency").is_none()
        && let Some(subsidiary) = record.id_of("subsidiary")
        && let Some(currency) = store.need("subsidiary", subsidiary)?.id_of("currency")
    {
        record.put("currency", reference(currency));
    }
    let entity = record.text("entityId").unwrap_or_default();
    let twin: i64 = store.connection.query_row(
        "SELECT COUNT(*) FROM customer WHERE entityid = ?1 COLLATE NOCASE AND id <> ?2",
        rusqlite::params![entity, record.id],
        |row| row.get(0),
    )?;
    if fresh && twin > 0 {
        return Err(Refused::user("This entity already exists."));
    }
    Ok(())
}

/// The customer or vendor decides the subsidiary and which currencies may stand.
fn party(store: &Store, record: &mut Record) -> Outcome<()> {
    let field = if matches!(record.kind, Kind::CustomerPayment | Kind::CustomerRefund) {
        "customer"
    } else {
        "entity"
    };
    let of_vendor = record.kind.is_of_vendor();
    let label = if of_vendor { "Vendor" } else { "Customer" };
    let id = record.id_of(field).ok_or_else(|| Refused::missing(label))?;
    let customer = store.need("entity", id)?;
    if (customer.kind == Kind::Vendor) != of_vendor {
        return Err(Refused::invalid_field(&id.to_string(), field, field));
    }
    if let Some(own) = customer.id_of("subsidiary") {
        if record.id_of("subsidiary").is_some_and(|given| given != own) {
            let given = record.id_of("subsidiary").unwrap_or_default();
            return Err(Refused::invalid_field(&given.to_string(), "subsidiary", "subsidiary"));
        }
        record.put("subsidiary", reference(own));
    }
    if !store.has("MULTICURRENCY") {
        // Without the feature there is one currency, whatever was known of the customer before.
        if let Some(base) = store.ids(Kind::Currency)?.first() {
            record.put("currency", reference(*base));
        }
        return exchange_rate(store, record);
    }
    if record.id_of("currency").is_none()
        && let Some(currency) = customer.id_of("currency")
    {
        record.put("currency", reference(currency));
    }
    if let Some(currency) = record.id_of("currency") {
        let listed = customer
            .lines("currencyList")
            .iter()
            .any(|line| line.id_of("currency") == Some(currency));
        if customer.id_of("currency") != Some(currency) && !listed {
            return Err(Refused::invalid_field(&currency.to_string(), "currency", "currency"));
        }
    }
    exchange_rate(store, record)
}

/// Base units of the subsidiary's currency for one unit of the transaction's.
pub(super) fn exchange_rate(store: &Store, record: &mut Record) -> Outcome<()> {
    if record.decimal("exchangeRate").is_some() {
        return Ok(());
    }
    let rate = |id: i64| -> Outcome<Decimal> {
        Ok(store
            .need("currency", id)?
            .decimal("exchangeRate")
            .unwrap_or(Decimal::ONE))
    };
    let own = match record.id_of("currency") {
        Some(currency) => rate(currency)?,
        None => Decimal::ONE,
    };
    let base = match record.id_of("subsidiary") {
        Some(subsidiary) => match store.need("subsidiary", subsidiary)?.id_of("currency") {
            Some(currency) => rate(currency)?,
            None => Decimal::ONE,
        },
        None => Decimal::ONE,
    };
    let rate = if base.is_zero() { own } else { own / base };
    record.put("exchangeRate", number(rate.round_dp(8)));
    Ok(())
}

/// The posting period follows the date; a closed or locked one refuses what posts (flows.md CMN-34).
pub(super) fn period(store: &Store, record: &mut Record) -> Outcome<()> {
    if !record.kind.posts() {
        record.remove("postingPeriod");
        return Ok(());
    }
    let day = record.day("tranDate").unwrap_or_else(|| today(store));
    let containing = period_of(store, day)?.map(|period| (period.id, is_open(&period, record.kind)));
    if let Some((id, true)) = containing {
        record.put("postingPeriod", reference(id));
        return Ok(());
    }
    if store.preference("ALLOWTRANSACTIONDATEOUTSIDEPERIOD")? == "T"
        && let Some(id) = first_open_period(store, record.kind)?
    {
        record.put("postingPeriod", reference(id));
        return Ok(());
    }
    Err(match containing {
        Some(_) => Refused::user(
            "The transaction date falls in a closed period. You cannot post transactions to a closed period.",
        )
        .at("postingPeriod"),
        None => {
            Refused::user("The transaction date you specified is not within the date range of your accounting period.")
                .at("tranDate")
        }
    })
}

fn first_open_period(store: &Store, kind: Kind) -> Outcome<Option<i64>> {
    for id in store.ids(Kind::AccountingPeriod)? {
        if is_open(&store.need("accountingPeriod", id)?, kind) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The month that a day falls in.
pub(super) fn period_of(store: &Store, day: NaiveDate) -> Outcome<Option<Record>> {
    let id: Option<i64> = store
        .connection
        .prepare_cached("SELECT id FROM accountingperiod WHERE startdate <= ?1 AND enddate >= ?1 ORDER BY id LIMIT 1")?
        .query_row([stored_day(day)], |row| row.get(0))
        .optional()?;
    id.map(|id| store.need("accountingPeriod", id)).transpose()
}

/// Whether a record may still be changed in its period.
pub(super) fn in_open_period(store: &Store, record: &Record) -> Outcome<bool> {
    let Some(id) = record.id_of("postingPeriod") else {
        return Ok(true);
    };
    Ok(is_open(&store.need("accountingPeriod", id)?, record.kind))
}

fn is_open(period: &Record, kind: Kind) -> bool {
    let on = |field| period.flag(field) == Some(true);
    let locked = match kind {
        Kind::JournalEntry => false,
        kind if kind.is_of_vendor() => on("allLocked") || on("apLocked"),
        _ => on("allLocked") || on("arLocked"),
    };
    !(on("closed") || locked)
}

/// Receivables for invoices and credit memos; the till, a bank or a clearing account for cash.
fn money_account(store: &Store, record: &mut Record) -> Outcome<()> {
    if record.id_of("account").is_some() || record.kind == Kind::SalesOrder {
        return apply::check_account(store, record);
    }
    let setting = match record.kind {
        Kind::Invoice | Kind::CreditMemo => "receivable_account",
        _ => "undeposited_account",
    };
    if setting == "undeposited_account" {
        record.put("undepFunds", json!(true));
    }
    if let Some(account) = store.setting(setting)?.and_then(|id| id.parse().ok()) {
        record.put("account", reference(account));
    }
    Ok(())
}

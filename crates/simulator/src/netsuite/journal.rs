//! Journal entries: one currency, one subsidiary, debits equal to credits (netsuite.md §4.6).

use rust_decimal::Decimal;
use serde_json::json;

use super::envelope::{Outcome, Refused};
use super::kind::Kind;
use super::record::{Fields as _, number, reference};
use super::rules::exchange_rate;
use super::sale::precision;
use super::store::{Record, Store};

/// Subsidiary, currency and rate.
pub(super) fn header(store: &Store, record: &mut Record) -> Outcome<()> {
    let subsidiary = match record.id_of("subsidiary") {
        Some(given) => given,
        None if store.has("SUBSIDIARIES") => return Err(Refused::missing("Subsidiary")),
        None => *store
            .ids(Kind::Subsidiary)?
            .first()
            .ok_or_else(|| Refused::missing("Subsidiary"))?,
    };
    record.put("subsidiary", reference(subsidiary));
    if record.id_of("currency").is_none()
        && let Some(currency) = store.need("subsidiary", subsidiary)?.id_of("currency")
    {
        record.put("currency", reference(currency));
    }
    exchange_rate(store, record)?;
    if record.flag("approved").is_none() {
        let approval = store.preference("JOURNALAPPROVAL")? == "T";
        record.put("approved", json!(!approval));
    }
    Ok(())
}

/// Every line has an account and one side; both sides are equal.
pub(super) fn compute(store: &Store, record: &mut Record) -> Outcome<()> {
    let decimals = precision(store, record)?;
    let mut lines = record.lines("line");
    if lines.len() < 2 {
        return Err(Refused::user("You must enter at least two lines for this transaction.").at("line"));
    }
    let (mut debits, mut credits) = (Decimal::ZERO, Decimal::ZERO);
    let mut last = lines.iter().filter_map(|line| line.whole("line")).max().unwrap_or(0);
    for (position, line) in lines.iter_mut().enumerate() {
        let at = format!("line.items[{position}]");
        let id = line
            .id_of("account")
            .ok_or_else(|| Refused::missing("Account").at(&at))?;
        let account = store.need("account", id)?;
        if account
            .id_of("currency")
            .is_some_and(|own| record.id_of("currency") != Some(own))
        {
            return Err(Refused::invalid_field(
                &id.to_string(),
                "account",
                &format!("{at}.account"),
            ));
        }
        let needs_entity = matches!(account.choice_of("acctType"), Some("AcctRec" | "AcctPay"));
        if needs_entity && line.id_of("entity").is_none() {
            return Err(Refused::missing("Name").at(&format!("{at}.entity")));
        }
        let debit = line.decimal("debit").unwrap_or_default();
        let credit = line.decimal("credit").unwrap_or_default();
        let one_sided = debit.is_zero() != credit.is_zero() && debit >= Decimal::ZERO && credit >= Decimal::ZERO;
        if !one_sided || debit.normalize().scale() > decimals || credit.normalize().scale() > decimals {
            return Err(Refused::user("Each line needs either a debit or a credit amount.").at(&at));
        }
        debits += debit;
        credits += credit;
        if line.whole("line").is_none() {
            last += 1;
            line.put("line", json!(last));
        }
    }
    if debits != credits {
        return Err(Refused::new(
            400,
            "TRANS_UNBALNCD",
            format!("The transaction is out of balance! The total is {}.", debits - credits),
        ));
    }
    record.put_lines("line", lines);
    record.put("$total", number(debits));
    Ok(())
}

/// The journal that takes this one back on its reversal date, when it names one and has none yet.
pub(super) fn reversal(record: &Record, id: i64) -> Option<Record> {
    let date = record.text("reversalDate")?;
    if record.id_of("reversalEntry").is_some() || record.flag("isReversal") == Some(true) {
        return None;
    }
    let mut opposite = Record {
        kind: Kind::JournalEntry,
        id,
        fields: serde_json::Map::new(),
    };
    for field in [
        "subsidiary",
        "currency",
        "exchangeRate",
        "memo",
        "approved",
        "department",
        "class",
        "location",
    ] {
        if let Some(value) = record.fields.get(field) {
            opposite.put(field, value.clone());
        }
    }
    opposite.put("tranDate", json!(date));
    opposite.put("isReversal", json!(true));
    opposite.put("createdFrom", reference(record.id));
    let lines = record.lines("line").into_iter().map(|mut line| {
        let (debit, credit) = (line.remove("debit"), line.remove("credit"));
        line.put("credit", debit.unwrap_or_default());
        line.put("debit", credit.unwrap_or_default());
        line
    });
    opposite.put_lines("line", lines.collect());
    Some(opposite)
}

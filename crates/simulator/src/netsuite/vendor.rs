//! What the company owes to vendors: bills of expenses and the payments that settle them.

use rust_decimal::Decimal;

use super::apply;
use super::envelope::{Outcome, Refused};
use super::record::{Fields as _, number, reference};
use super::sale::{precision, round};
use super::store::{Record, Store};

/// A bill: each expense line has an account and an amount; a tax code with a rate adds its tax.
pub(super) fn bill(store: &Store, record: &mut Record) -> Outcome<()> {
    let decimals = precision(store, record)?;
    let mut lines = record.lines("expense");
    if lines.is_empty() {
        return Err(Refused::user("You must enter at least one line item for this transaction.").at("expense"));
    }
    let (mut total, mut tax) = (Decimal::ZERO, Decimal::ZERO);
    for (position, line) in lines.iter_mut().enumerate() {
        let at = format!("expense.items[{position}]");
        let account = line
            .id_of("account")
            .ok_or_else(|| Refused::missing("Account").at(&at))?;
        store.need("account", account)?;
        let amount = line
            .decimal("amount")
            .ok_or_else(|| Refused::missing("Amount").at(&at))?;
        let amount = round(amount, decimals);
        line.put("amount", number(amount));
        total += amount;
        if let Some(code) = line.id_of("taxCode") {
            let rate = store.need("salesTaxItem", code)?.decimal("rate").unwrap_or_default();
            tax += round(amount * rate / Decimal::ONE_HUNDRED, decimals);
        }
        if line.whole("line").is_none() {
            line.put("line", serde_json::json!(position + 1));
        }
    }
    if total + tax < Decimal::ZERO {
        return Err(Refused::user("The transaction total may not be negative."));
    }
    record.put_lines("expense", lines);
    record.put("taxTotal", number(tax));
    record.put("total", number(total + tax));
    record.put("userTotal", number(total + tax));
    if record.id_of("account").is_none()
        && let Some(account) = store.setting("payable_account")?.and_then(|id| id.parse().ok())
    {
        record.put("account", reference(account));
    }
    let account = record.id_of("account").ok_or_else(|| Refused::missing("Account"))?;
    if store.need("account", account)?.choice_of("acctType") != Some("AcctPay") {
        return Err(Refused::invalid_field(&account.to_string(), "account", "account"));
    }
    Ok(())
}

/// A payment: out of an account, for bills of the same vendor.
pub(super) fn payment(store: &Store, record: &mut Record) -> Outcome<()> {
    let applied: Decimal = apply::entries(store, record)?.iter().map(|one| one.amount).sum();
    if applied.is_zero() {
        return Err(Refused::user("You must apply this payment to at least one bill.").at("apply"));
    }
    record.put("total", number(applied));
    if record.id_of("account").is_none() {
        return Err(Refused::missing("Account").at("account"));
    }
    apply::check_account(store, record)?;
    apply::tidy(store, record)
}

//! Customer payments: the settlement's money arriving on invoices (netsuite.md §4.3, SET-23..27).

use chrono::NaiveDate;
use domain::ExternalId;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::json::{Body, number, reference};
use crate::write::{RecordId, RecordType, Target, Write};

/// An amount put against a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apply {
    /// The invoice or credit memo.
    pub document: Target,
    /// How much, in the record's currency.
    pub amount: Decimal,
}

impl Apply {
    pub(crate) fn list(all: &[Self]) -> Vec<Value> {
        let one =
            |apply: &Self| json!({ "doc": reference(&apply.document), "apply": true, "amount": number(apply.amount) });
        all.iter().map(one).collect()
    }
}

/// A payment by a customer into the clearing account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerPayment {
    /// The name that makes it happen once.
    pub external_id: ExternalId,
    /// The customer.
    pub customer: Target,
    /// The date.
    pub date: NaiveDate,
    /// The NetSuite currency.
    pub currency: Option<RecordId>,
    /// The subsidiary, in OneWorld accounts.
    pub subsidiary: Option<RecordId>,
    /// Where the money goes: the marketplace's clearing account.
    pub account: RecordId,
    /// The receivable account, when it is not the default one.
    pub receivable: Option<RecordId>,
    /// The payment method.
    pub method: Option<RecordId>,
    /// The whole payment, in its currency.
    pub amount: Decimal,
    /// What it pays.
    pub apply: Vec<Apply>,
    /// `Amazon settlement <id>`.
    pub memo: Option<String>,
    /// Fields that the seller mapped.
    pub more: Vec<(String, Value)>,
}

impl CustomerPayment {
    /// The write that creates it.
    pub fn create(&self) -> Write {
        let body = Body::default()
            .reference("customer", Some(&self.customer))
            .id("subsidiary", self.subsidiary.as_ref())
            .id("currency", self.currency.as_ref())
            .day("tranDate", Some(self.date))
            .set("undepFunds", false)
            .id("account", Some(&self.account))
            .id("arAcct", self.receivable.as_ref())
            .id("paymentMethod", self.method.as_ref())
            .number("payment", Some(self.amount))
            .text("memo", self.memo.as_deref())
            .items("apply", Apply::list(&self.apply))
            .more(&self.more);
        Write::Create {
            record: RecordType::CustomerPayment,
            external_id: self.external_id.clone(),
            body: body.finish(),
        }
    }
}

//! The record types of the setup package: a settlement and its transactions as records of their own (SET-22).
//!
//! They are written field by field: a new record takes the fields that say something, a change names only the fields
//! that say something else now. What the fields are called stands here, in the questions about them, and in the setup
//! package; tests hold the three together.

use chrono::NaiveDate;
use domain::ExternalId;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;
use serde_json::{Value, json};

use crate::json::{number, reference};
use crate::write::{RecordId, RecordType, Target, Write};

/// Letters that a line of text holds in NetSuite, and a field of several lines.
const LINE: usize = 300;
const AREA: usize = 4_000;
/// Letters of a record's name that are sent.
const NAME: usize = 80;
/// Decimals of a currency field.
const CENTS: u32 = 2;

/// What a field says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A text.
    Text(String),
    /// A day.
    Day(NaiveDate),
    /// An amount.
    Amount(Decimal),
    /// Another record.
    Record(Target),
}

/// One of these records, field by field; a field without content is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomRecord {
    /// Its type.
    pub record: RecordType,
    /// The name that makes it happen once.
    pub external_id: ExternalId,
    /// What people read in lists.
    pub name: String,
    /// Its fields by their ids.
    pub fields: Vec<(&'static str, Option<Content>)>,
}

/// A settlement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields that SET-22 names, in its order")]
pub struct AmazonSettlement {
    pub external_id: ExternalId,
    pub settlement: String,
    pub account: String,
    pub marketplaces: String,
    pub currency: String,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub deposit_date: Option<NaiveDate>,
    pub deposit: Decimal,
    pub reserve_before: Decimal,
    pub reserve_after: Decimal,
    pub orders: Decimal,
    pub refunds: Decimal,
    pub other: Decimal,
    pub fees: Decimal,
    pub fee_totals: String,
    pub reconciled: Decimal,
    pub variance: Decimal,
    pub counts: String,
    pub state: String,
    pub journal: Option<RecordId>,
    pub journals: String,
    pub file_hash: String,
}

/// A group of a settlement's lines.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields that SET-22 names, in its order")]
pub struct AmazonSettlementLine {
    pub external_id: ExternalId,
    pub parent: Target,
    pub kind: String,
    pub description: String,
    pub order: String,
    pub skus: String,
    pub date: Option<NaiveDate>,
    pub customer: Decimal,
    pub tax: Decimal,
    pub fees: Decimal,
    pub net: Decimal,
    pub state: String,
    pub payment: Option<RecordId>,
    pub credit_memo: Option<RecordId>,
    pub refund: Option<RecordId>,
    pub journal: Option<RecordId>,
    pub error: String,
}

impl AmazonSettlement {
    /// The record with its fields.
    pub fn record(&self) -> CustomRecord {
        let fields = vec![
            ("custrecord_azn_stl_id", line(&self.settlement)),
            ("custrecord_azn_stl_account", line(&self.account)),
            ("custrecord_azn_stl_marketplaces", line(&self.marketplaces)),
            ("custrecord_azn_stl_currency", line(&self.currency)),
            ("custrecord_azn_stl_start", self.start.map(Content::Day)),
            ("custrecord_azn_stl_end", self.end.map(Content::Day)),
            ("custrecord_azn_stl_deposit_date", self.deposit_date.map(Content::Day)),
            ("custrecord_azn_stl_deposit", amount(self.deposit)),
            ("custrecord_azn_stl_reserve_before", amount(self.reserve_before)),
            ("custrecord_azn_stl_reserve_after", amount(self.reserve_after)),
            ("custrecord_azn_stl_orders", amount(self.orders)),
            ("custrecord_azn_stl_refunds", amount(self.refunds)),
            ("custrecord_azn_stl_other", amount(self.other)),
            ("custrecord_azn_stl_fees", amount(self.fees)),
            ("custrecord_azn_stl_fee_totals", area(&self.fee_totals)),
            ("custrecord_azn_stl_reconciled", amount(self.reconciled)),
            ("custrecord_azn_stl_variance", amount(self.variance)),
            ("custrecord_azn_stl_counts", line(&self.counts)),
            ("custrecord_azn_stl_state", line(&self.state)),
            ("custrecord_azn_stl_journal", linked(self.journal.as_ref())),
            ("custrecord_azn_stl_journals", line(&self.journals)),
            ("custrecord_azn_stl_file_hash", line(&self.file_hash)),
        ];
        CustomRecord {
            record: RecordType::AmazonSettlement,
            external_id: self.external_id.clone(),
            name: cut(&format!("Amazon settlement {}", self.settlement), NAME),
            fields,
        }
    }
}

impl AmazonSettlementLine {
    /// The record with its fields.
    pub fn record(&self) -> CustomRecord {
        let fields = vec![
            (
                "custrecord_azn_sl_settlement",
                Some(Content::Record(self.parent.clone())),
            ),
            ("custrecord_azn_sl_type", line(&self.kind)),
            ("custrecord_azn_sl_description", line(&self.description)),
            ("custrecord_azn_sl_order", line(&self.order)),
            ("custrecord_azn_sl_skus", area(&self.skus)),
            ("custrecord_azn_sl_date", self.date.map(Content::Day)),
            ("custrecord_azn_sl_customer", amount(self.customer)),
            ("custrecord_azn_sl_tax", amount(self.tax)),
            ("custrecord_azn_sl_fees", amount(self.fees)),
            ("custrecord_azn_sl_amount", amount(self.net)),
            ("custrecord_azn_sl_state", line(&self.state)),
            ("custrecord_azn_sl_payment", linked(self.payment.as_ref())),
            ("custrecord_azn_sl_credit_memo", linked(self.credit_memo.as_ref())),
            ("custrecord_azn_sl_refund", linked(self.refund.as_ref())),
            ("custrecord_azn_sl_journal", linked(self.journal.as_ref())),
            ("custrecord_azn_sl_error", line(&self.error)),
        ];
        let parts = [self.kind.as_str(), self.order.as_str()].into_iter();
        let shown: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        CustomRecord {
            record: RecordType::AmazonSettlementLine,
            external_id: self.external_id.clone(),
            name: cut(&shown.join(" "), NAME),
            fields,
        }
    }
}

impl CustomRecord {
    /// The write that creates it.
    pub fn create(&self) -> Write {
        let said = self.fields.iter();
        let said = said.filter_map(|(field, content)| Some(((*field).to_owned(), content.as_ref()?.json())));
        let body = [("name".to_owned(), Value::from(self.name.as_str()))].into_iter();
        Write::Create {
            record: self.record,
            external_id: self.external_id.clone(),
            body: Value::Object(body.chain(said).collect()),
        }
    }

    /// The write that brings some of its fields up to date.
    pub fn change(&self, id: &RecordId, fields: &[&str]) -> Write {
        let named = self.fields.iter().filter(|(field, _)| fields.contains(field));
        let body = named.map(|(field, content)| {
            let value = content.as_ref().map_or(Value::Null, Content::json);
            ((*field).to_owned(), value)
        });
        Write::Update {
            record: self.record,
            target: Target::Id(id.clone()),
            body: Value::Object(body.collect()),
        }
    }
}

impl Content {
    /// Whether NetSuite's text of a field says the same.
    pub fn is(&self, told: &str) -> bool {
        match self {
            Self::Text(text) => text.trim() == told.trim(),
            Self::Day(day) => told == day.to_string(),
            Self::Amount(amount) => told.parse::<Decimal>().is_ok_and(|told| told == cents(*amount)),
            Self::Record(Target::Id(id)) => id.0 == told,
            Self::Record(Target::Named(_)) => false,
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Day(day) => json!(day.to_string()),
            Self::Amount(amount) => number(*amount),
            Self::Record(target) => reference(target),
        }
    }
}

/// An amount as a currency field keeps it.
fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(CENTS, RoundingStrategy::MidpointAwayFromZero)
}

fn line(text: &str) -> Option<Content> {
    (!text.is_empty()).then(|| Content::Text(cut(text, LINE)))
}

fn area(text: &str) -> Option<Content> {
    (!text.is_empty()).then(|| Content::Text(cut(text, AREA)))
}

#[allow(clippy::unnecessary_wraps, reason = "one shape for all fields")]
fn amount(amount: Decimal) -> Option<Content> {
    Some(Content::Amount(amount))
}

fn linked(record: Option<&RecordId>) -> Option<Content> {
    record.map(|id| Content::Record(Target::Id(id.clone())))
}

/// The beginning of a text that is too long, with a mark that there was more.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{kept}…")
}

//! Journal entries that balance by construction (netsuite.md §4.6, SET-46..50).

use chrono::NaiveDate;
use domain::ExternalId;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::json::Body;
use crate::write::{RecordId, RecordType, Target, Write};

/// One side of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalLine {
    /// The account.
    pub account: RecordId,
    /// The amount in the journal's currency: positive is a debit, negative a credit. Zero lines are left out.
    pub debit: Decimal,
    /// Category and marketplace.
    pub memo: Option<String>,
    /// A customer, where the account wants one.
    pub entity: Option<Target>,
    /// Department.
    pub department: Option<RecordId>,
    /// Class.
    pub class: Option<RecordId>,
    /// Location.
    pub location: Option<RecordId>,
}

/// A journal entry of one currency and one subsidiary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// The name that makes it happen once.
    pub external_id: ExternalId,
    /// The date.
    pub date: NaiveDate,
    /// The NetSuite currency.
    pub currency: Option<RecordId>,
    /// Units of the subsidiary's own currency for one of the journal's; nothing leaves it to the account's daily rate.
    pub exchange_rate: Option<Decimal>,
    /// The subsidiary, in OneWorld accounts.
    pub subsidiary: Option<RecordId>,
    /// `Amazon settlement <id> <start>–<end>`.
    pub memo: Option<String>,
    /// Whether it is approved at once; nothing leaves it to the account's preference.
    pub approved: Option<bool>,
    /// The date on which NetSuite reverses it.
    pub reversal_date: Option<NaiveDate>,
    /// The lines.
    pub lines: Vec<JournalLine>,
    /// Fields that the seller mapped.
    pub more: Vec<(String, Value)>,
}

/// Debits and credits differ: a defect of the program, never sent (`JE_UNBALANCED`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the journal is off by {0}")]
pub struct Unbalanced(pub Decimal);

impl JournalLine {
    /// A line with only an account and an amount: positive is a debit.
    pub fn new(account: RecordId, debit: Decimal) -> Self {
        Self {
            account,
            debit,
            memo: None,
            entity: None,
            department: None,
            class: None,
            location: None,
        }
    }

    fn json(&self) -> Value {
        let (side, amount) = if self.debit.is_sign_positive() {
            ("debit", self.debit)
        } else {
            ("credit", -self.debit)
        };
        Body::default()
            .id("account", Some(&self.account))
            .number(side, Some(amount))
            .text("memo", self.memo.as_deref())
            .reference("entity", self.entity.as_ref())
            .id("department", self.department.as_ref())
            .id("class", self.class.as_ref())
            .id("location", self.location.as_ref())
            .finish()
    }
}

impl JournalEntry {
    /// The write that creates it, if it balances.
    pub fn create(&self) -> Result<Write, Unbalanced> {
        let off: Decimal = self.lines.iter().map(|line| line.debit).sum();
        if !off.is_zero() {
            return Err(Unbalanced(off));
        }
        let lines = self
            .lines
            .iter()
            .filter(|line| !line.debit.is_zero())
            .map(JournalLine::json)
            .collect();
        let body = Body::default()
            .id("subsidiary", self.subsidiary.as_ref())
            .id("currency", self.currency.as_ref())
            .number("exchangeRate", self.exchange_rate)
            .day("tranDate", Some(self.date))
            .text("memo", self.memo.as_deref())
            .day("reversalDate", self.reversal_date);
        let body = match self.approved {
            Some(approved) => body.set("approved", approved),
            None => body,
        };
        let body = body.items("line", lines).more(&self.more).finish();
        Ok(Write::Create {
            record: RecordType::JournalEntry,
            external_id: self.external_id.clone(),
            body,
        })
    }
}

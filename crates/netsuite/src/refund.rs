//! Credit memo, customer refund, cash refund: money going back to buyers (netsuite.md §4.4, SET-28..39).

use chrono::NaiveDate;
use domain::ExternalId;
use serde_json::Value;

use crate::json::Body;
use crate::payment::Apply;
use crate::sale::Sale;
use crate::write::{RecordId, RecordType, Target, Write};

/// A credit memo with exactly these lines, put against an open invoice as far as `apply` says.
///
/// It is created on its own rather than made from the invoice: a transform would bring along every line of the
/// invoice, and a refund is rarely all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditMemo {
    /// What is given back to whom; amounts positive.
    pub sale: Sale,
    /// Open invoices that take it.
    pub apply: Vec<Apply>,
}

/// Money paid out of clearing against a credit memo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRefund {
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
    /// The clearing account.
    pub account: RecordId,
    /// The payment method, where the form wants one.
    pub method: Option<RecordId>,
    /// The credit memos that are paid out.
    pub apply: Vec<Apply>,
    /// Reason and settlement.
    pub memo: Option<String>,
    /// Fields that the seller mapped.
    pub more: Vec<(String, Value)>,
}

/// The refund of a cash sale, out of clearing, with exactly these lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashRefund {
    /// What is given back to whom; amounts positive.
    pub sale: Sale,
    /// The clearing account.
    pub account: RecordId,
    /// The payment method, where the form wants one.
    pub method: Option<RecordId>,
}

impl CreditMemo {
    /// The write that creates it.
    pub fn create(&self) -> Write {
        let body = self.sale.body().items("apply", Apply::list(&self.apply));
        self.sale.create(RecordType::CreditMemo, body)
    }
}

impl CustomerRefund {
    /// The write that creates it.
    pub fn create(&self) -> Write {
        let body = Body::default()
            .reference("customer", Some(&self.customer))
            .id("subsidiary", self.subsidiary.as_ref())
            .id("currency", self.currency.as_ref())
            .day("tranDate", Some(self.date))
            .id("account", Some(&self.account))
            .id("paymentMethod", self.method.as_ref())
            .text("memo", self.memo.as_deref())
            .items("apply", Apply::list(&self.apply))
            .more(&self.more)
            .finish();
        Write::Create {
            record: RecordType::CustomerRefund,
            external_id: self.external_id.clone(),
            body,
        }
    }
}

impl CashRefund {
    /// The write that creates it.
    pub fn create(&self) -> Write {
        let body = self
            .sale
            .body()
            .id("account", Some(&self.account))
            .id("paymentMethod", self.method.as_ref());
        self.sale.create(RecordType::CashRefund, body)
    }
}

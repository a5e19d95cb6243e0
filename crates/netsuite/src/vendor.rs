//! Vendor bills and their payments: Amazon's fees as a purchase, paid out of clearing (SET-41). No reference page names
//! these two records' fields; `docs/unproven.md` says what is taken for granted.

use chrono::NaiveDate;
use domain::ExternalId;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::json::Body;
use crate::payment::Apply;
use crate::write::{RecordId, RecordType, Write};

/// One expense of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expense {
    /// The account.
    pub account: RecordId,
    /// What it cost, in the bill's currency; negative for what came back.
    pub amount: Decimal,
    /// Category and marketplace.
    pub memo: Option<String>,
    /// The tax code.
    pub tax_code: Option<RecordId>,
    /// Department.
    pub department: Option<RecordId>,
    /// Class.
    pub class: Option<RecordId>,
    /// Location.
    pub location: Option<RecordId>,
}

/// A vendor's bill of expenses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorBill {
    /// The name that makes it happen once.
    pub external_id: ExternalId,
    /// The vendor.
    pub vendor: RecordId,
    /// The date.
    pub date: NaiveDate,
    /// The NetSuite currency.
    pub currency: Option<RecordId>,
    /// The subsidiary, in OneWorld accounts.
    pub subsidiary: Option<RecordId>,
    /// The payable account, when it is not the default one.
    pub payable: Option<RecordId>,
    /// `Amazon settlement <id> <start>–<end>`.
    pub memo: Option<String>,
    /// The expenses.
    pub expenses: Vec<Expense>,
}

/// What pays a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VendorPayment {
    /// The name that makes it happen once.
    pub external_id: ExternalId,
    /// The vendor.
    pub vendor: RecordId,
    /// The date.
    pub date: NaiveDate,
    /// The NetSuite currency.
    pub currency: Option<RecordId>,
    /// The subsidiary, in OneWorld accounts.
    pub subsidiary: Option<RecordId>,
    /// Where the money is taken from: the marketplace's clearing account.
    pub account: RecordId,
    /// The payable account, when it is not the default one.
    pub payable: Option<RecordId>,
    /// `Amazon settlement <id> <start>–<end>`.
    pub memo: Option<String>,
    /// The bills.
    pub apply: Vec<Apply>,
}

impl Expense {
    fn json(&self) -> Value {
        Body::default()
            .id("account", Some(&self.account))
            .number("amount", Some(self.amount))
            .text("memo", self.memo.as_deref())
            .id("taxCode", self.tax_code.as_ref())
            .id("department", self.department.as_ref())
            .id("class", self.class.as_ref())
            .id("location", self.location.as_ref())
            .finish()
    }
}

impl VendorBill {
    /// The write that creates it.
    pub fn create(&self) -> Write {
        let body = Body::default()
            .id("entity", Some(&self.vendor))
            .id("subsidiary", self.subsidiary.as_ref())
            .id("currency", self.currency.as_ref())
            .day("tranDate", Some(self.date))
            .id("account", self.payable.as_ref())
            .text("memo", self.memo.as_deref())
            .items("expense", self.expenses.iter().map(Expense::json).collect());
        Write::Create {
            record: RecordType::VendorBill,
            external_id: self.external_id.clone(),
            body: body.finish(),
        }
    }
}

impl VendorPayment {
    /// The write that creates it.
    pub fn create(&self) -> Write {
        let body = Body::default()
            .id("entity", Some(&self.vendor))
            .id("subsidiary", self.subsidiary.as_ref())
            .id("currency", self.currency.as_ref())
            .day("tranDate", Some(self.date))
            .id("account", Some(&self.account))
            .id("apAcct", self.payable.as_ref())
            .text("memo", self.memo.as_deref())
            .items("apply", Apply::list(&self.apply));
        Write::Create {
            record: RecordType::VendorPayment,
            external_id: self.external_id.clone(),
            body: body.finish(),
        }
    }
}

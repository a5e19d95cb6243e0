//! The record service's reads and what a record is (netsuite.md §2); how a write is sent is `sending`.

use domain::ExternalId;
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use wire::{Call, Method, Misread, Quota, Request, Response};

use crate::json::decimal;
use crate::write::{RecordId, RecordType};

pub use crate::sending::{Missing, Names, Probe, WriteCall, Written};

pub(crate) const ROOT: &str = "/services/rest/record/v1";

impl RecordType {
    /// The name in addresses.
    pub fn rest_name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::SalesOrder => "salesOrder",
            Self::ItemFulfillment => "itemFulfillment",
            Self::Invoice => "invoice",
            Self::CashSale => "cashSale",
            Self::CustomerPayment => "customerPayment",
            Self::CreditMemo => "creditMemo",
            Self::CustomerRefund => "customerRefund",
            Self::CashRefund => "cashRefund",
            Self::JournalEntry => "journalEntry",
            Self::VendorBill => "vendorBill",
            Self::VendorPayment => "vendorPayment",
            Self::AmazonSettlement => "customrecord_azn_settlement",
            Self::AmazonSettlementLine => "customrecord_azn_settlement_line",
        }
    }

    /// The code in the column `transaction.type` (netsuite.md §5); customers and custom records have none.
    pub fn transaction_code(self) -> Option<&'static str> {
        match self {
            Self::Customer | Self::AmazonSettlement | Self::AmazonSettlementLine => None,
            Self::SalesOrder => Some("SalesOrd"),
            Self::ItemFulfillment => Some("ItemShip"),
            Self::Invoice => Some("CustInvc"),
            Self::CashSale => Some("CashSale"),
            Self::CustomerPayment => Some("CustPymt"),
            Self::CreditMemo => Some("CustCred"),
            Self::CustomerRefund => Some("CustRfnd"),
            Self::CashRefund => Some("CashRfnd"),
            Self::JournalEntry => Some("Journal"),
            Self::VendorBill => Some("VendBill"),
            Self::VendorPayment => Some("VendPymt"),
        }
    }

    /// The record type behind a `transaction.type` code, if it is one of ours.
    pub fn of_transaction_code(code: &str) -> Option<Self> {
        Self::TRANSACTIONS
            .into_iter()
            .find(|kind| kind.transaction_code() == Some(code))
    }

    /// Every type of transaction.
    pub const TRANSACTIONS: [Self; 11] = [
        Self::SalesOrder,
        Self::ItemFulfillment,
        Self::Invoice,
        Self::CashSale,
        Self::CustomerPayment,
        Self::CreditMemo,
        Self::CustomerRefund,
        Self::CashRefund,
        Self::JournalEntry,
        Self::VendorBill,
        Self::VendorPayment,
    ];
}

/// Which record to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// By NetSuite's id.
    Id(RecordId),
    /// By our name for it (`eid:`).
    Named(ExternalId),
}

/// Reads one record. A record that is not there fails with 404; [`crate::absent`] tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Its type.
    pub record: RecordType,
    /// Which one.
    pub which: Which,
    /// Whether its lines are wanted too.
    pub with_lines: bool,
}

impl Read {
    /// The read that tells whether a record with this name exists.
    pub fn named(record: RecordType, external_id: ExternalId) -> Self {
        Self {
            record,
            which: Which::Named(external_id),
            with_lines: false,
        }
    }

    /// One record by NetSuite's id, lines included.
    pub fn id(record: RecordType, id: RecordId) -> Self {
        Self {
            record,
            which: Which::Id(id),
            with_lines: true,
        }
    }
}

impl Call for Read {
    type Output = Record;
    const QUOTA: Quota = Quota::unmetered("record");

    fn request(&self) -> Request {
        let which = match &self.which {
            Which::Id(id) => id.0.clone(),
            Which::Named(name) => format!("eid:{name}"),
        };
        let request = Request::new(Method::Get, format!("{ROOT}/{}/{which}", self.record.rest_name()));
        if self.with_lines {
            request.query("expandSubResources", "true")
        } else {
            request
        }
    }

    fn read(&self, response: &Response) -> Result<Record, Misread> {
        let body: Map<String, Value> = serde_json::from_slice(&response.body)
            .map_err(|_| Misread::new(format!("a {}: not the expected JSON", self.record.rest_name())))?;
        let id = match body.get("id") {
            Some(Value::String(id)) => id.clone(),
            Some(Value::Number(id)) => id.to_string(),
            _ => return Err(Misread::new(format!("a {} without an id", self.record.rest_name()))),
        };
        Ok(Record {
            record: self.record,
            id: RecordId(id),
            body,
        })
    }
}

/// A record as NetSuite answered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its type.
    pub record: RecordType,
    /// NetSuite's id.
    pub id: RecordId,
    /// All fields, by their REST names.
    pub body: Map<String, Value>,
}

impl Record {
    /// A text field.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.body.get(field).and_then(Value::as_str)
    }

    /// A number, with exactly its digits.
    pub fn number(&self, field: &str) -> Option<Decimal> {
        self.body.get(field).and_then(decimal)
    }

    /// The id that a reference or an enumeration holds.
    pub fn reference(&self, field: &str) -> Option<RecordId> {
        id_of(self.body.get(field)?)
    }

    /// The name of a reference, as a person reads it.
    pub fn reference_name(&self, field: &str) -> Option<&str> {
        self.body.get(field)?.get("refName").and_then(Value::as_str)
    }

    /// Our name for it.
    pub fn external_id(&self) -> Option<&str> {
        self.text("externalId")
    }

    /// The status letter (netsuite.md §5).
    pub fn status(&self) -> Option<String> {
        self.reference("status").map(|id| id.0)
    }

    /// The transaction's total in its own currency (ORD-08); for a journal the sum of its debits.
    pub fn total(&self) -> Option<Decimal> {
        match self.record {
            RecordType::CustomerPayment => self.number("payment").or_else(|| self.number("total")),
            RecordType::JournalEntry => self.number("total").or_else(|| {
                let lines = self.lines("line");
                (!lines.is_empty()).then(|| {
                    lines
                        .iter()
                        .filter_map(|line| line.get("debit").and_then(decimal))
                        .sum()
                })
            }),
            _ => self.number("total"),
        }
    }

    /// The lines of a sublist, when they were asked for.
    pub fn lines(&self, sublist: &str) -> &[Value] {
        let items = self
            .body
            .get(sublist)
            .and_then(|list| list.get("items"))
            .and_then(Value::as_array);
        items.map_or(&[], Vec::as_slice)
    }
}

/// The id of a reference, or of a plain value that is one.
pub(crate) fn id_of(value: &Value) -> Option<RecordId> {
    match value {
        Value::Object(reference) => id_of(reference.get("id")?),
        Value::String(id) => Some(RecordId(id.clone())),
        Value::Number(id) => Some(RecordId(id.to_string())),
        _ => None,
    }
}

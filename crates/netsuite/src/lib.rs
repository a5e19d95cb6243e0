//! The NetSuite services, described call by call; records and fields.
//!
//! **For:** saying exactly what is written and asked: typed records become complete [`Write`]s, a [`Write`] becomes a
//! call and knows the read that tells whether it happened, and NetSuite's refusals become values.
//!
//! **Deliberately not here:** performing calls, retrying, sleeping, holding credentials at rest, deciding anything.
//!
//! **Open first:** [`write`], then [`sale`] for how a record is built and [`queries`] for what can be asked.
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

pub mod bill;
pub mod custom;
pub mod customer;
pub mod fulfilment;
pub mod item;
pub mod journal;
mod json;
pub mod payment;
pub mod queries;
pub mod records;
pub mod refund;
pub mod refusal;
pub mod sale;
mod sending;
pub mod service;
pub mod shipped;
pub mod suiteql;
pub mod system;
mod tba;
pub mod vendor;
pub mod write;

pub use bill::{Beside, Bill, BillKind, BilledLine, BilledTax, Share};
pub use custom::{AmazonSettlement, AmazonSettlementLine, Content, CustomRecord};
pub use customer::Customer;
pub use fulfilment::ItemFulfilment;
pub use item::{ItemRecord, ItemUpdate};
pub use journal::{JournalEntry, JournalLine};
pub use payment::{Apply, CustomerPayment};
pub use records::{Missing, Read, Record, Which, WriteCall, Written};
pub use refund::{CashRefund, CreditMemo, CustomerRefund};
pub use refusal::{Refusal, absent, refusal, unknown_record_type};
pub use sale::{Address, CashSale, Invoice, LineTax, Sale, SaleLine, SalesOrder};
pub use service::{Account, Credentials, NetSuite};
pub use shipped::{CONFIRMATION, Shipped, ShippedLine};
pub use suiteql::{Query, Rows};
pub use vendor::{Expense, VendorBill, VendorPayment};
pub use write::{RecordId, RecordType, Target, Write};

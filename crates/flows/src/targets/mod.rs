//! The kinds of record that a seller's own mapping fills (CMN-28 to CMN-31).
//!
//! Each is declared once, as a [`Target`] beside the flow that writes it: which fields may be named, what the product
//! fills by itself, and what rows may read of a record that was kept. From that table come the editor, the trial, the
//! questions about rows that fail, and the rows' place in the record itself.
//!
//! Open first: [`Target`], then [`TARGETS`]; [`order`] for what every kind may read of an order.

mod fill;
pub mod order;
#[cfg(test)]
pub(crate) mod story;
#[cfg(test)]
mod tests;
mod trial;

use ::mapping::{Fault, Fields, Given, Place, fields};
use netsuite::{RecordType, Write};
use serde_json::Value;

use crate::rules::Rules;
pub use fill::{onto, onto_lines, put};
pub use trial::Tried;

/// A kind of record that a mapping fills.
pub struct Target {
    /// Its lasting name, under which rows and versions are kept: `mfn-orders`.
    pub form: &'static str,
    /// The message id of what people call it.
    pub title: &'static str,
    /// The flows in whose decisions its records stand. The settings of the first stand beside the rows.
    pub flows: &'static [&'static str],
    /// What its records are in the journal, by the services' own names.
    pub records: &'static [&'static str],
    /// The fact by which a decision remembers the version that its record was built with (CMN-30).
    pub fact: &'static str,
    /// What rows may name.
    pub fields: &'static Fields,
    /// What the product fills by itself; a field that is not there it leaves out.
    pub built_in: &'static [(Place, &'static str, BuiltIn)],
    /// Every path that rows may read, with the values of a typical record.
    pub paths: fn() -> Value,
    /// The records in a decision's evidence, each with the plain values that rows read; nothing where there is none of
    /// this kind.
    pub kept: fn(&Value, &Rules) -> Option<Kept>,
    /// What rows gave, as the service takes it; nothing where it takes it as it is.
    pub fit: Option<Fit>,
}

/// What rows gave for these plain values, as the service takes it, or what is wrong with it.
pub type Fit = fn(&Value, Given) -> Result<Given, Vec<Fault>>;

/// What the product fills a field with by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltIn {
    /// A text with fields.
    Text(&'static str),
    /// A path into the source.
    Field(&'static str),
    /// The record that an option names.
    Option(&'static str),
    /// A lookup table by a path, else the record that an option names.
    Table {
        /// The table's name.
        table: &'static str,
        /// What is looked up.
        path: &'static str,
        /// The option.
        option: &'static str,
    },
}

/// The records of one decision.
pub struct Kept {
    /// The marketplace whose rows count.
    pub marketplace: String,
    /// The records, and lines of a record after it.
    pub parts: Vec<Part>,
}

/// A record, or a line of one, as rows read it.
pub struct Part {
    /// Which of both.
    pub place: Place,
    /// What tells it from its neighbours: a line's SKU, a parcel's number.
    pub label: Option<String>,
    /// The plain values.
    pub source: Value,
}

/// Every kind, in the order in which a screen lists them.
pub static TARGETS: &[&Target] = &[
    &crate::orders::target::MFN,
    &crate::orders::target::FBA,
    &crate::orders::customer_target::MFN,
    &crate::orders::customer_target::FBA,
    &crate::fulfilments::target::SHIPMENTS,
    &crate::orders::fulfilment_target::FULFILMENTS,
    &crate::billing::target::BILLS,
];

/// The kind of this name.
pub fn named(form: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.form == form).copied()
}

/// What a row could fill of a write to NetSuite (CMN-26). A record of no kind of its own is taken for a sale, whose open
/// fields every transaction has.
pub fn fields_of(write: &Write) -> &'static Fields {
    let (record, is_made_from) = match write {
        Write::Create { record, .. } | Write::Update { record, .. } | Write::Delete { record, .. } => (*record, false),
        Write::Transform { to, .. } => (*to, true),
    };
    match record {
        RecordType::Customer => &fields::CUSTOMER,
        RecordType::AmazonSettlement | RecordType::AmazonSettlementLine => &fields::NONE,
        RecordType::ItemFulfillment => &fields::FULFILMENT,
        RecordType::Invoice | RecordType::CashSale if is_made_from => &fields::BILL,
        RecordType::SalesOrder
        | RecordType::Invoice
        | RecordType::CashSale
        | RecordType::CustomerPayment
        | RecordType::CreditMemo
        | RecordType::CustomerRefund
        | RecordType::CashRefund
        | RecordType::JournalEntry
        | RecordType::VendorBill
        | RecordType::VendorPayment => &fields::SALE,
    }
}

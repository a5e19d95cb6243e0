//! The seller's lookup tables beside the mappings: shipping methods, carriers, tax codes (flows.md CMN-28).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::MappingPair;

/// Every lookup table that a person may edit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TablesView {
    /// The tables, in the order of an order's life.
    pub tables: Vec<LookupTable>,
}

/// One lookup table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LookupTable {
    /// `tax-codes`, `tax-rates`, `ship-methods` or `carriers`.
    pub name: String,
    /// The rows, by what they are looked up with.
    pub rows: Vec<MappingPair>,
}

/// Sets or removes a row of a lookup table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetTableRow {
    /// The table.
    pub table: String,
    /// What it is looked up with: a service level, a shipping method, or `ship-from;ship-to;liable;buyer`.
    pub from: String,
    /// What it becomes: NetSuite's internal id, or Amazon's carrier; nothing removes the row.
    pub to: Option<String>,
}

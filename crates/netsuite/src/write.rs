//! Everything that the product may write to NetSuite, as values that the journal can keep (decision 2).

use domain::ExternalId;
use serde::{Deserialize, Serialize};

/// NetSuite's internal id of a record. A number as text; never computed with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(pub String);

/// The record types that the product writes or links to, by their REST names (netsuite.md §4). Those of the setup package
/// go by their script ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "NetSuite's own names")]
pub enum RecordType {
    Customer,
    SalesOrder,
    ItemFulfillment,
    Invoice,
    CashSale,
    CustomerPayment,
    CreditMemo,
    CustomerRefund,
    CashRefund,
    JournalEntry,
    VendorBill,
    VendorPayment,
    #[serde(rename = "customrecord_azn_settlement")]
    AmazonSettlement,
    #[serde(rename = "customrecord_azn_settlement_line")]
    AmazonSettlementLine,
}

/// Which record a write is about: known by NetSuite's id, or by the name that we gave it and that the engine looks up
/// in its links when it sends (decision 28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// NetSuite's internal id.
    Id(RecordId),
    /// Our external id; the step waits until that record is confirmed.
    Named(ExternalId),
}

/// One remote write, complete: there are no choices left to make at sending time.
///
/// Inside a body, `{"$named": "AZN-SO-…"}` stands for `{"id": "<internal id>"}` of a record that an earlier step
/// creates; the engine puts the id in when it sends, and a step whose ground is not confirmed waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Write {
    /// `POST /{record}` with `externalId` (create-only). "Already exists" means adopt.
    Create {
        /// The record's type.
        record: RecordType,
        /// Its deterministic name.
        external_id: ExternalId,
        /// The fields, without `externalId`.
        body: serde_json::Value,
    },
    /// `POST /{from}/{id}/!transform/{to}` with the new record's `externalId` in the body.
    Transform {
        /// The source's type.
        from: RecordType,
        /// The source.
        source: Target,
        /// What it becomes.
        to: RecordType,
        /// The name of what it becomes.
        external_id: ExternalId,
        /// The fields, without `externalId`.
        body: serde_json::Value,
    },
    /// `PATCH /{record}/{id}` with absolute values only, so that a repeat changes nothing.
    Update {
        /// The record's type.
        record: RecordType,
        /// The record.
        target: Target,
        /// The fields.
        body: serde_json::Value,
    },
    /// `DELETE /{record}/{id}`: only ever part of an undo that a person asked for (SET-59).
    Delete {
        /// The record's type.
        record: RecordType,
        /// The record.
        target: Target,
    },
}

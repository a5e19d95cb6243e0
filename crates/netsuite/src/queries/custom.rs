//! The records of the setup package as NetSuite has them (SET-22).

use std::collections::BTreeMap;

use domain::ExternalId;
use wire::Misread;

use super::{ids, in_lists};
use crate::suiteql::{Query, Row};
use crate::write::{RecordId, RecordType};

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCustom {
    /// NetSuite's id.
    pub id: RecordId,
    /// Its external id.
    pub external_id: Option<String>,
    /// Its fields as text; what is empty is absent.
    pub fields: BTreeMap<String, String>,
}

/// Columns in the days of which a query must ask for a form (netsuite.md §6.2), and all others.
const SETTLEMENT_DAYS: &[&str] = &["start", "end", "deposit_date"];
const SETTLEMENT: &[&str] = &[
    "id",
    "account",
    "marketplaces",
    "currency",
    "deposit",
    "reserve_before",
    "reserve_after",
    "orders",
    "refunds",
    "other",
    "fees",
    "fee_totals",
    "reconciled",
    "variance",
    "counts",
    "state",
    "journal",
    "journals",
    "file_hash",
];
const LINE_DAYS: &[&str] = &["date"];
const LINE: &[&str] = &[
    "settlement",
    "type",
    "description",
    "order",
    "skus",
    "customer",
    "tax",
    "fees",
    "amount",
    "state",
    "payment",
    "credit_memo",
    "refund",
    "journal",
    "error",
];

/// How many records of a type there are: NetSuite answers where the type is installed and the role may see it.
pub fn count_of(record: RecordType) -> Query<u64> {
    let text = format!("SELECT COUNT(*) AS counted FROM {}", record.rest_name());
    Query::new(text, Vec::new(), |row| {
        let number = row.text("counted")?;
        number
            .parse()
            .map_err(|_| Misread::new(format!("“{number}” is not a number of records")))
    })
}

/// Settlement records by their external ids.
pub fn settlement_records(names: &[ExternalId]) -> Vec<Query<KnownCustom>> {
    let texts: Vec<String> = names.iter().map(|name| name.as_str().to_owned()).collect();
    let select = select(
        RecordType::AmazonSettlement,
        "custrecord_azn_stl_",
        SETTLEMENT_DAYS,
        SETTLEMENT,
    );
    in_lists(
        &texts,
        |list| format!("{select} WHERE r.externalid IN ({list}) ORDER BY r.id"),
        known,
    )
}

/// The transactions of these settlement records.
pub fn settlement_line_records(parents: &[RecordId]) -> Vec<Query<KnownCustom>> {
    let select = select(RecordType::AmazonSettlementLine, "custrecord_azn_sl_", LINE_DAYS, LINE);
    in_lists(
        &ids(parents),
        |list| format!("{select} WHERE r.custrecord_azn_sl_settlement IN ({list}) ORDER BY r.id"),
        known,
    )
}

fn select(record: RecordType, prefix: &str, days: &[&str], others: &[&str]) -> String {
    let days = days.iter().map(|name| {
        let field = format!("{prefix}{name}");
        format!("TO_CHAR(r.{field}, 'YYYY-MM-DD') AS {field}")
    });
    let others = others.iter().map(|name| format!("r.{prefix}{name}"));
    let columns: Vec<String> = days.chain(others).collect();
    format!(
        "SELECT r.id, r.externalid, {} FROM {} r",
        columns.join(", "),
        record.rest_name()
    )
}

fn known(row: &Row) -> Result<KnownCustom, Misread> {
    Ok(KnownCustom {
        id: row.id("id")?,
        external_id: row.maybe("externalid"),
        fields: row.beginning("custrecord_"),
    })
}

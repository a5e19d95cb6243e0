//! Bills in NetSuite that no posted settlement has paid, as far as the links tell (DEF-01). A question over several tables,
//! without one of its own.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Money;
use rusqlite::Row;

use crate::values::{At, money_at};
use crate::{Reader, Result};

/// An invoice or cash sale whose order is not paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenBill {
    /// The order.
    pub order: String,
    /// The bill's number, once it was read back.
    pub document: Option<String>,
    /// Its total, once it was read back.
    pub total: Option<Money>,
    /// Amazon's id of the marketplace.
    pub marketplace: Option<String>,
    /// The day of the bill, else of the order.
    pub day: Option<NaiveDate>,
    /// When it was made or linked.
    pub linked_at: DateTime<Utc>,
    /// Whether a business bought it, who may pay an invoice later.
    pub is_business: bool,
    /// Whether it stands in a settlement that is not posted yet.
    pub in_settlement: bool,
}

fn bill(row: &Row<'_>) -> rusqlite::Result<OpenBill> {
    let day: Option<String> = row.get(5)?;
    Ok(OpenBill {
        order: row.get(0)?,
        document: row.get(1)?,
        total: money_at(row, 2)?,
        marketplace: row.get(4)?,
        day: day.and_then(|day| day.parse().ok()),
        linked_at: row.get::<_, At>(6)?.0,
        is_business: row.get(7)?,
        in_settlement: row.get(8)?,
    })
}

/// The open bills, oldest first.
pub fn all(db: &Reader<'_>) -> Result<Vec<OpenBill>> {
    let mut query = db.sql().prepare_cached(
        "WITH posted AS (
             SELECT hold FROM postings AS this
             WHERE state = 'posted' AND revision = (SELECT max(revision) FROM postings WHERE hold = this.hold)
         ),
         settled AS (
             SELECT o.order_id, max(s.id IN (SELECT hold FROM posted)) AS is_posted
             FROM settlement_orders o JOIN settlements s ON s.key = o.settlement GROUP BY o.order_id
         )
         SELECT l.key, l.document, l.total, l.currency, o.marketplace, coalesce(nullif(b.happened_on, ''), o.happened_on),
                l.linked_at, coalesce(instr(o.evidence, '\"AMAZON_BUSINESS\"') > 0, 0), settled.order_id IS NOT NULL
         FROM links l
         LEFT JOIN decisions o ON o.key = l.key AND o.current = 1 AND o.flow IN ('mfn-orders', 'fba-orders')
         LEFT JOIN decisions b ON b.key = l.key AND b.current = 1 AND b.flow = 'billing'
         LEFT JOIN settled ON settled.order_id = l.key
         WHERE l.record IN ('invoice', 'cashSale') AND l.kind IN ('order', 'bill') AND NOT coalesce(settled.is_posted, 0)
         GROUP BY l.id ORDER BY l.id",
    )?;
    Ok(query.query_map([], bill)?.collect::<rusqlite::Result<_>>()?)
}

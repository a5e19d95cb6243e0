//! FBA Inventory v1: what lies in Amazon's own warehouses (amazon-sp-api.md §10). Read only: nobody but Amazon counts there.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use wire::{Call, Method, Misread, Quota, Request, Response};

use crate::orders::parse;
use crate::paging::Paging;

/// `getInventorySummaries`. The token of a page lives 30 seconds, so the pages follow each other without a pause.
///
/// Pan-European stock is told again in each marketplace: one marketplace is read for each pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summaries {
    /// The one marketplace.
    pub marketplace_id: String,
    /// Only what changed since; nothing means everything.
    pub since: Option<DateTime<Utc>>,
    /// Only these SKUs, at most 50; none means all.
    pub skus: Vec<String>,
    /// The token of the page before; the other filters stay the same.
    pub page: Option<String>,
}

/// One page of stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The stock of each SKU.
    pub summaries: Vec<Summary>,
    /// The token of the next page; nothing on the last.
    pub next: Option<String>,
}

/// The stock of one SKU in Amazon's warehouses, in units of the SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The ASIN.
    pub asin: Option<String>,
    /// Amazon's number of the goods.
    pub fn_sku: Option<String>,
    /// The seller's SKU.
    pub seller_sku: Option<String>,
    /// The condition, such as `NewItem`.
    pub condition: Option<String>,
    /// The title.
    pub product_name: Option<String>,
    /// All units, on their way included.
    pub total_quantity: Option<i64>,
    /// When it changed last; Amazon writes nothing, or an empty text, for what never did.
    #[serde(default, deserialize_with = "instant")]
    pub last_updated_time: Option<DateTime<Utc>>,
    /// What kind of units.
    #[serde(default)]
    pub inventory_details: Details,
}

/// Units by what they are; what Amazon does not tell counts as none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Details {
    /// Units that can be picked, packed and shipped.
    pub fulfillable_quantity: i64,
    /// Units in shipments that are being made.
    pub inbound_working_quantity: i64,
    /// Units on their way.
    pub inbound_shipped_quantity: i64,
    /// Units that are being received.
    pub inbound_receiving_quantity: i64,
    /// Units set aside.
    pub reserved_quantity: Reserved,
    /// Units that Amazon looks for.
    pub researching_quantity: Researching,
    /// Units that cannot be sold.
    pub unfulfillable_quantity: Unfulfillable,
}

/// Units set aside.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(missing_docs, reason = "Amazon's own words")]
pub struct Reserved {
    pub total_reserved_quantity: i64,
    pub pending_customer_order_quantity: i64,
    pub pending_transshipment_quantity: i64,
    pub fc_processing_quantity: i64,
}

/// Units that Amazon looks for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(missing_docs, reason = "Amazon's own words")]
pub struct Researching {
    pub total_researching_quantity: i64,
}

/// Units that cannot be sold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[allow(missing_docs, reason = "Amazon's own words")]
pub struct Unfulfillable {
    pub total_unfulfillable_quantity: i64,
    pub customer_damaged_quantity: i64,
    pub warehouse_damaged_quantity: i64,
    pub distributor_damaged_quantity: i64,
    pub carrier_damaged_quantity: i64,
    pub defective_quantity: i64,
    pub expired_quantity: i64,
}

fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?.filter(|text| !text.trim().is_empty());
    text.map(|text| text.parse().map_err(serde::de::Error::custom))
        .transpose()
}

impl Summaries {
    /// SKUs in one question.
    pub const MANY: usize = 50;
}

impl Call for Summaries {
    type Output = Page;
    const QUOTA: Quota = Quota::every_ms("getInventorySummaries", 500, 2);

    fn request(&self) -> Request {
        let mut request = Request::new(Method::Get, "/fba/inventory/v1/summaries")
            .query("details", "true")
            .query("granularityType", "Marketplace")
            .query("granularityId", &self.marketplace_id)
            .query("marketplaceIds", &self.marketplace_id);
        if let Some(since) = self.since {
            request = request.query("startDateTime", since.to_rfc3339_opts(SecondsFormat::Secs, true));
        }
        if !self.skus.is_empty() {
            request = request.query("sellerSkus", self.skus.join(","));
        }
        match &self.page {
            Some(token) => request.query("nextToken", token),
            None => request,
        }
    }

    fn read(&self, response: &Response) -> Result<Page, Misread> {
        #[derive(Deserialize)]
        struct Answer {
            payload: Payload,
            #[serde(default)]
            pagination: Option<Paging>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Payload {
            inventory_summaries: Vec<Summary>,
        }
        let answer: Answer = parse(&response.body, "getInventorySummaries")?;
        Ok(Page {
            summaries: answer.payload.inventory_summaries,
            next: answer.pagination.and_then(Paging::next),
        })
    }
}

//! The two reads.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::Value;
use wire::{Call, Method, Misread, Quota, Request, Response};

use super::item::{Item, Unreadable, read_item};
use crate::orders::parse;
use crate::paging::Paging;
use crate::service::path_value;

pub(super) const ROOT: &str = "/listings/2021-08-01/items";

/// A part of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "Amazon's own words")]
pub enum Data {
    Summaries,
    Attributes,
    Issues,
    Offers,
    FulfillmentAvailability,
    Relationships,
    ProductTypes,
}

impl Data {
    /// What is needed to follow a listing: who ships it, what it costs, how it stands.
    pub const STANDING: [Self; 5] = [
        Self::Summaries,
        Self::Issues,
        Self::Offers,
        Self::FulfillmentAvailability,
        Self::ProductTypes,
    ];

    /// The word as Amazon writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Summaries => "summaries",
            Self::Attributes => "attributes",
            Self::Issues => "issues",
            Self::Offers => "offers",
            Self::FulfillmentAvailability => "fulfillmentAvailability",
            Self::Relationships => "relationships",
            Self::ProductTypes => "productTypes",
        }
    }

    fn list(parts: &[Self]) -> String {
        parts.iter().map(|part| part.as_str()).collect::<Vec<_>>().join(",")
    }
}

/// `getListingsItem`: one listing. A SKU that Amazon does not have fails with 404.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Get {
    /// The seller's id.
    pub seller_id: String,
    /// The SKU, as the seller writes it.
    pub sku: String,
    /// Amazon's marketplace ids.
    pub marketplaces: Vec<String>,
    /// Which parts.
    pub include: Vec<Data>,
    /// The language of issues, such as `fr_FR`; nothing leaves the marketplace's.
    pub issue_locale: Option<String>,
}

impl Call for Get {
    type Output = Item;
    // The model says a burst of 10, the page on limits 5 (§4): the smaller one holds.
    const QUOTA: Quota = Quota::every_ms("getListingsItem", 200, 5);

    fn request(&self) -> Request {
        let path = format!("{ROOT}/{}/{}", path_value(&self.seller_id), path_value(&self.sku));
        let request = Request::new(Method::Get, path)
            .query("marketplaceIds", self.marketplaces.join(","))
            .query("includedData", Data::list(&self.include));
        match &self.issue_locale {
            Some(locale) => request.query("issueLocale", locale),
            None => request,
        }
    }

    fn read(&self, response: &Response) -> Result<Item, Misread> {
        read_item(&parse(&response.body, "getListingsItem")?)
    }
}

/// Which listings a search wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// These SKUs, at most 20. One with a comma cannot be asked for ([`fits_in_list`]).
    Skus(Vec<String>),
    /// These ASINs, at most 20.
    Asins(Vec<String>),
    /// The children of a variation parent.
    ChildrenOf(String),
    /// All that changed in a span. Only the first 1,000 can be paged through, so a span with more is cut in two.
    Changed {
        /// The first instant.
        after: Option<DateTime<Utc>>,
        /// The last instant.
        before: Option<DateTime<Utc>>,
    },
    /// All that were made in a span, with the same limit.
    Created {
        /// The first instant.
        after: Option<DateTime<Utc>>,
        /// The last instant.
        before: Option<DateTime<Utc>>,
    },
}

/// `searchListingsItems`: up to 20 listings a page, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The seller's id.
    pub seller_id: String,
    /// Amazon's marketplace ids.
    pub marketplaces: Vec<String>,
    /// Which listings.
    pub which: Which,
    /// Which parts.
    pub include: Vec<Data>,
    /// The token of the page before; everything else stays the same.
    pub page: Option<String>,
}

/// One page of listings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The listings that could be read.
    pub items: Vec<Item>,
    /// Those that could not, each with what was wrong: the others go on.
    pub unreadable: Vec<Unreadable>,
    /// The token of the next page; nothing on the last.
    pub next: Option<String>,
    /// How many there are in all. Above [`Search::REACH`] the search must be narrowed.
    pub total: u64,
}

impl Search {
    /// Identifiers in one search.
    pub const MANY: usize = 20;
    /// Listings that one search can reach by paging (M: numberOfResults).
    pub const REACH: u64 = 1_000;
}

/// Whether a SKU can stand in a list of a search: a comma would make two of it. Others are asked for one by one.
pub fn fits_in_list(sku: &str) -> bool {
    !sku.contains(',')
}

impl Call for Search {
    type Output = Found;
    const QUOTA: Quota = Quota::every_ms("searchListingsItems", 200, 5);

    fn request(&self) -> Request {
        let mut request = Request::new(Method::Get, format!("{ROOT}/{}", path_value(&self.seller_id)))
            .query("marketplaceIds", self.marketplaces.join(","))
            .query("includedData", Data::list(&self.include))
            .query("pageSize", "20");
        request = match &self.which {
            Which::Skus(skus) => named(request, "SKU", skus),
            Which::Asins(asins) => named(request, "ASIN", asins),
            Which::ChildrenOf(parent) => sorted(request.query("variationParentSku", parent), "sku"),
            Which::Changed { after, before } => {
                let request = span(request, ("lastUpdatedAfter", after), ("lastUpdatedBefore", before));
                sorted(request, "lastUpdatedDate")
            }
            Which::Created { after, before } => {
                let request = span(request, ("createdAfter", after), ("createdBefore", before));
                sorted(request, "createdDate")
            }
        };
        match &self.page {
            Some(token) => request.query("pageToken", token),
            None => request,
        }
    }

    fn read(&self, response: &Response) -> Result<Found, Misread> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Answer {
            number_of_results: u64,
            #[serde(default)]
            pagination: Option<Paging>,
            items: Vec<Value>,
        }
        let answer: Answer = parse(&response.body, "searchListingsItems")?;
        let mut found = Found {
            items: Vec::with_capacity(answer.items.len()),
            unreadable: Vec::new(),
            next: answer.pagination.and_then(Paging::next),
            total: answer.number_of_results,
        };
        for json in &answer.items {
            match read_item(json) {
                Ok(item) => found.items.push(item),
                Err(misread) => found.unreadable.push(Unreadable {
                    sku: json.get("sku").and_then(Value::as_str).map(str::to_owned),
                    what: misread.what,
                }),
            }
        }
        Ok(found)
    }
}

fn named(request: Request, kind: &str, values: &[String]) -> Request {
    request
        .query("identifiersType", kind)
        .query("identifiers", values.join(","))
}

fn sorted(request: Request, by: &str) -> Request {
    request.query("sortBy", by).query("sortOrder", "ASC")
}

type End<'a> = (&'a str, &'a Option<DateTime<Utc>>);

fn span(mut request: Request, after: End, before: End) -> Request {
    for (name, at) in [after, before] {
        if let Some(at) = at {
            request = request.query(name, at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        }
    }
    request
}

//! Catalog Items 2022-04-01: products that Amazon already has, by their barcodes (PRD-02).

use serde::Deserialize;
use wire::{Call, Method, Misread, Quota, Request, Response};

use crate::orders::parse;
use crate::paging::Paging;

/// What a product is identified by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "Amazon's own words")]
pub enum IdentifierType {
    Asin,
    Ean,
    Gtin,
    Isbn,
    Jan,
    Upc,
}

impl IdentifierType {
    /// The word as Amazon writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asin => "ASIN",
            Self::Ean => "EAN",
            Self::Gtin => "GTIN",
            Self::Isbn => "ISBN",
            Self::Jan => "JAN",
            Self::Upc => "UPC",
        }
    }

    /// What kind of barcode this is, by its length: 12 digits are a UPC, 13 an EAN (a JAN in Japan counts as one), 14 a
    /// GTIN, 10 an ISBN. Nothing for anything else.
    pub fn of_barcode(code: &str) -> Option<Self> {
        let isbn_end = |byte: u8| byte.is_ascii_digit() || byte == b'X';
        let digits = |code: &str| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
        match code.len() {
            12 if digits(code) => Some(Self::Upc),
            13 if digits(code) => Some(Self::Ean),
            14 if digits(code) => Some(Self::Gtin),
            10 if code.is_ascii() && digits(&code[..9]) && code.bytes().last().is_some_and(isbn_end) => {
                Some(Self::Isbn)
            }
            _ => None,
        }
    }
}

/// `searchCatalogItems`: up to 20 products a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The one marketplace.
    pub marketplace_id: String,
    /// What the products are identified by.
    pub kind: IdentifierType,
    /// The identifiers, at most 20.
    pub identifiers: Vec<String>,
    /// The token of the page before.
    pub page: Option<String>,
}

/// One page of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The products.
    pub products: Vec<Product>,
    /// The token of the next page; nothing on the last.
    pub next: Option<String>,
}

/// A product in the marketplace that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its ASIN.
    pub asin: String,
    /// Its title.
    pub title: Option<String>,
    /// Its brand.
    pub brand: Option<String>,
    /// Its product type.
    pub product_type: Option<String>,
    /// Its identifiers: what kind, and the code.
    pub identifiers: Vec<(String, String)>,
    /// Its picture.
    pub image: Option<String>,
    /// Whether it is the parent of variations, which nobody can offer.
    pub is_variation_parent: bool,
}

impl Search {
    /// Identifiers in one search.
    pub const MANY: usize = 20;
}

impl Call for Search {
    type Output = Found;
    const QUOTA: Quota = Quota::every_ms("searchCatalogItems", 500, 2);

    fn request(&self) -> Request {
        let request = Request::new(Method::Get, "/catalog/2022-04-01/items")
            .query("marketplaceIds", &self.marketplace_id)
            .query("identifiersType", self.kind.as_str())
            .query("identifiers", self.identifiers.join(","))
            .query("includedData", "identifiers,images,productTypes,summaries")
            .query("pageSize", "20");
        match &self.page {
            Some(token) => request.query("pageToken", token),
            None => request,
        }
    }

    fn read(&self, response: &Response) -> Result<Found, Misread> {
        let answer: Answer = parse(&response.body, "searchCatalogItems")?;
        let products = answer
            .items
            .into_iter()
            .map(|item| item.in_marketplace(&self.marketplace_id));
        Ok(Found {
            products: products.collect(),
            next: answer.pagination.and_then(Paging::next),
        })
    }
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    pagination: Option<Paging>,
    items: Vec<RawItem>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawItem {
    asin: String,
    #[serde(default)]
    identifiers: Vec<RawIdentifiers>,
    #[serde(default)]
    images: Vec<RawImages>,
    #[serde(default)]
    product_types: Vec<RawProductType>,
    #[serde(default)]
    summaries: Vec<RawSummary>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawIdentifiers {
    marketplace_id: String,
    identifiers: Vec<RawIdentifier>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawIdentifier {
    identifier_type: String,
    identifier: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawImages {
    marketplace_id: String,
    images: Vec<RawImage>,
}

#[derive(Deserialize)]
struct RawImage {
    variant: String,
    link: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawProductType {
    marketplace_id: Option<String>,
    product_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawSummary {
    marketplace_id: String,
    item_name: Option<String>,
    brand: Option<String>,
    item_classification: Option<String>,
}

impl RawItem {
    fn in_marketplace(self, id: &str) -> Product {
        let summary = self.summaries.into_iter().find(|one| one.marketplace_id == id);
        let images = self.images.into_iter().filter(|one| one.marketplace_id == id);
        let mut images: Vec<RawImage> = images.flat_map(|one| one.images).collect();
        images.sort_by_key(|image| image.variant != "MAIN");
        let types = self.product_types.into_iter();
        let mut types = types.filter(|one| one.marketplace_id.as_deref().is_none_or(|market| market == id));
        let identifiers = self.identifiers.into_iter().filter(|one| one.marketplace_id == id);
        let classified = summary.as_ref().and_then(|one| one.item_classification.as_deref());
        Product {
            asin: self.asin,
            is_variation_parent: classified == Some("VARIATION_PARENT"),
            product_type: types.find_map(|one| one.product_type),
            identifiers: identifiers
                .flat_map(|one| one.identifiers)
                .map(|one| (one.identifier_type, one.identifier))
                .collect(),
            image: images.into_iter().next().map(|image| image.link),
            title: summary.as_ref().and_then(|one| one.item_name.clone()),
            brand: summary.and_then(|one| one.brand),
        }
    }
}

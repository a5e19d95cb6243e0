//! Product Type Definitions 2020-09-01: which attributes a kind of product has (PRD-03, amazon-sp-api.md §9).
//!
//! The definition names a JSON Schema, which is downloaded from the document host and kept by its checksum.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use wire::{Call, Method, Misread, Quota, Request, Response};

use crate::listings::Requirements;
use crate::orders::parse;
use crate::reports::{Download, Location};
use crate::service::path_value;

/// By what product types are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// Words of their names.
    Keywords(Vec<String>),
    /// A product's title; Amazon recommends types.
    ItemName(String),
}

/// `searchDefinitionsProductTypes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Amazon's marketplace ids.
    pub marketplaces: Vec<String>,
    /// By what.
    pub by: By,
    /// The language of the names, such as `fr_FR`; nothing leaves the marketplace's.
    pub locale: Option<String>,
}

/// A product type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductType {
    /// Its name, such as `LUGGAGE`.
    pub name: String,
    /// Its name for people.
    pub display_name: String,
    /// Where it can be used.
    #[serde(default)]
    pub marketplace_ids: Vec<String>,
}

impl Call for Search {
    type Output = Vec<ProductType>;
    // The model says a burst of 10, the page on limits 5 (§4).
    const QUOTA: Quota = Quota::every_ms("searchDefinitionsProductTypes", 200, 5);

    fn request(&self) -> Request {
        let request = Request::new(Method::Get, "/definitions/2020-09-01/productTypes")
            .query("marketplaceIds", self.marketplaces.join(","));
        let request = match &self.by {
            By::Keywords(words) => request.query("keywords", words.join(",")),
            By::ItemName(name) => request.query("itemName", name),
        };
        match &self.locale {
            Some(locale) => request.query("locale", locale).query("searchLocale", locale),
            None => request,
        }
    }

    fn read(&self, response: &Response) -> Result<Vec<ProductType>, Misread> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Answer {
            product_types: Vec<ProductType>,
        }
        parse::<Answer>(&response.body, "searchDefinitionsProductTypes").map(|answer| answer.product_types)
    }
}

/// `getDefinitionsProductType`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Get {
    /// The product type.
    pub product_type: String,
    /// The seller's id, for what depends on the seller, such as brands.
    pub seller_id: Option<String>,
    /// The one marketplace.
    pub marketplace_id: String,
    /// Which attributes.
    pub requirements: Requirements,
    /// The language of titles and descriptions, such as `fr_FR`; nothing leaves the marketplace's.
    pub locale: Option<String>,
}

/// A product type's definition.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Definition {
    /// The product type.
    pub product_type: String,
    /// Its name for people.
    pub display_name: String,
    /// Which attributes the schema has.
    pub requirements: Requirements,
    /// The language.
    pub locale: String,
    /// Attributes by subject, for a screen.
    pub property_groups: BTreeMap<String, Group>,
    /// The version.
    pub product_type_version: Version,
    /// The JSON Schema.
    pub schema: SchemaLink,
    /// The schema of its schema, which names Amazon's own keywords.
    pub meta_schema: Option<SchemaLink>,
}

/// Attributes of one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Its name for people.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Its attributes.
    #[serde(default)]
    pub property_names: Vec<String>,
}

/// A definition's version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Amazon's name for it.
    pub version: String,
    /// Whether it is the newest.
    pub latest: bool,
}

/// Where a schema is. The address is presigned, so there is no `Debug`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct SchemaLink {
    link: Link,
    /// Changes when the schema does: what it is kept by.
    pub checksum: String,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct Link {
    resource: String,
}

impl SchemaLink {
    /// The download, performed on a line of [`crate::Documents`].
    pub fn download(&self) -> Download {
        Download {
            location: Location {
                url: self.link.resource.clone(),
                gzip: false,
            },
        }
    }
}

impl Call for Get {
    type Output = Definition;
    // The model says a burst of 10, the page on limits 5 (§4).
    const QUOTA: Quota = Quota::every_ms("getDefinitionsProductType", 200, 5);

    fn request(&self) -> Request {
        let path = format!(
            "/definitions/2020-09-01/productTypes/{}",
            path_value(&self.product_type)
        );
        let mut request = Request::new(Method::Get, path).query("marketplaceIds", &self.marketplace_id);
        if let Some(seller_id) = &self.seller_id {
            request = request.query("sellerId", seller_id);
        }
        request = request.query("requirements", self.requirements.as_str());
        match &self.locale {
            Some(locale) => request.query("locale", locale),
            None => request,
        }
    }

    fn read(&self, response: &Response) -> Result<Definition, Misread> {
        parse(&response.body, "getDefinitionsProductType")
    }
}

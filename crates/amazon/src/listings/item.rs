//! A listing as Amazon describes it.

use chrono::{DateTime, Utc};
use domain::Money;
use domain::stock::Channel;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use wire::Misread;

use crate::vocabulary::vocabulary;

vocabulary! {
    /// What shoppers can do with a listing.
    Status {
        Buyable = "BUYABLE",
        Discoverable = "DISCOVERABLE",
    }
}

vocabulary! {
    /// How bad an issue is. Only an error keeps a submission from being processed.
    Severity {
        Error = "ERROR",
        Warning = "WARNING",
        Info = "INFO",
    }
}

vocabulary! {
    /// What an issue is about.
    Category {
        InvalidAttribute = "INVALID_ATTRIBUTE",
        MissingAttribute = "MISSING_ATTRIBUTE",
        InvalidImage = "INVALID_IMAGE",
        MissingImage = "MISSING_IMAGE",
        InvalidPrice = "INVALID_PRICE",
        MissingPrice = "MISSING_PRICE",
        Duplicate = "DUPLICATE",
        QualificationRequired = "QUALIFICATION_REQUIRED",
    }
}

vocabulary! {
    /// What Amazon does about an issue.
    Enforcement {
        ListingSuppressed = "LISTING_SUPPRESSED",
        AttributeSuppressed = "ATTRIBUTE_SUPPRESSED",
        CatalogItemRemoved = "CATALOG_ITEM_REMOVED",
        SearchSuppressed = "SEARCH_SUPPRESSED",
    }
}

vocabulary! {
    /// Whether Amazon holds back with it.
    Exemption {
        Exempt = "EXEMPT",
        ExemptUntilExpiryDate = "EXEMPT_UNTIL_EXPIRY_DATE",
        NotExempt = "NOT_EXEMPT",
    }
}

vocabulary! {
    /// Whom an offer is for.
    OfferType {
        Consumers = "B2C",
        Businesses = "B2B",
    }
}

vocabulary! {
    /// How listings belong together.
    RelationshipType {
        Variation = "VARIATION",
        PackageHierarchy = "PACKAGE_HIERARCHY",
    }
}

/// A listing that stands in an answer and cannot be read (`PARSE`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its SKU, if at least that could be read.
    pub sku: Option<String>,
    /// What stood there.
    pub what: String,
}

/// A listing. Parts that were not asked for are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// The seller's SKU.
    pub sku: String,
    /// One for each marketplace.
    #[serde(default)]
    pub summaries: Vec<Summary>,
    /// The attributes by name, each a list of values, as Amazon keeps them.
    #[serde(default)]
    pub attributes: Map<String, Value>,
    /// What Amazon objects to.
    #[serde(default)]
    pub issues: Vec<Issue>,
    /// What shoppers pay.
    #[serde(default)]
    pub offers: Vec<LiveOffer>,
    /// Who ships, and how many are for sale.
    #[serde(default)]
    pub fulfillment_availability: Vec<Availability>,
    /// Variation families and packages.
    #[serde(default)]
    pub relationships: Vec<Relationships>,
    /// The product types that the seller gave.
    #[serde(default)]
    pub product_types: Vec<ProductTypeOf>,
}

/// A listing in one marketplace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The marketplace.
    pub marketplace_id: String,
    /// The ASIN, once there is one.
    pub asin: Option<String>,
    /// The product type.
    pub product_type: String,
    /// `new_new`, `used_good` …
    pub condition_type: Option<String>,
    /// What shoppers can do with it; nothing while it is suppressed.
    #[serde(default)]
    pub status: Vec<Status>,
    /// Amazon's own number of the goods in its warehouses.
    pub fn_sku: Option<String>,
    /// The title.
    pub item_name: Option<String>,
    /// When the listing was made.
    pub created_date: DateTime<Utc>,
    /// When it changed last.
    pub last_updated_date: DateTime<Utc>,
    /// The picture that shoppers see first.
    pub main_image: Option<Image>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Its address.
    pub link: String,
}

/// What Amazon objects to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issue {
    /// Amazon's code.
    pub code: String,
    /// Amazon's words, in the language that was asked for.
    pub message: String,
    /// How bad it is.
    pub severity: Severity,
    /// The attributes that it is about.
    #[serde(default)]
    pub attribute_names: Vec<String>,
    /// What it is about.
    #[serde(default)]
    pub categories: Vec<Category>,
    /// What Amazon does about it.
    pub enforcements: Option<Enforcements>,
    /// Where it holds; empty where the answer does not say.
    #[serde(default)]
    pub marketplace_ids: Vec<String>,
}

/// What Amazon does about an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enforcements {
    /// What it does.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// Whether it holds back.
    pub exemption: Option<Exempted>,
}

/// One thing that Amazon does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What.
    pub action: Enforcement,
}

/// Whether and until when Amazon holds back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exempted {
    /// Whether.
    pub status: Exemption,
    /// Until when.
    pub expiry_date: Option<DateTime<Utc>>,
}

/// What shoppers pay in one marketplace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LiveOffer {
    /// The marketplace.
    pub marketplace_id: String,
    /// Whom it is for.
    pub offer_type: OfferType,
    /// The price, as exact as Amazon writes it.
    #[serde(deserialize_with = "money")]
    pub price: Money,
    /// The buyer segment: `ALL`, `B2B` or a program.
    pub audience: Option<Audience>,
}

/// A buyer segment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Its name.
    pub value: Option<String>,
}

/// How many are for sale in one fulfilment network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Availability {
    /// `DEFAULT` where the seller ships, `AMAZON_NA`, `AMAZON_EU` … where Amazon does.
    pub fulfillment_channel_code: String,
    /// Units; Amazon says none of its own.
    pub quantity: Option<u32>,
}

/// How a listing belongs to others in one marketplace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Relationships {
    /// The marketplace.
    pub marketplace_id: String,
    /// To which others, and how.
    #[serde(default)]
    pub relationships: Vec<Relationship>,
}

/// How a listing belongs to others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Relationship {
    /// How.
    #[serde(rename = "type")]
    pub kind: RelationshipType,
    /// Its children.
    #[serde(default)]
    pub child_skus: Vec<String>,
    /// Its parents.
    #[serde(default)]
    pub parent_skus: Vec<String>,
    /// By which attributes a variation family differs.
    pub variation_theme: Option<VariationTheme>,
}

/// By which attributes a variation family differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariationTheme {
    /// The attributes.
    #[serde(default)]
    pub attributes: Vec<String>,
    /// The theme's name, such as `COLOR/SIZE`.
    pub theme: String,
}

/// A product type in one marketplace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductTypeOf {
    /// The marketplace.
    pub marketplace_id: String,
    /// The product type.
    pub product_type: String,
}

impl Item {
    /// The listing in a marketplace.
    pub fn summary(&self, marketplace_id: &str) -> Option<&Summary> {
        self.summaries.iter().find(|one| one.marketplace_id == marketplace_id)
    }

    /// Who ships (INV-01). One entry of Amazon's networks is enough to keep every quantity away.
    pub fn channel(&self) -> Channel {
        let codes = self
            .fulfillment_availability
            .iter()
            .map(|one| one.fulfillment_channel_code.as_str());
        channel_of(codes)
    }

    /// What consumers pay in a marketplace.
    pub fn live_price(&self, marketplace_id: &str) -> Option<Money> {
        let everybody = |offer: &&LiveOffer| {
            let audience = offer.audience.as_ref().and_then(|audience| audience.value.as_deref());
            offer.offer_type == OfferType::Consumers && audience.is_none_or(|value| value == "ALL")
        };
        let here = self
            .offers
            .iter()
            .filter(|offer| offer.marketplace_id == marketplace_id);
        here.filter(everybody).map(|offer| offer.price).next()
    }

    /// The values of an attribute.
    pub fn attribute(&self, name: &str) -> &[Value] {
        self.attributes
            .get(name)
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }

    /// The product type in a marketplace: as the seller gave it, else as the listing has it.
    pub fn product_type(&self, marketplace_id: &str) -> Option<&str> {
        let given = self
            .product_types
            .iter()
            .find(|one| one.marketplace_id == marketplace_id);
        let given = given.map(|one| one.product_type.as_str());
        given.or_else(|| {
            self.summary(marketplace_id)
                .map(|summary| summary.product_type.as_str())
        })
    }

    /// Words that are not in Amazon's published lists: where they stood, and the word.
    pub fn unknown_words(&self) -> Vec<(&'static str, &str)> {
        let statuses = self.summaries.iter().flat_map(|one| &one.status);
        let mut found: Vec<(&'static str, Option<&str>)> = statuses.map(|word| ("status", word.unknown())).collect();
        for issue in &self.issues {
            found.push(("severity", issue.severity.unknown()));
            found.extend(issue.categories.iter().map(|word| ("categories", word.unknown())));
            if let Some(enforced) = &issue.enforcements {
                found.extend(enforced.actions.iter().map(|one| ("action", one.action.unknown())));
                found.extend(enforced.exemption.iter().map(|one| ("exemption", one.status.unknown())));
            }
        }
        found.extend(
            self.offers
                .iter()
                .map(|offer| ("offerType", offer.offer_type.unknown())),
        );
        found
            .into_iter()
            .filter_map(|(place, word)| Some((place, word?)))
            .collect()
    }
}

/// Who ships an offer with these fulfilment channels.
pub(super) fn channel_of<'a>(codes: impl Iterator<Item = &'a str>) -> Channel {
    let mut channel = Channel::Unknown;
    for code in codes {
        if code.starts_with("AMAZON") {
            return Channel::Amazon;
        }
        if code == "DEFAULT" {
            channel = Channel::Merchant;
        }
    }
    channel
}

/// Reads one listing from Amazon's JSON.
pub fn read_item(json: &Value) -> Result<Item, Misread> {
    Item::deserialize(json).map_err(|error| Misread::new(format!("a listing: {error}")))
}

/// Amazon writes amounts as text; a number is read too, digit by digit.
fn money<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
    use serde::de::Error as _;
    // Our own kept values say `currency`.
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Raw {
        #[serde(alias = "currency")]
        currency_code: String,
        amount: Value,
    }
    let raw = Raw::deserialize(deserializer)?;
    let text = match &raw.amount {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return Err(D::Error::custom("an amount that is neither text nor a number")),
    };
    let amount = text
        .parse()
        .or_else(|_| rust_decimal::Decimal::from_scientific(&text))
        .map_err(|_| D::Error::custom(format!("“{text}” is not an amount")))?;
    let currency = raw.currency_code.parse().map_err(D::Error::custom)?;
    Ok(Money::new(amount, currency))
}

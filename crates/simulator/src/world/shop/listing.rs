//! A listing: what the seller contributed under one SKU in one marketplace, and what buyers see of it.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::attributes::{Attributes, is_here, said};
use super::page::Page;
use crate::market::{Market, Region};
use crate::time::read_instant;

/// Who ships an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Channel {
    /// The seller: `DEFAULT`.
    Merchant,
    /// Amazon, from its own stock: `AMAZON_NA`, `AMAZON_EU` …
    Amazon,
}

impl Channel {
    /// `fulfillment_channel_code` in that marketplace.
    pub fn code(self, market: &Market) -> &'static str {
        match (self, market.region, market.code) {
            (Self::Merchant, ..) => "DEFAULT",
            (_, Region::Na, _) => "AMAZON_NA",
            (_, Region::Eu, "IN") => "AMAZON_IN",
            (_, Region::Eu, _) => "AMAZON_EU",
            (_, Region::Fe, "AU") => "AMAZON_AU",
            (_, Region::Fe, "SG") => "AMAZON_SG",
            (_, Region::Fe, _) => "AMAZON_JP",
        }
    }

    /// The channel that a code names.
    pub fn named(code: &str) -> Option<Self> {
        match code {
            "DEFAULT" => Some(Self::Merchant),
            code if code.starts_with("AMAZON_") => Some(Self::Amazon),
            _ => None,
        }
    }
}

/// Something that Amazon has to say about a listing (`Issue` of Listings Items 2021-08-01).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Amazon's code.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// `ERROR`, `WARNING` or `INFO`.
    pub severity: String,
    /// The attributes that it is about.
    #[serde(default)]
    pub attributes: Vec<String>,
    /// Such as `INVALID_PRICE`.
    #[serde(default)]
    pub categories: Vec<String>,
    /// What Amazon does about it, such as `LISTING_SUPPRESSED`.
    #[serde(default)]
    pub actions: Vec<String>,
}

impl Issue {
    /// An error about one attribute.
    pub fn error(code: &str, attribute: &str, category: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            severity: "ERROR".to_owned(),
            attributes: Some(attribute.to_owned())
                .filter(|name| !name.is_empty())
                .into_iter()
                .collect(),
            categories: Some(category.to_owned())
                .filter(|name| !name.is_empty())
                .into_iter()
                .collect(),
            actions: Vec::new(),
        }
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        "WARNING".clone_into(&mut self.severity);
        self
    }

    /// With what Amazon does about it.
    #[must_use]
    pub fn enforced(mut self, action: &str) -> Self {
        self.actions.push(action.to_owned());
        self
    }
}

/// A price for a kind of buyers, as `purchasable_offer` tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// `ALL` or `B2B`.
    pub audience: String,
    /// ISO code.
    pub currency: String,
    /// `our_price`.
    pub price: Option<Decimal>,
    /// `discounted_price` with its days.
    pub sales: Vec<Sale>,
    /// `minimum_seller_allowed_price`.
    pub lowest: Option<Decimal>,
    /// `maximum_seller_allowed_price`.
    pub highest: Option<Decimal>,
}

/// A sale price.
#[derive(Debug, Clone, PartialEq)]
pub struct Sale {
    /// First moment.
    pub from: Option<DateTime<Utc>>,
    /// Last moment.
    pub until: Option<DateTime<Utc>>,
    /// Price.
    pub price: Decimal,
}

impl Offer {
    /// What an instance of `purchasable_offer` means.
    pub fn read(instance: &Value, market: &Market) -> Self {
        let price = |name: &str| amount(&instance[name][0]["schedule"][0]["value_with_tax"]);
        let sales = instance["discounted_price"][0]["schedule"]
            .as_array()
            .into_iter()
            .flatten();
        Self {
            audience: instance["audience"].as_str().unwrap_or("ALL").to_owned(),
            currency: instance["currency"].as_str().unwrap_or(market.currency).to_owned(),
            price: price("our_price"),
            sales: sales
                .filter_map(|sale| {
                    Some(Sale {
                        from: moment(&sale["start_at"]),
                        until: moment(&sale["end_at"]),
                        price: amount(&sale["value_with_tax"])?,
                    })
                })
                .collect(),
            lowest: price("minimum_seller_allowed_price"),
            highest: price("maximum_seller_allowed_price"),
        }
    }

    /// The price that a buyer pays at that moment.
    pub fn price_at(&self, now: DateTime<Utc>) -> Option<Decimal> {
        let runs =
            |sale: &&Sale| sale.from.is_none_or(|from| from <= now) && sale.until.is_none_or(|until| now <= until);
        self.sales.iter().find(runs).map(|sale| sale.price).or(self.price)
    }
}

/// The exact number that JSON holds.
pub fn amount(value: &Value) -> Option<Decimal> {
    let Value::Number(number) = value else { return None };
    let text = number.to_string();
    text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
}

/// An exact number for JSON.
pub fn number(amount: Decimal) -> Value {
    serde_json::from_str::<serde_json::Number>(&amount.to_string()).map_or(Value::Null, Value::Number)
}

/// An instant or the beginning of a day, by itself or under `value`.
fn moment(value: &Value) -> Option<DateTime<Utc>> {
    let text = value.as_str().or_else(|| value["value"].as_str())?;
    read_instant(text)
}

/// What buyers see.
#[derive(Debug, Clone, Default)]
pub struct Live {
    /// Prices.
    pub offers: Vec<Offer>,
    /// Who ships.
    pub channel: Option<Channel>,
    /// Units, where the seller ships.
    pub quantity: Option<i64>,
    /// Condition.
    pub condition: Option<String>,
}

/// What stood in a listing from the beginning, from which its contributions follow.
#[derive(Debug, Clone, Copy)]
pub struct Seeded {
    /// Price.
    pub price: Decimal,
    /// Who ships.
    pub channel: Channel,
    /// Units.
    pub quantity: i64,
}

/// One SKU in one marketplace.
#[derive(Debug, Clone)]
pub struct Listing {
    /// Where.
    pub market: &'static Market,
    /// The seller's SKU.
    pub sku: String,
    /// The detail page, once Amazon knows which.
    pub asin: Option<String>,
    /// Product type that was submitted.
    pub kind: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it changed last.
    pub updated: DateTime<Utc>,
    /// From the beginning.
    pub seeded: Option<Seeded>,
    /// Contributions since, by attribute.
    pub given: Attributes,
    /// What buyers see.
    pub live: Live,
    /// What follows from what is live.
    pub issues: Vec<Issue>,
    /// What Amazon's people have said.
    pub imposed: Vec<Issue>,
}

/// Attributes of a listing that stood from the beginning.
const SEEDED: [&str; 7] = [
    "brand",
    "condition_type",
    "externally_assigned_product_identifier",
    "fulfillment_availability",
    "item_name",
    "merchant_suggested_asin",
    "purchasable_offer",
];

impl Listing {
    /// The contributions under a name.
    pub fn attribute(&self, name: &str, page: Option<&Page>) -> Vec<Value> {
        match (self.given.get(name), self.seeded, page) {
            (Some(values), ..) => values.clone(),
            (None, Some(seeded), Some(page)) => self.as_it_began(name, seeded, page),
            _ => Vec::new(),
        }
    }

    /// All contributions that there are.
    pub fn attributes(&self, page: Option<&Page>) -> Attributes {
        let mut all = Attributes::new();
        for name in SEEDED.into_iter().chain(self.given.keys().map(String::as_str)) {
            let values = self.attribute(name, page);
            if !values.is_empty() {
                all.insert(name.to_owned(), values);
            }
        }
        all
    }

    fn as_it_began(&self, name: &str, seeded: Seeded, page: &Page) -> Vec<Value> {
        let market = self.market;
        let told =
            |text: &str| json!([{ "value": text, "language_tag": market.language, "marketplace_id": market.id }]);
        let plain = |text: &str| json!([{ "value": text, "marketplace_id": market.id }]);
        let value = match name {
            "item_name" => told(page.title(market)),
            "brand" => told(&page.brand),
            "condition_type" => plain("new_new"),
            "merchant_suggested_asin" => plain(&page.asin),
            "externally_assigned_product_identifier" => match page.codes.first() {
                Some(code) => json!([{ "type": code_kind(code), "value": code, "marketplace_id": market.id }]),
                None => Value::Null,
            },
            "purchasable_offer" => json!([{
                "marketplace_id": market.id, "currency": market.currency, "audience": "ALL",
                "our_price": [{ "schedule": [{ "value_with_tax": number(seeded.price) }] }],
            }]),
            "fulfillment_availability" => {
                let mut entry = json!({ "fulfillment_channel_code": seeded.channel.code(market) });
                if seeded.channel == Channel::Merchant {
                    entry["quantity"] = json!(seeded.quantity);
                }
                json!([entry])
            }
            _ => Value::Null,
        };
        value.as_array().cloned().unwrap_or_default()
    }

    /// The first thing said under a name, in this marketplace.
    pub fn says(&self, name: &str, page: Option<&Page>) -> Option<String> {
        said(&self.attribute(name, page), self.market).map(str::to_owned)
    }

    /// Whether it is the head of a family of variations, which nobody can buy.
    pub fn is_parent(&self) -> bool {
        self.given
            .get("parentage_level")
            .is_some_and(|values| said(values, self.market) == Some("parent"))
    }

    /// The SKU of the family that it belongs to.
    pub fn parent(&self) -> Option<String> {
        let values = self.given.get("child_parent_sku_relationship")?;
        let here = values.iter().find(|value| is_here(value, self.market))?;
        here["parent_sku"].as_str().map(str::to_owned)
    }

    /// Everything that Amazon has to say.
    pub fn all_issues(&self) -> impl Iterator<Item = &Issue> {
        self.issues.iter().chain(&self.imposed)
    }

    /// Whether an enforcement is on.
    pub fn is_enforced(&self, action: &str) -> bool {
        self.all_issues()
            .any(|issue| issue.actions.iter().any(|one| one == action))
    }
}

/// `upc` or `ean`, by the number of digits.
pub fn code_kind(code: &str) -> &'static str {
    if code.len() == 12 { "upc" } else { "ean" }
}

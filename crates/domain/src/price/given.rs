//! What the calculation is given: NetSuite's prices of an item, the SKU, and the seller's rules for the marketplace.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::transform::Transform;
use super::verdict::Price;
use crate::money::{Currency, Money};

/// One price of an item in NetSuite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelPrice {
    /// The price level, by NetSuite's id.
    pub level: String,
    /// The currency.
    pub currency: Currency,
    /// The quantity from which it holds; nought or one for the first break.
    pub from: Decimal,
    /// The price of one unit; nothing where the level is blank.
    pub price: Option<Decimal>,
}

/// A SKU, and what is known of its price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sku {
    /// All prices of the item behind it.
    pub prices: Vec<LevelPrice>,
    /// The alias' own price, which stands in for the price level's (PRC-05). It is of one unit of the SKU.
    pub own: Option<Money>,
    /// Units of the item in one unit of the SKU (ITM-03).
    pub factor: Decimal,
    /// The tax rate of the item's class in the marketplace, in per cent (PRC-03).
    pub tax_rate: Option<Decimal>,
    /// Whether a person or a repricer keeps this price (PRC-06).
    pub excluded: bool,
    /// What Amazon accepted last: the reference of every comparison (PRC-01).
    pub accepted: Option<Price>,
    /// The standard price that Amazon shows now, without a sale. Only a reading that is later than the last acceptance by
    /// more than Amazon's delay tells anything.
    pub shown: Option<Money>,
}

impl Sku {
    /// A SKU of one unit of its item that was never sent.
    pub fn new(prices: Vec<LevelPrice>) -> Self {
        Self {
            prices,
            own: None,
            factor: Decimal::ONE,
            tax_rate: None,
            excluded: false,
            accepted: None,
            shown: None,
        }
    }
}

/// The seller's rules for a marketplace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The marketplace's currency.
    pub currency: Currency,
    /// `price.level`: the level with the selling price, by NetSuite's id.
    pub level: Option<String>,
    /// `price.quantity_break`.
    pub quantity_break: Break,
    /// `price.sale_level`, `price.sale_from`, `price.sale_to`.
    pub sale: Option<SaleRule>,
    /// `price.business_level`, `price.business_breaks`.
    pub business: Option<BusinessRule>,
    /// `price.min_level`: the floor.
    pub floor_level: Option<String>,
    /// `price.max_level`: the ceiling.
    pub ceiling_level: Option<String>,
    /// `price.list_price_level`.
    pub list_level: Option<String>,
    /// `price.basis`.
    pub basis: Basis,
    /// `price.convert`: the stored rate, if prices may be converted.
    pub convert: Option<Conversion>,
    /// `price.pack_multiplies`.
    pub pack_multiplies: bool,
    /// `price.transform`.
    pub transform: Transform,
    /// `price.max_change_pct`: how far a price may move from the last accepted one, in per cent.
    pub max_change_pct: Decimal,
    /// `price.conflict`.
    pub conflict: Conflict,
}

impl Rules {
    /// The defaults of flows.md §7 with a price level.
    pub fn new(currency: Currency, level: impl Into<String>) -> Self {
        Self {
            currency,
            level: Some(level.into()),
            quantity_break: Break::First,
            sale: None,
            business: None,
            floor_level: None,
            ceiling_level: None,
            list_level: None,
            basis: Basis::AsIs,
            convert: None,
            pack_multiplies: false,
            transform: Transform::default(),
            max_change_pct: Decimal::from(30),
            conflict: Conflict::NetsuiteWins,
        }
    }
}

/// Which quantity break is the selling price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Break {
    /// The one with the lowest quantity.
    #[default]
    First,
    /// What somebody pays who buys this many units.
    At(Decimal),
}

/// A sale price and its days, both included, in the marketplace's business time zone. Amazon wants both ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleRule {
    /// The level with the sale price. An item without a price there is not on sale.
    pub level: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// Prices for Amazon Business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessRule {
    /// The level with the business price. An item without a price there has none.
    pub level: String,
    /// Whether the level's further quantity breaks become quantity tiers.
    pub breaks: bool,
}

/// Whether NetSuite's prices already are what buyers see (PRC-03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// They are.
    #[default]
    AsIs,
    /// Tax comes on top, with the rate of the item's class.
    AddTax,
}

/// A stored exchange rate (PRC-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// The currency of the prices that are converted.
    pub from: Currency,
    /// What one unit of it is worth in the marketplace's currency.
    pub rate: Decimal,
    /// The rate's day.
    pub date: NaiveDate,
    /// How a converted price becomes one that the marketplace's currency can write.
    pub rounding: Rounding,
}

/// How to round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the nearest, halves up.
    #[default]
    Nearest,
    /// Up.
    Up,
    /// Down.
    Down,
}

/// Whose price counts when Amazon shows another than it accepted last (PRC-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conflict {
    /// Ours is sent again.
    #[default]
    NetsuiteWins,
    /// A person decides.
    Ask,
    /// Theirs stays.
    AmazonWins,
}

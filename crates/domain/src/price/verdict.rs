//! What comes out: a price with everything that led to it, or why none is sent.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::given::Conversion;
use crate::money::{Currency, Money};

/// Everything that Amazon is told about a SKU's price in one marketplace, in its currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// The standard price.
    pub regular: Money,
    /// The sale that runs or will run; nothing removes it at Amazon.
    pub sale: Option<Sale>,
    /// The business price; nothing removes it at Amazon.
    pub business: Option<Business>,
    /// The floor, which Amazon keeps too.
    pub minimum: Option<Money>,
    /// The ceiling, which Amazon keeps too.
    pub maximum: Option<Money>,
    /// The list price (MSRP).
    pub list: Option<Money>,
}

/// A price for some days, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    /// The price.
    pub price: Money,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// A price for businesses, with tiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Business {
    /// The price of one.
    pub price: Money,
    /// At most five, with rising quantities and falling prices.
    pub tiers: Vec<Tier>,
}

/// A price from a quantity on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Units of the SKU, two or more.
    pub from: u32,
    /// The price of one unit.
    pub price: Money,
}

/// A price that was worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computed {
    /// The price.
    pub price: Price,
    /// Where the standard price comes from.
    pub origin: Origin,
    /// What a person may want to know.
    pub notes: Vec<Note>,
}

/// Where the standard price comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// What NetSuite, or the alias, says, in its own currency, for one unit.
    pub base: Money,
    /// Whether it is the alias' own price instead of the price level's.
    pub own: bool,
    /// The rate that it was converted with (PRC-04).
    pub conversion: Option<Conversion>,
    /// The pack that it was multiplied by (PRC-05).
    pub pack: Option<Decimal>,
    /// The tax that was added by `price.basis`, in per cent (PRC-03).
    pub tax_rate: Option<Decimal>,
    /// The price after all that, before transform and rounding.
    pub before_transform: Decimal,
}

/// One of the prices that a SKU has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Part {
    Regular,
    Sale,
    Business,
    Tier,
    Minimum,
    Maximum,
    List,
}

/// Something worth telling that keeps nothing from being sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// The sale's last day is over: it is removed.
    SaleEnded,
    /// The sale ends before it begins: it is left out.
    SaleEndsBeforeItBegins,
    /// The sale price is not below the standard price: it is left out.
    SaleNotLower,
    /// Tiers that could not be sent: beyond five, without a falling price, or below two units.
    TiersLeftOut(usize),
    /// The alias' price is of a pack and the levels' are of one unit: these parts are left out.
    LeftOutForPack(Part),
    /// Somebody changed the price at Amazon, and ours is sent again (PRC-06).
    ChangedAtAmazon {
        /// What Amazon accepted last.
        accepted: Money,
        /// What it shows.
        shown: Money,
    },
}

/// Why no price is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// Amazon has it already (PRC-01).
    Unchanged,
    /// The SKU is excluded by its flag (PRC-06).
    Excluded,
    /// Somebody changed it at Amazon, and theirs stays (PRC-06).
    AmazonWins {
        /// What Amazon shows.
        shown: Money,
    },
    /// `price.level` is not set.
    NoLevel,
    /// *No price at level*: none in the marketplace's currency, blank, or nought (PRC-02, PRC-04).
    NoPrice {
        /// The level.
        level: String,
        /// The marketplace's currency.
        currency: Currency,
        /// The currencies in which the level does have a price.
        others: Vec<Currency>,
    },
    /// A price below nought (PRC-02).
    Negative {
        /// The level; nothing for the alias' own price.
        level: Option<String>,
    },
    /// The SKU is a pack without a price of its own, and packs are not multiplied (PRC-05).
    NoPackPrice {
        /// Units of the item in the pack.
        factor: Decimal,
    },
    /// The alias' quantity factor is not above nought.
    WrongFactor,
    /// The alias' own price is in another currency than the marketplace.
    OwnPriceCurrency(Currency),
    /// Tax is to be added and the item's class has no rate (PRC-03).
    NoTaxRate,
    /// `price.basis` and `price.transform` both add tax.
    TaxTwice,
    /// The stored rate is not above nought.
    WrongRate,
    /// The floor is above the ceiling.
    FloorAboveCeiling {
        /// The floor.
        floor: Money,
        /// The ceiling.
        ceiling: Money,
    },
    /// A price is below the floor (CMN-36).
    BelowFloor {
        /// Which.
        part: Part,
        /// What it would be.
        price: Money,
        /// The floor.
        floor: Money,
    },
    /// A price is above the ceiling.
    AboveCeiling {
        /// Which.
        part: Part,
        /// What it would be.
        price: Money,
        /// The ceiling.
        ceiling: Money,
    },
    /// A price moves further than `price.max_change_pct` from the last accepted one (CMN-36).
    ChangesTooMuch {
        /// Which.
        part: Part,
        /// What Amazon accepted last.
        accepted: Money,
        /// What it would be.
        price: Money,
    },
    /// Amazon shows another price than it accepted last, and a person decides (PRC-06).
    ChangedAtAmazon {
        /// What Amazon accepted last.
        accepted: Money,
        /// What it shows.
        shown: Money,
        /// What we would send.
        price: Money,
    },
    /// A number is too large to calculate with, or rounds to nought.
    OutOfRange,
}

impl Withheld {
    /// Whether all is well and there is simply nothing to send.
    pub fn is_quiet(&self) -> bool {
        matches!(self, Self::Unchanged | Self::Excluded | Self::AmazonWins { .. })
    }

    /// Whether a person can agree to this very price, after which it is sent: the breakers of CMN-36 and the conflict.
    pub fn can_be_agreed_to(&self) -> bool {
        matches!(self, Self::ChangesTooMuch { .. } | Self::ChangedAtAmazon { .. })
    }
}

//! How a published quantity came about, part by part, or why there is none.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What the calculation says of one offer, or of one SKU in a region with unified stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The offer, as a position in the input: the one whose rules hold.
    pub offer: usize,
    /// The same SKU's offers in the other marketplaces that this one quantity serves (INV-10).
    pub also: Vec<usize>,
    /// The quantity, or why nothing is sent.
    pub result: Result<Formula, Withheld>,
}

impl Published {
    /// The quantity, if there is one.
    pub fn quantity(&self) -> Option<u32> {
        self.result.as_ref().ok().map(|formula| formula.quantity)
    }
}

/// A quantity with everything that led to it, in the order in which it is calculated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formula {
    /// What each location could serve, before orders that are not imported are taken off.
    pub places: Vec<Place>,
    /// Their sum: units of the item, or whole kits.
    pub stock: Decimal,
    /// Whether components were divided with other sellable items ([`crate::stock::Share::Divide`]).
    pub divided: bool,
    /// What orders that are not in NetSuite yet take off it (INV-11).
    pub unimported: Decimal,
    /// This offer's part of the pool, where offers split it (INV-09).
    pub share: Option<PoolShare>,
    /// What the offer may draw on: units of the item. It can be below nought.
    pub base: Decimal,
    /// Units kept back.
    pub buffer: Decimal,
    /// How much of the rest is published, in per cent.
    pub percent: Decimal,
    /// Units of the item in one unit of the SKU.
    pub factor: Decimal,
    /// (base − buffer) × percent ÷ factor, rounded down, before the limits: units of the SKU.
    pub counted: Decimal,
    /// The highest quantity that is published.
    pub max: Option<u32>,
    /// Below this nought is published.
    pub min_to_publish: u32,
    /// Why nought is published although there may be stock.
    pub zero: Option<Zero>,
    /// The published quantity, units of the SKU.
    pub quantity: u32,
}

/// What one location could serve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The location; nothing where the number is of all locations together.
    pub location: Option<Arc<str>>,
    /// Units of the item, or whole kits.
    pub units: Decimal,
    /// The component that limits a kit there.
    pub limited_by: Option<String>,
}

/// A part of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolShare {
    /// This offer's weight.
    pub weight: Decimal,
    /// The weights of all offers in the pool.
    pub of: Decimal,
    /// The pool: units of the item.
    pub pool: Decimal,
}

/// Why an offer is published as nought although there may be stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zero {
    /// The item may no longer be sold (ITM-06).
    Inactive,
    /// This component of the kit may no longer be sold (INV-07).
    InactiveMember(String),
    /// The quantity is below `inv.min_to_publish`.
    BelowMinimum,
}

/// Why no quantity is sent at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// Amazon ships this offer (INV-01, `CHANNEL_GUARD`).
    ChannelGuard,
    /// Amazon was not asked yet who ships it (INV-01).
    ChannelUnknown,
    /// Amazon does not have the SKU (INV-15).
    NotListed,
    /// NetSuite did not tell of the item.
    UnknownItem,
    /// The item has no stock that could be counted: goods without stock, services, parents of variations.
    HoldsNoStock,
    /// `inv.locations` is not set (INV-02).
    NoLocations,
    /// The field or column that states the quantity is empty (INV-02).
    NothingStated,
    /// NetSuite did not tell of this component of the kit.
    UnknownMember(String),
    /// The kit contains this component nought times or less, or a parent of variations.
    WrongMember(String),
    /// The kit contains itself, through this kit.
    MembersInCircle(String),
    /// Every component of the kit is without stock: nothing limits it.
    NothingLimits,
    /// The alias' quantity factor is not above nought (ITM-03).
    WrongFactor,
    /// The offer points to rules that are not there.
    NoRules,
    /// A number is too large to calculate with.
    OutOfRange,
}

/// A pool or a component of which more could be sold than there is, until the next run corrects it (INV-09).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposure {
    /// The item.
    pub item: String,
    /// Its units at the locations that the offers draw on.
    pub stock: Decimal,
    /// Its units in all that is published.
    pub promised: Decimal,
}

impl fmt::Display for Formula {
    /// One line for evidence and tests: `7 = (18 − 2 orders − 2 buffer) × 100 % ÷ 2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = ({}", self.quantity, self.stock.normalize())?;
        if !self.unimported.is_zero() {
            write!(f, " − {} orders", self.unimported.normalize())?;
        }
        if let Some(share) = &self.share {
            let (weight, of) = (share.weight.normalize(), share.of.normalize());
            write!(f, ", {weight} of {of} parts: {}", self.base.normalize())?;
        }
        if !self.buffer.is_zero() {
            write!(f, " − {} buffer", self.buffer.normalize())?;
        }
        write!(f, ") × {} %", self.percent.normalize())?;
        if self.factor != Decimal::ONE {
            write!(f, " ÷ {}", self.factor.normalize())?;
        }
        match &self.zero {
            Some(Zero::Inactive) => f.write_str(", inactive"),
            Some(Zero::InactiveMember(item)) => write!(f, ", {item} inactive"),
            Some(Zero::BelowMinimum) => write!(f, ", below {}", self.min_to_publish),
            None => match self.max {
                Some(max) if self.counted > Decimal::from(max) => write!(f, ", at most {max}"),
                _ => Ok(()),
            },
        }
    }
}

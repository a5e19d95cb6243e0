//! What the calculation is given: items, stock by location, offers, and the seller's rules.
//!
//! Ids are texts that are compared and never computed with: items and locations by NetSuite's ids, offers by SKU and
//! marketplace. All stock is counted in units of the NetSuite item, published quantities in units of the SKU.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::marketplaces::Region;

/// What an item is, as far as stock goes (flows.md ITM-07). Lot-numbered, serialised and matrix child items are
/// [`Self::Inventory`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// It has stock of its own.
    Inventory,
    /// It has stock of its own, and more can be built from its members.
    Assembly,
    /// It has no stock; its members have.
    Kit,
    /// Goods without stock. They never limit a kit.
    NonInventory,
    /// Services, charges and whatever else is no goods. They never limit a kit.
    Service,
    /// The parent of variations, which nobody can buy (ITM-02).
    MatrixParent,
}

/// A component of a kit or of an assembly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The component.
    pub item: String,
    /// Units of it in one kit; above nought.
    pub quantity: Decimal,
}

/// A NetSuite item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// NetSuite's id.
    pub id: String,
    /// What it is.
    pub kind: ItemKind,
    /// Whether it may no longer be sold: it is published as nought (ITM-06).
    pub inactive: bool,
    /// The members of a kit, or what one assembly is built from.
    pub members: Vec<Member>,
    /// Its weight where several sellable items divide a component between them (INV-06). Nought takes no part.
    pub weight: Decimal,
    /// The quantity that a custom field or a saved search column states, for [`Basis::Stated`].
    pub stated: Option<Decimal>,
}

impl Item {
    /// An active item with stock of its own.
    pub fn inventory(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            kind: ItemKind::Inventory,
            inactive: false,
            members: Vec::new(),
            weight: Decimal::ONE,
            stated: None,
        }
    }

    /// An active kit of these members.
    pub fn kit(id: impl Into<String>, members: Vec<Member>) -> Self {
        Self {
            kind: ItemKind::Kit,
            members,
            ..Self::inventory(id)
        }
    }
}

/// The stock of one item at one location, in units of the item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// The item.
    pub item: String,
    /// The location.
    pub location: String,
    /// NetSuite's *available*: on hand less what is committed.
    pub available: Decimal,
    /// NetSuite's *on hand*.
    pub on_hand: Decimal,
    /// How much of it lies in lots that have expired (INV-14).
    pub expired: Decimal,
}

/// Which of NetSuite's numbers counts (`inv.basis`, INV-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// *Available*.
    #[default]
    Available,
    /// *On hand*, committed units included.
    OnHand,
    /// What a custom field or a saved search column states for the item as a whole ([`Item::stated`]); it has no
    /// locations.
    Stated,
}

/// How several offers of one item use its stock (`inv.pool_mode`, INV-09).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pool {
    /// Each is published with all of it. A sale corrects the others at the next run; [`crate::stock::exposures`] says what
    /// could be oversold until then.
    #[default]
    FullEach,
    /// Each gets its part, by [`Offer::weight`].
    Split,
}

/// How sellable items use components that they have in common (`kit.share`, INV-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// Nothing is reserved between them.
    #[default]
    None,
    /// Each unit at each location is promised to one of them only, by [`Item::weight`]. An item that is sold by itself and
    /// in kits divides with its kits.
    Divide,
}

/// The seller's rules for a marketplace (INV-02, INV-03, INV-06…14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Rules {
    /// The locations that ship for it; none means that nothing can be published.
    pub locations: Vec<String>,
    /// Which number counts.
    pub basis: Basis,
    /// Units of the item that are kept back.
    pub buffer: Decimal,
    /// How much of the rest is published, in per cent.
    pub percent: Decimal,
    /// The highest quantity that is published.
    pub max: Option<u32>,
    /// Below this quantity nought is published.
    pub min_to_publish: u32,
    /// Whether a kit must lie whole in one location (INV-06).
    pub kit_per_location: bool,
    /// How offers of one item use its stock.
    pub pool: Pool,
    /// Whether assemblies count what could be built (INV-08).
    pub assembly_buildable: bool,
    /// Whether orders that are not in NetSuite yet are taken off (INV-11).
    pub subtract_unimported: bool,
    /// Whether expired lots are left out (INV-14).
    pub exclude_expired: bool,
}

impl Default for Rules {
    /// The defaults of flows.md §8, without locations.
    fn default() -> Self {
        Self {
            locations: Vec::new(),
            basis: Basis::Available,
            buffer: Decimal::ZERO,
            percent: Decimal::ONE_HUNDRED,
            max: None,
            min_to_publish: 0,
            kit_per_location: true,
            pool: Pool::FullEach,
            assembly_buildable: false,
            subtract_unimported: true,
            exclude_expired: false,
        }
    }
}

/// What an item's own fields say instead of the rules (INV-03); nothing leaves the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are those of the rules")]
pub struct Overrides {
    pub buffer: Option<Decimal>,
    pub percent: Option<Decimal>,
    pub max: Option<u32>,
    pub min_to_publish: Option<u32>,
}

/// Who ships what is sold under an offer, as Amazon says (INV-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The seller: the only offers that ever get a quantity.
    Merchant,
    /// Amazon: a quantity would turn the offer into one that the seller ships.
    Amazon,
    /// Amazon has no such SKU there (INV-15).
    NotListed,
    /// Amazon was not asked yet.
    Unknown,
}

/// What goes to Amazon together with a quantity (INV-04). Nothing leaves what Amazon has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Terms {
    /// Handling time in days.
    pub lead_time_days: Option<u32>,
    /// When goods come back, for an offer that is out of stock.
    pub restock: Option<NaiveDate>,
}

/// The last quantity that Amazon accepted: the reference of every difference (INV-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Units of the SKU.
    pub quantity: u32,
    /// What was accepted with it.
    pub terms: Terms,
}

/// A SKU in a marketplace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The seller's SKU at Amazon.
    pub sku: String,
    /// The Amazon account: region and seller.
    pub account: String,
    /// Amazon's marketplace id.
    pub marketplace: String,
    /// The region whose marketplaces share one quantity of this account (INV-10), if they do.
    pub unified: Option<Region>,
    /// The NetSuite item behind it.
    pub item: String,
    /// Units of the item in one unit of the SKU (ITM-03); above nought.
    pub factor: Decimal,
    /// Its weight where offers of one item split the stock. Nought gets nothing.
    pub weight: Decimal,
    /// Who ships.
    pub channel: Channel,
    /// Units of the SKU that were ordered at Amazon and are not in NetSuite yet (INV-11).
    pub unimported: u32,
    /// Which of [`Input::rules`] holds.
    pub rules: usize,
    /// What the item's own fields say instead.
    pub own: Overrides,
    /// Handling time and restock date.
    pub terms: Terms,
    /// What Amazon accepted last.
    pub accepted: Option<Accepted>,
}

impl Offer {
    /// A SKU that the seller ships, one unit of the item each, under the first rules.
    pub fn merchant(sku: impl Into<String>, marketplace: impl Into<String>, item: impl Into<String>) -> Self {
        Self {
            sku: sku.into(),
            account: String::new(),
            marketplace: marketplace.into(),
            unified: None,
            item: item.into(),
            factor: Decimal::ONE,
            weight: Decimal::ONE,
            channel: Channel::Merchant,
            unimported: 0,
            rules: 0,
            own: Overrides::default(),
            terms: Terms::default(),
            accepted: None,
        }
    }
}

/// Everything that one calculation needs. Offers that share stock belong in one input.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// All items that offers name, with the members of kits down to the last.
    pub items: &'a [Item],
    /// Their stock. An item without a row at a location has none there; a location that stands twice counts as it was
    /// read last.
    pub levels: &'a [Level],
    /// The offers.
    pub offers: &'a [Offer],
    /// The rules that the offers point to.
    pub rules: &'a [Rules],
    /// Whether common components are divided: one choice for all offers, since they draw on the same shelves.
    pub share: Share,
}

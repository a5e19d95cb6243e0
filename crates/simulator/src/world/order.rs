//! An order as it really happened: what was bought, and when each thing befell it. What Amazon shows of it follows from
//! the time at which it is asked.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::market::Market;

/// Who ships.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Channel {
    /// The seller.
    Merchant,
    /// Amazon, from its own stock.
    Amazon,
}

/// Where an order stands at some instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Status {
    Pending,
    Unshipped,
    PartiallyShipped,
    Shipped,
    Cancelled,
}

/// The buyer and where the parcel goes.
#[derive(Debug, Clone, Default)]
pub struct Buyer {
    /// Name of the person.
    pub name: String,
    /// The anonymised address that Amazon makes up for each buyer.
    pub email: String,
    /// Company, on business orders.
    pub company: Option<String>,
    /// The buyer's own purchase order number, on business orders.
    pub purchase_order: Option<String>,
    /// The buyer's VAT number, on business orders.
    pub vat_number: Option<String>,
    /// Street and number.
    pub street: String,
    /// Town.
    pub city: String,
    /// State, county or prefecture.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: String,
    /// ISO country.
    pub country: String,
    /// Telephone.
    pub phone: String,
}

/// One product on an order, with line totals as the buyer saw them.
#[derive(Debug, Clone)]
pub struct Line {
    /// Order item id.
    pub id: String,
    /// The seller's SKU.
    pub sku: String,
    /// Amazon's product number.
    pub asin: String,
    /// Title.
    pub title: String,
    /// Units ordered.
    pub quantity: u32,
    /// Units that were cancelled later (scenario O17).
    pub cancelled: u32,
    /// Price of all units.
    pub item: Decimal,
    /// Postage.
    pub shipping: Decimal,
    /// Gift wrap.
    pub gift_wrap: Decimal,
    /// What a promotion took off the price; positive.
    pub item_discount: Decimal,
    /// What a promotion took off the postage; positive.
    pub shipping_discount: Decimal,
    /// Tax on the discounted price: within it or on top, as the marketplace has it.
    pub item_tax: Decimal,
    /// Tax on the discounted postage.
    pub shipping_tax: Decimal,
    /// Tax on the gift wrap.
    pub gift_wrap_tax: Decimal,
    /// Promotions.
    pub promotions: Vec<String>,
    /// What the card in the parcel says.
    pub gift_message: Option<String>,
    /// What the buyer pays for paying at the door.
    pub cod_fee: Decimal,
    /// Points granted to the buyer (Japan): number, which is also their worth in yen.
    pub points: u32,
}

/// An order.
#[derive(Debug, Clone)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one fact that Amazon tells of an order"
)]
pub struct Order {
    /// Order number.
    pub id: String,
    /// The seller's own number, where one was set.
    pub seller_number: Option<String>,
    /// Where it was bought.
    pub market: &'static Market,
    /// Who ships it.
    pub channel: Channel,
    /// Whether it came from outside Amazon (Multi-Channel Fulfilment).
    pub outside: bool,
    /// Shipping speed as Amazon names it.
    pub service: String,
    /// Programs, such as `PRIME`.
    pub programs: Vec<String>,
    /// The order that this one replaces free of charge.
    pub replaces: Option<String>,
    /// The buyer.
    pub buyer: Buyer,
    /// Products.
    pub lines: Vec<Line>,
    /// Whether Amazon collects and pays the tax.
    pub facilitated: bool,
    /// When it was placed.
    pub created: DateTime<Utc>,
    /// Until when its payment was being checked.
    pub pending_until: DateTime<Utc>,
    /// When a first part was shipped, if in parts.
    pub partly_shipped: Option<DateTime<Utc>>,
    /// When all of it was shipped.
    pub shipped: Option<DateTime<Utc>>,
    /// When it was cancelled.
    pub cancelled: Option<DateTime<Utc>>,
    /// Other moments at which Amazon touched it, such as a changed address or part of it cancelled.
    pub touched: Vec<DateTime<Utc>>,
    /// Parcels: those that the seller confirmed, or in which Amazon sent its own stock, if that was said.
    pub parcels: Vec<Parcel>,
    /// Who cancelled it or a part of it, and why; the buyer, by mistake, if nothing is said.
    pub cancellation: Option<Cancellation>,
    /// Since when the buyer asks to cancel, and why.
    pub cancel_request: Option<(DateTime<Utc>, String)>,
    /// A later promise of shipping than the speed gives.
    pub ship_by: Option<DateTime<Utc>>,
    /// Whether [`Order::replaces`] means an exchange with money in it.
    pub exchange: bool,
    /// What was refunded: when, order item id and units.
    pub refunds: Vec<(DateTime<Utc>, String, u32)>,
    /// `UOSS` or `IOSS`, where the tax is reported by such a scheme.
    pub tax_scheme: Option<String>,
    /// Since when Amazon tells nonsense about it.
    pub garbled: Option<DateTime<Utc>>,
    /// Whether Amazon keeps its money beyond the day on which it said to release it.
    pub withheld: bool,
}

/// Who cancelled, and why.
#[derive(Debug, Clone)]
pub struct Cancellation {
    /// `BUYER`, `MERCHANT` or `AMAZON`.
    pub by: String,
    /// The reason given.
    pub reason: String,
}

/// A parcel.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// Number of the parcel within the order.
    pub reference: String,
    /// When the confirmation was taken in; later than now: a plan that may still change.
    pub accepted: DateTime<Utc>,
    /// When Amazon begins to show it.
    pub confirmed: DateTime<Utc>,
    /// When a corrected one took its place.
    pub replaced: Option<DateTime<Utc>>,
    /// When it left.
    pub shipped: DateTime<Utc>,
    /// Carrier.
    pub carrier: String,
    /// The carrier's service.
    pub service: Option<String>,
    /// Tracking number.
    pub tracking: String,
    /// Order item id and units.
    pub content: Vec<(String, u32)>,
}

fn units<'a>(parcels: impl Iterator<Item = &'a Parcel>, line: &str) -> u32 {
    parcels
        .flat_map(|parcel| &parcel.content)
        .filter(|(id, _)| id == line)
        .map(|(_, units)| *units)
        .sum()
}

impl Line {
    /// What was charged for the line, tax on top left out.
    pub fn charged(&self) -> Decimal {
        self.item + self.shipping + self.gift_wrap + self.cod_fee - self.item_discount - self.shipping_discount
    }

    /// All tax of the line.
    pub fn tax(&self) -> Decimal {
        self.item_tax + self.shipping_tax + self.gift_wrap_tax
    }

    /// Units that are still wanted at that instant.
    pub fn wanted(&self) -> u32 {
        self.quantity.saturating_sub(self.cancelled)
    }
}

impl Order {
    /// Where it stands at that instant.
    pub fn status(&self, at: DateTime<Utc>) -> Status {
        let happened = |when: Option<DateTime<Utc>>| when.is_some_and(|when| when <= at);
        if happened(self.cancelled) {
            Status::Cancelled
        } else if happened(self.shipped) {
            Status::Shipped
        } else if happened(self.partly_shipped) {
            Status::PartiallyShipped
        } else if self.pending_until > at {
            Status::Pending
        } else {
            Status::Unshipped
        }
    }

    /// Whether it is sent free of charge in the place of another; an exchange has money in it.
    pub fn is_replacement(&self) -> bool {
        self.replaces.is_some() && !self.exchange
    }

    /// Whether it belongs to that program.
    pub fn has(&self, program: &str) -> bool {
        self.programs.iter().any(|known| known == program)
    }

    /// When it last changed, as seen at that instant.
    pub fn updated(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let moments = [
            Some(self.created),
            Some(self.pending_until),
            self.partly_shipped,
            self.shipped,
            self.cancelled,
        ];
        let parcels = self
            .parcels
            .iter()
            .flat_map(|parcel| [Some(parcel.confirmed), parcel.replaced])
            .flatten();
        let asked = self.cancel_request.iter().map(|(since, _)| *since);
        let all = moments
            .into_iter()
            .flatten()
            .chain(self.touched.iter().copied())
            .chain(parcels)
            .chain(asked);
        all.filter(|moment| *moment <= at).max().unwrap_or(self.created)
    }

    /// The parcels that Amazon shows at that instant.
    pub fn parcels_at(&self, at: DateTime<Utc>) -> impl Iterator<Item = &Parcel> {
        self.parcels
            .iter()
            .filter(move |parcel| parcel.confirmed <= at && parcel.replaced.is_none_or(|later| later > at))
    }

    /// Units of the line in parcels that were taken in by then, shown or not, leaving out the parcel of a reference.
    pub fn taken(&self, line: &str, at: DateTime<Utc>, except: &str) -> u32 {
        let parcels = self
            .parcels
            .iter()
            .filter(|parcel| parcel.accepted <= at && parcel.replaced.is_none() && parcel.reference != except);
        units(parcels, line)
    }

    /// Units of the line in the parcels that Amazon shows at that instant.
    pub fn shown(&self, line: &str, at: DateTime<Utc>) -> u32 {
        units(self.parcels_at(at), line)
    }

    /// Puts a parcel in, in the place of the one with its number, and moves the order on. What was only planned falls.
    pub fn send(&mut self, parcel: Parcel) {
        let (accepted, seen) = (parcel.accepted, parcel.confirmed);
        self.parcels.retain(|known| known.accepted <= accepted);
        for known in &mut self.parcels {
            if known.reference == parcel.reference && known.replaced.is_none() {
                known.replaced = Some(seen);
            }
        }
        self.parcels.push(parcel);
        let whole = self
            .lines
            .iter()
            .all(|line| self.taken(&line.id, accepted, "") >= line.wanted());
        self.partly_shipped = self.partly_shipped.filter(|at| *at <= accepted).or(Some(seen));
        self.shipped = match self.shipped.filter(|at| *at <= accepted) {
            Some(before) if whole => Some(before),
            _ => whole.then_some(seen),
        };
    }

    /// What the buyer pays.
    pub fn total(&self) -> Decimal {
        let tax = if self.market.tax_included() {
            Decimal::ZERO
        } else {
            self.tax()
        };
        self.charged() + tax
    }

    /// What was charged, tax on top left out.
    pub fn charged(&self) -> Decimal {
        self.lines.iter().map(Line::charged).sum()
    }

    /// All tax.
    pub fn tax(&self) -> Decimal {
        self.lines.iter().map(Line::tax).sum()
    }

    /// What belongs into the seller's books: without the tax that Amazon keeps and pays.
    pub fn for_the_books(&self) -> Decimal {
        self.total() - if self.facilitated { self.tax() } else { Decimal::ZERO }
    }
}

//! An order as it really happened: what was bought, and when each thing befell it. What Amazon shows of it follows from
//! the time at which it is asked.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::market::Market;

/// Who ships.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// The seller.
    Merchant,
    /// Amazon, from its own stock.
    Amazon,
}

/// Where an order stands at some instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// Points granted to the buyer (Japan): number, which is also their worth in yen.
    pub points: u32,
}

/// An order.
#[derive(Debug, Clone)]
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
    pub service: &'static str,
    /// Programs, such as `PRIME`.
    pub programs: Vec<&'static str>,
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
    /// Parcels that the seller confirmed.
    pub parcels: Vec<Parcel>,
}

/// A parcel of a merchant-fulfilled order.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// Number of the parcel within the order.
    pub reference: String,
    /// When it was confirmed.
    pub confirmed: DateTime<Utc>,
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

impl Line {
    /// What was charged for the line, tax on top left out.
    pub fn charged(&self) -> Decimal {
        self.item + self.shipping + self.gift_wrap - self.item_discount - self.shipping_discount
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

    /// When it last changed, as seen at that instant.
    pub fn updated(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let moments = [
            Some(self.created),
            Some(self.pending_until),
            self.partly_shipped,
            self.shipped,
            self.cancelled,
        ];
        let parcels = self.parcels.iter().map(|parcel| parcel.confirmed);
        let all = moments
            .into_iter()
            .flatten()
            .chain(self.touched.iter().copied())
            .chain(parcels);
        all.filter(|moment| *moment <= at).max().unwrap_or(self.created)
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
        let kept = if self.market.tax_included() && self.facilitated {
            self.tax()
        } else {
            Decimal::ZERO
        };
        self.charged() - kept
    }
}

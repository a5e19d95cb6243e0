//! Orders and their time line.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, Document, ProblemRow, State, Words};

/// Which orders to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct OrdersRequest {
    /// `all`, `today`, `to_ship`, `late` (ship-by within 24 hours, soonest first), `not_in_netsuite`, `needs_you`,
    /// `refunded`, `cancelled`.
    #[serde(default)]
    #[ts(optional)]
    pub view: Option<String>,
    /// Part of an order number, SKU or document number.
    #[serde(default)]
    #[ts(optional)]
    pub search: Option<String>,
    /// Amazon's marketplace id.
    #[serde(default)]
    #[ts(optional)]
    pub marketplace: Option<String>,
    /// After this row (keyset paging).
    #[serde(default)]
    #[ts(optional)]
    pub after: Option<String>,
    /// Rows wanted, at most 200.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<u32>,
}

/// Orders, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OrdersPage {
    /// The rows.
    pub orders: Vec<OrderRow>,
    /// Ask with this for more.
    pub after: Option<String>,
    /// How many there are in this view in all.
    pub total: u32,
    /// How many each saved view holds.
    pub views: Vec<ViewCount>,
}

/// A saved view with its count.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ViewCount {
    /// The view.
    pub id: String,
    /// Rows in it.
    pub count: u32,
}

/// One order in the table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OrderRow {
    /// Amazon's order number.
    pub id: String,
    /// Instant of purchase, ISO 8601; empty for an order that could not be read.
    pub ordered: String,
    /// Business date in the marketplace's zone.
    pub date: String,
    /// Latest instant to ship, ISO 8601; only while you still have to ship it.
    pub ship_by: Option<String>,
    /// Amazon's marketplace id.
    pub marketplace: String,
    /// `mfn`, `fba` or `mcf`.
    pub channel: String,
    /// SKUs with quantities, shortened: `LAMP-OAK × 2, BULB-E27`.
    pub items: String,
    /// Units.
    pub units: u32,
    /// The order's total; nothing while Amazon gives no prices.
    pub total: Option<Amount>,
    /// Amazon's own status word.
    pub amazon_status: String,
    /// The NetSuite record.
    pub document: Option<Document>,
    /// How it stands.
    pub state: State,
    /// How far an order that you ship is on its way to Amazon: `not_imported`, `not_fulfilled`, `not_confirmed`,
    /// `confirmed` (FUL-11).
    pub shipping_state: Option<String>,
    /// Why, in one sentence.
    pub reason: Option<Words>,
    /// A stand-in item is on it, which a person should put right (ITM-05).
    pub review: bool,
}

/// One order in full.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OrderView {
    /// The order.
    pub order: OrderRow,
    /// Its page in Seller Central; nothing in the Demo company.
    pub address: Option<String>,
    /// Buyer data: `hidden` until clicked, `deleted`, or `none` where there is none.
    pub buyer: String,
    /// Its lines.
    pub lines: Vec<OrderLine>,
    /// From purchase to payment.
    pub timeline: Vec<TimelineStep>,
    /// What needs a person.
    pub problems: Vec<ProblemRow>,
    /// What was sent to NetSuite, masked.
    pub sent: Vec<SentBody>,
    /// The version of the mapping that its record was written with (CMN-30); nothing when none was.
    pub mapping: Option<String>,
    /// Parcels that Amazon was told about: they may be told again (FUL-10).
    pub parcels: Vec<ParcelTold>,
    /// Why no parcel can be told again; nothing: it can.
    pub cannot_resend: Option<Words>,
    /// Why it cannot be billed now; nothing: billing may look at it, with its own guards.
    pub cannot_bill: Option<Words>,
    /// That a person handles it elsewhere, and why.
    pub elsewhere: Option<Elsewhere>,
}

/// A parcel as Amazon was told about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ParcelTold {
    /// The write that told it.
    pub id: String,
    /// A code of Amazon's list, or the carrier's name.
    pub carrier: String,
    /// The shipping method; empty when none was said.
    pub method: String,
    /// The tracking number.
    pub tracking: String,
    /// Units in it.
    pub units: u32,
    /// How the write stands.
    pub state: State,
}

/// An order that a person handles elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Elsewhere {
    /// Why, in the person's words.
    pub reason: String,
    /// Who said so.
    pub who: String,
    /// When, ISO 8601.
    pub at: String,
}

/// Tells Amazon about a parcel again, as it is described here (FUL-10).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ResendShipment {
    /// Amazon's order number.
    pub order: String,
    /// The write that told it.
    pub parcel: String,
    /// A code of Amazon's list, or the carrier's name.
    pub carrier: String,
    /// The shipping method; empty to say none.
    pub method: String,
    /// The tracking number.
    pub tracking: String,
}

/// Says that an order is handled elsewhere.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HandledElsewhere {
    /// Amazon's order number.
    pub order: String,
    /// Why, in the person's words.
    pub reason: String,
}

/// One order item with what it cost the buyer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OrderLine {
    /// The SKU.
    pub sku: String,
    /// The title.
    pub title: String,
    /// Units.
    pub quantity: u32,
    /// Item price for all units.
    pub price: Option<Amount>,
    /// Shipping.
    pub shipping: Option<Amount>,
    /// Gift wrap.
    pub gift_wrap: Option<Amount>,
    /// Discounts (negative).
    pub discount: Option<Amount>,
    /// Tax.
    pub tax: Option<Amount>,
}

/// One step of the time line, with both sides' numbers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TimelineStep {
    /// What happened.
    pub what: Words,
    /// When, ISO 8601; nothing while it has not happened.
    pub at: Option<String>,
    /// How it stands.
    pub state: State,
    /// Amazon's amount.
    pub amazon: Option<Amount>,
    /// NetSuite's amount.
    pub netsuite: Option<Amount>,
    /// The record it made.
    pub document: Option<Document>,
    /// The settlement it belongs to.
    pub settlement: Option<String>,
    /// The cause of the error that it is.
    pub cause: Option<String>,
    /// One sentence more.
    pub detail: Option<Words>,
}

/// A body that was sent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SentBody {
    /// What it was for.
    pub title: Words,
    /// Pretty JSON, buyer data masked.
    pub body: String,
    /// Attempts made.
    pub attempts: u32,
    /// How it stands.
    pub state: State,
}

/// What a buyer's data is, shown after a click that the trail keeps (CMN-40).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BuyerView {
    /// The fields in their order: `name`, `company`, `email`, `phone`, `address`.
    pub fields: Vec<BuyerField>,
}

/// One thing about a buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BuyerField {
    /// What it is: `name`, `company`, `email`, `phone` or `address`.
    pub id: String,
    /// It.
    pub value: String,
}

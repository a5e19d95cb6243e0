//! What people and clients do to the story while it is being told. Every act is kept, so that a company in a folder is
//! the same company after a restart.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::World;
use super::issued::NewSettlement;
use super::order::{Cancellation, Channel, Line, Order, Parcel, Status};
use super::placed::{NewOrder, Person};
use super::shop::Submission;
use super::shop::edits::{Edit, Setting};
use super::trade::reprice;
use crate::chance::rounded;

/// Something that happens on Amazon's side from outside.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Somebody buys.
    Order(Box<NewOrder>),
    /// Something befalls an order: its number, and what.
    Change(String, Change),
    /// The seller confirms a parcel: order number, and the parcel.
    Confirm(String, Confirmed),
    /// Amazon issues a settlement.
    Settle(Box<NewSettlement>),
    /// The seller submits a listing, or changes of one, and Amazon accepts it.
    Submit(Box<Submission>),
    /// Somebody does something to a listing by hand.
    Listing(Box<Edit>),
    /// The account or the world around it changes.
    Set(Setting),
}

/// What can befall an order.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It goes on in its life.
    Status(Status),
    /// All of it is cancelled.
    Cancel(Cancelling),
    /// One line is cancelled, or some of its units.
    CancelLine(Cancelling),
    /// The buyer asks the seller to cancel, for that reason.
    BuyerRequestsCancel(String),
    /// The buyer or the address changes; what is not named stays.
    Address(Person),
    /// A price changes.
    Price(Price),
    /// The promise of shipping changes.
    ShipBy(DateTime<Utc>),
    /// A part of it is shipped without us: by Amazon from its own stock, or with a label bought from Amazon.
    Ship(Part),
    /// Units of a line are refunded; the next settlement tells of it.
    Refund(Refunding),
    /// Amazon keeps its money beyond the day of its release, or lets it go.
    Withhold(bool),
    /// Amazon tells nonsense about it, a number of units below nought, or tells it right again.
    Garbled(bool),
}

/// A refund.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Refunding {
    /// Order item id or SKU.
    pub line: String,
    /// Units; all of the line if not said.
    pub quantity: Option<u32>,
}

/// A cancellation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cancelling {
    /// Order item id or SKU; only for lines.
    pub line: String,
    /// Units; all of the line if not said.
    pub quantity: Option<u32>,
    /// `BUYER` (if not said), `MERCHANT` or `AMAZON`.
    pub by: Option<String>,
    /// The reason.
    pub reason: Option<String>,
}

/// New amounts of a line, in the order's currency; what is not named stays, taxes follow.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Price {
    /// Order item id or SKU.
    pub line: String,
    /// Price of all units.
    pub item: Option<Decimal>,
    /// Postage.
    pub shipping: Option<Decimal>,
    /// What a promotion takes off the price; positive.
    pub item_discount: Option<Decimal>,
}

/// A shipment.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Part {
    /// Order item id or SKU, and units. Empty: all that is left.
    pub lines: Vec<(String, u32)>,
    /// Carrier; Amazon's own if not said.
    pub carrier: Option<String>,
    /// Tracking number.
    pub tracking: Option<String>,
    /// When it left; now if not said.
    pub at: Option<DateTime<Utc>>,
}

/// A parcel that the seller confirmed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Confirmed {
    /// Number of the parcel within the order.
    pub reference: String,
    /// When Amazon begins to show it.
    pub seen: DateTime<Utc>,
    /// When it left.
    pub shipped: DateTime<Utc>,
    /// Carrier.
    pub carrier: String,
    /// The carrier's service.
    pub service: Option<String>,
    /// Tracking number; empty when a feed gave none.
    pub tracking: String,
    /// Order item id and units.
    pub content: Vec<(String, u32)>,
}

impl World {
    /// Lets it happen; the number of the order or settlement that it happened to, or why it cannot happen.
    pub fn act(&mut self, act: &Act, now: DateTime<Utc>) -> Result<String, String> {
        let (id, change) = match act {
            Act::Order(wanted) => return self.place(wanted, now),
            Act::Confirm(id, parcel) => {
                let order = self.order_mut(id).ok_or("no such order")?;
                order.send(confirmed(parcel, now));
                return Ok(id.clone());
            }
            Act::Settle(wanted) => return self.issue(wanted, now),
            Act::Submit(submission) => {
                self.shop.submit(submission, now);
                return Ok(submission.id.clone());
            }
            Act::Listing(edit) => return self.shop.edit(edit, now),
            Act::Set(setting) => {
                self.shop.set(setting);
                return Ok(String::new());
            }
            Act::Change(id, change) => (id, change),
        };
        let order = self.order_mut(id).ok_or("no such order")?;
        befall(order, change, now)?;
        Ok(id.clone())
    }
}

fn confirmed(parcel: &Confirmed, now: DateTime<Utc>) -> Parcel {
    Parcel {
        reference: parcel.reference.clone(),
        accepted: now,
        confirmed: parcel.seen,
        replaced: None,
        shipped: parcel.shipped,
        carrier: parcel.carrier.clone(),
        service: parcel.service.clone(),
        tracking: parcel.tracking.clone(),
        content: parcel.content.clone(),
    }
}

fn befall(order: &mut Order, change: &Change, now: DateTime<Utc>) -> Result<(), String> {
    match change {
        Change::Status(status) => go_on(order, *status, now),
        Change::Cancel(how) => {
            order.cancelled = Some(now);
            order.cancellation = Some(cancellation(how));
        }
        Change::CancelLine(how) => cancel_line(order, how, now)?,
        Change::BuyerRequestsCancel(reason) => order.cancel_request = Some((now, reason.clone())),
        Change::Address(person) => {
            person.put_on(&mut order.buyer);
            order.touched.push(now);
        }
        Change::Price(price) => {
            let line = line_of(order, &price.line)?;
            let changes = [
                (&mut line.item, price.item),
                (&mut line.shipping, price.shipping),
                (&mut line.item_discount, price.item_discount),
            ];
            for (amount, wanted) in changes {
                *amount = wanted.unwrap_or(*amount);
            }
            reprice(order);
            order.touched.push(now);
        }
        Change::ShipBy(at) => {
            order.ship_by = Some(*at);
            order.touched.push(now);
        }
        Change::Ship(part) => ship(order, part, now)?,
        Change::Refund(how) => {
            let line = line_of(order, &how.line)?;
            let (id, units) = (line.id.clone(), how.quantity.unwrap_or(line.wanted()));
            if units == 0 || units > line.wanted() {
                return Err("more than was sold cannot be refunded".to_owned());
            }
            order.refunds.push((now, id, units));
        }
        Change::Withhold(withheld) => order.withheld = *withheld,
        Change::Garbled(garbled) => {
            order.garbled = garbled.then_some(now);
            order.touched.push(now);
        }
    }
    Ok(())
}

fn go_on(order: &mut Order, status: Status, now: DateTime<Utc>) {
    match status {
        Status::Pending => order.pending_until = now + TimeDelta::days(3),
        Status::Unshipped => {
            order.pending_until = now;
            order.parcels.retain(|parcel| parcel.accepted <= now);
            order.shipped = order.shipped.filter(|at| *at <= now);
        }
        Status::PartiallyShipped => order.partly_shipped = Some(now),
        Status::Shipped => order.shipped = Some(now),
        Status::Cancelled => order.cancelled = Some(now),
    }
}

fn cancellation(how: &Cancelling) -> Cancellation {
    Cancellation {
        by: how.by.clone().unwrap_or_else(|| "BUYER".to_owned()),
        reason: how.reason.clone().unwrap_or_else(|| "Ordered by mistake".to_owned()),
    }
}

/// Units that are no longer wanted take their share of every amount with them.
fn cancel_line(order: &mut Order, how: &Cancelling, now: DateTime<Utc>) -> Result<(), String> {
    let decimals = order.market.decimals;
    let shown = line_of(order, &how.line)?.id.clone();
    let sent = order.taken(&shown, now, "");
    let line = line_of(order, &how.line)?;
    let left = line.wanted().saturating_sub(sent);
    let units = how.quantity.unwrap_or(left);
    if units == 0 || units > left {
        return Err(format!("{left} units of the line can be cancelled"));
    }
    let (before, after) = (Decimal::from(line.wanted()), Decimal::from(line.wanted() - units));
    line.cancelled += units;
    for amount in [
        &mut line.item,
        &mut line.shipping,
        &mut line.gift_wrap,
        &mut line.cod_fee,
        &mut line.item_discount,
        &mut line.shipping_discount,
    ] {
        *amount = rounded(*amount * after / before, decimals);
    }
    reprice(order);
    order.cancellation = Some(cancellation(how));
    order.touched.push(now);
    if order.lines.iter().all(|line| line.wanted() == 0) {
        order.cancelled = Some(now);
    } else if order
        .lines
        .iter()
        .all(|line| order.taken(&line.id, now, "") >= line.wanted())
    {
        order.shipped = order.shipped.filter(|at| *at <= now).or(Some(now));
    }
    Ok(())
}

fn ship(order: &mut Order, part: &Part, now: DateTime<Utc>) -> Result<(), String> {
    let mut content = Vec::new();
    for (line, units) in &part.lines {
        content.push((line_of(order, line)?.id.clone(), *units));
    }
    if content.is_empty() {
        content = order
            .lines
            .iter()
            .map(|line| {
                (
                    line.id.clone(),
                    line.wanted().saturating_sub(order.taken(&line.id, now, "")),
                )
            })
            .filter(|(_, units)| *units > 0)
            .collect();
    }
    if content.is_empty() {
        return Err("nothing is left to ship".to_owned());
    }
    let number = order.parcels.iter().filter(|parcel| parcel.accepted <= now).count() + 1;
    let carrier = match order.channel {
        Channel::Amazon => "AMZN_US",
        Channel::Merchant => "UPS",
    };
    order.send(Parcel {
        reference: number.to_string(),
        accepted: now,
        confirmed: now,
        replaced: None,
        shipped: part.at.unwrap_or(now),
        carrier: part.carrier.clone().unwrap_or_else(|| carrier.to_owned()),
        service: None,
        tracking: part.tracking.clone().unwrap_or_else(|| {
            format!(
                "TBA{}",
                &crate::chance::name_of(&[&order.id, &number.to_string()])[..12]
            )
        }),
        content,
    });
    Ok(())
}

fn line_of<'a>(order: &'a mut Order, name: &str) -> Result<&'a mut Line, String> {
    order
        .lines
        .iter_mut()
        .find(|line| line.id == name || line.sku == name)
        .ok_or_else(|| format!("the order has no line {name}"))
}

//! An order that somebody places on request: any kind, on any marketplace.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::World;
use super::order::{Buyer, Channel, Line, Order, Status};
use super::product::{self, Product};
use super::trade::{Trade, reprice};
use crate::market::{self, Market};

/// What is bought, by whom and where. Everything has a likely default.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewOrder {
    /// Order number; drawn if not said.
    pub id: Option<String>,
    /// Two letters or Amazon's id. Default: the United States.
    pub marketplace: Option<String>,
    /// Who ships. Default: the seller.
    pub channel: Option<Channel>,
    /// Products. Default: one everyday thing.
    pub lines: Vec<NewLine>,
    /// When it is placed. Default: now.
    pub created: Option<DateTime<Utc>>,
    /// For how long the payment is being checked, in minutes. Default: not at all.
    pub pending_minutes: Option<i64>,
    /// Where it stands at once. Default: unshipped.
    pub status: Option<Status>,
    /// When all of it left. Default: now, where it is shipped at once.
    pub shipped: Option<DateTime<Utc>>,
    /// Shipping speed as Amazon names it. Default: `STANDARD`.
    pub service: Option<String>,
    /// Programs, such as `PRIME`, `AMAZON_BUSINESS`, `FBM_SHIP_PLUS`.
    pub programs: Vec<String>,
    /// The order that this one replaces free of charge, or is the exchange of.
    pub replaces: Option<String>,
    /// Whether `replaces` means an exchange.
    pub exchange: bool,
    /// Whether it came from outside Amazon (Multi-Channel Fulfilment).
    pub outside: bool,
    /// The seller's own number.
    pub seller_number: Option<String>,
    /// Whether Amazon collects and pays the tax. Default: where prices are without tax.
    pub facilitated: Option<bool>,
    /// `UOSS` or `IOSS`.
    pub tax_scheme: Option<String>,
    /// What is to be different about the buyer and the address.
    pub buyer: Person,
    /// The last promised moment of shipping.
    pub ship_by: Option<DateTime<Utc>>,
}

/// One product of it, with line totals in the marketplace's currency as the buyer sees them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewLine {
    /// The seller's SKU; one that the catalogue does not have is sold all the same.
    pub sku: String,
    /// Units. Default: 1.
    pub quantity: Option<u32>,
    /// Title.
    pub title: Option<String>,
    /// Price of all units. Default: the catalogue's.
    pub item: Option<Decimal>,
    /// Postage.
    pub shipping: Option<Decimal>,
    /// Gift wrap.
    pub gift_wrap: Option<Decimal>,
    /// What the card in the parcel says.
    pub gift_message: Option<String>,
    /// What a promotion takes off the price; positive.
    pub item_discount: Option<Decimal>,
    /// What a promotion takes off the postage; positive.
    pub shipping_discount: Option<Decimal>,
    /// What the buyer pays for paying at the door.
    pub cod_fee: Option<Decimal>,
    /// Tax on the price, if other than the marketplace's usual.
    pub item_tax: Option<Decimal>,
    /// Tax on the postage, if other than usual.
    pub shipping_tax: Option<Decimal>,
    /// Promotions.
    pub promotions: Vec<String>,
    /// Points granted to the buyer (Japan).
    pub points: Option<u32>,
}

/// A buyer and an address; what is not named stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Person {
    pub name: Option<String>,
    pub email: Option<String>,
    pub company: Option<String>,
    pub purchase_order: Option<String>,
    pub vat_number: Option<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
    pub phone: Option<String>,
}

impl Person {
    /// Puts what is named on a buyer.
    pub fn put_on(&self, buyer: &mut Buyer) {
        let always = [
            (&mut buyer.name, &self.name),
            (&mut buyer.email, &self.email),
            (&mut buyer.street, &self.street),
            (&mut buyer.city, &self.city),
            (&mut buyer.postal_code, &self.postal_code),
            (&mut buyer.country, &self.country),
            (&mut buyer.phone, &self.phone),
        ];
        for (place, wanted) in always {
            if let Some(wanted) = wanted {
                place.clone_from(wanted);
            }
        }
        let perhaps = [
            (&mut buyer.company, &self.company),
            (&mut buyer.purchase_order, &self.purchase_order),
            (&mut buyer.vat_number, &self.vat_number),
            (&mut buyer.state, &self.state),
        ];
        for (place, wanted) in perhaps {
            if wanted.is_some() {
                place.clone_from(wanted);
            }
        }
    }
}

impl World {
    /// Somebody buys; the number of the order.
    pub(super) fn place(&mut self, wanted: &NewOrder, now: DateTime<Utc>) -> Result<String, String> {
        let market = match &wanted.marketplace {
            Some(name) => market::named(name).ok_or_else(|| format!("there is no marketplace {name}"))?,
            None => &market::US,
        };
        let mut trade = Trade::new(self.seed, &format!("placed {}", self.orders.len()));
        let order = made(&mut trade, market, wanted, now);
        if self.order(&order.id).is_some() {
            return Err(format!("there is an order {} already", order.id));
        }
        let id = order.id.clone();
        self.add(vec![order]);
        Ok(id)
    }
}

fn made(trade: &mut Trade, market: &'static Market, wanted: &NewOrder, now: DateTime<Utc>) -> Order {
    let created = wanted.created.unwrap_or(now);
    let mut order = trade.order(market, wanted.channel.unwrap_or(Channel::Merchant), created, &[]);
    order.id = wanted.id.clone().unwrap_or(order.id);
    order.pending_until = created + TimeDelta::minutes(wanted.pending_minutes.unwrap_or(0));
    order.service = wanted.service.clone().unwrap_or_else(|| "STANDARD".to_owned());
    order.programs.clone_from(&wanted.programs);
    order.replaces.clone_from(&wanted.replaces);
    order.exchange = wanted.exchange;
    order.outside = wanted.outside;
    order.seller_number.clone_from(&wanted.seller_number);
    order.facilitated = wanted.facilitated.unwrap_or(order.facilitated);
    order.tax_scheme.clone_from(&wanted.tax_scheme);
    order.ship_by = wanted.ship_by;
    order.shipped = None;
    wanted.buyer.put_on(&mut order.buyer);
    match wanted.status {
        Some(Status::Pending) if wanted.pending_minutes.is_none() => order.pending_until = now + TimeDelta::days(3),
        Some(Status::PartiallyShipped) => order.partly_shipped = Some(now),
        Some(Status::Shipped) => order.shipped = wanted.shipped.or(Some(now)),
        Some(Status::Cancelled) => order.cancelled = Some(now),
        _ => {}
    }
    if wanted.lines.is_empty() {
        let line = trade.line(&order, &product::EVERYDAY[0], 1);
        order.lines.push(line);
    }
    for line in &wanted.lines {
        let line = line.made(trade, &order);
        order.lines.push(line);
    }
    reprice(&mut order);
    for (line, wanted) in order.lines.iter_mut().zip(&wanted.lines) {
        line.item_tax = wanted.item_tax.unwrap_or(line.item_tax);
        line.shipping_tax = wanted.shipping_tax.unwrap_or(line.shipping_tax);
    }
    order
}

impl NewLine {
    fn made(&self, trade: &mut Trade, order: &Order) -> Line {
        let known: Option<&Product> = product::by_sku(&self.sku);
        let product = known.unwrap_or(&product::EVERYDAY[0]);
        let mut line = trade.line(order, product, self.quantity.unwrap_or(1));
        if known.is_none() {
            line.sku.clone_from(&self.sku);
            line.asin = format!("B0{}", &crate::chance::name_of(&[&self.sku])[..8].to_uppercase());
            line.title = format!("{} {}", product.title(order.market), self.sku);
        }
        let amounts = [
            (&mut line.item, self.item),
            (&mut line.shipping, self.shipping),
            (&mut line.gift_wrap, self.gift_wrap),
            (&mut line.item_discount, self.item_discount),
            (&mut line.shipping_discount, self.shipping_discount),
            (&mut line.cod_fee, self.cod_fee),
        ];
        for (amount, wanted) in amounts {
            *amount = wanted.unwrap_or(*amount);
        }
        line.title = self.title.clone().unwrap_or(line.title);
        line.gift_message.clone_from(&self.gift_message);
        line.promotions.clone_from(&self.promotions);
        line.points = self.points.unwrap_or(line.points);
        line
    }
}

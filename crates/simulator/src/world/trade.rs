//! The everyday orders: drawn from a seed, priced like the catalogue, with nothing special about them.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use crate::chance::{Chance, rounded};
use crate::market::{self, Market};

use super::order::{Channel, Line, Order};
use super::people;
use super::product::{self, Product};

/// Draws orders.
pub struct Trade {
    /// Where the draws come from.
    pub chance: Chance,
}

impl Trade {
    /// The stream of orders that belongs to a label.
    pub fn new(seed: u64, label: &str) -> Self {
        Self {
            chance: Chance::new(seed, label),
        }
    }

    /// A marketplace: the US most often, Japan least.
    pub fn market(&mut self) -> &'static Market {
        match self.chance.between(0, 99) {
            0..=39 => &market::US,
            40..=59 => &market::UK,
            60..=84 => &market::DE,
            _ => &market::JP,
        }
    }

    /// An everyday order placed at that moment; without lines yet if `products` is empty.
    pub fn order(
        &mut self,
        market: &'static Market,
        channel: Channel,
        created: DateTime<Utc>,
        products: &[(&Product, u32)],
    ) -> Order {
        let chance = &mut self.chance;
        let id = format!(
            "{}-{}-{}",
            chance.pick(market.prefixes),
            chance.digits(7),
            chance.digits(7)
        );
        let buyer = people::buyer(market, chance);
        let prime = channel == Channel::Amazon && chance.hits(700);
        let service: &str = match (channel, chance.between(0, 9)) {
            (Channel::Amazon, 0..=4) | (Channel::Merchant, 0) => "EXPEDITED",
            (Channel::Amazon, 5) | (Channel::Merchant, 1) => "SECOND_DAY",
            _ => "STANDARD",
        };
        let pending_until = created + TimeDelta::minutes(chance.between(20, 50));
        let shipped = pending_until + TimeDelta::minutes(chance.between(14 * 60, 34 * 60));
        let mut order = Order {
            id,
            seller_number: None,
            market,
            channel,
            outside: false,
            service: service.to_owned(),
            programs: if prime { vec!["PRIME".to_owned()] } else { Vec::new() },
            replaces: None,
            buyer,
            lines: Vec::new(),
            facilitated: !market.tax_included(),
            created,
            pending_until,
            partly_shipped: None,
            shipped: Some(shipped),
            cancelled: None,
            touched: Vec::new(),
            parcels: Vec::new(),
            cancellation: None,
            cancel_request: None,
            ship_by: None,
            exchange: false,
            refunds: Vec::new(),
            tax_scheme: None,
            garbled: None,
            withheld: false,
        };
        for (product, quantity) in products {
            let line = self.line(&order, product, *quantity);
            order.lines.push(line);
        }
        order
    }

    /// An everyday order with one or two everyday products.
    pub fn everyday(&mut self, market: &'static Market, channel: Channel, created: DateTime<Utc>) -> Order {
        let first = self.chance.pick(&product::EVERYDAY);
        let quantity = if self.chance.hits(150) { 2 } else { 1 };
        let mut order = self.order(market, channel, created, &[(first, quantity)]);
        if self.chance.hits(160) {
            let second = self.chance.pick(&product::EVERYDAY);
            if second.sku != first.sku {
                let line = self.line(&order, second, 1);
                order.lines.push(line);
            }
        }
        if order.programs.is_empty() && channel == Channel::Merchant {
            let postage = [
                Decimal::new(4_90, 2),
                Decimal::new(3_95, 2),
                Decimal::new(4_90, 2),
                Decimal::from(550),
            ];
            let price = postage[market::ALL
                .iter()
                .position(|known| known.code == market.code)
                .unwrap_or(0)];
            order.lines[0].shipping = price;
            reprice(&mut order);
        }
        order
    }

    /// A line at the catalogue's price.
    pub fn line(&mut self, order: &Order, product: &Product, quantity: u32) -> Line {
        let market = order.market;
        let mut line = Line {
            id: format!("{}{}", 1 + self.chance.between(0, 8), self.chance.digits(13)),
            sku: product.sku.to_owned(),
            asin: product.asin.to_owned(),
            title: product.title(market).to_owned(),
            quantity,
            cancelled: 0,
            item: product.price(market) * Decimal::from(quantity),
            shipping: zero(market),
            gift_wrap: zero(market),
            item_discount: zero(market),
            shipping_discount: zero(market),
            item_tax: zero(market),
            shipping_tax: zero(market),
            gift_wrap_tax: zero(market),
            promotions: Vec::new(),
            gift_message: None,
            points: 0,
            cod_fee: zero(market),
        };
        if market.code == "JP" {
            line.points = u32::try_from(rounded(line.item / Decimal::ONE_HUNDRED, 0).mantissa()).unwrap_or(0);
        }
        tax(&mut line, market);
        line
    }
}

/// Nothing, with the decimals of the marketplace's currency.
pub fn zero(market: &Market) -> Decimal {
    Decimal::new(0, market.decimals)
}

/// Works the taxes out again after prices were changed.
pub fn reprice(order: &mut Order) {
    let market = order.market;
    for line in &mut order.lines {
        tax(line, market);
    }
}

fn tax(line: &mut Line, market: &Market) {
    line.item_tax = market.tax_on(line.item - line.item_discount);
    line.shipping_tax = market.tax_on(line.shipping - line.shipping_discount);
    line.gift_wrap_tax = market.tax_on(line.gift_wrap);
}

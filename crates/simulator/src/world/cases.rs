//! The orders that are in the demo company for a reason: one function per scenario of flows.md §19, or a few.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use crate::market::{DE, JP, Market, UK, US};

use super::order::{Channel, Order};
use super::product::{Product, by_sku};
use super::trade::{Trade, reprice, zero};

/// The orders that the rest of the world must know by role.
#[derive(Debug, Default, Clone)]
pub struct Cast {
    /// US, refunded whole in the first settlement.
    pub refunded_whole: String,
    /// US, one of two units refunded.
    pub refunded_unit: String,
    /// Germany, 32.40 paid, shipped, and never invoiced by the clerk.
    pub never_invoiced: String,
    /// Germany, refunded 24.90, never invoiced either.
    pub refunded_uninvoiced: String,
    /// Germany, where the clerk left 4.90 postage off the invoice.
    pub underinvoiced: String,
    /// United Kingdom, entered by hand before the product saw it, and right.
    pub made_by_hand: String,
    /// United Kingdom, entered by hand with another total.
    pub made_wrong: Vec<String>,
}

/// Makes the special orders. `epoch` is the end of the ready-made history.
pub fn special(trade: &mut Trade, epoch: DateTime<Utc>) -> (Vec<Order>, Cast) {
    let mut cast = Cast::default();
    let mut orders = Vec::new();
    settled(trade, epoch, &mut orders, &mut cast);
    ordinary_kinds(trade, epoch, &mut orders);
    replaced_and_outside(trade, epoch, &mut orders);
    waiting_and_cancelled(trade, epoch, &mut orders);
    asking(trade, epoch, &mut orders, &mut cast);
    (orders, cast)
}

fn thing(sku: &str) -> &'static Product {
    by_sku(sku).unwrap_or(&super::product::EVERYDAY[0])
}

fn programs(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn before(epoch: DateTime<Utc>, hours: i64) -> DateTime<Utc> {
    epoch - TimeDelta::hours(hours)
}

fn days(epoch: DateTime<Utc>, days: i64) -> DateTime<Utc> {
    before(epoch, days * 24 - 9)
}

/// Orders that the settlements lean on.
fn settled(trade: &mut Trade, epoch: DateTime<Utc>, orders: &mut Vec<Order>, cast: &mut Cast) {
    let whole = trade.order(
        &US,
        Channel::Merchant,
        days(epoch, 26),
        &[(thing("LANTERN-GLASS-S"), 1)],
    );
    cast.refunded_whole.clone_from(&whole.id);
    let unit = trade.order(&US, Channel::Amazon, days(epoch, 17), &[(thing("CANDLE-FIG-220"), 2)]);
    cast.refunded_unit.clone_from(&unit.id);

    let mut never = trade.order(
        &DE,
        Channel::Merchant,
        days(epoch, 13),
        &[(thing("CANDLE-HOLDER-OAK"), 1)],
    );
    never.lines[0].shipping = Decimal::new(4_90, 2);
    reprice(&mut never);
    cast.never_invoiced.clone_from(&never.id);

    let mut refunded = trade.order(
        &DE,
        Channel::Merchant,
        days(epoch, 28),
        &[(thing("CANDLE-CEDAR-220"), 1)],
    );
    refunded.lines[0].shipping = Decimal::new(2_00, 2);
    reprice(&mut refunded);
    cast.refunded_uninvoiced.clone_from(&refunded.id);

    let mut under = trade.order(&DE, Channel::Merchant, days(epoch, 11), &[(thing("LAMP-BRASS-01"), 1)]);
    under.lines[0].shipping = Decimal::new(4_90, 2);
    reprice(&mut under);
    cast.underinvoiced.clone_from(&under.id);
    orders.extend([whole, unit, never, refunded, under]);
}

/// Promotions, gift wrap, odd prices, twice the same product, business and Prime orders (O1 to O7, O10, O12, O19, O21).
fn ordinary_kinds(trade: &mut Trade, epoch: DateTime<Utc>, orders: &mut Vec<Order>) {
    for (market, channel, ago) in [
        (&US, Channel::Amazon, 15),
        (&US, Channel::Merchant, 3),
        (&DE, Channel::Amazon, 12),
        (&UK, Channel::Merchant, 2),
        (&JP, Channel::Amazon, 10),
    ] {
        let mut order = trade.order(market, channel, days(epoch, ago), &[(thing("LAMP-WALNUT-02"), 1)]);
        promote(&mut order, Decimal::new(10, 2));
        orders.push(order);
    }
    // O4: everything off.
    let mut free = trade.order(&US, Channel::Amazon, days(epoch, 14), &[(thing("BULB-E27-WARM"), 1)]);
    promote(&mut free, Decimal::ONE);
    orders.push(free);
    // O5: gift wrap with a message.
    for (market, ago) in [(&US, 2), (&DE, 3), (&JP, 4)] {
        let mut gift = trade.order(
            market,
            Channel::Merchant,
            days(epoch, ago),
            &[(thing("CANDLE-FIG-220"), 1)],
        );
        gift.lines[0].gift_wrap = if market.decimals == 0 {
            Decimal::from(320)
        } else {
            Decimal::new(3_50, 2)
        };
        gift.lines[0].gift_message = Some("Happy birthday, with love from all of us! \u{2014} Tschüß".to_owned());
        reprice(&mut gift);
        orders.push(gift);
    }
    // O6: three for 10.00, which does not divide.
    for (channel, ago) in [(Channel::Amazon, 10), (Channel::Merchant, 2)] {
        let mut three = trade.order(&US, channel, days(epoch, ago), &[(thing("TEALIGHT-12"), 3)]);
        three.lines[0].item = Decimal::new(10_00, 2);
        reprice(&mut three);
        orders.push(three);
    }
    // O7: the same product on two lines, one of them cheaper.
    let mut twice = trade.order(
        &US,
        Channel::Merchant,
        days(epoch, 1),
        &[(thing("CORD-TEXTILE-3M"), 1), (thing("CORD-TEXTILE-3M"), 2)],
    );
    twice.lines[1].item = Decimal::new(34_00, 2);
    reprice(&mut twice);
    orders.push(twice);
    // O10: a kit.
    orders.push(trade.order(&DE, Channel::Merchant, days(epoch, 2), &[(thing("GIFTSET-EVENING"), 1)]));
    // O12: a business order with a purchase order number and a VAT number.
    let mut business = trade.order(&DE, Channel::Merchant, days(epoch, 3), &[(thing("LAMP-BRASS-01"), 4)]);
    business.programs = programs(&["AMAZON_BUSINESS"]);
    business.buyer.company = Some("Hotel Zur Brücke GmbH".to_owned());
    business.buyer.purchase_order = Some("PO-2026-0417".to_owned());
    business.buyer.vat_number = Some("DE812345678".to_owned());
    orders.push(business);
    let mut office = trade.order(&US, Channel::Amazon, days(epoch, 9), &[(thing("LAMP-WALNUT-02"), 3)]);
    office.programs = programs(&["AMAZON_BUSINESS", "PRIME"]);
    office.buyer.company = Some("Cedar & Vale Studio LLC".to_owned());
    office.buyer.purchase_order = Some("CV 2291/B".to_owned());
    orders.push(office);
    // Seller-fulfilled Prime.
    let mut prime = trade.order(&US, Channel::Merchant, days(epoch, 1), &[(thing("SHADE-LINEN-40"), 1)]);
    prime.programs = programs(&["PRIME"]);
    "NEXT_DAY".clone_into(&mut prime.service);
    orders.push(prime);
    // O21: Amazon is liable for the VAT of a parcel that it sells on as deemed supplier.
    for ago in [3, 4] {
        let mut deemed = trade.order(&DE, Channel::Amazon, days(epoch, ago), &[(thing("SHADE-LINEN-30"), 1)]);
        deemed.facilitated = true;
        orders.push(deemed);
    }
    // O25: an October evening in California is a November morning in UTC; here, the last minutes of any day.
    let late = epoch - TimeDelta::days(2) + TimeDelta::hours(6) + TimeDelta::minutes(30);
    orders.push(trade.order(&US, Channel::Merchant, late, &[(thing("BULB-E27-WARM"), 2)]));
    // O30: a program that nobody has heard of.
    let mut novel = trade.order(&UK, Channel::Amazon, days(epoch, 4), &[(thing("LANTERN-GLASS-S"), 1)]);
    novel.programs = programs(&["PRIME", "AMAZON_ORBIT"]);
    orders.push(novel);
}

/// Replacements (O13) and an order of another shop that Amazon ships (Multi-Channel Fulfilment).
fn replaced_and_outside(trade: &mut Trade, epoch: DateTime<Utc>, orders: &mut Vec<Order>) {
    for (market, channel, ago) in [(&US, Channel::Merchant, 2), (&UK, Channel::Amazon, 5)] {
        let original = trade.order(market, channel, days(epoch, ago + 9), &[(thing("LAMP-RED"), 1)]);
        let mut again = trade.order(market, channel, days(epoch, ago), &[(thing("LAMP-RED"), 1)]);
        again.replaces = Some(original.id.clone());
        again.lines[0].item = zero(market);
        again.lines[0].points = 0;
        reprice(&mut again);
        orders.extend([original, again]);
    }
    for ago in [3, 8] {
        let mut shop = trade.order(
            &US,
            Channel::Amazon,
            days(epoch, ago),
            &[(thing("CANDLE-CEDAR-220"), 1)],
        );
        shop.id = format!("S01-{}-{}", trade.chance.digits(7), trade.chance.digits(7));
        shop.outside = true;
        shop.programs.clear();
        shop.seller_number = Some(format!("WEB-{}", trade.chance.digits(5)));
        shop.lines[0].item = zero(&US);
        reprice(&mut shop);
        orders.push(shop);
    }
}

/// Orders that wait for a payment, and orders that end (O14 to O17).
fn waiting_and_cancelled(trade: &mut Trade, epoch: DateTime<Utc>, orders: &mut Vec<Order>) {
    // Convenience-store payments take days.
    for (market, channel, hours) in [
        (&JP, Channel::Merchant, 20),
        (&JP, Channel::Amazon, 12),
        (&DE, Channel::Merchant, 5),
    ] {
        let mut pending = trade.order(market, channel, before(epoch, hours), &[(thing("SHADE-LINEN-30"), 1)]);
        pending.pending_until = epoch + TimeDelta::days(3);
        pending.shipped = Some(epoch + TimeDelta::days(4));
        orders.push(pending);
    }
    let mut unpaid = trade.order(
        &JP,
        Channel::Merchant,
        before(epoch, 8),
        &[(thing("LAMP-WALNUT-02"), 1)],
    );
    unpaid.pending_until = epoch + TimeDelta::days(2);
    unpaid.shipped = None;
    unpaid.cancelled = Some(epoch + TimeDelta::days(2));
    orders.push(unpaid);
    for (market, channel, ago) in [
        (&US, Channel::Merchant, 4),
        (&DE, Channel::Merchant, 6),
        (&US, Channel::Amazon, 5),
        (&UK, Channel::Amazon, 7),
    ] {
        let mut cancelled = trade.order(market, channel, days(epoch, ago), &[(thing("CANDLE-FIG-220"), 1)]);
        cancelled.shipped = None;
        cancelled.cancelled = Some(cancelled.created + TimeDelta::hours(5));
        orders.push(cancelled);
    }
    // O16: imported first, cancelled a day after the epoch.
    let mut later = trade.order(
        &US,
        Channel::Merchant,
        before(epoch, 10),
        &[(thing("LAMP-BRASS-01"), 1)],
    );
    later.shipped = None;
    later.cancelled = Some(epoch + TimeDelta::days(1));
    orders.push(later);
    // Half of it is still on a shelf.
    let mut halfway = trade.order(
        &US,
        Channel::Amazon,
        days(epoch, 2),
        &[(thing("LAMP-RED"), 1), (thing("LANTERN-GLASS-S"), 1)],
    );
    halfway.partly_shipped = halfway.shipped;
    halfway.shipped = Some(epoch + TimeDelta::days(2));
    orders.push(halfway);
    // O17: one of two lines cancelled by the buyer.
    let mut partly = trade.order(
        &US,
        Channel::Merchant,
        days(epoch, 1),
        &[(thing("LAMP-RED"), 1), (thing("BULB-E27-WARM"), 1)],
    );
    let line = &mut partly.lines[1];
    line.cancelled = 1;
    line.item = zero(&US);
    reprice(&mut partly);
    partly.touched.push(partly.pending_until + TimeDelta::hours(2));
    orders.push(partly);
}

/// Orders that need a person: an unknown SKU, a speed that no shipping method is mapped to, a record made by hand that
/// says something else.
fn asking(trade: &mut Trade, epoch: DateTime<Utc>, orders: &mut Vec<Order>, cast: &mut Cast) {
    for number in 0..11 {
        let channel = if number % 3 == 0 {
            Channel::Amazon
        } else {
            Channel::Merchant
        };
        let created = epoch - TimeDelta::hours(100 - number * 6);
        orders.push(trade.order(&DE, channel, created, &[(thing("LAMP-RED-EU"), 1)]));
    }
    for hours in [60, 41, 30] {
        let mut scheduled = trade.order(
            &UK,
            Channel::Merchant,
            before(epoch, hours),
            &[(thing("LAMP-BRASS-01"), 1)],
        );
        "SCHEDULED".clone_into(&mut scheduled.service);
        orders.push(scheduled);
    }
    let hand = by_hand(trade, &UK, before(epoch, 52));
    cast.made_by_hand.clone_from(&hand.id);
    orders.push(hand);
    for hours in [48, 44] {
        let wrong = by_hand(trade, &UK, before(epoch, hours));
        cast.made_wrong.push(wrong.id.clone());
        orders.push(wrong);
    }
}

fn by_hand(trade: &mut Trade, market: &'static Market, created: DateTime<Utc>) -> Order {
    let mut order = trade.order(market, Channel::Merchant, created, &[(thing("SHADE-LINEN-40"), 1)]);
    order.lines[0].gift_wrap = Decimal::new(3_50, 2);
    reprice(&mut order);
    order
}

/// A share of the price and all of the postage taken off (O3).
fn promote(order: &mut Order, share: Decimal) {
    let market = order.market;
    let line = &mut order.lines[0];
    line.shipping = if market.decimals == 0 {
        Decimal::from(400)
    } else {
        Decimal::new(4_00, 2)
    };
    line.shipping_discount = line.shipping;
    line.item_discount = crate::chance::rounded(line.item * share, market.decimals);
    let word = match market.code {
        "DE" => "Frühlingsaktion",
        "JP" => "春のセール",
        _ => "Spring sale",
    };
    line.promotions = vec![
        format!("{word} {}", &order.id[..3]),
        "Core Free Shipping 2026".to_owned(),
    ];
    reprice(order);
}

//! What Amazon shipped from its own stock, by Amazon's own report: the best source of the day on which an order left.
//!
//! Amazon shows no parcels of the orders that it ships, only that they left. Its report of shipments tells on which day
//! each unit left, and in which shipment. What it says is kept here; the orders themselves are written by their own flow,
//! which dates them by it and, by choice, makes one invoice of each shipment.

use std::collections::BTreeMap;

use amazon::reports::{FULFILLED_SHIPMENTS, Raw};
use chrono::{DateTime, Duration, SubsecRound, Utc};
use domain::Text;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wire::Failure;

use super::shipment::{Content, Shipment, by_time};
use crate::flow::{Card, Decision, Fact, Flow, Group, Key, Look, Reads, Route, Window, skip};
use crate::report::{Prepared, Wanted, cells, instant, misread, not_yet, prepared};
use crate::rules::Rules;

/// Amazon renews the report so often (amazon-sp-api.md §7); a look within this time of the last one asks nothing.
const RENEWED: Duration = Duration::hours(4);
/// What a report shows late is still found in the next one.
const AGAIN: Duration = Duration::days(1);
/// The longest span of this report (amazon-sp-api.md §7).
const LONGEST: Duration = Duration::days(31);

/// Amazon's shipments.
pub struct FbaShipments;

/// An order and its shipments as far as the report has told of them, the earliest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Amazon's order number.
    pub order: String,
    /// Amazon's id of its marketplace, where the report's name of it is known.
    pub marketplace: Option<String>,
    /// What left.
    pub shipments: Vec<Shipment>,
}

impl Flow for FbaShipments {
    type Subject = Sent;

    const CARD: Card = Card {
        id: "fba-shipments",
        title: "flow-fba-shipments",
        promise: "flow-fba-shipments-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Orders,
        every_minutes: 240,
        needs: &["amazon:Amazon Fulfillment"],
        after: &[],
        options: &[],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Sent>, Failure> {
        match window {
            Window::Span { from, until, .. } if *until - *from >= RENEWED && !reads.scope.marketplaces.is_empty() => {
                read(reads, *from, *until, rules).await
            }
            Window::Span { .. } | Window::Keys(_) => Ok(seen(Vec::new(), None, None)),
        }
    }

    fn key(seen: &Sent) -> Key {
        Key(seen.order.clone())
    }

    fn decide(_seen: &Sent, _rules: &Rules) -> Decision {
        skip(Text::new("reason-shipments-noted"))
    }

    fn facts(seen: &Sent, rules: &Rules) -> Vec<Fact> {
        let fact = |name: &str, value: domain::text::Arg| Fact {
            name: name.into(),
            value,
        };
        let marketplace = seen.marketplace.as_deref();
        let left = seen.shipments.iter().map(|one| one.at).min();
        let day = left.map(|at| rules.business_date(marketplace.unwrap_or_default(), at));
        let marketplace = marketplace.map(|id| fact("marketplace", id.into()));
        marketplace
            .into_iter()
            .chain(day.map(|day| fact("date", day.into())))
            .collect()
    }

    fn sample() -> Sent {
        let at = super::sample::noon();
        let content = |units| Content {
            item: "00000000000001".into(),
            units,
            ..Content::default()
        };
        let shipment = |id: &str, at, units| Shipment {
            id: id.into(),
            at,
            contents: vec![content(units)],
        };
        Sent {
            order: "028-1234567-1234567".into(),
            marketplace: Some("A1PA6795UKMFR9".into()),
            shipments: vec![
                shipment("D1A2B3C4D", at, 1),
                shipment("D5E6F7A8B", at + Duration::days(1), 1),
            ],
        }
    }
}

fn seen(subjects: Vec<Sent>, next: Option<Window>, read_until: Option<DateTime<Utc>>) -> Look<Sent> {
    Look::Seen {
        subjects,
        next,
        read_until,
    }
}

async fn read(
    reads: &Reads<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    rules: &Rules,
) -> Result<Look<Sent>, Failure> {
    let start = (from - AGAIN).trunc_subsecs(0);
    let to = until.min(start + LONGEST).trunc_subsecs(0);
    let wanted = Wanted {
        kind: FULFILLED_SHIPMENTS,
        from: start,
        until: to,
        since: from,
        serves: &move |report| {
            let leads = |end: DateTime<Utc>| end - from >= RENEWED && end <= until;
            report.data_start_time.is_some_and(|its| its <= start) && report.data_end_time.is_some_and(leads)
        },
    };
    let (subjects, end) = match prepared(reads, &wanted, rules.now).await? {
        Prepared::NotYet(again_in) => return Ok(not_yet(again_in, "progress-report-of-shipments")),
        Prepared::Nothing => (Vec::new(), to),
        Prepared::Ready(raw, end) => (with_earlier(reads, rows(&raw, rules)?).await?, end.unwrap_or(to)),
    };
    let next = (until - end >= RENEWED).then_some(Window::Span {
        from: end,
        until,
        page: None,
    });
    Ok(seen(subjects, next, Some(end)))
}

/// The orders of a report with what left of each. Orders of other shops that Amazon only ships are no orders of Amazon
/// (§16).
fn rows(raw: &Raw, rules: &Rules) -> Result<Vec<Sent>, Failure> {
    let columns = [
        "amazon-order-id",
        "shipment-id",
        "amazon-order-item-id",
        "shipment-date",
        "sales-channel",
        "quantity-shipped",
        "item-price",
        "item-tax",
        "shipping-price",
        "shipping-tax",
        "gift-wrap-price",
        "gift-wrap-tax",
        "item-promotion-discount",
        "ship-promotion-discount",
    ];
    let mut found: BTreeMap<String, Sent> = BTreeMap::new();
    for [order, id, item, at, shop, units, amounts @ ..] in cells(raw, columns)? {
        if shop.eq_ignore_ascii_case("Non-Amazon") || order.starts_with("S01-") {
            continue;
        }
        let at = instant(&at)?;
        let content = content(item, &units, &amounts)?;
        let sent = found.entry(order.clone()).or_insert_with(|| Sent {
            order,
            marketplace: shop_named(&shop, rules),
            shipments: Vec::new(),
        });
        match sent.shipments.iter_mut().find(|known| known.id == id) {
            Some(known) => known.takes(content),
            None => sent.shipments.push(Shipment {
                id,
                at,
                contents: vec![content],
            }),
        }
    }
    Ok(found.into_values().collect())
}

fn shop_named(name: &str, rules: &Rules) -> Option<String> {
    let mut shops = rules.marketplaces.values();
    let found = shops.find(|profile| profile.settlement_name.eq_ignore_ascii_case(name));
    found.map(|profile| profile.id.clone())
}

fn content(item: String, units: &str, amounts: &[String; 8]) -> Result<Content, Failure> {
    let amount = |cell: &String| -> Result<Decimal, Failure> {
        let text = cell.trim().replace(',', ".");
        if text.is_empty() {
            return Ok(Decimal::ZERO);
        }
        text.parse().map_err(|_| misread("an amount that is no number"))
    };
    let [
        item_price,
        item_tax,
        shipping_price,
        shipping_tax,
        wrap_price,
        wrap_tax,
        item_off,
        ship_off,
    ] = amounts;
    Ok(Content {
        item,
        units: units.trim().parse().map_err(|_| misread("units that are no number"))?,
        item_price: amount(item_price)?,
        item_tax: amount(item_tax)?,
        shipping_price: amount(shipping_price)?,
        shipping_tax: amount(shipping_tax)?,
        gift_wrap_price: amount(wrap_price)?,
        gift_wrap_tax: amount(wrap_tax)?,
        item_promotion_discount: amount(item_off)?.abs(),
        ship_promotion_discount: amount(ship_off)?.abs(),
    })
}

/// A report has what left in its own span; what an earlier one told of the same orders stands.
async fn with_earlier(reads: &Reads<'_>, mut sent: Vec<Sent>) -> Result<Vec<Sent>, Failure> {
    let orders: Vec<String> = sent.iter().map(|one| one.order.clone()).collect();
    let mut earlier = reads.local.fba_shipments(&orders).await?;
    for one in &mut sent {
        let known = earlier.remove(&one.order).unwrap_or_default().into_iter();
        let other: Vec<Shipment> = known
            .filter(|known| one.shipments.iter().all(|new| new.id != known.id))
            .collect();
        one.shipments.extend(other);
        one.shipments.sort_by(by_time);
    }
    Ok(sent)
}

impl Shipment {
    /// A row more. One order item may stand in several.
    fn takes(&mut self, more: Content) {
        let Some(known) = self.contents.iter_mut().find(|known| known.item == more.item) else {
            self.contents.push(more);
            return;
        };
        known.units += more.units;
        for (amount, more) in [
            (&mut known.item_price, more.item_price),
            (&mut known.item_tax, more.item_tax),
            (&mut known.shipping_price, more.shipping_price),
            (&mut known.shipping_tax, more.shipping_tax),
            (&mut known.gift_wrap_price, more.gift_wrap_price),
            (&mut known.gift_wrap_tax, more.gift_wrap_tax),
            (&mut known.item_promotion_discount, more.item_promotion_discount),
            (&mut known.ship_promotion_discount, more.ship_promotion_discount),
        ] {
            *amount += more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: &str = "amazon-order-id\tshipment-id\tamazon-order-item-id\tshipment-date\tquantity-shipped\titem-price\t\
        item-tax\tshipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-discount\t\
        ship-promotion-discount\tsales-channel";

    fn told(lines: &str) -> Result<Vec<Sent>, Failure> {
        let raw = Raw {
            bytes: format!("{TITLES}\n{lines}").into_bytes(),
            gzip: false,
            content_type: None,
        };
        rows(&raw, &Rules::new(super::super::sample::noon()))
    }

    #[test]
    fn ord_06_rows_of_one_shipment_belong_together_and_other_shops_are_left_out() {
        let sent = told(
            "1\tD1\ta\t2026-11-10T08:00:00+00:00\t1\t10.00\t0\t\t\t\t\t-1.00\t\tamazon.de\n\
             1\tD1\ta\t2026-11-10T08:00:00+00:00\t2\t20.00\t0\t\t\t\t\t\t\tamazon.de\n\
             1\tD2\tb\t2026-11-12T23:30:00+00:00\t1\t5,50\t0\t\t\t\t\t\t\tamazon.de\n\
             2\tD3\tc\t2026-11-10T08:00:00Z\t1\t\t\t\t\t\t\t\t\tNon-Amazon\n",
        )
        .unwrap();
        let [one] = sent.as_slice() else { panic!("{sent:?}") };
        let told: Vec<_> = one
            .shipments
            .iter()
            .map(|one| (one.id.as_str(), one.contents[0].units))
            .collect();
        assert_eq!(told, [("D1", 3), ("D2", 1)]);
        let amount = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(one.shipments[0].contents[0].item_price, amount("30.00"));
        assert_eq!(one.shipments[0].contents[0].item_promotion_discount, amount("1.00"));
        assert_eq!(one.shipments[1].contents[0].item_price, amount("5.50"));
    }

    #[test]
    fn cmn_10_what_cannot_be_read_is_never_taken_for_nothing() {
        assert!(told("1\tD1\ta\tyesterday\t1\t10.00\t\t\t\t\t\t\t\tamazon.de\n").is_err());
        assert!(told("1\tD1\ta\t2026-11-10T08:00:00Z\tone\t10.00\t\t\t\t\t\t\t\tamazon.de\n").is_err());
        assert!(told("1\tD1\ta\t2026-11-10T08:00:00Z\t1\tten\t\t\t\t\t\t\t\tamazon.de\n").is_err());
    }
}

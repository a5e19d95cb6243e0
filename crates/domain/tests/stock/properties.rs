//! What is true of every shop.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::stock::{Item, ItemKind, Pool, Published, Share, exposures};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::story::Shop;

const ITEMS: &str = "
    item A
    item B
    item C
    goods G
    assembly M: 1 A, 1 C
    kit K: 2 A, 1 B
    kit L: 1 B, 3 C, 1 G
    kit N: 1 K, 1 C, 1 M
    kit O: 2 A";
const SOLD: [&str; 8] = ["A", "B", "C", "M", "K", "L", "N", "O"];
const PLACES: [&str; 3] = ["X", "Y", "Z"];

/// What one offer is: the item, the factor, the weight, orders, which rules.
type Drawn = (usize, u32, u32, u32, usize);

/// Shops with shelves of at least so many units.
fn shops(least: i64, orders: bool, rules: std::ops::Range<usize>) -> impl Strategy<Value = Shop> {
    let levels = proptest::collection::vec(least..30_i64, 12);
    let weights = proptest::collection::vec(0..4_u32, SOLD.len());
    let most = if orders { 4_u32 } else { 1 };
    let offer = (0..SOLD.len(), 1..4_u32, 0..4_u32, 0..most, rules);
    let offers = proptest::collection::vec(offer, 1..10);
    let settings = proptest::collection::vec((0..3_i64, 50..=100_i64, any::<bool>(), 1..8_u8), 3);
    (levels, weights, offers, settings).prop_map(|(levels, weights, offers, settings)| {
        let mut text = ITEMS.to_owned();
        for (at, place) in PLACES.iter().enumerate() {
            let row: Vec<String> = ["A", "B", "C", "M"]
                .iter()
                .zip(&levels[at * 4..])
                .map(|(item, level)| format!("{item} {level}"))
                .collect();
            write!(text, "\nstock {place}: {}", row.join(", ")).unwrap();
        }
        for (buffer, percent, totals, mask) in settings {
            let at: Vec<&str> = (0..3)
                .filter(|bit| mask & (1 << bit) != 0)
                .map(|bit| PLACES[bit])
                .collect();
            let totals = if totals { ", totals" } else { "" };
            write!(
                text,
                "\nrules: at {}, buffer {buffer}, percent {percent}{totals}",
                at.join(" ")
            )
            .unwrap();
        }
        for (at, drawn) in offers.iter().enumerate() {
            let (item, factor, weight, orders, rules): Drawn = *drawn;
            let sold = SOLD[item];
            write!(
                text,
                "\noffer S{at} DE {sold} x{factor} weight {weight} orders {orders} rules {rules}"
            )
            .unwrap();
        }
        let mut shop = Shop::told(&text);
        for (id, weight) in SOLD.iter().zip(weights) {
            let item = shop.items.iter_mut().find(|item| item.id == *id).unwrap();
            item.weight = Decimal::from(weight);
        }
        shop
    })
}

fn item<'a>(shop: &'a Shop, id: &str) -> &'a Item {
    shop.items.iter().find(|item| item.id == id).unwrap()
}

/// Units of things with stock in one unit of an item, worked out by hand.
fn contents(shop: &Shop, id: &str, times: Decimal, into: &mut BTreeMap<String, Decimal>) {
    let item = item(shop, id);
    match item.kind {
        ItemKind::Kit => {
            for member in &item.members {
                contents(shop, &member.item, times * member.quantity, into);
            }
        }
        ItemKind::Inventory | ItemKind::Assembly => *into.entry(id.to_owned()).or_default() += times,
        _ => {}
    }
}

fn available(shop: &Shop, item: &str, place: &str) -> Decimal {
    let level = shop
        .levels
        .iter()
        .find(|level| level.item == item && level.location == place);
    level.unwrap().available
}

/// Units of each thing with stock in all that is published. An offer's siblings count once where each shows all.
fn promised(shop: &Shop, published: &[Published]) -> BTreeMap<String, Decimal> {
    let mut by_item: BTreeMap<&str, Decimal> = BTreeMap::new();
    for one in published {
        let offer = &shop.offers[one.offer];
        let units = Decimal::from(one.quantity().unwrap()) * offer.factor;
        let sum = by_item.entry(&offer.item).or_default();
        *sum = if shop.rules[offer.rules].pool == Pool::Split {
            *sum + units
        } else {
            units.max(*sum)
        };
    }
    let mut all = BTreeMap::new();
    for (item, units) in by_item {
        contents(shop, item, units, &mut all);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// INV-03, INV-06: no offer shows more than lies there, and a kit that must lie whole in one location no more than
    /// its locations could each serve.
    #[test]
    fn inv_06_no_location_serves_more_than_it_has(shop in shops(-2, true, 0..3), divide: bool) {
        let mut shop = shop;
        if divide {
            // Who answers for a shelf below nought is settled elsewhere.
            shop.share = Share::Divide;
            shop.levels.iter_mut().for_each(|level| level.available = level.available.max(Decimal::ZERO));
        }
        for one in shop.published() {
            let offer = &shop.offers[one.offer];
            let rules = &shop.rules[offer.rules];
            let formula = one.result.unwrap();
            let mut inside = BTreeMap::new();
            contents(&shop, &offer.item, Decimal::ONE, &mut inside);
            for place in &formula.places {
                for (part, each) in &inside {
                    let here = |place: &str| available(&shop, part, place);
                    let lies: Decimal = match &place.location {
                        Some(place) => here(place),
                        None => rules.locations.iter().map(|place| here(place)).sum(),
                    };
                    prop_assert!(place.units * *each <= lies.max(Decimal::ZERO), "{} of {part}", offer.sku);
                }
            }
            let served: Decimal = formula.places.iter().map(|place| place.units).sum();
            prop_assert!(Decimal::from(formula.quantity) * offer.factor <= served.max(Decimal::ZERO), "{formula}");
            prop_assert!(formula.base <= formula.stock, "{formula}");
        }
    }

    /// INV-06, INV-09, INV-11: what is divided is promised once, orders that are under way included.
    #[test]
    fn inv_06_a_divided_part_is_never_promised_twice(shop in shops(0, true, 0..1), split: bool) {
        let mut shop = Shop { share: Share::Divide, ..shop };
        shop.rules[0].pool = if split { Pool::Split } else { Pool::FullEach };
        let mut ordered = BTreeMap::new();
        for offer in &shop.offers {
            contents(&shop, &offer.item, Decimal::from(offer.unimported) * offer.factor, &mut ordered);
        }
        let published = shop.published();
        for (part, units) in promised(&shop, &published) {
            let lies: Decimal = shop.rules[0].locations.iter().map(|place| available(&shop, &part, place)).sum();
            let left = lies - ordered.get(&part).copied().unwrap_or_default();
            prop_assert!(units <= left.max(Decimal::ZERO), "{units} of {part}, {left} are left");
        }
        if split {
            prop_assert_eq!(exposures(&shop.input(), &published), vec![]);
        }
    }

    /// INV-09: the same where marketplaces draw on different locations that overlap.
    #[test]
    fn inv_09_split_pools_that_overlap_promise_nothing_twice(shop in shops(0, false, 0..3)) {
        let mut shop = Shop { share: Share::Divide, ..shop };
        shop.rules.iter_mut().for_each(|rules| rules.pool = Pool::Split);
        let published = shop.published();
        for (part, units) in promised(&shop, &published) {
            let lies: Decimal = PLACES.iter().map(|place| available(&shop, &part, place).max(Decimal::ZERO)).sum();
            prop_assert!(units <= lies, "{units} of {part}, {lies} lie there");
        }
    }

    /// The order in which offers stand changes no quantity where nothing is split.
    #[test]
    fn the_order_of_offers_does_not_matter(shop in shops(-2, true, 0..1)) {
        let mut turned = shop.clone();
        turned.offers.reverse();
        let mut back = turned.quantities();
        back.reverse();
        prop_assert_eq!(shop.quantities(), back);
    }
}

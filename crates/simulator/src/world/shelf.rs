//! What the NetSuite company knows of its goods for the sake of selling them elsewhere: price levels, prices by currency
//! and quantity, kits whose members are shared.

use rust_decimal::Decimal;

use super::company::currency_of;
use super::product::{self, Product};
use crate::books::{Id, Item, ItemKind, ItemPrice, KitMember, Named, OpeningBooks};
use crate::chance::rounded;
use crate::market::{self, Market};

/// Price levels: id, name, the part that the level plays.
const LEVELS: [(Id, &str, &str); 10] = [
    (2, "Amazon US", "price_level.US"),
    (3, "Amazon UK", "price_level.UK"),
    (4, "Amazon DE", "price_level.DE"),
    (5, "Amazon JP", "price_level.JP"),
    (6, "Amazon Sale", "price_level.sale"),
    (7, "Amazon Business", "price_level.business"),
    (8, "Amazon Floor", "price_level.floor"),
    (9, "Amazon Ceiling", "price_level.ceiling"),
    (10, "Recommended Price", "price_level.list"),
    (11, "Wholesale", "price_level.wholesale"),
];

/// Kits: the kit, a member, how many.
const KITS: [(&str, &str, i64); 9] = [
    ("GIFTSET-EVENING", "LANTERN-GLASS-S", 1),
    ("GIFTSET-EVENING", "CANDLE-FIG-220", 1),
    ("GIFTSET-EVENING", "CANDLE-CEDAR-220", 1),
    ("GIFTSET-CANDLES", "CANDLE-FIG-220", 1),
    ("GIFTSET-CANDLES", "CANDLE-CEDAR-220", 1),
    ("GIFTSET-CANDLES", "GREETING-CARD", 1),
    // A kit in a kit: its members count twice.
    ("GIFTSET-GRAND", "GIFTSET-CANDLES", 1),
    ("GIFTSET-GRAND", "LANTERN-GLASS-S", 2),
    ("GIFTSET-GRAND", "TEALIGHT-12", 3),
];

/// Enters all of it; the items themselves stand in the books already.
pub fn enter(books: &mut OpeningBooks) {
    for (id, name, role) in LEVELS {
        books.price_levels.push(Named {
            id,
            name: name.to_owned(),
        });
        books.roles.push((role.to_owned(), id));
    }
    // A card is bought by the box and never counted: it does not limit a kit.
    if let Some(mut card) = books.items.iter().find(|item| item.name == "CANDLE-FIG-220").cloned() {
        "GREETING-CARD".clone_into(&mut card.name);
        "Greeting Card".clone_into(&mut card.title);
        (card.id, card.kind, card.upc) = (390, ItemKind::NonInventory, None);
        card.base_price = Decimal::ONE;
        card.on_hand.clear();
        books.items.push(card);
    }
    let id_of =
        |books: &OpeningBooks, name: &str| books.items.iter().find(|item| item.name == name).map(|item| item.id);
    for (kit, member, quantity) in KITS {
        if let (Some(kit), Some(member)) = (id_of(books, kit), id_of(books, member)) {
            books.kit_members.push(KitMember {
                kit,
                member,
                quantity: Decimal::from(quantity),
            });
        }
    }
    for known in product::all().filter(|known| known.has_item()) {
        if let Some(item) = id_of(books, known.sku) {
            books.item_prices.insert(item, prices(known));
        }
    }
}

/// Prices of a product. The cotton cord has none in yen, and one shade is dearer in NetSuite than on Amazon.
fn prices(known: &Product) -> Vec<ItemPrice> {
    let mut prices = Vec::new();
    let mut add = |level: Id, market: &Market, from: i64, price: Decimal| {
        prices.push(ItemPrice {
            level,
            currency: currency_of(market),
            from: Decimal::from(from),
            price: rounded(price, market.decimals),
        });
    };
    for (market, level) in market::ALL.into_iter().zip(2..) {
        if known.sku == "CORD-COTTON-2M" && market.code == "JP" {
            continue;
        }
        let mut price = known.price(market);
        if known.sku == "SHADE-LINEN-40" && market.code == "US" {
            price += Decimal::ONE;
        }
        add(level, market, 0, price);
        add(8, market, 0, price * Decimal::new(6, 1));
        add(9, market, 0, price * Decimal::new(15, 1));
        add(10, market, 0, price * Decimal::new(12, 1));
        if known.sku == "CANDLE-FIG-220" {
            add(6, market, 0, price * Decimal::new(85, 2));
        }
        if known.kind() == "LAMP" {
            for (from, percent) in [(0, 97), (5, 95), (10, 92), (25, 88)] {
                add(7, market, from, price * Decimal::new(percent, 2));
            }
        }
    }
    prices
}

/// Adds plain goods for figures: an item with a price in the United States and some stock each.
pub fn enter_plain(books: &mut OpeningBooks, count: u32) {
    const FIRST: Id = 200_000;
    let Some(pattern) = books.items.iter().find(|item| item.name == "CANDLE-FIG-220").cloned() else {
        return;
    };
    for (number, id) in (0..count).zip(FIRST..) {
        let price = product::plain_price(number);
        books.items.push(Item {
            id,
            name: product::plain_sku(number),
            title: format!("Glass Bead No. {number}"),
            upc: None,
            base_price: price,
            on_hand: vec![(1, Decimal::from(number % 40))],
            ..pattern.clone()
        });
        let price = ItemPrice {
            level: 2,
            currency: currency_of(&market::US),
            from: Decimal::ZERO,
            price,
        };
        books.item_prices.insert(id, vec![price]);
    }
    books.next_id = books.next_id.max(FIRST + Id::from(count) + 1);
}

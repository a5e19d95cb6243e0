//! A shop as a short text, and its published quantities as text.
//!
//! ```text
//! item A                          kit K: 2 A, 1 B                 assembly M: 2 A
//! stock X: A 5, B 10/12/3         (available/on hand/expired)
//! rules: at X Y, buffer 2, percent 50
//! offer K-1 DE K x2 orders 3
//! ```

use domain::marketplaces::Region;
use domain::stock::{
    Accepted, Basis, Channel, Input, Item, ItemKind, Level, Member, Offer, Pool, Published, Rules, Share, publish,
};
use rust_decimal::Decimal;

/// A shop.
#[derive(Debug, Default, Clone)]
pub struct Shop {
    pub items: Vec<Item>,
    pub levels: Vec<Level>,
    pub offers: Vec<Offer>,
    pub rules: Vec<Rules>,
    pub share: Share,
}

impl Shop {
    pub fn told(text: &str) -> Self {
        let mut shop = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "stock" => shop.stock(rest),
                "rules:" => shop.rules.push(rules(rest)),
                "offer" => shop.offers.push(offer(rest)),
                "divide" => shop.share = Share::Divide,
                kind => shop.items.push(item(kind, rest)),
            }
        }
        shop
    }

    fn stock(&mut self, line: &str) {
        let (location, rows) = line.split_once(": ").unwrap();
        for row in rows.split(", ") {
            let (item, numbers) = row.split_once(' ').unwrap();
            let mut numbers = numbers.split('/').map(number);
            let available = numbers.next().unwrap();
            self.levels.push(Level {
                item: item.to_owned(),
                location: location.to_owned(),
                available,
                on_hand: numbers.next().unwrap_or(available),
                expired: numbers.next().unwrap_or_default(),
            });
        }
    }

    pub fn input(&self) -> Input<'_> {
        Input {
            items: &self.items,
            levels: &self.levels,
            offers: &self.offers,
            rules: &self.rules,
            share: self.share,
        }
    }

    pub fn published(&self) -> Vec<Published> {
        publish(&self.input())
    }

    /// A line for each quantity.
    pub fn shown(&self) -> Vec<String> {
        let one = |one: &Published| {
            let offer = &self.offers[one.offer];
            let also: Vec<&str> = one
                .also
                .iter()
                .map(|at| self.offers[*at].marketplace.as_str())
                .collect();
            let markets = [vec![offer.marketplace.as_str()], also].concat().join("+");
            match &one.result {
                Ok(formula) => format!("{} {markets}: {formula}", offer.sku),
                Err(why) => format!("{} {markets}: {why:?}", offer.sku),
            }
        };
        self.published().iter().map(one).collect()
    }

    /// The quantities alone.
    pub fn quantities(&self) -> Vec<Option<u32>> {
        self.published().iter().map(Published::quantity).collect()
    }
}

/// What a shop publishes, a line for each quantity.
pub fn told(text: &str) -> Vec<String> {
    Shop::told(text).shown()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("“{text}” is not a number"))
}

fn item(kind: &str, rest: &str) -> Item {
    let (head, members) = rest.split_once(": ").unwrap_or((rest, ""));
    let mut words = head.split(' ');
    let mut item = Item::inventory(words.next().unwrap());
    item.kind = match kind {
        "item" => ItemKind::Inventory,
        "kit" => ItemKind::Kit,
        "assembly" => ItemKind::Assembly,
        "goods" => ItemKind::NonInventory,
        "service" => ItemKind::Service,
        "parent" => ItemKind::MatrixParent,
        other => panic!("{other} is not a kind of item"),
    };
    while let Some(word) = words.next() {
        match word {
            "inactive" => item.inactive = true,
            "weight" => item.weight = number(words.next().unwrap()),
            "stated" => item.stated = Some(number(words.next().unwrap())),
            other => panic!("{other}?"),
        }
    }
    let member = |text: &str| {
        let (quantity, item) = text.split_once(' ').unwrap();
        Member {
            item: item.to_owned(),
            quantity: number(quantity),
        }
    };
    item.members = members
        .split(", ")
        .filter(|text| !text.is_empty())
        .map(member)
        .collect();
    item
}

fn rules(rest: &str) -> Rules {
    let mut rules = Rules::default();
    for part in rest.split(", ").filter(|part| !part.is_empty()) {
        let (word, value) = part.split_once(' ').unwrap_or((part, ""));
        match word {
            "at" => rules.locations = value.split(' ').map(str::to_owned).collect(),
            "buffer" => rules.buffer = number(value),
            "percent" => rules.percent = number(value),
            "max" => rules.max = Some(value.parse().unwrap()),
            "least" => rules.min_to_publish = value.parse().unwrap(),
            "totals" => rules.kit_per_location = false,
            "split" => rules.pool = Pool::Split,
            "build" => rules.assembly_buildable = true,
            "ignore-orders" => rules.subtract_unimported = false,
            "no-expired" => rules.exclude_expired = true,
            "on-hand" => rules.basis = Basis::OnHand,
            "stated" => rules.basis = Basis::Stated,
            other => panic!("{other}?"),
        }
    }
    rules
}

fn offer(rest: &str) -> Offer {
    let mut words = rest.split(' ');
    let mut word = || words.next().unwrap();
    let mut offer = Offer::merchant(word(), word(), word());
    "eu:SELLER".clone_into(&mut offer.account);
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap();
        match word {
            "weight" => offer.weight = number(value()),
            "orders" => offer.unimported = value().parse().unwrap(),
            "rules" => offer.rules = value().parse().unwrap(),
            "fba" => offer.channel = Channel::Amazon,
            "unknown" => offer.channel = Channel::Unknown,
            "unlisted" => offer.channel = Channel::NotListed,
            "unified" => offer.unified = Some(Region::Eu),
            "buffer" => offer.own.buffer = Some(number(value())),
            "max" => offer.own.max = Some(value().parse().unwrap()),
            "days" => offer.terms.lead_time_days = Some(value().parse().unwrap()),
            "accepted" => {
                let quantity = value().parse().unwrap();
                offer.accepted = Some(Accepted {
                    quantity,
                    terms: offer.terms,
                });
            }
            factor => offer.factor = number(factor.strip_prefix('x').unwrap()),
        }
    }
    offer
}

//! What really happened: one seeded story, told by Amazon and by NetSuite each in their own way.
//!
//! **Open first:** [`World::open`]; then [`cases`] for the orders that are there for a reason, [`settlement`] for the
//! money, [`company`] for what stands in NetSuite before.

pub mod acts;
pub mod cases;
mod chart;
mod clerk;
pub mod company;
pub mod deferral;
pub mod flatfile;
mod fortnights;
pub mod issued;
pub mod order;
pub mod people;
pub mod placed;
pub mod product;
pub mod rows;
pub mod settlement;
mod shelf;
pub mod shipments;
pub mod shop;
pub mod trade;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::books::OpeningBooks;
use crate::market::{self, Market};
use crate::options::{Company, Options};

use order::{Channel, Order, Parcel};
use settlement::Settlement;
use shop::Shop;
use trade::Trade;

/// The story up to now; later days are told when they come.
pub struct World {
    seed: u64,
    company: Company,
    /// The end of the ready-made history.
    pub epoch: DateTime<Utc>,
    orders: Vec<Order>,
    places: HashMap<String, usize>,
    /// Settlements.
    pub settlements: Vec<Settlement>,
    /// NetSuite before the first sync.
    pub books: OpeningBooks,
    days_told: i64,
    warehouse: bool,
    /// What the seller sells on Amazon.
    pub shop: Shop,
    /// Orders whose units no offer has lost yet, by the time at which they were placed.
    to_come: BTreeSet<(DateTime<Utc>, usize)>,
}

/// Where the seller sells from the beginning.
fn markets(company: Company) -> Vec<&'static Market> {
    match company {
        Company::Everywhere => market::everywhere().collect(),
        Company::Demo | Company::Empty | Company::Large => market::ALL.to_vec(),
    }
}

/// An order that the seller had not shipped a day before the epoch is shipped when NetSuite says so.
fn wait_for_warehouse(order: &mut Order, epoch: DateTime<Utc>) {
    let recent = order.shipped.is_some_and(|at| at > epoch - TimeDelta::days(1));
    if order.channel == Channel::Merchant && recent {
        order.shipped = None;
    }
}

/// Midnight (UTC) before that instant.
pub fn midnight(at: DateTime<Utc>) -> DateTime<Utc> {
    at.date_naive().and_time(NaiveTime::MIN).and_utc()
}

impl World {
    /// Tells the story that the options name; `epoch` is where its ready-made part ends.
    pub fn open(options: &Options, epoch: DateTime<Utc>) -> Self {
        let mut world = Self {
            seed: options.seed,
            company: options.company,
            epoch,
            orders: Vec::new(),
            places: HashMap::new(),
            settlements: Vec::new(),
            books: company::furniture(epoch, &markets(options.company)),
            days_told: 0,
            warehouse: options.warehouse,
            shop: Shop::open(options.seed, epoch, &markets(options.company), options.plain_items),
            to_come: BTreeSet::new(),
        };
        shelf::enter_plain(&mut world.books, options.plain_items);
        match options.company {
            Company::Empty | Company::Everywhere => {}
            Company::Large => world.add(plain(options.seed, epoch, options.orders.unwrap_or(1_000))),
            Company::Demo => world.demo(options),
        }
        world
    }

    /// Every order so far, in the order in which they were told.
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// The order with that number.
    pub fn order(&self, id: &str) -> Option<&Order> {
        self.orders.get(*self.places.get(id)?)
    }

    /// The order with that number, to let something befall it.
    pub fn order_mut(&mut self, id: &str) -> Option<&mut Order> {
        self.orders.get_mut(*self.places.get(id)?)
    }

    fn add(&mut self, mut orders: Vec<Order>) {
        finish(&mut orders);
        for order in orders {
            // The shop of the epoch has sold what was bought before.
            if order.created > self.epoch && !order.outside {
                self.to_come.insert((order.created, self.orders.len()));
            }
            self.places.insert(order.id.clone(), self.orders.len());
            self.orders.push(order);
        }
    }

    /// Whether the seller sells there: from the beginning, or since somebody bought.
    pub fn sells_in(&self, market: &Market) -> bool {
        let home = markets(self.company).iter().any(|known| known.id == market.id);
        home || self.orders.iter().any(|order| order.market.id == market.id)
    }

    fn demo(&mut self, options: &Options) {
        let (mut all, cast) = cases::special(&mut Trade::new(self.seed, "cases"), self.epoch);
        let mut trade = Trade::new(self.seed, "trade");
        let wanted = options.orders.map_or(400_usize.saturating_sub(all.len()), |count| {
            usize::try_from(count).unwrap_or(0)
        });
        for _ in 0..wanted {
            let market = trade.market();
            let channel = if trade.chance.hits(560) {
                Channel::Amazon
            } else {
                Channel::Merchant
            };
            let created = self.epoch - TimeDelta::minutes(trade.chance.between(60, 30 * 24 * 60 - 600));
            all.push(trade.everyday(market, channel, created));
        }
        if options.warehouse {
            for order in &mut all {
                wait_for_warehouse(order, self.epoch);
            }
        }
        self.add(all);
        self.keep_beyond_the_day();
        let all = &self.orders;
        self.settlements = settlement::demo(self.epoch, all, &cast);
        clerk::enter(&mut self.books, all, &cast, self.epoch);
    }

    /// Two orders of the United Kingdom, where no ready-made settlement stands, left long ago and are not paid out.
    fn keep_beyond_the_day(&mut self) {
        let left = self.epoch - TimeDelta::days(16)..self.epoch - TimeDelta::days(11);
        let ordinary = |order: &&mut Order| {
            let kind = order.market.code == "UK" && !order.outside && !order.is_replacement();
            kind && order.cancelled.is_none() && order.shipped.is_some_and(|at| left.contains(&at))
        };
        for order in self.orders.iter_mut().filter(ordinary).take(2) {
            order.withheld = true;
        }
    }

    /// Tells everything that has happened by then.
    pub fn tell_until(&mut self, now: DateTime<Utc>) {
        self.tell_days(now);
        self.keep_shop(now);
    }

    /// Orders take their units off the offers, and changes come into effect, each at its time.
    fn keep_shop(&mut self, now: DateTime<Utc>) {
        while let Some((at, place)) = self.to_come.first().copied().filter(|(at, _)| *at <= now) {
            self.to_come.remove(&(at, place));
            self.shop.settle(at);
            let order = &self.orders[place];
            let amazon_ships = order.channel == Channel::Amazon;
            for line in &order.lines {
                self.shop
                    .sell(order.market, &line.sku, amazon_ships, i64::from(line.quantity), at);
            }
        }
        self.shop.settle(now);
    }

    /// Tells every day that has begun by then. Days after the epoch bring a few orders each.
    fn tell_days(&mut self, now: DateTime<Utc>) {
        if self.company != Company::Demo {
            return;
        }
        let begun = (now - self.epoch).num_days().saturating_add(1).clamp(0, 400);
        while self.days_told < begun {
            let mut trade = Trade::new(self.seed, &format!("day {}", self.days_told));
            let morning = self.epoch + TimeDelta::days(self.days_told);
            let mut fresh = Vec::new();
            for _ in 0..trade.chance.between(7, 12) {
                let market = trade.market();
                let channel = if trade.chance.hits(560) {
                    Channel::Amazon
                } else {
                    Channel::Merchant
                };
                let created = morning + TimeDelta::minutes(trade.chance.between(0, 24 * 60 - 1));
                let mut order = trade.everyday(market, channel, created);
                if self.warehouse {
                    wait_for_warehouse(&mut order, self.epoch);
                }
                fresh.push(order);
            }
            self.add(fresh);
            self.days_told += 1;
        }
        self.close_settlements(now);
    }
}

/// Plain US orders in one window of nine days, half unshipped and the seller's, half shipped by Amazon.
fn plain(seed: u64, epoch: DateTime<Utc>, count: u32) -> Vec<Order> {
    let mut trade = Trade::new(seed, "large");
    (0..count)
        .map(|number| {
            let channel = if number % 2 == 0 {
                Channel::Merchant
            } else {
                Channel::Amazon
            };
            let created = epoch - TimeDelta::minutes(trade.chance.between(3 * 24 * 60, 12 * 24 * 60));
            let mut order = trade.everyday(&market::US, channel, created);
            if channel == Channel::Merchant {
                order.shipped = None;
            }
            order
        })
        .collect()
}

/// Puts orders into the order of time, gives each number to one order only, and a parcel to each that was shipped by
/// the seller.
fn finish(orders: &mut Vec<Order>) {
    let mut seen = BTreeSet::new();
    orders.retain(|order| seen.insert(order.id.clone()));
    orders.sort_by(|left, right| (left.created, &left.id).cmp(&(right.created, &right.id)));
    for order in orders {
        let Some(at) = order
            .shipped
            .filter(|_| order.channel == Channel::Merchant && order.parcels.is_empty())
        else {
            continue;
        };
        let content = order
            .lines
            .iter()
            .filter(|line| line.wanted() > 0)
            .map(|line| (line.id.clone(), line.wanted()))
            .collect();
        let (carrier, service) = match order.market.code {
            "US" => ("UPS", "Ground"),
            "UK" => ("Royal Mail", "Tracked 48"),
            "DE" => ("DHL", "Paket"),
            _ => ("YamatoTransport", "TA-Q-BIN"),
        };
        order.parcels.push(Parcel {
            reference: "1".to_owned(),
            accepted: at,
            confirmed: at,
            replaced: None,
            shipped: at - TimeDelta::minutes(40),
            carrier: carrier.to_owned(),
            service: Some(service.to_owned()),
            tracking: crate::chance::name_of(&[&order.id, "tracking"])[..12].to_uppercase(),
            content,
        });
    }
}

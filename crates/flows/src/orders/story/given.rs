//! What a story's lines mean.

use amazon::marketplaces::{self, PriceBasis};
use amazon::orders::{
    Associated, Association, Breakdown, Channel as Source, Charge, CollectionModel, FulfilledBy, Program, TaxCollection,
};
use amazon::{OrderStatus, Sensitive};
use domain::{Currency, Money};
use netsuite::{RecordId, RecordType};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::flow::{Decision, Flow};
use crate::local::Sent;
use crate::orders::accepted::state;
use crate::orders::apart::numbered;
use crate::orders::customers::{CustomerFound, email_hash, lives_at, stands_at};
use crate::orders::fba_orders::FbaOrders;
use crate::orders::mfn_orders::MfnOrders;
use crate::orders::sample;
use crate::orders::seen::{ClosedPeriod, KnownRecord, RecordLine, Seen, Subject, Withheld};
use crate::rules::{Channel, ItemFound, ItemLink, Profile, Rules};

pub(super) struct Story {
    pub(super) seen: Seen,
    pub(super) rules: Rules,
    currency: Currency,
    inclusive: bool,
    total_given: bool,
    /// Lines that a person changed: number, units, amount.
    edited: Vec<(u32, Decimal, Decimal)>,
    /// Units of lines that left, and that were billed.
    shipped: Vec<(u32, Decimal)>,
    billed: Vec<(u32, Decimal)>,
}

impl Story {
    fn new() -> Self {
        let mut rules = Rules::new(sample::noon());
        for known in marketplaces::ALL.iter().filter(|one| one.is_supported()) {
            let profile = Profile {
                id: known.id.into(),
                country: known.country.into(),
                account: "eu:A1".into(),
                currency: known.currency(),
                zone: known.zone,
                settlement_name: String::new(),
                tax_inclusive: known.price_basis == PriceBasis::TaxInclusive,
                go_live: "2026-10-01".parse().ok(),
            };
            rules.marketplaces.insert(known.id.into(), profile);
        }
        for (key, value) in [
            ("location.fba", "FBA"),
            ("orders.item_discount_item", "discount"),
            ("orders.shipping_item", "shipping"),
            ("orders.shipping_discount_item", "shipping-discount"),
            ("orders.giftwrap_item", "gift-wrap"),
            ("orders.other_charge_item", "other"),
            ("tax.item", "tax"),
            ("acct.clearing", "clearing"),
            ("orders.ship_method_default", "post"),
            ("customer.mfn.default", "88"),
            ("customer.fba.default", "88"),
            // Where an order tells no tax, this seller owes none.
            ("tax.rate", "0"),
        ] {
            rules.options.set("", key, value);
        }
        let seen = Seen {
            order: sample::empty("028-1", sample::noon()),
            records: Vec::new(),
            items: Vec::new(),
            currency: Some(RecordId("4".into())),
            customers: Vec::new(),
            closed: None,
            written: None,
            settled: None,
            withheld: Withheld::default(),
            shipped: None,
            sent: Vec::new(),
        };
        Self {
            seen,
            rules,
            currency: Currency::EUR,
            inclusive: true,
            total_given: false,
            edited: Vec::new(),
            shipped: Vec::new(),
            billed: Vec::new(),
        }
    }

    pub(super) fn told(given: &str) -> Self {
        let mut story = Self::new();
        let lines = given.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.for_each(|line| story.take(line));
        story.close();
        story
    }

    pub(super) fn decide(mut self, channel: Channel) -> Decision {
        let order = &self.seen.order;
        if let Some(accepted) = self.rules.adopted.get_mut(&order.id).filter(|one| one.state.is_empty()) {
            let record = self.seen.records.iter().find(|record| record.id == accepted.id);
            accepted.state = record.map(|record| state(order, record)).unwrap_or_default();
        }
        let subject = Subject::Order(self.seen);
        match channel {
            Channel::Mfn => MfnOrders::decide(&subject, &self.rules),
            Channel::Fba => FbaOrders::decide(&subject, &self.rules),
        }
    }

    /// The record has the lines that were sent, numbered as NetSuite does, as the last change and people left them.
    pub(super) fn number_lines(&mut self, shipment: Option<u32>, sent: &Sent) {
        let items = sent.create["item"]["items"].as_array().unwrap();
        let changes = sent.change["item"]["items"].as_array();
        let lines = (1..).zip(items).map(|(line, item)| {
            let change = changes.and_then(|all| all.iter().find(|change| change["line"] == line));
            let told = change.unwrap_or(item);
            let edited = self.edited.iter().find(|(number, ..)| *number == line);
            let counted = |list: &[(u32, Decimal)]| {
                let found = list.iter().find(|(number, _)| *number == line);
                found.map(|(_, units)| *units).unwrap_or_default()
            };
            RecordLine {
                shipped: counted(&self.shipped),
                billed: counted(&self.billed),
                line,
                item: RecordId(item["item"]["id"].as_str().unwrap().into()),
                quantity: edited.map_or_else(|| number(&told["quantity"]), |(_, units, _)| *units),
                amount: edited.map_or_else(|| number(&told["amount"]), |(.., amount)| *amount),
            }
        });
        let lines: Vec<_> = lines.collect();
        let order = self.seen.order.id.as_str();
        let of = |record: &KnownRecord| record.external_id.as_deref().and_then(|name| numbered(order, name));
        let own = self.seen.records.iter_mut().filter(|record| of(record) == shipment);
        own.for_each(|record| record.lines.clone_from(&lines));
    }

    fn take(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if self.earlier(word, rest) {
            return;
        }
        match word {
            "order" => self.order(rest),
            "bought" => self.seen.order.created = rest.parse().unwrap(),
            "changed" => self.seen.order.updated = rest.parse().unwrap(),
            "total" => {
                self.total_given = true;
                self.seen.order.grand_total = Some(self.money(rest));
            }
            "tax" => self.inclusive = rest == "inside",
            "service" => self.seen.order.service_level = Some(rest.into()).filter(|level| level != "none"),
            "replaces" => self.seen.order.associated.push(Associated {
                order_id: rest.into(),
                how: Association::ReplacementOf,
            }),
            "exchanges" => self.seen.order.associated.push(Associated {
                order_id: rest.into(),
                how: Association::ExchangeOf,
            }),
            "program" => self.seen.order.programs.push(Program::from(rest)),
            "currency" => self.currency = rest.parse().unwrap(),
            "no-total" => self.total_given = true,
            "marketplace" => self.seen.order.marketplace_id = Some(rest.into()),
            "asks-to-cancel" => self.seen.order.items[0].cancel_requested_by = Some("BUYER".into()),
            "ship-by" => self.seen.order.ship_by.latest = Some(rest.parse().unwrap()),
            "not-amazon" => self.seen.order.channel = Source::NonAmazon,
            "link" => self.link(rest),
            "set" => {
                let (key, value) = rest.split_once(" = ").unwrap();
                self.rules
                    .options
                    .set("", key, if value == "nothing" { "" } else { value });
            }
            "go-live" => self
                .rules
                .marketplaces
                .values_mut()
                .for_each(|one| one.go_live = rest.parse().ok()),
            "map" => crate::targets::story::map(&mut self.rules, rest),
            "stands-in" => self.stands_in(rest),
            "closed" => {
                let (name, open) = rest.split_once(" until ").unwrap();
                self.seen.closed = Some(ClosedPeriod {
                    name: name.into(),
                    first_open: open.parse().ok(),
                });
            }
            "netsuite" => self.netsuite(rest),
            _ if self.takes_place(word, rest) => (),
            _ => self.item(line),
        }
    }

    /// An item that a person lets stand in on this order.
    fn stands_in(&mut self, item: &str) {
        let order = self.seen.order.id.clone();
        self.rules.placeholders.insert(order, RecordId(item.into()));
    }

    /// `028-1 unshipped DE`.
    fn order(&mut self, rest: &str) {
        let words: Vec<&str> = rest.split(' ').collect();
        let known = marketplaces::by_country(words[2]).unwrap();
        let order = &mut self.seen.order;
        order.id = words[0].into();
        order.status = OrderStatus::from(words[1].to_uppercase());
        order.marketplace_id = Some(known.id.into());
        order.fulfilled_by = Some(FulfilledBy::Merchant);
        self.currency = known.currency();
        self.inclusive = known.price_basis == PriceBasis::TaxInclusive;
    }

    fn money(&self, text: &str) -> Money {
        Money::new(text.parse().unwrap(), self.currency)
    }

    /// `2 × MUG-BLUE 25.00, shipping 4.90, off 2.00, tax 4.77 by amazon`.
    fn item(&mut self, line: &str) {
        let (quantity, rest) = line.split_once(" × ").unwrap_or_else(|| panic!("what is “{line}”?"));
        let mut parts = rest.split(", ");
        let (sku, price) = parts.next().unwrap().split_once(' ').unwrap_or((rest, ""));
        let number = self.seen.order.items.len() + 1;
        let mut item = sample::item(
            &number.to_string(),
            sku,
            &format!("Title of {sku}"),
            quantity.parse().unwrap(),
        );
        let mut details: [Vec<(Charge, Money)>; 2] = [Vec::new(), Vec::new()];
        if !price.is_empty() {
            item.breakdowns.push(breakdown(Charge::Item, self.money(price)));
        }
        for part in parts {
            let words: Vec<&str> = part.split(' ').collect();
            match words[0] {
                "shipping" => item.breakdowns.push(breakdown(Charge::Shipping, self.money(words[1]))),
                "wrap" => item.breakdowns.push(breakdown(Charge::GiftWrap, self.money(words[1]))),
                "cod" => item.breakdowns.push(breakdown(Charge::CodFee, self.money(words[1]))),
                "off" => details[0].push((Charge::Item, self.money(words[1]))),
                "shipping-off" => details[0].push((Charge::Shipping, self.money(words[1]))),
                "tax" => {
                    details[1].push((Charge::Item, self.money(words[1])));
                    if words.get(3) == Some(&"amazon") {
                        let model = CollectionModel::MarketplaceFacilitator;
                        item.tax_collections = vec![TaxCollection {
                            model,
                            responsible: Some("Amazon".into()),
                        }];
                    }
                }
                "shipping-tax" => details[1].push((Charge::Shipping, self.money(words[1]))),
                "message" => item.gift_message = Some(Sensitive::new(words[1..].join(" "))),
                "asin" => item.asin = Some(words[1].into()),
                "points" => item.points_granted = Some(self.money(words[1])),
                "customised" => item.customization_url = Some(Sensitive::new(words[1].into())),
                "promotion" => item.promotion_ids.push(words[1].into()),
                other => panic!("what is “{other}”?"),
            }
        }
        for (kind, parts) in [Charge::Discount, Charge::Tax].into_iter().zip(details) {
            if !parts.is_empty() {
                let subtotal = parts
                    .iter()
                    .fold(Money::zero(self.currency), |sum, (_, part)| sum.plus(*part).unwrap());
                item.breakdowns.push(Breakdown {
                    kind,
                    subtotal,
                    details: parts,
                });
            }
        }
        self.seen.order.items.push(item);
    }

    fn link(&mut self, rest: &str) {
        let words: Vec<&str> = rest.split(' ').collect();
        let factor = words.get(4).map_or(1, |factor| factor.parse().unwrap());
        self.rules.item_links.push(ItemLink {
            sku: words[0].into(),
            marketplace: None,
            item: RecordId(words[2].to_lowercase()),
            factor,
        });
    }

    fn netsuite(&mut self, rest: &str) {
        let words: Vec<&str> = rest.split(' ').collect();
        match words.as_slice() {
            ["item", name, state @ ..] => self.seen.items.push(ItemFound {
                id: RecordId(name.to_lowercase()),
                name: name.replace('␣', " "),
                also: Vec::new(),
                kind: if state == ["kit"] { "Kit" } else { "InvtPart" }.into(),
                inactive: state == ["inactive"],
                parent: state == ["parent"],
                asin: state.strip_prefix(&["asin"]).map(<[&str]>::concat),
            }),
            ["no", "currency"] => self.seen.currency = None,
            // netsuite currencies of 88 1 4
            ["currencies", "of", id, listed @ ..] => {
                let listed = listed.iter().map(|id| RecordId((*id).into())).collect();
                self.customer(id).currencies = Some(listed);
            }
            ["customer", id, "is", "inactive"] => self.customer(id).inactive = true,
            // netsuite home 700 Mary Smith|12345|1 High St
            ["home", id, rest @ ..] => {
                let rest = rest.join(" ");
                let parts: Vec<&str> = rest.split('|').collect();
                let customer = self.seen.customers.iter_mut().find(|one| one.id.0 == *id).unwrap();
                customer.lives_at.push(lives_at(parts[0], parts[1]));
                let streets = customer.addresses.get_or_insert_default();
                streets.extend(parts.get(2).map(|street| stands_at(street, parts[1])));
            }
            // netsuite edited 1 2 × 9.50
            ["edited", line, units, "×", amount] => {
                let edited = (line.parse().unwrap(), units.parse().unwrap(), amount.parse().unwrap());
                self.edited.push(edited);
            }
            // netsuite shipped 2 of 1
            ["shipped", units, "of", line] => self.shipped.push((line.parse().unwrap(), units.parse().unwrap())),
            ["billed", units, "of", line] => self.billed.push((line.parse().unwrap(), units.parse().unwrap())),
            ["put-back", state] => {
                let order = self.seen.order.id.clone();
                self.rules.put_back.insert(order, (*state).into());
            }
            ["customer", id, email, "of", subsidiary] => {
                self.netsuite(&format!("customer {id} {email}"));
                let customer = self.seen.customers.last_mut().unwrap();
                customer.subsidiaries = vec![RecordId((*subsidiary).into())];
            }
            ["customer", id, email] => self.seen.customers.push(CustomerFound {
                id: RecordId((*id).into()),
                external_id: None,
                own_currency: None,
                currencies: None,
                chosen: false,
                shared_name: None,
                email_hash: Some(email_hash(email)),
                subsidiaries: Vec::new(),
                lives_at: Vec::new(),
                addresses: None,
                inactive: false,
            }),
            // netsuite shipment 1 invoice 4711 A 29.90 customer 88
            ["shipment", number, record, id, status, total, "customer", customer] => {
                self.netsuite(&format!("ours {record} {id} {status} {total} customer {customer}"));
                let name = format!("AZN-IV-{}-{number}", self.seen.order.id);
                self.seen.records.last_mut().unwrap().external_id = Some(name);
            }
            // netsuite ours|by-hand salesOrder 4711 B 29.90 customer 88
            [by, record, id, status, total, "customer", customer] => {
                let record: RecordType = serde_json::from_value(Value::String((*record).into())).unwrap();
                let ours = format!("AZN-SO-{}", self.seen.order.id);
                self.seen.records.push(KnownRecord {
                    record,
                    id: RecordId((*id).into()),
                    number: format!("NO{id}"),
                    external_id: (*by == "ours").then_some(ours),
                    status: (*status).into(),
                    customer: Some(RecordId((*customer).into())),
                    currency: Some(self.currency),
                    total: total.parse().unwrap(),
                    lines: (1..=2)
                        .map(|line| RecordLine {
                            line,
                            item: RecordId("lamp".into()),
                            quantity: Decimal::ONE,
                            amount: Decimal::ZERO,
                            shipped: Decimal::ZERO,
                            billed: Decimal::ZERO,
                        })
                        .collect(),
                });
            }
            other => panic!("what is {other:?}?"),
        }
    }

    /// A customer of NetSuite's, which is there from now on.
    fn customer(&mut self, id: &str) -> &mut CustomerFound {
        let known = self.seen.customers.iter().position(|one| one.id.0 == id);
        if known.is_none() {
            self.netsuite(&format!("customer {id} nobody@example.com"));
        }
        let index = known.unwrap_or(self.seen.customers.len() - 1);
        &mut self.seen.customers[index]
    }

    /// Unless told otherwise the order's total is the sum of what stands in it.
    fn close(&mut self) {
        if self.total_given {
            return;
        }
        let mut sum = Money::zero(self.currency);
        for item in &self.seen.order.items {
            for part in &item.breakdowns {
                let amount = match part.kind {
                    Charge::Discount => part.subtotal.negated(),
                    Charge::Tax if self.inclusive => continue,
                    _ => part.subtotal,
                };
                sum = sum.plus(amount).unwrap();
            }
        }
        let priced = self.seen.order.items.iter().any(|item| !item.breakdowns.is_empty());
        self.seen.order.grand_total = priced.then_some(sum);
    }
}

fn number(value: &Value) -> Decimal {
    value
        .as_number()
        .map_or(Decimal::ZERO, |number| number.to_string().parse().unwrap())
}

fn breakdown(kind: Charge, subtotal: Money) -> Breakdown {
    Breakdown {
        kind,
        subtotal,
        details: Vec::new(),
    }
}

//! A short text describes what was seen; the decision comes back as text (architecture §11).
//!
//! ```text
//! order 028-1 unshipped DE
//! 2 × MUG-BLUE 25.00, shipping 4.90, off 2.00, tax 4.77 by amazon
//! netsuite item MUG-BLUE
//! set orders.merge_shipping = off
//! ```

use amazon::orders::{
    Address, Associated, Association, Breakdown, Channel as Source, Charge, CollectionModel, FulfilledBy, Program,
    TaxCollection,
};
use amazon::{OrderStatus, Sensitive};
use domain::{Currency, Money};
use netsuite::{RecordId, RecordType};
use rust_decimal::Decimal;
use serde_json::Value;

use super::customers::{CustomerFound, email_hash};
use super::fba_orders::FbaOrders;
use super::mfn_orders::MfnOrders;
use super::sample;
use super::seen::{ClosedPeriod, KnownRecord, Seen, Subject};
use crate::flow::{Decision, Flow, Instead, Step, Write};
use crate::rules::{Channel, ItemFound, ItemLink, Profile, Rules};

/// Compares the decision about what is given with what is expected, line by line.
#[track_caller]
pub fn check(channel: Channel, given: &str, expect: &str) {
    let told = tell(&decide(channel, given));
    let tidy = |text: &str| {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(tidy(&told), tidy(expect), "given\n{given}");
}

/// The decision about what is given.
pub fn decide(channel: Channel, given: &str) -> Decision {
    let mut story = Story::new();
    given
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .for_each(|line| story.take(line));
    story.close();
    let subject = Subject::Order(story.seen);
    match channel {
        Channel::Mfn => MfnOrders::decide(&subject, &story.rules),
        Channel::Fba => FbaOrders::decide(&subject, &story.rules),
    }
}

struct Story {
    seen: Seen,
    rules: Rules,
    currency: Currency,
    inclusive: bool,
    total_given: bool,
}

const MARKETS: [(&str, &str, &str, chrono_tz::Tz, bool); 5] = [
    ("US", "ATVPDKIKX0DER", "USD", chrono_tz::America::Los_Angeles, false),
    ("DE", "A1PA6795UKMFR9", "EUR", chrono_tz::Europe::Berlin, true),
    ("UK", "A1F83G8C2ARO7P", "GBP", chrono_tz::Europe::London, true),
    ("JP", "A1VC38T7YXB528", "JPY", chrono_tz::Asia::Tokyo, true),
    ("MX", "A1AM78C64UM0Y8", "MXN", chrono_tz::America::Los_Angeles, true),
];

impl Story {
    fn new() -> Self {
        let mut rules = Rules::new(sample::noon());
        for (country, id, currency, zone, tax_inclusive) in MARKETS {
            let profile = Profile {
                id: id.into(),
                country: country.into(),
                account: "eu:A1".into(),
                currency: currency.parse().unwrap(),
                zone,
                settlement_name: String::new(),
                tax_inclusive,
                go_live: "2026-10-01".parse().ok(),
            };
            rules.marketplaces.insert(id.into(), profile);
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
        };
        Self {
            seen,
            rules,
            currency: Currency::EUR,
            inclusive: true,
            total_given: false,
        }
    }

    fn take(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
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
            "business" => {
                self.seen.order.programs.push(Program::AmazonBusiness);
                self.seen.order.buyer.purchase_order = Some(rest.into());
            }
            "buyer" => {
                let (email, name) = rest.split_once(' ').unwrap();
                self.seen.order.buyer.email = Some(Sensitive::new(email.into()));
                self.seen.order.address = Some(Address {
                    name: Some(Sensitive::new(name.into())),
                    ..Address::default()
                });
            }
            "replaces" => self.seen.order.associated.push(Associated {
                order_id: rest.into(),
                how: Association::ReplacementOf,
            }),
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
            "accepted" => {
                self.rules
                    .adopted
                    .insert(self.seen.order.id.clone(), RecordId(rest.into()));
            }
            "closed" => {
                let (name, open) = rest.split_once(" until ").unwrap();
                self.seen.closed = Some(ClosedPeriod {
                    name: name.into(),
                    first_open: open.parse().ok(),
                });
            }
            "netsuite" => self.netsuite(rest),
            _ => self.item(line),
        }
    }

    /// `028-1 unshipped DE`.
    fn order(&mut self, rest: &str) {
        let words: Vec<&str> = rest.split(' ').collect();
        let (country, id, currency, _, inclusive) = *MARKETS.iter().find(|market| market.0 == words[2]).unwrap();
        let order = &mut self.seen.order;
        order.id = words[0].into();
        order.status = OrderStatus::from(words[1].to_uppercase());
        order.marketplace_id = Some(id.into());
        order.fulfilled_by = Some(FulfilledBy::Merchant);
        self.currency = currency.parse().unwrap();
        self.inclusive = inclusive && country != "US";
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
                name: (*name).into(),
                kind: "InvtPart".into(),
                inactive: state == ["inactive"],
                parent: state == ["parent"],
            }),
            ["no", "currency"] => self.seen.currency = None,
            ["customer", id, email] => self.seen.customers.push(CustomerFound {
                id: RecordId((*id).into()),
                external_id: None,
                shared_name: None,
                email_hash: Some(email_hash(email)),
                inactive: false,
            }),
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
                    lines: vec![1, 2],
                });
            }
            other => panic!("what is {other:?}?"),
        }
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

fn breakdown(kind: Charge, subtotal: Money) -> Breakdown {
    Breakdown {
        kind,
        subtotal,
        details: Vec::new(),
    }
}

/// A decision as readable text.
fn tell(decision: &Decision) -> String {
    match decision {
        Err(Instead::Skip { reason }) => format!("skip {}", reason.id),
        Err(Instead::Wait { reason }) => format!("wait {}", reason.id),
        Err(Instead::Ask { problems }) => {
            let mut lines: Vec<String> = problems
                .iter()
                .map(|problem| format!("ask {}", problem.cause))
                .collect();
            lines.sort();
            lines.join("\n")
        }
        Ok(steps) => steps.iter().map(tell_step).collect::<Vec<_>>().join("\n"),
    }
}

fn tell_step(step: &Step) -> String {
    let mut told = match &step.write {
        Write::Local(write) => {
            return format!(
                "keep {}",
                serde_json::to_value(write).unwrap()["keep"].as_str().unwrap()
            );
        }
        Write::NetSuite(netsuite::Write::Create {
            record,
            external_id,
            body,
        }) => {
            format!("create {} {external_id}\n{}", word(*record), tell_body(body))
        }
        Write::NetSuite(netsuite::Write::Transform {
            to, external_id, body, ..
        }) => {
            format!("transform into {} {external_id}\n{}", word(*to), tell_body(body))
        }
        Write::NetSuite(netsuite::Write::Update { record, body, .. }) => format!("update {}\n{body}", word(*record)),
        Write::NetSuite(netsuite::Write::Delete { record, .. }) => format!("delete {}", word(*record)),
    };
    for need in &step.needs {
        told = format!("{told}\nneeds {need}");
    }
    if let Some(crate::flow::Expect::Total { total, tolerance }) = &step.expect {
        told = format!("{told}\ntotal {total} ± {tolerance}");
    }
    told
}

fn word(record: RecordType) -> String {
    serde_json::to_value(record).unwrap().as_str().unwrap().to_owned()
}

fn tell_body(body: &Value) -> String {
    let mut lines = Vec::new();
    for field in [
        "entity",
        "tranDate",
        "otherRefNum",
        "orderStatus",
        "shipMethod",
        "account",
        "shippingCost",
        "companyName",
        "lastName",
    ] {
        match &body[field] {
            Value::Null => (),
            Value::Object(reference) => lines.push(format!(
                "{field} {}",
                reference.values().next().unwrap().as_str().unwrap()
            )),
            Value::String(text) => lines.push(format!("{field} {text}")),
            other => lines.push(format!("{field} {other}")),
        }
    }
    for line in body["item"]["items"].as_array().into_iter().flatten() {
        lines.push(tell_line(line));
    }
    for tax in body["taxDetails"]["items"].as_array().into_iter().flatten() {
        lines.push(format!(
            "tax {} on {} = {}",
            tax["taxCode"]["id"].as_str().unwrap(),
            tax["taxBasis"],
            tax["taxAmount"]
        ));
    }
    lines.join("\n")
}

fn tell_line(line: &Value) -> String {
    let item = line["item"]["id"].as_str().unwrap();
    let amount = line["amount"].to_string();
    let Some(quantity) = line["quantity"].as_number() else {
        return format!("{item} {amount}");
    };
    let (units, rate): (Decimal, Decimal) = (
        quantity.to_string().parse().unwrap(),
        line["rate"].to_string().parse().unwrap(),
    );
    let exact: Decimal = amount.parse().unwrap();
    let at = if units * rate == exact {
        String::new()
    } else {
        format!(" at {rate}")
    };
    format!("{units} × {item} {amount}{at}")
}

//! Orders to bill as text, for the tests.

use amazon::orders::{Associated, Association};
use chrono::NaiveDate;
use domain::{Currency, Money};
use netsuite::queries::Member;
use netsuite::{BilledTax, LineTax, RecordId, RecordType};
use rust_decimal::Decimal;
use serde_json::Value;

use super::bills::Bills;
use super::sample;
use super::seen::{Billable, Written};
use crate::flow::{Decision, Expect, Flow, Instead, Write};
use crate::fulfilments::{left_line, order_line};
use crate::local::Made;
use crate::orders::seen::ClosedPeriod;
use crate::rules::{Accepted, Profile, Rules};

/// What stands there.
pub struct Story {
    /// What the flow sees.
    pub seen: Billable,
    /// The seller's choices.
    pub rules: Rules,
}

/// Reads a story. Lines: `status F`, `line 3 × MUG 30.00`, `discount -3.00`, `charge 4.90`, `left 77 on 2026-11-13: 2 of 1`,
/// `billed 1 of 1`, `bill INV7 20.00`, `bill INV7 20.00 as AZN-BIV-028-1-77`, `standalone INV7 20.00`,
/// `made AZN-BIV-028-1 for 20.00`, `accepted INV7`, `amazon CANCELLED`, `open NETSUITE_EDITED`, `closes 1`, `wrote 29.90`,
/// `grand 29.90`, `head 4.90` (shipping in the head), `tax 1.00 on 1`, `adds 1.00` (beside the lines), `kit SET of 2 × CUP`,
/// `packed 2 × CUP of 1`, `closed 2026-11-13 until 2026-12-01`, `method 5`, `set key = value`,
/// `map billing FIELD = SOURCE` (a row of the seller's own).
pub fn story(text: &str) -> Story {
    let mut seen = sample::billable();
    seen.order.id = "028-1".into();
    seen.lines.clear();
    seen.left.clear();
    seen.document.total = Decimal::ZERO;
    seen.order.grand_total = None;
    let mut story = Story { seen, rules: rules() };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        story.read(line);
    }
    story
}

fn rules() -> Rules {
    let mut rules = Rules::new("2026-11-14T12:00:00Z".parse().unwrap());
    let id = "A1PA6795UKMFR9";
    let profile = Profile {
        id: id.into(),
        country: "DE".into(),
        account: "eu:A1SELLER".into(),
        currency: domain::Currency::EUR,
        zone: chrono_tz::Europe::Berlin,
        settlement_name: "Amazon.de".into(),
        tax_inclusive: true,
        go_live: NaiveDate::from_ymd_opt(2026, 1, 1),
    };
    rules.marketplaces.insert(id.into(), profile);
    for key in ["acct.clearing", "orders.shipping_item"] {
        rules.options.set("", key, key);
    }
    rules
}

impl Story {
    fn read(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "status" => rest.clone_into(&mut self.seen.document.status),
            "line" => {
                let (count, rest) = rest.split_once(" × ").unwrap();
                let (name, amount) = rest.split_once(' ').unwrap();
                self.line(name, "InvtPart", Some(count.parse().unwrap()), amount);
            }
            "discount" => self.line("discount", "Discount", None, rest),
            "charge" => self.line("orders.shipping_item", "OthCharge", Some(1), rest),
            "left" => {
                let (head, units) = rest.split_once(": ").unwrap();
                let (id, day) = head.split_once(" on ").unwrap();
                let lines = units.split(", ").map(|part| {
                    let (count, number) = part.split_once(" of ").unwrap();
                    left_line(number.parse().unwrap(), "item", count.parse().unwrap())
                });
                let left = sample::left(id, day.parse().unwrap(), lines.collect());
                self.seen.left.push(left);
            }
            "billed" => {
                let (count, number) = rest.split_once(" of ").unwrap();
                let number: usize = number.parse().unwrap();
                self.seen.lines[number - 1].billed = count.parse().unwrap();
            }
            "bill" => {
                let (head, name) = rest
                    .split_once(" as ")
                    .map_or((rest, None), |(head, name)| (head, Some(name)));
                let (number, total) = head.split_once(' ').unwrap();
                let mut bill = sample::known(number, RecordType::Invoice, number, "A", total.parse().unwrap());
                bill.external_id = name.map(str::to_owned);
                self.seen.bills.push(bill);
            }
            "amazon" => self.seen.order.status = rest.into(),
            "open" => self.seen.open.push(rest.into()),
            "replaces" => self.seen.order.associated.push(Associated {
                order_id: rest.into(),
                how: Association::ReplacementOf,
            }),
            "closed" => {
                let (day, open) = rest.split_once(" until ").unwrap();
                let closed = ClosedPeriod {
                    name: "Nov 2026".into(),
                    first_open: open.parse().ok(),
                };
                self.seen.closed.insert(day.parse().unwrap(), closed);
            }
            "map" => crate::targets::story::map(&mut self.rules, rest),
            "method" => self.seen.payment_method = Some(RecordId(rest.into())),
            "set" => {
                let (key, value) = rest.split_once(" =").unwrap();
                self.rules.options.set("", key, value.trim());
            }
            _ => self.read_more(word, rest),
        }
    }

    fn read_more(&mut self, word: &str, rest: &str) {
        match word {
            "closes" => {
                let number: usize = rest.parse().unwrap();
                self.seen.lines[number - 1].closed = true;
            }
            "grand" => {
                let total = Money::new(rest.parse().unwrap(), Currency::EUR);
                self.seen.order.grand_total = Some(total);
            }
            "wrote" => {
                let total = Money::new(rest.parse().unwrap(), Currency::EUR);
                self.written().total = Some((total, Decimal::new(2, 2)));
            }
            "head" => {
                let shipping: Decimal = rest.parse().unwrap();
                self.written().shipping = shipping;
                self.seen.document.total += shipping;
            }
            "tax" => {
                let (amount, number) = rest.split_once(" on ").unwrap();
                let (amount, number): (Decimal, u32) = (amount.parse().unwrap(), number.parse().unwrap());
                let tax = BilledTax {
                    reference: format!("LINE{number}"),
                    tax: LineTax {
                        tax_type: RecordId("7".into()),
                        code: RecordId("9".into()),
                        basis: Decimal::ZERO,
                        rate: Decimal::TEN,
                        amount,
                    },
                };
                self.written().taxes.insert(number, tax);
                self.seen.document.total += amount;
            }
            "adds" => self.seen.document.total += rest.parse::<Decimal>().unwrap(),
            "kit" => {
                let (kit, rest) = rest.split_once(" of ").unwrap();
                let (count, item) = rest.split_once(" × ").unwrap();
                self.seen.lines.iter_mut().find(|line| line.name == kit).unwrap().kind = "Kit".into();
                self.seen.members.push(Member {
                    kit: RecordId(kit.into()),
                    item: RecordId(item.into()),
                    quantity: count.parse().unwrap(),
                });
            }
            "packed" => {
                let (count, rest) = rest.split_once(" × ").unwrap();
                let (item, number) = rest.split_once(" of ").unwrap();
                let mut line = left_line(0, item, count.parse().unwrap());
                line.order_line = None;
                line.kit = Some(number.parse().unwrap());
                self.seen.left.last_mut().unwrap().lines.push(line);
            }
            "made" => {
                let (name, total) = rest.split_once(" for ").unwrap();
                self.seen.made.push(Made {
                    name: name.into(),
                    id: name.into(),
                    at: self.rules.now - chrono::Duration::hours(1),
                    total: Some((Money::new(total.parse().unwrap(), Currency::EUR), Decimal::new(2, 2))),
                    settled: true,
                });
            }
            "accepted" => {
                let is_order = self.seen.document.id.0 == rest;
                let accepted = Accepted {
                    id: RecordId(rest.into()),
                    state: if is_order {
                        String::new()
                    } else {
                        self.seen.billed().normalize().to_string()
                    },
                };
                let (order, rules) = ("028-1".to_owned(), &mut self.rules);
                if is_order {
                    rules.adopted.insert(order, accepted);
                } else {
                    rules.adopted_bills.insert(order, accepted);
                }
            }
            "standalone" => {
                let (number, total) = rest.split_once(' ').unwrap();
                let bill = sample::known(number, RecordType::Invoice, number, "A", total.parse().unwrap());
                self.seen.standalone.push(bill);
            }
            other => panic!("no word {other}"),
        }
    }

    fn written(&mut self) -> &mut Written {
        self.seen.written.get_or_insert_default()
    }

    fn line(&mut self, name: &str, kind: &str, quantity: Option<i64>, amount: &str) {
        let number = u32::try_from(self.seen.lines.len() + 1).unwrap();
        let mut line = order_line("4711", number, name, name, quantity, 0);
        kind.clone_into(&mut line.kind);
        line.amount = amount.parse().unwrap();
        self.seen.document.total += line.amount;
        self.seen.lines.push(line);
    }
}

/// Decides and compares.
pub fn check(given: &str, expect: &str) {
    let story = story(given);
    let found = shown(&Bills::decide(&story.seen, &story.rules));
    let expect: Vec<&str> = expect.lines().map(str::trim).collect();
    assert_eq!(found.lines().collect::<Vec<_>>(), expect);
}

/// A decision as text.
pub fn shown(decision: &Decision) -> String {
    match decision {
        Err(Instead::Skip { reason }) => format!("skip {}", reason.id),
        Err(Instead::Wait { reason }) => format!("wait {}", reason.id),
        Err(Instead::Ask { problems } | Instead::Partly { problems, .. }) => {
            let causes: Vec<String> = problems.iter().map(|one| format!("ask {}", one.cause)).collect();
            causes.join("\n")
        }
        Ok(steps) => {
            let mut lines = Vec::new();
            for step in steps {
                match &step.write {
                    Write::NetSuite(netsuite::Write::Transform { to, body, .. }) => {
                        lines.push(format!("{} {} {}", to.rest_name(), step.name, head(body)));
                        lines.extend(body["item"]["items"].as_array().into_iter().flatten().map(share));
                        lines.extend(body["shippingCost"].as_number().map(|cost| format!("shipping {cost}")));
                        lines.extend(body["taxDetails"]["items"].as_array().into_iter().flatten().map(tax));
                    }
                    _ => lines.push(format!("adopt {}", step.name)),
                }
                if let Some(Expect::Total { total, tolerance }) = &step.expect {
                    lines.push(format!("total {total} ± {tolerance}"));
                }
            }
            lines.join("\n")
        }
    }
}

fn head(body: &Value) -> String {
    let text = |name: &str| body[name].as_str().map(|text| format!("{name} {text}"));
    let account = body["account"]["id"].as_str().map(|id| format!("account {id}"));
    let custom = body.as_object().into_iter().flatten();
    let custom = custom.filter(|(name, _)| name.starts_with("custbody_"));
    let parts: Vec<String> = [text("tranDate"), text("dueDate"), account]
        .into_iter()
        .flatten()
        .chain(custom.map(|(name, value)| format!("{name} {value}")))
        .collect();
    assert_eq!(
        body["toBeEmailed"], false,
        "BIL-07: NetSuite never mails an Amazon buyer"
    );
    parts.join(" ")
}

fn tax(detail: &Value) -> String {
    let reference = detail["taxDetailsReference"].as_str().unwrap();
    format!("tax {reference}: {} of {}", detail["taxAmount"], detail["taxBasis"])
}

fn share(line: &Value) -> String {
    match (&line["quantity"], &line["amount"]) {
        (Value::Number(quantity), Value::Number(amount)) => {
            format!("line {}: {quantity} for {amount}", line["orderLine"])
        }
        (Value::Number(_), _) => format!("line {}: nothing", line["orderLine"]),
        (_, amount) => format!("line {}: {amount}", line["orderLine"]),
    }
}

//! Shipments as text, for the tests: what stands on both sides is written down in a few lines, and so is the decision.

use amazon::orders::{OrderStatus, Package, PackageStatus, Program};
use amazon::shipping::messages::Message;
use chrono::{Duration, NaiveDate};
use netsuite::queries::Member;
use netsuite::{RecordId, Shipped, ShippedLine};
use rust_decimal::Decimal;

use super::cancellations::Cancellations;
use super::sample;
use super::seen::{Fate, Shipping, WrittenLine};
use super::shipments::Shipments;
use crate::flow::{Decision, Flow, Instead, Write};
use crate::local::Told;
use crate::rules::{ItemLink, Profile, Rules};

/// What stands on both sides.
pub struct Story {
    /// What the flow sees.
    pub seen: Shipping,
    /// The seller's choices.
    pub rules: Rules,
}

/// Reads a story. Lines: `order 2 × MUG, 1 × LAMP`, `amazon SHIPPED`, `program FBM_SHIP_PLUS`, `link PACK = MUG × 2`,
/// `kit SET of 2 × CUP, 1 × POT`, `ships 77 on 2026-11-13 by DHL Paket with A1 B2: 1 × MUG`, `status 77 A`,
/// `has 7701 with A1: 2 × MUG` (`with nothing`: without a number), `told`, `told 40 minutes ago`, `again` (a person asks),
/// `unread`, `feed taken`, `tracks 77 with A2`, `sends 77 by UPS`, `wrote 2 × MUG for 1`, `renames MUG to CUP`,
/// `relink PACK = LAMP`, `closed`, `set key = value`, `map shipments FIELD = SOURCE` (a row of the seller's own).
pub fn story(text: &str) -> Story {
    let mut story = Story {
        seen: sample::shipping(),
        rules: rules(),
    };
    story.seen.order.items.clear();
    story.seen.shipped.clear();
    story.seen.documents[0].lines.clear();
    story.seen.order.id = "028-1".into();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        story.read(line);
    }
    story
}

fn rules() -> Rules {
    let mut rules = Rules::new(sample::noon());
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
    rules
}

/// `2 × MUG, 1 × LAMP`.
fn counts(text: &str) -> Vec<(u32, String)> {
    let one = |part: &str| {
        let (count, name) = part.trim().split_once(" × ").unwrap();
        (count.parse().unwrap(), name.to_owned())
    };
    text.split(',').map(one).collect()
}

impl Story {
    fn read(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "order" => counts(rest)
                .into_iter()
                .for_each(|(count, sku)| self.ordered(&sku, count)),
            "amazon" => self.seen.order.status = OrderStatus::from(rest),
            "program" => self.seen.order.programs.push(Program::from(rest)),
            "link" => self.link(rest),
            "kit" => self.kit(rest),
            "ships" => self.ships(rest),
            "status" => {
                let (id, status) = rest.split_once(' ').unwrap();
                let shipped = self.seen.shipped.iter_mut().find(|one| one.id.0 == id).unwrap();
                status.clone_into(&mut shipped.status);
            }
            "has" => self.has(rest),
            "told" => self.told(rest),
            "feed" => {
                let fate = match rest.split_once(' ') {
                    Some((_, said)) => Fate::Refused(said.to_owned()),
                    None if rest == "taken" => Fate::Taken,
                    None if rest == "forgotten" => Fate::Forgotten,
                    None => Fate::Working,
                };
                self.seen.feeds.insert("9001".into(), fate);
            }
            "closed" => self.seen.documents[0].status = "H".into(),
            "again" => self.seen.told.iter_mut().for_each(|told| told.again = true),
            "map" => crate::targets::story::map(&mut self.rules, rest),
            "unread" => self.seen.unread = true,
            "tracks" => {
                let (id, numbers) = rest.split_once(" with ").unwrap();
                let shipped = self.seen.shipped.iter_mut().find(|one| one.id.0 == id).unwrap();
                shipped.tracking = numbers.split_whitespace().map(str::to_owned).collect();
            }
            "sends" => {
                let (id, method) = rest.split_once(" by ").unwrap();
                let shipped = self.seen.shipped.iter_mut().find(|one| one.id.0 == id).unwrap();
                shipped.method = Some(method.to_owned());
            }
            "wrote" => {
                let lines = rest.split(", ").map(|part| {
                    let (part, order_item) = part
                        .split_once(" for ")
                        .map_or((part, None), |(part, id)| (part, Some(id)));
                    let (count, item) = part.split_once(" × ").unwrap();
                    WrittenLine {
                        item: RecordId(item.to_lowercase()),
                        quantity: count.parse().ok(),
                        order_item: order_item.map(str::to_owned),
                    }
                });
                self.seen.documents[0].written = lines.collect();
            }
            "renames" => {
                let (from, to) = rest.split_once(" to ").unwrap();
                let lines = &mut self.seen.documents[0].lines;
                to.clone_into(&mut lines.iter_mut().find(|line| line.name == from).unwrap().name);
            }
            "relink" => {
                let (sku, item) = rest.split_once(" = ").unwrap();
                self.rules.item_links.retain(|link| link.sku != sku);
                self.rules.item_links.push(ItemLink {
                    sku: sku.into(),
                    marketplace: None,
                    item: RecordId(item.to_lowercase()),
                    factor: 1,
                });
            }
            "set" => {
                let (key, value) = rest.split_once(" = ").unwrap();
                self.rules.options.set("", key, value);
            }
            other => panic!("no word {other}"),
        }
    }

    fn ordered(&mut self, sku: &str, count: u32) {
        let number = self.seen.order.items.len() + 1;
        self.seen
            .order
            .items
            .push(sample::item(&format!("{number}"), sku, count));
        self.on_order(sku, count);
    }

    fn on_order(&mut self, item: &str, count: u32) {
        let lines = &mut self.seen.documents[0].lines;
        let number = u32::try_from(lines.len() + 1).unwrap();
        let item_id = item.to_lowercase();
        lines.push(sample::line(
            "4711",
            number,
            &item_id,
            item,
            Some(i64::from(count)),
            1000,
        ));
    }

    /// `PACK = MUG × 2`: the sales order holds the item instead of the SKU.
    fn link(&mut self, rest: &str) {
        let (sku, target) = rest.split_once(" = ").unwrap();
        let (item, factor) = target.split_once(" × ").unwrap();
        let factor: u32 = factor.parse().unwrap();
        let line = self.seen.documents[0]
            .lines
            .iter_mut()
            .find(|line| line.name == sku)
            .unwrap();
        item.clone_into(&mut line.name);
        line.item = RecordId(item.to_lowercase());
        line.quantity = line.quantity.map(|count| count * Decimal::from(factor));
        self.rules.item_links.push(ItemLink {
            sku: sku.into(),
            marketplace: None,
            item: RecordId(item.to_lowercase()),
            factor,
        });
    }

    fn kit(&mut self, rest: &str) {
        let (kit, members) = rest.split_once(" of ").unwrap();
        let line = self.seen.documents[0]
            .lines
            .iter_mut()
            .find(|line| line.name == kit)
            .unwrap();
        line.kind = "Kit".into();
        self.seen.members = counts(members)
            .into_iter()
            .map(|(count, item)| Member {
                kit: RecordId(kit.to_lowercase()),
                item: RecordId(item.to_lowercase()),
                quantity: Decimal::from(count),
            })
            .collect();
    }

    /// `77 on 2026-11-13 by DHL Paket from Lyon with A1 B2: 1 × MUG`.
    fn ships(&mut self, rest: &str) {
        let (head, units) = rest.split_once(": ").unwrap();
        let (head, tracking) = head.split_once(" with").unwrap_or((head, ""));
        let (head, place) = head.split_once(" from ").unwrap_or((head, ""));
        let (head, method) = head.split_once(" by ").unwrap_or((head, ""));
        let (id, day) = head.split_once(" on ").unwrap_or((head, "2026-11-13"));
        let lines = counts(units).into_iter().map(|(count, item)| self.left(&item, count));
        let lines = lines.collect();
        self.seen.shipped.push(Shipped {
            id: RecordId(id.into()),
            order: Some(RecordId("4711".into())),
            number: format!("IF{id}"),
            status: "C".into(),
            date: day.parse().unwrap(),
            method: (!method.is_empty()).then(|| method.to_owned()),
            location: (!place.is_empty()).then(|| (RecordId(place.to_lowercase()), place.to_owned())),
            lines,
            tracking: tracking.split_whitespace().map(str::to_owned).collect(),
            confirmation: None,
        });
    }

    fn left(&self, item: &str, count: u32) -> ShippedLine {
        let lines = &self.seen.documents[0].lines;
        let own = lines.iter().find(|line| line.name == item);
        let kit = lines.iter().find(|line| line.kind == "Kit");
        ShippedLine {
            order_line: own.map(|line| line.line),
            item: RecordId(item.to_lowercase()),
            quantity: Decimal::from(count),
            kit: own.is_none().then(|| kit.unwrap().line),
        }
    }

    /// `7701 with A1: 2 × MUG`: a parcel that Amazon shows.
    fn has(&mut self, rest: &str) {
        let (head, units) = rest.split_once(": ").unwrap();
        let (reference, tracking) = head.split_once(" with ").unwrap();
        let contents = counts(units).into_iter().map(|(count, sku)| {
            let items = &mut self.seen.order.items;
            let item = items.iter_mut().find(|item| item.sku.as_deref() == Some(&sku)).unwrap();
            item.quantity_fulfilled += count;
            (item.id.clone(), count)
        });
        let contents = contents.collect();
        self.seen.order.packages.push(Package {
            ship_from: None,
            reference: reference.into(),
            status: Some(PackageStatus::Shipped),
            carrier: None,
            service: None,
            tracking: Some(tracking.to_owned()).filter(|number| number != "nothing"),
            shipped: None,
            contents,
        });
    }

    /// Amazon was told what the flow would say now.
    fn told(&mut self, rest: &str) {
        let ago = rest
            .split(' ')
            .next()
            .and_then(|minutes| minutes.parse().ok())
            .unwrap_or(1);
        let Ok(steps) = Shipments::decide(&self.seen, &self.rules) else {
            panic!("nothing to tell");
        };
        for step in steps {
            let Write::Amazon(write) = step.write else { continue };
            let answer = match &write {
                amazon::Write::Confirm(told) => told.parcel.reference.clone(),
                amazon::Write::Feed { .. } => "9001".into(),
            };
            self.seen.told.push(Told {
                name: step.name,
                write,
                at: self.rules.now - Duration::minutes(ago),
                answer,
                again: false,
            });
        }
    }
}

/// Decides about shipments and compares.
pub fn check(given: &str, expect: &str) {
    let story = story(given);
    compare(&shown(&Shipments::decide(&story.seen, &story.rules)), expect);
}

/// Decides about cancellations and compares.
pub fn check_cancelled(given: &str, expect: &str) {
    let story = story(given);
    compare(&shown(&Cancellations::decide(&story.seen, &story.rules)), expect);
}

fn compare(found: &str, expect: &str) {
    let expect: Vec<&str> = expect.lines().map(str::trim).collect();
    assert_eq!(found.lines().collect::<Vec<_>>(), expect);
}

/// A decision as text.
pub fn shown(decision: &Decision) -> String {
    match decision {
        Ok(steps) => steps
            .iter()
            .map(|step| written(&step.write))
            .collect::<Vec<_>>()
            .join("\n"),
        Err(Instead::Skip { reason }) => format!("skip {}", reason.id),
        Err(Instead::Wait { reason }) => format!("wait {}", reason.id),
        Err(Instead::Ask { problems }) => {
            let causes: Vec<String> = problems
                .iter()
                .map(|problem| format!("ask {}", problem.cause))
                .collect();
            causes.join("\n")
        }
        Err(Instead::Partly { steps, problems }) => {
            let writes = steps.iter().map(|step| written(&step.write));
            let causes = problems.iter().map(|problem| format!("ask {}", problem.cause));
            writes.chain(causes).collect::<Vec<_>>().join("\n")
        }
    }
}

fn written(write: &Write) -> String {
    let write = match write {
        Write::Amazon(write) => write,
        Write::NetSuite(netsuite::Write::Update { body, .. }) => return format!("change {body}"),
        _ => return "another write".to_owned(),
    };
    let contents = |contents: &[(String, u32)]| {
        let each: Vec<String> = contents
            .iter()
            .map(|(item, units)| format!("{units} of {item}"))
            .collect();
        each.join(", ")
    };
    match write {
        amazon::Write::Confirm(told) => format!(
            "confirm {} {} {} {} at {}: {}",
            told.parcel.reference,
            told.parcel.carrier.code(),
            told.parcel.carrier.name(),
            told.parcel.tracking,
            told.parcel.shipped.format("%FT%R"),
            contents(&told.parcel.contents)
        ),
        amazon::Write::Feed { message, merchant, .. } => match message {
            Message::Shipped {
                reference,
                contents: of,
                carrier,
                ..
            } => format!(
                "feed for {merchant}: {reference} left by {}: {}",
                carrier.name(),
                contents(of)
            ),
            Message::Cancelled { items, .. } => format!("feed for {merchant}: cancel {}", items.join(", ")),
        },
    }
}

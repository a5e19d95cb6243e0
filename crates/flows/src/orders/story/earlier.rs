//! What happened before, in a story: what this computer did, and what people answered.

use netsuite::RecordId;

use super::given::Story;
use crate::local::Sent;
use crate::orders::seen::SentByAmazon;
use crate::orders::shipment::{Content, Shipment};
use crate::orders::written::Written;
use crate::rules::Accepted;

impl Story {
    /// Takes a line about earlier days; whether it was one.
    pub(super) fn earlier(&mut self, word: &str, rest: &str) -> bool {
        let order = self.seen.order.id.clone();
        match word {
            "shipment" => self.shipment(rest),
            // Since when a settlement that pays some of it is here.
            "settled" => self.seen.settled = rest.parse().ok(),
            "first-shipped" => self.seen.shipped = rest.parse().ok(),
            // As both sides look now, or `accepted 4711 as 0a1b`.
            "accepted" => {
                let (id, state) = rest.split_once(" as ").unwrap_or((rest, ""));
                let accepted = Accepted {
                    id: RecordId(id.into()),
                    state: state.into(),
                };
                self.rules.adopted.insert(order, accepted);
            }
            // A person chose this customer for the order.
            "customer" => {
                self.rules.adopted_customers.insert(order, RecordId(rest.into()));
            }
            // written 4711, or linked 4711: what this computer did, whatever became of it.
            "written" | "linked" => {
                self.seen.written = Some(Written::of(&Sent {
                    name: format!("AZN-SO-{}", self.seen.order.id),
                    record: Some(RecordId(rest.into())),
                    adopted: word == "linked",
                    ..Sent::default()
                }));
            }
            _ => return false,
        }
        true
    }

    /// `D1 2026-11-10T08:00:00Z 1 × 1 = 10.00, 2 × 2`: units of the order's items and their price, by Amazon's report.
    fn shipment(&mut self, rest: &str) {
        let (id, rest) = rest.split_once(' ').unwrap();
        let (at, rest) = rest.split_once(' ').unwrap();
        let content = |text: &str| {
            let (text, price) = text.split_once(" = ").unwrap_or((text, "0"));
            let (units, item) = text.split_once(" × ").unwrap();
            Content {
                item: item.into(),
                units: units.parse().unwrap(),
                item_price: price.parse().unwrap(),
                ..Content::default()
            }
        };
        self.seen.sent.push(SentByAmazon {
            shipment: Shipment {
                id: id.into(),
                at: at.parse().unwrap(),
                contents: rest.split(", ").map(content).collect(),
            },
            closed: None,
            written: None,
        });
    }
}

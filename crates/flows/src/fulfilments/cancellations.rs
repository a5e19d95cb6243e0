//! Cancellations by the seller, NetSuite to Amazon.
//!
//! A sales order, or a line of one, that somebody closed in NetSuite before anything of it left is cancelled at Amazon
//! for want of stock. Amazon counts such cancellations against the seller, so nothing is sent until it is switched on.

use amazon::orders::OrderStatus;
use amazon::shipping::messages::Message;
use chrono::Duration;
use domain::Text;
use wire::Failure;

use super::look::{Wants, look};
use super::questions::feed_rejected;
use super::seen::{Fate, Shipping};
use super::{NEEDS, sample, units};
use crate::flow::{Card, Decision, Fact, Flow, Group, Key, Look, Reads, Route, Step, Window, Write, ask, skip};
use crate::rules::Rules;

/// How long Amazon may work on it before it counts as lost: feeds take up to eight hours (quality-bars §1).
const PATIENCE: Duration = Duration::hours(12);

/// Cancellations by the seller.
pub struct Cancellations;

impl Flow for Cancellations {
    type Subject = Shipping;

    const CARD: Card = Card {
        id: "cancellations",
        title: "flow-cancellations",
        promise: "flow-cancellations-promise",
        route: Route::NetSuiteToAmazon,
        group: Group::Orders,
        every_minutes: 15,
        needs: NEEDS,
        after: &["mfn-orders"],
        options: &[
            "fulfil.cancel_out",
            "match.field",
            "flow.cancellations.test",
            "flow.test_records",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Shipping>, Failure> {
        let on = |id: &String| rules.is_on(id, "fulfil.cancel_out");
        if !reads.scope.marketplaces.iter().any(on) {
            // Nothing is read, so that what was closed meanwhile is still found once it is switched on.
            return Ok(Look::Seen {
                subjects: Vec::new(),
                next: None,
                read_until: None,
            });
        }
        look(reads, window, rules, Self::CARD.id, Wants::WhatWasClosed).await
    }

    fn key(seen: &Shipping) -> Key {
        Key(seen.order.id.clone())
    }

    fn decide(seen: &Shipping, rules: &Rules) -> Decision {
        let order = &seen.order;
        let profile = rules.marketplace(order.marketplace_id.as_deref().unwrap_or_default())?;
        if !rules.is_on(&profile.id, "fulfil.cancel_out") {
            return skip(Text::new("reason-cancel-out-off"));
        }
        match &order.status {
            OrderStatus::Cancelled => return skip(Text::new("reason-cancelled-at-amazon")),
            OrderStatus::Unshipped | OrderStatus::PartiallyShipped => (),
            _ => return skip(Text::new("reason-too-late-to-cancel")),
        }
        let items = units::closed(seen, rules, profile)?;
        if items.is_empty() {
            return skip(Text::new("reason-nothing-closed"));
        }
        let name = format!("CANCEL-{}", order.id);
        let merchant = profile.account.split_once(':').map_or("", |(_, seller)| seller);
        let write = amazon::Write::Feed {
            merchant: merchant.to_owned(),
            marketplace_id: profile.id.clone(),
            message: Message::Cancelled {
                order_id: order.id.clone(),
                items,
            },
        };
        if let Some(told) = seen.told(&name).filter(|told| told.write == write) {
            match seen.feeds.get(&told.answer) {
                // A person asked to tell it again.
                Some(Fate::Refused(_) | Fate::Forgotten) if told.again => (),
                Some(Fate::Refused(said)) => return ask(vec![feed_rejected(order, said)]),
                _ if rules.now - told.at > PATIENCE && !told.again => return ask(vec![feed_rejected(order, "")]),
                _ => (),
            }
        }
        Ok(vec![Step {
            name,
            title: Text::new("step-cancel-at-amazon").with("order", order.id.as_str()),
            write: Write::Amazon(write),
            needs: Vec::new(),
            expect: None,
            hold: None,
            link: None,
        }])
    }

    fn facts(seen: &Shipping, rules: &Rules) -> Vec<Fact> {
        let order = &seen.order;
        let marketplace = order.marketplace_id.as_deref().unwrap_or_default();
        vec![
            Fact {
                name: "marketplace".into(),
                value: marketplace.into(),
            },
            Fact {
                name: "date".into(),
                value: rules.business_date(marketplace, order.created).into(),
            },
        ]
    }

    fn sample() -> Shipping {
        let mut seen = sample::shipping();
        seen.shipped.clear();
        for document in &mut seen.documents {
            document.status = "H".into();
        }
        seen
    }
}

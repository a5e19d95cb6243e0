//! A short text describes what was seen; the decision comes back as text (architecture §11).
//!
//! ```text
//! order 028-1 unshipped DE
//! 2 × MUG-BLUE 25.00, shipping 4.90, off 2.00, tax 4.77 by amazon
//! netsuite item MUG-BLUE
//! set orders.merge_shipping = off
//! ```

mod around;
mod earlier;
mod given;
mod told;

use std::collections::BTreeMap;

use amazon::Order;
use netsuite::RecordType;

use given::Story;
use told::tell;

use super::apart::numbered;
use super::seen::Subject;
use super::written::Written;
use crate::flow::{Decision, Expect, Fact, Step, Write};
use crate::local::Sent;
use crate::rules::Channel;

/// Compares the decision about what is given with what is expected, line by line.
#[track_caller]
pub fn check(channel: Channel, given: &str, expect: &str) {
    assert_eq!(tidy(&tell(&decide(channel, given))), tidy(expect), "given\n{given}");
}

/// The decision about what is given.
pub fn decide(channel: Channel, given: &str) -> Decision {
    let story = Story::told(given);
    story.decide(channel)
}

/// What lists show of the order.
pub fn facts(channel: Channel, given: &str) -> Vec<Fact> {
    let story = Story::told(given);
    super::facts::of(&Subject::Order(story.seen), channel, &story.rules)
}

/// Compares the decision after a chain of earlier ones, each of which was written as it was decided, with what is
/// expected. The last telling says how the order and its record stand now.
#[track_caller]
pub fn check_later(channel: Channel, earlier: &[&str], given: &str, expect: &str) {
    let decision = decide_later(channel, earlier, given);
    assert_eq!(tidy(&tell(&decision)), tidy(expect), "given\n{given}");
}

/// The decision after a chain of earlier ones, each of which was written as it was decided.
#[track_caller]
pub fn decide_later(channel: Channel, earlier: &[&str], given: &str) -> Decision {
    let mut sent = BTreeMap::new();
    for telling in earlier {
        let mut story = Story::told(telling);
        remember(&mut story, &sent);
        let order = story.seen.order.clone();
        for step in story.decide(channel).expect(telling) {
            let shipment = numbered(&order.id, &step.name);
            keep(sent.entry(shipment).or_default(), step, &order);
        }
    }
    let mut story = Story::told(given);
    remember(&mut story, &sent);
    story.decide(channel)
}

/// What was written for the order, or for each of its shipments.
fn remember(story: &mut Story, sent: &BTreeMap<Option<u32>, Sent>) {
    for (shipment, sent) in sent.iter().filter(|(_, sent)| !sent.create.is_null()) {
        let written = Some(Written::of(sent));
        match shipment {
            None => story.seen.written = written,
            Some(number) => story.seen.sent[usize::try_from(*number).unwrap() - 1].written = written,
        }
        story.number_lines(*shipment, sent);
    }
}

fn keep(sent: &mut Sent, step: Step, order: &Order) {
    match step.write {
        Write::NetSuite(netsuite::Write::Create { record, body, .. }) if record != RecordType::Customer => {
            sent.create = body;
            sent.name.clone_from(&step.name);
        }
        Write::NetSuite(netsuite::Write::Update { body, .. }) => sent.change = body,
        _ => return,
    }
    sent.total = step.expect.map(|Expect::Total { total, tolerance }| (total, tolerance));
    sent.confirmed = true;
    sent.amazon = Some(order.clone());
}

fn tidy(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

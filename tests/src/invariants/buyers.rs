//! CMN-40, flows.md §19 (vii): who the buyer is stands nowhere in what is kept, logged or told.

use simulator::world::order::{Channel, Order};
use store::{attempts, audit, decisions, problems, steps};

use super::Scene;

/// Audit entries of one order that are looked at.
const ENTRIES: u32 = 500;

/// Decisions, steps, attempts, problems and the trail of each order say nothing of its buyer.
pub(super) fn are_not_told(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    for order in scene.orders().iter().filter(|order| order.channel == Channel::Merchant) {
        let kept = kept(scene, order)?;
        for (what, said) in who(order) {
            if let Some((place, _)) = kept.iter().find(|(_, text)| text.contains(said)) {
                found.push(format!("CMN-40 {}: the buyer's {what} stands in {place}", order.id));
            }
        }
    }
    Ok(())
}

/// What tells one person from another.
fn who(order: &Order) -> Vec<(&'static str, &str)> {
    let buyer = &order.buyer;
    let mut all = vec![
        ("name", buyer.name.as_str()),
        ("address", buyer.email.as_str()),
        ("street", buyer.street.as_str()),
        ("telephone", buyer.phone.as_str()),
    ];
    let messages = order.lines.iter().filter_map(|line| line.gift_message.as_deref());
    all.extend(messages.map(|message| ("message", message)));
    all.retain(|(_, text)| !text.is_empty());
    all
}

/// Everything that is kept about an order outside its sealed writes, as text.
fn kept(scene: &Scene<'_>, order: &Order) -> anyhow::Result<Vec<(&'static str, String)>> {
    let texts = scene.store.read(|db| {
        let about = steps::about(db, &order.id)?;
        let mut sent = Vec::new();
        for step in &about {
            sent.extend(attempts::of_step(db, &step.name)?);
        }
        let bodies: Vec<_> = about
            .iter()
            .map(|step| (&step.title, &step.body, &step.failure))
            .collect();
        Ok(vec![
            ("a decision", format!("{:?}", decisions::about(db, &order.id)?)),
            ("a step", format!("{bodies:?}")),
            ("an attempt", format!("{sent:?}")),
            ("a problem", format!("{:?}", problems::about(db, &order.id)?)),
            (
                "the trail",
                format!("{:?}", audit::list(db, Some(&order.id), None, ENTRIES)?),
            ),
        ])
    })?;
    Ok(texts)
}

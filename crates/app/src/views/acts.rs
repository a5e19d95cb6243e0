//! What a person may do about one order now, and why not (ux.md §5.5). The panel shows it, and the commands keep to it.

use amazon::Write as ToAmazon;
use amazon::shipping::messages::Message;
use domain::Text;
use flows::Write;
use flows::rules::Described;
use store::exclusions::{self, Exclusion};
use store::links::Link;
use store::steps::{Step, StepState};
use store::{Reader, decisions};

use super::runs::step_state;
use crate::contract::{Elsewhere, ParcelTold};

/// The flow that tells Amazon about parcels.
pub(crate) const SHIPMENTS: &str = "shipments";
/// The flow that bills orders.
pub(crate) const BILLING: &str = "billing";

/// The flows that an order is left out of, and why; the one that imports it first.
pub(crate) fn left_out(db: &Reader<'_>, order: &str) -> store::Result<Vec<Exclusion>> {
    let mut about = exclusions::about(db, order)?;
    about.sort_by_key(|one| !super::orders::ORDER_FLOWS.contains(&one.flow.as_str()));
    Ok(about)
}

fn is_out_of(flow: &str, left_out: &[Exclusion]) -> Option<Text> {
    let out = left_out.iter().any(|one| one.flow == flow);
    out.then(|| Text::new("cannot-handled-elsewhere"))
}

/// One of them as the screen has it.
pub(crate) fn as_elsewhere(exclusion: &Exclusion) -> Elsewhere {
    Elsewhere {
        reason: exclusion.reason.clone(),
        who: exclusion.who.clone(),
        at: exclusion.at.to_rfc3339(),
    }
}

/// The parcels of an order that Amazon was told about by number, the first first.
pub(crate) fn parcels(steps: &[Step]) -> Vec<ParcelTold> {
    let told = steps.iter().filter(|step| step.flow == SHIPMENTS && was_sent(step));
    told.filter_map(|step| {
        let (described, units) = described(step)?;
        Some(ParcelTold {
            id: step.name.clone(),
            carrier: described.carrier,
            method: described.method.unwrap_or_default(),
            tracking: described.tracking,
            units,
            state: step_state(step),
        })
    })
    .collect()
}

/// How a step describes its parcel, and the units in it; nothing for any other write.
pub(crate) fn described(step: &Step) -> Option<(Described, u32)> {
    let Ok(Write::Amazon(ToAmazon::Confirm(told))) = serde_json::from_value(step.body.clone()) else {
        return None;
    };
    let units = told.parcel.contents.iter().map(|(_, units)| units).sum();
    Some((Described::of(&told.parcel), units))
}

fn was_sent(step: &Step) -> bool {
    !matches!(step.state, StepState::Withdrawn | StepState::Undone | StepState::Held)
}

/// Why no parcel of an order can be told again. What was never shipped has nothing to tell, and what was shipped and not
/// told yet is the flow's own.
pub(crate) fn cannot_resend(steps: &[Step], about: &[decisions::Decision], left_out: &[Exclusion]) -> Option<Text> {
    let out = is_out_of(SHIPMENTS, left_out);
    if out.is_some() || !parcels(steps).is_empty() {
        return out;
    }
    let untracked = steps.iter().any(|step| step.flow == SHIPMENTS && is_untracked(step));
    let newest = about.iter().rev().find(|decision| decision.flow == SHIPMENTS);
    let shipped = newest.is_some_and(|one| !super::facts::Facts::of(&one.facts).text("document").is_empty());
    Some(Text::new(match (untracked, shipped) {
        (true, _) => "cannot-resend-untracked",
        (false, true) => "cannot-resend-not-told",
        (false, false) => "cannot-resend-nothing-shipped",
    }))
}

fn is_untracked(step: &Step) -> bool {
    let write = serde_json::from_value(step.body.clone());
    matches!(
        write,
        Ok(Write::Amazon(ToAmazon::Feed {
            message: Message::Shipped { .. },
            ..
        }))
    )
}

/// Why billing has nothing to look at: without a sales order nothing can be billed, and what was imported as a bill is
/// billed.
pub(crate) fn cannot_bill(links: &[Link], steps: &[Step], left_out: &[Exclusion]) -> Option<Text> {
    let out = is_out_of(BILLING, left_out);
    if out.is_some() {
        return out;
    }
    let Some(order) = links.iter().find(|link| link.kind == "order") else {
        return Some(Text::new("cannot-bill-not-in-netsuite"));
    };
    if order.record != "salesOrder" {
        let document = order.document.as_deref().unwrap_or_default();
        return Some(Text::new("cannot-bill-is-a-bill").with("document", document));
    }
    let under_way = steps.iter().any(|step| step.flow == BILLING && is_under_way(step));
    under_way.then(|| Text::new("cannot-bill-under-way"))
}

/// Whether a write is on its way: what it becomes is not known yet.
pub(crate) fn is_under_way(step: &Step) -> bool {
    matches!(step.state, StepState::Sending | StepState::Unanswered)
}

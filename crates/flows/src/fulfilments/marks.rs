//! What NetSuite is told once Amazon shows a fulfilment's parcels (FUL-09): a field of the setup package says since when,
//! where those fields are on.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::Text;
use netsuite::{RecordId, RecordType, Target};
use serde_json::json;

use super::parcels::Wanted;
use super::seen::Shipping;
use crate::flow::{Step, Write};
use crate::rules::{Profile, Rules};

/// The marks that are still missing on fulfilments whose parcels Amazon shows, all of them told by us.
pub fn missing(seen: &Shipping, wanted: &[Wanted], rules: &Rules, profile: &Profile) -> Vec<Step> {
    if !rules.is_on(&profile.id, "orders.custom_fields") {
        return Vec::new();
    }
    let mut steps = Vec::new();
    for shipped in seen.left() {
        let mut own = wanted.iter().filter(|one| one.fulfilment == shipped.id).peekable();
        if shipped.confirmation.is_some() || own.peek().is_none() {
            continue;
        }
        let told: Option<Vec<DateTime<Utc>>> = own.map(|one| Some(seen.told(&one.name)?.at)).collect();
        if let Some(at) = told.and_then(|told| told.into_iter().max()) {
            steps.push(mark(seen, &shipped.id, &shipped.number, at));
        }
    }
    steps
}

fn mark(seen: &Shipping, fulfilment: &RecordId, number: &str, at: DateTime<Utc>) -> Step {
    let order = seen.order.id.as_str();
    let says = format!("confirmed {}", at.to_rfc3339_opts(SecondsFormat::Secs, true));
    Step {
        name: format!("SHOWN-{order}-{}", fulfilment.0),
        title: Text::new("step-mark-confirmed")
            .with("order", order)
            .with("document", number),
        write: Write::NetSuite(netsuite::Write::Update {
            record: RecordType::ItemFulfillment,
            target: Target::Id(fulfilment.clone()),
            body: json!({ (netsuite::CONFIRMATION): says }),
        }),
        needs: Vec::new(),
        expect: None,
        hold: None,
        link: None,
    }
}

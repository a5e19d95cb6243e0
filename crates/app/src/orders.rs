//! What a person does about one order: tell Amazon again about a parcel, bill it now, handle it elsewhere (ux.md §5.5).
//! Each act stands in the trail, and goes through the flow whose matter it is.

use domain::Text;
use engine::RESENT;
use flows::rules::{Described, Resend};
use serde_json::json;
use store::lookups::{self, Lookup};
use store::steps::{self, Step};
use store::{audit, decisions, exclusions, links};

use crate::application::Inner;
use crate::commands::done;
use crate::contract::{Done, HandledElsewhere, Refusal, ResendShipment};
use crate::views::acts::{self, BILLING, SHIPMENTS};

/// The person at the screen.
const YOU: &str = "you";

/// Tells Amazon about a parcel again, as the person describes it: the flow sends it under the same reference, through the
/// journal, and reads it back (FUL-09, FUL-10).
pub(crate) fn resend(app: &Inner, asked: &ResendShipment) -> Result<Done, Refusal> {
    let store = app.engine.store();
    let (steps, about, left_out) = store.read(|db| {
        let left_out = acts::left_out(db, &asked.order)?;
        Ok((
            steps::about(db, &asked.order)?,
            decisions::about(db, &asked.order)?,
            left_out,
        ))
    })?;
    if let Some(why) = acts::cannot_resend(&steps, &about, &left_out) {
        return Err(Refusal::new("cannot", why));
    }
    let step = steps.iter().find(|step| step.name == asked.parcel);
    let (step, told) = step
        .and_then(|step| Some((step, acts::described(step)?.0)))
        .ok_or_else(|| Refusal::not_found(&asked.parcel))?;
    let says = as_asked(asked)?;
    is_free(step, "cannot-resend-under-way")?;
    is_on(app, SHIPMENTS, &about, "cannot-resend-off")?;
    let before = store.read(|db| lookups::get(db, RESENT, "", &step.name))?;
    let before = before.and_then(|row| serde_json::from_value::<Resend>(row.target).ok());
    // Told in a person's words before: what stands in NetSuite is what those words took the place of.
    let before = before.filter(|before| before.says == told);
    let resend = Resend {
        says,
        instead_of: before.map_or_else(|| told.clone(), |before| before.instead_of),
        at: app.clock.now(),
    };
    store.write(|db| {
        let row = Lookup {
            name: RESENT.to_owned(),
            marketplace: String::new(),
            source: step.name.clone(),
            target: json!(resend),
            set_at: resend.at,
        };
        lookups::set(db, &row)?;
        let detail = json!({"parcel": step.name, "before": told, "after": resend.says});
        audit::add(db, resend.at, YOU, "resend-shipment", &asked.order, &detail)
    })?;
    look(app, SHIPMENTS, &asked.order);
    Ok(done(
        Text::new("said-shipment-resent").with("tracking", resend.says.tracking.as_str()),
    ))
}

/// The description as it was typed: Amazon takes no parcel without a carrier and a number (FUL-07).
fn as_asked(asked: &ResendShipment) -> Result<Described, Refusal> {
    let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let missing = |field: &str| {
        let refusal = Refusal::new("bad_request", Text::new("error-parcel-incomplete"));
        refusal.about(field, "nothing is not enough")
    };
    Ok(Described {
        carrier: said(&asked.carrier).ok_or_else(|| missing("carrier"))?,
        method: said(&asked.method),
        tracking: said(&asked.tracking).ok_or_else(|| missing("tracking"))?,
    })
}

/// Lets billing look at an order now, with all its guards: what has not left, is billed already or is in question is not
/// billed (BIL-01 to BIL-08). Whether it becomes an invoice or a cash sale is the settings' to say, and the order's form.
pub(crate) fn bill(app: &Inner, order: &str) -> Result<Done, Refusal> {
    let store = app.engine.store();
    let (links, steps, about, left_out) = store.read(|db| {
        let left_out = acts::left_out(db, order)?;
        Ok((
            links::of_key(db, None, order)?,
            steps::about(db, order)?,
            decisions::about(db, order)?,
            left_out,
        ))
    })?;
    if let Some(why) = acts::cannot_bill(&links, &steps, &left_out) {
        return Err(Refusal::new("cannot", why));
    }
    is_on(app, BILLING, &about, "cannot-bill-off")?;
    let now = app.clock.now();
    store.write(|db| audit::add(db, now, YOU, "bill-order", order, &json!({})))?;
    look(app, BILLING, order);
    Ok(done(Text::new("said-billing-looks").with("order", order)))
}

/// An order that a person handles elsewhere is touched by no flow any more; the reason stands in the trail.
pub(crate) fn elsewhere(app: &Inner, asked: &HandledElsewhere) -> Result<Done, Refusal> {
    let reason = asked.reason.trim();
    if reason.is_empty() {
        return Err(Refusal::bad_request("reason", "a reason is needed"));
    }
    if !app.engine.handled_elsewhere(&asked.order, reason, YOU)? {
        return Err(Refusal::not_found(&asked.order));
    }
    Ok(done(
        Text::new("said-handled-elsewhere").with("order", asked.order.as_str()),
    ))
}

/// Takes that back: the flows look at the order again.
pub(crate) fn take_back(app: &Inner, order: &str) -> Result<Done, Refusal> {
    if app.engine.store().read(|db| exclusions::about(db, order))?.is_empty() {
        return Err(Refusal::not_found(order));
    }
    let (engine, order) = (app.engine.clone(), order.to_owned());
    let said = Text::new("said-taken-back").with("order", order.as_str());
    tokio::spawn(async move {
        if let Err(error) = engine.take_back(&order, YOU).await {
            tracing::warn!(%error, "an order could not be taken in again");
        }
    });
    Ok(done(said))
}

/// A write that is on its way is not changed: first its answer is known.
fn is_free(step: &Step, why: &str) -> Result<(), Refusal> {
    if acts::is_under_way(step) {
        return Err(Refusal::new("cannot", Text::new(why)));
    }
    Ok(())
}

/// A flow that is off where the order was sold would never look at it.
fn is_on(app: &Inner, flow: &str, about: &[decisions::Decision], why: &str) -> Result<(), Refusal> {
    let sold = about.iter().find_map(|decision| decision.marketplace.as_deref());
    if app.engine.scopes(flow, sold)?.is_empty() {
        return Err(Refusal::new("cannot", Text::new(why)));
    }
    Ok(())
}

/// Lets a flow look at an order in the background.
fn look(app: &Inner, flow: &'static str, order: &str) {
    let (engine, order) = (app.engine.clone(), order.to_owned());
    tokio::spawn(async move {
        if let Err(error) = engine.look_at(flow, &order).await {
            tracing::warn!(%error, flow, "an order could not be looked at");
        }
    });
}

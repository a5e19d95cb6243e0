//! Choices that would count a sale twice are refused where they are made, with the reason (CMN-35).

use domain::Text;
use engine::Engine;
use flows::Rules;
use flows::rules::Profile;
use flows::rules::doubled::{BILLING, FBA_ORDERS};

use crate::contract::Refusal;

/// A setting at a scope: a marketplace, an account, or nothing for the whole company.
pub(crate) fn setting(engine: &Engine, option: &str, value: Option<&str>, scope: &str) -> Result<(), Refusal> {
    if !matches!(option, "settlement.posting" | "orders.fba.import_as") {
        return Ok(());
    }
    let before = engine.rules()?;
    let mut after = before.clone();
    after.options.set(scope, option, value.unwrap_or_default());
    newly(&before, &after, |profile| {
        if option == "settlement.posting" {
            totals_and_bills(profile)
        } else {
            bills_and_totals(profile)
        }
    })
}

/// A flow that is switched on in a marketplace.
pub(crate) fn switched_on(engine: &Engine, flow: &str, marketplace: &str) -> Result<(), Refusal> {
    if !matches!(flow, FBA_ORDERS | BILLING) {
        return Ok(());
    }
    let before = engine.rules()?;
    let mut after = before.clone();
    after.options.set(marketplace, &engine::schedule::on_key(flow), "on");
    newly(&before, &after, bills_and_totals)
}

/// What counts twice afterwards and did not before: what is there already is asked about by the flows.
fn newly(before: &Rules, after: &Rules, refusal: impl Fn(&Profile) -> Refusal) -> Result<(), Refusal> {
    let twice = |rules: &Rules, id: &str| rules.sums(id) && !rules.billers(id).is_empty();
    for (id, profile) in &after.marketplaces {
        if twice(after, id) && !(before.sums(id) && before.billers(id) == after.billers(id)) {
            return Err(refusal(profile));
        }
    }
    Ok(())
}

fn totals_and_bills(profile: &Profile) -> Refusal {
    let said = Text::new("error-totals-and-bills").with("marketplace", profile.country.as_str());
    Refusal::new("not_ready", said)
}

fn bills_and_totals(profile: &Profile) -> Refusal {
    let said = Text::new("error-bills-and-totals").with("marketplace", profile.country.as_str());
    Refusal::new("not_ready", said)
}

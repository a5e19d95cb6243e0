//! A marketplace's settings taken over by another one (CMN-03).

use serde_json::json;
use store::options::{self, Level, OptionRow};
use store::{audit, marketplaces};

use crate::application::Inner;
use crate::contract::{CloneProfile, ClonedProfile, Refusal, ReviewOption};
use crate::remedies::look_again;

/// What is different in every marketplace, and never taken over: when its books begin, and which flows are on.
const OWN: &[&str] = &["go_live", "flow."];
/// Money accounts, currency, tax and places: a person looks at each, and they are left alone when the currency differs.
const REVIEWED: &[&str] = &[
    "acct.",
    "tax.",
    "location.",
    "customer.mfn.default",
    "customer.fba.default",
    "customer.price_level",
    "payment.ar_account",
    "refund.location",
    "orders.total_tolerance",
];

fn begins(key: &str, with: &[&str]) -> bool {
    with.iter().any(|start| key.starts_with(start))
}

/// Gives a marketplace the settings of another one. What it has chosen itself stays.
pub(crate) fn clone(app: &Inner, asked: &CloneProfile) -> Result<ClonedProfile, Refusal> {
    let store = app.engine.store();
    let (known, rows) = store.read(|db| Ok((marketplaces::all(db)?, options::all(db)?)))?;
    let find = |id: &str| {
        let found = known.iter().find(|one| one.id == id);
        found.ok_or_else(|| Refusal::not_found(id))
    };
    let (from, to) = (find(&asked.from)?, find(&asked.to)?);
    if from.id == to.id {
        return Err(Refusal::bad_request("to", &to.id));
    }
    let of = |id: &str| {
        let id = id.to_owned();
        rows.iter()
            .filter(move |row| row.level == Level::Marketplace && row.scope_id == id)
    };
    let mut cloned = ClonedProfile {
        copied: Vec::new(),
        review: Vec::new(),
    };
    let mut new = Vec::new();
    for row in of(&from.id) {
        let chosen = of(&to.id).any(|own| own.key == row.key);
        let reviewed = begins(&row.key, REVIEWED);
        let taken = !chosen && !begins(&row.key, OWN) && (!reviewed || from.currency == to.currency);
        if taken {
            cloned.copied.push(row.key.clone());
            new.push(OptionRow {
                scope_id: to.id.clone(),
                ..row.clone()
            });
        }
        if reviewed || !taken {
            cloned.review.push(ReviewOption {
                key: row.key.clone(),
                value: row.value.as_str().map_or_else(|| row.value.to_string(), str::to_owned),
                copied: taken,
            });
        }
    }
    store.write(|db| {
        new.iter().try_for_each(|row| options::set(db, row))?;
        let detail = json!({"from": from.id, "copied": cloned.copied});
        audit::add(db, app.clock.now(), "you", "clone-profile", &to.id, &detail)
    })?;
    look_again(app, None, &[]);
    Ok(cloned)
}

//! The zone in which an account's hours are read (ux.md §5.11).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::Text;
use engine::schedule::{Scheduled, ZONE, zone_chosen, zone_named};
use engine::{Engine, account_of};
use serde_json::json;
use store::options::{self, Level, OptionRow};
use store::{accounts, audit};

use crate::contract::{AccountZone, Refusal, SetZone};

/// Each account with its zone.
pub(super) fn all(engine: &Engine, all: &[Scheduled]) -> Result<Vec<AccountZone>, Refusal> {
    let mut zones: BTreeMap<String, AccountZone> = BTreeMap::new();
    for one in all {
        let account = account_of(&one.scope);
        let chosen = engine.store().read(|db| zone_chosen(db, &account))?.is_some();
        let zone = zones.entry(account.clone()).or_insert_with(|| AccountZone {
            account,
            marketplaces: Vec::new(),
            zone: one.zone.name().to_owned(),
            chosen,
        });
        let new = one
            .scope
            .marketplaces
            .iter()
            .filter(|id| !zone.marketplaces.contains(id));
        let new: Vec<String> = new.cloned().collect();
        zone.marketplaces.extend(new);
    }
    Ok(zones.into_values().collect())
}

/// Keeps the zone of an account's hours.
pub fn set(engine: &Engine, asked: &SetZone, now: DateTime<Utc>) -> Result<(), Refusal> {
    let store = engine.store();
    let known = store.read(|db| accounts::get(db, &asked.account))?;
    let is_amazon = known.is_some_and(|known| known.service == accounts::Service::Amazon);
    if !is_amazon {
        return Err(Refusal::not_found(&asked.account));
    }
    if asked.zone.as_deref().is_some_and(|name| zone_named(name).is_none()) {
        let refusal = Refusal::new("bad_request", Text::new("error-no-such-zone"));
        return Err(refusal.about("zone", "no zone of this name"));
    }
    store.write(|db| {
        match &asked.zone {
            Some(name) => {
                let row = OptionRow {
                    key: ZONE.to_owned(),
                    level: Level::Account,
                    scope_id: asked.account.clone(),
                    value: json!(name),
                };
                options::set(db, &row)?;
            }
            None => options::clear(db, ZONE, Level::Account, &asked.account)?,
        }
        audit::add(
            db,
            now,
            "you",
            "set-zone",
            &asked.account,
            &json!({ "zone": asked.zone }),
        )
    })?;
    Ok(())
}

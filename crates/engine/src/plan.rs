//! Which runs a request means: every flow in the order of the chains, in every account that it has something to do in.

use std::collections::BTreeMap;

use flows::{Key, Scope};
use store::{Store, StoreError, decisions};

use crate::account_of;
use crate::engine::Engine;
use crate::request::{RunRequest, StartError, SyncRequest};
use crate::schedule::{chained, scopes};

/// The runs that a request asks for.
pub(crate) fn plan(engine: &Engine, request: &SyncRequest) -> Result<Vec<RunRequest>, StartError> {
    for wanted in &request.flows {
        if engine.entry(wanted).is_none() {
            return Err(StartError::UnknownFlow(wanted.clone()));
        }
    }
    let at_home = AtHome::of(engine.store(), request)?;
    let mut runs = Vec::new();
    for entry in chained(engine.flows()) {
        let flow = entry.card.id;
        if !request.flows.is_empty() && !request.flows.iter().any(|wanted| wanted == flow) {
            continue;
        }
        for scope in scopes(engine.store(), flow, request.marketplace.as_deref())? {
            let keys = request.keys.as_deref().map(|keys| at_home.keys(keys, &scope));
            if keys.as_ref().is_some_and(Vec::is_empty) {
                continue;
            }
            runs.push(RunRequest {
                flow: flow.to_owned(),
                scope,
                trigger: request.trigger,
                keys,
                dry_run: request.dry_run,
                days: request.days,
            });
        }
    }
    Ok(runs)
}

/// The accounts in which things that a person named are known: no other is asked about them. What is known nowhere may
/// be anywhere (CMN-18).
struct AtHome(BTreeMap<String, Vec<String>>);

impl AtHome {
    fn of(store: &Store, request: &SyncRequest) -> Result<Self, StoreError> {
        let keys = request.keys.iter().flatten().map(|key| key.0.clone());
        let keys: Vec<String> = keys.collect();
        if keys.is_empty() || request.marketplace.is_some() {
            return Ok(Self(BTreeMap::new()));
        }
        Ok(Self(store.read(|db| decisions::accounts_of(db, &keys))?))
    }

    fn keys(&self, keys: &[Key], scope: &Scope) -> Vec<Key> {
        let account = account_of(scope);
        let is_here = |key: &&Key| self.0.get(&key.0).is_none_or(|known| known.contains(&account));
        keys.iter().filter(is_here).cloned().collect()
    }
}

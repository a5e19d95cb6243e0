//! Checks the promises of quality-bars R1 on the workspace, as far as this computer can know them.

use serde::Serialize;
use store::{Reader, Store, StoreError, audit, doctor};

/// One broken promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The invariant's number in quality-bars R1; 0 for the file itself.
    pub invariant: u8,
    /// What is wrong, for support: names of steps, keys and flows, never buyer data.
    pub what: String,
}

/// Everything that is wrong with a workspace; nothing when all is well.
pub fn examine(store: &Store) -> Result<Vec<Finding>, StoreError> {
    let mut findings: Vec<Finding> = store
        .check()?
        .into_iter()
        .map(|what| Finding {
            invariant: 0,
            what: format!("file: {what}"),
        })
        .collect();
    store.read(|db| {
        for rule in doctor::RULES {
            let broken = doctor::broken(db, rule)?;
            findings.extend(broken.into_iter().map(|what| Finding {
                invariant: rule.invariant,
                what,
            }));
        }
        findings.extend(trail(db)?);
        Ok(())
    })?;
    Ok(findings)
}

fn trail(db: &Reader<'_>) -> Result<Option<Finding>, StoreError> {
    let broken = audit::first_broken(db)?;
    Ok(broken.map(|number| Finding {
        invariant: 12,
        what: format!("the trail was changed at line {number}"),
    }))
}

//! Checks the promises of quality-bars R1 on the workspace, as far as this computer can know them.

use rust_decimal::Decimal;
use serde::Serialize;
use store::{Reader, Store, StoreError, audit, doctor, steps};

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
        findings.extend(journals(db)?);
        findings.extend(trail(db)?);
        Ok(())
    })?;
    Ok(findings)
}

/// Debits equal credits in every journal that was planned.
fn journals(db: &Reader<'_>) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    for step in steps::journals(db)? {
        let sum = |side: &str| -> Decimal {
            let lines = step.body["write"]["body"]["line"]["items"].as_array();
            let amounts = lines.into_iter().flatten().map(|line| &line[side]);
            amounts
                .filter_map(|amount| amount.to_string().trim_matches('"').parse::<Decimal>().ok())
                .sum()
        };
        if sum("debit") != sum("credit") {
            let what = format!(
                "journal {}: debits {} and credits {}",
                step.name,
                sum("debit"),
                sum("credit")
            );
            findings.push(Finding { invariant: 7, what });
        }
    }
    Ok(findings)
}

fn trail(db: &Reader<'_>) -> Result<Option<Finding>, StoreError> {
    let broken = audit::first_broken(db)?;
    Ok(broken.map(|number| Finding {
        invariant: 12,
        what: format!("the trail was changed at line {number}"),
    }))
}

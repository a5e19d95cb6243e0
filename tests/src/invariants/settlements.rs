//! R1-5, R1-6, R1-7, SET-48: each line of a settlement once, added up to the deposit, posted once, nothing left in clearing.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use store::tables;

use super::{Scene, decimal, text};

/// R1-7, SET-59: a settlement's journal stands once for each of its revisions, whatever was repeated, and each that was
/// taken back has its reversal at most once.
pub(super) fn are_posted_once(scene: &Scene<'_>, found: &mut Vec<String>) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for journal in scene.books.of_kind("journalEntry") {
        *times.entry(text(&journal["externalId"])).or_default() += 1;
    }
    for (name, times) in times
        .iter()
        .filter(|(name, times)| name.starts_with("AZN-JE-") && **times > 1)
    {
        found.push(format!("R1-7 {name} stands {times} times"));
    }
    for name in times.keys().filter(|name| name.ends_with("-REV")) {
        if !times.contains_key(name.trim_end_matches("-REV")) {
            found.push(format!("SET-59 {name} reverses nothing"));
        }
    }
}

/// R1-5, R1-6: each line once; the lines add up to the deposit or nothing is posted.
pub(super) fn add_up(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    let known: BTreeMap<String, (u64, Decimal)> = {
        let state = scene.simulator.amazon().state();
        let written = state.world.settlements.iter();
        written
            .map(|one| (one.id.clone(), (one.rows.len() as u64, one.total())))
            .collect()
    };
    for stored in scene.store.read(store::settlements::all)? {
        let Some(written) = known.get(&stored.header.id) else {
            continue;
        };
        let (rows, total) = *written;
        if stored.lines != rows {
            found.push(format!(
                "R1-5 settlement {}: {} lines stored, {rows} written",
                stored.header.id, stored.lines
            ));
        }
        if stored.sum.amount != total {
            found.push(format!(
                "R1-6 settlement {}: {} stored, {total} written",
                stored.header.id, stored.sum
            ));
        }
    }
    Ok(())
}

/// R1-7, SET-48: what a posted settlement moved through clearing sums to nothing, and its journal stands once.
pub(super) fn clear(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    for stored in scene.store.read(store::settlements::all)? {
        let posting = scene.store.read(|db| tables::postings::newest(db, &stored.header.id))?;
        if posting.is_none_or(|posting| posting.state != tables::postings::PostingState::Posted) {
            continue;
        }
        let tag = format!("-{}", stored.header.id);
        // A cash sale is in clearing from the day of sale (BIL-09); it belongs to the settlement that pays its order.
        let lines = scene
            .store
            .read(|db| tables::settlement_lines::all(db, &stored.header.id))?;
        let cash_sales: BTreeSet<String> = lines
            .iter()
            .filter_map(|line| line.order())
            .map(|order| format!("AZN-CS-{}", order.to_uppercase()))
            .collect();
        let through_clearing = scene.books.postings.iter().filter(|posting| {
            let name = text(&posting["externalid"]);
            let ours = (name.starts_with("AZN-") && name.contains(&tag)) || cash_sales.contains(&name);
            ours && text(&posting["accountname"]).contains("Amazon Clearing")
        });
        let moved: Vec<(String, Decimal)> = through_clearing
            .map(|posting| (text(&posting["externalid"]), decimal(&posting["foreignamount"])))
            .collect();
        let left: Decimal = moved.iter().map(|(_, amount)| amount).sum();
        if !left.is_zero() {
            let mut by_kind: BTreeMap<&str, Decimal> = BTreeMap::new();
            for (name, amount) in &moved {
                *by_kind.entry(name.get(..6).unwrap_or(name)).or_default() += amount;
            }
            found.push(format!(
                "SET-48 settlement {} leaves {left} in clearing: {by_kind:?}",
                stored.header.id
            ));
        }
    }
    Ok(())
}

//! Which invoice a payment may belong to whose order NetSuite does not know: the only open one with the very amount, of
//! about the same day (ux.md §5.8: order number, then exact amount, then date). A person says whether it is.

use std::collections::{BTreeMap, BTreeSet};

use domain::settlement::Group;
use domain::settlement::group::Kind;
use domain::settlement::plan::{Input, Outcome, Plan, Status};
use netsuite::queries::{self, Known};
use netsuite::suiteql;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wire::Failure;

use super::orders::is_amazons;
use crate::flow::Reads;

/// An invoice is of about the same day within so many.
const DAYS: i64 = 31;

/// An invoice that a group may belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// NetSuite's internal id.
    pub id: String,
    /// Its number.
    pub number: String,
}

/// The suggestions for the groups of a plan that found nothing, by the group's lasting name.
pub async fn suggested(reads: &Reads<'_>, input: &Input, plan: &Plan) -> Result<BTreeMap<String, Suggestion>, Failure> {
    let groups = input.groups.iter().zip(&plan.outcomes);
    let open: Vec<(&Group, &Outcome)> = groups.filter(|(group, outcome)| asks(group, outcome)).collect();
    let amounts: BTreeSet<Decimal> = open.iter().map(|(_, outcome)| outcome.customer).collect();
    if amounts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let amounts: Vec<Decimal> = amounts.into_iter().collect();
    let known = suiteql::all(
        &reads.netsuite,
        queries::invoices_of_amounts(&amounts, input.settlement.currency),
    )
    .await?;
    let taken: BTreeSet<&str> = input
        .found
        .values()
        .chain(input.choices.rows.documents.values())
        .flat_map(|found| &found.documents)
        .map(|document| document.id.as_str())
        .collect();
    let mut suggested: BTreeMap<String, Suggestion> = BTreeMap::new();
    for (group, outcome) in open {
        let mut fitting = known
            .iter()
            .filter(|one| fits(one, group, outcome) && !taken.contains(one.id.0.as_str()));
        if let (Some(only), None) = (fitting.next(), fitting.next()) {
            let suggestion = Suggestion {
                id: only.id.0.clone(),
                number: only.number.clone(),
            };
            suggested.insert(group.id.clone(), suggestion);
        }
    }
    // Two payments cannot have the same invoice: then nobody knows whose it is.
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for one in suggested.values() {
        *counts.entry(one.id.clone()).or_default() += 1;
    }
    suggested.retain(|_, one| counts.get(&one.id) == Some(&1));
    Ok(suggested)
}

/// A payment of an order that nobody knows.
fn asks(group: &Group, outcome: &Outcome) -> bool {
    let is_open = matches!(outcome.status, Status::NeedsYou | Status::Waiting);
    group.kind == Kind::Payment && is_open && outcome.code.as_deref() == Some("SO_NOT_FOUND")
}

/// Wholly open, of the very amount, of about the same day, and of no other Amazon order.
fn fits(known: &Known, group: &Group, outcome: &Outcome) -> bool {
    let day = group.posted.map(|posted| posted.business_date(chrono_tz::Tz::UTC));
    let near = day.is_none_or(|day| (known.date - day).num_days().abs() <= DAYS);
    let elsewhere = known.other_ref_num.as_deref().is_some_and(is_amazons);
    let is_of_other = known
        .external_id
        .as_deref()
        .is_some_and(|name| name.starts_with("AZN-"));
    known.open == outcome.customer && known.total == known.open && near && !elsewhere && !is_of_other
}

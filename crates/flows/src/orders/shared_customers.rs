//! The customers that many orders share: what both customer flows look at and decide (flows.md §4, CUS-05, CUS-06).
//!
//! NetSuite cannot apply payments of a customer with more than 10,000 open transactions, so a customer that comes near
//! that is to be followed by another one in time (CMN-39).
//!
//! They ask Amazon nothing. A buyer's own customer (`customer.mfn.mode` = `per_buyer`) is made as the first step of the
//! buyer's first order, so that the orders' pages are read once and not twice (quality-bars P2).

use std::collections::{BTreeMap, BTreeSet};

use domain::Text;
use netsuite::{RecordId, queries, suiteql};
use serde::Serialize;
use wire::Failure;

use super::customers::{Asked, CustomerFound, per_buyer, shared_external_id, shared_name};
use super::{customer_target, gather, gather_customers};
use crate::flow::{Decision, Fact, Instead, Key, Look, Problem, Reads, Remedy, Window, ask, skip};
use crate::rules::{Channel, Rules};

/// A marketplace that needs a customer for its orders.
#[derive(Debug, Clone, Serialize)]
pub struct SharedCustomer {
    /// The marketplace.
    pub marketplace: String,
    /// How its orders leave.
    pub channel: Channel,
    /// The customer's name, such as `Amazon US 2026`.
    pub name: String,
    /// Customers that NetSuite has under that name or its external id.
    pub found: Vec<CustomerFound>,
    /// NetSuite's id of the marketplace's currency.
    pub currency: Option<RecordId>,
    /// The invoices that are open of each customer that has any.
    pub open_invoices: BTreeMap<RecordId, u64>,
}

/// So many open invoices are time for another customer: payments fail at 10,000 (CMN-39).
const MANY_INVOICES: u64 = 8_000;

/// One subject for each marketplace of the run.
pub async fn look(
    reads: &Reads<'_>,
    window: &Window,
    rules: &Rules,
    channel: Channel,
) -> Result<Look<SharedCustomer>, Failure> {
    let wanted: Vec<(String, String)> = reads
        .scope
        .marketplaces
        .iter()
        .filter_map(|id| rules.marketplaces.get(id))
        .map(|profile| (profile.id.clone(), shared_name(rules, profile, profile.day(rules.now))))
        .filter(|(marketplace, name)| match window {
            Window::Span { .. } => true,
            Window::Keys(keys) => keys.iter().any(|key| *key == named(marketplace, channel, name)),
        })
        .collect();
    let names: Vec<String> = wanted.iter().map(|(_, name)| name.clone()).collect();
    let externals: Vec<_> = names.iter().map(|name| shared_external_id(name)).collect();
    let found = gather_customers::customers(reads, &externals, &names, &[]).await?;
    // Only a customer that must be made needs its currency.
    let is_there = |name: &str| found.iter().any(|one| is_called(one, name));
    let currencies = if wanted.iter().all(|(_, name)| is_there(name)) {
        BTreeMap::new()
    } else {
        gather::currencies(reads).await?
    };
    let chosen = format!("customer.{}.default", channel.as_str());
    let chosen = wanted
        .iter()
        .filter_map(|(marketplace, _)| rules.record(marketplace, &chosen));
    let customers: BTreeSet<RecordId> = found.iter().map(|one| one.id.clone()).chain(chosen).collect();
    let customers: Vec<RecordId> = customers.into_iter().collect();
    let open_invoices: BTreeMap<RecordId, u64> = suiteql::all(&reads.netsuite, queries::open_invoices(&customers))
        .await?
        .into_iter()
        .collect();
    let subjects = wanted.into_iter().map(|(marketplace, name)| {
        let currency = rules
            .marketplaces
            .get(&marketplace)
            .and_then(|profile| currencies.get(&profile.currency).cloned());
        let found = found.iter().filter(|one| is_called(one, &name)).cloned().collect();
        SharedCustomer {
            marketplace,
            channel,
            name,
            found,
            currency,
            open_invoices: open_invoices.clone(),
        }
    });
    Ok(Look::Seen {
        subjects: subjects.collect(),
        next: None,
        read_until: None,
    })
}

fn is_called(customer: &CustomerFound, name: &str) -> bool {
    customer.shared_name.as_deref() == Some(name)
        || customer.external_id.as_deref() == Some(shared_external_id(name).as_str())
}

/// Made once, never overwritten (CUS-03).
pub fn decide(seen: &SharedCustomer, rules: &Rules) -> Decision {
    let profile = rules.marketplace(&seen.marketplace)?;
    if per_buyer(rules, profile, seen.channel) {
        return skip(Text::new("reason-customer-per-buyer"));
    }
    let day = profile.day(rules.now);
    let asked = Asked {
        channel: seen.channel,
        day,
        currency: seen.currency.as_ref(),
        found: &seen.found,
    };
    let customer = rules
        .shared_customer(profile, asked)
        .map_err(|problems| Instead::Ask { problems })?;
    let open = customer.id().and_then(|id| seen.open_invoices.get(id)).copied();
    if let Some(open) = open.filter(|open| *open >= MANY_INVOICES) {
        return ask(vec![nearly_full(seen, open)]);
    }
    match customer.first {
        Some(step) => Ok(vec![step]),
        None => skip(Text::new("reason-customer-there").with("customer", seen.name.as_str())),
    }
}

/// Another customer in time, before payments can no longer be applied.
fn nearly_full(seen: &SharedCustomer, open: u64) -> Problem {
    let choose = |option: String| Remedy::SetOption {
        option,
        marketplace: Some(seen.marketplace.clone()),
    };
    Problem {
        code: "CUSTOMER_FULL".into(),
        cause: format!("CUSTOMER_FULL:{}:{}", seen.marketplace, seen.channel.as_str()),
        what: Text::new("problem-customer-full")
            .with("customer", seen.name.as_str())
            .with("count", i64::try_from(open).unwrap_or(i64::MAX)),
        why: Text::new("problem-customer-full-why"),
        about: vec![("marketplace".into(), seen.marketplace.clone())],
        at_stake: None,
        remedies: vec![
            choose(format!("customer.{}.default", seen.channel.as_str())),
            choose("customer.rotate".into()),
            Remedy::Exclude,
        ],
    }
}

/// `A1PA6795UKMFR9/mfn/Amazon DE 2026`.
pub fn key(seen: &SharedCustomer) -> Key {
    named(&seen.marketplace, seen.channel, &seen.name)
}

fn named(marketplace: &str, channel: Channel, name: &str) -> Key {
    Key(format!("{marketplace}/{}/{name}", channel.as_str()))
}

/// What lists show.
pub fn facts(seen: &SharedCustomer, rules: &Rules) -> Vec<Fact> {
    let mut facts = vec![
        Fact {
            name: "marketplace".into(),
            value: seen.marketplace.as_str().into(),
        },
        Fact {
            name: "channel".into(),
            value: seen.channel.as_str().into(),
        },
        Fact {
            name: "customer".into(),
            value: seen.name.as_str().into(),
        },
    ];
    let profile = rules.marketplaces.get(&seen.marketplace);
    facts.extend(profile.and_then(|profile| customer_target::of(seen.channel).version(rules, profile)));
    facts
}

/// A typical subject.
pub fn sample(channel: Channel) -> SharedCustomer {
    SharedCustomer {
        marketplace: "A1PA6795UKMFR9".into(),
        channel,
        name: "Amazon DE 2026".into(),
        found: Vec::new(),
        currency: Some(RecordId("4".into())),
        open_invoices: BTreeMap::new(),
    }
}

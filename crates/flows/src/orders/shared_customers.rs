//! The customers that many orders share: what both customer flows look at and decide (flows.md §4, CUS-05, CUS-06).
//!
//! They ask Amazon nothing. A buyer's own customer (`customer.mfn.mode` = `per_buyer`) is made as the first step of the
//! buyer's first order, so that the orders' pages are read once and not twice (quality-bars P2).

use domain::Text;
use netsuite::RecordId;
use serde::Serialize;
use wire::Failure;

use super::customers::{Asked, CustomerFound, per_buyer, shared_external_id, shared_name};
use super::gather;
use crate::flow::{Decision, Fact, Key, Look, Reads, Window, skip};
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
}

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
    let found = gather::customers(reads, &externals, &names, &[]).await?;
    let currencies = gather::currencies(reads).await?;
    let subjects = wanted.into_iter().map(|(marketplace, name)| {
        let currency = rules
            .marketplaces
            .get(&marketplace)
            .and_then(|profile| currencies.get(&profile.currency).cloned());
        let external_id = shared_external_id(&name);
        let is_it = |one: &&CustomerFound| {
            one.shared_name.as_deref() == Some(name.as_str())
                || one.external_id.as_deref() == Some(external_id.as_str())
        };
        let found = found.iter().filter(is_it).cloned().collect();
        SharedCustomer {
            marketplace,
            channel,
            name,
            found,
            currency,
        }
    });
    Ok(Look::Seen {
        subjects: subjects.collect(),
        next: None,
        read_until: None,
    })
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
    let customer = rules.shared_customer(profile, asked);
    match customer.create {
        Some(step) => Ok(vec![step]),
        None => skip(Text::new("reason-customer-there").with("customer", seen.name.as_str())),
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
pub fn facts(seen: &SharedCustomer) -> Vec<Fact> {
    vec![
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
    ]
}

/// A typical subject.
pub fn sample(channel: Channel) -> SharedCustomer {
    SharedCustomer {
        marketplace: "A1PA6795UKMFR9".into(),
        channel,
        name: "Amazon DE 2026".into(),
        found: Vec::new(),
        currency: Some(RecordId("4".into())),
    }
}

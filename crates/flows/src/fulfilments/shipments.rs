//! Shipments, NetSuite to Amazon.
//!
//! Every parcel of an order that the seller shipped in NetSuite is confirmed to Amazon once, with its carrier, its
//! tracking number and the units in it. That it took is seen by reading the order back, since Amazon answers without a
//! word and may still lose a confirmation. A tracking number that is corrected in NetSuite corrects the same parcel.

use amazon::orders::{Channel, FulfilledBy, OrderStatus, Package, Program};
use chrono::Duration;
use domain::Text;
use wire::Failure;

use super::look::{Wants, look};
use super::parcels::{Wanted, of_fulfilment, same_contents};
use super::questions::{feed_rejected, not_corrected, not_taken, taken_back, too_many};
use super::seen::{Fate, Shipping, expected};
use super::target::SHIPMENTS;
use super::units::{self, Units};
use super::{NEEDS, marks, sample};
use crate::flow::{
    Card, Decision, Fact, Flow, Group, Instead, Key, Look, Problem, Reads, Route, Step, Window, Write, ask, skip, wait,
};
use crate::local::Told;
use crate::rules::{Profile, Rules, option_missing};

/// How long Amazon may take to show what it was told, before a person hears of it.
const PATIENCE: Duration = Duration::minutes(30);

/// Shipments.
pub struct Shipments;

impl Flow for Shipments {
    type Subject = Shipping;

    const CARD: Card = Card {
        id: "shipments",
        title: "flow-shipments",
        promise: "flow-shipments-promise",
        route: Route::NetSuiteToAmazon,
        group: Group::Orders,
        every_minutes: 15,
        needs: NEEDS,
        after: &["mfn-orders"],
        options: &[
            "fulfil.multi_package",
            "fulfil.carrier_auto",
            "fulfil.carrier_other",
            "fulfil.allow_untracked",
            "fulfil.send_updates",
            "match.field",
            "orders.custom_fields",
            "flow.shipments.test",
            "flow.test_records",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Shipping>, Failure> {
        look(reads, window, rules, Self::CARD.id, Wants::WhatLeft).await
    }

    fn key(seen: &Shipping) -> Key {
        Key(seen.order.id.clone())
    }

    fn decide(seen: &Shipping, rules: &Rules) -> Decision {
        let profile = rules.marketplace(seen.order.marketplace_id.as_deref().unwrap_or_default())?;
        to_be_confirmed(seen, profile)?;
        let gone = gone(seen);
        if !gone.is_empty() {
            return ask(gone);
        }
        if seen.left().next().is_none() {
            return wait(Text::new("reason-not-shipped-yet"));
        }
        let units = units::of(seen, rules, profile)?;
        let (wanted, problems) = wanted(seen, &units, rules, profile);
        within_the_order(seen, &wanted)?;
        verdict(seen, &units, wanted, problems, rules, profile)
    }

    fn facts(seen: &Shipping, rules: &Rules) -> Vec<Fact> {
        facts(seen, rules)
    }

    fn sample() -> Shipping {
        sample::shipping()
    }
}

/// Orders that need no confirmation, or not yet.
fn to_be_confirmed(seen: &Shipping, profile: &Profile) -> Result<(), Instead> {
    let order = &seen.order;
    let skip = |reason: &str| {
        Err(Instead::Skip {
            reason: Text::new(reason),
        })
    };
    if order.channel == Channel::NonAmazon || order.id.starts_with("S01-") {
        return skip("reason-not-an-amazon-order");
    }
    if order.fulfilled_by == Some(FulfilledBy::Amazon) {
        return skip("reason-amazon-ships-it");
    }
    // The label was bought from Amazon, which knows the parcel better than we do (FUL-10a).
    if [Program::FbmShipPlus, Program::EasyShip]
        .iter()
        .any(|program| order.has(program))
    {
        return skip("reason-amazon-label");
    }
    let Some(go_live) = profile.go_live else {
        return Err(Instead::Ask {
            problems: vec![option_missing(&profile.id, "go_live")],
        });
    };
    let placed = profile.day(order.created);
    if placed < go_live {
        return Err(Instead::Skip {
            reason: Text::new("reason-before-go-live")
                .with("day", placed)
                .with("go_live", go_live),
        });
    }
    match &order.status {
        OrderStatus::Pending | OrderStatus::PendingAvailability => Err(Instead::Wait {
            reason: Text::new("reason-payment-being-verified"),
        }),
        OrderStatus::Cancelled if seen.told.is_empty() => skip("reason-cancelled-at-amazon"),
        _ => Ok(()),
    }
}

/// Fulfilments that Amazon was told about and that NetSuite no longer has as shipped (FUL-12).
fn gone(seen: &Shipping) -> Vec<Problem> {
    let mut gone: Vec<Problem> = Vec::new();
    for told in &seen.told {
        let Some(reference) = told.name.rsplit('-').next().filter(|_| told.name.starts_with("SHIP-")) else {
            continue;
        };
        let fulfilment = reference.get(..reference.len().saturating_sub(2)).unwrap_or_default();
        if !seen.left().any(|shipped| shipped.id.0 == fulfilment) && gone.is_empty() {
            let known = seen.shipped.iter().find(|shipped| shipped.id.0 == fulfilment);
            gone.push(taken_back(
                &seen.order,
                known.map_or(fulfilment, |shipped| shipped.number.as_str()),
            ));
        }
    }
    gone
}

/// Everything that Amazon is to know, and the questions about the rest: one parcel does not hold up another.
fn wanted(seen: &Shipping, units: &Units, rules: &Rules, profile: &Profile) -> (Vec<Wanted>, Vec<Problem>) {
    let mut wanted = Vec::new();
    let mut problems: Vec<Problem> = Vec::new();
    for (id, of) in &units.of {
        let Some(shipped) = seen.shipped.iter().find(|shipped| shipped.id == *id) else {
            continue;
        };
        match of_fulfilment(seen, shipped, of, rules, profile) {
            Ok((parcels, _)) => wanted.extend(parcels.into_iter().map(|parcel| parcel.as_resent(rules))),
            Err(wrong) => {
                for problem in wrong {
                    if problems.iter().all(|known| known.cause != problem.cause) {
                        problems.push(problem);
                    }
                }
            }
        }
    }
    // An order that is all shipped at Amazon has no question left to answer (FUL-09).
    if seen.all_shipped() {
        problems.clear();
    }
    (wanted, problems)
}

/// The sum for each item never exceeds what is ordered: ours, and what others told Amazon (FUL-04).
fn within_the_order(seen: &Shipping, wanted: &[Wanted]) -> Result<(), Instead> {
    if seen.all_shipped() {
        return Ok(());
    }
    let foreign = seen
        .parcels()
        .filter(|package| !wanted.iter().any(|one| is_it(one, package)));
    let foreign: Vec<_> = foreign.collect();
    let mut problems = Vec::new();
    for item in &seen.order.items {
        let ours = wanted.iter().flat_map(|one| &one.contents);
        let theirs = foreign.iter().flat_map(|package| &package.contents);
        let all = ours.chain(theirs).filter(|(id, _)| *id == item.id);
        let all: u32 = all.map(|(_, units)| units).sum();
        if all > expected(item) {
            let sku = item.sku.as_deref().unwrap_or(&item.id);
            problems.push(too_many(&seen.order, sku, all, expected(item)));
        }
    }
    problems.truncate(1);
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Instead::Ask { problems })
    }
}

/// Whether a parcel at Amazon is this one: by our reference, by the same tracking number, or, where it went without a
/// number, by what is in it.
fn is_it(wanted: &Wanted, package: &Package) -> bool {
    let same_number = |number: &String| package.tracking.as_deref().is_some_and(|theirs| same(theirs, number));
    package.reference == wanted.reference
        || wanted.tracking.as_ref().is_some_and(same_number)
        || (wanted.by_feed && package.tracking.is_none() && same_contents(&package.contents, &wanted.contents))
}

fn same(left: &str, right: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<String>().to_uppercase();
    plain(left) == plain(right)
}

/// Where one parcel stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Amazon shows it as we mean it.
    Shown,
    /// Amazon was told, and may still show it.
    Sent,
    /// Amazon was told long ago, and does not show it.
    Lost,
    /// A person asked to tell it again.
    Again,
    /// Amazon was told something else under this reference.
    Changed,
    /// Amazon was not told.
    New,
}

fn verdict(
    seen: &Shipping,
    units: &Units,
    wanted: Vec<Wanted>,
    mut problems: Vec<Problem>,
    rules: &Rules,
    profile: &Profile,
) -> Decision {
    let standing: Vec<Standing> = wanted.iter().map(|one| standing(seen, one, rules)).collect();
    let any = |wanted: Standing| standing.contains(&wanted);
    problems.extend(refusals(seen, &wanted, &standing));
    let updates = rules.is_on(&profile.id, "fulfil.send_updates");
    // What somebody confirmed by other means is left alone.
    let is_new = |standing: Standing| standing == Standing::New && !seen.all_shipped();
    let is_sent = |standing: Standing| match standing {
        Standing::New => is_new(standing),
        Standing::Changed => updates,
        Standing::Again | Standing::Sent => true,
        Standing::Shown | Standing::Lost => false,
    };
    let all = wanted.len();
    if standing.iter().copied().any(is_sent) {
        // A person who asks again means what Amazon did not take.
        let again = seen.told.iter().any(|told| told.again);
        let steps = wanted
            .into_iter()
            .zip(standing)
            .filter(|(one, standing)| match standing {
                Standing::Sent => !again,
                Standing::Shown => !again && seen.told(&one.name).is_some(),
                _ => is_sent(*standing),
            });
        let steps: Vec<Step> = steps.map(|(one, _)| step(seen, one)).collect();
        return if problems.is_empty() {
            Ok(steps)
        } else {
            Err(Instead::Partly { steps, problems })
        };
    }
    if !problems.is_empty() {
        return ask(problems);
    }
    if any(Standing::Changed) {
        return skip(Text::new("reason-tracking-updates-off"));
    }
    if any(Standing::New) {
        return skip(Text::new("reason-parcels-known-to-amazon"));
    }
    if units.incomplete || all == 0 {
        return wait(Text::new("reason-kit-incomplete"));
    }
    let marks = marks::missing(seen, &wanted, rules, profile);
    if !marks.is_empty() {
        return Ok(marks);
    }
    skip(Text::new("reason-confirmed").with("count", all))
}

fn standing(seen: &Shipping, wanted: &Wanted, rules: &Rules) -> Standing {
    let told = seen.told(&wanted.name);
    if wanted
        .resent
        .is_some_and(|asked| told.is_some_and(|told| asked > told.at))
    {
        return Standing::Again;
    }
    let mut known = seen.parcels().filter(|package| is_it(wanted, package));
    if known.any(|package| shows(package, wanted, told)) {
        return Standing::Shown;
    }
    let Some(told) = told else { return Standing::New };
    if told.write != wanted.write {
        return Standing::Changed;
    }
    match seen.feeds.get(&told.answer) {
        Some(Fate::Taken) => return Standing::Shown,
        Some(Fate::Working) => return Standing::Sent,
        Some(Fate::Refused(_) | Fate::Forgotten) | None => (),
    }
    let refused = matches!(seen.feeds.get(&told.answer), Some(Fate::Refused(_)));
    // Confirmed in Seller Central, say: then a refused feed has no question left either (FUL-09).
    if seen.all_shipped() && contradicting(seen, wanted).is_none() {
        return Standing::Shown;
    }
    if !refused && (seen.unread || rules.now - told.at < PATIENCE) {
        return Standing::Sent;
    }
    if told.again { Standing::Again } else { Standing::Lost }
}

/// Whether Amazon shows a parcel as we mean it: its number, what is in it, and its carrier as it was told.
fn shows(package: &Package, wanted: &Wanted, told: Option<&Told>) -> bool {
    let Some(ours) = wanted.tracking.as_deref() else {
        // Without a number Amazon shows no more than that it is there.
        return wanted.by_feed && told.is_some_and(|told| told.write == wanted.write);
    };
    let number = package.tracking.as_deref();
    let numbered = if wanted.by_feed {
        number.is_some_and(|theirs| same(theirs, ours))
    } else {
        number.is_none_or(|theirs| same(theirs, ours))
    };
    let holds = package.contents.is_empty() || same_contents(&package.contents, &wanted.contents);
    numbered && holds && carried_as(package, wanted, told)
}

/// A carrier that was corrected in NetSuite is told again (FUL-10), unless Amazon names it already. How Amazon spells
/// carriers that it was told is nobody's matter.
fn carried_as(package: &Package, wanted: &Wanted, told: Option<&Told>) -> bool {
    let (amazon::Write::Confirm(now), Some(amazon::Write::Confirm(before))) =
        (&wanted.write, told.map(|told| &told.write))
    else {
        return true;
    };
    let named = package.carrier.as_deref();
    now.parcel.carrier == before.parcel.carrier || named.is_some_and(|theirs| same(theirs, now.parcel.carrier.name()))
}

/// A parcel that Amazon has under our reference with another number.
fn contradicting<'a>(seen: &'a Shipping, wanted: &Wanted) -> Option<&'a Package> {
    let ours = wanted.tracking.as_deref()?;
    let mut own = seen.parcels().filter(|package| package.reference == wanted.reference);
    own.find(|package| !package.tracking.as_deref().is_some_and(|theirs| same(theirs, ours)))
}

fn refusals(seen: &Shipping, wanted: &[Wanted], standing: &[Standing]) -> Vec<Problem> {
    let lost = wanted
        .iter()
        .zip(standing)
        .filter(|(_, standing)| **standing == Standing::Lost);
    let mut problems: Vec<Problem> = Vec::new();
    for (one, _) in lost {
        let feed = seen.told(&one.name).and_then(|told| seen.feeds.get(&told.answer));
        let problem = match (feed, &one.write) {
            (Some(Fate::Refused(said)), _) => feed_rejected(&seen.order, said),
            (_, amazon::Write::Confirm(told)) if contradicting(seen, one).is_some() => {
                not_corrected(&seen.order, &told.parcel.tracking)
            }
            (_, amazon::Write::Confirm(told)) => {
                not_taken(&seen.order, &told.parcel.tracking, told.parcel.carrier.name())
            }
            (_, amazon::Write::Feed { .. }) => not_taken(&seen.order, "", ""),
        };
        if problems.iter().all(|known| known.cause != problem.cause) {
            problems.push(problem);
        }
    }
    problems
}

fn step(seen: &Shipping, wanted: Wanted) -> Step {
    let order = seen.order.id.as_str();
    let title = match &wanted.tracking {
        Some(number) => Text::new("step-confirm-shipment").with("tracking", number.as_str()),
        None => Text::new("step-confirm-shipment-untracked"),
    };
    Step {
        name: wanted.name,
        title: title.with("order", order),
        write: Write::Amazon(wanted.write),
        needs: Vec::new(),
        expect: None,
        hold: None,
        link: None,
    }
}

/// What lists may show: when it must leave, and how many parcels and numbers there are.
fn facts(seen: &Shipping, rules: &Rules) -> Vec<Fact> {
    let order = &seen.order;
    let fact = |name: &str, value: domain::text::Arg| Fact {
        name: name.to_owned(),
        value,
    };
    let marketplace = order.marketplace_id.as_deref().unwrap_or_default();
    let mut facts = vec![
        fact("marketplace", marketplace.into()),
        fact("date", rules.business_date(marketplace, order.created).into()),
        fact("ordered", order.created.into()),
        fact("status", order.status.as_str().into()),
    ];
    facts.extend(order.grand_total.map(|total| fact("total", total.into())));
    facts.extend(order.ship_by.latest.map(|latest| fact("ship_by", latest.into())));
    let documents: Vec<&str> = seen.left().map(|shipped| shipped.number.as_str()).collect();
    facts.push(fact("document", documents.join(", ").as_str().into()));
    let tracking: Vec<&str> = seen.left().flat_map(|one| &one.tracking).map(String::as_str).collect();
    facts.push(fact("tracking", tracking.join(", ").as_str().into()));
    let profile = rules.marketplaces.get(marketplace);
    facts.extend(profile.and_then(|profile| SHIPMENTS.version(rules, profile)));
    facts.extend(surplus(seen, rules).map(|numbers| fact("surplus_tracking", numbers.as_str().into())));
    facts
}

/// Tracking numbers that no unit is left for (FUL-03).
fn surplus(seen: &Shipping, rules: &Rules) -> Option<String> {
    let profile = rules.marketplaces.get(seen.order.marketplace_id.as_deref()?)?;
    let units = units::of(seen, rules, profile).ok()?;
    let spare = units.of.iter().filter_map(|(id, of)| {
        let shipped = seen.shipped.iter().find(|shipped| shipped.id == *id)?;
        let (_, spare) = of_fulfilment(seen, shipped, of, rules, profile).ok()?;
        Some(spare)
    });
    let spare: Vec<String> = spare.flatten().collect();
    (!spare.is_empty()).then(|| spare.join(", "))
}

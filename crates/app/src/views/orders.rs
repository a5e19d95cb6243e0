//! The list of orders with its saved views (ux.md §5.5).

use chrono::{DateTime, TimeDelta, Utc};
use domain::Text;
use store::decisions::{self, After, Decision, Filter, Sort};
use store::exclusions::{self, Exclusion};
use store::{Reader, Store, links};

use super::documents::Pages;
use super::facts::Facts;
use super::runs::subject_state;
use super::small;
use crate::contract::{OrderRow, OrdersPage, OrdersRequest, Refusal, ViewCount};

/// The flows whose subjects are orders.
pub(super) use flows::orders::FLOWS as ORDER_FLOWS;

/// The saved views, in the order of their tabs.
const VIEWS: [&str; 8] = [
    "all",
    "today",
    "to_ship",
    "late",
    "not_in_netsuite",
    "needs_you",
    "refunded",
    "cancelled",
];

/// Amazon's statuses of an order that is still to be shipped.
const TO_SHIP: [&str; 2] = ["UNSHIPPED", "PARTIALLY_SHIPPED"];

/// How long before its ship-by time an order counts as late (CMN-21).
const SOON: TimeDelta = TimeDelta::hours(24);

/// A page of orders.
pub fn page(store: &Store, request: &OrdersRequest, now: DateTime<Utc>) -> Result<OrdersPage, Refusal> {
    let limit = request.limit.unwrap_or(100).clamp(1, 200);
    let after = request.after.as_deref().map(cursor).transpose()?;
    let view = request.view.as_deref().unwrap_or("all");
    let text = request.search.as_deref().filter(|text| !text.is_empty());
    let found = match text {
        Some(text) => Some(store.read(|db| decisions::search(db, text))?),
        None => None,
    };
    let asked = Asked { request, found, now };
    let (narrowed, sort) = filter(view, &asked).ok_or_else(|| Refusal::bad_request("view", view))?;
    let page = store.read(|db| {
        let pages = Pages::of(db)?;
        let found = decisions::list(db, &narrowed, sort, after, limit)?;
        let full = found.len() == limit as usize;
        let keys: Vec<String> = found.iter().map(|decision| decision.key.clone()).collect();
        let linked = links::of_keys(db, "order", &keys)?;
        let told = shipments(db, &keys)?;
        let left_out = left_out(db, &found)?;
        let reason = |key: &str| left_out.iter().find(|one| one.key == key);
        let filters: Vec<Filter> = VIEWS.iter().filter_map(|id| Some(filter(id, &asked)?.0)).collect();
        let counts = decisions::count_each(db, &filters)?;
        let views = VIEWS.iter().zip(counts).map(|(id, count)| ViewCount {
            id: (*id).to_owned(),
            count: small(count),
        });
        let views: Vec<ViewCount> = views.collect();
        Ok(OrdersPage {
            after: decisions::end_of(&found, sort)
                .filter(|_| full)
                .map(|end| format!("{}|{}", end.first, end.second)),
            total: views.iter().find(|one| one.id == view).map_or(0, |one| one.count),
            orders: found
                .iter()
                .map(|decision| row(decision, &linked, &told, reason(&decision.key), &pages))
                .collect(),
            views,
        })
    })?;
    Ok(page)
}

fn cursor(text: &str) -> Result<After, Refusal> {
    let numbers = text
        .split_once('|')
        .and_then(|(first, second)| Some((first.parse().ok()?, second.parse().ok()?)));
    let (first, second) = numbers.ok_or_else(|| Refusal::bad_request("after", text))?;
    Ok(After { first, second })
}

/// What is asked for, in whichever view.
struct Asked<'a> {
    request: &'a OrdersRequest,
    /// The orders that the search found: looked for once, and counted in every view.
    found: Option<Vec<String>>,
    now: DateTime<Utc>,
}

fn filter(view: &str, asked: &Asked<'_>) -> Option<(Filter, Sort)> {
    use decisions::State::{Error, NeedsYou, Ready, Waiting};
    let all = Filter {
        flows: ORDER_FLOWS.iter().map(ToString::to_string).collect(),
        marketplace: asked.request.marketplace.clone(),
        keys: asked.found.clone(),
        ..Filter::default()
    };
    let to_ship = || Filter {
        flows: vec!["mfn-orders".to_owned()],
        statuses: TO_SHIP.iter().map(ToString::to_string).collect(),
        ..all.clone()
    };
    Some(match view {
        "all" => (all, Sort::Newest),
        "today" => {
            let since = Some(asked.now.date_naive());
            (Filter { since, ..all }, Sort::Newest)
        }
        "to_ship" => (to_ship(), Sort::Due),
        "late" => {
            let due_before = Some(asked.now + SOON);
            let late = Filter {
                due_before,
                ..to_ship()
            };
            (late, Sort::Due)
        }
        "not_in_netsuite" => {
            let states = vec![Waiting, Ready, NeedsYou, Error];
            (Filter { states, ..all }, Sort::Newest)
        }
        "needs_you" => {
            let states = vec![NeedsYou];
            (Filter { states, ..all }, Sort::Newest)
        }
        "refunded" => {
            let linked = Some("refund".to_owned());
            (Filter { linked, ..all }, Sort::Newest)
        }
        "cancelled" => {
            let statuses = vec!["CANCELLED".to_owned()];
            (Filter { statuses, ..all }, Sort::Newest)
        }
        _ => return None,
    })
}

/// What is decided about the shipments of these orders.
pub(super) fn shipments(db: &Reader<'_>, keys: &[String]) -> store::Result<Vec<Decision>> {
    let filter = Filter {
        flows: vec!["shipments".to_owned()],
        keys: Some(keys.to_vec()),
        ..Filter::default()
    };
    let limit = u32::try_from(keys.len()).unwrap_or(u32::MAX);
    decisions::list(db, &filter, Sort::Newest, None, limit)
}

/// How far an order that the seller ships is (FUL-11). What Amazon itself calls shipped is confirmed, whoever did it.
fn shipping_state(facts: &Facts, status: &str, imported: bool, told: Option<&Decision>) -> Option<&'static str> {
    use decisions::State::{Done, Ignored};
    const KNOWN: [&str; 3] = [
        "reason-parcels-known-to-amazon",
        "reason-amazon-label",
        "reason-tracking-updates-off",
    ];
    if facts.text("channel") != "mfn" || status == "CANCELLED" {
        return None;
    }
    if status == "SHIPPED" {
        return Some("confirmed");
    }
    if !imported {
        return Some("not_imported");
    }
    let Some(told) = told else {
        return Some("not_fulfilled");
    };
    let reason = told
        .reason
        .as_ref()
        .map(|reason| reason.id.as_str())
        .unwrap_or_default();
    let known = told.state == Done || (told.state == Ignored && KNOWN.contains(&reason));
    let left = !Facts::of(&told.facts).text("document").is_empty();
    Some(match (known, left) {
        // Amazon has what left so far, and waits for the rest.
        (true, _) if status == "PARTIALLY_SHIPPED" => "not_fulfilled",
        (true, _) => "confirmed",
        (false, true) => "not_confirmed",
        (false, false) => "not_fulfilled",
    })
}

fn words(left_out: &Exclusion) -> Text {
    Text::new("reason-left-out").with("reason", left_out.reason.as_str())
}

/// Why and by whom those of these orders are left out that a person left out.
fn left_out(db: &Reader<'_>, found: &[Decision]) -> store::Result<Vec<Exclusion>> {
    let excluded = found.iter().filter(|one| one.state == decisions::State::Excluded);
    let mut all = Vec::new();
    for one in excluded {
        all.extend(exclusions::get(db, &one.flow, &one.account, &one.key)?);
    }
    Ok(all)
}

/// An order in the table. What a person left out says why in the person's words.
pub(super) fn row(
    decision: &Decision,
    linked: &[links::Link],
    told: &[Decision],
    left_out: Option<&Exclusion>,
    pages: &Pages,
) -> OrderRow {
    let facts = Facts::of(&decision.facts);
    let day = decision.happened_on.map(|day| day.to_string()).unwrap_or_default();
    let ordered = facts.text("ordered");
    let status = facts.text("status");
    let to_ship = facts.text("channel") == "mfn" && TO_SHIP.contains(&status.as_str());
    let document = linked
        .iter()
        .filter(|link| link.key == decision.key)
        .find_map(|link| pages.document(link));
    let told = told.iter().find(|one| one.key == decision.key);
    let shipping_state = shipping_state(&facts, &status, document.is_some(), told).map(str::to_owned);
    OrderRow {
        id: decision.key.clone(),
        ordered: if ordered.is_empty() { day.clone() } else { ordered },
        date: day,
        ship_by: decision.due_at().filter(|_| to_ship).map(|at| at.to_rfc3339()),
        marketplace: decision.marketplace.clone().unwrap_or_default(),
        channel: facts.text("channel"),
        items: facts.text("items"),
        units: facts.count("units"),
        total: decision.total.map(Into::into),
        amazon_status: status,
        document,
        state: subject_state(decision.state),
        shipping_state,
        reason: left_out.map(words).or_else(|| decision.reason.clone()).map(Into::into),
        review: !facts.text("review").is_empty(),
    }
}

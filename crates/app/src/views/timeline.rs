//! The time line of an order: what happened on both sides, in the order in which it happened, and what comes next.

use amazon::orders::{Order, Package};
use domain::{Money, Text};
use store::decisions::{self, Decision};
use store::exclusions::Exclusion;
use store::links::Link;
use store::problems::Problem;
use store::settlement_lines::OrderTotal;
use store::steps::{Step, StepState};

use super::documents::Pages;
use super::facts::Facts;
use super::order::Known;
use super::runs::{step_state, subject_state, title};
use crate::contract::{State, TimelineStep};

/// The steps, what is over first; what has not happened yet stands at the end.
pub(super) fn of(order: &Decision, seen: Option<&Order>, known: &Known, pages: &Pages) -> Vec<TimelineStep> {
    let mut steps = vec![ordered(order, seen)];
    if let Some(seen) = seen {
        steps.extend(seen.packages.iter().map(package));
        steps.extend(cancelled(order, seen));
    }
    steps.extend(
        known
            .links
            .iter()
            .map(|link| linked(link, order.total, &known.steps, pages)),
    );
    steps.extend(known.settled.iter().map(settled));
    steps.extend(Facts::of(&order.facts).notices().map(notice));
    steps.extend(known.steps.iter().filter(|step| is_told_elsewhere(step)).map(told));
    steps.extend(known.elsewhere().into_iter().filter_map(elsewhere));
    steps.extend(known.left_out.first().map(left_out));
    // Stable: what happened at the same time stays in the order of the trade.
    steps.sort_by(|one, other| match (&one.at, &other.at) {
        (Some(one), Some(other)) => one.cmp(other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    });
    steps.extend(known.problems.iter().filter(|problem| problem.is_open()).map(problem));
    let is_ahead = |step: &&Step| !matches!(step.state, StepState::Done | StepState::Withdrawn | StepState::Undone);
    steps.extend(
        known
            .steps
            .iter()
            .filter(is_ahead)
            .map(|step| planned(step, order.total)),
    );
    if known.links.is_empty() && known.steps.is_empty() && !known.problems.iter().any(Problem::is_open) {
        steps.push(TimelineStep {
            state: subject_state(order.state),
            detail: order.reason.clone().map(Into::into),
            ..step(Text::new("timeline-in-netsuite"))
        });
    }
    steps
}

/// A step of which nothing but the name is known yet.
fn step(what: Text) -> TimelineStep {
    TimelineStep {
        what: what.into(),
        at: None,
        state: State::Done,
        amazon: None,
        netsuite: None,
        document: None,
        settlement: None,
        cause: None,
        detail: None,
    }
}

fn ordered(order: &Decision, seen: Option<&Order>) -> TimelineStep {
    let at = seen.map_or_else(|| order.happened_at(), |seen| seen.created);
    TimelineStep {
        at: Some(at.to_rfc3339()),
        amazon: order.total.map(Into::into),
        ..step(Text::new("timeline-ordered"))
    }
}

/// What a person should know and is not asked about, named by its fact.
fn notice(fact: &flows::Fact) -> TimelineStep {
    TimelineStep {
        state: State::Check,
        ..step(Text::new(fact.name.as_str()).with("value", fact.value.clone()))
    }
}

/// A parcel as Amazon knows it: confirmed by the seller, or sent by Amazon itself.
fn package(package: &Package) -> TimelineStep {
    let parts = [package.carrier.as_deref(), package.tracking.as_deref()];
    let named: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let detail = Text::new("timeline-package").with("package", named.join(" · "));
    TimelineStep {
        at: package.shipped.map(|at| at.to_rfc3339()),
        state: if package.shipped.is_some() {
            State::Done
        } else {
            State::Queued
        },
        detail: (!named.is_empty()).then(|| detail.into()),
        ..step(Text::new("timeline-package-shipped"))
    }
}

fn cancelled(order: &Decision, seen: &Order) -> Option<TimelineStep> {
    (seen.status.as_str() == "CANCELLED").then(|| TimelineStep {
        at: Some(seen.updated.to_rfc3339()),
        state: State::Undone,
        detail: order.reason.clone().map(Into::into),
        ..step(Text::new("timeline-cancelled"))
    })
}

/// A NetSuite record, with the settlement that it was written for.
fn linked(link: &Link, total: Option<Money>, steps: &[Step], pages: &Pages) -> TimelineStep {
    let made_by = steps
        .iter()
        .find(|step| link.external_id.as_deref() == Some(step.name.as_str()));
    TimelineStep {
        at: Some(link.linked_at.to_rfc3339()),
        amazon: (link.kind == "order").then_some(total).flatten().map(Into::into),
        netsuite: link.total.map(Into::into),
        document: pages.document(link),
        settlement: made_by.and_then(|step| step.hold.clone()),
        ..step(Text::new(name(link)))
    }
}

/// What a record is in the story of an order.
fn name(link: &Link) -> &'static str {
    match (link.kind.as_str(), link.record.as_str()) {
        ("order", _) if link.adopted => "timeline-adopted",
        (_, "salesOrder") => "timeline-sales-order",
        (_, "invoice") => "timeline-invoice",
        (_, "cashSale") => "timeline-cash-sale",
        (_, "itemFulfillment") => "timeline-shipped",
        (_, "customerPayment") => "timeline-paid",
        (_, "creditMemo") => "timeline-credit-memo",
        (_, "customerRefund" | "cashRefund") => "timeline-refunded",
        ("order", _) => "timeline-in-netsuite",
        _ => "timeline-linked",
    }
}

/// A finished write that left no record of its own in NetSuite: a parcel that Amazon was told about.
fn is_told_elsewhere(step: &Step) -> bool {
    step.state == StepState::Done && step.link.is_none() && step.body["to"] != "local"
}

fn told(done: &Step) -> TimelineStep {
    TimelineStep {
        at: Some(done.changed_at.to_rfc3339()),
        ..step(done.title.clone())
    }
}

/// What another flow says about the order: the parcels it has seen in NetSuite, or what it waits for.
fn elsewhere(decision: &Decision) -> Option<TimelineStep> {
    let facts = Facts::of(&decision.facts);
    let parcels = [facts.text("document"), facts.text("tracking")];
    let named: Vec<&str> = parcels
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    let waits = matches!(decision.state, decisions::State::Waiting | decisions::State::Held);
    let detail = match (&decision.reason, named.is_empty()) {
        (Some(reason), _) if waits => reason.clone(),
        (_, false) => Text::new("timeline-package").with("package", named.join(" · ")),
        (_, true) => return None,
    };
    Some(TimelineStep {
        at: (!waits).then(|| decision.decided_at.to_rfc3339()),
        state: subject_state(decision.state),
        detail: Some(detail.into()),
        ..step(Text::new(title(&decision.flow)))
    })
}

/// From here on a person handles it elsewhere.
fn left_out(exclusion: &Exclusion) -> TimelineStep {
    let detail = Text::new("reason-left-out").with("reason", exclusion.reason.as_str());
    TimelineStep {
        at: Some(exclusion.at.to_rfc3339()),
        state: State::Skipped,
        detail: Some(detail.into()),
        ..step(Text::new("timeline-handled-elsewhere"))
    }
}

/// What a settlement has for the order, fees taken off.
fn settled(total: &OrderTotal) -> TimelineStep {
    TimelineStep {
        at: total.on.clone(),
        amazon: Some(total.total.into()),
        settlement: Some(total.settlement.clone()),
        ..step(Text::new("timeline-settled").with("count", i64::try_from(total.lines).unwrap_or(i64::MAX)))
    }
}

fn problem(problem: &Problem) -> TimelineStep {
    TimelineStep {
        state: super::problems::tab_state(problem.tab),
        cause: Some(problem.cause.clone()),
        detail: Some(problem.why.clone().into()),
        ..step(problem.what.clone())
    }
}

fn planned(planned: &Step, total: Option<Money>) -> TimelineStep {
    let of_order = planned.link.as_ref().is_some_and(|(kind, _)| kind == "order");
    TimelineStep {
        state: step_state(planned),
        amazon: of_order.then_some(total).flatten().map(Into::into),
        settlement: planned.hold.clone(),
        ..step(planned.title.clone())
    }
}

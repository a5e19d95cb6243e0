//! Orders and their time line (ux.md §5.5).

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Money, Text};
use store::decisions::{self, After, Decision, Filter};
use store::{Store, attempts, links, problems, steps};

use super::facts::Facts;
use super::runs::{step_state, subject_state};
use crate::contract::{
    Amount, Document, OrderLine, OrderRow, OrderView, OrdersPage, OrdersRequest, Refusal, SentBody, State,
    TimelineStep, ViewCount,
};

/// The flows whose subjects are orders.
const ORDER_FLOWS: [&str; 2] = ["mfn-orders", "fba-orders"];

/// A page of orders.
pub fn page(store: &Store, request: &OrdersRequest, today: NaiveDate) -> Result<OrdersPage, Refusal> {
    let limit = request.limit.unwrap_or(100).clamp(1, 200);
    let after = request.after.as_deref().map(cursor).transpose()?;
    let view = request.view.as_deref().unwrap_or("all");
    let narrowed = filter(view, request, today).ok_or_else(|| Refusal::bad_request(view))?;
    store
        .read(|db| {
            let found = decisions::list(db, &narrowed, after.as_ref(), limit)?;
            let more = (found.len() == limit as usize).then(|| found.last()).flatten();
            let keys: Vec<String> = found.iter().map(|decision| decision.key.clone()).collect();
            let linked = links::of_keys(db, "order", &keys)?;
            let mut views = Vec::new();
            for id in ["all", "today", "to_ship", "not_in_netsuite", "needs_you", "cancelled"] {
                let Some(counted) = filter(id, request, today) else {
                    continue;
                };
                views.push(ViewCount {
                    id: id.to_owned(),
                    count: small(decisions::count(db, &counted)?),
                });
            }
            Ok(OrdersPage {
                after: more.map(|last| {
                    format!(
                        "{}|{}",
                        last.happened_on.map(|day| day.to_string()).unwrap_or_default(),
                        last.id
                    )
                }),
                total: small(decisions::count(db, &narrowed)?),
                orders: found.iter().map(|decision| row(decision, &linked)).collect(),
                views,
            })
        })
        .map_err(Into::into)
}

fn cursor(text: &str) -> Result<After, Refusal> {
    let (day, id) = text.split_once('|').ok_or_else(|| Refusal::bad_request(text))?;
    Ok(After {
        day: day.to_owned(),
        id: id.parse().map_err(|_| Refusal::bad_request(text))?,
    })
}

fn filter(view: &str, request: &OrdersRequest, today: NaiveDate) -> Option<Filter> {
    use decisions::State::{Error, NeedsYou, Ready, Waiting};
    let all = Filter {
        flows: ORDER_FLOWS.iter().map(ToString::to_string).collect(),
        marketplace: request.marketplace.clone(),
        search: request.search.clone(),
        ..Filter::default()
    };
    let status = |word: &str| Some(("status".to_owned(), word.to_owned()));
    Some(match view {
        "all" => all,
        "today" => Filter {
            since: Some(today),
            ..all
        },
        "to_ship" => Filter {
            flows: vec!["mfn-orders".to_owned()],
            fact: status("UNSHIPPED"),
            ..all
        },
        "not_in_netsuite" => Filter {
            states: vec![Waiting, Ready, NeedsYou, Error],
            ..all
        },
        "needs_you" => Filter {
            states: vec![NeedsYou],
            ..all
        },
        "cancelled" => Filter {
            fact: status("CANCELLED"),
            ..all
        },
        _ => return None,
    })
}

fn row(decision: &Decision, linked: &[links::Link]) -> OrderRow {
    let facts = Facts::of(&decision.facts);
    let day = decision.happened_on.map(|day| day.to_string()).unwrap_or_default();
    let ordered = facts.text("ordered");
    OrderRow {
        id: decision.key.clone(),
        ordered: if ordered.is_empty() { day.clone() } else { ordered },
        date: day,
        marketplace: decision.marketplace.clone().unwrap_or_default(),
        channel: facts.text("channel"),
        items: facts.text("items"),
        units: facts.count("units"),
        total: decision.total.map(Into::into),
        amazon_status: facts.text("status"),
        document: linked.iter().find(|link| link.key == decision.key).map(document),
        state: subject_state(decision.state),
        reason: decision.reason.clone().map(Into::into),
    }
}

/// A linked record as the screens show it.
pub fn document(link: &links::Link) -> Document {
    let number = link
        .document
        .clone()
        .or_else(|| link.external_id.clone())
        .unwrap_or_else(|| link.record_id.clone());
    Document {
        record: link.record.clone(),
        id: link.record_id.clone(),
        number,
        address: None,
    }
}

/// One order in full.
pub fn view(store: &Store, id: &str) -> Result<OrderView, Refusal> {
    let known = store.read(|db| {
        let about = decisions::about(db, id)?;
        let mut sent = Vec::new();
        for step in steps::about(db, id)? {
            let attempts = attempts::of_step(db, &step.name)?.len();
            sent.push((step, u32::try_from(attempts).unwrap_or(u32::MAX)));
        }
        let links = links::of_key(db, None, id)?;
        Ok(Known {
            about,
            sent,
            links,
            problems: problems::about(db, id)?,
        })
    })?;
    let order = known.current().ok_or_else(|| Refusal::not_found(id))?;
    let seen = order
        .evidence
        .get("order")
        .and_then(|order| serde_json::from_value::<amazon::orders::Order>(order.clone()).ok());
    let order_links: Vec<links::Link> = known
        .links
        .iter()
        .filter(|link| link.kind == "order")
        .cloned()
        .collect();
    Ok(OrderView {
        order: row(order, &order_links),
        lines: seen.as_ref().map(lines).unwrap_or_default(),
        timeline: timeline(order, seen.as_ref(), &known),
        problems: known
            .problems
            .iter()
            .filter(|problem| matches!(problem.tab, problems::Tab::NeedsYou | problems::Tab::Retrying))
            .map(super::problems::row)
            .collect(),
        sent: known
            .sent
            .iter()
            .map(|(step, attempts)| sent_body(step, *attempts))
            .collect(),
    })
}

struct Known {
    about: Vec<Decision>,
    sent: Vec<(steps::Step, u32)>,
    links: Vec<links::Link>,
    problems: Vec<problems::Problem>,
}

impl Known {
    fn current(&self) -> Option<&Decision> {
        self.about
            .iter()
            .rev()
            .find(|decision| ORDER_FLOWS.contains(&decision.flow.as_str()))
    }
}

fn sent_body(step: &steps::Step, attempts: u32) -> SentBody {
    SentBody {
        title: step.title.clone().into(),
        body: serde_json::to_string_pretty(&step.body).unwrap_or_default(),
        attempts,
        state: step_state(step),
    }
}

fn lines(order: &amazon::orders::Order) -> Vec<OrderLine> {
    use amazon::orders::Charge;
    order
        .items
        .iter()
        .map(|item| {
            let of = |kind: &Charge| {
                sum(item
                    .breakdowns
                    .iter()
                    .filter(|part| part.kind == *kind)
                    .map(|part| part.subtotal))
            };
            OrderLine {
                sku: item.sku.clone().unwrap_or_default(),
                title: item.title.clone().unwrap_or_default(),
                quantity: item.quantity,
                price: of(&Charge::Item),
                shipping: of(&Charge::Shipping),
                gift_wrap: of(&Charge::GiftWrap),
                discount: of(&Charge::Discount),
                tax: of(&Charge::Tax),
            }
        })
        .collect()
}

fn sum(amounts: impl Iterator<Item = Money>) -> Option<Amount> {
    amounts
        .fold(None, |so_far: Option<Money>, next| {
            so_far.map_or(Some(next), |sum| sum.plus(next).ok())
        })
        .map(Into::into)
}

/// From purchase to payment: what happened, and what comes next.
fn timeline(order: &Decision, seen: Option<&amazon::orders::Order>, known: &Known) -> Vec<TimelineStep> {
    let mut steps = vec![TimelineStep {
        what: Text::new("timeline-ordered").into(),
        at: seen.map(|order| order.created.to_rfc3339()),
        state: State::Done,
        amazon: order.total.map(Into::into),
        netsuite: None,
        document: None,
        settlement: None,
        detail: None,
    }];
    for link in &known.links {
        steps.push(linked(link, order.total));
    }
    for (step, _) in known
        .sent
        .iter()
        .filter(|(step, _)| step.state != steps::StepState::Done)
    {
        steps.push(pending(step, order.total));
    }
    if known.links.is_empty() && known.sent.is_empty() {
        steps.push(TimelineStep {
            what: Text::new("timeline-in-netsuite").into(),
            at: None,
            state: subject_state(order.state),
            amazon: None,
            netsuite: None,
            document: None,
            settlement: None,
            detail: order.reason.clone().map(Into::into),
        });
    }
    steps
}

fn linked(link: &links::Link, total: Option<Money>) -> TimelineStep {
    let what = match link.kind.as_str() {
        "order" if link.adopted => "timeline-adopted",
        "order" => "timeline-in-netsuite",
        "payment" => "timeline-paid",
        "refund" => "timeline-refunded",
        "fulfilment" => "timeline-shipped",
        _ => "timeline-linked",
    };
    TimelineStep {
        what: Text::new(what).into(),
        at: Some(instant(link.linked_at)),
        state: State::Done,
        amazon: (link.kind == "order").then_some(total).flatten().map(Into::into),
        netsuite: link.total.map(Into::into),
        document: Some(document(link)),
        settlement: None,
        detail: None,
    }
}

fn pending(step: &steps::Step, total: Option<Money>) -> TimelineStep {
    TimelineStep {
        what: step.title.clone().into(),
        at: None,
        state: step_state(step),
        amazon: total.map(Into::into),
        netsuite: None,
        document: None,
        settlement: step.hold.clone(),
        detail: None,
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339()
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

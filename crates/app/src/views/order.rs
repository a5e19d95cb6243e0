//! One order in full: its lines, its time line, what was sent, what is asked (ux.md §5.5, flows.md §17.2).

use std::collections::BTreeMap;

use amazon::orders::Order;
use domain::Money;
use store::decisions::{self, Decision};
use store::exclusions::Exclusion;
use store::settlement_lines::{self, OrderTotal};
use store::{Reader, Store, attempts, buyer_keys, links, problems, steps};

use super::documents::Pages;
use super::facts::Facts;
use super::orders::{ORDER_FLOWS, row, shipments};
use super::runs::step_state;
use super::{acts, problems as asked, small, timeline};
use crate::application::Inner;
use crate::contract::{Amount, BuyerField, BuyerView, OrderLine, OrderView, Refusal, SentBody};

/// Everything that this computer knows about an order.
pub(super) struct Known {
    pub(super) about: Vec<Decision>,
    pub(super) steps: Vec<steps::Step>,
    pub(super) links: Vec<links::Link>,
    pub(super) problems: Vec<problems::Problem>,
    pub(super) settled: Vec<OrderTotal>,
    pub(super) left_out: Vec<Exclusion>,
    attempts: BTreeMap<String, u32>,
    has_buyer: bool,
}

impl Known {
    fn read(db: &Reader<'_>, id: &str) -> store::Result<Self> {
        let steps = steps::about(db, id)?;
        let mut sent = BTreeMap::new();
        for step in &steps {
            sent.insert(step.name.clone(), small(attempts::of_step(db, &step.name)?.len()));
        }
        let settled = settlement_lines::orders(db, id)?;
        let mut links = links::of_key(db, None, id)?;
        links.extend(shared_payments(db, id, &settled)?);
        Ok(Self {
            about: decisions::about(db, id)?,
            links,
            problems: problems::about(db, id)?,
            settled,
            left_out: acts::left_out(db, id)?,
            has_buyer: buyer_keys::get(db, id)?.is_some(),
            attempts: sent,
            steps,
        })
    }

    fn current(&self) -> Option<&Decision> {
        self.about
            .iter()
            .rev()
            .find(|decision| ORDER_FLOWS.contains(&decision.flow.as_str()))
    }

    /// The version of the mapping that the record was written with (CMN-30): the decision that planned it remembers it.
    fn mapping(&self) -> Option<String> {
        let of_order = |decision: &&Decision| ORDER_FLOWS.contains(&decision.flow.as_str());
        let version = |decision: &Decision| Facts::of(&decision.facts).text("mapping");
        let mut versions = self.about.iter().rev().filter(of_order).map(version);
        versions.find(|version| !version.is_empty())
    }

    /// The latest decision of each other flow about the order: shipments, bills.
    pub(super) fn elsewhere(&self) -> Vec<&Decision> {
        let mut latest: BTreeMap<&str, &Decision> = BTreeMap::new();
        for decision in &self.about {
            if !ORDER_FLOWS.contains(&decision.flow.as_str()) {
                latest.insert(&decision.flow, decision);
            }
        }
        latest.into_values().collect()
    }

    /// How buyer data stands: `hidden`, `deleted`, or `none` where NetSuite was never told who the buyer is.
    fn buyer(&self) -> &'static str {
        let was_sent = self.steps.iter().any(|step| step.sealed.is_some());
        match (was_sent, self.has_buyer) {
            (false, _) => "none",
            (true, true) => "hidden",
            (true, false) => "deleted",
        }
    }
}

/// The order's part of payments that the orders of a customer share (SET-26).
fn shared_payments(db: &Reader<'_>, order: &str, settled: &[OrderTotal]) -> store::Result<Vec<links::Link>> {
    let mut found = Vec::new();
    for total in settled {
        let shared = links::of_key(db, Some("payment"), &total.settlement)?;
        if shared.is_empty() {
            continue;
        }
        let together = engine::paid_together(db, &total.settlement)?;
        let share = |link: &links::Link| together.get(link.external_id.as_ref()?)?.get(order).copied();
        let of_order = shared.into_iter().filter_map(|link| {
            let share = Money::new(share(&link)?, total.total.currency);
            Some(links::Link {
                total: link.total.map(|_| share),
                ..link
            })
        });
        found.extend(of_order);
    }
    Ok(found)
}

/// One order in full.
pub fn view(store: &Store, id: &str) -> Result<OrderView, Refusal> {
    let (known, pages, told) = store.read(|db| {
        let told = shipments(db, &[id.to_owned()])?;
        Ok((Known::read(db, id)?, Pages::of(db)?, told))
    })?;
    let order = known.current().ok_or_else(|| Refusal::not_found(id))?;
    let seen: Option<Order> = order
        .evidence
        .get("order")
        .and_then(|order| serde_json::from_value(order.clone()).ok());
    let order_links: Vec<links::Link> = known
        .links
        .iter()
        .filter(|link| link.kind == "order")
        .cloned()
        .collect();
    let left_out = known.left_out.iter().find(|one| one.flow == order.flow);
    let row = row(order, &order_links, &told, left_out, &pages);
    Ok(OrderView {
        address: pages.order(&row.marketplace, id),
        buyer: known.buyer().to_owned(),
        lines: seen.as_ref().map(lines).unwrap_or_default(),
        timeline: timeline::of(order, seen.as_ref(), &known, &pages),
        problems: known
            .problems
            .iter()
            .filter(|problem| problem.is_open())
            .map(|problem| asked::row(problem, &pages))
            .collect(),
        sent: known
            .steps
            .iter()
            .map(|step| SentBody {
                title: step.title.clone().into(),
                body: serde_json::to_string_pretty(&step.body).unwrap_or_default(),
                attempts: known.attempts.get(&step.name).copied().unwrap_or_default(),
                state: step_state(step),
            })
            .collect(),
        mapping: known.mapping(),
        parcels: acts::parcels(&known.steps),
        cannot_resend: acts::cannot_resend(&known.steps, &known.about, &known.left_out).map(Into::into),
        cannot_bill: acts::cannot_bill(&known.links, &known.steps, &known.left_out).map(Into::into),
        elsewhere: known.left_out.first().map(acts::as_elsewhere),
        order: row,
    })
}

/// Who the buyer is, as NetSuite was told, field by field. The trail keeps that it was looked at (CMN-40).
pub(crate) fn buyer(app: &Inner, id: &str) -> Result<BuyerView, Refusal> {
    let said = app.engine.reveal_buyer(id, "you")?;
    let first = |names: &[&str]| {
        let found = names.iter().find_map(|name| said.get(*name));
        found.cloned().unwrap_or_default()
    };
    let joined = |names: &[&str], between: &str| {
        let parts: Vec<&str> = names
            .iter()
            .filter_map(|name| said.get(*name))
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(between)
    };
    let whole_name = joined(&["firstName", "middleName", "lastName"], " ");
    let name = first(&["addressee", "altName"]);
    let fields = [
        ("name", if name.is_empty() { whole_name } else { name }),
        ("company", first(&["companyName", "attention"])),
        ("email", first(&["email"])),
        ("phone", first(&["phone", "addrPhone"])),
        (
            "address",
            joined(&["addr1", "addr2", "addr3", "zip", "city", "state"], ", "),
        ),
    ];
    let field = |(id, value): (&str, String)| BuyerField {
        id: id.to_owned(),
        value,
    };
    Ok(BuyerView {
        fields: fields
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(field)
            .collect(),
    })
}

fn lines(order: &Order) -> Vec<OrderLine> {
    use amazon::orders::Charge;
    let line = |item: &amazon::orders::Item| {
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
    };
    order.items.iter().map(line).collect()
}

fn sum(amounts: impl Iterator<Item = Money>) -> Option<Amount> {
    amounts
        .fold(None, |so_far: Option<Money>, next| {
            so_far.map_or(Some(next), |sum| sum.plus(next).ok())
        })
        .map(Into::into)
}

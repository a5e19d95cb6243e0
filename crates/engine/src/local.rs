//! What this computer already knows, answered from the store.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use amazon::OrderStatus;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::Currency;
use domain::settlement::Line;
use domain::settlement::marketplace::Nameless;
use domain::settlement::plan::Balancing;
use flows::local::{
    ArchivedFile, BankReceipt, ChosenRows, InBooks, Made, OrderSeen, Sent, SentOf, StoredSettlement, Told, Watermark,
};
use flows::orders::changes::change_name;
use flows::orders::numbered;
use flows::orders::shipment::Shipment;
use flows::{Expect, LocalWrite, Write};
use netsuite::{RecordId, RecordType};
use rust_decimal::Decimal;
use store::archive::Document;
use store::decisions::{State, Telling};
use store::problems::Tab;
use store::settlements::Settlement;
use store::steps::{Outcome, StepState};
use store::{
    Reader, Store, StoreError, archive, decisions, exclusions, in_books, links, postings, problems, settlement_choices,
    settlement_lines, settlement_reissues, settlements, steps,
};
use vault::Vault;
use wire::Failure;

use crate::{audited, confirm, late, private};

fn is_of_orders(flow: &str) -> bool {
    flows::orders::FLOWS.contains(&flow)
}

/// The local facts of one run.
pub(crate) struct LocalFacts {
    pub(crate) store: Store,
    /// Opens what was sealed; without it an address that was sent is not known any more.
    pub(crate) vault: Option<Arc<dyn Vault>>,
    /// Whether a person asked for these very subjects.
    pub(crate) again: bool,
    /// When the run asks.
    pub(crate) now: DateTime<Utc>,
}

impl LocalFacts {
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>) -> Result<T, Failure> {
        self.store.read(work).map_err(|error| Failure::Misread {
            what: error.to_string(),
        })
    }
}

#[async_trait]
impl flows::Local for LocalFacts {
    async fn archived(&self, reports: &[String]) -> Result<BTreeSet<String>, Failure> {
        self.read(|db| {
            let mut known = BTreeSet::new();
            for id in reports {
                if archive::get(db, id)?.is_some() {
                    known.insert(id.clone());
                }
            }
            Ok(known)
        })
    }

    async fn files_to_import(&self) -> Result<Vec<ArchivedFile>, Failure> {
        self.read(|db| {
            let mut files = Vec::new();
            for id in settlements::not_looked_into(db, amazon::reports::SETTLEMENT_V2)? {
                files.extend(archive::get(db, &id)?.map(|document| ArchivedFile {
                    report_id: document.id,
                    file_name: document.file_name,
                    account: document.account,
                    received_at: document.received_at,
                }));
            }
            Ok(files)
        })
    }

    async fn settlements(&self) -> Result<Vec<StoredSettlement>, Failure> {
        self.read(|db| settlements::all(db)?.into_iter().map(|one| stored(db, one)).collect())
    }

    async fn settlement_lines(&self, settlement: &str) -> Result<Vec<Line>, Failure> {
        self.read(|db| settlement_lines::all(db, settlement))
    }

    async fn orders(&self, orders: &[String]) -> Result<BTreeMap<String, OrderSeen>, Failure> {
        self.read(|db| {
            let mut seen = BTreeMap::new();
            for id in orders {
                let told = decisions::tellings(db, id)?;
                if let Some(first) = told.iter().find(|one| is_of_orders(&one.flow)) {
                    let order = OrderSeen {
                        marketplace: first.marketplace.clone(),
                        ordered: instant(first.created.as_deref()),
                        updated: instant(first.updated.as_deref()),
                        shipped: first_shipped(&told),
                    };
                    seen.insert(id.clone(), order);
                }
            }
            Ok(seen)
        })
    }

    async fn sent(&self, orders: &[String]) -> Result<BTreeMap<String, SentOf>, Failure> {
        self.read(|db| {
            let mut known = BTreeMap::new();
            for order in orders {
                let mut written = sent(db, self.vault.as_deref(), order)?;
                let of_order = SentOf {
                    whole: written.remove(&None),
                    apart: written.into_values().map(|sent| (sent.name.clone(), sent)).collect(),
                };
                if of_order != SentOf::default() {
                    known.insert(order.clone(), of_order);
                }
            }
            Ok(known)
        })
    }

    async fn amazon_orders(&self, orders: &[String]) -> Result<BTreeMap<String, amazon::Order>, Failure> {
        self.read(|db| {
            let mut known = BTreeMap::new();
            for id in orders {
                // An order that cannot be read back is one that Amazon is asked for.
                known.extend(order_seen(db, id)?.map(|order| (id.clone(), order)));
            }
            Ok(known)
        })
    }

    async fn adopted_since(&self, since: DateTime<Utc>) -> Result<Vec<String>, Failure> {
        self.read(|db| links::adopted_since(db, "order", RecordType::SalesOrder.rest_name(), since))
    }

    async fn open_questions(&self, orders: &[String]) -> Result<BTreeMap<String, Vec<String>>, Failure> {
        self.read(|db| {
            let mut open: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for order in orders {
                let mut newest = Vec::new();
                for flow in flows::orders::FLOWS {
                    newest.extend(decisions::newest(db, order, &[flow])?);
                }
                newest.sort_by_key(|decision| Reverse(decision.id));
                for decision in newest {
                    let asked = problems::open_about(db, &decision.flow, &decision.account, order)?;
                    let codes = asked
                        .into_iter()
                        .filter(|one| one.tab == Tab::NeedsYou)
                        .map(|one| one.code);
                    // A change that is not in the books yet: what stands there is not what Amazon says.
                    let under_way = matches!(decision.state, State::Ready | State::Sent | State::Error);
                    let word = under_way.then(|| "under_way".to_owned());
                    let codes: Vec<String> = codes.chain(word).collect();
                    if !codes.is_empty() {
                        open.entry(order.clone()).or_default().extend(codes);
                    }
                }
            }
            Ok(open)
        })
    }

    async fn mismatched(&self, orders: &[String]) -> Result<BTreeSet<String>, Failure> {
        self.read(|db| {
            let asked = problems::open_with(db, "TOTAL_MISMATCH")?.into_iter();
            let open: BTreeSet<String> = asked
                .filter(|(flow, _)| is_of_orders(flow))
                .map(|(_, order)| order)
                .collect();
            Ok(orders.iter().filter(|order| open.contains(*order)).cloned().collect())
        })
    }

    async fn made(&self, flow: &str, orders: &[String]) -> Result<BTreeMap<String, Vec<Made>>, Failure> {
        self.read(|db| {
            let mut made: BTreeMap<String, Vec<Made>> = BTreeMap::new();
            for order in orders {
                let asked: Vec<_> = problems::about(db, order)?
                    .into_iter()
                    .filter(problems::Problem::is_open)
                    .collect();
                for step in steps::about(db, order)? {
                    let stands = step.flow == flow && step.state == StepState::Done;
                    if !stands || !matches!(step.outcome, Some(Outcome::Created | Outcome::Adopted)) {
                        continue;
                    }
                    let in_question = asked.iter().any(|problem| problem.step.as_ref() == Some(&step.name));
                    let total = confirm::expected(&step).map(|Expect::Total { total, tolerance }| (total, tolerance));
                    let settled = step.confirmed && !in_question;
                    let Some(id) = step.record_id else { continue };
                    made.entry(order.clone()).or_default().push(Made {
                        name: step.name,
                        id,
                        at: step.changed_at,
                        total,
                        settled,
                    });
                }
            }
            Ok(made)
        })
    }

    async fn told(&self, flow: &str, orders: &[String]) -> Result<BTreeMap<String, Vec<Told>>, Failure> {
        self.read(|db| {
            let mut told: BTreeMap<String, Vec<Told>> = BTreeMap::new();
            for order in orders {
                let steps = steps::about(db, order)?.into_iter();
                let done = steps.filter(|step| step.flow == flow && step.state == StepState::Done);
                let done: Vec<Told> = done.filter_map(|step| as_told(step, self.again)).collect();
                if !done.is_empty() {
                    told.insert(order.clone(), done);
                }
            }
            Ok(told)
        })
    }

    async fn fba_shipments(&self, orders: &[String]) -> Result<BTreeMap<String, Vec<Shipment>>, Failure> {
        let seen = flows::Local::seen_before(self, "fba-shipments", orders)
            .await?
            .into_iter();
        // What cannot be read back is told again by the next report.
        let shipments = |mut seen: serde_json::Value| serde_json::from_value(seen["shipments"].take()).ok();
        Ok(seen
            .filter_map(|(order, seen)| Some((order, shipments(seen)?)))
            .collect())
    }

    async fn named_elsewhere(&self, settlement: &str, of: &Nameless) -> Result<BTreeMap<String, String>, Failure> {
        self.read(|db| settlement_lines::named_elsewhere(db, settlement, &of.orders, &of.events))
    }

    async fn excluded_groups(&self, settlement: &str) -> Result<BTreeSet<String>, Failure> {
        self.read(|db| {
            let left_out = exclusions::under(db, &format!("{settlement}/"))?.into_iter();
            let of_settlements = left_out.filter(|one| one.flow.starts_with("settlement-"));
            Ok(of_settlements
                .filter_map(|one| Some(one.key.split_once('/')?.1.to_owned()))
                .collect())
        })
    }

    async fn accepted_variance(&self, settlement: &str) -> Result<Option<Decimal>, Failure> {
        self.read(|db| {
            Ok(crate::settlements::accepted_last(&settlement_choices::all(
                db, settlement,
            )?))
        })
    }

    async fn bank_receipts(&self) -> Result<Vec<BankReceipt>, Failure> {
        self.read(crate::bank::receipts)
    }

    async fn balancing_line(&self, settlement: &str) -> Result<Option<Balancing>, Failure> {
        self.read(|db| {
            let all = settlement_choices::all(db, settlement)?;
            Ok(crate::settlements::balancing(&all))
        })
    }

    async fn picked_marketplaces(&self, settlement: &str) -> Result<BTreeMap<Currency, String>, Failure> {
        self.read(|db| {
            // Oldest first, this settlement's own last: the later one counts.
            let mut picks = settlement_choices::of(db, settlement_choices::PICKED_MARKETPLACE)?;
            picks.sort_by_key(|one| one.settlement == settlement);
            let mut picked = BTreeMap::new();
            for one in picks {
                for (currency, marketplace) in one.value.as_object().into_iter().flatten() {
                    if let (Ok(currency), Some(marketplace)) = (currency.parse(), marketplace.as_str()) {
                        picked.insert(currency, marketplace.to_owned());
                    }
                }
            }
            Ok(picked)
        })
    }

    async fn row_choices(&self, settlement: &str) -> Result<ChosenRows, Failure> {
        self.read(|db| crate::row_choices::of_settlement(db, settlement))
    }

    async fn written(&self, settlement: &str) -> Result<BTreeMap<String, BTreeSet<String>>, Failure> {
        self.read(|db| {
            let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for (of, name) in steps::standing(db, settlement)? {
                names.entry(of).or_default().insert(name);
            }
            Ok(names)
        })
    }

    async fn paid_together(&self, settlement: &str) -> Result<BTreeMap<String, BTreeMap<String, Decimal>>, Failure> {
        self.read(|db| crate::reissues::paid_together(db, settlement))
    }

    async fn in_books(
        &self,
        account: &str,
        before: DateTime<Utc>,
        after: i64,
        most: u32,
    ) -> Result<Vec<InBooks>, Failure> {
        self.read(|db| audited::page(db, account, before, after, most))
    }

    async fn in_books_named(&self, names: &[String]) -> Result<Vec<InBooks>, Failure> {
        self.read(|db| audited::named(db, names))
    }

    async fn linked(&self, orders: &[String]) -> Result<BTreeMap<String, BTreeSet<RecordId>>, Failure> {
        self.read(|db| audited::linked(db, orders))
    }

    async fn settled_orders(&self, orders: &[String]) -> Result<BTreeMap<String, DateTime<Utc>>, Failure> {
        self.read(|db| Ok(in_books::settled(db, orders)?.into_iter().collect()))
    }

    async fn watermarks(&self, account: &str) -> Result<Vec<Watermark>, Failure> {
        self.read(|db| audited::watermarks(db, account, self.now))
    }

    async fn seen_before(&self, flow: &str, orders: &[String]) -> Result<BTreeMap<String, serde_json::Value>, Failure> {
        self.read(|db| {
            let mut seen = BTreeMap::new();
            for order in orders {
                let newest = decisions::newest(db, order, &[flow])?;
                seen.extend(newest.map(|decision| (order.clone(), decision.evidence)));
            }
            Ok(seen)
        })
    }
}

/// When an order had changed to *shipped*, by the first telling that said so: later changes move the time of the last one.
fn first_shipped(told: &[Telling]) -> Option<DateTime<Utc>> {
    let is_shipped = |one: &&Telling| one.status.as_deref() == Some(OrderStatus::Shipped.as_str());
    instant(told.iter().find(is_shipped)?.updated.as_deref())
}

/// An order as its flow last saw it, or as the shipments did when they read it back later.
fn order_seen(db: &Reader<'_>, id: &str) -> Result<Option<amazon::Order>, StoreError> {
    let newest = |flows: &[&str]| {
        let one = decisions::newest(db, id, flows)?;
        let order = one.map(|mut one| one.evidence["order"].take());
        Ok::<_, StoreError>(order.and_then(|order| serde_json::from_value::<amazon::Order>(order).ok()))
    };
    let Some(order) = newest(&flows::orders::FLOWS)? else {
        return Ok(None);
    };
    let later = newest(&["shipments"])?.filter(|read_back| read_back.updated > order.updated);
    Ok(Some(later.unwrap_or(order)))
}

/// Whether an order left or was cancelled before an instant, as it was last seen: by its last parcel, else by the first
/// telling of it. What is not known as an order has no life of its own at Amazon.
pub(crate) fn has_ended(db: &Reader<'_>, id: &str, before: DateTime<Utc>) -> Result<bool, StoreError> {
    let Some(order) = order_seen(db, id)? else {
        return Ok(true);
    };
    let parcels = order.packages.iter().filter_map(|package| package.shipped).max();
    let ended = match (&order.status, parcels) {
        (OrderStatus::Shipped, Some(left)) => left,
        (OrderStatus::Shipped, None) => first_shipped(&decisions::tellings(db, id)?).unwrap_or(order.updated),
        (OrderStatus::Cancelled | OrderStatus::Unfulfillable, _) => order.updated,
        _ => return Ok(false),
    };
    Ok(ended < before)
}

fn as_told(step: steps::Step, again: bool) -> Option<Told> {
    let Ok(Write::Amazon(write)) = serde_json::from_value(step.body) else {
        return None;
    };
    Some(Told {
        name: step.name,
        write,
        at: step.changed_at,
        answer: step.record_id.unwrap_or_default(),
        again,
    })
}

/// Records of an order by the shipment that each is of, nothing for the one of the whole order.
type Written = BTreeMap<Option<u32>, Sent>;

/// The records as they were made for an order, and the last change of each.
fn sent(db: &Reader<'_>, vault: Option<&dyn Vault>, order: &str) -> Result<Written, StoreError> {
    let mut written = Written::new();
    let open: Vec<_> = problems::about(db, order)?
        .into_iter()
        .filter(problems::Problem::is_open)
        .collect();
    // Read back, and nobody was asked why the total differs.
    let agreed = |step: &steps::Step| {
        let asked = open.iter().any(|problem| problem.step.as_ref() == Some(&step.name));
        step.confirmed && !asked
    };
    for step in steps::about(db, order)? {
        let done = step.state == StepState::Done && is_of_orders(&step.flow);
        if !done {
            continue;
        }
        let record = step.record_id.clone().map(RecordId);
        let amazon = || {
            let planned = decisions::get(db, step.decision)?;
            let order = planned.map(|mut planned| planned.evidence["order"].take());
            Ok::<_, StoreError>(order.and_then(|order| serde_json::from_value(order).ok()))
        };
        let sealed = step.sealed.as_deref();
        let opened = sealed.and_then(|sealed| private::open(db, vault, &step.key, &step.name, sealed).ok());
        let promised = confirm::expected(&step).map(|Expect::Total { total, tolerance }| (total, tolerance));
        match serde_json::from_value(opened.unwrap_or_else(|| step.body.clone())) {
            Ok(Write::NetSuite(netsuite::Write::Create { record: kind, body, .. })) if is_sale(kind) => {
                let sent = Sent {
                    name: step.name.clone(),
                    create: body,
                    total: promised,
                    confirmed: agreed(&step),
                    amazon: amazon()?,
                    at: Some(step.changed_at),
                    record,
                    ..Sent::default()
                };
                written.insert(numbered(order, &step.name), sent);
            }
            Ok(Write::Local(LocalWrite::Adopt { id, .. })) => {
                let sent = Sent {
                    name: step.name.clone(),
                    record: Some(id),
                    adopted: true,
                    at: Some(step.changed_at),
                    ..Sent::default()
                };
                written.insert(None, sent);
            }
            Ok(Write::NetSuite(netsuite::Write::Update { body, .. })) => {
                let changed = written
                    .iter_mut()
                    .find(|(shipment, _)| step.name == change_name(order, **shipment));
                if let Some((_, sent)) = changed.filter(|(_, sent)| !sent.adopted) {
                    sent.amazon = amazon()?;
                    sent.change = body;
                    sent.total = promised.or(sent.total);
                    sent.confirmed = agreed(&step);
                }
            }
            _ => (),
        }
    }
    Ok(written)
}

fn is_sale(record: RecordType) -> bool {
    matches!(
        record,
        RecordType::SalesOrder | RecordType::Invoice | RecordType::CashSale
    )
}

fn stored(db: &Reader<'_>, one: Settlement) -> Result<StoredSettlement, StoreError> {
    let id = one.header.id.as_str();
    let stage = crate::settlements::stage(db, id)?;
    let late = late::groups(db, id, stage)?;
    let file = archive::get(db, &one.archive)?;
    Ok(StoredSettlement {
        late_open: late::is_open(db, id, &late)?,
        late,
        account: account_of(db, &one, file.as_ref())?,
        revision: postings::revision(db, id)?,
        file_hash: file.map_or_else(String::new, |file| file.content_hash),
        balanced: one.balanced,
        gap_accepted: settlement_choices::get(db, id, settlement_choices::GAP_ACCEPTED)?
            .and_then(|choice| Some(choice.value["previous"].as_str()?.to_owned())),
        stage,
        edited: one.summary.as_ref().is_some_and(flows::settlements::summary::is_edited),
        header: one.header,
    })
}

/// The account that a settlement came from. A file given by hand names none; one that took the place of Amazon's own is of
/// the same account.
fn account_of(db: &Reader<'_>, settlement: &Settlement, file: Option<&Document>) -> Result<String, StoreError> {
    let named = |file: Option<&Document>| file.map(|file| file.account.clone()).filter(|name| !name.is_empty());
    if let Some(account) = named(file) {
        return Ok(account);
    }
    let before = settlement_reissues::of(db, &settlement.header.id)?.into_iter();
    for replaced in before.rev().filter_map(|one| one.replaced) {
        if let Some(account) = named(archive::get(db, &replaced)?.as_ref()) {
            return Ok(account);
        }
    }
    Ok(String::new())
}

fn instant(told: Option<&str>) -> Option<DateTime<Utc>> {
    told?.parse().ok()
}

//! What NetSuite, Amazon and this computer know about orders that NetSuite shipped, billed or closed.

use std::collections::{BTreeMap, BTreeSet};

use amazon::feeds;
use amazon::orders::{FulfilledBy, Get, Include, OrderStatus};
use amazon::reports::{Download, Processing};
use amazon::{Order, Region, Write};
use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use domain::{ExternalId, Text};
use futures::{StreamExt, TryStreamExt, stream};
use netsuite::queries::{self, Known};
use netsuite::system::ServerTime;
use netsuite::{Read, RecordId, RecordType, Shipped, suiteql};
use wire::{Failure, perform};

use super::seen::{Document, Fate, Shipping, WrittenLine};
use crate::flow::{Progress, Reads};
use crate::local::{SentOf, Told};
use crate::rules::Rules;

/// Records read at once; the line itself keeps to the account's limit.
const AT_ONCE: usize = 8;
/// Orders read from Amazon in one look because the copy here is older than what was told: the order flow brings the rest.
const FRESH_AT_ONCE: usize = 15;
/// What Amazon was told is not looked for before.
const SETTLING: Duration = Duration::minutes(2);
/// Long saves are stamped before they can be seen (netsuite.md §6.2).
const LATE: Duration = Duration::minutes(15);

/// Orders around which everything is gathered, and what is wanted of them.
pub struct Around<'a> {
    /// The flow that asks.
    pub flow: &'a str,
    /// The sales orders.
    pub documents: Vec<Known>,
    /// Whether only orders of which something was shipped, or told, are wanted.
    pub only_shipped: bool,
}

/// An instant as the account's own clock writes it, some minutes earlier so that nothing is missed.
pub(crate) async fn account_time(reads: &Reads<'_>, at: DateTime<Utc>) -> Result<NaiveDateTime, Failure> {
    let queried = suiteql::all(&reads.netsuite, vec![queries::local_time()]);
    let (local, utc) = futures::try_join!(queried, reads.netsuite.call(&ServerTime))?;
    let Some(local) = local.into_iter().next() else {
        return Err(Failure::Misread {
            what: "NetSuite does not say what time it is".to_owned(),
        });
    };
    Ok(at.naive_utc() + (local - utc.naive_utc()) - LATE)
}

/// The Amazon order number that a sales order carries.
pub(crate) fn amazon_number(known: &Known, rules: &Rules) -> Option<String> {
    let ours = known.external_id.as_deref().and_then(|id| id.strip_prefix("AZN-SO-"));
    let written = known.other_ref_num.as_deref().filter(|number| is_amazon_number(number));
    let adopted = || {
        let found = rules.adopted.iter().find(|(_, accepted)| accepted.id == known.id);
        found.map(|(order, _)| order.clone())
    };
    ours.or(written).map(str::to_owned).or_else(adopted)
}

/// Three, seven and seven digits.
fn is_amazon_number(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [3, 7, 7] && parts.concat().bytes().all(|byte| byte.is_ascii_digit())
}

/// The sales orders of these Amazon orders.
pub async fn by_number(reads: &Reads<'_>, orders: &[String]) -> Result<Vec<Known>, Failure> {
    let names: Vec<ExternalId> = orders.iter().map(|order| ExternalId::sales_order(order)).collect();
    let mut known = suiteql::all(&reads.netsuite, queries::by_external_id(&names)).await?;
    known.extend(suiteql::all(&reads.netsuite, queries::by_order_number(orders)).await?);
    let mut seen = BTreeSet::new();
    known.retain(|one| one.record == Some(RecordType::SalesOrder) && seen.insert(one.id.clone()));
    Ok(known)
}

/// Everything about these sales orders that a decision needs, order by order.
pub async fn around(reads: &Reads<'_>, asked: Around<'_>, rules: &Rules) -> Result<Vec<Shipping>, Failure> {
    let mut documents: BTreeMap<String, Vec<Known>> = BTreeMap::new();
    for known in asked.documents {
        if let Some(order) = amazon_number(&known, rules) {
            documents.entry(order).or_default().push(known);
        }
    }
    let numbers: Vec<String> = documents.keys().cloned().collect();
    let sources: Vec<RecordId> = documents.values().flatten().map(|one| one.id.clone()).collect();
    let made = suiteql::all(&reads.netsuite, queries::made_from(&sources)).await?;
    let (mut told, before) = futures::try_join!(
        reads.local.told(asked.flow, &numbers),
        reads.local.seen_before(asked.flow, &numbers),
    )?;
    let shipped_from: BTreeSet<&RecordId> = made
        .iter()
        .filter(|(_, made)| made.record == Some(RecordType::ItemFulfillment))
        .map(|(source, _)| source)
        .collect();
    if asked.only_shipped {
        documents
            .retain(|order, known| told.contains_key(order) || known.iter().any(|one| shipped_from.contains(&one.id)));
    }
    let mut orders = orders(reads, &documents, rules).await?;
    documents.retain(|order, _| orders.contains_key(order));
    let unread = refresh(reads, &mut orders, &told, rules).await?;
    let numbers: Vec<String> = documents.keys().cloned().collect();
    let sent = reads.local.sent(&numbers).await?;
    let sources: Vec<RecordId> = documents.values().flatten().map(|one| one.id.clone()).collect();
    let fulfilments: Vec<RecordId> = made
        .iter()
        .filter(|(source, made)| sources.contains(source) && made.record == Some(RecordType::ItemFulfillment))
        .map(|(_, made)| made.id.clone())
        .collect();
    let (shipped, lines) = futures::try_join!(
        shipped(reads, fulfilments),
        suiteql::all(&reads.netsuite, queries::order_lines(&sources, &rules.item_fields())),
    )?;
    let lines: Vec<_> = lines.into_iter().flatten().collect();
    let kits: BTreeSet<RecordId> = lines
        .iter()
        .filter(|line| line.kind == "Kit")
        .map(|line| line.item.clone())
        .collect();
    let kits: Vec<RecordId> = kits.into_iter().collect();
    let members = suiteql::all(&reads.netsuite, queries::kit_members(&kits)).await?;
    // Feeds of other accounts are not this one's to ask about: Amazon does not know them here.
    let here = told.iter().filter(|(order, _)| documents.contains_key(*order));
    let known = before.values().flat_map(fates_in).collect();
    let feeds = feeds_of(reads, here.flat_map(|(_, told)| told), known).await?;
    let one = |(number, known): (String, Vec<Known>)| {
        let order = orders.remove(&number)?;
        let documents: Vec<Document> = known
            .into_iter()
            .map(|known| Document {
                written: SentOf::whole(&sent, &number)
                    .filter(|_| known.external_id.as_deref() == Some(ExternalId::sales_order(&number).as_str()))
                    .map(WrittenLine::all)
                    .unwrap_or_default(),
                lines: lines.iter().filter(|line| line.order == known.id).cloned().collect(),
                id: known.id,
                number: known.number,
                status: known.status,
            })
            .collect();
        let own = |one: &&Shipped| {
            let source = one.order.as_ref();
            source.is_some_and(|source| documents.iter().any(|document| document.id == *source))
        };
        let kits = |kit: &RecordId| {
            documents
                .iter()
                .flat_map(|one| &one.lines)
                .any(|line| line.item == *kit)
        };
        let told = told.remove(&number).unwrap_or_default();
        Some(Shipping {
            shipped: shipped.iter().filter(own).cloned().collect(),
            members: members.iter().filter(|member| kits(&member.kit)).cloned().collect(),
            feeds: feeds
                .iter()
                .filter(|(id, _)| told.iter().any(|told| told.answer == **id))
                .map(|(id, fate)| (id.clone(), fate.clone()))
                .collect(),
            unread: unread.contains(&number),
            order,
            documents,
            told,
        })
    };
    Ok(documents.into_iter().filter_map(one).collect())
}

/// The Amazon orders: as the order flows last saw them, else asked for by number. Those of other accounts, those that
/// Amazon ships, and those from before the books began are left out.
async fn orders(
    reads: &Reads<'_>,
    documents: &BTreeMap<String, Vec<Known>>,
    rules: &Rules,
) -> Result<BTreeMap<String, Order>, Failure> {
    let numbers: Vec<String> = documents.keys().cloned().collect();
    let mut orders = reads.local.amazon_orders(&numbers).await?;
    let began = rules.marketplaces.values().filter_map(|profile| profile.go_live).min();
    let unknown = documents.iter().filter(|(order, known)| {
        let late_enough = known.iter().any(|one| began.is_some_and(|began| one.date >= began));
        late_enough && !orders.contains_key(*order)
    });
    let unknown: Vec<String> = unknown.map(|(order, _)| order.clone()).collect();
    for order in unknown {
        if let Some(found) = ask(reads, &order).await? {
            orders.insert(order, found);
        }
    }
    orders.retain(|_, order| {
        let here = order
            .marketplace_id
            .as_ref()
            .is_some_and(|id| reads.scope.marketplaces.contains(id));
        here && order.fulfilled_by != Some(FulfilledBy::Amazon)
    });
    Ok(orders)
}

/// One order from Amazon, with nothing that needs a restricted role. Nothing: this account does not have it.
async fn ask(reads: &Reads<'_>, order: &str) -> Result<Option<Order>, Failure> {
    let get = Get {
        order_id: order.to_owned(),
        include: Include::WithoutRestricted,
    };
    match reads.amazon.call(&get).await {
        Ok(order) => Ok(Some(order)),
        Err(Failure::Refused {
            status: 400 | 403 | 404,
            ..
        }) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Reads back orders that Amazon was told about after they were last read (FUL-09). Those that there was no room for,
/// which must not count as lost yet.
async fn refresh(
    reads: &Reads<'_>,
    orders: &mut BTreeMap<String, Order>,
    told: &BTreeMap<String, Vec<Told>>,
    rules: &Rules,
) -> Result<BTreeSet<String>, Failure> {
    let stale = told.iter().filter(|(order, told)| {
        let Some(order) = orders.get(*order) else { return false };
        let ended = matches!(order.status, OrderStatus::Shipped | OrderStatus::Cancelled);
        let latest = told.iter().filter(|told| !is_shown(order, told, ended));
        let latest = latest.map(|told| told.at).max();
        latest.is_some_and(|at| rules.now - at >= SETTLING)
    });
    let mut stale: Vec<String> = stale.map(|(order, _)| order.clone()).collect();
    if stale.len() > FRESH_AT_ONCE {
        // Another part of them each time, so that nobody's turn never comes.
        let quarter_hours = usize::try_from(rules.now.timestamp() / 900).unwrap_or_default();
        let turn = (quarter_hours * FRESH_AT_ONCE) % stale.len();
        stale.rotate_left(turn);
    }
    let rest = stale.split_off(FRESH_AT_ONCE.min(stale.len()));
    for order in stale {
        if let Some(found) = ask(reads, &order).await? {
            orders.insert(order, found);
        }
    }
    Ok(rest.into_iter().collect())
}

/// Whether an order shows what Amazon was told. Of an order that has all left, only a number that contradicts is
/// worth another look (FUL-10).
fn is_shown(order: &Order, told: &Told, ended: bool) -> bool {
    let Write::Confirm(said) = &told.write else {
        let reference = told.name.rsplit('-').next().unwrap_or_default();
        return ended || order.packages.iter().any(|package| package.reference == reference);
    };
    let own = order.packages.iter().find(|one| one.reference == said.parcel.reference);
    own.map_or(ended, |one| one.tracking.as_ref() == Some(&said.parcel.tracking))
}

/// The fates that an earlier look found.
fn fates_in(evidence: &serde_json::Value) -> Vec<(String, Fate)> {
    let feeds = evidence.get("feeds").cloned();
    let feeds: Option<BTreeMap<String, Fate>> = feeds.and_then(|feeds| serde_json::from_value(feeds).ok());
    feeds.unwrap_or_default().into_iter().collect()
}

/// Item fulfilments as they stand, by ascending id.
pub async fn shipped(reads: &Reads<'_>, ids: Vec<RecordId>) -> Result<Vec<Shipped>, Failure> {
    let ids: BTreeSet<RecordId> = ids.into_iter().collect();
    let total = u64::try_from(ids.len()).ok();
    let mut read = 0;
    let one = |id: RecordId| async move {
        let record = reads.netsuite.call(&Read::id(RecordType::ItemFulfillment, id)).await?;
        Shipped::of(&record).map_err(|misread| Failure::Misread { what: misread.what })
    };
    let mut reading = stream::iter(ids).map(one).buffered(AT_ONCE);
    let mut all = Vec::new();
    while let Some(shipped) = reading.try_next().await? {
        all.push(shipped);
        read += 1;
        (reads.progress)(Progress {
            doing: Text::new("progress-reading-shipments"),
            read,
            total,
        })?;
    }
    // Internal ids are numbers that grow: the order in which people made them.
    all.sort_by_key(|shipped| (shipped.id.0.len(), shipped.id.0.clone()));
    Ok(all)
}

/// How far the feeds are that told Amazon something; each is asked about until it has ended, and never again.
async fn feeds_of<'t>(
    reads: &Reads<'_>,
    told: impl Iterator<Item = &'t Told>,
    known: BTreeMap<String, Fate>,
) -> Result<BTreeMap<String, Fate>, Failure> {
    let by_feed = told.filter(|told| matches!(told.write, Write::Feed { .. }));
    let ids: BTreeSet<String> = by_feed.map(|told| told.answer.clone()).collect();
    let mut fates = BTreeMap::new();
    for id in ids {
        let fate = match known.get(&id) {
            Some(ended) if *ended != Fate::Working => ended.clone(),
            _ => fate_of(reads, &id).await?,
        };
        fates.insert(id, fate);
    }
    Ok(fates)
}

/// A feed that Amazon has forgotten is its order's matter, and keeps no other order waiting.
async fn fate_of(reads: &Reads<'_>, id: &str) -> Result<Fate, Failure> {
    let feed = match reads.amazon.call(&feeds::Get { feed_id: id.to_owned() }).await {
        Err(failure) if is_forgotten(&failure) => return Ok(Fate::Forgotten),
        answer => answer?,
    };
    Ok(match (&feed.processing_status, feed.result_feed_document_id) {
        (Processing::Done, Some(document_id)) => report(reads, document_id).await?,
        (Processing::Done, None) => Fate::Taken,
        (Processing::Cancelled | Processing::Fatal, _) => Fate::Refused(feed.processing_status.as_str().to_owned()),
        (Processing::InQueue | Processing::InProgress | Processing::Other(_), _) => Fate::Working,
    })
}

fn is_forgotten(failure: &Failure) -> bool {
    matches!(
        failure,
        Failure::Refused {
            status: 400 | 404 | 410,
            ..
        }
    )
}

async fn report(reads: &Reads<'_>, document_id: String) -> Result<Fate, Failure> {
    let location = match reads.amazon.call(&feeds::Document { document_id }).await {
        Err(failure) if is_forgotten(&failure) => return Ok(Fate::Forgotten),
        answer => answer?,
    };
    let raw = match perform(reads.documents, &Download { location }).await {
        // The address was good for five minutes: the next look asks for another one.
        Err(Failure::Refused { .. }) => return Ok(Fate::Working),
        answer => answer?,
    };
    let plain = raw.plain().map_err(|error| Failure::Unanswered {
        because: error.to_string(),
    })?;
    let text = amazon::document::decode(&plain, raw.content_type.as_deref(), Region::Eu).text;
    Ok(match feeds::errors(&text).into_iter().next() {
        Some(said) => Fate::Refused(said),
        None => Fate::Taken,
    })
}

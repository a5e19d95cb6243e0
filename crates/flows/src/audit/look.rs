//! How the self-audit reads: what is believed comes from this computer in pages, and NetSuite is asked about a page in
//! one query for each question.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::Text;
use netsuite::queries::{self, Known};
use netsuite::{RecordId, RecordType, suiteql};
use wire::Failure;

use super::self_audit::{Audited, findings};
use crate::flow::{Key, Look, Progress, Reads, Window};
use crate::local::{InBooks, Stage};
use crate::rules::Rules;
use crate::settlements::gather::{Which, settle};
use crate::settlements::whose::belongs;

/// The key that stands for everything at once, however short ago the last audit was.
pub const EVERYTHING: &str = "everything";
/// A look within this time of the last one asks nothing: the audit is made once a week, whoever starts the flows.
const WEEKLY: Duration = Duration::hours(160);
/// What is written is read back at once; only older records are held against NetSuite, unless a person asks for all.
const SETTLED_DOWN: Duration = Duration::days(1);
/// Records in a page.
const RECORDS: u32 = 400;
/// Of a page of so many records NetSuite has at least one: an answer without any is no answer (flows.md INV-12).
const TOO_MANY: usize = 10;

/// Where in the audit a look stands.
enum Page {
    /// At the beginning, or after a link.
    Records(i64),
    /// At the first closed settlement after this one.
    Settlements(String),
}

impl Page {
    fn of(text: &str) -> Self {
        let after = text.trim_start_matches('/');
        match after.split_once('/') {
            Some(("settlements", id)) => Self::Settlements(id.to_owned()),
            Some((_, link)) => Self::Records(link.parse().unwrap_or_default()),
            None => Self::Records(0),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Records(link) => format!("records/{link}"),
            Self::Settlements(id) => format!("settlements/{id}"),
        }
    }
}

pub(super) async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Audited>, Failure> {
    let page = match window {
        Window::Span {
            from,
            until,
            page: None,
        } if *until - *from < WEEKLY => {
            return Ok(Look::Seen {
                subjects: Vec::new(),
                next: None,
                read_until: None,
            });
        }
        Window::Span { page, .. } => Page::of(page.as_deref().unwrap_or_default()),
        Window::Keys(keys) => match keys.first().and_then(|key| key.0.strip_prefix(EVERYTHING)) {
            Some(rest) => Page::of(rest),
            None => return named(reads, keys, rules).await,
        },
    };
    let (mut subjects, next) = match page {
        Page::Records(after) => records(reads, window, after, rules).await?,
        Page::Settlements(after) => settlements(reads, &after, rules).await?,
    };
    // What is as it should be leaves no trace: there are too many of them.
    subjects.retain(|seen| !findings(seen, rules).is_empty());
    let next = next.map(|page| match window {
        Window::Span { from, until, .. } => Window::Span {
            from: *from,
            until: *until,
            page: Some(page.text()),
        },
        Window::Keys(_) => Window::Keys(vec![Key(format!("{EVERYTHING}/{}", page.text()))]),
    });
    Ok(Look::Seen {
        subjects,
        next,
        read_until: window.read_until(),
    })
}

/// A page of records; the first one also tells how far the flows have read.
async fn records(
    reads: &Reads<'_>,
    window: &Window,
    after: i64,
    rules: &Rules,
) -> Result<(Vec<Audited>, Option<Page>), Failure> {
    let account = reads.scope.account();
    (reads.progress)(Progress {
        doing: Text::new("progress-auditing"),
        read: 0,
        total: None,
    })?;
    let mut subjects = Vec::new();
    if after == 0 {
        let marks = reads.local.watermarks(&account).await?;
        subjects.extend(marks.into_iter().map(Audited::Watermark));
    }
    let before = match window {
        Window::Span { .. } => rules.now - SETTLED_DOWN,
        Window::Keys(_) => rules.now,
    };
    let believed = reads.local.in_books(&account, before, after, RECORDS).await?;
    let last = believed.last().map(|one| one.link);
    subjects.extend(held_against(reads, believed, rules).await?);
    let next = last.map_or_else(|| Page::Settlements(String::new()), Page::Records);
    Ok((subjects, Some(next)))
}

/// The next closed settlement.
async fn settlements(reads: &Reads<'_>, after: &str, rules: &Rules) -> Result<(Vec<Audited>, Option<Page>), Failure> {
    let account = reads.scope.account();
    let mut closed = reads.local.settlements().await?;
    closed.retain(|stored| stored.stage == Stage::Closed && belongs(stored, &account, rules));
    let mut ids: Vec<String> = closed.into_iter().map(|stored| stored.header.id).collect();
    ids.sort_unstable();
    let Some(id) = ids.into_iter().find(|id| id.as_str() > after) else {
        return Ok((Vec::new(), None));
    };
    let subjects = cleared(reads, &id, rules).await?;
    Ok((subjects, Some(Page::Settlements(id))))
}

async fn cleared(reads: &Reads<'_>, id: &str, rules: &Rules) -> Result<Vec<Audited>, Failure> {
    let only = Window::Keys(vec![Key(id.to_owned())]);
    let settled = settle(reads, &only, rules, Which::All).await?;
    let one = settled.into_iter().map(|settled| Audited::Settlement {
        id: id.to_owned(),
        clearing: settled.clearing,
    });
    Ok(one.collect())
}

/// What was asked about before, looked at again by its key.
async fn named(reads: &Reads<'_>, keys: &[Key], rules: &Rules) -> Result<Look<Audited>, Failure> {
    let under = |place: &str| {
        let prefix = format!("{place}/");
        let names = keys
            .iter()
            .filter_map(move |key| key.0.strip_prefix(&prefix).map(str::to_owned));
        names.collect::<Vec<String>>()
    };
    let believed = reads.local.in_books_named(&under("record")).await?;
    let mut subjects = held_against(reads, believed, rules).await?;
    let marks = reads.local.watermarks(&reads.scope.account()).await?;
    let flows = under("watermark");
    let asked = marks.into_iter().filter(|mark| flows.contains(&mark.flow));
    subjects.extend(asked.map(Audited::Watermark));
    for id in under("settlement") {
        subjects.extend(cleared(reads, &id, rules).await?);
    }
    let found: BTreeSet<Key> = subjects
        .iter()
        .map(<super::self_audit::SelfAudit as crate::flow::Flow>::key)
        .collect();
    let forgotten = keys.iter().filter(|key| !found.contains(key));
    subjects.extend(forgotten.map(|key| Audited::Forgotten { key: key.0.clone() }));
    Ok(Look::Seen {
        subjects,
        next: None,
        read_until: None,
    })
}

/// What NetSuite has of records that it is believed to have.
async fn held_against(reads: &Reads<'_>, believed: Vec<InBooks>, rules: &Rules) -> Result<Vec<Audited>, Failure> {
    if believed.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<RecordId> = believed.iter().map(|one| one.id.clone()).collect();
    let sales: Vec<String> = believed
        .iter()
        .filter(|one| one.is_sale())
        .map(|one| one.key.clone())
        .collect();
    let (found, mut carrying) = futures::try_join!(
        suiteql::all(&reads.netsuite, queries::by_id(&ids)),
        suiteql::all(&reads.netsuite, queries::by_order_number(&sales)),
    )?;
    if found.is_empty() && believed.len() >= TOO_MANY {
        return Err(Failure::Misread {
            what: format!("NetSuite shows none of {} records", believed.len()),
        });
    }
    if rules
        .marketplaces
        .keys()
        .any(|id| rules.is_on(id, "orders.custom_fields"))
    {
        let by_field = suiteql::all(&reads.netsuite, queries::by_order_field(&sales)).await?;
        carrying.extend(by_field.into_iter().map(|(order, known)| Known {
            other_ref_num: Some(order),
            ..known
        }));
    }
    let known = reads.local.linked(&sales).await?;
    let settled = reads.local.settled_orders(&orders_of(&believed)).await?;
    let audited = believed.into_iter().map(|believed| {
        let own = known.get(&believed.key);
        let others = carrying.iter().filter(|other| {
            believed.is_sale() && is_another_sale(&believed, other) && own.is_none_or(|own| !own.contains(&other.id))
        });
        let mut others: Vec<Known> = others.cloned().collect();
        others.sort_by(|one, other| one.number.cmp(&other.number));
        others.dedup_by(|one, other| one.id == other.id);
        Audited::Record {
            found: found.iter().find(|known| known.id == believed.id).cloned(),
            others,
            is_settled: settled.contains_key(&believed.key),
            believed,
        }
    });
    Ok(audited.collect())
}

/// A sale of the same order beside its own: another order, or another record of its own kind. What was cancelled, closed
/// or voided counts no more; bills of the order itself carry its number and are none.
fn is_another_sale(believed: &InBooks, other: &Known) -> bool {
    let same_order = other.other_ref_num.as_deref() == Some(&believed.key);
    let counts = match other.record {
        Some(RecordType::SalesOrder) => !matches!(other.status.as_str(), "C" | "H"),
        record => record == Some(believed.record) && other.status != "V",
    };
    same_order && counts && other.id != believed.id
}

fn orders_of(believed: &[InBooks]) -> Vec<String> {
    believed
        .iter()
        .filter(|one| one.record == RecordType::Invoice)
        .map(|one| one.key.clone())
        .collect()
}

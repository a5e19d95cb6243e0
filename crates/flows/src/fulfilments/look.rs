//! Looks at the sales orders that changed in NetSuite, page by page, or at orders by their numbers.

use chrono::{DateTime, Utc};
use netsuite::RecordId;
use netsuite::queries::{self, Known};
use wire::Failure;

use super::gather::{Around, account_time, around, by_number};
use super::seen::Shipping;
use crate::flow::{Look, Reads, Window};
use crate::rules::Rules;

/// Which orders a flow wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// Those of which something left.
    WhatLeft,
    /// Those of which something was closed.
    WhatWasClosed,
}

/// The sales orders that a window shows.
pub struct Documents {
    /// Them.
    pub records: Vec<Known>,
    /// The rest of the window.
    pub next: Option<Window>,
    /// How far NetSuite was read.
    pub read_until: Option<DateTime<Utc>>,
}

/// The sales orders of Amazon's that changed in NetSuite, page by page, or those of some orders. One that a person made
/// may have changed for the last time before its order was known here, so what was linked meanwhile is looked at too
/// (CMN-13, CMN-17).
pub async fn documents(reads: &Reads<'_>, window: &Window) -> Result<Documents, Failure> {
    match window {
        Window::Span { from, until, page } => {
            let since = account_time(reads, *from).await?;
            let after = page.clone().map(RecordId);
            let query = queries::amazon_orders_changed(since, after.as_ref());
            let mut documents = reads.netsuite.call(&query).await?.rows;
            let last = documents.last().map(|known| known.id.0.clone());
            let next = last
                .filter(|_| queries::may_have_more(documents.len()))
                .map(|last| Window::Span {
                    from: *from,
                    until: *until,
                    page: Some(last),
                });
            if next.is_none() {
                let linked = by_number(reads, &reads.local.adopted_since(*from).await?).await?;
                let is_new = |one: &Known| documents.iter().all(|known| known.id != one.id);
                let linked: Vec<Known> = linked.into_iter().filter(is_new).collect();
                documents.extend(linked);
            }
            Ok(Documents {
                records: documents,
                next,
                read_until: Some(*until),
            })
        }
        Window::Keys(keys) => {
            let numbers: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
            Ok(Documents {
                records: by_number(reads, &numbers).await?,
                next: None,
                read_until: None,
            })
        }
    }
}

/// A look of a fulfilment flow.
pub async fn look(
    reads: &Reads<'_>,
    window: &Window,
    rules: &Rules,
    flow: &str,
    wants: Wants,
) -> Result<Look<Shipping>, Failure> {
    let Documents {
        records,
        next,
        read_until,
    } = documents(reads, window).await?;
    let asked = Around {
        flow,
        documents: records.into_iter().filter(|known| may_matter(known, wants)).collect(),
        only_shipped: wants == Wants::WhatLeft,
    };
    let mut subjects = around(reads, asked, rules).await?;
    if wants == Wants::WhatWasClosed {
        subjects.retain(|seen| {
            let mut lines = seen.documents.iter().flat_map(|document| &document.lines);
            let whole = seen
                .documents
                .iter()
                .any(|document| matches!(document.status.as_str(), "C" | "H"));
            whole || lines.any(|line| line.closed) || !seen.told.is_empty()
        });
    }
    Ok(Look::Seen {
        subjects,
        next,
        read_until,
    })
}

/// An order that waits for approval, or for its goods, has nothing to tell yet.
fn may_matter(known: &Known, wants: Wants) -> bool {
    match wants {
        Wants::WhatLeft => known.status != "A",
        Wants::WhatWasClosed => known.status != "G",
    }
}

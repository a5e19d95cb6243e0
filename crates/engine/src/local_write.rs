//! Writes to this computer's own database, done in the transaction that stores the decision.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use domain::Text;
use flows::rules::Channel;
use flows::{LocalWrite, Step};
use serde_json::Value;
use store::archive::{self, Received};
use store::decisions::{self, Decision, State, Verdict};
use store::exclusions;
use store::links::{self, Link};
use store::{Result, Writer};

use crate::engine::Seat;
use crate::record::Page;

/// What a local write did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It kept something new.
    New,
    /// It was kept already.
    Known,
    /// It changed what was kept.
    Changed,
    /// It linked a record that a person had made.
    Adopted,
    /// It cannot be kept, and a person must see why.
    Refused(Box<flows::Problem>),
}

/// Does a local write. `settlements` gets the ids of those that changed.
pub(crate) fn keep(
    db: &Writer<'_>,
    page: &Page<'_>,
    step: &Step,
    write: &LocalWrite,
    now: DateTime<Utc>,
    settlements: &mut Vec<String>,
) -> Result<Kept> {
    let seat = page.seat;
    match write {
        LocalWrite::ArchiveReport {
            report_id,
            document_id,
            report_type,
            file_name,
            content,
        } => {
            let received = Received {
                id: Some(report_id.clone()),
                account: seat.account.clone(),
                document_id: document_id.clone(),
                report_type: report_type.clone(),
                file_name: file_name.clone(),
                received_at: now,
            };
            let (_, is_new) = archive::keep(db, &received, &mut content.bytes())?;
            Ok(if is_new { Kept::New } else { Kept::Known })
        }
        LocalWrite::Adopt { record, id, number } => {
            adopt(db, step, record.rest_name(), &id.0, number, now)?;
            Ok(Kept::Adopted)
        }
        LocalWrite::LookAtOrder { order_id, channel } => {
            look_at(db, seat, order_id, *channel, now)?;
            Ok(Kept::Changed)
        }
        LocalWrite::ImportSettlement { report_id } => {
            crate::settlements::import(db, report_id, now, page.reading, settlements)
        }
        LocalWrite::Summarise { settlement_id, summary } => {
            crate::settlements::summarise(db, settlement_id, summary, now)?;
            settlements.push(settlement_id.clone());
            Ok(Kept::Changed)
        }
    }
}

/// The order waits, so that the next look of its flow asks for it by its number.
fn look_at(db: &Writer<'_>, seat: &Seat, order: &str, channel: Channel, now: DateTime<Utc>) -> Result<()> {
    let flow = match channel {
        Channel::Mfn => "mfn-orders",
        Channel::Fba => "fba-orders",
    };
    if exclusions::get(db, flow, &seat.account, order)?.is_some() {
        return Ok(());
    }
    let known = decisions::current(db, flow, &seat.account, order)?;
    let blank = Decision {
        id: 0,
        flow: flow.to_owned(),
        account: seat.account.clone(),
        key: order.to_owned(),
        run: seat.run.clone(),
        fingerprint: String::new(),
        verdict: Verdict::Wait,
        reason: Some(Text::new("reason-in-the-report-of-orders")),
        state: State::Waiting,
        facts: Value::Array(Vec::new()),
        evidence: Value::Null,
        marketplace: None,
        happened_on: None,
        total: None,
        decided_at: now,
    };
    let again = match known {
        Some(known) => Decision {
            facts: known.facts,
            evidence: known.evidence,
            marketplace: known.marketplace,
            happened_on: known.happened_on,
            total: known.total,
            ..blank
        },
        None => blank,
    };
    decisions::insert(db, &again)?;
    Ok(())
}

/// The step's name stands for the adopted record too, so that later steps can lean on it by that name (decision 28).
fn adopt(db: &Writer<'_>, step: &Step, record: &str, id: &str, number: &str, now: DateTime<Utc>) -> Result<()> {
    let Some(to) = &step.link else { return Ok(()) };
    let link = Link {
        kind: to.kind.clone(),
        key: to.key.clone(),
        record: record.to_owned(),
        record_id: id.to_owned(),
        external_id: Some(step.name.clone()),
        document: Some(number.to_owned()).filter(|number| !number.is_empty()),
        adopted: true,
        total: None,
        linked_at: now,
    };
    links::put(db, &link)
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

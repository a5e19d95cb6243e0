//! Writes to this computer's own database, done in the transaction that stores the decision.

use std::fmt::Write as _;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use chrono::{DateTime, Utc};
use flows::{LocalWrite, Step};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::archive::{self, Document};
use store::links::{self, Link};
use store::{Result, Writer};

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
    account: &str,
    step: &Step,
    write: &LocalWrite,
    now: DateTime<Utc>,
    settlements: &mut Vec<String>,
) -> Result<Kept> {
    match write {
        LocalWrite::ArchiveReport {
            report_id,
            document_id,
            report_type,
            file_name,
            content,
        } => {
            let Ok(bytes) = BASE64_STANDARD.decode(content) else {
                return Err(store::StoreError::Nonsense {
                    what: format!("report {report_id} is not base64"),
                });
            };
            let document = Document {
                id: report_id.clone(),
                account: account.to_owned(),
                document_id: document_id.clone(),
                report_type: report_type.clone(),
                file_name: file_name.clone(),
                content_hash: hex(&Sha256::digest(&bytes)),
                size_bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
                received_at: now,
            };
            archive::put(db, &document, &bytes)?;
            Ok(Kept::New)
        }
        LocalWrite::Adopt { record, id, number } => {
            adopt(db, step, record.rest_name(), &id.0, number, now)?;
            Ok(Kept::Adopted)
        }
        LocalWrite::ImportSettlement { report_id } => crate::settlements::import(db, report_id, now, settlements),
        LocalWrite::Summarise { settlement_id, summary } => {
            crate::settlements::summarise(db, settlement_id, summary)?;
            settlements.push(settlement_id.clone());
            Ok(Kept::Changed)
        }
    }
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

/// A local write as the journal keeps it: a report's content stands in the archive, not twice.
pub(crate) fn without_content(write: &Value) -> Value {
    let mut copy = write.clone();
    if let Some(content) = copy.get_mut("write").and_then(|write| write.get_mut("content")) {
        *content = Value::from("");
    }
    copy
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

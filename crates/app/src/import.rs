//! A settlement file given by hand: proved first, then archived, then imported like any other (SET-04).

use std::fmt::Write as _;

use domain::Text;
use domain::settlement::read::{Nothing, Options, Reading, read};
use engine::{SyncRequest, Trigger};
use sha2::{Digest, Sha256};
use store::archive::{self, Document};

use crate::application::Inner;
use crate::commands::sync;
use crate::contract::{Imported, Refusal};

/// The type of report that every settlement file is.
pub const SETTLEMENT_REPORT: &str = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";

/// Archives a file and starts its import in the background.
pub(crate) fn start(app: &Inner, name: &str, bytes: &[u8]) -> Result<Imported, Refusal> {
    let imported = archive(app, name, bytes)?;
    if !imported.settlements.is_empty() {
        sync(app, settlement_flows())?;
    }
    Ok(imported)
}

/// Archives a file; one that cannot be proved changes nothing.
pub(crate) fn archive(app: &Inner, name: &str, bytes: &[u8]) -> Result<Imported, Refusal> {
    let bytes = bytes.to_vec();
    let reading = read(&bytes, &Options::default(), &mut Nothing);
    if let Some(why) = refused(&reading) {
        return Err(why);
    }
    let store = app.engine.store();
    let hash = hash(&bytes);
    if store.read(|db| archive::with_hash(db, &hash))?.is_some() {
        return Ok(Imported {
            settlements: Vec::new(),
            said: Text::new("said-imported").with("count", 0_i64).into(),
        });
    }
    let document = Document {
        id: hash.clone(),
        account: String::new(),
        document_id: String::new(),
        report_type: SETTLEMENT_REPORT.to_owned(),
        file_name: name.to_owned(),
        content_hash: hash,
        size_bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        received_at: app.clock.now(),
    };
    store.write_bulk(|db| archive::put(db, &document, &bytes))?;
    let settlements: Vec<String> = reading
        .settlements
        .iter()
        .map(|proof| proof.header.id.clone())
        .collect();
    Ok(Imported {
        said: Text::new("said-imported").with("count", settlements.len()).into(),
        settlements,
    })
}

/// The flows of the settlement chain, now.
fn settlement_flows() -> SyncRequest {
    let settlements = flows::catalogue()
        .iter()
        .filter(|entry| entry.card.group == flows::Group::Settlements);
    SyncRequest {
        flows: settlements.map(|entry| entry.card.id.to_owned()).collect(),
        marketplace: None,
        keys: None,
        trigger: Trigger::Person,
        dry_run: false,
    }
}

/// The first thing that is wrong with a file, with its line and its cure.
fn refused(reading: &Reading) -> Option<Refusal> {
    let first = reading.refusals.first()?;
    let refusal = Refusal::new("bad_request", first.text());
    Some(Refusal {
        detail: Some(first.to_string()),
        ..refusal
    })
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a text cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

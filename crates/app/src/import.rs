//! A settlement file given by hand: proved first, then archived, then imported like any other (SET-04).

use chrono::{DateTime, Utc};
use domain::Text;
use domain::settlement::read::{Nothing, Options, Reading, Source, read};
use engine::{SyncRequest, Trigger};
use store::archive::{self, Received};
use store::{Store, StoreError};

use crate::application::Inner;
use crate::commands::sync;
use crate::contract::{Imported, Refusal};

/// The type of report that every settlement file is.
pub const SETTLEMENT_REPORT: &str = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";

/// Proves and archives a file, and starts its import in the background.
pub(crate) async fn start(app: &Inner, name: String, file: impl Source + Send + 'static) -> Result<Imported, Refusal> {
    let (store, now) = (app.engine.store().clone(), app.clock.now());
    // A large file takes seconds, and this thread has screens to answer.
    let work = move || {
        let reading = read(&file, &Options::default(), &mut Nothing);
        archive(&store, now, &name, &file, &reading)
    };
    let imported = match tokio::task::spawn_blocking(work).await {
        Ok(imported) => imported?,
        Err(error) => return Err(Refusal::new("fault", Text::new("error-fault")).because(&error)),
    };
    if !imported.settlements.is_empty() {
        sync(app, SyncRequest::of(flows::Group::Settlements, Trigger::Person))?;
    }
    Ok(imported)
}

/// Archives a file that was read, without ever holding it whole; one that cannot be proved changes nothing.
pub(crate) fn archive(
    store: &Store,
    now: DateTime<Utc>,
    name: &str,
    file: &dyn Source,
    reading: &Reading,
) -> Result<Imported, Refusal> {
    if let Some(why) = refused(reading) {
        return Err(why);
    }
    let received = Received {
        id: None,
        account: String::new(),
        document_id: String::new(),
        report_type: SETTLEMENT_REPORT.to_owned(),
        file_name: name.to_owned(),
        received_at: now,
    };
    let (_, is_new) = store.write_bulk(|db| {
        let mut bytes = file.open().map_err(|error| StoreError::Unreadable {
            said: error.to_string(),
        })?;
        archive::keep(db, &received, &mut bytes)
    })?;
    let new = reading.settlements.iter().filter(|_| is_new);
    let settlements: Vec<String> = new.map(|proof| proof.header.id.clone()).collect();
    Ok(Imported {
        said: Text::new("said-imported").with("count", settlements.len()).into(),
        settlements,
    })
}

/// The first thing that is wrong with a file, with its line and its cure.
fn refused(reading: &Reading) -> Option<Refusal> {
    let first = reading.refusals.first()?;
    Some(Refusal::new("bad_request", first.text()).about("content", first))
}

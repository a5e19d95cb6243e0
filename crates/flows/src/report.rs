//! Fetches the document of a report.

use amazon::reports::{Document, Download, Raw};
use wire::{Failure, perform};

use crate::flow::Reads;

/// A report's document, whole. Its address lives five minutes: one that has run out is asked for once more, never tried
/// again (amazon-sp-api.md §7).
pub(crate) async fn download(reads: &Reads<'_>, document_id: &str) -> Result<Raw, Failure> {
    let document = Document {
        document_id: document_id.to_owned(),
    };
    let mut location = reads.amazon.call(&document).await?;
    // A torn download is found out by the call itself, before anything is kept.
    match perform(reads.documents, &Download { location }).await {
        Err(Failure::Refused { .. }) => {
            location = reads.amazon.call(&document).await?;
            perform(reads.documents, &Download { location }).await
        }
        answer => answer,
    }
}

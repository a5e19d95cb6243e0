//! What this computer already knows, answered from the store.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::settlement::Line;
use flows::local::{ArchivedFile, OrderSeen, Stage, StoredSettlement};
use store::postings::PostingState;
use store::settlements::Settlement;
use store::{Reader, Store, StoreError, archive, decisions, postings, settlement_lines, settlements};
use wire::Failure;

/// The local facts of one run.
pub(crate) struct LocalFacts {
    pub(crate) store: Store,
}

impl LocalFacts {
    fn read<T>(&self, work: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>) -> Result<T, Failure> {
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
                let about = decisions::about(db, id)?;
                if let Some(decision) = about
                    .iter()
                    .find(|one| one.flow == "mfn-orders" || one.flow == "fba-orders")
                {
                    let marketplace = decision.marketplace.clone();
                    seen.insert(
                        id.clone(),
                        OrderSeen {
                            marketplace,
                            ordered: ordered(&decision.evidence),
                        },
                    );
                }
            }
            Ok(seen)
        })
    }
}

fn stored(db: &Reader<'_>, one: Settlement) -> Result<StoredSettlement, StoreError> {
    let id = one.header.id.as_str();
    let stage = postings::newest(db, id)?.map_or(Stage::Open, |posting| match posting.state {
        PostingState::Approved => Stage::Approved,
        PostingState::Posted => Stage::Posted,
        PostingState::Undoing => Stage::Undoing,
        PostingState::Undone => Stage::Undone,
    });
    Ok(StoredSettlement {
        account: archive::get(db, &one.archive)?
            .map(|document| document.account)
            .unwrap_or_default(),
        revision: postings::revision(db, id)?,
        balanced: one.balanced,
        stage,
        header: one.header,
    })
}

fn ordered(evidence: &serde_json::Value) -> Option<DateTime<Utc>> {
    evidence["order"]["created"].as_str()?.parse().ok()
}

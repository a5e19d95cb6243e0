//! What this computer already knows, answered from the store.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::settlement::Line;
use flows::local::{ArchivedFile, OrderSeen, StoredSettlement};
use store::{Reader, Store, StoreError, archive, decisions};
use wire::Failure;

/// The local facts of one run.
pub(crate) struct LocalFacts {
    pub(crate) store: Store,
}

impl LocalFacts {
    fn read<T>(&self, work: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>) -> Result<T, Failure> {
        self.store.read(work).map_err(|error| Failure::Misread { what: error.to_string() })
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
        Ok(Vec::new())
    }

    async fn settlements(&self) -> Result<Vec<StoredSettlement>, Failure> {
        Ok(Vec::new())
    }

    async fn settlement_lines(&self, _settlement: &str) -> Result<Vec<Line>, Failure> {
        Ok(Vec::new())
    }

    async fn orders(&self, orders: &[String]) -> Result<BTreeMap<String, OrderSeen>, Failure> {
        self.read(|db| {
            let mut seen = BTreeMap::new();
            for id in orders {
                let about = decisions::about(db, id)?;
                if let Some(decision) = about.iter().find(|one| one.flow == "mfn-orders" || one.flow == "fba-orders") {
                    let marketplace = decision.marketplace.clone();
                    seen.insert(id.clone(), OrderSeen { marketplace, ordered: ordered(&decision.evidence) });
                }
            }
            Ok(seen)
        })
    }
}

fn ordered(evidence: &serde_json::Value) -> Option<DateTime<Utc>> {
    evidence["order"]["created"].as_str()?.parse().ok()
}

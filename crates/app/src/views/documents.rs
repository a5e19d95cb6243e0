//! NetSuite records as people know them: by their number, never by an internal or external id; and the pages of both
//! services, where there are any.

use store::accounts::{self, Service};
use store::links::{self, Link};
use store::{Reader, Result, settings};

use crate::contract::Document;

/// Where the records of this company can be looked at outside.
pub struct Pages {
    /// NetSuite's account id; nothing in the Demo company, whose records have no page.
    netsuite: Option<String>,
}

impl Pages {
    /// The pages of the connected accounts.
    pub fn of(db: &Reader<'_>) -> Result<Self> {
        let simulated = settings::get(db, "demo.prepared")?.is_some();
        let netsuite = accounts::all(db)?
            .into_iter()
            .find(|account| account.service == Service::NetSuite)
            .filter(|_| !simulated)
            .map(|account| account.outside_id);
        Ok(Self { netsuite })
    }

    /// A record's page in NetSuite.
    pub fn record(&self, id: &str) -> Option<String> {
        let account = self.netsuite.as_ref()?.to_lowercase().replace('_', "-");
        Some(format!(
            "https://{account}.app.netsuite.com/app/accounting/transactions/transaction.nl?id={id}"
        ))
    }

    /// An order's page in Seller Central.
    pub fn order(&self, marketplace: &str, order: &str) -> Option<String> {
        self.netsuite.as_ref()?;
        let name = amazon::marketplaces::by_id(marketplace)?.settlement_name.to_lowercase();
        Some(format!("https://sellercentral.{name}/orders-v3/order/{order}"))
    }

    /// A linked record; nothing until its number was read back.
    pub fn document(&self, link: &Link) -> Option<Document> {
        Some(Document {
            record: link.record.clone(),
            id: link.record_id.clone(),
            number: link.document.clone()?,
            address: self.record(&link.record_id),
        })
    }

    /// The record of one of our external ids; nothing until it is there and its number was read back.
    pub fn named(&self, db: &Reader<'_>, external_id: &str) -> Result<Option<Document>> {
        Ok(links::named(db, external_id)?.and_then(|link| self.document(&link)))
    }
}

//! Names of NetSuite's accounts, kept locally so that a journal preview never waits for the network.

use std::collections::BTreeMap;

use netsuite::queries;
use serde_json::json;
use store::settings;
use wire::perform;

use crate::application::Inner;
use crate::contract::Refusal;

/// The setting that holds number and name of each account by its id.
pub const ACCOUNTS: &str = "netsuite.accounts";

/// Reads the chart of accounts and keeps it.
pub(crate) async fn refresh(app: &Inner) -> Result<(), Refusal> {
    let mut kept: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut query = Some(queries::accounts());
    while let Some(page) = query {
        let rows = perform(&*app.netsuite, &page).await?;
        query = page.after(&rows);
        for account in rows.rows {
            kept.insert(account.id.0, (account.number.unwrap_or_default(), account.name));
        }
    }
    app.engine
        .store()
        .write(|db| settings::set(db, ACCOUNTS, &json!(kept)))?;
    Ok(())
}

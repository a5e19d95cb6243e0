//! *Create*: what a row lacks is asked for, at billing, at Amazon, or as a credit memo of its own.

use domain::Text;
use engine::{SyncRequest, Trigger};
use flows::Key;
use serde_json::json;
use store::row_choices::STANDALONE;

use super::{choose, row};
use crate::application::Inner;
use crate::contract::{CreateForRow, Refusal, RowDone};
use crate::orders;
use crate::views::settlements::missing;

/// Asks for what is missing; what is not missing any more is refused.
pub(crate) fn create(app: &Inner, asked: &CreateForRow) -> Result<RowDone, Refusal> {
    let row = row(app, &asked.settlement, &asked.group)?;
    if missing(&row) != Some(asked.what.as_str()) {
        return Err(Refusal::new("not_ready", Text::new("error-row-nothing-missing")));
    }
    let order = row.order.clone().unwrap_or_default();
    let said = match asked.what.as_str() {
        "bill" => orders::bill(app, &order)?.said,
        "order" => {
            import(app, &order, &asked.settlement);
            Text::new("said-order-asked-for").with("order", order).into()
        }
        "credit_memo" => {
            let place = (asked.settlement.as_str(), asked.group.as_str());
            let said = Text::new("said-row-standalone");
            return choose(app, place, STANDALONE, &json!({}), said);
        }
        other => return Err(Refusal::bad_request("what", other)),
    };
    Ok(RowDone {
        said,
        act: None,
        offer: None,
    })
}

/// Lets every flow look at an order, Amazon's list first, and then at the settlement that named it.
fn import(app: &Inner, order: &str, settlement: &str) {
    let (engine, settlement) = (app.engine.clone(), settlement.to_owned());
    let request = SyncRequest {
        keys: Some(vec![Key(order.to_owned())]),
        ..SyncRequest::new(Trigger::Ids)
    };
    tokio::spawn(async move {
        if let Err(error) = engine.sync(request).await {
            tracing::warn!(%error, "an order could not be asked for");
        }
        if let Err(error) = engine.look_at_settlement(&settlement).await {
            tracing::warn!(%error, "a settlement could not be looked at again");
        }
    });
}

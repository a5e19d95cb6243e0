//! What a person may choose from in NetSuite: items, accounts, locations …

use netsuite::queries::{self, List};
use netsuite::suiteql::Query;
use wire::perform;

use crate::application::Inner;
use crate::contract::{Choice, Choices, ChoicesRequest, Refusal};

/// How many choices are offered at once.
const MOST: usize = 50;

/// The choices of a kind that contain a text, the likeliest first.
pub(crate) async fn choices(app: &Inner, request: &ChoicesRequest) -> Result<Choices, Refusal> {
    let mut choices = match request.kind.as_str() {
        "item" => items(app, &request.search).await?,
        "account" => accounts(app, &request.search).await?,
        "location" => list(app, List::Locations, &request.search).await?,
        "ship_method" | "shipItem" => list(app, List::ShipMethods, &request.search).await?,
        "subsidiary" => list(app, List::Subsidiaries, &request.search).await?,
        other => return Err(Refusal::bad_request(other)),
    };
    choices.truncate(MOST);
    Ok(Choices { choices })
}

/// Items that contain the text; where none does, those that share its first word, so that a near name is found.
async fn items(app: &Inner, search: &str) -> Result<Vec<Choice>, Refusal> {
    let mut wanted = search.trim();
    loop {
        let found = ask(app, &queries::items_like(wanted)).await?;
        let shorter = wanted.rfind(['-', ' ', '_']).map(|end| &wanted[..end]);
        match shorter {
            Some(shorter) if found.is_empty() => wanted = shorter,
            _ => {
                let choice = |item: queries::KnownItem| Choice {
                    id: item.id.0,
                    detail: item.display_name.unwrap_or_default(),
                    name: item.name,
                };
                return Ok(found.into_iter().map(choice).collect());
            }
        }
    }
}

async fn accounts(app: &Inner, search: &str) -> Result<Vec<Choice>, Refusal> {
    let wanted = search.trim().to_lowercase();
    let all = ask(app, &queries::accounts()).await?;
    let choice = |account: queries::KnownAccount| Choice {
        id: account.id.0,
        name: [account.number.unwrap_or_default(), account.name]
            .join(" ")
            .trim()
            .to_owned(),
        detail: account.kind,
    };
    Ok(all
        .into_iter()
        .filter(|account| !account.inactive)
        .map(choice)
        .filter(|choice| wanted.is_empty() || choice.name.to_lowercase().contains(&wanted))
        .collect())
}

async fn list(app: &Inner, list: List, search: &str) -> Result<Vec<Choice>, Refusal> {
    let wanted = search.trim().to_lowercase();
    let all = ask(app, &queries::choices(list)).await?;
    Ok(all
        .into_iter()
        .filter(|choice| !choice.inactive && choice.name.to_lowercase().contains(&wanted))
        .map(|choice| Choice {
            id: choice.id.0,
            name: choice.name,
            detail: String::new(),
        })
        .collect())
}

async fn ask<T: Send>(app: &Inner, query: &Query<T>) -> Result<Vec<T>, Refusal> {
    let page = perform(&*app.netsuite, query).await.map_err(Refusal::from)?;
    Ok(page.rows)
}

//! What a person may choose from in NetSuite: items, accounts, customers, locations …

use domain::Text;
use netsuite::RecordId;
use netsuite::queries::{self, List};
use netsuite::suiteql::Query;
use wire::perform;

use crate::application::Inner;
use crate::contract::{Choice, Choices, ChoicesRequest, Refusal};

/// How many choices are offered at once.
const MOST: usize = 50;

/// Where the choices of a kind come from.
enum Source {
    Items,
    Customers,
    Accounts,
    List(List),
}

/// Every kind of record that an option can name has one.
fn source(kind: &str) -> Option<Source> {
    Some(match kind {
        "item" => Source::Items,
        "customer" => Source::Customers,
        "account" => Source::Accounts,
        "location" => Source::List(List::Locations),
        "shipItem" | "ship_method" => Source::List(List::ShipMethods),
        "subsidiary" => Source::List(List::Subsidiaries),
        "department" => Source::List(List::Departments),
        "classification" | "class" => Source::List(List::Classes),
        "paymentMethod" => Source::List(List::PaymentMethods),
        "priceLevel" => Source::List(List::PriceLevels),
        "taxCode" => Source::List(List::TaxCodes),
        "taxType" => Source::List(List::TaxTypes),
        "term" => Source::List(List::Terms),
        "customerCategory" => Source::List(List::CustomerCategories),
        "vendor" => Source::List(List::Vendors),
        _ => return None,
    })
}

/// The choices of a kind that contain a text, the likeliest first; or the one of an id, to show its name.
pub(crate) async fn choices(app: &Inner, request: &ChoicesRequest) -> Result<Choices, Refusal> {
    let source = source(&request.kind).ok_or_else(|| Refusal::bad_request("kind", &request.kind))?;
    let mut choices = match (source, &request.id) {
        (Source::Items, None) => items(app, &request.search).await?,
        (Source::Items, Some(id)) => all(app, queries::items_by_id(&[RecordId(id.clone())]), item).await?,
        (Source::Customers, None) => all(app, [queries::customers_like(&request.search)], customer).await?,
        (Source::Customers, Some(id)) => all(app, queries::customers_by_id(&[RecordId(id.clone())]), customer).await?,
        (Source::Accounts, None) => {
            let mut accounts = ask(app, &queries::accounts()).await?;
            accounts.retain(|account| !account.inactive);
            named(accounts.into_iter().map(account), &request.search)
        }
        (Source::Accounts, Some(_)) => all(app, [queries::accounts()], account).await?,
        (Source::List(list), None) => {
            let mut rows = ask(app, &queries::choices(list)).await?;
            rows.retain(|row| !row.inactive);
            named(rows.into_iter().map(row), &request.search)
        }
        (Source::List(list), Some(_)) => all(app, [queries::choices(list)], row).await?,
    };
    if let Some(id) = &request.id {
        choices.retain(|choice| choice.id == *id);
    }
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
            _ => return Ok(found.into_iter().map(item).collect()),
        }
    }
}

/// Those whose name contains the text.
fn named(choices: impl Iterator<Item = Choice>, search: &str) -> Vec<Choice> {
    let wanted = search.trim().to_lowercase();
    choices
        .filter(|choice| choice.name.to_lowercase().contains(&wanted))
        .collect()
}

fn item(item: queries::KnownItem) -> Choice {
    Choice {
        id: item.id.0,
        detail: item.display_name.unwrap_or_default(),
        name: item.name,
    }
}

fn customer(customer: queries::KnownCustomer) -> Choice {
    Choice {
        id: customer.id.0,
        name: customer.name,
        detail: customer
            .currency
            .map(|currency| currency.code().to_owned())
            .unwrap_or_default(),
    }
}

fn account(account: queries::KnownAccount) -> Choice {
    Choice {
        id: account.id.0,
        name: [account.number.unwrap_or_default(), account.name]
            .join(" ")
            .trim()
            .to_owned(),
        detail: account.kind,
    }
}

fn row(row: queries::Choice) -> Choice {
    Choice {
        id: row.id.0,
        name: row.name,
        detail: String::new(),
    }
}

/// Every row of some queries, as choices.
async fn all<T: Send>(
    app: &Inner,
    queries: impl IntoIterator<Item = Query<T>, IntoIter: Send> + Send,
    choice: fn(T) -> Choice,
) -> Result<Vec<Choice>, Refusal> {
    let mut choices = Vec::new();
    for query in queries {
        choices.extend(ask(app, &query).await?.into_iter().map(choice));
    }
    Ok(choices)
}

async fn ask<T: Send>(app: &Inner, query: &Query<T>) -> Result<Vec<T>, Refusal> {
    let page = perform(&*app.netsuite, query)
        .await
        .map_err(|failure| Refusal::new("offline", Text::new("error-choices")).because(&failure))?;
    Ok(page.rows)
}

#[cfg(test)]
mod tests {
    use flows::rules::{Kind, choices};

    #[test]
    fn cmn_26_every_record_that_an_option_names_can_be_chosen_from_a_list() {
        for choice in choices() {
            if let Kind::Record(kind) = choice.kind {
                assert!(super::source(kind).is_some(), "{}: {kind}", choice.key);
            }
        }
    }
}

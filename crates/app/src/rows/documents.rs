//! *Find*: NetSuite's own documents for a row, by number, order, customer or amount; several may be chosen.

use domain::Text;
use domain::settlement::group::Kind;
use domain::settlement::read::typed;
use flows::settlements::Suggestion;
use netsuite::RecordId;
use netsuite::queries::{self, Known};
use netsuite::suiteql::Query;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use store::row_choices::{self, DOCUMENTS};
use wire::perform;

use super::{choose, row};
use crate::application::Inner;
use crate::contract::{
    Amount, Document, FindDocuments, FoundDocument, FoundDocuments, LinkDocuments, OneRow, Refusal, RowDone,
};
use crate::views::documents::Pages;

/// The most documents that one row is put on.
const MOST: usize = 20;

/// Invoices and cash sales that a row may belong to. Where nothing is said, those of the row's own amount.
pub(crate) async fn find(app: &Inner, asked: &FindDocuments) -> Result<FoundDocuments, Refusal> {
    let row = row(app, &asked.settlement, &asked.group)?;
    let currency = row.amazon.currency;
    let search = match asked.search.trim() {
        "" => domain::money::plain(row.amazon.amount.abs(), currency),
        text => text.to_owned(),
    };
    let amount = typed(&search, currency).map(|amount| amount.abs());
    // An amount that was typed is found within the smallest rounding.
    let near = Decimal::new(2, currency.decimals());
    let between = amount.map(|amount| (amount - near, amount + near));
    let mut found = ask(app, &queries::bills_like(&search, between, currency)).await?;
    let chosen = chosen(app, asked)?;
    let missing: Vec<RecordId> = chosen
        .iter()
        .filter(|id| !found.iter().any(|(_, known)| known.id.0 == **id))
        .map(|id| RecordId(id.clone()))
        .collect();
    for query in queries::by_id(&missing) {
        found.extend(ask(app, &query).await?.into_iter().map(|known| (String::new(), known)));
    }
    // What was chosen comes first, then what has the very amount.
    let is_chosen = |known: &Known| chosen.contains(&known.id.0);
    found.sort_by_key(|(_, known)| {
        (
            !is_chosen(known),
            Some(known.open) != amount,
            Some(known.total) != amount,
        )
    });
    let pages = app.engine.store().read(Pages::of)?;
    Ok(FoundDocuments {
        search,
        documents: found
            .into_iter()
            .map(|(customer, known)| FoundDocument {
                chosen: is_chosen(&known),
                document: document(&pages, &known),
                customer,
                date: known.date.to_string(),
                order: known.other_ref_num,
                total: Amount::of(known.total, currency),
                open: Amount::of(known.open, currency),
            })
            .collect(),
    })
}

/// A row belongs to these documents; the next matching uses them.
pub(crate) async fn link(app: &Inner, asked: &LinkDocuments) -> Result<RowDone, Refusal> {
    let row = row(app, &asked.settlement, &asked.group)?;
    if !matches!(row.kind, Kind::Payment | Kind::Refund) {
        return Err(Refusal::new("not_ready", Text::new("error-find-no-order")));
    }
    if asked.documents.is_empty() || asked.documents.len() > MOST {
        return Err(Refusal::new("bad_request", Text::new("error-find-none")).about("documents", "1 to 20"));
    }
    let ids: Vec<RecordId> = asked.documents.iter().cloned().map(RecordId).collect();
    let mut known: Vec<Known> = Vec::new();
    for query in queries::by_id(&ids) {
        known.extend(ask(app, &query).await?);
    }
    if let Some(gone) = ids.iter().find(|id| !known.iter().any(|one| one.id == **id)) {
        return Err(Refusal::not_found(&gone.0));
    }
    let first = known.first();
    let same = |one: &Known| {
        one.currency == Some(row.amazon.currency) && first.is_some_and(|first| one.customer == first.customer)
    };
    if let Some(other) = known.iter().find(|one| !same(one)) {
        let said = Text::new("error-find-mixed").with("document", other.number.as_str());
        return Err(Refusal::new("not_ready", said));
    }
    let numbers: Vec<&str> = known.iter().map(|one| one.number.as_str()).collect();
    let said = Text::new("said-row-linked").with("documents", numbers.join(", "));
    let documents: Vec<Value> = known
        .iter()
        .map(|one| json!({"id": one.id.0, "number": one.number}))
        .collect();
    let place = (asked.settlement.as_str(), asked.group.as_str());
    choose(app, place, DOCUMENTS, &json!({ "documents": documents }), said)
}

/// The invoice that was suggested is the row's.
pub(super) fn suggested(app: &Inner, asked: &OneRow, invoice: &Suggestion) -> Result<RowDone, Refusal> {
    let said = Text::new("said-row-linked").with("documents", invoice.number.as_str());
    let value = json!({"documents": [{"id": invoice.id, "number": invoice.number}]});
    choose(app, (&asked.settlement, &asked.group), DOCUMENTS, &value, said)
}

/// NetSuite's ids of what the row was put on before.
fn chosen(app: &Inner, asked: &FindDocuments) -> Result<Vec<String>, Refusal> {
    let names = [asked.group.clone()];
    let all = app
        .engine
        .store()
        .read(|db| row_choices::of_rows(db, &asked.settlement, &names))?;
    let documents = all.into_iter().find(|one| one.choice == DOCUMENTS);
    let documents = documents.and_then(|one| one.value["documents"].as_array().cloned());
    let ids = documents.unwrap_or_default().into_iter();
    Ok(ids.filter_map(|one| one["id"].as_str().map(str::to_owned)).collect())
}

fn document(pages: &Pages, known: &Known) -> Document {
    Document {
        record: known.record.map_or("invoice", |record| record.rest_name()).to_owned(),
        id: known.id.0.clone(),
        number: known.number.clone(),
        address: pages.record(&known.id.0),
    }
}

async fn ask<T: Send>(app: &Inner, query: &Query<T>) -> Result<Vec<T>, Refusal> {
    let page = perform(&*app.netsuite, query)
        .await
        .map_err(|failure| Refusal::new("offline", Text::new("error-find-offline")).because(&failure))?;
    Ok(page.rows)
}

//! The whole company as JSON, for `GET control/books` and for the invariants of tests.

use serde_json::{Map, Value, json};

use super::envelope::Outcome;
use super::show::View;
use super::store::Store;
use super::suiteql;

/// Records by type, then what ties them together, then every amount in the ledger.
pub(super) fn books(store: &Store, account: &str) -> Outcome<Value> {
    let view = View {
        expand: true,
        ..View::default()
    };
    let mut records: Map<String, Value> = Map::new();
    for record in store.all()? {
        let shown = view.record(store, &record)?;
        if let Value::Array(list) = records.entry(record.kind.name()).or_insert_with(|| json!([])) {
            list.push(shown);
        }
    }
    Ok(json!({
        "account": account,
        "records": records,
        "applications": table(store, "SELECT previousdoc AS doc, nextdoc AS applying, foreignamount AS amount FROM nexttransactionlinelink WHERE linktype = 'Payment'")?,
        "links": table(store, "SELECT previousdoc, previousline, nextdoc, nextline, linktype, quantity FROM nexttransactionlinelink WHERE linktype <> 'Payment'")?,
        "postings": table(
            store,
            "SELECT a.transaction, a.transactionline AS line, t.type, t.tranid, t.externalid, t.memo,
               TO_CHAR(t.trandate, 'YYYY-MM-DD') AS trandate, t.currency, a.account, BUILTIN.DF(a.account) AS accountname,
               a.amount, l.foreignamount
             FROM transactionaccountingline a
             JOIN transaction t ON t.id = a.transaction
             JOIN transactionline l ON l.transaction = a.transaction AND l.id = a.transactionline
             WHERE a.posting = 'T' ORDER BY a.transaction, a.transactionline",
        )?,
        "stock": stock(store)?,
    }))
}

/// What lies where, whoever may see it.
fn stock(store: &Store) -> Outcome<Value> {
    let mut statement = store
        .connection
        .prepare("SELECT item, location, CAST(onhand AS TEXT) FROM ns_stock ORDER BY item, location")?;
    let rows = statement.query_map([], |row| {
        let (item, location): (i64, i64) = (row.get(0)?, row.get(1)?);
        let units: String = row.get(2)?;
        Ok(json!({ "item": item.to_string(), "location": location.to_string(), "quantityonhand": units }))
    })?;
    Ok(Value::Array(rows.collect::<Result<_, _>>()?))
}

fn table(store: &Store, query: &str) -> Outcome<Value> {
    let page = suiteql::run(store, query, &[], usize::MAX, 0)?;
    let rows = page.items.into_iter().map(|mut row| {
        if let Some(row) = row.as_object_mut() {
            row.remove("links");
        }
        row
    });
    Ok(Value::Array(rows.collect()))
}

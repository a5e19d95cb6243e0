//! The demo company, opened as the product opens it.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::Value;
use simulator::{Company, Options, Simulator};

use crate::bench::Hands;

fn number(value: &Value) -> Decimal {
    match value {
        Value::String(text) => text.parse().unwrap(),
        other => other.to_string().parse().unwrap(),
    }
}

#[test]
fn rdy_01_the_demo_companys_books_balance_and_agree_with_themselves() {
    let simulator = Simulator::open(Options::new(1, Company::Demo, Arc::new(Hands::at_noon()))).unwrap();
    let books = simulator.netsuite().books();
    let postings = books["postings"].as_array().unwrap();
    assert!(postings.len() > 100, "{}", postings.len());
    assert!(
        postings
            .iter()
            .map(|row| number(&row["amount"]))
            .sum::<Decimal>()
            .is_zero()
    );
    let invoices = books["records"]["invoice"].as_array().unwrap();
    let applied = |id: &Value| -> Decimal {
        let own = books["applications"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["doc"] == *id);
        own.map(|one| number(&one["amount"])).sum()
    };
    for invoice in invoices {
        let open = number(&invoice["total"]) - applied(&invoice["id"]);
        assert_eq!(number(&invoice["amountRemaining"]), open);
        let letter = if open.is_zero() { "B" } else { "A" };
        assert_eq!(invoice["status"]["id"], letter);
    }
    let orders = books["records"]["salesOrder"].as_array().unwrap();
    assert!(
        orders.iter().any(|order| order["status"]["id"] == "G")
            && orders.iter().any(|order| order["status"]["id"] == "B")
    );
}

//! A settlement's rows and history as the screens ask for them, from what the store keeps (ux.md §5.8, §8).

use app::contract::{SettlementHistoryRequest, SettlementLinesPage, SettlementLinesRequest};
use app::views::settlements::{history, lines};
use chrono::DateTime;
use domain::settlement::read::Options;
use serde_json::{Value, json};
use store::{Store, settlements};

const DE: &str = "A1PA6795UKMFR9";
const TITLES: &str = "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\t\
    transaction-type\torder-id\tamount-type\tamount-description\tamount\tposted-date\n";

/// A settlement of one line with a summary of its own.
fn settlement(store: &Store, id: &str, month: u32, currency: &str, summary: &Value) {
    let file = format!(
        "{TITLES}{id}\t2026-{month:02}-01\t2026-{month:02}-14\t2026-{month:02}-16\t1.00\t{currency}\t\t\t\t\t\t\n\
         {id}\t\t\t\t\t\tOrder\t111-1\tItemPrice\tPrincipal\t1.00\t2026-{month:02}-02\n"
    );
    let (bytes, go_on) = (file.into_bytes(), &mut |_| Ok(()));
    store
        .write_bulk(|db| settlements::import(db, id, &bytes, &Options::default(), DateTime::UNIX_EPOCH, go_on))
        .unwrap();
    store.write(|db| settlements::set_summary(db, id, summary)).unwrap();
}

fn money(amount: &str, currency: &str) -> Value {
    json!({ "amount": amount, "currency": currency })
}

fn summary(currency: &str, deposit: &str, sales: &str, fees: &Value, rows: &[Value]) -> Value {
    let held = if deposit.starts_with('-') { "0" } else { "-50.00" };
    json!({
        "settlement": "x", "currency": currency, "marketplaces": [DE], "amount": deposit,
        "amazon_says": money(deposit, currency), "netsuite_has": money(deposit, currency), "difference": money("0", currency),
        "numbers": { "sales": sales, "fees": fees, "balances": { "reserve-held": held }, "coverage_percent": 100 },
        "accounts_ready": true, "tax_ready": true, "orders_ready": true, "posted": [], "why_not": [], "rows": rows,
    })
}

fn row(number: usize, tab: &str, category: &str, amount: &str) -> Value {
    let kind = if tab == "fees" { "other" } else { "payment" };
    json!({
        "id": format!("{number}.0"), "tab": tab, "kind": kind, "title": "Order", "categories": [category],
        "order": format!("111-{number}"), "posted": null, "skus": [format!("LAMP-{number}")],
        "amazon": money(amount, "EUR"), "netsuite": money(amount, "EUR"), "document": format!("INV{number}"),
        "reason": { "id": "r", "args": {} }, "status": "applied", "code": null, "remedy": null, "lines": 1,
    })
}

fn asked(store: &Store, more: Value) -> SettlementLinesPage {
    let mut request = json!({ "id": "7", "tab": "matched" });
    request
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let request: SettlementLinesRequest = serde_json::from_value(request).unwrap();
    lines(store, &request).unwrap()
}

fn ids(page: &SettlementLinesPage) -> Vec<&str> {
    page.rows.iter().map(|row| row.id.as_str()).collect()
}

/// P5, P12: the end of a long list is asked for by its index, and the counts of all tabs are those under the filter.
#[test]
fn p5_a_page_is_asked_by_its_index_and_the_counts_are_those_under_the_filter() {
    let store = Store::memory().unwrap();
    let mut rows: Vec<Value> = (0..1_000)
        .map(|number| row(number, "matched", "principal", "12.40"))
        .collect();
    rows.push(row(2_000, "fees", "storage", "-3.00"));
    rows.insert(500, row(2_001, "unmatched", "principal", "9.00"));
    settlement(
        &store,
        "7",
        10,
        "EUR",
        &summary("EUR", "1.00", "1.00", &json!({}), &rows),
    );

    let end = asked(&store, json!({ "at": 997, "limit": 10 }));
    assert_eq!(ids(&end), ["997.0", "998.0", "999.0"]);
    assert_eq!((end.at, end.total), (997, 1_000));
    let counts = |page: &SettlementLinesPage| page.tabs.iter().map(|tab| tab.count).collect::<Vec<_>>();
    assert_eq!(counts(&end), [1_000, 1, 0, 1, 0]);
    assert_eq!(ids(&asked(&store, json!({ "at": 5_000 }))), Vec::<&str>::new());

    let found = asked(&store, json!({ "search": " lamp-99", "at": 1, "limit": 2 }));
    assert_eq!(
        ids(&found),
        ["990.0", "991.0"],
        "LAMP-99 comes first, in the order of the file"
    );
    assert_eq!(counts(&found), [11, 0, 0, 0, 0]);
    assert_eq!(counts(&asked(&store, json!({ "search": "inv2001" }))), [0, 1, 0, 0, 0]);
    assert_eq!(
        counts(&asked(&store, json!({ "search": "12,40" }))),
        [1_000, 0, 0, 0, 0]
    );
    assert_eq!(counts(&asked(&store, json!({ "bar": "storage" }))), [0, 0, 0, 1, 0]);
    assert_eq!(
        counts(&asked(&store, json!({ "bar": "product_sales", "search": "2001" }))),
        [0, 1, 0, 0, 0]
    );

    // SET-44: a summary that is worked out anew takes the place of the one before.
    store
        .write(|db| settlements::set_summary(db, "7", &summary("EUR", "1.00", "1.00", &json!({}), &rows[..3])))
        .unwrap();
    assert_eq!(counts(&asked(&store, json!({}))), [3, 0, 0, 0, 0]);
}

#[test]
fn a_tab_or_settlement_that_does_not_exist_is_refused() {
    let store = Store::memory().unwrap();
    let request = |id: &str, tab: &str| serde_json::from_value(json!({ "id": id, "tab": tab })).unwrap();
    assert_eq!(lines(&store, &request("7", "matched")).unwrap_err().code, "not_found");
    assert_eq!(lines(&store, &request("7", "nothing")).unwrap_err().code, "bad_request");
}

/// ux.md §8: stacked from zero, at most six families and the rest, one currency, shares that are exact to a tenth.
#[test]
fn the_history_stacks_fees_by_family_in_one_currency_and_shows_deposits_with_the_reserve() {
    let store = Store::memory().unwrap();
    let first = json!({
        "referral-fee": "-15.00", "fulfilment-fee": "-10.00", "storage": "-2.00", "long-term-storage": "-1.00",
        "advertising": "-1.50", "subscription": "-1.00", "inbound-freight": "-0.40", "promotion-cost": "-0.30",
        "postage": "-0.20",
    });
    settlement(&store, "1", 8, "EUR", &summary("EUR", "100.00", "200.00", &first, &[]));
    let back = json!({ "referral-fee": "-30.00", "storage": "4.00" });
    settlement(&store, "2", 9, "EUR", &summary("EUR", "-20.00", "0", &back, &[]));
    settlement(
        &store,
        "3",
        10,
        "USD",
        &summary("USD", "5.00", "10.00", &json!({ "storage": "-1.00" }), &[]),
    );
    settlement(
        &store,
        "4",
        11,
        "EUR",
        &summary("EUR", "180.00", "100.00", &json!({}), &[]),
    );

    let seen = history(&store, &SettlementHistoryRequest::default()).unwrap();
    assert_eq!(seen.marketplace.as_deref(), Some(DE));
    let shown: Vec<&str> = seen.settlements.iter().map(|column| column.id.as_str()).collect();
    assert_eq!(shown, ["1", "2", "4"], "dollars do not stand on the axis of euros");
    let families: Vec<&str> = seen.families.iter().map(|family| family.id.as_str()).collect();
    assert_eq!(
        families,
        [
            "referral",
            "fulfilment",
            "storage",
            "advertising",
            "subscription",
            "inbound",
            "other"
        ]
    );
    assert_eq!(
        (seen.fees.amount.as_str(), seen.fee_percent.as_deref()),
        ("57.40", Some("19.1"))
    );

    let column = &seen.settlements[0];
    assert_eq!(
        (column.fees.amount.as_str(), column.fee_percent.as_deref()),
        ("31.40", Some("15.7"))
    );
    let other = column.parts.last().unwrap();
    assert_eq!((other.family.as_str(), other.amount.amount.as_str()), ("other", "0.50"));
    // The axis goes from -10 to 40 in steps of 10.
    assert_eq!(seen.amounts.zero_at, 2_000);
    let marks: Vec<&str> = seen.amounts.ticks.iter().map(|tick| tick.value.as_str()).collect();
    assert_eq!(marks, ["-10", "0", "10", "20", "30", "40"]);
    assert_eq!(column.parts[0].amount_at, [2_000, 5_000]);
    assert_eq!(
        column.parts[1].amount_at,
        [5_000, 7_000],
        "one part stands on the other"
    );
    let given_back = &seen.settlements[1];
    assert_eq!(
        given_back.parts[2].amount_at,
        [2_000, 1_200],
        "what came back hangs below zero"
    );
    assert_eq!(given_back.fee_percent, None, "without sales there is no share");
    assert_eq!(given_back.parts[0].percent_at, None);

    assert_eq!(
        (given_back.deposit.amount.as_str(), given_back.reserve.amount.as_str()),
        ("-20.00", "0.00")
    );
    assert!(given_back.deposit_at < seen.deposits.zero_at);
    assert_eq!(
        (column.reserve.amount.as_str(), column.deposit.amount.as_str()),
        ("50.00", "100.00")
    );
    assert!(column.reserve_at < column.deposit_at);
    assert_eq!(
        seen.next.as_deref(),
        Some("2027-01-14"),
        "as long after the last as that was after the one before"
    );
}

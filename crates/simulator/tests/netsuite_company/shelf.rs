//! Prices by level, stock by location, kits, and the custom fields of items (netsuite.md §4.9, §6.1).

use std::time::Duration;

use serde_json::{Value, json};
use simulator::control_netsuite;
use simulator::netsuite::NetSuiteOptions;
use wire::Method;

use crate::bench::{Company, amount, body, refusal};
use crate::trial::{EUR, LAMP, SET, SHADE, USD, WAREHOUSE};

fn person(company: &Company, what: &str, body: &Value) -> Value {
    let (status, answer) = control_netsuite::answer(&company.account, what, body);
    assert_eq!(status, 200, "{what} {body}: {answer}");
    answer
}

/// Available units of an item in the warehouse, and when that changed last.
async fn available(company: &Company, item: i64) -> (String, String) {
    let rows = company
        .query(
            "SELECT quantityavailable, TO_CHAR(lastquantityavailablechange, 'YYYY-MM-DD HH24:MI:SS') AS changed
             FROM inventoryitemlocations WHERE item = ? AND location = ?",
            &[&item.to_string(), &WAREHOUSE.to_string()],
        )
        .await;
    let said = |name: &str| rows[0][name].as_str().unwrap().to_owned();
    (said("quantityavailable"), said("changed"))
}

#[tokio::test]
async fn inv_05_the_last_change_of_what_is_available_is_told() {
    let company = Company::open().await;
    let (before, first) = available(&company, LAMP).await;
    assert_eq!(before, "7");
    company.clock.forward(Duration::from_mins(10));
    let order = company.order("31").await;
    let (held, ordered) = available(&company, LAMP).await;
    assert!(held == "5" && ordered > first, "an order holds back");
    company.clock.forward(Duration::from_mins(10));
    let ship = json!({ "order": order });
    person(&company, "ship", &ship);
    assert_eq!(
        available(&company, LAMP).await,
        (held, ordered),
        "what was held back left: nothing changed"
    );
    let there = "SELECT quantityonhand FROM aggregateitemlocation WHERE item = ?";
    assert_eq!(company.value(there, &[&LAMP.to_string()]).await, "5");
    company.clock.forward(Duration::from_mins(10));
    person(
        &company,
        "stock",
        &json!({ "item": "LAMP", "location": "Warehouse", "received": "12" }),
    );
    let (more, received) = available(&company, LAMP).await;
    assert_eq!(more, "17");
    person(
        &company,
        "stock",
        &json!({ "item": "LAMP", "counted": "3", "location": WAREHOUSE.to_string() }),
    );
    assert_eq!(available(&company, LAMP).await.0, "3");
    company.clock.forward(Duration::from_mins(10));
    person(
        &company,
        "stock",
        &json!({ "item": "LAMP", "counted": "3", "location": WAREHOUSE.to_string() }),
    );
    assert_eq!(
        available(&company, LAMP).await.1,
        received,
        "a count that finds what was known changes nothing"
    );
    let (status, _) = control_netsuite::answer(&company.account, "stock", &json!({ "item": "SET", "counted": "1" }));
    assert_eq!(status, 400, "a kit has no stock");
}

#[tokio::test]
async fn inv_06_an_open_order_of_a_kit_holds_its_members_back() {
    let company = Company::open().await;
    let mut order = crate::bench::order("32");
    order["item"]["items"][0] = json!({ "item": { "id": SET.to_string() }, "quantity": 2, "rate": 40 });
    let id = company.made("salesOrder", order).await;
    assert_eq!(
        (available(&company, LAMP).await.0, available(&company, SHADE).await.0),
        ("5".to_owned(), "1".to_owned())
    );
    person(&company, "close", &json!({ "order": id }));
    assert_eq!(
        (available(&company, LAMP).await.0, available(&company, SHADE).await.0),
        ("7".to_owned(), "5".to_owned())
    );
}

#[tokio::test]
async fn inv_07_a_persons_members_are_the_kits_members() {
    let company = Company::open().await;
    let members = "SELECT m.item, m.quantity FROM itemmember m WHERE m.parentitem = ? ORDER BY m.linenumber";
    assert_eq!(company.query(members, &[&SET.to_string()]).await.len(), 2);
    person(
        &company,
        "members",
        &json!({ "kit": "SET", "members": [["SHADE", "3"]] }),
    );
    let rows = company.query(members, &[&SET.to_string()]).await;
    assert_eq!(
        (rows.len(), rows[0]["item"].as_str(), rows[0]["quantity"].as_str()),
        (1, Some("502"), Some("3"))
    );
    let kit = company.read(&format!("kitItem/{SET}?expandSubResources=true")).await;
    assert_eq!(kit["member"]["items"][0]["item"]["refName"], "SHADE");
    let (status, _) = control_netsuite::answer(
        &company.account,
        "members",
        &json!({ "kit": "SET", "members": [["SET", "1"]] }),
    );
    assert_eq!(status, 400);
}

#[tokio::test]
async fn prc_01_prices_stand_by_level_currency_and_quantity() {
    let company = Company::open().await;
    let prices = async || {
        company
            .query(
                "SELECT p.pricelevel, p.currency, p.quantity, p.unitprice FROM pricing p WHERE p.item = ? ORDER BY p.pricelevel, p.currency, p.quantity",
                &[&LAMP.to_string()],
            )
            .await
            .iter()
            .map(|row| ["pricelevel", "currency", "quantity", "unitprice"].map(|name| row[name].as_str().unwrap().to_owned()).join(" "))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        prices().await,
        [format!("1 {USD} 0 25")],
        "no price in another currency unless somebody sets it"
    );
    let set = |more: Value| {
        let mut act = json!({ "item": "LAMP" });
        act.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        person(&company, "price", &act);
    };
    set(json!({ "currency": "EUR", "price": "22.50" }));
    set(json!({ "currency": "EUR", "quantity": "5", "price": "20.00" }));
    set(json!({ "price": "26.00" }));
    assert_eq!(
        prices().await,
        [
            format!("1 {USD} 0 26"),
            format!("1 {EUR} 0 22.5"),
            format!("1 {EUR} 5 20")
        ]
    );
    let record = company
        .read(&format!("inventoryItem/{LAMP}/price?expandSubResources=true"))
        .await;
    let first = &record["items"][0];
    assert_eq!(
        (&first["priceLevel"]["refName"], &first["currencyPage"]["refName"]),
        (&json!("Base Price"), &json!("EUR"))
    );
    assert_eq!(
        company.read(&format!("inventoryItem/{LAMP}")).await["basePrice"].to_string(),
        "26"
    );
    set(json!({ "currency": "EUR", "price": null }));
    assert_eq!(prices().await.len(), 2);
    let (status, answer) =
        control_netsuite::answer(&company.account, "price", &json!({ "item": "LAMP", "price": "-1" }));
    assert_eq!(status, 400, "{answer}");
    let (status, _) = control_netsuite::answer(
        &company.account,
        "price",
        &json!({ "item": "LAMP", "level": "None", "price": "1" }),
    );
    assert_eq!(status, 400);
}

#[tokio::test]
async fn prd_08_custom_fields_of_every_kind_of_item_can_be_written() {
    let company = Company::with(NetSuiteOptions {
        custom_fields: vec!["custitem_azn_asin".to_owned(), "custitem_azn_fnsku".to_owned()],
        ..NetSuiteOptions::default()
    })
    .await;
    for (kind, id) in [("inventoryItem", LAMP), ("kitItem", SET)] {
        let asin = json!({ "custitem_azn_asin": format!("B0{id:08}") });
        let written = company
            .send(Method::Patch, &format!("record/v1/{kind}/{id}"), asin)
            .await;
        assert_eq!(written.status, 204, "{}", body(&written));
        assert_eq!(
            company
                .value("SELECT custitem_azn_asin FROM item WHERE id = ?", &[&id.to_string()])
                .await,
            format!("B0{id:08}")
        );
    }
    assert_eq!(
        company
            .query(
                "SELECT quantity FROM itemmember WHERE parentitem = ?",
                &[&SET.to_string()]
            )
            .await
            .len(),
        2
    );
    let unknown = company
        .send(
            Method::Patch,
            &format!("record/v1/inventoryItem/{LAMP}"),
            json!({ "custitem_other": "x" }),
        )
        .await;
    assert_eq!(unknown.status, 400, "a field that nobody installed");
    let made = company
        .send(Method::Post, "record/v1/inventoryItem", json!({ "itemId": "NEW" }))
        .await;
    assert_eq!(
        (made.status, refusal(&made).1.as_str()),
        (403, "INSUFFICIENT_PERMISSION")
    );
    assert!(company.account.set_permission("inventoryItem", false));
    let gone = company
        .send(
            Method::Patch,
            &format!("record/v1/inventoryItem/{LAMP}"),
            json!({ "custitem_azn_asin": "B0" }),
        )
        .await;
    assert_eq!(gone.status, 403);
}

#[tokio::test]
async fn prd_01_people_make_items_and_retire_them() {
    let company = Company::open().await;
    let act = json!({
        "item": "CANDLE / FIG 100%", "title": "Candle", "upc": "3760000003025", "base_price": "12.50",
        "fields": { "salesDescription": "A candle", "weight": amount("0.4"), "manufacturer": "Atelier Lumen" },
    });
    let id = person(&company, "item", &act)["id"].as_str().unwrap().to_owned();
    let row = &company
        .query(
            "SELECT itemid, upccode, description, weight, itemtype, isinactive FROM item WHERE id = ?",
            &[&id],
        )
        .await[0];
    let expected = [
        ("itemid", "CANDLE / FIG 100%"),
        ("upccode", "3760000003025"),
        ("description", "A candle"),
        ("weight", "0.4"),
        ("itemtype", "InvtPart"),
        ("isinactive", "F"),
    ];
    for (name, value) in expected {
        assert_eq!(row[name], value);
    }
    let (status, _) = control_netsuite::answer(&company.account, "item", &act);
    assert_eq!(status, 400, "a name is taken once");
    person(
        &company,
        "stock",
        &json!({ "item": "CANDLE / FIG 100%", "location": "Warehouse", "received": "4" }),
    );
    let kit = json!({ "item": "PAIR", "kind": "kitItem", "members": [["CANDLE / FIG 100%", "2"]] });
    person(&company, "item", &kit);
    person(&company, "inactivate", &json!({ "item": "LAMP" }));
    assert_eq!(
        company
            .value("SELECT isinactive FROM item WHERE id = ?", &[&LAMP.to_string()])
            .await,
        "T"
    );
    person(&company, "inactivate", &json!({ "item": "LAMP", "inactive": false }));
    assert_eq!(
        company
            .value("SELECT isinactive FROM item WHERE id = ?", &[&LAMP.to_string()])
            .await,
        "F"
    );
}

#[tokio::test]
async fn the_table_that_most_roles_may_not_read_stays_closed() {
    let company = Company::open().await;
    let answer = company
        .send(
            Method::Post,
            "query/v1/suiteql",
            json!({ "q": "SELECT * FROM inventorybalance" }),
        )
        .await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn s6_what_a_role_may_not_see_gives_no_rows_and_no_error() {
    let company = Company::open().await;
    let stock = "SELECT l.item, NVL(l.quantityavailable, 0) AS units FROM inventoryitemlocations l";
    assert!(!company.query(stock, &[]).await.is_empty());
    person(&company, "hidden", &json!({ "table": "inventoryitemlocations" }));
    person(&company, "hidden", &json!({ "table": "pricing" }));
    assert!(company.query(stock, &[]).await.is_empty());
    person(&company, "price", &json!({ "item": "LAMP", "price": "26.00" }));
    person(
        &company,
        "stock",
        &json!({ "item": "LAMP", "location": "Warehouse", "received": "1" }),
    );
    assert!(company.query("SELECT p.unitprice FROM pricing p", &[]).await.is_empty());
    assert_eq!(
        company.account.books()["stock"][0]["quantityonhand"],
        "8",
        "the books know"
    );
    person(
        &company,
        "hidden",
        &json!({ "table": "inventoryitemlocations", "on": false }),
    );
    person(&company, "hidden", &json!({ "table": "pricing", "on": false }));
    assert_eq!(available(&company, LAMP).await.0, "8");
    let price = "SELECT p.unitprice FROM pricing p WHERE p.item = ?";
    assert_eq!(company.value(price, &[&LAMP.to_string()]).await, "26");
    let (status, _) = control_netsuite::answer(&company.account, "hidden", &json!({ "table": "item" }));
    assert_eq!(status, 400);
}

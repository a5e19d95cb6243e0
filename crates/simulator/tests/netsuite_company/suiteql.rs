//! SuiteQL over a real engine: the examples of netsuite.md §6, and what is refused.

use serde_json::{Value, json};
use wire::Method;

use crate::bench::{Company, body, refusal};
use crate::trial::{LAMP, SET, WAREHOUSE};

#[tokio::test]
async fn rows_are_texts_pages_are_counted_and_prefer_transient_is_required() {
    let company = Company::open().await;
    for number in ["1", "2", "3"] {
        company.order(number).await;
    }
    let ask = json!({ "q": "SELECT id, tranid, externalid, status, memo, shipdate FROM transaction WHERE type = 'SalesOrd' ORDER BY id" });
    let answer = company
        .send(Method::Post, "query/v1/suiteql?limit=2&offset=0", ask.clone())
        .await;
    let page = body(&answer);
    assert_eq!(
        (
            page["count"].as_i64(),
            page["totalResults"].as_i64(),
            page["hasMore"].as_bool()
        ),
        (Some(2), Some(3), Some(true))
    );
    assert_eq!(page["items"][0]["externalid"], "AZN-SO-1");
    assert_eq!(page["items"][0]["status"], "B");
    assert_eq!(page["items"][0]["links"], json!([]));
    assert!(page["items"][0].get("shipdate").is_none(), "empty columns are left out");
    assert!(page["items"][0]["id"].is_string());
    let last = body(
        &company
            .send(Method::Post, "query/v1/suiteql?limit=2&offset=2", ask.clone())
            .await,
    );
    assert_eq!(
        (
            last["count"].as_i64(),
            last["offset"].as_i64(),
            last["hasMore"].as_bool()
        ),
        (Some(1), Some(2), Some(false))
    );
    assert_eq!(
        company
            .send(Method::Post, "query/v1/suiteql?limit=1001", ask.clone())
            .await
            .status,
        400
    );
    let mut message = company.message(Method::Post, "query/v1/suiteql", &ask);
    message.headers.retain(|(name, _)| name != "prefer");
    assert_eq!(company.account.answer(&message).await.unwrap().status, 400);
}

#[tokio::test]
async fn what_netsuite_refuses_is_refused() {
    let company = Company::open().await;
    for q in [
        "SELECT id FROM transaction LIMIT 5",
        "DELETE FROM transaction",
        "UPDATE customer SET email = 'x'",
        "SELECT id FROM transaction; SELECT id FROM item",
        "SELECT nosuchfield FROM transaction",
        "SELECT id FROM nosuchtable",
        "SELECT body FROM ns_record",
        "SELECT name FROM sqlite_master",
        "SELECT random() FROM dual",
        "SELECT id FROM transaction WHERE memo = \"Amazon\"",
        "WITH x AS (SELECT 1 AS n FROM dual) DELETE FROM item",
        "SELECT id FROM",
    ] {
        let answer = company.send(Method::Post, "query/v1/suiteql", json!({ "q": q })).await;
        assert_eq!(answer.status, 400, "{q}: {}", body(&answer));
        assert_eq!(body(&answer)["title"], "Invalid search query.", "{q}");
    }
    let unknown = company
        .send(
            Method::Post,
            "query/v1/suiteql",
            json!({ "q": "SELECT nosuchfield FROM item" }),
        )
        .await;
    assert!(refusal(&unknown).2.contains("Field 'nosuchfield' not found"));
    assert_eq!(
        company.value("SELECT COUNT(*) AS n FROM customer", &[]).await,
        "2",
        "nothing was written"
    );
}

#[tokio::test]
async fn the_kit_query_of_the_reference_gives_what_can_be_built() {
    let company = Company::open().await;
    let kits = company.query(
        "SELECT m.parentitem AS kit, MIN(FLOOR(NVL(l.avail,0) / m.quantity)) AS avail
         FROM itemmember m
         LEFT JOIN (SELECT item, SUM(quantityavailable) AS avail FROM inventoryitemlocations WHERE location IN (6,7) GROUP BY item) l ON l.item = m.item
         JOIN item k ON k.id = m.parentitem
         WHERE k.itemtype = 'Kit' AND k.isinactive = 'F'
         GROUP BY m.parentitem", &[]).await;
    assert_eq!(kits.len(), 1);
    let seven_lamps = "ten on hand less the clerk's three";
    assert_eq!(
        (kits[0]["kit"].as_str(), kits[0]["avail"].as_str()),
        (Some(SET.to_string().as_str()), Some("2")),
        "{seven_lamps}, five shades in pairs"
    );
    let lamps = company
        .value(
            "SELECT quantityonhand FROM aggregateitemlocation WHERE item = ? AND location = ?",
            &[&LAMP.to_string(), &WAREHOUSE.to_string()],
        )
        .await;
    assert_eq!(lamps, "7");
}

#[tokio::test]
async fn a_sales_lines_are_negative_and_open_orders_hold_back_stock() {
    let company = Company::open().await;
    let id = company.order("4").await;
    let lines = company
        .query(
            "SELECT tl.id, tl.item, tl.quantity, tl.rate, tl.foreignamount, tl.mainline FROM transactionline tl
         WHERE tl.transaction = ? AND tl.mainline = 'F' AND tl.taxline = 'F' ORDER BY tl.linesequencenumber",
            &[&id],
        )
        .await;
    assert_eq!(
        (
            lines[0]["quantity"].as_str(),
            lines[0]["foreignamount"].as_str(),
            lines[0]["rate"].as_str()
        ),
        (Some("-2"), Some("-39.98"), Some("19.99"))
    );
    assert_eq!(
        company
            .value("SELECT foreigntotal FROM transaction WHERE id = ?", &[&id])
            .await,
        "43.28"
    );
    let stock = company
        .query(
            "SELECT quantityonhand, quantityavailable, quantitycommitted FROM inventoryitemlocations WHERE item = ?",
            &[&LAMP.to_string()],
        )
        .await;
    assert_eq!(
        (
            stock[0]["quantityavailable"].as_str(),
            stock[0]["quantitycommitted"].as_str()
        ),
        (Some("5"), Some("2"))
    );
}

#[tokio::test]
async fn dates_lose_their_time_unless_asked_for() {
    let company = Company::open().await;
    company.order("5").await;
    let row = company.query(
        "SELECT lastmodifieddate AS raw, TO_CHAR(lastmodifieddate, 'YYYY-MM-DD\"T\"HH24:MI:SS') AS full, TO_CHAR(trandate, 'YYYY-MM-DD') AS day
         FROM transaction WHERE externalid = 'AZN-SO-5'", &[]).await;
    assert_eq!(row[0]["raw"], "11/23/2026");
    assert_eq!(row[0]["full"], "2026-11-23T04:00:00", "eight hours west of UTC");
    assert_eq!(row[0]["day"], "2026-11-20");
    let since = "SELECT COUNT(*) AS n FROM transaction WHERE lastmodifieddate >= TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS')";
    assert_eq!(company.value(since, &["2026-11-23 04:00:00"]).await, "1");
    assert_eq!(company.value(since, &["2026-11-23 04:00:01"]).await, "0");
    assert_eq!(
        company
            .value("SELECT TO_CHAR(SYSDATE, 'YYYY-MM-DD HH24:MI:SS') AS now FROM dual", &[])
            .await,
        "2026-11-23 04:00:00"
    );
    assert_eq!(
        company
            .value("SELECT TO_CHAR(SYSDATE - 7, 'YYYY-MM-DD') AS week FROM dual", &[])
            .await,
        "2026-11-16"
    );
}

#[tokio::test]
async fn builtin_df_shows_what_a_person_would_see() {
    let company = Company::open().await;
    company.order("6").await;
    let row = company.query(
        "SELECT DISTINCT t.type, t.status, BUILTIN.DF(t.status) AS s, BUILTIN.DF(t.entity) AS who, BUILTIN.DF(t.currency) AS money
         FROM transaction t WHERE t.type IN ('SalesOrd')", &[]).await;
    assert_eq!(row[0]["s"], "Sales Order : Pending Fulfillment");
    assert_eq!(
        (row[0]["who"].as_str(), row[0]["money"].as_str()),
        (Some("Amazon US 2026"), Some("USD"))
    );
    assert_eq!(
        company
            .value(
                "SELECT BUILTIN.DF(item) AS name FROM transactionline WHERE item = 501",
                &[]
            )
            .await,
        "LAMP"
    );
}

#[tokio::test]
async fn rownum_and_fetch_first_limit_rows() {
    let company = Company::open().await;
    for number in ["7", "8", "9"] {
        company.order(number).await;
    }
    assert_eq!(
        company.query("SELECT * FROM item WHERE ROWNUM <= 1", &[]).await.len(),
        1
    );
    let newest = "SELECT externalid FROM transaction WHERE type = 'SalesOrd' ORDER BY id DESC FETCH FIRST 2 ROWS ONLY";
    let rows = company.query(newest, &[]).await;
    assert_eq!(
        rows.iter()
            .map(|row| row["externalid"].as_str().unwrap())
            .collect::<Vec<_>>(),
        ["AZN-SO-9", "AZN-SO-8"]
    );
    let inner = format!("SELECT x.externalid FROM ({newest}) x WHERE ROWNUM < 2");
    assert_eq!(company.query(&inner, &[]).await.len(), 1);
}

#[tokio::test]
async fn sums_are_exact_and_division_is_not_cut() {
    let company = Company::open().await;
    let tenths: Vec<String> = (0..10).map(|_| "SELECT 0.1 AS n FROM dual".to_owned()).collect();
    let q = format!("SELECT SUM(n) AS s FROM ({})", tenths.join(" UNION ALL "));
    assert_eq!(company.value(&q, &[]).await, "1");
    assert_eq!(company.value("SELECT 3 / 2 AS h FROM dual", &[]).await, "1.5");
    assert_eq!(
        company.value("SELECT ROUND(1.005, 2) AS r FROM dual", &[]).await,
        "1.01"
    );
    assert_eq!(
        company
            .value("SELECT DECODE('b', 'a', 1, 'b', 2, 3) AS d FROM dual", &[])
            .await,
        "2"
    );
}

#[tokio::test]
async fn pick_lists_and_periods_can_be_read() {
    let company = Company::open().await;
    let closed = company.query("SELECT periodname, closed FROM accountingperiod WHERE startdate <= TO_DATE('2026-09-30', 'YYYY-MM-DD') AND enddate >= TO_DATE('2026-09-01', 'YYYY-MM-DD') AND isposting = 'T'", &[]).await;
    assert_eq!((closed.len(), closed[0]["closed"].as_str()), (1, Some("T")));
    for table in [
        "location",
        "subsidiary",
        "currency",
        "account",
        "department",
        "classification",
        "shipitem",
        "paymentmethod",
        "pricelevel",
        "pricing",
        "itemprice",
        "customersubsidiaryrelationship",
        "deletedrecord",
        "previoustransactionlinelink",
    ] {
        let rows: Vec<Value> = company.query(&format!("SELECT * FROM {table}"), &[]).await;
        assert!(rows.iter().all(|row| row["links"] == json!([])), "{table}");
    }
    assert_eq!(
        company
            .value("SELECT acctnumber FROM account WHERE accttype = 'Bank'", &[])
            .await,
        "2220"
    );
}

#[tokio::test]
async fn a_plain_column_beside_an_aggregate_must_be_grouped() {
    let company = Company::open().await;
    for q in [
        "SELECT type, COUNT(*) AS n FROM transaction",
        "SELECT t.type, t.status, COUNT(*) AS n FROM transaction t GROUP BY t.type",
        "SELECT id FROM item WHERE id IN (SELECT item, SUM(quantity) FROM transactionline GROUP BY transaction)",
    ] {
        let answer = company.send(Method::Post, "query/v1/suiteql", json!({ "q": q })).await;
        assert!(answer.status == 400 && refusal(&answer).2.contains("GROUP BY"), "{q}");
    }
    let q = "SELECT t.type, BUILTIN.DF(t.entity) AS who, COUNT(*) AS n FROM transaction t GROUP BY t.type, t.entity ORDER BY n DESC, t.type";
    assert_eq!(company.query(q, &[]).await[0]["n"], "1");
}

#[tokio::test]
async fn missing_values_sort_last_as_in_oracle() {
    let company = Company::open().await;
    company.order("21").await;
    let order = async |direction: &str| {
        let q = format!("SELECT externalid FROM transaction WHERE id <> 9002 ORDER BY externalid {direction}, id");
        company.query(&q, &[]).await[0].get("externalid").is_some()
    };
    assert!(order("").await && !order("DESC").await);
    let q = "SELECT externalid FROM transaction ORDER BY externalid DESC NULLS LAST FETCH FIRST 1 ROWS ONLY";
    assert_eq!(company.value(q, &[]).await, "AZN-SO-21");
}

#[tokio::test]
async fn daylight_saving_moves_what_is_shown_and_the_calibration_with_it() {
    let company = Company::open().await;
    company.order("22").await;
    let both = "SELECT TO_CHAR(lastmodifieddate, 'HH24') || '/' || TO_CHAR(SYSDATE, 'HH24') AS hours FROM transaction WHERE externalid = 'AZN-SO-22'";
    assert_eq!(company.value(both, &[]).await, "04/04");
    assert!(company.account.set_zone_offset(-420));
    assert_eq!(company.value(both, &[]).await, "05/05");
}

#[tokio::test]
async fn a_text_beside_a_date_must_be_in_the_companys_format() {
    let company = Company::open().await;
    company.order("23").await;
    let count = "SELECT COUNT(*) AS n FROM transaction WHERE type = 'SalesOrd' AND trandate >= ";
    assert_eq!(company.value(&format!("{count}'11/20/2026'"), &[]).await, "1");
    assert_eq!(company.value(&format!("{count}?"), &["11/21/2026"]).await, "0");
    let iso = json!({ "q": format!("{count}'2026-11-20'") });
    assert_eq!(company.send(Method::Post, "query/v1/suiteql", iso).await.status, 400);
}

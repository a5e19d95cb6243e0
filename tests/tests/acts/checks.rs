//! Checks that earn money, through the commands of their screen (flows.md §17.4).

use serde_json::{Value, json};
use simulator::Company;

use super::{later, tell, world};

#[tokio::test(start_paused = true)]
async fn check_a_finding_is_shown_marked_kept_and_exported() {
    let world = world(Company::Empty, &[]);
    let rows = [
        "Order | 111-1000000-0000002 | ItemPrice | Principal | 30.00 | posted=2026-10-06",
        "Order | 111-1000000-0000002 | ItemFees | Commission | -4.50 | posted=2026-10-06",
        "Refund | 111-1000000-0000002 | ItemPrice | Principal | -10.00 | posted=2026-10-09",
    ];
    let settlement = json!({ "id": "90042", "marketplace": "US", "start": "2026-10-02", "end": "2026-10-14",
        "deposit": "2026-10-16", "rows": rows });
    tell(&world, "/settlements", &settlement);
    later(&world, 10).await;
    world
        .run(&["settlement-reports", "settlement-records"], None)
        .await
        .unwrap();
    let ask = async |name: &str, request: Value| world.app().unwrap().call(name, request).await;
    let of = async |tab: &str| ask("checks", json!({ "tab": tab })).await.unwrap();
    let counts = |view: &Value| {
        let tabs = view["tabs"].as_array().unwrap().clone();
        tabs.iter()
            .map(|tab| tab["count"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };

    let open = of("open").await;
    assert_eq!(counts(&open), [1, 0, 0]);
    let row = &open["rows"][0];
    assert_eq!(row["check"], "refund_commission");
    assert_eq!(row["amount"], json!({ "amount": "1.50", "currency": "USD" }));
    assert_eq!((&row["settlement"], &row["mark"]), (&json!("90042"), &json!("open")));
    assert_eq!(row["evidence"]["id"], "check-evidence-refund-commission");
    assert_eq!(row["case"], Value::Null, "no page of a simulated company is outside");
    assert_eq!(open["totals"], json!([{ "amount": "1.50", "currency": "USD" }]));

    let key = row["key"].clone();
    let mark = async |mark: &str| ask("mark_check", json!({ "key": key, "mark": mark })).await;
    assert_eq!(mark("filed").await.unwrap()["said"]["id"], "said-check-filed");
    assert_eq!(counts(&of("open").await), [0, 1, 0]);
    mark("won").await.unwrap();
    let closed = of("closed").await;
    assert_eq!(
        (counts(&closed), &closed["rows"][0]["mark"]),
        (vec![0, 0, 1], &json!("won"))
    );
    assert_eq!(mark("paid").await.unwrap_err().code, "bad_request");
    let unknown = ask("mark_check", json!({ "key": "fee_change/none", "mark": "won" })).await;
    assert_eq!(unknown.unwrap_err().code, "not_found");

    // What came back is found no more, and the finding that was marked stays as it was.
    let back = "Refund | 111-1000000-0000002 | ItemFees | Commission | 1.50 | posted=2026-10-20";
    let next = json!({ "id": "90043", "marketplace": "US", "start": "2026-10-14", "end": "2026-10-28",
        "deposit": "2026-10-30", "rows": [back] });
    tell(&world, "/settlements", &next);
    later(&world, 10).await;
    world
        .run(&["settlement-reports", "settlement-records"], None)
        .await
        .unwrap();
    assert_eq!(counts(&of("open").await), [0, 0, 1]);
    mark("open").await.unwrap();
    assert_eq!(counts(&of("open").await), [0, 0, 0]);
}

#[tokio::test(start_paused = true)]
async fn s5_settlement_rows_leave_as_a_workbook() {
    let world = world(Company::Empty, &[]);
    let rows = ["Order | 111-1000000-0000002 | ItemPrice | Principal | 30.00 | posted=2026-10-06"];
    let settlement = json!({ "id": "90042", "marketplace": "US", "start": "2026-10-02", "end": "2026-10-14",
        "deposit": "2026-10-16", "rows": rows });
    tell(&world, "/settlements", &settlement);
    later(&world, 10).await;
    world
        .run(&["settlement-reports", "settlement-records"], None)
        .await
        .unwrap();
    let asked = json!({ "list": "lines", "settlement": "90042", "format": "xlsx", "language": "fr", "save": false });
    let file = world.app().unwrap().call("export_list", asked).await.unwrap();
    let name = file["name"].as_str().unwrap();
    assert_eq!(name.rsplit_once('.').map(|(_, ending)| ending), Some("xlsx"));
    assert_eq!(file["base64"], true);
    // A zip file's first letters.
    assert!(file["content"].as_str().unwrap().starts_with("UEsDB"));
}

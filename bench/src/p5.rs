//! P5: how long the lines of a large settlement and a hundred thousand orders take through the command layer: 120,000 rows
//! over 500,000 lines of a file.

mod orders;

use std::time::Instant;

use anyhow::ensure;
use app::{App, Backing, Opening, workspace_file};
use chrono::DateTime;
use domain::settlement::read::Options;
use serde_json::{Value, json};
use store::{Place, Store, settlements};

use crate::line::figure;
use crate::p4::generate;

const SETTLEMENT: &str = "17800000001";
const MARKETPLACE: &str = "ATVPDKIKX0DER";
/// The last of the orders was placed then: the Demo company's today.
const NOW: &str = "2026-11-23T08:00:00Z";
const ROWS: usize = 120_000;
/// Rows that are not matched.
const OPEN: usize = 500;
/// Calls of each kind.
const CALLS: usize = 200;
/// About 500,000 lines.
const MEGABYTES: u64 = 92;

/// The command and the request of one call among many.
type Ask<'a> = dyn Fn(usize) -> (&'static str, Value) + 'a;

/// Measures the bar.
pub fn run() -> anyhow::Result<()> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(measure())
}

async fn measure() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    fill(folder.path())?;
    let app = App::open(Opening {
        backing: Backing::Demo { seed: 1 },
        folder: folder.path().to_owned(),
        record: None,
        schedules: false,
    })
    .await
    .map_err(|refusal| anyhow::anyhow!("{}", refusal.code))?;
    let lines = |more: Value| {
        let mut request = json!({ "id": SETTLEMENT, "tab": "matched", "limit": 100 });
        if let (Some(all), Some(more)) = (request.as_object_mut(), more.as_object()) {
            all.extend(more.clone());
        }
        ("settlement_lines", request)
    };
    let scattered = |call: usize| (call * 7_919) % (ROWS - 100);
    let order = |call: usize| orders::number((call * 499) % orders::ORDERS);
    let after = app.call("orders", json!({ "limit": 100 })).await;
    let after = after.map_err(|refusal| anyhow::anyhow!("orders: {}", refusal.code))?["after"].clone();
    let cases: [(&str, f64, &Ask<'_>); 13] = [
        ("first page of 120,000 rows", 10.0, &|_| lines(json!({}))),
        ("any page by its index", 5.0, &|call| {
            lines(json!({ "at": scattered(call) }))
        }),
        ("the last page", 5.0, &|_| lines(json!({ "at": ROWS - 100 }))),
        ("free text, and the counts of all tabs", 60.0, &|call| {
            lines(json!({ "search": format!("{:05}", call * 37) }))
        }),
        ("a bar of the waterfall", 60.0, &|_| {
            lines(json!({ "bar": "product_sales" }))
        }),
        ("one row down to the lines of the file", 60.0, &|call| {
            let group = format!("{}.0", 3 + scattered(call) * 4);
            ("settlement_group", json!({ "settlement": SETTLEMENT, "group": group }))
        }),
        ("the review with its stored totals", 20.0, &|_| {
            ("settlement", json!({ "id": SETTLEMENT }))
        }),
        ("first page of 100,000 orders", 10.0, &|_| {
            ("orders", json!({ "limit": 100 }))
        }),
        ("the next page of orders by key", 5.0, &|_| {
            ("orders", json!({ "limit": 100, "after": after }))
        }),
        ("an order by its number", 2.0, &|call| {
            ("order", json!({ "id": order(call) }))
        }),
        ("free text over the orders", 60.0, &|call| {
            (
                "orders",
                json!({ "limit": 100, "search": format!("{:07}", call * 499) }),
            )
        }),
        ("orders that need somebody", 10.0, &|_| {
            ("orders", json!({ "limit": 100, "view": "needs_you" }))
        }),
        ("the dashboard", 50.0, &|_| ("home", json!({}))),
    ];
    for (step, bound, case) in cases {
        let milliseconds = p95(&app, case).await?;
        figure("P5", step, "ms, 95th of 100", milliseconds, bound);
    }
    Ok(())
}

/// The 95th hundredth of the calls, in milliseconds.
#[allow(clippy::disallowed_methods, reason = "measuring time is what a bench is for")]
async fn p95(app: &App, case: &dyn Fn(usize) -> (&'static str, Value)) -> anyhow::Result<f64> {
    let mut times = Vec::new();
    for call in 0..CALLS {
        let (name, request) = case(call);
        let began = Instant::now();
        let answer = app.call(name, request).await;
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
        let answer = answer.map_err(|refusal| anyhow::anyhow!("{name}: {}", refusal.code))?;
        ensure!(answer.is_object(), "{name} answered nothing");
    }
    times.sort_by(f64::total_cmp);
    Ok(times.get(CALLS * 95 / 100).copied().unwrap_or(f64::NAN))
}

/// A workspace with the settlement, its file read and its rows matched.
fn fill(folder: &std::path::Path) -> anyhow::Result<()> {
    let file = folder.join("settlement.txt");
    generate::write(&file, MEGABYTES, 1)?;
    let bytes = std::fs::read(&file)?;
    let store = Store::open(Place::File(workspace_file(folder, true)))?;
    store.write_bulk(|db| {
        let go_on = &mut |_| Ok(());
        settlements::import(db, "bench", &bytes, &Options::default(), DateTime::UNIX_EPOCH, go_on)
    })?;
    let rows: Vec<Value> = (0..ROWS + OPEN).map(row).collect();
    let usd = |amount: &str| json!({ "amount": amount, "currency": "USD" });
    let summary = json!({
        "settlement": SETTLEMENT, "currency": "USD", "marketplaces": [MARKETPLACE],
        "amazon_says": usd("1.00"), "netsuite_has": usd("1.00"), "difference": usd("0.00"),
        "numbers": {
            "sales": "1.00", "orders": "1.00", "orders_posted": "1.00", "refunds": "0", "refunds_posted": "0", "fees": {},
            "other": "0", "balances": {}, "statuses": {}, "tabs": { "matched": [ROWS, "1.00"], "unmatched": [OPEN, "1.00"] },
            "coverage_percent": 99, "explained": 480_000, "lines": 500_000, "groups": ROWS + OPEN,
        },
        "accounts_ready": true, "tax_ready": true, "orders_ready": true, "bars": [], "rows": rows, "unexplained": [],
        "journals": [], "posted": [], "will_write": [], "why_not": [], "clearing": null, "stage": "open",
    });
    store.write(|db| settlements::set_summary(db, SETTLEMENT, &summary))?;
    orders::fill(&store, NOW.parse()?)?;
    std::fs::remove_file(&file)?;
    Ok(())
}

fn row(number: usize) -> Value {
    let first = 3 + number * 4;
    let tab = if number < ROWS { "matched" } else { "unmatched" };
    let order = format!("114-{number:07}-{:07}", number * 7 % 10_000_000);
    json!({
        "id": format!("{first}.0"), "tab": tab, "kind": "payment", "title": "Order",
        "categories": ["fulfilment-fee", "principal", "referral-fee", "tax"], "order": order,
        "posted": "2026-10-02T01:02:03+00:00", "skus": [format!("SKU-{:05}-BLUE", number % 900)],
        "amazon": { "amount": "12.40", "currency": "USD" }, "netsuite": { "amount": "12.40", "currency": "USD" },
        "document": format!("INV{number:07}"),
        "reason": { "id": "settlement-reason-same-order", "args": {} }, "status": "applied", "code": null, "remedy": null,
        "lines": 4, "places": [[[first, 0], [first + 3, 0]]],
    })
}

//! Every command of the contract with arguments that mean nothing: a clear refusal that names the field, never a panic,
//! and a workspace that keeps its promises.

use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::contract::{COMMANDS, Refusal};
use app::words::{Catalogue, Language};
use chrono::TimeDelta;
use futures::FutureExt;
use passerelle_tests::world::Making;
use passerelle_tests::{World, invariants};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};
use simulator::{Company, control};
use wire::Method;

const DE: &str = "A1PA6795UKMFR9";
const ORDER: &str = "305-1000000-0000001";
/// Requests with changed arguments.
const CASES: usize = 3_000;
/// What a refusal may say; `fault` and `store` would be ours.
const CODES: &[&str] = &[
    "bad_request",
    "cannot",
    "not_found",
    "not_ready",
    "busy",
    "too_large",
    "offline",
];

/// Panics anywhere in this process, in the background too.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// A request for each command with every field filled.
#[allow(clippy::too_many_lines, reason = "one line for each command")]
fn requests(account: &str) -> Vec<(&'static str, Value)> {
    let row = json!({
        "place": "body", "field": "memo", "shape": "text",
        "when": { "path": "order.channel", "test": "is", "value": "mfn" },
        "otherwise": { "then": "inherit" },
        "source": { "from": "field", "paths": ["order.id"], "format": { "name": "as_is", "argument": "" } },
    });
    let draft = json!({ "form": "mfn-orders", "scope": "", "rows": [row], "record": ORDER });
    let by_id = json!({ "id": "1" });
    let by_cause = json!({ "cause": "ITEM_NOT_FOUND:GHOST-1" });
    let cause = |more: Value| {
        let mut all = by_cause.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    vec![
        ("status", json!({})),
        ("home", json!({ "marketplace": DE })),
        ("flows", json!({ "marketplace": DE })),
        ("flow_days", json!({ "flow": "mfn-orders", "marketplace": DE })),
        (
            "start_run",
            json!({ "flow": "mfn-orders", "dry_run": true, "keys": [ORDER], "marketplace": "DE", "from": "2026-11-01", "to": "2026-11-02" }),
        ),
        ("cancel_run", by_id.clone()),
        (
            "runs",
            json!({ "flow": "mfn-orders", "marketplace": DE, "after": "x", "limit": 5 }),
        ),
        ("run", by_id.clone()),
        (
            "orders",
            json!({ "view": "all", "search": "305", "marketplace": DE, "after": "1|2", "limit": 5 }),
        ),
        ("order", json!({ "id": ORDER })),
        (
            "resend_shipment",
            json!({ "order": ORDER, "parcel": "x", "carrier": "DHL", "method": "", "tracking": "1" }),
        ),
        ("bill_order", json!({ "id": ORDER })),
        (
            "handled_elsewhere",
            json!({ "order": "305-0000000-0000000", "reason": "sold by hand" }),
        ),
        ("take_order_back", by_id.clone()),
        (
            "problem_groups",
            json!({ "tab": "needs_you", "marketplace": DE, "flow": "mfn-orders" }),
        ),
        ("problem_group", by_cause.clone()),
        ("problem", by_id.clone()),
        (
            "retry",
            cause(json!({ "causes": ["ITEM_NOT_FOUND:GHOST-1"], "problems": ["1"] })),
        ),
        (
            "exclude",
            cause(json!({ "problems": ["9"], "reason": "sold by hand", "always": false })),
        ),
        ("undo_exclude", by_id.clone()),
        ("include", by_cause.clone()),
        ("snooze", cause(json!({ "lasts": "hour", "zone": "Europe/Berlin" }))),
        ("wake", by_cause.clone()),
        ("use_placeholder", cause(json!({ "problems": ["9"], "item": "1" }))),
        (
            "link_item",
            cause(json!({ "sku": "GHOST-9", "marketplace": DE, "item": "1", "factor": 1 })),
        ),
        (
            "map_line",
            cause(json!({ "triple": ["Order", "ItemFees", "Tip"], "account": "1" })),
        ),
        ("adopt", cause(json!({ "id": "1" }))),
        ("put_back", json!({ "cause": "NETSUITE_EDITED:1", "state": "x" })),
        (
            "make_again",
            json!({ "cause": "NETSUITE_EDITED:1", "step": "AZN-SO-1" }),
        ),
        ("add_marketplace", cause(json!({ "marketplace": "A13V1IB3VIYZZH" }))),
        (
            "set_option",
            cause(json!({ "option": "orders.custom_fields", "marketplace": DE, "value": "off" })),
        ),
        (
            "edit_and_retry",
            json!({ "problem": "1", "fields": [{ "field": "memo", "value": "x" }] }),
        ),
        (
            "note_cause",
            cause(json!({ "assigned": "Bea", "note": "asked the warehouse" })),
        ),
        ("reveal_buyer", by_id.clone()),
        (
            "export_list",
            json!({ "list": "orders", "settlement": "1", "format": "csv", "language": "en", "save": false }),
        ),
        ("choices", json!({ "kind": "location", "search": "LAMP", "id": "1" })),
        ("settlements", json!({ "view": "open", "marketplace": DE })),
        ("settlement", by_id.clone()),
        (
            "settlement_lines",
            json!({ "id": "1", "tab": "orders", "bar": "x", "search": "x", "at": 0, "limit": 5 }),
        ),
        (
            "settlement_group",
            json!({ "settlement": "1", "group": "3.0", "at": 0 }),
        ),
        ("settlement_history", json!({ "marketplace": DE })),
        ("evidence", json!({ "id": "1", "language": "en", "save": false })),
        ("checks", json!({ "tab": "open", "check": "twice", "marketplace": DE })),
        ("mark_check", json!({ "key": "1", "mark": "filed" })),
        ("approve_settlement", by_id.clone()),
        ("undo_preview", by_id.clone()),
        ("undo_settlement", by_id.clone()),
        ("accept_variance", json!({ "settlement": "1", "reason": "a test" })),
        ("withdraw_variance", by_id.clone()),
        (
            "pick_marketplace",
            json!({ "settlement": "1", "currency": "EUR", "marketplace": DE }),
        ),
        (
            "add_balancing_line",
            json!({ "settlement": "1", "category": "balance-movement", "account": "1", "reason": "a test" }),
        ),
        ("withdraw_balancing_line", by_id.clone()),
        ("accept_gap", json!({ "settlement": "1", "reason": "a test" })),
        ("settlement_reissue", by_id.clone()),
        ("reissue_preview", by_id.clone()),
        ("accept_reissue", by_id.clone()),
        ("keep_posted", json!({ "settlement": "1", "reason": "a test" })),
        (
            "close_settlement",
            json!({ "settlement": "1", "reason": "a test", "elsewhere": false }),
        ),
        ("reopen_settlement", by_id.clone()),
        (
            "exclude_group",
            json!({ "settlement": "1", "group": "3.0", "reason": "a test" }),
        ),
        (
            "enter_receipt",
            json!({ "settlement": "1", "date": "2026-11-02", "amount": "1.00", "currency": "EUR", "fee": "0.10" }),
        ),
        ("take_receipt_back", by_id.clone()),
        (
            "read_bank_file",
            json!({ "name": "a.csv", "upload": "upload-1", "content": "RGF0ZSxBbW91bnQKMjAyNi0xMC0xOSwxLjAwCg==",
                "columns": { "date": 0, "amount": 1, "credit": 1, "debit": 1, "side": 1, "currency": 1, "said": 1 },
                "currency": "EUR", "day_first": true }),
        ),
        ("money", json!({ "marketplace": DE })),
        ("post_accrual", by_id.clone()),
        (
            "note_row",
            json!({ "settlement": "1", "group": "3.0", "text": "a test" }),
        ),
        (
            "put_row_off",
            json!({ "settlement": "1", "group": "3.0", "later": true }),
        ),
        ("accept_row", json!({ "settlement": "1", "group": "3.0" })),
        ("accept_exact", by_id.clone()),
        ("undo_row_act", json!({ "settlement": "1", "act": "1" })),
        ("write_off_terms", json!({ "settlement": "1", "group": "3.0" })),
        (
            "write_off_row",
            json!({ "settlement": "1", "group": "3.0", "account": "1", "reason": "a test" }),
        ),
        (
            "find_documents",
            json!({ "settlement": "1", "group": "3.0", "search": "x" }),
        ),
        (
            "row_remainder",
            json!({ "settlement": "1", "group": "3.0", "taken": ["1.00"] }),
        ),
        (
            "link_documents",
            json!({ "settlement": "1", "group": "3.0", "documents": ["1"] }),
        ),
        (
            "split_row",
            json!({ "settlement": "1", "group": "3.0", "parts": [{ "account": "1", "amount": "1.00" }] }),
        ),
        (
            "create_for_row",
            json!({ "settlement": "1", "group": "3.0", "what": "bill" }),
        ),
        (
            "clear_row",
            json!({ "settlement": "1", "group": "3.0", "choice": "split" }),
        ),
        (
            "answer_rule",
            json!({ "offer": { "triple": ["Order", "ItemFees", "Tip"], "name": "Tip", "account": "1",
                "account_name": "6000 Fees", "category": "other-fee", "times": 3 }, "always": true }),
        ),
        (
            "upload",
            json!({ "upload": "upload-1", "content": "c2V0dGxlbWVudC1pZAo=" }),
        ),
        (
            "import_settlement",
            json!({ "name": "a.txt", "upload": "upload-1", "content": "c2V0dGxlbWVudC1pZAo=" }),
        ),
        ("settings", json!({})),
        ("set_setting", json!({ "name": "theme", "value": "dark" })),
        ("pause", json!({ "paused": true, "minutes": 5 })),
        ("schedules", json!({})),
        (
            "set_schedule",
            json!({ "flow": "billing", "account": account, "marketplace": DE, "rhythm": { "kind": "every", "minutes": 30 } }),
        ),
        (
            "set_flow_on",
            json!({ "flow": "billing", "marketplace": DE, "on": true }),
        ),
        ("set_zone", json!({ "account": account, "zone": "Europe/Paris" })),
        (
            "set_quiet_hours",
            json!({ "hours": { "from": "22:00", "to": "06:00" } }),
        ),
        (
            "try_schedule",
            json!({ "account": account, "rhythm": { "kind": "daily", "at": "06:00" } }),
        ),
        ("mapping", json!({ "form": "mfn-orders", "scope": "" })),
        ("try_mapping", draft.clone()),
        ("test_mapping", draft.clone()),
        (
            "save_mapping",
            json!({ "form": "mfn-orders", "scope": "", "rows": draft["rows"], "note": "a test" }),
        ),
        ("restore_mapping", json!({ "version": "1" })),
        ("flow_options", json!({ "flow": "mfn-orders", "scope": DE })),
        (
            "set_flow_option",
            json!({ "option": "orders.custom_fields", "scope": DE, "value": "off" }),
        ),
        ("clone_profile", json!({ "from": DE, "to": "A1F83G8C2ARO7P" })),
        ("lookup_tables", json!({})),
        (
            "set_table_row",
            json!({ "table": "carriers", "from": "Spedition Nord", "to": "DHL" }),
        ),
        ("help", json!({})),
        ("reset_demo", json!({})),
    ]
}

/// A company in which somebody bought something that nobody knows.
async fn company() -> World {
    let world = World::open(Making {
        company: Company::Empty,
        orders: Some(0),
        ..Making::demo(5)
    })
    .unwrap();
    let lines = json!([{ "sku": "GHOST-1", "quantity": 2 }]);
    let order = json!({ "id": ORDER, "marketplace": "DE", "lines": lines });
    assert_eq!(
        control::answer(&world.simulator, Method::Post, "/orders", &order).0,
        200
    );
    world.wait(TimeDelta::minutes(15)).await;
    world.run(&["mfn-orders"], None).await.unwrap();
    world
}

/// The German account, as the workspace names it.
fn account(world: &World) -> String {
    let all = world.store.read(store::marketplaces::all).unwrap();
    all.into_iter().find(|one| one.id == DE).unwrap().account
}

/// Asks the one command table; a panic names the request that caused it.
async fn call(world: &World, name: &str, request: &Value) -> Result<Value, Refusal> {
    let before = PANICS.load(Ordering::SeqCst);
    let answer = AssertUnwindSafe(world.app().unwrap().call(name, request.clone()));
    let answer = answer.catch_unwind().await;
    // What it started in the background.
    world.wait(TimeDelta::seconds(1)).await;
    world.engine().unwrap().idle().await;
    assert_eq!(PANICS.load(Ordering::SeqCst), before, "{name} {request} panicked");
    answer.unwrap_or_else(|_| panic!("{name} {request} panicked"))
}

fn counts_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |told| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        usual(told);
    }));
}

/// Values of every kind but the given one's.
fn of_other_kinds(value: &Value) -> Vec<Value> {
    let all = [
        json!("x"),
        json!(7),
        json!(-1),
        json!(1.5),
        json!(true),
        json!([1]),
        json!([]),
        json!({ "a": 1 }),
    ];
    let same = |one: &Value| std::mem::discriminant(one) == std::mem::discriminant(value);
    let whole = |one: &Value| value.is_number() && (*one == json!(-1) || *one == json!(1.5));
    all.into_iter().filter(|one| !same(one) || whole(one)).collect()
}

/// Every request in which one field, at any depth, is of another kind: its top-level field and the request.
fn misshapen(request: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for (name, value) in request.as_object().unwrap() {
        for wrong in inside(value) {
            let mut changed = request.clone();
            changed[name] = wrong;
            found.push((name.clone(), changed));
        }
    }
    found
}

fn inside(value: &Value) -> Vec<Value> {
    let mut found = of_other_kinds(value);
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                found.extend(inside(inner).into_iter().map(|wrong| {
                    let mut changed = fields.clone();
                    changed.insert(name.clone(), wrong);
                    Value::Object(changed)
                }));
            }
        }
        Value::Array(items) => {
            for (at, inner) in items.iter().enumerate() {
                found.extend(inside(inner).into_iter().map(|wrong| {
                    let mut changed = items.clone();
                    changed[at] = wrong;
                    Value::Array(changed)
                }));
            }
        }
        _ => (),
    }
    found
}

/// A refusal that a person can read, in both languages, and that names the field.
fn names(refusal: &Refusal, field: &str) -> bool {
    let detail = refusal.detail.as_deref().unwrap_or_default();
    let path = detail.split(':').next().unwrap_or_default();
    refusal.code == "bad_request" && path.split(['.', '[']).next() == Some(field)
}

#[test]
fn s3_every_command_has_a_request_here() {
    let told: Vec<&str> = requests("").iter().map(|(name, _)| *name).collect();
    let known: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
    assert_eq!(told, known);
}

#[tokio::test(start_paused = true)]
async fn s3_an_argument_of_the_wrong_kind_is_refused_by_its_name_by_every_command() {
    counts_panics();
    let world = company().await;
    let [english, french] = [Language::English, Language::French].map(Catalogue::load);
    let mut tried = 0;
    for (name, request) in requests(&account(&world)) {
        for whole in [json!("x"), json!(7), json!([]), json!([request.clone()]), json!(true)] {
            let refusal = call(&world, name, &whole).await.expect_err(name);
            assert!(names(&refusal, "request"), "{name} {whole}: {refusal:?}");
        }
        for (field, request) in misshapen(&request) {
            let refusal = call(&world, name, &request).await;
            let refusal = refusal.expect_err(&format!("{name} {request}"));
            assert!(names(&refusal, &field), "{name} {request}: {refusal:?}");
            let said = [&english, &french].map(|words| words.words(&refusal.said));
            assert!(said.iter().all(|said| said.contains(&field)), "{said:?}");
            assert_ne!(said[0], said[1]);
            tried += 1;
        }
        for field in request.as_object().unwrap().keys() {
            let mut less = request.clone();
            less.as_object_mut().unwrap().remove(field);
            if let Err(refusal) = call(&world, name, &less).await {
                assert!(CODES.contains(&refusal.code.as_str()), "{name} {less}: {refusal:?}");
                let named = request.as_object().unwrap().keys().any(|one| names(&refusal, one));
                assert!(refusal.code != "bad_request" || named, "{name} {less}: {refusal:?}");
            }
        }
    }
    assert!(tried > 500, "{tried}");
    assert_eq!(invariants::broken(&world).unwrap(), Vec::<String>::new());
}

/// Text that has been trouble somewhere.
fn odd(chance: &mut ChaCha8Rng) -> Value {
    let words = [
        "",
        " ",
        "\0",
        "\u{202e}",
        "../../etc/passwd",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "=1+1",
        "%00",
        "NaN",
        "-1",
        "1e999",
        "9223372036854775808",
        "2026-13-45",
        "99:99",
        "* * * * *",
        "61 25 32 13 8",
        "0 0 31 2 *",
        "|",
        "1|",
        "|1",
        "-9|-9",
        "9999999999999999999|1",
        "{{}}",
        "null",
        "𝕏🦀",
        "AZN-SO-1",
        ORDER,
        DE,
        "GHOST-1",
    ];
    match chance.random_range(0..9) {
        0 => json!("x".repeat(20_000)),
        1 => json!(chance.random_range(0..i64::MAX)),
        2 => json!(u32::MAX),
        3 => json!(0),
        4 => json!(null),
        _ => json!(words[chance.random_range(0..words.len())]),
    }
}

/// Changes some values, wherever they stand; switches stay switches of the other kind only.
fn shaken(value: &Value, chance: &mut ChaCha8Rng) -> Value {
    match value {
        Value::Object(fields) => {
            let each = fields.iter().map(|(name, inner)| (name.clone(), shaken(inner, chance)));
            Value::Object(each.collect::<Map<_, _>>())
        }
        Value::Array(items) if chance.random_range(0..4) > 0 => {
            let mut all: Vec<Value> = items.iter().map(|inner| shaken(inner, chance)).collect();
            if chance.random_range(0..3) == 0 {
                all.push(odd(chance));
            }
            Value::Array(all)
        }
        _ if chance.random_range(0..2) == 0 => odd(chance),
        same => same.clone(),
    }
}

#[tokio::test(start_paused = true)]
async fn s3_arguments_that_mean_nothing_are_refused_in_words_and_break_nothing() {
    counts_panics();
    let world = company().await;
    let requests = requests(&account(&world));
    let mut chance = ChaCha8Rng::seed_from_u64(20_261_129);
    let mut refused = BTreeSet::new();
    for _ in 0..CASES {
        let (name, request) = &requests[chance.random_range(0..requests.len())];
        let request = shaken(request, &mut chance);
        if let Err(refusal) = call(&world, name, &request).await {
            assert!(CODES.contains(&refusal.code.as_str()), "{name} {request}: {refusal:?}");
            let detail = refusal.detail.as_deref().unwrap_or_default();
            assert!(
                refusal.code != "bad_request" || detail.contains(':'),
                "{name} {request}: {refusal:?}"
            );
            refused.insert(*name);
        }
    }
    assert!(refused.len() > 40, "{refused:?}");
    // Nothing of it broke anything: every question is answered, and the company keeps its promises.
    for (name, request) in [
        ("status", json!({})),
        ("home", json!({})),
        ("orders", json!({})),
        ("problem_groups", json!({})),
    ] {
        call(&world, name, &request)
            .await
            .unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    }
    assert_eq!(invariants::broken(&world).unwrap(), Vec::<String>::new());
}

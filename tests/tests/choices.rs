//! What a person decides about a settlement (flows.md §10.10 to 10.13), through the commands of the screen.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use engine::StartError;
use passerelle_tests::world::{Making, World};
use serde_json::{Value, json};
use store::settlements;

/// The review of a settlement, as the screen asks for it.
async fn review(world: &World, id: &str) -> Value {
    world
        .app()
        .unwrap()
        .call("settlement", json!({ "id": id }))
        .await
        .unwrap()
}

/// The first settlement that a person may approve.
async fn ready(world: &World) -> String {
    for one in world.store.read(settlements::all).unwrap() {
        if review(world, &one.header.id).await["can_approve"] == true {
            return one.header.id;
        }
    }
    panic!("no settlement is ready");
}

#[tokio::test(start_paused = true)]
async fn set_46_two_waiting_orders_that_offset_each_other_keep_the_approval_off_and_are_named() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let id = ready(&world).await;
    let stored = world.store.read(|db| settlements::whole(db, &id)).unwrap().unwrap();
    let mut summary = stored.summary.unwrap();
    // As the flow tells it while one order and its twin, charged back, wait for their invoices.
    let rows = summary["rows"].as_array_mut().unwrap();
    let orders = rows.iter_mut().filter(|row| row["order"].is_string()).take(2);
    orders.for_each(|row| row["status"] = json!("waiting"));
    summary["numbers"]["statuses"]["waiting"] = json!(2);
    summary["orders_ready"] = json!(false);
    assert_eq!(summary["why_not"], json!([]), "the difference is nought");
    world
        .store
        .write(|db| settlements::set_summary(db, &id, &summary))
        .unwrap();
    let shown = review(&world, &id).await;
    assert_eq!(shown["can_approve"], false);
    assert_eq!(shown["why_not"][0]["id"], "why-not-orders");
    assert_eq!(shown["why_not"][0]["args"]["count"]["value"], 2);
    let before = world.trace.writes();
    let pressed = world.press("approve_settlement", json!({ "id": id })).await;
    assert!(pressed.unwrap_err().to_string().contains("not_ready"));
    let asked = world.engine().unwrap().approve(&id, "a person").await;
    assert!(matches!(asked, Err(StartError::NotReady { .. })), "{asked:?}");
    assert_eq!(world.trace.writes(), before, "nothing was written");
}

fn newest(world: &World, id: &str) -> Option<store::postings::Posting> {
    world.store.read(|db| store::postings::newest(db, id)).unwrap()
}

#[tokio::test(start_paused = true)]
async fn set_46_a_settlement_that_posts_by_itself_is_held_approved_by_the_app_and_after_an_undo_left_to_people() {
    let mut making = Making::demo(1);
    making.options.push(("je.mode".to_owned(), "auto".to_owned()));
    let world = World::open(making).unwrap();
    world.sync().await.unwrap();
    let all = world.store.read(settlements::all).unwrap();
    let posted: Vec<&str> = all
        .iter()
        .map(|one| one.header.id.as_str())
        .filter(|id| newest(&world, id).is_some())
        .collect();
    assert!(!posted.is_empty(), "what is balanced and mapped posts by itself");
    for id in &posted {
        let posting = newest(&world, id).unwrap();
        assert_eq!(posting.who, engine::APP);
        let shown = review(&world, id).await;
        assert_eq!(shown["settlement"]["by_app"], true);
    }
    // What needs somebody keeps all of its writes back, payments too.
    for one in &all {
        let id = one.header.id.as_str();
        let sent = world.store.read(|db| store::steps::of_group(db, id)).unwrap();
        let done = sent.iter().any(|step| step.state == store::steps::StepState::Done);
        assert!(!done || posted.contains(&id), "{id} was written without an approval");
    }
    let listed = world
        .app()
        .unwrap()
        .call("settlements", json!({ "view": "by_app" }))
        .await
        .unwrap();
    assert_eq!(listed["settlements"].as_array().unwrap().len(), posted.len());
    let id = posted[0].to_owned();
    world.press("undo_settlement", json!({ "id": id })).await.unwrap();
    assert_eq!(
        newest(&world, &id).unwrap().state,
        store::postings::PostingState::Undone
    );
    world.sync().await.unwrap();
    let after = newest(&world, &id).unwrap();
    assert_eq!(
        (after.revision, after.state),
        (1, store::postings::PostingState::Undone)
    );
}

#[tokio::test(start_paused = true)]
async fn set_58_an_accepted_variance_lets_the_settlement_be_posted_and_is_taken_back_until_then() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let mut open = None;
    for one in world.store.read(settlements::all).unwrap() {
        let shown = review(&world, &one.header.id).await;
        let only_variance = shown["settlement"]["accounts_ready"] == true && shown["settlement"]["tax_ready"] == true;
        if shown["variance"]["can_accept"] == true && only_variance {
            open = Some(one.header.id);
        }
    }
    let id = open.expect("a settlement with a difference");
    let without_reason = world
        .press("accept_variance", json!({ "settlement": id, "reason": " " }))
        .await;
    assert!(without_reason.is_err());
    let accept = json!({ "settlement": id, "reason": "written off by Sam" });
    world.press("accept_variance", accept.clone()).await.unwrap();
    let shown = review(&world, &id).await;
    assert_eq!(shown["variance"]["accepted"]["reason"], "written off by Sam");
    assert_eq!(shown["can_approve"], true, "{}", shown["why_not"]);
    world.press("withdraw_variance", json!({ "id": id })).await.unwrap();
    assert_eq!(review(&world, &id).await["can_approve"], false);
    world.press("accept_variance", accept).await.unwrap();
    world.press("approve_settlement", json!({ "id": id })).await.unwrap();
    assert_eq!(review(&world, &id).await["settlement"]["stage"], "posted");
    assert!(
        world.press("withdraw_variance", json!({ "id": id })).await.is_err(),
        "what is posted is undone first"
    );
}

#[tokio::test(start_paused = true)]
async fn set_60_a_closed_settlement_is_not_posted_and_opening_it_again_is_in_the_trail() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let id = ready(&world).await;
    let close = json!({ "settlement": id, "reason": "booked by hand" });
    world.press("close_settlement", close).await.unwrap();
    let shown = review(&world, &id).await;
    assert_eq!(shown["settlement"]["stage"], "closed");
    assert_eq!(
        (&shown["can_approve"], &shown["can_undo"]),
        (&json!(false), &json!(false))
    );
    let before = world.trace.writes();
    assert!(world.press("approve_settlement", json!({ "id": id })).await.is_err());
    world.sync().await.unwrap();
    assert_eq!(world.trace.writes(), before, "no flow writes to it");
    world.press("reopen_settlement", json!({ "id": id })).await.unwrap();
    assert_eq!(review(&world, &id).await["can_approve"], true);
}

#[tokio::test(start_paused = true)]
async fn set_59_the_preview_of_an_undo_counts_what_it_does_and_every_revision_is_listed() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let id = ready(&world).await;
    world.press("approve_settlement", json!({ "id": id })).await.unwrap();
    let preview = world
        .app()
        .unwrap()
        .call("undo_preview", json!({ "id": id }))
        .await
        .unwrap();
    let will: Vec<&str> = preview["will"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["id"].as_str())
        .collect();
    assert_eq!(will.first(), Some(&"undo-will-reverse-journals"), "{will:?}");
    assert!(will.len() <= 5, "one sentence for each kind of record: {will:?}");
    world.press("undo_settlement", json!({ "id": id })).await.unwrap();
    assert_eq!(review(&world, &id).await["settlement"]["stage"], "undone");
    world.press("approve_settlement", json!({ "id": id })).await.unwrap();
    let revisions = review(&world, &id).await["revisions"].clone();
    let told: Vec<(i64, &str)> = revisions
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["revision"].as_i64().unwrap(), one["state"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [(1, "undone"), (2, "posted")]);
}

/// SET-57: the two limits decide a colour and whether the app goes on by itself; the difference is shown all the same.
#[tokio::test(start_paused = true)]
async fn set_57_limits_of_a_variance_decide_its_colour_and_never_whether_it_is_shown() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let mut open = None;
    for one in world.store.read(settlements::all).unwrap() {
        let shown = review(&world, &one.header.id).await;
        if shown["variance"]["can_accept"] == true {
            open = Some(one.header.id);
        }
    }
    let id = open.expect("a settlement with a difference");
    let limits = |ignore: &str, material: &str, percent: &str| {
        for (key, value) in [
            ("variance.ignore", ignore),
            ("variance.material", material),
            ("variance.material_percent", percent),
        ] {
            world.set_option(key, value).unwrap();
        }
    };
    let mut told = Vec::new();
    for (ignore, material, percent) in [
        ("1000000", "1000000", "100"),
        ("0", "0.01", "0"),
        ("0", "1000000", "100000"),
    ] {
        limits(ignore, material, percent);
        let shown = review(&world, &id).await;
        told.push(shown["variance"]["weight"].as_str().unwrap().to_owned());
        assert_ne!(shown["settlement"]["difference"]["amount"], "0.00");
        assert!(
            !shown["unexplained"].as_array().unwrap().is_empty(),
            "it is named whatever it weighs"
        );
        assert_eq!(shown["can_approve"], false, "and only a person accepts it");
    }
    assert_eq!(told, ["small", "material", "open"]);
}

/// CMN-35: totals beside bills are refused where somebody chooses them, and so are bills beside totals.
#[tokio::test(start_paused = true)]
async fn cmn_35_totals_beside_bills_are_refused_where_they_are_chosen() {
    let world = World::open(Making::demo(1)).unwrap();
    let us = amazon::marketplaces::by_country("US").unwrap().id;
    let choose = |value: &str| json!({ "option": "settlement.posting", "marketplace": us, "value": value });
    let switch = |flow: &str, on: bool| json!({ "flow": flow, "marketplace": us, "on": on });
    let said = |refused: anyhow::Result<Value>| refused.unwrap_err().to_string();
    let refused = world.press("set_option", choose("summary")).await;
    assert!(said(refused).contains("error-totals-and-bills"));
    for flow in ["fba-orders", "billing"] {
        world.press("set_flow_on", switch(flow, false)).await.unwrap();
    }
    world.press("set_option", choose("summary")).await.unwrap();
    for flow in ["fba-orders", "billing"] {
        let refused = world.press("set_flow_on", switch(flow, true)).await;
        assert!(said(refused).contains("error-bills-and-totals"), "{flow}");
    }
    world.press("set_option", choose("orders")).await.unwrap();
    world.press("set_flow_on", switch("billing", true)).await.unwrap();
}

/// SET-53: what cannot be meant is refused with its reason, and nothing is kept of it.
#[tokio::test(start_paused = true)]
async fn set_53_what_the_bank_cannot_have_is_refused_and_changes_nothing() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let id = ready(&world).await;
    let enter = |date: &str, amount: &str, currency: &str| json!({ "settlement": id, "date": date, "amount": amount, "currency": currency });
    let shown = review(&world, &id).await;
    let (currency, day) = (
        shown["settlement"]["amazon_says"]["currency"]
            .as_str()
            .unwrap()
            .to_owned(),
        shown["settlement"]["deposit_date"].as_str().unwrap().to_owned(),
    );
    let said = |refused: anyhow::Result<Value>| refused.unwrap_err().to_string();
    let early = world.press("enter_receipt", enter(&day, "1.00", &currency)).await;
    assert!(said(early).contains("error-receipt-not-posted"));
    world.press("approve_settlement", json!({ "id": id })).await.unwrap();
    let before = world.trace.writes();
    for (date, amount, currency, reason) in [
        (day.as_str(), "much", currency.as_str(), "error-receipt-amount"),
        (day.as_str(), "1.234.567,8", "JPY", "error-receipt-amount"),
        (day.as_str(), "99999999.00", currency.as_str(), "error-receipt-more"),
        (day.as_str(), "0", currency.as_str(), "error-receipt-zero"),
        (day.as_str(), "1.00", "XAU", "error-receipt-other-currency"),
        ("2020-01-01", "1.00", currency.as_str(), "error-receipt-day"),
        ("2099-01-01", "1.00", currency.as_str(), "error-receipt-day"),
        ("yesterday", "1.00", currency.as_str(), "error-option-day"),
    ] {
        let refused = said(world.press("enter_receipt", enter(date, amount, currency)).await);
        assert!(refused.contains(reason), "{date} {amount} {currency}: {refused}");
    }
    assert!(world.press("take_receipt_back", json!({ "id": id })).await.is_err());
    let shown = review(&world, &id).await;
    assert_eq!(shown["settlement"]["stage"], "posted");
    assert_eq!(shown["bank"]["received"], Value::Null);
    assert_eq!(world.trace.writes(), before, "nothing was written");
    let transfer = shown["bank"]["transfer"]["amount"].as_str().unwrap().to_owned();
    world
        .press("enter_receipt", enter(&day, &transfer, &currency))
        .await
        .unwrap();
    let shown = review(&world, &id).await;
    assert_eq!(shown["settlement"]["stage"], "in_the_bank");
    assert_eq!(shown["bank"]["received"]["state"], "done");
    let again = world.press("enter_receipt", enter(&day, &transfer, &currency)).await;
    assert!(said(again).contains("error-receipt-there"));
}

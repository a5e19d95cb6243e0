//! What a person decides about single rows of a settlement (ux.md §5.8), through the commands of the screen.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use passerelle_tests::world::{Making, World};
use serde_json::{Value, json};
use store::settlements;

async fn ask(world: &World, command: &str, request: Value) -> Value {
    world.app().unwrap().call(command, request).await.unwrap()
}

async fn refused(world: &World, command: &str, request: Value) -> String {
    let answer = world.app().unwrap().call(command, request).await;
    answer.unwrap_err().said.id
}

async fn review(world: &World, id: &str) -> Value {
    ask(world, "settlement", json!({ "id": id })).await
}

async fn rows(world: &World, id: &str, tab: &str, more: Value) -> Vec<Value> {
    let mut request = json!({ "id": id, "tab": tab });
    for (name, value) in more.as_object().unwrap() {
        request[name] = value.clone();
    }
    let page = ask(world, "settlement_lines", request).await;
    page["rows"].as_array().unwrap().clone()
}

/// The first settlement that is ready to be approved.
async fn ready(world: &World) -> String {
    for one in world.store.read(settlements::all).unwrap() {
        if review(world, &one.header.id).await["can_approve"] == true {
            return one.header.id;
        }
    }
    panic!("no settlement is ready");
}

fn trail(world: &World, what: &str) -> usize {
    let all = world.store.read(|db| store::audit::list(db, None, None, 500)).unwrap();
    all.iter().filter(|entry| entry.what == what).count()
}

#[tokio::test(start_paused = true)]
async fn set_43_a_note_is_shown_exported_and_taken_away() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let id = ready(&world).await;
    let row = rows(&world, &id, "matched", json!({})).await.remove(0);
    let group = row["id"].as_str().unwrap().to_owned();
    let note = |text: &str| json!({"settlement": id, "group": group, "text": text});
    let long = "x".repeat(501);
    assert_eq!(refused(&world, "note_row", note(&long)).await, "error-note-too-long");
    ask(&world, "note_row", note(" ask Sam, =1+1 ")).await;
    let shown = rows(&world, &id, "matched", json!({})).await.remove(0);
    assert_eq!(shown["note"], "ask Sam, =1+1");
    let list = json!({"list": "lines", "format": "csv", "language": "en", "settlement": id, "save": false});
    let exported = ask(&world, "export_list", list).await;
    let exported = exported["content"].as_str().unwrap();
    let noted = exported.lines().filter(|line| line.contains("ask Sam, =1+1")).count();
    assert_eq!(row["rows"], noted, "each row of the file carries the note of its line");
    let sheet = ask(&world, "evidence", json!({"id": id, "language": "fr", "save": false})).await;
    assert_eq!(sheet["content"].as_str().unwrap().matches("ask Sam, =1+1").count(), 1);
    ask(&world, "note_row", note("")).await;
    let after = rows(&world, &id, "matched", json!({})).await.remove(0);
    assert_eq!(after["note"], Value::Null);
    // The last act is taken back: the words are there again, and then they are not.
    let undo = json!({"settlement": id});
    ask(&world, "undo_row_act", undo.clone()).await;
    assert_eq!(
        rows(&world, &id, "matched", json!({})).await[0]["note"],
        "ask Sam, =1+1"
    );
    ask(&world, "undo_row_act", undo.clone()).await;
    assert_eq!(rows(&world, &id, "matched", json!({})).await[0]["note"], Value::Null);
    assert_eq!(
        refused(&world, "undo_row_act", undo).await,
        "error-nothing-to-take-back"
    );
    assert_eq!((trail(&world, "choose-for-row"), trail(&world, "undo-row-act")), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn set_21_a_row_that_was_put_off_is_out_of_the_way_under_its_own_filter_and_blocks_nothing() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let id = ready(&world).await;
    let before = rows(&world, &id, "matched", json!({})).await;
    let group = before[1]["id"].as_str().unwrap().to_owned();
    ask(
        &world,
        "put_row_off",
        json!({"settlement": id, "group": group, "later": true}),
    )
    .await;
    let after = rows(&world, &id, "matched", json!({})).await;
    assert_eq!(after.len(), before.len() - 1);
    assert!(after.iter().all(|row| row["id"] != group.as_str()));
    let later = rows(&world, &id, "matched", json!({"later": true})).await;
    assert_eq!(
        (later.len(), &later[0]["id"], &later[0]["later"]),
        (1, &json!(group), &json!(true))
    );
    let shown = review(&world, &id).await;
    assert_eq!((&shown["later"], &shown["can_approve"]), (&json!(1), &json!(true)));
    ask(
        &world,
        "put_row_off",
        json!({"settlement": id, "group": group, "later": false}),
    )
    .await;
    assert_eq!(rows(&world, &id, "matched", json!({})).await.len(), before.len());
    assert_eq!(review(&world, &id).await["later"], 0);
}

#[tokio::test(start_paused = true)]
async fn set_21_everything_exact_is_accepted_at_once_taken_back_at_once_and_lapses_when_a_match_changes() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let id = ready(&world).await;
    let exact = review(&world, &id).await["exact"].as_u64().unwrap();
    let matched = rows(&world, &id, "matched", json!({})).await;
    assert_eq!(exact, matched.len() as u64, "nobody has accepted anything yet");
    let one = matched[0]["id"].as_str().unwrap();
    ask(&world, "accept_row", json!({"settlement": id, "group": one})).await;
    let done = ask(&world, "accept_exact", json!({ "id": id })).await;
    assert_eq!(done["said"]["args"]["count"]["value"], exact - 1);
    assert_eq!(review(&world, &id).await["exact"], 0);
    assert!(
        rows(&world, &id, "matched", json!({}))
            .await
            .iter()
            .all(|row| row["state"] == "approved")
    );
    assert_eq!(
        refused(&world, "accept_exact", json!({ "id": id })).await,
        "error-nothing-to-accept"
    );
    let act = done["act"].as_str().unwrap();
    ask(&world, "undo_row_act", json!({"settlement": id, "act": act})).await;
    assert_eq!(review(&world, &id).await["exact"], exact - 1);
    // A new look with the same match keeps what was accepted; another amount does not.
    world.sync().await.unwrap();
    assert_eq!(review(&world, &id).await["exact"], exact - 1);
    let stored = world.store.read(|db| settlements::whole(db, &id)).unwrap().unwrap();
    let mut summary = stored.summary.unwrap();
    for row in summary["rows"].as_array_mut().unwrap() {
        if row["id"] == one {
            row["netsuite"]["amount"] = json!("0.01");
        }
    }
    let lapsed = world.store.write(|db| {
        settlements::set_summary(db, &id, &summary)?;
        store::row_choices::lapse(db, &id)
    });
    assert_eq!(lapsed.unwrap(), 1);
    assert_eq!(review(&world, &id).await["exact"], exact);
}

#[tokio::test(start_paused = true)]
async fn set_11_the_third_same_choice_is_offered_as_a_rule_and_a_declined_rule_is_not_offered_again() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let account = world
        .simulator
        .opening_books()
        .role("acct.fees.other")
        .unwrap()
        .to_string();
    // Every row that is one kind of fee alone, in any settlement, by its kind.
    let mut by_name: std::collections::BTreeMap<String, Vec<(String, String, String)>> =
        std::collections::BTreeMap::default();
    for one in world.store.read(settlements::all).unwrap() {
        let id = one.header.id;
        for row in rows(&world, &id, "fees", json!({})).await {
            if row["acts"]["split"] == true {
                let name = row["title"]["args"]["name"]["value"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned();
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let place = (id.clone(), text(&row["id"]), text(&row["amazon"]["amount"]));
                by_name.entry(name).or_default().push(place);
            }
        }
    }
    let (name, places) = by_name.into_iter().find(|(_, places)| places.len() >= 3).unwrap();
    let mut offers = Vec::new();
    for (settlement, group, amount) in places.iter().take(3) {
        let parts = json!([{"account": account, "amount": amount}]);
        let done = ask(
            &world,
            "split_row",
            json!({"settlement": settlement, "group": group, "parts": parts}),
        )
        .await;
        offers.push(done["offer"].clone());
    }
    assert_eq!(offers[..2], [Value::Null, Value::Null]);
    assert_eq!((&offers[2]["name"], &offers[2]["times"]), (&json!(name), &json!(3)));
    let (settlement, group, amount) = &places[2];
    let parts = json!([{"account": account, "amount": amount}]);
    let once_more = json!({"settlement": settlement, "group": group, "parts": parts});
    ask(&world, "answer_rule", json!({"offer": offers[2], "always": false})).await;
    assert_eq!(ask(&world, "split_row", once_more).await["offer"], Value::Null);
    ask(&world, "answer_rule", json!({"offer": offers[2], "always": true})).await;
    let rules = world.store.read(store::fee_accounts::all).unwrap();
    assert!(
        rules
            .iter()
            .any(|rule| rule.account_id.as_deref() == Some(account.as_str()))
    );
    assert_eq!((trail(&world, "decline-rule"), trail(&world, "map-line")), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn set_24_documents_are_found_by_number_order_and_amount_and_what_is_left_is_told() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    for one in world.store.read(settlements::all).unwrap() {
        let id = one.header.id;
        for row in rows(&world, &id, "unmatched", json!({})).await {
            if row["acts"]["find"] != true {
                continue;
            }
            let find = |search: &str| json!({"settlement": id, "group": row["id"], "search": search});
            let usual = ask(&world, "find_documents", find("")).await;
            assert!(
                usual["search"]
                    .as_str()
                    .is_some_and(|text| text.contains('.') || text.len() > 1)
            );
            let all = ask(&world, "find_documents", find("INV")).await;
            let Some(first) = all["documents"].as_array().and_then(|all| all.first()) else {
                continue;
            };
            let number = first["document"]["number"].as_str().unwrap();
            for search in [number, first["total"]["amount"].as_str().unwrap()] {
                let found = ask(&world, "find_documents", find(search)).await;
                let found = found["documents"].as_array().unwrap().clone();
                assert!(found.iter().any(|one| one["document"]["number"] == number), "{search}");
            }
            let taken = json!([first["open"]["amount"], "no amount"]);
            let left = ask(
                &world,
                "row_remainder",
                json!({"settlement": id, "group": row["id"], "taken": taken}),
            )
            .await;
            assert_eq!(
                (&left["understood"][0], &left["understood"][1]),
                (&first["open"], &Value::Null)
            );
            assert_eq!(left["amount"], row["amazon"]);
            return;
        }
    }
    panic!("no row without a document");
}

#[tokio::test(start_paused = true)]
async fn set_60_a_settlement_that_another_tool_posted_is_marked_so_and_opened_again() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let id = ready(&world).await;
    let mark = json!({"settlement": id, "reason": "JE-77 of the old connector", "elsewhere": true});
    world.press("close_settlement", mark.clone()).await.unwrap();
    let shown = review(&world, &id).await;
    assert_eq!(shown["settlement"]["stage"], "in_books");
    assert_eq!(shown["closed"]["reason"], "JE-77 of the old connector");
    let before = world.trace.writes();
    world.sync().await.unwrap();
    assert_eq!(world.trace.writes(), before, "no flow writes to it");
    world.press("reopen_settlement", json!({ "id": id })).await.unwrap();
    world.press("approve_settlement", json!({ "id": id })).await.unwrap();
    assert_eq!(review(&world, &id).await["settlement"]["stage"], "posted");
    assert!(
        world.press("close_settlement", mark).await.is_err(),
        "it is posted here"
    );
}

//! Schedules that a person changes (ux.md §5.11, flows.md §1.9).

use passerelle_tests::World;
use serde_json::{Value, json};
use simulator::Company;

use super::{refused, world};

const DE: &str = "A1PA6795UKMFR9";

/// The row of a flow in Europe.
async fn row(world: &World, flow: &str) -> Value {
    let view = world.app().unwrap().call("schedules", json!({})).await.unwrap();
    let rows = view["rows"].as_array().unwrap();
    let is_it = |row: &&Value| row["flow"] == flow && row["account"].as_str().unwrap().starts_with("eu:");
    rows.iter().find(is_it).unwrap().clone()
}

async fn set(world: &World, account: &str, marketplace: Option<&str>, rhythm: Value) -> Value {
    let mut wish = json!({ "flow": "mfn-orders", "account": account, "rhythm": rhythm });
    if let Some(id) = marketplace {
        wish["marketplace"] = json!(id);
    }
    world.app().unwrap().call("set_schedule", wish).await.unwrap();
    row(world, "mfn-orders").await
}

fn every(minutes: u32) -> Value {
    json!({ "kind": "every", "minutes": minutes })
}

#[tokio::test(start_paused = true)]
async fn cmn_02_a_marketplace_has_a_schedule_of_its_own_and_goes_back_to_what_all_share() {
    let world = world(Company::Everywhere, &[]);
    let account = row(&world, "mfn-orders").await["account"].as_str().unwrap().to_owned();
    // The soonest wish counts, and one that wishes nothing keeps the flow's own fifteen minutes.
    let slow = set(&world, &account, Some(DE), every(120)).await;
    assert_eq!((&slow["rhythm"], &slow["shared"]), (&every(15), &every(15)));
    assert_eq!(slow["own"][0]["rhythm"], every(120));
    let quick = set(&world, &account, Some(DE), every(5)).await;
    assert_eq!((&quick["rhythm"], &quick["shared"]), (&every(5), &every(15)));
    // What all share leaves alone what one chose.
    let shared = set(&world, &account, None, every(60)).await;
    assert_eq!((&shared["rhythm"], &shared["shared"]), (&every(5), &every(60)));
    let reset = set(&world, &account, Some(DE), json!(null)).await;
    assert_eq!(
        (&reset["rhythm"], reset["own"].as_array().unwrap().len()),
        (&every(60), 0)
    );
    let foreign =
        json!({ "flow": "mfn-orders", "account": account, "marketplace": "ATVPDKIKX0DER", "rhythm": every(5) });
    assert_eq!(refused(&world, "set_schedule", foreign).await, "error-not-found");
}

#[tokio::test(start_paused = true)]
async fn an_account_has_a_time_zone_of_its_own_in_which_its_hours_are_read() {
    let world = world(Company::Everywhere, &[]);
    let account = row(&world, "mfn-orders").await["account"].as_str().unwrap().to_owned();
    let next = async || {
        let daily = set(&world, &account, None, json!({ "kind": "daily", "at": "06:00" })).await;
        let means = json!({ "account": account, "rhythm": { "kind": "daily", "at": "06:00" } });
        let means = world.app().unwrap().call("try_schedule", means).await.unwrap();
        (
            daily["zone"].clone(),
            means["next"][0].as_str().unwrap()[11..16].to_owned(),
        )
    };
    let before = next().await;
    let zone = |zone: Value| json!({ "account": account, "zone": zone });
    let view = world
        .app()
        .unwrap()
        .call("set_zone", zone(json!("Asia/Tokyo")))
        .await
        .unwrap();
    let all = view["zones"].as_array().unwrap();
    let own = all.iter().find(|one| one["account"] == account.as_str()).unwrap();
    assert_eq!((&own["zone"], &own["chosen"]), (&json!("Asia/Tokyo"), &json!(true)));
    assert_eq!(next().await, (json!("Asia/Tokyo"), "21:00".to_owned()), "six in Tokyo");
    world.app().unwrap().call("set_zone", zone(json!(null))).await.unwrap();
    assert_eq!(next().await, before);
    assert_eq!(
        refused(&world, "set_zone", zone(json!("Mars/Base"))).await,
        "error-no-such-zone"
    );
    let nobody = json!({ "account": "eu:NOBODY", "zone": "UTC" });
    assert_eq!(refused(&world, "set_zone", nobody).await, "error-not-found");
}

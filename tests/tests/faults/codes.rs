//! Every code of flows.md §1.7 that orders, customers, fulfilments and bills can raise: provoked by what people do in the
//! services, told in both languages with cause and cure, and cured by one of its own remedies (CMN-24 to CMN-27).

use chrono::TimeDelta;
use passerelle_tests::World;
use serde_json::{Value, json};
use simulator::Rule;
use store::options::{self, OptionRow};

use crate::acts::{Act, Case};
use crate::around::{asked, causes, holds, sync, tell, world_with};
use crate::cases::cases;

/// What a story remembers between its beginning and its cure.
#[derive(Default)]
struct Kept {
    /// The id that the last act was answered with.
    id: String,
    /// The id of the item that was kept last.
    item: String,
    /// The cause of the question.
    cause: String,
    /// What the record looked like when the question was asked.
    state: String,
}

async fn acts(world: &World, all: &[Act], kept: &mut Kept) {
    for act in all {
        match act {
            Act::Tell(path, body) => {
                let answer = tell(world, &with_id(path, kept), &with_id_in(body, kept));
                if let Some(id) = answer["id"].as_str() {
                    id.clone_into(&mut kept.id);
                }
            }
            Act::Find(kind) => {
                let books = world.books();
                let records = passerelle_tests::invariants::Books::of(&books);
                let found = records.of_kind(kind).last().cloned().unwrap_or_default();
                kept.id = passerelle_tests::invariants::text(&found["id"]);
            }
            Act::Fails(fault, touching) => world.simulator.faults().add(Rule {
                times: None,
                ..Rule::once(*fault, touching)
            }),
            Act::Works => world.simulator.faults().clear(),
            Act::Unset(key) => unset(world, key),
            Act::Same(key, other) => {
                for row in rows_of(world, other) {
                    let row = OptionRow {
                        key: (*key).to_owned(),
                        ..row
                    };
                    world.store.write(|db| options::set(db, &row)).unwrap();
                }
            }
            Act::Press(command, request) => {
                world.press(command, with_id_in(request, kept)).await.unwrap();
            }
            Act::Role(role) => {
                let described = app::connect::Described::of(&world.simulator).unwrap();
                kept.id = described.roles().get(*role).unwrap().to_string();
            }
            Act::Item(sku) => {
                kept.id = item(world, sku);
                kept.item.clone_from(&kept.id);
            }
            Act::Clock(minutes) => world.computer_jumps(TimeDelta::minutes(*minutes)),
            Act::Times(times, act) => {
                for _ in 0..*times {
                    Box::pin(acts(world, std::slice::from_ref(&**act), kept)).await;
                }
            }
            Act::Sync => sync(world).await,
            Act::Minutes(minutes) => world.wait(TimeDelta::minutes(*minutes)).await,
        }
    }
}

fn with_id(text: &str, kept: &Kept) -> String {
    text.replace("$id", &kept.id)
        .replace("$item", &kept.item)
        .replace("$cause", &kept.cause)
        .replace("$state", &kept.state)
}

/// `$id` anywhere in a body is the id that was kept.
fn with_id_in(body: &Value, kept: &Kept) -> Value {
    let number = kept.id.parse::<i64>().map_or(Value::Null, Value::from);
    let text = with_id(&body.to_string().replace("\"#id\"", &number.to_string()), kept);
    serde_json::from_str(&text).unwrap()
}

fn rows_of(world: &World, key: &str) -> Vec<OptionRow> {
    let all = world.store.read(options::all).unwrap();
    all.into_iter().filter(|row| row.key == key).collect()
}

fn unset(world: &World, key: &str) {
    let rows = rows_of(world, key);
    assert!(!rows.is_empty(), "{key} has no value that could be taken away");
    world
        .store
        .write(|db| {
            rows.iter()
                .try_for_each(|row| options::clear(db, &row.key, row.level, &row.scope_id))
        })
        .unwrap();
}

fn item(world: &World, sku: &str) -> String {
    let items = &world.simulator.opening_books().items;
    items.iter().find(|item| item.name == sku).unwrap().id.to_string()
}

/// Presses what the question offers: left out with a reason, or looked at again.
async fn press(world: &World, case: &Case, group: &str) {
    let (command, request) = if case.excluded {
        let request = json!({ "cause": group, "problems": [], "reason": "a person settled it" });
        ("exclude", request)
    } else {
        ("retry", json!({ "cause": group }))
    };
    world.press(command, request).await.unwrap();
}

async fn play(case: &Case) {
    let world = world_with(case.options);
    let mut kept = Kept::default();
    acts(&world, &case.does, &mut kept).await;
    let problems = asked(&world, case.code);
    let Some(problem) = problems.first() else {
        panic!("{} was not asked: {:?}", case.code, causes(&world));
    };
    let writes = world.trace.writes();
    sync(&world).await;
    assert_eq!(
        asked(&world, case.code).len(),
        problems.len(),
        "{}: the same question once",
        case.code
    );
    if case.quiet {
        assert_eq!(
            world.trace.writes(),
            writes,
            "{}: nothing is written meanwhile",
            case.code
        );
    }
    let offers = problem.remedies.to_string();
    assert!(
        offers.contains(case.remedy),
        "{}: {} is not offered: {offers}",
        case.code,
        case.remedy
    );
    kept.cause.clone_from(&problem.cause);
    let mut remedies = problem.remedies.as_array().into_iter().flatten();
    let pressed = remedies.find(|remedy| remedy["remedy"] == case.remedy);
    let state = pressed.and_then(|remedy| remedy["state"].as_str());
    state.unwrap_or_default().clone_into(&mut kept.state);
    acts(&world, &case.cure, &mut kept).await;
    press(&world, case, &problem.cause).await;
    sync(&world).await;
    sync(&world).await;
    assert!(
        asked(&world, case.code).is_empty(),
        "{}: cured and still asked",
        case.code
    );
    if !case.excluded {
        let open = causes(&world);
        assert!(
            open.is_empty(),
            "{}: cured and still open: {open:?} {:?}",
            case.code,
            asked(&world, "UNSUPPORTED")
        );
        holds(&world);
    }
}

macro_rules! provoked {
    ($($name:ident $code:literal)*) => {$(
        #[tokio::test(start_paused = true)]
        async fn $name() {
            for case in cases().iter().filter(|case| case.code == $code) {
                play(case).await;
            }
        }
    )*
        /// The codes that a story below provokes.
        pub const PROVOKED: &[&str] = &[$($code),*];
    };
}

provoked! {
    r3_08_cmn_26_auth_amazon "AUTH_AMAZON"
    r3_08_cmn_26_auth_netsuite "AUTH_NETSUITE"
    r3_23_cmn_26_permission_removed "PERMISSION"
    r3_01_cmn_26_throttled "THROTTLED"
    r3_12_cmn_26_network "NETWORK"
    cmn_26_unsupported "UNSUPPORTED"
    r3_32_cmn_26_clock "CLOCK"
    r3_19_cmn_26_parse "PARSE"
    r3_19_cmn_26_currency_disabled "CURRENCY_DISABLED"
    cmn_39_cmn_26_customer_full "CUSTOMER_FULL"
    r3_23_cmn_26_record_locked "REJECTED"
    r3_23_cmn_26_period_closed "PERIOD_CLOSED"
    r3_23_cmn_26_item_inactive "ITEM_INACTIVE"
    r3_23_cmn_26_mapping_missing "SHIP_METHOD_UNMAPPED"
    cmn_26_option_missing "OPTION_MISSING"
    cmn_26_item_not_found "ITEM_NOT_FOUND"
    cmn_26_tax_code_missing "TAX_CODE_MISSING"
    cmn_26_customer_ambiguous "CUSTOMER_AMBIGUOUS"
    cmn_26_adoption_conflict "ADOPTION_CONFLICT"
    cmn_26_item_ambiguous "ITEM_AMBIGUOUS"
    cmn_05_cmn_26_marketplace_unknown "MARKETPLACE_UNKNOWN"
    cmn_26_total_mismatch "TOTAL_MISMATCH"
    cmn_26_feed_rejected "FEED_REJECTED"
    cmn_26_netsuite_edited "NETSUITE_EDITED"
    cmn_26_order_changed_after_ship "ORDER_CHANGED_AFTER_SHIP"
    cmn_26_cancel_after_ship "CANCEL_AFTER_SHIP"
    cmn_26_double_count_guard "DOUBLE_COUNT_GUARD"
    cmn_38_cmn_26_limit_lines "LIMIT_LINES"
    cmn_26_carrier_unmapped "CARRIER_UNMAPPED"
    cmn_26_tracking_missing "TRACKING_MISSING"
    cmn_26_shipped_too_many "SHIPPED_TOO_MANY"
    cmn_26_shipment_not_taken "SHIPMENT_NOT_TAKEN"
}

#[test]
fn every_case_is_played() {
    let mut played: Vec<&str> = PROVOKED.to_vec();
    let mut told: Vec<&str> = cases().iter().map(|case| case.code).collect();
    played.sort_unstable();
    told.sort_unstable();
    told.dedup();
    assert_eq!(played, told);
}

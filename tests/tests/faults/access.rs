//! Consent taken back, sign-ins refused, clocks that are off, downloads that are torn (quality-bars R3 #6–9, #32).

use chrono::TimeDelta;
use passerelle_tests::World;
use passerelle_tests::world::Making;
use serde_json::json;
use simulator::{Fault, Rule};

use crate::acts::ORDER;
use crate::around::{asked, buys, holds, in_netsuite, sync, tell, world};

/// The way is free again: the order that waited is in the books once, the question has closed by itself (CMN-27), and
/// every promise holds.
fn lost_nothing(world: &World, code: &str) {
    assert_eq!(in_netsuite(world, ORDER), 1, "{code}: nothing was lost meanwhile");
    assert!(asked(world, code).is_empty(), "{code}: it closes by itself");
    holds(world);
}

#[tokio::test(start_paused = true)]
async fn o28_r3_8_consent_taken_back_pauses_one_region_and_the_others_go_on() {
    let world = world();
    buys(&world, ORDER, "DE");
    buys(&world, "113-1000000-0000001", "US");
    tell(&world, "/access", &json!({ "revoke": "eu", "forget_tokens": true }));
    sync(&world).await;
    assert_eq!(
        asked(&world, "AUTH_AMAZON").len(),
        1,
        "one question, not one for each order"
    );
    assert_eq!(
        in_netsuite(&world, "113-1000000-0000001"),
        1,
        "another region is not held up"
    );
    assert_eq!(in_netsuite(&world, ORDER), 0);
    tell(&world, "/access", &json!({ "restore": "eu" }));
    sync(&world).await;
    lost_nothing(&world, "AUTH_AMAZON");
}

#[tokio::test(start_paused = true)]
async fn r3_8_netsuite_refusing_the_sign_in_is_one_question_and_loses_nothing() {
    let world = world();
    buys(&world, ORDER, "DE");
    tell(&world, "/access", &json!({ "forget_tokens": true }));
    let refused = Rule {
        times: None,
        ..Rule::once(Fault::SignInRefused, "/services/rest/auth/oauth2/")
    };
    world.simulator.faults().add(refused);
    sync(&world).await;
    assert_eq!(asked(&world, "AUTH_NETSUITE").len(), 1);
    assert_eq!(in_netsuite(&world, ORDER), 0);
    world.simulator.faults().clear();
    sync(&world).await;
    sync(&world).await;
    lost_nothing(&world, "AUTH_NETSUITE");
}

#[tokio::test(start_paused = true)]
async fn r3_9_a_rotated_client_secret_is_asked_for_and_the_new_one_goes_on() {
    let world = world();
    sync(&world).await;
    buys(&world, ORDER, "DE");
    {
        let mut amazon = world.simulator.amazon().state();
        "amzn1.oa2-cs.v1.rotated".clone_into(&mut amazon.sign_in.credentials.client_secret);
        amazon.sign_in.forget();
    }
    sync(&world).await;
    sync(&world).await;
    let asked_for = asked(&world, "AUTH_AMAZON").len();
    assert!(
        (1..=3).contains(&asked_for),
        "at most one question a region: {asked_for}"
    );
    assert_eq!(in_netsuite(&world, ORDER), 0);
    world.reconnect().unwrap();
    sync(&world).await;
    sync(&world).await;
    lost_nothing(&world, "AUTH_AMAZON");
}

#[tokio::test(start_paused = true)]
async fn r3_9_an_expired_certificate_is_one_question_and_a_new_one_goes_on() {
    let world = world();
    sync(&world).await;
    buys(&world, ORDER, "DE");
    world.simulator.netsuite().set_certificate_until(world.clock.now());
    tell(&world, "/access", &json!({ "forget_tokens": true }));
    sync(&world).await;
    sync(&world).await;
    assert_eq!(asked(&world, "AUTH_NETSUITE").len(), 1);
    assert_eq!(in_netsuite(&world, ORDER), 0);
    let renewed = world.clock.now() + TimeDelta::days(730);
    world.simulator.netsuite().set_certificate_until(renewed);
    world.reconnect().unwrap();
    sync(&world).await;
    sync(&world).await;
    lost_nothing(&world, "AUTH_NETSUITE");
}

#[tokio::test(start_paused = true)]
async fn r3_32_a_clock_that_is_a_quarter_of_an_hour_off_loses_no_order() {
    let world = world();
    buys(&world, ORDER, "DE");
    world.simulator.faults().add(Rule::once(Fault::ClockSkew, "/orders/"));
    sync(&world).await;
    buys(&world, "305-1000000-0000002", "DE");
    sync(&world).await;
    world.simulator.faults().add(Rule::once(Fault::ClockSkew, "/orders/"));
    sync(&world).await;
    world.wait(TimeDelta::minutes(30)).await;
    sync(&world).await;
    for order in [ORDER, "305-1000000-0000002"] {
        assert_eq!(in_netsuite(&world, order), 1, "{order}");
    }
    holds(&world);
}

#[tokio::test(start_paused = true)]
async fn r3_6_r3_7_torn_and_expired_downloads_are_fetched_again_whole() {
    let world = World::open(Making::demo(7)).unwrap();
    for fault in [
        Fault::TruncatedDocument,
        Fault::ExpiredDocument,
        Fault::ResetInBody,
        Fault::CaptivePortal,
    ] {
        world.simulator.faults().add(Rule::once(fault, ""));
    }
    for _ in 0..4 {
        sync(&world).await;
    }
    assert_eq!(world.store.read(store::settlements::all).unwrap().len(), 3);
    holds(&world);
}

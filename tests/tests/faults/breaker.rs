//! The circuit breaker of orders after their writing (CMN-36): when NetSuite changes too many of the totals, no more is
//! written until a person looked.

use passerelle_tests::World;
use serde_json::{Value, json};

use crate::around::{asked, buys, causes, holds, in_netsuite, sync, tell, world};

/// Orders that are bought at once.
const ORDERS: usize = 60;
const CAUSE: &str = "TOTAL_MISMATCH:written:mfn-orders:";

fn order(number: usize) -> String {
    format!("305-1000000-{number:07}")
}

fn discount(percent: &str) -> Value {
    json!({ "customer": "Amazon DE 2026", "item": "Amazon Item Discount", "percent": percent })
}

/// The orders that are in the books.
fn written(world: &World) -> usize {
    (1..=ORDERS)
        .filter(|number| in_netsuite(world, &order(*number)) == 1)
        .count()
}

/// The question of the breaker, if it is open.
fn question(world: &World) -> Option<String> {
    let open = asked(world, "TOTAL_MISMATCH").into_iter();
    open.map(|problem| problem.cause).find(|cause| cause.starts_with(CAUSE))
}

#[tokio::test(start_paused = true)]
async fn cmn_36_when_too_many_of_the_written_orders_differ_the_rest_is_held_back_until_a_person_answers() {
    let world = world();
    tell(&world, "/netsuite/discount", &discount("5"));
    (1..=ORDERS).for_each(|number| buys(&world, &order(number), "DE"));
    sync(&world).await;
    let first = written(&world);
    assert!((10..ORDERS / 2).contains(&first), "{first} of {ORDERS} were written");
    let cause = question(&world).expect("a person is asked");

    // It stays so, however often the schedules come round, and no order gets lost meanwhile.
    for _ in 0..2 {
        sync(&world).await;
        assert_eq!((written(&world), question(&world).as_ref()), (first, Some(&cause)));
    }

    // Somebody takes the discount off the customer, and says so.
    tell(&world, "/netsuite/discount", &discount("0"));
    world
        .press("retry", json!({ "cause": cause, "problems": [] }))
        .await
        .unwrap();
    sync(&world).await;
    assert_eq!(written(&world), ORDERS, "the rest is written");
    assert_eq!(question(&world), None, "CMN-27: the question closes by itself");
    assert_eq!(
        causes(&world).len(),
        first,
        "each order that was written too cheap has its own question"
    );
    holds(&world);
}

#[tokio::test(start_paused = true)]
async fn cmn_36_a_discount_that_still_stands_trips_it_again_after_a_handful() {
    let world = world();
    tell(&world, "/netsuite/discount", &discount("5"));
    (1..=ORDERS).for_each(|number| buys(&world, &order(number), "DE"));
    sync(&world).await;
    let first = written(&world);
    let cause = question(&world).unwrap();
    world
        .press("retry", json!({ "cause": cause, "problems": [] }))
        .await
        .unwrap();
    let second = written(&world);
    assert!(second > first && second < ORDERS, "{first}, then {second}");
    assert!(question(&world).is_some(), "the same question again");
    sync(&world).await;
    assert_eq!(written(&world), second);
}

#[tokio::test(start_paused = true)]
async fn cmn_36_a_few_that_differ_hold_up_nobody_else() {
    let world = world();
    tell(&world, "/netsuite/discount", &discount("5"));
    (1..=2).for_each(|number| buys(&world, &order(number), "DE"));
    (3..=20).for_each(|number| buys(&world, &order(number), "UK"));
    sync(&world).await;
    assert_eq!(written(&world), 20);
    assert_eq!(question(&world), None);
    assert_eq!(causes(&world).len(), 2);
}

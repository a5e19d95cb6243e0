//! The computer's own disk: full, unreadable, unable to sync (quality-bars R3 #27 and #28, R5).

use chrono::TimeDelta;

use crate::around::{buys, causes, holds, home, in_netsuite, sync, world};

const NOTHING: Vec<String> = Vec::new();
const ORDERS: [&str; 2] = ["305-1000000-0000001", "305-1000000-0000002"];

/// R5: the disk is full at the first page that is asked for, at the second, and so on. A run that cannot write says so;
/// with room again everything is there once.
#[tokio::test(start_paused = true)]
async fn r3_27_r5_wherever_the_disk_fills_up_nothing_is_lost_or_doubled() {
    let mut refusals = 0;
    for room in [0, 1, 2, 3, 5, 8, 13, 21] {
        let world = world();
        for number in 1..=6 {
            buys(&world, &format!("305-1000000-000000{number}"), "DE");
        }
        world.wait(TimeDelta::minutes(15)).await;
        world.store.limit_pages(world.store.pages().unwrap() + room).unwrap();
        match world.sync().await {
            Ok(reports) => refusals += usize::from(reports.iter().any(|report| report.because.is_some())),
            Err(_) => refusals += 1,
        }
        assert_eq!(world.store.check().unwrap(), NOTHING, "room for {room} pages");
        world.store.limit_pages(u32::MAX).unwrap();
        sync(&world).await;
        sync(&world).await;
        for number in 1..=6 {
            let order = format!("305-1000000-000000{number}");
            assert_eq!(in_netsuite(&world, &order), 1, "room for {room} pages: {order}");
        }
        holds(&world);
    }
    assert!(refusals > 0, "the disk was never full");
}

/// R5: one call to the storage fails, then a later one, and so on through a whole cycle with two orders: what could not
/// be written down is told or made good at once, and afterwards everything is there once.
/// `PASSERELLE_STORAGE_STEP=1` takes every call, `PASSERELLE_STORAGE_CALL` a single one.
#[tokio::test(start_paused = true)]
async fn r3_28_r5_whichever_storage_call_fails_the_result_is_right_and_the_error_is_told() {
    let only = number("PASSERELLE_STORAGE_CALL", 0);
    if only > 0 {
        cycle(only).await;
        return;
    }
    let in_all = cycle(0).await;
    let step = number("PASSERELLE_STORAGE_STEP", 7);
    let (mut tried, mut at) = (0, 1);
    while at <= in_all {
        cycle(at).await;
        tried += 1;
        at += step;
    }
    assert!(tried > 10, "{in_all} calls in a cycle");
    println!("{tried} of {in_all} storage calls failed, each in a cycle of its own");
}

/// ux.md §9.4 DB-DISK: a full disk leaves no problem behind, since that would want room too; Home says it all the same.
#[tokio::test(start_paused = true)]
async fn db_disk_home_says_that_syncing_is_paused_until_there_is_room() {
    let world = world();
    buys(&world, ORDERS[0], "DE");
    sync(&world).await;
    assert_eq!(home(&world), ["home-in-sync", "home-detail-checked"]);
    buys(&world, ORDERS[1], "DE");
    world.store.limit_pages(world.store.pages().unwrap()).unwrap();
    for _ in 0..20 {
        sync(&world).await;
        if home(&world)[0] == "home-disk-full" {
            break;
        }
    }
    assert_eq!(home(&world), ["home-disk-full", "home-detail-room"]);
    world.store.limit_pages(u32::MAX).unwrap();
    sync(&world).await;
    sync(&world).await;
    assert_eq!(home(&world), ["home-in-sync", "home-detail-checked"]);
    assert_eq!(in_netsuite(&world, ORDERS[1]), 1);
    holds(&world);
}

fn number(name: &str, default: u64) -> u64 {
    let said = std::env::var(name).ok();
    said.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// A cycle in which the `nth` call to the storage fails, and what follows with a sound disk. Returns how many calls it had.
async fn cycle(nth: u64) -> u64 {
    let world = world();
    for order in ORDERS {
        buys(&world, order, "DE");
    }
    world.wait(TimeDelta::minutes(15)).await;
    let before = world.store.calls();
    world.store.fail_at(nth);
    let told = match world.sync().await {
        Ok(reports) => reports.iter().any(|report| report.because.is_some()),
        Err(_) => true,
    };
    world.store.fail_at(0);
    let calls = world.store.calls() - before;
    let whole = ORDERS.iter().all(|order| in_netsuite(&world, order) == 1);
    assert!(
        told || whole,
        "call {nth} failed, nobody was told, and something is missing"
    );
    assert_eq!(world.store.check().unwrap(), NOTHING, "call {nth}");
    sync(&world).await;
    sync(&world).await;
    for order in ORDERS {
        assert_eq!(
            in_netsuite(&world, order),
            1,
            "call {nth}: {order}; {:?}",
            causes(&world)
        );
    }
    let before = world.trace.writes();
    sync(&world).await;
    assert_eq!(world.trace.writes(), before, "call {nth}: a quiet cycle writes nothing");
    holds(&world);
    calls
}

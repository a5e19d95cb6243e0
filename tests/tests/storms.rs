//! Random days of trading (quality-bars R1, R2). A failing storm prints its seed, and the seed replays it exactly.
//!
//! `PASSERELLE_SEEDS` storms are run (20 unless told otherwise) from `PASSERELLE_SEED` on.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use passerelle_tests::storm;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

fn sums<'a>(each: impl Iterator<Item = &'a Vec<(String, u64)>>) -> BTreeMap<&'a str, u64> {
    let mut sums = BTreeMap::new();
    for (name, times) in each.flatten() {
        *sums.entry(name.as_str()).or_default() += times;
    }
    sums
}

#[test]
fn r1_the_promises_hold_after_every_storm() {
    let (first, many) = (number("PASSERELLE_SEED", 1), number("PASSERELLE_SEEDS", 20));
    let next = AtomicU64::new(first);
    let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let (weathers, failures) = std::thread::scope(|scope| {
        let work = || {
            let (mut weathers, mut failures) = (Vec::new(), Vec::new());
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= first + many {
                    return (weathers, failures);
                }
                match storm::run(seed) {
                    Ok(weather) if weather.broken.is_empty() => weathers.push(weather),
                    Ok(weather) => {
                        failures.push(format!("seed {seed}: {:#?} {:?}", weather.broken, weather.asked));
                    }
                    Err(error) => failures.push(format!("seed {seed}: {error:#}")),
                }
            }
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let mut all = (Vec::new(), Vec::new());
        for thread in threads {
            let (weathers, failures) = thread.join().unwrap();
            all.0.extend(weathers);
            all.1.extend(failures);
        }
        all
    });
    let faults: u64 = weathers
        .iter()
        .flat_map(|weather| &weather.faults)
        .map(|(_, times)| times)
        .sum();
    let crashes: u32 = weathers.iter().map(|weather| weather.crashes).sum();
    let exchanges: usize = weathers.iter().map(|weather| weather.exchanges).sum();
    println!("storm: {many} seeds from {first}, {exchanges} exchanges, {faults} faults, {crashes} crashes");
    println!("asked: {:?}", sums(weathers.iter().map(|weather| &weather.asked)));
    println!("faults: {:?}", sums(weathers.iter().map(|weather| &weather.faults)));
    assert!(
        failures.is_empty(),
        "{} of {many} storms broke a promise:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn r2_the_same_seed_gives_the_same_trace() {
    let seed = number("PASSERELLE_SEED", 7);
    let (first, second) = (storm::run(seed).unwrap(), storm::run(seed).unwrap());
    assert_eq!(first, second);
    assert!(first.exchanges > 20, "the storm did nothing: {first:?}");
}

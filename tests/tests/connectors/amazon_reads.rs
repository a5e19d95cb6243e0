//! Orders, reports, documents, quotas.

use std::time::Duration;

use amazon::document::decode;
use amazon::orders::{Charge, Include, Search, Since};
use amazon::reports::{Document, Download, Get as GetReport, List};
use amazon::sellers::Participations;
use amazon::{Documents, Region, SellingPartner};
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use simulator::{Company, Latency};
use wire::{Clock, Exchange, Failure, Line, perform};

use crate::bench::bench;

/// All marketplaces in which the account sells, as the account itself says.
async fn everything(line: &Line<SellingPartner>, after: DateTime<Utc>, before: DateTime<Utc>) -> Search {
    let participations = perform(line, &Participations).await.unwrap();
    let ours = participations.into_iter().filter(|one| one.participates);
    Search::updated(ours.map(|one| one.marketplace_id).collect(), after, Some(before))
}

#[tokio::test(start_paused = true)]
async fn every_demo_order_is_read_and_its_amounts_add_up() {
    let bench = bench(Company::Demo, Latency::NONE);
    let now = bench.clock.now();
    let mut read = 0;
    for region in Region::ALL {
        let line = bench.amazon(region);
        let mut search = everything(&line, now - TimeDelta::days(40), now - TimeDelta::minutes(3)).await;
        loop {
            let page = perform(&line, &search).await.unwrap();
            assert_eq!(page.unreadable, [], "every order of the demo company can be read");
            for order in &page.orders {
                read += 1;
                check_sum(order);
            }
            assert!(page.read_until.is_some());
            let Some(token) = page.next else { break };
            search.page = Some(token);
        }
    }
    assert!(read > 300, "{read} orders");
    assert!(bench.clock.now() - now < TimeDelta::minutes(1), "all within the burst");
}

/// Charges minus discounts, plus the tax where it comes on top, are what the buyer pays.
fn check_sum(order: &amazon::Order) {
    let Some(total) = order.grand_total else { return };
    let mut sum = Decimal::ZERO;
    let mut tax = Decimal::ZERO;
    for item in &order.items {
        for kind in [
            Charge::Item,
            Charge::Shipping,
            Charge::GiftWrap,
            Charge::CodFee,
            Charge::OtherCharge,
        ] {
            sum += item.charge(&kind).unwrap().map_or(Decimal::ZERO, |money| money.amount);
        }
        sum -= item.discount().unwrap().map_or(Decimal::ZERO, |money| money.amount);
        tax += item.tax().unwrap().map_or(Decimal::ZERO, |money| money.amount);
    }
    assert!(
        total.amount == sum || total.amount == sum + tax,
        "{}: {total} is not {sum} (+ {tax})",
        order.id
    );
}

#[tokio::test(start_paused = true)]
async fn p1_the_bucket_is_never_overdrawn() {
    let bench = bench(Company::Empty, Latency::BENCH);
    let line = bench.amazon(Region::Na);
    let began = bench.clock.now();
    let template = everything(&line, began, began).await;
    for _ in 0..25 {
        let now = bench.clock.now();
        let search = Search {
            since: Since::Created {
                after: began - TimeDelta::days(1),
                before: Some(now - TimeDelta::minutes(3)),
            },
            include: Include::WithoutRestricted,
            ..template.clone()
        };
        let outcome = line
            .exchange(wire::Call::request(&search), <Search as wire::Call>::QUOTA, true)
            .await;
        assert!(outcome.is_ok(), "no 429 of our own making: {outcome:?}");
    }
    let waited = (bench.clock.now() - began).num_seconds();
    assert!(
        (5 * 178..5 * 178 + 60).contains(&waited),
        "25 calls, 20 in the burst: {waited} s"
    );
}

#[tokio::test(start_paused = true)]
async fn settlement_documents_arrive_whole() {
    let bench = bench(Company::Demo, Latency::NONE);
    let documents = bench.line(Documents::new());
    let mut found = 0;
    for region in Region::ALL {
        let line = bench.amazon(region);
        let mut next = Some(List::settlements(None));
        while let Some(list) = next {
            let page = perform(&line, &list).await.unwrap();
            next = page.next_token.map(List::Next);
            for report in page.reports {
                let report = perform(
                    &line,
                    &GetReport {
                        report_id: report.report_id,
                    },
                )
                .await
                .unwrap();
                let document_id = report.report_document_id.unwrap();
                let location = perform(&line, &Document { document_id }).await.unwrap();
                let raw = perform(
                    &documents,
                    &Download {
                        location: location.clone(),
                    },
                )
                .await
                .unwrap();
                let text = decode(&raw.plain().unwrap(), raw.content_type.as_deref(), region);
                assert!(text.text.starts_with("settlement-id\t") && !text.replaced);
                found += 1;

                bench.clock.sleep(Duration::from_secs(301)).await;
                let late = perform(&documents, &Download { location }).await;
                assert!(
                    matches!(late, Err(Failure::Refused { status: 403, .. })),
                    "the address has run out"
                );
            }
        }
    }
    assert!(found >= 3, "{found}");
}

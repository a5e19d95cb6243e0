//! Signing in, every question, concurrency.

use std::time::Duration;

use chrono::TimeDelta;
use domain::ExternalId;
use netsuite::queries::{self, ItemKey};
use netsuite::{RecordType, Refusal};
use rust_decimal::Decimal;
use simulator::{Company, Latency};
use wire::{Clock, ReadLine, perform};

use crate::bench::bench;

#[tokio::test(start_paused = true)]
async fn both_ways_of_signing_in_to_netsuite_are_accepted_and_tokens_are_renewed() {
    let bench = bench(Company::Empty, Latency::NONE);
    for line in [bench.netsuite(), bench.token_based()] {
        let now = perform(&line, &netsuite::system::ServerTime).await.unwrap();
        assert_eq!(now, bench.clock.now());
        perform(&line, &queries::local_time()).await.unwrap();
        bench.clock.sleep(Duration::from_secs(4_000)).await;
        perform(&line, &netsuite::system::ServerTime).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn every_list_is_understood() {
    let bench = bench(Company::Demo, Latency::NONE);
    let line = bench.netsuite();
    let reads = ReadLine::new(&line);
    let accounts = reads.call(&queries::accounts()).await.unwrap().rows;
    assert!(
        accounts
            .iter()
            .any(|account| account.kind == "Bank" && !account.name.is_empty())
    );
    assert!(reads.call(&queries::periods()).await.unwrap().rows.len() > 2);
    assert!(
        reads
            .call(&queries::currencies())
            .await
            .unwrap()
            .rows
            .iter()
            .flatten()
            .count()
            >= 4
    );
    for list in [
        queries::List::Locations,
        queries::List::Subsidiaries,
        queries::List::Departments,
        queries::List::Classes,
        queries::List::ShipMethods,
        queries::List::PaymentMethods,
        queries::List::PriceLevels,
    ] {
        let rows = reads.call(&queries::choices(list)).await.unwrap().rows;
        assert!(rows.iter().all(|row| !row.name.is_empty()), "{list:?}");
    }
    let prefixes = ["AZN-PY-900-".to_owned()];
    assert!(
        netsuite::suiteql::all(&reads, queries::by_external_prefix(&prefixes))
            .await
            .unwrap()
            .is_empty()
    );
    let sales: Vec<netsuite::RecordId> = (1..50).map(|id| netsuite::RecordId(id.to_string())).collect();
    netsuite::suiteql::all(&reads, queries::taxes_of(&sales)).await.unwrap();
    assert!(!reads.call(&queries::items_like("lamp")).await.unwrap().rows.is_empty());
    let between = Some(("1".parse().unwrap(), "5000".parse().unwrap()));
    let bills = queries::bills_like("no such number", between, domain::Currency::EUR);
    let bills = reads.call(&bills).await.unwrap().rows;
    let ids: Vec<netsuite::RecordId> = bills.iter().map(|(_, known)| known.id.clone()).collect();
    let again = netsuite::suiteql::all(&reads, queries::by_id(&ids)).await.unwrap();
    assert_eq!(again.len(), bills.len());
    for (_, bill) in &bills {
        let by_number = queries::bills_like(&bill.number, None, domain::Currency::EUR);
        let found = reads.call(&by_number).await.unwrap().rows;
        assert!(found.iter().any(|(_, known)| known == bill), "{}", bill.number);
    }
    assert_eq!(
        reads.call(&queries::foreign_external_ids()).await.unwrap().rows.len(),
        1
    );
}

#[tokio::test(start_paused = true)]
async fn every_question_about_records_is_understood() {
    let bench = bench(Company::Demo, Latency::NONE);
    let line = bench.netsuite();
    let reads = ReadLine::new(&line);
    let accounts = reads.call(&queries::accounts()).await.unwrap().rows;
    let books = bench.simulator.opening_books();
    let item = books.items.iter().find(|item| !item.inactive).unwrap();
    let skus = [item.name.to_lowercase(), "NO-SUCH".to_owned()];
    let items = netsuite::suiteql::all(&reads, queries::items(&ItemKey::Name, &skus))
        .await
        .unwrap();
    assert_eq!((items.len(), items[0].id.0.as_str()), (1, item.id.to_string().as_str()));
    for key in [ItemKey::Upc, ItemKey::ExternalId] {
        netsuite::suiteql::all(&reads, queries::items(&key, &skus))
            .await
            .unwrap();
    }
    let by_id = netsuite::suiteql::all(&reads, queries::items_by_id(&[items[0].id.clone()]))
        .await
        .unwrap();
    // Only a question by a key tells which key was met.
    assert_eq!((&by_id[0].id, &by_id[0].name), (&items[0].id, &items[0].name));

    let orders: Vec<String> = books
        .transactions
        .iter()
        .filter_map(|one| one.other_ref_num.clone())
        .collect();
    assert!(!orders.is_empty());
    let known = netsuite::suiteql::all(&reads, queries::by_order_number(&orders))
        .await
        .unwrap();
    let invoice = known
        .iter()
        .find(|one| one.record == Some(RecordType::Invoice) && !one.open.is_zero())
        .unwrap();
    assert!(invoice.open <= invoice.total && invoice.customer.is_some() && invoice.currency.is_some());
    let lines = netsuite::suiteql::all(&reads, queries::lines_of(std::slice::from_ref(&invoice.id)))
        .await
        .unwrap();
    assert_eq!(
        lines.iter().map(|line| line.amount).sum::<Decimal>(),
        invoice.total,
        "printed sides"
    );
    netsuite::suiteql::all(&reads, queries::made_from(std::slice::from_ref(&invoice.id)))
        .await
        .unwrap();

    let names = [books.customers[0].name.clone()];
    let customers = netsuite::suiteql::all(&reads, queries::customers_by_name(&names))
        .await
        .unwrap();
    assert_eq!(customers.len(), 1);
    let nobody = [ExternalId::customer("nobody")];
    assert!(
        netsuite::suiteql::all(&reads, queries::customers_by_external_id(&nobody))
            .await
            .unwrap()
            .is_empty()
    );
    let mail = ["Nobody@example.com".to_owned()];
    assert!(
        netsuite::suiteql::all(&reads, queries::customers_by_email(&mail))
            .await
            .unwrap()
            .is_empty()
    );
    let bills = [invoice.id.clone()];
    netsuite::suiteql::all(&reads, queries::movements(&accounts[0].id, &bills))
        .await
        .unwrap();
    reads
        .call(&queries::postings(&accounts[0].id, "Amazon settlement"))
        .await
        .unwrap();
    let wrong: queries_misspelt::Wrong = queries_misspelt::query();
    let refused = reads.call(&wrong).await.map(|_| ()).unwrap_err();
    assert_eq!(netsuite::refusal(&refused), Some(Refusal::BadQuery), "{refused:?}");
}

mod queries_misspelt {
    pub type Wrong = netsuite::Query<()>;
    pub fn query() -> Wrong {
        netsuite::Query::new("SELECT no_such_column FROM transaction", Vec::new(), |_| Ok(()))
    }
}

#[tokio::test(start_paused = true)]
async fn netsuite_14_concurrency_is_kept_below_the_accounts_limit() {
    let bench = bench(Company::Empty, Latency::BENCH);
    let line = bench.netsuite();
    let began = bench.clock.now();
    let query = queries::accounts();
    let all = futures::future::join_all((0..20).map(|_| perform(&line, &query))).await;
    assert!(all.iter().all(Result::is_ok));
    let took = bench.clock.now() - began;
    assert!(
        took < TimeDelta::seconds(5),
        "20 reads of half a second, five at once: {took}"
    );
}

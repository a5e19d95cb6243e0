//! Many at once, slow, broken, closed for maintenance, and asynchronous.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use simulator::netsuite::{Ending, Fault, Latency, NetSuiteOptions};
use wire::{Broken, Method};

use crate::bench::{Company, body, order, refusal};

fn slow(seconds: u64) -> NetSuiteOptions {
    let latency = Latency {
        write: Duration::from_secs(seconds),
        read: Duration::ZERO,
        jitter_percent: 0,
    };
    NetSuiteOptions {
        latency,
        ..NetSuiteOptions::default()
    }
}

#[tokio::test]
async fn the_sixth_open_request_is_blocked_and_not_executed() {
    let company = Arc::new(Company::with(slow(4)).await);
    let open: Vec<_> = (1..=5)
        .map(|number| {
            let company = company.clone();
            tokio::spawn(async move { company.order(&number.to_string()).await })
        })
        .collect();
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    let sixth = company.send(Method::Post, "record/v1/salesOrder", order("6")).await;
    assert_eq!(
        (refusal(&sixth).0, refusal(&sixth).1.as_str()),
        (429, "CONCURRENCY_LIMIT_EXCEEDED")
    );
    assert_eq!(body(&sixth)["o:errorCode"], "USER_ERROR");
    while open.iter().any(|one| !one.is_finished()) {
        company.clock.forward(Duration::from_secs(1));
        tokio::task::yield_now().await;
    }
    assert_eq!(
        company
            .value("SELECT COUNT(*) AS n FROM transaction WHERE type = 'SalesOrd'", &[])
            .await,
        "5"
    );
    assert_eq!(
        company
            .send(Method::Get, "record/v1/salesOrder/eid:AZN-SO-6", Value::Null)
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_fault_changes_the_books_exactly_as_told() {
    let company = Company::open().await;
    let before = company
        .broken(
            Method::Post,
            "record/v1/salesOrder",
            order("1"),
            Fault::BeforeCommit(Ending::NoAnswer),
        )
        .await;
    assert!(matches!(before, Err(Broken::NoAnswer(_))));
    assert_eq!(
        company
            .send(Method::Get, "record/v1/salesOrder/eid:AZN-SO-1", Value::Null)
            .await
            .status,
        404
    );
    let after = company
        .broken(
            Method::Post,
            "record/v1/salesOrder",
            order("1"),
            Fault::AfterCommit(Ending::NoAnswer),
        )
        .await;
    assert!(matches!(after, Err(Broken::NoAnswer(_))));
    assert_eq!(
        company.read("salesOrder/eid:AZN-SO-1").await["total"].to_string(),
        "43.28"
    );
    assert!(
        company
            .refused(Method::Post, "salesOrder", order("1"))
            .await
            .2
            .ends_with("This record already exists.")
    );
    let failed = company
        .broken(
            Method::Post,
            "record/v1/salesOrder",
            order("2"),
            Fault::AfterCommit(Ending::Status(500)),
        )
        .await
        .unwrap();
    assert_eq!(
        (refusal(&failed).0, refusal(&failed).1.as_str()),
        (500, "UNEXPECTED_ERROR")
    );
    assert_eq!(
        company
            .send(Method::Get, "record/v1/salesOrder/eid:AZN-SO-2", Value::Null)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn maintenance_answers_503_and_a_request_is_cut_after_fifteen_minutes() {
    let company = Arc::new(Company::with(slow(1000)).await);
    company.account.set_maintenance(true);
    assert_eq!(
        company
            .send(Method::Post, "record/v1/salesOrder", order("1"))
            .await
            .status,
        503
    );
    company.account.set_maintenance(false);
    let waiting = tokio::spawn({
        let company = company.clone();
        async move {
            company
                .send(Method::Post, "record/v1/salesOrder", order("1"))
                .await
                .status
        }
    });
    while !waiting.is_finished() {
        company.clock.forward(Duration::from_mins(1));
        tokio::task::yield_now().await;
    }
    assert_eq!(waiting.await.unwrap(), 504);
}

#[tokio::test]
async fn other_tenants_take_slots() {
    let options = NetSuiteOptions {
        concurrency: 3,
        other_tenants: true,
        seed: 7,
        ..NetSuiteOptions::default()
    };
    let company = Company::with(options).await;
    let mut blocked = 0;
    for _ in 0..60 {
        let answer = company.send(Method::Get, "record/v1/salesOrder", Value::Null).await;
        blocked += u32::from(answer.status == 429);
    }
    assert!(
        (5..30).contains(&blocked),
        "all three slots are taken about one time in four: {blocked}"
    );
}

#[tokio::test]
async fn an_asynchronous_request_is_done_later_and_its_key_counts_once() {
    let company = Company::with(slow(5)).await;
    let submit = |company: &Company, number: &str| {
        let mut message = company.message(Method::Post, "record/v1/salesOrder", &order(number));
        message.headers.retain(|(name, _)| name != "prefer");
        message.headers.push(("Prefer".to_owned(), "respond-async".to_owned()));
        message
            .headers
            .push(("X-NetSuite-Idempotency-Key".to_owned(), "k-1".to_owned()));
        message
    };
    let first = company.account.answer(&submit(&company, "1")).await.unwrap();
    assert_eq!(first.status, 202);
    let job = first.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
    assert_eq!(
        company
            .send(Method::Get, "record/v1/salesOrder/eid:AZN-SO-1", Value::Null)
            .await
            .status,
        404
    );
    let again = company.account.answer(&submit(&company, "1")).await.unwrap();
    assert_eq!(
        (refusal(&again).0, refusal(&again).1.as_str()),
        (400, "IDEMPOTENCY_ERROR")
    );
    assert!(again.header("location").unwrap().ends_with(&job));
    company.clock.forward(Duration::from_secs(30));
    let status = body(
        &company
            .send(Method::Get, &format!("async/v1/job/{job}"), Value::Null)
            .await,
    );
    assert_eq!(
        (status["completed"].as_bool(), status["progress"].as_str()),
        (Some(true), Some("succeeded"))
    );
    let result = company
        .send(Method::Get, &format!("async/v1/job/{job}/task/1/result"), Value::Null)
        .await;
    assert!(result.status == 204 && result.header("location").unwrap().contains("/salesOrder/"));
    assert_eq!(
        company
            .send(Method::Get, "record/v1/salesOrder/eid:AZN-SO-1", Value::Null)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_batch_is_asynchronous_each_record_for_itself_and_at_most_a_hundred() {
    let company = Company::open().await;
    let batch = |items: Vec<Value>, prefer: &str| {
        let mut message = company.message(Method::Post, "record/v1/customer", &json!({ "items": items }));
        message
            .headers
            .retain(|(name, _)| name != "prefer" && name != "content-type");
        message.headers.push(("prefer".to_owned(), prefer.to_owned()));
        message.headers.push((
            "content-type".to_owned(),
            "application/vnd.oracle.resource+json; type=collection".to_owned(),
        ));
        message
    };
    let one = |name: &str| json!({ "companyName": name, "subsidiary": { "id": "1" }, "externalId": format!("AZN-CUST-{name}") });
    assert_eq!(
        company
            .account
            .answer(&batch(vec![one("A")], "transient"))
            .await
            .unwrap()
            .status,
        400
    );
    assert_eq!(
        company
            .account
            .answer(&batch(vec![one("A"); 101], "respond-async"))
            .await
            .unwrap()
            .status,
        400
    );
    let answer = company
        .account
        .answer(&batch(vec![one("A"), one("A"), one("B")], "respond-async"))
        .await
        .unwrap();
    let job = answer
        .header("location")
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let mut statuses = Vec::new();
    for number in 1..=3 {
        statuses.push(
            company
                .send(
                    Method::Get,
                    &format!("async/v1/job/{job}/task/{number}/result"),
                    Value::Null,
                )
                .await
                .status,
        );
    }
    assert_eq!(statuses, [204, 400, 204]);
    assert_eq!(
        company
            .value(
                "SELECT COUNT(*) AS n FROM customer WHERE externalid LIKE 'AZN-CUST-%'",
                &[]
            )
            .await,
        "2"
    );
}

#[tokio::test]
async fn a_batch_of_records_is_read_later() {
    let company = Company::open().await;
    let first = company.order("1").await;
    company.order("2").await;
    let path = format!("record/v1/salesOrder?expandRecords=true&ids={first},eid:AZN-SO-2,eid:none");
    let mut message = company.message(Method::Get, &path, &Value::Null);
    message.headers.push(("Prefer".to_owned(), "respond-async".to_owned()));
    let taken = company.account.answer(&message).await.unwrap();
    assert_eq!(taken.status, 202, "{}", body(&taken));
    let job = taken
        .header("location")
        .unwrap()
        .split("/services/rest/")
        .nth(1)
        .unwrap()
        .to_owned();
    let mut results = Vec::new();
    for task in 1..=3 {
        results.push(
            company
                .send(Method::Get, &format!("{job}/task/{task}/result"), Value::Null)
                .await,
        );
    }
    assert_eq!(
        (results[0].status, results[1].status, results[2].status),
        (200, 200, 404)
    );
    assert_eq!(body(&results[1])["externalId"], "AZN-SO-2");
}

//! Asynchronous requests: `Prefer: respond-async`, batches of up to 100 records, idempotency keys (netsuite.md §2.2).
//!
//! A job waits in the database until its time has passed and is carried out before the next request is answered.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use wire::{Method, Response};

use super::envelope::{Outcome, Refused, json_response};
use super::request::Request;
use super::services;
use super::store::Store;

/// Most records in one batch.
const BATCH: usize = 100;
/// Tasks that run side by side in a parallel batch.
const LANES: u32 = 5;

#[derive(Debug, Serialize, Deserialize)]
struct Job {
    due: DateTime<Utc>,
    done: bool,
    origin: String,
    tasks: Vec<Task>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Task {
    method: String,
    path: Vec<String>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: String,
    result: Option<Done>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Done {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// Whether a request is to be carried out later.
pub(super) fn is_asynchronous(request: &Request) -> bool {
    (request.writes() && (request.prefers("respond-async") || is_batch(request))) || is_batch_read(request)
}

/// `GET /{type}?expandRecords=true&ids=…`: several records at once.
fn is_batch_read(request: &Request) -> bool {
    request.method == Method::Get && request.path.len() == 3 && request.parameter("ids").is_some()
}

fn is_batch(request: &Request) -> bool {
    let collection = request
        .header("content-type")
        .is_some_and(|kind| kind.contains("type=collection"));
    collection || (request.method == Method::Delete && request.path.len() == 3)
}

/// Takes a request in: 202 with the job's address.
pub(super) fn submit(store: &Store, request: &Request) -> Outcome<Response> {
    if !request.prefers("respond-async") {
        return Err(Refused::new(
            400,
            "INVALID_HEADER",
            "Batch operations are asynchronous: send Prefer: respond-async.",
        ));
    }
    let job_address = |id: i64| format!("{}/services/rest/async/v1/job/{id}", request.origin);
    let key = request.header("x-netsuite-idempotency-key");
    if let Some(key) = key {
        let earlier: Option<i64> = store
            .connection
            .query_row("SELECT id FROM ns_job WHERE key = ?1", [key], |row| row.get(0))
            .optional()?;
        if let Some(earlier) = earlier {
            return Err(Refused::new(
                400,
                "IDEMPOTENCY_ERROR",
                "A request with the same idempotency key has already been submitted.",
            )
            .header("location", job_address(earlier)));
        }
    }
    let tasks = if is_batch(request) || is_batch_read(request) {
        batch(request)?
    } else {
        vec![task(request, request.path.clone(), request.method, &request.body)]
    };
    let count = u32::try_from(tasks.len()).unwrap_or(u32::MAX);
    let parallel = request
        .headers
        .iter()
        .any(|(_, value)| value.contains("batch-processing=\"parallel\""));
    let rounds = if parallel { count.div_ceil(LANES) } else { count };
    let due = store.now + store.write_time * rounds;
    let job = Job {
        due,
        done: false,
        origin: request.origin.clone(),
        tasks,
    };
    let id = store.next_id()?;
    store.connection.execute(
        "INSERT INTO ns_job VALUES (?1, ?2, 0, ?3)",
        params![id, key, kept(&job)],
    )?;
    let mut answer = Response {
        status: 202,
        headers: Vec::new(),
        body: Vec::new(),
    };
    answer.headers.push(("location".to_owned(), job_address(id)));
    Ok(answer)
}

fn batch(request: &Request) -> Outcome<Vec<Task>> {
    let too_many = |count: usize| {
        Refused::new(
            400,
            "INVALID_PARAMETER",
            format!("A batch may hold at most {BATCH} records, not {count}."),
        )
    };
    if matches!(request.method, Method::Delete | Method::Get) {
        let ids: Vec<&str> = request
            .parameter("ids")
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|id| !id.is_empty())
            .collect();
        if ids.is_empty() || ids.len() > BATCH {
            return Err(too_many(ids.len()));
        }
        return Ok(ids
            .into_iter()
            .map(|id| task(request, with_id(request, id), request.method, b""))
            .collect());
    }
    let body = request.object()?;
    let items = body.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    if items.is_empty() || items.len() > BATCH {
        return Err(too_many(items.len()));
    }
    let mut tasks = Vec::with_capacity(items.len());
    for item in items {
        let text = item.to_string();
        let path = match request.method {
            Method::Post => request.path.clone(),
            method => {
                let id = item
                    .get("id")
                    .filter(|_| method == Method::Patch)
                    .map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
                let external = item
                    .get("externalId")
                    .and_then(Value::as_str)
                    .map(|id| format!("eid:{id}"));
                let address = id
                    .or(external)
                    .ok_or_else(|| Refused::content("Each record of a batch needs an id or externalId."))?;
                with_id(request, &address)
            }
        };
        tasks.push(task(request, path, request.method, text.as_bytes()));
    }
    Ok(tasks)
}

fn with_id(request: &Request, id: &str) -> Vec<String> {
    let mut path = request.path.clone();
    path.push(id.to_owned());
    path
}

fn task(request: &Request, path: Vec<String>, method: Method, body: &[u8]) -> Task {
    let keep = |name: &str| name.eq_ignore_ascii_case("x-netsuite-propertynamevalidation");
    Task {
        method: method.as_str().to_owned(),
        path,
        query: request
            .query
            .iter()
            .filter(|(name, _)| name != "ids")
            .cloned()
            .collect(),
        headers: request.headers.iter().filter(|(name, _)| keep(name)).cloned().collect(),
        body: String::from_utf8_lossy(body).into_owned(),
        result: None,
    }
}

/// Carries out every job whose time has come.
pub(super) fn run_due(store: &Store) -> Outcome<()> {
    for (id, mut job) in jobs(store, "WHERE done = 0")? {
        if job.due > store.now {
            continue;
        }
        for task in &mut job.tasks {
            store.connection.execute_batch("SAVEPOINT ns_task")?;
            let answer = match services::answer(store, &revived(task, &job.origin), false) {
                Ok(answer) => answer,
                Err(refused) => {
                    store.connection.execute_batch("ROLLBACK TO ns_task")?;
                    refused.response()
                }
            };
            store.connection.execute_batch("RELEASE ns_task")?;
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            task.result = Some(Done {
                status: answer.status,
                headers: answer.headers,
                body,
            });
        }
        job.done = true;
        store.connection.execute(
            "UPDATE ns_job SET done = 1, body = ?2 WHERE id = ?1",
            params![id, kept(&job)],
        )?;
    }
    Ok(())
}

fn revived(task: &Task, origin: &str) -> Request {
    let method = match task.method.as_str() {
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        _ => Method::Get,
    };
    Request {
        method,
        origin: origin.to_owned(),
        address: String::new(),
        path: task.path.clone(),
        query: task.query.clone(),
        headers: task.headers.clone(),
        body: task.body.clone().into_bytes(),
    }
}

/// `job/{id}`, its tasks, one task, one task's result.
pub(super) fn answer(store: &Store, request: &Request, rest: &[&str]) -> Outcome<Response> {
    let id: i64 = rest
        .first()
        .and_then(|id| id.parse().ok())
        .ok_or_else(Refused::nonexistent)?;
    let (_, job) = jobs(store, &format!("WHERE id = {id}"))?
        .pop()
        .ok_or_else(Refused::nonexistent)?;
    let here = format!("{}/services/rest/async/v1/job/{id}", request.origin);
    let progress = if job.done { "succeeded" } else { "processing" };
    let shown = |number: usize| {
        json!({
            "links": [{ "rel": "self", "href": format!("{here}/task/{number}") },
                      { "rel": "related", "href": format!("{here}/task/{number}/result") }],
            "id": number.to_string(), "completed": job.done, "progress": progress,
            "endTime": job.done.then(|| job.due.to_rfc3339()),
        })
    };
    let number = |text: &str| {
        text.parse::<usize>()
            .ok()
            .filter(|number| (1..=job.tasks.len()).contains(number))
            .ok_or_else(Refused::nonexistent)
    };
    match rest[1..] {
        [] => Ok(json_response(
            200,
            &json!({
                "links": [{ "rel": "self", "href": here }], "id": id.to_string(), "completed": job.done, "progress": progress,
                "task": { "links": [{ "rel": "self", "href": format!("{here}/task") }] },
            }),
        )),
        ["task"] => {
            let items: Vec<Value> = (1..=job.tasks.len()).map(shown).collect();
            Ok(json_response(
                200,
                &json!({ "items": items, "count": job.tasks.len(), "hasMore": false }),
            ))
        }
        ["task", one] => Ok(json_response(200, &shown(number(one)?))),
        ["task", one, "result"] => {
            let done = job.tasks[number(one)? - 1]
                .result
                .as_ref()
                .ok_or_else(Refused::nonexistent)?;
            Ok(Response {
                status: done.status,
                headers: done.headers.clone(),
                body: done.body.clone().into_bytes(),
            })
        }
        _ => Err(Refused::nonexistent()),
    }
}

fn jobs(store: &Store, filter: &str) -> Outcome<Vec<(i64, Job)>> {
    let mut statement = store
        .connection
        .prepare_cached(&format!("SELECT id, body FROM ns_job {filter} ORDER BY id"))?;
    let rows: Vec<(i64, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    rows.into_iter()
        .map(|(id, body)| {
            serde_json::from_str(&body)
                .map(|job| (id, job))
                .map_err(|_| Refused::unexpected())
        })
        .collect()
}

fn kept(job: &Job) -> String {
    serde_json::to_string(job).unwrap_or_default()
}

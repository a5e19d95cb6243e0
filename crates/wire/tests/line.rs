//! The line, through its public door, with a made-up service and time handed in.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use futures::executor::block_on;
use futures::future::{join, join_all};
use wire::clock::Chance;
use wire::har::Recording;
use wire::service::{judge_plainly, permits, retry_after};
use wire::{
    Broken, Cancel, Clock, Exchange, Failure, Line, Message, Method, Quota, Request, Response, Seats, Service, Token,
    Transport, Waiting,
};

/// Time that passes only while somebody waits for it, after everybody else had a chance to go on.
struct Virtual(Mutex<DateTime<Utc>>);

async fn step_back() {
    let mut left = 30;
    futures::future::poll_fn(move |context| {
        if left == 0 {
            return std::task::Poll::Ready(());
        }
        left -= 1;
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}

#[async_trait]
impl Clock for Virtual {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
    async fn sleep(&self, duration: Duration) {
        step_back().await;
        *self.0.lock().unwrap() += TimeDelta::from_std(duration).unwrap();
    }
}

struct Counter(AtomicU64);

impl Chance for Counter {
    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

struct Plain;

impl Service for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }
    fn sign_in(&self, _now: DateTime<Utc>, _chance: &dyn Chance) -> Result<Option<Message>, Failure> {
        Ok(Some(message("https://plain.test/token")))
    }
    fn token(&self, response: &Response, now: DateTime<Utc>) -> Result<Token, Failure> {
        match response.status {
            200 => Ok(Token::new(
                String::from_utf8_lossy(&response.body).into_owned(),
                now,
                TimeDelta::minutes(55),
            )),
            status => Err(Failure::SignedOut {
                said: status.to_string(),
            }),
        }
    }
    fn message(&self, request: &Request, token: Option<&Token>, _now: DateTime<Utc>, _chance: &dyn Chance) -> Message {
        let mut message = message(&format!("https://plain.test{}", request.path));
        message.method = request.method;
        message.headers.push((
            "authorization".into(),
            token.map(Token::expose).unwrap_or_default().into(),
        ));
        message
    }
    fn allows(&self, url: &str) -> bool {
        permits(url, &["plain.test"], false)
    }
    fn judge(&self, response: Response, quota: &Quota) -> Result<Response, Failure> {
        judge_plainly(&response)?;
        match response.status {
            200 => Ok(response),
            429 => Err(Failure::Throttled {
                again_in: retry_after(&response).unwrap_or(quota.refill),
            }),
            401 => Err(Failure::SignedOut { said: "401".into() }),
            status => Err(Failure::Refused {
                code: "No".into(),
                status,
                said: "no".into(),
            }),
        }
    }
    fn may_be_stale(&self, response: &Response) -> bool {
        response.status == 401
    }
    fn told_refill(&self, response: &Response) -> Option<Duration> {
        response
            .header("refill")
            .map(|seconds| Duration::from_secs(seconds.parse().unwrap()))
    }
    fn time_limit(&self, _request: &Request) -> Duration {
        Duration::from_mins(1)
    }
    fn private_fields(&self) -> &'static [&'static str] {
        &["buyerName"]
    }
}

fn message(url: &str) -> Message {
    Message {
        method: Method::Get,
        url: url.into(),
        headers: Vec::new(),
        body: Vec::new(),
    }
}

/// Answers from a list; when it is empty, 200. Sign-ins are answered by `T1`, `T2` …
#[derive(Default)]
struct Tape {
    answers: Mutex<VecDeque<Answer>>,
    sent: Mutex<Vec<String>>,
    tokens: AtomicU64,
}

enum Answer {
    Status(u16),
    With(u16, &'static str, &'static str),
    Fails(Broken),
    Never,
}

#[async_trait]
impl Transport for Tape {
    async fn send(&self, message: Message) -> Result<Response, Broken> {
        let path = message.url.trim_start_matches("https://plain.test").to_owned();
        self.sent.lock().unwrap().push(format!(
            "{path} {}",
            message.header("authorization").unwrap_or_default()
        ));
        if path == "/token" {
            futures::pending_once().await;
            let number = self.tokens.fetch_add(1, Ordering::Relaxed) + 1;
            return Ok(Response {
                status: 200,
                headers: Vec::new(),
                body: format!("T{number}").into_bytes(),
            });
        }
        let next = self.answers.lock().unwrap().pop_front();
        match next {
            None => Ok(Response {
                status: 200,
                headers: Vec::new(),
                body: br#"{"buyerName":"canary"}"#.to_vec(),
            }),
            Some(Answer::Status(status)) => Ok(Response {
                status,
                headers: Vec::new(),
                body: Vec::new(),
            }),
            Some(Answer::With(status, name, value)) => Ok(Response {
                status,
                headers: vec![(name.into(), value.into())],
                body: Vec::new(),
            }),
            Some(Answer::Fails(broken)) => Err(broken),
            Some(Answer::Never) => futures::future::pending().await,
        }
    }
}

mod futures {
    pub use ::futures::*;

    /// Lets the others go on once.
    pub async fn pending_once() {
        let mut waited = false;
        future::poll_fn(move |context| {
            if std::mem::replace(&mut waited, true) {
                return std::task::Poll::Ready(());
            }
            context.waker().wake_by_ref();
            std::task::Poll::Pending
        })
        .await;
    }
}

struct Stage {
    tape: Arc<Tape>,
    clock: Arc<Virtual>,
    line: Arc<Line<Plain>>,
}

const FREE: Quota = Quota::unmetered("free");
const SLOW: Quota = Quota::every_ms("slow", 10_000, 2);

fn stage(answers: Vec<Answer>) -> Stage {
    told(answers, |_| ())
}

fn told(answers: Vec<Answer>, on_waiting: impl Fn(&Waiting) + Send + Sync + 'static) -> Stage {
    let tape = Arc::new(Tape {
        answers: Mutex::new(answers.into()),
        ..Tape::default()
    });
    let clock = Arc::new(Virtual(Mutex::new(DateTime::UNIX_EPOCH)));
    let chance = Arc::new(Counter(AtomicU64::new(0)));
    let line = Line::new(Plain, tape.clone(), clock.clone(), chance, 5).telling(Arc::new(on_waiting));
    let line = Arc::new(line);
    Stage { tape, clock, line }
}

impl Stage {
    fn ask(&self, quota: Quota, writes: bool) -> Result<Response, Failure> {
        block_on(self.line.exchange(Request::new(Method::Get, "/x"), quota, writes))
    }
    fn sent(&self) -> Vec<String> {
        self.tape.sent.lock().unwrap().clone()
    }
    fn seconds(&self) -> i64 {
        self.clock.now().timestamp()
    }
}

#[test]
fn one_token_is_fetched_for_many_callers() {
    let stage = stage(Vec::new());
    let calls = (0..10).map(|_| stage.line.exchange(Request::new(Method::Get, "/x"), FREE, false));
    assert!(block_on(join_all(calls)).into_iter().all(|outcome| outcome.is_ok()));
    assert_eq!(stage.sent().iter().filter(|line| line.starts_with("/token")).count(), 1);
    *stage.clock.0.lock().unwrap() += TimeDelta::minutes(56);
    stage.ask(FREE, false).unwrap();
    assert_eq!(stage.sent().last().unwrap(), "/x T2", "renewed before it runs out");
}

#[test]
fn a_refused_token_is_renewed_once_and_the_request_repeated_once() {
    let once = stage(vec![Answer::Status(200), Answer::Status(401)]);
    once.ask(FREE, false).unwrap();
    once.ask(FREE, true).unwrap();
    assert_eq!(once.sent(), ["/token ", "/x T1", "/x T1", "/token ", "/x T2"]);

    let out = stage(vec![
        Answer::Status(401),
        Answer::Status(401),
        Answer::Status(401),
        Answer::Status(200),
    ]);
    let signed_out = Err(Failure::SignedOut { said: "401".into() });
    assert_eq!(out.ask(FREE, true), signed_out);
    assert_eq!(out.sent(), ["/token ", "/x T1", "/token ", "/x T2"]);
    assert_eq!(out.ask(FREE, true), signed_out);
    assert_eq!(
        out.sent().len(),
        5,
        "what a new token could not cure is not tried with another one at once"
    );
    out.ask(FREE, true).unwrap();
}

#[test]
fn reads_are_repeated_and_writes_are_not() {
    let lost = || {
        vec![
            Answer::Fails(Broken::NoAnswer("reset".into())),
            Answer::Status(503),
            Answer::Status(200),
        ]
    };
    let read = stage(lost());
    read.ask(FREE, false).unwrap();
    assert_eq!(read.sent().len(), 4);
    assert!(read.seconds() >= 3, "it waited in between");
    assert_eq!(
        stage(lost()).ask(FREE, true),
        Err(Failure::Unanswered {
            because: "reset".into()
        })
    );
    let never = stage(vec![Answer::Fails(Broken::NeverSent("no name".into()))]);
    assert_eq!(
        never.ask(FREE, true),
        Err(Failure::Unreachable {
            because: "no name".into()
        })
    );
}

#[test]
fn a_request_without_an_answer_ends_at_its_time_limit() {
    let stage = stage(vec![Answer::Never]);
    assert_eq!(
        stage.ask(FREE, true),
        Err(Failure::Unanswered {
            because: "nothing came within 60 s".into()
        })
    );
}

#[test]
fn p1_the_bucket_is_waited_for_and_the_person_is_told() {
    let waits: Arc<Mutex<Vec<Waiting>>> = Arc::default();
    let kept = waits.clone();
    let stage = told(Vec::new(), move |waiting| kept.lock().unwrap().push(waiting.clone()));
    for _ in 0..4 {
        stage.ask(SLOW, false).unwrap();
    }
    let told = waits.lock().unwrap();
    assert_eq!(
        told.iter().map(|waiting| waiting.lasts.as_millis()).collect::<Vec<_>>(),
        [10_500, 10_000]
    );
    assert_eq!((told[0].service, told[0].operation), ("plain", "slow"));
    assert!(stage.seconds() >= 20);
}

#[test]
fn a_told_rate_is_obeyed_from_then_on() {
    let stage = stage(vec![Answer::With(200, "refill", "100")]);
    for _ in 0..3 {
        stage.ask(SLOW, false).unwrap();
    }
    assert_eq!(stage.seconds(), 101);
}

#[test]
fn over_quota_is_waited_out_by_reads_and_told_by_writes() {
    let read = stage(vec![Answer::With(429, "retry-after", "42")]);
    read.ask(SLOW, false).unwrap();
    assert!(read.seconds() >= 42);
    let write = stage(vec![Answer::Status(429)]);
    assert_eq!(
        write.ask(SLOW, true),
        Err(Failure::Throttled {
            again_in: Duration::from_secs(10)
        })
    );
}

#[test]
fn cmn_22_cancel_ends_a_wait_before_anything_is_sent_and_nobody_elses() {
    let cancel = Cancel::new();
    let pressed = cancel.clone();
    let stage = told(Vec::new(), move |_| pressed.press());
    let seat = stage.line.clone().seat(cancel);
    for _ in 0..2 {
        block_on(seat.exchange(Request::new(Method::Get, "/x"), SLOW, true)).unwrap();
    }
    let before = stage.sent().len();
    assert_eq!(
        block_on(seat.exchange(Request::new(Method::Get, "/x"), SLOW, true)),
        Err(Failure::Cancelled)
    );
    assert_eq!(stage.sent().len(), before);
    assert_eq!(
        block_on(seat.exchange(Request::new(Method::Get, "/x"), FREE, true)),
        Err(Failure::Cancelled)
    );
    stage.ask(SLOW, false).unwrap();
    assert!(stage.seconds() <= 11, "the place was given back");
}

#[test]
fn cancel_lets_a_write_under_way_finish_and_leaves_a_read_alone() {
    let stage = stage(vec![Answer::Never, Answer::Never]);
    let cancel = Cancel::new();
    let seat = stage.line.clone().seat(cancel.clone());
    let press = async {
        futures::pending_once().await;
        futures::pending_once().await;
        cancel.press();
    };
    let write = seat.exchange(Request::new(Method::Get, "/x"), FREE, true);
    let (write, ()) = block_on(join(write, press));
    let cancel = Cancel::new();
    let seat = stage.line.clone().seat(cancel.clone());
    let read = seat.exchange(Request::new(Method::Get, "/x"), FREE, false);
    let (read, ()) = block_on(join(read, async { cancel.press() }));
    assert_eq!(read, Err(Failure::Cancelled));
    assert_eq!(
        write,
        Err(Failure::Unanswered {
            because: "nothing came within 60 s".into()
        })
    );
}

#[test]
fn s4_redirects_and_foreign_hosts_are_refused() {
    let redirect = stage(vec![Answer::With(302, "location", "https://elsewhere.test/")]);
    assert!(matches!(redirect.ask(FREE, true), Err(Failure::Misread { .. })));
    assert_eq!(redirect.sent().len(), 2, "nothing went to the other address");

    assert!(permits("https://api.amazon.com/auth", &["api.amazon.com"], false));
    for bad in [
        "http://api.amazon.com/",
        "https://api.amazon.com.evil.test/",
        "https://api.amazon.com@evil.test/",
        "https://user@api.amazon.com/",
        "https://api.amazon.com:8443/",
        "https://evil-amazonaws.com/",
        "https://amazonaws.com.evil.test/",
        "http://127.0.0.1:80/",
        "nonsense",
    ] {
        assert!(!permits(bad, &["api.amazon.com", ".amazonaws.com"], false), "{bad}");
    }
    assert!(permits(
        "https://tortuga.s3.amazonaws.com/x?y",
        &[".amazonaws.com"],
        false
    ));
    assert!(permits("http://127.0.0.1:4711/x", &[], true));
    assert!(permits("http://[::1]:4711/x", &[], true));
    assert!(!permits("http://10.0.0.1:4711/x", &[], true));
}

#[test]
fn a_web_page_is_not_an_answer() {
    let stage = stage(vec![
        Answer::With(200, "content-type", "text/html; charset=utf-8"),
        Answer::Status(200),
    ]);
    stage.ask(FREE, false).unwrap();
    assert_eq!(stage.sent().len(), 3, "a captive portal is waited out");
}

#[test]
fn s6_a_recording_keeps_no_secret_and_no_buyer() {
    let tape = Arc::new(Tape::default());
    let clock = Arc::new(Virtual(Mutex::new(DateTime::UNIX_EPOCH)));
    let recording = Arc::new(Recording::new());
    let line = Line::new(Plain, tape, clock, Arc::new(Counter(AtomicU64::new(0))), 5).recorded_by(recording.clone());
    block_on(line.exchange(Request::new(Method::Get, "/orders"), FREE, false)).unwrap();
    let mut bytes = Vec::new();
    recording.write_to(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("https://plain.test/orders"));
    assert!(!text.contains("canary"), "buyer data");
    let har: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(har["log"]["version"], "1.2");
    let entries = har["log"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2, "the sign-in is recorded too");
    assert_eq!(entries[1]["request"]["headers"][0]["value"], "***");
}

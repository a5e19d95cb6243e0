//! A NetSuite company that behaves as netsuite.md says, over a real database.
//!
//! **For:** everything under `/services/rest` of one account: sign-in, the record service, transforms, SuiteQL, jobs.
//!
//! **Deliberately not here:** any type or name of the crate `netsuite`, sockets, the wall clock, deciding which request
//! shall fail (the caller names a [`Fault`]).
//!
//! **Open first:** [`Account`], then `services` (what stands where) and `rules` (what NetSuite computes and refuses).

mod apply;
mod beginning;
mod check;
mod custom;
mod envelope;
mod fields;
mod filter;
mod fulfil;
mod gate;
mod item;
mod jobs;
mod journal;
mod kind;
mod ledger;
mod movement;
mod opening;
mod options;
mod people;
mod post;
mod record;
mod records;
mod request;
mod rules;
mod sale;
mod services;
mod show;
mod signin;
mod standing;
mod stockroom;
mod store;
mod suiteql;
mod tables;
mod transform;
mod vendor;
mod warehouse;

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use wire::{Broken, Clock, Message, Method, Response};

use crate::books::OpeningBooks;
use beginning::{credentials, features};
use envelope::{Outcome, Refused, gateway_page, json_response};
use gate::Gate;
use kind::Kind;
use request::Request;
use signin::Desk;
use store::Store;

pub use options::{Credentials, Ending, Fault, Latency, NetSuiteOptions};
pub use people::{Billing, Entry, EntryLine, Package, Shipping};
pub use stockroom::{Counted, Members, NewItem, NewPrice};

/// A request that takes longer is cut off (netsuite.md §2).
const LONGEST: Duration = Duration::from_mins(15);

/// The company, open for business.
pub struct Account {
    id: String,
    clock: Arc<dyn Clock>,
    gate: Gate,
    concurrency: AtomicUsize,
    maintenance: AtomicBool,
    other_tenants: AtomicBool,
    administrator: bool,
    latency: Latency,
    /// When the people in the warehouse look again, in seconds of the epoch.
    looked: AtomicI64,
    state: Mutex<State>,
}

struct State {
    store: Store,
    desk: Desk,
    chance: ChaCha8Rng,
}

/// The company could not be opened: its file is damaged or unreachable.
#[derive(Debug, thiserror::Error)]
#[error("the simulated NetSuite company cannot be opened: {0}")]
pub struct CannotOpen(String);

impl Account {
    /// Opens the company. A file that already holds books is taken as it is, and `books` is passed over.
    pub fn open(books: OpeningBooks, options: NetSuiteOptions, clock: Arc<dyn Clock>) -> Result<Self, CannotOpen> {
        let broken = |error: &dyn std::fmt::Display| CannotOpen(error.to_string());
        let mut store =
            Store::open(options.store.as_deref(), options.custom_fields.clone()).map_err(|error| broken(&error))?;
        store.now = clock.now();
        store.zone_offset_minutes = options.zone_offset_minutes;
        store.write_time = options.latency.write;
        store.features = features(&books, &options);
        people::switched(&mut store).map_err(|refused| CannotOpen(format!("{refused:?}")))?;
        store
            .connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(|error| broken(&error))?;
        opening::load(&store, &books).map_err(|refused| CannotOpen(format!("{:?}", refused.details)))?;
        let account = books.account_id.clone();
        let (credentials, public_key) = credentials(&store, &account, options.seed).map_err(|error| broken(&error))?;
        store
            .connection
            .execute_batch("COMMIT")
            .map_err(|error| broken(&error))?;
        let kept = store
            .settings("certificate:")
            .map_err(|refused| CannotOpen(format!("{refused:?}")))?;
        let desk = Desk::new(credentials, &public_key, &kept, options.seed, clock.now());
        Ok(Self {
            id: account,
            clock,
            gate: Gate::new(),
            concurrency: AtomicUsize::new(options.concurrency),
            maintenance: AtomicBool::new(false),
            other_tenants: AtomicBool::new(options.other_tenants),
            administrator: options.administrator,
            latency: options.latency,
            looked: AtomicI64::new(i64::MIN),
            state: Mutex::new(State {
                store,
                desk,
                chance: ChaCha8Rng::seed_from_u64(options.seed),
            }),
        })
    }

    /// The host name of the account's REST services.
    pub fn host(&self) -> String {
        format!(
            "{}.suitetalk.api.netsuite.com",
            self.id.to_ascii_lowercase().replace('_', "-")
        )
    }

    /// What a client must know to sign in.
    pub fn credentials(&self) -> Credentials {
        self.state().desk.credentials.clone()
    }

    /// Answers one request.
    pub async fn answer(&self, message: &Message) -> Result<Response, Broken> {
        self.answer_with(message, None).await
    }

    /// Answers one request, or makes it end badly exactly as told.
    ///
    /// A request holds its slot while it takes its time. Half of that time passes before the books change and half
    /// after, so a caller who stops waiting cannot know which side of the change it was.
    pub async fn answer_with(&self, message: &Message, fault: Option<Fault>) -> Result<Response, Broken> {
        if let Some(Fault::BeforeCommit(ending)) = fault {
            return end(ending);
        }
        let Some(request) = Request::read(message) else {
            return Ok(gateway_page(404));
        };
        let mut answer = match self.perform(&request).await {
            Ok(answer) => answer,
            Err(refused) => refused.response(),
        };
        // A client whose own clock is off can tell by this header.
        let date = self.clock.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        answer.headers.push(("date".to_owned(), date));
        match fault {
            Some(Fault::AfterCommit(ending)) => end(ending),
            _ => Ok(answer),
        }
    }

    async fn perform(&self, request: &Request) -> Outcome<Response> {
        if self.maintenance.load(Ordering::SeqCst) {
            return Ok(gateway_page(503));
        }
        if request.segments() == ["auth", "oauth2", "v1", "token"] {
            let now = self.clock.now();
            return Ok(self.state().desk.token(request, &self.host(), now));
        }
        self.state().desk.admit(request, self.clock.now())?;
        if let ["auth", "oauth2", "v1", "clients", rest @ ..] = request.segments().as_slice() {
            return self.rotate(request, rest);
        }
        let (taken, time) = self.draw(request);
        let _slot = self.gate.enter(self.concurrency.load(Ordering::SeqCst), taken)?;
        if time > LONGEST {
            self.clock.sleep(LONGEST).await;
            return Ok(gateway_page(504));
        }
        if !time.is_zero() {
            self.clock.sleep(time / 2).await;
        }
        let answer = if request.segments() == ["system", "v1", "governanceLimits"] {
            self.limits()
        } else {
            self.execute(request, false)
        };
        if !time.is_zero() {
            self.clock.sleep(time / 2).await;
        }
        answer
    }

    /// Renews the integration's certificate.
    fn rotate(&self, request: &Request, rest: &[&str]) -> Outcome<Response> {
        let mut state = self.state();
        let answer = state.desk.rotate(request, rest, self.clock.now())?;
        for (id, text) in state.desk.kept() {
            state.store.set(&format!("certificate:{id}"), &text)?;
        }
        Ok(answer)
    }

    /// How many slots others hold at this moment, and how long this request takes.
    fn draw(&self, request: &Request) -> (usize, Duration) {
        let mut state = self.state();
        let taken = if self.other_tenants.load(Ordering::SeqCst) {
            state.chance.random_range(0..=3)
        } else {
            0
        };
        let writes_now = request.writes() && !jobs::is_asynchronous(request);
        let mean = if writes_now {
            self.latency.write
        } else {
            self.latency.read
        };
        let spread = self.latency.jitter_percent.min(100);
        let percent = if spread == 0 {
            100
        } else {
            state.chance.random_range(100 - spread..=100 + spread)
        };
        (taken, mean * percent / 100)
    }

    /// Runs a request as one change of the books: all of it or nothing.
    fn execute(&self, request: &Request, person: bool) -> Outcome<Response> {
        let mut state = self.state();
        state.store.now = self.clock.now();
        let store = &state.store;
        store.change(|| jobs::run_due(store).map(|()| ((), true)))?;
        store.change(|| {
            let answer = services::answer(store, request, person)?;
            // A dry run and a plain read leave nothing behind.
            let changes = request.writes() || person || jobs::is_asynchronous(request);
            let keep = changes && !request.is_preview();
            Ok((answer, keep))
        })
    }

    fn limits(&self) -> Outcome<Response> {
        if !self.administrator {
            return Err(Refused::new(
                403,
                "INSUFFICIENT_PERMISSION",
                "Your current role does not have permission to perform this action.",
            ));
        }
        let limit = self.concurrency.load(Ordering::SeqCst);
        Ok(json_response(
            200,
            &json!({ "accountConcurrencyLimit": limit, "accountUnallocatedConcurrencyLimit": limit }),
        ))
    }

    /// A person's doing in the browser: a record-service call below `/record/v1/` without sign-in, slot or waiting.
    /// People may also change what integrations may not, such as `PATCH accountingPeriod/17 {"closed": true}`.
    pub fn edit(&self, method: Method, path: &str, body: &Value) -> Response {
        let message = Message {
            method,
            url: format!("https://{}/services/rest/record/v1/{path}", self.host()),
            headers: Vec::new(),
            body: if body.is_null() {
                Vec::new()
            } else {
                body.to_string().into_bytes()
            },
        };
        let Some(request) = Request::read(&message) else {
            return gateway_page(404);
        };
        self.execute(&request, true)
            .unwrap_or_else(|refused| refused.response())
    }

    /// All records by type, with applications, links and ledger postings.
    pub fn books(&self) -> Value {
        let state = self.state();
        ledger::books(&state.store, &self.id).unwrap_or_else(|refused| json!({ "error": format!("{refused:?}") }))
    }

    /// Changes how many requests may be open at once.
    pub fn set_concurrency(&self, limit: usize) {
        self.concurrency.store(limit, Ordering::SeqCst);
    }

    /// Other integrations take 0–3 slots at random, or leave us alone.
    pub fn set_other_tenants(&self, on: bool) {
        self.other_tenants.store(on, Ordering::SeqCst);
    }

    /// Adds a certificate to the integration, as its owner does in the browser. EC keys sign `ES256`, RSA keys `PS256`.
    pub fn upload_certificate(&self, certificate_id: &str, public_key_pem: &str) {
        let now = self.clock.now();
        self.state().desk.upload(certificate_id, public_key_pem, now);
    }

    /// Lets the integration's certificate end then: an instant that is past lets it run out, a later one renews it.
    pub fn set_certificate_until(&self, until: chrono::DateTime<chrono::Utc>) {
        self.state().desk.holds_until(until);
    }

    /// Moves the zone in which SuiteQL shows stored instants, as daylight saving does.
    pub fn set_zone_offset(&self, minutes_east: i32) -> bool {
        let mut state = self.state();
        state.store.zone_offset_minutes = minutes_east;
        let store = &state.store;
        let shown = store.change(|| {
            for record in store.all()? {
                tables::show(store, &record)?;
            }
            movement::restamp(store)?;
            Ok(((), true))
        });
        shown.is_ok()
    }

    /// Scheduled maintenance: every request is answered 503 while it lasts.
    pub fn set_maintenance(&self, on: bool) {
        self.maintenance.store(on, Ordering::SeqCst);
    }

    /// Takes the permission to write records of that type away, or gives it back. `false`: no such type.
    pub fn set_permission(&self, record_type: &str, given: bool) -> bool {
        let Some(kind) = Kind::named(record_type) else {
            return false;
        };
        self.note(&records::forbidden(kind), !given)
    }

    /// Lets a workflow hold a record, or let it go. `false`: no such type.
    pub fn set_locked(&self, record_type: &str, id: i64, on: bool) -> bool {
        let Some(kind) = Kind::named(record_type) else {
            return false;
        };
        self.note(&records::locked(kind, id), on)
    }

    /// Installs the setup package's record types, or takes them away with their records.
    pub fn set_package(&self, installed: bool) -> bool {
        let store = &self.state().store;
        store
            .change(|| custom::switch(store, installed).map(|()| ((), true)))
            .is_ok()
    }

    /// Sets a company preference, such as `INVOICEINADVANCE` to `T`.
    pub fn set_preference(&self, name: &str, value: &str) -> bool {
        let store = &self.state().store;
        store.set(&format!("preference:{name}"), value).is_ok()
    }

    fn note(&self, setting: &str, on: bool) -> bool {
        let store = &self.state().store;
        if on {
            store.set(setting, "T")
        } else {
            store.unset(setting)
        }
        .is_ok()
    }

    /// Ends the life of all access tokens at once.
    pub fn revoke_tokens(&self) {
        self.state().desk.revoke_all();
    }

    /// The time by the company's clock.
    fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.clock.now()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn end(ending: Ending) -> Result<Response, Broken> {
    match ending {
        Ending::NoAnswer => Err(Broken::NoAnswer("the connection was reset".to_owned())),
        Ending::Status(500) => Ok(Refused::unexpected().response()),
        Ending::Status(status) => Ok(gateway_page(status)),
    }
}

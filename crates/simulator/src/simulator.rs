//! Both services as one value: opened, asked, and told to misbehave.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use wire::{Broken, Clock, Message, Response, Transport};

use crate::amazon::{Amazon, Door};
use crate::books::OpeningBooks;
use crate::chance::Chance;
use crate::faults::{Fault, Faults, Kind};
use crate::market::{self, Region};
use crate::netsuite;
use crate::options::{Latency, Options};
use crate::time::{Time, instant, read_instant};
use crate::world::{World, midnight};

/// The host of Login with Amazon.
const SIGN_IN_HOST: &str = "api.amazon.com";

/// The simulator could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum CannotOpen {
    /// The folder that keeps its books cannot be read or written.
    #[error("the simulator's folder cannot be used: {0}")]
    Folder(#[from] std::io::Error),
    /// The NetSuite half could not open its books.
    #[error(transparent)]
    NetSuite(#[from] netsuite::CannotOpen),
}

/// A simulated company, both services. Cheap to clone; clones are the same company.
#[derive(Clone)]
pub struct Simulator(Arc<Parts>);

struct Parts {
    time: Time,
    amazon: Amazon,
    netsuite: netsuite::Account,
    faults: Faults,
    epoch: DateTime<Utc>,
    opening: OpeningBooks,
    latency: Latency,
    warehouse: bool,
    jitter: std::sync::Mutex<Chance>,
}

/// Where a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// One of Amazon's doors.
    Amazon(Door),
    /// The NetSuite account.
    NetSuite,
}

impl Simulator {
    /// Opens the company that the options name.
    pub fn open(options: Options) -> Result<Self, CannotOpen> {
        let time = Time::new(options.clock.clone());
        let epoch = epoch(&options)?;
        let world = World::open(&options, epoch);
        let opening = world.books.clone();
        let netsuite_options = netsuite::NetSuiteOptions {
            concurrency: options.concurrency,
            latency: netsuite::Latency {
                write: options.latency.netsuite,
                read: options.latency.netsuite / 4,
                jitter_percent: options.latency.jitter,
            },
            store: options.store.as_ref().map(|folder| folder.join("netsuite.sqlite")),
            seed: options.seed,
            features: options.features.clone(),
            custom_fields: options.custom_fields.clone(),
            ..netsuite::NetSuiteOptions::default()
        };
        let netsuite = netsuite::Account::open(opening.clone(), netsuite_options, Arc::new(time.clone()))?;
        Ok(Self(Arc::new(Parts {
            amazon: Amazon::open(&options, world, time.clone())?,
            netsuite,
            faults: options.faults,
            epoch,
            opening,
            latency: options.latency,
            warehouse: options.warehouse,
            jitter: std::sync::Mutex::new(Chance::new(options.seed, "jitter")),
            time,
        })))
    }

    /// Carries messages to both services by their host names, without a socket.
    pub fn transport(&self) -> Arc<dyn Transport> {
        Arc::new(self.clone())
    }

    /// The simulator's own time.
    pub fn clock(&self) -> Time {
        self.0.time.clone()
    }

    /// The plan of what goes wrong.
    pub fn faults(&self) -> Faults {
        self.0.faults.clone()
    }

    /// Where the ready-made history ends.
    pub fn epoch(&self) -> DateTime<Utc> {
        self.0.epoch
    }

    /// What stood in NetSuite before the first sync, with the parts that its records play.
    pub fn opening_books(&self) -> &OpeningBooks {
        &self.0.opening
    }

    /// The NetSuite half: for tests that look into its books or edit them as a person would.
    pub fn netsuite(&self) -> &netsuite::Account {
        &self.0.netsuite
    }

    /// The Amazon half.
    pub fn amazon(&self) -> &Amazon {
        &self.0.amazon
    }

    /// Everything a client must know, with the vendors' own host names. The served simulator gives its own addresses.
    pub fn credentials(&self) -> Value {
        let endpoint = |region: Region| format!("https://{}", region.host());
        let netsuite = format!("https://{}", self.0.netsuite.host());
        self.described(
            &Region::ALL.map(endpoint),
            &format!("https://{SIGN_IN_HOST}"),
            &netsuite,
            None,
        )
    }

    /// The document of `credentials` for given addresses: Amazon's three endpoints, sign-in, NetSuite, control.
    pub(crate) fn described(
        &self,
        endpoints: &[String; 3],
        sign_in: &str,
        netsuite: &str,
        control: Option<&str>,
    ) -> Value {
        let amazon = self.0.amazon.state().sign_in.credentials.clone();
        let account = self.0.netsuite.credentials();
        let markets: Vec<&str> = market::ALL.iter().map(|known| known.id).collect();
        json!({
            "amazon": {
                "endpoints": { "na": endpoints[0], "eu": endpoints[1], "fe": endpoints[2] },
                "lwa_token_url": format!("{sign_in}/auth/o2/token"),
                "client_id": amazon.client_id,
                "client_secret": amazon.client_secret,
                "refresh_tokens": amazon.refresh_tokens,
                "seller_id": amazon.seller_id,
                "marketplaces": markets,
            },
            "netsuite": {
                "account": account.account,
                "base_url": netsuite,
                "token_url": format!("{netsuite}/services/rest/auth/oauth2/v1/token"),
                "oauth2": {
                    "client_id": account.client_id,
                    "certificate_id": account.certificate_id,
                    "private_key_pem": account.private_key_pem,
                },
                "tba": {
                    "consumer_key": account.consumer_key,
                    "consumer_secret": account.consumer_secret,
                    "token_id": account.token_id,
                    "token_secret": account.token_secret,
                },
            },
            "control": { "url": control },
        })
    }

    /// Both books as they stand: what control answers to `GET /books`.
    pub fn books(&self) -> Value {
        let amazon = crate::control::amazon_books(self);
        json!({ "time": instant(self.0.time.now()), "epoch": instant(self.0.epoch), "amazon": amazon, "netsuite": self.0.netsuite.books() })
    }

    /// Where an address leads; `None`: nobody has that name.
    fn place(&self, url: &str) -> Option<Place> {
        let parsed = url::Url::parse(url).ok()?;
        let host = parsed.host_str()?;
        if host == SIGN_IN_HOST {
            return Some(Place::Amazon(Door::SignIn));
        }
        for region in Region::ALL {
            if host == region.host() {
                return Some(Place::Amazon(Door::Partner(region)));
            }
            if host == region.storage_host() {
                return Some(Place::Amazon(Door::Storage(region)));
            }
        }
        // Certificates are rotated at the host of RESTlets.
        let own = self.0.netsuite.host();
        (host == own || host == own.replace(".suitetalk.", ".restlets.")).then_some(Place::NetSuite)
    }

    /// Carries one message to its place, or lets it go wrong as planned.
    pub(crate) async fn exchange(
        &self,
        place: Place,
        message: Message,
        document_root: Option<&str>,
    ) -> Result<Response, Broken> {
        let kind = match place {
            Place::Amazon(Door::SignIn) => Kind::SignIn,
            Place::Amazon(Door::Partner(_)) => Kind::AmazonCall,
            Place::Amazon(Door::Storage(_)) => Kind::Document,
            Place::NetSuite if message.url.contains("/oauth2/v1/token") => Kind::SignIn,
            Place::NetSuite => Kind::NetSuiteCall,
        };
        let what = format!("{} {}", message.method.as_str(), message.url);
        let fault = self.0.faults.decide(kind, &what);
        if fault == Some(Fault::ClockSkew) {
            self.0.time.skew();
        }
        if let Some(ended) = fault.and_then(|fault| before_arrival(fault, place, kind)) {
            return ended;
        }
        match place {
            Place::Amazon(door) => {
                self.wait().await;
                let response = self.0.amazon.answer(door, &message, document_root, fault);
                match fault {
                    Some(Fault::TimeoutAfterCommit) => {
                        Err(Broken::NoAnswer("the answer did not come in time".to_owned()))
                    }
                    Some(Fault::ResetInBody) => Err(Broken::NoAnswer(
                        "the connection was reset while the answer came in".to_owned(),
                    )),
                    _ => Ok(response),
                }
            }
            Place::NetSuite => {
                if self.0.warehouse {
                    self.0.netsuite.work();
                }
                self.0
                    .netsuite
                    .answer_with(&message, fault.and_then(netsuite_fault))
                    .await
            }
        }
    }

    async fn wait(&self) {
        let latency = self.0.latency;
        if latency.amazon.is_zero() {
            return;
        }
        let percent = {
            let mut chance = self.0.jitter.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let swing = i64::from(latency.jitter);
            u32::try_from(100 + chance.between(-swing, swing)).unwrap_or(100)
        };
        self.0.time.sleep(latency.amazon * percent / 100).await;
    }
}

#[async_trait]
impl Transport for Simulator {
    async fn send(&self, message: Message) -> Result<Response, Broken> {
        match self.place(&message.url) {
            Some(place) => self.exchange(place, message, None).await,
            None => Err(Broken::NeverSent(
                "there is no such host in the simulated world".to_owned(),
            )),
        }
    }
}

/// The end of the ready-made history: as asked, as kept in the folder, or the last midnight.
fn epoch(options: &Options) -> Result<DateTime<Utc>, CannotOpen> {
    let wanted = options.epoch.unwrap_or_else(|| midnight(options.clock.now()));
    let Some(folder) = &options.store else {
        return Ok(wanted);
    };
    std::fs::create_dir_all(folder)?;
    let note = folder.join("epoch.txt");
    if let Some(kept) = std::fs::read_to_string(&note)
        .ok()
        .and_then(|text| read_instant(text.trim()))
    {
        return Ok(kept);
    }
    std::fs::write(&note, instant(wanted))?;
    Ok(wanted)
}

/// Faults that end an exchange before the service sees it.
fn before_arrival(fault: Fault, place: Place, kind: Kind) -> Option<Result<Response, Broken>> {
    let json = |status: u16, body: Value, headers: &[(&str, &str)]| {
        let mut all = vec![("content-type".to_owned(), "application/json".to_owned())];
        all.extend(
            headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        Some(Ok(Response {
            status,
            headers: all,
            body: body.to_string().into_bytes(),
        }))
    };
    let amazon = |code: &str, message: &str| json!({ "errors": [{ "code": code, "message": message }] });
    let oracle = |status: u16, title: &str, detail: &str, code: &str| {
        let section = "https://www.rfc-editor.org/rfc/rfc9110.html";
        json!({ "type": section, "title": title, "status": status, "o:errorDetails": [{ "detail": detail, "o:errorCode": code }] })
    };
    match (fault, place) {
        (Fault::NeverSent, _) => Some(Err(Broken::NeverSent(
            "no connection to the host could be made".to_owned(),
        ))),
        (Fault::TimeoutBeforeCommit, Place::Amazon(_)) => {
            Some(Err(Broken::NoAnswer("the answer did not come in time".to_owned())))
        }
        (Fault::Throttled | Fault::ThrottledWithRetryAfter, place) => {
            let wait: &[(&str, &str)] = if fault == Fault::Throttled {
                &[]
            } else {
                &[("retry-after", "7")]
            };
            match place {
                Place::Amazon(_) => json(
                    429,
                    amazon("QuotaExceeded", "You exceeded your quota for the requested resource."),
                    wait,
                ),
                Place::NetSuite => {
                    let detail = "Concurrent request limit exceeded. Request blocked.";
                    json(
                        429,
                        oracle(429, "Too Many Requests", detail, "CONCURRENCY_LIMIT_EXCEEDED"),
                        wait,
                    )
                }
            }
        }
        (Fault::ServerError, Place::Amazon(_)) => json(
            500,
            amazon("InternalFailure", "We encountered an internal error. Please try again."),
            &[],
        ),
        (Fault::Unavailable, Place::Amazon(_)) => json(
            503,
            amazon(
                "ServiceUnavailable",
                "Service is temporarily unavailable. Please try again.",
            ),
            &[],
        ),
        (Fault::TokenRefused, Place::NetSuite) => json(
            401,
            oracle(401, "Unauthorized", "Invalid login attempt.", "INVALID_LOGIN"),
            &[("www-authenticate", "Bearer error=\"invalid_token\"")],
        ),
        (Fault::SignInRefused, Place::NetSuite) if kind == Kind::SignIn => {
            json(400, json!({ "error": "invalid_grant" }), &[])
        }
        (Fault::RecordChanged, Place::NetSuite) => {
            let detail = "Error while accessing a resource. Record has been changed.";
            json(400, oracle(400, "Bad Request", detail, "USER_ERROR"), &[])
        }
        (Fault::CaptivePortal, _) => {
            let body =
                b"<!doctype html><title>Hotel Wi-Fi</title><p>Please accept the terms to go online.</p>".to_vec();
            Some(Ok(Response {
                status: 200,
                headers: vec![("content-type".to_owned(), "text/html".to_owned())],
                body,
            }))
        }
        (Fault::Proxy, _) => Some(Ok(Response {
            status: 407,
            headers: vec![("proxy-authenticate".to_owned(), "Basic realm=\"office\"".to_owned())],
            body: Vec::new(),
        })),
        _ => None,
    }
}

/// Faults that the NetSuite half applies itself, so that the state changes exactly as named.
fn netsuite_fault(fault: Fault) -> Option<netsuite::Fault> {
    use netsuite::{Ending, Fault as Its};
    match fault {
        Fault::TimeoutBeforeCommit => Some(Its::BeforeCommit(Ending::NoAnswer)),
        Fault::TimeoutAfterCommit | Fault::ResetInBody => Some(Its::AfterCommit(Ending::NoAnswer)),
        Fault::ServerError => Some(Its::BeforeCommit(Ending::Status(500))),
        Fault::Unavailable => Some(Its::BeforeCommit(Ending::Status(503))),
        _ => None,
    }
}

//! Signing in to Amazon and signing each request (amazon-sp-api.md §3).

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use wire::clock::Chance;
use wire::service::{Service, Token, judge_plainly, permits, retry_after};
use wire::{Failure, Message, Method, Quota, Request, Response};

use crate::marketplaces::Region;

/// Everything that RFC 3986 does not list as unreserved: SKUs may hold `/`, blanks and `%`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes one value for a path.
pub(crate) fn path_value(text: &str) -> String {
    encode(text)
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// What a seller's private app signs in with. The refresh token is of one region. No `Debug`, no `Serialize`.
#[derive(Clone)]
pub struct Credentials {
    /// The app's client id.
    pub client_id: String,
    /// The app's secret; Amazon lets it expire after 180 days.
    pub client_secret: SecretString,
    /// The refresh token of this region.
    pub refresh_token: SecretString,
}

/// Where Amazon is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// The whole address of the token endpoint.
    pub token: String,
    /// The root of the Selling Partner API, without a slash at its end.
    pub endpoint: String,
    /// Whether these are a simulator's addresses on this machine.
    pub loopback: bool,
}

impl Addresses {
    /// Amazon itself. The simulator in process answers to the same names.
    pub fn of(region: Region) -> Self {
        Self {
            token: "https://api.amazon.com/auth/o2/token".to_owned(),
            endpoint: format!("https://sellingpartnerapi-{}.amazon.com", region.as_str()),
            loopback: false,
        }
    }

    /// A simulator on this machine.
    pub fn loopback(token: impl Into<String>, endpoint: &str) -> Self {
        Self {
            token: token.into(),
            endpoint: endpoint.trim_end_matches('/').to_owned(),
            loopback: true,
        }
    }
}

/// The Selling Partner API of one region with one seller's credentials.
pub struct SellingPartner {
    addresses: Addresses,
    credentials: Credentials,
    agent: String,
}

/// Hosts that credentials may be sent to.
const HOSTS: &[&str] = &[
    "api.amazon.com",
    "sellingpartnerapi-na.amazon.com",
    "sellingpartnerapi-eu.amazon.com",
    "sellingpartnerapi-fe.amazon.com",
    "sandbox.sellingpartnerapi-na.amazon.com",
    "sandbox.sellingpartnerapi-eu.amazon.com",
    "sandbox.sellingpartnerapi-fe.amazon.com",
];

/// Fields that Amazon calls personal (§6.3), and what stands near them.
const PRIVATE: &[&str] = &[
    "buyerName",
    "buyerEmail",
    "buyerCompanyName",
    "giftMessage",
    "customizedUrl",
    "name",
    "companyName",
    "addressLine1",
    "addressLine2",
    "addressLine3",
    "postalCode",
    "phone",
    "extendedFields",
    "legalName",
    "taxRegistrationNumber",
    "authorizationCode",
];

impl SellingPartner {
    /// A service for one region.
    pub fn new(addresses: Addresses, credentials: Credentials) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        let agent = format!(
            "Passerelle/{version} (Language=Rust; Platform={})",
            std::env::consts::OS
        );
        Self {
            addresses,
            credentials,
            agent,
        }
    }
}

impl Service for SellingPartner {
    fn name(&self) -> &'static str {
        "amazon"
    }

    fn sign_in(&self, _now: DateTime<Utc>, _chance: &dyn Chance) -> Result<Option<Message>, Failure> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", self.credentials.refresh_token.expose_secret()),
            ("client_id", &self.credentials.client_id),
            ("client_secret", self.credentials.client_secret.expose_secret()),
        ];
        let body = form.map(|(name, value)| format!("{name}={}", encode(value))).join("&");
        Ok(Some(Message {
            method: Method::Post,
            url: self.addresses.token.clone(),
            headers: vec![
                (
                    "content-type".to_owned(),
                    "application/x-www-form-urlencoded;charset=UTF-8".to_owned(),
                ),
                ("user-agent".to_owned(), self.agent.clone()),
            ],
            body: body.into_bytes(),
        }))
    }

    fn token(&self, response: &Response, now: DateTime<Utc>) -> Result<Token, Failure> {
        #[derive(Deserialize)]
        struct Granted {
            access_token: String,
            expires_in: i64,
        }
        #[derive(Deserialize)]
        struct Denied {
            error: String,
            #[serde(default)]
            error_description: String,
        }
        judge_plainly(response)?;
        if response.status == 429 {
            return Err(Failure::Throttled {
                again_in: retry_after(response).unwrap_or(Duration::from_secs(2)),
            });
        }
        if response.is_success() {
            let granted: Granted = crate::orders::parse(&response.body, "the sign-in's answer")
                .map_err(|misread| Failure::Misread { what: misread.what })?;
            // Five minutes early: a token must not run out while a request is under way (§3.1).
            return Ok(Token::new(
                granted.access_token,
                now,
                TimeDelta::seconds((granted.expires_in - 300).max(1)),
            ));
        }
        let said = serde_json::from_slice::<Denied>(&response.body).map_or_else(
            |_| format!("HTTP {}", response.status),
            |d| format!("{}: {}", d.error, d.error_description),
        );
        Err(Failure::SignedOut { said })
    }

    fn message(&self, request: &Request, token: Option<&Token>, now: DateTime<Utc>, _chance: &dyn Chance) -> Message {
        let mut headers = request.headers.clone();
        headers.push(("user-agent".to_owned(), self.agent.clone()));
        headers.push(("x-amz-date".to_owned(), now.format("%Y%m%dT%H%M%SZ").to_string()));
        headers.push(("accept".to_owned(), "application/json".to_owned()));
        if let Some(token) = token {
            headers.push(("x-amz-access-token".to_owned(), token.expose().to_owned()));
        }
        let pairs = request
            .query
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)));
        let query = pairs.collect::<Vec<_>>().join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        let url = format!("{}{}{mark}{query}", self.addresses.endpoint, request.path);
        Message {
            method: request.method,
            url,
            headers,
            body: request.body.clone(),
        }
    }

    fn allows(&self, url: &str) -> bool {
        permits(url, HOSTS, self.addresses.loopback)
    }

    fn judge(&self, response: Response, quota: &Quota) -> Result<Response, Failure> {
        judge_plainly(&response)?;
        match response.status {
            200..=299 => Ok(response),
            429 => Err(Failure::Throttled {
                again_in: retry_after(&response).unwrap_or(quota.refill.max(Duration::from_secs(1))),
            }),
            status => Err(refusal(status, &response.body)),
        }
    }

    fn may_be_stale(&self, response: &Response) -> bool {
        matches!(response.status, 401 | 403)
    }

    fn told_refill(&self, response: &Response) -> Option<Duration> {
        let rate: Decimal = response.header("x-amzn-RateLimit-Limit")?.trim().parse().ok()?;
        if rate <= Decimal::ZERO {
            return None;
        }
        let nanoseconds = Decimal::from(1_000_000_000).checked_div(rate)?.ceil().to_u64()?;
        Some(Duration::from_nanos(nanoseconds))
    }

    fn time_limit(&self, request: &Request) -> Duration {
        Duration::from_secs(if request.method == Method::Get { 60 } else { 120 })
    }

    fn private_fields(&self) -> &'static [&'static str] {
        PRIVATE
    }
}

/// Amazon's own words for a refusal: the first of its list of errors.
fn refusal(status: u16, body: &[u8]) -> Failure {
    #[derive(Deserialize)]
    struct Errors {
        errors: Vec<One>,
    }
    #[derive(Deserialize)]
    struct One {
        code: String,
        message: String,
        details: Option<String>,
    }
    let first = serde_json::from_slice::<Errors>(body)
        .ok()
        .and_then(|list| list.errors.into_iter().next());
    match first {
        Some(one) => {
            let details = one
                .details
                .filter(|text| !text.is_empty())
                .map(|text| format!(" ({text})"));
            Failure::Refused {
                code: one.code,
                status,
                said: format!("{}{}", one.message, details.unwrap_or_default()),
            }
        }
        None => Failure::Refused {
            code: format!("HTTP {status}"),
            status,
            said: format!("HTTP {status}"),
        },
    }
}

/// Amazon's document storage: presigned addresses, and never a credential (quality-bars S4).
pub struct Documents {
    loopback: bool,
}

/// Where presigned documents live (the models' samples and practice; `docs/unproven.md`).
const STORAGE: &[&str] = &[".amazonaws.com", ".cloudfront.net"];

impl Documents {
    /// Amazon's storage.
    pub fn new() -> Self {
        Self { loopback: false }
    }

    /// A simulator's storage on this machine.
    pub fn loopback() -> Self {
        Self { loopback: true }
    }
}

impl Default for Documents {
    fn default() -> Self {
        Self::new()
    }
}

impl Service for Documents {
    fn name(&self) -> &'static str {
        "documents"
    }

    fn sign_in(&self, _now: DateTime<Utc>, _chance: &dyn Chance) -> Result<Option<Message>, Failure> {
        Ok(None)
    }

    fn token(&self, _response: &Response, _now: DateTime<Utc>) -> Result<Token, Failure> {
        Err(Failure::Misread {
            what: "document storage has no sign-in".to_owned(),
        })
    }

    /// The path of a request is the whole presigned address.
    fn message(&self, request: &Request, _token: Option<&Token>, _now: DateTime<Utc>, _chance: &dyn Chance) -> Message {
        Message {
            method: request.method,
            url: request.path.clone(),
            headers: request.headers.clone(),
            body: request.body.clone(),
        }
    }

    fn allows(&self, url: &str) -> bool {
        permits(url, STORAGE, self.loopback)
    }

    fn judge(&self, response: Response, _quota: &Quota) -> Result<Response, Failure> {
        judge_plainly(&response)?;
        let told = response
            .header("content-length")
            .and_then(|length| length.trim().parse().ok());
        match response.status {
            200..=299 if told.is_some_and(|length: usize| length != response.body.len()) => Err(Failure::Unanswered {
                because: "the document broke off".to_owned(),
            }),
            200..=299 => Ok(response),
            429 => Err(Failure::Throttled {
                again_in: retry_after(&response).unwrap_or(Duration::from_secs(2)),
            }),
            // 403: the five minutes are over. The caller asks for a new address.
            status => Err(Failure::Refused {
                code: "document".to_owned(),
                status,
                said: format!("HTTP {status}"),
            }),
        }
    }

    fn may_be_stale(&self, _response: &Response) -> bool {
        false
    }

    fn told_refill(&self, _response: &Response) -> Option<Duration> {
        None
    }

    fn time_limit(&self, _request: &Request) -> Duration {
        Duration::from_mins(10)
    }

    fn private_fields(&self) -> &'static [&'static str] {
        &[]
    }
}

//! What a vendor's crate tells the line about its service: how to sign in, how to sign, how to read an error.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use crate::call::Quota;
use crate::clock::Chance;
use crate::failure::Failure;
use crate::http::{Message, Request, Response};

/// One remote service with its credentials, as a line needs to know it.
pub trait Service: Send + Sync {
    /// A short name for notices and recordings: `amazon`, `netsuite`, `documents`.
    fn name(&self) -> &'static str;

    /// The message that asks for an access token; nothing when requests are signed without one.
    fn sign_in(&self, now: DateTime<Utc>, chance: &dyn Chance) -> Result<Option<Message>, Failure>;

    /// Reads the answer to [`Service::sign_in`], good or bad.
    fn token(&self, response: &Response, now: DateTime<Utc>) -> Result<Token, Failure>;

    /// Turns a request into a finished, signed message.
    fn message(&self, request: &Request, token: Option<&Token>, now: DateTime<Utc>, chance: &dyn Chance) -> Message;

    /// Whether this address may be spoken to at all (quality-bars S3, S4).
    fn allows(&self, url: &str) -> bool;

    /// Tells a good answer from the ways in which the service says no.
    fn judge(&self, response: Response, quota: &Quota) -> Result<Response, Failure>;

    /// Whether this answer may only mean that the token is no longer good.
    fn may_be_stale(&self, response: &Response) -> bool;

    /// The time one token of the bucket takes to come back, where the answer tells a rate.
    fn told_refill(&self, response: &Response) -> Option<Duration>;

    /// The longest that one sending of this request may take.
    fn time_limit(&self, request: &Request) -> Duration;

    /// Names of JSON fields and parameters that hold buyer data: masked in recordings.
    fn private_fields(&self) -> &'static [&'static str];
}

/// An access token. No `Debug`, no `Serialize`.
#[derive(Clone)]
pub struct Token {
    secret: SecretString,
    obtained: DateTime<Utc>,
    renew_at: DateTime<Utc>,
}

impl Token {
    /// A token obtained now that must be renewed after `good_for`.
    pub fn new(secret: String, now: DateTime<Utc>, good_for: TimeDelta) -> Self {
        Self {
            secret: secret.into(),
            obtained: now,
            renew_at: now + good_for,
        }
    }

    /// The token's text, for a header.
    pub fn expose(&self) -> &str {
        self.secret.expose_secret()
    }

    /// How long ago it was obtained.
    pub fn age(&self, now: DateTime<Utc>) -> TimeDelta {
        now - self.obtained
    }

    /// Whether it should still be used. A clock that was set back does not make a token good for longer.
    pub fn is_good(&self, now: DateTime<Utc>) -> bool {
        now < self.renew_at && now >= self.obtained - TimeDelta::minutes(1)
    }
}

/// Whether `url` is https to one of `hosts` (a name that begins with a dot means all its subdomains), or, for a
/// simulator, http to this very machine.
pub fn permits(url: &str, hosts: &[&str], loopback: bool) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    if !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    match (url.scheme(), url.host()) {
        ("https", Some(Host::Domain(name))) if url.port().is_none() => {
            let name = name.to_ascii_lowercase();
            hosts.iter().any(|host| {
                if host.starts_with('.') {
                    name.ends_with(host)
                } else {
                    name == *host
                }
            })
        }
        ("http", Some(Host::Domain(name))) => loopback && name.eq_ignore_ascii_case("localhost"),
        ("http", Some(Host::Ipv4(address))) => loopback && address.is_loopback(),
        ("http", Some(Host::Ipv6(address))) => loopback && address.is_loopback(),
        _ => false,
    }
}

/// The least wait that a `Retry-After` header in seconds asks for.
pub fn retry_after(response: &Response) -> Option<Duration> {
    response
        .header("retry-after")
        .and_then(|text| text.trim().parse().ok())
        .map(Duration::from_secs)
}

/// What is the same for every HTTP service: redirects are refused, a web page is not an answer, a proxy let nothing
/// pass, 5xx may have happened.
pub fn judge_plainly(response: &Response) -> Result<(), Failure> {
    let page = response
        .header("content-type")
        .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/html"));
    match response.status {
        200..=299 if page => Err(Failure::Unanswered {
            because: "a web page answered instead of the service".to_owned(),
        }),
        300..=399 => Err(Failure::Misread {
            what: format!("a redirect ({}), which is never followed", response.status),
        }),
        407 => Err(Failure::Unreachable {
            because: "a proxy asks for credentials".to_owned(),
        }),
        500..=599 => Err(Failure::Unanswered {
            because: format!("HTTP {}", response.status),
        }),
        _ => Ok(()),
    }
}

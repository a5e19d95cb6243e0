//! Who is calling: OAuth 2.0 client credentials with a signed assertion, or OAuth 1.0a (netsuite.md §10).

mod certificates;
mod oauth2;
mod tba;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use wire::Response;

use super::envelope::{Outcome, Refused};
use super::options::Credentials;
use super::request::Request;
use certificates::Certificate;

/// What the account knows of its integrations.
pub(super) struct Desk {
    pub credentials: Credentials,
    /// Uploaded certificates by their ids.
    certificates: BTreeMap<String, Certificate>,
    /// Access tokens with the end of their lives.
    tokens: BTreeMap<String, DateTime<Utc>>,
    issued: u64,
    seed: u64,
    /// OAuth 1.0a nonces seen, with their timestamps.
    nonces: BTreeSet<(i64, String)>,
}

impl Desk {
    /// With what was kept of certificates that were uploaded later.
    pub fn new(
        credentials: Credentials,
        public_key_pem: &str,
        kept: &[(String, String)],
        seed: u64,
        now: DateTime<Utc>,
    ) -> Self {
        let first = Certificate::new(public_key_pem, now);
        let mut certificates = BTreeMap::from([(credentials.certificate_id.clone(), first)]);
        for (id, text) in kept {
            if let Ok(certificate) = serde_json::from_str(text) {
                certificates.insert(id.clone(), certificate);
            }
        }
        Self {
            credentials,
            certificates,
            tokens: BTreeMap::new(),
            issued: 0,
            seed,
            nonces: BTreeSet::new(),
        }
    }

    /// `POST /services/rest/auth/oauth2/v1/token`.
    pub fn token(&mut self, request: &Request, host: &str, now: DateTime<Utc>) -> Response {
        oauth2::token(self, request, host, now)
    }

    /// Lets a request in, or answers 401.
    pub fn admit(&mut self, request: &Request, now: DateTime<Utc>) -> Outcome<()> {
        let header = request.header("authorization").unwrap_or_default();
        if let Some(token) = strip_scheme(header, "Bearer ") {
            self.tokens.retain(|_, end| *end > now);
            return if self.tokens.contains_key(token) {
                Ok(())
            } else {
                Err(invalid_login())
            };
        }
        if let Some(parameters) = strip_scheme(header, "OAuth ") {
            return tba::admit(self, request, parameters, now);
        }
        Err(invalid_login())
    }

    /// Another certificate for the same integration, role and entity.
    pub fn upload(&mut self, certificate_id: &str, public_key_pem: &str, now: DateTime<Utc>) {
        self.certificates
            .insert(certificate_id.to_owned(), Certificate::new(public_key_pem, now));
    }

    /// The integration's own certificate ends then: it ran out, or was uploaded anew.
    pub fn holds_until(&mut self, until: DateTime<Utc>) {
        if let Some(certificate) = self.certificates.get_mut(&self.credentials.certificate_id) {
            certificate.until = until;
        }
    }

    /// The rotation endpoint, below `…/clients/`.
    pub fn rotate(&mut self, request: &Request, rest: &[&str], now: DateTime<Utc>) -> Outcome<Response> {
        certificates::answer(self, request, rest, now)
    }

    /// All certificates as they are kept: id and text.
    pub fn kept(&self) -> Vec<(String, String)> {
        let text = |certificate: &Certificate| serde_json::to_string(certificate).unwrap_or_default();
        self.certificates
            .iter()
            .map(|(id, certificate)| (id.clone(), text(certificate)))
            .collect()
    }

    pub fn revoke_all(&mut self) {
        self.tokens.clear();
    }
}

fn strip_scheme<'a>(header: &'a str, scheme: &str) -> Option<&'a str> {
    let start = header.get(..scheme.len())?;
    start
        .eq_ignore_ascii_case(scheme)
        .then(|| header[scheme.len()..].trim())
}

fn invalid_login() -> Refused {
    Refused::new(
        401,
        "INVALID_LOGIN",
        "Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at Setup > Users/Roles > User Management > View Login Audit Trail.",
    )
    .header("www-authenticate", "Bearer realm=\"\", error=\"invalid_token\"")
}

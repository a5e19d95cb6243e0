//! The rotation endpoint, by which an integration renews its own certificate (netsuite.md §10.1, step 5).

use chrono::{DateTime, Days, Utc};
use jsonwebtoken::DecodingKey;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use wire::{Method, Response};

use super::Desk;
use crate::chance::name_of;
use crate::netsuite::envelope::{Outcome, Refused, json_response};
use crate::netsuite::request::Request;

/// A certificate that the account knows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Certificate {
    pub pem: String,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub revoked: bool,
}

impl Certificate {
    /// Uploaded now; two years is as long as NetSuite takes one for.
    pub fn new(pem: &str, now: DateTime<Utc>) -> Self {
        Self {
            pem: pem.to_owned(),
            from: now,
            until: now + Days::new(730),
            revoked: false,
        }
    }

    /// Whether it signs in at that instant.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        !self.revoked && self.until > now
    }

    fn shown(&self, id: &str) -> Value {
        json!({
            "certificate_id": id,
            "valid_from": self.from.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "valid_until": self.until.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "algorithm": if is_elliptic(&self.pem) { "EC" } else { "RSA" },
            "revoked": self.revoked,
        })
    }
}

fn is_elliptic(pem: &str) -> bool {
    DecodingKey::from_ec_pem(pem.as_bytes()).is_ok()
}

/// `…/clients/{clientId}/certificates`: lists, uploads, revokes.
pub(super) fn answer(desk: &mut Desk, request: &Request, rest: &[&str], now: DateTime<Utc>) -> Outcome<Response> {
    let unknown = || Refused::new(404, "NOT_FOUND", "The requested resource does not exist.");
    let [client, "certificates", below @ ..] = rest else {
        return Err(unknown());
    };
    if *client != desk.credentials.client_id {
        return Err(unknown());
    }
    match (request.method, below) {
        (Method::Get, []) => {
            let list: Vec<Value> = desk.certificates.iter().map(|(id, one)| one.shown(id)).collect();
            Ok(json_response(200, &json!({ "items": list })))
        }
        (Method::Post, []) => {
            let body = request.object()?;
            let pem = body.get("fileContent").and_then(Value::as_str).unwrap_or_default();
            let usable = is_elliptic(pem) || DecodingKey::from_rsa_pem(pem.as_bytes()).is_ok();
            if !usable || body.get("role").is_none() || body.get("entity").is_none() {
                return Err(Refused::new(
                    400,
                    "INVALID_CONTENT",
                    "fileContent must be a certificate in PEM, with role and entity.",
                ));
            }
            let id = name_of(&["certificate", pem])[..43].to_owned();
            let certificate = Certificate::new(pem, now);
            let shown = certificate.shown(&id);
            desk.certificates.insert(id, certificate);
            Ok(json_response(200, &shown))
        }
        (Method::Post, [id, "revoke"]) => {
            let certificate = desk.certificates.get_mut(*id).ok_or_else(unknown)?;
            certificate.revoked = true;
            Ok(json_response(200, &certificate.shown(id)))
        }
        _ => Err(Refused::new(
            405,
            "METHOD_NOT_ALLOWED",
            "The method is not allowed for this resource.",
        )),
    }
}

//! The token endpoint of the machine-to-machine flow.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use wire::{Method, Response};

use super::Desk;
use crate::netsuite::envelope::typed;
use crate::netsuite::request::Request;

/// Seconds that an access token lives.
const LIFE: i64 = 3600;
/// Seconds that the two clocks may differ.
const SKEW: i64 = 60;

#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    aud: Value,
    iat: i64,
    exp: i64,
    #[serde(default)]
    scope: Value,
}

pub(super) fn token(desk: &mut Desk, request: &Request, host: &str, now: DateTime<Utc>) -> Response {
    let (status, body) = match grant(desk, request, host, now) {
        Ok(token) => (
            200,
            json!({ "access_token": token, "expires_in": LIFE, "token_type": "Bearer" }),
        ),
        Err((status, error)) => (status, json!({ "error": error })),
    };
    typed(status, "application/json", &body)
}

type Refusal = (u16, &'static str);

fn grant(desk: &mut Desk, request: &Request, host: &str, now: DateTime<Utc>) -> Result<String, Refusal> {
    if request.method != Method::Post {
        return Err((405, "invalid_request"));
    }
    let form: Vec<(String, String)> = url::form_urlencoded::parse(&request.body).into_owned().collect();
    let field = |name: &str| {
        form.iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    match field("grant_type") {
        Some("client_credentials") => {}
        Some(_) => return Err((400, "unsupported_grant_type")),
        None => return Err((400, "invalid_request")),
    }
    if field("client_assertion_type") != Some("urn:ietf:params:oauth:client-assertion-type:jwt-bearer") {
        return Err((400, "invalid_request"));
    }
    let assertion = field("client_assertion").ok_or((400, "invalid_request"))?;
    let own_address = format!("{}/services/rest/auth/oauth2/v1/token", request.origin);
    let audiences = [
        format!("https://{host}/services/rest/auth/oauth2/v1/token"),
        own_address,
    ];
    verify(desk, assertion, &audiences, now)?;
    desk.issued += 1;
    let token = URL_SAFE_NO_PAD.encode(Sha256::digest(format!("token {} {}", desk.seed, desk.issued)));
    desk.tokens.insert(token.clone(), now + Duration::seconds(LIFE));
    Ok(token)
}

/// Signature, key id, issuer, audience and time window; PKCS#1 v1.5 (`RS256`) is dead (netsuite.md §10.1).
fn verify(desk: &Desk, assertion: &str, audiences: &[String], now: DateTime<Utc>) -> Result<(), Refusal> {
    let header = decode_header(assertion).map_err(|_| (400, "invalid_request"))?;
    let certificate = header.kid.as_ref().and_then(|kid| desk.certificates.get(kid));
    let certificate = certificate.filter(|known| known.holds(now));
    let pem = certificate.ok_or((400, "invalid_grant"))?.pem.as_bytes();
    let key = match header.alg {
        Algorithm::ES256 | Algorithm::ES384 => DecodingKey::from_ec_pem(pem),
        Algorithm::PS256 | Algorithm::PS384 | Algorithm::PS512 => DecodingKey::from_rsa_pem(pem),
        _ => return Err((400, "invalid_request")),
    };
    let key = key.map_err(|_| (400, "invalid_grant"))?;
    let mut validation = Validation::new(header.alg);
    // Time and audience are checked below, with the company's own clock.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let claims = decode::<Claims>(assertion, &key, &validation)
        .map_err(|_| (400, "invalid_grant"))?
        .claims;
    if claims.iss != desk.credentials.client_id {
        return Err((401, "invalid_client"));
    }
    let named: Vec<&str> = match &claims.aud {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !named.iter().any(|one| audiences.iter().any(|own| own == one)) {
        return Err((400, "invalid_grant"));
    }
    let scopes = match &claims.scope {
        Value::String(one) => one.split([' ', ',']).map(str::to_owned).collect(),
        Value::Array(several) => several.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    if !scopes.iter().any(|scope| scope == "rest_webservices") {
        return Err((400, "invalid_scope"));
    }
    let now = now.timestamp();
    let in_window = claims.iat <= now + SKEW && now < claims.exp && claims.exp - claims.iat <= LIFE;
    if in_window { Ok(()) } else { Err((400, "invalid_grant")) }
}

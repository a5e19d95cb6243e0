//! Token-based authentication: OAuth 1.0a with HMAC-SHA256 (netsuite.md §10.3, RFC 5849 §3.4).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::Sha256;

use super::{Desk, invalid_login};
use crate::netsuite::envelope::Outcome;
use crate::netsuite::request::Request;

/// RFC 3986 unreserved characters stay.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Seconds that the two clocks may differ.
const WINDOW: i64 = 300;

pub(super) fn admit(desk: &mut Desk, request: &Request, header: &str, now: DateTime<Utc>) -> Outcome<()> {
    let parameters = parameters(header);
    let get = |name: &str| {
        parameters
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.as_str())
    };
    let own = &desk.credentials;
    let realm = own.account.to_uppercase().replace('-', "_");
    let known = get("realm") == realm
        && get("oauth_consumer_key") == own.consumer_key
        && get("oauth_token") == own.token_id
        && get("oauth_signature_method") == "HMAC-SHA256"
        && matches!(get("oauth_version"), "" | "1.0");
    let timestamp: i64 = get("oauth_timestamp").parse().map_err(|_| invalid_login())?;
    if !known || (now.timestamp() - timestamp).abs() > WINDOW {
        return Err(invalid_login());
    }
    let base = base_string(request, &parameters);
    let key = format!("{}&{}", encode(&own.consumer_secret), encode(&own.token_secret));
    let expected = sign(&base, &key);
    if expected != get("oauth_signature") {
        return Err(invalid_login());
    }
    let earliest = now.timestamp() - WINDOW;
    desk.nonces.retain(|(at, _)| *at >= earliest);
    if desk.nonces.insert((timestamp, get("oauth_nonce").to_owned())) {
        Ok(())
    } else {
        Err(invalid_login())
    }
}

/// `key="value"` pairs, decoded.
fn parameters(header: &str) -> Vec<(String, String)> {
    header
        .split(',')
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(key, value)| {
            let value = value.trim().trim_matches('"');
            (
                key.trim().to_owned(),
                percent_decode_str(value).decode_utf8_lossy().into_owned(),
            )
        })
        .collect()
}

/// `METHOD&address&parameters`, each part encoded, parameters sorted.
fn base_string(request: &Request, oauth: &[(String, String)]) -> String {
    let signed = |name: &str| name != "realm" && name != "oauth_signature";
    let own = oauth.iter().filter(|(name, _)| signed(name));
    let mut pairs: Vec<(String, String)> = own
        .chain(&request.query)
        .map(|(name, value)| (encode(name), encode(value)))
        .collect();
    pairs.sort();
    let joined: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!(
        "{}&{}&{}",
        request.method.as_str(),
        encode(&request.address),
        encode(&joined.join("&"))
    )
}

fn sign(base: &str, key: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
        return String::new();
    };
    mac.update(base.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

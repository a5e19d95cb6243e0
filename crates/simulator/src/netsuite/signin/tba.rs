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

#[cfg(test)]
mod tests {
    use super::*;
    use wire::{Message, Method};

    /// The example of RFC 5849 §3.4.1: what is signed is published there, so the base string can be checked by letter.
    #[test]
    fn the_base_string_is_that_of_rfc_5849() {
        let message = Message {
            method: Method::Get,
            url: "https://example.com/services/rest/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b".to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        let request = Request::read(&message).unwrap();
        let oauth = parameters(
            "realm=\"Example\", oauth_consumer_key=\"9djdj82h48djs9d2\", oauth_token=\"kkk9d7dh3k39sjv7\", \
             oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"137131201\", oauth_nonce=\"7d8f3e4a\", \
             oauth_signature=\"djosJKDKJSD8743243%2Fjdk33klY%3D\"",
        );
        assert_eq!(
            base_string(&request, &oauth),
            "GET&https%3A%2F%2Fexample.com%2Fservices%2Frest%2Frequest&a2%3Dr%2520b%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26\
             oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26\
             oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
        );
    }

    /// Test case 2 of RFC 4231.
    #[test]
    fn the_signature_is_hmac_sha256() {
        let signature = sign("what do ya want for nothing?", "Jefe");
        assert_eq!(
            STANDARD.decode(signature).unwrap()[..8],
            [0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e]
        );
    }
}

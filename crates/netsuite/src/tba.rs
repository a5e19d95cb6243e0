//! OAuth 1.0a with HMAC-SHA256 (RFC 5849 §3.4; netsuite.md §10.3).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::service::encode;

/// What one signature is made from.
pub(crate) struct Signed<'a> {
    /// The account id in upper case with underscores.
    pub realm: &'a str,
    /// Consumer key and secret.
    pub consumer: (&'a str, &'a str),
    /// Token id and secret.
    pub token: (&'a str, &'a str),
    /// Never used twice.
    pub nonce: &'a str,
    /// Seconds since 1970.
    pub timestamp: i64,
}

impl Signed<'_> {
    /// The `Authorization` header for a request to `url` (without its query).
    pub(crate) fn header(&self, method: &str, url: &str, query: &[(String, String)]) -> String {
        let protocol = [
            ("oauth_consumer_key", self.consumer.0.to_owned()),
            ("oauth_nonce", self.nonce.to_owned()),
            ("oauth_signature_method", "HMAC-SHA256".to_owned()),
            ("oauth_timestamp", self.timestamp.to_string()),
            ("oauth_token", self.token.0.to_owned()),
            ("oauth_version", "1.0".to_owned()),
        ];
        let mut all: Vec<(String, String)> = protocol
            .iter()
            .map(|(name, value)| (encode(name), encode(value)))
            .collect();
        all.extend(query.iter().map(|(name, value)| (encode(name), encode(value))));
        all.sort();
        let parameters = all
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("&");
        let base = format!("{method}&{}&{}", encode(url), encode(&parameters));
        let signature = sign(&base, self.consumer.1, self.token.1);
        let fields = protocol
            .iter()
            .map(|(name, value)| format!("{name}=\"{}\"", encode(value)));
        let fields = fields.collect::<Vec<_>>().join(", ");
        format!(
            "OAuth realm=\"{}\", {fields}, oauth_signature=\"{}\"",
            self.realm,
            encode(&signature)
        )
    }
}

/// The signature of a base string, base64.
pub(crate) fn sign(base: &str, consumer_secret: &str, token_secret: &str) -> String {
    let key = format!("{}&{}", encode(consumer_secret), encode(token_secret));
    // HMAC takes a key of any length, so there is no error to speak of.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
        return String::new();
    };
    mac.update(base.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

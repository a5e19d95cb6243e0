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

#[cfg(test)]
mod tests {
    use super::*;

    /// Oracle's published example (NetSuite help, section_1534941088).
    const ORACLE: Signed<'static> = Signed {
        realm: "123456",
        consumer: (
            "ef40afdd8abaac111b13825dd5e5e2ddddb44f86d5a0dd6dcf38c20aae6b67e4",
            "d26ad321a4b2f23b0741c8d38392ce01c3e23e109df6c96eac6d099e9ab9e8b5",
        ),
        token: (
            "2b0ce516420110bcbd36b69e99196d1b7f6de3c6234c5afb799b73d87569f5cc",
            "c29a677df7d5439a458c063654187e3d678d73aca8e3c9d8bea1478a3eb0d295",
        ),
        nonce: "fjaLirsIcCGVZWzBX0pg",
        timestamp: 1_508_242_306,
    };

    #[test]
    fn netsuite_10_3_the_published_example_is_signed_as_published() {
        let url = "https://123456.restlets.api.netsuite.com/app/site/hosting/restlet.nl";
        let query = [
            ("script", "6"),
            ("deploy", "1"),
            ("customParam", "someValue"),
            ("testParam", "someOtherValue"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let header = ORACLE.header("POST", url, &query);
        assert!(
            header.contains("oauth_signature=\"%2BKK4SKNgz4ZiILGLwOMtfYlgcXSy1eis8ldE9X90azQ%3D\""),
            "{header}"
        );
        assert!(header.starts_with("OAuth realm=\"123456\", "));

        let rest = "https://123456.suitetalk.api.netsuite.com/services/rest/record/v1/employee/40";
        let header = ORACLE.header("GET", rest, &[]);
        assert!(header.contains("oauth_signature=\"B5OIWznZ"), "{header}");
    }
}

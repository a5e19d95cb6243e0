//! What must never stand in a recording: secrets, presigned addresses, buyer data.

use serde_json::Value;
use url::Url;

/// What stands in place of a masked value.
pub const MASK: &str = "***";

const HEADERS: &[&str] = &[
    "authorization",
    "x-amz-access-token",
    "proxy-authorization",
    "cookie",
    "set-cookie",
];

const FIELDS: &[&str] = &[
    "client_secret",
    "refresh_token",
    "access_token",
    "client_assertion",
    "id_token",
    "code_verifier",
    "restrictedDataToken",
];

/// Whether a header's value is a secret.
pub fn is_secret_header(name: &str) -> bool {
    HEADERS.iter().any(|secret| secret.eq_ignore_ascii_case(name))
}

/// An address without the parameters that make it a credential, and without buyer data.
pub fn url(address: &str, private: &[&str]) -> String {
    let Ok(mut url) = Url::parse(address) else {
        return MASK.to_owned();
    };
    if url.query().is_none() {
        return address.to_owned();
    }
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let signed = pairs.iter().any(|(name, _)| signs(name));
    let hidden = |name: &str, value: &str| signed || value.contains('@') || is_private(name, private);
    url.query_pairs_mut().clear().extend_pairs(
        pairs
            .iter()
            .map(|(name, value)| (name.as_str(), if hidden(name, value) { MASK } else { value.as_str() })),
    );
    url.into()
}

/// A parameter that only presigned addresses carry.
fn signs(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("x-amz-") || name.contains("signature") || name.contains("accesskey") || name == "credential"
}

/// A body without secrets and buyer data.
pub fn body(text: &str, kind: &str, private: &[&str]) -> String {
    if kind.starts_with("application/x-www-form-urlencoded") {
        let pairs = url::form_urlencoded::parse(text.as_bytes());
        let masked = pairs.map(|(name, value)| {
            let value = if is_private(&name, private) { MASK.into() } else { value };
            (name, value)
        });
        return url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(masked)
            .finish();
    }
    match serde_json::from_str::<Value>(text) {
        Ok(mut json) => {
            mask(&mut json, private);
            json.to_string()
        }
        Err(_) => text.to_owned(),
    }
}

fn is_private(name: &str, private: &[&str]) -> bool {
    FIELDS.contains(&name) || private.contains(&name)
}

fn mask(json: &mut Value, private: &[&str]) {
    match json {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                if is_private(name, private) && !value.is_null() {
                    *value = MASK.into();
                } else {
                    mask(value, private);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| mask(value, private)),
        Value::String(text) if text.contains('@') => MASK.clone_into(text),
        Value::String(text) if text.starts_with("http") && text.contains('?') => *text = url(text, private),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s6_a_presigned_address_keeps_only_its_names() {
        let masked = url(
            "https://storage.amazonaws.com/a/b?X-Amz-Expires=300&X-Amz-Signature=canary",
            &[],
        );
        assert_eq!(
            masked,
            "https://storage.amazonaws.com/a/b?X-Amz-Expires=***&X-Amz-Signature=***"
        );
        let plain = "https://sellingpartnerapi-eu.amazon.com/orders?marketplaceIds=A1PA6795UKMFR9";
        assert_eq!(url(plain, &[]), plain);
    }

    #[test]
    fn s6_secrets_and_buyer_data_are_masked_in_bodies() {
        let form = body(
            "grant_type=refresh_token&refresh_token=canary&client_id=app",
            "application/x-www-form-urlencoded",
            &[],
        );
        assert_eq!(form, "grant_type=refresh_token&refresh_token=***&client_id=app");
        let json = r#"{"orders":[{"id":"1","buyer":{"buyerName":"canary"},"amount":10.00}],
            "params":["canary@example.com"],"url":"https://x.amazonaws.com/d?X-Amz-Signature=canary","access_token":"canary"}"#;
        let masked = body(json, "application/json", &["buyerName"]);
        assert!(!masked.contains("canary"), "{masked}");
        assert!(
            masked.contains(r#""amount":10.00"#),
            "digits stay as they were: {masked}"
        );
    }
}

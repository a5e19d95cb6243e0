//! Addresses that may be opened in the browser: the seller's own pages at Amazon and NetSuite, nothing else.

use app::contract::{Refusal, Words};
use domain::Text;
use serde_json::Value;
use tauri::AppHandle;
use tauri_plugin_opener::OpenerExt;
use url::Url;

/// Opens `{ "address": "https://…" }` outside the window, if it is one of the seller's own pages.
pub fn open(handle: &AppHandle, request: &Value) -> Result<Value, Refusal> {
    let asked = request.get("address").and_then(Value::as_str).unwrap_or_default();
    let address = allowed(asked).ok_or_else(|| refusal("bad_request", "error-bad-request", None))?;
    handle
        .opener()
        .open_url(address.as_str(), None::<&str>)
        .map_err(|error| refusal("fault", "error-bad-request", Some(error.to_string())))?;
    Ok(Value::Null)
}

/// Where Amazon has a Seller Central of its own: `.com`, and one ending for each country.
const ENDINGS: [&str; 23] = [
    "com", "ca", "com.mx", "com.br", "co.uk", "de", "fr", "it", "es", "nl", "com.be", "ie", "se", "pl", "com.tr", "ae",
    "sa", "eg", "co.za", "in", "co.jp", "com.au", "sg",
];

fn allowed(asked: &str) -> Option<Url> {
    let address = Url::parse(asked).ok()?;
    let host = address.host_str()?;
    let seller_central = host
        .strip_prefix("sellercentral.amazon.")
        .or_else(|| host.strip_prefix("sellercentral-europe.amazon."));
    let known = seller_central.is_some_and(|ending| ENDINGS.contains(&ending)) || host.ends_with(".app.netsuite.com");
    (address.scheme() == "https" && known && address.port().is_none() && address.username().is_empty())
        .then_some(address)
}

fn refusal(code: &str, said: &str, detail: Option<String>) -> Refusal {
    Refusal {
        code: code.to_owned(),
        said: Words::from(Text::new(said)),
        detail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sellers_own_pages_open() {
        for page in [
            "https://sellercentral.amazon.com/orders-v3/order/1",
            "https://sellercentral.amazon.co.uk/",
            "https://sellercentral-europe.amazon.com/",
            "https://1234567.app.netsuite.com/app/accounting/transactions/salesord.nl?id=1",
        ] {
            assert!(allowed(page).is_some(), "{page}");
        }
        for page in [
            "http://sellercentral.amazon.com/",
            "https://sellercentral.amazon.evil.example/",
            "https://sellercentral.amazon.ev.il/",
            "https://sellercentral.amazon.xyz/",
            "https://app.netsuite.com.example/",
            "https://user@sellercentral.amazon.com/",
            "https://sellercentral.amazon.com:8443/",
            "file:///etc/passwd",
            "",
        ] {
            assert!(allowed(page).is_none(), "{page}");
        }
    }
}

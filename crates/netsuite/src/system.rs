//! The system service: what time it is in NetSuite (netsuite.md §1). Any role may ask.

use chrono::{DateTime, Utc};
use serde_json::Value;
use wire::{Call, Method, Misread, Quota, Request, Response};

/// `serverTime`: UTC. Also the cheapest connection test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerTime;

impl Call for ServerTime {
    type Output = DateTime<Utc>;
    const QUOTA: Quota = Quota::unmetered("system");

    fn request(&self) -> Request {
        Request::new(Method::Get, "/services/rest/system/v1/serverTime")
    }

    /// The field's name is not published; the first value that is an instant is it (`docs/unproven.md`).
    fn read(&self, response: &Response) -> Result<DateTime<Utc>, Misread> {
        let body: Value = serde_json::from_slice(&response.body)
            .map_err(|_| Misread::new("the server's time is not the expected JSON"))?;
        let texts: Vec<&str> = match &body {
            Value::String(text) => vec![text],
            Value::Object(fields) => fields.values().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        texts
            .iter()
            .find_map(|text| text.parse().ok())
            .ok_or_else(|| Misread::new("no instant in the server's time"))
    }
}

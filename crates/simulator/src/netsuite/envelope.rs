//! Answers: the empty 204 with a location, JSON, and the error envelope of netsuite.md §12.

use serde_json::{Value, json};
use wire::Response;

/// A request that was understood and refused, in NetSuite's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    pub status: u16,
    pub code: &'static str,
    pub details: Vec<Detail>,
    pub headers: Vec<(String, String)>,
}

/// One entry of `o:errorDetails`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Detail {
    pub text: String,
    /// `o:errorPath`: where in the body the trouble lies; empty when it concerns the whole.
    pub path: String,
}

pub(super) type Outcome<T> = Result<T, Refused>;

impl Refused {
    pub fn new(status: u16, code: &'static str, text: impl Into<String>) -> Self {
        Self {
            status,
            code,
            details: vec![Detail {
                text: text.into(),
                path: String::new(),
            }],
            headers: Vec::new(),
        }
    }

    /// The refusal that business rules make, nearly always with this code.
    pub fn user(text: impl Into<String>) -> Self {
        Self::new(
            400,
            "USER_ERROR",
            format!("Error while accessing a resource. {}", text.into()),
        )
    }

    pub fn content(text: impl Into<String>) -> Self {
        Self::new(400, "INVALID_CONTENT", text)
    }

    /// A reference that does not exist, is inactive or may not be used here: NetSuite says the same for all three.
    pub fn invalid_field(value: &str, field: &str, path: &str) -> Self {
        Self::user(format!(
            "You have entered an Invalid Field Value {value} for the following field: {field}"
        ))
        .at(path)
    }

    pub fn missing(field: &str) -> Self {
        Self::user(format!("Please enter value(s) for: {field}")).at(field)
    }

    pub fn nonexistent() -> Self {
        Self::new(
            404,
            "NONEXISTENT_ID",
            "The record instance does not exist. Record does not exist.",
        )
    }

    pub fn duplicate() -> Self {
        Self::user("This record already exists.")
    }

    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        for detail in &mut self.details {
            path.clone_into(&mut detail.path);
        }
        self
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub fn response(&self) -> Response {
        let details: Vec<Value> = self
            .details
            .iter()
            .map(|detail| {
                let mut entry = json!({ "detail": detail.text, "o:errorCode": self.code });
                if !detail.path.is_empty() {
                    entry["o:errorPath"] = json!(detail.path);
                }
                entry
            })
            .collect();
        let mut body = json!({
            "type": format!("https://www.rfc-editor.org/rfc/rfc9110.html#name-{}", anchor(self.status)),
            "title": title(self.status, self.code),
            "status": self.status,
            "o:errorDetails": details,
        });
        if self.status == 429 {
            body["o:errorCode"] = json!("USER_ERROR");
        }
        let mut response = typed(self.status, "application/vnd.oracle.resource+json; type=error", &body);
        response.headers.extend(self.headers.iter().cloned());
        response
    }
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        tracing::error!(%error, "the simulated books failed");
        Self::unexpected()
    }
}

impl Refused {
    pub fn unexpected() -> Self {
        Self::new(
            500,
            "UNEXPECTED_ERROR",
            "An unexpected error occurred. Error ID: l5n0q1x2y3z4",
        )
    }
}

/// One record or other single thing.
pub(super) fn json_response(status: u16, body: &Value) -> Response {
    typed(status, "application/vnd.oracle.resource+json; type=singular", body)
}

/// JSON under that content type.
pub(super) fn typed(status: u16, content_type: &str, body: &Value) -> Response {
    let headers = vec![("content-type".to_owned(), content_type.to_owned())];
    Response {
        status,
        headers,
        body: body.to_string().into_bytes(),
    }
}

/// 204 without a body.
pub(super) fn no_content(location: Option<String>) -> Response {
    let headers = location.map(|to| ("location".to_owned(), to)).into_iter().collect();
    Response {
        status: 204,
        headers,
        body: Vec::new(),
    }
}

/// A page of the machine in front of NetSuite: HTML, no envelope.
pub(super) fn gateway_page(status: u16) -> Response {
    Response {
        status,
        headers: vec![("content-type".to_owned(), "text/html".to_owned())],
        body: format!("<html><head><title>{status}</title></head><body>The service is unavailable.</body></html>")
            .into_bytes(),
    }
}

fn title(status: u16, code: &str) -> &'static str {
    match (status, code) {
        (400, "INVALID_PARAMETER") => "Invalid search query.",
        (400, _) => "Bad Request",
        (401, _) => "Unauthorized",
        (403, _) => "Forbidden",
        (404, _) => "Not Found",
        (405, _) => "Method Not Allowed",
        (429, _) => "Too Many Requests",
        (503, _) => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

fn anchor(status: u16) -> &'static str {
    match status {
        400 => "400-bad-request",
        401 => "401-unauthorized",
        403 => "403-forbidden",
        404 => "404-not-found",
        405 => "405-method-not-allowed",
        429 => "429-too-many-requests",
        503 => "503-service-unavailable",
        _ => "500-internal-server-error",
    }
}

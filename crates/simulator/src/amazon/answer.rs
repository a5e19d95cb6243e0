//! What every answer has in common: JSON bodies, the published error body, request ids and the rate header.

use serde_json::{Value, json};
use wire::Response;

/// An answer before the headers that all answers carry.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers of this answer alone.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Answer {
    /// A JSON body.
    pub fn json(status: u16, body: &Value) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: body.to_string().into_bytes(),
        }
    }

    /// No body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// The error body that all models publish.
    pub fn error(status: u16, code: &str, message: &str, details: &str) -> Self {
        let mut error = json!({ "code": code, "message": message });
        if !details.is_empty() {
            error["details"] = json!(details);
        }
        let mut answer = Self::json(status, &json!({ "errors": [error] }));
        answer.headers.push(("x-amzn-ErrorType".to_owned(), code.to_owned()));
        answer
    }

    /// 400: the request cannot be right.
    pub fn invalid(details: &str) -> Self {
        Self::error(400, "InvalidInput", "Invalid Input", details)
    }

    /// 403: no token, an old one, the wrong region, or a missing role.
    pub fn unauthorized(details: &str) -> Self {
        Self::error(403, "Unauthorized", "Access to requested resource is denied.", details)
    }

    /// 404.
    pub fn not_found(details: &str) -> Self {
        Self::error(404, "NotFound", "Resource not found", details)
    }

    /// 500.
    pub fn internal() -> Self {
        Self::error(
            500,
            "InternalFailure",
            "We encountered an internal error. Please try again.",
            "",
        )
    }

    /// 429, in the published words.
    pub fn throttled() -> Self {
        Self::error(
            429,
            "QuotaExceeded",
            "You exceeded your quota for the requested resource.",
            "",
        )
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The finished response.
    pub fn into_response(self) -> Response {
        Response {
            status: self.status,
            headers: self.headers,
            body: self.body,
        }
    }
}

/// Either an answer's body or the refusal to give one: both are answers.
pub type Outcome<T = Answer> = Result<T, Box<Answer>>;

/// A refusal as the error side of an [`Outcome`].
pub fn refuse<T>(answer: Answer) -> Outcome<T> {
    Err(Box::new(answer))
}

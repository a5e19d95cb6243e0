//! A NetSuite company that behaves as netsuite.md says, over a real database.
//!
//! **For:** everything under `/services/rest` of one account: sign-in, the record service, transforms, SuiteQL, jobs.
//!
//! **Deliberately not here:** any type or name of the crate `netsuite`, sockets, the wall clock, deciding which request
//! shall fail (the caller names a [`Fault`]).
//!
//! **Open first:** [`Account`], then `records`.

mod envelope;
mod options;

use std::sync::Arc;

use serde_json::Value;
use wire::{Broken, Clock, Message, Method, Response};

use crate::books::OpeningBooks;

pub use options::{Credentials, Ending, Fault, Latency, NetSuiteOptions};

/// The company, open for business.
pub struct Account {
    clock: Arc<dyn Clock>,
    options: NetSuiteOptions,
    books: OpeningBooks,
}

/// The company could not be opened: its file is damaged or unreachable.
#[derive(Debug, thiserror::Error)]
#[error("the simulated NetSuite company cannot be opened: {0}")]
pub struct CannotOpen(String);

impl Account {
    /// Opens the company. A file that already holds books is taken as it is; `books` then only fills what is new.
    pub fn open(books: OpeningBooks, options: NetSuiteOptions, clock: Arc<dyn Clock>) -> Result<Self, CannotOpen> {
        Ok(Self { clock, options, books })
    }

    /// The host name of the account's REST services.
    pub fn host(&self) -> String {
        let account = self.books.account_id.to_ascii_lowercase().replace('_', "-");
        format!("{account}.suitetalk.api.netsuite.com")
    }

    /// What a client must know to sign in.
    pub fn credentials(&self) -> Credentials {
        let _ = (&self.clock, &self.options);
        unimplemented!("follows")
    }

    /// Answers one request.
    pub async fn answer(&self, message: &Message) -> Result<Response, Broken> {
        self.answer_with(message, None).await
    }

    /// Answers one request, or makes it end badly exactly as told.
    pub async fn answer_with(&self, message: &Message, fault: Option<Fault>) -> Result<Response, Broken> {
        let _ = (message, fault);
        unimplemented!("follows")
    }

    /// A person's doing in the browser: a record-service call below `/record/v1/` without sign-in, slot or waiting.
    /// People may also change what integrations may not, such as `PATCH accountingPeriod/17 {"closed": true}`.
    pub fn edit(&self, method: Method, path: &str, body: &Value) -> Response {
        let _ = (method, path, body);
        unimplemented!("follows")
    }

    /// All records with their applications, links and ledger postings.
    pub fn books(&self) -> Value {
        unimplemented!("follows")
    }

    /// Scheduled maintenance: every request is answered 503 while it lasts.
    pub fn set_maintenance(&self, on: bool) {
        let _ = on;
    }

    /// Ends the life of all access tokens at once.
    pub fn revoke_tokens(&self) {}
}

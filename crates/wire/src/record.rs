//! Who may watch a line.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::http::{Broken, Message, Response};

/// One message and what became of it, as it went over the wire: secrets included. A recorder masks before it keeps.
#[derive(Clone, Copy)]
pub struct Exchanged<'a> {
    /// The service's name.
    pub service: &'static str,
    /// What was sent.
    pub message: &'a Message,
    /// What came back.
    pub outcome: Result<&'a Response, &'a Broken>,
    /// When it was sent.
    pub started: DateTime<Utc>,
    /// How long it took.
    pub took: Duration,
    /// Names of fields with buyer data.
    pub private: &'static [&'static str],
}

/// Watches a line.
pub trait Recorder: Send + Sync {
    /// One exchange has ended.
    fn record(&self, exchanged: &Exchanged<'_>);
}

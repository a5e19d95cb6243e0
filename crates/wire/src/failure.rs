//! How a call can end badly, and what to do next: one pure table.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Every call that does not succeed ends in one of these; nothing above `wire` needs to know more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Failure {
    /// Understood and rejected.
    #[error("{said}")]
    Refused {
        /// The vendor's code, such as `InvalidInput` or `USER_ERROR`.
        code: String,
        /// The HTTP status.
        status: u16,
        /// What the vendor said, in its words.
        said: String,
    },
    /// Over quota; certainly not executed.
    #[error("asked to slow down")]
    Throttled {
        /// The least time to wait.
        again_in: Duration,
    },
    /// Certainly never arrived.
    #[error("could not be reached: {because}")]
    Unreachable {
        /// The transport's words.
        because: String,
    },
    /// Sent, no usable answer: it may have happened. Probe before sending again.
    #[error("no answer came back: {because}")]
    Unanswered {
        /// The transport's words, or the 5xx status.
        because: String,
    },
    /// The account no longer accepts us: pause everything for it, one notice.
    #[error("the account no longer accepts the sign-in: {said}")]
    SignedOut {
        /// What the vendor said.
        said: String,
    },
    /// An answer that we do not understand.
    #[error("an answer we do not understand: {what}")]
    Misread {
        /// What was expected and what stood there.
        what: String,
    },
    /// The person pressed Cancel while the call waited for its turn; nothing was sent.
    #[error("cancelled")]
    Cancelled,
}

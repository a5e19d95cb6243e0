//! The seller's choices, frozen for one run.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An immutable snapshot: options, product links, account maps, marketplaces, and `now` as a plain value.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rules {
    /// The instant that the run was opened.
    pub now: DateTime<Utc>,
}

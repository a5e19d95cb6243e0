//! What a person changed in a refused write before it is tried again (CMN-26).

use chrono::{DateTime, Utc};
use serde_json::Value;
use store::{Result, Writer, edits};

/// The write with the person's changes in its body. They are used once: what is planned anew later is the flow's own
/// again.
pub(crate) fn apply(db: &Writer<'_>, step: &str, mut write: Value, now: DateTime<Utc>) -> Result<Value> {
    let changes = edits::pending(db, step)?;
    if changes.is_empty() {
        return Ok(write);
    }
    if let Some(body) = write.pointer_mut("/write/body").and_then(Value::as_object_mut) {
        for change in changes {
            body.insert(change.field, change.value);
        }
    }
    edits::use_up(db, step, now)?;
    Ok(write)
}

//! An archived settlement report becomes settlement records; a summary is kept.

use chrono::{DateTime, Utc};
use serde_json::Value;
use store::{Result, Writer};

use crate::local_write::Kept;

pub(crate) fn import(_db: &Writer<'_>, _id: &str, _now: DateTime<Utc>, _settlements: &mut Vec<String>) -> Result<Kept> {
    Ok(Kept::New)
}

pub(crate) fn summarise(_db: &Writer<'_>, _id: &str, _summary: &Value, _now: DateTime<Utc>) -> Result<()> {
    Ok(())
}

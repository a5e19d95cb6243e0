//! What a person says about single orders, in place of what the rules would make of them.

use amazon::shipping::{Carrier, Parcel};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a parcel is described to Amazon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// A code of Amazon's list, or the name of a carrier that the list does not have.
    pub carrier: String,
    /// The shipping method.
    pub method: Option<String>,
    /// The tracking number.
    pub tracking: String,
}

impl Described {
    /// How this parcel is described.
    pub fn of(parcel: &Parcel) -> Self {
        Self {
            carrier: parcel.carrier.name().to_owned(),
            method: parcel.method.clone(),
            tracking: parcel.tracking.clone(),
        }
    }

    /// Describes a parcel so.
    pub fn describe(&self, parcel: &mut Parcel) {
        let other = || Carrier::Other {
            name: self.carrier.clone(),
        };
        parcel.carrier = Carrier::coded(&self.carrier).unwrap_or_else(other);
        parcel.method.clone_from(&self.method);
        parcel.tracking.clone_from(&self.tracking);
    }
}

/// A person tells Amazon about a parcel again, in words of his own (FUL-10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resend {
    /// What Amazon is told.
    pub says: Described,
    /// What NetSuite said then. Once it is corrected there, NetSuite counts again.
    pub instead_of: Described,
    /// When the person asked.
    pub at: DateTime<Utc>,
}

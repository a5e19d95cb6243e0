//! What is kept for how long: buyer data as long as a flow needs it, settled errors for a year and a month.

use chrono::TimeDelta;
use store::{StoreError, buyer_keys, problems, settings};

use crate::engine::Engine;
use crate::local;

/// Days that buyer data is kept after its order has ended (CMN-40), unless a person chose otherwise.
const BUYERS: (&str, u32) = ("privacy.buyer_days", 30);
/// Days that a settled error stays listed (CMN-26), unless a person chose otherwise.
const ERRORS: (&str, u32) = ("errors.days", 400);

impl Engine {
    /// Lets go of everything whose time is over.
    pub(crate) fn tidy(&self) -> Result<(), StoreError> {
        self.forget_buyers(self.days(BUYERS)?)?;
        self.forget_errors(self.days(ERRORS)?)?;
        Ok(())
    }

    /// Destroys the keys of buyer data of orders that left, or were cancelled, more than `days` ago and have nothing left
    /// to be sent for; the data becomes unreadable everywhere (decision 9, CMN-40). An order that still has to leave keeps
    /// its address, however old it is. How many orders were concerned.
    pub fn forget_buyers(&self, days: u32) -> Result<usize, StoreError> {
        let before = self.0.now() - TimeDelta::days(i64::from(days));
        let old = self.store().read(|db| {
            let settled = buyer_keys::settled(db, before)?;
            let mut old = Vec::new();
            for key in settled {
                if local::has_ended(db, &key, before)? {
                    old.push(key);
                }
            }
            Ok(old)
        })?;
        if old.is_empty() {
            return Ok(0);
        }
        let count = self.store().write(|db| {
            let mut count = 0;
            for key in &old {
                count += usize::from(buyer_keys::destroy_settled(db, key)?);
            }
            Ok(count)
        })?;
        if count > 0 {
            self.store().empty_log()?;
        }
        Ok(count)
    }

    /// Forgets the errors that were settled more than `days` ago, with what belonged to them alone (CMN-26). How many.
    pub fn forget_errors(&self, days: u32) -> Result<usize, StoreError> {
        let before = self.0.now() - TimeDelta::days(i64::from(days));
        let count = self.store().write(|db| problems::forget_settled(db, before))?;
        if count > 0 {
            self.0.tell_problems();
        }
        Ok(count)
    }

    /// A number of days that a person may have chosen.
    fn days(&self, (setting, usual): (&str, u32)) -> Result<u32, StoreError> {
        let chosen = self.store().read(|db| settings::get(db, setting))?;
        let days = chosen
            .and_then(|value| value.as_u64())
            .and_then(|days| u32::try_from(days).ok());
        Ok(days.unwrap_or(usual))
    }
}

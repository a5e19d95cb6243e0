//! What a person decides about one settlement as a whole: a variance accepted with its reason (SET-58), a marketplace for
//! rows without one (SET-16), the settlement closed and opened again (SET-60). Each is written to the trail.

use domain::Currency;
use flows::Key;
use flows::local::Stage;
use flows::settlements::Summary;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use store::runs::Trigger;
use store::settlement_choices::{self, ACCEPT_VARIANCE, CLOSED, Choice, PICKED_MARKETPLACE};
use store::{StoreError, audit, settlements};

use crate::engine::Engine;
use crate::event::Event;
use crate::request::{StartError, SyncRequest};

/// The flows that match and plan a settlement, in the order of their chain.
const PLANNING: [&str; 4] = [
    "settlement-payments",
    "settlement-refunds",
    "settlement-summaries",
    "settlement-journals",
];

/// Why a choice about a settlement was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotChosen {
    /// There is no such settlement.
    Unknown,
    /// It is posted, on its way, or closed.
    TooLate,
    /// There is nothing to accept.
    Nothing,
}

impl Engine {
    /// Accepts the variance of a settlement as it stands, with a reason (SET-58). It lapses by itself once the variance is
    /// another one. What was accepted: what NetSuite will have less what Amazon pays, in the settlement's currency.
    pub fn accept_variance(&self, id: &str, reason: &str, who: &str) -> Result<Result<Decimal, NotChosen>, StoreError> {
        let now = self.0.now();
        let accepted = self.store().write(|db| {
            let Some(stored) = settlements::get(db, id)? else {
                return Ok(Err(NotChosen::Unknown));
            };
            if !matches!(crate::settlements::stage(db, id)?, Stage::Open | Stage::Undone) {
                return Ok(Err(NotChosen::TooLate));
            }
            let Some(Ok(summary)) = stored.summary.map(serde_json::from_value::<Summary>) else {
                return Ok(Err(NotChosen::Nothing));
            };
            let amount = -summary.difference.amount;
            if amount.is_zero() {
                return Ok(Err(NotChosen::Nothing));
            }
            let value = json!({"amount": amount.to_string(), "reason": reason});
            audit::add(db, now, who, "accept-variance", id, &value)?;
            settlement_choices::set(db, &choice(id, ACCEPT_VARIANCE, value, who, now))?;
            Ok(Ok(amount))
        })?;
        self.settlement_changed(id);
        Ok(accepted)
    }

    /// Takes a choice about a settlement back, as long as it is not posted. Whether there was one.
    pub fn take_choice_back(&self, id: &str, word: &str, who: &str) -> Result<bool, StoreError> {
        let now = self.0.now();
        let taken = self.store().write(|db| {
            let is_open = matches!(crate::settlements::stage(db, id)?, Stage::Open | Stage::Undone);
            let before = settlement_choices::get(db, id, word)?;
            let (true, Some(before)) = (is_open, before) else {
                return Ok(false);
            };
            settlement_choices::clear(db, id, word)?;
            audit::add(
                db,
                now,
                who,
                "take-choice-back",
                id,
                &json!({"choice": word, "was": before.value}),
            )?;
            Ok(true)
        })?;
        self.settlement_changed(id);
        Ok(taken)
    }

    /// Rows of a settlement that name no marketplace belong to this one (SET-16).
    pub fn pick_marketplace(
        &self,
        id: &str,
        currency: Currency,
        marketplace: &str,
        who: &str,
    ) -> Result<Result<(), NotChosen>, StoreError> {
        let now = self.0.now();
        let picked = self.store().write(|db| {
            if settlements::get(db, id)?.is_none() {
                return Ok(Err(NotChosen::Unknown));
            }
            if !matches!(crate::settlements::stage(db, id)?, Stage::Open | Stage::Undone) {
                return Ok(Err(NotChosen::TooLate));
            }
            let known = settlement_choices::get(db, id, PICKED_MARKETPLACE)?.map(|known| known.value);
            let mut value = known.filter(Value::is_object).unwrap_or_else(|| json!({}));
            value[currency.code()] = json!(marketplace);
            audit::add(db, now, who, "pick-marketplace", id, &value)?;
            settlement_choices::set(db, &choice(id, PICKED_MARKETPLACE, value, who, now))?;
            Ok(Ok(()))
        })?;
        self.settlement_changed(id);
        Ok(picked)
    }

    /// Closes a settlement: no flow writes to it, and it is neither posted nor undone until somebody opens it again
    /// (SET-60). Not while its writes are on their way. `elsewhere`: because another tool has posted it, which is said of
    /// none that is posted here.
    pub fn close_settlement(
        &self,
        id: &str,
        reason: &str,
        elsewhere: bool,
        who: &str,
    ) -> Result<Result<(), NotChosen>, StoreError> {
        let now = self.0.now();
        let closed = self.store().write(|db| {
            if settlements::get(db, id)?.is_none() {
                return Ok(Err(NotChosen::Unknown));
            }
            let stage = crate::settlements::stage(db, id)?;
            let is_busy = matches!(stage, Stage::Approved | Stage::Undoing | Stage::Closed);
            if is_busy || (elsewhere && stage == Stage::Posted) {
                return Ok(Err(NotChosen::TooLate));
            }
            let value = if elsewhere {
                json!({ "reason": reason, "elsewhere": true })
            } else {
                json!({ "reason": reason })
            };
            audit::add(db, now, who, "close-settlement", id, &value)?;
            settlement_choices::set(db, &choice(id, CLOSED, value, who, now))?;
            Ok(Ok(()))
        })?;
        self.settlement_changed(id);
        Ok(closed)
    }

    /// Opens a closed settlement again. Whether it was closed.
    pub fn reopen_settlement(&self, id: &str, who: &str) -> Result<bool, StoreError> {
        let now = self.0.now();
        let opened = self.store().write(|db| {
            let was = settlement_choices::clear(db, id, CLOSED)?;
            if was {
                audit::add(db, now, who, "reopen-settlement", id, &json!({}))?;
            }
            Ok(was)
        })?;
        self.settlement_changed(id);
        Ok(opened)
    }

    /// Matches and plans one settlement anew.
    pub async fn look_at_settlement(&self, id: &str) -> Result<(), StartError> {
        let request = SyncRequest {
            flows: PLANNING.iter().map(ToString::to_string).collect(),
            keys: Some(vec![Key(id.to_owned())]),
            ..SyncRequest::new(Trigger::Retry)
        };
        self.sync(request).await?;
        self.settlement_changed(id);
        Ok(())
    }

    /// The screens hear that a settlement is another one now.
    pub(crate) fn settlement_changed(&self, id: &str) {
        self.0.tell(Event::SettlementChanged {
            settlement: id.to_owned(),
        });
    }
}

fn choice(id: &str, word: &str, value: Value, who: &str, at: chrono::DateTime<chrono::Utc>) -> Choice {
    Choice {
        settlement: id.to_owned(),
        choice: word.to_owned(),
        value,
        who: who.to_owned(),
        at,
    }
}

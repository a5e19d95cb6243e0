//! Look, decide, record, apply, confirm: the one place that writes to a remote system, and it writes only what the
//! journal already holds.
//!
//! **For:** running flows so that a crash, a timeout or a second run can neither lose nor double anything. Everything
//! that can fail or be interrupted is dealt with here, once, for every flow.
//!
//! **Deliberately not here:** what any flow looks at or decides (that is `flows`), what a vendor's answer means (that
//! is `amazon` and `netsuite`), SQL (that is `store`), sentences for people (they are named, and stand in the
//! catalogue).
//!
//! **Open first:** [`Engine`], then `run` and `apply`.
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

mod apply;
mod audited;
mod automatic;
mod bank;
mod breaker;
mod choices;
mod confirm;
mod connections;
pub mod doctor;
pub mod edge;
mod edits;
mod ending;
mod engine;
mod event;
mod failing;
mod journal;
mod keeping;
mod late;
mod local;
mod local_finances;
mod local_write;
mod look;
mod one_order;
mod outgoing;
mod participations;
mod person;
mod plan;
mod planned;
mod private;
mod problems;
mod record;
mod reissues;
mod remote;
mod request;
mod retry;
pub mod rhythm;
mod row_choices;
mod rules;
mod run;
pub mod schedule;
mod set_aside;
mod settle;
mod settlements;
mod span;
mod standing;
mod test_mode;
mod together;
mod undo;
mod undo_plan;

pub use automatic::{APP, Weight, unmatched_percent, weight, weight_kept};
pub use bank::{Entered, NotEntered, deposits as bank_deposits, is_banked, read as read_receipt, transfer_stands};
pub use choices::NotChosen;
pub use connections::Connections;
pub use engine::{Engine, Parts, RunningNow, Stage, Status};
pub use event::Event;
pub use reissues::paid_together;
pub use request::{Preview, PreviewItem, Report, RunRequest, StartError, SyncRequest};
pub use row_choices::{Named, RowChosen, Unwritable, is_matched, main_marketplace, open_of, write_off_limit};
pub use rules::{RESENT, accepted_in};
pub use set_aside::{LeftOut, next_morning};
pub use settlements::{Judged, accepted, adds_up, is_wholly_planned, missing, stage, stage_of, why_not};
pub use standing::WorkspaceTrouble;
pub use store::runs::{Counts, RunResult, Trigger};
pub use together::Begun;
pub use undo::undo_hold;
pub use undo_plan::{Does, Left, Moved, UndoPlan, UndoStep, Why};

use flows::Scope;

/// The name under which an account's rows stand in the store: `eu:A1SELLER`.
pub fn account_of(scope: &Scope) -> String {
    scope.account()
}

//! A flow's records of the last thirty days, by day and by how they stand now (ux.md §5.2).

use chrono::{DateTime, Days, NaiveDate, Utc};
use store::Store;
use store::decisions::{self, State};

use super::small;
use crate::contract::{FlowDay, FlowDays, FlowDaysRequest, Refusal};

/// Days that are drawn.
const DAYS: u64 = 30;

/// The days, the oldest first; those without records among them, and one more where a day has begun somewhere already.
pub fn view(store: &Store, request: &FlowDaysRequest, now: DateTime<Utc>) -> Result<FlowDays, Refusal> {
    if flows::catalogue().iter().all(|entry| entry.card.id != request.flow) {
        return Err(Refusal::not_found(&request.flow));
    }
    let today = now.date_naive();
    let since = today.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(today);
    let marketplace = request.marketplace.as_deref();
    let counted = store.read(|db| decisions::by_day(db, &request.flow, marketplace, since))?;
    let latest = counted.iter().map(|(day, ..)| *day).max().unwrap_or(today).max(today);
    let days = since.iter_days().take_while(|day| *day <= latest);
    Ok(FlowDays {
        days: days.map(|day| of(day, &counted)).collect(),
    })
}

fn of(day: NaiveDate, counted: &[(NaiveDate, State, u64)]) -> FlowDay {
    let count = |states: &[State]| {
        let own = counted
            .iter()
            .filter(|(on, state, _)| *on == day && states.contains(state));
        small(own.map(|(.., count)| count).sum::<u64>())
    };
    FlowDay {
        day: day.to_string(),
        done: count(&[State::Done]),
        waiting: count(&[State::Waiting, State::Ready, State::Held, State::Sent]),
        needs_you: count(&[State::NeedsYou]),
        errors: count(&[State::Error]),
        skipped: count(&[State::Ignored, State::Excluded, State::Undone]),
    }
}

//! What a person sets aside (CMN-26, ux.md §5.4): a cause is put off until a time, or its records are left out, once or
//! always. Each act is in the trail; leaving out can be taken back as if it had never been.

use chrono::{DateTime, NaiveTime, TimeZone, Utc};
use serde_json::json;
use store::decisions::{self, State};
use store::exclusions::{self, Before, Exclusion};
use store::ignored_causes::{self, IgnoredCause};
use store::problems::{self, Tab, Which};
use store::snoozes::{self, Snooze};
use store::steps::{self, StepState};
use store::{StoreError, Writer, audit};

use crate::engine::Engine;

/// What was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// How many subjects.
    pub count: usize,
    /// The name of the act, under which it is taken back.
    pub act: String,
}

/// Why a subject is left out.
pub(crate) struct Why<'a> {
    pub(crate) reason: &'a str,
    pub(crate) who: &'a str,
    /// The act that it belongs to; empty for one that is not taken back in one go.
    pub(crate) act: &'a str,
}

impl Engine {
    /// Puts an open cause off until a time: until then it counts nowhere, and is only listed. Whether it was open.
    pub fn snooze(&self, cause: &str, until: DateTime<Utc>, who: &str) -> Result<bool, StoreError> {
        let now = self.0.now();
        let snoozed = self.store().write(|db| {
            let new = Snooze {
                cause: cause.to_owned(),
                until,
                who: who.to_owned(),
                at: now,
            };
            snoozes::put(db, &new)?;
            let sleeps = snoozes::asleep(db, now)?.iter().any(|one| one.cause == cause);
            if sleeps {
                audit::add(db, now, who, "snooze", cause, &json!({ "until": until }))?;
            } else {
                snoozes::remove(db, cause)?;
            }
            Ok(sleeps)
        })?;
        self.0.tell_problems();
        Ok(snoozed)
    }

    /// Lets a cause count again before its time. Whether it was put off.
    pub fn wake(&self, cause: &str, who: &str) -> Result<bool, StoreError> {
        let now = self.0.now();
        let woken = self.store().write(|db| {
            let woken = snoozes::remove(db, cause)?;
            if woken {
                audit::add(db, now, who, "wake", cause, &json!({}))?;
            }
            Ok(woken)
        })?;
        self.0.tell_problems();
        Ok(woken)
    }

    /// Leaves the subjects behind a cause, or behind single problems of it, out for good, with a reason; `always` leaves
    /// out all of the cause, and each later one too. What is about an account or a whole run has no subject and stays.
    pub fn exclude(
        &self,
        cause: &str,
        problems: &[i64],
        always: bool,
        reason: &str,
        who: &str,
    ) -> Result<LeftOut, StoreError> {
        let now = self.0.now();
        let act = self.0.time_ordered_id(now);
        let members = self.members(Some(cause), if always { &[] } else { problems })?;
        let count = self.store().write(|db| {
            let why = Why { reason, who, act: &act };
            let mut count = 0;
            for member in members.iter().filter(|member| !member.key.is_empty()) {
                // One subject may be a member twice; what it was before is told by the first time.
                if !is_left_out_by(db, &act, (&member.flow, &member.account, &member.key))? {
                    left_out(db, (&member.flow, &member.account, &member.key), &why, now)?;
                    count += 1;
                }
            }
            if always && count > 0 {
                let rule = IgnoredCause {
                    cause: cause.to_owned(),
                    reason: reason.to_owned(),
                    who: who.to_owned(),
                    at: now,
                    act: act.clone(),
                };
                ignored_causes::put(db, &rule)?;
                audit::add(db, now, who, "exclude-always", cause, &json!({ "reason": reason }))?;
            }
            Ok(count)
        })?;
        self.0.tell_problems();
        Ok(LeftOut { count, act })
    }

    /// Leaves one subject out by its name, whether it asks or only waits, with a reason.
    pub fn exclude_one(&self, subject: (&str, &str, &str), reason: &str, who: &str) -> Result<LeftOut, StoreError> {
        let now = self.0.now();
        let act = self.0.time_ordered_id(now);
        let why = Why { reason, who, act: &act };
        self.store().write(|db| left_out(db, subject, &why, now))?;
        self.0.tell_problems();
        Ok(LeftOut { count: 1, act })
    }

    /// Takes an act of leaving out back: everything stands as it stood, and nothing is looked at anew. How many subjects.
    pub fn undo_exclude(&self, act: &str, who: &str) -> Result<usize, StoreError> {
        let now = self.0.now();
        let count = self.store().write(|db| {
            ignored_causes::remove_act(db, act)?;
            let left_out = exclusions::of_act(db, act)?;
            for one in &left_out {
                restore(db, one)?;
                audit::add(db, now, who, "undo-exclude", &one.key, &json!({ "flow": one.flow }))?;
            }
            Ok(left_out.len())
        })?;
        self.0.tell_problems();
        Ok(count)
    }
}

/// Eight o'clock of the next day where a person is, such as in `Europe/Paris`; nothing where nobody knows that zone.
pub fn next_morning(now: DateTime<Utc>, zone: &str) -> Option<DateTime<Utc>> {
    let zone: chrono_tz::Tz = zone.parse().ok()?;
    let tomorrow = now.with_timezone(&zone).date_naive().succ_opt()?;
    let morning = tomorrow.and_time(NaiveTime::from_hms_opt(8, 0, 0)?);
    let at = zone.from_local_datetime(&morning).earliest()?;
    Some(at.with_timezone(&Utc))
}

fn is_left_out_by(db: &Writer<'_>, act: &str, (flow, account, key): (&str, &str, &str)) -> store::Result<bool> {
    Ok(exclusions::get(db, flow, account, key)?.is_some_and(|known| known.act == act))
}

/// Leaves one subject out, and says so in the trail.
fn left_out(db: &Writer<'_>, subject: (&str, &str, &str), why: &Why<'_>, now: DateTime<Utc>) -> store::Result<()> {
    leave_out(db, subject, why, now)?;
    let (flow, _, key) = subject;
    audit::add(
        db,
        now,
        why.who,
        "exclude",
        key,
        &json!({"flow": flow, "reason": why.reason}),
    )
}

/// Leaves one subject out: what nobody has sent is withdrawn, and its questions close.
pub(crate) fn leave_out(
    db: &Writer<'_>,
    (flow, account, key): (&str, &str, &str),
    why: &Why<'_>,
    now: DateTime<Utc>,
) -> store::Result<()> {
    let open = problems::open_about(db, flow, account, key)?;
    let steps = steps::of_subject(db, flow, account, key)?;
    let before = Before {
        decision: decisions::standing(db, flow, account, key)?.map(|decision| decision.state),
        steps: steps.iter().filter_map(steps::Step::unsent).collect(),
        problems: open.iter().map(|problem| (problem.id, problem.tab)).collect(),
        earlier: exclusions::get(db, flow, account, key)?.map(Box::new),
    };
    for step in &before.steps {
        steps::set_state(db, &step.name, StepState::Withdrawn, &steps::Change::default(), now)?;
    }
    decisions::set_state(db, flow, account, key, State::Excluded)?;
    let which = Which {
        flow: Some(flow),
        account: Some(account),
        key: Some(key),
        ..Which::default()
    };
    problems::close(db, &which, Tab::Ignored, Some(why.who), Some(why.reason), now)?;
    let new = Exclusion {
        flow: flow.to_owned(),
        account: account.to_owned(),
        key: key.to_owned(),
        reason: why.reason.to_owned(),
        who: why.who.to_owned(),
        at: now,
        act: why.act.to_owned(),
        before,
    };
    exclusions::put(db, &new)
}

/// One subject stands as it stood before it was left out.
fn restore(db: &Writer<'_>, one: &Exclusion) -> store::Result<()> {
    let (flow, account, key) = (&one.flow, &one.account, &one.key);
    match &one.before.earlier {
        Some(earlier) => exclusions::put(db, earlier)?,
        None => exclusions::remove(db, flow, account, key)?,
    }
    let current = decisions::standing(db, flow, account, key)?;
    if let (Some(state), Some(State::Excluded)) = (one.before.decision, current.map(|now| now.state)) {
        decisions::set_state(db, flow, account, key, state)?;
    }
    for step in &one.before.steps {
        steps::restore(db, step)?;
    }
    for (id, tab) in &one.before.problems {
        problems::reopen(db, *id, *tab)?;
    }
    Ok(())
}

/// Leaves a subject out when one of its open questions has a cause that a person leaves out always. Whether it was.
pub(crate) fn by_rule(
    db: &Writer<'_>,
    open: &[problems::Problem],
    subject: (&str, &str, &str),
    now: DateTime<Utc>,
) -> store::Result<bool> {
    for problem in open {
        if let Some(rule) = ignored_causes::get(db, &problem.cause)? {
            let why = Why {
                reason: &rule.reason,
                who: &rule.who,
                act: &rule.act,
            };
            left_out(db, subject, &why, now)?;
            return Ok(true);
        }
    }
    Ok(false)
}

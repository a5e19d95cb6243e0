//! The questions that the engine itself asks: about sign-ins, refused writes and totals that differ.

use domain::{Money, Text};
use flows::{LinkTo, Remedy};
use serde_json::Value;
use store::problems::{Problem, Tab};
use store::steps::Step;

use crate::engine::Seat;
use chrono::{DateTime, Utc};

/// The value as JSON. Our own plain types always can be.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// A problem without its particulars, which trying again may cure.
fn blank(flow: &str, account: &str, code: &str, cause: String, now: DateTime<Utc>) -> Problem {
    Problem {
        remedies: json(&[Remedy::Retry]),
        ..Problem::new(flow, account, code, cause, now)
    }
}

/// A flow's question about a subject, as the store keeps it.
pub(crate) fn asked(
    problem: &flows::Problem,
    flow: &str,
    account: &str,
    key: &str,
    marketplace: Option<&str>,
    now: DateTime<Utc>,
) -> Problem {
    Problem {
        key: key.to_owned(),
        marketplace: marketplace.map(str::to_owned),
        what: problem.what.clone(),
        why: problem.why.clone(),
        about: json(&problem.about),
        remedies: json(&problem.remedies),
        at_stake: problem.at_stake,
        ..blank(flow, account, &problem.code, problem.cause.clone(), now)
    }
}

/// Amazon uses a word that nobody knew: it is kept as text and changes nothing, so that this is a notice and no question.
pub(crate) fn unknown_word(seat: &Seat, word: &str, order: &str, now: DateTime<Utc>) -> Problem {
    Problem {
        key: word.to_owned(),
        what: Text::new("problem-unknown-word-what").with("word", word),
        why: Text::new("problem-unknown-word-why").with("order", order),
        about: json(&[("order", order)]),
        remedies: Value::Array(Vec::new()),
        ..blank(
            &seat.flow,
            &seat.account,
            "SCHEMA_CHANGED",
            format!("SCHEMA_CHANGED:{word}"),
            now,
        )
    }
}

/// One service no longer accepts us: one question for the whole account, not one for each record (flows.md §1.7).
pub(crate) fn signed_out(service: &str, account: &str, said: &str, now: DateTime<Utc>) -> Problem {
    let code = if service == "netsuite" {
        "AUTH_NETSUITE"
    } else {
        "AUTH_AMAZON"
    };
    Problem {
        what: Text::new("problem-signed-out-what").with("service", service),
        why: Text::new("problem-signed-out-why").with("said", said),
        about: json(&[("account", account)]),
        remedies: json(&[
            Remedy::Reconnect {
                service: service.to_owned(),
            },
            Remedy::Retry,
        ]),
        ..blank("", account, code, format!("{code}:{account}"), now)
    }
}

/// A whole run failed in a way that the app tries again by itself.
pub(crate) fn run_failed(seat: &Seat, code: &str, what: Text, why: Text, now: DateTime<Utc>) -> Problem {
    Problem {
        tab: Tab::Retrying,
        what,
        why,
        ..blank(&seat.flow, &seat.account, code, format!("{code}:{}", seat.flow), now)
    }
}

/// This computer's clock is wrong: one question for the person, whichever flows met it. Nothing is paused, since the next
/// run after the clock was set goes through by itself.
pub(crate) fn clock_off(seat: &Seat, minutes: i64, now: DateTime<Utc>) -> Problem {
    let code = "CLOCK";
    Problem {
        what: Text::new("problem-clock-what").with("minutes", minutes),
        why: Text::new("problem-clock-why"),
        ..blank(&seat.flow, &seat.account, code, code.to_owned(), now)
    }
}

/// The cause of [`tripped`], one for each flow and account.
pub(crate) fn tripped_cause(seat: &Seat) -> String {
    format!("TOTAL_MISMATCH:written:{}:{}", seat.flow, seat.account)
}

/// Too many of the records that a run wrote have another total in NetSuite (CMN-36): nothing more is written until a
/// person looked.
pub(crate) fn tripped(seat: &Seat, differ: usize, total: usize, now: DateTime<Utc>) -> Problem {
    Problem {
        what: Text::new("problem-written-differ-what")
            .with("count", differ)
            .with("total", total),
        why: Text::new("problem-written-differ-why"),
        remedies: json(&[
            Remedy::Retry,
            Remedy::SetOption {
                option: "orders.guard_mismatch_percent".to_owned(),
                marketplace: None,
            },
        ]),
        ..blank(&seat.flow, &seat.account, "TOTAL_MISMATCH", tripped_cause(seat), now)
    }
}

/// About one step of a subject.
pub(crate) fn about_step(step: &Step, code: &str, cause: String, tab: Tab, now: DateTime<Utc>) -> Problem {
    let mut about = vec![("step".to_owned(), step.name.clone())];
    if let Some((kind, key)) = &step.link {
        about.insert(0, (kind.clone(), key.clone()));
    }
    Problem {
        key: step.key.clone(),
        step: Some(step.name.clone()),
        tab,
        about: json(&about),
        ..blank(&step.flow, &step.account, code, cause, now)
    }
}

/// The service that a step writes to.
fn service_of(step: &Step) -> &'static str {
    if step.body["to"] == "amazon" {
        "amazon"
    } else {
        "netsuite"
    }
}

/// The service rejected a write, in its own words.
pub(crate) fn refused(step: &Step, code: &str, said: &str, now: DateTime<Utc>) -> Problem {
    // What Amazon was to be told has a name of its own. The words of a refusal often name the record; the code and the step's kind make the group.
    let write = &step.body["write"];
    let record = match service_of(step) {
        "amazon" => "shipmentConfirmation",
        _ => write["record"].as_str().or(write["to"].as_str()).unwrap_or("record"),
    };
    Problem {
        what: Text::new("problem-refused-what")
            .with("service", service_of(step))
            .with("said", said),
        why: Text::new("problem-refused-why").with("record", record),
        remedies: json(&[Remedy::Retry, Remedy::Exclude]),
        ..about_step(step, code, format!("{code}:{record}"), Tab::NeedsYou, now)
    }
}

/// The service could not be reached, or asked to slow down, through all tries: the app goes on by itself.
pub(crate) fn unreachable(step: &Step, code: &str, said: &str, now: DateTime<Utc>) -> Problem {
    Problem {
        what: Text::new("problem-unreachable-what")
            .with("service", service_of(step))
            .with("tries", i64::from(step.tries)),
        why: Text::new("problem-unreachable-why").with("said", said),
        ..about_step(step, code, format!("{code}:{}", service_of(step)), Tab::Retrying, now)
    }
}

/// A record with our name is there, and it is not what we would have written (CMN-13).
pub(crate) fn conflict(step: &Step, ours: Money, theirs: &str, document: &str, now: DateTime<Utc>) -> Problem {
    Problem {
        what: Text::new("problem-conflict-what").with("document", document),
        why: Text::new("problem-conflict-why")
            .with("ours", ours)
            .with("theirs", theirs),
        remedies: json(&[Remedy::Retry, Remedy::Exclude]),
        at_stake: Some(ours),
        ..about_step(
            step,
            "ADOPTION_CONFLICT",
            format!("ADOPTION_CONFLICT:{}", step.name),
            Tab::NeedsYou,
            now,
        )
    }
}

/// NetSuite counts another total than the order says (ORD-08).
pub(crate) fn total_mismatch(step: &Step, ours: Money, theirs: &str, document: &str, now: DateTime<Utc>) -> Problem {
    Problem {
        what: Text::new("problem-total-differs-what").with("document", document),
        why: Text::new("problem-total-differs-why")
            .with("ours", ours)
            .with("theirs", theirs),
        remedies: json(&[Remedy::Retry, Remedy::Exclude]),
        at_stake: Some(ours),
        ..about_step(
            step,
            "TOTAL_MISMATCH",
            format!("TOTAL_MISMATCH:{}", step.name),
            Tab::NeedsYou,
            now,
        )
    }
}

/// How the cause of [`gone`] begins; the step's name follows.
pub(crate) const GONE: &str = "NETSUITE_EDITED:gone:";

/// The cause of [`gone`], one for each record.
pub(crate) fn gone_cause(step: &Step) -> String {
    format!("{GONE}{}", step.name)
}

/// A record that we wrote is no longer there: made again or left out, as a person says (CMN-37).
pub(crate) fn gone(step: &Step, now: DateTime<Utc>) -> Problem {
    Problem {
        what: Text::new("problem-record-gone-what").with("record", step.name.as_str()),
        why: Text::new("problem-record-gone-why"),
        remedies: json(&[
            Remedy::MakeAgain {
                step: step.name.clone(),
            },
            Remedy::Retry,
            Remedy::Exclude,
        ]),
        ..about_step(step, "NETSUITE_EDITED", gone_cause(step), Tab::NeedsYou, now)
    }
}

/// The link of a step, as plain values for the store.
pub(crate) fn link(link: &LinkTo) -> (String, String) {
    (link.kind.clone(), link.key.clone())
}

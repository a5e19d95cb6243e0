//! What a person hears of without looking: what needs them, each group once, at most once an hour, outside quiet hours
//! (flows.md §1.12).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use domain::Text;
use engine::schedule::Scheduled;
use engine::{Engine, account_of};
use store::decisions::{self, Filter, Sort, State};
use store::problems::{self, Tab};
use store::{Reader, Store};
use tokio::sync::broadcast;

use crate::contract::Event;
use crate::views::settlements;

/// The least time between two notices of one group.
const PAUSE: TimeDelta = TimeDelta::hours(1);
/// How long before its ship-by time an order that nobody confirmed is worth a notice.
const LATE: TimeDelta = TimeDelta::hours(4);
/// Orders that are counted at most: more would say nothing more.
const MOST: u32 = 500;

/// Something that stands open and belongs together.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// Its name.
    name: String,
    /// What it is made of: one that was not there before is worth a notice.
    marks: BTreeSet<String>,
    /// The account whose quiet hours count; nothing: all of them.
    account: Option<String>,
    notice: Event,
}

/// Who tells, and what was told already.
#[derive(Debug, Default)]
pub(crate) struct Teller {
    known: BTreeSet<(String, String)>,
    told: BTreeMap<String, DateTime<Utc>>,
    holds: bool,
}

impl Teller {
    /// What stands open at the start is shown by Home; only what comes after it is told. An order that is about to be late is
    /// told all the same.
    pub(crate) fn beginning(engine: &Engine, now: DateTime<Utc>) -> Self {
        let mut teller = Self::default();
        for group in standing(engine, now) {
            teller.know(&group);
        }
        teller
    }

    /// Whether something waits for its hour.
    pub(crate) fn holds(&self) -> bool {
        self.holds
    }

    /// Tells what is new.
    pub(crate) fn tell(&mut self, engine: &Engine, now: DateTime<Utc>, events: &broadcast::Sender<Event>) {
        let schedules = engine.schedules().unwrap_or_default();
        let of = |account: Option<&str>| -> Vec<&Scheduled> {
            let own = |one: &&Scheduled| account.is_none_or(|account| account_of(&one.scope) == account);
            schedules.iter().filter(own).collect()
        };
        let is_quiet = |account: Option<&str>| {
            let own = of(account);
            // What belongs to no account that has schedules rests when all of them rest.
            let counted = if own.is_empty() { of(None) } else { own };
            let rests = |one: &&Scheduled| one.quiet.is_some_and(|quiet| quiet.holds(now, one.zone));
            !counted.is_empty() && counted.iter().all(rests)
        };
        for notice in self.due(&open(engine, now), is_quiet, now) {
            // Nobody listening is fine: Home says it too.
            let _ = events.send(notice);
        }
    }

    /// The notices that are due. What must wait is not forgotten: it stays new until it was told or has settled.
    fn due(&mut self, open: &[Group], is_quiet: impl Fn(Option<&str>) -> bool, now: DateTime<Utc>) -> Vec<Event> {
        let stands = |known: &(String, String)| {
            open.iter()
                .any(|group| group.name == known.0 && group.marks.contains(&known.1))
        };
        self.known.retain(stands);
        self.told.retain(|_, told| now - *told < PAUSE);
        self.holds = false;
        let mut due = Vec::new();
        for group in open {
            let name = &group.name;
            let is_new = |mark: &String| !self.known.contains(&(name.clone(), mark.clone()));
            if !group.marks.iter().any(is_new) {
                continue;
            }
            if self.told.contains_key(name) || is_quiet(group.account.as_deref()) {
                self.holds = true;
                continue;
            }
            self.know(group);
            self.told.insert(name.clone(), now);
            due.push(group.notice.clone());
        }
        due
    }

    fn know(&mut self, group: &Group) {
        let marks = group.marks.iter().map(|mark| (group.name.clone(), mark.clone()));
        self.known.extend(marks);
    }
}

const TO_SHIP: &str = "to-ship";

/// Everything that is worth a notice now.
fn open(engine: &Engine, now: DateTime<Utc>) -> Vec<Group> {
    let mut open = standing(engine, now);
    open.extend(to_ship(engine.store(), now));
    open
}

/// What a person may know already when the program starts; that an order must leave soon is said again.
fn standing(engine: &Engine, now: DateTime<Utc>) -> Vec<Group> {
    let store = engine.store();
    let mut open = Vec::new();
    if let Some(trouble) = engine.status().ok().and_then(|status| status.workspace) {
        let said = if trouble.disk_full {
            "home-disk-full"
        } else {
            "home-store-failed"
        };
        open.push(Group {
            name: "workspace".to_owned(),
            marks: BTreeSet::from([trouble.since.to_rfc3339()]),
            account: None,
            notice: notice("notice-paused-title", Text::new(said), "/"),
        });
    }
    let groups = store
        .read(|db| problems::awake(db, Tab::NeedsYou, now))
        .unwrap_or_default();
    open.extend(groups.into_iter().map(|group| Group {
        notice: notice(
            "notice-needs-you-title",
            group.example.what,
            &format!("/errors/{}", group.cause),
        ),
        account: Some(group.example.account),
        marks: BTreeSet::from([group.cause.clone()]),
        name: format!("problem:{}", group.cause),
    }));
    let ready = settlements::to_review(store).unwrap_or(0);
    open.push(Group {
        name: "settlements".to_owned(),
        marks: (1..=ready).map(|one| one.to_string()).collect(),
        account: None,
        notice: notice(
            "notice-review-title",
            Text::new("notice-review").with("count", ready),
            "/settlements",
        ),
    });
    open
}

/// Orders that the seller ships and that Amazon does not know as shipped shortly before their ship-by time.
fn to_ship(store: &Store, now: DateTime<Utc>) -> Option<Group> {
    let filter = Filter {
        flows: vec!["mfn-orders".to_owned()],
        statuses: vec!["UNSHIPPED".to_owned(), "PARTIALLY_SHIPPED".to_owned()],
        due_before: Some(now + LATE),
        ..Filter::default()
    };
    let late = store.read(|db| {
        let mut late = BTreeMap::new();
        for order in decisions::list(db, &filter, Sort::Due, None, MOST)? {
            let due = order.due_at().filter(|due| *due > now);
            if let Some(due) = due
                && !is_confirmed(db, &order)?
            {
                late.insert(order.key, (due, order.account));
            }
        }
        Ok(late)
    });
    let late = late.unwrap_or_default();
    let (due, account) = late.values().min()?.clone();
    let body = Text::new("notice-to-ship").with("count", late.len()).with("when", due);
    Some(Group {
        name: TO_SHIP.to_owned(),
        marks: late.into_keys().collect(),
        account: Some(account),
        notice: notice("notice-to-ship-title", body, "/orders?view=late"),
    })
}

/// Whether the parcels of an order were confirmed since it was last read.
fn is_confirmed(db: &Reader<'_>, order: &decisions::Decision) -> store::Result<bool> {
    let shipped = decisions::current(db, "shipments", &order.account, &order.key)?;
    Ok(shipped.is_some_and(|shipped| shipped.state == State::Done && shipped.decided_at >= order.decided_at))
}

fn notice(title: &str, body: Text, route: &str) -> Event {
    Event::Notice {
        title: Text::new(title).into(),
        body: body.into(),
        route: route.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use store::decisions::{Decision, Verdict};

    use super::*;
    use crate::words::{Catalogue, Language};

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    fn group(name: &str) -> Group {
        Group {
            name: name.to_owned(),
            marks: BTreeSet::from([name.to_owned()]),
            account: Some("eu:A1".to_owned()),
            notice: notice("notice-needs-you-title", Text::new(name), name),
        }
    }

    fn routes(notices: Vec<Event>) -> Vec<String> {
        let route = |notice: Event| match notice {
            Event::Notice { route, .. } => route,
            other => panic!("{other:?}"),
        };
        notices.into_iter().map(route).collect()
    }

    #[test]
    fn a_group_is_told_once_and_again_at_most_an_hour_later() {
        let mut teller = Teller::default();
        let awake = |_: Option<&str>| false;
        assert_eq!(routes(teller.due(&[group("a"), group("b")], awake, at(0))), ["a", "b"]);
        assert_eq!(routes(teller.due(&[group("a")], awake, at(5))), Vec::<String>::new());
        assert_eq!(
            routes(teller.due(&[group("a"), group("b")], awake, at(30))),
            Vec::<String>::new()
        );
        assert!(
            teller.holds(),
            "b came back within its hour: it waits and is not forgotten"
        );
        assert_eq!(routes(teller.due(&[group("a"), group("b")], awake, at(60))), ["b"]);
        assert!(!teller.holds());
    }

    #[test]
    fn what_comes_up_in_quiet_hours_is_told_when_they_end_if_it_still_stands() {
        let mut teller = Teller::default();
        let asleep = |account: Option<&str>| account == Some("eu:A1");
        assert_eq!(
            routes(teller.due(&[group("a"), group("b")], asleep, at(0))),
            Vec::<String>::new()
        );
        assert!(teller.holds());
        assert_eq!(routes(teller.due(&[group("b")], |_| false, at(400))), ["b"]);
    }

    fn order(key: &str, flow: &str, state: State, due: i64, status: &str) -> Decision {
        let ship_by = json!({"name": "ship_by", "value": {"kind": "instant", "value": at(due)}});
        let status = json!({"name": "status", "value": {"kind": "text", "value": status}});
        Decision {
            id: 0,
            flow: flow.into(),
            account: "eu:A1".into(),
            key: key.into(),
            run: "r1".into(),
            fingerprint: format!("{flow}-{key}"),
            verdict: Verdict::Act,
            reason: None,
            state,
            facts: json!([status, ship_by]),
            evidence: json!({}),
            marketplace: None,
            happened_on: None,
            total: None,
            decided_at: at(0),
        }
    }

    #[test]
    fn an_order_that_nobody_confirmed_four_hours_before_its_ship_by_time_is_told() {
        let store = Store::memory().expect("a workspace");
        let kept = store.write(|db| {
            for (key, due, status) in [
                ("soon", 239, "UNSHIPPED"),
                ("later", 241, "UNSHIPPED"),
                ("over", -1, "UNSHIPPED"),
                ("gone", 100, "SHIPPED"),
                ("confirmed", 100, "UNSHIPPED"),
            ] {
                decisions::insert(db, &order(key, "mfn-orders", State::Done, due, status))?;
            }
            decisions::insert(db, &order("confirmed", "shipments", State::Done, 100, ""))?;
            Ok(())
        });
        kept.expect("kept");
        let group = to_ship(&store, at(0)).expect("a notice");
        assert_eq!(group.marks, BTreeSet::from(["soon".to_owned()]));
        let Event::Notice { title, body, route } = group.notice else {
            panic!("no notice")
        };
        assert_eq!(route, "/orders?view=late");
        for language in [Language::English, Language::French] {
            let words = Catalogue::load(language);
            for text in [&title, &body] {
                let told = words.words(text);
                assert!(told != text.id && !told.contains("{$"), "{told}");
            }
        }
    }
}

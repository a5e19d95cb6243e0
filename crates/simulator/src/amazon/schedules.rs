//! Report schedules: a report that is requested again and again by itself (amazon-sp-api.md §7.1).

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::market::Region;
use crate::time::{instant, read_instant};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;

/// The periods that Amazon takes, in minutes.
#[rustfmt::skip]
const PERIODS: [(&str, i64); 18] = [
    ("PT5M", 5), ("PT15M", 15), ("PT30M", 30), ("PT1H", 60), ("PT2H", 120), ("PT4H", 240), ("PT8H", 480),
    ("PT12H", 720), ("P1D", 1_440), ("P2D", 2_880), ("P3D", 4_320), ("PT84H", 5_040), ("P7D", 10_080),
    ("P14D", 20_160), ("P15D", 21_600), ("P18D", 25_920), ("P30D", 43_200), ("P1M", 43_200),
];

/// All schedules.
#[derive(Default)]
pub struct Schedules {
    list: Vec<Schedule>,
    made: u64,
}

struct Schedule {
    region: Region,
    id: String,
    kind: String,
    markets: Vec<String>,
    period: &'static str,
    every: TimeDelta,
    next: DateTime<Utc>,
}

/// A report that a schedule asks for.
pub struct Wanted {
    /// Where.
    pub region: Region,
    /// Report type.
    pub kind: String,
    /// Marketplaces.
    pub markets: Vec<String>,
    /// When it is requested; it covers the period before.
    pub at: DateTime<Utc>,
    /// The period.
    pub every: TimeDelta,
}

impl Schedules {
    /// The next report that is due by then.
    pub fn due(&mut self, now: DateTime<Utc>) -> Option<Wanted> {
        let schedule = self
            .list
            .iter_mut()
            .filter(|one| one.next <= now)
            .min_by_key(|one| one.next)?;
        let at = schedule.next;
        schedule.next = at + schedule.every;
        Some(Wanted {
            region: schedule.region,
            kind: schedule.kind.clone(),
            markets: schedule.markets.clone(),
            at,
            every: schedule.every,
        })
    }

    /// `POST /reports/2021-06-30/schedules`: one for each report type; a new one takes the place of the old.
    pub fn create(&mut self, asked: &Asked, schedulable: &[&str]) -> Outcome {
        let body = asked.json()?;
        let kind = body["reportType"].as_str().unwrap_or_default();
        if !schedulable.contains(&kind) {
            return refuse(Answer::invalid(&format!("Report type {kind} cannot be scheduled")));
        }
        let Some((period, minutes)) = PERIODS.iter().find(|(period, _)| body["period"] == *period) else {
            return refuse(Answer::invalid("period is not one of the allowed values"));
        };
        let markets = asked.markets(&body)?;
        let every = TimeDelta::minutes(*minutes);
        let next = match body["nextReportCreationTime"].as_str().map(read_instant) {
            Some(Some(at)) => at,
            Some(None) => return refuse(Answer::invalid("nextReportCreationTime is not in ISO 8601 format")),
            None => asked.now + every,
        };
        self.list.retain(|one| one.kind != kind || one.region != asked.region);
        self.made += 1;
        let id = format!("{}", 80_000_000_000_u64 + self.made);
        self.list.push(Schedule {
            region: asked.region,
            id: id.clone(),
            kind: kind.to_owned(),
            markets,
            period,
            every,
            next,
        });
        Ok(Answer::json(201, &json!({ "reportScheduleId": id })))
    }

    /// `GET /reports/2021-06-30/schedules`.
    pub fn all(&self, asked: &Asked) -> Outcome {
        let kinds = asked.many("reportTypes");
        if kinds.is_empty() || kinds.len() > 10 {
            return refuse(Answer::invalid("One to ten reportTypes must be given."));
        }
        let here = self
            .list
            .iter()
            .filter(|one| one.region == asked.region && kinds.contains(&one.kind));
        let list: Vec<Value> = here.map(Schedule::body).collect();
        Ok(Answer::json(200, &json!({ "reportSchedules": list })))
    }

    /// `GET /reports/2021-06-30/schedules/{reportScheduleId}`.
    pub fn get(&self, asked: &Asked, id: &str) -> Outcome {
        match self.list.iter().find(|one| one.id == id && one.region == asked.region) {
            Some(schedule) => Ok(Answer::json(200, &schedule.body())),
            None => refuse(Answer::not_found(&format!("No report schedule {id}"))),
        }
    }

    /// `DELETE /reports/2021-06-30/schedules/{reportScheduleId}`.
    pub fn cancel(&mut self, asked: &Asked, id: &str) -> Outcome {
        let before = self.list.len();
        self.list.retain(|one| one.id != id || one.region != asked.region);
        if self.list.len() < before {
            Ok(Answer::empty(200))
        } else {
            refuse(Answer::not_found(&format!("No report schedule {id}")))
        }
    }
}

impl Schedule {
    fn body(&self) -> Value {
        json!({
            "reportScheduleId": self.id,
            "reportType": self.kind,
            "marketplaceIds": self.markets,
            "period": self.period,
            "nextReportCreationTime": instant(self.next),
        })
    }
}

//! What lists, searches and Home ask of all current decisions at once, kept beside them by the database itself: counting a
//! hundred thousand rows at each page would take longer than drawing it (quality-bars P5).

use chrono::NaiveDate;
use domain::{Currency, Money};
use rusqlite::params;
use serde_json::Value;

use super::listed::Filter;
use crate::{Reader, Result};

/// Since 2026-11-30: counts, what each day sold, and the words that a search looks through. Indexes lead to the few rows
/// of a status, a state, a day or a key.
pub(crate) const COUNTED: &str = "
CREATE INDEX decisions_by_status
    ON decisions (status, flow, marketplace, state, happened_at, due_at, happened_on, key) WHERE current = 1;
CREATE INDEX decisions_in_state
    ON decisions (state, flow, marketplace, status, happened_at, due_at, happened_on, key) WHERE current = 1;
CREATE INDEX decisions_on
    ON decisions (happened_on, flow, marketplace, state, status, happened_at, due_at, key) WHERE current = 1;
CREATE INDEX decisions_keyed
    ON decisions (key, flow, marketplace, state, status, happened_at, due_at, happened_on) WHERE current = 1;
CREATE INDEX links_by_document ON links (document, key) WHERE document IS NOT NULL;

CREATE TABLE decision_counts (
    flow        TEXT NOT NULL,
    marketplace TEXT NOT NULL,   -- empty where there is none
    status      TEXT NOT NULL,
    state       TEXT NOT NULL,
    count       INTEGER NOT NULL,
    PRIMARY KEY (flow, marketplace, status, state)
) STRICT, WITHOUT ROWID;
CREATE TABLE decision_days (
    flow        TEXT NOT NULL,
    day         TEXT NOT NULL,   -- the business day; empty where there is none
    marketplace TEXT NOT NULL,
    status      TEXT NOT NULL,
    currency    TEXT NOT NULL,   -- empty where there is no amount
    orders      INTEGER NOT NULL,
    units       INTEGER NOT NULL,
    total       INTEGER NOT NULL, -- ten-thousandths
    PRIMARY KEY (flow, day, marketplace, status, currency)
) STRICT, WITHOUT ROWID;
CREATE TABLE decision_words (
    id    INTEGER PRIMARY KEY,   -- of the decision
    key   TEXT NOT NULL,
    words TEXT NOT NULL          -- the key and what the facts say, in small letters
) STRICT;

INSERT INTO decision_counts
SELECT flow, ifnull(marketplace, ''), status, state, count(*) FROM decisions WHERE current = 1
GROUP BY flow, ifnull(marketplace, ''), status, state;
INSERT INTO decision_days
SELECT flow, happened_on, ifnull(marketplace, ''), status, ifnull(currency, ''), count(*),
       sum(ifnull((SELECT json_extract(value, '$.value.value') FROM json_each(facts)
                   WHERE json_extract(value, '$.name') = 'units'), 0)), sum(ifnull(total, 0))
FROM decisions WHERE current = 1 GROUP BY flow, happened_on, ifnull(marketplace, ''), status, ifnull(currency, '');
INSERT INTO decision_words
SELECT id, key, lower(key || ' ' || ifnull((SELECT group_concat(json_extract(value, '$.value.value'), ' ')
                                            FROM json_each(facts)), ''))
FROM decisions WHERE current = 1;

CREATE TRIGGER decisions_in AFTER INSERT ON decisions WHEN new.current = 1 BEGIN
    INSERT INTO decision_counts VALUES (new.flow, ifnull(new.marketplace, ''), new.status, new.state, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
    INSERT INTO decision_days VALUES (new.flow, new.happened_on, ifnull(new.marketplace, ''), new.status,
        ifnull(new.currency, ''), 1,
        ifnull((SELECT json_extract(value, '$.value.value') FROM json_each(new.facts)
                WHERE json_extract(value, '$.name') = 'units'), 0), ifnull(new.total, 0))
    ON CONFLICT DO UPDATE SET orders = orders + 1, units = units + excluded.units, total = total + excluded.total;
    INSERT INTO decision_words VALUES (new.id, new.key,
        lower(new.key || ' ' || ifnull((SELECT group_concat(json_extract(value, '$.value.value'), ' ')
                                        FROM json_each(new.facts)), '')));
END;
CREATE TRIGGER decisions_out AFTER UPDATE OF current ON decisions WHEN old.current = 1 AND new.current = 0 BEGIN
    UPDATE decision_counts SET count = count - 1
    WHERE flow = old.flow AND marketplace = ifnull(old.marketplace, '') AND status = old.status AND state = old.state;
    UPDATE decision_days SET orders = orders - 1, total = total - ifnull(old.total, 0),
        units = units - ifnull((SELECT json_extract(value, '$.value.value') FROM json_each(old.facts)
                                WHERE json_extract(value, '$.name') = 'units'), 0)
    WHERE flow = old.flow AND day = old.happened_on AND marketplace = ifnull(old.marketplace, '')
      AND status = old.status AND currency = ifnull(old.currency, '');
    DELETE FROM decision_words WHERE id = old.id;
END;
CREATE TRIGGER decisions_moved AFTER UPDATE OF state ON decisions
WHEN new.current = 1 AND old.current = 1 AND old.state <> new.state BEGIN
    UPDATE decision_counts SET count = count - 1
    WHERE flow = old.flow AND marketplace = ifnull(old.marketplace, '') AND status = old.status AND state = old.state;
    INSERT INTO decision_counts VALUES (new.flow, ifnull(new.marketplace, ''), new.status, new.state, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;
";

/// How many current subjects a filter shows that narrows by flow, marketplace, status and state alone.
pub(super) fn count(db: &Reader<'_>, filter: &Filter) -> Result<u64> {
    let list = |words: Vec<&str>| (!words.is_empty()).then(|| Value::from(words).to_string());
    let flows = list(filter.flows.iter().map(String::as_str).collect());
    let states = list(filter.states.iter().map(|state| state.word()).collect());
    let statuses = list(filter.statuses.iter().map(String::as_str).collect());
    let mut query = db.sql().prepare_cached(
        "SELECT ifnull(sum(count), 0) FROM decision_counts
         WHERE (?1 IS NULL OR flow IN (SELECT value FROM json_each(?1)))
           AND (?2 IS NULL OR state IN (SELECT value FROM json_each(?2)))
           AND (?3 IS NULL OR status IN (SELECT value FROM json_each(?3)))
           AND (?4 IS NULL OR marketplace = ?4)",
    )?;
    let count: i64 = query.query_row(params![flows, states, statuses, filter.marketplace], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// What was ordered on a business day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sold {
    /// The day.
    pub day: NaiveDate,
    /// Amazon's id of the marketplace.
    pub marketplace: String,
    /// Orders.
    pub orders: u32,
    /// Units.
    pub units: u32,
    /// What they came to; nothing where no amount is known.
    pub total: Option<Money>,
}

/// What these flows' orders come to by day and marketplace from a day on, without those of a status.
pub fn sold(
    db: &Reader<'_>,
    flows: &[&str],
    marketplace: Option<&str>,
    since: NaiveDate,
    without: &str,
) -> Result<Vec<Sold>> {
    let mut query = db.sql().prepare_cached(
        "SELECT day, marketplace, currency, sum(orders), sum(units), sum(total) FROM decision_days
         WHERE flow IN (SELECT value FROM json_each(?1)) AND day >= ?2 AND marketplace <> ''
           AND (?3 IS NULL OR marketplace = ?3) AND status <> ?4
         GROUP BY day, marketplace, currency HAVING sum(orders) > 0 ORDER BY day DESC, marketplace, currency",
    )?;
    let flows = Value::from(flows).to_string();
    let rows = query.query_map(params![flows, since.to_string(), marketplace, without], |row| {
        let (day, currency): (String, String) = (row.get(0)?, row.get(2)?);
        let total = currency.parse::<Currency>().ok();
        let units: i64 = row.get(5)?;
        Ok(day.parse().ok().map(|day| Sold {
            day,
            marketplace: row.get(1).unwrap_or_default(),
            orders: row.get(3).unwrap_or_default(),
            units: row.get(4).unwrap_or_default(),
            total: total.map(|currency| Money::from_ten_thousandths(units, currency)),
        }))
    })?;
    let rows: Vec<Option<Sold>> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(rows.into_iter().flatten().collect())
}

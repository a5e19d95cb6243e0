//! The lines of settlements: whole ten-thousandths of the settlement's currency, each line of a file exactly once,
//! identical ones included (SET-07). Texts that repeat stand once per settlement, beside their totals, so that a
//! summary reads a few dozen rows instead of a million.

use std::collections::{BTreeMap, HashMap};

use domain::Money;
use domain::settlement::reissue::Fingerprint;
use domain::settlement::{Line, Posted};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{CachedStatement, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE settlement_kinds (
    settlement         INTEGER NOT NULL,  -- settlements.key
    kind               INTEGER NOT NULL,
    transaction_type   TEXT NOT NULL,
    amount_type        TEXT NOT NULL,
    amount_description TEXT NOT NULL,
    marketplace_name   TEXT NOT NULL,
    fulfillment_id     TEXT NOT NULL,
    lines              INTEGER NOT NULL,
    total              INTEGER NOT NULL,  -- ten-thousandths
    PRIMARY KEY (settlement, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE settlement_lines (
    settlement        INTEGER NOT NULL,   -- settlements.key
    number            INTEGER NOT NULL,   -- the physical line in the file
    part              INTEGER NOT NULL,   -- which amount of the row
    kind              INTEGER NOT NULL,   -- settlement_kinds.kind
    amount            INTEGER NOT NULL,   -- ten-thousandths
    posted            ANY,                -- seconds since 1970, or a day as text
    order_id          TEXT,
    merchant_order_id TEXT,
    adjustment_id     TEXT,
    shipment_id       TEXT,
    order_item_code   TEXT,
    sku               TEXT,
    quantity          INTEGER,
    promotion_id      TEXT,
    extra             TEXT,               -- JSON of title and value pairs
    PRIMARY KEY (settlement, number, part)
) STRICT, WITHOUT ROWID;
CREATE TABLE settlement_orders (
    order_id   TEXT NOT NULL,
    settlement INTEGER NOT NULL,          -- settlements.key
    first      INTEGER NOT NULL,          -- its first line
    last       INTEGER NOT NULL,          -- its last line
    lines      INTEGER NOT NULL,
    total      INTEGER NOT NULL,          -- ten-thousandths
    PRIMARY KEY (order_id, settlement)
) STRICT, WITHOUT ROWID;
";

/// Since 2026-11-30 a line goes by one rising number ([`line_id`]): the lines of a file are appended, and none of them is
/// compared with another.
pub(crate) const RISING: &str = "
CREATE TABLE settlement_lines_rising (
    id                INTEGER PRIMARY KEY, -- settlements.key, the physical line in the file, which amount of the row
    kind              INTEGER NOT NULL,    -- settlement_kinds.kind
    amount            INTEGER NOT NULL,    -- ten-thousandths
    posted            ANY,                 -- seconds since 1970, or a day as text
    order_id          TEXT,
    merchant_order_id TEXT,
    adjustment_id     TEXT,
    shipment_id       TEXT,
    order_item_code   TEXT,
    sku               TEXT,
    quantity          INTEGER,
    promotion_id      TEXT,
    extra             TEXT                 -- JSON of title and value pairs
) STRICT;
INSERT INTO settlement_lines_rising
SELECT (settlement << 40) + (number << 8) + part, kind, amount, posted, order_id, merchant_order_id, adjustment_id, shipment_id,
       order_item_code, sku, quantity, promotion_id, extra
FROM settlement_lines ORDER BY settlement, number, part;
DROP TABLE settlement_lines;
ALTER TABLE settlement_lines_rising RENAME TO settlement_lines;
";

/// Bits of a line's id that say which amount of the row it is.
const PART_BITS: u32 = 8;
/// Bits of a line's id that say where in its file it stands.
const LINE_BITS: u32 = 32 + PART_BITS;

/// A line's place among all lines: its settlement, its row, its part. Four thousand million rows to a settlement.
fn line_id(settlement: i64, number: u64, part: u8) -> i64 {
    let in_file = number.min(u64::from(u32::MAX)).cast_signed();
    (settlement << LINE_BITS) | (in_file << PART_BITS) | i64::from(part)
}

/// Lines of one kind in one settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindTotal {
    /// Its number inside the settlement.
    pub kind: i64,
    /// transaction-type, amount-type, amount-description.
    pub triple: [String; 3],
    /// The marketplace as the lines name it; may be empty.
    pub marketplace_name: String,
    /// `AFN`, `MFN` or empty.
    pub fulfillment_id: String,
    /// How many.
    pub lines: u64,
    /// Their sum.
    pub total: Money,
}

/// What one settlement has for one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderTotal {
    /// The settlement.
    pub settlement: String,
    /// The order.
    pub order: String,
    /// How many lines.
    pub lines: u64,
    /// Their sum.
    pub total: Money,
    /// The day of the deposit, or the last of the period, as the file writes it in ISO 8601.
    pub on: Option<String>,
}

/// Which lines to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these kinds ([`KindTotal::kind`]); nothing means all.
    pub kinds: Option<Vec<i64>>,
    /// Part of an order number or SKU, in any case.
    pub search: Option<String>,
    /// Lines after this one: number and part.
    pub after: Option<(u64, u8)>,
    /// At most this many.
    pub limit: usize,
}

/// Takes the lines of one document while it is read. Memory grows with the kinds of lines, not with the lines.
pub(super) struct Lines<'db> {
    db: &'db Writer<'db>,
    insert: CachedStatement<'db>,
    next_key: i64,
    settlements: HashMap<String, Place>,
    last: Option<(String, Place)>,
    kinds: HashMap<(i64, String), (i64, i64, i64)>,
    scratch: String,
    run: Run,
}

/// Where the lines of a settlement go: nowhere when it was there already.
type Place = Option<i64>;

/// Neighbouring lines of one order.
#[derive(Default)]
struct Run {
    order: String,
    settlement: i64,
    first: u64,
    last: u64,
    lines: i64,
    total: i64,
}

/// The short names of the settlements that are new.
pub(super) struct NewKeys(HashMap<String, Place>);

impl NewKeys {
    pub(super) fn key_of_new(&self, id: &str) -> Option<i64> {
        self.0.get(id).copied().flatten()
    }
}

/// Between the texts of a kind: no text of a settlement holds it.
const BETWEEN: char = '\u{1f}';

impl<'db> Lines<'db> {
    pub(super) fn new(db: &'db Writer<'db>) -> Result<Self> {
        let insert = db.sql().prepare_cached(
            "INSERT INTO settlement_lines VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        let next_key = db
            .sql()
            .query_row("SELECT coalesce(max(key), 0) + 1 FROM settlements", [], |row| {
                row.get(0)
            })?;
        Ok(Self {
            db,
            insert,
            next_key,
            settlements: HashMap::new(),
            last: None,
            kinds: HashMap::new(),
            scratch: String::new(),
            run: Run::default(),
        })
    }

    /// Keeps a line of a settlement that is new; whether it is.
    pub(super) fn put(&mut self, settlement: &str, line: &Line<&str>) -> Result<bool> {
        let place = match &self.last {
            Some((id, place)) if id == settlement => *place,
            _ => self.place(settlement)?,
        };
        let Some(key) = place else { return Ok(false) };
        let kind = self.kind(key, line);
        let posted = match line.posted {
            None => Value::Null,
            Some(Posted::At(instant)) => Value::Integer(instant.timestamp()),
            Some(Posted::On(day)) => Value::Text(day.to_string()),
        };
        let extra = if line.extra.is_empty() {
            None
        } else {
            Some(serde_json::to_string(&line.extra)?)
        };
        self.insert.execute(params![
            line_id(key, line.number, line.part),
            kind,
            line.ten_thousandths,
            posted,
            some(line.order_id),
            some(line.merchant_order_id),
            some(line.adjustment_id),
            some(line.shipment_id),
            some(line.order_item_code),
            some(line.sku),
            line.quantity,
            some(line.promotion_id),
            extra
        ])?;
        self.add_to_order(key, line)?;
        Ok(true)
    }

    fn place(&mut self, settlement: &str) -> Result<Place> {
        if let Some(known) = self.settlements.get(settlement) {
            let place = *known;
            self.last = Some((settlement.to_owned(), place));
            return Ok(place);
        }
        let there = key_of(self.db, settlement)?.is_some();
        let place = (!there).then_some(self.next_key);
        self.next_key += i64::from(!there);
        self.settlements.insert(settlement.to_owned(), place);
        self.last = Some((settlement.to_owned(), place));
        Ok(place)
    }

    fn kind(&mut self, settlement: i64, line: &Line<&str>) -> i64 {
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        for part in [
            line.transaction_type,
            line.amount_type,
            line.amount_description,
            line.marketplace_name,
            line.fulfillment_id,
        ] {
            text.push_str(part);
            text.push(BETWEEN);
        }
        let next = i64::try_from(self.kinds.len()).unwrap_or(i64::MAX) + 1;
        let key = (settlement, text);
        let number = if let Some((kind, lines, total)) = self.kinds.get_mut(&key) {
            *lines += 1;
            *total += line.ten_thousandths;
            *kind
        } else {
            self.kinds.insert(key.clone(), (next, 1, line.ten_thousandths));
            next
        };
        self.scratch = key.1;
        number
    }

    /// Lines of one order stand together, so that an order is written once or twice instead of once per line.
    fn add_to_order(&mut self, settlement: i64, line: &Line<&str>) -> Result<()> {
        if self.run.order != line.order_id || self.run.settlement != settlement {
            self.write_run()?;
            self.run.order.clear();
            self.run.order.push_str(line.order_id);
            (self.run.settlement, self.run.first, self.run.lines, self.run.total) = (settlement, line.number, 0, 0);
        }
        self.run.last = line.number;
        self.run.lines += 1;
        self.run.total += line.ten_thousandths;
        Ok(())
    }

    fn write_run(&self) -> Result<()> {
        let run = &self.run;
        if run.order.is_empty() || run.lines == 0 {
            return Ok(());
        }
        self.db
            .sql()
            .prepare_cached(
                "INSERT INTO settlement_orders VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last),
                     lines = lines + excluded.lines, total = total + excluded.total",
            )?
            .execute(params![
                run.order,
                run.settlement,
                run.first.cast_signed(),
                run.last.cast_signed(),
                run.lines,
                run.total
            ])?;
        Ok(())
    }

    /// Writes the totals; answers which settlements are new.
    pub(super) fn finish(self) -> Result<NewKeys> {
        self.write_run()?;
        let mut insert = self
            .db
            .sql()
            .prepare_cached("INSERT INTO settlement_kinds VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
        for ((settlement, text), (kind, lines, total)) in &self.kinds {
            let mut parts = text.split(BETWEEN);
            let mut next = || parts.next().unwrap_or_default();
            insert.execute(params![
                settlement,
                kind,
                next(),
                next(),
                next(),
                next(),
                next(),
                lines,
                total
            ])?;
        }
        Ok(NewKeys(self.settlements))
    }
}

/// Puts other lines in the place of those that a settlement has (SET-61).
pub(super) fn replace(db: &Writer<'_>, settlement: &str, new: &[Line]) -> Result<()> {
    let Some(key) = key_of(db, settlement)? else {
        return Ok(());
    };
    let ends = params![line_id(key, 0, 0), line_id(key + 1, 0, 0)];
    db.sql()
        .execute("DELETE FROM settlement_lines WHERE id >= ?1 AND id < ?2", ends)?;
    db.sql()
        .execute("DELETE FROM settlement_kinds WHERE settlement = ?1", [key])?;
    db.sql()
        .execute("DELETE FROM settlement_orders WHERE settlement = ?1", [key])?;
    let mut lines = Lines::new(db)?;
    lines.settlements.insert(settlement.to_owned(), Some(key));
    for line in new {
        lines.put(settlement, &line.as_read())?;
    }
    lines.finish().map(drop)
}

/// What the lines of a settlement say, in short, without holding them.
pub(super) fn fingerprint(db: &Reader<'_>, settlement: &str) -> Result<Fingerprint> {
    let mut print = Fingerprint::default();
    let Some(key) = key_of(db, settlement)? else {
        return Ok(print);
    };
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE l.id >= ?1 AND l.id < ?2");
    let mut query = db.sql().prepare_cached(&sql)?;
    let mut rows = query.query(params![line_id(key, 0, 0), line_id(key + 1, 0, 0)])?;
    while let Some(row) = rows.next()? {
        print.add(&line(row)?);
    }
    Ok(print)
}

/// Empty texts stand as nothing, which takes no room.
fn some(text: &str) -> ToSqlOutput<'_> {
    if text.is_empty() {
        ToSqlOutput::Owned(Value::Null)
    } else {
        ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))
    }
}

const COLUMNS: &str = "l.id >> 8 & 0xffffffff, l.id & 0xff, l.amount, k.transaction_type, k.amount_type, k.amount_description, l.order_id,
    l.merchant_order_id, l.adjustment_id, l.shipment_id, k.marketplace_name, k.fulfillment_id, l.posted, l.order_item_code,
    l.sku, l.quantity, l.promotion_id, l.extra";
const FROM: &str = "settlement_lines l JOIN settlement_kinds k ON k.settlement = l.id >> 40 AND k.kind = l.kind";

fn line(row: &Row<'_>) -> rusqlite::Result<Line> {
    let text = |index| row.get::<_, Option<String>>(index).map(Option::unwrap_or_default);
    let posted = match row.get_ref(12)? {
        ValueRef::Integer(seconds) => chrono::DateTime::from_timestamp(seconds, 0).map(Posted::At),
        ValueRef::Text(day) => std::str::from_utf8(day)
            .ok()
            .and_then(|day| day.parse().ok())
            .map(Posted::On),
        _ => None,
    };
    let extra: Option<String> = row.get(17)?;
    Ok(Line {
        number: row.get::<_, i64>(0)?.unsigned_abs(),
        part: row.get(1)?,
        ten_thousandths: row.get(2)?,
        transaction_type: row.get(3)?,
        amount_type: row.get(4)?,
        amount_description: row.get(5)?,
        order_id: text(6)?,
        merchant_order_id: text(7)?,
        adjustment_id: text(8)?,
        shipment_id: text(9)?,
        marketplace_name: row.get(10)?,
        fulfillment_id: row.get(11)?,
        posted,
        order_item_code: text(13)?,
        sku: text(14)?,
        quantity: row.get(15)?,
        promotion_id: text(16)?,
        extra: extra
            .and_then(|pairs| serde_json::from_str(&pairs).ok())
            .unwrap_or_default(),
    })
}

/// All lines of a settlement in the order of its file.
pub fn all(db: &Reader<'_>, settlement: &str) -> Result<Vec<Line>> {
    page(
        db,
        settlement,
        &Filter {
            limit: usize::MAX,
            ..Filter::default()
        },
    )
}

/// Lines of a settlement, page by page in the order of the file.
pub fn page(db: &Reader<'_>, settlement: &str, filter: &Filter) -> Result<Vec<Line>> {
    let Some(key) = key_of(db, settlement)? else {
        return Ok(Vec::new());
    };
    let (number, part) = filter.after.unwrap_or_default();
    let kinds = filter.kinds.as_ref().map(serde_json::to_string).transpose()?;
    let search = filter
        .search
        .as_deref()
        .map(str::trim)
        .filter(|search| !search.is_empty());
    let sql = format!(
        "SELECT {COLUMNS} FROM {FROM}
         WHERE l.id > ?1 AND l.id < ?2
           AND (?3 IS NULL OR l.kind IN (SELECT value FROM json_each(?3)))
           AND (?4 IS NULL OR instr(lower(coalesce(l.order_id, '') || ' ' || coalesce(l.sku, '')), lower(?4)) > 0)
         ORDER BY l.id LIMIT ?5"
    );
    let (after, end) = (line_id(key, number, part), line_id(key + 1, 0, 0));
    let limit = i64::try_from(filter.limit).unwrap_or(i64::MAX);
    let mut query = db.sql().prepare_cached(&sql)?;
    let rows = query.query_map(params![after, end, kinds, search, limit], line)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The short name of a settlement.
fn key_of(db: &Reader<'_>, settlement: &str) -> Result<Option<i64>> {
    let mut query = db.sql().prepare_cached("SELECT key FROM settlements WHERE id = ?1")?;
    Ok(query.query_row([settlement], |row| row.get(0)).optional()?)
}

/// The lines of one order in one settlement.
pub fn of_order(db: &Reader<'_>, settlement: &str, order: &str) -> Result<Vec<Line>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM settlement_orders o, {FROM}
         WHERE l.id BETWEEN (o.settlement << 40) + (o.first << 8) AND (o.settlement << 40) + (o.last << 8) + 0xff
           AND l.order_id = o.order_id
           AND o.order_id = ?2 AND o.settlement = (SELECT key FROM settlements WHERE id = ?1)
         ORDER BY l.id"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query
        .query_map([settlement, order], line)?
        .collect::<rusqlite::Result<_>>()?)
}

/// What rows of other settlements name as the marketplace of these orders, and of these shipments and adjustments (SET-16).
/// An order is found by its index; an event without an order is rare enough to be looked for.
pub fn named_elsewhere(
    db: &Reader<'_>,
    settlement: &str,
    orders: &[String],
    events: &[String],
) -> Result<BTreeMap<String, String>> {
    const OF_ORDERS: &str = "
        SELECT o.order_id, k.marketplace_name
        FROM settlement_orders o JOIN settlements s ON s.key = o.settlement
        JOIN settlement_lines l ON l.id BETWEEN (o.settlement << 40) + (o.first << 8)
                                            AND (o.settlement << 40) + (o.last << 8) + 0xff
        JOIN settlement_kinds k ON k.settlement = o.settlement AND k.kind = l.kind
        WHERE o.order_id IN (SELECT value FROM json_each(?2)) AND l.order_id = o.order_id
          AND k.marketplace_name <> '' AND s.id <> ?1
        GROUP BY o.order_id";
    const OF_EVENTS: &str = "
        SELECT l.shipment_id, l.adjustment_id, k.marketplace_name
        FROM settlement_lines l JOIN settlements s ON s.key = l.id >> 40
        JOIN settlement_kinds k ON k.settlement = l.id >> 40 AND k.kind = l.kind
        WHERE (l.shipment_id IN (SELECT value FROM json_each(?2)) OR l.adjustment_id IN (SELECT value FROM json_each(?2)))
          AND k.marketplace_name <> '' AND s.id <> ?1";
    let mut found = BTreeMap::new();
    if !orders.is_empty() {
        let mut query = db.sql().prepare_cached(OF_ORDERS)?;
        let rows = query.query_map(params![settlement, serde_json::to_string(orders)?], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        found.extend(rows.collect::<rusqlite::Result<Vec<(String, String)>>>()?);
    }
    if !events.is_empty() {
        let mut query = db.sql().prepare_cached(OF_EVENTS)?;
        let mut rows = query.query(params![settlement, serde_json::to_string(events)?])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(2)?;
            let ids: [Option<String>; 2] = [row.get(0)?, row.get(1)?];
            for id in ids.into_iter().flatten().filter(|id| events.contains(id)) {
                found.entry(id).or_insert_with(|| name.clone());
            }
        }
    }
    Ok(found)
}

/// Lines of a settlement that stand between two places of its file, both included: number and part.
pub fn between(db: &Reader<'_>, settlement: &str, from: (u64, u8), to: (u64, u8)) -> Result<Vec<Line>> {
    let Some(key) = key_of(db, settlement)? else {
        return Ok(Vec::new());
    };
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE l.id BETWEEN ?1 AND ?2 ORDER BY l.id");
    let mut query = db.sql().prepare_cached(&sql)?;
    let ends = params![line_id(key, from.0, from.1), line_id(key, to.0, to.1)];
    Ok(query.query_map(ends, line)?.collect::<rusqlite::Result<_>>()?)
}

/// Totals by kind of line, in the order in which they first stand.
pub fn kinds(db: &Reader<'_>, settlement: &str) -> Result<Vec<KindTotal>> {
    let mut query = db.sql().prepare_cached(
        "SELECT k.kind, k.transaction_type, k.amount_type, k.amount_description, k.marketplace_name, k.fulfillment_id,
                k.lines, k.total, s.currency
         FROM settlement_kinds k JOIN settlements s ON s.key = k.settlement WHERE s.id = ?1 ORDER BY k.kind",
    )?;
    let rows = query.query_map([settlement], |row| {
        Ok(KindTotal {
            kind: row.get(0)?,
            triple: [row.get(1)?, row.get(2)?, row.get(3)?],
            marketplace_name: row.get(4)?,
            fulfillment_id: row.get(5)?,
            lines: row.get::<_, i64>(6)?.unsigned_abs(),
            total: money(row, 7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What each settlement has for an order, the oldest settlement first.
pub fn orders(db: &Reader<'_>, order: &str) -> Result<Vec<OrderTotal>> {
    let mut query = db.sql().prepare_cached(
        "SELECT s.id, o.order_id, sum(o.lines), sum(o.total), s.currency, coalesce(s.deposit_at, s.end_at)
         FROM settlement_orders o JOIN settlements s ON s.key = o.settlement
         WHERE o.order_id = ?1 GROUP BY s.key ORDER BY coalesce(s.deposit_at, s.end_at, ''), s.id",
    )?;
    let rows = query.query_map([order], |row| {
        Ok(OrderTotal {
            settlement: row.get(0)?,
            order: row.get(1)?,
            lines: row.get::<_, i64>(2)?.unsigned_abs(),
            total: money(row, 3)?,
            on: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn money(row: &Row<'_>, index: usize) -> rusqlite::Result<Money> {
    crate::values::money_at(row, index)?.ok_or(rusqlite::Error::InvalidColumnIndex(index))
}

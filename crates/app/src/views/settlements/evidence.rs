//! The sheet that proves a settlement: from the file's hash through its rows, the matched records and the journal to the
//! person who approved it. One HTML file that needs nothing else; every figure is text.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use domain::settlement::Posted;
use domain::settlement::plan::JournalLine;
use domain::{Money, Text};
use flows::settlements::{Row, Summary};
use rust_decimal::Decimal;
use serde::Deserialize;
use store::steps::{self, StepState};
use store::{Reader, archive, audit, postings, settings, settlement_rows};

use super::review::{Names, tab_ids};
use super::{Known, lines};
use crate::application::Inner;
use crate::contract::Refusal;
use crate::directory::ACCOUNTS;
use crate::export::notes::Notes;
use crate::views::documents::Pages;
use crate::words::Catalogue;

/// Entries of the trail that the sheet shows.
const TRAIL: u32 = 200;

/// The sheet of one settlement, in the catalogue's language.
pub(crate) fn evidence(app: &Inner, id: &str, words: &Catalogue) -> Result<String, Refusal> {
    let store = app.engine.store();
    let known = Known::one(store, id)?;
    let mut sheet = Sheet::new(words, &known, app.clock.now());
    store.read(|db| {
        sheet.file(&known, archive::get(db, &known.stored.archive)?.as_ref());
        match known.summary() {
            Some(summary) => {
                sheet.numbers(&known, &summary);
                sheet.waterfall(&summary);
                sheet.rows(db, &known)?;
                sheet.journals(&summary, &Names::of(settings::get(db, ACCOUNTS)?.as_ref()));
            }
            None => sheet.paragraph("evidence-not-matched"),
        }
        sheet.records(db, id)?;
        sheet.approvals(db, id)
    })?;
    Ok(sheet.end())
}

struct Sheet<'a> {
    words: &'a Catalogue,
    currency: domain::Currency,
    html: String,
}

/// How a column of a table is set.
#[derive(Clone, Copy, PartialEq)]
enum Set {
    Text,
    Number,
    Code,
}

impl<'a> Sheet<'a> {
    fn new(words: &'a Catalogue, known: &Known, now: DateTime<Utc>) -> Self {
        let mut sheet = Self {
            words,
            currency: known.currency(),
            html: String::new(),
        };
        let header = &known.stored.header;
        let title = sheet.say(&Text::new("evidence-title").with("settlement", header.id.as_str()));
        let day = |posted: Option<Posted>| super::day(posted).unwrap_or_else(|| "–".to_owned());
        let made = sheet.say(&Text::new("evidence-made").with("at", now));
        sheet.push(&format!(
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><style>{STYLE}</style></head>\
             <body><h1>{}</h1><p>{}</p>",
            words.language().code(),
            escaped(&title),
            escaped(&title),
            escaped(&made)
        ));
        let marketplaces = known.brief.as_ref().map(|brief| brief.marketplaces.as_slice());
        let marketplaces: Vec<&str> = marketplaces
            .unwrap_or_default()
            .iter()
            .map(|id| amazon::marketplaces::by_id(id).map_or(id.as_str(), |market| market.settlement_name))
            .collect();
        sheet.facts(&[
            ("evidence-settlement", header.id.clone()),
            ("evidence-marketplaces", marketplaces.join(", ")),
            (
                "evidence-period",
                format!("{} – {}", day(header.start), day(header.end)),
            ),
            ("evidence-deposit-date", day(header.deposit)),
        ]);
        sheet
    }

    fn file(&mut self, known: &Known, document: Option<&archive::Document>) {
        self.heading("evidence-file");
        let stored = &known.stored;
        let declared = stored.header.declared_total.map(|total| self.money(total));
        let proof = if stored.balanced {
            "evidence-adds-up"
        } else {
            "evidence-does-not-add-up"
        };
        let of_file = |told: fn(&archive::Document) -> String| document.map_or_else(|| "–".to_owned(), told);
        self.facts(&[
            ("evidence-file-name", of_file(|document| document.file_name.clone())),
            ("evidence-file-hash", of_file(|document| document.content_hash.clone())),
            (
                "evidence-file-size",
                of_file(|document| document.size_bytes.to_string()),
            ),
            (
                "evidence-file-received",
                of_file(|document| instant(document.received_at)),
            ),
            (
                "evidence-file-layout",
                format!("{}, {}", stored.layout, stored.encoding),
            ),
            ("evidence-file-rows", format!("{} / {}", stored.rows, stored.lines)),
            ("evidence-file-declared", declared.unwrap_or_else(|| "–".to_owned())),
            ("evidence-file-sum", self.money(stored.sum.amount)),
            ("evidence-file-proof", self.say(&Text::new(proof))),
        ]);
    }

    fn numbers(&mut self, known: &Known, summary: &Summary) {
        self.heading("evidence-numbers");
        let numbers = &summary.numbers;
        let mut facts = vec![
            ("evidence-orders", self.money(numbers.orders)),
            ("evidence-orders-posted", self.money(numbers.orders_posted)),
            ("evidence-refunds", self.money(numbers.refunds)),
            ("evidence-refunds-posted", self.money(numbers.refunds_posted)),
            ("evidence-fees", self.money(numbers.fees.values().sum())),
            ("evidence-other", self.money(numbers.other)),
            ("evidence-balances", self.money(numbers.balances.values().sum())),
            (
                "evidence-explained",
                format!("{} / {}", numbers.explained, known.stored.lines),
            ),
            ("evidence-amazon-says", self.money(summary.amazon_says.amount)),
            ("evidence-netsuite-has", self.money(summary.netsuite_has.amount)),
            ("evidence-difference", self.money(summary.difference.amount)),
        ];
        if let Some(clearing) = summary.clearing {
            facts.push(("evidence-clearing", self.money(clearing.amount)));
        }
        self.facts(&facts);
    }

    fn waterfall(&mut self, summary: &Summary) {
        self.heading("evidence-steps");
        self.begin(&[
            ("evidence-step", Set::Text),
            ("evidence-lines", Set::Number),
            ("evidence-amount", Set::Number),
            ("evidence-running", Set::Number),
        ]);
        for standing in &summary.bars {
            let name = self.say(&Text::new(format!("bar-{}", standing.bar.id().replace('_', "-"))));
            let lines = standing.lines.to_string();
            let (amount, to) = (self.money(standing.amount), self.money(standing.to));
            self.row(&[
                (&name, Set::Text),
                (&lines, Set::Number),
                (&amount, Set::Number),
                (&to, Set::Number),
            ]);
        }
        self.close();
    }

    /// The rows tab by tab, each with the lines of the file that it is made of.
    fn rows(&mut self, db: &Reader<'_>, known: &Known) -> store::Result<()> {
        let id = &known.stored.header.id;
        let kept = settlement_rows::all(db, id)?;
        let notes = Notes::of(db, id)?;
        let rows: Vec<Row> = kept.into_iter().filter_map(|row| Row::deserialize(row).ok()).collect();
        for (name, tab) in tab_ids() {
            let of_tab: Vec<&Row> = rows.iter().filter(|row| row.tab == tab).collect();
            if of_tab.is_empty() {
                continue;
            }
            self.heading(&format!("tab-{name}"));
            self.begin(&[
                ("evidence-row-lines", Set::Code),
                ("evidence-row", Set::Text),
                ("evidence-order", Set::Code),
                ("evidence-amazon-says", Set::Number),
                ("evidence-netsuite-has", Set::Number),
                ("evidence-document", Set::Code),
                ("evidence-reason", Set::Text),
            ]);
            for row in of_tab {
                let title = self.say(&lines::title(row));
                let (amazon, netsuite) = (self.money(row.amazon.amount), self.money(row.netsuite.amount));
                let reason = self.say(&row.reason);
                let reason = match notes.of_row(row) {
                    Some(note) => format!(
                        "{reason} · {}",
                        self.say(&Text::new("evidence-note").with("text", note))
                    ),
                    None => reason,
                };
                self.row(&[
                    (&places(row), Set::Code),
                    (&title, Set::Text),
                    (row.order.as_deref().unwrap_or_default(), Set::Code),
                    (&amazon, Set::Number),
                    (&netsuite, Set::Number),
                    (row.document.as_deref().unwrap_or_default(), Set::Code),
                    (&reason, Set::Text),
                ]);
            }
            self.close();
        }
        Ok(())
    }

    fn journals(&mut self, summary: &Summary, names: &Names) {
        for draft in &summary.journals {
            let posted = summary
                .posted
                .iter()
                .find(|(external_id, _)| external_id == draft.external_id.as_str());
            let number = posted.map_or("–", |(_, number)| number.as_str());
            let heading = Text::new("evidence-journal")
                .with("number", number)
                .with("date", draft.date.to_string());
            let heading = self.say(&heading);
            self.push(&format!(
                "<h2>{}</h2><p>{}</p>",
                escaped(&heading),
                escaped(&draft.memo)
            ));
            self.begin(&[
                ("evidence-account", Set::Text),
                ("evidence-debit", Set::Number),
                ("evidence-credit", Set::Number),
            ]);
            for line in &draft.lines {
                let account = line.account.as_ref().and_then(|id| names.get(id)).unwrap_or_default();
                let account = format!("{} {}", account.0, account.1);
                let account = if account.trim().is_empty() {
                    line.memo.clone()
                } else {
                    account
                };
                let side = |amount: Option<Decimal>| amount.map(|amount| self.money(amount)).unwrap_or_default();
                let (debit, credit) = (side(line.debit_side()), side(line.credit_side()));
                self.row(&[(&account, Set::Text), (&debit, Set::Number), (&credit, Set::Number)]);
            }
            let total =
                |side: fn(&JournalLine) -> Option<Decimal>| draft.lines.iter().filter_map(side).sum::<Decimal>();
            let (debits, credits) = (total(JournalLine::debit_side), total(JournalLine::credit_side));
            let (debits, credits) = (self.money(debits), self.money(credits));
            let name = self.say(&Text::new("evidence-total"));
            self.row(&[(&name, Set::Text), (&debits, Set::Number), (&credits, Set::Number)]);
            self.close();
        }
    }

    /// What was written in NetSuite, in the order of its planning.
    fn records(&mut self, db: &Reader<'_>, id: &str) -> store::Result<()> {
        self.heading("evidence-records");
        let steps = steps::of_group(db, id)?;
        let done: Vec<_> = steps
            .iter()
            .filter(|step| matches!(step.state, StepState::Done | StepState::Undone))
            .collect();
        if done.is_empty() {
            self.paragraph("evidence-nothing-written");
            return Ok(());
        }
        let pages = Pages::of(db)?;
        self.begin(&[
            ("evidence-written", Set::Text),
            ("evidence-document", Set::Code),
            ("evidence-our-id", Set::Code),
            ("evidence-at", Set::Text),
            ("evidence-hash", Set::Code),
        ]);
        for step in done {
            let number = pages.named(db, &step.name)?.map(|document| document.number);
            let title = self.say(&step.title);
            self.row(&[
                (&title, Set::Text),
                (number.as_deref().unwrap_or("–"), Set::Code),
                (&step.name, Set::Code),
                (&instant(step.changed_at), Set::Text),
                (&step.body_hash, Set::Code),
            ]);
        }
        self.close();
        Ok(())
    }

    /// Who approved it and who took it back, and what the chained trail says about it.
    fn approvals(&mut self, db: &Reader<'_>, id: &str) -> store::Result<()> {
        self.heading("evidence-approval");
        let revisions = postings::of_group(db, id)?;
        if revisions.is_empty() {
            self.paragraph("evidence-not-approved");
        }
        for posting in revisions {
            let said = match posting.state {
                postings::PostingState::Approved => "evidence-state-approved",
                postings::PostingState::Posted => "evidence-state-posted",
                postings::PostingState::Undoing => "evidence-state-undoing",
                postings::PostingState::Undone => "evidence-state-undone",
            };
            let said = Text::new(said)
                .with("revision", posting.revision.to_string())
                .with("who", posting.who.as_str())
                .with("at", posting.changed_at);
            let said = self.say(&said);
            self.push(&format!("<p>{}</p>", escaped(&said)));
        }
        let trail = audit::list(db, Some(id), None, TRAIL)?;
        if trail.is_empty() {
            return Ok(());
        }
        self.heading("evidence-trail");
        self.begin(&[
            ("evidence-number", Set::Number),
            ("evidence-at", Set::Text),
            ("evidence-who", Set::Text),
            ("evidence-did", Set::Code),
            ("evidence-hash", Set::Code),
        ]);
        for entry in trail.iter().rev() {
            self.row(&[
                (&entry.number.to_string(), Set::Number),
                (&instant(entry.at), Set::Text),
                (&entry.who, Set::Text),
                (&entry.what, Set::Code),
                (&entry.hash, Set::Code),
            ]);
        }
        self.close();
        Ok(())
    }

    fn say(&self, text: &Text) -> String {
        self.words.say(text)
    }

    fn money(&self, amount: Decimal) -> String {
        self.words.say_money(Money::new(amount, self.currency))
    }

    fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    fn heading(&mut self, id: &str) {
        let said = self.say(&Text::new(id));
        self.push(&format!("<h2>{}</h2>", escaped(&said)));
    }

    fn paragraph(&mut self, id: &str) {
        let said = self.say(&Text::new(id));
        self.push(&format!("<p>{}</p>", escaped(&said)));
    }

    fn facts(&mut self, facts: &[(&str, String)]) {
        self.push("<dl>");
        for (id, value) in facts {
            let name = self.say(&Text::new(*id));
            self.push(&format!("<dt>{}</dt><dd>{}</dd>", escaped(&name), escaped(value)));
        }
        self.push("</dl>");
    }

    fn begin(&mut self, columns: &[(&str, Set)]) {
        self.push("<table><thead><tr>");
        for (id, set) in columns {
            let name = self.say(&Text::new(*id));
            self.push(&format!("<th scope=\"col\"{}>{}</th>", class(*set), escaped(&name)));
        }
        self.push("</tr></thead><tbody>");
    }

    fn row(&mut self, cells: &[(&str, Set)]) {
        self.push("<tr>");
        for (text, set) in cells {
            // Writing to a String cannot fail.
            let _ = write!(self.html, "<td{}>{}</td>", class(*set), escaped(text));
        }
        self.push("</tr>\n");
    }

    fn close(&mut self) {
        self.push("</tbody></table>");
    }

    fn end(mut self) -> String {
        self.push("</body></html>\n");
        self.html
    }
}

/// Where the row's lines stand in the file: `3–10, 14`.
fn places(row: &Row) -> String {
    let runs = row.places.iter().map(|[from, to]| {
        if from.0 == to.0 {
            from.0.to_string()
        } else {
            format!("{}–{}", from.0, to.0)
        }
    });
    runs.collect::<Vec<_>>().join(", ")
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn class(set: Set) -> &'static str {
    match set {
        Set::Text => "",
        Set::Number => " class=\"n\"",
        Set::Code => " class=\"c\"",
    }
}

/// Text that no browser takes for anything else.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

const STYLE: &str = "body{font:13px/1.5 system-ui,sans-serif;margin:32px;color:#171a21;background:#fff}\
    h1{font-size:22px}h2{font-size:16px;margin-top:28px;break-after:avoid}\
    dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px}dt{color:#4a5261}dd{margin:0;overflow-wrap:anywhere}\
    table{border-collapse:collapse;inline-size:100%;font-size:12px}thead{display:table-header-group}tr{break-inside:avoid}\
    th,td{text-align:left;vertical-align:top;padding:3px 8px;border-bottom:1px solid #d9dde5}\
    .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
    .c{font-family:ui-monospace,monospace;overflow-wrap:anywhere}@page{margin:16mm}@media print{body{margin:0}}";

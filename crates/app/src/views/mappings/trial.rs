//! A draft tried on a record, and tested on the last 50, beside what is live now (CMN-30).

use std::collections::BTreeMap;

use flows::Rules;
use flows::targets::{Target, Tried};
use mapping::{Place, Row};
use serde_json::{Value, json};
use store::decisions::{self, Decision, Filter, Sort};
use store::{Reader, Store};

use super::show::values;
use super::{drafted, rows, target, wrong};
use crate::application::Inner;
use crate::contract::{
    ChangedRecord, MappingDraft, MappingFault, MappingTest, MappingTrial, Refusal, SourceValue, TriedField, Words,
};

/// Records that a draft is tested on.
const RECENT: u32 = 50;

/// The newest records of a kind in a scope. Of a kind that stands in the decisions of several flows, the first flow's
/// come first.
pub(super) fn recent(db: &Reader<'_>, target: &Target, scope: &str, rules: &Rules) -> store::Result<Vec<Decision>> {
    let is_account = scope.contains(':');
    // One account's records stand between the others'.
    let limit = if is_account { RECENT * 4 } else { RECENT };
    let mut found = Vec::new();
    for flow in target.flows {
        let filter = Filter {
            flows: vec![(*flow).to_owned()],
            marketplace: Some(scope.to_owned()).filter(|scope| !scope.is_empty() && !is_account),
            ..Filter::default()
        };
        found.extend(decisions::list(db, &filter, Sort::Newest, None, limit)?);
    }
    found.retain(|decision| !is_account || decision.account == scope);
    found.retain(|decision| (target.kept)(&decision.evidence, rules).is_some());
    found.truncate(RECENT as usize);
    Ok(found)
}

/// Tries a draft on one record.
pub(crate) fn trial(app: &Inner, draft: &MappingDraft) -> Result<MappingTrial, Refusal> {
    let tester = Tester::new(app, draft)?;
    let found = tester.record(app.engine.store(), draft.record.as_deref())?;
    let record = found.as_ref().map(|decision| decision.key.clone());
    let evidence = match found {
        Some(decision) => decision.evidence,
        None => tester.sample(),
    };
    Ok(MappingTrial {
        record,
        source: tester.source(&evidence),
        fields: tester.compare(&evidence).unwrap_or_default(),
        faults: tester.wrong(),
    })
}

/// Tests a draft on the last 50 records.
pub(crate) fn test(app: &Inner, draft: &MappingDraft) -> Result<MappingTest, Refusal> {
    let tester = Tester::new(app, draft)?;
    let store = app.engine.store();
    let records = store.read(|db| recent(db, tester.target, &draft.scope, &tester.live))?;
    let mut changed = Vec::new();
    let mut failed: BTreeMap<(String, String, String), MappingFault> = BTreeMap::new();
    let mut tried = 0_u32;
    for decision in records {
        let Some(fields) = tester.compare(&decision.evidence) else {
            continue;
        };
        tried += 1;
        let mut counted: Vec<(String, String, String)> = Vec::new();
        for (field, said) in fields.iter().filter_map(|field| Some((field, field.fault.clone()?))) {
            let key = (field.place.clone(), field.field.clone(), said.id.clone());
            if counted.contains(&key) {
                continue;
            }
            counted.push(key.clone());
            let fault = failed.entry(key).or_insert_with(|| MappingFault {
                place: field.place.clone(),
                field: field.field.clone(),
                said,
                records: 0,
            });
            fault.records += 1;
        }
        let fields: Vec<TriedField> = fields.into_iter().filter(differs).collect();
        if !fields.is_empty() {
            changed.push(ChangedRecord {
                record: decision.key,
                fields,
            });
        }
    }
    let faults = tester.wrong().into_iter().chain(failed.into_values()).collect();
    Ok(MappingTest { tried, changed, faults })
}

fn differs(field: &TriedField) -> bool {
    field.fault.is_some() || field.before != field.after
}

struct Tester {
    target: &'static Target,
    scope: String,
    rows: Vec<Row>,
    live: Rules,
    draft: Rules,
}

impl Tester {
    fn new(app: &Inner, draft: &MappingDraft) -> Result<Self, Refusal> {
        let rows = rows(&draft.rows)?;
        let live = app.engine.rules()?;
        Ok(Self {
            target: target(&draft.form)?,
            scope: draft.scope.clone(),
            draft: drafted(&live, &draft.form, &draft.scope, rows.clone()),
            rows,
            live,
        })
    }

    fn record(&self, store: &Store, key: Option<&str>) -> Result<Option<Decision>, Refusal> {
        let found = store.read(|db| recent(db, self.target, &self.scope, &self.live))?;
        match key {
            None => Ok(found.into_iter().next()),
            Some(key) => {
                let one = found.into_iter().find(|decision| decision.key == key);
                one.map(Some).ok_or_else(|| Refusal::not_found(key))
            }
        }
    }

    /// Before anything was synced, the flow's own typical order stands in, placed in the scope.
    fn sample(&self) -> Value {
        let mut catalogue = flows::catalogue().iter();
        let entry = catalogue.find(|entry| self.target.flows.first() == Some(&entry.card.id));
        let mut evidence = entry.map_or(Value::Null, |entry| entry.sample(&self.live).evidence);
        let market = self
            .live
            .marketplaces
            .values()
            .find(|one| self.scope.is_empty() || one.id == self.scope || one.account == self.scope);
        let Some(market) = market else {
            return evidence;
        };
        // A subject is an order, or names its marketplace itself.
        for place in ["/order/marketplace_id", "/marketplace"] {
            if let Some(named) = evidence.pointer_mut(place) {
                *named = json!(market.id);
            }
        }
        evidence
    }

    /// What the rows read: of a record with lines, its first line beside it.
    fn source(&self, evidence: &Value) -> Vec<SourceValue> {
        let Some(kept) = (self.target.kept)(evidence, &self.live) else {
            return Vec::new();
        };
        let of_line = kept.parts.iter().find(|part| part.place == Place::Line);
        let part = of_line.or(kept.parts.first());
        part.map(|part| values(&part.source)).unwrap_or_default()
    }

    /// Each field with and without the draft; nothing when the record cannot be read.
    fn compare(&self, evidence: &Value) -> Option<Vec<TriedField>> {
        let before = self.target.tried(evidence, &self.live)?;
        let after = self.target.tried(evidence, &self.draft)?;
        let was = |one: &Tried| {
            let same = |other: &&Tried| (other.place, &other.field, &other.line) == (one.place, &one.field, &one.line);
            before.iter().find(same).and_then(|other| other.value.clone())
        };
        let fields = after.iter().map(|one| TriedField {
            place: one.place.as_str().to_owned(),
            field: one.field.clone(),
            line: one.line.clone(),
            before: was(one),
            after: one.value.clone(),
            fault: one.fault.as_ref().map(|why| Words::from(why.text())),
        });
        // A row that the draft takes away leaves a field that only the live rules fill.
        let gone = before.iter().filter(|one| {
            let same = |other: &Tried| (other.place, &other.field, &other.line) == (one.place, &one.field, &one.line);
            one.value.is_some() && !after.iter().any(same)
        });
        let gone = gone.map(|one| TriedField {
            place: one.place.as_str().to_owned(),
            field: one.field.clone(),
            line: one.line.clone(),
            before: one.value.clone(),
            after: None,
            fault: None,
        });
        let told = |field: &TriedField| field.before.is_some() || field.after.is_some() || field.fault.is_some();
        Some(fields.chain(gone).filter(told).collect())
    }

    fn wrong(&self) -> Vec<MappingFault> {
        let wrong = wrong(&self.rows, self.target).into_iter();
        wrong
            .map(|fault| MappingFault {
                place: fault.place.as_str().to_owned(),
                said: fault.why.text().into(),
                field: fault.field,
                records: 0,
            })
            .collect()
    }
}

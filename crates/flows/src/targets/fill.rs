//! Rows at work: what they give to a record, the question about each that cannot be applied, and the version that the
//! record remembers.

use std::collections::BTreeMap;

use ::mapping::{Fault, Given, Ladder, Level, Place};
use domain::Text;
use netsuite::Write;
use serde_json::{Map, Value};

use super::Target;
use crate::flow::{Fact, Problem, Remedy};
use crate::rules::{Profile, Rules};

impl Target {
    /// The rows that count in a marketplace.
    pub fn ladder<'a>(&self, rules: &'a Rules, profile: &Profile) -> Ladder<'a> {
        rules.mappings.ladder(self.form, &profile.id, &profile.account)
    }

    /// The version that a record is built with now; nothing where no row counts (CMN-30).
    pub fn version(&self, rules: &Rules, profile: &Profile) -> Option<Fact> {
        let version = self.ladder(rules, profile).version()?;
        Some(Fact {
            name: self.fact.to_owned(),
            value: version.into(),
        })
    }

    /// What the rows give to a record or a line, or what is wrong with each that cannot be applied.
    pub fn given(&self, place: Place, source: &Value, rules: &Rules, profile: &Profile) -> Result<Given, Vec<Fault>> {
        let given = self.ladder(rules, profile).fill(self.fields, place, source)?;
        match self.fit {
            Some(fit) => fit(source, given),
            None => Ok(given),
        }
    }

    /// What the rows give to a record, or a question about each that cannot be applied. The source is drawn up only
    /// where there are rows.
    pub fn body(
        &self,
        rules: &Rules,
        profile: &Profile,
        source: impl FnOnce() -> Value,
    ) -> Result<Given, Vec<Problem>> {
        if !self.ladder(rules, profile).maps(Place::Body) {
            return Ok(Given::new());
        }
        let given = self.given(Place::Body, &source(), rules, profile);
        given.map_err(|faults| self.problems(faults, rules, profile))
    }

    /// The questions about rows that cannot be applied; a row that fails on several lines is one.
    pub fn problems(&self, mut faults: Vec<Fault>, rules: &Rules, profile: &Profile) -> Vec<Problem> {
        faults.dedup_by(|one, other| one.place == other.place && one.field == other.field);
        let ladder = self.ladder(rules, profile);
        let one = |fault: &Fault| problem(fault, self.form, scope_of(fault, &ladder, profile), &profile.id);
        faults.iter().map(one).collect()
    }
}

/// Where the row stands that failed: the closest one for the field is the first that was asked.
fn scope_of<'a>(fault: &Fault, ladder: &Ladder<'_>, profile: &'a Profile) -> &'a str {
    let mut rows = ladder.rows(fault.place);
    match rows.find(|(_, row)| row.field == fault.field).map(|(level, _)| level) {
        Some(Level::Marketplace) => &profile.id,
        Some(Level::Account) => &profile.account,
        Some(Level::Workspace) | None => "",
    }
}

/// A row that cannot be applied: a person mends it, and all records that it held up go on (CMN-25).
fn problem(fault: &Fault, form: &str, scope: &str, marketplace: &str) -> Problem {
    let (place, field) = (fault.place.as_str(), fault.field.as_str());
    Problem {
        code: "MAPPING_FAILED".into(),
        cause: format!("MAPPING_FAILED:{form}:{place}:{field}"),
        what: Text::new("problem-mapping-failed").with("field", field),
        why: fault.why.text(),
        about: vec![
            ("field".into(), field.into()),
            ("marketplace".into(), marketplace.into()),
        ],
        at_stake: None,
        remedies: vec![
            Remedy::FixMapping {
                form: form.into(),
                place: place.into(),
                field: field.into(),
                scope: scope.into(),
            },
            Remedy::Retry,
            Remedy::Exclude,
        ],
    }
}

/// A planned record with what rows gave put over its own fields.
pub fn onto(mut write: Write, given: &Given) -> Write {
    if let Write::Create {
        body: Value::Object(body),
        ..
    }
    | Write::Transform {
        body: Value::Object(body),
        ..
    } = &mut write
    {
        put(body, given);
    }
    write
}

/// A planned transform with what rows gave to its lines put over them, each by its number in the order that it is made
/// from.
pub fn onto_lines(mut write: Write, given: &BTreeMap<u32, Given>) -> Write {
    if let Write::Transform {
        body: Value::Object(body),
        ..
    } = &mut write
    {
        let lines = body.get_mut("item").and_then(|item| item.get_mut("items"));
        for line in lines.and_then(Value::as_array_mut).into_iter().flatten() {
            let number = line["orderLine"].as_u64().and_then(|number| number.try_into().ok());
            let given = number.and_then(|number: u32| given.get(&number));
            if let (Value::Object(line), Some(given)) = (line, given) {
                put(line, given);
            }
        }
    }
    write
}

/// Fields with what rows gave put over them.
pub fn put(fields: &mut Map<String, Value>, given: &Given) {
    for (name, value) in given {
        match value {
            Some(value) => {
                fields.insert(name.clone(), value.clone());
            }
            None => {
                fields.shift_remove(name);
            }
        }
    }
}

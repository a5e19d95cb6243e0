//! The ladder: a marketplace's own rows, then its account's, then the workspace's, then what the product does by itself
//! (CMN-02). Each sheet of rows has a version (CMN-30).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fault::{Fault, Why};
use crate::fields::{Fields, Place};
use crate::row::{Came, Row};

/// The rows of one form at one scope, as they were saved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The version's number; numbers rise over all forms and scopes of a workspace.
    pub version: i64,
    /// The rows. Of several rows for one field the first that counts speaks.
    pub rows: Vec<Row>,
}

/// Everything that a seller mapped: form → scope → sheet. A form is a kind of record; a scope is a marketplace's id, an
/// account (`eu:A1SELLER`), or empty for the workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mappings(BTreeMap<String, BTreeMap<String, Sheet>>);

/// A step of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the steps of the ladder")]
pub enum Level {
    Marketplace,
    Account,
    Workspace,
}

/// The sheets that count for one form in one marketplace, the closest first.
#[derive(Debug, Clone)]
pub struct Ladder<'a>(Vec<(Level, &'a Sheet)>);

/// Fields with what rows gave them: a value, or that the field shall not be sent.
pub type Given = BTreeMap<String, Option<Value>>;

impl Mappings {
    /// Puts a sheet in its place.
    pub fn set(&mut self, form: &str, scope: &str, sheet: Sheet) {
        self.0
            .entry(form.to_owned())
            .or_default()
            .insert(scope.to_owned(), sheet);
    }

    /// The sheet of a scope, exactly where it was set.
    pub fn sheet(&self, form: &str, scope: &str) -> Option<&Sheet> {
        self.0.get(form)?.get(scope)
    }

    /// What counts for a form in a marketplace of an account (CMN-02).
    pub fn ladder(&self, form: &str, marketplace: &str, account: &str) -> Ladder<'_> {
        let steps = [
            (Level::Marketplace, marketplace),
            (Level::Account, account),
            (Level::Workspace, ""),
        ];
        let mut found: Vec<(Level, &Sheet)> = Vec::new();
        for (level, scope) in steps {
            // Only the workspace's scope is empty; a marketplace or account without a name has no sheet.
            if scope.is_empty() == (level == Level::Workspace) {
                found.extend(self.sheet(form, scope).map(|sheet| (level, sheet)));
            }
        }
        Ladder(found)
    }
}

impl Ladder<'_> {
    /// The newest version among the sheets; with it, every sheet that counted can be found again (CMN-30).
    pub fn version(&self) -> Option<i64> {
        self.0.iter().map(|(_, sheet)| sheet.version).max()
    }

    /// Whether any row names this place.
    pub fn maps(&self, place: Place) -> bool {
        self.rows(place).next().is_some()
    }

    /// The rows of a place, those that speak first at the front.
    pub fn rows(&self, place: Place) -> impl Iterator<Item = (Level, &Row)> {
        self.0.iter().flat_map(move |(level, sheet)| {
            let rows = sheet.rows.iter().filter(move |row| row.place == place);
            rows.map(|row| (*level, row))
        })
    }

    /// What the rows give to the fields of a place, or everything that is wrong. A field that no row fills is not in the
    /// answer: the product fills it itself.
    pub fn fill(&self, fields: &Fields, place: Place, source: &Value) -> Result<Given, Vec<Fault>> {
        let mut given = Given::new();
        let mut faults: Vec<Fault> = Vec::new();
        for (_, row) in self.rows(place) {
            let settled = given.contains_key(&row.field) || faults.iter().any(|fault| fault.field == row.field);
            if settled || !fields.may_map(place, &row.field) {
                continue;
            }
            match row.apply(source) {
                Ok(Came::Passed) => (),
                Ok(Came::To(None)) if fields.needs(place, &row.field) => faults.push(Fault {
                    place,
                    field: row.field.clone(),
                    why: Why::Needed,
                }),
                Ok(Came::To(value)) => {
                    given.insert(row.field.clone(), value);
                }
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(given) } else { Err(faults) }
    }
}

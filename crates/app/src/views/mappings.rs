//! Field mappings: shown, tried, tested, saved (CMN-28 to CMN-31). Everything but saving only reads.

mod show;
mod trial;

use std::collections::BTreeSet;

use domain::Text;
use flows::Rules;
use flows::targets::{self, Target};
use mapping::{Mappings, Row, Sheet};
use serde_json::json;
use store::mappings::{self, Mapping};
use store::problems::{self, Tab};
use store::{Store, audit};

use crate::application::Inner;
use crate::contract::{Done, MappingRow, Refusal, RestoreMapping, SaveMapping};
use crate::remedies::look_again;

pub(crate) use show::view;
pub(crate) use trial::{test, trial};

/// Whether a flow's records have a mapping.
pub(crate) fn has_form(flow: &str) -> bool {
    targets::named(flow).is_some()
}

fn target(form: &str) -> Result<&'static Target, Refusal> {
    targets::named(form).ok_or_else(|| Refusal::not_found(form))
}

/// Rows of the contract as the mapping has them; both are written the same way.
fn rows(given: &[MappingRow]) -> Result<Vec<Row>, Refusal> {
    serde_json::from_value(json!(given)).map_err(|error| Refusal::bad_request("rows", error))
}

/// Rows of the mapping as the contract has them.
fn shown(rows: &[Row]) -> Vec<MappingRow> {
    serde_json::from_value(json!(rows)).unwrap_or_default()
}

/// The rules with a draft in the place of what is saved.
fn drafted(rules: &Rules, form: &str, scope: &str, rows: Vec<Row>) -> Rules {
    let mut drafted = rules.clone();
    drafted.mappings.set(form, scope, Sheet { version: 0, rows });
    drafted
}

/// What is wrong with the rows themselves: nothing of it may be saved.
fn wrong(rows: &[Row], target: &Target) -> Vec<mapping::Fault> {
    let paths = (target.paths)();
    rows.iter().flat_map(|row| row.check(target.fields, &paths)).collect()
}

/// Saves the rows of a scope as a new version, and looks again at every record that a row of this mapping held up.
pub(crate) fn save(app: &Inner, asked: &SaveMapping) -> Result<Done, Refusal> {
    let given = rows(&asked.rows)?;
    if let Some(fault) = wrong(&given, target(&asked.form)?).first() {
        let said = Text::new("error-mapping-wrong").with("field", fault.field.as_str());
        return Err(Refusal::new("bad_request", said).about("rows", json!(fault)));
    }
    keep(app, &asked.form, &asked.scope, json!(given), &asked.note)
}

/// Makes an older version count again, as a new one, so that no version is ever lost.
pub(crate) fn restore(app: &Inner, asked: &RestoreMapping) -> Result<Done, Refusal> {
    let version = asked
        .version
        .parse()
        .map_err(|error: std::num::ParseIntError| Refusal::bad_request("version", error))?;
    let old = app
        .engine
        .store()
        .read(|db| mappings::get(db, version))?
        .ok_or_else(|| Refusal::not_found(&asked.version))?;
    keep(app, &old.form, &old.scope, old.rows, &old.note)
}

fn keep(app: &Inner, form: &str, scope: &str, rows: serde_json::Value, note: &str) -> Result<Done, Refusal> {
    let new = Mapping {
        version: 0,
        form: form.to_owned(),
        scope: scope.to_owned(),
        rows,
        note: note.trim().to_owned(),
        who: "you".to_owned(),
        saved_at: app.clock.now(),
    };
    let version = app.engine.store().write(|db| {
        let version = mappings::add(db, &new)?;
        let change = json!({"form": form, "scope": scope, "version": version, "rows": new.rows, "note": new.note});
        audit::add(db, new.saved_at, "you", "save-mapping", form, &change)?;
        Ok(version)
    })?;
    for cause in gaps(app.engine.store(), form)? {
        look_again(app, Some(&cause), &[]);
    }
    let said = Text::new("said-mapping-saved").with("version", version.to_string());
    Ok(Done { said: said.into() })
}

/// The causes of rows of this mapping that cannot be applied right now: `MAPPING_FAILED:<form>:<place>:<field>`.
fn gaps(store: &Store, form: &str) -> Result<BTreeSet<String>, Refusal> {
    let start = format!("MAPPING_FAILED:{form}:");
    let groups = store.read(|db| problems::groups(db, Tab::NeedsYou))?;
    let causes = groups.into_iter().map(|group| group.cause);
    Ok(causes.filter(|cause| cause.starts_with(&start)).collect())
}

/// The closest sheet of each wider scope than this one.
fn saved<'a>(mappings: &'a Mappings, form: &str, scope: &str) -> &'a [Row] {
    mappings.sheet(form, scope).map_or(&[], |sheet| &sheet.rows)
}

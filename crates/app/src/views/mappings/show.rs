//! A mapping as its editor shows it: each field, what fills it, and where that comes from.

use std::collections::BTreeSet;

use flows::Rules;
use flows::targets::{BuiltIn, TARGETS, Target};
use mapping::{Place, plain};
use serde_json::Value;
use store::mappings::Remembered;
use store::{Reader, mappings};

use super::{gaps, saved, shown, target};
use crate::application::Inner;
use crate::contract::{
    BuiltInView, InheritedRow, MappingField, MappingForm, MappingPlace, MappingRequest, MappingScope, MappingVersion,
    MappingView, OpenField, Refusal, SourceValue,
};
use crate::views::small;

/// Versions that are listed.
const VERSIONS: u32 = 50;

/// A mapping at a scope.
pub(crate) fn view(app: &Inner, request: &MappingRequest) -> Result<MappingView, Refusal> {
    let first = TARGETS.first().map(|target| target.form).unwrap_or_default();
    let target = target(request.form.as_deref().unwrap_or(first))?;
    let store = app.engine.store();
    let rules = app.engine.rules()?;
    let scopes = scopes(&rules, target.form);
    if scopes.iter().all(|one| one.scope != request.scope) {
        return Err(Refusal::not_found(&request.scope));
    }
    let mut forms = Vec::new();
    for one in TARGETS {
        forms.push(MappingForm {
            form: one.form.to_owned(),
            title: one.title.to_owned(),
            flow: one.flows.first().copied().unwrap_or_default().to_owned(),
            gaps: small(gaps(store, one.form)?.len()),
        });
    }
    let (versions, samples) = store.read(|db| {
        let samples = super::trial::recent(db, target, &request.scope, &rules)?;
        Ok((versions(db, target, &request.scope)?, samples))
    })?;
    let gaps = gaps(store, target.form)?;
    let shown = Shown {
        target,
        scope: &request.scope,
        rules: &rules,
        gaps: &gaps,
    };
    let open = target
        .fields
        .open
        .iter()
        .map(|(place, field)| open_field(*place, field));
    Ok(MappingView {
        forms,
        fields: shown.fields(),
        places: places(target),
        open: open.collect(),
        sources: values(&(target.paths)()),
        versions,
        samples: samples.into_iter().map(|decision| decision.key).collect(),
        scopes,
        scope: request.scope.clone(),
        form: target.form.to_owned(),
    })
}

/// Where a record of this kind has fields that rows may fill.
fn places(target: &Target) -> Vec<MappingPlace> {
    let all = [Place::Body, Place::Line].into_iter();
    let custom = |place: Place| {
        let mut stems = target.fields.custom.iter();
        stems.find(|(at, _)| *at == place).map(|(_, stem)| (*stem).to_owned())
    };
    let places = all.map(|place| (place, custom(place)));
    let there = places.filter(|(place, custom)| custom.is_some() || target.fields.open_at(*place).next().is_some());
    there
        .map(|(place, custom)| MappingPlace {
            place: place.as_str().to_owned(),
            custom,
        })
        .collect()
}

fn open_field(place: Place, field: &str) -> OpenField {
    OpenField {
        place: place.as_str().to_owned(),
        field: field.to_owned(),
    }
}

/// Every path of a source with its value as text.
pub(super) fn values(source: &Value) -> Vec<SourceValue> {
    let parts = source.as_object().into_iter().flatten();
    let each = parts.flat_map(|(part, fields)| {
        let fields = fields.as_object().into_iter().flatten();
        fields.map(move |(name, value)| SourceValue {
            path: format!("{part}.{name}"),
            value: plain(value),
        })
    });
    each.collect()
}

/// All marketplaces at once, then each account, then each marketplace.
fn scopes(rules: &Rules, form: &str) -> Vec<MappingScope> {
    let one = |scope: &str, level: &str, name: &str| MappingScope {
        scope: scope.to_owned(),
        level: level.to_owned(),
        name: name.to_owned(),
        rows: small(saved(&rules.mappings, form, scope).len()),
    };
    let accounts: BTreeSet<&str> = rules.marketplaces.values().map(|one| one.account.as_str()).collect();
    let mut all = vec![one("", "workspace", "")];
    all.extend(
        accounts
            .into_iter()
            .map(|account| one(account, "account", &region(account))),
    );
    let mut markets: Vec<_> = rules.marketplaces.values().collect();
    markets.sort_by(|left, right| left.country.cmp(&right.country));
    all.extend(
        markets
            .into_iter()
            .map(|market| one(&market.id, "marketplace", &market.country)),
    );
    all
}

/// `eu:A1SELLER` is shown as its region.
fn region(account: &str) -> String {
    account.split(':').next().unwrap_or(account).to_ascii_uppercase()
}

fn versions(db: &Reader<'_>, target: &Target, scope: &str) -> store::Result<Vec<MappingVersion>> {
    let remembered = Remembered {
        flows: target.flows,
        fact: target.fact,
        records: target.records,
    };
    let written = mappings::written_with(db, remembered)?;
    let found = mappings::versions(db, target.form, scope, VERSIONS)?;
    let records = |version: i64| {
        written
            .iter()
            .find(|(one, _)| *one == version)
            .map_or(0, |(_, count)| *count)
    };
    Ok(found
        .into_iter()
        .map(|one| MappingVersion {
            records: small(records(one.version)),
            rows: small(one.rows.as_array().map_or(0, Vec::len)),
            version: one.version.to_string(),
            note: one.note,
            who: one.who,
            at: one.saved_at.to_rfc3339(),
        })
        .collect())
}

struct Shown<'a> {
    target: &'static Target,
    scope: &'a str,
    rules: &'a Rules,
    gaps: &'a BTreeSet<String>,
}

impl Shown<'_> {
    /// Locked fields first, then those that the product or a row fills.
    fn fields(&self) -> Vec<MappingField> {
        let fields = self.target.fields;
        let locked = fields.locked.iter();
        let locked = locked.map(|(place, field)| self.field(*place, field, true));
        let mut names: BTreeSet<(Place, &str)> = BTreeSet::new();
        names.extend(self.target.built_in.iter().map(|(place, field, _)| (*place, *field)));
        for (scope, _) in self.wider().chain([(self.scope, "own")]) {
            let rows = saved(&self.rules.mappings, self.target.form, scope);
            names.extend(rows.iter().map(|row| (row.place, row.field.as_str())));
        }
        let open = names.into_iter().map(|(place, field)| self.field(place, field, false));
        let mut all: Vec<MappingField> = locked.chain(open).collect();
        all.sort_by_key(|field| (field.place.clone(), !field.locked));
        all
    }

    /// The wider scopes, closest first.
    fn wider(&self) -> impl Iterator<Item = (&str, &'static str)> {
        let account = self.rules.marketplaces.get(self.scope).map(|one| one.account.as_str());
        let account = account.map(|account| (account, "account"));
        let workspace = (!self.scope.is_empty()).then_some(("", "workspace"));
        account.into_iter().chain(workspace)
    }

    fn field(&self, place: Place, field: &str, locked: bool) -> MappingField {
        let of = |scope: &str| {
            let rows = saved(&self.rules.mappings, self.target.form, scope);
            let named = rows.iter().filter(|row| row.place == place && row.field == field);
            shown(&named.cloned().collect::<Vec<_>>())
        };
        let inherited = self.wider().flat_map(|(scope, level)| {
            of(scope).into_iter().map(move |row| InheritedRow {
                level: level.to_owned(),
                row,
            })
        });
        MappingField {
            place: place.as_str().to_owned(),
            field: field.to_owned(),
            locked,
            built_in: self.built_in(place, field),
            own: of(self.scope),
            inherited: inherited.collect(),
            gap: self.gaps.contains(&format!(
                "MAPPING_FAILED:{}:{}:{field}",
                self.target.form,
                place.as_str()
            )),
        }
    }

    fn built_in(&self, place: Place, field: &str) -> Option<BuiltInView> {
        let (kind, what, option) = match self.target.built_in(place, field)? {
            BuiltIn::Text(template) => ("text", template, None),
            BuiltIn::Field(path) => ("field", path, None),
            BuiltIn::Option(key) => ("option", key, Some(key)),
            BuiltIn::Table { table, option, .. } => ("table", table, Some(option)),
        };
        let value = option.and_then(|key| {
            let found = crate::views::options::at(self.rules, self.scope, key);
            found.map(|(value, _)| value.to_owned())
        });
        Some(BuiltInView {
            kind: kind.to_owned(),
            what: what.to_owned(),
            value,
        })
    }
}

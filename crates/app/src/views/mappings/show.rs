//! A mapping as its editor shows it: each field, what fills it, and where that comes from.

use std::collections::BTreeSet;

use flows::Rules;
use flows::orders::trial::{self as orders, BuiltIn};
use flows::rules::Channel;
use mapping::{Place, fields, plain};
use serde_json::Value;
use store::{Reader, mappings};

use super::{channel, forms, gaps, saved, shown};
use crate::application::Inner;
use crate::contract::{
    BuiltInView, InheritedRow, MappingField, MappingForm, MappingRequest, MappingScope, MappingVersion, MappingView,
    OpenField, Refusal, SourceValue,
};
use crate::views::small;

/// Versions that are listed.
const VERSIONS: u32 = 50;

/// A mapping at a scope.
pub(crate) fn view(app: &Inner, request: &MappingRequest) -> Result<MappingView, Refusal> {
    let form = match &request.form {
        Some(form) => form.clone(),
        None => forms().next().map(|(form, _)| form.to_owned()).unwrap_or_default(),
    };
    let channel = channel(&form)?;
    let store = app.engine.store();
    let rules = app.engine.rules()?;
    let scopes = scopes(&rules, &form);
    if scopes.iter().all(|one| one.scope != request.scope) {
        return Err(Refusal::not_found(&request.scope));
    }
    let mut listed = Vec::new();
    for (id, title) in forms() {
        listed.push(MappingForm {
            form: id.to_owned(),
            title: title.to_owned(),
            gaps: small(gaps(store, id)?.len()),
        });
    }
    let (versions, samples) = store.read(|db| {
        let samples = super::trial::recent(db, &form, &request.scope)?;
        Ok((versions(db, &form, &request.scope)?, samples))
    })?;
    let gaps = gaps(store, &form)?;
    let shown = Shown {
        form: &form,
        scope: &request.scope,
        channel,
        rules: &rules,
        gaps: &gaps,
    };
    let open = [Place::Body, Place::Line]
        .into_iter()
        .flat_map(|place| fields::open(place).map(move |field| open_field(place, field)))
        .collect();
    Ok(MappingView {
        forms: listed,
        fields: shown.fields(),
        open,
        sources: values(&orders::paths(channel)),
        versions,
        samples: samples.into_iter().map(|decision| decision.key).collect(),
        scopes,
        scope: request.scope.clone(),
        form,
    })
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

fn versions(db: &Reader<'_>, form: &str, scope: &str) -> store::Result<Vec<MappingVersion>> {
    let written = mappings::written_with(db, form)?;
    let found = mappings::versions(db, form, scope, VERSIONS)?;
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
    form: &'a str,
    scope: &'a str,
    channel: Channel,
    rules: &'a Rules,
    gaps: &'a BTreeSet<String>,
}

impl Shown<'_> {
    /// Locked fields first, then those that the product or a row fills.
    fn fields(&self) -> Vec<MappingField> {
        let locked = fields::LOCKED
            .iter()
            .map(|(place, field)| self.field(*place, field, true));
        let mut names: BTreeSet<(Place, &str)> = BTreeSet::new();
        for place in [Place::Body, Place::Line] {
            let built_in = fields::open(place).filter(|field| orders::built_in(self.channel, place, field).is_some());
            names.extend(built_in.map(|field| (place, field)));
        }
        for (scope, _) in self.wider().chain([(self.scope, "own")]) {
            let rows = saved(&self.rules.mappings, self.form, scope);
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
            let rows = saved(&self.rules.mappings, self.form, scope);
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
            gap: self
                .gaps
                .contains(&format!("MAPPING_FAILED:{}:{}:{field}", self.form, place.as_str())),
        }
    }

    fn built_in(&self, place: Place, field: &str) -> Option<BuiltInView> {
        let (kind, what, option) = match orders::built_in(self.channel, place, field)? {
            BuiltIn::Text(template) => ("text", template, None),
            BuiltIn::Field(path) => ("field", path, None),
            BuiltIn::Option(key) => ("option", key, Some(key)),
            BuiltIn::Table(table, key) => ("table", table, Some(key)),
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

//! A mapping tried on records that were seen before, without deciding or writing anything (CMN-30).

use ::mapping::{Place, Why, plain};
use serde_json::Value;

use super::{BuiltIn, Part, Target};
use crate::rules::{Profile, Rules};

/// One field of a record as a mapping fills it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Where the field stands.
    pub place: Place,
    /// What tells the record or line from its neighbours, such as a line's SKU.
    pub line: Option<String>,
    /// The service's field.
    pub field: String,
    /// What would be sent, as text; nothing when the field is left out.
    pub value: Option<String>,
    /// Why nothing can be sent.
    pub fault: Option<Why>,
}

impl Target {
    /// What the product fills a field with when no row does; nothing for a field that it leaves out.
    pub fn built_in(&self, place: Place, field: &str) -> Option<BuiltIn> {
        let mut own = self.built_in.iter();
        own.find(|(at, name, _)| (*at, *name) == (place, field))
            .map(|(.., built_in)| *built_in)
    }

    /// What these rules fill the fields of kept records with: every field that a row or the product fills. Nothing when
    /// the evidence holds no record of this kind.
    pub fn tried(&self, evidence: &Value, rules: &Rules) -> Option<Vec<Tried>> {
        let kept = (self.kept)(evidence, rules)?;
        let profile = rules.marketplaces.get(&kept.marketplace)?;
        Some(
            kept.parts
                .iter()
                .flat_map(|part| self.part(part, rules, profile))
                .collect(),
        )
    }

    fn part(&self, part: &Part, rules: &Rules, profile: &Profile) -> Vec<Tried> {
        let ladder = self.ladder(rules, profile);
        let mut names: Vec<&str> = self.fields.open_at(part.place).collect();
        names.extend(ladder.rows(part.place).map(|(_, row)| row.field.as_str()));
        names.sort_unstable();
        names.dedup();
        let given = self.given(part.place, &part.source, rules, profile);
        let one = |field: &str| {
            let (value, fault) = match &given {
                Ok(given) => match given.get(field) {
                    Some(value) => (value.as_ref().map(plain), None),
                    None => (self.by_itself(part, field, rules, profile), None),
                },
                Err(faults) => {
                    let fault = faults.iter().find(|fault| fault.field == field);
                    (None, fault.map(|fault| fault.why.clone()))
                }
            };
            Tried {
                place: part.place,
                line: part.label.clone(),
                field: field.to_owned(),
                value,
                fault,
            }
        };
        names.into_iter().map(one).collect()
    }

    fn by_itself(&self, part: &Part, field: &str, rules: &Rules, profile: &Profile) -> Option<String> {
        let option = |key: &str| rules.option(&profile.id, key).map(str::to_owned);
        let at = |path: &str| {
            let found = path.split('.').try_fold(&part.source, |value, part| value.get(part))?;
            Some(plain(found)).filter(|text| !text.is_empty())
        };
        match self.built_in(part.place, field)? {
            BuiltIn::Text(template) => Some(template.replace("{order.id}", &at("order.id").unwrap_or_default())),
            BuiltIn::Field(path) => at(path),
            BuiltIn::Option(key) => option(key),
            BuiltIn::Table {
                table,
                path,
                option: key,
            } => {
                let mapped = at(path).and_then(|wanted| {
                    let mut rows = rules.tables.get(table)?.iter();
                    let row = rows.find(|(from, _)| from.eq_ignore_ascii_case(&wanted));
                    row.map(|(_, to)| to.clone())
                });
                mapped.or_else(|| option(key))
            }
        }
    }
}

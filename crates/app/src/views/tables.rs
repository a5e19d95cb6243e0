//! The seller's lookup tables, row by row (CMN-28): each change is kept in the trail and looked up from the next run on.

use domain::Text;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use store::lookups::{self, Lookup};
use store::{Store, audit};

use crate::application::Inner;
use crate::contract::{LookupTable, MappingPair, Refusal, SetTableRow, TablesView};

/// What a table leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leads {
    /// A NetSuite record, by its internal id.
    Record,
    /// One of Amazon's carriers, or any other by its name (FUL-06).
    Carrier,
    /// A rate in percent (TAX-02).
    Percent,
}

/// The tables that a person may edit, in the order of an order's life.
const TABLES: [(&str, Leads); 4] = [
    (flows::rules::tax::TAX_CODES, Leads::Record),
    (flows::rules::tax::TAX_RATES, Leads::Percent),
    ("ship-methods", Leads::Record),
    ("carriers", Leads::Carrier),
];

/// All tables with their rows.
pub(crate) fn view(store: &Store) -> Result<TablesView, Refusal> {
    let table = |(name, _): (&str, Leads)| {
        let rows = store.read(|db| lookups::table(db, name))?;
        let pair = |row: Lookup| MappingPair {
            from: row.source,
            to: plain(&row.target),
        };
        Ok(LookupTable {
            name: name.to_owned(),
            rows: rows.into_iter().map(pair).collect(),
        })
    };
    let tables: Result<_, Refusal> = TABLES.into_iter().map(table).collect();
    Ok(TablesView { tables: tables? })
}

fn plain(target: &Value) -> String {
    target.as_str().map_or_else(|| target.to_string(), str::to_owned)
}

/// Sets or removes a row, for all marketplaces.
pub(crate) fn set(app: &Inner, asked: &SetTableRow) -> Result<TablesView, Refusal> {
    let known = TABLES.into_iter().find(|(name, _)| *name == asked.table);
    let (name, leads) = known.ok_or_else(|| Refusal::not_found(&asked.table))?;
    let from = asked.from.trim();
    let to = asked.to.as_deref().map(str::trim);
    if let Some(to) = to {
        check(name, leads, from, to)?;
    }
    let now = app.clock.now();
    app.engine.store().write(|db| {
        match to {
            Some(to) => lookups::set(
                db,
                &Lookup {
                    name: name.to_owned(),
                    marketplace: String::new(),
                    source: from.to_owned(),
                    target: json!(to),
                    set_at: now,
                },
            )?,
            None => {
                for row in lookups::table(db, name)? {
                    if row.source == from {
                        lookups::remove(db, name, &row.marketplace, from)?;
                    }
                }
            }
        }
        audit::add(db, now, "you", "set-table-row", from, &json!({"table": name, "to": to}))
    })?;
    view(app.engine.store())
}

/// A row that could never be found, or that leads nowhere, is refused in words.
fn check(name: &str, leads: Leads, from: &str, to: &str) -> Result<(), Refusal> {
    let refuse = |field: &str, id: &str| Err(Refusal::new("bad_request", Text::new(id)).about(field, id));
    let words = from.split(';').map(str::trim);
    let is_tax = name == flows::rules::tax::TAX_CODES;
    if is_tax && (words.clone().count() != 4 || words.clone().any(str::is_empty)) {
        return refuse("from", "error-table-tax-row");
    }
    if from.is_empty() || to.is_empty() {
        return refuse(if from.is_empty() { "from" } else { "to" }, "error-table-empty");
    }
    let is_id = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_percent = |text: &str| {
        let percent = text.parse::<Decimal>();
        percent.is_ok_and(|percent| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&percent))
    };
    if (leads == Leads::Record && !is_id(to)) || (leads == Leads::Percent && !is_id(from)) {
        let field = if leads == Leads::Record { "to" } else { "from" };
        return refuse(field, "error-table-id");
    }
    if leads == Leads::Percent && !is_percent(to) {
        return refuse("to", "error-table-percent");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str, leads: Leads, from: &str, to: &str) -> Option<String> {
        check(name, leads, from, to).err().map(|refusal| refusal.said.id)
    }

    #[test]
    fn tax_03_a_row_of_tax_codes_names_all_four_sides() {
        let tax = |from| refused("tax-codes", Leads::Record, from, "12");
        assert_eq!(tax("DE;FR;seller;consumer"), None);
        assert_eq!(tax("CA; CA-ON ;seller;*"), None);
        for odd in ["", "DE;FR", "DE;FR;seller;", "DE;FR;seller;consumer;more"] {
            assert_eq!(tax(odd).as_deref(), Some("error-table-tax-row"), "{odd}");
        }
    }

    #[test]
    fn tax_02_a_tax_code_leads_to_a_percent() {
        let rate = |code, percent| refused("tax-rates", Leads::Percent, code, percent);
        assert_eq!(rate("12", "5.5"), None);
        assert_eq!(rate("12", "0"), None);
        assert_eq!(rate("DE19", "19").as_deref(), Some("error-table-id"));
        for odd in ["19 %", "5,5", "-1", "101"] {
            assert_eq!(rate("12", odd).as_deref(), Some("error-table-percent"), "{odd}");
        }
    }

    #[test]
    fn ful_06_a_carrier_may_have_any_name_and_a_record_only_its_number() {
        assert_eq!(refused("carriers", Leads::Carrier, "Spedition Nord", "DHL"), None);
        assert_eq!(refused("ship-methods", Leads::Record, "Standard", "501"), None);
        let named = refused("ship-methods", Leads::Record, "Standard", "DHL Paket");
        assert_eq!(named.as_deref(), Some("error-table-id"));
        let empty = refused("carriers", Leads::Carrier, "Spedition Nord", "");
        assert_eq!(empty.as_deref(), Some("error-table-empty"));
    }
}

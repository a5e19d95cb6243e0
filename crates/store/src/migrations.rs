//! All schemas in the order in which they came to be. A released migration is never edited; a change is a new one.

use rusqlite_migration::{M, Migrations};

use crate::tables;

/// The migrations, oldest first. All pending ones succeed together or none does.
pub(crate) fn all() -> Migrations<'static> {
    Migrations::new(LIST.iter().map(|sql| M::up(sql)).collect())
}

/// The newest schema number.
pub(crate) const NEWEST: usize = LIST.len();

const LIST: &[&str] = &[
    tables::runs::SCHEMA,
    tables::decisions::SCHEMA,
    tables::steps::SCHEMA,
    tables::attempts::SCHEMA,
    tables::problems::SCHEMA,
    tables::links::SCHEMA,
    tables::cursors::SCHEMA,
    tables::options::SCHEMA,
    tables::lookups::SCHEMA,
    tables::fee_accounts::SCHEMA,
    tables::accounts::SCHEMA,
    tables::marketplaces::SCHEMA,
    tables::exclusions::SCHEMA,
    tables::audit::SCHEMA,
    tables::archive::SCHEMA,
    tables::settings::SCHEMA,
    tables::postings::SCHEMA,
    tables::buyer_keys::SCHEMA,
    tables::settlements::SCHEMA,
    tables::settlement_lines::SCHEMA,
];

#[cfg(test)]
mod tests {
    #[test]
    fn every_migration_is_valid_sql() {
        super::all().validate().unwrap();
    }
}

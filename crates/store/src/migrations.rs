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
    tables::decisions::LISTED,
    tables::settlements::BRIEF,
    tables::problems::CURES,
    tables::edits::SCHEMA,
    tables::cause_notes::SCHEMA,
    tables::mappings::SCHEMA,
    tables::archive::PARTS,
    tables::snoozes::SCHEMA,
    tables::ignored_causes::SCHEMA,
    tables::exclusions::BEFORE,
    tables::problems::CURED_AT,
    tables::settlement_lines::RISING,
    tables::steps::UNREAD,
    tables::settlement_rows::SCHEMA,
    tables::settlement_choices::SCHEMA,
    tables::row_choices::SCHEMA,
];

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::path::Path;

    use chrono::{DateTime, Utc};
    use domain::settlement::read::Source;
    use rusqlite::Connection;
    use rusqlite_migration::{M, Migrations};
    use serde_json::json;

    use super::{LIST, NEWEST};
    use crate::tables::archive::{self, Received};
    use crate::tables::settlement_rows::{self, Filter};
    use crate::tables::{audit, settings, settlement_lines, settlements};
    use crate::{Place, Store, StoreError};

    #[test]
    fn every_migration_is_valid_sql() {
        super::all().validate().unwrap();
    }

    /// A workspace as the program of that schema left it: its tables and no more.
    fn yesterdays(path: &Path, schema: usize) {
        let mut connection = Connection::open(path).unwrap();
        connection.pragma_update(None, "journal_mode", "WAL").unwrap();
        Migrations::new(LIST[..schema].iter().map(|sql| M::up(sql)).collect())
            .to_latest(&mut connection)
            .unwrap();
        connection.pragma_update(None, "application_id", 0x5073_726C).unwrap();
    }

    fn schema(path: &Path) -> Vec<(String, String)> {
        let connection = Connection::open(path).unwrap();
        let mut query = connection
            .prepare("SELECT name, coalesce(sql, '') FROM sqlite_schema ORDER BY name")
            .unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<rusqlite::Result<_>>().unwrap()
    }

    fn now() -> DateTime<Utc> {
        "2026-11-23T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn r5_r7_a_workspace_of_every_earlier_schema_opens_as_a_new_one_and_is_kept_beside() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("fresh.workspace");
        drop(Store::open(Place::File(fresh.clone())).unwrap());
        for earlier in 1..NEWEST {
            let path = folder.path().join(format!("of-{earlier}.workspace"));
            yesterdays(&path, earlier);
            let store =
                Store::open(Place::File(path.clone())).unwrap_or_else(|error| panic!("schema {earlier}: {error}"));
            assert_eq!(store.check().unwrap(), Vec::<String>::new(), "schema {earlier}");
            drop(store);
            assert_eq!(schema(&path), schema(&fresh), "schema {earlier}");
            let backup = folder
                .path()
                .join(format!("of-{earlier}.workspace.before-{NEWEST}.backup"));
            assert!(backup.exists(), "schema {earlier}: no copy was kept");
            let version: u32 = Connection::open(&backup)
                .unwrap()
                .query_row("PRAGMA user_version", [], |row| row.get(0))
                .unwrap();
            assert_eq!(
                usize::try_from(version).unwrap(),
                earlier,
                "the copy is what it was before"
            );
        }
    }

    /// The first schema with every table: what a seller had then is there afterwards, and what was counted anew is right.
    #[test]
    fn r5_what_a_workspace_of_the_first_whole_schema_holds_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("first.workspace");
        yesterdays(&path, 20);
        let then = Connection::open(&path).unwrap();
        then.execute_batch(
            "INSERT INTO settings (key, value) VALUES ('language', '\"fr\"');
             INSERT INTO options (key, level, scope_id, value) VALUES ('match.field', 'workspace', '', '\"upccode\"');",
        )
        .unwrap();
        drop(then);
        let store = Store::open(Place::File(path)).unwrap();
        let language = store.read(|db| settings::get(db, "language")).unwrap();
        assert_eq!(language, Some(json!("fr")));
        let chosen = store.read(crate::options::all).unwrap();
        assert_eq!(chosen[0].value, json!("upccode"));
        store
            .write(|db| audit::add(db, now(), "you", "option", "a", &json!(1)))
            .unwrap();
    }

    /// Until schema 33 the rows of a summary were a part of it.
    #[test]
    fn r5_rows_of_a_summary_that_was_kept_whole_are_found_one_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("whole.workspace");
        yesterdays(&path, 33);
        let row = |number: u32, tab: &str, status: &str| {
            json!({
                "id": format!("{number}.0"), "tab": tab, "kind": "payment", "title": "Order", "status": status, "lines": 4,
                "categories": ["principal"], "order": format!("111-{number}"), "document": null, "skus": ["LAMP-Oak"],
                "amazon": { "amount": "12.40", "currency": "EUR" },
            })
        };
        let rows = [
            row(3, "matched", "applied"),
            row(7, "unmatched", "needs_you"),
            row(11, "matched", "in_journal"),
        ];
        let summary = json!({
            "numbers": { "lines": 12 }, "bars": [{ "bar": "product_sales", "amount": "37.20" }], "rows": rows,
            "journals": [], "unexplained": [],
        });
        let then = Connection::open(&path).unwrap();
        then.execute(
            "INSERT INTO settlements (key, id, archive, layout, encoding, decimal_comma, currency, sum, rows, lines, balanced,
                                      summary, brief, imported_at)
             VALUES (1, '7', 'A', 'v2', 'utf-8', 0, 'EUR', 0, 12, 12, 1, ?1, ?1, 0)",
            [summary.to_string()],
        )
        .unwrap();
        drop(then);
        let store = Store::open(Place::File(path)).unwrap();
        let filter = |search: &str, shapes: Option<Vec<String>>| Filter {
            search: Some(search.to_owned()),
            shapes,
            ..Filter::default()
        };
        store
            .read(|db| {
                let kept = settlements::get(db, "7")?.unwrap().summary.unwrap();
                assert_eq!(kept["rows"], json!(null));
                assert_eq!(
                    kept["numbers"],
                    json!({ "lines": 12, "explained": 8, "sales": "37.20" })
                );
                let brief = settlements::brief(db, "7")?.unwrap().summary.unwrap();
                assert_eq!(brief, json!({ "numbers": kept["numbers"] }));
                let all = settlement_rows::find_in(db, "7", &Filter::default(), "matched", 1, 5)?;
                let tabs = |counts: &[(&str, u64)]| -> Vec<(String, u64)> {
                    counts.iter().map(|(tab, count)| ((*tab).to_owned(), *count)).collect()
                };
                assert_eq!(all.tabs, tabs(&[("matched", 2), ("unmatched", 1)]));
                assert_eq!(settlement_rows::at(db, "7", "matched", &all.places)?, [rows[2].clone()]);
                assert_eq!(settlement_rows::named(db, "7", "7.0")?, Some(rows[1].clone()));
                let shapes = settlement_rows::shapes(db, "7")?;
                assert_eq!(shapes, [json!(["payment", "+", ["principal"]]).to_string()]);
                let found = settlement_rows::find_in(db, "7", &filter("lamp-OAK", Some(shapes)), "matched", 0, 5)?;
                assert_eq!(found.tabs, all.tabs);
                let none = settlement_rows::find_in(db, "7", &filter("12.4", Some(Vec::new())), "matched", 0, 5)?;
                assert_eq!(none.tabs, []);
                Ok(())
            })
            .unwrap();
    }

    /// Until schema 26 a document's bytes were one value.
    #[test]
    fn r5_documents_that_were_kept_whole_are_read_part_by_part() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("whole.workspace");
        yesterdays(&path, 26);
        let then = Connection::open(&path).unwrap();
        then.execute_batch(
            "INSERT INTO archive (id, account, document_id, report_type, file_name, content, content_hash, received_at)
             VALUES ('R2', 'eu:A1', 'D2', 'S', 'two.txt', X'74776F', 'h2', 2000), ('R1', '', '', 'S', 'one.txt', X'', 'h1', 1000);",
        )
        .unwrap();
        drop(then);
        let store = Store::open(Place::File(path)).unwrap();
        let bytes = |id: &str| {
            let bytes = store.read(|db| {
                let mut bytes = String::new();
                let content = archive::content(db, id)?.unwrap();
                content.open().unwrap().read_to_string(&mut bytes).unwrap();
                Ok((bytes, archive::get(db, id)?.unwrap().size_bytes))
            });
            bytes.unwrap()
        };
        assert_eq!((bytes("R2"), bytes("R1")), (("two".into(), 3), (String::new(), 0)));
        let received = Received {
            id: None,
            account: String::new(),
            document_id: String::new(),
            report_type: "S".into(),
            file_name: "three.txt".into(),
            received_at: now(),
        };
        let (new, is_new) = store
            .write(|db| archive::keep(db, &received, &mut "three".as_bytes()))
            .unwrap();
        assert!(is_new);
        assert_eq!((bytes(&new.id), bytes("R2").0), (("three".into(), 5), "two".into()));
    }

    /// Until schema 31 a line went by its settlement, its row and its part, each in a column of its own.
    #[test]
    fn r5_settlement_lines_of_before_stand_in_the_order_of_their_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines.workspace");
        yesterdays(&path, 31);
        let then = Connection::open(&path).unwrap();
        then.execute_batch(
            "INSERT INTO settlements (key, id, archive, layout, encoding, decimal_comma, currency, sum, rows, lines, balanced, imported_at)
             VALUES (7, 'S7', 'R', 'v1', 'UTF-8', 0, 'EUR', 30000, 2, 3, 0, 0),
                    (8, 'S8', 'R', 'v2', 'UTF-8', 0, 'EUR', 50000, 1, 1, 0, 0);
             INSERT INTO settlement_kinds VALUES (7, 1, 'Order', 'ItemPrice', 'Principal', '', '', 3, 30000),
                                                 (8, 1, 'Order', 'ItemPrice', 'Tax', '', '', 1, 50000);
             INSERT INTO settlement_orders VALUES ('111-1', 7, 3, 3, 2, 20000);
             INSERT INTO settlement_lines (settlement, number, part, kind, amount, order_id)
             VALUES (8, 2, 0, 1, 50000, NULL), (7, 3, 1, 1, 10000, '111-1'), (7, 3, 0, 1, 10000, '111-1'), (7, 2, 0, 1, 10000, NULL);",
        )
        .unwrap();
        drop(then);
        let store = Store::open(Place::File(path)).unwrap();
        let read = |settlement: &str| {
            let lines = store.read(|db| settlement_lines::all(db, settlement)).unwrap();
            let places = lines
                .iter()
                .map(|line| (line.number, line.part, line.amount_description.clone()));
            places.collect::<Vec<_>>()
        };
        let principal = |number, part| (number, part, "Principal".to_owned());
        assert_eq!(read("S7"), [principal(2, 0), principal(3, 0), principal(3, 1)]);
        assert_eq!(read("S8"), [(2, 0, "Tax".to_owned())]);
        let of_order = store.read(|db| settlement_lines::of_order(db, "S7", "111-1")).unwrap();
        assert_eq!(of_order.len(), 2);
        for rule in crate::doctor::RULES {
            assert_eq!(
                store.read(|db| crate::doctor::broken(db, rule)).unwrap(),
                Vec::<String>::new()
            );
        }
    }

    #[test]
    fn r5_a_change_that_breaks_off_leaves_the_workspace_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("torn.workspace");
        yesterdays(&path, 20);
        // A table of the next schemas is in the way, as after a hand's work on the file.
        let then = Connection::open(&path).unwrap();
        then.execute_batch("CREATE TABLE mappings (mine TEXT)").unwrap();
        drop(then);
        let before = schema(&path);
        assert!(matches!(
            Store::open(Place::File(path.clone())).err(),
            Some(StoreError::Query(_) | StoreError::Nonsense { .. })
        ));
        assert_eq!(schema(&path), before, "all of the changes or none");
    }
}

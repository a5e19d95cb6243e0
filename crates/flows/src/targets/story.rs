//! Rows as text, for the tests of every kind of record.

use mapping::{Otherwise, Pair, Place, Row, Shape, Sheet, Source, Table};

use crate::rules::Rules;

/// Adds a row. `FORM FIELD = SOURCE`, `FORM/line FIELD = SOURCE`, or `FORM@SCOPE FIELD = SOURCE`; a source is `text …`, `constant …`, `field a, b`,
/// `record …` (a constant that is a record's id), `table PATH: a → b, c → d` (fails when nothing fits), `expression …` or
/// `omit`.
pub fn map(rules: &mut Rules, text: &str) {
    let (head, source) = text.split_once(" = ").unwrap();
    let (form, field) = head.split_once(' ').unwrap();
    let (form, scope) = form.split_once('@').unwrap_or((form, ""));
    let (form, place) = match form.strip_suffix("/line") {
        Some(form) => (form, Place::Line),
        None => (form, Place::Body),
    };
    let (kind, said) = source.split_once(' ').unwrap_or((source, ""));
    let source = match kind {
        "text" => Source::Text { template: said.into() },
        "constant" | "record" => Source::Constant { value: said.into() },
        "field" => Source::Field {
            paths: said.split(", ").map(str::to_owned).collect(),
            format: mapping::Format::default(),
        },
        "expression" => Source::Expression { text: said.into() },
        "omit" => Source::Omit,
        "table" => {
            let (path, rows) = said.split_once(':').unwrap();
            let pairs = rows.split(", ").filter_map(|row| row.trim().split_once(" → "));
            Source::Table(Table {
                path: path.into(),
                rows: pairs
                    .map(|(from, to)| Pair {
                        from: from.into(),
                        to: to.into(),
                    })
                    .collect(),
                default: String::new(),
                unique: true,
            })
        }
        other => panic!("no source {other}"),
    };
    let shape = if kind == "record" { Shape::Record } else { Shape::Text };
    let row = Row {
        place,
        field: field.into(),
        shape,
        source,
        when: None,
        otherwise: Otherwise::Inherit,
    };
    let mut rows = rules
        .mappings
        .sheet(form, scope)
        .map(|sheet| sheet.rows.clone())
        .unwrap_or_default();
    rows.push(row);
    rules.mappings.set(form, scope, Sheet { version: 7, rows });
}

//! What rows come to: every kind of source, conditions, tables, the ladder, and an expression that cannot get out.
#![allow(clippy::disallowed_methods, reason = "the bound in milliseconds is measured")]

use std::time::{Duration, Instant};

use mapping::fields::{CONFIRMATION, SALE};
use mapping::{
    Condition, Format, Mappings, Named, Otherwise, Pair, Place, Row, Shape, Sheet, Source, Table, Test, Why,
};
use serde_json::{Value, json};

fn order() -> Value {
    json!({
        "order": {
            "id": "028-1234567-1234567", "purchase_order": null, "channel": "fba", "date": "2026-11-14",
            "is_prime": true, "promotion_ids": ["A1", "B2"], "total": "29.90", "city": "Köln",
        },
        "line": { "sku": "LAMP-RED-EU", "quantity": 2, "title": " Lamp " },
    })
}

fn row(field: &str, source: Source) -> Row {
    let place = if field.starts_with("custcol") {
        Place::Line
    } else {
        Place::Body
    };
    Row {
        place,
        field: field.into(),
        shape: Shape::Text,
        source,
        when: None,
        otherwise: Otherwise::Inherit,
    }
}

fn field(path: &str) -> Source {
    Source::Field {
        paths: vec![path.into()],
        format: Format::default(),
    }
}

fn constant(value: &str) -> Source {
    Source::Constant { value: value.into() }
}

fn expression(text: &str) -> Source {
    Source::Expression { text: text.into() }
}

/// What one row gives, or its fault; `null` when it leaves the field to the product or leaves it out.
fn gives(row: Row) -> Result<Value, Why> {
    let (place, name) = (row.place, row.field.clone());
    let mut mappings = Mappings::default();
    mappings.set(
        "mfn-orders",
        "",
        Sheet {
            version: 1,
            rows: vec![row],
        },
    );
    let given = mappings
        .ladder("mfn-orders", "DE", "eu:A1")
        .fill(&SALE, place, &order());
    match given {
        Ok(mut given) => Ok(given.remove(&name).flatten().unwrap_or(Value::Null)),
        Err(mut faults) => Err(faults.remove(0).why),
    }
}

fn formatted(path: &str, name: Named, argument: &str) -> Result<Value, Why> {
    let format = Format {
        name,
        argument: argument.into(),
    };
    gives(row(
        "memo",
        Source::Field {
            paths: vec![path.into()],
            format,
        },
    ))
}

#[test]
fn cmn_28_every_kind_of_source_fills_a_field() {
    let first = Source::Field {
        paths: vec!["order.purchase_order".into(), "order.id".into()],
        format: Format::default(),
    };
    assert_eq!(gives(row("memo", first)), Ok(json!("028-1234567-1234567")));
    assert_eq!(gives(row("memo", constant("Amazon"))), Ok(json!("Amazon")));
    let text = Source::Text {
        template: "Amazon {order.id}, {order.city}{order.purchase_order}".into(),
    };
    assert_eq!(gives(row("memo", text)), Ok(json!("Amazon 028-1234567-1234567, Köln")));
    assert_eq!(gives(row("memo", Source::Omit)), Ok(Value::Null));
    let sum = expression("if order.is_prime { \"Prime \" + order.city.upper() } else { \"\" }");
    assert_eq!(gives(row("memo", sum)), Ok(json!("Prime KÖLN")));
}

#[test]
fn cmn_28_named_formats() {
    let says = |path, name, argument| formatted(path, name, argument).map(|value| value.as_str().unwrap().to_owned());
    assert_eq!(says("order.city", Named::Upper, ""), Ok("KÖLN".into()));
    assert_eq!(says("line.title", Named::Trim, ""), Ok("Lamp".into()));
    assert_eq!(says("order.id", Named::Digits, ""), Ok("02812345671234567".into()));
    assert_eq!(says("line.sku", Named::First, "4"), Ok("LAMP".into()));
    assert_eq!(says("line.sku", Named::Last, "2"), Ok("EU".into()));
    assert_eq!(says("order.date", Named::ShiftDays, "-14"), Ok("2026-10-31".into()));
    assert_eq!(says("order.date", Named::YearMonth, ""), Ok("2026-11".into()));
    assert_eq!(says("order.promotion_ids", Named::Join, "/"), Ok("A1/B2".into()));
    let not_a_number = Why::NotA {
        shape: "number".into(),
        value: "x".into(),
    };
    assert_eq!(says("line.sku", Named::First, "x"), Err(not_a_number));
}

#[test]
fn cmn_28_a_lookup_table_takes_its_default_or_fails_when_no_unique_match() {
    let pair = |from: &str, to: &str| Pair {
        from: from.into(),
        to: to.into(),
    };
    let look = |rows: &[(&str, &str)], default: &str, unique| {
        let rows = rows.iter().map(|(from, to)| pair(from, to)).collect();
        gives(row(
            "class",
            Source::Table(Table {
                path: "order.channel".into(),
                rows,
                default: default.into(),
                unique,
            }),
        ))
    };
    assert_eq!(look(&[("FBA", "7"), ("mfn", "8")], "", true), Ok(json!("7")));
    assert_eq!(look(&[("mfn", "8")], "9", false), Ok(json!("9")));
    assert_eq!(
        look(&[("mfn", "8")], "9", true),
        Err(Why::NoMatch { value: "fba".into() })
    );
    assert_eq!(look(&[("fba", "7"), ("FBA", "8")], "", false), Ok(json!("7")));
    assert_eq!(
        look(&[("fba", "7"), ("FBA", "8")], "", true),
        Err(Why::SeveralMatches { value: "fba".into() })
    );
}

#[test]
fn cmn_28_each_row_may_be_conditional() {
    let with = |path: &str, test, value: &str| {
        let when = Some(Condition {
            path: path.into(),
            test,
            value: value.into(),
        });
        gives(Row {
            when,
            ..row("memo", constant("yes"))
        })
        .map(|value| value == json!("yes"))
    };
    assert_eq!(with("order.channel", Test::Is, "FBA"), Ok(true));
    assert_eq!(with("order.channel", Test::IsNot, "fba"), Ok(false));
    assert_eq!(with("order.channel", Test::IsOneOf, "mfn, fba"), Ok(true));
    assert_eq!(with("line.sku", Test::StartsWith, "lamp-"), Ok(true));
    assert_eq!(with("line.sku", Test::Contains, "BLUE"), Ok(false));
    assert_eq!(with("order.purchase_order", Test::IsFilled, ""), Ok(false));
    assert_eq!(with("order.purchase_order", Test::IsEmpty, ""), Ok(true));
    let unknown = Why::NoSuchPath {
        path: "order.colour".into(),
    };
    assert_eq!(with("order.colour", Test::IsEmpty, ""), Err(unknown));
}

#[test]
fn cmn_28_an_empty_value_is_inherited_left_out_replaced_or_asked_about() {
    let empty = |otherwise| {
        gives(Row {
            otherwise,
            ..row("memo", field("order.purchase_order"))
        })
    };
    assert_eq!(empty(Otherwise::Inherit), Ok(Value::Null));
    assert_eq!(empty(Otherwise::LeaveOut), Ok(Value::Null));
    assert_eq!(empty(Otherwise::Take { value: "none".into() }), Ok(json!("none")));
    assert_eq!(empty(Otherwise::Ask), Err(Why::Empty));
}

#[test]
fn values_are_written_in_the_shape_that_the_field_has() {
    let shaped = |shape, value: &str| {
        gives(Row {
            shape,
            ..row("custbody_x", constant(value))
        })
    };
    assert_eq!(shaped(Shape::Record, "12"), Ok(json!({"id": "12"})));
    assert_eq!(shaped(Shape::Flag, "yes"), Ok(json!(true)));
    assert_eq!(shaped(Shape::Date, "2026-11-14T08:00:00Z"), Ok(json!("2026-11-14")));
    // Exactly these digits, whatever a binary fraction would make of them.
    assert_eq!(
        shaped(Shape::Number, "0.10").map(|number| number.to_string()),
        Ok("0.10".to_owned())
    );
    for (shape, name) in [
        (Shape::Record, "record"),
        (Shape::Flag, "flag"),
        (Shape::Number, "number"),
        (Shape::Date, "date"),
    ] {
        let wrong = Why::NotA {
            shape: name.into(),
            value: "{a b}".into(),
        };
        assert_eq!(shaped(shape, "{a b}"), Err(wrong));
    }
}

#[test]
fn cmn_29_a_row_for_an_amount_is_refused_when_saved_and_ignored_if_it_got_in() {
    let amount = Row {
        place: Place::Line,
        shape: Shape::Number,
        ..row("amount", constant("1.00"))
    };
    assert_eq!(amount.check(&SALE, &order())[0].why, Why::Locked);
    assert_eq!(gives(amount), Ok(Value::Null));
}

#[test]
fn cmn_02_the_closest_sheet_speaks_and_its_origin_is_known() {
    let mut mappings = Mappings::default();
    let sheet = |version, rows| Sheet { version, rows };
    mappings.set(
        "mfn-orders",
        "",
        sheet(1, vec![row("memo", constant("all")), row("class", constant("1"))]),
    );
    mappings.set("mfn-orders", "eu:A1", sheet(2, vec![row("memo", constant("europe"))]));
    let german = Row {
        when: Some(Condition {
            path: "order.channel".into(),
            test: Test::Is,
            value: "mfn".into(),
        }),
        ..row("memo", constant("germany"))
    };
    mappings.set("mfn-orders", "DE", sheet(5, vec![german]));
    let ladder = mappings.ladder("mfn-orders", "DE", "eu:A1");
    // The German row does not count for this channel, so the account's speaks.
    let given = ladder.fill(&SALE, Place::Body, &order()).unwrap();
    assert_eq!(given["memo"], Some(json!("europe")));
    assert_eq!(given["class"], Some(json!("1")));
    assert_eq!(ladder.version(), Some(5));
    assert_eq!(mappings.ladder("mfn-orders", "FR", "eu:A1").version(), Some(2));
    assert_eq!(mappings.ladder("fba-orders", "DE", "eu:A1").version(), None);
    assert_eq!(mappings.ladder("mfn-orders", "", "").version(), Some(1));
}

/// What an expression comes to; the field is one of a line, so that both parts of the source are there.
fn computes(text: &str) -> Result<String, Why> {
    gives(row("custcol_x", expression(text))).map(|value| value.as_str().unwrap_or_default().to_owned())
}

#[test]
fn decision_8_expressions_compute_with_decimals_and_text() {
    for (text, result) in [
        ("0.1 + 0.2", "0.3"),
        ("number(order.total) * line.quantity", "59.80"),
        ("round(10.0 / 3, 2)", "3.33"),
        ("coalesce(order.purchase_order, order.id)", "028-1234567-1234567"),
        ("trim(line.title) + \" x\" + text(line.quantity)", "Lamp x2"),
        ("part(line.sku, 5, 3).lower()", "red"),
        ("shift_days(order.date, 30)", "2026-12-14"),
        ("join(order.promotion_ids, \"+\")", "A1+B2"),
        ("switch order.channel { \"fba\" => \"Amazon\", _ => \"own\" }", "Amazon"),
        (
            "if line.sku.starts_with(\"LAMP\") && !empty(order.city) { 1 } else { 2 }",
            "1",
        ),
        ("replace(line.sku, \"-\", \"_\")", "LAMP_RED_EU"),
        ("order.purchase_order", ""),
    ] {
        assert_eq!(computes(text), Ok(result.to_owned()), "{text}");
    }
}

#[test]
fn decision_8_an_expression_can_do_nothing_else_and_not_for_long() {
    let double = format!("{}\"aa\"{}", "replace(".repeat(30), ", \"a\", \"aa\")".repeat(30));
    let deep = format!("{}1{}", "(".repeat(900), ")".repeat(900));
    let long = format!("1{}", " + 1".repeat(499));
    for text in [
        "while true { }",
        "loop { }",
        "let x = 1; x",
        "for i in 0..9 { i }",
        "fn f() { 1 }",
        "eval(\"1\")",
        "sleep(1)",
        "import \"x\" as y",
        "print(order.id)",
        "|x| x",
        "order.colour",
        "throw 1",
        "call(order)",
        "timestamp()",
        "1 / 0",
        "9223372036854775807 + 1",
        "{ let a = 1; a }",
        "do { } while true",
        "return 5",
        "exit()",
        double.as_str(),
        deep.as_str(),
        "\"unfinished",
        "",
        "order.id +",
        "is_shared(order)",
        "parse_json(\"{}\")",
        "number(\"x\")",
        "shift_days(\"x\", 1)",
        "order.id = \"x\"",
    ] {
        assert!(
            matches!(computes(text), Err(Why::Expression { .. } | Why::TooMuch)),
            "{text}: {:?}",
            computes(text)
        );
    }
    // The best of several, so that a busy machine does not count as a slow expression.
    for text in [long.as_str(), double.as_str(), deep.as_str()] {
        let took = |_| {
            let start = Instant::now();
            let _ = computes(text);
            start.elapsed()
        };
        let best = (0..20).map(took).min().unwrap();
        assert!(best < Duration::from_millis(10), "{best:?} for {}", &text[..40]);
    }
}

#[test]
fn what_is_wrong_with_a_row_is_said_before_it_is_saved() {
    let wrong = |source| {
        row("memo", source)
            .check(&SALE, &order())
            .into_iter()
            .map(|fault| fault.why)
            .collect::<Vec<_>>()
    };
    assert_eq!(wrong(field("order.id")), []);
    assert_eq!(
        wrong(field("order.colour")),
        [Why::NoSuchPath {
            path: "order.colour".into()
        }]
    );
    assert!(matches!(wrong(expression("1 +"))[0], Why::Expression { .. }));
    assert!(matches!(
        wrong(Source::Text {
            template: "a {order.id".into()
        })[0],
        Why::Expression { .. }
    ));
    assert_eq!(wrong(expression(&"1".repeat(2_001))), [Why::TooMuch]);
}

#[test]
fn a_sheet_is_kept_as_text_and_comes_back_the_same() {
    let rows = vec![
        row("memo", expression("1 + 1")),
        Row {
            otherwise: Otherwise::Take { value: "x".into() },
            ..row("class", field("order.id"))
        },
        row(
            "class",
            Source::Table(Table {
                path: "order.id".into(),
                rows: vec![],
                default: "1".into(),
                unique: true,
            }),
        ),
        row("department", Source::Omit),
    ];
    let text = serde_json::to_string(&rows).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Row>>(&text).unwrap(), rows);
}

proptest::proptest! {
    /// Whatever a person writes, the answer is a value or a fault: never a crash, never an endless wait.
    #[test]
    fn decision_8_no_text_breaks_the_engine(
        parts in proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..60),
        noise in ".{0,40}",
    ) {
        let _ = computes(&parts.join(" "));
        let _ = computes(&parts.concat());
        let _ = computes(&noise);
        let template = Source::Text { template: format!("{noise}{{{}", parts.concat()) };
        let _ = gives(row("memo", template));
    }
}

const WORDS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "if",
    "else",
    "switch",
    "=>",
    "_",
    ",",
    ".",
    "..",
    "?",
    "??",
    ":",
    ";",
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "==",
    "<",
    "!",
    "&&",
    "||",
    "=",
    "+=",
    "|",
    "&",
    "^",
    "<<",
    "in",
    "\"",
    "'",
    "`",
    "${",
    "#{",
    "0",
    "1",
    "9223372036854775807",
    "0.1",
    "1e9",
    "-1",
    "\"a\"",
    "order",
    "order.id",
    "line.sku",
    "order.total",
    "order.promotion_ids",
    "trim(",
    "replace(",
    "coalesce(",
    "join(",
    "round(",
    "first(",
    "part(",
    "number(",
    "shift_days(",
    "while",
    "loop",
    "let",
    "fn",
    "return",
    "throw",
    "try",
    "catch",
    "import",
    "export",
    "this",
    "eval(",
    "true",
    "false",
    "()",
    "\u{1f600}",
    "\0",
];

#[test]
fn ful_02_what_amazon_insists_on_can_be_filled_and_not_left_out() {
    let of = |otherwise, source| Row {
        otherwise,
        ..row("carrierCode", source)
    };
    let filled = |row: &Row| {
        let mut mappings = Mappings::default();
        let rows = vec![row.clone()];
        mappings.set("shipments", "", Sheet { version: 1, rows });
        let given = mappings.ladder("shipments", "DE", "eu:A1");
        given
            .fill(&CONFIRMATION, Place::Body, &order())
            .map_err(|faults| faults[0].why.clone())
    };
    let wrong = |row: &Row| {
        row.check(&CONFIRMATION, &order())
            .into_iter()
            .map(|fault| fault.why)
            .collect::<Vec<_>>()
    };
    let dhl = of(Otherwise::Inherit, Source::Constant { value: "DHL".into() });
    assert_eq!(filled(&dhl).unwrap()["carrierCode"], Some(json!("DHL")));
    assert_eq!(wrong(&dhl), []);
    let omitted = of(Otherwise::Inherit, Source::Omit);
    assert_eq!(
        (filled(&omitted), wrong(&omitted)),
        (Err(Why::Needed), vec![Why::Needed])
    );
    let empty = of(Otherwise::LeaveOut, field("order.purchase_order"));
    assert_eq!((filled(&empty), wrong(&empty)), (Err(Why::Needed), vec![Why::Needed]));
    let inherits = of(Otherwise::Inherit, field("order.purchase_order"));
    assert!(
        filled(&inherits).unwrap().is_empty(),
        "the product's own carrier counts"
    );
}

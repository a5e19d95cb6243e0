//! A seller's own mapping in the decision about an order, and tried on an order that was seen before.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use flows::orders::fba_orders::FbaOrders;
use flows::orders::mfn_orders::MfnOrders;
use flows::rules::Profile;
use flows::targets;
use flows::{Decision, Flow, Instead, Remedy, Rules, Write};
use mapping::{Condition, Otherwise, Pair, Place, Row, Shape, Sheet, Source, Table, Test};
use serde_json::{Value, json};

const GERMANY: &str = "A1PA6795UKMFR9";
const ACCOUNT: &str = "eu:A1SELLER";

fn rules(sheets: &[(&str, &str, Vec<Row>)]) -> Rules {
    let mut rules = Rules::new("2026-11-14T12:00:00Z".parse().unwrap());
    rules.marketplaces.insert(
        GERMANY.into(),
        Profile {
            id: GERMANY.into(),
            country: "DE".into(),
            account: ACCOUNT.into(),
            currency: domain::Currency::EUR,
            zone: chrono_tz::Europe::Berlin,
            settlement_name: "Amazon.de".into(),
            tax_inclusive: true,
            go_live: "2026-01-01".parse().ok(),
        },
    );
    for (key, value) in [
        ("customer.mfn.default", "88"),
        ("customer.fba.default", "88"),
        ("customer.rotate", "never"),
        ("orders.shipping_item", "70"),
        ("orders.ship_method_default", "33"),
        ("location.mfn", "1"),
        ("location.fba", "2"),
        ("department", "5"),
    ] {
        rules.options.set("", key, value);
    }
    for (version, (form, scope, rows)) in (1..).zip(sheets) {
        let rows = rows.clone();
        rules.mappings.set(form, scope, Sheet { version, rows });
    }
    rules
}

fn body(field: &str, shape: Shape, source: Source) -> Row {
    Row {
        place: Place::Body,
        field: field.into(),
        shape,
        source,
        when: None,
        otherwise: Otherwise::Inherit,
    }
}

fn line(field: &str, shape: Shape, source: Source) -> Row {
    Row {
        place: Place::Line,
        ..body(field, shape, source)
    }
}

fn constant(value: &str) -> Source {
    Source::Constant { value: value.into() }
}

fn when(row: Row, path: &str, test: Test, value: &str) -> Row {
    let when = Some(Condition {
        path: path.into(),
        test,
        value: value.into(),
    });
    Row { when, ..row }
}

fn mfn(rules: &Rules) -> Decision {
    MfnOrders::decide(&MfnOrders::sample(), rules)
}

/// The body of the last write, which is the order's.
fn written(decision: &Decision) -> Value {
    let steps = decision.as_ref().unwrap();
    let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[steps.len() - 1].write else {
        panic!("not a create: {steps:?}")
    };
    body.clone()
}

#[test]
fn cmn_28_rows_fill_body_and_lines_after_the_built_in_fields() {
    let rules = rules(&[(
        "mfn-orders",
        "",
        vec![
            body(
                "memo",
                Shape::Text,
                Source::Text {
                    template: "{order.country} {order.id}".into(),
                },
            ),
            body("department", Shape::Record, Source::Omit),
            body(
                "custbody_prime",
                Shape::Flag,
                Source::Expression {
                    text: "order.is_prime".into(),
                },
            ),
            line(
                "description",
                Shape::Text,
                Source::Expression {
                    text: "upper(coalesce(line.title, line.kind))".into(),
                },
            ),
            line(
                "custcol_sku",
                Shape::Text,
                Source::Expression {
                    text: "line.sku".into(),
                },
            ),
        ],
    )]);
    let body = written(&mfn(&rules));
    assert_eq!(body["memo"], "DE 028-1234567-1234567");
    assert_eq!(body.get("department"), None);
    assert_eq!(body["custbody_prime"], false);
    let lines = &body["item"]["items"];
    assert_eq!(lines[0]["description"], "BLUE MUG");
    assert_eq!(lines[0]["custcol_sku"], "MUG-BLUE");
    // The shipping line belongs to the whole order: it has no SKU, and leaves that field to the product.
    assert_eq!(lines[1]["description"], "SHIPPING");
    assert_eq!(lines[1].get("custcol_sku"), None);
}

#[test]
fn cmn_29_whatever_rows_say_amounts_items_customer_and_names_stay() {
    let plain = written(&mfn(&rules(&[])));
    let every = [
        "entity",
        "externalId",
        "otherRefNum",
        "currency",
        "tranDate",
        "item",
        "total",
        "shippingCost",
    ];
    let mut rows: Vec<Row> = every
        .iter()
        .map(|field| body(field, Shape::Text, constant("9")))
        .collect();
    let lines = ["item", "quantity", "rate", "amount", "price", "isTaxable"];
    rows.extend(lines.iter().map(|field| line(field, Shape::Text, constant("9"))));
    let attacked = written(&mfn(&rules(&[("mfn-orders", "", rows)])));
    assert_eq!(attacked, plain);
}

#[test]
fn cmn_31_dimensions_by_channel_sku_prefix_and_marketplace_on_body_and_line() {
    let mugs = |value| {
        when(
            line("class", Shape::Record, constant(value)),
            "line.sku",
            Test::StartsWith,
            "mug-",
        )
    };
    let by_channel = Source::Table(Table {
        path: "order.channel".into(),
        rows: vec![
            Pair {
                from: "fba".into(),
                to: "11".into(),
            },
            Pair {
                from: "mfn".into(),
                to: "12".into(),
            },
        ],
        default: String::new(),
        unique: true,
    });
    let shared = vec![
        body("subsidiary", Shape::Record, constant("3")),
        body("location", Shape::Record, by_channel),
        mugs("40"),
        line("class", Shape::Record, constant("41")),
        line("cseg_brand", Shape::Record, constant("7")),
    ];
    let german = vec![body("subsidiary", Shape::Record, constant("4"))];
    let rules = rules(&[
        ("mfn-orders", "", shared.clone()),
        ("fba-orders", "", shared),
        ("mfn-orders", GERMANY, german),
    ]);
    let ours = written(&mfn(&rules));
    assert_eq!(
        (&ours["subsidiary"]["id"], &ours["location"]["id"]),
        (&json!("4"), &json!("12"))
    );
    let theirs = written(&FbaOrders::decide(&FbaOrders::sample(), &rules));
    assert_eq!(
        (&theirs["subsidiary"]["id"], &theirs["location"]["id"]),
        (&json!("3"), &json!("11"))
    );
    let classes = |body: &Value| -> Vec<Value> {
        let lines = body["item"]["items"].as_array().unwrap();
        lines.iter().map(|line| line["class"]["id"].clone()).collect()
    };
    assert_eq!(classes(&ours), [json!("40"), json!("41")]);
    assert_eq!(ours["item"]["items"][1]["cseg_brand"]["id"], "7");
}

#[test]
fn a_row_that_gives_the_location_or_ship_method_answers_the_question_for_it() {
    let mut rules = rules(&[
        ("fba-orders", "", vec![body("location", Shape::Record, constant("6"))]),
        (
            "mfn-orders",
            "",
            vec![body("shipMethod", Shape::Record, constant("34"))],
        ),
    ]);
    rules.options.set("", "location.fba", "");
    rules.options.set("", "orders.ship_method_default", "");
    assert_eq!(
        written(&FbaOrders::decide(&FbaOrders::sample(), &rules))["location"]["id"],
        "6"
    );
    assert_eq!(written(&mfn(&rules))["shipMethod"]["id"], "34");
    // Its fulfilment leaves from there too.
    rules.options.set("", "orders.fba.import_as", "sales_order");
    let steps = FbaOrders::decide(&FbaOrders::sample(), &rules).unwrap();
    let Write::NetSuite(netsuite::Write::Transform { body, .. }) = &steps[steps.len() - 1].write else {
        panic!("no fulfilment: {steps:?}")
    };
    assert_eq!(body["inventoryLocation"]["id"], "6");
}

#[test]
fn cmn_25_cmn_28_a_row_that_fails_asks_once_with_a_way_to_mend_it() {
    let strict = Source::Table(Table {
        path: "line.sku".into(),
        rows: vec![Pair {
            from: "OTHER".into(),
            to: "1".into(),
        }],
        default: String::new(),
        unique: true,
    });
    let rules = rules(&[("mfn-orders", ACCOUNT, vec![line("class", Shape::Record, strict)])]);
    let Err(Instead::Ask { problems }) = mfn(&rules) else {
        panic!("nobody was asked")
    };
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].cause, "MAPPING_FAILED:mfn-orders:line:class");
    assert_eq!(problems[0].why.id, "mapping-fault-no-match");
    let mend = Remedy::FixMapping {
        form: "mfn-orders".into(),
        place: "line".into(),
        field: "class".into(),
        scope: ACCOUNT.into(),
    };
    assert_eq!(problems[0].remedies[0], mend);
}

#[test]
fn cmn_30_the_decision_remembers_the_version_that_its_record_was_built_with() {
    let memo = || vec![body("memo", Shape::Text, constant("x"))];
    let version = |rules: &Rules| {
        let facts = MfnOrders::facts(&MfnOrders::sample(), rules);
        let found = facts.into_iter().find(|fact| fact.name == "mapping");
        found.map(|fact| fact.value)
    };
    assert_eq!(version(&rules(&[])), None);
    let both = rules(&[
        ("mfn-orders", "", memo()),
        ("mfn-orders", GERMANY, memo()),
        ("fba-orders", "", memo()),
    ]);
    assert_eq!(version(&both), Some(2_i64.into()));
}

#[test]
fn cmn_30_a_mapping_is_tried_on_an_order_that_was_kept() {
    let orders = targets::named("mfn-orders").unwrap();
    let evidence = serde_json::to_value(MfnOrders::sample()).unwrap();
    let rows = vec![
        body("memo", Shape::Text, constant("new")),
        line("class", Shape::Record, Source::Expression { text: "1 / 0".into() }),
    ];
    let mapped = rules(&[("mfn-orders", "", rows)]);
    let tried = orders.tried(&evidence, &mapped).unwrap();
    let one = |place: Place, field: &str| {
        tried
            .iter()
            .find(|one| one.place == place && one.field == field)
            .unwrap()
    };
    assert_eq!(one(Place::Body, "memo").value.as_deref(), Some("new"));
    assert_eq!(one(Place::Body, "department").value.as_deref(), Some("5"));
    assert_eq!(one(Place::Body, "location").value.as_deref(), Some("1"));
    assert!(one(Place::Line, "class").fault.is_some());
    assert_eq!(one(Place::Line, "class").line.as_deref(), Some("MUG-BLUE"));
    // Without rows the trial says what the record would really have.
    let plain = rules(&[]);
    let tried = orders.tried(&evidence, &plain).unwrap();
    let body = written(&mfn(&plain));
    for one in tried.iter().filter(|one| one.place == Place::Body) {
        let really = body.get(&one.field).map(mapping::plain);
        assert_eq!(one.value, really, "{}", one.field);
    }
}

#[test]
fn every_path_that_a_mapping_may_read_is_there_for_every_order_and_none_holds_buyer_data() {
    let paths = (targets::named("mfn-orders").unwrap().paths)();
    let names = |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let evidence = serde_json::to_value(FbaOrders::sample()).unwrap();
    let kept = (targets::named("fba-orders").unwrap().kept)(&evidence, &rules(&[])).unwrap();
    assert_eq!(names(&kept.parts[0].source["order"]), names(&paths["order"]));
    assert_eq!(names(&kept.parts[1].source["line"]), names(&paths["line"]));
    for word in ["name", "email", "phone", "address", "postal", "gift", "message"] {
        let found = names(&paths["order"]).into_iter().chain(names(&paths["line"]));
        let buyers: Vec<String> = found
            .filter(|path| path.contains(word) && path != "marketplace_name")
            .collect();
        assert_eq!(buyers, Vec::<String>::new());
    }
}

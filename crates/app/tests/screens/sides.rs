//! Amazon's side and NetSuite's of one order, and the choices beside an error, as the Errors screen asks for them
//! (ux.md §5.4).

use app::contract::{RemedyView, Side, Value as Shown};
use app::views::{problem, problems as views};
use chrono::{DateTime, Utc};
use domain::{Currency, Money, Text};
use serde_json::{Value, json};
use store::Store;
use store::decisions::{self, Decision, State, Verdict};
use store::problems::{self, Problem};

const ORDER: &str = "028-1111111-2222222";

fn at() -> DateTime<Utc> {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

fn eur(text: &str) -> Money {
    Money::new(text.parse().unwrap(), Currency::EUR)
}

fn problem(code: &str, what: Text, remedies: Value) -> Problem {
    Problem {
        key: ORDER.into(),
        what,
        why: Text::new("why"),
        remedies,
        ..Problem::new("mfn-orders", "eu:A1", code, format!("{code}:{ORDER}"), at())
    }
}

/// The sides of a problem about an order of two lamps, one of whose records was found in NetSuite.
fn sides(problem: &Problem, written: &Value, record: &Value) -> Vec<Side> {
    let store = Store::memory().unwrap();
    let evidence = json!({
        "seen": "order",
        "order": { "grand_total": eur("29.90"), "items": [{ "quantity": 2 }] },
        "items": [{ "id": "7", "name": "LAMP-OAK" }, { "id": "8", "name": "BULB" }],
        "customers": [{ "id": "88", "shared_name": "Amazon DE 2026" }],
        "records": [record],
        "written": written,
    });
    let decision = Decision {
        id: 0,
        flow: problem.flow.clone(),
        account: problem.account.clone(),
        key: problem.key.clone(),
        run: "r1".into(),
        fingerprint: "f".into(),
        verdict: Verdict::Ask,
        reason: None,
        state: State::NeedsYou,
        facts: json!([]),
        evidence,
        marketplace: None,
        happened_on: None,
        total: None,
        decided_at: at(),
    };
    store
        .write(|db| {
            decisions::insert(db, &decision)?;
            problems::open(db, problem)
        })
        .unwrap();
    problem::view(&store, "1").unwrap().sides
}

/// What differs, by its message; a line by the item's name.
fn differing(sides: &[Side]) -> Vec<String> {
    let name = |side: &Side| match side.what.args.get("item") {
        Some(Shown::Text(item)) => item.clone(),
        _ => side.what.id.clone(),
    };
    sides.iter().filter(|side| side.differs).map(name).collect()
}

fn told(code: &str, netsuite: &str) -> Problem {
    let what = Text::new("problem-adoption-conflict")
        .with("document", "SO11")
        .with("amazon", eur("29.90"))
        .with("netsuite", eur(netsuite));
    problem(code, what, json!([]))
}

#[test]
fn cmn_37_lines_that_a_person_changed_stand_beside_those_that_were_left_there() {
    let written = json!({ "last": { "lines": [
        { "item": "7", "quantity": "2", "amount": "24.90" }, { "item": "8", "quantity": "1", "amount": "5.00" },
    ] } });
    let record = json!({ "number": "SO11", "currency": "EUR", "customer": "88", "lines": [
        { "line": 1, "item": "7", "quantity": "2", "amount": "4.00" },
        { "line": 2, "item": "8", "quantity": "1", "amount": "5.00" },
        { "line": 3, "item": "9", "quantity": "2", "amount": "0" },
    ] });
    let sides = sides(&told("NETSUITE_EDITED", "9.00"), &written, &record);
    assert_eq!(differing(&sides), ["side-total", "LAMP-OAK"]);
    assert_eq!(
        sides.len(),
        4,
        "total, currency and two lines; a kit's component is no difference: {sides:?}"
    );
}

#[test]
fn cmn_13_where_total_and_currency_agree_it_is_the_customer_that_does_not() {
    let record = |currency: &str| {
        let lines = json!([{ "line": 1, "item": "7", "quantity": "2", "amount": "29.90" }]);
        json!({ "number": "SO11", "currency": currency, "customer": "88", "lines": lines })
    };
    let conflict = told("ADOPTION_CONFLICT", "29.90");
    assert_eq!(
        differing(&sides(&conflict, &Value::Null, &record("EUR"))),
        ["side-customer"]
    );
    assert_eq!(
        differing(&sides(&conflict, &Value::Null, &record("USD"))),
        ["side-currency"]
    );
    let other = told("ITEM_NOT_FOUND", "29.90");
    assert_eq!(sides(&other, &Value::Null, &record("USD")), [], "nothing to compare");
}

/// CMN-26: an option that an error names comes with its name and what there is to choose from.
#[test]
fn cmn_26_a_choice_beside_an_error_says_what_it_chooses_from() {
    let remedies = json!([
        { "remedy": "set_option", "option": "customer.mfn.default", "marketplace": null },
        { "remedy": "set_option", "option": "customer.rotate", "marketplace": null },
        { "remedy": "set_option", "option": "go_live", "marketplace": "A1PA6795UKMFR9" },
    ]);
    let found: Vec<(String, Vec<String>)> = views::remedies(&problem("CUSTOMER_FULL", Text::new("what"), remedies))
        .into_iter()
        .filter_map(|remedy| match remedy {
            RemedyView::SetOption { kind, words, .. } => Some((kind, words)),
            _ => None,
        })
        .collect();
    let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        found,
        [
            ("record".to_owned(), words(&["customer"])),
            ("one_of".to_owned(), words(&["never", "yearly", "monthly"])),
            ("date".to_owned(), Vec::new()),
        ]
    );
}

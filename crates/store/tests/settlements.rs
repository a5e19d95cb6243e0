//! Settlements and their lines through the store's own doors.
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

use chrono::{DateTime, Utc};
use domain::settlement::read::Options;
use store::settlement_lines::Filter;
use store::settlements::{Import, Outcome};
use store::{Store, StoreError, settlement_lines, settlements};

const TITLES: &str = "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\t\
    transaction-type\torder-id\tmarketplace-name\tamount-type\tamount-description\tamount\tposted-date-time\tsku\tnew-column\n";

fn summary(id: &str, total: &str) -> String {
    format!(
        "{id}\t2026-10-01 00:00:00 UTC\t2026-10-15 00:00:00 UTC\t2026-10-16 00:00:00 UTC\t{total}\tUSD{}\n",
        "\t".repeat(9)
    )
}

fn row(id: &str, order: &str, kind: &str, amount: &str) -> String {
    format!("{id}\t\t\t\t\t\tOrder\t{order}\tAmazon.com\t{kind}\t{amount}\t2026-10-02 01:02:03 UTC\tMUG\t\n")
}

fn good() -> String {
    let rows = [
        summary("7", "37.00"),
        row("7", "111-1", "ItemPrice\tPrincipal", "20.00"),
        row("7", "111-1", "ItemFees\tCommission", "-3.00"),
        row("7", "111-2", "ItemPrice\tPrincipal", "10.00"),
        row("7", "111-2", "ItemPrice\tPrincipal", "10.00"),
    ];
    format!("{TITLES}{}", rows.concat())
}

fn import(store: &Store, archive: &str, content: &str) -> Import {
    let bytes = content.as_bytes().to_vec();
    let at: DateTime<Utc> = DateTime::UNIX_EPOCH;
    let go_on = &mut |_| Ok(());
    store
        .write_bulk(|db| settlements::import(db, archive, &bytes, &Options::default(), at, go_on))
        .unwrap()
}

#[test]
fn t3_set_07_a_file_becomes_its_lines_identical_ones_included() {
    let store = Store::memory().unwrap();
    let done = import(&store, "A", &good());
    assert_eq!(done.outcome, Outcome::Imported);
    assert_eq!(done.new, ["7"]);
    store
        .read(|db| {
            let kept = settlements::get(db, "7")?.unwrap();
            assert_eq!(kept.sum.to_string(), "37.00 USD");
            assert_eq!((kept.rows, kept.lines, kept.balanced), (4, 4, true));
            assert_eq!(kept.header, done.reading.settlements[0].header);
            let lines = settlement_lines::all(db, "7")?;
            assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [3, 4, 5, 6]);
            let mut read = Vec::new();
            domain::settlement::read::read(&good().into_bytes(), &Options::default(), &mut read);
            assert_eq!(
                lines,
                read.into_iter().map(|(_, line)| line).collect::<Vec<_>>(),
                "nothing is lost on the way"
            );
            let kinds = settlement_lines::kinds(db, "7")?;
            let totals: Vec<String> = kinds
                .iter()
                .map(|kind| format!("{} {} {}", kind.triple[2], kind.lines, kind.total))
                .collect();
            assert_eq!(totals, ["Principal 3 40.00 USD", "Commission 1 -3.00 USD"]);
            Ok(())
        })
        .unwrap();
}

#[test]
fn set_04_the_same_settlement_is_kept_once() {
    let store = Store::memory().unwrap();
    import(&store, "A", &good());
    assert_eq!(import(&store, "B", &good()).outcome, Outcome::Duplicate);
    let other = good().replace("37.00", "36.00").replace("-3.00", "-4.00");
    let again = import(&store, "C", &other);
    assert_eq!((again.outcome, again.known), (Outcome::Reissued, vec!["7".to_owned()]));
    store
        .read(|db| {
            assert_eq!(settlement_lines::all(db, "7")?.len(), 4);
            assert_eq!(settlements::all(db)?.len(), 1);
            assert_eq!(settlements::file(db, "C")?.unwrap().0, Outcome::Reissued);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_file_that_cannot_be_read_leaves_nothing_but_the_reason() {
    let store = Store::memory().unwrap();
    let wrong = good().replace("-3.00", "three");
    let done = import(&store, "A", &wrong);
    assert_eq!(done.outcome, Outcome::Refused);
    store
        .read(|db| {
            assert!(settlements::all(db)?.is_empty());
            let (outcome, why) = settlements::file(db, "A")?.unwrap();
            assert_eq!(
                (outcome, &why[0]["code"], &why[0]["line"]),
                (Outcome::Refused, &"PARSE".into(), &4.into())
            );
            Ok(())
        })
        .unwrap();
    // The lines went with it: the same settlement can be imported from a good file.
    assert_eq!(import(&store, "B", &good()).outcome, Outcome::Imported);
}

#[test]
fn set_09_what_does_not_add_up_is_kept_and_marked() {
    let store = Store::memory().unwrap();
    let done = import(&store, "A", &good().replace("37.00", "36.98"));
    assert_eq!(done.outcome, Outcome::Imported);
    store
        .read(|db| {
            assert!(!settlements::get(db, "7")?.unwrap().balanced);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_stopped_import_leaves_no_lines() {
    let store = Store::memory().unwrap();
    let many: Vec<String> = (0..20_000)
        .map(|order| row("7", &format!("111-{order}"), "ItemPrice\tPrincipal", "1.00"))
        .collect();
    let bytes = format!("{TITLES}{}{}", summary("7", "20000.00"), many.concat()).into_bytes();
    let stop = &mut |_| Err(domain::settlement::read::Stop);
    let done =
        store.write_bulk(|db| settlements::import(db, "A", &bytes, &Options::default(), DateTime::UNIX_EPOCH, stop));
    assert!(matches!(done, Err(StoreError::Stopped)));
    assert!(store.read(settlements::all).unwrap().is_empty());
    assert_eq!(
        store.read(|db| settlements::file(db, "A")).unwrap(),
        None,
        "the next run looks into it again"
    );
    assert_eq!(
        import(&store, "B", &good()).outcome,
        Outcome::Imported,
        "no line of the stopped import is in the way"
    );
}

#[test]
fn lines_are_paged_filtered_and_found_by_order() {
    let store = Store::memory().unwrap();
    import(&store, "A", &good());
    store
        .read(|db| {
            let page = |filter: Filter| settlement_lines::page(db, "7", &filter);
            let first = page(Filter {
                limit: 2,
                ..Filter::default()
            })?;
            assert_eq!(first.iter().map(|line| line.number).collect::<Vec<_>>(), [3, 4]);
            let next = page(Filter {
                after: Some((4, 0)),
                limit: 9,
                ..Filter::default()
            })?;
            assert_eq!(next.iter().map(|line| line.number).collect::<Vec<_>>(), [5, 6]);
            let fee = settlement_lines::kinds(db, "7")?
                .into_iter()
                .find(|kind| kind.triple[2] == "Commission")
                .unwrap();
            let fees = page(Filter {
                kinds: Some(vec![fee.kind]),
                limit: 9,
                ..Filter::default()
            })?;
            assert_eq!(fees.len(), 1);
            assert_eq!(
                page(Filter {
                    search: Some("111-2".into()),
                    limit: 9,
                    ..Filter::default()
                })?
                .len(),
                2
            );
            assert_eq!(settlement_lines::of_order(db, "7", "111-1")?.len(), 2);
            let totals = settlement_lines::orders(db, "111-1")?;
            assert_eq!(
                (totals[0].lines, totals[0].total.to_string()),
                (2, "17.00 USD".to_owned())
            );
            Ok(())
        })
        .unwrap();
}

/// SET-16, SET-58: what a person chose about a settlement stands until it is chosen anew or taken back.
#[test]
fn set_58_choices_about_a_settlement_are_kept_replaced_and_taken_back() {
    use serde_json::json;
    use store::settlement_choices::{self, ACCEPT_VARIANCE, Choice, PICKED_MARKETPLACE};
    let store = Store::memory().unwrap();
    let of = |settlement: &str, choice: &str, value: serde_json::Value| Choice {
        settlement: settlement.into(),
        choice: choice.into(),
        value,
        who: "you".into(),
        at: "2026-11-23T08:00:00Z".parse().unwrap(),
    };
    let accepted = |amount: &str| of("900", ACCEPT_VARIANCE, json!({ "amount": amount, "reason": "a gift" }));
    let picked = of("900", PICKED_MARKETPLACE, json!({ "EUR": "A1PA6795UKMFR9" }));
    let other = of("9001", ACCEPT_VARIANCE, json!({ "amount": "1.00", "reason": "" }));
    store
        .write(|db| {
            for one in [&accepted("-12.40"), &picked, &other, &accepted("-12.50")] {
                settlement_choices::set(db, one)?;
            }
            Ok(())
        })
        .unwrap();
    let all = || store.read(|db| settlement_choices::all(db, "900")).unwrap();
    assert_eq!(all(), [accepted("-12.50"), picked.clone()]);
    let clear = |choice: &'static str| store.write(|db| settlement_choices::clear(db, "900", choice)).unwrap();
    assert!(clear(ACCEPT_VARIANCE) && !clear(ACCEPT_VARIANCE));
    assert_eq!(all(), [picked]);
    assert_eq!(store.read(|db| settlement_choices::all(db, "9001")).unwrap(), [other]);
}

/// SET-16: rows of other settlements tell which marketplace an order, a shipment or an adjustment belongs to.
#[test]
fn set_16_other_settlements_name_the_marketplace_of_an_order_or_an_event() {
    const WITH_EVENTS: &str = "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\t\
        transaction-type\torder-id\tadjustment-id\tshipment-id\tmarketplace-name\tamount-type\tamount-description\tamount\n";
    let row = |order: &str, event: &str, name: &str| {
        format!("8\t\t\t\t\t\tOrder\t{order}\t{event}\t{name}\tItemPrice\tPrincipal\t1.00\n")
    };
    let rows = [
        "8\t2026-10-01 00:00:00 UTC\t2026-10-15 00:00:00 UTC\t2026-10-16 00:00:00 UTC\t3.00\tUSD\t\t\t\t\t\t\t\t\n"
            .to_owned(),
        row("111-1", "\tS-1", "Amazon.com"),
        row("", "A-1\t", "Amazon.ca"),
        row("111-2", "\t", ""),
    ];
    let store = Store::memory().unwrap();
    let done = import(&store, "A", &format!("{WITH_EVENTS}{}", rows.concat()));
    assert_eq!(done.outcome, Outcome::Imported, "{:?}", done.reading.refusals);
    let ids = |ids: &[&str]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    let told = |but: &str| {
        let (orders, events) = (ids(&["111-1", "111-2", "111-9"]), ids(&["A-1", "S-1", "S-9"]));
        store
            .read(|db| settlement_lines::named_elsewhere(db, but, &orders, &events))
            .unwrap()
    };
    let named: Vec<(String, String)> = told("9").into_iter().collect();
    let wanted = [("111-1", "Amazon.com"), ("A-1", "Amazon.ca"), ("S-1", "Amazon.com")];
    assert_eq!(named, wanted.map(|(id, name)| (id.to_owned(), name.to_owned())));
    assert!(told("8").is_empty(), "its own rows are no other settlement's");
}

/// SET-61, SET-07: what a second file says otherwise is found whatever its order of rows, and taken without losing a line.
#[test]
fn set_61_a_second_file_is_told_by_its_rows_and_takes_the_place_of_the_first() {
    use domain::settlement::reissue::{Fate, compare};
    use store::settlement_reissues::{self, ReissueState};
    let store = Store::memory().unwrap();
    import(&store, "A", &good());
    let text = good();
    let lines: Vec<&str> = text.lines().collect();
    let shuffled = [0, 1, 5, 3, 2, 4].map(|place| format!("{}\n", lines[place])).concat();
    assert_eq!(import(&store, "B", &shuffled).outcome, Outcome::Duplicate);
    // The same header, sum and counts: one row belongs to another order.
    let moved = shuffled.replacen("111-2", "111-3", 1);
    let again = import(&store, "C", &moved);
    assert_eq!(
        (again.outcome, again.reissued),
        (Outcome::Reissued, vec!["7".to_owned()])
    );
    assert_eq!(import(&store, "D", &moved).outcome, Outcome::Duplicate, "it is known");
    let later = import(&store, "E", &moved.replace("-3.00", "-2.00").replace("37.00", "38.00"));
    assert_eq!(
        (later.outcome, later.overtaken),
        (Outcome::Reissued, vec!["C".to_owned()])
    );
    let open = store.read(|db| settlement_reissues::open(db, "7")).unwrap().unwrap();
    assert_eq!((open.archive.as_str(), open.state), ("E", ReissueState::Open));
    store
        .write_bulk(|db| {
            let before = settlement_lines::all(db, "7")?;
            let mut new = Vec::new();
            let content = moved.replace("-3.00", "-2.00").replace("37.00", "38.00").into_bytes();
            let reading = domain::settlement::read::read(&content, &Options::default(), &mut new);
            let difference = compare(&before, new.into_iter().map(|(_, line)| line).collect());
            let counts = [Fate::Added, Fate::Removed, Fate::Changed].map(|fate| difference.count(fate));
            assert_eq!((counts, difference.same), ([1, 1, 1], 2));
            let issue = settlement_reissues::Issue {
                archive: "E".into(),
                layout: "v2".into(),
                encoding: "UTF-8".into(),
                decimal_comma: false,
                proof: reading.settlements[0].clone(),
            };
            settlement_reissues::accept(db, &issue, &difference.kept)?;
            let kept = settlements::get(db, "7")?.unwrap();
            assert_eq!(
                (kept.archive.as_str(), kept.sum.to_string()),
                ("E", "38.00 USD".to_owned())
            );
            assert_eq!(settlement_lines::all(db, "7")?, difference.kept);
            assert_eq!(settlement_lines::of_order(db, "7", "111-3")?.len(), 1);
            assert_eq!(settlement_lines::of_order(db, "7", "111-1")?.len(), 2);
            for rule in store::doctor::RULES {
                assert_eq!(store::doctor::broken(db, rule)?, Vec::<String>::new());
            }
            Ok(())
        })
        .unwrap();
}

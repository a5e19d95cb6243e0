//! What holds of every kind of record that a mapping fills.

use std::collections::BTreeSet;

use mapping::{Place, plain};
use serde_json::Value;

use super::{BuiltIn, TARGETS, named};
use crate::catalogue;
use crate::flow::{Flow, Write};
use crate::fulfilments::shipments::Shipments;
use crate::orders::mfn_orders::MfnOrders;
use crate::orders::{customer_target, shared_customers};
use crate::rules::{Channel, Profile, Rules};

fn rules() -> Rules {
    let mut rules = Rules::new("2026-11-14T12:00:00Z".parse().unwrap());
    let id = "A1PA6795UKMFR9";
    let profile = Profile {
        id: id.into(),
        country: "DE".into(),
        account: "eu:A1SELLER".into(),
        currency: domain::Currency::EUR,
        zone: chrono_tz::Europe::Berlin,
        settlement_name: "Amazon.de".into(),
        tax_inclusive: true,
        go_live: "2026-01-01".parse().ok(),
    };
    rules.marketplaces.insert(id.into(), profile);
    for (key, value) in [
        ("orders.shipping_item", "70"),
        ("orders.ship_method_default", "33"),
        ("location.mfn", "1"),
        ("location.fba", "2"),
    ] {
        rules.options.set("", key, value);
    }
    rules
}

/// The evidence of the first flow's own typical subject.
fn evidence(flow: &str, rules: &Rules) -> Value {
    let entry = catalogue().iter().find(|entry| entry.card.id == flow);
    entry.unwrap().sample(rules).evidence
}

/// Every path of a source.
fn paths(source: &Value) -> BTreeSet<String> {
    let parts = source.as_object().unwrap().iter();
    let each = parts.flat_map(|(part, fields)| {
        let fields = fields.as_object().unwrap().keys();
        fields.map(move |name| format!("{part}.{name}"))
    });
    each.collect()
}

#[test]
fn cmn_28_every_kind_is_declared_whole() {
    let forms: BTreeSet<&str> = TARGETS.iter().map(|target| target.form).collect();
    assert_eq!(forms.len(), TARGETS.len(), "each name once");
    for target in TARGETS {
        let known = |flow: &&str| catalogue().iter().any(|entry| entry.card.id == *flow);
        assert!(target.flows.iter().all(known), "{}: {:?}", target.form, target.flows);
        assert!(
            !target.records.is_empty() && !target.flows.is_empty(),
            "{}",
            target.form
        );
        let there = paths(&(target.paths)());
        for (place, field, built_in) in target.built_in {
            assert!(target.fields.may_map(*place, field), "{}: {field}", target.form);
            if let BuiltIn::Field(path) | BuiltIn::Table { path, .. } = built_in {
                assert!(there.contains(*path), "{}: {path}", target.form);
            }
        }
    }
}

#[test]
fn cmn_30_what_rows_read_of_a_kept_record_is_what_they_read_of_a_typical_one() {
    let rules = rules();
    for target in TARGETS {
        let evidence = evidence(target.flows[0], &rules);
        let kept = (target.kept)(&evidence, &rules);
        let kept = kept.unwrap_or_else(|| panic!("{}: its own sample cannot be read", target.form));
        let place = if target.fields.open_at(Place::Line).next().is_some() {
            Place::Line
        } else {
            Place::Body
        };
        let part = kept.parts.iter().find(|part| part.place == place).unwrap();
        assert_eq!(paths(&part.source), paths(&(target.paths)()), "{}", target.form);
        assert!(
            target
                .tried(&evidence, &rules)
                .unwrap()
                .iter()
                .all(|one| one.fault.is_none())
        );
    }
}

#[test]
fn cmn_40_no_kind_lets_rows_read_a_person() {
    for target in TARGETS {
        for path in paths(&(target.paths)()) {
            let is_about_a_person = ["name", "email", "phone", "address", "postal", "gift", "message"]
                .iter()
                .any(|word| path.contains(word));
            // The name that many orders share, and the carrier's.
            let is_known = ["customer.shared_name", "parcel.carrier_name"].contains(&path.as_str());
            assert!(!is_about_a_person || is_known, "{}: {path}", target.form);
        }
    }
}

#[test]
fn cmn_28_without_rows_the_trial_of_a_parcel_says_what_amazon_is_really_told() {
    let rules = rules();
    let evidence = serde_json::to_value(Shipments::sample()).unwrap();
    let tried = named("shipments").unwrap().tried(&evidence, &rules).unwrap();
    let steps = Shipments::decide(&Shipments::sample(), &rules).unwrap();
    let Write::Amazon(amazon::Write::Confirm(told)) = &steps[0].write else {
        panic!("no confirmation")
    };
    let value = |field: &str| {
        let one = tried.iter().find(|one| one.field == field).unwrap();
        assert_eq!(one.line.as_deref(), Some(told.parcel.tracking.as_str()));
        one.value.clone()
    };
    assert_eq!(value("carrierCode").as_deref(), Some(told.parcel.carrier.code()));
    assert_eq!(value("carrierName"), None, "a code of Amazon's needs no name");
    assert_eq!(value("shippingMethod"), told.parcel.method);
    assert_eq!(value("shipDate").unwrap(), told.parcel.shipped.format("%F").to_string());
}

#[test]
fn cus_05_a_shared_customer_is_the_same_whether_its_flow_or_an_order_makes_it() {
    let mut rules = rules();
    super::story::map(
        &mut rules,
        "mfn-customers comments = text {customer.shared_name}, {customer.currency}{order.id}",
    );
    let by_flow = shared_customers::decide(&shared_customers::sample(Channel::Mfn), &rules).unwrap();
    let by_order = MfnOrders::decide(&MfnOrders::sample(), &rules).unwrap();
    assert_eq!(by_flow[0], by_order[0]);
    let Write::NetSuite(netsuite::Write::Create { body, .. }) = &by_flow[0].write else {
        panic!("no customer")
    };
    assert_eq!(plain(&body["comments"]), "Amazon DE 2026, EUR");
    let evidence = serde_json::to_value(shared_customers::sample(Channel::Mfn)).unwrap();
    let tried = customer_target::MFN.tried(&evidence, &rules).unwrap();
    let comments = tried.iter().find(|one| one.field == "comments").unwrap();
    assert_eq!(comments.value.as_deref(), Some("Amazon DE 2026, EUR"));
}

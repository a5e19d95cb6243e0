//! Customers (flows.md §4).

use domain::Currency;
use netsuite::RecordId;

use crate::flow::{Instead, Remedy, Write};
use crate::orders::story::{check, decide};
use crate::orders::{sample, shared_customers};
use crate::rules::Channel::{Fba, Mfn};
use crate::rules::{Profile, Rules};

#[test]
fn cus_05_without_a_choice_the_year_s_shared_customer_is_made_first() {
    let given = "order 028-1 unshipped US
        set customer.mfn.default = nothing
        1 × LAMP 20.00
        netsuite item LAMP";
    let expect = "create customer AZN-CUST-AMAZON-US-2026
        companyName Amazon US 2026
        create salesOrder AZN-SO-028-1
        entity AZN-CUST-AMAZON-US-2026
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp 20.00
        needs AZN-CUST-AMAZON-US-2026
        total 20.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn cus_01_a_buyer_is_found_by_the_relay_address_or_made() {
    let given = "order 028-1 unshipped US
        set customer.mfn.mode = per_buyer
        buyer x1@marketplace.amazon.com Mary Ann Smith
        1 × LAMP 20.00
        netsuite item LAMP";
    let steps = decide(Mfn, given).unwrap();
    assert_eq!(steps.len(), 2, "the buyer first");
    let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[0].write else {
        panic!("not a create")
    };
    assert_eq!(
        (body["firstName"].as_str(), body["lastName"].as_str()),
        (Some("Mary Ann"), Some("Smith"))
    );
    let known = format!("{given}\nnetsuite customer 700 X1@marketplace.amazon.com");
    assert_eq!(decide(Mfn, &known).unwrap().len(), 1, "recognised whatever the case");
    let twice = format!("{known}\nnetsuite customer 701 x1@marketplace.amazon.com");
    check(Mfn, &twice, "ask CUSTOMER_AMBIGUOUS:028-1");
    let Err(Instead::Ask { problems }) = decide(Mfn, &twice) else {
        panic!("it asks")
    };
    let offered = problems[0].remedies.iter().filter_map(|remedy| match remedy {
        Remedy::Adopt { id, .. } => Some(id.0.as_str()),
        _ => None,
    });
    assert_eq!(offered.collect::<Vec<_>>(), ["700", "701"], "each can be chosen");
    let entity = |given: &str| {
        let steps = decide(Mfn, given).unwrap();
        let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[0].write else {
            panic!("not a create")
        };
        body["entity"]["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(entity(&format!("{twice}\ncustomer 701")), "701");
    // One that can no longer be used is no hit.
    assert_eq!(entity(&format!("{twice}\nnetsuite customer 700 is inactive")), "701");
}

#[test]
fn cus_02_namesakes_are_listed_under_different_names() {
    let listed = |email: &str| {
        let given = format!(
            "order 028-1 unshipped US
            set customer.mfn.mode = per_buyer
            buyer {email} Mary Smith
            1 × LAMP 20.00
            netsuite item LAMP"
        );
        let steps = decide(Mfn, &given).unwrap();
        let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[0].write else {
            panic!("not a create")
        };
        body["entityId"].as_str().unwrap().to_owned()
    };
    let (one, other) = (listed("x1@marketplace.amazon.com"), listed("x2@marketplace.amazon.com"));
    assert!(
        one.starts_with("Mary Smith ") && other.starts_with("Mary Smith "),
        "{one}, {other}"
    );
    assert_ne!(one, other);
    assert_eq!(one, listed("X1@marketplace.amazon.com"), "always the same");
}

#[test]
fn cus_04_a_customer_that_lacks_the_order_s_currency_gets_it_before_the_order() {
    let given = "order 028-1 unshipped DE
        1 × LAMP 20.00
        netsuite item LAMP
        netsuite currencies of 88 1 2";
    let steps = decide(Mfn, given).unwrap();
    let Write::NetSuite(netsuite::Write::Update { record, body, .. }) = &steps[0].write else {
        panic!("not a change")
    };
    assert_eq!(*record, netsuite::RecordType::Customer);
    assert_eq!(
        body.to_string(),
        r#"{"currencyList":{"items":[{"currency":{"id":"4"}}]}}"#
    );
    let needs: Vec<&str> = steps[1].needs.iter().map(domain::ExternalId::as_str).collect();
    assert_eq!(
        (steps.len(), needs),
        (2, vec![steps[0].name.as_str()]),
        "the order waits for it"
    );
    for has_it in ["netsuite currencies of 88 1 4", "netsuite customer 88 x@example.com"] {
        let known = given.replace("netsuite currencies of 88 1 2", has_it);
        assert_eq!(decide(Mfn, &known).unwrap().len(), 1, "{has_it}");
    }
}

#[test]
fn cus_04_a_chosen_customer_must_be_active_and_of_the_subsidiary() {
    let given = "order 028-1 unshipped US
        set subsidiary = 2
        1 × LAMP 20.00
        netsuite item LAMP
        netsuite customer 88 shared@example.com of 3";
    check(Mfn, given, "ask CUSTOMER_AMBIGUOUS:028-1");
    let same = given.replace("of 3", "of 2");
    let steps = decide(Mfn, &same).unwrap();
    let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[0].write else {
        panic!("not a create")
    };
    assert_eq!(body["subsidiary"]["id"], "2", "booked where the seller chose");
    check(
        Mfn,
        &format!("{same}\nnetsuite customer 88 is inactive"),
        "ask CUSTOMER_AMBIGUOUS:028-1",
    );
}

#[test]
fn cus_02_names_are_split_at_the_last_space_and_companies_are_companies() {
    let named = |more: &str| {
        let given = format!(
            "order 028-1 unshipped US
            set customer.mfn.mode = per_buyer
            set customer.category = 7
            set customer.terms = 3
            buyer x1@marketplace.amazon.com {more}
            1 × LAMP 20.00
            netsuite item LAMP"
        );
        let mut steps = decide(Mfn, &given).unwrap();
        let Write::NetSuite(netsuite::Write::Create { body, .. }) = steps.remove(0).write else {
            panic!("not a create")
        };
        body
    };
    let person = named("Cher");
    assert_eq!(
        (&person["firstName"], &person["lastName"]),
        (&"Amazon".into(), &"Cher".into())
    );
    let nobody = named("\u{20}");
    assert_eq!(nobody["lastName"], "Buyer 028-1");
    let company = named("Jane Doe\ncompany Lamps & Sons");
    assert_eq!(company["companyName"], "Lamps & Sons");
    assert_eq!(
        (&company["category"]["id"], &company["terms"]["id"]),
        (&"7".into(), &"3".into())
    );
}

#[test]
fn cus_01_by_choice_a_name_and_a_postal_code_find_a_buyer_whom_the_address_does_not() {
    let given = "order 028-1 unshipped US
        set customer.mfn.mode = per_buyer
        set customer.match = email_then_name_postcode
        buyer x1@marketplace.amazon.com Mary Smith
        address Mary  SMITH|1 High St|Austin|TX|US|78701
        1 × LAMP 20.00
        netsuite item LAMP
        netsuite customer 700 old@marketplace.amazon.com
        netsuite home 700 Mary Smith|78701";
    let steps = decide(Mfn, given).unwrap();
    assert_eq!(steps.len(), 1, "she is known");
    let only_mail = given.replace("email_then_name_postcode", "email");
    assert_eq!(decide(Mfn, &only_mail).unwrap().len(), 2, "a new customer");
    let elsewhere = given.replace("Mary Smith|78701", "Mary Smith|78702");
    assert_eq!(decide(Mfn, &elsewhere).unwrap().len(), 2, "a namesake");
    let twins = format!("{given}\nnetsuite customer 701 o2@x.com\nnetsuite home 701 Mary Smith|78701");
    check(Mfn, &twins, "ask CUSTOMER_AMBIGUOUS:028-1");
    let by_mail = twins.replace("o2@x.com", "x1@marketplace.amazon.com");
    assert_eq!(decide(Mfn, &by_mail).unwrap().len(), 1, "the mail address counts first");
}

#[test]
fn cus_03_by_choice_a_new_address_goes_into_the_book_and_nothing_else_changes() {
    let given = "order 028-1 unshipped US
        set customer.mfn.mode = per_buyer
        set customer.update = address_book
        buyer x1@marketplace.amazon.com Mary Smith
        address Mary Smith|1 High St|Austin|TX|US|78701
        1 × LAMP 20.00
        netsuite item LAMP
        netsuite customer 700 x1@marketplace.amazon.com
        netsuite home 700 Mary Smith|78701|9 Low St";
    let steps = decide(Mfn, given).unwrap();
    let Write::NetSuite(netsuite::Write::Update { body, .. }) = &steps[0].write else {
        panic!("not a change")
    };
    let names: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(names, ["addressBook"]);
    let address = &body["addressBook"]["items"][0]["addressBookAddress"];
    assert_eq!(
        (&address["addr1"], &address["zip"]),
        (&"1 High St".into(), &"78701".into())
    );
    let known = given.replace("9 Low St", "1  HIGH st");
    assert_eq!(decide(Mfn, &known).unwrap().len(), 1, "it stands there already");
    let never = given.replace("address_book", "never");
    assert_eq!(decide(Mfn, &never).unwrap().len(), 1);
}

#[test]
fn cus_03_a_known_customer_is_never_written_again() {
    let given = "order 028-1 unshipped US
        set customer.mfn.mode = per_buyer
        buyer x1@marketplace.amazon.com Mary Smith
        1 × LAMP 20.00
        netsuite item LAMP
        netsuite customer 700 x1@marketplace.amazon.com";
    let steps = decide(Mfn, given).unwrap();
    assert_eq!(steps.len(), 1, "the order only");
}

#[test]
fn cus_05_shared_customers_rotate_yearly_monthly_or_never() {
    for (rotate, name) in [("yearly", "US-2026"), ("monthly", "US-2026-11"), ("never", "US")] {
        let given = format!(
            "order 028-1 unshipped US
            set customer.mfn.default = nothing
            set customer.rotate = {rotate}
            1 × LAMP 20.00
            netsuite item LAMP"
        );
        let steps = decide(Mfn, &given).unwrap();
        assert_eq!(steps[0].name, format!("AZN-CUST-AMAZON-{name}"));
    }
}

#[test]
fn cmn_39_a_shared_customer_that_is_nearly_full_is_to_be_followed_by_another() {
    let (mut seen, mut rules) = (shared_customers::sample(Mfn), Rules::new(sample::noon()));
    let profile = Profile {
        id: seen.marketplace.clone(),
        country: "DE".into(),
        account: "eu:A1".into(),
        currency: Currency::EUR,
        zone: chrono_tz::Europe::Berlin,
        settlement_name: String::new(),
        tax_inclusive: true,
        go_live: None,
    };
    rules.marketplaces.insert(profile.id.clone(), profile);
    rules.options.set("", "customer.mfn.default", "88");
    let mut with = |open: u64| {
        seen.open_invoices.insert(RecordId("88".into()), open);
        shared_customers::decide(&seen, &rules)
    };
    assert!(matches!(with(7_999), Err(Instead::Skip { .. })));
    let Err(Instead::Ask { problems }) = with(8_000) else {
        panic!("it asks")
    };
    assert_eq!(problems[0].code, "CUSTOMER_FULL");
    let choose = Remedy::SetOption {
        option: "customer.mfn.default".into(),
        marketplace: Some("A1PA6795UKMFR9".into()),
    };
    assert_eq!(problems[0].remedies[0], choose, "another customer is proposed");
}

#[test]
fn cus_06_the_two_channels_may_have_two_customers() {
    let given = "order 028-1 shipped US
        set customer.mfn.default = 88
        set customer.fba.default = 99
        1 × LAMP 20.00
        netsuite item LAMP";
    let entity = |channel| {
        let steps = decide(channel, given).unwrap();
        let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[0].write else {
            panic!("not a create")
        };
        body["entity"]["id"].as_str().unwrap().to_owned()
    };
    assert_eq!((entity(Mfn), entity(Fba)), ("88".to_owned(), "99".to_owned()));
}

#[test]
fn cmn_41_a_buyer_without_a_name_or_address_goes_to_the_shared_customer() {
    let given = "order 028-1 unshipped US
        set customer.mfn.mode = per_buyer
        1 × LAMP 20.00
        netsuite item LAMP";
    assert_eq!(decide(Mfn, given).unwrap().len(), 1, "the chosen customer stands in");
}

#[test]
fn cus_04_a_customer_of_another_subsidiary_is_not_moved() {
    let given = "order 028-1 unshipped US
        set customer.mfn.mode = per_buyer
        set subsidiary = 2
        buyer x1@marketplace.amazon.com Mary Smith
        1 × LAMP 20.00
        netsuite item LAMP
        netsuite customer 700 x1@marketplace.amazon.com of 3";
    check(Mfn, given, "ask CUSTOMER_AMBIGUOUS:028-1");
    assert_eq!(decide(Mfn, &given.replace("of 3", "of 2")).unwrap().len(), 1);
}

#[test]
fn cus_04_each_subsidiary_has_a_customer_of_its_own_by_choice() {
    let new = |given: &str| {
        let steps = decide(Mfn, given).unwrap();
        let Write::NetSuite(netsuite::Write::Create { external_id, body, .. }) = &steps[0].write else {
            panic!("no new customer")
        };
        assert_eq!((steps.len(), &body["subsidiary"]["id"]), (2, &serde_json::json!("2")));
        (external_id.to_string(), body["companyName"].as_str().map(str::to_owned))
    };
    let shared = "order 028-1 unshipped US
        set subsidiary = 2
        set customer.per_subsidiary = on
        1 × LAMP 20.00
        netsuite item LAMP
        netsuite customer 88 shared@example.com of 3";
    let (id, name) = new(shared);
    assert_eq!(
        (id.as_str(), name.as_deref()),
        ("AZN-CUST-AMAZON-US-2026-S2", Some("Amazon US 2026 S2"))
    );
    assert_eq!(
        decide(Mfn, &shared.replace("of 3", "of 2")).unwrap().len(),
        1,
        "the chosen one is there already"
    );
    let buyer = "order 028-1 unshipped US
        set customer.mfn.mode = per_buyer
        set customer.per_subsidiary = on
        set subsidiary = 2
        buyer x1@marketplace.amazon.com Mary Smith
        1 × LAMP 20.00
        netsuite item LAMP
        netsuite customer 700 x1@marketplace.amazon.com of 3";
    let (id, _) = new(buyer);
    assert!(id.starts_with("AZN-CUST-"), "{id}");
    let both = format!("{buyer}\nnetsuite customer 701 x1@marketplace.amazon.com of 2");
    assert_eq!(decide(Mfn, &both).unwrap().len(), 1, "the one of this subsidiary");
}

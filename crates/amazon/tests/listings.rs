//! Listings Items 2021-08-01: the requests that are built, checked against Amazon's model, and what is read.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use amazon::listings::offer::{Changes, Set, standard_price};
use amazon::listings::{
    Data, Get, Guarded, Item, Operation, Patch, Preview, Put, Quantity, Requirements, Search, Severity, Status,
    SubmissionStatus, Which, attributes, fits_in_list, read_item,
};
use chrono::{DateTime, Utc};
use common::{answer, fits_model, sandbox, shown};
use domain::Money;
use domain::price::{Business, Price, Sale, Tier};
use domain::stock::Channel;
use serde_json::{Map, Value, json};
use wire::Call;

const MODEL: &str = "listings-items-api-model/listingsItems_2021-08-01.json";
const ONE: &str = "/listings/2021-08-01/items/{sellerId}/{sku}";
const ALL: &str = "/listings/2021-08-01/items/{sellerId}";
const DE: &str = "A1PA6795UKMFR9";
const US: &str = "ATVPDKIKX0DER";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn eur(text: &str) -> Money {
    Money::new(text.parse().unwrap(), domain::Currency::EUR)
}

fn get(sku: &str) -> Get {
    Get {
        seller_id: "A1SELLER".into(),
        sku: sku.into(),
        marketplaces: vec![DE.into()],
        include: Data::STANDING.to_vec(),
        issue_locale: Some("fr_FR".into()),
    }
}

#[test]
fn one_listing_is_asked_for_by_its_sku_whatever_the_sku_holds() {
    let request = get("LAMP/RED 50% #1").request();
    assert_eq!(
        shown(&request),
        "GET /listings/2021-08-01/items/A1SELLER/LAMP%2FRED%2050%25%20%231
marketplaceIds=A1PA6795UKMFR9
includedData=summaries,issues,offers,fulfillmentAvailability,productTypes
issueLocale=fr_FR"
    );
    fits_model(MODEL, ONE, &request);
    const { assert!(!Get::WRITES) };
}

fn search(which: Which) -> Search {
    Search {
        seller_id: "A1SELLER".into(),
        marketplaces: vec![DE.into()],
        which,
        include: vec![Data::Summaries],
        page: None,
    }
}

#[test]
fn prd_08_listings_are_read_by_sku_or_by_when_they_changed() {
    let by_sku = search(Which::Skus(vec!["A".into(), "B".into()])).request();
    assert_eq!(
        shown(&by_sku),
        "GET /listings/2021-08-01/items/A1SELLER
marketplaceIds=A1PA6795UKMFR9
includedData=summaries
pageSize=20
identifiersType=SKU
identifiers=A,B"
    );
    let (after, before) = (Some(at("2026-11-01T00:00:00Z")), Some(at("2026-11-02T00:00:00Z")));
    let changed = Search {
        page: Some("t=".into()),
        ..search(Which::Changed { after, before })
    };
    assert_eq!(
        shown(&changed.request()),
        "GET /listings/2021-08-01/items/A1SELLER
marketplaceIds=A1PA6795UKMFR9
includedData=summaries
pageSize=20
lastUpdatedAfter=2026-11-01T00:00:00Z
lastUpdatedBefore=2026-11-02T00:00:00Z
sortBy=lastUpdatedDate
sortOrder=ASC
pageToken=t="
    );
    for which in [
        Which::Skus(vec!["A".into(); Search::MANY]),
        Which::Asins(vec!["B000000001".into()]),
        Which::ChildrenOf("P".into()),
        Which::Changed { after, before },
        Which::Created { after, before: None },
    ] {
        fits_model(MODEL, ALL, &search(which).request());
    }
    assert!(fits_in_list("A B/C%") && !fits_in_list("A,B"));
}

#[test]
fn the_published_listings_are_read() {
    let Some(samples) = sandbox(MODEL, ONE, "get") else {
        return;
    };
    for sample in &samples {
        let item = get("GM-ZDPI-9B4E").read(&answer(sample)).unwrap();
        let here = item.summary(US).unwrap();
        assert_eq!(
            (here.asin.as_deref(), here.status.as_slice()),
            (Some("B071VG5N9D"), &[Status::Buyable][..])
        );
        assert_eq!(item.live_price(US).unwrap().to_string(), "100.00 USD");
        assert_eq!(item.product_type(US), Some("LUGGAGE"));
        assert_eq!(item.channel(), Channel::Merchant);
        assert_eq!(item.issues.len(), 5);
        assert_eq!(item.unknown_words(), []);
    }
    assert!(!samples.is_empty());
    let pages = sandbox(MODEL, ALL, "get").unwrap();
    for sample in &pages {
        let found = search(Which::Skus(vec![])).read(&answer(sample)).unwrap();
        assert!(
            found.unreadable.is_empty() && !found.items.is_empty(),
            "{:?}",
            found.unreadable
        );
        assert_eq!(found.total, 3);
        assert!(found.next.is_some());
    }
}

fn listing(extra: &Value) -> Value {
    let mut item = json!({
        "sku": "LAMP",
        "summaries": [{ "marketplaceId": DE, "productType": "LAMP", "status": ["BUYABLE"], "asin": "B000000001",
            "createdDate": "2026-01-01T00:00:00Z", "lastUpdatedDate": "2026-01-02T00:00:00Z" }],
    });
    for (name, value) in extra.as_object().unwrap() {
        item[name] = value.clone();
    }
    item
}

#[test]
fn words_that_amazon_adds_are_kept_and_one_bad_listing_stops_no_page() {
    let strange = listing(&json!({
        "issues": [{ "code": "1", "message": "m", "severity": "FATAL", "categories": ["MISSING_LOVE"],
            "enforcements": { "actions": [{ "action": "SHELVED" }], "exemption": { "status": "PERHAPS" } } }],
        "offers": [{ "marketplaceId": DE, "offerType": "B2X", "price": { "currencyCode": "EUR", "amount": "1.5" } }],
        "somethingNew": [],
    }));
    let bad = listing(&json!({
        "offers": [{ "marketplaceId": DE, "offerType": "B2C", "price": { "currencyCode": "EUR", "amount": "1,5" } }],
    }));
    let body = json!({ "numberOfResults": 2, "items": [strange, bad], "pagination": { "nextToken": "" } });
    let found = search(Which::Skus(vec![])).read(&answer(&body)).unwrap();
    assert_eq!(
        found.items[0].unknown_words(),
        [
            ("severity", "FATAL"),
            ("categories", "MISSING_LOVE"),
            ("action", "SHELVED"),
            ("exemption", "PERHAPS"),
            ("offerType", "B2X")
        ]
    );
    assert_eq!((found.unreadable[0].sku.as_deref(), found.next), (Some("LAMP"), None));
    assert!(found.unreadable[0].what.contains("1,5"));
    let kept = serde_json::to_value(&found.items[0]).unwrap();
    assert_eq!(
        read_item(&kept).unwrap(),
        found.items[0],
        "what was kept can be read again"
    );
}

#[test]
fn inv_01_who_ships_is_told_by_the_fulfilment_channels() {
    let channel = |codes: &[&str]| {
        let entries: Vec<Value> = codes
            .iter()
            .map(|code| json!({ "fulfillmentChannelCode": code }))
            .collect();
        read_item(&listing(&json!({ "fulfillmentAvailability": entries })))
            .unwrap()
            .channel()
    };
    assert_eq!(channel(&["DEFAULT"]), Channel::Merchant);
    assert_eq!(channel(&["AMAZON_EU"]), Channel::Amazon);
    assert_eq!(channel(&["DEFAULT", "AMAZON_NA"]), Channel::Amazon, "one is enough");
    assert_eq!(channel(&[]), Channel::Unknown);
    assert_eq!(channel(&["SOMETHING_ELSE"]), Channel::Unknown);
}

fn put() -> Put {
    let mut attributes = Map::new();
    attributes.insert(
        "condition_type".into(),
        json!([{ "value": "new_new", "marketplace_id": DE }]),
    );
    Put {
        seller_id: "A1SELLER".into(),
        sku: "LAMP".into(),
        marketplace_id: DE.into(),
        product_type: "LAMP".into(),
        requirements: Requirements::ListingOfferOnly,
        attributes,
        issue_locale: None,
    }
}

fn patch(patches: Vec<Operation>) -> Patch {
    Patch {
        seller_id: "A1SELLER".into(),
        sku: "LAMP".into(),
        marketplace_id: DE.into(),
        product_type: Patch::ANY_PRODUCT.into(),
        patches,
        issue_locale: Some("en_GB".into()),
    }
}

#[test]
fn prd_04_a_submission_can_be_judged_before_it_is_made() {
    assert_eq!(
        shown(&put().request()),
        "PUT /listings/2021-08-01/items/A1SELLER/LAMP
marketplaceIds=A1PA6795UKMFR9
includedData=issues
{\"productType\":\"LAMP\",\"requirements\":\"LISTING_OFFER_ONLY\",\
         \"attributes\":{\"condition_type\":[{\"value\":\"new_new\",\"marketplace_id\":\"A1PA6795UKMFR9\"}]}}"
    );
    let quantity = attributes::Quantity {
        quantity: 7,
        lead_time_days: None,
        restock: None,
    };
    let patch = patch(vec![quantity.change(Channel::Merchant, None).unwrap()]);
    let preview = Preview(patch.clone()).request();
    assert_eq!(
        shown(&preview),
        "PATCH /listings/2021-08-01/items/A1SELLER/LAMP
marketplaceIds=A1PA6795UKMFR9
includedData=identifiers,issues
issueLocale=en_GB
mode=VALIDATION_PREVIEW
{\"productType\":\"PRODUCT\",\"patches\":[{\"op\":\"merge\",\"path\":\"/attributes/fulfillment_availability\",\
         \"value\":[{\"fulfillment_channel_code\":\"DEFAULT\",\"quantity\":7}]}]}"
    );
    for request in [put().request(), Preview(put()).request(), patch.request(), preview] {
        fits_model(MODEL, ONE, &request);
    }
    const { assert!(Put::WRITES && Patch::WRITES) };
    const { assert!(!<Preview<Put>>::WRITES && !<Preview<Patch>>::WRITES) };
    let kept = serde_json::to_string(&patch).unwrap();
    assert_eq!(
        serde_json::from_str::<Patch>(&kept).unwrap(),
        patch,
        "the journal can keep it"
    );
}

#[test]
fn prd_04_an_error_stops_a_submission_and_a_warning_does_not() {
    let said = |status: &str, severity: &str| {
        let issue = json!({ "code": "90220", "message": "'size' is required", "severity": severity,
            "attributeNames": ["size"], "categories": ["MISSING_ATTRIBUTE"] });
        let body = json!({ "sku": "LAMP", "status": status, "submissionId": "1", "issues": [issue] });
        put().read(&answer(&body)).unwrap()
    };
    assert!(said("ACCEPTED", "WARNING").passes() && said("VALID", "INFO").passes());
    assert!(!said("ACCEPTED", "ERROR").passes() && !said("INVALID", "WARNING").passes());
    assert!(
        !said("SOMETHING", "INFO").passes(),
        "a word that nobody knows is no yes"
    );
    let refused = said("INVALID", "ERROR");
    assert_eq!(refused.errors().next().unwrap().attribute_names, ["size"]);
}

#[test]
fn the_published_submissions_are_read() {
    for (method, count) in [("put", 3), ("patch", 3)] {
        let Some(samples) = sandbox(MODEL, ONE, method) else {
            return;
        };
        let read: Vec<_> = samples
            .iter()
            .map(|sample| put().read(&answer(sample)).unwrap())
            .collect();
        assert_eq!(read.len(), count);
        let statuses: Vec<_> = read.iter().map(|one| &one.status).collect();
        assert_eq!(
            statuses,
            [
                &SubmissionStatus::Accepted,
                &SubmissionStatus::Valid,
                &SubmissionStatus::Invalid
            ]
        );
        assert_eq!(read[1].identifiers[0].asin.as_deref(), Some("B07N4M94X4"));
        assert_eq!(read[2].issues[0].severity, Severity::Error);
    }
}

fn value_of(operation: &Operation) -> Value {
    Value::Array(operation.value().to_vec())
}

#[test]
fn inv_04_a_quantity_keeps_what_else_the_entry_holds() {
    let present = [
        json!({ "fulfillment_channel_code": "DEFAULT", "quantity": 3, "lead_time_to_ship_max_days": 2,
        "new_field": { "a": 1 } }),
    ];
    let plain = Quantity {
        quantity: 0,
        lead_time_days: None,
        restock: None,
    };
    let change = plain.change(Channel::Merchant, Some(&present)).unwrap();
    assert_eq!(
        serde_json::to_value(&change).unwrap(),
        json!({ "op": "replace", "path": "/attributes/fulfillment_availability", "value": [
            { "fulfillment_channel_code": "DEFAULT", "quantity": 0, "lead_time_to_ship_max_days": 2,
              "new_field": { "a": 1 } }] })
    );
    let full = Quantity {
        quantity: 9,
        lead_time_days: Some(4),
        restock: Some("2026-12-24".parse().unwrap()),
    };
    let several = [
        present[0].clone(),
        json!({ "fulfillment_channel_code": "WAREHOUSE_2", "quantity": 1 }),
    ];
    let change = full.change(Channel::Merchant, Some(&several)).unwrap();
    assert_eq!(
        serde_json::to_value(&change).unwrap()["op"],
        "merge",
        "the other entry stays"
    );
    assert_eq!(
        value_of(&change),
        json!([{ "fulfillment_channel_code": "DEFAULT", "quantity": 9, "lead_time_to_ship_max_days": 4,
            "new_field": { "a": 1 }, "restock_date": "2026-12-24" }])
    );
}

#[test]
fn inv_01_s4_no_quantity_is_made_for_an_offer_that_amazon_ships() {
    let quantity = Quantity {
        quantity: 5,
        lead_time_days: None,
        restock: None,
    };
    let fba = [json!({ "fulfillment_channel_code": "AMAZON_NA" })];
    assert_eq!(quantity.change(Channel::Amazon, None), Err(Guarded::AmazonShips));
    assert_eq!(
        quantity.change(Channel::Merchant, Some(&fba)),
        Err(Guarded::AmazonShips),
        "what stands there is newer than what was known"
    );
    assert_eq!(quantity.change(Channel::Unknown, None), Err(Guarded::NobodyKnows));
    assert_eq!(
        quantity.change(Channel::NotListed, Some(&[])),
        Err(Guarded::NobodyKnows)
    );
    assert_eq!(
        Value::Array(quantity.values()),
        json!([{ "fulfillment_channel_code": "DEFAULT", "quantity": 5 }])
    );
}

fn price(regular: &str) -> Price {
    Price {
        regular: eur(regular),
        sale: None,
        business: None,
        minimum: None,
        maximum: None,
        list: None,
    }
}

fn offer() -> Vec<Value> {
    serde_json::from_str(
        r#"[
        {"marketplace_id":"A1PA6795UKMFR9","currency":"EUR","audience":"ALL","start_at":{"value":"2020-01-01T00:00:00Z"},
         "our_price":[{"schedule":[{"value_with_tax":19.90,"note":"x"}]}],
         "discounted_price":[{"schedule":[{"start_at":"2026-11-01","end_at":"2026-12-01","value_with_tax":17.00}]}]},
        {"marketplace_id":"A1PA6795UKMFR9","currency":"EUR","audience":"B2B",
         "our_price":[{"schedule":[{"value_with_tax":18.50}]}],
         "quantity_discount_plan":[{"schedule":[{"discount_type":"fixed","levels":[{"lower_bound":5,"value":18}]}]}]},
        {"marketplace_id":"A1F83G8C2ARO7P","currency":"GBP","audience":"ALL",
         "our_price":[{"schedule":[{"value_with_tax":16.99}]}]}]"#,
    )
    .unwrap()
}

#[test]
fn prc_01_changing_one_number_keeps_everything_else_of_the_offer() {
    let changes = Changes::between(None, &price("20.10"));
    let mut wanted = offer();
    wanted[0]["our_price"][0]["schedule"][0]["value_with_tax"] = serde_json::from_str("20.10").unwrap();
    let operations = changes.operations(&offer(), &[], DE);
    assert_eq!(operations, [Operation::replace("purchasable_offer", wanted)]);
    let text = serde_json::to_string(&operations).unwrap();
    assert!(
        text.contains("\"value_with_tax\":20.10,\"note\":\"x\""),
        "digit by digit: {text}"
    );
    assert_eq!(standard_price(&offer(), DE), Some(eur("19.90")));
    assert_eq!(standard_price(operations[0].value(), DE), Some(eur("20.10")));
    assert_eq!(standard_price(&offer(), US), None);
    fits_model(MODEL, ONE, &patch(operations).request());
}

#[test]
fn prc_01_p7_our_own_sale_and_tiers_come_and_go_and_nobody_elses() {
    let full = Price {
        sale: Some(Sale {
            price: eur("15.00"),
            from: "2026-11-20".parse().unwrap(),
            to: "2026-11-30".parse().unwrap(),
        }),
        business: Some(Business {
            price: eur("18.00"),
            tiers: vec![
                Tier {
                    from: 3,
                    price: eur("17.50"),
                },
                Tier {
                    from: 10,
                    price: eur("16.00"),
                },
            ],
        }),
        minimum: Some(eur("12.00")),
        maximum: Some(eur("30.00")),
        list: Some(eur("24.99")),
        ..price("20.00")
    };
    let made = Changes::between(None, &full).operations(&[], &[], DE);
    assert_eq!(
        serde_json::to_string(&made).unwrap(),
        concat!(
            r#"[{"op":"replace","path":"/attributes/purchasable_offer","value":["#,
            r#"{"marketplace_id":"A1PA6795UKMFR9","currency":"EUR","audience":"ALL","#,
            r#""our_price":[{"schedule":[{"value_with_tax":20.00}]}],"#,
            r#""discounted_price":[{"schedule":[{"start_at":"2026-11-20","end_at":"2026-11-30","value_with_tax":15.00}]}],"#,
            r#""minimum_seller_allowed_price":[{"schedule":[{"value_with_tax":12.00}]}],"#,
            r#""maximum_seller_allowed_price":[{"schedule":[{"value_with_tax":30.00}]}]},"#,
            r#"{"marketplace_id":"A1PA6795UKMFR9","currency":"EUR","audience":"B2B","#,
            r#""our_price":[{"schedule":[{"value_with_tax":18.00}]}],"quantity_discount_plan":[{"schedule":["#,
            r#"{"discount_type":"fixed","levels":[{"lower_bound":3,"value":17.50},{"lower_bound":10,"value":16.00}]}]}]}]},"#,
            r#"{"op":"replace","path":"/attributes/list_price","#,
            r#""value":[{"currency":"EUR","value_with_tax":24.99,"marketplace_id":"A1PA6795UKMFR9"}]}]"#
        )
    );
    let gone = Changes::between(Some(&full), &price("20.00"));
    let values = gone.offer(made[0].value(), DE);
    assert_eq!(
        Value::Array(values),
        json!([{ "marketplace_id": DE, "currency": "EUR", "audience": "ALL",
            "our_price": [{ "schedule": [{ "value_with_tax": serde_json::from_str::<Value>("20.00").unwrap() }] }] }])
    );
    assert_eq!((&gone.sale, &gone.list), (&Set::Remove, &Set::Remove));
    let operations = gone.operations(made[0].value(), made[1].value(), DE);
    assert_eq!(operations[1], Operation::delete("list_price", made[1].value().to_vec()));
    fits_model(MODEL, ONE, &patch(operations).request());
    let same = Changes::between(Some(&full), &full);
    assert_eq!(
        same.operations(made[0].value(), made[1].value(), DE),
        [],
        "nothing changed, nothing sent"
    );
}

#[test]
fn prc_01_a_business_price_without_tiers_takes_the_old_ones_away() {
    let business = |tiers| Price {
        business: Some(Business {
            price: eur("18.00"),
            tiers,
        }),
        ..price("19.90")
    };
    let values = Changes::between(None, &business(Vec::new())).offer(&offer(), DE);
    assert_eq!(values.len(), 3);
    assert!(values[1].get("quantity_discount_plan").is_none());
    assert_eq!(values[2], offer()[2], "another marketplace's entry stays");
}

#[test]
fn prc_01_the_list_price_stands_where_the_marketplace_has_it() {
    let usd = Money::new("24.99".parse().unwrap(), domain::Currency::USD);
    let text = |values: Vec<Value>| serde_json::to_string(&values).unwrap();
    assert_eq!(
        text(attributes::list_price(&[], US, usd)),
        r#"[{"currency":"USD","value":24.99,"marketplace_id":"ATVPDKIKX0DER"}]"#
    );
    let present = [
        json!({ "currency": "EUR", "value": 5, "marketplace_id": DE }),
        json!({ "value": 1, "marketplace_id": US }),
    ];
    assert_eq!(
        text(attributes::list_price(&present, DE, eur("24.99"))),
        r#"[{"currency":"EUR","value":24.99,"marketplace_id":"A1PA6795UKMFR9"},{"value":1,"marketplace_id":"ATVPDKIKX0DER"}]"#
    );
}

#[test]
fn prd_05_nothing_in_this_room_deletes_a_listing() {
    let item: Item = read_item(&listing(&json!({ "attributes": { "brand": [{ "value": "B" }] } }))).unwrap();
    assert_eq!(item.attribute("brand"), [json!({ "value": "B" })]);
    let requests = [
        get("A").request(),
        put().request(),
        patch(vec![]).request(),
        Preview(put()).request(),
    ];
    assert!(requests.iter().all(|request| request.method != wire::Method::Delete));
}

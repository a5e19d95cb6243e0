//! Prices and quantities: what of them is accepted, and when it is live.

use serde_json::{Value, json};
use wire::Method;

use crate::bench::{DE, JP, UK, US, later, listing, patch, price, quantity, seen, shop};
use crate::common::{Client, options};
use simulator::Company;

#[tokio::test]
async fn prc_07_an_accepted_price_is_live_only_after_a_while() {
    let client = shop().await;
    let accepted = patch(&client, DE, "LAMP-RED", price(DE, "EUR", "49.95")).await;
    assert_eq!(
        (&accepted["status"], &accepted["issues"]),
        (&json!("ACCEPTED"), &json!([]))
    );
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "51.90", "accepted is not live");
    let told = listing(&client, DE, "LAMP-RED").await;
    assert_eq!(told["offers"][0]["price"]["amount"], "51.90");
    let given = &told["attributes"]["purchasable_offer"][0]["our_price"][0]["schedule"][0]["value_with_tax"];
    assert_eq!(given.to_string(), "49.95", "the contribution is there at once");
    later(&client);
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "49.95");
    assert_eq!(
        seen(&client, UK, "LAMP-RED")["price"],
        "47.00",
        "a price belongs to one marketplace"
    );
}

#[tokio::test]
async fn prc_02_prc_04_what_is_no_price_here_is_refused() {
    let client = shop().await;
    for (market, currency, amount) in [
        (DE, "EUR", "0"),
        (DE, "EUR", "-1"),
        (DE, "EUR", "9.999"),
        (DE, "USD", "9.90"),
        (DE, "XXX", "9.90"),
        (JP, "JPY", "990.5"),
    ] {
        let refused = patch(&client, market, "LAMP-RED", price(market, currency, amount)).await;
        assert_eq!(refused["status"], "INVALID", "{amount} {currency}");
        let issue = &refused["issues"][0];
        assert_eq!(
            (&issue["severity"], &issue["attributeNames"]),
            (&json!("ERROR"), &json!(["purchasable_offer"]))
        );
        later(&client);
    }
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "51.90");
    let text = json!([{ "op": "replace", "path": "/attributes/purchasable_offer", "value": [{
        "marketplace_id": DE, "currency": "EUR", "our_price": [{ "schedule": [{ "value_with_tax": "49.90" }] }],
    }] }]);
    let refused = patch(&client, DE, "LAMP-RED", text).await;
    assert_eq!(
        refused["issues"][0]["categories"],
        json!(["INVALID_PRICE"]),
        "a text is no number"
    );
}

#[tokio::test]
async fn inv_01_a_quantity_sent_to_an_fba_offer_makes_it_the_sellers() {
    let client = shop().await;
    let before = seen(&client, US, "CANDLE-FIG-220-FBA");
    assert_eq!(
        (&before["channel"], &before["quantity"], &before["buyable"]),
        (&json!("AMAZON_NA"), &json!(120), &json!(true))
    );
    let told = listing(&client, US, "CANDLE-FIG-220-FBA").await;
    assert!(told["summaries"][0]["fnSku"].is_string());
    assert_eq!(
        told["fulfillmentAvailability"],
        json!([{ "fulfillmentChannelCode": "AMAZON_NA" }])
    );
    let accepted = patch(&client, US, "CANDLE-FIG-220-FBA", quantity(5)).await;
    assert_eq!(accepted["status"], "ACCEPTED", "Amazon does not warn");
    later(&client);
    let after = seen(&client, US, "CANDLE-FIG-220-FBA");
    assert_eq!((&after["channel"], &after["quantity"]), (&json!("DEFAULT"), &json!(5)));
    let told = listing(&client, US, "CANDLE-FIG-220-FBA").await;
    let codes = told["attributes"]["fulfillment_availability"].as_array().unwrap();
    assert_eq!(codes.len(), 2, "the old entry stays beside the new one: {codes:?}");
}

#[tokio::test]
async fn inv_05_a_merge_changes_what_it_names_and_a_delete_what_it_selects() {
    let client = shop().await;
    let full = json!([{ "op": "replace", "path": "/attributes/fulfillment_availability", "value": [
        { "fulfillment_channel_code": "DEFAULT", "quantity": 9, "lead_time_to_ship_max_days": 3 },
    ] }]);
    patch(&client, US, "LAMP-RED", full).await;
    let merged = json!([{ "op": "merge", "path": "/attributes/fulfillment_availability", "value": [
        { "fulfillment_channel_code": "DEFAULT", "quantity": 4 },
    ] }]);
    patch(&client, US, "LAMP-RED", merged).await;
    later(&client);
    let entry = listing(&client, US, "LAMP-RED").await["attributes"]["fulfillment_availability"][0].clone();
    assert_eq!(
        (&entry["quantity"], &entry["lead_time_to_ship_max_days"]),
        (&json!(4), &json!(3))
    );
    assert_eq!(seen(&client, US, "LAMP-RED")["quantity"], 4);
    let business = json!([{ "op": "add", "path": "/purchasable_offer", "value": [{
        "marketplace_id": US, "currency": "USD", "audience": "B2B", "our_price": [{ "schedule": [{ "value_with_tax": 50 }] }],
        "quantity_discount_plan": [{ "schedule": [{ "discount_type": "fixed", "levels": [{ "lower_bound": 5, "value": 48 }] }] }],
    }] }]);
    assert_eq!(patch(&client, US, "LAMP-RED", business).await["status"], "ACCEPTED");
    later(&client);
    let both = seen(&client, US, "LAMP-RED");
    assert_eq!(
        (&both["price"], &both["business_price"]),
        (&json!("54.00"), &json!("50.00"))
    );
    let plan = json!([{ "op": "merge", "path": "/attributes/purchasable_offer", "value": [
        { "marketplace_id": US, "currency": "USD", "audience": "B2B", "quantity_discount_plan": null },
    ] }]);
    patch(&client, US, "LAMP-RED", plan).await;
    let offers = listing(&client, US, "LAMP-RED").await["attributes"]["purchasable_offer"].clone();
    assert!(
        offers
            .as_array()
            .unwrap()
            .iter()
            .all(|offer| offer["quantity_discount_plan"].is_null())
    );
    let gone = json!([{ "op": "delete", "path": "/attributes/purchasable_offer",
        "value": [{ "marketplace_id": US, "currency": "USD", "audience": "B2B" }] }]);
    patch(&client, US, "LAMP-RED", gone).await;
    later(&client);
    let one = seen(&client, US, "LAMP-RED");
    assert_eq!((&one["price"], &one["business_price"]), (&json!("54.00"), &Value::Null));
}

#[tokio::test]
async fn p7_a_sale_price_begins_and_ends_by_itself() {
    let client = shop().await;
    let sale = json!([{ "op": "replace", "path": "/attributes/purchasable_offer", "value": [{
        "marketplace_id": DE, "currency": "EUR", "audience": "ALL",
        "our_price": [{ "schedule": [{ "value_with_tax": 51.90 }] }],
        "discounted_price": [{ "schedule": [
            { "start_at": "2026-11-25T00:00:00Z", "end_at": "2026-11-27T00:00:00Z", "value_with_tax": 44.90 },
        ] }],
    }] }]);
    assert_eq!(patch(&client, DE, "LAMP-RED", sale).await["status"], "ACCEPTED");
    later(&client);
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "51.90");
    client.jump(chrono::TimeDelta::days(2));
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "44.90");
    client.jump(chrono::TimeDelta::days(2));
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "51.90");
}

#[tokio::test]
async fn p5_a_price_below_its_own_floor_takes_the_offer_down() {
    let client = shop().await;
    let floor = json!([{ "op": "merge", "path": "/attributes/purchasable_offer", "value": [{
        "marketplace_id": US, "currency": "USD", "audience": "ALL",
        "minimum_seller_allowed_price": [{ "schedule": [{ "value_with_tax": 60 }] }],
    }] }]);
    assert_eq!(patch(&client, US, "LAMP-RED", floor).await["status"], "ACCEPTED");
    later(&client);
    let told = listing(&client, US, "LAMP-RED").await;
    assert_eq!(
        (&told["issues"][0]["code"], &told["issues"][0]["marketplaceIds"]),
        (&json!("18155"), &json!([US]))
    );
    assert_eq!(
        told["issues"][0]["enforcements"]["actions"][0]["action"],
        "LISTING_SUPPRESSED"
    );
    assert_eq!(told["summaries"][0]["status"], json!(["DISCOVERABLE"]));
    patch(&client, US, "LAMP-RED", price(US, "USD", "61")).await;
    later(&client);
    assert_eq!(
        listing(&client, US, "LAMP-RED").await["issues"],
        json!([]),
        "a replace leaves the floor out"
    );
}

#[tokio::test]
async fn s8_one_quantity_serves_all_of_europe_unless_the_account_says_otherwise() {
    let client = shop().await;
    patch(&client, DE, "LAMP-RED", quantity(6)).await;
    later(&client);
    assert_eq!(seen(&client, UK, "LAMP-RED")["quantity"], 6);
    assert_eq!(seen(&client, US, "LAMP-RED")["quantity"], 25, "another account");
    let (status, _) = simulator::control::answer(
        &client.simulator,
        Method::Post,
        "/settings",
        &json!({ "shared_stock": ["eu", false] }),
    );
    assert_eq!(status, 200);
    patch(&client, DE, "LAMP-RED", quantity(2)).await;
    later(&client);
    assert_eq!(
        (
            &seen(&client, DE, "LAMP-RED")["quantity"],
            &seen(&client, UK, "LAMP-RED")["quantity"]
        ),
        (&json!(2), &json!(6))
    );
}

#[tokio::test]
async fn inv_11_an_order_takes_its_units_off_the_offer() {
    let client = Client::of(options(Company::Empty)).await;
    let bought = |channel: &str, sku: &str| {
        let order = json!({ "marketplace": "DE", "channel": channel, "lines": [{ "sku": sku, "quantity": 4 }] });
        let (status, answer) = simulator::control::answer(&client.simulator, Method::Post, "/orders", &order);
        assert_eq!(status, 200, "{answer}");
    };
    bought("MERCHANT", "LAMP-RED");
    assert_eq!(seen(&client, DE, "LAMP-RED")["quantity"], 21);
    assert_eq!(seen(&client, UK, "LAMP-RED")["quantity"], 21, "the pool of Europe");
    bought("AMAZON", "CANDLE-FIG-220-FBA");
    assert_eq!(seen(&client, DE, "CANDLE-FIG-220-FBA")["quantity"], 116);
    patch(&client, DE, "LAMP-RED", quantity(3)).await;
    later(&client);
    bought("MERCHANT", "LAMP-RED");
    let empty = seen(&client, DE, "LAMP-RED");
    assert_eq!(
        (&empty["quantity"], &empty["buyable"], &empty["discoverable"]),
        (&json!(0), &json!(false), &json!(true))
    );
}

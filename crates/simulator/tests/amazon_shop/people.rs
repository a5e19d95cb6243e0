//! People's doing: in Seller Central, at Amazon, by repricers.

use serde_json::{Value, json};
use simulator::control;
use wire::Method;

use crate::bench::{DE, UK, US, done, later, listing, patch, quantity, seen, shop};

#[tokio::test]
async fn prc_06_a_person_and_a_repricer_change_prices() {
    let client = shop().await;
    done(&client, "LAMP-RED", "DE", json!({ "price": "49.90" }));
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "49.90");
    let given = |told: &Value| {
        told["attributes"]["purchasable_offer"][0]["our_price"][0]["schedule"][0]["value_with_tax"].to_string()
    };
    assert_eq!(given(&listing(&client, DE, "LAMP-RED").await), "49.90");
    done(&client, "LAMP-RED", "DE", json!({ "reprice": "47.00" }));
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "47.00");
    assert_eq!(
        given(&listing(&client, DE, "LAMP-RED").await),
        "49.90",
        "a rule leaves the contribution alone"
    );
}

#[tokio::test]
async fn inv_01_a_person_switches_who_ships() {
    let client = shop().await;
    done(&client, "LAMP-RED", "US", json!({ "channel": "AMAZON" }));
    let offer = seen(&client, US, "LAMP-RED");
    assert_eq!(
        (&offer["channel"], &offer["buyable"]),
        (&json!("AMAZON_NA"), &json!(false)),
        "Amazon has none yet"
    );
    done(&client, "LAMP-RED", "US", json!({ "fba": { "fulfillable": 12 } }));
    assert_eq!(seen(&client, US, "LAMP-RED")["buyable"], true);
    done(&client, "LAMP-RED", "US", json!({ "channel": "MERCHANT" }));
    done(&client, "LAMP-RED", "US", json!({ "quantity": 7 }));
    let offer = seen(&client, US, "LAMP-RED");
    assert_eq!((&offer["channel"], &offer["quantity"]), (&json!("DEFAULT"), &json!(7)));
}

#[tokio::test]
async fn prd_10_a_product_is_merged_into_another() {
    let client = shop().await;
    done(&client, "LAMP-RED", "all", json!({ "merge": "B0MERGED01" }));
    for market in [US, DE, UK] {
        assert_eq!(
            listing(&client, market, "LAMP-RED").await["summaries"][0]["asin"],
            "B0MERGED01"
        );
    }
}

#[tokio::test]
async fn prd_04_amazon_suppresses_a_listing_and_lets_it_go() {
    let client = shop().await;
    let issue = json!({ "suppress": {
        "code": "18027", "message": "The main picture shows a text.", "severity": "ERROR",
        "categories": ["INVALID_IMAGE"], "actions": ["SEARCH_SUPPRESSED", "LISTING_SUPPRESSED"],
    } });
    done(&client, "LAMP-RED", "DE", issue);
    let told = listing(&client, DE, "LAMP-RED").await;
    assert_eq!(
        (&told["summaries"][0]["status"], &told["issues"][0]["code"]),
        (&json!([]), &json!("18027"))
    );
    done(&client, "LAMP-RED", "DE", json!("lift"));
    assert_eq!(
        listing(&client, DE, "LAMP-RED").await["summaries"][0]["status"],
        json!(["BUYABLE", "DISCOVERABLE"])
    );
    done(&client, "LAMP-RED", "DE", json!("delete"));
    assert_eq!(seen(&client, DE, "LAMP-RED"), Value::Null);
    done(
        &client,
        "LAMP-RED-2",
        "DE",
        json!({ "list": { "asin": "B0ATL00101", "price": "9.90", "quantity": 3 } }),
    );
    assert_eq!(seen(&client, DE, "LAMP-RED-2")["buyable"], true);
}

#[tokio::test]
async fn what_cannot_be_done_is_said() {
    let client = shop().await;
    for body in [
        json!({ "sku": "NO-SUCH-SKU", "marketplace": "DE", "change": { "price": "1.00" } }),
        json!({ "sku": "LAMP-RED", "marketplace": "DE", "change": { "explode": true } }),
        json!({ "sku": "LAMP-RED", "marketplace": "DE" }),
    ] {
        assert_eq!(
            control::answer(&client.simulator, Method::Post, "/listings", &body).0,
            400,
            "{body}"
        );
    }
    assert_eq!(
        control::answer(&client.simulator, Method::Get, "/storefront/ZZ", &Value::Null).0,
        404
    );
    let (status, _) = control::answer(
        &client.simulator,
        Method::Post,
        "/showing",
        &json!({ "within_seconds": 0 }),
    );
    assert_eq!(status, 200);
    patch(&client, US, "LAMP-RED", quantity(2)).await;
    assert_eq!(seen(&client, US, "LAMP-RED")["quantity"], 2, "live at once");
    later(&client);
}

//! Product types: their schemas, where they lie, and that they say what the checks do.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use md5::{Digest as _, Md5};
use serde_json::{Value, json};
use wire::Method;

use crate::bench::{DE, JP, US, call, candle, change, shop};
use crate::common::{Client, json};

/// The MD5 in Base64, as Amazon's checksums are.
fn checksum(bytes: &[u8]) -> String {
    STANDARD.encode(Md5::digest(bytes))
}

#[test]
fn checksums_are_those_of_rfc_1321() {
    let bytes_of = |hex: &str| -> Vec<u8> {
        let pairs = (0..hex.len()).step_by(2);
        pairs
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect()
    };
    for (text, digest) in [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a",
        ),
    ] {
        let digest = STANDARD.encode(bytes_of(digest));
        assert_eq!(checksum(text.as_bytes()), digest);
    }
}

async fn definition(client: &Client, market: &str, kind: &str, more: &str) -> Value {
    let path = format!("/definitions/2020-09-01/productTypes/{kind}?marketplaceIds={market}{more}");
    json(&call(client, Method::Get, market, &path, &Value::Null).await)
}

async fn schema(client: &Client, definition: &Value) -> Value {
    let document = client
        .download(definition["schema"]["link"]["resource"].as_str().unwrap())
        .await;
    assert_eq!(document.status, 200);
    assert_eq!(definition["schema"]["checksum"], checksum(&document.body));
    json(&document)
}

#[tokio::test]
async fn prd_03_a_schema_is_fetched_by_its_link_and_known_by_its_checksum() {
    let client = shop().await;
    let told = definition(&client, DE, "CANDLE", "&requirements=LISTING").await;
    let first = schema(&client, &told).await;
    assert_eq!(
        first["properties"]["purchasable_offer"]["items"]["properties"]["currency"]["enum"],
        json!(["EUR"])
    );
    assert_eq!(first["$defs"]["marketplace_id"]["enum"], json!([DE]));
    assert_eq!(
        first["properties"]["fulfillment_availability"]["selectors"],
        json!(["fulfillment_channel_code"])
    );
    let names = told["propertyGroups"]["offer"]["propertyNames"].as_array().unwrap();
    assert!(names.contains(&json!("purchasable_offer")), "{names:?}");
    let link = told["schema"]["link"]["resource"].as_str().unwrap().to_owned();
    client.jump(TimeDelta::days(6));
    assert_eq!(
        client.download(&link).await.status,
        200,
        "links are good for seven days"
    );
    client.jump(TimeDelta::days(2));
    assert_eq!(client.download(&link).await.status, 403);
    let mut later = client;
    later.sign_in().await;
    let again = definition(&later, DE, "CANDLE", "&requirements=LISTING").await;
    assert_eq!(
        again["schema"]["checksum"], told["schema"]["checksum"],
        "the same schema"
    );
    let meta = later
        .download(again["metaSchema"]["link"]["resource"].as_str().unwrap())
        .await;
    assert_eq!(json(&meta)["$id"], first["$schema"]);
    assert_eq!(again["metaSchema"]["checksum"], checksum(&meta.body));
    assert!(definition(&later, DE, "NO_SUCH_TYPE", "").await["errors"].is_array());
    assert!(definition(&later, DE, "CANDLE", "&requirements=ALL").await["errors"].is_array());
}

#[tokio::test]
async fn prd_03_types_are_found_by_words_and_by_title() {
    let client = shop().await;
    let names = async |market: &str, more: &str| -> Vec<String> {
        let path = format!("/definitions/2020-09-01/productTypes?marketplaceIds={market}{more}");
        let found = json(&call(&client, Method::Get, market, &path, &Value::Null).await);
        let types = found["productTypes"].as_array().unwrap();
        types
            .iter()
            .map(|kind| kind["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(US, "").await.len(), 6);
    assert_eq!(names(US, "&keywords=candle,cord").await, ["CANDLE", "ELECTRICAL_CORD"]);
    assert_eq!(names(US, "&itemName=Filament%20Bulb%20E27").await, ["LIGHT_BULB"]);
    assert_eq!(names(DE, "&itemName=Duftkerze%20Feige").await, ["CANDLE"]);
    let both = "/definitions/2020-09-01/productTypes?marketplaceIds=ATVPDKIKX0DER&keywords=lamp&itemName=lamp";
    assert_eq!(call(&client, Method::Get, US, both, &Value::Null).await.status, 400);
}

/// A standard library of JSON Schema, which does not know Amazon's own words, must come to the same verdict.
#[tokio::test]
async fn prd_04_the_checks_say_what_the_schema_says() {
    let client = shop().await;
    let told = definition(&client, JP, "CANDLE", "&requirements=LISTING").await;
    let mut schema = schema(&client, &told).await;
    schema["$schema"] = json!("https://json-schema.org/draft/2019-09/schema");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut right = candle(JP, "ja_JP", "JPY", "3760000003001");
    right["attributes"]["purchasable_offer"][0]["our_price"][0]["schedule"][0]["value_with_tax"] = json!(2490);
    let spoils: [&dyn Fn(&mut Value); 11] = [
        &|_| {},
        &|all| drop(all.as_object_mut().unwrap().remove("item_name")),
        &|all| drop(all.as_object_mut().unwrap().remove("purchasable_offer")),
        &|all| {
            drop(
                all.as_object_mut()
                    .unwrap()
                    .remove("externally_assigned_product_identifier"),
            );
        },
        &|all| all["country_of_origin"][0]["value"] = json!("XX"),
        &|all| all["burn_time"][0]["unit"] = json!("moons"),
        &|all| all["burn_time"][0]["value"] = json!("forty"),
        &|all| all["purchasable_offer"][0]["our_price"][0]["schedule"][0]["value_with_tax"] = json!(0),
        &|all| all["purchasable_offer"][0]["our_price"] = json!([]),
        &|all| all["fulfillment_availability"][0]["quantity"] = json!(-1),
        &|all| all["parentage_level"] = json!([{ "value": "child", "marketplace_id": JP }]),
    ];
    for (number, spoil) in spoils.into_iter().enumerate() {
        let mut body = right.clone();
        spoil(&mut body["attributes"]);
        let fits = number == 0;
        assert_eq!(validator.is_valid(&body["attributes"]), fits, "{body}");
        let answer = change(
            &client,
            Method::Put,
            JP,
            "CANDLE-RAIN-220",
            "&mode=VALIDATION_PREVIEW",
            &body,
        )
        .await;
        assert_eq!(
            json(&answer)["status"],
            if fits { "VALID" } else { "INVALID" },
            "{body}"
        );
    }
}

#[tokio::test]
async fn every_schema_is_a_schema_in_every_set_of_requirements() {
    let client = shop().await;
    for kind in [
        "CANDLE",
        "ELECTRICAL_CORD",
        "LAMP",
        "LAMP_SHADE",
        "LIGHT_BULB",
        "PRODUCT",
    ] {
        for set in ["LISTING", "LISTING_PRODUCT_ONLY", "LISTING_OFFER_ONLY"] {
            for enforced in ["ENFORCED", "NOT_ENFORCED"] {
                let told = definition(
                    &client,
                    US,
                    kind,
                    &format!("&requirements={set}&requirementsEnforced={enforced}"),
                )
                .await;
                let mut schema = schema(&client, &told).await;
                schema["$schema"] = json!("https://json-schema.org/draft/2019-09/schema");
                let validator = jsonschema::validator_for(&schema).unwrap();
                let empty = validator.is_valid(&json!({}));
                assert_eq!(
                    empty,
                    enforced == "NOT_ENFORCED" || kind == "PRODUCT",
                    "{kind} {set} {enforced}"
                );
                let grouped: usize = told["propertyGroups"]
                    .as_object()
                    .unwrap()
                    .values()
                    .map(|group| group["propertyNames"].as_array().unwrap().len())
                    .sum();
                assert_eq!(
                    grouped,
                    schema["properties"].as_object().unwrap().len(),
                    "each stands in one group"
                );
            }
        }
    }
}

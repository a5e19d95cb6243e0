//! Orders 2026-01-01: the requests that are built, and what is read from Amazon's published samples and our own.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use amazon::orders::{Channel, Charge, FulfilledBy, Get, Include, Program, Search, Since, missing_role, read_order};
use amazon::{OrderStatus, orders::PackageStatus};
use chrono::{DateTime, Utc};
use common::{answer, sandbox, shown};
use serde_json::{Value, json};
use wire::{Call, Failure};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn money(money: Option<domain::Money>) -> String {
    money.map(|money| money.to_string()).unwrap_or_default()
}

#[test]
fn ord_01_one_search_asks_for_all_marketplaces_of_a_region() {
    let marketplaces = vec!["A1PA6795UKMFR9".to_owned(), "A1F83G8C2ARO7P".to_owned()];
    let search = Search::updated(
        marketplaces,
        at("2026-11-01T00:00:00Z"),
        Some(at("2026-11-02T10:30:00.250Z")),
    );
    assert_eq!(
        shown(&search.request()),
        "GET /orders/2026-01-01/orders
lastUpdatedAfter=2026-11-01T00:00:00Z
marketplaceIds=A1PA6795UKMFR9,A1F83G8C2ARO7P
maxResultsPerPage=100
includedData=BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT
lastUpdatedBefore=2026-11-02T10:30:00.250Z"
    );
    assert_eq!((Search::QUOTA.bucket, Search::QUOTA.burst), ("searchOrders", 20));
    const { assert!(!Search::WRITES) };
}

#[test]
fn a_search_by_creation_keeps_its_filters_on_the_next_page() {
    let search = Search {
        since: Since::Created {
            after: at("2026-11-01T00:00:00Z"),
            before: None,
        },
        marketplaces: vec!["A1VC38T7YXB528".to_owned()],
        statuses: vec![OrderStatus::Unshipped, OrderStatus::PartiallyShipped],
        fulfilled_by: Some(FulfilledBy::Merchant),
        include: Include::WithoutRestricted,
        page: Some("a+b/c=".to_owned()),
    };
    assert_eq!(
        shown(&search.request()),
        "GET /orders/2026-01-01/orders
createdAfter=2026-11-01T00:00:00Z
marketplaceIds=A1VC38T7YXB528
maxResultsPerPage=100
includedData=PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,PAYMENT
fulfillmentStatuses=UNSHIPPED,PARTIALLY_SHIPPED
fulfilledBy=MERCHANT
paginationToken=a+b/c="
    );
}

#[test]
fn one_order_is_asked_for_by_its_number() {
    let get = Get {
        order_id: "028-1234567/x".to_owned(),
        include: Include::WithoutRestricted,
    };
    assert!(shown(&get.request()).starts_with("GET /orders/2026-01-01/orders/028-1234567%2Fx\n"));
}

#[test]
fn cmn_41_a_missing_role_is_answered_by_asking_for_one_data_set_less_and_tax_stays_longest() {
    let refused = Failure::Refused {
        code: "Unauthorized".into(),
        status: 403,
        said: String::new(),
    };
    assert!(missing_role(&refused));
    let told: Vec<(bool, bool)> = Include::Everything
        .ladder()
        .iter()
        .map(|include| (include.buyer(), include.tax()))
        .collect();
    assert_eq!(told, [(true, true), (false, true), (true, false), (false, false)]);
    for first in [Include::WithoutBuyer, Include::WithoutTax, Include::WithoutRestricted] {
        assert!(
            first.ladder().iter().all(|less| less.is_within(first)),
            "{first:?} never asks for what it left out"
        );
    }
    let asked = |include| {
        let order_id = "028-1".to_owned();
        shown(&Get { order_id, include }.request())
    };
    assert!(asked(Include::WithoutTax).contains("BUYER,RECIPIENT,"));
    assert!(!asked(Include::WithoutTax).contains("TAX"));
}

#[test]
fn tax_01_amazon_owes_the_tax_where_the_model_and_the_party_say_so() {
    use amazon::orders::{CollectionModel, TaxCollection};
    let mut item = read_order(&json!({
        "orderId": "028-1", "createdTime": "2026-11-01T00:00:00Z", "lastUpdatedTime": "2026-11-01T00:00:00Z",
        "salesChannel": { "channelName": "AMAZON" },
        "orderItems": [{ "orderItemId": "1", "quantityOrdered": 1, "product": {} }],
    }))
    .unwrap()
    .items
    .remove(0);
    assert_eq!(item.amazon_remits_tax(), None);
    let by = |model: &str, party: Option<&str>| TaxCollection {
        model: CollectionModel::from(model),
        responsible: party.map(str::to_owned),
    };
    for (model, party, expected) in [
        ("MARKETPLACE_FACILITATOR", None, Some(true)),
        ("MARKETPLACE_FACILITATOR", Some("Amazon Services, Inc."), Some(true)),
        ("MARKETPLACE_FACILITATOR", Some("AMAZON EU SARL"), Some(true)),
        ("MARKETPLACE_FACILITATOR", Some("Seller GmbH"), None),
        ("STANDARD", Some("Seller GmbH"), Some(false)),
    ] {
        item.tax_collections = vec![by(model, party)];
        assert_eq!(item.amazon_remits_tax(), expected, "{model} {party:?}");
    }
}

#[test]
fn published_searches_are_read_without_loss() {
    let Some(samples) = sandbox(
        "orders-api-model/orders_2026-01-01.json",
        "/orders/2026-01-01/orders",
        "get",
    ) else {
        return;
    };
    let search = Search::updated(vec![], at("2026-11-01T00:00:00Z"), None);
    let pages: Vec<_> = samples
        .iter()
        .map(|sample| search.read(&answer(sample)).unwrap())
        .collect();
    assert_eq!(pages.len(), 3);
    assert!(
        pages
            .iter()
            .all(|page| page.unreadable.is_empty() && !page.orders.is_empty())
    );

    let japan = &pages[0].orders[0];
    assert_eq!(pages[0].next.as_deref(), Some("2YgYW55IGNhcm5hbCBwbGVhc3VyZS4"));
    assert_eq!(japan.id, "250-1234567-8901234");
    assert_eq!(japan.seller_order_id.as_deref(), Some("JP-ORDER-2024-001"));
    assert_eq!(
        (&japan.status, japan.fulfilled_by.as_ref()),
        (&OrderStatus::Shipped, Some(&FulfilledBy::Amazon))
    );
    assert!(japan.has(&Program::Prime));
    assert_eq!(money(japan.grand_total), "19940 JPY");
    assert_eq!(japan.items.len(), 2);
    assert_eq!(money(japan.items[1].charge(&Charge::Item).unwrap()), "13960 JPY");
    assert_eq!(money(japan.items[1].points_granted), "140 JPY");
    assert_eq!(japan.items[0].promotion_ids, ["JP-WINTER-SALE-2024"]);

    let britain = &pages[1].orders[0];
    let address = britain.address.as_ref().unwrap();
    assert_eq!(address.lines.len(), 2, "empty lines are left out");
    assert_eq!(address.country.as_deref(), Some("GB"));
    assert_eq!(address.phone.as_ref().unwrap().reveal(), "+44 20 7946 0958");
    assert_eq!(britain.packages[0].status, Some(PackageStatus::InTransit));
    assert_eq!(britain.packages[0].contents, [("20276543210987".to_owned(), 1)]);

    let brazil = &pages[2].orders[0];
    assert_eq!(brazil.buyer.purchase_order.as_deref(), Some("PO-BR-2024-5678"));
    assert_eq!(
        brazil.buyer_tax_registrations.len(),
        1,
        "the marketplace's and the seller's are not the buyer's"
    );
    assert_eq!(brazil.payment_methods, ["CreditCard"]);
    assert_eq!(brazil.items[0].quantity_unfulfilled, 1);
}

#[test]
fn published_single_orders_are_read() {
    let path = "/orders/2026-01-01/orders/{orderId}";
    let Some(samples) = sandbox("orders-api-model/orders_2026-01-01.json", path, "get") else {
        return;
    };
    let get = Get {
        order_id: String::new(),
        include: Include::Everything,
    };
    let orders: Vec<_> = samples
        .iter()
        .map(|sample| get.read(&answer(sample)).unwrap())
        .collect();
    assert_eq!(orders.len(), 3);
    assert!(
        orders
            .iter()
            .all(|order| order.channel == Channel::Amazon && order.currency().is_some())
    );
}

fn made_up() -> Value {
    json!({
        "orderId": "028-1", "createdTime": "2026-11-20T22:59:00Z", "lastUpdatedTime": "2026-11-21T00:00:00.123Z",
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": "A1PA6795UKMFR9", "marketplaceName": "Amazon.de"},
        "associatedOrders": [{"orderId": "028-0", "associationType": "REPLACEMENT_ORIGINAL_ID"}],
        "buyer": {"buyerName": "Canary Buyer", "buyerEmail": ""},
        "recipient": {"deliveryAddress": {"name": "Canary Buyer", "addressLine1": "Canary 1", "city": "Köln", "countryCode": "DE"}},
        "fulfillment": {"fulfillmentStatus": "TELEPORTED", "fulfilledBy": "MERCHANT"},
        "orderItems": [{
            "orderItemId": "1", "quantityOrdered": 3, "product": {"sellerSku": "LAMP"},
            "proceeds": {"breakdowns": [
                {"type": "ITEM", "subtotal": {"amount": "10.00", "currencyCode": "EUR"}},
                {"type": "SHIPPING", "subtotal": {"amount": "4.99", "currencyCode": "EUR"}},
                {"type": "TAX", "subtotal": {"amount": "2.39", "currencyCode": "EUR"}, "detailedBreakdowns": [
                    {"subtype": "ITEM", "value": {"amount": "1.60", "currencyCode": "EUR"}},
                    {"subtype": "SHIPPING", "value": {"amount": "0.79", "currencyCode": "EUR"}}]},
                {"type": "DISCOUNT", "subtotal": {"amount": "-1.00", "currencyCode": "EUR"}, "detailedBreakdowns": [
                    {"subtype": "ITEM", "value": {"amount": "-0.75", "currencyCode": "EUR"}},
                    {"subtype": "SHIPPING", "value": {"amount": "-0.25", "currencyCode": "EUR"}}]}]},
            "tax": {"taxCollections": [{"model": "MARKETPLACE_FACILITATOR", "responsibleParty": "Amazon"}]},
            "fulfillment": {"packing": {"giftOption": {"giftMessage": "Canary", "giftWrapLevel": "Classic"}}}
        }]
    })
}

#[test]
fn o17_cancelled_units_are_taken_off_what_was_ordered() {
    let with = |change: Value| {
        let mut order = made_up();
        let item = order["orderItems"][0].as_object_mut().unwrap();
        item.extend(change.as_object().unwrap().clone());
        order
    };
    let quantity = |order: &Value| read_order(order).unwrap().items[0].quantity;
    assert_eq!(quantity(&made_up()), 3, "Amazon counts nothing yet");
    let counted = json!({ "fulfillment": { "quantityFulfilled": 1, "quantityUnfulfilled": 1 } });
    assert_eq!(quantity(&with(counted)), 2);
    let none_left = json!({
        "fulfillment": { "quantityFulfilled": 0, "quantityUnfulfilled": 0 },
        "cancellation": { "cancellationExecution": { "cancelledBy": "BUYER" } },
    });
    let mut order = with(none_left);
    assert_eq!(quantity(&order), 0);
    order["fulfillment"]["fulfillmentStatus"] = json!("CANCELLED");
    assert_eq!(quantity(&order), 3, "a cancelled order shows what was ordered");
}

#[test]
fn cmn_06_amounts_are_exact_and_asked_for_by_kind() {
    let order = read_order(&made_up()).unwrap();
    let item = &order.items[0];
    assert_eq!(money(item.charge(&Charge::Item).unwrap()), "10.00 EUR");
    assert_eq!(money(item.charge(&Charge::GiftWrap).unwrap()), "");
    assert_eq!(money(item.tax_on(&Charge::Shipping).unwrap()), "0.79 EUR");
    assert_eq!(money(item.tax().unwrap()), "2.39 EUR");
    assert_eq!(
        money(item.discount_on(&Charge::Shipping).unwrap()),
        "0.25 EUR",
        "whatever sign Amazon wrote"
    );
    assert_eq!(money(item.discount().unwrap()), "1.00 EUR");
    assert_eq!(item.amazon_remits_tax(), Some(true));
    assert_eq!(order.replaces(), Some("028-0"));
}

#[test]
fn o30_an_unknown_status_is_kept_as_text() {
    let order = read_order(&made_up()).unwrap();
    assert_eq!(order.status, OrderStatus::Other("TELEPORTED".to_owned()));
    assert_eq!(order.status.to_string(), "TELEPORTED");
    assert!(order.unknown_words().contains(&("status", "TELEPORTED")));
}

#[test]
fn s2_buyer_data_shows_itself_nowhere() {
    let order = read_order(&made_up()).unwrap();
    assert_eq!(order.buyer.name.as_ref().unwrap().reveal(), "Canary Buyer");
    assert_eq!(order.buyer.email, None, "empty text is no address");
    let evidence = serde_json::to_string(&order).unwrap();
    assert!(!evidence.contains("Canary") && !format!("{order:?}").contains("Canary"));
    assert!(evidence.contains("Köln"));
}

#[test]
fn one_bad_order_does_not_spoil_its_page() {
    let mut negative = made_up();
    negative["orderItems"][0]["quantityOrdered"] = json!(-1);
    let mut amount = made_up();
    amount["orderItems"][0]["proceeds"]["breakdowns"][0]["subtotal"]["amount"] = json!("10,00");
    let mut text = made_up();
    text["buyer"]["buyerName"] = json!({"Canary": 1});
    let page = json!({"orders": [negative, made_up(), amount, text]});
    let page = Search::updated(vec![], at("2026-11-01T00:00:00Z"), None)
        .read(&answer(&page))
        .unwrap();
    assert_eq!(page.orders.len(), 1);
    let whats: Vec<&str> = page.unreadable.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(whats[..2], ["item 1: -1 is not a quantity", "“10,00” is not an amount"]);
    assert!(!whats[2].contains("Canary"), "{}", whats[2]);
}

#[test]
fn an_answer_that_is_no_page_is_a_misreading() {
    let search = Search::updated(vec![], at("2026-11-01T00:00:00Z"), None);
    for body in ["", "<html>", "[]", r#"{"payload":{}}"#] {
        let response = wire::Response {
            status: 200,
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
        };
        assert!(search.read(&response).is_err(), "{body}");
    }
}

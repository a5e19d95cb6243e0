//! How each code comes about, and what cures it: one row for each.

use serde_json::{Value, json};
use simulator::Fault;

use crate::acts::{
    Act, Case, ORDER, added, befalls, bought, bought_with, chosen, chosen_in, customer, deleted, edited, entered,
    linked, looked_at, parcel, shipped,
};

const DE: &str = "A1PA6795UKMFR9";
const FR: &str = "A13V1IB3VIYZZH";
const SE: &str = "A2NODRKZP88ZB9";

/// Somebody writes an invoice to the customer whose id was kept, for the item that was kept before.
fn invoiced() -> Act {
    let line = json!({ "item": { "id": "$item" }, "quantity": 1, "amount": 1 });
    entered(
        "invoice",
        &json!({ "entity": { "id": "$id" }, "item": { "items": [line] } }),
    )
}

/// The table.
pub fn cases() -> Vec<Case> {
    let mut all = services();
    all.extend(masters());
    all.extend(books());
    all.extend(orders());
    all.extend(fulfilments());
    all
}

/// What the services refuse.
fn services() -> Vec<Case> {
    let orders = "/orders/2026-01-01/";
    let write = "record/v1/salesOrder";
    let failing = |code, fault, touching| {
        let does = vec![bought(), Act::Fails(fault, touching), Act::Sync];
        Case::retried(code, does, vec![Act::Works]).tried_again()
    };
    vec![
        Case::retried(
            "AUTH_AMAZON",
            vec![
                bought(),
                Act::Tell("/access", json!({ "revoke": "eu", "forget_tokens": true })),
                Act::Sync,
            ],
            vec![Act::Tell("/access", json!({ "restore": "eu" }))],
        )
        .by("reconnect"),
        Case::retried(
            "AUTH_NETSUITE",
            vec![
                bought(),
                Act::Tell("/access", json!({ "forget_tokens": true })),
                Act::Fails(Fault::SignInRefused, "/services/rest/auth/oauth2/"),
                Act::Sync,
            ],
            vec![Act::Works],
        )
        .by("reconnect"),
        Case::retried(
            "PERMISSION",
            vec![
                Act::Tell("/netsuite/permission", json!({ "type": "salesOrder", "given": false })),
                bought(),
                Act::Sync,
            ],
            vec![Act::Tell(
                "/netsuite/permission",
                json!({ "type": "salesOrder", "given": true }),
            )],
        )
        .tried_again(),
        // Somebody sets the computer's clock right again.
        Case::retried(
            "CLOCK",
            vec![
                bought(),
                Act::Tell("/access", json!({ "forget_tokens": true })),
                Act::Clock(20),
                Act::Sync,
            ],
            vec![Act::Clock(-20)],
        ),
        // Amazon tells it right again.
        Case::retried(
            "PARSE",
            vec![bought(), befalls(json!({ "garbled": true })), Act::Sync],
            vec![befalls(json!({ "garbled": false }))],
        ),
        failing("THROTTLED", Fault::Throttled, write),
        failing("NETWORK", Fault::NeverSent, write),
        failing("UNSUPPORTED", Fault::InvalidOutage, orders),
        Case::retried(
            "REJECTED",
            vec![
                bought(),
                Act::Sync,
                Act::Find("salesOrder"),
                Act::Tell(
                    "/netsuite/lock",
                    json!({ "type": "salesOrder", "id": "#id", "on": true }),
                ),
                befalls(json!({ "address": { "city": "Lyon" } })),
                Act::Sync,
            ],
            vec![Act::Tell(
                "/netsuite/lock",
                json!({ "type": "salesOrder", "id": "#id", "on": false }),
            )],
        )
        .tried_again(),
    ]
}

/// What is not ready in NetSuite or in the settings.
fn masters() -> Vec<Case> {
    let inactive = |yes: bool| edited("inventoryItem/$id", &json!({ "isInactive": yes }));
    let goods = |line: Value| bought_with(&json!({ "lines": [line] }));
    vec![
        Case::retried(
            "ITEM_NOT_FOUND",
            vec![goods(json!({ "sku": "GHOST-1" })), Act::Sync],
            vec![Act::Item("CANDLE-FIG-220"), linked("GHOST-1")],
        )
        .by("link_item"),
        Case::retried(
            "ITEM_AMBIGUOUS",
            vec![goods(json!({ "sku": "SHADE-LINEN" })), Act::Sync],
            vec![Act::Item("SHADE-LINEN-30"), linked("SHADE-LINEN")],
        )
        .by("link_item"),
        Case::retried(
            "ITEM_INACTIVE",
            vec![Act::Item("CANDLE-FIG-220"), inactive(true), bought(), Act::Sync],
            vec![inactive(false)],
        ),
        Case::retried(
            "SHIP_METHOD_UNMAPPED",
            vec![bought_with(&json!({ "service": "BY_PIGEON" })), Act::Sync],
            vec![
                Act::Role("ship.STANDARD"),
                Act::Press(
                    "set_table_row",
                    json!({ "table": "ship-methods", "from": "BY_PIGEON", "to": "$id" }),
                ),
            ],
        )
        .by("set_option"),
        Case::retried(
            "OPTION_MISSING",
            vec![
                Act::Unset("orders.shipping_item"),
                goods(json!({ "sku": "CANDLE-FIG-220", "shipping": "4.90" })),
                Act::Sync,
            ],
            vec![Act::Role("item.shipping"), chosen("orders.shipping_item", "$id")],
        )
        .by("set_option"),
        Case::retried(
            "TAX_CODE_MISSING",
            vec![
                Act::Tell("/netsuite/features", json!({ "SUITETAX": true })),
                bought(),
                Act::Sync,
            ],
            vec![chosen("tax.mode", "exclude_collected")],
        )
        .under(&[("tax.mode", "overwrite"), ("tax.liability_default", "seller")])
        .by("set_option"),
        Case::retried(
            "CUSTOMER_AMBIGUOUS",
            vec![
                customer("One", "twice@marketplace.amazon.de"),
                customer("Two", "twice@marketplace.amazon.de"),
                bought_with(&json!({ "buyer": { "email": "twice@marketplace.amazon.de" } })),
                Act::Sync,
            ],
            vec![Act::Press(
                "set_option",
                json!({ "option": "customer.mfn.mode", "marketplace": null, "value": "default" }),
            )],
        )
        .under(&[("customer.mfn.mode", "per_buyer")]),
    ]
}

/// What the books lack: a marketplace, a currency, room for more invoices.
fn books() -> Vec<Case> {
    vec![
        Case::retried(
            "MARKETPLACE_UNKNOWN",
            vec![bought_with(&json!({ "marketplace": "FR" })), looked_at()],
            added(FR).into(),
        )
        .by("add_marketplace"),
        // Somebody turns the currency on in NetSuite.
        Case::retried(
            "CURRENCY_DISABLED",
            [bought_with(&json!({ "marketplace": "SE" })), looked_at()]
                .into_iter()
                .chain(added(SE))
                // Its shared customer is made meanwhile.
                .chain([Act::Sync])
                .collect(),
            vec![entered(
                "currency",
                &json!({ "name": "Swedish Krona", "symbol": "SEK", "exchangeRate": 0.09, "currencyPrecision": 2 }),
            )],
        ),
        // Another shared customer follows the one that is full.
        Case::retried(
            "CUSTOMER_FULL",
            vec![
                Act::Item("CANDLE-FIG-220"),
                Act::Role("customer.DE"),
                Act::Times(8_000, Box::new(invoiced())),
                Act::Sync,
            ],
            vec![
                customer("Amazon DE, the second", "de@example.com"),
                Act::Find("customer"),
                chosen_in(DE, "customer.mfn.default", "$id", "$cause"),
                chosen_in(DE, "customer.fba.default", "$id", "$cause"),
            ],
        )
        .by("set_option"),
    ]
}

/// What befalls orders.
fn orders() -> Vec<Case> {
    let month = |closed: bool| Act::Tell("/netsuite/month", json!({ "day": "2026-11-16", "closed": closed }));
    let fba = || bought_with(&json!({ "channel": "AMAZON", "status": "SHIPPED" }));
    let many: Vec<Value> = (0..501)
        .map(|number| json!({ "sku": "CANDLE-FIG-220", "item": "1.00", "title": format!("Candle {number}") }))
        .collect();
    let by_hand = json!({ "number": ORDER, "customer": "Amazon DE 2026", "lines": [{ "item": "CANDLE-FIG-220", "amount": "1.00" }] });
    let in_one_line = json!({ "number": ORDER, "customer": "Amazon DE 2026", "lines": [{ "item": "CANDLE-FIG-220", "amount": "501.00" }] });
    let discount = json!({ "customer": "Amazon DE 2026", "item": "Amazon Item Discount", "percent": "5" });
    let priced = |line: u32, amount: Value| {
        edited(
            "salesOrder/$id",
            &json!({ "item": { "items": [{ "line": line, "amount": amount }] } }),
        )
    };
    let dearer = || befalls(json!({ "price": { "line": "CANDLE-FIG-220", "item": "50.00" } }));
    let shipped_then = |what: Act| vec![bought(), Act::Sync, shipped(&parcel()), what, Act::Sync];
    vec![
        Case::retried("PERIOD_CLOSED", vec![month(true), fba(), Act::Sync], vec![month(false)]),
        Case::retried(
            "ADOPTION_CONFLICT",
            vec![Act::Tell("/netsuite/order", by_hand), bought(), Act::Sync],
            vec![Act::Press("adopt", json!({ "cause": "$cause", "id": "$id" }))],
        )
        .by("adopt"),
        // A standing discount of the customer; somebody takes it off the order again.
        Case::retried(
            "TOTAL_MISMATCH",
            vec![Act::Tell("/netsuite/discount", discount), bought(), Act::Sync],
            vec![Act::Find("salesOrder"), priced(3, json!(0))],
        ),
        Case::retried(
            "NETSUITE_EDITED",
            vec![
                bought(),
                Act::Sync,
                Act::Find("salesOrder"),
                edited(
                    "salesOrder/$id",
                    &json!({ "item": { "items": [{ "line": 1, "rate": 2, "amount": 4 }] } }),
                ),
                dearer(),
                Act::Sync,
            ],
            vec![Act::Press("put_back", json!({ "cause": "$cause", "state": "$state" }))],
        )
        .by("put_back"),
        // Somebody takes the bill back: the order follows Amazon, and is billed as it is now.
        Case::retried(
            "ORDER_CHANGED_AFTER_SHIP",
            vec![
                bought(),
                Act::Sync,
                shipped(&parcel()),
                Act::Tell("/netsuite/bill", json!({ "order": format!("AZN-SO-{ORDER}") })),
                dearer(),
                Act::Sync,
            ],
            vec![Act::Find("invoice"), deleted("invoice/$id")],
        )
        .tried_again(),
        // The parcel is stopped: somebody takes the fulfilment back and closes the order.
        Case::retried(
            "CANCEL_AFTER_SHIP",
            shipped_then(befalls(json!({ "cancel": {} }))),
            vec![
                Act::Find("itemFulfillment"),
                deleted("itemFulfillment/$id"),
                Act::Tell("/netsuite/close", json!({ "order": format!("AZN-SO-{ORDER}") })),
            ],
        )
        .tried_again(),
        Case::retried(
            "DOUBLE_COUNT_GUARD",
            vec![Act::Same("acct.bank", "acct.clearing"), fba(), Act::Sync],
            vec![chosen("orders.fba.import_as", "invoice")],
        )
        .under(&[("orders.fba.import_as", "cash_sale")]),
        // Somebody enters it by hand in fewer lines; it is linked.
        Case::retried(
            "LIMIT_LINES",
            vec![bought_with(&json!({ "lines": many })), Act::Sync],
            vec![Act::Tell("/netsuite/order", in_one_line)],
        ),
    ]
}

/// What befalls shipments.
fn fulfilments() -> Vec<Case> {
    let imported = |then: Vec<Act>| {
        [vec![bought(), Act::Sync], then, vec![Act::Sync]]
            .into_iter()
            .flatten()
            .collect()
    };
    let one_less = || befalls(json!({ "cancel_line": { "line": "CANDLE-FIG-220", "quantity": 1 } }));
    vec![
        Case::retried(
            "CARRIER_UNMAPPED",
            imported(vec![shipped(&parcel())]),
            vec![chosen("fulfil.carrier_other", "on")],
        )
        .under(&[("fulfil.carrier_auto", "off"), ("fulfil.carrier_other", "off")])
        .by("set_option")
        .tried_again(),
        Case::retried(
            "TRACKING_MISSING",
            imported(vec![shipped(&json!({ "ship_method": "DHL Paket" }))]),
            vec![chosen("fulfil.allow_untracked", "on")],
        )
        .by("set_option")
        .tried_again(),
        // The story of F9 cures it: what is wanted is shipped in the place of what is not.
        Case::left_out("SHIPPED_TOO_MANY", imported(vec![one_less(), shipped(&parcel())])).tried_again(),
        // Amazon takes it when the number is corrected: the parcel is told again under its reference.
        Case::retried(
            "SHIPMENT_NOT_TAKEN",
            imported(vec![
                Act::Tell("/confirmations", json!({ "shown_after_seconds": 360_000 })),
                shipped(&parcel()),
                Act::Sync,
                Act::Sync,
                Act::Minutes(20),
            ]),
            vec![
                Act::Tell("/confirmations", json!({ "shown_after_seconds": 0 })),
                Act::Find("itemFulfillment"),
                edited(
                    "itemFulfillment/$id?replace=package",
                    &json!({ "package": { "items": [{ "packageTrackingNumber": "00340434161094042557" }] } }),
                ),
            ],
        )
        .tried_again(),
        // Amazon breaks down over the feed; the parcel is confirmed in Seller Central.
        Case::retried(
            "FEED_REJECTED",
            imported(vec![
                Act::Tell("/processing", json!({ "seconds": 3, "fatal": true })),
                shipped(&json!({ "ship_method": "DHL Paket" })),
                Act::Sync,
                Act::Minutes(20),
            ]),
            vec![
                Act::Tell("/processing", json!({ "seconds": 3, "fatal": false })),
                befalls(json!({ "ship": {} })),
            ],
        )
        .under(&[("fulfil.allow_untracked", "on")])
        .tried_again(),
    ]
}

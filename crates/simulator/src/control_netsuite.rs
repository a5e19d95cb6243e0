//! What a test or a person may do in the simulated NetSuite company, below `/netsuite/`.
//!
//! | Request | Does |
//! | --- | --- |
//! | `POST edit` `{"method": "PATCH", "path": "invoice/1203", "body": {…}}` | changes or deletes any record as a person does |
//! | `POST ship` with a [`Shipping`], such as `{"order": "114-…", "lines": [["LAMP-RED", "1"]], "packages": [{"tracking": "1Z…"}]}` | ships an order; answers the fulfilment's id |
//! | `POST bill` with a [`Billing`] | bills an order by hand; answers the bill's id |
//! | `POST order` with an [`Entry`] | enters an order by hand; answers its id |
//! | `POST close` `{"order": "114-…"}` | closes what is open of an order |
//! | `POST discount` `{"customer": "Amazon DE 2026", "item": "Amazon Promotion", "percent": "5"}` | a customer gets a standing discount |
//! | `POST price` with a [`NewPrice`], such as `{"item": "LAMP-RED", "level": "Amazon DE", "currency": "EUR", "price": "49.90"}` (with `"quantity"` for a break, without a price to take it away) | sets a price of an item |
//! | `POST stock` with a [`Counted`], such as `{"item": "LAMP-RED", "location": "Rotterdam Depot", "received": "12"}` or `{"item": "LAMP-RED", "counted": "3"}` | goods come in, or are counted |
//! | `POST members` with a [`Members`], such as `{"kit": "GIFTSET-CANDLES", "members": [["CANDLE-FIG-220", "2"]]}` | says what a kit is made of |
//! | `POST hidden` `{"table": "inventoryitemlocations", "on": true}` | our role may no longer see stock or prices: queries give no rows |
//! | `POST inactivate` `{"item": "LAMP-RED", "inactive": true}` | takes an item out of use, or back |
//! | `POST item` with a [`NewItem`], such as `{"item": "LAMP-NEW", "title": "…", "upc": "…", "base_price": "10.00", "fields": {…}}` | makes an item; answers its id |
//! | `POST month` `{"day": "2026-10-15", "closed": true}` | closes or opens an accounting month |
//! | `POST features` `{"ADVANCEDSHIPPING": false, "SUITETAX": true}` | switches features |
//! | `POST preferences` `{"INVOICEINADVANCE": "T"}` | sets preferences (`DEFAULTSALESORDERSTATUS` is `A` where orders need approval) |
//! | `POST permission` `{"type": "invoice", "given": false}` | takes the right to write a type of record, or gives it back |
//! | `POST package` `{"installed": true}` | installs the setup package's record types, or takes them away with their records |
//! | `POST lock` `{"type": "salesOrder", "id": 1203, "on": true}` | a workflow holds a record |
//! | `POST concurrency` `{"limit": 5, "other_tenants": true}` | how many requests may be open, and whether others take some |
//! | `POST zone` `{"minutes_east": -480}` | the zone in which SuiteQL shows instants |
//! | `POST maintenance` `{"on": true}` | every request is answered 503 |

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wire::Method;

use crate::netsuite::{Account, Billing, Counted, Entry, Members, NewItem, NewPrice, Shipping};

/// Answers one request: the status and a JSON body.
pub fn answer(account: &Account, what: &str, body: &Value) -> (u16, Value) {
    let done = match what {
        "edit" => return edit(account, body),
        "ship" => read::<Shipping>(body).and_then(|act| account.ship(&act)),
        "bill" => read::<Billing>(body).and_then(|act| account.bill(&act)),
        "order" => read::<Entry>(body).and_then(|act| account.enter(&act)),
        "item" => read::<NewItem>(body).and_then(|act| account.make_item(&act)),
        other => switch(account, other, body).map(|()| String::new()),
    };
    match done {
        Ok(id) if id.is_empty() => (200, json!({})),
        Ok(id) => (200, json!({ "id": id })),
        Err(wrong) => (400, json!({ "error": wrong })),
    }
}

fn read<T: DeserializeOwned>(body: &Value) -> Result<T, String> {
    serde_json::from_value(body.clone()).map_err(|wrong| wrong.to_string())
}

fn switch(account: &Account, what: &str, body: &Value) -> Result<(), String> {
    let text = |name: &str| body[name].as_str().ok_or(format!("{name} is needed"));
    let on = |name: &str| body[name].as_bool().unwrap_or(true);
    let known = |done: bool| {
        if done {
            Ok(())
        } else {
            Err("NetSuite knows no such thing".to_owned())
        }
    };
    match what {
        "price" => read::<NewPrice>(body).and_then(|act| account.set_price(&act)),
        "stock" => read::<Counted>(body).and_then(|act| account.count_stock(&act)),
        "members" => read::<Members>(body).and_then(|act| account.set_members(&act)),
        "hidden" => account.set_hidden(text("table")?, on("on")),
        "inactivate" => account.set_inactive(text("item")?, on("inactive")),
        "close" => account.close(text("order")?),
        "discount" => {
            let percent = text("percent")?.parse().map_err(|_| "percent is a number")?;
            account.set_standing_discount(text("customer")?, text("item")?, percent)
        }
        "month" => account.close_month(text("day")?, on("closed")),
        "features" => {
            for (name, switched_on) in body.as_object().into_iter().flatten() {
                account.set_feature(name, switched_on.as_bool().ok_or("a feature is true or false")?)?;
            }
            Ok(())
        }
        "preferences" => {
            for (name, value) in body.as_object().into_iter().flatten() {
                known(account.set_preference(name, value.as_str().ok_or("a preference is a text")?))?;
            }
            Ok(())
        }
        "permission" => known(account.set_permission(text("type")?, on("given"))),
        "package" => known(account.set_package(on("installed"))),
        "lock" => {
            let id = body["id"].as_i64().ok_or("id is needed")?;
            known(account.set_locked(text("type")?, id, on("on")))
        }
        "concurrency" => {
            if let Some(limit) = body["limit"].as_u64() {
                account.set_concurrency(usize::try_from(limit).unwrap_or(usize::MAX));
            }
            if let Some(others) = body["other_tenants"].as_bool() {
                account.set_other_tenants(others);
            }
            Ok(())
        }
        "zone" => {
            let minutes = body["minutes_east"].as_i64().ok_or("minutes_east is needed")?;
            known(account.set_zone_offset(i32::try_from(minutes).map_err(|wrong| wrong.to_string())?))
        }
        "maintenance" => {
            account.set_maintenance(on("on"));
            Ok(())
        }
        other => Err(format!("/netsuite/{other} is not a control request")),
    }
}

fn edit(account: &Account, body: &Value) -> (u16, Value) {
    let method = match body["method"].as_str() {
        Some("POST") => Method::Post,
        Some("PATCH") => Method::Patch,
        Some("DELETE") => Method::Delete,
        Some("PUT") => Method::Put,
        _ => Method::Get,
    };
    let response = account.edit(method, body["path"].as_str().unwrap_or_default(), &body["body"]);
    let location = response.header("location").map(str::to_owned);
    let answer = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
    (
        response.status,
        json!({ "status": response.status, "location": location, "body": answer }),
    )
}

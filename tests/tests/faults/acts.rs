//! The words that the story of a code is told in: what people do in the services, what goes wrong, what a person presses.

use serde_json::{Value, json};
use simulator::Fault;

/// The order that all of them are about.
pub const ORDER: &str = "305-1000000-0000001";

/// Something that happens in the story of a code.
pub enum Act {
    /// Somebody does something in the services: a control request. `$id` is the id that was kept.
    Tell(&'static str, Value),
    /// Keeps the id of the newest record of a kind.
    Find(&'static str),
    /// From now on this goes wrong, whenever an address contains this.
    Fails(Fault, &'static str),
    /// Nothing goes wrong any more.
    Works,
    /// The company never chose that option.
    Unset(&'static str),
    /// Gives an option the values of another.
    Same(&'static str, &'static str),
    /// A person presses something: a command of the application. `$id` is the id that was kept, `$cause` and `$state`
    /// are what the question says.
    Press(&'static str, Value),
    /// Keeps the id that the company has for a purpose.
    Role(&'static str),
    /// Keeps an item's id, which is also `$item` from then on.
    Item(&'static str),
    /// The computer's own clock jumps by so many minutes; the services' clocks stay right.
    Clock(i64),
    /// The same so many times.
    Times(usize, Box<Act>),
    /// A quarter of an hour later, everything that is due.
    Sync,
    /// Time passes.
    Minutes(i64),
}

/// A code, how it is provoked and what cures it.
pub struct Case {
    pub code: &'static str,
    /// Options of the company from the beginning.
    pub options: &'static [(&'static str, &'static str)],
    pub does: Vec<Act>,
    /// What a person does about it before pressing the remedy.
    pub cure: Vec<Act>,
    /// The remedy that must be among those offered.
    pub remedy: &'static str,
    /// Whether it is cured by leaving the subject out; else by looking again.
    pub excluded: bool,
    /// Whether nothing may be written while the question is open.
    pub quiet: bool,
}

impl Case {
    pub fn retried(code: &'static str, does: Vec<Act>, cure: Vec<Act>) -> Self {
        Self {
            code,
            options: &[],
            does,
            cure,
            remedy: "retry",
            excluded: false,
            quiet: true,
        }
    }

    pub fn left_out(code: &'static str, does: Vec<Act>) -> Self {
        Self {
            remedy: "exclude",
            excluded: true,
            ..Self::retried(code, does, Vec::new())
        }
    }

    pub fn under(self, options: &'static [(&'static str, &'static str)]) -> Self {
        Self { options, ..self }
    }

    pub fn by(self, remedy: &'static str) -> Self {
        Self { remedy, ..self }
    }

    /// The flow goes on trying by itself meanwhile.
    pub fn tried_again(self) -> Self {
        Self { quiet: false, ..self }
    }
}

/// A person chooses an option where the question offers it.
pub fn chosen(option: &str, value: &str) -> Act {
    let wish = json!({ "option": option, "marketplace": null, "value": value, "cause": "$cause" });
    Act::Press("set_option", wish)
}

/// A person chooses an option for one marketplace, as an answer to this cause.
pub fn chosen_in(marketplace: &str, option: &str, value: &str, cause: &str) -> Act {
    let wish = json!({ "option": option, "marketplace": marketplace, "value": value, "cause": cause });
    Act::Press("set_option", wish)
}

/// A person looks at the order by its number.
pub fn looked_at() -> Act {
    let wish = json!({ "flow": "mfn-orders", "keys": [ORDER], "dry_run": false });
    Act::Press("start_run", wish)
}

/// A person takes in a marketplace that orders come from, and says from when on its books are kept.
pub fn added(marketplace: &str) -> [Act; 2] {
    let unknown = format!("MARKETPLACE_UNKNOWN:{marketplace}");
    [
        Act::Press(
            "add_marketplace",
            json!({ "cause": unknown, "marketplace": marketplace }),
        ),
        chosen_in(
            marketplace,
            "go_live",
            "2026-11-01",
            &format!("OPTION_MISSING:go_live:{marketplace}"),
        ),
    ]
}

/// A person says which item a SKU is; the item's id is the one that was kept.
pub fn linked(sku: &str) -> Act {
    let wish = json!({ "sku": sku, "marketplace": null, "item": "$id", "factor": 1, "cause": "$cause" });
    Act::Press("link_item", wish)
}

/// Somebody changes a record in NetSuite.
pub fn edited(path: &str, body: &Value) -> Act {
    Act::Tell(
        "/netsuite/edit",
        json!({ "method": "PATCH", "path": path, "body": body }),
    )
}

/// Somebody makes a record in NetSuite.
pub fn entered(kind: &str, body: &Value) -> Act {
    Act::Tell(
        "/netsuite/edit",
        json!({ "method": "POST", "path": kind, "body": body }),
    )
}

/// Somebody deletes a record in NetSuite.
pub fn deleted(path: &str) -> Act {
    Act::Tell("/netsuite/edit", json!({ "method": "DELETE", "path": path }))
}

pub fn bought_with(more: &Value) -> Act {
    let mut order = json!({ "id": ORDER, "marketplace": "DE", "lines": [{ "sku": "CANDLE-FIG-220", "quantity": 2 }] });
    order.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Act::Tell("/orders", order)
}

pub fn bought() -> Act {
    bought_with(&json!({}))
}

pub fn befalls(change: Value) -> Act {
    Act::Tell("/orders/305-1000000-0000001", change)
}

pub fn shipped(more: &Value) -> Act {
    let mut act = json!({ "order": format!("AZN-SO-{ORDER}") });
    act.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Act::Tell("/netsuite/ship", act)
}

pub fn parcel() -> Value {
    json!({ "packages": [{ "tracking": "A1" }], "ship_method": "DHL Paket" })
}

pub fn customer(name: &str, email: &str) -> Act {
    let body = json!({ "companyName": name, "entityId": name, "email": email, "subsidiary": { "id": "1" } });
    entered("customer", &body)
}

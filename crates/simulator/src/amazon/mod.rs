//! The Amazon half: Login with Amazon, the Selling Partner operations, and document storage.
//!
//! **For:** answering what a connector or an outside client asks, from the published models, over [`crate::world`].
//!
//! **Deliberately not here:** sockets, waiting, and deciding what goes wrong (that is `transport` and `faults`).
//!
//! **Open first:** [`Amazon::answer`], which knows every operation.

pub mod answer;
mod asked;
pub mod buckets;
mod catalogue;
mod documents;
mod finances;
mod order_body;
mod orders;
mod orders_v0;
mod report_text;
mod reports;
mod sellers;
mod shipment;
pub mod signin;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use wire::{Clock, Message, Method, Response};

use crate::chance::{name_of, uuid_of};
use crate::faults::Fault;
use crate::market::Region;
use crate::time::Time;
use crate::world::World;

use answer::{Answer, Outcome, refuse};
use asked::Asked;
use buckets::Buckets;
use order_body::Roles;
use signin::{Opens, SignIn};

pub use orders::status_word;

/// Which of Amazon's doors a message knocks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// `api.amazon.com`.
    SignIn,
    /// A region's Selling Partner endpoint.
    Partner(Region),
    /// A region's document storage.
    Storage(Region),
}

/// Amazon, as one seller sees it.
pub struct Amazon {
    seed: u64,
    time: Time,
    state: Mutex<State>,
}

/// What changes.
pub struct State {
    /// What really happened.
    pub world: World,
    /// Signing in.
    pub sign_in: SignIn,
    /// Rate limits.
    pub buckets: Buckets,
    /// Granted roles.
    roles: Roles,
    searches: orders::Searches,
    desk: reports::Desk,
    processing: TimeDelta,
    answered: u64,
    calls: std::collections::BTreeMap<&'static str, u64>,
}

impl Amazon {
    /// Amazon over a world.
    pub fn open(seed: u64, world: World, time: Time, processing: Duration) -> Self {
        let state = State {
            world,
            sign_in: SignIn::new(seed),
            buckets: Buckets::default(),
            roles: Roles {
                buyers: true,
                finance: true,
            },
            searches: orders::Searches::default(),
            desk: reports::Desk::default(),
            processing: TimeDelta::from_std(processing).unwrap_or_default(),
            answered: 0,
            calls: std::collections::BTreeMap::new(),
        };
        Self {
            seed,
            time,
            state: Mutex::new(state),
        }
    }

    /// The state, told up to now.
    pub fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.time.now();
        state.world.tell_until(now);
        state
    }

    /// Answers one message. `document_root` is where documents are fetched from when not from the vendors' hosts.
    pub fn answer(&self, door: Door, message: &Message, document_root: Option<&str>, fault: Option<Fault>) -> Response {
        let now = self.time.now();
        let mut state = self.state();
        state.answered += 1;
        let request_id = uuid_of(&["request", &self.seed.to_string(), &state.answered.to_string()]);
        let region = match door {
            Door::SignIn => Region::Na,
            Door::Partner(region) | Door::Storage(region) => region,
        };
        let mut asked = Asked::new(message, region, now);
        asked.fault = fault;
        asked.document_root = document_root.map(str::to_owned);
        let answer = match door {
            Door::SignIn if asked.raw_path == "/auth/o2/token" => state.sign_in.answer(&asked),
            Door::SignIn => Answer::json(
                404,
                &serde_json::json!({ "error": "not_found", "error_description": "No such resource" }),
            ),
            Door::Storage(_) => self.storage(&state, &asked, message),
            Door::Partner(_) => self.partner(&mut state, &asked),
        };
        let id_header = if matches!(door, Door::Storage(_)) {
            "x-amz-request-id"
        } else {
            "x-amzn-RequestId"
        };
        answer.header(id_header, request_id).into_response()
    }

    fn storage(&self, state: &State, asked: &Asked, message: &Message) -> Answer {
        match documents::admitted(self.seed, message, asked.now, asked.fault) {
            Err(refusal) => refusal,
            Ok(id) => match reports::find_document(&state.world, &state.desk, asked.region, asked.now, &id) {
                Some(document) => documents::send(&document, asked.fault),
                None => documents::refusal(404, "NoSuchKey", "The specified key does not exist."),
            },
        }
    }

    fn partner(&self, state: &mut State, asked: &Asked) -> Answer {
        let Some((operation, target)) = operation(asked) else {
            return Answer::not_found("No such operation");
        };
        if let Err(refusal) = may(state, asked, operation) {
            return *refusal;
        }
        *state.calls.entry(operation).or_default() += 1;
        if asked.fault == Some(Fault::LimitMoved) {
            state.buckets.halve_or_restore(operation);
        }
        if !state.buckets.take(asked.region, operation, asked.now) {
            return Answer::throttled();
        }
        let answer = match asked.fault {
            Some(Fault::InvalidOutage) => Answer::invalid("Invalid value for includedData"),
            _ => perform(state, asked, operation, &target, self.seed).unwrap_or_else(|refusal| *refusal),
        };
        // The header is there on most 200, 400 and 404 answers, never on others.
        let lucky = !name_of(&["header", &self.seed.to_string(), &state.answered.to_string()]).starts_with(['0', '1']);
        if matches!(answer.status, 200 | 400 | 404) && lucky {
            let limit = state.buckets.limit(operation).header();
            return answer.header("x-amzn-RateLimit-Limit", limit);
        }
        answer
    }
}

impl State {
    /// Grants or withdraws the roles for buyers' data and for finance.
    pub fn grant(&mut self, buyers: bool, finance: bool) {
        self.roles = Roles { buyers, finance };
    }

    /// How long reports that are requested from now on take, and whether they fail.
    pub fn process(&mut self, within: TimeDelta, fatal: bool) {
        self.processing = within;
        self.desk.fatal = fatal;
    }

    /// How often each operation was called, refusals for want of quota included.
    pub fn calls(&self) -> &std::collections::BTreeMap<&'static str, u64> {
        &self.calls
    }
}

/// The operation that a request means, and the id in its path.
fn operation(asked: &Asked) -> Option<(&'static str, String)> {
    let path: Vec<&str> = asked.path.iter().map(String::as_str).collect();
    let found = match (asked.method, path.as_slice()) {
        (Method::Get, ["orders", "2026-01-01", "orders"]) => ("searchOrders", ""),
        (Method::Get, ["orders", "2026-01-01", "orders", id]) => ("getOrder", *id),
        (Method::Get, ["orders", "v0", "orders"]) => ("getOrdersV0", ""),
        (Method::Get, ["orders", "v0", "orders", id]) => ("getOrderV0", *id),
        (Method::Get, ["orders", "v0", "orders", id, "address"]) => ("getOrderAddressV0", *id),
        (Method::Get, ["orders", "v0", "orders", id, "buyerInfo"]) => ("getOrderBuyerInfoV0", *id),
        (Method::Get, ["orders", "v0", "orders", id, "orderItems"]) => ("getOrderItemsV0", *id),
        (Method::Get, ["orders", "v0", "orders", id, "orderItems", "buyerInfo"]) => ("getOrderItemsBuyerInfoV0", *id),
        (Method::Post, ["orders", "v0", "orders", id, "shipmentConfirmation"]) => ("confirmShipment", *id),
        (Method::Get, ["finances", "2024-06-19", "transactions"]) => ("listTransactions", ""),
        (Method::Get, ["finances", "2024-06-19", "summary"]) => ("listSummary", ""),
        (Method::Get, ["catalog", "2022-04-01", "items"]) => ("searchCatalogItems", ""),
        (Method::Get, ["catalog", "2022-04-01", "items", asin]) => ("getCatalogItem", *asin),
        (Method::Get, ["listings", "2021-08-01", "items", _]) => ("searchListingsItems", ""),
        (Method::Get, ["listings", "2021-08-01", "items", _, sku]) => ("getListingsItem", *sku),
        (Method::Get, ["reports", "2021-06-30", "reports"]) => ("getReports", ""),
        (Method::Post, ["reports", "2021-06-30", "reports"]) => ("createReport", ""),
        (Method::Get, ["reports", "2021-06-30", "reports", id]) => ("getReport", *id),
        (Method::Delete, ["reports", "2021-06-30", "reports", id]) => ("cancelReport", *id),
        (Method::Get, ["reports", "2021-06-30", "documents", id]) => ("getReportDocument", *id),
        (Method::Get, ["sellers", "v1", "marketplaceParticipations"]) => ("getMarketplaceParticipations", ""),
        (Method::Get, ["sellers", "v1", "account"]) => ("getAccount", ""),
        (Method::Post, ["tokens", "2021-03-01", "restrictedDataToken"]) => ("createRestrictedDataToken", ""),
        _ => return None,
    };
    Some((found.0, found.1.to_owned()))
}

/// Whether the token opens the operation; otherwise the published refusal.
fn may(state: &State, asked: &Asked, operation: &str) -> Outcome<()> {
    let text = asked.header("x-amz-access-token").unwrap_or_default();
    if asked.fault == Some(Fault::TokenRefused) {
        return refuse(Answer::unauthorized(
            "The access token you provided is revoked, malformed or invalid.",
        ));
    }
    let Some(token) = state.sign_in.token(text, asked.now) else {
        let known = if text.is_empty() {
            "Access token is missing in the request header."
        } else {
            "The access token you provided has expired."
        };
        return refuse(Answer::unauthorized(known));
    };
    let opens = match &token.opens {
        Opens::Region(region) => *region == asked.region && !state.sign_in.revoked.contains(region),
        Opens::Grantless => false,
        Opens::Restricted(region, resources) => {
            *region == asked.region
                && resources
                    .iter()
                    .any(|(method, path, _)| method == asked.method.as_str() && fits(path, &asked.raw_path))
        }
    };
    if opens {
        Ok(())
    } else {
        refuse(Answer::unauthorized(&format!("The token does not open {operation}.")))
    }
}

/// Whether a restricted path, which may hold `{orderId}`, names the path asked for.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern
            .iter()
            .zip(&path)
            .all(|(wanted, given)| wanted == given || wanted.starts_with('{'))
}

fn perform(state: &mut State, asked: &Asked, operation: &str, target: &str, seed: u64) -> Outcome {
    let State {
        world,
        sign_in,
        searches,
        desk,
        roles,
        processing,
        ..
    } = state;
    let seller = sign_in.credentials.seller_id.clone();
    let elements = elements(sign_in, asked);
    let elements = elements.as_deref();
    let of_path = (asked.path.get(3).map_or("", String::as_str), seller.as_str());
    match operation {
        "searchOrders" => orders::search(asked, world, searches, *roles),
        "getOrder" => orders::get(asked, world, *roles, target),
        "getOrdersV0" => orders_v0::list(asked, world, searches, elements),
        "getOrderV0" => orders_v0::get(asked, world, target, elements),
        "getOrderAddressV0" => orders_v0::address(asked, world, target, elements),
        "getOrderBuyerInfoV0" => orders_v0::buyer_info(asked, world, target, elements),
        "getOrderItemsV0" => orders_v0::items(asked, world, target, elements),
        "getOrderItemsBuyerInfoV0" => orders_v0::items_buyer_info(asked, world, target, elements),
        "confirmShipment" => shipment::confirm(asked, world, target),
        "getReports" => reports::list(asked, world, desk, *roles),
        "createReport" => reports::create(asked, desk, *processing),
        "getReport" => reports::get(asked, world, desk, target),
        "cancelReport" => reports::cancel(asked, desk, target),
        "getReportDocument" => reports::document(asked, world, desk, seed, target),
        "getMarketplaceParticipations" => Ok(sellers::marketplace_participations(asked)),
        "getAccount" => Ok(sellers::account(asked)),
        "createRestrictedDataToken" => sellers::restricted_token(asked, sign_in),
        "listTransactions" => finances::transactions(asked, world, &seller),
        "listSummary" => finances::summary(asked, world, &seller),
        "searchCatalogItems" => catalogue::search_items(asked),
        "getCatalogItem" => catalogue::item(asked, target),
        "searchListingsItems" => catalogue::search_listings(asked, world, of_path),
        "getListingsItem" => catalogue::listing(asked, world, of_path, target),
        _ => refuse(Answer::not_found("No such operation")),
    }
}

/// The personal data that the request's restricted token opens; none for an ordinary token.
fn elements(sign_in: &SignIn, asked: &Asked) -> Option<Vec<String>> {
    let token = sign_in.token(asked.header("x-amz-access-token").unwrap_or_default(), asked.now)?;
    let Opens::Restricted(_, resources) = &token.opens else {
        return None;
    };
    resources
        .iter()
        .find(|(method, path, _)| method == asked.method.as_str() && fits(path, &asked.raw_path))
        .map(|(_, _, elements)| elements.clone())
}

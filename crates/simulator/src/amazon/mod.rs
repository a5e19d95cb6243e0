//! The Amazon half: Login with Amazon, the Selling Partner operations, and document storage.
//!
//! **For:** answering what a connector or an outside client asks, from the published models, over [`crate::world`].
//!
//! **Deliberately not here:** sockets, waiting, and deciding what goes wrong (that is `transport` and `faults`).
//!
//! **Open first:** [`Amazon::answer`], which knows every operation.

pub mod answer;
mod asked;
mod attribute_shapes;
pub mod buckets;
mod carriers;
mod catalogue;
mod definitions;
mod documents;
mod fba_inventory;
mod feed_report;
mod feed_work;
mod feeds;
mod finances;
mod finances_v0;
mod kept;
mod listing_body;
mod listing_change;
mod listing_checks;
mod listings;
mod listings_feed;
mod listings_report;
mod lists;
mod operations;
mod order_body;
mod orders;
mod orders_v0;
mod postings;
mod product_types;
mod report_text;
mod reports;
mod restrictions;
mod schedules;
mod schema_check;
mod sellers;
mod shipment;
mod shipments_report;
pub mod signin;
mod xml;

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use wire::{Clock, Message, Method, Response};

use crate::chance::{name_of, uuid_of};
use crate::faults::Fault;
use crate::market::Region;
use crate::options::Options;
use crate::time::Time;
use crate::world::World;
use crate::world::acts::Act;

use answer::{Answer, Outcome, refuse};
use asked::Asked;
use buckets::Buckets;
use kept::Event;
use operations::operation;
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
    feeds: feeds::Desk,
    processing: TimeDelta,
    lag: TimeDelta,
    kept: kept::Kept,
    answered: u64,
    calls: std::collections::BTreeMap<&'static str, u64>,
}

impl Amazon {
    /// Amazon over a world, with all that was done to it before.
    pub fn open(options: &Options, mut world: World, time: Time) -> std::io::Result<Self> {
        let (kept, told) = kept::Kept::open(options.store.as_deref())?;
        let mut feeds = feeds::Desk::default();
        for (at, event) in told {
            world.tell_until(at);
            // What could happen then can happen again.
            match event {
                Event::Act(act) => drop(world.act(&act, at)),
                Event::Feed(feed) => feeds.enter(*feed),
                Event::Processed(processed) => {
                    processed.acts.iter().for_each(|act| drop(world.act(act, at)));
                    feeds.file(processed);
                }
            }
        }
        let seed = options.seed;
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
            feeds,
            processing: TimeDelta::from_std(options.processing).unwrap_or_default(),
            lag: TimeDelta::from_std(options.confirming).unwrap_or_default(),
            kept,
            answered: 0,
            calls: std::collections::BTreeMap::new(),
        };
        Ok(Self {
            seed,
            time,
            state: Mutex::new(state),
        })
    }

    /// The state, told up to now.
    pub fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.time.now();
        state.work_feeds(now);
        state.world.tell_until(now);
        let processing = state.processing;
        state.desk.keep_schedules(now, processing);
        state
    }

    /// Answers one message. `document_root` is where documents are fetched from when not from the vendors' hosts.
    pub fn answer(&self, door: Door, message: &Message, document_root: Option<&str>, fault: Option<Fault>) -> Response {
        let now = self.time.now();
        let mut state = self.state();
        let state = &mut *state;
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
            Door::Storage(_) => self.storage(state, &asked, message),
            Door::Partner(_) => self.partner(state, &asked),
        };
        let id_header = if matches!(door, Door::Storage(_)) {
            "x-amz-request-id"
        } else {
            "x-amzn-RequestId"
        };
        answer.header(id_header, request_id).into_response()
    }

    fn storage(&self, state: &mut State, asked: &Asked, message: &Message) -> Answer {
        let id = match documents::admitted(self.seed, message, asked.now, asked.fault) {
            Err(refusal) => return refusal,
            Ok(id) => id,
        };
        if message.method == Method::Put {
            return state.feeds.take(asked.region, &id, message);
        }
        if let Some(schema) = definitions::document(&id) {
            return documents::send(&schema, asked.fault);
        }
        let report = reports::find_document(&state.world, &state.desk, asked.region, asked.now, &id);
        match report.or_else(|| state.feeds.report(asked.region, asked.now, &id)) {
            Some(document) => documents::send(&document, asked.fault),
            None => documents::refusal(404, "NoSuchKey", "The specified key does not exist."),
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
        // The header is there on most good, 400 and 404 answers, never on others.
        let lucky = !name_of(&["header", &self.seed.to_string(), &state.answered.to_string()]).starts_with(['0', '1']);
        if matches!(answer.status, 200..=204 | 400 | 404) && lucky {
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

    /// How long it takes until a confirmed parcel is shown.
    pub fn show_parcels_after(&mut self, lag: TimeDelta) {
        self.lag = lag;
    }

    /// Lets something happen and keeps it; the number of the order that it happened to, or why it cannot happen.
    pub fn act(&mut self, act: &Act, now: DateTime<Utc>) -> Result<String, String> {
        let done = self.world.act(act, now)?;
        self.kept
            .add(now, Event::Act(Box::new(act.clone())))
            .map_err(|error| error.to_string())?;
        Ok(done)
    }

    /// Works off the feeds that are due.
    fn work_feeds(&mut self, now: DateTime<Utc>) {
        while let Some(feed) = self.feeds.due(now).cloned() {
            self.world.tell_until(feed.done);
            let seller = &self.sign_in.credentials.seller_id;
            let processed = feed_work::work(&mut self.world, &feed, seller);
            if let Err(error) = self.kept.add(feed.done, Event::Processed(processed.clone())) {
                tracing::warn!(%error, "the simulator cannot keep what came of a feed");
            }
            self.feeds.file(processed);
        }
    }

    /// How often each operation was called, refusals for want of quota included.
    pub fn calls(&self) -> &std::collections::BTreeMap<&'static str, u64> {
        &self.calls
    }
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
    if operation == "confirmShipment" {
        if let Some(act) = shipment::confirm(asked, &state.world, state.lag, target)? {
            happen(state, asked, &act)?;
        }
        return Ok(Answer::empty(204));
    }
    if matches!(
        operation,
        "putListingsItem" | "patchListingsItem" | "deleteListingsItem"
    ) {
        return submit(state, asked, target, seed);
    }
    if operation == "createFeed" {
        let feed = feeds::create(asked, &mut state.feeds, state.processing, state.desk.fatal)?;
        let body = serde_json::json!({ "feedId": feed.id });
        let kept = state.kept.add(asked.now, Event::Feed(Box::new(feed.clone())));
        if kept.is_err() {
            return refuse(Answer::internal());
        }
        state.feeds.enter(feed);
        return Ok(Answer::json(202, &body));
    }
    let State {
        world,
        sign_in,
        searches,
        desk,
        feeds,
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
        "getReports" => reports::list(asked, world, desk, *roles),
        "createReport" => reports::create(asked, desk, *processing),
        "getReport" => reports::get(asked, world, desk, target),
        "cancelReport" => reports::cancel(asked, desk, target),
        "getReportDocument" => reports::document(asked, world, desk, seed, target),
        "createFeedDocument" => feeds::create_document(asked, feeds, seed),
        "getFeedDocument" => feeds::document(asked, feeds, seed, target),
        "getFeeds" => feeds::list(asked, feeds),
        "getFeed" => feeds::get(asked, feeds, target),
        "cancelFeed" => feeds::cancel(asked, feeds, target),
        "createReportSchedule" => desk.schedules.create(asked, &reports::SCHEDULABLE),
        "getReportSchedules" => desk.schedules.all(asked),
        "getReportSchedule" => desk.schedules.get(asked, target),
        "cancelReportSchedule" => desk.schedules.cancel(asked, target),
        "listFinancialEventGroups" => finances_v0::groups(asked, world),
        "listFinancialEvents" => finances_v0::events(asked, world),
        "listFinancialEventsByGroupId" => finances_v0::events_of_group(asked, world, target),
        "listFinancialEventsByOrderId" => finances_v0::events_of_order(asked, world, target),
        "listBalances" => finances::balances(asked, world, &seller),
        "getMarketplaceParticipations" => Ok(sellers::marketplace_participations(asked, world)),
        "getAccount" => Ok(sellers::account(asked, world)),
        "createRestrictedDataToken" => sellers::restricted_token(asked, sign_in),
        "listTransactions" => finances::transactions(asked, world, &seller),
        "listSummary" => finances::summary(asked, world, &seller),
        "searchCatalogItems" => catalogue::search(asked, &world.shop, &seller),
        "getCatalogItem" => catalogue::item(asked, &world.shop, target),
        "searchListingsItems" => listings::search(asked, world, of_path),
        "getListingsItem" => listings::get(asked, world, of_path, target),
        "getListingsRestrictions" => restrictions::get(asked, &world.shop, &seller),
        "searchDefinitionsProductTypes" => definitions::search(asked),
        "getDefinitionsProductType" => definitions::get(asked, seed, target),
        "getInventorySummaries" => fba_inventory::summaries(asked, world),
        _ => refuse(Answer::not_found("No such operation")),
    }
}

/// Takes a listing's change up, or forgets it if it is to be forgotten.
fn submit(state: &mut State, asked: &Asked, sku: &str, seed: u64) -> Outcome {
    let seller = &state.sign_in.credentials.seller_id;
    let of_path = (asked.path.get(3).map_or("", String::as_str), seller.as_str());
    let id = uuid_of(&[
        "submission",
        &seed.to_string(),
        &state.answered.to_string(),
        &asked.now.to_rfc3339(),
    ]);
    let done = listing_change::change(asked, &state.world.shop, of_path, sku, id)?;
    if let Some(submission) = done.accepted.filter(|_| asked.fault != Some(Fault::SubmissionIgnored)) {
        happen(state, asked, &Act::Submit(Box::new(submission)))?;
    }
    Ok(done.answer)
}

fn happen(state: &mut State, asked: &Asked, act: &Act) -> Outcome<()> {
    match state.act(act, asked.now) {
        Ok(_) => Ok(()),
        Err(_) => refuse(Answer::internal()),
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

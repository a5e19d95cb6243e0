//! Token buckets with the published rates, one per operation, seller and application; full at the start.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::market::Region;

/// Units in one token, so that rates in ten-thousandths per second are whole units per millisecond.
const TOKEN: i64 = 10_000_000;

/// A published limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Requests per second, in ten-thousandths.
    pub rate: i64,
    /// Tokens in a full bucket.
    pub burst: i64,
}

impl Limit {
    /// The rate as the header `x-amzn-RateLimit-Limit` writes it: `0.0056`, `0.5`, `2.0`.
    pub fn header(self) -> String {
        let text = format!("{}.{:04}", self.rate / 10_000, self.rate % 10_000);
        let short = text.trim_end_matches('0');
        if short.ends_with('.') {
            format!("{short}0")
        } else {
            short.to_owned()
        }
    }
}

/// The published limit of each operation that the simulator answers (quality-bars §1; the models' own descriptions).
#[rustfmt::skip]
const PUBLISHED: [(&str, i64, i64); 45] = [
    ("searchOrders", 56, 20), ("getOrder", 5_000, 30),
    ("getOrdersV0", 167, 20), ("getOrderV0", 5_000, 30), ("getOrderItemsV0", 5_000, 30), ("getOrderAddressV0", 5_000, 30),
    ("getOrderBuyerInfoV0", 5_000, 30), ("getOrderItemsBuyerInfoV0", 5_000, 30), ("confirmShipment", 20_000, 10),
    ("createReport", 167, 15), ("getReports", 222, 10), ("getReport", 20_000, 15), ("cancelReport", 222, 10),
    ("getReportDocument", 167, 15),
    ("createFeedDocument", 5_000, 15), ("createFeed", 83, 15), ("getFeed", 20_000, 15), ("cancelFeed", 20_000, 15),
    ("getFeeds", 222, 10), ("getFeedDocument", 222, 10),
    ("getMarketplaceParticipations", 160, 15), ("getAccount", 160, 15), ("createRestrictedDataToken", 10_000, 10),
    ("createReportSchedule", 222, 10), ("getReportSchedules", 222, 10), ("getReportSchedule", 222, 10),
    ("cancelReportSchedule", 222, 10),
    ("listFinancialEventGroups", 5_000, 30), ("listFinancialEvents", 5_000, 30),
    ("listFinancialEventsByGroupId", 5_000, 30), ("listFinancialEventsByOrderId", 5_000, 30),
    ("listBalances", 5_000, 10), ("listTransactions", 5_000, 10), ("listSummary", 5_000, 10),
    ("searchCatalogItems", 20_000, 2), ("getCatalogItem", 20_000, 2),
    // Where the model and the page of limits differ, the smaller burst (amazon-sp-api.md §4).
    ("getListingsItem", 50_000, 5), ("searchListingsItems", 50_000, 5), ("putListingsItem", 50_000, 5),
    ("patchListingsItem", 50_000, 5), ("deleteListingsItem", 50_000, 5), ("getListingsRestrictions", 50_000, 10),
    ("searchDefinitionsProductTypes", 50_000, 5), ("getDefinitionsProductType", 50_000, 5), ("getInventorySummaries", 20_000, 2),
];

/// All buckets of the application.
#[derive(Default)]
pub struct Buckets {
    changed: BTreeMap<String, Limit>,
    levels: BTreeMap<(Region, &'static str), Level>,
}

struct Level {
    units: i64,
    seen: DateTime<Utc>,
}

impl Buckets {
    /// The limit in force for an operation.
    pub fn limit(&self, operation: &str) -> Limit {
        let published = PUBLISHED.iter().find(|(name, _, _)| *name == operation);
        let published = published.map_or(
            Limit {
                rate: 10_000,
                burst: 10,
            },
            |(_, rate, burst)| Limit {
                rate: *rate,
                burst: *burst,
            },
        );
        self.changed.get(operation).copied().unwrap_or(published)
    }

    /// Lowers or raises a limit while things run.
    pub fn change(&mut self, operation: &str, limit: Limit) {
        self.changed.insert(operation.to_owned(), limit);
    }

    /// Halves a limit, or gives it back if it was changed before.
    pub fn halve_or_restore(&mut self, operation: &str) {
        if self.changed.remove(operation).is_none() {
            let now = self.limit(operation);
            self.change(
                operation,
                Limit {
                    rate: (now.rate / 2).max(1),
                    burst: (now.burst / 2).max(1),
                },
            );
        }
    }

    /// Takes a token, if there is one.
    pub fn take(&mut self, region: Region, operation: &'static str, now: DateTime<Utc>) -> bool {
        let limit = self.limit(operation);
        let full = limit.burst * TOKEN;
        let level = self
            .levels
            .entry((region, operation))
            .or_insert(Level { units: full, seen: now });
        // A clock that was set back earns nothing, and does not take away either.
        let passed = (now - level.seen).num_milliseconds().max(0);
        level.units = level.units.saturating_add(passed.saturating_mul(limit.rate)).min(full);
        level.seen = level.seen.max(now);
        if level.units < TOKEN {
            return false;
        }
        level.units -= TOKEN;
        true
    }
}

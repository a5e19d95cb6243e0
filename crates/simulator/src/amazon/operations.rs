//! Which request means which operation.

use wire::Method;

use super::asked::Asked;

/// The operation that a request means, and the id in its path.
pub fn operation(asked: &Asked) -> Option<(&'static str, String)> {
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
        (Method::Get, ["finances", "v0", "financialEventGroups"]) => ("listFinancialEventGroups", ""),
        (Method::Get, ["finances", "v0", "financialEventGroups", id, "financialEvents"]) => {
            ("listFinancialEventsByGroupId", *id)
        }
        (Method::Get, ["finances", "v0", "orders", id, "financialEvents"]) => ("listFinancialEventsByOrderId", *id),
        (Method::Get, ["finances", "v0", "financialEvents"]) => ("listFinancialEvents", ""),
        (Method::Get, ["finances", "2024-06-19", "balances"]) => ("listBalances", ""),
        (Method::Get, ["finances", "2024-06-19", "transactions"]) => ("listTransactions", ""),
        (Method::Get, ["finances", "2024-06-19", "summary"]) => ("listSummary", ""),
        (Method::Get, ["catalog", "2022-04-01", "items"]) => ("searchCatalogItems", ""),
        (Method::Get, ["catalog", "2022-04-01", "items", asin]) => ("getCatalogItem", *asin),
        (Method::Get, ["listings", "2021-08-01", "items", _]) => ("searchListingsItems", ""),
        (Method::Get, ["listings", "2021-08-01", "items", _, sku]) => ("getListingsItem", *sku),
        (Method::Put, ["listings", "2021-08-01", "items", _, sku]) => ("putListingsItem", *sku),
        (Method::Patch, ["listings", "2021-08-01", "items", _, sku]) => ("patchListingsItem", *sku),
        (Method::Delete, ["listings", "2021-08-01", "items", _, sku]) => ("deleteListingsItem", *sku),
        (Method::Get, ["listings", "2021-08-01", "restrictions"]) => ("getListingsRestrictions", ""),
        (Method::Get, ["definitions", "2020-09-01", "productTypes"]) => ("searchDefinitionsProductTypes", ""),
        (Method::Get, ["definitions", "2020-09-01", "productTypes", name]) => ("getDefinitionsProductType", *name),
        (Method::Get, ["fba", "inventory", "v1", "summaries"]) => ("getInventorySummaries", ""),
        (Method::Get, ["reports", "2021-06-30", "reports"]) => ("getReports", ""),
        (Method::Post, ["reports", "2021-06-30", "reports"]) => ("createReport", ""),
        (Method::Get, ["reports", "2021-06-30", "reports", id]) => ("getReport", *id),
        (Method::Delete, ["reports", "2021-06-30", "reports", id]) => ("cancelReport", *id),
        (Method::Post, ["reports", "2021-06-30", "schedules"]) => ("createReportSchedule", ""),
        (Method::Get, ["reports", "2021-06-30", "schedules"]) => ("getReportSchedules", ""),
        (Method::Get, ["reports", "2021-06-30", "schedules", id]) => ("getReportSchedule", *id),
        (Method::Delete, ["reports", "2021-06-30", "schedules", id]) => ("cancelReportSchedule", *id),
        (Method::Get, ["reports", "2021-06-30", "documents", id]) => ("getReportDocument", *id),
        (Method::Post, ["feeds", "2021-06-30", "documents"]) => ("createFeedDocument", ""),
        (Method::Get, ["feeds", "2021-06-30", "documents", id]) => ("getFeedDocument", *id),
        (Method::Get, ["feeds", "2021-06-30", "feeds"]) => ("getFeeds", ""),
        (Method::Post, ["feeds", "2021-06-30", "feeds"]) => ("createFeed", ""),
        (Method::Get, ["feeds", "2021-06-30", "feeds", id]) => ("getFeed", *id),
        (Method::Delete, ["feeds", "2021-06-30", "feeds", id]) => ("cancelFeed", *id),
        (Method::Get, ["sellers", "v1", "marketplaceParticipations"]) => ("getMarketplaceParticipations", ""),
        (Method::Get, ["sellers", "v1", "account"]) => ("getAccount", ""),
        (Method::Post, ["tokens", "2021-03-01", "restrictedDataToken"]) => ("createRestrictedDataToken", ""),
        _ => return None,
    };
    Some((found.0, found.1.to_owned()))
}

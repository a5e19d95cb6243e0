//! Amazon's names of an order's fields, as they stand in its JSON (M: orders_2026-01-01.json).
//!
//! Only what the product uses; what Amazon adds is passed over.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawOrder {
    pub(super) order_id: String,
    #[serde(default)]
    pub(super) order_aliases: Vec<RawAlias>,
    pub(super) created_time: DateTime<Utc>,
    pub(super) last_updated_time: DateTime<Utc>,
    #[serde(default)]
    pub(super) programs: Vec<String>,
    #[serde(default)]
    pub(super) associated_orders: Vec<RawAssociated>,
    pub(super) sales_channel: RawChannel,
    pub(super) buyer: Option<RawBuyer>,
    pub(super) recipient: Option<RawRecipient>,
    pub(super) proceeds: Option<RawProceeds>,
    pub(super) payment: Option<RawPayment>,
    pub(super) tax: Option<RawTax>,
    pub(super) fulfillment: Option<RawFulfillment>,
    pub(super) order_items: Vec<RawItem>,
    #[serde(default)]
    pub(super) packages: Vec<RawPackage>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawAlias {
    pub(super) alias_id: String,
    pub(super) alias_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawAssociated {
    pub(super) order_id: Option<String>,
    pub(super) association_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawChannel {
    pub(super) channel_name: String,
    pub(super) marketplace_id: Option<String>,
    pub(super) marketplace_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "Amazon's own names")]
pub(super) struct RawBuyer {
    pub(super) buyer_name: Option<String>,
    pub(super) buyer_email: Option<String>,
    pub(super) buyer_company_name: Option<String>,
    pub(super) buyer_purchase_order_number: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawRecipient {
    pub(super) delivery_address: Option<RawAddress>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawAddress {
    pub(super) name: Option<String>,
    pub(super) company_name: Option<String>,
    pub(super) address_line1: Option<String>,
    pub(super) address_line2: Option<String>,
    pub(super) address_line3: Option<String>,
    pub(super) city: Option<String>,
    pub(super) district_or_county: Option<String>,
    pub(super) state_or_region: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) country_code: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) address_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawMoney {
    pub(super) amount: Value,
    pub(super) currency_code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawProceeds {
    pub(super) grand_total: Option<RawMoney>,
    #[serde(default)]
    pub(super) breakdowns: Vec<RawBreakdown>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawBreakdown {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) subtotal: RawMoney,
    #[serde(default)]
    pub(super) detailed_breakdowns: Vec<RawDetail>,
}

#[derive(Deserialize)]
pub(super) struct RawDetail {
    pub(super) subtype: Option<String>,
    pub(super) value: Option<RawMoney>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawPayment {
    #[serde(default)]
    pub(super) payment_executions: Vec<RawExecution>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawExecution {
    pub(super) payment_method: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawTax {
    #[serde(default)]
    pub(super) tax_registrations: Vec<RawRegistration>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawRegistration {
    pub(super) entity_type: Option<String>,
    pub(super) tax_registration_type: Option<String>,
    pub(super) tax_registration_number: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawFulfillment {
    pub(super) fulfillment_status: String,
    pub(super) fulfilled_by: Option<String>,
    pub(super) fulfillment_service_level: Option<String>,
    pub(super) ship_by_window: Option<RawSpan>,
    pub(super) deliver_by_window: Option<RawSpan>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawSpan {
    pub(super) earliest_date_time: Option<DateTime<Utc>>,
    pub(super) latest_date_time: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawItem {
    pub(super) order_item_id: String,
    pub(super) quantity_ordered: i64,
    #[serde(default)]
    pub(super) programs: Vec<String>,
    pub(super) product: RawProduct,
    pub(super) proceeds: Option<RawItemProceeds>,
    pub(super) expense: Option<RawExpense>,
    pub(super) promotion: Option<RawPromotion>,
    pub(super) cancellation: Option<RawCancellation>,
    pub(super) fulfillment: Option<RawItemFulfillment>,
    pub(super) tax: Option<RawItemTax>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawProduct {
    pub(super) asin: Option<String>,
    pub(super) title: Option<String>,
    pub(super) seller_sku: Option<String>,
    pub(super) price: Option<RawPrice>,
    pub(super) customization: Option<RawCustomization>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawPrice {
    pub(super) unit_price: Option<RawMoney>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawCustomization {
    pub(super) customized_url: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawItemProceeds {
    pub(super) proceeds_total: Option<RawMoney>,
    #[serde(default)]
    pub(super) breakdowns: Vec<RawBreakdown>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawExpense {
    pub(super) points_cost: Option<RawPointsCost>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawPointsCost {
    pub(super) points_granted: Option<RawPoints>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawPoints {
    pub(super) points_monetary_value: Option<RawMoney>,
}

#[derive(Deserialize)]
pub(super) struct RawPromotion {
    #[serde(default)]
    pub(super) breakdowns: Vec<RawPromotionPart>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawPromotionPart {
    pub(super) promotion_id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawCancellation {
    pub(super) cancellation_request: Option<RawCancellationRequest>,
    pub(super) cancellation_execution: Option<RawCancellationExecution>,
}

#[derive(Deserialize)]
pub(super) struct RawCancellationRequest {
    pub(super) requester: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawCancellationExecution {
    pub(super) cancelled_by: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawItemFulfillment {
    pub(super) quantity_fulfilled: Option<i64>,
    pub(super) quantity_unfulfilled: Option<i64>,
    pub(super) packing: Option<RawPacking>,
    pub(super) shipping: Option<RawShipping>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawPacking {
    pub(super) gift_option: Option<RawGift>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawGift {
    pub(super) gift_message: Option<String>,
    pub(super) gift_wrap_level: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawShipping {
    pub(super) international_shipping: Option<RawInternational>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawInternational {
    pub(super) ioss_number: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawItemTax {
    #[serde(default)]
    pub(super) tax_calculation_breakdowns: Vec<RawScheme>,
    #[serde(default)]
    pub(super) tax_collections: Vec<RawCollection>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawScheme {
    pub(super) reporting_scheme: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawCollection {
    pub(super) model: Option<String>,
    pub(super) responsible_party: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawPackage {
    pub(super) package_reference_id: String,
    pub(super) package_status: Option<RawPackageStatus>,
    pub(super) carrier: Option<String>,
    pub(super) ship_time: Option<DateTime<Utc>>,
    pub(super) shipping_service: Option<String>,
    pub(super) tracking_number: Option<String>,
    pub(super) ship_from_address: Option<RawPlace>,
    #[serde(default)]
    pub(super) package_items: Vec<RawPackageItem>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawPlace {
    pub(super) country_code: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RawPackageStatus {
    pub(super) status: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawPackageItem {
    pub(super) order_item_id: String,
    pub(super) quantity: i64,
}

//! Settings: what there is to choose, the defaults, and the ladder marketplace → account → workspace → default (CMN-02).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One thing that a seller may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Its key, such as `orders.fba.import_as`.
    pub key: &'static str,
    /// The built-in value; empty means that nothing is chosen.
    pub default: &'static str,
    /// What a value looks like.
    pub kind: Kind,
}

/// What the value of an option looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `on` or `off`.
    Switch,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// One of these fields of an item, or the id of a custom one: `custitem_…`.
    ItemField(&'static [&'static str]),
    /// A decimal number.
    Number,
    /// The internal id of a NetSuite record of this kind: `item`, `account`, `customer`, `location`, `subsidiary`,
    /// `shipItem`, `taxCode`, `paymentMethod`.
    Record(&'static str),
    /// A few letters, such as a country code.
    Text,
}

/// Where an effective value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the steps of the ladder")]
pub enum Source {
    Marketplace,
    Account,
    Workspace,
    Default,
}

/// What the seller has set: scope → key → value. A scope is a marketplace id, an account
/// (`eu:A1SELLER`), or empty for the workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Options(BTreeMap<String, BTreeMap<String, String>>);

impl Options {
    /// Sets a value; an empty value clears it, so that the next step of the ladder speaks.
    pub fn set(&mut self, scope: &str, key: &str, value: &str) {
        let level = self.0.entry(scope.to_owned()).or_default();
        if value.is_empty() {
            level.remove(key);
        } else {
            level.insert(key.to_owned(), value.to_owned());
        }
    }

    /// The effective value and where it comes from.
    pub fn get(&self, marketplace: &str, account: &str, key: &str) -> Option<(&str, Source)> {
        let ladder = [
            (marketplace, Source::Marketplace),
            (account, Source::Account),
            ("", Source::Workspace),
        ];
        let set = ladder.into_iter().find_map(|(scope, source)| {
            self.0
                .get(scope)
                .and_then(|level| level.get(key))
                .map(|value| (value.as_str(), source))
        });
        set.or_else(|| choice(key).map(|choice| (choice.default, Source::Default)))
            .filter(|(value, _)| !value.is_empty())
    }
}

/// The choice with this key.
pub fn choice(key: &str) -> Option<&'static Choice> {
    CHOICES.iter().find(|choice| choice.key == key)
}

/// Everything that can be chosen.
pub const fn choices() -> &'static [Choice] {
    CHOICES
}

const fn switch(key: &'static str, default: &'static str) -> Choice {
    Choice {
        key,
        default,
        kind: Kind::Switch,
    }
}
const fn one_of(key: &'static str, default: &'static str, words: &'static [&'static str]) -> Choice {
    Choice {
        key,
        default,
        kind: Kind::OneOf(words),
    }
}
const fn number(key: &'static str, default: &'static str) -> Choice {
    Choice {
        key,
        default,
        kind: Kind::Number,
    }
}
const fn record(key: &'static str, kind: &'static str) -> Choice {
    Choice {
        key,
        default: "",
        kind: Kind::Record(kind),
    }
}

const fn text(key: &'static str) -> Choice {
    Choice {
        key,
        default: "",
        kind: Kind::Text,
    }
}

const fn item_field(key: &'static str, default: &'static str, words: &'static [&'static str]) -> Choice {
    Choice {
        key,
        default,
        kind: Kind::ItemField(words),
    }
}

const CHOICES: &[Choice] = &[
    // A flow that is tried writes for a handful of records in a run (CMN-33).
    switch("flow.mfn-orders.test", "off"),
    switch("flow.fba-orders.test", "off"),
    switch("flow.shipments.test", "off"),
    switch("flow.cancellations.test", "off"),
    switch("flow.billing.test", "off"),
    number("flow.test_records", "5"),
    one_of("closed_period", "hold", &["hold", "first_open"]),
    // What the company is (netsuite.md §9).
    record("subsidiary", "subsidiary"),
    record("location.mfn", "location"),
    record("location.fba", "location"),
    record("department", "department"),
    record("class", "classification"),
    // Items (flows.md §2).
    item_field(
        "match.field",
        "itemid",
        &["itemid", "upccode", "externalid", "custitem_azn_sku"],
    ),
    switch("match.by_asin", "off"),
    // Customers (flows.md §4).
    one_of("customer.mfn.mode", "default", &["default", "per_buyer"]),
    record("customer.mfn.default", "customer"),
    record("customer.fba.default", "customer"),
    one_of(
        "customer.match",
        "email",
        &["email", "email_then_name_postcode", "none"],
    ),
    switch("customer.per_subsidiary", "off"),
    one_of("customer.update", "never", &["never", "address_book"]),
    record("customer.category", "customerCategory"),
    record("customer.price_level", "priceLevel"),
    record("customer.terms", "term"),
    one_of("customer.rotate", "yearly", &["never", "yearly", "monthly"]),
    // Orders (flows.md §3).
    one_of(
        "orders.mfn.status",
        "pending_fulfillment",
        &["pending_fulfillment", "pending_approval"],
    ),
    one_of(
        "orders.fba.import_as",
        "invoice",
        &["invoice", "cash_sale", "sales_order"],
    ),
    switch("orders.fba.invoice_per_shipment", "off"),
    one_of(
        "orders.sfp.fulfilment_source",
        "netsuite",
        &["netsuite", "amazon_label"],
    ),
    one_of("orders.filter", "updated", &["updated", "created"]),
    number("orders.days_back", "30"),
    switch("orders.mfn.cancelled", "on"),
    switch("orders.adopt_amazon_shipment", "off"),
    one_of("orders.cancel_action", "close", &["close", "cancel"]),
    switch("orders.custom_fields", "off"),
    number("orders.guard_mismatch_percent", "20"),
    one_of("orders.discount_mode", "line", &["line", "order"]),
    record("orders.item_discount_item", "item"),
    one_of("orders.shipping_mode", "line_item", &["line_item", "header"]),
    record("orders.shipping_item", "item"),
    record("orders.shipping_discount_item", "item"),
    record("orders.giftwrap_item", "item"),
    record("orders.other_charge_item", "item"),
    switch("orders.merge_shipping", "on"),
    number("orders.total_tolerance", "0.02"),
    record("orders.ship_method_default", "shipItem"),
    record("orders.placeholder_item", "item"),
    one_of("orders.replacement_billing", "skip", &["skip", "zero_invoice"]),
    // Tax (flows.md §3.4).
    one_of(
        "tax.mode",
        "exclude_collected",
        &["exclude_collected", "line_item", "overwrite", "netsuite"],
    ),
    record("tax.item", "item"),
    record("tax.default_code", "taxCode"),
    record("tax.type", "taxType"),
    number("tax.rate", ""),
    text("tax.ship_from"),
    switch("tax.prices_include", "off"),
    one_of("tax.liability_default", "", &["amazon", "seller"]),
    // Fulfilments to Amazon (flows.md §5).
    one_of("fulfil.multi_package", "distribute", &["distribute", "first_only"]),
    switch("fulfil.carrier_auto", "on"),
    switch("fulfil.carrier_other", "on"),
    switch("fulfil.allow_untracked", "off"),
    switch("fulfil.send_updates", "on"),
    switch("fulfil.cancel_out", "off"),
    // Bills of sales orders (flows.md §9).
    one_of(
        "billing.when",
        "pending_billing",
        &["pending_billing", "pending_fulfillment"],
    ),
    one_of(
        "billing.kind",
        "invoice",
        &["invoice", "cash_sale", "by_payment_method"],
    ),
    one_of("billing.date", "ship", &["ship", "today", "order"]),
    switch("billing.partial", "on"),
    number("billing.due_days", "14"),
    // Accounts (flows.md §10.1).
    record("acct.clearing", "account"),
    record("acct.bank", "account"),
    record("acct.in_transit", "account"),
    record("acct.reserve", "account"),
    record("acct.due_to_amazon", "account"),
    record("acct.charge_card", "account"),
    record("acct.carried_forward", "account"),
    record("acct.variance", "account"),
    record("acct.rounding", "account"),
    record("acct.pre_golive", "account"),
    record("acct.accrued_fees", "account"),
    record("acct.deferred_receivable", "account"),
    record("acct.sales_tax_facilitated", "account"),
    record("acct.tax_at_source", "account"),
    record("acct.refund_reversals", "account"),
    record("acct.referral_fees", "account"),
    record("acct.refund_fees", "account"),
    record("acct.fulfilment_fees", "account"),
    record("acct.selling_fees", "account"),
    record("acct.advertising", "account"),
    record("acct.storage", "account"),
    record("acct.long_term_storage", "account"),
    record("acct.subscription", "account"),
    record("acct.inbound_freight", "account"),
    record("acct.removal_fees", "account"),
    record("acct.postage", "account"),
    record("acct.promotion_costs", "account"),
    record("acct.other_fees", "account"),
    record("acct.reimbursements", "account"),
    record("acct.liquidation_income", "account"),
    record("acct.liquidation_fees", "account"),
    record("acct.mcf_fees", "account"),
    record("acct.bank_fees", "account"),
    // Fees as a vendor bill (flows.md §10.9).
    switch("settlement.vendor_bill", "off"),
    record("settlement.vendor", "vendor"),
    record("settlement.vendor_tax_code", "taxCode"),
    record("acct.payable", "account"),
    // Totals (flows.md §10.14).
    record("acct.sales", "account"),
    record("acct.shipping_income", "account"),
    record("acct.gift_wrap_income", "account"),
    record("acct.promotions", "account"),
    record("acct.refunds", "account"),
    record("acct.tax_collected", "account"),
    record("acct.cogs", "account"),
    record("acct.inventory", "account"),
    record("acct.exchange_difference", "account"),
    // Money that Amazon holds (flows.md §11).
    number("money.missing_days", "35"),
    number("money.missing_days_b2b", "60"),
    // Settlements (flows.md §10.7 to 10.12).
    number("payment.tolerance", "0.02"),
    number("payment.partial_fba_days", "10"),
    switch("payment.keep_unapplied", "off"),
    one_of("payment.granularity", "per_order", &["per_order", "per_customer"]),
    record("payment.ar_account", "account"),
    record("payment.method", "paymentMethod"),
    one_of("refund.stock", "none", &["none", "restock"]),
    record("refund.location", "location"),
    switch("refund.standalone", "off"),
    one_of("refund.reversal", "journal", &["journal", "invoice"]),
    switch("refund.merge_per_order", "off"),
    record("refund.amount_item", "item"),
    record("refund.restocking_item", "item"),
    record("refund.tax_item", "item"),
    record("refund.atoz_item", "item"),
    record("refund.chargeback_item", "item"),
    switch("settlement.custom_records", "off"),
    one_of("settlement.posting", "orders", &["orders", "summary"]),
    one_of(
        "settlement.summary_by",
        "country",
        &["country", "none", "product_type", "sku_prefix"],
    ),
    item_field("settlement.product_field", "class", &["class"]),
    number("settlement.sku_prefix", "4"),
    switch("settlement.cogs", "off"),
    item_field("je.class_field", "", &["class"]),
    one_of("settlement.unmapped", "ask", &["ask", "post_to_other_fees"]),
    one_of("settlement.detail", "category", &["category", "description", "sku"]),
    one_of("je.mode", "review", &["review", "auto"]),
    one_of("je.bank_line", "bank", &["bank", "in_transit"]),
    number("je.max_variance", "0.00"),
    number("variance.ignore", "0.05"),
    number("variance.material", "50.00"),
    number("variance.material_percent", "1"),
    one_of("reverse.mode", "reverse", &["reverse", "delete"]),
    switch("je.combine_same_account", "on"),
    switch("je.split_months", "on"),
    switch("je.approved", "on"),
    switch("je.per_marketplace", "off"),
    record("je.location", "location"),
    record("je.line_entity", "customer"),
    // The self-audit (flows.md §17.5).
    number("audit.unsettled_days", "45"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// What no flow's card lists, no screen shows (CMN-02).
    #[test]
    fn cmn_02_every_choice_stands_on_the_card_of_a_flow() {
        let listed = |key: &str| crate::catalogue().iter().any(|entry| entry.card.options.contains(&key));
        let hidden: Vec<&str> = choices()
            .iter()
            .map(|choice| choice.key)
            .filter(|key| !listed(key))
            .collect();
        assert_eq!(hidden, Vec::<&str>::new());
    }
}

//! Every code that an error may carry (flows.md §1.7): the sentences that Errors shows for it, and its buttons.
//!
//! Help and `docs/problems/` are made of this list and of the catalogue, so that no sentence is written twice; whatever a
//! story of the tests asks is held against it.

/// One code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Its stable name.
    pub code: &'static str,
    /// What happened and why, as message ids: one pair for each way it comes about.
    pub cases: &'static [(&'static str, &'static str)],
    /// The buttons that cure it, as the words of [`super::RemedyView`]; not each is offered each time.
    pub remedies: &'static [&'static str],
}

const fn code(
    code: &'static str,
    cases: &'static [(&'static str, &'static str)],
    remedies: &'static [&'static str],
) -> Code {
    Code { code, cases, remedies }
}

/// What a settlement's group waits for; the second sentence says why.
const GROUP: &str = "problem-settlement-group";
/// What cannot be read as a settlement; the second sentence says why.
const FILE: &str = "problem-settlement-file-refused";
/// A write that NetSuite or Amazon refused, in its own words.
const REFUSED: (&str, &str) = ("problem-refused-what", "problem-refused-why");
const UNREACHABLE: (&str, &str) = ("problem-unreachable-what", "problem-unreachable-why");
const SIGNED_OUT: &[(&str, &str)] = &[("problem-signed-out-what", "problem-signed-out-why")];

const LOOK: &[&str] = &["retry", "exclude"];
const ONLY_LOOK: &[&str] = &["retry"];
const CHOOSE: &[&str] = &["set_option", "retry", "exclude"];
const ACCEPT: &[&str] = &["adopt", "retry", "exclude"];
const ITEM: &[&str] = &["link_item", "use_placeholder", "retry", "exclude"];

/// Every code that can be raised, in the order of their names.
pub const CODES: &[Code] = &[
    code(
        "ACCOUNT_MISSING",
        &[("problem-account-missing", "problem-account-missing-why")],
        &["set_option", "retry"],
    ),
    code(
        "ADOPTION_CONFLICT",
        &[
            ("problem-adoption-conflict", "problem-adoption-conflict-why"),
            ("problem-billed-differently", "problem-billed-differently-why"),
            ("problem-conflict-what", "problem-conflict-why"),
            ("problem-journals-divided", "problem-journals-divided-why"),
            REFUSED,
        ],
        ACCEPT,
    ),
    code(
        "AUDIT_BEHIND",
        &[("problem-audit-behind", "problem-audit-behind-why")],
        LOOK,
    ),
    code(
        "AUDIT_CLEARING",
        &[("problem-audit-clearing", "problem-audit-clearing-why")],
        LOOK,
    ),
    code(
        "AUDIT_TOTAL",
        &[("problem-audit-total", "problem-audit-total-why")],
        LOOK,
    ),
    code(
        "AUDIT_TWICE",
        &[("problem-audit-twice", "problem-audit-twice-why")],
        LOOK,
    ),
    code(
        "AUDIT_UNSETTLED",
        &[("problem-audit-unsettled", "problem-audit-unsettled-why")],
        CHOOSE,
    ),
    code("AUTH_AMAZON", SIGNED_OUT, &["reconnect", "retry"]),
    code("AUTH_NETSUITE", SIGNED_OUT, &["reconnect", "retry"]),
    code(
        "CANCEL_AFTER_SHIP",
        &[("problem-cancel-after-ship", "problem-cancel-after-ship-why")],
        LOOK,
    ),
    code(
        "CARRIER_UNMAPPED",
        &[("problem-carrier-unmapped", "problem-carrier-unmapped-why")],
        CHOOSE,
    ),
    code("CLOCK", &[("problem-clock-what", "problem-clock-why")], ONLY_LOOK),
    code(
        "CURRENCY_DISABLED",
        &[("problem-currency-disabled", "problem-currency-disabled-why"), REFUSED],
        LOOK,
    ),
    code(
        "CURRENCY_MISMATCH",
        &[(GROUP, "settlement-reason-other-currency")],
        LOOK,
    ),
    code(
        "CUSTOMER_AMBIGUOUS",
        &[
            ("problem-customer-ambiguous", "problem-customer-ambiguous-why"),
            ("problem-customer-subsidiary", "problem-customer-subsidiary-why"),
            ("problem-customer-inactive", "problem-customer-inactive-why"),
            REFUSED,
        ],
        &["adopt", "set_option", "retry", "exclude"],
    ),
    code(
        "CUSTOMER_FULL",
        &[("problem-customer-full", "problem-customer-full-why")],
        &["set_option", "exclude"],
    ),
    code(
        "CUSTOMER_INACTIVE",
        &[(GROUP, "settlement-reason-customer-inactive")],
        LOOK,
    ),
    code(
        "DOUBLE_COUNT_GUARD",
        &[
            ("problem-double-count", "problem-double-count-why"),
            ("problem-totals-and-bills", "problem-totals-and-bills-why"),
            ("problem-totals-and-bills", "problem-totals-and-billing-why"),
            ("problem-bill-and-totals", "problem-bill-and-totals-why"),
        ],
        &["set_option", "retry"],
    ),
    code(
        "FAULT",
        &[("problem-run-fault-what", "problem-run-fault-why")],
        ONLY_LOOK,
    ),
    code(
        "FEED_REJECTED",
        &[("problem-feed-rejected", "problem-feed-rejected-why")],
        LOOK,
    ),
    code(
        "INVOICE_ALREADY_PAID",
        &[
            (GROUP, "settlement-reason-already-paid"),
            (GROUP, "settlement-reason-part-paid-elsewhere"),
            REFUSED,
        ],
        LOOK,
    ),
    code(
        "INVOICE_NOT_FOUND",
        &[
            (GROUP, "settlement-reason-not-billed"),
            (GROUP, "settlement-reason-refund-not-billed"),
        ],
        &[],
    ),
    code(
        "ITEM_AMBIGUOUS",
        &[
            ("problem-item-ambiguous", "problem-item-ambiguous-why"),
            ("problem-item-ambiguous", "problem-item-linked-twice-why"),
            ("problem-item-ambiguous", "problem-item-parent-why"),
        ],
        ITEM,
    ),
    code(
        "ITEM_INACTIVE",
        &[("problem-item-inactive", "problem-item-inactive-why")],
        ITEM,
    ),
    code(
        "ITEM_NOT_FOUND",
        &[
            ("problem-item-not-found", "problem-item-not-found-why"),
            ("settlement-held-cost", "problem-settlement-cost-why"),
            ("settlement-held-cost", "problem-accrual-cost-why"),
        ],
        ITEM,
    ),
    code(
        "JE_UNBALANCED",
        &[
            ("problem-journal-unbalanced", "problem-journal-unbalanced-why"),
            REFUSED,
        ],
        LOOK,
    ),
    code(
        "LIMIT_LINES",
        &[("problem-limit-lines", "problem-limit-lines-why")],
        LOOK,
    ),
    code(
        "LINE_UNMAPPED",
        &[
            ("settlement-held-unmapped", "problem-line-unmapped-why"),
            ("problem-accrual-line-unmapped", "problem-line-unmapped-why"),
            (GROUP, "settlement-reason-unmapped"),
        ],
        &["map_line", "retry", "exclude"],
    ),
    code(
        "MAPPING_FAILED",
        &[
            ("problem-mapping-failed", "mapping-fault-empty"),
            ("problem-mapping-failed", "mapping-fault-no-match"),
            ("problem-mapping-failed", "mapping-fault-several-matches"),
            ("problem-mapping-failed", "mapping-fault-not-a-record"),
            ("problem-mapping-failed", "mapping-fault-not-a-number"),
            ("problem-mapping-failed", "mapping-fault-not-a-date"),
            ("problem-mapping-failed", "mapping-fault-not-a-flag"),
            ("problem-mapping-failed", "mapping-fault-expression"),
            ("problem-mapping-failed", "mapping-fault-too-much"),
            ("problem-mapping-failed", "mapping-fault-no-such-path"),
            ("problem-mapping-failed", "mapping-fault-locked"),
        ],
        &["fix_mapping", "retry", "exclude"],
    ),
    code(
        "MARKETPLACE_UNKNOWN",
        &[
            ("problem-marketplace-unknown", "problem-marketplace-unknown-why"),
            ("settlement-held-marketplace", "problem-settlement-marketplace-why"),
        ],
        &["add_marketplace", "pick_marketplace", "retry", "exclude"],
    ),
    code(
        "NETSUITE_EDITED",
        &[
            ("problem-netsuite-edited", "problem-netsuite-edited-why"),
            ("problem-deleted-in-netsuite", "problem-deleted-in-netsuite-why"),
            ("problem-record-gone-what", "problem-record-gone-why"),
            ("problem-fulfilment-taken-back", "problem-fulfilment-taken-back-why"),
            ("problem-bill-edited", "problem-bill-edited-why"),
            ("problem-bill-gone", "problem-bill-gone-why"),
            ("problem-left-and-closed", "problem-left-and-closed-why"),
            (GROUP, "settlement-reason-edited"),
            (GROUP, "settlement-reason-deleted"),
        ],
        &["adopt", "put_back", "make_again", "retry", "exclude"],
    ),
    code(
        "NETWORK",
        &[("problem-run-network-what", "problem-run-network-why"), UNREACHABLE],
        ONLY_LOOK,
    ),
    code(
        "OPTION_MISSING",
        &[("problem-option-missing", "problem-option-missing-why")],
        &["set_option"],
    ),
    code(
        "ORDER_CHANGED_AFTER_SHIP",
        &[(
            "problem-order-changed-after-ship",
            "problem-order-changed-after-ship-why",
        )],
        ACCEPT,
    ),
    code(
        "OVERPAYMENT",
        &[(GROUP, "settlement-reason-overpayment"), REFUSED],
        CHOOSE,
    ),
    code(
        "PARSE",
        &[
            ("problem-order-unreadable", "problem-order-unreadable-why"),
            ("problem-transaction-unreadable", "problem-transaction-unreadable-why"),
            ("problem-two-currencies", "problem-two-currencies-why"),
            (FILE, "settlement-file-unreadable"),
            (FILE, "settlement-file-empty"),
            (FILE, "settlement-file-bad-gzip"),
            (FILE, "settlement-file-bad-text"),
            (FILE, "settlement-file-not-an-amount"),
            (FILE, "settlement-file-amount-missing"),
            (FILE, "settlement-file-too-fine"),
            (FILE, "settlement-file-too-large"),
            (FILE, "settlement-file-not-a-date"),
            (FILE, "settlement-file-ambiguous-date"),
            (FILE, "settlement-file-not-a-quantity"),
            (FILE, "settlement-file-no-settlement-id"),
            (FILE, "settlement-file-no-currency"),
            (FILE, "settlement-file-two-currencies"),
            (FILE, "settlement-file-stopped"),
            (FILE, "problem-settlement-file-gone"),
        ],
        LOOK,
    ),
    code(
        "PERIOD_CLOSED",
        &[
            ("problem-period-closed", "problem-period-closed-why"),
            ("problem-settlement-period-closed", "problem-period-closed-why"),
            REFUSED,
        ],
        CHOOSE,
    ),
    code(
        "PERMISSION",
        &[("problem-run-permission-what", "problem-run-permission-why"), REFUSED],
        LOOK,
    ),
    code(
        "REFUND_EXCEEDS_INVOICE",
        &[(GROUP, "settlement-reason-refund-exceeds")],
        LOOK,
    ),
    code(
        "REFUND_LINE_UNMATCHED",
        &[(GROUP, "settlement-reason-refund-line-open")],
        LOOK,
    ),
    code("REJECTED", &[REFUSED], LOOK),
    code(
        "SCHEMA_CHANGED",
        &[
            ("problem-run-misread-what", "problem-run-misread-why"),
            ("problem-unknown-word-what", "problem-unknown-word-why"),
            (FILE, "settlement-file-column-missing"),
            (FILE, "settlement-file-column-twice"),
            (FILE, "settlement-file-titles-changed"),
        ],
        LOOK,
    ),
    code(
        "SETTLEMENT_INCOMPLETE_CHAIN",
        &[("settlement-chain-gap", "problem-settlement-chain-why")],
        &["accept_gap", "retry"],
    ),
    code(
        "SETTLEMENT_INCONSISTENT",
        &[
            ("settlement-held-inconsistent", "problem-settlement-inconsistent-why"),
            ("settlement-held-no-total", "problem-settlement-inconsistent-why"),
            (FILE, "settlement-file-does-not-add-up"),
            (FILE, "settlement-file-no-total"),
            (FILE, "settlement-file-two-totals"),
            (FILE, "settlement-file-no-rows"),
            (FILE, "settlement-file-cut-short"),
        ],
        &["add_balancing_line", "retry", "exclude"],
    ),
    code(
        "SETTLEMENT_REISSUED",
        &[("problem-settlement-reissued", "problem-settlement-reissued-why")],
        &["compare_reissue"],
    ),
    code(
        "SETUP_PACKAGE_MISSING",
        &[("problem-setup-package-missing", "problem-setup-package-missing-why")],
        &["set_option", "retry"],
    ),
    code(
        "SHIPMENT_NOT_TAKEN",
        &[
            ("problem-shipment-not-taken", "problem-shipment-not-taken-why"),
            ("problem-tracking-not-corrected", "problem-tracking-not-corrected-why"),
        ],
        LOOK,
    ),
    code(
        "SHIPPED_TOO_MANY",
        &[("problem-shipped-too-many", "problem-shipped-too-many-why")],
        LOOK,
    ),
    code(
        "SHIP_METHOD_UNMAPPED",
        &[("problem-ship-method-unmapped", "problem-ship-method-unmapped-why")],
        &["set_option", "exclude"],
    ),
    code(
        "SO_NOT_FOUND",
        &[
            (GROUP, "settlement-reason-no-order"),
            (GROUP, "settlement-reason-order-nowhere"),
        ],
        LOOK,
    ),
    code(
        "TAX_CODE_MISSING",
        &[
            ("problem-tax-code-missing", "problem-tax-code-missing-why"),
            ("problem-tax-rate-missing", "problem-tax-rate-missing-why"),
            ("problem-tax-rate-missing", "problem-tax-rate-missing-code-why"),
        ],
        &["set_option", "retry"],
    ),
    code(
        "THROTTLED",
        &[("problem-run-throttled-what", "problem-run-throttled-why"), UNREACHABLE],
        ONLY_LOOK,
    ),
    code(
        "TOTAL_MISMATCH",
        &[
            ("problem-total-mismatch", "problem-total-mismatch-why"),
            ("problem-total-differs-what", "problem-total-differs-why"),
            ("problem-total-differs-what", "problem-total-differs-tax-why"),
            ("problem-orders-guard", "problem-orders-guard-why"),
            ("problem-written-differ-what", "problem-written-differ-why"),
            (
                "problem-order-changed-since-settings",
                "problem-order-changed-since-settings-why",
            ),
            ("problem-order-to-bill-differs", "problem-order-to-bill-differs-why"),
            (GROUP, "settlement-reason-negative-order"),
            (GROUP, "settlement-reason-total-differs"),
        ],
        &["adopt", "set_option", "retry", "exclude"],
    ),
    code(
        "TRACKING_MISSING",
        &[("problem-tracking-missing", "problem-tracking-missing-why")],
        CHOOSE,
    ),
    code(
        "UNSUPPORTED",
        &[
            ("problem-run-refused-what", "problem-run-refused-why"),
            (FILE, "settlement-file-not-a-settlement"),
            (FILE, "settlement-file-xml"),
            (FILE, "settlement-file-spreadsheet"),
            (FILE, "settlement-file-bomb"),
        ],
        LOOK,
    ),
    code(
        "VARIANCE",
        &[
            ("settlement-held-variance", "problem-variance-why"),
            ("problem-settlement-guard", "problem-settlement-guard-why"),
            (GROUP, "settlement-reason-cash-sale-differs"),
        ],
        &["accept_variance", "retry", "exclude"],
    ),
];

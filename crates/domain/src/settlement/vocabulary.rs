//! The built-in vocabulary as data (flows.md §10.4; spellings from amazon-sp-api.md §8.3 and the published lists).
//!
//! Rows are tried from top to bottom; texts are in lower case. New values appear without notice: what fits no row is
//! `unmapped`, kept verbatim, and asked for.

use super::classify::{BuiltIn, Category, Category as C};

/// Sales and their refunds.
const SALE: &str = "order|refund|chargeback refund|a-to-z guarantee refund|guarantee refund|a-to-z guarantee recovery";

const fn row(
    transaction: &'static str,
    amount: &'static str,
    description: &'static str,
    category: Category,
) -> BuiltIn {
    BuiltIn {
        pattern: [transaction, amount, description],
        category,
    }
}

/// Every built-in row.
pub const BUILT_IN: &[BuiltIn] = &[
    // Balances first: they are neither income nor cost, whatever transaction type carries them.
    row(
        "*",
        "*",
        "current reserve amount|previous reserve amount balance",
        C::Reserve,
    ),
    row("*", "*", "payable to amazon", C::PayableToAmazon),
    row("*", "*", "successful charge", C::SuccessfulCharge),
    row(
        "*",
        "*",
        "unsuccessful*|failed disbursement*|failed transfer*|*to your bank account*",
        C::FailedTransfer,
    ),
    row(
        "*",
        "*",
        "loan*|debt adjustment*|balance adjustment*|transfer of funds*|micro deposit*|amazon lending*|amazon capital*|\
         capital advance*|advance repayment*",
        C::BalanceMovement,
    ),
    row("*", "micro deposit*|amazon lending*|loan*", "*", C::BalanceMovement),
    // Tax that Amazon keeps. Some files carry it under ItemFees, so the description decides.
    row("*_retrocharge", "*", "*", C::TaxAdjustment),
    row("*", "*", "tcs-*|tds*", C::TaxAtSource),
    row(SALE, "itemtcs|itemtds", "*", C::TaxAtSource),
    row("*", "*", "marketplacefacilitator*|lowvaluegoodstax*", C::WithheldTax),
    row(SALE, "itemwithheldtax", "*", C::WithheldTax),
    // What the buyer paid or got back.
    row(SALE, "itemprice", "principal", C::Principal),
    row(
        SALE,
        "itemprice",
        "tax|shippingtax|giftwraptax|codtax|giftwrap tax|shipping tax",
        C::Tax,
    ),
    row(SALE, "itemprice", "shipping|returnshipping", C::Shipping),
    row(SALE, "itemprice", "giftwrap", C::GiftWrap),
    row(SALE, "itemprice", "restockingfee", C::Restocking),
    row(
        SALE,
        "itemprice",
        "cod|exportcharge|regulatoryfee|goodwill",
        C::CustomerOther,
    ),
    row(SALE, "promotion", "taxdiscount|*tax", C::Tax),
    row(SALE, "promotion", "*", C::Promotion),
    row(SALE, "directpayment|direct payment", "*", C::CustomerOther),
    // Fees on a sale.
    row(SALE, "itemfees", "commission", C::ReferralFee),
    row(SALE, "itemfees", "refundcommission", C::RefundFee),
    row(
        "*",
        "itemfees|shipmentfees|shipment-fees|orderfees|order-fees",
        "fbaperunit*|fbaperorder*|fbaweightbased*|fba transportation fee*|fba*fulfil*",
        C::FulfilmentFee,
    ),
    row("*", "itemfees", "cost of advertising", C::Advertising),
    row(SALE, "itemfees", "mfnpostagefee", C::Postage),
    row(
        SALE,
        "itemfees",
        "fixedclosingfee|variableclosingfee|shippingchargeback|shippinghb|giftwrapchargeback|giftwrapcommission|\
         codchargeback|salestaxcollectionfee|salestaxservicefee|digitalservicesfee*|technologyfee|amazonexclusivesfee|\
         paymentmethodfee|costofpoints*|points*|renewedprogramfee|fbacustomerreturn*",
        C::SellingFee,
    ),
    row(
        SALE,
        "shipmentfees|shipment-fees|orderfees|order-fees",
        "*",
        C::SellingFee,
    ),
    // Liquidation.
    row("liquidations*", "itemfees", "*", C::LiquidationFee),
    row("liquidations*", "*", "*fee*", C::LiquidationFee),
    row("liquidations*", "itemprice", "*", C::Liquidation),
    row("liquidations*", "*", "principal", C::Liquidation),
    row("grade and resell*", "*", "*", C::LiquidationFee),
    row("*", "grade and resell*", "*", C::LiquidationFee),
    row("*", "*", "grade and resell*", C::LiquidationFee),
    // Advertising. In V1 the tax on it stands in a second column of the same row.
    row("*", "cost of advertising|refund for advertiser", "*", C::Advertising),
    row("*", "*", "cost of advertising|refund for advertiser", C::Advertising),
    row("servicefee", "otherfee", "taxamount", C::Advertising),
    // Reimbursements and their reversals.
    row("*", "fba inventory reimbursement", "*", C::Reimbursement),
    row("*safe-t*", "*", "*", C::Reimbursement),
    // What Amazon gives for its own mistakes, or takes from a buyer who did not send goods back.
    row("*", "*", "goodwill concession*|buyerrecharge*", C::Reimbursement),
    row(
        "*",
        "*",
        "*safe-t reimbursement*|refund reimbursal|*_clawback|warehouse_*|missing_from_inbound*|reversal_reimbursement",
        C::Reimbursement,
    ),
    row(
        "*",
        "*",
        "inbound_carrier_damage|removal_order_*|multichannel_order_*|free_replacement_refund_items|incorrect_fees_items|cs_error_items|re_evaluation|payment_retraction_items|customer_*|compensated_*",
        C::Reimbursement,
    ),
    // Promotion costs.
    row(
        "couponredemptionfee|lightning deal fee|vine enrollment fee|sellerreviewenrollmentpayment|review enrollment fee|sellerdealcomplete",
        "*",
        "*",
        C::PromotionCost,
    ),
    row(
        "*",
        "coupon*|*deal*fee*|vine*|*review enrollment*|couponredemptionfee",
        "*",
        C::PromotionCost,
    ),
    row(
        "*",
        "*",
        "couponredemptionfee*|lightning deal fee*|vine enrollment fee*|*review enrollment*",
        C::PromotionCost,
    ),
    // Fees of the account. The newer pattern names the fee in amount-type and leaves "Base fee" in the description.
    row(
        "*",
        "*long-term storage*|*aged inventory*|storagerenewalbilling",
        "*",
        C::LongTermStorage,
    ),
    row(
        "*",
        "*",
        "storagerenewalbilling*|*long-term storage*|*long term storage*",
        C::LongTermStorage,
    ),
    row("*", "*storage fee*|*storage utilization*", "*", C::Storage),
    row("*", "*", "storage fee*|fba storage*|fba inventory storage*", C::Storage),
    row("*", "subscription*", "*", C::Subscription),
    row("*", "*", "subscription fee*|subscription", C::Subscription),
    row("*", "*inbound*|*partnered carrier*", "*", C::InboundFreight),
    row(
        "*",
        "*",
        "*inbound transportation*|*inbound placement*|*inbound defect*|*partnered carrier*",
        C::InboundFreight,
    ),
    row("*", "*removal*|*disposal*", "*", C::Removal),
    row("*", "*", "disposalcomplete|removalcomplete", C::Removal),
    row(
        "*",
        "*",
        "shipping label purchase*|return postage*|returnpostagebilling*|amazon easy ship charges",
        C::Postage,
    ),
    row(
        "*",
        "*",
        "*fee adjustment*|*fees adjustment*|nonsubscriptionfeeadj|manual processing fee*|customer return*|fba customer return*|lowinventorylevelfee",
        C::OtherFee,
    ),
    // A charge taken back, in the words of whoever took it back.
    row("*", "reversal", "*", C::OtherFee),
    row("fbafees", "*", "base fee|tax on fee|discount on fee", C::OtherFee),
    // Named, but the seller must say where they go.
    row("*", "*", "commingling vat|income tax charged", C::BusinessTax),
    row("commingling vat|income tax charged", "*", "*", C::BusinessTax),
];

//! The properties of each record type (netsuite.md §4). A name that does not stand here is unknown to the company,
//! unless it is a custom field that a setup package installed.

use super::kind::Kind;

/// What may stand in a property.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Text,
    Number,
    Whole,
    Flag,
    Day,
    Instant,
    /// A reference to a record of that space.
    Ref(&'static str),
    /// One of the letters or words of a list; anything goes when the list is empty.
    Choice(&'static [&'static str]),
    /// A sublist with the name of its key; an empty key means that lines are only ever added.
    Lines(&'static str, &'static [Field]),
    /// A subrecord.
    Record(&'static [Field]),
    /// What is only shown: a request that names it is refused, whatever it says.
    Shown,
}

/// One property.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub name: &'static str,
    pub shape: Shape,
    /// Computed by NetSuite; what a request says about it is passed over.
    pub read_only: bool,
}

const fn f(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        read_only: false,
    }
}

const fn own(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        read_only: true,
    }
}

use Shape::{Choice, Day, Flag, Instant, Lines, Number, Ref, Shown, Text, Whole};

const COMMON: &[Field] = &[
    f("externalId", Text),
    own("id", Text),
    own("refName", Text),
    own("createdDate", Instant),
    own("lastModifiedDate", Instant),
];

const ADDRESS: &[Field] = &[
    f("addressee", Text),
    f("attention", Text),
    f("addr1", Text),
    f("addr2", Text),
    f("addr3", Text),
    f("city", Text),
    f("state", Text),
    f("zip", Text),
    f("country", Choice(&[])),
    f("addrPhone", Text),
    f("override", Flag),
];

const TRANSACTION: &[Field] = &[
    f("tranId", Text),
    f("tranDate", Day),
    f("memo", Text),
    f("currency", Ref("currency")),
    f("exchangeRate", Number),
    f("subsidiary", Ref("subsidiary")),
    f("department", Ref("department")),
    f("class", Ref("classification")),
    f("customForm", Ref("customForm")),
    f("postingPeriod", Ref("accountingPeriod")),
    own("status", Choice(&[])),
];

const SALE: &[Field] = &[
    f("entity", Ref("entity")),
    f("location", Ref("location")),
    f("otherRefNum", Text),
    f("message", Text),
    f("email", Text),
    f("shipMethod", Ref("shipItem")),
    f("shipDate", Day),
    f("startDate", Day),
    f("endDate", Day),
    f("dueDate", Day),
    f("terms", Ref("term")),
    f("shippingCost", Number),
    f("shippingCostOverridden", Flag),
    f("shippingAddress", Shape::Record(ADDRESS)),
    f("billingAddress", Shape::Record(ADDRESS)),
    f("shipIsResidential", Flag),
    f("shipComplete", Flag),
    f("toBeEmailed", Flag),
    f("toBePrinted", Flag),
    f("salesEffectiveDate", Day),
    f("taxItem", Ref("salesTaxItem")),
    f("taxRate", Number),
    f("isTaxable", Flag),
    f("paymentMethod", Ref("paymentMethod")),
    f("createdFrom", Ref("transaction")),
    f("item", Lines("line", ITEM_LINE)),
    own("subtotal", Number),
    own("discountTotal", Number),
    own("taxTotal", Number),
    own("total", Number),
    own("linkedTrackingNumbers", Text),
];

/// Only where SuiteTax is on (netsuite.md §8).
pub(super) const SUITE_TAX: &[Field] = &[
    f("taxDetailsOverride", Flag),
    f(
        "taxDetails",
        Lines(
            "taxDetailsReference",
            &[
                f("taxDetailsReference", Text),
                f("taxType", Choice(&[])),
                f("taxCode", Ref("salesTaxItem")),
                f("taxBasis", Number),
                f("taxRate", Number),
                f("taxAmount", Number),
            ],
        ),
    ),
];

const ITEM_LINE: &[Field] = &[
    f("line", Whole),
    own("lineUniqueKey", Text),
    f("item", Ref("item")),
    f("quantity", Number),
    f("rate", Number),
    f("amount", Number),
    f("price", Choice(&[])),
    f("description", Text),
    f("location", Ref("location")),
    f("inventorylocation", Ref("location")),
    f("department", Ref("department")),
    f("class", Ref("classification")),
    f("isTaxable", Flag),
    f("taxCode", Ref("salesTaxItem")),
    f("taxRate1", Number),
    f("tax1Amt", Number),
    f("grossAmt", Number),
    f("taxDetailsReference", Text),
    f("isClosed", Flag),
    f("commitInventory", Choice(&["1", "2", "3"])),
    f("shipMethod", Ref("shipItem")),
    f("expectedShipDate", Day),
    f("orderLine", Whole),
    f("itemReceive", Flag),
    own("itemType", Choice(&[])),
    own("quantityFulfilled", Number),
    own("quantityBilled", Number),
    own("quantityCommitted", Number),
    own("quantityBackOrdered", Number),
];

const FULFILMENT: &[Field] = &[
    f("entity", Ref("entity")),
    f("createdFrom", Ref("transaction")),
    f("shipStatus", Choice(&["A", "B", "C"])),
    f("inventoryLocation", Ref("location")),
    f("shippedDate", Day),
    f("pickedDate", Day),
    f("packedDate", Day),
    f("shipMethod", Ref("shipItem")),
    f("shipCarrier", Choice(&[])),
    f("shippingAddress", Shape::Record(ADDRESS)),
    f(
        "item",
        Lines(
            "orderLine",
            &[
                f("line", Whole),
                f("orderLine", Whole),
                f("item", Ref("item")),
                f("itemReceive", Flag),
                f("quantity", Number),
                f("location", Ref("location")),
                f("description", Text),
                own("quantityRemaining", Number),
                own("kitMemberOf", Whole),
            ],
        ),
    ),
    f(
        "package",
        Lines(
            "",
            &[
                f("packageWeight", Number),
                f("packageDescr", Text),
                f("packageTrackingNumber", Text),
                f("packageTrackingNumberReturn", Text),
                f("packageCartonNumber", Whole),
            ],
        ),
    ),
    f("packageUps", Lines("", PACKAGE_UPS)),
    f("packageFedex", Lines("", PACKAGE_FEDEX)),
    f("packageUsps", Lines("", PACKAGE_USPS)),
];

const PACKAGE_UPS: &[Field] = &[
    f("packageWeightUps", Number),
    f("packageDescrUps", Text),
    f("packageTrackingNumberUps", Text),
];
const PACKAGE_FEDEX: &[Field] = &[
    f("packageWeightFedex", Number),
    f("packageDescrFedex", Text),
    f("packageTrackingNumberFedex", Text),
];
const PACKAGE_USPS: &[Field] = &[
    f("packageWeightUsps", Number),
    f("packageDescrUsps", Text),
    f("packageTrackingNumberUsps", Text),
];

const APPLY: Field = f(
    "apply",
    Lines(
        "doc",
        &[
            f("doc", Ref("transaction")),
            f("apply", Flag),
            f("amount", Number),
            f("line", Whole),
            f("refNum", Shown),
            own("due", Number),
            own("total", Number),
        ],
    ),
);

const PAYMENT: &[Field] = &[
    f("customer", Ref("entity")),
    f("account", Ref("account")),
    f("undepFunds", Flag),
    f("arAcct", Ref("account")),
    f("payment", Number),
    f("paymentMethod", Ref("paymentMethod")),
    f("checkNum", Text),
    f("location", Ref("location")),
    f("autoApply", Flag),
    APPLY,
    own("total", Number),
    own("applied", Number),
    own("unapplied", Number),
];

const JOURNAL: &[Field] = &[
    f("approved", Flag),
    f("reversalDate", Day),
    f("reversalDefer", Flag),
    own("reversalEntry", Ref("transaction")),
    own("isReversal", Flag),
    f("createdFrom", Ref("transaction")),
    f("location", Ref("location")),
    f(
        "line",
        Lines(
            "line",
            &[
                f("line", Whole),
                f("account", Ref("account")),
                f("debit", Number),
                f("credit", Number),
                f("memo", Text),
                f("entity", Ref("entity")),
                f("location", Ref("location")),
                f("department", Ref("department")),
                f("class", Ref("classification")),
            ],
        ),
    ),
];

const EXPENSE_LINE: &[Field] = &[
    f("line", Whole),
    f("account", Ref("account")),
    f("amount", Number),
    f("memo", Text),
    f("taxCode", Ref("salesTaxItem")),
    f("department", Ref("department")),
    f("class", Ref("classification")),
    f("location", Ref("location")),
];

const VENDOR_BILL: &[Field] = &[
    f("entity", Ref("entity")),
    f("account", Ref("account")),
    f("dueDate", Day),
    f("location", Ref("location")),
    f("expense", Lines("line", EXPENSE_LINE)),
    own("taxTotal", Number),
    own("total", Number),
    own("userTotal", Number),
    own("amountPaid", Number),
    own("amountRemaining", Number),
];

const VENDOR_PAYMENT: &[Field] = &[
    f("entity", Ref("entity")),
    f("account", Ref("account")),
    f("apAcct", Ref("account")),
    f("location", Ref("location")),
    APPLY,
    own("total", Number),
];

const VENDOR: &[Field] = &[
    f("entityId", Text),
    f("companyName", Text),
    f("isInactive", Flag),
    f("subsidiary", Ref("subsidiary")),
    f("currency", Ref("currency")),
    f(
        "currencyList",
        Lines("currency", &[f("currency", Ref("currency")), own("balance", Number)]),
    ),
];

const CUSTOMER: &[Field] = &[
    f("entityId", Text),
    f("isPerson", Flag),
    f("firstName", Text),
    f("lastName", Text),
    f("companyName", Text),
    f("email", Text),
    f("phone", Text),
    f("subsidiary", Ref("subsidiary")),
    f("currency", Ref("currency")),
    f("entityStatus", Choice(&[])),
    f("isInactive", Flag),
    f("comments", Text),
    f("taxable", Flag),
    f("terms", Ref("term")),
    f("receivablesAccount", Ref("account")),
    f("customForm", Ref("customForm")),
    f(
        "currencyList",
        Lines("currency", &[f("currency", Ref("currency")), own("balance", Number)]),
    ),
    f(
        "addressBook",
        Lines(
            "",
            &[
                f("defaultBilling", Flag),
                f("defaultShipping", Flag),
                f("label", Text),
                f("addressBookAddress", Shape::Record(ADDRESS)),
            ],
        ),
    ),
];

/// Items: what stands beside the master data (netsuite.md §4.9).
const ITEM: &[Field] = &[
    f("salesDescription", Text),
    f("weight", Number),
    f("mpn", Text),
    f("manufacturer", Text),
    f("countryOfManufacture", Choice(&[])),
    f(
        "price",
        Lines(
            "",
            &[
                f("currencyPage", Ref("currency")),
                f("priceLevel", Ref("priceLevel")),
                f("quantity", Shape::Record(&[f("value", Text)])),
                f("price", Number),
                own("priceLevelName", Text),
            ],
        ),
    ),
    f(
        "member",
        Lines("item", &[f("item", Ref("item")), f("quantity", Number)]),
    ),
];

/// Records that are kept by people: an integration reads them.
const MASTER_DATA: &[Field] = &[
    f("name", Text),
    f("isInactive", Flag),
    f("itemId", Text),
    f("displayName", Text),
    f("upcCode", Text),
    f("parent", Ref("item")),
    f("incomeAccount", Ref("account")),
    f("isTaxable", Flag),
    f("basePrice", Number),
    f("class", Ref("classification")),
    own("averageCost", Number),
    f("acctNumber", Text),
    f("acctName", Text),
    f("acctType", Choice(&[])),
    f("currency", Ref("currency")),
    f("symbol", Text),
    f("exchangeRate", Number),
    f("currencyPrecision", Whole),
    f("country", Choice(&[])),
    f("periodName", Text),
    f("startDate", Day),
    f("endDate", Day),
    f("closed", Flag),
    f("arLocked", Flag),
    f("apLocked", Flag),
    f("allLocked", Flag),
    f("rate", Number),
];

impl Kind {
    /// All properties that a request may name.
    pub fn fields(self, suite_tax: bool) -> Vec<Field> {
        if self.is_custom() {
            return super::custom::fields(self);
        }
        let mut groups: Vec<&[Field]> = vec![COMMON];
        let extra: &[Field] = match self {
            Self::Customer => CUSTOMER,
            Self::SalesOrder => &[f("orderStatus", Choice(&["A", "B", "C"]))],
            Self::ItemFulfillment => FULFILMENT,
            Self::Invoice => &[
                f("account", Ref("account")),
                own("amountPaid", Number),
                own("amountRemaining", Number),
            ],
            Self::CashSale | Self::CashRefund => &[f("account", Ref("account")), f("undepFunds", Flag)],
            Self::CreditMemo => &[
                f("account", Ref("account")),
                APPLY,
                own("applied", Number),
                own("unapplied", Number),
            ],
            Self::CustomerPayment | Self::CustomerRefund => PAYMENT,
            Self::JournalEntry => JOURNAL,
            Self::VendorBill => VENDOR_BILL,
            Self::VendorPayment => VENDOR_PAYMENT,
            Self::Vendor => VENDOR,
            _ => MASTER_DATA,
        };
        groups.push(extra);
        if self.is_item() {
            groups.push(ITEM);
        }
        if self.is_transaction() {
            groups.push(TRANSACTION);
        }
        if self.is_sale() {
            groups.push(SALE);
            if suite_tax {
                groups.push(SUITE_TAX);
            }
        }
        groups.concat()
    }
}

impl Shape {
    /// The type in a JSON schema.
    pub fn json_type(self) -> &'static str {
        match self {
            Self::Text | Self::Day | Self::Instant | Self::Shown => "string",
            Self::Number => "number",
            Self::Whole => "integer",
            Self::Flag => "boolean",
            Self::Ref(_) | Self::Choice(_) | Self::Lines(..) | Self::Record(_) => "object",
        }
    }
}

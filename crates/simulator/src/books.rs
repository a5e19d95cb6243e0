//! What stands in the NetSuite company before the product first looks at it: the seam between the world and the
//! NetSuite half.
//!
//! The world (`world`) fills it; the NetSuite half loads it. Plain values, no behaviour. Internal ids are given here, so
//! that the same seed gives the same ids; records made later take ids above [`OpeningBooks::next_id`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A NetSuite internal id. One number space per record type, as in NetSuite; transactions share one.
pub type Id = i64;

/// The whole company as it stands at the epoch of the world.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OpeningBooks {
    /// The account id as it stands in host names and in the `account` of credentials, such as `TD3141592`.
    pub account_id: String,
    /// The company's name.
    pub company: String,
    /// Features that are on, by their NetSuite names: `MULTICURRENCY`, `SUBSIDIARIES`, `ACCOUNTINGPERIODS` …
    pub features: Vec<String>,
    /// Preferences by name and value, such as `ALLOWTRANSACTIONDATEOUTSIDEPERIOD` → `F`.
    pub preferences: Vec<(String, String)>,
    /// Currencies; the first is the company's base currency.
    pub currencies: Vec<BookCurrency>,
    /// Subsidiaries; the first is the root.
    pub subsidiaries: Vec<Subsidiary>,
    /// Stock locations.
    pub locations: Vec<Named>,
    /// Departments.
    pub departments: Vec<Named>,
    /// Classes.
    pub classes: Vec<Named>,
    /// The chart of accounts.
    pub accounts: Vec<Account>,
    /// Items of all kinds, kits among them.
    pub items: Vec<Item>,
    /// What the kits are made of.
    pub kit_members: Vec<KitMember>,
    /// Price levels beside the base price, which has the id 1.
    pub price_levels: Vec<Named>,
    /// Prices of items at those levels, by item.
    pub item_prices: BTreeMap<Id, Vec<ItemPrice>>,
    /// Customers.
    pub customers: Vec<Customer>,
    /// Vendors.
    pub vendors: Vec<Named>,
    /// Transactions made by hand before, in the order of their dates.
    pub transactions: Vec<Transaction>,
    /// Accounting periods, months only, in order.
    pub periods: Vec<Period>,
    /// Shipping methods (`shipItem`).
    pub ship_methods: Vec<Named>,
    /// Legacy tax codes.
    pub tax_codes: Vec<TaxCode>,
    /// Payment terms.
    pub terms: Vec<Named>,
    /// Payment methods.
    pub payment_methods: Vec<Named>,
    /// The account that invoices post to when they name none.
    pub receivable_account: Id,
    /// The account for undeposited funds.
    pub undeposited_account: Id,
    /// Which record plays which part, for whoever sets the demo company up: `acct.clearing.USD`, `acct.fees.referral`,
    /// `item.shipping`, `customer.US`, `location.fba`, `ship.STANDARD` …
    pub roles: Vec<(String, Id)>,
    /// Ids that are above every id in these books.
    pub next_id: Id,
}

impl OpeningBooks {
    /// The record that plays a part.
    pub fn role(&self, name: &str) -> Option<Id> {
        self.roles.iter().find(|(role, _)| role == name).map(|(_, id)| *id)
    }
}

/// Anything that has only an id and a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Internal id.
    pub id: Id,
    /// Name as shown in NetSuite.
    pub name: String,
}

/// A currency of the company.
#[derive(Debug, Clone, PartialEq)]
pub struct BookCurrency {
    /// Internal id.
    pub id: Id,
    /// ISO 4217 code.
    pub code: String,
    /// Name, such as `US Dollar`.
    pub name: String,
    /// Base currency units for one unit of this currency; 1 for the base currency.
    pub rate: Decimal,
    /// Decimals that NetSuite keeps: 2, or 0 for JPY.
    pub precision: u32,
}

/// A legal entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Subsidiary {
    /// Internal id.
    pub id: Id,
    /// Name.
    pub name: String,
    /// ISO country code.
    pub country: String,
    /// Its base currency.
    pub currency: Id,
}

/// The type of a ledger account, by NetSuite's own code names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it; `code` gives NetSuite's spelling")]
pub enum AccountKind {
    Bank,
    AccountsReceivable,
    OtherCurrentAsset,
    AccountsPayable,
    CreditCard,
    OtherCurrentLiability,
    Equity,
    Income,
    CostOfGoodsSold,
    Expense,
}

impl AccountKind {
    /// NetSuite's code, as in the column `account.accttype`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bank => "Bank",
            Self::AccountsReceivable => "AcctRec",
            Self::OtherCurrentAsset => "OthCurrAsset",
            Self::AccountsPayable => "AcctPay",
            Self::CreditCard => "CredCard",
            Self::OtherCurrentLiability => "OthCurrLiab",
            Self::Equity => "Equity",
            Self::Income => "Income",
            Self::CostOfGoodsSold => "COGS",
            Self::Expense => "Expense",
        }
    }
}

/// A ledger account.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Internal id.
    pub id: Id,
    /// Account number, such as `1001`.
    pub number: String,
    /// Name, such as `Bank USD`.
    pub name: String,
    /// Its type.
    pub kind: AccountKind,
    /// The one currency that a bank account is kept in; `None`: any.
    pub currency: Option<Id>,
}

/// The kind of an item, which is also its record type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ItemKind {
    Inventory,
    Assembly,
    Kit,
    NonInventory,
    Service,
    OtherCharge,
    Discount,
    /// The parent of variations: it cannot stand on a transaction.
    MatrixParent,
    /// A variation; see [`Item::parent`].
    MatrixChild,
}

/// Something that can stand on a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Internal id.
    pub id: Id,
    /// `itemid`: the seller's SKU, or a name for service items.
    pub name: String,
    /// `displayname`.
    pub title: String,
    /// Its kind.
    pub kind: ItemKind,
    /// `upccode`.
    pub upc: Option<String>,
    /// `externalid`.
    pub external_id: Option<String>,
    /// The parent of a variation.
    pub parent: Option<Id>,
    /// Whether it can no longer be sold.
    pub inactive: bool,
    /// The account its sales post to.
    pub income_account: Id,
    /// What one unit costs on average, in the base currency (`averageCost`).
    pub average_cost: Decimal,
    /// The class that it is filed under.
    pub class: Option<Id>,
    /// Base price in the base currency, which NetSuite would use if none were given.
    pub base_price: Decimal,
    /// Whether NetSuite would tax it.
    pub taxable: bool,
    /// Stock on hand by location.
    pub on_hand: Vec<(Id, Decimal)>,
}

/// A price of an item at a level.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemPrice {
    /// The price level.
    pub level: Id,
    /// The currency.
    pub currency: Id,
    /// The quantity from which it holds; 0 for the first break.
    pub from: Decimal,
    /// The price of one.
    pub price: Decimal,
}

/// One component of a kit.
#[derive(Debug, Clone, PartialEq)]
pub struct KitMember {
    /// The kit.
    pub kit: Id,
    /// The component.
    pub member: Id,
    /// Units of the component in one kit.
    pub quantity: Decimal,
}

/// A customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Customer {
    /// Internal id.
    pub id: Id,
    /// `entityid`.
    pub name: String,
    /// Whether it is a person rather than a company.
    pub is_person: bool,
    /// `email`.
    pub email: Option<String>,
    /// `externalid`.
    pub external_id: Option<String>,
    /// Primary subsidiary.
    pub subsidiary: Id,
    /// Currencies that may stand on its transactions; the first is its own.
    pub currencies: Vec<Id>,
    /// A standing discount item that NetSuite adds to this customer's orders by itself (scenario O24).
    pub automatic_discount: Option<AutomaticDiscount>,
    /// Whether it can no longer be used.
    pub inactive: bool,
}

/// A customer rule that changes totals behind our back.
#[derive(Debug, Clone, PartialEq)]
pub struct AutomaticDiscount {
    /// The discount item.
    pub item: Id,
    /// Percent taken off, such as 10.
    pub percent: Decimal,
}

/// The kind of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum TransactionKind {
    SalesOrder,
    Invoice,
    CashSale,
    CreditMemo,
    CustomerPayment,
    Journal,
}

/// A transaction that somebody entered by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Transaction {
    /// Internal id.
    pub id: Id,
    /// Its kind.
    pub kind: TransactionKind,
    /// `tranid`: document number.
    pub number: String,
    /// `trandate`, a business date.
    pub date: NaiveDate,
    /// The customer; `None` on journals.
    pub customer: Option<Id>,
    /// Transaction currency.
    pub currency: Id,
    /// Subsidiary.
    pub subsidiary: Id,
    /// Location.
    pub location: Option<Id>,
    /// `externalid`; hand-made ones have none.
    pub external_id: Option<String>,
    /// `otherrefnum`: where a careful clerk writes the Amazon order number.
    pub other_ref_num: Option<String>,
    /// Memo.
    pub memo: Option<String>,
    /// The sales order that an invoice was made from.
    pub created_from: Option<Id>,
    /// For payments: the bank or clearing account. For others: overrides the default receivable account.
    pub account: Option<Id>,
    /// How far it has come. For invoices and credit memos what is open follows from `applications`.
    pub standing: Standing,
    /// Lines. On journals every line names an account. Payments have none and carry `amount`.
    pub lines: Vec<Line>,
    /// For payments: the amount received.
    pub amount: Option<Decimal>,
    /// For payments and credit memos: what was applied to which invoice, in the transaction's currency.
    pub applications: Vec<Application>,
}

/// How far a transaction has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Standing {
    PendingApproval,
    PendingFulfillment,
    PendingBilling,
    FullyBilled,
    Closed,
    /// Invoices, credit memos: open as far as nothing was applied.
    Open,
    /// Cash sales, journals, payments.
    Posted,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The item, on sales documents.
    pub item: Option<Id>,
    /// The account, on journals.
    pub account: Option<Id>,
    /// Units; 1 where units make no sense.
    pub quantity: Decimal,
    /// The line's amount in the transaction's currency. On journals: debit positive, credit negative.
    pub amount: Decimal,
    /// `description` or line memo.
    pub description: Option<String>,
    /// Units fulfilled so far, on sales orders.
    pub quantity_fulfilled: Decimal,
}

/// A payment or credit put against an invoice.
#[derive(Debug, Clone, PartialEq)]
pub struct Application {
    /// The invoice.
    pub to: Id,
    /// In the transaction's currency.
    pub amount: Decimal,
}

/// An accounting month.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    /// Internal id.
    pub id: Id,
    /// Name, such as `Oct 2026`.
    pub name: String,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// Closed for everything.
    pub closed: bool,
    /// Locked for receivables.
    pub receivables_locked: bool,
    /// Locked for everything but journals.
    pub all_locked: bool,
}

/// A legacy tax code.
#[derive(Debug, Clone, PartialEq)]
pub struct TaxCode {
    /// Internal id.
    pub id: Id,
    /// Name, such as `-Not Taxable-`.
    pub name: String,
    /// Percent.
    pub rate: Decimal,
}

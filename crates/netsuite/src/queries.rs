//! The questions that the flows ask NetSuite, as queries: many things at once, values always as parameters.
//!
//! Sides: amounts and quantities come back as the document prints them (a sale's lines are positive), although
//! `transactionline` stores a sale's lines negative (netsuite.md §6.1).

use chrono::{NaiveDate, NaiveDateTime};
use domain::{Currency, ExternalId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wire::Misread;

use crate::suiteql::{Query, Row};
use crate::write::{RecordId, RecordType};

/// Values in one list. NetSuite's own limit is 1,000.
const MANY: usize = 200;

/// A transaction that stands in NetSuite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// NetSuite's id.
    pub id: RecordId,
    /// What it is; nothing for a type that we never write.
    pub record: Option<RecordType>,
    /// The document number, for people.
    pub number: String,
    /// Its external id, ours or another application's.
    pub external_id: Option<String>,
    /// `otherRefNum`, usually the Amazon order number.
    pub other_ref_num: Option<String>,
    /// The status letter (netsuite.md §5), without the type that some accounts put before it.
    pub status: String,
    /// The customer.
    pub customer: Option<RecordId>,
    /// Whether the customer is inactive.
    pub customer_inactive: bool,
    /// Its currency.
    pub currency: Option<Currency>,
    /// Its total in its currency, positive.
    pub total: Decimal,
    /// What is still open of it in its currency, positive; zero where nothing can be open.
    pub open: Decimal,
    /// Its date.
    pub date: NaiveDate,
    /// Its memo.
    pub memo: Option<String>,
}

const KNOWN: &str = "SELECT t.id, t.type, t.tranid, t.externalid, t.otherrefnum, t.status, t.entity, \
    k.isinactive AS customerinactive, c.symbol AS currency, t.foreigntotal, t.foreignamountunpaid, \
    TO_CHAR(t.trandate, 'YYYY-MM-DD') AS trandate, t.memo \
    FROM transaction t LEFT JOIN currency c ON c.id = t.currency LEFT JOIN customer k ON k.id = t.entity";

fn known(row: &Row) -> Result<Known, Misread> {
    let status = row.maybe("status").unwrap_or_default();
    Ok(Known {
        id: row.id("id")?,
        record: row.maybe("type").as_deref().and_then(RecordType::of_transaction_code),
        number: row.maybe("tranid").unwrap_or_default(),
        external_id: row.maybe("externalid"),
        other_ref_num: row.maybe("otherrefnum"),
        status: status.rsplit(':').next().unwrap_or_default().to_owned(),
        customer: row.maybe_id("entity"),
        customer_inactive: row.flag("customerinactive"),
        currency: currency(row, "currency"),
        total: row.maybe_number("foreigntotal")?.unwrap_or_default().abs(),
        open: row.maybe_number("foreignamountunpaid")?.unwrap_or_default().abs(),
        date: row.date("trandate")?,
        memo: row.maybe("memo"),
    })
}

fn currency(row: &Row, column: &str) -> Option<Currency> {
    row.maybe(column).and_then(|symbol| symbol.parse().ok())
}

/// Transactions by their external ids, of any type.
pub fn by_external_id(names: &[ExternalId]) -> Vec<Query<Known>> {
    let texts: Vec<String> = names.iter().map(|name| name.as_str().to_owned()).collect();
    in_lists(
        &texts,
        |list| format!("{KNOWN} WHERE t.externalid IN ({list}) ORDER BY t.id"),
        known,
    )
}

/// Transactions whose external ids begin so: everything that was written for one settlement (CMN-11).
pub fn by_external_prefix(prefixes: &[String]) -> Vec<Query<Known>> {
    let one = |prefix: &String| {
        Query::new(
            format!("{KNOWN} WHERE t.externalid LIKE ? || '%' ORDER BY t.id"),
            vec![prefix.clone()],
            known,
        )
    };
    prefixes.iter().map(one).collect()
}

/// Sales orders, invoices, cash sales and credits that carry these Amazon order numbers in `otherRefNum`: ours and
/// those that a person made (CMN-13, SET-24).
pub fn by_order_number(orders: &[String]) -> Vec<Query<Known>> {
    let query = |list: &str| {
        format!(
            "{KNOWN} WHERE t.otherrefnum IN ({list}) \
             AND t.type IN ('SalesOrd', 'CustInvc', 'CashSale', 'CustCred', 'CashRfnd') ORDER BY t.id"
        )
    };
    in_lists(orders, query, known)
}

/// Documents made from these: fulfilments and bills of sales orders, payments and credits of invoices. The other end
/// stands beside each.
pub fn made_from(sources: &[RecordId]) -> Vec<Query<(RecordId, Known)>> {
    let query = |list: &str| {
        let columns = KNOWN.replacen("SELECT ", "SELECT DISTINCT n.previousdoc, ", 1);
        let joined = columns.replacen(
            "FROM transaction t",
            "FROM nexttransactionlinelink n JOIN transaction t ON t.id = n.nextdoc",
            1,
        );
        format!("{joined} WHERE n.previousdoc IN ({list}) ORDER BY t.id")
    };
    in_lists(&ids(sources), query, |row| Ok((row.id("previousdoc")?, known(row)?)))
}

/// A line of a transaction, with the item's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownLine {
    /// The transaction.
    pub transaction: RecordId,
    /// The line's number in its transaction, which a transform calls `orderLine`.
    pub line: u32,
    /// The item.
    pub item: RecordId,
    /// The item's name, usually the SKU.
    pub item_name: String,
    /// Units, as printed.
    pub quantity: Decimal,
    /// The price of one unit.
    pub rate: Decimal,
    /// The line's amount in the transaction's currency, as printed.
    pub amount: Decimal,
    /// What the line says.
    pub description: Option<String>,
}

/// The item lines of these transactions.
pub fn lines_of(transactions: &[RecordId]) -> Vec<Query<KnownLine>> {
    let query = |list: &str| {
        format!(
            "SELECT l.transaction, l.linesequencenumber, l.item, i.itemid, l.quantity, l.rate, l.foreignamount, \
             t.type, l.memo FROM transactionline l JOIN transaction t ON t.id = l.transaction \
             JOIN item i ON i.id = l.item WHERE l.transaction IN ({list}) AND l.mainline = 'F' AND l.taxline = 'F' \
             AND l.iscogs = 'F' ORDER BY l.transaction, l.linesequencenumber"
        )
    };
    in_lists(&ids(transactions), query, known_line)
}

fn known_line(row: &Row) -> Result<KnownLine, Misread> {
    let sale = matches!(row.text("type")?.as_str(), "SalesOrd" | "CustInvc" | "CashSale");
    let printed = |number: Decimal| if sale { -number } else { number };
    let line = row.text("linesequencenumber")?;
    Ok(KnownLine {
        transaction: row.id("transaction")?,
        line: line
            .parse()
            .map_err(|_| Misread::new("a line number that is not a number"))?,
        item: row.id("item")?,
        item_name: row.maybe("itemid").unwrap_or_default(),
        quantity: printed(row.maybe_number("quantity")?.unwrap_or_default()),
        rate: row.maybe_number("rate")?.unwrap_or_default().abs(),
        amount: printed(row.maybe_number("foreignamount")?.unwrap_or_default()),
        description: row.maybe("memo"),
    })
}

/// An item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownItem {
    /// NetSuite's id.
    pub id: RecordId,
    /// Its name, usually the SKU.
    pub name: String,
    /// Its external id.
    pub external_id: Option<String>,
    /// What customers see.
    pub display_name: Option<String>,
    /// Its UPC code.
    pub upc: Option<String>,
    /// `InvtPart`, `Kit` … (netsuite.md §4.9).
    pub kind: String,
    /// Whether it may no longer be sold.
    pub inactive: bool,
}

const ITEM: &str =
    "SELECT i.id, i.itemid, i.externalid, i.displayname, i.upccode, i.itemtype, i.isinactive FROM item i";

fn item(row: &Row) -> Result<KnownItem, Misread> {
    Ok(KnownItem {
        id: row.id("id")?,
        name: row.text("itemid")?,
        external_id: row.maybe("externalid"),
        display_name: row.maybe("displayname"),
        upc: row.maybe("upccode"),
        kind: row.maybe("itemtype").unwrap_or_default(),
        inactive: row.flag("isinactive"),
    })
}

/// Where an item's SKU stands (flows.md §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ItemKey {
    Name,
    Upc,
    ExternalId,
}

/// Items by SKU, compared in upper case.
pub fn items(key: ItemKey, skus: &[String]) -> Vec<Query<KnownItem>> {
    let column = match key {
        ItemKey::Name => "i.itemid",
        ItemKey::Upc => "i.upccode",
        ItemKey::ExternalId => "i.externalid",
    };
    let upper: Vec<String> = skus.iter().map(|sku| sku.trim().to_uppercase()).collect();
    in_lists(
        &upper,
        |list| format!("{ITEM} WHERE UPPER({column}) IN ({list}) ORDER BY i.id"),
        item,
    )
}

/// Items by NetSuite's id.
pub fn items_by_id(items: &[RecordId]) -> Vec<Query<KnownItem>> {
    in_lists(
        &ids(items),
        |list| format!("{ITEM} WHERE i.id IN ({list}) ORDER BY i.id"),
        item,
    )
}

/// Items whose name, title or UPC contains a text, active ones only, at most 50: for a person to choose from.
pub fn items_like(text: &str) -> Query<KnownItem> {
    let pattern = format!("%{}%", text.trim().to_uppercase());
    Query::new(
        format!(
            "{ITEM} WHERE i.isinactive = 'F' AND (UPPER(i.itemid) LIKE ? OR UPPER(i.displayname) LIKE ? OR i.upccode LIKE ?) \
             ORDER BY i.itemid FETCH FIRST 50 ROWS ONLY"
        ),
        vec![pattern.clone(), pattern.clone(), pattern],
        item,
    )
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownCustomer {
    /// NetSuite's id.
    pub id: RecordId,
    /// What NetSuite lists it as.
    pub name: String,
    /// Its external id.
    pub external_id: Option<String>,
    /// Its mail address.
    pub email: Option<String>,
    /// Its currency.
    pub currency: Option<Currency>,
    /// Whether it may no longer be sold to.
    pub inactive: bool,
}

const CUSTOMER: &str = "SELECT k.id, k.entityid, k.externalid, k.email, c.symbol AS currency, k.isinactive \
    FROM customer k LEFT JOIN currency c ON c.id = k.currency";

fn customer(row: &Row) -> Result<KnownCustomer, Misread> {
    Ok(KnownCustomer {
        id: row.id("id")?,
        name: row.maybe("entityid").unwrap_or_default(),
        external_id: row.maybe("externalid"),
        email: row.maybe("email"),
        currency: currency(row, "currency"),
        inactive: row.flag("isinactive"),
    })
}

/// Customers by our names for them.
pub fn customers_by_external_id(names: &[ExternalId]) -> Vec<Query<KnownCustomer>> {
    let texts: Vec<String> = names.iter().map(|name| name.as_str().to_owned()).collect();
    in_lists(
        &texts,
        |list| format!("{CUSTOMER} WHERE k.externalid IN ({list}) ORDER BY k.id"),
        customer,
    )
}

/// Customers by mail address, compared in lower case (CUS-01).
pub fn customers_by_email(addresses: &[String]) -> Vec<Query<KnownCustomer>> {
    let lower: Vec<String> = addresses.iter().map(|address| address.trim().to_lowercase()).collect();
    in_lists(
        &lower,
        |list| format!("{CUSTOMER} WHERE LOWER(k.email) IN ({list}) ORDER BY k.id"),
        customer,
    )
}

/// Customers by the name that NetSuite lists them under, such as `Amazon US 2026` (CUS-05).
pub fn customers_by_name(names: &[String]) -> Vec<Query<KnownCustomer>> {
    in_lists(
        names,
        |list| format!("{CUSTOMER} WHERE k.entityid IN ({list}) ORDER BY k.id"),
        customer,
    )
}

/// A ledger account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownAccount {
    /// NetSuite's id.
    pub id: RecordId,
    /// Its number.
    pub number: Option<String>,
    /// Its name.
    pub name: String,
    /// `Bank`, `AcctRec`, `Expense` …
    pub kind: String,
    /// Whether it may no longer be posted to.
    pub inactive: bool,
}

/// The chart of accounts.
pub fn accounts() -> Query<KnownAccount> {
    Query::new(
        "SELECT a.id, a.acctnumber, a.accountsearchdisplayname, a.accttype, a.isinactive FROM account a ORDER BY a.id",
        Vec::new(),
        |row| {
            Ok(KnownAccount {
                id: row.id("id")?,
                number: row.maybe("acctnumber"),
                name: row.maybe("accountsearchdisplayname").unwrap_or_default(),
                kind: row.maybe("accttype").unwrap_or_default(),
                inactive: row.flag("isinactive"),
            })
        },
    )
}

/// An accounting period (a month).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// NetSuite's id.
    pub id: RecordId,
    /// Its name, such as `Oct 2026`.
    pub name: String,
    /// Its first day.
    pub start: NaiveDate,
    /// Its last day.
    pub end: NaiveDate,
    /// Whether nothing can be posted in it any more.
    pub closed: bool,
    /// Whether receivables are locked in it.
    pub receivables_locked: bool,
}

/// The posting periods, oldest first.
pub fn periods() -> Query<Period> {
    Query::new(
        "SELECT p.id, p.periodname, TO_CHAR(p.startdate, 'YYYY-MM-DD') AS startdate, \
         TO_CHAR(p.enddate, 'YYYY-MM-DD') AS enddate, p.closed, p.arlocked, p.alllocked FROM accountingperiod p \
         WHERE p.isposting = 'T' AND p.isyear = 'F' AND p.isquarter = 'F' AND p.isadjust = 'F' ORDER BY p.startdate",
        Vec::new(),
        |row| {
            Ok(Period {
                id: row.id("id")?,
                name: row.text("periodname")?,
                start: row.date("startdate")?,
                end: row.date("enddate")?,
                closed: row.flag("closed"),
                receivables_locked: row.flag("arlocked") || row.flag("alllocked"),
            })
        },
    )
}

/// A thing with an id and a name: what the pick lists of the settings show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// NetSuite's id.
    pub id: RecordId,
    /// Its name.
    pub name: String,
    /// Whether it may no longer be used.
    pub inactive: bool,
}

/// Tables that pick lists read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum List {
    Locations,
    Subsidiaries,
    Departments,
    Classes,
    ShipMethods,
    PaymentMethods,
    PriceLevels,
}

/// A pick list, whole.
pub fn choices(list: List) -> Query<Choice> {
    let (table, name) = match list {
        List::Locations => ("location", "name"),
        List::Subsidiaries => ("subsidiary", "name"),
        List::Departments => ("department", "name"),
        List::Classes => ("classification", "name"),
        List::ShipMethods => ("shipitem", "itemid"),
        List::PaymentMethods => ("paymentmethod", "name"),
        List::PriceLevels => ("pricelevel", "name"),
    };
    Query::new(
        format!("SELECT id, {name} AS name, isinactive FROM {table} ORDER BY id"),
        Vec::new(),
        |row| {
            Ok(Choice {
                id: row.id("id")?,
                name: row.maybe("name").unwrap_or_default(),
                inactive: row.flag("isinactive"),
            })
        },
    )
}

/// A currency that is on in the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownCurrency {
    /// NetSuite's id.
    pub id: RecordId,
    /// ISO 4217.
    pub symbol: Currency,
    /// Its name.
    pub name: String,
}

/// The account's currencies; those with a symbol that is no ISO code are left out.
pub fn currencies() -> Query<Option<KnownCurrency>> {
    Query::new(
        "SELECT c.id, c.symbol, c.name FROM currency c ORDER BY c.id",
        Vec::new(),
        |row| {
            let (id, name) = (row.id("id")?, row.maybe("name").unwrap_or_default());
            Ok(currency(row, "symbol").map(|symbol| KnownCurrency { id, symbol, name }))
        },
    )
}

/// A posting to one account: debit positive, credit negative, in base currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The transaction.
    pub transaction: RecordId,
    /// What it is.
    pub record: Option<RecordType>,
    /// Its external id.
    pub external_id: Option<String>,
    /// Its memo.
    pub memo: Option<String>,
    /// What it put on the account: debit minus credit.
    pub amount: Decimal,
}

/// What transactions whose memo begins so have put on an account: after posting a settlement, its clearing account's
/// movements must sum to zero (SET-48).
pub fn postings(account: &RecordId, memo_begins: &str) -> Query<Posted> {
    let query = "SELECT t.id, t.type, t.externalid, t.memo, SUM(NVL(a.debit, 0) - NVL(a.credit, 0)) AS amount \
         FROM transactionaccountingline a JOIN transaction t ON t.id = a.transaction \
         WHERE a.account = ? AND a.posting = 'T' AND t.memo LIKE ? || '%' \
         GROUP BY t.id, t.type, t.externalid, t.memo ORDER BY t.id";
    Query::new(query, vec![account.0.clone(), memo_begins.to_owned()], |row| {
        Ok(Posted {
            transaction: row.id("id")?,
            record: row.maybe("type").as_deref().and_then(RecordType::of_transaction_code),
            external_id: row.maybe("externalid"),
            memo: row.maybe("memo"),
            amount: row.number("amount")?,
        })
    })
}

/// What each of these transactions has put on an account, in its own currency: debit positive, credit negative. The
/// movements of a settlement's records on its clearing account must sum to zero (SET-48).
pub fn movements(account: &RecordId, transactions: &[RecordId]) -> Vec<Query<(RecordId, Decimal)>> {
    let one = |chunk: &[RecordId]| {
        let list = vec!["?"; chunk.len()].join(", ");
        let query = format!(
            "SELECT a.transaction, SUM(NVL(l.foreignamount, 0)) AS amount FROM transactionaccountingline a \
             JOIN transactionline l ON l.transaction = a.transaction AND l.id = a.transactionline \
             WHERE a.account = ? AND a.posting = 'T' AND a.transaction IN ({list}) \
             GROUP BY a.transaction ORDER BY a.transaction"
        );
        let params = std::iter::once(account.0.clone()).chain(ids(chunk)).collect();
        Query::new(query, params, |row| Ok((row.id("transaction")?, row.number("amount")?)))
    };
    transactions.chunks(MANY).map(one).collect()
}

/// How many sales orders carry an external id that is not ours: another application may own that field (netsuite.md §13).
pub fn foreign_external_ids() -> Query<Decimal> {
    let query = "SELECT COUNT(*) AS count FROM transaction t WHERE t.type = 'SalesOrd' AND t.externalid IS NOT NULL \
         AND t.externalid NOT LIKE 'AZN-%'";
    Query::new(query, Vec::new(), |row| row.number("count"))
}

/// NetSuite's own clock in the account's zone, to be compared with [`crate::system::ServerTime`] (netsuite.md §6.2).
pub fn local_time() -> Query<NaiveDateTime> {
    let query = "SELECT TO_CHAR(SYSDATE, 'YYYY-MM-DD\"T\"HH24:MI:SS') AS now FROM dual";
    Query::new(query, Vec::new(), |row| row.local_instant("now"))
}

fn ids(records: &[RecordId]) -> Vec<String> {
    records.iter().map(|id| id.0.clone()).collect()
}

/// One query for each [`MANY`] values, with a `?` for each; no query at all for no value.
fn in_lists<T>(values: &[String], text: impl Fn(&str) -> String, row: fn(&Row) -> Result<T, Misread>) -> Vec<Query<T>> {
    let one = |chunk: &[String]| Query::new(text(&vec!["?"; chunk.len()].join(", ")), chunk.to_vec(), row);
    values.chunks(MANY).map(one).collect()
}

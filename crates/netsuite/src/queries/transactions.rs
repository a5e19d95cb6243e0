//! What stands in the books: transactions, their lines, what was made from them, what they posted.

use chrono::NaiveDate;
use domain::{Currency, ExternalId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wire::Misread;

use super::{MANY, currency, ids, in_lists};
use crate::suiteql::{Query, Row};
use crate::write::{RecordId, RecordType};

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

pub(super) const KNOWN: &str = "SELECT t.id, t.type, t.tranid, t.externalid, t.otherrefnum, t.status, t.entity, \
    k.isinactive AS customerinactive, c.symbol AS currency, t.foreigntotal, t.foreignamountunpaid, \
    TO_CHAR(t.trandate, 'YYYY-MM-DD') AS trandate, t.memo \
    FROM transaction t LEFT JOIN currency c ON c.id = t.currency LEFT JOIN customer k ON k.id = t.entity";

pub(super) fn known(row: &Row) -> Result<Known, Misread> {
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

/// Transactions by their external ids, of any type.
pub fn by_external_id(names: &[ExternalId]) -> Vec<Query<Known>> {
    let texts: Vec<String> = names.iter().map(|name| name.as_str().to_owned()).collect();
    in_lists(
        &texts,
        |list| format!("{KNOWN} WHERE t.externalid IN ({list}) ORDER BY t.id"),
        known,
    )
}

/// Transactions by their internal ids, of any type.
pub fn by_id(transactions: &[RecordId]) -> Vec<Query<Known>> {
    in_lists(
        &ids(transactions),
        |list| format!("{KNOWN} WHERE t.id IN ({list}) ORDER BY t.id"),
        known,
    )
}

/// Invoices and cash sales in a currency whose number, order number or customer contains a text, or whose total lies between
/// two amounts, the newest first, at most 50: for a person to choose from. The customer's name stands beside each.
pub fn bills_like(text: &str, between: Option<(Decimal, Decimal)>, currency: Currency) -> Query<(String, Known)> {
    let columns = KNOWN.replacen("SELECT ", "SELECT k.entityid AS customername, ", 1);
    let pattern = format!("%{}%", text.trim().to_uppercase());
    let mut params = vec![currency.code().to_owned(), pattern.clone(), pattern.clone(), pattern];
    let amounts = between.map_or("", |(low, high)| {
        params.extend([low.to_string(), high.to_string()]);
        " OR t.foreigntotal BETWEEN ? AND ?"
    });
    Query::new(
        format!(
            "{columns} WHERE t.type IN ('CustInvc', 'CashSale') AND c.symbol = ? \
             AND (UPPER(t.tranid) LIKE ? OR UPPER(t.otherrefnum) LIKE ? OR UPPER(k.entityid) LIKE ?{amounts}) \
             ORDER BY t.trandate DESC, t.id DESC FETCH FIRST 50 ROWS ONLY"
        ),
        params,
        |row| Ok((row.maybe("customername").unwrap_or_default(), known(row)?)),
    )
}

/// Invoices of these very totals in a currency: what a payment may belong to whose order is unknown.
pub fn invoices_of_amounts(amounts: &[Decimal], currency: Currency) -> Vec<Query<Known>> {
    let texts: Vec<String> = amounts.iter().map(|amount| amount.normalize().to_string()).collect();
    let one = |chunk: &[String]| {
        let list = vec!["?"; chunk.len()].join(", ");
        let params = std::iter::once(currency.code().to_owned()).chain(chunk.iter().cloned());
        Query::new(
            format!("{KNOWN} WHERE t.type = 'CustInvc' AND c.symbol = ? AND t.foreigntotal IN ({list}) ORDER BY t.id"),
            params.collect(),
            known,
        )
    };
    texts.chunks(MANY).map(one).collect()
}

/// Transactions whose external ids begin with one of these, asked for at once: everything that was written for one
/// settlement (CMN-11).
pub fn by_external_prefix(prefixes: &[String]) -> Vec<Query<Known>> {
    let one = |some: &[String]| {
        let begins = vec!["t.externalid LIKE ? || '%'"; some.len()].join(" OR ");
        Query::new(format!("{KNOWN} WHERE {begins} ORDER BY t.id"), some.to_vec(), known)
    };
    prefixes.chunks(PREFIXES).map(one).collect()
}

/// Beginnings in one question: each costs NetSuite a search of its own.
const PREFIXES: usize = 10;

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

/// The same by the order-number field of the setup package, where it is installed: the order's number stands beside each
/// (CMN-13).
pub fn by_order_field(orders: &[String]) -> Vec<Query<(String, Known)>> {
    let columns = KNOWN.replacen("SELECT ", "SELECT t.custbody_azn_order_id, ", 1);
    let query = |list: &str| {
        format!(
            "{columns} WHERE t.custbody_azn_order_id IN ({list}) \
             AND t.type IN ('SalesOrd', 'CustInvc', 'CashSale') ORDER BY t.id"
        )
    };
    in_lists(orders, query, |row| {
        Ok((row.text("custbody_azn_order_id")?, known(row)?))
    })
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

/// What these payments were put on: the payment, the invoice, and how much of it, in its currency.
pub fn applied_by(payments: &[RecordId]) -> Vec<Query<(RecordId, RecordId, Decimal)>> {
    let query = |list: &str| {
        format!(
            "SELECT n.nextdoc, n.previousdoc, n.foreignamount FROM nexttransactionlinelink n \
             WHERE n.nextdoc IN ({list}) AND n.linktype = 'Payment' ORDER BY n.nextdoc, n.previousdoc"
        )
    };
    in_lists(&ids(payments), query, |row| {
        let amount = row.maybe_number("foreignamount")?.unwrap_or_default().abs();
        Ok((row.id("nextdoc")?, row.id("previousdoc")?, amount))
    })
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
    /// Units of an order's line that left.
    pub shipped: Decimal,
    /// Units of an order's line that were billed.
    pub billed: Decimal,
}

/// The item lines of these transactions.
pub fn lines_of(transactions: &[RecordId]) -> Vec<Query<KnownLine>> {
    let query = |list: &str| {
        format!(
            "SELECT l.transaction, l.linesequencenumber, l.item, i.itemid, l.quantity, l.rate, l.foreignamount, \
             l.quantityshiprecv, l.quantitybilled, t.type, l.memo FROM transactionline l JOIN transaction t ON t.id = l.transaction \
             JOIN item i ON i.id = l.item WHERE l.transaction IN ({list}) AND l.mainline = 'F' AND l.taxline = 'F' \
             AND l.iscogs = 'F' ORDER BY l.transaction, l.linesequencenumber"
        )
    };
    in_lists(&ids(transactions), query, known_line)
}

/// Amazon's id of the order item on each line of these transactions, by the line's number: only where the setup package
/// is installed, for elsewhere the column is not known.
pub fn order_items_of(transactions: &[RecordId]) -> Vec<Query<(RecordId, u32, String)>> {
    let query = |list: &str| {
        format!(
            "SELECT l.transaction, l.linesequencenumber, l.custcol_azn_order_item_id FROM transactionline l \
             WHERE l.transaction IN ({list}) AND l.mainline = 'F' AND l.custcol_azn_order_item_id IS NOT NULL \
             ORDER BY l.transaction, l.linesequencenumber"
        )
    };
    in_lists(&ids(transactions), query, |row: &Row| {
        let code = row.text("custcol_azn_order_item_id")?;
        Ok((row.id("transaction")?, line_number(row)?, code))
    })
}

/// The account that has the money of each of these payments and cash sales: where the document as a whole was put.
pub fn money_accounts(transactions: &[RecordId]) -> Vec<Query<(RecordId, RecordId)>> {
    let query = |list: &str| {
        format!(
            "SELECT a.transaction, a.account FROM transactionaccountingline a \
             JOIN transactionline l ON l.transaction = a.transaction AND l.id = a.transactionline \
             WHERE a.transaction IN ({list}) AND a.posting = 'T' AND l.mainline = 'T' ORDER BY a.transaction"
        )
    };
    in_lists(&ids(transactions), query, |row: &Row| {
        Ok((row.id("transaction")?, row.id("account")?))
    })
}

/// The tax lines of these transactions, one or more for each that has any: positive where the buyer pays it.
pub fn taxes_of(transactions: &[RecordId]) -> Vec<Query<(RecordId, Decimal)>> {
    let query = |list: &str| {
        format!(
            "SELECT l.transaction, l.foreignamount, t.type FROM transactionline l JOIN transaction t ON t.id = l.transaction \
             WHERE l.transaction IN ({list}) AND l.taxline = 'T' ORDER BY l.transaction, l.linesequencenumber"
        )
    };
    in_lists(&ids(transactions), query, |row: &Row| {
        let sale = matches!(row.text("type")?.as_str(), "SalesOrd" | "CustInvc" | "CashSale");
        let amount = row.maybe_number("foreignamount")?.unwrap_or_default();
        Ok((row.id("transaction")?, if sale { -amount } else { amount }))
    })
}

fn known_line(row: &Row) -> Result<KnownLine, Misread> {
    let sale = matches!(row.text("type")?.as_str(), "SalesOrd" | "CustInvc" | "CashSale");
    let printed = |number: Decimal| if sale { -number } else { number };
    Ok(KnownLine {
        transaction: row.id("transaction")?,
        line: line_number(row)?,
        item: row.id("item")?,
        item_name: row.maybe("itemid").unwrap_or_default(),
        quantity: printed(row.maybe_number("quantity")?.unwrap_or_default()),
        rate: row.maybe_number("rate")?.unwrap_or_default().abs(),
        amount: printed(row.maybe_number("foreignamount")?.unwrap_or_default()),
        description: row.maybe("memo"),
        shipped: row.maybe_number("quantityshiprecv")?.unwrap_or_default().abs(),
        billed: row.maybe_number("quantitybilled")?.unwrap_or_default().abs(),
    })
}

fn line_number(row: &Row) -> Result<u32, Misread> {
    let line = row.text("linesequencenumber")?;
    line.parse()
        .map_err(|_| Misread::new("a line number that is not a number"))
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

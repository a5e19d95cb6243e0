//! Items, customers, accounts, periods, and the other lists that a person or a mapping chooses from.

use chrono::{NaiveDate, NaiveDateTime};
use domain::{Currency, ExternalId};
use serde::{Deserialize, Serialize};
use wire::Misread;

use super::{currency, ids, in_lists};
use crate::suiteql::{Query, Row};
use crate::write::RecordId;

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
    /// Whether it is the parent of variations, which no line can carry (flows.md ITM-02).
    pub parent: bool,
    /// What stands in the column that was asked for, when items were asked for by one.
    pub key: Option<String>,
}

const ITEM: &str = "SELECT i.id, i.itemid, i.externalid, i.displayname, i.upccode, i.itemtype, i.isinactive, \
    i.matrixtype FROM item i";

fn item(row: &Row) -> Result<KnownItem, Misread> {
    Ok(KnownItem {
        id: row.id("id")?,
        name: row.text("itemid")?,
        external_id: row.maybe("externalid"),
        display_name: row.maybe("displayname"),
        upc: row.maybe("upccode"),
        kind: row.maybe("itemtype").unwrap_or_default(),
        inactive: row.flag("isinactive"),
        parent: row
            .maybe("matrixtype")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("PARENT")),
        key: row.maybe("keyvalue"),
    })
}

/// Where an item's SKU stands (flows.md §2).
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ItemKey {
    Name,
    Upc,
    ExternalId,
    /// A custom field of the account's own.
    Field(ItemField),
}

/// The id of a custom item field, such as `custitem_azn_sku`: a column that can stand in a query as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemField(String);

impl ItemField {
    /// NetSuite's longest script id (netsuite.md §9).
    const LONGEST: usize = 40;

    /// The field of this id; nothing for what cannot be the id of a custom item field.
    pub fn named(id: &str) -> Option<Self> {
        let rest = id.strip_prefix("custitem")?;
        let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let fits = !rest.is_empty() && id.len() <= Self::LONGEST && rest.bytes().all(is_word);
        fits.then(|| Self(id.to_owned()))
    }

    /// `custitem_azn_asin`, a field of the setup package.
    pub fn own_asin() -> Self {
        Self("custitem_azn_asin".to_owned())
    }

    /// `custitem_azn_fnsku`, a field of the setup package.
    pub fn own_fnsku() -> Self {
        Self("custitem_azn_fnsku".to_owned())
    }

    /// The column's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Items by SKU, compared in upper case.
pub fn items(key: &ItemKey, skus: &[String]) -> Vec<Query<KnownItem>> {
    let column = match key {
        ItemKey::Name => "i.itemid".to_owned(),
        ItemKey::Upc => "i.upccode".to_owned(),
        ItemKey::ExternalId => "i.externalid".to_owned(),
        ItemKey::Field(field) => format!("i.{}", field.as_str()),
    };
    let asked = ITEM.replacen(" FROM", &format!(", {column} AS keyvalue FROM"), 1);
    let upper: Vec<String> = skus.iter().map(|sku| sku.trim().to_uppercase()).collect();
    in_lists(
        &upper,
        |list| format!("{asked} WHERE UPPER({column}) IN ({list}) ORDER BY i.id"),
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

/// An address in a customer's address book, with the customer's own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAddress {
    /// The customer.
    pub customer: RecordId,
    /// The customer's first and last name, or the company's.
    pub name: String,
    /// The first line of the address.
    pub street: String,
    /// Its postal code.
    pub zip: String,
}

const ADDRESS: &str = "SELECT k.id, k.firstname, k.lastname, k.companyname, a.addr1, a.zip FROM customer k \
    JOIN customeraddressbook b ON b.entity = k.id \
    JOIN customeraddressbookentityaddress a ON a.nkey = b.addressbookaddress";

fn address(row: &Row) -> Result<KnownAddress, Misread> {
    let part = |column: &str| row.maybe(column).unwrap_or_default();
    let person = format!("{} {}", part("firstname"), part("lastname"));
    Ok(KnownAddress {
        customer: row.id("id")?,
        name: Some(person.trim().to_owned())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| part("companyname")),
        street: part("addr1"),
        zip: part("zip"),
    })
}

/// Who lives under these postal codes, compared in upper case (CUS-01).
pub fn addresses_at(postcodes: &[String]) -> Vec<Query<KnownAddress>> {
    let upper: Vec<String> = postcodes.iter().map(|code| code.trim().to_uppercase()).collect();
    in_lists(
        &upper,
        |list| format!("{ADDRESS} WHERE k.isinactive = 'F' AND UPPER(a.zip) IN ({list}) ORDER BY k.id, a.nkey"),
        address,
    )
}

/// The address books of these customers (CUS-03).
pub fn addresses_of(customers: &[RecordId]) -> Vec<Query<KnownAddress>> {
    in_lists(
        &ids(customers),
        |list| format!("{ADDRESS} WHERE k.id IN ({list}) ORDER BY k.id, a.nkey"),
        address,
    )
}

/// Customers by their ids.
pub fn customers_by_id(customers: &[RecordId]) -> Vec<Query<KnownCustomer>> {
    in_lists(
        &ids(customers),
        |list| format!("{CUSTOMER} WHERE k.id IN ({list}) ORDER BY k.id"),
        customer,
    )
}

/// Customers whose name or mail address contains a text, active ones only, at most 50: for a person to choose from.
pub fn customers_like(text: &str) -> Query<KnownCustomer> {
    let pattern = format!("%{}%", text.trim().to_uppercase());
    Query::new(
        format!(
            "{CUSTOMER} WHERE k.isinactive = 'F' AND (UPPER(k.entityid) LIKE ? OR UPPER(k.email) LIKE ?) \
             ORDER BY k.entityid FETCH FIRST 50 ROWS ONLY"
        ),
        vec![pattern.clone(), pattern],
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

/// How many invoices are open of each of these customers; those without any are left out (CMN-39).
pub fn open_invoices(customers: &[RecordId]) -> Vec<Query<(RecordId, u64)>> {
    let query = |list: &str| {
        format!(
            "SELECT t.entity, COUNT(t.id) AS invoices FROM transaction t WHERE t.type = 'CustInvc' \
             AND t.foreignamountunpaid > 0 AND t.entity IN ({list}) GROUP BY t.entity ORDER BY t.entity"
        )
    };
    in_lists(&ids(customers), query, |row| {
        let count = row.text("invoices")?;
        let count = count
            .parse()
            .map_err(|_| Misread::new("a count that is not a number"))?;
        Ok((row.id("entity")?, count))
    })
}

/// The subsidiaries that these customers belong to, in `OneWorld` accounts (CUS-04).
pub fn subsidiaries_of(customers: &[RecordId]) -> Vec<Query<(RecordId, RecordId)>> {
    let query = |list: &str| {
        format!(
            "SELECT r.entity, r.subsidiary FROM customersubsidiaryrelationship r WHERE r.entity IN ({list}) \
             ORDER BY r.entity, r.subsidiary"
        )
    };
    in_lists(&ids(customers), query, |row| {
        Ok((row.id("entity")?, row.id("subsidiary")?))
    })
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
    TaxCodes,
    TaxTypes,
    Terms,
    CustomerCategories,
    Vendors,
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
        List::TaxCodes => ("salestaxitem", "name"),
        List::TaxTypes => ("taxtype", "name"),
        List::Terms => ("term", "name"),
        List::CustomerCategories => ("customercategory", "name"),
        List::Vendors => ("vendor", "entityid"),
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

/// NetSuite's own clock in the account's zone, to be compared with [`crate::system::ServerTime`] (netsuite.md §6.2).
pub fn local_time() -> Query<NaiveDateTime> {
    let query = "SELECT TO_CHAR(SYSDATE, 'YYYY-MM-DD\"T\"HH24:MI:SS') AS now FROM dual";
    Query::new(query, Vec::new(), |row| row.local_instant("now"))
}

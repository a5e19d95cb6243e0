//! Takes over the opening books: master data first, then what clerks had entered by hand.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::envelope::Outcome;
use super::kind::Kind;
use super::record::{Fields as _, choice, instant, number, reference};
use super::rules::{exchange_rate, period_of};
use super::standing::refresh;
use super::store::{Application, Link, Record, Store};
use super::{apply, movement};
use crate::books::{self, ItemKind, OpeningBooks, Standing, TransactionKind};

/// The form whose orders become invoices.
pub(super) const INVOICE_FORM: i64 = 68;
/// The form whose orders become cash sales.
pub(super) const CASH_SALE_FORM: i64 = 69;

/// Fills an empty company. One that was opened before is left as it is.
pub(super) fn load(store: &Store, books: &OpeningBooks) -> Outcome<()> {
    if store.setting("opened")?.is_some() {
        return Ok(());
    }
    store.set("opened", &books.account_id)?;
    store.set("next_id", &books.next_id.max(1000).to_string())?;
    store.set("receivable_account", &books.receivable_account.to_string())?;
    store.set("undeposited_account", &books.undeposited_account.to_string())?;
    let first = |kind: books::AccountKind| {
        books
            .accounts
            .iter()
            .find(|account| account.kind == kind)
            .map(|one| one.id)
    };
    let shipping = books
        .role("acct.shipping_income")
        .or_else(|| first(books::AccountKind::Income));
    let tax = books
        .role("acct.vat_collected")
        .or_else(|| first(books::AccountKind::OtherCurrentLiability));
    let payable = first(books::AccountKind::AccountsPayable);
    for (setting, account) in [
        ("shipping_account", shipping),
        ("tax_account", tax),
        ("payable_account", payable),
    ] {
        if let Some(account) = account {
            store.set(setting, &account.to_string())?;
        }
    }
    for (name, value) in &books.preferences {
        store.set(&format!("preference:{name}"), value)?;
    }
    master_data(store, books)?;
    for item in &books.items {
        self::item(store, item, books)?;
    }
    for item in &books.items {
        for (location, quantity) in &item.on_hand {
            movement::take(store, 0, item.id, *location, *quantity)?;
        }
    }
    for customer in &books.customers {
        self::customer(store, customer)?;
    }
    for vendor in &books.vendors {
        self::vendor(store, vendor, books)?;
    }
    let mut entered = Vec::with_capacity(books.transactions.len());
    for one in &books.transactions {
        entered.push(transaction(store, one)?);
    }
    // What is open on a document is known only after everything that was put against it has been entered.
    for mut record in entered {
        refresh(store, &mut record)?;
        store.save(&record)?;
    }
    movement::balance(store)
}

fn save(store: &Store, kind: Kind, id: i64, fields: Value) -> Outcome<()> {
    let Value::Object(mut fields) = fields else {
        return Ok(());
    };
    fields.retain(|_, value| !value.is_null());
    fields.default("createdDate", instant(store.now));
    fields.default("lastModifiedDate", instant(store.now));
    store.save(&Record { kind, id, fields })
}

fn master_data(store: &Store, books: &OpeningBooks) -> Outcome<()> {
    for (position, one) in books.currencies.iter().enumerate() {
        let fields = json!({
            "name": one.name, "symbol": one.code, "exchangeRate": number(one.rate),
            "currencyPrecision": one.precision, "$base": position == 0,
        });
        save(store, Kind::Currency, one.id, fields)?;
    }
    for one in &books.subsidiaries {
        let fields = json!({ "name": one.name, "country": choice(&one.country), "currency": reference(one.currency) });
        save(store, Kind::Subsidiary, one.id, fields)?;
    }
    let named = [
        (Kind::Location, &books.locations),
        (Kind::Department, &books.departments),
        (Kind::Classification, &books.classes),
        (Kind::ShipItem, &books.ship_methods),
        (Kind::Term, &books.terms),
        (Kind::PaymentMethod, &books.payment_methods),
    ];
    for (kind, list) in named {
        for one in list {
            save(store, kind, one.id, json!({ "name": one.name }))?;
        }
    }
    for one in &books.tax_codes {
        save(
            store,
            Kind::TaxCode,
            one.id,
            json!({ "name": one.name, "rate": number(one.rate) }),
        )?;
    }
    for one in &books.accounts {
        let fields = json!({
            "acctNumber": one.number, "acctName": one.name, "acctType": choice(one.kind.code()),
            "currency": one.currency.map(reference),
        });
        save(store, Kind::Account, one.id, fields)?;
    }
    for one in &books.periods {
        let fields = json!({
            "periodName": one.name, "startDate": one.start.to_string(), "endDate": one.end.to_string(),
            "closed": one.closed, "arLocked": one.receivables_locked, "allLocked": one.all_locked,
        });
        save(store, Kind::AccountingPeriod, one.id, fields)?;
    }
    save(store, Kind::PriceLevel, 1, json!({ "name": "Base Price" }))?;
    for one in &books.price_levels {
        save(store, Kind::PriceLevel, one.id, json!({ "name": one.name }))?;
    }
    save(
        store,
        Kind::CustomForm,
        INVOICE_FORM,
        json!({ "name": "Standard Sales Order - Invoice" }),
    )?;
    save(
        store,
        Kind::CustomForm,
        CASH_SALE_FORM,
        json!({ "name": "Standard Sales Order - Cash Sale" }),
    )
}

fn item(store: &Store, item: &books::Item, books: &OpeningBooks) -> Outcome<()> {
    let kind = match item.kind {
        ItemKind::Inventory | ItemKind::MatrixParent | ItemKind::MatrixChild => Kind::InventoryItem,
        ItemKind::Assembly => Kind::AssemblyItem,
        ItemKind::Kit => Kind::KitItem,
        ItemKind::NonInventory => Kind::NonInventorySaleItem,
        ItemKind::Service => Kind::ServiceSaleItem,
        ItemKind::OtherCharge => Kind::OtherChargeSaleItem,
        ItemKind::Discount => Kind::DiscountItem,
    };
    let fields = json!({
        "itemId": item.name, "displayName": item.title, "upcCode": item.upc, "externalId": item.external_id,
        "parent": item.parent.map(reference), "isInactive": item.inactive, "incomeAccount": reference(item.income_account),
        "basePrice": number(item.base_price), "isTaxable": item.taxable, "class": item.class.map(reference),
        "averageCost": number(item.average_cost),
        "$matrixParent": item.kind == ItemKind::MatrixParent,
        "price": prices(books, item.id), "member": members(books, item.id),
    });
    save(store, kind, item.id, fields)
}

/// The price sublist of an item; `null` where it has none.
fn prices(books: &OpeningBooks, item: i64) -> Value {
    let own = books.item_prices.get(&item).into_iter().flatten();
    let lines: Vec<Value> = own
        .map(|one| {
            json!({
                "priceLevel": reference(one.level), "currencyPage": reference(one.currency),
                "quantity": { "value": one.from.normalize().to_string() }, "price": number(one.price),
            })
        })
        .collect();
    if lines.is_empty() {
        Value::Null
    } else {
        json!({ "items": lines })
    }
}

/// The member sublist of a kit; `null` where it has none.
fn members(books: &OpeningBooks, kit: i64) -> Value {
    let own = books.kit_members.iter().filter(|one| one.kit == kit);
    let lines: Vec<Value> = own
        .map(|one| json!({ "item": reference(one.member), "quantity": number(one.quantity) }))
        .collect();
    if lines.is_empty() {
        Value::Null
    } else {
        json!({ "items": lines })
    }
}

fn customer(store: &Store, customer: &books::Customer) -> Outcome<()> {
    let (first, last) = customer.name.split_once(' ').unwrap_or((&customer.name, ""));
    let person = customer.is_person.then_some(());
    let currencies: Vec<Value> = customer
        .currencies
        .iter()
        .map(|id| json!({ "currency": reference(*id) }))
        .collect();
    let discount = customer.automatic_discount.as_ref();
    let fields = json!({
        "entityId": customer.name, "isPerson": customer.is_person,
        "firstName": person.map(|()| first), "lastName": person.map(|()| last),
        "companyName": if customer.is_person { None } else { Some(&customer.name) },
        "email": customer.email, "externalId": customer.external_id, "subsidiary": reference(customer.subsidiary),
        "currency": customer.currencies.first().map(|id| reference(*id)), "currencyList": { "items": currencies },
        "isInactive": customer.inactive,
        "$discountItem": discount.map(|one| reference(one.item)),
        "$discountPercent": discount.map(|one| number(one.percent)),
    });
    save(store, Kind::Customer, customer.id, fields)
}

/// A vendor is owed in every currency of the company.
fn vendor(store: &Store, vendor: &books::Named, books: &OpeningBooks) -> Outcome<()> {
    let currencies = books.currencies.iter();
    let currencies: Vec<Value> = currencies.map(|one| json!({ "currency": reference(one.id) })).collect();
    let first = |ids: Option<i64>| ids.map(reference);
    let fields = json!({
        "entityId": vendor.name, "companyName": vendor.name, "isInactive": false,
        "subsidiary": first(books.subsidiaries.first().map(|one| one.id)),
        "currency": first(books.currencies.first().map(|one| one.id)), "currencyList": { "items": currencies },
    });
    save(store, Kind::Vendor, vendor.id, fields)
}

fn transaction(store: &Store, one: &books::Transaction) -> Outcome<Record> {
    let kind = match one.kind {
        TransactionKind::SalesOrder => Kind::SalesOrder,
        TransactionKind::Invoice => Kind::Invoice,
        TransactionKind::CashSale => Kind::CashSale,
        TransactionKind::CreditMemo => Kind::CreditMemo,
        TransactionKind::CustomerPayment => Kind::CustomerPayment,
        TransactionKind::Journal => Kind::JournalEntry,
    };
    let party = if kind == Kind::CustomerPayment {
        "customer"
    } else {
        "entity"
    };
    let entered = instant(one.date.and_hms_opt(17, 0, 0).unwrap_or_default().and_utc());
    let mut fields = Map::new();
    fields.put("tranId", json!(one.number));
    fields.put("tranDate", json!(one.date.to_string()));
    fields.put(party, one.customer.map(reference).unwrap_or_default());
    fields.put("currency", reference(one.currency));
    fields.put("subsidiary", reference(one.subsidiary));
    fields.put("location", one.location.map(reference).unwrap_or_default());
    fields.put("externalId", json!(one.external_id));
    fields.put("otherRefNum", json!(one.other_ref_num));
    fields.put("memo", json!(one.memo));
    fields.put("createdFrom", one.created_from.map(reference).unwrap_or_default());
    fields.put("createdDate", entered.clone());
    fields.put("lastModifiedDate", entered);
    let default_account = match kind {
        Kind::Invoice | Kind::CreditMemo => store.setting("receivable_account")?,
        Kind::CashSale | Kind::CustomerPayment => store.setting("undeposited_account")?,
        _ => None,
    };
    let account = one.account.or_else(|| default_account.and_then(|id| id.parse().ok()));
    fields.put("account", account.map(reference).unwrap_or_default());
    if matches!(kind, Kind::CashSale | Kind::CustomerPayment) && one.account.is_none() {
        fields.put("undepFunds", json!(true));
    }
    let mut record = Record {
        kind,
        id: one.id,
        fields,
    };
    exchange_rate(store, &mut record)?;
    if kind.posts()
        && let Some(period) = period_of(store, one.date)?
    {
        // Books of a closed month were entered while it was open.
        record.put("postingPeriod", reference(period.id));
    }
    lines(store, &mut record, one)?;
    let applications: Vec<Application> = one
        .applications
        .iter()
        .map(|to| Application {
            applying: one.id,
            doc: to.to,
            amount: to.amount,
        })
        .collect();
    if kind.applies() {
        let list = applications.iter().map(|to| {
            let Value::Object(line) = json!({ "doc": reference(to.doc), "apply": true, "amount": number(to.amount) })
            else {
                return Map::new();
            };
            line
        });
        record.put_lines("apply", list.collect());
        apply::take_over(store, &record)?;
    }
    Ok(record)
}

fn lines(store: &Store, record: &mut Record, one: &books::Transaction) -> Outcome<()> {
    let standing = match one.standing {
        Standing::PendingApproval => "A",
        _ => "B",
    };
    match record.kind {
        Kind::JournalEntry => {
            record.put("approved", json!(true));
            record.remove("entity");
            let rows = one.lines.iter().enumerate().map(|(position, line)| {
                let side = if line.amount < Decimal::ZERO { "credit" } else { "debit" };
                let mut row = Map::new();
                row.put("line", json!(position + 1));
                row.put("account", line.account.map(reference).unwrap_or_default());
                row.put(side, number(line.amount.abs()));
                row.put("memo", json!(line.description));
                row.put("entity", one.customer.map(reference).unwrap_or_default());
                row
            });
            record.put_lines("line", rows.collect());
            let debits: Decimal = one
                .lines
                .iter()
                .map(|line| line.amount)
                .filter(|amount| *amount > Decimal::ZERO)
                .sum();
            record.put("$total", number(debits));
        }
        Kind::CustomerPayment => {
            let amount = one.amount.unwrap_or_default();
            record.put("payment", number(amount));
            record.put("total", number(amount));
        }
        _ => {
            if record.kind == Kind::SalesOrder {
                record.put("orderStatus", choice(standing));
            }
            let mut rows = Vec::new();
            for (position, line) in one.lines.iter().enumerate() {
                rows.push(sale_line(store, one, line, position)?);
            }
            let total: Decimal = one.lines.iter().map(|line| line.amount).sum();
            record.put_lines("item", rows);
            record.put("subtotal", number(total));
            record.put("taxTotal", number(Decimal::ZERO));
            record.put("total", number(total));
            if let (Some(order), true) = (one.created_from, record.kind.is_sale()) {
                for position in 1..=i64::try_from(one.lines.len()).unwrap_or_default() {
                    // What the order says of itself already counts this bill, so the link carries no quantity.
                    store.link(&Link {
                        previous_doc: order,
                        previous_line: position,
                        next_doc: one.id,
                        next_line: position,
                        quantity: Decimal::ZERO,
                        kind: "OrdBill",
                    })?;
                }
            }
        }
    }
    Ok(())
}

fn sale_line(
    store: &Store,
    one: &books::Transaction,
    line: &books::Line,
    position: usize,
) -> Outcome<Map<String, Value>> {
    let mut row = Map::new();
    row.put("line", json!(position + 1));
    row.put("lineUniqueKey", json!(format!("{}{:04}", one.id, position + 1)));
    row.put("item", line.item.map(reference).unwrap_or_default());
    let item = match line.item {
        Some(item) => store.load("item", item)?,
        None => None,
    };
    let kind = item.as_ref().and_then(|item| item.kind.item_type()).unwrap_or_default();
    row.put("itemType", choice(kind));
    if kind != "Discount" {
        row.put("quantity", number(line.quantity));
        if !line.quantity.is_zero() {
            row.put("rate", number((line.amount / line.quantity).round_dp(8)));
        }
        row.put("price", choice("-1"));
    }
    row.put("amount", number(line.amount));
    row.put("description", json!(line.description));
    if one.kind == TransactionKind::SalesOrder {
        let shipped = match one.standing {
            Standing::PendingBilling | Standing::FullyBilled => line.quantity,
            _ => line.quantity_fulfilled,
        };
        let billed = if one.standing == Standing::FullyBilled {
            line.quantity
        } else {
            Decimal::ZERO
        };
        row.put("$fulfilled", number(shipped));
        row.put("$billed", number(billed));
        if one.standing == Standing::Closed {
            row.put("isClosed", json!(true));
        }
    }
    Ok(row)
}

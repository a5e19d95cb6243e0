//! The NetSuite company of Atelier Lumen before the product first looks at it.

use chrono::{DateTime, Datelike, Months, NaiveDate, TimeDelta, Utc};
use rust_decimal::Decimal;

use crate::books::{
    Account, AccountKind, Application, BookCurrency, Customer, Id, Item, ItemKind, KitMember, Line, Named,
    OpeningBooks, Period, Standing, Subsidiary, TaxCode, Transaction, TransactionKind,
};
use crate::market::{self, Market};

use super::cases::Cast;
use super::order::{Channel, Order};
use super::product;
use super::settlement::span;

/// The account id of the simulated NetSuite company.
pub const ACCOUNT_ID: &str = "TD3141592";

const BASE: Id = 1;

/// Books without transactions: what every simulated company has.
pub fn furniture(epoch: DateTime<Utc>) -> OpeningBooks {
    let mut books = OpeningBooks {
        account_id: ACCOUNT_ID.to_owned(),
        company: "Atelier Lumen SAS".to_owned(),
        features: [
            "SUBSIDIARIES",
            "MULTICURRENCY",
            "MULTILOCINVT",
            "ACCOUNTINGPERIODS",
            "RECEIVABLES",
            "KITSASSEMBLIES",
            "MATRIXITEMS",
        ]
        .map(str::to_owned)
        .to_vec(),
        preferences: [
            ("ALLOWTRANSACTIONDATEOUTSIDEPERIOD", "F"),
            ("DATEFORMAT", "DD/MM/YYYY"),
            ("CUSTOMFORMS", "F"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        currencies: currencies(),
        subsidiaries: vec![Subsidiary {
            id: 1,
            name: "Atelier Lumen".to_owned(),
            country: "FR".to_owned(),
            currency: BASE,
        }],
        locations: vec![named(1, "Lyon Workshop"), named(2, "Amazon FBA")],
        departments: vec![named(1, "Online")],
        classes: vec![named(1, "Marketplaces")],
        ship_methods: [
            "Standard",
            "Expedited",
            "Second Day",
            "Next Day",
            "Priority",
            "Free Economy",
        ]
        .into_iter()
        .zip(501..)
        .map(|(name, id)| named(id, name))
        .collect(),
        tax_codes: vec![TaxCode {
            id: 7,
            name: "-Not Taxable-".to_owned(),
            rate: Decimal::ZERO,
        }],
        terms: vec![named(1, "Due on receipt"), named(2, "Net 30")],
        payment_methods: vec![named(1, "Cash"), named(7, "Amazon")],
        periods: periods(epoch),
        next_id: 100_000,
        ..OpeningBooks::default()
    };
    books.roles.extend([
        ("location.own".to_owned(), 1),
        ("location.fba".to_owned(), 2),
        ("subsidiary".to_owned(), 1),
    ]);
    let services = [
        "STANDARD",
        "EXPEDITED",
        "SECOND_DAY",
        "NEXT_DAY",
        "PRIORITY",
        "FREE_ECONOMY",
    ];
    books.roles.extend(
        services
            .into_iter()
            .zip(501..)
            .map(|(service, id)| (format!("ship.{service}"), id)),
    );
    accounts(&mut books);
    items(&mut books);
    customers(&mut books, epoch);
    books
}

fn named(id: Id, name: &str) -> Named {
    Named {
        id,
        name: name.to_owned(),
    }
}

fn currencies() -> Vec<BookCurrency> {
    let currency = |id, code: &str, name: &str, rate, precision| BookCurrency {
        id,
        code: code.to_owned(),
        name: name.to_owned(),
        rate,
        precision,
    };
    vec![
        currency(BASE, "EUR", "Euro", Decimal::ONE, 2),
        currency(2, "USD", "US Dollar", Decimal::new(92, 2), 2),
        currency(3, "GBP", "British Pound", Decimal::new(117, 2), 2),
        currency(4, "JPY", "Japanese Yen", Decimal::new(61, 4), 0),
    ]
}

/// The internal id of a marketplace's currency.
fn currency_of(market: &Market) -> Id {
    match market.currency {
        "USD" => 2,
        "GBP" => 3,
        "JPY" => 4,
        _ => BASE,
    }
}

/// Months from two years before the epoch to one after; those older than two months are closed.
fn periods(epoch: DateTime<Utc>) -> Vec<Period> {
    let this_month = epoch.date_naive().with_day(1).unwrap_or_else(|| epoch.date_naive());
    let closed_before = this_month - Months::new(2);
    (0..37_u32)
        .zip(101..)
        .map(|(offset, id)| {
            let start = this_month - Months::new(24) + Months::new(offset);
            let closed = start < closed_before;
            Period {
                id,
                name: start.format("%b %Y").to_string(),
                start,
                end: start + Months::new(1) - TimeDelta::days(1),
                closed,
                receivables_locked: closed,
                all_locked: closed,
            }
        })
        .collect()
}

fn accounts(books: &mut OpeningBooks) {
    use AccountKind as Kind;
    let mut add = |id: Id, number: &str, name: &str, kind: AccountKind, currency: Option<Id>, role: &str| {
        books.accounts.push(Account {
            id,
            number: number.to_owned(),
            name: name.to_owned(),
            kind,
            currency,
        });
        if !role.is_empty() {
            books.roles.push((role.to_owned(), id));
        }
    };
    for (index, (code, currency)) in [("EUR", 1), ("USD", 2), ("GBP", 3), ("JPY", 4)].into_iter().enumerate() {
        let step = Id::try_from(index).unwrap_or(0);
        let number = |first: Id| (first + step).to_string();
        let of = |name: &str| format!("{name} {code}");
        add(
            201 + step,
            &number(1001),
            &of("Bank"),
            Kind::Bank,
            Some(currency),
            &format!("acct.bank.{code}"),
        );
        add(
            211 + step,
            &number(1051),
            &of("Amazon Clearing"),
            Kind::Bank,
            Some(currency),
            &format!("acct.clearing.{code}"),
        );
    }
    let other = [
        (
            221,
            "1200",
            "Accounts Receivable",
            Kind::AccountsReceivable,
            "acct.receivable",
        ),
        (
            222,
            "1090",
            "Undeposited Funds",
            Kind::OtherCurrentAsset,
            "acct.undeposited",
        ),
        (223, "1310", "Amazon Reserve", Kind::OtherCurrentAsset, "acct.reserve"),
        (
            224,
            "1320",
            "Amazon Money in Transit",
            Kind::OtherCurrentAsset,
            "acct.in_transit",
        ),
        (
            225,
            "1330",
            "Amazon Carried Forward",
            Kind::OtherCurrentAsset,
            "acct.carried_forward",
        ),
        (226, "1400", "Inventory", Kind::OtherCurrentAsset, "acct.inventory"),
        (227, "2000", "Accounts Payable", Kind::AccountsPayable, ""),
        (
            228,
            "2110",
            "Due to Amazon",
            Kind::OtherCurrentLiability,
            "acct.due_to_amazon",
        ),
        (229, "2120", "Company Card", Kind::CreditCard, "acct.charge_card"),
        (
            230,
            "2210",
            "Marketplace Facilitator Tax",
            Kind::OtherCurrentLiability,
            "acct.sales_tax_facilitated",
        ),
        (
            231,
            "2220",
            "VAT Collected",
            Kind::OtherCurrentLiability,
            "acct.vat_collected",
        ),
        (232, "3000", "Share Capital", Kind::Equity, ""),
        (241, "4000", "Sales Amazon", Kind::Income, "acct.sales"),
        (242, "4010", "Shipping Income", Kind::Income, "acct.shipping_income"),
        (243, "4020", "Gift Wrap Income", Kind::Income, "acct.gift_wrap_income"),
        (244, "4090", "Discounts Given", Kind::Income, "acct.discounts"),
        (245, "4100", "Refunds", Kind::Income, "acct.refunds"),
        (
            246,
            "4200",
            "Amazon Reimbursements",
            Kind::Income,
            "acct.fees.reimbursement",
        ),
        (247, "4900", "Orders Before Go-live", Kind::Income, "acct.pre_golive"),
        (251, "5000", "Cost of Goods Sold", Kind::CostOfGoodsSold, ""),
        (261, "6100", "Amazon Referral Fees", Kind::Expense, "acct.fees.referral"),
        (
            262,
            "6110",
            "Amazon Refund Administration",
            Kind::Expense,
            "acct.fees.refund_admin",
        ),
        (
            263,
            "6120",
            "Amazon FBA Fulfilment",
            Kind::Expense,
            "acct.fees.fulfilment",
        ),
        (264, "6130", "Amazon FBA Storage", Kind::Expense, "acct.fees.storage"),
        (
            265,
            "6140",
            "Amazon Subscription",
            Kind::Expense,
            "acct.fees.subscription",
        ),
        (
            266,
            "6150",
            "Amazon Other Selling Fees",
            Kind::Expense,
            "acct.fees.other",
        ),
        (267, "6160", "Amazon Postage", Kind::Expense, "acct.fees.postage"),
        (
            268,
            "6170",
            "Amazon Promotion Costs",
            Kind::Expense,
            "acct.fees.promotion",
        ),
        (269, "6180", "Amazon Adjustments", Kind::Expense, "acct.fees.adjustment"),
        (
            270,
            "6190",
            "Amazon Inbound Freight",
            Kind::CostOfGoodsSold,
            "acct.fees.inbound",
        ),
        (
            271,
            "6195",
            "Amazon Removal and Disposal",
            Kind::Expense,
            "acct.fees.removal",
        ),
        (272, "6200", "Advertising", Kind::Expense, "acct.fees.advertising"),
        (281, "6900", "Settlement Variance", Kind::Expense, "acct.variance"),
        (282, "6910", "Rounding", Kind::Expense, "acct.rounding"),
        (283, "6920", "Exchange Differences", Kind::Expense, "acct.fx"),
    ];
    for (id, number, name, kind, role) in other {
        add(id, number, name, kind, None, role);
    }
    books.receivable_account = 221;
    books.undeposited_account = 222;
}

fn items(books: &mut OpeningBooks) {
    let blank = |id: Id, name: &str, title: &str, kind: ItemKind, income_account: Id| Item {
        id,
        name: name.to_owned(),
        title: title.to_owned(),
        kind,
        upc: None,
        external_id: None,
        parent: None,
        inactive: false,
        income_account,
        base_price: Decimal::ZERO,
        taxable: false,
        on_hand: Vec::new(),
    };
    books.items.push(blank(
        300,
        "SHADE-LINEN",
        "Linen Lampshade",
        ItemKind::MatrixParent,
        241,
    ));
    for (known, id) in product::all().filter(|known| known.sku != "LAMP-RED-EU").zip(301..) {
        let mut item = blank(id, known.sku, known.english, ItemKind::Inventory, 241);
        item.upc = Some(known.ean.to_owned());
        item.base_price = known.price(&market::DE);
        item.on_hand = vec![(1, Decimal::from(240)), (2, Decimal::from(600))];
        if known.sku.starts_with("SHADE-LINEN-") {
            item.kind = ItemKind::MatrixChild;
            item.parent = Some(300);
        }
        if known.sku == "GIFTSET-EVENING" {
            item.kind = ItemKind::Kit;
            item.on_hand.clear();
        }
        books.items.push(item);
    }
    let id_of = |sku: &str, books: &OpeningBooks| books.items.iter().find(|item| item.name == sku).map(|item| item.id);
    let kit = id_of("GIFTSET-EVENING", books);
    for member in ["LANTERN-GLASS-S", "CANDLE-FIG-220", "CANDLE-CEDAR-220"] {
        if let (Some(kit), Some(member)) = (kit, id_of(member, books)) {
            books.kit_members.push(KitMember {
                kit,
                member,
                quantity: Decimal::ONE,
            });
        }
    }
    let charges = [
        (401, "Amazon Shipping", ItemKind::OtherCharge, 242, "item.shipping"),
        (402, "Amazon Gift Wrap", ItemKind::OtherCharge, 243, "item.gift_wrap"),
        (
            403,
            "Amazon Item Discount",
            ItemKind::Discount,
            244,
            "item.item_discount",
        ),
        (
            404,
            "Amazon Shipping Discount",
            ItemKind::Discount,
            244,
            "item.shipping_discount",
        ),
        (
            405,
            "Amazon Refund Amount",
            ItemKind::NonInventory,
            245,
            "item.refund_amount",
        ),
        (406, "Amazon Tax", ItemKind::OtherCharge, 231, "item.tax"),
        (407, "Amazon Restocking", ItemKind::OtherCharge, 245, "item.restocking"),
        (
            408,
            "Amazon Other Charge",
            ItemKind::OtherCharge,
            242,
            "item.other_charge",
        ),
    ];
    for (id, name, kind, account, role) in charges {
        books.items.push(blank(id, name, name, kind, account));
        books.roles.push((role.to_owned(), id));
    }
    let mut old = blank(
        409,
        "LAMP-TIN-OLD",
        "Tin Lamp (no longer made)",
        ItemKind::Inventory,
        241,
    );
    old.inactive = true;
    books.items.push(old);
}

fn customers(books: &mut OpeningBooks, epoch: DateTime<Utc>) {
    let year = epoch.year();
    for (market, id) in market::ALL.into_iter().zip(601..) {
        books.customers.push(Customer {
            id,
            name: format!("Amazon {} {year}", market.code),
            is_person: false,
            email: None,
            external_id: None,
            subsidiary: 1,
            currencies: vec![currency_of(market)],
            automatic_discount: None,
            inactive: false,
        });
        books.roles.push((format!("customer.{}", market.code), id));
    }
    books.customers.push(Customer {
        id: 611,
        name: "Maison Bellerive".to_owned(),
        is_person: false,
        email: Some("achats@bellerive.example".to_owned()),
        external_id: None,
        subsidiary: 1,
        currencies: vec![BASE],
        automatic_discount: None,
        inactive: false,
    });
}

/// What the clerk entered by hand: a sales order and an invoice for each merchant-fulfilled order that was shipped
/// before the last settlement of its marketplace ended; invoices of earlier settlements are paid.
pub fn clerk(books: &mut OpeningBooks, orders: &[Order], cast: &Cast, epoch: DateTime<Utc>) {
    let mut entries: Vec<&Order> = orders.iter().filter(|order| entered(order, cast, epoch)).collect();
    entries.sort_by(|left, right| (left.created, &left.id).cmp(&(right.created, &right.id)));
    let mut number = 0;
    for order in entries {
        number += 1;
        entry(books, order, cast, epoch, number);
    }
}

fn entered(order: &Order, cast: &Cast, epoch: DateTime<Utc>) -> bool {
    if order.id == cast.made_by_hand || cast.made_wrong.contains(&order.id) {
        return true;
    }
    let until = epoch - TimeDelta::days(span(order.market).to);
    order.channel == Channel::Merchant && order.charged() > Decimal::ZERO && order.shipped.is_some_and(|at| at < until)
}

fn entry(books: &mut OpeningBooks, order: &Order, cast: &Cast, epoch: DateTime<Utc>, number: Id) {
    let recent = order.id == cast.made_by_hand || cast.made_wrong.contains(&order.id);
    let invoiced = !recent && order.id != cast.never_invoiced && order.id != cast.refunded_uninvoiced;
    let standing = match (recent, invoiced) {
        (true, _) => Standing::PendingFulfillment,
        (false, true) => Standing::FullyBilled,
        (false, false) => Standing::PendingBilling,
    };
    let mut lines = lines(books, order);
    if cast.made_wrong.contains(&order.id) {
        lines.retain(|line| line.item != books.role("item.gift_wrap"));
    }
    if !recent {
        for line in &mut lines {
            line.quantity_fulfilled = line.quantity;
        }
    }
    let sales_order = Transaction {
        id: 10_000 + number * 10,
        kind: TransactionKind::SalesOrder,
        number: format!("SO{}", 1200 + number),
        date: business_day(order.market, order.created),
        customer: books.role(&format!("customer.{}", order.market.code)),
        currency: currency_of(order.market),
        subsidiary: 1,
        location: Some(1),
        external_id: None,
        other_ref_num: Some(order.id.clone()),
        memo: Some(format!("Amazon {}", order.id)),
        created_from: None,
        account: None,
        standing,
        lines,
        amount: None,
        applications: Vec::new(),
    };
    let invoice = invoiced.then(|| invoice(books, order, cast, &sales_order));
    books.transactions.push(sales_order);
    let Some(invoice) = invoice else { return };
    let settled_from = epoch - TimeDelta::days(span(order.market).from);
    let paid = order
        .shipped
        .filter(|at| *at < settled_from)
        .map(|at| payment(books, order, &invoice, at + TimeDelta::days(3)));
    books.transactions.push(invoice);
    books.transactions.extend(paid);
}

fn invoice(books: &OpeningBooks, order: &Order, cast: &Cast, sales_order: &Transaction) -> Transaction {
    let mut invoice = sales_order.clone();
    invoice.id += 1;
    invoice.kind = TransactionKind::Invoice;
    invoice.number = sales_order.number.replace("SO", "INV");
    invoice.date = business_day(order.market, order.shipped.unwrap_or(order.created));
    invoice.created_from = Some(sales_order.id);
    invoice.standing = Standing::Open;
    if order.id == cast.underinvoiced {
        invoice.lines.retain(|line| line.item != books.role("item.shipping"));
    }
    invoice
}

fn payment(books: &OpeningBooks, order: &Order, invoice: &Transaction, at: DateTime<Utc>) -> Transaction {
    let amount: Decimal = invoice.lines.iter().map(|line| line.amount).sum();
    let mut payment = invoice.clone();
    payment.id += 1;
    payment.kind = TransactionKind::CustomerPayment;
    payment.number = invoice.number.replace("INV", "PMT");
    payment.date = business_day(order.market, at);
    payment.created_from = None;
    payment.account = books.role(&format!("acct.bank.{}", order.market.currency));
    payment.standing = Standing::Posted;
    payment.lines.clear();
    payment.amount = Some(amount);
    payment.applications = vec![Application { to: invoice.id, amount }];
    payment
}

/// The lines as a careful clerk types them: products, then gift wrap, postage and discounts.
fn lines(books: &OpeningBooks, order: &Order) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |item: Option<Id>, quantity: u32, amount: Decimal, description: &str| {
        if !amount.is_zero() {
            lines.push(Line {
                item,
                account: None,
                quantity: Decimal::from(quantity),
                amount,
                description: Some(description.to_owned()),
                quantity_fulfilled: Decimal::ZERO,
            });
        }
    };
    for line in &order.lines {
        let item = books
            .items
            .iter()
            .find(|item| item.name == line.sku)
            .map(|item| item.id);
        add(item, line.wanted(), line.item, &line.title);
        add(books.role("item.item_discount"), 1, -line.item_discount, "Promotion");
        add(books.role("item.gift_wrap"), 1, line.gift_wrap, "Gift wrap");
        add(books.role("item.shipping"), 1, line.shipping, "Postage");
        add(
            books.role("item.shipping_discount"),
            1,
            -line.shipping_discount,
            "Postage promotion",
        );
    }
    lines
}

/// The day on which something happened, where the marketplace does its business.
fn business_day(market: &Market, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&market.zone).date_naive()
}

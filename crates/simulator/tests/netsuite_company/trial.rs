//! The small company's opening books.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use simulator::books::{
    Account as LedgerAccount, AccountKind, Application, AutomaticDiscount, BookCurrency, Customer, Item, ItemKind,
    KitMember, Line, Named, OpeningBooks, Period, Standing, Subsidiary, Transaction, TransactionKind,
};

pub const USD: i64 = 1;
pub const EUR: i64 = 2;
pub const RECEIVABLE: i64 = 220;
pub const CLEARING: i64 = 221;
pub const BANK: i64 = 222;
pub const FEES: i64 = 612;
pub const INCOME: i64 = 400;
pub const LAMP: i64 = 501;
pub const SHADE: i64 = 502;
pub const SET: i64 = 503;
pub const SHIPPING: i64 = 900;
pub const DISCOUNT: i64 = 901;
pub const OLD_LAMP: i64 = 902;
pub const BUYER: i64 = 88;
pub const HAGGLER: i64 = 89;
pub const WAREHOUSE: i64 = 6;

pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn ledger(id: i64, name: &str, kind: AccountKind) -> LedgerAccount {
    LedgerAccount {
        id,
        number: format!("{id}0"),
        name: name.to_owned(),
        kind,
        currency: None,
    }
}

fn item(id: i64, name: &str, kind: ItemKind, price: &str) -> Item {
    Item {
        id,
        name: name.to_owned(),
        title: name.to_lowercase(),
        kind,
        upc: None,
        external_id: None,
        parent: None,
        inactive: id == OLD_LAMP,
        income_account: INCOME,
        average_cost: Decimal::ZERO,
        class: None,
        base_price: dec(price),
        taxable: false,
        on_hand: if id == LAMP {
            vec![(WAREHOUSE, dec("10"))]
        } else if id == SHADE {
            vec![(WAREHOUSE, dec("5"))]
        } else {
            Vec::new()
        },
    }
}

fn customer(id: i64, name: &str) -> Customer {
    let discount = AutomaticDiscount {
        item: DISCOUNT,
        percent: dec("10"),
    };
    Customer {
        id,
        name: name.to_owned(),
        is_person: false,
        email: None,
        external_id: None,
        subsidiary: 1,
        currencies: vec![USD],
        automatic_discount: (id == HAGGLER).then_some(discount),
        inactive: false,
    }
}

fn period(id: i64, name: &str, start: &str, end: &str, closed: bool) -> Period {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    Period {
        id,
        name: name.to_owned(),
        start: day(start),
        end: day(end),
        closed,
        receivables_locked: closed,
        all_locked: closed,
    }
}

/// Clerk's invoice 9001 over 60.00, of which 25.00 is paid.
fn by_hand() -> Vec<Transaction> {
    let line = |amount: &str| Line {
        item: Some(LAMP),
        account: None,
        quantity: dec("3"),
        amount: dec(amount),
        description: None,
        quantity_fulfilled: Decimal::ZERO,
    };
    let invoice = Transaction {
        id: 9001,
        kind: TransactionKind::Invoice,
        number: "INV77".to_owned(),
        date: "2026-11-02".parse().unwrap(),
        customer: Some(BUYER),
        currency: USD,
        subsidiary: 1,
        location: Some(WAREHOUSE),
        external_id: None,
        other_ref_num: Some("111-0000000-0000001".to_owned()),
        memo: None,
        created_from: None,
        account: None,
        standing: Standing::Open,
        lines: vec![line("60.00")],
        amount: None,
        applications: Vec::new(),
    };
    let mut payment = invoice.clone();
    payment.id = 9002;
    payment.kind = TransactionKind::CustomerPayment;
    "PMT1".clone_into(&mut payment.number);
    payment.account = Some(BANK);
    payment.lines = Vec::new();
    payment.amount = Some(dec("25.00"));
    payment.applications = vec![Application {
        to: 9001,
        amount: dec("25.00"),
    }];
    vec![invoice, payment]
}

pub fn books() -> OpeningBooks {
    OpeningBooks {
        account_id: "1234567_SB1".to_owned(),
        company: "Trial".to_owned(),
        features: vec!["SUBSIDIARIES".to_owned(), "MULTICURRENCY".to_owned()],
        currencies: [(USD, "USD", "1"), (EUR, "EUR", "1.10")]
            .map(|(id, code, rate)| BookCurrency {
                id,
                code: code.to_owned(),
                name: code.to_owned(),
                rate: dec(rate),
                precision: 2,
            })
            .to_vec(),
        subsidiaries: vec![Subsidiary {
            id: 1,
            name: "Trial Inc".to_owned(),
            country: "US".to_owned(),
            currency: USD,
        }],
        locations: vec![Named {
            id: WAREHOUSE,
            name: "Warehouse".to_owned(),
        }],
        ship_methods: vec![Named {
            id: 8,
            name: "Standard".to_owned(),
        }],
        accounts: vec![
            ledger(RECEIVABLE, "Accounts Receivable", AccountKind::AccountsReceivable),
            ledger(CLEARING, "Amazon Clearing", AccountKind::OtherCurrentAsset),
            ledger(BANK, "Bank", AccountKind::Bank),
            ledger(223, "Undeposited Funds", AccountKind::OtherCurrentAsset),
            ledger(INCOME, "Sales", AccountKind::Income),
            ledger(FEES, "Referral Fees", AccountKind::Expense),
        ],
        items: vec![
            item(LAMP, "LAMP", ItemKind::Inventory, "25.00"),
            item(SHADE, "SHADE", ItemKind::Inventory, "8.00"),
            item(SET, "SET", ItemKind::Kit, "40.00"),
            item(SHIPPING, "Shipping", ItemKind::OtherCharge, "0"),
            item(DISCOUNT, "Discount", ItemKind::Discount, "0"),
            item(OLD_LAMP, "OLD-LAMP", ItemKind::Inventory, "9.00"),
        ],
        kit_members: vec![
            KitMember {
                kit: SET,
                member: LAMP,
                quantity: dec("1"),
            },
            KitMember {
                kit: SET,
                member: SHADE,
                quantity: dec("2"),
            },
        ],
        customers: vec![customer(BUYER, "Amazon US 2026"), customer(HAGGLER, "Haggler Ltd")],
        transactions: by_hand(),
        periods: vec![
            period(30, "Sep 2026", "2026-09-01", "2026-09-30", true),
            period(31, "Oct 2026", "2026-10-01", "2026-10-31", false),
            period(32, "Nov 2026", "2026-11-01", "2026-11-30", false),
            period(33, "Dec 2026", "2026-12-01", "2026-12-31", false),
        ],
        receivable_account: RECEIVABLE,
        undeposited_account: 223,
        next_id: 10_000,
        ..OpeningBooks::default()
    }
}

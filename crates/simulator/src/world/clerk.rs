//! What the clerk of Atelier Lumen entered by hand before the product came, mistakes included.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rust_decimal::Decimal;

use crate::books::{Application, Id, Line, OpeningBooks, Standing, Transaction, TransactionKind};
use crate::market::Market;

use super::cases::Cast;
use super::company::currency_of;
use super::order::{Channel, Order};
use super::settlement::span;

/// What the clerk entered by hand: a sales order and an invoice for each merchant-fulfilled order that was shipped
/// before the last settlement of its marketplace ended; invoices of earlier settlements are paid.
pub fn enter(books: &mut OpeningBooks, orders: &[Order], cast: &Cast, epoch: DateTime<Utc>) {
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
        // Forgotten on the approver's desk: nothing bills it.
        (false, false) => Standing::PendingApproval,
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

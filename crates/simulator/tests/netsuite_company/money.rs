//! Payments, credits, refunds, journals, and what all of it does to the ledger.

use serde_json::{Value, json};
use wire::Method;

use crate::bench::{Company, amount};
use crate::trial::{BANK, BUYER, CLEARING, EUR, FEES, HAGGLER, INCOME, RECEIVABLE, USD};

fn payment(invoice: &str, sum: &str, applied: &str) -> Value {
    json!({
        "externalId": format!("AZN-PY-1-{invoice}"), "customer": { "id": BUYER.to_string() }, "currency": { "id": USD.to_string() },
        "tranDate": "2026-11-21", "account": { "id": CLEARING.to_string() }, "payment": amount(sum),
        "apply": { "items": [{ "doc": { "id": invoice }, "apply": true, "amount": amount(applied) }] },
    })
}

#[tokio::test]
async fn an_invoice_goes_from_open_through_part_paid_to_paid() {
    let company = Company::open().await;
    let invoice = company.invoice("1").await;
    let open = company.read(&format!("invoice/{invoice}")).await;
    assert_eq!(
        (open["status"]["refName"].as_str(), open["amountRemaining"].to_string()),
        (Some("Open"), "43.28".to_owned())
    );
    assert_eq!(
        company.balance(RECEIVABLE).await,
        "78.28",
        "with 35.00 open on the clerk's invoice"
    );

    company
        .made("customerPayment", payment(&invoice, "40.00", "40.00"))
        .await;
    let part = company.read(&format!("invoice/{invoice}")).await;
    assert_eq!(
        (part["status"]["id"].as_str(), part["amountRemaining"].to_string()),
        (Some("A"), "3.28".to_owned())
    );
    let (_, _, words) = company
        .refused(Method::Post, "customerPayment", {
            let mut again = payment(&invoice, "10.00", "10.00");
            again["externalId"] = json!("AZN-PY-2");
            again
        })
        .await;
    assert!(words.contains("exceeds the amount remaining (3.28)"), "{words}");

    let rest = company
        .made(
            &format!("invoice/{invoice}/!transform/customerPayment"),
            json!({ "externalId": "AZN-PY-3", "account": { "id": CLEARING.to_string() } }),
        )
        .await;
    let paid = company.read(&format!("invoice/{invoice}")).await;
    assert_eq!(
        (paid["status"]["refName"].as_str(), paid["amountRemaining"].to_string()),
        (Some("Paid In Full"), "0".to_owned())
    );
    assert_eq!(company.balance(CLEARING).await, "43.28");
    assert_eq!(company.balance(RECEIVABLE).await, "35");
    let nothing = company
        .refused(
            Method::Post,
            &format!("invoice/{invoice}/!transform/customerPayment"),
            json!({}),
        )
        .await;
    assert!(nothing.2.contains("no amount remaining"));

    assert!(
        company
            .refused(Method::Delete, &format!("invoice/{invoice}"), Value::Null)
            .await
            .2
            .contains("dependent records")
    );
    let unapplied = json!({ "apply": { "items": [{ "doc": { "id": invoice }, "apply": false }] } });
    assert_eq!(
        company
            .send(Method::Patch, &format!("record/v1/customerPayment/{rest}"), unapplied)
            .await
            .status,
        204
    );
    let payment = company.read(&format!("customerPayment/{rest}")).await;
    assert_eq!(
        (payment["applied"].to_string(), payment["unapplied"].to_string()),
        ("0".to_owned(), "3.28".to_owned())
    );
    assert_eq!(
        company
            .send(
                Method::Delete,
                &format!("record/v1/customerPayment/{rest}"),
                Value::Null
            )
            .await
            .status,
        204
    );
    assert_eq!(
        company.read(&format!("invoice/{invoice}")).await["amountRemaining"].to_string(),
        "3.28"
    );
}

#[tokio::test]
async fn payments_are_for_the_same_customer_currency_and_no_more_than_their_sum() {
    let company = Company::open().await;
    let invoice = company.invoice("2").await;
    let refuse = async |body: Value| company.refused(Method::Post, "customerPayment", body).await.2;
    assert!(
        refuse(payment(&invoice, "10.00", "20.00"))
            .await
            .contains("may not exceed the payment amount")
    );
    let mut other = payment(&invoice, "10.00", "10.00");
    other["customer"] = json!({ "id": HAGGLER.to_string() });
    assert!(refuse(other).await.contains("Invalid Field Value"));
    let mut euros = payment(&invoice, "10.00", "10.00");
    euros["currency"] = json!({ "id": EUR.to_string() });
    assert!(refuse(euros).await.contains("currency"));
    let mut empty = payment(&invoice, "0", "0");
    empty.as_object_mut().unwrap().remove("payment");
    assert!(refuse(empty).await.contains("Payment Amount"));
}

#[tokio::test]
async fn the_clerks_books_are_open_as_far_as_they_say() {
    let company = Company::open().await;
    let known = company.read("invoice/9001").await;
    assert_eq!(
        (known["total"].to_string(), known["amountRemaining"].to_string()),
        ("60".to_owned(), "35".to_owned())
    );
    assert_eq!(company.balance(BANK).await, "25");
    let rows = company
        .query(
            "SELECT nextdoc FROM nexttransactionlinelink WHERE previousdoc = ? AND linktype = 'Payment'",
            &["9001"],
        )
        .await;
    assert_eq!(rows[0]["nextdoc"], "9002");
}

/// Worked example E8 of flows.md: paid, then credited and refunded; receivables and clearing end at zero.
#[tokio::test]
async fn set_28_a_refund_of_a_paid_invoice_leaves_receivables_and_clearing_as_they_were() {
    let company = Company::open().await;
    let invoice = company.invoice("3").await;
    company
        .made("customerPayment", payment(&invoice, "43.28", "43.28"))
        .await;
    let (receivable, clearing) = (company.balance(RECEIVABLE).await, company.balance(CLEARING).await);
    let memo = company
        .made(
            &format!("invoice/{invoice}/!transform/creditMemo"),
            json!({ "externalId": "AZN-CM-1" }),
        )
        .await;
    let read = company
        .read(&format!("creditMemo/{memo}?expandSubResources=true"))
        .await;
    assert_eq!(
        (read["status"]["refName"].as_str(), read["unapplied"].to_string()),
        (Some("Open"), "43.28".to_owned())
    );
    assert_eq!(
        read["apply"]["count"].as_i64().unwrap_or(0),
        0,
        "a paid invoice takes no credit"
    );

    let refund = company.made("customerRefund", json!({
        "externalId": "AZN-RF-1", "customer": { "id": BUYER.to_string() }, "currency": { "id": USD.to_string() },
        "account": { "id": CLEARING.to_string() }, "tranDate": "2026-11-21",
        "apply": { "items": [{ "doc": { "id": memo }, "apply": true, "amount": amount("43.28") }] },
    })).await;
    assert_eq!(
        company.read(&format!("creditMemo/{memo}")).await["status"]["refName"],
        "Fully Applied"
    );
    assert_eq!(
        company.balance(RECEIVABLE).await,
        receivable,
        "credit and refund cancel out"
    );
    let after: rust_decimal::Decimal = company.balance(CLEARING).await.parse().unwrap();
    assert_eq!(
        after,
        clearing.parse::<rust_decimal::Decimal>().unwrap() - rust_decimal::Decimal::new(4328, 2)
    );
    assert!(
        company
            .refused(Method::Delete, &format!("creditMemo/{memo}"), Value::Null)
            .await
            .2
            .contains("dependent")
    );
    let twice = company
        .refused(
            Method::Post,
            &format!("creditMemo/{memo}/!transform/customerRefund"),
            json!({ "account": { "id": CLEARING.to_string() } }),
        )
        .await;
    assert!(twice.2.contains("no amount remaining"));
    assert_eq!(
        company
            .send(
                Method::Delete,
                &format!("record/v1/customerRefund/{refund}"),
                Value::Null
            )
            .await
            .status,
        204
    );
    assert_eq!(
        company.read(&format!("creditMemo/{memo}")).await["status"]["refName"],
        "Open"
    );
}

#[tokio::test]
async fn a_partial_credit_of_an_open_invoice_is_put_against_it() {
    let company = Company::open().await;
    let invoice = company.invoice("4").await;
    let body = json!({ "externalId": "AZN-CM-4", "item": { "items": [{ "orderLine": 1, "quantity": 1 }, { "orderLine": 2, "quantity": 0 }] } });
    let memo = company
        .made(&format!("invoice/{invoice}/!transform/creditMemo"), body)
        .await;
    let read = company
        .read(&format!("creditMemo/{memo}?expandSubResources=true"))
        .await;
    assert_eq!(
        (read["total"].to_string(), read["item"]["count"].as_i64()),
        ("19.99".to_owned(), Some(1))
    );
    assert_eq!(read["apply"]["items"][0]["doc"]["id"], invoice);
    assert_eq!(
        company.read(&format!("invoice/{invoice}")).await["amountRemaining"].to_string(),
        "23.29"
    );
}

fn journal(lines: Value) -> Value {
    json!({
        "externalId": "AZN-JE-1", "subsidiary": { "id": "1" }, "currency": { "id": USD.to_string() }, "tranDate": "2026-11-21",
        "memo": "Amazon settlement 1", "line": { "items": lines },
    })
}

fn line(account: i64, side: &str, sum: &str) -> Value {
    json!({ "account": { "id": account.to_string() }, side: amount(sum) })
}

#[tokio::test]
async fn set_48_a_settlements_journal_brings_clearing_to_zero() {
    let company = Company::open().await;
    let invoice = company.invoice("5").await;
    company
        .made("customerPayment", payment(&invoice, "43.28", "43.28"))
        .await;
    let id = company
        .made(
            "journalEntry",
            journal(json!([
                line(BANK, "debit", "37.18"),
                line(FEES, "debit", "6.10"),
                line(CLEARING, "credit", "43.28")
            ])),
        )
        .await;
    assert_eq!(company.balance(CLEARING).await, "0");
    assert_eq!(company.balance(FEES).await, "6.1");
    let rows = company.query(
        "SELECT account, debit, credit FROM transactionaccountingline WHERE transaction = ? ORDER BY transactionline", &[&id]).await;
    assert_eq!(
        (rows[0]["debit"].as_str(), rows[2]["credit"].as_str()),
        (Some("37.18"), Some("43.28"))
    );
    assert!(rows[0].get("credit").is_none(), "nothing stands for nothing");
    assert_eq!(
        company.read(&format!("journalEntry/{id}")).await["status"]["refName"],
        "Approved for Posting"
    );
}

#[tokio::test]
async fn journals_must_balance_and_name_whom_receivables_are_from() {
    let company = Company::open().await;
    let refuse = async |lines: Value| company.refused(Method::Post, "journalEntry", journal(lines)).await;
    let (status, code, _) = refuse(json!([line(BANK, "debit", "10.00"), line(CLEARING, "credit", "9.99")])).await;
    assert_eq!((status, code.as_str()), (400, "TRANS_UNBALNCD"));
    assert!(
        refuse(json!([line(BANK, "debit", "10.00")]))
            .await
            .2
            .contains("two lines")
    );
    assert!(
        refuse(json!([
            line(RECEIVABLE, "debit", "1.00"),
            line(CLEARING, "credit", "1.00")
        ]))
        .await
        .2
        .contains("Name")
    );
    let both = json!({ "account": { "id": BANK.to_string() }, "debit": 1, "credit": 1 });
    assert!(
        refuse(json!([both, line(CLEARING, "credit", "1.00")]))
            .await
            .2
            .contains("either a debit or a credit")
    );
    assert_eq!(company.balance(CLEARING).await, "0");
}

/// netsuite.md §5: where journals need approval, one that nobody approved stands and posts nothing (SET-50).
#[tokio::test]
async fn set_50_a_journal_that_waits_for_approval_posts_nothing_until_it_is_approved() {
    let company = Company::open().await;
    assert!(company.account.set_preference("JOURNALAPPROVAL", "T"));
    let lines = json!([line(BANK, "debit", "10.00"), line(CLEARING, "credit", "10.00")]);
    let id = company.made("journalEntry", journal(lines.clone())).await;
    let path = format!("journalEntry/{id}");
    let read = company.read(&path).await;
    assert_eq!(
        (read["approved"].as_bool(), read["status"]["id"].as_str()),
        (Some(false), Some("A"))
    );
    assert_eq!(company.balance(CLEARING).await, "0");
    let letter = company
        .query("SELECT status, posting FROM transaction WHERE id = ?", &[&id])
        .await;
    assert_eq!(
        (letter[0]["status"].as_str(), letter[0]["posting"].as_str()),
        (Some("A"), Some("F"))
    );
    let approve = json!({ "approved": true });
    let sent = company.send(Method::Patch, &format!("record/v1/{path}"), approve).await;
    assert_eq!(sent.status, 204);
    assert_eq!(company.read(&path).await["status"]["id"], "B");
    assert_eq!(company.balance(CLEARING).await, "-10");
    // One that says itself that it is approved posts at once.
    let mut approved = journal(lines);
    approved["externalId"] = json!("AZN-JE-2");
    approved["approved"] = json!(true);
    company.made("journalEntry", approved).await;
    assert_eq!(company.balance(CLEARING).await, "-20");
}

/// netsuite.md §4.3: an apply list that names what is only shown is refused.
#[tokio::test]
async fn an_apply_list_that_names_a_document_number_is_refused() {
    let company = Company::open().await;
    let invoice = company.invoice("8").await;
    let mut body = payment(&invoice, "43.28", "43.28");
    body["apply"]["items"][0]["refnum"] = json!("INV8");
    let (status, _, told) = company.refused(Method::Post, "customerPayment", body).await;
    assert_eq!(status, 400);
    assert!(told.contains("refNum"), "{told}");
    assert_eq!(company.balance(CLEARING).await, "0");
}

#[tokio::test]
async fn set_59_a_reversal_date_takes_the_journal_back() {
    let company = Company::open().await;
    let id = company
        .made(
            "journalEntry",
            journal(json!([line(BANK, "debit", "10.00"), line(CLEARING, "credit", "10.00")])),
        )
        .await;
    let reverse = json!({ "reversalDate": "2026-11-23" });
    assert_eq!(
        company
            .send(Method::Patch, &format!("record/v1/journalEntry/{id}"), reverse)
            .await
            .status,
        204
    );
    assert_eq!(
        (company.balance(CLEARING).await, company.balance(BANK).await),
        ("0".to_owned(), "25".to_owned())
    );
    let read = company.read(&format!("journalEntry/{id}")).await;
    let opposite = company
        .read(&format!(
            "journalEntry/{}",
            read["reversalEntry"]["id"].as_str().unwrap()
        ))
        .await;
    assert_eq!(
        (opposite["isReversal"].as_bool(), opposite["tranDate"].as_str()),
        (Some(true), Some("2026-11-23"))
    );
}

#[tokio::test]
async fn a_cash_sale_posts_at_once_and_its_refund_takes_it_back() {
    let company = Company::open().await;
    let mut body = crate::bench::order("6");
    body["externalId"] = json!("AZN-CS-6");
    body["account"] = json!({ "id": CLEARING.to_string() });
    body.as_object_mut().unwrap().remove("orderStatus");
    let sale = company.made("cashSale", body).await;
    assert_eq!(
        (company.balance(CLEARING).await, company.balance(INCOME).await),
        ("43.28".to_owned(), "-103.28".to_owned())
    );
    company
        .made(
            &format!("cashSale/{sale}/!transform/cashRefund"),
            json!({ "externalId": "AZN-CR-6" }),
        )
        .await;
    assert_eq!(company.balance(CLEARING).await, "0");
}

#[tokio::test]
async fn every_transaction_in_the_ledger_balances() {
    let company = Company::open().await;
    let invoice = company.invoice("7").await;
    company
        .made("customerPayment", payment(&invoice, "43.28", "43.28"))
        .await;
    company
        .made(&format!("invoice/{invoice}/!transform/creditMemo"), json!({}))
        .await;
    let out = company.query("SELECT transaction, SUM(amount) AS s FROM transactionaccountingline GROUP BY transaction HAVING SUM(amount) <> 0", &[]).await;
    assert_eq!(out, Vec::<Value>::new());
    let books = company.account.books();
    assert_eq!(books["records"]["invoice"].as_array().unwrap().len(), 2);
    let sum: rust_decimal::Decimal = books["postings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            row["amount"]
                .as_str()
                .unwrap()
                .parse::<rust_decimal::Decimal>()
                .unwrap()
        })
        .sum();
    assert!(sum.is_zero());
}

//! The chart of accounts of Atelier Lumen, with the part that each account plays in settlements (flows.md §10.1).

use crate::books::{Account, AccountKind as Kind, Id, OpeningBooks};

/// Id, number, name, type, role.
type Entry = (Id, &'static str, &'static str, Kind, &'static str);

/// Accounts that every currency shares.
#[rustfmt::skip]
static SHARED: [Entry; 38] = [
    (221, "1200", "Accounts Receivable", Kind::AccountsReceivable, "acct.receivable"),
    (222, "1090", "Undeposited Funds", Kind::OtherCurrentAsset, "acct.undeposited"),
    (223, "1310", "Amazon Reserve", Kind::OtherCurrentAsset, "acct.reserve"),
    (224, "1320", "Amazon Money in Transit", Kind::OtherCurrentAsset, "acct.in_transit"),
    (225, "1330", "Amazon Carried Forward", Kind::OtherCurrentAsset, "acct.carried_forward"),
    (226, "1400", "Inventory", Kind::OtherCurrentAsset, "acct.inventory"),
    (227, "2000", "Accounts Payable", Kind::AccountsPayable, ""),
    (228, "2110", "Due to Amazon", Kind::OtherCurrentLiability, "acct.due_to_amazon"),
    (229, "2120", "Company Card", Kind::CreditCard, "acct.charge_card"),
    (230, "2210", "Marketplace Facilitator Tax", Kind::OtherCurrentLiability, "acct.sales_tax_facilitated"),
    (231, "2220", "VAT Collected", Kind::OtherCurrentLiability, "acct.vat_collected"),
    (233, "2130", "Accrued Amazon Fees", Kind::OtherCurrentLiability, "acct.accrued_fees"),
    (234, "1340", "Amazon Deferred Receivable", Kind::OtherCurrentAsset, "acct.deferred_receivable"),
    (232, "3000", "Share Capital", Kind::Equity, ""),
    (241, "4000", "Sales Amazon", Kind::Income, "acct.sales"),
    (242, "4010", "Shipping Income", Kind::Income, "acct.shipping_income"),
    (243, "4020", "Gift Wrap Income", Kind::Income, "acct.gift_wrap_income"),
    (244, "4090", "Discounts Given", Kind::Income, "acct.discounts"),
    (245, "4100", "Refunds", Kind::Income, "acct.refunds"),
    (246, "4200", "Amazon Reimbursements", Kind::Income, "acct.fees.reimbursement"),
    (247, "4900", "Orders Before Go-live", Kind::Income, "acct.pre_golive"),
    (251, "5000", "Cost of Goods Sold", Kind::CostOfGoodsSold, "acct.cogs"),
    (261, "6100", "Amazon Referral Fees", Kind::Expense, "acct.fees.referral"),
    (262, "6110", "Amazon Refund Administration", Kind::Expense, "acct.fees.refund_admin"),
    (263, "6120", "Amazon FBA Fulfilment", Kind::Expense, "acct.fees.fulfilment"),
    (264, "6130", "Amazon FBA Storage", Kind::Expense, "acct.fees.storage"),
    (265, "6140", "Amazon Subscription", Kind::Expense, "acct.fees.subscription"),
    (266, "6150", "Amazon Other Selling Fees", Kind::Expense, "acct.fees.other"),
    (267, "6160", "Amazon Postage", Kind::Expense, "acct.fees.postage"),
    (268, "6170", "Amazon Promotion Costs", Kind::Expense, "acct.fees.promotion"),
    (269, "6180", "Amazon Adjustments", Kind::Expense, "acct.fees.adjustment"),
    (270, "6190", "Amazon Inbound Freight", Kind::CostOfGoodsSold, "acct.fees.inbound"),
    (271, "6195", "Amazon Removal and Disposal", Kind::Expense, "acct.fees.removal"),
    (272, "6200", "Advertising", Kind::Expense, "acct.fees.advertising"),
    (281, "6900", "Settlement Variance", Kind::Expense, "acct.variance"),
    (282, "6910", "Rounding", Kind::Expense, "acct.rounding"),
    (283, "6920", "Exchange Differences", Kind::Expense, "acct.fx"),
    (284, "6930", "Bank Charges", Kind::Expense, "acct.bank_fees"),
];

/// Enters the accounts: a bank and a clearing account for each currency, then those that all share.
pub fn enter(books: &mut OpeningBooks) {
    let currencies: Vec<(String, Id)> = books
        .currencies
        .iter()
        .map(|currency| (currency.code.clone(), currency.id))
        .collect();
    for (step, (code, currency)) in (0..).zip(currencies) {
        // Further currencies have ids beyond those of the accounts that all share.
        let (first_bank, first_clearing) = if step < 4 { (201, 211) } else { (301, 341) };
        let bank = (
            first_bank + step,
            1001 + step,
            format!("Bank {code}"),
            format!("acct.bank.{code}"),
        );
        let clearing = (
            first_clearing + step,
            1051 + step,
            format!("Amazon Clearing {code}"),
            format!("acct.clearing.{code}"),
        );
        for (id, number, name, role) in [bank, clearing] {
            let number = number.to_string();
            books.accounts.push(Account {
                id,
                number,
                name,
                kind: Kind::Bank,
                currency: Some(currency),
            });
            books.roles.push((role, id));
        }
    }
    for (id, number, name, kind, role) in &SHARED {
        let (number, name) = ((*number).to_owned(), (*name).to_owned());
        books.accounts.push(Account {
            id: *id,
            number,
            name,
            kind: *kind,
            currency: None,
        });
        if !role.is_empty() {
            books.roles.push(((*role).to_owned(), *id));
        }
    }
    books.receivable_account = 221;
    books.undeposited_account = 222;
}

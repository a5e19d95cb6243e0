//! Customers of orders shipped by Amazon.
//!
//! Each marketplace has one shared customer per year, made before its first order needs it and never overwritten.

use wire::Failure;

use super::shared_customers::{self, SharedCustomer};
use crate::flow::{Card, Decision, Fact, Flow, Group, Key, Look, Reads, Route, Window};
use crate::rules::{Channel, Rules};

/// Customers of orders shipped by Amazon.
pub struct FbaCustomers;

impl Flow for FbaCustomers {
    type Subject = SharedCustomer;

    const CARD: Card = Card {
        id: "fba-customers",
        title: "flow-fba-customers",
        promise: "flow-fba-customers-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Orders,
        every_minutes: 30,
        needs: &["netsuite:Customers"],
        after: &[],
        options: &[
            "customer.fba.default",
            "customer.rotate",
            "customer.category",
            "customer.price_level",
            "customer.terms",
            "subsidiary",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<SharedCustomer>, Failure> {
        shared_customers::look(reads, window, rules, Channel::Fba).await
    }

    fn key(seen: &SharedCustomer) -> Key {
        shared_customers::key(seen)
    }

    fn decide(seen: &SharedCustomer, rules: &Rules) -> Decision {
        shared_customers::decide(seen, rules)
    }

    fn facts(seen: &SharedCustomer, rules: &Rules) -> Vec<Fact> {
        shared_customers::facts(seen, rules)
    }

    fn sample() -> SharedCustomer {
        shared_customers::sample(Channel::Fba)
    }
}

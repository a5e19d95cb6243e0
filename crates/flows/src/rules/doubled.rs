//! Choices that would count the same sale twice (CMN-35).

use super::Rules;

/// The flows that bill orders.
pub const FBA_ORDERS: &str = "fba-orders";
/// The flow that bills sales orders.
pub const BILLING: &str = "billing";

impl Rules {
    /// Whether settlements of a marketplace are posted as totals (SET-62).
    pub fn sums(&self, marketplace: &str) -> bool {
        self.says(marketplace, "settlement.posting", "summary")
    }

    /// The flows that would bill orders of a marketplace: with totals their sales would count twice.
    pub fn billers(&self, marketplace: &str) -> Vec<&'static str> {
        let is_on = |flow: &str| !self.says(marketplace, &format!("flow.{flow}.on"), "off");
        let bills = !self.says(marketplace, "orders.fba.import_as", "sales_order");
        let fba = (is_on(FBA_ORDERS) && bills).then_some(FBA_ORDERS);
        let billing = is_on(BILLING).then_some(BILLING);
        fba.into_iter().chain(billing).collect()
    }
}

//! The flows, in the order in which a seller thinks about them. A flow that is not here does not exist.

use crate::audit::self_audit::SelfAudit;
use crate::billing::bills::Bills;
use crate::entry::{Entry, entry};
use crate::finances::accruals::Accruals;
use crate::finances::transactions::Finances;
use crate::fulfilments::cancellations::Cancellations;
use crate::fulfilments::shipments::Shipments;
use crate::orders::comparison::Comparison;
use crate::orders::fba_customers::FbaCustomers;
use crate::orders::fba_orders::FbaOrders;
use crate::orders::fba_shipments::FbaShipments;
use crate::orders::mfn_customers::MfnCustomers;
use crate::orders::mfn_orders::MfnOrders;
use crate::settlements::bank::Bank;
use crate::settlements::custom_records::CustomRecords;
use crate::settlements::fees::Fees;
use crate::settlements::journals::Journals;
use crate::settlements::orders::Orders;
use crate::settlements::payments::Payments;
use crate::settlements::records::Records;
use crate::settlements::refunds::Refunds;
use crate::settlements::reports::Reports;
use crate::settlements::summaries::Summaries;

/// Every flow. Screens, schedules, the command line, the docs and the tests all read this list.
pub const fn catalogue() -> &'static [Entry] {
    const {
        &[
            entry::<MfnCustomers>(),
            entry::<MfnOrders>(),
            entry::<FbaCustomers>(),
            entry::<FbaShipments>(),
            entry::<FbaOrders>(),
            entry::<Comparison>(),
            entry::<Shipments>(),
            entry::<Cancellations>(),
            entry::<Bills>(),
            entry::<Reports>(),
            entry::<Records>(),
            entry::<Finances>(),
            entry::<Orders>(),
            entry::<Payments>(),
            entry::<Refunds>(),
            entry::<Fees>(),
            entry::<Summaries>(),
            entry::<Journals>(),
            entry::<Bank>(),
            entry::<CustomRecords>(),
            entry::<Accruals>(),
            entry::<SelfAudit>(),
        ]
    }
}

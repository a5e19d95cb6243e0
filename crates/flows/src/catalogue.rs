//! The flows, in the order in which a seller thinks about them. A flow that is not here does not exist.

use crate::entry::{Entry, entry};
use crate::orders::fba_customers::FbaCustomers;
use crate::orders::fba_orders::FbaOrders;
use crate::orders::mfn_customers::MfnCustomers;
use crate::orders::mfn_orders::MfnOrders;

/// Every flow. Screens, schedules, the command line, the docs and the tests all read this list.
pub const fn catalogue() -> &'static [Entry] {
    const {
        &[
            entry::<MfnCustomers>(),
            entry::<MfnOrders>(),
            entry::<FbaCustomers>(),
            entry::<FbaOrders>(),
        ]
    }
}

//! Settlements: Amazon's statement of a period, read, proved, understood and planned.
//!
//! **For:** everything between the bytes of a settlement file and the writes that put it into the books:
//! [`read`] streams the file and proves that its lines add up, [`classify`] says what each line is,
//! [`marketplace`] where it belongs, [`mod@group`] which lines form one payment, refund or fee, [`waterfall`] and
//! [`summary`] what a person sees, [`mod@plan`] what is written, [`chain`] whether each begins where the last one ended,
//! [`reissue`] what a second file of it says otherwise.
//!
//! **Deliberately not here:** files, networks, databases, NetSuite's field names. A source of bytes is handed in, what
//! NetSuite has is handed in, and the answer is a value.
//!
//! **Open first:** [`line`], then [`plan::given`] and [`plan::said`].

pub mod chain;
pub mod classify;
pub mod group;
pub mod line;
pub mod marketplace;
pub mod plan;
pub mod read;
pub mod reissue;
pub mod summary;
pub mod vocabulary;
pub mod waterfall;

pub use classify::{Category, Side};
pub use group::{Group, Refunds, group, group_as};
pub use line::{Header, Line, Posted};
pub use plan::plan;

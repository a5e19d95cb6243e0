//! What this computer already knows, as flows may ask for it. The engine answers from the store.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::settlement::marketplace::Nameless;
use domain::settlement::plan::{Balancing, RowChoices};
use domain::settlement::{Header, Line};
use domain::{Currency, ExternalId, Money};
use netsuite::{RecordId, RecordType};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wire::Failure;

use crate::local_finances::Finances;
use crate::orders::shipment::Shipment;

/// Local facts, read-only. Each question is one that a flow needs; the engine implements it.
#[async_trait]
pub trait Local: Finances + Send + Sync {
    /// Which of these reports are archived already.
    async fn archived(&self, reports: &[String]) -> Result<BTreeSet<String>, Failure>;

    /// Archived settlement files that nobody has imported yet.
    async fn files_to_import(&self) -> Result<Vec<ArchivedFile>, Failure>;

    /// All settlements on this computer, without their lines, oldest first.
    async fn settlements(&self) -> Result<Vec<StoredSettlement>, Failure>;

    /// The lines of a settlement in the order of its file.
    async fn settlement_lines(&self, settlement: &str) -> Result<Vec<Line>, Failure>;

    /// What is known about these orders; unknown ones are left out.
    async fn orders(&self, orders: &[String]) -> Result<BTreeMap<String, OrderSeen>, Failure>;

    /// What was last written to NetSuite for these orders; orders that nothing was written for are left out.
    async fn sent(&self, orders: &[String]) -> Result<BTreeMap<String, SentOf>, Failure>;

    /// Amazon orders as the order flows last saw them, buyer data hidden; unknown ones are left out.
    async fn amazon_orders(&self, orders: &[String]) -> Result<BTreeMap<String, amazon::Order>, Failure>;

    /// Orders whose sales order, made by a person, was linked since then.
    async fn adopted_since(&self, since: DateTime<Utc>) -> Result<Vec<String>, Failure>;

    /// What is still open about these orders in the flows that import them: the codes of their questions, or the state
    /// of an import that is not through. Orders with nothing open are left out.
    async fn open_questions(&self, orders: &[String]) -> Result<BTreeMap<String, Vec<String>>, Failure>;

    /// Those of these orders whose total in NetSuite is in question (ORD-08).
    async fn mismatched(&self, orders: &[String]) -> Result<BTreeSet<String>, Failure>;

    /// Records that a flow made in NetSuite for these orders, except those that were taken back.
    async fn made(&self, flow: &str, orders: &[String]) -> Result<BTreeMap<String, Vec<Made>>, Failure>;

    /// What a flow told Amazon about these orders, and Amazon accepted.
    async fn told(&self, flow: &str, orders: &[String]) -> Result<BTreeMap<String, Vec<Told>>, Failure>;

    /// What Amazon's report of shipments has told of these orders, the earliest shipment first; orders that it did not
    /// tell of are left out.
    async fn fba_shipments(&self, orders: &[String]) -> Result<BTreeMap<String, Vec<Shipment>>, Failure>;

    /// The marketplaces that rows of other settlements name for these orders, shipments and adjustments (SET-16), as the
    /// rows name them.
    async fn named_elsewhere(&self, settlement: &str, of: &Nameless) -> Result<BTreeMap<String, String>, Failure>;

    /// Groups of a settlement that a person left out, by the group's lasting name (SET-56).
    async fn excluded_groups(&self, settlement: &str) -> Result<BTreeSet<String>, Failure>;

    /// The variance of a settlement that a person accepted with a reason (SET-58), in the settlement's currency.
    async fn accepted_variance(&self, settlement: &str) -> Result<Option<Decimal>, Failure>;

    /// What people said that the bank has of settlements' transfers (SET-53).
    async fn bank_receipts(&self) -> Result<Vec<BankReceipt>, Failure>;

    /// The line by hand that a person added to a settlement whose file does not add up (SET-09).
    async fn balancing_line(&self, settlement: &str) -> Result<Option<Balancing>, Failure>;

    /// What a person picked for rows without a marketplace (SET-16): Amazon's marketplace id for each currency. The newest
    /// pick of other settlements stands where this one has none of its own.
    async fn picked_marketplaces(&self, settlement: &str) -> Result<BTreeMap<Currency, String>, Failure>;

    /// What a person decided about single groups of a settlement.
    async fn row_choices(&self, settlement: &str) -> Result<ChosenRows, Failure>;

    /// Names of the records that were written for a settlement and have not been taken back, by what they belong to: an
    /// order, or, of journals, the settlement's id.
    async fn written(&self, settlement: &str) -> Result<BTreeMap<String, BTreeSet<String>>, Failure>;

    /// What each order was paid by the payments of a settlement that several orders share and that have not been taken
    /// back (SET-26), by the payment's name.
    async fn paid_together(&self, settlement: &str) -> Result<BTreeMap<String, BTreeMap<String, Decimal>>, Failure>;

    /// Records that this computer wrote to NetSuite or linked there for an account before an instant: those after a link
    /// (nought: from the first), oldest first, at most so many. Customers are none, and neither is what a question is
    /// open about.
    async fn in_books(
        &self,
        account: &str,
        before: DateTime<Utc>,
        after: i64,
        most: u32,
    ) -> Result<Vec<InBooks>, Failure>;

    /// The same by the names that they were written under.
    async fn in_books_named(&self, names: &[String]) -> Result<Vec<InBooks>, Failure>;

    /// NetSuite's ids of all records that are linked with these orders.
    async fn linked(&self, orders: &[String]) -> Result<BTreeMap<String, BTreeSet<RecordId>>, Failure>;

    /// Those of these orders that stand in a settlement, with when the first of those came here.
    async fn settled_orders(&self, orders: &[String]) -> Result<BTreeMap<String, DateTime<Utc>>, Failure>;

    /// How far the flows that run by a schedule have read in an account.
    async fn watermarks(&self, account: &str) -> Result<Vec<Watermark>, Failure>;

    /// What a flow's last decision about these orders rested on.
    async fn seen_before(&self, flow: &str, orders: &[String]) -> Result<BTreeMap<String, serde_json::Value>, Failure>;
}

/// What a person said that the bank has of a settlement's transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankReceipt {
    /// The settlement.
    pub settlement: String,
    /// What came in, in the bank's currency.
    pub received: Money,
    /// What the bank took, in the same currency.
    pub fee: Decimal,
    /// The bank's day.
    pub date: NaiveDate,
    /// Which entry of it this is: one more after each that was taken back.
    pub revision: u32,
    /// Where the settlement's journal has put the transfer; nothing while it has none.
    pub put: Option<TransferPut>,
    /// Whether its journal is in the books, or none is needed.
    pub booked: bool,
}

/// The line of a settlement's journal that has the transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferPut {
    /// The journal.
    pub journal: ExternalId,
    /// The account of the line.
    pub account: RecordId,
}

/// What a person decided about single groups of a settlement, each by its lasting name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChosenRows {
    /// The choices, without the documents that were found.
    pub choices: RowChoices,
    /// NetSuite's ids of the documents that a group belongs to.
    pub documents: BTreeMap<String, Vec<String>>,
}

/// Something that Amazon was told and accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The step's name.
    pub name: String,
    /// What was said.
    pub write: amazon::Write,
    /// When.
    pub at: DateTime<Utc>,
    /// What Amazon calls it: a parcel's reference, or a feed's id.
    pub answer: String,
    /// Whether a person just asked to try again: what Amazon did not take is told once more.
    pub again: bool,
}

/// A record that this computer made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The step's name, which is the record's external id.
    pub name: String,
    /// NetSuite's id.
    pub id: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The total that was promised, and how far NetSuite's may be off.
    pub total: Option<(Money, Decimal)>,
    /// Whether it was read back, and no question about it is open.
    pub settled: bool,
}

/// What this computer wrote for an order.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SentOf {
    /// The record of the whole order.
    pub whole: Option<Sent>,
    /// Records of single shipments, where each has one (ORD-06), by the record's external id.
    pub apart: BTreeMap<String, Sent>,
}

impl SentOf {
    /// The record of a whole order among those of several.
    pub fn whole<'a>(of: &'a BTreeMap<String, Self>, order: &str) -> Option<&'a Sent> {
        of.get(order)?.whole.as_ref()
    }
}

/// A record that this computer wrote for an order: as it was made, and the last change of it (CMN-37); or the record of
/// somebody else that it was linked to.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// The step that made it or linked it.
    pub name: String,
    /// The body that made the record. Buyer data stands in it as long as its key is kept.
    pub create: serde_json::Value,
    /// The body of the last change, if there was one.
    pub change: serde_json::Value,
    /// The total that the last of the two promised, and how far NetSuite's may be off.
    pub total: Option<(Money, Decimal)>,
    /// Whether NetSuite's total was read back afterwards and agreed.
    pub confirmed: bool,
    /// NetSuite's id of the record.
    pub record: Option<RecordId>,
    /// Whether a person had made that record, so that nothing was written (CMN-13).
    pub adopted: bool,
    /// When it was made or linked.
    pub at: Option<DateTime<Utc>>,
    /// The order as Amazon had it when the last of the two was planned, without buyer data.
    pub amazon: Option<amazon::Order>,
}

/// A record that NetSuite is believed to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InBooks {
    /// Where it stands among the links: rising.
    pub link: i64,
    /// What it is on Amazon's side: `order`, `bill`, `payment`, `refund`, `journal`.
    pub kind: String,
    /// Its Amazon key.
    pub key: String,
    /// Its type.
    pub record: RecordType,
    /// NetSuite's id.
    pub id: RecordId,
    /// The name that it was written or linked under.
    pub name: String,
    /// The number that people see, once it was read.
    pub number: Option<String>,
    /// Its total when it was last read back.
    pub total: Option<Money>,
    /// Amazon's id of its marketplace.
    pub marketplace: Option<String>,
}

impl InBooks {
    /// What people call it.
    pub fn document(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.name)
    }

    /// Whether it is the sale of an order.
    pub fn is_sale(&self) -> bool {
        self.kind == "order"
    }
}

/// How far a flow has read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watermark {
    /// The flow.
    pub flow: String,
    /// The message id of its title.
    pub title: String,
    /// Everything before this instant is read.
    pub read_until: DateTime<Utc>,
    /// How far it should have read at the least, by its schedule.
    pub expected: DateTime<Utc>,
}

/// A settlement file as it was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedFile {
    /// Amazon's report id, or the content hash of a file given by hand.
    pub report_id: String,
    /// The name shown to people.
    pub file_name: String,
    /// The account it came from (`eu:A1SELLER`); empty for a file given by hand.
    pub account: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
}

/// A settlement that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredSettlement {
    /// What its summary row says.
    pub header: Header,
    /// The account it came from (`eu:A1SELLER`); empty for a file given by hand.
    pub account: String,
    /// The SHA-256 of the file that it was read from; empty where the file is not kept any more.
    pub file_hash: String,
    /// Whether its lines add up to its total, exactly (SET-09).
    pub balanced: bool,
    /// How far its posting is.
    pub stage: Stage,
    /// Whether records of it were changed or deleted in NetSuite when it was last summed up (SET-44).
    pub edited: bool,
    /// The settlement before it after which a person waits for no other (SET-10).
    pub gap_accepted: Option<String>,
    /// The revision that the next writes belong to: one more after each undo (SET-59).
    pub revision: u32,
    /// Groups that were open when it was posted with an accepted difference, by their lasting names (SET-58).
    pub late: BTreeSet<String>,
    /// Whether some of them are not in the books yet.
    pub late_open: bool,
}

/// How far the posting of a settlement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nobody has approved it.
    Open,
    /// A person approved it; its writes are on their way.
    Approved,
    /// All its writes are in the books.
    Posted,
    /// It is being taken back.
    Undoing,
    /// It was taken back.
    Undone,
    /// A person closed it: no flow writes to it (SET-60).
    Closed,
}

/// An order as the order flows last saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderSeen {
    /// Amazon's marketplace id.
    pub marketplace: Option<String>,
    /// When it was placed.
    pub ordered: Option<DateTime<Utc>>,
    /// When it had last changed; nothing for an order that could not be read.
    pub updated: Option<DateTime<Utc>>,
    /// When it had changed to *shipped*, by the first telling that said so (ORD-06).
    pub shipped: Option<DateTime<Utc>>,
}

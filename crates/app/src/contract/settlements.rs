//! Settlements: the list, and the review.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, Document, State, ViewCount, Words};

/// Which settlements to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct SettlementsRequest {
    /// `to_review`, `needs_you`, `posted`, `by_app`, `undone` or `all` (default).
    #[serde(default)]
    #[ts(optional)]
    pub view: Option<String>,
    /// Amazon's marketplace id.
    #[serde(default)]
    #[ts(optional)]
    pub marketplace: Option<String>,
}

/// All settlements of a view, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettlementsPage {
    /// The rows.
    pub settlements: Vec<SettlementRow>,
    /// How many each view holds.
    pub views: Vec<ViewCount>,
}

/// One settlement in the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[allow(clippy::struct_excessive_bools, reason = "the three ticks of the list, and one mark")]
pub struct SettlementRow {
    /// Amazon's settlement id.
    pub id: String,
    /// Marketplaces in it (Amazon's ids), most lines first.
    pub marketplaces: Vec<String>,
    /// First day, in the business's zone.
    pub start: String,
    /// Last day.
    pub end: String,
    /// Day of the deposit.
    pub deposit_date: Option<String>,
    /// What Amazon pays.
    pub amazon_says: Amount,
    /// What NetSuite has or will have after posting.
    pub netsuite_has: Amount,
    /// The first minus the second.
    pub difference: Amount,
    /// Lines that are explained, in whole percent.
    pub coverage_percent: u32,
    /// Where it stands: `imported`, `to_review`, `needs_you`, `variance`, `posting`, `posted`, `in_the_bank`, `undoing`,
    /// `undone`, `closed`, `in_books`, `inconsistent`.
    pub stage: String,
    /// Its glyph.
    pub state: State,
    /// Every fee has an account.
    pub accounts_ready: bool,
    /// Tax can be posted.
    pub tax_ready: bool,
    /// Every order is there.
    pub orders_ready: bool,
    /// The causes of the errors behind what is not ready, where they are errors.
    pub open: NotReady,
    /// The journal's number once posted.
    pub journal: Option<Document>,
    /// Whether the app approved it by itself (`je.mode` = `auto`).
    pub by_app: bool,
}

/// The cause behind each tick that is red; nothing where it is green or no error stands behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NotReady {
    /// Of the accounts.
    pub accounts: Option<String>,
    /// Of the tax.
    pub tax: Option<String>,
    /// Of the orders.
    pub orders: Option<String>,
    /// Kinds of lines without an account.
    pub accounts_count: u32,
    /// Orders and refunds that are not settled yet.
    pub orders_count: u32,
}

/// One bar of the waterfall; all but totals add up to the deposit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Bar {
    /// The bar: `previous_reserve`, `product_sales`, `shipping_gift_wrap`, `tax_collected`, `tax_kept`, `promotions`,
    /// `refunds`, `referral_fees`, `fulfilment_fees`, `storage`, `advertising`, `other_fees`, `reimbursements`,
    /// `adjustments`, `reserve_held`, `deposit`.
    pub id: String,
    /// Its amount, signed from the seller's side.
    pub amount: Amount,
    /// Running total before it, so that the screen draws without computing on money text.
    pub from: Amount,
    /// Running total after it.
    pub to: Amount,
    /// Position of `from` between the picture's lowest and highest total, in ten-thousandths.
    pub from_at: i32,
    /// Position of `to`, in ten-thousandths.
    pub to_at: i32,
    /// Position of zero, in ten-thousandths.
    pub zero_at: i32,
    /// Whether it is the total at the end.
    pub total: bool,
    /// Lines in it.
    pub lines: u32,
}

/// The review (ux.md §5.8).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettlementView {
    /// The row of the list.
    pub settlement: SettlementRow,
    /// The file it came from.
    pub file: FileProof,
    /// Fees as a share of sales in percent with one decimal, as text.
    pub fee_percent: Option<String>,
    /// The waterfall.
    pub bars: Vec<Bar>,
    /// The tabs with count and sum: `matched`, `unmatched`, `different`, `fees`, `reserve`.
    pub tabs: Vec<SettlementTab>,
    /// Lines of the file that are explained.
    pub explained: u32,
    /// The terms that the difference is made of; they sum to it.
    pub unexplained: Vec<Unexplained>,
    /// The journals, as NetSuite will show them.
    pub journals: Vec<JournalView>,
    /// What was checked.
    pub checks: Vec<Check>,
    /// What posting will write, with counts.
    pub will_write: Vec<WillWrite>,
    /// Whether the button is on.
    pub can_approve: bool,
    /// Why it is off.
    pub why_not: Vec<Words>,
    /// What of an accepted difference was matched since the posting, and can be posted beside it (SET-58).
    pub late: Option<Words>,
    /// Whether a posting can be undone.
    pub can_undo: bool,
    /// How far a posting is.
    pub posting: Vec<PostingStep>,
    /// The records it made.
    pub documents: Vec<Document>,
    /// Warnings from reading the file.
    pub warnings: Vec<Words>,
    /// What stands of the difference, and what a person said about it.
    pub variance: VarianceView,
    /// Its postings, oldest first.
    pub revisions: Vec<RevisionView>,
    /// Who closed it, if somebody did (SET-60).
    pub closed: Option<ChoiceView>,
    /// Whether it can be closed.
    pub can_close: bool,
    /// Its transfer, once it is posted (SET-53).
    pub bank: Option<super::BankView>,
    /// What else is said of its file.
    pub proofs: super::ProofsView,
    /// Its further tellings by Amazon, the newest first (SET-61).
    pub reissues: Vec<super::ReissueView>,
    /// Rows that match exactly and that nobody has accepted yet.
    pub exact: u32,
    /// Rows that a person put off.
    pub later: u32,
}

/// The variance of a settlement (SET-56 to 58).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VarianceView {
    /// `none`, `small`, `open` or `material`.
    pub weight: String,
    /// Who accepted it, as long as it is still the one that was accepted.
    pub accepted: Option<ChoiceView>,
    /// Whether it can be accepted as it stands.
    pub can_accept: bool,
}

/// What a person chose about a settlement.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChoiceView {
    /// The reason that was given.
    pub reason: String,
    /// The person.
    pub who: String,
    /// When, ISO 8601.
    pub at: String,
}

/// One posting of a settlement (SET-59).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RevisionView {
    /// From 1 on; undoing and posting again makes the next one.
    pub revision: u32,
    /// `approved`, `posted`, `undoing` or `undone`.
    pub state: String,
    /// Who changed it last: `you`, `app` or a name.
    pub who: String,
    /// When, ISO 8601.
    pub at: String,
}

/// The check of the file itself.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FileProof {
    /// The file's name.
    pub name: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub hash: String,
    /// Data rows.
    pub rows: u32,
    /// Money lines.
    pub lines: u32,
    /// The total in its header.
    pub declared: Option<Amount>,
    /// The sum of its lines.
    pub sum: Amount,
    /// Whether the two are equal.
    pub balanced: bool,
    /// `v1` or `v2` (SET-03).
    pub layout: String,
    /// The encoding that was found (SET-06).
    pub encoding: String,
    /// Whether amounts are written `1.234,56`.
    pub decimal_comma: bool,
}

/// A tab of the lines.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettlementTab {
    /// The tab.
    pub id: String,
    /// Rows.
    pub count: u32,
    /// Their sum.
    pub sum: Amount,
}

/// A named part of the difference.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Unexplained {
    /// What it is.
    pub what: Words,
    /// Its amount.
    pub amount: Amount,
    /// The order it is about.
    pub order: Option<String>,
}

/// A journal entry before or after posting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JournalView {
    /// Its date.
    pub date: String,
    /// Its memo.
    pub memo: String,
    /// Its currency.
    pub currency: String,
    /// Its lines.
    pub lines: Vec<JournalLineView>,
    /// Total of either side.
    pub total: Amount,
    /// Whether debits equal credits; false only while a difference is shown as a line.
    pub balanced: bool,
    /// The posted record.
    pub document: Option<Document>,
}

/// One line of a journal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JournalLineView {
    /// The account's number; empty while the account is not chosen.
    pub account_number: String,
    /// The account's name, or the category while the account is not chosen.
    pub account_name: String,
    /// Debit.
    pub debit: Option<Amount>,
    /// Credit.
    pub credit: Option<Amount>,
    /// Whether this is the part that is not explained yet.
    pub open: bool,
}

/// One check.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Check {
    /// What was checked.
    pub what: Words,
    /// How it came out; `queued` when it can only be known after posting.
    pub state: State,
}

/// What posting will write.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WillWrite {
    /// What.
    pub what: Words,
    /// How many.
    pub count: u32,
}

/// One step of a posting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PostingStep {
    /// `payments`, `refunds`, `fees`, `summary`, `journal` or `undo`.
    pub id: String,
    /// How it stands.
    pub state: State,
    /// Records written.
    pub done: u32,
    /// Records to write.
    pub total: u32,
    /// The last record written.
    pub document: Option<Document>,
    /// The cause of the error behind a write that was refused.
    pub cause: Option<String>,
}

/// What an undo will do, in words (SET-59).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UndoPreview {
    /// The question.
    pub title: Words,
    /// What will happen, in order.
    pub will: Vec<Words>,
    /// What cannot be undone.
    pub cannot: Vec<Words>,
    /// Whether it can begin: not while something would have to be deleted in a closed period.
    pub can: bool,
}

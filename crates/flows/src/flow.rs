//! The interface of a flow: look, decide. Recording, applying and confirming are the engine's.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{ExternalId, Money, Text};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wire::{Failure, ReadLine};

use crate::entry::Judged;
use crate::local::Local;
use crate::orders::pages::Pages;
use crate::rules::Rules;

/// One promise kept between two systems.
pub trait Flow: 'static {
    /// One thing to decide about, with everything the decision needs already in it.
    type Subject: Serialize + Send + Sync;

    /// Who this flow is: drawn by the screens, printed in the docs, checked by the tests.
    const CARD: Card;

    /// Reads both sides. Has no means of writing.
    fn look(
        reads: &Reads<'_>,
        window: &Window,
        rules: &Rules,
    ) -> impl Future<Output = Result<Look<Self::Subject>, Failure>> + Send;

    /// The subject's lasting name, such as an Amazon order number.
    fn key(seen: &Self::Subject) -> Key;

    /// The specification. Pure: the same subject and rules always give the same decision.
    fn decide(seen: &Self::Subject, rules: &Rules) -> Decision;

    /// What a list may show about the subject without knowing its type: marketplace, date, amount, states, ids.
    /// Never buyer data.
    fn facts(seen: &Self::Subject, rules: &Rules) -> Vec<Fact>;

    /// Looks at everything that one look decided, and may hold it all back (CMN-36).
    fn guard(judged: &mut [Judged], rules: &Rules) {
        let _ = (judged, rules);
    }

    /// The percentage of the records that a run wrote whose total may differ when they are read back; beyond it the run
    /// writes no more and asks (CMN-36). Nothing: as many as may be.
    fn mismatch_percent(rules: &Rules) -> Option<Decimal> {
        let _ = rules;
        None
    }

    /// A typical subject: feeds the mapping preview, the flow's doc page and its first test.
    fn sample() -> Self::Subject;
}

/// What a flow may read with: two metered, read-only lines and the local facts.
pub struct Reads<'a> {
    /// The Selling Partner API of the scope's region.
    pub amazon: ReadLine<'a>,
    /// Plain downloads from Amazon's document storage: no credentials are sent there.
    pub documents: &'a dyn wire::Exchange,
    /// NetSuite.
    pub netsuite: ReadLine<'a>,
    /// What this computer already knows.
    pub local: &'a dyn Local,
    /// Pages of orders that were just read: each is read once for the flows of both channels.
    pub pages: &'a Pages,
    /// Whether a person named these things or asked to try again: the source is asked for them, whatever is kept of them.
    pub afresh: bool,
    /// The account or marketplace that this run is about.
    pub scope: &'a Scope,
    /// Tells the screen how far the look is; returns `Failure::Cancelled` once the person pressed Cancel.
    pub progress: &'a (dyn Fn(Progress) -> Result<(), Failure> + Send + Sync),
}

/// How far a look has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// What is being done, in the seller's words.
    pub doing: Text,
    /// Things read so far.
    pub read: u64,
    /// Things expected, once known.
    pub total: Option<u64>,
}

/// An Amazon account in one region, and the marketplaces of it that a run covers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// The region: `na`, `eu` or `fe`.
    pub region: String,
    /// The seller's id in it.
    pub seller_id: String,
    /// The marketplaces (their Amazon ids) with this flow switched on.
    pub marketplaces: Vec<String>,
}

impl Scope {
    /// The name under which the account's rows stand in the store: `eu:A1SELLER`.
    pub fn account(&self) -> String {
        format!("{}:{}", self.region, self.seller_id)
    }
}

/// What to look at: a span of time, or things by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// Everything that changed in a span. `from` already has the overlap taken off (CMN-17).
    Span {
        /// The first instant.
        from: DateTime<Utc>,
        /// The instant after the last.
        until: DateTime<Utc>,
        /// Where in the source's pages to go on (Amazon's pagination token), when the span is read in several looks.
        page: Option<String>,
    },
    /// These subjects, however far the cursor has moved: waiting, asking, retried, asked for by a person.
    Keys(Vec<Key>),
}

impl Window {
    /// How far everything is read once this window is finished: things by name move no watermark.
    pub fn read_until(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Span { until, .. } => Some(*until),
            Self::Keys(_) => None,
        }
    }
}

/// What a look brought.
pub enum Look<S> {
    /// Subjects, and where to go on. The cursor moves to `next` in the transaction that stores these decisions.
    Seen {
        /// The things to decide about.
        subjects: Vec<S>,
        /// More of the same window, or nothing.
        next: Option<Window>,
        /// How far the source was read once the window is finished: the new watermark.
        read_until: Option<DateTime<Utc>>,
    },
    /// A report is still being prepared.
    NotYet {
        /// When to ask again.
        again_in: Duration,
        /// Why.
        because: Text,
    },
}

/// A subject's lasting name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(pub String);

/// The writes to make, or what to do instead.
pub type Decision = Result<Vec<Step>, Instead>;

/// No write, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Instead {
    /// Nothing to do, and here is why.
    Skip {
        /// The sentence that the screen shows.
        reason: Text,
    },
    /// Not yet; looked at again by key.
    Wait {
        /// The sentence that the screen shows.
        reason: Text,
    },
    /// A person must choose: all the questions at once.
    Ask {
        /// The questions.
        problems: Vec<Problem>,
    },
    /// Some of it can be written; about the rest a person must choose.
    Partly {
        /// The writes to make now.
        steps: Vec<Step>,
        /// The questions.
        problems: Vec<Problem>,
    },
}

/// The writes of a decision, also of one that asks beside them.
pub fn steps_of(decision: &Decision) -> &[Step] {
    match decision {
        Ok(steps) | Err(Instead::Partly { steps, .. }) => steps,
        Err(Instead::Skip { .. } | Instead::Wait { .. } | Instead::Ask { .. }) => &[],
    }
}

/// The questions of a decision.
pub fn problems_of(decision: &Decision) -> &[Problem] {
    match decision {
        Err(Instead::Ask { problems } | Instead::Partly { problems, .. }) => problems,
        Err(Instead::Skip { .. } | Instead::Wait { .. }) | Ok(_) => &[],
    }
}

/// One write, recorded before it is sent, complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The step's name among all steps, from the source: usually the external id of what it creates.
    pub name: String,
    /// What it does, in the seller's words.
    pub title: Text,
    /// What is written.
    pub write: Write,
    /// Records that must be confirmed first.
    pub needs: Vec<ExternalId>,
    /// What must be true of the record afterwards.
    pub expect: Option<Expect>,
    /// Held until a person approves this group (a settlement's id), or sent at once.
    pub hold: Option<String>,
    /// The Amazon thing that the record will be linked to.
    pub link: Option<LinkTo>,
}

/// Where a write goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", content = "write", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "both live in one journal row")]
pub enum Write {
    /// To NetSuite.
    NetSuite(netsuite::Write),
    /// To Amazon. Accepted is not applied: the flow looks again until Amazon shows it.
    Amazon(amazon::Write),
    /// To this computer's own database, in the transaction that stores the decision.
    Local(LocalWrite),
}

/// What a flow may keep locally.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "keep", rename_all = "snake_case")]
pub enum LocalWrite {
    /// A report document as received, archived by its id (amazon-sp-api.md fact 5).
    ArchiveReport {
        /// Amazon's report id.
        report_id: String,
        /// Amazon's document id.
        document_id: String,
        /// The report type.
        report_type: String,
        /// The file name shown to people.
        file_name: String,
        /// The raw bytes, gzip if it came so: for the archive alone, which the journal does not repeat.
        #[serde(skip)]
        content: Content,
    },
    /// A record that stands in NetSuite already is the one that the step's `link` means (CMN-13): linked, not changed.
    Adopt {
        /// The record's type.
        record: netsuite::RecordType,
        /// NetSuite's internal id.
        id: netsuite::RecordId,
        /// The number that people see.
        number: String,
    },
    /// An order must be looked at by its number in the next look of its channel's flow (quality-bars R1-10).
    LookAtOrder {
        /// Amazon's order number.
        order_id: String,
        /// Who ships it.
        channel: crate::rules::Channel,
    },
    /// An archived settlement report becomes settlement records: header and lines, each exactly once.
    ImportSettlement {
        /// The archive's id: Amazon's report id, or the hash of a file given by hand.
        report_id: String,
    },
    /// Transactions as Amazon tells them now.
    KeepTransactions {
        /// A hash of all that they say.
        digest: String,
        /// The transactions: for their table alone, which the journal does not repeat.
        #[serde(skip)]
        transactions: crate::local_finances::Transactions,
    },
    /// What Amazon has of a marketplace's money now.
    KeepBalance {
        /// The balance.
        balance: amazon::finances::Balance,
    },
    /// From when on everything that Amazon posted was read.
    NoteReach {
        /// The first instant.
        since: DateTime<Utc>,
    },
    /// The three numbers, readiness and state of a settlement are computed anew.
    Summarise {
        /// The settlement.
        settlement_id: String,
        /// The summary as JSON (`crate::settlements::Summary`).
        summary: serde_json::Value,
    },
}

/// A document's bytes on their way into the archive: shared, never copied, never in a journal.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Content(Arc<Vec<u8>>);

impl Content {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Arc::new(bytes))
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} bytes", self.0.len())
    }
}

/// What a finished write must look like when it is read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "expect", rename_all = "snake_case")]
pub enum Expect {
    /// The transaction's total equals this within the tolerance (ORD-08), else `TOTAL_MISMATCH`.
    Total {
        /// The expected total.
        total: Money,
        /// How far it may be off, in the same currency.
        tolerance: Decimal,
    },
}

/// This Amazon thing is that NetSuite record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LinkTo {
    /// What it is on Amazon's side: `order`, `buyer`, `settlement`, `payment`, `refund`, `journal`.
    pub kind: String,
    /// Its Amazon key.
    pub key: String,
}

/// A question for a person. Has a stable code, what was seen, and remedies that are buttons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The stable code of flows.md §1.7, such as `ITEM_NOT_FOUND`.
    pub code: String,
    /// Problems of one cause are one group (CMN-25): `ITEM_NOT_FOUND:LAMP-RED-EU`.
    pub cause: String,
    /// What happened, in one sentence.
    pub what: Text,
    /// Why, in one sentence.
    pub why: Text,
    /// What the problem is about: `("order", "028-…")`, `("sku", "LAMP-RED-EU")`. Never buyer data.
    pub about: Vec<(String, String)>,
    /// Money that waits for the answer.
    pub at_stake: Option<Money>,
    /// The answers that one can press, the best first.
    pub remedies: Vec<Remedy>,
}

/// An answer that a person can press (CMN-26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "remedy", rename_all = "snake_case")]
pub enum Remedy {
    /// Say which NetSuite item a SKU is.
    LinkItem {
        /// The SKU.
        sku: String,
        /// The marketplace, or nothing for all.
        marketplace: Option<String>,
    },
    /// Say which account a kind of settlement line goes to (SET-12).
    MapLine {
        /// transaction-type, amount-type, amount-description.
        triple: [String; 3],
    },
    /// Choose a value for an option.
    SetOption {
        /// The option's key.
        option: String,
        /// The marketplace it is for, or nothing for all.
        marketplace: Option<String>,
    },
    /// Mend the row of a field mapping that could not be applied (CMN-28).
    FixMapping {
        /// The flow whose mapping it is.
        form: String,
        /// `body` or `line`.
        place: String,
        /// NetSuite's field.
        field: String,
        /// Where the row was set: a marketplace's id, an account, or empty for all.
        scope: String,
    },
    /// Look again.
    Retry,
    /// Leave this subject out, with a reason.
    Exclude,
    /// Accept the record that a person made (CMN-13).
    Adopt {
        /// The record.
        record: netsuite::RecordType,
        /// Its id.
        id: netsuite::RecordId,
        /// The number that people see.
        #[serde(default)]
        number: String,
        /// How both sides look now: what changes later is asked about again.
        #[serde(default)]
        state: String,
    },
    /// Let a stand-in item take the place of the SKU on these orders, and on no other (ITM-05).
    UsePlaceholder {
        /// The SKU.
        sku: String,
    },
    /// Write the record's lines again as they were left, over what a person made of them (CMN-37).
    PutBack {
        /// What the record looks like now: a later edit is asked about again.
        state: String,
    },
    /// Make a record of ours again that a person deleted in NetSuite, under the same name (CMN-37).
    MakeAgain {
        /// The step that made it, or linked it.
        step: String,
    },
    /// Take in a marketplace with what the Amazon account itself says of it (CMN-05).
    AddMarketplace {
        /// Amazon's marketplace id.
        marketplace: String,
    },
    /// Accept a settlement's variance as it stands, with a reason (SET-58).
    AcceptVariance {
        /// The settlement.
        settlement: String,
    },
    /// Say which marketplace the rows of a settlement belong to that name none (SET-16).
    PickMarketplace {
        /// The settlement.
        settlement: String,
        /// ISO 4217 code of its currency.
        currency: String,
    },
    /// Wait no more for the settlement that is missing before this one, with a reason (SET-10).
    AcceptGap {
        /// The settlement.
        settlement: String,
    },
    /// Name the line that is missing from a settlement's file, with a reason (SET-09).
    AddBalancingLine {
        /// The settlement.
        settlement: String,
    },
    /// See what Amazon's new file of a settlement says otherwise, and say which of the two counts (SET-61).
    CompareReissue {
        /// The settlement.
        settlement: String,
    },
    /// Open the connection's page.
    Reconnect {
        /// `amazon` or `netsuite`.
        service: String,
    },
}

/// The fact that tells of a word that Amazon has added since, as `programs:AMAZON_ORBIT`: it changes nothing and is told
/// once (flows.md §3.7).
pub const UNKNOWN_WORD: &str = "unknown_word";

/// One fact about a subject that lists and searches use: `("total", "29.90 EUR")` in a typed form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The fact's name: `marketplace`, `date`, `total`, `channel`, `status`, `document`, `items`, `state`.
    pub name: String,
    /// Its value.
    pub value: domain::text::Arg,
}

/// A flow's description of itself.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Card {
    /// Never changes once released: `mfn-orders`.
    pub id: &'static str,
    /// The message id of its title.
    pub title: &'static str,
    /// The message id of the one sentence that the seller would sign.
    pub promise: &'static str,
    /// The direction.
    pub route: Route,
    /// The group it is shown in.
    pub group: Group,
    /// Default cadence in minutes (flows.md §1.9).
    pub every_minutes: u32,
    /// Roles and permissions it needs, as Amazon and NetSuite name them.
    pub needs: &'static [&'static str],
    /// Flows whose results it uses, by id: they run before it in a chain (CMN-19).
    pub after: &'static [&'static str],
    /// The options it reads, by key.
    pub options: &'static [&'static str],
}

/// Which way facts travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Route {
    AmazonToNetSuite,
    NetSuiteToAmazon,
    WithinNetSuite,
}

/// The groups of the Flows screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Group {
    Orders,
    Products,
    Stock,
    Billing,
    Settlements,
}

/// "Nothing to do, and here is why."
pub fn skip(reason: Text) -> Decision {
    Err(Instead::Skip { reason })
}

/// "Not yet, look again later."
pub fn wait(reason: Text) -> Decision {
    Err(Instead::Wait { reason })
}

/// "A person must choose."
pub fn ask(problems: Vec<Problem>) -> Decision {
    Err(Instead::Ask { problems })
}

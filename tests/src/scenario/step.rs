//! The words that stories are told in.

use serde::Deserialize;
use simulator::Fault;

use super::{Told, happens, shown};

/// One thing that happens, or that must be so.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Step {
    /// All flows run, or some of them.
    Sync(Vec<String>),
    /// A flow looks at one subject by its number.
    Look(String, String),
    /// Time passes, in minutes.
    Wait(i64),
    /// From now on the schedules run by themselves.
    Schedules,
    /// The computer sleeps for so many minutes, and wakes.
    Asleep(i64),
    /// The computer's own clock jumps by so many minutes; the services' clocks stay right.
    ComputerClock(i64),
    /// The computer loses power after so many milliseconds of a sync, and starts again.
    LosePower(u64),
    /// A person makes a copy of the workspace.
    BackUp,
    /// A person puts the copy back, and the program starts with what it knew then.
    Restore,
    /// The next exchange whose method and address contain the text goes wrong: fault and text.
    GoesWrong(Fault, String),
    /// A buyer, Amazon or somebody in NetSuite does something: a control request of the simulator and its body. `$id` is
    /// the id that was kept last, `$invoice` and `$customerPayment` NetSuite's newest of them.
    Tell(String, toml::Value),
    /// Amazon issues a settlement: its id, marketplace, days and rows as the simulator's control takes them. A
    /// row that begins with `600 ×` stands so many times, and `$n` in it counts them.
    Settle(toml::Table),
    /// The id of NetSuite's newest record of a kind is kept.
    Find(String),
    /// A person says which item a SKU is: SKU and NetSuite's item name.
    LinkItem(String, String),
    /// A person says which item a SKU is and how many units of it one holds.
    LinkPack(String, String, u32),
    /// A person gives a kind of line an account: transaction-type, amount-type, amount-description, account role.
    MapLine(String, String, String, String),
    /// A person sets an option for the whole company.
    Choose(String, String),
    /// A person sets an option for one marketplace: option, its two letters, value or the role of an account.
    ChooseIn(String, String, String),
    /// A person turns a flow off, or on again, in one marketplace: flow, its two letters, `off` or `on`.
    Switch(String, String, String),
    /// A person fills a row of a lookup table: table, what is looked up, what it becomes (a role of the company's books).
    Row(String, String, String),
    /// A person saves a field mapping for the whole company: the kind of record, and its rows as the editor has them. What
    /// a row does not say is as in a new one: it counts always, and leaves an empty field to what counts otherwise.
    Map(String, Vec<toml::Table>),
    /// A person presses *Approve and post*.
    Approve(String),
    /// A person enters what the bank has of a settlement's transfer: settlement, day, amount, currency, the bank's fee.
    InTheBank(String, String, String, String, String),
    /// A person gives a bank's file: its text, and what is found of each transfer that is looked for.
    BankFile(String, Vec<String>),
    /// A person gives a bank's file and accepts all that is proposed.
    AcceptFound(String),
    /// A person takes such an entry back.
    TakeReceiptBack(String),
    /// A person closes a settlement, with a reason.
    Close(String, String),
    /// A person undoes a posting.
    Undo(String),
    /// A person names the line that a file lacks: settlement, category, reason.
    BalanceFile(String, String, String),
    /// A person waits no more for the settlement that is missing before one, with a reason.
    AcceptGap(String, String),
    /// What a settlement's file lacks, and what is most likely missing.
    Lacks(String, String, String),
    /// What does not fit the settlement before one: its kind, with the amount if there is one.
    Chain(String, Vec<String>),
    /// Lines whose sign is unusual, each as `subscription 1 39.99`.
    Unusual(String, Vec<String>),
    /// A person says which marketplace nameless rows of a settlement belong to: settlement, two letters.
    PickMarketplace(String, String),
    /// A person leaves one order of a settlement out: settlement, order, reason.
    LeaveOut(String, String, String),
    /// A person accepts the difference of a settlement, with a reason.
    AcceptVariance(String, String),
    /// What a person asks for is refused: command, settlement, the message's id.
    Refused(String, String, String),
    /// A person takes Amazon's new file of a settlement.
    AcceptReissue(String),
    /// A person keeps what is posted of a settlement, with a reason.
    KeepPosted(String, String),
    /// What Amazon's new file of a settlement says otherwise, each as `changed 20 30 Order · ItemPrice · Principal`.
    Reissue(String, Vec<String>),
    /// A person retries a cause.
    Retry(String),
    /// A person takes the record that was entered by hand for the order's own.
    Adopt(String),
    /// A person has ours put back over what was edited in NetSuite.
    PutBack(String),
    /// A person has a record of ours made again that was deleted in NetSuite: the cause, which ends in its name.
    MakeAgain(String),
    /// A person leaves a cause out, with a reason.
    Exclude(String, String),
    /// A person decides about a row of a settlement: command, settlement, the row's order or name, the rest of the
    /// request. `@role` in it is an account of the company's books, `$invoice` NetSuite's newest of them.
    Decide(String, String, String, toml::Table),
    /// The same is refused with this sentence.
    Refuses(String, String, String, toml::Table, String),
    /// NetSuite's record of an order has the total that Amazon's book has.
    Agrees(String),
    /// A subject stands in a state: flow, key, state.
    Stands(String, String, String),
    /// What NetSuite's record of an order says: order, JSON pointer, text.
    Says(String, String, String),
    /// What the customer of NetSuite's record of an order says: order, JSON pointer, text.
    CustomerSays(String, String, String),
    /// What NetSuite's newest fulfilment of an order says: order, JSON pointer, text.
    FulfilmentSays(String, String, String),
    /// The lines of NetSuite's record of an order, each as `2 × LAMP-RED = 42`.
    Lines(String, Vec<String>),
    /// The records of an order, each as `invoice 42 of 2026-11-16, open 42`.
    Records(String, Vec<String>),
    /// The bills of an order, each as `invoice 42`.
    Bills(String, Vec<String>),
    /// What the order's newest bill says: order, JSON pointer, text.
    BillSays(String, String, String),
    /// Where Amazon has an order: order, status.
    AtAmazon(String, String),
    /// The parcels that Amazon shows of an order, each as `2 × tracking number`.
    Parcels(String, Vec<String>),
    /// Who carries the parcels that Amazon shows of an order, in the same order, each as `DHL by DHL Paket`.
    CarriedBy(String, Vec<String>),
    /// A cause is open with so many records; 0: it is not.
    Problem(String, u64),
    /// A cause that asks nothing was told so many times.
    Notice(String, usize),
    /// These causes, and no others, wait for a person.
    Asked(Vec<String>),
    /// So many orders of a flow are in a state.
    Orders(String, String, u64),
    /// The orders of the list *late*, soonest first.
    Late(Vec<String>),
    /// A settlement stands at a stage with a difference.
    Settlement(String, String, String),
    /// What *Money on the way* shows of a marketplace: its two letters, each part as `deferred 12.5`,
    /// `DD7 12.5 of 1 until 2026-12-03`, `late 111-… 12.5 by 3`, `bills held 1 20`.
    Money(String, Vec<String>),
    /// A month-end entry: its state, its lines as `debit Amazon Referral Fees 2.7`, what has changed since as `drift …`;
    /// nothing where there is none.
    Accrual(String, Vec<String>),
    /// A person posts a month-end entry.
    PostAccrual(String),
    /// What Finances says of a settlement: total, difference to what the settlement pays.
    Witness(String, String, String),
    /// Whether a settlement can be approved now.
    CanApprove(String, bool),
    /// Where the rows of an order stand in a settlement: settlement, order, each as `Order 20 applied`, with the
    /// problem's code if there is one.
    Rows(String, String, Vec<String>),
    /// The named parts of a settlement's difference, each as `waiting_order 100 111-…`.
    Unexplained(String, Vec<String>),
    /// The lines of a settlement's journals in NetSuite, each as `2026-10-31 debit Bank USD 25.41`, in any order. A
    /// revision is named with its settlement: `90001-R2`.
    Journal(String, Vec<String>),
    /// What a settlement leaves on the clearing account.
    Cleared(String, String),
    /// What an account holds by all that was posted: the role that it plays, amount.
    Balance(String, String),
    /// What the buyer of an order paid, each as `18 of 2026-10-16`.
    Payments(String, Vec<String>),
    /// What the buyer of an order got back, each as `creditMemo 30 of 2026-10-16, open 0`.
    Refunds(String, Vec<String>),
    /// The lines of what the buyer of an order got back, each as `1 × Amazon Refund Amount = 7.5`.
    RefundLines(String, Vec<String>),
    /// What a record of ours says: external id, JSON pointer, text.
    RecordSays(String, String, String),
    /// Which record of ours a field of another one names: external id, field, the other's external id; nothing where it is
    /// empty.
    LinkedTo(String, String, String),
    /// There is no record by that external id.
    NoRecord(String),
    /// An order stands in NetSuite so many times.
    InNetsuite(String, usize),
    /// So many records of a kind were made by us.
    Made(String, usize),
    /// Nothing was written since the last sync began.
    WroteNothing,
    /// Writes since the last sync began are at least so many.
    WroteAtLeast(usize),
    /// A flow ran so many times in one account since the last sync, or since the computer woke.
    Ran(String, usize),
}

impl Step {
    /// Lets it happen, or sees whether it is so.
    pub(crate) async fn take(&self, told: &mut Told) -> anyhow::Result<()> {
        if let Some(happened) = happens::step(self, told).await {
            return happened;
        }
        shown::step(self, told)
    }
}

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
    /// The next exchange whose method and address contain the text goes wrong: fault and text.
    GoesWrong(Fault, String),
    /// A buyer, Amazon or somebody in NetSuite does something: a control request of the simulator and its body. `$id` is
    /// the id that was kept last.
    Tell(String, toml::Value),
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
    /// A person fills a row of a lookup table: table, what is looked up, what it becomes (a role of the company's books).
    Row(String, String, String),
    /// A person saves a field mapping for the whole company: the kind of record, and its rows as the editor has them. What
    /// a row does not say is as in a new one: it counts always, and leaves an empty field to what counts otherwise.
    Map(String, Vec<toml::Table>),
    /// A person presses *Approve and post*.
    Approve(String),
    /// A person undoes a posting.
    Undo(String),
    /// A person retries a cause.
    Retry(String),
    /// A person takes the record that was entered by hand for the order's own.
    Adopt(String),
    /// A person has ours put back over what was edited in NetSuite.
    PutBack(String),
    /// A person leaves a cause out, with a reason.
    Exclude(String, String),
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

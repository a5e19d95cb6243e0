//! The contract with the screen: every question and command a shell may ask, named once.
//!
//! Both hosts (the desktop shell and the loopback web host) serve [`COMMANDS`]; the TypeScript types are generated from
//! these Rust types by [`typescript`] and committed, and a test fails when they are stale.
//! Amounts cross as exact decimal text beside their currency; the screen formats and never computes them.

mod flows;
mod home;
mod orders;
mod problems;
mod settings;
mod settlements;
mod shared;
mod typescript;

pub use flows::*;
pub use home::*;
pub use orders::*;
pub use problems::*;
pub use settings::*;
pub use settlements::*;
pub use shared::*;
pub use typescript::typescript;

/// One command: its name, and the TypeScript names of its request and answer.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// The name on the wire.
    pub name: &'static str,
    /// The request's type.
    pub request: &'static str,
    /// The answer's type.
    pub answer: &'static str,
}

/// Every command there is. `App::call` answers exactly these.
pub const COMMANDS: &[Command] = &[
    command("status", "Nothing", "Status"),
    command("home", "InScope", "Home"),
    command("flows", "InScope", "FlowsView"),
    command("start_run", "StartRun", "Started"),
    command("cancel_run", "ById", "Done"),
    command("runs", "RunsRequest", "RunsPage"),
    command("run", "ById", "RunView"),
    command("orders", "OrdersRequest", "OrdersPage"),
    command("order", "ById", "OrderView"),
    command("problem_groups", "ProblemsRequest", "ProblemGroups"),
    command("problem_group", "ByCause", "ProblemGroupView"),
    command("retry", "Retry", "Started"),
    command("exclude", "Exclude", "Done"),
    command("link_item", "LinkItem", "Done"),
    command("map_line", "MapLine", "Done"),
    command("adopt", "Adopt", "Done"),
    command("set_option", "SetOption", "Done"),
    command("choices", "ChoicesRequest", "Choices"),
    command("settlements", "SettlementsRequest", "SettlementsPage"),
    command("settlement", "ById", "SettlementView"),
    command("settlement_lines", "SettlementLinesRequest", "SettlementLinesPage"),
    command("approve_settlement", "ById", "Started"),
    command("undo_preview", "ById", "UndoPreview"),
    command("undo_settlement", "ById", "Started"),
    command("import_settlement", "ImportSettlement", "Imported"),
    command("settings", "Nothing", "Settings"),
    command("set_setting", "SetSetting", "Settings"),
    command("reset_demo", "Nothing", "Done"),
];

const fn command(name: &'static str, request: &'static str, answer: &'static str) -> Command {
    Command { name, request, answer }
}

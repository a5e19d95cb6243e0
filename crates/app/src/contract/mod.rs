//! The contract with the screen: every question and command a shell may ask, named once.
//!
//! Both hosts (the desktop shell and the loopback web host) serve [`COMMANDS`]; the TypeScript types are generated from
//! these Rust types by [`typescript`] and committed, and a test fails when they are stale.
//! Amounts cross as exact decimal text beside their currency; the screen formats and never computes them.

mod bank_files;
mod checks;
mod codes;
mod flows;
mod help;
mod home;
mod mappings;
mod money;
mod orders;
mod problems;
mod schedules;
mod set_aside;
mod settings;
mod settlement_acts;
mod settlement_bank;
mod settlement_choices;
mod settlement_files;
mod settlement_history;
mod settlement_lines;
mod settlement_proofs;
mod settlement_reissue;
mod settlements;
mod shared;
mod tables;
mod typescript;

pub use bank_files::*;
pub use checks::*;
pub use codes::*;
pub use flows::*;
pub use help::*;
pub use home::*;
pub use mappings::*;
pub use money::*;
pub use orders::*;
pub use problems::*;
pub use schedules::*;
pub use set_aside::*;
pub use settings::*;
pub use settlement_acts::*;
pub use settlement_bank::*;
pub use settlement_choices::*;
pub use settlement_files::*;
pub use settlement_history::*;
pub use settlement_lines::*;
pub use settlement_proofs::*;
pub use settlement_reissue::*;
pub use settlements::*;
pub use shared::*;
pub use tables::*;
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
    command("flow_days", "FlowDaysRequest", "FlowDays"),
    command("start_run", "StartRun", "Started"),
    command("cancel_run", "ById", "Done"),
    command("runs", "RunsRequest", "RunsPage"),
    command("run", "ById", "RunView"),
    command("orders", "OrdersRequest", "OrdersPage"),
    command("order", "ById", "OrderView"),
    command("resend_shipment", "ResendShipment", "Done"),
    command("bill_order", "ById", "Done"),
    command("handled_elsewhere", "HandledElsewhere", "Done"),
    command("take_order_back", "ById", "Done"),
    command("problem_groups", "ProblemsRequest", "ProblemGroups"),
    command("problem_group", "ByCause", "ProblemGroupView"),
    command("problem", "ById", "ProblemView"),
    command("retry", "Retry", "Started"),
    command("exclude", "Exclude", "LeftOut"),
    command("undo_exclude", "ById", "Done"),
    command("include", "ByCause", "Done"),
    command("snooze", "Snooze", "Done"),
    command("wake", "ByCause", "Done"),
    command("use_placeholder", "UsePlaceholder", "Done"),
    command("link_item", "LinkItem", "Done"),
    command("map_line", "MapLine", "Done"),
    command("adopt", "Adopt", "Done"),
    command("put_back", "PutBack", "Done"),
    command("make_again", "MakeAgain", "Done"),
    command("add_marketplace", "AddMarketplace", "Done"),
    command("set_option", "SetOption", "Done"),
    command("edit_and_retry", "EditAndRetry", "Done"),
    command("note_cause", "NoteCause", "Done"),
    command("reveal_buyer", "ById", "BuyerView"),
    command("export_list", "ExportList", "ExportedList"),
    command("choices", "ChoicesRequest", "Choices"),
    command("settlements", "SettlementsRequest", "SettlementsPage"),
    command("settlement", "ById", "SettlementView"),
    command("settlement_lines", "SettlementLinesRequest", "SettlementLinesPage"),
    command("settlement_group", "SettlementGroupRequest", "SettlementGroup"),
    command("settlement_history", "SettlementHistoryRequest", "SettlementHistory"),
    command("evidence", "EvidenceRequest", "ExportedList"),
    command("checks", "ChecksRequest", "ChecksView"),
    command("mark_check", "MarkCheck", "Done"),
    command("approve_settlement", "ById", "Started"),
    command("undo_preview", "ById", "UndoPreview"),
    command("undo_settlement", "ById", "Started"),
    command("accept_variance", "AcceptVariance", "Done"),
    command("withdraw_variance", "ById", "Done"),
    command("pick_marketplace", "PickMarketplace", "Done"),
    command("add_balancing_line", "AddBalancingLine", "Done"),
    command("withdraw_balancing_line", "ById", "Done"),
    command("accept_gap", "AcceptGap", "Done"),
    command("settlement_reissue", "ById", "ReissueDifference"),
    command("reissue_preview", "ById", "UndoPreview"),
    command("accept_reissue", "ById", "Done"),
    command("keep_posted", "KeepPosted", "Done"),
    command("close_settlement", "CloseSettlement", "Done"),
    command("reopen_settlement", "ById", "Done"),
    command("exclude_group", "ExcludeGroup", "LeftOut"),
    command("enter_receipt", "EnterReceipt", "Done"),
    command("take_receipt_back", "ById", "Done"),
    command("read_bank_file", "ReadBankFile", "BankFile"),
    command("money", "InScope", "MoneyView"),
    command("post_accrual", "ById", "Started"),
    command("note_row", "NoteRow", "RowDone"),
    command("put_row_off", "PutRowOff", "RowDone"),
    command("accept_row", "OneRow", "RowDone"),
    command("accept_exact", "ById", "RowDone"),
    command("undo_row_act", "UndoRowAct", "Done"),
    command("write_off_terms", "OneRow", "WriteOffTerms"),
    command("write_off_row", "WriteOffRow", "RowDone"),
    command("find_documents", "FindDocuments", "FoundDocuments"),
    command("row_remainder", "RemainderRequest", "Remainder"),
    command("link_documents", "LinkDocuments", "RowDone"),
    command("split_row", "SplitRow", "RowDone"),
    command("create_for_row", "CreateForRow", "RowDone"),
    command("clear_row", "ClearRow", "RowDone"),
    command("answer_rule", "AnswerRule", "Done"),
    command("upload", "UploadPiece", "Uploading"),
    command("import_settlement", "ImportSettlement", "Imported"),
    command("settings", "Nothing", "Settings"),
    command("set_setting", "SetSetting", "Settings"),
    command("pause", "Pause", "Done"),
    command("schedules", "Nothing", "SchedulesView"),
    command("set_schedule", "SetSchedule", "SchedulesView"),
    command("set_flow_on", "SetFlowOn", "SchedulesView"),
    command("set_zone", "SetZone", "SchedulesView"),
    command("set_quiet_hours", "SetQuietHours", "SchedulesView"),
    command("try_schedule", "TryRhythm", "RhythmMeans"),
    command("mapping", "MappingRequest", "MappingView"),
    command("try_mapping", "MappingDraft", "MappingTrial"),
    command("test_mapping", "MappingDraft", "MappingTest"),
    command("save_mapping", "SaveMapping", "Done"),
    command("restore_mapping", "RestoreMapping", "Done"),
    command("flow_options", "OptionsRequest", "FlowOptions"),
    command("set_flow_option", "SetFlowOption", "Done"),
    command("clone_profile", "CloneProfile", "ClonedProfile"),
    command("lookup_tables", "Nothing", "TablesView"),
    command("set_table_row", "SetTableRow", "TablesView"),
    command("help", "Nothing", "Help"),
    command("reset_demo", "Nothing", "Done"),
];

const fn command(name: &'static str, request: &'static str, answer: &'static str) -> Command {
    Command { name, request, answer }
}

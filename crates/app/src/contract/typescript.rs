//! The TypeScript side of the contract, generated.

use std::fmt::Write as _;

use ts_rs::{Config, TS};

#[allow(clippy::wildcard_imports, reason = "every type of the contract is exported here")]
use super::*;

/// The whole of `ui/src/lib/api/generated/contract.ts`.
pub fn typescript() -> String {
    let mut text = String::from("// Generated from crates/app/src/contract by `cargo xtask generate`. Do not edit.\n");
    macro_rules! export {
        ($($name:ty),+ $(,)?) => {
            let config = Config::default();
            $( let _ = write!(text, "\nexport {}\n", <$name as TS>::decl(&config)); )+
        };
    }
    export!(
        Amount,
        Words,
        Value,
        State,
        Document,
        Nothing,
        ById,
        InScope,
        Done,
        Started,
        Refusal,
        Marketplace,
        Event,
        Status,
        StatusState,
        Running,
        Home,
        Todo,
        LastSettlement,
        Sales,
        Health,
        HealthCell,
        FlowsView,
        FlowCard,
        StartRun,
        RunsRequest,
        RunsPage,
        RunRow,
        Counts,
        RunView,
        Phase,
        RunRecord,
        OrdersRequest,
        OrdersPage,
        ViewCount,
        OrderRow,
        OrderView,
        OrderLine,
        TimelineStep,
        SentBody,
        ProblemsRequest,
        ByCause,
        ProblemGroups,
        TabCount,
        ProblemGroup,
        RemedyView,
        ProblemGroupView,
        ProblemRow,
        Retry,
        Exclude,
        Adopt,
        LinkItem,
        MapLine,
        ChoicesRequest,
        Choices,
        Choice,
        SettlementsRequest,
        SettlementsPage,
        SettlementRow,
        Bar,
        SettlementView,
        FileProof,
        SettlementTab,
        Unexplained,
        JournalView,
        JournalLineView,
        Check,
        WillWrite,
        PostingStep,
        SettlementLinesRequest,
        SettlementLinesPage,
        MatchRow,
        UndoPreview,
        ImportSettlement,
        Imported,
        Settings,
        SetSetting,
        SetOption,
    );
    text.push_str("\nexport interface Commands {\n");
    for command in COMMANDS {
        let _ = writeln!(
            text,
            "  {}: {{ request: {}; answer: {} }};",
            command.name, command.request, command.answer
        );
    }
    text.push_str("}\n");
    text
}

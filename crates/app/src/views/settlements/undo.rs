//! What an undo will do, in words with counts, before it is done (SET-59).

use domain::Text;
use engine::{Does, Left, UndoPlan, UndoStep, Why};

use crate::application::Inner;
use crate::contract::{Refusal, UndoPreview, Words};

/// Record types in the order in which an undo goes through them.
const RECORDS: [&str; 8] = [
    "journalEntry",
    "customerRefund",
    "cashRefund",
    "creditMemo",
    "customerPayment",
    "invoice",
    "vendorPayment",
    "vendorBill",
];
/// Documents that a sentence names; of more it tells only how many.
const NAMED: usize = 5;

/// The question with its consequences.
pub(crate) async fn undo_preview(app: &Inner, settlement: &str) -> Result<UndoPreview, Refusal> {
    let plan = app.engine.undo_preview(settlement).await?;
    Ok(UndoPreview {
        title: Text::new("undo-question").with("settlement", settlement).into(),
        will: will(&plan),
        cannot: cannot(&plan),
        can: plan.blocked().is_empty(),
    })
}

pub(super) fn will(plan: &UndoPlan) -> Vec<Words> {
    let mut will = Vec::new();
    for does in [Does::Reverse, Does::Delete] {
        for record in RECORDS {
            let count = plan
                .steps
                .iter()
                .filter(|step| step.does == does && step.record == record)
                .count();
            if count > 0 {
                will.push(Text::new(does_what(does, record)).with("count", count).into());
            }
        }
    }
    if plan.withdrawn > 0 {
        will.push(Text::new("undo-will-not-send").with("count", plan.withdrawn).into());
    }
    if will.is_empty() {
        will.push(Text::new("undo-will-nothing").into());
    }
    will
}

fn does_what(does: Does, record: &str) -> &'static str {
    match (does, record) {
        (Does::Reverse, _) => "undo-will-reverse-journals",
        (Does::Delete, "journalEntry") => "undo-will-delete-journals",
        (Does::Delete, "customerRefund") => "undo-will-delete-refunds",
        (Does::Delete, "cashRefund") => "undo-will-delete-cash-refunds",
        (Does::Delete, "creditMemo") => "undo-will-delete-credit-memos",
        (Does::Delete, "invoice") => "undo-will-delete-invoices",
        (Does::Delete, "vendorPayment") => "undo-will-delete-fee-payments",
        (Does::Delete, "vendorBill") => "undo-will-delete-fee-bills",
        (Does::Delete, _) => "undo-will-delete-payments",
    }
}

pub(super) fn cannot(plan: &UndoPlan) -> Vec<Words> {
    let mut cannot = closed(&plan.steps);
    for (why, id) in [
        (Why::Edited, "undo-left-edited"),
        (Why::Gone, "undo-left-gone"),
        (Why::Adopted, "undo-left-adopted"),
    ] {
        let left: Vec<&Left> = plan.left.iter().filter(|one| one.why == why).collect();
        if !left.is_empty() {
            let names: Vec<&str> = left.iter().take(NAMED).map(|one| one.document.as_str()).collect();
            let more = if left.len() > NAMED { " …" } else { "" };
            let text = Text::new(id).with("count", left.len());
            cannot.push(text.with("documents", format!("{}{more}", names.join(", "))).into());
        }
    }
    cannot
}

/// One sentence for each closed period: its reversals are dated later, and NetSuite deletes nothing in it.
fn closed(steps: &[UndoStep]) -> Vec<Words> {
    let mut told: Vec<(String, bool)> = Vec::new();
    let mut words = Vec::new();
    for step in steps {
        let Some(moved) = &step.moved else { continue };
        let key = (moved.period.clone(), step.does == Does::Reverse);
        if told.contains(&key) {
            continue;
        }
        let text = match moved.to {
            Some(day) => Text::new("undo-period-closed-moved").with("day", day),
            None => Text::new("undo-period-closed-refused"),
        };
        words.push(text.with("period", moved.period.as_str()).into());
        told.push(key);
    }
    words
}

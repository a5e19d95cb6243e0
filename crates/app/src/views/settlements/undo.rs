//! What an undo will do, in words, before it is done (SET-59).

use domain::Text;

use crate::application::Inner;
use crate::contract::{Refusal, UndoPreview, Words};

/// The question with its consequences.
pub(crate) fn undo_preview(app: &Inner, settlement: &str) -> Result<UndoPreview, Refusal> {
    let plan = app.engine.undo_preview(settlement)?;
    let words = |steps: Vec<engine::UndoStep>| steps.into_iter().map(|step| Words::from(step.title)).collect();
    Ok(UndoPreview {
        title: Text::new("undo-question").with("settlement", settlement).into(),
        will: words(plan.steps),
        cannot: words(plan.left),
    })
}

//! What a person decides about single rows of a settlement (ux.md §5.8): each act says what it did and can be taken back;
//! one that changes what is posted is followed by a new look at the settlement.

mod documents;
mod missing;
mod money;
mod rules;

pub(crate) use documents::{find, link};
pub(crate) use missing::create;
pub(crate) use money::{remainder, split, terms, write_off};
pub(crate) use rules::answer;

use domain::Text;
use engine::{NotChosen, RowChosen};
use flows::settlements::Row;
use serde::Deserialize;
use serde_json::{Value, json};
use store::row_choices::{DOCUMENTS, LATER, NOTE, SPLIT, STANDALONE, WRITTEN_OFF};
use store::settlement_rows;

use crate::application::Inner;
use crate::commands::done;
use crate::contract::{ClearRow, Done, NoteRow, OneRow, PutRowOff, Refusal, RowDone, UndoRowAct};
use crate::remedies::YOU;
use crate::settlements::look_again;

/// The longest note.
const NOTE_LENGTH: usize = 500;

/// Keeps a person's words about a row; none take the note away.
pub(crate) fn note(app: &Inner, asked: &NoteRow) -> Result<RowDone, Refusal> {
    let text = asked.text.trim();
    if text.chars().count() > NOTE_LENGTH {
        let said = Text::new("error-note-too-long").with("most", NOTE_LENGTH);
        return Err(Refusal::new("bad_request", said).about("text", "too long"));
    }
    let (value, said) = if text.is_empty() {
        (Value::Null, "said-row-note-gone")
    } else {
        (json!({ "text": text }), "said-row-noted")
    };
    choose(app, (&asked.settlement, &asked.group), NOTE, &value, Text::new(said))
}

/// Puts a row out of the way, or takes it up again.
pub(crate) fn put_off(app: &Inner, asked: &PutRowOff) -> Result<RowDone, Refusal> {
    let (value, said) = if asked.later {
        (json!({}), "said-row-later")
    } else {
        (Value::Null, "said-row-taken-up")
    };
    choose(app, (&asked.settlement, &asked.group), LATER, &value, Text::new(said))
}

/// Accepts a row's match as it stands, or the invoice that was suggested for it.
pub(crate) fn accept(app: &Inner, asked: &OneRow) -> Result<RowDone, Refusal> {
    if let Some(suggested) = row(app, &asked.settlement, &asked.group)?.suggestion {
        return documents::suggested(app, asked, &suggested);
    }
    let accepted = app.engine.accept_row((&asked.settlement, &asked.group), YOU)?;
    let chosen = accepted.map_err(|why| refused(why, &asked.group, "error-row-not-matched"))?;
    Ok(taken(app, &asked.settlement, chosen, Text::new("said-row-accepted")))
}

/// Accepts everything that matches exactly.
pub(crate) fn accept_exact(app: &Inner, id: &str) -> Result<RowDone, Refusal> {
    let accepted = app.engine.accept_exact(id, YOU)?;
    let chosen = accepted.map_err(|why| refused(why, id, "error-nothing-to-accept"))?;
    let said = Text::new("said-exact-accepted").with("count", chosen.count);
    Ok(taken(app, id, chosen, said))
}

/// Takes the last act about a settlement's rows back, or the named one.
pub(crate) fn undo(app: &Inner, asked: &UndoRowAct) -> Result<Done, Refusal> {
    let undone = app.engine.undo_row_act(&asked.settlement, asked.act.as_deref(), YOU)?;
    let chosen = undone.map_err(|why| refused(why, &asked.settlement, "error-nothing-to-take-back"))?;
    if chosen.replans {
        look_again(app, &asked.settlement);
    }
    Ok(done(Text::new("said-row-act-undone").with("count", chosen.count)))
}

/// Takes a choice that changes a row's posting away.
pub(crate) fn clear(app: &Inner, asked: &ClearRow) -> Result<RowDone, Refusal> {
    let words = [DOCUMENTS, SPLIT, WRITTEN_OFF, STANDALONE];
    let word = words
        .into_iter()
        .find(|word| *word == asked.choice)
        .ok_or_else(|| Refusal::bad_request("choice", &asked.choice))?;
    let said = Text::new("said-row-cleared");
    choose(app, (&asked.settlement, &asked.group), word, &Value::Null, said)
}

/// Takes a choice about one row, in its own shape.
fn choose(app: &Inner, place: (&str, &str), word: &str, value: &Value, said: Text) -> Result<RowDone, Refusal> {
    let chosen = app.engine.choose_for_row(place, word, value, YOU)?;
    let chosen = chosen.map_err(|why| refused(why, place.1, "error-nothing-to-take-back"))?;
    Ok(taken(app, place.0, chosen, said))
}

/// A choice was taken: what follows from it, and what is said.
fn taken(app: &Inner, settlement: &str, chosen: RowChosen, said: Text) -> RowDone {
    if chosen.replans {
        look_again(app, settlement);
    }
    RowDone {
        said: said.into(),
        act: Some(chosen.act),
        offer: None,
    }
}

fn refused(why: NotChosen, what: &str, nothing: &str) -> Refusal {
    match why {
        NotChosen::Unknown => Refusal::not_found(what),
        NotChosen::TooLate => Refusal::new("not_ready", Text::new("error-settlement-too-late")),
        NotChosen::Nothing => Refusal::new("not_ready", Text::new(nothing)),
    }
}

/// A row as the flow kept it.
fn row(app: &Inner, settlement: &str, group: &str) -> Result<Row, Refusal> {
    let kept = app
        .engine
        .store()
        .read(|db| settlement_rows::named(db, settlement, group))?;
    kept.and_then(|row| Row::deserialize(row).ok())
        .ok_or_else(|| Refusal::not_found(group))
}

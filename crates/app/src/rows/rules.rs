//! A choice that was made three times alike is offered as a rule, which is the vocabulary's own: this kind of line goes to
//! that account. What was declined is not offered again.

use domain::Text;
use flows::settlements::Row;
use serde_json::{Value, json};
use store::{audit, fee_accounts, row_choices, settings};

use crate::application::Inner;
use crate::commands::done;
use crate::contract::{AnswerRule, Done, MapLine, Refusal, RuleOffer};
use crate::remedies::{YOU, map_line, mappable};

/// So many choices alike are a habit.
const HABIT: u64 = 3;
/// The setting that holds the rules that were declined: kinds of lines, each with its account.
const DECLINED: &str = "rules.declined";

/// The rule that would have saved this choice, if it was made often enough: the whole row on one account, and all of its
/// lines of one kind.
pub(super) fn offer(
    app: &Inner,
    row: &Row,
    kind: Option<&[String; 3]>,
    parts: &[Value],
) -> Result<Option<RuleOffer>, Refusal> {
    let (Some(triple), [only]) = (kind, parts) else {
        return Ok(None);
    };
    let account = only["account"].as_str().unwrap_or_default().to_owned();
    let (times, is_declined, is_rule) = app.engine.store().read(|db| {
        let declined = settings::get(db, DECLINED)?.unwrap_or_default();
        let declined = declined.as_array().cloned().unwrap_or_default();
        let is_rule = fee_accounts::all(db)?.iter().any(|one| {
            let of = [&one.transaction_type, &one.amount_type, &one.amount_description];
            of.iter().zip(triple).all(|(of, part)| *of == part) && one.account_id.as_ref() == Some(&account)
        });
        let times = row_choices::put_on(db, triple, &account)?;
        Ok((times, declined.contains(&named(triple, &account)), is_rule))
    })?;
    if times < HABIT || is_declined || is_rule {
        return Ok(None);
    }
    Ok(Some(RuleOffer {
        triple: triple.clone(),
        name: row.title.clone(),
        account_name: only["name"].as_str().unwrap_or_default().to_owned(),
        account,
        category: row.categories.first().cloned().unwrap_or_default(),
        times: u32::try_from(times).unwrap_or(u32::MAX),
    }))
}

/// Makes the rule, or never offers it again.
pub(crate) fn answer(app: &Inner, asked: &AnswerRule) -> Result<Done, Refusal> {
    let rule = &asked.offer;
    if asked.always {
        let category = Some(rule.category.clone()).filter(|key| mappable().any(|one| one.key() == key));
        let line = MapLine {
            triple: rule.triple.clone(),
            account: rule.account.clone(),
            category,
            marketplace: None,
            cause: None,
        };
        return map_line(app, &line);
    }
    let now = app.clock.now();
    app.engine.store().write(|db| {
        let declined = settings::get(db, DECLINED)?.unwrap_or_default();
        let mut declined = declined.as_array().cloned().unwrap_or_default();
        declined.push(named(&rule.triple, &rule.account));
        settings::set(db, DECLINED, &json!(declined))?;
        audit::add(
            db,
            now,
            YOU,
            "decline-rule",
            &rule.name,
            &named(&rule.triple, &rule.account),
        )
    })?;
    Ok(done(Text::new("said-rule-declined")))
}

fn named(triple: &[String; 3], account: &str) -> Value {
    json!({"triple": triple, "account": account})
}

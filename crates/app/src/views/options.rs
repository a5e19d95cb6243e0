//! The settings of a flow, each with where its value comes from (CMN-02).

use domain::Text;
use flows::Rules;
use flows::rules::options::Source;
use flows::rules::{Choice, choice};
use serde_json::json;
use store::audit;
use store::options::{self, Level, OptionRow};

use crate::application::Inner;
use crate::contract::{Done, FlowOption, FlowOptions, OptionsRequest, Refusal, SetFlowOption};
use crate::remedies::look_again;
use crate::{double_count, option_values};

/// The value that counts at a scope, and where it comes from.
pub(super) fn at<'a>(rules: &'a Rules, scope: &str, key: &str) -> Option<(&'a str, Source)> {
    if let Some(profile) = rules.marketplaces.get(scope) {
        return rules.options.get(scope, &profile.account, key);
    }
    // A wider scope stands on the first step of its own, shorter ladder.
    let (value, source) = rules.options.get(scope, scope, key)?;
    let source = match source {
        Source::Marketplace if scope.is_empty() => Source::Workspace,
        Source::Marketplace => Source::Account,
        wider => wider,
    };
    Some((value, source))
}

/// The settings of a flow at a scope.
pub(crate) fn view(app: &Inner, request: &OptionsRequest) -> Result<FlowOptions, Refusal> {
    let entry = flows::catalogue().iter().find(|entry| entry.card.id == request.flow);
    let entry = entry.ok_or_else(|| Refusal::not_found(&request.flow))?;
    let rules = app.engine.rules()?;
    let level = level(&rules, &request.scope)?;
    let all = entry.card.options.iter().filter_map(|key| choice(key));
    Ok(FlowOptions {
        options: all.map(|one| option(one, &rules, &request.scope, level)).collect(),
    })
}

fn option(choice: &Choice, rules: &Rules, scope: &str, level: Level) -> FlowOption {
    let found = at(rules, scope, choice.key);
    let from = found.map_or("default", |(_, source)| word(source));
    let (kind, words) = option_values::shape(choice.key);
    FlowOption {
        key: choice.key.to_owned(),
        title: option_values::title(choice.key),
        kind,
        words,
        value: found.map(|(value, _)| value.to_owned()),
        from: from.to_owned(),
        own: found.is_some() && from == level.word(),
    }
}

fn word(source: Source) -> &'static str {
    match source {
        Source::Marketplace => "marketplace",
        Source::Account => "account",
        Source::Workspace => "workspace",
        Source::Default => "default",
    }
}

fn level(rules: &Rules, scope: &str) -> Result<Level, Refusal> {
    if scope.is_empty() {
        return Ok(Level::Workspace);
    }
    if rules.marketplaces.contains_key(scope) {
        return Ok(Level::Marketplace);
    }
    let is_account = rules.marketplaces.values().any(|one| one.account == scope);
    if is_account {
        Ok(Level::Account)
    } else {
        Err(Refusal::not_found(scope))
    }
}

/// Sets a setting at a scope, or clears it there so that the wider scope counts.
pub(crate) fn set(app: &Inner, asked: &SetFlowOption) -> Result<Done, Refusal> {
    let value = option_values::checked(&asked.option, asked.value.as_deref())?;
    let level = level(&app.engine.rules()?, &asked.scope)?;
    double_count::setting(&app.engine, &asked.option, value.as_deref(), &asked.scope)?;
    app.engine.store().write(|db| {
        match &value {
            Some(value) => {
                let row = OptionRow {
                    key: asked.option.clone(),
                    level,
                    scope_id: asked.scope.clone(),
                    value: json!(value),
                };
                options::set(db, &row)?;
            }
            None => options::clear(db, &asked.option, level, &asked.scope)?,
        }
        let change = json!({"scope": asked.scope, "value": value});
        audit::add(db, app.clock.now(), "you", "set-option", &asked.option, &change)
    })?;
    look_again(app, None, &[]);
    Ok(Done {
        said: Text::new("said-option-set").into(),
    })
}

//! Problems by cause (ux.md §5.4).

use domain::Text;
use store::{Store, problems};

use super::runs::title;
use crate::contract::{
    ProblemGroup, ProblemGroupView, ProblemGroups, ProblemRow, ProblemsRequest, Refusal, RemedyView, State, TabCount,
    Words,
};

const TABS: [(&str, problems::Tab); 4] = [
    ("needs_you", problems::Tab::NeedsYou),
    ("trying_again", problems::Tab::Retrying),
    ("resolved", problems::Tab::Resolved),
    ("excluded", problems::Tab::Ignored),
];

/// The groups of a tab.
pub fn groups(store: &Store, request: &ProblemsRequest) -> Result<ProblemGroups, Refusal> {
    let wanted = request.tab.as_deref().unwrap_or("needs_you");
    let tab = TABS
        .iter()
        .find(|(id, _)| *id == wanted)
        .map(|(_, tab)| *tab)
        .ok_or_else(|| Refusal::bad_request(wanted))?;
    let (found, counts, last) = store.read(|db| {
        let mut counts = Vec::new();
        for (id, tab) in TABS {
            counts.push(TabCount {
                id: id.to_owned(),
                count: small(problems::count(db, tab)?.0),
            });
        }
        let last = store::runs::list(db, &store::runs::Filter::default(), None, 1)?;
        Ok((problems::groups(db, tab)?, counts, last.into_iter().next()))
    })?;
    let in_scope = |group: &problems::Group| {
        request
            .marketplace
            .as_ref()
            .is_none_or(|id| group.marketplaces.is_empty() || group.marketplaces.contains(id))
    };
    Ok(ProblemGroups {
        groups: found.iter().filter(|group| in_scope(group)).map(group_view).collect(),
        tabs: counts,
        last_checked: last.map(|run| run.ended_at.unwrap_or(run.opened_at).to_rfc3339()),
    })
}

/// One cause with its records. A cause that is settled is found under its last tab.
pub fn group(store: &Store, cause: &str) -> Result<ProblemGroupView, Refusal> {
    for (_, tab) in TABS {
        let found = store.read(|db| {
            let group = problems::groups(db, tab)?
                .into_iter()
                .find(|group| group.cause == cause);
            let members = if group.is_some() {
                problems::members(db, tab, cause, 0, 500)?
            } else {
                Vec::new()
            };
            Ok(group.map(|group| (group, members)))
        })?;
        if let Some((found, members)) = found {
            return Ok(ProblemGroupView {
                group: group_view(&found),
                records: members.iter().rev().map(row).collect(),
            });
        }
    }
    Err(Refusal::not_found(cause))
}

fn group_view(group: &problems::Group) -> ProblemGroup {
    let example = &group.example;
    let flow = group.flows.first().cloned().unwrap_or_default();
    let mut what = example.what.clone();
    what.args
        .entry("count".to_owned())
        .or_insert_with(|| domain::text::Arg::from(usize::try_from(group.count).unwrap_or(usize::MAX)));
    ProblemGroup {
        cause: group.cause.clone(),
        code: group.code.clone(),
        what: what.into(),
        why: example.why.clone().into(),
        count: small(group.count),
        at_stake: group.at_stake.iter().map(|money| (*money).into()).collect(),
        since: group.since.to_rfc3339(),
        flow_title: title(&flow),
        flow,
        marketplaces: group.marketplaces.clone(),
        state: tab_state(example.tab),
        did: did(example),
        remedies: remedies(example),
    }
}

/// What the app did by itself about it.
fn did(problem: &problems::Problem) -> Words {
    let text = match problem.tab {
        problems::Tab::NeedsYou => Text::new("problem-did-looked-again").with("times", i64::from(problem.times)),
        problems::Tab::Retrying => Text::new("problem-did-tries").with("times", i64::from(problem.times)),
        problems::Tab::Resolved if problem.closed_by.is_none() => Text::new("problem-did-resolved-itself"),
        problems::Tab::Resolved => Text::new("problem-did-resolved-by-you"),
        problems::Tab::Ignored => {
            Text::new("problem-did-excluded").with("reason", problem.note.clone().unwrap_or_default())
        }
    };
    text.into()
}

/// The remedies as the screen has them; one that this program does not know is left out.
pub fn remedies(problem: &problems::Problem) -> Vec<RemedyView> {
    problem
        .remedies
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|remedy| serde_json::from_value::<RemedyView>(remedy.clone()).ok())
        .collect()
}

/// One problem as a row.
pub fn row(problem: &problems::Problem) -> ProblemRow {
    let key = if problem.key.is_empty() {
        problem.account.clone()
    } else {
        problem.key.clone()
    };
    ProblemRow {
        id: problem.id.to_string(),
        key,
        flow: problem.flow.clone(),
        code: problem.code.clone(),
        cause: problem.cause.clone(),
        what: problem.what.clone().into(),
        amount: problem.at_stake.map(Into::into),
        first_seen: problem.opened_at.to_rfc3339(),
        last_seen: problem.last_at.to_rfc3339(),
        attempts: problem.times,
        state: tab_state(problem.tab),
        technical: serde_json::to_string_pretty(&serde_json::json!({
            "code": problem.code, "cause": problem.cause, "about": problem.about, "step": problem.step,
        }))
        .ok(),
    }
}

fn tab_state(tab: problems::Tab) -> State {
    match tab {
        problems::Tab::NeedsYou => State::NeedsYou,
        problems::Tab::Retrying => State::Retrying,
        problems::Tab::Resolved => State::Done,
        problems::Tab::Ignored => State::Skipped,
    }
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

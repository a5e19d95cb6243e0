//! Problems by cause (ux.md §5.4).

use domain::Text;
use store::cause_notes::{self, CauseNote};
use store::{Store, problems};

use super::documents::Pages;
use super::runs::title;
use super::small;
use crate::contract::{
    ProblemGroup, ProblemGroupView, ProblemGroups, ProblemRow, ProblemsRequest, Refusal, RemedyView, State, TabCount,
    Words,
};
use crate::option_values;

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
        let mut groups = Vec::new();
        for group in problems::groups(db, tab)? {
            let note = cause_notes::get(db, &group.cause)?;
            groups.push((group, note));
        }
        Ok((groups, counts, last.into_iter().next()))
    })?;
    let in_scope = |group: &problems::Group| {
        request
            .marketplace
            .as_ref()
            .is_none_or(|id| group.marketplaces.is_empty() || group.marketplaces.contains(id))
            && request.flow.as_ref().is_none_or(|flow| group.flows.contains(flow))
    };
    Ok(ProblemGroups {
        groups: found
            .iter()
            .filter(|(group, _)| in_scope(group))
            .map(|(group, note)| group_view(group, note.as_ref()))
            .collect(),
        tabs: counts,
        last_checked: last.map(|run| run.ended_at.unwrap_or(run.opened_at).to_rfc3339()),
    })
}

/// One cause with its records. A cause that is settled is found under its last tab.
pub fn group(store: &Store, cause: &str) -> Result<ProblemGroupView, Refusal> {
    for (_, tab) in TABS {
        let (found, pages) = store.read(|db| {
            let group = problems::groups(db, tab)?
                .into_iter()
                .find(|group| group.cause == cause);
            let members = if group.is_some() {
                problems::members(db, tab, cause, 0, 500)?
            } else {
                Vec::new()
            };
            let note = cause_notes::get(db, cause)?;
            Ok((group.map(|group| (group, members, note)), Pages::of(db)?))
        })?;
        if let Some((found, members, note)) = found {
            return Ok(ProblemGroupView {
                group: group_view(&found, note.as_ref()),
                records: members.iter().rev().map(|member| row(member, &pages)).collect(),
            });
        }
    }
    Err(Refusal::not_found(cause))
}

fn group_view(group: &problems::Group, note: Option<&CauseNote>) -> ProblemGroup {
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
        assigned: note.map(|note| note.assigned.clone()).unwrap_or_default(),
        note: note.map(|note| note.note.clone()).unwrap_or_default(),
    }
}

/// What the app did by itself about it.
fn did(problem: &problems::Problem) -> Words {
    let text = match problem.tab {
        problems::Tab::NeedsYou => Text::new("problem-did-looked-again").with("times", i64::from(problem.times)),
        problems::Tab::Retrying => Text::new("problem-did-tries").with("times", i64::from(problem.times)),
        problems::Tab::Resolved => resolved(problem),
        problems::Tab::Ignored => {
            Text::new("problem-did-excluded").with("reason", problem.note.clone().unwrap_or_default())
        }
    };
    text.into()
}

/// Who solved it and how: by itself, or after what a person did about it (CMN-26, CMN-27).
fn resolved(problem: &problems::Problem) -> Text {
    match (&problem.cure, &problem.closed_by) {
        (Some((cure, _)), _) => Text::new(format!("resolved-{}", cure.replace('_', "-"))),
        (None, Some(_)) => Text::new("problem-did-resolved-by-you"),
        (None, None) => Text::new("problem-did-resolved-itself"),
    }
}

/// The remedies as the screen has them; one that this program does not know is left out.
pub fn remedies(problem: &problems::Problem) -> Vec<RemedyView> {
    problem
        .remedies
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(remedy)
        .collect()
}

/// A remedy as the screen has it, from the same fields; an option with what its value looks like.
pub fn remedy(remedy: &impl serde::Serialize) -> Option<RemedyView> {
    let mut view = serde_json::from_value(serde_json::to_value(remedy).ok()?).ok()?;
    if let RemedyView::SetOption {
        option,
        title,
        kind,
        words,
        ..
    } = &mut view
    {
        *title = option_values::title(option);
        (*kind, *words) = option_values::shape(option);
    }
    Some(view)
}

/// One problem as a row.
pub fn row(problem: &problems::Problem, pages: &Pages) -> ProblemRow {
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
        address: problem
            .marketplace
            .as_deref()
            .filter(|_| is_order(&problem.key))
            .and_then(|marketplace| pages.order(marketplace, &problem.key)),
        closed: problem.closed_at.map(|at| at.to_rfc3339()),
        how: (problem.tab == problems::Tab::Resolved).then(|| resolved(problem).into()),
    }
}

/// Amazon's order numbers: `028-1234567-1234567`.
fn is_order(key: &str) -> bool {
    let lengths: Vec<usize> = key.split('-').map(str::len).collect();
    lengths == [3, 7, 7] && key.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

pub(super) fn tab_state(tab: problems::Tab) -> State {
    match tab {
        problems::Tab::NeedsYou => State::NeedsYou,
        problems::Tab::Retrying => State::Retrying,
        problems::Tab::Resolved => State::Done,
        problems::Tab::Ignored => State::Skipped,
    }
}

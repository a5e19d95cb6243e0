//! Problems by cause (ux.md §5.4).

use chrono::{DateTime, Utc};
use domain::Text;
use store::cause_notes::{self, CauseNote};
use store::snoozes::{self, Snooze};
use store::{Reader, Store, ignored_causes, problems};

use super::documents::Pages;
use super::runs::title;
use super::small;
use crate::contract::{
    ProblemGroup, ProblemGroupView, ProblemGroups, ProblemRow, ProblemsRequest, Refusal, RemedyView, State, TabCount,
    Words,
};
use crate::option_values;

/// The tabs of the screen. What a person put off stands in one of its own, whichever it came from.
const TABS: [&str; 5] = ["needs_you", "trying_again", SNOOZED, "resolved", "excluded"];
const SNOOZED: &str = "snoozed";

/// A group with what a person said of it.
struct Told {
    group: problems::Group,
    note: Option<CauseNote>,
    snooze: Option<Snooze>,
    /// Whether each later record of the cause is left out as well.
    always: bool,
}

fn told(db: &Reader<'_>, group: problems::Group, asleep: &[Snooze]) -> store::Result<Told> {
    let is_open = group.example.is_open();
    let snooze = asleep.iter().find(|snooze| is_open && snooze.cause == group.cause);
    Ok(Told {
        note: cause_notes::get(db, &group.cause)?,
        snooze: snooze.cloned(),
        always: ignored_causes::get(db, &group.cause)?.is_some(),
        group,
    })
}

fn in_tab(db: &Reader<'_>, tab: &str, now: DateTime<Utc>) -> store::Result<Option<Vec<problems::Group>>> {
    Ok(Some(match tab {
        "needs_you" => problems::awake(db, problems::Tab::NeedsYou, now)?,
        "trying_again" => problems::awake(db, problems::Tab::Retrying, now)?,
        "resolved" => problems::groups(db, problems::Tab::Resolved)?,
        "excluded" => problems::groups(db, problems::Tab::Ignored)?,
        SNOOZED => {
            let mut open = problems::groups(db, problems::Tab::NeedsYou)?;
            let retrying = problems::groups(db, problems::Tab::Retrying)?;
            // One row for each cause, whatever became of its records meanwhile.
            for group in retrying {
                if open.iter().all(|known| known.cause != group.cause) {
                    open.push(group);
                }
            }
            let asleep = snoozes::asleep(db, now)?;
            open.retain(|group| asleep.iter().any(|snooze| snooze.cause == group.cause));
            open
        }
        _ => return Ok(None),
    }))
}

fn count(db: &Reader<'_>, tab: &str, now: DateTime<Utc>) -> store::Result<u32> {
    let of = |tab| problems::count(db, tab, now).map(|(causes, _)| small(causes));
    match tab {
        "needs_you" => of(problems::Tab::NeedsYou),
        "trying_again" => of(problems::Tab::Retrying),
        "resolved" => of(problems::Tab::Resolved),
        "excluded" => of(problems::Tab::Ignored),
        _ => Ok(small(snoozes::asleep(db, now)?.len())),
    }
}

/// The groups of a tab.
pub fn groups(store: &Store, request: &ProblemsRequest, now: DateTime<Utc>) -> Result<ProblemGroups, Refusal> {
    let wanted = request.tab.as_deref().unwrap_or("needs_you");
    let (found, tabs, last) = store.read(|db| {
        let mut tabs = Vec::new();
        for id in TABS {
            tabs.push(TabCount {
                id: id.to_owned(),
                count: count(db, id, now)?,
            });
        }
        let last = store::runs::list(db, &store::runs::Filter::default(), None, 1)?;
        let asleep = snoozes::asleep(db, now)?;
        let groups = in_tab(db, wanted, now)?.map(|groups| {
            let told = groups.into_iter().map(|group| told(db, group, &asleep));
            told.collect::<store::Result<Vec<_>>>()
        });
        Ok((groups.transpose()?, tabs, last.into_iter().next()))
    })?;
    let in_scope = |told: &&Told| {
        let marketplaces = &told.group.marketplaces;
        request
            .marketplace
            .as_ref()
            .is_none_or(|id| marketplaces.is_empty() || marketplaces.contains(id))
            && request.flow.as_ref().is_none_or(|flow| told.group.flows.contains(flow))
    };
    let found = found.ok_or_else(|| Refusal::bad_request("tab", wanted))?;
    Ok(ProblemGroups {
        groups: found.iter().filter(in_scope).map(group_view).collect(),
        tabs,
        last_checked: last.map(|run| run.ended_at.unwrap_or(run.opened_at).to_rfc3339()),
    })
}

/// One cause with its records. A cause that is settled is found under its last tab.
pub fn group(store: &Store, cause: &str, now: DateTime<Utc>) -> Result<ProblemGroupView, Refusal> {
    for tab in [
        problems::Tab::NeedsYou,
        problems::Tab::Retrying,
        problems::Tab::Resolved,
        problems::Tab::Ignored,
    ] {
        let found = store.read(|db| {
            let mut groups = problems::groups(db, tab)?.into_iter();
            let Some(group) = groups.find(|group| group.cause == cause) else {
                return Ok(None);
            };
            let members = problems::members(db, tab, cause, 0, 500)?;
            let told = told(db, group, &snoozes::asleep(db, now)?)?;
            Ok(Some((told, members, Pages::of(db)?)))
        })?;
        if let Some((told, members, pages)) = found {
            return Ok(ProblemGroupView {
                group: group_view(&told),
                records: members.iter().rev().map(|member| row(member, &pages)).collect(),
            });
        }
    }
    Err(Refusal::not_found(cause))
}

fn group_view(told: &Told) -> ProblemGroup {
    let Told {
        group, note, snooze, ..
    } = told;
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
        state: if snooze.is_some() {
            State::Paused
        } else {
            tab_state(example.tab)
        },
        did: did(example, told.always),
        remedies: remedies(example),
        assigned: note.as_ref().map(|note| note.assigned.clone()).unwrap_or_default(),
        note: note.as_ref().map(|note| note.note.clone()).unwrap_or_default(),
        snoozed_until: snooze.as_ref().map(|snooze| snooze.until.to_rfc3339()),
    }
}

/// What the app did by itself about it.
fn did(problem: &problems::Problem, always: bool) -> Words {
    let text = match problem.tab {
        problems::Tab::NeedsYou => Text::new("problem-did-looked-again").with("times", i64::from(problem.times)),
        problems::Tab::Retrying => Text::new("problem-did-tries").with("times", i64::from(problem.times)),
        problems::Tab::Resolved => resolved(problem),
        problems::Tab::Ignored => {
            let said = if always {
                "problem-did-excluded-always"
            } else {
                "problem-did-excluded"
            };
            Text::new(said).with("reason", problem.note.clone().unwrap_or_default())
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
    if let RemedyView::MapLine {
        triple,
        category,
        categories,
    } = &mut view
    {
        category.clone_from(&crate::remedies::proposed(triple).key().to_owned());
        *categories = crate::remedies::mappable()
            .map(|one| format!("line-category-{}", one.key()))
            .collect();
    }
    Some(view)
}

/// The words of the button that a remedy is pressed with, by the word of the remedy.
pub fn button(remedy: &str) -> &'static str {
    match remedy {
        "link_item" => "remedy-link-item",
        "use_placeholder" => "remedy-use-placeholder",
        "map_line" => "remedy-map-line",
        "set_option" => "remedy-set-option",
        "fix_mapping" => "remedy-fix-mapping",
        "adopt" => "remedy-adopt",
        "make_again" => "remedy-make-again",
        "add_marketplace" => "remedy-add-marketplace",
        "put_back" => "remedy-put-back",
        "accept_variance" => "remedy-accept-variance",
        "pick_marketplace" => "remedy-pick-marketplace",
        "accept_gap" => "remedy-accept-gap",
        "add_balancing_line" => "remedy-add-balancing-line",
        "compare_reissue" => "remedy-compare-reissue",
        "reconnect" => "remedy-reconnect",
        "exclude" => "problem-exclude",
        _ => "remedy-retry",
    }
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

//! Settlements in NetSuite: one record for each settlement and one for each group of it, if you switch it on (SET-22).
//!
//! The types of these records come with the setup package; without it you are asked once.
//! They say what the review says, and are brought up to date when that changes, field by field; a quiet look writes
//! nothing. Nothing is posted by them, and no other flow leans on them.

use std::collections::{BTreeMap, BTreeSet};

use domain::{ExternalId, Money, Text};
use netsuite::queries::{self, KnownCustom};
use netsuite::{CustomRecord, RecordId, RecordType, Target, suiteql};
use serde::Serialize;
use wire::Failure;

use super::gather::{Settled, Which, settle};
use super::{mirrored, sample};
use crate::flow::{
    Card, Decision, Fact, Flow, Group, Key, LinkTo, Look, Problem, Reads, Remedy, Route, Step, Window, Write, ask,
    skip, wait,
};
use crate::rules::Rules;

/// The flow's id.
pub const ID: &str = "settlement-custom-records";
/// The switch.
const SWITCH: &str = "settlement.custom_records";
/// What the question whether the setup package is there goes by.
const PACKAGE: &str = "setup-package";

/// Settlements in NetSuite.
pub struct CustomRecords;

/// One record, or the question whether there can be any.
#[derive(Debug, Clone, Serialize)]
pub struct Mirrored {
    /// Its lasting name: the settlement, or a group of it after a slash.
    pub key: String,
    /// The settlement.
    pub settlement: String,
    /// The marketplace whose settings count.
    pub marketplace: String,
    /// What Amazon pays by the settlement.
    pub total: Option<Money>,
    /// How it stands.
    pub stands: Stands,
}

/// How a record stands.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "stands", rename_all = "snake_case")]
pub enum Stands {
    /// None is wanted: it is switched off, or there is no such group any more.
    Unwanted,
    /// NetSuite has no such record types, or does not let us see them.
    NoPackage,
    /// The record types are there.
    Package,
    /// What it is to say.
    Record {
        /// The record.
        wanted: CustomRecord,
        /// What NetSuite has of it.
        known: Option<Standing>,
        /// Whether it was made before, so that somebody has deleted it since.
        made: bool,
    },
}

/// A record as NetSuite has it.
#[derive(Debug, Clone, Serialize)]
pub struct Standing {
    /// NetSuite's id.
    pub id: RecordId,
    /// Its fields as text.
    pub fields: BTreeMap<String, String>,
}

impl Flow for CustomRecords {
    type Subject = Mirrored;

    const CARD: Card = Card {
        id: ID,
        title: "flow-settlement-custom-records",
        promise: "flow-settlement-custom-records-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Settlements,
        every_minutes: 360,
        needs: &["netsuite:Custom Record Entries"],
        after: &["settlement-journals", "settlement-bank"],
        options: &["settlement.custom_records"],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Mirrored>, Failure> {
        let mut subjects = Vec::new();
        if is_on_anywhere(&reads.scope.account(), rules) {
            let is_there = is_installed(reads).await?;
            subjects.push(package(is_there));
            if is_there {
                let mut all = settle(reads, window, rules, Which::All).await?;
                all.retain(|settled| rules.is_on(settled.marketplace(), SWITCH));
                subjects.extend(of_settlements(reads, &all, rules).await?);
            }
        }
        if let Window::Keys(keys) = window {
            answer_for(keys, &mut subjects);
        }
        Ok(Look::Seen {
            subjects,
            next: None,
            read_until: window.read_until(),
        })
    }

    fn key(seen: &Mirrored) -> Key {
        Key(seen.key.clone())
    }

    fn decide(seen: &Mirrored, _rules: &Rules) -> Decision {
        match &seen.stands {
            Stands::Unwanted => skip(Text::new("reason-no-custom-record")),
            Stands::Package => skip(Text::new("reason-setup-package-there")),
            Stands::NoPackage if seen.key == PACKAGE => ask(vec![package_missing()]),
            Stands::NoPackage => wait(Text::new("reason-setup-package-missing")),
            Stands::Record {
                known: None,
                made: true,
                wanted,
            } => ask(vec![record_gone(wanted, seen)]),
            Stands::Record {
                known: None, wanted, ..
            } => Ok(vec![create(wanted, seen)]),
            Stands::Record {
                known: Some(known),
                wanted,
                ..
            } => match changed(wanted, known).as_slice() {
                [] => skip(Text::new("reason-custom-record-current")),
                fields => Ok(vec![change(wanted, &known.id, fields, seen)]),
            },
        }
    }

    fn facts(seen: &Mirrored, _rules: &Rules) -> Vec<Fact> {
        if seen.settlement.is_empty() {
            return Vec::new();
        }
        let fact = |name: &str, value: &str| Fact {
            name: name.into(),
            value: value.into(),
        };
        let mut facts = vec![
            fact("settlement", &seen.settlement),
            fact("marketplace", &seen.marketplace),
        ];
        facts.extend(seen.total.map(|total| Fact {
            name: "total".into(),
            value: total.into(),
        }));
        facts
    }

    fn sample() -> Mirrored {
        let settled = sample::settled();
        subject(
            &settled,
            settled.id().to_owned(),
            mirrored::header(&settled, &Rules::new(chrono::DateTime::UNIX_EPOCH)),
            None,
        )
    }
}

/// Whether any marketplace of the account wants it.
fn is_on_anywhere(account: &str, rules: &Rules) -> bool {
    let mut own = rules.marketplaces.values().filter(|profile| profile.account == account);
    own.any(|profile| rules.is_on(&profile.id, SWITCH))
}

/// Whether NetSuite has both record types and lets us see them.
async fn is_installed(reads: &Reads<'_>) -> Result<bool, Failure> {
    for record in [RecordType::AmazonSettlement, RecordType::AmazonSettlementLine] {
        match reads.netsuite.call(&queries::count_of(record)).await {
            Ok(_) => (),
            Err(failure) if netsuite::unknown_record_type(&failure) => return Ok(false),
            Err(failure) => return Err(failure),
        }
    }
    Ok(true)
}

fn package(is_there: bool) -> Mirrored {
    let stands = if is_there { Stands::Package } else { Stands::NoPackage };
    nameless(PACKAGE, stands)
}

fn nameless(key: &str, stands: Stands) -> Mirrored {
    Mirrored {
        key: key.to_owned(),
        settlement: String::new(),
        marketplace: String::new(),
        total: None,
        stands,
    }
}

/// Leaves what was asked for by name, and answers for what nothing else speaks of any more.
fn answer_for(keys: &[Key], subjects: &mut Vec<Mirrored>) {
    let package = subjects
        .iter()
        .find(|one| one.key == PACKAGE)
        .map(|one| one.stands.clone());
    subjects.retain(|one| keys.iter().any(|key| key.0 == one.key || key.0 == one.settlement));
    let known: BTreeSet<String> = subjects.iter().map(|one| one.key.clone()).collect();
    let left = keys.iter().filter(|key| !known.contains(&key.0));
    subjects.extend(left.map(|key| match &package {
        Some(Stands::NoPackage) => nameless(&key.0, Stands::NoPackage),
        _ => nameless(&key.0, Stands::Unwanted),
    }));
}

/// The records of all these settlements, each asked for once: a settlement's own, then those of its groups.
async fn of_settlements(reads: &Reads<'_>, all: &[Settled], rules: &Rules) -> Result<Vec<Mirrored>, Failure> {
    let headers: Vec<CustomRecord> = all.iter().map(|settled| mirrored::header(settled, rules)).collect();
    let names: Vec<ExternalId> = headers.iter().map(|header| header.external_id.clone()).collect();
    let own = suiteql::all(&reads.netsuite, queries::settlement_records(&names)).await?;
    let parents: Vec<RecordId> = own.iter().map(|known| known.id.clone()).collect();
    let lines = suiteql::all(&reads.netsuite, queries::settlement_line_records(&parents)).await?;
    let (mut own, mut lines) = (by_name(own), by_name(lines));
    let settled = all.iter().zip(headers);
    let subjects = settled.flat_map(|(settled, header)| of_settlement(settled, header, &mut own, &mut lines));
    let mut subjects: Vec<Mirrored> = subjects.collect();
    mark_made(reads, &mut subjects).await?;
    // Once somebody deleted a settlement's own record, there is nothing for the others to stand under.
    let is_gone = |one: &&Mirrored| {
        let is_gone = matches!(
            &one.stands,
            Stands::Record {
                known: None,
                made: true,
                ..
            }
        );
        is_gone && one.key == one.settlement
    };
    let gone: BTreeSet<String> = subjects.iter().filter(is_gone).map(|one| one.key.clone()).collect();
    subjects.retain(|one| one.key == one.settlement || !gone.contains(&one.settlement));
    Ok(subjects)
}

fn by_name(all: Vec<KnownCustom>) -> BTreeMap<String, KnownCustom> {
    let named = all.into_iter();
    named.filter_map(|one| Some((one.external_id.clone()?, one))).collect()
}

fn of_settlement(
    settled: &Settled,
    header: CustomRecord,
    own: &mut BTreeMap<String, KnownCustom>,
    lines: &mut BTreeMap<String, KnownCustom>,
) -> Vec<Mirrored> {
    let id = settled.id();
    let parent = own.remove(header.external_id.as_str());
    let target = match &parent {
        Some(parent) => Target::Id(parent.id.clone()),
        None => Target::Named(header.external_id.clone()),
    };
    let mut subjects = vec![subject(settled, id.to_owned(), header, parent)];
    for (group, wanted) in mirrored::lines(settled, &target) {
        let known = lines.remove(wanted.external_id.as_str());
        subjects.push(subject(settled, format!("{id}/{group}"), wanted, known));
    }
    // What is left under the settlement's name; a record that a person made beside ours stays as it is.
    let left = lines
        .keys()
        .filter_map(|name| ExternalId::known_settlement_line_record(id, name));
    for name in left.collect::<Vec<_>>() {
        let known = lines.remove(name.as_str());
        let key = format!("{id}/{name}");
        subjects.push(subject(settled, key, mirrored::superseded(name, &target), known));
    }
    subjects
}

fn subject(settled: &Settled, key: String, wanted: CustomRecord, known: Option<KnownCustom>) -> Mirrored {
    Mirrored {
        key,
        settlement: settled.id().to_owned(),
        marketplace: settled.marketplace().to_owned(),
        total: Some(settled.plan.deposit),
        stands: Stands::Record {
            wanted,
            known: known.map(|known| Standing {
                id: known.id,
                fields: known.fields,
            }),
            made: false,
        },
    }
}

/// What NetSuite does not have although it was made, somebody has deleted.
async fn mark_made(reads: &Reads<'_>, subjects: &mut [Mirrored]) -> Result<(), Failure> {
    let is_new = |one: &&Mirrored| matches!(&one.stands, Stands::Record { known: None, .. });
    let new: Vec<String> = subjects.iter().filter(is_new).map(|one| one.key.clone()).collect();
    let all = reads.local.made(ID, &new).await?;
    for one in subjects {
        if let Stands::Record { wanted, made, .. } = &mut one.stands {
            let name = wanted.external_id.as_str();
            *made = all
                .get(&one.key)
                .is_some_and(|all| all.iter().any(|one| one.name == name));
        }
    }
    Ok(())
}

/// The fields that say something else in NetSuite.
fn changed(wanted: &CustomRecord, known: &Standing) -> Vec<&'static str> {
    let differs = |(field, content): &&(&'static str, Option<netsuite::Content>)| {
        let told = known.fields.get(*field).filter(|told| !told.is_empty());
        match (content, told) {
            (Some(content), Some(told)) => !content.is(told),
            (content, told) => content.is_some() || told.is_some(),
        }
    };
    wanted.fields.iter().filter(differs).map(|(field, _)| *field).collect()
}

fn create(wanted: &CustomRecord, seen: &Mirrored) -> Step {
    let is_header = wanted.record == RecordType::AmazonSettlement;
    step(
        wanted.external_id.as_str().to_owned(),
        "step-create-custom-record",
        wanted.create(),
        seen,
        is_header.then(|| LinkTo {
            kind: "settlement_record".into(),
            key: seen.settlement.clone(),
        }),
    )
}

fn change(wanted: &CustomRecord, id: &RecordId, fields: &[&str], seen: &Mirrored) -> Step {
    step(
        format!("{}-U", wanted.external_id),
        "step-change-custom-record",
        wanted.change(id, fields),
        seen,
        None,
    )
}

/// Nothing is held for a person's approval: these records post nothing.
fn step(name: String, title: &str, write: netsuite::Write, seen: &Mirrored, link: Option<LinkTo>) -> Step {
    Step {
        name,
        title: Text::new(title).with("settlement", seen.settlement.as_str()),
        write: Write::NetSuite(write),
        needs: Vec::new(),
        expect: None,
        hold: None,
        link,
    }
}

/// The setup package is not installed, or our role may not see what it made: NetSuite says the same of both.
fn package_missing() -> Problem {
    Problem {
        code: "SETUP_PACKAGE_MISSING".into(),
        cause: "SETUP_PACKAGE_MISSING".into(),
        what: Text::new("problem-setup-package-missing"),
        why: Text::new("problem-setup-package-missing-why"),
        about: Vec::new(),
        at_stake: None,
        remedies: vec![
            Remedy::SetOption {
                option: SWITCH.into(),
                marketplace: None,
            },
            Remedy::Retry,
        ],
    }
}

fn record_gone(wanted: &CustomRecord, seen: &Mirrored) -> Problem {
    let name = wanted.external_id.as_str();
    Problem {
        code: "NETSUITE_EDITED".into(),
        cause: format!("NETSUITE_EDITED:gone:{name}"),
        what: Text::new("problem-record-gone-what").with("record", name),
        why: Text::new("problem-record-gone-why"),
        about: vec![("settlement".into(), seen.settlement.clone())],
        at_stake: None,
        remedies: vec![
            Remedy::MakeAgain { step: name.to_owned() },
            Remedy::Retry,
            Remedy::Exclude,
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::Instead;

    fn rules() -> Rules {
        Rules::new(sample::noon())
    }

    fn parent() -> Target {
        Target::Id(RecordId("12".into()))
    }

    /// A record of the sample as NetSuite shows it: all that it is to say.
    fn shown(wanted: &CustomRecord) -> Standing {
        let text = |content: &netsuite::Content| match content {
            netsuite::Content::Text(text) => text.clone(),
            netsuite::Content::Day(day) => day.to_string(),
            netsuite::Content::Amount(amount) => amount.normalize().to_string(),
            netsuite::Content::Record(Target::Id(id)) => id.0.clone(),
            netsuite::Content::Record(Target::Named(name)) => name.to_string(),
        };
        let said = wanted.fields.iter();
        Standing {
            id: RecordId("812".into()),
            fields: said
                .filter_map(|(field, content)| Some(((*field).to_owned(), text(content.as_ref()?))))
                .collect(),
        }
    }

    fn seen(wanted: CustomRecord, known: Option<Standing>, made: bool) -> Mirrored {
        let mut seen = subject(&sample::settled(), "90001/3.0".into(), wanted, None);
        if let Stands::Record {
            known: has, made: was, ..
        } = &mut seen.stands
        {
            (*has, *was) = (known, made);
        }
        seen
    }

    fn first_line(settled: &Settled) -> CustomRecord {
        mirrored::lines(settled, &parent()).remove(0).1
    }

    #[test]
    fn set_22_set_43_a_settlement_says_what_its_review_says() {
        let wanted = mirrored::header(&sample::settled(), &rules());
        let netsuite::Write::Create { body, external_id, .. } = wanted.create() else {
            panic!("it is made")
        };
        assert_eq!(external_id.as_str(), "AZN-STL-90001");
        let said: Vec<String> = [
            "id",
            "account",
            "marketplaces",
            "currency",
            "start",
            "end",
            "deposit_date",
            "deposit",
            "orders",
            "refunds",
            "fees",
            "fee_totals",
            "counts",
        ]
        .iter()
        .map(|field| body[format!("custrecord_azn_stl_{field}")].to_string().replace('"', ""))
        .collect();
        assert_eq!(
            said.join(" | "),
            "90001 | na:A1SELLER | ATVPDKIKX0DER | USD | 2026-10-01 | 2026-10-14 | 2026-10-16 | -32.19 | 18 | -7.5 | \
             -42.69 | referral fee -2.70, subscription -39.99 | applied 2, in journal 1"
        );
        assert!(body.get("custrecord_azn_stl_journal").is_none(), "there is none yet");
    }

    #[test]
    fn set_22_a_change_names_only_what_is_other_now() {
        let settled = sample::settled();
        let wanted = first_line(&settled);
        let quiet = CustomRecords::decide(&seen(wanted.clone(), Some(shown(&wanted)), true), &rules());
        assert!(matches!(quiet, Err(Instead::Skip { .. })), "{quiet:?}");
        let mut known = shown(&wanted);
        known.fields.insert("custrecord_azn_sl_state".into(), "Waiting".into());
        known.fields.insert("custrecord_azn_sl_payment".into(), "77".into());
        let steps = CustomRecords::decide(&seen(wanted, Some(known), true), &rules()).unwrap();
        assert_eq!(steps[0].name, "AZN-STL-90001-000003-U");
        let Write::NetSuite(netsuite::Write::Update { body, .. }) = &steps[0].write else {
            panic!("it is changed")
        };
        assert_eq!(
            body.to_string(),
            r#"{"custrecord_azn_sl_state":"Applied","custrecord_azn_sl_payment":null}"#
        );
        assert_eq!(steps[0].hold, None, "it posts nothing, so nobody approves it");
    }

    #[test]
    fn set_22_a_record_that_somebody_deleted_is_asked_about() {
        let wanted = first_line(&sample::settled());
        let Err(Instead::Ask { problems }) = CustomRecords::decide(&seen(wanted, None, true), &rules()) else {
            panic!("a person says whether it is made again")
        };
        assert_eq!(problems[0].cause, "NETSUITE_EDITED:gone:AZN-STL-90001-000003");
    }

    #[test]
    fn set_22_what_was_asked_for_by_name_is_answered_for_when_it_is_wanted_no_more() {
        let keys = [Key("90001/3.0".into()), Key(PACKAGE.into())];
        let mut off = Vec::new();
        answer_for(&keys, &mut off);
        assert!(off.iter().all(|one| matches!(one.stands, Stands::Unwanted)) && off.len() == 2);
        let mut missing = vec![package(false)];
        answer_for(&keys, &mut missing);
        let decided: Vec<Decision> = missing.iter().map(|one| CustomRecords::decide(one, &rules())).collect();
        assert!(matches!(&decided[0], Err(Instead::Ask { problems }) if problems[0].code == "SETUP_PACKAGE_MISSING"));
        assert!(matches!(&decided[1], Err(Instead::Wait { .. })), "{decided:?}");
    }

    #[test]
    fn set_22_a_group_that_is_none_any_more_holds_no_money() {
        let name = ExternalId::settlement_line_record("90001", "4.0");
        let gone = mirrored::superseded(name, &parent());
        let amounts = gone.fields.iter().filter_map(|(_, content)| match content {
            Some(netsuite::Content::Amount(amount)) => Some(*amount),
            _ => None,
        });
        assert!(amounts.clone().count() == 4 && amounts.into_iter().all(|amount| amount.is_zero()));
    }
}

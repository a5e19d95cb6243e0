//! Documents that a person said a group belongs to, in place of what NetSuite has for its order (ux.md §5.8, *Find*).

use std::collections::{BTreeMap, BTreeSet};

use domain::settlement::Group;
use domain::settlement::plan::{AtAmazon, DocumentKind, Found, FoundDocument};
use netsuite::queries::{self, Known};
use netsuite::{RecordId, suiteql};
use wire::Failure;

use super::found::{Around, contents, is_voided};
use crate::flow::Reads;
use crate::rules::{Profile, Rules};

/// What each group belongs to that a person chose documents for: `chosen` has NetSuite's ids by the group's lasting name. What we wrote for its order ourselves stays beside it, so that nothing is written
/// twice. A document that NetSuite does not have any more is left out, and the group asks again.
pub async fn linked(
    reads: &Reads<'_>,
    rules: &Rules,
    profile: Option<&Profile>,
    (groups, found): (&[Group], &BTreeMap<String, Found>),
    chosen: &BTreeMap<String, Vec<String>>,
) -> Result<BTreeMap<String, Found>, Failure> {
    let ids: BTreeSet<&String> = chosen.values().flatten().collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<RecordId> = ids.into_iter().cloned().map(RecordId).collect();
    let mut known = suiteql::all(&reads.netsuite, queries::by_id(&ids)).await?;
    known.retain(|one| !is_voided(one));
    let contents = contents(reads, rules, &known.iter().collect::<Vec<&Known>>()).await?;
    let mut linked = BTreeMap::new();
    for group in groups {
        let Some(ids) = chosen.get(&group.id) else { continue };
        let order = group.order.as_deref().unwrap_or_default();
        let here = group.marketplace.as_deref().and_then(|id| rules.marketplaces.get(id));
        let around = Around {
            contents: &contents,
            rules,
            profile: here.or(profile),
            order,
            groups,
        };
        let these: Vec<Known> = known.iter().filter(|one| ids.contains(&one.id.0)).cloned().collect();
        if these.is_empty() {
            continue;
        }
        let of_order = found.get(order).cloned().unwrap_or_default();
        let mut documents = around.found(these, None).documents;
        documents.extend(of_order.documents.into_iter().filter(is_our_posting));
        let of_group = Found {
            documents,
            amazon: AtAmazon::Known,
            written: of_order.written,
            ..Found::default()
        };
        linked.insert(group.id.clone(), of_group);
    }
    Ok(linked)
}

/// Money that we put into the books or gave back ourselves.
fn is_our_posting(document: &FoundDocument) -> bool {
    let ours = document
        .external_id
        .as_deref()
        .is_some_and(|name| name.starts_with("AZN-"));
    ours && !matches!(document.kind, DocumentKind::Invoice | DocumentKind::CashSale)
}

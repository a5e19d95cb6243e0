//! What the items behind a settlement's SKUs are filed under, called, and cost (SET-55, SET-63). Nothing is asked unless a
//! setting needs it.

use std::collections::{BTreeMap, BTreeSet};

use domain::settlement::{Category, Group};
use netsuite::queries::{self, ItemAsk, ItemColumn, ItemField, ItemKey};
use netsuite::{RecordId, suiteql};
use rust_decimal::Decimal;
use wire::Failure;

use crate::flow::Reads;
use crate::orders::item_found;
use crate::rules::{ItemFound, ItemMatch, Rules, Wanted};

/// What was asked about items, by SKU.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// The class that lines of it are filed under.
    pub classes: BTreeMap<String, String>,
    /// What the seller calls its kind of product.
    pub kinds: BTreeMap<String, String>,
    /// What one unit of the SKU costs, in the currency of the books.
    pub costs: BTreeMap<String, Decimal>,
}

/// Asks what a marketplace's settings need to know about the SKUs of a settlement.
pub(super) async fn items(
    reads: &Reads<'_>,
    rules: &Rules,
    marketplace: &str,
    groups: &[Group],
) -> Result<Items, Failure> {
    let class = rules.option(marketplace, "je.class_field").and_then(ItemColumn::named);
    let summed = rules.says(marketplace, "settlement.posting", "summary");
    let kind = rules
        .option(marketplace, "settlement.product_field")
        .filter(|_| summed && rules.says(marketplace, "settlement.summary_by", "product_type"))
        .and_then(ItemColumn::named);
    let costs = summed && rules.is_on(marketplace, "settlement.cogs");
    let mut found = Items::default();
    if class.is_none() && kind.is_none() && !costs {
        return Ok(found);
    }
    let skus: BTreeSet<String> = groups
        .iter()
        .flat_map(|group| &group.lines)
        .filter(|known| class.is_some() || known.category == Category::Principal)
        .map(|known| known.line.sku.clone())
        .filter(|sku| !sku.is_empty())
        .collect();
    let of_sku = matched(reads, rules, marketplace, skus).await?;
    let ids: BTreeSet<RecordId> = of_sku.values().map(|one| one.item.clone()).collect();
    let ids: Vec<RecordId> = ids.into_iter().collect();
    let text = |said: &BTreeMap<RecordId, String>| -> BTreeMap<String, String> {
        let named = of_sku.iter();
        named
            .filter_map(|(sku, one)| Some((sku.clone(), said.get(&one.item)?.clone())))
            .collect()
    };
    if let Some(column) = class {
        found.classes = text(&said(reads, &ItemAsk::Id(column), &ids).await?);
    }
    if let Some(column) = kind {
        found.kinds = text(&said(reads, &ItemAsk::Text(column), &ids).await?);
    }
    if costs {
        found.costs = costs_of(reads, &of_sku, &ids).await?;
    }
    Ok(found)
}

/// What one unit of each SKU costs, in the currency of the books; a SKU without a known cost is left out.
pub(crate) async fn average_costs(
    reads: &Reads<'_>,
    rules: &Rules,
    marketplace: &str,
    skus: BTreeSet<String>,
) -> Result<BTreeMap<String, Decimal>, Failure> {
    let of_sku = matched(reads, rules, marketplace, skus).await?;
    let ids: BTreeSet<RecordId> = of_sku.values().map(|one| one.item.clone()).collect();
    costs_of(reads, &of_sku, &ids.into_iter().collect::<Vec<_>>()).await
}

async fn costs_of(
    reads: &Reads<'_>,
    of_sku: &BTreeMap<String, ItemMatch>,
    ids: &[RecordId],
) -> Result<BTreeMap<String, Decimal>, Failure> {
    let asked = queries::items_say(&ItemAsk::AverageCost, ids);
    let of_item: BTreeMap<RecordId, Decimal> = match suiteql::all(&reads.netsuite, asked).await {
        // A role that may not see costs knows none: the cost journal is held and says for which SKUs.
        Err(Failure::Refused { .. }) => BTreeMap::new(),
        rows => rows?
            .into_iter()
            .filter_map(|one| Some((one.item, one.cost?)))
            .collect(),
    };
    let cost = |(sku, one): (&String, &ItemMatch)| {
        let unit = of_item.get(&one.item)?;
        Some((sku.clone(), one.units(Decimal::ONE) * unit))
    };
    Ok(of_sku.iter().filter_map(cost).collect())
}

async fn said(reads: &Reads<'_>, ask: &ItemAsk, ids: &[RecordId]) -> Result<BTreeMap<RecordId, String>, Failure> {
    let rows = suiteql::all(&reads.netsuite, queries::items_say(ask, ids)).await?;
    Ok(rows.into_iter().filter_map(|one| Some((one.item, one.text?))).collect())
}

/// The item of each SKU, found as orders find it; a stand-in is none.
async fn matched(
    reads: &Reads<'_>,
    rules: &Rules,
    marketplace: &str,
    skus: BTreeSet<String>,
) -> Result<BTreeMap<String, ItemMatch>, Failure> {
    let field = rules.option(marketplace, "match.field").unwrap_or_default();
    let key = match field {
        "upccode" => ItemKey::Upc,
        "externalid" => ItemKey::ExternalId,
        id => ItemField::named(id).map_or(ItemKey::Name, ItemKey::Field),
    };
    let wanted: Vec<String> = skus.iter().cloned().collect();
    let mut found: Vec<ItemFound> = Vec::new();
    for known in suiteql::all(&reads.netsuite, queries::items(&key, &wanted)).await? {
        let value = known.key.clone();
        let mut item = item_found(known);
        item.name = value.unwrap_or(item.name);
        found.push(item);
    }
    let linked = rules.item_links.iter().filter(|link| skus.contains(&link.sku));
    let linked: Vec<RecordId> = linked
        .map(|link| link.item.clone())
        .filter(|id| found.iter().all(|item| item.id != *id))
        .collect();
    let by_link = suiteql::all(&reads.netsuite, queries::items_by_id(&linked)).await?;
    found.extend(by_link.into_iter().map(item_found));
    let mut of_sku = BTreeMap::new();
    for sku in skus {
        let line = [Wanted {
            sku: &sku,
            title: "",
            asin: None,
        }];
        // What no item answers for is a question of the orders, not of the settlement's lines.
        let one = rules.items_for(marketplace, "", &line, &found).ok();
        let one = one
            .and_then(|found| found.into_iter().next())
            .filter(|one| !one.placeholder);
        if let Some(one) = one {
            of_sku.insert(sku, one);
        }
    }
    Ok(of_sku)
}

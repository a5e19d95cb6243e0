//! What a person says once for everything of its kind: which item a SKU is, which account a line goes to, what an option is.

use domain::Text;
use domain::settlement::Category;
use domain::settlement::classify::Side;
use serde_json::json;
use store::fee_accounts::{self, FeeAccount};
use store::lookups::{self, Lookup};
use store::options::{self, Level, OptionRow};
use store::{Writer, audit, marketplaces, problems};

use super::{YOU, look_again};
use crate::application::Inner;
use crate::commands::done;
use crate::contract::{Done, LinkItem, MapLine, Refusal, SetOption};
use crate::double_count;
use crate::option_values::{self, GO_LIVE};

/// This SKU is that item: every order that waited for it is looked at again, in all flows.
pub(crate) fn link_item(app: &Inner, asked: &LinkItem) -> Result<Done, Refusal> {
    for (field, is_empty) in [("sku", asked.sku.is_empty()), ("factor", asked.factor == 0)] {
        if is_empty {
            return Err(Refusal::bad_request(field, "nothing is not enough"));
        }
    }
    let item = option_values::record("item", &asked.item)?;
    let row = Lookup {
        name: lookups::ITEMS.to_owned(),
        marketplace: asked.marketplace.clone().unwrap_or_default(),
        source: asked.sku.clone(),
        target: json!({"item": item, "factor": asked.factor}),
        set_at: app.clock.now(),
    };
    let cause = asked
        .cause
        .clone()
        .unwrap_or_else(|| format!("ITEM_NOT_FOUND:{}", asked.sku));
    app.engine.store().write(|db| {
        lookups::set(db, &row)?;
        problems::cured(db, &cause, &[], "link_item", YOU, app.clock.now())?;
        audit::add(db, row.set_at, YOU, "link-item", &row.source, &row.target)
    })?;
    look_again(app, Some(&cause), &[]);
    Ok(done(Text::new("said-item-linked").with("sku", asked.sku.as_str())))
}

/// This kind of settlement line goes to that account (SET-12).
pub(crate) fn map_line(app: &Inner, asked: &MapLine) -> Result<Done, Refusal> {
    let [transaction_type, amount_type, amount_description] = asked.triple.clone();
    let account = option_values::record("account", &asked.account)?.to_owned();
    let category = match &asked.category {
        None => proposed(&asked.triple),
        Some(key) => mappable()
            .find(|one| one.key() == key)
            .ok_or_else(|| Refusal::bad_request("category", key))?,
    };
    let account_key = Some(category.account()).filter(|key| !key.is_empty());
    let row = FeeAccount {
        transaction_type,
        amount_type,
        amount_description,
        marketplace: asked.marketplace.clone().unwrap_or_default(),
        category: category.key().to_owned(),
        account_key: account_key.unwrap_or("acct.other_fees").to_owned(),
        account_id: Some(account),
    };
    let kind = [&asked.triple[1], &asked.triple[2]]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" · ");
    let cause = asked
        .cause
        .clone()
        .unwrap_or_else(|| format!("LINE_UNMAPPED:{}", asked.triple.join(" / ")));
    app.engine.store().write(|db| {
        fee_accounts::set(db, &row)?;
        problems::cured(db, &cause, &[], "map_line", YOU, app.clock.now())?;
        let detail = json!({
            "triple": asked.triple, "account": asked.account, "category": row.category, "marketplace": row.marketplace,
        });
        audit::add(db, app.clock.now(), YOU, "map-line", &kind, &detail)
    })?;
    look_again(app, Some(&cause), &[]);
    Ok(done(Text::new("said-line-mapped").with("kind", kind)))
}

/// The categories that a person may put a kind of line into: not the buyers' money, which goes to orders, and not the tax
/// that Amazon keeps of it.
pub(crate) fn mappable() -> impl Iterator<Item = Category> {
    let is_buyers = |one: &Category| matches!(one.side(), Side::Customer | Side::Withheld);
    Category::ALL
        .iter()
        .copied()
        .filter(move |one| !is_buyers(one) && *one != Category::Unmapped)
}

/// Words of a kind of line, and what they speak for; the first that fits counts.
const SPEAK_FOR: [(&[&str], Category); 13] = [
    (&["reserve"], Category::Reserve),
    (&["failed", "returned transfer"], Category::FailedTransfer),
    (&["successful charge"], Category::SuccessfulCharge),
    (&["payable to amazon", "debt"], Category::PayableToAmazon),
    (
        &["loan", "lending", "balance", "transfer", "capital"],
        Category::BalanceMovement,
    ),
    (
        &[
            "reimburs",
            "compensat",
            "found",
            "warehouse_lost",
            "warehouse lost",
            "damage",
        ],
        Category::Reimbursement,
    ),
    (&["advertis", "sponsored"], Category::Advertising),
    (&["storage"], Category::Storage),
    (&["subscription"], Category::Subscription),
    (&["inbound", "freight", "placement"], Category::InboundFreight),
    (&["removal", "disposal"], Category::Removal),
    (&["postage", "shipping label", "shippinglabel"], Category::Postage),
    (&["coupon", "deal", "vine", "promo"], Category::PromotionCost),
];

/// What the words of a kind of line speak for; a fee where none of them is known.
pub(crate) fn proposed(triple: &[String; 3]) -> Category {
    let text = triple.join(" ").to_lowercase();
    let fits = |(words, _): &&(&[&str], Category)| words.iter().any(|word| text.contains(word));
    SPEAK_FOR
        .iter()
        .find(fits)
        .map_or(Category::OtherFee, |(_, category)| *category)
}

/// Chooses a value for an option, or clears it.
pub(crate) fn set_option(app: &Inner, asked: &SetOption) -> Result<Done, Refusal> {
    if asked.option == GO_LIVE {
        return set_go_live(app, asked);
    }
    let value = option_values::checked(&asked.option, asked.value.as_deref())?;
    let scope = asked.marketplace.as_deref().unwrap_or_default();
    double_count::setting(&app.engine, &asked.option, value.as_deref(), scope)?;
    app.engine.store().write(|db| {
        keep_option(db, asked, value.as_deref())?;
        if let Some(cause) = &asked.cause {
            problems::cured(db, cause, &[], "set_option", YOU, app.clock.now())?;
        }
        let detail = json!({"scope": asked.marketplace, "value": value});
        audit::add(db, app.clock.now(), YOU, "set-option", &asked.option, &detail)
    })?;
    look_again(app, asked.cause.as_deref(), &[]);
    Ok(done(Text::new("said-option-set")))
}

/// The first day of a marketplace's books (CMN-32): chosen for one marketplace, never for all at once.
fn set_go_live(app: &Inner, asked: &SetOption) -> Result<Done, Refusal> {
    let day = option_values::day(asked.value.as_deref())?;
    let id = asked.marketplace.as_deref().unwrap_or_default();
    let store = app.engine.store();
    let all = store.read(marketplaces::all)?;
    let of_it: Vec<_> = all.into_iter().filter(|one| one.id == id).collect();
    if of_it.is_empty() {
        return Err(Refusal::not_found(id));
    }
    store.write(|db| {
        for mut one in of_it {
            one.go_live = Some(day);
            marketplaces::put(db, &one)?;
        }
        if let Some(cause) = &asked.cause {
            problems::cured(db, cause, &[], "set_option", YOU, app.clock.now())?;
        }
        let detail = json!({"scope": id, "value": day});
        audit::add(db, app.clock.now(), YOU, "set-option", GO_LIVE, &detail)
    })?;
    look_again(app, asked.cause.as_deref(), &[]);
    Ok(done(Text::new("said-option-set")))
}

fn keep_option(db: &Writer<'_>, asked: &SetOption, value: Option<&str>) -> store::Result<()> {
    let level = if asked.marketplace.is_some() {
        Level::Marketplace
    } else {
        Level::Workspace
    };
    let scope = asked.marketplace.clone().unwrap_or_default();
    let Some(value) = value else {
        return options::clear(db, &asked.option, level, &scope);
    };
    let row = OptionRow {
        key: asked.option.clone(),
        level,
        scope_id: scope,
        value: json!(value),
    };
    options::set(db, &row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_12_the_words_of_a_line_propose_what_it_is_and_a_loan_is_no_fee() {
        let of = |text: &str| proposed(&["other-transaction".into(), String::new(), text.into()]);
        assert_eq!(of("Amazon Lending loan repayment"), Category::BalanceMovement);
        assert_eq!(of("Previous Reserve Amount Balance"), Category::Reserve);
        assert_eq!(of("WAREHOUSE_LOST_MANUAL"), Category::Reimbursement);
        assert_eq!(of("Vine Enrollment Fee"), Category::PromotionCost);
        assert_eq!(of("A fee that nobody has seen"), Category::OtherFee);
        assert!(mappable().any(|one| one == Category::BalanceMovement));
        assert!(mappable().all(|one| one != Category::Principal && one != Category::Unmapped));
    }
}

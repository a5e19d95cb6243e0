//! What NetSuite knows of the customers that orders could belong to (flows.md §4).

use std::collections::{BTreeMap, BTreeSet};

use amazon::Order;
use domain::{Currency, ExternalId};
use netsuite::queries::{self, KnownCustomer};
use netsuite::records::Read;
use netsuite::{RecordId, RecordType, suiteql};
use wire::Failure;

use super::customers::{
    CustomerFound, buyer_external_id, buyer_in_subsidiary, email_hash, in_subsidiary, lives_at, per_buyer,
    shared_external_id, shared_name, stands_at,
};
use super::gather::{Left, business_day};
use crate::flow::Reads;
use crate::rules::{Channel, Rules};

/// Customers that these orders could belong to.
pub async fn customers_of(
    reads: &Reads<'_>,
    orders: &[Order],
    shipped: &BTreeMap<String, Left>,
    rules: &Rules,
    channel: Channel,
) -> Result<Vec<CustomerFound>, Failure> {
    let (mut names, mut externals, mut addresses) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut postcodes, mut books, mut chosen) = (BTreeSet::new(), false, BTreeSet::new());
    for order in orders {
        let marketplace = order.marketplace_id.as_deref().unwrap_or_default();
        let day = business_day(order, shipped.get(&order.id), rules, channel);
        let (Some(profile), Some(day)) = (rules.marketplaces.get(marketplace), day) else {
            continue;
        };
        chosen.extend(rules.adopted_customers.get(&order.id).cloned());
        chosen.extend(rules.record(marketplace, &format!("customer.{}.default", channel.as_str())));
        let shared = shared_name(rules, profile, day);
        let apart = rules.per_subsidiary(marketplace);
        externals.extend(apart.as_ref().map(|id| shared_external_id(&in_subsidiary(&shared, id))));
        externals.insert(shared_external_id(&shared));
        names.insert(shared);
        if per_buyer(rules, profile, channel) {
            let buyer = buyer_external_id(order);
            let namesake = buyer.as_ref().zip(apart.as_ref());
            externals.extend(namesake.map(|(buyer, id)| buyer_in_subsidiary(buyer, id)));
            externals.extend(buyer);
            addresses.extend(order.buyer.email.as_ref().map(|email| email.reveal().clone()));
            let home = order.address.as_ref().and_then(|address| address.postal_code.as_ref());
            let by_home = rules.says(marketplace, "customer.match", "email_then_name_postcode");
            postcodes.extend(home.filter(|_| by_home).map(|code| code.reveal().clone()));
            books |= rules.says(marketplace, "customer.update", "address_book");
        }
    }
    let list = |set: BTreeSet<String>| set.into_iter().collect::<Vec<_>>();
    let externals: Vec<ExternalId> = externals.into_iter().collect();
    let mut found = customers(reads, &externals, &list(names), &list(addresses)).await?;
    chosen_outright(reads, &chosen, &mut found).await?;
    neighbours(reads, &list(postcodes), &mut found).await?;
    more_currencies(reads, orders, &mut found).await?;
    if books {
        address_books(reads, &mut found).await?;
    }
    // Only an account with subsidiaries has that table, and only such a seller chooses one.
    let chosen = |order: &Order| rules.record(order.marketplace_id.as_deref().unwrap_or_default(), "subsidiary");
    if orders.iter().any(|order| chosen(order).is_some()) {
        let ids: Vec<RecordId> = found.iter().map(|customer| customer.id.clone()).collect();
        for (customer, subsidiary) in suiteql::all(&reads.netsuite, queries::subsidiaries_of(&ids)).await? {
            let own = found.iter_mut().filter(|one| one.id == customer);
            own.for_each(|one| one.subsidiaries.push(subsidiary.clone()));
        }
    }
    Ok(found)
}

/// The customers that the seller, or a person, chose by themselves.
async fn chosen_outright(
    reads: &Reads<'_>,
    chosen: &BTreeSet<RecordId>,
    found: &mut Vec<CustomerFound>,
) -> Result<(), Failure> {
    let is_new = |id: &&RecordId| found.iter().all(|one| one.id != **id);
    let unknown: Vec<RecordId> = chosen.iter().filter(is_new).cloned().collect();
    let known = suiteql::all(&reads.netsuite, queries::customers_by_id(&unknown)).await?;
    found.extend(known.into_iter().map(|one| customer_found(one, &[])));
    let own = found.iter_mut().filter(|one| chosen.contains(&one.id));
    own.for_each(|one| one.chosen = true);
    Ok(())
}

/// The currency lists of customers whose own currency is not that of every order (CUS-04). Few are read: nearly all have
/// the marketplace's.
async fn more_currencies(reads: &Reads<'_>, orders: &[Order], found: &mut [CustomerFound]) -> Result<(), Failure> {
    let spent: BTreeSet<Currency> = orders.iter().filter_map(Order::currency).collect();
    let lacks = |one: &&mut CustomerFound| {
        !one.inactive
            && one
                .own_currency
                .is_some_and(|own| spent.iter().any(|code| *code != own))
    };
    for one in found.iter_mut().filter(lacks) {
        let record = reads
            .netsuite
            .call(&Read::id(RecordType::Customer, one.id.clone()))
            .await?;
        let own = record.reference("currency");
        let listed = record.lines("currencyList").iter().filter_map(|line| {
            let id = line["currency"]["id"].as_str()?;
            Some(RecordId(id.to_owned()))
        });
        one.currencies = Some(listed.chain(own).collect());
    }
    Ok(())
}

/// Customers that live under these postal codes, for whom a name and a postal code are enough (CUS-01).
async fn neighbours(reads: &Reads<'_>, postcodes: &[String], found: &mut Vec<CustomerFound>) -> Result<(), Failure> {
    let homes = suiteql::all(&reads.netsuite, queries::addresses_at(postcodes)).await?;
    let strangers: BTreeSet<RecordId> = homes.iter().map(|home| home.customer.clone()).collect();
    let strangers: Vec<RecordId> = strangers
        .into_iter()
        .filter(|id| found.iter().all(|one| one.id != *id))
        .collect();
    let known = suiteql::all(&reads.netsuite, queries::customers_by_id(&strangers)).await?;
    found.extend(known.into_iter().map(|one| customer_found(one, &[])));
    for home in homes {
        let hash = lives_at(&home.name, &home.zip);
        let own = found.iter_mut().filter(|one| one.id == home.customer);
        own.for_each(|one| one.lives_at.push(hash.clone()));
    }
    Ok(())
}

/// What stands in the address books of these customers (CUS-03).
async fn address_books(reads: &Reads<'_>, found: &mut [CustomerFound]) -> Result<(), Failure> {
    let ids: Vec<RecordId> = found.iter().map(|one| one.id.clone()).collect();
    let known = suiteql::all(&reads.netsuite, queries::addresses_of(&ids)).await?;
    for one in found.iter_mut() {
        let own = known.iter().filter(|address| address.customer == one.id);
        one.addresses = Some(own.map(|address| stands_at(&address.street, &address.zip)).collect());
    }
    Ok(())
}

/// Customers by our names for them, by the names of shared ones, and by mail address.
pub async fn customers(
    reads: &Reads<'_>,
    externals: &[ExternalId],
    shared: &[String],
    addresses: &[String],
) -> Result<Vec<CustomerFound>, Failure> {
    let (by_external_id, by_name, by_email) = futures::try_join!(
        suiteql::all(&reads.netsuite, queries::customers_by_external_id(externals)),
        suiteql::all(&reads.netsuite, queries::customers_by_name(shared)),
        suiteql::all(&reads.netsuite, queries::customers_by_email(addresses)),
    )?;
    let found = by_external_id.into_iter().chain(by_name).chain(by_email);
    let mut by_id: BTreeMap<RecordId, CustomerFound> = BTreeMap::new();
    for one in found {
        by_id.insert(one.id.clone(), customer_found(one, shared));
    }
    Ok(by_id.into_values().collect())
}

fn customer_found(known: KnownCustomer, shared: &[String]) -> CustomerFound {
    CustomerFound {
        id: known.id,
        external_id: known.external_id,
        shared_name: Some(known.name).filter(|name| shared.contains(name)),
        email_hash: known.email.as_deref().map(email_hash),
        inactive: known.inactive,
        own_currency: known.currency,
        currencies: None,
        chosen: false,
        subsidiaries: Vec::new(),
        lives_at: Vec::new(),
        addresses: None,
    }
}

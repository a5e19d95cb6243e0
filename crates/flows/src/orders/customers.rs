//! Whose order it is in NetSuite (flows.md §4): one shared customer per marketplace, channel and year, or one per buyer.
//!
//! A customer that NetSuite does not have yet is the first step of the order that needs it, under a name computed from
//! its source, so that two orders of one buyer cannot make two customers.

use amazon::Order;
use chrono::NaiveDate;
use domain::{ExternalId, Text};
use netsuite::{RecordId, RecordType, Target};

use super::customer_found::home_hash;
pub use super::customer_found::{CustomerFound, buyer_external_id, email_hash, lives_at, stands_at};
use super::questions::order_problem;
use crate::flow::{LinkTo, Problem, Remedy, Step, Write};
use crate::rules::{Channel, Profile, Rules};

/// Which customer an order goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// By internal id when NetSuite has it, else by the name that an earlier step gives it.
    pub target: Target,
    /// The step that comes first: it makes the customer that NetSuite does not have yet, or lets it use the currency.
    pub first: Option<Step>,
    /// The name by which the order waits for that step.
    awaited: Option<ExternalId>,
}

impl Customer {
    /// NetSuite's id, when it is there.
    pub fn id(&self) -> Option<&RecordId> {
        match &self.target {
            Target::Id(id) => Some(id),
            Target::Named(_) => None,
        }
    }

    /// What must be confirmed before the order is sent.
    pub fn needs(&self) -> Vec<ExternalId> {
        self.awaited.iter().cloned().collect()
    }

    /// The customer that a step makes first.
    pub(super) fn made_by(name: ExternalId, step: Step) -> Self {
        Self {
            target: Target::Named(name.clone()),
            first: Some(step),
            awaited: Some(name),
        }
    }

    fn known(id: &RecordId) -> Self {
        Self {
            target: Target::Id(id.clone()),
            first: None,
            awaited: None,
        }
    }

    /// With its currency list completed, where the order's currency is not on it (CUS-04).
    fn using(mut self, known: &CustomerFound, currency: Option<&RecordId>, order: &Order) -> Self {
        let (Some(listed), Some(currency)) = (&known.currencies, currency) else {
            return self;
        };
        if listed.contains(currency) {
            return self;
        }
        let name = ExternalId::customer(&format!("{}-CUR-{}", known.id.0, currency.0));
        self.first = Some(Step {
            name: name.as_str().to_owned(),
            title: Text::new("step-add-currency").with("order", order.id.as_str()),
            needs: Vec::new(),
            expect: None,
            hold: None,
            link: Some(LinkTo {
                kind: "buyer".into(),
                key: name.as_str().to_owned(),
            }),
            write: Write::NetSuite(netsuite::customer::add_currency(known.id.clone(), currency)),
        });
        self.awaited = Some(name);
        self
    }
}

/// An order's customer is asked for under these facts.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// How the order leaves.
    pub channel: Channel,
    /// Its business day: names the shared customer.
    pub day: NaiveDate,
    /// NetSuite's id of its currency.
    pub currency: Option<&'a RecordId>,
    /// What NetSuite has.
    pub found: &'a [CustomerFound],
}

/// The shared customer of a marketplace and channel for a day: `Amazon US 2026` (CUS-05, CUS-06).
pub fn shared_name(rules: &Rules, profile: &Profile, day: NaiveDate) -> String {
    match rules.rotation(&profile.id, day) {
        Some(part) => format!("Amazon {} {part}", profile.country),
        None => format!("Amazon {}", profile.country),
    }
}

/// The external id of a shared customer.
pub fn shared_external_id(name: &str) -> ExternalId {
    ExternalId::customer(&name.replace(' ', "-"))
}

/// What a customer is called in a subsidiary of its own: `Amazon US 2026 S2`.
pub fn in_subsidiary(name: &str, subsidiary: &RecordId) -> String {
    format!("{name} S{}", subsidiary.0)
}

/// A buyer's customer in a subsidiary of its own.
pub fn buyer_in_subsidiary(name: &ExternalId, subsidiary: &RecordId) -> ExternalId {
    let key = name.as_str().trim_start_matches("AZN-CUST-");
    ExternalId::customer(&format!("{key}-S{}", subsidiary.0))
}

/// Whether each buyer has a customer of his own.
pub fn per_buyer(rules: &Rules, profile: &Profile, channel: Channel) -> bool {
    channel == Channel::Mfn && rules.says(&profile.id, "customer.mfn.mode", "per_buyer")
}

impl Rules {
    /// The customer of an order, or the questions about it.
    pub fn customer_for(&self, order: &Order, profile: &Profile, asked: Asked<'_>) -> Result<Customer, Vec<Problem>> {
        let chosen = self.adopted_customers.get(&order.id);
        let customer = match buyer_external_id(order) {
            _ if chosen.is_some_and(|id| asked.found.iter().any(|one| one.id == *id)) => {
                chosen.map_or_else(|| self.shared_customer(profile, asked), |id| Ok(Customer::known(id)))?
            }
            Some(name) if per_buyer(self, profile, asked.channel) => self.buyer(order, profile, name, asked)?,
            // Without an address there is no telling buyers apart: the shared customer stands in (CMN-41).
            _ => self.shared_customer(profile, asked)?,
        };
        let customer = self.in_its_subsidiary(order, profile, asked, customer)?;
        let known = asked.found.iter().find(|one| Some(&one.id) == customer.id());
        let Some(known) = known else {
            return Ok(customer);
        };
        if known.inactive {
            return Err(vec![self.unusable(
                order,
                profile,
                asked.channel,
                "problem-customer-inactive",
            )]);
        }
        // A customer of another subsidiary is not moved (CUS-04): another one is chosen for this one.
        if !self.belongs(profile, known) {
            return Err(vec![self.unusable(
                order,
                profile,
                asked.channel,
                "problem-customer-subsidiary",
            )]);
        }
        Ok(customer.using(known, asked.currency, order))
    }

    /// Whether a customer may be used in the marketplace's subsidiary.
    fn belongs(&self, profile: &Profile, known: &CustomerFound) -> bool {
        let wanted = self.record(&profile.id, "subsidiary");
        wanted.is_none_or(|wanted| known.subsidiaries.is_empty() || known.subsidiaries.contains(&wanted))
    }

    /// By choice, a customer of another subsidiary gets a namesake in this one (`customer.per_subsidiary`, CUS-04).
    fn in_its_subsidiary(
        &self,
        order: &Order,
        profile: &Profile,
        asked: Asked<'_>,
        customer: Customer,
    ) -> Result<Customer, Vec<Problem>> {
        let known = asked.found.iter().find(|one| Some(&one.id) == customer.id());
        let (Some(known), Some(subsidiary)) = (known, self.per_subsidiary(&profile.id)) else {
            return Ok(customer);
        };
        if self.belongs(profile, known) {
            return Ok(customer);
        }
        let buyer = buyer_external_id(order).filter(|_| per_buyer(self, profile, asked.channel));
        let shared = in_subsidiary(&shared_name(self, profile, asked.day), &subsidiary);
        let external_id = match &buyer {
            Some(name) => buyer_in_subsidiary(name, &subsidiary),
            None => shared_external_id(&shared),
        };
        if let Some(known) = by_name(asked.found, &external_id) {
            return Ok(Customer::known(&known.id));
        }
        match buyer {
            None => self.new_shared(&shared, external_id, profile, asked),
            Some(_) => self.new_buyer(order, external_id, Some(&subsidiary), profile, asked),
        }
    }

    /// The subsidiary that has customers of its own.
    pub fn per_subsidiary(&self, marketplace: &str) -> Option<RecordId> {
        self.record(marketplace, "subsidiary")
            .filter(|_| self.is_on(marketplace, "customer.per_subsidiary"))
    }

    /// The step that adds the delivery address to the book of the buyer's own customer, where it does not stand there
    /// yet (`customer.update` = `address_book`, CUS-03).
    pub fn new_address(&self, order: &Order, profile: &Profile, asked: Asked<'_>, id: &RecordId) -> Option<Step> {
        let wanted = self.says(&profile.id, "customer.update", "address_book");
        if !wanted || !per_buyer(self, profile, asked.channel) || buyer_external_id(order).is_none() {
            return None;
        }
        let address = super::record::address(order, profile)?;
        let street = address.lines.first()?;
        let place = stands_at(street, address.zip.as_deref().unwrap_or_default());
        let known = asked.found.iter().find(|one| one.id == *id)?;
        if known.addresses.as_ref()?.contains(&place) {
            return None;
        }
        Some(Step {
            name: format!("ADDRESS-{}-{}", id.0, &place[..16]),
            title: Text::new("step-add-address").with("order", order.id.as_str()),
            needs: Vec::new(),
            expect: None,
            hold: None,
            link: None,
            write: Write::NetSuite(netsuite::customer::add_address(id.clone(), &address)),
        })
    }

    /// The shared customer: the one that the seller chose, the one with the computed name, or a new one. Questions where
    /// a row of the seller's own cannot be applied to a new one.
    pub fn shared_customer(&self, profile: &Profile, asked: Asked<'_>) -> Result<Customer, Vec<Problem>> {
        let option = format!("customer.{}.default", asked.channel.as_str());
        if let Some(id) = self.record(&profile.id, &option) {
            return Ok(Customer::known(&id));
        }
        let name = shared_name(self, profile, asked.day);
        let external_id = shared_external_id(&name);
        let by_hand = || {
            asked
                .found
                .iter()
                .find(|one| one.shared_name.as_deref() == Some(name.as_str()) && !one.inactive)
        };
        if let Some(known) = by_name(asked.found, &external_id).or_else(by_hand) {
            return Ok(Customer::known(&known.id));
        }
        self.new_shared(&name, external_id, profile, asked)
    }

    fn buyer(
        &self,
        order: &Order,
        profile: &Profile,
        name: ExternalId,
        asked: Asked<'_>,
    ) -> Result<Customer, Vec<Problem>> {
        if let Some(known) = by_name(asked.found, &name) {
            return Ok(Customer::known(&known.id));
        }
        let email = order
            .buyer
            .email
            .as_ref()
            .map(|email| email.reveal().clone())
            .unwrap_or_default();
        let by_email = !self.says(&profile.id, "customer.match", "none");
        let by_home = self.says(&profile.id, "customer.match", "email_then_name_postcode");
        let (hash, home) = (email_hash(&email), home_hash(order));
        let elsewhere = |one: &CustomerFound| self.per_subsidiary(&profile.id).is_some() && !self.belongs(profile, one);
        let has_email = |one: &&CustomerFound| {
            by_email && !one.inactive && one.email_hash.as_deref() == Some(hash.as_str()) && !elsewhere(one)
        };
        let has_home = |one: &&CustomerFound| {
            by_home && !one.inactive && home.as_ref().is_some_and(|home| one.lives_at.contains(home))
        };
        for same in [
            asked.found.iter().filter(has_email).collect::<Vec<_>>(),
            asked.found.iter().filter(has_home).collect(),
        ] {
            match same.as_slice() {
                [] => (),
                [one] => return Ok(Customer::known(&one.id)),
                many => return Err(vec![ambiguous(order, many)]),
            }
        }
        self.new_buyer(order, name, None, profile, asked)
    }
}

fn by_name<'a>(found: &'a [CustomerFound], name: &ExternalId) -> Option<&'a CustomerFound> {
    found
        .iter()
        .find(|one| one.external_id.as_deref() == Some(name.as_str()))
}

/// Several customers could be the buyer: a person says which one is.
fn ambiguous(order: &Order, many: &[&CustomerFound]) -> Problem {
    let what = Text::new("problem-customer-ambiguous")
        .with("order", order.id.as_str())
        .with("count", many.len());
    let choose = many.iter().map(|one| Remedy::Adopt {
        record: RecordType::Customer,
        id: one.id.clone(),
        number: one.id.0.clone(),
        state: String::new(),
    });
    let remedies = choose.chain([Remedy::Retry, Remedy::Exclude]).collect();
    order_problem(
        "CUSTOMER_AMBIGUOUS",
        order,
        what,
        "problem-customer-ambiguous-why",
        remedies,
    )
}

impl Rules {
    /// The customer cannot be used, and what may be chosen instead depends on who chose it.
    fn unusable(&self, order: &Order, profile: &Profile, channel: Channel, what: &str) -> Problem {
        let option = if per_buyer(self, profile, channel) {
            "customer.mfn.mode".to_owned()
        } else {
            format!("customer.{}.default", channel.as_str())
        };
        let choose = Remedy::SetOption {
            option,
            marketplace: Some(profile.id.clone()),
        };
        let text = Text::new(what).with("order", order.id.as_str());
        let apart = Remedy::SetOption {
            option: "customer.per_subsidiary".into(),
            marketplace: Some(profile.id.clone()),
        };
        let apart = (what == "problem-customer-subsidiary").then_some(apart);
        let rest = [choose, Remedy::Retry, Remedy::Exclude];
        let remedies = apart.into_iter().chain(rest).collect();
        order_problem("CUSTOMER_AMBIGUOUS", order, text, &format!("{what}-why"), remedies)
    }
}

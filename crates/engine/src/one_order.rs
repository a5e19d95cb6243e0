//! What a person says about one order: that it is handled elsewhere, and that it is not any more (CMN-26); that a flow is
//! to look at it now.

use std::collections::BTreeSet;

use flows::Key;
use flows::flow::Group;
use serde_json::json;
use store::decisions::{self, State};
use store::runs::Trigger;
use store::{StoreError, audit, exclusions, problems};

use crate::account_of;
use crate::engine::Engine;
use crate::request::{Report, RunRequest, StartError};
use crate::schedule::chained;
use crate::set_aside::{Why, leave_out};

impl Engine {
    /// A person handles an order elsewhere: from now on no flow of orders or bills touches it, those that have not seen it
    /// yet included. What is on its way is brought to its end. Whether the order is known.
    pub fn handled_elsewhere(&self, order: &str, reason: &str, who: &str) -> Result<bool, StoreError> {
        let now = self.0.now();
        let flows = self.flows().iter().map(|entry| entry.card);
        let flows: Vec<_> = flows.filter(|card| is_about_orders(card.group)).collect();
        let why = Why { reason, who, act: "" };
        let known = self.store().write(|db| {
            let about = decisions::about(db, order)?.into_iter();
            let accounts: BTreeSet<String> = about.map(|decision| decision.account).collect();
            for account in &accounts {
                for card in &flows {
                    leave_out(db, (card.id, account.as_str(), order), &why, now)?;
                }
            }
            if !accounts.is_empty() {
                audit::add(db, now, who, "handled-elsewhere", order, &json!({ "reason": reason }))?;
            }
            Ok(!accounts.is_empty())
        })?;
        self.0.tell_problems();
        Ok(known)
    }

    /// Takes that back: every flow looks at the order again, in the order of the chains. What befell it meanwhile lies
    /// behind their cursors.
    pub async fn take_back(&self, order: &str, who: &str) -> Result<Vec<Report>, StartError> {
        let now = self.0.now();
        let flows = self.store().write(|db| {
            let mut flows = BTreeSet::new();
            for one in exclusions::about(db, order)? {
                exclusions::remove(db, &one.flow, &one.account, order)?;
                decisions::set_state(db, &one.flow, &one.account, order, State::Waiting)?;
                flows.insert(one.flow);
            }
            problems::taken_back_about(db, order, who)?;
            audit::add(db, now, who, "include", order, &json!({ "flows": flows }))?;
            Ok(flows)
        })?;
        self.0.tell_problems();
        let mut reports = Vec::new();
        for entry in chained(self.flows()) {
            if flows.contains(entry.card.id) {
                reports.extend(self.look_at(entry.card.id, order).await?);
            }
        }
        Ok(reports)
    }

    /// Lets a flow look at one subject now, in the accounts that know it; a run of that flow that is going on is waited
    /// for, since what a person just said must be seen.
    pub async fn look_at(&self, flow: &str, key: &str) -> Result<Vec<Report>, StartError> {
        let keys = [key.to_owned()];
        let known = self.store().read(|db| decisions::accounts_of(db, &keys))?;
        let known = known.get(key).cloned().unwrap_or_default();
        let mut reports = Vec::new();
        for scope in self.scopes(flow, None)? {
            if !known.contains(&account_of(&scope)) {
                continue;
            }
            let request = RunRequest {
                keys: Some(vec![Key(key.to_owned())]),
                ..RunRequest::new(flow, scope, Trigger::Ids)
            };
            reports.extend(self.run_when_free(request).await?);
        }
        Ok(reports)
    }
}

fn is_about_orders(group: Group) -> bool {
    matches!(group, Group::Orders | Group::Billing)
}

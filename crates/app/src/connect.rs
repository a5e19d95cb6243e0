//! The lines to both services, for whichever world was chosen.

use std::collections::BTreeMap;
use std::sync::Arc;

use amazon::marketplaces::Region;
use engine::Connections;
use serde::Deserialize;
use serde_json::Value;
use wire::clock::Chance;
use wire::line::{Line, OnWaiting};
use wire::record::Recorder;
use wire::service::Service;
use wire::{Clock, Seats, Transport};

use crate::contract::Refusal;
use crate::demo::Roles;

/// Requests that NetSuite may have open at once for us (netsuite.md §0 fact 7: base 5 on the standard tier). The line
/// goes down by itself when the account says that others use it too.
pub const NETSUITE_AT_ONCE: usize = 5;
/// Requests that one Amazon region may have open at once; its buckets are the real limit.
const AMAZON_AT_ONCE: usize = 4;

/// How to reach both services of one company: the JSON line of `passerelle simulator`, or the same from the simulator
/// in process.
#[derive(Clone, Deserialize)]
pub struct Described {
    amazon: AmazonSide,
    netsuite: NetSuiteSide,
    /// What stands in the simulated company under which role.
    #[serde(default)]
    roles: Roles,
}

#[derive(Clone, Deserialize)]
struct AmazonSide {
    endpoints: BTreeMap<String, String>,
    lwa_token_url: String,
    client_id: String,
    client_secret: String,
    refresh_tokens: BTreeMap<String, String>,
    seller_id: String,
}

#[derive(Clone, Deserialize)]
struct NetSuiteSide {
    account: String,
    base_url: String,
    oauth2: Certificate,
}

#[derive(Clone, Deserialize)]
#[allow(clippy::struct_field_names, reason = "the names of the JSON line")]
struct Certificate {
    client_id: String,
    certificate_id: String,
    private_key_pem: String,
}

/// What every line is made of.
pub struct Wiring {
    /// Carries the messages.
    pub transport: Arc<dyn Transport>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// Keeps each exchange, if wished.
    pub recorder: Option<Arc<dyn Recorder>>,
    /// Is told of each wait.
    pub on_waiting: Option<OnWaiting>,
    /// Requests that NetSuite may have open at once.
    pub netsuite_at_once: usize,
}

impl Described {
    /// Reads a description.
    pub fn read(described: &Value) -> Result<Self, Refusal> {
        serde_json::from_value(described.clone()).map_err(|error| Refusal::bad_request("services", error))
    }

    /// The description of a simulator in this process.
    pub fn of(simulator: &simulator::Simulator) -> Result<Self, Refusal> {
        let roles = simulator.opening_books().roles.iter().cloned().collect();
        Ok(Self {
            roles,
            ..Self::read(&simulator.credentials())?
        })
    }

    /// The seller's id.
    pub fn seller(&self) -> &str {
        &self.amazon.seller_id
    }

    /// The NetSuite account's id.
    pub fn netsuite_account(&self) -> &str {
        &self.netsuite.account
    }

    /// What stands under which role.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// The lines to these services.
    pub fn connect(&self, wiring: &Wiring) -> Connections {
        let region = |region: Region| -> Option<(String, Arc<dyn Seats>)> {
            let endpoint = self.amazon.endpoints.get(region.as_str())?;
            let refresh_token = self.amazon.refresh_tokens.get(region.as_str())?;
            let addresses = amazon::Addresses {
                token: self.amazon.lwa_token_url.clone(),
                endpoint: endpoint.trim_end_matches('/').to_owned(),
                loopback: is_loopback(endpoint),
            };
            let credentials = amazon::Credentials {
                client_id: self.amazon.client_id.clone(),
                client_secret: self.amazon.client_secret.clone().into(),
                refresh_token: refresh_token.clone().into(),
            };
            let service = amazon::SellingPartner::new(addresses, credentials);
            Some((region.as_str().to_owned(), wiring.line(service, AMAZON_AT_ONCE)))
        };
        let base_url = &self.netsuite.base_url;
        let account = if is_loopback(base_url) {
            netsuite::service::Account::loopback(&self.netsuite.account, base_url)
        } else {
            netsuite::service::Account::new(&self.netsuite.account)
        };
        let credentials = netsuite::service::Credentials::Certificate {
            client_id: self.netsuite.oauth2.client_id.clone(),
            certificate_id: self.netsuite.oauth2.certificate_id.clone(),
            private_key: self.netsuite.oauth2.private_key_pem.clone().into(),
        };
        let documents = if self.amazon.endpoints.values().any(|endpoint| is_loopback(endpoint)) {
            amazon::Documents::loopback()
        } else {
            amazon::Documents::default()
        };
        Connections {
            amazon: Region::ALL.into_iter().filter_map(region).collect(),
            documents: wiring.line(documents, AMAZON_AT_ONCE),
            netsuite: wiring.line(
                netsuite::service::NetSuite::new(account, credentials),
                wiring.netsuite_at_once,
            ),
            writes_at_once: wiring.netsuite_at_once,
        }
    }
}

impl Wiring {
    fn line<S: Service + 'static>(&self, service: S, most: usize) -> Arc<dyn Seats> {
        let line = Line::new(
            service,
            Arc::clone(&self.transport),
            Arc::clone(&self.clock),
            Arc::clone(&self.chance),
            most,
        );
        let line = match &self.recorder {
            Some(recorder) => line.recorded_by(Arc::clone(recorder)),
            None => line,
        };
        Arc::new(match &self.on_waiting {
            Some(on_waiting) => line.telling(Arc::clone(on_waiting)),
            None => line,
        })
    }
}

fn is_loopback(address: &str) -> bool {
    address.starts_with("http://")
}

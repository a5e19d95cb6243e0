//! Both simulated services on virtual time, and lines to them.

use std::sync::Arc;

use amazon::{Addresses, Region, SellingPartner};
use engine::edge::{SeededChance, VirtualClock};
use netsuite::{Account, NetSuite, RecordId};
use serde_json::Value;
use simulator::{Company, Latency, Options, Simulator};
use wire::Line;

pub const SEED: u64 = 7;

pub struct Bench {
    pub simulator: Simulator,
    pub clock: Arc<VirtualClock>,
    pub credentials: Value,
}

pub fn bench(company: Company, latency: Latency) -> Bench {
    let clock = Arc::new(VirtualClock::starting("2026-11-23T09:00:00Z".parse().unwrap()));
    let orders = (company == Company::Large).then_some(60);
    let options = Options {
        latency,
        orders,
        ..Options::new(SEED, company, clock.clone())
    };
    let simulator = Simulator::open(options).unwrap();
    let credentials = simulator.credentials();
    Bench {
        simulator,
        clock,
        credentials,
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl Bench {
    pub fn line<S: wire::Service>(&self, service: S) -> Line<S> {
        let chance = Arc::new(SeededChance::new(SEED));
        Line::new(service, self.simulator.transport(), self.clock.clone(), chance, 5)
    }

    pub fn amazon(&self, region: Region) -> Line<SellingPartner> {
        let known = &self.credentials["amazon"];
        let credentials = amazon::Credentials {
            client_id: text(&known["client_id"]),
            client_secret: text(&known["client_secret"]).into(),
            refresh_token: text(&known["refresh_tokens"][region.as_str()]).into(),
        };
        self.line(SellingPartner::new(Addresses::of(region), credentials))
    }

    pub fn netsuite(&self) -> Line<NetSuite> {
        let known = &self.credentials["netsuite"]["oauth2"];
        let credentials = netsuite::Credentials::Certificate {
            client_id: text(&known["client_id"]),
            certificate_id: text(&known["certificate_id"]),
            private_key: text(&known["private_key_pem"]).into(),
        };
        self.line(NetSuite::new(
            Account::new(&text(&self.credentials["netsuite"]["account"])),
            credentials,
        ))
    }

    pub fn token_based(&self) -> Line<NetSuite> {
        let known = &self.credentials["netsuite"]["tba"];
        let credentials = netsuite::Credentials::TokenBased {
            consumer_key: text(&known["consumer_key"]),
            consumer_secret: text(&known["consumer_secret"]).into(),
            token_id: text(&known["token_id"]),
            token_secret: text(&known["token_secret"]).into(),
        };
        self.line(NetSuite::new(
            Account::new(&text(&self.credentials["netsuite"]["account"])),
            credentials,
        ))
    }

    pub fn role(&self, role: &str) -> RecordId {
        let books = self.simulator.opening_books();
        RecordId(
            books
                .role(role)
                .unwrap_or_else(|| panic!("{role}: {:?}", books.roles))
                .to_string(),
        )
    }
}

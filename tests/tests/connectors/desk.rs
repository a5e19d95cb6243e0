//! A desk at which records are written by name.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::ExternalId;
use netsuite::records::Read;
use netsuite::{Customer, NetSuite, RecordId, RecordType, Sale, SaleLine, Target, Write};
use rust_decimal::Decimal;
use simulator::{Company, Latency};
use wire::{Failure, Line, perform};

use crate::bench::{Bench, bench};

/// A company in which records are written one after the other, by name.
pub struct Desk {
    pub bench: Bench,
    pub line: Line<NetSuite>,
    pub ids: HashMap<ExternalId, RecordId>,
}

impl Desk {
    pub fn open() -> Self {
        let bench = bench(Company::Empty, Latency::NONE);
        let line = bench.netsuite();
        Self {
            bench,
            line,
            ids: HashMap::new(),
        }
    }

    pub async fn write(&mut self, write: &Write) -> Result<RecordId, Failure> {
        let call = write.call(&|name| self.ids.get(name).cloned()).unwrap();
        let written = perform(&self.line, &call).await?;
        if let Some((_, name)) = write.creates() {
            self.ids.insert(name.clone(), written.id.clone());
        }
        Ok(written.id)
    }

    pub async fn read(&self, record: RecordType, id: RecordId) -> netsuite::Record {
        perform(&self.line, &Read::id(record, id)).await.unwrap()
    }

    pub fn currency(&self, code: &str) -> RecordId {
        let books = self.bench.simulator.opening_books();
        RecordId(
            books
                .currencies
                .iter()
                .find(|one| one.code == code)
                .unwrap()
                .id
                .to_string(),
        )
    }

    pub fn sku(&self, nth: usize) -> RecordId {
        let items = &self.bench.simulator.opening_books().items;
        let sold = items
            .iter()
            .filter(|item| !item.inactive && item.kind == simulator::books::ItemKind::Inventory);
        RecordId(sold.map(|item| item.id).nth(nth).unwrap().to_string())
    }

    pub async fn customer(&mut self) -> Target {
        let name = ExternalId::customer("buyer-1");
        let subsidiary = self.bench.simulator.opening_books().subsidiaries[0].id.to_string();
        let customer = Customer {
            external_id: name.clone(),
            entity_id: Some("Amazon buyer 1".into()),
            name: netsuite::customer::Name::Person {
                first: "Ada".into(),
                last: "Buyer".into(),
            },
            email: Some("relay@marketplace.amazon.com".into()),
            phone: None,
            subsidiary: Some(RecordId(subsidiary)),
            currency: Some(self.currency("USD")),
            currencies: Vec::new(),
            more: Vec::new(),
        };
        self.write(&customer.create()).await.unwrap();
        Target::Named(name)
    }

    pub fn sale(&self, external_id: ExternalId, customer: Target) -> Sale {
        let location = RecordId(self.bench.simulator.opening_books().locations[0].id.to_string());
        Sale {
            other_ref_num: Some("028-9999999-0000001".into()),
            currency: Some(self.currency("USD")),
            location: Some(location),
            memo: Some("Amazon 028-9999999-0000001".into()),
            ship_to: Some(netsuite::Address {
                addressee: Some("Ada Buyer".into()),
                lines: vec!["1 Main St".into()],
                city: Some("Austin".into()),
                country: Some("US".into()),
                ..Default::default()
            }),
            // Three for 10.00: the rate does not divide, the amount must stand all the same (CMN-08).
            lines: vec![
                SaleLine::new(self.sku(0), Decimal::from(3), Decimal::new(1000, 2)).described("3 for 10.00"),
                SaleLine::new(self.sku(1), Decimal::ONE, Decimal::new(1999, 2)),
            ],
            ..Sale::new(external_id, customer, day("2026-11-20"))
        }
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn total() -> Decimal {
    Decimal::new(2999, 2)
}

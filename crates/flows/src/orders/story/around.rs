//! What a story says of buyers, places, parcels and taxes.

use amazon::Sensitive;
use amazon::orders::{Address, Package, Program, TaxRegistration};

use super::given::Story;
use crate::orders::seen::Withheld;
use crate::rules::tax::{TAX_CODES, TAX_RATES};

impl Story {
    /// Takes a line about one of them; whether it was one.
    pub(super) fn takes_place(&mut self, word: &str, rest: &str) -> bool {
        match word {
            "business" => {
                self.seen.order.programs.push(Program::AmazonBusiness);
                self.seen.order.buyer.purchase_order = Some(rest.into());
            }
            "buyer" => {
                let (email, name) = rest.split_once(' ').unwrap_or((rest, ""));
                self.seen.order.buyer.email = Some(Sensitive::new(email.into()));
                self.seen.order.address = Some(Address {
                    name: Some(Sensitive::new(name.into())),
                    ..Address::default()
                });
            }
            "company" => self.seen.order.buyer.company = Some(Sensitive::new(rest.into())),
            "vat-id" => self.seen.order.buyer_tax_registrations.push(TaxRegistration {
                kind: Some("VAT".into()),
                number: Sensitive::new(rest.into()),
            }),
            // Jane Doe|1 High St|Berlin|BE|DE
            "address" => {
                let parts: Vec<&str> = rest.split('|').collect();
                let part = |index: usize| Some(parts[index].to_owned()).filter(|text| !text.is_empty());
                self.seen.order.address = Some(Address {
                    name: part(0).map(Sensitive::new),
                    lines: part(1).map(Sensitive::new).into_iter().collect(),
                    city: part(2),
                    state: part(3),
                    country: part(4),
                    postal_code: parts.get(5).map(|code| Sensitive::new((*code).into())),
                    ..Address::default()
                });
            }
            // UPS 1Z999 on 2026-11-13T10:00:00Z from PL
            "package" => {
                let words: Vec<&str> = rest.split(' ').collect();
                self.seen.order.packages.push(Package {
                    reference: (self.seen.order.packages.len() + 1).to_string(),
                    status: None,
                    carrier: Some(words[0].into()),
                    service: None,
                    tracking: Some(words[1].into()),
                    shipped: words.get(3).map(|at| at.parse().unwrap()),
                    ship_from: words.get(5).map(|country| (*country).to_owned()),
                    contents: Vec::new(),
                });
            }
            "tax-code" | "tax-rate" => {
                let name = if word == "tax-code" { TAX_CODES } else { TAX_RATES };
                let (from, to) = rest.split_once(" = ").unwrap();
                let table = self.rules.tables.entry(name.into()).or_default();
                table.insert(from.into(), to.into());
            }
            "withheld" => {
                self.seen.withheld = Withheld {
                    buyer: rest.contains("buyer"),
                    tax: rest.contains("tax"),
                }
            }
            _ => return false,
        }
        true
    }
}

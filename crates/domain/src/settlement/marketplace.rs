//! Which marketplace a line belongs to, as far as facts on this computer go (SET-15..18).

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use super::{Header, Line};
use crate::money::Currency;

/// A marketplace as settlements name it (flows.md §1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marketplace {
    /// Amazon's marketplace id.
    pub id: &'static str,
    /// Country code.
    pub country: &'static str,
    /// `marketplace-name` in settlements.
    pub name: &'static str,
    /// Its settlement currency.
    pub currency: &'static str,
    /// The business time zone.
    pub zone: Tz,
}

const fn row(
    country: &'static str,
    id: &'static str,
    currency: &'static str,
    zone: Tz,
    name: &'static str,
) -> Marketplace {
    Marketplace {
        id,
        country,
        name,
        currency,
        zone,
    }
}

/// Every marketplace with a settlement.
pub const ALL: &[Marketplace] = &[
    row("US", "ATVPDKIKX0DER", "USD", Tz::America__Los_Angeles, "Amazon.com"),
    row("CA", "A2EUQ1WTGCTBG2", "CAD", Tz::America__Los_Angeles, "Amazon.ca"),
    row("MX", "A1AM78C64UM0Y8", "MXN", Tz::America__Los_Angeles, "Amazon.com.mx"),
    row("BR", "A2Q3Y263D00KWC", "BRL", Tz::America__Sao_Paulo, "Amazon.com.br"),
    row("UK", "A1F83G8C2ARO7P", "GBP", Tz::Europe__London, "Amazon.co.uk"),
    row("DE", "A1PA6795UKMFR9", "EUR", Tz::Europe__Berlin, "Amazon.de"),
    row("FR", "A13V1IB3VIYZZH", "EUR", Tz::Europe__Paris, "Amazon.fr"),
    row("IT", "APJ6JRA9NG5V4", "EUR", Tz::Europe__Rome, "Amazon.it"),
    row("ES", "A1RKKUPIHCS9HS", "EUR", Tz::Europe__Madrid, "Amazon.es"),
    row("NL", "A1805IZSGTT6HS", "EUR", Tz::Europe__Amsterdam, "Amazon.nl"),
    row("BE", "AMEN7PMS3EDWL", "EUR", Tz::Europe__Brussels, "Amazon.com.be"),
    row("IE", "A28R8C7NBKEWEA", "EUR", Tz::Europe__Dublin, "Amazon.ie"),
    row("SE", "A2NODRKZP88ZB9", "SEK", Tz::Europe__Stockholm, "Amazon.se"),
    row("PL", "A1C3SOZRARQ6R3", "PLN", Tz::Europe__Warsaw, "Amazon.pl"),
    row("TR", "A33AVAJ2PDY3EV", "TRY", Tz::Europe__Istanbul, "Amazon.com.tr"),
    row("AE", "A2VIGQ35RCS4UG", "AED", Tz::Asia__Dubai, "Amazon.ae"),
    row("SA", "A17E79C6D8DWNP", "SAR", Tz::Asia__Riyadh, "Amazon.sa"),
    row("EG", "ARBP9OOSHTCHU", "EGP", Tz::Africa__Cairo, "Amazon.eg"),
    row("ZA", "AE08WJ6YKNBMC", "ZAR", Tz::Africa__Johannesburg, "Amazon.co.za"),
    row("IN", "A21TJRUUN4KGV", "INR", Tz::Asia__Kolkata, "Amazon.in"),
    row("JP", "A1VC38T7YXB528", "JPY", Tz::Asia__Tokyo, "Amazon.co.jp"),
    row("AU", "A39IBJ37TRP1C6", "AUD", Tz::Australia__Sydney, "Amazon.com.au"),
    row("SG", "A19VAU5U5O7RUS", "SGD", Tz::Asia__Singapore, "Amazon.sg"),
];

/// The marketplace of a `marketplace-name`, whatever its case; `Non-Amazon CA` is Canada's.
pub fn named(name: &str) -> Option<&'static Marketplace> {
    let name = name.trim();
    let elsewhere = is_from_elsewhere(name).then(|| name.rsplit([' ', '-']).next().unwrap_or_default());
    ALL.iter().find(|market| match elsewhere {
        None => market.name.eq_ignore_ascii_case(name),
        Some(country) => market.country.eq_ignore_ascii_case(country),
    })
}

/// The marketplace of an Amazon id.
pub fn by_id(id: &str) -> Option<&'static Marketplace> {
    ALL.iter().find(|market| market.id == id)
}

/// Multi-Channel Fulfilment: an order from elsewhere that Amazon shipped (`Non-Amazon …`).
pub fn is_from_elsewhere(name: &str) -> bool {
    name.trim().to_ascii_lowercase().starts_with("non-amazon")
}

/// What is known beside the settlement itself.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Marketplaces (Amazon's ids) that the account takes part in.
    pub account: Vec<String>,
    /// Orders, shipments and adjustments of earlier settlements and imported orders, with their marketplace's id.
    pub earlier: BTreeMap<String, String>,
    /// What a person picked for a currency (SET-16, last step).
    pub picked: BTreeMap<Currency, String>,
}

/// Finds the marketplace of each line of one settlement.
#[derive(Debug)]
pub struct Attribution<'a> {
    known: &'a Known,
    in_this_file: BTreeMap<String, String>,
    fallback: Option<String>,
}

impl<'a> Attribution<'a> {
    /// Reads the named lines once, to place the others by them.
    pub fn new<'l>(header: &Header, lines: impl IntoIterator<Item = &'l Line>, known: &'a Known) -> Self {
        let mut in_this_file = BTreeMap::new();
        let mut names = BTreeSet::new();
        for line in lines {
            let Some(market) = named(&line.marketplace_name) else {
                continue;
            };
            names.insert(market.id);
            for id in [&line.order_id, &line.shipment_id, &line.adjustment_id] {
                if !id.is_empty() {
                    in_this_file.entry(id.clone()).or_insert_with(|| market.id.to_owned());
                }
            }
        }
        let fallback = only(names.into_iter()).or_else(|| Self::by_currency(header, known));
        Self {
            known,
            in_this_file,
            fallback,
        }
    }

    /// The marketplace's Amazon id, or nothing: then a person picks once for the settlement (`MARKETPLACE_UNKNOWN`).
    pub fn of(&self, line: &Line) -> Option<String> {
        if let Some(market) = named(&line.marketplace_name) {
            return Some(market.id.to_owned());
        }
        let ids = [&line.order_id, &line.shipment_id, &line.adjustment_id];
        ids.iter()
            .find_map(|id| self.in_this_file.get(*id))
            .or_else(|| ids.iter().find_map(|id| self.known.earlier.get(*id)))
            .or(self.fallback.as_ref())
            .cloned()
    }

    /// The account's only marketplace with the settlement's currency, else the only one there is.
    fn by_currency(header: &Header, known: &Known) -> Option<String> {
        let currency = header.currency.code();
        let of_account = known
            .account
            .iter()
            .filter_map(|id| by_id(id))
            .filter(|market| market.currency == currency);
        only(of_account.map(|market| market.id))
            .or_else(|| {
                let nobody_asked = known.account.is_empty();
                only(
                    ALL.iter()
                        .filter(|market| nobody_asked && market.currency == currency)
                        .map(|market| market.id),
                )
            })
            .or_else(|| known.picked.get(&header.currency).cloned())
    }
}

fn only(mut ids: impl Iterator<Item = &'static str>) -> Option<String> {
    let first = ids.next()?;
    ids.next().is_none().then(|| first.to_owned())
}

//! Which NetSuite fields a row may name, and which are locked (CMN-29).

use serde::{Deserialize, Serialize};

/// Where in a record a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Once for the whole record.
    Body,
    /// On each of its lines.
    Line,
}

impl Place {
    /// `body` or `line`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Line => "line",
        }
    }

    /// The place of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Body, Self::Line]
            .into_iter()
            .find(|place| place.as_str() == name)
    }
}

/// Fields that come from Amazon and the product's own rules alone: they make a record exist once, belong to somebody,
/// and come to the right sum (CMN-29). NetSuite's names.
pub const LOCKED: &[(Place, &str)] = &[
    (Place::Body, "externalId"),
    (Place::Body, "otherRefNum"),
    (Place::Body, "entity"),
    (Place::Body, "currency"),
    (Place::Body, "tranDate"),
    (Place::Line, "item"),
    (Place::Line, "quantity"),
    (Place::Line, "rate"),
    (Place::Line, "amount"),
];

/// NetSuite's own fields that a row may fill. All others than these and custom ones are refused, so that a field that
/// carries money cannot be reached by a name that nobody thought of.
const OPEN: &[(Place, &str)] = &[
    (Place::Body, "memo"),
    (Place::Body, "subsidiary"),
    (Place::Body, "location"),
    (Place::Body, "department"),
    (Place::Body, "class"),
    (Place::Body, "shipMethod"),
    (Place::Body, "customForm"),
    (Place::Body, "salesRep"),
    (Place::Body, "partner"),
    (Place::Body, "leadSource"),
    (Place::Body, "message"),
    (Place::Line, "description"),
    (Place::Line, "location"),
    (Place::Line, "department"),
    (Place::Line, "class"),
];

/// Custom fields of the product itself: later flows find their records by them, and tell by them what Amazon changed.
const OWN: &[&str] = &["custbody_azn_", "custcol_azn_"];

/// NetSuite's own fields that a row may fill at a place.
pub fn open(place: Place) -> impl Iterator<Item = &'static str> {
    OPEN.iter().filter(move |(at, _)| *at == place).map(|(_, name)| *name)
}

/// Whether a row may fill this field: one of NetSuite's that carries no money, a custom field, or a custom segment.
pub fn may_map(place: Place, field: &str) -> bool {
    open(place).any(|name| name == field) || (is_custom(place, field) && !OWN.iter().any(|own| field.starts_with(own)))
}

fn is_custom(place: Place, field: &str) -> bool {
    let own = match place {
        Place::Body => "custbody",
        Place::Line => "custcol",
    };
    // Custom segments keep one id wherever they stand (netsuite.md §7).
    let rest = field.strip_prefix(own).or_else(|| field.strip_prefix("cseg"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cmn_29_no_row_reaches_an_amount_a_customer_or_a_name() {
        for (place, field) in LOCKED {
            assert!(!may_map(*place, field), "{field}");
        }
        for field in [
            "total",
            "exchangeRate",
            "shippingCost",
            "discountRate",
            "taxTotal",
            "item",
            "items",
            "id",
            "account",
            "custbody_azn_order_id",
            "custbody_azn_is_prime",
            "custbody",
            "custbody A",
            "custcol_x",
            "$named",
            "",
        ] {
            assert!(!may_map(Place::Body, field), "{field}");
        }
        for field in [
            "price",
            "grossAmt",
            "taxDetailsReference",
            "isTaxable",
            "custcol_azn_order_item_id",
            "units",
        ] {
            assert!(!may_map(Place::Line, field), "{field}");
        }
    }

    #[test]
    fn cmn_31_dimensions_can_be_set_on_body_and_line() {
        for field in ["subsidiary", "location", "department", "class", "cseg_channel"] {
            assert!(may_map(Place::Body, field), "{field}");
        }
        for field in ["location", "department", "class", "cseg_channel"] {
            assert!(may_map(Place::Line, field), "{field}");
        }
    }
}

//! Which fields of each kind of record a row may name, and which are locked (CMN-29).

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

/// What the rows of a kind of record may name, by the service's own names. A kind is declared once, as a table; nothing
/// else about rows knows which record they fill.
#[derive(Debug)]
pub struct Fields {
    /// Fields that come from Amazon and the product's own rules alone: they make a record exist once, belong to somebody,
    /// and come to the right sum (CMN-29).
    pub locked: &'static [(Place, &'static str)],
    /// The service's own fields that a row may fill. All others than these and custom ones are refused, so that a field
    /// that carries money cannot be reached by a name that nobody thought of.
    pub open: &'static [(Place, &'static str)],
    /// How the id of a custom field begins, at each place that has any.
    pub custom: &'static [(Place, &'static str)],
    /// Open fields without which the service refuses the record: no row may leave them out.
    pub needed: &'static [(Place, &'static str)],
}

/// A record that no row fills.
pub static NONE: Fields = Fields {
    locked: &[],
    open: &[],
    custom: &[],
    needed: &[],
};

/// A sale as Amazon's orders become one: sales order, invoice or cash sale.
pub static SALE: Fields = Fields {
    locked: &[
        (Place::Body, "externalId"),
        (Place::Body, "otherRefNum"),
        (Place::Body, "entity"),
        (Place::Body, "currency"),
        (Place::Body, "tranDate"),
        (Place::Line, "item"),
        (Place::Line, "quantity"),
        (Place::Line, "rate"),
        (Place::Line, "amount"),
    ],
    open: &[
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
    ],
    custom: &[(Place::Body, "custbody"), (Place::Line, "custcol")],
    needed: &[],
};

/// A customer (flows.md §4). Who it is and how it is reached is Amazon's to say, and NetSuite must never mail an Amazon
/// buyer (CUS-02): no field about mail is open.
pub static CUSTOMER: Fields = Fields {
    locked: &[
        (Place::Body, "externalId"),
        (Place::Body, "entityId"),
        (Place::Body, "isPerson"),
        (Place::Body, "companyName"),
        (Place::Body, "firstName"),
        (Place::Body, "lastName"),
        (Place::Body, "email"),
        (Place::Body, "currency"),
    ],
    open: &[
        (Place::Body, "subsidiary"),
        (Place::Body, "category"),
        (Place::Body, "priceLevel"),
        (Place::Body, "terms"),
        (Place::Body, "taxItem"),
        (Place::Body, "salesRep"),
        (Place::Body, "partner"),
        (Place::Body, "leadSource"),
        (Place::Body, "territory"),
        (Place::Body, "receivablesAccount"),
        (Place::Body, "customForm"),
        (Place::Body, "comments"),
    ],
    custom: &[(Place::Body, "custentity")],
    needed: &[],
};

/// An item fulfilment that the product writes for an order that left without NetSuite (netsuite.md §4.2).
pub static FULFILMENT: Fields = Fields {
    locked: &[
        (Place::Body, "externalId"),
        (Place::Body, "tranDate"),
        (Place::Body, "inventoryLocation"),
        (Place::Body, "shipStatus"),
        (Place::Line, "orderLine"),
        (Place::Line, "itemReceive"),
        (Place::Line, "quantity"),
        (Place::Line, "location"),
    ],
    open: &[
        (Place::Body, "memo"),
        (Place::Body, "shipMethod"),
        (Place::Body, "customForm"),
        (Place::Line, "description"),
    ],
    custom: &[(Place::Body, "custbody"), (Place::Line, "custcol")],
    needed: &[],
};

/// A bill that NetSuite makes from its order: what is billed, amounts, tax and customer are the order's (BIL-03), days and
/// the account are the settings' (BIL-07, BIL-09). Its lines may carry other dimensions and texts than the order's.
pub static BILL: Fields = Fields {
    locked: &[
        (Place::Body, "externalId"),
        (Place::Body, "tranDate"),
        (Place::Body, "dueDate"),
        (Place::Body, "account"),
        (Place::Line, "orderLine"),
        (Place::Line, "item"),
        (Place::Line, "quantity"),
        (Place::Line, "rate"),
        (Place::Line, "amount"),
    ],
    open: &[
        (Place::Body, "memo"),
        (Place::Body, "location"),
        (Place::Body, "department"),
        (Place::Body, "class"),
        (Place::Body, "customForm"),
        (Place::Body, "salesRep"),
        (Place::Body, "partner"),
        (Place::Body, "leadSource"),
        (Place::Body, "message"),
        (Place::Line, "description"),
        (Place::Line, "location"),
        (Place::Line, "department"),
        (Place::Line, "class"),
    ],
    custom: &[(Place::Body, "custbody"), (Place::Line, "custcol")],
    needed: &[],
};

/// A parcel as Amazon is told of it, by the names of `confirmShipment` (FUL-02). What is in it, its number and its
/// reference are the fulfilment's.
pub static CONFIRMATION: Fields = Fields {
    locked: &[
        (Place::Body, "packageReferenceId"),
        (Place::Body, "trackingNumber"),
        (Place::Body, "orderItems"),
    ],
    open: &[
        (Place::Body, "carrierCode"),
        (Place::Body, "carrierName"),
        (Place::Body, "shippingMethod"),
        (Place::Body, "shipDate"),
        (Place::Body, "shipFromSupplySourceId"),
    ],
    custom: &[],
    needed: &[(Place::Body, "carrierCode"), (Place::Body, "shipDate")],
};

/// Fields that belong to the product itself: later flows find their records by them, and tell by them what Amazon changed.
const OWN: &str = "_azn_";

impl Fields {
    /// The service's own fields that a row may fill at a place.
    pub fn open_at(&self, place: Place) -> impl Iterator<Item = &'static str> + use<> {
        let open = self.open.iter().filter(move |(at, _)| *at == place);
        open.map(|(_, name)| *name)
    }

    /// Whether a row may fill this field: an open one, a custom field, or a custom segment.
    pub fn may_map(&self, place: Place, field: &str) -> bool {
        self.open.contains(&(place, field)) || self.is_custom(place, field)
    }

    /// Whether the service refuses a record without it.
    pub fn needs(&self, place: Place, field: &str) -> bool {
        self.needed.contains(&(place, field))
    }

    fn is_custom(&self, place: Place, field: &str) -> bool {
        let Some((_, stem)) = self.custom.iter().find(|(at, _)| *at == place) else {
            return false;
        };
        let own = field.strip_prefix(stem);
        // Custom segments keep one id wherever they stand (netsuite.md §7).
        let rest = own.or_else(|| field.strip_prefix("cseg")).unwrap_or_default();
        let is_ours = own.is_some_and(|rest| rest.starts_with(OWN));
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        !rest.is_empty() && !is_ours && rest.chars().all(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cmn_29_no_row_reaches_an_amount_a_customer_or_a_name() {
        for (place, field) in SALE.locked {
            assert!(!SALE.may_map(*place, field), "{field}");
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
            assert!(!SALE.may_map(Place::Body, field), "{field}");
        }
        for field in [
            "price",
            "grossAmt",
            "taxDetailsReference",
            "isTaxable",
            "custcol_azn_order_item_id",
            "units",
        ] {
            assert!(!SALE.may_map(Place::Line, field), "{field}");
        }
    }

    #[test]
    fn cmn_31_dimensions_can_be_set_on_body_and_line() {
        for field in ["subsidiary", "location", "department", "class", "cseg_channel"] {
            assert!(SALE.may_map(Place::Body, field), "{field}");
        }
        for field in ["location", "department", "class", "cseg_channel"] {
            assert!(SALE.may_map(Place::Line, field), "{field}");
        }
    }

    #[test]
    fn cmn_29_no_row_of_any_kind_reaches_what_is_locked_or_carries_money() {
        let money = [
            "total",
            "amount",
            "exchangeRate",
            "shippingCost",
            "discountRate",
            "taxTotal",
            "creditLimit",
            "undepFunds",
            "terms_",
        ];
        for kind in [&SALE, &CUSTOMER, &FULFILMENT, &BILL, &CONFIRMATION] {
            for (place, field) in kind.locked {
                assert!(!kind.may_map(*place, field), "{field}");
            }
            for field in money
                .iter()
                .chain(&["item", "package", "emailTransactions", "$named", ""])
            {
                assert!(!kind.may_map(Place::Body, field), "{field}");
            }
            for (place, field) in kind.needed {
                assert!(
                    kind.may_map(*place, field),
                    "{field} is needed, so a row must be able to give it"
                );
            }
        }
        assert!(!CUSTOMER.may_map(Place::Body, "custentity_azn_buyer"));
        assert!(!FULFILMENT.may_map(Place::Body, "custbody_azn_confirm_status"));
        assert!(
            !CONFIRMATION.may_map(Place::Body, "custbody_x"),
            "Amazon has no custom fields"
        );
        for kind in [&FULFILMENT, &BILL] {
            for field in [
                "price",
                "taxCode",
                "grossAmt",
                "taxDetailsReference",
                "isClosed",
                "custcol_azn_sku",
            ] {
                assert!(!kind.may_map(Place::Line, field), "{field}");
            }
        }
    }

    #[test]
    fn cmn_31_lines_of_bills_and_fulfilments_have_fields_of_their_own() {
        for field in [
            "location",
            "department",
            "class",
            "description",
            "custcol_x",
            "cseg_channel",
        ] {
            assert!(BILL.may_map(Place::Line, field), "{field}");
        }
        for field in ["description", "custcol_x", "cseg_channel"] {
            assert!(FULFILMENT.may_map(Place::Line, field), "{field}");
        }
        assert!(
            !FULFILMENT.may_map(Place::Line, "location"),
            "where goods leave from is the settings' to say"
        );
    }

    #[test]
    fn cus_02_no_row_makes_netsuite_mail_a_buyer() {
        for field in [
            "emailTransactions",
            "emailPreference",
            "altEmail",
            "globalSubscriptionStatus",
            "giveAccess",
        ] {
            assert!(!CUSTOMER.may_map(Place::Body, field), "{field}");
        }
    }
}

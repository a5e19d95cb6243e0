//! `confirmShipment` of Orders v0, which has no successor in Orders 2026-01-01.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use wire::{Call, Failure, Method, Misread, Quota, Request, Response};

use super::carriers::Carrier;
use crate::service::path_value;

/// One parcel of an order has left. Sent again under the same reference it corrects that parcel (FUL-10), so that a
/// repeat changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Amazon's order number.
    pub order_id: String,
    /// The marketplace's Amazon id.
    pub marketplace_id: String,
    /// The parcel.
    pub parcel: Parcel,
    /// Japan's cash on delivery: the carrier hands the money to the seller.
    pub cash_on_delivery: bool,
}

/// A parcel as Amazon is told of it (FUL-02).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// A positive number as text, unique in the order. A JSON number is refused since January 2026.
    pub reference: String,
    /// Who carries it.
    pub carrier: Carrier,
    /// The carrier's service, in the seller's words.
    pub method: Option<String>,
    /// The tracking number.
    pub tracking: String,
    /// When it left.
    pub shipped: DateTime<Utc>,
    /// Where it left from, as the seller registered the place with Amazon: the only form in which this call takes it.
    pub supply_source: Option<String>,
    /// What is in it: order item id and units.
    pub contents: Vec<(String, u32)>,
}

impl Call for Confirmation {
    /// Amazon answers 204 without a word. That it took is seen by reading the order back (FUL-09).
    type Output = ();
    const QUOTA: Quota = Quota::every_ms("confirmShipment", 500, 10);
    const WRITES: bool = true;

    fn request(&self) -> Request {
        let items = self.parcel.contents.iter();
        let items: Vec<Value> = items
            .map(|(id, units)| json!({ "orderItemId": id, "quantity": units }))
            .collect();
        let mut package = Map::new();
        package.insert("packageReferenceId".to_owned(), self.parcel.reference.clone().into());
        package.insert("carrierCode".to_owned(), self.parcel.carrier.code().into());
        if let Carrier::Other { name } = &self.parcel.carrier {
            package.insert("carrierName".to_owned(), name.clone().into());
        }
        if let Some(method) = &self.parcel.method {
            package.insert("shippingMethod".to_owned(), method.clone().into());
        }
        package.insert("trackingNumber".to_owned(), self.parcel.tracking.clone().into());
        package.insert("shipDate".to_owned(), instant(self.parcel.shipped).into());
        if let Some(source) = &self.parcel.supply_source {
            package.insert("shipFromSupplySourceId".to_owned(), source.clone().into());
        }
        package.insert("orderItems".to_owned(), items.into());
        let mut body = json!({ "marketplaceId": self.marketplace_id, "packageDetail": package });
        if self.cash_on_delivery {
            body["codCollectionMethod"] = "DirectPayment".into();
        }
        let path = format!("/orders/v0/orders/{}/shipmentConfirmation", path_value(&self.order_id));
        Request::new(Method::Post, path).json(&body)
    }

    fn read(&self, _response: &Response) -> Result<(), Misread> {
        Ok(())
    }
}

/// Whether Amazon refuses because there is nothing left to confirm: the order was shipped by other means (SP-API issue
/// 5037). The order itself tells which (FUL-09).
pub fn already_shipped(failure: &Failure) -> bool {
    let Failure::Refused { status: 400, said, .. } = failure else {
        return false;
    };
    let said = said.to_ascii_lowercase();
    [
        "already fulfilled",
        "already been fulfilled",
        "already shipped",
        "package not found",
    ]
    .iter()
    .any(|words| said.contains(words))
}

/// Whether Amazon refuses because it sold the label itself (*Ship+*, Buy Shipping): never sent again (FUL-10a).
pub fn needs_no_confirmation(failure: &Failure) -> bool {
    let Failure::Refused { status: 400, said, .. } = failure else {
        return false;
    };
    let said = said.to_ascii_lowercase();
    said.contains("ship+") || said.contains("ship plus")
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

//! What only a feed can say (amazon-sp-api.md §6.5): that goods left without a tracking number, and that the seller
//! cancels. One message for each feed, so that the processing report is about one order.

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::carriers::Carrier;

/// The feed type of shipments.
pub const FULFILMENT: &str = "POST_ORDER_FULFILLMENT_DATA";
/// The feed type of acknowledgements, of which a failure cancels.
pub const ACKNOWLEDGEMENT: &str = "POST_ORDER_ACKNOWLEDGEMENT_DATA";

/// Something about one order that goes by feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Message {
    /// Goods left without a tracking number (FUL-07).
    Shipped {
        /// Amazon's order number.
        order_id: String,
        /// The seller's number of this shipment, so that a repeat is recognised.
        reference: String,
        /// When they left.
        shipped: DateTime<Utc>,
        /// Who carries them.
        carrier: Carrier,
        /// The carrier's service.
        method: Option<String>,
        /// What left: order item id and units.
        contents: Vec<(String, u32)>,
    },
    /// The seller cannot deliver these items (`fulfil.cancel_out`).
    Cancelled {
        /// Amazon's order number.
        order_id: String,
        /// The order item ids.
        items: Vec<String>,
    },
}

impl Message {
    /// The feed type that carries it.
    pub fn feed_type(&self) -> &'static str {
        match self {
            Self::Shipped { .. } => FULFILMENT,
            Self::Cancelled { .. } => ACKNOWLEDGEMENT,
        }
    }

    /// Amazon's order number.
    pub fn order_id(&self) -> &str {
        match self {
            Self::Shipped { order_id, .. } | Self::Cancelled { order_id, .. } => order_id,
        }
    }

    /// The document, for this merchant.
    pub fn document(&self, merchant: &str) -> String {
        let (kind, inner) = match self {
            Self::Shipped { .. } => ("OrderFulfillment", self.shipped()),
            Self::Cancelled { .. } => ("OrderAcknowledgement", self.cancelled()),
        };
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <AmazonEnvelope xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
             xsi:noNamespaceSchemaLocation=\"amzn-envelope.xsd\">\
             <Header><DocumentVersion>1.01</DocumentVersion><MerchantIdentifier>{}</MerchantIdentifier></Header>\
             <MessageType>{kind}</MessageType><Message><MessageID>1</MessageID><{kind}>{inner}</{kind}></Message>\
             </AmazonEnvelope>",
            escaped(merchant)
        )
    }

    fn shipped(&self) -> String {
        let Self::Shipped {
            order_id,
            reference,
            shipped,
            carrier,
            method,
            contents,
        } = self
        else {
            return String::new();
        };
        // A shipping method is mandatory in the schema; without one the carrier's name stands for it.
        let method = method.as_deref().unwrap_or(carrier.name());
        let carrier = match carrier {
            Carrier::Known { code } => format!("<CarrierCode>{}</CarrierCode>", escaped(code)),
            Carrier::Other { name } => format!("<CarrierName>{}</CarrierName>", escaped(name)),
        };
        let mut text = format!(
            "<AmazonOrderID>{}</AmazonOrderID><MerchantFulfillmentID>{}</MerchantFulfillmentID>\
             <FulfillmentDate>{}</FulfillmentDate><FulfillmentData>{carrier}<ShippingMethod>{}</ShippingMethod>\
             </FulfillmentData>",
            escaped(order_id),
            escaped(reference),
            shipped.to_rfc3339_opts(SecondsFormat::Secs, true),
            escaped(method),
        );
        for (item, units) in contents {
            let item = escaped(item);
            let _ = write!(
                text,
                "<Item><AmazonOrderItemCode>{item}</AmazonOrderItemCode><Quantity>{units}</Quantity></Item>"
            );
        }
        text
    }

    fn cancelled(&self) -> String {
        let Self::Cancelled { order_id, items } = self else {
            return String::new();
        };
        let mut text = format!(
            "<AmazonOrderID>{}</AmazonOrderID><StatusCode>Failure</StatusCode>",
            escaped(order_id)
        );
        for item in items {
            let item = escaped(item);
            let _ = write!(
                text,
                "<Item><AmazonOrderItemCode>{item}</AmazonOrderItemCode><CancelReason>NoInventory</CancelReason></Item>"
            );
        }
        text
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

//! Everything that the product may write to Amazon, as values that the journal can keep.

use serde::{Deserialize, Serialize};
use wire::{Exchange, Failure, perform};

use crate::feeds;
use crate::shipping::Confirmation;
use crate::shipping::messages::Message;

/// One write to Amazon, complete: there are no choices left to make at sending time. Sent again, each changes nothing
/// that it did not change before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Write {
    /// A parcel left (FUL-02). Its reference makes a repeat an edit of the same parcel.
    Confirm(Confirmation),
    /// A message that goes by feed.
    Feed {
        /// The seller's id, which the document names.
        merchant: String,
        /// The marketplace's Amazon id.
        marketplace_id: String,
        /// What it says.
        message: Message,
    },
}

impl Write {
    /// Amazon's order number.
    pub fn order_id(&self) -> &str {
        match self {
            Self::Confirm(confirmation) => &confirmation.order_id,
            Self::Feed { message, .. } => message.order_id(),
        }
    }

    /// What it makes at Amazon, for the trail and the screens.
    pub fn record(&self) -> &'static str {
        match self {
            Self::Confirm(_) => "shipmentConfirmation",
            Self::Feed { .. } => "feed",
        }
    }

    /// Sends it: a confirmation in one call, a feed in three. Answers the parcel's reference, or the feed's id.
    pub async fn send(&self, amazon: &dyn Exchange, documents: &dyn Exchange) -> Result<String, Failure> {
        match self {
            Self::Confirm(confirmation) => {
                perform(amazon, confirmation).await?;
                Ok(confirmation.parcel.reference.clone())
            }
            Self::Feed {
                merchant,
                marketplace_id,
                message,
            } => {
                let content_type = feeds::XML;
                let place = perform(amazon, &feeds::CreateDocument { content_type }).await?;
                let upload = feeds::Upload {
                    url: place.url,
                    content_type,
                    text: message.document(merchant),
                };
                perform(documents, &upload).await?;
                let create = feeds::Create {
                    feed_type: message.feed_type().to_owned(),
                    marketplaces: vec![marketplace_id.clone()],
                    document_id: place.document_id,
                };
                perform(amazon, &create).await
            }
        }
    }
}

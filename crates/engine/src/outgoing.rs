//! A write on its way to either service, and what each of them needs: how it is sent, how one finds out whether it
//! happened, and what it counts as.

use amazon::orders::{Get, Include};
use amazon::shipping::{already_shipped, needs_no_confirmation};
use netsuite::RecordId;
use store::steps::Outcome;
use wire::{Failure, ReadLine};

use crate::remote::{self, Fate, Names, NotSent};
use crate::run::Live;

/// One write, complete.
pub(crate) enum Outgoing {
    /// To NetSuite.
    NetSuite(netsuite::Write),
    /// To Amazon.
    Amazon(amazon::Write),
}

impl Outgoing {
    /// What leaves this computer; nothing for what is only kept here.
    pub(crate) fn of(write: flows::Write) -> Option<Self> {
        match write {
            flows::Write::NetSuite(write) => Some(Self::NetSuite(write)),
            flows::Write::Amazon(write) => Some(Self::Amazon(write)),
            flows::Write::Local(_) => None,
        }
    }

    /// The service that it goes to.
    pub(crate) fn service(&self) -> &'static str {
        match self {
            Self::NetSuite(_) => "netsuite",
            Self::Amazon(_) => "amazon",
        }
    }

    /// Names of records that it refers to.
    pub(crate) fn names(&self) -> Vec<String> {
        match self {
            Self::NetSuite(write) => remote::names_in(write),
            Self::Amazon(_) => Vec::new(),
        }
    }

    /// Whether it makes a record under a name of ours.
    pub(crate) fn creates(&self) -> bool {
        matches!(self, Self::NetSuite(write) if write.creates().is_some())
    }

    /// Whether it removes a record.
    pub(crate) fn is_delete(&self) -> bool {
        matches!(self, Self::NetSuite(netsuite::Write::Delete { .. }))
    }

    /// What it makes or changes, by the service's name for it.
    pub(crate) fn record(&self) -> &'static str {
        match self {
            Self::NetSuite(
                netsuite::Write::Create { record, .. }
                | netsuite::Write::Update { record, .. }
                | netsuite::Write::Delete { record, .. }
                | netsuite::Write::Transform { to: record, .. },
            ) => record.rest_name(),
            Self::Amazon(write) => write.record(),
        }
    }

    /// What it did. A record found by its name counts as made by us when a sending of ours had lost its answer.
    pub(crate) fn outcome(&self, found_ours: Option<bool>) -> Outcome {
        match (self, found_ours) {
            (Self::Amazon(_), _) => Outcome::Sent,
            (Self::NetSuite(netsuite::Write::Delete { .. }), _) => Outcome::Deleted,
            (Self::NetSuite(netsuite::Write::Update { .. }), _) => Outcome::Updated,
            (Self::NetSuite(_), Some(false)) => Outcome::Adopted,
            (Self::NetSuite(_), None | Some(true)) => Outcome::Created,
        }
    }

    /// Sends it; the id of what it made or changed.
    pub(crate) async fn send(&self, live: &Live<'_>, names: &Names) -> Result<RecordId, NotSent> {
        match self {
            Self::NetSuite(write) => remote::send(&live.netsuite, write, names).await,
            Self::Amazon(write) => match write.send(&live.amazon, live.documents.as_ref()).await {
                Ok(id) => Ok(RecordId(id)),
                // The order was shipped by other means: reading it back tells (FUL-09, FUL-10a).
                Err(failure) if already_shipped(&failure) || needs_no_confirmation(&failure) => {
                    Ok(RecordId(write.order_id().to_owned()))
                }
                Err(failure) => Err(NotSent::Failed(failure)),
            },
        }
    }

    /// Asks whether it happened.
    pub(crate) async fn probe(&self, live: &Live<'_>, names: &Names) -> Result<Fate, NotSent> {
        match self {
            Self::NetSuite(write) => remote::probe(&live.netsuite, write, names).await,
            Self::Amazon(amazon::Write::Confirm(told)) => {
                let get = Get {
                    order_id: told.order_id.clone(),
                    include: Include::WithoutRestricted,
                };
                let order = ReadLine::new(&live.amazon).call(&get).await;
                let order = order.map_err(NotSent::Failed)?;
                let there = order.packages.iter().any(|package| {
                    package.reference == told.parcel.reference
                        && package.tracking.as_deref() == Some(&told.parcel.tracking)
                });
                Ok(if there {
                    Fate::Happened {
                        id: RecordId(told.parcel.reference.clone()),
                        document: None,
                        total: None,
                    }
                } else {
                    // The same reference again edits the same parcel.
                    Fate::SendAgain
                })
            }
            // Saying the same again changes nothing at Amazon.
            Self::Amazon(amazon::Write::Feed { .. }) => Ok(Fate::SendAgain),
        }
    }

    /// Whether NetSuite refused it because somebody saved the record in between.
    pub(crate) fn refusal(&self, failure: &Failure) -> Option<netsuite::Refusal> {
        match self {
            Self::NetSuite(_) => netsuite::refusal(failure),
            Self::Amazon(_) => None,
        }
    }
}

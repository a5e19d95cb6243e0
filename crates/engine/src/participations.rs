//! What an Amazon account says of itself (CMN-05).

use std::sync::Arc;

use amazon::sellers::{Participation, Participations};
use wire::cancel::Cancel;
use wire::{Failure, perform};

use crate::engine::Engine;

impl Engine {
    /// The marketplaces that an account (`eu:A1SELLER`) sells in, with the country and currency that Amazon says.
    pub async fn participations(&self, account: &str) -> Result<Vec<Participation>, Failure> {
        let region = account.split(':').next().unwrap_or_default();
        let connections = self.0.connections();
        let line = connections.amazon.get(region).ok_or_else(|| Failure::Unreachable {
            because: format!("nothing is connected for {account}"),
        })?;
        let seat = Arc::clone(line).seat(Cancel::new());
        perform(seat.as_ref(), &Participations).await
    }
}

//! `passerelle simulator`: both services on loopback, for clients that are not ours.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use engine::edge::SystemClock;
use simulator::{Company as World, Options, Simulator};
use tokio::io::AsyncReadExt;

use crate::arguments::Company;
use crate::output::Outcome;

/// Serves until standard input closes or the program is interrupted.
pub async fn serve(listen: SocketAddr, seed: u64, company: Company, processing: u64) -> anyhow::Result<Outcome> {
    let company = match company {
        Company::Demo => World::Demo,
        Company::Empty => World::Empty,
        Company::Large => World::Large,
    };
    let options = Options {
        processing: Duration::from_secs(processing),
        ..Options::new(seed, company, Arc::new(SystemClock))
    };
    let served = simulator::server::serve(Simulator::open(options)?, listen).await?;
    println!("{}", served.description);
    tokio::select! {
        () = closed() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    served.stop().await;
    Ok(Outcome::Done)
}

/// Waits for the end of standard input, whatever is typed.
async fn closed() {
    let mut stdin = tokio::io::stdin();
    let mut ignored = [0; 256];
    while matches!(stdin.read(&mut ignored).await, Ok(read) if read > 0) {}
}

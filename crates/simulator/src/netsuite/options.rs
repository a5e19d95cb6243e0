//! What can be chosen when the NetSuite company opens, and what the caller may make go wrong.

use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

/// How the account behaves. The defaults are those of a small company on NetSuite's standard tier.
#[derive(Debug, Clone)]
pub struct NetSuiteOptions {
    /// Requests that may be open at once, all integrations together (netsuite.md §14; standard tier: 5).
    pub concurrency: usize,
    /// Whether other integrations take 0–3 of those slots, drawn anew for each request.
    pub other_tenants: bool,
    /// How long requests take.
    pub latency: Latency,
    /// A file that keeps the books between runs. `None`: in memory.
    pub store: Option<PathBuf>,
    /// Feature switches on top of those in the opening books, such as `SUITETAX` or `ADVANCEDSHIPPING` → on or off.
    pub features: Vec<(String, bool)>,
    /// Custom fields that a setup package installed, such as `custbody_azn_order_id`.
    pub custom_fields: Vec<String>,
    /// Minutes east of UTC in which SuiteQL shows stored instants (the zone is undocumented, netsuite.md §6.2).
    pub zone_offset_minutes: i32,
    /// Whether our role is the administrator's, which alone may read the governance limits.
    pub administrator: bool,
    /// Seed of everything that looks random: tokens, jitter, other tenants.
    pub seed: u64,
}

impl Default for NetSuiteOptions {
    fn default() -> Self {
        Self {
            concurrency: 5,
            other_tenants: false,
            latency: Latency::NONE,
            store: None,
            features: Vec::new(),
            custom_fields: Vec::new(),
            zone_offset_minutes: -480,
            administrator: false,
            seed: 0,
        }
    }
}

/// How long requests take. Slots are held meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latency {
    /// One record written.
    pub write: Duration,
    /// One record or one page of a query read.
    pub read: Duration,
    /// Each duration varies by up to this many percent either way.
    pub jitter_percent: u32,
}

impl Latency {
    /// Answers at once.
    pub const NONE: Self = Self {
        write: Duration::ZERO,
        read: Duration::ZERO,
        jitter_percent: 0,
    };
    /// Two seconds per write, as quality-bars.md §1 counts.
    pub const TYPICAL: Self = Self {
        write: Duration::from_secs(2),
        read: Duration::from_millis(300),
        jitter_percent: 20,
    };
}

/// What shall go wrong with one request. The state changes, or not, exactly as named here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is executed; the caller sees the ending.
    BeforeCommit(Ending),
    /// The request is executed in full; the caller sees the ending instead of the answer.
    AfterCommit(Ending),
}

/// How a faulty request ends for the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The connection times out or is reset.
    NoAnswer,
    /// An answer with this status: 500 carries NetSuite's `UNEXPECTED_ERROR`, 502–504 a gateway's page.
    Status(u16),
}

/// What a client must know to sign in.
#[derive(Debug, Clone, Serialize)]
pub struct Credentials {
    /// The account id, such as `TD3141592` or `1234567_SB1`.
    pub account: String,
    /// OAuth 2.0: the integration record's client id.
    pub client_id: String,
    /// OAuth 2.0: id of the uploaded certificate, the assertion's `kid`.
    pub certificate_id: String,
    /// OAuth 2.0: the private key that belongs to the certificate, PKCS#8 PEM, EC P-256.
    pub private_key_pem: String,
    /// OAuth 1.0a.
    pub consumer_key: String,
    /// OAuth 1.0a.
    pub consumer_secret: String,
    /// OAuth 1.0a.
    pub token_id: String,
    /// OAuth 1.0a.
    pub token_secret: String,
}

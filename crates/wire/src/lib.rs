//! What any remote call is: request, response, quota, failure, transport, recording.
//!
//! **For:** one line of work that signs, waits for its quota, sends, classifies the outcome and records it.
//! A [`Call`] is a value; a [`Line`] performs it for one [`Service`].
//!
//! **Deliberately not here:** anything a vendor invented (that is `amazon` and `netsuite`), deciding whether to try a
//! write again (that is the engine's), and, outside the feature `live`, any HTTP library.
//!
//! **Open first:** [`call`], then [`line`].

mod bucket;
pub mod call;
pub mod cancel;
pub mod clock;
pub mod failure;
mod gate;
pub mod har;
pub mod http;
pub mod line;
#[cfg(feature = "live")]
pub mod live;
pub mod mask;
pub mod record;
pub mod service;

pub use call::{Call, Exchange, Misread, Quota, ReadLine, Seats, perform};
pub use cancel::Cancel;
pub use clock::Clock;
pub use failure::Failure;
pub use http::{Broken, Message, Method, Request, Response, Transport};
pub use line::{Line, Waiting};
pub use record::{Exchanged, Recorder};
pub use service::{Service, Token};

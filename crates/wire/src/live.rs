//! The real network: the only file in the product that knows an HTTP library (quality-bars S4).

use std::time::Duration;

use async_trait::async_trait;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};

use crate::http::{Broken, Message, Method, Response, Transport};

/// Carries messages over TLS, or over plain HTTP to a simulator on this machine.
///
/// No redirects, no retries, no decompression behind our back, platform trust, the system's proxy.
pub struct Live {
    client: Client,
    most_bytes: u64,
}

/// How a live transport behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The longest that a connection may take to stand.
    pub connect: Duration,
    /// The longest silence. NetSuite thinks for minutes before its first byte: give it the line's time limit.
    pub idle: Duration,
    /// The largest answer in bytes.
    pub most_bytes: u64,
    /// Whether plain HTTP is allowed: only for a simulator.
    pub plain_http: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            most_bytes: 2 << 30,
            plain_http: false,
        }
    }
}

impl Live {
    /// A transport; fails when the system's trust cannot be read.
    pub fn new(options: Options) -> Result<Self, Broken> {
        let client = if options.plain_http {
            // A simulator on this machine is not reached through anybody's proxy.
            ClientBuilder::new().no_proxy()
        } else {
            ClientBuilder::new()
        };
        let client = client
            .redirect(Policy::none())
            .connect_timeout(options.connect)
            .read_timeout(options.idle)
            .https_only(!options.plain_http)
            .gzip(false)
            .build()
            .map_err(|error| Broken::NeverSent(error.to_string()))?;
        Ok(Self {
            client,
            most_bytes: options.most_bytes,
        })
    }
}

#[async_trait]
impl Transport for Live {
    async fn send(&self, message: Message) -> Result<Response, Broken> {
        let method = match message.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut request = self.client.request(method, message.url);
        for (name, value) in message.headers {
            request = request.header(name, value);
        }
        let mut answer = request.body(message.body).send().await.map_err(broken)?;
        let status = answer.status().as_u16();
        let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = answer
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect();
        // Reserved at once: a vector that grows as it fills takes up to twice a large document.
        let told = answer.content_length().unwrap_or_default().min(self.most_bytes);
        let mut body = Vec::with_capacity(usize::try_from(told).unwrap_or_default());
        while let Some(chunk) = answer.chunk().await.map_err(broken)? {
            if (body.len() + chunk.len()) as u64 > self.most_bytes {
                return Err(Broken::NoAnswer(format!(
                    "an answer larger than {} bytes",
                    self.most_bytes
                )));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response { status, headers, body })
    }
}

/// Only what certainly never left may be sent again without asking. The address is left out: it may be a credential.
fn broken(error: reqwest::Error) -> Broken {
    let never_left = error.is_connect() || error.is_builder();
    let error = error.without_url();
    let mut words = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        words = format!("{words}: {cause}");
        source = cause.source();
    }
    if never_left {
        Broken::NeverSent(words)
    } else {
        Broken::NoAnswer(words)
    }
}

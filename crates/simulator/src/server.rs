//! The same company over loopback HTTP, for outside clients: one port for each Amazon endpoint, one for NetSuite, one
//! for control.
//!
//! Prints nothing: [`serve`] gives back the JSON document that `passerelle simulator` prints (decisions.md).

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response as Reply;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use wire::{Broken, Message, Method, Response};

use crate::amazon::Door;
use crate::market::Region;
use crate::simulator::{Place, Simulator};

/// Requests larger than this are refused (NetSuite's own limit is 104 MB).
const LARGEST_BODY: usize = 104 * 1024 * 1024;

/// A simulator that listens.
pub struct Serving {
    /// The JSON document of decisions.md: addresses and credentials.
    pub description: Value,
    stop: CancellationToken,
    doors: Vec<tokio::task::JoinHandle<()>>,
}

impl Serving {
    /// Stops listening and waits until all doors are shut.
    pub async fn stop(self) {
        self.stop.cancel();
        for door in self.doors {
            // A door that broke is shut as well.
            let _ = door.await;
        }
    }
}

/// What stands behind a port.
#[derive(Clone, Copy)]
enum Behind {
    Partner(Region),
    NetSuite,
    Control,
}

const DOORS: [Behind; 5] = [
    Behind::Partner(Region::Na),
    Behind::Partner(Region::Eu),
    Behind::Partner(Region::Fe),
    Behind::NetSuite,
    Behind::Control,
];

#[derive(Clone)]
struct Counter {
    simulator: Simulator,
    behind: Behind,
    root: String,
}

/// Listens from that address on: five ports in a row, or five chosen by the system when the port is 0.
pub async fn serve(simulator: Simulator, listen: SocketAddr) -> std::io::Result<Serving> {
    let stop = CancellationToken::new();
    let mut roots = Vec::new();
    let mut doors = Vec::new();
    for (behind, step) in DOORS.into_iter().zip(0_u16..) {
        let port = if listen.port() == 0 {
            0
        } else {
            listen.port().saturating_add(step)
        };
        let listener = TcpListener::bind((listen.ip(), port)).await?;
        let root = root(listener.local_addr()?);
        let counter = Counter {
            simulator: simulator.clone(),
            behind,
            root: root.clone(),
        };
        roots.push(root);
        let router = Router::new()
            .fallback(take)
            .layer(axum::extract::DefaultBodyLimit::max(LARGEST_BODY))
            .with_state(counter);
        let stopped = stop.clone().cancelled_owned();
        doors.push(tokio::spawn(async move {
            // A listener that fails has nothing left to serve; the others go on.
            let _ = axum::serve(listener, router).with_graceful_shutdown(stopped).await;
        }));
    }
    let endpoints = [roots[0].clone(), roots[1].clone(), roots[2].clone()];
    let description = simulator.described(&endpoints, &roots[0], &roots[3], Some(&roots[4]));
    Ok(Serving {
        description,
        stop,
        doors,
    })
}

fn root(address: SocketAddr) -> String {
    match address.ip() {
        IpAddr::V4(ip) => format!("http://{ip}:{}", address.port()),
        IpAddr::V6(ip) => format!("http://[{ip}]:{}", address.port()),
    }
}

async fn take(
    State(counter): State<Counter>,
    method: axum::http::Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Reply {
    let method = match method.as_str() {
        "GET" => Method::Get,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        _ => {
            return reply(Response {
                status: 405,
                headers: Vec::new(),
                body: Vec::new(),
            });
        }
    };
    let path = uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
    if matches!(counter.behind, Behind::Control) {
        // A page in a browser must not steer the simulator.
        if headers.contains_key("origin") {
            return reply(Response {
                status: 403,
                headers: Vec::new(),
                body: Vec::new(),
            });
        }
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        let (status, answer) = crate::control::answer(&counter.simulator, method, uri.path(), &body);
        return reply(answered(status, &answer));
    }
    let host = headers.get("host").and_then(|value| value.to_str().ok());
    let root = host.map_or_else(|| counter.root.clone(), |host| format!("http://{host}"));
    let headers = headers.iter().map(|(name, value)| {
        (
            name.as_str().to_owned(),
            String::from_utf8_lossy(value.as_bytes()).into_owned(),
        )
    });
    let message = Message {
        method,
        url: format!("{root}{path}"),
        headers: headers.collect(),
        body: body.to_vec(),
    };
    let place = match counter.behind {
        Behind::Partner(_) if uri.path() == "/auth/o2/token" => Place::Amazon(Door::SignIn),
        Behind::Partner(region) if uri.path().starts_with("/documents/") => Place::Amazon(Door::Storage(region)),
        Behind::Partner(region) => Place::Amazon(Door::Partner(region)),
        Behind::NetSuite | Behind::Control => Place::NetSuite,
    };
    match counter.simulator.exchange(place, message, Some(&counter.root)).await {
        Ok(response) => reply(response),
        Err(Broken::NeverSent(_) | Broken::NoAnswer(_)) => torn(),
    }
}

fn answered(status: u16, body: &Value) -> Response {
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    Response {
        status,
        headers,
        body: body.to_string().into_bytes(),
    }
}

fn reply(response: Response) -> Reply {
    let mut reply = axum::http::Response::builder().status(response.status);
    for (name, value) in &response.headers {
        reply = reply.header(name, value);
    }
    reply.body(Body::from(response.body)).unwrap_or_else(|_| torn())
}

/// A connection that breaks before the answer is whole.
fn torn() -> Reply {
    let broken = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("the connection breaks here")) });
    Reply::new(Body::from_stream(broken))
}

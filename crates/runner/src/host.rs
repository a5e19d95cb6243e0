//! The local web host: the same screens in an ordinary browser (decisions 13, 14).
//!
//! It listens on 127.0.0.1 only, at a port that the system chooses. A random token in the address opens it; Host and
//! Origin are checked, and no other page is let in by CORS, so another site in the same browser gets nothing.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context;
use app::App;
use app::contract::{Event as Happened, Refusal, Words};
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use futures::{Stream, StreamExt};
use rust_embed::Embed;
use serde::Deserialize;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

/// The built screens. Debug builds read them from disk, so that a fresh `npm run build` shows at once.
#[derive(Embed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Screens;

/// The page's rights: itself and nothing else.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; \
                                       form-action 'none'";

/// The largest request. Files come in pieces (`upload`), so that this bounds a piece and not a file.
const LARGEST_REQUEST: usize = 16 << 20;

/// A host that is listening.
pub struct Host {
    /// The address to open, token included.
    pub address: String,
    listener: TcpListener,
    router: Router,
}

#[derive(Clone)]
struct Shared {
    app: App,
    token: Arc<str>,
    authority: Arc<[String; 2]>,
}

#[derive(Deserialize)]
struct Opener {
    #[serde(default)]
    token: String,
}

impl Host {
    /// Binds to the loopback address; port 0 lets the system choose.
    pub async fn bind(app: App, port: u16) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
            .await
            .with_context(|| format!("cannot listen on 127.0.0.1:{port}"))?;
        let port = listener.local_addr()?.port();
        let token = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>());
        let shared = Shared {
            app,
            token: token.as_str().into(),
            authority: Arc::new([format!("127.0.0.1:{port}"), format!("localhost:{port}")]),
        };
        let router = Router::new()
            .route("/call/{name}", post(call))
            .route("/events", get(events))
            .fallback(get(screen))
            .layer(middleware::from_fn_with_state(shared.clone(), guard))
            .with_state(shared);
        Ok(Self {
            address: format!("http://127.0.0.1:{port}/?token={token}"),
            listener,
            router,
        })
    }

    /// Serves until `stop` is cancelled.
    pub async fn serve(self, stop: CancellationToken) -> anyhow::Result<()> {
        axum::serve(self.listener, self.router)
            .with_graceful_shutdown(async move { stop.cancelled().await })
            .await
            .context("the local web host stopped")
    }
}

/// Turns away whoever came by another name or from another page, and adds the page's rights to every answer.
async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let host = header_text(request.headers(), header::HOST);
    let origin = header_text(request.headers(), header::ORIGIN);
    let named = shared.authority.iter().any(|authority| host == authority.as_str());
    let same = origin.is_empty()
        || shared
            .authority
            .iter()
            .any(|authority| origin == format!("http://{authority}"));
    let mut response = if named && same {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(CONTENT_SECURITY_POLICY),
    );
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn call(State(shared): State<Shared>, Path(name): Path<String>, headers: HeaderMap, body: Body) -> Response {
    if header_text(&headers, header::HeaderName::from_static("x-passerelle-token")) != &*shared.token {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let body = match whole(body).await {
        Ok(Some(body)) => body,
        Ok(None) => return refused(&too_large()),
        Err(error) => return (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
    };
    let request: Value = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(_) if body.is_empty() => Value::Null,
        Err(error) => return refused(&bad_request(&error)),
    };
    match shared.app.call(&name, request).await {
        Ok(answer) => Json(answer).into_response(),
        Err(refusal) => refused(&refusal),
    }
}

fn bad_request(error: &serde_json::Error) -> Refusal {
    Refusal {
        code: "bad_request".into(),
        said: Words::from(domain::Text::new("error-bad-request")),
        detail: Some(error.to_string()),
    }
}

/// The whole body; nothing when it is larger than a request may be. It is read to its end all the same, or the answer
/// would not reach somebody who is still sending.
async fn whole(body: Body) -> Result<Option<Vec<u8>>, axum::Error> {
    let (mut kept, mut size) = (Vec::new(), 0);
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        size += piece.len();
        if size <= LARGEST_REQUEST {
            kept.extend_from_slice(&piece);
        } else {
            kept = Vec::new();
        }
    }
    Ok((size <= LARGEST_REQUEST).then_some(kept))
}

fn too_large() -> Refusal {
    Refusal {
        code: "too_large".into(),
        said: Words::from(domain::Text::new("error-too-large")),
        detail: Some(format!("at most {} MB in one request", LARGEST_REQUEST >> 20)),
    }
}

fn refused(refusal: &Refusal) -> Response {
    let status = match refusal.code.as_str() {
        "not_found" => StatusCode::NOT_FOUND,
        "bad_request" => StatusCode::BAD_REQUEST,
        "too_large" => StatusCode::PAYLOAD_TOO_LARGE,
        "busy" | "not_ready" => StatusCode::CONFLICT,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    (status, Json(refusal)).into_response()
}

async fn events(State(shared): State<Shared>, Query(opener): Query<Opener>) -> Response {
    if *opener.token != *shared.token {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Sse::new(stream(shared.app.events()))
        .keep_alive(KeepAlive::default())
        .into_response()
}

fn stream(
    receiver: tokio::sync::broadcast::Receiver<app::contract::Event>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let missed = std::collections::VecDeque::new();
    futures::stream::unfold((receiver, missed), |(mut receiver, mut missed)| async move {
        let event = match missed.pop_front() {
            Some(event) => event,
            None => match receiver.recv().await {
                Ok(event) => event,
                // Too many at once: every screen reads again what it shows.
                Err(RecvError::Lagged(_)) => {
                    missed.push_back(Happened::StatusChanged);
                    Happened::ProblemsChanged
                }
                Err(RecvError::Closed) => return None,
            },
        };
        let event = Event::default().json_data(&event).unwrap_or_default();
        Some((Ok(event), (receiver, missed)))
    })
}

/// The screens. They hold no secret, so they need no token; without it they can ask nothing.
async fn screen(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let (path, file) = match Screens::get(path) {
        Some(file) => (path, file),
        None => match Screens::get("index.html") {
            // A screen's own address, opened directly: the page finds its way.
            Some(file) if !path.contains('.') => ("index.html", file),
            _ => return (StatusCode::NOT_FOUND, "not found").into_response(),
        },
    };
    ([(header::CONTENT_TYPE, media_type(path))], file.data).into_response()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}

fn header_text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use futures::StreamExt;

    use super::*;

    #[tokio::test]
    async fn a_page_that_lags_behind_is_told_to_read_again() {
        let (events, receiver) = tokio::sync::broadcast::channel(2);
        for _ in 0..5 {
            let run = "r1".to_owned();
            events.send(Happened::RunProgress { run }).expect("somebody listens");
        }
        drop(events);
        let told: Vec<String> = stream(receiver)
            .map(|event| format!("{:?}", event.expect("never fails")))
            .collect()
            .await;
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(
            told[0].contains("problems_changed") && told[1].contains("status_changed"),
            "{told:?}"
        );
    }
}

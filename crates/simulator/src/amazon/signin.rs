//! Login with Amazon: what a client must know, the tokens it is given, and what they open.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use crate::chance::name_of;
use crate::faults::Fault;
use crate::market::Region;

use super::answer::Answer;
use super::asked::Asked;

/// How long access tokens and restricted tokens live.
const LIFE: TimeDelta = TimeDelta::seconds(3600);

/// What a client must know to sign in as the simulated seller. Made up, and worth nothing anywhere else.
#[derive(Debug, Clone, Serialize)]
pub struct Credentials {
    /// Application client id.
    pub client_id: String,
    /// Application client secret.
    pub client_secret: String,
    /// One refresh token per region.
    pub refresh_tokens: BTreeMap<&'static str, String>,
    /// The merchant token.
    pub seller_id: String,
}

impl Credentials {
    /// The credentials of a seed.
    pub fn of(seed: u64) -> Self {
        let seed = seed.to_string();
        let made = |what: &str| name_of(&[&seed, what]);
        let refresh = |region: Region| format!("Atzr|IwEBI{}", made(&format!("refresh {}", region.code())));
        Self {
            client_id: format!("amzn1.application-oa2-client.{}", &made("client")[..32]),
            client_secret: format!("amzn1.oa2-cs.v1.{}", made("secret")),
            refresh_tokens: Region::ALL
                .into_iter()
                .map(|region| (region.code(), refresh(region)))
                .collect(),
            seller_id: format!("A{}", made("seller")[..13].to_uppercase()),
        }
    }
}

/// What a token opens.
#[derive(Debug, Clone)]
pub enum Opens {
    /// Every seller operation of one region.
    Region(Region),
    /// Grantless operations only.
    Grantless,
    /// The named resources with personal data, of one region: method and path, and data elements.
    Restricted(Region, Vec<(String, String, Vec<String>)>),
}

/// A token that was given out.
#[derive(Debug, Clone)]
pub struct Token {
    /// What it opens.
    pub opens: Opens,
    /// When it stops.
    pub expires: DateTime<Utc>,
}

/// Everything that has to do with signing in.
pub struct SignIn {
    /// What is accepted.
    pub credentials: Credentials,
    tokens: BTreeMap<String, Token>,
    /// Regions whose consent was withdrawn.
    pub revoked: Vec<Region>,
    given: u64,
}

impl SignIn {
    /// Accepts the credentials of the seed.
    pub fn new(seed: u64) -> Self {
        Self {
            credentials: Credentials::of(seed),
            tokens: BTreeMap::new(),
            revoked: Vec::new(),
            given: 0,
        }
    }

    /// Gives out a token.
    pub fn give(&mut self, prefix: &str, opens: Opens, now: DateTime<Utc>) -> String {
        self.given += 1;
        let hash = name_of(&[
            &self.credentials.client_secret,
            prefix,
            &self.given.to_string(),
            &now.to_string(),
        ]);
        let token = format!("{prefix}|IwEBI{hash}");
        self.tokens.insert(
            token.clone(),
            Token {
                opens,
                expires: now + LIFE,
            },
        );
        token
    }

    /// The token, if it is one of ours and young enough.
    pub fn token(&self, text: &str, now: DateTime<Utc>) -> Option<&Token> {
        self.tokens.get(text).filter(|token| token.expires > now)
    }

    /// Ends all tokens at once.
    pub fn forget(&mut self) {
        self.tokens.clear();
    }

    /// `POST /auth/o2/token`.
    pub fn answer(&mut self, asked: &Asked) -> Answer {
        let form = fields(asked);
        let field = |name: &str| form.get(name).map_or("", String::as_str);
        if asked.method != wire::Method::Post {
            return oauth(405, "invalid_request", "The request method is not supported");
        }
        if field("client_id") != self.credentials.client_id || field("client_secret") != self.credentials.client_secret
        {
            return oauth(401, "invalid_client", "Client authentication failed");
        }
        match field("grant_type") {
            "refresh_token" => {
                let found = Region::ALL.into_iter().find(|region| {
                    self.credentials
                        .refresh_tokens
                        .get(region.code())
                        .is_some_and(|known| known == field("refresh_token"))
                });
                match found {
                    Some(region) if !self.revoked.contains(&region) && asked.fault != Some(Fault::SignInRefused) => {
                        let access = self.give("Atza", Opens::Region(region), asked.now);
                        granted(&json!({
                            "access_token": access,
                            "refresh_token": field("refresh_token"),
                            "token_type": "bearer",
                            "expires_in": LIFE.num_seconds(),
                        }))
                    }
                    _ => oauth(
                        400,
                        "invalid_grant",
                        "The request has an invalid grant parameter : refresh_token",
                    ),
                }
            }
            "client_credentials" => match field("scope") {
                "sellingpartnerapi::notifications" | "sellingpartnerapi::client_credential:rotation" => {
                    let access = self.give("Atc", Opens::Grantless, asked.now);
                    granted(
                        &json!({ "access_token": access, "token_type": "bearer", "expires_in": LIFE.num_seconds(), "scope": field("scope") }),
                    )
                }
                _ => oauth(400, "invalid_scope", "The request has an invalid parameter : scope"),
            },
            _ => oauth(
                400,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server",
            ),
        }
    }
}

fn fields(asked: &Asked) -> BTreeMap<String, String> {
    if asked.header("content-type").is_some_and(|kind| kind.contains("json")) {
        let body: Value = serde_json::from_slice(&asked.body).unwrap_or_default();
        let texts = body.as_object().into_iter().flatten();
        return texts
            .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect();
    }
    url::form_urlencoded::parse(&asked.body).into_owned().collect()
}

fn granted(body: &Value) -> Answer {
    Answer::json(200, body)
        .header("cache-control", "no-store")
        .header("pragma", "no-cache")
}

fn oauth(status: u16, error: &str, description: &str) -> Answer {
    Answer::json(status, &json!({ "error": error, "error_description": description }))
        .header("cache-control", "no-store")
}

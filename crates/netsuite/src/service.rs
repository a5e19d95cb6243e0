//! Signing in to NetSuite and signing each request (netsuite.md §1, §10).

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use wire::clock::Chance;
use wire::service::{Service, Token, judge_plainly, permits, retry_after};
use wire::{Failure, Message, Method, Quota, Request, Response};

use crate::tba;

const TOKEN_PATH: &str = "/services/rest/auth/oauth2/v1/token";
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A NetSuite account and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The account id as NetSuite prints it: `1234567`, `1234567_SB1`.
    pub id: String,
    /// The root of all services, without a slash at its end.
    pub base_url: String,
    /// Whether that is a simulator on this machine.
    pub loopback: bool,
}

impl Account {
    /// The account at its own address: lower case, `_` turned into `-` (netsuite.md §1).
    pub fn new(id: &str) -> Self {
        let host = id.trim().to_ascii_lowercase().replace('_', "-");
        Self {
            id: realm(id),
            base_url: format!("https://{host}.suitetalk.api.netsuite.com"),
            loopback: false,
        }
    }

    /// The account at a simulator on this machine.
    pub fn loopback(id: &str, base_url: &str) -> Self {
        Self {
            id: realm(id),
            base_url: base_url.trim_end_matches('/').to_owned(),
            loopback: true,
        }
    }

    /// The address of the token endpoint, which is also what the assertion is for.
    pub fn token_url(&self) -> String {
        format!("{}{TOKEN_PATH}", self.base_url)
    }
}

fn realm(id: &str) -> String {
    id.trim().to_ascii_uppercase().replace('-', "_")
}

/// How the account is signed in to. No `Debug`, no `Serialize`.
#[derive(Clone)]
pub enum Credentials {
    /// OAuth 2.0 client credentials with a certificate: the base (§10.1).
    Certificate {
        /// The integration record's client id.
        client_id: String,
        /// The certificate id, which goes into `kid`.
        certificate_id: String,
        /// The EC P-256 private key, PKCS#8 PEM.
        private_key: SecretString,
    },
    /// OAuth 1.0a token-based authentication, for accounts that already have it (§10.3).
    TokenBased {
        /// Consumer key of the integration.
        consumer_key: String,
        /// Consumer secret of the integration.
        consumer_secret: SecretString,
        /// Token id.
        token_id: String,
        /// Token secret.
        token_secret: SecretString,
    },
}

/// The REST services of one account.
pub struct NetSuite {
    account: Account,
    credentials: Credentials,
}

/// Fields that hold buyer data: masked in recordings.
const PRIVATE: &[&str] = &[
    "firstName",
    "lastName",
    "companyName",
    "entityId",
    "email",
    "phone",
    "addressee",
    "attention",
    "addr1",
    "addr2",
    "addr3",
    "addrPhone",
    "zip",
];

impl NetSuite {
    /// A service for one account.
    pub fn new(account: Account, credentials: Credentials) -> Self {
        Self { account, credentials }
    }

    fn assertion(&self, now: DateTime<Utc>, chance: &dyn Chance) -> Result<Option<String>, Failure> {
        #[derive(Serialize)]
        struct Claims<'a> {
            iss: &'a str,
            scope: &'a str,
            aud: String,
            iat: i64,
            exp: i64,
            jti: String,
        }
        let Credentials::Certificate {
            client_id,
            certificate_id,
            private_key,
        } = &self.credentials
        else {
            return Ok(None);
        };
        let unusable = |_| Failure::SignedOut {
            said: "the private key cannot be used".to_owned(),
        };
        let key = EncodingKey::from_ec_pem(private_key.expose_secret().as_bytes()).map_err(unusable)?;
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(certificate_id.clone());
        let claims = Claims {
            iss: client_id,
            scope: "rest_webservices",
            aud: self.account.token_url(),
            iat: now.timestamp(),
            exp: now.timestamp() + 300,
            jti: format!("{:016x}{:016x}", chance.next(), chance.next()),
        };
        jsonwebtoken::encode(&header, &claims, &key).map(Some).map_err(unusable)
    }
}

impl Service for NetSuite {
    fn name(&self) -> &'static str {
        "netsuite"
    }

    fn sign_in(&self, now: DateTime<Utc>, chance: &dyn Chance) -> Result<Option<Message>, Failure> {
        let Some(assertion) = self.assertion(now, chance)? else {
            return Ok(None);
        };
        let form = [
            ("grant_type", "client_credentials"),
            (
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ),
            ("client_assertion", &assertion),
        ];
        Ok(Some(Message {
            method: Method::Post,
            url: self.account.token_url(),
            headers: vec![(
                "content-type".to_owned(),
                "application/x-www-form-urlencoded".to_owned(),
            )],
            body: form
                .map(|(name, value)| format!("{name}={}", encode(value)))
                .join("&")
                .into_bytes(),
        }))
    }

    fn token(&self, response: &Response, now: DateTime<Utc>) -> Result<Token, Failure> {
        #[derive(Deserialize)]
        struct Granted {
            access_token: String,
        }
        #[derive(Deserialize)]
        struct Denied {
            error: String,
        }
        judge_plainly(response)?;
        if response.status == 429 {
            return Err(Failure::Throttled {
                again_in: retry_after(response).unwrap_or(Duration::from_secs(2)),
            });
        }
        if response.is_success() {
            let granted: Granted = serde_json::from_slice(&response.body).map_err(|_| Failure::Misread {
                what: "the sign-in's answer is not the expected JSON".to_owned(),
            })?;
            // Tokens live for 60 minutes; they are renewed at 50 (§10.1).
            return Ok(Token::new(granted.access_token, now, TimeDelta::minutes(50)));
        }
        let denied = serde_json::from_slice::<Denied>(&response.body).map(|denied| denied.error);
        Err(Failure::SignedOut {
            said: denied.unwrap_or_else(|_| format!("HTTP {}", response.status)),
        })
    }

    fn message(&self, request: &Request, token: Option<&Token>, now: DateTime<Utc>, chance: &dyn Chance) -> Message {
        let plain = format!("{}{}", self.account.base_url, request.path);
        let authorization = match (&self.credentials, token) {
            (
                Credentials::TokenBased {
                    consumer_key,
                    consumer_secret,
                    token_id,
                    token_secret,
                },
                _,
            ) => {
                let signed = tba::Signed {
                    realm: &self.account.id,
                    consumer: (consumer_key, consumer_secret.expose_secret()),
                    token: (token_id, token_secret.expose_secret()),
                    nonce: &format!("{:016x}", chance.next()),
                    timestamp: now.timestamp(),
                };
                Some(signed.header(request.method.as_str(), &plain, &request.query))
            }
            (Credentials::Certificate { .. }, Some(token)) => Some(format!("Bearer {}", token.expose())),
            (Credentials::Certificate { .. }, None) => None,
        };
        let mut headers = request.headers.clone();
        headers.push(("accept".to_owned(), "application/json".to_owned()));
        headers.extend(authorization.map(|value| ("authorization".to_owned(), value)));
        let query: Vec<String> = request
            .query
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        let url = if query.is_empty() {
            plain
        } else {
            format!("{plain}?{}", query.join("&"))
        };
        Message {
            method: request.method,
            url,
            headers,
            body: request.body.clone(),
        }
    }

    fn allows(&self, url: &str) -> bool {
        permits(url, &[".suitetalk.api.netsuite.com"], self.account.loopback)
    }

    fn judge(&self, response: Response, _quota: &Quota) -> Result<Response, Failure> {
        judge_plainly(&response)?;
        match response.status {
            200..=299 => Ok(response),
            429 => Err(Failure::Throttled {
                again_in: retry_after(&response).unwrap_or(Duration::from_secs(1)),
            }),
            401 => Err(Failure::SignedOut {
                said: envelope(401, &response.body).1,
            }),
            status => {
                let (code, said) = envelope(status, &response.body);
                Err(Failure::Refused { code, status, said })
            }
        }
    }

    fn may_be_stale(&self, response: &Response) -> bool {
        response.status == 401
    }

    fn told_refill(&self, _response: &Response) -> Option<Duration> {
        None
    }

    fn time_limit(&self, request: &Request) -> Duration {
        let is_query = request.path.starts_with("/services/rest/query");
        Duration::from_secs(if request.method == Method::Get || is_query {
            120
        } else {
            300
        })
    }

    fn private_fields(&self) -> &'static [&'static str] {
        PRIVATE
    }
}

/// The code and the words of NetSuite's error envelope, all details joined (netsuite.md §12).
fn envelope(status: u16, body: &[u8]) -> (String, String) {
    #[derive(Deserialize)]
    struct Envelope {
        #[serde(default)]
        title: String,
        #[serde(default, rename = "o:errorDetails")]
        details: Vec<Detail>,
    }
    #[derive(Deserialize)]
    struct Detail {
        #[serde(default, rename = "detail")]
        words: String,
        #[serde(default, rename = "o:errorCode")]
        code: String,
        #[serde(default, rename = "o:errorPath")]
        path: String,
    }
    let plain = || format!("HTTP {status}");
    let Ok(envelope) = serde_json::from_slice::<Envelope>(body) else {
        return (plain(), plain());
    };
    let words = envelope.details.iter().map(|one| {
        if one.path.is_empty() {
            one.words.clone()
        } else {
            format!("{} ({})", one.words, one.path)
        }
    });
    let joined = words.collect::<Vec<_>>().join(" ");
    let code = envelope
        .details
        .iter()
        .map(|one| one.code.as_str())
        .find(|code| !code.is_empty());
    let said = if joined.is_empty() { envelope.title } else { joined };
    (
        code.map_or_else(plain, str::to_owned),
        if said.is_empty() { plain() } else { said },
    )
}

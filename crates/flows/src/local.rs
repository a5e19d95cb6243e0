//! What this computer already knows, as flows may ask for it. The engine answers from the store.

use async_trait::async_trait;

/// Local facts, read-only. Each question is one that a flow needs; the engine implements it.
#[async_trait]
pub trait Local: Send + Sync {}

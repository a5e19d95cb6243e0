//! What the program would write into its log while a story is played, and whether a buyer stands in it (flows.md §19 vii).

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use simulator::world::order::Buyer;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Keeps every line of every level.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    /// Everything so far.
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lines in which something of a buyer stands: name, street, mail or telephone.
    pub fn about(&self, buyer: &Buyer) -> Vec<String> {
        let parts = [&buyer.name, &buyer.street, &buyer.email, &buyer.phone];
        let parts: Vec<&String> = parts.into_iter().filter(|part| part.len() > 3).collect();
        let mut lines = self.lines();
        lines.retain(|line| parts.iter().any(|part| line.contains(part.as_str())));
        lines
    }

    fn keep(&self, line: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }
}

/// The fields of an event as text.
#[derive(Default)]
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        span.record(&mut fields);
        self.keep(format!("{}{}", span.metadata().name(), fields.0));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        self.keep(fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.keep(format!(
            "{} {}{}",
            event.metadata().level(),
            event.metadata().target(),
            fields.0
        ));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vii_a_line_with_the_buyer_in_it_is_found_and_one_without_is_not() {
        let log = Log::default();
        let buyer = Buyer {
            name: "Jonas Weber".to_owned(),
            street: "Lindenallee 4".to_owned(),
            ..Buyer::default()
        };
        tracing::subscriber::with_default(log.clone(), || {
            tracing::debug!(service = "amazon", status = 200, "answered");
            tracing::warn!(said = "no such street as Lindenallee 4", "refused");
        });
        assert_eq!(log.lines().len(), 2);
        assert_eq!(log.about(&buyer).len(), 1, "{:?}", log.lines());
    }
}

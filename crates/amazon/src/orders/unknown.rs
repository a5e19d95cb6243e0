//! Words in an order that Amazon has added since: kept as they are, and worth telling once (flows.md §3.7).

use std::collections::BTreeSet;

use super::order::{Charge, Item, Order};

impl Order {
    /// Every word that is not in Amazon's published lists: where it stood, and the word.
    pub fn unknown_words(&self) -> BTreeSet<(&'static str, &str)> {
        let mut found: Vec<(&'static str, Option<&str>)> = vec![
            ("channel", self.channel.unknown()),
            ("status", self.status.unknown()),
            ("fulfilledBy", self.fulfilled_by.as_ref().and_then(|by| by.unknown())),
        ];
        found.extend(self.programs.iter().map(|program| ("programs", program.unknown())));
        found.extend(
            self.associated
                .iter()
                .map(|one| ("associatedOrders", one.how.unknown())),
        );
        found.extend(self.breakdowns.iter().map(|part| ("proceeds", part.kind.unknown())));
        let packages = self.packages.iter().filter_map(|package| package.status.as_ref());
        found.extend(packages.map(|status| ("packages", status.unknown())));
        for item in &self.items {
            found.extend(item.charges().map(|kind| ("proceeds", kind.unknown())));
            let models = item.tax_collections.iter();
            found.extend(models.map(|one| ("taxCollections", one.model.unknown())));
        }
        found
            .into_iter()
            .filter_map(|(place, word)| Some((place, word?)))
            .collect()
    }
}

impl Item {
    fn charges(&self) -> impl Iterator<Item = &Charge> {
        let details = self.breakdowns.iter().flat_map(|part| &part.details);
        let kinds = self.breakdowns.iter().map(|part| &part.kind);
        kinds.chain(details.map(|(kind, _)| kind))
    }
}

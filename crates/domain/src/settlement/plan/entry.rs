//! How the journals are drawn beside their amounts: dimensions, customers, one for each marketplace, how long they may
//! be (SET-50, SET-54, SET-55, CMN-38).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A journal may hold so many lines: longer ones cannot be edited in NetSuite's pages (CMN-38).
const LINES: usize = 500;

/// NetSuite's internal ids of what a line is filed under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Dimensions {
    /// The department.
    pub department: Option<String>,
    /// The class.
    pub class: Option<String>,
    /// The location.
    pub location: Option<String>,
}

/// What the seller chose about the journals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entries {
    /// The marketplace (Amazon's id) that what belongs to none is filed under; empty for the one with the most lines.
    pub main: String,
    /// By marketplace (Amazon's id), what its lines are filed under.
    pub dimensions: BTreeMap<String, Dimensions>,
    /// By marketplace, the customer (NetSuite's internal id) that its lines name (`je.line_entity`).
    pub entities: BTreeMap<String, String>,
    /// By SKU, the class of its lines: wins over the marketplace's (SET-55).
    pub classes: BTreeMap<String, String>,
    /// `je.per_marketplace`: one journal for each marketplace, the transfer shared by net.
    pub per_marketplace: bool,
    /// How many lines one journal may hold; at least 2.
    pub most_lines: usize,
}

impl Default for Entries {
    fn default() -> Self {
        Self {
            main: String::new(),
            dimensions: BTreeMap::new(),
            entities: BTreeMap::new(),
            classes: BTreeMap::new(),
            per_marketplace: false,
            most_lines: LINES,
        }
    }
}

impl Entries {
    /// What a line of a marketplace is filed under; the class of its item first.
    pub(super) fn filed(&self, marketplace: &str, class: Option<&str>) -> Dimensions {
        let mut of_market = self.dimensions.get(marketplace).cloned().unwrap_or_default();
        if let Some(class) = class {
            of_market.class = Some(class.to_owned());
        }
        of_market
    }

    /// The customer that a marketplace's lines name.
    pub(super) fn entity(&self, marketplace: Option<&str>) -> Option<String> {
        self.entities.get(marketplace?).cloned()
    }
}

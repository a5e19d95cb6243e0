//! What an item is filed under and what it costs, for lines of a journal that name its SKU.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{ids, in_lists};
use crate::queries::ItemField;
use crate::suiteql::{Query, Row};
use crate::write::RecordId;
use wire::Misread;

/// A column of an item that something is filed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemColumn {
    /// Its own class.
    Class,
    /// A custom field of the account's own.
    Field(ItemField),
}

impl ItemColumn {
    /// `class`, or the id of a custom item field.
    pub fn named(id: &str) -> Option<Self> {
        if id == "class" {
            return Some(Self::Class);
        }
        ItemField::named(id).map(Self::Field)
    }

    fn column(&self) -> &str {
        match self {
            Self::Class => "i.class",
            Self::Field(field) => field.as_str(),
        }
    }
}

/// What is asked of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemAsk {
    /// The id that a column holds, such as that of a class.
    Id(ItemColumn),
    /// What a person reads in a column.
    Text(ItemColumn),
    /// The average cost of one unit, in the currency of the books.
    AverageCost,
}

/// An item and what one of its columns says; nothing where it is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemSaid {
    /// The item.
    pub item: RecordId,
    /// The id or the words.
    pub text: Option<String>,
    /// The cost.
    pub cost: Option<Decimal>,
}

/// One question about each of these items.
pub fn items_say(ask: &ItemAsk, items: &[RecordId]) -> Vec<Query<ItemSaid>> {
    let column = match ask {
        ItemAsk::Id(column) => format!("{} AS said", qualified(column.column())),
        ItemAsk::Text(column) => format!("BUILTIN.DF({}) AS said", qualified(column.column())),
        ItemAsk::AverageCost => "i.averagecost AS cost".to_owned(),
    };
    let read: fn(&Row) -> Result<ItemSaid, Misread> = match ask {
        ItemAsk::Id(_) | ItemAsk::Text(_) => said,
        ItemAsk::AverageCost => cost,
    };
    in_lists(
        &ids(items),
        |list| format!("SELECT i.id, {column} FROM item i WHERE i.id IN ({list}) ORDER BY i.id"),
        read,
    )
}

fn qualified(column: &str) -> String {
    if column.contains('.') {
        column.to_owned()
    } else {
        format!("i.{column}")
    }
}

fn said(row: &Row) -> Result<ItemSaid, Misread> {
    Ok(ItemSaid {
        item: row.id("id")?,
        text: row.maybe("said").filter(|text| !text.is_empty()),
        cost: None,
    })
}

fn cost(row: &Row) -> Result<ItemSaid, Misread> {
    Ok(ItemSaid {
        item: row.id("id")?,
        text: None,
        cost: row.maybe_number("cost")?,
    })
}

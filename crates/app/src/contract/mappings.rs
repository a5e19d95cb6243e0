//! Field mappings (ux.md §5.10): rows, where they come from, trials, versions; and the settings of a flow beside them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Words;

/// Which mapping to show.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct MappingRequest {
    /// The kind of record; nothing means the first.
    #[serde(default)]
    #[ts(optional)]
    pub form: Option<String>,
    /// A marketplace's id, an account (`eu:A1SELLER`), or empty for all marketplaces.
    #[serde(default)]
    pub scope: String,
}

/// One row: a field of NetSuite or Amazon and where its value comes from (CMN-28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingRow {
    /// `body` or `line`.
    pub place: String,
    /// The service's field, by its own name.
    pub field: String,
    /// How the value is written: `text`, `record`, `flag`, `number` or `date`.
    pub shape: String,
    /// Where the value comes from.
    pub source: MappingSource,
    /// When the row counts; nothing means always.
    pub when: Option<MappingCondition>,
    /// What happens when the value is empty.
    pub otherwise: MappingOtherwise,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "from", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the same fields as mapping::Source")]
pub enum MappingSource {
    Field {
        paths: Vec<String>,
        format: MappingFormat,
    },
    Constant {
        value: String,
    },
    Text {
        template: String,
    },
    Table {
        path: String,
        rows: Vec<MappingPair>,
        default: String,
        unique: bool,
    },
    Expression {
        text: String,
    },
    Omit,
}

/// A named format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingFormat {
    /// `as_is`, `upper`, `lower`, `trim`, `digits`, `first`, `last`, `shift_days`, `year`, `year_month` or `join`.
    pub name: String,
    /// What the format needs to know.
    pub argument: String,
}

/// A row of a lookup table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingPair {
    /// The value that is looked for.
    pub from: String,
    /// What it becomes.
    pub to: String,
}

/// When a row counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingCondition {
    /// The field that is looked at.
    pub path: String,
    /// `is`, `is_not`, `is_one_of`, `starts_with`, `contains`, `is_filled` or `is_empty`.
    pub test: String,
    /// What it is compared with.
    pub value: String,
}

/// What happens when a row's value is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "then", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the same as mapping::Otherwise")]
pub enum MappingOtherwise {
    Inherit,
    LeaveOut,
    Take { value: String },
    Ask,
}

/// A mapping at one scope, with everything that its editor needs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MappingView {
    /// The kinds of record that have a mapping.
    pub forms: Vec<MappingForm>,
    /// The kind shown.
    pub form: String,
    /// The scope shown.
    pub scope: String,
    /// The scopes there are: all, each account, each marketplace.
    pub scopes: Vec<MappingScope>,
    /// Every field that is locked, filled by the product, or filled by a row.
    pub fields: Vec<MappingField>,
    /// Where such a record has fields that rows may fill.
    pub places: Vec<MappingPlace>,
    /// The service's own fields that a new row may fill.
    pub open: Vec<OpenField>,
    /// What rows may read, with the values of a typical order.
    pub sources: Vec<SourceValue>,
    /// The versions of this scope, newest first.
    pub versions: Vec<MappingVersion>,
    /// Recent records to try a draft on, newest first.
    pub samples: Vec<String>,
}

/// A kind of record that has a mapping.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MappingForm {
    /// Its lasting name.
    pub form: String,
    /// The message id of its title.
    pub title: String,
    /// The flow whose settings stand beside the rows.
    pub flow: String,
    /// Rows that cannot be applied right now.
    pub gaps: u32,
}

/// A scope and whether it has rows of its own (CMN-02).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MappingScope {
    /// A marketplace's id, an account, or empty for all.
    pub scope: String,
    /// `workspace`, `account` or `marketplace`.
    pub level: String,
    /// The marketplace's country as sellers say it, or the account's region.
    pub name: String,
    /// Rows of its own.
    pub rows: u32,
}

/// One NetSuite field and what fills it here.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MappingField {
    /// `body` or `line`.
    pub place: String,
    /// NetSuite's field.
    pub field: String,
    /// Nobody may map it (CMN-29).
    pub locked: bool,
    /// What the product fills it with by itself.
    pub built_in: Option<BuiltInView>,
    /// Rows of this very scope.
    pub own: Vec<MappingRow>,
    /// Rows of wider scopes, closest first.
    pub inherited: Vec<InheritedRow>,
    /// A row of this field cannot be applied right now.
    pub gap: bool,
}

/// What the product fills a field with by itself.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BuiltInView {
    /// `text`, `field`, `option` or `table`.
    pub kind: String,
    /// The text, path, option or table.
    pub what: String,
    /// The value that counts in this scope, for an option.
    pub value: Option<String>,
}

/// A row of a wider scope.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct InheritedRow {
    /// `account` or `workspace`.
    pub level: String,
    /// The row.
    pub row: MappingRow,
}

/// A place where rows may fill fields.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MappingPlace {
    /// `body` or `line`.
    pub place: String,
    /// How the id of a custom field begins there; nothing where there are none.
    pub custom: Option<String>,
}

/// A field that a row may fill.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpenField {
    /// `body` or `line`.
    pub place: String,
    /// NetSuite's field.
    pub field: String,
}

/// A path with a value.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SourceValue {
    /// Such as `order.ship_city`.
    pub path: String,
    /// The value as text; empty when there is none.
    pub value: String,
}

/// A version that was saved (CMN-30).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MappingVersion {
    /// Its number.
    pub version: String,
    /// Why it was changed.
    pub note: String,
    /// Who.
    pub who: String,
    /// When, ISO 8601.
    pub at: String,
    /// Its rows.
    pub rows: u32,
    /// Records in NetSuite that remember it.
    pub records: u32,
}

/// A draft: the rows of a scope as they would be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MappingDraft {
    /// The kind of record.
    pub form: String,
    /// The scope.
    pub scope: String,
    /// All rows of the scope.
    pub rows: Vec<MappingRow>,
    /// The record to try it on; nothing means the newest.
    #[serde(default)]
    #[ts(optional)]
    pub record: Option<String>,
}

/// A draft tried on one record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MappingTrial {
    /// The record; nothing when there is none yet, and a typical one stands in.
    pub record: Option<String>,
    /// What the rows read.
    pub source: Vec<SourceValue>,
    /// Each field with and without the draft.
    pub fields: Vec<TriedField>,
    /// Rows that are written wrongly.
    pub faults: Vec<MappingFault>,
}

/// One field with and without a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TriedField {
    /// `body` or `line`.
    pub place: String,
    /// NetSuite's field.
    pub field: String,
    /// The line's SKU.
    pub line: Option<String>,
    /// What is live now.
    pub before: Option<String>,
    /// What the draft would send.
    pub after: Option<String>,
    /// Why the draft can send nothing.
    pub fault: Option<Words>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingFault {
    /// `body` or `line`.
    pub place: String,
    /// NetSuite's field.
    pub field: String,
    /// In words.
    pub said: Words,
    /// Records it happens on; 0 when the row itself is wrong.
    pub records: u32,
}

/// A draft tested on the last 50 records.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MappingTest {
    /// Records it was tried on.
    pub tried: u32,
    /// Records that would be written differently.
    pub changed: Vec<ChangedRecord>,
    /// What would fail, and on how many of them.
    pub faults: Vec<MappingFault>,
}

/// A record that would be written differently.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangedRecord {
    /// Its key, such as the order number.
    pub record: String,
    /// The fields that differ.
    pub fields: Vec<TriedField>,
}

/// Saves a draft as a new version.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveMapping {
    /// The kind of record.
    pub form: String,
    /// The scope.
    pub scope: String,
    /// All rows of the scope; none means that the wider scope counts.
    pub rows: Vec<MappingRow>,
    /// Why, in the person's words.
    #[serde(default)]
    pub note: String,
}

/// Makes an older version count again, as a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestoreMapping {
    /// The version.
    pub version: String,
}

/// Which settings to show.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OptionsRequest {
    /// The flow.
    pub flow: String,
    /// A marketplace's id, an account, or empty for all marketplaces.
    #[serde(default)]
    pub scope: String,
}

/// The settings of a flow at a scope, each with where its value comes from (CMN-02).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FlowOptions {
    /// In the flow's own order.
    pub options: Vec<FlowOption>,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FlowOption {
    /// Its key, such as `orders.fba.import_as`.
    pub key: String,
    /// The message id of its name; a word of `one_of` or `item_field` has the id `{title}-is-{word}`.
    pub title: String,
    /// `switch`, `one_of`, `item_field`, `number`, `record` or `text`.
    pub kind: String,
    /// The words of `one_of` and `item_field`, or the kind of record.
    pub words: Vec<String>,
    /// The value that counts here; nothing when nothing is chosen.
    pub value: Option<String>,
    /// Where it comes from: `marketplace`, `account`, `workspace` or `default`.
    pub from: String,
    /// Set at this very scope, so that it can be cleared.
    pub own: bool,
}

/// Gives a marketplace the settings of another one (CMN-03).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CloneProfile {
    /// The marketplace whose settings are taken.
    pub from: String,
    /// The marketplace that gets them; what it has chosen itself stays.
    pub to: String,
}

/// What was taken over, and what a person must look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClonedProfile {
    /// Keys of the settings that were taken over.
    pub copied: Vec<String>,
    /// Settings to look at: accounts, taxes, places, and whatever was left alone.
    pub review: Vec<ReviewOption>,
}

/// A setting to look at after cloning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewOption {
    /// Its key.
    pub key: String,
    /// Its value in the marketplace that was cloned.
    pub value: String,
    /// Whether it was taken over; accounts and the like never are when the currency differs.
    pub copied: bool,
}

/// Sets a setting at a scope, or clears it there.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetFlowOption {
    /// The setting's key.
    pub option: String,
    /// A marketplace's id, an account, or empty for all marketplaces.
    pub scope: String,
    /// The value as text; nothing clears it, so that the wider scope counts.
    pub value: Option<String>,
}

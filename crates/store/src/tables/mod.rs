//! One file per table: what a row is, its schema, its questions and its changes. Readers cannot write.

pub mod accounts;
pub mod archive;
pub mod attempts;
pub mod audit;
pub mod buyer_keys;
pub mod cause_notes;
pub mod cursors;
pub mod decisions;
pub mod edits;
pub mod exclusions;
pub mod fee_accounts;
pub mod ignored_causes;
pub mod links;
pub mod lookups;
pub mod mappings;
pub mod marketplaces;
pub mod options;
pub mod postings;
pub mod problems;
pub mod runs;
pub mod settings;
pub mod settlement_choices;
pub mod settlement_lines;
pub mod settlements;
pub mod snoozes;
pub mod steps;

//! Decisions about orders, as text. Each test is named by the rule or the scenario of flows.md that it proves.

mod amounts;
mod apart;
mod changes;
mod customers;
mod items;
mod mapped;
mod marketplaces;
mod people;
mod special;
mod standing;
mod tax;

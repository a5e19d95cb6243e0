//! The command line as decisions.md lays it down.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Amazon and NetSuite, agreeing to the cent.
#[derive(Debug, Parser)]
#[command(name = "passerelle", version, about, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command takes.
#[derive(Debug, Args)]
pub struct Common {
    /// The folder of the workspace.
    #[arg(long, global = true, value_name = "PATH")]
    pub workspace: Option<PathBuf>,
    /// Record every exchange as HAR 1.2, secrets masked.
    #[arg(long, global = true, value_name = "FILE.har")]
    pub record: Option<PathBuf>,
    /// The language of messages.
    #[arg(long, global = true)]
    pub lang: Option<Lang>,
    /// Only the result, no progress.
    #[arg(long, global = true)]
    pub quiet: bool,
    /// More in the log; twice for everything.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Work on the simulator described in FILE (the line that `passerelle simulator` prints).
    #[arg(long, global = true, value_name = "FILE")]
    pub services: Option<PathBuf>,
}

/// A language of the product.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Lang {
    /// English.
    En,
    /// French.
    Fr,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the Demo company and serve the screens at a local address.
    Demo {
        /// The seed that the company grows from.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print the address without opening a browser.
        #[arg(long)]
        no_open: bool,
        /// Run the main flows, say what happened, and end.
        #[arg(long)]
        once: bool,
    },
    /// List the flows.
    Flows {
        /// Print one JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Run flows now: all that are on, if none is named.
    Sync(Sync),
    /// Read and prove settlement files.
    #[command(subcommand)]
    Settlement(Settlement),
    /// Check every invariant of the workspace.
    Doctor {
        /// On the Demo company.
        #[arg(long)]
        demo: bool,
        /// Ask NetSuite too whether it still has every record with its total; nothing is written.
        #[arg(long)]
        remote: bool,
        /// Print one JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Serve both simulated services on loopback, print one JSON line, and run until standard input closes.
    Simulator {
        /// The address to listen on.
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: std::net::SocketAddr,
        /// The seed that the company grows from.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Which company.
        #[arg(long, value_enum, default_value_t = Company::Demo)]
        company: Company,
        /// Seconds that Amazon takes to prepare a report.
        #[arg(long, value_name = "SECONDS", default_value_t = 2)]
        processing: u64,
    },
    /// Run schedules and serve the screens on loopback, without a window.
    Serve {
        /// The port; 0 lets the system choose.
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// On the Demo company.
        #[arg(long)]
        demo: bool,
    },
    /// Write a consistent copy of the workspace.
    Backup {
        /// The copy.
        file: PathBuf,
        /// Of the Demo company.
        #[arg(long)]
        demo: bool,
    },
    /// Put a copy back in place of the workspace.
    Restore {
        /// The copy.
        file: PathBuf,
        /// Into the Demo company.
        #[arg(long)]
        demo: bool,
    },
    /// Write a list to a file: for a spreadsheet, or as JSON.
    Export(Export),
}

/// `passerelle export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Which list.
    pub list: Kind,
    /// The file; standard output without one. A name ending in `.json` or `.xlsx` means that form.
    pub file: Option<PathBuf>,
    /// Only the lines of this settlement.
    #[arg(long, value_name = "ID")]
    pub settlement: Option<String>,
    /// How it is written.
    #[arg(long)]
    pub format: Option<Format>,
    /// Every text exactly as it is, even where a spreadsheet would take it for a formula.
    #[arg(long)]
    pub raw: bool,
    /// Of the Demo company.
    #[arg(long)]
    pub demo: bool,
}

/// A list that can be exported.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    /// Orders with where they stand.
    Orders,
    /// Settlements with what Amazon says and NetSuite has.
    Settlements,
    /// Lines of settlements.
    Lines,
    /// Errors, open and settled.
    Errors,
    /// The trail of everything that was done.
    Audit,
    /// What Amazon may owe.
    Checks,
}

/// A form of export.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// A table that a spreadsheet opens.
    Csv,
    /// A workbook for Excel.
    Xlsx,
    /// One document for programs.
    Json,
}

/// `passerelle sync`.
#[derive(Debug, Args)]
pub struct Sync {
    /// The flows by id.
    pub flows: Vec<String>,
    /// On the Demo company.
    #[arg(long)]
    pub demo: bool,
    /// The Demo company's seed.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Decide and show, write nothing outside.
    #[arg(long)]
    pub dry_run: bool,
    /// These subjects only.
    #[arg(long, value_delimiter = ',')]
    pub ids: Vec<String>,
    /// This marketplace only: a country such as DE, or Amazon's id.
    #[arg(long)]
    pub marketplace: Option<String>,
    /// Print one JSON document.
    #[arg(long)]
    pub json: bool,
}

/// `passerelle settlement …`.
#[derive(Debug, Subcommand)]
pub enum Settlement {
    /// Read files of any size, prove each settlement, write nothing.
    Check {
        /// The files, plain or gzip.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Print one JSON document.
        #[arg(long)]
        json: bool,
    },
    /// The same, into the workspace.
    Import {
        /// The files, plain or gzip.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Into the Demo company.
        #[arg(long)]
        demo: bool,
    },
}

/// A simulated company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Company {
    /// A year of plausible trade in small.
    Demo,
    /// Credentials work, nothing happened yet.
    Empty,
    /// Many orders.
    Large,
}

//! `passerelle export`: the workspace's lists as files.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use app::App;
use app::export::{Form, List, not_written};
use app::words::Catalogue;
use domain::Text;

use crate::arguments::{Common, Export, Format, Kind};
use crate::commands::{close, open};
use crate::output::{Outcome, catalogue, refused};

/// Writes a list to a file, or to standard output.
pub async fn run(common: &Common, asked: &Export) -> anyhow::Result<Outcome> {
    let app = open(common, asked.demo.then_some(1), false).await?;
    let words = catalogue(common);
    let written = write(&app, asked, &words);
    close(&app, common).await?;
    let count = written.map_err(|refusal| refused(refusal, &words))?;
    if let Some(file) = &asked.file {
        let done = Text::new("export-done")
            .with("count", i64::try_from(count).unwrap_or(i64::MAX))
            .with("file", file.display().to_string());
        eprintln!("{}", words.say(&done));
    }
    Ok(Outcome::Done)
}

fn write(app: &App, asked: &Export, words: &Catalogue) -> Result<u64, app::contract::Refusal> {
    let list = match asked.list {
        Kind::Orders => List::Orders,
        Kind::Settlements => List::Settlements,
        Kind::Lines => List::Lines,
        Kind::Errors => List::Errors,
        Kind::Audit => List::Audit,
        Kind::Checks => List::Checks,
    };
    let form = form(asked);
    let only = asked.settlement.as_deref();
    let Some(file) = &asked.file else {
        return app.export(list, only, form, words, &mut io::stdout().lock());
    };
    // A pipe or a device is written as it is.
    if file.metadata().is_ok_and(|facts| !facts.is_file()) {
        let mut out = File::options()
            .write(true)
            .open(file)
            .map_err(|error| not_written(&error))?;
        return app.export(list, only, form, words, &mut out);
    }
    // A half-written file never stands under the name that was asked for.
    let part = unfinished(file);
    let done = File::create(&part)
        .map_err(|error| not_written(&error))
        .and_then(|opened| {
            let mut out = BufWriter::new(opened);
            let count = app.export(list, only, form, words, &mut out)?;
            out.flush()
                .and_then(|()| out.get_ref().sync_all())
                .and_then(|()| std::fs::rename(&part, file))
                .map_err(|error| not_written(&error))?;
            Ok(count)
        });
    if done.is_err() {
        // What could not be created needs no removing.
        let _ = std::fs::remove_file(&part);
    }
    done
}

fn unfinished(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// As asked, else as the file's name ends, else a table.
fn form(asked: &Export) -> Form {
    let ends_in = |wanted: &str| {
        let ending = asked.file.as_ref().and_then(|file| file.extension());
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case(wanted))
    };
    let named = if ends_in("json") {
        Format::Json
    } else if ends_in("xlsx") {
        Format::Xlsx
    } else {
        Format::Csv
    };
    match (asked.format.unwrap_or(named), asked.raw) {
        (Format::Xlsx, _) => Form::Workbook,
        (Format::Json, _) => Form::Json,
        (Format::Csv, true) => Form::RawCsv,
        (Format::Csv, false) => Form::Csv,
    }
}

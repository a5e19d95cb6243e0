//! `passerelle settlement check` and `import`: settlement files of any size, proved first.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::bail;
use app::words::Catalogue;
use domain::Text;
use domain::settlement::Posted;
use domain::settlement::read::{NamedTotal, Nothing, Options, Proof, Reading, Source, TypeTotal, read};
use serde_json::{Value, json};

use crate::arguments::{Common, Settlement};
use crate::commands::{close, open};
use crate::output::{Outcome, catalogue, refused};
use crate::sync;

/// Runs `settlement check` or `settlement import`.
pub async fn run(common: &Common, asked: Settlement) -> anyhow::Result<Outcome> {
    let words = catalogue(common);
    match asked {
        Settlement::Check { files, json } => match check(&files, json, &words, &mut io::stdout().lock())? {
            0 => Ok(Outcome::Done),
            1 => Ok(Outcome::NeedsYou),
            _ => bail!("not every file could be read"),
        },
        Settlement::Import { files, demo } => import(common, &files, demo, &words).await,
    }
}

/// Imports files into the workspace. A file that cannot be proved is named and leaves nothing behind; the others go on.
async fn import(common: &Common, files: &[PathBuf], demo: bool, words: &Catalogue) -> anyhow::Result<Outcome> {
    let checked: Vec<Checked<'_>> = files.iter().map(|path| check_one(path, false)).collect();
    for one in &checked {
        print(one, words, &mut io::stdout().lock())?;
    }
    let status = status(&checked);
    if status > 1 {
        bail!("not every file could be read");
    }
    let app = open(common, demo.then_some(1), false).await?;
    for one in checked.iter().filter(|one| one.reading.is_proved()) {
        let name = one.path.file_name().unwrap_or_default().to_string_lossy();
        app.archive_settlement(&name, &one.bytes, &one.reading)
            .map_err(|refusal| refused(refusal, words))?;
    }
    sync::settlements(&app, common).await?;
    close(&app, common).await?;
    Ok(if status == 0 { Outcome::Done } else { Outcome::NeedsYou })
}

/// Bytes that can be read again and again: a file's from its disk, a pipe's from memory, since it gives them only once.
enum Bytes<'a> {
    OnDisk(&'a Path),
    Kept(Vec<u8>),
}

impl<'a> Bytes<'a> {
    fn of(path: &'a Path) -> Self {
        match path.metadata() {
            Ok(facts) if !facts.is_file() && !facts.is_dir() => {
                std::fs::read(path).map_or(Self::OnDisk(path), Self::Kept)
            }
            _ => Self::OnDisk(path),
        }
    }
}

impl Source for Bytes<'_> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        match self {
            Self::OnDisk(path) => Ok(Box::new(File::open(path)?)),
            Self::Kept(bytes) => bytes.open(),
        }
    }
}

/// One checked file.
struct Checked<'a> {
    path: &'a Path,
    file: String,
    bytes: Bytes<'a>,
    reading: Reading,
}

/// Checks files and prints what they hold. The answer is the exit status: 0 every settlement proved, 1 something needs a
/// person, 2 a file could not be read at all.
pub fn check(files: &[PathBuf], json: bool, words: &Catalogue, out: &mut dyn Write) -> io::Result<u8> {
    let checked: Vec<Checked<'_>> = files.iter().map(|path| check_one(path, json)).collect();
    if json {
        serde_json::to_writer_pretty(&mut *out, &document(&checked, words))?;
        writeln!(out)?;
    } else {
        for one in &checked {
            print(one, words, out)?;
        }
    }
    Ok(status(&checked))
}

/// `by_order`: with totals by order, whose number grows with the file.
fn check_one(path: &Path, by_order: bool) -> Checked<'_> {
    let options = Options {
        by_order,
        ..Options::default()
    };
    let bytes = Bytes::of(path);
    Checked {
        path,
        file: path.display().to_string(),
        reading: read(&bytes, &options, &mut Nothing),
        bytes,
    }
}

fn status(checked: &[Checked<'_>]) -> u8 {
    let unreadable = |one: &Checked<'_>| {
        one.reading
            .refusals
            .iter()
            .any(domain::settlement::read::Refusal::is_unreadable)
    };
    if checked.iter().any(unreadable) {
        2
    } else {
        u8::from(!checked.iter().all(|one| one.reading.is_proved()))
    }
}

/// The document that decisions.md lays down.
fn document(checked: &[Checked<'_>], words: &Catalogue) -> Value {
    let settlements: Vec<Value> = checked
        .iter()
        .flat_map(|one| {
            one.reading
                .settlements
                .iter()
                .map(|proof| settlement(one, proof, words))
        })
        .collect();
    let errors: Vec<Value> = checked
        .iter()
        .flat_map(|one| {
            one.reading.refusals.iter().map(|refusal| {
                json!({
                    "file": one.file,
                    "line": refusal.line,
                    "column": refusal.column,
                    "code": refusal.code(),
                    "message": words.say(&refusal.text()),
                })
            })
        })
        .collect();
    json!({ "settlements": settlements, "errors": errors })
}

fn settlement(one: &Checked<'_>, proof: &Proof, words: &Catalogue) -> Value {
    let reading = &one.reading;
    let day = |posted: Option<Posted>| posted.map(Posted::iso);
    json!({
        "file": one.file,
        "layout": reading.layout.map(domain::settlement::read::Layout::name),
        "encoding": reading.encoding,
        "decimal_comma": reading.decimal_comma,
        "settlement_id": proof.header.id,
        "start": day(proof.header.start),
        "end": day(proof.header.end),
        "deposit_date": day(proof.header.deposit),
        "currency": proof.header.currency.code(),
        "declared_total": proof.header.declared_total.map(|total| proof.text(total)),
        "sum_of_lines": proof.text(proof.sum),
        "balanced": proof.balanced,
        "difference": proof.difference().map(|difference| proof.text(difference)),
        "rows": proof.rows,
        "lines": proof.lines,
        "by_type": proof.by_type.iter().map(|total| of_type(proof, total)).collect::<Vec<_>>(),
        "by_order": proof.by_order.iter().map(|total| named(proof, "order_id", total)).collect::<Vec<_>>(),
        "by_marketplace": proof.by_marketplace.iter().map(|total| named(proof, "name", total)).collect::<Vec<_>>(),
        "unmapped": proof.unmapped().map(|total| of_type(proof, total)).collect::<Vec<_>>(),
        "warnings": reading.warnings.iter().map(|warning| words.say(&warning.text())).collect::<Vec<_>>(),
    })
}

fn of_type(proof: &Proof, total: &TypeTotal) -> Value {
    let [transaction_type, amount_type, amount_description] = &total.triple;
    json!({
        "transaction_type": transaction_type,
        "amount_type": amount_type,
        "amount_description": amount_description,
        "category": total.category.key(),
        "lines": total.lines,
        "total": proof.text(total.total),
    })
}

fn named(proof: &Proof, name: &str, total: &NamedTotal) -> Value {
    json!({ name: total.name, "lines": total.lines, "total": proof.text(total.total) })
}

/// The same for people: each settlement with its kinds of lines, then what is wrong.
fn print(one: &Checked<'_>, words: &Catalogue, out: &mut dyn Write) -> io::Result<()> {
    for proof in &one.reading.settlements {
        let header = &proof.header;
        let day = |posted: Option<Posted>| {
            posted
                .map(|day| day.iso().chars().take(10).collect::<String>())
                .unwrap_or_default()
        };
        writeln!(
            out,
            "{}  settlement {}  {} … {}  {}",
            if proof.balanced { "✓" } else { "✗" },
            header.id,
            day(header.start),
            day(header.end),
            one.file,
        )?;
        let declared = header
            .declared_total
            .map_or_else(|| "—".to_owned(), |total| proof.text(total));
        let lines = Text::new("settlement-check-sum")
            .with("lines", proof.lines.to_string())
            .with("rows", proof.rows.to_string())
            .with("currency", header.currency.code());
        writeln!(
            out,
            "   {declared:>14}  {}",
            words.say(&Text::new("settlement-check-total"))
        )?;
        writeln!(out, "   {:>14}  {}", proof.text(proof.sum), words.say(&lines))?;
        for total in &proof.by_type {
            let kind = total
                .triple
                .iter()
                .filter(|part| !part.is_empty())
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" · ");
            writeln!(
                out,
                "   {:>14}  {:>7} ×  {:<26} {kind}",
                proof.text(total.total),
                total.lines,
                total.category.key()
            )?;
        }
        writeln!(out)?;
    }
    for refusal in &one.reading.refusals {
        let line = refusal.line.map(|line| format!(":{line}")).unwrap_or_default();
        writeln!(
            out,
            "✗  {}{line}  {}  {}",
            one.file,
            refusal.code(),
            words.say(&refusal.text())
        )?;
    }
    for warning in &one.reading.warnings {
        writeln!(out, "!  {}  {}", one.file, words.say(&warning.text()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use app::words::Language;

    use super::*;

    const TITLES: &str = "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\t\
                          transaction-type\torder-id\tmarketplace-name\tamount-type\tamount-description\tamount\tposted-date-time\n";

    fn checked(content: &str) -> (u8, Value) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settlement.txt");
        std::fs::write(&path, content).unwrap();
        let mut printed = Vec::new();
        let status = check(&[path], true, &Catalogue::load(Language::English), &mut printed).unwrap();
        (status, serde_json::from_slice(&printed).unwrap())
    }

    #[test]
    fn set_09_a_settlement_that_adds_up_is_printed_as_decisions_lay_down() {
        let (status, document) = checked(&format!(
            "{TITLES}7\t2026-10-01 00:00:00 UTC\t2026-10-15 00:00:00 UTC\t2026-10-16 00:00:00 UTC\t17.00\tUSD\t\t\t\t\t\t\t\n\
             7\t\t\t\t\t\tOrder\t111-1\tAmazon.com\tItemPrice\tPrincipal\t20.00\t2026-10-02 01:02:03 UTC\n\
             7\t\t\t\t\t\tOrder\t111-1\tAmazon.com\tItemFees\tCommission\t-3.00\t2026-10-02 01:02:03 UTC\n"
        ));
        assert_eq!(status, 0);
        assert_eq!(document["errors"], json!([]));
        let settlement = &document["settlements"][0];
        assert_eq!(settlement["declared_total"], "17.00");
        assert_eq!(settlement["difference"], "0.00");
        assert_eq!(settlement["deposit_date"], "2026-10-16T00:00:00Z");
        assert_eq!(
            settlement["by_order"],
            json!([{"order_id": "111-1", "lines": 2, "total": "17.00"}])
        );
        assert_eq!(settlement["by_type"][1]["category"], "referral-fee");
    }

    #[test]
    fn set_08_a_cut_file_is_named_with_its_line_and_exits_with_1() {
        let (status, document) = checked(&format!(
            "{TITLES}7\t2026-10-01 00:00:00 UTC\t2026-10-15 00:00:00 UTC\t2026-10-16 00:00:00 UTC\t17.00\tUSD\t\t\t\t\t\t\t\n\
             7\t\t\t\t\t\tOrder\t111-1\tAmazon.com\tItemPrice\tPrinc"
        ));
        assert_eq!(status, 1);
        assert_eq!(document["errors"][0]["line"], 3);
        assert_eq!(document["errors"][0]["code"], "SETTLEMENT_INCONSISTENT");
        assert_eq!(document["settlements"][0]["balanced"], false);
    }

    #[test]
    fn a_file_that_is_not_there_exits_with_2() {
        let mut printed = Vec::new();
        assert_eq!(
            check(
                &[PathBuf::from("no-such-file.txt")],
                true,
                &Catalogue::load(Language::English),
                &mut printed
            )
            .unwrap(),
            2
        );
    }
}

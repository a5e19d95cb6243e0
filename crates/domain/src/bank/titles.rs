//! The titles that banks give the columns of their tables.

use super::cells;
use crate::Currency;

/// Which columns hold what, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Columns {
    /// The bank's day.
    pub date: Option<usize>,
    /// What came in and, below nought, what went out.
    pub amount: Option<usize>,
    /// What came in, where that has a column of its own.
    pub credit: Option<usize>,
    /// What went out, where that has a column of its own.
    pub debit: Option<usize>,
    /// A word that tells which of the two an amount is.
    pub side: Option<usize>,
    /// The currency.
    pub currency: Option<usize>,
    /// What the bank says.
    pub said: Option<usize>,
}

impl Columns {
    /// Whether there are days and amounts.
    pub fn is_enough(&self) -> bool {
        self.date.is_some() && (self.amount.is_some() || self.credit.is_some())
    }
}

/// Days, those of the books before those of the value: a value may lie ahead.
const DATE: &[&str] = &[
    "date",
    "booking date",
    "posting date",
    "posted date",
    "date posted",
    "transaction date",
    "entry date",
    "post date",
    "completed date",
    "date completed",
    "date operation",
    "date de l operation",
    "date d operation",
    "date comptable",
    "date de comptabilisation",
    "buchungstag",
    "buchungsdatum",
    "datum",
    "fecha",
    "fecha operacion",
    "fecha de operacion",
    "data",
    "data contabile",
    "data operazione",
    "boekdatum",
    "transactiedatum",
    "bokforingsdag",
    "value date",
    "date valeur",
    "date de valeur",
    "wertstellung",
    "valutadatum",
    "valuta",
    "fecha valor",
    "data valuta",
];
const AMOUNT: &[&str] = &[
    "amount",
    "transaction amount",
    "net amount",
    "montant",
    "montant de l operation",
    "montant net",
    "betrag",
    "umsatz",
    "importe",
    "importo",
    "bedrag",
    "belopp",
    "valor",
];
const CREDIT: &[&str] = &[
    "credit",
    "credits",
    "credit amount",
    "amount credit",
    "paid in",
    "money in",
    "deposit",
    "deposits",
    "incoming",
    "montant credit",
    "credit montant",
    "recette",
    "recettes",
    "haben",
    "gutschrift",
    "eingang",
    "abono",
    "abonos",
    "haber",
    "ingresos",
    "avere",
    "accrediti",
    "entrate",
    "bij",
];
const DEBIT: &[&str] = &[
    "debit",
    "debits",
    "debit amount",
    "amount debit",
    "paid out",
    "money out",
    "withdrawal",
    "withdrawals",
    "outgoing",
    "montant debit",
    "debit montant",
    "depense",
    "depenses",
    "soll",
    "lastschrift",
    "ausgang",
    "cargo",
    "cargos",
    "debe",
    "gastos",
    "dare",
    "addebiti",
    "uscite",
    "af",
];
const SIDE: &[&str] = &[
    "debit credit",
    "credit debit",
    "dr cr",
    "cr dr",
    "d c",
    "c d",
    "debit or credit",
    "credit or debit",
    "sens",
    "soll haben",
    "s h",
    "af bij",
    "credit debit indicator",
];
const CURRENCY: &[&str] = &[
    "currency",
    "currency code",
    "ccy",
    "devise",
    "monnaie",
    "wahrung",
    "waehrung",
    "moneda",
    "divisa",
    "munt",
    "valuta",
];
const SAID: &[&str] = &[
    "description",
    "transaction description",
    "details",
    "narrative",
    "memo",
    "payee",
    "name",
    "counterparty",
    "reference",
    "libelle",
    "libelle de l operation",
    "operation",
    "communication",
    "verwendungszweck",
    "buchungstext",
    "auftraggeber",
    "concepto",
    "descripcion",
    "descrizione",
    "causale",
    "omschrijving",
    "naam",
];

/// A title's words in small letters without accents; what stands in brackets and codes of currencies are left off.
fn plain(title: &str) -> String {
    let mut depth = 0_u32;
    let open: String = title
        .chars()
        .filter(|c| {
            depth = match c {
                '(' | '[' => depth + 1,
                ')' | ']' => depth.saturating_sub(1),
                _ => return depth == 0,
            };
            false
        })
        .collect();
    let words = open
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words.filter(|word| cells::known(word).is_none()).map(folded).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        // `Betrag in EUR`, `Montant en EUR`.
        [rest @ .., "in" | "en"] if !rest.is_empty() && currency(title).is_some() => rest.join(" "),
        _ => words.join(" "),
    }
}

/// Small letters without accents.
pub(super) fn folded(word: &str) -> String {
    let fold = |c: char| match c {
        'à' | 'á' | 'â' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        other => other,
    };
    word.chars().flat_map(char::to_lowercase).map(fold).collect()
}

/// The currency that a title names: `Amount (EUR)`, `Betrag in EUR`.
pub(super) fn currency(title: &str) -> Option<Currency> {
    let signs = [("€", Currency::EUR), ("£", Currency::GBP)];
    let sign = signs.iter().find(|(sign, _)| title.contains(sign)).map(|(_, is)| *is);
    let mut words = title.split(|c: char| !c.is_alphanumeric());
    sign.or_else(|| words.find_map(cells::known))
}

/// The columns by their titles; `sample` gives a column's first filled cell, since a few words stand for two things.
pub(super) fn find<'a>(titles: &[String], sample: impl Fn(usize) -> Option<&'a str>) -> Columns {
    let plain: Vec<String> = titles.iter().map(|title| plain(title)).collect();
    let first = |names: &[&str], fits: &dyn Fn(&str) -> bool| {
        let named = names.iter().flat_map(|name| {
            let at = plain.iter().enumerate().filter(move |(_, title)| title == name);
            at.map(|(at, _)| at)
        });
        let named: Vec<usize> = named.collect();
        let fitting = named.iter().find(|at| sample(**at).is_none_or(fits));
        // A cell that does not fit is refused where it stands, unless its title stands for something else as well.
        fitting.or(named.iter().find(|at| plain[**at] != "valuta")).copied()
    };
    let amount = first(AMOUNT, &cells::is_amount);
    let (credit, debit) = if amount.is_some() {
        (None, None)
    } else {
        (first(CREDIT, &cells::is_amount), first(DEBIT, &cells::is_amount))
    };
    let letters = |cell: &str| !cell.chars().any(|c| c.is_ascii_digit());
    Columns {
        date: first(DATE, &cells::is_day),
        amount,
        credit,
        debit,
        side: amount.and_then(|_| first(SIDE, &letters)),
        currency: first(CURRENCY, &|cell| cells::known(cells::bare(cell)).is_some()),
        said: first(SAID, &|_| true),
    }
}

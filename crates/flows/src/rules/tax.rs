//! Which tax code a sale gets (TAX-03): the table `tax-codes`, else `tax.default_code`.
//!
//! A row of the table is named `ship-from;ship-to;liable;buyer`, such as `DE;FR;seller;consumer`, `DE;*;amazon;*` or
//! `CA;CA-ON;seller;*`; `*` stands for anything. The row that says most wins, and where the goods go counts most.
//!
//! What a code amounts to stands in the table `tax-rates`, from the code's internal id to percent (TAX-02).

use netsuite::RecordId;
use rust_decimal::Decimal;

use super::Rules;

/// The table's name.
pub const TAX_CODES: &str = "tax-codes";

/// The table of percents: tax code → rate.
pub const TAX_RATES: &str = "tax-rates";

/// A tax code, and whether the seller named it for sales of this kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxCode {
    /// The code.
    pub code: RecordId,
    /// A row of the table speaks of such sales; otherwise it is `tax.default_code`.
    pub by_row: bool,
}

/// What a tax code depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxCase<'a> {
    /// The country that the goods leave from, ISO 3166-1 alpha-2.
    pub from: &'a str,
    /// The country that they go to.
    pub to: &'a str,
    /// The state or province that they go to.
    pub state: Option<&'a str>,
    /// `amazon` or `seller`: who owes the tax (TAX-01).
    pub liable: &'a str,
    /// `business` when the buyer gave a tax registration, else `consumer`.
    pub buyer: &'a str,
}

impl Rules {
    /// The tax code of a sale, if one is chosen.
    pub fn tax_code(&self, marketplace: &str, case: TaxCase<'_>) -> Option<TaxCode> {
        let rows = self.tables.get(TAX_CODES).into_iter().flatten();
        let fitting = rows.filter_map(|(row, code)| Some((case.fit(row)?, code)));
        // Of two rows that say equally much the first by name: the same order always gets the same code.
        let best = fitting.fold(None, |best: Option<(usize, &String)>, next| match best {
            Some(known) if known.0 >= next.0 => Some(known),
            _ => Some(next),
        });
        let by_row = best.map(|(_, code)| TaxCode {
            code: RecordId(code.clone()),
            by_row: true,
        });
        by_row.or_else(|| {
            let code = self.record(marketplace, "tax.default_code")?;
            Some(TaxCode { code, by_row: false })
        })
    }

    /// The percent that a price contains where Amazon gives no split (TAX-02): the tax code's own, else `tax.rate`. A
    /// sale abroad for which a row names a code never takes the marketplace's rate: it may be another country's tax.
    pub fn tax_rate(&self, marketplace: &str, case: TaxCase<'_>, home: &str) -> Option<Decimal> {
        let found = self.tax_code(marketplace, case);
        let own = found.as_ref().and_then(|found| self.rate_of(&found.code));
        let abroad = found.is_some_and(|found| found.by_row) && case.to != home;
        own.or_else(|| self.number(marketplace, "tax.rate").filter(|_| !abroad))
    }

    fn rate_of(&self, code: &RecordId) -> Option<Decimal> {
        self.tables.get(TAX_RATES)?.get(&code.0)?.parse().ok()
    }
}

impl TaxCase<'_> {
    /// How much a row says about this case; nothing when it is about another. Where the goods go counts most, then
    /// where they leave from, who owes the tax, and who buys.
    fn fit(&self, row: &str) -> Option<usize> {
        let region = self.state.map(|state| format!("{}-{state}", self.to));
        let mut words = row.split(';').map(str::trim);
        let mut says = 0;
        for (is, weight) in [(self.from, 4), (self.to, 8), (self.liable, 2), (self.buyer, 1)] {
            let word = words.next()?;
            if weight == 8
                && region
                    .as_deref()
                    .is_some_and(|region| region.eq_ignore_ascii_case(word))
            {
                says += 2 * weight;
            } else if word.eq_ignore_ascii_case(is) {
                says += weight;
            } else if word != "*" {
                return None;
            }
        }
        Some(says)
    }
}

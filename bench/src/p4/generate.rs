//! A settlement of any size from a seed: orders of several lines each, as Amazon writes them, proved by its summary row.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

const TITLES: &str = "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\t\
    transaction-type\torder-id\tmerchant-order-id\tadjustment-id\tshipment-id\tmarketplace-name\tamount-type\t\
    amount-description\tamount\tfulfillment-id\tposted-date\tposted-date-time\torder-item-code\tmerchant-order-item-id\t\
    merchant-adjustment-item-id\tsku\tquantity-purchased\tpromotion-id\n";

/// The kinds of an order's lines with the range of their cents.
const KINDS: &[(&str, &str, i64, i64)] = &[
    ("ItemPrice", "Principal", 500, 15_000),
    ("ItemPrice", "Tax", 50, 1_500),
    ("ItemPrice", "Shipping", 0, 900),
    ("ItemPrice", "ShippingTax", 0, 90),
    ("ItemWithheldTax", "MarketplaceFacilitatorTax-Principal", -1_500, -50),
    ("ItemFees", "Commission", -2_300, -80),
    ("ItemFees", "FBAPerUnitFulfillmentFee", -900, -250),
    ("Promotion", "Shipping", -900, 0),
];

/// Writes about `megabytes` to `path`. The same seed gives the same bytes.
pub fn write(path: &Path, megabytes: u64, seed: u64) -> io::Result<()> {
    let lines = megabytes * 547_000 / 100;
    // The total stands in front, so the amounts are drawn twice.
    let total = draw(lines, seed, &mut io::sink())?;
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let sign = if total < 0 { "-" } else { "" };
    let total = total.unsigned_abs();
    writeln!(
        file,
        "{TITLES}17800000001\t2026-10-01T00:00:00+00:00\t2026-10-15T00:00:00+00:00\t2026-10-17T00:00:00+00:00\t\
         {sign}{}.{:02}\tUSD{}",
        total / 100,
        total % 100,
        "\t".repeat(18)
    )?;
    draw(lines, seed, &mut file)?;
    file.flush()
}

fn draw(lines: u64, seed: u64, into: &mut dyn Write) -> io::Result<i64> {
    let mut state = seed;
    let mut next = |bound: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let (mut written, mut total) = (0, 0);
    while written < lines {
        let (order, item, sku) = (next(10_000_000), next(100_000_000_000), next(900));
        let (day, second, shipment) = (1 + next(14), next(86_400), next(1_000_000_000));
        for (amount_type, description, from, to) in KINDS.iter().take(usize::try_from(5 + next(4)).unwrap_or(5)) {
            let cents = from + i64::try_from(next((to - from + 1).unsigned_abs())).unwrap_or_default();
            total += cents;
            let sign = if cents < 0 { "-" } else { "" };
            writeln!(
                into,
                "17800000001\t\t\t\t\t\tOrder\t114-{order:07}-{:07}\t\t\tB{shipment:09}\tAmazon.com\t{amount_type}\t{description}\t\
                 {sign}{}.{:02}\tAFN\t2026-10-{day:02}\t2026-10-{day:02} {:02}:{:02}:{:02} UTC\t{item:011}\t\t\tSKU-{sku:05}-BLUE\t1\t",
                order * 7 % 10_000_000,
                cents.unsigned_abs() / 100,
                cents.unsigned_abs() % 100,
                second / 3_600,
                second / 60 % 60,
                second % 60,
            )?;
            written += 1;
        }
    }
    Ok(total)
}

//! Detail pages of Amazon's catalogue: one per ASIN, shared by all who sell the product.

use std::collections::BTreeMap;

use crate::market::Market;
use crate::world::product::Product;

/// A product as buyers find it.
#[derive(Debug, Clone)]
pub struct Page {
    /// Amazon's number.
    pub asin: String,
    /// Product type.
    pub kind: String,
    /// Brand.
    pub brand: String,
    /// Numbers on the box: 8 to 14 digits.
    pub codes: Vec<String>,
    /// Whether our contributions are shown; otherwise those of another seller are.
    pub ours: bool,
    /// Whether only those may sell it whom Amazon has approved.
    pub gated: bool,
    /// Address of the main image.
    pub image: Option<String>,
    base: Title,
    /// Titles that contributions have changed, by marketplace.
    pub titles: BTreeMap<&'static str, String>,
}

#[derive(Debug, Clone)]
enum Title {
    Known(&'static Product),
    Told(String),
}

impl Page {
    /// The page of a product that Atelier Lumen or somebody else has sold for long.
    pub fn of(product: &'static Product) -> Self {
        let brand = if product.is_foreign() {
            "Maison Vesper"
        } else {
            "Atelier Lumen"
        };
        Self {
            asin: product.asin.to_owned(),
            kind: product.kind().to_owned(),
            brand: brand.to_owned(),
            codes: Some(product.ean.to_owned())
                .filter(|code| !code.is_empty())
                .into_iter()
                .collect(),
            ours: !product.is_foreign(),
            gated: product.sku == "LAMP-ICON-1962",
            image: Some(image_of(product.asin)),
            base: Title::Known(product),
            titles: BTreeMap::new(),
        }
    }

    /// A page that a contribution has made.
    pub fn made(asin: String, kind: &str, brand: &str, title: &str) -> Self {
        Self {
            asin,
            kind: kind.to_owned(),
            brand: brand.to_owned(),
            codes: Vec::new(),
            ours: true,
            gated: false,
            image: None,
            base: Title::Told(title.to_owned()),
            titles: BTreeMap::new(),
        }
    }

    /// The title that buyers in that marketplace read.
    pub fn title(&self, market: &Market) -> &str {
        match (self.titles.get(market.id), &self.base) {
            (Some(title), _) | (None, Title::Told(title)) => title,
            (None, Title::Known(product)) => product.title(market),
        }
    }

    /// Whether a number is on the box, however many zeros it begins with.
    pub fn has(&self, code: &str) -> bool {
        let code = padded(code);
        self.codes.iter().any(|known| padded(known) == code)
    }
}

/// Fourteen digits, as a GTIN has.
pub fn padded(code: &str) -> String {
    format!("{code:0>14}")
}

/// Where the picture of a product lies.
fn image_of(asin: &str) -> String {
    format!("https://m.media-amazon.com/images/I/{asin}.jpg")
}

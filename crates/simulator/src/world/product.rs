//! What Atelier Lumen sells.

use rust_decimal::Decimal;

use crate::market::Market;

/// A thing that is sold under one SKU in some or all marketplaces.
#[derive(Debug)]
pub struct Product {
    /// The seller's SKU.
    pub sku: &'static str,
    /// Amazon's number of the product.
    pub asin: &'static str,
    /// Article number on the box.
    pub ean: &'static str,
    /// English title.
    pub english: &'static str,
    /// German title.
    pub german: &'static str,
    /// Japanese title.
    pub japanese: &'static str,
    /// Prices in hundredths of USD, GBP and EUR, and in whole JPY.
    prices: [i64; 4],
    /// What Amazon takes to pick and ship one, in hundredths of the currency, or whole yen.
    fulfilment: [i64; 4],
}

impl Product {
    /// The price of one, as the buyer sees it in that marketplace.
    pub fn price(&self, market: &Market) -> Decimal {
        in_currency(&self.prices, market)
    }

    /// Amazon's fee for fulfilling one.
    pub fn fulfilment_fee(&self, market: &Market) -> Decimal {
        in_currency(&self.fulfilment, market)
    }

    /// The title that buyers in that marketplace read.
    pub fn title(&self, market: &Market) -> &'static str {
        match market.code {
            "DE" => self.german,
            "JP" => self.japanese,
            _ => self.english,
        }
    }
}

/// The column of the marketplace, or the German price in its currency.
fn in_currency(amounts: &[i64; 4], market: &Market) -> Decimal {
    let (amount, decimals) = match market.code {
        "US" => (amounts[0], market.decimals),
        "UK" => (amounts[1], market.decimals),
        "JP" => (amounts[3], market.decimals),
        _ => (amounts[2] * market.per_euro, 2),
    };
    crate::chance::rounded(Decimal::new(amount, decimals), market.decimals)
}

macro_rules! product {
    ($sku:literal, $asin:literal, $ean:literal, $english:literal, $german:literal, $japanese:literal, $prices:expr, $fees:expr) => {
        Product {
            sku: $sku,
            asin: $asin,
            ean: $ean,
            english: $english,
            german: $german,
            japanese: $japanese,
            prices: $prices,
            fulfilment: $fees,
        }
    };
}

/// Everyday goods, of which the plain orders are made.
#[rustfmt::skip]
pub static EVERYDAY: [Product; 10] = [
    product!("LAMP-BRASS-01", "B0ATL00011", "3760000000116", "Brass Desk Lamp with Textile Cord", "Schreibtischlampe aus Messing mit Textilkabel", "真鍮デスクランプ 布コード付き", [89_00, 79_00, 89_90, 12_800], [7_35, 5_10, 5_60, 780]),
    product!("LAMP-WALNUT-02", "B0ATL00022", "3760000000222", "Walnut Bedside Lamp", "Nachttischlampe aus Nussbaum", "ウォールナット ベッドサイドランプ", [64_50, 56_00, 62_90, 9_400], [6_20, 4_60, 4_95, 690]),
    product!("SHADE-LINEN-30", "B0ATL00033", "3760000000338", "Linen Lampshade, 30 cm", "Lampenschirm aus Leinen, 30 cm", "リネン ランプシェード 30cm", [34_00, 29_50, 32_90, 4_800], [4_75, 3_40, 3_85, 560]),
    product!("SHADE-LINEN-40", "B0ATL00044", "3760000000444", "Linen Lampshade, 40 cm", "Lampenschirm aus Leinen, 40 cm", "リネン ランプシェード 40cm", [42_00, 36_50, 39_90, 5_900], [5_40, 3_90, 4_20, 610]),
    product!("CANDLE-FIG-220", "B0ATL00055", "3760000000550", "Scented Candle, Fig, 220 g", "Duftkerze Feige, 220 g", "アロマキャンドル イチジク 220g", [24_90, 21_00, 22_90, 3_300], [3_65, 2_70, 3_05, 430]),
    product!("CANDLE-CEDAR-220", "B0ATL00066", "3760000000666", "Scented Candle, Cedar, 220 g", "Duftkerze Zeder, 220 g", "アロマキャンドル シダー 220g", [24_90, 21_00, 22_90, 3_300], [3_65, 2_70, 3_05, 430]),
    product!("BULB-E27-WARM", "B0ATL00077", "3760000000772", "Filament Bulb E27, Warm White", "Filamentlampe E27, warmweiß", "フィラメント電球 E27 電球色", [12_50, 9_90, 10_90, 1_500], [3_10, 2_20, 2_45, 390]),
    product!("CORD-TEXTILE-3M", "B0ATL00088", "3760000000888", "Textile Cord with Switch, 3 m", "Textilkabel mit Schalter, 3 m", "布コード スイッチ付き 3m", [18_00, 15_50, 16_90, 2_400], [3_25, 2_35, 2_60, 410]),
    product!("LANTERN-GLASS-S", "B0ATL00099", "3760000000994", "Glass Lantern, Small", "Glaslaterne, klein", "ガラスランタン 小", [29_00, 25_00, 27_50, 3_900], [4_10, 3_00, 3_45, 510]),
    product!("LAMP-RED", "B0ATL00101", "3760000001014", "Red Metal Table Lamp", "Rote Tischlampe aus Metall", "赤いメタルテーブルランプ", [54_00, 47_00, 51_90, 7_600], [5_85, 4_20, 4_70, 650]),
];

/// Things that only certain orders hold.
#[rustfmt::skip]
pub static SPECIAL: [Product; 4] = [
    product!("TEALIGHT-12", "B0ATL00112", "3760000001120", "Tealights, Box of 12", "Teelichter, 12 Stück", "ティーライト 12個入り", [3_50, 3_00, 3_50, 500], [2_50, 1_80, 2_00, 320]),
    product!("GIFTSET-EVENING", "B0ATL00123", "3760000001236", "Evening Gift Set: Lantern and Two Candles", "Geschenkset Abend: Laterne und zwei Kerzen", "ギフトセット イブニング", [69_00, 59_00, 64_90, 9_200], [6_60, 4_80, 5_20, 720]),
    product!("CANDLE-HOLDER-OAK", "B0ATL00134", "3760000001342", "Oak Candle Holder", "Kerzenhalter aus Eiche", "オーク材キャンドルホルダー", [27_50, 24_00, 27_50, 3_800], [3_95, 2_90, 3_30, 480]),
    // Listed in Germany under a SKU that NetSuite has never heard of; the item there is LAMP-RED.
    product!("LAMP-RED-EU", "B0ATL00145", "3760000001458", "Red Metal Table Lamp (EU Plug)", "Rote Tischlampe aus Metall (EU-Stecker)", "赤いメタルテーブルランプ (EU)", [54_00, 47_00, 51_90, 7_600], [5_85, 4_20, 4_70, 650]),
];

/// All products.
pub fn all() -> impl Iterator<Item = &'static Product> {
    EVERYDAY.iter().chain(&SPECIAL)
}

/// The product with that SKU.
pub fn by_sku(sku: &str) -> Option<&'static Product> {
    all().find(|product| product.sku == sku)
}

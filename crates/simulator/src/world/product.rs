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
    /// Whether NetSuite has an item of that name.
    pub fn has_item(&self) -> bool {
        !ONLY_LISTED.contains(&self.sku)
    }

    /// Whether the seller offers it in that marketplace from the beginning. The red lamp with the European plug is
    /// listed in Germany alone, the vase in Germany and the United States.
    pub fn is_listed(&self, market: &Market) -> bool {
        match self.sku {
            "LAMP-RED-EU" => market.code == "DE",
            "VASE-CERAMIC-09" => matches!(market.code, "DE" | "US"),
            sku => !NEVER_LISTED.contains(&sku),
        }
    }

    /// Whether Amazon keeps it in its own warehouses.
    pub fn is_fba(&self) -> bool {
        self.sku == "CANDLE-FIG-220-FBA"
    }

    /// Whether its detail page belongs to somebody else.
    pub fn is_foreign(&self) -> bool {
        self.asin.starts_with("B0OTH")
    }

    /// Amazon's product type.
    pub fn kind(&self) -> &'static str {
        match self.sku.split(['-', '/', ' ']).next() {
            Some("CANDLE" | "TEALIGHT" | "GIFTSET") => "CANDLE",
            Some("SHADE") => "LAMP_SHADE",
            Some("BULB") => "LIGHT_BULB",
            Some("CORD") => "ELECTRICAL_CORD",
            _ => "LAMP",
        }
    }

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

/// Things that stand there for the sake of listings, prices and stock; no ready-made order holds them.
#[rustfmt::skip]
pub static SHELF: [Product; 12] = [
    product!("SHADE/SILK 25 CM", "B0ATL00202", "3760000002028", "Silk Lampshade, 25 cm", "Lampenschirm aus Seide, 25 cm", "シルク ランプシェード 25cm", [38_00, 33_00, 36_90, 5_400], [4_75, 3_40, 3_85, 560]),
    product!("CANDLE 100% BEESWAX", "B0ATL00203", "3760000002035", "Pillar Candle, Pure Beeswax", "Stumpenkerze aus reinem Bienenwachs", "蜜蝋キャンドル", [19_50, 16_50, 17_90, 2_600], [3_65, 2_70, 3_05, 430]),
    product!("LAMP-FLOOR-OAK-TRIPOD-LINEN-SHADE-160-CM", "B0ATL00204", "3760000002042", "Oak Tripod Floor Lamp with Linen Shade, 160 cm", "Stehlampe mit Dreibein aus Eiche und Leinenschirm, 160 cm", "オーク三脚フロアランプ 160cm", [18_900, 16_500, 17_990, 26_800], [14_20, 9_80, 11_40, 1_450]),
    product!("GIFTSET-CANDLES", "B0ATL00205", "3760000002059", "Gift Set: Two Scented Candles", "Geschenkset: zwei Duftkerzen", "ギフトセット キャンドル2個", [44_00, 37_50, 40_90, 5_900], [4_60, 3_40, 3_90, 540]),
    product!("GIFTSET-GRAND", "B0ATL00206", "3760000002066", "Grand Gift Set: Candles and Two Lanterns", "Großes Geschenkset: Kerzen und zwei Laternen", "ギフトセット グランド", [96_00, 82_00, 89_90, 12_900], [8_90, 6_40, 7_10, 960]),
    // Made by hand, without a number on the box.
    product!("CORD-COTTON-2M", "B0ATL00207", "", "Cotton Cord, 2 m", "Baumwollkabel, 2 m", "コットンコード 2m", [14_00, 12_00, 12_90, 1_900], [3_10, 2_20, 2_45, 390]),
    // NetSuite has it; Amazon has never heard of it.
    product!("LAMP-PAPER-NEW", "", "3760000002080", "Paper Lantern Lamp", "Papierleuchte", "和紙ランプ", [49_00, 42_00, 45_90, 6_700], [5_85, 4_20, 4_70, 650]),
    // NetSuite has them; on Amazon others sell them, the second one only with Amazon's approval.
    product!("STAND-BOOK-OAK", "B0OTH00301", "850000002012", "Oak Book Stand", "Buchständer aus Eiche", "オーク ブックスタンド", [32_00, 27_50, 29_90, 4_400], [4_75, 3_40, 3_85, 560]),
    product!("LAMP-ICON-1962", "B0OTH00302", "850000002029", "Designer Desk Lamp 1962", "Designer-Schreibtischlampe 1962", "デザイナーデスクランプ 1962", [42_000, 36_500, 39_900, 59_000], [9_35, 6_10, 6_60, 980]),
    // Amazon has them; NetSuite has never heard of the first, and knows the others under other names.
    product!("VASE-CERAMIC-09", "B0ATL00209", "3760000002097", "Ceramic Vase", "Keramikvase", "陶器の花瓶", [39_00, 34_00, 36_90, 5_500], [5_40, 3_90, 4_20, 610]),
    product!("CANDLE-FIG-220-FBA", "B0ATL00055", "3760000000550", "Scented Candle, Fig, 220 g", "Duftkerze Feige, 220 g", "アロマキャンドル イチジク 220g", [26_90, 22_50, 24_90, 3_500], [3_65, 2_70, 3_05, 430]),
    product!("TEALIGHT-12-4PK", "B0ATL00211", "3760000002110", "Tealights, Four Boxes of 12", "Teelichter, vier Packungen zu 12 Stück", "ティーライト 12個入り 4箱", [12_90, 10_90, 12_50, 1_800], [3_25, 2_35, 2_60, 410]),
];

/// Things that only Amazon lists: NetSuite has no item of that name.
const ONLY_LISTED: [&str; 4] = [
    "LAMP-RED-EU",
    "VASE-CERAMIC-09",
    "CANDLE-FIG-220-FBA",
    "TEALIGHT-12-4PK",
];
/// Things that only NetSuite has: the seller lists none of them.
const NEVER_LISTED: [&str; 3] = ["LAMP-PAPER-NEW", "STAND-BOOK-OAK", "LAMP-ICON-1962"];

/// All products.
pub fn all() -> impl Iterator<Item = &'static Product> {
    EVERYDAY.iter().chain(&SPECIAL).chain(&SHELF)
}

/// The product with that SKU.
pub fn by_sku(sku: &str) -> Option<&'static Product> {
    all().find(|product| product.sku == sku)
}

/// The SKU of one of many plain goods that only figures are measured with.
pub fn plain_sku(number: u32) -> String {
    format!("BEAD-{number:06}")
}

/// Its price in the United States.
pub fn plain_price(number: u32) -> Decimal {
    Decimal::new(5_00 + i64::from(number % 2_000), 2)
}

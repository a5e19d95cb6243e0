//! Made-up buyers and addresses.

use crate::chance::{Chance, name_of};
use crate::market::Market;

use super::order::Buyer;

struct Place {
    street: &'static str,
    city: &'static str,
    state: Option<&'static str>,
    postal_code: &'static str,
}

const fn place(
    street: &'static str,
    city: &'static str,
    state: Option<&'static str>,
    postal_code: &'static str,
) -> Place {
    Place {
        street,
        city,
        state,
        postal_code,
    }
}

static US: [Place; 5] = [
    place("Alder Street", "Portland", Some("OR"), "97205"),
    place("Juniper Avenue", "Boulder", Some("CO"), "80302"),
    place("Harbor Road", "Burlington", Some("VT"), "05401"),
    place("Mission Boulevard", "San Diego", Some("CA"), "92109"),
    place("Canal Walk", "Providence", Some("RI"), "02903"),
];
static UK: [Place; 4] = [
    place("Mill Lane", "Bristol", None, "BS1 4ST"),
    place("Castle Terrace", "Edinburgh", None, "EH1 2DP"),
    place("Orchard Road", "Norwich", None, "NR2 3TT"),
    place("Quay Street", "Manchester", None, "M3 3JE"),
];
static DE: [Place; 5] = [
    place("Lindenstraße", "Köln", None, "50674"),
    place("Gärtnerplatz", "München", None, "80469"),
    place("Mühlenweg", "Münster", None, "48143"),
    place("Schöne Aussicht", "Hamburg", None, "22085"),
    place("Am Alten Markt", "Görlitz", None, "02826"),
];
static JP: [Place; 4] = [
    place("神宮前 3丁目", "渋谷区", Some("東京都"), "150-0001"),
    place("烏丸通 四条下る", "京都市下京区", Some("京都府"), "600-8411"),
    place("天神 2丁目", "福岡市中央区", Some("福岡県"), "810-0001"),
    place("中之島 1丁目", "大阪市北区", Some("大阪府"), "530-0005"),
];

static ENGLISH_FIRST: [&str; 8] = ["Ada", "Miriam", "Theo", "Grace", "Owen", "Hazel", "Julian", "Nora"];
static ENGLISH_LAST: [&str; 8] = [
    "Whitfield",
    "Okafor",
    "Marsh",
    "Delaney",
    "Hart",
    "Sinclair",
    "Boyd",
    "Lindqvist",
];
static GERMAN_FIRST: [&str; 8] = [
    "Jürgen",
    "Käthe",
    "Lukas",
    "Anneliese",
    "Björn",
    "Sabine",
    "Emre",
    "Friederike",
];
static GERMAN_LAST: [&str; 8] = [
    "Müller",
    "Großmann",
    "Weiß",
    "Yılmaz",
    "Köhler",
    "Brandt",
    "Schäfer",
    "Vogt",
];
static JAPANESE_FIRST: [&str; 6] = ["結衣", "蓮", "陽菜", "湊", "さくら", "悠真"];
static JAPANESE_LAST: [&str; 6] = ["佐藤", "高橋", "伊藤", "小林", "渡辺", "中村"];

/// A town of every other marketplace.
#[rustfmt::skip]
static ELSEWHERE: [(&str, Place); 19] = [
    ("CA", place("Maple Crescent", "Halifax", Some("NS"), "B3H 1A1")),
    ("MX", place("Calle Jacarandas", "Guadalajara", Some("Jalisco"), "44100")),
    ("BR", place("Rua das Palmeiras", "Curitiba", Some("PR"), "80010-010")),
    ("FR", place("rue des Lilas", "Besançon", None, "25000")),
    ("IT", place("Via dei Tigli", "Forlì", Some("FC"), "47121")),
    ("ES", place("Calle del Peñón", "Cádiz", Some("Cádiz"), "11001")),
    ("NL", place("Lindelaan", "Utrecht", None, "3512 AB")),
    ("BE", place("rue de l'Étuve", "Liège", None, "4000")),
    ("IE", place("Harbour Row", "Galway", Some("Co. Galway"), "H91 E2K3")),
    ("SE", place("Björkvägen", "Malmö", None, "211 19")),
    ("PL", place("ulica Różana", "Łódź", None, "90-001")),
    ("TR", place("Çınar Sokak", "İzmir", None, "35210")),
    ("AE", place("Palm Street", "Dubai", Some("Dubai"), "00000")),
    ("SA", place("شارع النخيل", "الرياض", Some("الرياض"), "11564")),
    ("EG", place("شارع النيل", "القاهرة", Some("القاهرة"), "11511")),
    ("ZA", place("Protea Road", "Durban", Some("KwaZulu-Natal"), "4001")),
    ("IN", place("Neem Road", "Pune", Some("Maharashtra"), "411001")),
    ("AU", place("Wattle Street", "Hobart", Some("TAS"), "7000")),
    ("SG", place("Orchid Lane", "Singapore", None, "238823")),
];

/// A buyer in that marketplace.
pub fn buyer(market: &Market, chance: &mut Chance) -> Buyer {
    let places: &[Place] = match market.code {
        "UK" => &UK,
        "DE" => &DE,
        "JP" => &JP,
        _ => &US,
    };
    let elsewhere = ELSEWHERE.iter().find(|(code, _)| *code == market.code);
    let place = elsewhere.map_or_else(|| chance.pick(places), |(_, place)| place);
    let number = chance.between(1, 180);
    let name = match market.code {
        "DE" => format!("{} {}", chance.pick(&GERMAN_FIRST), chance.pick(&GERMAN_LAST)),
        "JP" => format!("{} {}", chance.pick(&JAPANESE_LAST), chance.pick(&JAPANESE_FIRST)),
        _ => format!("{} {}", chance.pick(&ENGLISH_FIRST), chance.pick(&ENGLISH_LAST)),
    };
    let street = match market.code {
        "DE" => format!("{} {number}", place.street),
        "JP" => format!("{}{number}-{}", place.street, chance.between(1, 20)),
        _ => format!("{number} {}", place.street),
    };
    let mailbox = name_of(&[&name, &street, &chance.digits(6)]);
    Buyer {
        name,
        email: format!("{}@marketplace.{}", &mailbox[..15], market.name.to_lowercase()),
        street,
        city: place.city.to_owned(),
        state: place.state.map(str::to_owned),
        postal_code: place.postal_code.to_owned(),
        country: market.country.to_owned(),
        phone: format!("+{} {}", chance.between(1, 81), chance.digits(9)),
        ..Buyer::default()
    }
}

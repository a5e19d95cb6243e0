//! The carriers that Amazon knows by name (the seller's template of shipping confirmations, amazon-sp-api.md §6.5).

/// Codes must be written exactly so. Others are answered 204 and never seen again (SP-API issue 5232).
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "4PX", "AMZN_US", "AMZL", "Amazon Shipping", "Aramex", "Asendia", "Australia Post", "Blue Package", "BlueDart",
    "Bring", "BRT", "Canada Post", "China Post", "Chronopost", "City Link", "Colis Prive", "Colissimo", "Correios",
    "Correos", "CTT Express", "Delhivery", "Deutsche Post", "DHL", "DHL eCommerce", "DHL Express", "DHL Global Mail",
    "DHL Paket", "DPD", "DTDC", "Estafeta", "Evri", "Fastway", "FedEx", "FedEx SmartPost", "FEDEX_JP", "First Flight",
    "GLS", "GO!", "Hermes Logistik Gruppe", "Hermes UK", "India Post", "InPost", "Japan Post", "JP_EXPRESS", "La Poste",
    "Lasership", "Mondial Relay", "MRW", "Newgistics", "NipponExpress", "NITTSU", "OnTrac", "OSM", "Overnite Express",
    "Parcelforce", "Parcelnet", "Poste Italiane", "PostNL", "PostNord", "Professional", "Purolator", "Royal Mail",
    "SAGAWA", "SagawaExpress", "SDA", "SEUR", "SingPost", "SmartMail", "StarTrack", "Streamlite", "Target", "TNT",
    "Toll", "UPS", "UPS Mail Innovations", "UPSMI", "USPS", "YAMATO", "YamatoTransport", "Yodel", "YunExpress",
];

/// The carrier as buyers see it; `None`: nobody that Amazon knows.
pub fn known<'a>(code: &'a str, name: Option<&'a str>) -> Option<&'a str> {
    if code == "Other" {
        return name;
    }
    KNOWN.contains(&code).then_some(code)
}

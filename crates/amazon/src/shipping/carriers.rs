//! Carriers as Amazon spells them: a code that is off by a letter is taken with 204 and never seen again (SP-API issue
//! 5232), so only codes of the list are sent, and everything else goes as *Other* with its name (FUL-06).

use serde::{Deserialize, Serialize};

/// Who carries a parcel, as Amazon is told.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    /// A code of Amazon's list.
    Known {
        /// The code, letter for letter.
        code: String,
    },
    /// A carrier that the list does not have.
    Other {
        /// What people call it.
        name: String,
    },
}

impl Carrier {
    /// `carrierCode`.
    pub fn code(&self) -> &str {
        match self {
            Self::Known { code } => code,
            Self::Other { .. } => "Other",
        }
    }

    /// The name that people read.
    pub fn name(&self) -> &str {
        match self {
            Self::Known { code } => code,
            Self::Other { name } => name,
        }
    }

    /// The carrier with this code, if Amazon's list has it.
    pub fn coded(text: &str) -> Option<Self> {
        let code = CODES.iter().find(|code| code.eq_ignore_ascii_case(text.trim()))?;
        Some(Self::Known {
            code: (*code).to_owned(),
        })
    }

    /// The carrier that a shipping method's name speaks of, such as `UPS® Ground` or `Colissimo Suivi`.
    pub fn recognised(method: &str) -> Option<Self> {
        let words = plain(method);
        let spoken = |name: &&(&str, &str)| words.contains(&format!(" {} ", name.0));
        let (_, name) = SPOKEN.iter().find(spoken)?;
        let other = || Self::Other {
            name: (*name).to_owned(),
        };
        Some(Self::coded(name).unwrap_or_else(other))
    }

    /// The carrier that a tracking number belongs to beyond doubt. Only UPS writes numbers that begin `1Z`.
    pub fn of_tracking(number: &str) -> Option<Self> {
        let number = number.trim();
        let ups = number.len() == 18 && number.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("1Z"));
        ups.then(|| Self::Known { code: "UPS".to_owned() })
    }
}

/// Lower case, only letters and digits, one blank between words and around them.
fn plain(text: &str) -> String {
    let mut words = String::from(" ");
    for letter in text.to_lowercase().chars() {
        if letter.is_alphanumeric() {
            words.push(letter);
        } else if !words.ends_with(' ') && letter.is_whitespace() || "-_/.,()".contains(letter) && !words.ends_with(' ')
        {
            words.push(' ');
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}

/// `carrierCode` values (amazon-sp-api.md §6.5; the list of the order fulfilment schema).
const CODES: &[&str] = &[
    "USPS",
    "UPS",
    "UPSMI",
    "FedEx",
    "FedEx SmartPost",
    "DHL",
    "DHL Global Mail",
    "GLS",
    "DPD",
    "Hermes Logistik Gruppe",
    "Royal Mail",
    "Parcelforce",
    "Yodel",
    "TNT",
    "Chronopost",
    "La Poste",
    "Deutsche Post",
    "Canada Post",
    "Poste Italiane",
    "SDA",
    "SagawaExpress",
    "YamatoTransport",
    "NipponExpress",
    "OnTrac",
    "OSM",
    "Newgistics",
    "Lasership",
    "India Post",
    "BlueDart",
    "Delhivery",
    "Aramex",
    "Fastway",
];

/// What methods are called, the longer names first, and the carrier of each (FUL-06). A carrier whose code nobody has
/// proven goes as *Other* under its name, which Amazon always takes.
const SPOKEN: &[(&str, &str)] = &[
    ("ups mail innovations", "UPSMI"),
    ("ups mi", "UPSMI"),
    ("upsmi", "UPSMI"),
    ("ups", "UPS"),
    ("usps", "USPS"),
    ("us postal service", "USPS"),
    ("fedex smartpost", "FedEx SmartPost"),
    ("fedex", "FedEx"),
    ("federal express", "FedEx"),
    ("dhl global mail", "DHL Global Mail"),
    ("dhl ecommerce", "DHL Global Mail"),
    ("dhl", "DHL"),
    ("dpd", "DPD"),
    ("gls", "GLS"),
    ("hermes", "Hermes Logistik Gruppe"),
    ("royal mail", "Royal Mail"),
    ("parcelforce", "Parcelforce"),
    ("tnt", "TNT"),
    ("chronopost", "Chronopost"),
    ("colissimo", "La Poste"),
    ("la poste", "La Poste"),
    ("deutsche post", "Deutsche Post"),
    ("canada post", "Canada Post"),
    ("postes canada", "Canada Post"),
    ("australia post", "Australia Post"),
    ("auspost", "Australia Post"),
    ("poste italiane", "Poste Italiane"),
    ("sda", "SDA"),
    ("correos", "Correos"),
    ("sagawa", "SagawaExpress"),
    ("佐川急便", "SagawaExpress"),
    ("yamato", "YamatoTransport"),
    ("kuroneko", "YamatoTransport"),
    ("ヤマト運輸", "YamatoTransport"),
    ("nippon express", "NipponExpress"),
    ("ontrac", "OnTrac"),
    ("osm", "OSM"),
    ("newgistics", "Newgistics"),
    ("amazon shipping", "Amazon Shipping"),
    ("yodel", "Yodel"),
    ("lasership", "Lasership"),
    ("india post", "India Post"),
    ("blue dart", "BlueDart"),
    ("bluedart", "BlueDart"),
    ("delhivery", "Delhivery"),
    ("aramex", "Aramex"),
    ("fastway", "Fastway"),
];

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail where it stands")]
mod tests {
    use super::*;

    fn name(method: &str) -> Option<String> {
        Carrier::recognised(method).map(|carrier| carrier.name().to_owned())
    }

    #[test]
    fn ful_06_the_common_names_are_recognised_as_whole_words() {
        for (method, wanted) in [
            ("UPS® Ground", "UPS"),
            ("UPS Mail Innovations", "UPSMI"),
            ("USPS Priority Mail", "USPS"),
            ("FedEx 2Day®", "FedEx"),
            ("DHL Paket", "DHL"),
            ("DPD-Classic", "DPD"),
            ("GLS_Business", "GLS"),
            ("Royal Mail Tracked 24", "Royal Mail"),
            ("Canada Post (Expedited)", "Canada Post"),
            ("Australia Post Parcel", "Australia Post"),
            ("Yamato TA-Q-BIN", "YamatoTransport"),
            ("Sagawa", "SagawaExpress"),
            ("Colissimo Suivi", "La Poste"),
            ("La Poste Lettre suivie", "La Poste"),
            ("Correos Paq 48", "Correos"),
            ("Poste Italiane Crono", "Poste Italiane"),
            ("SDA Extra", "SDA"),
            ("Amazon Shipping Standard", "Amazon Shipping"),
        ] {
            assert_eq!(name(method).as_deref(), Some(wanted), "{method}");
        }
        assert_eq!(name("Groups"), None, "a carrier inside another word is no carrier");
        assert_eq!(name("Our own van"), None);
    }

    #[test]
    fn ful_06_a_carrier_that_the_list_lacks_goes_as_other_under_its_name() {
        for (spoken, wanted) in SPOKEN {
            assert_eq!(name(spoken).as_deref(), Some(*wanted), "{spoken}");
        }
        let correos = Carrier::recognised("Correos Paq 48").unwrap();
        assert_eq!((correos.code(), correos.name()), ("Other", "Correos"));
        assert_eq!(
            Carrier::coded("royal mail").unwrap().code(),
            "Royal Mail",
            "letter for letter"
        );
    }

    #[test]
    fn ful_06_a_tracking_number_of_ups_names_its_carrier() {
        let ups = Carrier::of_tracking("1Z999AA10123456784");
        assert_eq!(ups.map(|carrier| carrier.code().to_owned()), Some("UPS".to_owned()));
        assert_eq!(Carrier::of_tracking("00340434161094042557"), None);
    }
}

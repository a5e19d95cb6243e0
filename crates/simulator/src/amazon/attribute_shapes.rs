//! The attributes that product types are made of, and the schema of each.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::market::Market;
use crate::world::shop::attributes::selectors;
use crate::world::shop::listing::{Channel, number};

/// An attribute.
pub struct Spec {
    /// Amazon's name.
    pub name: &'static str,
    /// Label.
    pub title: &'static str,
    /// What to write there.
    pub description: &'static str,
    /// Group for display.
    pub group: &'static str,
    shape: Shape,
    /// How many instances there may be for one choice of the selectors.
    most: u32,
}

/// What an instance holds.
enum Shape {
    /// A text of at most so many bytes.
    Text(u32),
    /// One of a list: value, label.
    Choice(&'static [(&'static str, &'static str)]),
    /// One of a list whose last value is no longer to be used.
    Ending(&'static [(&'static str, &'static str)]),
    /// A whole number within bounds.
    Whole(u32, u32),
    /// A positive number with one of these units.
    Measure(&'static [&'static str]),
    /// A place on the web.
    Picture,
    /// Yes or no.
    Flag,
    /// What its name says.
    Own,
}

/// Groups: id, title, description.
pub const GROUPS: [(&str, &str, &str); 5] = [
    (
        "product_identity",
        "Product Identity",
        "What tells the product from all others",
    ),
    ("product_details", "Product Details", "What the product is like"),
    ("images", "Images", "Pictures of the product"),
    ("variations", "Variations", "The family that the product belongs to"),
    ("offer", "Offer", "Price, quantity and condition"),
];

const fn spec(
    name: &'static str,
    title: &'static str,
    group: &'static str,
    shape: Shape,
    description: &'static str,
) -> Spec {
    Spec {
        name,
        title,
        description,
        group,
        shape,
        most: 1,
    }
}

const fn many(mut one: Spec, most: u32) -> Spec {
    one.most = most;
    one
}

const IDENTITY: &str = "product_identity";
const DETAILS: &str = "product_details";
const IMAGES: &str = "images";
const FAMILY: &str = "variations";
const SALE: &str = "offer";

use Shape::{Choice, Ending, Flag, Measure, Own, Picture, Text, Whole};

/// Facts that all products have.
#[rustfmt::skip]
pub static FACTS: &[Spec] = &[
    spec("item_name", "Item Name", IDENTITY, Text(500), "The title that buyers read"),
    spec("brand", "Brand Name", IDENTITY, Text(100), "The brand on the product or its box"),
    spec("manufacturer", "Manufacturer", IDENTITY, Text(100), "Who made it"),
    spec("part_number", "Part Number", IDENTITY, Text(40), "The maker's own number"),
    spec("product_description", "Product Description", DETAILS, Text(2000), "What the product is and does, in sentences"),
    many(spec("bullet_point", "Bullet Point", DETAILS, Text(500), "One thing worth knowing"), 5),
    spec("country_of_origin", "Country of Origin", DETAILS, Choice(&[("FR", "France"), ("DE", "Germany"), ("PT", "Portugal"), ("JP", "Japan"), ("CN", "China")]), "Where it was made"),
    spec("color", "Color", DETAILS, Text(50), "Its colour in words"),
    spec("size", "Size", DETAILS, Text(50), "Its size in words"),
    spec("material", "Material", DETAILS, Text(100), "What it is made of"),
    spec("item_weight", "Item Weight", DETAILS, Measure(&["grams", "kilograms", "ounces", "pounds"]), "Its weight without the box"),
    spec("unit_count", "Unit Count", DETAILS, Whole(1, 1000), "How many pieces are in one box"),
    spec("main_product_image_locator", "Main Image URL", IMAGES, Picture, "Address of the main picture, open to everybody"),
    spec("other_product_image_locator_1", "Other Image URL", IMAGES, Picture, "Address of another picture"),
    spec("other_product_image_locator_2", "Other Image URL", IMAGES, Picture, "Address of another picture"),
    spec("parentage_level", "Parentage Level", FAMILY, Choice(&[("parent", "Parent"), ("child", "Child")]), "Whether this is the family or one of its members"),
    spec("child_parent_sku_relationship", "Parent SKU", FAMILY, Own, "The SKU of the family"),
    spec("variation_theme", "Variation Theme", FAMILY, Own, "What the members differ in"),
];

/// Sales terms, and what finds the product.
#[rustfmt::skip]
pub static TERMS: &[Spec] = &[
    spec("externally_assigned_product_identifier", "Product Id", IDENTITY, Own, "The number on the box"),
    spec("merchant_suggested_asin", "Merchant Suggested ASIN", IDENTITY, Text(10), "The product of the catalogue that is offered"),
    spec("supplier_declared_has_product_identifier_exemption", "Product Id Exemption", IDENTITY, Flag, "Whether the product has no number, with Amazon's consent"),
    spec("condition_type", "Item Condition", SALE, Choice(&[
        ("new_new", "New"), ("new_open_box", "New: Open Box"), ("refurbished_refurbished", "Refurbished"), ("used_like_new", "Used: Like New"),
        ("used_very_good", "Used: Very Good"), ("used_good", "Used: Good"), ("used_acceptable", "Used: Acceptable"),
    ]), "New or used"),
    spec("purchasable_offer", "Purchasable Offer", SALE, Own, "Prices"),
    spec("fulfillment_availability", "Fulfillment Availability", SALE, Own, "Who ships, and how many there are"),
    spec("list_price", "List Price", SALE, Own, "The price that the maker recommends"),
    spec("max_order_quantity", "Max Order Quantity", SALE, Whole(1, 1000), "How many one buyer can take"),
    spec("merchant_shipping_group", "Merchant Shipping Group", SALE, Text(100), "The shipping template"),
];

/// Of candles.
#[rustfmt::skip]
pub static CANDLE: &[Spec] = &[
    spec("scent", "Scent", DETAILS, Text(100), "What it smells of"),
    spec("burn_time", "Burn Time", DETAILS, Measure(&["minutes", "hours"]), "How long it burns"),
];
/// Of cords.
#[rustfmt::skip]
pub static CORD: &[Spec] = &[
    spec("item_length", "Item Length", DETAILS, Measure(&["centimeters", "meters", "feet"]), "Its length"),
    spec("power_plug_type", "Power Plug", DETAILS, Choice(&[("type_a_2pin_jp", "Type A (Japan)"), ("type_b_3pin_na", "Type B (North America)"), ("type_c_2pin", "Type C (Europe)"), ("type_g_3pin_uk", "Type G (United Kingdom)")]), "The plug"),
];
/// Of lamps.
#[rustfmt::skip]
pub static LAMP: &[Spec] = &[
    spec("light_source_type", "Light Source Type", DETAILS, Ending(&[("led", "LED"), ("halogen", "Halogen"), ("fluorescent", "Fluorescent"), ("incandescent", "Incandescent")]), "What makes the light"),
    spec("wattage", "Wattage", DETAILS, Measure(&["watts"]), "Its power"),
    spec("item_height", "Item Height", DETAILS, Measure(&["centimeters", "inches"]), "Its height"),
];
/// Of shades.
#[rustfmt::skip]
pub static SHADE: &[Spec] = &[
    spec("item_diameter", "Item Diameter", DETAILS, Measure(&["centimeters", "inches"]), "Its width at the widest"),
];
/// Of bulbs.
#[rustfmt::skip]
pub static BULB: &[Spec] = &[
    spec("wattage", "Wattage", DETAILS, Measure(&["watts"]), "Its power"),
    spec("color_temperature", "Color Temperature", DETAILS, Measure(&["kelvin"]), "Warm or cold light"),
];

impl Spec {
    /// The schema of the attribute.
    pub fn schema(&self, market: &Market) -> Value {
        let (mut properties, required) = self.instance(market);
        for selector in selectors(self.name) {
            let shared = json!({ "$ref": format!("#/$defs/{selector}") });
            if matches!(*selector, "marketplace_id" | "language_tag") {
                properties.insert((*selector).to_owned(), shared);
            }
        }
        if self.name == "fulfillment_availability" {
            properties.insert("marketplace_id".to_owned(), json!({ "$ref": "#/$defs/marketplace_id" }));
        }
        json!({
            "title": self.title,
            "description": self.description,
            "type": "array",
            "minItems": 1,
            "minUniqueItems": 1,
            "maxUniqueItems": self.most,
            "selectors": selectors(self.name),
            "items": {
                "type": "object", "required": required, "properties": properties, "additionalProperties": false,
            },
        })
    }

    /// The properties of an instance, and those that must be there.
    fn instance(&self, market: &Market) -> (Map<String, Value>, Value) {
        let shown = |mut schema: Value| {
            schema["title"] = json!(self.title);
            schema["description"] = json!(self.description);
            schema["editable"] = json!(true);
            schema["hidden"] = json!(false);
            schema
        };
        let properties = match &self.shape {
            Text(most) => {
                json!({ "value": shown(json!({ "type": "string", "minLength": 1, "maxUtf8ByteLength": most })) })
            }
            Choice(all) => json!({ "value": shown(choice(all)) }),
            Ending(all) => {
                let mut schema = choice(all);
                let last = all.last().map_or("", |(value, _)| value);
                schema["$lifecycle"] = json!({ "enumDeprecated": [last] });
                json!({ "value": shown(schema) })
            }
            Whole(low, high) => {
                json!({ "value": shown(json!({ "type": "integer", "minimum": low, "maximum": high })) })
            }
            Flag => json!({ "value": shown(json!({ "type": "boolean" })) }),
            Picture => {
                json!({ "media_location": shown(json!({ "type": "string", "minLength": 8, "maxUtf8ByteLength": 2000 })) })
            }
            Measure(units) => json!({
                "value": shown(json!({ "type": "number", "minimum": 0 })),
                "unit": shown(json!({ "type": "string", "enum": units, "enumNames": units })),
            }),
            Own => return own(self.name, market),
        };
        let properties = properties.as_object().cloned().unwrap_or_default();
        let required: Vec<&String> = properties.keys().collect();
        let required = json!(required);
        (properties, required)
    }
}

fn choice(all: &[(&str, &str)]) -> Value {
    let values: Vec<&str> = all.iter().map(|(value, _)| *value).collect();
    let names: Vec<&str> = all.iter().map(|(_, name)| *name).collect();
    json!({ "type": "string", "enum": values, "enumNames": names })
}

/// Attributes with a shape of their own.
fn own(name: &str, market: &Market) -> (Map<String, Value>, Value) {
    let text = |most: u32| json!({ "type": "string", "minLength": 1, "maxUtf8ByteLength": most });
    let (properties, required) = match name {
        "purchasable_offer" => offer(market),
        "fulfillment_availability" => {
            let codes = [Channel::Merchant.code(market), Channel::Amazon.code(market)];
            (
                json!({
                    "fulfillment_channel_code": {
                        "title": "Fulfillment Channel Code", "type": "string", "enum": codes,
                        "enumNames": ["Merchant", "Fulfilled by Amazon"], "editable": true, "hidden": false,
                    },
                    "quantity": { "title": "Quantity", "type": "integer", "minimum": 0, "maximum": 99_999_999 },
                    "lead_time_to_ship_max_days": { "title": "Handling Time", "type": "integer", "minimum": 0, "maximum": 30 },
                    "restock_date": { "title": "Restock Date", "type": "string", "format": "date" },
                    "is_inventory_available": { "title": "Inventory Always Available", "type": "boolean" },
                }),
                json!(["fulfillment_channel_code"]),
            )
        }
        "externally_assigned_product_identifier" => (
            json!({
                "type": { "type": "string", "enum": ["ean", "gtin", "upc"], "enumNames": ["EAN", "GTIN", "UPC"] },
                "value": text(14),
            }),
            json!(["type", "value"]),
        ),
        "child_parent_sku_relationship" => (
            json!({
                "child_relationship_type": { "type": "string", "enum": ["variation"], "enumNames": ["Variation"] },
                "parent_sku": text(40),
            }),
            json!(["child_relationship_type", "parent_sku"]),
        ),
        "variation_theme" => (
            json!({ "name": { "type": "string", "enum": ["COLOR", "SIZE", "COLOR/SIZE", "SCENT"],
                "enumNames": ["Color", "Size", "Color and Size", "Scent"] } }),
            json!(["name"]),
        ),
        _ => (
            json!({
                "currency": { "type": "string", "enum": [market.currency], "enumNames": [market.currency] },
                "value": { "type": "number", "minimum": 0 },
                "value_with_tax": { "type": "number", "minimum": 0 },
            }),
            json!(["currency"]),
        ),
    };
    (properties.as_object().cloned().unwrap_or_default(), required)
}

/// Prices by audience, each with schedules.
fn offer(market: &Market) -> (Value, Value) {
    let least = if market.decimals == 0 {
        json!(1)
    } else {
        number(Decimal::new(1, 2))
    };
    let price = json!({ "title": "Price", "type": "number", "minimum": least, "maximum": 999_999_999 });
    let schedule = |extra: bool| {
        let mut properties = json!({ "value_with_tax": price });
        if extra {
            properties["start_at"] = json!({ "title": "Start Date", "type": "string" });
            properties["end_at"] = json!({ "title": "End Date", "type": "string" });
        }
        json!({
            "type": "array", "minItems": 1, "maxItems": if extra { 10 } else { 1 },
            "items": { "type": "object", "required": ["value_with_tax"], "properties": properties, "additionalProperties": false },
        })
    };
    let prices = |extra: bool| {
        json!({
            "type": "array", "minItems": 1, "maxItems": 1,
            "items": { "type": "object", "required": ["schedule"], "properties": { "schedule": schedule(extra) }, "additionalProperties": false },
        })
    };
    let level = json!({
        "type": "object", "required": ["lower_bound", "value"], "additionalProperties": false,
        "properties": { "lower_bound": { "type": "integer", "minimum": 2 }, "value": { "type": "number", "minimum": 0 } },
    });
    let plan = json!({
        "type": "object", "required": ["discount_type", "levels"], "additionalProperties": false,
        "properties": {
            "discount_type": { "type": "string", "enum": ["percent", "fixed"], "enumNames": ["Percent off", "Fixed price"] },
            "levels": { "type": "array", "minItems": 1, "maxItems": 5, "items": level },
        },
    });
    let moment = json!({
        "type": "object", "required": ["value"], "additionalProperties": false,
        "properties": { "value": { "type": "string" } },
    });
    let properties = json!({
        "currency": { "title": "Currency", "type": "string", "enum": [market.currency], "enumNames": [market.currency] },
        "audience": { "title": "Audience", "type": "string", "enum": ["ALL", "B2B"], "enumNames": ["Sell on Amazon", "Amazon Business"] },
        "our_price": prices(false),
        "discounted_price": prices(true),
        "minimum_seller_allowed_price": prices(false),
        "maximum_seller_allowed_price": prices(false),
        "quantity_discount_plan": {
            "type": "array", "minItems": 1, "maxItems": 1,
            "items": { "type": "object", "required": ["schedule"], "additionalProperties": false,
                "properties": { "schedule": { "type": "array", "minItems": 1, "maxItems": 1, "items": plan } } },
        },
        "start_at": moment,
        "end_at": moment,
    });
    (properties, json!(["our_price"]))
}

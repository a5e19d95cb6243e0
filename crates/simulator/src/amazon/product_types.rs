//! Product types and the schemas that describe their attributes, in the style of Amazon's meta-schema v1: JSON Schema
//! 2019-09 with `selectors`, `editable`, `hidden`, `enumNames`, `maxUniqueItems`, `maxUtf8ByteLength` and `$lifecycle`.
//!
//! The attributes carry Amazon's names; which of them a type has and wants is this simulation's own small choice.

use serde_json::{Map, Value, json};

use super::attribute_shapes::{self as shapes, Spec};
use crate::market::Market;
use crate::world::shop::landing::OFFER;

/// Identifier of the meta-schema; nothing is served under it.
pub const META: &str = "https://schemas.amazon.com/selling-partners/definitions/product-types/meta-schema/v1";

/// A product type.
pub struct Kind {
    /// Amazon's name.
    pub name: &'static str,
    /// Name for people.
    pub label: &'static str,
    /// Words that lead to it.
    pub words: &'static [&'static str],
    /// Attributes beside those that all types have.
    pub own: &'static [Spec],
    /// Those of them that a listing must have.
    pub wanted: &'static [&'static str],
}

/// Every product type. `PRODUCT` stands for any and has no attributes of its own.
pub static KINDS: [Kind; 6] = [
    Kind {
        name: "CANDLE",
        label: "Candle",
        words: &["candle", "tealight", "kerze", "teelicht", "キャンドル"],
        own: shapes::CANDLE,
        wanted: &["scent"],
    },
    Kind {
        name: "ELECTRICAL_CORD",
        label: "Electrical Cord",
        words: &["cord", "cable", "kabel", "コード"],
        own: shapes::CORD,
        wanted: &["item_length"],
    },
    Kind {
        name: "LAMP",
        label: "Lamp",
        words: &["lamp", "lantern", "leuchte", "lampe", "laterne", "ランプ"],
        own: shapes::LAMP,
        wanted: &["light_source_type"],
    },
    Kind {
        name: "LAMP_SHADE",
        label: "Lamp Shade",
        words: &["shade", "lampshade", "lampenschirm", "シェード"],
        own: shapes::SHADE,
        wanted: &["item_diameter"],
    },
    Kind {
        name: "LIGHT_BULB",
        label: "Light Bulb",
        words: &["bulb", "filament", "電球"],
        own: shapes::BULB,
        wanted: &["wattage"],
    },
    Kind {
        name: "PRODUCT",
        label: "Product",
        words: &["product"],
        own: &[],
        wanted: &[],
    },
];

/// The type of that name.
pub fn named(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The three sets of requirements.
pub const REQUIREMENTS: [&str; 3] = ["LISTING", "LISTING_PRODUCT_ONLY", "LISTING_OFFER_ONLY"];

impl Kind {
    /// The attributes of a set of requirements.
    pub fn specs(&self, requirements: &str) -> Vec<&'static Spec> {
        let facts = shapes::FACTS
            .iter()
            .chain(self.own)
            .filter(|_| requirements != "LISTING_OFFER_ONLY");
        let terms = shapes::TERMS.iter();
        let terms = terms.filter(|spec| match requirements {
            "LISTING_PRODUCT_ONLY" => is_identity(spec.name),
            "LISTING_OFFER_ONLY" => OFFER.contains(&spec.name),
            _ => true,
        });
        facts.chain(terms).collect()
    }

    /// The schema, with or without enforcing what is required.
    pub fn schema(&self, market: &Market, requirements: &str, enforced: bool) -> Value {
        let mut properties = Map::new();
        for spec in self.specs(requirements) {
            properties.insert(spec.name.to_owned(), spec.schema(market));
        }
        let mut schema = json!({
            "$schema": META,
            "$id": format!("https://schemas.amazon.com/selling-partners/definitions/product-types/schema/v1/{}", self.name),
            "$comment": format!("Amazon product type definition for {} in {}, a simulation's own.", self.name, market.name),
            "$defs": {
                "marketplace_id": {
                    "default": market.id, "editable": false, "hidden": true,
                    "enum": [market.id], "enumNames": [market.name], "type": "string",
                },
                "language_tag": {
                    "default": market.language, "editable": false, "hidden": true,
                    "enum": [market.language], "enumNames": [market.language], "type": "string",
                },
            },
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        });
        if enforced && self.name != "PRODUCT" {
            self.require(&mut schema, requirements);
        }
        schema
    }

    /// What must be there. The head of a family has no offer, and its members name it.
    fn require(&self, schema: &mut Value, requirements: &str) {
        let terms = ["condition_type", "purchasable_offer", "fulfillment_availability"];
        let identity = json!({ "anyOf": [
            { "required": ["merchant_suggested_asin"] },
            { "required": ["externally_assigned_product_identifier"] },
            { "required": ["supplier_declared_has_product_identifier_exemption"] },
        ] });
        if requirements == "LISTING_OFFER_ONLY" {
            schema["required"] = json!(terms);
            schema["allOf"] = json!([{ "anyOf": [identity["anyOf"][0], identity["anyOf"][1]] }]);
            return;
        }
        schema["required"] = json!([
            "item_name",
            "brand",
            "product_description",
            "bullet_point",
            "country_of_origin"
        ]);
        let mut single: Vec<&str> = self.wanted.to_vec();
        if requirements == "LISTING" {
            single.extend(terms);
        }
        let is = |level: &str| {
            json!({
                "required": ["parentage_level"],
                "properties": { "parentage_level": { "contains": {
                    "required": ["value"], "properties": { "value": { "enum": [level] } },
                } } },
            })
        };
        schema["allOf"] = json!([
            { "if": is("parent"), "then": { "required": ["variation_theme"] },
              "else": { "required": single, "allOf": [identity] } },
            { "if": is("child"), "then": { "required": ["variation_theme", "child_parent_sku_relationship"] } },
        ]);
    }

    /// Groups for display, each with the names of its attributes.
    pub fn groups(&self, requirements: &str) -> Value {
        let mut groups = Map::new();
        for (id, title, description) in shapes::GROUPS {
            let specs = self.specs(requirements);
            let names: Vec<&str> = specs
                .iter()
                .filter(|spec| spec.group == id)
                .map(|spec| spec.name)
                .collect();
            if !names.is_empty() {
                groups.insert(
                    id.to_owned(),
                    json!({ "title": title, "description": description, "propertyNames": names }),
                );
            }
        }
        Value::Object(groups)
    }
}

fn is_identity(name: &str) -> bool {
    matches!(
        name,
        "merchant_suggested_asin"
            | "externally_assigned_product_identifier"
            | "supplier_declared_has_product_identifier_exemption"
    )
}

/// The vocabulary that the schemas use on top of JSON Schema 2019-09.
pub fn meta_schema() -> Value {
    let whole = json!({ "type": "integer", "minimum": 0 });
    let words = json!({ "type": "array", "items": { "type": "string" } });
    json!({
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "$id": META,
        "$recursiveAnchor": true,
        "title": "Product type definitions: what the schemas of this simulation add to JSON Schema",
        "$vocabulary": {
            "https://json-schema.org/draft/2019-09/vocab/core": true,
            "https://json-schema.org/draft/2019-09/vocab/applicator": true,
            "https://json-schema.org/draft/2019-09/vocab/validation": true,
            "https://json-schema.org/draft/2019-09/vocab/meta-data": true,
            "https://schemas.amazon.com/selling-partners/definitions/product-types/vocabulary/v1": true,
        },
        "allOf": [{ "$ref": "https://json-schema.org/draft/2019-09/schema" }],
        "type": ["object", "boolean"],
        "properties": {
            "editable": { "type": "boolean" },
            "hidden": { "type": "boolean" },
            "enumNames": { "type": "array" },
            "selectors": words,
            "maxUniqueItems": whole,
            "minUniqueItems": whole,
            "maxUtf8ByteLength": whole,
            "minUtf8ByteLength": whole,
            "$lifecycle": { "type": "object", "properties": { "enumDeprecated": { "type": "array" } } },
        },
    })
}

//! Fields of an item that Amazon fills: its ASIN and its FNSKU (PRD-08).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use wire::{Call, Method, Misread, Quota, Request, Response};

use crate::queries::ItemField;
use crate::records::ROOT;
use crate::sending::Written;
use crate::write::RecordId;

/// The record types of items, by their REST names (netsuite.md §4.9). There is no path for items of any kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "NetSuite's own names")]
pub enum ItemRecord {
    InventoryItem,
    LotNumberedInventoryItem,
    SerializedInventoryItem,
    AssemblyItem,
    LotNumberedAssemblyItem,
    SerializedAssemblyItem,
    KitItem,
    ItemGroup,
    NonInventorySaleItem,
    NonInventoryResaleItem,
    NonInventoryPurchaseItem,
    ServiceSaleItem,
    ServiceResaleItem,
    ServicePurchaseItem,
    OtherChargeSaleItem,
    OtherChargeResaleItem,
    OtherChargePurchaseItem,
}

impl ItemRecord {
    /// The record type behind `item.itemtype`, its flags for lots and serial numbers, and its subtype; nothing for what is
    /// no goods, such as a discount.
    pub fn of(itemtype: &str, lots: bool, serials: bool, subtype: &str) -> Option<Self> {
        let by_subtype = |sale, resale, purchase| match subtype.to_ascii_lowercase().as_str() {
            "sale" => Some(sale),
            "resale" => Some(resale),
            "purchase" => Some(purchase),
            _ => None,
        };
        match itemtype {
            "InvtPart" if lots => Some(Self::LotNumberedInventoryItem),
            "InvtPart" if serials => Some(Self::SerializedInventoryItem),
            "InvtPart" => Some(Self::InventoryItem),
            "Assembly" if lots => Some(Self::LotNumberedAssemblyItem),
            "Assembly" if serials => Some(Self::SerializedAssemblyItem),
            "Assembly" => Some(Self::AssemblyItem),
            "Kit" => Some(Self::KitItem),
            "Group" => Some(Self::ItemGroup),
            "NonInvtPart" => by_subtype(
                Self::NonInventorySaleItem,
                Self::NonInventoryResaleItem,
                Self::NonInventoryPurchaseItem,
            ),
            "Service" => by_subtype(
                Self::ServiceSaleItem,
                Self::ServiceResaleItem,
                Self::ServicePurchaseItem,
            ),
            "OthCharge" => by_subtype(
                Self::OtherChargeSaleItem,
                Self::OtherChargeResaleItem,
                Self::OtherChargePurchaseItem,
            ),
            _ => None,
        }
    }

    /// The name in addresses.
    pub fn rest_name(self) -> &'static str {
        match self {
            Self::InventoryItem => "inventoryItem",
            Self::LotNumberedInventoryItem => "lotNumberedInventoryItem",
            Self::SerializedInventoryItem => "serializedInventoryItem",
            Self::AssemblyItem => "assemblyItem",
            Self::LotNumberedAssemblyItem => "lotNumberedAssemblyItem",
            Self::SerializedAssemblyItem => "serializedAssemblyItem",
            Self::KitItem => "kitItem",
            Self::ItemGroup => "itemGroup",
            Self::NonInventorySaleItem => "nonInventorySaleItem",
            Self::NonInventoryResaleItem => "nonInventoryResaleItem",
            Self::NonInventoryPurchaseItem => "nonInventoryPurchaseItem",
            Self::ServiceSaleItem => "serviceSaleItem",
            Self::ServiceResaleItem => "serviceResaleItem",
            Self::ServicePurchaseItem => "servicePurchaseItem",
            Self::OtherChargeSaleItem => "otherChargeSaleItem",
            Self::OtherChargeResaleItem => "otherChargeResaleItem",
            Self::OtherChargePurchaseItem => "otherChargePurchaseItem",
        }
    }
}

/// `PATCH` of an item's custom fields with absolute values, so that a repeat changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemUpdate {
    record: ItemRecord,
    item: RecordId,
    fields: Map<String, Value>,
}

impl ItemUpdate {
    /// Nothing is changed yet.
    pub fn new(record: ItemRecord, item: RecordId) -> Self {
        Self {
            record,
            item,
            fields: Map::new(),
        }
    }

    /// Sets a custom field, or empties it.
    #[must_use]
    pub fn set(mut self, field: &ItemField, value: Option<&str>) -> Self {
        let value = value.map_or(Value::Null, Into::into);
        self.fields.insert(field.as_str().to_owned(), value);
        self
    }

    /// The item.
    pub fn item(&self) -> &RecordId {
        &self.item
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

impl Call for ItemUpdate {
    type Output = Written;
    const QUOTA: Quota = Quota::unmetered("record");
    const WRITES: bool = true;

    fn request(&self) -> Request {
        let path = format!("{ROOT}/{}/{}", self.record.rest_name(), self.item.0);
        Request::new(Method::Patch, path)
            .json(&Value::Object(self.fields.clone()))
            // Without this header a misspelt field would be dropped in silence (netsuite.md §1).
            .header("x-netsuite-propertynamevalidation", "Error")
    }

    /// NetSuite answers 204 without a word.
    fn read(&self, _response: &Response) -> Result<Written, Misread> {
        Ok(Written { id: self.item.clone() })
    }
}

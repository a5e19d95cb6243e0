//! How Amazon's JSON becomes an [`Order`]. Nothing outside this file and `raw` knows Amazon's names.

use chrono::{DateTime, Utc};
use domain::Money;
use serde::Deserialize;
use serde_json::Value;
use wire::Misread;

use super::calls::Page;
use super::order::{
    Address, Associated, Breakdown, Buyer, Charge, Item, Order, OrderStatus, Package, Promise, TaxCollection,
    TaxRegistration,
};
use super::raw::{
    RawAddress, RawAssociated, RawBreakdown, RawBuyer, RawCollection, RawItem, RawMoney, RawOrder, RawPackage,
    RawProceeds, RawSpan, RawTax,
};
use crate::paging::Paging;
use crate::sensitive::Sensitive;

/// An order that stands in an answer and cannot be read (`PARSE`, flows.md §3.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its number, if at least that could be read.
    pub order_id: Option<String>,
    /// What stood there.
    pub what: String,
}

/// Reads one order from Amazon's JSON.
pub fn read_order(json: &Value) -> Result<Order, Misread> {
    let raw = RawOrder::deserialize(json).map_err(|error| Misread::new(format!("order: {}", unquoted(&error))))?;
    Ok(less_what_was_cancelled(raw.into_order()?))
}

/// Amazon goes on naming the units that the buyer ordered once, and counts beside them what left and what must still
/// leave; the rest was cancelled. An order that was cancelled whole keeps its lines as they were.
fn less_what_was_cancelled(mut order: Order) -> Order {
    if order.status != OrderStatus::Cancelled {
        for item in &mut order.items {
            let counted = item.quantity_fulfilled.saturating_add(item.quantity_unfulfilled);
            if counted > 0 || item.cancelled_by.is_some() {
                item.quantity = item.quantity.min(counted);
            }
        }
    }
    order
}

/// An error's words without what it quotes from the answer, which may be buyer data.
fn unquoted(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words
        .split('"')
        .enumerate()
        .map(|(index, part)| if index % 2 == 0 { part } else { "…" })
        .collect()
}

pub(super) fn read_one(bytes: &[u8]) -> Result<Order, Misread> {
    #[derive(Deserialize)]
    struct Answer {
        order: Value,
    }
    let answer: Answer = parse(bytes, "getOrder")?;
    read_order(&answer.order)
}

pub(super) fn read_page(bytes: &[u8]) -> Result<Page, Misread> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        orders: Vec<Value>,
        #[serde(default)]
        pagination: Option<Paging>,
        last_updated_before: Option<DateTime<Utc>>,
        created_before: Option<DateTime<Utc>>,
    }
    let answer: Answer = parse(bytes, "searchOrders")?;
    let mut page = Page {
        orders: Vec::with_capacity(answer.orders.len()),
        unreadable: Vec::new(),
        next: answer.pagination.and_then(Paging::next),
        read_until: answer.last_updated_before.or(answer.created_before),
    };
    for json in &answer.orders {
        match read_order(json) {
            Ok(order) => page.orders.push(order),
            Err(misread) => page.unreadable.push(Unreadable {
                order_id: json.get("orderId").and_then(Value::as_str).map(str::to_owned),
                what: misread.what,
            }),
        }
    }
    Ok(page)
}

/// Parses a JSON answer; what stood there is never quoted, since it may be buyer data.
pub(crate) fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8], what: &str) -> Result<T, Misread> {
    serde_json::from_slice(bytes).map_err(|error| {
        let where_ = format!("line {}, column {}", error.line(), error.column());
        Misread::new(format!("{what}: not the expected JSON at {where_}"))
    })
}

impl RawOrder {
    fn into_order(self) -> Result<Order, Misread> {
        let proceeds = self.proceeds.unwrap_or(RawProceeds {
            grand_total: None,
            breakdowns: Vec::new(),
        });
        let fulfillment = self.fulfillment;
        let span = |span: Option<&RawSpan>| {
            span.map_or_else(Promise::default, |span| Promise {
                earliest: span.earliest_date_time,
                latest: span.latest_date_time,
            })
        };
        Ok(Order {
            seller_order_id: self
                .order_aliases
                .into_iter()
                .find(|a| a.alias_type == "SELLER_ORDER_ID")
                .map(|a| a.alias_id),
            created: self.created_time,
            updated: self.last_updated_time,
            channel: self.sales_channel.channel_name.into(),
            marketplace_id: self.sales_channel.marketplace_id,
            marketplace_name: self.sales_channel.marketplace_name,
            status: fulfillment
                .as_ref()
                .map_or("", |f| f.fulfillment_status.as_str())
                .into(),
            fulfilled_by: fulfillment
                .as_ref()
                .and_then(|f| f.fulfilled_by.as_deref())
                .map(Into::into),
            service_level: fulfillment.as_ref().and_then(|f| f.fulfillment_service_level.clone()),
            ship_by: span(fulfillment.as_ref().and_then(|f| f.ship_by_window.as_ref())),
            deliver_by: span(fulfillment.as_ref().and_then(|f| f.deliver_by_window.as_ref())),
            programs: self.programs.into_iter().map(Into::into).collect(),
            associated: self
                .associated_orders
                .into_iter()
                .filter_map(RawAssociated::into_associated)
                .collect(),
            grand_total: proceeds.grand_total.map(RawMoney::into_money).transpose()?,
            breakdowns: breakdowns(proceeds.breakdowns)?,
            buyer: self.buyer.map(RawBuyer::into_buyer).unwrap_or_default(),
            address: self
                .recipient
                .and_then(|recipient| recipient.delivery_address)
                .map(RawAddress::into_address),
            payment_methods: self
                .payment
                .into_iter()
                .flat_map(|p| p.payment_executions)
                .filter_map(|e| e.payment_method)
                .collect(),
            buyer_tax_registrations: self.tax.map(RawTax::of_the_buyer).unwrap_or_default(),
            items: self
                .order_items
                .into_iter()
                .map(RawItem::into_item)
                .collect::<Result<_, _>>()?,
            packages: self
                .packages
                .into_iter()
                .map(RawPackage::into_package)
                .collect::<Result<_, _>>()?,
            id: self.order_id,
        })
    }
}

impl RawAssociated {
    fn into_associated(self) -> Option<Associated> {
        Some(Associated {
            order_id: self.order_id?,
            how: self.association_type?.into(),
        })
    }
}

impl RawBuyer {
    fn into_buyer(self) -> Buyer {
        Buyer {
            name: hidden(self.buyer_name),
            email: hidden(self.buyer_email),
            company: hidden(self.buyer_company_name),
            purchase_order: filled(self.buyer_purchase_order_number),
        }
    }
}

impl RawAddress {
    fn into_address(self) -> Address {
        let lines = [self.address_line1, self.address_line2, self.address_line3];
        Address {
            name: hidden(self.name),
            company: hidden(self.company_name),
            lines: lines.into_iter().filter_map(hidden).collect(),
            city: filled(self.city),
            district: filled(self.district_or_county),
            state: filled(self.state_or_region),
            postal_code: hidden(self.postal_code),
            country: filled(self.country_code),
            phone: hidden(self.phone),
            kind: filled(self.address_type),
        }
    }
}

impl RawTax {
    fn of_the_buyer(self) -> Vec<TaxRegistration> {
        let buyers = self
            .tax_registrations
            .into_iter()
            .filter(|one| one.entity_type.as_deref() == Some("BUYER"));
        buyers
            .filter_map(|one| {
                Some(TaxRegistration {
                    kind: one.tax_registration_type,
                    number: hidden(one.tax_registration_number)?,
                })
            })
            .collect()
    }
}

impl RawMoney {
    /// Amazon writes amounts as text; a number is read too, digit by digit.
    fn into_money(self) -> Result<Money, Misread> {
        let text = match &self.amount {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return Err(Misread::new("an amount that is neither text nor a number")),
        };
        let amount = text
            .trim()
            .parse()
            .map_err(|_| Misread::new(format!("“{text}” is not an amount")))?;
        let currency = self
            .currency_code
            .parse()
            .map_err(|error| Misread::new(format!("an amount: {error}")))?;
        Ok(Money::new(amount, currency))
    }
}

impl RawItem {
    fn into_item(self) -> Result<Item, Misread> {
        let proceeds = self.proceeds.unwrap_or_default();
        let fulfillment = self.fulfillment.unwrap_or_default();
        let cancellation = self.cancellation.unwrap_or_default();
        let tax = self.tax.unwrap_or_default();
        let gift = fulfillment
            .packing
            .and_then(|packing| packing.gift_option)
            .unwrap_or_default();
        let points = self.expense.and_then(|e| e.points_cost).and_then(|c| c.points_granted);
        Ok(Item {
            sku: filled(self.product.seller_sku),
            asin: filled(self.product.asin),
            title: filled(self.product.title),
            quantity: units(self.quantity_ordered, &self.order_item_id)?,
            quantity_fulfilled: units(fulfillment.quantity_fulfilled.unwrap_or(0), &self.order_item_id)?,
            quantity_unfulfilled: units(fulfillment.quantity_unfulfilled.unwrap_or(0), &self.order_item_id)?,
            unit_price: self
                .product
                .price
                .and_then(|price| price.unit_price)
                .map(RawMoney::into_money)
                .transpose()?,
            proceeds_total: proceeds.proceeds_total.map(RawMoney::into_money).transpose()?,
            breakdowns: breakdowns(proceeds.breakdowns)?,
            promotion_ids: self
                .promotion
                .into_iter()
                .flat_map(|p| p.breakdowns)
                .filter_map(|b| b.promotion_id)
                .collect(),
            points_granted: points
                .and_then(|p| p.points_monetary_value)
                .map(RawMoney::into_money)
                .transpose()?,
            tax_collections: tax
                .tax_collections
                .into_iter()
                .filter_map(RawCollection::into_collection)
                .collect(),
            reporting_schemes: tax
                .tax_calculation_breakdowns
                .into_iter()
                .filter_map(|b| b.reporting_scheme)
                .collect(),
            ioss_number: fulfillment
                .shipping
                .and_then(|s| s.international_shipping)
                .and_then(|i| filled(i.ioss_number)),
            cancel_requested_by: cancellation.cancellation_request.and_then(|request| request.requester),
            cancelled_by: cancellation
                .cancellation_execution
                .and_then(|execution| execution.cancelled_by),
            programs: self.programs,
            gift_wrap: filled(gift.gift_wrap_level),
            gift_message: hidden(gift.gift_message),
            customization_url: hidden(self.product.customization.and_then(|c| c.customized_url)),
            id: self.order_item_id,
        })
    }
}

impl RawCollection {
    fn into_collection(self) -> Option<TaxCollection> {
        Some(TaxCollection {
            model: self.model?.into(),
            responsible: filled(self.responsible_party),
        })
    }
}

impl RawPackage {
    fn into_package(self) -> Result<Package, Misread> {
        let contents = self.package_items.into_iter().map(|item| {
            let count = units(item.quantity, &item.order_item_id)?;
            Ok((item.order_item_id, count))
        });
        Ok(Package {
            status: self.package_status.map(|status| status.status.into()),
            carrier: filled(self.carrier),
            service: filled(self.shipping_service),
            tracking: filled(self.tracking_number),
            shipped: self.ship_time,
            ship_from: self.ship_from_address.and_then(|place| filled(place.country_code)),
            contents: contents.collect::<Result<_, Misread>>()?,
            reference: self.package_reference_id,
        })
    }
}

fn breakdowns(parts: Vec<RawBreakdown>) -> Result<Vec<Breakdown>, Misread> {
    let one = |part: RawBreakdown| {
        let details = part
            .detailed_breakdowns
            .into_iter()
            .filter_map(|detail| Some((detail.subtype?, detail.value?)));
        Ok(Breakdown {
            kind: part.kind.into(),
            subtotal: part.subtotal.into_money()?,
            details: details
                .map(|(kind, value)| Ok((Charge::from(kind), value.into_money()?)))
                .collect::<Result<_, Misread>>()?,
        })
    };
    parts.into_iter().map(one).collect()
}

/// A negative count is no count (flows.md §3.7: `PARSE`).
fn units(count: i64, item: &str) -> Result<u32, Misread> {
    u32::try_from(count).map_err(|_| Misread::new(format!("item {item}: {count} is not a quantity")))
}

/// Amazon fills absent fields with empty text at times.
fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

fn hidden(text: Option<String>) -> Option<Sensitive<String>> {
    filled(text).map(Sensitive::new)
}

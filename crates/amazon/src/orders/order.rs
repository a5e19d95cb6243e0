//! An order as the seller thinks of it: exact amounts, instants in UTC, statuses as values.

use chrono::{DateTime, Utc};
use domain::{Currency, CurrencyMismatch, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::sensitive::Sensitive;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// How far an order is (`fulfillment.fulfillmentStatus`).
    OrderStatus {
        PendingAvailability = "PENDING_AVAILABILITY",
        Pending = "PENDING",
        Unshipped = "UNSHIPPED",
        PartiallyShipped = "PARTIALLY_SHIPPED",
        Shipped = "SHIPPED",
        Cancelled = "CANCELLED",
        Unfulfillable = "UNFULFILLABLE",
        InvoiceUnconfirmed = "INVOICE_UNCONFIRMED",
    }
}

vocabulary! {
    /// Who ships: the seller (MFN) or Amazon (FBA).
    FulfilledBy { Merchant = "MERCHANT", Amazon = "AMAZON" }
}

vocabulary! {
    /// Where the order was placed. `NonAmazon` orders come from Multi-Channel Fulfillment.
    Channel { Amazon = "AMAZON", NonAmazon = "NON_AMAZON" }
}

vocabulary! {
    /// What is special about an order.
    Program {
        AmazonBusiness = "AMAZON_BUSINESS",
        Prime = "PRIME",
        Premium = "PREMIUM",
        Preorder = "PREORDER",
        InStorePickUp = "IN_STORE_PICK_UP",
        EasyShip = "AMAZON_EASY_SHIP",
        DeliveryByAmazon = "DELIVERY_BY_AMAZON",
        FbmShipPlus = "FBM_SHIP_PLUS",
        Bazaar = "AMAZON_BAZAAR",
        Haul = "AMAZON_HAUL",
        InvoiceByAmazon = "INVOICE_BY_AMAZON",
    }
}

vocabulary! {
    /// How another order is related to this one.
    Association { ReplacementOf = "REPLACEMENT_ORIGINAL_ID", ExchangeOf = "EXCHANGE_ORIGINAL_ID" }
}

vocabulary! {
    /// What an amount of an order item is for. `Tax` and `Discount` are split by what they are on.
    Charge {
        Item = "ITEM",
        Shipping = "SHIPPING",
        GiftWrap = "GIFT_WRAP",
        CodFee = "COD_FEE",
        Tax = "TAX",
        Discount = "DISCOUNT",
        DeliveryTip = "DELIVERY_TIP",
        OtherCharge = "OTHER",
    }
}

vocabulary! {
    /// The model under which tax is collected (TAX-01).
    CollectionModel { MarketplaceFacilitator = "MARKETPLACE_FACILITATOR" }
}

vocabulary! {
    /// How far a package is.
    PackageStatus {
        Pending = "PENDING",
        InTransit = "IN_TRANSIT",
        Shipped = "SHIPPED",
        Delivered = "DELIVERED",
        Cancelled = "CANCELLED",
        Undeliverable = "UNDELIVERABLE",
    }
}

/// One Amazon order with everything that the flows need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Amazon's order number, such as `028-1234567-1234567`.
    pub id: String,
    /// The seller's own number, when one was set.
    pub seller_order_id: Option<String>,
    /// When it was placed.
    pub created: DateTime<Utc>,
    /// When Amazon or the seller last changed it.
    pub updated: DateTime<Utc>,
    /// Where it was placed.
    pub channel: Channel,
    /// The marketplace's Amazon id.
    pub marketplace_id: Option<String>,
    /// The marketplace's name, such as `Amazon.de`.
    pub marketplace_name: Option<String>,
    /// How far it is. `Other("")` when Amazon gave no fulfilment data.
    pub status: OrderStatus,
    /// Who ships it.
    pub fulfilled_by: Option<FulfilledBy>,
    /// The shipping speed that the buyer chose: `STANDARD`, `EXPEDITED` …
    pub service_level: Option<String>,
    /// When it must leave.
    pub ship_by: Promise,
    /// When it must arrive.
    pub deliver_by: Promise,
    /// What is special about it.
    pub programs: Vec<Program>,
    /// Orders that it replaces or exchanges.
    pub associated: Vec<Associated>,
    /// What the buyer pays in all. Missing while the order is pending.
    pub grand_total: Option<Money>,
    /// Order-level proceeds as Amazon aggregates them; a delivery tip stands only here.
    pub breakdowns: Vec<Breakdown>,
    /// Who bought; empty without the restricted role (amazon-sp-api.md §6.3).
    pub buyer: Buyer,
    /// Where it goes; missing without the restricted role.
    pub address: Option<Address>,
    /// How it was paid, in Amazon's words.
    pub payment_methods: Vec<String>,
    /// The buyer's tax registrations, for the tax-code lookup of TAX-03.
    pub buyer_tax_registrations: Vec<TaxRegistration>,
    /// What was bought.
    pub items: Vec<Item>,
    /// What was packed (merchant-fulfilled orders only).
    pub packages: Vec<Package>,
}

/// A promised span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Promise {
    /// Not before.
    pub earliest: Option<DateTime<Utc>>,
    /// Not after.
    pub latest: Option<DateTime<Utc>>,
}

/// A related order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Associated {
    /// The other order's number.
    pub order_id: String,
    /// How it is related.
    pub how: Association,
}

/// Who bought. Names and addresses are present only with the restricted role.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Buyer {
    /// The buyer's name.
    pub name: Option<Sensitive<String>>,
    /// Amazon's anonymised relay address.
    pub email: Option<Sensitive<String>>,
    /// A business buyer's company.
    pub company: Option<Sensitive<String>>,
    /// A business buyer's purchase order number (ORD-07: becomes `otherRefNum`).
    pub purchase_order: Option<String>,
}

/// Where an order goes. City, state and country may be all there is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Address {
    /// The recipient.
    pub name: Option<Sensitive<String>>,
    /// The recipient's company.
    pub company: Option<Sensitive<String>>,
    /// Street lines, the empty ones left out.
    pub lines: Vec<Sensitive<String>>,
    /// City.
    pub city: Option<String>,
    /// District or county.
    pub district: Option<String>,
    /// State or region.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<Sensitive<String>>,
    /// ISO 3166-1 alpha-2, such as `GB`.
    pub country: Option<String>,
    /// Telephone.
    pub phone: Option<Sensitive<String>>,
    /// `RESIDENTIAL` or `COMMERCIAL`.
    pub kind: Option<String>,
}

/// A tax registration of the buyer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRegistration {
    /// `VAT`, `BUSINESS`, `CPF` …
    pub kind: Option<String>,
    /// The number.
    pub number: Sensitive<String>,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Amazon's order item id: the key for fulfilment and refunds.
    pub id: String,
    /// The seller's SKU.
    pub sku: Option<String>,
    /// Amazon's product id.
    pub asin: Option<String>,
    /// The product's title.
    pub title: Option<String>,
    /// Units ordered less those that were cancelled since; what was ordered if the whole order was cancelled.
    pub quantity: u32,
    /// Units shipped.
    pub quantity_fulfilled: u32,
    /// Units that still have to ship.
    pub quantity_unfulfilled: u32,
    /// The price of one unit as the buyer saw it.
    pub unit_price: Option<Money>,
    /// The sum of the item's proceeds, as Amazon states it.
    pub proceeds_total: Option<Money>,
    /// Line totals by kind. Empty while the order is pending.
    pub breakdowns: Vec<Breakdown>,
    /// Promotions that were used.
    pub promotion_ids: Vec<String>,
    /// Points granted to the buyer (Japan), in money.
    pub points_granted: Option<Money>,
    /// Who collects the tax, and how.
    pub tax_collections: Vec<TaxCollection>,
    /// `UOSS`, `IOSS`.
    pub reporting_schemes: Vec<String>,
    /// The import one-stop-shop number.
    pub ioss_number: Option<String>,
    /// Set when the buyer asked to cancel this item.
    pub cancel_requested_by: Option<String>,
    /// Set when the item was cancelled.
    pub cancelled_by: Option<String>,
    /// `TRANSPARENCY`, `SUBSCRIBE_AND_SAVE` …
    pub programs: Vec<String>,
    /// The gift wrap's name.
    pub gift_wrap: Option<String>,
    /// The gift message.
    pub gift_message: Option<Sensitive<String>>,
    /// Where the customisation of a custom product can be read.
    pub customization_url: Option<Sensitive<String>>,
}

/// An amount of one kind. All are line totals, never unit prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breakdown {
    /// What it is for.
    pub kind: Charge,
    /// The amount, with the sign that Amazon wrote.
    pub subtotal: Money,
    /// For tax and discount: what they are on.
    pub details: Vec<(Charge, Money)>,
}

/// Who collects an item's tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxCollection {
    /// The model.
    pub model: CollectionModel,
    /// The party, such as `Amazon Services, Inc.`.
    pub responsible: Option<String>,
}

/// A parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Unique in the order.
    pub reference: String,
    /// How far it is.
    pub status: Option<PackageStatus>,
    /// The carrier.
    pub carrier: Option<String>,
    /// The carrier's service.
    pub service: Option<String>,
    /// The tracking number.
    pub tracking: Option<String>,
    /// When it left.
    pub shipped: Option<DateTime<Utc>>,
    /// What is in it: order item id and units.
    pub contents: Vec<(String, u32)>,
    /// The country that it left from, ISO 3166-1 alpha-2 (TAX-03).
    #[serde(default)]
    pub ship_from: Option<String>,
}

impl Order {
    /// The one currency that the order's amounts are in: the total's, else the first item's.
    pub fn currency(&self) -> Option<Currency> {
        let total = self.grand_total.map(|money| money.currency);
        total.or_else(|| {
            self.items
                .iter()
                .flat_map(|item| &item.breakdowns)
                .map(|part| part.subtotal.currency)
                .next()
        })
    }

    /// Whether it has this program.
    pub fn has(&self, program: &Program) -> bool {
        self.programs.contains(program)
    }

    /// The order that this one replaces for free, if it is a replacement.
    pub fn replaces(&self) -> Option<&str> {
        self.associated
            .iter()
            .find(|other| other.how == Association::ReplacementOf)
            .map(|other| other.order_id.as_str())
    }
}

impl Item {
    /// What the buyer pays for one kind of charge, before discounts: the price of the units, shipping, gift wrap …
    pub fn charge(&self, kind: &Charge) -> Result<Option<Money>, CurrencyMismatch> {
        sum(self
            .breakdowns
            .iter()
            .filter(|part| part.kind == *kind)
            .map(|part| part.subtotal))
    }

    /// Tax on one kind of charge. Tax on the discount (`Charge::Discount`) is given as a positive amount.
    pub fn tax_on(&self, kind: &Charge) -> Result<Option<Money>, CurrencyMismatch> {
        let found = sum(self.detail(&Charge::Tax, kind))?;
        Ok(if *kind == Charge::Discount {
            found.map(magnitude)
        } else {
            found
        })
    }

    /// Discount on one kind of charge, as a positive amount whatever sign Amazon wrote.
    pub fn discount_on(&self, kind: &Charge) -> Result<Option<Money>, CurrencyMismatch> {
        sum(self.detail(&Charge::Discount, kind).map(magnitude))
    }

    /// All tax of the item.
    pub fn tax(&self) -> Result<Option<Money>, CurrencyMismatch> {
        self.charge(&Charge::Tax)
    }

    /// All discounts of the item, as a positive amount whatever sign Amazon wrote.
    pub fn discount(&self) -> Result<Option<Money>, CurrencyMismatch> {
        sum(self
            .breakdowns
            .iter()
            .filter(|part| part.kind == Charge::Discount)
            .map(|part| magnitude(part.subtotal)))
    }

    /// Whether Amazon collects and remits the tax (TAX-01). `None` when Amazon does not say, or names another party
    /// under the facilitator model.
    pub fn amazon_remits_tax(&self) -> Option<bool> {
        let facilitator = |one: &&TaxCollection| one.model == CollectionModel::MarketplaceFacilitator;
        let mut facilitated = self.tax_collections.iter().filter(facilitator).peekable();
        match (self.tax_collections.is_empty(), facilitated.peek().is_none()) {
            (true, _) => None,
            (false, true) => Some(false),
            (false, false) => facilitated.any(TaxCollection::is_amazon).then_some(true),
        }
    }

    fn detail<'a>(&'a self, of: &'a Charge, on: &'a Charge) -> impl Iterator<Item = Money> + 'a {
        let parts = self.breakdowns.iter().filter(move |part| part.kind == *of);
        parts
            .flat_map(|part| &part.details)
            .filter(move |(kind, _)| kind == on)
            .map(|(_, value)| *value)
    }
}

impl TaxCollection {
    /// Whether the party is one of Amazon's companies. They are many, and all bear the name.
    fn is_amazon(&self) -> bool {
        let party = self.responsible.as_deref();
        party.is_none_or(|name| name.to_ascii_lowercase().contains("amazon"))
    }
}

fn magnitude(money: Money) -> Money {
    Money::new(Decimal::abs(&money.amount), money.currency)
}

fn sum(mut amounts: impl Iterator<Item = Money>) -> Result<Option<Money>, CurrencyMismatch> {
    let Some(first) = amounts.next() else { return Ok(None) };
    amounts.try_fold(first, Money::plus).map(Some)
}

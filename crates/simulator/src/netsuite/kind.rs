//! The record types, their names in REST and SuiteQL, and the space in which their ids are unique.

/// A record type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Customer,
    SalesOrder,
    ItemFulfillment,
    Invoice,
    CashSale,
    CustomerPayment,
    CreditMemo,
    CustomerRefund,
    CashRefund,
    JournalEntry,
    VendorBill,
    VendorPayment,
    Vendor,
    InventoryItem,
    AssemblyItem,
    KitItem,
    NonInventorySaleItem,
    ServiceSaleItem,
    OtherChargeSaleItem,
    DiscountItem,
    Account,
    Currency,
    Subsidiary,
    Location,
    Department,
    Classification,
    ShipItem,
    PaymentMethod,
    AccountingPeriod,
    TaxCode,
    Term,
    CustomForm,
    PriceLevel,
    AmazonSettlement,
    AmazonTransaction,
}

impl Kind {
    pub const ALL: [Self; 35] = [
        Self::Customer,
        Self::SalesOrder,
        Self::ItemFulfillment,
        Self::Invoice,
        Self::CashSale,
        Self::CustomerPayment,
        Self::CreditMemo,
        Self::CustomerRefund,
        Self::CashRefund,
        Self::JournalEntry,
        Self::VendorBill,
        Self::VendorPayment,
        Self::Vendor,
        Self::InventoryItem,
        Self::AssemblyItem,
        Self::KitItem,
        Self::NonInventorySaleItem,
        Self::ServiceSaleItem,
        Self::OtherChargeSaleItem,
        Self::DiscountItem,
        Self::Account,
        Self::Currency,
        Self::Subsidiary,
        Self::Location,
        Self::Department,
        Self::Classification,
        Self::ShipItem,
        Self::PaymentMethod,
        Self::AccountingPeriod,
        Self::TaxCode,
        Self::Term,
        Self::CustomForm,
        Self::PriceLevel,
        Self::AmazonSettlement,
        Self::AmazonTransaction,
    ];

    /// The name in REST addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::SalesOrder => "salesOrder",
            Self::ItemFulfillment => "itemFulfillment",
            Self::Invoice => "invoice",
            Self::CashSale => "cashSale",
            Self::CustomerPayment => "customerPayment",
            Self::CreditMemo => "creditMemo",
            Self::CustomerRefund => "customerRefund",
            Self::CashRefund => "cashRefund",
            Self::JournalEntry => "journalEntry",
            Self::VendorBill => "vendorBill",
            Self::VendorPayment => "vendorPayment",
            Self::Vendor => "vendor",
            Self::InventoryItem => "inventoryItem",
            Self::AssemblyItem => "assemblyItem",
            Self::KitItem => "kitItem",
            Self::NonInventorySaleItem => "nonInventorySaleItem",
            Self::ServiceSaleItem => "serviceSaleItem",
            Self::OtherChargeSaleItem => "otherChargeSaleItem",
            Self::DiscountItem => "discountItem",
            Self::Account => "account",
            Self::Currency => "currency",
            Self::Subsidiary => "subsidiary",
            Self::Location => "location",
            Self::Department => "department",
            Self::Classification => "classification",
            Self::ShipItem => "shipItem",
            Self::PaymentMethod => "paymentMethod",
            Self::AccountingPeriod => "accountingPeriod",
            Self::TaxCode => "salesTaxItem",
            Self::Term => "term",
            Self::CustomForm => "customForm",
            Self::PriceLevel => "priceLevel",
            Self::AmazonSettlement => "customrecord_azn_settlement",
            Self::AmazonTransaction => "customrecord_azn_settlement_line",
        }
    }

    /// Found by the name in an address, which is compared without case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(name))
    }

    /// The group in which internal and external ids are unique (netsuite.md §0, fact 2).
    pub fn space(self) -> &'static str {
        match self {
            _ if self.is_transaction() => "transaction",
            Self::Customer | Self::Vendor => "entity",
            _ if self.is_item() => "item",
            _ => self.name(),
        }
    }

    pub fn is_transaction(self) -> bool {
        self.code().is_some()
    }

    /// A type of the setup package.
    pub fn is_custom(self) -> bool {
        super::custom::KINDS.contains(&self)
    }

    pub fn is_item(self) -> bool {
        self.item_type().is_some()
    }

    /// Whether integrations may create, change and delete it in this simulation.
    pub fn is_writable(self) -> bool {
        self == Self::Customer || self.is_transaction() || self.is_custom()
    }

    /// `transaction.type` in SuiteQL (netsuite.md §5).
    pub fn code(self) -> Option<&'static str> {
        Some(match self {
            Self::SalesOrder => "SalesOrd",
            Self::ItemFulfillment => "ItemShip",
            Self::Invoice => "CustInvc",
            Self::CashSale => "CashSale",
            Self::CustomerPayment => "CustPymt",
            Self::CreditMemo => "CustCred",
            Self::CustomerRefund => "CustRfnd",
            Self::CashRefund => "CashRfnd",
            Self::JournalEntry => "Journal",
            Self::VendorBill => "VendBill",
            Self::VendorPayment => "VendPymt",
            _ => return None,
        })
    }

    /// `item.itemtype` in SuiteQL (netsuite.md §4.9).
    pub fn item_type(self) -> Option<&'static str> {
        Some(match self {
            Self::InventoryItem => "InvtPart",
            Self::AssemblyItem => "Assembly",
            Self::KitItem => "Kit",
            Self::NonInventorySaleItem => "NonInvtPart",
            Self::ServiceSaleItem => "Service",
            Self::OtherChargeSaleItem => "OthCharge",
            Self::DiscountItem => "Discount",
            _ => return None,
        })
    }

    /// How documents of this type are numbered.
    pub fn number_prefix(self) -> &'static str {
        match self {
            Self::SalesOrder => "SO",
            Self::ItemFulfillment => "IF",
            Self::Invoice => "INV",
            Self::CashSale => "CS",
            Self::CustomerPayment => "PYMT",
            Self::CreditMemo => "CM",
            Self::CustomerRefund => "CRF",
            Self::CashRefund => "CR",
            Self::JournalEntry => "JE",
            Self::VendorBill => "BILL",
            Self::VendorPayment => "BILLPMT",
            _ => "",
        }
    }

    /// Whether its amounts reach the ledger. Orders and fulfilments do not (stock has no value here).
    pub fn posts(self) -> bool {
        self.is_transaction() && !matches!(self, Self::SalesOrder | Self::ItemFulfillment)
    }

    /// Owed to a vendor, or paid to one.
    pub fn is_of_vendor(self) -> bool {
        matches!(self, Self::VendorBill | Self::VendorPayment)
    }

    /// A sale or its return: it has an `item` sublist with prices.
    pub fn is_sale(self) -> bool {
        matches!(
            self,
            Self::SalesOrder | Self::Invoice | Self::CashSale | Self::CreditMemo | Self::CashRefund
        )
    }

    /// Money back to the customer: lines count the other way round.
    pub fn is_return(self) -> bool {
        matches!(self, Self::CreditMemo | Self::CashRefund)
    }

    /// Puts amounts against other documents by an `apply` sublist.
    pub fn applies(self) -> bool {
        matches!(
            self,
            Self::CustomerPayment | Self::CreditMemo | Self::CustomerRefund | Self::VendorPayment
        )
    }

    /// What a status letter means (netsuite.md §5).
    pub fn status_name(self, letter: &str) -> Option<&'static str> {
        Some(match (self, letter) {
            (Self::SalesOrder | Self::JournalEntry, "A") => "Pending Approval",
            (Self::SalesOrder, "B") => "Pending Fulfillment",
            (Self::SalesOrder, "C") => "Cancelled",
            (Self::SalesOrder, "D") => "Partially Fulfilled",
            (Self::SalesOrder, "E") => "Pending Billing/Partially Fulfilled",
            (Self::SalesOrder, "F") => "Pending Billing",
            (Self::SalesOrder, "G") => "Billed",
            (Self::SalesOrder, "H") => "Closed",
            (Self::ItemFulfillment, "A") => "Picked",
            (Self::ItemFulfillment, "B") => "Packed",
            (Self::ItemFulfillment, "C") => "Shipped",
            (Self::Invoice | Self::CreditMemo | Self::VendorBill, "A") => "Open",
            (Self::Invoice | Self::VendorBill, "B") => "Paid In Full",
            (Self::CreditMemo, "B") => "Fully Applied",
            (Self::CashSale | Self::CustomerPayment, "B") => "Not Deposited",
            (Self::CashSale | Self::CustomerPayment, "C") => "Deposited",
            (Self::JournalEntry, "B") => "Approved for Posting",
            (Self::Invoice | Self::CreditMemo | Self::JournalEntry, "V") => "Voided",
            _ => return None,
        })
    }
}

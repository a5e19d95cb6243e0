### Orders and the time line of an order.

orders-state =
    { $count ->
        [one] { $text } order, { $open } not in NetSuite yet.
       *[other] { $text } orders, { $open } not in NetSuite yet.
    }
orders-search = Order, SKU or document
orders-none-title = No orders yet
orders-none = Orders appear here as soon as the first sync has read them from Amazon.
orders-none-filtered = No orders match these filters.
view-today = Today
view-to-ship = To ship
view-late = Ship today
view-refunded = Refunded
view-not-in-netsuite = Not in NetSuite
view-cancelled = Cancelled
ordered-at = Ordered
amazon-order = Amazon order
channel-mfn = Ships from you
channel-fba = Shipped by Amazon
channel-mcf = Multi-channel
amazon-pending = Pending
amazon-unshipped = Unshipped
amazon-partly-shipped = Partly shipped
amazon-shipped = Shipped
amazon-cancelled = Cancelled
amazon-unfulfillable = Cannot be shipped
order-detail = Order
order-timeline = From purchase to payment
order-sent = Sent to NetSuite
order-mapping = Written with version { $version } of your mappings.
order-sync = Sync this order
order-fix = Fix the error
settlement-of = Settlement { $id }
line-shipping = Shipping
line-gift-wrap = Gift wrap
line-discount = Promotion
line-tax = Tax
ship-by = Ship by
shipping = Shipping
shipping-not-imported = Not in NetSuite
shipping-not-fulfilled = Not fulfilled
shipping-not-confirmed = Not confirmed
shipping-confirmed = Confirmed
order-review = A stand-in item is on this order. Put the right item in its place.
order-review-short = Stand-in item
buyer = Buyer
buyer-name = Name
buyer-company = Company
buyer-email = E-mail
buyer-phone = Phone
buyer-address = Address
buyer-reveal = Show
buyer-hidden = Showing it is noted in the trail.
buyer-deleted = Deleted after the retention time.

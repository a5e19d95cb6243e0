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
order-sync = Sync this order
order-fix = Fix the error
settlement-of = Settlement { $id }
line-shipping = Shipping
line-gift-wrap = Gift wrap
line-discount = Promotion
line-tax = Tax

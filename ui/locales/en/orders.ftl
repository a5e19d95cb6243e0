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

## What can be done about one order

order-resend = Resend shipment confirmation…
order-bill = Create invoice or cash sale…
order-elsewhere = Mark as handled elsewhere…
resend-title = Tell Amazon about this parcel again?
resend-what = Amazon corrects the same parcel; it makes no second one. NetSuite stays as it is: once its tracking number or shipping method changes there, NetSuite counts again.
resend-parcel = Parcel
resend-parcel-of = { $tracking }, { $units ->
    [one] { $units } unit
   *[other] { $units } units
}
resend-carrier = Carrier
resend-method = Shipping method
resend-tracking = Tracking number
resend-incomplete = A carrier and a tracking number are needed
resend-do = Resend confirmation
bill-title = Bill this order now?
bill-what = Billing looks at this order at once. Its guards stay: what has not left, is billed already or is in question is not billed, and the time line says why.
bill-kind = Whether it becomes an invoice or a cash sale is what your settings and the order’s form in NetSuite say.
bill-do = Bill order
elsewhere-title = Is { $order } handled elsewhere?
elsewhere-what = No flow of orders, shipments or bills touches it any more, and its errors are set aside. What is in NetSuite or at Amazon stays. You can take it back at any time.
elsewhere-do = Mark as handled elsewhere
elsewhere-since = Handled elsewhere since { $when }.
elsewhere-take-back = Take back

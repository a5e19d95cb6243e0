### Help: what each flow will do in NetSuite.

help-flow-mfn-customers = Creates one shared customer for each marketplace and year, such as “Amazon DE 2026”, before its first order needs it. A customer that is there is never changed.
help-flow-mfn-orders = Creates one sales order for each order that you ship, under Amazon's order number, once Amazon has verified the payment. An order that was entered by hand is linked, not repeated. When the order changes or is cancelled before it leaves, its sales order follows; what has left or was billed is not touched.
help-flow-fba-customers = Creates one shared customer for each marketplace and year, such as “Amazon DE 2026”, before its first order needs it. A customer that is there is never changed.
help-flow-fba-orders = Creates one invoice for each order that Amazon has shipped as a whole, dated on the day it left. By your choice it is a cash sale instead, or a sales order with its fulfilment.
help-flow-fba-shipments = Writes nothing in NetSuite. Amazon's report of what it shipped is read and kept, so that orders get the day on which they left and, by your choice, a bill for each shipment.
help-flow-order-comparison = Writes nothing in NetSuite. An order that Amazon's daily report knows and this computer does not is looked at by its number, so that the other flows can bring it in.
help-flow-shipments = Reads your fulfilments and tells Amazon of each parcel once, with its carrier and tracking number. In NetSuite it writes nothing, except a mark on the fulfilment where the fields of the setup package are used.
help-flow-cancellations = Writes nothing in NetSuite. What you close there before anything of it has left is cancelled at Amazon. Nothing is sent before you switch this on.
help-flow-billing = Turns each sales order from Amazon into an invoice, or a cash sale, for what has left: one for each fulfilment when it leaves in parts. A bill that somebody made by hand counts and is not made again.
help-flow-settlement-reports = Writes nothing in NetSuite. Each settlement report of Amazon is kept on this computer, byte for byte.
help-flow-settlement-records = Writes nothing in NetSuite. The lines of each report are read once and their sum is checked against the deposit.
help-flow-settlement-payments = Creates a customer payment on the clearing account for each invoice that buyers paid. Nothing is sent before you approve the settlement, unless you chose that settlements are posted by themselves.
help-flow-settlement-refunds = Creates a credit memo for what each buyer got back and pays it out; a cash sale gets a cash refund. Goods do not come back into stock unless you say so. Nothing is sent before you approve the settlement, unless you chose that settlements are posted by themselves.
help-flow-settlement-summaries = Writes nothing in NetSuite. It works out what Amazon says, what NetSuite has, and names every cent between them.
help-flow-settlement-journals = Creates one balanced journal entry for the fees, reserves and deposit of each settlement, one for each month if it crosses a month's end. It goes last, and none is made while a line has no account or a cent is not explained. Nothing is sent before you approve the settlement, unless you chose that settlements are posted by themselves.

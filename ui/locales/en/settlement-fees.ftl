# Fees as a vendor bill (flows.md §10.9): sentences of the core.
option-settlement-vendor-bill = Fees become a bill of Amazon as a vendor
option-settlement-vendor = Amazon as a vendor
option-settlement-vendor-tax-code = Tax code of Amazon’s fees
option-acct-payable = Accounts payable, if not the usual one
settlement-reason-on-fee-bill = On the bill of fees
will-write-fee-bills = Bills of fees
will-write-fee-payments = Payments of fee bills
undo-will-delete-fee-payments =
    { $count ->
        [one] Deletes { $count } payment of a fee bill
       *[other] Deletes { $count } payments of fee bills
    }
undo-will-delete-fee-bills =
    { $count ->
        [one] Deletes { $count } bill of fees
       *[other] Deletes { $count } bills of fees
    }

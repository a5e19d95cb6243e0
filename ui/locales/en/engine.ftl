### Words of the engine: what a run is doing, why it failed, what a write met.

## Runs

run-doing-starting = Starting…
run-doing-writing = Sending what was decided…
run-doing-confirming = Reading back what was sent…
run-disk-full = The disk is full. Syncing is paused so nothing is lost.
run-store-failed = What it found could not be kept: { $said }
run-held-back = Nothing more is written until somebody looked at the totals that differ. The question is on the Errors page.
problem-run-network-what = The service could not be reached
problem-run-network-why = { $said }. The app tries again by itself at the next run.
problem-run-throttled-what = The service asked to slow down
problem-run-throttled-why = { $said }. The app tries again by itself at the next run.
problem-run-misread-what = An answer came that the app does not understand
problem-run-misread-why = { $said }. This flow stops here, the others go on. The answer is kept for support.
problem-unknown-word-what = Amazon uses a word that the app does not know yet: { $word }
problem-unknown-word-why = It was first seen in order { $order }. It is kept as it stands, nothing waits for it, and it is not told again.
problem-run-permission-what = The connection may not read what this flow needs
problem-run-permission-why = { $said }. Give the connection the missing role, then try again.
problem-run-refused-what = The service refused a question of this flow
problem-run-refused-why = It said: { $said }. The app tries again by itself at the next run. If it stays, copy the details and ask for help.
problem-run-fault-what = The app made a mistake in this run
problem-run-fault-why = Nothing was lost, and the other flows go on. The log says where it happened.

## Sign-in

problem-signed-out-what = { $service ->
    [netsuite] NetSuite no longer accepts the sign-in
   *[amazon] Amazon no longer accepts the sign-in
}
problem-signed-out-why = { $said }. Everything for this account is paused. Connect it again and the app goes on where it stopped.

problem-clock-what = { $minutes ->
    [one] This computer's clock is { $minutes } minute off
   *[other] This computer's clock is { $minutes } minutes off
}
problem-clock-why = Amazon and NetSuite refuse such requests. Set the date and time of this computer; the app goes on by itself at the next run.

## Writes

problem-refused-what = { $service ->
    [amazon] Amazon
   *[other] NetSuite
} refused: { $said }
problem-refused-why = { $record ->
    [salesOrder] The sales order was not created.
    [invoice] The invoice was not created.
    [cashSale] The cash sale was not created.
    [customer] The customer was not created.
    [itemFulfillment] The fulfilment was not created.
    [customerPayment] The payment was not created.
    [creditMemo] The credit memo was not created.
    [customerRefund] The customer refund was not created.
    [cashRefund] The cash refund was not created.
    [journalEntry] The journal entry was not created.
    [shipmentConfirmation] Amazon was not told of the shipment.
   *[other] Nothing was written.
} Put it right in NetSuite or in the settings, then try again.
problem-unreachable-what = { $service ->
    [amazon] Amazon
   *[other] NetSuite
} did not take this after { $tries ->
    [one] { $tries } try
   *[other] { $tries } tries
}
problem-unreachable-why = { $said }. The app tries again by itself in each run.
problem-conflict-what = { $document } already has this name in NetSuite, with another amount
problem-conflict-why = It should be { $ours } and is { $theirs }. Nothing was changed. Correct it or remove it in NetSuite, then try again.
problem-record-gone-what = NetSuite no longer has { $record }, which we had made.
problem-record-gone-why = Somebody deleted it there, or changed its external ID. Make it again, or leave it out for good.
problem-written-differ-what = { $count } of the { $total } orders just written have another total in NetSuite. Nothing more is written.
problem-written-differ-why = So many differences usually have one cause, such as a price rule, a discount or a tax that NetSuite adds. Correct it there, then try again: the rest is written. Or allow a larger part.
problem-total-differs-what = { $document } was created, but NetSuite counts another total
problem-total-differs-why = It should be { $ours } and is { $theirs }. A price rule, a discount or a tax in NetSuite makes the difference.
problem-total-differs-tax-why = It should be { $ours } and is { $theirs }. The difference is { $tax } of tax that NetSuite added by itself: make the customer and the items non-taxable, or choose a tax code of zero.
problem-settlement-file-gone = The file is no longer kept on this computer. Give it again by hand.

## Undo

step-reverse-journal = Reverse the journal entry
step-delete-record = { $record ->
    [customerPayment] Delete the payment
    [creditMemo] Delete the credit memo
    [customerRefund] Delete the customer refund
    [cashRefund] Delete the cash refund
   *[other] Delete the record
}

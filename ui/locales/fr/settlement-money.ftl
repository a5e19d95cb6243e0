# Ce que les règlements comptabilisent, et ce qu’ils en disent ensuite.
settlement-reason-part-by-hand = { $amount } ont été saisis à la main ; { $document } reçoit le reste
settlement-reason-part-paid-elsewhere = Une partie de { $document } a été payée par quelqu’un d’autre : { $amount } d’Amazon n’y trouvent pas de place
settlement-variance-paid-elsewhere = Payé par quelqu’un d’autre
settlement-reason-order-nowhere = Ni NetSuite ni Amazon ne connaissent plus la commande { $order } : laissez-la de côté ou saisissez sa facture à la main
settlement-reason-deleted = { $document } a été comptabilisé et n’est plus dans NetSuite
settlement-reason-refund-by-sku = Rembourse une partie de { $document } ; la ligne a été trouvée par le SKU, le numéro d’article d’Amazon est différent
settlement-reason-refund-by-only-line = Rembourse une partie de { $document } ; sa seule ligne a été prise, car le SKU est différent
settlement-reason-refund-by-amount = Rembourse une partie de { $document } en montant : aucune de ses lignes n’est l’article qu’Amazon nomme
settlement-reason-refund-line-open = Plusieurs lignes de { $document } peuvent correspondre à { $sku } ({ $prices } l’unité), et le montant n’en couvre qu’une partie : laissez ce remboursement de côté et saisissez son avoir à la main sur la bonne ligne
help-flow-settlement-orders = N’écrit rien dans NetSuite. Les commandes qu’un règlement nomme et qui ne sont pas encore ici sont demandées à Amazon par leur numéro ; celles d’après le démarrage sont ensuite importées par les flux de commandes.
reason-order-unknown-to-amazon = Amazon ne connaît plus cette commande
reason-settled-order-before-go-live = Achetée avant le démarrage : aucune pièce n’est nécessaire
progress-asking-for-settled-orders = Demande à Amazon des commandes que les règlements nomment
option-acct-tax-at-source = Taxe retenue à la source (TCS, TDS)
option-acct-refund-reversals = Remboursements repris
option-refund-atoz-item = Article des remboursements A à Z
option-refund-chargeback-item = Article des rétrofacturations
option-acct-bank-fees = Frais bancaires
option-acct-exchange-difference = Écarts de change
error-receipt-amount = « { $value } » n’est pas un montant en { $currency }. Saisissez des chiffres avec au plus autant de décimales que la devise, par exemple 1 234,50.
error-receipt-not-posted = Ce règlement n’est pas comptabilisé, ou il est clos. Comptabilisez-le ou rouvrez-le d’abord.
error-receipt-there = Ce que la banque a reçu est déjà saisi. Reprenez-le d’abord.
error-receipt-day = Le jour doit se situer entre le premier jour du règlement et aujourd’hui.
error-receipt-nothing = Rien de ce règlement n’a été viré : il n’y a rien à trouver à la banque.
error-receipt-other-currency = Le virement est sur le compte bancaire dans la devise du règlement. Si votre banque compte dans une autre, annulez la comptabilisation, choisissez « Virements en route » comme destination du virement et comptabilisez à nouveau.
error-receipt-more = La banque ne peut pas avoir reçu plus que le virement. Vérifiez le montant, ou choisissez la devise de la banque.
error-receipt-zero = Le montant reçu doit être supérieur à zéro, et des frais ne peuvent pas être négatifs.
said-receipt-entered = { $amount } à la banque le { $day }.
said-receipt-taken-back = Saisie reprise. Son écriture est en cours d’annulation.
option-refund-merge-per-order = Un seul avoir pour tous les remboursements d’une commande dans un règlement
option-payment-granularity = Ce que les acheteurs ont payé est affecté
option-payment-granularity-is-per-order = Par un paiement par commande
option-payment-granularity-is-per-customer = Par un paiement pour toutes les commandes d’un client dans un règlement
option-refund-reversal = Un remboursement repris par Amazon est comptabilisé
option-refund-reversal-is-journal = Dans l’écriture
option-refund-reversal-is-invoice = Par une nouvelle facture payée depuis le compte d’attente
will-write-invoices = Factures de remboursements repris
undo-will-delete-invoices =
    { $count ->
        [one] Supprime { $count } facture d’un remboursement repris par Amazon
       *[other] Supprime { $count } factures de remboursements repris par Amazon
    }
late-matched = { $amount } de l’écart que vous avez accepté est rapproché maintenant. Le comptabiliser paie ce qui est ouvert et reprend le montant sur le compte d’écarts.

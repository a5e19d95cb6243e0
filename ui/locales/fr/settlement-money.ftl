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

# Pourquoi une partie du relevé est à sa place, ou ne l’est pas.
settlement-reason-exact = Même numéro de commande, montant exact : { $document }
settlement-reason-part-paid = Paie une partie de { $document } ; le reste est ouvert
settlement-reason-rounding = Même numéro de commande, arrondi de { $amount }
settlement-reason-kept-unapplied = { $amount } de plus que l’ouvert de { $document } ; reste au crédit du client
settlement-reason-overpayment = Amazon a payé { $amount } de plus que l’ouvert de { $document }
settlement-reason-posted = Déjà comptabilisé : { $document }
settlement-reason-edited = { $document } a été modifié dans NetSuite après coup
settlement-reason-cash-sale = La vente au comptant { $document } a le même montant
settlement-reason-cash-sale-differs = La vente au comptant { $document } a un autre montant
settlement-reason-paid-by-hand = { $document } a été saisi à la main avec ce montant
settlement-reason-already-paid = { $document } a été payé par quelqu’un d’autre
settlement-reason-not-billed = La commande est dans NetSuite, sa facture pas encore
settlement-reason-total-differs = Le total de la commande { $order } dans NetSuite n’est pas celui d’Amazon : rien n’y est comptabilisé avant que ce soit réglé
settlement-reason-no-order = La commande { $order } n’est pas encore dans NetSuite
settlement-reason-other-currency = { $document } est dans une autre devise que le relevé
settlement-reason-customer-inactive = Le client de { $document } est inactif
settlement-reason-negative-order = La commande prend de l’argent au vendeur au lieu d’en apporter
settlement-reason-from-elsewhere = Commande d’un autre canal : seulement des frais
settlement-reason-no-customer-money = Aucun argent de l’acheteur
settlement-reason-before-go-live = La commande { $order } date d’avant la mise en service
settlement-reason-cancelled-after-charge = Débitée et rendue dans ce relevé ; la commande a été annulée
settlement-reason-refund = Rend une partie de { $document }
settlement-reason-refund-exceeds = Rend plus que { $document } ; le reste fait l’objet d’un avoir à part
settlement-reason-refund-reversal = Amazon a repris un remboursement : au journal
settlement-reason-refund-reversal-invoice = Amazon a repris un remboursement de { $order } : refacturé et payé
settlement-reason-refund-not-billed = La commande est dans NetSuite, sa facture pas encore
settlement-reason-refund-standalone = Commande inconnue : un avoir à part
settlement-reason-refund-unknown-order = La commande { $order } est inconnue : au journal
settlement-reason-in-journal = Au journal
settlement-reason-nothing = Rien à comptabiliser
settlement-reason-unmapped = Personne n’a encore dit où cela va
settlement-reason-excluded = Mis de côté par une personne

settlement-variance-overpayment = Payé plus que l’ouvert
settlement-variance-edited = Modifié dans NetSuite après coup
settlement-variance-cash-sale = La vente au comptant a un autre montant
settlement-variance-unmapped = Pas encore de compte : { $kind }
settlement-variance-excluded = Mis de côté par une personne
settlement-variance-buyer-without-order = Argent d’acheteur sans numéro de commande

settlement-held-variance = { $amount } ne s’explique par aucun enregistrement dans NetSuite
settlement-held-unmapped = Dites où cela va : { $kind }
settlement-held-accounts = Choisissez des comptes pour : { $keys }
settlement-held-inconsistent = Le fichier d’Amazon ne tombe pas juste, de { $amount }
settlement-held-no-total = Le fichier d’Amazon n’a pas de total pour prouver ses lignes
settlement-held-marketplace = { $count ->
    [one] Une ligne n’a pas de place de marché : choisissez-en une
   *[other] { $count } lignes n’ont pas de place de marché : choisissez-en une
}

### Orders and the time line of an order.

orders-state =
    { $count ->
        [one] { $text } commande, dont { $open } pas encore dans NetSuite.
       *[other] { $text } commandes, dont { $open } pas encore dans NetSuite.
    }
orders-search = Commande, SKU ou document
orders-none-title = Pas encore de commande
orders-none = Les commandes apparaissent ici dès que la première synchronisation les a lues chez Amazon.
orders-none-filtered = Aucune commande ne correspond à ces filtres.
view-today = Aujourd’hui
view-to-ship = À expédier
view-late = À expédier vite
view-refunded = Remboursées
view-not-in-netsuite = Pas dans NetSuite
view-cancelled = Annulées
ordered-at = Commandée
amazon-order = Commande Amazon
channel-mfn = Expédié par vous
channel-fba = Expédié par Amazon
channel-mcf = Multicanal
amazon-pending = En cours
amazon-unshipped = Non expédiée
amazon-partly-shipped = Expédiée en partie
amazon-shipped = Expédiée
amazon-cancelled = Annulée
amazon-unfulfillable = Non expédiable
order-detail = Commande
order-timeline = De l’achat au paiement
order-sent = Envoyé à NetSuite
order-mapping = Écrit avec la version { $version } de vos correspondances.
order-sync = Synchroniser la commande
order-fix = Corriger l’erreur
settlement-of = Règlement { $id }
line-shipping = Livraison
line-gift-wrap = Papier cadeau
line-discount = Promotion
line-tax = Taxe
ship-by = À expédier avant
shipping = Expédition
shipping-not-imported = Pas dans NetSuite
shipping-not-fulfilled = Non exécutée
shipping-not-confirmed = Non confirmée
shipping-confirmed = Confirmée
order-review = Un article de remplacement figure sur cette commande. Remplacez-le par le bon article.
order-review-short = Article de remplacement
buyer = Acheteur
buyer-name = Nom
buyer-company = Société
buyer-email = E-mail
buyer-phone = Téléphone
buyer-address = Adresse
buyer-reveal = Afficher
buyer-hidden = L’affichage est noté dans le journal d’audit.
buyer-deleted = Supprimé après la durée de conservation.

## Ce que l’on peut faire d’une commande

order-resend = Renvoyer la confirmation d’expédition…
order-bill = Créer la facture ou la vente au comptant…
order-elsewhere = Marquer comme traitée ailleurs…
resend-title = Redire ce colis à Amazon ?
resend-what = Amazon corrige le même colis et n’en crée pas un second. NetSuite reste inchangé : dès que son numéro de suivi ou son mode de livraison y change, c’est NetSuite qui compte de nouveau.
resend-parcel = Colis
resend-parcel-of = { $tracking }, { $units ->
    [one] { $units } unité
   *[other] { $units } unités
}
resend-carrier = Transporteur
resend-method = Mode de livraison
resend-tracking = Numéro de suivi
resend-incomplete = Un transporteur et un numéro de suivi sont nécessaires
resend-do = Renvoyer la confirmation
bill-title = Facturer cette commande maintenant ?
bill-what = La facturation examine cette commande aussitôt. Ses garde-fous restent : ce qui n’est pas parti, est déjà facturé ou est en question n’est pas facturé, et la chronologie dit pourquoi.
bill-kind = Vos réglages et le formulaire de la commande dans NetSuite disent si elle devient une facture ou une vente au comptant.
bill-do = Facturer la commande
elsewhere-title = La commande { $order } est-elle traitée ailleurs ?
elsewhere-what = Plus aucun flux de commandes, d’expéditions ou de factures n’y touche, et ses erreurs sont mises de côté. Ce qui est dans NetSuite ou chez Amazon reste. Vous pouvez la reprendre à tout moment.
elsewhere-do = Marquer comme traitée ailleurs
elsewhere-since = Traitée ailleurs depuis { $when }.
elsewhere-take-back = Reprendre

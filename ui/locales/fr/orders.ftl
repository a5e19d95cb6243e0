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
order-sync = Synchroniser la commande
order-fix = Corriger l’erreur
settlement-of = Règlement { $id }
line-shipping = Livraison
line-gift-wrap = Papier cadeau
line-discount = Promotion
line-tax = Taxe

### Les mots des flux : cartes, raisons, étapes, problèmes, règlements.

## Flux : titres et promesses

flow-mfn-customers = Clients des commandes expédiées par vous
flow-mfn-customers-promise = Chaque place de marché a un client pour les commandes expédiées par vous, créé une fois et jamais modifié.
flow-mfn-orders = Commandes expédiées par vous
flow-mfn-orders-promise = Chaque commande expédiée par vous devient exactement une commande client.
flow-fba-customers = Clients des commandes expédiées par Amazon
flow-fba-customers-promise = Chaque place de marché a un client pour les commandes expédiées par Amazon, créé une fois et jamais modifié.
flow-fba-orders = Commandes expédiées par Amazon
flow-fba-orders-promise = Chaque commande expédiée par Amazon est facturée exactement une fois, à la date de son départ.
flow-settlement-reports = Rapports de règlement
flow-settlement-reports-promise = Chaque rapport de règlement est conservé tel qu’Amazon l’a produit, avant qu’Amazon ne le supprime.
flow-settlement-records = Enregistrement des règlements
flow-settlement-records-promise = Chaque ligne d’un règlement est lue exactement une fois, et leur somme est comparée au virement.
flow-settlement-payments = Paiements
flow-settlement-payments-promise = Ce que les acheteurs ont payé solde les factures de leurs commandes.
flow-settlement-refunds = Remboursements
flow-settlement-refunds-promise = Ce que les acheteurs ont récupéré devient des avoirs, au centime près.
flow-settlement-summaries = Synthèses des règlements
flow-settlement-summaries-promise = Chaque règlement montre ce que dit Amazon, ce qu’a NetSuite et chaque centime qui les sépare.
flow-settlement-journals = Écritures de journal des règlements
flow-settlement-journals-promise = Chaque règlement aboutit à une écriture de journal équilibrée, comptabilisée après votre approbation.

## Ce qui se passe

progress-reading-orders = Lecture des commandes d’Amazon…
progress-fetching-settlements = Récupération des rapports de règlement d’Amazon…
progress-matching-settlements = Rapprochement des règlements avec NetSuite…

## Pourquoi rien n’est écrit

reason-already-there = Déjà dans NetSuite : { $document }
reason-amazon-ships-yet = Amazon n’a pas encore tout expédié
reason-before-go-live = Achetée le { $day }, avant le début de vos comptes le { $go_live }
reason-cancelled-before-import = Annulée avant d’arriver dans NetSuite
reason-cancelled-both-sides = Annulée chez Amazon, et { $document } est clôturée dans NetSuite
reason-customer-per-buyer = Chaque acheteur reçoit un client avec sa première commande
reason-customer-there = { $customer } est dans NetSuite, ou un autre client a été choisi
reason-invoice-unconfirmed = Amazon attend la confirmation de la facture
reason-journal-posted = Comptabilisée : { $document }
reason-not-an-amazon-order = Ce n’est pas une commande Amazon : Amazon l’expédie seulement pour un autre canal
reason-not-released-yet = Précommandée ; Amazon ne l’a pas encore libérée
reason-nothing-ordered = Elle ne contient plus aucun article
reason-nothing-to-journal = Rien à comptabiliser
reason-orders-not-billed-yet = { $amount } concernent des commandes pas encore facturées
reason-payment-being-verified = Amazon vérifie encore le paiement
reason-posted-already = Déjà dans NetSuite
reason-unfulfillable = Amazon ne peut pas l’expédier
reason-unknown-status = Amazon indique « { $status } », un statut que nous ne connaissons pas

## Étapes

step-adopt = Lier { $order } à { $document }
step-archive-report = Conserver le rapport { $report }
step-close-sales-order = Clôturer { $document } : { $order } a été annulée
step-create-buyer = Créer l’acheteur de { $order }
step-create-cash-refund = Rembourser { $amount } pour { $order }
step-create-cash-sale = Créer la vente au comptant de { $order } pour { $total }
step-create-credit-memo = Créer l’avoir de { $order } pour { $amount }
step-create-customer = Créer le client { $customer }
step-create-customer-refund = Verser { $amount } pour { $order }
step-create-fulfilment = Expédier { $order } depuis le stock chez Amazon
step-create-invoice = Créer la facture de { $order } pour { $total }
step-create-journal = Comptabiliser le règlement { $settlement } : { $total }
step-create-payment = Affecter { $amount } à la facture de { $order }
step-create-sales-order = Créer la commande client de { $order } pour { $total }
step-import-settlement = Lire { $file }
step-summarise = Établir la synthèse du règlement { $settlement }

## Problèmes

problem-item-not-found = { $sku } n’existe pas dans NetSuite
problem-item-not-found-why = Aucun article NetSuite ne porte cette référence, et personne n’a indiqué de quel article il s’agit.
problem-item-inactive = { $sku } est inactif dans NetSuite
problem-item-inactive-why = NetSuite n’accepte pas d’article inactif sur un nouvel enregistrement.
problem-item-ambiguous = { $sku } peut correspondre à plusieurs articles NetSuite
problem-item-ambiguous-why = Plusieurs articles portent cette référence. Rien n’est deviné.
problem-item-linked-twice-why = { $sku } est lié à plusieurs articles.
problem-item-parent-why = { $sku } est le parent de variantes. La variante est à choisir.
problem-ship-method-unmapped = « { $level } » n’a pas encore de mode d’expédition dans NetSuite
problem-ship-method-unmapped-why = Les niveaux de service d’Amazon ne portent pas les noms de vos modes d’expédition.
problem-currency-disabled = { $currency } n’est pas une devise de votre compte NetSuite
problem-currency-disabled-why = Les commandes sont écrites dans leur propre devise, jamais converties. La devise s’active dans NetSuite sous Listes > Comptabilité > Devises.
problem-customer-ambiguous = { $count } clients NetSuite peuvent être l’acheteur de { $order }
problem-customer-ambiguous-why = Ils ont la même adresse e-mail. Rien n’est deviné.
problem-total-mismatch = { $order } : NetSuite a { $netsuite }, Amazon a { $amazon }
problem-total-mismatch-why = Les deux totaux doivent être égaux. Une règle de prix, une remise ou une taxe dans NetSuite, ou une modification chez Amazon, fait l’écart. Rien n’a été supprimé.
problem-adoption-conflict = { $order } est peut-être { $document }, qui a { $netsuite } au lieu de { $amazon }, ou un autre client
problem-adoption-conflict-why = Un enregistrement saisi à la main porte le numéro de cette commande, mais le client, la devise et le total ne concordent pas tous.
problem-cancel-after-ship = { $order } a été annulée chez Amazon, mais { $document } est expédiée ou facturée
problem-cancel-after-ship-why = L’application ne touche pas à ce qui est parti ou facturé.
problem-marketplace-unknown = « { $marketplace } » n’est pas une de vos places de marché
problem-marketplace-unknown-why = Sa devise, son jour comptable et ses comptes ne sont pas définis.
problem-option-missing = Un réglage manque : { $option }
problem-option-missing-why = L’enregistrement ne peut pas être écrit sans lui.
problem-two-currencies = { $order } a des montants dans deux devises
problem-two-currencies-why = Un enregistrement a une seule devise. Rien n’est converti.
problem-limit-lines = { $order } aurait besoin de { $count } lignes
problem-limit-lines-why = Les pages de NetSuite ne peuvent pas modifier un enregistrement de plus de 500 lignes.
problem-tax-code-missing = Aucun code de taxe pour { $order }
problem-tax-code-missing-why = La taxe d’Amazon est écrite sur les lignes, ce qui demande un code et un type de taxe.
problem-period-closed = { $order } tombe dans { $period }, période clôturée dans NetSuite
problem-settlement-reissued = Amazon a réédité le règlement { $settlement } avec un autre contenu : { $file }
problem-settlement-reissued-why = Le premier reste utilisé. Rien de ce qui est comptabilisé ne change tout seul.
problem-settlement-file-refused = { $file } ne peut pas être lu comme un règlement
problem-settlement-period-closed = Le règlement { $settlement } tombe dans { $period }, période clôturée dans NetSuite
problem-period-closed-why = La période est à rouvrir, ou les écritures sont à déplacer au premier jour ouvert.
problem-order-unreadable = La réponse d’Amazon sur { $order } n’a pas pu être lue
problem-order-unreadable-why = { $detail }
problem-settlement-group = { $order } dans le règlement { $settlement } : { $amount } en attente
problem-line-unmapped-why = Amazon utilise un type de ligne que nous ne connaissons pas, ou que vous seul pouvez affecter. Un seul choix les affecte tous, passés et futurs.
problem-settlement-inconsistent-why = Les lignes du règlement { $settlement } ne donnent pas son total. Rien n’est comptabilisé à partir d’un fichier qui ne tombe pas juste.
problem-settlement-marketplace-why = Des lignes du règlement { $settlement } n’indiquent aucune place de marché, et rien d’autre ne le dit.
problem-variance-why = Ce que NetSuite a pour le règlement { $settlement } n’est pas ce qu’Amazon verse. Chaque partie de l’écart est nommée dans la vérification.
problem-account-missing = Aucun compte n’est choisi pour { $account }
problem-account-missing-why = L’écriture de journal demande un compte pour chacune de ses lignes.
problem-journal-unbalanced = L’écriture de journal de { $settlement } a un écart de { $amount }
problem-journal-unbalanced-why = C’est une erreur de l’application. Rien n’a été envoyé.

## Règlements : pourquoi la comptabilisation est arrêtée

settlement-why-not-asking =
    { $count ->
        [one] { $count } ligne est à traiter
       *[other] { $count } lignes sont à traiter
    }

## Fichiers de règlement : ce qui ne va pas, et le remède

settlement-file-unreadable = Le fichier ne peut pas être lu : { $said }. Un nouvel essai, ou un autre emplacement, peut aider.
settlement-file-empty = Le fichier est vide. Il est à télécharger de nouveau chez Amazon.
settlement-file-not-a-settlement = Ce n’est pas un fichier de règlement. Le format attendu est « Flat File V2 », dans les rapports de paiement d’Amazon.
settlement-file-xml = C’est le format XML, qu’Amazon ne produit plus. Le format attendu est « Flat File V2 ».
settlement-file-spreadsheet = C’est un classeur de tableur. Le fichier texte d’Amazon est attendu tel quel.
settlement-file-bomb = Le fichier compressé grossit sans fin. Il est à télécharger de nouveau chez Amazon.
settlement-file-bad-gzip = Le fichier compressé est endommagé. Il est à télécharger de nouveau chez Amazon.
settlement-file-bad-text = Ligne { $line } : le texte n’est pas en { $encoding }. Un autre encodage est à choisir.
settlement-file-column-missing = La colonne « { $column } » manque. Le fichier d’Amazon est attendu tel quel.
settlement-file-column-twice = La colonne « { $column } » figure deux fois. Le fichier d’Amazon est attendu tel quel.
settlement-file-no-rows = Le fichier a des titres mais aucune ligne. Il est à télécharger de nouveau chez Amazon.
settlement-file-not-an-amount = Ligne { $line }, « { $column } » : « { $cell } » n’est pas un montant. La cellule est à corriger, ou le fichier à télécharger de nouveau.
settlement-file-amount-missing = Ligne { $line }, « { $column } » : le montant manque. Le fichier est à télécharger de nouveau.
settlement-file-too-fine = Ligne { $line }, « { $column } » : « { $cell } » a plus de décimales qu’un montant. La cellule est à corriger.
settlement-file-too-large = Ligne { $line }, « { $column } » : « { $cell } » est trop grand. La cellule est à corriger.
settlement-file-not-a-date = Ligne { $line }, « { $column } » : « { $cell } » n’est pas une date. La cellule est à corriger.
settlement-file-ambiguous-date = Ligne { $line }, « { $column } » : « { $cell } » se lit de deux façons. L’ordre du jour et du mois est à indiquer.
settlement-file-not-a-quantity = Ligne { $line }, « { $column } » : « { $cell } » n’est pas une quantité. La cellule est à corriger.
settlement-file-no-settlement-id = La ligne { $line } n’a pas de numéro de règlement. Le fichier est à télécharger de nouveau.
settlement-file-no-currency = Le règlement { $settlement } n’a pas de devise. Le fichier est à télécharger de nouveau.
settlement-file-two-currencies = Le règlement { $settlement } a { $first } et { $second }. Un règlement a une seule devise.
settlement-file-two-totals = Le règlement { $settlement } a deux totaux. Le fichier est à télécharger de nouveau.
settlement-file-cut-short = La ligne { $line } est coupée : le téléchargement s’est arrêté trop tôt. Le fichier est à télécharger de nouveau.
settlement-file-no-total = Le règlement { $settlement } n’a pas de total à comparer. Le fichier est à télécharger de nouveau.
settlement-file-does-not-add-up = Règlement { $settlement } : les lignes donnent { $sum }, le total est { $declared }, écart de { $difference }. Une nouvelle édition d’Amazon est à attendre.
settlement-file-stopped = La lecture a été arrêtée. Rien n’a été conservé.
settlement-warning-day-and-month-assumed = L’ordre du jour et du mois vient de la seule place de marché.
settlement-warning-short-rows =
    { $count ->
        [one] { $count } ligne est plus courte que les titres
       *[other] { $count } lignes sont plus courtes que les titres
    }
settlement-warning-extra-columns = Des colonnes inconnues ont été conservées : { $titles }
settlement-warning-resaved = Le fichier a été réenregistré par un tableur.

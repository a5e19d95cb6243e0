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
flow-fba-shipments = Expéditions par Amazon
flow-fba-shipments-promise = Le rapport d’Amazon dit quel jour chaque unité est partie : chaque facture porte la bonne date.
flow-order-comparison = Contrôle avec le rapport d’Amazon
flow-order-comparison-promise = Chaque jour, chaque commande du rapport d’Amazon est comparée aux vôtres : aucune ne manque.
flow-shipments = Expéditions vers Amazon
flow-shipments-promise = Chaque colis expédié dans NetSuite est confirmé une fois à Amazon, et l’on vérifie qu’il y figure.
flow-cancellations = Annulations vers Amazon
flow-cancellations-promise = Ce que vous clôturez dans NetSuite avant l’expédition est annulé chez Amazon, si vous l’activez.
flow-billing = Facturation
flow-billing-promise = Chaque commande client est facturée une fois pour ce qui est parti, quelle que soit l’origine de la facture.
flow-settlement-reports = Rapports de règlement
flow-settlement-reports-promise = Chaque rapport de règlement est conservé tel qu’Amazon l’a produit, avant qu’Amazon ne le supprime.
flow-settlement-records = Enregistrement des règlements
flow-settlement-records-promise = Chaque ligne d’un règlement est lue exactement une fois, et leur somme est comparée au virement.
flow-finances = Finances d’Amazon
flow-finances-promise = Ce qu’Amazon a enregistré et ce qu’il détient encore de votre argent est connu ici, avec le jour où il devrait venir.
flow-accruals = Écritures de fin de mois
flow-accruals-promise = Les frais de ce qu’Amazon retient figurent dans le mois de leurs ventes, comme un brouillon que vous comptabilisez.
flow-settlement-orders = Commandes des règlements
flow-settlement-orders-promise = Une commande qu’un règlement nomme et que personne ne connaît ici est demandée une fois à Amazon, puis importée ou reconnue comme plus ancienne.
flow-settlement-payments = Paiements
flow-settlement-payments-promise = Ce que les acheteurs ont payé solde les factures de leurs commandes.
flow-settlement-refunds = Remboursements
flow-settlement-refunds-promise = Ce que les acheteurs ont récupéré devient des avoirs, au centime près.
flow-settlement-fees = Factures de frais
flow-settlement-fees-promise = Si vous le choisissez, les frais d’Amazon deviennent une facture fournisseur par mois de règlement, payée depuis le compte d’attente.
flow-settlement-summaries = Synthèses des règlements
flow-settlement-summaries-promise = Chaque règlement montre ce que dit Amazon, ce qu’a NetSuite et chaque centime qui les sépare.
flow-settlement-journals = Écritures de journal des règlements
flow-settlement-journals-promise = Chaque règlement aboutit à une écriture de journal équilibrée, comptabilisée après votre approbation.
flow-settlement-bank = À la banque
flow-settlement-bank-promise = Ce que vous saisissez d’un compte bancaire est comptabilisé une fois, avec les frais de la banque et l’écart de change.
flow-settlement-custom-records = Règlements dans NetSuite
flow-settlement-custom-records-promise = Si vous le choisissez, chaque règlement et chacune de ses transactions figurent dans NetSuite comme un enregistrement à part, qui suit ce que dit la revue.
flow-self-audit = Autocontrôle
flow-self-audit-promise = Une fois par semaine, tout ce qui est venu d’Amazon dans NetSuite est comparé à ce qui a été écrit, et chaque écart est signalé.

## Ce qui se passe

progress-reading-orders = Lecture des commandes d’Amazon…
progress-report-of-orders = Amazon prépare son rapport de toutes les commandes…
progress-report-of-shipments = Amazon prépare son rapport des expéditions…
progress-reading-finances = Lecture des transactions d’Amazon…
progress-fetching-settlements = Récupération des rapports de règlement d’Amazon…
progress-reading-shipments = Lecture des expéditions de NetSuite…
progress-reading-sales-orders = Lecture des commandes client de NetSuite…
progress-importing-settlement = Lecture d’un fichier de règlement, { $megabytes } Mo lus…
progress-matching-settlements = Rapprochement des règlements avec NetSuite…
progress-auditing = Contrôle des enregistrements dans NetSuite…

## Pourquoi rien n’est écrit

reason-address-changed-after-ship = L’acheteur a changé d’adresse après le départ de { $document }
reason-already-there = Déjà dans NetSuite : { $document }
reason-not-shown-yet = Écrit à l’instant ; les listes de NetSuite l’afficheront dans quelques minutes
reason-amazon-ships-yet = Amazon n’a pas encore tout expédié
reason-before-go-live = Achetée le { $day }, avant le début de vos comptes le { $go_live }
reason-cancelled-before-import = Annulée avant d’arriver dans NetSuite
reason-cancelled-both-sides = Annulée chez Amazon, et { $document } est clôturée dans NetSuite
reason-cancelled-left-open = Annulée chez Amazon ; { $document } reste tel quel, comme vous l’avez choisi
reason-customer-per-buyer = Chaque acheteur reçoit un client avec sa première commande
reason-customer-there = { $customer } est dans NetSuite, ou un autre client a été choisi
reason-invoice-unconfirmed = Amazon attend la confirmation de la facture
reason-journal-posted = Comptabilisée : { $document }
reason-fees-in-journal = Ses frais sont des lignes de l’écriture
reason-bank-rate-unknown = NetSuite ne dit pas à quel cours le virement a été comptabilisé. La question sera reposée
reason-bank-nothing-to-book = La banque a tout reçu : rien ne reste à comptabiliser
reason-bank-entry-does-not-fit = La saisie ne correspond plus au virement. Reprenez-la et saisissez-la à nouveau
reason-not-an-amazon-order = Ce n’est pas une commande Amazon : Amazon l’expédie seulement pour un autre canal
reason-not-released-yet = Précommandée ; Amazon ne l’a pas encore libérée
reason-nothing-ordered = Elle ne contient plus aucun article
reason-nothing-to-journal = Rien à comptabiliser
reason-orders-not-billed-yet = { $amount } concernent des commandes pas encore facturées
reason-payment-being-verified = Amazon vérifie encore le paiement
reason-in-the-report-of-orders = Le rapport d’Amazon ou un règlement la nomme, et elle n’est pas ici telle qu’elle est là-bas ; elle sera relue par son numéro à la prochaine synchronisation
reason-paid-together = Payée avec d’autres commandes du même client
reason-posted-already = Déjà dans NetSuite
reason-shipped-at-amazon = Expédiée chez Amazon, mais { $document } est encore ouverte dans NetSuite. Expédiez-la là-bas, ou laissez les expéditions suivre Amazon.
reason-shipments-noted = Noté ; la facture de la commande en prend sa date
reason-shipments-not-reported = Chaque expédition a sa facture ; le rapport d’Amazon ne les montre pas encore toutes
reason-unfulfillable = Amazon ne peut pas l’expédier
reason-amazon-label = Expédiée avec une étiquette achetée à Amazon, qui connaît déjà le colis
reason-amazon-ships-it = Amazon l’expédie
reason-billed = Facturée : { $document }
reason-billed-so-far = Facturée : { $document } ; le reste n’est pas encore parti
reason-audit-fine = Conforme
reason-cancel-out-off = L’annulation chez Amazon est désactivée
reason-cancelled-at-amazon = Annulée chez Amazon
reason-confirmed = { $count } colis confirmés, et Amazon les affiche
reason-free-replacement = Un remplacement gratuit n’est pas facturé
reason-kit-incomplete = Un lot ou un kit est entamé ; le reste n’est pas encore parti
reason-not-approved-yet = { $document } attend une approbation dans NetSuite
reason-not-shipped-yet = Pas encore expédiée dans NetSuite
reason-nothing-closed = Rien n’est clôturé qu’Amazon attende encore
reason-order-closed = { $document } est clôturée dans NetSuite
reason-parcels-known-to-amazon = Déjà expédiée chez Amazon
reason-too-late-to-cancel = Trop tard pour annuler chez Amazon
reason-order-asks = Une question sur { $document } est ouverte : pas de facture avant la réponse
reason-total-differs = NetSuite a { $netsuite } et Amazon { $amazon } : pas de facture avant qu’ils ne concordent
reason-tracking-updates-off = Le numéro de suivi a été corrigé, et les corrections sont désactivées
reason-unknown-status = Amazon indique « { $status } », un statut que nous ne connaissons pas

## Étapes

step-put-back = Rétablir { $document } de { $order } tel qu’écrit
step-add-address = Ajouter l’adresse de livraison de { $order } au client de l’acheteur
step-adopt = Lier { $order } à { $document }
step-keep-transactions = Conserver { $count } transactions du { $day }
step-create-accrual = Créer l’écriture de fin de mois du { $day }, { $total }
step-archive-report = Conserver le rapport { $report }
step-look-at-order = Relire la commande { $order } par son numéro
step-change-order = Modifier { $document } comme { $order } l’a été chez Amazon
step-close-sales-order = Clôturer { $document } : { $order } a été annulée
step-bill-cash-sale = Facturer { $order } par une vente au comptant de { $total }
step-bill-invoice = Facturer { $order } par une facture de { $total }
step-cancel-at-amazon = Annuler { $order } chez Amazon
step-confirm-shipment = Confirmer à Amazon que { $order } est partie avec { $tracking }
step-mark-confirmed = Noter sur { $document } de { $order } qu’Amazon l’affiche
step-confirm-shipment-untracked = Confirmer à Amazon que { $order } est partie, sans numéro de suivi
step-create-buyer = Créer l’acheteur de { $order }
step-add-currency = Autoriser la devise de { $order } pour son client
step-create-cash-refund = Rembourser { $amount } pour { $order }
step-create-cash-sale = Créer la vente au comptant de { $order } pour { $total }
step-create-credit-memo = Créer l’avoir de { $order } pour { $amount }
step-create-customer = Créer le client { $customer }
step-create-customer-refund = Verser { $amount } pour { $order }
step-create-fulfilment = Expédier { $order } depuis le stock chez Amazon
step-create-invoice = Créer la facture de { $order } pour { $total }
step-create-journal = Comptabiliser le règlement { $settlement } : { $total }
step-create-late-journal = Reprendre { $total } sur les écarts du règlement { $settlement }
step-create-fee-bill = Saisir les frais du règlement { $settlement } en facture : { $total }
step-pay-fee-bill = Payer la facture de frais du règlement { $settlement } depuis le compte d’attente : { $total }
step-bank-journal = Porter à la banque le virement du règlement { $settlement } : { $total }
step-create-custom-record = Créer un enregistrement du règlement { $settlement } dans NetSuite
step-change-custom-record = Mettre à jour un enregistrement du règlement { $settlement } dans NetSuite
step-create-payment = Affecter { $amount } à la facture de { $order }
step-create-shared-payment = Affecter { $amount } aux factures de { $count } commandes du règlement { $settlement }
step-create-reversal-invoice = Refacturer { $amount } à l’acheteur de { $order } : Amazon a repris un remboursement
step-pay-reversal-invoice = Payer { $amount } depuis le compte d’attente sur la nouvelle facture de { $order }
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
problem-customer-ambiguous-why = Ils ont la même adresse e-mail, ou le même nom et le même code postal. Rien n’est deviné : choisissez celui qui convient.
problem-customer-full = { $customer } a { $count } factures ouvertes
problem-customer-full-why = NetSuite ne peut plus imputer de paiements dès qu’un client a plus de 10 000 transactions ouvertes. Choisissez un autre client commun, ou laissez-le changer chaque mois ; les factures déjà écrites restent où elles sont.
problem-customer-subsidiary = Le client de { $order } appartient à une autre filiale
problem-customer-subsidiary-why = Un client n’est jamais déplacé. Choisissez un client de la filiale de cette place de marché, ou créez-en un.
problem-customer-inactive = Le client de { $order } est inactif dans NetSuite
problem-customer-inactive-why = Rien ne peut lui être vendu. Réactivez-le dans NetSuite puis réessayez, ou choisissez un autre client.
problem-total-mismatch = { $order } : NetSuite a { $netsuite }, Amazon a { $amazon }
problem-total-mismatch-why = Les deux totaux doivent être égaux. Une règle de prix, une remise ou une taxe dans NetSuite, ou une modification chez Amazon, fait l’écart. Rien n’a été supprimé.
problem-adoption-conflict = { $order } est peut-être { $document }, qui a { $netsuite } au lieu de { $amazon }, ou un autre client
problem-adoption-conflict-why = Un enregistrement saisi à la main porte le numéro de cette commande, mais le client, la devise et le total ne concordent pas tous.
problem-cancel-after-ship = { $order } a été annulée chez Amazon, mais { $document } est expédiée ou facturée
problem-cancel-after-ship-why = L’application ne touche pas à ce qui est parti ou facturé.
problem-netsuite-edited = { $document } a été modifiée dans NetSuite : elle porte { $netsuite }, { $written } avait été écrit, Amazon indique { $amazon }
problem-netsuite-edited-why = Quelqu’un a modifié l’enregistrement après son écriture. Il n’est pas écrasé. Acceptez-le tel quel, faites rétablir le nôtre lorsque c’est proposé, ou corrigez-le dans NetSuite puis réessayez.
problem-order-changed-after-ship = { $order } a changé chez Amazon après l’expédition ou la facturation de { $document } : NetSuite indique { $netsuite }, Amazon { $amazon }
problem-order-changed-after-ship-why = L’application ne touche pas à ce qui est parti ou facturé. Corrigez-le dans NetSuite, ou acceptez l’enregistrement tel quel.
problem-order-changed-since-settings = { $order } a changé chez Amazon, et des réglages ont changé depuis l’écriture de { $document } : NetSuite indique { $netsuite }, Amazon { $amazon }
problem-order-changed-since-settings-why = Avec les réglages actuels, la commande a d’autres lignes : le changement d’Amazon ne s’en distingue plus. Corrigez l’enregistrement dans NetSuite, ou acceptez-le tel quel.
problem-deleted-in-netsuite = L’enregistrement de { $order } a été supprimé dans NetSuite
problem-deleted-in-netsuite-why = Il figurait dans les livres sous le numéro interne { $record }. Il n’est pas recréé sans votre accord : faites-le recréer, ou écartez la commande.
problem-double-count = Les ventes au comptant d’Amazon { $marketplace } compteraient deux fois le même argent
problem-double-count-why = Leur compte est aussi le compte bancaire qui reçoit le virement du règlement. Choisissez un compte d’attente distinct, ou importez des factures.
problem-orders-guard = { $count } commandes sur { $total } ne tombent pas juste : aucune n’est écrite
problem-orders-guard-why = Autant d’écarts ont souvent une seule cause, comme un réglage de taxe ou une règle de prix. Corrigez-la puis réessayez, ou autorisez une part plus grande.
problem-marketplace-unknown = « { $marketplace } » n’est pas une de vos places de marché
problem-marketplace-unknown-why = Sa devise, son jour comptable et ses comptes ne sont pas définis. Ajoutez-la avec ce qu’en dit votre compte Amazon, ou écartez ses commandes.
problem-option-missing = Un réglage manque : { $option }
problem-option-missing-why = L’enregistrement ne peut pas être écrit sans lui.
problem-two-currencies = { $order } a des montants dans deux devises
problem-two-currencies-why = Un enregistrement a une seule devise. Rien n’est converti.
problem-limit-lines = { $order } aurait besoin de { $count } lignes
problem-limit-lines-why = Les pages de NetSuite ne peuvent pas modifier un enregistrement de plus de 500 lignes. Saisissez la commande à la main dans NetSuite, avec son numéro Amazon et son total, puis réessayez : elle est rattachée. Ou écartez-la.
problem-tax-code-missing = Aucun code de taxe pour { $order }
problem-tax-code-missing-why = La taxe d’Amazon est écrite sur les lignes, ce qui demande un code et un type de taxe.
problem-tax-rate-missing = Combien de TVA le prix de { $order } contient-il ?
problem-tax-rate-missing-why = Le prix contient votre propre taxe, et Amazon ne dit pas combien. Choisissez le taux en pour cent, 0 si vous n’en devez pas ; les taux des autres pays figurent dans la table des taux de taxe, à côté de leurs codes.
problem-tax-rate-missing-code-why = Le prix contient votre propre taxe, et Amazon ne dit pas combien. Donnez au code de taxe { $code } un taux en pour cent dans la table des taux de taxe, sous Correspondances, Tables de correspondance.
problem-carrier-unmapped = Quel transporteur est « { $method } » ? { $document } attend
problem-carrier-unmapped-why = Amazon veut un transporteur de sa liste. Laissez l’application envoyer les autres par leur nom, ou donnez un nom de transporteur au mode d’expédition dans NetSuite.
problem-tracking-missing = { $document } de { $order } n’a pas de numéro de suivi
problem-tracking-missing-why = Amazon en veut un. Saisissez-le sur l’expédition dans NetSuite ; elle est réexaminée d’elle-même. Ou autorisez les expéditions sans numéro.
problem-shipped-too-many = { $order } : { $shipped } × { $sku } expédiés, { $ordered } commandés
problem-shipped-too-many-why = Amazon refuserait. Corrigez les quantités des expéditions dans NetSuite.
problem-shipment-not-taken = Amazon a accepté le colis { $tracking } de { $order } et ne l’affiche pas
problem-shipment-not-taken-why = Le numéro ne ressemble pas à un numéro de { $carrier }, ou le transporteur est faux. Corrigez l’un ou l’autre sur l’expédition dans NetSuite et elle est renvoyée, ou confirmez le colis dans Seller Central.
problem-feed-rejected = Amazon n’a pas pris ce qui lui a été dit de { $order }
problem-feed-rejected-why = { $said } Corrigez dans Seller Central, puis réexaminez.
problem-fulfilment-taken-back = { $document } a été reprise dans NetSuite après qu’Amazon a été informé de { $order }
problem-tracking-not-corrected = Amazon n’affiche pas le numéro corrigé { $tracking } pour un colis de { $order }
problem-tracking-not-corrected-why = Il garde le numéro précédent. Corrigez-le dans Seller Central, ou réessayez.
problem-fulfilment-taken-back-why = Une expédition confirmée ne peut pas être retirée chez Amazon. Expédiez-la de nouveau dans NetSuite, ou laissez-la de côté ici.
problem-order-to-bill-differs = { $document } de { $order } porte { $netsuite } dans NetSuite au lieu de { $amazon }
problem-order-to-bill-differs-why = Quelqu’un l’a modifiée dans NetSuite, ou l’écart a été mis de côté. Elle n’est pas facturée ainsi : corrigez-la dans NetSuite, ou acceptez-la telle quelle.
problem-bill-gone = La facture { $document } de { $order } n’est plus dans NetSuite
problem-bill-gone-why = Quelqu’un l’a supprimée. Rien n’est refacturé tout seul : facturez la commande dans NetSuite, ou laissez-la de côté ici.
problem-bill-edited = { $document } de { $order } porte { $netsuite } et avait été facturée { $written }
problem-bill-edited-why = Quelqu’un a modifié la facture dans NetSuite. Elle n’est pas écrasée : corrigez-la dans NetSuite, ou acceptez-la telle quelle.
problem-left-and-closed = { $item } de { $order } est parti, et sa ligne sur { $document } a été close avant d’être facturée
problem-left-and-closed-why = NetSuite ne facture plus une ligne close. Rouvrez-la dans NetSuite, ou laissez la commande de côté ici.
problem-billed-differently = { $order } est facturée ({ $document }) pour { $netsuite } au lieu de { $amazon }
problem-billed-differently-why = Quelqu’un l’a facturée à la main pour un autre montant, à un autre client ou une fois de plus. Rien n’est facturé deux fois.
problem-period-closed = { $order } tombe dans { $period }, période clôturée dans NetSuite
problem-settlement-reissued = Amazon a réédité le règlement { $settlement } avec un autre contenu : { $file }
problem-settlement-reissued-why = Le premier reste utilisé, et rien de ce qui est comptabilisé ne change tout seul. Voyez ce que dit autrement le nouveau fichier, puis prenez-le ou gardez ce qui est comptabilisé.
problem-settlement-file-refused = { $file } ne peut pas être lu comme un règlement
problem-settlement-period-closed = Le règlement { $settlement } tombe dans { $period }, période clôturée dans NetSuite
problem-period-closed-why = La période est à rouvrir, ou les écritures sont à déplacer au premier jour ouvert.
problem-order-unreadable = La réponse d’Amazon sur { $order } n’a pas pu être lue
problem-order-unreadable-why = { $detail }. Rien n’en est écrit. L’application la relit à chaque exécution ; si cela persiste, interrogez Amazon sur cette commande ou ignorez-la.
problem-settlement-group = { $order } dans le règlement { $settlement } : { $amount } en attente
problem-line-unmapped-why = Amazon utilise un type de ligne que nous ne connaissons pas, ou que vous seul pouvez affecter. Un seul choix les affecte tous, passés et futurs.
problem-settlement-inconsistent-why = Les lignes du règlement { $settlement } ne donnent pas son total. Rien n’est comptabilisé à partir d’un fichier qui ne tombe pas juste. Il manque le plus souvent une ligne de réserve ou de prêt : attendez le nouveau fichier d’Amazon, ou nommez la ligne manquante avec une raison, puis approuvez.
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
settlement-file-titles-changed = Ligne { $line } : à partir d’ici, les colonnes sont différentes. Donnez chaque fichier séparément.
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
settlement-warning-payout = La ligne { $line } est le versement lui-même ; elle n’est pas comptée.

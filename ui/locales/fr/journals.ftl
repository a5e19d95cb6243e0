# Ce que le cœur dit des écritures des règlements.
settlement-held-open-parts = { $parts } de paiements et de remboursements ne sont pas encore dans NetSuite, même si leur somme est nulle
option-je-per-marketplace = Une écriture par place de marché
option-je-location = Emplacement des lignes d’écriture
option-je-line-entity = Client indiqué sur les lignes d’écriture
reason-journal-unapproved = Dans NetSuite sous { $document }, mais pas encore approuvée : elle comptera dès son approbation
option-acct-mcf-fees = Frais des commandes d’ailleurs expédiées par Amazon
settlement-chain-gap = Un règlement en { $currency } manque avant { $settlement } : aucun ne couvre du { $from } au { $until }. Récupérez le fichier chez Amazon et ajoutez-le ; l’avis disparaîtra de lui-même
settlement-chain-overlap = { $settlement } commence le { $until }, avant la fin de { $previous }, le { $from }
settlement-chain-reserve = { $previous } a retenu une réserve de { $expected }, et { $settlement } rend { $is }
settlement-chain-debt = { $previous } laissait { $expected }, et { $settlement } commence avec { $is }
problem-journals-divided = Le règlement { $settlement } a { $document } dans NetSuite, avec un autre découpage que celui de vos réglages actuels
problem-journals-divided-why = Écrire le reste selon les réglages actuels comptabiliserait une partie deux fois. Rétablissez le découpage par mois ou par place de marché, ou annulez le règlement et comptabilisez-le de nouveau

# Relevés donnés à la main ou téléchargés : ce qui ne va pas, et le remède.
settlement-file-unreadable = Le fichier ne peut pas être lu : { $said }
settlement-file-empty = Le fichier est vide : téléchargez-le de nouveau
settlement-file-not-a-settlement = Ce n’est pas un relevé de règlement, sa première ligne n’a aucun des titres de colonne : dans Seller Central ouvrez Paiements, Tous les relevés, et téléchargez « Fichier plat V2 »
settlement-file-xml = C’est le relevé au format XML : utilisez le « Fichier plat V2 »
settlement-file-spreadsheet = C’est un classeur ou une archive, pas un fichier texte : utilisez le fichier tel qu’Amazon l’a donné, ou enregistrez la feuille en « Texte (séparateur : tabulation) »
settlement-file-bomb = Le fichier compressé se décompresse en plus qu’il n’est permis : décompressez-le vous-même, ou relevez la limite
settlement-file-bad-gzip = Le fichier compressé est abîmé ou incomplet : téléchargez-le de nouveau
settlement-file-bad-text = Le texte n’est pas en { $encoding } : indiquez l’encodage
settlement-file-column-missing = La colonne « { $column } » manque : utilisez le fichier tel qu’Amazon l’a donné
settlement-file-column-twice = La colonne « { $column } » y est deux fois : utilisez le fichier tel qu’Amazon l’a donné
settlement-file-no-rows = Il y a des titres mais aucune ligne : téléchargez le fichier de nouveau
settlement-file-not-an-amount = « { $cell } » dans { $column } n’est pas un montant au style de ce fichier : utilisez le fichier tel qu’Amazon l’a donné
settlement-file-amount-missing = La ligne a un type mais pas de { $column } : utilisez le fichier tel qu’Amazon l’a donné
settlement-file-too-fine = « { $cell } » dans { $column } a plus de quatre décimales, comme les laisse un tableur : utilisez le fichier tel qu’Amazon l’a donné
settlement-file-too-large = « { $cell } » dans { $column } est trop grand pour un montant d’argent
settlement-file-not-a-date = « { $cell } » dans { $column } n’est pas une date : utilisez le fichier tel qu’Amazon l’a donné
settlement-file-ambiguous-date = « { $cell } » dans { $column } : rien dans le fichier ne distingue le jour du mois : dites lequel vient d’abord
settlement-file-not-a-quantity = « { $cell } » dans { $column } n’est pas un nombre entier d’unités
settlement-file-no-settlement-id = La ligne n’a pas de settlement-id : utilisez le fichier tel qu’Amazon l’a donné
settlement-file-no-currency = Le relevé { $settlement } ne nomme aucune devise : utilisez le fichier tel qu’Amazon l’a donné
settlement-file-two-currencies = Le relevé { $settlement } est en { $first }, mais cette ligne est en { $second } : utilisez le fichier tel qu’Amazon l’a donné
settlement-file-two-totals = Le relevé { $settlement } a deux totaux différents : donnez chaque fichier séparément
settlement-file-cut-short = La dernière ligne est coupée : téléchargez le fichier de nouveau
settlement-file-no-total = Le relevé { $settlement } n’a pas de total pour prouver ses lignes : utilisez un fichier avec la ligne de résumé qu’Amazon met en premier
settlement-file-does-not-add-up = Le relevé { $settlement } ne tombe pas juste : son total dit { $declared }, ses lignes font { $sum }, soit { $difference } d’écart : téléchargez-le de nouveau, ou attendez qu’Amazon le réémette
settlement-file-stopped = Arrêté avant la fin

settlement-warning-day-and-month-assumed = Le jour et le mois n’ont été distingués que par la place de marché
settlement-warning-short-rows = { $count ->
    [one] Une ligne est plus courte que les titres ; ce qui lui manque est lu comme vide
   *[other] { $count } lignes sont plus courtes que les titres ; ce qui leur manque est lu comme vide
}
settlement-warning-extra-columns = Colonnes gardées mais non comprises : { $titles }
settlement-warning-resaved = Le fichier a été enregistré par un tableur
settlement-check-total = total
settlement-check-sum = somme de { $lines } montants en { $rows } lignes, { $currency }

### Fichiers d’une banque : ce qui n’y va pas, et pourquoi un virement n’en est pas proposé.

bank-file-why-several = Les lignes { $lines } pourraient chacune être ce virement. Saisissez-le à la main sur le règlement.
bank-file-why-shared = La ligne { $line } pourrait aussi être le virement du règlement { $settlement }. Saisissez-le à la main sur le règlement.
bank-file-why-other-day = La ligne { $line } porte ce montant, mais le { $day }, loin du jour du virement. Saisissez-le à la main si c’est bien lui.
bank-file-why-went-out = La ligne { $line } du { $day } porte ce montant en sortie. Le virement est peut-être revenu ; regardez votre compte bancaire.
bank-file-why-other-currency = Le fichier est en { $currency } : le montant n’y dit rien. Saisissez à la main ce que la banque a reçu, avec ses frais.
bank-file-why-nothing = Aucune opération d’exactement ce montant. Il n’est peut-être pas encore arrivé, ou la banque a gardé des frais : saisissez-le alors à la main.

bank-file-unreadable = { $file } ne peut pas être lu : { $said }. Un nouvel essai, ou un autre emplacement, peut aider.
bank-file-empty = { $file } est vide. Téléchargez-le de nouveau depuis votre banque.
bank-file-too-large = { $file } dépasse la taille d’un relevé (16 Mo). Téléchargez une période plus courte.
bank-file-not-text = { $file } n’est pas un fichier texte. Téléchargez-le depuis votre banque en CSV ou en OFX, ou enregistrez la feuille en CSV.
bank-file-not-a-statement = { $file } n’a pas de colonnes. Téléchargez-le depuis votre banque en CSV ou en OFX.
bank-file-no-entries = { $file } n’a aucune opération avec un jour et un montant. Téléchargez une période qui en a, ou choisissez les colonnes.
bank-file-cut-short = { $file } s’arrête trop tôt. Téléchargez-le de nouveau depuis votre banque.
bank-file-open-quote = { $file }, ligne { $line } : un guillemet est ouvert et jamais fermé. Téléchargez de nouveau le fichier.
bank-file-column-gone = { $file } n’a pas les colonnes choisies. Choisissez-les de nouveau.
bank-file-field-missing = { $file }, ligne { $line } : l’opération n’a pas de { $field }. Téléchargez de nouveau le fichier, ou utilisez le CSV.
bank-file-not-an-amount = { $file }, ligne { $line }, « { $field } » : « { $cell } » n’est pas un montant tel que le reste du fichier l’écrit. Corrigez la cellule, ou choisissez d’autres colonnes.
bank-file-too-fine = { $file }, ligne { $line }, « { $field } » : « { $cell } » a plus de décimales que sa devise. Corrigez la cellule, ou choisissez d’autres colonnes.
bank-file-not-a-date = { $file }, ligne { $line }, « { $field } » : « { $cell } » n’est pas une date telle que le reste du fichier l’écrit. Corrigez la cellule, ou choisissez d’autres colonnes.
bank-file-not-a-side = { $file }, ligne { $line }, « { $field } » : « { $cell } » ne dit pas si le montant est entré ou sorti. Corrigez la cellule, ou choisissez d’autres colonnes.
bank-file-not-a-currency = { $file }, ligne { $line }, « { $field } » : « { $cell } » n’est pas le code d’une devise. Corrigez la cellule, ou choisissez d’autres colonnes.
bank-file-both-sides = { $file }, ligne { $line }, « { $field } » : le montant est à la fois entré et sorti. Corrigez la ligne, ou choisissez d’autres colonnes.

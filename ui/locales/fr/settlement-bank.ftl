### À la banque : les mots de la vérification.

stage-in-the-bank = À la banque
bank-title = À la banque
bank-received = { $amount } le { $day }
bank-fee-of = après { $fee } de frais bancaires
bank-take-back = Reprendre
bank-enter = Saisir ce que la banque a reçu…
bank-in-transit-hint = { $amount } sont en route. Une fois saisi ce que la banque a reçu, une petite écriture les porte au compte bancaire ; les frais de la banque et l’écart de change y ont chacun leur ligne.
bank-on-bank-hint = { $amount } sont portés au compte bancaire. Saisissez ce qu’il a reçu pour boucler le règlement ; si la banque a pris des frais, ils sont comptabilisés.
bank-enter-title = Ce que la banque a reçu sur { $amount }
bank-enter-journal = Une petite écriture dans la devise de la banque est passée aussitôt. Vous pourrez la reprendre.
bank-enter-fee = S’il est arrivé moins, le reste est comptabilisé en frais bancaires. Vous pourrez le reprendre.
bank-day = Jour dans les livres de la banque
bank-amount = Montant reçu
bank-currency = Devise
bank-fee = Frais retenus par la banque, si elle les indique
bank-enter-do = Saisir
bank-incomplete = Saisissez d’abord le jour et le montant

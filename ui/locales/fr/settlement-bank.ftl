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
bank-file-open = Chercher dans un fichier bancaire…
bank-file-title = Chercher les virements dans un fichier bancaire
bank-file-hint = Un relevé de votre compte bancaire en CSV, OFX ou QFX. L’application y cherche chaque virement comptabilisé qui n’est pas encore à la banque. Rien n’est saisi sans votre accord, et rien du fichier n’est conservé.
bank-file-choose = Choisir un fichier
bank-file-again = Choisir un autre fichier
bank-file-drop = Ou déposez-le ici.
bank-file-reading = Lecture en cours
bank-file-entries =
    { $count ->
        [one] { $count } opération
       *[other] { $count } opérations
    } du { $from } au { $to }.
bank-file-left-out =
    { $count ->
        [one] { $count } ligne sans jour ou sans montant est laissée de côté.
       *[other] { $count } lignes sans jour ou sans montant sont laissées de côté.
    }
bank-file-none-open = Tous les virements comptabilisés sont déjà à la banque. Il n’y a rien à chercher.
bank-file-proposed = Trouvés, une opération chacun
bank-file-not-proposed = Non proposés, et pourquoi
bank-file-line = Ligne { $line }, { $day }
bank-file-accept = Accepter
bank-file-accept-named = Accepter { $amount } de { $name }
bank-file-accept-all =
    { $count ->
        [one] Accepter { $count } virement
       *[other] Accepter les { $count }
    }
bank-file-accepted = À la banque
bank-file-close = Fermer
bank-file-ask-columns = L’application ne reconnaît pas les colonnes. Indiquez celle du jour et celles des montants.
bank-file-ask-order = Chaque date de ce fichier se lit de deux façons. Indiquez ce qui vient d’abord.
bank-file-ask-currency = Le fichier ne dit pas dans quelle devise sont ses montants.
bank-file-column-none = Aucune
bank-file-column-numbered = Colonne { $number }
bank-file-column-date = Jour
bank-file-column-amount = Montant, entrées et sorties
bank-file-column-credit = Montant entré
bank-file-column-debit = Montant sorti
bank-file-column-currency = Colonne de la devise
bank-file-currency = Devise
bank-file-choose-one = Choisir…
bank-file-day-first = Jour, puis mois
bank-file-month-first = Mois, puis jour
bank-file-order = Dates
bank-file-read-again = Lire ainsi
bank-file-change = Colonnes

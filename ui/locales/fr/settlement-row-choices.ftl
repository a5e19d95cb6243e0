### Ce qu’une personne décide d’une ligne d’un règlement : phrases du noyau.

settlement-reason-written-off = { $amount } passé en perte au compte { $account }
settlement-reason-split =
    { $count ->
        [one] Au compte que vous avez nommé
       *[other] Réparti sur { $count } comptes
    }
said-row-noted = Note enregistrée.
said-row-note-gone = Note supprimée.
said-row-later = Remise à plus tard. Vous la retrouvez sous Plus tard.
said-row-taken-up = De retour dans sa liste.
said-row-accepted = Acceptée, tant que le rapprochement reste le même.
said-exact-accepted =
    { $count ->
        [one] { $count } rapprochement exact accepté.
       *[other] { $count } rapprochements exacts acceptés.
    }
said-row-act-undone =
    { $count ->
        [one] Repris.
       *[other] Repris pour { $count } lignes.
    }
said-row-cleared = Votre choix est repris. La ligne est rapprochée à nouveau.
said-row-written-off = Passé en perte au compte { $account }.
said-row-split =
    { $count ->
        [one] La ligne va au compte que vous avez nommé.
       *[other] Répartie sur { $count } comptes.
    }
said-row-linked = La ligne va désormais avec { $documents }. Elle est rapprochée à nouveau.
said-row-standalone = Un avoir séparé rend cet argent. Il est écrit à la comptabilisation.
said-order-asked-for = La commande { $order } est demandée. La ligne est rapprochée à nouveau dès qu’elle est là.
said-rule-declined = La question ne vous sera plus posée.
said-settlement-in-books = Marqué comme déjà comptabilisé. Plus rien n’y est écrit.
error-note-too-long = Une note a { $most } caractères au plus. Raccourcissez-la.
error-row-not-matched = Cette ligne n’est pas encore rapprochée : il n’y a rien à accepter. Cherchez son document, ou créez ce qui manque.
error-nothing-to-accept = Tous les rapprochements exacts sont déjà acceptés.
error-nothing-open = Rien n’est ouvert sur cette ligne : il n’y a rien à passer en perte.
error-write-off-too-much = { $open } reste ouvert sur cette ligne, et l’on peut passer en perte { $limit } au plus. Cherchez son document, ou acceptez l’écart du règlement avec une raison.
error-split-order = L’argent d’un acheteur va aux documents de la commande et ne se répartit pas sur des comptes. Cherchez plutôt ses documents.
error-split-left = { $left } n’est pas encore sur un compte. Les parts doivent atteindre le montant de la ligne.
error-not-an-amount = « { $text } » n’est pas un montant. Écrivez-le comme 1 234,50, sans devise.
error-find-no-order = Cette ligne n’appartient à aucune commande : aucune facture ne peut la prendre. Répartissez-la plutôt sur des comptes.
error-find-none = Choisissez entre 1 et 20 documents.
error-find-mixed = { $document } est d’un autre client ou dans une autre devise. Un paiement va aux documents d’un seul client, dans la devise du règlement.
error-find-offline = NetSuite ne répond pas : rien n’a été cherché. Vérifiez la connexion, puis cherchez à nouveau.
error-row-nothing-missing = Rien ne manque plus à cette ligne. Regardez-la à nouveau.
evidence-note = Note : { $text }
match-suggested = La facture { $document } convient
match-suggested-why = La seule facture ouverte de ce montant exact, à peu près du même jour. OK y rattache la ligne.

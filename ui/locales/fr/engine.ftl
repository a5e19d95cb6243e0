### Les mots du moteur : ce que fait une exécution, pourquoi elle a échoué, ce qu’une écriture a rencontré.

## Exécutions

run-doing-starting = Démarrage…
run-doing-writing = Envoi de ce qui a été décidé…
run-doing-confirming = Relecture de ce qui a été envoyé…
run-disk-full = Le disque est plein. La synchronisation est en pause pour ne rien perdre.
run-store-failed = Ce qui a été trouvé n’a pas pu être gardé : { $said }
run-held-back = Plus rien n’est écrit tant que personne n’a examiné les totaux qui diffèrent. La question se trouve sur la page Erreurs.
problem-run-network-what = Le service est injoignable
problem-run-network-why = { $said }. L’application réessaiera d’elle-même à la prochaine exécution.
problem-run-throttled-what = Le service demande de ralentir
problem-run-throttled-why = { $said }. L’application réessaiera d’elle-même à la prochaine exécution.
problem-run-misread-what = L’application ne comprend pas une réponse reçue
problem-run-misread-why = { $said }. Ce flux s’arrête ici, les autres continuent. La réponse est conservée pour l’assistance.
problem-unknown-word-what = Amazon emploie un mot que l’application ne connaît pas encore : { $word }
problem-unknown-word-why = Il est apparu d’abord dans la commande { $order }. Il est conservé tel quel, rien ne l’attend, et il ne sera plus signalé.
problem-run-permission-what = La connexion n’a pas le droit de lire ce dont ce flux a besoin
problem-run-permission-why = { $said }. Donnez à la connexion le rôle manquant, puis réessayez.
problem-run-refused-what = Le service a refusé une question de ce flux
problem-run-refused-why = Il a répondu : { $said }. L’application réessaiera d’elle-même à la prochaine exécution. Si cela persiste, copiez les détails et demandez de l’aide.
problem-run-fault-what = L’application s’est trompée pendant cette exécution
problem-run-fault-why = Rien n’est perdu et les autres flux continuent. Le journal technique indique où cela s’est produit.

## Connexion

problem-signed-out-what = { $service ->
    [netsuite] NetSuite n’accepte plus la connexion
   *[amazon] Amazon n’accepte plus la connexion
}
problem-signed-out-why = { $said }. Tout est en pause pour ce compte. Reconnectez-le et l’application reprendra là où elle s’est arrêtée.

problem-clock-what = { $minutes ->
    [one] L’horloge de cet ordinateur a { $minutes } minute d’écart
   *[other] L’horloge de cet ordinateur a { $minutes } minutes d’écart
}
problem-clock-why = Amazon et NetSuite refusent ces demandes. Réglez la date et l’heure de cet ordinateur ; l’application reprendra d’elle-même à la prochaine exécution.

## Écritures

problem-refused-what = { $service ->
    [amazon] Amazon
   *[other] NetSuite
} a refusé : { $said }
problem-refused-why = { $record ->
    [salesOrder] La commande client n’a pas été créée.
    [invoice] La facture n’a pas été créée.
    [cashSale] La vente au comptant n’a pas été créée.
    [customer] Le client n’a pas été créé.
    [itemFulfillment] L’expédition n’a pas été créée.
    [customerPayment] Le paiement n’a pas été créé.
    [creditMemo] L’avoir n’a pas été créé.
    [customerRefund] Le remboursement client n’a pas été créé.
    [cashRefund] Le remboursement au comptant n’a pas été créé.
    [journalEntry] L’écriture de journal n’a pas été créée.
    [shipmentConfirmation] Amazon n’a pas été informé de l’expédition.
   *[other] Rien n’a été écrit.
} Corrigez dans NetSuite ou dans les réglages, puis réessayez.
problem-unreachable-what = { $service ->
    [amazon] Amazon
   *[other] NetSuite
} n’a pas pris cette écriture après { $tries ->
    [one] { $tries } essai
   *[other] { $tries } essais
}
problem-unreachable-why = { $said }. L’application réessaiera d’elle-même à chaque exécution.
problem-conflict-what = { $document } porte déjà ce nom dans NetSuite, avec un autre montant
problem-conflict-why = Le montant devrait être { $ours } et il est { $theirs }. Rien n’a été modifié. Corrigez ou supprimez ce document dans NetSuite, puis réessayez.
problem-record-gone-what = NetSuite n’a plus { $record }, que nous avions créé.
problem-record-gone-why = Quelqu’un l’y a supprimé, ou a modifié son ID externe. Recréez-le, ou laissez-le de côté définitivement.
problem-written-differ-what = { $count } des { $total } commandes qui viennent d’être écrites ont un autre total dans NetSuite. Plus rien n’est écrit.
problem-written-differ-why = Autant d’écarts ont souvent une seule cause, comme une règle de prix, une remise ou une taxe que NetSuite ajoute. Corrigez-la là-bas, puis réessayez : le reste est écrit. Ou autorisez une part plus grande.
problem-total-differs-what = { $document } a été créé, mais NetSuite compte un autre total
problem-total-differs-why = Le total devrait être { $ours } et il est { $theirs }. Une règle de prix, une remise ou une taxe dans NetSuite fait la différence.
problem-total-differs-tax-why = Le total devrait être { $ours } et il est { $theirs }. La différence est une taxe de { $tax } que NetSuite a ajoutée de lui-même : rendez le client et les articles non taxables, ou choisissez un code de taxe à zéro.
problem-settlement-file-gone = Le fichier n’est plus conservé sur cet ordinateur. Donnez-le à nouveau à la main.

## Annulation

step-reverse-journal = Contre-passer l’écriture de journal
step-delete-record = { $record ->
    [customerPayment] Supprimer le paiement
    [creditMemo] Supprimer l’avoir
    [customerRefund] Supprimer le remboursement client
    [cashRefund] Supprimer le remboursement au comptant
   *[other] Supprimer l’enregistrement
}

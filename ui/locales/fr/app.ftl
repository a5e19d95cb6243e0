# Les phrases que l’application dit elle-même, quelle que soit la fenêtre.

error-not-found = { $what } n’est plus là.
error-bad-request = L’application n’a pas compris cette demande. Rien n’a été modifié.
error-bad-field = L’application n’a pas pu utiliser « { $field } » de cette demande. Rien n’a été modifié.
error-marketplace-not-sold = Votre compte Amazon ne vend pas sur « { $marketplace } ». Rien n’a été modifié.
error-choices = NetSuite n’a pas donné cette liste. Indiquez plutôt le numéro interne de l’enregistrement, ou réessayez dans un instant.
error-option-switch = « { $value } » n’est ni oui ni non. Rien n’a été modifié.
error-option-word = « { $value } » ne fait pas partie des choix. Rien n’a été modifié.
error-option-item-field = « { $value } » n’est pas un champ d’article. Saisissez l’ID d’un champ personnalisé, par exemple custitem_amazon_sku. Rien n’a été modifié.
error-option-number = « { $value } » n’est pas un nombre. Écrivez-le avec un point, par exemple 0.02. Rien n’a été modifié.
error-option-record = « { $value } » n’est pas le numéro interne d’un enregistrement NetSuite. Choisissez-en un dans la liste. Rien n’a été modifié.
error-option-country = « { $value } » n’est pas un pays. Écrivez ses deux lettres, par exemple PL. Rien n’a été modifié.
error-option-day = « { $value } » n’est pas un jour. Choisissez-en un dans le calendrier. Rien n’a été modifié.
error-no-such-command = La commande « { $name } » n’existe pas.
error-workspace-in-use = Cette société est ouverte dans une autre fenêtre Passerelle. Fermez l’autre fenêtre, puis réessayez.
error-workspace-newer = Cette société a été ouverte avec une version plus récente de Passerelle. Mettez celle-ci à jour ; rien n’a été modifié.
error-workspace-corrupt = Le fichier de la société est endommagé. Rien n’a été modifié. Restaurez une sauvegarde pour continuer.
error-workspace-corrupt-backup = Le fichier de la société est endommagé. Rien n’a été modifié. Une sauvegarde se trouve à côté : { $backup }
error-workspace-io = Impossible de lire ou d’écrire le fichier de la société. Vérifiez le dossier et ses droits, puis réessayez.
error-workspace-busy = Un autre programme occupe le fichier de la société. Réessayez dans un instant.
error-file-unreadable = Impossible de lire le fichier jusqu’au bout. Rien n’en a été conservé.
error-too-large = C’est plus que ce que l’application accepte en une fois. Rien n’a été modifié.
error-upload-gone = L’application n’attend plus ce fichier. Choisissez-le de nouveau.
error-upload-not-kept = Impossible de mettre le fichier de côté sur cet ordinateur. Libérez de la place, puis réessayez.
error-stopped = L’opération a été arrêtée avant la fin. Rien n’en a été conservé.
error-disk-full = Le disque est plein. La synchronisation est en pause pour ne rien perdre. Libérez de la place, puis synchronisez de nouveau.
error-fault = Une erreur s’est produite dans l’application. Vos données sont intactes. Copiez les détails pour l’assistance.
error-nothing-to-leave-out = Il s’agit d’une connexion ou de toute une exécution : il n’y a pas d’enregistrement à laisser de côté. Reportez plutôt la cause.
error-already-running = C’est déjà en cours.
error-not-connected = Rien n’est encore connecté pour cela. Connectez d’abord Amazon et NetSuite.
error-live-not-ready = La connexion de comptes réels ne fait pas partie de cette version. Utilisez la société de démonstration.
error-no-secret-store = Cet ordinateur n’a pas d’endroit pour les secrets. Déverrouillez le trousseau, puis réessayez.
error-cannot-approve = Ce règlement ne peut pas encore être comptabilisé. Réglez d’abord ce qui est indiqué sous le bouton.

error-offline = Le service ne répond pas. Rien n’a été modifié ; réessayez dans un instant.
said-run-cancelled = L’exécution s’arrête après l’enregistrement en cours. Le reste attend la prochaine fois.
said-run-over = Cette exécution était déjà terminée.
said-edited = La modification sert une seule fois. Nouvel essai de { $key }.
said-noted = C’est noté.
said-included = { $count ->
    [one] { $count } enregistrement est repris en compte et examiné.
   *[other] { $count } enregistrements sont repris en compte et examinés.
}
said-make-again = L’enregistrement est recréé.
said-marketplace-added = { $country } est ajoutée. Son premier jour et ses comptes vous sont demandés ensuite.
said-put-back = Ce que nous avions écrit est réécrit.
said-adopted = L’enregistrement est associé. Ce qui l’attendait est examiné de nouveau.
said-item-linked = { $sku } est associé. Les commandes qui l’attendaient sont examinées de nouveau.
said-placeholder = { $count ->
    [one] L’article de remplacement sert pour { $count } commande, marquée à vérifier.
   *[other] L’article de remplacement sert pour { $count } commandes, marquées à vérifier.
}
said-line-mapped = « { $kind } » a son compte. Les règlements qui l’attendaient sont examinés de nouveau.
said-option-set = Enregistré. Ce qui l’attendait est examiné de nouveau.
said-resumed = Les planifications reprennent. Ce qui était prévu est rattrapé maintenant.
said-excluded = { $count ->
    [one] { $count } enregistrement est laissé de côté.
   *[other] { $count } enregistrements sont laissés de côté.
}
said-excluded-always = { $count ->
    [one] { $count } enregistrement est laissé de côté, ainsi que les suivants de même cause.
   *[other] { $count } enregistrements sont laissés de côté, ainsi que les suivants de même cause.
}
said-exclude-undone = { $count ->
    [one] { $count } enregistrement est comme avant.
   *[other] { $count } enregistrements sont comme avant.
}
said-snoozed = Reporté jusqu’au { $until }. Le retour se fait tout seul.
said-woken = La cause compte de nouveau.
said-imported = { $count ->
    [0] Ce fichier est déjà là. Rien n’a été modifié.
    [one] 1 règlement importé.
   *[other] { $count } règlements importés.
}
said-demo-reset = La société de démonstration repart de zéro à sa prochaine ouverture.

record-done = Dans les comptes
record-held = Prêt, en attente de votre approbation
record-error = Essayé, nouvel essai à venir
record-planned = Prévu
record-would-write = Écrirait : { $title }

problem-did-looked-again = { $times ->
    [one] Examiné une fois. L’application regarde de nouveau à chaque exécution.
   *[other] Examiné { $times } fois. L’application regarde de nouveau à chaque exécution.
}
problem-did-tries = { $times ->
    [one] Essayé une fois ; l’application réessaie toute seule.
   *[other] Essayé { $times } fois ; l’application réessaie toute seule.
}
problem-did-resolved-itself = Résolu par une exécution suivante.
problem-did-resolved-by-you = Résolu par vous.
resolved-link-item = Résolu par vous : l’article a été associé.
resolved-use-placeholder = Résolu par vous : un article de remplacement sert pour la commande.
resolved-map-line = Résolu par vous : le compte a été choisi.
resolved-make-again = Résolu par vous : l’enregistrement a été recréé.
resolved-add-marketplace = Résolu par vous : la place de marché a été ajoutée.
resolved-put-back = Résolu par vous : ce que nous avions écrit a été rétabli.
resolved-set-option = Résolu par vous : une valeur a été choisie.
resolved-adopt = Résolu par vous : l’enregistrement a été accepté.
resolved-retry = Résolu par vous : votre nouvel essai a réussi.
resolved-edit = Résolu par vous : l’enregistrement a été modifié une fois, puis envoyé.
resolved-include = Repris en compte par vous.
problem-did-excluded-always = Laissé de côté, et toujours pour cette cause : { $reason }
problem-did-excluded = Laissé de côté : { $reason }

remedy-link-item = Choisir l’article
remedy-use-placeholder = Utiliser un article de remplacement…
remedy-map-line = Choisir le compte
remedy-set-option = Choisir une valeur
remedy-make-again = Le recréer
remedy-add-marketplace = Ajouter cette place de marché
remedy-put-back = Rétablir le nôtre
remedy-adopt = Utiliser cet enregistrement
remedy-reconnect = Reconnecter
remedy-retry = Réessayer
remedy-look = Examiner

timeline-ordered = Commandé sur Amazon
timeline-in-netsuite = Dans NetSuite
timeline-adopted = Trouvé dans NetSuite, saisi à la main
timeline-shipped = Expédié
timeline-paid = Payé par un règlement
timeline-refunded = Remboursé
timeline-linked = Associé
timeline-sales-order = Commande client dans NetSuite
timeline-invoice = Facturé
timeline-cash-sale = Vente au comptant dans NetSuite
timeline-credit-memo = Avoir émis
timeline-package-shipped = Expédié
timeline-package = { $package }
timeline-cancelled = Annulé sur Amazon
notice-discount-capped = Les remises dépassent de { $value } ce que vaut la commande : elles ont été ramenées à sa valeur
notice-total-summed = Amazon n’a pas donné de total : { $value } est la somme de ses montants
notice-country-assumed = Amazon n’a pas dit dans quel pays elle part : { $value }, le pays de la place de marché, en tient lieu
notice-unusual-currency = Elle est en { $value }, qui n’est pas la devise de la place de marché
notice-tax-variance = La taxe calculée par NetSuite éloigne son total de celui d’Amazon de { $value }
notice-buyer-withheld = Amazon n’a donné ni nom ni rue : votre application n’a pas le rôle pour les données d’acheteur ({ $value })
notice-tax-withheld = Amazon n’a pas dit qui doit la taxe, car votre application n’a pas le rôle nécessaire ({ $value }) : votre réglage décide
timeline-settled =
    { $count ->
        [one] Dans un règlement, { $count } ligne
       *[other] Dans un règlement, { $count } lignes
    }

home-in-sync = Tout est synchronisé.
home-not-yet = Rien n’a encore été synchronisé.
home-syncing = { $count ->
    [one] Synchronisation : { $count } flux en cours.
   *[other] Synchronisation : { $count } flux en cours.
}
home-needs-you = { $count ->
    [one] { $count } point à traiter.
   *[other] { $count } points à traiter.
}
home-offline = Hors ligne depuis le { $when }. Nous rattraperons tout de nous-mêmes.
home-retrying = { $count ->
    [one] Nouvel essai : { $count } point n’a pas encore abouti.
   *[other] Nouvel essai : { $count } points n’ont pas encore abouti.
}
home-disk-full = Le disque est plein. La synchronisation est en pause pour ne rien perdre.
home-store-failed = L’espace de travail de cet ordinateur ne peut pas être écrit. La synchronisation est en pause pour ne rien perdre.
home-paused = Les planifications sont suspendues.
home-paused-until = Les planifications sont suspendues jusqu’au { $when }.
home-detail-never = Synchroniser maintenant fait entrer les commandes et les règlements.
home-detail-checked = { $minutes ->
    [0] Tout le reste est synchronisé. Dernière vérification à l’instant.
    [one] Tout le reste est synchronisé. Dernière vérification il y a 1 minute.
   *[other] Tout le reste est synchronisé. Dernière vérification il y a { $minutes } minutes.
}
home-detail-last = { $minutes ->
    [0] Dernière vérification à l’instant.
    [one] Dernière vérification il y a 1 minute.
   *[other] Dernière vérification il y a { $minutes } minutes.
}
home-detail-room = Libérez de la place sur cet ordinateur. L’application reprendra d’elle-même.
home-detail-store = Fermez les programmes qui tiennent le dossier de données et vérifiez l’état de son disque. L’application reprendra d’elle-même.
home-todo-review = { $count ->
    [one] { $count } règlement à vérifier
   *[other] { $count } règlements à vérifier
}
home-todo-review-detail = Rapproché de NetSuite et prouvé ligne par ligne.
home-todo-review-action = Vérifier les règlements

notice-needs-you-title = Passerelle a besoin de vous
notice-paused-title = La synchronisation est en pause
notice-to-ship-title = Commandes à expédier maintenant
notice-to-ship = { $count ->
    [one] { $count } commande n’est pas confirmée comme expédiée. Amazon l’attend avant le { $when }.
   *[other] { $count } commandes ne sont pas confirmées comme expédiées. Amazon attend la première avant le { $when }.
}
notice-several = { $count ->
    [one] { $count } point à traiter.
   *[other] { $count } points à traiter.
}
notice-review-title = Un règlement est prêt à vérifier
notice-review = { $count ->
    [one] { $count } règlement attend votre approbation.
   *[other] { $count } règlements attendent votre approbation.
}

run-waiting-amazon = { $seconds ->
    [one] Amazon accepte la prochaine demande dans { $seconds } seconde. Rien n’est bloqué.
   *[other] Amazon accepte la prochaine demande dans { $seconds } secondes. Rien n’est bloqué.
}
run-waiting-netsuite = { $seconds ->
    [one] NetSuite accepte la prochaine demande dans { $seconds } seconde. Rien n’est bloqué.
   *[other] NetSuite accepte la prochaine demande dans { $seconds } secondes. Rien n’est bloqué.
}
run-waiting-retry = { $seconds ->
    [one] Le dernier essai a échoué pour une raison passagère. Le prochain a lieu dans { $seconds } seconde.
   *[other] Le dernier essai a échoué pour une raison passagère. Le prochain a lieu dans { $seconds } secondes.
}

doctor-all-well = Tout est juste : rien n’est perdu, rien n’est en double, chaque écriture est équilibrée.

sync-flow = Flux
sync-account = Compte
sync-errors = Erreurs
sync-no-such-flow = Il n’y a pas de flux « { $flow } » : voyez `passerelle flows`

story-orders = { $count } commandes vues sur Amazon, dont { $booked } dans les comptes.
story-settlements = { $ready ->
    [one] { $ready } règlement est prêt à vérifier, { $asking } à traiter d’abord.
   *[other] { $ready } règlements sont prêts à vérifier, { $asking } à traiter d’abord.
}
story-problems = { $count ->
    [0] Rien d’autre à traiter.
    [one] 1 point à traiter. Les écrans disent lequel, et quel bouton le résout.
   *[other] { $count } points à traiter. Les écrans disent lesquels, et quel bouton les résout.
}

check-file-adds-up = Les lignes donnent le total d’Amazon
check-debits-equal-credits = Les débits égalent les crédits
check-clearing-zero = Le compte d’attente revient à 0,00 après comptabilisation
side-total = Total
side-currency = Devise
side-customer = Client
side-units = Unités
side-line = { $item }
side-line-units = { $item }, unités

will-write-payments = Paiements sur factures
will-write-credit-memos = Avoirs
will-write-refunds = Remboursements
will-write-journals = Écritures de journal

why-not-posted = Ce règlement est dans les comptes.
why-not-posting = La comptabilisation est en cours.
why-not-not-matched = Pas encore rapproché de NetSuite. Synchronisez d’abord les règlements.

match-order = Commande
match-refund = Remboursement
match-named = { $name }
match-netsuite-refund = Avoir et remboursement { $document }
match-netsuite-payment = Paiement sur { $document }
match-netsuite-journal = Dans l’écriture
match-netsuite-nothing = Rien à comptabiliser
match-netsuite-waiting = Attend sa facture
match-netsuite-none = Rien trouvé
match-netsuite-excluded = Laissé de côté par vous

undo-question = Annuler la comptabilisation du règlement { $settlement } ?

cannot-handled-elsewhere = Elle est traitée ailleurs. Reprenez-la d’abord.
cannot-resend-nothing-shipped = Rien n’en a encore été expédié dans NetSuite : il n’y a rien à confirmer.
cannot-resend-not-told = Amazon n’en sait encore rien : la prochaine exécution des expéditions le confirme, ou son erreur dit ce qui manque.
cannot-resend-untracked = Elle a été confirmée sans numéro de suivi. Saisissez le numéro dans NetSuite : l’application le dit alors à Amazon.
cannot-resend-under-way = Ce colis est en cours de confirmation. Réessayez quand ce sera fait.
cannot-resend-off = Les expéditions sont arrêtées là où cette commande a été vendue. Mettez d’abord le flux en marche dans Planification.
cannot-bill-not-in-netsuite = Elle n’a pas encore de commande client dans NetSuite. Synchronisez d’abord cette commande.
cannot-bill-is-a-bill = Elle est entrée dans NetSuite comme { $document }, qui la facture déjà.
cannot-bill-under-way = Une facture est en route vers NetSuite. Réessayez quand ce sera fait.
cannot-bill-off = La facturation est arrêtée là où cette commande a été vendue. Mettez d’abord le flux en marche dans Planification.
error-parcel-incomplete = Amazon n’accepte aucun colis sans transporteur ni numéro de suivi. Rien n’a été envoyé.
error-days-backwards = Le dernier jour précède le premier. Rien n’a été lancé.
error-no-such-zone = Ce fuseau horaire n’existe pas. Choisissez-en un dans la liste.
said-shipment-resent = { $tracking } est redit à Amazon. La commande est relue ensuite.
said-billing-looks = La facturation examine { $order } maintenant.
said-handled-elsewhere = { $order } vous est laissée. Aucun flux n’y touche.
said-taken-back = { $order } est reprise et examinée.
reason-left-out = Laissé de côté : { $reason }
timeline-handled-elsewhere = Traitée ailleurs

### Ce qui se dit encore du fichier d’un règlement : mots de l’examen.

reissue-found = Amazon a réédité ce règlement le { $date } : { $file }. Ce qui est comptabilisé reste jusqu’à votre décision.
reissue-counts = { $added } lignes ajoutées, { $removed } supprimées, { $changed } modifiées, { $same } identiques
reissue-totals = Le total { $before } devient { $after }
reissue-not-balanced = Le nouveau fichier ne tombe pas juste non plus
reissue-show = Montrer ce qui a changé
reissue-hide = Masquer ce qui a changé
reissue-accept = Prendre le nouveau fichier…
reissue-accept-do = Prendre le nouveau fichier
reissue-keep = Garder ce qui est comptabilisé…
reissue-keep-title = Garder ce qui est comptabilisé
reissue-keep-what = Le nouveau fichier ne change rien. Il reste dans les archives, avec votre raison.
reissue-keep-do = Garder
reissue-loading = Comparaison des deux fichiers…
reissue-table = Ce que dit autrement le nouveau fichier
reissue-row = Ligne
reissue-before = Premier fichier
reissue-after = Nouveau fichier
reissue-added = ajoutée
reissue-removed = supprimée
reissue-changed = modifiée
reissue-more-rows =
    { $count ->
        [one] et { $count } ligne de plus
       *[other] et { $count } lignes de plus
    }
reissue-more-groups =
    { $count ->
        [one] et { $count } commande de plus
       *[other] et { $count } commandes de plus
    }
reissue-was-accepted = Nouveau fichier { $file } pris le { $date }, { $who }
reissue-was-kept = Nouveau fichier { $file } non pris le { $date }, { $who } : { $reason }
reissue-was-overtaken = { $file } a été remplacé par un fichier plus récent
reissue-numbers = Les lignes présentes dans les deux fichiers gardent les numéros du premier ; celles du nouveau fichier sont numérotées à la suite.

## Le fichier et ce qui l’entoure.
proofs = Le fichier d’Amazon
chain-accept = Ne plus l’attendre…
chain-accept-title = Ne plus attendre le règlement manquant
chain-accept-what = Plus personne n’est interrogé à ce sujet. Si son fichier arrive tout de même, ceci disparaît de soi-même.
chain-accept-do = Ne plus attendre
chain-accepted = Plus personne ne l’attend : { $reason }
chain-harmless = Affiché pour votre information. Rien n’est bloqué.
unusual-line =
    { $count ->
        [one] { $what } : { $count } ligne de { $amount } va à rebours de l’habitude
       *[other] { $what } : { $count } lignes, { $amount } en tout, vont à rebours de l’habitude
    }
unusual-harmless = Le fichier d’Amazon fait foi et rien n’est bloqué. Regardez ces lignes une fois avant de comptabiliser.
missing-line = Il manque au fichier { $amount } de son propre total.
missing-wait = Attendez le nouveau fichier d’Amazon, ou nommez la ligne manquante.
missing-add = Nommer la ligne manquante…
missing-add-title = Nommer la ligne qui manque
missing-add-what = Une ligne de { $amount } est ajoutée à l’écriture, avec ce que vous en dites et pourquoi. Rien n’est comptabilisé avant votre approbation.
missing-add-do = Ajouter la ligne
missing-account = Son compte
missing-added = Complété par une ligne de { $amount } : { $what }, { $who } : { $reason }
missing-withdraw = Reprendre la ligne

### Les lignes d’un règlement, les fichiers donnés à la main, les graphiques.

lines-search = Trouver une commande, un SKU, un document ou un montant
lines-export = Exporter les lignes du fichier
lines-with = Avec « { $text } »
line-loading = Lecture de cette ligne
line-open = Montrer ce que contient cette ligne
group-label = La ligne en détail
group-records = Dans NetSuite
group-no-records = Rien n’a été écrit et rien n’est prévu pour cette ligne.
group-line = Ligne
group-what = Ce que dit le fichier d’Amazon
group-net = Somme de ces lignes
group-lines-later = Les lignes du fichier s’affichent une fois ce règlement rapproché de nouveau.
keys-open-line = Montrer la ligne en détail
keys-ends = Première ou dernière ligne
upload-drop = Déposez ici des fichiers de règlement
upload-hint = Fichiers texte d’Amazon (.txt, .tsv, .csv), aussi compressés en .gz, plusieurs à la fois.
upload-results = Fichiers donnés
upload-reading = Lecture en cours
upload-known = Rien de nouveau : ce fichier a déjà été lu.
upload-refused = Non retenu
upload-open = Ouvrir { $name }
upload-clear = Vider cette liste
settlements-next = Le prochain est attendu vers le { $day }.
history = Les derniers règlements
history-marketplace = Place de marché des graphiques
fees-title = Les frais dans le temps
fees-title-share = Les frais ont pris { $percent } des ventes
fees-label = Frais de chaque règlement, empilés par famille
fees-as-amount = Montant
fees-as-share = % des ventes
fees-unit = Unité du graphique
fees-total = Tous les frais
fees-no-sales = pas de ventes
family-referral = Parrainage
family-fulfilment = Expédition
family-storage = Stockage
family-advertising = Publicité
family-subscription = Abonnement
family-inbound = Transport vers Amazon
family-returns = Retours et retraits
family-selling = Autres frais de vente
family-promotions = Coûts de promotion
family-other = Autres
deposits-title = Virements et réserve
deposits-title-held = Amazon a retenu { $amount } au dernier virement
deposits-chart-label = Virement de chaque règlement, et réserve retenue à sa fin
reserve = Réserve retenue
deposit-owed = Dû à Amazon
chart-axis-currency = Montants en { $currency }
chart-axis-percent = Pourcentage des ventes de produits
chart-figures = Copier les chiffres
chart-figures-copied = Chiffres copiés : collez-les dans un tableur.
chart-image = Copier l’image
chart-image-copied = Image copiée.
chart-image-not-copied = L’image n’a pas pu être copiée : cette fenêtre n’a pas accès au presse-papiers. Les chiffres peuvent être copiés à la place.
chart-image-unable = Ce système n’accepte pas d’images des fenêtres ; copiez les chiffres à la place.
evidence = Justificatif
lines-found =
    { $count ->
        [0] Aucune ligne trouvée
        [one] { $count } ligne trouvée
       *[other] { $count } lignes trouvées
    }
group-lines =
    { $count ->
        [one] { $text } ligne du fichier
       *[other] { $text } lignes du fichier
    }
upload-new =
    { $count ->
        [one] { $count } nouveau règlement. Le rapprochement est en cours.
       *[other] { $count } nouveaux règlements. Le rapprochement est en cours.
    }
ready-open-count = { $name } : { $count } à traiter
chart-named = { $name } : { $value }

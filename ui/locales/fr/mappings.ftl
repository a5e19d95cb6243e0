### Correspondances des champs.

nav-set-up = Réglages de base
nav-mappings = Correspondances
mapping-state = S’applique à : { $scope } · { $rows ->
    [0] aucune ligne propre
    [one] { $rows } ligne propre
   *[other] { $rows } lignes propres
 }
mapping-kinds = Types de pièces
mapping-kind-gaps = { $count ->
    [one] { $count } champ ne peut être rempli
   *[other] { $count } champs ne peuvent être remplis
 }
mapping-applies-to = S’applique à
mapping-all-marketplaces = Toutes les places de marché
mapping-account-of = Compte { $region }
mapping-scope-rows = { $name } – { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
 }
mapping-place = Où
mapping-place-body = La pièce
mapping-place-line = Ses lignes
mapping-target-field = Champ
mapping-filled-from = Rempli par
mapping-origin = Défini pour
mapping-origin-default = D’origine
mapping-origin-workspace = Toutes les places
mapping-origin-account = Le compte
mapping-origin-marketplace = Cette place de marché
mapping-locked = Verrouillé : rempli par l’application
mapping-fails = Ne peut être rempli
mapping-or-else = sinon
mapping-table-of = Table de { $count } selon { $path }
mapping-not-sent = Non envoyé
mapping-by-option = Le réglage : { $value }
mapping-by-table = La table des modes d’expédition
mapping-editor = Le champ choisi et son aperçu
mapping-choose-field = Choisissez un champ
mapping-change-here = Modifier ici
mapping-first-counts = La première ligne dont la condition est remplie compte.
mapping-add-row = Ajouter une ligne avec condition
mapping-reset-shared = Revenir au partagé
mapping-row = Une ligne
mapping-kind = Rempli par
mapping-from-field = Un champ
mapping-from-constant = Valeur fixe
mapping-from-table = Table de conversion
mapping-from-text = Texte avec champs
mapping-from-expression = Expression
mapping-from-omit = Ne pas envoyer
mapping-shape = Écrit comme
mapping-shape-text = Texte
mapping-shape-record = Fiche NetSuite (son id)
mapping-shape-flag = Oui ou non
mapping-shape-number = Nombre
mapping-shape-date = Date
mapping-value = Valeur
mapping-template = Texte
mapping-template-hint = Les champs sont entre accolades, comme dans la source de l’aperçu ci-dessous.
mapping-expression = Expression
mapping-expression-hint = Une ligne avec if et else ; coalesce, trim, upper, lower, first, last, part, replace, join, round, number, shift_days, empty.
mapping-add-path = Ajouter un repli
mapping-remove-path = Retirer ce repli
mapping-format = Format
mapping-format-as-is = Tel quel
mapping-format-upper = MAJUSCULES
mapping-format-lower = minuscules
mapping-format-trim = Sans espaces autour
mapping-format-digits = Chiffres seulement
mapping-format-first = Premiers caractères
mapping-format-last = Derniers caractères
mapping-format-shift-days = Date, décalée en jours
mapping-format-year = Année
mapping-format-year-month = Année et mois
mapping-format-join = Liste avec séparateur
mapping-format-count = Combien
mapping-format-separator = Séparateur
mapping-look-up = Chercher
mapping-pair-from = Cette valeur
mapping-pair-to = Devient
mapping-add-pair = Ajouter une ligne
mapping-remove-pair = Retirer cette ligne
mapping-table-default = Sinon
mapping-table-unique = Échouer sans correspondance unique
mapping-only-when = Seulement quand
mapping-always = Toujours
mapping-test = Est-ce
mapping-test-is = est
mapping-test-is-not = n’est pas
mapping-test-is-one-of = est parmi (séparés par des virgules)
mapping-test-starts-with = commence par
mapping-test-contains = contient
mapping-test-is-filled = est rempli
mapping-test-is-empty = est vide
mapping-compared-with = Ceci
mapping-when-empty = Si c’est vide
mapping-empty-inherit = Prendre ce qui vaut sinon
mapping-empty-leave-out = Ne pas envoyer le champ
mapping-empty-take = Prendre cette valeur
mapping-empty-ask = Me demander
mapping-remove = Retirer cette ligne
mapping-remove-condition = Retirer cette ligne et sa condition
mapping-preview = Aperçu
mapping-preview-of = Avec la pièce
mapping-preview-typical = Rien de ce type n’est encore synchronisé : voici un exemple typique.
mapping-source = Ce que lisent les lignes
mapping-test-50 = Tester sur 50
mapping-test-result = Essayé sur { $tried ->
    [one] { $tried } pièce récente
   *[other] { $tried } pièces récentes
 } ; { $changed ->
    [one] { $changed } serait écrite autrement
   *[other] { $changed } seraient écrites autrement
 }.
mapping-test-fails = Échoue pour { $count ->
    [one] { $count } pièce
   *[other] { $count } pièces
 }.
mapping-test-same = Rien ne changerait
mapping-record = Pièce
mapping-before = Maintenant
mapping-after = Avec ce brouillon
mapping-versions = Versions
mapping-no-versions = Rien n’a encore été modifié ici
mapping-version = Version { $version }
mapping-version-rows = { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
 }, { $records ->
    [0] aucune pièce n’a été écrite avec
    [one] { $records } pièce a été écrite avec
   *[other] { $records } pièces ont été écrites avec
 }
mapping-restore = Restaurer
mapping-current = Actuelle
mapping-save = Enregistrer
mapping-nothing-changed = Rien n’a été modifié
mapping-save-title = Enregistrer comme nouvelle version
mapping-save-what = Elle vaut pour ce qui est écrit à partir de maintenant ; ce qui est écrit reste tel quel.
mapping-note = Pourquoi (facultatif)
mapping-add-field = Remplir un autre champ
mapping-custom-field = Un champ personnalisé
mapping-custom-name = Son id ({ $stem }… ou cseg…)
mapping-custom-field-first = Écrivez d’abord l’id du champ
mapping-add = Ajouter
mapping-options = Réglages de ce flux
mapping-options-hint = Le réglage propre à une place de marché compte d’abord, puis celui du compte, puis celui de toutes, puis celui d’origine.
mapping-option = Réglage
mapping-clear = Effacer
mapping-field-external-id = Identifiant externe
mapping-field-other-ref-num = Numéro de commande
mapping-field-entity = Client
mapping-field-currency = Devise
mapping-field-tran-date = Date
mapping-field-item = Article
mapping-field-quantity = Quantité
mapping-field-rate = Prix unitaire
mapping-field-amount = Montant
mapping-field-memo = Mémo
mapping-field-subsidiary = Filiale
mapping-field-location = Emplacement
mapping-field-department = Service
mapping-field-class = Classe
mapping-field-ship-method = Mode d’expédition
mapping-field-custom-form = Formulaire
mapping-field-sales-rep = Commercial
mapping-field-partner = Partenaire
mapping-field-lead-source = Origine
mapping-field-message = Message
mapping-field-description = Description
mapping-field-entity-id = Nom dans les listes
mapping-field-is-person = Personne ou société
mapping-field-company-name = Nom de la société
mapping-field-first-name = Prénom
mapping-field-last-name = Nom
mapping-field-email = E-mail
mapping-field-category = Catégorie
mapping-field-price-level = Niveau de prix
mapping-field-terms = Conditions de paiement
mapping-field-tax-item = Article de taxe
mapping-field-territory = Territoire
mapping-field-receivables-account = Compte clients
mapping-field-comments = Commentaires
mapping-field-inventory-location = Emplacement
mapping-field-ship-status = Statut d’expédition
mapping-field-due-date = Échéance
mapping-field-account = Compte
mapping-field-package-reference = Référence du colis
mapping-field-tracking-number = Numéro de suivi
mapping-field-order-items = Son contenu
mapping-field-carrier-code = Code du transporteur
mapping-field-carrier-name = Nom du transporteur
mapping-field-shipping-method = Service d’expédition
mapping-field-ship-date = Date d’expédition
mapping-field-ship-from-supply-source = Lieu de départ (identifiant de source d’approvisionnement Amazon)
mapping-discard-title = Abandonner le brouillon ?
mapping-discard-what = Ce que vous avez modifié ici n’est pas enregistré.
mapping-discard = Abandonner
mapping-transfer = Copier, exporter, importer
mapping-transfer-what = Voici les lignes en texte : copiez-les, ou mettez-en d’autres à leur place. Rien ne vaut avant l’enregistrement.
mapping-copy-from = Copier depuis
mapping-rows = Les lignes en texte
mapping-take = Mettre dans le brouillon
mapping-copy = Copier
mapping-reset-all = Aucune ligne
mapping-not-a-mapping = Ce texte n’est pas une correspondance.

## Les tables à côté des lignes

mapping-tables = Tables de correspondance
mapping-tables-which = Table
mapping-tables-from = Cherché avec
mapping-tables-to = Mène à
mapping-tables-none = Aucune ligne pour l’instant.
mapping-table-tax-codes = Codes de taxe
mapping-table-tax-codes-hint = Le lieu de départ, le lieu d’arrivée, qui doit la taxe et qui achète mènent à l’identifiant interne d’un code de taxe. Une étoile vaut pour tout, et la ligne la plus précise compte :
mapping-table-tax-rates = Taux de taxe
mapping-table-tax-rates-hint = L’identifiant interne d’un code de taxe mène à son taux en pour cent. Il retire votre taxe d’un prix quand Amazon ne dit pas combien il en contient, par exemple :
mapping-table-ship-methods = Modes d’expédition
mapping-table-ship-methods-hint = Le niveau de service d’Amazon mène à l’identifiant interne d’un mode d’expédition dans NetSuite, par exemple :
mapping-table-carriers = Transporteurs
mapping-table-carriers-hint = Votre mode d’expédition dans NetSuite mène au transporteur annoncé à Amazon, par exemple :

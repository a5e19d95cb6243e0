### Ce que le cœur dit des correspondances.

mapping-form-fulfilments = Expéditions dans NetSuite
problem-mapping-failed = Le champ « { $field } » ne peut être rempli comme vous l’avez défini
remedy-fix-mapping = Corriger la correspondance…
said-mapping-saved = Enregistré comme version { $version }. Ce qui l’attendait est revu.
error-mapping-wrong = La ligne pour « { $field } » n’est pas encore correcte ; rien n’a été enregistré.
mapping-fault-locked = Ce champ vient d’Amazon seul, ou n’est pas de ceux qu’une correspondance peut remplir.
mapping-fault-no-such-path = Il n’y a pas de « { $path } » à lire ici.
mapping-fault-empty = La valeur est vide, et la ligne en exige une.
mapping-fault-needed = Il doit être envoyé : aucune ligne ne peut l’omettre.
mapping-fault-below-kit = La commande a un kit au-dessus de cette ligne : son numéro dans NetSuite n’est pas encore connu. Ajoutez une condition pour que la ligne ignore ces commandes.
mapping-fault-no-match = La table n’a pas de ligne pour « { $value } ».
mapping-fault-several-matches = La table a des lignes contradictoires pour « { $value } ».
mapping-fault-not-a-record = « { $value } » n’est pas l’id d’une fiche NetSuite.
mapping-fault-not-a-number = « { $value } » n’est pas un nombre.
mapping-fault-not-a-date = « { $value } » n’est pas une date.
mapping-fault-not-a-flag = « { $value } » n’est ni oui ni non.
mapping-fault-expression = Ceci ne peut être calculé : { $said }
mapping-fault-too-much = L’expression est trop longue ou produit trop.

error-table-tax-row = Une ligne de codes de taxe a quatre parties séparées par un point-virgule, comme dans l’exemple de cette fenêtre. Une étoile vaut pour tout.
error-table-empty = Les deux côtés d’une ligne ont besoin d’une valeur.
error-table-percent = Un taux de taxe est un nombre de 0 à 100, comme 19 ou 5.5.
error-table-id = L’identifiant interne de NetSuite est un nombre. Il figure à la fin de l’adresse de l’enregistrement dans NetSuite.

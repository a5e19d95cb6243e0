### Ce que la ligne de commande dit en vérifiant un fichier de règlement.

settlement-check-total = total
settlement-check-sum = somme de { $lines } montants en { $rows } lignes, { $currency }

### Ce que trouve l’autocontrôle hebdomadaire.

problem-audit-total = { $document } s’élevait à { $before } à l’écriture, et s’élève à { $now } maintenant
problem-audit-total-why = Quelqu’un l’a modifié dans NetSuite. Corrigez-y le montant puis réessayez, ou ignorez si c’est voulu.
problem-audit-twice = { $order } figure dans NetSuite comme { $document } et aussi comme { $others }
problem-audit-twice-why = Deux ventes comptent deux fois le même argent. Supprimez ou annulez la mauvaise dans NetSuite puis réessayez, ou ignorez si les deux sont justes.
problem-audit-unsettled = { $document } attend son règlement depuis { $days } jours
problem-audit-unsettled-why = Aucun règlement n’a rien payé de cette commande. Cherchez son paiement dans Seller Central, puis réessayez quand le règlement est arrivé ; un délai plus long est réglable.
problem-audit-clearing = Le règlement { $settlement } est clos et laisse { $amount } sur son compte d’attente
problem-audit-clearing-why = Un règlement clos revient à zéro. Un de ses enregistrements a été modifié ou supprimé dans NetSuite : corrigez-le puis réessayez, ou ignorez si le reste est comptabilisé autrement.
problem-audit-behind = Le flux « { $flow } » n’a rien lu depuis { $until }
problem-audit-behind-why = Il aurait dû tourner plusieurs fois depuis. Ouvrez le flux, lancez-le, lisez pourquoi il s’arrête, puis réessayez ici.
option-audit-unsettled-days = Jours qu’une facture peut attendre son règlement
doctor-not-asked = { $account } n’a pas été interrogé : { $because }

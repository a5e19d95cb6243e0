### Home.

home-todo = À faire
home-last = Dernier règlement
home-last-fees = Dernier règlement : les frais ont pris { $percent } des ventes
home-sales = Ventes
home-period = Période
period-today = Aujourd’hui
period-week = 7 jours
period-month = Ce mois-ci
home-change = Évolution
home-more = +{ $percent } %
home-less = −{ $percent } %
home-no-change-known = aucune comparaison possible
home-gross = Ventes brutes
home-no-sales = Aucune commande sur cette période.
home-health = Santé de la synchronisation
home-last-day = Dernières 24 heures
home-money-all = Tout voir
home-money-next = { $day } : environ { $amount }
home-money-none-on-the-way = Amazon ne détient rien à vous en ce moment.
home-money-next-deposits = Prochains virements, environ

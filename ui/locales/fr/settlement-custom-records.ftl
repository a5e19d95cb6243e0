# Les règlements comme enregistrements dans NetSuite (flows.md §10.6) : phrases du noyau.
option-settlement-custom-records = Les règlements deviennent des enregistrements dans NetSuite (demande le paquet d’installation)
reason-custom-record-current = L’enregistrement dans NetSuite dit ce que dit le règlement
reason-no-custom-record = Aucun enregistrement n’est voulu pour cela dans NetSuite
reason-setup-package-there = Le paquet d’installation est dans NetSuite
reason-setup-package-missing = Attend le paquet d’installation dans NetSuite
problem-setup-package-missing = NetSuite ne montre aucun type d’enregistrement pour les règlements
problem-setup-package-missing-why = Le paquet d’installation n’est pas installé, ou le rôle de cette application ne peut pas voir ses enregistrements. Installez-le et donnez au rôle l’autorisation Custom Record Entries, ou désactivez les enregistrements de règlements. Tout le reste continue entre-temps.

### Un règlement réédité par Amazon : phrases du programme.

remedy-compare-reissue = Voir ce qui a changé…
error-reissue-too-late = Ce règlement est en cours ou clôturé. Attendez qu’il soit comptabilisé, ou rouvrez-le, puis décidez.
said-reissue-accepted = Le nouveau fichier est pris. Ce qu’il change est annulé et comptabilisé à nouveau.
said-posted-kept = Ce qui est comptabilisé est gardé. Le nouveau fichier reste dans les archives.
reissue-question = Prendre le nouveau fichier du règlement { $settlement } ?
reissue-will-match = Rapproche les nouvelles lignes de NetSuite et comptabilise ce qui a changé si tout est expliqué
reissue-header-start = Premier jour
reissue-header-end = Dernier jour
reissue-header-deposit = Jour du versement
reissue-header-total = Total

## Ce qui manque à un fichier, et les règlements manquants.
remedy-accept-gap = Ne plus l’attendre…
remedy-add-balancing-line = Nommer la ligne manquante…
problem-settlement-chain-why = Un règlement de cette période n’est pas là, et son argent non plus. Déposez son fichier, ou dites pourquoi il n’y en aura pas. Rien n’est bloqué par cela.
settlement-likely-reserve-held = Il manque sans doute la réserve qu’Amazon retient (Current Reserve Amount).
settlement-likely-reserve-released = Il manque sans doute la réserve qu’Amazon rend (Previous Reserve Amount Balance).
settlement-likely-loan-repayment = Il manque sans doute le remboursement d’un prêt.
settlement-likely-loan-advance = Il manque sans doute un prêt versé par Amazon.
error-nothing-missing = Il ne manque rien à ce fichier.
error-no-gap = Aucun règlement ne manque avant celui-ci.
said-balancing-line-added = Une ligne de { $amount } complète le fichier. Regardez l’écriture, puis approuvez-la.
said-balancing-line-withdrawn = La ligne est reprise. Le fichier ne tombe de nouveau pas juste.
said-gap-accepted = Plus personne n’attend ce règlement.
line-category-principal = Prix des articles
line-category-shipping = Port payé par les acheteurs
line-category-gift-wrap = Papier cadeau
line-category-promotion = Remise
line-category-tax = Taxe payée par les acheteurs
line-category-withheld-tax = Taxe retenue par Amazon
line-category-restocking-fee = Frais de remise en stock

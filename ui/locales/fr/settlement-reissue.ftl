### Un règlement réédité par Amazon : phrases du programme.

remedy-compare-reissue = Voir ce qui a changé…
error-reissue-too-late = Ce règlement est en cours ou clôturé. Attendez qu’il soit comptabilisé, ou rouvrez-le, puis décidez.
said-reissue-accepted = Le nouveau fichier est pris. Ce qu’il change est annulé et comptabilisé à nouveau.
said-posted-kept = Ce qui est comptabilisé est gardé. Le nouveau fichier reste dans les archives.
reissue-question = Prendre le nouveau fichier du règlement { $settlement } ?
reissue-will-match = Rapproche les nouvelles lignes de NetSuite et comptabilise ce qui a changé si tout est expliqué
reissue-header-start = Premier jour
reissue-header-end = Dernier jour
reissue-header-deposit = Jour du versement
reissue-header-total = Total

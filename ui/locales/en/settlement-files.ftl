### What the command line says when it checks a settlement file.

settlement-check-total = total
settlement-check-sum = sum of { $lines } amounts in { $rows } rows, { $currency }

### What a person decides about a settlement: sentences of the core.

why-not-accounts = A kind of line has no account yet. Map it in the list below.
why-not-tax = The tax that Amazon keeps has no account yet. Choose it first.
why-not-inconsistent = Amazon’s file does not add up, so nothing of it is posted.
why-not-orders =
    { $count ->
        [one] { $count } order is not in the books yet. It is listed under Unmatched.
       *[other] { $count } orders are not in the books yet. They are listed under Unmatched.
    }

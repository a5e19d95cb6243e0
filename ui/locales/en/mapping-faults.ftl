### What the core says about field mappings.

mapping-form-fulfilments = Fulfilments in NetSuite
problem-mapping-failed = The field “{ $field }” cannot be filled as you mapped it
remedy-fix-mapping = Fix mapping…
said-mapping-saved = Saved as version { $version }. What waited for it is looked at again.
error-mapping-wrong = The row for “{ $field }” is not right yet; nothing was saved.
mapping-fault-locked = This field comes from Amazon alone, or is no field that a mapping may fill.
mapping-fault-no-such-path = There is no “{ $path }” to read here.
mapping-fault-empty = The value is empty, and the row asks for one.
mapping-fault-needed = It must be sent: no row may leave it out.
mapping-fault-below-kit = The order has a kit above this line, so the line’s number in NetSuite is not known yet. Let the row skip such orders with a condition.
mapping-fault-no-match = The table has no line for “{ $value }”.
mapping-fault-several-matches = The table has lines that disagree about “{ $value }”.
mapping-fault-not-a-record = “{ $value }” is not the id of a NetSuite record.
mapping-fault-not-a-number = “{ $value }” is not a number.
mapping-fault-not-a-date = “{ $value }” is not a date.
mapping-fault-not-a-flag = “{ $value }” is neither yes nor no.
mapping-fault-expression = This cannot be computed: { $said }
mapping-fault-too-much = The expression is too long or makes too much.

error-table-tax-row = A row of tax codes has four parts with a semicolon between them, such as DE;FR;seller;consumer. A star stands for anything.
error-table-empty = Both sides of a row need a value.
error-table-percent = A tax rate is a number from 0 to 100, such as 19 or 5.5.
error-table-id = NetSuite's internal id is a number. It stands at the end of the record's address in NetSuite.

# Settlements as records in NetSuite (flows.md §10.6): sentences of the core.
option-settlement-custom-records = Settlements become records in NetSuite (needs the setup package)
reason-custom-record-current = The record in NetSuite says what the settlement says
reason-no-custom-record = No record is wanted for this in NetSuite
reason-setup-package-there = The setup package is in NetSuite
reason-setup-package-missing = Waits for the setup package in NetSuite
problem-setup-package-missing = NetSuite shows no record types for settlements
problem-setup-package-missing-why = The setup package is not installed, or the role of this app may not see its records. Install it and give the role the permission Custom Record Entries, or switch records of settlements off. Everything else goes on meanwhile.

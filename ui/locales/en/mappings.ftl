### Field mappings.

nav-set-up = Set up
nav-mappings = Mappings
mapping-state = Applies to: { $scope } · { $rows ->
    [0] no rows of its own
    [one] { $rows } row of its own
   *[other] { $rows } rows of its own
 }
mapping-kinds = Kinds of record
mapping-kind-gaps = { $count ->
    [one] { $count } field cannot be filled
   *[other] { $count } fields cannot be filled
 }
mapping-applies-to = Applies to
mapping-all-marketplaces = All marketplaces
mapping-account-of = Account { $region }
mapping-scope-rows = { $name } – { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
 }
mapping-place = Where
mapping-place-body = The record
mapping-place-line = Its lines
mapping-target-field = Field
mapping-filled-from = Filled from
mapping-origin = Set for
mapping-origin-default = Built in
mapping-origin-workspace = All marketplaces
mapping-origin-account = The account
mapping-origin-marketplace = This marketplace
mapping-locked = Locked: the app fills it
mapping-fails = Cannot be filled
mapping-or-else = or else
mapping-table-of = Table of { $count } by { $path }
mapping-not-sent = Not sent
mapping-by-option = The setting: { $value }
mapping-by-table = The table of shipping methods
mapping-editor = The chosen field and its preview
mapping-choose-field = Choose a field
mapping-change-here = Change here
mapping-first-counts = The first row whose condition is met counts.
mapping-add-row = Add a row with a condition
mapping-reset-shared = Reset to shared
mapping-row = A row
mapping-kind = Filled from
mapping-from-field = A field
mapping-from-constant = Fixed value
mapping-from-table = Lookup table
mapping-from-text = Text with fields
mapping-from-expression = Expression
mapping-from-omit = Do not send
mapping-shape = Written as
mapping-shape-text = Text
mapping-shape-record = NetSuite record (its id)
mapping-shape-flag = Yes or no
mapping-shape-number = Number
mapping-shape-date = Date
mapping-value = Value
mapping-template = Text
mapping-template-hint = Fields stand in braces, as in the preview's source below.
mapping-expression = Expression
mapping-expression-hint = One line with if and else; coalesce, trim, upper, lower, first, last, part, replace, join, round, number, shift_days, empty.
mapping-add-path = Add a fallback
mapping-remove-path = Remove this fallback
mapping-format = Format
mapping-format-as-is = As it is
mapping-format-upper = CAPITALS
mapping-format-lower = small letters
mapping-format-trim = Without spaces around it
mapping-format-digits = Digits only
mapping-format-first = First characters
mapping-format-last = Last characters
mapping-format-shift-days = Date, days later
mapping-format-year = Year
mapping-format-year-month = Year and month
mapping-format-join = List with a separator
mapping-format-count = How many
mapping-format-separator = Separator
mapping-look-up = Look up
mapping-pair-from = This value
mapping-pair-to = Becomes
mapping-add-pair = Add a line
mapping-remove-pair = Remove this line
mapping-table-default = Otherwise
mapping-table-unique = Fail when there is no unique match
mapping-only-when = Only when
mapping-always = Always
mapping-test = Is it
mapping-test-is = is
mapping-test-is-not = is not
mapping-test-is-one-of = is one of (with commas)
mapping-test-starts-with = begins with
mapping-test-contains = contains
mapping-test-is-filled = is filled
mapping-test-is-empty = is empty
mapping-compared-with = This
mapping-when-empty = When it is empty
mapping-empty-inherit = Use what counts otherwise
mapping-empty-leave-out = Do not send the field
mapping-empty-take = Use this value
mapping-empty-ask = Ask me
mapping-remove = Remove this row
mapping-remove-condition = Remove this row and its condition
mapping-preview = Preview
mapping-preview-of = With the record
mapping-preview-typical = Nothing of this kind was synced yet: this is a typical one.
mapping-source = What the rows read
mapping-test-50 = Test on 50
mapping-test-result = Tried on { $tried ->
    [one] { $tried } recent record
   *[other] { $tried } recent records
 }; { $changed ->
    [one] { $changed } would be written differently
   *[other] { $changed } would be written differently
 }.
mapping-test-fails = Fails for { $count ->
    [one] { $count } record
   *[other] { $count } records
 }.
mapping-test-same = Nothing would change
mapping-record = Record
mapping-before = Now
mapping-after = With this draft
mapping-versions = Versions
mapping-no-versions = Nothing was changed here yet
mapping-version = Version { $version }
mapping-version-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
 }, { $records ->
    [0] no record was written with it
    [one] { $records } record was written with it
   *[other] { $records } records were written with it
 }
mapping-restore = Restore
mapping-current = Current
mapping-save = Save
mapping-nothing-changed = Nothing was changed
mapping-save-title = Save as a new version
mapping-save-what = It counts for what is written from now on; what is written stays as it is.
mapping-note = Why (optional)
mapping-add-field = Fill another field
mapping-custom-field = A custom field
mapping-custom-name = Its id ({ $stem }… or cseg…)
mapping-custom-field-first = Write the field's id first
mapping-add = Add
mapping-options = Settings of this flow
mapping-options-hint = A marketplace's own setting counts first, then its account's, then the one for all, then the built-in one.
mapping-option = Setting
mapping-clear = Clear
mapping-field-external-id = External id
mapping-field-other-ref-num = Order number
mapping-field-entity = Customer
mapping-field-currency = Currency
mapping-field-tran-date = Date
mapping-field-item = Item
mapping-field-quantity = Quantity
mapping-field-rate = Rate
mapping-field-amount = Amount
mapping-field-memo = Memo
mapping-field-subsidiary = Subsidiary
mapping-field-location = Location
mapping-field-department = Department
mapping-field-class = Class
mapping-field-ship-method = Shipping method
mapping-field-custom-form = Form
mapping-field-sales-rep = Sales representative
mapping-field-partner = Partner
mapping-field-lead-source = Lead source
mapping-field-message = Message
mapping-field-description = Description
mapping-field-entity-id = Name in lists
mapping-field-is-person = Person or company
mapping-field-company-name = Company name
mapping-field-first-name = First name
mapping-field-last-name = Last name
mapping-field-email = E-mail
mapping-field-category = Category
mapping-field-price-level = Price level
mapping-field-terms = Terms
mapping-field-tax-item = Tax item
mapping-field-territory = Territory
mapping-field-receivables-account = Receivables account
mapping-field-comments = Comments
mapping-field-inventory-location = Location
mapping-field-ship-status = Shipping status
mapping-field-due-date = Due date
mapping-field-account = Account
mapping-field-package-reference = Parcel’s reference
mapping-field-tracking-number = Tracking number
mapping-field-order-items = What is in it
mapping-field-carrier-code = Carrier code
mapping-field-carrier-name = Carrier name
mapping-field-shipping-method = Shipping service
mapping-field-ship-date = Ship date
mapping-field-ship-from-supply-source = Place it left from (Amazon’s supply source ID)
mapping-discard-title = Throw the draft away?
mapping-discard-what = What you changed here was not saved.
mapping-discard = Throw away
mapping-transfer = Copy, export, import
mapping-transfer-what = These are the rows as text: copy them away, or put others in their place. Nothing counts before you save.
mapping-copy-from = Copy from
mapping-rows = The rows as text
mapping-take = Put into the draft
mapping-copy = Copy
mapping-reset-all = No rows at all
mapping-not-a-mapping = This text is not a mapping.

## The lookup tables beside the rows

mapping-tables = Lookup tables
mapping-tables-which = Table
mapping-tables-from = Looked up with
mapping-tables-to = Leads to
mapping-tables-none = No rows yet.
mapping-table-tax-codes = Tax codes
mapping-table-tax-codes-hint = Where it ships from, where to, who owes the tax and who buys lead to the internal id of a tax code. A star stands for anything, and the row that says most counts:
mapping-table-tax-rates = Tax rates
mapping-table-tax-rates-hint = The internal id of a tax code leads to its percent. It takes your tax out of a price where Amazon does not say how much it contains, such as:
mapping-table-ship-methods = Shipping methods
mapping-table-ship-methods-hint = Amazon's service level leads to the internal id of a shipping method in NetSuite, such as:
mapping-table-carriers = Carriers
mapping-table-carriers-hint = Your shipping method in NetSuite leads to the carrier that Amazon is told, such as:

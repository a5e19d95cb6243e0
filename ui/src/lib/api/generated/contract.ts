// Generated from crates/app/src/contract by `cargo xtask generate`. Do not edit.

export type Amount = { 
/**
 * Decimal text with at least the currency's decimals, such as `-12.40`.
 */
amount: string, 
/**
 * ISO 4217 code.
 */
currency: string, };

export type Words = { 
/**
 * The Fluent message id.
 */
id: string, 
/**
 * Its variables.
 */
args: { [key in string]: Value }, };

export type Value = { "kind": "text", "value": string } | { "kind": "count", "value": number } | { "kind": "money", "value": Amount } | { "kind": "day", "value": string } | { "kind": "instant", "value": string };

export type State = "done" | "running" | "queued" | "retrying" | "needs_you" | "check" | "skipped" | "paused" | "approved" | "posted" | "undone";

export type Document = { 
/**
 * The record's REST type, such as `salesOrder`.
 */
record: string, 
/**
 * NetSuite's internal id; empty where only the number is known.
 */
id: string, 
/**
 * The number that people see, such as `SO1042`.
 */
number: string, 
/**
 * Its page in NetSuite; nothing in the Demo company.
 */
address: string | null, };

export type Nothing = Record<symbol, never>;

export type ById = { 
/**
 * The thing's id.
 */
id: string, };

export type InScope = { 
/**
 * Amazon's marketplace id, or nothing for all.
 */
marketplace?: string, };

export type Done = { 
/**
 * The sentence of the toast.
 */
said: Words, };

export type Started = { 
/**
 * The runs that were opened; the rest of a chain follows by event.
 */
runs: Array<string>, };

export type Refusal = { 
/**
 * A stable code: `not_found`, `bad_request`, `busy`, `not_ready`, `store`, `offline`, `fault`.
 */
code: string, 
/**
 * What happened, why, and what to do.
 */
said: Words, 
/**
 * Technical detail for *Copy details*; never a secret, never buyer data.
 */
detail: string | null, };

export type Marketplace = { 
/**
 * Amazon's id.
 */
id: string, 
/**
 * ISO country code as shown: `US`, `UK`, `DE`, `JP`.
 */
country: string, 
/**
 * ISO 4217 code.
 */
currency: string, 
/**
 * IANA zone of its business day.
 */
zone: string, 
/**
 * The first business day that the books know (CMN-32), ISO 8601; nothing while it is not chosen.
 */
go_live: string | null, };

export type Event = { "event": "run_opened", 
/**
 * Its id.
 */
run: string, 
/**
 * Its flow.
 */
flow: string, } | { "event": "run_progress", 
/**
 * Its id.
 */
run: string, } | { "event": "run_ended", 
/**
 * Its id.
 */
run: string, 
/**
 * Its flow.
 */
flow: string, 
/**
 * How.
 */
state: State, } | { "event": "problems_changed" } | { "event": "retried", 
/**
 * Records that are in order now.
 */
worked: number, 
/**
 * Records that still fail.
 */
still: number, } | { "event": "settlement_changed", 
/**
 * Its id.
 */
settlement: string, } | { "event": "status_changed" } | { "event": "notice", 
/**
 * The title.
 */
title: Words, 
/**
 * The body.
 */
body: Words, 
/**
 * The screen it opens.
 */
route: string, };

export type Status = { 
/**
 * Whether this is the Demo company.
 */
demo: boolean, 
/**
 * The company's name.
 */
company: string, 
/**
 * The Home sentence.
 */
sentence: Words, 
/**
 * What the tray shows by shape.
 */
state: StatusState, 
/**
 * Open groups of problems.
 */
needs_you: number, 
/**
 * Settlements to review.
 */
to_review: number, 
/**
 * What runs now.
 */
running: Array<Running>, 
/**
 * When a flow last looked to the end of what there was, ISO 8601.
 */
last_sync: string | null, 
/**
 * When the next one is due, ISO 8601.
 */
next_sync: string | null, 
/**
 * When paused schedules go on by themselves, ISO 8601; nothing while they run or wait for the person.
 */
paused_until: string | null, 
/**
 * The application's version.
 */
version: string, 
/**
 * The marketplaces of the company.
 */
marketplaces: Array<Marketplace>, };

export type StatusState = "in_sync" | "syncing" | "needs_you" | "paused" | "offline";

export type Running = { 
/**
 * The run.
 */
run: string, 
/**
 * The message id of its flow's title.
 */
title: string, 
/**
 * What it is doing.
 */
doing: Words | null, 
/**
 * Finished units.
 */
done: number, 
/**
 * All units, once known.
 */
total: number | null, };

export type Home = { 
/**
 * The sentence.
 */
sentence: Words, 
/**
 * One line under it.
 */
detail: Words, 
/**
 * What needs a person, most urgent first, at most three.
 */
todo: Array<Todo>, 
/**
 * The last settlement, in small.
 */
last_settlement: LastSettlement | null, 
/**
 * Sales per marketplace over each period.
 */
sales: Array<Sales>, 
/**
 * What Amazon still holds; nothing before Amazon was asked once.
 */
money: MoneyOnTheWay | null, 
/**
 * One strip per flow.
 */
health: Array<Health>, };

export type Todo = { 
/**
 * `problem`, `settlement` or `mapping`.
 */
kind: string, 
/**
 * Its state's glyph.
 */
state: State, 
/**
 * What it is.
 */
title: Words, 
/**
 * One line more.
 */
detail: Words, 
/**
 * Money that waits.
 */
amount: Amount | null, 
/**
 * The button's words.
 */
action: Words, 
/**
 * The screen that the button opens.
 */
route: string, };

export type LastSettlement = { 
/**
 * The settlement.
 */
settlement: SettlementRow, 
/**
 * Fees as a share of sales in percent with one decimal, as text: `33.4`.
 */
fee_percent: string | null, 
/**
 * The few bars of the small picture: they add up to the deposit.
 */
bars: Array<Bar>, };

export type Sales = { 
/**
 * `today`, `week` (7 days) or `month` (this month).
 */
period: string, 
/**
 * Amazon's marketplace id.
 */
marketplace: string, 
/**
 * Orders placed.
 */
orders: number, 
/**
 * Units ordered.
 */
units: number, 
/**
 * Gross sales.
 */
gross: Amount, 
/**
 * Change of orders against the period before in whole percent, where that had any.
 */
change_percent: number | null, };

export type MoneyOnTheWay = { 
/**
 * When Amazon was asked last, ISO 8601.
 */
as_of: string, 
/**
 * All of it, for each currency.
 */
sums: Array<Amount>, 
/**
 * The next deposits, about, the earliest first.
 */
next: Array<NextDeposit>, };

export type NextDeposit = { 
/**
 * Amazon's marketplace id.
 */
marketplace: string, 
/**
 * About the day, and the amount by then.
 */
deposit: ExpectedMoney, };

export type Health = { 
/**
 * The flow.
 */
flow: string, 
/**
 * The message id of its title.
 */
title: string, 
/**
 * How it stands now.
 */
state: State, 
/**
 * The cells, oldest first.
 */
cells: Array<HealthCell>, };

export type HealthCell = { 
/**
 * Its first instant, ISO 8601.
 */
from: string, 
/**
 * `nothing`, `done`, `partly` or `needs_you`.
 */
outcome: string, 
/**
 * Records that went through.
 */
records: number, 
/**
 * The last run in it.
 */
run: string | null, };

export type FlowsView = { 
/**
 * All flows, in the order a seller thinks about them.
 */
flows: Array<FlowCard>, };

export type FlowCard = { 
/**
 * The flow.
 */
id: string, 
/**
 * The message id of its title.
 */
title: string, 
/**
 * The message id of its promise.
 */
promise: string, 
/**
 * `amazon_to_net_suite`, `net_suite_to_amazon` or `within_net_suite`.
 */
route: string, 
/**
 * `orders`, `products`, `stock`, `billing` or `settlements`.
 */
group: string, 
/**
 * Default cadence in minutes.
 */
every_minutes: number, 
/**
 * Whether it runs on its schedule.
 */
on: boolean, 
/**
 * Flows that it follows in a chain.
 */
after: Array<string>, 
/**
 * Its last run.
 */
last_run: RunRow | null, 
/**
 * When it is due next, ISO 8601.
 */
next_run: string | null, 
/**
 * Open problems.
 */
problems: number, 
/**
 * The run that is going on.
 */
running: string | null, 
/**
 * Average duration of the last runs in milliseconds.
 */
average_ms: number | null, 
/**
 * Whether its records have a mapping of the seller's own.
 */
mapped: boolean, };

export type FlowDaysRequest = { 
/**
 * The flow.
 */
flow: string, 
/**
 * Amazon's marketplace id; nothing for all.
 */
marketplace?: string, };

export type FlowDays = { 
/**
 * Thirty days, the oldest first; days without records among them.
 */
days: Array<FlowDay>, };

export type FlowDay = { 
/**
 * The business day, ISO 8601.
 */
day: string, 
/**
 * In the books.
 */
done: number, 
/**
 * On their way, or waiting for something.
 */
waiting: number, 
/**
 * Need a person.
 */
needs_you: number, 
/**
 * Failed, and tried again.
 */
errors: number, 
/**
 * Left out by a rule or by a person, or taken back.
 */
skipped: number, };

export type StartRun = { 
/**
 * The flow, or nothing for all.
 */
flow?: string, 
/**
 * Decide and show, write nothing.
 */
dry_run: boolean, 
/**
 * These subjects only.
 */
keys?: Array<string>, 
/**
 * This marketplace only.
 */
marketplace?: string, 
/**
 * Only what changed from this day on, ISO 8601, in the account's zone. With the next one.
 */
from?: string, 
/**
 * The last of these days.
 */
to?: string, };

export type RunsRequest = { 
/**
 * Of one flow only.
 */
flow?: string, 
/**
 * Of runs for this marketplace only; nothing for all.
 */
marketplace?: string, 
/**
 * After this run (keyset paging).
 */
after?: string, 
/**
 * Rows wanted, at most 200.
 */
limit?: number, };

export type RunsPage = { 
/**
 * The rows.
 */
runs: Array<RunRow>, 
/**
 * Ask with this for more.
 */
after: string | null, };

export type RunRow = { 
/**
 * The run.
 */
id: string, 
/**
 * Its flow.
 */
flow: string, 
/**
 * The message id of the flow's title.
 */
title: string, 
/**
 * The region that it covers, as shown: `EU`.
 */
scope: string, 
/**
 * The marketplaces that it ran for, by Amazon's ids; nothing where that is not known.
 */
marketplaces: Array<string>, 
/**
 * `schedule`, `you`, `retry`, `chain` or `start`.
 */
trigger: string, 
/**
 * How it stands.
 */
state: State, 
/**
 * Start, ISO 8601.
 */
started: string, 
/**
 * End, ISO 8601.
 */
ended: string | null, 
/**
 * Whether nothing was written on purpose.
 */
dry_run: boolean, 
/**
 * What it did.
 */
counts: Counts, };

export type Counts = { 
/**
 * Subjects looked at.
 */
read: number, 
/**
 * Records created.
 */
created: number, 
/**
 * Records updated.
 */
updated: number, 
/**
 * Records found and linked.
 */
adopted: number, 
/**
 * Subjects already right.
 */
unchanged: number, 
/**
 * Subjects that a rule leaves out.
 */
ignored: number, 
/**
 * Subjects that wait for something.
 */
waiting: number, 
/**
 * Subjects that need a person.
 */
needs_you: number, 
/**
 * Subjects that failed.
 */
errors: number, };

export type RunView = { 
/**
 * The run.
 */
run: RunRow, 
/**
 * The phases in order.
 */
phases: Array<Phase>, 
/**
 * What it is doing.
 */
doing: Words | null, 
/**
 * Finished units.
 */
done: number, 
/**
 * All units, once known.
 */
total: number | null, 
/**
 * Why it waits, if it does.
 */
waiting: Words | null, 
/**
 * Why it ended as it did, if not well.
 */
ended_because: Words | null, 
/**
 * The last records, newest first, at most 50 (all of a dry run, at most 500).
 */
records: Array<RunRecord>, };

export type Phase = { 
/**
 * `look`, `decide`, `apply` or `confirm`.
 */
id: string, 
/**
 * How it stands.
 */
state: State, 
/**
 * Units finished in it.
 */
done: number, 
/**
 * Units in it, once known.
 */
total: number | null, };

export type RunRecord = { 
/**
 * The subject.
 */
key: string, 
/**
 * What happened or would happen to it.
 */
what: Words, 
/**
 * How it stands.
 */
state: State, 
/**
 * Its amount.
 */
amount: Amount | null, 
/**
 * When, ISO 8601.
 */
at: string, 
/**
 * The exact body that would be sent (dry run), as pretty JSON.
 */
body: string | null, };

export type OrdersRequest = { 
/**
 * `all`, `today`, `to_ship`, `late` (ship-by within 24 hours, soonest first), `not_in_netsuite`, `needs_you`,
 * `refunded`, `cancelled`.
 */
view?: string, 
/**
 * Part of an order number, SKU or document number.
 */
search?: string, 
/**
 * Amazon's marketplace id.
 */
marketplace?: string, 
/**
 * After this row (keyset paging).
 */
after?: string, 
/**
 * Rows wanted, at most 200.
 */
limit?: number, };

export type OrdersPage = { 
/**
 * The rows.
 */
orders: Array<OrderRow>, 
/**
 * Ask with this for more.
 */
after: string | null, 
/**
 * How many there are in this view in all.
 */
total: number, 
/**
 * How many each saved view holds.
 */
views: Array<ViewCount>, };

export type ViewCount = { 
/**
 * The view.
 */
id: string, 
/**
 * Rows in it.
 */
count: number, };

export type OrderRow = { 
/**
 * Amazon's order number.
 */
id: string, 
/**
 * Instant of purchase, ISO 8601; empty for an order that could not be read.
 */
ordered: string, 
/**
 * Business date in the marketplace's zone.
 */
date: string, 
/**
 * Latest instant to ship, ISO 8601; only while you still have to ship it.
 */
ship_by: string | null, 
/**
 * Amazon's marketplace id.
 */
marketplace: string, 
/**
 * `mfn`, `fba` or `mcf`.
 */
channel: string, 
/**
 * SKUs with quantities, shortened: `LAMP-OAK × 2, BULB-E27`.
 */
items: string, 
/**
 * Units.
 */
units: number, 
/**
 * The order's total; nothing while Amazon gives no prices.
 */
total: Amount | null, 
/**
 * Amazon's own status word.
 */
amazon_status: string, 
/**
 * The NetSuite record.
 */
document: Document | null, 
/**
 * How it stands.
 */
state: State, 
/**
 * How far an order that you ship is on its way to Amazon: `not_imported`, `not_fulfilled`, `not_confirmed`,
 * `confirmed` (FUL-11).
 */
shipping_state: string | null, 
/**
 * Why, in one sentence.
 */
reason: Words | null, 
/**
 * A stand-in item is on it, which a person should put right (ITM-05).
 */
review: boolean, };

export type OrderView = { 
/**
 * The order.
 */
order: OrderRow, 
/**
 * Its page in Seller Central; nothing in the Demo company.
 */
address: string | null, 
/**
 * Buyer data: `hidden` until clicked, `deleted`, or `none` where there is none.
 */
buyer: string, 
/**
 * Its lines.
 */
lines: Array<OrderLine>, 
/**
 * From purchase to payment.
 */
timeline: Array<TimelineStep>, 
/**
 * What needs a person.
 */
problems: Array<ProblemRow>, 
/**
 * What was sent to NetSuite, masked.
 */
sent: Array<SentBody>, 
/**
 * The version of the mapping that its record was written with (CMN-30); nothing when none was.
 */
mapping: string | null, 
/**
 * Parcels that Amazon was told about: they may be told again (FUL-10).
 */
parcels: Array<ParcelTold>, 
/**
 * Why no parcel can be told again; nothing: it can.
 */
cannot_resend: Words | null, 
/**
 * Why it cannot be billed now; nothing: billing may look at it, with its own guards.
 */
cannot_bill: Words | null, 
/**
 * That a person handles it elsewhere, and why.
 */
elsewhere: Elsewhere | null, };

export type ParcelTold = { 
/**
 * The write that told it.
 */
id: string, 
/**
 * A code of Amazon's list, or the carrier's name.
 */
carrier: string, 
/**
 * The shipping method; empty when none was said.
 */
method: string, 
/**
 * The tracking number.
 */
tracking: string, 
/**
 * Units in it.
 */
units: number, 
/**
 * How the write stands.
 */
state: State, };

export type Elsewhere = { 
/**
 * Why, in the person's words.
 */
reason: string, 
/**
 * Who said so.
 */
who: string, 
/**
 * When, ISO 8601.
 */
at: string, };

export type ResendShipment = { 
/**
 * Amazon's order number.
 */
order: string, 
/**
 * The write that told it.
 */
parcel: string, 
/**
 * A code of Amazon's list, or the carrier's name.
 */
carrier: string, 
/**
 * The shipping method; empty to say none.
 */
method: string, 
/**
 * The tracking number.
 */
tracking: string, };

export type HandledElsewhere = { 
/**
 * Amazon's order number.
 */
order: string, 
/**
 * Why, in the person's words.
 */
reason: string, };

export type OrderLine = { 
/**
 * The SKU.
 */
sku: string, 
/**
 * The title.
 */
title: string, 
/**
 * Units.
 */
quantity: number, 
/**
 * Item price for all units.
 */
price: Amount | null, 
/**
 * Shipping.
 */
shipping: Amount | null, 
/**
 * Gift wrap.
 */
gift_wrap: Amount | null, 
/**
 * Discounts (negative).
 */
discount: Amount | null, 
/**
 * Tax.
 */
tax: Amount | null, };

export type TimelineStep = { 
/**
 * What happened.
 */
what: Words, 
/**
 * When, ISO 8601; nothing while it has not happened.
 */
at: string | null, 
/**
 * How it stands.
 */
state: State, 
/**
 * Amazon's amount.
 */
amazon: Amount | null, 
/**
 * NetSuite's amount.
 */
netsuite: Amount | null, 
/**
 * The record it made.
 */
document: Document | null, 
/**
 * The settlement it belongs to.
 */
settlement: string | null, 
/**
 * The cause of the error that it is.
 */
cause: string | null, 
/**
 * One sentence more.
 */
detail: Words | null, };

export type SentBody = { 
/**
 * What it was for.
 */
title: Words, 
/**
 * Pretty JSON, buyer data masked.
 */
body: string, 
/**
 * Attempts made.
 */
attempts: number, 
/**
 * How it stands.
 */
state: State, };

export type ProblemsRequest = { 
/**
 * `needs_you` (default), `trying_again`, `snoozed`, `resolved` or `excluded`.
 */
tab?: string, 
/**
 * Amazon's marketplace id.
 */
marketplace?: string, 
/**
 * Only causes that hold up this flow.
 */
flow?: string, };

export type ByCause = { 
/**
 * The cause, such as `ITEM_NOT_FOUND:LAMP-RED-EU`.
 */
cause: string, };

export type ProblemGroups = { 
/**
 * One row per cause, most money first.
 */
groups: Array<ProblemGroup>, 
/**
 * How many groups each tab holds.
 */
tabs: Array<TabCount>, 
/**
 * When anything was last looked at, ISO 8601.
 */
last_checked: string | null, };

export type TabCount = { 
/**
 * The tab.
 */
id: string, 
/**
 * Rows in it.
 */
count: number, };

export type ProblemGroup = { 
/**
 * The cause.
 */
cause: string, 
/**
 * The stable code.
 */
code: string, 
/**
 * What happened.
 */
what: Words, 
/**
 * Why.
 */
why: Words, 
/**
 * Records that it holds up.
 */
count: number, 
/**
 * Money that waits, one amount per currency.
 */
at_stake: Array<Amount>, 
/**
 * Since when, ISO 8601.
 */
since: string, 
/**
 * The flow.
 */
flow: string, 
/**
 * The message id of the flow's title.
 */
flow_title: string, 
/**
 * Marketplaces concerned (Amazon's ids).
 */
marketplaces: Array<string>, 
/**
 * How it stands.
 */
state: State, 
/**
 * What the app did by itself.
 */
did: Words, 
/**
 * The answers that one can press, the best first.
 */
remedies: Array<RemedyView>, 
/**
 * Who looks after it; empty: nobody.
 */
assigned: string, 
/**
 * What was noted about it.
 */
note: string, 
/**
 * Until when a person put it off, ISO 8601.
 */
snoozed_until: string | null, };

export type RemedyView = { "remedy": "link_item", sku: string, marketplace: string | null, } | { "remedy": "map_line", triple: [string, string, string], 
/**
 * The category that its words speak for.
 */
category: string, 
/**
 * The message ids of the categories to choose from: `line-category-` before the category.
 */
categories: Array<string>, } | { "remedy": "set_option", option: string, marketplace: string | null, 
/**
 * The message id of its name.
 */
title: string, 
/**
 * What its value looks like: `switch`, `one_of`, `item_field`, `number`, `record`, `date` or `text`.
 */
kind: string, 
/**
 * The words to choose from, or the kind of record.
 */
words: Array<string>, } | { "remedy": "fix_mapping", form: string, place: string, field: string, scope: string, } | { "remedy": "retry" } | { "remedy": "exclude" } | { "remedy": "adopt", record: string, id: string, number: string, } | { "remedy": "use_placeholder", sku: string, } | { "remedy": "accept_variance", settlement: string, } | { "remedy": "pick_marketplace", settlement: string, currency: string, } | { "remedy": "compare_reissue", settlement: string, } | { "remedy": "accept_gap", settlement: string, } | { "remedy": "add_balancing_line", settlement: string, } | { "remedy": "put_back", state: string, } | { "remedy": "make_again", step: string, } | { "remedy": "add_marketplace", marketplace: string, } | { "remedy": "reconnect", service: string, };

export type ProblemGroupView = { 
/**
 * The cause.
 */
group: ProblemGroup, 
/**
 * The records, newest first, at most 500.
 */
records: Array<ProblemRow>, };

export type ProblemRow = { 
/**
 * The problem's id.
 */
id: string, 
/**
 * The subject, such as an order number or a settlement id.
 */
key: string, 
/**
 * Its flow.
 */
flow: string, 
/**
 * The stable code.
 */
code: string, 
/**
 * The cause it belongs to.
 */
cause: string, 
/**
 * What happened.
 */
what: Words, 
/**
 * Money that waits.
 */
amount: Amount | null, 
/**
 * First seen, ISO 8601.
 */
first_seen: string, 
/**
 * Last seen, ISO 8601.
 */
last_seen: string, 
/**
 * How often it was tried.
 */
attempts: number, 
/**
 * How it stands.
 */
state: State, 
/**
 * The order's page in Seller Central; nothing for other subjects and in the Demo company.
 */
address: string | null, 
/**
 * When it was settled, ISO 8601.
 */
closed: string | null, 
/**
 * Who settled it and how, in one sentence.
 */
how: Words | null, };

export type ProblemView = { 
/**
 * The row of the list.
 */
row: ProblemRow, 
/**
 * The NetSuite record of its order.
 */
document: Document | null, 
/**
 * Amazon's side and NetSuite's, where they differ (ORD-08); empty where there is nothing to compare.
 */
sides: Array<Side>, 
/**
 * What may be changed of the refused write before it is tried again; empty where nothing may.
 */
fields: Array<EditableField>, 
/**
 * Codes, the request and the answer as pretty JSON, secrets and buyer data masked, for *Technical details*.
 */
technical: string, 
/**
 * Each sending, newest first.
 */
attempts: Array<Attempt>, };

export type Side = { 
/**
 * What it is.
 */
what: Words, 
/**
 * From Amazon.
 */
amazon: Value | null, 
/**
 * In NetSuite.
 */
netsuite: Value | null, 
/**
 * Whether the two do not agree.
 */
differs: boolean, };

export type EditableField = { 
/**
 * NetSuite's name of it.
 */
field: string, 
/**
 * Its present value; empty when it is not sent.
 */
value: string, 
/**
 * Whether the value is the id of another record.
 */
reference: boolean, };

export type Attempt = { 
/**
 * When, ISO 8601.
 */
at: string, 
/**
 * `send` or `probe`.
 */
kind: string, 
/**
 * What came back as pretty JSON, masked; nothing when the program stopped before.
 */
answer: string | null, };

export type EditAndRetry = { 
/**
 * The problem, by id.
 */
problem: string, 
/**
 * The fields that are changed.
 */
fields: Array<EditedField>, };

export type EditedField = { 
/**
 * NetSuite's name of it.
 */
field: string, 
/**
 * The new value; empty takes the field out.
 */
value: string, };

export type NoteCause = { 
/**
 * The cause.
 */
cause: string, 
/**
 * Who looks after it.
 */
assigned: string, 
/**
 * The note.
 */
note: string, };

export type ExportList = { 
/**
 * `orders`, `settlements`, `errors`, `late` (money that Amazon still holds), or `lines` of one settlement as Amazon's
 * file has them.
 */
list: string, 
/**
 * The settlement whose lines are wanted.
 */
settlement?: string, 
/**
 * `csv` (for a spreadsheet: no cell can be taken for a formula) or `json`.
 */
format: string, 
/**
 * `en` or `fr`, for titles and words.
 */
language: string, 
/**
 * Put it into the folder of downloads: for a window that cannot download by itself.
 */
save: boolean, };

export type ExportedList = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its text, UTF-8, or its bytes as Base64; empty when it was saved.
 */
content: string, 
/**
 * Whether it is Base64.
 */
base64: boolean, 
/**
 * Where it was saved.
 */
saved: string | null, };

export type ChecksRequest = { 
/**
 * `open`, `filed` or `closed`; nothing means `open`.
 */
tab?: string, 
/**
 * Only this check.
 */
check?: string, 
/**
 * Amazon's marketplace id, or nothing for all.
 */
marketplace?: string, };

export type ChecksView = { 
/**
 * How many findings each tab has.
 */
tabs: Array<TabCount>, 
/**
 * How many findings of the tab each check has, in the order of the screen.
 */
checks: Array<CheckCount>, 
/**
 * What the findings that are shown come to, currency by currency.
 */
totals: Array<Amount>, 
/**
 * The findings, those with the nearest deadline first, at most 500.
 */
rows: Array<CheckRow>, 
/**
 * How many there are.
 */
total: number, };

export type CheckCount = { 
/**
 * The check.
 */
check: string, 
/**
 * Its findings.
 */
count: number, };

export type CheckRow = { 
/**
 * Its lasting name.
 */
key: string, 
/**
 * `refund_commission`, `not_returned`, `reimbursement_taken`, `fee_change`, `duplicate_charge`, `never_settled` or
 * `unused_marketplace`.
 */
check: string, 
/**
 * What there is to get back.
 */
amount: Amount, 
/**
 * When it happened, ISO 8601.
 */
on: string, 
/**
 * The last day for a claim, ISO 8601.
 */
deadline: string | null, 
/**
 * Whether that day is less than two weeks away.
 */
urgent: boolean, 
/**
 * Amazon's marketplace id, where it is known.
 */
marketplace: string | null, 
/**
 * The order.
 */
order: string | null, 
/**
 * The SKU.
 */
sku: string | null, 
/**
 * The settlement that shows it.
 */
settlement: string | null, 
/**
 * What it rests on.
 */
evidence: Words, 
/**
 * `open`, `filed`, `won` or `lost`.
 */
mark: string, 
/**
 * When it was marked, ISO 8601.
 */
marked: string | null, 
/**
 * Where a case is opened in Seller Central; nothing in the Demo company.
 */
case: string | null, };

export type MarkCheck = { 
/**
 * The finding.
 */
key: string, 
/**
 * `filed`, `won` or `lost`; `open` takes the mark back.
 */
mark: string, };

export type BuyerView = { 
/**
 * The fields in their order: `name`, `company`, `email`, `phone`, `address`.
 */
fields: Array<BuyerField>, };

export type BuyerField = { 
/**
 * What it is: `name`, `company`, `email`, `phone` or `address`.
 */
id: string, 
/**
 * It.
 */
value: string, };

export type Retry = { 
/**
 * The cause.
 */
cause?: string, 
/**
 * Or several causes, one after the other.
 */
causes?: Array<string>, 
/**
 * Or these problems, by id.
 */
problems: Array<string>, };

export type Exclude = { 
/**
 * The problems, by id; all of the cause when empty, and always when `always`.
 */
problems: Array<string>, 
/**
 * The cause.
 */
cause: string, 
/**
 * The person's reason.
 */
reason: string, 
/**
 * Leave each later record of the cause out as well.
 */
always: boolean, };

export type LeftOut = { 
/**
 * The sentence of the toast.
 */
said: Words, 
/**
 * What `undo_exclude` takes back, by id.
 */
act: string, };

export type SnoozeFor = "hour" | "tomorrow" | "week";

export type Snooze = { 
/**
 * The cause.
 */
cause: string, 
/**
 * For how long.
 */
lasts: SnoozeFor, 
/**
 * The person's time zone, such as `Europe/Paris`: whose morning is meant.
 */
zone: string, };

export type Help = { 
/**
 * The flows, in the order in which they follow each other.
 */
flows: Array<HelpFlow>, 
/**
 * The errors, by code.
 */
codes: Array<ErrorCode>, };

export type ErrorCode = { 
/**
 * Its stable name.
 */
code: string, 
/**
 * The ways in which it comes about.
 */
cases: Array<ErrorCase>, 
/**
 * The message ids of the buttons that cure it, the best first.
 */
cures: Array<string>, };

export type ErrorCase = { 
/**
 * What happened.
 */
what: Words, 
/**
 * Why, and what helps.
 */
why: Words, };

export type HelpFlow = { 
/**
 * Its id.
 */
id: string, 
/**
 * The message id of its title.
 */
title: string, 
/**
 * The message id of its promise.
 */
promise: string, 
/**
 * The message id of what it will do in NetSuite.
 */
does: string, };

export type Adopt = { 
/**
 * The cause that asked.
 */
cause: string, 
/**
 * NetSuite's id of the record.
 */
id: string, };

export type PutBack = { 
/**
 * The cause that asked.
 */
cause: string, 
/**
 * What the record looked like when the person agreed.
 */
state: string, };

export type UsePlaceholder = { 
/**
 * The cause that asked.
 */
cause: string, 
/**
 * These records of it; all of them when empty.
 */
problems: Array<string>, 
/**
 * NetSuite's item id.
 */
item: string, };

export type MakeAgain = { 
/**
 * The cause that asked.
 */
cause: string, 
/**
 * The step that made it.
 */
step: string, };

export type AddMarketplace = { 
/**
 * The cause.
 */
cause: string, 
/**
 * Amazon's marketplace id.
 */
marketplace: string, };

export type LinkItem = { 
/**
 * The SKU.
 */
sku: string, 
/**
 * One marketplace, or nothing for all.
 */
marketplace: string | null, 
/**
 * NetSuite's item id.
 */
item: string, 
/**
 * Units of the item in one unit of the SKU (ITM-03).
 */
factor: number, 
/**
 * The cause that asked; its records are looked at again.
 */
cause?: string, };

export type MapLine = { 
/**
 * transaction-type, amount-type, amount-description.
 */
triple: [string, string, string], 
/**
 * NetSuite's account id.
 */
account: string, 
/**
 * What the line is, such as `balance-movement`; the one that its words speak for if nothing is said.
 */
category?: string, 
/**
 * One marketplace, or nothing for all.
 */
marketplace?: string, 
/**
 * The cause that asked; its records are looked at again.
 */
cause?: string, };

export type ChoicesRequest = { 
/**
 * The kind of record, such as `item`, `account`, `customer`, `location` or `shipItem`.
 */
kind: string, 
/**
 * Part of a name or number.
 */
search: string, 
/**
 * The one with this id, instead of a search.
 */
id?: string, };

export type Choices = { 
/**
 * The choices.
 */
choices: Array<Choice>, };

export type Choice = { 
/**
 * NetSuite's id.
 */
id: string, 
/**
 * Its number or name.
 */
name: string, 
/**
 * One line more.
 */
detail: string, };

export type SettlementsRequest = { 
/**
 * `to_review`, `needs_you`, `posted`, `by_app`, `undone` or `all` (default).
 */
view?: string, 
/**
 * Amazon's marketplace id.
 */
marketplace?: string, };

export type SettlementsPage = { 
/**
 * The rows.
 */
settlements: Array<SettlementRow>, 
/**
 * How many each view holds.
 */
views: Array<ViewCount>, };

export type SettlementRow = { 
/**
 * Amazon's settlement id.
 */
id: string, 
/**
 * Marketplaces in it (Amazon's ids), most lines first.
 */
marketplaces: Array<string>, 
/**
 * First day, in the business's zone.
 */
start: string, 
/**
 * Last day.
 */
end: string, 
/**
 * Day of the deposit.
 */
deposit_date: string | null, 
/**
 * What Amazon pays.
 */
amazon_says: Amount, 
/**
 * What NetSuite has or will have after posting.
 */
netsuite_has: Amount, 
/**
 * The first minus the second.
 */
difference: Amount, 
/**
 * Lines that are explained, in whole percent.
 */
coverage_percent: number, 
/**
 * Where it stands: `imported`, `to_review`, `needs_you`, `variance`, `posting`, `posted`, `in_the_bank`, `undoing`,
 * `undone`, `closed`, `in_books`, `inconsistent`.
 */
stage: string, 
/**
 * Its glyph.
 */
state: State, 
/**
 * Every fee has an account.
 */
accounts_ready: boolean, 
/**
 * Tax can be posted.
 */
tax_ready: boolean, 
/**
 * Every order is there.
 */
orders_ready: boolean, 
/**
 * The causes of the errors behind what is not ready, where they are errors.
 */
open: NotReady, 
/**
 * The journal's number once posted.
 */
journal: Document | null, 
/**
 * Whether the app approved it by itself (`je.mode` = `auto`).
 */
by_app: boolean, };

export type NotReady = { 
/**
 * Of the accounts.
 */
accounts: string | null, 
/**
 * Of the tax.
 */
tax: string | null, 
/**
 * Of the orders.
 */
orders: string | null, 
/**
 * Kinds of lines without an account.
 */
accounts_count: number, 
/**
 * Orders and refunds that are not settled yet.
 */
orders_count: number, };

export type Bar = { 
/**
 * The bar: `previous_reserve`, `product_sales`, `shipping_gift_wrap`, `tax_collected`, `tax_kept`, `promotions`,
 * `refunds`, `referral_fees`, `fulfilment_fees`, `storage`, `advertising`, `other_fees`, `reimbursements`,
 * `adjustments`, `reserve_held`, `deposit`.
 */
id: string, 
/**
 * Its amount, signed from the seller's side.
 */
amount: Amount, 
/**
 * Running total before it, so that the screen draws without computing on money text.
 */
from: Amount, 
/**
 * Running total after it.
 */
to: Amount, 
/**
 * Position of `from` between the picture's lowest and highest total, in ten-thousandths.
 */
from_at: number, 
/**
 * Position of `to`, in ten-thousandths.
 */
to_at: number, 
/**
 * Position of zero, in ten-thousandths.
 */
zero_at: number, 
/**
 * Whether it is the total at the end.
 */
total: boolean, 
/**
 * Lines in it.
 */
lines: number, };

export type SettlementView = { 
/**
 * The row of the list.
 */
settlement: SettlementRow, 
/**
 * The file it came from.
 */
file: FileProof, 
/**
 * Fees as a share of sales in percent with one decimal, as text.
 */
fee_percent: string | null, 
/**
 * The waterfall.
 */
bars: Array<Bar>, 
/**
 * The tabs with count and sum: `matched`, `unmatched`, `different`, `fees`, `reserve`.
 */
tabs: Array<SettlementTab>, 
/**
 * Lines of the file that are explained.
 */
explained: number, 
/**
 * The terms that the difference is made of; they sum to it.
 */
unexplained: Array<Unexplained>, 
/**
 * The journals, as NetSuite will show them.
 */
journals: Array<JournalView>, 
/**
 * What was checked.
 */
checks: Array<Check>, 
/**
 * What posting will write, with counts.
 */
will_write: Array<WillWrite>, 
/**
 * Whether the button is on.
 */
can_approve: boolean, 
/**
 * Why it is off.
 */
why_not: Array<Words>, 
/**
 * What of an accepted difference was matched since the posting, and can be posted beside it (SET-58).
 */
late: Words | null, 
/**
 * Whether a posting can be undone.
 */
can_undo: boolean, 
/**
 * How far a posting is.
 */
posting: Array<PostingStep>, 
/**
 * The records it made.
 */
documents: Array<Document>, 
/**
 * Warnings from reading the file.
 */
warnings: Array<Words>, 
/**
 * What stands of the difference, and what a person said about it.
 */
variance: VarianceView, 
/**
 * Its postings, oldest first.
 */
revisions: Array<RevisionView>, 
/**
 * Who closed it, if somebody did (SET-60).
 */
closed: ChoiceView | null, 
/**
 * Whether it can be closed.
 */
can_close: boolean, 
/**
 * Its transfer, once it is posted (SET-53).
 */
bank: BankView | null, 
/**
 * What else is said of its file.
 */
proofs: ProofsView, 
/**
 * Its further tellings by Amazon, the newest first (SET-61).
 */
reissues: Array<ReissueView>, 
/**
 * Rows that match exactly and that nobody has accepted yet.
 */
exact: number, 
/**
 * Rows that a person put off.
 */
later: number, };

export type BankView = { 
/**
 * What Amazon transferred.
 */
transfer: Amount, 
/**
 * Whether the journal left it in transit, so that entering it writes the journal which brings it to the bank.
 */
in_transit: boolean, 
/**
 * Currencies to choose from, that of the bank account first.
 */
currencies: Array<string>, 
/**
 * The first day that can be entered: the settlement's own.
 */
first_day: string, 
/**
 * What was entered.
 */
received: ReceivedView | null, };

export type ReceivedView = { 
/**
 * The bank's day.
 */
date: string, 
/**
 * What came in.
 */
amount: Amount, 
/**
 * What the bank took.
 */
fee: Amount | null, 
/**
 * The person.
 */
who: string, 
/**
 * How its journal stands; done where none was needed.
 */
state: State, 
/**
 * The journal.
 */
document: Document | null, 
/**
 * The cause of the error that keeps the journal back.
 */
cause: string | null, };

export type EnterReceipt = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The bank's day, ISO 8601.
 */
date: string, 
/**
 * What came in, as typed: `1234.5`, `1,234.50`, `1 234,50`.
 */
amount: string, 
/**
 * ISO 4217 code of the bank account.
 */
currency: string, 
/**
 * What the bank took, as typed, where it counts in another currency than the settlement; in the same one it follows.
 */
fee?: string, };

export type ReadBankFile = { 
/**
 * The file's name.
 */
name: string, 
/**
 * The upload that brought its first pieces; nothing for a file in one piece.
 */
upload?: string, 
/**
 * Its bytes or the last piece of them, base64.
 */
content: string, 
/**
 * Its columns, once a person has chosen them.
 */
columns?: BankColumns, 
/**
 * ISO 4217 code of amounts that name none, once it is chosen.
 */
currency?: string, 
/**
 * Whether the day comes before the month, once it is chosen.
 */
day_first?: boolean, };

export type BankColumns = { 
/**
 * The bank's day.
 */
date: number | null, 
/**
 * What came in and, below nought, what went out.
 */
amount: number | null, 
/**
 * What came in, where that has a column of its own.
 */
credit: number | null, 
/**
 * What went out, where that has a column of its own.
 */
debit: number | null, 
/**
 * A word that tells which of the two an amount is.
 */
side: number | null, 
/**
 * The currency.
 */
currency: number | null, 
/**
 * What the bank says.
 */
said: number | null, };

export type BankColumn = { 
/**
 * Its title; empty without one.
 */
title: string, 
/**
 * Its first filled cell.
 */
sample: string, };

export type BankFile = { 
/**
 * Entries in it.
 */
entries: number, 
/**
 * Rows that are no entry, such as a balance.
 */
left_out: number, 
/**
 * The day of its first entry, ISO 8601.
 */
first_day: string | null, 
/**
 * The day of its last one.
 */
last_day: string | null, 
/**
 * Its columns, where it is a table.
 */
titles: Array<BankColumn>, 
/**
 * Those that were taken.
 */
columns: BankColumns, 
/**
 * What has to be chosen first: `columns`, `order` of day and month, `currency`.
 */
asks: Array<string>, 
/**
 * Currencies to choose from.
 */
currencies: Array<string>, 
/**
 * The transfers, those that were found first.
 */
deposits: Array<BankDeposit>, };

export type BankDeposit = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * Its marketplaces (Amazon's ids), most lines first.
 */
marketplaces: Array<string>, 
/**
 * Its first day.
 */
start: string, 
/**
 * Its last day.
 */
end: string, 
/**
 * What Amazon transferred.
 */
transfer: Amount, 
/**
 * The day that Amazon names for it.
 */
deposit_date: string, 
/**
 * The one entry that is it, to be accepted.
 */
found: BankEntry | null, 
/**
 * Why none is proposed.
 */
why: Words | null, };

export type BankEntry = { 
/**
 * Its line in the file, from 1.
 */
line: number, 
/**
 * The bank's day.
 */
date: string, 
/**
 * What came in.
 */
amount: Amount, 
/**
 * What the bank says of it.
 */
said: string, };

export type FileProof = { 
/**
 * The file's name.
 */
name: string, 
/**
 * SHA-256 of its bytes, hexadecimal.
 */
hash: string, 
/**
 * Data rows.
 */
rows: number, 
/**
 * Money lines.
 */
lines: number, 
/**
 * The total in its header.
 */
declared: Amount | null, 
/**
 * The sum of its lines.
 */
sum: Amount, 
/**
 * Whether the two are equal.
 */
balanced: boolean, 
/**
 * `v1` or `v2` (SET-03).
 */
layout: string, 
/**
 * The encoding that was found (SET-06).
 */
encoding: string, 
/**
 * Whether amounts are written `1.234,56`.
 */
decimal_comma: boolean, };

export type SettlementTab = { 
/**
 * The tab.
 */
id: string, 
/**
 * Rows.
 */
count: number, 
/**
 * Their sum.
 */
sum: Amount, };

export type Unexplained = { 
/**
 * What it is.
 */
what: Words, 
/**
 * Its amount.
 */
amount: Amount, 
/**
 * The order it is about.
 */
order: string | null, };

export type JournalView = { 
/**
 * Its date.
 */
date: string, 
/**
 * Its memo.
 */
memo: string, 
/**
 * Its currency.
 */
currency: string, 
/**
 * Its lines.
 */
lines: Array<JournalLineView>, 
/**
 * Total of either side.
 */
total: Amount, 
/**
 * Whether debits equal credits; false only while a difference is shown as a line.
 */
balanced: boolean, 
/**
 * The posted record.
 */
document: Document | null, };

export type JournalLineView = { 
/**
 * The account's number; empty while the account is not chosen.
 */
account_number: string, 
/**
 * The account's name, or the category while the account is not chosen.
 */
account_name: string, 
/**
 * Debit.
 */
debit: Amount | null, 
/**
 * Credit.
 */
credit: Amount | null, 
/**
 * Whether this is the part that is not explained yet.
 */
open: boolean, };

export type Check = { 
/**
 * What was checked.
 */
what: Words, 
/**
 * How it came out; `queued` when it can only be known after posting.
 */
state: State, };

export type WillWrite = { 
/**
 * What.
 */
what: Words, 
/**
 * How many.
 */
count: number, };

export type PostingStep = { 
/**
 * `payments`, `refunds`, `fees`, `summary`, `journal` or `undo`.
 */
id: string, 
/**
 * How it stands.
 */
state: State, 
/**
 * Records written.
 */
done: number, 
/**
 * Records to write.
 */
total: number, 
/**
 * The last record written.
 */
document: Document | null, 
/**
 * The cause of the error behind a write that was refused.
 */
cause: string | null, };

export type SettlementLinesRequest = { 
/**
 * The settlement.
 */
id: string, 
/**
 * The tab.
 */
tab: string, 
/**
 * Only lines of this bar of the waterfall.
 */
bar?: string, 
/**
 * Part of an order number, document number, SKU, kind or amount.
 */
search?: string, 
/**
 * Only the rows that a person put off; else those rows are left out.
 */
later?: boolean, 
/**
 * The index of the first row wanted, among the rows of the tab that the filter leaves; 0 when nothing is said.
 */
at?: number, 
/**
 * Rows wanted, at most 500.
 */
limit?: number, };

export type SettlementLinesPage = { 
/**
 * The rows.
 */
rows: Array<MatchRow>, 
/**
 * The index of the first of them.
 */
at: number, 
/**
 * Rows of the tab in all.
 */
total: number, 
/**
 * Counts of the tabs under the same filter.
 */
tabs: Array<TabCount>, };

export type MatchRow = { 
/**
 * The group's id.
 */
id: string, 
/**
 * What Amazon says it is: `Order`, `Refund`, or the fee's name.
 */
title: Words, 
/**
 * The order.
 */
order: string | null, 
/**
 * Posted, ISO 8601.
 */
posted: string | null, 
/**
 * SKUs, shortened.
 */
items: string, 
/**
 * Amazon's amount.
 */
amazon: Amount, 
/**
 * NetSuite's side in words.
 */
netsuite: Words | null, 
/**
 * NetSuite's amount.
 */
netsuite_amount: Amount | null, 
/**
 * The record that exists.
 */
document: Document | null, 
/**
 * Why they belong together, or why not.
 */
reason: Words, 
/**
 * How it stands.
 */
state: State, 
/**
 * The answer to offer, if any.
 */
remedy: RemedyView | null, 
/**
 * The rows of the file in it.
 */
rows: number, 
/**
 * Whether a person accepted it as it stands.
 */
accepted: boolean, 
/**
 * Whether a person put it off.
 */
later: boolean, 
/**
 * A person's words about it.
 */
note: string | null, 
/**
 * What a person can do about it.
 */
acts: RowActs, };

export type OneRow = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The row's id.
 */
group: string, };

export type RowActs = { 
/**
 * It can be accepted.
 */
accept: boolean, 
/**
 * Other documents of NetSuite can be chosen for it.
 */
find: boolean, 
/**
 * What is missing and can be asked for: `bill`, `order`, `credit_memo` or `expense`.
 */
create: string | null, 
/**
 * Its amount can be split over accounts.
 */
split: boolean, 
/**
 * What is open of it can be written off.
 */
write_off: boolean, 
/**
 * It can be left out of the settlement.
 */
exclude: boolean, 
/**
 * What a person chose for it that changes its posting: `documents`, `split`, `written_off` or `standalone`.
 */
chosen: string | null, };

export type RowDone = { 
/**
 * What to say.
 */
said: Words, 
/**
 * The name under which it is taken back; nothing where the act is another flow's.
 */
act: string | null, 
/**
 * A rule that would save the same choice the next time.
 */
offer: RuleOffer | null, };

export type UndoRowAct = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The act; nothing for the last one.
 */
act?: string, };

export type NoteRow = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The row's id.
 */
group: string, 
/**
 * The words; none take the note away.
 */
text: string, };

export type PutRowOff = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The row's id.
 */
group: string, 
/**
 * Whether it is out of the way.
 */
later: boolean, };

export type WriteOffRow = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The row's id.
 */
group: string, 
/**
 * NetSuite's internal id of the account.
 */
account: string, 
/**
 * Why.
 */
reason: string, };

export type WriteOffTerms = { 
/**
 * What is open of it.
 */
open: Amount, 
/**
 * The most that may be written off.
 */
limit: Amount, 
/**
 * Why it may not be written off; nothing where it may.
 */
refused: Words | null, 
/**
 * The account for small differences, as it is chosen: NetSuite's internal id.
 */
account: string | null, 
/**
 * Its number and name.
 */
account_name: string, };

export type FindDocuments = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The row's id.
 */
group: string, 
/**
 * Part of a document's number, order number or customer, or an amount; the row's own amount when nothing is said.
 */
search: string, };

export type FoundDocuments = { 
/**
 * What was looked for.
 */
search: string, 
/**
 * The documents, at most 50.
 */
documents: Array<FoundDocument>, };

export type FoundDocument = { 
/**
 * The record.
 */
document: Document, 
/**
 * The customer's name.
 */
customer: string, 
/**
 * Its date, ISO 8601.
 */
date: string, 
/**
 * The order number that it carries.
 */
order: string | null, 
/**
 * Its total.
 */
total: Amount, 
/**
 * What is open of it.
 */
open: Amount, 
/**
 * Whether the row belongs to it now.
 */
chosen: boolean, };

export type LinkDocuments = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The row's id.
 */
group: string, 
/**
 * NetSuite's internal ids.
 */
documents: Array<string>, };

export type RemainderRequest = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The row's id.
 */
group: string, 
/**
 * The amounts that are taken of it, as they were typed or as the documents have them.
 */
taken: Array<string>, };

export type Remainder = { 
/**
 * The row's amount.
 */
amount: Amount, 
/**
 * What was understood of each amount; nothing where it is no amount.
 */
understood: Array<Amount | null>, 
/**
 * What is left.
 */
left: Amount, };

export type SplitPart = { 
/**
 * NetSuite's internal id of the account.
 */
account: string, 
/**
 * The amount as it was typed.
 */
amount: string, };

export type SplitRow = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The row's id.
 */
group: string, 
/**
 * The parts; they come to the row's amount.
 */
parts: Array<SplitPart>, };

export type RuleOffer = { 
/**
 * transaction-type, amount-type, amount-description of the lines.
 */
triple: [string, string, string], 
/**
 * What people call such a line.
 */
name: string, 
/**
 * NetSuite's internal id of the account.
 */
account: string, 
/**
 * Its number and name.
 */
account_name: string, 
/**
 * The category that such lines count in.
 */
category: string, 
/**
 * How often the same was chosen.
 */
times: number, };

export type AnswerRule = { 
/**
 * The rule.
 */
offer: RuleOffer, 
/**
 * Whether it holds from now on; else it is not offered again.
 */
always: boolean, };

export type CreateForRow = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The row's id.
 */
group: string, 
/**
 * `bill`, `order` or `credit_memo`; the account of an expense is chosen with `map_line`.
 */
what: string, };

export type ClearRow = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The row's id.
 */
group: string, 
/**
 * `documents`, `split`, `written_off` or `standalone`.
 */
choice: string, };

export type SettlementGroupRequest = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The row's id.
 */
group: string, 
/**
 * The index of the first line wanted; 0 when nothing is said.
 */
at?: number, };

export type SettlementGroup = { 
/**
 * The row itself.
 */
row: MatchRow, 
/**
 * Lines of Amazon's file in it, at most 200 from the index that was asked for.
 */
lines: Array<FileLine>, 
/**
 * The index of the first of them.
 */
at: number, 
/**
 * Lines in all.
 */
total: number, 
/**
 * The sum of all its lines.
 */
net: Amount, 
/**
 * What was written in NetSuite for it, or will be.
 */
records: Array<GroupRecord>, };

export type FileLine = { 
/**
 * The physical line of the file.
 */
number: number, 
/**
 * Which amount of that line, from 0: only the old layout has several.
 */
part: number, 
/**
 * Posted, ISO 8601.
 */
posted: string | null, 
/**
 * `transaction-type`.
 */
transaction_type: string, 
/**
 * `amount-type`.
 */
amount_type: string, 
/**
 * `amount-description`.
 */
description: string, 
/**
 * Its amount, from the seller's side.
 */
amount: Amount, 
/**
 * What it is.
 */
category: Words, 
/**
 * The number of the account that it goes to; empty for buyers' money and while the account is not chosen.
 */
account_number: string, 
/**
 * The account's name.
 */
account_name: string, 
/**
 * The SKU.
 */
sku: string, 
/**
 * The quantity.
 */
quantity: string | null, };

export type GroupRecord = { 
/**
 * What it is.
 */
title: Words, 
/**
 * Whether it is there.
 */
state: State, 
/**
 * When it was written, ISO 8601.
 */
at: string | null, 
/**
 * The record.
 */
document: Document | null, };

export type SettlementHistoryRequest = { 
/**
 * Amazon's marketplace id; nothing means that of the newest settlement.
 */
marketplace?: string, };

export type SettlementHistory = { 
/**
 * The marketplace; nothing while no settlement is matched.
 */
marketplace: string | null, 
/**
 * Every marketplace that has settlements, by Amazon's ids, the newest first.
 */
marketplaces: Array<string>, 
/**
 * The columns, oldest first.
 */
settlements: Array<HistoryColumn>, 
/**
 * The fee families of the stacks, from the bottom: at most six, and `other` for the rest.
 */
families: Array<FeeFamily>, 
/**
 * Fees of all columns together, as money that Amazon took.
 */
fees: Amount, 
/**
 * Those as a share of the sales of all columns, in percent with one decimal, as text.
 */
fee_percent: string | null, 
/**
 * The axis of fees as money.
 */
amounts: Axis, 
/**
 * The axis of fees as a share of sales.
 */
percents: Axis, 
/**
 * The axis of deposits and reserves.
 */
deposits: Axis, 
/**
 * About when the next settlement comes, ISO 8601: as far after the newest one as that was after the one before.
 */
next: string | null, };

export type FeeFamily = { 
/**
 * `referral`, `fulfilment`, `storage`, `advertising`, `subscription`, `inbound`, `returns`, `selling`,
 * `promotions` or `other`.
 */
id: string, 
/**
 * What Amazon took.
 */
amount: Amount, };

export type HistoryColumn = { 
/**
 * Amazon's settlement id.
 */
id: string, 
/**
 * First day.
 */
start: string, 
/**
 * Last day.
 */
end: string, 
/**
 * Day of the deposit.
 */
deposit_date: string | null, 
/**
 * Product sales.
 */
sales: Amount, 
/**
 * Fees, as money that Amazon took.
 */
fees: Amount, 
/**
 * Fees as a share of sales, in percent with one decimal, as text; nothing without sales.
 */
fee_percent: string | null, 
/**
 * The parts of the stack, in the order of the families.
 */
parts: Array<FeePart>, 
/**
 * The deposit; less than nothing where the seller owes Amazon.
 */
deposit: Amount, 
/**
 * Its place on the axis of deposits.
 */
deposit_at: number, 
/**
 * What Amazon kept back at the end of it.
 */
reserve: Amount, 
/**
 * Its place on the axis of deposits.
 */
reserve_at: number, };

export type FeePart = { 
/**
 * The family.
 */
family: string, 
/**
 * What Amazon took; less than nothing where it gave back more than it took.
 */
amount: Amount, 
/**
 * Its share of sales, in percent with one decimal, as text.
 */
percent: string | null, 
/**
 * Where it begins and ends on the axis of money.
 */
amount_at: [number, number], 
/**
 * Where it begins and ends on the axis of shares; nothing without sales.
 */
percent_at: [number, number] | null, };

export type Axis = { 
/**
 * The place of zero.
 */
zero_at: number, 
/**
 * Its marks, from the lowest.
 */
ticks: Array<Tick>, };

export type Tick = { 
/**
 * Its place.
 */
at: number, 
/**
 * Its value as decimal text: an amount, or a percentage.
 */
value: string, };

export type MoneyView = { 
/**
 * When Amazon was asked last, ISO 8601; nothing before it ever was.
 */
as_of: string | null, 
/**
 * Each marketplace, in the order of the workspace.
 */
markets: Array<MoneyMarket>, 
/**
 * Orders whose money waits for its release.
 */
waiting: number, 
/**
 * Orders whose release is overdue, the longest first.
 */
late: Array<LateOrder>, 
/**
 * What they come to, for each currency.
 */
late_sums: Array<Amount>, 
/**
 * Orders that were billed long ago and that Amazon tells nothing of, the oldest first.
 */
missing: Array<MissingOrder>, 
/**
 * What they come to, for each currency.
 */
missing_sums: Array<Amount>, 
/**
 * The month-end entries, the newest month first.
 */
accruals: Array<AccrualView>, };

export type MoneyMarket = { 
/**
 * Amazon's id.
 */
marketplace: string, 
/**
 * All of it: the four below.
 */
total: Amount, 
/**
 * Released, and not paid out yet.
 */
open: Amount, 
/**
 * Held back until a day.
 */
deferred: Amount, 
/**
 * What Amazon itself says that it holds back, where its transactions come to something else.
 */
amazon_says: Amount | null, 
/**
 * Kept as a reserve for the account as a whole.
 */
reserve: Amount, 
/**
 * Paid out, and about to reach the bank.
 */
in_transit: Amount, 
/**
 * What is held back, by reason.
 */
reasons: Array<HeldFor>, 
/**
 * The next deposit, about: its day, and what is released by then.
 */
next_deposit: ExpectedMoney | null, 
/**
 * What should be released within the days of the calendar, about, and until when.
 */
expected: ExpectedMoney | null, 
/**
 * The days of the calendar, oldest first.
 */
days: Array<ReleaseDay>, 
/**
 * Its axis.
 */
axis: Axis, 
/**
 * What is held back beyond its last day.
 */
beyond: Amount, 
/**
 * What of NetSuite's open bills is where.
 */
bills: Array<BillsIn>, };

export type HeldFor = { 
/**
 * `DD7`, `B2B` or another word of Amazon's; empty where Amazon names none.
 */
reason: string, 
/**
 * How much.
 */
amount: Amount, 
/**
 * Orders.
 */
orders: number, 
/**
 * The first day on which some of it is expected.
 */
first: string | null, 
/**
 * The last one.
 */
last: string | null, };

export type ExpectedMoney = { 
/**
 * The day.
 */
day: string, 
/**
 * How much.
 */
amount: Amount, };

export type ReleaseDay = { 
/**
 * The day.
 */
day: string, 
/**
 * What was, or should be, released on it.
 */
amount: Amount, 
/**
 * Orders.
 */
orders: number, 
/**
 * Its place on the axis.
 */
at: number, 
/**
 * Whether it is over, so that the amount was released.
 */
is_past: boolean, 
/**
 * Whether it is today.
 */
is_today: boolean, };

export type BillsIn = { 
/**
 * `held`, `open`, `settled`, `untold` or `missing`; `all` for their sum.
 */
state: string, 
/**
 * How many.
 */
bills: number, 
/**
 * What they come to.
 */
amount: Amount, };

export type LateOrder = { 
/**
 * Amazon's order number.
 */
order: string, 
/**
 * Amazon's marketplace id.
 */
marketplace: string, 
/**
 * About the day of its delivery, where the reason tells it.
 */
delivered: string | null, 
/**
 * The day on which Amazon was to release it.
 */
expected: string, 
/**
 * Days since then.
 */
late_days: number, 
/**
 * The amount.
 */
amount: Amount, 
/**
 * Its page in Seller Central; nothing in the Demo company.
 */
address: string | null, };

export type MissingOrder = { 
/**
 * Amazon's order number.
 */
order: string, 
/**
 * Amazon's marketplace id.
 */
marketplace: string, 
/**
 * The bill's number.
 */
document: string | null, 
/**
 * The day of the bill.
 */
billed: string, 
/**
 * Days since then.
 */
age_days: number, 
/**
 * The bill's total.
 */
amount: Amount | null, 
/**
 * Its page in Seller Central; nothing in the Demo company.
 */
address: string | null, };

export type AccrualView = { 
/**
 * Its name, by which it is approved.
 */
id: string, 
/**
 * Amazon's marketplace id.
 */
marketplace: string, 
/**
 * The day of the entry: the last of the month.
 */
day: string, 
/**
 * The day on which NetSuite takes it back.
 */
reversed: string, 
/**
 * Transactions behind it.
 */
transactions: number, 
/**
 * The total of either side.
 */
total: Amount, 
/**
 * Its lines.
 */
lines: Array<AccrualLine>, 
/**
 * What has changed since it was posted, account by account.
 */
drift: Array<AccrualLine>, 
/**
 * How it stands.
 */
state: State, 
/**
 * Why there is no entry, or what it waits for.
 */
reason: Words | null, 
/**
 * The cause of the error behind it, if one keeps it back.
 */
cause: string | null, 
/**
 * Whether it can be posted.
 */
can_post: boolean, 
/**
 * The posted record.
 */
document: Document | null, };

export type AccrualLine = { 
/**
 * The account's number; empty while no account is chosen.
 */
account_number: string, 
/**
 * The account's name, or its key while none is chosen.
 */
account_name: string, 
/**
 * Debit.
 */
debit: Amount | null, 
/**
 * Credit.
 */
credit: Amount | null, };

export type EvidenceRequest = { 
/**
 * The settlement.
 */
id: string, 
/**
 * `en` or `fr`.
 */
language: string, 
/**
 * Whether to put the sheet among the downloads instead of handing it back.
 */
save: boolean, };

export type UndoPreview = { 
/**
 * The question.
 */
title: Words, 
/**
 * What will happen, in order.
 */
will: Array<Words>, 
/**
 * What cannot be undone.
 */
cannot: Array<Words>, 
/**
 * Whether it can begin: not while something would have to be deleted in a closed period.
 */
can: boolean, };

export type VarianceView = { 
/**
 * `none`, `small`, `open` or `material`.
 */
weight: string, 
/**
 * Who accepted it, as long as it is still the one that was accepted.
 */
accepted: ChoiceView | null, 
/**
 * Whether it can be accepted as it stands.
 */
can_accept: boolean, };

export type ChoiceView = { 
/**
 * The reason that was given.
 */
reason: string, 
/**
 * The person.
 */
who: string, 
/**
 * When, ISO 8601.
 */
at: string, };

export type RevisionView = { 
/**
 * From 1 on; undoing and posting again makes the next one.
 */
revision: number, 
/**
 * `approved`, `posted`, `undoing` or `undone`.
 */
state: string, 
/**
 * Who changed it last: `you`, `app` or a name.
 */
who: string, 
/**
 * When, ISO 8601.
 */
at: string, };

export type AcceptVariance = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * Why.
 */
reason: string, };

export type PickMarketplace = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * ISO 4217 code of its currency.
 */
currency: string, 
/**
 * Amazon's marketplace id.
 */
marketplace: string, };

export type CloseSettlement = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Whether another tool has posted it: it is in the books already.
 */
elsewhere?: boolean, };

export type ExcludeGroup = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * The row's id in the review.
 */
group: string, 
/**
 * Why.
 */
reason: string, };

export type ProofsView = { 
/**
 * What does not fit the settlement before it.
 */
chain: Array<ChainFinding>, 
/**
 * Who waits no more for the settlement that is missing before it.
 */
gap_accepted: ChoiceView | null, 
/**
 * Lines whose money goes the other way than is usual for what they are.
 */
unusual: Array<UnusualLines>, 
/**
 * What the file lacks, and what may be done about it; nothing where it adds up by itself.
 */
missing: MissingView | null, };

export type ChainFinding = { 
/**
 * `gap`, `overlap`, `reserve` or `debt`.
 */
kind: string, 
/**
 * The sentence, with the missing period or the amounts.
 */
what: Words, 
/**
 * By how much amounts differ; nothing for periods.
 */
off: Amount | null, };

export type UnusualLines = { 
/**
 * The message id of what they are.
 */
category: string, 
/**
 * How many.
 */
count: number, 
/**
 * What they come to.
 */
amount: Amount, };

export type MissingView = { 
/**
 * The declared total less the sum of the lines.
 */
amount: Amount, 
/**
 * Which line is likely missing.
 */
likely: Words | null, 
/**
 * The category that this speaks for.
 */
proposed: string, 
/**
 * The categories that a line by hand may have.
 */
categories: Array<BalancingCategory>, 
/**
 * The line that a person added, as long as it fits.
 */
added: AddedLine | null, 
/**
 * Whether one may be added or taken back now.
 */
can_add: boolean, };

export type BalancingCategory = { 
/**
 * Its key.
 */
id: string, 
/**
 * The message id of its name.
 */
title: string, 
/**
 * Whether an account must be chosen for it.
 */
needs_account: boolean, };

export type AddedLine = { 
/**
 * The message id of what it is.
 */
category: string, 
/**
 * Who added it, when and why.
 */
said: ChoiceView, };

export type AddBalancingLine = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * What the line is.
 */
category: string, 
/**
 * NetSuite's id of the account, where the category needs one.
 */
account?: string, 
/**
 * Why.
 */
reason: string, };

export type AcceptGap = { 
/**
 * The settlement after the gap.
 */
settlement: string, 
/**
 * Why.
 */
reason: string, };

export type ReissueView = { 
/**
 * The document, as the archive calls it.
 */
archive: string, 
/**
 * Its file's name.
 */
file: string, 
/**
 * When it was found, ISO 8601.
 */
found_at: string, 
/**
 * `open`, `accepted`, `kept` or `overtaken`.
 */
state: string, 
/**
 * Who said so: `you`, `app` or a name; empty while it is open.
 */
who: string, 
/**
 * When, ISO 8601.
 */
decided_at: string | null, 
/**
 * Why what is posted was kept.
 */
reason: string, 
/**
 * Whether it can be accepted or refused now.
 */
can_decide: boolean, };

export type ReissueDifference = { 
/**
 * Rows that the new file alone has.
 */
added: number, 
/**
 * Rows that the first file alone has.
 */
removed: number, 
/**
 * Rows that both have with another amount, quantity or time.
 */
changed: number, 
/**
 * Rows that are the same.
 */
same: number, 
/**
 * The total of the first file.
 */
before: Amount, 
/**
 * The total of the new file.
 */
after: Amount, 
/**
 * Whether the new file comes to its own total.
 */
balanced: boolean, 
/**
 * What the summary rows say otherwise.
 */
header: Array<HeaderChange>, 
/**
 * The rows, by the order that they belong to; at most 200 groups.
 */
groups: Array<ReissueGroup>, 
/**
 * Groups that are not among these.
 */
more: number, };

export type HeaderChange = { 
/**
 * What it is.
 */
what: Words, 
/**
 * In the first file.
 */
before: string, 
/**
 * In the new file.
 */
after: string, };

export type ReissueGroup = { 
/**
 * The order's number, or the kind's own words.
 */
title: string, 
/**
 * Whether the title is an order's number.
 */
is_order: boolean, 
/**
 * By how much the group's money moves.
 */
off: Amount, 
/**
 * Its rows that differ, at most 50.
 */
rows: Array<ReissueRow>, 
/**
 * Rows that are not among these.
 */
more: number, };

export type ReissueRow = { 
/**
 * `added`, `removed` or `changed`.
 */
fate: string, 
/**
 * Transaction type, amount type and description, in Amazon's words.
 */
what: string, 
/**
 * The SKU; may be empty.
 */
sku: string, 
/**
 * The amount in the first file.
 */
before: Amount | null, 
/**
 * The amount in the new file.
 */
after: Amount | null, };

export type KeepPosted = { 
/**
 * The settlement.
 */
settlement: string, 
/**
 * Why.
 */
reason: string, };

export type UploadPiece = { 
/**
 * The upload that it continues; nothing for the first piece.
 */
upload?: string, 
/**
 * Its bytes, base64.
 */
content: string, };

export type Uploading = { 
/**
 * The name that its next piece comes under.
 */
upload: string, };

export type ImportSettlement = { 
/**
 * The file's name.
 */
name: string, 
/**
 * The upload that brought its first pieces; nothing for a file in one piece.
 */
upload?: string, 
/**
 * Its bytes or the last piece of them, base64; gzip allowed.
 */
content: string, };

export type Imported = { 
/**
 * Settlements that were new.
 */
settlements: Array<string>, 
/**
 * What to tell.
 */
said: Words, };

export type Settings = { 
/**
 * `en`, `fr` or `system`.
 */
language: string, 
/**
 * `light`, `dark` or `system`.
 */
theme: string, 
/**
 * `compact` or `comfortable`.
 */
density: string, 
/**
 * Number and date style: `system`, `en-US`, `en-GB`, `fr-FR`, `fr-CA`.
 */
region: string, 
/**
 * What the close button does: `ask`, `tray` or `quit`.
 */
close: string, 
/**
 * Single-letter keys (WCAG 2.1.4).
 */
single_keys: boolean, 
/**
 * Start at login.
 */
start_at_login: boolean, 
/**
 * Notifications.
 */
notifications: boolean, 
/**
 * The folder of the workspace file.
 */
data_folder: string, 
/**
 * Whether this is the Demo company.
 */
demo: boolean, };

export type SetSetting = { 
/**
 * The field's name in [`Settings`].
 */
name: string, 
/**
 * Its new value as text: `dark`, `true`.
 */
value: string, };

export type Pause = { 
/**
 * Whether they rest from now on.
 */
paused: boolean, 
/**
 * After how many minutes they go on by themselves; nothing means when the person says so.
 */
minutes?: number, };

export type SetOption = { 
/**
 * The option's key, such as `orders.ship_method_default`.
 */
option: string, 
/**
 * One marketplace, or nothing for the workspace.
 */
marketplace: string | null, 
/**
 * The value, as the option's text form; nothing clears it.
 */
value: string | null, 
/**
 * The cause that asked; without one everything that waits is looked at again.
 */
cause?: string, };

export type MappingRequest = { 
/**
 * The kind of record; nothing means the first.
 */
form?: string, 
/**
 * A marketplace's id, an account (`eu:A1SELLER`), or empty for all marketplaces.
 */
scope: string, };

export type MappingRow = { 
/**
 * `body` or `line`.
 */
place: string, 
/**
 * The service's field, by its own name.
 */
field: string, 
/**
 * How the value is written: `text`, `record`, `flag`, `number` or `date`.
 */
shape: string, 
/**
 * Where the value comes from.
 */
source: MappingSource, 
/**
 * When the row counts; nothing means always.
 */
when: MappingCondition | null, 
/**
 * What happens when the value is empty.
 */
otherwise: MappingOtherwise, };

export type MappingSource = { "from": "field", paths: Array<string>, format: MappingFormat, } | { "from": "constant", value: string, } | { "from": "text", template: string, } | { "from": "table", path: string, rows: Array<MappingPair>, default: string, unique: boolean, } | { "from": "expression", text: string, } | { "from": "omit" };

export type MappingFormat = { 
/**
 * `as_is`, `upper`, `lower`, `trim`, `digits`, `first`, `last`, `shift_days`, `year`, `year_month` or `join`.
 */
name: string, 
/**
 * What the format needs to know.
 */
argument: string, };

export type MappingPair = { 
/**
 * The value that is looked for.
 */
from: string, 
/**
 * What it becomes.
 */
to: string, };

export type MappingCondition = { 
/**
 * The field that is looked at.
 */
path: string, 
/**
 * `is`, `is_not`, `is_one_of`, `starts_with`, `contains`, `is_filled` or `is_empty`.
 */
test: string, 
/**
 * What it is compared with.
 */
value: string, };

export type MappingOtherwise = { "then": "inherit" } | { "then": "leave_out" } | { "then": "take", value: string, } | { "then": "ask" };

export type MappingView = { 
/**
 * The kinds of record that have a mapping.
 */
forms: Array<MappingForm>, 
/**
 * The kind shown.
 */
form: string, 
/**
 * The scope shown.
 */
scope: string, 
/**
 * The scopes there are: all, each account, each marketplace.
 */
scopes: Array<MappingScope>, 
/**
 * Every field that is locked, filled by the product, or filled by a row.
 */
fields: Array<MappingField>, 
/**
 * Where such a record has fields that rows may fill.
 */
places: Array<MappingPlace>, 
/**
 * The service's own fields that a new row may fill.
 */
open: Array<OpenField>, 
/**
 * What rows may read, with the values of a typical order.
 */
sources: Array<SourceValue>, 
/**
 * The versions of this scope, newest first.
 */
versions: Array<MappingVersion>, 
/**
 * Recent records to try a draft on, newest first.
 */
samples: Array<string>, };

export type MappingForm = { 
/**
 * Its lasting name.
 */
form: string, 
/**
 * The message id of its title.
 */
title: string, 
/**
 * The flow whose settings stand beside the rows.
 */
flow: string, 
/**
 * Rows that cannot be applied right now.
 */
gaps: number, };

export type MappingPlace = { 
/**
 * `body` or `line`.
 */
place: string, 
/**
 * How the id of a custom field begins there; nothing where there are none.
 */
custom: string | null, };

export type MappingScope = { 
/**
 * A marketplace's id, an account, or empty for all.
 */
scope: string, 
/**
 * `workspace`, `account` or `marketplace`.
 */
level: string, 
/**
 * The marketplace's country as sellers say it, or the account's region.
 */
name: string, 
/**
 * Rows of its own.
 */
rows: number, };

export type MappingField = { 
/**
 * `body` or `line`.
 */
place: string, 
/**
 * NetSuite's field.
 */
field: string, 
/**
 * Nobody may map it (CMN-29).
 */
locked: boolean, 
/**
 * What the product fills it with by itself.
 */
built_in: BuiltInView | null, 
/**
 * Rows of this very scope.
 */
own: Array<MappingRow>, 
/**
 * Rows of wider scopes, closest first.
 */
inherited: Array<InheritedRow>, 
/**
 * A row of this field cannot be applied right now.
 */
gap: boolean, };

export type BuiltInView = { 
/**
 * `text`, `field`, `option` or `table`.
 */
kind: string, 
/**
 * The text, path, option or table.
 */
what: string, 
/**
 * The value that counts in this scope, for an option.
 */
value: string | null, };

export type InheritedRow = { 
/**
 * `account` or `workspace`.
 */
level: string, 
/**
 * The row.
 */
row: MappingRow, };

export type OpenField = { 
/**
 * `body` or `line`.
 */
place: string, 
/**
 * NetSuite's field.
 */
field: string, };

export type SourceValue = { 
/**
 * Such as `order.ship_city`.
 */
path: string, 
/**
 * The value as text; empty when there is none.
 */
value: string, };

export type MappingVersion = { 
/**
 * Its number.
 */
version: string, 
/**
 * Why it was changed.
 */
note: string, 
/**
 * Who.
 */
who: string, 
/**
 * When, ISO 8601.
 */
at: string, 
/**
 * Its rows.
 */
rows: number, 
/**
 * Records in NetSuite that remember it.
 */
records: number, };

export type MappingDraft = { 
/**
 * The kind of record.
 */
form: string, 
/**
 * The scope.
 */
scope: string, 
/**
 * All rows of the scope.
 */
rows: Array<MappingRow>, 
/**
 * The record to try it on; nothing means the newest.
 */
record?: string, };

export type MappingTrial = { 
/**
 * The record; nothing when there is none yet, and a typical one stands in.
 */
record: string | null, 
/**
 * What the rows read.
 */
source: Array<SourceValue>, 
/**
 * Each field with and without the draft.
 */
fields: Array<TriedField>, 
/**
 * Rows that are written wrongly.
 */
faults: Array<MappingFault>, };

export type TriedField = { 
/**
 * `body` or `line`.
 */
place: string, 
/**
 * NetSuite's field.
 */
field: string, 
/**
 * The line's SKU.
 */
line: string | null, 
/**
 * What is live now.
 */
before: string | null, 
/**
 * What the draft would send.
 */
after: string | null, 
/**
 * Why the draft can send nothing.
 */
fault: Words | null, };

export type MappingFault = { 
/**
 * `body` or `line`.
 */
place: string, 
/**
 * NetSuite's field.
 */
field: string, 
/**
 * In words.
 */
said: Words, 
/**
 * Records it happens on; 0 when the row itself is wrong.
 */
records: number, };

export type MappingTest = { 
/**
 * Records it was tried on.
 */
tried: number, 
/**
 * Records that would be written differently.
 */
changed: Array<ChangedRecord>, 
/**
 * What would fail, and on how many of them.
 */
faults: Array<MappingFault>, };

export type ChangedRecord = { 
/**
 * Its key, such as the order number.
 */
record: string, 
/**
 * The fields that differ.
 */
fields: Array<TriedField>, };

export type SaveMapping = { 
/**
 * The kind of record.
 */
form: string, 
/**
 * The scope.
 */
scope: string, 
/**
 * All rows of the scope; none means that the wider scope counts.
 */
rows: Array<MappingRow>, 
/**
 * Why, in the person's words.
 */
note: string, };

export type RestoreMapping = { 
/**
 * The version.
 */
version: string, };

export type OptionsRequest = { 
/**
 * The flow.
 */
flow: string, 
/**
 * A marketplace's id, an account, or empty for all marketplaces.
 */
scope: string, };

export type FlowOptions = { 
/**
 * In the flow's own order.
 */
options: Array<FlowOption>, };

export type FlowOption = { 
/**
 * Its key, such as `orders.fba.import_as`.
 */
key: string, 
/**
 * The message id of its name; a word of `one_of` or `item_field` has the id `{title}-is-{word}`.
 */
title: string, 
/**
 * `switch`, `one_of`, `item_field`, `number`, `record` or `text`.
 */
kind: string, 
/**
 * The words of `one_of` and `item_field`, or the kind of record.
 */
words: Array<string>, 
/**
 * The value that counts here; nothing when nothing is chosen.
 */
value: string | null, 
/**
 * Where it comes from: `marketplace`, `account`, `workspace` or `default`.
 */
from: string, 
/**
 * Set at this very scope, so that it can be cleared.
 */
own: boolean, };

export type SetFlowOption = { 
/**
 * The setting's key.
 */
option: string, 
/**
 * A marketplace's id, an account, or empty for all marketplaces.
 */
scope: string, 
/**
 * The value as text; nothing clears it, so that the wider scope counts.
 */
value: string | null, };

export type CloneProfile = { 
/**
 * The marketplace whose settings are taken.
 */
from: string, 
/**
 * The marketplace that gets them; what it has chosen itself stays.
 */
to: string, };

export type ClonedProfile = { 
/**
 * Keys of the settings that were taken over.
 */
copied: Array<string>, 
/**
 * Settings to look at: accounts, taxes, places, and whatever was left alone.
 */
review: Array<ReviewOption>, };

export type ReviewOption = { 
/**
 * Its key.
 */
key: string, 
/**
 * Its value in the marketplace that was cloned.
 */
value: string, 
/**
 * Whether it was taken over; accounts and the like never are when the currency differs.
 */
copied: boolean, };

export type LookupTable = { 
/**
 * `tax-codes`, `tax-rates`, `ship-methods` or `carriers`.
 */
name: string, 
/**
 * The rows, by what they are looked up with.
 */
rows: Array<MappingPair>, };

export type TablesView = { 
/**
 * The tables, in the order of an order's life.
 */
tables: Array<LookupTable>, };

export type SetTableRow = { 
/**
 * The table.
 */
table: string, 
/**
 * What it is looked up with: a service level, a shipping method, or `ship-from;ship-to;liable;buyer`.
 */
from: string, 
/**
 * What it becomes: NetSuite's internal id, or Amazon's carrier; nothing removes the row.
 */
to: string | null, };

export type SchedulesView = { 
/**
 * One row for each flow in each account, in the order of the chains.
 */
rows: Array<ScheduleRow>, 
/**
 * What runs next, the soonest first, at most ten.
 */
upcoming: Array<Upcoming>, 
/**
 * Hours in which nothing begins by itself.
 */
quiet: QuietHours | null, 
/**
 * Whether a person paused all schedules.
 */
paused: boolean, 
/**
 * Accounts whose flows together would ask Amazon for orders more often than it allows.
 */
crowded: Array<string>, 
/**
 * Which flow is on for which marketplace.
 */
switches: Array<FlowSwitch>, 
/**
 * The zone of each account's hours.
 */
zones: Array<AccountZone>, };

export type FlowSwitch = { 
/**
 * The flow.
 */
flow: string, 
/**
 * The message id of its title.
 */
title: string, 
/**
 * The marketplaces that it is on for, by Amazon's ids.
 */
on: Array<string>, };

export type SetFlowOn = { 
/**
 * The flow.
 */
flow: string, 
/**
 * Amazon's marketplace id.
 */
marketplace: string, 
/**
 * Whether it runs from now on.
 */
on: boolean, };

export type ScheduleRow = { 
/**
 * The flow.
 */
flow: string, 
/**
 * The message id of its title.
 */
title: string, 
/**
 * The group it is shown in.
 */
group: string, 
/**
 * The account.
 */
account: string, 
/**
 * The account's marketplaces, by Amazon's ids.
 */
marketplaces: Array<string>, 
/**
 * The zone of its hours, such as `Europe/Paris`.
 */
zone: string, 
/**
 * How often it runs.
 */
rhythm: Rhythm, 
/**
 * The same as a sentence.
 */
says: Words, 
/**
 * Whether a person chose it; otherwise it is the default.
 */
chosen: boolean, 
/**
 * What the account's marketplaces share, whatever single ones chose.
 */
shared: Rhythm, 
/**
 * Marketplaces with a schedule of their own. All are looked at in one go: the soonest of these wishes counts.
 */
own: Array<OwnRhythm>, 
/**
 * When it last began, ISO 8601.
 */
last: string | null, 
/**
 * When it begins next, ISO 8601.
 */
next: string | null, 
/**
 * Runs of the last seven days, the oldest first.
 */
week: Array<RunMark>, };

export type OwnRhythm = { 
/**
 * Amazon's marketplace id.
 */
marketplace: string, 
/**
 * How often.
 */
rhythm: Rhythm, 
/**
 * The same as a sentence.
 */
says: Words, };

export type AccountZone = { 
/**
 * The account.
 */
account: string, 
/**
 * Its marketplaces, by Amazon's ids.
 */
marketplaces: Array<string>, 
/**
 * The zone, such as `Europe/Paris`.
 */
zone: string, 
/**
 * Whether a person chose it; otherwise it is that of the first marketplace.
 */
chosen: boolean, };

export type SetZone = { 
/**
 * The account.
 */
account: string, 
/**
 * The zone, such as `Europe/Paris`; nothing: that of the first marketplace.
 */
zone: string | null, };

export type RunMark = { 
/**
 * When it began, ISO 8601.
 */
at: string, 
/**
 * How it ended.
 */
state: State, };

export type Rhythm = { "kind": "by_hand" } | { "kind": "every", 
/**
 * The minutes.
 */
minutes: number, } | { "kind": "daily", 
/**
 * `06:00`, in the account's zone.
 */
at: string, } | { "kind": "weekdays", 
/**
 * `06:00`, in the account's zone.
 */
at: string, } | { "kind": "cron", 
/**
 * The text, such as `0 6 * * 1-5`.
 */
text: string, };

export type QuietHours = { 
/**
 * `22:00`.
 */
from: string, 
/**
 * `06:00`.
 */
to: string, };

export type Upcoming = { 
/**
 * When, ISO 8601.
 */
at: string, 
/**
 * The flow.
 */
flow: string, 
/**
 * The message id of its title.
 */
title: string, 
/**
 * The account's marketplaces.
 */
marketplaces: Array<string>, };

export type SetSchedule = { 
/**
 * The flow.
 */
flow: string, 
/**
 * The account.
 */
account: string, 
/**
 * One of its marketplaces; nothing for what all of them share.
 */
marketplace?: string, 
/**
 * How often from now on; nothing: as shared, or for all as the flow itself would.
 */
rhythm: Rhythm | null, };

export type SetQuietHours = { 
/**
 * The hours; nothing: none.
 */
hours: QuietHours | null, };

export type TryRhythm = { 
/**
 * The account, for its zone.
 */
account: string, 
/**
 * The rhythm.
 */
rhythm: Rhythm, };

export type RhythmMeans = { 
/**
 * As a sentence.
 */
says: Words, 
/**
 * The next three times, ISO 8601.
 */
next: Array<string>, };

export interface Commands {
  status: { request: Nothing; answer: Status };
  home: { request: InScope; answer: Home };
  flows: { request: InScope; answer: FlowsView };
  flow_days: { request: FlowDaysRequest; answer: FlowDays };
  start_run: { request: StartRun; answer: Started };
  cancel_run: { request: ById; answer: Done };
  runs: { request: RunsRequest; answer: RunsPage };
  run: { request: ById; answer: RunView };
  orders: { request: OrdersRequest; answer: OrdersPage };
  order: { request: ById; answer: OrderView };
  resend_shipment: { request: ResendShipment; answer: Done };
  bill_order: { request: ById; answer: Done };
  handled_elsewhere: { request: HandledElsewhere; answer: Done };
  take_order_back: { request: ById; answer: Done };
  problem_groups: { request: ProblemsRequest; answer: ProblemGroups };
  problem_group: { request: ByCause; answer: ProblemGroupView };
  problem: { request: ById; answer: ProblemView };
  retry: { request: Retry; answer: Started };
  exclude: { request: Exclude; answer: LeftOut };
  undo_exclude: { request: ById; answer: Done };
  include: { request: ByCause; answer: Done };
  snooze: { request: Snooze; answer: Done };
  wake: { request: ByCause; answer: Done };
  use_placeholder: { request: UsePlaceholder; answer: Done };
  link_item: { request: LinkItem; answer: Done };
  map_line: { request: MapLine; answer: Done };
  adopt: { request: Adopt; answer: Done };
  put_back: { request: PutBack; answer: Done };
  make_again: { request: MakeAgain; answer: Done };
  add_marketplace: { request: AddMarketplace; answer: Done };
  set_option: { request: SetOption; answer: Done };
  edit_and_retry: { request: EditAndRetry; answer: Done };
  note_cause: { request: NoteCause; answer: Done };
  reveal_buyer: { request: ById; answer: BuyerView };
  export_list: { request: ExportList; answer: ExportedList };
  choices: { request: ChoicesRequest; answer: Choices };
  settlements: { request: SettlementsRequest; answer: SettlementsPage };
  settlement: { request: ById; answer: SettlementView };
  settlement_lines: { request: SettlementLinesRequest; answer: SettlementLinesPage };
  settlement_group: { request: SettlementGroupRequest; answer: SettlementGroup };
  settlement_history: { request: SettlementHistoryRequest; answer: SettlementHistory };
  evidence: { request: EvidenceRequest; answer: ExportedList };
  checks: { request: ChecksRequest; answer: ChecksView };
  mark_check: { request: MarkCheck; answer: Done };
  approve_settlement: { request: ById; answer: Started };
  undo_preview: { request: ById; answer: UndoPreview };
  undo_settlement: { request: ById; answer: Started };
  accept_variance: { request: AcceptVariance; answer: Done };
  withdraw_variance: { request: ById; answer: Done };
  pick_marketplace: { request: PickMarketplace; answer: Done };
  add_balancing_line: { request: AddBalancingLine; answer: Done };
  withdraw_balancing_line: { request: ById; answer: Done };
  accept_gap: { request: AcceptGap; answer: Done };
  settlement_reissue: { request: ById; answer: ReissueDifference };
  reissue_preview: { request: ById; answer: UndoPreview };
  accept_reissue: { request: ById; answer: Done };
  keep_posted: { request: KeepPosted; answer: Done };
  close_settlement: { request: CloseSettlement; answer: Done };
  reopen_settlement: { request: ById; answer: Done };
  exclude_group: { request: ExcludeGroup; answer: LeftOut };
  enter_receipt: { request: EnterReceipt; answer: Done };
  take_receipt_back: { request: ById; answer: Done };
  read_bank_file: { request: ReadBankFile; answer: BankFile };
  money: { request: InScope; answer: MoneyView };
  post_accrual: { request: ById; answer: Started };
  note_row: { request: NoteRow; answer: RowDone };
  put_row_off: { request: PutRowOff; answer: RowDone };
  accept_row: { request: OneRow; answer: RowDone };
  accept_exact: { request: ById; answer: RowDone };
  undo_row_act: { request: UndoRowAct; answer: Done };
  write_off_terms: { request: OneRow; answer: WriteOffTerms };
  write_off_row: { request: WriteOffRow; answer: RowDone };
  find_documents: { request: FindDocuments; answer: FoundDocuments };
  row_remainder: { request: RemainderRequest; answer: Remainder };
  link_documents: { request: LinkDocuments; answer: RowDone };
  split_row: { request: SplitRow; answer: RowDone };
  create_for_row: { request: CreateForRow; answer: RowDone };
  clear_row: { request: ClearRow; answer: RowDone };
  answer_rule: { request: AnswerRule; answer: Done };
  upload: { request: UploadPiece; answer: Uploading };
  import_settlement: { request: ImportSettlement; answer: Imported };
  settings: { request: Nothing; answer: Settings };
  set_setting: { request: SetSetting; answer: Settings };
  pause: { request: Pause; answer: Done };
  schedules: { request: Nothing; answer: SchedulesView };
  set_schedule: { request: SetSchedule; answer: SchedulesView };
  set_flow_on: { request: SetFlowOn; answer: SchedulesView };
  set_zone: { request: SetZone; answer: SchedulesView };
  set_quiet_hours: { request: SetQuietHours; answer: SchedulesView };
  try_schedule: { request: TryRhythm; answer: RhythmMeans };
  mapping: { request: MappingRequest; answer: MappingView };
  try_mapping: { request: MappingDraft; answer: MappingTrial };
  test_mapping: { request: MappingDraft; answer: MappingTest };
  save_mapping: { request: SaveMapping; answer: Done };
  restore_mapping: { request: RestoreMapping; answer: Done };
  flow_options: { request: OptionsRequest; answer: FlowOptions };
  set_flow_option: { request: SetFlowOption; answer: Done };
  clone_profile: { request: CloneProfile; answer: ClonedProfile };
  lookup_tables: { request: Nothing; answer: TablesView };
  set_table_row: { request: SetTableRow; answer: TablesView };
  help: { request: Nothing; answer: Help };
  reset_demo: { request: Nothing; answer: Done };
}

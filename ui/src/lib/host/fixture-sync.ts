import type {
  Amount,
  FlowCard,
  OrderRow,
  ProblemGroup,
  RunRow,
  RunView,
  State,
  Words,
} from "../api/generated/contract";
import type { Answers } from "./fixture";

// Flows, runs, errors and one order of the company in fixture.ts.

const say = (id: string, args: Words["args"] = {}): Words => ({ id, args });
const count = (value: number) => ({ kind: "count" as const, value });
const text = (value: string) => ({ kind: "text" as const, value });
const eur = (amount: string): Amount => ({ amount, currency: "EUR" });
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

function run(id: string, title: string, ended: boolean, needs: number): RunRow {
  return {
    id,
    flow: title,
    title,
    scope: "EU",
    marketplaces: ["A1PA6795UKMFR9"],
    trigger: "you",
    state: ended ? (needs > 0 ? "check" : "done") : "running",
    started: ago(3),
    ended: ended ? ago(1) : null,
    dry_run: false,
    counts: {
      read: 214,
      created: 121,
      updated: 4,
      adopted: 2,
      unchanged: 3,
      ignored: 2,
      waiting: 1,
      needs_you: needs,
      errors: 0,
    },
  };
}

function card(id: string, title: string, group: string, after: string[], problems = 0): FlowCard {
  return {
    id,
    title,
    promise: "settlements-none",
    route: "amazon_to_net_suite",
    group,
    every_minutes: 15,
    on: true,
    after,
    last_run: run("run-1", title, true, problems),
    next_run: ago(-12),
    problems,
    running: null,
    average_ms: 42_000,
    mapped: id.endsWith("-orders"),
  };
}

const groups: ProblemGroup[] = [
  {
    cause: "ITEM_NOT_FOUND:LAMP-RED-EU",
    code: "ITEM_NOT_FOUND",
    what: say("copied", { what: text("LAMP-RED-EU") }),
    why: say("remedy-link-item-why"),
    count: 11,
    at_stake: [eur("787.50")],
    since: ago(300),
    flow: "mfn-orders",
    flow_title: "MFN orders",
    marketplaces: ["A1PA6795UKMFR9"],
    state: "needs_you",
    did: say("problem-did-looked-again", { times: count(3) }),
    assigned: "Bea",
    note: "",
    snoozed_until: null,
    remedies: [
      { remedy: "link_item", sku: "LAMP-RED-EU", marketplace: "A1PA6795UKMFR9" },
      { remedy: "retry" },
      { remedy: "exclude" },
    ],
  },
  {
    cause: "LINE_UNMAPPED:Vine",
    code: "LINE_UNMAPPED",
    what: say("said-line-mapped", { kind: text("Vine Enrollment Fee") }),
    why: say("remedy-map-line-why"),
    count: 1,
    at_stake: [{ amount: "200.00", currency: "USD" }],
    since: ago(6000),
    flow: "settlement-journals",
    flow_title: "Journals",
    marketplaces: ["ATVPDKIKX0DER"],
    state: "needs_you",
    did: say("problem-did-looked-again", { times: count(1) }),
    assigned: "",
    note: "",
    snoozed_until: null,
    remedies: [
      {
        remedy: "map_line",
        triple: ["other-transaction", "Vine", "Vine Enrollment Fee"],
        category: "promotion-cost",
        categories: [],
      },
    ],
  },
];

const view = (id: string): RunView => ({
  run: run(id, "MFN orders", false, 1),
  phases: (["done", "done", "running", "queued"] as State[]).map((state, at) => ({
    id: ["look", "decide", "apply", "confirm"][at] ?? "look",
    state,
    done: at < 2 ? 214 : at === 2 ? 128 : 0,
    total: 214,
  })),
  doing: say("phase-apply-what"),
  done: 128,
  total: 214,
  waiting: say("run-waiting-netsuite", { seconds: count(12) }),
  ended_because: null,
  records: Array.from({ length: 14 }, (_, at) => ({
    key: `402-11844${at}7-9925103`.slice(0, 19),
    what: say(at === 3 ? "remedy-link-item-why" : "record-done"),
    state: at === 3 ? "needs_you" : "done",
    amount: eur("62.40"),
    at: ago(at),
    body: null,
  })),
});

export const syncAnswers = (orders: OrderRow[]): Answers => ({
  flows: () => ({
    flows: [
      card("mfn-orders", "MFN orders", "orders", [], 11),
      card("fba-orders", "FBA orders", "orders", []),
      card("reports", "Find settlements", "settlements", []),
      card("records", "Import", "settlements", ["reports"]),
      card("payments", "Payments", "settlements", ["records"]),
      card("refunds", "Refunds", "settlements", ["payments"]),
      card("summaries", "Summary", "settlements", ["refunds"]),
      card("journals", "Journal", "settlements", ["summaries"]),
    ],
  }),
  runs: () => ({ runs: [run("run-2", "MFN orders", false, 1), run("run-1", "FBA orders", true, 0)], after: null }),
  run: ({ id }) => view(id),
  problem_groups: ({ tab }) => ({
    groups: tab === undefined || tab === "needs_you" ? groups : [],
    tabs: [
      { id: "needs_you", count: groups.length },
      { id: "resolved", count: 0 },
    ],
    last_checked: ago(2),
  }),
  problem_group: ({ cause }) => ({
    group: groups.find((one) => one.cause === cause) ?? (groups[0] as ProblemGroup),
    records: Array.from({ length: 11 }, (_, at) => ({
      id: String(at),
      key: orders[at]?.id ?? "",
      flow: "mfn-orders",
      code: "ITEM_NOT_FOUND",
      cause,
      what: say("remedy-link-item-why"),
      amount: eur("65.90"),
      first_seen: ago(300),
      last_seen: ago(15),
      attempts: 3,
      state: "needs_you",
      address: null,
      closed: null,
      how: null,
    })),
  }),
  choices: ({ search }) => ({
    choices: ["LAMP-RED", "LAMP-OAK-S", "SHADE-LINEN"]
      .filter((name) => search.startsWith("LAMP-RED") || name.includes(search))
      .map((name, at) => ({ id: String(at), name, detail: "Table lamp" })),
  }),
  order: ({ id }) => {
    const order = orders.find((one) => one.id === id) ?? (orders[0] as OrderRow);
    const total = order.total;
    const step = (what: string, at: string | null, state: State, document: OrderRow["document"] = null) => {
      return {
        what: say(what),
        at,
        state,
        amazon: at === null ? null : total,
        netsuite: null,
        document,
        settlement: null,
        cause: null,
        detail: null,
      };
    };
    return {
      order,
      address: null,
      buyer: "hidden",
      lines: [
        {
          sku: "LAMP-OAK-S",
          title: "Table lamp, oak",
          quantity: 2,
          price: total,
          shipping: null,
          gift_wrap: null,
          discount: null,
          tax: total,
        },
      ],
      timeline: [
        step("timeline-ordered", ago(200), "done"),
        step("timeline-in-netsuite", ago(180), "done", order.document),
        step("timeline-shipped", ago(60), "done"),
        step("timeline-paid", null, "queued"),
      ],
      problems: [],
      sent: [],
      mapping: null,
      parcels: [],
      cannot_resend: say("cannot-resend-nothing-shipped"),
      cannot_bill: null,
      elsewhere: null,
    };
  },
});

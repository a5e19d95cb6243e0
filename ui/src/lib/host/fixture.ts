import type {
  Amount,
  Bar,
  Commands,
  OrderRow,
  SettlementRow,
  Settings,
  State,
  Status,
  Words,
} from "../api/generated/contract";
import type { CommandName } from "../api/api";
import { syncAnswers } from "./fixture-sync";
import { CallFailure, type Host } from "./host";

// A small company for unit tests and for drawing screens without a core. Never part of the built window.

const eur = (amount: string): Amount => ({ amount, currency: "EUR" });
const say = (id: string, args: Words["args"] = {}): Words => ({ id, args });
const text = (value: string) => ({ kind: "text" as const, value });
const count = (value: number) => ({ kind: "count" as const, value });
const MARKETS = [
  { id: "ATVPDKIKX0DER", country: "US", currency: "USD", zone: "America/Los_Angeles", go_live: "2026-09-01" },
  { id: "A1F83G8C2ARO7P", country: "UK", currency: "GBP", zone: "Europe/London", go_live: "2026-09-01" },
  { id: "A1PA6795UKMFR9", country: "DE", currency: "EUR", zone: "Europe/Berlin", go_live: "2026-09-01" },
  { id: "A1VC38T7YXB528", country: "JP", currency: "JPY", zone: "Asia/Tokyo", go_live: "2026-09-01" },
] as const;
const DE = MARKETS[2];

const status: Status = {
  demo: true,
  company: "Atelier Lumen",
  sentence: say("home-needs-you", { count: count(3) }),
  state: "needs_you",
  needs_you: 3,
  to_review: 2,
  running: [],
  last_sync: new Date(Date.now() - 120_000).toISOString(),
  next_sync: new Date(Date.now() + 600_000).toISOString(),
  paused_until: null,
  version: "0.1.0",
  marketplaces: [...MARKETS],
};

const asked = new URLSearchParams(location.search);

let settings: Settings = {
  language: asked.get("lang") ?? "en",
  theme: asked.get("theme") ?? "light",
  density: "compact",
  region: "system",
  close: "ask",
  single_keys: true,
  start_at_login: false,
  notifications: true,
  data_folder: "~/Passerelle",
  demo: true,
};

function settlement(
  id: string,
  market: (typeof MARKETS)[number],
  says: string,
  has: string,
  difference: string,
  stage: string,
): SettlementRow {
  const money = (amount: string): Amount => ({ amount, currency: market.currency });
  const even = !/[1-9]/.test(difference);
  const states: Record<string, State> = { to_review: "check", needs_you: "needs_you", posted: "posted" };
  return {
    id,
    marketplaces: [market.id],
    start: "2026-11-01",
    end: "2026-11-14",
    deposit_date: "2026-11-16",
    amazon_says: money(says),
    netsuite_has: money(has),
    difference: money(difference),
    coverage_percent: even ? 100 : 98,
    stage,
    state: states[stage] ?? "check",
    accounts_ready: stage !== "needs_you",
    tax_ready: true,
    orders_ready: even,
    open: { accounts: null, tax: null, orders: null, accounts_count: 0, orders_count: 0 },
    journal: null,
    by_app: false,
  };
}

const settlements = [
  settlement("18204117642", DE, "6432.10", "6419.70", "12.40", "to_review"),
  settlement("18204117650", MARKETS[3], "284610", "284610", "0", "to_review"),
  settlement("18204117660", MARKETS[0], "8914.62", "8714.62", "200.00", "needs_you"),
];

function bars(steps: [string, number][]): Bar[] {
  let at = 0;
  const top = 11_000;
  const place = (value: number) => Math.round((value / top) * 10_000);
  return steps.map(([id, value]) => {
    const total = id === "deposit";
    const from = total ? 0 : at;
    if (!total) at += value;
    const bar = {
      id,
      amount: eur(value.toFixed(2)),
      from: eur(from.toFixed(2)),
      to: eur((total ? value : at).toFixed(2)),
    };
    return { ...bar, from_at: place(from), to_at: place(total ? value : at), zero_at: 0, total, lines: 12 };
  });
}

const waterfall = bars([
  ["previous_reserve", 412.35],
  ["product_sales", 10284.6],
  ["shipping_gift_wrap", 196.4],
  ["tax_collected", 312.18],
  ["tax_kept", -312.18],
  ["promotions", -184.25],
  ["refunds", -642.9],
  ["referral_fees", -1508.37],
  ["fulfilment_fees", -1236.48],
  ["storage", -86.92],
  ["advertising", -538.6],
  ["other_fees", -61.14],
  ["reimbursements", 94.35],
  ["adjustments", 2.06],
  ["reserve_held", -299],
  ["deposit", 6432.1],
]);

const orders: OrderRow[] = Array.from({ length: 400 }, (_, index) => {
  const market = MARKETS[index % 4] ?? DE;
  const state: State = index % 13 === 3 ? "needs_you" : index % 17 === 5 ? "skipped" : "done";
  return {
    id: `40${index % 9}-${String(1_000_000 + index * 7919).slice(0, 7)}-${String(2_000_000 + index * 104_729).slice(0, 7)}`,
    ship_by: null,
    ordered: new Date(Date.now() - index * 3_000_000).toISOString(),
    date: "2026-11-23",
    marketplace: market.id,
    channel: index % 3 === 0 ? "fba" : "mfn",
    items: index % 5 === 0 ? "LAMP-OAK-S × 2, BULB-E27-4" : "SHADE-LINEN",
    units: 1,
    total: { amount: market.currency === "JPY" ? "8980" : "124.80", currency: market.currency },
    amazon_status: index % 4 === 1 ? "UNSHIPPED" : "SHIPPED",
    document: state === "done" ? { record: "invoice", id: "1", number: `INV${18_300 - index}`, address: null } : null,
    state,
    reason: null,
    shipping_state: null,
    review: false,
  };
});

export type Answers = { [N in CommandName]?: (request: Commands[N]["request"]) => Commands[N]["answer"] };

const answers: Answers = {
  ...syncAnswers(orders),
  status: () => status,
  settings: () => settings,
  set_setting: ({ name, value }) =>
    (settings = { ...settings, [name]: name === "single_keys" ? value === "true" : value }),
  home: () => ({
    sentence: status.sentence,
    detail: say("home-detail-checked", { minutes: count(2) }),
    todo: [
      {
        kind: "settlement",
        state: "check",
        title: say("home-todo-review", { count: count(2) }),
        detail: say("home-todo-review-detail"),
        amount: eur("12.40"),
        action: say("home-todo-review-action"),
        route: "settlements/18204117642",
      },
    ],
    last_settlement: {
      settlement: settlements[0] as SettlementRow,
      fee_percent: "33.4",
      bars: bars([
        ["sales", 10481],
        ["refunds_promotions", -827.15],
        ["fees", -3431.51],
        ["reimbursements", 96.41],
        ["reserve", 113.35],
        ["deposit", 6432.1],
      ]),
    },
    sales: MARKETS.map((market) => ({
      period: "week",
      marketplace: market.id,
      orders: 142,
      units: 163,
      gross: { amount: market.currency === "JPY" ? "412300" : "6284.70", currency: market.currency },
      change_percent: market.currency === "GBP" ? -4 : 12,
    })),
    money: {
      as_of: "2026-11-23T08:00:00Z",
      sums: [eur("1284.70")],
      next: [{ marketplace: MARKETS[0]?.id ?? "", deposit: { day: "2026-12-03", amount: eur("912.40") } }],
    },
    health: ["MFN orders", "FBA orders", "Settlement reports"].map((title, at) => ({
      flow: title,
      title,
      state: at === 0 ? "needs_you" : "done",
      cells: Array.from({ length: 48 }, (_, index) => ({
        from: new Date(Date.now() - (48 - index) * 1_800_000).toISOString(),
        outcome: index === 45 && at === 0 ? "needs_you" : (index * 7 + at) % 5 < 3 ? "done" : "nothing",
        records: 4,
        run: "run-1",
      })),
    })),
  }),
  settlements: ({ view }) => ({
    settlements: settlements.filter((one) => view === undefined || view === "all" || one.stage === view),
    views: [
      { id: "to_review", count: 2 },
      { id: "posted", count: 0 },
      { id: "undone", count: 0 },
      { id: "all", count: 3 },
    ],
  }),
  settlement: ({ id }) => {
    const row = settlements.find((one) => one.id === id);
    if (!row)
      throw new CallFailure("not_found", {
        code: "not_found",
        said: say("error-not-found", { what: text(id) }),
        detail: null,
      });
    return {
      settlement: row,
      file: {
        name: `${id}.txt`,
        hash: "0",
        rows: 1246,
        lines: 1246,
        declared: row.amazon_says,
        sum: row.amazon_says,
        balanced: true,
        layout: "v2",
        encoding: "UTF-8",
        decimal_comma: false,
      },
      fee_percent: "33.4",
      bars: waterfall,
      tabs: [
        { id: "matched", count: 252, sum: eur("9591.55") },
        { id: "unmatched", count: 4, sum: eur("7.50") },
        { id: "different", count: 1, sum: eur("54.80") },
        { id: "fees", count: 14, sum: eur("-3335.10") },
        { id: "reserve", count: 2, sum: eur("113.35") },
      ],
      explained: 1240,
      unexplained: [
        { what: say("tab-unmatched"), amount: eur("32.40"), order: "403-8817264-2093106" },
        { what: say("tab-unmatched"), amount: eur("-24.90"), order: null },
        { what: say("tab-different"), amount: eur("4.90"), order: null },
      ],
      journals: [
        {
          date: "2026-11-16",
          memo: `Amazon ${id}`,
          currency: "EUR",
          lines: [
            { account_number: "5121", account_name: "Bank EUR", debit: eur("6432.10"), credit: null, open: false },
            { account_number: "6221", account_name: "Referral fees", debit: eur("1508.37"), credit: null, open: false },
            {
              account_number: "5115",
              account_name: "Amazon clearing",
              debit: null,
              credit: eur("7928.07"),
              open: false,
            },
            { account_number: "", account_name: "Not explained yet", debit: null, credit: eur("12.40"), open: true },
          ],
          total: eur("7940.47"),
          balanced: false,
          document: null,
        },
      ],
      checks: [{ what: say("balanced"), state: "done" }],
      will_write: [
        { what: say("posting-payments"), count: 239 },
        { what: say("posting-refunds"), count: 16 },
        { what: say("posting-journal"), count: 1 },
      ],
      can_approve: false,
      why_not: [say("error-cannot-approve")],
      late: null,
      can_undo: false,
      posting: [],
      documents: [],
      warnings: [],
      variance: { weight: "none", accepted: null, can_accept: false },
      revisions: [],
      closed: null,
      can_close: true,
      bank: null,
      proofs: { chain: [], gap_accepted: null, unusual: [], missing: null },
      reissues: [],
      exact: 0,
      later: 0,
    };
  },
  settlement_lines: () => ({
    rows: Array.from({ length: 5 }, (_, index) => ({
      id: String(index),
      title: say("orders"),
      order: "403-8817264-2093106",
      posted: "2026-11-03T14:22:00Z",
      items: "LAMP-OAK-S",
      amazon: eur("32.40"),
      netsuite: say("record-would-write", { title: text("Invoice") }),
      netsuite_amount: eur("32.40"),
      document: null,
      reason: say("record-planned"),
      state: "needs_you" as const,
      remedy:
        index === 0
          ? {
              remedy: "map_line" as const,
              triple: ["other", "Vine", "Vine Enrollment Fee"] as [string, string, string],
              category: "promotion-cost",
              categories: ["line-category-promotion-cost", "line-category-other-fee"],
            }
          : null,
      rows: 2,
      accepted: false,
      later: false,
      note: null,
      acts: {
        accept: false,
        find: true,
        create: null,
        split: false,
        write_off: false,
        exclude: true,
        chosen: null,
      },
    })),
    at: 0,
    total: 5,
    tabs: [],
  }),
  settlement_history: () => ({
    marketplace: null,
    marketplaces: [],
    settlements: [],
    families: [],
    fees: eur("0.00"),
    fee_percent: null,
    amounts: { zero_at: 0, ticks: [] },
    percents: { zero_at: 0, ticks: [] },
    deposits: { zero_at: 0, ticks: [] },
    next: null,
  }),
  orders: ({ after, limit, search }) => {
    const all = orders.filter((one) => search === undefined || one.id.includes(search) || one.items.includes(search));
    const start = after === undefined ? 0 : Number(after);
    const end = start + (limit ?? 100);
    return {
      orders: all.slice(start, end),
      after: end < all.length ? String(end) : null,
      total: all.length,
      views: [{ id: "all", count: orders.length }],
    };
  },
};

export class FixtureHost implements Host {
  readonly downloads = true;
  async call(name: string, request: unknown): Promise<unknown> {
    const answer = answers[name as CommandName] as ((request: unknown) => unknown) | undefined;
    if (!answer)
      throw new CallFailure("not_found", {
        code: "not_found",
        said: say("error-not-found", { what: text(name) }),
        detail: null,
      });
    return await Promise.resolve(answer(request));
  }

  listen(): () => void {
    return () => {};
  }

  open(): void {}

  thirdParty(): Promise<string | null> {
    return Promise.resolve(null);
  }
}

import { readFile } from "node:fs/promises";
import { expect, test, type Screen } from "./screen";

interface Settlement {
  id: string;
  stage: string;
  difference: { amount: string };
}

interface Lines {
  rows: { id: string; order: string | null; rows: number }[];
  total: number;
  tabs: { id: string; count: number }[];
}

const LARGE = 120_000;
const isZero = (amount: string) => !/[1-9]/.test(amount);

async function settlement(screen: Screen): Promise<string> {
  const { settlements } = await screen.ask<{ settlements: Settlement[] }>("settlements", {});
  const found = settlements.find((one) => one.stage === "to_review" && isZero(one.difference.amount));
  expect(found, JSON.stringify(settlements)).toBeDefined();
  return found?.id ?? "";
}

/** Stands in for the core where a settlement of 120,000 lines is asked for; every page is asked by its index. */
async function large(screen: Screen): Promise<void> {
  await screen.page.route("**/call/settlement_lines", async (route) => {
    const asked = route.request().postDataJSON() as { at?: number; limit?: number; search?: string; tab: string };
    const total = asked.search === undefined ? LARGE : 3;
    const at = asked.at ?? 0;
    const rows = Array.from({ length: Math.max(0, Math.min(asked.limit ?? 200, total - at)) }, (_, index) => ({
      id: `${at + index}.0`,
      title: { id: "match-order", args: {} },
      order: `111-${String(at + index).padStart(7, "0")}`,
      posted: "2026-11-03T14:22:00Z",
      items: "LAMP-OAK-S",
      amazon: { amount: "32.40", currency: "EUR" },
      netsuite: { id: "match-netsuite-nothing", args: {} },
      netsuite_amount: { amount: "32.40", currency: "EUR" },
      document: null,
      reason: { id: "match-netsuite-nothing", args: {} },
      state: "done",
      remedy: null,
      rows: 2,
      accepted: false,
      later: false,
      note: null,
      acts: {
        accept: true,
        find: false,
        create: null,
        split: false,
        write_off: false,
        exclude: true,
        chosen: null,
      },
    }));
    const tabs = ["matched", "unmatched", "different", "fees", "reserve"].map((id) => ({ id, count: total }));
    await route.fulfill({ json: { rows, at, total, tabs } });
  });
}

/** P12: a table of 120,000 lines holds at most 80 row elements, and says its true size to a screen reader. */
test("p12 120,000 lines: few rows in the page, true counts, the end at one key", async ({ synced: screen }) => {
  const id = await settlement(screen);
  await large(screen);
  await screen.open(`/settlements/${id}?tab=matched`);
  const rows = screen.page.getByTestId("line");
  await expect(rows.first()).toBeVisible();
  await expect(screen.page.getByTestId("lines-table")).toHaveAttribute("aria-rowcount", String(LARGE + 1));
  expect(await rows.count()).toBeLessThanOrEqual(80);

  await screen.page.keyboard.press("End");
  const last = screen.page.locator(`[data-testid=line][aria-rowindex="${LARGE + 1}"]`);
  await expect(last).toContainText(
    `111-${LARGE - 1}`.replace(/-(\d+)$/, (_, digits: string) => `-${digits.padStart(7, "0")}`),
  );
  await expect(last).toBeInViewport();
  await expect(last).toHaveAttribute("aria-current", "true");
  expect(await rows.count()).toBeLessThanOrEqual(80);

  await screen.page.keyboard.press("k");
  await expect(screen.page.locator(`[aria-rowindex="${LARGE}"]`)).toHaveAttribute("aria-current", "true");
  await screen.page.keyboard.press("Home");
  await screen.page.keyboard.press("j");
  await expect(screen.page.locator('[data-testid=line][aria-rowindex="3"]')).toBeInViewport();
  await expect(screen.page.locator('[data-testid=line][aria-rowindex="3"]')).toHaveAttribute("aria-current", "true");

  // Scrolled by hand far away from what was read: the rows there are asked for.
  await screen.page.locator(".page").evaluate((page) => (page.scrollTop = page.scrollHeight / 2));
  await expect(rows.nth(12)).toContainText(/111-00[56]\d{4}/);
  expect(await rows.count()).toBeLessThanOrEqual(80);

  await screen.page.keyboard.press("/");
  await expect(screen.page.getByTestId("lines-search")).toBeFocused();
  await screen.page.keyboard.type("111-0000001");
  await expect(screen.page.getByTestId("lines-table")).toHaveAttribute("aria-rowcount", "4");
  await expect(screen.page.getByRole("tab", { name: /^Matched/ })).toContainText("3");
});

test("lines are searched by key, the tabs count what is left, and the filter is cleared", async ({
  synced: screen,
}) => {
  const id = await settlement(screen);
  const all = await screen.ask<Lines>("settlement_lines", { id, tab: "matched", limit: 5 });
  const order = all.rows.find((row) => row.order !== null)?.order ?? "";
  expect(order).not.toBe("");
  const found = await screen.ask<Lines>("settlement_lines", { id, tab: "matched", search: order });
  expect(found.total).toBeLessThan(all.total);

  await screen.open(`/settlements/${id}?tab=matched`);
  await screen.page.keyboard.press("Control+f");
  await expect(screen.page.getByTestId("lines-search")).toBeFocused();
  await screen.page.keyboard.type(order);
  await expect(screen.page.getByTestId("line")).toHaveCount(found.total);
  await expect(screen.page.getByRole("tab", { name: /^Matched/ })).toContainText(String(found.total));
  await screen.page.getByTestId("lines-search").fill("nothing is called this");
  await expect(screen.page.getByText("No lines match this filter.")).toBeVisible();
  await screen.page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(screen.page.getByTestId("lines-table")).toHaveAttribute("aria-rowcount", String(all.total + 1));
  await expect(screen.page.getByTestId("lines-search")).toHaveValue("");
});

/** SET-43: every number can be followed down to the rows of Amazon's file. */
test("set-43 a line opens down to the rows of the file, its reason in full, what was written; by keys, in both languages", async ({
  synced: screen,
}) => {
  const id = await settlement(screen);
  for (const [language, theme] of [
    ["en", "light"],
    ["fr", "dark"],
  ] as const) {
    await screen.show(language, theme);
    await screen.open(`/settlements/${id}?tab=matched`);
    await screen.page.keyboard.press("o");
    const lines = screen.page.getByTestId("group-lines");
    await expect(lines.locator("tbody tr").first()).toBeVisible();
    const [row] = (await screen.ask<Lines>("settlement_lines", { id, tab: "matched", limit: 1 })).rows;
    const group = row?.id ?? "";
    const told = await screen.ask<{ total: number; lines: { number: number }[] }>("settlement_group", {
      settlement: id,
      group,
    });
    expect(told.total).toBe(row?.rows);
    await expect(lines.locator("tbody tr")).toHaveCount(told.total);
    await expect(lines.locator("tbody tr").first()).toContainText(String(told.lines[0]?.number));
    await expect(screen.page.getByTestId("group-reason")).not.toBeEmpty();
    expect(await screen.violations()).toEqual([]);
    // The panel follows the walk, and goes at Escape.
    const before = await lines.innerText();
    await screen.page.keyboard.press("j");
    await expect.poll(() => lines.innerText()).not.toBe(before);
    await screen.page.keyboard.press("Escape");
    await expect(lines).toHaveCount(0);
  }
});

/** SET-04: several files at once, each with its own result; a refusal names the line. */
test("set-04 several files at once: new, known and refused, each said beside its name", async ({ fresh: screen }) => {
  const titles = [
    ...["settlement-id", "settlement-start-date", "settlement-end-date", "deposit-date", "total-amount", "currency"],
    ...[
      "transaction-type",
      "order-id",
      "marketplace-name",
      "amount-type",
      "amount-description",
      "amount",
      "posted-date",
    ],
  ].join("\t");
  const file = (id: string, amount: string) =>
    [
      titles,
      [id, "2026-10-01", "2026-10-14", "2026-10-16", "10.00", "EUR", ...Array<string>(7).fill("")].join("\t"),
      [id, "", "", "", "", "", "Order", "028-1-1", "Amazon.de", "ItemPrice", "Principal", amount, "2026-10-02"].join(
        "\t",
      ),
      "",
    ].join("\n");
  const given = (name: string, content: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
  await screen.open("/settlements");
  await screen.page
    .getByTestId("import-input")
    .setInputFiles([
      given("october.txt", file("88000000001", "10.00")),
      given("again.txt", file("88000000001", "10.00")),
      given("broken.txt", file("88000000002", "ten")),
    ]);
  const results = screen.page.getByTestId("given");
  await expect(results).toHaveCount(3);
  const of = (name: string) => results.filter({ hasText: name });
  await expect(of("october.txt")).toHaveAttribute("data-outcome", "new");
  await expect(of("again.txt")).toHaveAttribute("data-outcome", "known");
  await expect(of("broken.txt")).toHaveAttribute("data-outcome", "refused");
  await expect(of("broken.txt")).toContainText("3");
  await expect(of("october.txt").getByRole("link")).toBeVisible();
  expect(await screen.violations()).toEqual([]);

  // The same by dropping a file on the page.
  await screen.page.getByRole("button", { name: "Clear this list" }).click();
  await expect(results).toHaveCount(0);
  const dropped = await screen.page.evaluateHandle(
    (content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], "dropped.txt", { type: "text/plain" }));
      return transfer;
    },
    file("88000000003", "10.00"),
  );
  const page = screen.page.locator("main .page");
  await page.dispatchEvent("dragover", { dataTransfer: dropped });
  await expect(screen.page.getByText("Drop settlement files here")).toBeVisible();
  await page.dispatchEvent("drop", { dataTransfer: dropped });
  await expect(of("dropped.txt")).toHaveAttribute("data-outcome", "new");
});

/** Stands in for a company that has had twelve settlements, one of which it owed Amazon. */
async function twelve(screen: Screen): Promise<void> {
  const eur = (amount: number) => ({ amount: amount.toFixed(2), currency: "EUR" });
  const families = ["referral", "fulfilment", "storage", "advertising", "subscription", "returns", "other"];
  const settlements = Array.from({ length: 12 }, (_, index) => {
    const month = String(index + 1).padStart(2, "0");
    const sizes = families.map((_, at) => 700 - at * 90 + index * 20);
    const ends = sizes.map((_, at) => sizes.slice(0, at + 1).reduce((sum, size) => sum + size, 0));
    const total = ends.at(-1) ?? 0;
    const at = (value: number) => Math.round((value / 5000) * 10_000);
    const share = (value: number) => at(value / 2);
    return {
      id: `9900000${month}`,
      start: `2026-${month}-01`,
      end: `2026-${month}-14`,
      deposit_date: `2026-${month}-16`,
      sales: eur(10_000),
      fees: eur(total),
      fee_percent: (total / 100).toFixed(1),
      parts: families.map((family, place) => ({
        family,
        amount: eur(sizes[place] ?? 0),
        percent: ((sizes[place] ?? 0) / 100).toFixed(1),
        amount_at: [at(ends[place - 1] ?? 0), at(ends[place] ?? 0)],
        percent_at: [share(ends[place - 1] ?? 0), share(ends[place] ?? 0)],
      })),
      deposit: eur(index === 4 ? -500 : 6000 + index * 150),
      deposit_at: index === 4 ? 500 : 7000 + index * 150,
      reserve: eur(800 + index * 40),
      reserve_at: 1800 + index * 40,
    };
  });
  const axis = (...values: number[]) => ({
    zero_at: 0,
    ticks: values.map((value, at) => ({ at: at * 2500, value: String(value) })),
  });
  await screen.page.route("**/call/settlement_history", (route) =>
    route.fulfill({
      json: {
        marketplace: "A1PA6795UKMFR9",
        marketplaces: ["A1PA6795UKMFR9", "A1F83G8C2ARO7P"],
        settlements,
        families: families.map((id) => ({ id, amount: eur(9000) })),
        fees: eur(41_000),
        fee_percent: "34.2",
        amounts: axis(0, 1250, 2500, 3750, 5000),
        percents: axis(0, 25, 50, 75, 100),
        deposits: {
          zero_at: 1000,
          ticks: [-1000, 0, 2000, 4000, 6000, 8000].map((value) => ({ at: value + 1000, value: String(value) })),
        },
        next: "2099-12-14",
      },
    }),
  );
}

/** ux.md §8: the figures of a chart are reached by keys and shown as a table. */
test("the charts of the last settlements tell their figures on focus and as a table", async ({ synced: screen }) => {
  await twelve(screen);
  for (const [language, theme] of [
    ["en", "light"],
    ["fr", "dark"],
  ] as const) {
    await screen.show(language, theme);
    await screen.open("/settlements");
    await expect(screen.page.getByText(/around 14 Dec 2099|vers le 14 déc. 2099/)).toBeVisible();
    const charts = screen.page.locator(".history .chart");
    await expect(charts).toHaveCount(2);
    for (const index of [0, 1]) {
      const columns = charts.nth(index).locator("[role=button]");
      await columns.last().focus();
      await expect(screen.page.getByRole("tooltip")).toContainText(/\d/);
      await screen.page.keyboard.press("ArrowLeft");
      await expect(columns.nth(10)).toBeFocused();
      await screen.page.keyboard.press("Home");
      await expect(columns.first()).toBeFocused();
    }
    await screen.page.locator(".history .seg button").last().click();
    expect(await screen.violations()).toEqual([]);
    const switches = screen.page.locator(".history .frame .btn", { hasText: /table/ });
    await switches.first().click();
    await switches.first().click();
    const tables = screen.page.locator(".history table.figures");
    await expect(tables).toHaveCount(2);
    await expect(tables.first().locator("tbody tr")).toHaveCount(12);
    await expect(tables.last().locator("tbody")).toContainText(/You owe Amazon|Vous devez à Amazon/);
    expect(await screen.violations()).toEqual([]);
  }
});

test("the evidence sheet is one file in the language of the window, from the file's hash to who approved", async ({
  synced: screen,
}) => {
  const id = await settlement(screen);
  const { file } = await screen.ask<{ file: { hash: string } }>("settlement", { id });
  for (const [language, title] of [
    ["en", `Evidence of settlement ${id}`],
    ["fr", `Justificatif du règlement ${id}`],
  ] as const) {
    await screen.show(language, "light");
    await screen.open(`/settlements/${id}`);
    const [download] = await Promise.all([
      screen.page.waitForEvent("download"),
      screen.page.getByTestId("evidence").click(),
    ]);
    const html = await readFile(await download.path(), "utf8");
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain(title);
    expect(html).toContain(file.hash);
    expect(html).not.toMatch(/evidence-[a-z]/);
    expect(html).not.toMatch(/<script|https?:/);
  }
});

test("the rows of a settlement's file are exported from its review", async ({ synced: screen }) => {
  const id = await settlement(screen);
  await screen.open(`/settlements/${id}`);
  await screen.page.getByRole("button", { name: "Export the rows of the file" }).click();
  const [download] = await Promise.all([
    screen.page.waitForEvent("download"),
    screen.page.getByRole("menuitem", { name: /CSV/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`^lines-${id}-.*\\.csv$`));
  const { file } = await screen.ask<{ file: { lines: number } }>("settlement", { id });
  const rows = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(rows.length).toBe(file.lines + 1);
});

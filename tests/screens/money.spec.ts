import { readFile } from "node:fs/promises";
import { expect, test, type Screen } from "./screen";

interface Money {
  markets: { marketplace: string; days: { day: string; is_today: boolean }[]; reasons: { reason: string }[] }[];
  late: { order: string; late_days: number }[];
}

const money = (screen: Screen) => screen.ask<Money>("money", {});

test("Money on the way shows each marketplace, what is held back until when, and the days ahead", async ({
  synced: screen,
}) => {
  const told = await money(screen);
  await screen.open("/money");
  await expect(screen.page.getByRole("heading", { level: 1, name: "Money on the way" })).toBeVisible();
  await expect(screen.page.getByTestId("money-market")).toHaveCount(told.markets.length);
  await expect(screen.page.getByText("Until 7 days after delivery").first()).toBeVisible();
  await expect(screen.page.getByText("Dates are expected; Amazon decides.")).toBeVisible();

  await screen.page.getByRole("button", { name: "Show as table" }).click();
  const figures = screen.page.locator("table.figures");
  const shown = told.markets.find((one) => one.days.length > 0);
  await expect(figures.locator("tbody tr")).toHaveCount(shown?.days.length ?? 0);
  await expect(figures.getByText("Today")).toHaveCount(1);
  await screen.page.getByRole("button", { name: "Show as chart" }).click();
  await expect(figures).toHaveCount(0);
  expect(await screen.violations()).toEqual([]);
});

test("late orders are listed, the longest first, lead to their order and are exported", async ({ synced: screen }) => {
  const { late } = await money(screen);
  expect(late.length).toBeGreaterThan(0);
  await screen.open("/money");
  const rows = screen.page.getByTestId("late-order");
  await expect(rows).toHaveCount(late.length);
  await expect(rows.first()).toContainText(late[0]?.order ?? "?");
  const days = late.map((one) => one.late_days);
  expect(days).toEqual([...days].sort((a, b) => b - a));

  const coming = screen.page.waitForEvent("download");
  await screen.page.getByRole("button", { name: "Export late orders" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^late-.*\.csv$/);
  const text = await readFile(await download.path(), "utf8");
  expect(text.trim().split("\n")).toHaveLength(late.length + 1);
  for (const one of late) expect(text).toContain(one.order);

  await rows.first().getByRole("link").click();
  await expect(screen.page).toHaveURL(/#\/orders/);
});

test("an answer that failed is asked for again", async ({ synced: screen }) => {
  let failing = true;
  await screen.page.route("**/call/money", async (route) => {
    if (failing) await route.abort();
    else await route.continue();
  });
  await screen.open("/money");
  await expect(screen.page.getByTestId("money")).toHaveCount(0);
  failing = false;
  await screen.page.getByRole("button", { name: /try again/i }).click();
  await expect(screen.page.getByTestId("money")).toBeVisible();
});

test("DEF-01 Home shows what is on the way for each currency, and leads to the whole of it", async ({
  synced: screen,
}) => {
  interface Sum {
    amount: string;
    currency: string;
  }
  const home = await screen.ask<{ money: { sums: Sum[]; next: object[] } | null }>("home", {});
  const { markets } = await screen.ask<{ markets: { total: Sum }[] }>("money", {});
  const cents = (one: Sum) => BigInt(one.amount.replace(".", ""));
  for (const sum of home.money?.sums ?? []) {
    const own = markets.filter(({ total }) => total.currency === sum.currency);
    expect(cents(sum)).toBe(own.reduce((all, { total }) => all + cents(total), 0n));
  }
  expect(home.money?.sums.length).toBe(new Set(markets.map(({ total }) => total.currency)).size);

  await screen.open("/");
  const tile = screen.page.getByTestId("home-money");
  await expect(tile.locator(".sums li").first()).toBeVisible();
  await expect(tile.locator(".next li")).toHaveCount(home.money?.next.length ?? -1);
  expect(await screen.violations()).toEqual([]);
  await tile.getByRole("link", { name: "All of it" }).press("Enter");
  await expect(screen.page).toHaveURL(/#\/money/);
});

test("DEF-01 before Amazon was asked once, Home says what will stand there", async ({ fresh: screen }) => {
  // Only the Home of this page is told so: what other tests have synced stays as it is.
  await screen.page.route("**/call/home", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), money: null } });
  });
  await screen.open("/");
  await expect(screen.page.getByTestId("home-money")).toContainText("appears here after the next sync");
});

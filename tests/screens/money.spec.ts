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

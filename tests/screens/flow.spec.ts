import { expect, test, type Screen } from "./screen";

const FLOW = "mfn-orders";
const page = (tab: string) => `/flows/${FLOW}?tab=${tab}`;

interface Runs {
  runs: { id: string; flow: string }[];
}

/** How many runs of the flow there are. */
const runs = async (screen: Screen) => (await screen.ask<Runs>("runs", { flow: FLOW, limit: 200 })).runs.length;

test("a flow's page is opened from its card, and its tabs are walked by keyboard", async ({ synced: screen }) => {
  await screen.open("/flows");
  await screen.page.getByTestId(`open-${FLOW}`).press("Enter");
  await expect(screen.page.getByRole("heading", { level: 1 })).toHaveText("Orders you ship");
  const tab = (name: string) => screen.page.getByRole("tab", { name });
  await tab("Overview").focus();
  for (const name of ["Runs", "Settings", "Mapping", "Schedule", "Errors"]) {
    await screen.page.keyboard.press("ArrowRight");
    await expect(tab(name)).toHaveAttribute("aria-selected", "true");
    await expect(tab(name)).toBeFocused();
    await screen.settled();
  }
});

test("the overview draws the records of thirty days, and shows the same numbers as a table", async ({
  synced: screen,
}) => {
  interface Days {
    days: { day: string; done: number; needs_you: number }[];
  }
  const { days } = await screen.ask<Days>("flow_days", { flow: FLOW });
  const filled = days.filter((one) => one.done > 0);
  expect(filled.length).toBeGreaterThan(3);
  await screen.open(page("overview"));
  await expect(screen.page.getByRole("img", { name: /records? per day/ })).toBeVisible();
  await screen.page.getByTestId("flow-days-table").press("Enter");
  const rows = screen.page.getByRole("table").locator("tbody tr");
  const newest = filled.at(-1);
  await expect(rows.first()).toContainText(String(newest?.done));
  const count = days.filter((one) => Object.values(one).some((value) => typeof value === "number" && value > 0)).length;
  await expect(rows).toHaveCount(count);
});

test("the history shows this flow's runs alone, and a click opens the run", async ({ synced: screen }) => {
  await screen.open(page("runs"));
  await expect(screen.page.getByTestId("run-row")).toHaveCount(await runs(screen));
  await screen.page.getByTestId("run-row").first().click();
  await expect(screen.page).toHaveURL(/#\/runs\//);
});

test("CMN-18 a flow runs for orders that a person names, and for days", async ({ synced: screen }) => {
  const { orders } = await screen.ask<{ orders: { id: string; channel: string }[] }>("orders", { limit: 200 });
  const id = orders.find((one) => one.channel === "mfn")?.id ?? "";
  await screen.open(page("overview"));
  await screen.page.getByTestId("run-for").press("Enter");
  const dialog = screen.page.getByRole("dialog");
  await expect(dialog.getByTestId("run-for-do")).toHaveAttribute("aria-disabled", "true");
  await dialog.getByTestId("run-from").fill("2026-02-02");
  await dialog.getByTestId("run-to").fill("2026-02-01");
  await expect(dialog.getByTestId("run-for-do")).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("button", { name: "Order or settlement numbers" }).click();
  await dialog.getByTestId("run-ids").fill(` ${id},\n`);
  const before = await runs(screen);
  await dialog.getByTestId("run-for-do").click();
  await expect(screen.page).toHaveURL(/#\/runs\//);
  await expect(screen.page.getByRole("heading", { level: 1 })).toContainText("Orders you ship");
  await expect.poll(() => runs(screen)).toBe(before + 1);

  const today = new Date().toISOString().slice(0, 10);
  await screen.open(page("overview"));
  await screen.page.getByTestId("run-for").click();
  await dialog.getByTestId("run-from").fill(today);
  await dialog.getByTestId("run-to").fill(today);
  await dialog.getByTestId("run-for-dry").click();
  await expect(screen.page).toHaveURL(/#\/runs\//);
  expect(await runs(screen), "a dry run is not kept").toBe(before + 1);
});

test("CMN-03 settings are duplicated to another marketplace, and what must be looked at is listed", async ({
  synced: screen,
}) => {
  interface Market {
    id: string;
    country: string;
  }
  const { marketplaces } = await screen.ask<{ marketplaces: Market[] }>("status", {});
  const id = (country: string) => marketplaces.find((one) => one.country === country)?.id ?? "";
  const option = (scope: string, value: string | null) =>
    screen.ask("set_flow_option", { option: "orders.discount_mode", scope, value });
  await option(id("DE"), "order");
  await screen.open(`${page("settings")}&scope=${id("DE")}`);
  await screen.page.getByTestId("clone-open").press("Enter");
  await expect(screen.page.getByTestId("clone-from")).toHaveValue(id("DE"));
  await screen.page.getByTestId("clone-to").selectOption(id("US"));
  await screen.page.getByTestId("clone-do").press("Enter");
  await expect(screen.page.getByTestId("clone-done")).toContainText("United States");
  await expect(screen.page.getByTestId("clone-review")).toContainText("Left as it was");
  await expect(screen.page.getByTestId("clone-review")).not.toContainText("option-");
  expect(await screen.violations()).toEqual([]);
  const { options } = await screen.ask<{ options: { key: string; value: string; own: boolean }[] }>("flow_options", {
    flow: FLOW,
    scope: id("US"),
  });
  expect(options.find((one) => one.key === "orders.discount_mode")).toMatchObject({ value: "order", own: true });
  await option(id("DE"), null);
  await option(id("US"), null);
});

test("a flow's schedule, mapping and errors are the same ones as on their own screens", async ({ synced: screen }) => {
  await screen.open(page("schedule"));
  await screen.page.getByTestId(`change-${FLOW}`).first().click();
  await expect(screen.page.getByTestId("rhythm-means")).not.toBeEmpty();
  await screen.page.keyboard.press("Escape");
  await screen.open(`${page("mapping")}&field=body.memo`);
  await screen.page.getByTestId("mapping-change").click();
  await screen.page.getByTestId("mapping-template").fill("mine");
  await screen.page.getByRole("tab", { name: "Runs" }).click();
  await expect(screen.page.getByTestId("mapping-discard"), "a draft is not thrown away unasked").toBeVisible();
  await screen.page.getByTestId("mapping-discard").click();
  await expect(screen.page.getByTestId("run-row").first()).toBeVisible();
  await screen.open(page("errors"));
  const groups = await screen.ask<{ groups: { cause: string }[] }>("problem_groups", { flow: FLOW });
  expect(groups.groups.length).toBeGreaterThan(0);
  await expect(screen.page.getByTestId("problem-group")).toHaveCount(groups.groups.length);
  await screen.page.getByTestId("problem-group").first().click();
  await expect(screen.page.getByRole("complementary")).toBeVisible();
});

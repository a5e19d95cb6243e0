import { expect, test, type Screen } from "./screen";

interface Settlement {
  id: string;
  stage: string;
  difference: { amount: string };
}

interface Row {
  id: string;
  accepted: boolean;
  later: boolean;
  note: string | null;
  amazon: { amount: string };
  acts: Record<string, boolean | string | null>;
}

interface View {
  settlement: Settlement;
  exact: number;
  later: number;
  can_approve: boolean;
  closed: { reason: string } | null;
}

const isZero = (amount: string) => !/[1-9]/.test(amount);

async function all(screen: Screen): Promise<Settlement[]> {
  return (await screen.ask<{ settlements: Settlement[] }>("settlements", {})).settlements;
}

async function clean(screen: Screen): Promise<string> {
  const found = (await all(screen)).find(
    (one) => ["to_review", "undone"].includes(one.stage) && isZero(one.difference.amount),
  );
  expect(found).toBeDefined();
  return found?.id ?? "";
}

/** A settlement and a tab that has a row with which something can be done, and where in the tab it stands. */
async function withAct(
  screen: Screen,
  act: string,
  tabs: string[],
): Promise<{ id: string; tab: string; at: number; row: Row }> {
  for (const { id } of await all(screen)) {
    for (const tab of tabs) {
      const { rows } = await screen.ask<{ rows: Row[] }>("settlement_lines", { id, tab });
      const at = rows.findIndex((one) => one.acts[act]);
      const row = rows[at];
      if (row) return { id, tab, at, row };
    }
  }
  throw new Error(`no row with ${act}`);
}

async function choose(screen: Screen, at: number): Promise<void> {
  await expect(screen.page.getByTestId("line").first()).toBeVisible();
  await screen.page.keyboard.press("Home");
  for (let step = 0; step < at; step++) await screen.page.keyboard.press("j");
  await expect(screen.page.locator("[data-testid=line][aria-current]")).toHaveAttribute(
    "aria-rowindex",
    String(at + 2),
  );
}

const view = (screen: Screen, id: string) => screen.ask<View>("settlement", { id });

test("a line is noted by key, the note is shown, and Mod+Z takes it away; no violation in either language", async ({
  synced: screen,
}) => {
  const id = await clean(screen);
  for (const [language, theme] of [
    ["en", "light"],
    ["fr", "dark"],
  ] as const) {
    await screen.show(language, theme);
    await screen.open(`/settlements/${id}?tab=matched`);
    await choose(screen, 1);
    await screen.page.keyboard.press("n");
    await expect(screen.page.getByTestId("row-note-text")).toBeFocused();
    await screen.page.keyboard.type("Which promotion is this?");
    expect(await screen.violations()).toEqual([]);
    await screen.page.keyboard.press("Enter");
    await expect(screen.page.getByTestId("row-noted")).toContainText("Which promotion is this?");
    expect(await screen.violations()).toEqual([]);
    await screen.page.keyboard.press("Control+z");
    await expect(screen.page.getByTestId("row-noted")).toHaveCount(0);
  }
});

test("Enter accepts a match and goes on, A accepts every exact one, and each is taken back", async ({
  synced: screen,
}) => {
  const id = await clean(screen);
  await screen.open(`/settlements/${id}?tab=matched`);
  const { exact } = await view(screen, id);
  await choose(screen, 0);
  await screen.page.keyboard.press("Enter");
  await expect(screen.page.locator('[data-testid=line][aria-rowindex="2"]')).toContainText("Approved");
  await expect(screen.page.locator("[data-testid=line][aria-current]")).toHaveAttribute("aria-rowindex", "3");
  await expect.poll(async () => (await view(screen, id)).exact).toBe(exact - 1);
  await expect(screen.page.getByTestId("accept-exact")).toContainText(String(exact - 1));
  await screen.page.keyboard.press("a");
  await expect.poll(async () => (await view(screen, id)).exact).toBe(0);
  await expect(screen.page.getByTestId("accept-exact")).toHaveCount(0);
  await screen.page.keyboard.press("Control+z");
  await expect.poll(async () => (await view(screen, id)).exact).toBe(exact - 1);
  await screen.page.keyboard.press("Control+z");
  await expect.poll(async () => (await view(screen, id)).exact).toBe(exact);
});

test("a line that is put off is listed under Later and taken up again", async ({ synced: screen }) => {
  const id = await clean(screen);
  await screen.open(`/settlements/${id}?tab=matched`);
  await choose(screen, 0);
  const rows = Number(await screen.page.getByTestId("lines-table").getAttribute("aria-rowcount"));
  await screen.page.getByTestId("row-more").click();
  await screen.page.getByTestId("menu-later").click();
  await expect(screen.page.getByTestId("lines-table")).toHaveAttribute("aria-rowcount", String(rows - 1));
  await screen.page.getByTestId("later-filter").click();
  await expect(screen.page.getByTestId("line")).toHaveCount(1);
  expect(await screen.violations()).toEqual([]);
  await screen.page.getByTestId("row-more").click();
  await screen.page.getByTestId("menu-later").click();
  await expect(screen.page.getByText("No lines match this filter.")).toBeVisible();
  await screen.page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(screen.page.getByTestId("lines-table")).toHaveAttribute("aria-rowcount", String(rows));
});

test("what is open is written off up to the tolerance, and refused beyond it in a sentence", async ({
  synced: screen,
}) => {
  const { id, tab, at, row } = await withAct(screen, "write_off", ["unmatched", "different"]);
  await screen.open(`/settlements/${id}?tab=${tab}`);
  await choose(screen, at);
  await screen.page.keyboard.press("w");
  await expect(screen.page.getByTestId("write-off-terms")).toContainText(/at most .*0\.05/);
  await expect(screen.page.getByTestId("row-write-off-do")).toHaveAttribute("aria-disabled", "true");
  expect(await screen.violations()).toEqual([]);
  await screen.page.keyboard.press("Escape");
  await screen.ask("set_option", { option: "variance.ignore", marketplace: null, value: "100000" });
  try {
    await screen.page.keyboard.press("w");
    await expect(screen.page.getByTestId("write-off-terms")).toContainText(/may be written off/);
    await expect(screen.page.getByRole("option").first()).toBeVisible();
    expect(await screen.violations()).toEqual([]);
    await screen.page.getByRole("option").first().click();
    await screen.page.getByTestId("row-write-off-do").click();
    await expect(screen.toast("Written off to")).toBeVisible();
    const of = async () => {
      const lines = await Promise.all(
        ["matched", "unmatched", "different"].map((tab) =>
          screen.ask<{ rows: Row[] }>("settlement_lines", { id, tab }),
        ),
      );
      return lines.flatMap(({ rows }) => rows).find((one) => one.id === row.id)?.acts["write_off"];
    };
    await expect.poll(of, { timeout: 20_000 }).toBe(false);
    await screen.page.keyboard.press("Control+z");
    await expect.poll(of, { timeout: 20_000 }).toBe(true);
  } finally {
    await screen.ask("set_option", { option: "variance.ignore", marketplace: null, value: null });
  }
});

test("documents are found, ticked, what is left is told, and the line belongs to them", async ({ synced: screen }) => {
  const { id, tab, at, row } = await withAct(screen, "find", ["unmatched", "different"]);
  await screen.open(`/settlements/${id}?tab=${tab}`);
  await choose(screen, at);
  await screen.page.keyboard.press("f");
  await expect(screen.page.getByTestId("find-search")).toBeFocused();
  await expect(screen.page.getByTestId("find-search")).not.toHaveValue("");
  await screen.page.getByTestId("find-search").fill("INV");
  const list = screen.page.getByTestId("find-list").locator("tbody tr");
  await expect(list.first()).toBeVisible();
  expect(await screen.violations()).toEqual([]);
  await expect(screen.page.getByTestId("row-find-do")).toHaveAttribute("aria-disabled", "true");
  await list.first().getByRole("checkbox").check();
  await expect(screen.page.getByTestId("find-left")).toContainText("1 document ticked");
  await screen.page.getByTestId("row-find-do").click();
  await expect(screen.toast("The line belongs to")).toBeVisible();
  const chosen = async () => {
    const { row: now } = await screen.ask<{ row: Row }>("settlement_group", { settlement: id, group: row.id });
    return now.acts["chosen"];
  };
  expect(await chosen()).toBe("documents");
  await screen.page.keyboard.press("Control+z");
  await expect.poll(chosen).toBe(null);
});

test("a fee is split over two accounts, and only when they come to its amount", async ({ synced: screen }) => {
  const { id, at, row } = await withAct(screen, "split", ["fees"]);
  await screen.open(`/settlements/${id}?tab=fees`);
  await choose(screen, at);
  await screen.page.keyboard.press("s");
  await expect(screen.page.getByTestId("split-amount")).toHaveValue(row.amazon.amount);
  await screen.page.getByRole("option").first().click();
  await screen.page.getByTestId("split-amount").fill("nothing");
  await screen.page.getByTestId("split-add").click();
  await expect(screen.page.getByText("This is not an amount.")).toBeVisible();
  await screen.page.getByTestId("split-amount").fill("-1");
  await screen.page.getByTestId("split-add").click();
  await expect(screen.page.getByTestId("split-parts").locator("li")).toHaveCount(1);
  await expect(screen.page.getByTestId("row-split-do")).toHaveAttribute("aria-disabled", "true");
  await screen.page.getByRole("option").nth(1).click();
  expect(await screen.violations()).toEqual([]);
  await screen.page.getByTestId("split-add").click();
  await expect(screen.page.getByTestId("split-parts").locator("li")).toHaveCount(2);
  await screen.page.getByTestId("row-split-do").click();
  await expect(screen.toast("Split over 2 accounts")).toBeVisible();
  await screen.page.keyboard.press("Control+z");
  const { row: after } = await screen.ask<{ row: Row }>("settlement_group", { settlement: id, group: row.id });
  expect(after.acts["chosen"]).toBe(null);
});

test("a line is left out with a reason and taken in again", async ({ synced: screen }) => {
  const id = await clean(screen);
  await screen.open(`/settlements/${id}?tab=matched`);
  const { rows } = await screen.ask<{ rows: Row[] }>("settlement_lines", { id, tab: "matched" });
  const at = rows.findIndex((one) => one.acts["exclude"]);
  const row = rows[at];
  await choose(screen, at);
  await screen.page.keyboard.press("o");
  await screen.page.getByTestId("panel-exclude").click();
  const off = screen.page.getByTestId("row-exclude-do");
  await expect(off).toHaveAttribute("aria-disabled", "true");
  await screen.page.keyboard.type("sold at the door");
  expect(await screen.violations()).toEqual([]);
  await off.click();
  const status = async () => {
    const { row: now } = await screen.ask<{ row: Row & { state: string } }>("settlement_group", {
      settlement: id,
      group: row?.id ?? "",
    });
    return now.state;
  };
  await expect.poll(status, { timeout: 20_000 }).toBe("skipped");
  await screen.page.keyboard.press("Control+z");
  await expect.poll(status, { timeout: 20_000 }).not.toBe("skipped");
});

test("a difference is accepted with a reason and taken back", async ({ synced: screen }) => {
  const found = (await all(screen)).find((one) => !isZero(one.difference.amount));
  const id = found?.id ?? "";
  await screen.open(`/settlements/${id}`);
  await screen.page.getByTestId("accept-variance").click();
  await screen.page.keyboard.type("agreed with Sam");
  expect(await screen.violations()).toEqual([]);
  await screen.page.getByTestId("accept-variance-do").click();
  await expect(screen.page.getByText("Accepted: agreed with Sam")).toBeVisible();
  await screen.page.getByTestId("withdraw-variance").click();
  await expect(screen.page.getByTestId("accept-variance")).toBeVisible();
});

test("a settlement is closed, marked as in the books, and opened again", async ({ synced: screen }) => {
  const id = await clean(screen);
  await screen.open(`/settlements/${id}`);
  for (const [button, words] of [
    ["close-settlement", "Closed: kept as it is"],
    ["mark-in-books", "In the books already: kept as it is"],
  ] as const) {
    await screen.page.getByTestId(button).click();
    await screen.page.keyboard.type("kept as it is");
    expect(await screen.violations()).toEqual([]);
    await screen.page.getByTestId(`${button}-do`).click();
    await expect(screen.page.getByText(words)).toBeVisible();
    await expect(screen.page.getByTestId("approve-and-post")).toHaveCount(0);
    await screen.page.getByTestId("reopen-settlement").click();
    await expect(screen.page.getByTestId(button)).toBeVisible();
  }
});

test("rows without a marketplace get one, once for the currency", async ({ synced: screen }) => {
  const id = await clean(screen);
  await screen.page.route("**/call/settlement", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as { why_not: object[] };
    body.why_not = [{ id: "settlement-held-marketplace", args: { count: { kind: "count", value: 2 } } }];
    await route.fulfill({ json: body });
  });
  const asked: { marketplace: string }[] = [];
  await screen.page.route("**/call/pick_marketplace", async (route) => {
    asked.push(route.request().postDataJSON() as { marketplace: string });
    const args = { country: { kind: "text", value: "DE" } };
    await route.fulfill({ json: { said: { id: "said-marketplace-picked", args } } });
  });
  await screen.open(`/settlements/${id}`);
  await screen.page.getByTestId("pick-marketplace").click();
  await screen.page.getByRole("radio").last().check();
  expect(await screen.violations()).toEqual([]);
  await screen.page.getByTestId("pick-marketplace-do").click();
  await expect(screen.toast("Rows without a marketplace belong to DE now.")).toBeVisible();
  expect(asked[0]?.marketplace).not.toBe("");
  await screen.page.unrouteAll({ behavior: "ignoreErrors" });
});

test("the third same choice is offered as a rule", async ({ synced: screen }) => {
  const { id, at } = await withAct(screen, "split", ["fees"]);
  const offer = {
    triple: ["other-transaction", "other-transaction", "Subscription Fee"],
    name: "Subscription Fee",
    account: "266",
    account_name: "6150 Amazon Other Selling Fees",
    category: "subscription",
    times: 3,
  };
  await screen.page.route("**/call/split_row", (route) =>
    route.fulfill({ json: { said: { id: "said-row-cleared", args: {} }, act: null, offer } }),
  );
  const answers: { always: boolean }[] = [];
  await screen.page.route("**/call/answer_rule", async (route) => {
    answers.push(route.request().postDataJSON() as { always: boolean });
    await route.fulfill({ json: { said: { id: "said-rule-declined", args: {} } } });
  });
  await screen.open(`/settlements/${id}?tab=fees`);
  await choose(screen, at);
  await screen.page.keyboard.press("s");
  await screen.page.getByRole("option").first().click();
  await screen.page.getByTestId("split-add").click();
  await screen.page.getByTestId("row-split-do").click();
  await expect(screen.page.getByTestId("rule-offer")).toContainText(
    "Always post “Subscription Fee” to 6150 Amazon Other Selling Fees?",
  );
  expect(await screen.violations()).toEqual([]);
  await screen.page.getByTestId("rule-never").click();
  await expect(screen.page.getByTestId("rule-offer")).toHaveCount(0);
  expect(answers.map((one) => one.always)).toEqual([false]);
});

test("a clean settlement is reviewed and posted in four clicks, and again in five keys", async ({ synced: screen }) => {
  test.setTimeout(200_000);
  const id = await clean(screen);
  const posted = async () => {
    await expect(screen.page.getByTestId("journal-number")).toHaveText(/\w+/, { timeout: 60_000 });
    const stage = async () => (await view(screen, id)).settlement.stage;
    await expect.poll(stage, { timeout: 60_000 }).toBe("posted");
    await screen.ask("undo_settlement", { id });
    await expect.poll(stage, { timeout: 60_000 }).toBe("undone");
  };
  await screen.open("/");
  await screen.page.locator("nav a[href$='/settlements']").click();
  await screen.page.locator(`main a[href*="${id}"]`).first().click();
  await screen.page.getByTestId("accept-exact").click();
  await expect(screen.page.getByTestId("accept-exact")).toHaveCount(0);
  await screen.page.getByTestId("approve-and-post").click();
  await posted();

  await screen.open(`/settlements/${id}`);
  await expect(screen.page.getByTestId("approve-and-post")).not.toHaveAttribute("aria-disabled", "true");
  await expect(screen.page.getByTestId("line").first()).toBeVisible();
  await screen.page.keyboard.press("1");
  await screen.page.keyboard.press("j");
  await screen.page.keyboard.press("k");
  await screen.page.keyboard.press("Control+Enter");
  await posted();
});

import { expect, test, type Screen } from "./screen";

interface Row {
  place: string;
  field: string;
}
interface View {
  scope: string;
  scopes: { scope: string; level: string; name: string; rows: number }[];
  fields: { place: string; field: string; locked: boolean; own: Row[]; inherited: { level: string }[] }[];
  versions: { version: string; note: string }[];
  samples: string[];
}

const ORDERS = "mfn-orders";
const view = (screen: Screen, scope = "") => screen.ask<View>("mapping", { form: ORDERS, scope });

/** The mapping as it was before, so that the tests after this one find it so. */
async function clean(screen: Screen): Promise<void> {
  for (const { scope } of (await view(screen)).scopes.filter((one) => one.rows > 0)) {
    await screen.ask("save_mapping", { form: ORDERS, scope, rows: [], note: "" });
  }
}

test.afterEach(async ({ synced }) => clean(synced));

test("CMN-28 CMN-30 a field is changed by keyboard, previewed on a real order, tested, saved and restored", async ({
  synced: screen,
}) => {
  await screen.open(`/mappings?form=${ORDERS}&field=body.memo`);
  await screen.page.getByTestId("mapping-change").press("Enter");
  await screen.page.getByTestId("mapping-template").fill("Shop {order.country} {order.id}");
  const preview = screen.page.getByTestId("mapping-preview");
  const record = (await view(screen)).samples[0] ?? "";
  await expect(preview.locator("ins")).toHaveText(new RegExp(`Shop [A-Z]{2} ${record}`));
  await expect(preview.locator("del")).toHaveText(`Amazon ${record}`);

  await screen.page.getByTestId("mapping-test-open").click();
  await expect(screen.page.getByTestId("mapping-test").locator("tbody tr")).not.toHaveCount(0);
  await screen.page.keyboard.press("Escape");

  await screen.page.keyboard.press("Control+s");
  await screen.page.getByTestId("mapping-note").fill("our own words");
  await screen.page.getByTestId("mapping-save-now").click();
  await expect(screen.page.getByText(/^Saved as version/)).toBeVisible();
  const [saved] = (await view(screen)).versions;
  expect(saved?.note).toBe("our own words");

  await screen.ask("save_mapping", { form: ORDERS, scope: "", rows: [], note: "back" });
  await screen.page.reload();
  await screen.page.getByTestId("mapping-versions-open").click();
  await screen.page.getByTestId("mapping-versions").getByRole("button", { name: "Restore" }).first().click();
  await expect.poll(async () => (await view(screen)).scopes[0]?.rows).toBe(1);
});

test("CMN-29 mandatory rows are shown locked, and an amount is refused", async ({ synced: screen }) => {
  await screen.open(`/mappings?form=${ORDERS}`);
  for (const field of ["externalId", "otherRefNum", "entity", "currency", "item", "rate", "amount"]) {
    const row = screen.page.locator("tr", { hasText: field }).filter({ hasText: "Locked" });
    await expect(row.first()).toBeVisible();
    await expect(screen.page.locator(`[data-field$=".${field}"]`)).toHaveCount(0);
  }
  await screen.page.getByTestId("mapping-custom").fill("total");
  await screen.page.getByTestId("mapping-add").click();
  await expect(screen.page.getByRole("alert")).toContainText("comes from Amazon alone");
});

test("CMN-02 a marketplace shows what it inherits, overrides it, and goes back", async ({ synced: screen }) => {
  const memo = {
    ...{ place: "body", field: "memo", shape: "text", when: null, otherwise: { then: "inherit" } },
    source: { from: "constant", value: "shared words" },
  };
  await screen.ask("save_mapping", { form: ORDERS, scope: "", rows: [memo], note: "" });
  const market = (await view(screen)).scopes.find((one) => one.level === "marketplace")?.scope ?? "";
  await screen.open(`/mappings?form=${ORDERS}&scope=${market}&field=body.memo`);
  const row = screen.page.locator("tr", { has: screen.page.locator('[data-field="body.memo"]') });
  await expect(row).toContainText("shared words");
  await expect(row).toContainText("All marketplaces");
  await screen.page.getByTestId("mapping-change").click();
  await screen.page.getByTestId("mapping-value").fill("own words");
  await expect(row).toContainText("This marketplace");
  await screen.page.getByTestId("mapping-reset").click();
  await expect(row).toContainText("All marketplaces");
});

test("CMN-02 a flow's setting shows where its value comes from, and is cleared", async ({ synced: screen }) => {
  interface Options {
    options: { key: string; value: string | null; from: string; own: boolean }[];
  }
  const market = (await view(screen)).scopes.find((one) => one.level === "marketplace")?.scope ?? "";
  const option = async () => {
    const { options } = await screen.ask<Options>("flow_options", { flow: ORDERS, scope: market });
    return options.find((one) => one.key === "orders.merge_shipping");
  };
  const before = await option();
  await screen.open(`/mappings?form=${ORDERS}&scope=${market}`);
  const row = screen.page.getByTestId("flow-options").locator('tr[data-option="orders.merge_shipping"]');
  await row.getByRole("button", { name: "Off", exact: true }).click();
  await expect(row).toContainText("This marketplace");
  expect((await option())?.own).toBe(true);
  await row.getByRole("button", { name: /Clear/ }).click();
  await expect(row.getByRole("button", { name: /Clear/ })).toHaveCount(0);
  expect(await option()).toEqual(before);
});

test("a SKU may stand in a custom item field, and only the ID of one is taken", async ({ synced: screen }) => {
  interface Options {
    options: { key: string; value: string | null }[];
  }
  const field = async () => {
    const { options } = await screen.ask<Options>("flow_options", { flow: ORDERS, scope: "" });
    return options.find((one) => one.key === "match.field");
  };
  await screen.open(`/mappings?form=${ORDERS}`);
  const row = screen.page.getByTestId("flow-options").locator('tr[data-option="match.field"]');
  await row.getByTestId("option-value").selectOption("custitem");
  const typed = row.getByTestId("option-field");
  await typed.fill("sku FROM item");
  await typed.press("Tab");
  await expect(row.getByRole("alert")).toContainText("custitem_amazon_sku");
  expect((await field())?.value).toBe("itemid");
  await typed.fill("custitem_amazon_sku");
  await typed.press("Tab");
  await expect(row.getByRole("alert")).toHaveCount(0);
  await expect.poll(async () => (await field())?.value).toBe("custitem_amazon_sku");
  await row.getByTestId("option-value").selectOption("itemid");
  await expect.poll(async () => (await field())?.value).toBe("itemid");
});

test("what is wrong with an expression stands under it in words, and nothing is saved", async ({ synced: screen }) => {
  await screen.open(`/mappings?form=${ORDERS}&field=body.memo`);
  await screen.page.getByTestId("mapping-change").click();
  await screen.page.getByTestId("mapping-kind").selectOption("expression");
  await screen.page.getByTestId("mapping-expression").fill("order.id +");
  await expect(screen.page.getByRole("alert")).toContainText("cannot be computed");
  await screen.page.keyboard.press("Control+s");
  await screen.page.getByTestId("mapping-save-now").click();
  await expect(screen.page.getByText(/nothing was saved/)).toBeVisible();
  expect((await view(screen)).scopes[0]?.rows).toBe(0);
});

test("rows are copied from another scope as text, and text that is no mapping is refused", async ({
  synced: screen,
}) => {
  const memo = {
    ...{ place: "body", field: "memo", shape: "text", when: null, otherwise: { then: "inherit" } },
    source: { from: "constant", value: "copied words" },
  };
  await screen.ask("save_mapping", { form: ORDERS, scope: "", rows: [memo], note: "" });
  const market = (await view(screen)).scopes.find((one) => one.level === "marketplace")?.scope ?? "";
  await screen.open(`/mappings?form=${ORDERS}&scope=${market}&field=body.memo`);
  await screen.page.getByTestId("mapping-transfer-open").click();
  await screen.page.getByTestId("mapping-rows").fill("not rows");
  await screen.page.getByTestId("mapping-take").click();
  await expect(screen.page.getByText("This text is not a mapping.")).toBeVisible();
  await screen.page.getByTestId("mapping-copy-from").selectOption({ index: 1 });
  await expect(screen.page.getByTestId("mapping-rows")).toHaveValue(/copied words/);
  await screen.page.getByTestId("mapping-take").click();
  await expect(screen.page.getByTestId("mapping-value")).toHaveValue("copied words");
});

test("a draft is not thrown away unasked", async ({ synced: screen }) => {
  await screen.open(`/mappings?form=${ORDERS}&field=body.memo`);
  await screen.page.getByTestId("mapping-change").click();
  await screen.page.getByTestId("mapping-template").fill("mine");
  await screen.page.locator('[data-field="body.class"]').click();
  await screen.page.locator('[data-field="body.memo"]').click();
  await expect(screen.page.getByTestId("mapping-template")).toHaveValue("mine");
  const scope = screen.page.getByTestId("mapping-scope");
  await scope.selectOption({ index: 1 });
  await screen.page.keyboard.press("Escape");
  await expect(scope).toHaveValue("");
  await expect(screen.page.getByTestId("mapping-template")).toHaveValue("mine");
  await scope.selectOption({ index: 1 });
  await screen.page.getByTestId("mapping-discard").click();
  await expect(scope).not.toHaveValue("");
});

for (const language of ["en", "fr"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`the screen has no accessibility faults in ${language}, ${theme}`, async ({ synced: screen }) => {
      await screen.show(language, theme);
      await screen.open(`/mappings?form=${ORDERS}&field=body.memo`);
      await screen.page.getByTestId("mapping-change").click();
      await screen.page.getByTestId("mapping-kind").selectOption("table");
      await screen.settled();
      expect(await screen.violations()).toEqual([]);
    });
  }
}

test("CMN-25 CMN-28 from the error a row that fails is mended in its editor, and the error is gone", async ({
  fresh: screen,
}) => {
  test.setTimeout(120_000);
  const failing = {
    ...{ place: "body", field: "memo", shape: "text", when: null, otherwise: { then: "ask" } },
    source: { from: "constant", value: "" },
  };
  await screen.ask("save_mapping", { form: ORDERS, scope: "", rows: [failing], note: "" });
  const market = (await view(screen)).scopes.find((one) => one.name === "UK")?.scope ?? "";
  await screen.ask("start_run", { flow: ORDERS, marketplace: market, dry_run: false });
  const cause = `MAPPING_FAILED:${ORDERS}:body:memo`;
  const groups = async () => (await screen.ask<{ groups: { cause: string }[] }>("problem_groups", {})).groups;
  const fails = async () => (await groups()).some((one) => one.cause === cause);
  await expect.poll(fails, { timeout: 60_000 }).toBe(true);
  await screen.open(`/errors?cause=${encodeURIComponent(cause)}`);
  await expect(screen.page.getByText("cannot be filled as you mapped it").first()).toBeVisible();
  await screen.page.getByTestId("fix").click();
  await expect(screen.page.getByTestId("mapping-kind")).toHaveValue("constant");
  await screen.page.getByTestId("mapping-value").fill("our shop");
  await screen.page.getByTestId("mapping-save").click();
  await screen.page.getByTestId("mapping-save-now").click();
  await expect.poll(fails, { timeout: 60_000 }).toBe(false);
});

test("TAX-03 FUL-06 a row of a lookup table is added by keyboard, refused in words where it leads nowhere, and removed", async ({
  synced: screen,
}) => {
  await screen.open(`/mappings?form=${ORDERS}`);
  await screen.page.getByTestId("mapping-tables-open").press("Enter");
  const rows = screen.page.getByTestId("table-rows");
  await expect(rows).toContainText("No rows yet.");
  await screen.page.getByTestId("table-from").fill("DE;FR");
  await screen.page.getByTestId("table-to").fill("12");
  await screen.page.getByTestId("table-to").press("Enter");
  await expect(screen.page.getByRole("alert")).toContainText("four parts");
  await screen.page.getByTestId("table-from").fill("DE;FR;seller;*");
  await screen.page.getByTestId("table-to").press("Enter");
  await expect(rows).toContainText("DE;FR;seller;*");
  await expect(screen.page.getByRole("alert")).toHaveCount(0);
  expect(await screen.violations()).toEqual([]);
  await rows.getByRole("button", { name: "Remove this line DE;FR;seller;*" }).click();
  await expect(rows).toContainText("No rows yet.");

  await screen.page.getByTestId("table-which").selectOption("carriers");
  await screen.page.getByTestId("table-from").fill("Spedition Nord");
  await screen.page.getByTestId("table-to").fill("DHL");
  await screen.page.getByTestId("table-add").click();
  await expect(rows).toContainText("Spedition Nord");
  await screen.ask("set_table_row", { table: "carriers", from: "Spedition Nord", to: null });
});

test("CMN-28 CMN-29 each kind of record has its own fields, sources and places, and is chosen by keyboard", async ({
  synced: screen,
}) => {
  await screen.open("/mappings?form=mfn-orders");
  const kinds = screen.page.getByTestId("mapping-kinds");
  await expect(kinds.getByRole("button")).toHaveCount(7);
  await kinds.locator('[data-form="shipments"]').press("Enter");
  await expect(kinds.locator('[data-form="shipments"]')).toHaveAttribute("aria-current", "true");
  await expect(screen.page.locator('[data-field="body.carrierCode"]')).toBeVisible();
  await expect(screen.page.locator("tr", { hasText: "trackingNumber" }).filter({ hasText: "Locked" })).toBeVisible();
  // FUL-02: Amazon has no fields of the seller's own; what it takes beside the usual is offered by name.
  await expect(screen.page.getByTestId("mapping-custom")).toHaveCount(0);
  await expect(screen.page.getByTestId("mapping-open-field")).toHaveValue("shipFromSupplySourceId");
  await screen.page.getByTestId("mapping-add").press("Enter");
  await expect(screen.page.locator('[data-field="body.shipFromSupplySourceId"]')).toBeVisible();
  await screen.page.locator('[data-field="body.carrierName"]').press("Enter");
  await screen.page.getByTestId("mapping-change").press("Enter");
  await screen.page.getByTestId("mapping-kind").selectOption("text");
  await screen.page.getByTestId("mapping-template").fill("{fulfilment.ship_method} of ours");
  const preview = screen.page.getByTestId("mapping-preview");
  await expect(preview.locator("ins").first()).toHaveText("Other");
  await expect(preview.locator("ins").filter({ hasText: "of ours" }).first()).toBeVisible();

  await kinds.locator('[data-form="mfn-customers"]').click();
  await screen.page.getByTestId("mapping-discard").click();
  await expect(screen.page.locator("tr", { hasText: "companyName" }).filter({ hasText: "Locked" })).toBeVisible();
  await screen.page.getByTestId("mapping-custom").fill("custentity_route");
  await screen.page.getByTestId("mapping-add").click();
  await screen.page.getByTestId("mapping-value").fill("by road");
  await expect(preview.locator("ins").filter({ hasText: "by road" }).first()).toBeVisible();
  await screen.settled();
  expect(await screen.violations()).toEqual([]);
});

import { expect, test, type Screen } from "./screen";

interface Panel {
  order: { state: string };
  parcels: { tracking: string; carrier: string }[];
  elsewhere: { reason: string } | null;
  timeline: { what: { id: string } }[];
}

const DE = "A1PA6795UKMFR9";
let count = 0;
/** A number that no other order has. */
const number = () => `306-${String(Date.now()).slice(-7)}-${String(++count).padStart(7, "0")}`;

const read = (screen: Screen, id: string) => screen.ask<Panel>("order", { id });

/** A flow looks at one order until what it does is seen. */
async function run(screen: Screen, flow: string, id: string, seen: () => Promise<boolean>): Promise<void> {
  await expect(async () => {
    await screen.ask("start_run", { flow, dry_run: false, keys: [id], marketplace: DE }).catch(() => null);
    await expect.poll(seen, { timeout: 8_000 }).toBe(true);
  }).toPass({ timeout: 60_000 });
}

/** Somebody in Germany buys, and the order is in NetSuite. */
async function imported(screen: Screen): Promise<string> {
  const id = number();
  await screen.tell("/orders", { id, marketplace: "DE", lines: [{ sku: "CANDLE-FIG-220", quantity: 2 }] });
  await run(screen, "mfn-orders", id, async () => {
    const panel = await read(screen, id).catch(() => null);
    return panel?.order.state === "done";
  });
  return id;
}

async function open(screen: Screen, id: string): Promise<void> {
  await screen.open(`/orders?order=${id}`);
  await screen.page.getByTestId("order-more").press("Enter");
}

test.describe.configure({ timeout: 150_000 });

test.beforeEach(async ({ staged: screen }) => {
  await screen.ask("set_option", { option: "tax.liability_default", marketplace: DE, value: "amazon" });
  const { choices } = await screen.ask<{ choices: { id: string }[] }>("choices", { kind: "shipItem", search: "" });
  await screen.ask("set_table_row", { table: "ship-methods", from: "STANDARD", to: choices[0]?.id ?? "" });
});

test("FUL-07 FUL-10 a confirmation is refused where nothing was shipped, and sent again corrected where it was", async ({
  staged: screen,
}) => {
  const id = await imported(screen);
  await open(screen, id);
  const entry = screen.page.getByTestId("order-resend");
  await expect(entry).toHaveAttribute("aria-disabled", "true");
  await expect(entry).toContainText("Nothing of it has been shipped in NetSuite yet");
  await entry.press("Enter");
  await expect(screen.page.locator("dialog[open]")).toHaveCount(0);
  await screen.page.keyboard.press("Escape");

  await screen.tell("/netsuite/ship", {
    order: `AZN-SO-${id}`,
    packages: [{ tracking: "WRONG1" }],
    ship_method: "DHL Paket",
  });
  await run(screen, "shipments", id, async () => (await read(screen, id)).parcels.length === 1);
  await open(screen, id);
  await expect(entry).not.toHaveAttribute("aria-disabled", "true");
  await entry.press("Enter");
  await expect(screen.page.getByTestId("resend-tracking")).toHaveValue("WRONG1");
  await screen.page.getByTestId("resend-tracking").fill("");
  await expect(screen.page.getByTestId("resend-do")).toHaveAttribute("aria-disabled", "true");
  await screen.page.getByTestId("resend-tracking").fill("RIGHT1");
  await screen.page.getByTestId("resend-carrier").fill("UPS");
  expect(await screen.violations()).toEqual([]);
  await screen.page.getByTestId("resend-do").press("Enter");
  await expect(screen.toast("RIGHT1")).toBeVisible();
  await expect
    .poll(async () => (await read(screen, id)).parcels, { timeout: 40_000 })
    .toMatchObject([{ tracking: "RIGHT1", carrier: "UPS" }]);
});

test("BIL-01 an order is billed now from its panel", async ({ staged: screen }) => {
  const id = await imported(screen);
  await screen.tell("/netsuite/ship", {
    order: `AZN-SO-${id}`,
    packages: [{ tracking: "A1" }],
    ship_method: "DHL Paket",
  });
  await open(screen, id);
  await screen.page.getByTestId("order-bill").press("Enter");
  await expect(screen.page.getByTestId("bill-do")).toBeVisible();
  expect(await screen.violations()).toEqual([]);
  await screen.page.getByTestId("bill-do").press("Enter");
  const steps = screen.page.getByRole("complementary").locator(".steps");
  await expect(steps).toContainText("Invoiced", { timeout: 40_000 });
});

test("CMN-26 an order is marked as handled elsewhere with a reason, seen as skipped, and taken back", async ({
  staged: screen,
}) => {
  const id = await imported(screen);
  await open(screen, id);
  await screen.page.getByTestId("order-elsewhere").press("Enter");
  await expect(screen.page.getByTestId("elsewhere-do")).toHaveAttribute("aria-disabled", "true");
  await screen.page.getByTestId("elsewhere-reason").fill("entered by hand");
  expect(await screen.violations()).toEqual([]);
  await screen.page.getByTestId("elsewhere-do").press("Enter");
  const panel = screen.page.getByRole("complementary");
  await expect(panel).toContainText("Skipped");
  await expect(panel).toContainText("Left out: entered by hand");
  expect((await read(screen, id)).elsewhere?.reason).toBe("entered by hand");
  expect(await screen.violations()).toEqual([]);
  await screen.page.getByTestId("order-take-back").press("Enter");
  await expect(panel.getByTestId("order-left-out")).toHaveCount(0, { timeout: 20_000 });
  await expect.poll(async () => (await read(screen, id)).order.state, { timeout: 40_000 }).toBe("done");
});

for (const language of ["en", "fr"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`what can be done about an order has no axe violations in ${language}, ${theme}`, async ({
      synced: screen,
    }) => {
      await screen.show(language, theme);
      const { orders } = await screen.ask<{ orders: { id: string }[] }>("orders", { limit: 1 });
      await open(screen, orders[0]?.id ?? "");
      await expect(screen.page.getByTestId("order-elsewhere")).toBeVisible();
      expect(await screen.violations()).toEqual([]);
      await screen.page.getByTestId("order-elsewhere").click();
      expect(await screen.violations()).toEqual([]);
    });
  }
}

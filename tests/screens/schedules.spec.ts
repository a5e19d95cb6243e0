import { expect, test, type Screen } from "./screen";

interface Row {
  flow: string;
  account: string;
  rhythm: { kind: string; minutes?: number; at?: string; text?: string };
  chosen: boolean;
  own: { marketplace: string; rhythm: { kind: string; minutes?: number } }[];
  next: string | null;
}
interface View {
  rows: Row[];
  upcoming: { at: string }[];
  quiet: { from: string; to: string } | null;
  paused: boolean;
  zones: { account: string; zone: string; chosen: boolean }[];
}

const view = (screen: Screen) => screen.ask<View>("schedules", {});
const first = async (screen: Screen, flow: string) => (await view(screen)).rows.find((row) => row.flow === flow);

/** Everything by default again, so that the tests after this one find it so. */
test.afterEach(async ({ synced }) => {
  const { rows, zones } = await view(synced);
  for (const row of rows) {
    for (const own of row.own) {
      const { flow, account } = row;
      await synced.ask("set_schedule", { flow, account, marketplace: own.marketplace, rhythm: null });
    }
    if (row.chosen) await synced.ask("set_schedule", { flow: row.flow, account: row.account, rhythm: null });
  }
  for (const { account, chosen } of zones) if (chosen) await synced.ask("set_zone", { account, zone: null });
  await synced.ask("set_quiet_hours", { hours: null });
});

test("CMN-21 a flow's schedule is chosen by keyboard, kept, and goes back to its default", async ({
  synced: screen,
}) => {
  await screen.open("/schedules");
  await screen.page.getByTestId("change-mfn-orders").first().press("Enter");
  await screen.page.getByTestId("rhythm-kind").selectOption("weekdays");
  await screen.page.getByTestId("rhythm-at").fill("07:30");
  await expect(screen.page.getByTestId("rhythm-means")).toContainText("Monday to Friday at 07:30");
  await screen.page.getByTestId("rhythm-save").press("Enter");
  await expect(screen.page.getByTestId("schedule-mfn-orders").first()).toContainText("Monday to Friday at 07:30");
  const kept = await first(screen, "mfn-orders");
  expect(kept?.rhythm).toEqual({ kind: "weekdays", at: "07:30" });

  await screen.page.getByTestId("change-mfn-orders").first().click();
  await screen.page.getByRole("button", { name: "Use the default" }).click();
  await expect(screen.page.getByTestId("schedule-mfn-orders").first()).toContainText("Every 15 minutes");
  expect((await first(screen, "mfn-orders"))?.chosen).toBe(false);
});

test("a pattern is explained before it is kept, and what cannot be kept is refused in words", async ({
  synced: screen,
}) => {
  await screen.open("/schedules");
  await screen.page.getByTestId("change-fba-orders").first().click();
  await screen.page.getByTestId("rhythm-kind").selectOption("cron");
  await screen.page.getByTestId("rhythm-text").fill("0 6 1 * *");
  await expect(screen.page.getByTestId("rhythm-means")).toContainText("It would run");
  await screen.page.getByTestId("rhythm-text").fill("now and then");
  await expect(screen.page.getByTestId("rhythm-means")).toContainText("at most every 5 minutes");
  await expect(screen.page.getByTestId("rhythm-save")).toHaveAttribute("aria-disabled", "true");
});

test("quiet hours put off what would begin in them", async ({ synced: screen }) => {
  await screen.open("/schedules");
  await screen.page.getByTestId("quiet-from").fill("21:00");
  await screen.page.getByTestId("quiet-to").fill("05:30");
  await screen.page.getByTestId("quiet-keep").click();
  await expect(screen.page.getByText("Quiet hours from 21:00 to 05:30")).toBeVisible();
  expect((await view(screen)).quiet).toEqual({ from: "21:00", to: "05:30" });
});

test("CMN-02 one marketplace has a schedule of its own, and goes back to what all share", async ({
  synced: screen,
}) => {
  const { rows } = await view(screen);
  const row = rows.find((one) => one.flow === "mfn-orders" && one.account.startsWith("eu:"));
  const at = rows.filter((one) => one.flow === "mfn-orders").findIndex((one) => one === row);
  test.slow();
  const change = () => screen.page.getByTestId("change-mfn-orders").nth(at);
  await screen.open("/schedules");
  await change().press("Enter");
  await screen.page.getByTestId("rhythm-scope").selectOption({ label: "Germany" });
  await screen.page.getByTestId("rhythm-interval").selectOption("5");
  expect(await screen.violations()).toEqual([]);
  await screen.page.getByTestId("rhythm-save").press("Enter");
  const own = screen.page.getByTestId("own-mfn-orders-A1PA6795UKMFR9");
  await expect(own).toContainText("Every 5 minutes");
  expect(await screen.violations()).toEqual([]);
  await change().click();
  await screen.page.getByTestId("rhythm-scope").selectOption({ label: "Germany" });
  await screen.page.getByTestId("rhythm-reset").press("Enter");
  await expect(own).toHaveCount(0);
});

test("an account's hours are read in a zone that a person chooses", async ({ synced: screen }) => {
  const zone = async () => (await view(screen)).zones.find((one) => one.account.startsWith("eu:"))?.zone;
  const before = await zone();
  await screen.open("/schedules");
  await screen.page.getByTestId("zone-EU").press("Enter");
  await screen.page.getByTestId("zone-choice").selectOption("Asia/Tokyo");
  await expect(screen.toast("Asia/Tokyo")).toBeVisible();
  expect(await zone()).toBe("Asia/Tokyo");
  await screen.page.getByTestId("zone-reset-EU").press("Enter");
  await expect(screen.page.getByTestId("zone-reset-EU")).toHaveCount(0);
  expect(await zone()).toBe(before);
});

test("everything is paused until a time of one's own, and goes on; the next runs stand as sentences", async ({
  staged: screen,
}) => {
  await screen.ask("pause", { paused: true });
  await screen.open("/schedules");
  await expect(screen.page.getByTestId("pause-all")).toHaveCount(0);
  await screen.page.getByTestId("resume-all").press("Enter");
  await expect(screen.page.getByTestId("upcoming").getByRole("listitem").first()).toContainText(/ for .+: /);
  await screen.page.getByTestId("pause-all").press("Enter");
  await screen.page.getByTestId("pause-until").fill("2020-01-01T09:00");
  await expect(screen.page.getByTestId("pause-do")).toHaveAttribute("aria-disabled", "true");
  const tomorrow = new Date(Date.now() + 30 * 3_600_000).toISOString().slice(0, 11);
  await screen.page.getByTestId("pause-until").fill(`${tomorrow}09:30`);
  expect(await screen.violations()).toEqual([]);
  await screen.page.getByTestId("pause-do").press("Enter");
  await expect(screen.page.getByTestId("resume-all")).toBeVisible();
  await expect(screen.page.locator(".banner")).toContainText("09:30");
  expect((await view(screen)).paused).toBe(true);
  // Without an end, as the tests after this one find it.
  await screen.ask("pause", { paused: true });
});

for (const language of ["en", "fr"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`schedules have no axe violations in ${language}, ${theme}`, async ({ synced: screen }) => {
      await screen.show(language, theme);
      await screen.open("/schedules");
      expect(await screen.violations()).toEqual([]);
      await screen.page.getByTestId("change-mfn-orders").first().click();
      await expect(screen.page.getByTestId("rhythm-means")).not.toBeEmpty();
      expect(await screen.violations()).toEqual([]);
      const folder = process.env["PASSERELLE_PICTURES"];
      if (folder) {
        await screen.page.screenshot({ path: `${folder}/schedules-change-${language}-${theme}.png` });
        await screen.page.keyboard.press("Escape");
        await screen.page.screenshot({ path: `${folder}/schedules-${language}-${theme}.png` });
      }
    });
  }
}

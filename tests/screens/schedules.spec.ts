import { expect, test, type Screen } from "./screen";

interface Row {
  flow: string;
  account: string;
  rhythm: { kind: string; minutes?: number; at?: string; text?: string };
  chosen: boolean;
  next: string | null;
}
interface View {
  rows: Row[];
  upcoming: { at: string }[];
  quiet: { from: string; to: string } | null;
}

const view = (screen: Screen) => screen.ask<View>("schedules", {});
const first = async (screen: Screen, flow: string) => (await view(screen)).rows.find((row) => row.flow === flow);

/** Everything by default again, so that the tests after this one find it so. */
test.afterEach(async ({ synced }) => {
  for (const row of (await view(synced)).rows.filter((one) => one.chosen)) {
    await synced.ask("set_schedule", { flow: row.flow, account: row.account, rhythm: null });
  }
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

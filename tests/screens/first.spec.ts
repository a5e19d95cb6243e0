import { expect, test } from "./screen";

// One story, in order: the company that was never synced.
test.describe.configure({ mode: "serial" });

test("Money on the way is reached by its letter, and says what to do before the first sync", async ({
  fresh: screen,
}) => {
  await screen.open("/");
  await screen.page.keyboard.press("g");
  await screen.page.keyboard.press("w");
  await expect(screen.page).toHaveURL(/#\/money/);
  await expect(screen.page.getByText("Nothing is known of Amazon’s money yet")).toBeVisible();
  await expect(screen.page.locator("main").getByRole("button", { name: "Sync now" })).toBeVisible();
  expect(await screen.violations()).toEqual([]);
});

test("an empty company says what will appear and offers the button that makes it happen", async ({ fresh }) => {
  test.setTimeout(240_000);
  await fresh.open("/orders");
  await expect(fresh.page.getByText("No orders yet")).toBeVisible();
  await fresh.open("/settlements");
  await expect(fresh.page.getByText("No settlement yet")).toBeVisible();
  for (const language of ["en", "fr"] as const) {
    for (const theme of ["light", "dark"] as const) {
      await fresh.show(language, theme);
      for (const place of ["/", "/orders", "/settlements", "/errors", "/flows", "/runs", "/schedules"]) {
        await fresh.open(place);
        expect(await fresh.violations(), `${language}, ${theme}, ${place}`).toEqual([]);
      }
    }
  }
});

test("CMN-28: before the first sync a typical order stands in the preview of a mapping", async ({ fresh }) => {
  await fresh.open("/mappings?form=mfn-orders");
  await expect(fresh.page.getByText("this is a typical one")).toBeVisible();
  await expect(fresh.page.getByTestId("mapping-preview")).toContainText("Amazon 028-1234567-1234567");
});

test("a run can be cancelled by key, and the answer is said", async ({ fresh }) => {
  await fresh.open("/");
  await fresh.page.getByTestId("sync-now").click();
  await expect(fresh.page.locator(".statusbar .link").first()).toBeVisible();
  await fresh.page.keyboard.press("Control+.");
  // The runs of a first sync are short: the key may fall between two of them.
  await expect(fresh.toast(/stops after the record in hand|already ended|Nothing running/)).toBeVisible();
});

test("the first sync is watched, and orders pour in while the window stays in use", async ({ fresh }) => {
  test.setTimeout(180_000);
  await fresh.open("/orders");
  await fresh.page.getByTestId("sync-now").click();
  await expect(fresh.page.locator(".statusbar .link").first()).toBeVisible();
  // A run in progress, in both languages and themes.
  const { running } = await fresh.ask<{ running: { run: string }[] }>("status", {});
  for (const [language, theme] of [
    ["en", "light"],
    ["en", "dark"],
    ["fr", "light"],
    ["fr", "dark"],
  ] as const) {
    await fresh.show(language, theme);
    await fresh.open(`/runs/${running[0]?.run ?? ""}`);
    expect(await fresh.violations(), `${language}, ${theme}`).toEqual([]);
  }
  await fresh.show("en", "light");
  await fresh.open("/orders");
  await expect(fresh.page.getByTestId("order-row").first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(fresh.page.locator(".statusbar")).toContainText("Nothing running", { timeout: 150_000 });
  await fresh.page.getByTestId("nav-settlements").click();
  await expect(fresh.page.getByTestId("settlement-row").first()).toBeVisible();
});

import { expect, test } from "./screen";

// One story, in order: the company that was never synced.
test.describe.configure({ mode: "serial" });

test("an empty company says what will appear and offers the button that makes it happen", async ({ fresh }) => {
  await fresh.open("/orders");
  await expect(fresh.page.getByText("No orders yet")).toBeVisible();
  await fresh.open("/settlements");
  await expect(fresh.page.getByText("No settlement yet")).toBeVisible();
  expect(await fresh.violations()).toEqual([]);
});

test("a run can be cancelled by key, and the answer is said", async ({ fresh }) => {
  await fresh.open("/");
  await fresh.page.getByTestId("sync-now").click();
  await expect(fresh.page.locator(".statusbar .link").first()).toBeVisible();
  await fresh.page.keyboard.press("Control+.");
  await expect(fresh.page.locator(".toast")).toHaveText(/stops after the record in hand|already ended/);
});

test("the first sync is watched, and orders pour in while the window stays in use", async ({ fresh }) => {
  test.setTimeout(180_000);
  await fresh.open("/orders");
  await fresh.page.getByTestId("sync-now").click();
  await expect(fresh.page.locator(".statusbar .link").first()).toBeVisible();
  await expect(fresh.page.getByTestId("order-row").first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(fresh.page.locator(".statusbar")).toContainText("Nothing running", { timeout: 150_000 });
  await fresh.page.getByTestId("nav-settlements").click();
  await expect(fresh.page.getByTestId("settlement-row").first()).toBeVisible();
});

import { expect, test } from "./screen";

interface Help {
  flows: { id: string }[];
  codes: { code: string }[];
}

test("Help opens by its key, from the palette and from the navigation", async ({ synced: screen }) => {
  await screen.open("/");
  await screen.page.keyboard.press("F1");
  await expect(screen.page.getByRole("heading", { level: 1 })).toHaveText("Help");
  await screen.open("/");
  await screen.page.keyboard.press("Control+K");
  await screen.page.getByRole("combobox").fill("go help");
  await screen.page.keyboard.press("Enter");
  await expect(screen.page.getByRole("heading", { level: 1 })).toHaveText("Help");
  await screen.open("/");
  await screen.page.getByTestId("nav-help").click();
  await expect(screen.page.getByRole("heading", { level: 1 })).toHaveText("Help");
});

test("Help tells every flow and every error, the keys and the version", async ({ synced: screen }) => {
  const known = await screen.ask<Help>("help", {});
  await screen.open("/help");
  for (const id of [...known.flows.map((one) => one.id), ...known.codes.map((one) => one.code)]) {
    await expect(screen.page.getByTestId(`help-${id}`)).toHaveCount(1);
  }
  const { version } = await screen.ask<{ version: string }>("status", {});
  await expect(screen.page.getByText(`Version ${version}`)).toBeVisible();
  await expect(screen.page.locator("main kbd", { hasText: "F1" })).toBeVisible();
});

test("Help is searched in the window's language, without accents, over all its parts", async ({ synced: screen }) => {
  await screen.open("/help");
  await screen.page.keyboard.press("/");
  await screen.page.keyboard.type("wallet nought");
  await expect(screen.page.locator("main details")).toHaveCount(1);
  await expect(screen.page.locator("main details")).toHaveAttribute("open", "");
  await screen.page.getByRole("searchbox").fill("item_not_found");
  const error = screen.page.getByTestId("help-ITEM_NOT_FOUND");
  await expect(error).toContainText("LAMP-RED-EU does not exist in NetSuite");
  await expect(error).toContainText("No NetSuite item has this SKU");
  await screen.page.getByRole("searchbox").fill("xyzzy");
  await expect(screen.page.getByText("Nothing in Help matches “xyzzy”.")).toBeVisible();
  await screen.show("fr", "light");
  await screen.open("/help?search=reglement ecart");
  await expect(screen.page.locator("main details").first()).toBeVisible();
});

test("what others wrote is shown in the window", async ({ synced: screen }) => {
  await screen.open("/help");
  await screen.page.route("**/third-party.txt", (route) =>
    route.fulfill({ body: "serde 1.0.228 (MIT OR Apache-2.0)" }),
  );
  await screen.page.getByTestId("third-party").click();
  const dialog = screen.page.getByRole("dialog");
  await expect(dialog).toContainText("serde 1.0.228");
  expect(await screen.violations()).toEqual([]);
  await dialog.getByRole("button", { name: "Close" }).click();
  await screen.page.unroute("**/third-party.txt");
  await screen.page.route("**/third-party.txt", (route) => route.fulfill({ status: 404, body: "not found" }));
  await screen.page.getByTestId("third-party").click();
  await expect(dialog).toContainText("This build carries no list");
});

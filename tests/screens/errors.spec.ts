import { readFileSync } from "node:fs";
import { expect, test, type Screen } from "./screen";

interface Group {
  cause: string;
  code: string;
  count: number;
}

// One company serves all tests: each leaves the errors as it found them.
async function causeOf(screen: Screen, code: string): Promise<Group> {
  const { groups } = await screen.ask<{ groups: Group[] }>("problem_groups", {});
  const found = groups.find((one) => one.code === code);
  expect(found, JSON.stringify(groups.map((one) => one.cause))).toBeDefined();
  return found as Group;
}

const at = (cause: string, tab = "needs_you") => `/errors?tab=${tab}&cause=${encodeURIComponent(cause)}`;

test("CMN-26: single records of a cause are picked and retried alone", async ({ synced: screen }) => {
  const group = await causeOf(screen, "SHIP_METHOD_UNMAPPED");
  await screen.open(at(group.cause));
  const panel = screen.page.getByRole("complementary");
  await expect(panel.getByTestId("retry")).toHaveText(`Retry ${group.count} records`);
  await panel.getByRole("checkbox").first().check();
  await expect(panel.getByTestId("retry")).toHaveText("Retry 1 record");
  await panel.getByTestId("retry").click();
  // What came of it may be told beside it already.
  await expect(screen.toast("Looking again at 1 record.").first()).toBeVisible();
});

test("CMN-26: a cause is given to somebody with a note, and both are seen in the list", async ({ synced: screen }) => {
  const group = await causeOf(screen, "SHIP_METHOD_UNMAPPED");
  await screen.open(at(group.cause));
  await expect(screen.page.getByTestId("retry")).toBeVisible();
  await screen.page.keyboard.press("n");
  const dialog = screen.page.getByRole("dialog");
  await dialog.getByLabel("Who looks after it").fill("Bea");
  await dialog.getByRole("textbox", { name: "Note", exact: true }).fill("Ask the warehouse.");
  expect(await screen.violations()).toEqual([]);
  await dialog.getByTestId("note-save").click();
  await expect(screen.page.getByTestId("note")).toContainText("Bea");
  await expect(screen.page.getByTestId("note")).toContainText("Ask the warehouse.");
  await screen.open("/errors");
  await expect(screen.page.getByTestId("problem-group").filter({ hasText: "Bea" })).toHaveCount(1);
  await screen.ask("note_cause", { cause: group.cause, assigned: "", note: "" });
});

test("CMN-26, CMN-23: a cause is set aside with a reason, stays listed, and is taken in again", async ({
  synced: screen,
}) => {
  test.setTimeout(120_000);
  const group = await causeOf(screen, "ADOPTION_CONFLICT");
  await screen.open(at(group.cause));
  await expect(screen.page.getByTestId("retry")).toBeVisible();
  await screen.page.keyboard.press("i");
  const dialog = screen.page.getByRole("dialog");
  const ignore = dialog.getByRole("button", { name: "Ignore", exact: true });
  await expect(ignore).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("textbox").fill("Sent twice by the buyer");
  await ignore.click();
  await expect(screen.page.locator(".toast").first()).toBeVisible();
  await screen.open(at(group.cause, "excluded"));
  const panel = screen.page.getByRole("complementary");
  await expect(panel).toContainText("Sent twice by the buyer");
  expect(await screen.violations()).toEqual([]);
  await panel.getByTestId("include").click();
  await expect
    .poll(async () => (await screen.ask<{ groups: Group[] }>("problem_groups", {})).groups.map((one) => one.cause), {
      timeout: 60_000,
    })
    .toContain(group.cause);
});

const causes = async (screen: Screen, tab = "needs_you"): Promise<string[]> =>
  (await screen.ask<{ groups: Group[] }>("problem_groups", { tab })).groups.map((one) => one.cause);

/** What Home and the tray count. */
const counted = async (screen: Screen) => (await screen.ask<{ needs_you: number }>("status", {})).needs_you;

test("CMN-26: a cause is snoozed until tomorrow, counts nowhere, is listed, and is woken", async ({
  synced: screen,
}) => {
  const group = await causeOf(screen, "SHIP_METHOD_UNMAPPED");
  const before = await counted(screen);
  await screen.open(at(group.cause));
  await screen.page.getByRole("complementary").getByTestId("more").click();
  await screen.page.getByRole("menuitem", { name: "Snooze until tomorrow morning" }).click();
  await expect(screen.toast("It comes back by itself.")).toBeVisible();
  await expect(screen.page.getByTestId("snoozed")).toContainText("Snoozed until");
  expect(await screen.violations()).toEqual([]);
  expect(await counted(screen)).toBe(before - 1);
  expect(await causes(screen)).not.toContain(group.cause);
  await expect(screen.page.getByTestId("nav-errors").locator(".count")).toContainText(String(before - 1));
  await screen.page.getByRole("tab", { name: "Snoozed" }).click();
  const row = screen.page.getByTestId("problem-group");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Snoozed until");
  await row.getByRole("button").click();
  await screen.page.getByTestId("wake").click();
  await expect(screen.toast("It counts again.")).toBeVisible();
  await expect.poll(() => causes(screen)).toContain(group.cause);
  expect(await counted(screen)).toBe(before);
});

test("CMN-26: snoozing is taken back in its toast", async ({ synced: screen }) => {
  const group = await causeOf(screen, "SHIP_METHOD_UNMAPPED");
  await screen.open(at(group.cause));
  await screen.page.getByRole("complementary").getByTestId("more").click();
  await screen.page.getByRole("menuitem", { name: "Snooze for a week" }).click();
  await expect.poll(() => causes(screen)).not.toContain(group.cause);
  await screen.page.getByTestId("undo").click();
  await expect.poll(() => causes(screen)).toContain(group.cause);
});

for (const scope of ["Only these records", "Always for this cause"]) {
  test(`CMN-26: ignoring is undone in its toast, and all is as before: ${scope}`, async ({ synced: screen }) => {
    const group = await causeOf(screen, "ADOPTION_CONFLICT");
    const before = await screen.ask("problem_group", { cause: group.cause });
    await screen.open(at(group.cause));
    await expect(screen.page.getByTestId("retry")).toBeVisible();
    await screen.page.keyboard.press("i");
    const dialog = screen.page.getByRole("dialog");
    await dialog.getByRole("button", { name: scope }).click();
    await dialog.getByRole("textbox").fill("Sent twice by the buyer");
    expect(await screen.violations()).toEqual([]);
    await dialog.getByRole("button", { name: "Ignore", exact: true }).click();
    await expect.poll(() => causes(screen, "excluded")).toContain(group.cause);
    await expect(screen.page.getByTestId("undo")).toBeVisible();
    // The key does the same as the button.
    if (scope.startsWith("Always")) await screen.page.keyboard.press("Control+z");
    else await screen.page.getByTestId("undo").click();
    await expect(screen.toast("as it stood before").last()).toBeVisible();
    expect(await screen.ask("problem_group", { cause: group.cause })).toEqual(before);
    expect(await causes(screen, "excluded")).not.toContain(group.cause);
  });
}

test("CMN-26: what was retried says how many worked and how many still fail", async ({ synced: screen }) => {
  test.setTimeout(120_000);
  const group = await causeOf(screen, "SHIP_METHOD_UNMAPPED");
  await screen.open("/errors");
  const row = screen.page.getByTestId("problem-group").filter({ hasText: "shipping method" }).first();
  await row.getByRole("checkbox").check();
  await screen.page.getByRole("button", { name: `Retry selected (${group.count})` }).click();
  await expect(screen.toast(`0 worked, ${group.count} still fail.`)).toBeVisible({
    timeout: 90_000,
  });
});

test("CMN-24: an error leads to its page in Help", async ({ synced: screen }) => {
  const group = await causeOf(screen, "ITEM_NOT_FOUND");
  await screen.open(at(group.cause));
  await screen.page.getByRole("complementary").getByTestId("more").click();
  await screen.page.getByRole("menuitem", { name: "About this error" }).click();
  await expect(screen.page.getByTestId("help-ITEM_NOT_FOUND")).toContainText("Choose the item");
});

test("CMN-24: the details name the code, the records and when, and are copied whole", async ({
  synced: screen,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const group = await causeOf(screen, "ITEM_NOT_FOUND");
  await screen.open(at(group.cause));
  const panel = screen.page.getByRole("complementary");
  await panel.getByText("Technical details").click();
  await expect(panel).toContainText("First seen");
  expect(await screen.violations()).toEqual([]);
  await panel.getByTestId("copy-details").click();
  const copied = await screen.page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(group.cause);
  expect(copied).toContain('"flow"');
});

test("CMN-26, S5: errors leave as a table for a spreadsheet and as JSON", async ({ synced: screen }) => {
  const group = await causeOf(screen, "ITEM_NOT_FOUND");
  await screen.open("/errors");
  for (const [name, ending] of [
    ["For a spreadsheet (CSV)", "csv"],
    ["For a program (JSON)", "json"],
  ] as const) {
    await screen.page.getByTestId("export").click();
    const coming = screen.page.waitForEvent("download");
    await screen.page.getByRole("menuitem", { name }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(new RegExp(`^errors-.*\\.${ending}$`));
    const text = readFileSync((await file.path()) ?? "", "utf8");
    expect(text).toContain(group.cause);
    if (ending === "json") expect(JSON.parse(text)).toHaveProperty("errors");
    else expect(text.split("\r\n").filter((row) => /^"?[=+@\t-]/.test(row))).toEqual([]);
  }
});

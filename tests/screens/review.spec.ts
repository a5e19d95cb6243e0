import { expect, test, type Screen } from "./screen";

interface Settlement {
  id: string;
  stage: string;
  difference: { amount: string };
}

interface Numbered {
  number: string;
}

const isZero = (amount: string) => !/[1-9]/.test(amount);

async function find(screen: Screen, wanted: (one: Settlement) => boolean): Promise<string> {
  const { settlements } = await screen.ask<{ settlements: Settlement[] }>("settlements", {});
  const found = settlements.find(wanted);
  expect(found, JSON.stringify(settlements)).toBeDefined();
  return found?.id ?? "";
}

test("a settlement with a difference shows its three numbers and cannot be posted, and says why", async ({
  synced: screen,
}) => {
  const id = await find(screen, (one) => !isZero(one.difference.amount));
  await screen.open(`/settlements/${id}`);
  await expect(screen.page.getByTestId("balance-difference")).toContainText(/[1-9]/);
  const button = screen.page.getByTestId("approve-and-post");
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await button.focus();
  await screen.page.keyboard.press("Enter");
  await expect(screen.page.locator("#why-off")).not.toBeEmpty();
  expect((await screen.ask<{ settlement: Settlement }>("settlement", { id })).settlement.stage).not.toBe("posted");
});

test("the waterfall is there as bars that filter and as a table with the same sums", async ({ synced: screen }) => {
  const id = await find(screen, (one) => isZero(one.difference.amount));
  await screen.open(`/settlements/${id}`);
  const bars = screen.page.locator(".waterfall [role=button]");
  await expect(bars.first()).toBeVisible();
  const sales = bars.filter({ hasText: "Product sales" });
  await sales.focus();
  await screen.page.keyboard.press("Enter");
  await expect(screen.page.getByText("Only Product sales")).toBeVisible();
  await screen.page.getByRole("button", { name: "Clear filters" }).first().click();
  const names = await bars.count();
  await screen.page.keyboard.press("g");
  const rows = screen.page.locator("table.figures tbody tr");
  await expect(rows.first()).toBeVisible();
  expect(await rows.count()).toBeGreaterThanOrEqual(names);
});

test("lines are walked by keys, in all five tabs", async ({ synced: screen }) => {
  const id = await find(screen, (one) => !isZero(one.difference.amount));
  await screen.open(`/settlements/${id}`);
  for (const [digit, name] of [
    /^Matched/,
    /^Unmatched/,
    /^Different amount/,
    /^Fees and other/,
    /^Reserve/,
  ].entries()) {
    await screen.page.keyboard.press(String(digit + 1));
    await expect(screen.page.getByRole("tab", { name })).toHaveAttribute("aria-selected", "true");
  }
  await screen.page.keyboard.press("1");
  await expect(screen.page.locator(".pair").nth(1)).toBeVisible();
  await screen.page.keyboard.press("j");
  await expect(screen.page.locator(".pair").nth(1)).toHaveAttribute("aria-current", "true");
});

test("a clean settlement is reviewed, posted by key, and its posting undone", async ({ synced: screen }) => {
  test.setTimeout(150_000);
  const id = await find(screen, (one) => isZero(one.difference.amount) && one.stage === "to_review");
  await screen.open(`/settlements/${id}`);
  await expect(screen.page.getByText("Balanced", { exact: true }).first()).toBeVisible();
  await expect(screen.page.getByTestId("approve-and-post")).not.toHaveAttribute("aria-disabled", "true");
  await screen.page.keyboard.press("Control+Enter");
  await expect(screen.page.getByTestId("journal-number")).toHaveText(/\w+/, {
    timeout: 60_000,
  });
  const { settlement } = await screen.ask<{ settlement: Settlement }>("settlement", { id });
  expect(settlement.stage).toBe("posted");
  const { documents, posting } = await screen.ask<{ documents: Numbered[]; posting: { document: Numbered | null }[] }>(
    "settlement",
    { id },
  );
  const numbers = [...documents, ...posting.flatMap((step) => step.document ?? [])].map((one) => one.number);
  expect(numbers.length).toBeGreaterThan(10);
  expect(numbers.filter((number) => number.startsWith("AZN-") || number === "")).toEqual([]);

  await screen.page.getByTestId("undo-posting").click();
  const dialog = screen.page.getByRole("dialog");
  await expect(dialog.locator("li").first()).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  expect(await screen.violations()).toEqual([]);
  await dialog.getByTestId("undo-confirm").click();
  await expect
    .poll(async () => (await screen.ask<{ settlement: Settlement }>("settlement", { id })).settlement.stage, {
      timeout: 60_000,
    })
    .toBe("undone");
});

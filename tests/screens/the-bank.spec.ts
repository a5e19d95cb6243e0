import { expect, test, type Screen } from "./screen";

interface Review {
  settlement: { id: string; stage: string; deposit_date: string | null };
  can_approve: boolean;
  bank: { transfer: { amount: string; currency: string }; received: { state: string } | null } | null;
}

/** Opens the first clean settlement with a transfer, posted if it was not yet. */
async function posted(screen: Screen): Promise<Review> {
  const { settlements } = await screen.ask<{
    settlements: { id: string; stage: string; difference: { amount: string }; amazon_says: { amount: string } }[];
  }>("settlements", {});
  const clean = settlements.find(
    (one) =>
      ["posted", "to_review", "undone"].includes(one.stage) &&
      !/[1-9]/.test(one.difference.amount) &&
      !one.amazon_says.amount.startsWith("-"),
  );
  const id = clean?.id ?? "";
  if (clean?.stage !== "posted") {
    await expect
      .poll(async () => (await screen.ask<Review>("settlement", { id })).can_approve, { timeout: 60_000 })
      .toBe(true);
    await screen.ask("approve_settlement", { id });
  }
  await expect
    .poll(async () => (await screen.ask<Review>("settlement", { id })).settlement.stage, { timeout: 60_000 })
    .toBe("posted");
  await screen.open(`/settlements/${id}`);
  return screen.ask<Review>("settlement", { id });
}

test("what the bank received is entered by keys, shown as in the bank, and taken back", async ({ synced: screen }) => {
  test.setTimeout(150_000);
  const review = await posted(screen);
  const panel = screen.page.getByTestId("in-the-bank");
  await expect(panel).toBeVisible();
  await panel.getByTestId("enter-receipt").focus();
  await screen.page.keyboard.press("Enter");
  const dialog = screen.page.getByRole("dialog");
  await expect(dialog.getByTestId("receipt-do")).toHaveAttribute("aria-disabled", "true");
  await expect(dialog.getByTestId("receipt-amount")).toHaveValue(review.bank?.transfer.amount ?? "?");
  await dialog.getByTestId("receipt-date").fill(review.settlement.deposit_date ?? "");
  expect(await screen.violations()).toEqual([]);
  await dialog.getByTestId("receipt-amount").fill("100,00");
  await screen.page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  // The rest is the bank's fee, booked by a journal of its own.
  await expect
    .poll(async () => (await screen.ask<Review>("settlement", { id: review.settlement.id })).settlement.stage, {
      timeout: 60_000,
    })
    .toBe("in_the_bank");
  await expect(panel).toContainText("100.00");
  await expect(screen.page.getByText("In the bank", { exact: true }).first()).toBeVisible();
  expect(await screen.violations()).toEqual([]);
  await panel.getByTestId("take-receipt-back").click();
  await expect(panel.getByTestId("enter-receipt")).toBeVisible({ timeout: 60_000 });
});

test("more than was transferred is refused with its reason, and nothing is kept", async ({ synced: screen }) => {
  test.setTimeout(150_000);
  const review = await posted(screen);
  await screen.page.getByTestId("enter-receipt").click();
  const dialog = screen.page.getByRole("dialog");
  await dialog.getByTestId("receipt-date").fill(review.settlement.deposit_date ?? "");
  await dialog.getByTestId("receipt-amount").fill("99999999");
  await dialog.getByTestId("receipt-do").click();
  await expect(screen.page.getByText(/cannot have received more/).first()).toBeVisible();
  await expect(dialog).toBeVisible();
  expect((await screen.ask<Review>("settlement", { id: review.settlement.id })).bank?.received).toBeNull();
});

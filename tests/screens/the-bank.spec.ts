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

test("a bank file is refused with its line, asked what it does not tell, and its transfer accepted by keys", async ({
  synced: screen,
}) => {
  test.setTimeout(150_000);
  const review = await posted(screen);
  const day = review.settlement.deposit_date ?? "";
  const { amount, currency } = review.bank?.transfer ?? { amount: "", currency: "" };
  const csv = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await screen.open("/settlements");
  await screen.page.getByTestId("bank-file-open").click();
  const dialog = screen.page.getByRole("dialog");
  const input = dialog.getByTestId("bank-file-input");
  await input.setInputFiles(csv("bad.csv", `Date,Amount\n${day},much\n`));
  await expect(dialog.getByRole("alert")).toContainText("bad.csv, line 2, “Amount”: “much” is not an amount");

  await input.setInputFiles(csv("october.csv", `Date,Description,Amount\n${day},AMAZON PAYMENTS,${amount}\n`));
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await expect(dialog.getByTestId("bank-file-read")).toHaveAttribute("aria-disabled", "true");
  await dialog.getByTestId("bank-file-currency").selectOption(currency);
  await dialog.getByTestId("bank-file-read").click();
  const proposal = dialog.getByTestId("bank-file-proposal").filter({ hasText: "AMAZON PAYMENTS" });
  await expect(proposal).toContainText("Line 2");
  expect(await screen.violations()).toEqual([]);
  expect((await screen.ask<Review>("settlement", { id: review.settlement.id })).bank?.received).toBeNull();
  await expect(proposal.getByTestId("bank-file-accept")).toBeFocused();
  await screen.page.keyboard.press("Enter");
  await expect(proposal).toContainText("In the bank");
  await dialog.getByTestId("bank-file-close").click();
  await expect(dialog).toBeHidden();

  await expect
    .poll(async () => (await screen.ask<Review>("settlement", { id: review.settlement.id })).settlement.stage, {
      timeout: 60_000,
    })
    .toBe("in_the_bank");
  await screen.open(`/settlements/${review.settlement.id}`);
  await screen.page.getByTestId("take-receipt-back").click();
  await expect(screen.page.getByTestId("enter-receipt")).toBeVisible({ timeout: 60_000 });
});

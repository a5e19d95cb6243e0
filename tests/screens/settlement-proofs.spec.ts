import { expect, test, type Screen } from "./screen";

interface Review {
  settlement: { stage: string };
  can_approve: boolean;
  why_not: { id: string }[];
  reissues: { state: string }[];
  proofs: { missing: { added: object | null } | null };
}

const DE = "A1PA6795UKMFR9";
/** A settlement that no other test has. */
const number = () => `9${String(Date.now()).slice(-9)}`;

const review = (screen: Screen, id: string) => screen.ask<Review>("settlement", { id });

/** Amazon issues a settlement of fees and a reserve that comes back. */
async function issue(screen: Screen, id: string, total: string, fee: string): Promise<void> {
  await screen.tell("/settlements", {
    id,
    marketplace: "DE",
    start: "2026-10-02",
    end: "2026-10-14",
    deposit: "2026-10-16",
    total,
    rows: [
      `other-transaction | | other-transaction | Storage Fee | ${fee} | posted=2026-10-06`,
      "other-transaction | | other-transaction | Previous Reserve Amount Balance | 60.00 | name= posted=2026-10-03",
    ],
  });
}

/** Everything that is on runs until what it does is seen. */
async function run(screen: Screen, seen: () => Promise<boolean>): Promise<void> {
  await expect(async () => {
    await screen.ask("start_run", { dry_run: false }).catch(() => null);
    await expect.poll(seen, { timeout: 20_000 }).toBe(true);
  }).toPass({ timeout: 120_000 });
}

/** The accounts that such a settlement is posted to, by names of the company's chart. */
async function accounts(screen: Screen): Promise<void> {
  const named = {
    "acct.bank": "Bank EUR",
    "acct.clearing": "Amazon Clearing EUR",
    "acct.storage": "Amazon FBA Storage",
    "acct.reserve": "Amazon Reserve",
    "acct.due_to_amazon": "Due to Amazon",
  };
  for (const [option, search] of Object.entries(named)) {
    const { choices } = await screen.ask<{ choices: { id: string }[] }>("choices", { kind: "account", search });
    if (choices[0]) await screen.ask("set_option", { option, marketplace: DE, value: choices[0].id });
  }
  const { choices } = await screen.ask<{ choices: { id: string }[] }>("choices", { kind: "subsidiary", search: "" });
  await screen.ask("set_option", { option: "subsidiary", marketplace: DE, value: choices[0]?.id ?? "" });
}

test.describe.configure({ timeout: 240_000 });

test.beforeEach(async ({ staged: screen }) => accounts(screen));

test("SET-09 the line that a file lacks is added with a reason, and withdrawn", async ({ staged: screen }) => {
  const id = number();
  await issue(screen, id, "52.00", "-5.00");
  await run(screen, async () => (await review(screen, id).catch(() => null))?.settlement.stage === "inconsistent");
  await screen.open(`/settlements/${id}`);
  await screen.page.getByTestId("add-balancing-line").press("Enter");
  const dialog = screen.page.getByRole("dialog");
  await expect(dialog.getByTestId("add-balancing-line-do")).toHaveAttribute("aria-disabled", "true");
  await dialog.getByTestId("balancing-category").selectOption("reserve");
  await dialog.getByTestId("balancing-reason").fill("the reserve was rounded");
  expect(await screen.violations()).toEqual([]);
  await screen.page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(screen.page.getByTestId("settlement-proofs")).toContainText("the reserve was rounded");
  expect((await review(screen, id)).proofs.missing?.added).not.toBeNull();
  await screen.page.getByTestId("withdraw-balancing-line").click();
  await expect(screen.page.getByTestId("add-balancing-line")).toBeVisible();
  expect((await review(screen, id)).proofs.missing?.added).toBeNull();
});

test("SET-61 a settlement that Amazon issued again is compared row by row, and the new file is taken", async ({
  staged: screen,
}) => {
  const id = number();
  await issue(screen, id, "55.00", "-5.00");
  await run(screen, async () => (await review(screen, id).catch(() => null))?.can_approve === true);
  await screen.ask("approve_settlement", { id });
  await expect.poll(async () => (await review(screen, id)).settlement.stage, { timeout: 60_000 }).toBe("posted");
  await issue(screen, id, "53.00", "-7.00");
  await run(screen, async () => (await review(screen, id)).reissues.some((one) => one.state === "open"));

  await screen.open(`/settlements/${id}`);
  await screen.page.getByTestId("reissue-show").press("Enter");
  const rows = screen.page.getByTestId("reissue-rows");
  await expect(rows).toContainText("Storage Fee");
  expect(await screen.violations()).toEqual([]);
  await screen.page.getByTestId("reissue-keep").click();
  const dialog = screen.page.getByRole("dialog");
  await expect(dialog.getByTestId("reissue-keep-do")).toHaveAttribute("aria-disabled", "true");
  await screen.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await screen.page.getByTestId("reissue-accept").press("Enter");
  await expect(dialog).toContainText(id);
  expect(await screen.violations()).toEqual([]);
  await dialog.getByTestId("reissue-accept-do").click();
  await expect
    .poll(async () => (await review(screen, id)).reissues.map((one) => one.state), { timeout: 60_000 })
    .toEqual(["accepted"]);
  await expect(screen.page.getByTestId("reissues-decided")).toBeVisible({ timeout: 60_000 });
  await run(screen, async () => (await review(screen, id)).settlement.stage === "posted");
});

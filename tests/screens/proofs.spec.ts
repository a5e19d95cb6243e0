import { expect, test, type Screen } from "./screen";

interface Found {
  settlement: { stage: string; difference: { amount: string } };
  reissues: { state: string }[];
  can_approve: boolean;
}

const HEAD =
  "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tmerchant-order-id\tadjustment-id\tshipment-id\tmarketplace-name\tamount-type\tamount-description\tamount\tfulfillment-id\tposted-date\tposted-date-time\torder-item-code\tmerchant-order-item-id\tmerchant-adjustment-item-id\tsku\tquantity-purchased\tpromotion-id";

/** Two weeks of a year that no other test has settlements of. */
const days = (month: string) =>
  [`01.${month}.2026`, `15.${month}.2026`, `17.${month}.2026`].map((day) => `${day} 00:00:00 UTC`);

/** A file with nothing but fees: kind and amount of each. */
function file(id: string, month: string, total: string, fees: [string, string][]): string {
  const summary = `${id}\t${days(month).join("\t")}\t${total}\tEUR${"\t".repeat(18)}`;
  const rows = fees.map(
    ([kind, amount]) =>
      `${id}\t\t\t\t\t\tother-transaction\t\t\t\t\tAmazon.de\tother-transaction\t${kind}\t${amount}\t\t10.${month}.2026\t10.${month}.2026 10:00:00 UTC\t\t\t\t\t\t`,
  );
  return Buffer.from([HEAD, summary, ...rows, ""].join("\n")).toString("base64");
}

const view = (screen: Screen, id: string) => screen.ask<Found>("settlement", { id }).catch(() => null);

async function becomes(screen: Screen, id: string, wanted: (one: Found | null) => unknown, to: unknown): Promise<void> {
  await expect.poll(async () => wanted(await view(screen, id)), { timeout: 60_000 }).toEqual(to);
}

/** The number of a settlement that no other run of the test has. */
const number = (last: number) => `77${String(Date.now()).slice(-7)}${last}`;

test.describe.configure({ timeout: 180_000 });

test("SET-61: a new file of a posted settlement is compared on its page, kept once, and taken once", async ({
  staged: screen,
}) => {
  const id = number(1);
  await screen.ask("import_settlement", {
    name: "first.txt",
    content: file(id, "03", "-44.00", [
      ["Storage Fee", "-5.00"],
      ["Subscription Fee", "-39.00"],
    ]),
  });
  await becomes(screen, id, (one) => one?.can_approve, true);
  await screen.ask("approve_settlement", { id });
  await becomes(screen, id, (one) => one?.settlement.stage, "posted");
  await screen.ask("import_settlement", {
    name: "second.txt",
    content: file(id, "03", "-45.00", [
      ["Subscription Fee", "-39.00"],
      ["Storage Fee", "-6.00"],
    ]),
  });
  await becomes(screen, id, (one) => one?.reissues.length, 1);
  await screen.open(`/settlements/${id}`);
  const banner = screen.page.getByTestId("reissue");
  await expect(banner).toContainText("second.txt");
  await screen.page.getByTestId("reissue-show").click();
  const rows = screen.page.getByTestId("reissue-rows");
  await expect(rows).toContainText("Storage Fee");
  await expect(rows).not.toContainText("Subscription Fee");
  await expect(banner).toContainText("0 rows added, 0 removed, 1 changed, 1 the same");
  expect(await screen.violations()).toEqual([]);
  await screen.page.screenshot({ path: test.info().outputPath("reissue.png") });
  // Without a reason nothing is kept.
  await screen.page.getByTestId("reissue-keep").click();
  const keep = screen.page.getByTestId("reissue-keep-do");
  await expect(keep).toHaveAttribute("aria-disabled", "true");
  await screen.page.keyboard.press("Escape");
  await screen.page.getByTestId("reissue-accept").click();
  await expect(screen.page.getByRole("dialog")).toContainText("Reverses 1 journal");
  await screen.page.getByTestId("reissue-accept-do").click();
  await becomes(screen, id, (one) => [one?.settlement.stage, one?.reissues[0]?.state], ["posted", "accepted"]);
  await expect(screen.page.getByTestId("reissues-decided")).toContainText("second.txt taken on");
  await screen.ask("import_settlement", {
    name: "third.txt",
    content: file(id, "03", "-45.50", [
      ["Subscription Fee", "-39.00"],
      ["Storage Fee", "-6.50"],
    ]),
  });
  await becomes(screen, id, (one) => one?.reissues.length, 2);
  await screen.open(`/settlements/${id}`);
  await screen.page.getByTestId("reissue-keep").click();
  await screen.page.getByRole("dialog").getByLabel("Reason").fill("support says so");
  await screen.page.getByTestId("reissue-keep-do").click();
  await expect(screen.page.getByTestId("reissues-decided")).toContainText("support says so");
  await expect(screen.page.getByTestId("reissue")).toHaveCount(0);
});

test("SET-09, SET-10, SET-13: what a file lacks, what is missing before it and odd signs are told, and a line is added", async ({
  staged: screen,
}) => {
  const id = number(2);
  await screen.ask("import_settlement", {
    name: "short.txt",
    content: file(id, "06", "0.00", [
      ["Storage Fee", "-5.00"],
      ["Subscription Fee", "39.00"],
    ]),
  });
  await becomes(screen, id, (one) => one?.settlement.stage, "inconsistent");
  await becomes(screen, id, (one) => one?.settlement.difference.amount, "-34.00");
  await screen.open(`/settlements/${id}`);
  const proofs = screen.page.getByTestId("settlement-proofs");
  await expect(proofs).toContainText("Current Reserve Amount");
  await expect(screen.page.getByTestId("unusual")).toContainText("Subscription: 1 line of");
  await expect(screen.page.getByTestId("chain-gap")).toBeVisible();
  expect(await screen.violations()).toEqual([]);
  await screen.page.screenshot({ path: test.info().outputPath("proofs.png") });
  await screen.page.getByTestId("accept-gap").click();
  await screen.page.getByRole("dialog").getByLabel("Reason").fill("the shop was closed");
  await screen.page.getByTestId("accept-gap-do").click();
  await expect(proofs).toContainText("the shop was closed");
  await screen.page.getByTestId("add-balancing-line").click();
  await screen.page.getByTestId("balancing-reason").fill("the reserve of June");
  await screen.page.getByTestId("add-balancing-line-do").click();
  await expect(proofs).toContainText("the reserve of June");
  await becomes(screen, id, (one) => one?.can_approve, true);
  await screen.page.getByTestId("withdraw-balancing-line").click();
  await becomes(screen, id, (one) => one?.settlement.stage, "inconsistent");
});

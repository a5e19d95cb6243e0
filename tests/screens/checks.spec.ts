import { readFileSync } from "node:fs";
import { expect, test, type Screen } from "./screen";

interface Checks {
  rows: { key: string; check: string; mark: string }[];
}

const CHECK = "refund_commission";

/** Amazon settles a sale, and a refund of it without its commission. */
async function owed(screen: Screen): Promise<Checks> {
  const of = () => screen.ask<Checks>("checks", { check: CHECK });
  if ((await of()).rows.length === 0) {
    const id = String(Date.now()).slice(-8);
    const order = `111-${id.slice(-7)}-0000002`;
    const day = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10);
    const rows = [
      `Order | ${order} | ItemPrice | Principal | 30.00 | posted=${day}`,
      `Order | ${order} | ItemFees | Commission | -4.50 | posted=${day}`,
      `Refund | ${order} | ItemPrice | Principal | -10.00 | posted=${day}`,
    ];
    await screen.tell("/settlements", { id, marketplace: "US", start: day, end: day, deposit: day, rows });
    await screen.ask("start_run", { flow: "settlement-reports", dry_run: false });
    await expect
      .poll(
        async () => {
          await screen.ask("start_run", { flow: "settlement-records", dry_run: false }).catch(() => null);
          return (await of()).rows.length;
        },
        { timeout: 60_000, intervals: [2_000] },
      )
      .toBe(1);
  }
  return of();
}

test.describe.configure({ mode: "serial" });

test("a finding is marked, found under its tab, and taken back (flows.md §17.4)", async ({ staged: screen }) => {
  test.setTimeout(120_000);
  const { page } = screen;
  await owed(screen);
  await screen.open(`/checks?check=${CHECK}`);
  const rows = page.getByTestId("check-row");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("Commission not returned");
  await expect(rows.first()).toContainText("$10.00 was refunded, and nothing of the $4.50 commission");
  expect(await screen.violations()).toEqual([]);

  await rows.first().getByTestId("check-menu").click();
  expect(await screen.violations()).toEqual([]);
  await page.getByTestId("check-filed").click();
  await expect(screen.toast("Marked as filed.")).toBeVisible();
  await expect(rows).toHaveCount(0);
  await page.getByRole("tab", { name: /Filed/ }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("Filed");

  await rows.first().getByTestId("check-menu").click();
  await page.getByTestId("check-open").click();
  await expect(rows).toHaveCount(0);
  const { rows: after } = await screen.ask<Checks>("checks", { check: CHECK });
  expect(after.map((row) => row.mark)).toEqual(["open"]);
});

test("findings narrow to one check, and go into a workbook", async ({ staged: screen }) => {
  test.setTimeout(120_000);
  const { page } = screen;
  await owed(screen);
  await screen.open("/checks");
  await page.locator("main select").selectOption(CHECK);
  await expect(page).toHaveURL(new RegExp(`check=${CHECK}`));
  await expect(page.getByTestId("check-row")).toHaveCount(1);

  await page.getByTestId("export").click();
  const saved = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Workbook (Excel)" }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^checks-.*\.xlsx$/);
  const bytes = readFileSync(await file.path());
  expect(bytes.subarray(0, 4)).toEqual(Buffer.from([0x50, 0x4b, 3, 4]));
  expect(bytes.includes(Buffer.from("xl/worksheets/sheet1.xml"))).toBe(true);
});

test("a chart goes to the clipboard as a picture (ux.md §8)", async ({ synced: screen }) => {
  const { page } = screen;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const { settlements } = await screen.ask<{ settlements: { id: string }[] }>("settlements", {});
  await screen.open(`/settlements/${settlements[0]?.id}`);
  await page.getByTestId("chart-image").first().click();
  await expect(screen.toast("Image copied.")).toBeVisible();
  const picture = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const blob = await item?.getType("image/png");
    const bitmap = await createImageBitmap(blob as Blob);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const pen = canvas.getContext("2d");
    pen?.drawImage(bitmap, 0, 0);
    const pixels = pen?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray();
    const colours = new Set<number>();
    for (let at = 0; at < pixels.length; at += 4) {
      colours.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0));
    }
    return { width: bitmap.width, height: bitmap.height, colours: colours.size };
  });
  expect(picture.width).toBeGreaterThan(600);
  expect(picture.height).toBeGreaterThan(200);
  expect(picture.colours, "bars, letters and their ground").toBeGreaterThan(8);
});

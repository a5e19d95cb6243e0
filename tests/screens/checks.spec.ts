import { readFileSync } from "node:fs";
import { expect, test } from "./screen";

interface Checks {
  rows: { key: string; check: string; mark: string; amount: { amount: string } }[];
  tabs: { id: string; count: number }[];
}

test.describe.configure({ mode: "serial" });

test("a finding is marked, found under its tab, and taken back (flows.md §17.4)", async ({ synced: screen }) => {
  const { page } = screen;
  const before = await screen.ask<Checks>("checks", {});
  test.skip(before.rows.length === 0, "the company owes nothing");
  await screen.open("/checks");
  const rows = page.getByTestId("check-row");
  await expect(rows).toHaveCount(before.rows.length);
  const first = await rows.first().innerText();
  expect(await screen.violations()).toEqual([]);

  await rows.first().getByTestId("check-menu").click();
  expect(await screen.violations()).toEqual([]);
  await page.getByTestId("check-filed").click();
  await expect(screen.toast("Marked as filed.")).toBeVisible();
  await expect(rows).toHaveCount(before.rows.length - 1);
  await page.getByRole("tab", { name: /Filed/ }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText(first.split("\n")[0] ?? "");
  await expect(rows.first()).toContainText("Filed");

  await rows.first().getByTestId("check-menu").click();
  await page.getByTestId("check-open").click();
  await expect(rows).toHaveCount(0);
  const after = await screen.ask<Checks>("checks", {});
  expect(after.rows.map((row) => row.key)).toEqual(before.rows.map((row) => row.key));
});

test("findings narrow to one check, and go into a workbook", async ({ synced: screen }) => {
  const { page } = screen;
  const all = await screen.ask<Checks>("checks", {});
  await screen.open("/checks");
  const check = all.rows[0]?.check ?? "never_settled";
  await page.locator("main select").selectOption(check);
  await expect(page).toHaveURL(new RegExp(`check=${check}`));
  const of = all.rows.filter((row) => row.check === check).length;
  await expect(page.getByTestId("check-row")).toHaveCount(of);

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
    const bytes = [...new Uint8Array(await (blob as Blob).arrayBuffer())];
    return { width: bitmap.width, height: bitmap.height, colours: colours.size, bytes };
  });
  expect(picture.width).toBeGreaterThan(600);
  expect(picture.height).toBeGreaterThan(200);
  expect(picture.colours, "bars, letters and their ground").toBeGreaterThan(8);
});

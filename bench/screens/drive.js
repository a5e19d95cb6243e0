// What is done in a page while it is watched. Every function takes a page and the table that is in it.
import { FOUND, orderOf, ROWS, SEARCH } from "./lines.js";
import { note } from "./report.js";

/** The middle of every table. */
const [X, Y] = [620, 640];

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Does something in the page and tells how long it took until a row with this order was painted. */
async function painted(page, table, event, order, act) {
  await page.evaluate(([...asked]) => globalThis.watching.lookFor(...asked), [event, table.rows, order]);
  await act();
  const late = setTimeout(() => note(`${table.name}: ${order} is not there after ${event}`), 30_000);
  const taken = await page.evaluate(() => globalThis.watching.painted());
  clearTimeout(late);
  return taken;
}

/** Goes to the last row by its key. */
export const toEnd = (page, table) =>
  painted(page, table, "keydown", orderOf(ROWS - 1), () => page.keyboard.press("End"));

const toStart = (page, table) => painted(page, table, "keydown", orderOf(0), () => page.keyboard.press("Home"));

/** Opens the table and waits until it rests. */
export async function open(page, table) {
  const taken = await painted(page, table, "click", orderOf(0), () => page.locator(table.opener).first().click());
  await pause(700);
  return taken;
}

/** Opens the table, goes to its end and back, filters it, and leaves it. */
export async function round(page, table) {
  await page.bringToFront();
  const taken = { open: await open(page, table) };
  taken.jump = await toEnd(page, table);
  await pause(500);
  await toStart(page, table);
  await pause(500);
  await page.getByTestId("lines-search").focus();
  taken.filter = await painted(page, table, "input", FOUND, () => page.keyboard.type(SEARCH));
  await pause(500);
  await table.leave(page);
  await pause(500);
  return taken;
}

/** Scrolls down and up with the wheel until the time is over: as one reads, then as one looks for something. */
export async function wheel(page, milliseconds) {
  const session = await page.context().newCDPSession(page);
  const until = Date.now() + milliseconds;
  const ways = [
    { pixels: 12_000, speed: 4_000 },
    { pixels: -6_000, speed: 4_000 },
    { pixels: 30_000, speed: 15_000 },
    { pixels: -9_000, speed: 9_000 },
  ];
  for (let turn = 0; Date.now() < until; turn++) {
    const { pixels, speed } = ways[turn % ways.length];
    const gesture = { x: X, y: Y, yDistance: -pixels, speed, gestureSourceType: "mouse", preventFling: true };
    await session.send("Input.synthesizeScrollGesture", gesture);
  }
  await session.detach();
}

/** The milliseconds between the pictures of so much scrolling, and the most row elements there were. */
export async function scroll(page, table, milliseconds, elements) {
  await open(page, table);
  const asked = [milliseconds, table.rows, elements];
  const seen = page.evaluate(([...asked]) => globalThis.watching.frames(...asked), asked);
  await wheel(page, milliseconds);
  const { between, most, moved } = await seen;
  const over = (bound) => between.filter((one) => one > bound).length;
  note(
    `${table.name}: ${between.length} pictures, in ${moved} of which other rows were in the page; ` +
      `${over(34)} took more than two ticks, ${over(100)} more than 100 ms`,
  );
  return { between, most };
}

/** What a person does who reviews a settlement; nothing that changes it. */
export async function review(page, table) {
  const press = async (key, times = 1) => {
    for (let time = 0; time < times; time++) {
      await page.keyboard.press(key);
      await pause(90);
    }
  };
  const click = async (locator) => {
    await locator.click();
    await pause(250);
  };
  for (let turn = 0; turn < 4; turn++) {
    await press("j", 12);
    await press("k", 6);
    await press("ArrowDown", 6);
    await press("ArrowUp", 3);
    // A line opens, the panel follows the walk, another line, and away.
    const buttons = page.locator(`${table.rows} .rowbutton`);
    await click(buttons.nth(3));
    await press("j", 5);
    await click(buttons.nth(5));
    await press("Escape");
    for (const tab of [2, 3, 1]) await click(page.getByRole("tab").nth(tab));
    await press("ArrowRight", 3);
    await press("ArrowLeft", 3);
    await press("1");
    await press("/");
    for (const letter of SEARCH) await press(letter);
    await pause(300);
    await press("Backspace", 2);
    await pause(300);
    await click(page.getByRole("button", { name: "Clear filters" }).first());
    await page.locator(table.rows).first().waitFor();
    await press("End");
    await press("k", 4);
    await press("Home");
  }
}

/** Bytes of the page that are in use once everything that can go is gone. */
export async function heap(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.enable");
  for (let time = 0; time < 3; time++) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

/** What is wrong for a screen reader with the rows that are in the page now. */
export async function faults(page, table) {
  const look = ([rows, total]) => {
    const list = document.querySelector(rows)?.closest("[role=table], [role=grid], [role=treegrid]");
    if (!list) return ["the rows belong to no table or grid"];
    const wrong = [];
    const told = list.getAttribute("aria-rowcount");
    if (told !== String(total + 1)) wrong.push(`aria-rowcount is ${told}`);
    if (!list.getAttribute("aria-label")) wrong.push("the table has no name");
    const titles = list.querySelectorAll("[role=row] [role=columnheader]").length;
    if (titles === 0) wrong.push("no column headers");
    for (const row of list.querySelectorAll(rows)) {
      // The titles are the first row.
      const index = Number(row.getAttribute("aria-rowindex"));
      const order = `111-${String(index - 2).padStart(7, "0")}`;
      if (row.getAttribute("role") !== "row") wrong.push("a row without its role");
      if (!row.textContent.includes(order)) wrong.push(`row ${index} is not ${order}`);
      const cells = [...row.children].filter((cell) => /^(grid)?cell$/.test(cell.getAttribute("role") ?? ""));
      if (cells.length !== titles || row.children.length !== titles) wrong.push(`row ${index} lacks cells`);
    }
    return wrong;
  };
  return await page.evaluate(look, [table.rows, ROWS]);
}

/** How many of the last rows the key for the end does not reach. */
export async function unreached(page, table) {
  await page.locator(table.opener).first().click();
  await page.locator(table.rows).first().waitFor();
  await pause(1_000);
  await page.keyboard.press("End");
  await pause(2_000);
  const orders = await page.locator(table.rows).evaluateAll((rows) => {
    const seen = rows.filter((row) => row.getBoundingClientRect().top < innerHeight);
    return seen.map((row) => Number(/111-(\d+)/.exec(row.textContent)?.[1] ?? 0));
  });
  return ROWS - 1 - Math.max(...orders);
}

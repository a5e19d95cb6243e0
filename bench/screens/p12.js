// P12: the table of a settlement's lines with 500,000 rows, beside AG Grid Community with the same rows in the same run.
//
//     npm ci && npm run bench
//
// Each result is one JSON line. P12_MINUTES says how long the table is scrolled while its heap is watched (5), PASSERELLE
// which program serves the screens, CHROMIUM which browser shows them. These are figures and no tests: they depend on the
// machine.
import { loadavg } from "node:os";
import { chromium } from "@playwright/test";
import { company, program } from "./company.js";
import { faults, heap, open, pause, review, round, scroll, toEnd, unreached, wheel } from "./drive.js";
import { line, median, note, quantile } from "./report.js";
import { grid, ours } from "./tables.js";
import { watch } from "./watch.js";

const MINUTES = Number(process.env["P12_MINUTES"] ?? 5);
const ROUNDS = 5;
const SCROLL = 20_000;
const MEGABYTE = 1_000_000;

const launch = (...more) =>
  chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", ...more],
  });

/** A page that is watched, one step before the table. */
async function pageOf(browser, table, viewport = { width: 1440, height: 900 }) {
  const context = await browser.newContext({ viewport, locale: "en-GB", timezoneId: "Europe/Paris" });
  const page = await context.newPage();
  page.on("pageerror", (error) => note(`${table.name}: ${error}`));
  await page.addInitScript(watch);
  await table.load(page);
  return page;
}

/** Does something in a page of its own. */
async function inPage(browser, table, body, viewport) {
  const page = await pageOf(browser, table, viewport);
  try {
    return await body(page);
  } finally {
    await page.context().close();
  }
}

/** Whether the pictures are put together by a graphics card. */
async function isAccelerated(browser) {
  const session = await browser.newBrowserCDPSession();
  const { gpu } = await session.send("SystemInfo.getInfo");
  await session.detach();
  return gpu.featureStatus?.["gpu_compositing"] === "enabled";
}

/** What one does in a table, in all of them by turns, so that whatever else the machine does befalls all alike. */
async function steps(browser, tables) {
  const pages = [];
  for (const table of tables) pages.push(await pageOf(browser, table));
  const taken = tables.map(() => ({ open: [], jump: [], filter: [] }));
  for (let turn = 0; turn < ROUNDS; turn++) {
    for (const [index, table] of tables.entries()) {
      const one = await round(pages[index], table);
      for (const step of Object.keys(one)) taken[index][step].push(one[step]);
    }
  }
  for (const page of pages) await page.context().close();
  return taken;
}

/** The grid may keep its rows in the way that is faster for it, for each step anew. */
function fastest(peers, of) {
  const [best] = peers.map((peer) => ({ name: peer.name, value: of(peer) })).sort((a, b) => a.value - b.value);
  return best;
}

/** A line against the bound and a line against the peer. */
function beside(step, bound, of, [our, ...peers]) {
  line(step, "ms", of(our), bound);
  line(`${step}, beside the grid`, "ms", of(our), 1, fastest(peers, of));
}

async function interactions(page, table) {
  await open(page, table);
  await page.evaluate(() => globalThis.watching.listen());
  await review(page, table);
  await pause(1_000);
  const { slow, count } = await page.evaluate(() => globalThis.watching.heard());
  const slowest = slow.sort((one, other) => other.duration - one.duration).slice(0, 5);
  for (const { name, duration, waited, worked } of slowest)
    note(`${name}: ${duration} ms, ${Math.round(waited)} before and ${Math.round(worked)} in what hears it`);
  // What is not reported took less than 16 ms.
  const all = [...Array(count - slow.length).fill(16), ...slow.map(({ duration }) => duration)];
  line(`p98 of ${count} interactions to the next paint`, "ms", quantile(all, 0.98), 100);
}

async function roles(page, table) {
  await open(page, table);
  const wrong = await faults(page, table);
  await toEnd(page, table);
  wrong.push(...(await faults(page, table)));
  for (const fault of new Set(wrong)) note(fault);
  line("faults in roles and row counts for a screen reader, at the start and the end", "faults", wrong.length, 0);
}

async function growth(page, table) {
  await open(page, table);
  const before = await heap(page);
  await wheel(page, MINUTES * 60_000);
  await pause(1_000);
  const after = await heap(page);
  line(`heap growth after ${MINUTES} min of scrolling`, "MB", (after - before) / MEGABYTE, 10);
}

/** A browser lays out no more than some 33 million pixels of the screen: what is behind them cannot be scrolled to. */
async function reach(table, scale, width) {
  const browser = await launch(`--force-device-scale-factor=${scale}`, `--window-size=${width},900`);
  try {
    const left = await inPage(browser, table, (page) => unreached(page, table), null);
    line(`rows that End does not reach in a window of ${width} px at ${scale * 100} %`, "rows", left, 0);
  } finally {
    await browser.close();
  }
}

async function figures(browser, place) {
  const accelerated = await isAccelerated(browser);
  note(`${program}; Chromium ${browser.version()}, ${accelerated ? "with a graphics card" : "rendered by software"}`);
  note(`the machine's load before: ${loadavg()[0].toFixed(1)}`);
  const table = ours(place);
  const tables = [table, await grid("infinite", place), await grid("client-side", place)];
  const taken = (await steps(browser, tables)).map((one, index) => ({ name: tables[index].name, ...one }));
  line("open the table, the first time", "ms", taken[0].open[0], 300);
  beside(`open the table, median of ${ROUNDS}`, 300, ({ open }) => median(open), taken);
  beside(`jump to the end, median of ${ROUNDS}`, 150, ({ jump }) => median(jump), taken);
  beside(`filter to paint, median of ${ROUNDS}`, 250, ({ filter }) => median(filter), taken);

  const scrolled = [];
  for (const one of tables) {
    const elements = "[role=row], tr";
    const seen = await inPage(browser, one, (page) => scroll(page, one, SCROLL, elements));
    scrolled.push({ name: one.name, ...seen });
  }
  const smooth = accelerated ? 16.7 : 33;
  beside("p95 of a frame in 20 s of scrolling", smooth, ({ between }) => quantile(between, 0.95), scrolled);
  beside("the longest frame in 20 s of scrolling", 100, ({ between }) => Math.max(...between), scrolled);
  line("row elements in the page, at most", "rows", scrolled[0].most, 80);

  for (const body of [roles, interactions, growth]) await inPage(browser, table, (page) => body(page, table));
}

const place = await company();
try {
  const browser = await launch();
  try {
    await figures(browser, place);
  } finally {
    await browser.close();
  }
  await reach(ours(place), 1.5, 1440);
  await reach(ours(place), 1, 700);
} finally {
  await place.stop();
}

// The tables that are measured: what is clicked and looked at in each.
import { readFile } from "node:fs/promises";
import { linesLike } from "./lines.js";

const own = (name) => new URL(name, import.meta.url);

/** Answers where lines are asked for. */
function stand(line) {
  const page = linesLike(line);
  return (route) => route.fulfill({ contentType: "application/json", body: page(route.request().postDataJSON()) });
}

/** The table of lines in the review of a settlement. */
export function ours({ address, settlement, line, group }) {
  const list = "#/settlements";
  return {
    name: "the review of a settlement",
    rows: "[data-testid=line]",
    opener: `main a[href*="/settlements/${settlement}"]`,
    async load(page) {
      await page.route("**/call/settlement_lines", stand(line));
      await page.route("**/call/settlement_group", (route) => route.fulfill({ json: group }));
      await page.goto(`${address.href}${list}`);
      await page.locator(this.opener).first().waitFor();
    },
    async leave(page) {
      await page.evaluate((to) => (location.hash = to), list);
      await page.locator(this.opener).first().waitFor();
    },
  };
}

/** AG Grid Community with the same rows, read in pages as they come into view or all in memory beforehand. */
export async function grid(model, { line }) {
  const folder = "node_modules/ag-grid-community";
  const { version } = JSON.parse(await readFile(own(`${folder}/package.json`), "utf8"));
  const files = {
    "/": [own("grid.html"), "text/html"],
    "/grid.js": [own("grid-page.js"), "text/javascript"],
    "/ag-grid.js": [own(`${folder}/dist/ag-grid-community.min.js`), "text/javascript"],
  };
  return {
    name: `AG Grid Community ${version}, ${model} rows`,
    rows: ".ag-row",
    opener: "#open",
    async load(page) {
      await page.route("http://grid.test/**", async (route) => {
        const [file, contentType] = files[new URL(route.request().url()).pathname] ?? [];
        if (file === undefined) await route.fulfill({ status: 404 });
        else await route.fulfill({ contentType, body: await readFile(file, "utf8") });
      });
      await page.route("http://grid.test/call/settlement_lines", stand(line));
      await page.goto(`http://grid.test/?model=${model}`);
      await page.locator("#open:enabled").waitFor();
    },
    async leave(page) {
      await page.locator("#close").click();
    },
  };
}

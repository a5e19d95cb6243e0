import { expect, test as base, type Locator, type Page } from "@playwright/test";
import axe, { type AxeResults } from "axe-core";

export { expect };

/** Opens the window and talks to its core. */
export class Screen {
  readonly breaches: string[] = [];
  readonly #address: URL;
  #loaded = false;
  #asking = 0;

  constructor(
    readonly page: Page,
    address: string,
  ) {
    this.#address = new URL(address);
    page.on("pageerror", (error) => this.breaches.push(String(error)));
    const isCall = (request: { url(): string }) => request.url().includes("/call/");
    page.on("request", (request) => isCall(request) && this.#asking++);
    page.on("requestfinished", (request) => isCall(request) && this.#asking--);
    page.on("requestfailed", (request) => isCall(request) && this.#asking--);
    page.on("console", (message) => {
      if (/Content Security Policy|violates/.test(message.text())) this.breaches.push(message.text());
    });
  }

  /** Goes to a place of the window and waits until its heading is there. */
  async open(place: string): Promise<void> {
    if (this.#loaded) {
      await this.page.evaluate((to) => (location.hash = to), place);
    } else {
      // Another hash alone would leave the window as it was.
      const again = this.page.url().startsWith(this.#address.origin);
      await this.page.goto(`${this.#address.href}#${place}`);
      if (again) await this.page.reload();
      this.#loaded = true;
    }
    await this.settled();
    await expect(this.page.locator("main :is(h1, h2):visible").first()).toBeVisible();
  }

  /** Waits until no question to the core is unanswered and nothing is drawn as a skeleton. */
  async settled(): Promise<void> {
    await expect.poll(() => this.#asking, { intervals: [30] }).toBe(0);
    await expect(this.page.locator(".skeleton")).toHaveCount(0);
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  /** Asks the core the way the window does. */
  async ask<Answer = Record<string, unknown>>(name: string, request: object): Promise<Answer> {
    const answer = await this.page.request.post(new URL(`/call/${name}`, this.#address).href, {
      headers: {
        "X-Passerelle-Token": this.#address.searchParams.get("token") ?? "",
      },
      data: request,
    });
    expect(answer.ok(), `${name}: ${await answer.text()}`).toBe(true);
    return (await answer.json()) as Answer;
  }

  /** Something happens in the services of the staged company: a control request of the simulator. */
  async tell<Answer = Record<string, unknown>>(path: string, request: object): Promise<Answer> {
    const answer = await this.page.request.post(`${process.env["PASSERELLE_CONTROL"]}${path}`, { data: request });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return JSON.parse((await answer.text()) || "{}") as Answer;
  }

  /** What is said at the foot of the window; other notices may stand beside it. */
  toast(words: string | RegExp): Locator {
    return this.page.locator(".toast", { hasText: words });
  }

  async show(language: "en" | "fr", theme: "light" | "dark"): Promise<void> {
    await this.ask("set_setting", { name: "language", value: language });
    await this.ask("set_setting", { name: "theme", value: theme });
    this.#loaded = false;
  }

  /** What axe finds wrong on the page, as readable lines; none is the only good answer. Colours are all that another theme
   * changes. */
  async violations(of: "everything" | "colours" = "everything"): Promise<string[]> {
    if (!(await this.page.evaluate(() => "axe" in window))) await this.page.evaluate(axe.source);
    const results = await this.page.evaluate(async (of) => {
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { axe } = window as unknown as {
        axe: { run(options: object): Promise<AxeResults> };
      };
      const only =
        of === "everything"
          ? { type: "tag", values: tags }
          : { type: "rule", values: ["color-contrast", "link-in-text-block"] };
      return await axe.run({ runOnly: only });
    }, of);
    return results.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.html}\n  ${node.failureSummary ?? ""}`),
    );
  }
}

/** A test with the window of the synced Demo company, of a fresh one, or of the staged one, in English and light, that
 * must not breach its own policy. */
export const test = base.extend<{ synced: Screen; fresh: Screen; staged: Screen }>({
  synced: async ({ page }, use) => {
    const screen = new Screen(page, process.env["PASSERELLE_ADDRESS"] ?? "");
    await screen.show("en", "light");
    await use(screen);
    expect(screen.breaches).toEqual([]);
  },
  staged: async ({ page }, use) => {
    const screen = new Screen(page, process.env["PASSERELLE_STAGED_ADDRESS"] ?? "");
    await screen.show("en", "light");
    await use(screen);
    expect(screen.breaches).toEqual([]);
  },
  fresh: async ({ page }, use) => {
    const screen = new Screen(page, process.env["PASSERELLE_FRESH_ADDRESS"] ?? "");
    await screen.show("en", "light");
    await use(screen);
    expect(screen.breaches).toEqual([]);
  },
});

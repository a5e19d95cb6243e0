import { expect, test as base, type Page } from "@playwright/test";
import axe, { type AxeResults } from "axe-core";

export { expect };

/** Opens the window and talks to its core. */
export class Screen {
  readonly breaches: string[] = [];
  readonly #address: URL;

  constructor(
    readonly page: Page,
    address: string,
  ) {
    this.#address = new URL(address);
    page.on("pageerror", (error) => this.breaches.push(String(error)));
    page.on("console", (message) => {
      if (/Content Security Policy|violates/.test(message.text())) this.breaches.push(message.text());
    });
  }

  /** Goes to a place of the window and waits until its heading is there. */
  async open(place: string): Promise<void> {
    await this.page.goto("about:blank");
    await this.page.goto(`${this.#address.href}#${place}`);
    await expect(this.page.getByRole("heading", { level: 1 })).toBeVisible();
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

  async show(language: "en" | "fr", theme: "light" | "dark"): Promise<void> {
    await this.ask("set_setting", { name: "language", value: language });
    await this.ask("set_setting", { name: "theme", value: theme });
  }

  /** What axe finds wrong on the page, as readable lines; none is the only good answer. */
  async violations(): Promise<string[]> {
    await this.page.evaluate(axe.source);
    const results = await this.page.evaluate(async () => {
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { axe } = window as unknown as {
        axe: { run(options: object): Promise<AxeResults> };
      };
      return await axe.run({ runOnly: { type: "tag", values: tags } });
    });
    return results.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.html}\n  ${node.failureSummary ?? ""}`),
    );
  }
}

/** A test with the window of the synced Demo company, in English and light, that must not breach its own policy. */
export const test = base.extend<{ screen: Screen; fresh: Screen }>({
  screen: async ({ page }, use) => {
    const screen = new Screen(page, process.env["PASSERELLE_ADDRESS"] ?? "");
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

import { expect, test, type Screen } from "./screen";

interface Named {
  settlements: { id: string; stage: string }[];
  orders: { id: string }[];
  groups: { cause: string }[];
  runs: { id: string }[];
}

/** Every screen, with its detail panel where it has one. */
async function places(screen: Screen): Promise<string[]> {
  const { settlements } = await screen.ask<Named>("settlements", {});
  const { orders } = await screen.ask<Named>("orders", { limit: 1 });
  const { groups } = await screen.ask<Named>("problem_groups", {});
  const { runs } = await screen.ask<Named>("runs", {});
  return [
    "/",
    "/settlements",
    ...settlements.map((one) => `/settlements/${one.id}`),
    "/money",
    "/checks",
    "/checks?tab=filed",
    "/orders",
    ...orders.map((one) => `/orders?order=${one.id}`),
    "/errors",
    ...groups.map((one) => `/errors?cause=${encodeURIComponent(one.cause)}`),
    "/errors?tab=resolved",
    "/errors?tab=excluded",
    "/errors?tab=snoozed",
    "/orders?view=late",
    "/orders?view=refunded",
    "/settlements?view=needs_you",
    "/flows",
    ...["overview", "runs", "settings", "mapping", "schedule", "errors"].map((tab) => `/flows/mfn-orders?tab=${tab}`),
    "/runs",
    ...runs.slice(0, 1).map((one) => `/runs/${one.id}`),
    "/schedules",
    "/mappings?form=mfn-orders",
    "/settings",
    "/help",
    "/help?search=item",
  ];
}

const rules = { light: "everything", dark: "colours" } as const;

for (const language of ["en", "fr"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`every screen is accessible and in words: ${language}, ${theme}`, async ({ synced: screen }) => {
      test.setTimeout(180_000);
      await screen.show(language, theme);
      for (const place of await places(screen)) {
        await screen.open(place);
        await screen.settled();
        await expect(screen.page.locator("html")).toHaveAttribute("data-theme", theme);
        await expect(screen.page.locator("html")).toHaveAttribute("lang", language);
        expect(await screen.violations(rules[theme]), place).toEqual([]);
        const text = await screen.page.locator("body").innerText();
        // A message that the catalogue lacks shows its id: lower-case words joined by hyphens, at least two hyphens.
        expect(text.match(/\b[a-z]{3,}(?:-[a-z]+){2,}\b/g) ?? [], place).toEqual([]);
        expect(text, `${place}: a narrow space that the bundled font lacks`).not.toContain("\u202F");
      }
    });
  }
}

/** What lies above a page, and how it is opened there. */
const ABOVE: [place: string, open: string][] = [
  ["/", "Control+K"],
  ["/", "?"],
  ["/errors?cause=", "i"],
  ["/errors?cause=", "n"],
  ["/flows", "settings-mfn-orders"],
  ["/flows/mfn-orders", "run-for"],
  ["/flows/mfn-orders?tab=settings", "clone-open"],
  ["/schedules", "change-mfn-orders"],
  ["/mappings?form=mfn-orders", "mapping-tables-open"],
  ["/mappings?form=mfn-orders", "mapping-versions-open"],
  ["/mappings?form=mfn-orders", "mapping-test-open"],
];

for (const language of ["en", "fr"] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`what lies above a page is accessible: ${language}, ${theme}`, async ({ synced: screen }) => {
      test.setTimeout(180_000);
      await screen.show(language, theme);
      const { groups } = await screen.ask<Named>("problem_groups", {});
      const cause = encodeURIComponent(groups[0]?.cause ?? "");
      for (const [place, open] of ABOVE) {
        await screen.open(place.endsWith("=") ? place + cause : place);
        await screen.settled();
        if (/^[A-Z?]|^.$/.test(open)) await screen.page.keyboard.press(open);
        else await screen.page.getByTestId(open).first().click();
        await expect(screen.page.locator("dialog[open]")).toBeVisible();
        await screen.settled();
        expect(await screen.violations(rules[theme]), `${place} ${open}`).toEqual([]);
        await screen.page.keyboard.press("Escape");
        await expect(screen.page.locator("dialog[open]")).toHaveCount(0);
      }
    });
  }
}

for (const size of [
  { width: 960, height: 640, name: "the smallest window" },
  { width: 720, height: 450, name: "1440 × 900 at 200 %" },
]) {
  test(`nothing is lost in ${size.name}, in French`, async ({ synced: screen }) => {
    test.setTimeout(120_000);
    await screen.show("fr", "light");
    await screen.page.setViewportSize({
      width: size.width,
      height: size.height,
    });
    for (const place of await places(screen)) {
      await screen.open(place);
      await screen.settled();
      // Nothing may stand outside the window unless what it stands in can be scrolled.
      const lost = await screen.page.evaluate(() => {
        const shown = [
          ...document.querySelectorAll<HTMLElement>("button, a, input, h1, h2, h3, dd, td, .balance__num"),
        ];
        const scrolls = (element: Element | null): boolean => {
          if (!element || element === document.body) return document.documentElement.scrollWidth <= innerWidth;
          const style = getComputedStyle(element);
          return /auto|scroll/.test(style.overflowX) || scrolls(element.parentElement);
        };
        return shown
          .filter((one) => one.checkVisibility() && !one.closest(".sr, dialog"))
          .filter((one) => {
            const box = one.getBoundingClientRect();
            return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1) && !scrolls(one.parentElement);
          })
          .map((one) => one.outerHTML.slice(0, 120));
      });
      expect(lost, place).toEqual([]);
    }
  });
}

test("the bundled font is used, also for French spaces and the minus sign", async ({ synced: screen }) => {
  await screen.open("/settlements");
  const used = await screen.page.evaluate(async () => {
    await document.fonts.ready;
    return document.fonts.check('13px "Inter Variable"', "1\u00A0234\u00A0567,89\u00A0€ \u221212,40");
  });
  expect(used).toBe(true);
});

test("the theme follows the system until one is chosen", async ({ synced: screen }) => {
  await screen.ask("set_setting", { name: "theme", value: "system" });
  await screen.page.emulateMedia({ colorScheme: "dark" });
  await screen.open("/");
  await expect(screen.page.locator("html")).toHaveAttribute("data-theme", "dark");
  await screen.page.emulateMedia({ colorScheme: "light" });
  await expect(screen.page.locator("html")).toHaveAttribute("data-theme", "light");
});

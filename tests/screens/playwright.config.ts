import { defineConfig } from "@playwright/test";

/** The system's own Chromium: nothing is downloaded. */
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export default defineConfig({
  testDir: ".",
  globalSetup: "./company.ts",
  outputDir: "../../ui/test-results",
  // One company serves all tests, so they take turns.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    launchOptions: { executablePath, args: ["--no-sandbox"] },
    screenshot: "only-on-failure",
  },
});

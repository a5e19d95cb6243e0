import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

// The web view floor of the product: evergreen WebView2, the Safari 16 engine, WebKitGTK 4.1.
const target = ["safari16", "chrome111"];

/** The same strict policy that the desktop window and the local web host send, so that a breach shows early. */
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** With PASSERELLE_ADDRESS (what `passerelle demo --no-open` prints) the development server asks that core. */
function core() {
  const address = process.env["PASSERELLE_ADDRESS"];
  if (address === undefined) return {};
  const target = { target: new URL(address).origin, changeOrigin: true, headers: { origin: new URL(address).origin } };
  return { proxy: { "/call": target, "/events": target } };
}

export default defineConfig({
  server: core(),
  // Relative addresses: the same files are served from the desktop window's own scheme and from a local port.
  base: "./",
  plugins: [svelte(), svelteTesting()],
  build: {
    target,
    outDir: "dist",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  preview: { headers: { "Content-Security-Policy": policy } },
  test: { environment: "jsdom", include: ["src/**/*.test.ts"], setupFiles: ["./src/lib/test-setup.ts"] },
});

import svelte from "eslint-plugin-svelte";
import globals from "globals";
import tseslint from "typescript-eslint";
import config from "./svelte.config.js";

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/lib/api/generated", "src/lib/text/ids.ts"] },
  ...tseslint.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      "no-eval": "error",
      "no-console": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "svelte/no-at-html-tags": "error",
      // Style attributes are refused by the content security policy; `style:` directives go through the object model.
      "no-restricted-syntax": [
        "error",
        { selector: "SvelteAttribute[key.name='style']", message: "Use style: directives." },
      ],
      // Dates, maps and sets here are values of one calculation, never state that a component watches.
      "svelte/prefer-svelte-reactivity": "off",
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@tauri-apps/*"], message: "Only lib/host/tauri.ts may know the desktop shell." }] },
      ],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: {
      parserOptions: { parser: tseslint.parser, extraFileExtensions: [".svelte"], svelteConfig: config },
    },
  },
  { files: ["src/lib/host/tauri.ts"], rules: { "no-restricted-imports": "off" } },
  {
    files: ["scripts/**", "*.config.*"],
    languageOptions: { globals: { ...globals.node } },
    rules: { "no-console": "off" },
  },
);

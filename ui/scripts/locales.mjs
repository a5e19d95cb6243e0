// Keeps the two languages together: same ids, same variables, no id that nothing uses, no typographic slip in French.
// With --write it also writes src/lib/text/ids.ts, the union of all message ids of the screens.
import { parse } from "@fluent/syntax";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ui = fileURLToPath(new URL("..", import.meta.url));
const locales = join(ui, "locales");
const idsFile = join(ui, "src/lib/text/ids.ts");
/** The catalogues of the screens. The messages of all others are named by the core, in Rust. */
const OF_SCREENS = new Set(
  [
    "common",
    "home",
    "orders",
    "settlements",
    "settlement-lines",
    "errors",
    "flows-screen",
    "settings",
    "mappings",
    "schedules",
    "help",
    "settlement-acts",
    "settlement-row-acts",
  ].map((name) => `${name}.ftl`),
);
const problems = [];

function variables(node, found = new Set()) {
  if (Array.isArray(node)) for (const one of node) variables(one, found);
  else if (node && typeof node === "object") {
    if (node.type === "VariableReference") found.add(node.id.name);
    for (const value of Object.values(node)) variables(value, found);
  }
  return found;
}

function read(language) {
  const messages = new Map();
  for (const file of readdirSync(join(locales, language)).filter((name) => name.endsWith(".ftl"))) {
    const source = readFileSync(join(locales, language, file), "utf8");
    for (const entry of parse(source, { withSpans: true }).body) {
      if (entry.type === "Junk") problems.push(`${language}/${file}: not a message: ${entry.content.split("\n")[0]}`);
      if (entry.type !== "Message") continue;
      if (messages.has(entry.id.name)) problems.push(`${language}/${file}: ${entry.id.name} is there twice`);
      const text = source.slice(entry.span.start, entry.span.end);
      messages.set(entry.id.name, { file, text, variables: [...variables(entry)].sort().join(" ") });
    }
  }
  return messages;
}

function sources(folder, ends) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ["target", "node_modules", "generated"].includes(entry.name) ? [] : sources(path, ends);
    return ends.some((end) => path.endsWith(end)) && path !== idsFile ? [readFileSync(path, "utf8")] : [];
  });
}

const [en, fr] = [read("en"), read("fr")];
for (const [id, message] of en) {
  const other = fr.get(id);
  if (!other) problems.push(`fr: ${id} is missing`);
  else if (other.variables !== message.variables)
    problems.push(`${id}: en has {${message.variables}}, fr has {${other.variables}}`);
  else if (other.file !== message.file) problems.push(`${id}: en/${message.file}, but fr/${other.file}`);
}
for (const id of fr.keys()) if (!en.has(id)) problems.push(`en: ${id} is missing`);

// French typography: the space before : ; ! ? » and after « does not break, and the apostrophe is the curled one.
for (const [id, { text }] of fr) {
  const words = text.slice(text.indexOf("=") + 1);
  if (/ [:;!?»]|« /.test(words)) problems.push(`fr: ${id} has a breaking space before or inside punctuation`);
  if (/\p{L}'\p{L}/u.test(words)) problems.push(`fr: ${id} has a straight apostrophe`);
  if (words.includes("\u202F")) problems.push(`fr: ${id} has a narrow space, which the bundled font lacks`);
}

const screens = sources(join(ui, "src"), [".svelte", ".ts"]).join("\n");
const core = ["crates", "src-tauri", "tests"].flatMap((room) => sources(join(ui, "..", room), [".rs"])).join("\n");
const used = new Set(
  [...`${screens}\n${core}`.matchAll(/["'`]([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["'`]/g)].map((match) => match[1]),
);
// The core makes some ids from a stem and a name: `format!("settlement-file-{name}")`.
const stems = [...core.matchAll(/"([a-z]+(?:-[a-z]+)*-)\{/g)].map((match) => match[1]);
// Or from a name and an ending: `format!("{what}-why")`.
const endings = [...core.matchAll(/\}(-[a-z]+)"/g)].map((match) => match[1]);
const isMade = (id) =>
  stems.some((stem) => id.startsWith(stem)) ||
  endings.some((ending) => id.endsWith(ending) && used.has(id.slice(0, -ending.length)));
const isUsed = (id) => used.has(id) || (!OF_SCREENS.has(en.get(id).file) && isMade(id));
for (const id of en.keys()) if (!isUsed(id)) problems.push(`${en.get(id).file}: nothing uses ${id}`);

const own = [...en].filter(([, message]) => OF_SCREENS.has(message.file)).map(([id]) => id);
const union = `// Generated from ui/locales/en by \`npm run generate\`. Do not edit.\nexport type MessageId =\n${own
  .sort()
  .map((id) => `  | "${id}"`)
  .join("\n")};\n`;
if (process.argv.includes("--write")) writeFileSync(idsFile, union);
else if (!existsSync(idsFile) || readFileSync(idsFile, "utf8") !== union)
  problems.push("src/lib/text/ids.ts is stale: run `npm run generate`");

for (const problem of problems) console.error(problem);
console.log(`${en.size} messages in two languages, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

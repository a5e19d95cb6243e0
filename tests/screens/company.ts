import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program =
  process.env["PASSERELLE"] ?? join(process.env["CARGO_TARGET_DIR"] ?? join(root, "target"), "debug", "passerelle");

/** Starts the real program on a folder of its own and waits for the address that it prints. */
async function start(folder: string, words: string[]): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(program, ["--workspace", folder, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const address = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => reject(new Error(`${program} ${words.join(" ")} ended with ${code}:\n${said}`)));
    setTimeout(() => reject(new Error(`no address after two minutes:\n${said}`)), 120_000).unref();
  });
  return { child, address };
}

/** Two Demo companies: one whose main flows have run, one that was never synced. */
export default async function company(): Promise<() => Promise<void>> {
  if (!existsSync(program)) throw new Error(`${program} is not built: run \`cargo build -p runner\` first`);
  if (!existsSync(join(root, "ui/dist/index.html")))
    throw new Error("the screens are not built: run `npm run build` in ui first");
  const folder = mkdtempSync(join(tmpdir(), "passerelle-screens-"));
  const running = await start(join(folder, "synced"), ["demo", "--no-open", "--seed", "1"]);
  const fresh = await start(join(folder, "fresh"), ["serve", "--demo"]);
  process.env["PASSERELLE_ADDRESS"] = running.address;
  process.env["PASSERELLE_FRESH_ADDRESS"] = fresh.address;
  return async () => {
    for (const { child } of [running, fresh]) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGINT");
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await gone;
      clearTimeout(late);
    }
    rmSync(folder, { recursive: true, force: true });
  };
}

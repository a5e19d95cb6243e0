import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program =
  process.env["PASSERELLE"] ?? join(process.env["CARGO_TARGET_DIR"] ?? join(root, "target"), "debug", "passerelle");

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/;

/** Starts the real program on a folder of its own and waits for the address that it prints, or for another line. */
async function start(
  folder: string,
  words: string[],
  line = ADDRESS,
): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(program, ["--workspace", folder, ...words], {
    // The simulator runs until its standard input closes.
    stdio: ["pipe", "pipe", "pipe"],
  });
  let said = "";
  const address = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const found = line.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => reject(new Error(`${program} ${words.join(" ")} ended with ${code}:\n${said}`)));
    setTimeout(() => reject(new Error(`no address after two minutes:\n${said}`)), 120_000).unref();
  });
  return { child, address };
}

/** Tells the core that nothing begins by itself from now on: what a test finds is what it left. */
async function rest(address: string): Promise<void> {
  const url = new URL(address);
  const answer = await fetch(new URL("/call/pause", url), {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Passerelle-Token": url.searchParams.get("token") ?? "" },
    body: JSON.stringify({ paused: true }),
  });
  if (!answer.ok) throw new Error(`the schedules could not be paused: ${await answer.text()}`);
}

/** Two Demo companies, one whose main flows have run, one that was never synced; and an empty one that a test can make
 * things befall, since its services listen beside it. */
export default async function company(): Promise<() => Promise<void>> {
  if (!existsSync(program)) throw new Error(`${program} is not built: run \`cargo build -p runner\` first`);
  if (!existsSync(join(root, "ui/dist/index.html")))
    throw new Error("the screens are not built: run `npm run build` in ui first");
  const folder = mkdtempSync(join(tmpdir(), "passerelle-screens-"));
  const running = await start(join(folder, "synced"), ["demo", "--no-open", "--seed", "1"]);
  const fresh = await start(join(folder, "fresh"), ["serve", "--demo"]);
  const simulator = await start(join(folder, "services"), ["simulator", "--company", "empty"], /^\{.*\}$/m);
  const described = join(folder, "services.json");
  writeFileSync(described, simulator.address);
  const staged = await start(join(folder, "staged"), ["--services", described, "serve"]);
  await Promise.all([running, fresh, staged].map(({ address }) => rest(address)));
  process.env["PASSERELLE_ADDRESS"] = running.address;
  process.env["PASSERELLE_FRESH_ADDRESS"] = fresh.address;
  process.env["PASSERELLE_STAGED_ADDRESS"] = staged.address;
  process.env["PASSERELLE_CONTROL"] = (JSON.parse(simulator.address) as { control: { url: string } }).control.url;
  return async () => {
    for (const { child } of [running, fresh, staged, simulator]) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGINT");
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await gone;
      clearTimeout(late);
    }
    rmSync(folder, { recursive: true, force: true });
  };
}

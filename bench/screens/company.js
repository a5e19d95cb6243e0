// The real program in front of a Demo company whose main flows have run, so that a settlement waits for its review.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
export const program =
  process.env["PASSERELLE"] ?? join(process.env["CARGO_TARGET_DIR"] ?? join(root, "target"), "debug", "passerelle");

const isZero = (amount) => !/[1-9]/.test(amount);

/** Starts the program; tells where its window is, which settlement to review, one of its lines, and what is behind it. */
export async function company() {
  if (!existsSync(program)) throw new Error(`${program} is not built: run \`cargo build -p runner\` first`);
  if (!existsSync(join(root, "ui/dist/index.html")))
    throw new Error("the screens are not built: run `npm run build` in ui first");
  const folder = mkdtempSync(join(tmpdir(), "passerelle-bench-screens-"));
  const child = spawn(program, ["--workspace", folder, "demo", "--no-open", "--seed", "1"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = async () => {
    const gone = child.exitCode === null ? new Promise((resolve) => child.once("exit", resolve)) : null;
    child.kill("SIGINT");
    const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await gone;
    clearTimeout(late);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const address = await addressOf(child);
    const ask = (name, request) => call(address, name, request);
    // Nothing begins by itself from now on: what is measured is the screen.
    await ask("pause", { paused: true });
    const { settlements } = await ask("settlements", {});
    const found = settlements.find((one) => one.stage === "to_review" && isZero(one.difference.amount));
    if (!found) throw new Error(`no settlement waits for its review: ${JSON.stringify(settlements)}`);
    const { rows } = await ask("settlement_lines", { id: found.id, tab: "matched", limit: 100 });
    const line = rows.find((one) => one.order !== null && one.document !== null);
    const group = await ask("settlement_group", { settlement: found.id, group: line.id });
    return { address: new URL(address), settlement: found.id, line, group, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address that the program prints once it serves the screens. */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    const read = (chunk) => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}:\n${said}`)));
    setTimeout(() => reject(new Error(`no address after three minutes:\n${said}`)), 180_000).unref();
  });
}

async function call(address, name, request) {
  const url = new URL(address);
  const answer = await fetch(new URL(`/call/${name}`, url), {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Passerelle-Token": url.searchParams.get("token") ?? "" },
    body: JSON.stringify(request),
  });
  if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
  return await answer.json();
}

import { ask, refusalOf } from "../api/api";
import { failureFrom } from "../host/host";
import { t, tell } from "../text/text.svelte";

/** One file that was given by hand, and what became of it. */
export interface Given {
  key: number;
  name: string;
  outcome: "reading" | "new" | "known" | "refused";
  said: string;
  /** Settlements that were new. */
  settlements: string[];
}

/** Bytes handed over at once: a file of any size is never whole in the window's memory. */
const PIECE = 768 * 1024;

/** The bytes as base64, without building one huge argument list. */
async function base64(piece: Blob): Promise<string> {
  const bytes = new Uint8Array(await piece.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** Hands all but the last piece of a file over; the last one goes with the question about it. */
export async function handOver(file: File): Promise<{ name: string; upload?: string; content: string }> {
  let upload: string | undefined;
  let at = 0;
  for (; at + PIECE < file.size; at += PIECE) {
    const content = await base64(file.slice(at, at + PIECE));
    upload = (await ask("upload", upload === undefined ? { content } : { upload, content })).upload;
  }
  const last = { name: file.name, content: await base64(file.slice(at)) };
  return upload === undefined ? last : { ...last, upload };
}

/** The files given by hand since the page was opened, the newest first. */
export class Uploads {
  files = $state.raw<Given[]>([]);
  busy = $state(false);
  #next = 0;
  #waiting: { key: number; file: File }[] = [];

  /** Takes files one after the other: each has its own result, and one that is wrong stops no other. */
  async take(files: Iterable<File>): Promise<void> {
    for (const file of files) {
      const key = this.#next++;
      const given: Given = { key, name: file.name, outcome: "reading", said: t("upload-reading"), settlements: [] };
      this.files = [given, ...this.files];
      this.#waiting.push({ key, file });
    }
    if (this.busy) return;
    this.busy = true;
    for (let one = this.#waiting.shift(); one; one = this.#waiting.shift()) await this.#one(one.key, one.file);
    this.busy = false;
  }

  clear(): void {
    this.files = this.files.filter((one) => one.outcome === "reading");
  }

  async #one(key: number, file: File): Promise<void> {
    let result: Partial<Given>;
    try {
      const { settlements } = await ask("import_settlement", await handOver(file));
      result =
        settlements.length > 0
          ? { outcome: "new", said: t("upload-new", { count: settlements.length }), settlements }
          : { outcome: "known", said: t("upload-known") };
    } catch (thrown) {
      // The refusal names the line of the file and what to do about it.
      const failure = failureFrom(thrown);
      const refusal = refusalOf(failure);
      result = { outcome: "refused", said: refusal === null ? t("fault-unreachable") : tell(refusal.said) };
    }
    this.files = this.files.map((one) => (one.key === key ? { ...one, ...result } : one));
  }
}

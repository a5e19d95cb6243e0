import { failureFrom, UNREACHABLE, type CallFailure, type Host } from "../host/host";
import type { Commands, Event, Refusal } from "./generated/contract";

export type CommandName = keyof Commands;
export type Request<N extends CommandName> = Commands[N]["request"];
export type Answer<N extends CommandName> = Commands[N]["answer"];
export type EventKind = Event["event"];

let host: Host | null = null;
const hearers = new Set<(event: Event) => void>();

/** Fixes the host for the life of the page and starts to hear the core's events. */
export function connect(to: Host, link: (up: boolean) => void): () => void {
  host = to;
  return to.listen((event) => {
    for (const hear of [...hearers]) hear(event as Event);
  }, link);
}

/** Asks the core. The names and shapes are the generated contract; nothing else may be asked. */
export async function ask<N extends CommandName>(name: N, request: Request<N>): Promise<Answer<N>> {
  if (!host) throw failureFrom({ code: UNREACHABLE });
  try {
    return (await host.call(name, request)) as Answer<N>;
  } catch (thrown) {
    throw failureFrom(thrown);
  }
}

/** Hears the core's events until the returned function is called. */
export function hear(hearer: (event: Event) => void): () => void {
  hearers.add(hearer);
  return () => hearers.delete(hearer);
}

/** Opens an address of Amazon or NetSuite outside the window. */
export function openAddress(to: string): void {
  host?.open(to);
}

/** What others wrote in the program and under which licence; nothing where this build carries no list. */
export async function thirdParty(): Promise<string | null> {
  return (await host?.thirdParty().catch(() => null)) ?? null;
}

/** Writes a list into a file of the person's own: offered by the page, or put into the downloads. Where, if known. */
export async function saveList(request: Omit<Request<"export_list">, "save">): Promise<string> {
  return offer(await ask("export_list", { ...request, save: host?.downloads !== true }), "text/plain");
}

/** Writes the sheet that proves a settlement into a file of the person's own. Where, if known. */
export async function saveEvidence(id: string, language: string): Promise<string> {
  return offer(await ask("evidence", { id, language, save: host?.downloads !== true }), "text/html");
}

/** A workbook: the only thing that is no text. */
function bytesOf(base64: string): Blob {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });
}

function textOf(text: string, type: string): Blob {
  return new Blob([text], { type: `${type};charset=utf-8` });
}

function offer(file: Answer<"export_list">, type: string): string {
  if (file.saved !== null) return file.saved;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file.base64 ? bytesOf(file.content) : textOf(file.content, type));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return file.name;
}

/** Hears that the window's close button wants an answer; never in a browser. */
export function hearClose(asked: () => void): () => void {
  return host?.window?.onClose(asked) ?? (() => {});
}

/** Answers the close button: quit, stay in the tray, or leave the window open. */
export function answerClose(quit: boolean | null): void {
  host?.window?.answerClose(quit);
}

/** What the core said when it refused, if it was the core that spoke. */
export function refusalOf(failure: CallFailure): Refusal | null {
  const body = failure.answer;
  if (typeof body === "object" && body !== null && "said" in body) return body as Refusal;
  return null;
}

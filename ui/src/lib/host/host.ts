/** Where calls go. The two hosts carry the same commands and the same events, so screens cannot tell them apart. */
export interface Host {
  /** Whether a file can be handed to the person by the page itself; else the core puts it into the downloads. */
  readonly downloads: boolean;
  /** Runs one command of the core and returns its answer. Rejects with a `CallFailure`. */
  call(name: string, request: unknown): Promise<unknown>;
  /** Hears every event of the core until the returned function is called. */
  listen(heard: (event: unknown) => void, link: (up: boolean) => void): () => void;
  /** Opens an address of Amazon or NetSuite outside the window. */
  open(address: string): void;
  /** The list of what others wrote in the program, with its licences; nothing where the build carries none. */
  thirdParty(): Promise<string | null>;
  /** The window around the page, where there is one of ours: a browser closes its own. */
  readonly window?: HostWindow;
}

/** The close button of our own window, which may ask first. */
export interface HostWindow {
  /** Hears that the person pressed it and wants to be asked, until the returned function is called. */
  onClose(asked: () => void): () => void;
  /** Answers: quit, stay in the tray, or leave the window open. */
  answerClose(quit: boolean | null): void;
}

/** Why a call did not answer. `code` is the core's stable code, or one of ours when the core was not reached. */
export class CallFailure extends Error {
  constructor(
    readonly code: string,
    readonly answer: unknown = null,
  ) {
    super(code);
    this.name = "CallFailure";
  }
}

/** The core could not be reached at all: the window lost its program, or the local address is gone. */
export const UNREACHABLE = "unreachable";

/** Reads the failure out of what a host rejected with. */
export function failureFrom(thrown: unknown): CallFailure {
  if (thrown instanceof CallFailure) return thrown;
  const body = typeof thrown === "string" ? parse(thrown) : thrown;
  if (typeof body === "object" && body !== null && "code" in body && typeof body.code === "string") {
    return new CallFailure(body.code, body);
  }
  return new CallFailure(UNREACHABLE, body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

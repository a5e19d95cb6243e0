import type { CallFailure } from "../host/host";
import { failureFrom } from "../host/host";
import { ask, hear, type Answer, type CommandName, type EventKind, type Request } from "./api";

/** How long an answer may take before a skeleton is shown: shorter waits would only flicker. */
const SKELETON_AFTER = 200;
/** Events arrive in bursts; one reading a quarter second after the first of them is enough. */
const SETTLE = 250;

/** The answer to one question, kept while it is asked again, so that a screen never blanks. */
export class Resource<N extends CommandName> {
  answer = $state.raw<Answer<N> | null>(null);
  failure = $state.raw<CallFailure | null>(null);
  /** True once the first answer takes long enough to deserve a skeleton. */
  slow = $state(false);
  readonly #name: N;
  #request: Request<N> | null = null;
  #turn = 0;

  constructor(name: N) {
    this.#name = name;
  }

  /** Asks, and forgets the answer to a question that was asked before this one. */
  async load(request: Request<N>): Promise<void> {
    this.#request = request;
    const turn = ++this.#turn;
    const timer = setTimeout(() => (this.slow = turn === this.#turn && this.answer === null), SKELETON_AFTER);
    try {
      const answer = await ask(this.#name, request);
      if (turn !== this.#turn) return;
      this.answer = answer;
      this.failure = null;
    } catch (thrown) {
      if (turn === this.#turn) this.failure = failureFrom(thrown);
    } finally {
      clearTimeout(timer);
      if (turn === this.#turn) this.slow = false;
    }
  }

  /** Asks the same again. */
  async again(): Promise<void> {
    if (this.#request !== null) await this.load(this.#request);
  }

  /** What a command answered is the newest: a reading that is still under way began before it. */
  put(answer: Answer<N>): void {
    this.#turn++;
    this.answer = answer;
    this.failure = null;
    this.slow = false;
  }

  /** Forgets the answer: the next one is about something else. */
  clear(): void {
    this.#turn++;
    this.answer = null;
    this.failure = null;
  }

  /** Asks again after events of these kinds. Returns the end of it, for an effect to call. */
  follow(...kinds: EventKind[]): () => void {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = hear((event) => {
      if (!kinds.includes(event.event) || timer !== null) return;
      timer = setTimeout(() => {
        timer = null;
        void this.again();
      }, SETTLE);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }
}

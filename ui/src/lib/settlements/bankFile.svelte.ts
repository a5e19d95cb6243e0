import { ask, refusalOf } from "../api/api";
import type { BankColumns, BankDeposit, BankFile } from "../api/generated/contract";
import { failureFrom } from "../host/host";
import { attemptAndTell } from "../session/session.svelte";
import { t, tell } from "../text/text.svelte";
import { handOver } from "./uploads.svelte";

/** What a person chose about a file that does not tell it. */
export interface Chosen {
  columns?: BankColumns;
  currency?: string;
  day_first?: boolean;
}

/** One bank file that is being looked into. The file stays on the page; the core keeps nothing of it. */
export class BankFileLook {
  name = $state("");
  busy = $state(false);
  answer = $state.raw<BankFile | null>(null);
  refused = $state<string | null>(null);
  /** Settlements whose entry was accepted. */
  accepted = $state.raw<ReadonlySet<string>>(new Set());
  #file: File | null = null;
  #chosen: Chosen = {};

  readonly proposed = $derived((this.answer?.deposits ?? []).filter((one) => one.found !== null));
  readonly others = $derived((this.answer?.deposits ?? []).filter((one) => one.found === null));
  readonly left = $derived(this.proposed.filter((one) => !this.accepted.has(one.settlement)));

  take(file: File): Promise<void> {
    this.#file = file;
    this.#chosen = {};
    this.name = file.name;
    this.accepted = new Set();
    this.answer = null;
    return this.#read();
  }

  /** Reads the same file again with what was chosen now, and before. */
  choose(chosen: Chosen): Promise<void> {
    this.#chosen = { ...this.#chosen, ...chosen };
    return this.#read();
  }

  async #read(): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    this.busy = true;
    this.refused = null;
    try {
      this.answer = await ask("read_bank_file", { ...(await handOver(file)), ...this.#chosen });
    } catch (thrown) {
      // The refusal names the file, the line and what to do about it.
      const refusal = refusalOf(failureFrom(thrown));
      this.refused = refusal === null ? t("fault-unreachable") : tell(refusal.said);
    }
    this.busy = false;
  }

  /** Enters what was found, as if it had been typed. */
  async accept(one: BankDeposit): Promise<boolean> {
    const { settlement, found } = one;
    if (found === null || this.accepted.has(settlement)) return false;
    const { date, amount } = found;
    const request = { settlement, date, amount: amount.amount, currency: amount.currency };
    const done = await attemptAndTell(() => ask("enter_receipt", request));
    if (done) this.accepted = new Set([...this.accepted, settlement]);
    return done;
  }

  async acceptAll(): Promise<void> {
    for (const one of this.left) if (!(await this.accept(one))) return;
  }
}

/** What just happened, said for a few seconds at the bottom of the window and to screen readers. */
export interface Toast {
  id: number;
  text: string;
  tone: "done" | "needs" | "info";
  /** The address that *Open* goes to. */
  route?: string;
  /** Takes back what was done; such a toast stays longer. */
  undo?: () => void;
}

const SHOWN_FOR = 6000;
const UNDONE_WITHIN = 12_000;

class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  say(text: string, more: Pick<Partial<Toast>, "tone" | "route" | "undo"> = {}): void {
    const toast: Toast = {
      id: this.#next++,
      text,
      tone: more.tone ?? "info",
      ...(more.route && { route: more.route }),
      ...(more.undo && { undo: more.undo }),
    };
    this.list = [...this.list.slice(-2), toast];
    this.#fade(toast);
  }

  #fade(toast: Toast): void {
    // While somebody points at it or is on its buttons it stays.
    const held = () => document.querySelector(`[data-toast="${toast.id}"]:is(:hover, :focus-within)`) !== null;
    const wait = (): void =>
      void setTimeout(() => (held() ? wait() : this.drop(toast.id)), toast.undo ? UNDONE_WITHIN : SHOWN_FOR);
    wait();
  }

  /** Takes back what was said last, if it can be: `Mod+Z`. Whether there was something. */
  undo(): boolean {
    const last = this.list.findLast((toast) => toast.undo);
    if (!last) return false;
    this.drop(last.id);
    last.undo?.();
    return true;
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();

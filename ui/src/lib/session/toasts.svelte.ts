/** What just happened, said for a few seconds at the bottom of the window and to screen readers. */
export interface Toast {
  id: number;
  text: string;
  tone: "done" | "needs" | "info";
  /** The address that *Open* goes to. */
  route?: string;
}

const SHOWN_FOR = 6000;

class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  say(text: string, more: { tone?: Toast["tone"]; route?: string } = {}): void {
    const toast: Toast = {
      id: this.#next++,
      text,
      tone: more.tone ?? "info",
      ...(more.route && { route: more.route }),
    };
    this.list = [...this.list.slice(-2), toast];
    setTimeout(() => this.drop(toast.id), SHOWN_FOR);
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();

import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { failureFrom, type Host, type HostWindow } from "./host";

/** Calls through the desktop window. The only file that knows the desktop shell. */
export class TauriHost implements Host {
  readonly downloads = false;

  async call(name: string, request: unknown): Promise<unknown> {
    try {
      return await invoke("call", { name, request });
    } catch (thrown) {
      throw failureFrom(thrown);
    }
  }

  listen(heard: (event: unknown) => void, link: (up: boolean) => void): () => void {
    const stop = listen("passerelle", (event) => heard(event.payload));
    void stop.then(() => link(true));
    return () => void stop.then((undo) => undo());
  }

  open(address: string): void {
    void this.call("open_address", { address });
  }

  async thirdParty(): Promise<string | null> {
    return (await this.call("third_party", {})) as string | null;
  }

  readonly window: HostWindow = {
    onClose: (asked) => {
      let heard = false;
      const stop = listen("passerelle-close", () => {
        heard = true;
        asked();
      });
      // The button may have been pressed before anybody listened; a question that was heard may be answered by now.
      void stop.then(async () => (await this.call("close_asked", {})) === true && !heard && asked());
      return () => void stop.then((undo) => undo());
    },
    answerClose: (quit) => void this.call("close_window", { quit }),
  };
}

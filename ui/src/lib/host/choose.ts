import type { Host } from "./host";
import { HttpHost } from "./http";

/** The host this page runs in: the desktop window, or a browser at the local address. */
export async function chooseHost(): Promise<Host> {
  if ("__TAURI_INTERNALS__" in window) {
    const { TauriHost } = await import("./tauri");
    return new TauriHost();
  }
  if (import.meta.env.DEV && new URLSearchParams(location.search).has("fixture")) {
    const { FixtureHost } = await import("./fixture");
    return new FixtureHost();
  }
  return new HttpHost(new URLSearchParams(location.search).get("token") ?? "");
}

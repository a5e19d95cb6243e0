// The screens with reloading, in front of a running local host: `cargo xtask web`.
// The host answers only its own page, so its name is put on every call and the browser's origin is left out.
import { mergeConfig } from "vite";
import screens from "../../ui/vite.config";

const host = process.env.PASSERELLE_HOST ?? "";
const proxy = {
  target: host,
  changeOrigin: true,
  configure: (calls: { on(event: "proxyReq", hear: (call: { removeHeader(name: string): void }) => void): void }) =>
    calls.on("proxyReq", (call) => call.removeHeader("origin")),
};

export default mergeConfig(screens, { server: { proxy: { "/call": proxy, "/events": proxy } } });

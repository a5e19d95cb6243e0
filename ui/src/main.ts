import { mount } from "svelte";
import App from "./App.svelte";
import { connect } from "./lib/api/api";
import { chooseHost } from "./lib/host/choose";
import { router } from "./lib/router/router.svelte";
import { session } from "./lib/session/session.svelte";
import "./styles/index.css";

const root = document.getElementById("app");
if (root) {
  connect(await chooseHost(), (up) => (up ? void session.readStatus() : session.lost()));
  router.start();
  await session.start();
  mount(App, { target: root });
}
